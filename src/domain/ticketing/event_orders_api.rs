//! The API of an event's orders, for its organizers: list, refunds, cancellation of the event, exports.

use chrono::{DateTime, Utc};
use poem::http::header;
use poem::{IntoResponse, Response};
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::{Binary, Json, Payload};
use poem_openapi::registry::{MetaMediaType, MetaResponse, MetaResponses, Registry};
use poem_openapi::types::Example;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};

use super::dto::OrderView;
use super::export::{self, Export};
use super::figures::{Figures, StatusFigures};
use super::model::OrderStatus;
use super::repo::orders::{OrderFilter, OrderOrder};
use super::service::{RefundRequest, Ticketing};
use crate::base::documents::Format;
use crate::base::identity::{Auth, Entrance, ExportSales, ManageSales, ReadSales, RefundOrders};
use crate::base::kernel::id::{EventId, OrderId, RefundId, TicketId, TicketTypeId};
use crate::base::kernel::money::Money;
use crate::base::web::{
    ApiResult, Checks, Input, Key, ListQuery, Listing, OptionalInput, PageNumber, PageSize, Problem, Tags,
    checked_paging,
};
use crate::domain::events;
use crate::domain::payments::Refund;

/// Orders, as organizers see them.
pub struct EventOrdersApi {
    entrance: Entrance,
    ticketing: Ticketing,
}

/// What goes back. Without amount and tickets: all that is left.
#[derive(Object)]
#[oai(example)]
struct RefundInput {
    /// As in `"30.00"`; the price of the tickets, or all that is left, unless given.
    #[oai(validator(max_length = 20))]
    amount: Option<String>,
    /// The tickets to take back.
    #[oai(validator(min_items = 1, max_items = 1000))]
    tickets: Option<Vec<TicketId>>,
    #[oai(validator(min_length = 1, max_length = 500))]
    reason: String,
}

impl Example for RefundInput {
    fn example() -> Self {
        Self { amount: None, tickets: None, reason: "Cannot come".into() }
    }
}

/// Money going back.
#[derive(Object)]
struct RefundView {
    id: RefundId,
    order: OrderId,
    /// pending, succeeded or failed.
    status: String,
    amount: String,
    currency: String,
    reason: String,
    tickets: Vec<TicketId>,
    created_at: DateTime<Utc>,
}

impl From<&Refund> for RefundView {
    fn from(refund: &Refund) -> Self {
        Self {
            id: refund.id,
            order: refund.payable.into(),
            status: refund.status.code().into(),
            amount: refund.amount.to_string(),
            currency: refund.amount.currency().code().into(),
            reason: refund.reason.clone(),
            tickets: refund.tickets.clone(),
            created_at: refund.created_at,
        }
    }
}

#[derive(ApiResponse)]
enum Refunded {
    #[oai(status = 201)]
    Ok(Json<RefundView>),
}

/// An event in figures, as they stand now.
#[derive(Object)]
pub(super) struct EventStatistics {
    /// People with a valid ticket.
    total_participants: i64,
    /// Of those, who has been let in.
    checked_in: i64,
    /// Places that orders hold which are not paid yet.
    held: i64,
    /// Places that are left; null is no limit.
    #[oai(nullable)]
    left: Option<i64>,
    paid_orders: i64,
    /// Paid and not given back, by currency; that of the event first.
    revenue: Vec<Revenue>,
    ticket_types: Vec<TicketTypeStatistics>,
    /// Of the programme: none as long as there is none.
    total_sessions: i64,
    live_sessions: i64,
    completed_sessions: i64,
    total_rooms: i64,
}

/// Money that came in.
#[derive(Object)]
struct Revenue {
    amount: String,
    currency: String,
}

/// A ticket type in figures.
#[derive(Object)]
struct TicketTypeStatistics {
    id: TicketTypeId,
    name: String,
    sold: i64,
    held: i64,
    checked_in: i64,
    /// Null is no limit.
    #[oai(nullable)]
    left: Option<i64>,
}

