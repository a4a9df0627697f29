//! Many organizations: what each one more costs to sign up, to bring forward and to serve, and what PostgreSQL needs to
//! remember of them.

use std::fmt::Write;
use std::time::Instant;

use anyhow::{Context, ensure};
use parvis::base::db::migrate::{tenant_migrations, tenants_with};
use serde_json::json;
use sqlx::SqlStr;
use sqlx::migrate::{Migration, MigrationType};
use sqlx::postgres::PgConnectOptions;

use super::client::Client;
use super::drive::{Figures, Limit, drive};
use super::options::Options;
use super::server::{Place, Server};
use super::world::{PASSWORD, bearer, publish, text};

/// Organizations of one account: as many as somebody who runs several has.
const PER_ACCOUNT: usize = 10;
/// The first and the last of so many are compared.
const SAMPLE: usize = 100;

/// An organization with one event on sale.
struct Tenant {
    id: String,
    account: usize,
    event: String,
}

/// The tables of a run.
struct Report {
    text: String,
}

impl Report {
    fn line(&mut self, what: &str, value: &str) -> anyhow::Result<()> {
        eprintln!("{what}: {value}");
        Ok(writeln!(self.text, "| {what} | {value} |")?)
    }

    fn memory(&mut self, when: &str, server: &Server) -> anyhow::Result<()> {
        let (own, database, processes) = server.memory();
        self.line(
            &format!("memory {when}"),
            &format!("server {own:.0} MiB, PostgreSQL {database:.0} MiB in {processes} processes"),
        )
    }
}

/// Signs up, migrates, asks; prints a Markdown table.
pub(super) async fn measure(options: &Options, place: &Place) -> anyhow::Result<()> {
    let count = options.organizations();
    let mut report = Report { text: format!("| {count} organizations | |\n|---|--:|\n") };
    let server = Server::start(place, 0).await?;
    report.memory("of an empty installation", &server)?;
    let mut tenants = sign_up(&server, count, &mut report).await.context("signing up")?;
    server.sql("parvis", "VACUUM ANALYZE")?;
    report.memory("after the sign-ups", &server)?;
    let size = server.sql("parvis", "SELECT pg_size_pretty(pg_database_size('parvis'))")?;
    let tables = server.sql("parvis", "SELECT count(*) FROM pg_class")?;
    report.line("database", &format!("{size}, {tables} relations"))?;
    migrate(&server, count, &mut report).await.context("migrating")?;
    server.stop().await?;
    let begun = Instant::now();
    let server = Server::start(place, 0).await?;
    report.line(
        "start of the server with nothing to migrate",
        &format!("{:.2} s", begun.elapsed().as_secs_f64()),
    )?;
    report.memory("after the start", &server)?;
    ask(&server, options, &mut tenants, &mut report).await.context("asking")?;
    server.stop().await?;
    print!("{}", report.text);
    Ok(())
}

fn email(account: usize) -> String {
    format!("owner{account}@load.test")
}

/// The header lines of an account's requests.
async fn log_in(client: &mut Client, account: usize) -> anyhow::Result<String> {
    let login = json!({ "email": email(account), "password": PASSWORD });
    bearer(&client.post("/api/auth/login", "", &login).await?.json(200)?)
}

