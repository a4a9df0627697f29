//! Test mode: what is ordered in it is marked, opens no gate of a live event, and vanishes whole.

use futures_util::future::join_all;
use parvis::base::config::Switch;
use serde_json::{Value, json};
use sqlx::Row;

use crate::support::app::TestApp;
use crate::support::fixtures::{CARD, DECLINED_CARD, Event, Owner, order_body};
use crate::support::{eventually, run};

async fn begin(owner: &Owner, event: &Event) {
    let path = format!("/api/events/{}/test-mode", event.id);
    let answer = owner.client.post(&path, json!({})).await.expect(200);
    assert_eq!(answer["test_mode"], true);
}

async fn go_live(owner: &Owner, event: &Event) -> (Value, Value) {
    let answer = owner.client.post(&format!("/api/events/{}/go-live", event.id), json!({})).await.expect(200);
    assert_eq!(answer["test_mode"], false);
    (answer["deleted_orders"].clone(), answer["deleted_tickets"].clone())
}

async fn sold(owner: &Owner, event: &Event) -> i64 {
    let quotas = owner.client.get(&format!("/api/events/{}/quotas", event.id)).await.expect(200);
    quotas.results()[0]["sold"].as_i64().unwrap()
}

/// How many rows of these tables are left of the event's orders, and of its payments.
async fn left(app: &TestApp, event: &Event) -> (i64, i64) {
    let id = uuid::Uuid::parse_str(&event.id).unwrap();
    let id = parvis::base::kernel::id::EventId::from(id);
    let scope = app.app.entrance.tenancy.scope_of_id(id).await.unwrap().unwrap();
    let mut tx = app.app.db.tenant(&scope).await.unwrap();
    let row = sqlx::query(
        "SELECT (SELECT count(*) FROM orders WHERE event = $1) + (SELECT count(*) FROM ticket WHERE event = $1)
           + (SELECT count(*) FROM order_line), (SELECT count(*) FROM payment) + (SELECT count(*) FROM refund)",
    )
    .bind(uuid::Uuid::parse_str(&event.id).unwrap())
    .fetch_one(tx.conn())
    .await
    .unwrap();
    (row.get(0), row.get(1))
}

#[test]
fn test_orders_are_marked_and_vanish_whole() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 10).publish().await;
        begin(&owner, &event).await;
        let buyer = app.person("tester").await;
        let (paid, tickets) = app.sold(&event, &event.ticket_types[0], 2).await;
        let own = app.buy_as(&buyer.client, &buyer.email, &event, &event.ticket_types[0], 1).await;
        app.pay(&own).await;
        let pending = app.buy(&event, &event.ticket_types[0], 3).await;
        let payment = app.begin_payment(&pending).await;
        let order = paid.client.get(&format!("/api/orders/{}", paid.id)).await.expect(200);
        assert_eq!((&order["test"], &order["payment_methods"]), (&json!(true), &json!(["sandbox"])));
        // One ticket goes back.
        let refund = json!({ "tickets": [tickets[1]["id"]], "reason": "a trial" });
        owner.client.post(&format!("/api/orders/{}/refunds", paid.id), refund).await.expect(201);
        assert_eq!(sold(&owner, &event).await, 5);
        let mail = app.mailbox.wait(&paid.email, 1).await;
        assert!(mail.says("This is a test order"), "{mail:?}");
        let qr = tickets[0]["qr_data"].as_str().unwrap();
        assert!(qr.starts_with("PT1"), "{qr}");
        // The gate may be tried as well.
        let scan = json!({ "event": event.id, "qr_data": qr, "nonce": "one" });
        owner.client.post("/api/checkin", scan.clone()).await.expect(200);
        assert_eq!(buyer.client.get("/api/orders").await.expect(200)["count"], 1);
        let desk = app.browser_of(&owner.person.email).await;
        desk.get("/manage").await.expect(200).says("Test mode");
        for tab in ["orders", "participants", "sales", "orders/new"] {
            let path = format!("/manage/events/{}/{tab}", event.id);
            desk.get(&path).await.expect(200).says("its orders are tests");
        }
        let path = format!("/manage/events/{}/orders/{}", event.id, paid.id);
        desk.get(&path).await.expect(200).says("This is a test order");
        let state = owner.client.get(&format!("/api/events/{}/test-mode", event.id)).await.expect(200);
        assert_eq!((&state["test_orders"], &state["test_tickets"]), (&json!(3), &json!(3)));

        assert_eq!(go_live(&owner, &event).await, (json!(3), json!(3)));
        assert_eq!((sold(&owner, &event).await, left(app, &event).await), (0, (0, 0)));
        paid.client.get(&format!("/api/orders/{}", paid.id)).await.problem(404, "not_found");
        assert_eq!(buyer.client.get("/api/orders").await.expect(200)["count"], 0);
        owner.client.post("/api/checkin", scan.clone()).await.problem(404, "checkin.unknown");
        let fresh = json!({ "event": event.id, "qr_data": qr });
        owner.client.post("/api/checkin", fresh).await.problem(404, "checkin.unknown");
        // The page where the pending one was to be paid closes; whoever is late pays nothing. A card that would pay must
        // not be what asks: before the page closes, it pays.
        eventually("the charge is closed", || async {
            (app.authorize(&payment, DECLINED_CARD).await.status == 409).then_some(())
        })
        .await;
        app.authorize(&payment, CARD).await.problem(409, "payments.closed");
        let figures = owner.client.get(&format!("/api/events/{}/statistics", event.id)).await.expect(200);
        assert_eq!((&figures["total_participants"], &figures["paid_orders"]), (&json!(0), &json!(0)));
        // What is sold from now on is real, and a test begins no more.
        let (real, tickets) = app.sold(&event, &event.ticket_types[0], 1).await;
        assert!(tickets[0]["qr_data"].as_str().unwrap().starts_with("PV1"));
        assert_eq!(real.client.get(&format!("/api/orders/{}", real.id)).await.expect(200)["test"], false);
        let path = format!("/api/events/{}", event.id);
        owner
            .client
            .post(&format!("{path}/test-mode"), json!({}))
            .await
            .problem(409, "events.already_ordered");
        owner
            .client
            .post(&format!("{path}/go-live"), json!({}))
            .await
            .problem(409, "events.not_in_test_mode");
        assert_eq!(sold(&owner, &event).await, 1);
    });
}

