//! Tickets on paper: every language and size as other programs see them, and their codes as a scanner reads them.
//!
//! They need qpdf, poppler and zbar, which `scripts/tools tests` installs; without PARVIS_TESTS_FULL they are passed over.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::support::app::TestApp;
use crate::support::{cluster, run};

fn told(program: &str, arguments: &[&str]) -> String {
    let done = Command::new(program).args(arguments).output().expect(program);
    assert!(done.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// The codes on the first page, printed without colours at the resolution of an office printer of long ago.
fn codes(pdf: &Path) -> Vec<String> {
    let picture = pdf.with_extension("png");
    let (from, to) = (pdf.to_str().unwrap(), picture.with_extension(""));
    told("pdftoppm", &["-singlefile", "-gray", "-png", "-r", "150", from, to.to_str().unwrap()]);
    let read = told("zbarimg", &["--quiet", "--raw", picture.to_str().unwrap()]);
    let mut codes: Vec<String> = read.lines().map(str::to_owned).collect();
    codes.dedup();
    codes
}

#[test]
fn every_size_in_every_language_is_sound_and_its_code_is_read() {
    if std::env::var_os("PARVIS_TESTS_FULL").is_none() {
        return;
    }
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0.00", 9).publish().await;
        for (lang, name) in [("fr", "Éloïse"), ("en", "Ann"), ("ar", "فاطمة الزهراء")] {
            let email = format!("{}@example.org", TestApp::unique("paper"));
            let body = json!({ "event": event.id,
                "buyer": { "email": email, "first_name": name, "last_name": "B", "locale": lang },
                "lines": [{ "ticket_type": event.ticket_types[0], "quantity": 1 }] });
            let order = app.order(&app.client().post("/api/orders", body).await.expect(201));
            let ticket = app.tickets(&order).await.remove(0);
            for (size, millimetres) in
                [("", "595.276 x 841.89"), ("a4", "595.276 x 841.89"), ("a6", "297.638 x 419.528")]
            {
                let path = format!("/api/tickets/{}/pdf", ticket["id"].as_str().unwrap());
                let path = if size.is_empty() { path } else { format!("{path}?size={size}") };
                let pdf = order.client.get(&path).await.expect(200).bytes;
                let file = cluster::scratch().join(format!("paper-{lang}-{size}.pdf"));
                std::fs::write(&file, &pdf).unwrap();
                let place = file.to_str().unwrap();
                told("qpdf", &["--check", place]);
                let about = told("pdfinfo", &[place]);
                assert!(
                    about.contains("Pages:           1") && about.contains(millimetres),
                    "{lang} {size}: {about}"
                );
                assert_eq!(codes(&file), [ticket["qr_data"].as_str().unwrap()], "{lang} {size}");
            }
        }
    });
}

#[test]
fn a_size_that_is_not_made_is_refused() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0.00", 3).publish().await;
        let (order, tickets) = app.sold(&event, &event.ticket_types[0], 1).await;
        let path = format!("/api/tickets/{}/pdf?size=a5", tickets[0]["id"].as_str().unwrap());
        let refused = order.client.get(&path).await;
        assert!((400..500).contains(&refused.status), "{}", refused.status);
    });
}
