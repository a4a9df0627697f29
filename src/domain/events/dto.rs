//! The API's objects of events, and how they become events.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, FixedOffset, Utc};
use poem_openapi::Object;
use poem_openapi::types::{Any, Example, MaybeUndefined};
use serde_json::Value;

use super::contacts::{self, Contact};
use super::media::{Links, Place};
use super::model::{CATEGORIES, Event, EventState, OTHER_CATEGORY, Visibility};
use super::slug;
use super::translations::Translations;
use crate::base::i18n::Lang;
use crate::base::kernel::id::{AccountId, EventId};
use crate::base::kernel::money::Currency;
use crate::base::kernel::text;
use crate::base::web::{ApiResult, Checks, FieldError};

/// How much an integrator may store beside an event, in bytes of JSON.
const LARGEST_METADATA: usize = 16_384;
/// How long a theme is, in characters.
const LONGEST_THEME: usize = 80;

/// What an event may have beside its name and dates.
#[derive(Object, Default)]
#[oai(rename = "EventDetails", skip_serializing_if_is_none)]
pub(super) struct Details {
    /// Markdown.
    #[oai(validator(max_length = 20_000))]
    description: Option<String>,
    /// A code of `GET /categories`; `other` when empty.
    #[oai(validator(max_length = 40))]
    category: Option<String>,
    /// The venue with its address.
    #[oai(validator(max_length = 500))]
    location: Option<String>,
    /// The town, by which visitors search.
    #[oai(validator(max_length = 120))]
    city: Option<String>,
    /// Degrees north.
    #[oai(nullable, validator(minimum(value = "-90"), maximum(value = "90")))]
    latitude: MaybeUndefined<f64>,
    /// Degrees east.
    #[oai(nullable, validator(minimum(value = "-180"), maximum(value = "180")))]
    longitude: MaybeUndefined<f64>,
    /// A name of the IANA time zone database; the organization's when left out.
    #[oai(validator(max_length = 64))]
    timezone: Option<String>,
    /// ISO 4217; the organization's when left out. Fixed once a ticket type exists.
    #[oai(validator(max_length = 3))]
    currency: Option<String>,
    /// `fr`, `en` or `ar`; the organization's when left out.
    #[oai(validator(max_length = 35))]
    language: Option<String>,
    /// How many people fit in: a quota that all ticket types share. Null is no limit.
    #[oai(nullable, validator(minimum(value = "0"), maximum(value = "10000000")))]
    capacity: MaybeUndefined<i32>,
    /// `public`, or `private`: only with the link.
    #[oai(validator(max_length = 10))]
    visibility: Option<String>,
    /// Where visitors may write.
    #[oai(validator(max_length = 254))]
    contact_email: Option<String>,
    /// Conditions that are printed on the tickets.
    #[oai(validator(max_length = 20_000))]
    terms: Option<String>,
    /// Whether strangers see how many tickets are left.
    show_remaining: Option<bool>,
    /// From when on the gate lets people in; always when null.
    #[oai(nullable)]
    checkin_opens_at: MaybeUndefined<DateTime<Utc>>,
    /// Until when the gate lets people in; always when null.
    #[oai(nullable)]
    checkin_closes_at: MaybeUndefined<DateTime<Utc>>,
    /// The account of whoever presides over it: somebody of the organization or of the event's team.
    #[oai(nullable)]
    president: MaybeUndefined<AccountId>,
    /// Whom visitors may turn to.
    #[oai(validator(max_items = 10))]
    contacts: Option<Vec<Contact>>,
    #[oai(validator(max_items = 30))]
    themes: Option<Vec<String>>,
    /// Name and description in languages beside the event's own; those that were there before are replaced.
    translations: Option<Translations>,
    /// Anything an integration wants to keep here; never public.
    metadata: Option<BTreeMap<String, Any<Value>>>,
    /// The event's address: lower-case letters, digits and hyphens, unique over the platform. Made of
    /// the name when left out.
    #[oai(validator(max_length = 60))]
    slug: Option<String>,
    /// Accepted and ignored: the clock decides.
    is_active: Option<bool>,
}

