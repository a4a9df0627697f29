//! The API of the second factor.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use poem::Request;
use poem_openapi::param::Header;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::EventCards;
use super::auth::{CodeAuth, Entrance, Person};
use super::dto::LoggedIn;
use super::entry::Entry;
use super::sessions::SessionKind;
use crate::base::kernel::id::{AccountId, EventId};
use crate::base::web::{ApiResult, Input, Rate, Tags};

/// The code that a login asks for besides the password.
pub struct SecondFactorApi {
    entry: Entry,
}

/// The answer to a login with `requires_second_factor`.
#[derive(Object)]
struct LoginCode {
    /// Of the app, or a recovery code.
    #[oai(validator(max_length = 40))]
    code: String,
    /// The event to work in, when the account has several.
    event_id: Option<EventId>,
}

/// A code of the app.
#[derive(Object)]
pub(super) struct Code {
    #[oai(validator(max_length = 40))]
    pub code: String,
}

#[derive(Object)]
pub(super) struct PasswordOnly {
    /// The account's password.
    #[oai(validator(max_length = 1024))]
    pub password: String,
}

#[derive(Object)]
pub(super) struct PasswordAndCode {
    /// The account's password.
    #[oai(validator(max_length = 1024))]
    pub password: String,
    /// Of the app, or a recovery code.
    #[oai(validator(max_length = 40))]
    pub code: String,
}

/// How it stands with the second factor.
#[derive(Object)]
struct FactorStanding {
    enabled: bool,
    #[oai(nullable)]
    enabled_at: Option<DateTime<Utc>>,
    recovery_codes_left: i64,
    /// The names of one's organizations that ask for it.
    required_by: Vec<String>,
}

/// A key for an app that makes codes; it counts when one of them has been shown.
#[derive(Object)]
struct FactorKey {
    /// In letters, to be typed.
    secret: String,
    /// What the QR code for the app says.
    otpauth_url: String,
}

/// Each is good once, and they are told once.
#[derive(Object)]
struct RecoveryCodes {
    recovery_codes: Vec<String>,
}

#[derive(ApiResponse)]
enum Disabled {
    /// Nothing but the password is asked for from now on.
    #[oai(status = 204)]
    Ok,
}

impl SecondFactorApi {
    pub fn new(entrance: Entrance, cards: Arc<dyn EventCards>) -> Self {
        Self { entry: Entry { entrance, cards } }
    }

    fn limit(&self, account: AccountId) -> ApiResult<()> {
        limit(&self.entry.entrance, account)
    }
}

/// Slows down whoever tries code after code, before the account's own count does.
pub(super) fn limit(entrance: &Entrance, account: AccountId) -> ApiResult<()> {
    entrance.limiter.spend(Rate::LoginAccount, &format!("second-factor/{account}"))
}

#[OpenApi(tag = "Tags::Identity")]
impl SecondFactorApi {
    /// Complete a login with the `temp_token` of one that answered `requires_second_factor`.
    #[oai(path = "/auth/second-factor", method = "post", operation_id = "log_in_with_code")]
    async fn log_in(
        &self,
        auth: CodeAuth,
        request: &Request,
        #[oai(name = "User-Agent")] agent: Header<Option<String>>,
        body: Input<LoginCode>,
    ) -> ApiResult<Json<LoggedIn>> {
        // Of wrong codes the account keeps count itself: a made-up token must not use up somebody's budget.
        self.entry.entrance.limiter.spend_address(Rate::Login, request)?;
        let asked = body.value()?;
        let (identity, agent) = (&self.entry.entrance.identity, agent.0.unwrap_or_default());
        let login = identity.login_with_code(&auth.token, &asked.code, &agent, SessionKind::App).await?;
        Ok(Json(self.entry.of(login, asked.event_id).await?))
    }

    /// Whether a second factor is asked for.
    #[oai(path = "/auth/second-factor", method = "get", operation_id = "get_second_factor")]
    async fn standing(&self, auth: Person) -> ApiResult<Json<FactorStanding>> {
        let entrance = &self.entry.entrance;
        let standing = entrance.identity.second_factor(auth.actor.account).await?;
        let required_by = entrance.identity.demanding(&auth.actor).await?;
        Ok(Json(FactorStanding {
            enabled: standing.enabled_at.is_some(),
            enabled_at: standing.enabled_at,
            recovery_codes_left: standing.recovery_codes_left,
            required_by: required_by.iter().map(|scope| scope.organization().name.clone()).collect(),
        }))
    }

    /// Get a key for an app, in place of one that was not enabled.
    #[oai(path = "/auth/second-factor/set-up", method = "post", operation_id = "set_up_second_factor")]
    async fn set_up(&self, auth: Person, body: Input<PasswordOnly>) -> ApiResult<Json<FactorKey>> {
        self.limit(auth.actor.account)?;
        let identity = &self.entry.entrance.identity;
        let key = identity.set_up_second_factor(&auth.actor, &body.value()?.password).await?;
        Ok(Json(FactorKey { secret: key.text, otpauth_url: key.address }))
    }

    /// Ask for the second factor from now on, by a code of the key. The other sessions end.
    #[oai(path = "/auth/second-factor/enable", method = "post", operation_id = "enable_second_factor")]
    async fn enable(&self, auth: Person, body: Input<Code>) -> ApiResult<Json<RecoveryCodes>> {
        self.limit(auth.actor.account)?;
        let identity = &self.entry.entrance.identity;
        let recovery_codes = identity.enable_second_factor(&auth.actor, &body.value()?.code).await?;
        Ok(Json(RecoveryCodes { recovery_codes }))
    }

    /// New recovery codes in place of those before.
    #[oai(
        path = "/auth/second-factor/recovery-codes",
        method = "post",
        operation_id = "renew_recovery_codes"
    )]
    async fn renew(&self, auth: Person, body: Input<PasswordAndCode>) -> ApiResult<Json<RecoveryCodes>> {
        self.limit(auth.actor.account)?;
        let (identity, asked) = (&self.entry.entrance.identity, body.value()?);
        let recovery_codes = identity.renew_recovery_codes(&auth.actor, &asked.password, &asked.code).await?;
        Ok(Json(RecoveryCodes { recovery_codes }))
    }

    /// Ask for no second factor any more.
    #[oai(path = "/auth/second-factor/disable", method = "post", operation_id = "disable_second_factor")]
    async fn disable(&self, auth: Person, body: Input<PasswordAndCode>) -> ApiResult<Disabled> {
        self.limit(auth.actor.account)?;
        let (identity, asked) = (&self.entry.entrance.identity, body.value()?);
        identity.disable_second_factor(&auth.actor, &asked.password, &asked.code).await?;
        Ok(Disabled::Ok)
    }
}
