//! What the catalogue keeps in memory, and for how long.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use moka::future::Cache;
use poem_openapi::types::ToJSON;

use super::dto::CatalogueRow;
use super::pages::Kept;
use super::query::CatalogueQuery;
use super::repo::{self, ListingRow};
use crate::base::db::{Db, DbError, DbResult};
use crate::base::i18n::Lang;
use crate::base::kernel::id::EventId;
use crate::base::kernel::page::Page;
use crate::base::kernel::text;
use crate::base::tenancy::{Tenancy, TenantScope};
use crate::base::web::{ListQuery, Listing};
use crate::domain::events::model::{Event, TicketType};
use crate::domain::events::{publishing, repo as events, sales};

/// The net under the generations: what stands by the clock alone is never older.
const LIST_LIFE: Duration = Duration::from_secs(30);
const EVENT_LIFE: Duration = Duration::from_secs(5);
/// Bytes of rendered lists.
const LISTS_SIZE: u64 = 64 << 20;
const MOST_EVENTS: u64 = 10_000;
const MOST_PAGES: u64 = 2_000;
/// How long a page may tell what was left.
const STOCK_LIFE: Duration = Duration::from_secs(1);

/// The generation of everything public, and what was asked.
pub(super) type Key = ((i64, u32), String);

/// Lists as bytes, pages as HTML and events as they are, each made once however many ask at the same time.
#[derive(Clone)]
pub(super) struct Shelf {
    db: Db,
    tenancy: Tenancy,
    lists: Cache<Key, Bytes>,
    events: Cache<Key, Option<Arc<PublicEvent>>>,
    list_pages: Cache<Key, Kept>,
    event_pages: Cache<Key, Kept>,
}

/// An event that strangers may know of, with all but what is left.
pub struct PublicEvent {
    pub scope: TenantScope,
    pub event: Event,
    pub types: Vec<TicketType>,
}

impl PublicEvent {
    /// The same in the words of a language, as far as there are any.
    pub(in crate::domain::events) fn told(self: Arc<Self>, lang: Lang) -> Arc<Self> {
        let own = self.event.language;
        if lang == own {
            return self;
        }
        let types = self.types.iter().map(|sold| sold.clone().told(lang, own)).collect();
        Arc::new(Self { scope: self.scope.clone(), event: self.event.clone().told(lang), types })
    }
}

impl Shelf {
    pub(super) fn new(db: Db, tenancy: Tenancy) -> Self {
        let weight =
            |key: &Key, bytes: &Bytes| u32::try_from(key.1.len() + bytes.len() + 64).unwrap_or(u32::MAX);
        Self {
            db,
            tenancy,
            lists: Cache::builder().weigher(weight).max_capacity(LISTS_SIZE).time_to_live(LIST_LIFE).build(),
            events: Cache::builder().max_capacity(MOST_EVENTS).time_to_live(EVENT_LIFE).build(),
            list_pages: Cache::builder().max_capacity(MOST_PAGES).time_to_live(LIST_LIFE).build(),
            event_pages: Cache::builder().max_capacity(MOST_PAGES).time_to_live(STOCK_LIFE).build(),
        }
    }

    /// The pages of a kind: lists, or events, which tell what is left.
    pub(super) fn pages(&self, kind: &str) -> &Cache<Key, Kept> {
        if kind == "list" { &self.list_pages } else { &self.event_pages }
    }

    pub(super) fn key(&self, asked: String) -> Key {
        (self.db.signals().generation(publishing::TOPIC), asked)
    }

    /// A page of the catalogue as it goes over the wire.
    pub(super) async fn list(&self, query: CatalogueQuery, asked: &ListQuery) -> DbResult<Bytes> {
        // What was understood, and the words in which it was asked: the neighbours' addresses repeat them.
        let key = self.key(format!("{query:?} {}", asked.cache_key()));
        let made = self.lists.try_get_with(key, Box::pin(self.make_list(query, asked))).await;
        made.map_err(|error: Arc<DbError>| DbError::Shared(error))
    }

    /// A page of the catalogue.
    pub(super) async fn rows(&self, query: CatalogueQuery) -> DbResult<Page<ListingRow>> {
        let query = self.with_slug(query).await?;
        let mut tx = self.db.platform().await?;
        let (rows, count) = repo::search(&mut tx, &query).await?;
        Ok(Page::new(rows, count, query.page))
    }

    /// The organization with this slug.
    pub(super) async fn organization(&self, slug: &str) -> DbResult<Option<TenantScope>> {
        if text::is_slug(slug) { self.tenancy.scope_of_slug(slug).await } else { Ok(None) }
    }

    async fn make_list(&self, query: CatalogueQuery, asked: &ListQuery) -> DbResult<Bytes> {
        let now = self.db.clock().now();
        let page = self.rows(query).await?;
        let listing = Listing::new(page, asked, |row| CatalogueRow::new(row, now));
        Ok(listing.to_json_string().into_bytes().into())
    }

    /// An organization may be named by its id; the listing knows its slug.
    async fn with_slug(&self, mut query: CatalogueQuery) -> DbResult<CatalogueQuery> {
        if let Some(id) = query.organization.as_deref().and_then(|text| uuid::Uuid::parse_str(text).ok())
            && let Some(scope) = self.tenancy.scope_of_organization(id.into()).await?
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
        let Some((scope, id)) = place else { return Ok(None) };
        let mut tx = self.db.tenant(&scope).await?;
        let Some(event) = events::event(&mut tx, id).await? else { return Ok(None) };
        if !event.is_known() {
            return Ok(None);
        }
        let types = sales::ticket_types(&mut tx, id).await?;
        Ok(Some(Arc::new(PublicEvent { scope, event, types })))
    }

    /// What is left of the event's tickets at this moment.
    pub(super) async fn left(&self, found: &PublicEvent) -> DbResult<Vec<(uuid::Uuid, Option<i32>)>> {
        let mut tx = self.db.tenant(&found.scope).await?;
        repo::left(&mut tx, found.event.id).await
    }
}
