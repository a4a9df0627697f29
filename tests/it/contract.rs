//! The server keeps to its own document: Schemathesis asks whatever the document allows and forbids.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use futures_util::StreamExt;
use parvis::base::identity::{EventRole, MemberRole};
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::run;
use crate::support::source::root;

/// The program, where `make test` installs it or the environment says. In a full run it must be there.
fn schemathesis() -> Option<PathBuf> {
    let named = std::env::var_os("SCHEMATHESIS").map(PathBuf::from);
    let venv = std::env::var_os("PARVIS_TESTS_VENV").map(|venv| Path::new(&venv).join("bin/schemathesis"));
    let ours = Some(root().join("target/tests-venv/bin/schemathesis"));
    let found = [named, venv, ours].into_iter().flatten().find(|program| program.exists());
    if found.is_none() {
        let full = std::env::var_os("PARVIS_TESTS_FULL").is_some();
        assert!(!full, "schemathesis is not installed: make test-tools, or name it in SCHEMATHESIS");
        eprintln!("SKIPPED: schemathesis is not installed (make test-tools)");
    }
    found
}

/// How much is asked: all of it of one, a part of it of each role.
enum Much {
    All,
    /// The document's examples and a few at random.
    Part,
}

/// Runs the program against the application and shows what it found. `ids` are those that take the places of paths, as
/// in `/events/{id}`, so that more than 404 is answered.
async fn check(app: &TestApp, token: Option<&str>, ids: &[(&str, &str)], much: Much) {
    let Some(program) = schemathesis() else { return };
    let folder = super::support::cluster::scratch();
    let mut settings = String::new();
    for (path, id) in ids {
        let (path, id) = (path.replace('{', "\\\\{").replace('}', "\\\\}"), json!(id));
        let lines = format!(
            "[[operations]]\ninclude-path-regex = \"^{path}\"\nparameters = {{ \"path.id\" = {id} }}\n"
        );
        settings.push_str(&lines);
    }
    std::fs::write(folder.join("schemathesis.toml"), settings).unwrap();
    let mut command = tokio::process::Command::new(root().join("tests/support/schemathesis.sh"));
    command.arg(app.url("")).args(token).env("SCHEMATHESIS", program);
    if let Much::Part = much {
        command.env("PHASES", "examples,fuzzing").env("EXAMPLES", "4");
    }
    let output = command.current_dir(folder).stdin(Stdio::null()).output().await.unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_answers_to_strangers_are_as_documented() {
    run(async {
        let app = TestApp::own(|_| {}).await;
        check(&app, None, &[], Much::All).await;
    });
}

#[test]
fn the_answers_to_an_organizer_are_as_documented() {
    run(async {
        let app = TestApp::own(|_| {}).await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 100).publish().await;
        app.sold(&event, &event.ticket_types[0], 1).await;
        check(&app, owner.client.bearer(), &[], Much::All).await;
    });
}

#[test]
fn the_answers_to_every_role_are_as_documented() {
    run(async {
        let app = TestApp::own(|_| {}).await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 100).publish().await;
        let (order, tickets) = app.sold(&event, &event.ticket_types[0], 2).await;
        let quotas = owner.client.get(&format!("/api/events/{}/quotas", event.id)).await.expect(200);
        let ids = [
            ("/events/{id}", event.id.as_str()),
            ("/organizations/{id}", &owner.organization),
            ("/ticket-types/{id}", &event.ticket_types[0]),
            ("/quotas/{id}", quotas.results()[0]["id"].as_str().unwrap()),
            ("/orders/{id}", &order.id),
            ("/tickets/{id}", tickets[0]["id"].as_str().unwrap()),
        ];
        let mut people = vec![app.person("nobody").await];
        for role in MemberRole::ALL.into_iter().filter(|role| *role != MemberRole::Owner) {
            people.push(app.member(&owner, role.code()).await);
        }
        for role in EventRole::ALL {
            people.push(app.assigned(&owner, &event.id, role.code()).await);
        }
        let path = format!("/api/events/{}", event.id);
        let before = owner.client.get(&path).await.expect(200).header("etag").to_owned();
        // Three at a time: each is a program with one worker.
        let checks = people.iter().map(|person| check(&app, person.client.bearer(), &ids, Much::Part));
        futures_util::stream::iter(checks).buffer_unordered(3).collect::<Vec<()>>().await;
        let after = owner.client.get(&path).await.expect(200);
        assert!(
            schemathesis().is_none() || after.header("etag") != before,
            "nobody has asked about the event itself"
        );
    });
}
