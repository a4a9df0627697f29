//! An event that comes as a form, as the source documents' apps send it.
//!
//! The fields become the JSON that they stand for, and are then checked like any other body.

use poem::http::header;
use poem::web::Multipart;
use poem::{FromRequest, Request, RequestBody};
use poem_openapi::ApiRequest;
use poem_openapi::payload::{ParsePayload, Payload};
use poem_openapi::registry::{MetaSchemaRef, Registry};
use serde_json::{Map, Value};

use super::dto::{EventChange, NewEvent};
use crate::base::web::{Draft, Problem};

/// A new event, as JSON or as a form.
#[derive(ApiRequest)]
pub(super) enum NewEventBody {
    Json(Draft<NewEvent, EventChange>),
    Form(Form),
}

impl NewEventBody {
    /// The body however it came.
    pub(super) fn draft(self) -> Draft<NewEvent, EventChange> {
        match self {
            Self::Json(draft) | Self::Form(Form(draft)) => draft,
        }
    }
}

/// A form with the fields of a new event.
pub(super) struct Form(Draft<NewEvent, EventChange>);

impl Payload for Form {
    const CONTENT_TYPE: &'static str = "multipart/form-data";

    fn check_content_type(content_type: &str) -> bool {
        content_type.trim_start().to_ascii_lowercase().starts_with(Self::CONTENT_TYPE)
    }

    fn schema_ref() -> MetaSchemaRef {
        <Draft<NewEvent, EventChange> as Payload>::schema_ref()
    }

    fn register(registry: &mut Registry) {
        <Draft<NewEvent, EventChange> as Payload>::register(registry);
    }
}

impl ParsePayload for Form {
    const IS_REQUIRED: bool = true;

    async fn from_request(request: &Request, body: &mut RequestBody) -> poem::Result<Self> {
        if request.header(header::CONTENT_TYPE).is_none_or(|value| !value.contains("boundary=")) {
            return Err(Problem::malformed().into());
        }
        let mut parts = Multipart::from_request(request, body).await?;
        let mut members = Map::new();
        while let Some(part) = parts.next_field().await.map_err(|_| Problem::malformed())? {
            let Some(name) = part.name().map(str::to_owned) else { continue };
            let file = part.file_name().is_some_and(|name| !name.is_empty());
            if file {
                return Err(Problem::field(&name, "no_file").into());
            }
            let text = part.text().await.map_err(|_| Problem::malformed())?;
            add(&mut members, name, text);
        }
        // Written anew, a repeated form has the same fingerprint in spite of its new boundary.
        let raw = Value::Object(members).to_string().into_bytes();
        Ok(Self(Draft::read(raw)?))
    }
}

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
        "latitude" | "longitude" | "capacity" | "show_remaining" | "is_active" | "metadata" => literal(text),
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
