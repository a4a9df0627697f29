//! The one place from which stock changes, through the functions of the tenant's schema.

use uuid::Uuid;

use crate::base::db::{DbError, DbResult, TenantTx};
use crate::base::kernel::id::{Id, OrderId};
use crate::domain::ticketing::model::{Order, TicketingError};

/// Writes an order, plans its end and takes its places: one call, counters last. Tells whether it is a test order. After a
/// refusal the transaction must not be committed.
pub(in crate::domain::ticketing) async fn hold(
    tx: &mut TenantTx,
    order: &Order,
) -> Result<bool, TicketingError> {
    let (types, quantities) = order.places();
    let lines: Vec<Uuid> = order.lines.iter().map(|line| line.id.uuid()).collect();
    let names: Vec<String> = order.lines.iter().map(|line| line.name.clone()).collect();
    let prices: Vec<i64> = order.lines.iter().map(|line| line.unit_price.minor()).collect();
    let taxes: Vec<i32> = order.lines.iter().map(|line| line.tax_rate).collect();
    let attendees: Vec<serde_json::Value> =
        order.lines.iter().map(|line| serde_json::to_value(&line.attendees).unwrap_or_default()).collect();
    let now = tx.now();
    let outcome = sqlx::query_scalar!(
        "SELECT place_order($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
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
    match outcome.as_deref() {
        Some("held") => Ok(false),
        Some("held_test") => Ok(true),
        Some("limit") => Err(TicketingError::LimitExceeded),
        _ => Err(TicketingError::SoldOut),
    }
}

/// Writes an order that an organizer enters and takes its places, counters last as with every order. Tells whether it is a
/// test order. After a refusal the transaction must not be committed.
pub(in crate::domain::ticketing) async fn enter(
    tx: &mut TenantTx,
    order: &Order,
) -> Result<bool, TicketingError> {
    let (types, quantities) = order.places();
    let lines: Vec<Uuid> = order.lines.iter().map(|line| line.id.uuid()).collect();
    let names: Vec<String> = order.lines.iter().map(|line| line.name.clone()).collect();
    let prices: Vec<i64> = order.lines.iter().map(|line| line.unit_price.minor()).collect();
    let taxes: Vec<i32> = order.lines.iter().map(|line| line.tax_rate).collect();
    let attendees: Vec<serde_json::Value> =
        order.lines.iter().map(|line| serde_json::to_value(&line.attendees).unwrap_or_default()).collect();
    let now = tx.now();
    // As `place_order` does: whoever switches the event's mode waits for this order, or this order for the switch.
    let test =
        sqlx::query_scalar!("SELECT test_mode FROM event WHERE id = $1 FOR KEY SHARE", order.event.uuid())
            .fetch_one(tx.conn())
            .await
            .map_err(DbError::from)?;
    sqlx::query!(
        "INSERT INTO orders (id, code, event, email, first_name, last_name, locale, status, currency, total, channel,
           created_at, updated_at, test)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'pending', $8, $9, $10, $11, $11, $12)",
        order.id.uuid(),
        order.code,
        order.event.uuid(),
        order.buyer.email,
        order.buyer.first_name,
        order.buyer.last_name,
        order.buyer.locale.code(),
        order.total.currency().code(),
        order.total.minor(),
        order.channel.code(),
        now,
        test
    )
    .execute(tx.conn())
    .await
    .map_err(DbError::from)?;
    sqlx::query!(
        "INSERT INTO order_line (id, order_id, ticket_type, name, quantity, unit_price, tax_rate, attendees)
         SELECT u.id, $1, u.ticket_type, u.name, u.quantity, u.price, u.tax, u.attendees
         FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::integer[], $6::bigint[], $7::integer[], $8::jsonb[])
           AS u (id, ticket_type, name, quantity, price, tax, attendees)
         ORDER BY u.ticket_type",
        order.id.uuid(),
        &lines,
        &types,
        &names,
        &quantities,
        &prices,
        &taxes,
        &attendees
    )
    .execute(tx.conn())
    .await
    .map_err(DbError::from)?;
    let taken = sqlx::query_scalar!(r#"SELECT try_take_places($1, $2) AS "taken!""#, &types, &quantities)
        .fetch_one(tx.conn())
        .await
        .map_err(DbError::from)?;
    if taken { Ok(test) } else { Err(TicketingError::SoldOut) }
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
