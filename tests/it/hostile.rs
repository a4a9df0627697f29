//! Those who mean harm: bombs in files, files that are two things, ways out of a folder, floods, and cookies that open
//! nothing they should not.

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use parvis::base::config::Switch;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::app::TestApp;
use crate::support::client::{Answer, Client, Method, Part};
use crate::support::fixtures::{PASSWORD, pdf, png};
use crate::support::process::Process;
use crate::support::run;

fn deflated(megabytes: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let nothing = vec![0; 1 << 20];
    (0..megabytes).for_each(|_| encoder.write_all(&nothing).unwrap());
    encoder.finish().unwrap()
}

fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(&kind);
    sum.update(data);
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length, kind.as_slice(), data, &sum.sum().to_be_bytes()].concat()
}

/// A grey PNG that says it is so large, with these chunks before its end.
fn crafted(width: u32, height: u32, chunks: &[Vec<u8>]) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes()[..], &[8, 0, 0, 0, 0]].concat();
    let chunks =
        [vec![chunk(*b"IHDR", &header)], chunks.to_vec(), vec![chunk(*b"IEND", &[])]].concat().concat();
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunks].concat()
}

/// A server of one's own, its owner and one of their drafts.
async fn stage() -> (Process, Client, String) {
    let process = Process::start(&[]).await;
    let client = process.client();
    let email = "owner@example.org";
    let body = json!({ "email": email, "password": PASSWORD, "first_name": "Nadia", "last_name": "Benali" });
    client.post("/api/auth/register", body).await.expect(201);
    let token = process.mailbox().wait(email, 1).await.token();
    client.post("/api/auth/confirm", json!({ "token": token })).await.expect(200);
    let login = json!({ "email": email, "password": PASSWORD });
    let login = client.post("/api/auth/login", login).await.expect(200);
    let owner = client.token(&login.text("access"));
    let body = json!({ "name": "Target", "slug": "target", "country": "FR", "currency": "EUR", "locale": "en",
        "timezone": "Europe/Paris" });
    let organization = owner.post("/api/organizations", body).await.expect(201).text("id");
    let chosen = owner.post("/api/auth/select-organization", json!({ "organization": organization })).await;
    let owner = client.token(&chosen.expect(200).text("access"));
    let body =
        json!({ "name": "Target", "start_date": "2031-01-01T10:00:00Z", "end_date": "2031-01-01T12:00:00Z" });
    let event = owner.post("/api/events", body).await.expect(201).text("id");
    (process, owner, event)
}

#[test]
fn a_bomb_in_a_picture_costs_neither_memory_nor_time() {
    run(async {
        let (process, owner, event) = stage().await;
        let path = format!("/api/events/{event}");
        let send = async |bytes: &[u8]| {
            let since = Instant::now();
            let answer = owner.multipart(Method::PATCH, &path, &[Part::file("image", bytes)]).await;
            assert!(since.elapsed() < Duration::from_secs(8), "{:?}: {answer}", since.elapsed());
            answer
        };
        send(&png(64, 64)).await.expect(200);
        let usual = process.peak_memory();
        // A real picture of a hundred megapixels, which is a hundred kilobytes on the wire.
        let large = chunk(*b"IDAT", &deflated(96));
        send(&crafted(10_000, 10_000, &[large])).await.invalid(&["image image_pixels"]);
        for (width, height) in
            [(u32::MAX >> 1, u32::MAX >> 1), (1, u32::MAX >> 1), (65_535, 65_535), (12_001, 1)]
        {
            let answer = send(&crafted(width, height, &[chunk(*b"IDAT", &deflated(1))])).await;
            assert_eq!(answer.status, 422, "{width}×{height}: {answer}");
        }
        // A small picture with far more in it than it says: pixels, a colour profile, words.
        let bomb = deflated(250);
        assert!(bomb.len() < 4 << 20, "it fits through the door");
        let profile = chunk(*b"iCCP", &[b"p\0\0".as_slice(), &bomb].concat());
        let words = chunk(*b"zTXt", &[b"t\0\0".as_slice(), &bomb].concat());
        let pixels = chunk(*b"IDAT", &bomb);
        let small = chunk(*b"IDAT", &deflated(1));
        for chunks in [vec![pixels], vec![profile, small.clone()], vec![words, small]] {
            let answer = send(&crafted(100, 100, &chunks)).await;
            assert!(matches!(answer.status, 200 | 422), "{answer}");
        }
        let peak = process.peak_memory();
        assert!(peak < usual + 150, "{usual} MiB became {peak} MiB");
        owner.get(&path).await.expect(200);
    });
}

