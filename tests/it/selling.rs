//! Orders: holds, limits, payments in every order of events, refunds, and what buyers may see.

use chrono::Duration;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::Client;
use crate::support::fixtures::{CARD, DECLINED_CARD, Event, Order, Owner, SILENT_CARD, order_body};
use crate::support::mail::Mail;
use crate::support::{eventually, run};

async fn status(order: &Order) -> String {
    order.client.get(&format!("/api/orders/{}", order.id)).await.expect(200).text("status")
}

/// What is sold of the first quota of the event that has a size.
async fn sold(owner: &Owner, event: &Event) -> i64 {
    let quotas = owner.client.get(&format!("/api/events/{}/quotas", event.id)).await.expect(200);
    quotas.results()[0]["sold"].as_i64().unwrap()
}

async fn refund(client: &Client, order: &Order, body: Value) -> crate::support::client::Answer {
    client.post(&format!("/api/orders/{}/refunds", order.id), body).await
}

#[test]
fn an_order_holds_its_places_and_the_last_one_is_sold_once() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 3).publish().await;
        let kind = &event.ticket_types[0];
        let order = app.buy(&event, kind, 2).await;
        assert_eq!((order.status.as_str(), order.total.as_str()), ("pending", "60.00"));
        assert_eq!(sold(&owner, &event).await, 2);
        let body = order_body(&event.id, kind, 2, "late@example.org");
        app.client().post("/api/orders", body).await.problem(409, "ticketing.sold_out");
        let body = order_body(&event.id, kind, 1, "intime@example.org");
        app.client().post("/api/orders", body).await.expect(201);
        assert_eq!(sold(&owner, &event).await, 3);
    });
}

#[test]
fn a_paid_order_has_its_tickets_and_a_mail_with_them() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 3).publish().await;
        let email = format!("{}@example.org", TestApp::unique("reader"));
        let body = json!({ "event": event.id,
            "buyer": { "email": email, "first_name": "Nadia", "last_name": "B", "locale": "fr" },
            "lines": [{ "ticket_type": event.ticket_types[0], "quantity": 2,
                        "attendees": [{ "first_name": "Éloïse", "last_name": "Çağlar" }] }] });
        let order = app.order(&app.client().post("/api/orders", body).await.expect(201));
        app.pay(&order).await;
        let tickets = app.tickets(&order).await;
        let names: Vec<&str> =
            tickets.iter().map(|t| t["attendee"]["first_name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Éloïse", "Nadia"]);
        let mail = app.mailbox.wait(&email, 1).await;
        assert!(mail.subject.contains("billets"), "{}", mail.subject);
        assert!(mail.text.contains(&order.code) && mail.text.contains("60,00"), "{}", mail.text);
        let kinds: Vec<&str> = mail.attachments.iter().map(|(_, kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["application/pdf", "text/calendar"]);
        assert!(mail.attachments[0].2.starts_with(b"%PDF"));
        let calendar = String::from_utf8_lossy(&mail.attachments[1].2).into_owned();
        assert!(calendar.contains("BEGIN:VEVENT"), "{calendar}");
        let pdf = order.client.get(tickets[0]["pdf_url"].as_str().unwrap()).await.expect(200);
        assert!(pdf.bytes.starts_with(b"%PDF"));
    });
}

#[test]
fn tickets_too_large_for_a_mail_become_a_link() {
    run(async {
        let app = TestApp::own(|config| config.mail.largest_attachment = 1_000).await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0.00", 3).publish().await;
        let (order, _) = app.sold(&event, &event.ticket_types[0], 1).await;
        let mail = app.mailbox.wait(&order_email(&order).await, 1).await;
        assert_eq!(mail.attachments.len(), 1, "the calendar alone");
        let url =
            mail.text.split_whitespace().find(|word| word.contains("/tickets.pdf?")).unwrap().to_owned();
        // The secret leaves the address for a cookie; without it nothing opens.
        let browser = app.browser();
        let there = browser.get(&url).await.expect(303).to();
        assert_eq!(there, format!("/orders/{}/tickets.pdf", order.id));
        let pdf = browser.get(&there).await.expect(200).answer;
        assert!(pdf.bytes.starts_with(b"%PDF"));
        app.browser().get(&there).await.expect(404);
    });
}

