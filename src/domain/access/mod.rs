//! The gate: who is let in, and the record of every verdict.
//!
//! Invariants: of many scans of one ticket at once one is granted; a scan that is sent twice has one effect; a
//! verdict is recorded with its reason and never changed. Tables: access. Callers: the API.

mod api;
mod model;
mod repo;
mod service;

pub use api::AccessApi;
pub use model::{AccessError, Credential, Direction, Refusal, Scan, Verdict};
pub use service::Gate;
