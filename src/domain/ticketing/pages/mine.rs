//! Finding orders again: by account, or by a mail to the address they were placed with.

use std::collections::HashMap;

use minijinja::context;
use poem::web::Data;
use poem::{Request, Response, handler};
use serde::Serialize;

use super::{BuyerPages, amount};
use crate::base::i18n;
use crate::base::kernel::id::EventId;
use crate::base::kernel::page::{LAST_PAGE, PageRequest};
use crate::base::kernel::text;
use crate::base::site::{Filled, Form, Visitor, shown};
use crate::base::web::{ApiResult, Problem, Rate};
use crate::domain::events::{self, Event};
use crate::domain::ticketing::model::TicketStatus;
use crate::domain::ticketing::service::Whose;

const PAGE_SIZE: u32 = 20;

/// An order in the list of its buyer.
#[derive(Serialize)]
struct Row {
    href: String,
    event: String,
    category: String,
    day: String,
    month: String,
    when: String,
    code: String,
    status: &'static str,
    total: String,
    valid: usize,
    past: bool,
}

/// `GET /my`.
#[handler]
pub async fn my_page(visitor: Visitor, Data(pages): Data<&BuyerPages>) -> ApiResult<Response> {
    let actor = &visitor.member()?.actor;
    let number = url::form_urlencoded::parse(visitor.query().as_bytes())
        .find(|(name, _)| name == "page")
        .and_then(|(_, page)| page.parse::<u32>().ok())
        .map_or(1, |page| page.clamp(1, LAST_PAGE));
    let email = actor.email_confirmed.then(|| actor.email.clone());
    let whose = Whose { account: Some(actor.account), email };
    let page = pages.ticketing.orders_of(&whose, PageRequest { number, size: PAGE_SIZE }).await?;
    let lang = visitor.lang;
    let mut known: HashMap<EventId, Event> = HashMap::new();
    for group in page.rows.chunk_by(|a, b| a.0.number() == b.0.number()) {
        let Some((scope, ..)) = group.first() else { continue };
        let ids: Vec<EventId> = group.iter().map(|(_, order, _)| order.event).collect();
        let mut tx = visitor.entrance.tenant(scope).await?;
        let found = events::events(&mut tx, &ids).await?.into_iter();
        known.extend(found.map(|event| (event.id, event.told(lang))));
    }
    let now = visitor.entrance.db.clock().now();
    let row = |(_, order, tickets): &(_, crate::domain::ticketing::model::Order, Vec<_>)| {
        let event = known.get(&order.event)?;
        let (day, month) =
            event.starts_at.map(|at| i18n::day_and_month(lang, at, event.timezone)).unwrap_or_default();
        let tickets: &Vec<crate::domain::ticketing::model::Ticket> = tickets;
        Some(Row {
            href: format!("/orders/{}", order.id),
            event: event.name.clone(),
            category: event.category.clone(),
            when: i18n::capitalized(&event.when(lang)),
            code: order.code.clone(),
            status: order.status.code(),
            total: amount(lang, order.total),
            valid: tickets.iter().filter(|ticket| ticket.status != TicketStatus::Revoked).count(),
            past: !event.awaits_dates && event.ends_at.is_some_and(|end| end < now),
            day,
            month,
        })
    };
    let rows: Vec<Row> = page.rows.iter().filter_map(row).collect();
    let (upcoming, past): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| !row.past);
    let request = page.request;
    let address = |number: u32| format!("/my?page={number}");
    visitor.page(
        "orders/my.html",
        context! {
            upcoming => shown(&upcoming), past => shown(&past), confirmed => actor.email_confirmed,
            pages => context! {
                number => request.number, previous => (request.number > 1).then(|| address(request.number - 1)),
                next => page.has_next().then(|| address(request.number + 1)),
            },
        },
    )
}

/// `GET /find`.
#[handler]
pub async fn find_page(visitor: Visitor) -> ApiResult<Response> {
    let email = visitor.actor().map(|actor| actor.email.clone()).unwrap_or_default();
    let form = Filled::with([("email", email)]);
    visitor.page("orders/find.html", context! { form => shown(&form), sent => false })
}

/// `POST /find`: the mail with the links; the answer is the same for every address.
#[handler]
pub async fn send_links_page(
    visitor: Visitor,
    request: &Request,
    Data(pages): Data<&BuyerPages>,
    form: Form,
) -> ApiResult<Response> {
    visitor.entrance.limiter.spend_address(Rate::SignUp, request)?;
    let Some(email) = text::email(form.text("email")) else {
        let problem = Problem::field("email", "email");
        let form = Filled::refused(&form, &problem, visitor.lang);
        return visitor.refused(
            &problem,
            "orders/find.html",
            context! { form => shown(&form), sent => false },
        );
    };
    visitor.entrance.limiter.spend(Rate::Letter, &format!("find/{email}"))?;
    pages.ticketing.send_links(&email, None).await?;
    visitor.page("orders/find.html", context! { form => shown(Filled::kept(&form)), sent => true })
}
