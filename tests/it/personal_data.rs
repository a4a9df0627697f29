//! One's own data: a copy of all of it, and its end while the money stays.

use std::io::Read;

use chrono::Duration;
use serde_json::{Value, json};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection};

use crate::support::app::TestApp;
use crate::support::client::{Answer, Method, Part};
use crate::support::fixtures::{Event, Order, Owner, PASSWORD, Person, order_body, png};
use crate::support::{eventually, run};

async fn ask(person: &Person, what: &str, password: &str) -> Answer {
    person.client.post(&format!("/api/auth/{what}"), json!({ "password": password })).await
}

async fn connection(app: &TestApp) -> PgConnection {
    let options: PgConnectOptions = app.app.config.database.url.expose().parse().unwrap();
    options.connect().await.unwrap()
}

/// The files of a zip by name.
pub fn unzipped(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let mut files = Vec::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        let text = String::from_utf8_lossy(&content).into_owned();
        files.push((file.name().unwrap().into_owned(), text));
    }
    files
}

/// Every table that has these words anywhere, over all organizations, with how many rows.
async fn holding(app: &TestApp, words: &str) -> Vec<String> {
    let mut connection = connection(app).await;
    let list = "SELECT schemaname || '.' || tablename FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> 'job' ORDER BY 1";
    let tables: Vec<String> = sqlx::query_scalar(list).fetch_all(&mut connection).await.unwrap();
    let mut found = Vec::new();
    for table in tables {
        let count = format!("SELECT count(*) FROM {table} t WHERE to_jsonb(t)::text ILIKE '%' || $1 || '%'");
        let count: i64 =
            sqlx::query_scalar(AssertSqlSafe(count)).bind(words).fetch_one(&mut connection).await.unwrap();
        if count > 0 {
            found.push(format!("{table}: {count}"));
        }
    }
    found
}

#[test]
fn a_copy_has_everything_of_all_organizations_and_nothing_of_others() {
    run(async {
        let app = TestApp::shared().await;
        let (here, there) = (app.owner().await, app.owner().await);
        let person = app.person("copy").await;
        let stranger = app.person("stranger").await;
        let first = app.event(&here).ticket_type("12.00", 5).publish().await;
        let second = app.event(&there).ticket_type("0", 5).publish().await;
        // Bought with the account, as a guest of its address, not paid, and by somebody else.
        let own = app.buy_as(&person.client, &person.email, &second, &second.ticket_types[0], 1).await;
        let guest = app.buy_as(&app.client(), &person.email, &first, &first.ticket_types[0], 1).await;
        app.pay(&guest).await;
        let unpaid = app.buy_as(&person.client, &person.email, &first, &first.ticket_types[0], 1).await;
        let mut body = order_body(&second.id, &second.ticket_types[0], 2, &stranger.email);
        body["lines"][0]["attendees"] = json!([
            { "first_name": "Nadia", "last_name": "Benali", "email": person.email },
            { "first_name": "Someone", "last_name": "Else", "email": stranger.email } ]);
        let theirs = app.order(&stranger.client.post("/api/orders", body).await.expect(201));
        let path = format!("/api/organizations/{}/invitations", here.organization);
        let invitation = json!({ "email": person.email, "role": "viewer" });
        here.client.post(&path, invitation).await.expect(201);

        person.client.get("/api/auth/data-export").await.problem(404, "not_found");
        ask(&person, "data-export", "not the password").await.invalid(&["password wrong_password"]);
        let asked = ask(&person, "data-export", PASSWORD).await.expect(202);
        assert_eq!(asked["size"], Value::Null, "{asked}");
        let ready = eventually("a copy", || async {
            let answer = person.client.get("/api/auth/data-export").await.expect(200);
            (answer["status"] == "ready").then_some(answer)
        })
        .await;
        let file = person.client.get("/api/auth/data-export/file").await.expect(200);
        assert_eq!(file.header("content-type"), "application/zip");
        assert_eq!(ready["size"], json!(file.bytes.len()));
        let files = unzipped(&file.bytes);
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names[..4], ["README.txt", "account.json", "roles.json", "sessions.json"]);
        assert_eq!(names.len(), 6, "{names:?}");
        let all: String = files.iter().map(|(_, text)| text.as_str()).collect();
        for code in [&own.code, &guest.code, &unpaid.code] {
            assert!(all.contains(code.as_str()), "{code} is missing in {all}");
        }
        assert!(files[0].1.starts_with("The data of Nadia Benali"), "{}", files[0].1);
        let account: Value = serde_json::from_str(&files[1].1).unwrap();
        assert_eq!(account["email"], json!(person.email));
        // The ticket that somebody bought for them is there; the buyer, and whom else they bought for, is not.
        let there: Value = files
            .iter()
            .find(|(name, _)| *name == format!("orders/{}.json", there.slug))
            .map(|(_, text)| serde_json::from_str(text).unwrap())
            .unwrap();
        assert_eq!(there["records"]["tickets_bought_by_others"].as_array().unwrap().len(), 1, "{there}");
        for other in [&stranger.email, &theirs.code, "Someone", "password_hash", "argon2"] {
            assert!(!all.contains(other), "{other} is in {all}");
        }
        let mail = eventually("the mail", || async {
            let mut mails = app.mailbox.to(&person.email).into_iter();
            mails.find(|mail| mail.subject == "The copy of your data is ready")
        })
        .await;
        // The link leads to the account, not to the data.
        assert!(mail.link("/account/data").ends_with("/account/data"), "{}", mail.text);
        stranger.client.get("/api/auth/data-export/file").await.problem(404, "not_found");
    });
}

