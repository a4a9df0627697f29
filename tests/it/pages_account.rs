//! The pages of accounts: sign-up to profile, and invitations.

use serde_json::json;

use crate::support::app::TestApp;
use crate::support::client::Method;
use crate::support::fixtures::PASSWORD;
use crate::support::pages::{Browser, Page};
use crate::support::{eventually, run};

const XSS: &str = "\"><script>alert(1)</script>";

fn unique() -> String {
    format!("{}@example.org", TestApp::unique("visitor"))
}

async fn sign_up(browser: &Browser, email: &str, next: &str) -> Page {
    let page = browser.get(&format!("/signup?next={next}")).await.expect(200);
    let fields = [("first_name", "Nadia"), ("last_name", "Benali"), ("email", email), ("password", PASSWORD)];
    browser.submit(&page, "/signup", &fields).await
}

#[test]
fn signing_up_and_confirming_logs_in_the_browser_that_made_the_account() {
    run(async {
        let app = TestApp::shared().await;
        let (browser, email) = (app.browser(), unique());
        sign_up(&browser, &email, "/manage").await.leads_to("/signup/sent");
        let sent = browser.get("/signup/sent").await.expect(200).says(&email);
        browser.submit(&sent, "/signup/sent", &[]).await.leads_to("/signup/sent");
        let token = app.mailbox.wait(&email, 2).await.token();
        // Programs that read mail open links: that alone confirms nothing.
        let elsewhere = app.browser();
        let page = elsewhere.get(&format!("/confirm?token={token}")).await.expect(200);
        assert_eq!(app.login(&email).await["user/email_confirmed"], false);
        let page_here = browser.get(&format!("/confirm?token={token}")).await.expect(200);
        browser.submit(&page_here, "/confirm", &[]).await.leads_to("/manage");
        browser.get("/profile").await.expect(200).says(&email);
        // In another browser the login comes first.
        elsewhere.submit(&page, "/confirm", &[]).await.leads_to("/login");
        // A link that was used says so at once, and a false one says the same.
        let stranger = app.browser();
        let over = stranger.get(&format!("/confirm?token={token}")).await.expect(200);
        let over = over.says("This link no longer works").says("your profile lets you ask for a new link");
        assert!(!over.has_form("/confirm"), "{}", over.html());
        let false_one = stranger.get("/confirm?token=x").await.expect(200);
        assert_eq!(over.words(), false_one.words());
        elsewhere.get("/profile").await.leads_to("/login?next=%2Fprofile");
    });
}

#[test]
fn an_address_that_has_an_account_is_not_given_away() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("known").await;
        let browser = app.browser();
        sign_up(&browser, &person.email, "").await.leads_to("/signup/sent");
        let mail = app.mailbox.wait(&person.email, 2).await;
        assert!(mail.text.contains("/reset?token="), "{}", mail.text);
        // And this browser gets in by no confirmation.
        assert!(!browser.has_cookie("parvis_session"));
    });
}

#[test]
fn what_is_wrong_with_a_sign_up_is_told_beside_its_fields_and_nothing_is_lost() {
    run(async {
        let app = TestApp::shared().await;
        let browser = app.browser();
        let page = browser.get("/signup").await.expect(200);
        let fields = [("first_name", XSS), ("last_name", ""), ("email", "nobody"), ("password", "short")];
        let page = browser.submit(&page, "/signup", &fields).await.expect(422);
        let form = page.form("/signup");
        assert_eq!(
            (form.value("first_name"), form.value("email"), form.value("password")),
            (XSS, "nobody", "")
        );
        for field in ["last_name", "email", "password"] {
            assert!(page.html().contains(&format!("id=\"e-{field}\"")), "{field}: {}", page.html());
        }
        assert!(!page.html().contains("<script>alert"), "{}", page.html());
    });
}

