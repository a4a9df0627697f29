//! The API of a change of address.

use chrono::{DateTime, Utc};
use poem::Request;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};

use super::auth::{Auth, Entrance, Person};
use super::email_change::Answered;
use crate::base::kernel::text;
use crate::base::web::{ApiResult, Checks, Email, Input, Key, Problem, Rate, Tags};

/// The account's address, and another one.
pub struct EmailApi {
    entrance: Entrance,
}

/// The address that is to be the account's.
#[derive(Object)]
#[oai(example)]
pub(super) struct NewAddress {
    pub new_email: Email,
    /// The account's password.
    #[oai(validator(max_length = 1024))]
    pub password: String,
}

impl Example for NewAddress {
    fn example() -> Self {
        Self {
            new_email: Email("nadia.benali@example.org".into()),
            password: "a long enough password".into(),
        }
    }
}

impl NewAddress {
    /// The address as it is kept, or what is wrong with it.
    pub fn address(&self) -> ApiResult<String> {
        let mut checks = Checks::default();
        let email = checks.some(text::email(&self.new_email), "new_email", "email");
        checks.done()?;
        Ok(email.unwrap_or_default())
    }
}

/// A change of address that waits for its answers.
#[derive(Object)]
struct AddressChange {
    new_email: String,
    /// Whether the new side has said yes.
    confirmed: bool,
    /// Whether the old side has.
    agreed: bool,
    expires_at: DateTime<Utc>,
}

/// The answer of one side.
#[derive(Object)]
struct SideAnswer {
    /// The token of the mail; it says which side answers.
    #[oai(validator(max_length = 500))]
    token: String,
    /// False leaves everything as it is.
    accept: bool,
}

/// What an answer has led to.
#[derive(Enum)]
#[oai(rename_all = "snake_case")]
enum Outcome {
    /// The other side has not answered yet.
    Waiting,
    Done,
    Refused,
}

#[derive(Object)]
struct ChangeOutcome {
    outcome: Outcome,
}

#[derive(ApiResponse)]
enum Asked {
    /// Both sides have a mail, whether or not the new address has an account already.
    #[oai(status = 202)]
    Ok,
}

#[derive(ApiResponse)]
enum Cancelled {
    /// Nothing changes.
    #[oai(status = 204)]
    Ok,
}

impl EmailApi {
    pub fn new(entrance: Entrance) -> Self {
        Self { entrance }
    }
}

#[OpenApi(tag = "Tags::Identity")]
impl EmailApi {
    /// Ask for another address. It is the account's when both mailboxes have said yes within 24 hours.
    #[oai(path = "/auth/email-change", method = "post", operation_id = "ask_email_change")]
    async fn ask(
        &self,
        auth: Person,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<NewAddress>,
    ) -> ApiResult<Asked> {
        let key = key.of(auth.actor.account, &body.raw);
        ask(&self.entrance, &auth, &body.value()?, key.as_ref()).await?;
        Ok(Asked::Ok)
    }

    /// The change of address that is under way.
    #[oai(path = "/auth/email-change", method = "get", operation_id = "get_email_change")]
    async fn get(&self, auth: Person) -> ApiResult<Json<AddressChange>> {
        let row = self.entrance.identity.email_change(auth.actor.account).await?;
        let row = row.ok_or_else(Problem::not_found)?;
        Ok(Json(AddressChange {
            new_email: row.new_email,
            confirmed: row.confirmed_at.is_some(),
            agreed: row.agreed_at.is_some(),
            expires_at: row.expires_at,
        }))
    }

    /// Take the wish for another address back.
    #[oai(path = "/auth/email-change", method = "delete", operation_id = "cancel_email_change")]
    async fn cancel(&self, auth: Person) -> ApiResult<Cancelled> {
        self.entrance.identity.cancel_email_change(&auth.actor).await?;
        Ok(Cancelled::Ok)
    }

    /// Answer for the side whose mailbox the token was sent to. A token works once.
    #[oai(path = "/auth/email-change/answer", method = "post", operation_id = "answer_email_change")]
    async fn answer(&self, request: &Request, body: Input<SideAnswer>) -> ApiResult<Json<ChangeOutcome>> {
        self.entrance.limiter.spend_address(Rate::Login, request)?;
        let answer = body.value()?;
        let answered = self.entrance.identity.answer_email_change(&answer.token, answer.accept).await?;
        let outcome = match answered {
            Answered::Waiting => Outcome::Waiting,
            Answered::Done => Outcome::Done,
            Answered::Refused => Outcome::Refused,
        };
        Ok(Json(ChangeOutcome { outcome }))
    }
}

/// Asks for another address, within what may be sent to it and guessed of the password.
pub(super) async fn ask(
    entrance: &Entrance,
    auth: &Auth,
    new: &NewAddress,
    key: Option<&crate::base::db::IdempotencyKey>,
) -> ApiResult<()> {
    let email = new.address()?;
    let account = auth.actor.account;
    entrance.limiter.spend(Rate::LoginAccount, &account.to_string())?;
    entrance.limiter.spend(Rate::Letter, &format!("email-change/{account}"))?;
    entrance.limiter.spend(Rate::Letter, &format!("confirm/{email}"))?;
    Ok(entrance.identity.ask_email_change(&auth.actor, &email, &new.password, key).await?)
}
