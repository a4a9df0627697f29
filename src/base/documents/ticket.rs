//! The tickets of an order as one PDF, a page each.

use serde::Serialize;
use serde_json::{Value, json};
use url::Url;

use super::{
    DocumentError,
    glyphs::displayable,
    pdf::{self, Template},
    qr,
};
use crate::base::i18n::Lang;

/// Pixels a module: viewers that smooth pictures then blur a part of a module, not a whole one.
const QR_SCALE: usize = 4;
/// Longer texts are cut before the layout, whose time grows with them. No page has room for as much.
const LONGEST_TEXT: usize = 300;
const LONGEST_TERMS: usize = 12_000;

/// The paper of a ticket.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TicketPaper {
    /// The ticket with a badge to fold.
    #[default]
    A4,
    /// The ticket alone.
    A6,
}

/// The fixed words of a ticket, in its language.
#[derive(Clone, Debug, Serialize)]
pub struct TicketLabels {
    pub holder: String,
    pub ticket_type: String,
    pub price: String,
    pub code: String,
    pub order: String,
    pub when: String,
    pub place: String,
    /// The words of the link to the map.
    pub map: String,
    /// The heading above the terms.
    pub terms: String,
    /// What to do on the day, in a sentence or two.
    pub instructions: String,
    /// Beside the line where the page is folded.
    pub fold: String,
}

/// One ticket, with everything written as the reader shall see it.
#[derive(Clone, Debug, Serialize)]
pub struct TicketSheet {
    /// The language of the labels; Arabic mirrors the page.
    #[serde(skip)]
    pub lang: Lang,
    pub labels: TicketLabels,
    /// The name of the event.
    pub title: String,
    pub organizer: String,
    pub when: String,
    pub place: String,
    /// Where the place is on a map; anything but http and https is left out.
    pub map_url: Option<String>,
    pub holder: String,
    pub ticket_type: String,
    pub price: String,
    /// The code that people read aloud.
    pub code: String,
    pub order_code: String,
    pub terms: Option<String>,
    /// Printed across the ticket: that it is none for the day.
    pub notice: Option<String>,
    /// What the QR code says to the scanner.
    #[serde(skip)]
    pub qr: String,
}

/// Lays out all the tickets of an order as one PDF with a page each; the first ticket gives the language.
///
/// Computes for some milliseconds a ticket and blocks: call it in `spawn_blocking`. Texts that are too long shrink, then
/// lose their end; characters that cannot be drawn are replaced (see [`displayable`]).
pub fn tickets_pdf(tickets: &[TicketSheet], paper: TicketPaper) -> Result<Vec<u8>, DocumentError> {
    let mut files = Vec::with_capacity(tickets.len() + 1);
    let mut pages = Vec::with_capacity(tickets.len());
    for (index, ticket) in tickets.iter().enumerate() {
        let code = qr::luma(&ticket.qr, QR_SCALE)?;
        let file = format!("qr/{index}");
        let mut page = serde_json::to_value(ticket)?;
        clean(&mut page, LONGEST_TEXT);
        if let Value::Object(page) = &mut page {
            page.insert("map_url".into(), json!(ticket.map_url.as_deref().and_then(web_address)));
            page.insert("number".into(), json!(format!("{}/{}", index + 1, tickets.len())));
            page.insert("qr_file".into(), json!(file));
            page.insert("qr_side".into(), json!(code.side));
        }
        files.push((file, code.pixels));
        pages.push(page);
    }
    let first = tickets.first();
    let lang = first.map(|ticket| ticket.lang).unwrap_or_default();
    let data = json!({
        "lang": lang.code(),
        "rtl": lang.is_rtl(),
        "size": paper,
        "title": first.map(|ticket| displayable(&ticket.title)).unwrap_or_default(),
        "organizer": first.map(|ticket| displayable(&ticket.organizer)).unwrap_or_default(),
        "tickets": pages,
    });
    files.push(("data.json".to_owned(), serde_json::to_vec(&data)?));
    pdf::render(Template::Ticket, files)
}

/// Makes every text inside `value` fit to print.
fn clean(value: &mut Value, longest: usize) {
    match value {
        Value::String(text) => {
            *text = displayable(&cut(text.trim(), longest));
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                clean(field, if name == "terms" { LONGEST_TERMS } else { longest });
            }
        }
        _ => {}
    }
}

fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    text.chars().take(longest).chain(['…']).collect()
}

fn web_address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}

#[cfg(test)]
#[path = "ticket_tests.rs"]
mod tests;
