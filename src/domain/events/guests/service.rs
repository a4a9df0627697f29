//! Inviting, reminding, taking back, and opening the event to who was invited.

use serde_json::{Value, json};

use super::jobs::SendInvitation;
use super::model::{Guest, MOST, State, read_link};
use super::repo::{self, Filter};
use crate::base::db::{Db, DbResult, IdempotencyKey, TenantTx};
use crate::base::i18n::Lang;
use crate::base::identity::{Can, ManageSales, ReadSales};
use crate::base::kernel::id::{EventId, GuestId};
use crate::base::kernel::page::{Page, PageRequest};
use crate::base::kernel::secret::Keyring;
use crate::base::tenancy::TenantScope;
use crate::domain::events::error::EventsError;
use crate::domain::events::model::{Event, EventState, Visibility};
use crate::domain::events::repo as events;

/// The event to which people may be invited: a private one that is open.
async fn inviting(tx: &mut TenantTx, id: EventId) -> Result<Event, EventsError> {
    let event = events::locked_event(tx, id).await?.ok_or(EventsError::NotFound)?;
    match (event.state, event.visibility) {
        (EventState::Cancelled, _) => Err(EventsError::Cancelled),
        (EventState::Draft | EventState::Template, _) => Err(EventsError::NotPublished),
        (_, Visibility::Public) => Err(EventsError::NotPrivate),
        _ => Ok(event),
    }
}

/// Invites these addresses, each once: how many mails go out. Who is invited already gets none.
pub(super) async fn invite(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    emails: &[String],
    locale: Option<Lang>,
    key: Option<&IdempotencyKey>,
) -> Result<usize, EventsError> {
    let id = can.event();
    let done = tx.attempt(key, id.uuid()).await?.is_some();
    let event = inviting(tx, id).await?;
    if done {
        return Ok(0);
    }
    let asked = i64::try_from(emails.len()).unwrap_or(i64::MAX);
    if repo::count(tx, id).await?.saturating_add(asked) > MOST {
        return Err(EventsError::TooManyGuests);
    }
    let made = repo::insert(tx, id, emails, locale.unwrap_or(event.language), can.by()).await?;
    for guest in &made {
        tx.enqueue(&SendInvitation::new(id, *guest)).await?;
    }
    tx.audit(Some(can.by()), "event.invite_guests", id.uuid(), json!({ "count": made.len() })).await?;
    Ok(made.len())
}

/// Sends the mail once more.
pub(super) async fn resend(
    tx: &mut TenantTx,
    can: &Can<ManageSales>,
    guest: GuestId,
    key: Option<&IdempotencyKey>,
) -> Result<Guest, EventsError> {
    let done = tx.attempt(key, guest.uuid()).await?.is_some();
    inviting(tx, can.event()).await?;
    let found = repo::guest(tx, can.event(), guest).await?.ok_or(EventsError::NotFound)?;
    if found.state() == State::Revoked {
        return Err(EventsError::GuestRevoked);
    }
    if !done {
        tx.enqueue(&SendInvitation::new(can.event(), guest)).await?;
    }
    Ok(found)
}

/// Takes an invitation back: its link opens nothing any more. What was ordered with it stays.
pub(super) async fn revoke(
    tx: &mut TenantTx,
    can: &Can<ManageSales>,
    guest: GuestId,
    key: Option<&IdempotencyKey>,
) -> Result<Guest, EventsError> {
    tx.attempt(key, guest.uuid()).await?;
    let mut found = repo::guest(tx, can.event(), guest).await?.ok_or(EventsError::NotFound)?;
    if found.revoked_at.is_none() {
        repo::revoke(tx, guest).await?;
        found.revoked_at = Some(tx.now());
        tx.audit(Some(can.by()), "event.revoke_guest", can.event().uuid(), json!({ "guest": guest })).await?;
    }
    Ok(found)
}

/// Of which event the invitation is.
pub(super) async fn event_of(tx: &mut TenantTx, guest: GuestId) -> DbResult<Option<EventId>> {
    repo::event_of(tx, guest).await
}

/// A page of the event's invitations.
pub(super) async fn list(
    tx: &mut TenantTx,
    can: &Can<ReadSales>,
    filter: &Filter,
    page: PageRequest,
) -> DbResult<Page<Guest>> {
    let (rows, count) = repo::list(tx, can.event(), filter, page).await?;
    Ok(Page::new(rows, count, page))
}

/// The invitation whose link this is, if it opens the event now.
pub async fn guest_of(
    tx: &mut TenantTx,
    keyring: &Keyring,
    event: EventId,
    link: &str,
) -> DbResult<Option<GuestId>> {
    let Some(guest) = read_link(keyring, event, link) else { return Ok(None) };
    Ok(repo::opens(tx, event, guest).await?.map(|_| guest))
}

/// Whether the link opens the event, for who looks at it; that it was used is noted once.
pub(in crate::domain::events) async fn opened(
    db: &Db,
    scope: &TenantScope,
    keyring: &Keyring,
    event: EventId,
    link: &str,
) -> DbResult<bool> {
    let Some(guest) = read_link(keyring, event, link) else { return Ok(false) };
    let mut tx = db.tenant(scope).await?;
    let opens = repo::opens(&mut tx, event, guest).await?;
    if opens == Some(false) {
        repo::set_opened(&mut tx, guest).await?;
        tx.commit().await?;
    }
    Ok(opens.is_some())
}

/// Where somebody is invited, for the copy of their data.
pub async fn collect(tx: &mut TenantTx, email: &str) -> DbResult<Vec<Value>> {
    let found = repo::of_address(tx, email).await?;
    Ok(found.into_iter().map(|(event, at)| json!({ "event_name": event, "invited_at": at })).collect())
}

/// Takes an address off every list; how often it was there.
pub async fn forget(tx: &mut TenantTx, email: &str) -> DbResult<u64> {
    repo::forget(tx, email).await
}
