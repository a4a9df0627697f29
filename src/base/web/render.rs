//! The one place that turns failures and panics into answers, in the reader's language.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use poem::error::{MethodNotAllowedError, NotFoundError, ReadBodyError};
use poem::http::{HeaderValue, Method, StatusCode, header};
use poem::{Endpoint, IntoResponse, Request, Response, web};
use poem_openapi::error::{
    AuthorizationError, ContentTypeError, ParseMultipartError, ParseParamError, ParseRequestPayloadError,
};

use super::problem::{FieldError, Problem};
use crate::base::i18n::{Args, Lang, negotiate, text_with};
use crate::base::kernel::random;

/// The account's language, found while the request is answered; counts when the client names none.
#[derive(Clone, Default)]
struct AccountLanguage(Arc<OnceLock<Lang>>);

/// What a request is called in the logs, and what a failure tells its reader to name.
#[derive(Clone, Default)]
pub struct RequestId(pub String);

/// Tells the renderer the language of the account that asks.
pub fn remember_language(request: &Request, lang: Lang) {
    if let Some(cell) = request.data::<AccountLanguage>() {
        // Whoever asks is known once a request; a second answer changes nothing.
        let _ = cell.0.set(lang);
    }
}

/// The language the request asks for, if it does.
pub fn accepted_language(request: &Request) -> Option<Lang> {
    request.header(header::ACCEPT_LANGUAGE).filter(|value| !value.trim().is_empty()).map(negotiate)
}

/// Which methods a path knows, from the document, for the `Allow` header of a 405.
#[derive(Clone, Default)]
pub struct AllowedMethods(Arc<Vec<(Vec<String>, String)>>);

impl AllowedMethods {
    /// Reads the paths of an OpenAPI document.
    pub fn from_document(document: &serde_json::Value) -> Self {
        // Paths are told from where the server's part of the address ends.
        let base = document.pointer("/servers/0/url").and_then(serde_json::Value::as_str).unwrap_or_default();
        let paths = document.get("paths").and_then(serde_json::Value::as_object);
        let entries = paths.into_iter().flatten().map(|(path, item)| {
            let mut methods: Vec<String> =
                item.as_object().into_iter().flatten().map(|(method, _)| method.to_uppercase()).collect();
            if methods.iter().any(|method| method == "GET") {
                methods.push("HEAD".into());
            }
            (format!("{base}{path}").split('/').map(str::to_owned).collect(), methods.join(", "))
        });
        Self(Arc::new(entries.collect()))
    }

    fn of(&self, path: &str) -> Option<&str> {
        let segments: Vec<&str> = path.trim_end_matches('/').split('/').collect();
        let fits = |pattern: &[String]| {
            pattern.len() == segments.len()
                && pattern.iter().zip(&segments).all(|(p, s)| p.starts_with('{') || p == s)
        };
        self.0.iter().find(|(pattern, _)| fits(pattern)).map(|(_, methods)| methods.as_str())
    }
}

/// What surrounds every route.
#[derive(Clone)]
pub struct Renderer {
    pub allowed: AllowedMethods,
}