#[test]
fn an_address_that_is_not_confirmed_tells_nothing_of_its_orders() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0", 5).publish().await;
        let email = format!("{}@example.org", TestApp::unique("victim"));
        let order = app.buy_as(&app.client(), &email, &event, &event.ticket_types[0], 1).await;
        app.register(&email).await;
        let thief = app.logged_in(&email).await;
        ask(&thief, "data-export", PASSWORD).await.expect(202);
        eventually("a copy", || async {
            (thief.client.get("/api/auth/data-export").await["status"] == "ready").then_some(())
        })
        .await;
        let file = thief.client.get("/api/auth/data-export/file").await.expect(200);
        assert!(unzipped(&file.bytes).iter().all(|(_, text)| !text.contains(&order.code)));
    });
}

#[test]
fn a_copy_is_kept_for_a_week() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let person = app.person("week").await;
        let browser = app.browser_of(&person.email).await;
        let page = browser.get("/account/data").await.expect(200);
        let wrong = [("copy/password", "not the password")];
        let page = browser.submit(&page, "/account/data/copy", &wrong).await.expect(422);
        assert!(page.html().contains("id=\"e-copy-password\""), "{}", page.html());
        let right = [("copy/password", PASSWORD)];
        browser.submit(&page, "/account/data/copy", &right).await.leads_to("/account/data");
        let page = eventually("the copy on the page", || async {
            let page = browser.get("/account/data").await.expect(200);
            page.has_form("/account/data/download").then_some(page)
        })
        .await;
        let file = browser.submit(&page, "/account/data/download", &[]).await.expect(200);
        assert_eq!(file.answer.header("cache-control"), "private, no-store");
        assert_eq!(unzipped(&file.answer.bytes).len(), 4);
        for (lang, words) in
            [("fr", "Une copie de mes données"), ("ar", "نسخة من بياناتي"), ("en", "A copy of my data")]
        {
            browser.get(&format!("/account/data?lang={lang}")).await.expect(200).says(words);
        }
        app.clock.advance(Duration::days(6) + Duration::hours(23));
        let person = app.logged_in(&person.email).await;
        person.client.get("/api/auth/data-export/file").await.expect(200);
        app.clock.advance(Duration::hours(2));
        let person = app.logged_in(&person.email).await;
        person.client.get("/api/auth/data-export/file").await.problem(404, "not_found");
        person.client.get("/api/auth/data-export").await.problem(404, "not_found");
    });
}

