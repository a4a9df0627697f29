//! SQL of payments and refunds.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{Payment, PaymentStatus, Refund, RefundStatus};
use crate::base::db::{DbError, DbResult, TenantTx};
use crate::base::kernel::id::{Id, PaymentId, RefundId};
use crate::base::kernel::money::{Currency, Money};

struct PaymentRow {
    id: Uuid,
    payable: Uuid,
    provider: String,
    status: String,
    amount: i64,
    currency: String,
    reference: Option<String>,
    created_at: DateTime<Utc>,
    settled_at: Option<DateTime<Utc>>,
}

fn money(minor: i64, currency: &str) -> DbResult<Money> {
    Ok(Money::from_minor(minor, Currency::parse(currency).ok_or(DbError::Corrupt("currency"))?))
}

impl PaymentRow {
    fn read(self) -> DbResult<Payment> {
        Ok(Payment {
            id: self.id.into(),
            payable: self.payable,
            provider: self.provider,
            status: PaymentStatus::parse(&self.status).ok_or(DbError::Corrupt("payment status"))?,
            amount: money(self.amount, &self.currency)?,
            reference: self.reference,
            created_at: self.created_at,
            settled_at: self.settled_at,
        })
    }
}

/// Payments; what follows says which.
macro_rules! select_payments {
    ($tail:literal, $arg:expr) => {
        sqlx::query_as!(
            PaymentRow,
            "SELECT id, payable, provider, status, amount, currency, reference, created_at, settled_at FROM payment "
                + $tail,
            $arg
        )
    };
}

pub(super) async fn payment(tx: &mut TenantTx, id: PaymentId) -> DbResult<Option<Payment>> {
    let row = select_payments!("WHERE id = $1", id.uuid()).fetch_optional(tx.conn()).await?;
    row.map(PaymentRow::read).transpose()
}

/// As [`payment`], held until the end of the transaction.
pub(super) async fn lock(tx: &mut TenantTx, id: PaymentId) -> DbResult<Option<Payment>> {
    let row = select_payments!("WHERE id = $1 FOR UPDATE", id.uuid()).fetch_optional(tx.conn()).await?;
    row.map(PaymentRow::read).transpose()
}

/// The payments for something, the oldest first.
pub(super) async fn payments_of(tx: &mut TenantTx, payable: Uuid) -> DbResult<Vec<Payment>> {
    let rows =
        select_payments!("WHERE payable = $1 ORDER BY created_at, id", payable).fetch_all(tx.conn()).await?;
    rows.into_iter().map(PaymentRow::read).collect()
}

/// Opens a payment, or finds the one that is open with this provider: a double click makes one.
pub(super) async fn open(
    tx: &mut TenantTx,
    payable: Uuid,
    provider: &str,
    amount: Money,
    next_poll_at: DateTime<Utc>,
) -> DbResult<Payment> {
    let (id, now): (PaymentId, _) = (tx.new_id(), tx.now());
    // The update changes nothing; it makes the statement answer with the row that is there.
    sqlx::query_as!(
        PaymentRow,
        r#"INSERT INTO payment AS p (id, payable, provider, amount, currency, next_poll_at, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (payable, provider) WHERE status = 'pending' DO UPDATE SET provider = p.provider
           RETURNING id, payable, provider, status, amount, currency, reference, created_at, settled_at"#,
        id.uuid(),
        payable,
        provider,
        amount.minor(),
        amount.currency().code(),
        next_poll_at,
        now
    )
    .fetch_one(tx.conn())
    .await?
    .read()
}

