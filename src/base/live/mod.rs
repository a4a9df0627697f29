//! What goes on after a request was let in: streams of news for pages and clients that stay open.
//!
//! Invariants: a stream has a seat, of which a process and an account have so many; it ends with the process, with the
//! session, and with the permission; whatever many follow is looked at once ([`Feeds`]). Callers: pages and APIs that
//! show figures.

mod feed;
mod stream;

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use poem::http::StatusCode;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

pub use feed::{Feeds, Followed, News};
pub use stream::{CONTENT_TYPE, Told};

use crate::base::kernel::id::AccountId;
use crate::base::web::Problem;

/// Streams of one process: a socket and a few hundred bytes each.
const SEATS: usize = 4_000;
/// Streams of one account in one process: pages in sight on several devices, and the programs of a partner.
const SEATS_OF_ACCOUNT: usize = 20;
/// Looks of one process at once: the rest of its connections sell and let in.
const LOOKS: usize = 3;

/// The streams of this process.
#[derive(Clone, Default)]
pub struct Live(Arc<Inner>);

struct Inner {
    stop: CancellationToken,
    taken: Mutex<Taken>,
    turns: Semaphore,
}

impl Default for Inner {
    fn default() -> Self {
        Self { stop: CancellationToken::new(), taken: Mutex::default(), turns: Semaphore::new(LOOKS) }
    }
}

#[derive(Default)]
struct Taken {
    all: usize,
    of: HashMap<AccountId, usize>,
}

/// The right to one stream, given back when it is dropped.
pub struct Seat {
    live: Live,
    account: AccountId,
}

impl Live {
    /// A seat for a stream of `account`, or when to come back.
    pub fn seat(&self, account: AccountId) -> Result<Seat, Problem> {
        let mut taken = self.0.taken.lock();
        if taken.all >= SEATS || self.0.stop.is_cancelled() {
            return Err(Problem::unavailable());
        }
        let own = taken.of.entry(account).or_default();
        if *own >= SEATS_OF_ACCOUNT {
            let seconds = 30;
            return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests")
                .with("seconds", seconds)
                .header("retry-after", seconds));
        }
        *own += 1;
        taken.all += 1;
        metrics::gauge!("parvis_live_streams").increment(1);
        Ok(Seat { live: self.clone(), account })
    }

    /// Ends every stream: whoever follows comes back to another process, or to this one after its start.
    pub fn close(&self) {
        self.0.stop.cancel();
    }

    /// How many streams are open in this process.
    pub fn open(&self) -> usize {
        self.0.taken.lock().all
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.live.0.taken.lock();
        taken.all = taken.all.saturating_sub(1);
        if let Some(own) = taken.of.get_mut(&self.account) {
            *own -= 1;
            if *own == 0 {
                taken.of.remove(&self.account);
            }
        }
        metrics::gauge!("parvis_live_streams").decrement(1);
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::base::kernel::id::OrganizationNumber;

    #[test]
    fn one_account_does_not_take_all_seats() {
        let live = Live::default();
        let account = |n| AccountId::new(DateTime::UNIX_EPOCH, OrganizationNumber(n));
        let (one, other) = (account(0), account(1));
        let seats: Vec<_> = (0..SEATS_OF_ACCOUNT).map(|_| live.seat(one).ok().unwrap()).collect();
        assert_eq!(live.seat(one).err().unwrap().status(), StatusCode::TOO_MANY_REQUESTS);
        let another = live.seat(other);
        assert!(another.is_ok());
        drop(seats);
        assert_eq!(live.open(), 1);
        assert!(live.seat(one).is_ok());
        live.close();
        assert_eq!(live.seat(one).err().unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
