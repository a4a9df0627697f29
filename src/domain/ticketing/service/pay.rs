//! Paying an order: reserve (transaction), ask the provider, record (transaction).

use super::Ticketing;
use crate::base::db::{IdempotencyKey, TenantTx};
use crate::base::kernel::id::{OrderId, PaymentId};
use crate::base::tenancy::TenantScope;
use crate::domain::payments::{Next, Payable, Payment, PaymentStatus};
use crate::domain::ticketing::model::{Order, OrderStatus, TicketingError};

impl Ticketing {
    /// Begins a payment, or finds the one that is open: a double click, the back button and two tabs end with
    /// one. An order that is paid answers with its payment and nothing to do; so does a key that a payment was
    /// begun with before, however that one stands now.
    pub async fn pay(
        &self,
        scope: &TenantScope,
        id: OrderId,
        provider: &str,
        return_url: Option<String>,
        key: Option<IdempotencyKey>,
    ) -> Result<(Payment, Next), TicketingError> {
        let mut tx = self.db.tenant(scope).await?;
        if let Some(begun) = tx.made_with(key.as_ref()).await? {
            return self.go_on(scope, tx, id, begun.into(), return_url).await;
        }
        let order = self.order(&mut tx, id).await?;
        match order.status {
            // Nothing is sold any more, and nothing that was held either.
            OrderStatus::Pending if !scope.organization().is_open() => {
                return Err(TicketingError::SalesClosed);
            }
            OrderStatus::Pending => {}
            OrderStatus::Paid | OrderStatus::PartiallyRefunded => {
                let (payments, _) = self.payments.history(&mut tx, id.uuid()).await?;
                let paid = payments.into_iter().find(|payment| payment.status == PaymentStatus::Succeeded);
                let payment = paid.ok_or(TicketingError::NotPayable(order.status))?;
                tx.attempt(key.as_ref(), payment.id.uuid()).await?;
                tx.commit().await?;
                return Ok((payment, Next::Nothing));
            }
            OrderStatus::Expired => {
                // What the reading has just ended must stay ended.
                tx.commit().await?;
                return Err(TicketingError::Expired);
            }
            status => return Err(TicketingError::NotPayable(status)),
        }
        let payment = self.payments.reserve(&mut tx, id.uuid(), provider, order.total, order.test).await?;
        // After the reservation, which finds the id: whoever repeats this at the same moment finds the same one.
        if let Some(begun) = tx.attempt(key.as_ref(), payment.id.uuid()).await? {
            tx.rollback().await?;
            let tx = self.db.tenant(scope).await?;
            return self.go_on(scope, tx, id, begun.into(), return_url).await;
        }
        tx.commit().await?;
        self.start(scope, &order, payment, return_url).await
    }

    /// The payment that was begun before, and what is left to do for it.
    async fn go_on(
        &self,
        scope: &TenantScope,
        mut tx: TenantTx,
        id: OrderId,
        begun: PaymentId,
        return_url: Option<String>,
    ) -> Result<(Payment, Next), TicketingError> {
        let order = self.order(&mut tx, id).await?;
        let (payments, _) = self.payments.history(&mut tx, id.uuid()).await?;
        drop(tx);
        let payment = payments.into_iter().find(|payment| payment.id == begun);
        let payment = payment.ok_or(TicketingError::Unknown)?;
        if payment.status == PaymentStatus::Pending {
            self.start(scope, &order, payment, return_url).await
        } else {
            Ok((payment, Next::Nothing))
        }
    }

    async fn start(
        &self,
        scope: &TenantScope,
        order: &Order,
        payment: Payment,
        return_url: Option<String>,
    ) -> Result<(Payment, Next), TicketingError> {
        let description = format!("{} · {}", scope.organization().name, order.code);
        let payable = Payable {
            payment: payment.id,
            amount: payment.amount,
            description,
            return_url,
            test: order.test,
        };
        let next = self.payments.start(scope, &payment, payable).await?;
        Ok((payment, next))
    }
}
