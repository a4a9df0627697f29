//! Files of events over the API: what may be sent, who may read it and how, and where it lies.

use chrono::Duration;
use parvis::base::kernel::secret::Secret;
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::client::{Answer, Client, Method, Part};
use crate::support::fixtures::{pdf, png};
use crate::support::{cluster, run, s3};

/// The fields of an event's answer that name files, in the order of the places.
const FIELDS: [&str; 5] = ["image_url", "logo_url", "banner_url", "programme_file", "guide_file"];

async fn with_files(client: &Client) -> Answer {
    let (picture, document) = (png(2000, 1500), pdf("A programme"));
    let parts = [
        Part::text("name", "Tech Summit 2025"),
        Part::text("start_date", "2031-12-01T09:00:00Z"),
        Part::text("end_date", "2031-12-03T18:00:00Z"),
        Part::file("image", &picture),
        Part::file("logo", &picture),
        Part::file("banner", &picture),
        Part::file("programme_file", &document),
        Part::file("guide_file", &document),
    ];
    client.multipart(Method::POST, "/api/events", &parts).await.expect(201)
}

fn address(event: &Answer, field: &str) -> String {
    event[field].as_str().unwrap_or_else(|| panic!("{field}: {event}")).to_owned()
}

#[test]
fn an_event_comes_with_its_files_and_shows_them() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = with_files(&owner.client).await;
        let path = format!("/api/events/{}", event["id"].as_str().unwrap());
        // As long as strangers may not see the event, its files have links that end.
        for (field, kind) in FIELDS.into_iter().zip([
            "image/jpeg",
            "image/png",
            "image/jpeg",
            "application/pdf",
            "application/pdf",
        ]) {
            let found = app.client().get(&address(&event, field)).await.expect(200);
            assert_eq!(found.header("content-type"), kind, "{field}");
            assert!(found.header("content-disposition").starts_with("attachment"));
            let unsigned = address(&event, field).split('?').next().unwrap().to_owned();
            app.client().get(&unsigned).await.expect(404);
        }
        let sizes = |answer: &Answer| {
            let picture = image::load_from_memory(&answer.bytes).unwrap();
            (picture.width(), picture.height())
        };
        let body = json!({ "name": "Entry", "price": "0.00" });
        owner.client.post(&format!("{path}/ticket-types"), body).await.expect(201);
        let event = owner.client.post(&format!("{path}/publish"), json!({})).await.expect(200);
        let public =
            app.client().get(&format!("/api/catalog/events/{}", event["slug"].as_str().unwrap())).await;
        for (field, size) in FIELDS.into_iter().zip([(1600, 900), (512, 384), (1920, 640)]) {
            let found = app.client().get(&address(&event, field)).await.expect(200);
            assert_eq!(sizes(&found), size, "{field}");
            assert!(found.header("cache-control").starts_with("public"));
            assert_eq!(event[field], public[field]);
        }
        // Another one in its place alone; the old one is gone at once.
        let old = address(&event, "programme_file");
        let next = pdf("Another programme");
        let parts = [Part::file("programme_file", &next)];
        let event = owner.client.multipart(Method::PATCH, &path, &parts).await.expect(200);
        assert_eq!(app.client().get(&address(&event, "programme_file")).await.expect(200).bytes, next);
        assert_eq!(
            (&event["name"], &event["guide_file"]),
            (&json!("Tech Summit 2025"), &public["guide_file"])
        );
        app.client().get(&old).await.expect(404);
        // Replacing the contents keeps the files; deleting one takes it away, again and again.
        let body = json!({ "name": "Replaced", "start_date": "2031-12-01T09:00:00Z", "end_date": "2031-12-03T18:00:00Z" });
        let event = owner.client.send(Method::PUT, &path, Some(body)).await.expect(200);
        let guide = address(&event, "guide_file");
        for _ in 0..2 {
            let event = owner.client.delete(&format!("{path}/files/guide")).await.expect(200);
            assert!(event["guide_file"].is_null() && event["logo_url"].is_string());
        }
        app.client().get(&guide).await.expect(404);
        owner.client.delete(&format!("{path}/files/nothing")).await.expect(404);
    });
}

