//! Accounts and sessions: the ways in, the ways out, and who belongs to what.

use chrono::Duration;
use parvis::base::config::Switch;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::Answer;
use crate::support::fixtures::{PASSWORD, Person};
use crate::support::run;

const OTHER_PASSWORD: &str = "another password of enough length";

fn organization(slug: &str) -> Value {
    json!({ "name": "Les Amis", "slug": slug, "country": "DZ", "currency": "DZD", "locale": "fr",
        "timezone": "Africa/Algiers" })
}

async fn log_in(app: &TestApp, email: &str, password: &str) -> Answer {
    app.client().post("/api/auth/login", json!({ "email": email, "password": password })).await
}

async fn refresh(app: &TestApp, token: &str) -> Answer {
    app.client().post("/api/auth/refresh", json!({ "refresh": token })).await
}

/// The body without what differs between any two answers.
fn comparable(answer: &Answer) -> Value {
    let mut body = answer.body.clone();
    body.as_object_mut().unwrap().remove("request_id");
    body
}

#[test]
fn an_address_is_confirmed_before_an_organization_is_founded() {
    run(async {
        let app = TestApp::shared().await;
        let email = format!("{}@example.org", TestApp::unique("founder"));
        let registered = app.register(&email).await;
        assert_eq!(registered["username"], json!(email), "{registered}");
        let person = app.logged_in(&email).await;
        let profile = person.client.get("/api/auth/profile").await.expect(200);
        assert_eq!(profile["email_confirmed"], false);
        assert!(profile.text("badge_id").starts_with("MKPL-"), "{profile}");
        let founding = organization(&TestApp::unique("founded"));
        person.client.post("/api/organizations", founding.clone()).await.problem(403, "identity.unconfirmed");
        // The mail can be sent again; either link works.
        person.client.post("/api/auth/confirm/resend", json!({})).await.expect(204);
        let token = app.mailbox.wait(&email, 2).await.token();
        let changed = format!("{token}x");
        app.client()
            .post("/api/auth/confirm", json!({ "token": changed }))
            .await
            .invalid(&["token bad_link"]);
        let confirmed = app.client().post("/api/auth/confirm", json!({ "token": token })).await.expect(200);
        assert_eq!(confirmed["email_confirmed"], true);
        let founded = person.client.post("/api/organizations", founding).await.expect(201);
        assert_eq!((founded["role"].clone(), founded["currency"].clone()), (json!("owner"), json!("DZD")));
        let login = app.login(&email).await;
        assert_eq!(login["organization"], founded["id"], "the only organization is the token's: {login}");
    });
}

#[test]
fn a_link_of_a_mail_runs_out() {
    run(async {
        let app = TestApp::own(|_| {}).await;
        app.register("late@example.org").await;
        let token = app.mailbox.wait("late@example.org", 1).await.token();
        app.clock.advance(Duration::days(7));
        app.client().post("/api/auth/confirm", json!({ "token": token })).await.invalid(&["token bad_link"]);
        app.client()
            .post("/api/auth/password-reset/request", json!({ "email": "late@example.org" }))
            .await
            .expect(204);
        let token = app.mailbox.wait("late@example.org", 2).await.token();
        app.clock.advance(Duration::minutes(30));
        let reset = json!({ "token": token, "new_password": OTHER_PASSWORD });
        app.client().post("/api/auth/password-reset/confirm", reset).await.invalid(&["token bad_link"]);
    });
}

#[test]
fn signing_up_twice_tells_the_address_and_nobody_else() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("twice").await;
        let again = json!({ "email": person.email.to_uppercase(), "password": OTHER_PASSWORD,
            "first_name": "Mallory", "last_name": "M" });
        let answer = app.client().post("/api/auth/register", again).await.expect(201);
        let fresh = app.register(&format!("{}@example.org", TestApp::unique("fresh"))).await;
        let members = |answer: &Answer| answer.body.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(members(&answer), members(&fresh));
        assert_ne!(answer.text("id"), person.id);
        // The mail offers a new password; the account is what it was.
        let mail = app.mailbox.wait(&person.email, 2).await;
        mail.link("/reset?token=");
        assert_eq!(mail.subject, "You already have an account");
        log_in(app, &person.email, OTHER_PASSWORD).await.problem(401, "identity.wrong_credentials");
        assert_eq!(app.login(&person.email).await["user/first_name"], "Nadia");
    });
}

