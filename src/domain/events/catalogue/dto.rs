//! The API's objects of the catalogue.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;
use poem_openapi::Object;

use super::find::Found;
use super::order::Cursor;
use super::query::CatalogueQuery;
use super::repo::ListingRow;
use super::shelf::PublicEvent;
use crate::base::kernel::id::{EventId, TicketTypeId};
use crate::base::kernel::money::{Currency, Money};
use crate::base::kernel::page::COUNT_CAP;
use crate::base::web::ListQuery;
use crate::domain::events::contacts::Contact;
use crate::domain::events::media::{self, Place};
use crate::domain::events::model::{self, OtherDate, TicketType, write_rate};
use crate::domain::events::translations::Translations;

/// Who is behind an event.
#[derive(Object, Debug)]
#[oai(rename = "CatalogueOrganization")]
struct Organization {
    name: String,
    /// Its address under `/o/`.
    slug: String,
}

/// An event in the catalogue.
#[derive(Object, Debug)]
pub(super) struct CatalogueRow {
    id: EventId,
    /// The event's address under `/events/`.
    slug: String,
    /// In the event's own language.
    name: String,
    /// What it is called in other languages, by their codes.
    names: BTreeMap<String, String>,
    /// The first words of the description, as plain text.
    summary: String,
    /// A code of `GET /categories`.
    category: String,
    location: String,
    city: String,
    /// In the event's time zone.
    start_date: DateTime<FixedOffset>,
    /// In the event's time zone.
    end_date: DateTime<FixedOffset>,
    timezone: String,
    /// The lowest price; null when nothing is sold.
    #[oai(nullable)]
    price_min: Option<String>,
    /// The highest price; null when nothing is sold.
    #[oai(nullable)]
    price_max: Option<String>,
    currency: String,
    /// Whether every ticket costs nothing.
    is_free: bool,
    /// `upcoming`, `active` or `completed`, by the clock.
    status: String,
    #[oai(nullable)]
    latitude: Option<f64>,
    #[oai(nullable)]
    longitude: Option<f64>,
    /// Kilometres from the place of `near`; null without it.
    #[oai(nullable)]
    distance_km: Option<f64>,
    organization: Organization,
}

/// A page of the catalogue.
#[derive(Object, Debug)]
pub(super) struct CatalogueList {
    /// How many there are over all pages, exact up to 1,000.
    count: i64,
    /// Whether there are more than `count`.
    #[oai(skip_serializing_if = "std::ops::Not::not", default)]
    count_capped: bool,
    /// The address of the next page, with a cursor: whatever is published meanwhile, no event comes twice and none is
    /// left out.
    #[oai(nullable)]
    next: Option<String>,
    /// The address of the page before.
    #[oai(nullable)]
    previous: Option<String>,
    /// What was searched instead, when a word of `search` stands nowhere and looks like one that does; `exact=true`
    /// prevents it.
    #[oai(skip_serializing_if_is_none)]
    corrected: Option<String>,
    /// The currency in which `price_max` was read.
    #[oai(skip_serializing_if_is_none)]
    price_currency: Option<String>,
    /// Whether the search took too long, and only names that begin with it were looked through.
    #[oai(skip_serializing_if = "std::ops::Not::not", default)]
    names_only: bool,
    results: Vec<CatalogueRow>,
}

impl CatalogueList {
    /// The neighbours keep the request's filters.
    pub(super) fn new(found: Found, query: &CatalogueQuery, asked: &ListQuery, now: DateTime<Utc>) -> Self {
        let cursor = |row: Option<&ListingRow>, back| {
            row.map(|row| asked.at("cursor", &Cursor::at(row, query.order, back).encode()))
        };
        let previous = match query.cursor {
            None => found.before.then(|| asked.at("page", &(query.page.number - 1).to_string())),
            Some(_) if found.before => cursor(found.rows.first(), true),
            Some(_) => None,
        };
        Self {
            count: found.count.min(COUNT_CAP),
            count_capped: found.count > COUNT_CAP,
            next: if found.more { cursor(found.rows.last(), false) } else { None },
            previous,
            corrected: found.corrected,
            price_currency: query.currency.map(|currency| currency.code().to_owned()),
            names_only: found.names_only,
            results: found.rows.into_iter().map(|row| CatalogueRow::new(row, now)).collect(),
        }
    }
}

