//! What an event sells: ticket types, and the quotas that limit them.

mod api;
mod dto;
mod repo;
mod service;
mod stock;

pub use api::TicketTypesApi;

pub(super) use repo::ticket_types;
pub(super) use service::fit_capacity;
