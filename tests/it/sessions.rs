//! Where somebody is logged in, the tokens of other clients' addresses, and the events to work in.

use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};
use crate::support::fixtures::{Event, PASSWORD};
use crate::support::run;

async fn log_in_with(app: &TestApp, email: &str, agent: &str) -> Answer {
    let body = json!({ "email": email, "password": PASSWORD });
    app.client().header("user-agent", agent).post("/api/auth/login", body).await.expect(200)
}

async fn me(client: &Client) -> u16 {
    client.get("/api/auth/me").await.status
}

#[test]
fn somebody_sees_where_they_are_logged_in_and_ends_it() {
    run(async {
        let app = TestApp::shared().await;
        let (person, other) = (app.person("sessions").await, app.person("other").await);
        let phone =
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36";
        let stolen = log_in_with(app, &person.email, phone).await;
        let stolen_client = app.client().token(&stolen.text("access"));
        let browser = app.browser_of(&person.email).await;
        let list = person.client.get("/api/auth/sessions").await.expect(200);
        assert_eq!(list["count"], 3, "{list}");
        let current: Vec<&Value> =
            list.results().iter().filter(|session| session["is_current"] == true).collect();
        assert_eq!(current.len(), 1, "{list}");
        let on_phone = list.results().iter().find(|session| session["device"] == "Chrome · Android").unwrap();
        assert_eq!(on_phone["kind"], "app");
        assert!(list.results().iter().any(|session| session["kind"] == "browser"), "{list}");
        // Neither the address nor what the client said word for word is told.
        assert!(!list.to_string().contains("AppleWebKit"), "{list}");
        let path = format!("/api/auth/sessions/{}", on_phone["id"].as_str().unwrap());
        // Another's session does not exist, and stays open.
        other.client.delete(&path).await.problem(404, "not_found");
        assert_eq!(me(&stolen_client).await, 200);
        person.client.delete(&path).await.expect(204);
        assert_eq!(me(&stolen_client).await, 401);
        let refresh = json!({ "refresh": stolen.text("refresh") });
        app.client().post("/api/auth/refresh", refresh).await.problem(401, "unauthenticated");
        // Once more changes nothing.
        person.client.delete(&path).await.expect(204);
        assert_eq!(person.client.get("/api/auth/sessions").await["count"], 2);
        person.client.post("/api/auth/sessions/end-others", json!({})).await.expect(204);
        assert_eq!(person.client.get("/api/auth/sessions").await["count"], 1);
        assert_eq!(me(&person.client).await, 200);
        browser.get("/profile").await.leads_to("/login?next=%2Fprofile");
    });
}

#[test]
fn a_page_shows_sessions_and_ends_them() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("sessions").await;
        let crafted = log_in_with(app, &person.email, "<b>Evil</b>/1 (\"><script>alert(1)</script>)").await;
        let browser = app.browser_of(&person.email).await;
        browser.get("/account").await.leads_to("/profile");
        let page = browser.get("/account/sessions").await.expect(200).says("Logged in on 3 devices");
        assert!(
            !page.html().contains("<script>alert") && !page.html().contains("<b>Evil"),
            "{}",
            page.html()
        );
        let session = app.open_sessions(&person.client).await;
        let crafted_client = app.client().token(&crafted.text("access"));
        let list = crafted_client.get("/api/auth/sessions").await.expect(200);
        let own = list.results().iter().find(|session| session["is_current"] == true).unwrap();
        let id = own["id"].as_str().unwrap();
        assert!(session.contains(&id.to_owned()));
        browser
            .submit(&page, &format!("/account/sessions/{id}/end"), &[])
            .await
            .leads_to("/account/sessions");
        let page = browser.get("/account/sessions").await.expect(200).says("That device is logged out");
        assert_eq!(me(&crafted_client).await, 401);
        browser.submit(&page, "/account/sessions/end-others", &[]).await.leads_to("/account/sessions");
        let page = browser.get("/account/sessions").await.expect(200).says("Logged in on one device");
        assert!(!page.has_form("/account/sessions/end-others"), "{}", page.html());
        assert_eq!(me(&person.client).await, 401);
        for (lang, words) in [("fr", "Connecté sur un appareil"), ("ar", "جهاز واحد متصل")] {
            browser.get(&format!("/account/sessions?lang={lang}")).await.expect(200).says(words);
        }
    });
}

