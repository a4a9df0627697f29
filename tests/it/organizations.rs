//! Organizations: who is what in them, who owns them, what happens while they are shut, and their end.

use chrono::Duration;
use serde_json::{Value, json};
use sqlx::Connection;

use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};
use crate::support::fixtures::{Owner, PASSWORD, Person, order_body, png};
use crate::support::{eventually, run};

fn member(owner: &Owner, person: &Person) -> String {
    format!("/api/organizations/{}/members/{}", owner.organization, person.id)
}

async fn give(client: &Client, path: &str, role: &str) -> Answer {
    client.patch(path, json!({ "role": role })).await
}

async fn role_of(owner: &Owner, person: &Person) -> Option<Value> {
    let path = format!("/api/organizations/{}/members", owner.organization);
    let list = owner.client.get(&path).await.expect(200);
    list.results().iter().find(|row| row["id"] == person.id.as_str()).map(|row| row["role"].clone())
}

async fn hand_over(client: &Client, owner: &Owner, to: &Person, password: &str) -> Answer {
    let path = format!("/api/organizations/{}/transfer", owner.organization);
    client.post(&path, json!({ "account": to.id, "password": password })).await
}

#[test]
fn members_get_other_roles_and_the_last_owner_stays() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let (admin, viewer) = (app.member(&owner, "admin").await, app.member(&owner, "viewer").await);
        let (of_owner, of_admin, of_viewer) =
            (member(&owner, &owner.person), member(&owner, &admin), member(&owner, &viewer));
        give(&admin.client, &of_viewer, "sales").await.expect(204);
        assert_eq!(role_of(&owner, &viewer).await, Some(json!("sales")));
        give(&viewer.client, &of_viewer, "admin").await.problem(403, "forbidden");
        give(&admin.client, &of_viewer, "king").await.invalid(&["role unknown_choice"]);
        // An administrator makes and unmakes no owner.
        give(&admin.client, &of_viewer, "owner").await.problem(403, "forbidden");
        give(&admin.client, &of_owner, "viewer").await.problem(403, "forbidden");
        admin.client.delete(&of_owner).await.problem(403, "forbidden");
        // The last owner neither steps down nor leaves.
        give(&owner.client, &of_owner, "admin").await.problem(409, "organizations.last_owner");
        owner.client.delete(&of_owner).await.problem(409, "organizations.last_owner");
        give(&owner.client, &of_admin, "owner").await.expect(204);
        let mail = app.mailbox.wait(&admin.email, 3).await;
        assert!(mail.says("you now own"), "{mail:?}");
        assert!(app.mailbox.wait(&owner.person.email, 2).await.says("now owns"));
        give(&admin.client, &of_owner, "operator").await.expect(204);
        owner
            .client
            .patch(&format!("/api/organizations/{}", owner.organization), json!({ "name": "X" }))
            .await
            .problem(403, "forbidden");
        // Everybody may leave; who has left is a stranger.
        viewer.client.delete(&of_viewer).await.expect(204);
        viewer.client.delete(&of_viewer).await.problem(404, "not_found");
        viewer
            .client
            .get(&format!("/api/organizations/{}", owner.organization))
            .await
            .problem(404, "not_found");
        let stranger = app.owner().await;
        give(&stranger.client, &of_owner, "viewer").await.problem(404, "not_found");
        give(&admin.client, &member(&owner, &stranger.person), "viewer").await.problem(404, "not_found");
    });
}

#[test]
fn two_owners_cannot_unmake_each_other_at_once() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        for _ in 0..5 {
            let other = app.member(&owner, "admin").await;
            give(&owner.client, &member(&owner, &other), "owner").await.expect(204);
            let (of_first, of_other) = (member(&owner, &owner.person), member(&owner, &other));
            let (one, two) = tokio::join!(
                give(&owner.client, &of_first, "admin"),
                give(&other.client, &of_other, "admin")
            );
            let mut statuses = [one.status, two.status];
            statuses.sort_unstable();
            assert_eq!(statuses, [204, 409], "{one} {two}");
            if one.status == 204 {
                give(&other.client, &of_first, "owner").await.expect(204);
                give(&owner.client, &of_other, "viewer").await.expect(204);
            } else {
                owner.client.delete(&of_other).await.expect(204);
            }
        }
    });
}

