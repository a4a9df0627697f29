//! The pages of accounts: sign-up to profile, and invitations.

use crate::support::app::TestApp;
use crate::support::fixtures::PASSWORD;
use crate::support::pages::{Browser, Page};
use crate::support::run;

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
        let short = browser.submit(&page, "/reset", &[("new_password", "short")]).await.expect(422);
        let new = [("new_password", "another long password")];
        browser.submit(&short, "/reset", &new).await.leads_to("/login");
        browser.get("/login").await.expect(200).says("Your password is saved");
        let page = browser.get(&format!("/reset?token={token}")).await.expect(200);
        browser.submit(&page, "/reset", &new).await.expect(422).says("This link no longer works");
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
        boss.submit(&page, "/manage/members", &[("email", "nobody")]).await.expect(422);
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
        boss.submit(&page, &me, &[]).await.expect(409).says("This is the last owner");
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