impl Renderer {
    /// Calls the routes; whatever goes wrong becomes a problem document. Logs and counts the request.
    pub async fn call<E: Endpoint>(&self, endpoint: Arc<E>, mut request: Request) -> poem::Result<Response> {
        let started = Instant::now();
        let id = request_id(&request);
        let account_language = AccountLanguage::default();
        request.set_data(account_language.clone());
        request.set_data(RequestId(id.clone()));
        let asked = accepted_language(&request);
        let (method, path) = (request.method().clone(), request.original_uri().path().to_owned());
        let gzip = accepts_encoding(&request, "gzip");
        let outcome = if has_nul(&request) {
            Err(Problem::new(StatusCode::BAD_REQUEST, "nul_character"))
        } else {
            self.outcome(endpoint, request, &path).await
        };
        let mut response = match outcome {
            Ok(response) => compress(response, gzip),
            Err(problem) => {
                let lang = asked.or_else(|| account_language.0.get().copied()).unwrap_or_default();
                document(problem, lang, &id)
            }
        };
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert("x-request-id", value);
        }
        observe(&response, &method, &path, &id, started.elapsed());
        Ok(response)
    }

    async fn outcome<E: Endpoint>(
        &self,
        endpoint: Arc<E>,
        request: Request,
        path: &str,
    ) -> Result<Response, Problem> {
        match std::panic::AssertUnwindSafe(endpoint.call(request)).catch_unwind().await {
            Ok(Ok(response)) => Ok(response.into_response()),
            Ok(Err(error)) if error.is_from_response() => Ok(error.into_response()),
            Ok(Err(error)) => Err(self.to_problem(error, path)),
            Err(_) => {
                tracing::error!(path, "a handler panicked");
                Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal"))
            }
        }
    }

    /// What a failure is, whoever raised it.
    pub fn to_problem(&self, error: poem::Error, path: &str) -> Problem {
        let status = error.status();
        if let Some(problem) = error.downcast_ref::<Problem>() {
            return problem.clone();
        }
        if error.is::<NotFoundError>()
            || error.is::<poem_openapi::error::ParsePathError>()
            || error.is::<poem::error::ParsePathError>()
        {
            return Problem::not_found();
        }
        if error.is::<MethodNotAllowedError>() {
            let problem = Problem::new(status, "method_not_allowed");
            return match self.allowed.of(path) {
                Some(methods) => problem.header("allow", methods),
                None => problem,
            };
        }
        if let Some(error) = error.downcast_ref::<ParseParamError>() {
            return Problem::invalid(vec![FieldError::new(error.name, "unreadable")]);
        }
        if error.is::<ParseRequestPayloadError>() || error.is::<ParseMultipartError>() {
            return Problem::malformed();
        }
        if error.is::<ContentTypeError>() || status == StatusCode::UNSUPPORTED_MEDIA_TYPE {
            return Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type");
        }
        if error.is::<AuthorizationError>() {
            return Problem::unauthenticated();
        }
        if let Some(error) = error.downcast_ref::<ReadBodyError>() {
            return match error {
                ReadBodyError::PayloadTooLarge => Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
                _ => Problem::malformed(),
            };
        }
        if status.is_server_error() {
            return Problem::internal(&std::io::Error::other(error.to_string()));
        }
        Problem::new(status, "malformed")
    }
}

