//! Figures that come by themselves: from every process to every process, and to nobody else.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::{Client, Stream};
use crate::support::fixtures::Event;
use crate::support::process::Process;
use crate::support::{eventually, run};

/// Within this time every process shows what happened in any.
const SOON: Duration = Duration::from_secs(2);
/// A stream says something at least every five seconds, and ends within that time when it must.
const BEAT: Duration = Duration::from_secs(8);

fn live(event: &Event) -> String {
    format!("/api/events/{}/live", event.id)
}

async fn follow(client: &Client, path: &str) -> Stream {
    client.follow(path).await.unwrap_or_else(|answer| panic!("no stream: {answer}"))
}

/// What is told until `found` says that it is the awaited; fails after two seconds.
async fn told(stream: &mut Stream, found: impl Fn(&Value) -> bool) -> Value {
    let since = Instant::now();
    loop {
        let left = SOON.saturating_sub(since.elapsed());
        let news = stream.next("figures", left).await.expect("the stream goes on");
        if found(&news) {
            return news;
        }
    }
}

#[test]
fn what_one_process_sells_refunds_and_lets_in_another_shows_within_two_seconds() {
    run(async {
        let app = TestApp::own(|_| {}).await;
        let other = app.beside().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 10).publish().await;
        let there = other.client().token(owner.client.bearer().unwrap());
        let mut stream = follow(&there.header("accept-encoding", "gzip, br"), &live(&event)).await;
        assert_eq!(
            stream.answer.header("content-encoding"),
            "",
            "a stream is not held back to be compressed"
        );
        assert_eq!(stream.answer.header("cache-control"), "no-store");
        assert_eq!(stream.answer.header("x-accel-buffering"), "no");
        let first = stream.next("figures", SOON).await.unwrap();
        let statistics = owner.client.get(&format!("/api/events/{}/statistics", event.id)).await.expect(200);
        assert_eq!(first, statistics.body, "the same document");
        let (order, tickets) = app.sold(&event, &event.ticket_types[0], 2).await;
        let sold = told(&mut stream, |news| news["total_participants"] == 2).await;
        assert_eq!((&sold["left"], &sold["revenue"][0]["amount"]), (&json!(8), &json!("60.00")));
        let scan = json!({ "event": event.id, "qr_data": tickets[0]["qr_data"] });
        owner.client.post("/api/checkin", scan).await.expect(200);
        told(&mut stream, |news| news["checked_in"] == 1).await;
        let refund = json!({ "tickets": [tickets[1]["id"]], "reason": "ill" });
        owner.client.post(&format!("/api/orders/{}/refunds", order.id), refund).await.expect(201);
        told(&mut stream, |news| news["total_participants"] == 1 && news["revenue"][0]["amount"] == "30.00")
            .await;
        // Of an amount no ticket, no place and no quota tells.
        let refund = json!({ "amount": "1.00", "reason": "kind" });
        owner.client.post(&format!("/api/orders/{}/refunds", order.id), refund).await.expect(201);
        told(&mut stream, |news| news["revenue"][0]["amount"] == "29.00").await;
        // Who was away for a moment is told how it stands, whatever they remember.
        let mut again = follow(&there.header("last-event-id", "0123; DROP"), &live(&event)).await;
        let news = again.next("figures", SOON).await.unwrap();
        assert_eq!(news["revenue"][0]["amount"], "29.00");
        assert_eq!(other.app.live.open(), 2);
        drop((stream, again));
        // Nobody says goodbye: the server learns of it when it next speaks.
        tokio::time::sleep(BEAT).await;
        eventually("the seats to be free", || async { (other.app.live.open() == 0).then_some(()) }).await;
    });
}

