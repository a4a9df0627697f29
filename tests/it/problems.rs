//! Failures as problem documents: always that type, in the reader's language, with everything that is wrong.

use std::sync::Arc;

use parvis::base::web::{Problem, Renderer};
use poem::http::StatusCode;
use poem::test::TestClient;
use poem::{EndpointExt, Route, get, handler};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::app::TestApp;
use crate::support::client::Method;
use crate::support::fixtures::{PASSWORD, order_body};
use crate::support::run;

#[test]
fn unknown_addresses_and_methods_are_problems() {
    run(async {
        let client = TestApp::shared().await.client();
        for path in
            ["/api/nothing", "/nothing", "/api/events/", "/api/events/x/y/z", "/api/orders/no-id", "/%FF"]
        {
            let answer = client.get(path).await;
            if path != "/api/events/" {
                answer.problem(404, "not_found");
            }
        }
        let wrong = client.delete("/api/auth/login").await.problem(405, "method_not_allowed");
        assert_eq!(wrong.header("allow"), "POST");
        let wrong = client.post("/api/catalog/events", json!({})).await.problem(405, "method_not_allowed");
        assert_eq!(wrong.header("allow"), "GET, HEAD");
        let path = "/api/events/01935a00-0000-7000-8000-000000000001";
        let wrong = client.post(path, json!({})).await.problem(405, "method_not_allowed");
        let mut allowed: Vec<&str> = wrong.header("allow").split(", ").collect();
        allowed.sort_unstable();
        assert_eq!(allowed, ["DELETE", "GET", "HEAD", "PATCH", "PUT"]);
    });
}

#[test]
fn a_slash_at_the_end_makes_no_difference() {
    run(async {
        let client = TestApp::shared().await.client();
        client.get("/api/health/").await.expect(200);
        client.post("/api/auth/login/", json!({})).await.problem(422, "invalid");
        client.get("/api/catalog/events/?page=1").await.expect(200);
    });
}

#[test]
fn what_cannot_be_read_is_refused_before_anything_else() {
    run(async {
        let app = TestApp::shared().await;
        let client = app.client();
        let send = |body: &'static [u8], kind: &'static str| {
            let client = client.clone();
            async move { client.raw(Method::POST, "/api/auth/login", Some((kind, body))).await }
        };
        let json = "application/json";
        for body in [&b"{"[..], b"", b"{'a': 1}", b"\xff\xfe", b"{\"email\": \"\\ud800\"}", b"[1, 2", b"nul"]
        {
            send(body, json).await.problem(400, "malformed");
        }
        send(b"{\"email\": \"a\\u0000b\", \"password\": \"x\"}", json).await.problem(400, "nul_character");
        send(b"{\"email\": \"a\", \"password\": \"x\", \"other\\u0000\": 1}", json)
            .await
            .problem(400, "nul_character");
        client.get("/api/catalog/events?search=%00").await.problem(400, "nul_character");
        client.get("/api/catalog/events/a%00b").await.problem(400, "nul_character");
        for kind in ["text/plain", "application/xml", "", "application/x-www-form-urlencoded"] {
            send(b"{\"email\": \"a\", \"password\": \"b\"}", kind)
                .await
                .problem(415, "unsupported_media_type");
        }
        send(b"{\"email\": \"a\", \"password\": \"b\"}", "application/json; charset=utf-8").await.expect(401);
        for body in [&b"[]"[..], b"7", b"\"text\"", b"null"] {
            send(body, json).await.problem(422, "invalid");
        }
    });
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    run(async {
        let app = TestApp::shared().await;
        let large = format!("{{\"email\": \"{}\", \"password\": \"\"}}", "a".repeat(1 << 20));
        let body = Some(("application/json", large.as_bytes()));
        app.client().raw(Method::POST, "/api/auth/login", body).await.problem(413, "too_large");
        // Nested without end.
        let deep = "[".repeat(200_000);
        let body = Some(("application/json", deep.as_bytes()));
        app.client().raw(Method::POST, "/api/auth/login", body).await.problem(400, "malformed");
    });
}

