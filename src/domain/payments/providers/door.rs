//! `door`: money that an organizer takes in person, in cash or by a card terminal that knows nothing of Parvis.
//!
//! Nothing is asked of anybody: the payment is written down when it has been made, and so is a refund, which somebody
//! gives back by hand.

use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::ready;

use crate::base::kernel::id::RefundId;
use crate::base::kernel::money::Money;
use crate::domain::payments::provider::{
    Answer, Handle, Payable, Provider, ProviderError, Refunds, Standing, Started,
};

/// Its name in the API and in the rows.
pub const DOOR: &str = "door";

/// Answers for money that changes hands.
pub(super) struct DoorProvider;

impl Provider for DoorProvider {
    fn id(&self) -> &'static str {
        DOOR
    }

    fn is_offered(&self, _: bool) -> bool {
        false
    }

    /// Nobody begins to pay at the door from afar.
    fn start<'a>(&'a self, _: &'a Payable) -> Answer<'a, Started> {
        ready(Err(ProviderError::Refused("money at the door is entered when it was taken".into()))).boxed()
    }

    /// There is no payment of this kind that waits.
    fn standing<'a>(&'a self, _: &'a Handle) -> Answer<'a, Standing> {
        ready(Ok(Standing::Pending)).boxed()
    }

    fn cancel<'a>(&'a self, _: &'a Handle) -> Answer<'a, Standing> {
        ready(Ok(Standing::Cancelled)).boxed()
    }

    fn poll_every(&self) -> Duration {
        Duration::from_secs(3600)
    }

    fn refunds(&self) -> Option<&dyn Refunds> {
        Some(self)
    }
}

impl Refunds for DoorProvider {
    /// Whoever enters it gives the money back by hand.
    fn refund<'a>(&'a self, _: &'a Handle, _: RefundId, _: Money) -> Answer<'a, ()> {
        ready(Ok(())).boxed()
    }
}