impl From<Figures> for EventStatistics {
    fn from(figures: Figures) -> Self {
        let paid =
            |row: &&StatusFigures| matches!(row.status, OrderStatus::Paid | OrderStatus::PartiallyRefunded);
        let revenue = figures
            .revenue
            .iter()
            .map(|money| Revenue { amount: money.to_string(), currency: money.currency().code().to_owned() });
        let types = figures.types.into_iter().map(|kind| TicketTypeStatistics {
            id: kind.id,
            name: kind.name,
            sold: kind.sold,
            held: kind.held,
            checked_in: kind.entered,
            left: kind.left,
        });
        Self {
            total_participants: figures.sold,
            checked_in: figures.entered,
            held: figures.held,
            left: figures.left,
            paid_orders: figures.orders.iter().filter(paid).map(|row| row.count).sum(),
            revenue: revenue.collect(),
            ticket_types: types.collect(),
            total_sessions: 0,
            live_sessions: 0,
            completed_sessions: 0,
            total_rooms: 0,
        }
    }
}

/// How an event is cancelled.
#[derive(Object)]
#[oai(example, skip_serializing_if_is_none)]
struct EventCancellation {
    /// What the buyers are told about it, in their mail and on the page of their order.
    #[oai(validator(max_length = 2_000))]
    message: Option<String>,
}

impl Example for EventCancellation {
    fn example() -> Self {
        Self { message: Some("The river is in the hall.".into()) }
    }
}

/// The state of an event that was cancelled.
#[derive(Object)]
struct CancelledEvent {
    id: EventId,
    state: String,
    status: String,
}

/// What is exported.
#[derive(Enum, Clone, Copy)]
#[oai(rename_all = "snake_case")]
enum WhatInput {
    Participants,
    Orders,
    Payments,
}

/// The kind of file.
#[derive(Enum, Clone, Copy)]
#[oai(rename_all = "snake_case")]
enum FormatInput {
    Xlsx,
    Csv,
}

/// A table to work with; its content type is that of the format asked for.
struct Table {
    bytes: Vec<u8>,
    format: Format,
    name: String,
}

impl IntoResponse for Table {
    fn into_response(self) -> Response {
        Response::builder()
            .content_type(self.format.content_type())
            .header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", self.name))
            .header(header::CACHE_CONTROL, "private, no-store")
            .body(self.bytes)
    }
}

impl ApiResponse for Table {
    fn meta() -> MetaResponses {
        let content = [Format::Xlsx, Format::Csv].map(|format| MetaMediaType {
            content_type: format.content_type(),
            schema: <Binary<Vec<u8>> as Payload>::schema_ref(),
        });
        let response = MetaResponse {
            description: "A table in the format asked for",
            status: Some(200),
            status_range: None,
            content: content.into(),
            headers: vec![],
        };
        MetaResponses { responses: vec![response] }
    }

    fn register(_: &mut Registry) {}
}

impl EventOrdersApi {
    pub fn new(entrance: Entrance, ticketing: Ticketing) -> Self {
        Self { entrance, ticketing }
    }
}

#[OpenApi(tag = "Tags::Orders")]
impl EventOrdersApi {
    /// The orders of an event.
    #[oai(path = "/events/:id/orders", method = "get", operation_id = "list_event_orders")]
    async fn list(
        &self,
        auth: Auth,
        id: Path<EventId>,
        /// pending, paid, expired, cancelled, partially_refunded or refunded.
        #[oai(validator(max_length = 40))]
        status: Query<Option<String>>,
        /// Part of a name, an address or an order's code, with or without accents and capitals.
        #[oai(validator(max_length = 100))]
        search: Query<Option<String>>,
        /// `created_at`, `-created_at`, `total`, `-total` or `name`; `-created_at` unless asked.
        ordering: Query<Option<String>>,
        page: PageNumber,
        page_size: PageSize,
        query: ListQuery,
    ) -> ApiResult<Json<Listing<OrderView>>> {
        let (scope, can) = self.entrance.event::<ReadSales>(&auth, id.0).await?;
        let mut checks = Checks::default();
        let request = checked_paging(page, page_size, &mut checks);
        let status = status
            .0
            .filter(|code| !code.is_empty())
            .and_then(|code| checks.some(OrderStatus::parse(&code), "status", "unknown_choice"));
        let order = ordering
            .0
            .filter(|code| !code.is_empty())
            .and_then(|code| checks.some(OrderOrder::parse(&code), "ordering", "unknown_choice"));
        checks.done()?;
        let search = search.0.filter(|text| !text.trim().is_empty());
        let filter = OrderFilter { status, search, order: order.unwrap_or_default() };
        let page = self.ticketing.orders_of_event(&scope, can, &filter, request).await?;
        let methods = |test| self.ticketing.payment_methods(test);
        Ok(Json(Listing::new(page, &query, |order| OrderView::new(&order, &methods(order.test), None))))
    }

