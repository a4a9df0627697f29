//! The gate: every answer, once each, and never two entries.

use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::run;

fn scan(event: &str, qr: &Value) -> Value {
    json!({ "event": event, "qr_data": qr })
}

#[test]
fn every_answer_of_the_gate() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 9).publish().await;
        let other = app.event(&owner).ticket_type("30.00", 9).publish().await;
        let (_, tickets) = app.sold(&event, &event.ticket_types[0], 1).await;
        let (_, elsewhere) = app.sold(&other, &other.ticket_types[0], 1).await;
        let gate = app.controller(&owner, &event.id).await.client;
        let post = async |body: Value| gate.post("/api/checkin", body).await;
        for text in ["", "zzz", "PV1", "{}", "58"] {
            post(json!({ "event": event.id, "qr_data": text })).await.problem(400, "checkin.unreadable");
        }
        let wrong = post(scan(&event.id, &elsewhere[0]["qr_data"])).await.problem(403, "checkin.refused");
        assert_eq!((wrong["reason"].as_str(), wrong["participant"].is_null()), (Some("other_event"), true));
        let forged = tickets[0]["qr_data"].as_str().unwrap().to_owned();
        let middle = forged.len() / 2;
        let swapped = if &forged[middle..=middle] == "A" { "B" } else { "A" };
        let forged: Value = format!("{}{swapped}{}", &forged[..middle], &forged[middle + 1..]).into();
        post(scan(&event.id, &forged)).await.problem(404, "checkin.unknown");
        post(json!({ "event": event.id, "qr_data": "MKPL-ABCDEFGH2345" }))
            .await
            .problem(404, "checkin.unknown");
        let mut first = scan(&event.id, &tickets[0]["qr_data"]);
        first["gate"] = "North".into();
        let granted = post(first.clone()).await.expect(200);
        assert_eq!(
            (granted["status"].as_str(), granted["ticket/id"].clone()),
            (Some("granted"), tickets[0]["id"].clone())
        );
        let used = post(first.clone()).await.problem(409, "checkin.already_used");
        assert_eq!((used["gate"].as_str(), used["checked_in_at"].is_string()), (Some("North"), true));
        first["direction"] = "exit".into();
        post(first.clone()).await.expect(200);
        let outside = post(first.clone()).await.problem(403, "checkin.refused");
        assert_eq!(outside["reason"], "not_inside");
        first["direction"] = "entry".into();
        post(first).await.expect(200);
    });
}

#[test]
fn a_badge_opens_for_its_holder_and_says_when_money_is_missing() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 9).publish().await;
        let person = app.person("holder").await;
        let badge = person.client.get("/api/auth/profile").await.expect(200).text("badge_id");
        let body =
            json!({ "event": event.id, "qr_data": json!({ "user_id": 15, "badge_id": badge }).to_string() });
        owner.client.post("/api/checkin", body.clone()).await.problem(404, "checkin.unknown");
        let order = app.buy_as(&person.client, &person.email, &event, &event.ticket_types[0], 1).await;
        owner.client.post("/api/checkin", body.clone()).await.problem(402, "checkin.payment_required");
        app.pay(&order).await;
        owner.client.post("/api/checkin", json!({ "event": event.id, "qr_data": badge })).await.expect(200);
        owner.client.post("/api/checkin", body).await.problem(409, "checkin.already_used");
    });
}

#[test]
fn one_ticket_at_sixteen_gates_at_once_is_one_entry() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0.00", 9).publish().await;
        let (_, tickets) = app.sold(&event, &event.ticket_types[0], 1).await;
        let gates = (0..16).map(|gate| {
            let (client, mut body) = (owner.client.clone(), scan(&event.id, &tickets[0]["qr_data"]));
            body["gate"] = format!("gate {gate}").into();
            async move {
                let mut granted = 0;
                for _ in 0..10 {
                    match client.post("/api/checkin", body.clone()).await.status {
                        200 => granted += 1,
                        409 => {}
                        status => panic!("{status}"),
                    }
                }
                granted
            }
        });
        let granted: i32 = futures_util::future::join_all(gates).await.into_iter().sum();
        assert_eq!(granted, 1);
    });
}

#[test]
fn a_scan_that_is_sent_twice_has_one_effect() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0.00", 9).publish().await;
        let (_, tickets) = app.sold(&event, &event.ticket_types[0], 1).await;
        let mut body = scan(&event.id, &tickets[0]["qr_data"]);
        body["nonce"] = "device-7/1".into();
        let sent = (0..8).map(|_| owner.client.post("/api/checkin", body.clone()));
        for answer in futures_util::future::join_all(sent).await {
            answer.expect(200);
        }
        let (_, others) = app.sold(&event, &event.ticket_types[0], 1).await;
        let mut other = body.clone();
        other["qr_data"] = others[0]["qr_data"].clone();
        owner.client.post("/api/checkin", other.clone()).await.invalid(&["nonce key_reused"]);
        // Another device counts for itself.
        let second = app.controller(&owner, &event.id).await.client;
        second.post("/api/checkin", other).await.expect(200);
        body["nonce"] = "device-7/2".into();
        owner.client.post("/api/checkin", body).await.problem(409, "checkin.already_used");
    });
}

#[test]
fn a_badge_whose_address_is_not_proved_opens_no_gate() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0.00", 9).publish().await;
        let email = format!("{}@example.org", TestApp::unique("victim"));
        app.buy_as(&app.client(), &email, &event, &event.ticket_types[0], 1).await;
        app.register(&email).await;
        let mallory = app.logged_in(&email).await.client;
        let badge = mallory.get("/api/auth/profile").await.expect(200).text("badge_id");
        let body = json!({ "event": event.id, "qr_data": badge });
        owner.client.post("/api/checkin", body).await.problem(404, "checkin.unknown");
    });
}

#[test]
fn a_login_tells_where_the_badge_was_let_in() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0", 5).publish().await;
        let logo = crate::support::fixtures::png(40, 40);
        let path = format!("/api/events/{}", event.id);
        let part = crate::support::client::Part::file("logo", &logo);
        owner.client.multipart(crate::support::client::Method::PATCH, &path, &[part]).await.expect(200);
        let visitor = app.assigned(&owner, &event.id, "participant").await;
        app.buy_as(&visitor.client, &visitor.email, &event, &event.ticket_types[0], 1).await;
        let select = async || {
            let answer = visitor.client.post("/api/auth/select-event", json!({ "event_id": event.id })).await;
            answer.expect(200)["current_event"].clone()
        };
        let before = select().await;
        assert_eq!(
            (&before["badge"]["is_checked_in"], &before["badge"]["checked_in_at"]),
            (&json!(false), &json!(null))
        );
        assert!(before["permissions"].as_array().unwrap().contains(&json!("read_event")), "{before}");
        app.client().get(before["logo_url"].as_str().unwrap()).await.expect(200);
        // What the code holds opens the gate.
        let scan = json!({ "event": event.id, "qr_data": before["badge"]["qr_code_data"] });
        owner.client.post("/api/checkin", scan).await.expect(200);
        let after = select().await;
        assert_eq!(after["badge"]["is_checked_in"], true);
        assert!(after["badge"]["checked_in_at"].as_str().unwrap().contains('+'), "{after}");
        let mine = visitor.client.get("/api/auth/my-events").await.expect(200);
        assert_eq!(mine.results()[0]["badge"], after["badge"]);
    });
}
