//! The audit log: what was done in an organization, by whom, and who may read it.

use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::{Method, Part};
use crate::support::fixtures::{Owner, PASSWORD, Person, png};
use crate::support::run;

#[test]
fn the_log_tells_what_was_done_and_is_read_in_parts() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, other) = (app.owner().await, app.owner().await);
        let admin = app.member(&owner, "admin").await;
        let event = app.event(&owner).ticket_type("30.00", 50).publish().await;
        app.event(&other).ticket_type("30.00", 50).publish().await;
        for n in 0..3 {
            let change = json!({ "description": format!("Text {n}") });
            admin.client.patch(&format!("/api/events/{}", event.id), change).await.expect(200);
        }
        let path = format!("/api/organizations/{}/audit", owner.organization);
        let all = owner.client.get(&format!("{path}?page_size=100")).await.expect(200);
        let actions: Vec<&str> = all.results().iter().map(|row| row["action"].as_str().unwrap()).collect();
        // What the platform knows and what the organization knows, in one order, the latest first.
        for action in
            ["event.create", "event.publish", "event.change", "invitation.send", "invitation.accept"]
        {
            assert!(actions.contains(&action), "{action} in {actions:?}");
        }
        let times: Vec<&str> = all.results().iter().map(|row| row["at"].as_str().unwrap()).collect();
        assert!(times.windows(2).all(|pair| pair[0] >= pair[1]), "{times:?}");
        assert_eq!(all["count"], all.results().len());
        let published = all.results().iter().find(|row| row["action"] == "event.publish").unwrap();
        assert_eq!(
            (published["target"].clone(), published["actor_name"].clone()),
            (json!(event.id), json!("Nadia Benali"))
        );
        // In parts, nothing twice and nothing left out.
        let mut ids = vec![];
        let mut next = Some(format!("{path}?page_size=2"));
        while let Some(address) = next {
            let part = owner.client.get(&address).await.expect(200);
            assert!(part.results().len() <= 2);
            ids.extend(part.results().iter().map(|row| row["id"].clone()));
            next = part["next"].as_str().map(|url| url[url.find("/api/").unwrap()..].to_owned());
        }
        let whole: Vec<_> = all.results().iter().map(|row| row["id"].clone()).collect();
        assert_eq!(ids, whole);
        // Narrowed.
        let by = owner.client.get(&format!("{path}?actor={}&area=event", admin.id)).await.expect(200);
        assert_eq!(by["count"], 3, "{by}");
        assert_eq!(
            owner.client.get(&format!("{path}?until=2020-01-01T00:00:00Z")).await.expect(200)["count"],
            0
        );
        assert_eq!(
            owner.client.get(&format!("{path}?since=2099-01-01T00:00:00Z")).await.expect(200)["count"],
            0
        );
        owner
            .client
            .get(&format!("{path}?area=cats&cursor=x"))
            .await
            .invalid(&["area unknown_choice", "cursor unreadable"]);
        for role in ["sales", "operator", "viewer"] {
            let person: Person = app.member(&owner, role).await;
            person.client.get(&path).await.problem(403, "forbidden");
        }
        other.client.get(&path).await.problem(404, "not_found");
        let page =
            app.browser_of(&admin.email).await.get("/manage/settings/audit?area=event").await.expect(200);
        page.says("Event published").says("Nadia Benali").says_not("Invitation sent");
        let boss = app.browser_of(&owner.person.email).await;
        boss.get("/manage/settings/audit?until=2020-01-01").await.expect(200).says("Nothing matches");
        boss.get("/manage/settings/audit?until=x&since=0&cursor=1.2&actor=3&area=4")
            .await
            .expect(200)
            .says("Event published");
        for (lang, words) in [("fr", "Événement publié"), ("ar", "نُشرت فعالية")] {
            boss.get(&format!("/manage/settings/audit?lang={lang}")).await.expect(200).says(words);
        }
    });
}

/// The entries of an organization's log about an area, the latest first.
async fn entries(owner: &Owner, area: &str) -> Vec<Value> {
    let path = format!("/api/organizations/{}/audit?area={area}&page_size=100", owner.organization);
    owner.client.get(&path).await.expect(200).results().clone()
}