#[test]
fn an_organization_is_handed_over_with_the_password() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let (admin, stranger) = (app.member(&owner, "admin").await, app.person("stranger").await);
        hand_over(&admin.client, &owner, &admin, PASSWORD).await.problem(403, "forbidden");
        hand_over(&owner.client, &owner, &admin, "wrong password")
            .await
            .invalid(&["password wrong_password"]);
        hand_over(&owner.client, &owner, &stranger, PASSWORD).await.invalid(&["account no_member"]);
        hand_over(&owner.client, &owner, &owner.person, PASSWORD).await.invalid(&["account no_member"]);
        let once = owner.client.key("hand-over");
        hand_over(&once, &owner, &admin, PASSWORD).await.expect(204);
        assert_eq!(role_of(&owner, &admin).await, Some(json!("owner")));
        assert_eq!(role_of(&owner, &owner.person).await, Some(json!("admin")));
        assert!(app.mailbox.wait(&admin.email, 3).await.says("you now own"));
        assert!(app.mailbox.wait(&owner.person.email, 2).await.says("now owns"));
        // What was the owner's is no longer.
        hand_over(&owner.client, &owner, &admin, PASSWORD).await.problem(403, "forbidden");
    });
}

#[test]
fn invitations_are_listed_and_taken_back() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let person = app.person("invited").await;
        let path = format!("/api/organizations/{}/invitations", owner.organization);
        let id = owner
            .client
            .post(&path, json!({ "email": person.email, "role": "sales" }))
            .await
            .expect(201)
            .text("id");
        let list = owner.client.get(&path).await.expect(200);
        assert_eq!((list["count"].clone(), list["results"][0]["id"].clone()), (json!(1), json!(id)));
        let token = app.mailbox.wait(&person.email, 2).await.token();
        app.owner().await.client.delete(&format!("{path}/{id}")).await.problem(404, "not_found");
        owner.client.delete(&format!("{path}/{id}")).await.expect(204);
        owner.client.delete(&format!("{path}/{id}")).await.problem(404, "not_found");
        person
            .client
            .post("/api/invitations/accept", json!({ "token": token }))
            .await
            .invalid(&["token bad_link"]);
    });
}

#[test]
fn what_was_taken_does_not_come_back_by_an_old_invitation() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let person = app.person("invited").await;
        let path = format!("/api/organizations/{}/invitations", owner.organization);
        let invite = || owner.client.post(&path, json!({ "email": person.email, "role": "admin" }));
        invite().await.expect(201);
        let first = app.mailbox.wait(&person.email, 2).await.token();
        // A second invitation takes the place of the first, whose link ends.
        let second = invite().await.expect(201).text("id");
        let list = owner.client.get(&path).await.expect(200);
        assert_eq!((&list["count"], list.text("results/0/id")), (&json!(1), second));
        let second = app.mailbox.wait(&person.email, 3).await.token();
        let accept = |token: String| person.client.post("/api/invitations/accept", json!({ "token": token }));
        accept(first.clone()).await.invalid(&["token bad_link"]);
        accept(second.clone()).await.expect(200);
        // Whoever is a member is invited to nothing.
        invite().await.invalid(&["email already_member"]);
        owner.client.delete(&member(&owner, &person)).await.expect(204);
        for token in [first, second] {
            let _over = accept(token).await;
            assert_eq!(role_of(&owner, &person).await, None);
        }
        invite().await.expect(201);
    });
}