/// A new event, or one that replaces another.
#[derive(Object)]
#[oai(example, skip_serializing_if_is_none)]
pub(super) struct NewEvent {
    #[oai(validator(min_length = 1, max_length = 200))]
    name: String,
    start_date: DateTime<Utc>,
    /// Not before the start.
    end_date: DateTime<Utc>,
    #[oai(flatten)]
    details: Details,
}

impl Example for NewEvent {
    fn example() -> Self {
        Self {
            name: "Tech Summit Algeria".into(),
            start_date: DateTime::from_timestamp(1_827_651_600, 0).unwrap_or_default(),
            end_date: DateTime::from_timestamp(1_827_856_800, 0).unwrap_or_default(),
            details: Details {
                description: Some("Three days of **technology**.".into()),
                category: Some("conference".into()),
                location: Some("Centre International de Conférences".into()),
                city: Some("Alger".into()),
                timezone: Some("Africa/Algiers".into()),
                currency: Some("DZD".into()),
                capacity: MaybeUndefined::Value(500),
                visibility: Some("public".into()),
                ..Details::default()
            },
        }
    }
}

/// What changes about an event; what is left out stays.
#[derive(Object)]
#[oai(example, skip_serializing_if_is_none)]
pub(super) struct EventChange {
    #[oai(validator(min_length = 1, max_length = 200))]
    name: Option<String>,
    start_date: Option<DateTime<Utc>>,
    /// Not before the start.
    end_date: Option<DateTime<Utc>>,
    #[oai(flatten)]
    details: Details,
}

impl Example for EventChange {
    fn example() -> Self {
        let details = Details { city: Some("Oran".into()), ..Details::default() };
        Self { name: Some("Tech Summit".into()), start_date: None, end_date: None, details }
    }
}

impl EventChange {
    /// Whom the event is to have as its president.
    pub(super) fn president(&self) -> Option<AccountId> {
        match self.details.president {
            MaybeUndefined::Value(president) => Some(president),
            _ => None,
        }
    }

    /// The event with the changes in it, and the address that is asked for; or everything that is wrong.
    pub(super) fn apply(self, mut event: Event, mut checks: Checks) -> ApiResult<(Event, Option<String>)> {
        if let Some(name) = self.name {
            name.trim().clone_into(&mut event.name);
            checks.ensure(!text::is_blank(&event.name), "name", "required");
        }
        event.starts_at = self.start_date.or(event.starts_at);
        event.ends_at = self.end_date.or(event.ends_at);
        let details = self.details;
        let slug = details.slug.clone();
        if let Some(slug) = &slug {
            checks.ensure(slug::is_allowed(slug), "slug", "slug");
        }
        details.settings(&mut event, &mut checks);
        details.contents(&mut event, &mut checks);
        check_times(&event, &mut checks);
        // A map needs both.
        checks.ensure(event.latitude.is_none() || event.longitude.is_some(), "longitude", "required");
        checks.ensure(event.longitude.is_none() || event.latitude.is_some(), "latitude", "required");
        checks.done()?;
        Ok((event, slug))
    }
}