#[test]
fn unknown_address_and_wrong_password_look_the_same() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("login").await;
        let browser = app.browser();
        let page = browser.get("/login").await.expect(200);
        let mut told = Vec::new();
        for email in [person.email.as_str(), "nobody@example.org"] {
            let fields = [("email", email), ("password", "not the password")];
            let page = browser.submit(&page, "/login", &fields).await.expect(401);
            told.push(page.words().replace(email, ""));
        }
        assert_eq!(told[0], told[1]);
        let fields = [("email", person.email.as_str()), ("password", PASSWORD)];
        browser.submit(&page, "/login", &fields).await.leads_to("/my");
    });
}

#[test]
fn a_login_leads_on_within_the_site_alone() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("next").await;
        let far = ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"];
        for (next, to) in far.iter().map(|far| (*far, "/my")).chain([("/profile?x=1", "/profile?x=1")]) {
            let browser = app.browser();
            let page = browser.get(&format!("/login?next={}", next.replace('\\', "%5C"))).await.expect(200);
            let fields = [("email", person.email.as_str()), ("password", PASSWORD), ("next", next)];
            browser.submit(&page, "/login", &fields).await.leads_to(to);
        }
        let browser = app.browser_of(&person.email).await;
        browser.get("/login?next=//evil.example").await.leads_to("/my");
        let page = browser.get("/profile").await.expect(200);
        browser.submit(&page, "/logout", &[("next", "//evil.example")]).await.leads_to("/");
        browser.get("/profile").await.leads_to("/login?next=%2Fprofile");
    });
}

#[test]
fn forms_without_their_token_are_refused() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("csrf").await;
        let browser = app.browser_of(&person.email).await;
        for (path, action) in
            [("/profile", "/profile"), ("/account/security", "/profile/password"), ("/profile", "/logout")]
        {
            let page = browser.get(path).await.expect(200);
            let form = page.form(action);
            browser.send(form.clone().without("csrf")).await.expect(403);
            browser.send(form.filled(&[("csrf", "x")])).await.expect(403);
        }
        let stranger = app.browser();
        let page = stranger.get("/login").await.expect(200);
        for action in ["/login", "/signup", "/reset", "/confirm", "/invitation", "/signup/sent"] {
            let mut form = page.form("/login").without("csrf");
            form.action = action.to_owned();
            stranger.send(form).await.expect(403);
        }
    });
}

#[test]
fn a_forgotten_password_is_replaced_once() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("reset").await;
        let browser = app.browser();
        let page = browser.get("/reset").await.expect(200);
        browser.submit(&page, "/reset", &[("email", "nobody")]).await.expect(422);
        browser.submit(&page, "/reset", &[("email", "nobody@example.org")]).await.leads_to("/reset?sent");
        browser.submit(&page, "/reset", &[("email", &person.email)]).await.leads_to("/reset?sent");
        browser.get("/reset?sent").await.expect(200);
        let token = app.mailbox.wait(&person.email, 2).await.token();
        let page = browser.get(&format!("/reset?token={token}")).await.expect(200);
        let late = app.browser();
        let opened = late.get(&format!("/reset?token={token}")).await.expect(200);
        let short = browser.submit(&page, "/reset", &[("new_password", "short")]).await.expect(422);
        let new = [("new_password", "another long password")];
        browser.submit(&short, "/reset", &new).await.leads_to("/login");
        browser.get("/login").await.expect(200).says("Your password is saved");
        late.submit(&opened, "/reset", &new).await.expect(422).says("This link no longer works");
        // A link that is over says so at once, and a false one says the same.
        let over = browser.get(&format!("/reset?token={token}")).await.expect(200);
        assert!(!over.has_form("/reset") && over.html().contains("href=\"/reset\""), "{}", over.html());
        let false_one = browser.get("/reset?token=x").await.expect(200).says("This link no longer works");
        assert_eq!(over.words(), false_one.words());
        let page = browser.get("/login").await.expect(200);
        let fields = [("email", person.email.as_str()), ("password", "another long password")];
        browser.submit(&page, "/login", &fields).await.leads_to("/my");
    });
}