#[test]
fn a_new_password_is_told_by_mail_and_keeps_the_session_that_chose_it() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("password").await;
        let other = app.logged_in(&person.email).await;
        let change = json!({ "old_password": PASSWORD, "new_password": "another long password" });
        person.client.send(reqwest::Method::PUT, "/api/auth/password/change", Some(change)).await.expect(204);
        assert_eq!((me(&person.client).await, me(&other.client).await), (200, 401));
        let mail = app.mailbox.wait(&person.email, 2).await;
        assert_eq!(mail.subject, "Your password has changed");
        assert!(mail.link("/reset").ends_with("/reset"), "{}", mail.text);
    });
}

#[test]
fn the_time_of_the_last_use_goes_on() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let person = app.person("use").await;
        let used = async || {
            let list = person.client.get("/api/auth/sessions").await.expect(200);
            chrono::DateTime::parse_from_rfc3339(list.results()[0]["last_used_at"].as_str().unwrap()).unwrap()
        };
        let first = used().await;
        app.clock.advance(chrono::Duration::minutes(10));
        // Until what is remembered of the session has to be read anew.
        tokio::time::sleep(std::time::Duration::from_millis(5100)).await;
        assert!(used().await - first >= chrono::Duration::seconds(599));
    });
}

#[test]
fn tokens_come_from_the_addresses_that_other_clients_know() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).draft().await;
        let asked = json!({ "username": owner.person.email, "password": PASSWORD });
        let pair = app.client().post("/api/token/", asked).await.expect(200);
        let client = app.client().token(&pair.text("access"));
        assert_eq!(client.get("/api/auth/user").await.expect(200)["email"], json!(owner.person.email));
        let named = json!({ "email": owner.person.email, "password": PASSWORD, "event_id": event.id });
        let named = app.client().post("/api/token", named).await.expect(200);
        let named = app.client().token(&named.text("access"));
        assert_eq!(named.get("/api/auth/my-events").await.expect(200)["current_event_id"], json!(event.id));
        let stranger = app.owner().await;
        let theirs = json!({ "email": stranger.person.email, "password": PASSWORD, "event_id": event.id });
        app.client().post("/api/token", theirs).await.problem(404, "not_found");
        let wrong = json!({ "email": owner.person.email, "password": "not the password" });
        app.client().post("/api/token", wrong).await.problem(401, "identity.wrong_credentials");
        app.client().post("/api/token", json!({ "password": "x" })).await.invalid(&["email required"]);
        // Both kinds of token are good, until they are spent.
        let verify =
            async |token: String| app.client().post("/api/token/verify/", json!({ "token": token })).await;
        for token in [pair.text("access"), pair.text("refresh")] {
            verify(token).await.expect(200);
        }
        let renew = json!({ "refresh": pair.text("refresh") });
        let next = app.client().post("/api/token/refresh/", renew).await.expect(200);
        verify(pair.text("refresh")).await.problem(401, "unauthenticated");
        verify(next.text("refresh")).await.expect(200);
        verify("x".into()).await.problem(401, "unauthenticated");
        client.post("/api/auth/logout", json!({})).await.expect(204);
        for token in [next.text("access"), next.text("refresh")] {
            verify(token).await.problem(401, "unauthenticated");
        }
    });
}

