//! The catalogue's clockwork.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::repo;
use crate::base::db::Db;
use crate::base::jobs::{Job, Priority, Registry};

/// How many listings are retired in one transaction.
const AT_ONCE: i64 = 2_000;

/// Notes which events are over. Lists look at the clock themselves: this spares them reading the past.
#[derive(Debug, Serialize, Deserialize)]
struct Retire {}

impl Job for Retire {
    const KIND: &'static str = "catalogue.retire";
    const PRIORITY: Priority = Priority::Background;

    fn unique_key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// What the catalogue does by itself.
pub(in crate::domain::events) fn register_jobs(registry: &mut Registry, db: &Db) {
    let db = db.clone();
    registry.platform(move |_: Retire| {
        let db = db.clone();
        async move {
            loop {
                let mut tx = db.platform().await?;
                let retired = repo::retire(&mut tx, AT_ONCE).await?;
                tx.commit().await?;
                if i64::try_from(retired).unwrap_or_default() < AT_ONCE {
                    return Ok(());
                }
            }
        }
    });
    registry.every(Duration::from_secs(60), &Retire {});
}