#[test]
fn the_routes_of_the_source_documents_take_a_document() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0", 5).publish().await;
        let path = format!("/api/events/{}", event.id);
        for (route, field) in [("upload_programme", "programme_file"), ("upload_guide", "guide_file")] {
            let path = format!("{path}/{route}");
            let document = pdf(route);
            // Sent twice with the same key it is the same write; another file is another one.
            let client = owner.client.key(&TestApp::unique("upload"));
            let first =
                client.multipart(Method::POST, &path, &[Part::file(field, &document)]).await.expect(200);
            let again =
                client.multipart(Method::POST, &path, &[Part::file(field, &document)]).await.expect(200);
            assert_eq!(first.header("etag"), again.header("etag"));
            assert_eq!(app.client().get(&address(&again, field)).await.expect(200).bytes, document);
            let other = pdf("other");
            let parts = [Part::file(field, &other)];
            client.multipart(Method::POST, &path, &parts).await.invalid(&["Idempotency-Key key_reused"]);
            let send = async |bytes: &[u8]| {
                owner.client.multipart(Method::POST, &path, &[Part::file("file", bytes)]).await
            };
            send(&png(10, 10)).await.invalid(&[&format!("{field} pdf_kind")]);
            send(&document[..document.len() - 8]).await.invalid(&[&format!("{field} pdf_broken")]);
            send(&vec![b'%'; 11 << 20]).await.invalid(&[&format!("{field} pdf_size")]);
            let none = owner.client.multipart(Method::POST, &path, &[Part::text("file", "text")]).await;
            none.invalid(&[&format!("{field} required")]);
            owner.client.post(&path, json!({})).await.expect(415);
            let kind = Some(("multipart/form-data", "rubbish".as_bytes()));
            owner.client.raw(Method::POST, &path, kind).await.problem(400, "malformed");
        }
    });
}

#[test]
fn what_is_no_file_of_an_event_is_told() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).draft().await;
        let path = format!("/api/events/{}", event.id);
        let send = async |parts: &[Part<'_>]| owner.client.multipart(Method::PATCH, &path, parts).await;
        let document = pdf("A document");
        send(&[Part::file("image", &document)]).await.invalid(&["image image_kind"]);
        send(&[Part::file("logo", &png(12_001, 1))]).await.invalid(&["logo image_pixels"]);
        send(&[Part::file("poster", &document)]).await.invalid(&["poster no_file"]);
        let six = [Part::file("image", &document); 6];
        send(&six).await.problem(400, "malformed");
        // All files together have a limit too.
        let large = vec![b'%'; 9 << 20];
        send(&[Part::file("image", &large); 4]).await.problem(413, "too_large");
        // Names of files say nothing: ours have none of theirs.
        let (picture, before) = (png(10, 10), owner.client.get(&path).await);
        let event = send(&[Part::file("logo", &picture)]).await.expect(200);
        assert!(!address(&event, "logo_url").contains("whatever"));
        assert_ne!(event.header("etag"), before.header("etag"));
        // Somebody who may not edit learns nothing of the file, a stranger nothing at all.
        let controller = app.assigned(&owner, event["id"].as_str().unwrap(), "controlleur_des_badges").await;
        let parts = [Part::file("poster", &document)];
        controller.client.multipart(Method::PATCH, &path, &parts).await.problem(403, "forbidden");
        app.person("Nobody")
            .await
            .client
            .multipart(Method::PATCH, &path, &parts)
            .await
            .problem(404, "not_found");
        app.client().multipart(Method::PATCH, &path, &parts).await.problem(401, "unauthenticated");
    });
}

#[test]
fn a_part_of_a_file_is_enough() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = with_files(&owner.client).await;
        let link = address(&event, "guide_file");
        let whole = app.client().get(&link).await.expect(200);
        let (etag, size) = (whole.header("etag").to_owned(), whole.bytes.len());
        assert_eq!(whole.header("accept-ranges"), "bytes");
        let ask = async |name: &str, value: &str| app.client().header(name, value).get(&link).await;
        ask("if-none-match", &etag).await.expect(304);
        ask("if-none-match", &format!("\"x\", W/{etag}")).await.expect(304);
        let part = ask("range", "bytes=1-3").await.expect(206);
        assert_eq!(
            (part.bytes.as_slice(), part.header("content-range")),
            (&b"PDF"[..], format!("bytes 1-3/{size}").as_str())
        );
        let tail = ask("range", "bytes=-6").await.expect(206);
        assert_eq!(tail.bytes, b"%%EOF\n");
        // What is not there is not kept, and a file that others changed is not changed again.
        let body = json!({ "name": "Entry", "price": "0.00" });
        let path = format!("/api/events/{}", event["id"].as_str().unwrap());
        owner.client.post(&format!("{path}/ticket-types"), body).await.expect(201);
        let published = owner.client.post(&format!("{path}/publish"), json!({})).await.expect(200);
        let public =
            app.client().header("range", "bytes=999999-").get(&address(&published, "guide_file")).await;
        assert_eq!(public.expect(416).header("cache-control"), "no-store");
        let client = owner.client.header("if-match", event.header("etag"));
        let document = pdf("Late");
        let (upload, parts) = (format!("{path}/upload_guide"), [Part::file("file", &document)]);
        client.multipart(Method::POST, &upload, &parts).await.problem(412, "stale");
        assert_eq!(ask("range", "bytes=5-999999").await.expect(206).bytes, whole.bytes[5..]);
        let none = ask("range", "bytes=999999-").await.expect(416);
        assert_eq!(none.header("content-range"), format!("bytes */{size}"));
        assert_eq!(ask("range", "lines=1-2").await.expect(200).bytes, whole.bytes);
        let client = app.client().header("range", "bytes=1-3");
        assert_eq!(client.header("if-range", &etag).get(&link).await.expect(206).bytes, b"PDF");
        client.header("if-range", "\"old\"").get(&link).await.expect(200);
        let head = app.client().send(Method::HEAD, &link, None).await.expect(200);
        assert_eq!((head.header("content-length"), head.bytes.len()), (size.to_string().as_str(), 0));
        // Neither another file nor a later time opens by this link.
        app.client().get(&link.replace("-guide", "-programme")).await.expect(404);
        app.client().get(&link.replace("until=", "until=9")).await.expect(404);
    });
}

