//! One order as its organizer sees it, and what can be done with it.

use minijinja::{Value, context};
use poem::web::{Data, Path};
use poem::{Response, handler};
use serde::Serialize;

use super::super::{amount, line};
use super::deeds::{history, reason};
use super::{Desk, DeskPages, full_name};
use crate::base::i18n::{self, Lang};
use crate::base::identity::{CorrectOrders, RefundOrders};
use crate::base::kernel::id::{EventId, OrderId, TicketId};
use crate::base::kernel::text;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::web::{ApiResult, Checks, FieldError, Problem, Rate};
use crate::domain::payments::{DOOR, Payment, Refund};
use crate::domain::ticketing::model::{Order, OrderStatus, Ticket, TicketStatus};
use crate::domain::ticketing::service::Ticketing;

/// Longest name that is kept, as in the API.
const LONGEST_NAME: usize = 100;

/// What was typed and refused, to be shown again.
#[derive(Default)]
struct Forms {
    email: Option<Filled>,
    name: Option<(TicketId, Filled)>,
    /// What is wrong and belongs to no field of the page.
    problem: Option<String>,
}

#[derive(Serialize)]
struct TicketRow {
    id: String,
    code: String,
    name: String,
    email: String,
    kind: String,
    price: String,
    status: &'static str,
    entered: Option<String>,
    /// The form of its name.
    form: Filled,
    open: bool,
}

fn ticket_row(lang: Lang, desk: &Desk, ticket: &Ticket, forms: &Forms) -> TicketRow {
    let holder = &ticket.attendee;
    let refused = forms.name.as_ref().filter(|(id, _)| *id == ticket.id).map(|(_, form)| form.clone());
    let known = || {
        Filled::with([("first_name", holder.first_name.as_str()), ("last_name", holder.last_name.as_str())])
    };
    TicketRow {
        id: ticket.id.to_string(),
        code: ticket.code.clone(),
        name: full_name(&holder.first_name, &holder.last_name),
        email: holder.email.clone(),
        kind: ticket.ticket_type_name.clone(),
        price: amount(lang, ticket.price),
        status: ticket.status.code(),
        entered: ticket.checked_in_at.map(|at| desk.moment(lang, at)),
        open: refused.is_some(),
        form: refused.unwrap_or_else(known),
    }
}

fn payment_row(lang: Lang, desk: &Desk, payment: &Payment) -> Value {
    // How money was taken at the door is a word of ours; elsewhere it is the provider's own name for the payment.
    let at_the_door = payment.provider == DOOR;
    context! {
        provider => payment.provider.as_str(), amount => i18n::money(lang, payment.amount),
        status => payment.status.code(), when => desk.moment(lang, payment.settled_at.unwrap_or(payment.created_at)),
        tender => payment.reference.as_deref().filter(|_| at_the_door),
        reference => payment.reference.as_deref().filter(|_| !at_the_door),
    }
}

fn refund_row(lang: Lang, desk: &Desk, refund: &Refund, payments: &[Payment]) -> Value {
    let of = payments.iter().find(|payment| Some(payment.id) == refund.payment);
    context! {
        amount => i18n::money(lang, refund.amount), status => refund.status.code(),
        when => desk.moment(lang, refund.created_at), reason => reason(lang, &refund.reason),
        count => refund.tickets.len(), by_hand => of.is_some_and(|payment| payment.provider == DOOR),
    }
}

