//! What a login answers: tokens that name where one works, or a choice between several events.

use std::sync::Arc;

use super::actor::{Actor, Assignment};
use super::auth::Entrance;
use super::dto::{LoggedIn, LoginBadge, LoginEvent, User};
use super::roles::{EventRole, MemberRole};
use super::second_factor::Opened;
use super::service::Login;
use super::{EventCard, EventCards};
use crate::base::kernel::id::{EventId, OrganizationNumber};
use crate::base::web::{ApiResult, Problem};

/// What the handlers of logins need.
#[derive(Clone)]
pub(super) struct Entry {
    pub entrance: Entrance,
    pub cards: Arc<dyn EventCards>,
}

impl Entry {
    /// The answer to a login that worked. Who has roles in several events, and did not say which, chooses one first;
    /// events held through membership of the organization alone never force a choice.
    pub async fn of(&self, login: Login, wanted: Option<EventId>) -> ApiResult<LoggedIn> {
        let identity = &self.entrance.identity;
        let user = User::new(&login.account, &self.entrance.public_url);
        let account = login.account.id.into();
        let mut asked: Vec<EventId> = login.assignments.iter().map(|assignment| assignment.event).collect();
        if let Some(wanted) = wanted {
            // Whoever is in all of an organization's events may name any of them.
            asked = if login.role_in(wanted).is_some() { vec![wanted] } else { vec![] };
        }
        let cards = self.cards.cards(asked).await?;
        let shown = |card: EventCard| {
            let role = login.role_in(card.id)?;
            Some((card.id, role, login_event(card, role, &user.badge_id)))
        };
        let mut events: Vec<(EventId, EventRole, LoginEvent)> = cards.into_iter().filter_map(shown).collect();
        if events.len() > 1 {
            let temp_token = Some(identity.temporary_token(account, login.session)?);
            return Ok(LoggedIn {
                requires_event_selection: true,
                available_events: Some(events.into_iter().map(|(.., event)| event).collect()),
                temp_token,
                ..LoggedIn::of(user)
            });
        }
        let current = events.pop();
        let named = current.as_ref().map(|(event, role, _)| (*event, *role));
        // Who names the event works where it is.
        let organization = match named.filter(|_| wanted.is_some()) {
            Some((event, _)) => Some(self.entrance.scope(event).await?.organization().id),
            None => login.organization,
        };
        let pair = identity.tokens(account, login.session, 1, organization, named)?;
        Ok(LoggedIn {
            access: Some(pair.access),
            refresh: Some(pair.refresh),
            current_event: current.map(|(.., event)| event),
            organization,
            ..LoggedIn::of(user)
        })
    }

    /// The answer to a right password: as [`Self::of`], or the question for a code.
    pub async fn opened(&self, opened: Opened, wanted: Option<EventId>) -> ApiResult<LoggedIn> {
        match opened {
            Opened::Session(login) => self.of(login, wanted).await,
            Opened::CodeNeeded { token, .. } => {
                Ok(LoggedIn { requires_second_factor: true, temp_token: Some(token), ..LoggedIn::of(None) })
            }
        }
    }

    /// Points the session at an event, and answers as a login does.
    pub async fn in_event(&self, actor: &Actor, event: EventId) -> ApiResult<LoggedIn> {
        // An owner has a role in whatever event their organization might have: it must exist.
        let card = self.cards.cards(vec![event]).await?.pop().ok_or_else(Problem::not_found)?;
        let (pair, role) = self.entrance.identity.select_event(actor, event).await?;
        let account = self.entrance.identity.account(actor.account).await?;
        let scope = self.entrance.scope(event).await?;
        let user = User::new(&account, &self.entrance.public_url);
        Ok(LoggedIn {
            access: Some(pair.access),
            refresh: Some(pair.refresh),
            current_event: Some(login_event(card, role, &user.badge_id)),
            organization: Some(scope.organization().id),
            ..LoggedIn::of(user)
        })
    }
}

impl Login {
    /// The role in an event, by membership or given.
    fn role_in(&self, event: EventId) -> Option<EventRole> {
        role_in(&self.memberships, &self.assignments, event)
    }
}

fn role_in(
    memberships: &[(OrganizationNumber, MemberRole)],
    assignments: &[Assignment],
    event: EventId,
) -> Option<EventRole> {
    let member = memberships.iter().find(|(number, _)| *number == event.organization());
    let by_membership = member.and_then(|(_, role)| role.in_every_event());
    let assigned = assignments.iter().find(|assignment| assignment.event == event);
    by_membership.or(assigned.map(|found| found.role))
}

/// The event as a login tells it.
pub(super) fn login_event(card: EventCard, role: EventRole, badge: &str) -> LoginEvent {
    LoginEvent {
        id: card.id,
        name: card.name,
        role: role.code().into(),
        start_date: card.starts_at,
        end_date: card.ends_at,
        status: card.status.into(),
        location: card.location,
        badge: badge_of(role, badge),
    }
}

/// Those who scan are not scanned.
pub(super) fn badge_of(role: EventRole, badge: &str) -> Option<LoginBadge> {
    let scans = matches!(role, EventRole::ControlleurDesBadges);
    (!scans).then(|| LoginBadge { badge_id: badge.to_owned(), qr_code_data: badge.to_owned() })
}