impl Details {
    fn settings(&self, event: &mut Event, checks: &mut Checks) {
        if let Some(name) = &self.timezone {
            let zone = checks.some(name.parse().ok(), "timezone", "unknown_choice");
            event.timezone = zone.unwrap_or(event.timezone);
        }
        if let Some(code) = &self.currency {
            let currency = checks.some(Currency::parse(code), "currency", "unknown_choice");
            event.currency = currency.unwrap_or(event.currency);
        }
        if let Some(tag) = &self.language {
            let language = checks.some(Lang::parse(tag), "language", "unknown_choice");
            event.language = language.unwrap_or(event.language);
        }
        if let Some(code) = &self.visibility {
            let visibility = checks.some(Visibility::parse(code), "visibility", "unknown_choice");
            event.visibility = visibility.unwrap_or(event.visibility);
        }
        if let Some(code) = self.category.as_deref() {
            let code = if code.is_empty() { OTHER_CATEGORY } else { code };
            checks.ensure(CATEGORIES.contains(&code), "category", "unknown_choice");
            code.clone_into(&mut event.category);
        }
        if let Some(address) = self.contact_email.as_deref() {
            let email = if address.is_empty() { Some(String::new()) } else { text::email(address) };
            event.contact_email = checks.some(email, "contact_email", "email").unwrap_or_default();
        }
        event.show_remaining = self.show_remaining.unwrap_or(event.show_remaining);
        put(&mut event.president, &self.president);
        put(&mut event.capacity, &self.capacity);
        put(&mut event.checkin_opens_at, &self.checkin_opens_at);
        put(&mut event.checkin_closes_at, &self.checkin_closes_at);
    }

    fn contents(self, event: &mut Event, checks: &mut Checks) {
        put(&mut event.latitude, &self.latitude);
        put(&mut event.longitude, &self.longitude);
        event.description = self.description.unwrap_or_else(|| event.description.clone());
        event.location = self.location.map_or_else(|| event.location.clone(), |text| text.trim().to_owned());
        event.city = self.city.map_or_else(|| event.city.clone(), |text| text.trim().to_owned());
        event.terms = self.terms.unwrap_or_else(|| event.terms.clone());
        if let Some(themes) = self.themes {
            for (index, theme) in themes.iter().enumerate() {
                if theme.chars().count() > LONGEST_THEME {
                    let error = FieldError::new(format!("themes/{index}"), "too_long");
                    checks.push(error.with("most", LONGEST_THEME));
                }
            }
            event.themes = themes;
        }
        if let Some(contacts) = self.contacts {
            event.contacts = contacts::checked(contacts, checks);
        }
        if let Some(translations) = self.translations {
            event.translations = translations.cleared();
        }
        if let Some(metadata) = self.metadata {
            let metadata = Value::Object(metadata.into_iter().map(|(key, value)| (key, value.0)).collect());
            if metadata.to_string().len() > LARGEST_METADATA {
                checks.push(FieldError::new("metadata", "too_long").with("most", LARGEST_METADATA));
            }
            event.metadata = metadata;
        }
    }
}

/// Null clears, what is left out stays.
pub(super) fn put<T: Clone>(target: &mut Option<T>, change: &MaybeUndefined<T>) {
    match change {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *target = None,
        MaybeUndefined::Value(value) => *target = Some(value.clone()),
    }
}

/// Records instants that no organizer means.
pub(super) fn check_year(at: Option<DateTime<Utc>>, field: &str, checks: &mut Checks) {
    checks.ensure(at.is_none_or(|at| (2000..=2100).contains(&at.year())), field, "year_out_of_range");
}

fn check_times(event: &Event, checks: &mut Checks) {
    check_year(event.starts_at, "start_date", checks);
    check_year(event.ends_at, "end_date", checks);
    check_year(event.checkin_opens_at, "checkin_opens_at", checks);
    check_year(event.checkin_closes_at, "checkin_closes_at", checks);
    check_order(event.starts_at, event.ends_at, "end_date", checks);
    check_order(event.checkin_opens_at, event.checkin_closes_at, "checkin_closes_at", checks);
}

/// Records an end before its start.
pub(super) fn check_order(
    start: Option<DateTime<Utc>>,
    end: Option<DateTime<Utc>>,
    field: &str,
    checks: &mut Checks,
) {
    let in_order = start.zip(end).is_none_or(|(start, end)| start <= end);
    checks.ensure(in_order, field, "dates_in_order");
}

