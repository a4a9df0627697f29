//! SQL of the verdicts.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{Refusal, Scan};
use crate::base::db::{DbResult, TenantTx};
use crate::base::kernel::id::{AccessId, AccountId, EventId, Id, TicketId};

/// Records a verdict, of a test or a real one. False when the same scan was recorded before.
pub(super) async fn record(
    tx: &mut TenantTx,
    scan: &Scan,
    ticket: Option<TicketId>,
    refusal: Option<Refusal>,
    controller: AccountId,
    (at, test): (DateTime<Utc>, bool),
) -> DbResult<bool> {
    let id: AccessId = tx.new_id();
    let now = tx.now();
    let verdict = if refusal.is_none() { "granted" } else { "denied" };
    let done = sqlx::query!(
        "INSERT INTO access (id, event, ticket, direction, verdict, reason, gate, nonce, credential, scanned_at,
           recorded_at, controller, test) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT (event, controller, nonce, test) DO NOTHING",
        id.uuid(),
        scan.event.uuid(),
        ticket.map(Id::uuid),
        scan.direction.code(),
        verdict,
        refusal.map(Refusal::code),
        scan.gate,
        scan.nonce,
        scan.credential(),
        at,
        now,
        controller.uuid(),
        test
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
    pub credential: Vec<u8>,
    pub scanned_at: DateTime<Utc>,
}

/// The verdict on the controller's scan with this nonce; what was said of a test counts no more once the event is live.
pub(super) async fn by_nonce(
    tx: &mut TenantTx,
    event: EventId,
    controller: AccountId,
    nonce: &str,
) -> DbResult<Option<Recorded>> {
    Ok(sqlx::query_as!(
        Recorded,
        "SELECT a.ticket, a.reason, a.gate, a.credential, a.scanned_at FROM access a JOIN event e ON e.id = a.event
         WHERE a.event = $1 AND a.controller = $2 AND a.nonce = $3 AND a.test = e.test_mode",
        event.uuid(),
        controller.uuid(),
        nonce
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// One of a controller's last scans.
#[derive(Debug)]
pub(super) struct Passed {
    pub scanned_at: DateTime<Utc>,
    pub reason: Option<String>,
    pub exit: bool,
    /// Whose ticket it was; none when it was nobody's.
    pub ticket: Option<Uuid>,
}

/// A controller's last scans at an event, the newest first.
pub(super) async fn last(tx: &mut TenantTx, event: EventId, controller: AccountId) -> DbResult<Vec<Passed>> {
    Ok(sqlx::query_as!(
        Passed,
        r#"SELECT a.scanned_at, a.reason, a.direction = 'exit' AS "exit!", a.ticket FROM access a JOIN event e ON e.id = a.event
           WHERE a.event = $1 AND a.controller = $2 AND a.test = e.test_mode
           ORDER BY a.recorded_at DESC, a.id DESC LIMIT 8"#,
        event.uuid(),
        controller.uuid()
    )
    .fetch_all(tx.conn())
    .await?)
}
