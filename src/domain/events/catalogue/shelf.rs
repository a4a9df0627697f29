//! What the catalogue keeps in memory, and for how long.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use moka::Expiry;
use moka::future::Cache;
use poem_openapi::types::ToJSON;
use tokio::sync::Semaphore;

use super::dto::CatalogueList;
use super::find::{self, Found, Town};
use super::pages::{Kept, KeptFile};
use super::query::CatalogueQuery;
use super::repo;
use crate::base::db::{Db, DbError, DbResult};
use crate::base::i18n::Lang;
use crate::base::kernel::id::{EventId, OrganizationId};
use crate::base::kernel::money::Currency;
use crate::base::kernel::text;
use crate::base::tenancy::{Tenancy, TenantScope};
use crate::base::web::{ApiResult, ListQuery, Problem};
use crate::domain::events::model::{Event, OtherDate, TicketType};
use crate::domain::events::{publishing, repo as events, sales};

/// The net under the generations: what stands by the clock alone is never older.
const LIST_LIFE: Duration = Duration::from_secs(30);
const EVENT_LIFE: Duration = Duration::from_secs(5);
/// Bytes of rendered lists.
const LISTS_SIZE: u64 = 64 << 20;
const MOST_EVENTS: u64 = 10_000;
/// Bytes of pages of a kind.
const PAGES_SIZE: u64 = 96 << 20;
/// How long a page may tell what was left.
const STOCK_LIFE: Duration = Duration::from_secs(1);
/// How long an answer is kept that is less than what was asked for, because that took too long.
const EMERGENCY_LIFE: Duration = Duration::from_secs(3);
/// How old the choices of towns and currencies may be: they are counted over all that is found.
const CITIES_LIFE: Duration = Duration::from_secs(60);
const MOST_CITIES: u64 = 1_000;
/// Bytes of feeds and sitemaps.
const FILES_SIZE: u64 = 64 << 20;
const FILE_LIFE: Duration = Duration::from_secs(300);
/// How many searches of this process the database works on at once: the rest of its connections sell and let in.
const SEARCHES: usize = 6;

/// The generation of everything public, and what was asked.
pub(super) type Key = ((i64, u32), String);

/// Lists as bytes, pages as HTML and events as they are, each made once however many ask at the same time.
#[derive(Clone)]
pub(super) struct Shelf {
    db: Db,
    tenancy: Tenancy,
    lists: Cache<Key, Written>,
    events: Cache<Key, Option<Arc<PublicEvent>>>,
    list_pages: Cache<Key, Kept>,
    event_pages: Cache<Key, Kept>,
    cities: Cache<String, Arc<Vec<Town>>>,
    currencies: Cache<(), Arc<Vec<Currency>>>,
    files: Cache<Key, KeptFile>,
    searches: Arc<Semaphore>,
}

/// A list as it goes over the wire, and whether it is less than what was asked for.
#[derive(Clone)]
struct Written {
    bytes: Bytes,
    is_partial: bool,
}

/// What took too long is tried again soon.
struct SoonAgain;

impl Expiry<Key, Written> for SoonAgain {
    fn expire_after_create(&self, _: &Key, list: &Written, _: Instant) -> Option<Duration> {
        Some(if list.is_partial { EMERGENCY_LIFE } else { LIST_LIFE })
    }
}

impl Expiry<Key, Kept> for SoonAgain {
    fn expire_after_create(&self, _: &Key, page: &Kept, _: Instant) -> Option<Duration> {
        Some(if page.is_partial { EMERGENCY_LIFE } else { LIST_LIFE })
    }
}

/// An event that strangers may know of, with all but what is left.
#[derive(Clone)]
pub struct PublicEvent {
    pub scope: TenantScope,
    pub event: Event,
    pub types: Vec<TicketType>,
    /// The other dates of the same series that strangers may see, the next ones first.
    pub dates: Vec<OtherDate>,
}

impl PublicEvent {
    /// The same in the words of a language, as far as there are any.
    pub(in crate::domain::events) fn told(self: Arc<Self>, lang: Lang) -> Arc<Self> {
        let own = self.event.language;
        if lang == own {
            return self;
        }
        let types = self.types.iter().map(|sold| sold.clone().told(lang, own)).collect();
        let (scope, dates) = (self.scope.clone(), self.dates.clone());
        Arc::new(Self { scope, event: self.event.clone().told(lang), types, dates })
    }
}

