//! Versions as HTTP tells them: `ETag` in answers, `If-Match` in requests.

use poem::http::{StatusCode, header};
use poem::{Request, RequestBody};
use poem_openapi::registry::{MetaParamIn, MetaSchema, MetaSchemaRef};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use super::problem::Problem;
use crate::base::kernel::version::Expected;

/// How long an `If-Match` may be: a few tags.
const LONGEST: usize = 200;

/// The tag of a version.
pub fn etag(version: i32) -> String {
    format!("\"{version}\"")
}

/// What a version that is no longer the present one is answered with.
pub fn stale() -> Problem {
    Problem::new(StatusCode::PRECONDITION_FAILED, "stale")
}

/// The versions that `If-Match` asks for; without it any.
pub struct IfMatch(pub Expected);

/// Reads tags that [`etag`] has written; one that it has not written is of no version.
fn read(value: &str) -> Expected {
    if value.trim() == "*" {
        return Expected::default();
    }
    // An answer that was compressed on its way has a weak tag; it still names the version.
    let version = |tag: &str| {
        let tag = tag.trim();
        tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"')?.strip_suffix('"')?.parse().ok()
    };
    Expected::one_of(value.split(',').filter_map(version).collect())
}

impl<'a> ApiExtractor<'a> for IfMatch {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::Parameter];
    type ParamType = ();
    type ParamRawType = ();

    fn param_in() -> Option<MetaParamIn> {
        Some(MetaParamIn::Header)
    }

    fn param_schema_ref() -> Option<MetaSchemaRef> {
        let schema = MetaSchema { max_length: Some(LONGEST), ..MetaSchema::new("string") };
        Some(MetaSchemaRef::Inline(Box::new(schema)))
    }

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let Some(value) = request.headers().get(header::IF_MATCH) else {
            return Ok(Self(Expected::default()));
        };
        let value = value.to_str().ok().filter(|value| value.len() <= LONGEST);
        let value = value.ok_or_else(|| Problem::field(options.name, "unreadable"))?;
        Ok(Self(read(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_name_versions() {
        for (value, allowed) in [
            ("\"7\"", true),
            ("W/\"7\"", true),
            ("\"6\", \"7\"", true),
            ("*", true),
            (" * ", true),
            ("\"6\"", false),
            ("7", false),
            ("\"", false),
            ("", false),
            ("\"*\"", false),
        ] {
            assert_eq!(read(value).allows(7), allowed, "{value}");
        }
        assert_eq!(etag(7), "\"7\"");
    }
}
