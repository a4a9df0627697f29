//! SQL of orders, stock and tickets.

pub(super) mod figures;
pub(super) mod index;
pub(super) mod orders;
pub(super) mod participants;
pub(super) mod person;
pub(super) mod stock;
pub(super) mod test_mode;
pub mod tickets;
