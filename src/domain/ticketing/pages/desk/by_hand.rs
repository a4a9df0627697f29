//! Entering an order by hand: paid at the door, or given away.

use minijinja::{Value, context};
use poem::web::{Data, Path};
use poem::{Response, handler};
use serde::Serialize;

use super::super::checkout::with_names;
use super::{Desk, DeskPages};
use crate::base::i18n;
use crate::base::identity::SellByHand;
use crate::base::kernel::id::EventId;
use crate::base::kernel::money::Money;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::web::{ApiResult, Problem};
use crate::domain::events::EventState;
use crate::domain::ticketing::manual_orders_api::{ManualOrderInput, hand_order};
use crate::domain::ticketing::model::Order;

/// How many kinds of tickets one order may have.
const MOST_LINES: usize = 20;

/// A ticket type to choose from.
#[derive(Serialize)]
struct Choice {
    id: String,
    name: String,
    price: String,
    minor: i64,
    /// None is unlimited.
    left: Option<i64>,
    quantity: usize,
}

/// The number that was typed for a line.
fn quantity(form: &Filled, index: usize) -> usize {
    form.value(&format!("lines/{index}/quantity")).parse().unwrap_or_default()
}

async fn page_context(
    visitor: &Visitor,
    pages: &DeskPages,
    desk: &Desk,
    form: &Filled,
    names: bool,
) -> ApiResult<Value> {
    let lang = visitor.lang;
    let currency = desk.event.currency;
    let figures = pages.ticketing.figures(&desk.scope, &desk.can, &desk.event).await?;
    let choices: Vec<Choice> = figures
        .types
        .iter()
        .take(MOST_LINES)
        .enumerate()
        .map(|(index, kind)| Choice {
            id: kind.id.to_string(),
            name: kind.name.clone(),
            price: super::super::amount(lang, Money::from_minor(kind.price, currency)),
            minor: kind.price,
            left: kind.left,
            quantity: quantity(form, index).min(100),
        })
        .collect();
    let chosen = |choice: &Choice| choice.minor * i64::try_from(choice.quantity).unwrap_or_default();
    let total: i64 = choices.iter().map(chosen).sum();
    let shown_total = if form.value("tender") == "complimentary" { 0 } else { total };
    Ok(context! {
        form => shown(form), choices => shown(&choices), names,
        total => i18n::money(lang, Money::from_minor(shown_total, currency)), currency => currency.code(),
        decimals => currency.decimals(), ..desk.surroundings(visitor, "orders").await?
    })
}

/// `GET /manage/events/{id}/orders/new`.
#[handler]
pub async fn new_order_page(
    visitor: Visitor,
    Path(id): Path<EventId>,
    Data(pages): Data<&DeskPages>,
) -> ApiResult<Response> {
    let desk = Desk::of(&visitor, id).await?;
    let _can = desk.permit::<SellByHand>(&visitor).await?;
    if desk.event.state != EventState::Published {
        return Ok(see_other(&desk.path("orders")));
    }
    let form = Filled::with([("tender", "cash")]);
    visitor.page("sales/new-order.html", page_context(&visitor, pages, &desk, &form, false).await?)
}

/// `POST /manage/events/{id}/orders/new`: the order with its tickets, or fields for the names of those who come.
#[handler]
pub async fn enter_order_page(
    visitor: Visitor,
    Path(id): Path<EventId>,
    Data(pages): Data<&DeskPages>,
    form: Form,
) -> ApiResult<Response> {
    let desk = Desk::of(&visitor, id).await?;
    if form.has("names") {
        let _can = desk.permit::<SellByHand>(&visitor).await?;
        let context = page_context(&visitor, pages, &desk, &Filled::kept(&form), true).await?;
        return visitor.page("sales/new-order.html", context);
    }
    match enter(&visitor, pages, &desk, &form).await {
        Ok(order) => {
            visitor.flash(Flash(if order.buyer.email.is_empty() {
                "order-entered"
            } else {
                "order-entered-sent"
            }));
            Ok(see_other(&desk.path(&format!("orders/{}", order.id))))
        }
        Err(problem) if problem.status().is_server_error() => Err(problem),
        Err(problem) => {
            let filled = refused(&visitor, &form, &problem);
            let context = page_context(&visitor, pages, &desk, &filled, has_names(&form)).await?;
            visitor.refused(&problem, "sales/new-order.html", context)
        }
    }
}

/// The lines of which something is wanted.
fn wanted(form: &Form) -> Vec<usize> {
    let quantity = |index: &usize| form.text(&format!("lines/{index}/quantity")).to_owned();
    (0..MOST_LINES).filter(|index| !["", "0"].contains(&quantity(index).as_str())).collect()
}

fn has_names(form: &Form) -> bool {
    (0..MOST_LINES).any(|index| form.has(&format!("lines/{index}/attendees/0/first_name")))
}

async fn enter(visitor: &Visitor, pages: &DeskPages, desk: &Desk, form: &Form) -> ApiResult<Order> {
    let can = desk.permit::<SellByHand>(visitor).await?;
    let mut named = with_names(form);
    let kept = wanted(form);
    for index in (0..MOST_LINES).filter(|index| !kept.contains(index)) {
        named.leave_out(&format!("lines/{index}/ticket_type"));
        named.leave_out(&format!("lines/{index}/quantity"));
        for place in 0..100 {
            for part in ["first_name", "last_name"] {
                named.leave_out(&format!("lines/{index}/attendees/{place}/{part}"));
            }
        }
    }
    if kept.is_empty() {
        return Err(Problem::field("lines", "too_few"));
    }
    let input: ManualOrderInput = named.read()?;
    let new = hand_order(input, desk.scope.organization().locale)?;
    let key = form.key(visitor, &format!("manual_order/{}", desk.event.id));
    Ok(pages.ticketing.enter(&desk.scope, can, &new, key.as_ref()).await?)
}

/// What was typed; lines of which nothing is wanted are not counted by who reads it, but they are on the page.
fn refused(visitor: &Visitor, form: &Form, problem: &Problem) -> Filled {
    let told = problem.told_fields(visitor.lang);
    if told.is_empty() {
        return Filled::refused(form, problem, visitor.lang);
    }
    let kept = wanted(form);
    let mut filled = Filled::kept(form);
    for (field, told) in told {
        let mut parts: Vec<String> = field.split('/').map(str::to_owned).collect();
        let line = parts.get(1).and_then(|part| part.parse::<usize>().ok()).and_then(|line| kept.get(line));
        if let (Some(line), Some(part)) = (line, parts.get_mut(1)) {
            *part = line.to_string();
        }
        filled.refuse(&parts.join("/"), i18n::stripped(&told));
    }
    filled
}
