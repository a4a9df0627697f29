//! SQL of the ticket types and quotas.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::model::{Quota, TicketType};
use super::super::repo::{currency, stored, translations};
use crate::base::db::{DbError, DbResult, TenantTx};
use crate::base::kernel::id::{EventId, QuotaId, TicketTypeId};
use crate::base::kernel::money::Money;

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
    translations: serde_json::Value,
    position: i32,
    version: i32,
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
            translations: translations(row.translations)?,
            position: row.position,
            version: row.version,
            quotas: row.quotas.into_iter().map(QuotaId::from).collect(),
        })
    }
}

/// Every column of a ticket type; what follows says which.
macro_rules! select_type {
    ($tail:literal, $id:expr) => {
        sqlx::query_as!(
            TicketTypeRow,
            r#"SELECT t.id, t.event, t.name, t.description, t.price, e.currency, t.tax_rate, t.sales_start, t.sales_end,
                      t.min_per_order, t.max_per_order, t.max_per_person, t.translations, t.position, t.version,
                      ARRAY(SELECT q.quota FROM ticket_type_quota q
                            WHERE q.ticket_type = t.id ORDER BY q.quota) AS "quotas!"
               FROM ticket_type t JOIN event e ON e.id = t.event "# + $tail,
            $id
        )
    };
}

pub(crate) async fn ticket_types(tx: &mut TenantTx, event: EventId) -> DbResult<Vec<TicketType>> {
    let rows = select_type!("WHERE t.event = $1 ORDER BY t.position, t.id", event.uuid())
        .fetch_all(tx.conn())
        .await?;
    rows.into_iter().map(TicketType::try_from).collect()
}

pub(super) async fn ticket_type(tx: &mut TenantTx, id: TicketTypeId) -> DbResult<Option<TicketType>> {
    let row = select_type!("WHERE t.id = $1", id.uuid()).fetch_optional(tx.conn()).await?;
    row.map(TicketType::try_from).transpose()
}

/// The place after the last ticket type of the event.
pub(super) async fn next_position(tx: &mut TenantTx, event: EventId) -> DbResult<i32> {
    let next = sqlx::query_scalar!(
        "SELECT coalesce(max(position), 0) + 1 FROM ticket_type WHERE event = $1",
        event.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(next.unwrap_or(1))
}

pub(super) async fn insert_type(tx: &mut TenantTx, new: &TicketType) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "INSERT INTO ticket_type (id, event, name, description, price, tax_rate, sales_start, sales_end,
           min_per_order, max_per_order, max_per_person, position, created_at, updated_at, translations)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14)",
        new.id.uuid(),
        new.event.uuid(),
        new.name,
        new.description,
        new.price.minor(),
        new.tax_rate,
        new.sales_start,
        new.sales_end,
        new.min_per_order,
        new.max_per_order,
        new.max_per_person,
        new.position,
        now,
        stored(&new.translations)?
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn update_type(tx: &mut TenantTx, row: &TicketType) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE ticket_type SET name = $2, description = $3, price = $4, tax_rate = $5, sales_start = $6,
           sales_end = $7, min_per_order = $8, max_per_order = $9, max_per_person = $10, position = $11,
           updated_at = $12, translations = $13, version = version + 1
         WHERE id = $1",
        row.id.uuid(),
        row.name,
        row.description,
        row.price.minor(),
        row.tax_rate,
        row.sales_start,
        row.sales_end,
        row.min_per_order,
        row.max_per_order,
        row.max_per_person,
        row.position,
        now,
        stored(&row.translations)?
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Removes the type; the database refuses when something of it was ordered.
pub(super) async fn delete_type(tx: &mut TenantTx, id: TicketTypeId) -> DbResult<()> {
    sqlx::query!("DELETE FROM ticket_type WHERE id = $1", id.uuid()).execute(tx.conn()).await?;
    Ok(())
}

