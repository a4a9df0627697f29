//! Refunds of an order, of single tickets or of an amount.
//!
//! Reserved in one transaction, which closes the gate to the tickets at once; the provider is asked; another
//! transaction frees the places, or opens the gate again where the provider refused.

use super::Ticketing;
use crate::base::db::{DbResult, IdempotencyKey, TenantTx};
use crate::base::identity::{Can, RefundOrders};
use crate::base::kernel::id::{AccountId, OrderId, RefundId, TicketId};
use crate::base::kernel::money::Money;
use crate::base::tenancy::TenantScope;
use crate::domain::payments::{self, NewRefund, PaymentsError, Refund, RefundStatus};
use crate::domain::ticketing::jobs::{OrderLetter, What};
use crate::domain::ticketing::model::{Order, Step, Ticket, TicketStatus, TicketingError};
use crate::domain::ticketing::repo::{orders, stock, tickets};

/// What is to go back.
#[derive(Clone, Debug)]
pub struct RefundRequest {
    /// Everything that is left, unless an amount is named.
    pub amount: Option<i64>,
    /// The tickets to take back; none named and no amount takes all.
    pub tickets: Option<Vec<TicketId>>,
    pub reason: String,
    pub key: Option<IdempotencyKey>,
}

impl RefundRequest {
    /// All that is left of an order.
    pub fn everything(reason: &str) -> Self {
        Self { amount: None, tickets: None, reason: reason.into(), key: None }
    }
}

impl Ticketing {
    /// Refunds. With a key, a repetition finishes and answers what the first began.
    pub async fn refund(
        &self,
        scope: &TenantScope,
        can: Can<RefundOrders>,
        id: OrderId,
        request: RefundRequest,
    ) -> Result<Refund, TicketingError> {
        let mut tx = self.db.tenant(scope).await?;
        let order = orders::lock(&mut tx, id).await?.ok_or(TicketingError::Unknown)?;
        if order.event != can.event() {
            return Err(TicketingError::Unknown);
        }
        let new: RefundId = tx.new_id();
        if let Some(begun) = tx.attempt(request.key.as_ref(), new.uuid()).await? {
            drop(tx);
            // What was begun is finished.
            return Ok(self.payments.carry_out(scope, begun.into()).await?);
        }
        let refund = self.reserve(&mut tx, new, &order, request, Some(can.by())).await?;
        tx.commit().await?;
        match self.payments.carry_out(scope, refund.id).await {
            // It is written down and will be carried out; the caller sees it pending.
            Err(PaymentsError::ProviderUnavailable) => Ok(refund),
            other => Ok(other?),
        }
    }

    /// What a refund would give back and take back, without doing either.
    pub async fn preview_refund(
        &self,
        tx: &mut TenantTx,
        can: &Can<RefundOrders>,
        order: &Order,
        request: &RefundRequest,
    ) -> Result<(Money, Vec<TicketId>), TicketingError> {
        if order.event != can.event() {
            return Err(TicketingError::Unknown);
        }
        let (amount, tickets) = self.plan(tx, order, request).await?;
        Ok((Money::from_minor(amount, order.total.currency()), tickets))
    }

    /// How much of an order could still be refunded.
    pub fn refundable(order: &Order, refunds: &[Refund]) -> Money {
        let open = order.status.after(Step::RefundPart).is_some();
        Money::from_minor(if open { left(order, refunds) } else { 0 }, order.total.currency())
    }

    async fn plan(
        &self,
        tx: &mut TenantTx,
        order: &Order,
        request: &RefundRequest,
    ) -> Result<(i64, Vec<TicketId>), TicketingError> {
        if order.status.after(Step::RefundPart).is_none() {
            return Err(TicketingError::NotRefundable);
        }
        let all = tickets::of_order(tx, order.id).await?;
        let (_, refunds) = self.payments.history(tx, order.id.uuid()).await?;
        let left = left(order, &refunds);
        let chosen = choose(&all, request, left)?;
        let amount = request.amount.unwrap_or_else(|| default_amount(&all, &chosen, request, left));
        if amount > left || (chosen.is_empty() && amount == 0) {
            return Err(TicketingError::NotRefundable);
        }
        Ok((amount, chosen))
    }