#[test]
fn a_sign_up_tells_all_that_is_wrong() {
    run(async {
        let client = TestApp::shared().await.client();
        let wrong = json!({ "email": "nobody", "password": "short", "first_name": 7 });
        let expected = ["email email", "password too_short", "first_name type", "last_name required"];
        client.post("/api/auth/register", wrong).await.invalid(&expected);
        let blank = json!({ "email": "a@example.org", "password": PASSWORD, "first_name": " ", "last_name": "B",
            "locale": "tlh" });
        let expected = ["first_name required", "locale unknown_choice"];
        client.post("/api/auth/register", blank).await.invalid(&expected);
    });
}

#[test]
fn an_unknown_address_and_a_wrong_password_look_the_same() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("known").await;
        let wrong =
            log_in(app, &person.email, "wrong password").await.problem(401, "identity.wrong_credentials");
        let unknown =
            log_in(app, "unknown@example.org", PASSWORD).await.problem(401, "identity.wrong_credentials");
        assert_eq!(comparable(&wrong), comparable(&unknown));
        let names = |answer: &Answer| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(&wrong), names(&unknown));
        // Capitals and blanks of an address make no difference.
        log_in(app, &format!(" {} ", person.email.to_uppercase()), PASSWORD).await.expect(200);
        // Nor does a reset tell.
        for email in [person.email.as_str(), "unknown@example.org"] {
            let reset =
                app.client().post("/api/auth/password-reset/request", json!({ "email": email })).await;
            assert!(reset.expect(204).bytes.is_empty());
        }
        app.mailbox.wait(&person.email, 2).await;
        assert!(app.mailbox.to("unknown@example.org").is_empty());
    });
}

#[test]
fn an_access_token_runs_out_and_is_renewed() {
    run(async {
        let app = TestApp::own(|_| {}).await;
        let person = app.person("renewing").await;
        person.client.get("/api/auth/me").await.expect(200);
        app.clock.advance(Duration::minutes(15));
        person.client.get("/api/auth/me").await.problem(401, "unauthenticated");
        let pair = refresh(&app, &person.refresh).await.expect(200);
        app.client().token(&pair.text("access")).get("/api/auth/me").await.expect(200);
        app.clock.advance(Duration::days(7));
        refresh(&app, &pair.text("refresh")).await.problem(401, "unauthenticated");
    });
}

#[test]
fn a_refresh_token_is_good_once() {
    run(async {
        let app = TestApp::own(|_| {}).await;
        let person = app.person("refreshing").await;
        let second = refresh(&app, &person.refresh).await.expect(200);
        // The answer may have been lost: within 30 seconds the same successor again.
        app.clock.advance(Duration::seconds(29));
        let again = refresh(&app, &person.refresh).await.expect(200);
        assert_eq!(again["refresh"], second["refresh"]);
        let third = refresh(&app, &second.text("refresh")).await.expect(200);
        assert_ne!(third["refresh"], second["refresh"]);
        let other = app.logged_in(&person.email).await;
        // Later somebody else has it: the family ends, whichever member is shown.
        app.clock.advance(Duration::seconds(31));
        refresh(&app, &second.text("refresh")).await.problem(401, "unauthenticated");
        refresh(&app, &third.text("refresh")).await.problem(401, "unauthenticated");
        app.client().token(&third.text("access")).get("/api/auth/me").await.problem(401, "unauthenticated");
        // Other logins of the account are families of their own.
        other.client.get("/api/auth/me").await.expect(200);
        for token in ["", "x", "a.b", &person.refresh[1..]] {
            refresh(&app, token).await.problem(401, "unauthenticated");
        }
    });
}