#[test]
fn a_ticket_makes_a_participant_for_as_long_as_it_is_good() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, other) = (app.owner().await, app.owner().await);
        let first = app.event(&owner).ticket_type("0", 9).publish().await;
        let second = app.event(&other).ticket_type("0", 9).publish().await;
        let person = app.person("visitor").await;
        assert_eq!(app.login(&person.email).await["current_event"], Value::Null);
        let get = async |event: &Event| {
            app.buy_as(&person.client, &person.email, event, &event.ticket_types[0], 1).await
        };
        let order = get(&first).await;
        // With one ticket ahead a login is about its event, and so are the tokens that follow.
        let login = app.login(&person.email).await;
        let (id, role) = (&login["current_event/id"], &login["current_event/role"]);
        assert_eq!((id, role), (&json!(first.id), &json!("participant")), "{login}");
        assert_eq!(login["current_event/badge/is_checked_in"], false, "{login}");
        assert_eq!(login["organization"], Value::Null);
        let renewed = async |refresh: &str| {
            let pair =
                app.client().post("/api/auth/refresh", json!({ "refresh": refresh })).await.expect(200);
            (app.client().token(&pair.text("access")), pair.text("refresh"))
        };
        let (client, refresh) = renewed(&login.text("refresh")).await;
        let list = client.get("/api/auth/my-events").await.expect(200);
        assert_eq!((&list["count"], &list["current_event_id"]), (&json!(1), &json!(first.id)), "{list}");
        // It opens nothing that organizers work with.
        client.get(&format!("/api/events/{}/orders", first.id)).await.problem(404, "not_found");
        client.get(&format!("/api/events/{}", first.id)).await.problem(404, "not_found");
        assert_eq!(client.get("/api/events").await.expect(200)["count"], 0);
        // Tickets to several events force nobody to choose; whoever wants to does.
        get(&second).await;
        let login = app.login(&person.email).await;
        let told = (&login["current_event"], &login["requires_event_selection"]);
        assert_eq!(told, (&Value::Null, &json!(false)), "{login}");
        let switch = |event: &Event| json!({ "event_id": event.id });
        let there = client.post("/api/auth/switch-event", switch(&second)).await.expect(200);
        assert_eq!(there["current_event/role"], "participant", "{there}");
        let named = json!({ "email": person.email, "password": PASSWORD, "event_id": first.id });
        let named = app.client().post("/api/auth/login", named).await.expect(200);
        assert_eq!(named["current_event/id"], json!(first.id), "{named}");
        // Who gave the ticket back is in the event no more.
        let path = format!("/api/orders/{}/cancel", order.id);
        client.post(&path, json!({})).await.expect(200);
        client.post("/api/auth/switch-event", switch(&first)).await.problem(404, "not_found");
        let (client, _) = renewed(&named.text("refresh")).await;
        let list = client.get("/api/auth/my-events").await.expect(200);
        assert_eq!((&list["count"], &list["current_event_id"]), (&json!(1), &Value::Null), "{list}");
        let (client, _) = renewed(&refresh).await;
        let list = client.get("/api/auth/my-events").await.expect(200);
        assert_eq!(list["current_event_id"], json!(second.id), "{list}");
        let stranger = app.person("stranger").await;
        stranger.client.post("/api/auth/switch-event", switch(&second)).await.problem(404, "not_found");
    });
}

