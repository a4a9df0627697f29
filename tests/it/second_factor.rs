//! The second factor: set up, asked for, guessed at, lost, demanded by an organization.

use chrono::Duration;
use data_encoding::BASE32_NOPAD;
use serde_json::{Value, json};
use totp_rs::Builder;

use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};
use crate::support::fixtures::{PASSWORD, Person};
use crate::support::pages::Browser;
use crate::support::run;

/// Somebody whose login asks for a code.
pub struct Guarded {
    person: Person,
    pub key: String,
    pub recovery: Vec<String>,
}

/// The code of a key, so many steps from now.
fn code(app: &TestApp, key: &str, steps: i64) -> String {
    let key: [u8; 20] = BASE32_NOPAD.decode(key.as_bytes()).unwrap().try_into().unwrap();
    let totp = Builder::new().with_secret(key).build_noncompliant();
    let at = (app.clock.now() + Duration::seconds(30 * steps)).timestamp();
    totp.generate(u64::try_from(at).unwrap()).to_string()
}

async fn set_up(client: &Client) -> Answer {
    client.post("/api/auth/second-factor/set-up", json!({ "password": PASSWORD })).await
}

async fn enable(client: &Client, code: &str) -> Answer {
    client.post("/api/auth/second-factor/enable", json!({ "code": code })).await
}

/// Sets the factor up with the code of the step before now: those of now and of the next one are still good.
pub async fn guard(app: &TestApp, person: Person) -> Guarded {
    let key = set_up(&person.client).await.expect(200).text("secret");
    let enabled = enable(&person.client, &code(app, &key, -1)).await.expect(200);
    let codes = enabled["recovery_codes"].as_array().unwrap();
    let recovery = codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect();
    Guarded { person, key, recovery }
}

async fn password(app: &TestApp, email: &str) -> Answer {
    app.client().post("/api/auth/login", json!({ "email": email, "password": PASSWORD })).await
}

async fn answer(app: &TestApp, token: &str, code: &str) -> Answer {
    app.client().token(token).post("/api/auth/second-factor", json!({ "code": code })).await
}

impl Guarded {
    /// The token of a new login.
    async fn token(&self, app: &TestApp) -> String {
        password(app, &self.person.email).await.expect(200).text("temp_token")
    }

    /// A login with this code.
    async fn log_in(&self, app: &TestApp, code: &str) -> Answer {
        answer(app, &self.token(app).await, code).await
    }
}

#[test]
fn a_login_asks_for_a_code_and_takes_it_once() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("factor").await;
        let elsewhere = app.logged_in(&person.email).await;
        let standing = person.client.get("/api/auth/second-factor").await.expect(200);
        assert_eq!((&standing["enabled"], &standing["recovery_codes_left"]), (&json!(false), &json!(0)));
        let wrong = json!({ "password": "not the password" });
        person
            .client
            .post("/api/auth/second-factor/set-up", wrong)
            .await
            .invalid(&["password wrong_password"]);
        enable(&person.client, "123456").await.problem(409, "identity.no_second_factor");
        let key = set_up(&person.client).await.expect(200);
        let address = key.text("otpauth_url");
        assert!(
            address.starts_with("otpauth://totp/Parvis:") && address.contains(&key.text("secret")),
            "{key}"
        );
        // Nothing is asked for before the first code.
        app.login(&person.email).await;
        enable(&person.client, "000000").await.invalid(&["code wrong_code"]);
        let key = key.text("secret");
        let first = code(app, &key, -1);
        let codes = enable(&person.client, &first).await.expect(200);
        assert_eq!(codes["recovery_codes"].as_array().unwrap().len(), 10);
        enable(&person.client, &code(app, &key, 0)).await.problem(409, "identity.second_factor_stands");
        set_up(&person.client).await.problem(409, "identity.second_factor_stands");
        // Sessions that the password alone has opened end; this one goes on.
        elsewhere.client.get("/api/auth/me").await.problem(401, "unauthenticated");
        person.client.get("/api/auth/me").await.expect(200);
        let mail = app.mailbox.wait(&person.email, 2).await;
        assert_eq!(mail.subject, "The second factor is on");

        let asked = password(app, &person.email).await.expect(200);
        assert_eq!(asked["requires_second_factor"], true, "{asked}");
        // The password alone learns nothing of the account.
        let told: Vec<&String> = asked.body.as_object().unwrap().keys().collect();
        assert!(["access", "refresh", "user"].iter().all(|member| asked[*member].is_null()), "{told:?}");
        let token = asked.text("temp_token");
        for path in ["/api/auth/me", "/api/auth/sessions", "/api/auth/second-factor"] {
            app.client().token(&token).get(path).await.problem(401, "unauthenticated");
        }
        let choice = json!({ "event_id": "01935a00-0000-7000-8000-000000000001" });
        app.client()
            .token(&token)
            .post("/api/auth/select-event", choice)
            .await
            .problem(401, "unauthenticated");
        // The code that enabled the factor was used.
        answer(app, &token, &first).await.invalid(&["code wrong_code"]);
        let now = code(app, &key, 0);
        let spaced = format!("{} {}", &now[..3], &now[3..]);
        let login = answer(app, &token, &spaced).await.expect(200);
        app.client().token(&login.text("access")).get("/api/auth/me").await.expect(200);
        assert_eq!(login["user/email"], json!(person.email));
        // So was this one, also with another token, and for taking the factor away.
        answer(app, &token, &now).await.invalid(&["code wrong_code"]);
        let body = json!({ "password": PASSWORD, "code": now });
        person.client.post("/api/auth/second-factor/disable", body).await.invalid(&["code wrong_code"]);
        // An access token is none for the code.
        let access = login.text("access");
        answer(app, &access, &code(app, &key, 1)).await.problem(401, "unauthenticated");
    });
}

