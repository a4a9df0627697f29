//! Orders that organizers enter: paid at the door, or given away.
//!
//! Neither sales windows nor limits of an order bind whoever stands at the door; the places do, and they are taken by
//! the same functions as in every sale.

use serde_json::json;

use super::{Ticketing, settle};
use crate::base::db::{IdempotencyKey, TenantTx};
use crate::base::identity::{Can, SellByHand};
use crate::base::kernel::id::{AccountId, EventId, OrderId};
use crate::base::kernel::money::Money;
use crate::base::kernel::random;
use crate::base::tenancy::TenantScope;
use crate::domain::events::{self, EventState};
use crate::domain::ticketing::model::{
    Channel, HandOrder, Order, OrderStatus, Tender, TicketingError, price_by_hand, total,
};
use crate::domain::ticketing::repo::stock;

/// What repeats when places of holds that are over are freed first.
struct Entry<'a> {
    event: EventId,
    by: AccountId,
    new: &'a HandOrder,
    key: Option<&'a IdempotencyKey>,
}

impl Ticketing {
    /// Enters an order: its tickets are issued at once, and mailed where there is an address.
    pub async fn enter(
        &self,
        scope: &TenantScope,
        can: Can<SellByHand>,
        new: &HandOrder,
        key: Option<&IdempotencyKey>,
    ) -> Result<Order, TicketingError> {
        let entry = Entry { event: can.event(), by: can.by(), new, key };
        let turns = self.turn(entry.event).await;
        let _turn = turns.acquire().await;
        match self.try_enter(scope, &entry).await {
            Err(TicketingError::SoldOut) if self.end_overdue(scope).await? => {
                self.try_enter(scope, &entry).await
            }
            outcome => outcome,
        }
    }

    async fn try_enter(&self, scope: &TenantScope, entry: &Entry<'_>) -> Result<Order, TicketingError> {
        let mut tx = self.db.tenant(scope).await?;
        let id: OrderId = tx.new_id();
        if let Some(made) = tx.attempt(entry.key, id.uuid()).await? {
            return self.order(&mut tx, made.into()).await;
        }
        let mut order = written(&mut tx, id, entry).await?;
        order.test = stock::enter(&mut tx, &order).await?;
        let tender = &entry.new.tender;
        if !order.total.is_zero() {
            self.payments.receive(&mut tx, id.uuid(), order.total, tender.code()).await?;
        }
        let mut detail = json!({ "code": order.code, "event": order.event, "tender": tender.code(), "total": order.total.to_string(),
            "currency": order.total.currency().code() });
        if let (Tender::Complimentary(reason), Some(detail)) = (tender, detail.as_object_mut()) {
            detail.insert("reason".into(), reason.as_str().into());
        }
        tx.audit(Some(entry.by), "order.enter", id.uuid(), detail).await?;
        settle::pay(&mut tx, &self.keyring, &mut order).await?;
        tx.commit().await?;
        Ok(order)
    }
}

/// The order as it is written down.
async fn written(tx: &mut TenantTx, id: OrderId, entry: &Entry<'_>) -> Result<Order, TicketingError> {
    let event = events::event(tx, entry.event).await?.ok_or(TicketingError::Unknown)?;
    // A ticket of a draft opens no gate, and one of a cancelled event would have to go back at once.
    if event.state != EventState::Published {
        return Err(TicketingError::SalesClosed);
    }
    let types = events::ticket_types(tx, event.id).await?;
    let channel = entry.new.tender.channel();
    let given_away = channel == Channel::Complimentary;
    let lines = price_by_hand(&entry.new.lines, &types, given_away, || tx.new_id())?;
    let sum =
        total(&lines).ok_or_else(|| TicketingError::Invalid(vec![("lines".into(), "amount_too_large")]))?;
    Ok(Order {
        id,
        code: random::code::<10>(),
        event: event.id,
        account: None,
        buyer: entry.new.buyer.clone(),
        status: OrderStatus::Pending,
        total: Money::from_minor(sum, event.currency),
        refunded: Money::from_minor(0, event.currency),
        expires_at: None,
        paid_at: None,
        created_at: tx.now(),
        channel,
        test: event.test_mode,
        guest: None,
        lines,
    })
}