#[test]
fn a_body_that_never_comes_is_not_waited_for() {
    run(async {
        let app = TestApp::own(|config| config.http.body_timeout = 1).await;
        let address = app.url("").trim_start_matches("http://").to_owned();
        let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
        let head = "POST /api/auth/login HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
        assert!(answer.contains("application/problem+json"), "{answer}");
    });
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    run(async {
        let app = TestApp::shared().await;
        let body = json!({
            "event": "no-id",
            "buyer": { "email": "nobody", "first_name": "", "last_name": 5 },
            "lines": [
                { "ticket_type": "no-id", "quantity": 0 },
                { "quantity": 101, "attendees": [{ "first_name": "A" }] },
            ],
        });
        let answer = app.client().header("accept-language", "fr").post("/api/orders", body).await;
        let answer = answer.invalid(&[
            "event uuid",
            "buyer/email email",
            "buyer/first_name required",
            "buyer/last_name type",
            "lines/0/ticket_type uuid",
            "lines/0/quantity too_small",
            "lines/1/ticket_type required",
            "lines/1/quantity too_large",
            "lines/1/attendees/0/last_name required",
        ]);
        for error in answer["errors"].as_array().unwrap() {
            let detail = error["detail"].as_str().unwrap();
            assert!(!detail.is_empty() && !detail.starts_with("field-") && !detail.contains('⟦'), "{error}");
        }
        assert_eq!(answer["type"], "urn:parvis:problem:invalid");
        assert_eq!(answer["title"], "Unprocessable Entity");
        let query = app.client().get("/api/catalog/events?date_from=soon").await;
        query.invalid(&["date_from unreadable"]);
        let query = app.client().get("/api/catalog/events?category=party&ordering=x&price_max=much").await;
        query.invalid(&["category unknown_choice", "ordering unknown_choice", "price_max amount"]);
        // Nothing is brought into range in silence.
        for (asked, wrong) in [
            ("page=0", ["page too_small"].as_slice()),
            ("page=-1&ordering=x", &["page too_small", "ordering unknown_choice"]),
            ("page=ten&page_size=101", &["page unreadable", "page_size too_large"]),
            ("page=10001&page_size=0", &["page too_large", "page_size too_small"]),
        ] {
            app.client().get(&format!("/api/catalog/events?{asked}")).await.invalid(wrong);
        }
        let person = app.person("pages").await;
        for list in ["/api/orders", "/api/tickets", "/api/events"] {
            let answer = person.client.get(&format!("{list}?page_size=101&page=0")).await;
            answer.invalid(&["page too_small", "page_size too_large"]);
        }
    });
}

#[test]
fn a_conflict_says_what_is_in_the_way() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 1).publish().await;
        app.buy(&event, &event.ticket_types[0], 1).await;
        let body = order_body(&event.id, &event.ticket_types[0], 1, "late@example.org");
        let client = app.client().header("accept-language", "fr");
        let answer = client.post("/api/orders", body).await.problem(409, "ticketing.sold_out");
        assert_eq!(answer["type"], "urn:parvis:problem:ticketing.sold_out");
        assert!(answer.text("detail").contains("billets"), "{answer}");
        assert_eq!(answer.header("cache-control"), "no-store");
    });
}

#[test]
fn the_reader_chooses_the_language() {
    run(async {
        let app = TestApp::shared().await;
        let ask = |client: crate::support::client::Client| async move {
            client.get("/api/nothing").await.problem(404, "not_found")
        };
        let mut details = Vec::new();
        for (accepted, lang) in
            [("fr", "fr"), ("en-GB,en;q=0.8", "en"), ("ar-DZ", "ar"), ("tlh, ar;q=0.5", "ar")]
        {
            let answer = ask(app.client().header("accept-language", accepted)).await;
            assert_eq!(answer.header("content-language"), lang, "{accepted}");
            details.push(answer.text("detail"));
        }
        assert_eq!(details[2], details[3]);
        assert!(details[0] != details[1] && details[1] != details[2], "{details:?}");

        // Without a wish in the request, the account's language.
        let person = app.person("reader").await;
        person.client.patch("/api/auth/profile", json!({ "locale": "ar" })).await.expect(200);
        let reader = app.logged_in(&person.email).await;
        let missing = "/api/events/01935a00-0000-7000-8000-000000000001";
        let answer = reader.client.get(missing).await.problem(404, "not_found");
        assert_eq!(answer.header("content-language"), "ar");
        let answer =
            reader.client.header("accept-language", "fr").get(missing).await.problem(404, "not_found");
        assert_eq!(answer.header("content-language"), "fr");
    });
}

