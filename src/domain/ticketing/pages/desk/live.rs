//! An event's figures in the words of its pages, and the stream that keeps them so.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use futures_util::FutureExt;
use poem::web::{Data, Path};
use poem::{Response, handler};
use serde::Serialize;

use super::Desk;
use super::chart::{Chart, chart};
use crate::base::i18n::{self, Args, Lang, text_with};
use crate::base::identity::ReadSales;
use crate::base::kernel::clock::Clock;
use crate::base::kernel::id::EventId;
use crate::base::kernel::money::{Currency, Money};
use crate::base::live::Told;
use crate::base::site::Visitor;
use crate::base::web::ApiResult;
use crate::domain::ticketing::figures::{Figures, TypeFigures};
use crate::domain::ticketing::live::{LiveSales, Snapshot};
use crate::domain::ticketing::model::OrderStatus;

/// Tells figures in the reader's language.
#[derive(Clone)]
pub(super) struct Teller {
    lang: Lang,
    clock: Clock,
    zone: Tz,
    currency: Currency,
}

/// Everything on the page that changes while it is open: texts and meters by name, and the chart.
#[derive(Serialize)]
pub(super) struct Live {
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

impl Teller {
    pub(super) fn new(visitor: &Visitor, zone: Tz, currency: Currency) -> Self {
        Self { lang: visitor.lang, clock: visitor.entrance.db.clock().clone(), zone, currency }
    }

    /// Until when the figures are known to hold.
    fn at(&self) -> String {
        i18n::time(self.lang, self.clock.now(), self.zone)
    }

    pub(super) fn tell(&self, figures: &Figures) -> Live {
        let (lang, currency) = (self.lang, self.currency);
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
        put("at".into(), self.at());
        put(
            "told".into(),
            text_with(
                lang,
                "live-told",
                &Args::new().set("sold", figures.sold).set("entered", figures.entered),
            ),
        );
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
            put(format!("line-sold-{id}"), text_with(lang, "manage-sold", &Args::new().set("count", sold)));
            if let Some(left) = kind.left {
                put(
                    format!("line-left-{id}"),
                    text_with(lang, "manage-left", &Args::new().set("count", left)),
                );
            }
            if let Some(whole) = whole(sold, held, kind.left) {
                meters.insert(id.to_string(), (sold, whole.max(1)));
            }
        }
        let today = self.clock.now().with_timezone(&self.zone).date_naive();
        Live { texts, meters, chart: chart(lang, &figures.days, today) }
    }
}

/// `GET /manage/events/{id}/live`: the same texts at once and whenever one changes.
#[handler]
pub async fn live_page(
    visitor: Visitor,
    Path(id): Path<EventId>,
    Data(sales): Data<&LiveSales>,
) -> ApiResult<Response> {
    let auth = visitor.member()?.clone();
    let desk = Desk::of(&visitor, id).await?;
    let (seat, news) = sales.follow(&desk.can)?;
    let entrance = visitor.entrance.clone();
    let teller = Teller::new(&visitor, desk.event.timezone, desk.event.currency);
    let beat = teller.clone();
    let told = Told {
        seat,
        news,
        until: None,
        still: Box::new(move || {
            let (entrance, auth) = (entrance.clone(), auth.clone());
            async move { entrance.still::<ReadSales>(&auth, id).await }.boxed()
        }),
        write: Box::new(move |news: &Snapshot| {
            let teller = Teller { zone: news.timezone, currency: news.currency, ..teller.clone() };
            serde_json::to_value(teller.tell(&news.figures)).unwrap_or_default()
        }),
        beat: Box::new(move || serde_json::json!({ "texts": { "at": beat.at() } })),
    };
    Ok(told.answer())
}
