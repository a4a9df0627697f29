//! Use cases of roles in an organization: given, changed, taken, handed over.
//!
//! Invariants: an organization always has an owner; only an owner makes and unmakes owners. Whatever concerns owners
//! locks their rows first, so that two of them cannot leave at the same time.

use serde_json::json;

use super::IdentityError;
use super::actor::{Actor, Can};
use super::jobs::{Letter, SendLetter};
use super::organization_letters::News;
use super::repo;
use super::roles::{ManageMembers, MemberRole, OwnOrganization};
use super::service::Identity;
use crate::base::db::{IdempotencyKey, PlatformTx};
use crate::base::kernel::id::{AccountId, OrganizationNumber};

impl Identity {
    /// Gives a member another role.
    pub async fn change_member(
        &self,
        can: Can<ManageMembers, OrganizationNumber>,
        account: AccountId,
        role: MemberRole,
    ) -> Result<(), IdentityError> {
        let mut tx = self.db.platform().await?;
        let before = may_change(&mut tx, can.target(), can.by(), account, Some(role)).await?;
        if before == role {
            return Ok(());
        }
        repo::set_member_role(&mut tx, account, can.target(), role).await?;
        repo::drop_invitations(&mut tx, account, can.target(), None).await?;
        let detail = json!({ "from": before.code(), "to": role.code() });
        tx.audit_with(Some(can.by()), Some(can.target()), "membership.change", account.uuid(), detail)
            .await?;
        if role == MemberRole::Owner {
            tell_owners(&mut tx, can.target(), account).await?;
        }
        self.end_of_change(tx).await
    }

    /// Takes the role in the organization away.
    pub async fn remove_member(
        &self,
        can: Can<ManageMembers, OrganizationNumber>,
        account: AccountId,
    ) -> Result<(), IdentityError> {
        let mut tx = self.db.platform().await?;
        let before = may_change(&mut tx, can.target(), can.by(), account, None).await?;
        self.take(tx, can.target(), can.by(), account, before).await
    }

    /// Gives one's own role in the organization up.
    pub async fn leave(&self, actor: &Actor, organization: OrganizationNumber) -> Result<(), IdentityError> {
        let mut tx = self.db.platform().await?;
        let account = actor.account;
        let owners = repo::lock_owners(&mut tx, organization).await?;
        let before =
            repo::member_role(&mut tx, account, organization).await?.ok_or(IdentityError::Stranger)?;
        if owners == [account] {
            return Err(IdentityError::OnlyOwner);
        }
        self.take(tx, organization, account, account, before).await
    }

    async fn take(
        &self,
        mut tx: PlatformTx,
        organization: OrganizationNumber,
        by: AccountId,
        account: AccountId,
        before: MemberRole,
    ) -> Result<(), IdentityError> {
        repo::delete_membership(&mut tx, account, organization).await?;
        repo::drop_invitations(&mut tx, account, organization, None).await?;
        let detail = json!({ "from": before.code() });
        tx.audit_with(Some(by), Some(organization), "membership.take", account.uuid(), detail).await?;
        self.end_of_change(tx).await
    }

    /// Makes another member the owner in one's own place; one stays an administrator. Asks for the password again.
    pub async fn hand_over(
        &self,
        can: Can<OwnOrganization, OrganizationNumber>,
        password: &str,
        to: AccountId,
        key: Option<&IdempotencyKey>,
    ) -> Result<(), IdentityError> {
        self.prove_password(can.by(), password).await?;
        let (organization, by) = (can.target(), can.by());
        let mut tx = self.db.platform().await?;
        if tx.attempt(key, to.uuid()).await?.is_some() {
            return Ok(());
        }
        let owners = repo::lock_owners(&mut tx, organization).await?;
        if !owners.contains(&by) {
            return Err(IdentityError::MayNot);
        }
        let before = repo::member_role(&mut tx, to, organization).await?.filter(|_| to != by);
        let before = before.ok_or(IdentityError::NoMember)?;
        repo::set_member_role(&mut tx, to, organization, MemberRole::Owner).await?;
        repo::set_member_role(&mut tx, by, organization, MemberRole::Admin).await?;
        let detail = json!({ "from": before.code(), "to": MemberRole::Owner.code() });
        tx.audit_with(Some(by), Some(organization), "membership.hand_over", to.uuid(), detail).await?;
        tell_owners(&mut tx, organization, to).await?;
        // Whoever was one is told too, in case it was not they.
        let news = News::Owner { organization, owner: to };
        tx.enqueue(&SendLetter::new(Letter::Organization { to: by, news })).await?;
        self.end_of_change(tx).await
    }

    async fn end_of_change(&self, tx: PlatformTx) -> Result<(), IdentityError> {
        tx.commit().await?;
        self.actors.invalidate_all();
        Ok(())
    }
}

/// The role that somebody has, if `by` may give them `role`, or none, in its place.
async fn may_change(
    tx: &mut PlatformTx,
    organization: OrganizationNumber,
    by: AccountId,
    account: AccountId,
    role: Option<MemberRole>,
) -> Result<MemberRole, IdentityError> {
    let owners = repo::lock_owners(tx, organization).await?;
    let before = repo::member_role(tx, account, organization).await?.ok_or(IdentityError::Stranger)?;
    let concerns_owners = before == MemberRole::Owner || role == Some(MemberRole::Owner);
    if concerns_owners && !owners.contains(&by) {
        return Err(IdentityError::MayNot);
    }
    if owners == [account] && role != Some(MemberRole::Owner) {
        return Err(IdentityError::OnlyOwner);
    }
    Ok(before)
}

/// Every owner learns that there is a new one.
async fn tell_owners(
    tx: &mut PlatformTx,
    organization: OrganizationNumber,
    owner: AccountId,
) -> Result<(), IdentityError> {
    for to in repo::lock_owners(tx, organization).await? {
        let news = News::Owner { organization, owner };
        tx.enqueue(&SendLetter::new(Letter::Organization { to, news })).await?;
    }
    Ok(())
}
