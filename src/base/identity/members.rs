//! Use cases of members: invitations by mail, roles in organizations and events.

use chrono::Duration;
use serde_json::{Value, json};

use super::IdentityError;
use super::actor::{Actor, Can};
use super::jobs::{INVITE, Letter, SendLetter, full_name};
use super::repo::{self, InvitationRow, MemberRow};
use super::roles::{EventRole, ManageAssignments, ManageMembers, MemberRole, ReadMembers};
use super::service::Identity;
use crate::base::db::{Db, DbResult, IdempotencyKey, PlatformTx};
use crate::base::kernel::id::{AccountId, EventId, InvitationId, OrganizationNumber};
use crate::base::kernel::page::{Page, PageRequest};

/// How long an invitation is open.
pub(super) const INVITATION_LIFE: Duration = Duration::days(14);
/// For how long the audit log can tell the address of an invitation that nobody took.
pub(super) const INVITATION_KEPT: Duration = Duration::days(365);

/// What an invitation gives.
#[derive(Clone, Copy, Debug)]
pub(super) enum Offer {
    Member(MemberRole),
    InEvent(EventId, EventRole),
}

/// An invitation as the invited see it before they take it.
#[derive(Debug)]
pub(super) struct Offered {
    pub row: InvitationRow,
    pub organization: String,
    pub inviter: String,
}

impl Identity {
    /// The members of an organization, the oldest first.
    pub async fn members(
        &self,
        can: Can<ReadMembers, OrganizationNumber>,
        page: PageRequest,
    ) -> DbResult<Page<MemberRow>> {
        let mut tx = self.db.platform().await?;
        let (rows, count) = repo::members(&mut tx, can.target(), page).await?;
        Ok(Page::new(rows, count, page))
    }

    /// Invites somebody to the organization by mail.
    pub async fn invite_member(
        &self,
        can: Can<ManageMembers, OrganizationNumber>,
        email: &str,
        role: MemberRole,
        key: Option<&IdempotencyKey>,
    ) -> Result<InvitationRow, IdentityError> {
        invite(&self.db, can.target(), can.by(), email, Offer::Member(role), key).await
    }

    /// Invites somebody to a role in an event by mail.
    pub async fn invite_to_event(
        &self,
        can: Can<ManageAssignments>,
        email: &str,
        role: EventRole,
        key: Option<&IdempotencyKey>,
    ) -> Result<InvitationRow, IdentityError> {
        let event = can.event();
        invite(&self.db, event.organization(), can.by(), email, Offer::InEvent(event, role), key).await
    }

    /// Gives somebody a role in the organization; an owner stays one. For the installation's own commands.
    pub async fn add_member(
        &self,
        can: Can<ManageMembers, OrganizationNumber>,
        account: AccountId,
        role: MemberRole,
    ) -> DbResult<()> {
        let mut tx = self.db.platform().await?;
        repo::upsert_membership(&mut tx, account, can.target(), role).await?;
        let (organization, detail) = (Some(can.target()), json!({ "role": role.code() }));
        tx.audit_with(Some(can.by()), organization, "membership.give", account.uuid(), detail).await?;
        tx.commit().await
    }

    /// Gives somebody a role in an event, in place of the one they had.
    pub async fn assign(
        &self,
        can: Can<ManageAssignments>,
        account: AccountId,
        role: EventRole,
    ) -> DbResult<()> {
        let event = can.event();
        let mut tx = self.db.platform().await?;
        let before = repo::event_role(&mut tx, account, event).await?;
        repo::upsert_assignment(&mut tx, account, event, role).await?;
        let organization = Some(event.organization());
        let detail = given(Some(event), before.map(EventRole::code), role.code());
        tx.audit_with(Some(can.by()), organization, "assignment.give", account.uuid(), detail).await?;
        tx.commit().await
    }

    /// The invitations of the organization that nobody has taken yet, the newest first.
    pub async fn invitations(
        &self,
        can: Can<ManageMembers, OrganizationNumber>,
    ) -> DbResult<Vec<InvitationRow>> {
        let mut tx = self.db.platform().await?;
        repo::open_invitations(&mut tx, can.target(), None).await
    }