#[test]
fn a_profile_changes_with_its_language_and_password() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("profile").await;
        let browser = app.browser_of(&person.email).await;
        let page = browser.get("/profile").await.expect(200).says("MKPL-");
        let fields = [("first_name", XSS), ("last_name", "Müller"), ("phone", "+213 555"), ("locale", "fr")];
        browser.submit(&page, "/profile", &fields).await.leads_to("/profile?lang=fr");
        let page = browser.get("/profile?lang=fr").await.expect(200).says("Mon profil").says(XSS);
        assert!(!page.html().contains("<script>alert"));
        let page = browser.submit(&page, "/profile", &[("first_name", " "), ("phone", "")]).await.expect(422);
        browser.submit(&page, "/profile", &[("first_name", "Nadia"), ("locale", "en")]).await.expect(303);
        let page = browser.get("/profile?lang=en").await.expect(200);
        assert_eq!(page.form("/profile").value("phone"), "");
        let page = browser.get("/account/security").await.expect(200);
        let wrong = [("old_password", "wrong wrong"), ("new_password", "yet another password")];
        let page = browser.submit(&page, "/profile/password", &wrong).await.expect(422);
        assert!(page.html().contains("id=\"e-old_password\""), "{}", page.html());
        let right = [("old_password", PASSWORD), ("new_password", "yet another password")];
        browser.submit(&page, "/profile/password", &right).await.leads_to("/account/security");
        browser.get("/account/security").await.expect(200).says("Your password has changed");
    });
}

#[test]
fn an_invitation_waits_until_the_right_person_takes_it() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let boss = app.browser_of(&owner.person.email).await;
        let page = boss.get("/manage/members").await.expect(200);
        assert_eq!(page.form("/manage/members").value("role"), "viewer", "what may least");
        boss.submit(&page, "/manage/members", &[("email", "nobody")]).await.expect(422);
        let own = [("email", owner.person.email.as_str())];
        let known = boss.submit(&page, "/manage/members", &own).await.expect(422).says("already a member");
        assert!(known.html().contains("id=\"e-email\""), "{}", known.html());
        boss.submit(&page, "/manage/members", &[("email", "x@example.org"), ("role", "owner")])
            .await
            .expect(422);
        let email = unique();
        boss.submit(&page, "/manage/members", &[("email", &email), ("role", "viewer")]).await.expect(303);
        boss.get("/manage/members").await.expect(200).says(&email);
        let link = format!("/invitation?token={}", app.mailbox.wait(&email, 1).await.token());
        // A stranger learns who invites, and comes back after signing up.
        let invited = app.browser();
        let page = invited.get(&link).await.expect(200).says("Nadia Benali").says("Viewer");
        assert!(page.html().contains("/signup?next="), "{}", page.html());
        assert!(!page.has_form("/invitation"));
        // Somebody else cannot take it.
        let other = app.person("other").await;
        let other = app.browser_of(&other.email).await;
        let page = other.get(&link).await.expect(200).says("This invitation is for");
        let mut form = page.form("/logout");
        form.action = "/invitation".into();
        let token = link.split_once('=').unwrap().1.to_owned();
        other.send(form.filled(&[("token", &token)])).await.expect(303);
        other.get("/manage").await.leads_to("/manage/start");
        // The invited takes it, once signed up.
        sign_up(&invited, &email, &link.replace('=', "%3D").replace('?', "%3F")).await.expect(303);
        let confirm = app.mailbox.wait(&email, 2).await.token();
        let page = invited.get(&format!("/confirm?token={confirm}")).await.expect(200);
        invited.submit(&page, "/confirm", &[]).await.leads_to(&link);
        let page = invited.get(&link).await.expect(200);
        invited.submit(&page, "/invitation", &[]).await.leads_to("/manage");
        invited.get("/manage").await.expect(200);
        invited.get(&link).await.expect(200).says("Done already");
        // A viewer sees the settings and members, and changes neither.
        let settings = invited.get("/manage/settings").await.expect(200).says("Your role lets you read");
        let members = invited.get("/manage/members").await.expect(200);
        assert!(!members.has_form("/manage/members"));
        invited.submit(&settings, "/manage/settings", &[("name", "Mine")]).await.expect(403);
        // Removed, they are a stranger; the owner stays.
        let page = boss.get("/manage/members").await.expect(200);
        let me = format!("/manage/members/{}/remove", owner.person.id);
        // It is told above the list, with the way to go on.
        let list = boss.submit(&page, &me, &[]).await.expect(409).says("This is the last owner");
        assert!(list.has_form("/manage/members") && list.has_form(&me), "{}", list.html());
        let role = me.replace("/remove", "/role");
        let list = boss.submit(&list, &role, &[("role", "sales")]).await.expect(409);
        let list = list.says("This is the last owner").says(&email);
        boss.submit(&list, &role, &[("role", "king")]).await.expect(422).says("Team");
        let html = page.html();
        let mut actions = html.split("action=\"").map(|rest| rest.split('"').next().unwrap());
        let action = actions.find(|action| action.ends_with("/remove") && *action != me).unwrap().to_owned();
        let form = page.form(&action);
        boss.send(form.clone()).await.leads_to("/manage/members");
        let mut own = form;
        own.action = me;
        boss.send(own).await.expect(409);
        invited.get("/manage").await.leads_to("/manage/start");
    });
}

