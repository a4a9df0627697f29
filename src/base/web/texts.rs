//! Texts of the API with a form of their own: the document names it, and a body is checked against it together
//! with everything else.

use std::borrow::Cow;
use std::ops::Deref;

use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use poem_openapi::types::{ParseError, ParseFromJSON, ParseResult, ToJSON, Type};
use serde_json::Value;

use crate::base::i18n::Lang;
use crate::base::kernel::money::Currency;
use crate::base::kernel::text;

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident $format:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(pub String);

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl Type for $name {
            const IS_REQUIRED: bool = true;
            type RawValueType = Self;
            type RawElementValueType = Self;

            fn name() -> Cow<'static, str> {
                concat!("string_", $format).into()
            }

            fn schema_ref() -> MetaSchemaRef {
                MetaSchemaRef::Inline(Box::new(MetaSchema::new_with_format("string", $format)))
            }

            fn as_raw_value(&self) -> Option<&Self::RawValueType> {
                Some(self)
            }

            fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self::RawElementValueType> + 'a> {
                Box::new(self.as_raw_value().into_iter())
            }
        }

        impl ParseFromJSON for $name {
            fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
                String::parse_from_json(value).map(Self).map_err(ParseError::propagate)
            }
        }

        impl ToJSON for $name {
            fn to_json(&self) -> Option<Value> {
                self.0.to_json()
            }
        }
    )*};
}

texts! {
    /// An e-mail address, as people type it.
    Email "email";
    /// A language of the product: `fr`, `en` or `ar`.
    LocaleText "locale";
    /// ISO 4217, three letters.
    CurrencyText "currency";
    /// ISO 3166-1, two letters.
    CountryText "country";
    /// A name of the IANA time zone database.
    TimezoneText "time-zone";
    /// The readable part of an address.
    SlugText "slug";
}

/// The code of what is wrong with a text of this form, if something is.
pub(super) fn wrong(format: &str, value: &str) -> Option<&'static str> {
    let (fine, code) = match format {
        "email" => (text::email(value).is_some(), "email"),
        "locale" => (value.len() <= 35 && Lang::parse(value).is_some(), "unknown_choice"),
        "currency" => (Currency::parse(value).is_some(), "unknown_choice"),
        "country" => (value.len() == 2 && value.bytes().all(|b| b.is_ascii_uppercase()), "unknown_choice"),
        "time-zone" => (value.parse::<chrono_tz::Tz>().is_ok(), "unknown_choice"),
        "slug" => (text::is_slug(value), "slug"),
        _ => return None,
    };
    (!fine).then_some(code)
}
