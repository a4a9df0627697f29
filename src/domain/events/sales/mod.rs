//! What an event sells: ticket types, and the quotas that limit them.

mod api;
mod dto;
mod pages;
mod repo;
mod service;
mod stock;

pub use api::TicketTypesApi;

pub(super) use dto::{QuotaView, TicketTypeView};
pub(super) use pages::{add_first_type, first_type};
pub use pages::{
    add_quota, add_type, change_quota, change_type, move_type, remove_quota, remove_type, tickets_page,
    type_page,
};
pub(super) use repo::{figures, quota_of_event, quotas, sold_of, ticket_types, with_types};
pub(super) use service::{copy_all, fit_capacity, move_ends};
