//! The public catalogue: what strangers see of the events of all organizations.
//!
//! Lists come from platform.listing and are kept as rendered bytes until something public changes. Of one
//! event only what is left of its tickets is read anew each time.

mod api;
mod dto;
mod find;
mod jobs;
mod order;
mod pages;
mod query;
mod repo;
mod shelf;
mod words;

pub use api::CatalogueApi;
pub(super) use jobs::register_jobs;
pub(super) use pages::preview;
pub use pages::{
    catalogue_page, event_context, event_page, events_calendar, events_feed, organization_calendar,
    organization_feed, organization_page, robots, sitemap, sitemap_part,
};

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::base::db::Db;
use crate::base::kernel::secret::Keyring;
use crate::base::site::Visitor;
use crate::base::tenancy::Tenancy;
use crate::base::web::{ApiResult, Problem};
use crate::domain::events::guests;
use crate::domain::events::model::Visibility;
pub use shelf::PublicEvent;
use shelf::Shelf;

/// What strangers may see, for the API and the pages alike.
#[derive(Clone)]
pub struct Catalogue {
    db: Db,
    shelf: Shelf,
    keyring: Keyring,
}

impl Catalogue {
    pub fn new(db: Db, tenancy: Tenancy, keyring: Keyring) -> Self {
        Self { shelf: Shelf::new(db.clone(), tenancy), db, keyring }
    }

    fn now(&self) -> DateTime<Utc> {
        self.db.clock().now()
    }

    /// The event if strangers may know of it; a private one needs the secret of its link, or that of an invitation. Who
    /// was invited gets the event with their own link in place of the event's.
    pub async fn open(&self, id_or_slug: &str, link: Option<&str>) -> ApiResult<Arc<PublicEvent>> {
        let found = self.shelf.event(id_or_slug).await?.ok_or_else(Problem::not_found)?;
        if found.event.visibility == Visibility::Public {
            return Ok(found);
        }
        let Some(link) = link else { return Err(Problem::not_found()) };
        if found.event.opened_by(link) {
            return Ok(found);
        }
        if !guests::opened(&self.db, &found.scope, &self.keyring, found.event.id, link).await? {
            return Err(Problem::not_found());
        }
        let mut invited = (*found).clone();
        link.clone_into(&mut invited.event.link_secret);
        Ok(Arc::new(invited))
    }

    /// The event that this visitor may see: by its link.
    pub async fn opened_by(&self, visitor: &Visitor, id_or_slug: &str) -> ApiResult<Arc<PublicEvent>> {
        let link = url::form_urlencoded::parse(visitor.query().as_bytes()).find(|(name, _)| name == "link");
        self.open(id_or_slug, link.as_ref().map(|(_, link)| link.as_ref())).await
    }

    /// As [`Self::opened_by`], in the visitor's language.
    pub async fn shown_to(&self, visitor: &Visitor, id_or_slug: &str) -> ApiResult<Arc<PublicEvent>> {
        Ok(self.opened_by(visitor, id_or_slug).await?.told(visitor.lang))
    }
}