#[test]
fn codes_and_tokens_of_others_open_nothing() {
    run(async {
        let app = TestApp::shared().await;
        let (one, two) =
            (guard(app, app.person("one").await).await, guard(app, app.person("two").await).await);
        let token = one.token(app).await;
        answer(app, &token, &code(app, &two.key, 0)).await.invalid(&["code wrong_code"]);
        answer(app, &token, &two.recovery[0]).await.invalid(&["code wrong_code"]);
        // Two requests with one code open one session.
        let now = code(app, &one.key, 0);
        let both = futures_util::future::join(answer(app, &token, &now), answer(app, &token, &now)).await;
        let mut statuses = [both.0.status, both.1.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 422]);
        // A token that was changed, or belongs to a password of before, is none.
        answer(app, &format!("{token}x"), &code(app, &one.key, 1)).await.problem(401, "unauthenticated");
        let token = one.token(app).await;
        let change = json!({ "old_password": PASSWORD, "new_password": "another long password" });
        one.person.client.post("/api/auth/change-password", change).await.expect(204);
        answer(app, &token, &code(app, &one.key, 1)).await.problem(401, "unauthenticated");
    });
}

#[test]
fn a_login_that_takes_too_long_starts_again() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let guarded = guard(&app, app.person("slow").await).await;
        let token = guarded.token(&app).await;
        app.clock.advance(Duration::minutes(10));
        answer(&app, &token, &code(&app, &guarded.key, 0)).await.problem(401, "unauthenticated");
        guarded.log_in(&app, &code(&app, &guarded.key, 0)).await.expect(200);
        // A key that nobody showed a code of is forgotten.
        let person = app.person("late").await;
        let key = set_up(&person.client).await.expect(200).text("secret");
        app.clock.advance(Duration::minutes(61));
        let person = app.logged_in(&person.email).await;
        enable(&person.client, &code(&app, &key, 0)).await.problem(409, "identity.no_second_factor");
    });
}

#[test]
fn guessing_is_slowed_down_and_told() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let guarded = guard(&app, app.person("guessed").await).await;
        let token = guarded.token(&app).await;
        for _ in 0..5 {
            answer(&app, &token, "000000").await.invalid(&["code wrong_code"]);
        }
        // Not even the right code is looked at now, nor a recovery code, nor by another way.
        let blocked =
            answer(&app, &token, &code(&app, &guarded.key, 0)).await.problem(429, "too_many_requests");
        let wait: i64 = blocked.header("retry-after").parse().unwrap();
        assert!((1..=61).contains(&wait), "{wait}");
        answer(&app, &token, &guarded.recovery[0]).await.problem(429, "too_many_requests");
        let pair = json!({ "email": guarded.person.email, "password": PASSWORD, "code": code(&app, &guarded.key, 0) });
        app.client().post("/api/token", pair).await.problem(429, "too_many_requests");
        let told = app.mailbox.wait(&guarded.person.email, 3).await;
        assert_eq!(told.subject, "Somebody tries to get into your account");
        app.clock.advance(Duration::seconds(61));
        answer(&app, &token, "000000").await.invalid(&["code wrong_code"]);
        app.clock.advance(Duration::seconds(61));
        answer(&app, &token, &code(&app, &guarded.key, 0)).await.problem(429, "too_many_requests");
        app.clock.advance(Duration::seconds(60));
        answer(&app, &token, &code(&app, &guarded.key, 0)).await.expect(200);
        // A right code ends the count.
        let token = guarded.token(&app).await;
        for _ in 0..4 {
            answer(&app, &token, "000000").await.invalid(&["code wrong_code"]);
        }
        answer(&app, &token, &code(&app, &guarded.key, 1)).await.expect(200);
    });
}

