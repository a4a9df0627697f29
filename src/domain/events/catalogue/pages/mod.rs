//! The pages of the catalogue, and what other sites and programs read of it.

mod choices;
mod crawlers;
mod event;
mod feeds;
mod list;
mod share;

pub use crawlers::{robots, sitemap, sitemap_part};
pub(in crate::domain::events) use event::preview;
pub use event::{event_context, event_page};
pub use feeds::{events_calendar, events_feed, organization_calendar, organization_feed};
pub use list::{catalogue_page, organization_page};

use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use minijinja::Value;
use poem::http::{StatusCode, header};
use poem::{Request, Response};
use sha2::Digest;

use super::Catalogue;
use crate::base::i18n::{self, Args, Lang, stripped, text, text_with};
use crate::base::kernel::money::{Currency, Money};
use crate::base::site::Visitor;
use crate::base::web::{ApiResult, Problem, accepts_encoding};

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

/// A page that is the same for everybody of a language, as it goes over the wire.
#[derive(Clone)]
pub(super) struct Kept {
    plain: Bytes,
    gzip: Bytes,
    /// Whether it is less than what was asked for, because that took too long.
    pub is_partial: bool,
}

impl Kept {
    /// In bytes.
    pub(super) fn weight(&self) -> usize {
        self.plain.len() + self.gzip.len()
    }
}

/// A longer address is nobody's way to a page that others want too.
const LONGEST_QUERY: usize = 2_000;

impl Catalogue {
    /// A page from the cache for those whom nothing on it concerns in person; made anew for others.
    async fn kept_page(
        &self,
        visitor: &Visitor,
        kind: &'static str,
        make: impl Future<Output = ApiResult<(&'static str, Value)>>,
    ) -> ApiResult<Response> {
        if !visitor.is_anybody() || visitor.query().len() > LONGEST_QUERY {
            let (template, context) = make.await?;
            return visitor.page(template, context);
        }
        let key = self.shelf.key(format!("{kind} {} {}", visitor.lang, visitor.here()));
        let made = self.shelf.pages(kind).try_get_with(key, async {
            let (template, context) = make.await?;
            let is_partial = context.get_attr("names_only").is_ok_and(|told| told.is_true());
            let html = visitor.html(template, context, false)?;
            Ok::<_, Problem>(Kept {
                gzip: gzip(html.as_bytes()),
                plain: html.into_bytes().into(),
                is_partial,
            })
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

/// A file for other programs, which is the same for everybody.
#[derive(Clone)]
pub(super) struct KeptFile {
    pub body: Bytes,
    gzip: Bytes,
    kind: &'static str,
    tag: String,
    changed_at: Option<DateTime<Utc>>,
}

impl KeptFile {
    /// `changed_at` is when its contents changed last, where that is known.
    pub(super) fn new(kind: &'static str, body: String, changed_at: Option<DateTime<Utc>>) -> Self {
        let digest = sha2::Sha256::digest(body.as_bytes());
        let mut tag = data_encoding::HEXLOWER.encode(&digest);
        tag.truncate(24);
        Self { gzip: gzip(body.as_bytes()), body: body.into(), kind, tag, changed_at }
    }

    /// The file, or that the one that was fetched before is still right.
    pub(super) fn answer(self, request: &Request) -> Response {
        let zipped = accepts_encoding(request, "gzip");
        // Another encoding is another representation.
        let tag = format!("\"{}{}\"", self.tag, if zipped { "-gzip" } else { "" });
        let stamp = self.changed_at.map(|at| at.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
        // The tag alone decides: an event that leaves a list changes it and no time in it.
        let fresh = request.header(header::IF_NONE_MATCH).is_some_and(|tags| {
            tags.split(',').any(|known| {
                let known = known.trim();
                known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
            })
        });
        let mut answer = Response::builder()
            .content_type(self.kind)
            .header(header::CACHE_CONTROL, "public, max-age=300")
            .header(header::VARY, "accept-encoding, accept-language")
            .header(header::ETAG, tag);
        if let Some(stamp) = stamp {
            answer = answer.header(header::LAST_MODIFIED, stamp);
        }
        if fresh {
            return answer.status(StatusCode::NOT_MODIFIED).finish();
        }
        if zipped {
            answer.header(header::CONTENT_ENCODING, "gzip").body(self.gzip)
        } else {
            answer.header(header::CONTENT_ENCODING, "identity").body(self.body)
        }
    }
}

/// Text within XML: nothing of it is read as a mark, and what no XML may hold is left out.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_holds_any_text() {
        assert_eq!(xml("<b>\"R&B\"</b>\u{0}\u{b}'\u{ffff}"), "&lt;b&gt;&quot;R&amp;B&quot;&lt;/b&gt;&#39;");
        assert_eq!(xml("]]> a\nb"), "]]&gt; a\nb");
    }
}
