//! Several servers on one database: what one changes, the others know within two seconds.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::second_factor::guard;
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};
use crate::support::fixtures::{Owner, PASSWORD};
use crate::support::run;

/// Within this time every process knows of every change.
const SOON: Duration = Duration::from_secs(2);

/// Three servers, and somebody at each.
struct Servers {
    app: TestApp,
}

impl Servers {
    async fn start() -> Self {
        Self { app: TestApp::several(3).await }
    }

    /// The same person at each server.
    fn each(&self, person: &Client) -> Vec<Client> {
        let token = person.bearer();
        self.app
            .each()
            .into_iter()
            .map(|client| token.map_or(client.clone(), |token| client.token(token)))
            .collect()
    }

    /// Waits until every server answers so, two seconds at most after `changed`, and goes on answering so.
    async fn all(
        &self,
        what: &str,
        changed: Instant,
        person: &Client,
        path: &str,
        known: impl Fn(&Answer) -> bool,
    ) {
        for (number, client) in self.each(person).iter().enumerate() {
            loop {
                let asked = Instant::now();
                let answer = client.get(path).await;
                if known(&answer) {
                    break;
                }
                assert!(asked - changed < SOON, "{what}: server {number} does not know: {answer}");
                tokio::time::sleep(Duration::from_millis(25)).await;
            }
            for _ in 0..3 {
                let answer = client.get(path).await;
                assert!(known(&answer), "{what}: server {number} has forgotten: {answer}");
            }
        }
    }

    /// Makes every server remember how things stand.
    async fn warm(&self, person: &Client, path: &str, status: u16) {
        for client in self.each(person) {
            client.get(path).await.expect(status);
        }
    }
}

#[test]
fn what_one_publishes_changes_and_cancels_all_show() {
    run(async {
        let servers = Servers::start().await;
        let app = &servers.app;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 3).draft().await;
        let [first, second, _] = servers.each(&owner.client).try_into().unwrap();
        let anybody = app.client();
        let (list, one) =
            ("/api/catalog/events?search=unmistakable", format!("/api/catalog/events/{}", event.id));
        let page = format!("/events/{}", event.slug);
        let path = format!("/api/events/{}", event.id);
        for (path, status) in [(list, 200), (&one, 404), (&page, 404)] {
            servers.warm(&anybody, path, status).await;
        }
        first.patch(&path, json!({ "name": "Unmistakable" })).await.expect(200);
        first.post(&format!("{path}/publish"), json!({})).await.expect(200);
        let at = Instant::now();
        servers.all("the list", at, &anybody, list, |answer| answer["count"] == 1).await;
        servers.all("the event", at, &anybody, &one, |answer| answer.status == 200).await;
        servers.all("the page", at, &anybody, &page, |answer| answer.status == 200).await;
        second.patch(&path, json!({ "name": "Unmistakable again" })).await.expect(200);
        let at = Instant::now();
        servers
            .all("the name", at, &anybody, list, |answer| answer["results/0/name"] == "Unmistakable again")
            .await;
        let says = |words: &'static str| {
            move |answer: &Answer| String::from_utf8_lossy(&answer.bytes).contains(words)
        };
        servers.all("the page's name", at, &anybody, &page, says("Unmistakable again")).await;
        // The last places, sold by one.
        app.sold(&event, &event.ticket_types[0], 3).await;
        let at = Instant::now();
        servers.all("sold out", at, &anybody, &one, |answer| answer["ticket_types/0/available"] == 0).await;
        first.patch(&path, json!({ "visibility": "private" })).await.expect(200);
        let at = Instant::now();
        servers.all("private", at, &anybody, list, |answer| answer["count"] == 0).await;
        servers.all("a private page", at, &anybody, &page, |answer| answer.status == 404).await;
        second.patch(&path, json!({ "visibility": "public" })).await.expect(200);
        let at = Instant::now();
        servers.all("public again", at, &anybody, list, |answer| answer["count"] == 1).await;
        first.post(&format!("{path}/cancel"), json!({})).await.expect(200);
        let at = Instant::now();
        servers.all("cancelled", at, &anybody, list, |answer| answer["count"] == 0).await;
    });
}

