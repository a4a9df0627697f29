//! SQL of what the platform knows of an event: its address and its listing.

use uuid::Uuid;

use crate::base::db::{DbResult, TenantTx};
use crate::base::kernel::id::EventId;

/// Gives the event its address; false when it is another event's.
pub(in crate::domain::events) async fn claim_slug(
    tx: &mut TenantTx,
    id: EventId,
    slug: &str,
) -> DbResult<bool> {
    let claimed = sqlx::query_scalar!("SELECT platform.claim_slug($1, $2)", id.uuid(), slug)
        .fetch_one(tx.conn())
        .await?;
    Ok(claimed.unwrap_or_default())
}

pub(in crate::domain::events) async fn publish_listing(
    tx: &mut TenantTx,
    listing: &serde_json::Value,
) -> DbResult<()> {
    sqlx::query!("SELECT platform.publish_listing($1)", listing).execute(tx.conn()).await?;
    Ok(())
}

/// What the catalogue calls the event in other languages.
pub(in crate::domain::events) async fn name_listing(
    tx: &mut TenantTx,
    id: EventId,
    names: &serde_json::Value,
) -> DbResult<()> {
    sqlx::query!("SELECT platform.name_listing($1, $2)", id.uuid(), names).execute(tx.conn()).await?;
    Ok(())
}

pub(in crate::domain::events) async fn withdraw_listing(tx: &mut TenantTx, id: EventId) -> DbResult<()> {
    sqlx::query!("SELECT platform.withdraw_listing($1)", id.uuid()).execute(tx.conn()).await?;
    Ok(())
}

/// The published event after `after`, by id.
pub(in crate::domain::events) async fn published_after(
    tx: &mut TenantTx,
    after: Uuid,
) -> DbResult<Option<Uuid>> {
    Ok(sqlx::query_scalar!(
        "SELECT id FROM event WHERE id > $1 AND state NOT IN ('draft', 'template') ORDER BY id LIMIT 1",
        after
    )
    .fetch_optional(tx.conn())
    .await?)
}
