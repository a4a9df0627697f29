//! SQL of an owner's copy: the rows of an organization's tables as JSON.

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::base::db::{DbResult, TenantTx};

/// The tables that hold what the organization has. Each is read by its `id`.
pub const COPIED_TABLES: [&str; 13] = [
    "event",
    "quota",
    "ticket_type",
    "orders",
    "order_line",
    "ticket",
    "payment",
    "refund",
    "correction",
    "access",
    "postponement",
    "guest",
    "audit",
];

/// What a copy leaves out of every table: what opens something, and what only the program needs.
pub const COPIED_WITHOUT: [&str; 4] = ["link_secret", "credential", "nonce", "next_poll_at"];

/// The rows after `after`, by id: amounts in minor units, times in UTC.
pub(in crate::base::identity) async fn table_rows(
    tx: &mut TenantTx,
    table: &'static str,
    after: Uuid,
    limit: i64,
) -> DbResult<Vec<(Uuid, String)>> {
    let left_out: Vec<String> = COPIED_WITHOUT.map(str::to_owned).into();
    // The table's name is one of ours.
    let statement =
        format!("SELECT id, (to_jsonb(t) - $2)::text FROM {table} t WHERE id > $1 ORDER BY id LIMIT $3");
    Ok(sqlx::query_as(AssertSqlSafe(statement))
        .bind(after)
        .bind(left_out)
        .bind(limit)
        .fetch_all(tx.conn())
        .await?)
}
