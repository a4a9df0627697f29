//! Test mode: an event is tried out with orders that are deleted before it goes live.
//!
//! It begins only while nothing real was ordered, so what an event in test mode has sold are tests, all of it, and an
//! event that is live has real orders alone. Both steps hold the event's row: an order that is being placed at that
//! moment is of one side or of the other.

use serde_json::json;

use super::error::EventsError;
use super::model::{Event, EventState};
use super::{publishing, repo, service};
use crate::base::db::{DbResult, IdempotencyKey, TenantTx};
use crate::base::identity::{Can, ManageSales};
use crate::base::kernel::id::{AccountId, EventId};

/// Begins to test the event. Beginning twice changes nothing.
pub async fn begin_test(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    key: Option<&IdempotencyKey>,
) -> Result<Event, EventsError> {
    let done = tx.attempt(key, can.event().uuid()).await?.is_some();
    let mut event = repo::held_event(tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    if done || event.test_mode {
        return Ok(event);
    }
    match event.state {
        EventState::Cancelled => return Err(EventsError::Cancelled),
        EventState::Template => return Err(EventsError::Template),
        EventState::Draft | EventState::Published => {}
    }
    if repo::has_real_orders(tx, event.id).await? {
        return Err(EventsError::AlreadyOrdered);
    }
    event.test_mode = true;
    let event = service::store(tx, event, can.by()).await?;
    tx.audit(Some(can.by()), "event.test_mode", event.id.uuid(), json!({})).await?;
    publishing::refresh(tx, &event).await?;
    Ok(event)
}

/// The event that is to go live, with orders waiting until this transaction ends.
pub async fn held_in_test(tx: &mut TenantTx, id: EventId) -> Result<Event, EventsError> {
    let event = repo::held_event(tx, id).await?.ok_or(EventsError::NotFound)?;
    if event.test_mode { Ok(event) } else { Err(EventsError::NotInTestMode) }
}

/// Ends the test, once its orders are deleted: so many, with so many tickets.
pub async fn end_test(
    tx: &mut TenantTx,
    mut event: Event,
    by: AccountId,
    (orders, tickets): (usize, i64),
) -> Result<Event, EventsError> {
    event.test_mode = false;
    let event = service::store(tx, event, by).await?;
    let detail = json!({ "orders": orders, "tickets": tickets });
    tx.audit(Some(by), "event.go_live", event.id.uuid(), detail).await?;
    publishing::refresh(tx, &event).await?;
    Ok(event)
}

/// How many test orders the event has, and tickets of them.
pub async fn test_orders(tx: &mut TenantTx, id: EventId) -> DbResult<(i64, i64)> {
    repo::test_orders(tx, id).await
}
