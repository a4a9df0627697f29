//! SQL of orders, stock and tickets.

pub(super) mod index;
pub(super) mod orders;
pub(super) mod stock;
pub mod tickets;
