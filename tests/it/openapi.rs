//! The published document: readable by the strictest reader, complete, and what the server serves.

use std::collections::BTreeSet;
use std::fmt;

use parvis::edges::api;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::support::app::TestApp;
use crate::support::run;
use crate::support::source::root;

/// JSON whose objects name no member twice.
struct Strict;

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Strict;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Strict, A::Error> {
        let mut seen = BTreeSet::new();
        while let Some((name, _)) = map.next_entry::<String, Strict>()? {
            if !seen.insert(name.clone()) {
                return Err(serde::de::Error::custom(format!("{name} stands there twice")));
            }
        }
        Ok(Strict)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Strict, A::Error> {
        while items.next_element::<Strict>()?.is_some() {}
        Ok(Strict)
    }

    fn visit_str<E>(self, _: &str) -> Result<Strict, E> {
        Ok(Strict)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Strict, E> {
        Ok(Strict)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Strict, E> {
        Ok(Strict)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Strict, E> {
        Ok(Strict)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Strict, E> {
        Ok(Strict)
    }

    fn visit_unit<E>(self) -> Result<Strict, E> {
        Ok(Strict)
    }
}

/// Every operation as method, path and what is said of it.
pub fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            found.push((method.to_uppercase(), path.clone(), operation));
        }
    }
    found
}

#[test]
fn the_document_is_the_one_that_is_committed() {
    run(async {
        let app = TestApp::shared().await;
        let document = api::document(&app.app).unwrap();
        let file = root().join("openapi/parvis.json");
        if std::env::var_os("UPDATE_OPENAPI").is_some() {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, &document).unwrap();
        }
        let committed = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            document == committed,
            "openapi/parvis.json is not what the server serves; look at what changes for clients: \
             UPDATE_OPENAPI=1 cargo test --test it openapi"
        );
        let served = app.client().get("/openapi.json").await.expect(200);
        assert!(served.bytes == committed.as_bytes());
        assert!(served.header("content-type").starts_with("application/json"));
    });
}

#[test]
fn the_document_names_nothing_twice() {
    run(async {
        let app = TestApp::shared().await;
        // What poem writes, before anything sorts it.
        let raw = api::service(&app.app).spec();
        if let Err(error) = serde_json::from_str::<Strict>(&raw) {
            panic!("{error}");
        }
        assert!(
            serde_json::from_str::<Strict>(r#"{"a": {"b": 1, "b": [2.5, null, true, -1, "x"]}}"#).is_err()
        );
    });
}

#[test]
fn every_operation_says_what_it_is() {
    run(async {
        let app = TestApp::shared().await;
        let document: Value = serde_json::from_str(&api::document(&app.app).unwrap()).unwrap();
        let mut ids = BTreeSet::new();
        let mut faults = Vec::new();
        for (method, path, operation) in operations(&document) {
            let name = format!("{method} {path}");
            let id = operation["operationId"].as_str().unwrap_or_default();
            let well_formed = id.contains('_') && id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            if !well_formed || !ids.insert(id.to_owned()) {
                faults.push(format!("{name}: operationId {id:?}"));
            }
            if operation["tags"].as_array().is_none_or(Vec::is_empty) {
                faults.push(format!("{name}: no tag"));
            }
            if operation["summary"].as_str().is_none_or(str::is_empty) {
                faults.push(format!("{name}: no summary"));
            }
            let responses = operation["responses"].as_object().unwrap();
            if !responses.keys().any(|status| status.starts_with('2')) {
                faults.push(format!("{name}: no success"));
            }
            // A load balancer reads the status of the readiness and nothing else.
            let problem =
                responses.get("500").and_then(|response| response["content"].get("application/problem+json"));
            if problem.is_none() && id != "get_readiness" {
                faults.push(format!("{name}: no problems"));
            }
        }
        assert!(ids.len() > 40, "{ids:?}");
        assert!(faults.is_empty(), "{faults:#?}");
    });
}

/// The schemas of a request's bodies or of an operation's successes.
fn schemas<'a>(content: &'a Value, found: &mut Vec<&'a Value>) {
    found.extend(content["content"].as_object().into_iter().flatten().map(|(_, media)| &media["schema"]));
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

/// Where a value is not what the schema says.
fn misfits(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let schema = resolve(document, schema);
    if value.is_null() {
        let fine = schema["nullable"] == true || !schema["allOf"].is_null();
        return if fine { vec![] } else { vec![format!("{at}: null")] };
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return parts.iter().flat_map(|part| misfits(document, part, value, at)).collect();
    }
    let text = value.as_str();
    let fine = match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("string"), Some("uuid")) => text.is_some_and(|text| text.parse::<uuid::Uuid>().is_ok()),
        (Some("string"), Some("date-time")) => {
            text.is_some_and(|text| chrono::DateTime::parse_from_rfc3339(text).is_ok())
        }
        (Some("string"), _) => text.is_some(),
        (Some("integer"), _) => value.is_i64(),
        (Some("number"), _) => value.is_number(),
        (Some("boolean"), _) => value.is_boolean(),
        (Some("array"), _) => value.is_array(),
        (Some("object"), _) => value.is_object(),
        _ => true,
    };
    let mut found = if fine { vec![] } else { vec![format!("{at}: {value}")] };
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(misfits(document, &schema["items"], item, &format!("{at}/{index}")));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            found.push(format!("{at}/{name}: missing"));
        }
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(member) = value.get(name) {
            found.extend(misfits(document, property, member, &format!("{at}/{name}")));
        }
    }
    found
}

#[test]
fn every_body_and_every_answer_has_an_example_that_fits() {
    run(async {
        let app = TestApp::shared().await;
        let document: Value = serde_json::from_str(&api::document(&app.app).unwrap()).unwrap();
        let mut faults = BTreeSet::new();
        for (_, _, operation) in operations(&document) {
            let mut shown = Vec::new();
            schemas(&operation["requestBody"], &mut shown);
            operation["responses"].as_object().unwrap().values().for_each(|one| schemas(one, &mut shown));
            for schema in shown {
                let name = schema["$ref"].as_str().unwrap_or_default();
                let schema = resolve(&document, schema);
                if schema["type"] != "object" {
                    continue;
                }
                match schema.get("example") {
                    Some(example) => faults.extend(misfits(&document, schema, example, name)),
                    None => drop(faults.insert(format!("{name} has no example"))),
                }
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
    });
}

#[test]
fn an_operation_names_the_failures_that_it_can_answer_and_no_others() {
    run(async {
        let app = TestApp::shared().await;
        let document: Value = serde_json::from_str(&api::document(&app.app).unwrap()).unwrap();
        let failures = |id: &str| -> Vec<String> {
            let all = operations(&document);
            let (.., operation) = all.iter().find(|(.., operation)| operation["operationId"] == id).unwrap();
            let responses = operation["responses"].as_object().unwrap().keys();
            responses.filter(|status| !status.starts_with('2')).cloned().collect()
        };
        assert_eq!(failures("get_health"), ["500", "503"]);
        assert_eq!(failures("get_profile"), ["401", "500", "503"]);
        assert_eq!(failures("list_orders"), ["400", "401", "422", "500", "503"]);
        assert_eq!(failures("get_quota"), ["400", "401", "403", "404", "500", "503"]);
        let all = ["400", "401", "403", "404", "409", "412", "413", "415", "422", "500", "503"];
        assert_eq!(failures("change_quota"), all);
        assert_eq!(failures("log_in"), ["400", "401", "413", "415", "422", "429", "500", "503"]);
    });
}