/// The id under which the request is found in the logs: the caller's own when it is harmless.
fn request_id(request: &Request) -> String {
    let harmless = |id: &&str| {
        (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let given = request.header("x-request-id").filter(harmless).map(str::to_owned);
    given.unwrap_or_else(|| random::code::<12>().to_lowercase())
}

fn has_nul(request: &Request) -> bool {
    let uri = request.original_uri();
    [Some(uri.path()), uri.query()].into_iter().flatten().any(|part| part.contains("%00"))
}

/// Writes a problem in `lang`.
fn document(problem: Problem, lang: Lang, id: &str) -> Response {
    let mut body = problem.extra;
    body.insert("type".into(), format!("urn:parvis:problem:{}", problem.code).into());
    body.insert("title".into(), problem.status.canonical_reason().unwrap_or("Error").into());
    body.insert("status".into(), problem.status.as_u16().into());
    body.insert("code".into(), problem.code.into());
    body.insert("detail".into(), words(lang, "problem", problem.code, &problem.args).into());
    body.insert("request_id".into(), id.into());
    if !problem.errors.is_empty() {
        let errors = problem.errors.iter().map(|error| {
            serde_json::json!({
                "field": error.field, "code": error.code, "detail": words(lang, "field", error.code, &error.args)
            })
        });
        body.insert("errors".into(), errors.collect());
    }
    let mut response = Response::builder()
        .status(problem.status)
        .content_type("application/problem+json")
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::CONTENT_LANGUAGE, lang.code())
        .body(serde_json::Value::Object(body).to_string());
    add_headers(&problem.headers, &mut response);
    response
}

fn add_headers(headers: &[(&'static str, String)], response: &mut Response) {
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(*name, value);
        }
    }
}

/// How a problem is told on a page.
impl Problem {
    /// What happened, in the reader's language.
    pub fn told(&self, lang: Lang) -> String {
        words(lang, "problem", self.code, &self.args)
    }

    /// What is wrong with each field, in the reader's language.
    pub fn told_fields(&self, lang: Lang) -> Vec<(String, String)> {
        let told = |error: &FieldError| words(lang, "field", error.code, &error.args);
        self.errors.iter().map(|error| (error.field.clone(), told(error))).collect()
    }

    /// The headers that go with the answer, such as `Retry-After`.
    pub fn add_headers(&self, response: &mut Response) {
        add_headers(&self.headers, response);
    }
}

fn words(lang: Lang, kind: &str, code: &str, args: &[(&'static str, String)]) -> String {
    let args = args.iter().fold(Args::new(), |args, (name, value)| args.set(name, value.as_str()));
    text_with(lang, &format!("{kind}-{}", code.replace('.', "-")), &args)
}

fn observe(response: &Response, method: &Method, path: &str, id: &str, took: Duration) {
    let operation = response.data::<poem_openapi::OperationId>().map_or("", |operation| operation.0);
    let status = response.status();
    metrics::counter!("parvis_http_requests_total", "operation" => operation, "status" => status.as_u16().to_string())
        .increment(1);
    metrics::histogram!("parvis_http_seconds", "operation" => operation).record(took.as_secs_f64());
    if status.is_server_error() {
        tracing::error!(request = id, %method, path, status = status.as_u16(), ms = took.as_millis(), "answered");
    } else {
        tracing::debug!(request = id, %method, path, status = status.as_u16(), ms = took.as_millis(), "answered");
    }
}

/// Whether the client takes this coding (RFC 9110 §12.5.3), `q=0` being a no.
pub fn accepts_encoding(request: &Request, coding: &str) -> bool {
    let wants = |item: &str| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        named
            && !parts
                .any(|part| part.strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0)))
    };
    request.method() != Method::HEAD
        && request
            .headers()
            .get_all(header::ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(wants)
}

/// Compresses text for those who take it; never a part of a file, never what is encoded already.
fn compress(mut response: Response, gzip: bool) -> Response {
    let text = response.content_type().is_some_and(|kind| {
        [
            "text/html",
            "text/css",
            "text/plain",
            "text/csv",
            "application/json",
            "application/javascript",
            "image/svg",
        ]
        .iter()
        .any(|prefix| kind.starts_with(prefix))
    });
    let headers = response.headers();
    let encoded =
        headers.contains_key(header::CONTENT_ENCODING) || headers.contains_key(header::CONTENT_RANGE);
    if !text || encoded || response.status() != StatusCode::OK {
        return response;
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if !gzip {
        return response;
    }
    let weak = response.headers().get(header::ETAG).and_then(|etag| etag.to_str().ok()).and_then(|etag| {
        (!etag.starts_with("W/")).then(|| HeaderValue::from_str(&format!("W/{etag}")).ok())?
    });
    if let Some(weak) = weak {
        response.headers_mut().insert(header::ETAG, weak);
    }
    web::Compress::new(response, web::CompressionAlgo::GZIP).into_response()
}

/// Reads the whole body, no more than `most` bytes and no longer than `patience`.
pub async fn limit_body(mut request: Request, most: usize, patience: Duration) -> poem::Result<Request> {
    let body = request.take_body();
    if body.is_empty() {
        return Ok(request);
    }
    let bytes = tokio::time::timeout(patience, body.into_bytes_limit(most))
        .await
        .map_err(|_| Problem::new(StatusCode::REQUEST_TIMEOUT, "malformed"))??;
    request.set_body(bytes);
    Ok(request)
}
