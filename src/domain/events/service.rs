//! Making, changing, publishing, cancelling and deleting events.

use serde_json::json;

use super::error::EventsError;
use super::filter::EventFilter;
use super::model::{Event, EventState};
use super::{changes, jobs, publishing, repo, sales, slug};
use crate::base::db::{DbResult, IdempotencyKey, TenantTx};
use crate::base::identity::{Can, CreateEvents, EditEvent, ManageSales, ReadEvent};
use crate::base::kernel::id::{AccountId, EventId, OrganizationNumber};
use crate::base::kernel::page::Page;
use crate::base::kernel::random;
use crate::base::kernel::version::Expected;

/// How often an address with another code is tried.
const SLUG_TRIES: u32 = 5;

/// Whose list of events it is.
pub(super) enum Reader {
    Member(Can<ReadEvent, OrganizationNumber>),
    /// Somebody who has a role in these events alone.
    Assigned(Vec<EventId>),
}

/// A page of the events that the reader may see.
pub(super) async fn list(
    tx: &mut TenantTx,
    reader: Reader,
    mut filter: EventFilter,
) -> Result<Page<Event>, EventsError> {
    filter.only = match reader {
        Reader::Member(can) => {
            debug_assert_eq!(can.target(), tx.organization().number);
            None
        }
        Reader::Assigned(events) => Some(events),
    };
    let (rows, count) = repo::list(tx, &filter).await?;
    Ok(Page::new(rows, count, filter.page))
}

/// The event that may be read.
pub(super) async fn read(tx: &mut TenantTx, can: Can<ReadEvent>) -> Result<Event, EventsError> {
    repo::event(tx, can.event()).await?.ok_or(EventsError::NotFound)
}

/// An event of which nothing is said yet, as `by` would make it.
pub(super) fn blank(tx: &TenantTx, by: AccountId) -> Event {
    Event::draft(tx.new_id(), tx.organization(), random::token(), tx.now(), by)
}

/// Stores a draft under the address that was asked for, or one made of its name.
pub(super) async fn create(
    tx: &mut TenantTx,
    can: Can<CreateEvents, OrganizationNumber>,
    draft: Event,
    wanted: Option<&str>,
    key: Option<&IdempotencyKey>,
) -> Result<Event, EventsError> {
    if let Some(made) = tx.attempt(key, draft.id.uuid()).await? {
        return repo::event(tx, made.into()).await?.ok_or(EventsError::NotFound);
    }
    let draft = insert(tx, draft, wanted).await?;
    let detail = json!({ "name": draft.name, "slug": draft.slug });
    tx.audit(Some(can.by()), "event.create", draft.id.uuid(), detail).await?;
    Ok(draft)
}

/// Stores the draft, which has an id of its own, under an address and with the quota of its capacity.
pub(super) async fn insert(
    tx: &mut TenantTx,
    mut draft: Event,
    wanted: Option<&str>,
) -> Result<Event, EventsError> {
    // The good address stays free for the events that are made from a template.
    draft.slug = match draft.state {
        EventState::Template => coded_slug(tx, draft.id, &draft.name).await?,
        _ => claim_slug(tx, draft.id, &draft.name, wanted).await?,
    };
    repo::insert_event(tx, &draft).await?;
    sales::fit_capacity(tx, &draft).await?;
    Ok(draft)
}

async fn claim_slug(
    tx: &mut TenantTx,
    id: EventId,
    name: &str,
    wanted: Option<&str>,
) -> Result<String, EventsError> {
    if let Some(wanted) = wanted {
        let free = repo::claim_slug(tx, id, wanted).await?;
        return if free { Ok(wanted.to_owned()) } else { Err(EventsError::SlugTaken) };
    }
    if let Some(plain) = slug::plain(name)
        && repo::claim_slug(tx, id, &plain).await?
    {
        return Ok(plain);
    }
    coded_slug(tx, id, name).await
}

async fn coded_slug(tx: &mut TenantTx, id: EventId, name: &str) -> Result<String, EventsError> {
    for _ in 0..SLUG_TRIES {
        let coded = slug::with_code(name, &random::code::<5>());
        if repo::claim_slug(tx, id, &coded).await? {
            return Ok(coded);
        }
    }
    Err(EventsError::SlugTaken)
}

/// An event that somebody wants to change.
pub(super) enum ToChange {
    /// It is kept as it is until the transaction ends.
    Now(Event),
    /// The same change was made before.
    Done(Event),
}