#[test]
fn a_free_order_is_paid_at_once_and_may_be_given_back() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0.00", 2).publish().await;
        let (order, tickets) = app.sold(&event, &event.ticket_types[0], 2).await;
        assert_eq!((order.status.as_str(), tickets.len()), ("paid", 2));
        order.client.post(&format!("/api/orders/{}/cancel", order.id), json!({})).await.expect(200);
        assert_eq!(sold(&owner, &event).await, 0);
        let scan = json!({ "event": event.id, "qr_data": tickets[0]["qr_data"] });
        owner.client.post("/api/checkin", scan).await.problem(403, "checkin.refused");
    });
}

#[test]
fn a_declined_card_leaves_the_hold_and_another_try() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 1).publish().await;
        let order = app.buy(&event, &event.ticket_types[0], 1).await;
        let payment = app.begin_payment(&order).await;
        app.authorize(&payment, DECLINED_CARD).await.problem(402, "payments.declined");
        assert_eq!(status(&order).await, "pending");
        app.authorize(&payment, "1234").await.invalid(&["card_number unknown_card"]);
        app.authorize(&payment, CARD).await.expect(200);
        assert_eq!(status(&order).await, "paid");
    });
}

#[test]
fn a_lost_notice_is_found_by_polling() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 1).publish().await;
        let order = app.buy(&event, &event.ticket_types[0], 1).await;
        let payment = app.begin_payment(&order).await;
        app.authorize(&payment, SILENT_CARD).await.expect(200);
        eventually("the payment", || async { (status(&order).await == "paid").then_some(()) }).await;
        assert_eq!(app.tickets(&order).await.len(), 1);
    });
}

#[test]
fn double_click_back_button_and_two_tabs_end_in_one_order_paid_once() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 9).publish().await;
        let body = order_body(&event.id, &event.ticket_types[0], 1, "twice@example.org");
        let client = app.client().key(&TestApp::unique("key"));
        let clicks = (0..8).map(|_| client.post("/api/orders", body.clone()));
        let answers = futures_util::future::join_all(clicks).await;
        let orders: std::collections::HashSet<String> =
            answers.iter().map(|answer| answer.clone().expect(201).text("id")).collect();
        assert_eq!((orders.len(), sold(&owner, &event).await), (1, 1));
        let order = app.order(&answers[0]);
        let path = format!("/api/orders/{}/pay", order.id);
        let tabs = (0..6).map(|_| order.client.post(&path, json!({ "provider": "sandbox" })));
        let payments: std::collections::HashSet<String> = futures_util::future::join_all(tabs)
            .await
            .into_iter()
            .map(|answer| answer.expect(200).text("payment/id"))
            .collect();
        assert_eq!(payments.len(), 1, "{payments:?}");
        let payment = payments.iter().next().unwrap();
        let clicks = (0..6).map(|_| app.authorize(payment, CARD));
        for answer in futures_util::future::join_all(clicks).await {
            answer.expect(200);
        }
        assert_eq!(app.tickets(&order).await.len(), 1);
        let again = order.client.post(&path, json!({ "provider": "sandbox" })).await.expect(200);
        assert_eq!(
            (again["next/type"].as_str(), again["payment/status"].as_str()),
            (Some("none"), Some("succeeded"))
        );
    });
}

#[test]
fn a_key_belongs_to_one_request() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let client = owner.client.key("the-key");
        let body = json!({ "name": "One", "start_date": "2027-01-01T10:00:00Z", "end_date": "2027-01-01T12:00:00Z" });
        let first = client.post("/api/events", body.clone()).await.expect(201).text("id");
        assert_eq!(client.post("/api/events", body).await.expect(201).text("id"), first);
        let other = json!({ "name": "Two", "start_date": "2027-01-01T10:00:00Z", "end_date": "2027-01-01T12:00:00Z" });
        client.post("/api/events", other).await.invalid(&["Idempotency-Key key_reused"]);
    });
}