    /// An event in figures: people, places, money.
    #[oai(path = "/events/:id/statistics", method = "get", operation_id = "get_event_statistics")]
    async fn statistics(&self, auth: Auth, id: Path<EventId>) -> ApiResult<Json<EventStatistics>> {
        let (scope, can) = self.entrance.event::<ReadSales>(&auth, id.0).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let event = events::event(&mut tx, can.event()).await?.ok_or_else(Problem::not_found)?;
        drop(tx);
        let figures = self.ticketing.figures(&scope, &can, &event).await?;
        Ok(Json(figures.into()))
    }

    /// Refund an order, some of its tickets, or an amount. Refunded tickets stop opening the gate at once.
    #[oai(path = "/orders/:id/refunds", method = "post", operation_id = "refund_order")]
    async fn refund(
        &self,
        auth: Auth,
        id: Path<OrderId>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<RefundInput>,
    ) -> ApiResult<Refunded> {
        let scope = self.entrance.scope(id.0).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let order = self.ticketing.order(&mut tx, id.0).await?;
        drop(tx);
        let can = self.entrance.identity.permit::<RefundOrders>(&auth.actor, order.event).await?;
        let key = key.of(auth.actor.account, &body.raw);
        let input = body.value()?;
        let amount = match input.amount {
            Some(text) => match Money::parse(&text, order.total.currency()) {
                Ok(amount) if !amount.is_zero() => Some(amount.minor()),
                _ => return Err(Problem::field("amount", "amount")),
            },
            None => None,
        };
        let request = RefundRequest { amount, tickets: input.tickets, reason: input.reason, key };
        let refund = self.ticketing.refund(&scope, can, id.0, request).await?;
        Ok(Refunded::Ok(Json(RefundView::from(&refund))))
    }

    /// Cancel an event. Its tickets stop being sold, and everybody is refunded and told.
    #[oai(path = "/events/:id/cancel", method = "post", operation_id = "cancel_event")]
    async fn cancel(
        &self,
        auth: Auth,
        id: Path<EventId>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: OptionalInput<EventCancellation>,
    ) -> ApiResult<Json<CancelledEvent>> {
        let (scope, can) = self.entrance.event::<ManageSales>(&auth, id.0).await?;
        let OptionalInput(body) = body;
        let key = key.of(auth.actor.account, &body.raw);
        let message = body.value()?.message.unwrap_or_default();
        let event = self.ticketing.cancel_event(&scope, can, &message, key.as_ref()).await?;
        let status = event.status(self.entrance.db.clock().now());
        Ok(Json(CancelledEvent { id: event.id, state: event.state.code().into(), status: status.into() }))
    }

    /// Participants, orders or payments of an event as a spreadsheet, in the reader's language.
    #[oai(path = "/events/:id/export", method = "get", operation_id = "export_event")]
    async fn export(
        &self,
        auth: Auth,
        id: Path<EventId>,
        what: Query<WhatInput>,
        format: Query<Option<FormatInput>>,
    ) -> ApiResult<Table> {
        let (scope, can) = self.entrance.event::<ExportSales>(&auth, id.0).await?;
        let what = match what.0 {
            WhatInput::Participants => Export::Participants,
            WhatInput::Orders => Export::Orders,
            WhatInput::Payments => Export::Payments,
        };
        let format = match format.0 {
            Some(FormatInput::Csv) => Format::Csv,
            _ => Format::Xlsx,
        };
        let file = export::write(&self.entrance.db, &scope, can, what, format, auth.lang).await?;
        Ok(Table { bytes: file.bytes, format, name: file.name })
    }
}
