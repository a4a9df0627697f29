//! What organizers see of an event's sales: figures and participants.

use super::Ticketing;
use crate::base::db::DbResult;
use crate::base::identity::{Can, ReadSales};
use crate::base::kernel::page::{Page, PageRequest};
use crate::base::tenancy::TenantScope;
use crate::domain::events::Event;
use crate::domain::ticketing::figures::Figures;
use crate::domain::ticketing::repo::participants;
use crate::domain::ticketing::repo::participants::{Participant, ParticipantFilter};

impl Ticketing {
    /// The figures of an event, as they stand now.
    pub async fn figures(
        &self,
        scope: &TenantScope,
        can: &Can<ReadSales>,
        event: &Event,
    ) -> DbResult<Figures> {
        debug_assert_eq!(can.event(), event.id);
        let mut tx = self.db.tenant(scope).await?;
        Figures::read(&mut tx, event).await
    }

    /// Who holds the tickets of an event.
    pub async fn participants(
        &self,
        scope: &TenantScope,
        can: &Can<ReadSales>,
        filter: &ParticipantFilter,
        page: PageRequest,
    ) -> DbResult<Page<Participant>> {
        let mut tx = self.db.tenant(scope).await?;
        let (rows, count) = participants::of_event(&mut tx, can.event(), filter, page).await?;
        Ok(Page::new(rows, count, page))
    }
}
