//! The gate: who is let in, and the record of every verdict.
//!
//! Invariants: of many scans of one ticket at once one is granted; a scan that is sent twice has one effect; a
//! verdict is recorded with its reason and never changed. Tables: access. Callers: the API.

mod api;
mod frame;
mod live;
mod model;
mod pages;
mod repo;
mod service;

pub use api::AccessApi;
pub use live::{LiveGate, gate_live_page};
pub use model::{AccessError, Credential, Direction, Refusal, Scan, Verdict};
pub use pages::{frame_page, gate_page, gates_page, scan_page};
pub use service::Gate;