#[test]
fn a_stream_is_for_who_may_read_the_figures() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, stranger) = (app.owner().await, app.owner().await);
        let event = app.event(&owner).ticket_type("30.00", 10).publish().await;
        let refused = async |client: &Client, status, code: &str| {
            client.follow(&live(&event)).await.err().unwrap().problem(status, code);
        };
        refused(&app.client(), 401, "unauthenticated").await;
        refused(&stranger.client, 404, "not_found").await;
        refused(&app.member(&owner, "viewer").await.client, 403, "forbidden").await;
        refused(&app.controller(&owner, &event.id).await.client, 403, "forbidden").await;
        let manager = app.assigned(&owner, &event.id, "gestionnaire_des_salles").await;
        let mut stream = follow(&manager.client, &format!("{}?seconds=1", live(&event))).await;
        stream.next("figures", SOON).await.unwrap();
        assert_eq!(stream.next("figures", SOON).await, None, "it ends when asked to");
        for wrong in ["0", "901", "x"] {
            let path = format!("{}?seconds={wrong}", live(&event));
            manager.client.follow(&path).await.err().unwrap().expect(422);
        }
    });
}

#[test]
fn a_stream_ends_with_the_session_the_role_and_the_token() {
    run(async {
        let app = TestApp::own(|_| {}).await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 10).publish().await;
        let manager = app.assigned(&owner, &event.id, "gestionnaire_des_salles").await;
        let leaver = app.assigned(&owner, &event.id, "gestionnaire_des_salles").await;
        let mut streams = [
            follow(&manager.client, &live(&event)).await,
            follow(&leaver.client, &live(&event)).await,
            follow(&owner.client, &live(&event)).await,
        ];
        for stream in &mut streams {
            stream.next("figures", SOON).await.unwrap();
        }
        manager.client.post("/api/auth/logout", json!({})).await.expect(204);
        let browser = app.browser_of(&owner.person.email).await;
        let team = browser.get(&format!("/manage/events/{}/team", event.id)).await.expect(200);
        let remove = format!("/manage/events/{}/team/{}/remove", event.id, leaver.id);
        browser.submit(&team, &remove, &[]).await.expect(303);
        let [gone, left, stays] = &mut streams;
        assert_eq!(gone.next("figures", BEAT).await, None);
        assert_eq!(left.next("figures", BEAT).await, None);
        stays.next("beat", BEAT).await.expect("the owner's goes on");
        // A stream lives no longer than its token.
        let again = app.logged_in(&owner.person.email).await;
        app.clock.advance(chrono::Duration::minutes(15) - chrono::Duration::seconds(4));
        let mut late = follow(&again.client, &live(&event)).await;
        late.next("figures", SOON).await.unwrap();
        assert_eq!(late.next("figures", Duration::from_secs(5)).await, None);
    });
}

#[test]
fn an_account_has_so_many_streams() {
    run(async {
        let app = TestApp::own(|_| {}).await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 10).publish().await;
        let mut open = Vec::new();
        for _ in 0..20 {
            open.push(follow(&owner.client, &live(&event)).await);
        }
        let refused = owner.client.follow(&live(&event)).await.err().unwrap();
        assert!(!refused.problem(429, "too_many_requests").header("retry-after").is_empty());
        let manager = app.assigned(&owner, &event.id, "gestionnaire_des_salles").await;
        follow(&manager.client, &live(&event)).await;
    });
}

#[test]
fn a_server_that_stops_waits_for_nobody_who_follows() {
    run(async {
        let mut process = Process::start_with(&["serve", "--demo"], &[]).await;
        let body = json!({ "email": "owner@demo.parvis.test", "password": "parvis-demo" });
        let login = process.client().post("/api/auth/login", body).await.expect(200);
        let owner = process.client().token(&login.text("access"));
        let events = owner.get("/api/events").await.expect(200);
        let path = format!("/api/events/{}/live", events.results()[0]["id"].as_str().unwrap());
        let mut stream = follow(&owner, &path).await;
        stream.next("figures", SOON).await.unwrap();
        let since = Instant::now();
        assert!(process.stop().await.success());
        assert!(since.elapsed() < Duration::from_secs(4), "{:?}", since.elapsed());
        assert_eq!(stream.next("figures", SOON).await, None);
    });
}

