//! SQL of orders.

use chrono::{DateTime, Utc};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use crate::base::db::{DbError, DbResult, TenantTx};
use crate::base::i18n::Lang;
use crate::base::kernel::id::{EventId, Id, OrderId};
use crate::base::kernel::money::{Currency, Money};
use crate::base::kernel::page::{COUNT_CAP, PageRequest};
use crate::domain::ticketing::model::{Attendee, Buyer, Order, OrderLine, OrderStatus};

#[derive(sqlx::FromRow)]
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
}

impl OrderRow {
    fn read(self) -> DbResult<Order> {
        let currency = Currency::parse(&self.currency).ok_or(DbError::Corrupt("currency"))?;
        Ok(Order {
            id: self.id.into(),
            code: self.code,
            event: self.event.into(),
            account: self.account.map(Id::from),
            buyer: Buyer {
                email: self.email,
                first_name: self.first_name,
                last_name: self.last_name,
                locale: Lang::parse(&self.locale).unwrap_or_default(),
            },
            status: OrderStatus::parse(&self.status).ok_or(DbError::Corrupt("order status"))?,
            total: Money::from_minor(self.total, currency),
            refunded: Money::from_minor(self.refunded, currency),
            expires_at: self.expires_at,
            paid_at: self.paid_at,
            created_at: self.created_at,
            lines: vec![],
        })
    }
}

struct LineRow {
    id: Uuid,
    order_id: Uuid,
    ticket_type: Uuid,
    name: String,
    quantity: i32,
    unit_price: i64,
    tax_rate: i32,
    attendees: serde_json::Value,
}

/// Orders with their lines, in the order of `rows`: one query for all lines.
async fn with_lines(tx: &mut TenantTx, rows: Vec<OrderRow>) -> DbResult<Vec<Order>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let lines = sqlx::query_as!(
        LineRow,
        "SELECT id, order_id, ticket_type, name, quantity, unit_price, tax_rate, attendees
         FROM order_line WHERE order_id = ANY ($1) ORDER BY id",
        &ids
    )
    .fetch_all(tx.conn())
    .await?;
    let mut orders = rows.into_iter().map(OrderRow::read).collect::<DbResult<Vec<_>>>()?;
    for line in lines {
        let Some(order) = orders.iter_mut().find(|order| order.id.uuid() == line.order_id) else { continue };
        let attendees: Vec<Attendee> =
            serde_json::from_value(line.attendees).map_err(|_| DbError::Corrupt("attendee"))?;
        order.lines.push(OrderLine {
            id: line.id.into(),
            ticket_type: line.ticket_type.into(),
            name: line.name,
            quantity: line.quantity,
            unit_price: Money::from_minor(line.unit_price, order.total.currency()),
            tax_rate: line.tax_rate,
            attendees,
        });
    }
    Ok(orders)
}

pub(in crate::domain::ticketing) async fn order(tx: &mut TenantTx, id: OrderId) -> DbResult<Option<Order>> {
    let row = sqlx::query_as!(
        OrderRow,
        "SELECT id, code, event, account, email, first_name, last_name, locale, status, currency, total, refunded,
                expires_at, paid_at, created_at FROM orders WHERE id = $1",
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(with_lines(tx, row.into_iter().collect()).await?.pop())
}

/// As [`order`], without its lines.
pub(in crate::domain::ticketing) async fn head(tx: &mut TenantTx, id: OrderId) -> DbResult<Option<Order>> {
    sqlx::query_as!(
        OrderRow,
        "SELECT id, code, event, account, email, first_name, last_name, locale, status, currency, total, refunded,
                expires_at, paid_at, created_at FROM orders WHERE id = $1",
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .map(OrderRow::read)
    .transpose()
}

/// As [`order`], held until the end of the transaction.
pub(in crate::domain::ticketing) async fn lock(tx: &mut TenantTx, id: OrderId) -> DbResult<Option<Order>> {
    let row = sqlx::query_as!(
        OrderRow,
        "SELECT id, code, event, account, email, first_name, last_name, locale, status, currency, total, refunded,
                expires_at, paid_at, created_at FROM orders WHERE id = $1 FOR UPDATE",
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(with_lines(tx, row.into_iter().collect()).await?.pop())
}

/// Several orders by their ids.
pub(in crate::domain::ticketing) async fn orders(tx: &mut TenantTx, ids: &[Uuid]) -> DbResult<Vec<Order>> {
    let rows = sqlx::query_as!(
        OrderRow,
        "SELECT id, code, event, account, email, first_name, last_name, locale, status, currency, total, refunded,
                expires_at, paid_at, created_at FROM orders WHERE id = ANY ($1) ORDER BY created_at DESC, id",
        ids
    )
    .fetch_all(tx.conn())
    .await?;
    with_lines(tx, rows).await
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
            Self::Name => " ORDER BY sort_name, id",
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
    let mut rows = QueryBuilder::new(
        "SELECT id, code, event, account, email, first_name, last_name, locale, status, currency, total, refunded,
                expires_at, paid_at, created_at FROM orders WHERE event = ",
    );
    narrow(rows.push_bind(event.uuid()), filter);
    rows.push(filter.order.sql());
    rows.push(" LIMIT ").push_bind(page.limit()).push(" OFFSET ").push_bind(page.offset());
    let rows: Vec<OrderRow> = rows.build_query_as().fetch_all(tx.conn()).await?;
    let mut count = QueryBuilder::new("SELECT count(*) FROM (SELECT FROM orders WHERE event = ");
    narrow(count.push_bind(event.uuid()), filter);
    count.push(" LIMIT ").push_bind(COUNT_CAP + 1).push(") AS counted");
    let count = count.build_query_scalar().fetch_one(tx.conn()).await?;
    Ok((with_lines(tx, rows).await?, count))
}

fn narrow(query: &mut QueryBuilder<Postgres>, filter: &OrderFilter) {
    if let Some(status) = filter.status {
        query.push(" AND status = ").push_bind(status.code());
    }
    if let Some(search) = &filter.search {
        let pattern = search.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        query.push(" AND words LIKE '%' || platform.fold(").push_bind(pattern).push(") || '%'");
    }
}

/// Up to `limit` orders of an event after `after`, in the order of their ids, for walks over all of them.
pub(in crate::domain::ticketing) async fn batch(
    tx: &mut TenantTx,
    event: EventId,
    after: Option<OrderId>,
    limit: i64,
) -> DbResult<Vec<Order>> {
    let rows = sqlx::query_as!(
        OrderRow,
        "SELECT id, code, event, account, email, first_name, last_name, locale, status, currency, total, refunded,
                expires_at, paid_at, created_at
         FROM orders WHERE event = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3",
        event.uuid(),
        after.map(Id::uuid),
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    with_lines(tx, rows).await
}

/// Up to `limit` orders of an event after `after` that a cancellation must still undo: those without a refund of the
/// platform's own on its way or done.
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
                           AND r.status <> 'failed')
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
