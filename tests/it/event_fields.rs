//! What an event says of itself: president, contacts, themes, coordinates, metadata; by the API and by the page.

use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::{Method, Part};
use crate::support::run;

#[test]
fn every_field_is_written_and_read_again() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("5.00", 5).publish().await;
        let path = format!("/api/events/{}", event.id);
        let member = app.assigned(&owner, &event.id, "gestionnaire_des_salles").await;
        let body = json!({
            "president": member.id, "themes": ["jazz", "soul"], "latitude": 45.76, "longitude": 4.83,
            "metadata": { "hall": { "doors": 3 } },
            "contacts": [
                { "name": " Lina Morel ", "role": "Press", "email": "Press@Example.org" },
                { "name": "Reception", "phone": "+33 4 78 00 00 00" },
            ],
        });
        let saved = owner.client.patch(&path, body).await.expect(200);
        assert_eq!(
            (saved.text("president"), &saved["metadata"]["hall"]["doors"]),
            (member.id.clone(), &json!(3))
        );
        let first =
            json!({ "name": "Lina Morel", "role": "Press", "email": "press@example.org", "phone": "" });
        assert_eq!(saved["contacts"][0], first);
        let public = app.client().get(&format!("/api/catalog/events/{}", event.id)).await.expect(200);
        assert_eq!((&public["contacts"], &public["themes"]), (&saved["contacts"], &json!(["jazz", "soul"])));
        assert_eq!(public["metadata"], Value::Null);
        let page = app.browser().get(&format!("/events/{}?lang=en", event.slug)).await.expect(200);
        assert!(page.html().contains("openstreetmap.org") && page.html().contains("tel:+33478000000"));
        let page = page.says("Lina Morel").says("soul");
        drop(page);
        // A form, as the source documents' apps send it.
        let contacts = r#"[{"name":"Solo","email":"solo@example.org"}]"#;
        let parts = [Part::text("contacts", contacts), Part::text("president", "")];
        let saved = owner.client.multipart(Method::PATCH, &path, &parts).await.expect(200);
        assert_eq!(
            (&saved["president"], saved["contacts"][0]["name"].as_str()),
            (&Value::Null, Some("Solo"))
        );
        // What is replaced without them has none.
        let dates =
            json!({ "name": "Again", "start_date": saved["start_date"], "end_date": saved["end_date"] });
        let saved = owner.client.send(Method::PUT, &path, Some(dates)).await.expect(200);
        assert_eq!((&saved["contacts"], &saved["themes"]), (&json!([]), &json!([])));
    });
}

#[test]
fn what_cannot_be_is_told_beside_its_field() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).draft().await;
        let path = format!("/api/events/{}", event.id);
        let stranger = app.person("stranger").await;
        let body = json!({ "president": stranger.id });
        owner.client.patch(&path, body).await.invalid(&["president unknown"]);
        let contacts = json!({ "contacts": [
            { "name": "Nobody" }, { "name": "", "email": "x" }, { "name": "Ada", "phone": "<script>" } ] });
        owner.client.patch(&path, contacts).await.invalid(&[
            "contacts/0/email reachable",
            "contacts/1/email email",
            "contacts/2/phone phone",
        ]);
        let many: Vec<Value> = (0..11).map(|_| json!({ "name": "Ada", "phone": "12345" })).collect();
        owner.client.patch(&path, json!({ "contacts": many })).await.invalid(&["contacts too_many"]);
        // A stranger learns nothing of who is in the team.
        let body = json!({ "president": owner.person.id });
        stranger.client.patch(&path, body).await.problem(404, "not_found");
    });
}

#[test]
fn the_form_has_them_all() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("5.00", 5).publish().await;
        let browser = app.browser_of(&owner.person.email).await;
        let path = format!("/manage/events/{}/edit", event.id);
        let page = browser.get(&path).await.expect(200);
        let fields = [
            ("themes", "jazz, soul"),
            ("president", owner.person.id.as_str()),
            // The first row is left empty: what is wrong is told at the row that it becomes.
            ("contacts/1/name", "Lina Morel"),
            ("contacts/1/phone", "nonsense"),
        ];
        let again =
            browser.submit(&page, &path, &fields).await.expect(422).says("This is not a telephone number.");
        assert_eq!(again.form(&path).value("contacts/0/name"), "Lina Morel");
        assert_eq!(again.form(&path).value("themes"), "jazz, soul");
        browser.submit(&again, &path, &[("contacts/0/phone", "+33 1 02 03 04 05")]).await.leads_to(&path);
        let saved = owner.client.get(&format!("/api/events/{}", event.id)).await.expect(200);
        assert_eq!(
            (saved.text("president"), &saved["themes"]),
            (owner.person.id.clone(), &json!(["jazz", "soul"]))
        );
        assert_eq!(saved["contacts"][0]["phone"], "+33 1 02 03 04 05");
        let page = browser.get(&path).await.expect(200);
        assert_eq!(page.form(&path).value("contacts/0/name"), "Lina Morel");
        assert_eq!(page.form(&path).value("themes"), "jazz, soul");
        let long = "x".repeat(90);
        browser.submit(&page, &path, &[("themes", &long)]).await.expect(422).says("at most 80 characters");
    });
}
