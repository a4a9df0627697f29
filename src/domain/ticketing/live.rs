//! The figures of an event for those who follow them while tickets are sold.

use chrono_tz::Tz;

use super::figures::Figures;
use super::service::Ticketing;
use crate::base::identity::{Can, ReadSales};
use crate::base::kernel::id::EventId;
use crate::base::kernel::money::Currency;
use crate::base::live::{Feeds, Live, News, Seat};
use crate::base::web::Problem;
use crate::domain::events;

/// An event's figures and what is needed to tell them.
#[derive(PartialEq, Debug)]
pub struct Snapshot {
    pub figures: Figures,
    pub timezone: Tz,
    pub currency: Currency,
}

/// Follows the figures of events.
#[derive(Clone)]
pub struct LiveSales {
    ticketing: Ticketing,
    live: Live,
    feeds: Feeds<EventId, Snapshot>,
}

impl LiveSales {
    pub fn new(ticketing: Ticketing, live: Live) -> Self {
        Self { ticketing, feeds: Feeds::new(live.clone()), live }
    }

    /// A seat for who may read the figures, and the news from now on.
    pub fn follow(&self, can: &Can<ReadSales>) -> Result<(Seat, News<Snapshot>), Problem> {
        let (seat, event) = (self.live.seat(can.by())?, can.event());
        let ticketing = self.ticketing.clone();
        let look = move || {
            let ticketing = ticketing.clone();
            async move {
                // Found anew each time: what an organizer changes counts at the next look.
                let Some(scope) = ticketing.tenancy.scope_of_id(event).await? else { return Ok(None) };
                let mut tx = ticketing.db.tenant(&scope).await?;
                let Some(event) = events::event(&mut tx, event).await? else { return Ok(None) };
                let figures = Figures::read(&mut tx, &event).await?;
                Ok(Some(Snapshot { figures, timezone: event.timezone, currency: event.currency }))
            }
        };
        Ok((seat, self.feeds.follow(event, look)))
    }
}