#[test]
fn one_goes_from_event_to_event() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, elsewhere) = (app.owner().await, app.owner().await);
        let (first, second) = (app.event(&owner).draft().await, app.event(&owner).draft().await);
        let theirs = app.event(&elsewhere).draft().await;
        // An owner is in every event of the organization, and never has to choose.
        let login = app.login(&owner.person.email).await;
        assert_eq!(login["requires_event_selection"], false, "{login}");
        let list = owner.client.get("/api/auth/my-events").await.expect(200);
        assert_eq!((&list["count"], &list["current_event_id"]), (&json!(2), &Value::Null), "{list}");
        let switched = json!({ "event_id": first.id });
        let switched = owner.client.post("/api/auth/switch-event", switched).await.expect(200);
        assert_eq!(switched["current_event/role"], "organisateur", "{switched}");
        let client = app.client().token(&switched.text("access"));
        let list = client.get("/api/auth/my-events?page_size=1&page=2").await.expect(200);
        assert_eq!((list["count"].clone(), list.results().len()), (json!(2), 1), "{list}");
        let all = client.get("/api/auth/my-events").await.expect(200);
        let current: Vec<&Value> = all.results().iter().filter(|event| event["is_current"] == true).collect();
        assert_eq!(current.len(), 1, "{all}");
        assert_eq!(current[0]["id"], json!(first.id));
        let far = json!({ "event_id": theirs.id });
        client.post("/api/auth/switch-event", far).await.problem(404, "not_found");
        // A role that changes counts at once, in the list and in what follows.
        let person = app.assigned(&owner, &second.id, "controlleur_des_badges").await;
        let list = person.client.get("/api/auth/my-events").await.expect(200);
        assert_eq!(list["results/0/role"], "controlleur_des_badges", "{list}");
        assert_eq!(list["results/0/badge"], Value::Null);
        let path = format!("/api/organizations/{}/invitations", owner.organization);
        let invitation = json!({ "email": person.email, "role": "exposant", "event": second.id });
        owner.client.post(&path, invitation).await.expect(201);
        let token = app.mailbox.wait(&person.email, 3).await.token();
        person.client.post("/api/invitations/accept", json!({ "token": token })).await.expect(200);
        let again = person.client.get("/api/auth/my-events").await.expect(200);
        assert_eq!((&again["count"], &again["results/0/role"]), (&json!(1), &json!("exposant")), "{again}");
        let switched = json!({ "event_id": second.id });
        let switched = person.client.post("/api/auth/switch-event", switched).await.expect(200);
        assert_eq!(switched["current_event/role"], "exposant", "{switched}");
        person
            .client
            .post("/api/auth/switch-event", json!({ "event_id": first.id }))
            .await
            .problem(404, "not_found");
    });
}

#[test]
fn a_profile_is_replaced_whole() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("put").await;
        let put = async |body: Value| {
            person.client.send(reqwest::Method::PUT, "/api/auth/profile/", Some(body)).await
        };
        person
            .client
            .patch("/api/auth/profile", json!({ "phone": "+213 555", "locale": "ar" }))
            .await
            .expect(200);
        let replaced = put(json!({ "first_name": "Amel", "last_name": "Kaci" })).await.expect(200);
        let shown = ["first_name", "last_name", "phone", "locale"].map(|member| replaced.text(member));
        assert_eq!(shown, ["Amel", "Kaci", "", "ar"], "{replaced}");
        put(json!({ "first_name": " " })).await.invalid(&["first_name required", "last_name required"]);
        let stale = person.client.header("if-match", "\"1\"");
        let body = json!({ "first_name": "A", "last_name": "B" });
        stale.send(reqwest::Method::PUT, "/api/auth/profile", Some(body)).await.problem(412, "stale");
    });
}

#[test]
fn a_token_that_chooses_an_event_does_nothing_else_and_ends_with_its_session() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let (first, second) = (app.event(&owner).draft().await, app.event(&owner).draft().await);
        let person = app.controller(&owner, &first.id).await;
        let path = format!("/api/organizations/{}/invitations", owner.organization);
        let invitation = json!({ "email": person.email, "role": "exposant", "event": second.id });
        owner.client.post(&path, invitation).await.expect(201);
        let token = app.mailbox.wait(&person.email, 3).await.token();
        person.client.post("/api/invitations/accept", json!({ "token": token })).await.expect(200);
        let login = app.login(&person.email).await;
        let choosing = app.client().token(&login.text("temp_token"));
        let choice = json!({ "event_id": first.id });
        let organization = json!({ "organization": owner.organization });
        choosing.post("/api/auth/switch-event", choice.clone()).await.problem(401, "unauthenticated");
        choosing.post("/api/auth/select-organization", organization).await.problem(401, "unauthenticated");
        choosing
            .post("/api/auth/second-factor", json!({ "code": "1" }))
            .await
            .problem(401, "unauthenticated");
        for path in ["/api/auth/my-events", "/api/auth/sessions", "/api/events"] {
            choosing.get(path).await.problem(401, "unauthenticated");
        }
        let verify = json!({ "token": login.text("temp_token") });
        app.client().post("/api/token/verify", verify).await.problem(401, "unauthenticated");
        person.client.post("/api/auth/sessions/end-others", json!({})).await.expect(204);
        choosing.post("/api/auth/select-event", choice).await.problem(401, "unauthenticated");
    });
}