#[test]
fn what_nothing_shows_is_swept() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let owner = app.owner().await;
        let event = with_files(&owner.client).await;
        let (id, organization) = (event["id"].as_str().unwrap(), &owner.organization);
        let scope = app
            .app
            .entrance
            .tenancy
            .scope_of_organization(organization.parse::<uuid::Uuid>().unwrap().into());
        let scope = scope.await.unwrap().unwrap();
        // A write that failed after its file was kept leaves one behind.
        let (kept, orphan) = (
            app.client().get(&address(&event, "logo_url")).await.expect(200),
            format!("events/{id}/lost-logo.png"),
        );
        app.app.files.put(&scope, &orphan, vec![1]).await.unwrap();
        // What was sent a moment ago may still be shown.
        app.clock.advance(Duration::hours(20));
        app.run_jobs().await;
        assert!(app.app.files.get(&scope, &orphan).await.unwrap().is_some());
        app.clock.advance(Duration::days(3));
        app.run_jobs().await;
        assert!(app.app.files.get(&scope, &orphan).await.unwrap().is_none());
        let owner = app.logged_in(&owner.person.email).await;
        let now = owner.client.get(&format!("/api/events/{id}")).await.expect(200);
        assert_eq!(app.client().get(&address(&now, "logo_url")).await.expect(200).bytes, kept.bytes);
        for field in FIELDS {
            app.client().get(&address(&now, field)).await.expect(200);
        }
        // Nor does a deleted event leave any.
        owner.client.delete(&format!("/api/events/{id}")).await.expect(204);
        app.clock.advance(Duration::days(3));
        app.run_jobs().await;
        let left = app.app.files.older(&scope, "events", app.clock.now() + Duration::days(1)).await.unwrap();
        assert_eq!(left, Vec::<String>::new());
    });
}

#[test]
fn a_copy_that_is_being_made_keeps_its_files() {
    run(async {
        let app = TestApp::own(|config| config.jobs.workers = 0).await;
        let owner = app.owner_without_mail().await;
        let organization = owner.organization.parse::<uuid::Uuid>().unwrap();
        let scope =
            app.app.entrance.tenancy.scope_of_organization(organization.into()).await.unwrap().unwrap();
        app.clock.advance(Duration::days(9));
        let client = app.logged_in(&owner.person.email).await.client;
        let event = with_files(&client).await;
        // As copies are on a disk: older than the event that they belong to, which is not there yet.
        let at = app.clock.now();
        let id = parvis::base::kernel::id::EventId::new(at, scope.number());
        let file = format!("events/{id}/copied-logo.png");
        app.app.files.put(&scope, &file, vec![1]).await.unwrap();
        app.clock.advance(Duration::hours(23));
        app.run_jobs().await;
        assert!(app.app.files.get(&scope, &file).await.unwrap().is_some());
        app.clock.advance(Duration::days(3));
        let client = app.logged_in(&owner.person.email).await.client;
        client.delete(&format!("/api/events/{}", event["id"].as_str().unwrap())).await.expect(204);
        app.clock.advance(Duration::days(3));
        app.run_jobs().await;
        assert!(app.app.files.get(&scope, &file).await.unwrap().is_none());
    });
}

#[test]
fn a_body_is_bounded_whatever_it_is_made_of() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let send = async |body: &[u8]| {
            let kind = Some(("multipart/form-data; boundary=B", body));
            owner.client.raw(Method::POST, "/api/events", kind).await
        };
        // Much of nothing before the first part, a header without an end, parts without a name, or too many of them.
        send(&vec![b'x'; 65 << 20]).await.problem(400, "malformed");
        send(&[b"--B\r\nx: ".as_slice(), &vec![b'x'; 65 << 20]].concat()).await.problem(400, "malformed");
        send(b"--B\r\ncontent-disposition: form-data\r\n\r\nx\r\n--B--\r\n").await.problem(400, "malformed");
        let empty =
            b"--B\r\ncontent-disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n\r\n".repeat(201);
        send(&[empty.as_slice(), b"--B--\r\n"].concat()).await.problem(413, "too_large");
        let long = "x".repeat(513 << 10);
        let parts = [Part::text("description", &long)];
        owner.client.multipart(Method::POST, "/api/events", &parts).await.problem(413, "too_large");
    });
}

