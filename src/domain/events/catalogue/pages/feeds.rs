//! Feeds of the catalogue for readers and calendars: RSS and iCalendar, with the filters of the page.

use std::fmt::Write;

use chrono_tz::Tz;
use poem::web::{Data, Path};
use poem::{Request, Response, handler};

use super::list::Finder;
use super::{KeptFile, place, xml};
use crate::base::documents::{CalendarEvent, calendar_feed};
use crate::base::i18n::{self, Args, Lang, stripped, text, text_with};
use crate::base::identity::Entrance;
use crate::base::kernel::id::EventId;
use crate::base::web::{ApiResult, Problem, Rate, accepted_language};
use crate::domain::events::catalogue::Catalogue;
use crate::domain::events::catalogue::repo::ListingRow;

/// How many events a reader gets, the newest first.
const NEWS: u32 = 50;
/// How many events a calendar gets, the next first.
const ENTRIES: u32 = 500;

/// What a feed is written as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    Rss,
    Calendar,
}

/// `GET /events.rss`.
#[handler]
pub async fn events_feed(request: &Request, Data(catalogue): Data<&Catalogue>) -> ApiResult<Response> {
    feed(request, catalogue, None, Format::Rss).await
}

/// `GET /events.ics`.
#[handler]
pub async fn events_calendar(request: &Request, Data(catalogue): Data<&Catalogue>) -> ApiResult<Response> {
    feed(request, catalogue, None, Format::Calendar).await
}

/// `GET /o/{slug}/events.rss`.
#[handler]
pub async fn organization_feed(
    request: &Request,
    Path(slug): Path<String>,
    Data(catalogue): Data<&Catalogue>,
) -> ApiResult<Response> {
    feed(request, catalogue, Some(slug), Format::Rss).await
}

/// `GET /o/{slug}/events.ics`.
#[handler]
pub async fn organization_calendar(
    request: &Request,
    Path(slug): Path<String>,
    Data(catalogue): Data<&Catalogue>,
) -> ApiResult<Response> {
    feed(request, catalogue, Some(slug), Format::Calendar).await
}

async fn feed(
    request: &Request,
    catalogue: &Catalogue,
    slug: Option<String>,
    format: Format,
) -> ApiResult<Response> {
    let entrance = request.data::<Entrance>().ok_or_else(Problem::unavailable)?;
    let query = request.original_uri().query().unwrap_or_default();
    // No cookie has a say: what is kept between here and the reader is for everybody.
    let asked = url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "lang")
        .and_then(|(_, tag)| Lang::parse(&tag));
    let lang = asked.or_else(|| accepted_language(request)).unwrap_or_default();
    let organization = match &slug {
        None => None,
        Some(slug) => {
            let scope = catalogue.shelf.organization(slug).await?.ok_or_else(Problem::not_found)?;
            Some(scope.organization().name.clone())
        }
    };
    let mut finder = Finder::of(query, catalogue.now().date_naive());
    finder.asked.cursor = None;
    finder.asked.organization = slug;
    let (size, order) = match format {
        Format::Rss => (NEWS, "newest"),
        Format::Calendar => (ENTRIES, "start_date"),
    };
    finder.asked.ordering = Some(order.to_owned());
    let mut question = finder.question(size)?;
    question.page.number = 1;
    let about = About {
        lang,
        public_url: &entrance.public_url,
        path: request.original_uri().path(),
        query,
        organization,
    };
    let key = format!("feed {format:?} {lang} {question:?} {} {query}", about.path);
    let file = catalogue.shelf.file(key, async {
        entrance.limiter.spend_address(Rate::Search, request)?;
        let found = catalogue.shelf.found(question.clone()).await?;
        let changed_at = found.rows.iter().map(|row| row.updated_at).max();
        Ok(match format {
            Format::Rss => {
                let body = about.rss(&found.rows);
                KeptFile::new("application/rss+xml; charset=utf-8", body, changed_at)
            }
            Format::Calendar => {
                let body = about.calendar(&found.rows);
                KeptFile::new("text/calendar; charset=utf-8", body, changed_at)
            }
        })
    });
    Ok(file.await?.answer(request))
}

