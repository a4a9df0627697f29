//! The lists of the catalogue: filters, places, orders, pages while events come, counts, bounded time.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use parvis::base::config::Switch;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, PgConnection};

use crate::support::app::TestApp;
use crate::support::client::Answer;
use crate::support::fixtures::{Event, Owner};
use crate::support::{eventually, run};

/// The text as part of an address.
pub fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// A connection that may do everything.
pub async fn superuser(app: &TestApp) -> PgConnection {
    let options: sqlx::postgres::PgConnectOptions = app.app.config.database.url.expose().parse().unwrap();
    options.connect().await.unwrap()
}

/// Publishes an event with these members.
pub async fn published(app: &TestApp, owner: &Owner, members: Value) -> Event {
    let mut draft = app.event(owner).ticket_type("10.00", 9);
    for (member, value) in members.as_object().unwrap() {
        draft = draft.with(member, value.clone());
    }
    draft.publish().await
}

/// What a query finds among the events of an organization.
pub async fn found(app: &TestApp, owner: &Owner, query: &str) -> Answer {
    let path = format!("/api/catalog/events?organization={}&{query}", owner.slug);
    app.client().get(&path).await.expect(200)
}

pub fn names(answer: &Answer) -> Vec<String> {
    answer.results().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn filters_narrow_and_combine() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let day = (app.clock.now() + Duration::days(40)).date_naive();
        let at = |hours: i64| day.and_time(chrono::NaiveTime::MIN).and_utc() + Duration::hours(hours);
        for (name, category, city, price, start, timezone, place) in [
            ("Paris", "concert", "Béjaïa", "30.00", at(12), "Europe/Paris", Some((48.8566, 2.3522))),
            ("Versailles", "concert", "BEJAIA", "0", at(13), "Europe/Paris", Some((48.8049, 2.1204))),
            // The evening before by the clocks there, although it is that day in London.
            ("Honolulu", "sport", "Honolulu", "12.50", at(3), "Pacific/Honolulu", Some((21.3069, -157.8583))),
            ("Taveuni", "sport", "", "50.00", at(14), "Pacific/Fiji", Some((-16.85, 179.97))),
            ("Nowhere", "sport", "", "50.00", at(15), "UTC", None),
        ] {
            let mut draft =
                app.event(&owner).ticket_type(price, 9).with("name", name).with("category", category);
            draft = draft.with("city", city).with("timezone", timezone);
            draft = draft
                .with("start_date", start.to_rfc3339())
                .with("end_date", (start + Duration::hours(1)).to_rfc3339());
            if let Some((latitude, longitude)) = place {
                draft = draft.with("latitude", latitude).with("longitude", longitude);
            }
            draft.publish().await;
        }
        let (before, after) = (day - Duration::days(1), day + Duration::days(1));
        for (query, expected) in [
            ("category=concert".to_owned(), vec!["Paris", "Versailles"]),
            ("city=B%C3%89JA%C3%8FA".into(), vec!["Paris", "Versailles"]),
            ("city=bejaia&free=true".into(), vec!["Versailles"]),
            ("free=false&category=concert".into(), vec!["Paris"]),
            ("price_max=12.5".into(), vec!["Honolulu", "Versailles"]),
            (format!("date_to={before}"), vec!["Honolulu"]),
            (format!("date_from={day}"), vec!["Paris", "Versailles", "Taveuni", "Nowhere"]),
            (format!("date_from={after}"), vec!["Taveuni"]),
            (format!("date_from={day}&date_to={day}"), vec!["Paris", "Versailles", "Nowhere"]),
            ("near=48.8566,2.3522&radius_km=5".into(), vec!["Paris"]),
            ("near=48.81,2.13".into(), vec!["Versailles", "Paris"]),
            ("near=48.81,2.13&ordering=start_date".into(), vec!["Paris", "Versailles"]),
            // Over the date line.
            ("near=-16.8,-179.9&radius_km=50".into(), vec!["Taveuni"]),
            ("near=90,0&radius_km=200".into(), vec![]),
            ("ordering=-start_date".into(), vec!["Nowhere", "Taveuni", "Versailles", "Paris", "Honolulu"]),
            ("ordering=name&category=sport".into(), vec!["Honolulu", "Nowhere", "Taveuni"]),
            ("ordering=price&city=bejaia".into(), vec!["Versailles", "Paris"]),
            ("ordering=-price&city=bejaia".into(), vec!["Paris", "Versailles"]),
            ("ordering=newest&city=bejaia".into(), vec!["Versailles", "Paris"]),
            ("search=paris&near=48.81,2.13".into(), vec!["Paris"]),
            ("search=sport&price_max=20".into(), vec!["Honolulu"]),
        ] {
            let answer = found(app, &owner, &query).await;
            assert_eq!(names(&answer), expected, "{query}");
            assert_eq!(answer["count"], expected.len(), "{query}");
        }
        let near = found(app, &owner, "near=48.8566,2.3522").await;
        assert_eq!(
            near.results().iter().map(|row| row["distance_km"].as_f64().unwrap()).collect::<Vec<_>>(),
            [0.0, 17.9]
        );
        for (query, wrong) in [
            ("near=91,0", "near coordinates"),
            ("near=here", "near coordinates"),
            ("near=1,1&radius_km=201", "radius_km radius"),
            ("radius_km=far", "radius_km radius"),
            ("ordering=distance", "ordering ordering_needs"),
            ("ordering=relevance", "ordering ordering_needs"),
            ("cursor=x", "cursor unreadable"),
            ("page=101", "page too_large"),
        ] {
            app.client().get(&format!("/api/catalog/events?{query}")).await.invalid(&[wrong]);
        }
    });
}

