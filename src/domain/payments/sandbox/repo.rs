//! SQL of the test card service.

use super::{Charge, ChargeStatus, money};
use crate::base::db::{DbError, DbResult, PlatformTx};
use crate::base::kernel::id::{PaymentId, RefundId};
use crate::base::kernel::money::Money;
use crate::domain::payments::provider::Payable;

struct ChargeRow {
    amount: i64,
    currency: String,
    description: String,
    return_url: Option<String>,
    status: String,
    test: bool,
}

impl ChargeRow {
    fn read(self) -> DbResult<Charge> {
        let status = match self.status.as_str() {
            "open" => ChargeStatus::Open,
            "succeeded" => ChargeStatus::Succeeded,
            "cancelled" => ChargeStatus::Cancelled,
            _ => return Err(DbError::Corrupt("charge status")),
        };
        let amount = money(self.amount, &self.currency)?;
        Ok(Charge {
            amount,
            description: self.description,
            return_url: self.return_url,
            status,
            test: self.test,
        })
    }
}

pub(super) async fn insert(tx: &mut PlatformTx, payable: &Payable) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "INSERT INTO platform.sandbox_charge (id, amount, currency, description, return_url, created_at, updated_at, test)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7) ON CONFLICT DO NOTHING",
        payable.payment.uuid(),
        payable.amount.minor(),
        payable.amount.currency().code(),
        payable.description,
        payable.return_url,
        now,
        payable.test
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn charge(tx: &mut PlatformTx, payment: PaymentId) -> DbResult<Option<Charge>> {
    sqlx::query_as!(
        ChargeRow,
        "SELECT amount, currency, description, return_url, status, test FROM platform.sandbox_charge WHERE id = $1",
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .map(ChargeRow::read)
    .transpose()
}

/// As [`charge`], held until the end of the transaction.
pub(super) async fn lock(tx: &mut PlatformTx, payment: PaymentId) -> DbResult<Option<Charge>> {
    sqlx::query_as!(
        ChargeRow,
        "SELECT amount, currency, description, return_url, status, test FROM platform.sandbox_charge WHERE id = $1
         FOR UPDATE",
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .map(ChargeRow::read)
    .transpose()
}

/// Takes the money of an open charge; `None` when there is none.
pub(super) async fn succeed(tx: &mut PlatformTx, payment: PaymentId) -> DbResult<Option<Charge>> {
    let now = tx.now();
    sqlx::query_as!(
        ChargeRow,
        "UPDATE platform.sandbox_charge SET status = 'succeeded', updated_at = $2 WHERE id = $1 AND status = 'open'
         RETURNING amount, currency, description, return_url, status, test",
        payment.uuid(),
        now
    )
    .fetch_optional(tx.conn())
    .await?
    .map(ChargeRow::read)
    .transpose()
}

pub(super) async fn cancel(tx: &mut PlatformTx, payment: PaymentId) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE platform.sandbox_charge SET status = 'cancelled', updated_at = $2 WHERE id = $1 AND status = 'open'",
        payment.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn decline(tx: &mut PlatformTx, payment: PaymentId) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE platform.sandbox_charge SET declines = declines + 1, updated_at = $2 WHERE id = $1",
        payment.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn refund_exists(tx: &mut PlatformTx, refund: RefundId) -> DbResult<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM platform.sandbox_refund WHERE id = $1) AS "exists!""#,
        refund.uuid()
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The sum of what went back, in minor units.
pub(super) async fn refunded(tx: &mut PlatformTx, payment: PaymentId) -> DbResult<i64> {
    Ok(sqlx::query_scalar!(
        r#"SELECT coalesce(sum(amount), 0)::bigint AS "sum!" FROM platform.sandbox_refund WHERE charge = $1"#,
        payment.uuid()
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(super) async fn insert_refund(
    tx: &mut PlatformTx,
    payment: PaymentId,
    refund: RefundId,
    amount: Money,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "INSERT INTO platform.sandbox_refund (id, charge, amount, created_at) VALUES ($1, $2, $3, $4)",
        refund.uuid(),
        payment.uuid(),
        amount.minor(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