impl Shelf {
    pub(super) fn new(db: Db, tenancy: Tenancy) -> Self {
        let size = |key: &Key, bytes: usize| u32::try_from(key.1.len() + bytes + 64).unwrap_or(u32::MAX);
        Self {
            db,
            tenancy,
            lists: Cache::builder()
                .weigher(move |key: &Key, list: &Written| size(key, list.bytes.len()))
                .max_capacity(LISTS_SIZE)
                .expire_after(SoonAgain)
                .build(),
            events: Cache::builder().max_capacity(MOST_EVENTS).time_to_live(EVENT_LIFE).build(),
            list_pages: Cache::builder()
                .weigher(move |key: &Key, page: &Kept| size(key, page.weight()))
                .max_capacity(PAGES_SIZE)
                .expire_after(SoonAgain)
                .build(),
            event_pages: Cache::builder()
                .weigher(move |key: &Key, page: &Kept| size(key, page.weight()))
                .max_capacity(PAGES_SIZE)
                .time_to_live(STOCK_LIFE)
                .build(),
            cities: Cache::builder().max_capacity(MOST_CITIES).time_to_live(CITIES_LIFE).build(),
            currencies: Cache::builder().max_capacity(1).time_to_live(CITIES_LIFE).build(),
            files: Cache::builder()
                .weigher(move |key: &Key, file: &KeptFile| size(key, file.body.len()))
                .max_capacity(FILES_SIZE)
                .time_to_live(FILE_LIFE)
                .build(),
            searches: Arc::new(Semaphore::new(SEARCHES)),
        }
    }

    /// The pages of a kind: lists, or events, which tell what is left.
    pub(super) fn pages(&self, kind: &str) -> &Cache<Key, Kept> {
        if kind == "list" { &self.list_pages } else { &self.event_pages }
    }

    pub(super) fn key(&self, asked: String) -> Key {
        (self.db.signals().generation(publishing::TOPIC), asked)
    }

    /// A page of the catalogue as it goes over the wire. What is not at hand is paid for with `spend`, if it is costly.
    pub(super) async fn list(
        &self,
        query: CatalogueQuery,
        asked: &ListQuery,
        spend: impl FnOnce() -> ApiResult<()> + Send,
    ) -> ApiResult<Bytes> {
        // What was understood, and the words in which it was asked: the neighbours' addresses repeat them.
        let key = self.key(format!("{query:?} {}", asked.cache_key()));
        let made = self.lists.try_get_with(key, Box::pin(self.make_list(query, asked, spend))).await;
        made.map(|list| list.bytes).map_err(|problem: Arc<Problem>| (*problem).clone())
    }

    /// A page of the catalogue.
    pub(super) async fn found(&self, query: CatalogueQuery) -> DbResult<Found> {
        let query = self.resolved(query).await?;
        // The semaphore is never closed.
        let turn = if query.is_costly(self.db.clock().now().date_naive()) {
            self.searches.acquire().await.ok()
        } else {
            None
        };
        let found = find::find(&self.db, &query).await;
        drop(turn);
        found
    }

    /// The towns in which there is something of what is asked for, and how much.
    pub(super) async fn cities(&self, query: &CatalogueQuery) -> DbResult<Arc<Vec<Town>>> {
        if query.is_costly(self.db.clock().now().date_naive()) {
            return Ok(Arc::default());
        }
        let narrowed = CatalogueQuery {
            city: None,
            cursor: None,
            page: crate::base::kernel::page::PageRequest::default(),
            order: super::order::Order::Start,
            ..query.clone()
        };
        let key = format!("{narrowed:?}");
        let now = self.db.clock().now();
        let made = self.cities.try_get_with(key, async {
            Ok::<_, DbError>(Arc::new(find::cities(&self.db, &narrowed, now).await?))
        });
        made.await.map_err(|error: Arc<DbError>| DbError::Shared(error))
    }

    /// The currencies of what is listed, the most usual first.
    pub(super) async fn currencies(&self) -> DbResult<Arc<Vec<Currency>>> {
        let made = self
            .currencies
            .try_get_with((), async { Ok::<_, DbError>(Arc::new(find::currencies(&self.db).await?)) });
        made.await.map_err(|error: Arc<DbError>| DbError::Shared(error))
    }

