//! SQL of orders, stock and tickets.

pub(super) mod orders;
pub(super) mod stock;
pub mod tickets;
