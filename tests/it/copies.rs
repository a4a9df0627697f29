//! Events made again: what a copy has, what it has not, and the dates of a series.

use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::{Answer, Method, Part};
use crate::support::fixtures::{Owner, png};
use crate::support::run;

/// An event in Paris with a logo and two types, one of them in a quota of its own.
async fn original(owner: &Owner) -> String {
    let body = json!({ "name": "Bal", "start_date": "2031-03-20T19:00:00Z", "end_date": "2031-03-20T23:00:00Z",
        "timezone": "Europe/Paris", "city": "Lyon", "capacity": 90, "description": "With **band**.",
        "checkin_opens_at": "2031-03-20T18:00:00Z", "themes": ["dance"] });
    let event = owner.client.post("/api/events", body).await.expect(201)["id"].as_str().unwrap().to_owned();
    let path = format!("/api/events/{event}");
    let quota = owner.client.post(&format!("{path}/quotas"), json!({ "name": "Seats", "size": 40 })).await;
    let quota = quota.expect(201)["id"].clone();
    let types = format!("{path}/ticket-types");
    let seated = json!({ "name": "Seated", "price": "30.00", "tax_rate": "5.5", "quota": quota,
        "sales_end": "2031-03-20T17:00:00Z", "max_per_order": 4 });
    owner.client.post(&types, seated).await.expect(201);
    owner.client.post(&types, json!({ "name": "Standing", "price": "12.50" })).await.expect(201);
    let logo = png(20, 20);
    owner.client.multipart(Method::PATCH, &path, &[Part::file("logo", &logo)]).await.expect(200);
    event
}

/// The object without what no other has.
fn without(object: &Value, own: &[&str]) -> Value {
    let mut left = object.clone();
    own.iter().for_each(|own| drop(left.as_object_mut().unwrap().remove(*own)));
    left
}

fn id(event: &Value) -> &str {
    event["id"].as_str().unwrap()
}

#[test]
fn a_copy_has_everything_but_what_is_the_first_ones_own() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = original(&owner).await;
        let path = format!("/api/events/{event}");
        let made = owner.client.post(&format!("{path}/duplicate"), json!({})).await.expect(201);
        assert_eq!(made["count"], 1);
        let copy = &made.results()[0];
        let first = owner.client.get(&path).await.expect(200);
        let own = ["id", "slug", "created_at", "updated_at", "logo_url"];
        assert_eq!(without(copy, &own), without(&first.body, &own));
        assert_ne!((&copy["id"], &copy["slug"]), (&first["id"], &first["slug"]));
        // The logo is its own: it stays when the first loses its.
        let there = format!("/api/events/{}", id(copy));
        owner.client.delete(&format!("{path}/files/logo")).await.expect(200);
        let copy = owner.client.get(&there).await.expect(200);
        app.client().get(copy["logo_url"].as_str().unwrap()).await.expect(200);
        // It sells the same, in quotas of its own.
        let types = async |path: &str| -> Vec<Value> {
            let found = owner.client.get(&format!("{path}/ticket-types")).await.expect(200);
            let own = ["id", "event", "quota", "quotas"];
            found.results().iter().map(|kind| without(kind, &own)).collect()
        };
        assert_eq!(types(&path).await, types(&there).await);
        let quotas = async |path: &str| -> Vec<Value> {
            owner.client.get(&format!("{path}/quotas")).await.expect(200).results().clone()
        };
        let (ours, theirs) = (quotas(&path).await, quotas(&there).await);
        let sizes =
            |quotas: &[Value]| -> Vec<Value> { quotas.iter().map(|quota| quota["size"].clone()).collect() };
        assert_eq!((sizes(&ours), sizes(&theirs)), (vec![json!(90), json!(40)], vec![json!(90), json!(40)]));
        assert!(ours.iter().zip(&theirs).all(|(ours, theirs)| ours["id"] != theirs["id"]));
        let seated = owner.client.get(&format!("{there}/ticket-types")).await.results()[0].clone();
        let both: Vec<_> = theirs.iter().map(|quota| quota["id"].clone()).collect();
        assert!(seated["quotas"].as_array().unwrap().iter().all(|quota| both.contains(quota)));
        // What has another name is not called as the first was in other languages; what it is about stays.
        let words = json!({ "translations": { "en": { "name": "Ball", "description": "With a band." } } });
        owner.client.patch(&path, words).await.expect(200);
        let made = async |body: Value| {
            let made = owner.client.post(&format!("{path}/duplicate"), body).await.expect(201);
            made.results()[0]["translations"]["en"].clone()
        };
        assert_eq!(made(json!({ "name": "Bal" })).await["name"], "Ball");
        assert_eq!(made(json!({ "name": "Fête" })).await, json!({ "description": "With a band." }));
        // Publishing one publishes that one.
        owner.client.post(&format!("{there}/publish"), json!({})).await.expect(200);
        assert_eq!(owner.client.get(&path).await["state"], "draft");
    });
}