#[test]
fn an_invitation_to_an_event_takes_the_place_of_the_one_before() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let (here, there) = (app.event(&owner).draft().await, app.event(&owner).draft().await);
        let person = app.person("invited").await;
        let path = format!("/api/organizations/{}/invitations", owner.organization);
        let invite = async |role: &str, event: Option<&str>| {
            owner.client.post(&path, json!({ "email": person.email, "role": role, "event": event })).await
        };
        invite("controlleur_des_badges", Some(&here.id)).await.expect(201);
        let first = app.mailbox.wait(&person.email, 2).await.token();
        invite("gestionnaire_des_salles", Some(&here.id)).await.expect(201);
        let second = app.mailbox.wait(&person.email, 3).await.token();
        // What is to something else stays.
        invite("controlleur_des_badges", Some(&there.id)).await.expect(201);
        invite("viewer", None).await.expect(201);
        assert_eq!(owner.client.get(&path).await.expect(200)["count"], 3);
        let accept = |token: String| person.client.post("/api/invitations/accept", json!({ "token": token }));
        accept(first).await.invalid(&["token bad_link"]);
        accept(second).await.expect(200);
        let here = Some(here.id.as_str());
        invite("gestionnaire_des_salles", here).await.invalid(&["email already_role"]);
        invite("controlleur_des_badges", here).await.expect(201);
    });
}

#[test]
fn a_suspended_organization_sells_and_shows_nothing_and_keeps_its_word() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 50).publish().await;
        let kind = &event.ticket_types[0];
        let (order, tickets) = app.sold(&event, kind, 2).await;
        let tenancy = &app.app.entrance.tenancy;
        let scope = tenancy.scope_of_slug(&owner.slug).await.unwrap().unwrap();
        let scope = tenancy.suspend(&scope, Some("Complaints of buyers")).await.unwrap();
        let body = order_body(&event.id, kind, 1, "late@example.org");
        app.client().post("/api/orders", body.clone()).await.problem(409, "ticketing.sales_closed");
        let listed = || async {
            let path = format!("/api/catalog/events?organization={}", owner.slug);
            app.client().get(&path).await.expect(200)["count"].clone()
        };
        eventually("the listing to go", || async { (listed().await == 0).then_some(()) }).await;
        eventually("the event's page to go", || async {
            let found = app.client().get(&format!("/api/catalog/events/{}", event.slug)).await;
            (found.status == 404).then_some(())
        })
        .await;
        app.browser().get(&format!("/o/{}", owner.slug)).await.expect(404);
        app.browser().get(&format!("/events/{}", event.slug)).await.expect(404);
        // Nothing new; members learn why.
        let change = json!({ "name": "Another name" });
        let refused = owner.client.patch(&format!("/api/events/{}", event.id), change).await;
        assert!(
            refused.problem(403, "organizations.suspended").text("detail").contains("Complaints of buyers")
        );
        let invitation = json!({ "email": "new@example.org", "role": "admin" });
        let path = format!("/api/organizations/{}", owner.organization);
        owner
            .client
            .post(&format!("{path}/invitations"), invitation)
            .await
            .problem(403, "organizations.suspended");
        assert_eq!(owner.client.get(&path).await.expect(200)["suspended"], "Complaints of buyers");
        app.browser_of(&owner.person.email)
            .await
            .get("/manage")
            .await
            .expect(200)
            .says("Complaints of buyers");
        // Who has a ticket gets in, reads the order, and gets the money back.
        let scan = json!({ "event": event.id, "qr_data": tickets[0]["qr_data"] });
        owner.client.post("/api/checkin", scan).await.expect(200);
        order.client.get(&format!("/api/orders/{}", order.id)).await.expect(200);
        let refund = json!({ "tickets": [tickets[1]["id"]], "reason": "suspended" });
        owner.client.post(&format!("/api/orders/{}/refunds", order.id), refund).await.expect(201);
        tenancy.suspend(&scope, None).await.unwrap();
        eventually("the listing to come back", || async { (listed().await == 1).then_some(()) }).await;
        app.client().post("/api/orders", body).await.expect(201);
    });
}

