//! One organization never sees another's data: in the database, after failures, and over HTTP.

use std::panic::AssertUnwindSafe;
use std::task::Poll;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use parvis::base::db::{Db, DbError, TenantTx};
use parvis::base::jobs::{Job, Priority};
use parvis::base::kernel::id::{EventId, Id};
use parvis::base::tenancy::TenantScope;
use serde_json::json;
use sqlx::{AssertSqlSafe, Executor};
use uuid::Uuid;

use crate::support::app::TestApp;
use crate::support::client::Method;
use crate::support::fixtures::Owner;
use crate::support::{eventually, run};

/// SQLSTATEs with which PostgreSQL refuses.
const NO_RIGHT: &str = "42501";
const NO_TABLE: &str = "42P01";
const NO_COLUMN_OR_FUNCTION: &str = "42883";

async fn scope(app: &TestApp, event: &str) -> TenantScope {
    let id: EventId = Id::from(Uuid::parse_str(event).unwrap());
    app.app.entrance.tenancy.scope_of_id(id).await.unwrap().expect("an organization")
}

/// An organization with an event on sale, its owner and its scope.
async fn tenant(app: &TestApp) -> (Owner, String, TenantScope) {
    let owner = app.owner().await;
    let event = app.event(&owner).ticket_type("10.00", 5).publish().await;
    let scope = scope(app, &event.id).await;
    (owner, event.id, scope)
}

fn state(result: Result<u64, DbError>) -> String {
    result.expect_err("PostgreSQL must refuse").state().unwrap_or_else(|| "no state".into())
}

/// What PostgreSQL says to a statement in a transaction of this organization; nothing is kept.
async fn try_as(db: &Db, scope: &TenantScope, sql: String) -> Result<u64, DbError> {
    let mut tx = db.tenant(scope).await?;
    Ok(tx.conn().execute(AssertSqlSafe(sql)).await?.rows_affected())
}

/// What PostgreSQL says to a statement in a transaction of the platform.
async fn try_as_platform(db: &Db, sql: String) -> Result<u64, DbError> {
    let mut tx = db.platform().await?;
    Ok(tx.conn().execute(AssertSqlSafe(sql)).await?.rows_affected())
}

async fn as_owner(app: &TestApp, sql: String) -> Result<u64, DbError> {
    use sqlx::{ConnectOptions, Connection};
    let options: sqlx::postgres::PgConnectOptions = app.app.config.database.url.expose().parse().unwrap();
    let mut connection = options.connect().await?;
    let result = connection.execute(AssertSqlSafe(sql)).await;
    connection.close().await?;
    Ok(result?.rows_affected())
}

#[test]
fn a_query_without_a_scope_finds_nothing() {
    run(async {
        let app = TestApp::shared().await;
        let (_, _, scope) = tenant(app).await;
        let db = &app.app.db;
        assert_eq!(state(db.unscoped("SELECT 1 FROM platform.account").await), NO_RIGHT);
        assert_eq!(state(db.unscoped("SELECT 1 FROM event").await), NO_TABLE);
        assert_eq!(state(db.unscoped("SELECT 1 FROM account").await), NO_TABLE);
        assert_eq!(state(db.unscoped("SELECT platform.current_organization()").await), NO_RIGHT);
        // Leaked, as the text of a pool's statement lives as long as the pool.
        let theirs = format!("SELECT 1 FROM t_{}.event", scope.number());
        assert_eq!(state(db.unscoped(theirs.leak()).await), NO_RIGHT);
    });
}

#[test]
fn a_tenant_sees_its_own_tables_alone() {
    run(async {
        let app = TestApp::shared().await;
        let ((_, _, ours), (_, _, theirs)) = (tenant(app).await, tenant(app).await);
        let db = &app.app.db;
        assert_eq!(try_as(db, &ours, "SELECT id FROM event".into()).await.unwrap(), 1);
        let schema = format!("t_{}", theirs.number());
        for table in ["event", "orders", "ticket", "audit", "access", "payment", "idempotency"] {
            for sql in [
                format!("SELECT 1 FROM {schema}.{table}"),
                format!("DELETE FROM {schema}.{table}"),
                format!("INSERT INTO {schema}.{table} DEFAULT VALUES"),
            ] {
                assert_eq!(state(try_as(db, &ours, sql.clone()).await), NO_RIGHT, "{sql}");
            }
        }
        for table in
            ["account", "session", "membership", "organization", "job", "listing", "audit", "buyer_index"]
        {
            let sql = format!("SELECT 1 FROM platform.{table}");
            assert_eq!(state(try_as(db, &ours, sql.clone()).await), NO_RIGHT, "{sql}");
        }
        // The platform's own transactions read no organization.
        let sql = format!("SELECT 1 FROM {schema}.event");
        assert_eq!(state(try_as_platform(db, sql).await), NO_RIGHT);
        // Nobody makes tables.
        for sql in
            ["CREATE TABLE mine (id integer)", "CREATE TABLE public.mine (id integer)", "CREATE SCHEMA mine"]
        {
            assert_eq!(state(try_as(db, &ours, sql.into()).await), NO_RIGHT, "{sql}");
        }
    });
}