#[test]
fn the_link_of_a_private_event_is_told_to_its_organizers_alone() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).with("visibility", "private").ticket_type("0", 5).publish().await;
        let path = format!("/api/events/{}", event.id);
        let picture = png(30, 20);
        let found =
            owner.client.multipart(Method::PATCH, &path, &[Part::file("image", &picture)]).await.expect(200);
        let link = found["private_link"].as_str().unwrap();
        let secret = link.split("link=").nth(1).unwrap();
        for role in ["controlleur_des_badges", "gestionnaire_des_salles"] {
            let person = app.assigned(&owner, &event.id, role).await;
            let browser = app.browser_of(&person.email).await;
            let desk = format!("/manage/events/{}", event.id);
            let html = browser.get(&desk).await.expect(200).html();
            assert!(html.contains("/images/") && !html.contains(secret), "{role}: {html}");
            let start = html.find("/images/").unwrap();
            let image: String = html[start..].chars().take_while(|c| *c != '"').collect();
            browser.get(&image).await.expect(200);
            app.browser().get(&image).await.expect(404);
            app.browser().get(&format!("{image}?link={secret}")).await.expect(200);
            let seen = person.client.get(&path).await.expect(200);
            assert!(!String::from_utf8_lossy(&seen.bytes).contains(secret), "{seen}");
        }
    });
}

#[test]
fn files_lie_in_a_store_of_others() {
    run(async {
        let root = cluster::scratch();
        std::fs::create_dir_all(root.join("tickets")).unwrap();
        let store = s3::store(&root).await;
        let app = TestApp::own(|config| {
            config.storage.url = "s3://tickets/parvis".into();
            config.storage.endpoint = format!("http://{store}");
            config.storage.access_key = s3::ACCESS_KEY.into();
            config.storage.secret_key = Secret::new(s3::SECRET_KEY);
        })
        .await;
        app.app.files.check().await.unwrap();
        let owner = app.owner().await;
        let event = with_files(&owner.client).await;
        let (link, document) = (address(&event, "guide_file"), pdf("A programme"));
        assert_eq!(app.client().get(&link).await.expect(200).bytes, document);
        let part = app.client().header("range", "bytes=1-3").get(&link).await.expect(206);
        assert_eq!(part.bytes, b"PDF");
        let etag = part.header("etag").to_owned();
        app.client().header("if-none-match", &etag).get(&link).await.expect(304);
        assert!(root.join("tickets/parvis").is_dir());
        let path = format!("/api/events/{}", event["id"].as_str().unwrap());
        let copies = owner.client.post(&format!("{path}/duplicate"), json!({})).await.expect(201);
        let copied = copies.results()[0]["guide_file"].as_str().unwrap().to_owned();
        assert_eq!(app.client().get(&copied).await.expect(200).bytes, document);
        let organization = owner.organization.parse::<uuid::Uuid>().unwrap();
        let scope =
            app.app.entrance.tenancy.scope_of_organization(organization.into()).await.unwrap().unwrap();
        let soon = app.clock.now() + Duration::hours(1);
        let kept = app.app.files.older(&scope, "events", soon).await.unwrap();
        assert!(kept.len() == 12 && kept.iter().all(|file| file.starts_with("events/")), "{kept:?}");
        owner.client.delete(&format!("{path}/files/guide")).await.expect(200);
        app.client().get(&link).await.expect(404);
        // Whoever has another key gets nowhere, and nothing is half done.
        let app = TestApp::own(|config| {
            config.storage.url = "s3://tickets".into();
            config.storage.endpoint = format!("http://{store}");
            config.storage.access_key = s3::ACCESS_KEY.into();
            config.storage.secret_key = Secret::new("another");
        })
        .await;
        assert!(app.app.files.check().await.is_err());
        let (owner, picture) = (app.owner().await, png(10, 10));
        let parts = [
            Part::text("name", "Unkept"),
            Part::text("start_date", "2031-12-01T09:00:00Z"),
            Part::text("end_date", "2031-12-03T18:00:00Z"),
            Part::file("logo", &picture),
        ];
        owner.client.multipart(Method::POST, "/api/events", &parts).await.problem(503, "unavailable");
        assert_eq!(owner.client.get("/api/events").await.expect(200)["count"], 0);
    });
}