#[test]
fn the_limits_of_orders_and_persons_hold_for_guests_too() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let limits = json!({ "max_per_order": 4, "min_per_order": 2, "max_per_person": 5 });
        let event = app.event(&owner).ticket_type_with("10.00", 50, limits).publish().await;
        let kind = &event.ticket_types[0];
        let order = |n| app.client().post_order(order_body(&event.id, kind, n, "hoarder@example.org"));
        order(5).await.problem(409, "ticketing.limit_exceeded");
        order(1).await.invalid(&["lines/0/quantity below_minimum"]);
        let first = order(3).await.expect(201);
        order(3).await.problem(409, "ticketing.limit_exceeded");
        order(2).await.expect(201);
        order(2).await.problem(409, "ticketing.limit_exceeded");
        let first = app.order(&first);
        first.client.post(&format!("/api/orders/{}/cancel", first.id), json!({})).await.expect(200);
        order(3).await.expect(201);
        // An account is one person, whatever addresses it names.
        let account = app.person("collector").await.client;
        let other = |n: u32, email| account.clone().post_order(order_body(&event.id, kind, n, email));
        other(4, "z1@example.org").await.expect(201);
        other(2, "z2@example.org").await.problem(409, "ticketing.limit_exceeded");
        // At once, too: nobody gets more by being quick.
        let quick =
            (0..6).map(|_| app.client().post_order(order_body(&event.id, kind, 2, "quick@example.org")));
        let got =
            futures_util::future::join_all(quick).await.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(got, 2);
    });
}

#[test]
fn what_is_not_on_sale_is_not_sold() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let over = json!({ "sales_end": "2026-01-01T00:00:00Z" });
        let event = app.event(&owner).ticket_type_with("10.00", 5, over).publish().await;
        let body = order_body(&event.id, &event.ticket_types[0], 1, "a@example.org");
        app.client().post("/api/orders", body).await.problem(409, "ticketing.sales_closed");
        let draft = app.event(&owner).ticket_type("10.00", 5).draft().await;
        let body = order_body(&draft.id, &draft.ticket_types[0], 1, "a@example.org");
        app.client().post("/api/orders", body).await.invalid(&["event unknown"]);
        let secret = app.event(&owner).with("visibility", "private").ticket_type("10.00", 5).publish().await;
        let mut body = order_body(&secret.id, &secret.ticket_types[0], 1, "a@example.org");
        app.client().post("/api/orders", body.clone()).await.invalid(&["event unknown"]);
        let link =
            owner.client.get(&format!("/api/events/{}", secret.id)).await.expect(200).text("private_link");
        body["link"] = link.rsplit_once("link=").unwrap().1.into();
        app.client().post("/api/orders", body).await.expect(201);
    });
}

#[test]
fn an_expired_order_frees_its_places_and_a_late_payment_takes_them_again() {
    run(async {
        let app = TestApp::own(|config| config.orders.hold_seconds = 60).await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 1).publish().await;
        let kind = &event.ticket_types[0];
        let order = app.buy(&event, kind, 1).await;
        let payment = app.begin_payment(&order).await;
        app.clock.advance(Duration::seconds(61));
        assert_eq!(status(&order).await, "expired");
        assert_eq!(sold(&owner, &event).await, 0);
        let path = format!("/api/orders/{}/pay", order.id);
        order.client.post(&path, json!({ "provider": "sandbox" })).await.problem(409, "ticketing.expired");
        // The payer was on the card page all the while. The charge may have been given up already.
        let answer = app.authorize(&payment, CARD).await;
        if answer.status == 200 {
            eventually("the places", || async { (status(&order).await == "paid").then_some(()) }).await;
            assert_eq!((app.tickets(&order).await.len(), sold(&owner, &event).await), (1, 1));
        } else {
            answer.problem(409, "payments.closed");
        }
    });
}

