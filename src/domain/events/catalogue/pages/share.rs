//! What other sites read of a page: its address, its picture, and what takes place when (Open Graph, schema.org).

use chrono::{DateTime, Utc};
use minijinja::Value;
use serde::Serialize;
use serde_json::json;

use crate::base::i18n::{Lang, text};
use crate::base::site::Visitor;
use crate::domain::events::catalogue::shelf::PublicEvent;
use crate::domain::events::media::{self, Place};
use crate::domain::events::model::{TicketType, Visibility};
use crate::domain::events::summary;

/// A page as others show it.
#[derive(Serialize)]
pub(super) struct Share {
    title: String,
    description: String,
    /// The page's own address, in the language it was asked for in.
    url: String,
    /// The address that chooses the language by itself.
    plain_url: String,
    /// Where it is public.
    pub image: Option<String>,
    locale: &'static str,
    other_locales: Vec<&'static str>,
    /// Whether search engines may show it.
    pub indexed: bool,
    /// Feeds of what it shows: RSS and calendar.
    pub feed: Option<String>,
    pub calendar: Option<String>,
}

const fn locale(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "fr_FR",
        Lang::En => "en_GB",
        Lang::Ar => "ar_AR",
    }
}

impl Share {
    pub(super) fn new(visitor: &Visitor, path: &str, title: &str, description: &str) -> Self {
        let plain_url = format!("{}{path}", visitor.entrance.public_url);
        let chosen = url::form_urlencoded::parse(visitor.query().as_bytes()).any(|(name, _)| name == "lang");
        let lang = visitor.lang;
        Self {
            title: title.to_owned(),
            description: description.to_owned(),
            url: if chosen { format!("{plain_url}?lang={}", lang.code()) } else { plain_url.clone() },
            plain_url,
            image: None,
            locale: locale(lang),
            other_locales: Lang::ALL.into_iter().filter(|other| *other != lang).map(locale).collect(),
            indexed: true,
            feed: None,
            calendar: None,
        }
    }
}

/// What search engines read of a public event (schema.org); `<` is written so that no text ends the script element.
/// `left` is what is left of each ticket type.
pub(super) fn json_ld(
    found: &PublicEvent,
    left: &[(uuid::Uuid, Option<i32>)],
    public_url: &str,
    now: DateTime<Utc>,
) -> Value {
    let event = &found.event;
    let organization = found.scope.organization();
    let address = format!("{public_url}/events/{}", event.slug);
    let day = |at: DateTime<Utc>| event.local(at).to_rfc3339();
    let offer = |sold: &TicketType| {
        let gone = left.iter().any(|(id, left)| *id == sold.id.uuid() && left.is_some_and(|left| left <= 0));
        let availability = if gone {
            "SoldOut"
        } else if event.sells(now) && sold.on_sale(now).is_ok() {
            "InStock"
        } else if sold.sales_start.is_some_and(|start| start > now) {
            "PreOrder"
        } else {
            "OutOfStock"
        };
        json!({ "@type": "Offer", "name": sold.name, "price": sold.price.to_string(),
            "priceCurrency": event.currency.code(), "url": address,
            "availability": format!("https://schema.org/{availability}"),
            "validFrom": sold.sales_start.or(event.published_at).map(day), "validThrough": sold.sales_end.map(day) })
    };
    let status = match event.status(now) {
        "cancelled" => "EventCancelled",
        _ if event.awaits_dates => "EventPostponed",
        _ if event.previous_starts_at.is_some() => "EventRescheduled",
        _ => "EventScheduled",
    };
    let geo = event.latitude.zip(event.longitude).map(|(latitude, longitude)| {
        json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude })
    });
    let place_name = if event.location.is_empty() { &event.city } else { &event.location };
    let data = json!({
        "@context": "https://schema.org", "@type": "Event", "@id": address, "url": address, "name": event.name,
        "description": summary::plain(&event.description, 1_000),
        "inLanguage": event.language.code(),
        "startDate": event.starts_at.map(day), "endDate": event.ends_at.map(day),
        "previousStartDate": event.previous_starts_at.filter(|_| !event.awaits_dates).map(day),
        "eventStatus": format!("https://schema.org/{status}"),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": { "@type": "Place", "name": place_name, "geo": geo, "address": {
            "@type": "PostalAddress", "streetAddress": event.location, "addressLocality": event.city } },
        "organizer": { "@type": "Organization", "name": organization.name,
            "url": format!("{public_url}/o/{}", organization.slug) },
        "offers": found.types.iter().map(offer).collect::<Vec<_>>(),
        "keywords": keywords(found),
        "image": media::shown(event, Place::Image)
            .filter(|_| event.visibility == Visibility::Public)
            .map(|image| vec![format!("{public_url}{image}")]),
    });
    Value::from_safe_string(without_gaps(data).to_string().replace('<', "\\u003c"))
}

fn keywords(found: &PublicEvent) -> Vec<String> {
    let kind = text(found.event.language, &format!("events-category-{}", found.event.category));
    std::iter::once(kind).chain(found.event.themes.iter().cloned()).collect()
}

/// The same without what is not known: readers take a null for a value.
fn without_gaps(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value::{Array, Object};
    match value {
        Object(members) => Object(
            members
                .into_iter()
                .filter(|(_, value)| !value.is_null() && value.as_str() != Some(""))
                .map(|(name, value)| (name, without_gaps(value)))
                .collect(),
        ),
        Array(items) => Array(items.into_iter().map(without_gaps).collect()),
        other => other,
    }
}
