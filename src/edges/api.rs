//! The API: a line a capability, and the document that describes it.

use std::time::Duration;

use poem::http::header;
use poem::middleware::{CookieJarManager, NormalizePath, TrailingSlash};
use poem::{Endpoint, EndpointExt, IntoEndpoint, IntoResponse, Request, Response, Route, get, handler};
use poem_openapi::OpenApiService;

use super::document;
use super::health::HealthApi;
use super::site;
use crate::app::App;
use crate::base::files::{self, FileLinks};
use crate::base::identity::{
    ApiKeysApi, AuditApi, DataApi, EmailApi, IdentityApi, MembersApi, OrganizationsApi, OwnershipApi,
    SecondFactorApi, SessionsApi, TokenApi,
};
use crate::base::web::{AllowedMethods, PublicUrl, Renderer, is_multipart, limit_body};
use crate::domain::access::AccessApi;
use crate::domain::events::{CatalogueApi, CopiesApi, EventsApi, GuestsApi, TicketTypesApi};
use crate::domain::payments::sandbox::SandboxApi;
use crate::domain::ticketing::{
    EventOrdersApi, LiveApi, ManualOrdersApi, OrdersApi, PostponeApi, TestModeApi, TicketsApi,
};

type Apis = (
    (HealthApi, IdentityApi, TokenApi, SessionsApi, EmailApi, SecondFactorApi, DataApi),
    (OrganizationsApi, MembersApi, OwnershipApi, ApiKeysApi, AuditApi),
    (EventsApi, CopiesApi, GuestsApi, TicketTypesApi, CatalogueApi),
    (OrdersApi, TicketsApi, EventOrdersApi, LiveApi, ManualOrdersApi, TestModeApi, PostponeApi, SandboxApi),
    AccessApi,
);

/// Every capability's part of the API.
pub fn service(app: &App) -> OpenApiService<Apis, ()> {
    let entrance = || app.entrance.clone();
    let apis = (
        (
            HealthApi::new(app.db.clone()),
            IdentityApi::new(entrance(), app.cards.clone(), app.files.clone()),
            TokenApi::new(entrance(), app.cards.clone()),
            SessionsApi::new(entrance()),
            EmailApi::new(entrance()),
            SecondFactorApi::new(entrance(), app.cards.clone()),
            DataApi::new(entrance()),
        ),
        (
            OrganizationsApi::new(entrance(), app.files.clone()),
            MembersApi::new(entrance(), app.cards.clone()),
            OwnershipApi::new(entrance(), app.records.clone()),
            ApiKeysApi::new(entrance()),
            AuditApi::new(entrance()),
        ),
        (
            EventsApi::new(entrance(), app.files.clone()),
            CopiesApi::new(entrance(), app.files.clone()),
            GuestsApi::new(entrance()),
            TicketTypesApi::new(entrance()),
            CatalogueApi::new(entrance(), app.catalogue.clone()),
        ),
        (
            OrdersApi::new(entrance(), app.ticketing.clone()),
            TicketsApi::new(entrance(), app.ticketing.clone()),
            EventOrdersApi::new(entrance(), app.ticketing.clone()),
            LiveApi::new(entrance(), app.live_sales.clone()),
            ManualOrdersApi::new(entrance(), app.ticketing.clone()),
            TestModeApi::new(entrance(), app.ticketing.clone()),
            PostponeApi::new(entrance(), app.ticketing.clone()),
            SandboxApi::new(entrance(), app.sandbox.clone(), app.payments.clone()),
        ),
        AccessApi::new(entrance(), app.gate.clone()),
    );
    OpenApiService::new(apis, "Parvis", env!("CARGO_PKG_VERSION"))
        .description(
            "Events, tickets and venues. Times are RFC 3339, amounts decimal strings beside their currency.",
        )
        .server("/api")
}

/// The published document, with sorted keys and one way to write it.
pub fn document(app: &App) -> serde_json::Result<String> {
    let mut spec: serde_json::Value = serde_json::from_str(&service(app).spec())?;
    document::complete(&mut spec)?;
    Ok(serde_json::to_string_pretty(&spec)? + "\n")
}

#[handler]
fn openapi(document: poem::web::Data<&Document>) -> Response {
    Response::builder().content_type("application/json; charset=utf-8").body(document.0.0.clone())
}

#[handler]
fn docs(page: poem::web::Data<&Page>) -> Response {
    Response::builder().content_type("text/html; charset=utf-8").body(page.0.0.clone())
}

#[derive(Clone)]
struct Page(bytes::Bytes);

#[derive(Clone)]
struct Document(bytes::Bytes);

#[handler]
fn metrics(handle: poem::web::Data<&metrics_exporter_prometheus::PrometheusHandle>) -> Response {
    Response::builder().content_type("text/plain; version=0.0.4; charset=utf-8").body(handle.render())
}

/// All routes with everything that surrounds them.
pub fn routes(app: &App) -> anyhow::Result<impl Endpoint + use<>> {
    let document = document(app)?;
    let allowed = AllowedMethods::from_document(&serde_json::from_str(&document)?);
    let service = service(app);
    // The page shows the document that is published, not the one before its completion.
    let page = service.swagger_ui_html().replacen(&service.spec(), &document, 1);
    let (most, patience) = (app.config.http.max_body, Duration::from_secs(app.config.http.body_timeout));
    // Bodies of several parts are read as they come, within limits of their own, by those who take them.
    let api = service.into_endpoint().before(move |request: Request| async move {
        if is_multipart(&request) { Ok(request) } else { limit_body(request, most, patience).await }
    });
    let document = Document(document.into_bytes().into());
    let links = FileLinks { files: app.files.clone(), clock: app.db.clock().clone() };
    let renderer = Renderer { allowed };
    Ok(Route::new()
        .nest("/api", api)
        .at("/openapi.json", get(openapi).data(document))
        .at("/metrics", get(metrics).data(app.metrics.clone()))
        .at("/files/:number/*name", get(files::serve).data(links))
        .at("/docs", get(docs).data(Page(page.into())))
        .nest("/", site::routes(app, renderer.clone()))
        .data(app.entrance.clone())
        .data(app.entrance.keyring.clone())
        .data(PublicUrl(app.entrance.public_url.clone()))
        .around(move |endpoint, request| {
            let renderer = renderer.clone();
            async move { renderer.call(endpoint, request).await }
        })
        .with(NormalizePath::new(TrailingSlash::Trim))
        .with(CookieJarManager::new())
        .into_endpoint()
        .map(|response: Response| async move { guarded(response) }))
}

/// Headers that every answer carries.
fn guarded(mut response: Response) -> Response {
    // Answers of the API are somebody's; what may be kept says so itself.
    let is_json = response.content_type().is_some_and(|kind| kind.starts_with("application/json"));
    let headers = response.headers_mut();
    if is_json {
        headers.entry(header::CACHE_CONTROL).or_insert(poem::http::HeaderValue::from_static("no-store"));
    }
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.entry(name).or_insert(poem::http::HeaderValue::from_static(value));
    }
    response.into_response()
}
