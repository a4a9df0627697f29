//! Describes events to those who log in.

use std::collections::BTreeMap;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use uuid::Uuid;

use super::repo;
use crate::base::db::{Db, DbError, DbResult};
use crate::base::identity::{EventCard, EventCards};
use crate::base::kernel::id::EventId;
use crate::base::tenancy::Tenancy;

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
                Err(DbError::Behind) => continue,
                other => other?,
            };
            let ids: Vec<Uuid> = events.into_iter().map(EventId::uuid).collect();
            cards.extend(repo::events(&mut tx, &ids).await?.into_iter().map(|event| EventCard {
                id: event.id,
                starts_at: event.starts_at.map(|at| event.local(at)),
                ends_at: event.ends_at.map(|at| event.local(at)),
                status: event.status(now),
                name: event.name,
                location: event.location,
            }));
        }
        Ok(cards)
    }
}

impl EventCards for Cards {
    fn cards(&self, events: Vec<EventId>) -> BoxFuture<'_, DbResult<Vec<EventCard>>> {
        self.read(events).boxed()
    }
}