#[test]
fn an_invitation_can_be_taken_back() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let boss = app.browser_of(&owner.person.email).await;
        let email = unique();
        let page = boss.get("/manage/members").await.expect(200);
        boss.submit(&page, "/manage/members", &[("email", &email), ("role", "admin")]).await.expect(303);
        let token = app.mailbox.wait(&email, 1).await.token();
        let page = boss.get("/manage/members").await.expect(200);
        let html = page.html();
        let start = html.find("/manage/invitations/").unwrap();
        let action: String = html[start..].chars().take_while(|c| *c != '"').collect();
        boss.submit(&page, &action, &[]).await.expect(303);
        boss.get("/manage/members").await.expect(200).says_not(&email);
        app.browser().get(&format!("/invitation?token={token}")).await.expect(422).says("no longer works");
    });
}

#[test]
fn settings_change_unless_somebody_else_was_faster() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let boss = app.browser_of(&owner.person.email).await;
        let page = boss.get("/manage/settings").await.expect(200);
        boss.submit(&page, "/manage/settings", &[("name", XSS)]).await.expect(303);
        let fresh = boss.get("/manage/settings").await.expect(200);
        assert!(!fresh.html().contains("<script>alert"));
        assert_eq!(fresh.form("/manage/settings").value("name"), XSS);
        let stale = boss.submit(&page, "/manage/settings", &[("name", "Late")]).await.expect(412);
        assert_eq!(stale.form("/manage/settings").value("name"), "Late");
        let wrong = [("name", ""), ("contact_email", "nobody")];
        boss.submit(&fresh, "/manage/settings", &wrong).await.expect(422);
        let page = app.browser().get(&format!("/o/{}", owner.slug)).await.expect(200);
        assert!(!page.html().contains("<script>alert"));
    });
}

/// The pages' way of saying that nobody is logged in any more.
const ENDED: &str = "Your session has ended";

#[test]
fn a_form_of_a_session_that_has_ended_says_so_and_leads_back() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("ended").await;
        let (browser, other) = (app.browser_of(&person.email).await, app.browser_of(&person.email).await);
        let page = browser.get("/profile?lang=en").await.expect(200);
        let sessions = other.get("/account/sessions").await.expect(200);
        other.submit(&sessions, "/account/sessions/end-others", &[]).await.expect(303);
        let form = page.form("/profile").filled(&[("first_name", "Lost")]);
        let told = browser.send(form.clone()).await.expect(401).says(ENDED).says("back button");
        assert!(told.html().contains("href=\"/login?next=%2Fprofile%3Flang%3Den\""), "{}", told.html());
        let photo = browser.send_with_file(page.form("/profile/photo"), b"x").await.expect(401).says(ENDED);
        assert!(photo.html().contains("href=\"/login?next=%2Fprofile"), "{}", photo.html());
        // It leads to our own pages alone.
        for far in ["https://evil.example", "//evil.example", "/\\evil.example", ""] {
            let told = browser.send(form.clone().filled(&[("here", far)])).await.expect(401).says(ENDED);
            assert!(told.html().contains("href=\"/login\"") && !told.html().contains("evil"), "{far}");
        }
        // Neither when another site sends it, nor for somebody else's living session.
        browser.lured().send(form.clone()).await.expect(403).says_not(ENDED);
        other.send(form.filled(&[("csrf", "x")])).await.expect(403).says_not(ENDED);
        assert_eq!(app.login(&person.email).await["user/first_name"], "Nadia");
    });
}