#[test]
fn a_late_payment_that_finds_no_places_goes_back_by_itself() {
    run(async {
        // Without jobs the poller cannot give the charge up before the payer pays.
        let app = TestApp::own(|config| {
            config.orders.hold_seconds = 60;
            config.jobs.workers = 0;
        })
        .await;
        let owner = app.owner_without_mail().await;
        let event = app.event(&owner).ticket_type("30.00", 1).publish().await;
        let kind = &event.ticket_types[0];
        let late = app.buy(&event, kind, 1).await;
        let payment = app.begin_payment(&late).await;
        app.clock.advance(Duration::seconds(61));
        // "Sold out" ends holds whose time is over: nobody waits for a job.
        let other = app.buy(&event, kind, 1).await;
        app.authorize(&payment, CARD).await.expect(200);
        assert_eq!(status(&late).await, "expired");
        app.pay(&other).await;
        assert_eq!(app.tickets(&late).await.len(), 0);
        let books = app.books().await;
        assert_eq!(books.charged, 6000);
        app.run_jobs().await;
        assert_eq!(app.books().await.refunded, 3000);
        assert_eq!(sold(&owner, &event).await, 1);
        let told = |mail: &Mail| mail.says("after the time allowed");
        assert_eq!(app.mailbox.to(&order_email(&late).await).iter().filter(|mail| told(mail)).count(), 1);
    });
}

#[test]
fn refunded_tickets_close_the_gate_and_their_places_are_sold_again() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 3).publish().await;
        let (order, tickets) = app.sold(&event, &event.ticket_types[0], 3).await;
        let one = json!({ "tickets": [tickets[0]["id"]], "reason": "ill" });
        let first = refund(&owner.client.key("r"), &order, one.clone()).await.expect(201);
        assert_eq!((first["amount"].as_str(), first["status"].as_str()), (Some("30.00"), Some("succeeded")));
        // The same request again is the same refund.
        let again = refund(&owner.client.key("r"), &order, one.clone()).await.expect(201);
        assert_eq!(again["id"], first["id"]);
        refund(&owner.client, &order, one).await.problem(409, "ticketing.not_refundable");
        assert_eq!((status(&order).await.as_str(), sold(&owner, &event).await), ("partially_refunded", 2));
        let scan = json!({ "event": event.id, "qr_data": tickets[0]["qr_data"] });
        let refused = owner.client.post("/api/checkin", scan).await.problem(403, "checkin.refused");
        assert_eq!(refused["reason"], "revoked");
        app.sold(&event, &event.ticket_types[0], 1).await;
        refund(&owner.client, &order, json!({ "amount": "60.01", "reason": "x" }))
            .await
            .problem(409, "ticketing.not_refundable");
        refund(&owner.client, &order, json!({ "amount": "10.00", "reason": "x" })).await.expect(201);
        refund(&owner.client, &order, json!({ "reason": "all" })).await.expect(201);
        assert_eq!((status(&order).await.as_str(), sold(&owner, &event).await), ("refunded", 1));
        refund(&owner.client, &order, json!({ "reason": "more" }))
            .await
            .problem(409, "ticketing.not_refundable");
        // One mail with the tickets, one for each refund, in any order.
        let email = order_email(&order).await;
        app.mailbox.wait(&email, 4).await;
        let subjects: Vec<String> = app.mailbox.to(&email).into_iter().map(|mail| mail.subject).collect();
        for amount in ["€30.00", "€10.00", "€50.00"] {
            assert!(subjects.iter().any(|subject| subject.contains(amount)), "{amount}: {subjects:?}");
        }
    });
}

async fn order_email(order: &Order) -> String {
    order.client.get(&format!("/api/orders/{}", order.id)).await.expect(200).text("buyer/email")
}

#[test]
fn money_and_tickets_go_back_apart_and_nothing_is_stuck() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 9).publish().await;
        // Some money: the tickets stay. The rest of it: they go too.
        let (order, tickets) = app.sold(&event, &event.ticket_types[0], 2).await;
        refund(&owner.client, &order, json!({ "amount": "20.00", "reason": "rain" })).await.expect(201);
        assert_eq!((status(&order).await.as_str(), sold(&owner, &event).await), ("partially_refunded", 2));
        let scan = json!({ "event": event.id, "qr_data": tickets[0]["qr_data"] });
        owner.client.post("/api/checkin", scan).await.expect(200);
        refund(&owner.client, &order, json!({ "amount": "40.00", "reason": "all" })).await.expect(201);
        assert_eq!((status(&order).await.as_str(), sold(&owner, &event).await), ("refunded", 0));
        let scan = json!({ "event": event.id, "qr_data": tickets[1]["qr_data"] });
        owner.client.post("/api/checkin", scan).await.problem(403, "checkin.refused");
        let pdf = order.client.get(tickets[1]["pdf_url"].as_str().unwrap()).await;
        pdf.problem(409, "ticketing.ticket_revoked");
        // A ticket for less than its price: the rest of the money can still go back.
        let (order, tickets) = app.sold(&event, &event.ticket_types[0], 1).await;
        let less = json!({ "tickets": [tickets[0]["id"]], "amount": "10.00", "reason": "late" });
        refund(&owner.client, &order, less).await.expect(201);
        assert_eq!((status(&order).await.as_str(), sold(&owner, &event).await), ("partially_refunded", 0));
        refund(&owner.client, &order, json!({ "reason": "the rest" })).await.expect(201);
        assert_eq!(status(&order).await, "refunded");
    });
}

