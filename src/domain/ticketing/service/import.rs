//! What ticketing takes up when an organization came from another installation.

use uuid::Uuid;

use super::{BUYER, Ticketing};
use crate::base::db::DbResult;
use crate::base::tenancy::TenantScope;
use crate::domain::ticketing::jobs::ExpireOrders;
use crate::domain::ticketing::repo::index;

/// How many orders are entered in one transaction.
const AT_ONCE: i64 = 500;

impl Ticketing {
    /// Has buyers find their orders, and holds end when their time is over. May be done again.
    pub(in crate::domain::ticketing) async fn take_up(&self, scope: &TenantScope) -> DbResult<()> {
        let mut tx = self.db.tenant(scope).await?;
        for at in index::ends_of_holds(&mut tx).await? {
            tx.enqueue_at(&ExpireOrders { at: at.timestamp() + 1 }, at + chrono::Duration::seconds(1))
                .await?;
        }
        tx.commit().await?;
        let mut after = Uuid::nil();
        loop {
            let mut tx = self.db.tenant(scope).await?;
            let orders = index::paid_after(&mut tx, after, AT_ONCE).await?;
            let Some(last) = orders.last() else { return Ok(()) };
            after = last.id;
            let (mut hashes, mut ids, mut times) = (vec![], vec![], vec![]);
            for order in &orders {
                let account = order.account.map(|id| id.as_bytes().to_vec());
                let email = Some(order.email.as_bytes().to_vec()).filter(|email| !email.is_empty());
                for buyer in [email, account].into_iter().flatten() {
                    hashes.push(self.keyring.mac(BUYER, &buyer).to_vec());
                    ids.push(order.id);
                    times.push(order.created_at);
                }
            }
            index::enter(&mut tx, &hashes, &ids, &times).await?;
            tx.commit().await?;
        }
    }
}
