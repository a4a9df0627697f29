//! Typed ids in paths and bodies of the API.

use std::borrow::Cow;

use poem_openapi::registry::MetaSchemaRef;
use poem_openapi::types::{ParseError, ParseFromJSON, ParseFromParameter, ParseResult, ToJSON, Type};
use serde_json::Value;
use uuid::Uuid;

use crate::base::kernel::id::Id;

impl<K: Send + Sync> Type for Id<K> {
    const IS_REQUIRED: bool = true;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        Uuid::name()
    }

    fn schema_ref() -> MetaSchemaRef {
        Uuid::schema_ref()
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self::RawElementValueType> + 'a> {
        Box::new(self.as_raw_value().into_iter())
    }
}

impl<K: Send + Sync> ParseFromJSON for Id<K> {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        Uuid::parse_from_json(value).map(Self::from).map_err(ParseError::propagate)
    }
}

impl<K: Send + Sync> ParseFromParameter for Id<K> {
    fn parse_from_parameter(value: &str) -> ParseResult<Self> {
        Uuid::parse_from_parameter(value).map(Self::from).map_err(ParseError::propagate)
    }
}

impl<K: Send + Sync> ToJSON for Id<K> {
    fn to_json(&self) -> Option<Value> {
        self.uuid().to_json()
    }
}
