//! Orders that organizers enter: paid at the door or given away, never oversold, refunded by hand.

use chrono::Duration;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};
use crate::support::fixtures::{Event, Order, Owner, order_body};
use crate::support::{eventually, run};

fn body(kind: &str, quantity: u32, tender: &str) -> Value {
    json!({ "buyer": { "email": "door@example.org", "first_name": "Karim", "last_name": "Haddad", "locale": "en" },
        "lines": [{ "ticket_type": kind, "quantity": quantity }], "tender": tender })
}

async fn enter(client: &Client, event: &Event, body: Value) -> Answer {
    client.post(&format!("/api/events/{}/manual-orders", event.id), body).await
}

async fn tickets(owner: &Owner, order: &str) -> Vec<Value> {
    owner.client.get(&format!("/api/orders/{order}/tickets")).await.expect(200).results().clone()
}

async fn sold(owner: &Owner, event: &Event) -> i64 {
    let quotas = owner.client.get(&format!("/api/events/{}/quotas", event.id)).await.expect(200);
    quotas.results()[0]["sold"].as_i64().unwrap()
}

#[test]
fn an_order_paid_at_the_door_has_its_tickets_at_once() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 5).publish().await;
        let email = format!("{}@example.org", TestApp::unique("door"));
        let mut wanted = body(&event.ticket_types[0], 2, "cash");
        wanted["buyer"]["email"] = json!(email);
        wanted["lines"][0]["attendees"] = json!([{ "first_name": "Nora", "last_name": "Ait" }]);
        let order = enter(&owner.client, &event, wanted).await.expect(201);
        assert_eq!((order["status"].as_str(), order["total"].as_str()), (Some("paid"), Some("60.00")));
        assert_eq!((order["channel"].as_str(), order["secret"].is_null()), (Some("door"), true));
        let issued = tickets(&owner, &order.text("id")).await;
        let names: Vec<&str> =
            issued.iter().map(|ticket| ticket["attendee"]["first_name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Nora", "Karim"]);
        assert_eq!(sold(&owner, &event).await, 2);
        let mail = app.mailbox.wait(&email, 1).await;
        assert!(mail.attachments.iter().any(|(_, kind, _)| kind == "application/pdf"), "{mail:?}");
        // The buyer finds it as every order, and the gate lets its tickets in.
        app.client().get(&mail.link("/orders/")).await.expect(303);
        let controller = app.controller(&owner, &event.id).await;
        let scan = json!({ "event": event.id, "qr_data": issued[0]["qr_data"] });
        controller.client.post("/api/checkin", scan).await.expect(200);
    });
}

#[test]
fn whoever_leaves_no_address_gets_no_mail_and_is_found_by_nobody() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event =
            app.event(&owner).ticket_type_with("10.00", 9, json!({ "max_per_person": 1 })).publish().await;
        let mut wanted = body(&event.ticket_types[0], 2, "card_terminal");
        wanted["buyer"].as_object_mut().unwrap().remove("email");
        for _ in 0..2 {
            let order = enter(&owner.client, &event, wanted.clone()).await.expect(201);
            assert_eq!(
                (order["status"].as_str(), order["buyer"]["email"].as_str()),
                (Some("paid"), Some(""))
            );
            assert_eq!(tickets(&owner, &order.text("id")).await.len(), 2);
        }
    });
}

#[test]
fn what_is_given_away_costs_nothing_and_has_a_reason() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 5).publish().await;
        let mut wanted = body(&event.ticket_types[0], 1, "complimentary");
        enter(&owner.client, &event, wanted.clone()).await.invalid(&["reason required"]);
        wanted["reason"] = json!("Press");
        let mut anonymous = wanted.clone();
        anonymous["buyer"].as_object_mut().unwrap().remove("email");
        enter(&owner.client, &event, anonymous).await.invalid(&["buyer/email required"]);
        let order = enter(&owner.client, &event, wanted).await.expect(201);
        assert_eq!((order["total"].as_str(), order["status"].as_str()), (Some("0.00"), Some("paid")));
        assert_eq!(order["channel"], "complimentary");
        // It can be taken back like every free order.
        let id = order.text("id");
        owner.client.post(&format!("/api/orders/{id}/cancel"), json!({})).await.expect(200);
        assert_eq!(
            (sold(&owner, &event).await, &tickets(&owner, &id).await[0]["status"]),
            (0, &json!("revoked"))
        );
    });
}

#[test]
fn windows_and_limits_do_not_bind_the_door_but_quotas_do() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let ended = json!({ "sales_end": app.clock.now() - Duration::days(1), "max_per_order": 2 });
        let event = app.event(&owner).ticket_type_with("30.00", 5, ended).publish().await;
        let kind = &event.ticket_types[0];
        let online = app.client().post("/api/orders", order_body(&event.id, kind, 1, "a@example.org")).await;
        online.problem(409, "ticketing.sales_closed");
        enter(&owner.client, &event, body(kind, 4, "cash")).await.expect(201);
        enter(&owner.client, &event, body(kind, 2, "cash")).await.problem(409, "ticketing.sold_out");
        assert_eq!(sold(&owner, &event).await, 4);
        // A refusal leaves no order behind.
        let orders = owner.client.get(&format!("/api/events/{}/orders", event.id)).await.expect(200);
        assert_eq!(orders["count"], 1);
    });
}