async fn order_context(
    visitor: &Visitor,
    pages: &DeskPages,
    desk: &Desk,
    order: &Order,
    forms: Forms,
) -> ApiResult<Value> {
    let lang = visitor.lang;
    let mut tx = visitor.entrance.tenant(&desk.scope).await?;
    let tickets = pages.ticketing.tickets(&mut tx, order.id).await?;
    let (payments, refunds) = pages.ticketing.history(&mut tx, order.id).await?;
    let deeds = pages.ticketing.deeds(&mut tx, &desk.can, order.id).await?;
    drop(tx);
    let lines: Vec<_> = order.lines.iter().map(|row| line(lang, row)).collect();
    let rows: Vec<TicketRow> = tickets.iter().map(|ticket| ticket_row(lang, desk, ticket, &forms)).collect();
    let payment_rows: Vec<Value> = payments.iter().map(|payment| payment_row(lang, desk, payment)).collect();
    let refund_rows: Vec<Value> =
        refunds.iter().map(|refund| refund_row(lang, desk, refund, &payments)).collect();
    let valid = tickets.iter().filter(|ticket| ticket.status != TicketStatus::Revoked).count();
    let used = tickets.iter().any(|ticket| ticket.status == TicketStatus::Used);
    let left = Ticketing::refundable(order, &refunds);
    let paid = matches!(order.status, OrderStatus::Paid | OrderStatus::PartiallyRefunded);
    let cancellable = order.status == OrderStatus::Pending
        || (order.status == OrderStatus::Paid && order.total.is_zero() && !used);
    let history = history(visitor, desk, order, &deeds).await?;
    let open = forms.email.is_some();
    let email_form = forms.email.unwrap_or_else(|| Filled::with([("email", order.buyer.email.as_str())]));
    Ok(context! {
        lines => shown(&lines), tickets => shown(&rows), payments => payment_rows, refunds => refund_rows,
        history => shown(&history), valid, email_form => shown(&email_form), email_open => open,
        problem => forms.problem,
        order => context! {
            id => order.id.to_string(), test => order.test, code => order.code.as_str(), status => order.status.code(),
            channel => order.channel.code(), free => order.total.is_zero(), total => amount(lang, order.total),
            refunded => (!order.refunded.is_zero()).then(|| i18n::money(lang, order.refunded)),
            name => full_name(&order.buyer.first_name, &order.buyer.last_name),
            email => order.buyer.email.as_str(), placed => desk.moment(lang, order.created_at),
            until => order.expires_at.filter(|_| order.status == OrderStatus::Pending)
                .map(|at| desk.moment(lang, at)),
            refundable => paid && (!left.is_zero() || valid > 0), sendable => paid && !order.buyer.email.is_empty(),
            correctable => paid || order.status == OrderStatus::Pending, cancellable,
            printable => paid && valid > 0,
        },
        ..desk.surroundings(visitor, "orders").await?
    })
}

/// `GET /manage/events/{id}/orders/{order}`.
#[handler]
pub async fn desk_order_page(
    visitor: Visitor,
    Path((id, order)): Path<(EventId, OrderId)>,
    Data(pages): Data<&DeskPages>,
) -> ApiResult<Response> {
    let desk = Desk::of(&visitor, id).await?;
    let order = desk.order(&visitor, pages, order).await?;
    let context = order_context(&visitor, pages, &desk, &order, Forms::default()).await?;
    visitor.page("sales/order.html", context)
}

/// Back to the order when it is done; else the order's page, which says what is wrong.
async fn answer(
    visitor: &Visitor,
    pages: &DeskPages,
    desk: &Desk,
    order: &Order,
    done: Result<Flash, Problem>,
    forms: impl FnOnce(&Problem) -> Forms,
) -> ApiResult<Response> {
    match done {
        Ok(flash) => {
            visitor.flash(flash);
            Ok(see_other(&desk.path(&format!("orders/{}", order.id))))
        }
        Err(problem) if problem.status().is_server_error() => Err(problem),
        Err(problem) => {
            let order = desk.order(visitor, pages, order.id).await?;
            let context = order_context(visitor, pages, desk, &order, forms(&problem)).await?;
            visitor.refused(&problem, "sales/order.html", context)
        }
    }
}

fn told(lang: Lang) -> impl FnOnce(&Problem) -> Forms {
    move |problem| Forms { problem: Some(problem.told(lang)), ..Forms::default() }
}

