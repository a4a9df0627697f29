//! An organization moves to another installation as a file, and nothing of it is lost.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use sqlx::Connection;

use crate::support::app::TestApp;
use crate::support::client::{Client, Method, Part};
use crate::support::cluster;
use crate::support::fixtures::{Owner, PASSWORD, png};
use crate::support::{eventually, run};

/// Runs `parvis org …` on the installation of a running application.
fn org(app: &TestApp, arguments: &[&str]) -> Output {
    let config = &app.app.config;
    Command::new(env!("CARGO_BIN_EXE_parvis"))
        .arg("org")
        .args(arguments)
        .env("PARVIS__DATABASE__URL", config.database.url.expose())
        .env("PARVIS__DATA_DIR", &config.data_dir)
        .env("PARVIS__SECURITY__SECRET", config.security.secret.expose())
        .output()
        .unwrap()
}

fn done(output: &Output) -> String {
    let told =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{told}");
    told
}

fn refused(output: &Output, words: &str) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && told.contains(words), "{words}: {told}");
}

/// The id as the other installation has it, whose organization's id this is.
fn at_home(id: &str, organization: &str) -> String {
    format!("{}{}", &id[..28], &organization[28..])
}

async fn client_of(app: &TestApp, email: &str, organization: &str) -> Client {
    let login = app.login(email).await;
    let client = app.client().token(&login.text("access"));
    let tokens = client
        .post("/api/auth/select-organization", json!({ "organization": organization }))
        .await
        .expect(200);
    app.client().token(&tokens.text("access"))
}

/// What an organization says of itself, without what another installation gives anew.
async fn told(client: &Client, event: &str) -> Vec<Value> {
    let event_view = client.get(&format!("/api/events/{event}")).await.expect(200);
    let orders = client.get(&format!("/api/events/{event}/orders?page_size=100")).await.expect(200);
    let statistics = client.get(&format!("/api/events/{event}/statistics")).await.expect(200);
    let types = client.get(&format!("/api/events/{event}/ticket-types")).await.expect(200);
    let quotas = client.get(&format!("/api/events/{event}/quotas")).await.expect(200);
    let pick =
        |row: &Value, members: &[&str]| -> Value { members.iter().map(|name| row[*name].clone()).collect() };
    let mut all = vec![pick(
        &event_view.body,
        &["name", "description", "start_date", "end_date", "location", "themes", "state"],
    )];
    all.extend(
        orders
            .results()
            .iter()
            .map(|row| pick(row, &["code", "status", "total", "currency", "created_at", "buyer"])),
    );
    all.extend(types.results().iter().map(|row| pick(row, &["name", "price", "tax_rate"])));
    all.extend(quotas.results().iter().map(|row| pick(row, &["name", "size", "sold"])));
    all.push(pick(&statistics.body, &["tickets_sold", "revenue", "participants_count"]));
    all
}

async fn schemas(app: &TestApp) -> i64 {
    let url = app.app.config.database.url.expose().to_owned();
    let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
    sqlx::query_scalar("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 't\\_%'")
        .fetch_one(&mut connection)
        .await
        .unwrap()
}

/// Somebody with a confirmed account of this address.
async fn settled(app: &TestApp, email: &str) {
    app.register(email).await;
    let token = app.mailbox.wait(email, 1).await.token();
    app.client().post("/api/auth/confirm", json!({ "token": token })).await.expect(200);
}