#[test]
fn a_change_tells_which_fields_it_touched() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 50).draft().await;
        let change = json!({ "name": "Another name", "capacity": 80, "description": "A secret of ours" });
        owner.client.patch(&format!("/api/events/{}", event.id), change).await.expect(200);
        let changed = entries(&owner, "event").await.remove(0);
        assert_eq!(changed["action"], "event.change");
        assert_eq!(changed["detail"]["fields"], json!(["name", "description", "capacity"]), "{changed}");
        assert!(!changed.to_string().contains("secret of ours"), "{changed}");
        // What is sent as it is changes nothing.
        owner.client.patch(&format!("/api/events/{}", event.id), json!({ "capacity": 80 })).await.expect(200);
        assert_eq!(entries(&owner, "event").await[0]["detail"]["fields"], json!([]));

        let quota = json!({ "name": "Balcony", "size": 9 });
        let path = format!("/api/events/{}/quotas", event.id);
        let quota = owner.client.post(&path, quota).await.expect(201).text("id");
        let change = json!({ "price": "25.00", "quota": quota, "max_per_order": 10 });
        let path = format!("/api/ticket-types/{}", event.ticket_types[0]);
        owner.client.patch(&path, change).await.expect(200);
        let changed = entries(&owner, "ticket_type").await.remove(0);
        assert_eq!(changed["detail"]["fields"], json!(["price", "quota"]), "{changed}");
        owner.client.patch(&format!("/api/quotas/{quota}"), json!({ "size": 10 })).await.expect(200);
        assert_eq!(entries(&owner, "quota").await[0]["detail"]["fields"], json!(["size"]));

        let path = format!("/api/organizations/{}", owner.organization);
        let change = json!({ "about": "Who we are", "color": "#336699", "country": "FR" });
        owner.client.patch(&path, change).await.expect(200);
        let picture = png(60, 60);
        let parts = [Part::file("file", &picture)];
        owner.client.multipart(Method::PUT, &format!("{path}/logo"), &parts).await.expect(200);
        owner.client.delete(&format!("{path}/logo")).await.expect(200);
        let actions: Vec<Value> =
            entries(&owner, "organization").await.into_iter().map(|row| row["action"].clone()).collect();
        let expected =
            ["organization.logo_removed", "organization.logo", "organization.change", "organization.create"];
        assert_eq!(actions, expected);
        assert_eq!(entries(&owner, "organization").await[2]["detail"]["fields"], json!(["about", "color"]));
        // The page names them as people do.
        let boss = app.browser_of(&owner.person.email).await;
        boss.get("/manage/settings/audit")
            .await
            .expect(200)
            .says("changed fields: price, quota")
            .says("about, colour");
        for (lang, words) in [
            ("fr", "champs modifiés : nom, description, capacité"),
            ("ar", "الحقول المعدّلة: الاسم، الوصف، السعة"),
        ] {
            boss.get(&format!("/manage/settings/audit?area=event&lang={lang}")).await.expect(200).says(words);
        }
    });
}

#[test]
fn the_log_tells_who_founded_who_was_invited_and_which_role_was_before() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, other) = (app.owner().await, app.owner().await);
        let founded = entries(&owner, "organization").await.pop().unwrap();
        assert_eq!(founded["action"], "organization.create");
        assert_eq!(founded["actor"], json!(owner.person.id));
        assert_eq!(founded["detail"]["name"], format!("Organization {}", owner.slug));

        let event = app.event(&owner).ticket_type("0", 5).draft().await;
        let person = app.invited("logged", &owner, "viewer", None).await;
        let path = format!("/api/organizations/{}/invitations", owner.organization);
        let asked = json!({ "email": "taken.back@example.org", "role": "sales" });
        let open = owner.client.post(&path, asked).await.expect(201).text("id");
        owner.client.delete(&format!("{path}/{open}")).await.expect(204);
        owner.client.delete(&format!("{path}/{open}")).await.problem(404, "not_found");
        let rows = entries(&owner, "invitation").await;
        let told: Vec<(&Value, &Value)> =
            rows.iter().map(|row| (&row["action"], &row["detail"]["email"])).collect();
        let (gone, taken) = (json!("taken.back@example.org"), json!(person.email));
        let (send, revoke, accept) =
            (json!("invitation.send"), json!("invitation.revoke"), json!("invitation.accept"));
        assert_eq!(told, [(&revoke, &gone), (&send, &gone), (&accept, &taken), (&send, &taken)]);
        assert_eq!(rows[1]["detail"]["role"], "sales");

        // Another role, in the organization and in the event.
        let member = format!("/api/organizations/{}/members/{}", owner.organization, person.id);
        owner.client.patch(&member, json!({ "role": "admin" })).await.expect(204);
        let change = entries(&owner, "membership").await.remove(0);
        assert_eq!((&change["detail"]["from"], &change["detail"]["to"]), (&json!("viewer"), &json!("admin")));
        for role in ["exposant", "controlleur_des_badges"] {
            let count = app.mailbox.to(&person.email).len();
            let body = json!({ "email": person.email, "role": role, "event": event.id });
            owner.client.post(&path, body).await.expect(201);
            let token = app.mailbox.wait(&person.email, count + 1).await.token();
            person.client.post("/api/invitations/accept", json!({ "token": token })).await.expect(200);
        }
        let accepted = entries(&owner, "invitation").await.remove(0);
        assert_eq!(
            (&accepted["detail"]["from"], &accepted["detail"]["to"]),
            (&json!("exposant"), &json!("controlleur_des_badges")),
            "{accepted}"
        );
        let page = app.browser_of(&owner.person.email).await.get("/manage/settings/audit").await.expect(200);
        page.says("Organization founded")
            .says("address: taken.back@example.org")
            .says("change: Exhibitor → Badge controller");
        // Nobody else learns of it, and an address that changes is told as it is now.
        assert!(entries(&other, "invitation").await.is_empty());
        let new = format!("{}@example.org", TestApp::unique("renamed"));
        let body = json!({ "new_email": new, "password": PASSWORD });
        let count = app.mailbox.to(&person.email).len();
        person.client.post("/api/auth/email-change", body).await.expect(202);
        let links = [app.mailbox.wait(&new, 1).await, app.mailbox.wait(&person.email, count + 1).await];
        for link in links {
            let yes = json!({ "token": link.token(), "accept": true });
            app.client().post("/api/auth/email-change/answer", yes).await.expect(200);
        }
        let rows = entries(&owner, "invitation").await;
        assert!(rows.iter().all(|row| row["detail"]["email"] != taken), "{rows:?}");
        assert_eq!(rows[0]["detail"]["email"], json!(new));
    });
}
