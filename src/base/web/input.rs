//! The JSON body of a request, checked whole.

use std::marker::PhantomData;

use poem::{FromRequest, Request, RequestBody};
use poem_openapi::error::ContentTypeError;
use poem_openapi::payload::{Json, ParsePayload, Payload};
use poem_openapi::registry::{MetaMediaType, MetaRequest, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseFromJSON, Type};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde_json::Value;

use super::problem::{ApiResult, Checks, FieldError, Problem};
use super::schema::{self, Nulls};

/// A body of JSON. Unlike [`Json`] it tells every field that is wrong, and refuses NUL characters, which
/// PostgreSQL cannot keep.
pub struct Input<T> {
    value: Result<T, Problem>,
    /// The bytes as they came, for the fingerprint of an idempotent write.
    pub raw: Vec<u8>,
}

impl<T> Input<T> {
    /// What it says, or everything that is wrong with it. A handler asks after it knows that the caller may see what
    /// the path names: strangers learn that there is nothing, whatever they send.
    pub fn value(self) -> ApiResult<T> {
        self.value
    }
}

/// A body that says nothing new where it is left out: as an [`Input`] of `{}`.
pub struct OptionalInput<T>(pub Input<T>);

/// A body that the handler checks further: against other fields, and against what is stored. So that everything
/// wrong is told at once, whatever of it is well-formed is there even where the rest is not. The document shows
/// `S`; it is read as `T`, of which everything may be left out.
pub struct Draft<S, T, const NULLS: bool = true> {
    readable: T,
    errors: Vec<FieldError>,
    /// The bytes as they came, for the fingerprint of an idempotent write.
    pub raw: Vec<u8>,
    shown: PhantomData<fn() -> S>,
}

/// What changes about something: as [`Draft`], but what is null is not what is left out.
pub type Change<T> = Draft<T, T, false>;

impl<S: Type, T: ParseFromJSON, const NULLS: bool> Draft<S, T, NULLS> {
    const NULLS: Nulls = if NULLS { Nulls::AreLeftOut } else { Nulls::Count };

    /// Reads JSON text.
    pub fn read(raw: Vec<u8>) -> Result<Self, Problem> {
        let value = json(&raw)?;
        Self::of(value, raw)
    }

    /// Reads what a page's form says, as [`parse_form`] does.
    pub fn of_form(value: Value) -> Result<Self, Problem> {
        Self::of(schema::typed::<S>(without_nul(value)?, Self::NULLS), vec![])
    }

    fn of(mut value: Value, raw: Vec<u8>) -> Result<Self, Problem> {
        let errors = schema::check::<S>(&value, Self::NULLS);
        for error in &errors {
            prune(&mut value, &error.field);
        }
        Ok(Self { readable: typed(value)?, errors, raw, shown: PhantomData })
    }

    /// What can be read, and the list of what is wrong, to be gone on with.
    pub fn open(self) -> (T, Checks) {
        (self.readable, Checks::from(self.errors))
    }
}

/// Takes the member out that `path` leads to, or the one that holds the place in a list that it leads to.
fn prune(value: &mut Value, path: &str) {
    let Some((at, name)) = member(path) else {
        *value = Value::Object(serde_json::Map::new());
        return;
    };
    let holder = if at.is_empty() { Some(value) } else { value.pointer_mut(&format!("/{at}")) };
    if let Some(Value::Object(members)) = holder {
        members.remove(name);
    }
}

/// `lines/0/quantity` is `quantity` in `lines/0`; `themes/3` is `themes` in the body itself.
fn member(path: &str) -> Option<(&str, &str)> {
    let (at, name) = path.rsplit_once('/').unwrap_or(("", path));
    match name {
        "" => None,
        _ if !at.is_empty() && name.bytes().all(|b| b.is_ascii_digit()) => member(at),
        _ => Some((at, name)),
    }
}

async fn bytes<P: Payload + ParsePayload>(
    request: &Request,
    body: &mut RequestBody,
) -> poem::Result<Vec<u8>> {
    let content_type = request.content_type().unwrap_or_default();
    let left_out = !P::IS_REQUIRED && content_type.is_empty();
    if !left_out && !P::check_content_type(content_type) {
        let content_type = content_type.to_owned();
        return Err(ContentTypeError::NotSupported { content_type }.into());
    }
    <Vec<u8> as FromRequest>::from_request(request, body).await
}

