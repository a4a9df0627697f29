//! Parvis: events, tickets and venues for many organizations in one binary and one PostgreSQL.
//!
//! The map of the crate, bottom to top:
//! - [`base`] knows no event: money, ids, the database, the web, identity, jobs, mail, documents.
//! - [`domain`] holds what Parvis exists for: events, payments, ticketing, access.
//! - [`edges`] turns the capabilities into an API and a command line.
//! - [`app`] builds everything once, for the server and for tests.

pub mod app;
pub mod base;
pub mod domain;
pub mod edges;