/// Gives somebody a photo, whose address is told, and invites them to a private event.
async fn shown_and_invited(app: &TestApp, owner: &Owner, person: &Person) -> String {
    let picture = png(60, 60);
    let parts = [Part::file("photo", &picture)];
    let shown = person.client.multipart(Method::PATCH, "/api/auth/profile", &parts).await.expect(200);
    let photo = url::Url::parse(&shown.text("photo")).unwrap().path().to_owned();
    app.client().raw(Method::GET, &photo, None).await.expect(200);
    let party = app.event(owner).with("visibility", "private").ticket_type("0", 9).publish().await;
    let guests = format!("/api/events/{}/invitations", party.id);
    owner.client.post(&guests, json!({ "emails": [person.email] })).await.expect(201);
    photo
}

/// Accepts one invitation, while another organization takes its own back.
async fn becomes_a_member_here_and_not_there(app: &TestApp, here: &Owner, there: &Owner, person: &Person) {
    let path = |owner: &Owner| format!("/api/organizations/{}/invitations", owner.organization);
    let as_a = |role: &str| json!({ "email": person.email, "role": role });
    here.client.post(&path(here), as_a("viewer")).await.expect(201);
    let invited = eventually("the invitation", || async {
        app.mailbox.to(&person.email).into_iter().find(|mail| mail.text.contains("/invitation?"))
    })
    .await;
    let body = json!({ "token": invited.token() });
    person.client.post("/api/invitations/accept", body).await.expect(200);
    let open = there.client.post(&path(there), as_a("sales")).await.expect(201).text("id");
    there.client.delete(&format!("{}/{open}", path(there))).await.expect(204);
}

/// Whom the logs tell that the two invitations were for.
async fn logs_tell(app: &TestApp, owners: [&Owner; 2], email: Option<&str>) {
    for owner in owners {
        let client = app.logged_in(&owner.person.email).await.client;
        let path = format!("/api/organizations/{}/audit?area=invitation", owner.organization);
        let log = client.get(&path).await.expect(200);
        assert_eq!(log.results().len(), 2);
        let told = log.results().iter().map(|row| row["detail"].get("email").and_then(Value::as_str));
        assert!(told.clone().all(|told| told == email), "{log}");
    }
}

/// An organizer mistypes an order's address and corrects it, and gives the first ticket to somebody else; the page that
/// tells so.
async fn corrected(app: &TestApp, owner: &Owner, event: &Event, order: &Order, email: &str) -> String {
    let desk = app.browser_of(&owner.person.email).await;
    let path = format!("/manage/events/{}/orders/{}", event.id, order.id);
    let mail = format!("{path}/email");
    for address in [format!("{email}.typo"), email.to_owned()] {
        let page = desk.get(&path).await.expect(200);
        desk.submit(&page, &mail, &[("email", &address)]).await.leads_to(&path);
    }
    let ticket = app.tickets(order).await[0]["id"].as_str().unwrap().to_owned();
    let page = desk.get(&path).await.expect(200);
    let name = [("first_name", "Some"), ("last_name", "Body")];
    desk.submit(&page, &format!("{path}/tickets/{ticket}/name"), &name).await.leads_to(&path);
    path
}

/// A ticket that somebody else buys for the person.
async fn gift(app: &TestApp, event: &Event, email: &str) -> Order {
    let mut body = order_body(&event.id, &event.ticket_types[0], 1, "buyer@example.org");
    body["lines"][0]["attendees"] =
        json!([{ "first_name": "Zenobia", "last_name": "Quillfeather", "email": email }]);
    app.order(&app.client().post("/api/orders", body).await.expect(201))
}

