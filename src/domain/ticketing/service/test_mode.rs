//! Going live: the test orders of an event vanish, with all that came of them, in one transaction.

use super::Ticketing;
use crate::base::db::{IdempotencyKey, TenantTx};
use crate::base::identity::{Can, ManageSales};
use crate::base::kernel::id::AccountId;
use crate::base::tenancy::TenantScope;
use crate::domain::events::{self, Event, EventsError};
use crate::domain::ticketing::repo::test_mode::{self, Deleted};

/// What was deleted when an event went live.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cleared {
    pub orders: i64,
    pub tickets: i64,
}

impl Ticketing {
    /// Ends the event's test: its test orders are deleted with tickets, payments and refunds, their places are free, and
    /// what is ordered from now on is real.
    pub async fn go_live(
        &self,
        scope: &TenantScope,
        can: Can<ManageSales>,
        key: Option<&IdempotencyKey>,
    ) -> Result<(Event, Cleared), EventsError> {
        let (id, by) = (can.event(), can.by());
        let mut tx = self.db.tenant(scope).await?;
        if tx.attempt(key, id.uuid()).await?.is_some() {
            let event = events::event(&mut tx, id).await?.ok_or(EventsError::NotFound)?;
            let (orders, tickets) = test_mode::last_live(&mut tx, id).await?;
            return Ok((event, Cleared { orders, tickets }));
        }
        let event = events::held_in_test(&mut tx, id).await?;
        let deleted = test_mode::delete(&mut tx, id).await?;
        self.forget(&mut tx, &deleted).await?;
        let tickets = deleted.iter().map(|order| order.tickets).sum();
        let event = events::end_test(&mut tx, event, by, (deleted.len(), tickets)).await?;
        tx.commit().await?;
        Ok((event, Cleared { orders: i64::try_from(deleted.len()).unwrap_or(i64::MAX), tickets }))
    }

    /// What lies elsewhere of orders that are gone: the buyers' index and open payments.
    async fn forget(&self, tx: &mut TenantTx, deleted: &[Deleted]) -> Result<(), EventsError> {
        let (mut hashes, mut orders) = (Vec::new(), Vec::new());
        for order in deleted {
            let account = order.account.map(AccountId::from);
            let email = Some(order.email.as_str()).filter(|email| !email.is_empty());
            for hash in self.buyer_hashes(account, email) {
                hashes.push(hash);
                orders.push(order.id);
            }
        }
        test_mode::unindex(tx, &hashes, &orders).await?;
        let open = deleted.iter().flat_map(|order| order.open.iter().cloned()).collect();
        Ok(self.payments.abandon(tx, open).await?)
    }
}
