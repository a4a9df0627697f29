//! A small HTTP client whose answers explain themselves when they are not what a test expects.

use std::ops::Index;
use std::time::Duration;

pub use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// Somebody who speaks to the application.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What was asked, as in `POST /api/orders`.
    pub asked: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    /// The body if it is JSON, else null.
    pub body: Value,
}

impl Client {
    pub fn new(base: String) -> Self {
        parvis::base::files::use_tls();
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        Self { http: http.build().unwrap(), base, headers: vec![] }
    }

    /// The same with one header more, in place of one with the same name.
    #[must_use]
    pub fn header(&self, name: &str, value: &str) -> Self {
        let mut changed = self.clone();
        changed.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        changed.headers.push((name.to_owned(), value.to_owned()));
        changed
    }

    /// The same with an access token.
    #[must_use]
    pub fn token(&self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// The same with the secret of an order.
    #[must_use]
    pub fn order_secret(&self, secret: &str) -> Self {
        self.header("x-order-secret", secret)
    }

    /// The same with an `Idempotency-Key`.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// The access token, if there is one.
    pub fn bearer(&self) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(name, _)| name == "authorization")?;
        value.strip_prefix("Bearer ")
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    /// A request with a JSON body or none. `path` may be a whole address, as answers have them.
    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let body = body.map(|body| body.to_string());
        self.raw(method, path, body.as_ref().map(|body| ("application/json", body.as_bytes()))).await
    }

    /// A request with whatever body of whatever type.
    pub async fn raw(&self, method: Method, path: &str, body: Option<(&str, &[u8])>) -> Answer {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        let mut request = self.http.request(method.clone(), &url);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some((kind, bytes)) = body {
            request = request.body(bytes.to_vec());
            if !kind.is_empty() {
                request = request.header("content-type", kind);
            }
        }
        let asked = format!("{method} {path}");
        let response = request.send().await.unwrap_or_else(|error| panic!("{asked}: {error:?}"));
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.unwrap_or_else(|error| panic!("{asked}: {error:?}")).to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or_default();
        Answer { asked, status, headers, bytes, body }
    }
}

/// A stream of news that somebody follows.
pub struct Stream {
    pub answer: Answer,
    response: reqwest::Response,
    text: String,
}

impl Client {
    /// Opens a stream of Server-Sent Events; an answer of another kind is read to its end.
    pub async fn follow(&self, path: &str) -> Result<Stream, Answer> {
        let mut request = self.http.get(format!("{}{path}", self.base)).header("accept", "text/event-stream");
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let is_stream = headers.get("content-type").is_some_and(|kind| kind == "text/event-stream");
        let mut answer =
            Answer { asked: format!("GET {path}"), status, headers, bytes: vec![], body: Value::Null };
        if is_stream {
            return Ok(Stream { answer, response, text: String::new() });
        }
        answer.bytes = response.bytes().await.unwrap().to_vec();
        answer.body = serde_json::from_slice(&answer.bytes).unwrap_or_default();
        Err(answer)
    }
}

impl Stream {
    /// The data of the next event of this kind; `None` when the stream has ended. Fails when neither happens in time.
    pub async fn next(&mut self, kind: &str, within: Duration) -> Option<Value> {
        let reading = async {
            loop {
                while let Some((event, rest)) = self.text.split_once("\n\n") {
                    let (event, rest) = (event.to_owned(), rest.to_owned());
                    self.text = rest;
                    if let Some(data) = event.strip_prefix(&format!("event: {kind}\ndata: ")) {
                        return Some(serde_json::from_str(data).expect("one line of JSON"));
                    }
                }
                let bytes = self.response.chunk().await.ok()??;
                self.text.push_str(std::str::from_utf8(&bytes).unwrap());
            }
        };
        tokio::time::timeout(within, reading).await.unwrap_or_else(|_| panic!("no {kind} within {within:?}"))
    }
}

impl Client {
    /// Sends JSON and reads no more of the answer than its head.
    pub async fn begin_post(&self, path: &str, body: &Value) -> reqwest::Response {
        let mut request =
            self.http.post(format!("{}{path}", self.base)).header("content-type", "application/json");
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request.body(body.to_string()).send().await.unwrap()
    }
}

/// A part of a body of several.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    name: &'a str,
    bytes: &'a [u8],
    is_file: bool,
}

impl<'a> Part<'a> {
    pub fn text(name: &'a str, text: &'a str) -> Self {
        Self { name, bytes: text.as_bytes(), is_file: false }
    }

    pub fn file(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, bytes, is_file: true }
    }
}

impl Client {
    /// A request with a body of several parts.
    pub async fn multipart(&self, method: Method, path: &str, parts: &[Part<'_>]) -> Answer {
        let mut body = Vec::new();
        for Part { name, bytes, is_file } in parts {
            let file = if *is_file { "; filename=\"whatever.bin\"" } else { "" };
            body.extend(
                format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes(),
            );
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--B--\r\n");
        self.raw(method, path, Some(("multipart/form-data; boundary=B", &body))).await
    }
}

impl Answer {
    /// Fails, with the whole answer, unless it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self}");
        self
    }

    /// Fails unless it is a problem document with this status and code.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self["code"].as_str()), (status, Some(code)), "{self}");
        assert_eq!(self.header("content-type"), "application/problem+json", "{self}");
        assert_eq!(self["status"], status, "{self}");
        // A text that is missing answers its own key, one that cannot be filled shows brackets.
        let errors = self["errors"].as_array().into_iter().flatten();
        for detail in errors.map(|error| &error["detail"]).chain([&self["detail"]]) {
            let text = detail.as_str().unwrap_or_default();
            let broken = text.is_empty() || text.starts_with("problem-") || text.starts_with("field-");
            assert!(!broken && !text.contains('⟦'), "{self}");
        }
        self
    }

    /// Fails unless it says that these fields are wrong, as `field code`, in any order.
    #[track_caller]
    pub fn invalid(self, expected: &[&str]) -> Self {
        let answer = self.problem(422, "invalid");
        let mut expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
        expected.sort();
        assert_eq!(answer.field_errors(), expected, "{answer}");
        answer
    }

    /// The wrong fields as `field code`, sorted.
    pub fn field_errors(&self) -> Vec<String> {
        let errors = self["errors"].as_array().into_iter().flatten();
        let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
        let mut found: Vec<String> =
            errors.map(|error| format!("{} {}", text(&error["field"]), text(&error["code"]))).collect();
        found.sort();
        found
    }

    /// A member of the body that is a text.
    #[track_caller]
    pub fn text(&self, member: &str) -> String {
        match self.body.pointer(&pointer(member)).and_then(Value::as_str) {
            Some(text) => text.to_owned(),
            None => panic!("no text {member:?} in {self}"),
        }
    }

    /// The results of a list.
    #[track_caller]
    pub fn results(&self) -> &Vec<Value> {
        self["results"].as_array().unwrap_or_else(|| panic!("no list: {self}"))
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// `payment/id` and `/payment/id` are the same.
fn pointer(member: &str) -> String {
    format!("/{}", member.trim_start_matches('/'))
}

impl Index<&str> for Answer {
    type Output = Value;

    fn index(&self, member: &str) -> &Value {
        self.body.pointer(&pointer(member)).unwrap_or(&Value::Null)
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = String::from_utf8_lossy(&self.bytes);
        let start: String = text.chars().take(3000).collect();
        write!(f, "{} answered {}: {start}", self.asked, self.status)
    }
}
