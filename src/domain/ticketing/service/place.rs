//! Placing an order: a hold, or tickets at once where nothing costs.

use chrono::{DateTime, Duration, Utc};

use super::{Ticketing, expire, settle};
use crate::base::db::{DbResult, IdempotencyKey, TenantTx};
use crate::base::kernel::id::{EventId, GuestId, OrderId, TicketTypeId};
use crate::base::kernel::money::Money;
use crate::base::kernel::random;
use crate::base::tenancy::TenantScope;
use crate::domain::events::{self, Event, Visibility};
use crate::domain::ticketing::model::{
    Channel, NewLine, NewOrder, Order, OrderStatus, TicketingError, price, total,
};
use crate::domain::ticketing::repo::{orders, stock};

impl Ticketing {
    /// Places an order. Waiting for one's turn is not an error; being too late is [`TicketingError::SoldOut`].
    pub async fn place(
        &self,
        scope: &TenantScope,
        new: NewOrder,
        key: Option<IdempotencyKey>,
    ) -> Result<Order, TicketingError> {
        // A suspended organization sells nothing, and neither does one that is to end.
        if !scope.organization().is_open() {
            return Err(TicketingError::SalesClosed);
        }
        let turns = self.turn(new.event).await;
        // Taken before the pool's connection: who waits for a hot event holds nothing that others need.
        let _turn = turns.acquire().await;
        match self.try_place(scope, new.clone(), key.as_ref()).await {
            // Holds whose time is over free their places now: nobody is refused for a job that is late.
            Err(TicketingError::SoldOut) if self.end_overdue(scope).await? => {
                self.try_place(scope, new, key.as_ref()).await
            }
            outcome => outcome,
        }
    }

    /// What is wrong with the parts of an order that can be read, where others cannot: nothing is placed.
    pub async fn wrong(
        &self,
        scope: &TenantScope,
        event: EventId,
        link: Option<&str>,
        named: &[(usize, TicketTypeId)],
        lines: &[NewLine],
    ) -> Result<Vec<(String, &'static str)>, TicketingError> {
        let mut tx = self.db.tenant(scope).await?;
        let unknown = |field: String| (field, "unknown");
        let Some(event) = events::event(&mut tx, event).await? else {
            return Ok(vec![unknown("event".into())]);
        };
        let guest = self.guest(&mut tx, &event, link).await?;
        if let Err(TicketingError::Invalid(wrong)) = open_for(&event, link, guest, tx.now()) {
            return Ok(wrong);
        }
        let types = events::ticket_types(&mut tx, event.id).await?;
        let is_unknown = |id: &TicketTypeId| types.iter().all(|kind| kind.id != *id);
        let mut wrong: Vec<_> = named
            .iter()
            .filter(|(_, id)| is_unknown(id))
            .map(|(index, _)| unknown(format!("lines/{index}/ticket_type")))
            .collect();
        if let Err(TicketingError::Invalid(more)) = price(lines, &types, tx.now(), || tx.new_id()) {
            wrong.extend(more);
        }
        Ok(wrong)
    }

    async fn try_place(
        &self,
        scope: &TenantScope,
        new: NewOrder,
        key: Option<&IdempotencyKey>,
    ) -> Result<Order, TicketingError> {
        let mut tx = self.db.tenant(scope).await?;
        let id: OrderId = tx.new_id();
        if let Some(made) = tx.attempt(key, id.uuid()).await? {
            return self.order(&mut tx, made.into()).await;
        }
        let mut order = self.priced(&mut tx, id, new).await?;
        order.test = stock::hold(&mut tx, &order).await?;
        if let Some(guest) = order.guest {
            orders::set_guest(&mut tx, order.id, guest).await?;
        }
        if order.total.is_zero() {
            settle::pay(&mut tx, &self.keyring, &mut order).await?;
            if let Some(event) = events::standing(&mut tx, order.event).await? {
                settle::tell_organizer(&mut tx, &order, event).await?;
            }
        }
        tx.commit().await?;
        Ok(order)
    }

    pub(super) async fn end_overdue(&self, scope: &TenantScope) -> Result<bool, TicketingError> {
        let mut tx = self.db.tenant(scope).await?;
        let ended = expire(&mut tx, 200, None).await?;
        tx.commit().await?;
        Ok(ended > 0)
    }

    /// Whose invitation the link of a private event is.
    async fn guest(&self, tx: &mut TenantTx, event: &Event, link: Option<&str>) -> DbResult<Option<GuestId>> {
        match link.filter(|_| event.visibility == Visibility::Private) {
            Some(link) => events::guest_of(tx, &self.keyring, event.id, link).await,
            None => Ok(None),
        }
    }

    async fn priced(&self, tx: &mut TenantTx, id: OrderId, new: NewOrder) -> Result<Order, TicketingError> {
        let unknown = |field: &str| TicketingError::Invalid(vec![(field.to_owned(), "unknown")]);
        let event = events::event(tx, new.event).await?.ok_or_else(|| unknown("event"))?;
        let guest = self.guest(tx, &event, new.link.as_deref()).await?;
        open_for(&event, new.link.as_deref(), guest, tx.now())?;
        let types = events::ticket_types(tx, event.id).await?;
        let now = tx.now();
        let lines = price(&new.lines, &types, now, || tx.new_id())?;
        let sum = total(&lines)
            .ok_or_else(|| TicketingError::Invalid(vec![("lines".into(), "amount_too_large")]))?;
        Ok(Order {
            id,
            code: random::code::<10>(),
            event: event.id,
            account: new.account,
            buyer: new.buyer,
            status: OrderStatus::Pending,
            total: Money::from_minor(sum, event.currency),
            refunded: Money::from_minor(0, event.currency),
            expires_at: (sum > 0).then(|| now + Duration::seconds(self.hold_seconds)),
            paid_at: None,
            created_at: now,
            channel: Channel::Online,
            test: event.test_mode,
            guest,
            lines,
        })
    }
}

/// Whether strangers may buy. An event they may not know of looks as if it did not exist.
fn open_for(
    event: &Event,
    link: Option<&str>,
    guest: Option<GuestId>,
    now: DateTime<Utc>,
) -> Result<(), TicketingError> {
    let opened = guest.is_some() || link.is_some_and(|link| event.opened_by(link));
    let hidden = event.state.is_hidden() || (event.visibility == Visibility::Private && !opened);
    if hidden {
        return Err(TicketingError::Invalid(vec![("event".into(), "unknown")]));
    }
    if event.sells(now) { Ok(()) } else { Err(TicketingError::SalesClosed) }
}