/// All names of a list, read by its `next` addresses; then back again by `previous`.
async fn there_and_back(app: &TestApp, query: &str, pages: usize) -> Vec<String> {
    let mut answer = app.client().get(query).await.expect(200);
    let mut read = vec![names(&answer)];
    while let Some(next) = answer["next"].as_str() {
        let next = next.to_owned();
        answer = app.client().get(&next).await.expect(200);
        read.push(names(&answer));
        assert!(read.len() <= pages, "{query}: too many pages");
    }
    assert_eq!(read.len(), pages, "{query}: {read:?}");
    for page in read.iter().rev().skip(1) {
        let previous =
            answer["previous"].as_str().unwrap_or_else(|| panic!("{query}: no way back")).to_owned();
        answer = app.client().get(&previous).await.expect(200);
        assert_eq!(names(&answer), *page, "{query}, back");
    }
    read.concat()
}

#[test]
fn pages_lead_on_and_back_in_every_order() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let day = app.clock.now() + Duration::days(20);
        for n in 0..7i64 {
            // Equals in every order, so that the id must decide.
            let start = day + Duration::days(n / 3);
            let members = json!({ "name": format!("Wanderung {}", n / 2), "latitude": 45.0 + f64::from(u8::try_from(n / 2).unwrap()) / 100.0,
                "longitude": 5.0, "start_date": start, "end_date": start + Duration::hours(1) });
            let draft = published(app, &owner, members).await;
            if n % 2 == 0 {
                let quota = json!({ "name": "free", "price": "0" });
                let path = format!("/api/events/{}/ticket-types", draft.id);
                owner.client.post(&path, quota).await.expect(201);
            }
        }
        for order in
            ["start_date", "-start_date", "name", "price", "-price", "newest", "relevance", "distance"]
        {
            let query = format!(
                "/api/catalog/events?organization={}&ordering={order}&page_size=2&search=wanderung&near=45,5",
                owner.slug
            );
            let read = there_and_back(app, &query, 4).await;
            assert_eq!(read.len(), 7, "{order}: {read:?}");
        }
        // Numbers work too, and give the same.
        let by_number =
            |page| format!("/api/catalog/events?organization={}&page_size=2&page={page}", owner.slug);
        let second = app.client().get(&by_number(2)).await.expect(200);
        let first = app.client().get(&by_number(1)).await.expect(200);
        let next = app.client().get(first["next"].as_str().unwrap()).await.expect(200);
        assert_eq!(second.results(), next.results());
        assert_eq!(
            app.client().get(second["previous"].as_str().unwrap()).await.expect(200).results(),
            first.results()
        );
        assert!(app.client().get(&by_number(5)).await.expect(200).results().is_empty());
    });
}