#[test]
fn a_recovery_code_stands_in_once() {
    run(async {
        let app = TestApp::shared().await;
        let guarded = guard(app, app.person("recovery").await).await;
        let [first, second] = [&guarded.recovery[0], &guarded.recovery[1]];
        guarded.log_in(app, &first.to_lowercase().replace('-', " ")).await.expect(200);
        let told = app.mailbox.wait(&guarded.person.email, 3).await;
        assert_eq!(told.subject, "A recovery code was used");
        guarded.log_in(app, first).await.invalid(&["code wrong_code"]);
        let client = &guarded.person.client;
        assert_eq!(client.get("/api/auth/second-factor").await["recovery_codes_left"], 9);
        let renew = |code: String| json!({ "password": PASSWORD, "code": code });
        let path = "/api/auth/second-factor/recovery-codes";
        client
            .post(path, json!({ "password": "wrong wrong", "code": "1" }))
            .await
            .invalid(&["password wrong_password"]);
        client.post(path, renew("000000".into())).await.invalid(&["code wrong_code"]);
        let renewed = client.post(path, renew(code(app, &guarded.key, 0))).await.expect(200);
        assert_eq!(renewed["recovery_codes"].as_array().unwrap().len(), 10);
        // Those from before are worth nothing.
        guarded.log_in(app, second).await.invalid(&["code wrong_code"]);
        let codes = renewed["recovery_codes"][0].as_str().unwrap().to_owned();
        client.post("/api/auth/second-factor/disable", renew(codes)).await.expect(204);
        app.login(&guarded.person.email).await;
        client
            .post("/api/auth/second-factor/disable", renew("1".into()))
            .await
            .problem(409, "identity.no_second_factor");
    });
}

#[test]
fn whoever_has_lost_everything_asks_those_who_run_the_site() {
    run(async {
        let app = TestApp::shared().await;
        let guarded = guard(app, app.person("lost").await).await;
        let identity = &app.app.entrance.identity;
        assert!(!identity.forget_second_factor("nobody@example.org").await.unwrap());
        assert!(identity.forget_second_factor(&guarded.person.email.to_uppercase()).await.unwrap());
        assert!(!identity.forget_second_factor(&guarded.person.email).await.unwrap());
        guarded.person.client.get("/api/auth/me").await.problem(401, "unauthenticated");
        let told = app.mailbox.wait(&guarded.person.email, 3).await;
        assert_eq!(told.subject, "The second factor is off");
        app.login(&guarded.person.email).await;
    });
}

#[test]
fn an_app_that_knows_one_step_sends_the_code_along() {
    run(async {
        let app = TestApp::shared().await;
        let guarded = guard(app, app.person("token").await).await;
        let ask = async |code: Value| {
            let body = json!({ "email": guarded.person.email, "password": PASSWORD, "code": code });
            app.client().post("/api/token", body).await
        };
        ask(Value::Null).await.problem(401, "identity.code_needed");
        ask(json!("000000")).await.invalid(&["code wrong_code"]);
        let pair = ask(json!(code(app, &guarded.key, 0))).await.expect(200);
        app.client().token(&pair.text("access")).get("/api/auth/me").await.expect(200);
    });
}

#[test]
fn confirming_an_address_does_not_go_around_the_code() {
    run(async {
        let app = TestApp::shared().await;
        let email = format!("{}@example.org", TestApp::unique("confirming"));
        let browser = app.browser();
        let page = browser.get("/signup").await.expect(200);
        let fields = [
            ("first_name", "Nadia"),
            ("last_name", "Benali"),
            ("email", email.as_str()),
            ("password", PASSWORD),
        ];
        browser.submit(&page, "/signup", &fields).await.expect(303);
        let link = format!("/confirm?token={}", app.mailbox.wait(&email, 1).await.token());
        guard(app, app.logged_in(&email).await).await;
        let page = browser.get(&link).await.expect(200);
        browser.submit(&page, "/confirm", &[]).await.leads_to("/login");
        browser.get("/profile").await.leads_to("/login?next=%2Fprofile");
    });
}

