//! SQL of orders.

use chrono::{DateTime, Utc};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use crate::base::db::{DbError, DbResult, TenantTx};
use crate::base::i18n::Lang;
use crate::base::kernel::id::{CorrectionId, EventId, GuestId, Id, OrderId, TicketId};
use crate::base::kernel::money::{Currency, Money};
use crate::base::kernel::page::{COUNT_CAP, PageRequest};
use crate::domain::ticketing::model::{Attendee, Buyer, Channel, Order, OrderLine, OrderStatus};

/// An order with one of its lines; an order has a row a line, and at least one.
struct OrderRow {
    id: Uuid,
    code: String,
    event: Uuid,
    account: Option<Uuid>,
    email: String,
    first_name: String,
    last_name: String,
    locale: String,
    status: String,
    currency: String,
    total: i64,
    refunded: i64,
    expires_at: Option<DateTime<Utc>>,
    paid_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    channel: String,
    test: bool,
    guest: Option<Uuid>,
    line: Uuid,
    ticket_type: Uuid,
    name: String,
    quantity: i32,
    unit_price: i64,
    tax_rate: i32,
    attendees: serde_json::Value,
}

impl OrderRow {
    fn order(&self) -> DbResult<Order> {
        let currency = Currency::parse(&self.currency).ok_or(DbError::Corrupt("currency"))?;
        Ok(Order {
            id: self.id.into(),
            code: self.code.clone(),
            event: self.event.into(),
            account: self.account.map(Id::from),
            buyer: Buyer {
                email: self.email.clone(),
                first_name: self.first_name.clone(),
                last_name: self.last_name.clone(),
                locale: Lang::parse(&self.locale).unwrap_or_default(),
            },
            status: OrderStatus::parse(&self.status).ok_or(DbError::Corrupt("order status"))?,
            total: Money::from_minor(self.total, currency),
            refunded: Money::from_minor(self.refunded, currency),
            expires_at: self.expires_at,
            paid_at: self.paid_at,
            created_at: self.created_at,
            channel: Channel::parse(&self.channel).ok_or(DbError::Corrupt("order channel"))?,
            test: self.test,
            guest: self.guest.map(GuestId::from),
            lines: vec![],
        })
    }

    fn line(self, currency: Currency) -> DbResult<OrderLine> {
        let attendees: Vec<Attendee> =
            serde_json::from_value(self.attendees).map_err(|_| DbError::Corrupt("attendee"))?;
        Ok(OrderLine {
            id: self.line.into(),
            ticket_type: self.ticket_type.into(),
            name: self.name,
            quantity: self.quantity,
            unit_price: Money::from_minor(self.unit_price, currency),
            tax_rate: self.tax_rate,
            attendees,
        })
    }
}

/// Rows that lie together become an order with its lines.
fn read(rows: Vec<OrderRow>) -> DbResult<Vec<Order>> {
    let mut orders: Vec<Order> = Vec::new();
    for row in rows {
        if orders.last().is_none_or(|order| order.id.uuid() != row.id) {
            orders.push(row.order()?);
        }
        if let Some(order) = orders.last_mut() {
            order.lines.push(row.line(order.total.currency())?);
        }
    }
    Ok(orders)
}

/// Orders with their lines in one query; what follows says which. The lines of an order must lie together.
macro_rules! select_orders {
    ($tail:literal $(, $arg:expr)*) => {
        sqlx::query_as!(
            OrderRow,
            "SELECT o.id, o.code, o.event, o.account, o.email, o.first_name, o.last_name, o.locale, o.status, o.currency,
                    o.total, o.refunded, o.expires_at, o.paid_at, o.created_at, o.channel, o.test, o.guest, l.id AS line, l.ticket_type, l.name,
                    l.quantity, l.unit_price, l.tax_rate, l.attendees
             FROM orders o JOIN order_line l ON l.order_id = o.id " + $tail
            $(, $arg)*
        )
    };
}

pub(in crate::domain::ticketing) async fn order(tx: &mut TenantTx, id: OrderId) -> DbResult<Option<Order>> {
    let rows = select_orders!("WHERE o.id = $1 ORDER BY l.id", id.uuid()).fetch_all(tx.conn()).await?;
    Ok(read(rows)?.pop())
}

/// As [`order`], held until the end of the transaction.
pub(in crate::domain::ticketing) async fn lock(tx: &mut TenantTx, id: OrderId) -> DbResult<Option<Order>> {
    let rows = select_orders!("WHERE o.id = $1 ORDER BY l.id FOR UPDATE OF o", id.uuid())
        .fetch_all(tx.conn())
        .await?;
    Ok(read(rows)?.pop())
}

/// Several orders by their ids, the newest first.
pub(in crate::domain::ticketing) async fn orders(tx: &mut TenantTx, ids: &[Uuid]) -> DbResult<Vec<Order>> {
    let rows = select_orders!("WHERE o.id = ANY ($1) ORDER BY o.created_at DESC, o.id, l.id", ids)
        .fetch_all(tx.conn())
        .await?;
    read(rows)
}

