//! Jobs of payments.

use serde::{Deserialize, Serialize};

use super::model::PaymentsError;
use super::service::Payments;
use crate::base::jobs::{Job, JobError, Priority, Registry};
use crate::base::kernel::id::{PaymentId, RefundId};

/// Asks the providers about an organization's pending payments that are due; one job a second.
#[derive(Debug, Serialize, Deserialize)]
pub struct PollPayments {
    /// The second, as Unix time.
    pub at: i64,
}

impl Job for PollPayments {
    const KIND: &'static str = "payments.poll";
    const PRIORITY: Priority = Priority::Normal;

    fn unique_key(&self) -> Option<String> {
        Some(self.at.to_string())
    }
}

/// Gives money back, however long the provider does not answer.
#[derive(Debug, Serialize, Deserialize)]
pub struct CarryOutRefund {
    pub refund: RefundId,
}

impl Job for CarryOutRefund {
    const KIND: &'static str = "payments.refund";
    const PRIORITY: Priority = Priority::Normal;

    fn unique_key(&self) -> Option<String> {
        Some(self.refund.to_string())
    }
}

/// Gives up the open payments of test orders that were deleted.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct AbandonPayments {
    /// Each with the name of its provider.
    pub payments: Vec<(PaymentId, String)>,
}

impl Job for AbandonPayments {
    const KIND: &'static str = "payments.abandon";
    const PRIORITY: Priority = Priority::Background;
}

impl From<PaymentsError> for JobError {
    fn from(error: PaymentsError) -> Self {
        match error {
            PaymentsError::Unknown => Self::Fail(error.to_string()),
            other => Self::Retry(other.into()),
        }
    }
}

/// Registers the jobs of payments.
pub fn register(registry: &mut Registry, payments: &Payments) {
    let polling = payments.clone();
    registry.tenant(move |scope, _: PollPayments| {
        let payments = polling.clone();
        async move { Ok(payments.poll(&scope).await?) }
    });
    let abandoning = payments.clone();
    registry.tenant(move |_, job: AbandonPayments| {
        let payments = abandoning.clone();
        async move { Ok(payments.give_up(&job.payments).await?) }
    });
    let refunding = payments.clone();
    registry.tenant(move |scope, job: CarryOutRefund| {
        let payments = refunding.clone();
        async move { Ok(payments.pursue(&scope, job.refund).await?) }
    });
}
