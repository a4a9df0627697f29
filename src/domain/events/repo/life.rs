//! SQL of what becomes of an event: test mode, postponements, its cancellation.

use chrono::{DateTime, FixedOffset, Utc};
use uuid::Uuid;

use super::super::model::local;
use super::super::postponing::Postponement;
use crate::base::db::{DbError, DbResult, TenantTx};
use crate::base::kernel::id::{AccountId, EventId, OrderId};

/// Whether anything real was ever ordered of the event.
pub(in crate::domain::events) async fn has_real_orders(tx: &mut TenantTx, id: EventId) -> DbResult<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM orders WHERE event = $1 AND NOT test) AS "any!""#,
        id.uuid()
    )
    .fetch_one(tx.conn())
    .await?)
}

/// How many test orders the event has, and tickets of them.
pub(in crate::domain::events) async fn test_orders(tx: &mut TenantTx, id: EventId) -> DbResult<(i64, i64)> {
    let row = sqlx::query!(
        r#"SELECT count(*) AS "orders!",
             (SELECT count(*) FROM ticket k JOIN orders o ON o.id = k.order_id WHERE o.event = $1 AND o.test) AS "tickets!"
           FROM orders WHERE event = $1 AND test"#,
        id.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.orders, row.tickets))
}

pub(in crate::domain::events) async fn insert_postponement(
    tx: &mut TenantTx,
    new: &Postponement,
    by: AccountId,
) -> DbResult<()> {
    sqlx::query!(
        "INSERT INTO postponement (id, event, previous_starts_at, previous_ends_at, starts_at, ends_at, message, created_at,
           created_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new.id.uuid(),
        new.event.uuid(),
        new.previous_starts_at,
        new.previous_ends_at,
        new.starts_at,
        new.ends_at,
        new.message,
        new.created_at,
        by.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The postponement, held until the end of the transaction, unless a later one of the event says something else.
pub(in crate::domain::events) async fn postponement(
    tx: &mut TenantTx,
    id: Uuid,
) -> DbResult<Option<Postponement>> {
    let row = sqlx::query!(
        "SELECT p.id, p.event, p.previous_starts_at, p.previous_ends_at, p.starts_at, p.ends_at, p.message, p.told_after,
                p.created_at
         FROM postponement p
         WHERE p.id = $1 AND NOT EXISTS (
           SELECT FROM postponement l WHERE l.event = p.event AND (l.created_at, l.id) > (p.created_at, p.id))
         FOR UPDATE",
        id
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Postponement {
        id: row.id.into(),
        event: row.event.into(),
        previous_starts_at: row.previous_starts_at,
        previous_ends_at: row.previous_ends_at,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        message: row.message,
        told_after: row.told_after.map(OrderId::from),
        created_at: row.created_at,
    }))
}

/// The buyers of the orders up to this one are written to.
pub(in crate::domain::events) async fn set_told(tx: &mut TenantTx, id: Uuid, after: Uuid) -> DbResult<()> {
    sqlx::query!("UPDATE postponement SET told_after = $2 WHERE id = $1", id, after)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// When the event was last postponed, if it ever was.
pub(in crate::domain::events) async fn postponed_at(
    tx: &mut TenantTx,
    event: EventId,
) -> DbResult<Option<DateTime<Utc>>> {
    Ok(sqlx::query_scalar!("SELECT max(created_at) FROM postponement WHERE event = $1", event.uuid())
        .fetch_one(tx.conn())
        .await?)
}

pub(in crate::domain::events) async fn set_cancellation_message(
    tx: &mut TenantTx,
    event: EventId,
    message: &str,
) -> DbResult<()> {
    sqlx::query!("UPDATE event SET cancellation_message = $2 WHERE id = $1", event.uuid(), message)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(in crate::domain::events) async fn word_to_buyers(tx: &mut TenantTx, event: EventId) -> DbResult<String> {
    let message = sqlx::query_scalar!(
        r#"SELECT CASE WHEN e.state = 'cancelled' THEN e.cancellation_message ELSE coalesce((
             SELECT p.message FROM postponement p WHERE p.event = e.id ORDER BY p.created_at DESC, p.id DESC LIMIT 1
           ), '') END AS "message!"
           FROM event e WHERE e.id = $1"#,
        event.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(message.unwrap_or_default())
}

/// When the holder of these tickets, by address or as the buyer, was let in to each of the events; by the clocks there.
pub(in crate::domain::events) async fn checked_in(
    tx: &mut TenantTx,
    events: &[Uuid],
    account: AccountId,
    email: Option<&str>,
) -> DbResult<Vec<(EventId, DateTime<FixedOffset>)>> {
    let rows = sqlx::query!(
        r#"SELECT e.id, e.timezone, min(t.checked_in_at) AS "at!" FROM (
             SELECT event, checked_in_at FROM ticket WHERE event = ANY ($1) AND email = $2
             UNION ALL
             SELECT t.event, t.checked_in_at FROM orders o JOIN ticket t ON t.order_id = o.id AND t.email = o.email
             WHERE o.account = $3 AND o.event = ANY ($1)
           ) AS t JOIN event e ON e.id = t.event
           WHERE t.checked_in_at IS NOT NULL GROUP BY e.id, e.timezone"#,
        events,
        email,
        account.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let zone = row.timezone.parse().map_err(|_| DbError::Corrupt("time zone of an event"))?;
            Ok((row.id.into(), local(zone, row.at)))
        })
        .collect()
}
