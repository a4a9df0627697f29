//! Calling an event off: the organizer's word to every buyer, and pages that sell and promise nothing any more.

use poem::http::Method;
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::fixtures::Order;
use crate::support::pages::{Browser, Page};
use crate::support::{eventually, run};

/// The page of an order, as its buyer's link opens it.
async fn order_page(browser: &Browser, order: &Order) -> Page {
    let link = format!("/orders/{}?secret={}", order.id, order.secret);
    let page = browser.get(&link).await.expect(303).to();
    browser.get(&page).await.expect(200)
}

#[test]
fn an_order_of_a_cancelled_event_says_so() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("12.00", 5).publish().await;
        let order = app.buy(&event, &event.ticket_types[0], 1).await;
        owner.client.post(&format!("/api/events/{}/cancel", event.id), json!({})).await.expect(200);
        let browser = app.browser();
        let shown = eventually("the order's end", || async {
            let shown = order_page(&browser, &order).await;
            shown.html().contains("This order is cancelled").then_some(shown)
        })
        .await;
        shown.says("The event is cancelled").says_not("Choose tickets again").says_not("on sale again");
    });
}

#[test]
fn buyers_read_the_organizers_own_word() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("12.00", 5).publish().await;
        let (order, _) = app.sold(&event, &event.ticket_types[0], 1).await;
        let desk = app.browser_of(&owner.person.email).await;
        let path = format!("/manage/events/{}/cancel", event.id);
        let page = desk.get(&path).await.expect(200);
        let long = "é".repeat(2_001);
        let again = desk.submit(&page, &path, &[("message", &long)]).await.expect(422);
        assert_eq!(again.form(&path).value("message"), long);
        let again = again.says("at most 2000 characters");
        let word = "The singer is ill.\n<b>We are sorry.</b>";
        let home = format!("/manage/events/{}", event.id);
        desk.submit(&again, &path, &[("message", word)]).await.leads_to(&home);

        let mail = app.mailbox.about(&order.email, "Cancelled: ").await;
        assert!(mail.says("The singer is ill.") && mail.says("<b>We are sorry.</b>"), "{}", mail.text);
        let shown = order_page(&app.browser(), &order).await;
        let shown = shown.says("A word from").says("The singer is ill. <b>We are sorry.</b>");
        assert!(!shown.html().contains("<b>We are"), "{}", shown.html());
        // The first word stays.
        let other = json!({ "message": "Something else." });
        owner.client.post(&format!("/api/events/{}/cancel", event.id), other).await.expect(200);
        order_page(&app.browser(), &order).await.says("The singer is ill.").says_not("Something else");
    });
}

#[test]
fn the_api_takes_a_word_or_no_body_at_all() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0", 5).publish().await;
        let path = format!("/api/events/{}/cancel", event.id);
        let post = async |body| owner.client.raw(Method::POST, &path, body).await;
        let long = json!({ "message": "x".repeat(2_001) }).to_string();
        post(Some(("application/json", long.as_bytes()))).await.invalid(&["message too_long"]);
        post(Some(("application/json", b"{"))).await.problem(400, "malformed");
        post(Some(("text/plain", b"sorry"))).await.problem(415, "unsupported_media_type");
        assert_eq!(post(None).await.expect(200)["state"], "cancelled");
    });
}

#[test]
fn a_postponement_is_told_on_the_page_of_every_order() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("12.00", 5).publish().await;
        let (order, _) = app.sold(&event, &event.ticket_types[0], 1).await;
        let browser = app.browser();
        order_page(&browser, &order).await.says_not("A word from");
        let path = format!("/api/events/{}/postpone", event.id);
        owner.client.post(&path, json!({ "message": "The roof leaks." })).await.expect(200);
        order_page(&browser, &order).await.says("its new dates are not known yet").says("The roof leaks.");
        let mail = app.mailbox.about(&order.email, "Postponed: ").await;
        assert!(
            mail.says("Would you rather have your money back?") && !mail.says("that date"),
            "{}",
            mail.text
        );
        let dates = json!({ "start_date": "2031-05-02T20:00:00Z", "end_date": "2031-05-02T23:00:00Z" });
        owner.client.post(&path, dates).await.expect(200);
        order_page(&browser, &order).await.says("This event has a new date").says_not("The roof leaks.");
        let mail = app.mailbox.about(&order.email, "New date: ").await;
        assert!(mail.says("Can’t come on that date?"), "{}", mail.text);
    });
}

#[test]
fn the_desk_and_the_checkout_of_a_cancelled_event_sell_nothing() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("12.00", 5).draft().await;
        let desk = app.browser_of(&owner.person.email).await;
        desk.get("/manage").await.expect(200).says("Ready to be published");
        let bare = json!({ "name": "Bare", "start_date": "2031-05-02T20:00:00Z", "end_date": "2031-05-02T23:00:00Z" });
        owner.client.post("/api/events", bare).await.expect(201);
        desk.get("/manage").await.expect(200).says("Before publishing: Add a ticket");
        let here = format!("/manage/events/{}", event.id);
        let shown = async |tab: &str| desk.get(&format!("{here}/{tab}")).await.expect(200);
        // Whatever is empty leads on to a page that exists.
        let orders = shown("orders").await.says("Nothing can be ordered of a draft");
        assert!(!orders.html().contains(&format!("href=\"/events/{}", event.slug)));
        assert!(!orders.html().contains("orders/new"));
        shown("participants").await.says("To the overview");
        shown("sales").await.says("For sale once published");
        owner.client.post(&format!("/api/events/{}/publish", event.id), json!({})).await.expect(200);
        let orders = shown("orders").await.says("Share the event’s page");
        assert!(orders.html().contains(&format!("href=\"/events/{}", event.slug)));
        let orders = shown("sales").await.says("Still for sale");
        assert!(orders.html().contains("orders/new"));
        let checkout = format!("/events/{}/checkout?{}=1", event.slug, event.ticket_types[0]);
        app.browser().get(&checkout).await.expect(200);

        owner.client.post(&format!("/api/events/{}/cancel", event.id), json!({})).await.expect(200);
        for tab in ["orders", "participants", "sales"] {
            let page = shown(tab).await.says("This event is cancelled");
            assert!(!page.html().contains("orders/new"), "{tab}");
        }
        shown("sales").await.says("Sales are closed").says_not("Still for sale");
        desk.get(&format!("{here}/orders/new")).await.leads_to(&format!("{here}/orders"));
        let event_page = format!("/events/{}#tickets", event.slug);
        app.browser().get(&checkout).await.leads_to(&event_page);
    });
}