#[test]
fn no_event_comes_twice_or_is_left_out_while_others_are_published() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let day = app.clock.now() + Duration::days(30);
        let event = async |name: String, hours: i64| {
            let start = day + Duration::hours(hours);
            let members =
                json!({ "name": name, "start_date": start, "end_date": start + Duration::hours(1) });
            published(app, &owner, members).await;
        };
        for n in 0..6 {
            event(format!("old {n}"), n * 10).await;
        }
        let mut address = format!("/api/catalog/events?organization={}&page_size=2", owner.slug);
        let mut seen = Vec::new();
        for page in 0..9 {
            let answer = app.client().get(&address).await.expect(200);
            seen.extend(names(&answer));
            let Some(next) = answer["next"].as_str() else { break };
            address = next.to_owned();
            // One before what was read, one after it.
            event(format!("new before {page}"), -1 - page).await;
            event(format!("new after {page}"), 100 + page).await;
            assert!(page < 8, "it does not end: {seen:?}");
            if page == 5 {
                break;
            }
        }
        let old: Vec<&String> = seen.iter().filter(|name| name.starts_with("old")).collect();
        assert_eq!(old, ["old 0", "old 1", "old 2", "old 3", "old 4", "old 5"], "{seen:?}");
        assert!(!seen.iter().any(|name| name.starts_with("new before")), "{seen:?}");
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len(), "{seen:?}");
    });
}

#[test]
fn prices_are_compared_in_one_currency() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let (euro, dinar) = (app.owner().await, app.owner().await);
        let path = format!("/api/organizations/{}", dinar.organization);
        dinar.client.patch(&path, json!({ "currency": "DZD" })).await.expect(200);
        for (owner, name, price) in [
            (&euro, "Cheap euro", "20.00"),
            (&euro, "Dear euro", "40.00"),
            (&euro, "Dearest euro", "90.00"),
            (&euro, "Free euro", "0"),
            (&dinar, "Cheap dinar", "30.00"),
            (&dinar, "Dear dinar", "3000.00"),
            (&dinar, "Free dinar", "0"),
        ] {
            app.event(owner).ticket_type(price, 9).with("name", name).publish().await;
        }
        let free = ["Free dinar", "Free euro"];
        let (of_euro, of_dinar) = (&euro.slug, &dinar.slug);
        for (query, currency, expected) in [
            // Most of what is listed is sold in euros.
            ("price_max=25".to_owned(), Some("EUR"), vec!["Cheap euro", "Free dinar", "Free euro"]),
            ("price_max=25&currency=DZD".into(), Some("DZD"), free.to_vec()),
            ("price_max=50&currency=dzd".into(), Some("DZD"), vec!["Cheap dinar", "Free dinar", "Free euro"]),
            ("price_max=50&currency=TND".into(), Some("TND"), free.to_vec()),
            ("price_max=50&search=dear&currency=EUR".into(), Some("EUR"), vec!["Dear euro"]),
            (format!("price_max=50&organization={of_dinar}"), Some("DZD"), vec!["Cheap dinar", "Free dinar"]),
            (
                format!("price_max=5000&organization={}", dinar.organization),
                Some("DZD"),
                vec!["Cheap dinar", "Dear dinar", "Free dinar"],
            ),
            (format!("price_max=5000&currency=EUR&organization={of_dinar}"), Some("EUR"), vec!["Free dinar"]),
            (format!("price_max=25&organization={of_euro}"), Some("EUR"), vec!["Cheap euro", "Free euro"]),
            // Nothing is nothing in every currency.
            ("free=true".into(), None, free.to_vec()),
            ("price_max=0".into(), None, free.to_vec()),
            ("price_max=0.00&currency=DZD".into(), None, free.to_vec()),
            ("price_max=0&free=false".into(), None, vec![]),
            ("currency=DZD&search=cheap".into(), None, vec!["Cheap dinar", "Cheap euro"]),
        ] {
            let answer =
                app.client().get(&format!("/api/catalog/events?ordering=name&{query}")).await.expect(200);
            assert_eq!(names(&answer), expected, "{query}");
            assert_eq!(
                (answer["count"].as_u64(), answer["price_currency"].as_str()),
                (Some(expected.len() as u64), currency),
                "{query}"
            );
        }
        let wrong = app.client().get("/api/catalog/events?price_max=25&currency=ABC").await;
        wrong.invalid(&["currency unknown_choice"]);
        // The finder asks in which currency where there are several.
        let browser = app.browser();
        let page = browser.get("/?price_max=25&lang=en").await.expect(200);
        assert!(page.html().contains("<option selected>EUR</option><option>DZD</option>"), "{}", page.html());
        page.says("Up to €25.00").says("Cheap euro").says("Free dinar").says_not("Cheap dinar");
        let page = browser.get("/?price_max=50&currency=DZD").await.expect(200).says("Cheap dinar");
        assert!(page.says_not("Cheap euro").html().contains("<option selected>DZD</option>"));
        browser.get("/?price_max=0").await.expect(200).says("Free euro").says_not("Cheap euro");
        browser.get("/?price_max=25&currency=gold").await.expect(200).says("Cheap euro");
        let page = browser.get(&format!("/o/{of_dinar}?price_max=50")).await.expect(200);
        assert!(!page.html().contains("id=\"f-currency\""), "{}", page.html());
        page.says("Highest price (DZD)").says("Cheap dinar").says_not("Dear dinar");
        let feed = app.client().get(&format!("/o/{of_dinar}/events.rss?price_max=50")).await.expect(200);
        let feed = String::from_utf8_lossy(&feed.bytes);
        assert!(feed.contains("Cheap dinar") && !feed.contains("Dear dinar"), "{feed}");
    });
}