/// A file with a name and a type of its own, as a form sends it.
async fn sent_as(client: &Client, path: &str, field: &str, name: &str, kind: &str, bytes: &[u8]) -> Answer {
    let head = format!(
        "--B\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\ncontent-type: {kind}\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--B--\r\n"].concat();
    client.raw(Method::PATCH, path, Some(("multipart/form-data; boundary=B", &body))).await
}

#[test]
fn a_file_is_what_is_in_it_and_nothing_beside() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0", 5).publish().await;
        let path = format!("/api/events/{}", event.id);
        let send = async |field, name, kind, bytes: Vec<u8>| {
            sent_as(&owner.client, &path, field, name, kind, &bytes).await
        };
        let script = b"<script>alert(1)</script><?php system('id'); ?>";
        // Names and types lie.
        send("image", "poster.png", "image/png", pdf("Not a picture")).await.invalid(&["image image_kind"]);
        send("image", "poster.png", "image/png", script.to_vec()).await.invalid(&["image image_kind"]);
        let drawing = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec();
        send("image", "poster.svg", "image/svg+xml", drawing.clone()).await.invalid(&["image image_kind"]);
        send("logo", "poster.png", "image/png", drawing).await.invalid(&["logo image_kind"]);
        for (name, bytes) in [
            ("guide.pdf", png(30, 20)),
            ("guide.pdf", script.to_vec()),
            ("guide.pdf", [script.as_slice(), &pdf("late")].concat()),
            ("guide.pdf", b"PK\x03\x04zip".to_vec()),
        ] {
            let answer = send("guide_file", name, "application/pdf", bytes).await;
            assert_eq!((answer.status, answer.field_errors().len()), (422, 1), "{answer}");
        }
        // Two things in one file: what is kept is the picture alone, drawn anew.
        let both = [png(300, 200).as_slice(), script].concat();
        let words = chunk(*b"tEXt", &[b"Comment\0".as_slice(), script].concat());
        let plain = crafted(300, 200, &[words, chunk(*b"IDAT", &deflated(1))]);
        for bytes in [both, plain] {
            let answer = send("image", "../../../evil.php", "text/html", bytes).await.expect(200);
            let image = app.client().get(&answer.text("image_url")).await.expect(200);
            assert_eq!(image.header("content-type"), "image/jpeg");
            assert_eq!(image.header("x-content-type-options"), "nosniff");
            let holds = |word: &[u8]| image.bytes.windows(word.len()).any(|part| part == word);
            assert!(!holds(b"<script") && !holds(b"<?php"), "what came along was kept");
            assert!(!answer.text("image_url").contains("evil"));
        }
        // A document stays as it is, and is never anything else.
        let both = [pdf("A guide").as_slice(), b"<html>", script].concat();
        let answer = send("guide_file", "guide.html", "text/html", both).await.expect(200);
        let guide = app.client().get(&answer.text("guide_file")).await.expect(200);
        let headers = (guide.header("content-type"), guide.header("x-content-type-options"));
        assert_eq!(headers, ("application/pdf", "nosniff"));
    });
}

/// What a server answers to an address that no client would leave as it is.
async fn raw_get(base: &str, path: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(base.trim_start_matches("http://")).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut answer)).await.unwrap().unwrap();
    let text = String::from_utf8_lossy(&answer).into_owned();
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
    (status.unwrap_or_else(|| panic!("{path}: {text}")), text)
}