#[test]
fn the_dates_of_a_series_move_with_their_start() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = original(&owner).await;
        let path = format!("/api/events/{event}/duplicate");
        // The clocks change between the first and the second.
        let starts = ["2031-03-27T20:00:00+01:00", "2031-04-03T20:00:00+02:00"];
        let body = json!({ "start_dates": starts, "series": true, "name": "Bal again" });
        let client = owner.client.key(&TestApp::unique("series"));
        let made = client.post(&path, body.clone()).await.expect(201);
        assert_eq!(made["count"], 2);
        for (copy, start) in made.results().iter().zip(starts) {
            assert_eq!((&copy["start_date"], &copy["name"]), (&json!(start), &json!("Bal again")));
            assert_eq!(copy["state"], "draft");
        }
        let desk = app.browser_of(&owner.person.email).await;
        let list = desk.get("/manage?status=draft").await.expect(200).says("All the dates");
        let list = list.says("Ready to be published");
        let of_series = list.html().split("href=\"").find_map(|rest| {
            rest.starts_with("/manage?series=").then(|| rest.split('"').next().unwrap().to_owned())
        });
        desk.get(&of_series.expect("a way to the dates")).await.expect(200).says("3 dates of the series");
        let second = &made.results()[1];
        assert_eq!(second["end_date"], "2031-04-04T00:00:00+02:00");
        assert_eq!(second["checkin_opens_at"], "2031-04-03T19:00:00+02:00");
        let types = owner.client.get(&format!("/api/events/{}/ticket-types", id(second))).await.expect(200);
        assert_eq!(types.results()[0]["sales_end"], "2031-04-03T18:00:00+02:00");
        // Visitors find the way from one published date to the others, and no draft.
        for copy in made.results() {
            owner.client.post(&format!("/api/events/{}/publish", id(copy)), json!({})).await.expect(200);
        }
        let shown = async |event: &Value| {
            let found = app.client().get(&format!("/api/catalog/events/{}", id(event))).await.expect(200);
            let dates = found["dates"].as_array().unwrap().clone();
            dates.iter().map(|date| date["start_date"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(shown(&made.results()[0]).await, [json!(starts[1])]);
        assert_eq!(shown(&made.results()[1]).await, [json!(starts[0])]);
        let slug = made.results()[0]["slug"].as_str().unwrap();
        let page =
            app.browser().get(&format!("/events/{slug}?lang=en")).await.expect(200).says("Another date");
        assert!(page.html().contains(second["slug"].as_str().unwrap()));
        // One that is called off is no date any more.
        owner.client.post(&format!("/api/events/{}/cancel", id(second)), json!({})).await.expect(200);
        assert_eq!(shown(&made.results()[0]).await, Vec::<Value>::new());
        // Asked again with the same key, they are the same.
        let again = client.post(&path, body).await.expect(201);
        let ids = |made: &Answer| -> Vec<Value> {
            made.results().iter().map(|event| event["id"].clone()).collect()
        };
        assert_eq!(ids(&made), ids(&again));
        assert_eq!(owner.client.get("/api/events").await["count"], 3);
        // What is gone is not made again by asking again.
        for copy in made.results() {
            owner.client.delete(&format!("/api/events/{}", id(copy))).await.expect(204);
        }
        let body = json!({ "start_dates": starts, "series": true, "name": "Bal again" });
        client.post(&path, body).await.problem(404, "not_found");
        // A year that no organizer means is told of the date that leads there.
        let body = json!({ "start_dates": ["2031-03-27T20:00:00Z", "2100-12-31T23:30:00Z"] });
        owner.client.post(&path, body).await.invalid(&["start_dates/1 year_out_of_range"]);
    });
}

