//! SQL of the events, their ticket types and quotas.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{Event, EventState, TicketType, Visibility};
use crate::base::db::{DbError, DbResult, TenantTx};
use crate::base::i18n::Lang;
use crate::base::kernel::id::{EventId, QuotaId};
use crate::base::kernel::money::{Currency, Money};

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
    contact_email: String,
    terms: String,
    show_remaining: bool,
    checkin_opens_at: Option<DateTime<Utc>>,
    checkin_closes_at: Option<DateTime<Utc>>,
    themes: Vec<String>,
    metadata: serde_json::Value,
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
            contact_email: row.contact_email,
            terms: row.terms,
            show_remaining: row.show_remaining,
            checkin_opens_at: row.checkin_opens_at,
            checkin_closes_at: row.checkin_closes_at,
            themes: row.themes,
            metadata: row.metadata,
            created_at: row.created_at,
            created_by: row.created_by.into(),
            updated_at: row.updated_at,
            version: row.version,
        })
    }
}

fn currency(code: &str) -> DbResult<Currency> {
    Currency::parse(code).ok_or(DbError::Corrupt("currency of an event"))
}

pub(super) async fn event(tx: &mut TenantTx, id: EventId) -> DbResult<Option<Event>> {
    let row = sqlx::query_as!(
        EventRow,
        "SELECT id, slug, name, description, category, location, city, latitude, longitude, starts_at, ends_at,
                timezone, currency, language, capacity, visibility, state, link_secret, contact_email, terms,
                show_remaining, checkin_opens_at, checkin_closes_at, themes, metadata, created_at, created_by,
                updated_at, version
         FROM event WHERE id = $1",
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(Event::try_from).transpose()
}

/// A row of `ticket_type` with its event's currency and its quotas.
struct TicketTypeRow {
    id: Uuid,
    event: Uuid,
    name: String,
    description: String,
    price: i64,
    currency: String,
    tax_rate: i32,
    sales_start: Option<DateTime<Utc>>,
    sales_end: Option<DateTime<Utc>>,
    min_per_order: i32,
    max_per_order: i32,
    max_per_person: Option<i32>,
    position: i32,
    quotas: Vec<Uuid>,
}

impl TryFrom<TicketTypeRow> for TicketType {
    type Error = DbError;

    fn try_from(row: TicketTypeRow) -> DbResult<Self> {
        Ok(Self {
            id: row.id.into(),
            event: row.event.into(),
            name: row.name,
            description: row.description,
            price: Money::from_minor(row.price, currency(&row.currency)?),
            tax_rate: row.tax_rate,
            sales_start: row.sales_start,
            sales_end: row.sales_end,
            min_per_order: row.min_per_order,
            max_per_order: row.max_per_order,
            max_per_person: row.max_per_person,
            position: row.position,
            quotas: row.quotas.into_iter().map(QuotaId::from).collect(),
        })
    }
}

pub(super) async fn ticket_types(tx: &mut TenantTx, event: EventId) -> DbResult<Vec<TicketType>> {
    let rows = sqlx::query_as!(
        TicketTypeRow,
        r#"SELECT t.id, t.event, t.name, t.description, t.price, e.currency, t.tax_rate, t.sales_start, t.sales_end,
                  t.min_per_order, t.max_per_order, t.max_per_person, t.position,
                  ARRAY(SELECT q.quota FROM ticket_type_quota q WHERE q.ticket_type = t.id ORDER BY q.quota) AS "quotas!"
           FROM ticket_type t JOIN event e ON e.id = t.event
           WHERE t.event = $1 ORDER BY t.position, t.id"#,
        event.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(TicketType::try_from).collect()
}
