//! Cancelling an order, and all orders of an event that is cancelled.

use chrono::Duration;

use super::Ticketing;
use crate::base::db::{IdempotencyKey, TenantTx};
use crate::base::identity::{Can, ManageSales};
use crate::base::kernel::id::{AccountId, OrderId};
use crate::base::tenancy::TenantScope;
use crate::domain::events::{self, Event, EventsError};
use crate::domain::payments::{PaymentsError, Refund, RefundStatus};
use crate::domain::ticketing::jobs::{News, OrderLetter, UndoOrders, What};
use crate::domain::ticketing::model::{Order, OrderStatus, Step, TicketStatus, TicketingError};
use crate::domain::ticketing::repo::{orders, stock, tickets};
use crate::domain::ticketing::service::refund::RefundRequest;

impl Ticketing {
    /// Ends a hold, or gives free tickets back. What was paid for is refunded instead, by the organizer.
    pub async fn cancel(
        &self,
        scope: &TenantScope,
        id: OrderId,
        by: Option<AccountId>,
        key: Option<&IdempotencyKey>,
    ) -> Result<Order, TicketingError> {
        let mut tx = self.db.tenant(scope).await?;
        if tx.attempt(key, id.uuid()).await?.is_some() {
            return self.order(&mut tx, id).await;
        }
        let mut order = orders::lock(&mut tx, id).await?.ok_or(TicketingError::Unknown)?;
        if order.status == OrderStatus::Cancelled {
            return Ok(order);
        }
        let allowed = order.status.after(Step::Cancel).is_some()
            && (order.status == OrderStatus::Pending || order.total.is_zero());
        if !allowed || order.is_overdue(tx.now()) {
            return Err(TicketingError::NotCancellable(order.status));
        }
        // Whoever has been let in cannot hand the place back; the organizer may still refund.
        let tickets = tickets::of_order(&mut tx, id).await?;
        if tickets.iter().any(|ticket| ticket.status == TicketStatus::Used) {
            return Err(TicketingError::NotCancellable(order.status));
        }
        release(&mut tx, &order).await?;
        orders::set_status(&mut tx, id, OrderStatus::Cancelled).await?;
        tx.audit(
            by,
            "order.cancel",
            id.uuid(),
            serde_json::json!({ "code": order.code, "event": order.event }),
        )
        .await?;
        tx.commit().await?;
        order.status = OrderStatus::Cancelled;
        Ok(order)
    }

    /// Cancels the event; jobs then undo its orders, refunds included, and write to the buyers, with `message`.
    pub async fn cancel_event(
        &self,
        scope: &TenantScope,
        can: Can<ManageSales>,
        message: &str,
        key: Option<&IdempotencyKey>,
    ) -> Result<Event, EventsError> {
        let id = can.event();
        let mut tx = self.db.tenant(scope).await?;
        if tx.attempt(key, id.uuid()).await?.is_some() {
            return events::event(&mut tx, id).await?.ok_or(EventsError::NotFound);
        }
        let event = events::cancel(&mut tx, can, message).await?;
        tx.enqueue(&UndoOrders { event: id, after: None, round: 0 }).await?;
        tx.commit().await?;
        Ok(event)
    }

    /// Undoes some orders of a cancelled event and leaves the rest to another job. What cannot be undone now is
    /// met again in the next round; so is what was paid at the very moment of the cancellation.
    pub(in crate::domain::ticketing) async fn undo_some(
        &self,
        scope: &TenantScope,
        job: &UndoOrders,
    ) -> Result<(), TicketingError> {
        const AT_ONCE: i64 = 20;
        // The last ones 17 hours apart, two weeks in all: a card account without money has been filled by then.
        const ROUNDS: u32 = 30;
        let mut tx = self.db.tenant(scope).await?;
        let found = orders::to_undo(&mut tx, job.event, job.after, AT_ONCE).await?;
        drop(tx);
        for id in &found {
            if let Err(error) = self.undo(scope, *id).await {
                tracing::warn!(order = %id, %error, "an order of a cancelled event cannot be undone yet");
            }
        }
        let mut tx = self.db.tenant(scope).await?;
        if let Some(last) = found.last() {
            tx.enqueue(&UndoOrders { after: Some(*last), ..*job }).await?;
        } else if job.round == 0 || (job.round < ROUNDS && orders::is_any_to_undo(&mut tx, job.event).await?)
        {
            let later = tx.now() + Duration::minutes(2 << job.round.min(9));
            let next = UndoOrders { event: job.event, after: None, round: job.round + 1 };
            tx.enqueue_at(&next, later).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn undo(&self, scope: &TenantScope, id: OrderId) -> Result<(), TicketingError> {
        let mut tx = self.db.tenant(scope).await?;
        let order = orders::lock(&mut tx, id).await?.ok_or(TicketingError::Unknown)?;
        match order.status {
            OrderStatus::Pending => {
                release(&mut tx, &order).await?;
                orders::set_status(&mut tx, id, OrderStatus::Cancelled).await?;
                tx.enqueue(&News(OrderLetter::new(id, What::EventCancelled { refund: None }))).await?;
                return Ok(tx.commit().await?);
            }
            OrderStatus::Paid | OrderStatus::PartiallyRefunded => {}
            // It ended meanwhile.
            OrderStatus::Expired | OrderStatus::Cancelled | OrderStatus::Refunded => return Ok(()),
        }
        let new = tx.new_id();
        let request = RefundRequest::everything("event_cancelled");
        let refund = self.reserve(&mut tx, new, &order, request, None).await?;
        let (_, refunds) = self.payments.history(&mut tx, id.uuid()).await?;
        if !refunds.iter().any(|earlier| announced(earlier, &refund)) {
            tx.enqueue(&News(OrderLetter::new(id, What::EventCancelled { refund: Some(refund.id) }))).await?;
        }
        tx.commit().await?;
        match self.payments.carry_out(scope, refund.id).await {
            // The refund's own job asks again.
            Ok(_) | Err(PaymentsError::ProviderUnavailable) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Whether the buyer was told of the refund's money when an earlier round tried, in vain, to give it back.
fn announced(earlier: &Refund, refund: &Refund) -> bool {
    earlier.is_of_cancelled_event()
        && earlier.status == RefundStatus::Failed
        && earlier.amount.minor() >= refund.amount.minor()
}

/// Frees what an order holds and closes the gate to its tickets. Places of tickets that were refunded before
/// are free already.
async fn release(tx: &mut TenantTx, order: &Order) -> Result<(), TicketingError> {
    if order.status == OrderStatus::Pending {
        let (types, quantities) = order.places();
        return Ok(stock::free(tx, &types, &quantities).await?);
    }
    let valid: Vec<_> = tickets::of_order(tx, order.id)
        .await?
        .into_iter()
        .filter(|ticket| ticket.status != TicketStatus::Revoked)
        .collect();
    let types: Vec<_> = valid.iter().map(|ticket| ticket.ticket_type.uuid()).collect();
    let ids: Vec<_> = valid.iter().map(|ticket| ticket.id).collect();
    tickets::set_revoked(tx, &ids, true).await?;
    Ok(stock::free(tx, &types, &vec![1; types.len()]).await?)
}
