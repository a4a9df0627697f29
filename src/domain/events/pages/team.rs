//! Who works at an event: roles in it, and invitations to them by mail.

use minijinja::{Value, context};
use poem::web::Path;
use poem::{Response, handler};
use serde::Serialize;

use super::event_desk;
use crate::base::i18n::{self, Lang};
use crate::base::identity::{
    self, Can, EventRole, InvitationRow, ManageAssignments, MemberRow, NewInvitation,
};
use crate::base::kernel::id::{AccountId, EventId, InvitationId};
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Problem};
use crate::domain::events::model::{Event, EventState};
use crate::domain::events::{EventsError, repo};

const TEMPLATE: &str = "manage/team.html";
/// Who is needed to run an event; the most frequent first.
const ROLES: [EventRole; 3] =
    [EventRole::ControlleurDesBadges, EventRole::GestionnaireDesSalles, EventRole::Organisateur];

#[derive(Serialize)]
struct Person {
    id: String,
    name: String,
    email: String,
    role: String,
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

/// Whether somebody with this power may give and take the role.
fn gives(organizer: bool, role: &str) -> bool {
    organizer || role != EventRole::Organisateur.code()
}

fn person(organizer: bool, row: MemberRow) -> Person {
    Person {
        id: row.account.to_string(),
        name: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
        email: row.email,
        removable: gives(organizer, &row.role),
        role: row.role,
    }
}

fn invited(lang: Lang, event: &Event, row: InvitationRow) -> Invited {
    Invited {
        id: row.id.to_string(),
        email: row.email,
        role: row.role,
        in_event: true,
        until: i18n::short_date(lang, row.expires_at, event.timezone),
    }
}

fn home(id: EventId) -> String {
    format!("/manage/events/{id}/team")
}

async fn permitted(visitor: &Visitor, id: EventId) -> ApiResult<(TenantScope, Can<ManageAssignments>)> {
    let (scope, can): (_, Can<ManageAssignments>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let event = repo::event(&mut tx, id).await?.ok_or(EventsError::NotFound)?;
    // Nobody works for a template.
    if event.state == EventState::Template {
        return Err(EventsError::Template.into());
    }
    Ok((scope, can))
}

async fn surroundings(
    visitor: &Visitor,
    scope: &TenantScope,
    can: &Can<ManageAssignments>,
) -> ApiResult<Value> {
    let mut tx = visitor.entrance.tenant(scope).await?;
    let event = repo::event(&mut tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    drop(tx);
    let (team, invitations) = visitor.entrance.identity.team(can).await?;
    let organizer = visitor.member()?.actor.organizes(event.id);
    let team: Vec<_> = team.into_iter().map(|row| person(organizer, row)).collect();
    let invitations: Vec<_> = invitations.into_iter().map(|row| invited(visitor.lang, &event, row)).collect();
    let roles: Vec<&str> =
        ROLES.into_iter().map(EventRole::code).filter(|role| gives(organizer, role)).collect();
    Ok(context! {
        team => shown(&team), invitations => shown(&invitations), roles => shown(&roles),
        ..event_desk(visitor, scope, &event).await?
    })
}

/// `GET /manage/events/{id}/team`.
#[handler]
pub async fn team_page(visitor: Visitor, Path(id): Path<EventId>) -> ApiResult<Response> {
    let (scope, can) = permitted(&visitor, id).await?;
    let filled = Filled::with([("role", EventRole::ControlleurDesBadges.code())]);
    let around = surroundings(&visitor, &scope, &can).await?;
    visitor.page(TEMPLATE, context! { form => shown(filled), ..around })
}

/// `POST /manage/events/{id}/team`: invites somebody to a role in the event by mail.
#[handler]
pub async fn invite_to_team(
    visitor: Visitor,
    Path(id): Path<EventId>,
    mut form: Form,
) -> ApiResult<Response> {
    let (scope, can) = permitted(&visitor, id).await?;
    form.put("event", id.to_string());
    let invite = async {
        let new = form.read::<NewInvitation>()?;
        let key = form.key(&visitor, &format!("invite_to_team/{id}"));
        identity::invite(&visitor.entrance, visitor.member()?, &scope, new, key.as_ref()).await
    };
    match invite.await {
        Ok(_) => {
            visitor.flash(Flash("invitation-sent"));
            Ok(see_other(&home(id)))
        }
        Err(problem) if problem.status() == poem::http::StatusCode::FORBIDDEN => Err(problem),
        Err(problem) => {
            let around = surroundings(&visitor, &scope, &can).await?;
            visitor.again(problem, TEMPLATE, &form, around)
        }
    }
}

/// `POST /manage/events/{id}/team/{account}/remove`.
#[handler]
pub async fn remove_from_team(
    visitor: Visitor,
    Path((id, account)): Path<(EventId, AccountId)>,
    form: Form,
) -> ApiResult<Response> {
    let _ = form;
    let (_, can) = permitted(&visitor, id).await?;
    let actor = &visitor.member()?.actor;
    if !visitor.entrance.identity.unassign(&can, actor, account).await? {
        return Err(Problem::not_found());
    }
    visitor.flash(Flash("member-removed"));
    Ok(see_other(&if account == actor.account { "/manage".to_owned() } else { home(id) }))
}

/// `POST /manage/events/{id}/team/invitations/{invitation}/revoke`.
#[handler]
pub async fn revoke_from_team(
    visitor: Visitor,
    Path((id, invitation)): Path<(EventId, InvitationId)>,
    form: Form,
) -> ApiResult<Response> {
    let _ = form;
    let (_, can) = permitted(&visitor, id).await?;
    visitor.entrance.identity.revoke_event_invitation(&can, invitation).await?;
    visitor.flash(Flash("invitation-revoked"));
    Ok(see_other(&home(id)))
}
