//! The API of events, for those who have a role in them.

use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::contacts;
use super::dto::{EventChange, EventView};
use super::error::EventsError;
use super::filter::{EventFilter, EventOrder, StatusFilter};
use super::form::{EventChangeBody, NewEventBody, Sent};
use super::media::{self, Links, Made, Place};
use super::model::{CATEGORIES, Event};
use super::service::{self, Reader, ToChange};
use crate::base::db::{IdempotencyKey, TenantTx};
use crate::base::files::Files;
use crate::base::i18n::{Lang, negotiate, text};
use crate::base::identity::{
    Auth, Can, CreateEvents, EditEvent, Entrance, IdentityError, ManageSales, MaybeAuth, ReadEvent,
};
use crate::base::kernel::id::EventId;
use crate::base::kernel::page::PageRequest;
use crate::base::kernel::version::Expected;
use crate::base::tenancy::TenantScope;
use crate::base::web::{
    ApiResult, Checks, FieldError, FileBody, IfMatch, Input, Key, ListQuery, Listing, PageNumber, PageSize,
    Problem, Rate, Tags, checked_paging, etag, stale,
};

impl From<EventsError> for Problem {
    fn from(error: EventsError) -> Self {
        match error {
            EventsError::NotFound => Self::not_found(),
            EventsError::Stale => stale(),
            EventsError::SlugTaken => Self::conflict("events.slug_taken"),
            EventsError::QuotaBelowSold => Self::conflict("events.quota_below_sold"),
            EventsError::HasOrders => Self::conflict("events.has_orders"),
            EventsError::CurrencyFixed => Self::conflict("events.currency_fixed"),
            EventsError::NotPublished => Self::conflict("events.not_published"),
            EventsError::DatesTold(field) => Self::field(field, "dates_told"),
            EventsError::SameDates => Self::field("start_date", "unchanged"),
            EventsError::NotPrivate => Self::conflict("events.not_private"),
            EventsError::TooManyGuests => Self::conflict("events.too_many_guests"),
            EventsError::GuestRevoked => Self::conflict("events.invitation_revoked"),
            EventsError::AlreadyOrdered => Self::conflict("events.already_ordered"),
            EventsError::Template => Self::conflict("events.template"),
            EventsError::NotInTestMode => Self::conflict("events.not_in_test_mode"),
            EventsError::Cancelled => Self::conflict("events.cancelled"),
            EventsError::Incomplete(fields) => {
                Self::invalid(fields.into_iter().map(|field| FieldError::new(field, "required")).collect())
            }
            EventsError::UnknownQuota => Self::field("quota", "unknown_choice"),
            EventsError::Db(error) => error.into(),
        }
    }
}

/// Events, as those see them who have a role in them.
pub struct EventsApi {
    entrance: Entrance,
    files: Files,
}

