//! SQL of the events.

mod life;
mod list;
mod listing;

pub(super) use life::{
    checked_in, has_real_orders, insert_postponement, postponed_at, postponement, set_cancellation_message,
    set_told, test_orders, word_to_buyers,
};
pub(super) use list::list;
pub(super) use listing::{claim_slug, name_listing, publish_listing, published_after, withdraw_listing};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::contacts::Contact;
use super::media::Media;
use super::model::{Event, EventState, OtherDate, Sold, Standing, Visibility};
use super::translations::Translations;
use crate::base::db::{DbError, DbResult, TenantTx};
use crate::base::i18n::Lang;
use crate::base::kernel::id::{AccountId, EventId, Id};
use crate::base::kernel::money::Currency;

/// A row of `event`.
#[derive(sqlx::FromRow)]
struct EventRow {
    id: Uuid,
    slug: String,
    name: String,
    description: String,
    category: String,
    location: String,
    city: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
    starts_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
    timezone: String,
    currency: String,
    language: String,
    capacity: Option<i32>,
    visibility: String,
    state: String,
    link_secret: String,
    test_mode: bool,
    contact_email: String,
    terms: String,
    show_remaining: bool,
    checkin_opens_at: Option<DateTime<Utc>>,
    checkin_closes_at: Option<DateTime<Utc>>,
    themes: Vec<String>,
    metadata: serde_json::Value,
    image: String,
    logo: String,
    banner: String,
    programme: String,
    guide: String,
    series: Option<Uuid>,
    translations: serde_json::Value,
    previous_starts_at: Option<DateTime<Utc>>,
    previous_ends_at: Option<DateTime<Utc>>,
    awaits_dates: bool,
    president: Option<Uuid>,
    contacts: serde_json::Value,
    published_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    created_by: Uuid,
    updated_at: DateTime<Utc>,
    version: i32,
}

impl TryFrom<EventRow> for Event {
    type Error = DbError;

    fn try_from(row: EventRow) -> DbResult<Self> {
        let corrupt = DbError::Corrupt;
        Ok(Self {
            id: row.id.into(),
            slug: row.slug,
            name: row.name,
            description: row.description,
            category: row.category,
            location: row.location,
            city: row.city,
            latitude: row.latitude,
            longitude: row.longitude,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            timezone: row.timezone.parse().map_err(|_| corrupt("time zone of an event"))?,
            currency: currency(&row.currency)?,
            language: Lang::parse(&row.language).ok_or_else(|| corrupt("language of an event"))?,
            capacity: row.capacity,
            visibility: Visibility::parse(&row.visibility)
                .ok_or_else(|| corrupt("visibility of an event"))?,
            state: EventState::parse(&row.state).ok_or_else(|| corrupt("state of an event"))?,
            link_secret: row.link_secret,
            test_mode: row.test_mode,
            contact_email: row.contact_email,
            terms: row.terms,
            show_remaining: row.show_remaining,
            checkin_opens_at: row.checkin_opens_at,
            checkin_closes_at: row.checkin_closes_at,
            themes: row.themes,
            metadata: row.metadata,
            media: Media {
                image: row.image,
                logo: row.logo,
                banner: row.banner,
                programme: row.programme,
                guide: row.guide,
            },
            series: row.series,
            translations: translations(row.translations)?,
            previous_starts_at: row.previous_starts_at,
            previous_ends_at: row.previous_ends_at,
            awaits_dates: row.awaits_dates,
            president: row.president.map(AccountId::from),
            contacts: serde_json::from_value(row.contacts).map_err(|_| corrupt("contacts of an event"))?,
            published_at: row.published_at,
            created_at: row.created_at,
            created_by: row.created_by.into(),
            updated_at: row.updated_at,
            version: row.version,
        })
    }
}

/// Words as a row keeps them.
pub(super) fn translations(row: serde_json::Value) -> DbResult<Translations> {
    serde_json::from_value(row).map_err(|_| DbError::Corrupt("translations"))
}

