//! Events, what they sell, and the public catalogue.
//!
//! Invariants: an event's slug is unique over the platform; a listing shows exactly the published public
//! events; a quota is never smaller than what is sold of it; a price is in the currency of its event.
//! Tables: event, quota, ticket_type, ticket_type_quota; platform.listing and event_directory through
//! functions. Callers: ticketing, programme, access, and identity through [`EventCards`].
//!
//! [`EventCards`]: crate::base::identity::EventCards

mod api;
mod cards;
mod catalogue;
mod changes;
mod contacts;
mod copies;
mod dto;
mod error;
mod filter;
mod form;
mod guests;
mod jobs;
mod live;
mod markdown;
mod media;
mod model;
mod pages;
mod postponing;
mod publishing;
mod record;
mod repo;
mod sales;
mod service;
mod slug;
mod summary;
mod test_mode;
mod translations;

pub use api::EventsApi;
pub use cards::{Attendance, Cards};
pub use catalogue::{
    Catalogue, CatalogueApi, PublicEvent, catalogue_page, event_context, event_page, events_calendar,
    events_feed, organization_calendar, organization_feed, organization_page, robots, sitemap, sitemap_part,
};
pub use copies::{CopiesApi, duplicate_event, duplicate_page, keep_template};
pub use error::EventsError;
pub use guests::{
    GuestsApi, collect as collect_guest, forget as forget_guest, guest_link, guest_of, guests_page,
    invite_guests_page, resend_guest_page, revoke_guest_page,
};
pub use jobs::register_jobs;
pub use live::{LiveEvents, home_live_page};
pub use model::{Event, EventState, NotOnSale, Quota, Standing, TicketType, Visibility, local, write_rate};
pub use pages::{
    PaymentMethods, create_event, delete_event, edit_page, event_desk, event_file, files_page, home_page,
    invite_to_team, new_page, overview_page, preview_page, publish_event, remove_file, remove_from_team,
    replace_file, revoke_from_team, save_event, team_page,
};
pub use pages::{instant as local_instant, local as local_field};
pub use postponing::{NewDates, Postponed, Postponement, postpone, postponement, set_told};
pub use record::record;
pub use sales::TicketTypesApi;
pub use sales::{
    add_quota, add_type, change_quota, change_type, move_type, remove_quota, remove_type, tickets_page,
    type_page,
};
pub use service::{cancel, notify_sales, word_to_buyers};
pub use test_mode::{begin_test, end_test, held_in_test, test_orders};

use crate::base::db::{DbResult, TenantTx};
use crate::base::kernel::id::EventId;

/// The event, if this organization has it.
pub async fn event(tx: &mut TenantTx, id: EventId) -> DbResult<Option<Event>> {
    repo::event(tx, id).await
}

/// Those of these events that this organization has, in any order.
pub async fn events(tx: &mut TenantTx, ids: &[EventId]) -> DbResult<Vec<Event>> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.uuid()).collect();
    repo::events(tx, &ids).await
}

/// The names of the files that the event shows, in the organization's storage.
pub fn file_names(event: &Event) -> Vec<String> {
    event.media.files(event.id)
}

/// The published events of the organization whose doors may open soon or are open, the next ones first; a bounded list.
pub async fn at_the_door(tx: &mut TenantTx) -> DbResult<Vec<Event>> {
    repo::at_the_door(tx).await
}

/// How the event stands for those who sell it, if this organization has it.
pub async fn standing(tx: &mut TenantTx, id: EventId) -> DbResult<Option<Standing>> {
    repo::standing(tx, id).await
}

/// What the event sells, in the order in which it is shown.
pub async fn ticket_types(tx: &mut TenantTx, event: EventId) -> DbResult<Vec<TicketType>> {
    sales::ticket_types(tx, event).await
}

/// How many tickets of the event are valid.
pub async fn tickets_sold(tx: &mut TenantTx, event: EventId) -> DbResult<i64> {
    let sold = sales::sold_of(tx, &[event.uuid()]).await?;
    Ok(sold.into_iter().map(|(_, sold)| sold).sum())
}