#[test]
fn refreshes_at_once_get_one_successor() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("hasty").await;
        let answers = futures_util::future::join_all((0..8).map(|_| refresh(app, &person.refresh))).await;
        let successors: Vec<String> =
            answers.into_iter().map(|answer| answer.expect(200).text("refresh")).collect();
        assert!(successors.iter().all(|successor| *successor == successors[0]), "{successors:?}");
        refresh(app, &successors[0]).await.expect(200);
    });
}

#[test]
fn a_logout_ends_the_session_at_once() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("leaving").await;
        let other = app.logged_in(&person.email).await;
        person.client.get("/api/auth/me").await.expect(200);
        person.client.post("/api/auth/logout", json!({})).await.expect(204);
        person.client.get("/api/auth/me").await.problem(401, "unauthenticated");
        refresh(app, &person.refresh).await.problem(401, "unauthenticated");
        other.client.get("/api/auth/me").await.expect(200);
    });
}

#[test]
fn a_reset_works_once_and_ends_every_session() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("forgetful").await;
        let ask = json!({ "email": person.email });
        app.client().post("/api/auth/password-reset/request", ask).await.expect(204);
        let token = app.mailbox.wait(&person.email, 2).await.token();
        // A link for one thing is none for another.
        app.client().post("/api/auth/confirm", json!({ "token": token })).await.invalid(&["token bad_link"]);
        let reset = |token: &str, password: &str| {
            let body = json!({ "token": token, "new_password": password });
            let client = app.client();
            async move { client.post("/api/auth/password-reset/confirm", body).await }
        };
        reset(&token, "short").await.invalid(&["new_password too_short"]);
        reset(&token, OTHER_PASSWORD).await.expect(204);
        reset(&token, "a third password").await.invalid(&["token bad_link"]);
        reset("", OTHER_PASSWORD).await.invalid(&["token bad_link"]);
        person.client.get("/api/auth/me").await.problem(401, "unauthenticated");
        refresh(app, &person.refresh).await.problem(401, "unauthenticated");
        log_in(app, &person.email, PASSWORD).await.problem(401, "identity.wrong_credentials");
        log_in(app, &person.email, OTHER_PASSWORD).await.expect(200);
    });
}

#[test]
fn changing_the_password_ends_the_other_sessions() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("careful").await;
        let other = app.logged_in(&person.email).await;
        let change = |old: &str| {
            let body = json!({ "old_password": old, "new_password": OTHER_PASSWORD });
            let client = person.client.clone();
            async move { client.post("/api/auth/change-password", body).await }
        };
        change("wrong password").await.invalid(&["old_password wrong_password"]);
        other.client.get("/api/auth/me").await.expect(200);
        change(PASSWORD).await.expect(204);
        person.client.get("/api/auth/me").await.expect(200);
        other.client.get("/api/auth/me").await.problem(401, "unauthenticated");
        refresh(app, &other.refresh).await.problem(401, "unauthenticated");
        refresh(app, &person.refresh).await.expect(200);
        log_in(app, &person.email, OTHER_PASSWORD).await.expect(200);
    });
}

#[test]
fn a_profile_changes_where_it_is_told_to() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("profile").await;
        let change = json!({ "first_name": " Naïma ", "phone": "+213 555 12 34 56", "locale": "ar-DZ" });
        let changed = person.client.patch("/api/auth/profile", change).await.expect(200);
        let expected = ("Naïma", "Benali", "+213 555 12 34 56", "ar");
        let found = ["first_name", "last_name", "phone", "locale"].map(|name| changed.text(name));
        assert_eq!(found, [expected.0, expected.1, expected.2, expected.3]);
        assert_eq!(person.client.get("/api/auth/me").await.expect(200).body, changed.body);
        let nothing = person.client.patch("/api/auth/profile", json!({})).await.expect(200);
        assert_eq!(nothing.body, changed.body, "what is left out stays");
        let wrong = json!({ "first_name": "", "locale": "tlh", "last_name": "x".repeat(101) });
        person.client.patch("/api/auth/profile", wrong).await.invalid(&[
            "first_name required",
            "last_name too_long",
            "locale unknown_choice",
        ]);
        let wrong = json!({ "last_name": "  ", "locale": "tlh" });
        let expected = ["last_name required", "locale unknown_choice"];
        person.client.patch("/api/auth/profile", wrong).await.invalid(&expected);
    });
}

