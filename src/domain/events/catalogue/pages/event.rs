//! The page of one event: what it is, what it sells, and what other sites read of it.

use chrono::{DateTime, Utc};
use minijinja::{Value, context};
use poem::web::{Data, Path};
use poem::{Response, handler};
use serde::Serialize;

use super::share::{Share, json_ld};
use super::{amount, place};
use crate::base::i18n::{self, Args, Lang, stripped, text, text_with};
use crate::base::kernel::money::Money;
use crate::base::site::{Visitor, shown};
use crate::base::web::ApiResult;
use crate::domain::events::catalogue::Catalogue;
use crate::domain::events::catalogue::shelf::PublicEvent;
use crate::domain::events::media::{self, Place};
use crate::domain::events::model::{Event, EventState, NotOnSale, OtherDate, TicketType, Visibility};
use crate::domain::events::{markdown, summary};

/// From how few on the page says how many are left.
const FEW: i32 = 20;

/// A ticket type as the event's page shows it.
#[derive(Serialize)]
struct Offer {
    id: String,
    name: String,
    description: String,
    price: String,
    /// In minor units, for live totals.
    minor: i64,
    most: i32,
    least: i32,
    quantity: i32,
    sold_out: bool,
    /// "Few left", "not on sale yet", "no longer on sale".
    note: String,
    open: bool,
}

fn offer(lang: Lang, found: &PublicEvent, sold: &TicketType, left: Option<i32>, now: DateTime<Utc>) -> Offer {
    let event = &found.event;
    let sold_out = left.is_some_and(|left| left <= 0);
    let note = match sold.on_sale(now) {
        Err(NotOnSale::NotYet) => sold.sales_start.map(|at| {
            let at = i18n::date_time(lang, at, event.timezone);
            text_with(lang, "event-sale-from", &Args::new().set("when", at))
        }),
        Err(NotOnSale::Ended) => Some(text(lang, "event-sale-ended")),
        Ok(()) if sold_out => None,
        Ok(()) => left
            .filter(|left| event.show_remaining && *left <= FEW)
            .map(|left| text_with(lang, "event-few-left", &Args::new().set("count", left))),
    };
    let most = left.map_or(sold.max_per_order, |left| sold.max_per_order.min(left.max(0)));
    Offer {
        id: sold.id.to_string(),
        name: sold.name.clone(),
        description: sold.description.clone(),
        price: amount(lang, sold.price),
        minor: sold.price.minor(),
        most: most.min(sold.max_per_person.unwrap_or(most)),
        least: sold.min_per_order,
        quantity: 0,
        sold_out,
        note: note.map(|note| stripped(&note)).unwrap_or_default(),
        open: event.sells(now) && sold.on_sale(now).is_ok() && !sold_out,
    }
}

/// `GET /events/{slug or id}`: the event, and the choice of tickets.
#[handler]
pub async fn event_page(
    visitor: Visitor,
    Path(slug): Path<String>,
    Data(catalogue): Data<&Catalogue>,
) -> ApiResult<Response> {
    let found = catalogue.shown_to(&visitor, &slug).await?;
    let plain = visitor.query().is_empty() || visitor.query().starts_with("lang=");
    let page = show(&visitor, catalogue, &found);
    if plain && found.event.visibility == Visibility::Public {
        return catalogue.kept_page(&visitor, "event", page).await;
    }
    let (template, context) = page.await?;
    visitor.page(template, context)
}

/// The page of an event that strangers do not see yet.
pub(in crate::domain::events) async fn preview(
    visitor: &Visitor,
    catalogue: &Catalogue,
    found: &PublicEvent,
) -> ApiResult<Response> {
    let (template, context) = show(visitor, catalogue, found).await?;
    let back = format!("/manage/events/{}", found.event.id);
    visitor.page(template, context! { preview => back, ..context })
}

