//! What an event is and what it sells: types and pure rules.

use chrono::{DateTime, Duration, FixedOffset, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

use super::contacts::Contact;
use super::media::Media;
use super::translations::Translations;
use crate::base::i18n::{Lang, capitalized, period, text};
use crate::base::kernel::id::{AccountId, EventId, QuotaId, TicketTypeId};
use crate::base::kernel::money::{Currency, Money};
use crate::base::tenancy::Organization;

/// What kinds of events there are; the last one stands for all others.
pub(super) const CATEGORIES: [&str; 10] = [
    "conference",
    "concert",
    "workshop",
    "exhibition",
    "sport",
    "festival",
    "meeting",
    "training",
    "theatre",
    "other",
];

/// The category of an event that names none.
pub(super) const OTHER_CATEGORY: &str = "other";

/// How far an event has come towards its public.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum EventState {
    Draft,
    /// What events are made from: it is never published itself.
    Template,
    Published,
    Cancelled,
}

impl EventState {
    pub const ALL: [Self; 4] = [Self::Draft, Self::Template, Self::Published, Self::Cancelled];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Template => "template",
            Self::Published => "published",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether only its organizers know of it.
    pub const fn is_hidden(self) -> bool {
        matches!(self, Self::Draft | Self::Template)
    }
}

/// How an event stands for those who sell it.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub state: EventState,
    /// Whether the organizer wants a mail at each sale.
    pub notify_sales: bool,
}

/// Who finds an event that is published.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Visibility {
    Public,
    /// Only who has the link.
    Private,
}

impl Visibility {
    pub const ALL: [Self; 2] = [Self::Public, Self::Private];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|visibility| visibility.code() == code)
    }
}

/// An event as it is stored.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: EventId,
    /// The event's address under `/events/`, unique over the platform.
    pub slug: String,
    pub name: String,
    /// Markdown.
    pub description: String,
    /// One of [`CATEGORIES`].
    pub category: String,
    pub location: String,
    pub city: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub starts_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    pub timezone: Tz,
    pub currency: Currency,
    pub language: Lang,
    /// The size of the quota that all ticket types share; none is no limit.
    pub capacity: Option<i32>,
    pub visibility: Visibility,
    pub state: EventState,
    /// Opens a private event to whoever has the link.
    pub link_secret: String,
    /// Whether what is ordered now is a test, to be deleted when the event goes live.
    pub test_mode: bool,
    /// Where visitors may write; empty is the organization's own address.
    pub contact_email: String,
    pub terms: String,
    /// Whether strangers see how many tickets are left.
    pub show_remaining: bool,
    /// The gate's window; without one a ticket opens it at any time.
    pub checkin_opens_at: Option<DateTime<Utc>>,
    pub checkin_closes_at: Option<DateTime<Utc>>,
    pub themes: Vec<String>,
    pub metadata: serde_json::Value,
    /// Name and description in other languages.
    pub translations: Translations,
    /// Its pictures and documents.
    pub media: Media,
    /// What it shares with the other dates of the same thing.
    pub series: Option<uuid::Uuid>,
    /// The dates that were told before the last postponement.
    pub previous_starts_at: Option<DateTime<Utc>>,
    pub previous_ends_at: Option<DateTime<Utc>>,
    /// Postponed, and nobody knows yet until when: its dates no longer hold.
    pub awaits_dates: bool,
    /// Who presides over it.
    pub president: Option<AccountId>,
    /// Whom visitors may turn to.
    pub contacts: Vec<Contact>,
    /// When strangers first saw it.
    pub published_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub created_by: AccountId,
    pub updated_at: DateTime<Utc>,
    pub version: i32,
}