/// The last names in a list of tickets or attendees.
fn last_names(list: &Value, of: fn(&Value) -> &Value) -> Vec<String> {
    let mut names: Vec<String> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|row| of(row)["last_name"].as_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn an_account_ends_and_the_money_stays() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let (here, there) = (app.owner().await, app.owner().await);
        let first = app.event(&here).ticket_type("12.00", 9).publish().await;
        let second = app.event(&there).ticket_type("0", 9).publish().await;
        // A person with a name of their own, to be looked for everywhere.
        let email = "vanishing.person@example.org";
        let body = json!({ "email": email, "password": PASSWORD, "first_name": "Zenobia",
            "last_name": "Quillfeather", "phone": "+213 999 888" });
        app.client().post("/api/auth/register", body).await.expect(201);
        let token = app.mailbox.wait(email, 1).await.token();
        app.client().post("/api/auth/confirm", json!({ "token": token })).await.expect(200);
        let person = app.logged_in(email).await;
        let badge = person.client.get("/api/auth/me").await.text("badge_id");
        let buyer = json!({ "email": email, "first_name": "Zenobia", "last_name": "Quillfeather" });
        // Two tickets: her own and a friend's, who stays.
        let mut body = order_body(&first.id, &first.ticket_types[0], 2, email);
        body["buyer"] = buyer.clone();
        body["lines"][0]["attendees"] = json!([
            { "first_name": "Zenobia", "last_name": "Quillfeather", "email": email },
            { "first_name": "Good", "last_name": "Friend", "email": "friend@example.org" } ]);
        let paid = app.order(&person.client.post("/api/orders", body).await.expect(201));
        app.pay(&paid).await;
        let mut body = order_body(&second.id, &second.ticket_types[0], 1, email);
        body["buyer"] = buyer.clone();
        app.order(&app.client().post("/api/orders", body.clone()).await.expect(201));
        let mut unpaid = order_body(&first.id, &first.ticket_types[0], 1, email);
        unpaid["buyer"] = buyer;
        person.client.post("/api/orders", unpaid).await.expect(201);
        // And tickets that somebody else bought for her; of one that became another's no trace may be left of whom it was for.
        let hers = gift(&app, &second, email).await;
        let passed_on = gift(&app, &second, email).await;
        corrected(&app, &there, &second, &passed_on, "buyer@example.org").await;
        let history = corrected(&app, &here, &first, &paid, email).await;
        let desk = app.browser_of(&here.person.email).await;
        desk.get(&history).await.expect(200).says("Zenobia Quillfeather becomes Some Body");
        becomes_a_member_here_and_not_there(&app, &here, &there, &person).await;
        logs_tell(&app, [&here, &there], Some(email)).await;

        let photo = shown_and_invited(&app, &here, &person).await;

        ask(&person, "erasure", "not the password").await.invalid(&["password wrong_password"]);
        ask(&person, "erasure", PASSWORD).await.expect(202);
        person.client.get("/api/auth/erasure").await.expect(200);
        app.clock.advance(Duration::days(7) + Duration::minutes(1));
        eventually("the end of the account", || async {
            app.mailbox.to(email).into_iter().find(|mail| mail.subject == "Your account has been deleted")
        })
        .await;
        person.client.get("/api/auth/me").await.problem(401, "unauthenticated");
        let login = json!({ "email": email, "password": PASSWORD });
        app.client().post("/api/auth/login", login).await.problem(401, "identity.wrong_credentials");
        for words in ["vanishing.person", "Zenobia", "Quillfeather", "+213 999 888", &badge] {
            let found = holding(&app, words).await;
            assert!(found.is_empty(), "{words} is still in {found:?}");
        }
        app.client().get(&photo).await.problem(404, "not_found");
        // The log still tells what was done, and of whom no more.
        logs_tell(&app, [&here, &there], None).await;
        let desk = app.browser_of(&here.person.email).await;
        let history = desk.get(&history).await.expect(200).says("Address corrected");
        history.says("issued anew under another name").says_not("becomes");
        // What was sold stays sold, and the friend's ticket stays the friend's.
        let owner = app.logged_in(&here.person.email).await;
        let order = owner.client.get(&format!("/api/orders/{}", paid.id)).await.expect(200);
        assert_eq!((&order["status"], &order["total"]), (&json!("paid"), &json!("24.00")), "{order}");
        assert_eq!(
            (&order["buyer/email"], &order["buyer/last_name"]),
            (&json!(""), &json!("Deleted account"))
        );
        let tickets = owner.client.get(&format!("/api/orders/{}/tickets", paid.id)).await.expect(200);
        assert_eq!(last_names(&tickets["results"], |ticket| &ticket["attendee"]), ["Body", "Friend"]);
        assert_eq!(last_names(&order["lines/0/attendees"], |who| who), ["Body", "Friend"]);
        let gift = hers.client.get(&format!("/api/orders/{}/tickets", hers.id)).await.expect(200);
        assert_eq!(gift["results/0/attendee/last_name"], "Deleted account", "{gift}");
        // The members' list, the buyer's index, and the address are free of her; the address may come back.
        let members = owner.client.get(&format!("/api/organizations/{}/members", here.organization)).await;
        assert_eq!(members.expect(200)["count"], 1);
        app.register(email).await;
        let back = app.logged_in(email).await;
        assert_eq!(back.client.get("/api/orders").await.expect(200)["count"], 0);
    });
}

