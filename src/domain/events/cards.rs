//! Describes events to those who log in.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use uuid::Uuid;

use super::model::{Event, EventState};
use super::repo;
use crate::base::db::{Db, DbError, DbResult};
use crate::base::identity::{EventCard, EventCards};
use crate::base::kernel::id::{EventId, OrganizationNumber};
use crate::base::tenancy::{Tenancy, TenantScope};

/// How many events of one organization are told to who may work in all of them.
const MOST: i64 = 300;

/// How many events are named where something must wait for them.
const MOST_NAMED: i64 = 5;

/// Reads the cards from the organizations that the ids point to.
pub struct Cards {
    db: Db,
    tenancy: Tenancy,
}

impl Cards {
    pub fn new(db: Db, tenancy: Tenancy) -> Self {
        Self { db, tenancy }
    }

    async fn read(&self, events: Vec<EventId>) -> DbResult<Vec<EventCard>> {
        let now = self.db.clock().now();
        let mut by_organization: BTreeMap<_, Vec<EventId>> = BTreeMap::new();
        for event in events {
            by_organization.entry(event.organization()).or_default().push(event);
        }
        let mut cards = Vec::new();
        for events in by_organization.into_values() {
            let Some(first) = events.first() else { continue };
            let Some(scope) = self.tenancy.scope_of_id(*first).await? else { continue };
            let mut tx = match self.db.tenant(&scope).await {
                // One organization that waits for its migration must not keep anybody from logging in.
                Err(DbError::Behind | DbError::Ended) => continue,
                other => other?,
            };
            let ids: Vec<Uuid> = events.into_iter().map(EventId::uuid).collect();
            let events = repo::events(&mut tx, &ids).await?.into_iter();
            cards.extend(
                events.filter(|event| event.state != EventState::Template).map(|event| card(event, now)),
            );
        }
        Ok(cards)
    }

    async fn ahead(&self, scope: TenantScope) -> DbResult<Vec<String>> {
        let mut tx = self.db.tenant(&scope).await?;
        repo::sold_ahead(&mut tx, MOST_NAMED).await
    }

    async fn newest(&self, number: OrganizationNumber) -> DbResult<Vec<EventCard>> {
        let now = self.db.clock().now();
        let any = EventId::new(now, number);
        let Some(scope) = self.tenancy.scope_of_id(any).await? else { return Ok(vec![]) };
        let mut tx = match self.db.tenant(&scope).await {
            Err(DbError::Behind | DbError::Ended) => return Ok(vec![]),
            other => other?,
        };
        let ids = repo::newest(&mut tx, MOST).await?;
        Ok(repo::events(&mut tx, &ids).await?.into_iter().map(|event| card(event, now)).collect())
    }
}

fn card(event: Event, now: DateTime<Utc>) -> EventCard {
    EventCard {
        id: event.id,
        starts_at: event.starts_at.map(|at| event.local(at)),
        ends_at: event.ends_at.map(|at| event.local(at)),
        status: event.status(now),
        name: event.name,
        location: event.location,
    }
}

impl EventCards for Cards {
    fn sold_ahead(&self, scope: TenantScope) -> BoxFuture<'_, DbResult<Vec<String>>> {
        self.ahead(scope).boxed()
    }

    fn organized(&self, organization: OrganizationNumber) -> BoxFuture<'_, DbResult<Vec<EventCard>>> {
        self.newest(organization).boxed()
    }

    fn cards(&self, events: Vec<EventId>) -> BoxFuture<'_, DbResult<Vec<EventCard>>> {
        self.read(events).boxed()
    }
}