#[derive(ApiResponse)]
enum EventCreated {
    #[oai(status = 201)]
    Ok(Json<EventView>, #[oai(header = "Location")] String, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum EventFound {
    #[oai(status = 200)]
    Ok(Json<EventView>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
pub(super) enum Gone {
    /// It is gone.
    #[oai(status = 204)]
    Ok,
}

/// Nothing to say yet: `{}`.
#[derive(Object)]
#[oai(example)]
struct Publication {}

impl Example for Publication {
    fn example() -> Self {
        Self {}
    }
}

/// A kind of event.
#[derive(Object)]
struct Category {
    /// What `category` of an event is.
    code: String,
    /// In the reader's language.
    name: String,
}

impl EventsApi {
    pub fn new(entrance: Entrance, files: Files) -> Self {
        Self { entrance, files }
    }

    /// The organization that the token names.
    async fn organization(&self, auth: &Auth) -> ApiResult<Option<TenantScope>> {
        let Some(id) = auth.organization else { return Ok(None) };
        Ok(self.entrance.tenancy.scope_of_organization(id).await?)
    }

    fn view(&self, auth: &Auth, scope: &TenantScope, event: Event) -> EventView {
        let organizes = auth.actor.organizes(event.id);
        let now = self.entrance.db.clock().now();
        let links = Links { files: &self.files, scope, public_url: &self.entrance.public_url, now };
        EventView::new(event, organizes, &links)
    }

    fn found(&self, auth: &Auth, scope: &TenantScope, event: Event) -> EventFound {
        let tag = etag(event.version);
        EventFound::Ok(Json(self.view(auth, scope, event)), tag)
    }

    /// Keeps what was sent, before anything refers to it.
    async fn keep(&self, scope: &TenantScope, event: EventId, made: Vec<Made>) -> ApiResult<()> {
        media::keep(&self.entrance, &self.files, scope, event, made).await
    }

    async fn alter(
        &self,
        auth: &Auth,
        id: EventId,
        expected: Expected,
        key: Option<IdempotencyKey>,
        change: impl FnOnce(&Event) -> ApiResult<(Event, Option<String>)>,
    ) -> ApiResult<EventFound> {
        let (scope, can) = self.entrance.event::<EditEvent>(auth, id).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let before = match service::to_change(&mut tx, &can, key.as_ref()).await? {
            ToChange::Done(event) => return Ok(self.found(auth, &scope, event)),
            ToChange::Now(event) => event,
        };
        let (after, slug) = change(&before)?;
        let event = service::change(&mut tx, can, &before, after, slug.as_deref(), &expected).await?;
        tx.commit().await?;
        media::forget(&self.files, &scope, event.id, &before.media, &event.media).await;
        Ok(self.found(auth, &scope, event))
    }

    /// A president who is new must work for the event; strangers learn that there is nothing.
    async fn presides(&self, auth: &Auth, id: EventId, change: &EventChange) -> ApiResult<()> {
        if change.president().is_some() {
            let (_, _): (_, Can<EditEvent>) = self.entrance.event(auth, id).await?;
        }
        contacts::check_president(&self.entrance.identity, id, change.president()).await
    }

    /// What an edit needs before its files are looked at: strangers learn that there is nothing.
    async fn received(&self, auth: &Auth, id: EventId, sent: Sent) -> ApiResult<Vec<(Place, String)>> {
        if sent.is_empty() {
            return Ok(vec![]);
        }
        let (scope, _): (_, Can<EditEvent>) = self.entrance.event(auth, id).await?;
        self.entrance.limiter.spend(Rate::Upload, &auth.actor.account.to_string())?;
        let made = sent.made().await?;
        let names = made.iter().map(|made| (made.place, made.name.clone())).collect();
        self.keep(&scope, id, made).await?;
        Ok(names)
    }

    /// Shows another file in its place.
    async fn upload(
        &self,
        auth: &Auth,
        id: EventId,
        expected: Expected,
        key: &Key,
        (place, FileBody::Form(file)): (Place, FileBody),
    ) -> ApiResult<EventFound> {
        let (scope, _): (_, Can<EditEvent>) = self.entrance.event(auth, id).await?;
        self.entrance.limiter.spend(Rate::Upload, &auth.actor.account.to_string())?;
        let key = key.of(auth.actor.account, &file.print());
        let made = media::received(place, file.file(), place.field()).await?;
        let names = vec![(place, made.name.clone())];
        self.keep(&scope, id, vec![made]).await?;
        let change = |before: &Event| Ok((showing(before.clone(), names), None));
        self.alter(auth, id, expected, key, change).await
    }

    /// Who may see which events of the organization.
    async fn reader(&self, auth: &Auth, scope: &TenantScope) -> ApiResult<Reader> {
        match self.entrance.identity.permit_organization::<ReadEvent>(&auth.actor, scope).await {
            Ok(can) => Ok(Reader::Member(can)),
            Err(IdentityError::Stranger) => {
                let here = |event: &EventId| event.organization() == scope.number();
                let assigned = auth.actor.assignments.iter().map(|assignment| assignment.event);
                Ok(Reader::Assigned(assigned.filter(here).collect()))
            }
            Err(error) => Err(error.into()),
        }
    }
}

#[OpenApi(tag = "Tags::Events")]
impl EventsApi {
    /// The events of the token's organization; for people with roles in single events, those.
    #[oai(path = "/events", method = "get", operation_id = "list_events")]
    async fn list(
        &self,
        auth: Auth,
        /// `upcoming`, `active`, `completed`, `draft` or `cancelled`; `template` lists what events are made from, which nothing else lists.
        status: Query<Option<String>>,
        /// Words of the name, the location or the city.
        #[oai(validator(max_length = 200))]
        search: Query<Option<String>>,
        /// `start_date`, `name`, `created_at`, or one of them with `-` before; `-start_date` unless asked.
        ordering: Query<Option<String>>,
        page: PageNumber,
        page_size: PageSize,
        query: ListQuery,
    ) -> ApiResult<Json<Listing<EventView>>> {
        let mut checks = Checks::default();
        let page = checked_paging(page, page_size, &mut checks);
        let filter = filter(status.0.as_deref(), search.0, ordering.0.as_deref(), page, checks)?;
        let Some(scope) = self.organization(&auth).await? else { return Ok(Json(Listing::whole(vec![]))) };
        let reader = self.reader(&auth, &scope).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let page = service::list(&mut tx, reader, filter).await?;
        Ok(Json(Listing::new(page, &query, |event| self.view(&auth, &scope, event))))
    }

    /// Create an event as a draft in the token's organization. A given capacity becomes a quota that all
    /// ticket types share.
    #[oai(path = "/events", method = "post", operation_id = "create_event")]
    async fn create(
        &self,
        auth: Auth,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: NewEventBody,
    ) -> ApiResult<EventCreated> {
        let (body, sent) = body.open();
        let scope = self.organization(&auth).await?.ok_or_else(Problem::forbidden)?;
        let identity = &self.entrance.identity;
        let can = match identity.permit_organization::<CreateEvents>(&auth.actor, &scope).await {
            // The organization is the token's own: there is nothing to hide.
            Err(IdentityError::Stranger) => return Err(Problem::forbidden()),
            other => other?,
        };
        let key = key.of(auth.actor.account, &body.raw);
        let blank = service::blank(&self.entrance.tenant(&scope).await?, can.by());
        let (new, checks) = body.open();
        contacts::check_president(identity, blank.id, new.president()).await?;
        let (mut draft, slug) = new.apply(blank, checks)?;
        if !sent.is_empty() {
            self.entrance.limiter.spend(Rate::Upload, &auth.actor.account.to_string())?;
        }
        let made = sent.made().await?;
        made.iter().for_each(|made| draft.media.set(made.place, made.name.clone()));
        self.keep(&scope, draft.id, made).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let event = service::create(&mut tx, can, draft, slug.as_deref(), key.as_ref()).await?;
        tx.commit().await?;
        let (address, tag) = (format!("/api/events/{}", event.id), etag(event.version));
        Ok(EventCreated::Ok(Json(self.view(&auth, &scope, event)), address, tag))
    }

    /// One event, also while it is a draft.
    #[oai(path = "/events/:id", method = "get", operation_id = "get_event")]
    async fn get(&self, auth: Auth, id: Path<EventId>) -> ApiResult<EventFound> {
        let (scope, can) = self.entrance.event::<ReadEvent>(&auth, id.0).await?;
        let mut tx: TenantTx = self.entrance.tenant(&scope).await?;
        let event = service::read(&mut tx, can).await?;
        Ok(self.found(&auth, &scope, event))
    }

    /// Replace an event. Contents that are left out are emptied; address, time zone, currency, language,
    /// visibility and `show_remaining` stay unless given. With `If-Match` only if nobody else changed it.
    #[oai(path = "/events/:id", method = "put", operation_id = "replace_event")]
    async fn replace(
        &self,
        auth: Auth,
        id: Path<EventId>,
        #[oai(name = "If-Match")] if_match: IfMatch,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: NewEventBody,
    ) -> ApiResult<EventFound> {
        let (body, sent) = body.open();
        let key = key.of(auth.actor.account, &body.raw);
        let (change, checks) = body.open();
        self.presides(&auth, id.0, &change).await?;
        let names = self.received(&auth, id.0, sent).await?;
        let change = |before: &Event| change.apply(showing(before.emptied(), names), checks);
        self.alter(&auth, id.0, if_match.0, key, change).await
    }

    /// Change an event; what is left out stays. With `If-Match` only if nobody else changed it.
    #[oai(path = "/events/:id", method = "patch", operation_id = "change_event")]
    async fn change(
        &self,
        auth: Auth,
        id: Path<EventId>,
        #[oai(name = "If-Match")] if_match: IfMatch,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: EventChangeBody,
    ) -> ApiResult<EventFound> {
        let (body, sent) = body.open();
        let key = key.of(auth.actor.account, &body.raw);
        let (change, checks) = body.open();
        self.presides(&auth, id.0, &change).await?;
        let names = self.received(&auth, id.0, sent).await?;
        let change = |before: &Event| change.apply(showing(before.clone(), names), checks);
        self.alter(&auth, id.0, if_match.0, key, change).await
    }

    /// Show another programme: a PDF of at most 10 MB. The field may also be called `programme_file`.
    #[oai(path = "/events/:id/upload_programme", method = "post", operation_id = "upload_programme")]
    async fn upload_programme(
        &self,
        auth: Auth,
        id: Path<EventId>,
        #[oai(name = "If-Match")] if_match: IfMatch,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: FileBody,
    ) -> ApiResult<EventFound> {
        self.upload(&auth, id.0, if_match.0, &key, (Place::Programme, body)).await
    }

    /// Show another guide: a PDF of at most 10 MB. The field may also be called `guide_file`.
    #[oai(path = "/events/:id/upload_guide", method = "post", operation_id = "upload_guide")]
    async fn upload_guide(
        &self,
        auth: Auth,
        id: Path<EventId>,
        #[oai(name = "If-Match")] if_match: IfMatch,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: FileBody,
    ) -> ApiResult<EventFound> {
        self.upload(&auth, id.0, if_match.0, &key, (Place::Guide, body)).await
    }

    /// Show a file no more. What is not there is gone already.
    #[oai(path = "/events/:id/files/:file", method = "delete", operation_id = "delete_event_file")]
    async fn delete_file(
        &self,
        auth: Auth,
        id: Path<EventId>,
        file: Path<Place>,
        #[oai(name = "If-Match")] if_match: IfMatch,
        #[oai(name = "Idempotency-Key")] key: Key,
    ) -> ApiResult<EventFound> {
        let (_, _): (_, Can<EditEvent>) = self.entrance.event(&auth, id.0).await?;
        let key = key.of(auth.actor.account, &[]);
        let change = |before: &Event| Ok((showing(before.clone(), vec![(file.0, String::new())]), None));
        self.alter(&auth, id.0, if_match.0, key, change).await
    }

    /// Delete an event with its ticket types and quotas. Refused once there are orders.
    #[oai(path = "/events/:id", method = "delete", operation_id = "delete_event")]
    async fn delete(
        &self,
        auth: Auth,
        id: Path<EventId>,
        #[oai(name = "If-Match")] if_match: IfMatch,
        #[oai(name = "Idempotency-Key")] key: Key,
    ) -> ApiResult<Gone> {
        let (scope, can) = self.entrance.event::<ManageSales>(&auth, id.0).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let key = key.of(auth.actor.account, &[]);
        service::delete(&mut tx, can, &if_match.0, key.as_ref()).await?;
        tx.commit().await?;
        Ok(Gone::Ok)
    }

    /// Open a draft to its public. It needs dates and a ticket type; publishing again changes nothing.
    #[oai(path = "/events/:id/publish", method = "post", operation_id = "publish_event")]
    async fn publish(
        &self,
        auth: Auth,
        id: Path<EventId>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<Publication>,
    ) -> ApiResult<EventFound> {
        let (scope, can) = self.entrance.event::<ManageSales>(&auth, id.0).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let key = key.of(auth.actor.account, &body.raw);
        let Publication {} = body.value()?;
        let event = service::publish(&mut tx, can, key.as_ref()).await?;
        tx.commit().await?;
        Ok(self.found(&auth, &scope, event))
    }

    /// The kinds of events, in the reader's language.
    #[oai(path = "/categories", method = "get", operation_id = "list_categories")]
    async fn categories(
        &self,
        auth: MaybeAuth,
        #[oai(name = "Accept-Language")] accepted: Header<Option<String>>,
    ) -> ApiResult<Json<Listing<Category>>> {
        let asked = accepted.0.filter(|value| !value.trim().is_empty());
        let own = auth.0.map(|auth| auth.lang);
        let lang = asked.map(|value| negotiate(&value)).or(own).unwrap_or_default();
        Ok(Json(Listing::whole(CATEGORIES.iter().map(|code| category(code, lang)).collect())))
    }
}

/// The event with these files in their places.
fn showing(mut event: Event, names: Vec<(Place, String)>) -> Event {
    names.into_iter().for_each(|(place, name)| event.media.set(place, name));
    event
}

fn category(code: &str, lang: Lang) -> Category {
    Category { code: code.to_owned(), name: text(lang, &format!("events-category-{code}")) }
}

fn filter(
    status: Option<&str>,
    search: Option<String>,
    ordering: Option<&str>,
    page: PageRequest,
    mut checks: Checks,
) -> ApiResult<EventFilter> {
    let status = status.filter(|code| !code.is_empty());
    let parsed = status.and_then(StatusFilter::parse);
    checks.ensure(status.is_none() || parsed.is_some(), "status", "unknown_choice");
    let ordering = ordering.filter(|code| !code.is_empty());
    let order = ordering.and_then(EventOrder::parse);
    checks.ensure(ordering.is_none() || order.is_some(), "ordering", "unknown_choice");
    checks.done()?;
    let search = search.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(EventFilter {
        only: None,
        status: parsed,
        series: None,
        search,
        order: order.unwrap_or_default(),
        page,
    })
}