#[test]
fn whoever_leaves_or_is_let_go_is_gone_everywhere() {
    run(async {
        let servers = Servers::start().await;
        let app = &servers.app;
        let owner = app.owner().await;
        let path = format!("/api/organizations/{}/members", owner.organization);
        let profile = "/api/auth/profile";
        // A session that its own server ends.
        let leaver = app.member(&owner, "viewer").await;
        servers.warm(&leaver.client, profile, 200).await;
        servers.each(&leaver.client)[0].post("/api/auth/logout", json!({})).await.expect(204);
        servers
            .all("a session", Instant::now(), &leaver.client, profile, |answer| answer.status == 401)
            .await;
        // Those that another session ends.
        let other = app.logged_in(&leaver.email).await;
        let stolen = app.logged_in(&leaver.email).await;
        servers.warm(&stolen.client, profile, 200).await;
        servers.each(&other.client)[1].post("/api/auth/sessions/end-others", json!({})).await.expect(204);
        servers
            .all("other sessions", Instant::now(), &stolen.client, profile, |answer| answer.status == 401)
            .await;
        // A member who is removed, and one who comes: at once, for a no is never remembered.
        let member = app.member(&owner, "admin").await;
        servers.warm(&member.client, &path, 200).await;
        let browser = app.browser_of(&owner.person.email).await;
        let page = browser.get("/manage/members").await.expect(200);
        browser.submit(&page, &format!("/manage/members/{}/remove", member.id), &[]).await.expect(303);
        servers.all("a member", Instant::now(), &member.client, &path, |answer| answer.status == 404).await;
        let stranger = app.person("newcomer").await;
        servers.warm(&stranger.client, &path, 404).await;
        let invitation = json!({ "email": stranger.email, "role": "viewer" });
        let invitations = format!("/api/organizations/{}/invitations", owner.organization);
        owner.client.post(&invitations, invitation).await.expect(201);
        let token = app.mailbox.wait(&stranger.email, 2).await.token();
        servers.each(&stranger.client)[2]
            .post("/api/invitations/accept", json!({ "token": token }))
            .await
            .expect(200);
        servers.warm(&stranger.client, &path, 200).await;
    });
}

#[test]
fn what_an_organization_decides_holds_everywhere() {
    run(async {
        let servers = Servers::start().await;
        let app = &servers.app;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 3).publish().await;
        let organization = format!("/api/organizations/{}", owner.organization);
        let member = app.member(&owner, "viewer").await;
        let events = format!("/api/events/{}", event.id);
        servers.warm(&member.client, &events, 200).await;
        servers.warm(&owner.client, &organization, 200).await;
        let page = format!("/events/{}", event.slug);
        servers.warm(&app.client(), &page, 200).await;
        let [first, second, third] = servers.each(&owner.client).try_into().unwrap();
        first.patch(&organization, json!({ "name": "The Unmistakables" })).await.expect(200);
        // Who reads the settings reads them as they are, so that the next change is not refused as stale.
        for server in [&second, &third] {
            let settings = server.get(&organization).await.expect(200);
            assert_eq!(settings["name"], "The Unmistakables");
            let tag = settings.header("etag").to_owned();
            let more = json!({ "contact_email": "contact@example.org" });
            server.header("if-match", &tag).patch(&organization, more).await.expect(200);
        }
        let at = Instant::now();
        let says = |answer: &Answer| String::from_utf8_lossy(&answer.bytes).contains("The Unmistakables");
        servers.all("the organizer's name", at, &app.client(), &page, says).await;
        factor(&servers, &owner, &member.client, &events).await;
    });
}

/// A second factor is demanded, and is no more.
async fn factor(servers: &Servers, owner: &Owner, member: &Client, events: &str) {
    let organization = format!("/api/organizations/{}", owner.organization);
    let [first, second, third] = servers.each(&owner.client).try_into().unwrap();
    // Whoever demands it has it.
    let guarded = guard(&servers.app, owner.person.clone()).await;
    let demand = |wanted: bool| -> Value { json!({ "require_second_factor": wanted }) };
    first.patch(&organization, demand(true)).await.expect(200);
    let at = Instant::now();
    let refused = |answer: &Answer| answer["code"] == "identity.second_factor_required";
    servers.all("a demand", at, member, events, refused).await;
    // Who turns it off is let into nothing, wherever they ask.
    servers.warm(&owner.client, events, 200).await;
    let off = json!({ "password": PASSWORD, "code": guarded.recovery[0] });
    third.post("/api/auth/second-factor/disable", off).await.expect(204);
    let at = Instant::now();
    servers.all("a factor that is off", at, &owner.client, events, refused).await;
    guard(&servers.app, owner.person.clone()).await;
    second.patch(&organization, demand(false)).await.expect(200);
    let at = Instant::now();
    servers.all("no demand", at, member, events, |answer| answer.status == 200).await;
}

#[test]
fn whoever_changes_something_sees_it_changed() {
    run(async {
        let servers = Servers::start().await;
        let app = &servers.app;
        let owner = app.owner().await;
        // Each request of this browser goes to another server.
        let browser = app.browser_of(&owner.person.email).await;
        for round in 0..6 {
            let page = browser.get("/manage/settings").await.expect(200);
            let name = format!("Round {round}");
            let fields = [("name", name.as_str())];
            browser.submit(&page, "/manage/settings", &fields).await.leads_to("/manage/settings");
            let after = browser.get("/manage/settings").await.expect(200);
            assert_eq!(after.form("/manage/settings").value("name"), name);
            let profile = browser.get("/profile").await.expect(200);
            let first_name = format!("Nadia {round}");
            browser.submit(&profile, "/profile", &[("first_name", &first_name)]).await.expect(303);
            browser.get("/profile").await.expect(200).says(&first_name);
        }
    });
}
