//! Postponing: the dates and what follows from them, the news to every buyer once, and what visitors see.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::fixtures::{Event, Owner};
use crate::support::mail::Mail;
use crate::support::run;

fn at(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse::<DateTime<chrono::FixedOffset>>().unwrap().to_utc()
}

/// The calendar file of a mail.
fn calendar_of(mail: &Mail) -> String {
    let file = mail.attachments.iter().find(|(_, kind, _)| kind == "text/calendar");
    String::from_utf8(file.expect("a calendar file").2.clone()).unwrap()
}

async fn postpone(owner: &Owner, event: &Event, body: Value) -> crate::support::client::Answer {
    owner.client.post(&format!("/api/events/{}/postpone", event.id), body).await
}

#[test]
fn every_buyer_hears_of_the_new_dates_once() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let now = app.clock.now();
        let opens = now + Duration::days(30) - Duration::hours(1);
        let event = app
            .event(&owner)
            .with("checkin_opens_at", json!(opens))
            .ticket_type_with("10.00", 20, json!({ "sales_end": now + Duration::days(29) }))
            .publish()
            .await;
        let (buyer, tickets) = app.sold(&event, &event.ticket_types[0], 1).await;
        let (gone, _) = app.sold(&event, &event.ticket_types[0], 1).await;
        let all = json!({ "reason": "ill" });
        owner.client.post(&format!("/api/orders/{}/refunds", gone.id), all).await.expect(201);
        let before = owner.client.get(&format!("/api/events/{}", event.id)).await.expect(200);
        let start = at(&before["start_date"]) + Duration::days(14);
        let body = json!({ "start_date": start, "end_date": start + Duration::hours(3), "message": "The hall is flooded." });
        let client = owner.client.key("once");
        let path = format!("/api/events/{}/postpone", event.id);
        let answer = client.post(&path, body.clone()).await.expect(200);
        assert_eq!((at(&answer["start_date"]), &answer["awaits_dates"]), (start, &json!(false)));
        assert_eq!(at(&answer["previous_start_date"]), at(&before["start_date"]));
        assert_eq!(client.post(&path, body.clone()).await.expect(200).body, answer.body);
        postpone(&owner, &event, body).await.invalid(&["start_date unchanged"]);

        let mail = app.mailbox.about(&buyer.email, "New date: ").await;
        assert!(mail.says("The hall is flooded."));
        let calendar = calendar_of(&mail);
        assert!(calendar.contains(&format!("DTSTART:{}", start.format("%Y%m%dT%H%M%SZ"))), "{calendar}");
        assert!(calendar.contains(&format!("UID:{}@parvis", event.id)), "{calendar}");
        let first = app.mailbox.about(&buyer.email, "Your ticket for").await;
        let first = calendar_of(&first);
        let sequence = |text: &str| -> u32 {
            text.lines().find_map(|line| line.strip_prefix("SEQUENCE:")?.trim().parse().ok()).unwrap()
        };
        assert!(sequence(&calendar) > sequence(&first), "a newer file");
        // Who has no ticket left is left alone: the order and its refund are all that was written.
        assert_eq!(
            app.mailbox.to(&gone.email).iter().filter(|mail| mail.subject.contains("New date")).count(),
            0
        );
        assert_eq!(app.mailbox.to(&buyer.email).len(), 2);

        let after = owner.client.get(&format!("/api/events/{}", event.id)).await.expect(200);
        assert_eq!(at(&after["checkin_opens_at"]), opens + Duration::days(14));
        let types = owner.client.get(&format!("/api/events/{}/ticket-types", event.id)).await.expect(200);
        assert_eq!(at(&types.results()[0]["sales_end"]), now + Duration::days(43));
        let status = &tickets[0]["status"];
        assert_eq!(status, "valid");
        let page = app.browser().get(&format!("/events/{}?lang=en", event.slug)).await.expect(200);
        assert!(page.html().contains("https://schema.org/EventRescheduled"));
        assert!(page.html().contains("previousStartDate"));
        page.says("First planned:");
    });
}

#[test]
fn an_event_without_dates_sells_nothing_until_it_has_some() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 20).publish().await;
        let (buyer, tickets) = app.sold(&event, &event.ticket_types[0], 1).await;
        let answer = postpone(&owner, &event, json!({})).await.expect(200);
        assert_eq!(answer["awaits_dates"], true);
        postpone(&owner, &event, json!({})).await.invalid(&["start_date unchanged"]);
        let mail = app.mailbox.about(&buyer.email, "Postponed: ").await;
        let calendar = calendar_of(&mail);
        assert!(calendar.contains("STATUS:CANCELLED"));
        let order =
            crate::support::fixtures::order_body(&event.id, &event.ticket_types[0], 1, "late@example.org");
        app.client().post("/api/orders", order).await.problem(409, "ticketing.sales_closed");
        let scan = json!({ "event": event.id, "qr_data": tickets[0]["qr_data"] });
        owner.client.post("/api/checkin", scan.clone()).await.problem(403, "checkin.refused");
        let listed = format!("/api/catalog/events?organization={}", owner.slug);
        assert_eq!(app.client().get(&listed).await.expect(200)["count"], 0);
        let page = app.browser().get(&format!("/events/{}?lang=en", event.slug)).await.expect(200);
        assert!(page.html().contains("https://schema.org/EventPostponed"));
        page.says("its new dates are not known yet");
        let start = app.clock.now() + Duration::days(90);
        let dates = json!({ "start_date": start, "end_date": start + Duration::hours(2) });
        postpone(&owner, &event, dates).await.expect(200);
        app.mailbox.about(&buyer.email, "New date: ").await;
        assert_eq!(app.client().get(&listed).await.expect(200)["count"], 1);
        owner.client.post("/api/checkin", scan).await.expect(200);
    });
}