/// Lets the types take their places from the quota too.
pub(super) async fn join(tx: &mut TenantTx, types: &[Uuid], quota: QuotaId) -> DbResult<()> {
    sqlx::query!(
        "INSERT INTO ticket_type_quota (ticket_type, quota) SELECT t, $2 FROM unnest($1::uuid[]) AS t
         ON CONFLICT DO NOTHING",
        types,
        quota.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The type leaves every quota but the event's own.
pub(super) async fn leave(tx: &mut TenantTx, id: TicketTypeId) -> DbResult<()> {
    sqlx::query!(
        "DELETE FROM ticket_type_quota l USING quota q
         WHERE l.ticket_type = $1 AND q.id = l.quota AND NOT q.of_event",
        id.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A row of `quota`.
struct QuotaRow {
    id: Uuid,
    event: Option<Uuid>,
    name: String,
    size: Option<i32>,
    sold: i32,
    of_event: bool,
    version: i32,
}

impl From<QuotaRow> for Quota {
    fn from(row: QuotaRow) -> Self {
        Self {
            id: row.id.into(),
            event: row.event.map(EventId::from),
            name: row.name,
            size: row.size,
            sold: row.sold,
            of_event: row.of_event,
            version: row.version,
        }
    }
}

pub(crate) async fn quotas(tx: &mut TenantTx, event: EventId) -> DbResult<Vec<Quota>> {
    let rows = sqlx::query_as!(
        QuotaRow,
        "SELECT id, event, name, size, sold, of_event, version FROM quota WHERE event = $1 ORDER BY id",
        event.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Quota::from).collect())
}

/// The quotas of several events that ticket types of this one are in.
pub(super) async fn spanning_quotas(tx: &mut TenantTx, event: EventId) -> DbResult<Vec<Quota>> {
    let rows = sqlx::query_as!(
        QuotaRow,
        "SELECT id, event, name, size, sold, of_event, version FROM quota WHERE event IS NULL AND id IN (
           SELECT l.quota FROM ticket_type_quota l JOIN ticket_type t ON t.id = l.ticket_type WHERE t.event = $1)
         ORDER BY id",
        event.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Quota::from).collect())
}

pub(super) async fn quota(tx: &mut TenantTx, id: QuotaId) -> DbResult<Option<Quota>> {
    let row = sqlx::query_as!(
        QuotaRow,
        "SELECT id, event, name, size, sold, of_event, version FROM quota WHERE id = $1",
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Quota::from))
}

/// The quota that is the event's capacity.
pub(crate) async fn quota_of_event(tx: &mut TenantTx, event: EventId) -> DbResult<Option<QuotaId>> {
    let id = sqlx::query_scalar!("SELECT id FROM quota WHERE event = $1 AND of_event", event.uuid())
        .fetch_optional(tx.conn())
        .await?;
    Ok(id.map(QuotaId::from))
}

pub(super) async fn insert_quota(tx: &mut TenantTx, new: &Quota) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "INSERT INTO quota (id, event, name, size, of_event, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6)",
        new.id.uuid(),
        new.event.map(EventId::uuid),
        new.name,
        new.size,
        new.of_event,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// As [`quota`], held until the end of the transaction; places are taken of it meanwhile only after that.
pub(super) async fn lock_quota(tx: &mut TenantTx, id: QuotaId) -> DbResult<Option<Quota>> {
    let row = sqlx::query_as!(
        QuotaRow,
        "SELECT id, event, name, size, sold, of_event, version FROM quota WHERE id = $1 FOR NO KEY UPDATE",
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Quota::from))
}

/// The types have got another quota.
pub(super) async fn touch_types(tx: &mut TenantTx, types: &[Uuid]) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE ticket_type SET version = version + 1, updated_at = $2 WHERE id = ANY ($1)",
        types,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Names the quota and sizes it; the database refuses a size below what is sold.
pub(super) async fn update_quota(
    tx: &mut TenantTx,
    id: QuotaId,
    name: &str,
    size: Option<i32>,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE quota SET name = $2, size = $3, updated_at = $4, version = version + 1 WHERE id = $1",
        id.uuid(),
        name,
        size,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The event's capacity follows the size of its quota.
pub(super) async fn set_capacity(tx: &mut TenantTx, event: EventId, capacity: Option<i32>) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE event SET capacity = $2, updated_at = $3, version = version + 1 WHERE id = $1",
        event.uuid(),
        capacity,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Lets no order of these types begin or end until this transaction ends, and counts the places that
/// they hold: those of pending orders, of valid tickets, and of tickets whose refund is on its way.
pub(super) async fn hold_still(tx: &mut TenantTx, types: &[Uuid]) -> DbResult<Vec<(Uuid, i32)>> {
    // A new order writes its lines before it takes places, and a line waits for its type.
    sqlx::query!("SELECT id FROM ticket_type WHERE id = ANY ($1) ORDER BY id FOR UPDATE", types)
        .fetch_all(tx.conn())
        .await?;
    // One that ends or is refunded has its own row locked.
    sqlx::query!(
        "SELECT o.id FROM orders o
         WHERE o.status <> 'expired'
           AND EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id AND l.ticket_type = ANY ($1))
         ORDER BY o.id FOR UPDATE",
        types
    )
    .fetch_all(tx.conn())
    .await?;
    let rows = sqlx::query!(
        r#"SELECT t AS "ticket_type!",
             ((SELECT coalesce(sum(l.quantity), 0) FROM order_line l JOIN orders o ON o.id = l.order_id
               WHERE l.ticket_type = t AND o.status = 'pending')
              + (SELECT count(*) FROM order_line l JOIN ticket k ON k.order_line = l.id
                 WHERE l.ticket_type = t AND (k.status = 'valid' OR EXISTS (
                   SELECT FROM refund r
                   WHERE r.payable = l.order_id AND r.status = 'pending' AND k.id = ANY (r.tickets)))))::integer AS "held!"
           FROM unnest($1::uuid[]) AS t"#,
        types
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.ticket_type, row.held)).collect())
}