#[test]
fn an_organization_asks_its_members_for_it() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("5.00", 5).publish().await;
        let (admin, viewer) = (app.member(&owner, "admin").await, app.member(&owner, "viewer").await);
        let controller = app.controller(&owner, &event.id).await;
        let organization = format!("/api/organizations/{}", owner.organization);
        let demand = json!({ "require_second_factor": true });
        assert_eq!(owner.client.get(&organization).await["require_second_factor"], false);
        viewer.client.patch(&organization, demand.clone()).await.problem(403, "forbidden");
        // Nobody locks themselves out.
        let own_first = "organizations.own_second_factor_first";
        admin.client.patch(&organization, demand.clone()).await.problem(409, own_first);
        owner.client.patch(&organization, demand.clone()).await.problem(409, own_first);
        let owner_guarded = guard(app, owner.person.clone()).await;
        let login = owner_guarded.log_in(app, &code(app, &owner_guarded.key, 0)).await.expect(200);
        let boss = app.client().token(&login.text("access"));
        assert_eq!(boss.patch(&organization, demand).await.expect(200)["require_second_factor"], true);
        // What else changes leaves it.
        let renamed = boss.patch(&organization, json!({ "name": "Renamed" })).await.expect(200);
        assert_eq!(renamed["require_second_factor"], true);

        let path = format!("/api/events/{}", event.id);
        let refused = "identity.second_factor_required";
        for client in [&admin.client, &viewer.client] {
            client.get(&path).await.problem(403, refused);
            // Who asks for it they may know.
            client.get(&organization).await.expect(200);
            let standing = client.get("/api/auth/second-factor").await.expect(200);
            assert_eq!(standing["required_by"], json!(["Renamed"]));
        }
        let write = json!({ "city": "Oran" });
        admin.client.patch(&path, write.clone()).await.problem(403, refused);
        admin
            .client
            .patch(&organization, json!({ "require_second_factor": false }))
            .await
            .problem(403, refused);
        // Who has a role in an event alone is no member: the gate goes on.
        controller.client.get(&path).await.expect(200);
        // Another organization of theirs is its own business, and buying is anybody's.
        let own = app.found(admin.clone()).await;
        app.event(&own).draft().await;
        app.buy_as(&own.client, &admin.email, &event, &event.ticket_types[0], 1).await;
        // Once it is set up they go on, with this very session.
        guard(app, own.person.clone()).await;
        own.client.patch(&path, write).await.expect(200);
        boss.patch(&path, json!({ "city": "Alger" })).await.expect(200);
    });
}

const ARABIC: [char; 10] = ['٠', '١', '٢', '٣', '٤', '٥', '٦', '٧', '٨', '٩'];

/// Sets it up on the way to `next`, where it goes on if that is a page of ours.
async fn set_up_by_page(app: &TestApp, browser: &Browser, next: &str) -> String {
    let ours = next.starts_with("/manage");
    let page = browser.get(&format!("/account/second-factor?next={next}")).await.expect(200);
    let to =
        browser.submit(&page, "/account/second-factor", &[("password", PASSWORD)]).await.expect(303).to();
    assert_eq!(to.contains("next="), ours, "{to}");
    let page = browser.get(&to).await.expect(200);
    assert!(page.html().contains("<svg") && page.answer.header("cache-control") == "no-store");
    let words = page.words();
    let key = words.split("Type this key into the app: ").nth(1).unwrap();
    let key: String = key.split(" Open in").next().unwrap().split_whitespace().collect();
    let wrong =
        browser.submit(&page, "/account/second-factor/enable", &[("code", "000000")]).await.expect(422);
    assert!(wrong.html().contains("id=\"e-code\"") && wrong.html().contains("<svg"), "{}", wrong.html());
    // As a keyboard of the reader's own script types it.
    let first: String = code(app, &key, -1).bytes().map(|digit| ARABIC[usize::from(digit - b'0')]).collect();
    let done = browser.submit(&wrong, "/account/second-factor/enable", &[("code", &first)]).await.expect(200);
    assert_eq!(done.answer.header("cache-control"), "no-store");
    let onward = if ours { next } else { "/account/security" };
    assert!(done.html().contains(&format!("class=\"btn primary\" href=\"{onward}\"")), "{}", done.html());
    done.says("The second factor is on").says("Keep these codes");
    key
}

