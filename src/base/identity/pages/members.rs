//! Who works in the organization: members and open invitations.

use minijinja::{Value, context};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, handler};
use serde::Serialize;

use super::desk::Desk;
use super::organization::own;
use crate::base::i18n::{self, Lang};
use crate::base::identity::members_api::{self, NewInvitation};
use crate::base::identity::repo::{InvitationRow, MemberRow};
use crate::base::identity::{ManageMembers, MemberRole, OwnOrganization, ReadMembers};
use crate::base::kernel::id::{AccountId, InvitationId};
use crate::base::kernel::page::PageRequest;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Problem};

const TEMPLATE: &str = "manage/members.html";
/// More members than an organization has.
const MOST: u32 = 100;

#[derive(Serialize)]
struct Member {
    id: String,
    name: String,
    email: String,
    role: String,
    since: String,
    me: bool,
    /// Whether whoever looks at it may give another role or take it.
    changeable: bool,
    removable: bool,
}

#[derive(Serialize)]
struct Invited {
    id: String,
    email: String,
    role: String,
    in_event: bool,
    until: String,
}

/// Who looks at the list.
struct Looking {
    account: AccountId,
    manages: bool,
    owns: bool,
}

fn member(lang: Lang, scope: &TenantScope, by: &Looking, row: MemberRow) -> Member {
    let owner = MemberRole::parse(&row.role) == Some(MemberRole::Owner);
    let me = row.account == by.account.uuid();
    let changeable = by.manages && (by.owns || !owner);
    Member {
        me,
        changeable,
        id: row.account.to_string(),
        name: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
        email: row.email,
        removable: me || changeable,
        role: row.role,
        since: i18n::short_date(lang, row.created_at, scope.organization().timezone),
    }
}

fn invited(lang: Lang, scope: &TenantScope, row: InvitationRow) -> Invited {
    Invited {
        id: row.id.to_string(),
        email: row.email,
        role: row.role,
        in_event: row.event.is_some(),
        until: i18n::short_date(lang, row.expires_at, scope.organization().timezone),
    }
}

async fn lists(visitor: &Visitor, desk: &Desk, scope: &TenantScope) -> ApiResult<Value> {
    let (identity, actor) = (&visitor.entrance.identity, &visitor.member()?.actor);
    let can = identity.permit_organization::<ReadMembers>(actor, scope).await?;
    let page = identity.members(can, PageRequest { number: 1, size: MOST }).await?;
    let may = desk.may::<ManageMembers>();
    let invitations = if may {
        let can = identity.permit_organization::<ManageMembers>(actor, scope).await?;
        identity.invitations(can).await?
    } else {
        vec![]
    };
    let owns = desk.may::<OwnOrganization>();
    let by = Looking { account: actor.account, manages: may, owns };
    let members: Vec<_> = page.rows.into_iter().map(|row| member(visitor.lang, scope, &by, row)).collect();
    let invitations: Vec<_> = invitations.into_iter().map(|row| invited(visitor.lang, scope, row)).collect();
    let roles: Vec<&str> =
        MemberRole::ALL.into_iter().filter(|role| *role != MemberRole::Owner).map(MemberRole::code).collect();
    Ok(context! { desk => desk.shown(), members => shown(&members), invitations => shown(&invitations),
    roles => shown(&roles), may, owns, every_role => shown(MemberRole::ALL.map(MemberRole::code)) })
}

/// `GET /manage/members`.
#[handler]
pub async fn members_page(visitor: Visitor) -> ApiResult<Response> {
    let (desk, scope) = own(&visitor).await?;
    let lists = lists(&visitor, &desk, &scope).await?;
    // Power is given knowingly: what is chosen beforehand changes nothing.
    let filled = Filled::with([("role", MemberRole::Viewer.code())]);
    visitor.page(TEMPLATE, context! { form => shown(filled), ..lists })
}

/// `POST /manage/members`: invites somebody by mail.
#[handler]
pub async fn invite_member(visitor: Visitor, mut form: Form) -> ApiResult<Response> {
    let (desk, scope) = own(&visitor).await?;
    // Roles in single events are given on the event's own pages.
    form.leave_out("event");
    let invite = async {
        let new = form.read::<NewInvitation>()?;
        let key = form.key(&visitor, "invite_member");
        members_api::invite(&visitor.entrance, visitor.member()?, &scope, new, key.as_ref()).await
    };
    match invite.await {
        Ok(_) => {
            visitor.flash(Flash("invitation-sent"));
            Ok(see_other("/manage/members"))
        }
        Err(problem) if problem.status() == StatusCode::FORBIDDEN => Err(problem),
        Err(problem) => {
            let lists = lists(&visitor, &desk, &scope).await?;
            visitor.again(problem, TEMPLATE, &form, lists)
        }
    }
}

/// The list again, with what cannot be done about it above.
async fn told(visitor: &Visitor, desk: &Desk, scope: &TenantScope, problem: Problem) -> ApiResult<Response> {
    // Who may not even ask, or asks about somebody who is gone, finds no list.
    if !matches!(problem.status(), StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY) {
        return Err(problem);
    }
    let filled = Filled::with([("role", MemberRole::Viewer.code())]);
    let field = problem.told_fields(visitor.lang).into_iter().next().map(|(_, told)| i18n::stripped(&told));
    let told = field.unwrap_or_else(|| problem.told(visitor.lang));
    let context = context! { told, form => shown(filled), ..lists(visitor, desk, scope).await? };
    visitor.refused(&problem, TEMPLATE, context)
}

/// `POST /manage/members/{id}/role`.
#[handler]
pub async fn change_role(visitor: Visitor, Path(id): Path<AccountId>, form: Form) -> ApiResult<Response> {
    let (desk, scope) = own(&visitor).await?;
    let (identity, actor) = (&visitor.entrance.identity, &visitor.member()?.actor);
    let can = identity.permit_organization::<ManageMembers>(actor, &scope).await?;
    let change = async {
        let role = members_api::member_role(form.text("role"))?;
        ApiResult::Ok(identity.change_member(can, id, role).await?)
    };
    if let Err(problem) = change.await {
        return told(&visitor, &desk, &scope, problem).await;
    }
    visitor.flash(Flash("role-changed"));
    Ok(see_other("/manage/members"))
}

/// `POST /manage/members/{id}/remove`.
#[handler]
pub async fn remove_member(visitor: Visitor, Path(id): Path<AccountId>, form: Form) -> ApiResult<Response> {
    let _ = form;
    let (desk, scope) = own(&visitor).await?;
    let auth = visitor.member()?;
    if let Err(problem) = members_api::remove(&visitor.entrance, auth, &scope, id).await {
        return told(&visitor, &desk, &scope, problem).await;
    }
    visitor.flash(Flash("member-removed"));
    Ok(see_other(if id == auth.actor.account { "/manage" } else { "/manage/members" }))
}

/// `POST /manage/invitations/{id}/revoke`.
#[handler]
pub async fn revoke_invitation(
    visitor: Visitor,
    Path(id): Path<InvitationId>,
    form: Form,
) -> ApiResult<Response> {
    let _ = form;
    let (_, scope) = own(&visitor).await?;
    let (identity, actor) = (&visitor.entrance.identity, &visitor.member()?.actor);
    let can = identity.permit_organization::<ManageMembers>(actor, &scope).await?;
    let _open = identity.revoke_invitation(can, id).await?;
    visitor.flash(Flash("invitation-revoked"));
    Ok(see_other("/manage/members"))
}
