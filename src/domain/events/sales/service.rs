//! Changing what an event sells.

use serde_json::json;
use uuid::Uuid;

use super::super::error::EventsError;
use super::super::model::{Event, EventState, Quota, TicketType};
use super::super::{publishing, repo as events};
use super::{repo, stock};
use crate::base::db::{Attempt, IdempotencyKey, TenantTx};
use crate::base::i18n;
use crate::base::identity::{Can, ManageSales};
use crate::base::kernel::id::{EventId, QuotaId, TicketTypeId};

/// The event that something is to be sold for, kept as it is until the transaction ends.
pub(crate) async fn event(tx: &mut TenantTx, can: &Can<ManageSales>) -> Result<Event, EventsError> {
    let event = events::locked_event(tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    // What nobody can buy any more is not arranged anew.
    if event.state == EventState::Cancelled { Err(EventsError::Cancelled) } else { Ok(event) }
}

/// Adds a ticket type, in `quota` and in the event's own one.
pub(crate) async fn create_type(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    event: &Event,
    mut new: TicketType,
    quota: Option<QuotaId>,
    key: Option<&IdempotencyKey>,
) -> Result<TicketType, EventsError> {
    if let Some(made) = attempt(tx, key, new.id.uuid()).await? {
        return repo::ticket_type(tx, made.into()).await?.ok_or(EventsError::NotFound);
    }
    let quota = known_quota(tx, event.id, quota).await?;
    if new.position == 0 {
        new.position = repo::next_position(tx, event.id).await?;
    }
    repo::insert_type(tx, &new).await?;
    for quota in [quota, repo::quota_of_event(tx, event.id).await?].into_iter().flatten() {
        repo::join(tx, &[new.id.uuid()], quota).await?;
    }
    tx.audit(Some(can.by()), "ticket_type.create", new.id.uuid(), json!({ "event": event.id })).await?;
    publishing::refresh(tx, event).await?;
    repo::ticket_type(tx, new.id).await?.ok_or(EventsError::NotFound)
}

/// Changes a ticket type. `quota` is the other one to be in: `Some(None)` is none.
#[expect(clippy::option_option, reason = "leaving a quota is not the same as saying nothing about it")]
pub(crate) async fn change_type(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    event: &Event,
    changed: &TicketType,
    quota: Option<Option<QuotaId>>,
) -> Result<TicketType, EventsError> {
    repo::update_type(tx, changed).await?;
    if let Some(quota) = quota {
        let quota = known_quota(tx, event.id, quota).await?;
        let lifted = stock::lift(tx, &[changed.id.uuid()], quota).await?;
        repo::leave(tx, changed.id).await?;
        if let Some(quota) = quota {
            repo::join(tx, &[changed.id.uuid()], quota).await?;
        }
        stock::put_back(tx, lifted).await?;
    }
    let detail = json!({ "event": event.id, "price": changed.price.to_string() });
    tx.audit(Some(can.by()), "ticket_type.change", changed.id.uuid(), detail).await?;
    publishing::refresh(tx, event).await?;
    repo::ticket_type(tx, changed.id).await?.ok_or(EventsError::NotFound)
}

/// Removes a ticket type of which nothing was ordered.
pub(crate) async fn delete_type(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    event: &Event,
    id: TicketTypeId,
) -> Result<(), EventsError> {
    repo::delete_type(tx, id).await?;
    tx.audit(Some(can.by()), "ticket_type.delete", id.uuid(), json!({ "event": event.id })).await?;
    Ok(publishing::refresh(tx, event).await?)
}

/// Moves a ticket type one place up or down among those of its event.
pub(crate) async fn move_type(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    event: &Event,
    id: TicketTypeId,
    up: bool,
) -> Result<(), EventsError> {
    let mut ids: Vec<TicketTypeId> =
        repo::ticket_types(tx, event.id).await?.into_iter().map(|sold| sold.id).collect();
    let at = ids.iter().position(|other| *other == id).ok_or(EventsError::NotFound)?;
    let to = if up { at.saturating_sub(1) } else { (at + 1).min(ids.len() - 1) };
    ids.swap(at, to);
    for (id, position) in ids.into_iter().zip(1..) {
        repo::set_position(tx, id, position).await?;
    }
    tx.audit(Some(can.by()), "ticket_type.move", id.uuid(), json!({ "event": event.id })).await?;
    Ok(publishing::refresh(tx, event).await?)
}

/// Removes a quota that no ticket type is in; whether there was one.
pub(crate) async fn delete_quota(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    id: QuotaId,
) -> Result<bool, EventsError> {
    let gone = repo::delete_quota(tx, can.event(), id).await?;
    if gone {
        tx.audit(Some(can.by()), "quota.delete", id.uuid(), json!({ "event": can.event() })).await?;
    }
    Ok(gone)
}

/// Adds a quota to the event.
pub(crate) async fn create_quota(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    name: String,
    size: Option<i32>,
    key: Option<&IdempotencyKey>,
) -> Result<Quota, EventsError> {
    let id: QuotaId = tx.new_id();
    if let Some(made) = attempt(tx, key, id.uuid()).await? {
        return repo::quota(tx, made.into()).await?.ok_or(EventsError::NotFound);
    }
    let quota = Quota { id, event: Some(can.event()), name, size, sold: 0, of_event: false };
    repo::insert_quota(tx, &quota).await?;
    tx.audit(Some(can.by()), "quota.create", id.uuid(), json!({ "event": can.event(), "size": size }))
        .await?;
    Ok(quota)
}

/// Names and sizes a quota anew, never below what is sold of it.
pub(crate) async fn change_quota<T: Copy>(
    tx: &mut TenantTx,
    can: Can<ManageSales, T>,
    quota: &Quota,
) -> Result<(), EventsError> {
    repo::update_quota(tx, quota.id, &quota.name, quota.size).await?;
    if let Some(event) = quota.event.filter(|_| quota.of_event) {
        repo::set_capacity(tx, event, quota.size).await?;
    }
    let detail = json!({ "name": quota.name, "size": quota.size });
    tx.audit(Some(can.by()), "quota.change", quota.id.uuid(), detail).await?;
    Ok(tx.bump(publishing::TOPIC).await?)
}

/// Makes the event's own quota as large as its capacity, and makes one when there is none yet.
pub(crate) async fn fit_capacity(tx: &mut TenantTx, event: &Event) -> Result<(), EventsError> {
    let name = i18n::text(event.language, "events-whole-event");
    if let Some(quota) = repo::quota_of_event(tx, event.id).await? {
        return Ok(repo::update_quota(tx, quota, &name, event.capacity).await?);
    }
    if event.capacity.is_none() {
        return Ok(());
    }
    let quota =
        Quota { id: tx.new_id(), event: Some(event.id), name, size: event.capacity, sold: 0, of_event: true };
    repo::insert_quota(tx, &quota).await?;
    let types: Vec<Uuid> =
        repo::ticket_types(tx, event.id).await?.into_iter().map(|sold| sold.id.uuid()).collect();
    let lifted = stock::lift(tx, &types, Some(quota.id)).await?;
    repo::join(tx, &types, quota.id).await?;
    stock::put_back(tx, lifted).await
}

/// What the key has made before, if it has.
pub(crate) async fn attempt(
    tx: &mut TenantTx,
    key: Option<&IdempotencyKey>,
    resource: Uuid,
) -> Result<Option<Uuid>, EventsError> {
    let Some(key) = key else { return Ok(None) };
    match tx.attempt(key, resource).await? {
        Attempt::First => Ok(None),
        Attempt::Repeated(made) => Ok(Some(made)),
        Attempt::Different => Err(EventsError::KeyReused),
    }
}

/// The quota if a type of the event may be in it: one of the event, or one that spans events.
async fn known_quota(
    tx: &mut TenantTx,
    event: EventId,
    quota: Option<QuotaId>,
) -> Result<Option<QuotaId>, EventsError> {
    let Some(id) = quota else { return Ok(None) };
    let found = repo::quota(tx, id).await?.filter(|quota| quota.event.is_none_or(|owner| owner == event));
    found.map(|quota| Some(quota.id)).ok_or(EventsError::UnknownQuota)
}