/// Words as a row is to keep them.
pub(super) fn stored(translations: &Translations) -> DbResult<serde_json::Value> {
    serde_json::to_value(translations).map_err(|_| DbError::Corrupt("translations"))
}

fn contacts(contacts: &[Contact]) -> DbResult<serde_json::Value> {
    serde_json::to_value(contacts).map_err(|_| DbError::Corrupt("contacts of an event"))
}

/// The currency that a row names.
pub(super) fn currency(code: &str) -> DbResult<Currency> {
    Currency::parse(code).ok_or(DbError::Corrupt("currency of an event"))
}

/// Every column of an event; what follows says which.
macro_rules! select_event {
    ($tail:literal, $id:expr) => {
        sqlx::query_as!(
            EventRow,
            "SELECT id, slug, name, description, category, location, city, latitude, longitude, starts_at, ends_at,
                    timezone, currency, language, capacity, visibility, state, link_secret, test_mode, contact_email, terms,
                    show_remaining, checkin_opens_at, checkin_closes_at, themes, metadata, image, logo, banner, programme, guide, series, translations,
                    previous_starts_at, previous_ends_at, awaits_dates, president, contacts,
                    published_at, created_at, created_by, updated_at, version
             FROM event " + $tail,
            $id
        )
    };
}

pub(super) async fn standing(tx: &mut TenantTx, id: EventId) -> DbResult<Option<Standing>> {
    let row = sqlx::query!("SELECT state, notify_sales FROM event WHERE id = $1", id.uuid())
        .fetch_optional(tx.conn())
        .await?;
    row.map(|row| {
        let state = EventState::parse(&row.state).ok_or(DbError::Corrupt("event state"))?;
        Ok(Standing { state, notify_sales: row.notify_sales })
    })
    .transpose()
}

pub(super) async fn event(tx: &mut TenantTx, id: EventId) -> DbResult<Option<Event>> {
    let row = select_event!("WHERE id = $1", id.uuid()).fetch_optional(tx.conn()).await?;
    row.map(Event::try_from).transpose()
}

/// The event as it stays until this transaction ends. Orders, which only refer to it, do not wait.
pub(super) async fn locked_event(tx: &mut TenantTx, id: EventId) -> DbResult<Option<Event>> {
    let row = select_event!("WHERE id = $1 FOR NO KEY UPDATE", id.uuid()).fetch_optional(tx.conn()).await?;
    row.map(Event::try_from).transpose()
}

/// As [`locked_event`], with orders waiting: until this transaction ends none is placed, and none is being placed.
pub(super) async fn held_event(tx: &mut TenantTx, id: EventId) -> DbResult<Option<Event>> {
    let row = select_event!("WHERE id = $1 FOR UPDATE", id.uuid()).fetch_optional(tx.conn()).await?;
    row.map(Event::try_from).transpose()
}

pub(super) async fn events(tx: &mut TenantTx, ids: &[Uuid]) -> DbResult<Vec<Event>> {
    let rows = select_event!("WHERE id = ANY ($1)", ids).fetch_all(tx.conn()).await?;
    rows.into_iter().map(Event::try_from).collect()
}

/// The events that were made in one go with this one, in the order in which they were made.
pub(super) async fn made_with(tx: &mut TenantTx, id: EventId) -> DbResult<Vec<Event>> {
    let rows = select_event!("WHERE made_with = $1 ORDER BY id", id.uuid());
    rows.fetch_all(tx.conn()).await?.into_iter().map(Event::try_from).collect()
}

/// Remembers that these events were made in one go with the first.
pub(super) async fn remember_making(tx: &mut TenantTx, first: EventId, made: &[Uuid]) -> DbResult<()> {
    sqlx::query!("UPDATE event SET made_with = $1 WHERE id = ANY ($2)", first.uuid(), made)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The dates of a series beside one of its events that strangers may see and that are not over, the next ones first; a
/// bounded list.
pub(super) async fn dates_of(tx: &mut TenantTx, series: Uuid, beside: EventId) -> DbResult<Vec<OtherDate>> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"SELECT id, slug, starts_at AS "starts_at!", ends_at AS "ends_at!" FROM event
           WHERE series = $1 AND id <> $2 AND state = 'published' AND visibility = 'public' AND NOT awaits_dates AND NOT test_mode
             AND ends_at > $3
           ORDER BY starts_at, id LIMIT 60"#,
        series,
        beside.uuid(),
        now
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| OtherDate {
            id: row.id.into(),
            slug: row.slug,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        })
        .collect())
}

