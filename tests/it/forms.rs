//! Every form of the site, taken from the routes themselves: without the visitor's own token it does nothing.

use std::collections::BTreeMap;

use serde_json::json;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection};

use crate::support::app::TestApp;
use crate::support::pages::{Browser, PageForm};
use crate::support::{eventually, run, source};

/// What the refusal says.
const TOLD: &str = "nothing has been done";

/// Fields that do something in one form or another, so that what is refused would have worked.
const FIELDS: [(&str, &str); 30] = [
    ("name", "Taken over"),
    ("email", "thief@example.org"),
    ("first_name", "Mallory"),
    ("last_name", "Thief"),
    ("locale", "fr"),
    ("country", "FR"),
    ("role", "admin"),
    ("price", "1"),
    ("size", "1"),
    ("up", "on"),
    ("wanted", "on"),
    ("what", "all"),
    ("reason", "Theft"),
    ("confirmed", "1"),
    ("tender", "complimentary"),
    ("buyer/first_name", "Mallory"),
    ("buyer/last_name", "Thief"),
    ("buyer/email", "thief@example.org"),
    ("lines/0/quantity", "1"),
    ("consent", "on"),
    ("provider", "sandbox"),
    ("card_number", "4242424242424242"),
    ("new_password", "a password of a thief"),
    ("new_email", "thief.too@example.org"),
    ("password", "a long enough password"),
    ("accept", "on"),
    ("copy/password", "a long enough password"),
    ("erase/password", "a long enough password"),
    ("require_second_factor", "on"),
    ("next", "/"),
];

/// The addresses that take a form, as `site.rs` has them.
fn routes() -> Vec<String> {
    let sources = source::sources();
    let site = sources.iter().find(|source| source.path == "src/edges/site.rs").unwrap();
    let routes = site.calls(".at").into_iter().filter(|arguments| {
        let [_, method] = arguments.as_slice() else { return false };
        method.starts_with("post(") || method.contains(".post(")
    });
    routes.map(|arguments| source::literal(&arguments[0]).unwrap().to_owned()).collect()
}

/// An owner with one of everything that a form may be about.
struct Stage {
    browser: Browser,
    ids: BTreeMap<&'static str, String>,
}

impl Stage {
    async fn of(app: &TestApp) -> Self {
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("12.00", 10).publish().await;
        let kind = event.ticket_types[0].clone();
        let (order, _) = app.sold(&event, &kind, 2).await;
        let held = app.buy(&event, &kind, 1).await;
        let payment = app.begin_payment(&held).await;
        let tickets = order.client.get(&format!("/api/orders/{}/tickets", order.id)).await.expect(200);
        let spare = json!({ "name": "Spare", "size": 5 });
        let quota = owner.client.post(&format!("/api/events/{}/quotas", event.id), spare).await.expect(201);
        let member = app.member(&owner, "viewer").await;
        let path = format!("/api/organizations/{}/invitations", owner.organization);
        let invited = json!({ "email": "waiting@example.org", "role": "viewer" });
        let invitation = owner.client.post(&path, invited).await.expect(201);
        let controller = app.controller(&owner, &event.id).await;
        let wanted = json!({ "email": "wanted@example.org", "role": "exposant", "event": event.id });
        let wanted = owner.client.post(&path, wanted).await.expect(201);
        let keys = format!("/api/organizations/{}/api-keys", owner.organization);
        let key =
            owner.client.post(&keys, json!({ "name": "Program", "scopes": ["checkin"] })).await.expect(201);
        app.login(&owner.person.email).await;
        let session = app.open_sessions(&owner.person.client).await[0].clone();
        let browser = app.browser_of(&owner.person.email).await;
        browser.get(&format!("/orders/{}?secret={}", order.id, order.secret)).await;
        let ids = BTreeMap::from([
            ("/orders/:id", order.id.clone()),
            ("/events/:slug", event.slug.clone()),
            ("/account/sessions/:id", session),
            ("/manage/events/:id", event.id.clone()),
            ("/manage/members/:id", member.id),
            ("/manage/invitations/:id", invitation.text("id")),
            ("/manage/settings/keys/:id", key.text("id")),
            (":account", controller.id),
            (":invitation", wanted.text("id")),
            (":event", event.id),
            (":order", order.id),
            (":payment", payment),
            (":ticket", tickets["results/0/id"].as_str().unwrap().to_owned()),
            (":type", kind),
            (":quota", quota.text("id")),
        ]);
        Self { browser, ids }
    }

