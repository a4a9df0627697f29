//! Refunds in two steps: what is to go back, then the amount that was worked out, to be confirmed.

use minijinja::{Value, context};
use poem::web::{Data, Path};
use poem::{Response, handler};
use serde::Serialize;

use super::super::amount;
use super::{Desk, DeskPages, full_name};
use crate::base::i18n;
use crate::base::identity::RefundOrders;
use crate::base::kernel::id::{EventId, OrderId, TicketId};
use crate::base::kernel::money::Money;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::web::{ApiResult, Checks, FieldError, Problem};
use crate::domain::payments::{DOOR, RefundStatus};
use crate::domain::ticketing::model::{Order, Ticket, TicketStatus};
use crate::domain::ticketing::service::{RefundRequest, Ticketing};

/// Longest reason that is kept, as in the API.
const LONGEST_REASON: usize = 500;

/// A ticket that can be taken back.
#[derive(Serialize)]
struct Choice {
    id: String,
    name: String,
    kind: String,
    code: String,
    price: String,
    minor: i64,
    chosen: bool,
}

/// What the organizer wants to give back.
fn asked(form: &Form, order: &Order) -> ApiResult<RefundRequest> {
    let mut checks = Checks::default();
    let reason = form.text("reason").to_owned();
    checks.ensure(!reason.is_empty(), "reason", "required");
    if reason.chars().count() > LONGEST_REASON {
        checks.push(FieldError::new("reason", "too_long").with("most", LONGEST_REASON));
    }
    let what = form.text("what");
    let typed = form.text("amount").replace(',', ".");
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let mut read = || {
        let read = Money::parse(&typed, order.total.currency()).ok().filter(|amount| !amount.is_zero());
        checks.some(read, "amount", "amount").map(Money::minor)
    };
    let amount = match what {
        "amount" => read(),
        "tickets" if !typed.is_empty() => read(),
        _ => None,
    };
    let ids = || form.all("tickets").filter_map(|id| uuid::Uuid::parse_str(id).ok()).map(TicketId::from);
    let tickets = (what == "tickets").then(|| ids().collect::<Vec<_>>());
    checks.ensure(tickets.as_ref().is_none_or(|tickets| !tickets.is_empty()), "tickets", "too_few");
    checks.ensure(["all", "tickets", "amount"].contains(&what), "what", "unknown_choice");
    checks.done()?;
    Ok(RefundRequest { amount, tickets, reason, key: None })
}

async fn page_context(
    visitor: &Visitor,
    pages: &DeskPages,
    desk: &Desk,
    order: &Order,
    form: &Filled,
    chosen: &[String],
) -> ApiResult<Value> {
    let lang = visitor.lang;
    let mut tx = visitor.entrance.tenant(&desk.scope).await?;
    let tickets = pages.ticketing.tickets(&mut tx, order.id).await?;
    let (payments, refunds) = pages.ticketing.history(&mut tx, order.id).await?;
    drop(tx);
    let choice = |ticket: &Ticket| Choice {
        id: ticket.id.to_string(),
        name: full_name(&ticket.attendee.first_name, &ticket.attendee.last_name),
        kind: ticket.ticket_type_name.clone(),
        code: ticket.code.clone(),
        price: amount(lang, ticket.price),
        minor: ticket.price.minor(),
        chosen: chosen.contains(&ticket.id.to_string()),
    };
    let open = |ticket: &&Ticket| ticket.status != TicketStatus::Revoked;
    let choices: Vec<Choice> = tickets.iter().filter(open).map(choice).collect();
    let left = Ticketing::refundable(order, &refunds);
    Ok(context! {
        form => shown(form), choices => shown(&choices), left => i18n::money(lang, left), left_minor => left.minor(),
        free => left.is_zero(), currency => left.currency().code(), decimals => left.currency().decimals(),
        by_hand => payments.iter().any(|payment| payment.provider == DOOR),
        order => context! {
            id => order.id.to_string(), code => order.code.as_str(),
            name => full_name(&order.buyer.first_name, &order.buyer.last_name),
        },
        ..desk.surroundings(visitor, "orders").await?
    })
}

/// `GET /manage/events/{id}/orders/{order}/refund`.
#[handler]
pub async fn refund_page(
    visitor: Visitor,
    Path((id, order)): Path<(EventId, OrderId)>,
    Data(pages): Data<&DeskPages>,
) -> ApiResult<Response> {
    let desk = Desk::of(&visitor, id).await?;
    let _can = desk.permit::<RefundOrders>(&visitor).await?;
    let order = desk.order(&visitor, pages, order).await?;
    let form = Filled::with([("what", "all")]);
    let context = page_context(&visitor, pages, &desk, &order, &form, &[]).await?;
    visitor.page("sales/refund.html", context)
}

/// `POST /manage/events/{id}/orders/{order}/refund`: first what it comes to, then, confirmed, the refund.
#[handler]
pub async fn refund_review_page(
    visitor: Visitor,
    Path((id, order)): Path<(EventId, OrderId)>,
    Data(pages): Data<&DeskPages>,
    form: Form,
) -> ApiResult<Response> {
    let desk = Desk::of(&visitor, id).await?;
    let can = desk.permit::<RefundOrders>(&visitor).await?;
    let order = desk.order(&visitor, pages, order).await?;
    let outcome = if form.has("confirmed") {
        let done = async {
            let mut request = asked(&form, &order)?;
            request.key = form.key(&visitor, &format!("refund/{}", order.id));
            let refund = pages.ticketing.refund(&desk.scope, can, order.id, request).await?;
            visitor.flash(Flash(match refund.status {
                RefundStatus::Succeeded => "refund-done",
                RefundStatus::Pending => "refund-pending",
                RefundStatus::Failed => "refund-failed",
            }));
            Ok(see_other(&desk.path(&format!("orders/{}", order.id))))
        };
        done.await
    } else {
        let review = async {
            let request = asked(&form, &order)?;
            let mut tx = visitor.entrance.tenant(&desk.scope).await?;
            let (sum, tickets) = pages.ticketing.preview_refund(&mut tx, &can, &order, &request).await?;
            drop(tx);
            Ok::<_, Problem>((sum, tickets, request.reason))
        };
        match review.await {
            Ok((sum, tickets, reason)) => {
                let chosen: Vec<String> = tickets.iter().map(ToString::to_string).collect();
                let filled = Filled::kept(&form);
                let around = page_context(&visitor, pages, &desk, &order, &filled, &chosen).await?;
                let context = context! {
                    sum => i18n::money(visitor.lang, sum), nothing => sum.is_zero(), count => chosen.len(), reason,
                    ..around
                };
                visitor.page("sales/refund-confirm.html", context)
            }
            Err(problem) => Err(problem),
        }
    };
    match outcome {
        Err(problem) if !problem.status().is_server_error() => {
            let chosen: Vec<String> = form.all("tickets").map(str::to_owned).collect();
            let filled = Filled::refused(&form, &problem, visitor.lang);
            let context = page_context(&visitor, pages, &desk, &order, &filled, &chosen).await?;
            visitor.refused(&problem, "sales/refund.html", context)
        }
        other => other,
    }
}