#[test]
fn prices_in_a_currency_are_found_in_the_index_alone() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let owner = app.owner().await;
        let event = published(&app, &owner, json!({ "name": "Many" })).await;
        let mut connection = superuser(&app).await;
        multiplied(&mut connection, &event, 10_000).await;
        let mix = "UPDATE platform.listing SET price_min = 2000, price_max = 2000, price_rank = 200000,
            currency = CASE WHEN starts_at < now() + interval '35 days' THEN 'EUR' ELSE 'DZD' END";
        connection.execute(mix).await.unwrap();
        connection.execute("VACUUM ANALYZE platform.listing").await.unwrap();
        for (ordering, column) in
            [("start_date", "starts_at"), ("newest", "published_at"), ("name", "name_key")]
        {
            let sql = format!(
                "EXPLAIN SELECT event, {column} FROM platform.listing WHERE true AND live AND ends_at >= now()
                 AND price_rank <= 250000 AND (price_rank = 0 OR currency = 'DZD') ORDER BY {column}, event LIMIT 25"
            );
            let plan: Vec<String> =
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut connection).await.unwrap();
            assert!(
                plan.iter().any(|line| line.contains("Index Only Scan using listing_live_by")),
                "{plan:#?}"
            );
            let path = format!("/api/catalog/events?price_max=25&currency=DZD&ordering={ordering}");
            assert_eq!(app.client().get(&path).await.expect(200)["count_capped"], true, "{ordering}");
        }
    });
}

/// Copies a listing many times, with another id, slug and start.
async fn multiplied(connection: &mut PgConnection, event: &Event, times: u32) {
    let sql = format!(
        "INSERT INTO platform.listing (event, organization, organization_name, organization_slug, slug, name, summary,
             category, location, city, starts_at, ends_at, starts_on, timezone, currency, cancelled, updated_at, about)
         SELECT md5('copy' || n)::uuid, organization, organization_name, organization_slug, slug || '-' || n,
             name || ' ' || n, summary, category, location, city, starts_at + n * interval '1 minute',
             ends_at + n * interval '1 minute', starts_on, timezone, currency, cancelled, updated_at, about
         FROM platform.listing, generate_series(1, {times}) AS n WHERE event = '{}'", event.id);
    connection.execute(AssertSqlSafe(sql)).await.unwrap();
}

