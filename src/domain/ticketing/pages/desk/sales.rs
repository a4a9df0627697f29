//! The figures of an event's sales, as a page and as the news that the page asks for.

use std::collections::BTreeMap;

use minijinja::{Value, context};
use poem::http::header;
use poem::web::{Data, Path};
use poem::{Response, handler};
use serde::Serialize;

use super::chart::{Chart, chart, short_day};
use super::{Desk, DeskPages};
use crate::base::i18n::{self, Args, Lang, text_with};
use crate::base::identity::ManageSales;
use crate::base::kernel::id::EventId;
use crate::base::kernel::money::Money;
use crate::base::site::{Flash, Form, Visitor, see_other, shown};
use crate::base::web::ApiResult;
use crate::domain::events;
use crate::domain::ticketing::figures::{Figures, TypeFigures};
use crate::domain::ticketing::model::OrderStatus;

/// Everything on the page that changes while it is open: texts and meters by name, and the chart.
#[derive(Serialize)]
struct Live {
    texts: BTreeMap<String, String>,
    /// What is full and how much fits.
    meters: BTreeMap<String, (i64, i64)>,
    chart: Chart,
}

/// `562`, and beside it `sur 600`.
fn of(lang: Lang, whole: Option<i64>) -> String {
    whole.map(|whole| text_with(lang, "sales-of", &Args::new().set("whole", whole))).unwrap_or_default()
}

fn left(lang: Lang, left: Option<i64>) -> String {
    left.map_or_else(|| i18n::text(lang, "sales-unlimited"), |left| i18n::number(lang, left))
}

fn live(visitor: &Visitor, desk: &Desk, figures: &Figures) -> Live {
    let (lang, zone, currency) = (visitor.lang, desk.event.timezone, desk.event.currency);
    let now = visitor.entrance.db.clock().now();
    let number = |value: i64| i18n::number(lang, value);
    let money = |minor: i64| i18n::money(lang, Money::from_minor(minor, currency));
    let whole = |sold: i64, held: i64, left: Option<i64>| left.map(|left| sold + held + left);
    let mut texts = BTreeMap::new();
    let mut meters = BTreeMap::new();
    let mut put = |name: String, text: String| drop(texts.insert(name, text));
    put("sold".into(), number(figures.sold));
    put("sold-of".into(), of(lang, whole(figures.sold, figures.held, figures.left)));
    put("held".into(), text_with(lang, "sales-held", &Args::new().set("count", figures.held)));
    put("left".into(), left(lang, figures.left));
    let revenue: Vec<String> = figures.revenue.iter().map(|sum| i18n::money(lang, *sum)).collect();
    put("revenue".into(), revenue.join(" + "));
    put("entered".into(), number(figures.entered));
    put("entered-of".into(), of(lang, Some(figures.sold)));
    put("value".into(), money(figures.value));
    let own: i64 = figures.revenue.first().map(|sum| sum.minor()).unwrap_or_default();
    put("other".into(), money(own - figures.value));
    put("total".into(), money(own));
    put("at".into(), i18n::time(lang, now, zone));
    for status in OrderStatus::ALL {
        let found = figures.orders.iter().find(|figures| figures.status == status);
        put(format!("orders-{}", status.code()), number(found.map_or(0, |figures| figures.count)));
    }
    for kind in &figures.types {
        let TypeFigures { id, sold, held, .. } = *kind;
        put(format!("sold-{id}"), number(sold));
        put(format!("of-{id}"), of(lang, whole(sold, held, kind.left)));
        put(format!("held-{id}"), number(held));
        put(format!("left-{id}"), left(lang, kind.left));
        put(format!("value-{id}"), money(kind.value));
        if let Some(whole) = whole(sold, held, kind.left) {
            meters.insert(id.to_string(), (sold, whole.max(1)));
        }
    }
    let today = now.with_timezone(&zone).date_naive();
    Live { texts, meters, chart: chart(lang, &figures.days, today) }
}

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
    let live = live(&visitor, &desk, &figures);
    let statuses: Vec<&str> = OrderStatus::ALL.into_iter().map(OrderStatus::code).collect();
    let own: i64 = figures.revenue.first().map(|sum| sum.minor()).unwrap_or_default();
    let context = context! {
        live => shown(&live), types => rows(lang, &desk, &figures), days => shown(days(lang, &desk, &figures)),
        statuses => shown(&statuses), differs => own != figures.value, notifies,
        contact => desk.scope.organization().contact_email.as_str(),
        ..desk.surroundings(&visitor, "sales").await?
    };
    visitor.page("sales/sales.html", context)
}

/// `GET /manage/events/{id}/sales.json`: what changes while the page is open.
#[handler]
pub async fn sales_figures(
    visitor: Visitor,
    Path(id): Path<EventId>,
    Data(pages): Data<&DeskPages>,
) -> ApiResult<Response> {
    let desk = Desk::of(&visitor, id).await?;
    let figures = pages.ticketing.figures(&desk.scope, &desk.can, &desk.event).await?;
    let live = serde_json::to_vec(&live(&visitor, &desk, &figures)).unwrap_or_default();
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