async fn sign_up(server: &Server, count: usize, report: &mut Report) -> anyhow::Result<Vec<Tenant>> {
    let mut client = server.client().await?;
    let (mut tenants, mut took, mut header) = (Vec::new(), Vec::new(), String::new());
    for number in 0..count {
        let account = number / PER_ACCOUNT;
        if number % PER_ACCOUNT == 0 {
            let person = json!({ "email": email(account), "password": PASSWORD, "first_name": "Load", "last_name": "Owner" });
            client.post("/api/auth/register", "", &person).await?.expect(201)?;
            // Instead of the mail, which no worker sends here.
            server.sql(
                "parvis",
                "UPDATE platform.account SET email_confirmed_at = now() WHERE email_confirmed_at IS NULL",
            )?;
            header = log_in(&mut client, account).await?;
        }
        let body = json!({ "name": format!("Organization {number}"), "slug": format!("organization-{number}"),
            "country": "FR", "currency": "EUR", "locale": "fr", "timezone": "Europe/Paris" });
        let begun = Instant::now();
        let made = client.post("/api/organizations", &header, &body).await?.json(201)?;
        took.push(begun.elapsed().as_secs_f64() * 1000.0);
        let id = text(&made, "id")?;
        let chosen = json!({ "organization": id });
        let tokens = client.post("/api/auth/select-organization", &header, &chosen).await?.json(200)?;
        let on_sale =
            publish(&mut client, &bearer(&tokens)?, &format!("Event {number}"), "25.00", None).await?;
        tenants.push(Tenant { id, account, event: on_sale.event });
    }
    let sample = SAMPLE.min(count);
    let of = |part: &[f64]| {
        let figures = Figures::new(1, 1.0, part.to_vec(), super::gauge::Spent::default());
        format!("p50 {:.0} ms, p99 {:.0} ms", figures.p50, figures.p99)
    };
    report.line(&format!("sign-up, the first {sample}"), &of(took.get(..sample).unwrap_or_default()))?;
    report
        .line(&format!("sign-up, the last {sample}"), &of(took.get(count - sample..).unwrap_or_default()))?;
    Ok(tenants)
}

/// All organizations with nothing to do, then with a column and an index more.
async fn migrate(server: &Server, count: usize, report: &mut Report) -> anyhow::Result<()> {
    let owner = PgConnectOptions::new_without_pgpass().socket(&server.socket).port(5432);
    let owner = owner.username("parvis").database("parvis");
    let begun = Instant::now();
    let done = tenants_with(&owner, tenant_migrations()).await?;
    ensure!((done.migrated, done.failed.len()) == (0, 0), "{done:?}");
    report.line("migration of all with nothing to do", &format!("{:.2} s", begun.elapsed().as_secs_f64()))?;
    let sql = "ALTER TABLE orders ADD COLUMN load_note text NOT NULL DEFAULT ''; \
               CREATE INDEX orders_by_load_note ON orders (event, load_note)";
    let mut all = tenant_migrations();
    all.push(Migration::new(9_999, "load".into(), MigrationType::Simple, SqlStr::from_static(sql), false));
    let begun = Instant::now();
    let done = tenants_with(&owner, all).await?;
    ensure!(
        (done.migrated, done.failed.len()) == (count, 0),
        "{} migrated, {:?}",
        done.migrated,
        done.failed.first()
    );
    let seconds = begun.elapsed().as_secs_f64();
    let each = seconds * 1000.0 / super::drive::float(count);
    report.line("migration of all by a column and an index", &format!("{seconds:.1} s, {each:.1} ms each"))
}

/// The figures of events: of one organization again and again, then of each in turn.
async fn ask(
    server: &Server,
    options: &Options,
    tenants: &mut [Tenant],
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut client = server.client().await?;
    let mut asked = Vec::new();
    let (mut header, mut of) = (String::new(), usize::MAX);
    for tenant in tenants.iter() {
        if tenant.account != of {
            (header, of) = (log_in(&mut client, tenant.account).await?, tenant.account);
        }
        let chosen = json!({ "organization": tenant.id });
        let tokens = client.post("/api/auth/select-organization", &header, &chosen).await?.json(200)?;
        asked.push((format!("/api/events/{}/statistics", tenant.event), bearer(&tokens)?));
    }
    report.memory("after a login for each", server)?;
    let (count, rounds) = (asked.len(), if options.is_quick() { 1 } else { 3 });
    for (name, clients, spread, steps) in [
        ("one organization, 1 client", 1, 1, count * rounds),
        ("one organization, 8 clients", 8, 1, count * rounds),
        ("each in turn for the first time, 1 client", 1, count, count),
        ("each in turn again, 1 client", 1, count, count * rounds),
        ("each in turn, 8 clients", 8, count, count * rounds * 4),
    ] {
        let step = async |client: &mut Client, n: usize| {
            let (path, header) = asked.get(n % spread).context("nobody")?;
            client.get(path, header).await?.expect(200)
        };
        let figures = drive(server.port, clients, Limit::steps(steps), || server.spent(), step).await?;
        let told =
            format!("p50 {:.2} ms, p99 {:.2} ms, {:.0} a second", figures.p50, figures.p99, figures.rate());
        report.line(&format!("figures of an event, {name}"), &told)?;
        report.memory(&format!("after {name}"), server)?;
    }
    Ok(())
}
