//! The server keeps to its own document: Schemathesis asks whatever the document allows and forbids.

use std::path::{Path, PathBuf};
use std::process::Stdio;

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

/// Runs the program against the application and shows what it found.
async fn check(app: &TestApp, token: Option<&str>) {
    let Some(program) = schemathesis() else { return };
    let mut command = tokio::process::Command::new(root().join("tests/support/schemathesis.sh"));
    command.arg(app.url("")).args(token).env("SCHEMATHESIS", program);
    let folder = super::support::cluster::scratch();
    let output = command.current_dir(folder).stdin(Stdio::null()).output().await.unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_answers_to_strangers_are_as_documented() {
    run(async {
        let app = TestApp::own(|_| {}).await;
        check(&app, None).await;
    });
}

#[test]
fn the_answers_to_an_organizer_are_as_documented() {
    run(async {
        let app = TestApp::own(|_| {}).await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 100).publish().await;
        app.sold(&event, &event.ticket_types[0], 1).await;
        check(&app, owner.client.bearer()).await;
    });
}