#[test]
fn a_key_of_a_refund_belongs_to_one_request() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 3).publish().await;
        let (order, tickets) = app.sold(&event, &event.ticket_types[0], 2).await;
        let one = |at: usize| json!({ "tickets": [tickets[at]["id"]], "reason": "x" });
        refund(&owner.client.key("1"), &order, one(0)).await.expect(201);
        refund(&owner.client.key("1"), &order, one(1)).await.invalid(&["Idempotency-Key key_reused"]);
    });
}

#[test]
fn every_hold_of_a_second_ends_though_nobody_looks() {
    run(async {
        let app = TestApp::own(|config| config.orders.hold_seconds = 2).await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 9).publish().await;
        for _ in 0..4 {
            app.buy(&event, &event.ticket_types[0], 2).await;
            tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        }
        eventually("the places", || async { (sold(&owner, &event).await == 0).then_some(()) }).await;
    });
}

#[test]
fn two_refunds_at_once_return_the_money_once() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 3).publish().await;
        let (order, _) = app.sold(&event, &event.ticket_types[0], 1).await;
        let both = (0..4).map(|_| refund(&owner.client, &order, json!({ "reason": "x" })));
        let done = futures_util::future::join_all(both).await;
        assert_eq!(done.iter().filter(|answer| answer.status == 201).count(), 1, "{}", done[0]);
        assert_eq!((status(&order).await.as_str(), sold(&owner, &event).await), ("refunded", 0));
    });
}

#[test]
fn cancelling_an_event_gives_everybody_their_money_back() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 9).publish().await;
        let kind = &event.ticket_types[0];
        let (paid, tickets) = app.sold(&event, kind, 2).await;
        let pending = app.buy(&event, kind, 1).await;
        owner.client.post(&format!("/api/events/{}/cancel", event.id), json!({})).await.expect(200);
        eventually("the refund", || async { (status(&paid).await == "refunded").then_some(()) }).await;
        eventually("the end", || async { (status(&pending).await == "cancelled").then_some(()) }).await;
        assert_eq!(sold(&owner, &event).await, 0);
        let scan = json!({ "event": event.id, "qr_data": tickets[0]["qr_data"] });
        owner.client.post("/api/checkin", scan).await.problem(403, "checkin.refused");
        let body = order_body(&event.id, kind, 1, "a@example.org");
        app.client().post("/api/orders", body).await.problem(409, "ticketing.sales_closed");
        let email = order_email(&paid).await;
        eventually("the news", || async {
            app.mailbox.to(&email).iter().any(|mail| mail.subject.contains("Cancelled")).then_some(())
        })
        .await;
        // Whoever had not paid yet hears of it too, and that nothing was charged.
        let held = app.mailbox.wait(&order_email(&pending).await, 1).await;
        assert!(held.says("nothing has been charged") && !held.says("no longer valid"), "{}", held.text);
    });
}

