//! An order's page: what was bought, the tickets, and what can still be done.

use minijinja::{Value, context};
use poem::http::header;
use poem::web::{Data, Path};
use poem::{Response, handler};
use serde::Serialize;

use super::checkout::{ORDER, go_and_pay};
use super::{BuyerPages, amount, download, hold, line};
use crate::base::documents::{self, TicketPaper};
use crate::base::i18n::{self, Lang};
use crate::base::identity::MaybeAuth;
use crate::base::kernel::id::{OrderId, TicketId};
use crate::base::site::{Flash, Form, Visitor, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Problem, Rate};
use crate::domain::events::{self, Event, EventState, event_context};
use crate::domain::payments::PaymentStatus;
use crate::domain::ticketing::api::{Reader, reach};
use crate::domain::ticketing::model::{Order, OrderStatus, Ticket, TicketStatus};
use crate::domain::ticketing::{paper, words};

/// More QR codes on one page would make it heavy; each has a page of its own.
const MOST_CODES: usize = 10;

/// A ticket as its page shows it.
#[derive(Serialize)]
struct Stub {
    id: String,
    code: String,
    name: String,
    kind: String,
    test: bool,
    status: &'static str,
    qr: Option<String>,
}

/// An order that this visitor may see, with what belongs to it.
struct Seen {
    scope: TenantScope,
    order: Order,
    reader: Reader,
}

async fn seen(visitor: &Visitor, pages: &BuyerPages, id: OrderId) -> ApiResult<Seen> {
    let auth = MaybeAuth(visitor.auth.clone());
    let secret = visitor.kept(ORDER);
    let (scope, order, reader) =
        reach(&visitor.entrance, &pages.ticketing, &auth, secret.as_deref(), id).await?;
    Ok(Seen { scope, order, reader })
}

async fn about(visitor: &Visitor, pages: &BuyerPages, seen: &Seen) -> ApiResult<Event> {
    let mut tx = visitor.entrance.tenant(&seen.scope).await?;
    let event = events::event(&mut tx, seen.order.event).await?.ok_or_else(Problem::not_found)?;
    Ok(pages.ticketing.linked(event, &seen.order).told(visitor.lang))
}

/// The secret of the address becomes a cookie of the order's own pages, and leaves the address.
fn swapped(visitor: &Visitor, pages: &BuyerPages, id: OrderId, page: &str) -> Option<Response> {
    let mut pairs = url::form_urlencoded::parse(visitor.query().as_bytes());
    let secret = pairs.find(|(name, _)| name == "secret").map(|(_, secret)| secret.into_owned())?;
    if pages.ticketing.opens(id, &secret) {
        visitor.keep(ORDER, &secret, &format!("/orders/{id}"));
    }
    Some(see_other(&format!("/orders/{id}{page}")))
}

fn stub(lang: Lang, scope: &TenantScope, ticket: &Ticket, with_code: bool) -> ApiResult<Stub> {
    let shows = with_code && ticket.status != TicketStatus::Revoked;
    let qr = if shows { Some(code(scope, ticket)?) } else { None };
    let attendee = &ticket.attendee;
    let kind = format!("{} · {}", ticket.ticket_type_name, amount(lang, ticket.price));
    Ok(Stub {
        id: ticket.id.to_string(),
        code: ticket.code.clone(),
        name: format!("{} {}", attendee.first_name, attendee.last_name).trim().to_owned(),
        kind,
        test: ticket.test,
        status: ticket.status.code(),
        qr,
    })
}

fn code(scope: &TenantScope, ticket: &Ticket) -> ApiResult<String> {
    let data = paper::qr_data(scope.organization(), ticket);
    documents::qr_svg(&data).map_err(|error| Problem::internal(&error))
}

/// `GET /orders/{id}`, also with `?secret=…`, and with `?returned=1` on the way back from a payment.
#[handler]
pub async fn order_page(
    visitor: Visitor,
    Path(id): Path<OrderId>,
    Data(pages): Data<&BuyerPages>,
) -> ApiResult<Response> {
    if let Some(response) = swapped(&visitor, pages, id, "") {
        return Ok(response);
    }
    let mut seen = seen(&visitor, pages, id).await?;
    let returned = visitor.query().contains("returned=");
    if returned && seen.order.status == OrderStatus::Pending {
        pages.ticketing.ask_about_payments(&seen.scope, id).await?;
        seen = self::seen(&visitor, pages, id).await?;
    }
    let context = order_context(&visitor, pages, &seen, returned).await?;
    visitor.page("orders/order.html", context)
}

