//! Starting, crashing and starting again; bringing organizations forward; mail through a real server.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use parvis::base::config::Config;
use parvis::base::db::migrate;
use parvis::base::kernel::secret::Secret;
use serde_json::{Value, json};
use sqlx::migrate::{Migration, MigrationType};
use sqlx::{Connection, Row, SqlStr};

use crate::support::app::TestApp;
use crate::support::process::Process;
use crate::support::{eventually, run};

/// An own cluster instead of the tests' one.
const OWN_CLUSTER: (&str, &str) = ("PARVIS__DATABASE__URL", "");

fn kill(pid: &str, signal: &str) {
    assert!(Command::new("kill").args([signal, pid]).status().unwrap().success());
}

/// The first line of the cluster's pid file.
fn postmaster(process: &Process) -> String {
    let text = std::fs::read_to_string(process.data_dir.join("pg/postmaster.pid")).unwrap();
    text.lines().next().unwrap().trim().to_owned()
}

async fn is_ready(process: &Process) -> bool {
    process.client().get("/api/health/ready").await.status == 200
}

#[test]
fn the_own_cluster_survives_every_kill_and_starts_quickly() {
    run(async {
        let mut process = Process::start(&[OWN_CLUSTER]).await;
        let first = postmaster(&process);
        kill(&first, "-9");
        eventually("the database to come back", || async {
            (postmaster_changed(&process, &first) && is_ready(&process).await).then_some(())
        })
        .await;
        process.kill9();
        process.restart().await;
        assert!(is_ready(&process).await);
        kill(&postmaster(&process), "-9");
        process.kill9();
        process.restart().await;
        assert!(is_ready(&process).await);
        assert!(process.stop().await.success());
        assert!(!process.data_dir.join("pg/postmaster.pid").exists(), "PostgreSQL is stopped too");
        let since = Instant::now();
        process.restart().await;
        assert!(since.elapsed() < Duration::from_secs(2), "{:?}", since.elapsed());
    });
}

#[test]
fn commands_run_beside_a_server_and_leave_its_cluster_alone() {
    run(async {
        let mut process = Process::start(&[OWN_CLUSTER]).await;
        let data_dir = process.data_dir.clone();
        let parvis = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_parvis"));
            command.args(arguments).env("PARVIS__DATA_DIR", &data_dir).env("PARVIS__DATABASE__URL", "");
            let output = command.output().unwrap();
            let told = [output.stdout, output.stderr].concat();
            (output.status.success(), String::from_utf8(told).unwrap())
        };
        let before = postmaster(&process);
        let (_, told) = parvis(&["doctor"]);
        assert!(told.contains("the database answers"), "{told}");
        let (done, told) = parvis(&["org", "suspend", "nobody", "--reason", "late"]);
        assert!(!done && told.contains("no organization has the address nobody"), "{told}");
        assert_eq!(postmaster(&process), before);
        assert!(is_ready(&process).await);
        // Nobody runs: the command has the cluster to itself, and stops it.
        assert!(process.stop().await.success());
        let (_, told) = parvis(&["doctor"]);
        assert!(told.contains("the database answers"), "{told}");
        assert!(!data_dir.join("pg/postmaster.pid").exists());
    });
}

fn postmaster_changed(process: &Process, before: &str) -> bool {
    std::fs::read_to_string(process.data_dir.join("pg/postmaster.pid"))
        .is_ok_and(|text| text.lines().next().is_some_and(|pid| pid.trim() != before))
}

#[test]
fn the_demo_is_made_once_and_its_people_can_work() {
    run(async {
        let mut process = Process::start_with(&["serve", "--demo"], &[]).await;
        for round in 0..2 {
            let body = json!({ "email": "owner@demo.parvis.test", "password": "parvis-demo" });
            let login = process.client().post("/api/auth/login", body).await.expect(200);
            let owner = process.client().token(&login.text("access"));
            let events = owner.get("/api/events").await.expect(200);
            assert_eq!(events.results().len(), 2, "round {round}");
            let body = json!({ "email": "controller@demo.parvis.test", "password": "parvis-demo" });
            let login = process.client().post("/api/auth/login", body).await.expect(200);
            assert_eq!(login["requires_event_selection"], true);
            let choosing = process.client().token(&login.text("temp_token"));
            choosing.get("/api/auth/profile").await.problem(401, "unauthenticated");
            let event = login["available_events"][0]["id"].clone();
            let chosen =
                choosing.post("/api/auth/select-event", json!({ "event_id": event })).await.expect(200);
            assert_eq!(chosen["current_event/role"], "controlleur_des_badges");
            assert_eq!(process.client().get("/api/catalog/events").await.expect(200)["count"], 3);
            process.stop().await;
            process.restart().await;
        }
    });
}

