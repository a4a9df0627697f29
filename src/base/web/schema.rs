//! Checks a JSON body against the very schema that the document shows, and tells everything that is wrong.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use parking_lot::RwLock;
use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::Type;
use serde_json::Value;

use super::problem::FieldError;
use super::texts;

/// What a null means in a body.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Nulls {
    /// What may be left out may also be null, as clients send it.
    AreLeftOut,
    /// What is null was meant to be: only fields that can be empty take it.
    Count,
}

/// The schemas by the names of their types.
type Registries = HashMap<(String, Nulls), Arc<Registry>>;

/// The schemas that a type of input needs, made once a type.
static REGISTRIES: LazyLock<RwLock<Registries>> = LazyLock::new(RwLock::default);

/// Registers `T` as input.
pub(super) fn register_input<T: Type>(registry: &mut Registry, nulls: Nulls) {
    T::register(registry);
    if let (MetaSchemaRef::Reference(name), Nulls::AreLeftOut) = (T::schema_ref(), nulls) {
        accept_null(registry, &name);
    }
}

fn accept_null(registry: &mut Registry, name: &str) {
    let Some(schema) = registry.schemas.get_mut(name) else { return };
    let mut nested = Vec::new();
    let required = schema.required.clone();
    for (field, property) in &mut schema.properties {
        match property {
            MetaSchemaRef::Inline(inner) => {
                inner.nullable |= !required.contains(field);
                if let Some(MetaSchemaRef::Reference(name)) = inner.items.as_deref() {
                    nested.push(name.clone());
                }
            }
            MetaSchemaRef::Reference(name) => nested.push(name.clone()),
        }
    }
    for name in nested {
        accept_null(registry, &name);
    }
}

fn registry<T: Type>(nulls: Nulls) -> Arc<Registry> {
    let key = (T::name().into_owned(), nulls);
    let known = REGISTRIES.read().get(&key).cloned();
    known.unwrap_or_else(|| {
        let mut registry = Registry::new();
        register_input::<T>(&mut registry, nulls);
        let registry = Arc::new(registry);
        REGISTRIES.write().insert(key, registry.clone());
        registry
    })
}

/// What a form says with texts alone, as the values that the schema asks for. What is not required and left empty is
/// left out; a text that is no such value stays, to be told of.
pub(super) fn typed<T: Type>(value: Value, nulls: Nulls) -> Value {
    let registry = registry::<T>(nulls);
    typed_as(&registry, &T::schema_ref(), value)
}

fn typed_as(registry: &Registry, schema: &MetaSchemaRef, value: Value) -> Value {
    let schema = match schema {
        MetaSchemaRef::Inline(schema) => schema,
        MetaSchemaRef::Reference(name) => match registry.schemas.get(name) {
            Some(schema) => schema,
            None => return value,
        },
    };
    match (schema.ty, value) {
        ("integer" | "number" | "boolean", Value::String(text)) => literal(&text),
        ("array", Value::Array(items)) => {
            let Some(of) = &schema.items else { return Value::Array(items) };
            Value::Array(items.into_iter().map(|item| typed_as(registry, of, item)).collect())
        }
        ("array", Value::String(text)) => Value::Array(vec![text.into()]),
        (_, Value::Object(members)) => Value::Object(typed_members(registry, schema, members)),
        (_, value) => value,
    }
}

fn typed_members(
    registry: &Registry,
    schema: &MetaSchema,
    members: serde_json::Map<String, Value>,
) -> serde_json::Map<String, Value> {
    let properties = |name: &str| {
        let parts = schema.all_of.iter().filter_map(|part| match part {
            MetaSchemaRef::Inline(schema) => Some(schema.as_ref()),
            MetaSchemaRef::Reference(name) => registry.schemas.get(name),
        });
        let mut all = std::iter::once(schema).chain(parts).flat_map(|schema| &schema.properties);
        all.find(|(field, _)| *field == name).map(|(_, property)| property)
    };
    let empty = |name: &str, value: &Value| {
        let texts = properties(name).is_some_and(|property| is_text(registry, property));
        value.as_str().is_some_and(|text| text.trim().is_empty())
            && !texts
            && !schema.required.contains(&name)
    };
    let kept = members.into_iter().filter(|(name, value)| !empty(name, value));
    let typed = kept.map(|(name, value)| match properties(&name) {
        Some(property) => {
            let value = typed_as(registry, property, value);
            (name, value)
        }
        None => (name, value),
    });
    typed.collect()
}

/// Whether an empty text is a value of its own: one without a form that it would have to have.
fn is_text(registry: &Registry, schema: &MetaSchemaRef) -> bool {
    let schema = match schema {
        MetaSchemaRef::Inline(schema) => schema,
        MetaSchemaRef::Reference(name) => match registry.schemas.get(name) {
            Some(schema) => schema,
            None => return false,
        },
    };
    schema.ty == "string" && schema.format.is_none() && schema.min_length.is_none_or(|least| least == 0)
}

fn literal(text: &str) -> Value {
    match text.trim() {
        "on" => Value::Bool(true),
        "off" => Value::Bool(false),
        text => serde_json::from_str(text)
            .ok()
            .filter(|value: &Value| !value.is_object() && !value.is_array())
            .unwrap_or_else(|| Value::String(text.to_owned())),
    }
}