async fn order_context(
    visitor: &Visitor,
    pages: &BuyerPages,
    seen: &Seen,
    returned: bool,
) -> ApiResult<Value> {
    let (lang, mut order) = (visitor.lang, seen.order.clone());
    let mut tx = visitor.entrance.tenant(&seen.scope).await?;
    let event = events::event(&mut tx, order.event).await?.ok_or_else(Problem::not_found)?;
    let mut tickets = pages.ticketing.tickets(&mut tx, order.id).await?;
    let event = pages.ticketing.linked(event, &order);
    let event = words::told(&mut tx, lang, event, &mut order, &mut tickets).await?;
    let (payments, refunds) = pages.ticketing.history(&mut tx, order.id).await?;
    let called_off = event.state == EventState::Cancelled;
    // What was said of dates that hold again is history.
    let says = called_off || event.previous_when(lang).is_some();
    let word = if says { events::word_to_buyers(&mut tx, event.id).await? } else { String::new() };
    drop(tx);
    let mut stubs = Vec::new();
    for (index, ticket) in tickets.iter().enumerate() {
        stubs.push(stub(lang, &seen.scope, ticket, index < MOST_CODES)?);
    }
    let lines: Vec<_> = order.lines.iter().map(|row| line(lang, row)).collect();
    let paying = payments.iter().any(|payment| payment.status == PaymentStatus::Pending);
    let refunded: Vec<_> = refunds
        .iter()
        .map(|refund| {
            (
                i18n::short_date(lang, refund.created_at, event.timezone),
                amount(lang, refund.amount),
                refund.status.code(),
            )
        })
        .collect();
    let now = visitor.entrance.db.clock().now();
    Ok(context! {
        called_off, word, event => event_context(lang, &event, now), tickets => shown(&stubs), lines => shown(&lines),
        refunds => shown(&refunded), valid => tickets.iter().filter(|ticket| ticket.status != TicketStatus::Revoked).count(),
        order => context! {
            id => order.id.to_string(), test => order.test, code => order.code.as_str(), status => order.status.code(),
            total => amount(lang, order.total), free => order.total.is_zero(),
            placed => i18n::short_date(lang, order.created_at, event.timezone),
            email => order.buyer.email.as_str(), first_name => order.buyer.first_name.as_str(),
            hold => hold(lang, &order, event.timezone, now), is_paid => order.status.has_tickets(),
        },
        waiting => paying && returned && order.status == OrderStatus::Pending,
        methods => shown(pages.ticketing.payment_methods(order.test)), is_buyer => seen.reader == Reader::Buyer,
        can_cancel => order.status == OrderStatus::Pending || (order.status == OrderStatus::Paid && order.total.is_zero()),
        organizer => contact(&seen.scope, &event), brand => seen.scope.organization().brand_path(),
    })
}

fn contact(scope: &TenantScope, event: &Event) -> Value {
    let organization = scope.organization();
    let address =
        if event.contact_email.is_empty() { &organization.contact_email } else { &event.contact_email };
    context! { name => organization.name.as_str(), contact => address }
}

/// `POST /orders/{id}/pay`: another try.
#[handler]
pub async fn pay_order_page(
    visitor: Visitor,
    Path(id): Path<OrderId>,
    Data(pages): Data<&BuyerPages>,
    form: Form,
) -> ApiResult<Response> {
    let seen = seen(&visitor, pages, id).await?;
    if seen.reader != Reader::Buyer {
        return Err(Problem::forbidden());
    }
    Ok(see_other(&go_and_pay(&visitor, pages, &seen.scope, &seen.order, form.text("provider")).await?))
}

/// `POST /orders/{id}/cancel`.
#[handler]
pub async fn cancel_order_page(
    visitor: Visitor,
    Path(id): Path<OrderId>,
    Data(pages): Data<&BuyerPages>,
    _form: Form,
) -> ApiResult<Response> {
    let seen = seen(&visitor, pages, id).await?;
    if seen.reader != Reader::Buyer {
        return Err(Problem::forbidden());
    }
    pages.ticketing.cancel(&seen.scope, id, visitor.actor().map(|actor| actor.account), None).await?;
    visitor.flash(Flash("order-cancelled"));
    Ok(see_other(&format!("/orders/{id}")))
}

/// `POST /orders/{id}/resend`.
#[handler]
pub async fn resend_order_page(
    visitor: Visitor,
    Path(id): Path<OrderId>,
    Data(pages): Data<&BuyerPages>,
    _form: Form,
) -> ApiResult<Response> {
    let seen = seen(&visitor, pages, id).await?;
    if seen.reader != Reader::Buyer {
        return Err(Problem::forbidden());
    }
    visitor.entrance.limiter.spend(Rate::Letter, &format!("resend/{id}"))?;
    pages.ticketing.resend(&seen.scope, id, None).await?;
    visitor.flash(Flash("order-resent"));
    Ok(see_other(&format!("/orders/{id}")))
}