#[test]
fn guessing_and_flooding_are_slowed_down() {
    run(async {
        let app = TestApp::own(|config| config.limits.rate = Switch::On).await;
        let mut refused = None;
        for _ in 0..40 {
            let answer = log_in(&app, "victim@example.org", "a guess of a password").await;
            if answer.status == 429 {
                refused = Some(answer);
                break;
            }
            answer.problem(401, "identity.wrong_credentials");
        }
        let refused = refused.expect("a limit").problem(429, "too_many_requests");
        let seconds: u64 = refused.header("retry-after").parse().unwrap();
        assert!((1..=60).contains(&seconds), "{seconds}");
        // Another account from the same address still may.
        log_in(&app, "somebody.else@example.org", "a password")
            .await
            .problem(401, "identity.wrong_credentials");
        let client = app.client();
        let ask = || client.post("/api/orders/find", json!({ "email": "a@example.org" }));
        let answers = futures_util::future::join_all((0..40).map(|_| ask())).await;
        let count = |status| answers.iter().filter(|answer| answer.status == status).count();
        assert!(count(429) >= 5 && count(204) >= 5, "{} slowed down of 40", count(429));
        // Nobody's mailbox is flooded with letters that they did not ask for.
        let victim = json!({ "email": "victim@example.org" });
        let resets = (0..8).map(|_| client.post("/api/auth/password-reset/request", victim.clone()));
        let resets = futures_util::future::join_all(resets).await;
        assert!(resets.iter().filter(|answer| answer.status == 204).count() <= 5);
        // What a proxy tells counts only if there is one: nobody gets out of the limit that way.
        let forged = app.client().header("x-forwarded-for", "203.0.113.9");
        forged
            .post("/api/orders/find", json!({ "email": "b@example.org" }))
            .await
            .problem(429, "too_many_requests");
    });
}

#[test]
fn a_token_names_the_organization_that_was_chosen() {
    run(async {
        let app = TestApp::shared().await;
        let (first, second) = (app.owner().await, app.owner().await);
        let event = app.event(&second).draft().await;
        // The owner of the first works for the second too.
        let invitation = json!({ "email": first.person.email, "role": "admin" });
        let path = format!("/api/organizations/{}/invitations", second.organization);
        second.client.post(&path, invitation).await.expect(201);
        let token = app.mailbox.wait(&first.person.email, 2).await.token();
        first.client.post("/api/invitations/accept", json!({ "token": token })).await.expect(200);
        let mine = first.client.get("/api/organizations").await.expect(200);
        assert_eq!(mine["count"], 2, "{mine}");
        assert_eq!(first.client.get("/api/events").await.expect(200)["count"], 0);
        // What is allowed is decided by what is addressed, whatever the token names.
        first.client.get(&format!("/api/events/{}", event.id)).await.expect(200);
        let choose = |organization: &str| {
            let (client, body) = (first.client.clone(), json!({ "organization": organization }));
            async move { client.post("/api/auth/select-organization", body).await }
        };
        let pair = choose(&second.organization).await.expect(200);
        let chosen = app.client().token(&pair.text("access"));
        assert_eq!(chosen.get("/api/events").await.expect(200)["count"], 1);
        // A refresh and the next login remember.
        let renewed = refresh(app, &pair.text("refresh")).await.expect(200);
        let renewed = app.client().token(&renewed.text("access"));
        assert_eq!(renewed.get("/api/events").await.expect(200)["count"], 1);
        assert_eq!(app.login(&first.person.email).await["organization"], json!(second.organization));
        let stranger = app.owner().await;
        choose(&stranger.organization).await.problem(404, "not_found");
    });
}

