//! Postponing an event: its buyers are told, each once, by jobs that go on after a crash.

use super::Ticketing;
use crate::base::db::IdempotencyKey;
use crate::base::identity::{Can, ManageSales};
use crate::base::tenancy::TenantScope;
use crate::domain::events::{self, Event, EventsError, NewDates};
use crate::domain::ticketing::jobs::{News, OrderLetter, TellPostponed, What};
use crate::domain::ticketing::model::TicketingError;
use crate::domain::ticketing::repo::orders;

impl Ticketing {
    /// Gives the event other dates; jobs then write to its buyers.
    pub async fn postpone_event(
        &self,
        scope: &TenantScope,
        can: Can<ManageSales>,
        dates: NewDates,
        message: &str,
        key: Option<&IdempotencyKey>,
    ) -> Result<Event, EventsError> {
        let mut tx = self.db.tenant(scope).await?;
        let postponed = events::postpone(&mut tx, can, dates, message, key).await?;
        if let Some(postponement) = postponed.postponement {
            tx.enqueue(&TellPostponed { postponement }).await?;
        }
        tx.commit().await?;
        Ok(postponed.event)
    }

    /// Has some buyers written to and leaves the rest to another job. How far it came is kept with the letters: a job
    /// that is run again goes on behind them.
    pub(in crate::domain::ticketing) async fn tell_some(
        &self,
        scope: &TenantScope,
        job: &TellPostponed,
    ) -> Result<(), TicketingError> {
        const AT_ONCE: i64 = 100;
        let mut tx = self.db.tenant(scope).await?;
        // Whoever is to hear of a later postponement need not hear of this one.
        let Some(postponement) = events::postponement(&mut tx, job.postponement).await? else {
            return Ok(());
        };
        // Also who ordered while it was being written.
        let until = postponement.created_at + chrono::Duration::minutes(1);
        let found =
            orders::to_tell(&mut tx, postponement.event, postponement.told_after, until, AT_ONCE).await?;
        let Some(last) = found.last() else { return Ok(()) };
        for order in &found {
            let what = What::Postponed { postponement: job.postponement };
            tx.enqueue(&News(OrderLetter::new(*order, what))).await?;
        }
        events::set_told(&mut tx, job.postponement, *last).await?;
        tx.enqueue(&TellPostponed { ..*job }).await?;
        Ok(tx.commit().await?)
    }
}