fn price(minor: Option<i64>, currency: Option<Currency>) -> Option<String> {
    Some(Money::from_minor(minor?, currency?).to_string())
}

impl CatalogueRow {
    pub(super) fn new(row: ListingRow, now: DateTime<Utc>) -> Self {
        let zone: Tz = row.timezone.parse().unwrap_or(Tz::UTC);
        let currency = Currency::parse(&row.currency);
        let status = model::status(row.cancelled, Some(row.starts_at), Some(row.ends_at), now);
        Self {
            id: row.event.into(),
            slug: row.slug,
            name: row.name,
            names: serde_json::from_value(row.names).unwrap_or_default(),
            summary: row.summary,
            category: row.category,
            location: row.location,
            city: row.city,
            start_date: model::local(zone, row.starts_at),
            end_date: model::local(zone, row.ends_at),
            timezone: row.timezone,
            price_min: price(row.price_min, currency),
            price_max: price(row.price_max, currency),
            currency: row.currency,
            is_free: row.price_max == Some(0),
            status: status.to_owned(),
            latitude: row.latitude,
            longitude: row.longitude,
            distance_km: row.distance.map(|km| (km * 10.0).round() / 10.0),
            organization: Organization { name: row.organization_name, slug: row.organization_slug },
        }
    }
}

/// A ticket type as buyers see it.
#[derive(Object)]
struct CatalogueTicketType {
    id: TicketTypeId,
    name: String,
    description: String,
    /// Tax included.
    price: String,
    currency: String,
    /// Percent included in the price.
    tax_rate: String,
    /// In the event's time zone.
    #[oai(nullable)]
    sales_start: Option<DateTime<FixedOffset>>,
    /// In the event's time zone.
    #[oai(nullable)]
    sales_end: Option<DateTime<FixedOffset>>,
    min_per_order: i32,
    max_per_order: i32,
    /// How many are left; null when there is no limit or the organizer does not show it.
    #[oai(nullable)]
    available: Option<i32>,
    /// Name and description in other languages.
    translations: Translations,
    sold_out: bool,
    /// Whether it may be bought now, as far as dates decide.
    on_sale: bool,
}

/// An event as everybody may see it.
#[derive(Object)]
pub(super) struct CatalogueEvent {
    id: EventId,
    /// The event's address under `/events/`.
    slug: String,
    name: String,
    /// Markdown.
    description: String,
    /// A code of `GET /categories`.
    category: String,
    location: String,
    city: String,
    #[oai(nullable)]
    latitude: Option<f64>,
    #[oai(nullable)]
    longitude: Option<f64>,
    /// In the event's time zone.
    #[oai(nullable)]
    start_date: Option<DateTime<FixedOffset>>,
    /// In the event's time zone.
    #[oai(nullable)]
    end_date: Option<DateTime<FixedOffset>>,
    /// When it was to start before it was postponed.
    #[oai(nullable)]
    previous_start_date: Option<DateTime<FixedOffset>>,
    /// Postponed, and the new dates are not known: those above no longer hold.
    awaits_dates: bool,
    timezone: String,
    currency: String,
    language: String,
    /// `public` or `private`.
    visibility: String,
    /// `upcoming`, `active`, `completed` (by the clock) or `cancelled`.
    status: String,
    /// Whether its orders are tests for now: nobody is let in with them.
    test_mode: bool,
    /// Where visitors may write; empty is the organization's address.
    contact_email: String,
    /// Whom visitors may turn to.
    contacts: Vec<Contact>,
    terms: String,
    themes: Vec<String>,
    /// Name and description in other languages.
    translations: Translations,
    #[oai(nullable)]
    image_url: Option<String>,
    #[oai(nullable)]
    logo_url: Option<String>,
    #[oai(nullable)]
    banner_url: Option<String>,
    /// The address of a PDF.
    #[oai(nullable)]
    programme_file: Option<String>,
    /// The address of a PDF.
    #[oai(nullable)]
    guide_file: Option<String>,
    /// The lowest price; null when nothing is sold.
    #[oai(nullable)]
    price_min: Option<String>,
    /// The highest price; null when nothing is sold.
    #[oai(nullable)]
    price_max: Option<String>,
    /// Whether every ticket costs nothing.
    is_free: bool,
    organization: Organization,
    ticket_types: Vec<CatalogueTicketType>,
    /// The other dates of the same series that are not over, the next ones first.
    dates: Vec<CatalogueDate>,
}

