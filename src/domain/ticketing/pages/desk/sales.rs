//! The figures of an event's sales, as a page and as the news that the page asks for.

use chrono::{DateTime, Utc};
use minijinja::{Value, context};
use poem::http::header;
use poem::web::{Data, Path};
use poem::{Response, handler};
use serde::Serialize;

use super::chart::short_day;
use super::live::Teller;
use super::{Desk, DeskPages};
use crate::base::i18n::{self, Lang};
use crate::base::identity::ManageSales;
use crate::base::kernel::id::EventId;
use crate::base::kernel::money::Money;
use crate::base::site::{Flash, Form, Visitor, see_other, shown};
use crate::base::web::ApiResult;
use crate::domain::events::{self, Event, EventState};
use crate::domain::ticketing::figures::{Figures, TypeFigures};
use crate::domain::ticketing::model::OrderStatus;

#[derive(Serialize)]
struct DayRow {
    day: String,
    online: i64,
    by_hand: i64,
    value: String,
}

fn days(lang: Lang, desk: &Desk, figures: &Figures) -> Vec<DayRow> {
    let row = |(day, figures): (&chrono::NaiveDate, &crate::domain::ticketing::figures::DayFigures)| DayRow {
        day: format!("{} {}", short_day(lang, *day), chrono::Datelike::year(day)),
        online: figures.online,
        by_hand: figures.by_hand,
        value: i18n::money(lang, Money::from_minor(figures.value, desk.event.currency)),
    };
    figures.days.iter().rev().map(row).collect()
}

fn rows(lang: Lang, desk: &Desk, figures: &Figures) -> Vec<Value> {
    let price = |minor: i64| super::super::amount(lang, Money::from_minor(minor, desk.event.currency));
    let row = |kind: &TypeFigures| {
        context! {
            id => kind.id.to_string(), name => kind.name.as_str(), price => price(kind.price),
            limited => kind.left.is_some(), full => kind.left == Some(0),
        }
    };
    figures.types.iter().map(row).collect()
}

/// What is said of the places that are left: the key of a text.
fn left_note(event: &Event, now: DateTime<Utc>) -> &'static str {
    match event.state {
        EventState::Draft => "sales-left-draft",
        _ if event.sells(now) => "sales-left-note",
        _ => "sales-left-closed",
    }
}

/// `GET /manage/events/{id}/sales`.
#[handler]
pub async fn sales_page(
    visitor: Visitor,
    Path(id): Path<EventId>,
    Data(pages): Data<&DeskPages>,
) -> ApiResult<Response> {
    let desk = Desk::of(&visitor, id).await?;
    let figures = pages.ticketing.figures(&desk.scope, &desk.can, &desk.event).await?;
    let mut tx = visitor.entrance.tenant(&desk.scope).await?;
    let notifies = events::standing(&mut tx, id).await?.is_some_and(|event| event.notify_sales);
    drop(tx);
    let lang = visitor.lang;
    let live = Teller::new(&visitor, desk.event.timezone, desk.event.currency).tell(&figures);
    let statuses: Vec<&str> = OrderStatus::ALL.into_iter().map(OrderStatus::code).collect();
    let own: i64 = figures.revenue.first().map(|sum| sum.minor()).unwrap_or_default();
    let context = context! {
        live => shown(&live), types => rows(lang, &desk, &figures), days => shown(days(lang, &desk, &figures)),
        statuses => shown(&statuses), differs => own != figures.value, notifies,
        left_note => left_note(&desk.event, visitor.entrance.db.clock().now()),
        contact => desk.scope.organization().contact_email.as_str(),
        ..desk.surroundings(&visitor, "sales").await?
    };
    visitor.page("sales/sales.html", context)
}

/// `GET /manage/events/{id}/sales.json`: what changes while the page is open, for browsers that no stream gets through to.
#[handler]
pub async fn sales_figures(
    visitor: Visitor,
    Path(id): Path<EventId>,
    Data(pages): Data<&DeskPages>,
) -> ApiResult<Response> {
    let desk = Desk::of(&visitor, id).await?;
    let figures = pages.ticketing.figures(&desk.scope, &desk.can, &desk.event).await?;
    let teller = Teller::new(&visitor, desk.event.timezone, desk.event.currency);
    let live = serde_json::to_vec(&teller.tell(&figures)).unwrap_or_default();
    Ok(Response::builder()
        .content_type("application/json; charset=utf-8")
        .header(header::CACHE_CONTROL, "private, no-store")
        .body(live))
}

/// `POST /manage/events/{id}/sales/notify`: whether the organizer wants a mail at each sale.
#[handler]
pub async fn notify_page(visitor: Visitor, Path(id): Path<EventId>, form: Form) -> ApiResult<Response> {
    let desk = Desk::of(&visitor, id).await?;
    let can = desk.permit::<ManageSales>(&visitor).await?;
    let mut tx = visitor.entrance.tenant(&desk.scope).await?;
    events::notify_sales(&mut tx, can, form.has("wanted")).await?;
    tx.commit().await?;
    visitor.flash(Flash(if form.has("wanted") { "sales-notified" } else { "sales-not-notified" }));
    Ok(see_other(&desk.path("sales")))
}