/// `POST …/orders/{order}/resend`: the mail with the tickets again.
#[handler]
pub async fn resend_page(
    visitor: Visitor,
    Path((id, order)): Path<(EventId, OrderId)>,
    Data(pages): Data<&DeskPages>,
    form: Form,
) -> ApiResult<Response> {
    let desk = Desk::of(&visitor, id).await?;
    let _can = desk.permit::<CorrectOrders>(&visitor).await?;
    let order = desk.order(&visitor, pages, order).await?;
    let key = form.key(&visitor, &format!("resend/{}", order.id));
    let done = async {
        visitor.entrance.limiter.spend(Rate::Letter, &format!("resend/{}", order.id))?;
        pages.ticketing.resend(&desk.scope, order.id, key.as_ref()).await?;
        Ok(Flash("order-resent"))
    };
    answer(&visitor, pages, &desk, &order, done.await, told(visitor.lang)).await
}

/// `POST …/orders/{order}/cancel`: an unpaid order gives its places back, a free one its tickets.
#[handler]
pub async fn cancel_page(
    visitor: Visitor,
    Path((id, order)): Path<(EventId, OrderId)>,
    Data(pages): Data<&DeskPages>,
    form: Form,
) -> ApiResult<Response> {
    let desk = Desk::of(&visitor, id).await?;
    let can = desk.permit::<RefundOrders>(&visitor).await?;
    let order = desk.order(&visitor, pages, order).await?;
    let key = form.key(&visitor, &format!("cancel/{}", order.id));
    let done = pages.ticketing.cancel(&desk.scope, order.id, Some(can.by()), key.as_ref()).await;
    let done = done.map(|_| Flash("order-cancelled")).map_err(Problem::from);
    answer(&visitor, pages, &desk, &order, done, told(visitor.lang)).await
}

/// `POST …/orders/{order}/email`: the address that the buyer meant.
#[handler]
pub async fn correct_email_page(
    visitor: Visitor,
    Path((id, order)): Path<(EventId, OrderId)>,
    Data(pages): Data<&DeskPages>,
    form: Form,
) -> ApiResult<Response> {
    let desk = Desk::of(&visitor, id).await?;
    let can = desk.permit::<CorrectOrders>(&visitor).await?;
    let order = desk.order(&visitor, pages, order).await?;
    let key = form.key(&visitor, &format!("email/{}", order.id));
    let done = async {
        let email = text::email(form.text("email")).ok_or_else(|| Problem::field("email", "email"))?;
        pages.ticketing.correct_email(&desk.scope, can, order.id, &email, key.as_ref()).await?;
        Ok(Flash(if order.status == OrderStatus::Pending { "order-corrected" } else { "order-readdressed" }))
    };
    let forms = |problem: &Problem| Forms {
        email: Some(Filled::refused(&form, problem, visitor.lang)),
        ..Forms::default()
    };
    answer(&visitor, pages, &desk, &order, done.await, forms).await
}

/// `POST …/orders/{order}/tickets/{ticket}/name`: another name on a ticket, which is issued anew.
#[handler]
pub async fn rename_holder_page(
    visitor: Visitor,
    Path((id, order, ticket)): Path<(EventId, OrderId, TicketId)>,
    Data(pages): Data<&DeskPages>,
    form: Form,
) -> ApiResult<Response> {
    let desk = Desk::of(&visitor, id).await?;
    let can = desk.permit::<CorrectOrders>(&visitor).await?;
    let order = desk.order(&visitor, pages, order).await?;
    let key = form.key(&visitor, &format!("name/{ticket}"));
    let done = async {
        let mut checks = Checks::default();
        for name in ["first_name", "last_name"] {
            let typed = form.text(name);
            checks.ensure(!typed.is_empty(), name, "required");
            checks.ensure(!typed.chars().any(char::is_control), name, "control_character");
            if typed.chars().count() > LONGEST_NAME {
                checks.push(FieldError::new(name, "too_long").with("most", LONGEST_NAME));
            }
        }
        checks.done()?;
        let name = (form.text("first_name"), form.text("last_name"));
        pages.ticketing.rename_holder(&desk.scope, can, order.id, ticket, name, key.as_ref()).await?;
        Ok(Flash("ticket-renamed"))
    };
    let forms = |problem: &Problem| Forms {
        name: Some((ticket, Filled::refused(&form, problem, visitor.lang))),
        ..Forms::default()
    };
    answer(&visitor, pages, &desk, &order, done.await, forms).await
}
