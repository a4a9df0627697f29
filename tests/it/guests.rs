//! Invitations to private events: a link of one's own, its states, and its end.

use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::fixtures::{Event, Owner};
use crate::support::{eventually, run};

async fn stage(app: &TestApp) -> (Owner, Event) {
    let owner = app.owner().await;
    let event = app.event(&owner).with("visibility", "private").ticket_type("0.00", 50).publish().await;
    (owner, event)
}

fn path(event: &Event, rest: &str) -> String {
    format!("/api/events/{}/invitations{rest}", event.id)
}

async fn invite(owner: &Owner, event: &Event, emails: &[&str]) -> Value {
    let body = json!({ "emails": emails, "locale": "en" });
    owner.client.post(&path(event, ""), body).await.expect(201)["invited"].clone()
}

async fn only(owner: &Owner, event: &Event, email: &str) -> Value {
    let list = owner.client.get(&path(event, &format!("?search={email}"))).await.expect(200);
    list.results()[0].clone()
}

/// The part of an invitation's link that opens the event.
fn secret(link: &str) -> String {
    url::Url::parse(link).unwrap().query_pairs().find(|(name, _)| name == "link").unwrap().1.into_owned()
}

#[test]
fn a_guest_opens_the_event_by_a_link_of_their_own_until_it_is_taken_back() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, event) = stage(app).await;
        let email = format!("{}@example.org", TestApp::unique("invited"));
        let upper = email.to_uppercase();
        assert_eq!(invite(&owner, &event, &[&email, &upper, &email]).await, 1);
        assert_eq!(invite(&owner, &event, &[&email]).await, 0, "once is enough");
        let mail = app.mailbox.wait(&email, 1).await;
        let link = mail.link("/events/");
        let own = secret(&link);
        eventually("it is sent", || async {
            (only(&owner, &event, &email).await["state"] == "sent").then_some(())
        })
        .await;
        let browser = app.browser();
        let (_, rest) = link.split_once("/events/").unwrap();
        let page = browser.get(&format!("/events/{rest}")).await.expect(200);
        assert!(page.html().contains(&own));
        assert_eq!(only(&owner, &event, &email).await["state"], "opened");
        // The event's own link is for others, and is nowhere on the page.
        let shown = owner.client.get(&format!("/api/events/{}", event.id)).await.expect(200);
        let general = secret(&shown.text("private_link"));
        assert!(!page.html().contains(&general));
        for nobody in ["", "?link=x", &format!("?link={}", own.replacen(&own[..1], "x", 1))] {
            app.client()
                .get(&format!("/api/catalog/events/{}{nobody}", event.id))
                .await
                .problem(404, "not_found");
        }
        let mut body = crate::support::fixtures::order_body(&event.id, &event.ticket_types[0], 1, &email);
        app.client().post("/api/orders", body.clone()).await.invalid(&["event unknown"]);
        body["link"] = json!(own);
        let order = app.client().post("/api/orders", body.clone()).await.expect(201);
        assert_eq!(order["status"], "paid");
        let guest = only(&owner, &event, &email).await;
        assert_eq!((&guest["state"], &guest["orders"]), (&json!("ordered"), &json!(1)));
        let secret = order.text("secret");
        let page = app.browser();
        let address = format!("/orders/{}", order.text("id"));
        page.get(&format!("{address}?secret={secret}")).await.leads_to(&address);
        let page = page.get(&address).await.expect(200);
        assert!(page.html().contains(&own) && !page.html().contains(&general));

        let id = guest["id"].as_str().unwrap();
        owner.client.post(&format!("/api/event-invitations/{id}/revoke"), json!({})).await.expect(200);
        assert_eq!(only(&owner, &event, &email).await["state"], "revoked");
        app.client()
            .get(&format!("/api/catalog/events/{}?link={own}", event.id))
            .await
            .problem(404, "not_found");
        app.client().post("/api/orders", body).await.invalid(&["event unknown"]);
        app.client().get(&format!("/api/catalog/events/{}?link={general}", event.id)).await.expect(200);
        let again = format!("/api/event-invitations/{id}/resend");
        owner.client.post(&again, json!({})).await.problem(409, "events.invitation_revoked");
        // The order stays its buyer's.
        app.client()
            .order_secret(&secret)
            .get(&format!("/api/orders/{}", order.text("id")))
            .await
            .expect(200);
        // Invited again, it is another link.
        assert_eq!(invite(&owner, &event, &[&email]).await, 1);
        eventually("another mail", || async {
            let links =
                app.mailbox.to(&email).into_iter().filter(|mail| mail.subject.starts_with("Invitation"));
            links.map(|mail| mail.link("/events/")).find(|other| *other != link)
        })
        .await;
    });
}

