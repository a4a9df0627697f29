//! Failures as pages, for those who read pages; everybody else gets the problem document.

use std::sync::Arc;

use minijinja::context;
use poem::http::{Method, StatusCode, header};
use poem::{Endpoint, IntoResponse, Request, Response};

use super::visitor::{Visit, Visitor};
use super::{own_path, see_other};
use crate::base::web::{Problem, Renderer, RequestId};

/// Turns the failures of pages into pages with a way on.
#[derive(Clone)]
pub struct Told {
    pub renderer: Renderer,
}

impl Told {
    /// Calls the pages.
    pub async fn call<E: Endpoint>(&self, endpoint: Arc<E>, request: Request) -> poem::Result<Response> {
        let reads_pages = request.header(header::ACCEPT).is_some_and(|kinds| kinds.contains("text/html"));
        let (path, method) = (request.original_uri().path().to_owned(), request.method().clone());
        // Who visits is asked only when something went wrong.
        let visit = Visit::of(&request)?;
        let id = request.data::<RequestId>().cloned().unwrap_or_default();
        let error = match endpoint.call(request).await {
            Ok(response) => return Ok(response.into_response()),
            Err(error) => error,
        };
        if !reads_pages || error.is_from_response() {
            return Err(error);
        }
        let problem = self.renderer.to_problem(error, &path);
        let visitor = visit.visitor().await?;
        // What was typed is in the browser alone: it is not sent on before that was told.
        if problem.status() == StatusCode::UNAUTHORIZED && problem.code() != "session_ended" {
            let next = if method == Method::GET { visitor.here() } else { "/".to_owned() };
            return Ok(see_other(&with_next("/login", &next)));
        }
        // The page that explains it is the one that mends it.
        if problem.code() == "identity.second_factor_required" && visitor.actor().is_some() {
            let next = if method == Method::GET { visitor.here() } else { String::new() };
            return Ok(see_other(&with_next("/account/second-factor", &next)));
        }
        page(&visitor, &problem, &id).map_err(Into::into)
    }
}

/// An address that knows where to go on from there.
fn with_next(path: &str, next: &str) -> String {
    match own_path(next) {
        Some(next) => {
            let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
            format!("{path}?next={next}")
        }
        None => path.to_owned(),
    }
}

fn page(visitor: &Visitor, problem: &Problem, id: &RequestId) -> Result<Response, Problem> {
    let kind = match problem.status() {
        StatusCode::UNAUTHORIZED => "session",
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::TOO_MANY_REQUESTS => "too_many",
        status if status.is_server_error() => "ours",
        _ => "refused",
    };
    let next = problem.told_member("next").and_then(serde_json::Value::as_str).unwrap_or_default();
    let context = context! { kind, status => problem.status().as_u16(), told => problem.told(visitor.lang),
    login => with_next("/login", next), request => id.0.as_str() };
    let mut response = visitor.page_with(problem.status(), "problem.html", context)?;
    problem.add_headers(&mut response);
    Ok(response)
}
