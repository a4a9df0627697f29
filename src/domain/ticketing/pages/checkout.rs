//! The checkout: one page from the chosen tickets to the payment.

use minijinja::{Value, context};
use poem::web::{Data, Path};
use poem::{Response, handler};
use serde::Serialize;

use super::{BuyerPages, amount, download, is_passing};
use crate::base::identity::Actor;
use crate::base::kernel::id::OrderId;
use crate::base::kernel::money::Money;
use crate::base::kernel::text;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Problem};
use crate::domain::events::{PublicEvent, TicketType, event_context};
use crate::domain::ticketing::dto::{AttendeeInput, LineInput, OrderInput};
use crate::domain::ticketing::model::{Attendee, Buyer, NewLine, NewOrder, Order, OrderStatus};
use crate::domain::ticketing::paper;

/// The order that this browser holds for an event, so that a second try does not hold twice as much.
const HOLD: &str = "parvis_hold";
/// What opens an order, for its pages.
pub(super) const ORDER: &str = "parvis_order";

/// Tickets of one type that somebody is about to buy.
#[derive(Serialize)]
struct Wanted {
    id: String,
    name: String,
    quantity: i32,
    unit: String,
    total: String,
    #[serde(skip)]
    minor: i64,
}

fn wanted(visitor: &Visitor, sold: &TicketType, quantity: i32) -> Wanted {
    let total = sold.price.minor().saturating_mul(i64::from(quantity));
    Wanted {
        id: sold.id.to_string(),
        name: sold.name.clone(),
        quantity,
        unit: amount(visitor.lang, sold.price),
        total: amount(visitor.lang, Money::from_minor(total, sold.price.currency())),
        minor: total,
    }
}

/// The tickets that pairs of a type's id and a number name.
fn chosen(visitor: &Visitor, found: &PublicEvent, number: impl Fn(&str) -> Option<i32>) -> Vec<Wanted> {
    let sold = found.types.iter();
    let numbers = sold.filter_map(|sold| Some((sold, number(&sold.id.to_string())?)));
    numbers
        .filter(|(_, number)| (1..=100).contains(number))
        .map(|(sold, number)| wanted(visitor, sold, number))
        .collect()
}

fn from_query(visitor: &Visitor, found: &PublicEvent) -> Vec<Wanted> {
    let pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(visitor.query().as_bytes()).into_owned().collect();
    chosen(visitor, found, |id| pairs.iter().find(|(name, _)| name == id)?.1.parse().ok())
}

fn from_form(visitor: &Visitor, found: &PublicEvent, form: &Form) -> Vec<Wanted> {
    chosen(visitor, found, |id| {
        let index = (0..20).find(|index| form.text(&format!("lines/{index}/ticket_type")) == id)?;
        form.text(&format!("lines/{index}/quantity")).parse().ok()
    })
}

/// What is known of the buyer before anything is typed.
fn known(actor: Option<&Actor>) -> Filled {
    match actor {
        Some(actor) => Filled::with([
            ("buyer/email", actor.email.as_str()),
            ("buyer/first_name", &actor.first_name),
            ("buyer/last_name", &actor.last_name),
        ]),
        None => Filled::default(),
    }
}

fn page_context(
    visitor: &Visitor,
    pages: &BuyerPages,
    found: &PublicEvent,
    lines: &[Wanted],
    form: &Filled,
) -> Value {
    let event = &found.event;
    let total: i64 = lines.iter().map(|line| line.minor).sum();
    let query = change_query(visitor, lines);
    context! {
        event => event_context(visitor.lang, event, visitor.entrance.db.clock().now()), lines => shown(lines),
        total => amount(visitor.lang, Money::from_minor(total, event.currency)), free => total == 0,
        count => lines.iter().map(|line| line.quantity).sum::<i32>(), form => shown(form),
        methods => shown(pages.ticketing.payment_methods(event.test_mode)), hold_minutes => pages.ticketing.hold_minutes(),
        change => format!("/events/{}?{query}#tickets", event.slug), event_id => event.id.to_string(),
        organizer => found.scope.organization().name.as_str(), link => link(visitor),
        brand => found.scope.organization().brand_path(),
    }
}

