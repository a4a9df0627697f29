//! What is kept of one person's orders and tickets: told to them, or made nobody's while the money stays.

use std::collections::HashMap;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use uuid::Uuid;

use super::model::{Order, Ticket};
use super::repo::person::{self, Names};
use super::repo::{index, orders, tickets};
use super::service::Ticketing;
use crate::base::db::{DbError, DbResult, TenantTx};
use crate::base::i18n;
use crate::base::identity::{PersonalRecords, Subject};
use crate::base::kernel::id::{EventId, by_organization};
use crate::base::kernel::page::PageRequest;
use crate::base::tenancy::TenantScope;
use crate::domain::events::{self, Attendance};

impl Attendance for Ticketing {
    fn attended<'a>(
        &'a self,
        who: &'a Subject,
        of: Option<EventId>,
    ) -> BoxFuture<'a, DbResult<Vec<EventId>>> {
        attended(self, who, of).boxed()
    }
}

/// The index of buyers tells where their orders lie, so that one event's organization alone is asked. An organization
/// that cannot be read now keeps nobody from logging in.
async fn attended(ticketing: &Ticketing, who: &Subject, of: Option<EventId>) -> DbResult<Vec<EventId>> {
    const NEWEST: PageRequest = PageRequest { number: 1, size: 500 };
    let hashes = ticketing.buyer_hashes(who.account, who.email.as_deref());
    let orders = index::orders(&mut ticketing.db.platform().await?, &hashes, NEWEST).await?;
    let mut events = Vec::new();
    for (number, orders) in by_organization(orders) {
        if of.is_some_and(|event| event.organization() != number) {
            continue;
        }
        let any = EventId::new(ticketing.db.clock().now(), number);
        let Some(scope) = ticketing.tenancy.scope_of_id(any).await? else { continue };
        let mut tx = match ticketing.db.tenant(&scope).await {
            Err(DbError::Behind | DbError::Ended) => continue,
            other => other?,
        };
        events.extend(person::attended(&mut tx, &orders).await?);
    }
    events.retain(|event| of.is_none_or(|of| of == *event));
    Ok(events)
}

impl PersonalRecords for Ticketing {
    fn collect<'a>(
        &'a self,
        scope: &'a TenantScope,
        who: &'a Subject,
    ) -> BoxFuture<'a, DbResult<Option<Value>>> {
        collected(self, scope, who).boxed()
    }

    fn erase<'a>(&'a self, scope: &'a TenantScope, who: &'a Subject) -> BoxFuture<'a, DbResult<()>> {
        erased(self, scope, who).boxed()
    }
}

async fn collected(ticketing: &Ticketing, scope: &TenantScope, who: &Subject) -> DbResult<Option<Value>> {
    let mut tx = ticketing.db.tenant(scope).await?;
    let own = person::orders_of(&mut tx, who.account, who.email.as_deref()).await?;
    let foreign = match &who.email {
        Some(email) => person::foreign_tickets(&mut tx, email, &own).await?,
        None => vec![],
    };
    let invited = match &who.email {
        Some(email) => events::collect_guest(&mut tx, email).await?,
        None => vec![],
    };
    if own.is_empty() && foreign.is_empty() && invited.is_empty() {
        return Ok(None);
    }
    let found = orders::orders(&mut tx, &own).await?;
    let mut all = tickets::of_orders(&mut tx, &own).await?;
    let theirs: Vec<Uuid> = foreign.iter().map(|ticket| ticket.order).collect();
    let mut others = tickets::of_orders(&mut tx, &theirs).await?;
    others.retain(|ticket| foreign.iter().any(|found| found.id == ticket.id.uuid()));
    let names = event_names(&mut tx, found.iter().map(|order| order.event), &others).await?;
    let mut shown = Vec::new();
    for order in &found {
        let (mine, rest) = all.into_iter().partition(|ticket| ticket.order == order.id);
        all = rest;
        shown.push(order_value(order, &mine, &names));
    }
    let others: Vec<Value> = others.iter().map(|ticket| ticket_value(ticket, &names)).collect();
    Ok(Some(json!({ "orders": shown, "tickets_bought_by_others": others, "invitations": invited })))
}

