//! Another address: both mailboxes agree, or nothing changes.

use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::Answer;
use crate::support::fixtures::{PASSWORD, Person};
use crate::support::run;

fn address(name: &str) -> String {
    format!("{}@example.org", TestApp::unique(name))
}

async fn ask(person: &Person, new_email: &str, password: &str) -> Answer {
    person
        .client
        .post("/api/auth/email-change", json!({ "new_email": new_email, "password": password }))
        .await
}

async fn answer(app: &TestApp, token: &str, accept: bool) -> Answer {
    let body = json!({ "token": token, "accept": accept });
    app.client().post("/api/auth/email-change/answer", body).await
}

async fn email_of(person: &Person) -> Value {
    person.client.get("/api/auth/me").await.expect(200)["email"].clone()
}

#[test]
fn an_address_changes_when_both_sides_have_said_yes() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("moving").await;
        let new = address("moved");
        // Somebody has bought something as a guest of the new address.
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0", 5).publish().await;
        let order = app.buy_as(&app.client(), &new, &event, &event.ticket_types[0], 1).await;
        app.mailbox.wait(&new, 1).await;
        ask(&person, &new, PASSWORD).await.expect(202);
        let (to_new, to_old) = (app.mailbox.wait(&new, 2).await, app.mailbox.wait(&person.email, 2).await);
        assert_eq!(to_new.subject, "Confirm your new e\u{2011}mail address");
        assert!(to_old.says(&new), "{}", to_old.text);
        let waiting = person.client.get("/api/auth/email-change").await.expect(200);
        assert_eq!((&waiting["confirmed"], &waiting["agreed"]), (&json!(false), &json!(false)));
        assert_eq!(answer(app, &to_new.token(), true).await.expect(200)["outcome"], "waiting");
        assert_eq!(email_of(&person).await, json!(person.email));
        // A link works once, and neither stands for the other.
        answer(app, &to_new.token(), true).await.invalid(&["token bad_link"]);
        assert_eq!(answer(app, &to_old.token(), true).await.expect(200)["outcome"], "done");
        answer(app, &to_old.token(), false).await.invalid(&["token bad_link"]);
        assert_eq!(email_of(&person).await, json!(new));
        app.mailbox.wait(&new, 3).await;
        app.mailbox.wait(&person.email, 3).await;
        person.client.get("/api/auth/email-change").await.problem(404, "not_found");
        // The session goes on, the next login takes the new address, and the guest's order is found.
        let old = json!({ "email": person.email, "password": PASSWORD });
        app.client().post("/api/auth/login", old).await.problem(401, "identity.wrong_credentials");
        let login = app.login(&new).await;
        assert_eq!(login["user/email_confirmed"], true);
        let orders = app.client().token(&login.text("access")).get("/api/orders").await.expect(200);
        assert_eq!(orders["results/0/id"], json!(order.id), "{orders}");
    });
}

#[test]
fn nothing_changes_unless_both_agree_in_time() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let person = app.person("staying").await;
        ask(&person, &person.email, PASSWORD).await.invalid(&["new_email unchanged"]);
        ask(&person, "nobody", PASSWORD).await.invalid(&["new_email email"]);
        ask(&person, &address("new"), "not the password").await.invalid(&["password wrong_password"]);
        // The old side refuses: the new side's link is worth nothing.
        let new = address("refused");
        ask(&person, &new, PASSWORD).await.expect(202);
        let (to_new, to_old) = (app.mailbox.wait(&new, 1).await, app.mailbox.wait(&person.email, 2).await);
        assert_eq!(answer(&app, &to_old.token(), false).await.expect(200)["outcome"], "refused");
        answer(&app, &to_new.token(), true).await.invalid(&["token bad_link"]);
        // Another wish takes the place of the first, whose links open nothing.
        let (first, second) = (address("first"), address("second"));
        ask(&person, &first, PASSWORD).await.expect(202);
        let (first, agreed) = (app.mailbox.wait(&first, 1).await, app.mailbox.wait(&person.email, 3).await);
        ask(&person, &second, PASSWORD).await.expect(202);
        let second_mail = app.mailbox.wait(&second, 1).await;
        app.mailbox.wait(&person.email, 4).await;
        for token in [first.token(), agreed.token()] {
            answer(&app, &token, true).await.invalid(&["token bad_link"]);
        }
        // Taken back by whoever asked.
        person.client.delete("/api/auth/email-change").await.expect(204);
        answer(&app, &second_mail.token(), true).await.invalid(&["token bad_link"]);
        // After a day nobody can answer any more.
        let late = address("late");
        ask(&person, &late, PASSWORD).await.expect(202);
        let (to_new, to_old) = (app.mailbox.wait(&late, 1).await, app.mailbox.wait(&person.email, 5).await);
        answer(&app, &to_new.token(), true).await.expect(200);
        app.clock.advance(chrono::Duration::hours(24));
        answer(&app, &to_old.token(), true).await.invalid(&["token bad_link"]);
        let person = app.logged_in(&person.email).await;
        person.client.get("/api/auth/email-change").await.problem(404, "not_found");
        assert_eq!(email_of(&person).await, json!(person.email));
    });
}

