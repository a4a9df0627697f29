//! The list of events: a finder that works without script, what it found, and ways on.

use chrono::{Datelike, Duration, NaiveDate, Weekday};
use chrono_tz::Tz;
use minijinja::{Value, context};
use poem::web::{Data, Path};
use poem::{Request, Response, handler};
use serde::Serialize;

use super::choices::{Address, with};
use super::share::Share;
use super::{place, price};
use crate::base::i18n::{self, Args, Lang, stripped, text, text_with};
use crate::base::kernel::money::Currency;
use crate::base::kernel::page::{COUNT_CAP, LAST_NEAR_PAGE, PageRequest};
use crate::base::site::{Filled, Visitor, shown};
use crate::base::tenancy::{Organization, TenantScope};
use crate::base::web::{ApiResult, Checks, Problem, Rate};
use crate::domain::events::catalogue::Catalogue;
use crate::domain::events::catalogue::query::{Asked, CatalogueQuery};
use crate::domain::events::catalogue::repo::ListingRow;
use crate::domain::events::model::CATEGORIES;

/// How many events a page of the catalogue shows.
const PAGE_SIZE: u32 = 24;
/// The radii that the page offers, in kilometres.
const RADII: [&str; 5] = ["5", "10", "20", "50", "100"];
/// The days that the page offers by name.
pub(super) const DAYS: [&str; 4] = ["today", "weekend", "week", "month"];

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
    /// How far from the place that is looked around.
    distance: Option<String>,
    image: String,
}

fn tile(lang: Lang, row: ListingRow) -> Tile {
    let zone: Tz = row.timezone.parse().unwrap_or(Tz::UTC);
    let (day, month) = i18n::day_and_month(lang, row.starts_at, zone);
    let date = i18n::date(lang, row.starts_at, zone);
    let when = format!("{}, {}", i18n::capitalized(&date), i18n::time(lang, row.starts_at, zone));
    let distance = row.distance.map(|km| {
        #[expect(clippy::cast_possible_truncation, reason = "at most half the way around the earth")]
        let km = km.round() as i64;
        stripped(&text_with(lang, "catalogue-distance", &Args::new().set("km", km)))
    });
    Tile {
        href: format!("/events/{}", row.slug),
        place: place(&row.location, &row.city),
        price: price(lang, row.price_min, row.price_max, &row.currency),
        name: row.names.get(lang.code()).and_then(|told| told.as_str()).map_or(row.name, str::to_owned),
        category: row.category,
        organizer: row.organization_name,
        distance,
        image: row.image,
        day,
        month,
        when,
    }
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
pub(super) struct Finder {
    pub asked: Asked,
    pub page: u32,
    /// The named days, when no others are given.
    pub when: String,
    filled: Filled,
}

impl Finder {
    /// Reads the query of an address. `today` is the day that named days count from.
    pub(super) fn of(query: &str, today: NaiveDate) -> Self {
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes())
            .map(|(name, value)| (name.into_owned(), value.replace('\0', "")))
            .collect();
        let get = |name: &str| {
            let value =
                pairs.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim().to_owned());
            let most = if name == "cursor" { 4_000 } else { 120 };
            value.filter(|value| !value.is_empty() && value.chars().count() <= most)
        };
        let known = |name: &str, all: &[&str]| get(name).filter(|value| all.contains(&value.as_str()));
        let day = |name: &str| {
            let day = get(name).and_then(|day| day.parse::<NaiveDate>().ok());
            day.filter(|day| (1900..=2200).contains(&day.year()))
        };
        let (mut date_from, mut date_to) = (day("date_from"), day("date_to"));
        if date_from.zip(date_to).is_some_and(|(from, to)| from > to) {
            (date_from, date_to) = (date_to, date_from);
        }
        let mut when = String::new();
        if date_from.is_none() && date_to.is_none() {
            when = known("when", &DAYS).unwrap_or_default();
            (date_from, date_to) = days(&when, today);
        }
        let asked = Asked {
            search: get("search"),
            exact: get("exact").is_some(),
            category: known("category", &CATEGORIES),
            city: get("city"),
            date_from,
            date_to,
            price_max: get("price_max").map(|most| most.replace(',', ".")),
            currency: get("currency").filter(|code| Currency::parse(&code.to_uppercase()).is_some()),
            free: get("free").map(|_| true),
            organization: None,
            near: get("near"),
            radius_km: known("radius_km", &RADII),
            ordering: get("ordering"),
            cursor: get("cursor"),
        };
        let page = get("page").and_then(|page| page.parse::<u32>().ok()).unwrap_or(1);
        Self { asked, page: page.clamp(1, LAST_NEAR_PAGE), when, filled: Filled::with(pairs) }
    }

    /// The question, with so many rows a page: whatever cannot be understood in it is left out.
    pub(super) fn question(&self, size: u32) -> ApiResult<CatalogueQuery> {
        let number = if self.asked.cursor.is_some() { 1 } else { self.page };
        let page = PageRequest { number, size };
        let mut asked = self.asked.clone();
        let understood = |asked: &Asked| asked.clone().understood(page, Checks::default());
        if let Ok(query) = understood(&asked) {
            return Ok(query);
        }
        // The most personal first: a price that is none, a place that is nowhere, an order without what it needs.
        for forget in [
            |asked: &mut Asked| asked.cursor = None,
            |asked: &mut Asked| asked.ordering = None,
            |asked: &mut Asked| asked.price_max = None,
            |asked: &mut Asked| asked.near = None,
        ] {
            forget(&mut asked);
            if let Ok(query) = understood(&asked) {
                return Ok(query);
            }
        }
        understood(&asked)
    }
}

