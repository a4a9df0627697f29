//! Use cases of the end of an organization: asked for by an owner with the password, then a month to change one's mind.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::actor::Can;
use super::jobs::{Letter, SendLetter};
use super::organization_letters::News;
use super::repo;
use super::roles::{MemberRole, OwnOrganization};
use super::service::Identity;
use super::{EventCards, IdentityError};
use crate::base::files::Files;
use crate::base::jobs::JobError;
use crate::base::kernel::id::OrganizationNumber;
use crate::base::tenancy::{TenancyError, TenantScope};

impl Identity {
    /// Has the organization end; asking again does not put it off. Who has tickets to an event ahead is not left alone:
    /// it is refused then.
    pub async fn ask_closing(
        &self,
        scope: &TenantScope,
        can: Can<OwnOrganization, OrganizationNumber>,
        cards: &Arc<dyn EventCards>,
        password: &str,
    ) -> Result<DateTime<Utc>, IdentityError> {
        self.prove_password(can.by(), password).await?;
        let ahead = cards.sold_ahead(scope.clone()).await?;
        if !ahead.is_empty() {
            return Err(IdentityError::SoldAhead(ahead));
        }
        let mut tx = self.db.platform().await?;
        if self.tenancy.ask_closing(&mut tx, scope, can.by()).await?.is_some() {
            let (organization, by) = (scope.number(), can.by());
            for (to, role) in repo::roles_in(&mut tx, organization).await? {
                let news = match role {
                    MemberRole::Owner => News::Closing { organization, by: Some(by) },
                    _ => News::ClosingToMember { organization, by },
                };
                tx.enqueue(&SendLetter::new(Letter::Organization { to, news })).await?;
            }
        }
        tx.commit().await?;
        let scope = self.tenancy.refreshed(scope.number()).await.map_err(anyhow::Error::from);
        let scope = scope.map_err(IdentityError::Internal)?;
        // Nobody takes it back in between but an owner.
        scope.organization().closes_at.ok_or(IdentityError::Stale)
    }

    /// Keeps the organization after all, and tells whoever was told of its end but who keeps it.
    pub async fn keep_organization(
        &self,
        scope: &TenantScope,
        can: Can<OwnOrganization, OrganizationNumber>,
    ) -> Result<(), TenancyError> {
        let (organization, by) = (scope.number(), can.by());
        let mut tx = self.db.platform().await?;
        if self.tenancy.unask_closing(&mut tx, scope, by).await? {
            for (to, _) in
                repo::roles_in(&mut tx, organization).await?.into_iter().filter(|(to, _)| *to != by)
            {
                let news = News::Kept { organization, by };
                tx.enqueue(&SendLetter::new(Letter::Organization { to, news })).await?;
            }
            tx.commit().await?;
        }
        let kept = self.tenancy.refreshed(organization).await?;
        if kept.organization().closes_at.is_some() { Err(TenancyError::Stale) } else { Ok(()) }
    }
}

/// Ends the organizations whose time has come, each by itself: one that cannot end now stops no other.
pub(super) async fn close_due(
    identity: &Identity,
    files: &Files,
    cards: &Arc<dyn EventCards>,
) -> Result<(), JobError> {
    let mut failure = None;
    for scope in identity.tenancy.due_to_close().await? {
        if let Err(error) = close(identity, files, cards, &scope).await {
            failure = Some(error);
        }
    }
    identity.actors.invalidate_all();
    identity.programs.invalidate_all();
    failure.map_or(Ok(()), |error| Err(JobError::Retry(error)))
}

async fn close(
    identity: &Identity,
    files: &Files,
    cards: &Arc<dyn EventCards>,
    scope: &TenantScope,
) -> anyhow::Result<()> {
    // Whoever bought while it was being shut is not left alone either: it ends after their event.
    if !cards.sold_ahead(scope.clone()).await?.is_empty() {
        return Ok(());
    }
    let letter = |organization: &str, to| {
        let news = News::Closed { organization: organization.to_owned() };
        SendLetter::new(Letter::Organization { to, news })
    };
    identity.tenancy.close(files, scope.number(), letter).await
}