#[test]
fn an_address_that_is_taken_is_not_given_away() {
    run(async {
        let app = TestApp::shared().await;
        let (person, other) = (app.person("asking").await, app.person("taken").await);
        let asked = ask(&person, &other.email, PASSWORD).await.expect(202);
        let free = ask(&app.person("asking").await, &address("free"), PASSWORD).await.expect(202);
        assert_eq!(asked.bytes, free.bytes);
        let told = app.mailbox.wait(&other.email, 2).await;
        assert_eq!(told.subject, "You already have an account");
        assert!(!told.text.contains("token="), "{}", told.text);
        // The old side's yes alone moves nothing.
        let to_old = app.mailbox.wait(&person.email, 2).await;
        assert_eq!(answer(app, &to_old.token(), true).await.expect(200)["outcome"], "waiting");
        assert_eq!(email_of(&person).await, json!(person.email));
        assert_eq!(email_of(&other).await, json!(other.email));
    });
}

#[test]
fn of_two_who_want_one_address_the_first_has_it() {
    run(async {
        let app = TestApp::shared().await;
        let (one, two) = (app.person("one").await, app.person("two").await);
        let wanted = address("wanted");
        let mut tokens = Vec::new();
        for (index, person) in [&one, &two].into_iter().enumerate() {
            ask(person, &wanted, PASSWORD).await.expect(202);
            let to_new = app.mailbox.wait(&wanted, index + 1).await.token();
            tokens.push((to_new, app.mailbox.wait(&person.email, 2).await.token()));
        }
        for (to_new, _) in &tokens {
            assert_eq!(answer(app, to_new, true).await.expect(200)["outcome"], "waiting");
        }
        let last =
            futures_util::future::join_all(tokens.iter().map(|(_, to_old)| answer(app, to_old, true))).await;
        let mut statuses: Vec<u16> = last.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 422], "{last:?}");
        let addresses = [email_of(&one).await, email_of(&two).await];
        assert_eq!(addresses.iter().filter(|email| **email == json!(wanted)).count(), 1, "{addresses:?}");
    });
}

#[test]
fn both_sides_may_answer_at_once() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("both").await;
        let new = address("both-new");
        ask(&person, &new, PASSWORD).await.expect(202);
        let tokens =
            [app.mailbox.wait(&new, 1).await.token(), app.mailbox.wait(&person.email, 2).await.token()];
        // Each side clicks twice.
        let all = tokens.iter().cycle().take(4).map(|token| answer(app, token, true));
        let answers = futures_util::future::join_all(all).await;
        let outcome = |wanted: &str| answers.iter().filter(|answer| answer["outcome"] == wanted).count();
        assert_eq!((outcome("waiting"), outcome("done")), (1, 1), "{answers:?}");
        assert_eq!(email_of(&person).await, json!(new));
    });
}

#[test]
fn an_address_that_was_never_confirmed_has_no_say() {
    run(async {
        let app = TestApp::shared().await;
        let mistyped = address("mistyped");
        app.register(&mistyped).await;
        app.mailbox.wait(&mistyped, 1).await;
        let person = app.logged_in(&mistyped).await;
        let right = address("right");
        ask(&person, &right, PASSWORD).await.expect(202);
        let token = app.mailbox.wait(&right, 1).await.token();
        assert_eq!(answer(app, &token, true).await.expect(200)["outcome"], "done");
        assert_eq!(email_of(&person).await, json!(right));
        // What was mailed to the wrong address before opens nothing.
        let confirm = json!({ "token": app.mailbox.to(&mistyped)[0].token() });
        app.client().post("/api/auth/confirm", confirm).await.invalid(&["token bad_link"]);
    });
}

#[test]
fn a_reset_that_waits_in_the_old_mailbox_opens_nothing() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("reset").await;
        let request = json!({ "email": person.email });
        app.client().post("/api/auth/password-reset/request", request).await.expect(204);
        let reset = app.mailbox.wait(&person.email, 2).await.token();
        let new = address("reset-new");
        ask(&person, &new, PASSWORD).await.expect(202);
        for token in
            [app.mailbox.wait(&new, 1).await.token(), app.mailbox.wait(&person.email, 3).await.token()]
        {
            answer(app, &token, true).await.expect(200);
        }
        let body = json!({ "token": reset, "new_password": "a password of a thief" });
        app.client().post("/api/auth/password-reset/confirm", body).await.invalid(&["token bad_link"]);
    });
}