#[test]
fn somebody_with_roles_in_several_events_chooses_one() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, elsewhere) = (app.owner().await, app.owner().await);
        let here = app.event(&owner).ticket_type("0", 5).publish().await;
        let there = app.event(&elsewhere).ticket_type("0", 5).publish().await;
        let person = app.controller(&owner, &here.id).await;
        let login = app.login(&person.email).await;
        assert_eq!(
            (login["requires_event_selection"].clone(), login["current_event/id"].clone()),
            (json!(false), json!(here.id))
        );
        assert_eq!(login["current_event/role"], "controlleur_des_badges");
        // The token names the organization of the only event, and lists what is there.
        assert_eq!(login["organization"], json!(owner.organization));
        let client = app.client().token(&login.text("access"));
        assert_eq!(client.get("/api/events").await.expect(200)["count"], 1);
        let path = format!("/api/organizations/{}/invitations", elsewhere.organization);
        let invitation = json!({ "email": person.email, "role": "participant", "event": there.id });
        elsewhere.client.post(&path, invitation).await.expect(201);
        let token = app.mailbox.wait(&person.email, 3).await.token();
        person.client.post("/api/invitations/accept", json!({ "token": token })).await.expect(200);

        let login = app.login(&person.email).await;
        assert_eq!(login["requires_event_selection"], true, "{login}");
        assert!(login["access"].is_null() && login["refresh"].is_null(), "{login}");
        assert_eq!(login["available_events"].as_array().unwrap().len(), 2);
        let choosing = app.client().token(&login.text("temp_token"));
        choosing.get("/api/auth/me").await.problem(401, "unauthenticated");
        let draft = app.event(&owner).draft().await;
        choosing
            .post("/api/auth/select-event", json!({ "event_id": draft.id }))
            .await
            .problem(404, "not_found");
        let chosen =
            choosing.post("/api/auth/select-event", json!({ "event_id": there.id })).await.expect(200);
        assert_eq!(chosen["current_event/role"], "participant", "{chosen}");
        assert_eq!(chosen["organization"], json!(elsewhere.organization));
        app.client().token(&chosen.text("access")).get("/api/auth/me").await.expect(200);
        refresh(app, &chosen.text("refresh")).await.expect(200);
        // What chose once chooses nothing more, whatever it names.
        for event in [&there.id, &here.id, &draft.id] {
            let body = json!({ "event_id": event });
            choosing.post("/api/auth/select-event", body).await.problem(401, "unauthenticated");
        }
        // Of several at once one wins.
        let login = app.login(&person.email).await;
        let choosing = app.client().token(&login.text("temp_token"));
        let body = json!({ "event_id": here.id });
        let tries = (0..6).map(|_| choosing.post("/api/auth/select-event", body.clone()));
        let mut answers: Vec<u16> =
            futures_util::future::join_all(tries).await.iter().map(|answer| answer.status).collect();
        answers.sort_unstable();
        assert_eq!(answers, [200, 401, 401, 401, 401, 401]);
        // Who names the event in the login need not choose.
        let direct = json!({ "email": person.email, "password": PASSWORD, "event_id": here.id });
        let direct = app.client().post("/api/auth/login", direct).await.expect(200);
        assert_eq!(direct["current_event/id"], json!(here.id));
    });
}

