//! The permission to do something: where a witness is made.

use super::IdentityError;
use super::actor::{Actor, Can, Standing};
use super::roles::{Permission, ReadOrganization};
use super::service::Identity;
use crate::base::db::DbResult;
use crate::base::kernel::id::{AccountId, EventId, OrganizationNumber};
use crate::base::tenancy::TenantScope;

impl Identity {
    /// The witness that the actor may do `P` in the event. A no is never taken from the cache: a role that
    /// was given a moment ago counts at once.
    pub async fn permit<P: Permission>(
        &self,
        actor: &Actor,
        event: EventId,
    ) -> Result<Can<P>, IdentityError> {
        let mut standing = actor.in_event::<P>(event);
        if standing != Standing::May {
            standing = self.fresh(actor).await?.in_event::<P>(event);
        }
        let can = witness(standing, event, actor.account)?;
        self.with_factor::<P>(actor, event.organization()).await?;
        if !P::WHILE_SHUT
            && let Some(scope) = self.tenancy.scope_of_number(event.organization()).await?
        {
            open(&scope)?;
        }
        Ok(can)
    }

    /// The witness that the actor may do `P` in the organization.
    pub async fn permit_organization<P: Permission>(
        &self,
        actor: &Actor,
        scope: &TenantScope,
    ) -> Result<Can<P, OrganizationNumber>, IdentityError> {
        let number = scope.number();
        let mut standing = actor.in_organization::<P>(number);
        if standing != Standing::May {
            standing = self.fresh(actor).await?.in_organization::<P>(number);
        }
        let can = witness(standing, number, actor.account)?;
        self.with_factor::<P>(actor, number).await?;
        if !P::WHILE_SHUT {
            open(scope)?;
        }
        Ok(can)
    }

    /// Refuses a member without a second factor where the organization asks its members for one. What the organization
    /// is called they may see all the same, to know who asks.
    async fn with_factor<P: Permission>(
        &self,
        actor: &Actor,
        number: OrganizationNumber,
    ) -> Result<(), IdentityError> {
        let named = P::NAME == ReadOrganization::NAME;
        if !named && actor.key.is_none() && self.lacks_factor(actor, number).await? {
            Err(IdentityError::FactorRequired)
        } else {
            Ok(())
        }
    }

    /// Whether the actor is a member there, and the organization asks for a second factor that they do not have.
    pub(super) async fn lacks_factor(
        &self,
        actor: &Actor,
        number: OrganizationNumber,
    ) -> Result<bool, IdentityError> {
        if actor.second_factor {
            return Ok(false);
        }
        let scope = self.tenancy.scope_of_number(number).await?;
        if !scope.is_some_and(|scope| scope.organization().require_second_factor) {
            return Ok(false);
        }
        // Who has set one up a moment ago is let in at once, and who became a member a moment ago is one.
        let actor = self.fresh(actor).await?;
        Ok(!actor.second_factor && actor.member_role(number).is_some())
    }

    /// Those of the actor's organizations that ask their members for a second factor.
    pub(super) async fn demanding(&self, actor: &Actor) -> DbResult<Vec<TenantScope>> {
        let mut found = Vec::new();
        for (number, _) in &actor.memberships {
            let scope = self.tenancy.scope_of_number(*number).await?;
            found.extend(scope.filter(|scope| scope.organization().require_second_factor));
        }
        Ok(found)
    }
}

/// Refuses what does not go on while an organization is shut.
pub(super) fn open(scope: &TenantScope) -> Result<(), IdentityError> {
    let organization = scope.organization();
    match (&organization.suspended, organization.closes_at) {
        (Some(reason), _) => Err(IdentityError::Suspended(reason.clone())),
        (None, Some(at)) => Err(IdentityError::Closing(at)),
        (None, None) => Ok(()),
    }
}

fn witness<P: Permission, T: Copy>(
    standing: Standing,
    target: T,
    by: AccountId,
) -> Result<Can<P, T>, IdentityError> {
    match standing {
        Standing::May => Ok(Can::new(target, by)),
        Standing::MayNot => Err(IdentityError::MayNot),
        Standing::Stranger => Err(IdentityError::Stranger),
    }
}
