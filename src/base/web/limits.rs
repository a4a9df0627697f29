//! How often one address and one account may do what is worth guarding.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use poem::Request;
use poem::http::StatusCode;

use super::problem::Problem;

/// What is limited, with its own budget.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rate {
    /// Sign-up, and mails that anybody can cause.
    SignUp,
    /// Login and codes, per address.
    Login,
    /// Login, per account: slow enough against guessing a password.
    LoginAccount,
    /// Mails that anybody can have sent to one address, or about one order: nobody's mailbox is flooded.
    Letter,
    /// Scans: a gate with a queue is far below it.
    Scan,
    /// Files, per account: each costs work and room.
    Upload,
    /// Searches of the catalogue that nobody has asked for a moment ago.
    Search,
}

/// The budgets of this process.
#[derive(Clone)]
pub struct Limiter {
    buckets: Option<Arc<[DefaultKeyedRateLimiter<String>; 7]>>,
    trust_forwarded: bool,
}

impl Limiter {
    /// `on` is off for load tests alone.
    pub fn new(on: bool, trust_forwarded: bool) -> Self {
        let per_minute = |n: u32, burst: u32| {
            let (n, burst) = (
                NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN),
                NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN),
            );
            RateLimiter::keyed(Quota::per_minute(n).allow_burst(burst))
        };
        let buckets = on.then(|| {
            Arc::new([
                per_minute(20, 30),
                per_minute(60, 60),
                per_minute(10, 20),
                per_minute(1, 5),
                per_minute(1200, 400),
                per_minute(20, 60),
                per_minute(120, 120),
            ])
        });
        Self { buckets, trust_forwarded }
    }

    /// Spends one of `key`'s budget for `rate`, or tells when to come back.
    pub fn spend(&self, rate: Rate, key: &str) -> Result<(), Problem> {
        let Some(buckets) = &self.buckets else { return Ok(()) };
        let [sign_up, login, login_account, letter, scan, upload, search] = &**buckets;
        let bucket = match rate {
            Rate::SignUp => sign_up,
            Rate::Login => login,
            Rate::LoginAccount => login_account,
            Rate::Letter => letter,
            Rate::Scan => scan,
            Rate::Upload => upload,
            Rate::Search => search,
        };
        bucket.check_key(&key.to_owned()).map_err(|wait| {
            let seconds = wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
            Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests")
                .with("seconds", seconds)
                .header("retry-after", seconds)
        })
    }

    /// Spends of the budget of the request's address.
    pub fn spend_address(&self, rate: Rate, request: &Request) -> Result<(), Problem> {
        let address = client_address(request, self.trust_forwarded);
        self.spend(rate, &address.map(|address| address.to_string()).unwrap_or_default())
    }

    /// Forgets keys that have their whole budget; called on a timer.
    pub fn tidy(&self) {
        for bucket in self.buckets.iter().flat_map(|buckets| buckets.iter()) {
            bucket.retain_recent();
        }
    }
}

/// The address of the client; what a proxy tells counts only when it is trusted.
pub fn client_address(request: &Request, trust_forwarded: bool) -> Option<IpAddr> {
    let forwarded = || {
        let told = request.header("x-forwarded-for")?;
        // The last entry is the one the trusted proxy itself has seen.
        told.rsplit(',').next()?.trim().parse().ok()
    };
    let direct = || request.remote_addr().as_socket_addr().map(std::net::SocketAddr::ip);
    if trust_forwarded { forwarded().or_else(direct) } else { direct() }
}