#[test]
fn pages_ask_and_answer_in_three_languages() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("pages").await;
        let browser = app.browser_of(&person.email).await;
        let new = address("pages-new");
        let page = browser.get("/account/security").await.expect(200);
        let wrong = [("new_email", new.as_str()), ("password", "not the password")];
        let page = browser.submit(&page, "/account/email", &wrong).await.expect(422);
        assert!(page.html().contains("id=\"e-password\""), "{}", page.html());
        assert_eq!(page.form("/account/email").value("new_email"), new);
        let right = [("new_email", new.as_str()), ("password", PASSWORD)];
        browser.submit(&page, "/account/email", &right).await.leads_to("/account/security");
        let page =
            browser.get("/account/security").await.expect(200).says("We have written to both addresses");
        let page = page.says(&format!("The change to {new} waits"));
        assert!(page.has_form("/account/email/cancel"));
        // Whoever reads a mailbox needs no login; opening the link alone does nothing.
        let stranger = app.browser();
        let link = |token: String| format!("/account/email-change?token={token}");
        let to_new = link(app.mailbox.wait(&new, 1).await.token());
        for (lang, words) in [
            ("fr", "Cette adresse est-elle la vôtre"),
            ("ar", "هل هذا العنوان لك"),
            ("en", "Is this address yours"),
        ] {
            stranger.get(&format!("{to_new}&lang={lang}")).await.expect(200).says(words).says(&new);
        }
        let page = stranger.get(&to_new).await.expect(200);
        let yes = [("accept", "on")];
        stranger
            .submit(&page, "/account/email-change", &yes)
            .await
            .expect(200)
            .says("as soon as the other mailbox");
        stranger
            .submit(&page, "/account/email-change", &yes)
            .await
            .expect(422)
            .says("This link no longer works");
        browser.get("/account/security").await.expect(200).says("The new address has confirmed");
        let to_old = link(app.mailbox.wait(&person.email, 2).await.token());
        let page = stranger.get(&to_old).await.expect(200).says("Do you want another address");
        stranger
            .submit(&page, "/account/email-change", &yes)
            .await
            .expect(200)
            .says("The address has changed");
        browser.get("/account/security").await.expect(200).says(&new);
        stranger.get("/account/email-change?token=x").await.expect(200).says("This link no longer works");
        // And one that is refused.
        let page = browser.get("/account/security").await.expect(200);
        let back = [("new_email", person.email.as_str()), ("password", PASSWORD)];
        browser.submit(&page, "/account/email", &back).await.leads_to("/account/security");
        // A confirmed change, its news, and this one's question.
        let to_old = link(app.mailbox.wait(&new, 3).await.token());
        let page = stranger.get(&to_old).await.expect(200);
        stranger.submit(&page, "/account/email-change", &[]).await.expect(200).says("Nothing has changed");
        browser.get("/account/security").await.expect(200).says_not("waits for its answers");
    });
}

#[test]
fn whoever_claimed_an_address_first_has_arranged_nothing_for_its_owner() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let (email, theirs) = (address("claimed"), address("claimer"));
        app.register(&email).await;
        let claimer = app.logged_in(&email).await;
        ask(&claimer, &theirs, PASSWORD).await.expect(202);
        let to_theirs = app.mailbox.wait(&theirs, 1).await;
        claimer.client.post("/api/auth/erasure", json!({ "password": PASSWORD })).await.expect(202);
        // The owner of the mailbox sets a password of their own, and has the account alone.
        app.client().post("/api/auth/password-reset/request", json!({ "email": email })).await.expect(204);
        let mails = || app.mailbox.to(&email).into_iter().find(|mail| mail.text.contains("/reset?"));
        let reset = crate::support::eventually("the reset", || async { mails() }).await;
        let body = json!({ "token": reset.token(), "new_password": "the owner's own password" });
        app.client().post("/api/auth/password-reset/confirm", body).await.expect(204);
        answer(&app, &to_theirs.token(), true).await.invalid(&["token bad_link"]);
        let login = json!({ "email": email, "password": "the owner's own password" });
        let login = app.client().post("/api/auth/login", login).await.expect(200);
        let owner = app.client().token(&login.text("access"));
        assert_eq!(owner.get("/api/auth/me").await.expect(200)["email"], json!(email));
        owner.get("/api/auth/erasure").await.problem(404, "not_found");
        owner.get("/api/auth/email-change").await.problem(404, "not_found");
    });
}
