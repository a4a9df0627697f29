//! The operations of the document with their lines in the table, and what to send to each.

use parvis::edges::api;
use serde_json::{Map, Value, json};

use super::table::{Of, TABLE, Who};
use crate::openapi::operations;
use crate::support::app::TestApp;
use crate::support::client::Method;

/// One operation of the document with its line in the table.
pub struct Operation {
    pub id: String,
    pub method: Method,
    pub path: String,
    pub of: Of,
    pub who: Who,
    pub query: String,
    /// The parameters of the query that may be left out.
    pub optional: Vec<String>,
    /// The document's own example, or the smallest body that fits the schema.
    pub body: Option<Value>,
    /// Whether it takes a file and nothing else.
    pub takes_file: bool,
}

pub fn document(app: &TestApp) -> Value {
    serde_json::from_str(&api::document(&app.app).unwrap()).unwrap()
}

pub fn all_operations(document: &Value) -> Vec<Operation> {
    let found = operations(document).into_iter().map(|(method, path, operation)| {
        let id = operation["operationId"].as_str().unwrap();
        let line = TABLE.iter().find(|(known, ..)| *known == id);
        let (_, of, who) = line.unwrap_or_else(|| panic!("{id} is missing in authz/table.rs"));
        let required = |place: &'static str| {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            parameters.filter(move |parameter| parameter["in"] == place && parameter["required"] == true)
        };
        let is_id = |parameter: &&Value| resolved(document, &parameter["schema"])["enum"].is_null();
        assert_eq!(required("path").filter(is_id).count(), of.ids(), "{id}: ids in the path");
        // What is no id is one of a few words.
        let mut path = format!("/api{path}");
        for parameter in required("path").filter(|parameter| !is_id(parameter)) {
            let word = smallest(document, &parameter["schema"], false);
            let name = format!("{{{}}}", parameter["name"].as_str().unwrap());
            path = path.replace(&name, word.as_str().unwrap());
        }
        let query = required("query").map(|parameter| {
            let value = smallest(document, &parameter["schema"], false);
            format!("{}={}", parameter["name"].as_str().unwrap(), value.as_str().unwrap())
        });
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let optional = parameters.filter(|named| named["in"] == "query" && named["required"] != true);
        Operation {
            optional: optional.map(|named| named["name"].as_str().unwrap().to_owned()).collect(),
            id: id.to_owned(),
            method: method.parse().unwrap(),
            path,
            of: *of,
            who: *who,
            // A stream is read to its end.
            query: match id {
                "follow_event" => "seconds=1".to_owned(),
                _ => query.collect::<Vec<_>>().join("&"),
            },
            body: body(document, operation),
            takes_file: takes_file(operation),
        }
    });
    found.collect()
}

fn takes_file(operation: &Value) -> bool {
    let kinds = operation.pointer("/requestBody/content").and_then(Value::as_object);
    kinds.is_some_and(|kinds| kinds.keys().all(|kind| kind == "multipart/form-data"))
}

fn body(document: &Value, operation: &Value) -> Option<Value> {
    let schema = operation.pointer("/requestBody/content/application~1json/schema")?;
    Some(smallest(document, schema, true))
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema["$ref"].as_str().or_else(|| schema["allOf"][0]["$ref"].as_str());
    reference.map_or(schema, |reference| document.pointer(reference.trim_start_matches('#')).unwrap())
}

/// The example of a schema, or a value that it takes.
fn smallest(document: &Value, schema: &Value, examples: bool) -> Value {
    if schema["$ref"].is_string() {
        return smallest(document, resolved(document, schema), examples);
    }
    if let Some(first) = schema["allOf"].get(0) {
        return smallest(document, first, examples);
    }
    if examples && !schema["example"].is_null() {
        return schema["example"].clone();
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("object"), _) => {
            let mut members = Map::new();
            for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                members.insert(name.to_owned(), smallest(document, &schema["properties"][name], examples));
            }
            Value::Object(members)
        }
        (Some("array"), _) => json!([]),
        (Some("integer" | "number"), _) => json!(1),
        (Some("boolean"), _) => json!(false),
        (_, Some("uuid")) => json!("01935a00-0000-7000-8000-000000000001"),
        (_, Some("email")) => json!("nadia@example.org"),
        _ => json!("x".repeat(usize::try_from(schema["minLength"].as_u64().unwrap_or(1)).unwrap())),
    }
}
