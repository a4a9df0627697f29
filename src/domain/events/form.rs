//! An event that comes as a form, as the source documents' apps send it: with its pictures and documents.
//!
//! The fields become the JSON that they stand for, and are then checked like any other body.

use poem_openapi::ApiRequest;
use serde_json::{Map, Value};

use super::dto::{EventChange, NewEvent};
use super::media::{self, Made, Place};
use crate::base::web::{ApiResult, Change, Draft, FilesForm, FormFields, Problem, Uploaded};

/// A new event, as JSON or as a form with its files.
#[derive(ApiRequest)]
pub(super) enum NewEventBody {
    Json(Draft<NewEvent, EventChange>),
    Form(Form<NewEvent, EventChange, true>),
}

impl NewEventBody {
    /// The body however it came, and its files.
    pub(super) fn open(self) -> (Draft<NewEvent, EventChange>, Sent) {
        match self {
            Self::Json(draft) => (draft, Sent::default()),
            Self::Form(form) => (form.draft, Sent(form.files)),
        }
    }
}

/// What changes about an event, as JSON or as a form with its files.
#[derive(ApiRequest)]
pub(super) enum EventChangeBody {
    Json(Change<EventChange>),
    Form(Form<EventChange, EventChange, false>),
}

impl EventChangeBody {
    /// The body however it came, and its files.
    pub(super) fn open(self) -> (Change<EventChange>, Sent) {
        match self {
            Self::Json(draft) => (draft, Sent::default()),
            Self::Form(form) => (form.draft, Sent(form.files)),
        }
    }
}

/// The files of a form, by the names of their fields.
#[derive(Default)]
pub(super) struct Sent(Vec<(String, Uploaded)>);

impl Sent {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The files made ready, or what is wrong with the first of them that cannot be shown.
    pub(super) async fn made(self) -> ApiResult<Vec<Made>> {
        let mut made = Vec::new();
        for (field, file) in self.0 {
            let place = Place::of_field(&field).ok_or_else(|| Problem::field(&field, "no_file"))?;
            made.push(media::received(place, file, &field).await?);
        }
        Ok(made)
    }
}

/// The fields of an event as forms send them.
pub(super) struct EventFields;

impl FormFields for EventFields {
    const FILES: &'static [&'static str] = &["image", "logo", "banner", "programme_file", "guide_file"];

    fn add(members: &mut Map<String, Value>, name: String, text: String) {
        add(members, name, text);
    }
}

/// A form with the fields of an event, and a field for each of its files.
type Form<S, T, const NULLS: bool> = FilesForm<S, T, EventFields, NULLS>;

/// A field that may come several times or as a list; other texts are what they are.
fn add(members: &mut Map<String, Value>, name: String, text: String) {
    let value = match name.as_str() {
        "themes" => {
            let themes = serde_json::from_str(&text).ok().filter(Value::is_array);
            let themes = themes.unwrap_or_else(|| Value::Array(vec![text.into()]));
            if let (Some(Value::Array(known)), Value::Array(more)) = (members.get_mut(&name), &themes) {
                known.extend(more.iter().cloned());
                return;
            }
            themes
        }
        "latitude" | "longitude" | "capacity" | "show_remaining" | "is_active" | "metadata"
        | "translations" | "contacts" | "president" => literal(text),
        _ => Value::String(text),
    };
    members.insert(name, value);
}

/// A number, a yes or no, or an object as a form writes it; nothing typed is nothing said.
fn literal(text: String) -> Value {
    match text.trim() {
        "" => Value::Null,
        "on" | "True" => Value::Bool(true),
        "off" | "False" => Value::Bool(false),
        other => serde_json::from_str(other).unwrap_or(Value::String(text)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_place_has_its_field() {
        assert_eq!(Place::ALL.map(Place::field).as_slice(), EventFields::FILES);
    }

    #[test]
    fn fields_become_what_they_stand_for() {
        let mut members = Map::new();
        for (name, text) in [
            ("name", "2026"),
            ("capacity", "500"),
            ("latitude", ""),
            ("is_active", "True"),
            ("metadata", r#"{"a":1}"#),
            ("themes", "jazz"),
            ("themes", r#"["rock"]"#),
            ("longitude", "east"),
        ] {
            add(&mut members, name.into(), text.into());
        }
        let expected = json!({
            "name": "2026", "capacity": 500, "latitude": null, "is_active": true, "metadata": { "a": 1 },
            "themes": ["jazz", "rock"], "longitude": "east",
        });
        assert_eq!(Value::Object(members), expected);
    }
}
