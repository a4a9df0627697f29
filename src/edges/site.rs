//! The pages: a line an address.

use std::sync::Arc;
use std::time::Duration;

use poem::http::{HeaderValue, header};
use poem::{Endpoint, EndpointExt, Request, Response, Route, get, post};

use crate::app::App;
use crate::base::identity::pages as account;
use crate::base::site::{POLICY, Told, serve_asset, serve_worker};
use crate::base::web::{Renderer, is_multipart, limit_body};
use crate::domain::payments::sandbox::{self, CardPage};
use crate::domain::ticketing::pages::BuyerPages;
use crate::domain::ticketing::pages::desk::{self, DeskPages};
use crate::domain::{access, events, ticketing};

/// Every page.
pub fn routes(app: &App, renderer: Renderer) -> impl Endpoint<Output = Response> + use<> {
    let told = Told { renderer };
    let (most, patience) = (app.config.http.max_body, Duration::from_secs(app.config.http.body_timeout));
    let route = Route::new().at("/assets/:name", get(serve_asset)).at("/sw.js", get(serve_worker));
    sales(organizing(account_area(accounts(buying(route)))))
        .data(BuyerPages::new(app.ticketing.clone(), app.catalogue.clone()))
        .data(DeskPages::new(app.ticketing.clone()))
        .data(events::PaymentMethods(app.payments.methods(false)))
        .data(app.gate.clone())
        .data(app.live_gate.clone())
        .data(app.live_sales.clone())
        .data(app.live_events.clone())
        .data(CardPage::new(app.sandbox.clone(), app.payments.clone()))
        .data(app.catalogue.clone())
        .data(app.files.clone())
        .data(app.records.clone())
        .data(app.ticketing.clone())
        .before(move |request: Request| async move {
            if takes_files(&request) { Ok(request) } else { limit_body(request, most, patience).await }
        })
        .around(move |endpoint: Arc<_>, request| {
            let told = told.clone();
            async move { told.call(endpoint, request).await }
        })
        .map(|response: Response| async move { guarded(response) })
}

/// The pages of visitors, buyers and controllers.
fn buying(route: Route) -> Route {
    route
        .at("/", get(events::catalogue_page))
        .at("/events.rss", get(events::events_feed))
        .at("/events.ics", get(events::events_calendar))
        .at("/robots.txt", get(events::robots))
        .at("/sitemap.xml", get(events::sitemap))
        .at("/sitemaps/:part", get(events::sitemap_part))
        .at("/o/:slug", get(events::organization_page))
        .at("/o/:slug/brand.css", get(account::brand_sheet))
        .at("/o/:slug/logo/:file", get(account::logo))
        .at("/o/:slug/events.rss", get(events::organization_feed))
        .at("/o/:slug/events.ics", get(events::organization_calendar))
        .at("/events/:slug", get(events::event_page))
        .at("/events/:slug/calendar.ics", get(ticketing::pages::event_calendar))
        .at("/events/:slug/checkout", get(ticketing::pages::checkout_page).post(ticketing::pages::buy_page))
        .at("/orders/:id", get(ticketing::pages::order_page))
        .at("/orders/:id/pay", post(ticketing::pages::pay_order_page))
        .at("/orders/:id/cancel", post(ticketing::pages::cancel_order_page))
        .at("/orders/:id/resend", post(ticketing::pages::resend_order_page))
        .at("/orders/:id/tickets.pdf", get(ticketing::pages::order_pdf))
        .at("/orders/:id/calendar.ics", get(ticketing::pages::order_calendar))
        .at("/orders/:id/tickets/:ticket", get(ticketing::pages::ticket_page))
        .at("/pay/sandbox/:payment", get(sandbox::card_page).post(sandbox::use_card_page))
        .at("/find", get(ticketing::pages::find_page).post(ticketing::pages::send_links_page))
        .at("/my", get(ticketing::pages::my_page))
        .at("/scan", get(access::gates_page))
        .at("/scan/:event", get(access::gate_page).post(access::scan_page))
        .at("/scan/:event/frame", post(access::frame_page))
        .at("/scan/:event/live", get(access::gate_live_page))
        .at("/images/:event/:file", get(events::event_file))
        .at("/documents/:event/:file", get(events::event_file))
}