#[test]
fn what_is_append_only_is_never_changed() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, event, scope) = tenant(app).await;
        // A verdict, beside the audit rows that publishing has made.
        let scan = json!({ "event": event, "qr_data": "MKPL-ABCDEFGH2345" });
        owner.client.post("/api/checkin", scan).await.problem(404, "checkin.unknown");
        // And one of the platform's.
        app.member(&owner, "viewer").await;
        let schema = format!("t_{}", scope.number());
        let db = &app.app.db;
        for table in ["audit", "access"] {
            assert!(try_as(db, &scope, format!("SELECT 1 FROM {table}")).await.unwrap() > 0, "{table}");
            for sql in [
                format!("UPDATE {schema}.{table} SET id = id"),
                format!("DELETE FROM {schema}.{table}"),
                format!("TRUNCATE {schema}.{table}"),
            ] {
                assert_eq!(state(try_as(db, &scope, sql.clone()).await), NO_RIGHT, "{sql}");
                // The owner's login has every right; a trigger refuses.
                if !sql.starts_with("TRUNCATE") {
                    assert_eq!(state(as_owner(app, sql.clone()).await), "P0A01", "{sql}");
                }
            }
        }
        for sql in ["UPDATE platform.audit SET action = action", "DELETE FROM platform.audit"] {
            assert_eq!(state(try_as_platform(db, sql.into()).await), NO_RIGHT, "{sql}");
            assert_eq!(state(as_owner(app, sql.into()).await), "P0A01", "{sql}");
        }
        // Orders and tickets are history too: they change, and never go.
        for table in ["orders", "order_line", "ticket", "payment", "refund"] {
            assert_eq!(state(try_as(db, &scope, format!("DELETE FROM {table}")).await), NO_RIGHT, "{table}");
        }
    });
}

#[test]
fn a_tenant_writes_to_the_platform_in_its_own_name_alone() {
    run(async {
        let app = TestApp::shared().await;
        let ((_, _, ours), (_, their_event, theirs)) = (tenant(app).await, tenant(app).await);
        let db = &app.app.db;
        // No function takes an organization: the one that names another does not exist.
        let number = theirs.number();
        let sql = format!("SELECT platform.enqueue({number}, 'k', '{{}}'::jsonb, NULL, 0::smallint, now())");
        assert_eq!(state(try_as(db, &ours, sql).await), NO_COLUMN_OR_FUNCTION);
        let sql = format!(
            "INSERT INTO platform.job (organization, kind, payload, priority, run_at) VALUES ({number}, 'k', '{{}}', 0, now())"
        );
        assert_eq!(state(try_as(db, &ours, sql).await), NO_RIGHT);
        // The other's listing neither changes nor goes, and its slug stays where it is.
        for sql in [
            format!(
                "SELECT platform.publish_listing(jsonb_build_object('event', '{their_event}', 'slug', 'stolen', 'name', \
                 'Stolen', 'summary', '', 'category', 'other', 'location', '', 'city', '', 'starts_at', now(), \
                 'ends_at', now(), 'starts_on', '2026-01-01', 'timezone', 'UTC', 'currency', 'EUR', 'cancelled', \
                 false, 'updated_at', now()))"
            ),
            format!("SELECT platform.withdraw_listing('{their_event}')"),
            format!("SELECT platform.claim_slug('{their_event}', 'stolen')"),
            format!("SELECT platform.forget_event('{their_event}')"),
        ] {
            let mut tx = db.tenant(&ours).await.unwrap();
            tx.conn().execute(AssertSqlSafe(sql)).await.unwrap();
            tx.commit().await.unwrap();
        }
        let seen = app.client().get(&format!("/api/catalog/events/{their_event}")).await.expect(200);
        assert!(seen.text("name").starts_with("Event-"), "{seen}");
        let listed = format!("/api/catalog/events?organization={}", theirs.organization().slug);
        let listed = app.client().get(&listed).await.expect(200);
        assert_eq!(listed["count"], 1, "{listed}");
        assert_eq!(listed.results()[0]["id"], json!(their_event), "{listed}");
    });
}