#[test]
fn an_order_opens_to_its_buyer_and_its_organizer_alone() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, stranger) = (app.owner().await, app.owner().await);
        let event = app.event(&owner).ticket_type("30.00", 9).publish().await;
        let buyer = app.person("buyer").await;
        let order = app.buy_as(&app.client(), &buyer.email, &event, &event.ticket_types[0], 1).await;
        app.pay(&order).await;
        let path = format!("/api/orders/{}", order.id);
        for client in [app.client(), app.client().order_secret("wrong"), stranger.client.clone()] {
            client.get(&path).await.problem(404, "not_found");
            client.get(&format!("{path}/tickets")).await.problem(404, "not_found");
            client.post(&format!("{path}/cancel"), json!({})).await.problem(404, "not_found");
        }
        for client in [&order.client, &owner.client, &buyer.client] {
            client.get(&path).await.expect(200);
        }
        app.client().get(&format!("{path}?secret={}", order.secret)).await.expect(200);
        // The guest's order is found by the account that has confirmed the same address.
        let own = buyer.client.get("/api/orders").await.expect(200);
        assert_eq!(
            (own["count"].as_i64(), own.results()[0]["id"].as_str()),
            (Some(1), Some(order.id.as_str()))
        );
        assert_eq!(buyer.client.get("/api/tickets").await.expect(200).results().len(), 1);
        owner
            .client
            .post(&format!("{path}/pay"), json!({ "provider": "sandbox" }))
            .await
            .problem(403, "forbidden");
        let list = owner
            .client
            .get(&format!("/api/events/{}/orders?search={}", event.id, order.code))
            .await
            .expect(200);
        assert_eq!(list.results().len(), 1);
        app.client().post("/api/orders/find", json!({ "email": buyer.email })).await.expect(204);
        let mail = app.mailbox.wait(&buyer.email, 3).await;
        assert!(mail.text.contains(&order.secret), "{}", mail.text);
    });
}

#[test]
fn exports_hold_everybody_once_and_no_formula() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 9).publish().await;
        let body = json!({ "event": event.id,
            "buyer": { "email": "x@example.org", "first_name": "=cmd|' /C calc'!A0", "last_name": "محمد" },
            "lines": [{ "ticket_type": event.ticket_types[0], "quantity": 2 }] });
        let order = app.order(&app.client().post("/api/orders", body).await.expect(201));
        app.pay(&order).await;
        let path =
            |what: &str, format: &str| format!("/api/events/{}/export?what={what}&format={format}", event.id);
        let csv = owner.client.get(&path("participants", "csv")).await.expect(200);
        let text = String::from_utf8(csv.bytes.clone()).unwrap();
        assert!(text.starts_with('\u{feff}') && text.matches("محمد").count() == 2, "{text}");
        assert!(!text.contains(",=cmd") && text.contains("'=cmd"), "{text}");
        for what in ["participants", "orders", "payments"] {
            let xlsx = owner.client.get(&path(what, "xlsx")).await.expect(200);
            assert!(xlsx.bytes.starts_with(b"PK"), "{what}");
            assert!(xlsx.header("content-disposition").contains(&format!("{what}.xlsx")));
        }
        let viewer = app.member(&owner, "viewer").await;
        viewer.client.get(&path("orders", "csv")).await.problem(403, "forbidden");
    });
}

#[test]
fn an_event_in_figures() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 10).ticket_type("0", 5).publish().await;
        let path = format!("/api/events/{}/statistics", event.id);
        let nothing = owner.client.get(&path).await.expect(200);
        assert_eq!((&nothing["total_participants"], &nothing["left"]), (&json!(0), &json!(15)));
        assert_eq!(nothing["revenue"], json!([{ "amount": "0.00", "currency": "EUR" }]));
        let (_, tickets) = app.sold(&event, &event.ticket_types[0], 3).await;
        app.buy(&event, &event.ticket_types[0], 2).await;
        let scan = json!({ "event": event.id, "qr_data": tickets[0]["qr_data"] });
        owner.client.post("/api/checkin", scan).await.expect(200);
        let figures = owner.client.get(&path).await.expect(200);
        let shown = ["total_participants", "checked_in", "held", "left", "paid_orders", "total_sessions"];
        assert_eq!(shown.map(|name| figures[name].clone()), [3, 1, 2, 10, 1, 0].map(|n| json!(n)));
        assert_eq!(figures["revenue"], json!([{ "amount": "90.00", "currency": "EUR" }]));
        let first = &figures["ticket_types"][0];
        assert_eq!((&first["sold"], &first["held"], &first["checked_in"]), (&json!(3), &json!(2), &json!(1)));
    });
}
