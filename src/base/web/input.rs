//! The JSON body of a request, checked whole.

use poem::{FromRequest, Request, RequestBody};
use poem_openapi::error::ContentTypeError;
use poem_openapi::payload::{Json, ParsePayload, Payload};
use poem_openapi::registry::{MetaMediaType, MetaRequest, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseFromJSON, Type};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde_json::Value;

use super::problem::Problem;
use super::schema;

/// A body of JSON. Unlike [`Json`] it tells every field that is wrong, and refuses NUL characters, which
/// PostgreSQL cannot keep.
pub struct Input<T> {
    pub value: T,
    /// The bytes as they came, for the fingerprint of an idempotent write.
    pub raw: Vec<u8>,
}

impl<T: Type> Payload for Input<T> {
    const CONTENT_TYPE: &'static str = "application/json";

    fn check_content_type(content_type: &str) -> bool {
        <Json<T> as Payload>::check_content_type(content_type)
    }

    fn schema_ref() -> MetaSchemaRef {
        T::schema_ref()
    }

    fn register(registry: &mut Registry) {
        schema::register_input::<T>(registry);
    }
}

impl<'a, T: ParseFromJSON + 'static> ApiExtractor<'a> for Input<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        <Self as Payload>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        let content = MetaMediaType { content_type: Self::CONTENT_TYPE, schema: Self::schema_ref() };
        Some(MetaRequest { description: None, content: vec![content], required: true })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let content_type = request.content_type().unwrap_or_default();
        if !<Self as Payload>::check_content_type(content_type) {
            let content_type = content_type.to_owned();
            return Err(ContentTypeError::NotSupported { content_type }.into());
        }
        let raw = <Vec<u8> as FromRequest>::from_request(request, body).await?;
        let value = parse(&raw)?;
        Ok(Self { value, raw })
    }
}

impl<T: ParseFromJSON> ParsePayload for Input<T> {
    const IS_REQUIRED: bool = true;

    async fn from_request(request: &Request, body: &mut RequestBody) -> poem::Result<Self> {
        let raw = <Vec<u8> as FromRequest>::from_request(request, body).await?;
        let value = parse(&raw)?;
        Ok(Self { value, raw })
    }
}

/// Reads JSON text as `T`.
pub fn parse<T: ParseFromJSON>(raw: &[u8]) -> Result<T, Problem> {
    let value: Value = serde_json::from_slice(raw).map_err(|_| Problem::malformed())?;
    parse_value(value)
}

/// Reads what a page's form says as `T`: its texts become what the schema asks for, and what is left empty is left
/// out.
pub fn parse_form<T: ParseFromJSON>(value: Value) -> Result<T, Problem> {
    parse_value(schema::typed::<T>(value))
}

fn parse_value<T: ParseFromJSON>(value: Value) -> Result<T, Problem> {
    if has_nul(&value) {
        return Err(Problem::new(poem::http::StatusCode::BAD_REQUEST, "nul_character"));
    }
    let errors = schema::check::<T>(&value);
    if !errors.is_empty() {
        return Err(Problem::invalid(errors));
    }
    // Whatever the schema cannot say is told one by one.
    T::parse_from_json(Some(value)).map_err(|error| {
        tracing::debug!(reason = error.into_message(), "a body passed its schema and still cannot be read");
        Problem::field("", "unreadable")
    })
}

fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(has_nul),
        Value::Object(members) => members.iter().any(|(key, value)| key.contains('\0') || has_nul(value)),
        _ => false,
    }
}