#[test]
fn an_invitation_is_for_one_address() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let (invited, other): (Person, Person) = (app.person("invited").await, app.person("other").await);
        let path = format!("/api/organizations/{}/invitations", owner.organization);
        for role in ["owner", "participant", ""] {
            let wrong = json!({ "email": invited.email, "role": role });
            owner.client.post(&path, wrong).await.invalid(&["role unknown_choice"]);
        }
        owner.client.post(&path, json!({ "email": invited.email, "role": "sales" })).await.expect(201);
        let mail = app.mailbox.wait(&invited.email, 2).await;
        let accept = json!({ "token": mail.token() });
        other
            .client
            .post("/api/invitations/accept", accept.clone())
            .await
            .problem(403, "identity.not_invited");
        for _ in 0..2 {
            let accepted = invited.client.post("/api/invitations/accept", accept.clone()).await.expect(200);
            assert_eq!(accepted["role"], "sales");
        }
        let members =
            owner.client.get(&format!("/api/organizations/{}/members", owner.organization)).await.expect(200);
        let roles: Vec<&Value> = members.results().iter().map(|member| &member["role"]).collect();
        assert_eq!(roles, ["owner", "sales"]);
        invited.client.get(&format!("/api/organizations/{}", owner.organization)).await.expect(200);
        let nonsense = json!({ "token": "nonsense" });
        invited.client.post("/api/invitations/accept", nonsense).await.invalid(&["token bad_link"]);
    });
}

#[test]
fn an_organization_is_founded_once_and_changed_knowingly() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("founder").await;
        let slug = TestApp::unique("slug");
        let keyed = person.client.key("the-first-one");
        let founded = keyed.post("/api/organizations", organization(&slug)).await.expect(201);
        let again = keyed.post("/api/organizations", organization(&slug)).await.expect(201);
        assert_eq!(founded.body, again.body);
        let other = organization(&TestApp::unique("slug"));
        keyed.post("/api/organizations", other).await.invalid(&["Idempotency-Key key_reused"]);
        let taken = person.client.post("/api/organizations", organization(&slug)).await;
        taken.problem(409, "organizations.slug_taken");
        let mut wrong = organization("No Slug!");
        wrong["currency"] = json!("EURO");
        wrong["timezone"] = json!("Mars/Olympus");
        let expected = ["currency unknown_choice", "slug slug", "timezone unknown_choice"];
        person.client.post("/api/organizations", wrong).await.invalid(&expected);

        let path = format!("/api/organizations/{}", founded.text("id"));
        let tag = person.client.get(&path).await.expect(200).header("etag").to_owned();
        let with_tag = person.client.header("if-match", &tag);
        let changed = with_tag.patch(&path, json!({ "name": "Les Amis réunis" })).await.expect(200);
        assert_eq!(
            (changed["name"].clone(), changed["country"].clone()),
            (json!("Les Amis réunis"), json!("DZ"))
        );
        with_tag.patch(&path, json!({ "name": "Too late" })).await.problem(412, "stale");
        let wrong = json!({ "currency": "XXX", "contact_email": "nobody" });
        person.client.patch(&path, wrong).await.invalid(&["contact_email email", "currency unknown_choice"]);
    });
}

#[test]
fn two_people_who_want_one_address_do_not_share_it() {
    run(async {
        let app = TestApp::shared().await;
        let (one, two) = (app.person("rival").await, app.person("rival").await);
        let slug = TestApp::unique("wanted");
        let (first, second) = tokio::join!(
            one.client.post("/api/organizations", organization(&slug)),
            two.client.post("/api/organizations", organization(&slug))
        );
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "{first}\n{second}");
    });
}

#[test]
fn everything_that_is_wrong_with_an_organization_is_told_at_once() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("founder").await;
        let body = json!({ "name": " ", "slug": "A B", "country": "xx", "currency": "XXX", "locale": "zz",
            "timezone": "Mars/Base" });
        person.client.post("/api/organizations", body).await.invalid(&[
            "country unknown_choice",
            "currency unknown_choice",
            "locale unknown_choice",
            "name required",
            "slug slug",
            "timezone unknown_choice",
        ]);
        let body = json!({ "email": " spaced@example.org ", "password": "a long enough password",
            "first_name": "Bob\r\nBcc: victim@example.org", "last_name": "", "locale": "xx" });
        app.client().post("/api/auth/register", body).await.invalid(&[
            "first_name control_character",
            "last_name required",
            "locale unknown_choice",
        ]);
    });
}
