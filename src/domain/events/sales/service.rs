//! Changing what an event sells.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::super::error::EventsError;
use super::super::model::{Event, EventState, Quota, TicketType};
use super::super::{changes, publishing, repo as events};
use super::{repo, stock};
use crate::base::db::{DbResult, TenantTx};
use crate::base::i18n;
use crate::base::identity::{Can, ManageSales, Permission};
use crate::base::kernel::id::{AccountId, EventId, OrganizationNumber, QuotaId, TicketTypeId};
use crate::base::kernel::version::Expected;

/// The witness that somebody may do `P` to a quota: in its event, or everywhere when it spans events.
pub(super) enum QuotaRight<P: Permission> {
    InEvent(Can<P>),
    Everywhere(Can<P, OrganizationNumber>),
}

impl<P: Permission> QuotaRight<P> {
    fn by(&self) -> AccountId {
        match self {
            Self::InEvent(can) => can.by(),
            Self::Everywhere(can) => can.by(),
        }
    }
}

/// The event that something is to be sold for, kept as it is until the transaction ends.
pub(super) async fn event(tx: &mut TenantTx, can: &Can<ManageSales>) -> Result<Event, EventsError> {
    events::locked_event(tx, can.event()).await?.ok_or(EventsError::NotFound)
}

/// What nobody can buy any more is not arranged anew, and what somebody else has changed is looked at again first.
/// Neither is told to who sends what makes no sense by itself.
fn changeable(event: &Event, expected: &Expected, version: i32) -> Result<(), EventsError> {
    if event.state == EventState::Cancelled {
        return Err(EventsError::Cancelled);
    }
    if expected.allows(version) { Ok(()) } else { Err(EventsError::Stale) }
}

/// Adds a ticket type, in `quota` and in the event's own one.
pub(super) async fn create_type(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    event: &Event,
    mut new: TicketType,
    quota: Option<QuotaId>,
) -> Result<TicketType, EventsError> {
    changeable(event, &Expected::default(), new.version)?;
    let quota = known_quota(tx, event.id, quota).await?;
    if new.position == 0 {
        new.position = repo::next_position(tx, event.id).await?;
    }
    repo::insert_type(tx, &new).await?;
    for quota in [quota, repo::quota_of_event(tx, event.id).await?].into_iter().flatten() {
        repo::join(tx, &[new.id.uuid()], quota).await?;
    }
    let detail = json!({ "event": event.id, "name": new.name });
    tx.audit(Some(can.by()), "ticket_type.create", new.id.uuid(), detail).await?;
    publishing::refresh(tx, event).await?;
    repo::ticket_type(tx, new.id).await?.ok_or(EventsError::NotFound)
}

/// Changes a ticket type. `quota` is the other one to be in: `Some(None)` is none.
#[expect(clippy::option_option, reason = "leaving a quota is not the same as saying nothing about it")]
pub(super) async fn change_type(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    event: &Event,
    changed: &TicketType,
    quota: Option<Option<QuotaId>>,
    expected: &Expected,
) -> Result<TicketType, EventsError> {
    changeable(event, expected, changed.version)?;
    let before = repo::ticket_type(tx, changed.id).await?.ok_or(EventsError::NotFound)?;
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
    let after = repo::ticket_type(tx, changed.id).await?.ok_or(EventsError::NotFound)?;
    let fields = changes::of_type(&before, &after);
    let detail = json!({ "event": event.id, "name": after.name, "price": after.price.to_string(),
        "currency": after.price.currency().code(), "fields": fields });
    tx.audit(Some(can.by()), "ticket_type.change", changed.id.uuid(), detail).await?;
    publishing::refresh(tx, event).await?;
    Ok(after)
}

/// Removes a ticket type of which nothing was ordered.
pub(super) async fn delete_type(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    event: &Event,
    id: TicketTypeId,
    expected: &Expected,
) -> Result<(), EventsError> {
    let row = repo::ticket_type(tx, id).await?.ok_or(EventsError::NotFound)?;
    changeable(event, expected, row.version)?;
    repo::delete_type(tx, id).await?;
    let detail = json!({ "event": event.id, "name": row.name });
    tx.audit(Some(can.by()), "ticket_type.delete", id.uuid(), detail).await?;
    Ok(publishing::refresh(tx, event).await?)
}