#[test]
fn drafts_and_cancelled_events_sell_nothing_at_the_door() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let draft = app.event(&owner).ticket_type("30.00", 5).draft().await;
        let wanted = body(&draft.ticket_types[0], 1, "cash");
        enter(&owner.client, &draft, wanted).await.problem(409, "ticketing.sales_closed");
        let event = app.event(&owner).ticket_type("30.00", 5).publish().await;
        owner.client.post(&format!("/api/events/{}/cancel", event.id), json!({})).await.expect(200);
        let wanted = body(&event.ticket_types[0], 1, "cash");
        enter(&owner.client, &event, wanted).await.problem(409, "ticketing.sales_closed");
        let foreign = body(&draft.ticket_types[0], 1, "cash");
        let other = app.event(&owner).ticket_type("1.00", 5).publish().await;
        enter(&owner.client, &other, foreign).await.invalid(&["lines/0/ticket_type unknown"]);
    });
}

#[test]
fn the_same_key_enters_one_order() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 5).publish().await;
        let client = owner.client.key("one-door-order");
        let wanted = body(&event.ticket_types[0], 2, "cash");
        let first = enter(&client, &event, wanted.clone()).await.expect(201);
        let second = enter(&client, &event, wanted).await.expect(201);
        assert_eq!((first.text("id"), sold(&owner, &event).await), (second.text("id"), 2));
    });
}

#[test]
fn only_organizers_enter_orders() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, stranger) = (app.owner().await, app.owner().await);
        let event = app.event(&owner).ticket_type("30.00", 5).publish().await;
        let wanted = body(&event.ticket_types[0], 1, "cash");
        enter(&stranger.client, &event, wanted.clone()).await.problem(404, "not_found");
        let manager = app.assigned(&owner, &event.id, "gestionnaire_des_salles").await;
        enter(&manager.client, &event, wanted.clone()).await.problem(403, "forbidden");
        let organizer = app.assigned(&owner, &event.id, "organisateur").await;
        enter(&organizer.client, &event, wanted).await.expect(201);
    });
}

#[test]
fn nobody_pays_at_the_door_from_afar() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 5).publish().await;
        let order = app.buy(&event, &event.ticket_types[0], 1).await;
        let pay =
            order.client.post(&format!("/api/orders/{}/pay", order.id), json!({ "provider": "door" })).await;
        pay.invalid(&["provider unknown_choice"]);
        let seen = order.client.get(&format!("/api/orders/{}", order.id)).await.expect(200);
        assert!(!seen["payment_methods"].as_array().unwrap().contains(&json!("door")), "{seen}");
    });
}

#[test]
fn a_refund_at_the_door_is_written_down_and_frees_the_place() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 5).publish().await;
        let email = format!("{}@example.org", TestApp::unique("refunded"));
        let mut wanted = body(&event.ticket_types[0], 2, "cash");
        wanted["buyer"]["email"] = json!(email);
        let id = enter(&owner.client, &event, wanted).await.expect(201).text("id");
        let first = tickets(&owner, &id).await[0]["id"].clone();
        let path = format!("/api/orders/{id}/refunds");
        let some = json!({ "tickets": [first], "reason": "Ill" });
        let refund = owner.client.post(&path, some).await.expect(201);
        assert_eq!(
            (refund["status"].as_str(), refund["amount"].as_str()),
            (Some("succeeded"), Some("30.00"))
        );
        assert_eq!(sold(&owner, &event).await, 1);
        owner.client.post(&path, json!({ "reason": "All" })).await.expect(201);
        let order = owner.client.get(&format!("/api/orders/{id}")).await.expect(200);
        assert_eq!((order["status"].as_str(), order["refunded"].as_str()), (Some("refunded"), Some("60.00")));
        owner.client.post(&path, json!({ "reason": "More" })).await.problem(409, "ticketing.not_refundable");
        // The buyer reads that the money came back by hand, not by a card.
        let given_back = || async {
            let mut mails = app.mailbox.to(&email).into_iter();
            mails.any(|mail| mail.says("gave the money back to you in person")).then_some(())
        };
        eventually("the mail about it", given_back).await;
    });
}

#[test]
fn the_door_and_buyers_never_oversell_together() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 20).publish().await;
        let kind = event.ticket_types[0].clone();
        let guest = app.client();
        let tries = (0..60).map(|number| {
            let (owner, guest, event, kind) = (&owner, &guest, &event, &kind);
            async move {
                if number % 2 == 0 {
                    enter(&owner.client, event, body(kind, 1, "cash")).await.status
                } else {
                    let email = format!("racer{number}@example.org");
                    guest.post("/api/orders", order_body(&event.id, kind, 1, &email)).await.status
                }
            }
        });
        let statuses = join_all(tries).await;
        let won = statuses.iter().filter(|status| **status == 201).count();
        assert!(statuses.iter().all(|status| matches!(status, 201 | 409)), "{statuses:?}");
        assert_eq!((won, sold(&owner, &event).await), (20, 20));
    });
}

#[test]
fn places_of_holds_that_are_over_are_the_doors() {
    run(async {
        let app = TestApp::own(|config| config.jobs.workers = 0).await;
        let owner = app.owner_without_mail().await;
        let event = app.event(&owner).ticket_type("10.00", 1).publish().await;
        let _held: Order = app.buy(&event, &event.ticket_types[0], 1).await;
        let wanted = body(&event.ticket_types[0], 1, "cash");
        enter(&owner.client, &event, wanted.clone()).await.problem(409, "ticketing.sold_out");
        app.clock.advance(Duration::seconds(901));
        let owner = app.logged_in(&owner.person.email).await;
        enter(&owner.client, &event, wanted).await.expect(201);
    });
}