#[test]
fn what_makes_no_copy_is_told() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0", 5).publish().await;
        let path = format!("/api/events/{}/duplicate", event.id);
        let ask = async |body| owner.client.post(&path, body).await;
        ask(json!({ "name": "\u{200b}" })).await.invalid(&["name required"]);
        ask(json!({ "start_dates": [] })).await.invalid(&["start_dates too_few"]);
        ask(json!({ "start_dates": vec!["2031-03-27T20:00:00Z"; 53] }))
            .await
            .invalid(&["start_dates too_many"]);
        ask(json!({ "start_dates": ["1031-03-27T20:00:00Z"] }))
            .await
            .invalid(&["start_dates/0 year_out_of_range"]);
        // Who organizes this event alone makes no others; whoever sees nothing of it learns nothing.
        let organizer = app.assigned(&owner, &event.id, "organisateur").await;
        organizer.client.post(&path, json!({})).await.problem(403, "forbidden");
        app.owner().await.client.post(&path, json!({})).await.problem(404, "not_found");
        assert_eq!(owner.client.get("/api/events").await["count"], 1);
        // What was sold and cancelled is no matter for a copy.
        app.sold(&event, &event.ticket_types[0], 2).await;
        owner.client.post(&format!("/api/events/{}/cancel", event.id), json!({})).await.expect(200);
        let made = ask(json!({})).await.expect(201);
        let copy = format!("/api/events/{}", id(&made.results()[0]));
        assert_eq!(owner.client.get(&copy).await["state"], "draft");
        let published = owner.client.post(&format!("{copy}/publish"), json!({})).await.expect(200);
        let shown =
            app.client().get(&format!("/api/catalog/events/{}", id(&published.body))).await.expect(200);
        assert_eq!(shown["ticket_types"][0]["available"], 5);
    });
}

#[test]
fn an_organizer_repeats_an_event_on_its_page() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = original(&owner).await;
        let browser = app.browser_of(&owner.person.email).await;
        let overview = format!("/manage/events/{event}");
        let page = format!("{overview}/duplicate");
        browser.get(&overview).await.expect(200).says("Make this event again");
        let form = browser.get(&page).await.expect(200);
        assert_eq!(form.form(&page).value("start_date"), "2031-03-20T20:00");
        for (field, wrong, told) in [
            ("name", "", "required"),
            ("start_date", "tomorrow", "date"),
            ("count", "53", "count"),
            ("count", "many", "count"),
            ("rhythm", "hourly", "rhythm"),
        ] {
            let fields = [("name", "Ball"), ("rhythm", "weekly"), ("count", "3"), (field, wrong)];
            let again = browser.submit(&form, &page, &fields).await.expect(422);
            assert!(again.html().contains(&format!("id=\"e-{field}\"")), "{field} {told}: {}", again.html());
        }
        let weekly = [("rhythm", "weekly"), ("count", "3"), ("name", "Ball")];
        let sent = browser.submit(&form, &page, &weekly).await;
        sent.leads_to("/manage");
        browser.get("/manage").await.expect(200).says("The drafts are made");
        // A second click makes nothing more.
        browser.submit(&form, &page, &weekly).await.expect(303);
        let found = owner.client.get("/api/events?search=Ball&ordering=start_date").await.expect(200);
        let starts: Vec<_> = found.results().iter().map(|event| event["start_date"].clone()).collect();
        assert_eq!(
            starts,
            ["2031-03-20T20:00:00+01:00", "2031-03-27T20:00:00+01:00", "2031-04-03T20:00:00+02:00"]
        );
        let once =
            browser.submit(&form, &page, &[("rhythm", "once"), ("name", "Only one")]).await.expect(303);
        browser.get(&once.to()).await.expect(200).says("Only one").says("The draft is made");
    });
}