#[test]
fn an_organization_ends_after_a_month_with_all_it_has() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let (owner, neighbour) = (app.owner().await, app.owner().await);
        let admin = app.member(&owner, "admin").await;
        let event = app.event(&owner).ticket_type("30.00", 50).publish().await;
        let theirs = app.event(&neighbour).ticket_type("5.00", 5).publish().await;
        let (order, _) = app.sold(&event, &event.ticket_types[0], 1).await;
        let boss = app.browser_of(&owner.person.email).await;
        let settings = boss.get("/manage/settings").await.expect(200);
        let logo = settings.form("/manage/settings/logo").filled(&[]);
        boss.send_with_file(logo, &png(300, 200)).await.leads_to("/manage/settings#logo");
        let path = format!("/api/organizations/{}/closing", owner.organization);
        let ask = |client: Client, password: &'static str| {
            let path = path.clone();
            async move { client.post(&path, json!({ "password": password })).await }
        };
        ask(admin.client.clone(), PASSWORD).await.problem(403, "forbidden");
        ask(owner.client.clone(), "wrong password").await.invalid(&["password wrong_password"]);
        // Who has a ticket is not left alone.
        let refused = ask(owner.client.clone(), PASSWORD).await.problem(409, "organizations.sold_ahead");
        assert!(refused.text("detail").contains("Concert") || !refused.text("detail").is_empty());
        let refund = json!({ "reason": "the end" });
        owner.client.post(&format!("/api/orders/{}/refunds", order.id), refund).await.expect(201);
        eventually("the ticket to be taken back", || async {
            let answer = ask(owner.client.clone(), PASSWORD).await;
            (answer.status == 202).then_some(())
        })
        .await;
        let mail = app.mailbox.wait(&owner.person.email, 2).await;
        assert!(mail.says("Everything is deleted on"), "{mail:?}");
        owner.client.get(&path).await.expect(200);
        owner.client.post("/api/events", json!({ "name": "New", "start_date": "2027-01-01T10:00:00Z", "end_date": "2027-01-01T12:00:00Z" })).await.problem(403, "organizations.closing");
        // A change of mind, also from the page.
        owner.client.delete(&path).await.expect(204);
        owner.client.get(&path).await.problem(404, "not_found");
        let page = boss.get("/manage/settings/closing").await.expect(200);
        boss.submit(&page, "/manage/settings/closing", &[("password", "wrong")]).await.expect(422);
        boss.submit(&page, "/manage/settings/closing", &[("password", PASSWORD)])
            .await
            .leads_to("/manage/settings/closing");
        let page = boss.get("/manage/settings/closing").await.expect(200).says("will be deleted on");
        boss.submit(&page, "/manage/settings/closing/keep", &[]).await.leads_to("/manage/settings/closing");
        ask(owner.client.clone(), PASSWORD).await.expect(202);
        app.clock.advance(Duration::days(29));
        let client = app.logged_in(&owner.person.email).await.client;
        client.get(&path).await.expect(200);
        app.clock.advance(Duration::days(1) + Duration::hours(1));
        let client = app.logged_in(&owner.person.email).await.client;
        eventually("the end", || async { (client.get(&path).await.status == 404).then_some(()) }).await;
        assert!(app.mailbox.wait(&owner.person.email, 4).await.says("is deleted"));
        // Nothing is left of it, and everything of others.
        assert_eq!(client.get("/api/organizations").await.expect(200)["count"], 0);
        client.get(&format!("/api/events/{}", event.id)).await.problem(404, "not_found");
        order.client.get(&format!("/api/orders/{}", order.id)).await.problem(404, "not_found");
        app.client().get(&format!("/api/catalog/events/{}", event.slug)).await.problem(404, "not_found");
        app.client().get(&format!("/api/catalog/events/{}", theirs.slug)).await.expect(200);
        let url = app.app.config.database.url.expose().to_owned();
        let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
        let left: i64 = sqlx::query_scalar("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 't\\_%'")
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(left, 1, "schemas");
        let files = app.app.config.data_dir.join("files");
        let mut folders = std::fs::read_dir(files).unwrap().flatten();
        assert!(
            folders.all(|folder| folder.path().is_file()
                || std::fs::read_dir(folder.path()).unwrap().flatten().all(|inner| inner.path().is_dir()
                    && std::fs::read_dir(inner.path()).unwrap().next().is_none())),
            "files"
        );
        // The address is free again.
        let body = json!({ "name": "Anew", "slug": owner.slug, "country": "FR", "currency": "EUR", "locale": "en", "timezone": "Europe/Paris" });
        client.post("/api/organizations", body).await.expect(201);
    });
}

