//! What surrounds every page of those who organize: the organization that they work in, and their others.

use minijinja::{Value, context};

use crate::base::identity::{
    CreateEvents, EditOrganization, IdentityError, ManageKeys, ManageMembers, MemberRole, OwnOrganization,
    Permission, ReadAudit,
};
use crate::base::kernel::id::OrganizationNumber;
use crate::base::site::{Visitor, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::ApiResult;

/// An organization of whoever is logged in.
pub struct Desk {
    /// The organization that the page is about; none when there is none yet.
    pub scope: Option<TenantScope>,
    /// The role in it; none for those who have roles in its events alone.
    pub role: Option<MemberRole>,
    others: Vec<TenantScope>,
}

impl Desk {
    /// The organization that the visitor works in: the one chosen last, else the first.
    pub async fn of(visitor: &Visitor) -> ApiResult<Self> {
        Self::around(visitor, None).await
    }

    /// As [`Self::of`], for a page about something of this organization.
    pub async fn at(visitor: &Visitor, scope: &TenantScope) -> ApiResult<Self> {
        Self::around(visitor, Some(scope.clone())).await
    }

    async fn around(visitor: &Visitor, scope: Option<TenantScope>) -> ApiResult<Self> {
        let auth = visitor.member()?;
        let entrance = &visitor.entrance;
        let members = entrance.identity.memberships(&auth.actor).await?;
        let mut numbers: Vec<OrganizationNumber> = members.iter().map(|(number, _)| *number).collect();
        for assignment in &auth.actor.assignments {
            if !numbers.contains(&assignment.organization) {
                numbers.push(assignment.organization);
            }
        }
        let mut all = Vec::new();
        for number in numbers {
            all.extend(entrance.tenancy.scope_of_number(number).await?);
        }
        let chosen = all.iter().find(|scope| Some(scope.organization().id) == auth.organization);
        let scope = scope.or_else(|| chosen.or(all.first()).cloned());
        let here = scope.as_ref().map(TenantScope::number);
        let role = members.iter().find(|(number, _)| Some(*number) == here).map(|(_, role)| *role);
        if let (Some(number), true) = (here, role.is_some())
            && entrance.identity.lacks_factor(&auth.actor, number).await?
        {
            return Err(IdentityError::FactorRequired.into());
        }
        all.retain(|scope| Some(scope.number()) != here);
        Ok(Self { scope, role, others: all })
    }

    /// Whether the role in the organization allows `P`, to show what leads there; the services decide.
    pub fn may<P: Permission>(&self) -> bool {
        self.role.is_some_and(|role| P::MEMBERS.contains(&role))
    }

    /// For the layout.
    pub fn shown(&self) -> Value {
        let others: Vec<_> = self.others.iter().map(TenantScope::organization).collect();
        let others: Vec<(String, &str)> =
            others.iter().map(|other| (other.id.to_string(), other.name.as_str())).collect();
        context! {
            organization => self.scope.as_ref().map(|scope| scope.organization().name.as_str()),
            slug => self.scope.as_ref().map(|scope| scope.organization().slug.as_str()),
            others => shown(&others), member => self.role.is_some(),
            creates => self.may::<CreateEvents>(), edits => self.may::<EditOrganization>(),
            invites => self.may::<ManageMembers>(), keys => self.may::<ManageKeys>(), audits => self.may::<ReadAudit>(),
            owns => self.may::<OwnOrganization>(),
            suspended => self.scope.as_ref().and_then(|scope| scope.organization().suspended.as_deref()),
            closing => self.scope.as_ref().is_some_and(|scope| scope.organization().closes_at.is_some()),
        }
    }
}
