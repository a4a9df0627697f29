//! What is kept in order without anybody asking: names that are shown elsewhere, keys that nobody sends again.

use chrono::Duration;
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::fixtures::order_body;
use crate::support::{eventually, run};

#[test]
fn the_catalogue_shows_an_organizations_new_name() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0", 5).publish().await;
        let name = TestApp::unique("Renamed");
        let path = format!("/api/organizations/{}", owner.organization);
        owner.client.patch(&path, json!({ "name": name })).await.expect(200);
        eventually("the new name", || async {
            let found = app.client().get(&format!("/api/catalog/events?organization={}", owner.slug)).await;
            let rows = found.expect(200).results().clone();
            assert_eq!(rows[0]["id"], event.id);
            (rows[0]["organization"]["name"] == name).then_some(())
        })
        .await;
    });
}

#[test]
fn keys_of_writes_are_forgotten_after_a_week() {
    run(async {
        let app = TestApp::own(|config| config.jobs.workers = 0).await;
        let owner = app.owner_without_mail().await;
        let event = app.event(&owner).ticket_type("30.00", 9).publish().await;
        let kind = &event.ticket_types[0];
        let body = |quantity| order_body(&event.id, kind, quantity, "nadia@example.org");
        let client = owner.client.key("once");
        client.post("/api/orders", body(1)).await.expect(201);
        client.post("/api/orders", body(2)).await.invalid(&["Idempotency-Key key_reused"]);
        app.clock.advance(Duration::days(6));
        app.run_jobs().await;
        let client = app.logged_in(&owner.person.email).await.client.key("once");
        client.post("/api/orders", body(2)).await.invalid(&["Idempotency-Key key_reused"]);
        app.clock.advance(Duration::days(2));
        // Keys leave when holds end; this one's own.
        let client = app.logged_in(&owner.person.email).await.client;
        client.post("/api/orders", body(1)).await.expect(201);
        app.clock.advance(Duration::hours(1));
        app.run_jobs().await;
        let client = app.logged_in(&owner.person.email).await.client.key("once");
        client.post("/api/orders", body(2)).await.expect(201);
    });
}
