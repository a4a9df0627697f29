//! An event as a calendar file (`.ics`, RFC 5545).

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use url::Url;

/// Who invites: shown by calendars beside the event.
#[derive(Clone, Debug)]
pub struct Organizer {
    pub name: String,
    pub email: String,
}

/// What a calendar keeps of an event.
#[derive(Clone, Debug)]
pub struct CalendarEvent {
    /// Identifies the event for ever: a second file with the same one replaces the first.
    pub uid: String,
    /// Counts the changes of the event, so that calendars know the newest file.
    pub sequence: u32,
    /// When the event was last changed.
    pub changed_at: DateTime<Utc>,
    pub name: String,
    pub description: Option<String>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub place: Option<String>,
    /// Latitude and longitude in degrees.
    pub coordinates: Option<(f64, f64)>,
    /// The event's page; anything but http and https is left out.
    pub url: Option<String>,
    pub organizer: Option<Organizer>,
    pub cancelled: bool,
}

/// Writes the file that a calendar imports. Times are UTC, which every calendar shows in its own zone.
pub fn calendar_file(event: &CalendarEvent) -> String {
    calendar(&[]).push(entry(event)).to_string()
}

/// Writes what a calendar subscribes to: events under a name, asked for again every six hours.
pub fn calendar_feed(name: &str, events: &[CalendarEvent]) -> String {
    let name = one_line(name);
    // The writer escapes texts (RFC 5545, 3.3.11), but does not know that this one is one.
    let escaped = name.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    let mut feed = calendar(&[("NAME", &escaped), ("X-WR-CALNAME", &name), ("X-PUBLISHED-TTL", "PT6H")]);
    feed.append_property(Property::new("REFRESH-INTERVAL", "PT6H").add_parameter("VALUE", "DURATION").done());
    feed.extend(events.iter().map(entry));
    feed.to_string()
}

fn entry(event: &CalendarEvent) -> Event {
    let mut entry = Event::new();
    entry
        .uid(&one_line(&event.uid))
        .sequence(event.sequence)
        .timestamp(event.changed_at)
        .last_modified(event.changed_at)
        .summary(&one_line(&event.name))
        .starts(event.starts_at)
        .ends(event.ends_at)
        .status(if event.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    if let Some(description) = &event.description {
        entry.description(&lines(description));
    }
    if let Some(place) = &event.place {
        entry.location(&one_line(place));
    }
    if let Some((latitude, longitude)) = event.coordinates.filter(on_earth) {
        entry.add_property("GEO", format!("{latitude:.6};{longitude:.6}"));
    }
    if let Some(url) = event.url.as_deref().and_then(web_address) {
        entry.url(&url);
    }
    if let Some(organizer) = event.organizer.as_ref().and_then(invitation) {
        entry.append_property(organizer);
    }
    entry.done()
}

fn calendar(more: &[(&str, &str)]) -> Calendar {
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Parvis//Events//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ]
    .iter()
    .chain(more)
    {
        calendar.append_property((*key, *value));
    }
    calendar
}

fn on_earth((latitude, longitude): &(f64, f64)) -> bool {
    (-90.0..=90.0).contains(latitude) && (-180.0..=180.0).contains(longitude)
}

fn web_address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}

fn invitation(organizer: &Organizer) -> Option<Property> {
    let plain = |c: char| c.is_ascii_graphic() && !"<>,;:\"\\".contains(c);
    if !organizer.email.contains('@') || !organizer.email.chars().all(plain) {
        return None;
    }
    let mut property = Property::new("ORGANIZER", format!("mailto:{}", organizer.email));
    // A parameter has no way to write a quotation mark.
    property.add_parameter("CN", &one_line(&organizer.name.replace('"', "")));
    Some(property.done())
}

/// Text of several lines: the writer escapes `\n` alone, any other control character would break the file.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

fn one_line(text: &str) -> String {
    lines(text).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event() -> CalendarEvent {
        let time = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        CalendarEvent {
            uid: "0193c1@parvis.test".into(),
            sequence: 2,
            changed_at: time("2026-11-21T10:00:00Z"),
            name: "Nuit des orgues ; trois siècles, une soirée".into(),
            description: Some("Première ligne\r\nSeconde \\ ligne".into()),
            starts_at: time("2026-12-12T19:30:00Z"),
            ends_at: time("2026-12-12T22:00:00Z"),
            place: Some("Cathédrale Saint-Étienne, Bourges".into()),
            coordinates: Some((47.0822, 2.3987)),
            url: Some("https://parvis.test/events/nuit-des-orgues".into()),
            organizer: Some(Organizer {
                name: r#"Les "Amis", association"#.into(),
                email: "a@b.test".into(),
            }),
            cancelled: false,
        }
    }

    /// The lines of a file with the folding undone.
    fn unfolded(file: &str) -> Vec<String> {
        file.replace("\r\n ", "").lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_feed_has_the_name_of_whoever_publishes_it() {
        let feed = calendar_feed("Bals; fêtes,\n et \\ plus", &[]);
        for key in ["NAME", "X-WR-CALNAME"] {
            assert!(feed.contains(&format!("\r\n{key}:Bals\\; fêtes\\,  et \\\\ plus\r\n")), "{feed}");
        }
    }

    #[test]
    fn a_file_has_what_calendars_need() {
        let lines = unfolded(&calendar_file(&event()));
        for line in [
            "METHOD:PUBLISH",
            "UID:0193c1@parvis.test",
            "DTSTAMP:20261121T100000Z",
            "DTSTART:20261212T193000Z",
            "DTEND:20261212T220000Z",
            r"SUMMARY:Nuit des orgues \; trois siècles\, une soirée",
            r"DESCRIPTION:Première ligne\nSeconde \\ ligne",
            r"LOCATION:Cathédrale Saint-Étienne\, Bourges",
            "GEO:47.082200;2.398700",
            "URL:https://parvis.test/events/nuit-des-orgues",
            r#"ORGANIZER;CN="Les Amis, association":mailto:a@b.test"#,
            "STATUS:CONFIRMED",
            "SEQUENCE:2",
        ] {
            assert!(lines.iter().any(|l| l == line), "no {line} in {lines:#?}");
        }
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut event = event();
        event.name = "é".repeat(200);
        event.description = Some("ليلة الأرغن ".repeat(40));
        let file = calendar_file(&event);
        assert!(file.ends_with("END:VCALENDAR\r\n"));
        assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
        assert!(unfolded(&file).contains(&format!("SUMMARY:{}", "é".repeat(200))));
    }

    #[test]
    fn nothing_that_people_type_adds_a_line() {
        let mut event = event();
        event.uid = "u\r\nX-BAD:1".into();
        event.name = "a\r\nX-BAD:1\u{0}".into();
        event.place = Some("b\nX-BAD:1".into());
        event.url = Some("javascript:alert(1)".into());
        event.coordinates = Some((f64::NAN, 0.0));
        event.organizer = Some(Organizer { name: "c\nX-BAD:1".into(), email: "a@b.test\nX-BAD:1".into() });
        let file = calendar_file(&event);
        assert!(unfolded(&file).iter().all(|line| !line.starts_with("X-BAD")), "{file}");
        for absent in ["GEO", "URL", "ORGANIZER"] {
            assert!(!file.contains(&format!("\n{absent}")), "{absent}");
        }
    }
}