    /// Writes a refund down and closes the gate to its tickets. The caller holds the order.
    pub(super) async fn reserve(
        &self,
        tx: &mut TenantTx,
        id: RefundId,
        order: &Order,
        request: RefundRequest,
        by: Option<AccountId>,
    ) -> Result<Refund, TicketingError> {
        let (amount, chosen) = self.plan(tx, order, &request).await?;
        tickets::set_revoked(tx, &chosen, true).await?;
        let returned = Money::from_minor(amount, order.total.currency());
        let detail = serde_json::json!({ "code": order.code, "event": order.event, "amount": returned.to_string(),
            "currency": returned.currency().code(), "tickets": chosen.len(), "reason": request.reason });
        tx.audit(by, "order.refund", order.id.uuid(), detail).await?;
        let refund = NewRefund {
            id,
            payable: order.id.uuid(),
            amount: returned,
            reason: request.reason,
            tickets: chosen,
            by,
        };
        Ok(self.payments.reserve_refund(tx, refund).await?)
    }
}

/// What is left to refund, in minor units: what is on its way counts as gone.
fn left(order: &Order, refunds: &[Refund]) -> i64 {
    let counts = |refund: &&Refund| refund.status != RefundStatus::Failed && !refund.automatic;
    order.total.minor() - refunds.iter().filter(counts).map(|refund| refund.amount.minor()).sum::<i64>()
}

/// The tickets that go back: those named; all that are left with all the money that is left; none where a smaller
/// amount alone is named.
fn choose(all: &[Ticket], request: &RefundRequest, left: i64) -> Result<Vec<TicketId>, TicketingError> {
    let takeable = |ticket: &&Ticket| ticket.status != TicketStatus::Revoked;
    match (&request.tickets, request.amount) {
        (None, Some(amount)) if amount < left => Ok(vec![]),
        (None, _) => Ok(all.iter().filter(takeable).map(|ticket| ticket.id).collect()),
        (Some(named), _) => {
            if !named.iter().all(|id| all.iter().any(|ticket| ticket.id == *id)) {
                return Err(TicketingError::Invalid(vec![("tickets".into(), "unknown")]));
            }
            if !named.iter().all(|id| all.iter().filter(takeable).any(|ticket| ticket.id == *id)) {
                return Err(TicketingError::NotRefundable);
            }
            let mut named = named.clone();
            named.sort_unstable();
            named.dedup();
            Ok(named)
        }
    }
}

/// The price of the tickets that go back; all that is left when no ticket is named.
fn default_amount(all: &[Ticket], chosen: &[TicketId], request: &RefundRequest, left: i64) -> i64 {
    if request.tickets.is_none() {
        return left;
    }
    let price: i64 =
        all.iter().filter(|ticket| chosen.contains(&ticket.id)).map(|ticket| ticket.price.minor()).sum();
    price.min(left)
}

/// The money is back: its tickets' places are free, the order knows, the buyer hears of it.
pub(super) async fn record(tx: &mut TenantTx, refund: &Refund) -> DbResult<()> {
    let Some(order) = orders::lock(tx, refund.payable.into()).await? else { return Ok(()) };
    if refund.automatic {
        return tx.enqueue(&OrderLetter::new(order.id, What::LatePayment { refund: refund.id })).await;
    }
    let all = tickets::of_order(tx, order.id).await?;
    let types: Vec<_> = all
        .iter()
        .filter(|ticket| refund.tickets.contains(&ticket.id))
        .map(|ticket| ticket.ticket_type.uuid())
        .collect();
    stock::free(tx, &types, &vec![1; types.len()]).await?;
    // Tickets of a refund that is still on its way may come back: only the last one to arrive ends the order.
    let waiting = payments::has_pending_refund(tx, refund.payable).await?;
    let money_left = order.refunded.minor() + refund.amount.minor() < order.total.minor();
    let nothing_left =
        !waiting && !money_left && all.iter().all(|ticket| ticket.status == TicketStatus::Revoked);
    let step = if nothing_left { Step::RefundAll } else { Step::RefundPart };
    let status = order.status.after(step).unwrap_or(order.status);
    orders::add_refund(tx, order.id, refund.amount.minor(), status).await?;
    if !refund.is_of_cancelled_event() && !refund.amount.is_zero() {
        tx.enqueue(&OrderLetter::new(order.id, What::Refunded { refund: refund.id })).await?;
    }
    Ok(())
}

/// The money did not go back: the tickets open the gate again.
pub(super) async fn undo(tx: &mut TenantTx, refund: &Refund) -> DbResult<()> {
    tickets::set_revoked(tx, &refund.tickets, false).await?;
    let detail = serde_json::json!({ "refund": refund.id, "amount": refund.amount.to_string() });
    tx.audit(refund.created_by, "order.refund_failed", refund.payable, detail).await
}
