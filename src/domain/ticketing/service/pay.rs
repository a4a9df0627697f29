//! Paying an order: reserve (transaction), ask the provider, record (transaction).

use super::Ticketing;
use crate::base::kernel::id::OrderId;
use crate::base::tenancy::TenantScope;
use crate::domain::payments::{Next, Payment, PaymentStatus};
use crate::domain::ticketing::model::{OrderStatus, TicketingError};

impl Ticketing {
    /// Begins a payment, or finds the one that is open: a double click, the back button and two tabs end with
    /// one. An order that is paid answers with its payment and nothing to do.
    pub async fn pay(
        &self,
        scope: &TenantScope,
        id: OrderId,
        provider: &str,
        return_url: Option<String>,
    ) -> Result<(Payment, Next), TicketingError> {
        let mut tx = self.db.tenant(scope).await?;
        let order = self.order(&mut tx, id).await?;
        match order.status {
            OrderStatus::Pending => {}
            OrderStatus::Paid | OrderStatus::PartiallyRefunded => {
                let (payments, _) = self.payments.history(&mut tx, id.uuid()).await?;
                let paid = payments.into_iter().find(|payment| payment.status == PaymentStatus::Succeeded);
                return paid
                    .map(|payment| (payment, Next::Nothing))
                    .ok_or(TicketingError::NotPayable(order.status));
            }
            OrderStatus::Expired => {
                // What the reading has just ended must stay ended.
                tx.commit().await?;
                return Err(TicketingError::Expired);
            }
            status => return Err(TicketingError::NotPayable(status)),
        }
        let payment = self.payments.reserve(&mut tx, id.uuid(), provider, order.total).await?;
        tx.commit().await?;
        let description = format!("{} {}", scope.organization().name, order.code);
        let next = self.payments.start(scope, &payment, description, return_url).await?;
        Ok((payment, next))
    }
}