/// A migration beyond those of the program: it fails where a table `stumbling_block` is in the way.
fn next_migration() -> Migration {
    let sql = "CREATE TABLE stumbling_block (id integer)";
    Migration::new(9_999, "next".into(), MigrationType::Simple, SqlStr::from_static(sql), false)
}

#[test]
fn fifty_organizations_come_forward_and_one_that_fails_stops_alone() {
    run(async {
        let app = TestApp::own(|config| config.database.pool = 4).await;
        let owner = app.owner_without_mail().await;
        let since = Instant::now();
        for n in 0..49 {
            let body = json!({ "name": format!("Org {n}"), "slug": format!("many-{n}"), "country": "FR",
                "currency": "EUR", "locale": "en", "timezone": "Europe/Paris" });
            let began = Instant::now();
            owner.person.client.post("/api/organizations", body).await.expect(201);
            assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
        }
        assert!(since.elapsed() < Duration::from_secs(30));
        let url = app.app.config.database.url.expose().to_owned();
        let options: sqlx::postgres::PgConnectOptions = url.parse().unwrap();
        let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
        sqlx::raw_sql("CREATE TABLE t_25.stumbling_block (id integer)")
            .execute(&mut connection)
            .await
            .unwrap();
        let list = || {
            let mut all: Vec<Migration> = migrate::tenant_migrations();
            all.push(next_migration());
            all
        };
        let report = migrate::tenants_with(&options, list()).await.unwrap();
        assert_eq!((report.migrated, report.failed.len(), report.failed[0].0), (49, 1, 25), "{report:?}");
        let behind: Vec<i32> =
            sqlx::query("SELECT number FROM platform.organization WHERE schema_version < 9999")
                .fetch_all(&mut connection)
                .await
                .unwrap()
                .iter()
                .map(|row| row.get(0))
                .collect();
        assert_eq!(behind, [25]);
        sqlx::raw_sql("DROP TABLE t_25.stumbling_block").execute(&mut connection).await.unwrap();
        let again = migrate::tenants_with(&options, list()).await.unwrap();
        assert_eq!((again.migrated, again.failed.len()), (1, 0), "only what is left is done: {again:?}");
    });
}

#[test]
fn an_organization_that_is_behind_is_unavailable_and_no_failure() {
    run(async {
        let app = TestApp::own(|_| {}).await;
        let owner = app.owner().await;
        let url = app.app.config.database.url.expose().to_owned();
        let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
        let event = app.event(&owner).ticket_type("1.00", 1).draft().await;
        sqlx::raw_sql("UPDATE platform.organization SET schema_version = 0")
            .execute(&mut connection)
            .await
            .unwrap();
        let answer = eventually("the cache to forget", || async {
            let answer = owner.client.get(&format!("/api/events/{}", event.id)).await;
            (answer.status != 200).then_some(answer)
        })
        .await
        .problem(503, "unavailable");
        assert!(!answer.header("retry-after").is_empty());
    });
}