#[test]
fn one_changes_ones_mind_within_a_week() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let person = app.person("staying").await;
        ask(&person, "erasure", PASSWORD).await.expect(202);
        let first = app.mailbox.wait(&person.email, 2).await;
        let link = format!("/account/keep?token={}", first.token());
        // Asking again neither puts it off nor mails again.
        ask(&person, "erasure", PASSWORD).await.expect(202);
        let browser = app.browser();
        browser.get(&link).await.expect(200).says("Do you want to keep your account?");
        person.client.get("/api/auth/erasure").await.expect(200);
        let page = browser.get(&link).await.expect(200);
        browser.submit(&page, "/account/keep", &[]).await.expect(200).says("Your account stays");
        person.client.get("/api/auth/erasure").await.problem(404, "not_found");
        // The link worked once, and not for another wish.
        browser.submit(&page, "/account/keep", &[]).await.expect(422);
        app.clock.advance(Duration::minutes(1));
        ask(&person, "erasure", PASSWORD).await.expect(202);
        browser.get(&link).await.expect(200).says("This link no longer works");
        // By the page of the account too, and every page of it says so.
        let own = app.browser_of(&person.email).await;
        for path in ["/profile", "/account/security", "/account/sessions"] {
            own.get(path).await.expect(200).says("Your account ends on").says("Keep or export");
        }
        own.get("/profile?lang=fr").await.expect(200).says("Votre compte prend fin le");
        own.get("/profile?lang=en").await.expect(200);
        let page = own.get("/account/data").await.expect(200).says("Your account ends on");
        own.submit(&page, "/account/data/keep", &[]).await.leads_to("/account/data");
        let page = own.get("/account/data").await.expect(200).says("Your account stays");
        own.get("/profile").await.expect(200).says_not("Your account ends on");
        let wrong = own.submit(&page, "/account/data/erase", &[("erase/password", "no")]).await.expect(422);
        assert!(wrong.html().contains("id=\"e-erase-password\""), "{}", wrong.html());
        let right = [("erase/password", PASSWORD)];
        own.submit(&wrong, "/account/data/erase", &right).await.leads_to("/account/data");
        person.client.delete("/api/auth/erasure").await.expect(204);
        app.clock.advance(Duration::days(8));
        // Somebody whose end is due shows that the job has looked.
        let other = app.person("going").await;
        ask(&other, "erasure", PASSWORD).await.expect(202);
        app.clock.advance(Duration::days(8));
        eventually("the other's end", || async {
            app.mailbox
                .to(&other.email)
                .into_iter()
                .find(|mail| mail.subject == "Your account has been deleted")
        })
        .await;
        app.login(&person.email).await;
    });
}

