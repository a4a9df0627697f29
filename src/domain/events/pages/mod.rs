//! The pages of those who organize events: the list, the form, the overview, the files.

mod edit;
mod fields;
mod files;
mod home;
mod overview;
mod team;

pub use edit::{create_event, edit_page, new_page, save_event};
pub use files::{event_file, files_page, remove_file, replace_file};
pub use home::home_page;
pub(super) use home::sold_told;
pub use overview::{PaymentMethods, delete_event, overview_page, preview_page, publish_event};
pub use team::{invite_to_team, remove_from_team, revoke_from_team, team_page};

pub use fields::{instant, local};
pub(super) use fields::{instants, plain_number};

use minijinja::{Value, context};
use serde::Serialize;

use super::model::{Event, EventState, Visibility};
use super::{EventsError, repo};
use crate::base::db::TenantTx;
use crate::base::identity::pages::Desk;
use crate::base::identity::{
    Can, EditEvent, ManageAssignments, ManageSales, Permission, ReadEvent, ReadSales,
};
use crate::base::kernel::id::EventId;
use crate::base::site::{Visitor, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::ApiResult;

/// A tab of an event's pages; its words are `desk-tab-<tab>`.
#[derive(Serialize)]
struct Tab {
    tab: &'static str,
    href: String,
    icon: &'static str,
}

/// Whether the visitor may do `P` in the event, to show what leads there; the services decide.
pub(super) fn may<P: Permission>(visitor: &Visitor, event: EventId) -> bool {
    let Some(actor) = visitor.actor() else { return false };
    let by_membership =
        actor.member_role(event.organization()).is_some_and(|role| P::MEMBERS.contains(&role));
    let mut here = actor.assignments.iter().filter(|assignment| assignment.event == event);
    by_membership || here.any(|assignment| P::IN_EVENT.contains(&assignment.role))
}

/// What surrounds every page about one event: `desk`, and `event_desk` with the tabs that the visitor may open.
pub async fn event_desk(visitor: &Visitor, scope: &TenantScope, event: &Event) -> ApiResult<Value> {
    let desk = Desk::at(visitor, scope).await?;
    let now = visitor.entrance.db.clock().now();
    let (edits, sells) = (may::<EditEvent>(visitor, event.id), may::<ManageSales>(visitor, event.id));
    // Nothing of a template is sold, and nobody works for it.
    let lives = event.state != EventState::Template;
    let sales = lives && may::<ReadSales>(visitor, event.id);
    let base = format!("/manage/events/{}", event.id);
    let tab = |tab, path: &str, icon| Tab { tab, href: format!("{base}{path}"), icon };
    let mut tabs = vec![tab("overview", "", "home")];
    if edits {
        tabs.push(tab("edit", "/edit", "edit"));
        tabs.push(tab("files", "/files", "image"));
    }
    tabs.push(tab("tickets", "/tickets", "ticket"));
    if sales {
        tabs.push(tab("orders", "/orders", "cart"));
        tabs.push(tab("participants", "/participants", "user"));
        tabs.push(tab("sales", "/sales", "chart"));
    }
    if lives && sells && event.visibility == Visibility::Private {
        tabs.push(tab("guests", "/invitations", "mail"));
    }
    if lives && may::<ManageAssignments>(visitor, event.id) {
        tabs.push(tab("team", "/team", "users"));
    }
    let private = event.visibility == Visibility::Private;
    let link = (private && sells).then(|| event.address(&visitor.entrance.public_url));
    Ok(context! {
        desk => desk.shown(),
        event_desk => context! {
            id => event.id.to_string(), name => event.name.as_str(), base, tabs => shown(&tabs), state => event.state.code(), test_mode => event.test_mode,
            badge => badge(event, now), edits, sells, sales, private, link, slug => event.slug.as_str(),
        },
    })
}

/// Where the event stands, as its badge says it: the text `event-badge-<badge>`.
fn badge(event: &Event, now: chrono::DateTime<chrono::Utc>) -> &'static str {
    match event.state {
        EventState::Draft => "draft",
        EventState::Template => "template",
        EventState::Cancelled => "cancelled",
        EventState::Published if event.awaits_dates => "postponed",
        EventState::Published => match event.status(now) {
            "completed" => "completed",
            "active" => "active",
            _ => "published",
        },
    }
}

/// The event that the visitor may see, drafts too.
async fn readable(visitor: &Visitor, id: EventId) -> ApiResult<(TenantScope, TenantTx, Event)> {
    let (scope, can): (_, Can<ReadEvent>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let event = repo::event(&mut tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    Ok((scope, tx, event))
}