#[test]
fn an_organization_shows_how_it_looks() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let path = format!("/api/organizations/{}", owner.organization);
        let wrong = json!({ "color": "#fffffe", "website": "javascript:alert(1)" });
        owner.client.patch(&path, wrong).await.invalid(&["website url", "color too_pale"]);
        owner.client.patch(&path, json!({ "color": "blue" })).await.invalid(&["color color"]);
        let look = json!({ "color": "#7A1F5C", "website": "https://example.org/club", "about": "We play <b>every</b> Friday." });
        let changed = owner.client.patch(&path, look).await.expect(200);
        assert_eq!(changed["color"], "#7a1f5c");
        let boss = app.browser_of(&owner.person.email).await;
        let page = boss.get("/manage/settings").await.expect(200);
        assert_eq!(page.form("/manage/settings").value("color"), "#7a1f5c");
        let form = page.form("/manage/settings/logo").filled(&[]);
        boss.send_with_file(form.clone(), b"%PDF-1.7 not a picture")
            .await
            .expect(422)
            .says("no JPEG, PNG or WebP");
        boss.send_with_file(form, &png(900, 300)).await.leads_to("/manage/settings#logo");
        let logo = owner.client.get(&path).await.expect(200).text("logo");
        app.client().get(&logo).await.expect(200);
        let shown = eventually("the public page", || async {
            let page = app.browser().get(&format!("/o/{}", owner.slug)).await.expect(200);
            page.html().contains(&logo).then_some(page)
        })
        .await;
        let html = shown.html();
        assert!(
            html.contains("We play &lt;b&gt;every&lt;") && html.contains("https://example.org/club"),
            "{html}"
        );
        assert!(html.contains("brand.css?color=7a1f5c"), "{html}");
        let sheet = app.client().get(&format!("/o/{}/brand.css", owner.slug)).await.expect(200);
        assert!(sheet.to_string().contains("--brand:#7a1f5c"), "{sheet}");
        // Another logo takes its place; the one before is gone.
        let page = boss.get("/manage/settings").await.expect(200);
        let form = page.form("/manage/settings/logo").filled(&[]);
        boss.send_with_file(form, &png(64, 64)).await.leads_to("/manage/settings#logo");
        app.client().get(&logo).await.expect(404);
        let page = boss.get("/manage/settings").await.expect(200);
        boss.submit(&page, "/manage/settings/logo/remove", &[]).await.leads_to("/manage/settings#logo");
        assert_eq!(owner.client.get(&path).await.expect(200)["logo"], Value::Null);
        // Texts may be emptied again.
        let page = boss.get("/manage/settings").await.expect(200);
        boss.submit(&page, "/manage/settings", &[("about", ""), ("website", ""), ("color", "")])
            .await
            .leads_to("/manage/settings");
        let view = owner.client.get(&path).await.expect(200);
        assert_eq!((view["about"].clone(), view["color"].clone()), (json!(""), json!("")));
    });
}

#[test]
fn a_page_changes_roles_and_hands_over() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let admin = app.member(&owner, "admin").await;
        let boss = app.browser_of(&owner.person.email).await;
        let page = boss.get("/manage/members").await.expect(200);
        let role = format!("/manage/members/{}/role", admin.id);
        boss.submit(&page, &role, &[("role", "sales")]).await.leads_to("/manage/members");
        assert_eq!(role_of(&owner, &admin).await, Some(json!("sales")));
        let hand = format!("/manage/members/{}/hand-over", admin.id);
        let page = boss.get(&hand).await.expect(200).says(&admin.email);
        boss.submit(&page, &hand, &[("password", "wrong")]).await.expect(422);
        boss.submit(&page, &hand, &[("password", PASSWORD)]).await.leads_to("/manage/members");
        boss.get("/manage/members").await.expect(200).says("You are an administrator now");
        boss.get(&hand).await.expect(403);
        // The new owner finds what only an owner has.
        let next = app.browser_of(&admin.email).await;
        next.get("/manage/settings/closing").await.expect(200);
        for (lang, words) in [("fr", "Équipe"), ("ar", "الفريق")] {
            next.get(&format!("/manage/members?lang={lang}")).await.expect(200).says(words);
        }
    });
}

