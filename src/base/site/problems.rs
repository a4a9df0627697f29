//! Failures as pages, for those who read pages; everybody else gets the problem document.

use std::sync::Arc;

use minijinja::context;
use poem::http::{Method, StatusCode, header};
use poem::{Endpoint, IntoResponse, Request, Response};

use super::see_other;
use super::visitor::{Visit, Visitor};
use crate::base::web::{Problem, Renderer};

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
        let error = match endpoint.call(request).await {
            Ok(response) => return Ok(response.into_response()),
            Err(error) => error,
        };
        if !reads_pages || error.is_from_response() {
            return Err(error);
        }
        let problem = self.renderer.to_problem(error, &path);
        let visitor = visit.visitor().await?;
        if problem.status() == StatusCode::UNAUTHORIZED {
            let next = if method == Method::GET { visitor.here() } else { "/".to_owned() };
            let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
            return Ok(see_other(&format!("/login?next={next}")));
        }
        // The page that explains it is the one that mends it.
        if problem.code() == "identity.second_factor_required" && visitor.actor().is_some() {
            return Ok(see_other("/account/second-factor"));
        }
        page(&visitor, &problem).map_err(Into::into)
    }
}

fn page(visitor: &Visitor, problem: &Problem) -> Result<Response, Problem> {
    let kind = match problem.status() {
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::TOO_MANY_REQUESTS => "too_many",
        status if status.is_server_error() => "ours",
        _ => "refused",
    };
    let context = context! { kind, status => problem.status().as_u16(), told => problem.told(visitor.lang) };
    let mut response = visitor.page_with(problem.status(), "problem.html", context)?;
    problem.add_headers(&mut response);
    Ok(response)
}
