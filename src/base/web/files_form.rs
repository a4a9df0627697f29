//! A body that comes as a form with files, as the source documents' apps send it.
//!
//! The fields become the JSON that they stand for, and are then checked like any other body.

use std::marker::PhantomData;

use data_encoding::HEXLOWER;
use poem::{Request, RequestBody};
use poem_openapi::ApiRequest;
use poem_openapi::payload::{ParsePayload, Payload};
use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseFromJSON, Type};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::input::Draft;
use super::multipart::{MULTIPART, Parts, Uploaded, names_multipart, read_parts};

/// What the fields of a form stand for.
pub trait FormFields: Send + Sync + 'static {
    /// The names of the fields that bring a file.
    const FILES: &'static [&'static str];

    /// Adds what a field says to the object that the form stands for.
    fn add(members: &mut Map<String, Value>, name: String, text: String);
}

/// A form with the fields of a JSON body, and a field for each of its files.
pub struct FilesForm<S, T, F, const NULLS: bool> {
    pub draft: Draft<S, T, NULLS>,
    /// By the names of their fields.
    pub files: Vec<(String, Uploaded)>,
    fields: PhantomData<fn() -> F>,
}

/// Files as fields of a form in the document.
pub fn file_fields(names: impl IntoIterator<Item = &'static str>) -> MetaSchema {
    let file = |name| {
        let shape = MetaSchema { format: Some("binary"), ..MetaSchema::new("string") };
        (name, MetaSchemaRef::Inline(Box::new(shape)))
    };
    MetaSchema { properties: names.into_iter().map(file).collect(), ..MetaSchema::new("object") }
}

/// A print of a file, which tells a repeated write from another one.
pub fn file_print(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

impl<S, T, F, const NULLS: bool> Payload for FilesForm<S, T, F, NULLS>
where
    S: Type + ParseFromJSON,
    T: ParseFromJSON,
    F: FormFields,
{
    const CONTENT_TYPE: &'static str = MULTIPART;

    fn check_content_type(content_type: &str) -> bool {
        names_multipart(content_type)
    }

    fn schema_ref() -> MetaSchemaRef {
        let files = MetaSchemaRef::Inline(Box::new(file_fields(F::FILES.iter().copied())));
        let all_of = vec![S::schema_ref(), files];
        MetaSchemaRef::Inline(Box::new(MetaSchema { all_of, ..MetaSchema::ANY }))
    }

    fn register(registry: &mut Registry) {
        S::register(registry);
    }
}

impl<S, T, F, const NULLS: bool> ParsePayload for FilesForm<S, T, F, NULLS>
where
    S: Type + ParseFromJSON,
    T: ParseFromJSON,
    F: FormFields,
{
    const IS_REQUIRED: bool = true;

    async fn from_request(request: &Request, body: &mut RequestBody) -> poem::Result<Self> {
        let Parts { texts, files } = read_parts(request, body, F::FILES.len(), |_| Ok(())).await?;
        let mut members = Map::new();
        for (name, text) in texts {
            F::add(&mut members, name, text);
        }
        let json = |members: &Map<String, Value>| Value::Object(members.clone()).to_string().into_bytes();
        let mut draft = Draft::read(json(&members))?;
        for (field, file) in &files {
            if let Uploaded::File(bytes) = file {
                members.insert(field.clone(), file_print(bytes).into());
            }
        }
        // Written anew, a repeated form has the same fingerprint in spite of its new boundary.
        draft.raw = json(&members);
        Ok(Self { draft, files, fields: PhantomData })
    }
}

/// A form with one file, whatever its field is called.
pub struct FileForm(Uploaded);

impl FileForm {
    /// A print of what was sent.
    pub fn print(&self) -> Vec<u8> {
        match &self.0 {
            Uploaded::File(bytes) => file_print(bytes).into_bytes(),
            _ => vec![],
        }
    }

    pub fn file(self) -> Uploaded {
        self.0
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
pub enum FileBody {
    Form(FileForm),
}