    /// The address with its parts filled in.
    fn address(&self, route: &str) -> String {
        let parts = route.split('/').skip(1).fold(String::new(), |path, part| {
            if !part.starts_with(':') {
                return format!("{path}/{part}");
            }
            let above = route.split_once(part).unwrap().0;
            let id = self.ids.get(part).or_else(|| self.ids.get(format!("{above}{part}").as_str()));
            format!("{path}/{}", id.unwrap_or_else(|| panic!("this test has no {part} for {route}")))
        });
        assert!(!parts.contains(':'), "{parts}");
        parts
    }
}

/// Waits until what was done for the stage is done to its end.
async fn quiet(options: &PgConnectOptions) {
    eventually("no jobs", || async {
        let mut connection = options.connect().await.unwrap();
        let due = "SELECT count(*) FROM platform.job WHERE dead_at IS NULL AND run_at < now()";
        let due: i64 = sqlx::query_scalar(due).fetch_one(&mut connection).await.unwrap();
        (due == 0).then_some(())
    })
    .await;
}

/// What every table holds, in a few letters each. Jobs come and go by themselves, and so does the time when a bank
/// is asked again.
async fn contents(connection: &mut PgConnection) -> BTreeMap<String, String> {
    let list = "SELECT schemaname || '.' || tablename FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename NOT IN ('job', 'cron') ORDER BY 1";
    let tables: Vec<String> = sqlx::query_scalar(list).fetch_all(&mut *connection).await.unwrap();
    assert!(tables.len() > 15, "the tables were not found: {tables:?}");
    let mut contents = BTreeMap::new();
    for table in tables {
        let digest = format!(
            "SELECT coalesce(md5(string_agg(row, '|' ORDER BY row)), '')
             FROM (SELECT (to_jsonb(t) - 'next_poll_at')::text AS row FROM {table} t) AS rows"
        );
        let digest: String =
            sqlx::query_scalar(AssertSqlSafe(digest)).fetch_one(&mut *connection).await.unwrap();
        contents.insert(table, digest);
    }
    contents
}

#[test]
fn no_form_does_anything_without_the_token_of_its_visitor() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let stage = Stage::of(&app).await;
        let options: PgConnectOptions = app.app.config.database.url.expose().parse().unwrap();
        let mut connection = options.connect().await.unwrap();
        let own = stage.browser.get("/profile").await.expect(200).form("/profile").value("csrf").to_owned();
        let stranger = app.browser();
        let foreign = stranger.get("/login").await.expect(200).form("/login").value("csrf").to_owned();
        assert!(own.len() > 10 && foreign.len() > 10 && own != foreign);
        quiet(&options).await;
        let before = contents(&mut connection).await;
        let routes = routes();
        assert!(routes.len() > 35, "the routes were not found: {routes:?}");
        for route in &routes {
            let fields = FIELDS.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
            let form = PageForm { action: stage.address(route), fields };
            let [made_up, foreign, own] =
                ["x", &foreign, &own].map(|token| form.clone().filled(&[("csrf", token)]));
            for page in [
                stage.browser.send(form.clone()).await,
                stage.browser.send(made_up).await,
                stage.browser.send(foreign.clone()).await,
                stage.browser.send_with_file(foreign, b"x").await,
                stage.browser.lured().send(own).await,
            ] {
                let (status, words) = (page.answer.status, page.words());
                assert!(status == 403 && words.contains(TOLD), "{route}: {status} {words}");
            }
            // Neither for somebody who is not logged in, where anybody may send it.
            let page = app.browser().send(form).await;
            let refused = page.answer.status == 403 || page.to().starts_with("/login");
            assert!(refused, "{route}: {}", page.words());
            let after = contents(&mut connection).await;
            let changed: Vec<_> =
                after.iter().filter(|(table, digest)| before.get(*table) != Some(digest)).collect();
            assert!(changed.is_empty(), "{route} changed {changed:?}");
        }
        // The session is what it was, and the same form with its own token works.
        let page = stage.browser.get("/profile").await.expect(200);
        stage.browser.submit(&page, "/profile", &[("first_name", "Changed")]).await.expect(303);
        assert_ne!(contents(&mut connection).await, before);
    });
}

#[test]
fn a_form_that_no_page_has_is_refused_before_it_is_read() {
    run(async {
        let app = TestApp::shared().await;
        let browser = app.browser();
        let page = browser.get("/login").await.expect(200);
        let form = page.form("/login");
        let mut deep = form.clone();
        deep.fields.push((vec!["a"; 200_000].join("/"), "1".into()));
        browser.send(deep).await.expect(400);
        let mut many = form.clone();
        many.fields.extend((0..20_000).map(|n| (format!("f{n}"), String::new())));
        browser.send(many).await.expect(400);
        // A page that takes no file takes no large body either.
        browser.send_with_file(form, &vec![0; 3 << 20]).await.expect(413);
    });
}