/// `GET /`.
#[handler]
pub async fn catalogue_page(
    visitor: Visitor,
    Data(catalogue): Data<&Catalogue>,
    request: &Request,
) -> ApiResult<Response> {
    catalogue.kept_page(&visitor, "list", find(&visitor, catalogue, request, None)).await
}

/// `GET /o/{slug}`: what one organization has to offer.
#[handler]
pub async fn organization_page(
    visitor: Visitor,
    Path(slug): Path<String>,
    Data(catalogue): Data<&Catalogue>,
    request: &Request,
) -> ApiResult<Response> {
    let scope = catalogue.shelf.organization(&slug).await?.ok_or_else(Problem::not_found)?;
    catalogue.kept_page(&visitor, "list", find(&visitor, catalogue, request, Some(&scope))).await
}

async fn find(
    visitor: &Visitor,
    catalogue: &Catalogue,
    request: &Request,
    scope: Option<&TenantScope>,
) -> ApiResult<(&'static str, Value)> {
    let organization = scope.map(TenantScope::organization);
    let lang = visitor.lang;
    let mut finder = Finder::of(visitor.query(), catalogue.now().date_naive());
    let mut path = String::from("/");
    if let Some(organization) = organization {
        finder.asked.organization = Some(organization.slug.clone());
        path = format!("/o/{}", organization.slug);
    }
    let query = catalogue.shelf.resolved(finder.question(PAGE_SIZE)?).await?;
    let (currency, currencies) = currencies(catalogue, &finder, &query, organization).await?;
    if query.is_costly(catalogue.now().date_naive()) {
        visitor.entrance.limiter.spend_address(Rate::Search, request)?;
    }
    let found = catalogue.shelf.found(query.clone()).await?;
    let cities = catalogue.shelf.cities(&query).await?;
    let at = Address { path: &path, query: visitor.query(), lang };
    let active = at.active(&finder, &query);
    let pages = at.pages(&finder, &query, &found);
    let corrected = found.corrected.as_ref().map(|reads| {
        context! { reads, typed => query.search.as_deref(), href => at.with(&[("exact", "on")]) }
    });
    let (count, capped) = (found.count.min(COUNT_CAP), found.count > COUNT_CAP);
    let share = share(visitor, &at, &finder, organization, active.is_empty());
    let tiles: Vec<Tile> = found.rows.into_iter().map(|row| tile(lang, row)).collect();
    let context = context! {
        path => path.as_str(), finder => shown(&finder.filled), tiles => shown(&tiles), pages => shown(&pages), count, capped, corrected,
        names_only => found.names_only, active => shown(&active), share => shown(&share),
        categories => shown(at.categories(&query)), days => shown(at.days(&finder.when)),
        cities => shown(at.cities(&query, &cities)), free => shown(at.free(&query)), radii => RADII,
        currency => currency.map(Currency::code), currencies => shown(&currencies),
        radius => query.near.map(|near| near.radius_km.to_string()),
        orders => shown(at.orders(&query)), organization => organization.map(organizer), brand => organization.and_then(Organization::brand_path),
        unfolded => finder.asked.price_max.is_some() || finder.asked.ordering.is_some()
            || (finder.when.is_empty() && finder.asked.date_from.or(finder.asked.date_to).is_some()),
    };
    Ok(("events/catalogue.html", context))
}

