//! The API of an organization's members: who they are, what they may, whom they invite.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::auth::{Auth, Entrance, Person};
use super::repo::{InvitationRow, MemberRow};
use super::roles::{EventRole, ManageAssignments, ManageMembers, MemberRole, ReadMembers, ReadOrganization};
use super::{Can, EventCards, permits};
use crate::base::db::IdempotencyKey;
use crate::base::kernel::id::{AccountId, EventId, InvitationId, OrganizationId};
use crate::base::kernel::text;
use crate::base::tenancy::TenantScope;
use crate::base::web::{
    ApiResult, Checks, Email, Input, Key, ListQuery, Listing, PageNumber, PageSize, Problem, Rate, Tags,
    paging,
};

/// Who belongs to an organization.
pub struct MembersApi {
    entrance: Entrance,
    cards: Arc<dyn EventCards>,
}

#[derive(Object)]
struct Member {
    id: String,
    email: String,
    first_name: String,
    last_name: String,
    role: String,
    created_at: DateTime<Utc>,
}

impl From<MemberRow> for Member {
    fn from(row: MemberRow) -> Self {
        Self {
            id: row.account.to_string(),
            email: row.email,
            first_name: row.first_name,
            last_name: row.last_name,
            role: row.role,
            created_at: row.created_at,
        }
    }
}

#[derive(Object)]
#[oai(example)]
pub struct NewInvitation {
    email: Email,
    /// A role in the organization (`admin`, `sales`, `operator`, `viewer`), or with `event` one in the event.
    #[oai(validator(max_length = 40))]
    role: String,
    /// The event, for a role in an event.
    event: Option<EventId>,
}

impl Example for NewInvitation {
    fn example() -> Self {
        Self { email: Email("karim@example.org".into()), role: "viewer".into(), event: None }
    }
}

#[derive(Object)]
struct Invitation {
    id: String,
    email: String,
    role: String,
    #[oai(nullable)]
    event: Option<EventId>,
    expires_at: DateTime<Utc>,
}

impl From<InvitationRow> for Invitation {
    fn from(row: InvitationRow) -> Self {
        Self {
            id: row.id.to_string(),
            email: row.email,
            role: row.role,
            event: row.event.map(EventId::from),
            expires_at: row.expires_at,
        }
    }
}

#[derive(ApiResponse)]
enum Invited {
    #[oai(status = 201)]
    Ok(Json<Invitation>),
}

/// Another role in the organization.
#[derive(Object)]
#[oai(example)]
struct RoleChange {
    /// `owner`, `admin`, `sales`, `operator` or `viewer`.
    #[oai(validator(max_length = 40))]
    role: String,
}

impl Example for RoleChange {
    fn example() -> Self {
        Self { role: "viewer".into() }
    }
}

#[derive(ApiResponse)]
enum Done {
    /// It is done.
    #[oai(status = 204)]
    Ok,
}

#[derive(Object)]
struct Acceptance {
    #[oai(validator(max_length = 500))]
    token: String,
}

impl MembersApi {
    pub fn new(entrance: Entrance, cards: Arc<dyn EventCards>) -> Self {
        Self { entrance, cards }
    }

    /// What is wrong, for those who belong to the organization; for strangers there is nothing.
    async fn known(&self, auth: &Auth, scope: &TenantScope, problem: Problem) -> ApiResult<Problem> {
        let assigned = auth.actor.assignments.iter().any(|role| role.organization == scope.number());
        if !assigned {
            let _member: Can<ReadOrganization, _> =
                self.entrance.identity.permit_organization(&auth.actor, scope).await?;
        }
        Ok(problem)
    }
}

#[OpenApi(tag = "Tags::Organizations")]
impl MembersApi {
    /// The members of an organization.
    #[oai(path = "/organizations/:id/members", method = "get", operation_id = "list_members")]
    async fn members(
        &self,
        auth: Auth,
        id: Path<OrganizationId>,
        page: PageNumber,
        page_size: PageSize,
        query: ListQuery,
    ) -> ApiResult<Json<Listing<Member>>> {
        let scope = self.entrance.organization(id.0).await?;
        let can = self.entrance.identity.permit_organization::<ReadMembers>(&auth.actor, &scope).await?;
        let page = self.entrance.identity.members(can, paging(page, page_size)?).await?;
        Ok(Json(Listing::new(page, &query, Member::from)))
    }

    /// Give a member another role. Only an owner makes and unmakes owners; the last one stays.
    #[oai(path = "/organizations/:id/members/:account", method = "patch", operation_id = "change_member")]
    async fn change_member(
        &self,
        auth: Person,
        id: Path<OrganizationId>,
        account: Path<AccountId>,
        body: Input<RoleChange>,
    ) -> ApiResult<Done> {
        let scope = self.entrance.organization(id.0).await?;
        let identity = &self.entrance.identity;
        let can = identity.permit_organization::<ManageMembers>(&auth.actor, &scope).await?;
        identity.change_member(can, account.0, member_role(&body.value()?.role)?).await?;
        Ok(Done::Ok)
    }

    /// Take somebody's role in the organization away, or give up one's own. The last owner stays.
    #[oai(path = "/organizations/:id/members/:account", method = "delete", operation_id = "remove_member")]
    async fn remove_member(
        &self,
        auth: Person,
        id: Path<OrganizationId>,
        account: Path<AccountId>,
    ) -> ApiResult<Done> {
        let scope = self.entrance.organization(id.0).await?;
        remove(&self.entrance, &auth, &scope, account.0).await?;
        Ok(Done::Ok)
    }