/// Everything in `value` that `T` cannot accept.
pub(super) fn check<T: Type>(value: &Value, nulls: Nulls) -> Vec<FieldError> {
    let root = T::schema_ref();
    let registry = registry::<T>(nulls);
    let mut checker = Checker { registry: &registry, nulls, errors: Vec::new() };
    checker.reference(&root, value, "");
    checker.errors
}

struct Checker<'a> {
    registry: &'a Registry,
    nulls: Nulls,
    errors: Vec<FieldError>,
}

impl Checker<'_> {
    fn fail(&mut self, at: &str, code: &'static str) {
        self.errors.push(FieldError::new(at, code));
    }

    fn reference(&mut self, schema: &MetaSchemaRef, value: &Value, at: &str) {
        match schema {
            MetaSchemaRef::Inline(schema) => self.schema(schema, value, at),
            MetaSchemaRef::Reference(name) => {
                if let Some(schema) = self.registry.schemas.get(name) {
                    self.schema(schema, value, at);
                }
            }
        }
    }

    fn schema(&mut self, schema: &MetaSchema, value: &Value, at: &str) {
        if value.is_null() && schema.nullable {
            return;
        }
        for part in &schema.all_of {
            self.reference(part, value, at);
        }
        match (schema.ty, value) {
            ("string", Value::String(text)) => self.text(schema, text, at),
            ("integer", Value::Number(number)) if !number.is_f64() => {
                self.number(schema, number.as_f64(), at);
            }
            ("number", Value::Number(number)) => self.number(schema, number.as_f64(), at),
            ("boolean", Value::Bool(_)) | ("", _) => {}
            ("array", Value::Array(items)) => self.array(schema, items, at),
            ("object", Value::Object(members)) => self.object(schema, members, at),
            _ => self.fail(at, "type"),
        }
    }

    fn object(&mut self, schema: &MetaSchema, members: &serde_json::Map<String, Value>, at: &str) {
        for (field, property) in &schema.properties {
            let path = if at.is_empty() { (*field).to_owned() } else { format!("{at}/{field}") };
            match members.get(*field) {
                Some(Value::Null) if self.takes_null(property, schema.required.contains(field)) => {}
                Some(Value::Null) => self.fail(&path, "required"),
                Some(value) => self.reference(property, value, &path),
                None if schema.required.contains(field) => self.fail(&path, "required"),
                None => {}
            }
        }
    }

    fn takes_null(&self, property: &MetaSchemaRef, required: bool) -> bool {
        match property {
            MetaSchemaRef::Inline(schema) if schema.nullable => true,
            // A reference cannot say that it is nullable.
            _ => self.nulls == Nulls::AreLeftOut && !required,
        }
    }

    fn array(&mut self, schema: &MetaSchema, items: &[Value], at: &str) {
        if schema.max_items.is_some_and(|most| items.len() > most) {
            return self.fail(at, "too_many");
        }
        if schema.min_items.is_some_and(|least| items.len() < least) {
            self.fail(at, "too_few");
        }
        if let Some(of) = &schema.items {
            for (index, item) in items.iter().enumerate() {
                self.reference(of, item, &format!("{at}/{index}"));
            }
        }
    }

    fn number(&mut self, schema: &MetaSchema, number: Option<f64>, at: &str) {
        let Some(number) = number else { return };
        if let Some(least) = schema.minimum.filter(|least| number < *least) {
            self.errors.push(FieldError::new(at, "too_small").with("least", least));
        } else if let Some(most) = schema.maximum.filter(|most| number > *most) {
            self.errors.push(FieldError::new(at, "too_large").with("most", most));
        }
    }

    fn text(&mut self, schema: &MetaSchema, text: &str, at: &str) {
        let length = text.chars().count();
        if schema.min_length.is_some_and(|least| least > 0) && text.trim().is_empty() {
            self.fail(at, "required");
        } else if schema.min_length.is_some_and(|least| length < least) {
            self.errors
                .push(FieldError::new(at, "too_short").with("least", schema.min_length.unwrap_or_default()));
        } else if let Some(most) = schema.max_length.filter(|most| length > *most) {
            self.errors.push(FieldError::new(at, "too_long").with("most", most));
        } else if schema.max_length.is_some_and(|most| most <= ONE_LINE) && text.chars().any(is_control) {
            self.fail(at, "control_character");
        } else if !schema.enum_items.is_empty() && !schema.enum_items.iter().any(|item| item == text) {
            self.fail(at, "unknown_choice");
        } else if let Some(code) = schema.format.and_then(|format| wrong_format(format, text)) {
            self.fail(at, code);
        }
    }
}

/// Texts that may be no longer than this have one line: names, codes, addresses.
const ONE_LINE: usize = 200;

/// Control characters, and those that turn the direction of what follows.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn wrong_format(format: &str, text: &str) -> Option<&'static str> {
    match format {
        "uuid" => uuid::Uuid::parse_str(text).is_err().then_some("uuid"),
        "date-time" => chrono::DateTime::parse_from_rfc3339(text).is_err().then_some("date_time"),
        "date" | "naive-date" => text.parse::<chrono::NaiveDate>().is_err().then_some("date"),
        form => texts::wrong(form, text),
    }
}
