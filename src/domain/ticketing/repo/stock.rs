//! The one place from which stock changes, through the functions of the tenant's schema.

use uuid::Uuid;

use crate::base::db::{DbError, DbResult, TenantTx};
use crate::base::kernel::id::{Id, OrderId};
use crate::domain::ticketing::model::{Order, TicketingError};

/// Writes an order and takes its places: one call, counters last.
pub(in crate::domain::ticketing) async fn hold(
    tx: &mut TenantTx,
    order: &Order,
) -> Result<(), TicketingError> {
    let (types, quantities) = order.places();
    let lines: Vec<Uuid> = order.lines.iter().map(|line| line.id.uuid()).collect();
    let names: Vec<String> = order.lines.iter().map(|line| line.name.clone()).collect();
    let prices: Vec<i64> = order.lines.iter().map(|line| line.unit_price.minor()).collect();
    let taxes: Vec<i32> = order.lines.iter().map(|line| line.tax_rate).collect();
    let attendees: Vec<serde_json::Value> =
        order.lines.iter().map(|line| serde_json::to_value(&line.attendees).unwrap_or_default()).collect();
    let now = tx.now();
    let refusal = sqlx::query_scalar!(
        "SELECT hold_or_refuse($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        order.id.uuid(),
        order.code,
        order.event.uuid(),
        order.account.map(Id::uuid),
        order.buyer.email,
        order.buyer.first_name,
        order.buyer.last_name,
        order.buyer.locale.code(),
        order.total.currency().code(),
        order.total.minor(),
        order.expires_at,
        now,
        &lines,
        &types,
        &names,
        &quantities,
        &prices,
        &taxes,
        &attendees
    )
    .fetch_one(tx.conn())
    .await
    .map_err(DbError::from)?;
    match refusal.as_deref() {
        None => Ok(()),
        Some("limit_exceeded") => Err(TicketingError::LimitExceeded),
        Some(_) => Err(TicketingError::SoldOut),
    }
}

/// Takes the places of an order again whose hold has ended. False when they are gone.
pub(in crate::domain::ticketing) async fn retake(tx: &mut TenantTx, order: &Order) -> DbResult<bool> {
    let (types, quantities) = order.places();
    Ok(sqlx::query_scalar!(r#"SELECT retake_places($1, $2) AS "taken!""#, &types, &quantities)
        .fetch_one(tx.conn())
        .await?)
}

/// Gives places back, by ticket type.
pub(in crate::domain::ticketing) async fn free(
    tx: &mut TenantTx,
    types: &[Uuid],
    quantities: &[i32],
) -> DbResult<()> {
    sqlx::query!("SELECT free_places($1, $2)", types, quantities).fetch_one(tx.conn()).await?;
    Ok(())
}

/// Ends pending orders whose time is over, `only` one or up to `limit`; returns those that ended.
pub(in crate::domain::ticketing) async fn expire(
    tx: &mut TenantTx,
    limit: i32,
    only: Option<OrderId>,
) -> DbResult<Vec<OrderId>> {
    let now = tx.now();
    let ended = sqlx::query_scalar!(
        r#"SELECT e AS "id!" FROM expire_orders($1, $2, $3) AS e"#,
        now,
        limit,
        only.map(Id::uuid)
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(ended.into_iter().map(Id::from).collect())
}

/// Whether a pending order is left whose time is over.
pub(in crate::domain::ticketing) async fn is_any_overdue(tx: &mut TenantTx) -> DbResult<bool> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM orders WHERE status = 'pending' AND expires_at <= $1) AS "any!""#,
        now
    )
    .fetch_one(tx.conn())
    .await?)
}