/// Locks the quotas of the types and one more, in the order in which orders take them.
pub(super) async fn lock_quotas(tx: &mut TenantTx, types: &[Uuid], also: Option<QuotaId>) -> DbResult<()> {
    sqlx::query!(
        "SELECT id FROM quota
         WHERE id = $2 OR id IN (SELECT l.quota FROM ticket_type_quota l WHERE l.ticket_type = ANY ($1))
         ORDER BY id FOR NO KEY UPDATE",
        types,
        also.map(QuotaId::uuid)
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(())
}

/// Gives the places back to every quota of the types.
pub(super) async fn free_places(tx: &mut TenantTx, types: &[Uuid], places: &[i32]) -> DbResult<()> {
    sqlx::query!("SELECT free_places($1, $2)", types, places).execute(tx.conn()).await?;
    Ok(())
}

/// Takes the places from every quota of the types.
pub(super) async fn take_places(tx: &mut TenantTx, types: &[Uuid], places: &[i32]) -> DbResult<()> {
    sqlx::query!("SELECT take_places($1, $2)", types, places).execute(tx.conn()).await?;
    Ok(())
}

/// What is sold and what is left of each ticket type of the event.
pub(crate) async fn figures(tx: &mut TenantTx, event: EventId) -> DbResult<Vec<(Uuid, i64, Option<i32>)>> {
    let rows = sqlx::query!(
        r#"SELECT t.id,
             (SELECT count(*) FROM order_line l JOIN ticket k ON k.order_line = l.id
              WHERE l.ticket_type = t.id AND k.status = 'valid') AS "sold!",
             (SELECT min(q.size - q.sold) FROM ticket_type_quota l JOIN quota q ON q.id = l.quota
              WHERE l.ticket_type = t.id) AS "left"
           FROM ticket_type t WHERE t.event = $1"#,
        event.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.sold, row.left)).collect())
}

/// How many tickets of each of these events are valid.
pub(crate) async fn sold_of(tx: &mut TenantTx, events: &[Uuid]) -> DbResult<Vec<(Uuid, i64)>> {
    let rows = sqlx::query!(
        r#"SELECT event, count(*) AS "sold!" FROM ticket
           WHERE event = ANY ($1) AND status = 'valid' GROUP BY event"#,
        events
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.event, row.sold)).collect())
}

/// Which of these events have something to sell, whatever it costs.
pub(crate) async fn with_types(tx: &mut TenantTx, events: &[Uuid]) -> DbResult<Vec<Uuid>> {
    Ok(sqlx::query_scalar!("SELECT DISTINCT event FROM ticket_type WHERE event = ANY ($1)", events)
        .fetch_all(tx.conn())
        .await?)
}

pub(super) async fn set_position(tx: &mut TenantTx, id: TicketTypeId, position: i32) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE ticket_type SET position = $2, updated_at = $3, version = version + 1
         WHERE id = $1 AND position <> $2",
        id.uuid(),
        position,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Removes a quota of the event of which nothing is sold and which no ticket type is in.
pub(super) async fn delete_quota(tx: &mut TenantTx, event: EventId, id: QuotaId) -> DbResult<bool> {
    let done = sqlx::query!(
        "DELETE FROM quota q WHERE q.id = $1 AND q.event = $2 AND NOT q.of_event AND q.sold = 0
           AND NOT EXISTS (SELECT FROM ticket_type_quota l WHERE l.quota = q.id)",
        id.uuid(),
        event.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}
