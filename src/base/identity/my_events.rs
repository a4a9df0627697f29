//! Somebody's events: those they have a role in, those of organizations that they run, and those they have a ticket to.

use super::actor::Actor;
use super::dto::MyEvent;
use super::entry::{Badge, Entry};
use super::roles::EventRole;
use super::{EventCard, Subject};
use crate::base::kernel::id::EventId;
use crate::base::kernel::page::{Page, PageRequest};
use crate::base::web::ApiResult;

impl Entry {
    /// One page of the actor's events, the latest first. `current` is the one that the token names.
    pub async fn my_events(
        &self,
        actor: &Actor,
        current: Option<EventId>,
        page: PageRequest,
    ) -> ApiResult<Page<MyEvent>> {
        let actor = self.entrance.identity.fresh(actor).await?;
        let account = self.entrance.identity.account(actor.account).await?;
        let assigned: Vec<EventId> = actor.assignments.iter().map(|assignment| assignment.event).collect();
        let attended = self.cards.attended(&Subject::from(&account), None).await?;
        let mut cards = self.cards.cards([assigned, attended].concat()).await?;
        for (number, role) in &actor.memberships {
            if role.in_every_event().is_some() {
                cards.extend(self.cards.organized(*number).await?);
            }
        }
        cards.sort_by_key(|card| std::cmp::Reverse((card.starts_at, card.id)));
        cards.dedup_by_key(|card| card.id);
        let count = i64::try_from(cards.len()).unwrap_or(i64::MAX);
        let (skip, take) =
            (page.offset().try_into().unwrap_or(usize::MAX), page.limit().try_into().unwrap_or(0));
        let shown: Vec<EventCard> = cards.into_iter().skip(skip).take(take).collect();
        let badge = Badge::at(&self.cards, &account, shown.iter().map(|card| card.id).collect()).await?;
        let mut rows = Vec::new();
        for card in shown {
            let role = actor.event_role(card.id).unwrap_or(EventRole::Participant);
            let Some(scope) = self.entrance.tenancy.scope_of_id(card.id).await? else { continue };
            let EventCard { id, name, starts_at, ends_at, status, location, logo_url, banner_url } = card;
            rows.push(MyEvent {
                id,
                name,
                role: role.code().into(),
                start_date: starts_at,
                end_date: ends_at,
                status: status.into(),
                location,
                logo_url,
                banner_url,
                badge: badge.shown(id, role),
                organization: scope.organization().id,
                is_current: current == Some(id),
            });
        }
        Ok(Page::new(rows, count, page))
    }
}
