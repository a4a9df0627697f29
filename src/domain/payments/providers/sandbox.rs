//! `sandbox`: the built-in test card service, spoken to as if it were another company's.

use std::time::Duration;

use futures_util::FutureExt;

use crate::base::db::DbError;
use crate::base::kernel::id::RefundId;
use crate::base::kernel::money::Money;
use crate::domain::payments::provider::{
    Answer, Handle, Next, Payable, Provider, ProviderError, Refunds, Standing, Started,
};
use crate::domain::payments::sandbox::{ChargeStatus, Sandbox, SandboxError};

/// Translates between payments and the charges of the test card service.
pub(super) struct SandboxProvider {
    service: Sandbox,
}

impl SandboxProvider {
    pub(super) fn new(service: Sandbox) -> Self {
        Self { service }
    }
}

impl From<SandboxError> for ProviderError {
    fn from(error: SandboxError) -> Self {
        match error {
            SandboxError::Db(error) => unavailable(&error),
            other => Self::Refused(other.to_string()),
        }
    }
}

fn unavailable(error: &DbError) -> ProviderError {
    ProviderError::Unavailable(error.to_string())
}

fn standing(status: ChargeStatus, amount: Money) -> Standing {
    match status {
        ChargeStatus::Open => Standing::Pending,
        ChargeStatus::Succeeded => Standing::Succeeded(amount),
        ChargeStatus::Cancelled => Standing::Cancelled,
    }
}

impl Provider for SandboxProvider {
    fn id(&self) -> &'static str {
        "sandbox"
    }

    fn is_offered(&self, test: bool) -> bool {
        test || self.service.takes_real_orders()
    }

    fn start<'a>(&'a self, payable: &'a Payable) -> Answer<'a, Started> {
        async move {
            let url = self.service.open(payable).await?;
            // The service goes by our own id.
            Ok(Started { reference: None, next: Next::Redirect(url) })
        }
        .boxed()
    }

    fn standing<'a>(&'a self, handle: &'a Handle) -> Answer<'a, Standing> {
        async move {
            let charge = self.service.charge(handle.payment).await.map_err(|error| unavailable(&error))?;
            // One that is not open yet may be in a moment: what is not certain is pending.
            Ok(charge.map_or(Standing::Pending, |charge| standing(charge.status, charge.amount)))
        }
        .boxed()
    }

    fn cancel<'a>(&'a self, handle: &'a Handle) -> Answer<'a, Standing> {
        async move {
            let charge = self.service.cancel(handle.payment).await.map_err(|error| unavailable(&error))?;
            Ok(charge.map_or(Standing::Cancelled, |charge| standing(charge.status, charge.amount)))
        }
        .boxed()
    }

    fn poll_every(&self) -> Duration {
        Duration::from_secs(2)
    }

    fn refunds(&self) -> Option<&dyn Refunds> {
        Some(self)
    }
}

impl Refunds for SandboxProvider {
    fn refund<'a>(&'a self, handle: &'a Handle, refund: RefundId, amount: Money) -> Answer<'a, ()> {
        async move { Ok(self.service.refund(handle.payment, refund, amount).await?) }.boxed()
    }
}
