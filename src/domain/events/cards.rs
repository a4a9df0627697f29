//! Describes events to those who log in.

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use uuid::Uuid;

use super::media::{Links, Place};
use super::model::{Event, EventState};
use super::repo;
use crate::base::db::{Db, DbError, DbResult, TenantTx};
use crate::base::files::Files;
use crate::base::identity::{EventCard, EventCards, LetIn, Subject};
use crate::base::kernel::id::{EventId, OrganizationNumber, by_organization};
use crate::base::tenancy::{Tenancy, TenantScope};

/// How many events of one organization are told to who may work in all of them.
const MOST: i64 = 300;

/// How many events are named where something must wait for them.
const MOST_NAMED: i64 = 5;

/// Tells which events people have tickets to; whoever sells them stands behind it.
pub trait Attendance: Send + Sync {
    /// As [`EventCards::attended`].
    fn attended<'a>(&'a self, who: &'a Subject, of: Option<EventId>)
    -> BoxFuture<'a, DbResult<Vec<EventId>>>;
}

/// Reads the cards from the organizations that the ids point to.
pub struct Cards {
    pub db: Db,
    pub tenancy: Tenancy,
    pub files: Files,
    pub public_url: Arc<str>,
    pub attendance: Arc<dyn Attendance>,
}

impl Cards {
    /// Where the organization's events are read; none while it cannot be. One that waits for its migration must not keep
    /// anybody from logging in.
    async fn room(&self, number: OrganizationNumber) -> DbResult<Option<TenantTx>> {
        let any = EventId::new(self.db.clock().now(), number);
        let Some(scope) = self.tenancy.scope_of_id(any).await? else { return Ok(None) };
        match self.db.tenant(&scope).await {
            Err(DbError::Behind | DbError::Ended) => Ok(None),
            other => other.map(Some),
        }
    }

    async fn read(&self, events: Vec<EventId>) -> DbResult<Vec<EventCard>> {
        let mut cards = Vec::new();
        for (number, ids) in by_organization(events) {
            let Some(mut tx) = self.room(number).await? else { continue };
            cards.extend(self.told(&mut tx, &ids).await?);
        }
        Ok(cards)
    }

    async fn let_in(&self, who: &Subject, events: Vec<EventId>) -> DbResult<Vec<LetIn>> {
        let mut found = Vec::new();
        for (number, ids) in by_organization(events) {
            let Some(mut tx) = self.room(number).await? else { continue };
            found.extend(repo::checked_in(&mut tx, &ids, who.account, who.email.as_deref()).await?);
        }
        Ok(found)
    }

    async fn told(&self, tx: &mut TenantTx, ids: &[Uuid]) -> DbResult<Vec<EventCard>> {
        let (scope, now) = (tx.scope().clone(), tx.now());
        let links = Links { files: &self.files, scope: &scope, public_url: &self.public_url, now };
        let events = repo::events(tx, ids).await?.into_iter();
        let events = events.filter(|event| event.state != EventState::Template);
        Ok(events.map(|event| card(event, &links)).collect())
    }

    async fn ahead(&self, scope: TenantScope) -> DbResult<Vec<String>> {
        let mut tx = self.db.tenant(&scope).await?;
        repo::sold_ahead(&mut tx, MOST_NAMED).await
    }

    async fn every(&self, scope: TenantScope) -> DbResult<Vec<(EventId, String)>> {
        repo::all(&mut self.db.tenant(&scope).await?).await
    }

    async fn newest(&self, number: OrganizationNumber) -> DbResult<Vec<EventCard>> {
        let Some(mut tx) = self.room(number).await? else { return Ok(vec![]) };
        let ids = repo::newest(&mut tx, MOST).await?;
        self.told(&mut tx, &ids).await
    }
}

fn card(event: Event, links: &Links) -> EventCard {
    EventCard {
        id: event.id,
        starts_at: event.starts_at.map(|at| event.local(at)),
        ends_at: event.ends_at.map(|at| event.local(at)),
        status: event.status(links.now),
        logo_url: links.of(&event, Place::Logo),
        banner_url: links.of(&event, Place::Banner),
        name: event.name,
        location: event.location,
    }
}

impl EventCards for Cards {
    fn sold_ahead(&self, scope: TenantScope) -> BoxFuture<'_, DbResult<Vec<String>>> {
        self.ahead(scope).boxed()
    }

    fn all(&self, scope: TenantScope) -> BoxFuture<'_, DbResult<Vec<(EventId, String)>>> {
        self.every(scope).boxed()
    }

    fn attended<'a>(
        &'a self,
        who: &'a Subject,
        of: Option<EventId>,
    ) -> BoxFuture<'a, DbResult<Vec<EventId>>> {
        self.attendance.attended(who, of)
    }

    fn checked_in<'a>(
        &'a self,
        who: &'a Subject,
        events: Vec<EventId>,
    ) -> BoxFuture<'a, DbResult<Vec<LetIn>>> {
        self.let_in(who, events).boxed()
    }

    fn organized(&self, organization: OrganizationNumber) -> BoxFuture<'_, DbResult<Vec<EventCard>>> {
        self.newest(organization).boxed()
    }

    fn cards(&self, events: Vec<EventId>) -> BoxFuture<'_, DbResult<Vec<EventCard>>> {
        self.read(events).boxed()
    }
}
