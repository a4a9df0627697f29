//! Payments and refunds with their states.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::base::db::DbError;
use crate::base::kernel::id::{AccountId, PaymentId, RefundId, TicketId};
use crate::base::kernel::money::Money;

/// The state of a payment. Only `Pending` changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PaymentStatus {
    Pending,
    Succeeded,
    Failed,
    Cancelled,
}

impl PaymentStatus {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::Pending, Self::Succeeded, Self::Failed, Self::Cancelled].into_iter().find(|s| s.code() == code)
    }
}

/// The state of a refund. Only `Pending` changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RefundStatus {
    Pending,
    Succeeded,
    Failed,
}

impl RefundStatus {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::Pending, Self::Succeeded, Self::Failed].into_iter().find(|s| s.code() == code)
    }
}

/// Money coming in.
#[derive(Clone, Debug)]
pub struct Payment {
    pub id: PaymentId,
    /// What it pays for.
    pub payable: Uuid,
    pub provider: String,
    pub status: PaymentStatus,
    pub amount: Money,
    pub reference: Option<String>,
    pub created_at: DateTime<Utc>,
    pub settled_at: Option<DateTime<Utc>>,
}

/// Money going back.
#[derive(Clone, Debug)]
pub struct Refund {
    pub id: RefundId,
    /// What was paid for.
    pub payable: Uuid,
    /// Which payment it returns; nothing was paid for what was free.
    pub payment: Option<PaymentId>,
    pub status: RefundStatus,
    pub amount: Money,
    pub reason: String,
    /// The tickets it takes back.
    pub tickets: Vec<TicketId>,
    /// Because a payment came that nobody wanted.
    pub automatic: bool,
    pub created_at: DateTime<Utc>,
    pub created_by: Option<AccountId>,
}

impl Refund {
    /// Whether it is the platform's own, because the event was cancelled; nobody in particular asked for it.
    pub fn is_of_cancelled_event(&self) -> bool {
        self.created_by.is_none() && !self.automatic
    }
}

/// Why a payment or refund does not work.
#[derive(Debug, thiserror::Error)]
pub enum PaymentsError {
    #[error("no such payment")]
    Unknown,
    #[error("no such provider here")]
    UnknownProvider,
    #[error("the provider does not answer")]
    ProviderUnavailable,
    #[error("the provider refused")]
    ProviderRefused,
    #[error("more than what is left of the payments")]
    TooMuch,
    #[error(transparent)]
    Db(#[from] DbError),
}
