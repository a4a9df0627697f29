//! The pages of the catalogue: what takes place, and one event with what it sells.

use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;
use minijinja::{Value, context};
use poem::http::header;
use poem::web::{Data, Path};
use poem::{Response, handler};
use serde::Serialize;

use super::Catalogue;
use super::query::Asked;
use super::repo::ListingRow;
use super::shelf::PublicEvent;
use crate::base::i18n::{self, Args, Lang, stripped, text, text_with};
use crate::base::kernel::money::{Currency, Money};
use crate::base::kernel::page::{LAST_PAGE, PageRequest};
use crate::base::site::{Filled, Visitor, shown};
use crate::base::web::{ApiResult, Checks, Problem};
use crate::domain::events::markdown;
use crate::domain::events::media::{self, Place};
use crate::domain::events::model::{CATEGORIES, Event, EventState, NotOnSale, TicketType, Visibility};

/// How many events a page of the catalogue shows.
const PAGE_SIZE: u32 = 24;
/// From how few on the page says how many are left.
const FEW: i32 = 20;

/// An event as the catalogue's page shows it.
#[derive(Serialize)]
struct Tile {
    href: String,
    name: String,
    category: String,
    day: String,
    month: String,
    when: String,
    place: String,
    price: String,
    organizer: String,
    cancelled: bool,
    image: String,
}

/// Where the pages of a list are.
#[derive(Serialize)]
struct Pages {
    number: u32,
    previous: Option<String>,
    next: Option<String>,
}

/// The lowest price, or that there is none to pay.
fn price(lang: Lang, min: Option<i64>, max: Option<i64>, currency: &str) -> String {
    let (Some(min), Some(max), Some(currency)) = (min, max, Currency::parse(currency)) else {
        return String::new();
    };
    if min == 0 && max > 0 {
        return text(lang, "catalogue-free-or-not");
    }
    let amount = amount(lang, Money::from_minor(min, currency));
    if min == max {
        amount
    } else {
        stripped(&text_with(lang, "catalogue-from", &Args::new().set("price", amount)))
    }
}

fn amount(lang: Lang, money: Money) -> String {
    if money.is_zero() { text(lang, "catalogue-free") } else { i18n::money(lang, money) }
}

fn place(location: &str, city: &str) -> String {
    [location, city].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn tile(lang: Lang, row: ListingRow) -> Tile {
    let zone: Tz = row.timezone.parse().unwrap_or(Tz::UTC);
    let (day, month) = i18n::day_and_month(lang, row.starts_at, zone);
    let date = i18n::date(lang, row.starts_at, zone);
    let when = format!("{}, {}", i18n::capitalized(&date), i18n::time(lang, row.starts_at, zone));
    Tile {
        href: format!("/events/{}", row.slug),
        place: place(&row.location, &row.city),
        price: price(lang, row.price_min, row.price_max, &row.currency),
        name: row.name,
        category: row.category,
        organizer: row.organization_name,
        cancelled: row.cancelled,
        image: row.image,
        day,
        month,
        when,
    }
}

/// The page's address with one field of its query changed.
fn with(path: &str, query: &str, field: &str, value: &str) -> String {
    let drop = |name: &str| name == field || name == "page" || name == "lang";
    let pairs = url::form_urlencoded::parse(query.as_bytes())
        .filter(|(name, value)| !drop(name) && !value.is_empty());
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    out.extend_pairs(pairs);
    if !value.is_empty() {
        out.append_pair(field, value);
    }
    let out = out.finish();
    if out.is_empty() { path.into() } else { format!("{path}?{out}") }
}

/// The days that a choice of the finder stands for.
fn days(choice: &str, today: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
    match choice {
        "today" => (Some(today), Some(today)),
        "weekend" => {
            let to_sunday = i64::from(6 - today.weekday().num_days_from_monday());
            let sunday = today + Duration::days(to_sunday);
            let saturday = if today.weekday() == Weekday::Sun { today } else { sunday - Duration::days(1) };
            (Some(saturday), Some(sunday))
        }
        "week" => (Some(today), Some(today + Duration::days(7))),
        "month" => (Some(today), Some(today + Duration::days(30))),
        day => (day.parse().ok(), None),
    }
}

/// What the finder says; what makes no sense is left out, for a link must always show something.
fn asked(query: &str, today: NaiveDate) -> (Asked, u32, Filled) {
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| (name.into_owned(), value.replace('\0', "")))
        .collect();
    let get = |name: &str| {
        let value = pairs.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim().to_owned());
        value.filter(|value| !value.is_empty() && value.chars().count() <= 120)
    };
    let (date_from, date_to) = days(&get("when").unwrap_or_default(), today);
    let known = |value: Option<String>, all: &[&str]| value.filter(|value| all.contains(&value.as_str()));
    let asked = Asked {
        search: get("search"),
        category: known(get("category"), &CATEGORIES),
        city: get("city"),
        date_from,
        date_to,
        price_max: None,
        free: get("free").map(|_| true),
        organization: get("organization"),
        ordering: known(get("ordering"), &["start_date", "price", "-price", "name"]),
    };
    let page =
        get("page").and_then(|page| page.parse::<u32>().ok()).map_or(1, |page| page.clamp(1, LAST_PAGE));
    (asked, page, Filled::with(pairs))
}

