//! The house and its floors: who may name whom, and what belongs in which room.

use std::collections::BTreeSet;

use crate::support::source::{Source, sources};

/// How far up a capability of `domain` stands; it may name only those below it.
const CAPABILITIES: &[(&str, u8)] = &[
    ("events", 0),
    ("payments", 0),
    ("ticketing", 1),
    ("programme", 2),
    ("access", 3),
    ("caisse", 4),
    ("exhibitors", 4),
    ("announcements", 4),
    ("crm", 4),
    ("stations", 4),
];
const LONGEST_FILE: usize = 500;

fn report(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

/// The module of a file, as in `["domain", "events", "api"]`.
fn module(path: &str) -> Vec<String> {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs");
    let mut parts: Vec<String> = inner.split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    parts
}

/// Every module that a line names, from the crate's root.
fn named(source: &Source, line: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        found.extend(paths(vec![], &line[at + "crate::".len()..]));
    }
    let mut rest = line;
    while let Some(at) = rest.find("super::") {
        let mut base = module(&source.path);
        rest = &rest[at..];
        while let Some(after) = rest.strip_prefix("super::") {
            base.pop();
            rest = after;
        }
        found.extend(paths(base, rest));
    }
    found
}

/// The first two names below `base`, of every branch of a `{…}`.
fn paths(base: Vec<String>, text: &str) -> Vec<Vec<String>> {
    if let Some(group) = text.strip_prefix('{') {
        let group = group.split_once("};").map_or(group, |(inner, _)| inner);
        return group.split(',').flat_map(|part| paths(base.clone(), part.trim())).collect();
    }
    let name: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    if name.is_empty() || base.len() == 2 {
        return vec![base];
    }
    let rest = text[name.len()..].strip_prefix("::").unwrap_or_default();
    paths([base, vec![name]].concat(), rest)
}

/// Why `from` may not name `to`, if it may not.
fn forbidden(from: &[String], to: &[String]) -> Option<&'static str> {
    let floor = |module: &[String]| match module.first().map(String::as_str) {
        Some("base") => Some(0),
        Some("domain") => Some(1),
        Some("edges" | "app" | "main") => Some(2),
        _ => None,
    };
    let (lower, upper) = (floor(from)?, floor(to)?);
    if upper > lower {
        return Some("a lower floor names a higher one");
    }
    let rank = |module: &[String]| {
        let name = module.get(1)?;
        Some(CAPABILITIES.iter().find(|(known, _)| known == name)?.1)
    };
    if (lower, upper) == (1, 1) && from.get(1) != to.get(1) && rank(from) <= rank(to) {
        return Some("a capability names one that is not below it");
    }
    None
}

#[test]
fn no_edge_leads_upwards() {
    let mut found = Vec::new();
    for source in sources() {
        let from = module(&source.path);
        // Whole statements: rustfmt breaks long ones.
        for statement in source.code.split_inclusive(';') {
            let statement: String =
                statement.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            for to in named(&source, &statement) {
                if let Some(why) = forbidden(&from, &to) {
                    found.push(format!("{}: {} ({why})", source.path, to.join("::")));
                }
            }
        }
    }
    report(found, "base never names domain, domain never names edges, capabilities stand on each other");
}

#[test]
fn every_capability_has_its_place() {
    let known: BTreeSet<&str> = CAPABILITIES.iter().map(|(name, _)| *name).collect();
    let found = sources().into_iter().map(|source| module(&source.path)).filter(|module| {
        module[0] == "domain" && module.get(1).is_some_and(|name| !known.contains(name.as_str()))
    });
    report(found.map(|module| module.join("::")).collect(), "a capability is missing in CAPABILITIES above");
}

#[test]
fn the_rule_itself_sees_an_upward_edge() {
    let source = |path: &str, line: &str| {
        let source = Source { path: path.into(), text: String::new(), code: String::new() };
        named(&source, line).iter().any(|to| forbidden(&module(path), to).is_some())
    };
    assert!(source("src/base/web/page.rs", "use crate::domain::events;"));
    assert!(source("src/domain/events/api.rs", "use crate::edges::api;"));
    assert!(source("src/domain/events/api.rs", "use crate::domain::{payments::Payments, events};"));
    assert!(source("src/domain/events/sales/repo.rs", "use super::super::super::ticketing::Order;"));
    assert!(source("src/domain/ticketing/mod.rs", "use super::access::Gate;"));
    assert!(source("src/base/identity/mod.rs", "fn f(app: &crate::app::App)"));
    assert!(!source("src/domain/ticketing/mod.rs", "use super::events::Event;"));
    assert!(!source("src/domain/ticketing/api.rs", "use crate::domain::{events, payments::Payment};"));
    assert!(!source("src/edges/api.rs", "use crate::app::App;"));
}

#[test]
fn sql_stays_in_repositories() {
    let found = sources().into_iter().filter(|source| {
        let home = source.path.ends_with("/repo.rs")
            || source.path.contains("/repo/")
            || source.path.starts_with("src/base/db");
        !home && source.lines().any(|(_, line)| line.contains("sqlx"))
    });
    report(found.map(|source| source.path).collect(), "sqlx belongs in repo.rs and base/db");
}

#[test]
fn models_and_services_know_no_http() {
    let found = sources().into_iter().filter(|source| {
        let file = source.path.rsplit('/').next().unwrap_or_default();
        let inner = file == "model.rs" || file.starts_with("service") || source.path.contains("/service/");
        inner && source.lines().any(|(_, line)| line.contains("poem"))
    });
    report(found.map(|source| source.path).collect(), "poem has no place in a model or a service");
}

#[test]
fn files_stay_readable() {
    let long = |source: &Source| {
        let lines = source.text.lines().count();
        (lines > LONGEST_FILE).then(|| format!("{}: {lines} lines", source.path))
    };
    report(sources().iter().filter_map(long).collect(), "a file has 500 lines at most");
    let silent = |source: &Source| (!source.text.starts_with("//! ")).then(|| source.path.clone());
    report(sources().iter().filter_map(silent).collect(), "a file begins with //! and what it is for");
}

#[test]
fn time_and_ids_come_from_the_kernel() {
    let ambient = ["Uuid::new_v4", "Uuid::now_v7", "Utc::now", "SystemTime::now", "Local::now"];
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !source.path.starts_with("src/base/kernel/")) {
        for (number, line) in source.lines() {
            if ambient.iter().any(|name| line.contains(name)) {
                found.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    report(found, "ids and the time come from the transaction or the clock");
}