#[test]
fn an_event_in_test_mode_is_in_no_list_and_says_what_it_is() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("5.00", 10).publish().await;
        let listed = async || {
            let path = format!("/api/catalog/events?organization={}", owner.slug);
            app.client().get(&path).await.expect(200)["count"].clone()
        };
        assert_eq!(listed().await, 1);
        begin(&owner, &event).await;
        assert_eq!(listed().await, 0);
        let public = app.client().get(&format!("/api/catalog/events/{}", event.id)).await.expect(200);
        assert_eq!(public["test_mode"], true);
        let page = app.browser().get(&format!("/events/{}?lang=en", event.slug)).await.expect(200);
        assert!(page.html().contains("noindex"));
        let page = page.says("This event is in test mode");
        assert!(!page.html().contains("application/ld+json"));
        let path = format!("/events/{}/checkout?{}=1", event.slug, event.ticket_types[0]);
        app.browser().get(&path).await.expect(200).says("This event is in test mode");
        assert_eq!(go_live(&owner, &event).await, (json!(0), json!(0)));
        assert_eq!(listed().await, 1);
    });
}

#[test]
fn whoever_orders_while_the_event_goes_live_gets_a_real_order_or_none() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 100).ticket_type("0.00", 100).publish().await;
        begin(&owner, &event).await;
        let order = |kind: usize| {
            let email = format!("{}@example.org", TestApp::unique("racer"));
            let body = order_body(&event.id, &event.ticket_types[kind], 1, &email);
            let client = app.client();
            async move { client.post("/api/orders", body).await.expect(201) }
        };
        let buying = join_all((0..24).map(|at| order(at % 2)));
        let live = async {
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
            go_live(&owner, &event).await
        };
        let (orders, (deleted, _)) = tokio::join!(buying, live);
        let (mut tests, mut real) = (0, 0);
        for order in &orders {
            let client = app.client().order_secret(&order.text("secret"));
            let now = client.get(&format!("/api/orders/{}", order.text("id"))).await;
            if order["test"] == true {
                tests += 1;
                now.problem(404, "not_found");
            } else {
                real += 1;
                assert_eq!(now.expect(200)["test"], false);
            }
        }
        assert_eq!((json!(tests), tests + real), (deleted, 24));
        let quotas = owner.client.get(&format!("/api/events/{}/quotas", event.id)).await.expect(200);
        let sold: i64 = quotas.results().iter().map(|quota| quota["sold"].as_i64().unwrap()).sum();
        assert_eq!(sold, real);
    });
}

#[test]
fn in_production_test_cards_pay_for_tests_alone() {
    run(async {
        let app = TestApp::own(|config| config.payments.sandbox = Switch::Off).await;
        let owner = app.owner().await;
        let live = app.event(&owner).ticket_type("10.00", 5).publish().await;
        let order = app.buy(&live, &live.ticket_types[0], 1).await;
        let path = format!("/api/orders/{}", order.id);
        assert_eq!(order.client.get(&path).await.expect(200)["payment_methods"], json!([]));
        let pay = json!({ "provider": "sandbox" });
        let refused = order.client.post(&format!("{path}/pay"), pay).await;
        assert_eq!(refused.status, 422, "{refused}");

        let tried = app.event(&owner).ticket_type("10.00", 5).publish().await;
        begin(&owner, &tried).await;
        let (_, tickets) = app.sold(&tried, &tried.ticket_types[0], 1).await;
        assert_eq!(tickets.len(), 1);
        go_live(&owner, &tried).await;
    });
}

#[test]
fn the_overview_begins_the_test_and_ends_it() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 5).publish().await;
        let browser = app.browser_of(&owner.person.email).await;
        let home = format!("/manage/events/{}", event.id);
        let page = browser.get(&home).await.expect(200);
        browser.submit(&page, &format!("{home}/test-mode"), &[]).await.leads_to(&home);
        app.sold(&event, &event.ticket_types[0], 1).await;
        let page = browser.get(&home).await.expect(200).says("One test order will be deleted");
        browser.submit(&page, &format!("{home}/go-live"), &[]).await.leads_to(&home);
        browser.get(&home).await.expect(200).says("Orders are real from now on");
        app.sold(&event, &event.ticket_types[0], 1).await;
        browser.get(&home).await.expect(200).says("test mode is no longer possible");
        // A click on a page from before finds it live, and deletes nothing.
        browser.submit(&page, &format!("{home}/go-live"), &[]).await.leads_to(&home);
        assert_eq!(sold(&owner, &event).await, 1);
    });
}