/// `GET /orders/{id}/tickets.pdf`: every ticket that opens the gate, or `?ticket=` alone, on A4 or with `?size=a6`.
#[handler]
pub async fn order_pdf(
    visitor: Visitor,
    Path(id): Path<OrderId>,
    Data(pages): Data<&BuyerPages>,
) -> ApiResult<Response> {
    if let Some(response) = swapped(&visitor, pages, id, "/tickets.pdf") {
        return Ok(response);
    }
    let mut seen = seen(&visitor, pages, id).await?;
    let mut tx = visitor.entrance.tenant(&seen.scope).await?;
    let event = events::event(&mut tx, seen.order.event).await?.ok_or_else(Problem::not_found)?;
    let mut tickets = pages.ticketing.tickets(&mut tx, id).await?;
    let lang = seen.order.buyer.locale;
    let event = pages.ticketing.linked(event, &seen.order);
    let event = words::told(&mut tx, lang, event, &mut seen.order, &mut tickets).await?;
    drop(tx);
    let asked =
        |word: &str| url::form_urlencoded::parse(visitor.query().as_bytes()).find(|(name, _)| name == word);
    let one = asked("ticket");
    let size = match asked("size") {
        Some((_, size)) if size == "a6" => TicketPaper::A6,
        _ => TicketPaper::A4,
    };
    tickets.retain(|ticket| {
        ticket.status != TicketStatus::Revoked
            && one.as_ref().is_none_or(|(_, id)| *id == ticket.id.to_string())
    });
    if tickets.is_empty() {
        return Err(Problem::conflict("ticketing.ticket_revoked"));
    }
    let pdf = paper::pdf(seen.scope.organization(), &event, &seen.order, &tickets, size)
        .await
        .map_err(|error| Problem::internal(&std::io::Error::other(format!("{error:#}"))))?;
    Ok(download(&format!("{}.pdf", seen.order.code), "application/pdf", pdf))
}

/// `GET /orders/{id}/calendar.ics`.
#[handler]
pub async fn order_calendar(
    visitor: Visitor,
    Path(id): Path<OrderId>,
    Data(pages): Data<&BuyerPages>,
) -> ApiResult<Response> {
    let seen = seen(&visitor, pages, id).await?;
    let event = about(&visitor, pages, &seen).await?;
    let given_back = matches!(seen.order.status, OrderStatus::Cancelled | OrderStatus::Refunded);
    let file = paper::calendar(seen.scope.organization(), &event, &visitor.entrance.public_url, given_back);
    let file = file.ok_or_else(Problem::not_found)?;
    Ok(download(&format!("{}.ics", seen.order.code), "text/calendar; charset=utf-8", file.into_bytes()))
}

/// `GET /orders/{id}/tickets/{ticket}`: one code on the whole screen, for the gate.
#[handler]
pub async fn ticket_page(
    visitor: Visitor,
    Path((id, ticket)): Path<(OrderId, TicketId)>,
    Data(pages): Data<&BuyerPages>,
) -> ApiResult<Response> {
    let mut seen = seen(&visitor, pages, id).await?;
    let mut tx = visitor.entrance.tenant(&seen.scope).await?;
    let event = events::event(&mut tx, seen.order.event).await?.ok_or_else(Problem::not_found)?;
    let mut all = pages.ticketing.tickets(&mut tx, id).await?;
    let event = pages.ticketing.linked(event, &seen.order);
    let event = words::told(&mut tx, visitor.lang, event, &mut seen.order, &mut all).await?;
    drop(tx);
    let place = all.iter().position(|other| other.id == ticket).ok_or_else(Problem::not_found)?;
    let found = all.get(place).ok_or_else(Problem::not_found)?;
    let neighbour =
        |place: Option<usize>| place.and_then(|place| all.get(place)).map(|ticket| ticket.id.to_string());
    let context = context! {
        event => event_context(visitor.lang, &event, visitor.entrance.db.clock().now()),
        ticket => shown(stub(visitor.lang, &seen.scope, found, true)?), order_id => id.to_string(),
        number => place + 1, count => all.len(),
        previous => neighbour(place.checked_sub(1)), next => neighbour(Some(place + 1)),
    };
    let mut response = visitor.page("orders/ticket.html", context)?;
    // A hall has no reception: what was opened once opens again.
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, header::HeaderValue::from_static("private, no-cache"));
    Ok(response)
}