/// A payment that was made before it was written down.
pub(super) async fn insert_received(
    tx: &mut TenantTx,
    payable: Uuid,
    provider: &str,
    amount: Money,
    reference: &str,
) -> DbResult<PaymentId> {
    let (id, now): (PaymentId, _) = (tx.new_id(), tx.now());
    sqlx::query!(
        "INSERT INTO payment (id, payable, provider, status, amount, currency, reference, created_at, settled_at)
         VALUES ($1, $2, $3, 'succeeded', $4, $5, $6, $7, $7)",
        id.uuid(),
        payable,
        provider,
        amount.minor(),
        amount.currency().code(),
        reference,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

pub(super) async fn record_start(tx: &mut TenantTx, id: PaymentId, reference: &str) -> DbResult<()> {
    sqlx::query!("UPDATE payment SET reference = $2 WHERE id = $1", id.uuid(), reference)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn settle(
    tx: &mut TenantTx,
    id: PaymentId,
    status: PaymentStatus,
    amount: Money,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE payment SET status = $2, amount = $3, currency = $5, settled_at = $4, next_poll_at = NULL
         WHERE id = $1",
        id.uuid(),
        status.code(),
        amount.minor(),
        now,
        amount.currency().code()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn poll_later(tx: &mut TenantTx, id: PaymentId, at: DateTime<Utc>) -> DbResult<()> {
    sqlx::query!("UPDATE payment SET next_poll_at = $2 WHERE id = $1 AND status = 'pending'", id.uuid(), at)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Pending payments whose time to be asked about has come.
pub(super) async fn due(tx: &mut TenantTx, limit: i64) -> DbResult<Vec<PaymentId>> {
    let now = tx.now();
    let ids = sqlx::query_scalar!(
        "SELECT id FROM payment WHERE status = 'pending' AND next_poll_at <= $1 ORDER BY next_poll_at LIMIT $2",
        now,
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(ids.into_iter().map(Id::from).collect())
}

/// When the next pending payment is to be asked about.
pub(super) async fn next_due(tx: &mut TenantTx) -> DbResult<Option<DateTime<Utc>>> {
    Ok(sqlx::query_scalar!("SELECT min(next_poll_at) FROM payment WHERE status = 'pending'")
        .fetch_one(tx.conn())
        .await?)
}

struct RefundRow {
    id: Uuid,
    payable: Uuid,
    payment: Option<Uuid>,
    status: String,
    amount: i64,
    currency: String,
    reason: String,
    tickets: Vec<Uuid>,
    automatic: bool,
    created_at: DateTime<Utc>,
    created_by: Option<Uuid>,
}

impl RefundRow {
    fn read(self) -> DbResult<Refund> {
        Ok(Refund {
            id: self.id.into(),
            payable: self.payable,
            payment: self.payment.map(Id::from),
            status: RefundStatus::parse(&self.status).ok_or(DbError::Corrupt("refund status"))?,
            amount: money(self.amount, &self.currency)?,
            reason: self.reason,
            tickets: self.tickets.into_iter().map(Id::from).collect(),
            automatic: self.automatic,
            created_at: self.created_at,
            created_by: self.created_by.map(Id::from),
        })
    }
}

/// Refunds; what follows says which.
macro_rules! select_refunds {
    ($tail:literal, $arg:expr) => {
        sqlx::query_as!(
            RefundRow,
            "SELECT id, payable, payment, status, amount, currency, reason, tickets, automatic, created_at, created_by
             FROM refund " + $tail,
            $arg
        )
    };
}

/// One refund, held until the end of the transaction.
pub(super) async fn lock_refund(tx: &mut TenantTx, id: RefundId) -> DbResult<Option<Refund>> {
    let row = select_refunds!("WHERE id = $1 FOR UPDATE", id.uuid()).fetch_optional(tx.conn()).await?;
    row.map(RefundRow::read).transpose()
}

/// The refunds of something, the oldest first.
pub(super) async fn refunds_of(tx: &mut TenantTx, payable: Uuid) -> DbResult<Vec<Refund>> {
    let rows =
        select_refunds!("WHERE payable = $1 ORDER BY created_at, id", payable).fetch_all(tx.conn()).await?;
    rows.into_iter().map(RefundRow::read).collect()
}

pub(super) async fn insert_refund(tx: &mut TenantTx, refund: &Refund) -> DbResult<()> {
    let tickets: Vec<Uuid> = refund.tickets.iter().map(|ticket| ticket.uuid()).collect();
    sqlx::query!(
        "INSERT INTO refund (id, payable, payment, amount, currency, reason, tickets, automatic, created_at, created_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        refund.id.uuid(),
        refund.payable,
        refund.payment.map(Id::uuid),
        refund.amount.minor(),
        refund.amount.currency().code(),
        refund.reason,
        &tickets,
        refund.automatic,
        refund.created_at,
        refund.created_by.map(Id::uuid)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whether a refund that somebody asked for is still on its way.
pub(super) async fn has_pending_refund(tx: &mut TenantTx, payable: Uuid) -> DbResult<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (
             SELECT FROM refund WHERE payable = $1 AND status = 'pending' AND NOT automatic) AS "any!""#,
        payable
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(super) async fn settle_refund(
    tx: &mut TenantTx,
    id: RefundId,
    status: RefundStatus,
    detail: Option<&str>,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE refund SET status = $2, settled_at = $3, detail = $4 WHERE id = $1",
        id.uuid(),
        status.code(),
        now,
        detail
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A payment with what it is for, as an export shows it.
#[derive(Debug)]
pub struct ExportRow {
    pub payable: Uuid,
    pub provider: String,
    pub status: String,
    pub amount: i64,
    pub refunded: i64,
    pub currency: String,
    pub reference: Option<String>,
    pub created_at: DateTime<Utc>,
    pub settled_at: Option<DateTime<Utc>>,
}

/// The payments of many payables, one query for a batch.
pub(super) async fn export(tx: &mut TenantTx, payables: &[Uuid]) -> DbResult<Vec<ExportRow>> {
    Ok(sqlx::query_as!(
        ExportRow,
        r#"SELECT p.payable, p.provider, p.status, p.amount, p.currency, p.reference, p.created_at, p.settled_at,
                  coalesce((SELECT sum(r.amount) FROM refund r WHERE r.payment = p.id AND r.status = 'succeeded'),
                    0)::bigint AS "refunded!"
           FROM payment p WHERE p.payable = ANY ($1) ORDER BY p.created_at, p.id"#,
        payables
    )
    .fetch_all(tx.conn())
    .await?)
}