/// Every event with its address, by age.
pub(super) async fn all(tx: &mut TenantTx) -> DbResult<Vec<(EventId, String)>> {
    let rows = sqlx::query!("SELECT id, slug FROM event ORDER BY id").fetch_all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.slug)).collect())
}

/// Published events that end after yesterday, the next ones first.
pub(super) async fn at_the_door(tx: &mut TenantTx) -> DbResult<Vec<Event>> {
    let yesterday = tx.now() - chrono::Duration::days(1);
    let rows = select_event!(
        "WHERE state = 'published' AND ends_at > $1 ORDER BY starts_at, id LIMIT 100",
        yesterday
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(Event::try_from).collect()
}

/// What is sold of the published events that are not over since yesterday, as many as a list shows in ten pages.
pub(super) async fn sold_now(tx: &mut TenantTx) -> DbResult<Vec<Sold>> {
    let yesterday = tx.now() - chrono::Duration::days(1);
    let rows = sqlx::query!(
        r#"SELECT e.id, e.capacity,
             (SELECT count(*) FROM ticket t WHERE t.event = e.id AND t.status = 'valid') AS "sold!"
           FROM event e WHERE e.state = 'published' AND (e.ends_at > $1 OR e.awaits_dates)
           ORDER BY e.starts_at DESC, e.id DESC LIMIT 200"#,
        yesterday
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Sold { event: row.id.into(), sold: row.sold, capacity: row.capacity })
        .collect())
}

