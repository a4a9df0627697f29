//! What a payment provider is to Parvis.
//!
//! A provider is one file under `providers/` and one line in its list. It translates; it stores nothing, sees
//! no order and no transaction. Every ability is answered explicitly: there are no default bodies.

use std::time::Duration;

use futures_util::future::BoxFuture;

use crate::base::kernel::id::{PaymentId, RefundId};
use crate::base::kernel::money::Money;

/// What is to be paid.
#[derive(Clone, Debug)]
pub struct Payable {
    /// Also the idempotency key towards the provider.
    pub payment: PaymentId,
    pub amount: Money,
    /// What the payer reads on the provider's page.
    pub description: String,
    /// Where the payer's browser goes afterwards.
    pub return_url: Option<String>,
    /// Whether it is for a test order: no real money may move.
    pub test: bool,
}

/// How a provider knows a payment.
#[derive(Clone, Debug)]
pub struct Handle {
    pub payment: PaymentId,
    /// The provider's own name for it; absent when its answer to the start was lost.
    pub reference: Option<String>,
}

/// What the payer does next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Next {
    Redirect(String),
    Nothing,
}

/// A payment that a provider has begun.
#[derive(Clone, Debug)]
pub struct Started {
    /// The provider's own name for it; absent when it goes by ours.
    pub reference: Option<String>,
    pub next: Next,
}

/// How a payment stands. What a provider does not know for certain is pending.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    Pending,
    /// Paid, with the amount as the provider echoes it.
    Succeeded(Money),
    Failed,
    Cancelled,
}

/// Why a provider did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// It said no, for good.
    #[error("refused: {0}")]
    Refused(String),
    /// It may or may not have done it: ask again later.
    #[error("unavailable: {0}")]
    Unavailable(String),
}

/// A result of asking a provider.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, ProviderError>>;

/// Takes money.
pub trait Provider: Send + Sync {
    /// Its name in the API and in the rows; never reused.
    fn id(&self) -> &'static str;

    /// Whether a buyer may choose it, for a test order or for a real one; what an organizer takes in person is none of the
    /// buyer's choices, and what moves real money is none for a test order.
    fn is_offered(&self, test: bool) -> bool;

    /// Begins a payment. Asked twice for the same payment, it answers the same.
    fn start<'a>(&'a self, payable: &'a Payable) -> Answer<'a, Started>;

    /// How the payment stands.
    fn standing<'a>(&'a self, handle: &'a Handle) -> Answer<'a, Standing>;

    /// Gives the payment up; tells how it stands then, for it may have been paid meanwhile.
    fn cancel<'a>(&'a self, handle: &'a Handle) -> Answer<'a, Standing>;

    /// How often a fresh payment is asked about when no notice comes.
    fn poll_every(&self) -> Duration;

    /// The ability to give money back, if it has it.
    fn refunds(&self) -> Option<&dyn Refunds>;
}

/// Gives money back.
pub trait Refunds: Send + Sync {
    /// Returns `amount`, once for each `refund`, however often it is asked.
    fn refund<'a>(&'a self, handle: &'a Handle, refund: RefundId, amount: Money) -> Answer<'a, ()>;
}
