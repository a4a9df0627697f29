//! An organization moves to another installation as a file, and nothing of it is lost.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use sqlx::Connection;

use crate::support::app::TestApp;
use crate::support::client::{Client, Method, Part};
use crate::support::cluster;
use crate::support::fixtures::{Event, Order, Owner, Person, order_body, png};
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

/// An organization that is lived in here, and is to go there, where others live.
struct Move {
    here: TestApp,
    there: TestApp,
    owner: Owner,
    neighbour: Owner,
    admin: Person,
    viewer: Person,
    controller: Person,
    event: Event,
    /// The neighbour's, with the same address.
    theirs: Event,
    order: Order,
    tickets: Vec<Value>,
    held: Order,
    archive: PathBuf,
}

impl Move {
    async fn staged() -> Self {
        let (here, there) = (TestApp::own(|_| ()).await, TestApp::own(|_| ()).await);
        let owner = here.owner().await;
        let (admin, viewer) = (here.member(&owner, "admin").await, here.member(&owner, "viewer").await);
        let words = "Über *alles*\t\\N “quoted”\nline";
        let draft =
            here.event(&owner).with("description", words).ticket_type("30.00", 50).ticket_type("0", 5);
        let event = draft.publish().await;
        let controller = here.controller(&owner, &event.id).await;
        let (bytes, path) = (png(900, 600), format!("/api/events/{}", event.id));
        owner.client.multipart(Method::PATCH, &path, &[Part::file("image", &bytes)]).await.expect(200);
        let (order, tickets) = here.sold(&event, &event.ticket_types[0], 3).await;
        let held = here.buy(&event, &event.ticket_types[0], 2).await;
        let scan = json!({ "event": event.id, "qr_data": tickets[0]["qr_data"] });
        owner.client.post("/api/checkin", scan).await.expect(200);
        let refund = json!({ "tickets": [tickets[2]["id"]], "reason": "ill" });
        owner.client.post(&format!("/api/orders/{}/refunds", order.id), refund).await.expect(201);
        here.run_jobs().await;
        // The other installation is lived in: numbers and addresses are taken.
        let neighbour = there.owner().await;
        let theirs =
            there.event(&neighbour).with("slug", event.slug.clone()).ticket_type("5.00", 5).publish().await;
        assert_eq!(theirs.slug, event.slug);
        for email in [&owner.person.email, &admin.email, &order.email] {
            settled(&there, email).await;
        }
        // Who merely claimed an address there gets no role by it.
        there.register(&viewer.email).await;
        let folder = cluster::scratch();
        std::fs::create_dir_all(&folder).unwrap();
        let archive = folder.join("moved.zip");
        Self {
            here,
            there,
            owner,
            neighbour,
            admin,
            viewer,
            controller,
            event,
            theirs,
            order,
            tickets,
            held,
            archive,
        }
    }

    fn path(&self) -> &str {
        self.archive.to_str().unwrap()
    }

    fn scan(&self, index: usize, event: &str) -> Value {
        json!({ "event": event, "qr_data": self.tickets[index]["qr_data"] })
    }

    /// Nothing is written by an archive that is broken, or that has no place.
    async fn refusals(&self) {
        refused(&org(&self.here, &["export", &self.owner.slug, self.path()]), "cannot be made");
        assert_eq!(mode(&self.archive), 0o600, "others may read it");
        let before = schemas(&self.there).await;
        let import = |more: &[&str]| org(&self.there, &[&["import"], more].concat());
        refused(&import(&[broken(&self.archive).to_str().unwrap()]), "was changed or is broken");
        let catalog = with_table(&self.archive, "pg_authid");
        refused(&import(&[catalog.to_str().unwrap()]), "pg_authid is no table of an organization");
        let migrations = with_table(&self.archive, "schema_migration");
        refused(&import(&[migrations.to_str().unwrap()]), "schema_migration is no table of an organization");
        refused(&import(&[self.path(), "--slug", &self.neighbour.slug]), "another organization");
        refused(&import(&[self.path(), "--owner", &self.viewer.email]), "confirmed");
        assert_eq!(schemas(&self.there).await, before, "what was refused left something");
    }

    /// Tickets that were printed before open the gate once; what was used or taken back does not.
    async fn at_the_gate(&self, client: &Client, moved: &str) {
        client.post("/api/checkin", self.scan(1, moved)).await.expect(200);
        client.post("/api/checkin", self.scan(1, moved)).await.problem(409, "checkin.already_used");
        client.post("/api/checkin", self.scan(0, moved)).await.problem(409, "checkin.already_used");
        client.post("/api/checkin", self.scan(2, moved)).await.problem(403, "checkin.refused");
        let foreign = self.scan(1, &self.theirs.id);
        self.neighbour.client.post("/api/checkin", foreign).await.problem(404, "checkin.unknown");
    }

