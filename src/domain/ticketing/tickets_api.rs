//! The API of tickets, for those who hold them.

use chrono::{DateTime, Utc};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::{Binary, Json};
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};

use super::api::reach;
use super::dto::AttendeeView;
use super::model::{Order, OrderStatus, Ticket, TicketStatus};
use super::paper;
use super::service::{Ticketing, Whose};
use super::words;
use crate::base::documents::TicketPaper;
use crate::base::identity::{Entrance, MaybeAuth, Person};
use crate::base::kernel::id::{EventId, OrderId, TicketId, TicketTypeId};
use crate::base::kernel::page::Page;
use crate::base::tenancy::{Organization, TenantScope};
use crate::base::web::{ApiResult, ListQuery, Listing, PageNumber, PageSize, Problem, Tags, paging};
use crate::domain::events;

/// Tickets, as their holders see them.
pub struct TicketsApi {
    entrance: Entrance,
    ticketing: Ticketing,
}

/// What a ticket is a ticket for.
#[derive(Object)]
struct TypeView {
    id: TicketTypeId,
    name: String,
}

/// One admission.
#[derive(Object)]
struct TicketView {
    id: TicketId,
    code: String,
    order: OrderId,
    event: EventId,
    /// What the QR code says.
    qr_data: String,
    /// valid, used or revoked.
    status: String,
    ticket_type: TypeView,
    attendee: AttendeeView,
    price: String,
    currency: String,
    pdf_url: String,
    issued_at: DateTime<Utc>,
    #[oai(nullable)]
    checked_in_at: Option<DateTime<Utc>>,
}

/// The paper of a ticket: A4 with a badge to fold, or A6 with the ticket alone.
#[derive(Enum, Clone, Copy)]
#[oai(rename_all = "lowercase")]
enum PaperSize {
    A4,
    A6,
}

/// A ticket to print.
#[derive(ApiResponse)]
enum Paper {
    #[oai(status = 200, content_type = "application/pdf")]
    Pdf(
        Binary<Vec<u8>>,
        #[oai(header = "Content-Disposition")] String,
        #[oai(header = "Cache-Control")] String,
    ),
}

/// An event for a calendar.
#[derive(ApiResponse)]
enum Calendar {
    #[oai(status = 200, content_type = "text/calendar; charset=utf-8")]
    Ics(Binary<Vec<u8>>, #[oai(header = "Content-Disposition")] String),
}

impl TicketsApi {
    pub fn new(entrance: Entrance, ticketing: Ticketing) -> Self {
        Self { entrance, ticketing }
    }

    fn view(&self, organization: &Organization, ticket: &Ticket, secret: Option<&str>) -> TicketView {
        let mut pdf_url = format!("{}/api/tickets/{}/pdf", self.entrance.public_url, ticket.id);
        if let Some(secret) = secret {
            pdf_url = format!("{pdf_url}?secret={secret}");
        }
        TicketView {
            id: ticket.id,
            code: ticket.code.clone(),
            order: ticket.order,
            event: ticket.event,
            qr_data: paper::qr_data(organization, ticket),
            status: ticket.status.code().into(),
            ticket_type: TypeView { id: ticket.ticket_type, name: ticket.ticket_type_name.clone() },
            attendee: AttendeeView::from(&ticket.attendee),
            price: ticket.price.to_string(),
            currency: ticket.price.currency().code().into(),
            pdf_url,
            issued_at: ticket.issued_at,
            checked_in_at: ticket.checked_in_at,
        }
    }

    /// A ticket with its order, for the order's buyer or organizer, or for the person it is made out to.
    async fn ticket(
        &self,
        auth: &MaybeAuth,
        secret: Option<&str>,
        id: TicketId,
    ) -> ApiResult<(TenantScope, Ticket, Order)> {
        let scope = self.entrance.scope(id).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let ticket = self.ticketing.ticket(&mut tx, id).await?;
        if let Some(auth) = &auth.0 {
            let actor = &auth.actor;
            if actor.email_confirmed && actor.email == ticket.attendee.email {
                let order = self.ticketing.order(&mut tx, ticket.order).await?;
                return Ok((scope, ticket, order));
            }
        }
        drop(tx);
        let (scope, order, _) = reach(&self.entrance, &self.ticketing, auth, secret, ticket.order).await?;
        Ok((scope, ticket, order))
    }
}

#[OpenApi(tag = "Tags::Orders")]
impl TicketsApi {
    /// The tickets of an order.
    #[oai(path = "/orders/:id/tickets", method = "get", operation_id = "list_order_tickets")]
    async fn of_order(
        &self,
        auth: MaybeAuth,
        id: Path<OrderId>,
        #[oai(name = "X-Order-Secret", validator(max_length = 100))] header: Header<Option<String>>,
        #[oai(validator(max_length = 100))] secret: Query<Option<String>>,
    ) -> ApiResult<Json<Listing<TicketView>>> {
        let secret = header.0.or(secret.0);
        let (scope, order, _) =
            reach(&self.entrance, &self.ticketing, &auth, secret.as_deref(), id.0).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let tickets = self.ticketing.tickets(&mut tx, order.id).await?;
        let own = secret.as_deref().filter(|secret| self.ticketing.opens(order.id, secret));
        let views = tickets.iter().map(|ticket| self.view(scope.organization(), ticket, own)).collect();
        Ok(Json(Listing::whole(views)))
    }