/// Work that nobody does: it waits an hour.
#[derive(serde::Serialize, serde::Deserialize)]
struct Nothing {}

impl Job for Nothing {
    const KIND: &'static str = "tests.nothing";
    const PRIORITY: Priority = Priority::Background;
}

#[test]
fn a_job_belongs_to_the_organization_that_caused_it() {
    run(async {
        let app = TestApp::shared().await;
        let ((_, _, ours), (_, _, theirs)) = (tenant(app).await, tenant(app).await);
        let mut tx: TenantTx = app.app.db.tenant(&ours).await.unwrap();
        let later = tx.now() + chrono::Duration::hours(1);
        tx.enqueue_at(&Nothing {}, later).await.unwrap();
        tx.commit().await.unwrap();
        let count = |number| {
            let sql = format!(
                "SELECT 1 FROM platform.job WHERE kind = 'tests.nothing' AND organization = {number}"
            );
            try_as_platform(&app.app.db, sql)
        };
        assert_eq!(count(ours.number()).await.unwrap(), 1);
        assert_eq!(count(theirs.number()).await.unwrap(), 0);
    });
}

/// Every connection of the pool is as it came: the login's own role, no tables in sight, no transaction.
async fn assert_clean(db: &Db, connections: usize) {
    // All at once, so that each connection is looked at.
    let check = || {
        db.unscoped(
            "DO $$ BEGIN
                IF current_user NOT LIKE 'parvis_app_%' OR current_user <> session_user THEN
                    RAISE EXCEPTION 'works as %', current_user;
                END IF;
                IF current_setting('search_path') LIKE '%t_%' AND current_setting('search_path') NOT LIKE 'pg_catalog%' THEN
                    RAISE EXCEPTION 'looks into %', current_setting('search_path');
                END IF;
                IF now() <> statement_timestamp() THEN
                    RAISE EXCEPTION 'a transaction was open';
                END IF;
                PERFORM pg_sleep(0.02);
            END $$",
        )
    };
    let answers = futures_util::future::join_all((0..connections * 3).map(|_| check())).await;
    for answer in answers {
        answer.expect("a clean connection");
    }
}

/// An application with few connections, so that a dirty one is met again.
async fn small() -> TestApp {
    TestApp::own(|config| {
        config.database.pool = 4;
        config.jobs.workers = 1;
    })
    .await
}

/// Drops the future when it has had to wait for the `waits`th time, a little after it began to.
async fn give_up<T>(future: impl Future<Output = T>, waits: u32, after: Duration) -> Option<T> {
    let mut future = std::pin::pin!(future);
    let mut left = waits;
    std::future::poll_fn(move |context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => {
            left -= 1;
            if left > 0 {
                return Poll::Pending;
            }
            // PostgreSQL gets as far as it gets.
            let since = Instant::now();
            while since.elapsed() < after {
                std::hint::spin_loop();
            }
            Poll::Ready(None)
        }
    })
    .await
}

#[test]
fn a_cancelled_transaction_leaves_no_connection_scoped() {
    run(async {
        let app = small().await;
        let (_, _, scope) = tenant(&app).await;
        let db = &app.app.db;
        let mut cancelled = 0;
        // On a busy machine many are done before they can be given up.
        for i in 0..6_000u32 {
            if cancelled == 300 {
                break;
            }
            let after = Duration::from_micros(u64::from(i % 300) * 3);
            match give_up(db.tenant(&scope), 1 + i % 3, after).await {
                Some(tx) => drop(tx.unwrap()),
                None => cancelled += 1,
            }
            if i % 10 == 9 {
                assert_clean(db, 4).await;
            }
        }
        assert_eq!(cancelled, 300, "too few were cancelled to prove anything");
        assert_clean(db, 4).await;
        assert_eq!(try_as(db, &scope, "SELECT 1 FROM event".into()).await.unwrap(), 1);
    });
}

#[test]
fn a_panic_or_a_failure_in_a_transaction_leaves_no_connection_scoped() {
    run(async {
        let app = small().await;
        let (_, event, scope) = tenant(&app).await;
        let db = &app.app.db;
        for round in 0..20 {
            let broken = AssertUnwindSafe(async {
                let mut tx = db.tenant(&scope).await.unwrap();
                tx.conn().execute("UPDATE event SET name = 'changed'").await.unwrap();
                if round % 2 == 0 {
                    // An aborted transaction, which even COMMIT would roll back.
                    tx.conn().execute("SELECT 1 / 0").await.unwrap();
                }
                panic!("as a handler may");
            });
            broken.catch_unwind().await.expect_err("it panicked");
            assert_clean(db, 2).await;
        }
        let seen = app.client().get(&format!("/api/catalog/events/{event}")).await.expect(200);
        assert!(seen.text("name").starts_with("Event-"), "{seen}");
    });
}