#[test]
fn a_template_makes_events_and_is_none_itself() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = original(&owner).await;
        let keep = format!("/api/events/{event}/template");
        owner.client.post(&keep, json!({ "name": " \u{200b}" })).await.invalid(&["name required"]);
        let client = owner.client.key(&TestApp::unique("template"));
        let template = client.post(&keep, json!({ "name": "Bal du samedi" })).await.expect(201);
        assert_eq!((&template["state"], &template["published"]), (&json!("template"), &json!(false)));
        let again = client.post(&keep, json!({ "name": "Bal du samedi" })).await.expect(201);
        assert_eq!(again["id"], template["id"]);
        // No list of events has it but the one that asks for it; it does not count as one.
        let names = async |query: &str| -> Vec<Value> {
            let found = owner.client.get(&format!("/api/events{query}")).await.expect(200);
            found.results().iter().map(|event| event["name"].clone()).collect()
        };
        assert_eq!(names("?status=template").await, ["Bal du samedi"]);
        assert_eq!(names("?status=template&search=dimanche").await, Vec::<Value>::new());
        assert_eq!(names("").await, ["Bal"]);
        assert_eq!(names("?status=upcoming").await, ["Bal"]);
        // Nothing of it is sold, shown or postponed.
        let path = format!("/api/events/{}", id(&template.body));
        for step in ["publish", "cancel", "test-mode"] {
            let refused = owner.client.post(&format!("{path}/{step}"), json!({})).await;
            refused.problem(409, "events.template");
        }
        let dates = json!({ "start_date": "2032-01-01T20:00:00Z", "end_date": "2032-01-01T22:00:00Z" });
        owner.client.post(&format!("{path}/postpone"), dates).await.problem(409, "events.not_published");
        let types = owner.client.get(&format!("{path}/ticket-types")).await.expect(200);
        let kind = types.results()[0]["id"].clone();
        let order = json!({ "event": id(&template.body), "lines": [{ "ticket_type": kind, "quantity": 1 }],
            "buyer": { "first_name": "N", "last_name": "B", "email": "n@b.test" } });
        app.client().post("/api/orders", order).await.invalid(&["event unknown"]);
        app.client()
            .get(&format!("/api/catalog/events/{}", id(&template.body)))
            .await
            .problem(404, "not_found");
        // Its own day is no day for an event, and the good address stays free for one.
        owner.client.post(&format!("{path}/duplicate"), json!({})).await.invalid(&["start_dates required"]);
        assert_eq!(template["status"], "template");
        assert!(template["slug"].as_str().unwrap().len() > "bal-du-samedi".len(), "{template}");
        // It is changed as an event is, and events are made from it, with a series of their own.
        owner.client.patch(&path, json!({ "city": "Nantes" })).await.expect(200);
        let series = async |starts: [&str; 2]| {
            let body = json!({ "start_dates": starts, "series": true });
            owner.client.post(&format!("{path}/duplicate"), body).await.expect(201)
        };
        let spring = series(["2032-04-03T20:00:00+02:00", "2032-04-10T20:00:00+02:00"]).await;
        let autumn = series(["2032-09-04T20:00:00+02:00", "2032-09-11T20:00:00+02:00"]).await;
        for made in spring.results().iter().chain(autumn.results()) {
            assert_eq!((&made["state"], &made["city"]), (&json!("draft"), &json!("Nantes")));
            let path = format!("/api/events/{}", id(made));
            owner.client.post(&format!("{path}/publish"), json!({})).await.expect(200);
        }
        let first = &spring.results()[0];
        assert_eq!(first["checkin_opens_at"], "2032-04-03T19:00:00+02:00");
        let shown = app.client().get(&format!("/api/catalog/events/{}", id(first))).await.expect(200);
        let dates: Vec<_> =
            shown["dates"].as_array().unwrap().iter().map(|date| &date["start_date"]).collect();
        assert_eq!(dates, ["2032-04-10T20:00:00+02:00"]);
        // Gone, it takes nothing with it.
        owner.client.delete(&path).await.expect(204);
        assert_eq!(names("?status=template").await, Vec::<Value>::new());
        app.client().get(first["logo_url"].as_str().unwrap()).await.expect(200);
        // Who may not make events keeps no template.
        let organizer = app.assigned(&owner, id(first), "organisateur").await;
        let keep = format!("/api/events/{}/template", id(first));
        organizer.client.post(&keep, json!({})).await.problem(403, "forbidden");
    });
}

#[test]
fn an_organizer_keeps_a_template_on_the_page_and_uses_it() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = original(&owner).await;
        let browser = app.browser_of(&owner.person.email).await;
        browser.get("/manage?status=template").await.expect(200).says("No template yet");
        browser.get("/manage/events/new").await.expect(200).says_not("Start from a template");
        let overview = format!("/manage/events/{event}");
        let page = browser.get(&overview).await.expect(200).says("Keep as a template");
        let action = format!("{overview}/template");
        let kept = browser.submit(&page, &action, &[]).await.expect(303);
        // A second click keeps the same one.
        assert_eq!(browser.submit(&page, &action, &[]).await.expect(303).to(), kept.to());
        let template = browser.get(&kept.to()).await.expect(200).says("The template is kept");
        template.says_not("Before publishing").says_not("Test mode").says_not("Orders");
        browser.get("/manage/events/new").await.expect(200).says("Start from a template");
        browser.get("/manage?status=template").await.expect(200).says("Make an event").says("Bal");
        browser.get(&format!("{}/team", kept.to())).await.expect(409);
        let page = format!("{}/duplicate", kept.to());
        let form = browser.get(&page).await.expect(200).says("Make an event from it");
        assert_eq!(form.form(&page).value("start_date"), "", "its own day is over long since");
        let fields = [("name", "Bal de mai"), ("start_date", "2032-05-01T20:00")];
        let made = browser.submit(&form, &page, &fields).await.expect(303);
        browser.get(&made.to()).await.expect(200).says("Bal de mai").says("The draft is made");
        let page = browser.get(&kept.to()).await.expect(200);
        browser
            .submit(&page, &format!("{}/delete", kept.to()), &[])
            .await
            .leads_to("/manage?status=template");
        browser.get(&made.to()).await.expect(200);
    });
}
