//! An owner's copy of everything that an organization has.

use parvis::base::identity::{COPIED_TABLES, COPIED_WITHOUT};
use serde_json::{Value, json};
use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;

use crate::personal_data::unzipped;
use crate::support::app::TestApp;
use crate::support::client::{Method, Part};
use crate::support::fixtures::{PASSWORD, png};
use crate::support::{eventually, run};

fn text<'a>(files: &'a [(String, String)], name: &str) -> &'a str {
    let found = files.iter().find(|(found, _)| found == name);
    found.map_or_else(|| panic!("no {name} in {:?}", names(files)), |(_, text)| text)
}

fn names(files: &[(String, String)]) -> Vec<&str> {
    files.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn an_owner_takes_everything_along() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let (event, other) = (
            app.event(&owner).ticket_type("30.00", 10).with("name", "Bal").publish().await,
            app.event(&owner).ticket_type("0", 5).with("name", "Brouillon").draft().await,
        );
        let (order, tickets) = app.sold(&event, &event.ticket_types[0], 2).await;
        let scan = json!({ "event": event.id, "qr_data": tickets[0]["qr_data"] });
        owner.client.post("/api/checkin", scan).await.expect(200);
        let refund = json!({ "tickets": [tickets[1]["id"]], "reason": "ill" });
        owner.client.post(&format!("/api/orders/{}/refunds", order.id), refund).await.expect(201);
        // A private one, of which nothing may open a door, and a template of it.
        let other_path = format!("/api/events/{}", other.id);
        owner.client.patch(&other_path, json!({ "visibility": "private" })).await.expect(200);
        owner.client.post(&format!("{other_path}/template"), json!({})).await.expect(201);
        let private = owner.client.get(&other_path).await["private_link"].as_str().unwrap().to_owned();
        let secret = private.split("link=").nth(1).unwrap().to_owned();
        let picture = png(900, 600);
        let path = format!("/api/events/{}", event.id);
        owner.client.multipart(Method::PATCH, &path, &[Part::file("image", &picture)]).await.expect(200);
        let foreign = app.owner().await;
        let theirs = app.event(&foreign).ticket_type("5.00", 3).publish().await;
        let (foreign_order, _) = app.sold(&theirs, &theirs.ticket_types[0], 1).await;

        let path = format!("/api/organizations/{}/export", owner.organization);
        let answer = owner.client.post(&path, json!({ "password": PASSWORD })).await.expect(200);
        assert_eq!(answer.header("content-type"), "application/zip");
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert!(answer.header("content-disposition").ends_with(".zip\""));
        let files = unzipped(&answer.bytes);
        assert!(text(&files, "README.txt").starts_with("All that Parvis keeps of"));
        let organization: Value = serde_json::from_str(text(&files, "settings.json")).unwrap();
        assert_eq!(organization["id"], json!(owner.organization));
        let members: Value = serde_json::from_str(text(&files, "members.json")).unwrap();
        assert_eq!(
            (&members[0]["email"], &members[0]["role"]),
            (&json!(owner.person.email), &json!("owner"))
        );
        let lines = |table: &str| -> Vec<Value> {
            let text = text(&files, &format!("tables/{table}.jsonl"));
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
        };
        let actions: Vec<Value> = lines("audit").iter().map(|entry| entry["action"].clone()).collect();
        assert!(actions.contains(&json!("event.publish")), "{actions:?}");
        let line = &lines("order_line")[0];
        assert_eq!(
            (&line["unit_price"], &line["quantity"], &line["tax_rate"]),
            (&json!(3000), &json!(2), &json!(0))
        );
        assert_eq!(lines("refund")[0]["reason"], "ill");
        assert_eq!(lines("access")[0]["verdict"], "granted");
        assert_eq!(lines("event").len(), 3, "drafts and templates too");
        let folder = format!("events/{}", event.slug);
        let record: Value = serde_json::from_str(text(&files, &format!("{folder}/event.json"))).unwrap();
        assert_eq!(
            (&record["event"]["name"], &record["ticket_types"][0]["price"]),
            (&json!("Bal"), &json!("30.00"))
        );
        assert_eq!(record["quotas"][0]["sold"], 1);
        assert!(record["event"].get("image_url").is_none(), "links end");
        let participants = text(&files, &format!("{folder}/participants.csv"));
        assert_eq!(participants.matches(&order.code).count(), 2, "{participants}");
        assert!(text(&files, &format!("{folder}/orders.csv")).contains(&order.code));
        assert!(text(&files, &format!("{folder}/payments.csv")).contains("60.00"));
        assert!(
            names(&files)
                .iter()
                .any(|name| name.starts_with(&format!("{folder}/files/")) && name.ends_with("cover.jpg"))
        );
        assert!(names(&files).contains(&format!("events/{}/orders.csv", other.slug).as_str()), "drafts too");
        // Nothing of others, and nothing that opens a door.
        let all: String = files.iter().map(|(_, text)| text.as_str()).collect();
        let codes = [foreign_order.code.as_str(), theirs.slug.as_str(), foreign.person.email.as_str()];
        assert!(codes.iter().all(|code| !all.contains(code)));
        for opens in [tickets[0]["qr_data"].as_str().unwrap(), &secret, "signature="] {
            assert!(!all.contains(opens), "{opens} opens something");
        }
    });
}