impl Event {
    /// An event of the organization of which nothing is said yet.
    pub(super) fn draft(
        id: EventId,
        organization: &Organization,
        link_secret: String,
        now: DateTime<Utc>,
        by: AccountId,
    ) -> Self {
        Self {
            id,
            slug: String::new(),
            name: String::new(),
            description: String::new(),
            category: OTHER_CATEGORY.into(),
            location: String::new(),
            city: String::new(),
            latitude: None,
            longitude: None,
            starts_at: None,
            ends_at: None,
            timezone: organization.timezone,
            currency: organization.currency,
            language: organization.locale,
            capacity: None,
            visibility: Visibility::Public,
            state: EventState::Draft,
            link_secret,
            test_mode: false,
            contact_email: String::new(),
            terms: String::new(),
            show_remaining: true,
            checkin_opens_at: None,
            checkin_closes_at: None,
            themes: Vec::new(),
            metadata: serde_json::json!({}),
            translations: Translations::default(),
            media: Media::default(),
            series: None,
            previous_starts_at: None,
            previous_ends_at: None,
            awaits_dates: false,
            president: None,
            contacts: Vec::new(),
            published_at: None,
            created_at: now,
            created_by: by,
            updated_at: now,
            version: 1,
        }
    }

    /// The contents emptied, as replacing begins; what an event cannot be without stays.
    pub(super) fn emptied(&self) -> Self {
        Self {
            description: String::new(),
            category: OTHER_CATEGORY.into(),
            location: String::new(),
            city: String::new(),
            latitude: None,
            longitude: None,
            capacity: None,
            contact_email: String::new(),
            terms: String::new(),
            checkin_opens_at: None,
            checkin_closes_at: None,
            themes: Vec::new(),
            metadata: serde_json::json!({}),
            translations: Translations::default(),
            president: None,
            contacts: Vec::new(),
            ..self.clone()
        }
    }

    /// Whether strangers may know of it: it is published, or was before it was cancelled.
    pub fn is_known(&self) -> bool {
        !self.state.is_hidden() && self.published_at.is_some()
    }

    /// Where the event stands at `now`: the clock decides unless it was cancelled, or is none but a template.
    pub fn status(&self, now: DateTime<Utc>) -> &'static str {
        if self.state == EventState::Template {
            return EventState::Template.code();
        }
        let (starts_at, ends_at) =
            if self.awaits_dates { (None, None) } else { (self.starts_at, self.ends_at) };
        status(self.state == EventState::Cancelled, starts_at, ends_at, now)
    }

    /// The instant as the clocks at the event show it.
    pub fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        local(self.timezone, at)
    }

    /// Whether tickets may be sold at `now`: the event is published, and takes place at a time that is known and not over.
    pub fn sells(&self, now: DateTime<Utc>) -> bool {
        self.state == EventState::Published && !self.awaits_dates && self.ends_at.is_none_or(|end| now <= end)
    }

    /// The event's page, with what opens it where it is private: for those who may open it.
    pub fn address(&self, public_url: &str) -> String {
        let link = match self.visibility {
            Visibility::Public => String::new(),
            Visibility::Private => format!("?link={}", self.link_secret),
        };
        format!("{public_url}/events/{}{link}", self.slug)
    }

    /// When it takes place, in words; empty without dates.
    pub fn when(&self, lang: Lang) -> String {
        match (self.starts_at, self.ends_at) {
            _ if self.awaits_dates => text(lang, "event-dates-awaited"),
            (Some(start), Some(end)) => self.period(lang, start, end),
            _ => String::new(),
        }
    }

    /// When it was to take place before it was postponed, in words.
    pub fn previous_when(&self, lang: Lang) -> Option<String> {
        let (start, end) = self.previous_starts_at.zip(self.previous_ends_at)?;
        if (Some(start), Some(end)) == (self.starts_at, self.ends_at) && !self.awaits_dates {
            return None;
        }
        Some(self.period(lang, start, end))
    }

    /// From when to when, in words, by the clocks at the event.
    pub fn period(&self, lang: Lang, start: DateTime<Utc>, end: DateTime<Utc>) -> String {
        capitalized(&period(lang, start, end, self.timezone))
    }

    /// Whether `secret` is the one of the event's link.
    pub fn opened_by(&self, secret: &str) -> bool {
        subtle::ConstantTimeEq::ct_eq(self.link_secret.as_bytes(), secret.as_bytes()).into()
    }
}