pub(super) async fn insert_event(tx: &mut TenantTx, event: &Event) -> DbResult<()> {
    sqlx::query!(
        "INSERT INTO event (id, slug, name, description, category, location, city, latitude, longitude, starts_at,
           ends_at, timezone, currency, language, capacity, visibility, state, link_secret, contact_email, terms,
           show_remaining, checkin_opens_at, checkin_closes_at, themes, metadata, created_at, created_by,
           updated_at, updated_by, image, logo, banner, programme, guide, series, translations, president, contacts)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
           $22, $23, $24, $25, $26, $27, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36)",
        event.id.uuid(),
        event.slug,
        event.name,
        event.description,
        event.category,
        event.location,
        event.city,
        event.latitude,
        event.longitude,
        event.starts_at,
        event.ends_at,
        event.timezone.name(),
        event.currency.code(),
        event.language.code(),
        event.capacity,
        event.visibility.code(),
        event.state.code(),
        event.link_secret,
        event.contact_email,
        event.terms,
        event.show_remaining,
        event.checkin_opens_at,
        event.checkin_closes_at,
        &event.themes,
        event.metadata,
        event.created_at,
        event.created_by.uuid(),
        event.media.image,
        event.media.logo,
        event.media.banner,
        event.media.programme,
        event.media.guide,
        event.series,
        stored(&event.translations)?,
        event.president.map(Id::uuid),
        contacts(&event.contacts)?
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes the event if it still has its version; the stored one is then one more.
pub(super) async fn update_event(tx: &mut TenantTx, event: &Event, by: AccountId) -> DbResult<bool> {
    let done = sqlx::query!(
        "UPDATE event SET slug = $3, name = $4, description = $5, category = $6, location = $7, city = $8,
           latitude = $9, longitude = $10, starts_at = $11, ends_at = $12, timezone = $13, currency = $14,
           language = $15, capacity = $16, visibility = $17, state = $18, contact_email = $19, terms = $20,
           show_remaining = $21, checkin_opens_at = $22, checkin_closes_at = $23, themes = $24, metadata = $25,
           updated_at = $26, updated_by = $27, published_at = $28, image = $29, logo = $30, banner = $31,
           programme = $32, guide = $33, series = $34, translations = $35, test_mode = $36, previous_starts_at = $37,
           previous_ends_at = $38, awaits_dates = $39, president = $40, contacts = $41, version = version + 1
         WHERE id = $1 AND version = $2",
        event.id.uuid(),
        event.version,
        event.slug,
        event.name,
        event.description,
        event.category,
        event.location,
        event.city,
        event.latitude,
        event.longitude,
        event.starts_at,
        event.ends_at,
        event.timezone.name(),
        event.currency.code(),
        event.language.code(),
        event.capacity,
        event.visibility.code(),
        event.state.code(),
        event.contact_email,
        event.terms,
        event.show_remaining,
        event.checkin_opens_at,
        event.checkin_closes_at,
        &event.themes,
        event.metadata,
        event.updated_at,
        by.uuid(),
        event.published_at,
        event.media.image,
        event.media.logo,
        event.media.banner,
        event.media.programme,
        event.media.guide,
        event.series,
        stored(&event.translations)?,
        event.test_mode,
        event.previous_starts_at,
        event.previous_ends_at,
        event.awaits_dates,
        event.president.map(Id::uuid),
        contacts(&event.contacts)?
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Who changed the event last.
pub(super) async fn changed_by(tx: &mut TenantTx, id: EventId) -> DbResult<Option<AccountId>> {
    let by = sqlx::query_scalar!("SELECT updated_by FROM event WHERE id = $1", id.uuid())
        .fetch_optional(tx.conn())
        .await?;
    Ok(by.map(AccountId::from))
}

/// Removes the event with what it would sell; the database refuses when something was ordered.
pub(super) async fn delete_event(tx: &mut TenantTx, id: EventId) -> DbResult<()> {
    sqlx::query!("DELETE FROM ticket_type WHERE event = $1", id.uuid()).execute(tx.conn()).await?;
    sqlx::query!("DELETE FROM quota WHERE event = $1", id.uuid()).execute(tx.conn()).await?;
    sqlx::query!("DELETE FROM event WHERE id = $1", id.uuid()).execute(tx.conn()).await?;
    sqlx::query!("SELECT platform.forget_event($1)", id.uuid()).execute(tx.conn()).await?;
    withdraw_listing(tx, id).await
}

/// False when there is no such event.
pub(super) async fn set_notify_sales(tx: &mut TenantTx, id: EventId, wanted: bool) -> DbResult<bool> {
    let done = sqlx::query!("UPDATE event SET notify_sales = $2 WHERE id = $1", id.uuid(), wanted)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The names of events that are not over and have valid tickets or holds, and of those with refunds under way.
pub(super) async fn sold_ahead(tx: &mut TenantTx, limit: i64) -> DbResult<Vec<String>> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        "SELECT name FROM event e WHERE
           (state = 'published' AND NOT test_mode AND (awaits_dates OR ends_at IS NULL OR ends_at > $1)
             AND (EXISTS (SELECT FROM ticket t WHERE t.event = e.id AND t.status = 'valid')
               OR EXISTS (SELECT FROM orders o WHERE o.event = e.id AND o.status = 'pending' AND o.expires_at > $1)))
           OR EXISTS (SELECT FROM refund r JOIN orders o ON o.id = r.payable WHERE o.event = e.id AND r.status = 'pending')
         ORDER BY starts_at LIMIT $2",
        now,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Whether there is something to make events from.
pub(super) async fn has_templates(tx: &mut TenantTx) -> DbResult<bool> {
    Ok(sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM event WHERE state = 'template') AS "there!""#)
        .fetch_one(tx.conn())
        .await?)
}

/// The events that begin last, those without a date first.
pub(super) async fn newest(tx: &mut TenantTx, limit: i64) -> DbResult<Vec<Uuid>> {
    Ok(sqlx::query_scalar!(
        "SELECT id FROM event WHERE state <> 'template' ORDER BY starts_at DESC NULLS FIRST, id DESC LIMIT $1",
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}