#[test]
fn a_copy_is_an_owners_alone_and_costs_the_password() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let path = format!("/api/organizations/{}/export", owner.organization);
        let wrong = json!({ "password": "not the password" });
        owner.client.post(&path, wrong).await.invalid(&["password wrong_password"]);
        let admin = app.member(&owner, "admin").await;
        admin.client.post(&path, json!({ "password": PASSWORD })).await.problem(403, "forbidden");
        let browser = app.browser_of(&owner.person.email).await;
        let closing = "/manage/settings/closing";
        let page = browser.get(closing).await.expect(200).says("Take everything with you");
        let action = format!("{closing}/export");
        let again = browser.submit(&page, &action, &[("copy/password", "wrong")]).await.expect(422);
        assert!(again.html().contains("id=\"e-copy-password\""), "{}", again.html());
        let file = browser.submit(&page, &action, &[("copy/password", PASSWORD)]).await.expect(200);
        assert_eq!(names(&unzipped(&file.answer.bytes))[0], "README.txt");
        // Also while it is to end: that is what it is for.
        owner
            .client
            .post(&path.replace("export", "closing"), json!({ "password": PASSWORD }))
            .await
            .expect(202);
        let file = owner.client.post(&path, json!({ "password": PASSWORD })).await.expect(200);
        assert_eq!(names(&unzipped(&file.bytes))[..2], ["README.txt", "settings.json"]);
    });
}

#[test]
fn every_table_is_in_the_copy_or_left_out_for_a_reason() {
    run(async {
        let left: [(&str, &str); 3] = [
            ("schema_migration", "the program's own"),
            ("idempotency", "keys of requests, gone after a day"),
            ("ticket_type_quota", "the ticket types of event.json tell their quotas"),
        ];
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        app.event(&owner).draft().await;
        let options: PgConnectOptions = app.app.config.database.url.expose().parse().unwrap();
        let mut connection = options.connect().await.unwrap();
        let found: Vec<(String, String)> = sqlx::query_as(
            "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema =
               (SELECT table_schema FROM information_schema.tables WHERE table_name = 'order_line' LIMIT 1)",
        )
        .fetch_all(&mut connection)
        .await
        .unwrap();
        assert!(found.len() > 100, "{found:?}");
        for (table, column) in found {
            let copied = COPIED_TABLES.contains(&table.as_str());
            assert!(copied || left.iter().any(|(name, _)| *name == table), "{table} is in no copy");
            let opens = ["secret", "token", "hash", "nonce", "credential", "key"]
                .iter()
                .any(|word| column.contains(word));
            assert!(
                !copied || !opens || COPIED_WITHOUT.contains(&column.as_str()),
                "{table}.{column} opens something?"
            );
        }
    });
}

#[test]
fn readers_who_leave_give_their_turns_back() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let owner = app.owner().await;
        app.event(&owner).ticket_type("1.00", 5).draft().await;
        let path = format!("/api/organizations/{}/export", owner.organization);
        let body = json!({ "password": PASSWORD });
        // More of them than there are turns.
        for _ in 0..6 {
            drop(owner.client.begin_post(&path, &body).await);
        }
        eventually("a turn", || async {
            (owner.client.post(&path, body.clone()).await.status == 200).then_some(())
        })
        .await;
    });
}
