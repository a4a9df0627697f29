//! An invitation as the invited see it: who invites, to what, and how to take it.

use minijinja::context;
use poem::{Response, handler};

use super::{asked, with_query};
use crate::base::identity::members::Offered;
use crate::base::identity::roles::EventRole;
use crate::base::kernel::id::OrganizationNumber;
use crate::base::site::{Flash, Form, Visitor, see_other};
use crate::base::web::{ApiResult, Problem};

const TEMPLATE: &str = "account/invitation.html";

/// `GET /invitation?token=`.
#[handler]
pub async fn invitation_page(visitor: Visitor) -> ApiResult<Response> {
    let token = asked(visitor.query(), "token");
    let Some(Offered { row, organization, inviter }) = visitor.entrance.identity.offered(&token).await?
    else {
        let context = context! { state => "gone" };
        return visitor.refused(&Problem::field("token", "bad_link"), TEMPLATE, context);
    };
    let state = match visitor.actor() {
        _ if row.accepted_at.is_some() => "taken",
        None => "stranger",
        Some(actor) if actor.email == row.email => "own",
        Some(_) => "other",
    };
    let here = with_query("/invitation", "token", &token);
    let door = |path: &str| format!("{}&{}", with_query(path, "next", &here), query("email", &row.email));
    let context = context! { state, token, organization, inviter, email => row.email.as_str(), here => here.as_str(),
    in_event => row.event.is_some(), role => row.role.as_str(),
    login => door("/login"), signup => door("/signup") };
    visitor.page(TEMPLATE, context)
}

fn query(name: &str, value: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish()
}

/// `POST /invitation`: takes it.
#[handler]
pub async fn accept_invitation(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let token = form.text("token");
    let here = with_query("/invitation", "token", token);
    // Without a login, and with a link that has run out, the page itself says what to do.
    let Some(actor) = visitor.actor() else { return Ok(see_other(&here)) };
    let row =
        match visitor.entrance.identity.accept_invitation(actor, token, None).await.map_err(Problem::from) {
            Ok(row) => row,
            Err(problem) if problem.status().is_client_error() => return Ok(see_other(&here)),
            Err(problem) => return Err(problem),
        };
    let scope = visitor.entrance.tenancy.scope_of_number(OrganizationNumber(row.organization)).await?;
    if let Some(scope) = scope {
        visitor.entrance.identity.select_organization(actor, scope.organization().id).await?;
    }
    visitor.flash(Flash("invitation-taken"));
    let event_role = row.event.and_then(|_| EventRole::parse(&row.role));
    Ok(see_other(match event_role {
        Some(EventRole::ControlleurDesBadges) => "/scan",
        Some(EventRole::Participant) => "/my",
        _ => "/manage",
    }))
}
