//! The permission to do something: where a witness is made.

use super::IdentityError;
use super::actor::{Actor, Can, Standing};
use super::roles::Permission;
use super::service::Identity;
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
        witness(standing, event, actor.account)
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
        witness(standing, number, actor.account)
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