/// `upcoming`, `active` or `completed` by the clock, or `cancelled`.
pub(super) fn status(
    cancelled: bool,
    starts_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> &'static str {
    if cancelled {
        "cancelled"
    } else if ends_at.is_some_and(|end| end < now) {
        "completed"
    } else if starts_at.is_some_and(|start| start <= now) {
        "active"
    } else {
        "upcoming"
    }
}

/// When the clocks of the zone show this. A time that a change of the clocks leaves out is one hour later, of two the first
/// counts.
pub(super) fn instant(local: NaiveDateTime, timezone: Tz) -> Option<DateTime<Utc>> {
    let found = timezone.from_local_datetime(&local).earliest();
    let found = found.or_else(|| timezone.from_local_datetime(&(local + Duration::hours(1))).earliest());
    found.map(|at| at.with_timezone(&Utc))
}

/// The instant as the clocks of the zone show it.
pub fn local(timezone: Tz, at: DateTime<Utc>) -> DateTime<FixedOffset> {
    let there = at.with_timezone(&timezone);
    there.with_timezone(&there.offset().fix())
}

/// What is sold.
#[derive(Clone, Debug)]
pub struct TicketType {
    pub id: TicketTypeId,
    pub event: EventId,
    pub name: String,
    pub description: String,
    /// In the event's currency, tax included.
    pub price: Money,
    /// Hundredths of a percent: 2000 is 20 %.
    pub tax_rate: i32,
    pub sales_start: Option<DateTime<Utc>>,
    pub sales_end: Option<DateTime<Utc>>,
    pub min_per_order: i32,
    pub max_per_order: i32,
    pub max_per_person: Option<i32>,
    /// Name and description in other languages.
    pub translations: Translations,
    pub position: i32,
    pub version: i32,
    /// Every quota that a ticket of this type takes a place of.
    pub quotas: Vec<QuotaId>,
}

/// How many tickets of an event are valid, and how many places it has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Sold {
    pub event: EventId,
    pub sold: i64,
    pub capacity: Option<i32>,
}

/// Another date of a series.
#[derive(Clone, Debug)]
pub struct OtherDate {
    pub id: EventId,
    pub slug: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

/// Why a ticket type is not for sale.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotOnSale {
    NotYet,
    Ended,
}

impl TicketType {
    /// Whether it may be bought at `now`.
    pub fn on_sale(&self, now: DateTime<Utc>) -> Result<(), NotOnSale> {
        if self.sales_start.is_some_and(|start| now < start) {
            Err(NotOnSale::NotYet)
        } else if self.sales_end.is_some_and(|end| now >= end) {
            Err(NotOnSale::Ended)
        } else {
            Ok(())
        }
    }
}

/// A capacity shared by ticket types.
#[derive(Clone, Debug)]
pub struct Quota {
    pub id: QuotaId,
    /// None when the quota spans the organization's events.
    pub event: Option<EventId>,
    pub name: String,
    /// None is unlimited.
    pub size: Option<i32>,
    /// Held and sold.
    pub sold: i32,
    /// Whether it is the event's own capacity, shared by all of its ticket types.
    pub of_event: bool,
    pub version: i32,
}

impl Quota {
    /// One without a limit, of which nothing is sold.
    pub fn new(id: QuotaId, event: Option<EventId>, name: String) -> Self {
        Self { id, event, name, size: None, sold: 0, of_event: false, version: 1 }
    }

    /// How many places are left; none is unlimited.
    pub fn available(&self) -> Option<i32> {
        self.size.map(|size| (size - self.sold).max(0))
    }
}