fn link(visitor: &Visitor) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(visitor.query().as_bytes());
    pairs.find(|(name, _)| name == "link").map(|(_, link)| link.into_owned())
}

/// The address of the event's page with the same tickets chosen.
fn change_query(visitor: &Visitor, lines: &[Wanted]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for line in lines {
        query.append_pair(&line.id, &line.quantity.to_string());
    }
    if let Some(link) = link(visitor) {
        query.append_pair("link", &link);
    }
    query.finish()
}

/// `GET /events/{slug}/checkout?{ticket type}={number}&…`.
#[handler]
pub async fn checkout_page(
    visitor: Visitor,
    Path(slug): Path<String>,
    Data(pages): Data<&BuyerPages>,
) -> ApiResult<Response> {
    let found = pages.catalogue.shown_to(&visitor, &slug).await?;
    let lines = from_query(&visitor, &found);
    let sells = found.event.sells(visitor.entrance.db.clock().now());
    if lines.is_empty() || !sells {
        // Why nothing is sold is on the event's page.
        if sells {
            visitor.flash(Flash("choose-tickets"));
        }
        let query = link(&visitor).map(|link| format!("?link={link}")).unwrap_or_default();
        return Ok(see_other(&format!("/events/{}{query}#tickets", found.event.slug)));
    }
    let form = known(visitor.actor().map(AsRef::as_ref));
    visitor.page("orders/checkout.html", page_context(&visitor, pages, &found, &lines, &form))
}

/// `POST /events/{slug}/checkout`: the order, and on to its payment.
#[handler]
pub async fn buy_page(
    visitor: Visitor,
    Path(slug): Path<String>,
    Data(pages): Data<&BuyerPages>,
    form: Form,
) -> ApiResult<Response> {
    let found = pages.catalogue.shown_to(&visitor, &slug).await?;
    match buy(&visitor, pages, &found, &form).await {
        Ok(next) => Ok(see_other(&next)),
        Err(problem) if problem.status().is_server_error() => Err(problem),
        Err(problem) => {
            let lines = from_form(&visitor, &found, &form);
            let filled = Filled::refused(&form, &problem, visitor.lang);
            visitor.refused(
                &problem,
                "orders/checkout.html",
                page_context(&visitor, pages, &found, &lines, &filled),
            )
        }
    }
}

async fn buy(visitor: &Visitor, pages: &BuyerPages, found: &PublicEvent, form: &Form) -> ApiResult<String> {
    let named = with_names(form);
    let input: OrderInput = named.read()?;
    let new = asked(visitor, found, input);
    if !found.event.terms.is_empty() && !form.has("consent") {
        return Err(Problem::field("consent", "consent"));
    }
    let order = match held_before(visitor, pages, &found.scope, &form.print()).await {
        Some(order) => order,
        None => pages.ticketing.place(&found.scope, new, form.key(visitor, "place_order")).await?,
    };
    let secret = pages.ticketing.secret(order.id);
    // An account's orders open by the account, and close with it.
    if order.account.is_none() {
        visitor.keep(ORDER, &secret, &format!("/orders/{}", order.id));
    }
    if order.status != OrderStatus::Pending {
        return Ok(format!("/orders/{}", order.id));
    }
    visitor.keep(
        HOLD,
        &format!("{} {secret} {}", order.id, form.print()),
        &format!("/events/{}", found.event.slug),
    );
    go_and_pay(visitor, pages, &found.scope, &order, form.text("provider")).await
}