async fn event_names(
    tx: &mut TenantTx,
    of_orders: impl Iterator<Item = EventId>,
    of_tickets: &[Ticket],
) -> DbResult<HashMap<EventId, String>> {
    let mut ids: Vec<EventId> = of_orders.chain(of_tickets.iter().map(|ticket| ticket.event)).collect();
    ids.sort_unstable_by_key(|id| id.uuid());
    ids.dedup();
    let found = events::events(tx, &ids).await?;
    Ok(found.into_iter().map(|event| (event.id, event.name)).collect())
}

fn order_value(order: &Order, tickets: &[Ticket], names: &HashMap<EventId, String>) -> Value {
    let line = |line: &super::model::OrderLine| {
        json!({ "name": line.name, "quantity": line.quantity, "unit_price": line.unit_price.to_string(),
            "attendees": line.attendees })
    };
    json!({
        "id": order.id, "code": order.code, "event": order.event, "event_name": names.get(&order.event),
        "status": order.status.code(),
        "buyer": { "email": order.buyer.email, "first_name": order.buyer.first_name,
            "last_name": order.buyer.last_name, "locale": order.buyer.locale.code() },
        "total": order.total.to_string(), "refunded": order.refunded.to_string(),
        "currency": order.total.currency().code(), "created_at": order.created_at, "paid_at": order.paid_at,
        "lines": order.lines.iter().map(line).collect::<Vec<_>>(),
        "tickets": tickets.iter().map(|ticket| ticket_value(ticket, names)).collect::<Vec<_>>(),
    })
}

fn ticket_value(ticket: &Ticket, names: &HashMap<EventId, String>) -> Value {
    json!({
        "id": ticket.id, "code": ticket.code, "event": ticket.event, "event_name": names.get(&ticket.event),
        "ticket_type": ticket.ticket_type_name, "attendee": ticket.attendee, "status": ticket.status.code(),
        "issued_at": ticket.issued_at, "checked_in_at": ticket.checked_in_at,
    })
}

/// In one transaction: what names the person, and what finds them by it. Once more finds nothing more to do.
async fn erased(ticketing: &Ticketing, scope: &TenantScope, who: &Subject) -> DbResult<()> {
    let mut tx = ticketing.db.tenant(scope).await?;
    let own = person::orders_of(&mut tx, who.account, who.email.as_deref()).await?;
    let foreign = match &who.email {
        Some(email) => person::foreign_tickets(&mut tx, email, &own).await?,
        None => vec![],
    };
    let invited = match &who.email {
        Some(email) => events::forget_guest(&mut tx, email).await?,
        None => 0,
    };
    let corrected = person::forget_corrections(&mut tx, &own, &foreign, who.email.as_deref()).await?;
    if own.is_empty() && foreign.is_empty() && invited == 0 && corrected == 0 {
        return Ok(());
    }
    let pseudonym = i18n::text(scope.organization().locale, "erased-person");
    let names = Names {
        account: who.account,
        // No address is empty where one is meant.
        email: who.email.as_deref().unwrap_or("-"),
        first: &who.first_name,
        last: &who.last_name,
        pseudonym: &pseudonym,
    };
    person::unname_own(&mut tx, &own, &names).await?;
    person::unname_foreign(&mut tx, &foreign, &names).await?;
    person::unindex(&mut tx, &own, &ticketing.buyer_hashes(who.account, who.email.as_deref())).await?;
    let detail = json!({ "orders": own.len(), "tickets_bought_by_others": foreign.len() });
    tx.audit(None, "person.erase", who.account.uuid(), detail).await?;
    tx.commit().await
}
