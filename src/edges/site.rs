//! The pages: a line an address.

use std::sync::Arc;
use std::time::Duration;

use poem::http::{HeaderValue, header};
use poem::{Endpoint, EndpointExt, Request, Response, Route, get};

use crate::app::App;
use crate::base::site::{POLICY, Told, serve_asset};
use crate::base::web::{Renderer, limit_body};
use crate::domain::events;

/// Every page.
pub fn routes(app: &App, renderer: Renderer) -> impl Endpoint<Output = Response> + use<> {
    let told = Told { renderer };
    let (most, patience) = (app.config.http.max_body, Duration::from_secs(app.config.http.body_timeout));
    Route::new()
        .at("/", get(events::catalogue_page))
        .at("/o/:slug", get(events::organization_page))
        .at("/events/:slug", get(events::event_page))
        .at("/assets/:name", get(serve_asset))
        .data(app.catalogue.clone())
        .before(move |request: Request| limit_body(request, most, patience))
        .around(move |endpoint: Arc<_>, request| {
            let told = told.clone();
            async move { told.call(endpoint, request).await }
        })
        .map(|response: Response| async move { guarded(response) })
}

/// Pages do only what they were made for; their documents, like those of the API's reference, are not pages.
fn guarded(mut response: Response) -> Response {
    if response.content_type().is_some_and(|kind| kind.starts_with("text/html")) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    }
    response
}