fn meta<P: Payload + ParsePayload>() -> MetaRequest {
    let content = MetaMediaType { content_type: P::CONTENT_TYPE, schema: P::schema_ref() };
    MetaRequest { description: None, content: vec![content], required: P::IS_REQUIRED }
}

macro_rules! body {
    ([$($generics:tt)*] $name:ty, $shown:ident, $nulls:expr, $required:literal, |$raw:ident| $read:expr) => {
        impl<$($generics)*> Payload for $name {
            const CONTENT_TYPE: &'static str = "application/json";

            fn check_content_type(content_type: &str) -> bool {
                <Json<$shown> as Payload>::check_content_type(content_type)
            }

            fn schema_ref() -> MetaSchemaRef {
                $shown::schema_ref()
            }

            fn register(registry: &mut Registry) {
                schema::register_input::<$shown>(registry, $nulls);
            }
        }

        impl<'a, $($generics)*> ApiExtractor<'a> for $name {
            const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
            type ParamType = ();
            type ParamRawType = ();

            fn register(registry: &mut Registry) {
                <Self as Payload>::register(registry);
            }

            fn request_meta() -> Option<MetaRequest> {
                Some(meta::<Self>())
            }

            async fn from_request(
                request: &'a Request,
                body: &mut RequestBody,
                _: ExtractParamOptions<()>,
            ) -> poem::Result<Self> {
                let $raw = bytes::<Self>(request, body).await?;
                Ok($read?)
            }
        }

        impl<$($generics)*> ParsePayload for $name {
            const IS_REQUIRED: bool = $required;

            async fn from_request(request: &Request, body: &mut RequestBody) -> poem::Result<Self> {
                let $raw = <Vec<u8> as FromRequest>::from_request(request, body).await?;
                Ok($read?)
            }
        }
    };
}

body!([T: ParseFromJSON + 'static] Input<T>, T, Nulls::AreLeftOut, true, |raw| {
    Ok::<_, Problem>(Self { value: parse(&raw), raw })
});
body!([T: ParseFromJSON + 'static] OptionalInput<T>, T, Nulls::AreLeftOut, false, |raw| {
    let value = parse(if raw.is_empty() { b"{}" } else { &raw });
    Ok::<_, Problem>(Self(Input { value, raw }))
});
body!([S: ParseFromJSON + 'static, T: ParseFromJSON + 'static, const NULLS: bool] Draft<S, T, NULLS>, S,
    Self::NULLS, true, |raw| Self::read(raw));

/// Reads JSON text as `T`.
fn parse<T: ParseFromJSON>(raw: &[u8]) -> Result<T, Problem> {
    checked(json(raw)?)
}

fn json(raw: &[u8]) -> Result<Value, Problem> {
    without_nul(serde_json::from_slice(raw).map_err(|_| Problem::malformed())?)
}

/// Reads what a page's form says as `T`: its texts become what the schema asks for, and what is left empty is left
/// out.
pub fn parse_form<T: ParseFromJSON>(value: Value) -> Result<T, Problem> {
    checked(schema::typed::<T>(without_nul(value)?, Nulls::AreLeftOut))
}

fn checked<T: ParseFromJSON>(value: Value) -> Result<T, Problem> {
    let errors = schema::check::<T>(&value, Nulls::AreLeftOut);
    if errors.is_empty() { typed(value) } else { Err(Problem::invalid(errors)) }
}

fn without_nul(value: Value) -> Result<Value, Problem> {
    if has_nul(&value) {
        return Err(Problem::new(poem::http::StatusCode::BAD_REQUEST, "nul_character"));
    }
    Ok(value)
}

fn typed<T: ParseFromJSON>(value: Value) -> Result<T, Problem> {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_wrong_is_taken_out_and_the_rest_stays() {
        for (path, left) in [
            ("name", json!({ "themes": ["a"], "lines": [{ "quantity": 1 }] })),
            ("themes/0", json!({ "name": "x", "lines": [{ "quantity": 1 }] })),
            ("lines/0/quantity", json!({ "name": "x", "themes": ["a"], "lines": [{}] })),
            ("lines/0", json!({ "name": "x", "themes": ["a"] })),
            ("missing", json!({ "name": "x", "themes": ["a"], "lines": [{ "quantity": 1 }] })),
            ("", json!({})),
        ] {
            let mut value = json!({ "name": "x", "themes": ["a"], "lines": [{ "quantity": 1 }] });
            prune(&mut value, path);
            assert_eq!(value, left, "{path}");
        }
    }
}