#[test]
fn a_crash_in_the_middle_of_a_sign_up_leaves_nothing_or_an_organization() {
    run(async {
        let mut process = Process::start(&[]).await;
        let body = json!({ "email": "o@example.org", "password": "a long enough password", "first_name": "N", "last_name": "B" });
        process.client().post("/api/auth/register", body).await.expect(201);
        let token = process.mailbox().wait("o@example.org", 1).await.token();
        process.client().post("/api/auth/confirm", json!({ "token": token })).await.expect(200);
        let login = json!({ "email": "o@example.org", "password": "a long enough password" });
        for round in 0..6u64 {
            let token =
                process.client().post("/api/auth/login", login.clone()).await.expect(200).text("access");
            let body = json!({ "name": "Crash", "slug": format!("crash-{round}"), "country": "FR", "currency": "EUR",
                "locale": "en", "timezone": "Europe/Paris" });
            let http = reqwest::Client::builder().no_proxy().build().unwrap();
            let request = http.post(format!("{}/api/organizations", process.base())).bearer_auth(token);
            let request = request.header("content-type", "application/json").body(body.to_string());
            let sent = tokio::spawn(request.send());
            tokio::time::sleep(Duration::from_millis(8 * round)).await;
            process.kill9();
            let _ = sent.await;
            process.restart().await;
        }
        let token = process.client().post("/api/auth/login", login).await.expect(200).text("access");
        let owner = process.client().token(&token);
        for organization in owner.get("/api/organizations").await.expect(200).results() {
            let choice = json!({ "organization": organization["id"] });
            let tokens = owner.post("/api/auth/select-organization", choice).await.expect(200);
            let owner = process.client().token(&tokens.text("access"));
            let body = json!({ "name": "Works", "start_date": "2030-01-01T10:00:00Z", "end_date": "2030-01-01T12:00:00Z" });
            owner.post("/api/events", body).await.expect(201);
        }
        let url = process.variable("PARVIS__DATABASE__URL");
        let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
        let row = sqlx::query(
            "SELECT (SELECT count(*) FROM platform.organization),
                    (SELECT count(*) FROM pg_namespace WHERE nspname ~ '^t_[0-9]+$'),
                    (SELECT count(*) FROM platform.membership WHERE role = 'owner')",
        )
        .fetch_one(&mut connection)
        .await
        .unwrap();
        let counts: [i64; 3] = [row.get(0), row.get(1), row.get(2)];
        assert!(counts.iter().all(|count| *count == counts[0]), "rows, schemas, owners: {counts:?}");
    });
}

/// The mail server of the tests; `None` where its Python is not installed and nobody insists.
fn mail_server() -> Option<(std::process::Child, Value)> {
    let python = std::env::var("PARVIS_TESTS_VENV").map(|venv| format!("{venv}/bin/python"));
    let Ok(python) = python else {
        assert!(std::env::var_os("PARVIS_TESTS_FULL").is_none(), "PARVIS_TESTS_VENV is not set");
        eprintln!("skipped: PARVIS_TESTS_VENV names no Python with aiosmtpd");
        return None;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/smtp_sink.py");
    let mut child = Command::new(python).arg(script).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    let mut output = std::io::BufReader::new(child.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut output, &mut line).unwrap();
    Some((child, serde_json::from_str(&line).expect(&line)))
}

#[test]
fn mail_goes_through_a_real_server_and_waits_for_one_that_is_busy() {
    run(async {
        let Some((mut server, ports)) = mail_server() else { return };
        let url = format!("smtp://127.0.0.1:{}?tls=none", port(&ports["smtp"]));
        let app = TestApp::own(|config: &mut Config| config.mail.url = Secret::new(url)).await;
        let owner = app.owner_without_mail().await;
        let event = app.event(&owner).ticket_type("30.00", 9).publish().await;
        let inbox = format!("http://127.0.0.1:{}/messages", port(&ports["http"]));
        for address in ["nadia@example.org", "flaky@example.org"] {
            let order = app.buy_as(&app.client(), address, &event, &event.ticket_types[0], 1).await;
            app.pay(&order).await;
            let since = Instant::now();
            let mail = loop {
                let all = app.client().get(&inbox).await.body;
                let found = all
                    .as_array()
                    .unwrap()
                    .iter()
                    .find(|mail| mail["to"].to_string().contains(address))
                    .cloned();
                if let Some(mail) = found {
                    break mail;
                }
                assert!(since.elapsed() < Duration::from_secs(30), "no mail to {address}: {all}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            };
            assert!(mail["text"].as_str().unwrap().contains(&order.code), "{mail}");
            assert_eq!(mail["attachments"].as_array().unwrap().len(), 2, "{mail}");
        }
        server.kill().unwrap();
        server.wait().unwrap();
    });
}

fn port(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| value.as_str().unwrap().rsplit(':').next().unwrap().parse().unwrap())
}