#[test]
fn only_a_private_event_that_is_open_has_guests_and_only_its_own() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let public = app.event(&owner).ticket_type("0.00", 50).publish().await;
        let one = json!({ "emails": ["one@example.org"] });
        owner.client.post(&path(&public, ""), one.clone()).await.problem(409, "events.not_private");
        let draft = app.event(&owner).with("visibility", "private").draft().await;
        owner.client.post(&path(&draft, ""), one.clone()).await.problem(409, "events.not_published");
        let (owner, event) = stage(app).await;
        let wrong = json!({ "emails": ["one@example.org", "nobody"], "locale": "xx" });
        owner
            .client
            .post(&path(&event, ""), wrong)
            .await
            .invalid(&["emails/1 email", "locale unknown_choice"]);
        let many: Vec<String> = (0..201).map(|n| format!("guest-{n}@example.org")).collect();
        owner.client.post(&path(&event, ""), json!({ "emails": many })).await.invalid(&["emails too_many"]);
        owner.client.post(&path(&event, ""), json!({ "emails": &many[..200] })).await.expect(201);
        let page = owner.client.get(&path(&event, "?page_size=100&page=2")).await.expect(200);
        assert_eq!((page["count"].clone(), page.results().len()), (json!(200), 100));
        let found = owner.client.get(&path(&event, "?search=GUEST-199")).await.expect(200);
        assert_eq!(found["count"], 1);
        let id = found.results()[0]["id"].as_str().unwrap().to_owned();
        // Another organization's guest is nobody here.
        let other = app.owner().await;
        for verb in ["resend", "revoke"] {
            let path = format!("/api/event-invitations/{id}/{verb}");
            other.client.post(&path, json!({})).await.problem(404, "not_found");
        }
        let viewer = app.member(&owner, "viewer").await;
        viewer.client.post(&path(&event, ""), one).await.problem(403, "forbidden");
    });
}

#[test]
fn the_page_reads_a_pasted_list() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, event) = stage(app).await;
        let browser = app.browser_of(&owner.person.email).await;
        let path = format!("/manage/events/{}/invitations", event.id);
        let page = browser.get(&path).await.expect(200).says("Nobody is invited yet");
        let (one, two) = (TestApp::unique("one"), TestApp::unique("two"));
        let wrong = format!("{one}@example.org, not an address\n{two}@example.org");
        let again = browser.submit(&page, &path, &[("emails", &wrong)]).await.expect(422);
        assert!(again.form(&path).value("emails").contains(&one));
        let again = again.says("not an address");
        let right = format!("Nadia <{one}@example.org>; {two}@example.org");
        browser.submit(&again, &path, &[("emails", &right), ("locale", "en")]).await.leads_to(&path);
        let page = browser.get(&path).await.expect(200).says(&format!("{one}@example.org"));
        app.mailbox.wait(&format!("{two}@example.org"), 1).await;
        let guest = only(&owner, &event, &two).await;
        let revoke = format!("{path}/{}/revoke", guest["id"].as_str().unwrap());
        browser.submit(&page, &revoke, &[]).await.leads_to(&path);
        browser.get(&format!("{path}?state=revoked")).await.expect(200).says(&two).says_not(&one);
        browser.get(&format!("{path}?search=nobody-at-all")).await.expect(200).says_not(&one);
    });
}
