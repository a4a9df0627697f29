//! What a process tells itself after a commit, and hears from the others through the database.

use std::collections::HashMap;

use parking_lot::RwLock;
use tokio::sync::Notify;

/// Wakes the poller, and numbers the generations that caches are keyed by.
#[derive(Default)]
pub struct Signals {
    wake: Notify,
    generations: RwLock<HashMap<String, Generation>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
struct Generation {
    /// As the database tells.
    known: i64,
    /// Changes of this process that the database has not told about yet.
    own: u32,
}

impl Signals {
    /// After a commit: jobs were added, topics changed.
    pub(in crate::base) fn committed(&self, enqueued: bool, topics: &[&'static str]) {
        if !topics.is_empty() {
            let mut generations = self.generations.write();
            for topic in topics {
                generations.entry((*topic).to_owned()).or_default().own += 1;
            }
        }
        if enqueued {
            self.wake.notify_one();
        }
    }

    /// What other processes have changed.
    pub(super) fn heard(&self, numbers: Vec<(String, i64)>) {
        let mut generations = self.generations.write();
        for (topic, number) in numbers {
            generations.entry(topic).or_default().known = number;
        }
    }

    /// Part of a cache key: an entry made before the topic's last change is never found again.
    pub fn generation(&self, topic: &str) -> (i64, u32) {
        self.generations.read().get(topic).map(|g| (g.known, g.own)).unwrap_or_default()
    }

    pub(super) async fn woken(&self) {
        self.wake.notified().await;
    }
}