#[test]
fn counts_are_exact_up_to_a_thousand() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let owner = app.owner().await;
        let event = published(&app, &owner, json!({ "name": "Viele", "description": "überall" })).await;
        let mut connection = superuser(&app).await;
        multiplied(&mut connection, &event, 999).await;
        for query in ["", "search=viele", "search=uberall", "near=1,1&ordering=name&search=viele"] {
            let answer = found(&app, &owner, query).await;
            let many = if query.contains("near") { 0 } else { 1000 };
            assert_eq!((&answer["count"], &answer["count_capped"]), (&json!(many), &Value::Null), "{query}");
        }
        let one_more =
            published(&app, &owner, json!({ "name": "Viele mehr", "description": "überall" })).await;
        eventually("the cap", || async {
            (found(&app, &owner, "").await["count_capped"] == true).then_some(())
        })
        .await;
        // The same order whether it is sorted whole or read degree by degree.
        for query in ["", "search=viele", "search=vie", "search=uberall"] {
            let answer = found(&app, &owner, query).await;
            assert_eq!((&answer["count"], &answer["count_capped"]), (&json!(1000), &json!(true)), "{query}");
            let path = |more: &str| {
                format!("/api/catalog/events?organization={}&page_size=100&{query}{more}", owner.slug)
            };
            let read = there_and_back(&app, &path(""), 11).await;
            assert_eq!(read.len(), 1001, "{query}");
            assert_eq!(read.iter().collect::<BTreeSet<_>>().len(), 1001, "{query}");
            let tenth = app.client().get(&path("&page=10")).await.expect(200);
            assert_eq!(names(&tenth), read[900..1000], "{query}");
        }
        assert_eq!(found(&app, &owner, "search=mehr").await.results()[0]["id"], one_more.id);
        // The page says that there are more.
        app.browser().get("/").await.expect(200).says("More than 1,000 events");
    });
}

#[test]
fn what_is_over_or_cancelled_leaves_the_lists() {
    run(async {
        let app = TestApp::own(|config| config.jobs.workers = 0).await;
        let owner = app.owner_without_mail().await;
        // In the middle of a day, which is the same one in the event's zone.
        let day = app.clock.now().date_naive() + Duration::days(3);
        let start = day.and_time(chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap()).and_utc();
        let members =
            |name: &str| json!({ "name": name, "start_date": start, "end_date": start + Duration::hours(2) });
        let past = published(&app, &owner, members("Bientôt passé")).await;
        let cancelled = published(&app, &owner, members("Annulé")).await;
        let listed = async |query: &str| {
            names(&app.client().get(&format!("/api/catalog/events?{query}")).await.expect(200))
        };
        assert_eq!(listed("ordering=name").await, ["Annulé", "Bientôt passé"]);
        owner.client.post(&format!("/api/events/{}/cancel", cancelled.id), json!({})).await.expect(200);
        for query in ["", "search=annule", "ordering=newest"] {
            assert!(!listed(query).await.contains(&"Annulé".to_owned()), "{query}");
        }
        let page =
            app.browser().get(&format!("/events/{}", cancelled.slug)).await.expect(200).says("Cancelled");
        assert!(page.html().contains("https://schema.org/EventCancelled"));
        // The clock alone takes it off the list; the job makes that cheap.
        app.clock.advance(Duration::days(4));
        assert!(listed("page_size=7").await.is_empty());
        app.run_jobs().await;
        let mut connection = superuser(&app).await;
        let live = async |connection: &mut PgConnection| -> bool {
            sqlx::query_scalar("SELECT bool_or(live) FROM platform.listing")
                .fetch_one(connection)
                .await
                .unwrap()
        };
        assert!(!live(&mut connection).await);
        // Days that are over tell what took place, not what was called off.
        let eve = day - Duration::days(1);
        for query in
            [format!("date_from={eve}"), format!("date_from={eve}&search=passe"), format!("date_to={day}")]
        {
            assert_eq!(listed(&query).await, ["Bientôt passé"], "{query}");
        }
        // Moved to another day it is back.
        let client = app.logged_in(&owner.person.email).await.client;
        let later = start + Duration::days(30);
        let moved = json!({ "start_date": later, "end_date": later + Duration::hours(1) });
        client.patch(&format!("/api/events/{}", past.id), moved).await.expect(200);
        assert_eq!(listed("page_size=8").await, ["Bientôt passé"]);
        assert!(live(&mut connection).await);
    });
}

