//! SQL of the verdicts.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{Refusal, Scan};
use crate::base::db::{DbResult, TenantTx};
use crate::base::kernel::id::{AccessId, AccountId, EventId, Id, TicketId};

/// Records a verdict. False when the same scan was recorded before.
pub(super) async fn record(
    tx: &mut TenantTx,
    scan: &Scan,
    ticket: Option<TicketId>,
    refusal: Option<Refusal>,
    controller: AccountId,
) -> DbResult<bool> {
    let id: AccessId = tx.new_id();
    let now = tx.now();
    let verdict = if refusal.is_none() { "granted" } else { "denied" };
    let done = sqlx::query!(
        "INSERT INTO access (id, event, ticket, direction, verdict, reason, gate, nonce, scanned_at, recorded_at,
           controller) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (event, nonce) DO NOTHING",
        id.uuid(),
        scan.event.uuid(),
        ticket.map(Id::uuid),
        scan.direction.code(),
        verdict,
        refusal.map(Refusal::code),
        scan.gate,
        scan.nonce,
        scan.scanned_at.unwrap_or(now),
        now,
        controller.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A verdict as it was recorded.
#[derive(Debug)]
pub(super) struct Recorded {
    pub ticket: Option<Uuid>,
    pub reason: Option<String>,
    pub gate: Option<String>,
    pub scanned_at: DateTime<Utc>,
}

/// The verdict on the scan with this nonce.
pub(super) async fn by_nonce(tx: &mut TenantTx, event: EventId, nonce: &str) -> DbResult<Option<Recorded>> {
    Ok(sqlx::query_as!(
        Recorded,
        "SELECT ticket, reason, gate, scanned_at FROM access WHERE event = $1 AND nonce = $2",
        event.uuid(),
        nonce
    )
    .fetch_optional(tx.conn())
    .await?)
}
