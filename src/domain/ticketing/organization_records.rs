//! What an organization has of each of its events, for its owner's copy.

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::export::{self, Export};
use crate::base::db::Db;
use crate::base::documents::Format;
use crate::base::files::Files;
use crate::base::i18n::Lang;
use crate::base::identity::{OrganizationRecords, Part};
use crate::base::kernel::id::EventId;
use crate::base::tenancy::TenantScope;
use crate::base::web::Problem;
use crate::domain::events;

/// Reads what is sold and shown of events.
#[derive(Clone)]
pub struct EventRecords {
    pub db: Db,
    pub files: Files,
    pub public_url: Arc<str>,
}

impl OrganizationRecords for EventRecords {
    fn of_event<'a>(
        &'a self,
        scope: &'a TenantScope,
        event: EventId,
        lang: Lang,
    ) -> BoxFuture<'a, anyhow::Result<Vec<Part>>> {
        self.parts(scope, event, lang).boxed()
    }
}

impl EventRecords {
    async fn parts(&self, scope: &TenantScope, id: EventId, lang: Lang) -> anyhow::Result<Vec<Part>> {
        let mut tx = self.db.tenant(scope).await?;
        let Some(event) = events::event(&mut tx, id).await? else { return Ok(vec![]) };
        let record = events::record(&mut tx, &event, &self.files, &self.public_url).await?;
        let mut parts = vec![Part::json("event.json", &record)];
        for what in Export::ALL {
            let table = export::table(&mut tx, &event, what, Format::Csv, lang).await.map_err(failed)?;
            let bytes = export::finished(table).await.map_err(failed)?;
            parts.push(Part { name: export::name(&event, what, Format::Csv), bytes });
        }
        drop(tx);
        for name in events::file_names(&event) {
            // Replaced meanwhile, it is another file.
            let Some(bytes) = self.files.get(scope, &name).await? else { continue };
            let last = name.rsplit('/').next().unwrap_or(&name);
            parts.push(Part { name: format!("files/{last}"), bytes: bytes.into() });
        }
        Ok(parts)
    }
}

fn failed(problem: Problem) -> anyhow::Error {
    anyhow::anyhow!("a table cannot be written: {problem}")
}
