//! Journeys through the pages in real Chromium; each file of `tests/browser` is one.
//!
//! They need Chromium and node, which `scripts/tools tests` installs; without PARVIS_TESTS_FULL they are passed over.

use std::path::Path;
use std::process::Command;

use crate::support::process::Process;
use crate::support::{cluster, run};

fn journey(file: &str, environment: &[(&str, &str)]) {
    if std::env::var_os("PARVIS_TESTS_FULL").is_none() {
        return;
    }
    let process = run(Process::start_with(&["serve", "--demo"], environment));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let done = Command::new("node")
        .args(["--test", "--test-reporter=spec", file])
        .current_dir(folder)
        .env("PARVIS_URL", process.base())
        .env("PARVIS_MAILS", process.data_dir.join("mail"))
        .env("PARVIS_SCRATCH", cluster::scratch())
        .output()
        .expect("node");
    let told = [done.stdout, done.stderr].map(|out| String::from_utf8_lossy(&out).into_owned()).concat();
    assert!(done.status.success(), "{told}");
}

#[test]
fn a_buyer_gets_a_ticket() {
    journey("purchase.mjs", &[]);
}

#[test]
fn a_controller_keeps_the_gate() {
    journey("gate.mjs", &[]);
}

#[test]
fn a_visitor_finds_an_event() {
    journey("catalogue.mjs", &[]);
}

#[test]
fn every_page_fits_is_light_and_can_be_used_by_everybody() {
    journey("every-page.mjs", &[]);
}

#[test]
fn an_organizer_publishes_an_event() {
    journey("organizer.mjs", &[]);
}

#[test]
fn an_organizer_follows_the_sale() {
    journey("sales.mjs", &[]);
}

#[test]
fn an_account_buys_and_is_found_again() {
    journey("account.mjs", &[]);
}

#[test]
fn a_hold_ends() {
    journey("hold.mjs", &[("PARVIS__ORDERS__HOLD_SECONDS", "6")]);
}

#[test]
fn what_is_typed_is_text_on_every_page() {
    journey("xss.mjs", &[]);
}