#[test]
fn the_pages_of_an_event_follow_it() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 10).publish().await;
        let browser = app.browser_of(&owner.person.email).await;
        for page in [format!("/manage/events/{}", event.id), format!("/manage/events/{}/sales", event.id)] {
            let html = browser.get(&page).await.expect(200).html();
            assert!(html.contains(&format!("data-stream=\"/manage/events/{}/live\"", event.id)), "{html}");
        }
        let mut figures = browser.follow(&format!("/manage/events/{}/live?lang=fr", event.id)).await;
        let mut doors = browser.follow(&format!("/scan/{}/live?lang=fr", event.id)).await;
        figures.next("figures", SOON).await.unwrap();
        doors.next("figures", SOON).await.unwrap();
        let (_, tickets) = app.sold(&event, &event.ticket_types[0], 2).await;
        let kind = format!("line-sold-{}", event.ticket_types[0]);
        let news = told(&mut figures, |news| news["texts"]["sold"] == "2").await;
        assert_eq!(
            (&news["texts"][&kind], &news["meters"][&event.ticket_types[0]]),
            (&json!("2 vendus"), &json!([2, 10]))
        );
        let scan = json!({ "event": event.id, "qr_data": tickets[0]["qr_data"] });
        owner.client.post("/api/checkin", scan).await.expect(200);
        told(&mut doors, |news| news["texts"]["inside"] == "1").await;
        // A controller keeps the gate and sees no money.
        let controller = app.controller(&owner, &event.id).await;
        let theirs = app.browser_of(&controller.email).await;
        theirs.get(&format!("/manage/events/{}/live", event.id)).await.expect(403);
        let html = theirs.get(&format!("/manage/events/{}", event.id)).await.expect(200).html();
        assert!(!html.contains("data-stream"), "{html}");
        let mut doors = theirs.follow(&format!("/scan/{}/live", event.id)).await;
        let counters = doors.next("figures", SOON).await.unwrap();
        assert_eq!(counters["texts"].as_object().unwrap().len(), 2, "{counters}");
        let stranger = app.browser_of(&app.owner().await.person.email).await;
        for path in ["/manage/events", "/scan"] {
            stranger.get(&format!("{path}/{}/live", event.id)).await.expect(404);
        }
    });
}

#[test]
fn the_list_of_events_follows_what_is_sold_of_each() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 10).with("capacity", json!(40)).publish().await;
        let other = app.event(&owner).ticket_type("0", 5).publish().await;
        let browser = app.browser_of(&owner.person.email).await;
        let html = browser.get("/manage").await.expect(200).html();
        for mark in ["data-stream=\"/manage/live\"".to_owned(), format!("data-live=\"sold-{}\"", other.id)] {
            assert!(html.contains(&mark), "{html}");
        }
        let mut list = browser.follow("/manage/live?lang=fr").await;
        let first = list.next("figures", SOON).await.unwrap();
        assert_eq!(first["texts"][format!("sold-{}", event.id)], "0 sur 40");
        app.sold(&event, &event.ticket_types[0], 2).await;
        app.sold(&other, &other.ticket_types[0], 1).await;
        let news = told(&mut list, |news| news["texts"][format!("sold-{}", other.id)] == "1").await;
        assert_eq!(news["texts"][format!("sold-{}", event.id)], "2 sur 40");
        assert_eq!(news["meters"][&event.id], json!([2, 40]));
        // Templates are no list to follow; who works for one event alone has its own pages.
        let templates = browser.get("/manage?status=template").await.expect(200).html();
        assert!(!templates.contains("data-stream"));
        let manager = app.assigned(&owner, &event.id, "gestionnaire_des_salles").await;
        let theirs = app.browser_of(&manager.email).await;
        assert!(!theirs.get("/manage").await.expect(200).html().contains("data-stream"));
        theirs.get("/manage/live").await.expect(404);
        let stranger = app.browser_of(&app.owner().await.person.email).await;
        let news = stranger.follow("/manage/live").await.next("figures", SOON).await.unwrap();
        assert_eq!(news["texts"], json!({}), "one's own events alone");
    });
}
