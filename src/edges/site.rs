//! The pages: a line an address.

use std::sync::Arc;
use std::time::Duration;

use poem::http::{HeaderValue, header};
use poem::{Endpoint, EndpointExt, Request, Response, Route, get, post};

use crate::app::App;
use crate::base::identity::pages as account;
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
        .at("/signup", get(account::signup_page).post(account::sign_up))
        .at("/signup/sent", get(account::sent_page).post(account::send_again))
        .at("/confirm", get(account::confirm_page).post(account::confirm))
        .at("/login", get(account::login_page).post(account::log_in))
        .at("/logout", post(account::log_out))
        .at("/reset", get(account::reset_page).post(account::reset))
        .at("/profile", get(account::profile_page).post(account::save_profile))
        .at("/profile/password", post(account::change_password))
        .at("/profile/confirmation", post(account::resend_confirmation))
        .at("/invitation", get(account::invitation_page).post(account::accept_invitation))
        .at("/manage/start", get(account::start_page).post(account::found))
        .at("/manage/select", post(account::select))
        .at("/manage/settings", get(account::settings_page).post(account::save_settings))
        .at("/manage/members", get(account::members_page).post(account::invite_member))
        .at("/manage/members/:id/remove", post(account::remove_member))
        .at("/manage/invitations/:id/revoke", post(account::revoke_invitation))
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
