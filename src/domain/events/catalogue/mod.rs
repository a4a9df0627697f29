//! The public catalogue: what strangers see of the events of all organizations.
//!
//! Lists come from platform.listing and are kept as rendered bytes until something public changes. Of one
//! event only what is left of its tickets is read anew each time.

mod api;
mod dto;
mod query;
mod repo;
mod shelf;

pub use api::CatalogueApi;
