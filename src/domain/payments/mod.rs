//! Payments and refunds: money in, money back, through providers.
//!
//! Invariants: a payment and a refund are rows with their own states; a provider sees a payment, never an
//! order; no transaction is open while a provider is asked; what a provider does not answer is pending; money
//! that nobody wants goes back by itself. Tables: payment, refund (tenant), platform.sandbox_*. Callers:
//! ticketing, which is what is paid for ([`Settles`]).

mod jobs;
mod model;
mod provider;
mod providers;
mod repo;
pub mod sandbox;
mod service;

pub use jobs::{CarryOutRefund, PollPayments, register as register_jobs};
pub use model::{Payment, PaymentStatus, PaymentsError, Refund, RefundStatus};
pub use provider::{Answer, Handle, Next, Payable, Provider, ProviderError, Refunds, Standing, Started};
pub use providers::{DOOR, Registry, providers};
pub use service::{NewRefund, Outcome, Payments, Settles, export_rows, has_pending_refund};

use poem::http::StatusCode;

use crate::base::web::Problem;

impl From<PaymentsError> for Problem {
    fn from(error: PaymentsError) -> Self {
        match error {
            PaymentsError::Unknown => Self::not_found(),
            PaymentsError::UnknownProvider => Self::field("provider", "unknown_choice"),
            PaymentsError::ProviderUnavailable => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "payments.unavailable")
            }
            PaymentsError::ProviderRefused => Self::conflict("payments.refused"),
            PaymentsError::TooMuch => Self::conflict("payments.too_much"),
            PaymentsError::Db(error) => error.into(),
        }
    }
}