    /// Takes an open invitation back: its link opens nothing any more. Whether there was one.
    pub async fn revoke_invitation(
        &self,
        can: Can<ManageMembers, OrganizationNumber>,
        id: InvitationId,
    ) -> DbResult<bool> {
        let mut tx = self.db.platform().await?;
        let open = repo::revoke_invitation(&mut tx, can.target(), None, id).await?;
        if open {
            tx.audit(can.by(), Some(can.target()), "invitation.revoke", id.uuid()).await?;
        }
        tx.commit().await?;
        Ok(open)
    }

    /// Who has a role in the event, and who is invited to one.
    pub async fn team(&self, can: &Can<ManageAssignments>) -> DbResult<(Vec<MemberRow>, Vec<InvitationRow>)> {
        let event = can.event();
        let mut tx = self.db.platform().await?;
        let team = repo::team(&mut tx, event).await?;
        Ok((team, repo::open_invitations(&mut tx, event.organization(), Some(event)).await?))
    }

    /// Who works in the event's organization or at the event, by name: whom it may name as its president.
    pub async fn colleagues(&self, event: EventId) -> DbResult<Vec<(AccountId, String)>> {
        let mut tx = self.db.platform().await?;
        repo::colleagues(&mut tx, event.organization(), event).await
    }

    /// Takes a role in the event away; an organizer's can only another organizer. Whether there was one to take.
    pub async fn unassign(
        &self,
        can: &Can<ManageAssignments>,
        actor: &Actor,
        account: AccountId,
    ) -> DbResult<bool> {
        let event = can.event();
        let mut tx = self.db.platform().await?;
        let removed = repo::delete_assignment(&mut tx, account, event, actor.organizes(event)).await?;
        if removed {
            repo::drop_invitations(&mut tx, account, event.organization(), Some(event)).await?;
            let (organization, detail) = (Some(event.organization()), json!({ "event": event }));
            tx.audit_with(Some(can.by()), organization, "assignment.take", account.uuid(), detail).await?;
        }
        tx.commit().await?;
        self.actors.invalidate_all();
        Ok(removed)
    }

    /// Takes an open invitation to a role in the event back.
    pub async fn revoke_event_invitation(
        &self,
        can: &Can<ManageAssignments>,
        id: InvitationId,
    ) -> DbResult<()> {
        let event = can.event();
        let mut tx = self.db.platform().await?;
        if repo::revoke_invitation(&mut tx, event.organization(), Some(event), id).await? {
            tx.audit(can.by(), Some(event.organization()), "invitation.revoke", id.uuid()).await?;
        }
        tx.commit().await
    }

    /// What the link of an invitation offers; none when it is not valid any more.
    pub(super) async fn offered(&self, token: &str) -> DbResult<Option<Offered>> {
        let Some(id) = self.tokens.link_id(token).map(InvitationId::from) else { return Ok(None) };
        let mut tx = self.db.platform().await?;
        let Some(row) = repo::invitation(&mut tx, id).await? else { return Ok(None) };
        if !self.tokens.link_holds(INVITE, token, &row.email, tx.now()) {
            return Ok(None);
        }
        let inviter = repo::account(&mut tx, row.invited_by.into()).await?;
        drop(tx);
        let scope = self.tenancy.scope_of_number(OrganizationNumber(row.organization)).await?;
        let organization = scope.map(|scope| scope.organization().name.clone()).unwrap_or_default();
        let inviter = inviter.map(|account| full_name(&account)).filter(|name| !name.is_empty());
        let inviter = inviter.unwrap_or_else(|| organization.clone());
        Ok(Some(Offered { row, organization, inviter }))
    }

    /// Takes an invitation that was sent to the actor's own address. Reading that mail confirms the address.
    pub async fn accept_invitation(
        &self,
        actor: &Actor,
        token: &str,
        key: Option<&IdempotencyKey>,
    ) -> Result<InvitationRow, IdentityError> {
        let id = self.tokens.link_id(token).map(InvitationId::from).ok_or(IdentityError::BadLink)?;
        let mut tx = self.db.platform().await?;
        // Accepting twice changes nothing, with a key or without; with one it works when the link has run out.
        let done = tx.attempt(key, id.uuid()).await?.is_some();
        let row = repo::invitation(&mut tx, id).await?.ok_or(IdentityError::BadLink)?;
        if !done && !self.tokens.link_holds(INVITE, token, &row.email, tx.now()) {
            return Err(IdentityError::BadLink);
        }
        if row.email != actor.email {
            return Err(IdentityError::NotInvited);
        }
        if row.accepted_at.is_none() {
            let before = grant(&mut tx, actor.account, &row).await?;
            repo::accept_invitation(&mut tx, id).await?;
            let (organization, event) = (OrganizationNumber(row.organization), row.event.map(EventId::from));
            repo::drop_invitations(&mut tx, actor.account, organization, event).await?;
            repo::confirm_email(&mut tx, actor.account).await?;
            let organization = OrganizationNumber(row.organization);
            let detail = given(row.event.map(EventId::from), before, &row.role);
            tx.audit_with(Some(actor.account), Some(organization), "invitation.accept", row.id, detail)
                .await?;
        }
        tx.commit().await?;
        // The role counts in this session from now on, also where lists are made of it.
        self.fresh(actor).await?;
        Ok(row)
    }
}