#[test]
fn requests_that_are_dropped_leave_no_connection_scoped() {
    run(async {
        let app = small().await;
        let (owner, event, _) = tenant(&app).await;
        let path = format!("/api/events/{event}");
        for i in 0..100u64 {
            let request = owner.client.get(&path);
            let _ = tokio::time::timeout(Duration::from_micros(i * 60), request).await;
            let change = owner.client.patch(&path, json!({ "city": format!("City {i}") }));
            let _ = tokio::time::timeout(Duration::from_micros(i * 60), change).await;
            if i % 25 == 24 {
                assert_clean(&app.app.db, 4).await;
            }
        }
        assert_clean(&app.app.db, 4).await;
        owner.client.get(&path).await.expect(200);
    });
}

#[test]
fn an_id_of_another_organization_is_unknown_for_every_method() {
    run(async {
        let app = TestApp::shared().await;
        let (ours, _, our_scope) = tenant(app).await;
        let (theirs, _, _) = tenant(app).await;
        let event = app.event(&ours).ticket_type("10.00", 5).publish().await;
        let (order, tickets) = app.sold(&event, &event.ticket_types[0], 1).await;
        let quotas = ours.client.get(&format!("/api/events/{}/quotas", event.id)).await.expect(200);
        let ids = [
            ("events", event.id.clone()),
            ("orders", order.id.clone()),
            ("tickets", tickets[0]["id"].as_str().unwrap().to_owned()),
            ("ticket-types", event.ticket_types[0].clone()),
            ("quotas", quotas.results()[0]["id"].as_str().unwrap().to_owned()),
            ("organizations", ours.organization.clone()),
        ];
        // An id of the same organization that nothing has.
        let mut bytes = Uuid::parse_str(&event.id).unwrap().into_bytes();
        bytes[10] ^= 0xff;
        let unknown = Uuid::from_bytes(bytes).to_string();
        let body = json!({ "name": "Taken over", "start_date": "2030-01-01T10:00:00Z",
            "end_date": "2030-01-01T12:00:00Z" });
        for (kind, id) in &ids {
            for id in [id.as_str(), &unknown, "00000000-0000-0000-0000-000000000000", "no-id"] {
                let path = format!("/api/{kind}/{id}");
                for method in [Method::GET, Method::PUT, Method::PATCH, Method::DELETE] {
                    let answer = theirs.client.send(method.clone(), &path, Some(body.clone())).await;
                    if answer.status == 405 {
                        let allowed = answer.header("allow");
                        assert!(!allowed.is_empty() && !allowed.contains(method.as_str()), "{answer}");
                    } else {
                        answer.problem(404, "not_found");
                    }
                }
            }
        }
        // And nothing has happened to it.
        assert_eq!(
            ours.client.get(&format!("/api/events/{}", event.id)).await.expect(200)["state"],
            "published"
        );
        assert_eq!(app.tickets(&order).await.len(), 1);
        assert_eq!(our_scope.organization().slug, ours.slug);
    });
}

#[test]
fn strangers_who_come_in_crowds_learn_nothing_and_keep_no_connection() {
    run(async {
        let app = TestApp::own(|config| config.database.pool = 5).await;
        let (owner, stranger) = (app.owner().await, app.owner().await);
        let event = app.event(&owner).ticket_type("30.00", 9).publish().await;
        let quotas = owner.client.get(&format!("/api/events/{}/quotas", event.id)).await.expect(200);
        let quota = format!("/api/quotas/{}", quotas.results()[0]["id"].as_str().unwrap());
        let kind = format!("/api/ticket-types/{}", event.ticket_types[0]);
        let client = app.member(&stranger, "sales").await.client;
        let since = Instant::now();
        let attempts = (0..60).map(|n| match n % 3 {
            0 => client.send(Method::PATCH, &kind, Some(json!({ "price": "0.00" }))),
            1 => client.send(Method::DELETE, &kind, None),
            _ => client.send(Method::PATCH, &quota, Some(json!({ "size": 1 }))),
        });
        for answer in futures_util::future::join_all(attempts).await {
            answer.problem(404, "not_found");
        }
        assert!(since.elapsed() < Duration::from_secs(10), "{:?}", since.elapsed());
        eventually("every connection to be idle", || async {
            let (open, idle) = app.app.db.connections();
            (open <= 5 && idle == open as usize).then_some(())
        })
        .await;
    });
}
