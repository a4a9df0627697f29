//! Between the event's form and the event: local times, numbers with commas, and what follows by itself.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

use crate::base::site::{Filled, Form};
use crate::base::web::{ApiResult, FieldError, Problem};
use crate::domain::events::dto::{EventChange, NewEvent};
use crate::domain::events::model::{self, Event};

/// The instant at which the clocks of the zone show what was typed.
pub fn instant(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    let formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];
    let local = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?;
    model::instant(local, zone)
}

/// As a field of a form shows an instant.
pub fn local(at: Option<DateTime<Utc>>, zone: Tz) -> String {
    at.map(|at| at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
}

/// The form with the local times in these fields as instants.
pub fn instants(form: &Form, zone: Tz, fields: &[&str]) -> ApiResult<Form> {
    let mut read = form.clone();
    let mut errors = Vec::new();
    for field in fields {
        let text = form.text(field);
        match instant(text, zone) {
            Some(at) => read.put(field, at.to_rfc3339()),
            None if text.is_empty() => {}
            None => errors.push(FieldError::new(*field, "local_time")),
        }
    }
    if errors.is_empty() { Ok(read) } else { Err(Problem::invalid(errors)) }
}

/// A number as people write it, with a comma and spaces.
pub fn plain_number(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' || c == '٫' { '.' } else { c }).collect()
}

/// How many contacts an event may have, and what each consists of.
const MOST_CONTACTS: usize = 10;
const PARTS: [&str; 4] = ["name", "role", "email", "phone"];

/// Themes as people write them in one line.
fn themes(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for theme in text.split([',', ';', '،', '\n']).map(str::trim).filter(|theme| !theme.is_empty()) {
        if !found.iter().any(|known| known == theme) {
            found.push(theme.to_owned());
        }
    }
    found
}

/// Whether nothing was typed for the contact at this place.
fn is_blank(form: &Form, index: usize) -> bool {
    PARTS.iter().all(|part| form.text(&format!("contacts/{index}/{part}")).is_empty())
}

/// The form with its contacts in a row, without gaps: what is wrong with one is then told at its own fields.
pub(super) fn in_a_row(form: &Form) -> Form {
    let mut tidy = form.clone();
    let said: Vec<Vec<String>> = (0..MOST_CONTACTS)
        .filter(|index| !is_blank(form, *index))
        .map(|index| {
            PARTS.iter().map(|part| form.text(&format!("contacts/{index}/{part}")).to_owned()).collect()
        })
        .collect();
    for index in 0..MOST_CONTACTS {
        for (place, part) in PARTS.iter().enumerate() {
            let text = said.get(index).and_then(|contact| contact.get(place)).cloned().unwrap_or_default();
            tidy.put(&format!("contacts/{index}/{part}"), text);
        }
    }
    tidy
}

/// The event as the form says it is to be, and the address that is asked for; what no field shows stays.
pub(super) fn applied(form: &Form, before: &Event) -> ApiResult<(Event, Option<String>)> {
    let zone = form.text("timezone").parse().unwrap_or(before.timezone);
    let times = ["start_date", "end_date", "checkin_opens_at", "checkin_closes_at"];
    let mut read = instants(form, zone, &times)?;
    read.put("show_remaining", if form.has("show_remaining") { "true" } else { "false" });
    for number in ["latitude", "longitude", "capacity"] {
        read.put(number, plain_number(form.text(number)));
    }
    for unseen in ["metadata", "is_active", "themes"] {
        read.leave_out(unseen);
    }
    for (index, theme) in themes(form.text("themes")).into_iter().enumerate() {
        read.put(&format!("themes/{index}"), theme);
    }
    for index in (0..MOST_CONTACTS).filter(|index| is_blank(form, *index)) {
        PARTS.iter().for_each(|part| read.leave_out(&format!("contacts/{index}/{part}")));
    }
    // An address that is not chosen is made of the name, or stays.
    if form.text("slug").is_empty() {
        read.leave_out("slug");
    }
    let kept = Event { metadata: before.metadata.clone(), ..before.emptied() };
    let (said, checks) = read.draft::<NewEvent, EventChange, false>()?.open();
    said.apply(kept, checks)
}

/// The event in the fields of its form.
pub(super) fn filled(event: &Event) -> Filled {
    let zone = event.timezone;
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let mut filled = Filled::with([
        ("name", event.name.clone()),
        ("category", event.category.clone()),
        ("description", event.description.clone()),
        ("location", event.location.clone()),
        ("city", event.city.clone()),
        ("latitude", number(event.latitude)),
        ("longitude", number(event.longitude)),
        ("start_date", local(event.starts_at, zone)),
        ("end_date", local(event.ends_at, zone)),
        ("timezone", zone.name().to_owned()),
        ("currency", event.currency.code().to_owned()),
        ("language", event.language.code().to_owned()),
        ("capacity", event.capacity.map(|capacity| capacity.to_string()).unwrap_or_default()),
        ("visibility", event.visibility.code().to_owned()),
        ("contact_email", event.contact_email.clone()),
        ("terms", event.terms.clone()),
        ("show_remaining", if event.show_remaining { "on".to_owned() } else { String::new() }),
        ("checkin_opens_at", local(event.checkin_opens_at, zone)),
        ("checkin_closes_at", local(event.checkin_closes_at, zone)),
        ("slug", event.slug.clone()),
        ("version", event.version.to_string()),
    ]);
    filled.set("themes", event.themes.join(", "));
    filled.set("president", event.president.map(|account| account.to_string()).unwrap_or_default());
    for (index, contact) in event.contacts.iter().enumerate() {
        let said = [&contact.name, &contact.role, &contact.email, &contact.phone];
        for (part, text) in PARTS.iter().zip(said) {
            filled.set(&format!("contacts/{index}/{part}"), text.clone());
        }
    }
    event.translations.fill(&mut filled);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_times_are_those_of_the_zone() {
        let paris: Tz = "Europe/Paris".parse().unwrap();
        let at = |text| instant(text, paris).map(|at| at.to_rfc3339());
        assert_eq!(at("2026-07-01T20:30").as_deref(), Some("2026-07-01T18:30:00+00:00"));
        assert_eq!(at("2026-12-12T20:30:00").as_deref(), Some("2026-12-12T19:30:00+00:00"));
        // The hour that the clocks leave out, and the one that they show twice.
        assert_eq!(at("2026-03-29T02:30").as_deref(), Some("2026-03-29T01:30:00+00:00"));
        assert_eq!(at("2026-10-25T02:30").as_deref(), Some("2026-10-25T00:30:00+00:00"));
        for wrong in ["", "tomorrow", "2026-13-01T00:00", "2026-12-12"] {
            assert_eq!(at(wrong), None, "{wrong:?}");
        }
        assert_eq!(local(instant("2026-07-01T20:30", paris), paris), "2026-07-01T20:30");
    }

    #[test]
    fn themes_are_written_in_one_line() {
        assert_eq!(themes(" jazz, soul ;jazz،  عود"), ["jazz", "soul", "عود"]);
        assert!(themes(" , ;").is_empty());
    }

    #[test]
    fn numbers_may_have_commas_and_spaces() {
        assert_eq!(plain_number("1 024,50"), "1024.50");
        assert_eq!(plain_number("12"), "12");
    }
}