#[test]
fn pages_set_it_up_and_ask_for_it() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("pages").await;
        let browser = app.browser_of(&person.email).await;
        let page = browser.get("/account/second-factor").await.expect(200);
        let wrong = [("password", "not the password")];
        let page = browser.submit(&page, "/account/second-factor", &wrong).await.expect(422);
        assert!(page.html().contains("id=\"e-password\""), "{}", page.html());
        let key = set_up_by_page(app, &browser, "").await;
        browser.get("/account/security").await.expect(200).says("10 recovery codes are left");

        let second = app.browser();
        let page = second.get("/login?next=%2Faccount%2Fsessions").await.expect(200);
        let fields = [("email", person.email.as_str()), ("password", PASSWORD)];
        let to = "/login/code?next=%2Faccount%2Fsessions";
        second.submit(&page, "/login", &fields).await.leads_to(to);
        // The password alone opens no page.
        second.get("/profile").await.leads_to("/login?next=%2Fprofile");
        let page = second.get(to).await.expect(200).says("The six digits");
        let page = second.submit(&page, "/login/code", &[("code", "000000")]).await.expect(422);
        assert!(page.html().contains("id=\"e-code\""), "{}", page.html());
        let now = code(app, &key, 0);
        second.submit(&page, "/login/code", &[("code", &now)]).await.leads_to("/account/sessions");
        second.get("/account/sessions").await.expect(200);
        // With a recovery code, in each language.
        for (lang, words) in [("fr", "Un code de secours"), ("ar", "رمز استرجاع"), ("en", "A recovery code")]
        {
            let third = app.browser();
            let page = third.get("/login").await.expect(200);
            third.submit(&page, "/login", &fields).await.leads_to("/login/code");
            third.get(&format!("/login/code?recovery=1&lang={lang}")).await.expect(200).says(words);
        }
        // Nobody comes to this page but from the login.
        app.browser().get("/login/code").await.leads_to("/login");
        // New codes, and none at all.
        let page = second.get("/account/second-factor").await.expect(200);
        let wrong = [("renew/password", PASSWORD), ("renew/code", "000000")];
        let page = second.submit(&page, "/account/second-factor/codes", &wrong).await.expect(422);
        assert!(page.html().contains("id=\"e-renew-code\""), "{}", page.html());
        let next = code(app, &key, 1);
        let right = [("renew/password", PASSWORD), ("renew/code", next.as_str())];
        let made = second.submit(&page, "/account/second-factor/codes", &right).await.expect(200);
        let words = made.words();
        let recovery =
            words.split_whitespace().find(|word| word.len() == 11 && word.as_bytes()[5] == b'-').unwrap();
        let page = second.get("/account/second-factor").await.expect(200);
        let off = [("disable/password", PASSWORD), ("disable/code", recovery)];
        second.submit(&page, "/account/second-factor/disable", &off).await.leads_to("/account/second-factor");
        second.get("/account/second-factor").await.expect(200).says("The second factor is off");
        app.browser_of(&person.email).await.get("/profile").await.expect(200);
    });
}

#[test]
fn pages_lead_members_to_set_it_up() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let admin = app.member(&owner, "admin").await;
        let boss = app.browser_of(&owner.person.email).await;
        let page = boss.get("/manage/settings").await.expect(200);
        let demand = [("require_second_factor", "on")];
        let page = boss.submit(&page, "/manage/settings", &demand).await.expect(409);
        let page = page.says("Set up your own second factor first");
        assert_eq!(page.form("/manage/settings").value("require_second_factor"), "on");
        set_up_by_page(app, &boss, "//evil.example").await;
        boss.submit(&page, "/manage/settings", &demand).await.leads_to("/manage/settings");
        let page = boss.get("/manage/settings").await.expect(200);
        assert_eq!(page.form("/manage/settings").value("require_second_factor"), "on");

        let member = app.browser_of(&admin.email).await;
        for path in ["/manage", "/manage/settings", "/manage/members", "/manage/events/new"] {
            let next = path.replace('/', "%2F");
            member.get(path).await.leads_to(&format!("/account/second-factor?next={next}"));
        }
        let explained = "asks its members for a second factor";
        member.get("/account/second-factor").await.expect(200).says(explained);
        for (lang, words) in [("fr", "demande à ses membres"), ("ar", "من أعضائها")] {
            member.get(&format!("/account/second-factor?lang={lang}")).await.expect(200).says(words);
        }
        member.get("/account/second-factor?lang=en").await.expect(200);
        member.get("/my").await.expect(200);
        set_up_by_page(app, &member, "/manage/members").await;
        member.get("/manage").await.expect(200);
        // The box that is not ticked takes it back.
        let form = page.form("/manage/settings").without("require_second_factor");
        boss.send(form).await.leads_to("/manage/settings");
        let page = boss.get("/manage/settings").await.expect(200);
        assert_eq!(page.form("/manage/settings").value("require_second_factor"), "");
    });
}