#[test]
fn a_failure_shows_the_number_of_its_request() {
    run(async {
        let app = TestApp::shared().await;
        let page = app.browser().get("/nowhere").await.expect(404);
        let number = page.answer.header("x-request-id").to_owned();
        page.says(&number);
    });
}

#[test]
fn a_phone_is_a_phone() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("phone").await;
        let browser = app.browser_of(&person.email).await;
        let page = browser.get("/profile").await.expect(200);
        for wrong in ["abc", "☎️", "12345", "+33 <b>123456"] {
            let page = browser.submit(&page, "/profile", &[("phone", wrong)]).await.expect(422);
            assert!(page.html().contains("id=\"e-phone\""), "{}", page.html());
            assert_eq!(page.form("/profile").value("phone"), wrong);
            let wrong = json!({ "phone": wrong });
            person.client.patch("/api/auth/profile", wrong).await.invalid(&["phone phone"]);
        }
        browser.submit(&page, "/profile", &[("phone", "٠٦ ١٢ ٣٤ ٥٦ ٧٨")]).await.expect(303);
        assert_eq!(person.client.get("/api/auth/profile").await["phone"], "06 12 34 56 78");
        let body = json!({ "first_name": "N", "last_name": "B", "phone": "call me" });
        person.client.send(Method::PUT, "/api/auth/profile", Some(body)).await.invalid(&["phone phone"]);
        let body = json!({ "email": unique(), "password": PASSWORD, "first_name": "N", "last_name": "B", "phone": "x" });
        app.client().post("/api/auth/register", body).await.invalid(&["phone phone"]);
        person.client.patch("/api/auth/profile", json!({ "phone": "" })).await.expect(200);
    });
}

#[test]
fn a_founder_knows_which_address_visitors_see() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("founder").await;
        let browser = app.browser_of(&person.email).await;
        let page = browser.get("/manage/start").await.expect(200).says("Visitors see it");
        assert_eq!(page.form("/manage/start").value("contact_email"), person.email);
        let name = TestApp::unique("Club");
        for wrong in ["", "nobody"] {
            let fields = [("name", name.as_str()), ("contact_email", wrong)];
            let page = browser.submit(&page, "/manage/start", &fields).await.expect(422);
            assert!(page.html().contains("id=\"e-contact_email\""), "{}", page.html());
        }
        let fields = [("name", name.as_str()), ("contact_email", "hello@example.org")];
        browser.submit(&page, "/manage/start", &fields).await.leads_to("/manage");
        let page = browser.get("/manage/settings").await.expect(200).says("Visitors see it");
        assert_eq!(page.form("/manage/settings").value("contact_email"), "hello@example.org");
        // What is short is meant in full.
        let short = [("website", "example.org/club"), ("color", "7a1f5c")];
        browser.submit(&page, "/manage/settings", &short).await.leads_to("/manage/settings");
        let form = browser.get("/manage/settings").await.expect(200).form("/manage/settings");
        assert_eq!((form.value("website"), form.value("color")), ("https://example.org/club", "#7a1f5c"));
    });
}

#[test]
fn hours_are_those_of_ones_organization_or_say_that_they_are_not() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("zone").await;
        // This session began before there was an organization.
        let browser = app.browser_of(&person.email).await;
        browser.get("/account/sessions").await.expect(200).says("UTC");
        app.found(person).await;
        eventually("the organization to be known", || async {
            let page = browser.get("/account/sessions").await.expect(200);
            (!page.words().contains("UTC")).then_some(())
        })
        .await;
    });
}
