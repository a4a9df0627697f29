//! What the API of accounts and sessions reads and writes.

use poem_openapi::Object;
use poem_openapi::types::Example;

use super::AccountRow;
use super::photo;
use super::profile::Profile;
use super::service::{NewAccount, TokenPair};
use crate::base::i18n::Lang;
use crate::base::kernel::id::{EventId, OrganizationId};
use crate::base::kernel::text;
use crate::base::web::{ApiResult, Checks, Email, LocaleText};

/// The digits that a person's telephone number has at least.
const LEAST_DIGITS: usize = 6;

/// A new account.
#[derive(Object)]
#[oai(example)]
pub(super) struct Registration {
    pub email: Email,
    /// 8 to 128 characters.
    #[oai(validator(min_length = 8, max_length = 128))]
    pub password: String,
    #[oai(validator(min_length = 1, max_length = 100))]
    pub first_name: String,
    #[oai(validator(min_length = 1, max_length = 100))]
    pub last_name: String,
    /// Taken for older clients; people are known by their e-mail address.
    #[oai(validator(max_length = 254))]
    pub username: Option<String>,
    /// 6 to 20 digits of any script, with `+`, spaces and `( ) . - /` between them; or empty.
    #[oai(validator(max_length = 40))]
    pub phone: Option<String>,
    /// `fr`, `en` or `ar`; the language of the request unless given.
    pub locale: Option<LocaleText>,
}

impl Example for Registration {
    fn example() -> Self {
        Self {
            email: Email("nadia@example.org".into()),
            password: "a long enough password".into(),
            first_name: "Nadia".into(),
            last_name: "Benali".into(),
            username: None,
            phone: Some("+213 555 12 34 56".into()),
            locale: Some("fr".into()),
        }
    }
}

impl Registration {
    /// The account that is asked for, or everything that is wrong. `asked` is the language of the request.
    pub fn account(self, asked: Lang) -> ApiResult<NewAccount> {
        let mut checks = Checks::default();
        let email = checks.some(text::email(&self.email), "email", "email");
        let names = [("first_name", &self.first_name), ("last_name", &self.last_name)];
        names.iter().for_each(|(field, name)| checks.ensure(!text::is_blank(name), field, "required"));
        let locale = match &self.locale {
            Some(tag) => checks.some(Lang::parse(tag), "locale", "unknown_choice"),
            None => Some(asked),
        };
        let phone = checks.some(text::phone(&self.phone.unwrap_or_default(), LEAST_DIGITS), "phone", "phone");
        checks.done()?;
        Ok(NewAccount {
            email: email.unwrap_or_default(),
            password: self.password,
            first_name: self.first_name.trim().to_owned(),
            last_name: self.last_name.trim().to_owned(),
            phone: phone.unwrap_or_default(),
            locale: locale.unwrap_or_default(),
        })
    }
}

/// A person as they see themselves.
#[derive(Object)]
pub(super) struct User {
    pub id: String,
    pub username: String,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub phone: String,
    pub locale: String,
    pub email_confirmed: bool,
    /// The person's permanent badge.
    pub badge_id: String,
    /// Where the person's photo is read, and a small one; whoever has the address may.
    #[oai(nullable)]
    pub photo: Option<String>,
    #[oai(nullable)]
    pub photo_small: Option<String>,
}

impl User {
    pub fn new(row: &AccountRow, public_url: &str) -> Self {
        let photo = |small| Some(format!("{public_url}{}", photo::address(row.id, &row.photo, small)?));
        Self {
            photo: photo(false),
            photo_small: photo(true),
            id: row.id.to_string(),
            username: row.email.clone(),
            email: row.email.clone(),
            first_name: row.first_name.clone(),
            last_name: row.last_name.clone(),
            phone: row.phone.clone(),
            locale: row.locale.clone(),
            email_confirmed: row.email_confirmed_at.is_some(),
            badge_id: row.badge.clone(),
        }
    }
}

