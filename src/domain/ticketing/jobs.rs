//! Jobs of ticketing.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::letters::{self, Letters};
use super::model::TicketingError;
use super::sale_letter;
use super::service::Ticketing;
use crate::base::jobs::{Job, JobError, Priority, Registry};
use crate::base::kernel::id::{EventId, OrderId, PostponementId, RefundId};
use crate::base::kernel::random;
use crate::base::tenancy::OrganizationImported;

/// Ends the holds of an organization whose time is over; one job a second of ends, however many there are. Planned by
/// `place_order` of the tenant's schema, together with the hold.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ExpireOrders {
    /// The second, as Unix time.
    pub at: i64,
}

impl Job for ExpireOrders {
    const KIND: &'static str = "ticketing.expire";
    const PRIORITY: Priority = Priority::Urgent;

    fn unique_key(&self) -> Option<String> {
        Some(self.at.to_string())
    }
}

/// What a letter about an order says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum What {
    Confirmed,
    Expired,
    Refunded {
        refund: RefundId,
    },
    /// Money came that nobody wanted: too late, twice, for something cancelled.
    LatePayment {
        refund: RefundId,
    },
    /// The event takes place at another time, or at one that nobody knows yet.
    Postponed {
        postponement: PostponementId,
    },
    /// Without a refund the order was not paid yet.
    EventCancelled {
        refund: Option<RefundId>,
    },
}

/// Writes to the buyer of an order.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OrderLetter {
    pub order: OrderId,
    pub what: What,
    /// The left half of the message id: the same for every attempt.
    pub id: String,
}

impl OrderLetter {
    pub(super) fn new(order: OrderId, what: What) -> Self {
        Self { order, what, id: format!("order-{}", random::code::<16>().to_lowercase()) }
    }
}

impl Job for OrderLetter {
    const KIND: &'static str = "ticketing.letter";
    const PRIORITY: Priority = Priority::Urgent;
}

/// Tells the organizer of a sale.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SaleLetter {
    pub order: OrderId,
    pub id: String,
}

impl SaleLetter {
    pub(super) fn new(order: OrderId) -> Self {
        Self { order, id: format!("sale-{}", random::code::<16>().to_lowercase()) }
    }
}

impl Job for SaleLetter {
    const KIND: &'static str = "ticketing.sale_letter";
    const PRIORITY: Priority = Priority::Normal;
}

/// Mails the links of an address's orders.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FindOrders {
    pub email: String,
    pub id: String,
}

impl FindOrders {
    pub(super) fn new(email: &str) -> Self {
        Self { email: email.to_owned(), id: format!("find-{}", random::code::<16>().to_lowercase()) }
    }
}

impl Job for FindOrders {
    const KIND: &'static str = "ticketing.find_orders";
    const PRIORITY: Priority = Priority::Urgent;
}

/// A letter that can wait: news to everybody of an event must not delay anybody's tickets.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct News(pub OrderLetter);

impl Job for News {
    const KIND: &'static str = "ticketing.news";
    const PRIORITY: Priority = Priority::Background;
}

/// Undoes the orders of a cancelled event, some at a time, in rounds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct UndoOrders {
    pub event: EventId,
    /// The last order that was looked at.
    pub after: Option<OrderId>,
    pub round: u32,
}

impl Job for UndoOrders {
    const KIND: &'static str = "ticketing.undo_orders";
    const PRIORITY: Priority = Priority::Normal;
}

/// Tells the buyers of a postponed event, some at a time.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct TellPostponed {
    pub postponement: PostponementId,
}

impl Job for TellPostponed {
    const KIND: &'static str = "ticketing.tell_postponed";
    const PRIORITY: Priority = Priority::Normal;
}

impl From<TicketingError> for JobError {
    fn from(error: TicketingError) -> Self {
        match error {
            TicketingError::Unknown => Self::Fail(error.to_string()),
            other => Self::Retry(other.into()),
        }
    }
}

/// Registers the jobs of ticketing.
pub fn register(registry: &mut Registry, ticketing: &Ticketing, letters: Letters) {
    let letters = Arc::new(letters);
    let taking_up = ticketing.clone();
    registry.tenant(move |scope, _: OrganizationImported| {
        let ticketing = taking_up.clone();
        async move { Ok(ticketing.take_up(&scope).await?) }
    });
    let expiring = ticketing.clone();
    registry.tenant(move |scope, _: ExpireOrders| {
        let ticketing = expiring.clone();
        async move {
            let done = ticketing.expire_due(&scope).await?;
            let again = || JobError::Retry(anyhow::anyhow!("an order is in somebody's hands"));
            done.then_some(()).ok_or_else(again)
        }
    });
    let (writing, written) = (ticketing.clone(), letters.clone());
    registry.tenant(move |scope, job: OrderLetter| {
        let (ticketing, letters) = (writing.clone(), written.clone());
        async move { letters::send(&ticketing, &letters, &scope, job).await }
    });
    let (telling, told) = (ticketing.clone(), letters.clone());
    registry.tenant(move |scope, News(job): News| {
        let (ticketing, letters) = (telling.clone(), told.clone());
        async move { letters::send(&ticketing, &letters, &scope, job).await }
    });
    let (selling, sold) = (ticketing.clone(), letters.clone());
    registry.tenant(move |scope, job: SaleLetter| {
        let (ticketing, letters) = (selling.clone(), sold.clone());
        async move { sale_letter::send(&ticketing, &letters.post, &scope, job).await }
    });
    let finding = ticketing.clone();
    registry.platform(move |job: FindOrders| {
        let (ticketing, letters) = (finding.clone(), letters.clone());
        async move { letters::send_links(&ticketing, &letters.post, job).await }
    });
    let announcing = ticketing.clone();
    registry.tenant(move |scope, job: TellPostponed| {
        let ticketing = announcing.clone();
        async move { Ok(ticketing.tell_some(&scope, &job).await?) }
    });
    let undoing = ticketing.clone();
    registry.tenant(move |scope, job: UndoOrders| {
        let ticketing = undoing.clone();
        async move { Ok(ticketing.undo_some(&scope, &job).await?) }
    });
}