    /// The buyer finds the order by the address, the invited get mails, the log is whole.
    async fn people(&self, client: &Client, organization: &str) {
        let there = &self.there;
        eventually("the buyer's order", || async {
            let list = there.logged_in(&self.order.email).await.client.get("/api/orders").await.expect(200);
            (list["count"] == 1 && list["results"][0]["code"] == self.order.code.as_str()).then_some(())
        })
        .await;
        for (person, count) in [(&self.viewer, 2), (&self.controller, 1)] {
            assert!(there.mailbox.wait(&person.email, count).await.link("/invitation").contains("token="));
        }
        let path = format!("/api/organizations/{organization}/audit?page_size=100");
        let log = client.get(&path).await.expect(200);
        let actions: Vec<&str> = log.results().iter().map(|row| row["action"].as_str().unwrap()).collect();
        for action in ["organization.import", "event.publish", "order.refund"] {
            assert!(actions.contains(&action), "{action} in {actions:?}");
        }
        let admin = client_of(there, &self.admin.email, organization).await;
        admin.get(&path).await.expect(200);
    }

    /// It sells on, under another address where the old one is taken; holds end there too.
    async fn goes_on(&self, client: &Client, organization: &str, moved: &str) {
        let there = &self.there;
        assert_ne!(
            client.get(&format!("/api/events/{moved}")).await.expect(200).text("slug"),
            self.event.slug
        );
        eventually("the listing", || async {
            let path = format!("/api/catalog/events?organization={}", self.owner.slug);
            (there.client().get(&path).await.expect(200)["count"] == 1).then_some(())
        })
        .await;
        let kind = at_home(&self.event.ticket_types[0], organization);
        let body = order_body(moved, &kind, 1, "new@example.org");
        assert_eq!(there.client().post("/api/orders", body).await.expect(201)["status"], "pending");
        there.clock.advance(chrono::Duration::minutes(20));
        let client = client_of(there, &self.owner.person.email, organization).await;
        let held = at_home(&self.held.id, organization);
        eventually("the hold to end", || async {
            let order = client.get(&format!("/api/orders/{held}")).await.expect(200);
            (order["status"] == "expired").then_some(())
        })
        .await;
    }
}

#[test]
fn an_organization_moves_with_all_it_has() {
    run(async {
        let it = Move::staged().await;
        let (owner, there) = (&it.owner, &it.there);
        let before = told(&owner.client, &it.event.id).await;
        done(&org(&it.here, &["suspend", &owner.slug, "--reason", "moving"]));
        done(&org(&it.here, &["export", &owner.slug, it.path()]));
        it.refusals().await;
        let imported = done(&org(there, &["import", it.path()]));
        assert!(imported.contains("2 roles are given, 2 people are invited"), "{imported}");
        assert!(imported.contains(&format!("the event {} is now", it.event.slug)), "{imported}");
        // The owner finds all of it.
        let organization = there.login(&owner.person.email).await.text("organization");
        let client = client_of(there, &owner.person.email, &organization).await;
        let view = client.get(&format!("/api/organizations/{organization}")).await.expect(200);
        assert_eq!((view["slug"].clone(), view["role"].clone()), (json!(owner.slug), json!("owner")));
        let moved = at_home(&it.event.id, &organization);
        assert_eq!(told(&client, &moved).await, before);
        let image = client.get(&format!("/api/events/{moved}")).await.expect(200).text("image_url");
        let image = &image[image.find("/images/").expect("a path")..];
        assert!(client.get(image).await.expect(200).header("content-type").starts_with("image/"));
        it.at_the_gate(&client, &moved).await;
        it.people(&client, &organization).await;
        it.goes_on(&client, &organization, &moved).await;
        // Twice is another organization.
        done(&org(there, &["import", it.path(), "--slug", &TestApp::unique("twice")]));
        let client = there.logged_in(&owner.person.email).await.client;
        assert_eq!(client.get("/api/organizations").await.expect(200)["count"], 2);
    });
}

fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// The archive with one row changed, and everything else as it was.
fn broken(archive: &Path) -> PathBuf {
    let change = |name: &str, bytes: Vec<u8>| match name {
        "tables/orders.copy" => String::from_utf8(bytes).unwrap().replace("EUR", "USD").into_bytes(),
        _ => bytes,
    };
    changed(archive, "broken.zip", change, None)
}

/// The archive with one table more, and checksums that fit.
fn with_table(archive: &Path, table: &str) -> PathBuf {
    let part = format!("tables/{table}.copy");
    let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let change = |name: &str, bytes: Vec<u8>| {
        if name != "manifest.json" {
            return bytes;
        }
        let mut manifest: Value = serde_json::from_slice(&bytes).unwrap();
        let table = json!({ "name": table, "columns": ["version"], "rows": 0 });
        manifest["tables"].as_array_mut().unwrap().push(table);
        manifest["parts"][&part] = nothing.into();
        serde_json::to_vec(&manifest).unwrap()
    };
    changed(archive, &format!("{table}.zip"), change, Some(&part))
}

fn changed(
    archive: &Path,
    name: &str,
    change: impl Fn(&str, Vec<u8>) -> Vec<u8>,
    empty: Option<&str>,
) -> PathBuf {
    use std::io::{Read, Write};
    let mut from = zip::ZipArchive::new(std::fs::File::open(archive).unwrap()).unwrap();
    let path = archive.with_extension(name);
    let mut to = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    if let Some(empty) = empty {
        to.start_file(empty, options).unwrap();
    }
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let mut bytes = vec![];
        let name = part.name().unwrap().into_owned();
        part.read_to_end(&mut bytes).unwrap();
        to.start_file(name.as_str(), options).unwrap();
        to.write_all(&change(&name, bytes)).unwrap();
    }
    to.finish().unwrap();
    path
}