/// What a feed says of itself.
struct About<'a> {
    lang: Lang,
    public_url: &'a str,
    path: &'a str,
    query: &'a str,
    /// The organization whose events they are alone.
    organization: Option<String>,
}

impl About<'_> {
    fn title(&self) -> String {
        match &self.organization {
            Some(name) => format!("{name} · Parvis"),
            None => format!("{} · Parvis", text(self.lang, "catalogue-title")),
        }
    }

    fn description(&self) -> String {
        match &self.organization {
            Some(name) => stripped(&text_with(
                self.lang,
                "catalogue-of-organizer",
                &Args::new().set("name", name.clone()),
            )),
            None => text(self.lang, "catalogue-lead"),
        }
    }

    fn rss(&self, rows: &[ListingRow]) -> String {
        let own =
            if self.query.is_empty() { self.path.into() } else { format!("{}?{}", self.path, self.query) };
        let home = self.path.strip_suffix("/events.rss").unwrap_or_default();
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\
             <channel><title>{}</title><link>{}</link><description>{}</description><language>{}</language>\
             <atom:link href=\"{}\" rel=\"self\" type=\"application/rss+xml\"/><ttl>60</ttl>",
            xml(&self.title()),
            xml(&format!("{}{}", self.public_url, if home.is_empty() { "/" } else { home })),
            xml(&self.description()),
            self.lang.code(),
            xml(&format!("{}{own}", self.public_url)),
        );
        if let Some(at) = rows.iter().map(|row| row.updated_at).max() {
            let _ = write!(out, "<lastBuildDate>{}</lastBuildDate>", at.to_rfc2822());
        }
        for row in rows {
            out += &self.item(row);
        }
        out + "</channel></rss>\n"
    }

    fn item(&self, row: &ListingRow) -> String {
        let zone: Tz = row.timezone.parse().unwrap_or(Tz::UTC);
        let when = i18n::capitalized(&i18n::period(self.lang, row.starts_at, row.ends_at, zone));
        let words =
            [when, place(&row.location, &row.city), row.organization_name.clone(), row.summary.clone()];
        let words: Vec<String> = words.into_iter().filter(|part| !part.is_empty()).collect();
        format!(
            "<item><title>{}</title><link>{}</link><guid isPermaLink=\"false\">urn:uuid:{}</guid>\
             <pubDate>{}</pubDate><category>{}</category><description>{}</description></item>",
            xml(&row.name),
            xml(&self.address(row)),
            row.event,
            row.published_at.to_rfc2822(),
            xml(&text(self.lang, &format!("events-category-{}", row.category))),
            // Readers take a description for HTML: what looks like a tag in it must not become one.
            xml(&xml(&words.join(" · "))),
        )
    }

    fn address(&self, row: &ListingRow) -> String {
        format!("{}/events/{}", self.public_url, row.slug)
    }

    fn calendar(&self, rows: &[ListingRow]) -> String {
        let entry = |row: &ListingRow| CalendarEvent {
            // The same as in the file of the event alone, so that no calendar shows it twice.
            uid: format!("{}@parvis", EventId::from(row.event)),
            sequence: row.version.unsigned_abs(),
            changed_at: row.updated_at,
            name: row.name.clone(),
            description: Some(row.summary.clone()).filter(|words| !words.is_empty()),
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            place: Some(place(&row.location, &row.city)).filter(|place| !place.is_empty()),
            coordinates: row.latitude.zip(row.longitude),
            url: Some(self.address(row)),
            organizer: None,
            cancelled: row.cancelled,
        };
        let entries: Vec<CalendarEvent> = rows.iter().map(entry).collect();
        calendar_feed(&self.title(), &entries)
    }
}
