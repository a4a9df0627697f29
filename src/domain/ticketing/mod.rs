//! Orders and tickets: selling without overselling.
//!
//! Invariants: 0 ≤ sold ≤ size of every quota at every commit; a paid order has its tickets, once; a payment
//! that finds no places goes back; a client never sends a price. Tables: orders, order_line, ticket; stock
//! changes only through the functions of migrations/tenant/0002_orders.sql, called in `repo::stock`.
//! Callers: the API, access, and payments through [`Settlement`].

mod api;
mod cancel_page;
mod dto;
mod event_orders_api;
mod export;
mod figures;
mod jobs;
mod letters;
mod live;
mod live_api;
mod manual_orders_api;
mod model;
mod organization_records;
pub mod pages;
mod paper;
mod person;
mod postpone_api;
mod postponing_page;
pub mod qr;
mod repo;
mod sale_letter;
mod service;
mod test_mode_api;
mod test_mode_page;
mod tickets_api;
mod words;

pub use api::OrdersApi;
pub use cancel_page::{cancel_event, cancel_event_page};
pub use event_orders_api::EventOrdersApi;
pub use jobs::register as register_jobs;
pub use letters::Letters;
pub use live::LiveSales;
pub use live_api::LiveApi;
pub use manual_orders_api::ManualOrdersApi;
pub use model::{
    Attendee, Buyer, Channel, NewLine, NewOrder, Order, OrderLine, OrderStatus, Step, Ticket, TicketStatus,
    TicketingError,
};
pub use organization_records::EventRecords;
pub use postpone_api::PostponeApi;
pub use postponing_page::{postpone_event, postpone_page};
pub use repo::tickets::{
    CheckedTicket, FoundTicket, HolderState, checked_ticket, entered, find_tickets, holder_tickets, names,
    record_presence,
};
pub use service::{Settlement, Ticketing};
pub use test_mode_api::TestModeApi;
pub use test_mode_page::{begin_test_mode, go_live};
pub use tickets_api::TicketsApi;
