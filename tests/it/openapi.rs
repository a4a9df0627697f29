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