    /// The invitations that nobody has taken yet, the newest first, 200 at most.
    #[oai(path = "/organizations/:id/invitations", method = "get", operation_id = "list_invitations")]
    async fn invitations(
        &self,
        auth: Person,
        id: Path<OrganizationId>,
    ) -> ApiResult<Json<Listing<Invitation>>> {
        let scope = self.entrance.organization(id.0).await?;
        let identity = &self.entrance.identity;
        let can = identity.permit_organization::<ManageMembers>(&auth.actor, &scope).await?;
        let rows = identity.invitations(can).await?;
        Ok(Json(Listing::whole(rows.into_iter().map(Invitation::from).collect())))
    }

    /// Take an open invitation back: its link opens nothing any more.
    #[oai(
        path = "/organizations/:id/invitations/:invitation",
        method = "delete",
        operation_id = "revoke_invitation"
    )]
    async fn revoke_invitation(
        &self,
        auth: Person,
        id: Path<OrganizationId>,
        invitation: Path<InvitationId>,
    ) -> ApiResult<Done> {
        let scope = self.entrance.organization(id.0).await?;
        let identity = &self.entrance.identity;
        let can = identity.permit_organization::<ManageMembers>(&auth.actor, &scope).await?;
        if !identity.revoke_invitation(can, invitation.0).await? {
            return Err(Problem::not_found());
        }
        Ok(Done::Ok)
    }

    /// Invite somebody by mail: to the organization, or with `event` to a role in an event. Another open invitation of
    /// this address to the same is taken back; whoever is a member, or has the role, is not invited again.
    #[oai(path = "/organizations/:id/invitations", method = "post", operation_id = "invite_member")]
    async fn invite(
        &self,
        auth: Person,
        id: Path<OrganizationId>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<NewInvitation>,
    ) -> ApiResult<Invited> {
        let key = key.of(auth.actor.account, &body.raw);
        let scope = self.entrance.organization(id.0).await?;
        let new = match body.value() {
            Ok(new) => new,
            Err(problem) => return Err(self.known(&auth, &scope, problem).await?),
        };
        if let Some(event) = new.event
            && self.cards.cards(vec![event]).await?.is_empty()
        {
            return Err(Problem::not_found());
        }
        let row = invite(&self.entrance, &auth, &scope, new, key.as_ref()).await?;
        Ok(Invited::Ok(Json(row.into())))
    }

    /// Accept an invitation that was sent to one's own address.
    #[oai(path = "/invitations/accept", method = "post", operation_id = "accept_invitation")]
    async fn accept(
        &self,
        auth: Person,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<Acceptance>,
    ) -> ApiResult<Json<Invitation>> {
        let key = key.of(auth.actor.account, &body.raw);
        let identity = &self.entrance.identity;
        let row = identity.accept_invitation(&auth.actor, &body.value()?.token, key.as_ref()).await?;
        Ok(Json(row.into()))
    }
}

/// Invites somebody by mail: to the organization, or to a role in an event.
pub async fn invite(
    entrance: &Entrance,
    auth: &Auth,
    scope: &TenantScope,
    new: NewInvitation,
    key: Option<&IdempotencyKey>,
) -> ApiResult<InvitationRow> {
    let identity = &entrance.identity;
    entrance.limiter.spend(Rate::SignUp, &format!("invite/{}", auth.actor.account))?;
    let shut = permits::open(scope);
    let mut checks = Checks::default();
    let email = checks.some(text::email(&new.email), "email", "email").unwrap_or_default();
    let row = if let Some(event) = new.event {
        if event.organization() != scope.number() {
            return Err(Problem::not_found());
        }
        let can = identity.permit::<ManageAssignments>(&auth.actor, event).await?;
        let role = checks.some(EventRole::parse(&new.role), "role", "unknown_choice");
        checks.done()?;
        // Only an organizer gives away the organizer's role.
        if role == Some(EventRole::Organisateur) && !auth.actor.organizes(event) {
            return Err(Problem::forbidden());
        }
        shut?;
        identity.invite_to_event(can, &email, role.unwrap_or(EventRole::Participant), key).await?
    } else {
        let can = identity.permit_organization::<ManageMembers>(&auth.actor, scope).await?;
        let role = MemberRole::parse(&new.role).filter(|role| *role != MemberRole::Owner);
        let role = checks.some(role, "role", "unknown_choice");
        checks.done()?;
        shut?;
        identity.invite_member(can, &email, role.unwrap_or(MemberRole::Viewer), key).await?
    };
    Ok(row)
}

/// The role with this code, or what is wrong with it.
pub(super) fn member_role(code: &str) -> ApiResult<MemberRole> {
    MemberRole::parse(code).ok_or_else(|| Problem::field("role", "unknown_choice"))
}

/// Takes somebody's role away; everybody may give up their own.
pub(super) async fn remove(
    entrance: &Entrance,
    auth: &Auth,
    scope: &TenantScope,
    account: AccountId,
) -> ApiResult<()> {
    let identity = &entrance.identity;
    if account == auth.actor.account {
        let _member: Can<ReadOrganization, _> = identity.permit_organization(&auth.actor, scope).await?;
        return Ok(identity.leave(&auth.actor, scope.number()).await?);
    }
    let can = identity.permit_organization::<ManageMembers>(&auth.actor, scope).await?;
    Ok(identity.remove_member(can, account).await?)
}
