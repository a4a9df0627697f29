//! An owner's copy of everything that an organization has.

use serde_json::{Value, json};

use crate::personal_data::unzipped;
use crate::support::app::TestApp;
use crate::support::client::{Method, Part};
use crate::support::fixtures::{PASSWORD, png};
use crate::support::run;

fn text<'a>(files: &'a [(String, String)], name: &str) -> &'a str {
    let found = files.iter().find(|(found, _)| found == name);
    found.map_or_else(|| panic!("no {name} in {:?}", names(files)), |(_, text)| text)
}

fn names(files: &[(String, String)]) -> Vec<&str> {
    files.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn an_owner_takes_everything_along() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let (event, other) = (
            app.event(&owner).ticket_type("30.00", 10).with("name", "Bal").publish().await,
            app.event(&owner).ticket_type("0", 5).with("name", "Brouillon").draft().await,
        );
        let (order, tickets) = app.sold(&event, &event.ticket_types[0], 2).await;
        let scan = json!({ "event": event.id, "qr_data": tickets[0]["qr_data"] });
        owner.client.post("/api/checkin", scan).await.expect(200);
        let picture = png(900, 600);
        let path = format!("/api/events/{}", event.id);
        owner.client.multipart(Method::PATCH, &path, &[Part::file("image", &picture)]).await.expect(200);
        let foreign = app.owner().await;
        let theirs = app.event(&foreign).ticket_type("5.00", 3).publish().await;
        let (foreign_order, _) = app.sold(&theirs, &theirs.ticket_types[0], 1).await;

        let path = format!("/api/organizations/{}/export", owner.organization);
        let answer = owner.client.post(&path, json!({ "password": PASSWORD })).await.expect(200);
        assert_eq!(answer.header("content-type"), "application/zip");
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert!(answer.header("content-disposition").ends_with(".zip\""));
        let files = unzipped(&answer.bytes);
        assert!(text(&files, "README.txt").starts_with("All that Parvis keeps of"));
        let organization: Value = serde_json::from_str(text(&files, "settings.json")).unwrap();
        assert_eq!(organization["id"], json!(owner.organization));
        let members: Value = serde_json::from_str(text(&files, "members.json")).unwrap();
        assert_eq!(
            (&members[0]["email"], &members[0]["role"]),
            (&json!(owner.person.email), &json!("owner"))
        );
        let audit: Value = serde_json::from_str(text(&files, "audit.json")).unwrap();
        let actions: Vec<_> = audit.as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
        assert!(
            actions.contains(&&json!("event.publish")) && actions.contains(&&json!("organization.export"))
        );
        let folder = format!("events/{}", event.slug);
        let record: Value = serde_json::from_str(text(&files, &format!("{folder}/event.json"))).unwrap();
        assert_eq!(
            (&record["event"]["name"], &record["ticket_types"][0]["price"]),
            (&json!("Bal"), &json!("30.00"))
        );
        assert_eq!(record["quotas"][0]["sold"], 2);
        let participants = text(&files, &format!("{folder}/participants.csv"));
        assert_eq!(participants.matches(&order.code).count(), 2, "{participants}");
        assert!(text(&files, &format!("{folder}/orders.csv")).contains(&order.code));
        assert!(text(&files, &format!("{folder}/payments.csv")).contains("60.00"));
        assert!(
            names(&files)
                .iter()
                .any(|name| name.starts_with(&format!("{folder}/files/")) && name.ends_with("cover.jpg"))
        );
        assert!(names(&files).contains(&format!("events/{}/orders.csv", other.slug).as_str()), "drafts too");
        // Nothing of others, and nothing that opens a door.
        let all: String = files.iter().map(|(_, text)| text.as_str()).collect();
        let codes = [foreign_order.code.as_str(), theirs.slug.as_str(), foreign.person.email.as_str()];
        assert!(codes.iter().all(|code| !all.contains(code)));
        let qr = tickets[0]["qr_data"].as_str().unwrap();
        assert!(!all.contains(qr), "no ticket is in it");
    });
}

#[test]
fn a_copy_is_an_owners_alone_and_costs_the_password() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let path = format!("/api/organizations/{}/export", owner.organization);
        let wrong = json!({ "password": "not the password" });
        owner.client.post(&path, wrong).await.invalid(&["password wrong_password"]);
        let admin = app.member(&owner, "admin").await;
        admin.client.post(&path, json!({ "password": PASSWORD })).await.problem(403, "forbidden");
        let browser = app.browser_of(&owner.person.email).await;
        let closing = "/manage/settings/closing";
        let page = browser.get(closing).await.expect(200).says("Take everything with you");
        let action = format!("{closing}/export");
        let again = browser.submit(&page, &action, &[("copy/password", "wrong")]).await.expect(422);
        assert!(again.html().contains("id=\"e-copy-password\""), "{}", again.html());
        let file = browser.submit(&page, &action, &[("copy/password", PASSWORD)]).await.expect(200);
        assert_eq!(names(&unzipped(&file.answer.bytes))[0], "README.txt");
        // Also while it is to end: that is what it is for.
        owner
            .client
            .post(&path.replace("export", "closing"), json!({ "password": PASSWORD }))
            .await
            .expect(202);
        let file = owner.client.post(&path, json!({ "password": PASSWORD })).await.expect(200);
        assert_eq!(names(&unzipped(&file.bytes))[..2], ["README.txt", "settings.json"]);
    });
}