/// Records a new state.
pub(in crate::domain::ticketing) async fn set_status(
    tx: &mut TenantTx,
    id: OrderId,
    status: OrderStatus,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE orders SET status = $2, updated_at = $3 WHERE id = $1",
        id.uuid(),
        status.code(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Adds to what went back, in minor units, and records the state that follows.
pub(in crate::domain::ticketing) async fn add_refund(
    tx: &mut TenantTx,
    id: OrderId,
    amount: i64,
    status: OrderStatus,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE orders SET refunded = refunded + $2, status = $3, updated_at = $4 WHERE id = $1",
        id.uuid(),
        amount,
        status.code(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Records through whose invitation an order was placed.
pub(in crate::domain::ticketing) async fn set_guest(
    tx: &mut TenantTx,
    id: OrderId,
    guest: GuestId,
) -> DbResult<()> {
    sqlx::query!("UPDATE orders SET guest = $2 WHERE id = $1", id.uuid(), guest.uuid())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Records the buyer's address, on the order and on the tickets that bear the buyer's.
pub(in crate::domain::ticketing) async fn set_email(
    tx: &mut TenantTx,
    order: &Order,
    email: &str,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!("UPDATE orders SET email = $2, updated_at = $3 WHERE id = $1", order.id.uuid(), email, now)
        .execute(tx.conn())
        .await?;
    sqlx::query!(
        "UPDATE ticket SET email = $2 WHERE order_id = $1 AND email = $3",
        order.id.uuid(),
        email,
        order.buyer.email
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "UPDATE order_line AS l SET attendees = (
           SELECT jsonb_agg(CASE WHEN a.who ->> 'email' = $3 THEN a.who || jsonb_build_object('email', $2::text) ELSE a.who END
             ORDER BY a.place)
           FROM jsonb_array_elements(l.attendees) WITH ORDINALITY AS a (who, place))
         WHERE l.order_id = $1 AND l.attendees <> '[]'",
        order.id.uuid(),
        email,
        order.buyer.email
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The order is found by the new address, and no more by the old one; both as keyed hashes.
pub(in crate::domain::ticketing) async fn reindex(
    tx: &mut TenantTx,
    id: OrderId,
    old: Option<&[u8]>,
    new: &[u8],
) -> DbResult<()> {
    let now = tx.now();
    if let Some(old) = old {
        sqlx::query!("SELECT platform.unindex_buyer($1, $2)", old, id.uuid()).execute(tx.conn()).await?;
    }
    sqlx::query!("SELECT platform.index_buyer($1, $2, $3)", new, id.uuid(), now).execute(tx.conn()).await?;
    Ok(())
}

/// Something that was done to an order, and by whom.
#[derive(Debug)]
pub struct Deed {
    pub at: DateTime<Utc>,
    pub by: Option<Uuid>,
    pub action: String,
    pub detail: serde_json::Value,
    /// What an address or a name was and became; none once the person is forgotten.
    pub was: Option<String>,
    pub becomes: Option<String>,
}

/// What was done to an order, the oldest first.
pub(in crate::domain::ticketing) async fn deeds(tx: &mut TenantTx, id: OrderId) -> DbResult<Vec<Deed>> {
    Ok(sqlx::query_as!(
        Deed,
        r#"SELECT a.at, a.actor AS by, a.action, a.detail, c.was AS "was?", c.becomes AS "becomes?"
           FROM audit a LEFT JOIN correction c ON c.order_id = a.target AND c.id::text = a.detail ->> 'correction'
           WHERE a.target = $1 ORDER BY a.at, a.id LIMIT 200"#,
        id.uuid()
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What an organizer corrects of an order.
pub(in crate::domain::ticketing) struct Correction<'a> {
    pub order: OrderId,
    /// The ticket whose name it is; none for the order's address.
    pub ticket: Option<TicketId>,
    /// The address that the order or the ticket had until then.
    pub email: &'a str,
    pub was: &'a str,
    pub becomes: &'a str,
}

/// Keeps what a correction changes, for as long as it may be known; the log names it by the id.
pub(in crate::domain::ticketing) async fn insert_correction(
    tx: &mut TenantTx,
    new: &Correction<'_>,
) -> DbResult<CorrectionId> {
    let id: CorrectionId = tx.new_id();
    sqlx::query!(
        "INSERT INTO correction (id, order_id, ticket, email, was, becomes) VALUES ($1, $2, $3, $4, $5, $6)",
        id.uuid(),
        new.order.uuid(),
        new.ticket.map(TicketId::uuid),
        new.email,
        new.was,
        new.becomes
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// What an organizer looks for among an event's orders.
#[derive(Clone, Debug, Default)]
pub struct OrderFilter {
    pub status: Option<OrderStatus>,
    /// Part of a name, an address or a code, with or without accents and capitals.
    pub search: Option<String>,
    pub order: OrderOrder,
}

/// The order of an event's orders; the newest first unless asked otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OrderOrder {
    Creation,
    #[default]
    CreationDescending,
    Total,
    TotalDescending,
    /// By the buyer's last name.
    Name,
}

impl OrderOrder {
    pub(in crate::domain::ticketing) fn parse(code: &str) -> Option<Self> {
        match code {
            "created_at" => Some(Self::Creation),
            "-created_at" => Some(Self::CreationDescending),
            "total" => Some(Self::Total),
            "-total" => Some(Self::TotalDescending),
            "name" => Some(Self::Name),
            _ => None,
        }
    }

    /// With the id last, so that two pages never show the same row.
    const fn sql(self) -> &'static str {
        match self {
            Self::Creation => " ORDER BY created_at, id",
            Self::CreationDescending => " ORDER BY created_at DESC, id DESC",
            Self::Total => " ORDER BY total, id",
            Self::TotalDescending => " ORDER BY total DESC, id DESC",
            Self::Name => " ORDER BY platform.fold(last_name || ' ' || first_name), id",
        }
    }
}

/// A page of an event's orders, and how many there are up to one more than is counted.
pub(in crate::domain::ticketing) async fn of_event(
    tx: &mut TenantTx,
    event: EventId,
    filter: &OrderFilter,
    page: PageRequest,
) -> DbResult<(Vec<Order>, i64)> {
    let mut rows = QueryBuilder::new("SELECT id FROM orders WHERE event = ");
    narrow(rows.push_bind(event.uuid()), filter);
    rows.push(filter.order.sql());
    rows.push(" LIMIT ").push_bind(page.limit()).push(" OFFSET ").push_bind(page.offset());
    let ids: Vec<Uuid> = rows.build_query_scalar().fetch_all(tx.conn()).await?;
    let mut count = QueryBuilder::new("SELECT count(*) FROM (SELECT FROM orders WHERE event = ");
    narrow(count.push_bind(event.uuid()), filter);
    count.push(" LIMIT ").push_bind(COUNT_CAP + 1).push(") AS counted");
    let count = count.build_query_scalar().fetch_one(tx.conn()).await?;
    let mut found = orders(tx, &ids).await?;
    found.sort_by_key(|order| ids.iter().position(|id| *id == order.id.uuid()));
    Ok((found, count))
}

fn narrow(query: &mut QueryBuilder<Postgres>, filter: &OrderFilter) {
    if let Some(status) = filter.status {
        query.push(" AND status = ").push_bind(status.code());
    }
    if let Some(search) = &filter.search {
        let pattern = search.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        query.push(" AND platform.fold(email || ' ' || code || ' ' || first_name || ' ' || last_name || ' ' || first_name)");
        query.push(" LIKE '%' || platform.fold(").push_bind(pattern).push(") || '%'");
    }
}

/// Up to `limit` orders of an event after `after`, in the order of their ids, for walks over all of them.
pub(in crate::domain::ticketing) async fn batch(
    tx: &mut TenantTx,
    event: EventId,
    after: Option<OrderId>,
    limit: i64,
) -> DbResult<Vec<Order>> {
    let rows = select_orders!(
        "WHERE o.id IN (
           SELECT id FROM orders WHERE event = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3)
         ORDER BY o.id, l.id",
        event.uuid(),
        after.map(Id::uuid),
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    read(rows)
}

/// Up to `limit` orders of an event after `after` that a cancellation must still undo: those without a refund of the
/// platform's own on its way. One that is done left something where another refund was on its way, and failed.
pub(in crate::domain::ticketing) async fn to_undo(
    tx: &mut TenantTx,
    event: EventId,
    after: Option<OrderId>,
    limit: i64,
) -> DbResult<Vec<OrderId>> {
    let ids = sqlx::query_scalar!(
        "SELECT o.id FROM orders o
         WHERE o.event = $1 AND ($2::uuid IS NULL OR o.id > $2) AND o.status IN ('pending', 'paid', 'partially_refunded')
           AND NOT EXISTS (SELECT FROM refund r WHERE r.payable = o.id AND r.created_by IS NULL AND NOT r.automatic
                           AND r.status = 'pending')
         ORDER BY o.id LIMIT $3",
        event.uuid(),
        after.map(Id::uuid),
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(ids.into_iter().map(Id::from).collect())
}

/// Whether an order is left that a cancellation must still undo.
pub(in crate::domain::ticketing) async fn is_any_to_undo(
    tx: &mut TenantTx,
    event: EventId,
) -> DbResult<bool> {
    Ok(!to_undo(tx, event, None, 1).await?.is_empty())
}

/// Up to `limit` orders of an event after `after` that were placed by `until` and have tickets, for news to their buyers.
pub(in crate::domain::ticketing) async fn to_tell(
    tx: &mut TenantTx,
    event: EventId,
    after: Option<OrderId>,
    until: DateTime<Utc>,
    limit: i64,
) -> DbResult<Vec<OrderId>> {
    let ids = sqlx::query_scalar!(
        "SELECT o.id FROM orders o
         WHERE o.event = $1 AND ($2::uuid IS NULL OR o.id > $2) AND o.status IN ('paid', 'partially_refunded')
           AND o.created_at <= $3 AND EXISTS (SELECT FROM ticket k WHERE k.order_id = o.id AND k.status = 'valid')
         ORDER BY o.id LIMIT $4",
        event.uuid(),
        after.map(Id::uuid),
        until,
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(ids.into_iter().map(Id::from).collect())
}