/// Gives what was offered; the code of the role that was there before.
async fn grant(
    tx: &mut PlatformTx,
    account: AccountId,
    row: &InvitationRow,
) -> Result<Option<&'static str>, IdentityError> {
    let organization = OrganizationNumber(row.organization);
    match (row.event.map(EventId::from), MemberRole::parse(&row.role), EventRole::parse(&row.role)) {
        (None, Some(role), _) => {
            let before = repo::member_role(tx, account, organization).await?;
            repo::upsert_membership(tx, account, organization, role).await?;
            // An owner stays one.
            Ok(before.filter(|before| *before != MemberRole::Owner).map(MemberRole::code))
        }
        (Some(event), _, Some(role)) => {
            let before = repo::event_role(tx, account, event).await?;
            repo::upsert_assignment(tx, account, event, role).await?;
            Ok(before.map(EventRole::code))
        }
        _ => Err(IdentityError::BadLink),
    }
}

/// What the log tells of a role that somebody is given: in place of which one, where they had another.
fn given(event: Option<EventId>, before: Option<&str>, role: &str) -> Value {
    match before.filter(|before| *before != role) {
        Some(before) => json!({ "event": event, "role": role, "from": before, "to": role }),
        None => json!({ "event": event, "role": role }),
    }
}

/// Nobody is invited to what they have.
async fn refuse_known(
    tx: &mut PlatformTx,
    account: AccountId,
    organization: OrganizationNumber,
    offer: Offer,
) -> Result<(), IdentityError> {
    match offer {
        Offer::Member(_) if repo::member_role(tx, account, organization).await?.is_some() => {
            Err(IdentityError::AlreadyMember)
        }
        Offer::InEvent(event, role) if repo::event_role(tx, account, event).await? == Some(role) => {
            Err(IdentityError::AlreadyRole)
        }
        _ => Ok(()),
    }
}

async fn invite(
    db: &Db,
    organization: OrganizationNumber,
    by: AccountId,
    email: &str,
    offer: Offer,
    key: Option<&IdempotencyKey>,
) -> Result<InvitationRow, IdentityError> {
    let mut tx = db.platform().await?;
    let id: InvitationId = tx.new_id();
    if let Some(made) = tx.attempt(key, id.uuid()).await? {
        return repo::invitation(&mut tx, made.into()).await?.ok_or(IdentityError::Stranger);
    }
    let (event, role) = match offer {
        Offer::Member(role) => (None, role.code()),
        Offer::InEvent(event, role) => (Some(event.uuid()), role.code()),
    };
    if let Some(known) = repo::account_by_email(&mut tx, email).await? {
        refuse_known(&mut tx, known.id.into(), organization, offer).await?;
    }
    // One address has one invitation to the same thing: the newest, and no other link works.
    for before in repo::replace_invitations(&mut tx, email, organization, event).await? {
        tx.audit(by, Some(organization), "invitation.revoke", before).await?;
    }
    let row = InvitationRow {
        id: id.uuid(),
        organization: organization.0,
        email: email.to_owned(),
        role: role.to_owned(),
        event,
        invited_by: by.uuid(),
        created_at: tx.now(),
        expires_at: tx.now() + INVITATION_LIFE,
        accepted_at: None,
    };
    repo::insert_invitation(&mut tx, &row).await?;
    let detail = json!({ "role": role, "event": event });
    tx.audit_with(Some(by), Some(organization), "invitation.send", id.uuid(), detail).await?;
    tx.enqueue(&SendLetter::new(Letter::Invite { invitation: id })).await?;
    tx.commit().await?;
    Ok(row)
}
