//! The public route of the test card service, for clients without a browser.

use poem::http::StatusCode;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};

use super::{Notice, Sandbox, SandboxError};
use crate::base::identity::Entrance;
use crate::base::kernel::id::PaymentId;
use crate::base::web::{ApiResult, Input, Key, Problem, Tags};
use crate::domain::payments::{Payments, Standing};

/// Card payments for tests.
pub struct SandboxApi {
    entrance: Entrance,
    /// In production it knows the charges of test orders alone.
    service: Sandbox,
    /// Whom the service tells when a charge is paid.
    merchant: Payments,
}

#[derive(Object)]
#[oai(example)]
struct Card {
    /// `4242424242424242` pays, `4000000000000002` is declined, `4000000000000259` pays without a notice.
    #[oai(validator(max_length = 40))]
    card_number: String,
}

impl Example for Card {
    fn example() -> Self {
        Self { card_number: "4242424242424242".into() }
    }
}

/// The charge after the card was used.
#[derive(Object)]
struct Authorized {
    payment: PaymentId,
    /// `succeeded`: the card was charged.
    status: String,
    /// Where the payer's browser goes back to.
    #[oai(nullable)]
    return_url: Option<String>,
}

impl From<SandboxError> for Problem {
    fn from(error: SandboxError) -> Self {
        match error {
            SandboxError::Unknown => Self::not_found(),
            SandboxError::Declined => Self::new(StatusCode::PAYMENT_REQUIRED, "payments.declined"),
            SandboxError::NoCard => Self::field("card_number", "unknown_card"),
            SandboxError::Closed | SandboxError::TooMuch => Self::conflict("payments.closed"),
            SandboxError::Db(error) => error.into(),
        }
    }
}

impl SandboxApi {
    pub fn new(entrance: Entrance, service: Sandbox, merchant: Payments) -> Self {
        Self { entrance, service, merchant }
    }
}

#[OpenApi(prefix_path = "/payments/sandbox", tag = "Tags::Payments")]
impl SandboxApi {
    /// Pay with a test card. A declined card leaves the hold, and another try.
    #[oai(path = "/:payment/authorize", method = "post", operation_id = "authorize_sandbox_payment")]
    async fn authorize(
        &self,
        payment: Path<PaymentId>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<Card>,
    ) -> ApiResult<Json<Authorized>> {
        let payment = payment.0;
        let key = key.of(None, &body.raw);
        let (charge, notice) = self.service.authorize(payment, &body.value()?.card_number, key).await?;
        if notice == Notice::Sent {
            // If it is lost, by a crash here, polling finds out.
            let scope = self.entrance.scope(payment).await?;
            self.merchant.notice(&scope, payment, Standing::Succeeded(charge.amount)).await?;
        }
        Ok(Json(Authorized { payment, status: "succeeded".into(), return_url: charge.return_url }))
    }
}
