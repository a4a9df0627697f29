//! Tickets on paper and in calendars.

use super::model::{Order, Ticket};
use super::qr;
use crate::base::documents::{
    self, CalendarEvent, DocumentError, Organizer, TicketLabels, TicketPaper, TicketSheet,
};
use crate::base::i18n::{Lang, money, text};
use crate::base::tenancy::Organization;
use crate::domain::events::Event;

/// The QR of a ticket.
pub(super) fn qr_data(organization: &Organization, ticket: &Ticket) -> String {
    qr::write(&organization.signing_key, ticket.id, ticket.event, ticket.revision, ticket.test)
}

/// When the event takes place, in words, in its own zone.
pub(super) fn when(lang: Lang, event: &Event) -> String {
    event.when(lang)
}

/// Where the event takes place.
pub(super) fn place(event: &Event) -> String {
    [event.location.as_str(), event.city.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

fn map_url(event: &Event) -> Option<String> {
    let (latitude, longitude) = (event.latitude?, event.longitude?);
    Some(format!(
        "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
    ))
}

fn labels(lang: Lang) -> TicketLabels {
    let word = |name: &str| text(lang, &format!("document-ticket-{name}"));
    TicketLabels {
        holder: word("holder"),
        ticket_type: word("type"),
        price: word("price"),
        code: word("code"),
        order: word("order"),
        when: word("when"),
        place: word("place"),
        map: word("map"),
        terms: word("terms"),
        instructions: word("instructions"),
        fold: word("fold"),
    }
}

/// The tickets of an order as one PDF, in the buyer's language. Laid out in a thread of its own.
pub(super) async fn pdf(
    organization: &Organization,
    event: &Event,
    order: &Order,
    tickets: &[Ticket],
    size: TicketPaper,
) -> Result<Vec<u8>, anyhow::Error> {
    let lang = order.buyer.locale;
    let sheets: Vec<TicketSheet> = tickets
        .iter()
        .map(|ticket| TicketSheet {
            lang,
            labels: labels(lang),
            title: event.name.clone(),
            organizer: organization.name.clone(),
            when: when(lang, event),
            place: place(event),
            map_url: map_url(event),
            holder: format!("{} {}", ticket.attendee.first_name, ticket.attendee.last_name).trim().to_owned(),
            ticket_type: ticket.ticket_type_name.clone(),
            price: if ticket.price.is_zero() {
                text(lang, "document-ticket-free")
            } else {
                money(lang, ticket.price)
            },
            code: ticket.code.clone(),
            order_code: order.code.clone(),
            terms: (!event.terms.is_empty()).then(|| event.terms.clone()),
            notice: ticket.test.then(|| text(lang, "document-ticket-test")),
            qr: qr_data(organization, ticket),
        })
        .collect();
    let pdf = tokio::task::spawn_blocking(move || documents::tickets_pdf(&sheets, size)).await?;
    pdf.map_err(|error: DocumentError| anyhow::anyhow!("tickets of order {}: {error}", order.code))
}

/// The event as a calendar file, for somebody who comes or, when `given_back`, for somebody who would have; `None`
/// without dates.
pub(super) fn calendar(
    organization: &Organization,
    event: &Event,
    public_url: &str,
    given_back: bool,
) -> Option<String> {
    Some(documents::calendar_file(&CalendarEvent {
        uid: format!("{}@parvis", event.id),
        // A calendar that has the event takes only a file that is newer.
        sequence: event.version.unsigned_abs() + u32::from(given_back),
        changed_at: event.updated_at,
        name: event.name.clone(),
        description: None,
        starts_at: event.starts_at?,
        ends_at: event.ends_at?,
        place: Some(place(event)).filter(|place| !place.is_empty()),
        coordinates: event.latitude.zip(event.longitude),
        url: Some(event.address(public_url)),
        organizer: (!organization.contact_email.is_empty()).then(|| Organizer {
            name: organization.name.clone(),
            email: organization.contact_email.clone(),
        }),
        // A calendar forgets a date that no longer holds, until it is told the new one.
        cancelled: given_back
            || event.awaits_dates
            || event.state == crate::domain::events::EventState::Cancelled,
    }))
}