/// What sign-up answers, whether or not the address had an account before.
#[derive(Object)]
pub(super) struct Registered {
    pub id: String,
    pub username: String,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
}

#[derive(Object)]
#[oai(example)]
pub(super) struct Credentials {
    #[oai(validator(max_length = 254))]
    pub email: String,
    #[oai(validator(max_length = 1024))]
    pub password: String,
    /// The event to work in, when the account has several.
    pub event_id: Option<EventId>,
}

impl Example for Credentials {
    fn example() -> Self {
        Self { email: "nadia@example.org".into(), password: "a long enough password".into(), event_id: None }
    }
}

/// An event that the account has a role in.
#[derive(Object)]
pub(super) struct LoginEvent {
    pub id: EventId,
    pub name: String,
    pub role: String,
    #[oai(nullable)]
    pub start_date: Option<chrono::DateTime<chrono::FixedOffset>>,
    #[oai(nullable)]
    pub end_date: Option<chrono::DateTime<chrono::FixedOffset>>,
    pub status: String,
    pub location: String,
    #[oai(nullable)]
    pub logo_url: Option<String>,
    #[oai(nullable)]
    pub banner_url: Option<String>,
    /// Null for those who scan: they are not scanned.
    #[oai(nullable)]
    pub badge: Option<LoginBadge>,
    /// What the role may do in the event, such as `scan_tickets`.
    pub permissions: Vec<String>,
}

/// The account's badge, the same in every event, and whether it was let in to this one.
#[derive(Object)]
pub(super) struct LoginBadge {
    pub badge_id: String,
    /// What the badge's QR code holds; gates read it.
    pub qr_code_data: String,
    pub is_checked_in: bool,
    /// In the event's time zone.
    #[oai(nullable)]
    pub checked_in_at: Option<chrono::DateTime<chrono::FixedOffset>>,
}

/// A login. With `requires_event_selection` there is only a `temp_token` to choose an event with.
#[derive(Object)]
pub(super) struct LoggedIn {
    #[oai(skip_serializing_if_is_none)]
    pub access: Option<String>,
    #[oai(skip_serializing_if_is_none)]
    pub refresh: Option<String>,
    /// Left out while the second factor has not been shown.
    #[oai(skip_serializing_if_is_none)]
    pub user: Option<User>,
    #[oai(nullable)]
    pub current_event: Option<LoginEvent>,
    /// The organization that the token names.
    #[oai(nullable)]
    pub organization: Option<OrganizationId>,
    pub requires_event_selection: bool,
    /// There is only a `temp_token` for `POST /api/auth/second-factor`.
    pub requires_second_factor: bool,
    #[oai(skip_serializing_if_is_none)]
    pub available_events: Option<Vec<LoginEvent>>,
    #[oai(skip_serializing_if_is_none)]
    pub temp_token: Option<String>,
}

impl LoggedIn {
    /// Without tokens and events yet.
    pub fn of(user: impl Into<Option<User>>) -> Self {
        Self {
            access: None,
            refresh: None,
            user: user.into(),
            current_event: None,
            organization: None,
            requires_event_selection: false,
            requires_second_factor: false,
            available_events: None,
            temp_token: None,
        }
    }
}

/// An event that one has a role in or a ticket to.
#[derive(Object)]
pub(super) struct MyEvent {
    pub id: EventId,
    pub name: String,
    pub role: String,
    #[oai(nullable)]
    pub start_date: Option<chrono::DateTime<chrono::FixedOffset>>,
    #[oai(nullable)]
    pub end_date: Option<chrono::DateTime<chrono::FixedOffset>>,
    pub status: String,
    pub location: String,
    #[oai(nullable)]
    pub logo_url: Option<String>,
    #[oai(nullable)]
    pub banner_url: Option<String>,
    #[oai(nullable)]
    pub badge: Option<LoginBadge>,
    pub organization: OrganizationId,
    /// Whether the token names it.
    pub is_current: bool,
}