    /// The question as the database understands it: an organization by its slug, and a price in a currency. Where nobody has
    /// said which, it is that of the organization or, over all of them, the most usual one.
    pub(super) async fn resolved(&self, query: CatalogueQuery) -> DbResult<CatalogueQuery> {
        let mut query = self.with_slug(query).await?;
        if query.lacks_currency() {
            let scope = match &query.organization {
                Some(slug) => self.organization(slug).await?,
                None => None,
            };
            query.currency = match scope {
                Some(scope) => Some(scope.organization().currency),
                None => self.currencies().await?.first().copied(),
            };
        }
        Ok(query)
    }

    /// A file for other programs, made once however many ask for it.
    pub(super) async fn file(
        &self,
        asked: String,
        make: impl Future<Output = ApiResult<KeptFile>>,
    ) -> ApiResult<KeptFile> {
        let made = self.files.try_get_with(self.key(asked), make).await;
        made.map_err(|problem: Arc<Problem>| (*problem).clone())
    }

    /// The organization with this slug, while it is open.
    pub(super) async fn organization(&self, slug: &str) -> DbResult<Option<TenantScope>> {
        if !text::is_slug(slug) {
            return Ok(None);
        }
        Ok(self.tenancy.scope_of_slug(slug).await?.filter(|scope| scope.organization().is_open()))
    }

    async fn make_list(
        &self,
        query: CatalogueQuery,
        asked: &ListQuery,
        spend: impl FnOnce() -> ApiResult<()> + Send,
    ) -> ApiResult<Written> {
        if query.is_costly(self.db.clock().now().date_naive()) {
            spend()?;
        }
        let now = self.db.clock().now();
        let query = self.resolved(query).await?;
        let found = self.found(query.clone()).await?;
        let is_partial = found.names_only;
        let list = CatalogueList::new(found, &query, asked, now);
        Ok(Written { bytes: list.to_json_string().into_bytes().into(), is_partial })
    }

    /// An organization may be named by its id; the listing knows its slug.
    async fn with_slug(&self, mut query: CatalogueQuery) -> DbResult<CatalogueQuery> {
        if let Some(id) = query.organization.as_deref().and_then(|text| uuid::Uuid::parse_str(text).ok())
            && let Some(scope) = self.tenancy.scope_of_id(OrganizationId::from(id)).await?
            && scope.organization().id.uuid() == id
        {
            query.organization = Some(scope.organization().slug.clone());
        }
        Ok(query)
    }

    /// The event with this id or slug, if strangers may know of it.
    pub(super) async fn event(&self, id_or_slug: &str) -> DbResult<Option<Arc<PublicEvent>>> {
        let key = self.key(id_or_slug.to_owned());
        let found = self.events.try_get_with(key, Box::pin(self.find(id_or_slug))).await;
        found.map_err(|error: Arc<DbError>| DbError::Shared(error))
    }

    async fn find(&self, id_or_slug: &str) -> DbResult<Option<Arc<PublicEvent>>> {
        let place = match uuid::Uuid::parse_str(id_or_slug) {
            Ok(uuid) => {
                let id = EventId::from(uuid);
                self.tenancy.scope_of_id(id).await?.map(|scope| (scope, id))
            }
            Err(_) if text::is_slug(id_or_slug) => self.tenancy.event_of_slug(id_or_slug).await?,
            Err(_) => None,
        };
        let Some((scope, id)) = place.filter(|(scope, _)| scope.organization().is_open()) else {
            return Ok(None);
        };
        let mut tx = self.db.tenant(&scope).await?;
        let Some(event) = events::event(&mut tx, id).await? else { return Ok(None) };
        if !event.is_known() {
            return Ok(None);
        }
        let types = sales::ticket_types(&mut tx, id).await?;
        let dates = match event.series {
            Some(series) => events::dates_of(&mut tx, series, id).await?,
            None => vec![],
        };
        Ok(Some(Arc::new(PublicEvent { scope, event, types, dates })))
    }

    /// What is left of the event's tickets at this moment.
    pub(super) async fn left(&self, found: &PublicEvent) -> DbResult<Vec<(uuid::Uuid, Option<i32>)>> {
        let mut tx = self.db.tenant(&found.scope).await?;
        repo::left(&mut tx, found.event.id).await
    }
}
