//! Work after a commit: the outbox, timed work and what caches hear from other processes.
//!
//! A job is a row written in the transaction that caused it: ids only, done at least once. One poller per
//! process claims rows with a lease; organizations take turns, and some workers are kept for urgent jobs, so that
//! nobody's backlog delays another.
//! Tables: platform.job, platform.cron, platform.generation.

mod registry;
mod repo;
mod runner;
mod signals;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use registry::{JobError, Registry};
pub(in crate::base) use repo::insert;
pub use runner::{Backlog, Runner, backlog, forget_dead};
pub use signals::Signals;

/// How soon a job is taken among those that are due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Priority {
    /// Somebody waits for it: tickets, a password.
    Urgent,
    /// Money and stock that must be looked after.
    Normal,
    /// Whatever can wait: news to many, clean-up.
    Background,
}

impl From<Priority> for i16 {
    fn from(priority: Priority) -> Self {
        match priority {
            Priority::Urgent => 0,
            Priority::Normal => 5,
            Priority::Background => 9,
        }
    }
}

/// One kind of work. It holds ids, not data, and running it twice does no harm.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The name in the table; never reuse one for something else.
    const KIND: &'static str;
    const PRIORITY: Priority;

    /// While a job with this key waits, another with the same key is not added.
    fn unique_key(&self) -> Option<String> {
        None
    }
}