/// One page of the events that one has a role in or a ticket to.
#[derive(Object)]
pub(super) struct MyEvents {
    /// How many there are over all pages.
    pub count: i64,
    #[oai(nullable)]
    pub next: Option<String>,
    #[oai(nullable)]
    pub previous: Option<String>,
    pub results: Vec<MyEvent>,
    /// The event that the token names.
    #[oai(nullable)]
    pub current_event_id: Option<EventId>,
}

/// New tokens.
#[derive(Object)]
pub(super) struct Tokens {
    pub access: String,
    pub refresh: String,
}

impl From<TokenPair> for Tokens {
    fn from(pair: TokenPair) -> Self {
        Self { access: pair.access, refresh: pair.refresh }
    }
}

impl Tokens {
    /// Those of a login that needed no choice.
    pub fn of(login: LoggedIn) -> Option<Self> {
        login.current_event.as_ref()?;
        Some(Self { access: login.access?, refresh: login.refresh? })
    }
}

#[derive(Object)]
pub(super) struct RefreshToken {
    #[oai(validator(max_length = 500))]
    pub refresh: String,
}

#[derive(Object)]
pub(super) struct LinkToken {
    #[oai(validator(max_length = 500))]
    pub token: String,
}

#[derive(Object)]
#[oai(example)]
pub(super) struct Address {
    pub email: Email,
}

impl Example for Address {
    fn example() -> Self {
        Self { email: Email("nadia@example.org".into()) }
    }
}

#[derive(Object)]
pub(super) struct NewPassword {
    #[oai(validator(max_length = 500))]
    pub token: String,
    #[oai(validator(min_length = 8, max_length = 128))]
    pub new_password: String,
}

#[derive(Object)]
pub(super) struct PasswordChange {
    #[oai(validator(max_length = 1024))]
    pub old_password: String,
    #[oai(validator(min_length = 8, max_length = 128))]
    pub new_password: String,
}

#[derive(Object)]
pub(super) struct OrganizationChoice {
    pub organization: OrganizationId,
}

#[derive(Object)]
pub(super) struct EventChoice {
    pub event_id: EventId,
}

/// What a person may change about themselves; what is left out stays.
#[derive(Object)]
pub(super) struct ProfileChange {
    #[oai(validator(min_length = 1, max_length = 100))]
    pub first_name: Option<String>,
    #[oai(validator(min_length = 1, max_length = 100))]
    pub last_name: Option<String>,
    /// 6 to 20 digits of any script, with `+`, spaces and `( ) . - /` between them; or empty.
    #[oai(validator(max_length = 40))]
    pub phone: Option<String>,
    pub locale: Option<LocaleText>,
}

/// What a person says about themselves.
#[derive(Object)]
pub(super) struct ProfileReplacement {
    #[oai(validator(min_length = 1, max_length = 100))]
    pub first_name: String,
    #[oai(validator(min_length = 1, max_length = 100))]
    pub last_name: String,
    /// Emptied when it is left out; otherwise as with PATCH.
    #[oai(validator(max_length = 40))]
    pub phone: Option<String>,
    /// Stays when it is left out.
    pub locale: Option<LocaleText>,
}

impl ProfileChange {
    /// What changes, or everything that is wrong.
    pub fn profile(self, mut checks: Checks) -> ApiResult<Profile> {
        let names = [("first_name", &self.first_name), ("last_name", &self.last_name)];
        for (field, name) in names {
            checks.ensure(name.as_ref().is_none_or(|name| !text::is_blank(name)), field, "required");
        }
        let locale = self.locale.and_then(|tag| checks.some(Lang::parse(&tag), "locale", "unknown_choice"));
        let phone =
            self.phone.and_then(|typed| checks.some(text::phone(&typed, LEAST_DIGITS), "phone", "phone"));
        checks.done()?;
        let trimmed = |name: Option<String>| name.map(|name| name.trim().to_owned());
        Ok(Profile {
            first_name: trimmed(self.first_name),
            last_name: trimmed(self.last_name),
            phone,
            locale,
            photo: None,
        })
    }
}