/// The pages of accounts and organizations.
fn accounts(route: Route) -> Route {
    route
        .at("/signup", get(account::signup_page).post(account::sign_up))
        .at("/signup/sent", get(account::sent_page).post(account::send_again))
        .at("/confirm", get(account::confirm_page).post(account::confirm))
        .at("/login", get(account::login_page).post(account::log_in))
        .at("/login/code", get(account::code_page).post(account::log_in_with_code))
        .at("/logout", post(account::log_out))
        .at("/reset", get(account::reset_page).post(account::reset))
        .at("/invitation", get(account::invitation_page).post(account::accept_invitation))
        .at("/manage/start", get(account::start_page).post(account::found))
        .at("/manage/select", post(account::select))
        .at("/manage/settings", get(account::settings_page).post(account::save_settings))
        .at("/manage/members", get(account::members_page).post(account::invite_member))
        .at("/manage/settings/logo", post(account::replace_logo))
        .at("/manage/settings/logo/remove", post(account::remove_logo))
        .at("/manage/settings/keys", get(account::keys_page).post(account::make_key))
        .at("/manage/settings/keys/:id/revoke", post(account::revoke_key))
        .at("/manage/settings/audit", get(account::audit_page))
        .at("/manage/settings/closing", get(account::closing_page).post(account::ask_closing))
        .at("/manage/settings/closing/export", post(account::export_organization))
        .at("/manage/settings/closing/keep", post(account::keep_organization))
        .at("/manage/members/:id/role", post(account::change_role))
        .at("/manage/members/:id/hand-over", get(account::hand_over_page).post(account::hand_over))
        .at("/manage/members/:id/remove", post(account::remove_member))
        .at("/manage/invitations/:id/revoke", post(account::revoke_invitation))
}

/// The pages of one's own account.
fn account_area(route: Route) -> Route {
    route
        .at("/profile", get(account::profile_page).post(account::save_profile))
        .at("/profile/photo", post(account::save_photo))
        .at("/profile/photo/remove", post(account::remove_photo))
        .at("/photos/:account/:file", get(account::photo_file))
        .at("/profile/password", post(account::change_password))
        .at("/profile/confirmation", post(account::resend_confirmation))
        .at("/account", get(account::account_page))
        .at("/account/security", get(account::security_page))
        .at("/account/email", post(account::ask_email_change))
        .at("/account/email/cancel", post(account::cancel_email_change))
        .at("/account/email-change", get(account::email_change_page).post(account::answer_email_change))
        .at("/account/second-factor", get(account::second_factor_page).post(account::set_up_second_factor))
        .at("/account/second-factor/enable", post(account::enable_second_factor))
        .at("/account/second-factor/codes", post(account::renew_recovery_codes))
        .at("/account/second-factor/disable", post(account::disable_second_factor))
        .at("/account/data", get(account::data_page))
        .at("/account/data/copy", post(account::ask_copy))
        .at("/account/data/download", post(account::download_copy))
        .at("/account/data/erase", post(account::ask_erasure))
        .at("/account/data/keep", post(account::keep_account))
        .at("/account/keep", get(account::keep_page).post(account::keep_by_link))
        .at("/account/sessions", get(account::sessions_page))
        .at("/account/sessions/end-others", post(account::end_other_sessions))
        .at("/account/sessions/:id/end", post(account::end_session))
}