#[test]
fn only_what_people_know_of_is_postponed_and_to_a_time_that_can_be() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let now = app.clock.now();
        let event = app.event(&owner).ticket_type("10.00", 20).draft().await;
        let later = json!({ "start_date": now + Duration::days(60), "end_date": now + Duration::days(61) });
        postpone(&owner, &event, later.clone()).await.problem(409, "events.not_published");
        owner.client.post(&format!("/api/events/{}/publish", event.id), json!({})).await.expect(200);
        for (start, end, wrong) in [
            (json!(now + Duration::days(2)), json!(now + Duration::days(1)), "end_date dates_in_order"),
            (json!(now - Duration::days(2)), json!(now - Duration::days(1)), "end_date in_past"),
            (json!(now + Duration::days(2)), Value::Null, "end_date required"),
            (Value::Null, json!(now + Duration::days(2)), "start_date required"),
        ] {
            postpone(&owner, &event, json!({ "start_date": start, "end_date": end })).await.invalid(&[wrong]);
        }
        let viewer = app.member(&owner, "viewer").await;
        viewer
            .client
            .post(&format!("/api/events/{}/postpone", event.id), later.clone())
            .await
            .problem(403, "forbidden");
        owner.client.post(&format!("/api/events/{}/cancel", event.id), json!({})).await.expect(200);
        postpone(&owner, &event, later).await.problem(409, "events.cancelled");
    });
}

#[test]
fn the_page_postpones_and_keeps_what_was_typed() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 20).publish().await;
        let browser = app.browser_of(&owner.person.email).await;
        let path = format!("/manage/events/{}/postpone", event.id);
        let home = format!("/manage/events/{}", event.id);
        let page = browser.get(&path).await.expect(200);
        let wrong =
            [("start_date", "2031-05-02T20:00"), ("end_date", "2031-05-01T20:00"), ("message", "Sorry!")];
        let again = browser.submit(&page, &path, &wrong).await.expect(422);
        assert_eq!(again.form(&path).value("start_date"), "2031-05-02T20:00");
        let again = again.says("The end must not be before the start.").says("Sorry!");
        let right = [("start_date", "2031-05-02T20:00"), ("end_date", "2031-05-02T23:00")];
        browser.submit(&again, &path, &right).await.leads_to(&home);
        browser.get(&home).await.expect(200).says("2 May 2031");
        let page = browser.get(&path).await.expect(200);
        browser.submit(&page, &path, &[("unknown", "on")]).await.leads_to(&home);
        browser.get(&home).await.expect(200).says("Give the new dates");
    });
}

#[test]
fn dates_that_buyers_were_told_change_by_postponing_alone() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0", 5).publish().await;
        let path = format!("/api/events/{}", event.id);
        let dates = json!({ "start_date": "2031-05-01T20:00:00Z", "end_date": "2031-05-01T23:00:00Z" });
        // Nobody was told anything yet.
        owner.client.patch(&path, dates.clone()).await.expect(200);
        app.sold(&event, &event.ticket_types[0], 1).await;
        let later = json!({ "start_date": "2031-05-02T20:00:00Z", "end_date": "2031-05-02T23:00:00Z" });
        owner.client.patch(&path, later.clone()).await.invalid(&["start_date dates_told"]);
        owner
            .client
            .patch(&path, json!({ "end_date": "2031-05-02T02:00:00Z" }))
            .await
            .invalid(&["end_date dates_told"]);
        let mut same = dates;
        same["city"] = json!("Nantes");
        owner.client.patch(&path, same).await.expect(200);
        owner.client.post(&format!("{path}/postpone"), later).await.expect(200);
        // The page says it beside the field and loses nothing.
        let browser = app.browser_of(&owner.person.email).await;
        let edit = format!("/manage/events/{}/edit", event.id);
        let form = browser.get(&edit).await.expect(200);
        let fields =
            [("start_date", "2031-05-03T20:00"), ("end_date", "2031-05-03T23:00"), ("city", "Brest")];
        let again = browser.submit(&form, &edit, &fields).await.expect(422);
        assert!(again.html().contains("id=\"e-start_date\""), "{}", again.html());
        assert_eq!(again.form(&edit).value("city"), "Brest");
    });
}
