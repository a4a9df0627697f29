//! An event that comes as a form, as the source documents' apps send it: with its pictures and documents.
//!
//! The fields become the JSON that they stand for, and are then checked like any other body.

use poem::{Request, RequestBody};
use poem_openapi::ApiRequest;
use poem_openapi::payload::{ParsePayload, Payload};
use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseFromJSON, Type};
use serde_json::{Map, Value};

use super::dto::{EventChange, NewEvent};
use super::media::{self, Made, Place};
use crate::base::web::{
    ApiResult, Change, Draft, MULTIPART, Parts, Problem, Uploaded, names_multipart, read_parts,
};

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
            Self::Form(form) => (form.draft, form.sent),
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
            Self::Form(form) => (form.draft, form.sent),
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

/// A form with the fields of an event, and a field for each of its files.
pub(super) struct Form<S, T, const NULLS: bool> {
    draft: Draft<S, T, NULLS>,
    sent: Sent,
}

/// Files as fields of a form in the document.
fn file_fields(names: impl IntoIterator<Item = &'static str>) -> MetaSchema {
    let file = |name| {
        let shape = MetaSchema { format: Some("binary"), ..MetaSchema::new("string") };
        (name, MetaSchemaRef::Inline(Box::new(shape)))
    };
    MetaSchema { properties: names.into_iter().map(file).collect(), ..MetaSchema::new("object") }
}

impl<S: Type + ParseFromJSON, T: ParseFromJSON, const NULLS: bool> Payload for Form<S, T, NULLS> {
    const CONTENT_TYPE: &'static str = MULTIPART;

    fn check_content_type(content_type: &str) -> bool {
        names_multipart(content_type)
    }

    fn schema_ref() -> MetaSchemaRef {
        let files = MetaSchemaRef::Inline(Box::new(file_fields(Place::ALL.map(Place::field))));
        let all_of = vec![S::schema_ref(), files];
        MetaSchemaRef::Inline(Box::new(MetaSchema { all_of, ..MetaSchema::ANY }))
    }

    fn register(registry: &mut Registry) {
        S::register(registry);
    }
}

impl<S, T, const NULLS: bool> ParsePayload for Form<S, T, NULLS>
where
    S: Type + ParseFromJSON,
    T: ParseFromJSON,
{
    const IS_REQUIRED: bool = true;

    async fn from_request(request: &Request, body: &mut RequestBody) -> poem::Result<Self> {
        let Parts { texts, files } = read_parts(request, body, Place::ALL.len(), |_| Ok(())).await?;
        let mut members = Map::new();
        for (name, text) in texts {
            add(&mut members, name, text);
        }
        let json = |members: &Map<String, Value>| Value::Object(members.clone()).to_string().into_bytes();
        let mut draft = Draft::read(json(&members))?;
        for (field, file) in &files {
            if let Uploaded::File(bytes) = file {
                members.insert(field.clone(), media::print(bytes).into());
            }
        }
        // Written anew, a repeated form has the same fingerprint in spite of its new boundary.
        draft.raw = json(&members);
        Ok(Self { draft, sent: Sent(files) })
    }
}

/// A form with one file, whatever its field is called.
pub(super) struct FileForm(Uploaded);

impl FileForm {
    /// A print of what was sent.
    pub(super) fn print(&self) -> Vec<u8> {
        match &self.0 {
            Uploaded::File(bytes) => media::print(bytes).into_bytes(),
            _ => vec![],
        }
    }

    /// The file made ready for the place.
    pub(super) async fn made(self, place: Place) -> ApiResult<Made> {
        media::received(place, self.0, place.field()).await
    }
}

impl Payload for FileForm {
    const CONTENT_TYPE: &'static str = MULTIPART;

    fn check_content_type(content_type: &str) -> bool {
        names_multipart(content_type)
    }

    fn schema_ref() -> MetaSchemaRef {
        let example = Some(serde_json::json!({ "file": "%PDF-1.7 …" }));
        let schema = MetaSchema { required: vec!["file"], example, ..file_fields(["file"]) };
        MetaSchemaRef::Inline(Box::new(schema))
    }
}

impl ParsePayload for FileForm {
    const IS_REQUIRED: bool = true;

    async fn from_request(request: &Request, body: &mut RequestBody) -> poem::Result<Self> {
        let mut parts = read_parts(request, body, 1, |_| Ok(())).await?;
        Ok(Self(parts.files.pop().map_or(Uploaded::Nothing, |(_, file)| file)))
    }
}

/// The body of a request that brings one file.
#[derive(ApiRequest)]
pub(super) enum FileBody {
    Form(FileForm),
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
        "latitude" | "longitude" | "capacity" | "show_remaining" | "is_active" | "metadata"
        | "translations" => literal(text),
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
