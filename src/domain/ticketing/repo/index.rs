//! SQL of the buyers' index, which lies on the platform.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::base::db::{DbResult, PlatformTx, TenantTx};
use crate::base::kernel::id::{Id, OrderId};
use crate::base::kernel::page::PageRequest;

/// One page of a buyer's orders, the newest first.
pub(in crate::domain::ticketing) async fn orders(
    tx: &mut PlatformTx,
    hashes: &[Vec<u8>],
    page: PageRequest,
) -> DbResult<Vec<OrderId>> {
    let ids = sqlx::query_scalar!(
        "SELECT order_id FROM platform.buyer_index WHERE email_hash = ANY ($1)
         GROUP BY order_id, created_at ORDER BY created_at DESC, order_id DESC LIMIT $2 OFFSET $3",
        hashes,
        page.limit(),
        page.offset()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(ids.into_iter().map(Id::from).collect())
}

/// How many orders a buyer has, up to `cap`.
pub(in crate::domain::ticketing) async fn count(
    tx: &mut PlatformTx,
    hashes: &[Vec<u8>],
    cap: i64,
) -> DbResult<i64> {
    Ok(sqlx::query_scalar!(
        r#"SELECT count(*) AS "n!" FROM (
             SELECT DISTINCT order_id FROM platform.buyer_index WHERE email_hash = ANY ($1) LIMIT $2) AS counted"#,
        hashes,
        cap
    )
    .fetch_one(tx.conn())
    .await?)
}

/// An order as the index knows it.
pub(in crate::domain::ticketing) struct Indexed {
    pub id: Uuid,
    pub email: String,
    pub account: Option<Uuid>,
    pub created_at: DateTime<Utc>,
}

/// Orders by id that are or were paid, from the one after `after` on.
pub(in crate::domain::ticketing) async fn paid_after(
    tx: &mut TenantTx,
    after: Uuid,
    limit: i64,
) -> DbResult<Vec<Indexed>> {
    Ok(sqlx::query_as!(
        Indexed,
        "SELECT id, email, account, created_at FROM orders WHERE id > $1 AND paid_at IS NOT NULL ORDER BY id LIMIT $2",
        after,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Has the orders found by these keyed hashes, one each.
pub(in crate::domain::ticketing) async fn enter(
    tx: &mut TenantTx,
    hashes: &[Vec<u8>],
    orders: &[Uuid],
    at: &[DateTime<Utc>],
) -> DbResult<()> {
    sqlx::query!(
        "SELECT platform.index_buyer(b.hash, b.id, b.at)
         FROM unnest($1::bytea[], $2::uuid[], $3::timestamptz[]) AS b (hash, id, at)",
        hashes,
        orders,
        at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// When the holds of the organization end.
pub(in crate::domain::ticketing) async fn ends_of_holds(tx: &mut TenantTx) -> DbResult<Vec<DateTime<Utc>>> {
    Ok(sqlx::query_scalar!(
        r#"SELECT DISTINCT expires_at AS "at!" FROM orders WHERE status = 'pending' AND expires_at IS NOT NULL"#
    )
    .fetch_all(tx.conn())
    .await?)
}