/// `GET /`.
#[handler]
pub async fn catalogue_page(visitor: Visitor, Data(catalogue): Data<&Catalogue>) -> ApiResult<Response> {
    catalogue.kept_page(&visitor, "list", find(&visitor, catalogue, None)).await
}

/// `GET /o/{slug}`: what one organization has to offer.
#[handler]
pub async fn organization_page(
    visitor: Visitor,
    Path(slug): Path<String>,
    Data(catalogue): Data<&Catalogue>,
) -> ApiResult<Response> {
    let scope = catalogue.shelf.organization(&slug).await?.ok_or_else(Problem::not_found)?;
    let name = scope.organization().name.clone();
    catalogue.kept_page(&visitor, "list", find(&visitor, catalogue, Some((slug, name)))).await
}

async fn find(
    visitor: &Visitor,
    catalogue: &Catalogue,
    organization: Option<(String, String)>,
) -> ApiResult<(&'static str, Value)> {
    let lang = visitor.lang;
    let (mut asked, page, finder) = asked(visitor.query(), catalogue.now().date_naive());
    let mut path = String::from("/");
    if let Some((slug, _)) = &organization {
        asked.organization = Some(slug.clone());
        path = format!("/o/{slug}");
    }
    let narrowed = asked.search.is_some()
        || asked.category.is_some()
        || asked.city.is_some()
        || asked.free.is_some()
        || asked.date_from.is_some();
    let query = asked.understood(PageRequest { number: page, size: PAGE_SIZE }, Checks::default())?;
    let found = catalogue.shelf.rows(query).await?;
    let number = found.request.number;
    let address = |page: u32| with(&path, visitor.query(), "page", &page.to_string());
    let pages = Pages {
        number,
        previous: (number > 1).then(|| address(number - 1)),
        next: found.has_next().then(|| address(number + 1)),
    };
    let count = found.count;
    let tiles: Vec<Tile> = found.rows.into_iter().map(|row| tile(lang, row)).collect();
    let categories: Vec<(&str, String, String)> = CATEGORIES
        .iter()
        .map(|code| {
            (
                *code,
                text(lang, &format!("events-category-{code}")),
                with(&path, visitor.query(), "category", code),
            )
        })
        .collect();
    let context = context! {
        finder => shown(&finder), tiles => shown(&tiles), pages => shown(&pages), count, narrowed,
        categories => shown(&categories), all => with(&path, visitor.query(), "category", ""),
        free => with(&path, visitor.query(), "free", "on"),
        organization => organization.map(|(_, name)| name),
    };
    Ok(("events/catalogue.html", context))
}

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
    let context = context! {
        event => event_context(lang, event, now), offers => shown(&offers), count,
        total => amount(lang, Money::from_minor(total, event.currency)),
        currency => event.currency.code(), decimals => event.currency.decimals(),
        open => offers.iter().any(|offer| offer.open),
        sold_out => !offers.is_empty() && offers.iter().all(|offer| offer.sold_out),
        lowest => offers.iter().map(|offer| offer.minor).min().map(|minor| amount(lang, Money::from_minor(minor, event.currency))),
        organizer => context! { name => organization.name.as_str(), href => format!("/o/{}", organization.slug), contact },
        description => Value::from_safe_string(markdown::html(&event.description)),
        link => chosen.link, json_ld => json_ld(found, &visitor.entrance.public_url, now),
        canonical => format!("{}/events/{}", visitor.entrance.public_url, event.slug),
    };
    Ok(("events/event.html", context))
}

