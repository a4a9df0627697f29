//! The test card service: a small payment company inside Parvis, with its own tables, its own page and its
//! own notices, so that the whole flow works with no account and no network.
//!
//! Nothing but its provider file and its public routes speaks to it. Where the public URL is https it takes the charges
//! of test orders alone.

mod api;
mod pages;
mod repo;

use std::sync::Arc;

pub use api::SandboxApi;
pub use pages::{CardPage, card_page, use_card_page};

use super::provider::Payable;
use crate::base::db::{Db, DbError, DbResult, IdempotencyKey};
use crate::base::kernel::id::{PaymentId, RefundId};
use crate::base::kernel::money::{Currency, Money};

/// Pays, always.
const GOOD_CARD: &str = "4242424242424242";
/// Is declined; another card may be tried.
const DECLINED_CARD: &str = "4000000000000002";
/// Pays, but the notice is lost: only polling finds out.
const SILENT_CARD: &str = "4000000000000259";

/// How a charge stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChargeStatus {
    Open,
    Succeeded,
    Cancelled,
}

/// What the service knows of a payment.
#[derive(Clone, Debug)]
pub struct Charge {
    pub amount: Money,
    pub description: String,
    pub return_url: Option<String>,
    pub status: ChargeStatus,
    /// Whether it is of a test order.
    pub test: bool,
}

/// Why the service does not do what it is asked.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    #[error("there is no such charge")]
    Unknown,
    #[error("the card was declined")]
    Declined,
    #[error("no card has this number")]
    NoCard,
    #[error("the charge is closed")]
    Closed,
    #[error("more than was paid")]
    TooMuch,
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Whether the merchant hears of a payment at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    Sent,
    Lost,
}

/// The service.
#[derive(Clone)]
pub struct Sandbox {
    db: Db,
    public_url: Arc<str>,
    /// Whether it takes the charges of real orders too.
    real: bool,
}

impl Sandbox {
    /// `real` is whether it takes the charges of real orders too: never in production.
    pub fn new(db: Db, public_url: Arc<str>, real: bool) -> Self {
        Self { db, public_url, real }
    }

    pub(super) const fn takes_real_orders(&self) -> bool {
        self.real
    }

    /// Opens a charge, once for each payment, and tells the address of its page.
    pub async fn open(&self, payable: &Payable) -> Result<String, SandboxError> {
        // Lost with a crash of the machine, it is opened again: nobody can have paid it.
        let mut tx = self.db.hasty_platform().await?;
        repo::insert(&mut tx, payable).await?;
        tx.commit().await?;
        Ok(format!("{}/pay/sandbox/{}", self.public_url, payable.payment))
    }

    /// The charge of a payment.
    pub async fn charge(&self, payment: PaymentId) -> DbResult<Option<Charge>> {
        let mut tx = self.db.platform().await?;
        repo::charge(&mut tx, payment).await
    }

    /// The charge that somebody may pay: one of a real order that was opened before this became production is none.
    pub async fn payable(&self, payment: PaymentId) -> DbResult<Option<Charge>> {
        Ok(self.charge(payment).await?.filter(|charge| self.real || charge.test))
    }

    /// Pays with a card; tells the charge, and whether the merchant hears of it.
    pub async fn authorize(
        &self,
        payment: PaymentId,
        card_number: &str,
        key: Option<IdempotencyKey>,
    ) -> Result<(Charge, Notice), SandboxError> {
        if self.payable(payment).await?.is_none() {
            return Err(SandboxError::Unknown);
        }
        let digits: String = card_number.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let notice = match digits.as_str() {
            GOOD_CARD => Notice::Sent,
            SILENT_CARD => Notice::Lost,
            DECLINED_CARD => return Err(self.decline(payment).await?),
            _ => return Err(SandboxError::NoCard),
        };
        // The merchant's own settlement is durable and comes later: it hardens this commit too.
        let mut tx = self.db.hasty_platform().await?;
        if tx.attempt(key.as_ref(), payment.uuid()).await?.is_some() {
            // The merchant was told what it is told by the first.
            let charge = repo::charge(&mut tx, payment).await?.ok_or(SandboxError::Unknown)?;
            return Ok((charge, Notice::Lost));
        }
        if let Some(charge) = repo::succeed(&mut tx, payment).await? {
            tx.commit().await?;
            return Ok((charge, notice));
        }
        match repo::charge(&mut tx, payment).await? {
            None => Err(SandboxError::Unknown),
            // A second click on "pay" finds it paid.
            Some(charge) if charge.status == ChargeStatus::Succeeded => Ok((charge, Notice::Sent)),
            Some(_) => Err(SandboxError::Closed),
        }
    }

    async fn decline(&self, payment: PaymentId) -> DbResult<SandboxError> {
        let mut tx = self.db.platform().await?;
        let Some(charge) = repo::charge(&mut tx, payment).await? else { return Ok(SandboxError::Unknown) };
        if charge.status != ChargeStatus::Open {
            return Ok(SandboxError::Closed);
        }
        repo::decline(&mut tx, payment).await?;
        tx.commit().await?;
        Ok(SandboxError::Declined)
    }

    /// Closes a charge that is still open; tells how it stands then.
    pub async fn cancel(&self, payment: PaymentId) -> DbResult<Option<Charge>> {
        let mut tx = self.db.platform().await?;
        let Some(mut charge) = repo::lock(&mut tx, payment).await? else { return Ok(None) };
        if charge.status == ChargeStatus::Open {
            repo::cancel(&mut tx, payment).await?;
            charge.status = ChargeStatus::Cancelled;
        }
        tx.commit().await?;
        Ok(Some(charge))
    }

    /// Gives `amount` back, once for each `refund`, and never more than was paid.
    pub async fn refund(
        &self,
        payment: PaymentId,
        refund: RefundId,
        amount: Money,
    ) -> Result<(), SandboxError> {
        let mut tx = self.db.platform().await?;
        let charge = repo::lock(&mut tx, payment).await?.ok_or(SandboxError::Unknown)?;
        if repo::refund_exists(&mut tx, refund).await? {
            return Ok(());
        }
        if charge.status != ChargeStatus::Succeeded {
            return Err(SandboxError::Closed);
        }
        let before = repo::refunded(&mut tx, payment).await?;
        if charge.amount.currency() != amount.currency() || before + amount.minor() > charge.amount.minor() {
            return Err(SandboxError::TooMuch);
        }
        repo::insert_refund(&mut tx, payment, refund, amount).await?;
        Ok(tx.commit().await?)
    }
}

fn money(minor: i64, currency: &str) -> DbResult<Money> {
    let currency = Currency::parse(currency).ok_or(DbError::Corrupt("currency"))?;
    Ok(Money::from_minor(minor, currency))
}
