//! Failures as `application/problem+json` (RFC 9457): one type, told in the reader's language when rendered.

use poem::Response;
use poem::error::ResponseError;
use poem::http::StatusCode;
use poem_openapi::payload::Payload;
use poem_openapi::registry::{MetaMediaType, MetaResponse, MetaResponses, MetaSchemaRef, Registry};
use poem_openapi::types::Type;
use poem_openapi::{ApiResponse, Object};

use crate::base::db::DbError;

/// What a handler answers.
pub type ApiResult<T> = Result<T, Problem>;

/// One field that cannot be accepted. `field` is its path, as in `lines/0/quantity`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldError {
    pub field: String,
    /// A stable code such as `required`; its text is `field-<code>` in the locales.
    pub code: &'static str,
    /// What the text needs to know.
    pub args: Vec<(&'static str, String)>,
}

impl FieldError {
    pub fn new(field: impl Into<String>, code: &'static str) -> Self {
        Self { field: field.into(), code, args: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// A failure that the caller is told about.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{code}")]
pub struct Problem {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    pub(super) args: Vec<(&'static str, String)>,
    pub(super) errors: Vec<FieldError>,
    pub(super) extra: serde_json::Map<String, serde_json::Value>,
    pub(super) headers: Vec<(&'static str, String)>,
}

impl Problem {
    /// A failure with a stable code such as `ticketing.sold_out`; its text is `problem-ticketing-sold_out`.
    pub fn new(status: StatusCode, code: &'static str) -> Self {
        Self { status, code, args: vec![], errors: vec![], extra: serde_json::Map::new(), headers: vec![] }
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }

    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden")
    }

    pub fn unauthenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated").header("www-authenticate", "Bearer")
    }

    pub fn conflict(code: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, code)
    }

    /// A body that is not even readable.
    pub fn malformed() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed")
    }

    /// A failure of ours. The cause goes to the log, never to the caller.
    pub fn internal(cause: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = %cause, causes = ?cause.source(), "internal error");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal")
    }

    pub fn unavailable() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable").header("retry-after", "2")
    }

    /// Well-formed, but these fields cannot be accepted.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid") }
    }

    /// Well-formed, but this field cannot be accepted.
    pub fn field(field: &str, code: &'static str) -> Self {
        Self::invalid(vec![FieldError::new(field, code)])
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// A stable code such as `ticketing.sold_out`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// A word for the text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// A member beside the standard ones.
    #[must_use]
    pub fn member(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        self.extra.insert(name.to_owned(), value.into());
        self
    }

    /// A member beside the standard ones, where there is one of that name.
    pub fn told_member(&self, name: &str) -> Option<&serde_json::Value> {
        self.extra.get(name)
    }

    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl ToString) -> Self {
        self.headers.push((name, value.to_string()));
        self
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        if matches!(error, DbError::KeyReused) {
            Self::field("Idempotency-Key", "key_reused")
        } else if matches!(error, DbError::Ended) {
            Self::not_found()
        } else if error.is_temporary() {
            tracing::warn!(%error, "the database is not available");
            Self::unavailable()
        } else {
            Self::internal(&error)
        }
    }
}

impl ResponseError for Problem {
    fn status(&self) -> StatusCode {
        self.status
    }

    // The renderer, which knows the reader's language, downcasts before this is asked.
    fn as_response(&self) -> Response {
        self.status.into()
    }
}

/// The shape of every failure, for the document.
#[derive(Object)]
#[oai(rename = "Problem")]
struct ProblemDocument {
    /// An identifier of the kind of problem.
    #[oai(rename = "type")]
    kind: String,
    /// The status in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// A stable code, such as `ticketing.sold_out`.
    code: String,
    /// What happened, in the reader's language.
    detail: String,
    /// Which fields cannot be accepted.
    #[oai(skip_serializing_if_is_none)]
    errors: Option<Vec<FieldErrorDocument>>,
    /// For the support: names this request in the logs.
    #[oai(skip_serializing_if_is_none)]
    request_id: Option<String>,
}

/// One field that cannot be accepted.
#[derive(Object)]
#[oai(rename = "FieldError")]
struct FieldErrorDocument {
    /// The path of the field, as in `lines/0/quantity`.
    field: String,
    /// A stable code, such as `required`.
    code: String,
    /// What is wrong, in the reader's language.
    detail: String,
}

struct ProblemJson;

impl Payload for ProblemJson {
    const CONTENT_TYPE: &'static str = "application/problem+json";

    fn schema_ref() -> MetaSchemaRef {
        ProblemDocument::schema_ref()
    }

    fn register(registry: &mut Registry) {
        ProblemDocument::register(registry);
    }
}

/// Every status that any operation may fail with; the texts say when.
const FAILURES: [(u16, &str); 13] = [
    (400, "Unreadable: JSON, a NUL character, a QR"),
    (401, "Not signed in"),
    (402, "Payment required or declined"),
    (403, "Not allowed"),
    (404, "Not found, or another organization's"),
    (409, "In conflict with the present state"),
    (412, "Changed by somebody else meanwhile"),
    (413, "Too large"),
    (415, "Not a content type this takes"),
    (422, "Well-formed, but fields are invalid"),
    (429, "Too many requests"),
    (500, "A failure of the server"),
    (503, "Not available at the moment"),
];

impl ApiResponse for Problem {
    fn meta() -> MetaResponses {
        let response = |(status, description): (u16, &'static str)| MetaResponse {
            description,
            status: Some(status),
            status_range: None,
            content: vec![MetaMediaType {
                content_type: ProblemJson::CONTENT_TYPE,
                schema: ProblemJson::schema_ref(),
            }],
            headers: vec![],
        };
        MetaResponses { responses: FAILURES.map(response).into() }
    }

    fn register(registry: &mut Registry) {
        <ProblemJson as Payload>::register(registry);
    }
}

/// Gathers what is wrong with a request, so that everything is told at once.
#[derive(Debug, Default)]
pub struct Checks(Vec<FieldError>);

impl From<Vec<FieldError>> for Checks {
    fn from(errors: Vec<FieldError>) -> Self {
        Self(errors)
    }
}

impl Checks {
    /// Records that `field` is wrong.
    pub fn fail(&mut self, field: impl Into<String>, code: &'static str) {
        self.push(FieldError::new(field, code));
    }

    /// Records a failure with its words. A field that is wrong already is told once.
    pub fn push(&mut self, error: FieldError) {
        if self.0.iter().all(|other| other.field != error.field) {
            self.0.push(error);
        }
    }

    /// Whether something is wrong.
    pub fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// Records that `field` is wrong unless `fine`.
    pub fn ensure(&mut self, fine: bool, field: &str, code: &'static str) {
        if !fine {
            self.fail(field, code);
        }
    }

    /// Takes the value, or records that `field` is wrong.
    pub fn some<T>(&mut self, value: Option<T>, field: &str, code: &'static str) -> Option<T> {
        self.ensure(value.is_some(), field, code);
        value
    }

    /// Everything that is wrong.
    pub fn into_errors(self) -> Vec<FieldError> {
        self.0
    }

    /// All is well, or everything that is wrong.
    pub fn done(self) -> Result<(), Problem> {
        if self.0.is_empty() { Ok(()) } else { Err(Problem::invalid(self.0)) }
    }
}
