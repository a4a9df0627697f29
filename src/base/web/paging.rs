//! Which page of a list is asked for. Nothing is brought into range silently: who asks for too much learns it.

use poem::{Request, RequestBody};
use poem_openapi::registry::{MetaParamIn, MetaSchema, MetaSchemaRef};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use super::problem::{ApiResult, Checks, FieldError};
use crate::base::kernel::page::{DEFAULT_SIZE, LARGEST_SIZE, LAST_NEAR_PAGE, LAST_PAGE, PageRequest};

macro_rules! parameters {
    ($($(#[$doc:meta])* $name:ident $default:expr, $most:expr;)*) => {$(
        $(#[$doc])*
        pub struct $name(Result<u32, FieldError>);

        impl<'a> ApiExtractor<'a> for $name {
            const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::Parameter];
            type ParamType = ();
            type ParamRawType = ();

            fn param_in() -> Option<MetaParamIn> {
                Some(MetaParamIn::Query)
            }

            fn param_schema_ref() -> Option<MetaSchemaRef> {
                let schema = MetaSchema {
                    default: Some($default.into()),
                    minimum: Some(1.0),
                    maximum: Some(f64::from($most)),
                    ..MetaSchema::new_with_format("integer", "uint32")
                };
                Some(MetaSchemaRef::Inline(Box::new(schema)))
            }

            async fn from_request(
                request: &'a Request,
                _: &mut RequestBody,
                options: ExtractParamOptions<()>,
            ) -> poem::Result<Self> {
                let query = request.original_uri().query().unwrap_or_default();
                let mut values = url::form_urlencoded::parse(query.as_bytes());
                let value = values.find(|(name, _)| name == options.name);
                Ok(Self(value.map_or(Ok($default), |(_, text)| read(&text, options.name, $most))))
            }
        }
    )*};
}

parameters! {
    /// The number of a page, the first unless given.
    PageNumber 1, LAST_PAGE;
    /// The number of a page, the first unless given; further pages are reached by `next`.
    NearPageNumber 1, LAST_NEAR_PAGE;
    /// How many rows a page has.
    PageSize DEFAULT_SIZE, LARGEST_SIZE;
}

fn read(text: &str, name: &'static str, most: u32) -> Result<u32, FieldError> {
    // Numbers of any length: the sign alone says on which side of the range one too long is.
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(FieldError::new(name, "unreadable"));
    }
    match digits.parse::<u32>() {
        _ if negative => Err(FieldError::new(name, "too_small").with("least", 1)),
        Ok(0) => Err(FieldError::new(name, "too_small").with("least", 1)),
        Ok(number) if number <= most => Ok(number),
        _ => Err(FieldError::new(name, "too_large").with("most", most)),
    }
}

/// The page that is asked for, or what is wrong with the question.
pub fn paging(number: PageNumber, size: PageSize) -> ApiResult<PageRequest> {
    let mut checks = Checks::default();
    let page = checked_paging(number, size, &mut checks);
    checks.done()?;
    Ok(page)
}

/// As [`paging`], for a question of which more can be wrong.
pub fn checked_paging(number: PageNumber, size: PageSize, checks: &mut Checks) -> PageRequest {
    first_unless(number.0, size.0, checks)
}

/// As [`checked_paging`], for a list that goes on by cursor.
pub fn checked_near_paging(number: NearPageNumber, size: PageSize, checks: &mut Checks) -> PageRequest {
    first_unless(number.0, size.0, checks)
}

fn first_unless(
    number: Result<u32, FieldError>,
    size: Result<u32, FieldError>,
    checks: &mut Checks,
) -> PageRequest {
    let mut or_first = |asked: Result<u32, FieldError>| {
        asked.unwrap_or_else(|error| {
            checks.push(error);
            1
        })
    };
    PageRequest { number: or_first(number), size: or_first(size) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_out_of_range_are_told_and_not_changed() {
        let code = |text| read(text, "page", 100).map_err(|error| error.code);
        assert_eq!([code("1"), code("100"), code("007")], [Ok(1), Ok(100), Ok(7)]);
        for small in ["0", "-1", "-99999999999999999999"] {
            assert_eq!(code(small), Err("too_small"), "{small}");
        }
        for large in ["101", "99999999999999999999"] {
            assert_eq!(code(large), Err("too_large"), "{large}");
        }
        for odd in ["", "-", "ten", "1.5", "+1", " 1", "1e2"] {
            assert_eq!(code(odd), Err("unreadable"), "{odd:?}");
        }
    }
}
