//! What a login answers: tokens that name where one works, or a choice between several events.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use serde_json::json;

use super::actor::{Actor, Assignment};
use super::auth::Entrance;
use super::dto::{LoggedIn, LoginBadge, LoginEvent, User};
use super::roles::{EventRole, MemberRole};
use super::second_factor::Opened;
use super::service::{Login, Renewed, TokenPair};
use super::{AccountRow, EventCard, EventCards, IdentityError, Subject};
use crate::base::db::DbResult;
use crate::base::kernel::id::{AccountId, EventId, OrganizationNumber};
use crate::base::web::{ApiResult, Problem};

/// What the handlers of logins need.
#[derive(Clone)]
pub(super) struct Entry {
    pub entrance: Entrance,
    pub cards: Arc<dyn EventCards>,
}

impl Entry {
    /// The answer to a login that worked. Who has roles in several events, and did not say which, chooses one first;
    /// events held through membership of the organization alone never force a choice, and tickets do not either: who has
    /// no role anywhere and a ticket to one event ahead is there, with tickets to several nowhere until they say so.
    pub async fn of(&self, login: Login, wanted: Option<EventId>) -> ApiResult<LoggedIn> {
        let identity = &self.entrance.identity;
        let user = User::new(&login.account, &self.entrance.public_url);
        let account = login.account.id.into();
        let mut asked: Vec<EventId> = login.assignments.iter().map(|assignment| assignment.event).collect();
        if let Some(wanted) = wanted {
            // Whoever is in all of an organization's events may name any of them.
            asked = if login.role_in(wanted).is_some() { vec![wanted] } else { vec![] };
        }
        let cards = if asked.is_empty() && (wanted.is_some() || login.memberships.is_empty()) {
            self.by_ticket(&login.account, wanted).await?
        } else {
            self.cards.cards(asked).await?
        };
        let ids = cards.iter().map(|card| card.id).collect();
        let badge = Badge::at(&self.cards, &login.account, ids).await?;
        let shown = |card: EventCard| {
            let role = login.role_in(card.id).unwrap_or(EventRole::Participant);
            let badge = badge.shown(card.id, role);
            (card.id, role, login_event(card, role, badge))
        };
        let mut events: Vec<(EventId, EventRole, LoginEvent)> = cards.into_iter().map(shown).collect();
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
        // Who names the event works where it is, unless they only have a ticket.
        let works = |event| wanted.is_some() && login.role_in(event).is_some();
        if let Some((event, _)) = named {
            let organization = works(event).then(|| event.organization());
            identity.name_event(login.session, event, organization).await?;
        }
        let organization = match named.filter(|(event, _)| works(*event)) {
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

    /// The event that somebody is in by a ticket: the one that they name, or the only one ahead.
    async fn by_ticket(&self, account: &AccountRow, wanted: Option<EventId>) -> ApiResult<Vec<EventCard>> {
        let attended = self.cards.attended(&Subject::from(account), wanted).await?;
        let mut cards = self.cards.cards(attended).await?;
        if wanted.is_none() {
            cards.retain(|card| matches!(card.status, "upcoming" | "active"));
        }
        Ok(if cards.len() > 1 { vec![] } else { cards })
    }

    /// What a ticket to the event makes of somebody; nothing without one.
    async fn ticket_role(&self, account: AccountId, event: EventId) -> ApiResult<Option<EventRole>> {
        let account = self.entrance.identity.account(account).await?;
        let attended = self.cards.attended(&Subject::from(&account), Some(event)).await?;
        Ok((!attended.is_empty()).then_some(EventRole::Participant))
    }

    /// New tokens for a refresh token, which is spent. They name the event that the session was pointed at for as long as
    /// one is in it, by a role or a ticket.
    pub async fn renewed(&self, refresh: &str) -> ApiResult<TokenPair> {
        let identity = &self.entrance.identity;
        let renewed = identity.renew(refresh).await?;
        let event = match (renewed.event, renewed.role) {
            (Some(event), Some(role)) => Some((event, role)),
            (Some(event), None) => self.ticket_role(renewed.account, event).await?.map(|role| (event, role)),
            (None, _) => None,
        };
        let Renewed { account, session, serial, organization, .. } = renewed;
        Ok(identity.tokens(account, session, serial, organization, event)?)
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
        self.pointed(actor, event, false).await
    }

    /// As [`Self::in_event`], for the choice that ends a login: it is made once. What cannot be chosen costs nothing.
    pub async fn choose_event(&self, actor: &Actor, event: EventId) -> ApiResult<LoggedIn> {
        self.entrance.identity.may_choose_event(actor.session).await?;
        self.pointed(actor, event, true).await
    }

    async fn pointed(&self, actor: &Actor, event: EventId, once: bool) -> ApiResult<LoggedIn> {
        // An owner has a role in whatever event their organization might have: it must exist.
        let card = self.cards.cards(vec![event]).await?.pop().ok_or_else(Problem::not_found)?;
        let given = self.entrance.identity.fresh(actor).await?.event_role(event);
        let role = match given {
            Some(role) => role,
            None => self.ticket_role(actor.account, event).await?.ok_or(IdentityError::Stranger)?,
        };
        // A ticket makes nobody one of the organization's people: they go on to work where they did.
        let organization = given.map(|_| event.organization()).or(actor.working_in);
        let pair = self.entrance.identity.select_event(actor, (event, role), organization, once).await?;
        let account = self.entrance.identity.account(actor.account).await?;
        let organization = self.entrance.identity.organization_id(organization).await?;
        let user = User::new(&account, &self.entrance.public_url);
        let badge = Badge::at(&self.cards, &account, vec![event]).await?;
        Ok(LoggedIn {
            access: Some(pair.access),
            refresh: Some(pair.refresh),
            current_event: Some(login_event(card, role, badge.shown(event, role))),
            organization,
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

/// The role in an event, by membership or given.
pub(super) fn role_in(
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
fn login_event(card: EventCard, role: EventRole, badge: Option<LoginBadge>) -> LoginEvent {
    LoginEvent {
        id: card.id,
        name: card.name,
        role: role.code().into(),
        start_date: card.starts_at,
        end_date: card.ends_at,
        status: card.status.into(),
        location: card.location,
        logo_url: card.logo_url,
        banner_url: card.banner_url,
        badge,
        permissions: role.permissions(),
    }
}

/// A person's badge, and where it was let in.
pub(super) struct Badge {
    account: AccountId,
    code: String,
    let_in: HashMap<EventId, DateTime<FixedOffset>>,
}

impl Badge {
    /// The badge, with what happened to it at these events.
    pub async fn at(
        cards: &Arc<dyn EventCards>,
        account: &AccountRow,
        events: Vec<EventId>,
    ) -> DbResult<Self> {
        let let_in = cards.checked_in(&Subject::from(account), events).await?.into_iter().collect();
        Ok(Self { account: account.id.into(), code: account.badge.clone(), let_in })
    }

    /// As it is shown to somebody with this role in the event: those who scan are not scanned.
    pub fn shown(&self, event: EventId, role: EventRole) -> Option<LoginBadge> {
        let scans = matches!(role, EventRole::ControlleurDesBadges);
        let checked_in_at = self.let_in.get(&event).copied();
        (!scans).then(|| LoginBadge {
            badge_id: self.code.clone(),
            qr_code_data: json!({ "user_id": self.account, "badge_id": self.code }).to_string(),
            is_checked_in: checked_in_at.is_some(),
            checked_in_at,
        })
    }
}
