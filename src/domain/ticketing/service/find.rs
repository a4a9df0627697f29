//! Finding orders: a buyer's over all organizations, an organizer's of one event.

use uuid::Uuid;

use super::{BUYER, Ticketing};
use crate::base::db::{DbResult, IdempotencyKey, PlatformTx};
use crate::base::identity::{Can, ReadSales};
use crate::base::kernel::id::{AccountId, Id, OrderId, by_organization};
use crate::base::kernel::page::{COUNT_CAP, Page, PageRequest};
use crate::base::tenancy::TenantScope;
use crate::domain::ticketing::jobs::FindOrders;
use crate::domain::ticketing::model::{Order, Ticket};
use crate::domain::ticketing::repo::orders::OrderFilter;
use crate::domain::ticketing::repo::{index, orders, tickets};

/// Whose orders are looked for.
#[derive(Clone, Debug)]
pub struct Whose {
    pub account: Option<AccountId>,
    /// An address that is proved to be theirs.
    pub email: Option<String>,
}

/// A buyer's orders with their tickets.
pub type OrderPage = Page<(TenantScope, Order, Vec<Ticket>)>;

impl Ticketing {
    /// The paid orders of a buyer, the newest first, wherever they lie: the index tells where, so that no
    /// schema is searched, and each organization on the page is asked once.
    pub async fn orders_of(&self, whose: &Whose, page: PageRequest) -> DbResult<OrderPage> {
        let hashes = self.buyer_hashes(whose.account, whose.email.as_deref());
        let mut tx = self.db.platform().await?;
        let found = index::orders(&mut tx, &hashes, page).await?;
        let count = index::count(&mut tx, &hashes, COUNT_CAP + 1).await?;
        drop(tx);
        let mut rows = Vec::new();
        for orders in by_organization(found).values() {
            rows.extend(self.orders_here(orders).await?);
        }
        rows.sort_by_key(|(_, order, _)| std::cmp::Reverse((order.created_at, order.id)));
        Ok(Page::new(rows, count, page))
    }

    /// What a buyer's orders are found by.
    pub(in crate::domain::ticketing) fn buyer_hashes(
        &self,
        account: impl Into<Option<AccountId>>,
        email: Option<&str>,
    ) -> Vec<Vec<u8>> {
        let account = account.into().map(|id| *id.uuid().as_bytes());
        let buyers = [email.map(str::as_bytes), account.as_ref().map(<[u8; 16]>::as_slice)];
        buyers.into_iter().flatten().map(|buyer| self.keyring.mac(BUYER, buyer).to_vec()).collect()
    }

    async fn orders_here(&self, ids: &[Uuid]) -> DbResult<Vec<(TenantScope, Order, Vec<Ticket>)>> {
        let Some(first) = ids.first() else { return Ok(vec![]) };
        let Some(scope) = self.tenancy.scope_of_id(OrderId::from(*first)).await? else { return Ok(vec![]) };
        let mut tx = self.db.tenant(&scope).await?;
        let found = orders::orders(&mut tx, ids).await?;
        let mut all = tickets::of_orders(&mut tx, ids).await?;
        let mut rows = Vec::new();
        for order in found {
            let (own, rest) = all.into_iter().partition(|ticket| ticket.order == order.id);
            all = rest;
            rows.push((scope.clone(), order, own));
        }
        Ok(rows)
    }

    /// Has a mail sent with links to the orders of an address, if it has any; nobody learns whether.
    pub async fn send_links(&self, email: &str, key: Option<&IdempotencyKey>) -> DbResult<()> {
        let mut tx: PlatformTx = self.db.platform().await?;
        if tx.attempt(key, Uuid::nil()).await?.is_some() {
            return Ok(());
        }
        tx.enqueue(&FindOrders::new(email)).await?;
        tx.commit().await
    }

    /// The orders of an event.
    pub async fn orders_of_event(
        &self,
        scope: &TenantScope,
        can: Can<ReadSales>,
        filter: &OrderFilter,
        page: PageRequest,
    ) -> DbResult<Page<Order>> {
        let mut tx = self.db.tenant(scope).await?;
        let (mut rows, mut count) = orders::of_event(&mut tx, can.event(), filter, page).await?;
        // Nobody reads an order as pending whose time is over, also while its job is late.
        if rows.iter().any(|order| order.is_overdue(tx.now())) {
            super::expire(&mut tx, 1_000, None).await?;
            (rows, count) = orders::of_event(&mut tx, can.event(), filter, page).await?;
            tx.commit().await?;
        }
        Ok(Page::new(rows, count, page))
    }

    /// Whether an order belongs to the account, or to an address that is proved to be its.
    pub fn is_own(order: &Order, account: AccountId, confirmed_email: Option<&str>) -> bool {
        order.account.map(Id::uuid) == Some(account.uuid())
            || confirmed_email == Some(order.buyer.email.as_str())
    }
}