#[test]
fn the_last_owner_hands_over_first() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let owner = app.owner().await;
        let refused = ask(&owner.person, "erasure", PASSWORD).await.problem(409, "identity.last_owner");
        assert!(refused.text("detail").contains("Organization org-"), "{refused}");
        let browser = app.browser_of(&owner.person.email).await;
        let page = browser.get("/account/data").await.expect(200);
        let fields = [("erase/password", PASSWORD)];
        browser.submit(&page, "/account/data/erase", &fields).await.expect(409).says("Nobody else owns");
        // Who founds an organization while the account waits for its end keeps it.
        let person = app.person("founding").await;
        ask(&person, "erasure", PASSWORD).await.expect(202);
        app.found(person.clone()).await;
        let desk = app.browser_of(&person.email).await.get("/manage").await.expect(200);
        assert!(desk.says("Your account ends on").html().contains("href=\"/account/data\""));
        app.clock.advance(Duration::days(8));
        eventually("the refusal", || async {
            let mut mails = app.mailbox.to(&person.email).into_iter();
            mails.find(|mail| mail.subject == "Your account could not be deleted")
        })
        .await;
        let person = app.logged_in(&person.email).await;
        person.client.get("/api/auth/erasure").await.problem(404, "not_found");
        assert_eq!(person.client.get("/api/organizations").await.expect(200)["count"], 1);
    });
}

#[test]
fn an_account_that_is_not_confirmed_takes_nobody_elses_orders_with_it() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0", 5).publish().await;
        let email = "victim@example.org";
        let order = app.buy_as(&app.client(), email, &event, &event.ticket_types[0], 1).await;
        app.register(email).await;
        let thief = app.logged_in(email).await;
        ask(&thief, "erasure", PASSWORD).await.expect(202);
        app.clock.advance(Duration::days(8));
        eventually("the end of the account", || async {
            app.mailbox.to(email).into_iter().find(|mail| mail.subject == "Your account has been deleted")
        })
        .await;
        let kept = order.client.get(&format!("/api/orders/{}", order.id)).await.expect(200);
        assert_eq!(kept["buyer/email"], json!(email));
    });
}

#[test]
fn an_order_of_two_people_loses_the_one_who_leaves() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0", 9).publish().await;
        let (leaving, staying) = (app.person("leaving").await, app.person("staying").await);
        let kind = &event.ticket_types[0];
        let to_leaving = app.buy_as(&staying.client, &leaving.email, &event, kind, 1).await;
        let to_staying = app.buy_as(&leaving.client, &staying.email, &event, kind, 1).await;
        ask(&leaving, "erasure", PASSWORD).await.expect(202);
        app.clock.advance(Duration::days(8));
        eventually("the end of the account", || async {
            let mails = app.mailbox.to(&leaving.email).into_iter();
            mails.into_iter().find(|mail| mail.subject == "Your account has been deleted")
        })
        .await;
        let staying = app.logged_in(&staying.email).await;
        for order in [&to_leaving, &to_staying] {
            let found = staying.client.get(&format!("/api/orders/{}", order.id)).await.expect(200);
            assert!(!String::from_utf8_lossy(&found.bytes).contains(&leaving.email), "{found}");
        }
        let kept = staying.client.get(&format!("/api/orders/{}", to_staying.id)).await.expect(200);
        assert_eq!(kept["buyer/email"], json!(staying.email));
        let tickets = staying.client.get(&format!("/api/orders/{}/tickets", to_staying.id)).await.expect(200);
        assert_eq!(tickets["results/0/attendee/email"], json!(staying.email), "{tickets}");
    });
}
