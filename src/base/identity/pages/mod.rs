//! The pages of accounts, organizations and their members, on the same services as the API.

mod account;
mod api_keys;
mod area;
mod audit;
mod brand;
mod data;
mod desk;
mod email;
mod invitation;
mod members;
mod organization;
mod ownership;
mod password;
mod photo;
mod places;
mod profile;
mod second_factor;
mod security;
mod sessions;

pub use account::{
    code_page, confirm, confirm_page, log_in, log_in_with_code, log_out, login_page, send_again, sent_page,
    sign_up, signup_page,
};
pub use api_keys::{keys_page, make_key, revoke_key};
pub use area::account_page;
pub use audit::audit_page;
pub use brand::{brand_sheet, logo, remove_logo, replace_logo};
pub use data::{ask_copy, ask_erasure, data_page, download_copy, keep_account, keep_by_link, keep_page};
pub use desk::Desk;
pub use email::{answer_email_change, ask_email_change, cancel_email_change, email_change_page};
pub use invitation::{accept_invitation, invitation_page};
pub use members::{change_role, invite_member, members_page, remove_member, revoke_invitation};
pub use organization::{found, save_settings, select, settings_page, start_page};
pub use ownership::{
    ask_closing, closing_page, export_organization, hand_over, hand_over_page, keep_organization,
};
pub use password::{reset, reset_page};
pub use photo::{photo_file, remove_photo, save_photo};
pub use profile::{profile_page, resend_confirmation, save_profile};
pub use second_factor::{
    disable_second_factor, enable_second_factor, renew_recovery_codes, second_factor_page,
    set_up_second_factor,
};
pub use security::{change_password, security_page};
pub use sessions::{end_other_sessions, end_session, sessions_page};

pub use places::{currencies, timezones};

use poem::{Request, http};

use crate::base::site::own_path;

/// A value of an address's query.
fn asked(query: &str, name: &str) -> String {
    let pair = url::form_urlencoded::parse(query.as_bytes()).find(|(field, _)| field == name);
    let value = pair.map(|(_, value)| value.replace('\0', ""));
    value.unwrap_or_default()
}

/// An address with a value in its query.
fn with_query(path: &str, name: &str, value: &str) -> String {
    if value.is_empty() {
        return path.to_owned();
    }
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish();
    format!("{path}?{query}")
}

/// The browser, as a session remembers it.
fn agent(request: &Request) -> &str {
    request.header(http::header::USER_AGENT).unwrap_or_default()
}
