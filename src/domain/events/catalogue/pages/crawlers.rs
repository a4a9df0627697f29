//! What search engines may read: robots.txt, and a sitemap in parts of 10,000 addresses.

use std::fmt::Write;

use chrono::{DateTime, SecondsFormat, Utc};
use poem::web::{Data, Path};
use poem::{Request, Response, handler};

use super::{KeptFile, xml};
use crate::base::identity::Entrance;
use crate::base::web::{ApiResult, Problem, Rate};
use crate::domain::events::catalogue::Catalogue;
use crate::domain::events::catalogue::repo::{self, Place};

/// Addresses of a part; the format allows 50,000.
const PART: i64 = 10_000;
const XML: &str = "application/xml; charset=utf-8";
const OPENING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// What is somebody's own, and what only answers to a form.
const CLOSED: [&str; 17] = [
    "/api/",
    "/manage",
    "/my",
    "/orders/",
    "/profile",
    "/login",
    "/logout",
    "/signup",
    "/reset",
    "/confirm",
    "/invitation",
    "/find",
    "/scan",
    "/pay/",
    "/files/",
    "/events/*/checkout",
    "/*?*cursor=",
];

/// `GET /robots.txt`.
#[handler]
pub fn robots(request: &Request) -> ApiResult<Response> {
    let entrance = request.data::<Entrance>().ok_or_else(Problem::unavailable)?;
    let mut text = String::from("User-agent: *\n");
    for path in CLOSED {
        let _ = writeln!(text, "Disallow: {path}");
    }
    let _ = writeln!(text, "\nSitemap: {}/sitemap.xml", entrance.public_url);
    Ok(KeptFile::new("text/plain; charset=utf-8", text, None).answer(request))
}

/// `GET /sitemap.xml`: the index of the parts.
#[handler]
pub async fn sitemap(request: &Request, Data(catalogue): Data<&Catalogue>) -> ApiResult<Response> {
    let entrance = request.data::<Entrance>().ok_or_else(Problem::unavailable)?;
    let file = catalogue.shelf.file("sitemap".into(), async {
        entrance.limiter.spend_address(Rate::Search, request)?;
        let mut tx = catalogue.db.platform().await?;
        let events = repo::part_bounds(&mut tx, PART).await?;
        let (organizers, changed_at) = repo::organizers(&mut tx).await?;
        drop(tx);
        let mut out = format!("{OPENING}<sitemapindex {NAMESPACE}>");
        let mut part = |name: String, changed_at: Option<DateTime<Utc>>| {
            let address = xml(&format!("{}/sitemaps/{name}.xml", entrance.public_url));
            let _ = write!(out, "<sitemap><loc>{address}</loc>{}</sitemap>", lastmod(changed_at));
        };
        part("pages".into(), changed_at);
        for number in 1..=(organizers + PART - 1) / PART {
            part(format!("organizers-{number}"), changed_at);
        }
        for (number, (_, changed_at)) in events.iter().enumerate() {
            part(format!("events-{}", number + 1), Some(*changed_at));
        }
        Ok(KeptFile::new(XML, out + "</sitemapindex>\n", changed_at))
    });
    Ok(file.await?.answer(request))
}

/// `GET /sitemaps/{part}.xml`.
#[handler]
pub async fn sitemap_part(
    request: &Request,
    Path(name): Path<String>,
    Data(catalogue): Data<&Catalogue>,
) -> ApiResult<Response> {
    let entrance = request.data::<Entrance>().ok_or_else(Problem::unavailable)?;
    let part = Part::parse(&name).ok_or_else(Problem::not_found)?;
    let file = catalogue.shelf.file(format!("sitemap {part:?}"), async {
        entrance.limiter.spend_address(Rate::Search, request)?;
        let (prefix, places) = part.places(catalogue).await?.ok_or_else(Problem::not_found)?;
        let mut out = format!("{OPENING}<urlset {NAMESPACE}>");
        for place in &places {
            let address = xml(&format!("{}{prefix}{}", entrance.public_url, place.slug));
            let _ = write!(out, "<url><loc>{address}</loc>{}</url>", lastmod(Some(place.changed_at)));
        }
        if part == Part::Pages {
            let _ = write!(out, "<url><loc>{}/</loc></url>", xml(&entrance.public_url));
        }
        let changed_at = places.iter().map(|place| place.changed_at).max();
        Ok(KeptFile::new(XML, out + "</urlset>\n", changed_at))
    });
    Ok(file.await?.answer(request))
}

fn lastmod(at: Option<DateTime<Utc>>) -> String {
    at.map(|at| format!("<lastmod>{}</lastmod>", at.to_rfc3339_opts(SecondsFormat::Secs, true)))
        .unwrap_or_default()
}

/// A part of the sitemap; numbers begin at 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Pages,
    Organizers(i64),
    Events(i64),
}

impl Part {
    fn parse(name: &str) -> Option<Self> {
        let name = name.strip_suffix(".xml")?;
        let number = |text: &str| {
            let number: u16 = text.parse().ok()?;
            (number > 0 && number.to_string() == text).then_some(i64::from(number))
        };
        match name.split_once('-') {
            None if name == "pages" => Some(Self::Pages),
            Some(("organizers", text)) => number(text).map(Self::Organizers),
            Some(("events", text)) => number(text).map(Self::Events),
            _ => None,
        }
    }

    /// Where the pages of the part begin, and which they are; nothing when there is no such part.
    async fn places(self, catalogue: &Catalogue) -> ApiResult<Option<(&'static str, Vec<Place>)>> {
        let mut tx = catalogue.db.platform().await?;
        let (prefix, places) = match self {
            Self::Pages => return Ok(Some(("/", vec![]))),
            Self::Organizers(number) => {
                ("/o/", repo::part_organizers(&mut tx, (number - 1) * PART, PART).await?)
            }
            Self::Events(number) => {
                let bounds = repo::part_bounds(&mut tx, PART).await?;
                let bound = usize::try_from(number - 1).ok().and_then(|n| bounds.get(n).copied());
                let Some((first, _)) = bound else { return Ok(None) };
                ("/events/", repo::part_events(&mut tx, first, PART).await?)
            }
        };
        Ok((!places.is_empty()).then_some((prefix, places)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_one_name() {
        assert_eq!(Part::parse("events-12.xml"), Some(Part::Events(12)));
        assert_eq!(Part::parse("organizers-1.xml"), Some(Part::Organizers(1)));
        assert_eq!(Part::parse("pages.xml"), Some(Part::Pages));
        for wrong in [
            "events-0.xml",
            "events-01.xml",
            "events-+1.xml",
            "events-1",
            "events.xml",
            "x-1.xml",
            "events-99999.xml",
        ] {
            assert_eq!(Part::parse(wrong), None, "{wrong}");
        }
    }
}