/// The order that a form asks for; its texts have the right form, for the form was read by the API's schema.
fn asked(visitor: &Visitor, found: &PublicEvent, input: OrderInput) -> NewOrder {
    let address = |email: &str| text::email(email).unwrap_or_default();
    let attendee = |input: AttendeeInput| Attendee {
        first_name: input.first_name.trim().into(),
        last_name: input.last_name.trim().into(),
        email: input.email.map(|email| address(&email.0)).unwrap_or_default(),
    };
    let line = |(index, line): (usize, LineInput)| NewLine {
        index,
        ticket_type: line.ticket_type,
        quantity: line.quantity,
        attendees: line.attendees.unwrap_or_default().into_iter().map(attendee).collect(),
    };
    NewOrder {
        event: found.event.id,
        buyer: Buyer {
            email: address(&input.buyer.email.0),
            first_name: input.buyer.first_name.trim().into(),
            last_name: input.buyer.last_name.trim().into(),
            locale: visitor.lang,
        },
        account: visitor.actor().map(|actor| actor.account),
        lines: input.lines.into_iter().enumerate().map(line).collect(),
        link: link(visitor),
    }
}

/// On to the payment; when it cannot begin now, the order's page offers it again.
pub(super) async fn go_and_pay(
    visitor: &Visitor,
    pages: &BuyerPages,
    scope: &TenantScope,
    order: &Order,
    provider: &str,
) -> ApiResult<String> {
    let methods = pages.ticketing.payment_methods(order.test);
    let provider = if provider.is_empty() { methods.first().copied().unwrap_or_default() } else { provider };
    match pages.pay(scope, order, provider, &visitor.entrance.public_url).await {
        Err(problem) if is_passing(&problem) => {
            visitor.flash(Flash("pay-later"));
            Ok(format!("/orders/{}", order.id))
        }
        other => other,
    }
}

/// The order that this browser holds for the event: the same form sent again, as after the back button, goes on with it;
/// another one gives it up.
async fn held_before(
    visitor: &Visitor,
    pages: &BuyerPages,
    scope: &TenantScope,
    print: &str,
) -> Option<Order> {
    let kept = visitor.kept(HOLD)?;
    let mut parts = kept.split(' ');
    let (id, secret, said) = (parts.next()?, parts.next()?, parts.next()?);
    let id = OrderId::from(uuid::Uuid::parse_str(id).ok()?);
    if !pages.ticketing.opens(id, secret) || id.organization() != scope.number() {
        return None;
    }
    let mut tx = visitor.entrance.db.tenant(scope).await.ok()?;
    let order = pages.ticketing.order(&mut tx, id).await.ok()?;
    drop(tx);
    if order.status != OrderStatus::Pending {
        return None;
    }
    if said == print {
        return Some(order);
    }
    if let Err(error) = pages.ticketing.cancel(scope, id, None, None).await {
        tracing::debug!(order = %id, %error, "an earlier hold stays until it ends");
    }
    None
}

/// Tickets without a name are the buyer's; one that is named needs both names. Empty rows at the end are left out.
pub(super) fn with_names(form: &Form) -> Form {
    let mut named = form.clone();
    for line in 0..20 {
        let field = |place: usize, part: &str| format!("lines/{line}/attendees/{place}/{part}");
        let is_named = |place: usize| {
            ["first_name", "last_name"].iter().any(|part| !form.text(&field(place, part)).is_empty())
        };
        let last = (0..100).rev().find(|place| is_named(*place));
        for place in 0..100 {
            let before_last = last.is_some_and(|last| place <= last);
            for part in ["first_name", "last_name"] {
                if !before_last {
                    named.leave_out(&field(place, part));
                } else if !is_named(place) {
                    named.put(&field(place, part), form.text(&format!("buyer/{part}")).to_owned());
                }
            }
        }
    }
    named
}

/// `GET /events/{slug}/calendar.ics`.
#[handler]
pub async fn event_calendar(
    visitor: Visitor,
    Path(slug): Path<String>,
    Data(pages): Data<&BuyerPages>,
) -> ApiResult<Response> {
    let found = pages.catalogue.shown_to(&visitor, &slug).await?;
    let file = paper::calendar(found.scope.organization(), &found.event, &visitor.entrance.public_url, false);
    let file = file.ok_or_else(Problem::not_found)?;
    Ok(download(&format!("{}.ics", found.event.slug), "text/calendar; charset=utf-8", file.into_bytes()))
}
