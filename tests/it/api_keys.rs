//! Keys for programs: what they open, and what no key opens.

use chrono::Duration;
use parvis::base::identity::KeyScope;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};
use crate::support::fixtures::{Owner, order_body};
use crate::support::{eventually, run};

async fn make(owner: &Owner, scopes: &[&str]) -> Answer {
    let path = format!("/api/organizations/{}/api-keys", owner.organization);
    owner.client.post(&path, json!({ "name": "A program", "scopes": scopes })).await
}

async fn program(app: &TestApp, owner: &Owner, scopes: &[&str]) -> (Client, String) {
    let made = make(owner, scopes).await.expect(201);
    (app.client().token(&made.text("secret")), made.text("id"))
}

#[test]
fn a_key_opens_its_scopes_in_its_organization_and_nothing_else() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, other) = (app.owner().await, app.owner().await);
        let event = app.event(&owner).ticket_type("30.00", 50).publish().await;
        let theirs = app.event(&other).ticket_type("30.00", 50).publish().await;
        let (order, tickets) = app.sold(&event, &event.ticket_types[0], 2).await;
        let path = format!("/api/events/{}", event.id);
        let (reader, _) = program(app, &owner, &["events:read"]).await;
        let (gate, _) = program(app, &owner, &["checkin"]).await;
        let (seller, _) = program(app, &owner, &["sales:write"]).await;
        let (editor, _) = program(app, &owner, &["events:write"]).await;
        assert_eq!(reader.get(&path).await.expect(200)["id"], event.id);
        assert_eq!(reader.get("/api/events").await.expect(200)["count"], 1);
        reader.patch(&path, json!({ "name": "Another" })).await.problem(403, "forbidden");
        reader.get(&format!("{path}/orders")).await.problem(403, "forbidden");
        for client in [&reader, &gate, &seller, &editor] {
            client.get(&format!("/api/events/{}", theirs.id)).await.problem(404, "not_found");
        }
        editor.patch(&path, json!({ "name": "Another" })).await.expect(200);
        let new = json!({ "name": "By a program", "start_date": "2027-05-01T10:00:00Z", "end_date": "2027-05-01T12:00:00Z" });
        editor.post("/api/events", new).await.expect(201);
        let scan = json!({ "event": event.id, "qr_data": tickets[0]["qr_data"] });
        reader.post("/api/checkin", scan.clone()).await.problem(403, "forbidden");
        gate.post("/api/checkin", scan).await.expect(200);
        assert_eq!(
            seller.get(&format!("/api/orders/{}", order.id)).await.expect(200)["code"],
            order.code.as_str()
        );
        reader.get(&format!("/api/orders/{}", order.id)).await.problem(404, "not_found");
        let refund = json!({ "tickets": [tickets[1]["id"]], "reason": "by a program" });
        seller.post(&format!("/api/orders/{}/refunds", order.id), refund).await.expect(201);
        // A program buys for a guest; the order is nobody's account's.
        let body = order_body(&event.id, &event.ticket_types[0], 1, "guest@example.org");
        editor.post("/api/orders", body).await.expect(201);
        // Whatever is a person's own is not a program's.
        let all: Vec<&str> = KeyScope::ALL.into_iter().map(KeyScope::code).collect();
        let (every, id) = program(app, &owner, &all).await;
        let organization = format!("/api/organizations/{}", owner.organization);
        for own in [
            "/api/auth/me",
            "/api/auth/sessions",
            "/api/organizations",
            "/api/orders",
            "/api/tickets",
            "/api/auth/my-events",
        ] {
            every.get(own).await.problem(403, "identity.person_needed");
        }
        every.patch(&organization, json!({ "name": "X" })).await.problem(403, "identity.person_needed");
        every.get(&format!("{organization}/api-keys")).await.problem(403, "identity.person_needed");
        every.delete(&format!("/api/api-keys/{id}")).await.problem(403, "identity.person_needed");
        every.get(&format!("{organization}/audit")).await.problem(403, "identity.person_needed");
        assert_eq!(every.get(&organization).await.expect(200)["role"], Value::Null);
        every.get(&format!("{organization}/members")).await.expect(200);
        // The log tells what a program did by the key's name.
        let log = owner.client.get(&format!("{organization}/audit?area=order")).await.expect(200);
        assert!(
            log.results()
                .iter()
                .any(|row| row["action"] == "order.refund" && row["actor_name"] == "A program"),
            "{log}"
        );
    });
}