#[test]
fn a_search_that_takes_too_long_falls_back_to_names_and_says_so() {
    run(async {
        let app = TestApp::own(|config| config.database.search_timeout = 300).await;
        let owner = app.owner().await;
        published(&app, &owner, json!({ "name": "Récital d’orgue", "description": "piano" })).await;
        published(&app, &owner, json!({ "name": "Piano seul" })).await;
        let mut connection = superuser(&app).await;
        // Whoever reads the words waits.
        connection.execute("BEGIN; LOCK TABLE platform.listing_term IN ACCESS EXCLUSIVE MODE").await.unwrap();
        let begun = std::time::Instant::now();
        let answer = found(&app, &owner, "search=r%C3%A9cit").await;
        assert_eq!(
            (&answer["names_only"], names(&answer)),
            (&json!(true), vec!["Récital d’orgue".to_owned()])
        );
        assert!(begun.elapsed() < std::time::Duration::from_secs(5), "{:?}", begun.elapsed());
        app.browser()
            .get("/?search=piano")
            .await
            .expect(200)
            .says("The search took too long")
            .says("Piano seul");
        // Lists without words go on as ever.
        assert_eq!(found(&app, &owner, "").await["count"], 2);
        connection.execute("ROLLBACK").await.unwrap();
        // What was less than asked for is not told for long.
        eventually("the whole answer", || async {
            (found(&app, &owner, "search=r%C3%A9cit").await["names_only"].is_null()).then_some(())
        })
        .await;
        assert_eq!(found(&app, &owner, "search=piano&ordering=name").await["count"], 2);
        eventually("the whole page", || async {
            let page = app.browser().get("/?search=piano").await.expect(200);
            (!page.words().contains("took too long")).then_some(())
        })
        .await;
    });
}

#[test]
fn whoever_searches_without_end_waits_and_the_lists_do_not() {
    run(async {
        let app = TestApp::own(|config| config.limits.rate = Switch::On).await;
        let search = async |n: u32| app.client().get(&format!("/api/catalog/events?search=x{n}")).await;
        let mut refused = None;
        for n in 0..200 {
            let answer = search(n).await;
            if answer.status == 429 {
                assert!(answer.header("retry-after").parse::<u32>().unwrap() <= 2);
                refused = Some(n);
                break;
            }
            answer.expect(200);
        }
        let refused = refused.expect("nobody was stopped");
        assert!(refused >= 120, "stopped after {refused}");
        // What is at hand costs nothing, nor does a list.
        search(0).await.expect(200);
        for n in 0..50 {
            app.client().get(&format!("/api/catalog/events?price_max={n}")).await.expect(200);
        }
        app.browser().get("/").await.expect(200);
    });
}

#[test]
fn a_server_of_the_version_before_can_publish_and_search() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let owner = app.owner().await;
        let event = published(&app, &owner, json!({ "name": "Ancien récital" })).await;
        let mut connection = superuser(&app).await;
        let old = "SELECT count(*) FROM platform.listing WHERE words @@ to_tsquery('simple', platform.fold('récit:*'))";
        let found: i64 = sqlx::query_scalar(old).fetch_one(&mut connection).await.unwrap();
        assert_eq!(found, 1);
        let listing: Value = sqlx::query_scalar(
            "SELECT to_jsonb(l) - '{language,about,keywords,latitude,longitude,published_at,version,live}'::text[]
             FROM platform.listing l")
            .fetch_one(&mut connection)
            .await
            .unwrap();
        let mut published = listing.clone();
        published["name"] = json!("Nouveau récital");
        let sql = "SELECT set_config('role', 'tr_' || prefix || '_1', false) FROM platform.installation";
        connection.execute(sql).await.unwrap();
        sqlx::query("SELECT platform.publish_listing($1)")
            .bind(published)
            .execute(&mut connection)
            .await
            .unwrap();
        connection.execute("RESET ROLE").await.unwrap();
        let names: Vec<(String, DateTime<Utc>)> =
            sqlx::query_as("SELECT name, published_at FROM platform.listing")
                .fetch_all(&mut connection)
                .await
                .unwrap();
        assert_eq!(names[0].0, "Nouveau récital");
        assert_eq!(listing["event"], event.id);
    });
}
