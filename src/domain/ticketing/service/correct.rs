//! Corrections by organizers: the buyer's address, the name on a ticket.

use serde_json::json;

use super::{BUYER, Ticketing};
use crate::base::db::{DbResult, IdempotencyKey, TenantTx};
use crate::base::identity::{Can, CorrectOrders, ReadSales};
use crate::base::kernel::id::{OrderId, TicketId};
use crate::base::tenancy::TenantScope;
use crate::domain::ticketing::jobs::{OrderLetter, What};
use crate::domain::ticketing::model::{Order, OrderStatus, TicketStatus, TicketingError};
use crate::domain::ticketing::repo::orders::{Correction, Deed};
use crate::domain::ticketing::repo::{orders, tickets};

impl Ticketing {
    /// Gives an order the address that its buyer meant: the order is found by it alone from now on, and its tickets are
    /// mailed there. Links that open the order go on to open it.
    pub async fn correct_email(
        &self,
        scope: &TenantScope,
        can: Can<CorrectOrders>,
        id: OrderId,
        email: &str,
        key: Option<&IdempotencyKey>,
    ) -> Result<(), TicketingError> {
        let mut tx = self.db.tenant(scope).await?;
        if tx.attempt(key, id.uuid()).await?.is_some() {
            return Ok(());
        }
        let order = correctable(&mut tx, &can, id).await?;
        if order.buyer.email == email {
            return Err(TicketingError::Invalid(vec![("email".into(), "unchanged")]));
        }
        orders::set_email(&mut tx, &order, email).await?;
        if order.status.has_tickets() {
            let hash = |email: &str| self.keyring.mac(BUYER, email.as_bytes()).to_vec();
            let old = (!order.buyer.email.is_empty()).then(|| hash(&order.buyer.email));
            orders::reindex(&mut tx, id, old.as_deref(), &hash(email)).await?;
            tx.enqueue(&OrderLetter::new(id, What::Confirmed)).await?;
        }
        let was = order.buyer.email.as_str();
        let correction = Correction { order: id, ticket: None, email: was, was, becomes: email };
        let correction = orders::insert_correction(&mut tx, &correction).await?;
        let detail = json!({ "code": order.code, "event": order.event, "correction": correction });
        tx.audit(Some(can.by()), "order.correct_email", id.uuid(), detail).await?;
        Ok(tx.commit().await?)
    }

    /// Issues a ticket anew under another name: the QR that was mailed before stops working, and the new one is mailed.
    pub async fn rename_holder(
        &self,
        scope: &TenantScope,
        can: Can<CorrectOrders>,
        id: OrderId,
        ticket: TicketId,
        name: (&str, &str),
        key: Option<&IdempotencyKey>,
    ) -> Result<(), TicketingError> {
        let mut tx = self.db.tenant(scope).await?;
        if tx.attempt(key, ticket.uuid()).await?.is_some() {
            return Ok(());
        }
        let order = correctable(&mut tx, &can, id).await?;
        let all = tickets::of_order(&mut tx, id).await?;
        let found = all.into_iter().find(|other| other.id == ticket).ok_or(TicketingError::Unknown)?;
        if found.status != TicketStatus::Valid {
            return Err(TicketingError::NotNameable(found.status));
        }
        if (found.attendee.first_name.as_str(), found.attendee.last_name.as_str()) == name {
            return Err(TicketingError::Invalid(vec![("last_name".into(), "unchanged")]));
        }
        if !tickets::reissue(&mut tx, ticket, name, &order.buyer.email).await? {
            return Err(TicketingError::NotNameable(TicketStatus::Used));
        }
        tickets::rename_ordered(&mut tx, &found, name).await?;
        tx.enqueue(&OrderLetter::new(id, What::Confirmed)).await?;
        let was = format!("{} {}", found.attendee.first_name, found.attendee.last_name);
        let becomes = format!("{} {}", name.0, name.1);
        let email = found.attendee.email.as_str();
        let correction = Correction { order: id, ticket: Some(ticket), email, was: &was, becomes: &becomes };
        let correction = orders::insert_correction(&mut tx, &correction).await?;
        let detail = json!({ "code": order.code, "event": order.event, "ticket": found.code,
            "correction": correction });
        tx.audit(Some(can.by()), "order.rename_holder", id.uuid(), detail).await?;
        Ok(tx.commit().await?)
    }

    /// What was done to an order, the oldest first.
    pub async fn deeds(
        &self,
        tx: &mut TenantTx,
        _can: &Can<ReadSales>,
        order: OrderId,
    ) -> DbResult<Vec<Deed>> {
        orders::deeds(tx, order).await
    }
}

/// The order of the event that may be corrected, held until the end of the transaction.
async fn correctable(
    tx: &mut TenantTx,
    can: &Can<CorrectOrders>,
    id: OrderId,
) -> Result<Order, TicketingError> {
    let order = orders::lock(tx, id).await?.ok_or(TicketingError::Unknown)?;
    if order.event != can.event() {
        return Err(TicketingError::Unknown);
    }
    match order.status {
        OrderStatus::Pending if order.is_overdue(tx.now()) => {
            Err(TicketingError::NotCorrectable(OrderStatus::Expired))
        }
        OrderStatus::Pending | OrderStatus::Paid | OrderStatus::PartiallyRefunded => Ok(order),
        status => Err(TicketingError::NotCorrectable(status)),
    }
}
