//! SQL of test orders.

use uuid::Uuid;

use crate::base::db::{DbError, DbResult, TenantTx};
use crate::base::kernel::id::{EventId, Id, PaymentId};

/// A test order that was deleted.
#[derive(Debug)]
pub(in crate::domain::ticketing) struct Deleted {
    pub id: Uuid,
    pub email: String,
    pub account: Option<Uuid>,
    pub tickets: i64,
    /// Its payments that were open, each with the name of its provider.
    pub open: Vec<(PaymentId, String)>,
}

/// Deletes the test orders of an event that is in test mode and held, and gives their places back.
pub(in crate::domain::ticketing) async fn delete(
    tx: &mut TenantTx,
    event: EventId,
) -> DbResult<Vec<Deleted>> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", code AS "code!", email AS "email!", account, tickets AS "tickets!",
             payments AS "payments!", providers AS "providers!" FROM delete_test_orders($1)"#,
        event.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let deleted = rows.into_iter().map(|row| Deleted {
        id: row.id,
        email: row.email,
        account: row.account,
        tickets: row.tickets,
        open: row.payments.into_iter().map(Id::from).zip(row.providers).collect(),
    });
    Ok(deleted.collect())
}

/// These orders are found by these keyed hashes no more.
pub(in crate::domain::ticketing) async fn unindex(
    tx: &mut TenantTx,
    hashes: &[Vec<u8>],
    orders: &[Uuid],
) -> DbResult<()> {
    sqlx::query!(
        "SELECT platform.unindex_buyer(u.hash, u.id) FROM unnest($1::bytea[], $2::uuid[]) AS u (hash, id)",
        hashes,
        orders
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(())
}

/// How many orders and tickets were deleted when the event went live last.
pub(in crate::domain::ticketing) async fn last_live(
    tx: &mut TenantTx,
    event: EventId,
) -> DbResult<(i64, i64)> {
    let detail = sqlx::query_scalar!(
        "SELECT detail FROM audit WHERE target = $1 AND action = 'event.go_live' ORDER BY at DESC, id DESC LIMIT 1",
        event.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let detail = detail.ok_or(DbError::Corrupt("an event went live unrecorded"))?;
    let number = |name: &str| detail.get(name).and_then(serde_json::Value::as_i64).unwrap_or_default();
    Ok((number("orders"), number("tickets")))
}