#[test]
fn an_organization_moves_with_all_it_has() {
    run(async {
        let (here, there) = (TestApp::own(|_| ()).await, TestApp::own(|_| ()).await);
        let owner = here.owner().await;
        let admin = here.member(&owner, "admin").await;
        let viewer = here.member(&owner, "viewer").await;
        let event = here
            .event(&owner)
            .with("description", "Über *alles*\t\\N “quoted”\nline")
            .ticket_type("30.00", 50)
            .ticket_type("0", 5)
            .publish()
            .await;
        let controller = here.controller(&owner, &event.id).await;
        let bytes = png(900, 600);
        let picture = [Part::file("image", &bytes)];
        owner
            .client
            .multipart(Method::PATCH, &format!("/api/events/{}", event.id), &picture)
            .await
            .expect(200);
        let (order, tickets) = here.sold(&event, &event.ticket_types[0], 3).await;
        let held = here.buy(&event, &event.ticket_types[0], 2).await;
        let scan =
            |index: usize, event: &str| json!({ "event": event, "qr_data": tickets[index]["qr_data"] });
        owner.client.post("/api/checkin", scan(0, &event.id)).await.expect(200);
        let refund = json!({ "tickets": [tickets[2]["id"]], "reason": "ill" });
        owner.client.post(&format!("/api/orders/{}/refunds", order.id), refund).await.expect(201);
        here.run_jobs().await;
        // The other installation is lived in: numbers and addresses are taken.
        let neighbour = there.owner().await;
        let theirs =
            there.event(&neighbour).with("slug", event.slug.clone()).ticket_type("5.00", 5).publish().await;
        assert_eq!(theirs.slug, event.slug);
        settled(&there, &owner.person.email).await;
        settled(&there, &admin.email).await;
        settled(&there, &order.email).await;
        // Who merely claimed an address there gets no role by it.
        there.register(&viewer.email).await;
        let folder = cluster::scratch();
        std::fs::create_dir_all(&folder).unwrap();
        let archive = folder.join("moved.zip");
        let path = archive.to_str().unwrap();
        let before = told(&owner.client, &event.id).await;
        done(&org(&here, &["suspend", &owner.slug, "--reason", "moving"]));
        done(&org(&here, &["export", &owner.slug, path]));
        refused(&org(&here, &["export", &owner.slug, path]), "cannot be made");
        assert!(mode(&archive) & 0o077 == 0, "others may read it");
        let before_import = schemas(&there).await;
        refused(&org(&there, &["import", broken(&archive).to_str().unwrap()]), "was changed or is broken");
        refused(&org(&there, &["import", path, "--slug", &neighbour.slug]), "another organization");
        refused(&org(&there, &["import", path, "--owner", &viewer.email]), "confirmed");
        assert_eq!(schemas(&there).await, before_import, "what was refused left something");
        let told_of = done(&org(&there, &["import", path]));
        assert!(told_of.contains("2 people have their roles, 2 are invited"), "{told_of}");
        assert!(told_of.contains(&format!("the event {} is now", event.slug)), "{told_of}");
        // The owner finds all of it.
        let login = there.login(&owner.person.email).await;
        let organization = login.text("organization");
        let client = client_of(&there, &owner.person.email, &organization).await;
        let view = client.get(&format!("/api/organizations/{organization}")).await.expect(200);
        assert_eq!((view["slug"].clone(), view["role"].clone()), (json!(owner.slug), json!("owner")));
        let moved = at_home(&event.id, &organization);
        assert_eq!(told(&client, &moved).await, before);
        let image = client.get(&format!("/api/events/{moved}")).await.expect(200).text("image_url");
        let image = &image[image.find("/images/").expect("a path")..];
        assert!(client.get(image).await.expect(200).header("content-type").starts_with("image/"));
        // Tickets that were printed before open the gate once; what was used or taken back does not.
        client.post("/api/checkin", scan(1, &moved)).await.expect(200);
        client.post("/api/checkin", scan(1, &moved)).await.problem(409, "checkin.already_used");
        client.post("/api/checkin", scan(0, &moved)).await.problem(409, "checkin.already_used");
        client.post("/api/checkin", scan(2, &moved)).await.problem(403, "checkin.refused");
        let foreign = json!({ "event": theirs.id, "qr_data": tickets[1]["qr_data"] });
        neighbour.client.post("/api/checkin", foreign).await.problem(404, "checkin.unknown");
        // The buyer finds the order by the address, the invited get mails, the log is whole.
        eventually("the buyer's order", || async {
            let buyer = there.logged_in(&order.email).await;
            let list = buyer.client.get("/api/orders").await.expect(200);
            (list["count"] == 1 && list["results"][0]["code"] == order.code.as_str()).then_some(())
        })
        .await;
        for email in [&viewer.email, &controller.email] {
            let count = if email == &viewer.email { 2 } else { 1 };
            assert!(there.mailbox.wait(email, count).await.link("/invitation").contains("token="));
        }
        let admin_there = client_of(&there, &admin.email, &organization).await;
        admin_there.get(&format!("/api/organizations/{organization}/audit?area=event")).await.expect(200);
        let log =
            client.get(&format!("/api/organizations/{organization}/audit?page_size=100")).await.expect(200);
        let actions: Vec<&str> = log.results().iter().map(|row| row["action"].as_str().unwrap()).collect();
        for action in ["organization.import", "event.publish", "order.refund"] {
            assert!(actions.contains(&action), "{action} in {actions:?}");
        }
        // It sells on, under both addresses; holds end there too.
        let slug = client.get(&format!("/api/events/{moved}")).await.expect(200).text("slug");
        assert_ne!(slug, event.slug);
        eventually("the listing", || async {
            let found = there
                .client()
                .get(&format!("/api/catalog/events?organization={}", owner.slug))
                .await
                .expect(200);
            (found["count"] == 1).then_some(())
        })
        .await;
        let kind = at_home(&event.ticket_types[0], &organization);
        let bought = there
            .client()
            .post("/api/orders", crate::support::fixtures::order_body(&moved, &kind, 1, "new@example.org"))
            .await
            .expect(201);
        assert_eq!(bought["status"], "pending");
        there.clock.advance(chrono::Duration::minutes(20));
        let client = client_of(&there, &owner.person.email, &organization).await;
        let held_there = at_home(&held.id, &organization);
        eventually("the hold to end", || async {
            let order = client.get(&format!("/api/orders/{held_there}")).await.expect(200);
            (order["status"] == "expired").then_some(())
        })
        .await;
        // Twice is another organization.
        done(&org(&there, &["import", path, "--slug", &TestApp::unique("twice")]));
        again_alone(&there, &owner).await;
    });
}

/// Both imports stand side by side.
async fn again_alone(app: &TestApp, owner: &Owner) {
    let login = app
        .client()
        .post("/api/auth/login", json!({ "email": owner.person.email, "password": PASSWORD }))
        .await
        .expect(200);
    let client = app.client().token(&login.text("access"));
    assert_eq!(client.get("/api/organizations").await.expect(200)["count"], 2);
}

fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).unwrap().permissions().mode()
}

/// The archive with one row changed, and everything else as it was.
fn broken(archive: &Path) -> std::path::PathBuf {
    use std::io::{Read, Write};
    let mut from = zip::ZipArchive::new(std::fs::File::open(archive).unwrap()).unwrap();
    let path = archive.with_extension("broken.zip");
    let mut to = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let mut bytes = vec![];
        let name = part.name().unwrap().into_owned();
        part.read_to_end(&mut bytes).unwrap();
        if name == "tables/orders.copy" {
            bytes = String::from_utf8(bytes).unwrap().replace("EUR", "USD").into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&bytes).unwrap();
    }
    to.finish().unwrap();
    path
}
