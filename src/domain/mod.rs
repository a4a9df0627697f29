//! What Parvis exists for: events, payments, ticketing, access. Each may use those before it in this list.

pub mod access;
pub mod events;
pub mod payments;
pub mod ticketing;