#[test]
fn members_learn_that_it_ends_and_are_led_nowhere_they_may_not_go() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let admin = app.member(&owner, "admin").await;
        let boss = app.browser_of(&owner.person.email).await;
        let page = boss.get("/manage/settings/closing").await.expect(200);
        boss.submit(&page, "/manage/settings/closing", &[("password", PASSWORD)]).await.expect(303);
        let told = "This organization is to be deleted";
        let see = "/manage/settings/closing";
        let page = boss.get("/manage").await.expect(200).says(told);
        assert!(page.html().contains(see), "{}", page.html());
        let member = app.browser_of(&admin.email).await;
        let page = member.get("/manage").await.expect(200).says(told);
        assert!(!page.html().contains(see), "{}", page.html());
        member.get(see).await.expect(403);
    });
}

#[test]
fn settings_that_somebody_else_changed_are_saved_by_saving_again() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let browser = app.browser_of(&owner.person.email).await;
        let path = "/manage/settings";
        let old = browser.get(path).await.expect(200);
        browser.submit(&old, path, &[("about", "The first.")]).await.expect(303);
        let told = browser.submit(&old, path, &[("about", "The second.")]).await.expect(412);
        let told = told.says("If you save, it replaces those changes");
        assert_eq!(told.form(path).value("about"), "The second.");
        browser.submit(&told, path, &[]).await.expect(303);
        let organization = owner.client.get(&format!("/api/organizations/{}", owner.organization)).await;
        assert_eq!(organization.expect(200)["about"], "The second.");
    });
}

#[test]
fn members_hear_that_their_organization_ends_and_that_it_stays() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let (second, viewer) = (app.member(&owner, "admin").await, app.member(&owner, "viewer").await);
        give(&owner.client, &member(&owner, &second), "owner").await.expect(204);
        app.mailbox.wait(&second.email, 3).await;
        app.mailbox.wait(&owner.person.email, 2).await;
        let path = format!("/api/organizations/{}/closing", owner.organization);
        owner.client.post(&path, json!({ "password": PASSWORD })).await.expect(202);
        // Who did it, when it ends; an owner how to stop it, a member who can.
        let told = app.mailbox.wait(&viewer.email, 3).await;
        assert!(told.says("Nadia Benali asked for Organization"), "{told:?}");
        assert!(told.says("nobody else can keep the organization"), "{told:?}");
        assert!(!told.text.contains("/settings/closing"), "{told:?}");
        for (email, count) in [(&second.email, 4), (&owner.person.email, 3)] {
            let told = app.mailbox.wait(email, count).await;
            assert!(told.says("Nadia Benali asked for Organization"), "{told:?}");
            assert!(told.text.contains("/manage/settings/closing"), "{told:?}");
        }
        // Asking again tells nobody again; the other owner calls it off, and whoever heard of it hears that.
        owner.client.post(&path, json!({ "password": PASSWORD })).await.expect(202);
        second.client.delete(&path).await.expect(204);
        second.client.delete(&path).await.expect(204);
        for (email, count) in [(&viewer.email, 4), (&owner.person.email, 4)] {
            let told = app.mailbox.wait(email, count).await;
            assert!(told.subject.ends_with("stays") && told.says("Nothing is deleted"), "{told:?}");
        }
        assert_eq!(app.mailbox.to(&second.email).len(), 4, "who keeps it knows");
        assert_eq!(app.mailbox.to(&viewer.email).len(), 4);
    });
}