#[test]
fn no_address_leads_out_of_its_folder() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0", 5).publish().await;
        let draft = app.event(&owner).draft().await;
        let picture = png(30, 20);
        let file = |event: &str| format!("/api/events/{event}");
        let parts = [Part::file("image", &picture)];
        let public = owner.client.multipart(Method::PATCH, &file(&event.id), &parts).await.expect(200);
        let hidden = owner.client.multipart(Method::PATCH, &file(&draft.id), &parts).await.expect(200);
        let base = app.url("");
        let local = |url: String| {
            url.split_once("://").unwrap().1.split_once('/').map(|(_, path)| format!("/{path}")).unwrap()
        };
        let (shown, link) = (local(public.text("image_url")), local(hidden.text("image_url")));
        assert_eq!(raw_get(&base, &shown).await.0, 200);
        let (signed, query) = link.split_once('?').unwrap();
        assert_eq!(raw_get(&base, &link).await.0, 200);
        let up = [
            "../",
            "..%2f",
            "%2e%2e/",
            "%2e%2e%2f",
            "..%252f",
            "....//",
            "..%5c",
            "..\\",
            "%c0%ae%c0%ae/",
            "..;/",
            "%00/",
            "..%00/",
            "/",
            "%2f",
        ];
        let goals = ["etc/passwd", "secret", "config/default.toml", "t_1/x", "%00", "mail"];
        let roots = [
            "/assets/".to_owned(),
            format!("/images/{}/", event.id),
            format!("/documents/{}/", event.id),
            "/files/1/".to_owned(),
            "/files/".to_owned(),
            "/sitemaps/".to_owned(),
            "/o/".to_owned(),
            "/api/catalog/events/".to_owned(),
            "/".to_owned(),
        ];
        for root in &roots {
            for (step, goal) in up.iter().flat_map(|step| goals.iter().map(move |goal| (step, goal))) {
                for path in
                    [format!("{root}{}{goal}", step.repeat(8)), format!("{root}x{step}{goal}?{query}")]
                {
                    let (status, text) = raw_get(&base, &path).await;
                    assert!((400..500).contains(&status), "{path} answers {status}: {text}");
                    assert!(!text.contains("root:") && !text.contains("[http]"), "{path}: {text}");
                }
            }
        }
        // A link opens its own file: no other name, organization or time with the same signature.
        let name = signed.rsplit('/').next().unwrap();
        for other in [
            signed.replacen(name, &format!("../{name}"), 1),
            signed.replacen(name, &format!("x/../{name}"), 1),
            signed.replacen(name, &format!("%2e%2e/{name}"), 1),
            format!("{signed}/"),
            format!("{signed}%00"),
            signed.replacen("/files/", "/files/9", 1),
            signed.replacen("/files/", "/files/-", 1),
        ] {
            let (status, _) = raw_get(&base, &format!("{other}?{query}")).await;
            // A slash at the end makes no difference anywhere.
            assert!(matches!(status, 400 | 404) || other.ends_with('/'), "{other}: {status}");
        }
        for other in
            [query.replacen("until=", "until=9", 1), query[..query.len() - 1].to_owned(), String::new()]
        {
            assert_eq!(raw_get(&base, &format!("{signed}?{other}")).await.0, 404, "{other}");
        }
        let long = "a/".repeat(4_000);
        let (status, _) = raw_get(&base, &format!("/files/1/{long}?{query}")).await;
        assert!(matches!(status, 400..=499), "{status}");
    });
}

#[test]
fn a_flood_of_logins_is_stopped_and_keeps_nobody_else_waiting() {
    run(async {
        let app = TestApp::own(|config| config.limits.rate = Switch::On).await;
        // Another account each time: the limit of one account does not help.
        let guesses = (0..120).map(|n| {
            let client = app.client();
            async move {
                let body = json!({ "email": format!("victim{n}@example.org"), "password": "a guess" });
                client.post("/api/auth/login", body).await.status
            }
        });
        let others = async {
            let mut slowest = Duration::ZERO;
            for _ in 0..20 {
                let since = Instant::now();
                app.client().get("/api/catalog/events").await.expect(200);
                slowest = slowest.max(since.elapsed());
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            slowest
        };
        let (statuses, slowest) = tokio::join!(futures_util::future::join_all(guesses), others);
        let count = |status: u16| statuses.iter().filter(|found| **found == status).count();
        assert_eq!(count(401) + count(429), 120, "{statuses:?}");
        assert!(count(429) >= 50, "{} of 120 were stopped", count(429));
        assert!(slowest < Duration::from_secs(2), "somebody else waited {slowest:?}");
    });
}

#[test]
fn a_cookie_opens_no_door_of_the_api() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).draft().await;
        let browser = app.browser_of(&owner.person.email).await;
        browser.get("/manage").await.expect(200);
        // What another site can have a browser send: cookies, and a simple content type.
        let cookies = browser.client();
        let path = format!("/api/events/{}", event.id);
        cookies.get(&path).await.problem(401, "unauthenticated");
        cookies.post(&format!("{path}/cancel"), json!({})).await.problem(401, "unauthenticated");
        cookies.delete(&path).await.problem(401, "unauthenticated");
        let simple = Some(("text/plain", b"{\"name\":\"Taken over\"}".as_slice()));
        let answer = cookies.raw(Method::POST, "/api/events", simple).await;
        assert!(matches!(answer.status, 401 | 415), "{answer}");
        // Streams and scans come with cookies, but other sites may not read or send them.
        let stream = app.client().get(&format!("/manage/events/{}/live", event.id)).await;
        assert_ne!(stream.status, 200, "{stream}");
        let answer = cookies.header("origin", "https://evil.example").get("/manage").await;
        let allowed = answer.headers.keys().filter(|name| name.as_str().starts_with("access-control"));
        assert_eq!(allowed.count(), 0, "no other site reads what a cookie opens: {answer}");
        assert_eq!(answer.header("x-frame-options"), "DENY");
    });
}
