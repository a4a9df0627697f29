//! Tokens under the addresses that clients of SimpleJWT know.

use std::sync::Arc;

use poem::Request;
use poem_openapi::param::Header;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::auth::Entrance;
use super::dto::{RefreshToken, Tokens};
use super::entry::Entry;
use super::second_factor_api::limit;
use super::{EventCards, IdentityError, Opened, SessionKind};
use crate::base::kernel::id::EventId;
use crate::base::web::{ApiResult, Input, Problem, Rate, Tags};

/// Tokens for apps that log in without choosing an event.
pub struct TokenApi {
    entry: Entry,
}

/// Who wants tokens; people are known by their e-mail address, whichever member it comes in.
#[derive(Object)]
struct TokenRequest {
    #[oai(validator(max_length = 254))]
    email: Option<String>,
    #[oai(validator(max_length = 254))]
    username: Option<String>,
    #[oai(validator(max_length = 1024))]
    password: String,
    /// Of the second factor, for accounts that have one: without it the answer is 401 `identity.code_needed`.
    #[oai(validator(max_length = 40))]
    code: Option<String>,
    /// The event that the tokens name; none unless given.
    event_id: Option<EventId>,
}

/// A token to be looked at.
#[derive(Object)]
struct TokenToVerify {
    #[oai(validator(max_length = 2000))]
    token: String,
}

/// A token that is good; there is nothing to tell about it.
#[derive(Object)]
struct TokenVerified {
    /// When it runs out unless its session ends before.
    expires_at: chrono::DateTime<chrono::Utc>,
}

impl TokenApi {
    pub fn new(entrance: Entrance, cards: Arc<dyn EventCards>) -> Self {
        Self { entry: Entry { entrance, cards } }
    }
}

#[OpenApi(tag = "Tags::Identity")]
impl TokenApi {
    /// Tokens for an address and its password. Unlike a login it never asks to choose an event: without `event_id` the
    /// tokens name none.
    #[oai(path = "/token", method = "post", operation_id = "obtain_token")]
    async fn obtain(
        &self,
        request: &Request,
        #[oai(name = "User-Agent")] agent: Header<Option<String>>,
        body: Input<TokenRequest>,
    ) -> ApiResult<Json<Tokens>> {
        let asked = body.value()?;
        let email = asked.email.or(asked.username).ok_or_else(|| Problem::field("email", "required"))?;
        let email = email.trim().to_lowercase();
        let entrance = &self.entry.entrance;
        entrance.limiter.spend_address(Rate::Login, request)?;
        entrance.limiter.spend(Rate::LoginAccount, &email)?;
        let agent = agent.0.unwrap_or_default();
        let (identity, kind) = (&entrance.identity, SessionKind::App);
        let login = match identity.login(&email, &asked.password, &agent, kind).await? {
            Opened::Session(login) => login,
            Opened::CodeNeeded { account, token } => {
                let code = asked.code.ok_or(IdentityError::CodeNeeded)?;
                limit(entrance, account.id.into())?;
                identity.login_with_code(&token, &code, &agent, kind).await?
            }
        };
        if let Some(event) = asked.event_id {
            let answer = self.entry.of(login, Some(event)).await?;
            return Ok(Json(Tokens::of(answer).ok_or(IdentityError::Stranger)?));
        }
        let account = login.account.id.into();
        Ok(Json(identity.tokens(account, login.session, 1, login.organization, None)?.into()))
    }

    /// New tokens for a refresh token, which is spent.
    #[oai(path = "/token/refresh", method = "post", operation_id = "renew_token")]
    async fn refresh(&self, body: Input<RefreshToken>) -> ApiResult<Json<Tokens>> {
        Ok(Json(self.entry.renewed(&body.value()?.refresh).await?.into()))
    }

    /// Whether a token of either kind is good now; 401 when it is not.
    #[oai(path = "/token/verify", method = "post", operation_id = "verify_token")]
    async fn verify(&self, request: &Request, body: Input<TokenToVerify>) -> ApiResult<Json<TokenVerified>> {
        self.entry.entrance.limiter.spend_address(Rate::Login, request)?;
        let expires_at = self.entry.entrance.identity.verify_token(body.value()?.token.trim()).await?;
        Ok(Json(TokenVerified { expires_at }))
    }
}