/// Moves a ticket type one place up or down among those of its event.
pub(super) async fn move_type(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    event: &Event,
    id: TicketTypeId,
    up: bool,
) -> Result<(), EventsError> {
    changeable(event, &Expected::default(), event.version)?;
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
pub(super) async fn delete_quota(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    event: &Event,
    id: QuotaId,
) -> Result<bool, EventsError> {
    changeable(event, &Expected::default(), event.version)?;
    let gone = repo::delete_quota(tx, can.event(), id).await?;
    if gone {
        tx.audit(Some(can.by()), "quota.delete", id.uuid(), json!({ "event": can.event() })).await?;
    }
    Ok(gone)
}

/// Adds a quota to the event.
pub(super) async fn create_quota(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    event: &Event,
    quota: Quota,
) -> Result<Quota, EventsError> {
    changeable(event, &Expected::default(), quota.version)?;
    repo::insert_quota(tx, &quota).await?;
    let detail = json!({ "event": can.event(), "size": quota.size });
    tx.audit(Some(can.by()), "quota.create", quota.id.uuid(), detail).await?;
    Ok(quota)
}

/// The quota to be changed, kept as it is until the transaction ends; its event first, as everybody locks them.
pub(super) async fn quota(
    tx: &mut TenantTx,
    right: &QuotaRight<ManageSales>,
    id: QuotaId,
) -> Result<Quota, EventsError> {
    if let QuotaRight::InEvent(can) = right {
        event(tx, can).await?;
    }
    repo::lock_quota(tx, id).await?.ok_or(EventsError::NotFound)
}

/// Names and sizes a quota anew, never below what is sold of it.
pub(super) async fn change_quota(
    tx: &mut TenantTx,
    right: QuotaRight<ManageSales>,
    quota: &Quota,
    expected: &Expected,
) -> Result<(), EventsError> {
    match &right {
        QuotaRight::InEvent(can) => changeable(&event(tx, can).await?, expected, quota.version)?,
        QuotaRight::Everywhere(_) if expected.allows(quota.version) => {}
        QuotaRight::Everywhere(_) => return Err(EventsError::Stale),
    }
    let before = repo::quota(tx, quota.id).await?.ok_or(EventsError::NotFound)?;
    repo::update_quota(tx, quota.id, &quota.name, quota.size).await?;
    if let Some(event) = quota.event.filter(|_| quota.of_event) {
        repo::set_capacity(tx, event, quota.size).await?;
    }
    let detail =
        json!({ "name": quota.name, "size": quota.size, "fields": changes::of_quota(&before, quota) });
    tx.audit(Some(right.by()), "quota.change", quota.id.uuid(), detail).await?;
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
        Quota { size: event.capacity, of_event: true, ..Quota::new(tx.new_id(), Some(event.id), name) };
    repo::insert_quota(tx, &quota).await?;
    let types: Vec<Uuid> =
        repo::ticket_types(tx, event.id).await?.into_iter().map(|sold| sold.id.uuid()).collect();
    let lifted = stock::lift(tx, &types, Some(quota.id)).await?;
    repo::join(tx, &types, quota.id).await?;
    repo::touch_types(tx, &types).await?;
    stock::put_back(tx, lifted).await
}

/// Gives `to`, which sells nothing yet, what `from` sells: the same types at the same prices, in quotas of the same
/// sizes. Quotas that span events are shared with it. `shift` moves the times of sale.
pub(crate) async fn copy_all(
    tx: &mut TenantTx,
    from: &Event,
    to: &Event,
    shift: impl Fn(DateTime<Utc>) -> DateTime<Utc>,
) -> DbResult<()> {
    let mut quotas = HashMap::new();
    for quota in repo::quotas(tx, from.id).await? {
        let own = repo::quota_of_event(tx, to.id).await?.filter(|_| quota.of_event);
        if let Some(own) = own {
            quotas.insert(quota.id, own);
            continue;
        }
        let copy = Quota { size: quota.size, ..Quota::new(tx.new_id(), Some(to.id), quota.name) };
        repo::insert_quota(tx, &copy).await?;
        quotas.insert(quota.id, copy.id);
    }
    for sold in repo::ticket_types(tx, from.id).await? {
        let (start, end) = (sold.sales_start.map(&shift), sold.sales_end.map(&shift));
        let copy = TicketType { id: tx.new_id(), event: to.id, sales_start: start, sales_end: end, ..sold };
        repo::insert_type(tx, &copy).await?;
        for quota in &copy.quotas {
            let quota = quotas.get(quota).copied().unwrap_or(*quota);
            repo::join(tx, &[copy.id.uuid()], quota).await?;
        }
    }
    Ok(())
}

/// The quota if a type of the event may be in it: one of the event, or one that spans events.
async fn known_quota(
    tx: &mut TenantTx,
    event: EventId,
    quota: Option<QuotaId>,
) -> Result<Option<QuotaId>, EventsError> {
    if knows_quota(tx, event, quota).await? { Ok(quota) } else { Err(EventsError::UnknownQuota) }
}

/// Whether a type of the event may be in the quota, or in none.
pub(super) async fn knows_quota(tx: &mut TenantTx, event: EventId, quota: Option<QuotaId>) -> DbResult<bool> {
    let Some(id) = quota else { return Ok(true) };
    let found = repo::quota(tx, id).await?;
    Ok(found.is_some_and(|quota| quota.event.is_none_or(|owner| owner == event)))
}

/// Moves the ends of sales that were not over at an instant, as the event's dates are moved; a sale never ends before it begins.
pub(in crate::domain::events) async fn move_ends(
    tx: &mut TenantTx,
    event: EventId,
    over_before: DateTime<Utc>,
    shift: impl Fn(DateTime<Utc>) -> DateTime<Utc>,
) -> DbResult<()> {
    for mut sold in repo::ticket_types(tx, event).await? {
        let Some(end) = sold.sales_end.filter(|end| *end > over_before).map(&shift) else { continue };
        if sold.sales_start.is_none_or(|start| start < end) {
            sold.sales_end = Some(end);
            repo::update_type(tx, &sold).await?;
        }
    }
    Ok(())
}