/// The currency that a price is typed in, and those that can be chosen instead where there are several.
async fn currencies(
    catalogue: &Catalogue,
    finder: &Finder,
    query: &CatalogueQuery,
    organization: Option<&Organization>,
) -> ApiResult<(Option<Currency>, Vec<&'static str>)> {
    let usual = catalogue.shelf.currencies().await?;
    let asked = finder.asked.currency.as_deref().and_then(|code| Currency::parse(&code.to_uppercase()));
    let own = organization.map(|organization| organization.currency);
    let chosen = query.currency.or(asked).or(own).or(usual.first().copied());
    // An organization sells in its own, unless an address says otherwise.
    let all: Vec<Currency> = if organization.is_some() { own.into_iter().collect() } else { usual.to_vec() };
    let more = chosen.filter(|currency| !all.contains(currency));
    let codes: Vec<&str> = all.into_iter().chain(more).map(Currency::code).collect();
    Ok((chosen, if codes.len() > 1 { codes } else { vec![] }))
}

/// The organization as its own page shows it.
fn organizer(organization: &Organization) -> Value {
    context! {
        name => organization.name.as_str(), about => organization.about.as_str(), logo => organization.logo_path(),
        website => organization.website.as_str(), contact => organization.contact_email.as_str(),
    }
}

/// The list elsewhere: what is narrowed is nothing for search engines, which have the events themselves.
fn share(
    visitor: &Visitor,
    at: &Address<'_>,
    finder: &Finder,
    organization: Option<&Organization>,
    whole: bool,
) -> Share {
    let lang = visitor.lang;
    let (title, description) = match organization {
        Some(organization) if !organization.about.is_empty() => {
            (organization.name.clone(), organization.about.chars().take(160).collect())
        }
        Some(organization) => {
            let args = Args::new().set("name", organization.name.as_str());
            (organization.name.clone(), stripped(&text_with(lang, "catalogue-of-organizer", &args)))
        }
        None => (text(lang, "catalogue-title"), text(lang, "catalogue-lead")),
    };
    let mut share = Share::new(visitor, at.path, &title, &description);
    share.indexed = whole && finder.page == 1 && finder.asked.cursor.is_none();
    let feed = |end: &str| {
        let file =
            if at.path == "/" { format!("/events.{end}") } else { format!("{}/events.{end}", at.path) };
        with(&file, at.query, &[("ordering", ""), ("exact", "")])
    };
    (share.feed, share.calendar) = (Some(feed("rss")), Some(feed("ics")));
    share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_always_shows_something() {
        let today: NaiveDate = "2026-11-21".parse().unwrap();
        for query in [
            "price_max=beaucoup&near=ici&ordering=distance&cursor=%3d%3d&page=-5&category=party&when=jamais",
            "ordering=relevance",
            "ordering=distance&near=1,2,3",
            "date_from=2026-02-30&date_to=9999-01-01",
            "date_from=2026-12-24&date_to=2026-12-01",
            "search=%00&city=%00",
            &format!("search={}", "x".repeat(9_999)),
        ] {
            let finder = Finder::of(query, today);
            assert!(finder.question(24).is_ok(), "{query}");
        }
        let turned = Finder::of("date_from=2026-12-24&date_to=2026-12-01", today).asked;
        assert!(turned.date_from < turned.date_to);
    }

    #[test]
    fn a_weekend_is_the_rest_of_it() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let weekend = |today: &str| days("weekend", day(today).unwrap());
        assert_eq!(weekend("2026-11-18"), (day("2026-11-21"), day("2026-11-22")));
        assert_eq!(weekend("2026-11-21"), (day("2026-11-21"), day("2026-11-22")));
        assert_eq!(weekend("2026-11-22"), (day("2026-11-22"), day("2026-11-22")));
        assert_eq!(days("jamais", day("2026-11-18").unwrap()), (None, None));
    }
}
