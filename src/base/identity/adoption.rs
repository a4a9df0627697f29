//! Use case of an organization that came from another installation: its people get their roles here.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::IdentityError;
use super::jobs::{Letter, SendLetter};
use super::members::INVITATION_LIFE;
use super::repo::{self, InvitationRow};
use super::roles::{EventRole, MemberRole};
use super::service::Identity;
use crate::base::jobs::{Job, Priority};
use crate::base::kernel::id::{AccountId, EventId, InvitationId, OrganizationNumber};
use crate::base::tenancy::Member;

/// Gives the people of an archive their roles, after the organization has come.
#[derive(Debug, Serialize, Deserialize)]
pub struct AdoptMembers {
    pub organization: OrganizationNumber,
    pub owner: AccountId,
    pub members: Vec<Member>,
}

impl Job for AdoptMembers {
    const KIND: &'static str = "identity.adopt";
    const PRIORITY: Priority = Priority::Normal;
}

impl Identity {
    /// The accounts with these addresses, of those whose owners have proved them.
    pub async fn proved_accounts(
        &self,
        emails: Vec<String>,
    ) -> Result<HashMap<String, AccountId>, IdentityError> {
        let mut found = HashMap::new();
        let mut tx = self.db.platform().await?;
        for email in emails {
            let account = repo::account_by_email(&mut tx, &email).await?;
            let proved = account.filter(|account| account.email_confirmed_at.is_some());
            found.extend(proved.map(|account| (email, AccountId::from(account.id))));
        }
        Ok(found)
    }

    /// Gives the people of an archive their roles. Who has no account here with a proved address is invited: nobody
    /// gets a role for having claimed an address. May be done again.
    pub(super) async fn adopt(&self, job: AdoptMembers) -> Result<(), IdentityError> {
        let AdoptMembers { organization, owner, members } = job;
        let Some(scope) = self.tenancy.scope_of_job(organization).await? else { return Ok(()) };
        let known = self.proved_accounts(members.iter().map(|member| member.email.clone()).collect()).await?;
        let mut tx = self.db.platform().await?;
        // The owner is one already.
        for member in
            members.iter().filter(|member| member.event.is_some() || known.get(&member.email) != Some(&owner))
        {
            let event = member.event.map(|event| EventId::from(event).at_home(scope.number()));
            match (known.get(&member.email).copied(), event) {
                (Some(account), None) => {
                    let Some(role) = MemberRole::parse(&member.role) else { continue };
                    repo::upsert_membership(&mut tx, account, scope.number(), role).await?;
                    let detail = json!({ "role": role.code() });
                    let (target, organization) = (account.uuid(), Some(scope.number()));
                    tx.audit_with(None, organization, "membership.give", target, detail).await?;
                }
                (Some(account), Some(event)) => {
                    let Some(role) = EventRole::parse(&member.role) else { continue };
                    repo::upsert_assignment(&mut tx, account, event, role).await?;
                }
                (None, event) => {
                    let known_role = match event {
                        None => MemberRole::parse(&member.role).is_some(),
                        Some(_) => EventRole::parse(&member.role).is_some(),
                    };
                    let open = repo::is_invited(&mut tx, &member.email, organization, event).await?;
                    if open || !known_role {
                        continue;
                    }
                    let id: InvitationId = tx.new_id();
                    let row = InvitationRow {
                        id: id.uuid(),
                        organization: scope.number().0,
                        email: member.email.clone(),
                        role: member.role.clone(),
                        event: event.map(EventId::uuid),
                        invited_by: owner.uuid(),
                        created_at: tx.now(),
                        expires_at: tx.now() + INVITATION_LIFE,
                        accepted_at: None,
                    };
                    repo::insert_invitation(&mut tx, &row).await?;
                    tx.enqueue(&SendLetter::new(Letter::Invite { invitation: id })).await?;
                }
            }
        }
        tx.commit().await?;
        self.actors.invalidate_all();
        Ok(())
    }
}
