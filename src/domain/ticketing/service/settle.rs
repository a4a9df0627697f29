//! Settlement: what follows from money that came in, in one transaction with it.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use uuid::Uuid;

use super::BUYER;
use crate::base::db::{DbResult, TenantTx};
use crate::base::kernel::id::Id;
use crate::base::kernel::money::Money;
use crate::base::kernel::secret::Keyring;
use crate::domain::events::{self, EventState, Standing};
use crate::domain::payments::{Outcome, Refund, Settles};
use crate::domain::ticketing::jobs::{OrderLetter, SaleLetter, What};
use crate::domain::ticketing::model::{Order, OrderStatus, Step};
use crate::domain::ticketing::repo::{orders, stock, tickets};

/// Ticketing's side of payments: payments know orders only as what is paid for.
pub struct Settlement {
    keyring: Keyring,
}

impl Settlement {
    pub fn new(keyring: Keyring) -> Self {
        Self { keyring }
    }

    async fn settle(&self, tx: &mut TenantTx, payable: Uuid, amount: Money) -> DbResult<Outcome> {
        let Some(mut order) = orders::lock(tx, payable.into()).await? else { return Ok(Outcome::Unwanted) };
        let due = order.status.after(Step::Pay) == Some(OrderStatus::Paid) && amount == order.total;
        let standing = events::standing(tx, order.event).await?;
        // Nobody pays for what takes place no more.
        let Some(standing) = standing.filter(|event| due && event.state == EventState::Published) else {
            return self.unwanted(tx, &order, amount).await;
        };
        // After the hold has ended its places are free, or somebody else's.
        if order.status == OrderStatus::Expired && !stock::retake(tx, &order).await? {
            return self.unwanted(tx, &order, amount).await;
        }
        pay(tx, &self.keyring, &mut order).await?;
        tell_organizer(tx, &order, standing).await?;
        Ok(Outcome::Settled)
    }

    async fn unwanted(&self, tx: &mut TenantTx, order: &Order, amount: Money) -> DbResult<Outcome> {
        tx.audit(
            None,
            "order.unwanted_payment",
            order.id.uuid(),
            serde_json::json!({ "code": order.code, "event": order.event, "status": order.status.code(), "amount": amount.to_string(),
                "currency": amount.currency().code() }),
        )
        .await?;
        Ok(Outcome::Unwanted)
    }
}

/// The mail about a sale, where the organizer wants one.
pub(super) async fn tell_organizer(tx: &mut TenantTx, order: &Order, event: Standing) -> DbResult<()> {
    if event.notify_sales {
        tx.enqueue(&SaleLetter::new(order.id)).await?;
    }
    Ok(())
}

/// Makes an order paid: state, tickets, the buyer's index and the letter, all in this transaction.
pub(super) async fn pay(tx: &mut TenantTx, keyring: &Keyring, order: &mut Order) -> DbResult<()> {
    let account = order.account.map(Id::uuid);
    // Whoever pays at the door may leave no address.
    let email = Some(order.buyer.email.as_bytes()).filter(|email| !email.is_empty());
    let buyers = [email, account.as_ref().map(|id| id.as_bytes().as_slice())];
    let buyers: Vec<Vec<u8>> =
        buyers.into_iter().flatten().map(|buyer| keyring.mac(BUYER, buyer).to_vec()).collect();
    tickets::settle(tx, order, &buyers).await?;
    if email.is_some() {
        tx.enqueue(&OrderLetter::new(order.id, What::Confirmed)).await?;
    }
    order.status = OrderStatus::Paid;
    order.paid_at = Some(tx.now());
    Ok(())
}

impl Settles for Settlement {
    fn waits<'a>(&'a self, tx: &'a mut TenantTx, payable: Uuid) -> BoxFuture<'a, DbResult<bool>> {
        async move {
            let order = orders::order(tx, payable.into()).await?;
            Ok(order.is_some_and(|order| order.status == OrderStatus::Pending && !order.is_overdue(tx.now())))
        }
        .boxed()
    }

    fn paid<'a>(
        &'a self,
        tx: &'a mut TenantTx,
        payable: Uuid,
        amount: Money,
    ) -> BoxFuture<'a, DbResult<Outcome>> {
        self.settle(tx, payable, amount).boxed()
    }

    fn refunded<'a>(&'a self, tx: &'a mut TenantTx, refund: &'a Refund) -> BoxFuture<'a, DbResult<()>> {
        super::refund::record(tx, refund).boxed()
    }

    fn refund_failed<'a>(&'a self, tx: &'a mut TenantTx, refund: &'a Refund) -> BoxFuture<'a, DbResult<()>> {
        super::refund::undo(tx, refund).boxed()
    }
}