async fn show(
    visitor: &Visitor,
    catalogue: &Catalogue,
    found: &PublicEvent,
) -> ApiResult<(&'static str, Value)> {
    let (lang, now) = (visitor.lang, catalogue.now());
    let event = &found.event;
    let left = catalogue.shelf.left(found).await?;
    let chosen = Chosen::of(visitor.query());
    let offers: Vec<Offer> = found
        .types
        .iter()
        .filter_map(|sold| {
            let (_, left) = left.iter().find(|(id, _)| *id == sold.id.uuid())?;
            let mut offer = offer(lang, found, sold, *left, now);
            offer.quantity = chosen.quantity(&offer.id, offer.least, offer.most);
            Some(offer)
        })
        .collect();
    let total: i64 = offers.iter().map(|offer| offer.minor * i64::from(offer.quantity)).sum();
    let count: i32 = offers.iter().map(|offer| offer.quantity).sum();
    let organization = found.scope.organization();
    let contact =
        if event.contact_email.is_empty() { &organization.contact_email } else { &event.contact_email };
    let other = |date: &&OtherDate| date.ends_at > now;
    let dates: Vec<(String, String)> = found
        .dates
        .iter()
        .filter(other)
        .map(|date| {
            let when = i18n::capitalized(&i18n::date_time(lang, date.starts_at, event.timezone));
            (format!("/events/{}", date.slug), when)
        })
        .collect();
    let context = context! {
        dates => shown(&dates),
        event => event_context(lang, event, now), offers => shown(&offers), count,
        total => amount(lang, Money::from_minor(total, event.currency)),
        currency => event.currency.code(), decimals => event.currency.decimals(),
        open => offers.iter().any(|offer| offer.open),
        sold_out => !offers.is_empty() && offers.iter().all(|offer| offer.sold_out),
        lowest => offers.iter().map(|offer| offer.minor).min().map(|minor| amount(lang, Money::from_minor(minor, event.currency))),
        organizer => context! { name => organization.name.as_str(), href => format!("/o/{}", organization.slug), contact },
        description => Value::from_safe_string(markdown::html(&event.description)),
        brand => organization.brand_path(), contacts => shown(&event.contacts), themes => event.themes.clone(),
        link => chosen.link, share => shown(share(visitor, found)),
        json_ld => (event.visibility == Visibility::Public && !event.test_mode).then(|| json_ld(found, &left, &visitor.entrance.public_url, now)),
    };
    Ok(("events/event.html", context))
}

/// What the event is elsewhere. A private one's address is nobody's to pass on but its holder's.
fn share(visitor: &Visitor, found: &PublicEvent) -> Share {
    let event = &found.event;
    let public = event.visibility == Visibility::Public;
    let when = event.starts_at.map(|at| i18n::date(visitor.lang, at, event.timezone)).unwrap_or_default();
    let words = [when, place(&event.location, &event.city), summary::plain(&event.description, 160)];
    let words: Vec<String> = words.into_iter().filter(|part| !part.is_empty()).collect();
    let mut share = Share::new(visitor, &format!("/events/{}", event.slug), &event.name, &words.join(" · "));
    share.indexed = public && !event.test_mode;
    if public && let Some(image) = media::shown(event, Place::Image) {
        share.image = Some(format!("{}{image}", visitor.entrance.public_url));
    }
    share
}

/// What every page about an event says of it.
pub fn event_context(lang: Lang, event: &Event, now: DateTime<Utc>) -> Value {
    let starts_at = event.starts_at.filter(|_| !event.awaits_dates);
    let (day, month) = starts_at.map(|at| i18n::day_and_month(lang, at, event.timezone)).unwrap_or_default();
    let ends_at = event.ends_at.filter(|_| !event.awaits_dates);
    let when = event.when(lang);
    let previous = event.previous_when(lang);
    let map = event.latitude.zip(event.longitude).map(|(latitude, longitude)| {
        format!(
            "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
        )
    });
    context! {
        id => event.id.to_string(), slug => event.slug.as_str(), name => event.name.as_str(),
        href => format!("/events/{}", event.slug), address => event.address(""), category => event.category.as_str(),
        category_name => text(lang, &format!("events-category-{}", event.category)),
        city => event.city.as_str(), place => place(&event.location, &event.city), map, day, month, when,
        timezone => event.timezone.name(), terms => event.terms.as_str(),
        previous, awaits_dates => event.awaits_dates, starts_at => starts_at.map(|at| event.local(at).to_rfc3339()),
        ends_at => ends_at.map(|at| event.local(at).to_rfc3339()),
        test_mode => event.test_mode, status => event.status(now), cancelled => event.state == EventState::Cancelled,
        private => event.visibility == Visibility::Private, image => media::shown_by_link(event, Place::Image), logo => media::shown_by_link(event, Place::Logo),
        banner => media::shown_by_link(event, Place::Banner),
        programme => media::shown_by_link(event, Place::Programme), guide => media::shown_by_link(event, Place::Guide),
    }
}

/// The tickets that the address names: quantities by type, and one more or one less by a button without script.
struct Chosen {
    pairs: Vec<(String, String)>,
    link: Option<String>,
}

impl Chosen {
    fn of(query: &str) -> Self {
        let pairs: Vec<(String, String)> =
            url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let link = pairs.iter().find(|(name, _)| name == "link").map(|(_, link)| link.clone());
        Self { pairs, link }
    }

    fn quantity(&self, id: &str, least: i32, most: i32) -> i32 {
        let find =
            |name: &str| self.pairs.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
        let typed: i32 = find(id).and_then(|value| value.parse().ok()).unwrap_or_default();
        let pressed = |button: &str| find(button) == Some(id);
        let wanted = match (pressed("more"), pressed("less")) {
            (true, _) if typed == 0 => least,
            (true, _) => typed + 1,
            (_, true) if typed <= least => 0,
            (_, true) => typed - 1,
            _ => typed,
        };
        wanted.clamp(0, most.max(0))
    }
}
