//! SQL of the buyers' index, which lies on the platform.

use crate::base::db::{DbResult, PlatformTx};
use crate::base::kernel::id::{Id, OrderId};
use crate::base::kernel::page::PageRequest;

/// One page of a buyer's orders, the newest first, and how many there are up to `cap`.
pub(in crate::domain::ticketing) async fn of(
    tx: &mut PlatformTx,
    hashes: &[Vec<u8>],
    page: PageRequest,
    cap: i64,
) -> DbResult<(Vec<OrderId>, i64)> {
    let ids = sqlx::query_scalar!(
        "SELECT order_id FROM platform.buyer_index WHERE email_hash = ANY ($1)
         GROUP BY order_id, created_at ORDER BY created_at DESC, order_id DESC LIMIT $2 OFFSET $3",
        hashes,
        page.limit(),
        page.offset()
    )
    .fetch_all(tx.conn())
    .await?;
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "n!" FROM (
             SELECT DISTINCT order_id FROM platform.buyer_index WHERE email_hash = ANY ($1) LIMIT $2) AS counted"#,
        hashes,
        cap
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((ids.into_iter().map(Id::from).collect(), count))
}
