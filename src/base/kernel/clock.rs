//! The one clock of the application; tests move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, DurationRound, Utc};

/// Tells the time in UTC, to the microsecond, as PostgreSQL keeps it.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Milliseconds added to the system's clock.
    offset: Arc<AtomicI64>,
}

impl Clock {
    /// The present instant.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    pub fn now(&self) -> DateTime<Utc> {
        let now = Utc::now() + Duration::milliseconds(self.offset.load(Ordering::Relaxed));
        now.duration_trunc(Duration::microseconds(1)).unwrap_or(now)
    }

    /// Moves the clock forward, for tests.
    pub fn advance(&self, by: Duration) {
        self.offset.fetch_add(by.num_milliseconds(), Ordering::Relaxed);
    }
}
