//! The integration tests: the real application on a real PostgreSQL, spoken to over HTTP.
//!
//! Nothing here depends on order: most tests share one application and bring an organization of their own,
//! for what isolates organizations isolates tests.

#![expect(unreachable_pub, reason = "a test binary has no outside")]

mod architecture;
mod authz;
mod contract;
mod identity;
mod isolation;
mod locales;
mod openapi;
mod problems;
mod smoke;
mod support;