    /// The event of a paid order for a calendar. Once the order is refunded or cancelled, the entry is cancelled.
    #[oai(path = "/orders/:id/calendar", method = "get", operation_id = "get_order_calendar")]
    async fn calendar(
        &self,
        auth: MaybeAuth,
        id: Path<OrderId>,
        #[oai(name = "X-Order-Secret", validator(max_length = 100))] header: Header<Option<String>>,
        #[oai(validator(max_length = 100))] secret: Query<Option<String>>,
    ) -> ApiResult<Calendar> {
        let secret = header.0.or(secret.0);
        let (scope, order, _) =
            reach(&self.entrance, &self.ticketing, &auth, secret.as_deref(), id.0).await?;
        let given_back = match order.status {
            // Nobody has a ticket.
            OrderStatus::Pending | OrderStatus::Expired => return Err(Problem::not_found()),
            OrderStatus::Paid | OrderStatus::PartiallyRefunded => false,
            OrderStatus::Cancelled | OrderStatus::Refunded => true,
        };
        let mut tx = self.entrance.tenant(&scope).await?;
        let event = events::event(&mut tx, order.event).await?.ok_or_else(Problem::not_found)?;
        let event = event.told(order.buyer.locale);
        let file = paper::calendar(scope.organization(), &event, &self.entrance.public_url, given_back);
        let file = file.ok_or_else(Problem::not_found)?;
        let name = format!("attachment; filename=\"{}.ics\"", order.code);
        Ok(Calendar::Ics(Binary(file.into_bytes()), name))
    }

    /// The tickets of whoever is logged in, over all organizations; `count` and pages count orders.
    #[oai(path = "/tickets", method = "get", operation_id = "list_tickets")]
    async fn list(
        &self,
        auth: Person,
        page: PageNumber,
        page_size: PageSize,
        query: ListQuery,
    ) -> ApiResult<Json<Listing<TicketView>>> {
        let actor = &auth.actor;
        let email = actor.email_confirmed.then(|| actor.email.clone());
        let whose = Whose { account: Some(actor.account), email };
        let page = self.ticketing.orders_of(&whose, paging(page, page_size)?).await?;
        let (count, request) = (page.count, page.request);
        let tickets = page
            .rows
            .into_iter()
            .flat_map(|(scope, _, tickets)| tickets.into_iter().map(move |ticket| (scope.clone(), ticket)));
        let page = Page::new(tickets.collect(), count, request);
        Ok(Json(Listing::new(page, &query, |(scope, ticket)| self.view(scope.organization(), &ticket, None))))
    }

    /// One ticket.
    #[oai(path = "/tickets/:id", method = "get", operation_id = "get_ticket")]
    async fn get(
        &self,
        auth: MaybeAuth,
        id: Path<TicketId>,
        #[oai(name = "X-Order-Secret", validator(max_length = 100))] header: Header<Option<String>>,
        #[oai(validator(max_length = 100))] secret: Query<Option<String>>,
    ) -> ApiResult<Json<TicketView>> {
        let secret = header.0.or(secret.0);
        let (scope, ticket, order) = self.ticket(&auth, secret.as_deref(), id.0).await?;
        let own = secret.as_deref().filter(|secret| self.ticketing.opens(order.id, secret));
        Ok(Json(self.view(scope.organization(), &ticket, own)))
    }

    /// A ticket to print, in the buyer's language.
    #[oai(path = "/tickets/:id/pdf", method = "get", operation_id = "get_ticket_pdf")]
    async fn pdf(
        &self,
        auth: MaybeAuth,
        id: Path<TicketId>,
        #[oai(name = "X-Order-Secret", validator(max_length = 100))] header: Header<Option<String>>,
        #[oai(validator(max_length = 100))] secret: Query<Option<String>>,
        /// a4 unless told otherwise.
        size: Query<Option<PaperSize>>,
    ) -> ApiResult<Paper> {
        let secret = header.0.or(secret.0);
        let (scope, ticket, mut order) = self.ticket(&auth, secret.as_deref(), id.0).await?;
        if ticket.status == TicketStatus::Revoked {
            return Err(Problem::conflict("ticketing.ticket_revoked"));
        }
        let mut tx = self.entrance.tenant(&scope).await?;
        let event = events::event(&mut tx, ticket.event).await?.ok_or_else(Problem::not_found)?;
        let (lang, name) = (order.buyer.locale, format!("attachment; filename=\"{}.pdf\"", ticket.code));
        let mut tickets = [ticket];
        let event = words::told(&mut tx, lang, event, &mut order, &mut tickets).await?;
        drop(tx);
        let size = match size.0 {
            Some(PaperSize::A6) => TicketPaper::A6,
            Some(PaperSize::A4) | None => TicketPaper::A4,
        };
        let pdf = paper::pdf(scope.organization(), &event, &order, &tickets, size)
            .await
            .map_err(|error| Problem::internal(&std::io::Error::other(format!("{error:#}"))))?;
        Ok(Paper::Pdf(Binary(pdf), name, "private, no-store".into()))
    }
}
