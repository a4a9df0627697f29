//! Use cases of ticketing.

mod by_hand;
mod cancel;
mod correct;
mod figures;
mod find;
mod import;
mod pay;
mod place;
mod postpone;
mod refund;
mod settle;
mod test_mode;

use std::sync::Arc;

use moka::future::Cache;
use tokio::sync::Semaphore;

pub use find::Whose;
pub use refund::RefundRequest;
pub use settle::Settlement;

use super::jobs::{OrderLetter, What};
use super::model::{Order, OrderStatus, Ticket, TicketingError};
use super::repo::{orders, stock, tickets};
use crate::base::db::{Db, DbResult, IdempotencyKey, TenantTx};
use crate::base::kernel::id::{EventId, OrderId, TicketId};
use crate::base::kernel::secret::Keyring;
use crate::base::mail::Post;
use crate::base::tenancy::{Tenancy, TenantScope};
use crate::domain::events::{self, Event};
use crate::domain::payments::{Payment, PaymentStatus, Payments, PaymentsError, Refund};

/// How many orders of one event are written at once. A hot quota's row is locked until the commit; more
/// writers than this only wait for each other inside PostgreSQL, with a connection each.
const WRITERS_PER_EVENT: usize = 4;

/// The purpose of an order's secret, part of its signature.
const ORDER_SECRET: &str = "order-secret";
/// The purpose of the keyed hash of a buyer's address.
const BUYER: &str = "buyer-index";

/// Sells.
#[derive(Clone)]
pub struct Ticketing {
    pub(super) db: Db,
    pub(super) tenancy: Tenancy,
    pub(super) payments: Payments,
    keyring: Keyring,
    hold_seconds: i64,
    turns: Cache<EventId, Arc<Semaphore>>,
}

impl Ticketing {
    pub fn new(db: Db, tenancy: Tenancy, payments: Payments, keyring: Keyring, hold_seconds: i64) -> Self {
        let turns =
            Cache::builder().max_capacity(10_000).time_to_idle(std::time::Duration::from_secs(600)).build();
        Self { db, tenancy, payments, keyring, hold_seconds, turns }
    }

    /// For how many minutes an unpaid order holds its places.
    pub fn hold_minutes(&self) -> i64 {
        (self.hold_seconds / 60).max(1)
    }

    /// The payments and refunds of an order, the oldest first.
    pub async fn history(&self, tx: &mut TenantTx, order: OrderId) -> DbResult<(Vec<Payment>, Vec<Refund>)> {
        self.payments.history(tx, order.uuid()).await
    }

    /// Asks the providers about an order's open payments: on the way back from a payment's page nobody should have to
    /// wait for a notice.
    pub async fn ask_about_payments(
        &self,
        scope: &TenantScope,
        order: OrderId,
    ) -> Result<(), TicketingError> {
        let mut tx = self.db.tenant(scope).await?;
        let (payments, _) = self.history(&mut tx, order).await?;
        drop(tx);
        for payment in payments.iter().filter(|payment| payment.status == PaymentStatus::Pending) {
            match self.payments.refresh(scope, payment.id).await {
                Err(PaymentsError::ProviderUnavailable | PaymentsError::ProviderRefused) | Ok(_) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// The names of the payment providers that a buyer may choose from, for a test order or for a real one.
    pub fn payment_methods(&self, test: bool) -> Vec<&'static str> {
        self.payments.methods(test)
    }

    /// The event with the link by which the order's buyer came to it: who was invited learns no other.
    pub(super) fn linked(&self, mut event: Event, order: &Order) -> Event {
        if let Some(guest) = order.guest {
            event.link_secret = events::guest_link(&self.keyring, event.id, guest);
        }
        event
    }

    /// The order's page, or one below it, with what opens it: for whoever may see the order.
    pub(in crate::domain::ticketing) fn page(&self, post: &Post, order: OrderId, below: &str) -> String {
        format!("{}/orders/{order}{below}?secret={}", post.public_url(), self.secret(order))
    }

    /// What opens an order to whoever has it. It derives from the id, so nothing is stored.
    pub fn secret(&self, order: OrderId) -> String {
        self.keyring.sign(ORDER_SECRET, order.uuid().as_bytes())
    }

    /// Whether `secret` is the order's.
    pub fn opens(&self, order: OrderId, secret: &str) -> bool {
        self.keyring.verify(ORDER_SECRET, order.uuid().as_bytes(), secret)
    }

    /// An order as it stands now: one whose time is over has ended, recorded or not.
    pub async fn order(&self, tx: &mut TenantTx, id: OrderId) -> Result<Order, TicketingError> {
        let order = orders::order(tx, id).await?.ok_or(TicketingError::Unknown)?;
        if !order.is_overdue(tx.now()) {
            return Ok(order);
        }
        expire(tx, 1, Some(id)).await?;
        orders::order(tx, id).await?.ok_or(TicketingError::Unknown)
    }

    /// The tickets of an order.
    pub async fn tickets(&self, tx: &mut TenantTx, order: OrderId) -> DbResult<Vec<Ticket>> {
        tickets::of_order(tx, order).await
    }

    /// One ticket.
    pub async fn ticket(&self, tx: &mut TenantTx, id: TicketId) -> Result<Ticket, TicketingError> {
        tickets::ticket(tx, id).await?.ok_or(TicketingError::Unknown)
    }

    /// Sends the mail with the tickets again.
    pub async fn resend(
        &self,
        scope: &TenantScope,
        id: OrderId,
        key: Option<&IdempotencyKey>,
    ) -> Result<(), TicketingError> {
        let mut tx = self.db.tenant(scope).await?;
        if tx.attempt(key, id.uuid()).await?.is_some() {
            return Ok(());
        }
        let order = self.order(&mut tx, id).await?;
        if !matches!(order.status, OrderStatus::Paid | OrderStatus::PartiallyRefunded) {
            return Err(TicketingError::NothingToSend(order.status));
        }
        tx.enqueue(&OrderLetter::new(id, What::Confirmed)).await?;
        Ok(tx.commit().await?)
    }

    /// Ends every order of the organization whose time is over. False when one was in somebody's hands at that
    /// moment and has to be looked at again.
    pub(super) async fn expire_due(&self, scope: &TenantScope) -> DbResult<bool> {
        const AT_ONCE: i32 = 200;
        loop {
            let mut tx = self.db.tenant(scope).await?;
            let ended = expire(&mut tx, AT_ONCE, None).await?;
            let done = ended < AT_ONCE.unsigned_abs() as usize;
            let left = done && stock::is_any_overdue(&mut tx).await?;
            // Where orders come and go, keys of writes do too.
            tx.forget_keys().await?;
            tx.commit().await?;
            if done {
                return Ok(!left);
            }
        }
    }

    async fn turn(&self, event: EventId) -> Arc<Semaphore> {
        self.turns.get_with(event, async { Arc::new(Semaphore::new(WRITERS_PER_EVENT)) }).await
    }
}

/// Ends orders whose time is over, frees their places and writes to their buyers.
async fn expire(tx: &mut TenantTx, limit: i32, only: Option<OrderId>) -> DbResult<usize> {
    let ended = stock::expire(tx, limit, only).await?;
    for order in &ended {
        tx.enqueue(&OrderLetter::new(*order, What::Expired)).await?;
    }
    Ok(ended.len())
}