/// Another date of a series.
#[derive(Object)]
struct CatalogueDate {
    id: EventId,
    slug: String,
    /// In the event's time zone.
    start_date: DateTime<FixedOffset>,
}

impl CatalogueEvent {
    /// `left` is what is left of each ticket type now; a type that it lacks is no longer sold.
    pub(super) fn new(
        found: &PublicEvent,
        left: &[(uuid::Uuid, Option<i32>)],
        public_url: &str,
        now: DateTime<Utc>,
    ) -> Self {
        let file = |place| Some(format!("{public_url}{}", media::shown_by_link(&found.event, place)?));
        let PublicEvent { scope, event, types, dates } = found;
        let date = |date: &OtherDate| CatalogueDate {
            id: date.id,
            slug: date.slug.clone(),
            start_date: event.local(date.starts_at),
        };
        let dates = dates.iter();
        let local = |at: Option<DateTime<Utc>>| at.map(|at| event.local(at));
        let prices = || types.iter().map(|sold| sold.price.minor());
        let money = |minor| price(minor, Some(event.currency));
        let organization = scope.organization();
        let rows = types.iter().filter_map(|sold| {
            let (_, left) = left.iter().find(|(id, _)| *id == sold.id.uuid())?;
            Some(ticket_type(found, sold, *left, now))
        });
        Self {
            id: event.id,
            slug: event.slug.clone(),
            name: event.name.clone(),
            description: event.description.clone(),
            category: event.category.clone(),
            location: event.location.clone(),
            city: event.city.clone(),
            latitude: event.latitude,
            longitude: event.longitude,
            start_date: local(event.starts_at),
            end_date: local(event.ends_at),
            previous_start_date: local(event.previous_starts_at),
            awaits_dates: event.awaits_dates,
            timezone: event.timezone.name().to_owned(),
            currency: event.currency.code().to_owned(),
            language: event.language.code().to_owned(),
            visibility: event.visibility.code().to_owned(),
            status: event.status(now).to_owned(),
            test_mode: event.test_mode,
            contact_email: event.contact_email.clone(),
            contacts: event.contacts.clone(),
            terms: event.terms.clone(),
            themes: event.themes.clone(),
            translations: event.translations.clone(),
            image_url: file(Place::Image),
            logo_url: file(Place::Logo),
            banner_url: file(Place::Banner),
            programme_file: file(Place::Programme),
            guide_file: file(Place::Guide),
            price_min: money(prices().min()),
            price_max: money(prices().max()),
            is_free: prices().max() == Some(0),
            organization: Organization { name: organization.name.clone(), slug: organization.slug.clone() },
            ticket_types: rows.collect(),
            dates: dates.filter(|other| other.ends_at > now).map(date).collect(),
        }
    }
}

fn ticket_type(
    found: &PublicEvent,
    sold: &TicketType,
    left: Option<i32>,
    now: DateTime<Utc>,
) -> CatalogueTicketType {
    let event = &found.event;
    let local = |at: Option<DateTime<Utc>>| at.map(|at| event.local(at));
    CatalogueTicketType {
        id: sold.id,
        name: sold.name.clone(),
        description: sold.description.clone(),
        price: sold.price.to_string(),
        currency: event.currency.code().to_owned(),
        tax_rate: write_rate(sold.tax_rate),
        sales_start: local(sold.sales_start),
        sales_end: local(sold.sales_end),
        min_per_order: sold.min_per_order,
        max_per_order: sold.max_per_order,
        available: left.filter(|_| event.show_remaining).map(|left| left.max(0)),
        translations: sold.translations.clone(),
        sold_out: left.is_some_and(|left| left <= 0),
        on_sale: event.sells(now) && sold.on_sale(now).is_ok(),
    }
}
