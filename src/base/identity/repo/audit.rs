//! SQL of the audit log: the organization's own, and what the platform knows of it.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::base::db::{DbResult, TenantTx};
use crate::base::identity::audit::{AuditFilter, Place};
use crate::base::kernel::id::AccountId;

/// Something that was done.
#[derive(Clone, Debug)]
pub struct AuditRow {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    /// None where the installation did it.
    pub actor: Option<Uuid>,
    pub action: String,
    pub target: Option<Uuid>,
    pub detail: Value,
}

impl AuditRow {
    /// The account that it is about, where it is about somebody's role.
    pub fn person(&self) -> Option<Uuid> {
        let (area, _) = self.action.split_once('.')?;
        matches!(area, "membership" | "assignment").then_some(self.target).flatten()
    }

    /// The invitation that it is about.
    pub fn invitation(&self) -> Option<Uuid> {
        self.action.starts_with("invitation.").then_some(self.target).flatten()
    }
}

/// Rows before a place, the latest first.
pub(in crate::base::identity) async fn audit_rows(
    tx: &mut TenantTx,
    before: Place,
    filter: &AuditFilter,
    limit: i64,
) -> DbResult<Vec<AuditRow>> {
    Ok(sqlx::query_as!(
        AuditRow,
        r#"SELECT id AS "id!", at AS "at!", actor, action AS "action!", target, detail AS "detail!" FROM (
             (SELECT id, at, actor, action, target, detail FROM audit
              WHERE (at, id) < ($1, $2) AND at >= $3 AND ($4::uuid IS NULL OR actor = $4)
                AND ($5 = '' OR action LIKE $5 || '.%')
              ORDER BY at DESC, id DESC LIMIT $6)
             UNION ALL
             SELECT id, at, actor, action, target, detail FROM platform.own_audit($1, $2, $3, $4, $5, $6::bigint::integer)
           ) AS found ORDER BY at DESC, id DESC LIMIT $6"#,
        earliest(before.at),
        before.id,
        filter.since.unwrap_or(DateTime::UNIX_EPOCH),
        filter.actor.map(AccountId::uuid),
        filter.area.unwrap_or_default(),
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

/// How many rows there are before a place, up to `cap`.
pub(in crate::base::identity) async fn count_audit(
    tx: &mut TenantTx,
    before: Place,
    filter: &AuditFilter,
    cap: i64,
) -> DbResult<i64> {
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "n!" FROM (
             (SELECT FROM audit WHERE (at, id) < ($1, $2) AND at >= $3 AND ($4::uuid IS NULL OR actor = $4)
                AND ($5 = '' OR action LIKE $5 || '.%') LIMIT $6)
             UNION ALL
             SELECT FROM platform.own_audit($1, $2, $3, $4, $5, $6::bigint::integer)) AS found"#,
        earliest(before.at),
        before.id,
        filter.since.unwrap_or(DateTime::UNIX_EPOCH),
        filter.actor.map(AccountId::uuid),
        filter.area.unwrap_or_default(),
        cap
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(count)
}

/// PostgreSQL's times end before Rust's.
fn earliest(at: DateTime<Utc>) -> DateTime<Utc> {
    const YEAR_9999: i64 = 253_402_300_799;
    DateTime::from_timestamp(YEAR_9999, 0).map_or(at, |end| at.min(end))
}