/// What every page about an event says of it.
pub fn event_context(lang: Lang, event: &Event, now: DateTime<Utc>) -> Value {
    let (day, month) =
        event.starts_at.map(|at| i18n::day_and_month(lang, at, event.timezone)).unwrap_or_default();
    let when = match (event.starts_at, event.ends_at) {
        (Some(start), Some(end)) => i18n::capitalized(&i18n::period(lang, start, end, event.timezone)),
        _ => String::new(),
    };
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
        starts_at => event.starts_at.map(|at| event.local(at).to_rfc3339()),
        ends_at => event.ends_at.map(|at| event.local(at).to_rfc3339()),
        status => event.status(now), cancelled => event.state == EventState::Cancelled,
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

/// What search engines read (schema.org); `<` is written so that no text ends the script element.
fn json_ld(found: &PublicEvent, public_url: &str, now: DateTime<Utc>) -> Value {
    let event = &found.event;
    let offers: Vec<_> = found
        .types
        .iter()
        .map(|sold| {
            serde_json::json!({ "@type": "Offer", "name": sold.name, "price": sold.price.to_string(),
                "priceCurrency": event.currency.code(), "url": format!("{public_url}/events/{}", event.slug) })
        })
        .collect();
    let status = if event.status(now) == "cancelled" { "EventCancelled" } else { "EventScheduled" };
    let data = serde_json::json!({
        "@context": "https://schema.org", "@type": "Event", "name": event.name,
        "startDate": event.starts_at.map(|at| event.local(at).to_rfc3339()),
        "endDate": event.ends_at.map(|at| event.local(at).to_rfc3339()),
        "eventStatus": format!("https://schema.org/{status}"),
        "location": { "@type": "Place", "name": event.location, "address": place(&event.location, &event.city) },
        "organizer": { "@type": "Organization", "name": found.scope.organization().name },
        "offers": offers,
        "image": media::shown(event, Place::Image)
            .filter(|_| event.visibility == Visibility::Public)
            .map(|address| format!("{public_url}{address}")),
    });
    Value::from_safe_string(data.to_string().replace('<', "\\u003c"))
}

/// A page that is the same for everybody of a language, as it goes over the wire.
#[derive(Clone)]
pub(super) struct Kept {
    plain: Bytes,
    gzip: Bytes,
}

impl Catalogue {
    /// A page from the cache for those whom nothing on it concerns in person; made anew for others.
    async fn kept_page(
        &self,
        visitor: &Visitor,
        kind: &'static str,
        make: impl Future<Output = ApiResult<(&'static str, Value)>>,
    ) -> ApiResult<Response> {
        if !visitor.is_anybody() {
            let (template, context) = make.await?;
            return visitor.page(template, context);
        }
        let key = self.shelf.key(format!("{kind} {} {}", visitor.lang, visitor.here()));
        let made = self.shelf.pages(kind).try_get_with(key, async {
            let (template, context) = make.await?;
            let html = visitor.html(template, context, false)?;
            Ok::<_, Problem>(Kept { gzip: gzip(html.as_bytes()), plain: html.into_bytes().into() })
        });
        let kept = made.await.map_err(|problem: Arc<Problem>| (*problem).clone())?;
        let answer = Response::builder()
            .content_type("text/html; charset=utf-8")
            .header(header::CACHE_CONTROL, "private, no-cache")
            .header(header::VARY, "accept-encoding, accept-language, cookie")
            .header(header::CONTENT_LANGUAGE, visitor.lang.code());
        Ok(if visitor.takes_gzip() {
            answer.header(header::CONTENT_ENCODING, "gzip").body(kept.gzip)
        } else {
            answer.header(header::CONTENT_ENCODING, "identity").body(kept.plain)
        })
    }
}

fn gzip(plain: &[u8]) -> Bytes {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(plain).and_then(|()| encoder.finish()).unwrap_or_default().into()
}