#[test]
fn a_request_has_a_number_in_the_logs() {
    run(async {
        let client = TestApp::shared().await.client();
        let given = client.header("x-request-id", "my-request-0001").get("/api/nothing").await;
        assert_eq!(
            (given.header("x-request-id"), given.text("request_id").as_str()),
            ("my-request-0001", "my-request-0001")
        );
        let fine = client.header("x-request-id", "my-request-0002").get("/api/health").await.expect(200);
        assert_eq!(fine.header("x-request-id"), "my-request-0002");
        // One that could forge a line of the log is replaced.
        for odd in ["short", "with spaces in it", "a{b}c\"d-0000", &"x".repeat(100)] {
            let answer = client.header("x-request-id", odd).get("/api/nothing").await;
            assert!(answer.header("x-request-id") != odd && !answer.header("x-request-id").is_empty());
        }
    });
}

#[test]
fn every_answer_is_guarded() {
    run(async {
        let client = TestApp::shared().await.client();
        for path in ["/api/health", "/api/nothing", "/docs", "/openapi.json"] {
            let answer = client.get(path).await;
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
            assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        }
    });
}

#[handler]
fn panics() -> String {
    panic!("a secret detail")
}

#[handler]
fn fails() -> Result<String, poem::Error> {
    let cause = std::io::Error::other("a secret detail");
    Err(Problem::internal(&cause).into())
}

#[handler]
fn fails_elsewhere() -> Result<String, poem::Error> {
    Err(poem::Error::from_string("a secret detail", StatusCode::BAD_GATEWAY))
}

#[test]
fn a_failure_of_ours_tells_a_number_and_nothing_else() {
    run(async {
        let renderer = Renderer { allowed: parvis::base::web::AllowedMethods::default() };
        let routes = Route::new()
            .at("/panics", get(panics))
            .at("/fails", get(fails))
            .at("/elsewhere", get(fails_elsewhere));
        let routes = Arc::new(routes);
        let endpoint = poem::endpoint::make(move |request| {
            let (renderer, routes) = (renderer.clone(), routes.clone());
            async move { renderer.call(routes, request).await }
        });
        let client = TestClient::new(endpoint.map_to_response());
        for path in ["/panics", "/fails", "/elsewhere"] {
            let response = client.get(path).header("accept-language", "en").send().await;
            response.assert_status(StatusCode::INTERNAL_SERVER_ERROR);
            response.assert_content_type("application/problem+json");
            let text = response.0.into_body().into_string().await.unwrap();
            let body: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(body["code"], "internal", "{path}: {text}");
            assert!(body["request_id"].is_string() && !text.contains("secret"), "{path}: {text}");
        }
    });
}

#[test]
fn odd_requests_never_break_the_server() {
    run(async {
        let app = TestApp::shared().await;
        let client = app.client();
        // As clients really send them: half an escape, huge numbers, dates that do not exist.
        for path in [
            "/api/catalog/events?search=%",
            "/api/catalog/events?search=%ff%fe",
            "/api/catalog/events?page=99999999999999999999",
            "/api/catalog/events?page=4294967295&page_size=100",
            "/api/catalog/events?page=0",
            "/api/catalog/events?page=-1",
            "/api/catalog/events?page_size=0",
            "/api/catalog/events?date_from=2026-02-30",
            "/api/catalog/events?date_from=9999-12-31&date_to=0001-01-01",
            "/api/catalog/events?price_max=999999999999999999999999",
            "/api/catalog/events?price_max=1e9",
            "/api/catalog/events?search=&&&==",
            "/api/catalog/events?search='%20OR%201=1--",
            "/api/catalog/events?free=maybe",
        ] {
            let answer = client.get(path).await;
            assert!(answer.status < 500, "{answer}");
        }
        let person = app.person("odd").await;
        for email in ["a@b", "@", "a@b@c.org", "\u{202e}a@b.org", &format!("{}@example.org", "a".repeat(300))]
        {
            let body =
                json!({ "email": email, "password": PASSWORD, "first_name": "😀", "last_name": "\u{7f}" });
            let answer = client.post("/api/auth/register", body).await;
            assert!(answer.status < 500, "{answer}");
        }
        let answer = person.client.header("if-match", "\"").patch("/api/auth/profile", json!({})).await;
        assert!(answer.status < 500, "{answer}");
    });
}
