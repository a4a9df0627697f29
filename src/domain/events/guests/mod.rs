//! Invitations to a private event by mail: a list of addresses, each with a link of its own that can be taken back.
//!
//! A link is a signature of the invitation's id and opens the event as its secret link does, as long as the invitation is
//! not revoked. Whoever came by it sees that link everywhere, never the event's own. Table: guest. Callers: the catalogue,
//! which opens events, and ticketing, which notes who ordered.

mod api;
mod jobs;
mod model;
mod pages;
mod repo;
mod service;

pub use api::GuestsApi;
pub(super) use jobs::register;
pub use model::guest_link;
pub use pages::{guests_page, invite_guests_page, resend_guest_page, revoke_guest_page};
pub(super) use service::opened;
pub use service::{collect, forget, guest_of};