/// Reads a rate such as `20` or `5.5` as hundredths of a percent; none when it is no rate from 0 to 100.
pub(super) fn parse_rate(text: &str) -> Option<i32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |s: &str| !s.is_empty() && s.len() <= 6 && s.bytes().all(|b| b.is_ascii_digit());
    let significant = fraction.trim_end_matches('0');
    if !digits(whole) || !digits(fraction) || significant.len() > 2 {
        return None;
    }
    format!("{whole}{significant:0<2}").parse().ok().filter(|rate| (0..=10_000).contains(rate))
}

/// Writes a rate with two decimals.
pub fn write_rate(rate: i32) -> String {
    format!("{}.{:02}", rate / 100, rate % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_clock_decides_the_status_unless_cancelled() {
        let (start, end) = (Some(at("2026-05-01T09:00:00Z")), Some(at("2026-05-03T18:00:00Z")));
        assert_eq!(status(false, start, end, at("2026-05-01T08:59:59Z")), "upcoming");
        assert_eq!(status(false, start, end, at("2026-05-01T09:00:00Z")), "active");
        assert_eq!(status(false, start, end, at("2026-05-03T18:00:00Z")), "active");
        assert_eq!(status(false, start, end, at("2026-05-03T18:00:01Z")), "completed");
        assert_eq!(status(true, start, end, at("2026-05-02T00:00:00Z")), "cancelled");
        assert_eq!(status(false, None, None, at("2026-05-02T00:00:00Z")), "upcoming");
    }

    #[test]
    fn instants_are_told_in_the_zone_of_the_event() {
        let algiers: Tz = "Africa/Algiers".parse().unwrap();
        assert_eq!(local(algiers, at("2026-05-01T23:30:00Z")).to_rfc3339(), "2026-05-02T00:30:00+01:00");
        let paris: Tz = "Europe/Paris".parse().unwrap();
        assert_eq!(local(paris, at("2026-07-01T08:00:00Z")).to_rfc3339(), "2026-07-01T10:00:00+02:00");
    }

    fn sold_between(start: Option<&str>, end: Option<&str>) -> TicketType {
        let currency = Currency::parse("DZD").unwrap();
        let number = crate::base::kernel::id::OrganizationNumber(1);
        TicketType {
            id: TicketTypeId::new(DateTime::UNIX_EPOCH, number),
            event: EventId::new(DateTime::UNIX_EPOCH, number),
            name: String::new(),
            description: String::new(),
            price: Money::from_minor(0, currency),
            tax_rate: 0,
            sales_start: start.map(at),
            sales_end: end.map(at),
            min_per_order: 1,
            max_per_order: 10,
            max_per_person: None,
            translations: Translations::default(),
            position: 1,
            version: 1,
            quotas: vec![],
        }
    }

    #[test]
    fn sales_have_a_window() {
        let both = sold_between(Some("2026-01-01T00:00:00Z"), Some("2026-02-01T00:00:00Z"));
        assert_eq!(both.on_sale(at("2025-12-31T23:59:59Z")), Err(NotOnSale::NotYet));
        assert_eq!(both.on_sale(at("2026-01-01T00:00:00Z")), Ok(()));
        assert_eq!(both.on_sale(at("2026-02-01T00:00:00Z")), Err(NotOnSale::Ended));
        assert_eq!(sold_between(None, None).on_sale(at("2026-02-01T00:00:00Z")), Ok(()));
    }

    #[test]
    fn rates_have_two_decimals_at_most() {
        assert_eq!(parse_rate("20"), Some(2000));
        assert_eq!(parse_rate("5.5"), Some(550));
        assert_eq!(parse_rate("20.00"), Some(2000));
        assert_eq!(parse_rate("100"), Some(10_000));
        for wrong in ["", "-1", "100.01", "5.555", "5.", ".5", "1e1", "20%", "99999999999999"] {
            assert_eq!(parse_rate(wrong), None, "{wrong:?}");
        }
        assert_eq!(write_rate(550), "5.50");
    }
}