/// The event to be changed.
pub(super) async fn to_change(
    tx: &mut TenantTx,
    can: &Can<EditEvent>,
    key: Option<&IdempotencyKey>,
) -> Result<ToChange, EventsError> {
    let done = tx.attempt(key, can.event().uuid()).await?.is_some();
    let event = repo::locked_event(tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    Ok(if done { ToChange::Done(event) } else { ToChange::Now(event) })
}

/// Stores what has changed between `before` and `after`.
pub(super) async fn change(
    tx: &mut TenantTx,
    can: Can<EditEvent>,
    before: &Event,
    mut after: Event,
    wanted: Option<&str>,
    expected: &Expected,
) -> Result<Event, EventsError> {
    if !expected.allows(before.version) {
        return Err(EventsError::Stale);
    }
    if after.currency != before.currency && !sales::ticket_types(tx, before.id).await?.is_empty() {
        return Err(EventsError::CurrencyFixed);
    }
    if let Some(field) = told_otherwise(tx, before, &after).await? {
        return Err(EventsError::DatesTold(field));
    }
    if let Some(wanted) = wanted.filter(|wanted| *wanted != before.slug) {
        after.slug = claim_slug(tx, before.id, &after.name, Some(wanted)).await?;
    }
    if after.capacity != before.capacity {
        sales::fit_capacity(tx, &after).await?;
    }
    if after.media != before.media {
        jobs::plan_sweep(tx).await?;
    }
    let after = store(tx, after, can.by()).await?;
    let detail = json!({ "version": after.version, "fields": changes::of_event(before, &after) });
    tx.audit(Some(can.by()), "event.change", after.id.uuid(), detail).await?;
    publishing::refresh(tx, &after).await?;
    Ok(after)
}

/// The date of `after` that is not the one which buyers were told. They have it in their mails, tickets and calendars, so
/// it changes by postponing alone.
async fn told_otherwise(
    tx: &mut TenantTx,
    before: &Event,
    after: &Event,
) -> Result<Option<&'static str>, EventsError> {
    let changed =
        [("start_date", after.starts_at != before.starts_at), ("end_date", after.ends_at != before.ends_at)];
    let field = changed.into_iter().find_map(|(field, changed)| changed.then_some(field));
    let told = before.state == EventState::Published && !before.test_mode;
    Ok(match field {
        Some(field) if told && !sales::sold_of(tx, &[before.id.uuid()]).await?.is_empty() => Some(field),
        _ => None,
    })
}

/// Stores the event as it is now.
pub(super) async fn store(tx: &mut TenantTx, mut event: Event, by: AccountId) -> Result<Event, EventsError> {
    event.updated_at = tx.now();
    if !repo::update_event(tx, &event, by).await? {
        return Err(EventsError::Stale);
    }
    event.version += 1;
    Ok(event)
}

/// Opens the event to its public. Publishing what is published changes nothing.
pub(super) async fn publish(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    key: Option<&IdempotencyKey>,
) -> Result<Event, EventsError> {
    let done = tx.attempt(key, can.event().uuid()).await?.is_some();
    let mut event = repo::locked_event(tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    match event.state {
        _ if done => return Ok(event),
        EventState::Published => return Ok(event),
        EventState::Cancelled => return Err(EventsError::Cancelled),
        EventState::Template => return Err(EventsError::Template),
        EventState::Draft => {}
    }
    let missing: Vec<_> = [
        ("start_date", event.starts_at.is_none()),
        ("end_date", event.ends_at.is_none()),
        ("ticket_types", sales::ticket_types(tx, event.id).await?.is_empty()),
    ]
    .into_iter()
    .filter_map(|(field, missing)| missing.then_some(field))
    .collect();
    if !missing.is_empty() {
        return Err(EventsError::Incomplete(missing));
    }
    event.state = EventState::Published;
    event.published_at = Some(tx.now());
    let event = store(tx, event, can.by()).await?;
    tx.audit(Some(can.by()), "event.publish", event.id.uuid(), json!({})).await?;
    publishing::refresh(tx, &event).await?;
    Ok(event)
}

/// Calls the event off, with a word to its buyers. Strangers who knew of it see that. Cancelling twice changes nothing.
pub async fn cancel(tx: &mut TenantTx, can: Can<ManageSales>, message: &str) -> Result<Event, EventsError> {
    let mut event = repo::locked_event(tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    match event.state {
        EventState::Cancelled => return Ok(event),
        EventState::Template => return Err(EventsError::Template),
        EventState::Draft | EventState::Published => event.state = EventState::Cancelled,
    }
    let event = store(tx, event, can.by()).await?;
    repo::set_cancellation_message(tx, event.id, message.trim()).await?;
    tx.audit(Some(can.by()), "event.cancel", event.id.uuid(), json!({})).await?;
    publishing::refresh(tx, &event).await?;
    Ok(event)
}

/// What its organizer last told the buyers: with the cancellation, or else with the last postponement; often nothing.
pub async fn word_to_buyers(tx: &mut TenantTx, id: EventId) -> DbResult<String> {
    repo::word_to_buyers(tx, id).await
}

/// Removes an event of which nothing was ordered, with everything that belongs to it.
pub(super) async fn delete(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    expected: &Expected,
    key: Option<&IdempotencyKey>,
) -> Result<(), EventsError> {
    if tx.attempt(key, can.event().uuid()).await?.is_some() {
        return Ok(());
    }
    let event = repo::locked_event(tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    if !expected.allows(event.version) {
        return Err(EventsError::Stale);
    }
    repo::delete_event(tx, event.id).await?;
    jobs::plan_sweep(tx).await?;
    tx.audit(Some(can.by()), "event.delete", event.id.uuid(), json!({ "name": event.name })).await?;
    Ok(tx.bump(publishing::TOPIC).await?)
}

/// Says whether the organizer wants a mail at each sale.
pub async fn notify_sales(tx: &mut TenantTx, can: Can<ManageSales>, wanted: bool) -> Result<(), EventsError> {
    let id = can.event();
    if !repo::set_notify_sales(tx, id, wanted).await? {
        return Err(EventsError::NotFound);
    }
    Ok(tx.audit(Some(can.by()), "event.notify_sales", id.uuid(), json!({ "wanted": wanted })).await?)
}