/// The pages of those who organize events.
fn organizing(route: Route) -> Route {
    route
        .at("/manage", get(events::home_page))
        .at("/manage/events/new", get(events::new_page).post(events::create_event))
        .at("/manage/events/:id", get(events::overview_page))
        .at("/manage/events/:id/edit", get(events::edit_page).post(events::save_event))
        .at("/manage/events/:id/files", get(events::files_page).post(events::replace_file))
        .at("/manage/events/:id/files/remove", post(events::remove_file))
        .at("/manage/events/:id/template", post(events::keep_template))
        .at("/manage/events/:id/duplicate", get(events::duplicate_page).post(events::duplicate_event))
        .at("/manage/events/:id/invitations", get(events::guests_page).post(events::invite_guests_page))
        .at("/manage/events/:id/invitations/:invitation/resend", post(events::resend_guest_page))
        .at("/manage/events/:id/invitations/:invitation/revoke", post(events::revoke_guest_page))
        .at("/manage/events/:id/preview", get(events::preview_page))
        .at("/manage/events/:id/publish", post(events::publish_event))
        .at("/manage/events/:id/delete", post(events::delete_event))
        .at("/manage/events/:id/team", get(events::team_page).post(events::invite_to_team))
        .at("/manage/events/:id/team/:account/remove", post(events::remove_from_team))
        .at("/manage/events/:id/team/invitations/:invitation/revoke", post(events::revoke_from_team))
        .at("/manage/events/:id/tickets", get(events::tickets_page).post(events::add_type))
        .at("/manage/events/:id/tickets/:type", get(events::type_page).post(events::change_type))
        .at("/manage/events/:id/tickets/:type/remove", post(events::remove_type))
        .at("/manage/events/:id/tickets/:type/move", post(events::move_type))
        .at("/manage/events/:id/quotas", post(events::add_quota))
        .at("/manage/events/:id/quotas/:quota", post(events::change_quota))
        .at("/manage/events/:id/quotas/:quota/remove", post(events::remove_quota))
}

/// The pages of an event's sales.
fn sales(route: Route) -> Route {
    route
        .at("/manage/events/:id/sales", get(desk::sales_page))
        .at("/manage/events/:id/sales.json", get(desk::sales_figures))
        .at("/manage/live", get(events::home_live_page))
        .at("/manage/events/:id/live", get(desk::live_page))
        .at("/manage/events/:id/sales/notify", post(desk::notify_page))
        .at("/manage/events/:id/orders", get(desk::orders_page))
        .at("/manage/events/:id/orders/new", get(desk::new_order_page).post(desk::enter_order_page))
        .at("/manage/events/:id/orders/:order", get(desk::desk_order_page))
        .at("/manage/events/:id/orders/:order/refund", get(desk::refund_page).post(desk::refund_review_page))
        .at("/manage/events/:id/orders/:order/resend", post(desk::resend_page))
        .at("/manage/events/:id/orders/:order/cancel", post(desk::cancel_page))
        .at("/manage/events/:id/orders/:order/email", post(desk::correct_email_page))
        .at("/manage/events/:id/orders/:order/tickets/:ticket/name", post(desk::rename_holder_page))
        .at("/manage/events/:id/participants", get(desk::participants_page))
        .at("/manage/events/:id/export", get(desk::export_page))
        .at("/manage/events/:id/test-mode", post(ticketing::begin_test_mode))
        .at("/manage/events/:id/go-live", post(ticketing::go_live))
        .at("/manage/events/:id/postpone", get(ticketing::postpone_page).post(ticketing::postpone_event))
        .at("/manage/events/:id/cancel", get(ticketing::cancel_event_page).post(ticketing::cancel_event))
}

/// Whether it is a form with a file on its way to a page that reads it as it comes, within limits of its own.
fn takes_files(request: &Request) -> bool {
    let path = request.uri().path();
    let of_event =
        path.starts_with("/manage/events/") && (path.ends_with("/new") || path.ends_with("/files"));
    let of_others = ["/manage/settings/logo", "/profile/photo"].contains(&path);
    (of_event || of_others) && is_multipart(request)
}

/// Pages do only what they were made for; their documents, like those of the API's reference, are not pages.
fn guarded(mut response: Response) -> Response {
    if response.content_type().is_some_and(|kind| kind.starts_with("text/html")) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    }
    response
}