/// An event as those see it who have a role in it.
#[expect(clippy::struct_excessive_bools, reason = "an answer of the API, where each is a field of its own")]
#[derive(Object)]
#[oai(rename = "Event")]
pub(super) struct EventView {
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
    /// The dates that were told before the last postponement.
    #[oai(nullable)]
    previous_start_date: Option<DateTime<FixedOffset>>,
    #[oai(nullable)]
    previous_end_date: Option<DateTime<FixedOffset>>,
    /// Postponed, and the new dates are not known: those above no longer hold.
    awaits_dates: bool,
    timezone: String,
    currency: String,
    language: String,
    #[oai(nullable)]
    capacity: Option<i32>,
    /// `public` or `private`.
    visibility: String,
    /// `upcoming`, `active`, `completed` (by the clock) or `cancelled`; `template` is no event, but what events are made from.
    status: String,
    /// Neither over nor cancelled.
    is_active: bool,
    /// Whether the event is open to its public.
    published: bool,
    /// `draft`, `template`, `published` or `cancelled`.
    state: String,
    /// Whether what is ordered now is a test, to be deleted when the event goes live.
    test_mode: bool,
    /// The account of whoever presides over it.
    #[oai(nullable)]
    president: Option<AccountId>,
    /// Whom visitors may turn to.
    contacts: Vec<Contact>,
    contact_email: String,
    terms: String,
    show_remaining: bool,
    #[oai(nullable)]
    checkin_opens_at: Option<DateTime<FixedOffset>>,
    #[oai(nullable)]
    checkin_closes_at: Option<DateTime<FixedOffset>>,
    themes: Vec<String>,
    /// Name and description in other languages.
    translations: Translations,
    /// Where the event's files are read; for an hour while strangers may not see the event.
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
    metadata: BTreeMap<String, Any<Value>>,
    /// The address that opens a private event; told to its organizers alone.
    #[oai(skip_serializing_if_is_none)]
    private_link: Option<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    created_by: AccountId,
}

impl EventView {
    /// Those who organize the event may know the link of a private one.
    pub(super) fn new(event: Event, organizes: bool, links: &Links) -> Self {
        let status = event.status(links.now);
        let local = |at: Option<DateTime<Utc>>| at.map(|at| event.local(at));
        let private = organizes && event.visibility == Visibility::Private;
        let link = private.then(|| event.address(links.public_url));
        Self {
            image_url: links.of(&event, Place::Image),
            logo_url: links.of(&event, Place::Logo),
            banner_url: links.of(&event, Place::Banner),
            programme_file: links.of(&event, Place::Programme),
            guide_file: links.of(&event, Place::Guide),
            start_date: local(event.starts_at),
            end_date: local(event.ends_at),
            previous_start_date: local(event.previous_starts_at),
            previous_end_date: local(event.previous_ends_at),
            awaits_dates: event.awaits_dates,
            checkin_opens_at: local(event.checkin_opens_at),
            checkin_closes_at: local(event.checkin_closes_at),
            private_link: link,
            is_active: matches!(status, "upcoming" | "active"),
            status: status.to_owned(),
            published: event.state == EventState::Published,
            state: event.state.code().to_owned(),
            test_mode: event.test_mode,
            visibility: event.visibility.code().to_owned(),
            timezone: event.timezone.name().to_owned(),
            currency: event.currency.code().to_owned(),
            language: event.language.code().to_owned(),
            metadata: object(event.metadata),
            id: event.id,
            slug: event.slug,
            name: event.name,
            description: event.description,
            category: event.category,
            location: event.location,
            city: event.city,
            latitude: event.latitude,
            longitude: event.longitude,
            capacity: event.capacity,
            president: event.president,
            contacts: event.contacts,
            contact_email: event.contact_email,
            terms: event.terms,
            show_remaining: event.show_remaining,
            themes: event.themes,
            translations: event.translations,
            created_at: event.created_at,
            updated_at: event.updated_at,
            created_by: event.created_by,
        }
    }
}

fn object(value: Value) -> BTreeMap<String, Any<Value>> {
    match value {
        Value::Object(members) => members.into_iter().map(|(key, value)| (key, Any(value))).collect(),
        _ => BTreeMap::new(),
    }
}