#[test]
fn a_key_is_shown_once_and_ends_when_it_is_revoked() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let path = format!("/api/organizations/{}/api-keys", owner.organization);
        let body = json!({ "name": " Turnstiles ", "scopes": ["checkin", "events:read", "checkin"] });
        let once = owner.client.key("a-key");
        let made = once.post(&path, body.clone()).await.expect(201);
        let secret = made.text("secret");
        assert!(secret.starts_with("parvis_") && secret.len() > 50, "{secret}");
        assert_eq!(made["scopes"], json!(["checkin", "events:read"]));
        let again = once.post(&path, body).await.expect(201);
        assert_eq!((again["id"].clone(), again["secret"].clone()), (made["id"].clone(), Value::Null));
        let list = owner.client.get(&path).await.expect(200);
        assert!(!list.to_string().contains(&secret), "{list}");
        assert_eq!(
            (list["count"].clone(), list["results"][0]["name"].clone()),
            (json!(1), json!("Turnstiles"))
        );
        assert!(secret.ends_with(list["results"][0]["hint"].as_str().unwrap()));
        assert_eq!(list["results"][0]["last_used_at"], Value::Null);
        let client = app.client().token(&secret);
        client.get("/api/events").await.expect(200);
        assert!(owner.client.get(&path).await["results"][0]["last_used_at"].is_string());
        // One character more or less is another key.
        for wrong in
            [format!("{secret}A"), secret[..secret.len() - 1].to_owned(), "parvis_".into(), "parvis_ä".into()]
        {
            app.client().token(&wrong).get("/api/events").await.problem(401, "unauthenticated");
        }
        let key = format!("/api/api-keys/{}", made.text("id"));
        app.owner().await.client.delete(&key).await.problem(404, "not_found");
        owner.client.delete(&key).await.expect(204);
        owner.client.delete(&key).await.expect(204);
        client.get("/api/events").await.problem(401, "unauthenticated");
        assert!(owner.client.get(&path).await["results"][0]["revoked_at"].is_string());
        let long_ago = app.clock.now() - Duration::days(1);
        let wrong = json!({ "name": "x", "scopes": ["checkin", "everything"], "expires_at": long_ago });
        owner.client.post(&path, wrong).await.invalid(&["scopes unknown_choice", "expires_at past"]);
        owner
            .client
            .post(&path, json!({ "name": " ", "scopes": ["checkin"] }))
            .await
            .invalid(&["name required"]);
        owner.client.post(&path, json!({ "name": "x", "scopes": [] })).await.invalid(&["scopes too_few"]);
        let viewer = app.member(&owner, "viewer").await;
        viewer.client.get(&path).await.problem(403, "forbidden");
    });
}

#[test]
fn a_key_ends_on_its_day_and_while_the_organization_is_shut() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let owner = app.owner().await;
        let path = format!("/api/organizations/{}/api-keys", owner.organization);
        let until = app.clock.now() + Duration::hours(2);
        let body = json!({ "name": "Today", "scopes": ["events:write"], "expires_at": until });
        let client = app.client().token(&owner.client.post(&path, body).await.expect(201).text("secret"));
        let new = json!({ "name": "By a program", "start_date": "2027-05-01T10:00:00Z", "end_date": "2027-05-01T12:00:00Z" });
        client.post("/api/events", new.clone()).await.expect(201);
        let tenancy = &app.app.entrance.tenancy;
        let scope = tenancy.scope_of_slug(&owner.slug).await.unwrap().unwrap();
        let scope = tenancy.suspend(&scope, Some("Why")).await.unwrap();
        client.post("/api/events", new.clone()).await.problem(403, "organizations.suspended");
        tenancy.suspend(&scope, None).await.unwrap();
        client.post("/api/events", new.clone()).await.expect(201);
        app.clock.advance(Duration::hours(3));
        client.post("/api/events", new).await.problem(401, "unauthenticated");
    });
}

#[test]
fn a_page_makes_and_revokes_keys() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let boss = app.browser_of(&owner.person.email).await;
        let keys = "/manage/settings/keys";
        let page = boss.get(keys).await.expect(200).says("No key yet");
        boss.submit(&page, keys, &[("name", "Partner site")]).await.expect(422).says("This is required");
        let form = page.form(keys).filled(&[
            ("name", "Partner site"),
            ("scopes", "events:read"),
            ("expires_at", "2099-12-31"),
        ]);
        let made = boss.send(form.clone()).await.expect(200).says("Partner site");
        let html = made.html();
        let secret: String =
            html[html.find("value=\"parvis_").unwrap() + 7..].chars().take_while(|c| *c != '"').collect();
        app.client().token(&secret).get("/api/events").await.expect(200);
        assert_eq!(made.answer.header("cache-control"), "private, no-store");
        // The same form once more makes no second key, and tells the first no more.
        let again = boss.send(form).await.expect(200).says("was shown already");
        assert!(!again.html().contains(&secret));
        let page = boss.get(keys).await.expect(200).says("One key").says("until");
        let html = page.html();
        let action = html
            .split("action=\"")
            .find(|part| part.contains("/revoke\""))
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        // It is asked once whether that is meant.
        let asked = html.split_once(&action).unwrap().0.rsplit_once("<details class=\"menu\">");
        assert!(asked.is_some_and(|(_, open)| !open.contains("</details>")), "{html}");
        boss.submit(&page, &action, &[]).await.leads_to(keys);
        boss.get(keys).await.expect(200).says("revoked on");
        eventually("the key to open nothing", || async {
            (app.client().token(&secret).get("/api/events").await.status == 401).then_some(())
        })
        .await;
        for (lang, words) in [("fr", "Clés d’API"), ("ar", "مفاتيح الواجهة")] {
            boss.get(&format!("{keys}?lang={lang}")).await.expect(200).says(words);
        }
    });
}
