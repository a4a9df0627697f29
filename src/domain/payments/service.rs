//! Use cases of payments: reserve in a transaction, ask the provider outside of any, record in another.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use futures_util::future::BoxFuture;
use uuid::Uuid;

use super::jobs::{AbandonPayments, CarryOutRefund, PollPayments};
use super::model::{Payment, PaymentStatus, PaymentsError, Refund, RefundStatus};
use super::provider::{Handle, Next, Payable, Provider, ProviderError, Standing};
use super::providers::{DOOR, Registry};
use super::repo::{self, ExportRow};
use crate::base::db::{Db, DbResult, TenantTx};
use crate::base::kernel::id::{AccountId, PaymentId, RefundId, TicketId};
use crate::base::kernel::money::Money;
use crate::base::tenancy::TenantScope;

/// What became of money that came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Settled,
    /// It came too late or twice: it goes back by itself.
    Unwanted,
}

/// What is paid for. Payments know it by its id alone; everything here happens in the transaction given.
pub trait Settles: Send + Sync {
    /// Whether it still waits for money.
    fn waits<'a>(&'a self, tx: &'a mut TenantTx, payable: Uuid) -> BoxFuture<'a, DbResult<bool>>;

    /// Money came.
    fn paid<'a>(
        &'a self,
        tx: &'a mut TenantTx,
        payable: Uuid,
        amount: Money,
    ) -> BoxFuture<'a, DbResult<Outcome>>;

    /// Money went back.
    fn refunded<'a>(&'a self, tx: &'a mut TenantTx, refund: &'a Refund) -> BoxFuture<'a, DbResult<()>>;

    /// Money could not go back: what the refund took must be given again.
    fn refund_failed<'a>(&'a self, tx: &'a mut TenantTx, refund: &'a Refund) -> BoxFuture<'a, DbResult<()>>;
}

/// A refund to be made.
#[derive(Clone, Debug)]
pub struct NewRefund {
    pub id: RefundId,
    pub payable: Uuid,
    pub amount: Money,
    pub reason: String,
    pub tickets: Vec<TicketId>,
    pub by: Option<AccountId>,
}

/// Payments and refunds of every organization.
#[derive(Clone)]
pub struct Payments {
    db: Db,
    providers: Registry,
    settles: Arc<dyn Settles>,
}

impl Payments {
    pub fn new(db: Db, providers: Registry, settles: Arc<dyn Settles>) -> Self {
        Self { db, providers, settles }
    }

    /// The names of the providers that a buyer may choose from, for a test order or for a real one.
    pub fn methods(&self, test: bool) -> Vec<&'static str> {
        self.providers.offered(test)
    }

    fn provider(&self, id: &str) -> Result<&Arc<dyn Provider>, PaymentsError> {
        self.providers.get(id).ok_or(PaymentsError::UnknownProvider)
    }

    /// Reserves: opens a payment in the caller's transaction, or finds the open one.
    pub async fn reserve(
        &self,
        tx: &mut TenantTx,
        payable: Uuid,
        provider: &str,
        amount: Money,
        test: bool,
    ) -> Result<Payment, PaymentsError> {
        let provider = self.provider(provider)?;
        if !provider.is_offered(test) {
            return Err(PaymentsError::UnknownProvider);
        }
        let poll_at = tx.now() + span(provider.as_ref());
        let payment = repo::open(tx, payable, provider.id(), amount, poll_at).await?;
        poll_at_second(tx, poll_at).await?;
        Ok(payment)
    }

    /// Writes down money that was taken in person, in the caller's transaction. `how` says how it was paid.
    pub async fn receive(
        &self,
        tx: &mut TenantTx,
        payable: Uuid,
        amount: Money,
        how: &str,
    ) -> Result<PaymentId, PaymentsError> {
        let provider = self.provider(DOOR)?;
        Ok(repo::insert_received(tx, payable, provider.id(), amount, how).await?)
    }

    /// Asks the provider to begin, and records its answer.
    pub async fn start(
        &self,
        scope: &TenantScope,
        payment: &Payment,
        payable: Payable,
    ) -> Result<Next, PaymentsError> {
        let started = self.provider(&payment.provider)?.start(&payable).await.map_err(refusal)?;
        if let Some(reference) = &started.reference {
            let mut tx = self.db.tenant(scope).await?;
            repo::record_start(&mut tx, payment.id, reference).await?;
            tx.commit().await?;
        }
        Ok(started.next)
    }

    /// Records what a provider's own notice says, which its file has verified.
    pub async fn notice(
        &self,
        scope: &TenantScope,
        id: PaymentId,
        standing: Standing,
    ) -> Result<Payment, PaymentsError> {
        self.record(scope, id, standing, Duration::zero()).await
    }

    /// Asks the provider how a payment stands, and records what changed: after a notice, a return or on polling.
    pub async fn refresh(&self, scope: &TenantScope, id: PaymentId) -> Result<Payment, PaymentsError> {
        let mut tx = self.db.tenant(scope).await?;
        let payment = repo::payment(&mut tx, id).await?.ok_or(PaymentsError::Unknown)?;
        if payment.status != PaymentStatus::Pending {
            return Ok(payment);
        }
        let wanted = self.settles.waits(&mut tx, payment.payable).await?;
        drop(tx);
        let provider = self.provider(&payment.provider)?;
        let handle = Handle { payment: id, reference: payment.reference };
        let mut standing = provider.standing(&handle).await.map_err(refusal)?;
        if standing == Standing::Pending && !wanted {
            standing = provider.cancel(&handle).await.map_err(refusal)?;
        }
        self.record(scope, id, standing, span(provider.as_ref())).await
    }

    async fn record(
        &self,
        scope: &TenantScope,
        id: PaymentId,
        standing: Standing,
        poll_every: Duration,
    ) -> Result<Payment, PaymentsError> {
        let mut tx = self.db.tenant(scope).await?;
        let mut payment = repo::lock(&mut tx, id).await?.ok_or(PaymentsError::Unknown)?;
        // Money counts also where the payment was given up before: it settles, or goes back.
        let late = matches!(standing, Standing::Succeeded(_)) && payment.status != PaymentStatus::Succeeded;
        if payment.status != PaymentStatus::Pending && !late {
            return Ok(payment);
        }
        match standing {
            Standing::Pending => {
                let at = next_poll(payment.created_at, tx.now(), poll_every);
                repo::poll_later(&mut tx, payment.id, at).await?;
            }
            Standing::Failed => self.close(&mut tx, &mut payment, PaymentStatus::Failed).await?,
            Standing::Cancelled => self.close(&mut tx, &mut payment, PaymentStatus::Cancelled).await?,
            Standing::Succeeded(amount) => self.succeed(&mut tx, &mut payment, amount).await?,
        }
        tx.commit().await?;
        Ok(payment)
    }

    async fn close(&self, tx: &mut TenantTx, payment: &mut Payment, status: PaymentStatus) -> DbResult<()> {
        payment.status = status;
        repo::settle(tx, payment.id, status, payment.amount).await
    }

    /// The settlement: everything that follows from the money is in this one transaction.
    async fn succeed(
        &self,
        tx: &mut TenantTx,
        payment: &mut Payment,
        amount: Money,
    ) -> Result<(), PaymentsError> {
        payment.status = PaymentStatus::Succeeded;
        repo::settle(tx, payment.id, PaymentStatus::Succeeded, amount).await?;
        let outcome = if amount == payment.amount {
            self.settles.paid(tx, payment.payable, amount).await?
        } else {
            tracing::error!(payment = %payment.id, ours = %payment.amount, theirs = %amount, "another amount was paid");
            Outcome::Unwanted
        };
        payment.amount = amount;
        if outcome == Outcome::Unwanted {
            let refund = Refund {
                id: tx.new_id(),
                payable: payment.payable,
                payment: Some(payment.id),
                status: RefundStatus::Pending,
                amount,
                reason: "unwanted".into(),
                tickets: vec![],
                automatic: true,
                created_at: tx.now(),
                created_by: None,
            };
            repo::insert_refund(tx, &refund).await?;
            tx.enqueue(&CarryOutRefund { refund: refund.id }).await?;
        }
        Ok(())
    }

    /// Reserves a refund in the caller's transaction, which holds what is paid for. A job makes sure that it is
    /// carried out even if this process ends.
    pub async fn reserve_refund(&self, tx: &mut TenantTx, new: NewRefund) -> Result<Refund, PaymentsError> {
        let payment = if new.amount.is_zero() { None } else { Some(self.refundable(tx, &new).await?) };
        let refund = Refund {
            id: new.id,
            payable: new.payable,
            payment,
            status: RefundStatus::Pending,
            amount: new.amount,
            reason: new.reason,
            tickets: new.tickets,
            automatic: false,
            created_at: tx.now(),
            created_by: new.by,
        };
        repo::insert_refund(tx, &refund).await?;
        // The request itself carries the refund out; the job is the net under it.
        let later = tx.now() + Duration::seconds(20);
        tx.enqueue_at(&CarryOutRefund { refund: refund.id }, later).await?;
        Ok(refund)
    }

    /// A payment of which enough is left.
    async fn refundable(&self, tx: &mut TenantTx, new: &NewRefund) -> Result<PaymentId, PaymentsError> {
        let refunds = repo::refunds_of(tx, new.payable).await?;
        let taken = |payment: PaymentId| -> i64 {
            let counts =
                |refund: &&Refund| refund.payment == Some(payment) && refund.status != RefundStatus::Failed;
            refunds.iter().filter(counts).map(|refund| refund.amount.minor()).sum()
        };
        let payments = repo::payments_of(tx, new.payable).await?;
        let fits = |payment: &&Payment| {
            payment.status == PaymentStatus::Succeeded
                && payment.amount.currency() == new.amount.currency()
                && payment.amount.minor() - taken(payment.id) >= new.amount.minor()
        };
        payments.iter().find(fits).map(|payment| payment.id).ok_or(PaymentsError::TooMuch)
    }

    /// Asks the provider to give money back, and records its answer. Done twice it has one effect.
    pub async fn carry_out(&self, scope: &TenantScope, id: RefundId) -> Result<Refund, PaymentsError> {
        let mut tx = self.db.tenant(scope).await?;
        let refund = repo::lock_refund(&mut tx, id).await?.ok_or(PaymentsError::Unknown)?;
        if refund.status != RefundStatus::Pending {
            return Ok(refund);
        }
        let payment = match refund.payment {
            Some(payment) => repo::payment(&mut tx, payment).await?,
            None => None,
        };
        drop(tx);
        let answer = match &payment {
            Some(payment) => self.give_back(payment, &refund).await,
            None => Ok(()),
        };
        match answer {
            Err(ProviderError::Unavailable(reason)) => {
                tracing::warn!(refund = %id, reason, "the provider does not answer");
                Err(PaymentsError::ProviderUnavailable)
            }
            Ok(()) => self.record_refund(scope, id, None).await,
            Err(ProviderError::Refused(reason)) => self.record_refund(scope, id, Some(&reason)).await,
        }
    }

    /// As [`Self::carry_out`]; while the provider does not answer, another job asks again, more and more rarely.
    /// A job that failed would be given up in the end, and the money kept.
    pub(super) async fn pursue(&self, scope: &TenantScope, id: RefundId) -> Result<(), PaymentsError> {
        match self.carry_out(scope, id).await {
            Err(PaymentsError::ProviderUnavailable) => {}
            // It was deleted with its test order.
            Err(PaymentsError::Unknown) => return Ok(()),
            other => return other.map(|_| ()),
        }
        let mut tx = self.db.tenant(scope).await?;
        let refund = repo::lock_refund(&mut tx, id).await?.ok_or(PaymentsError::Unknown)?;
        let at = next_poll(refund.created_at, tx.now(), Duration::seconds(10));
        tx.enqueue_at(&CarryOutRefund { refund: id }, at).await?;
        Ok(tx.commit().await?)
    }

    async fn give_back(&self, payment: &Payment, refund: &Refund) -> Result<(), ProviderError> {
        let provider = self
            .providers
            .get(&payment.provider)
            .ok_or_else(|| ProviderError::Unavailable(format!("{} is not configured", payment.provider)))?;
        let refunds = provider.refunds().ok_or_else(|| ProviderError::Refused("cannot refund".into()))?;
        let handle = Handle { payment: payment.id, reference: payment.reference.clone() };
        refunds.refund(&handle, refund.id, refund.amount).await
    }

    async fn record_refund(
        &self,
        scope: &TenantScope,
        id: RefundId,
        refusal: Option<&str>,
    ) -> Result<Refund, PaymentsError> {
        let mut tx = self.db.tenant(scope).await?;
        let mut refund = repo::lock_refund(&mut tx, id).await?.ok_or(PaymentsError::Unknown)?;
        if refund.status != RefundStatus::Pending {
            return Ok(refund);
        }
        refund.status = if refusal.is_none() { RefundStatus::Succeeded } else { RefundStatus::Failed };
        repo::settle_refund(&mut tx, id, refund.status, refusal).await?;
        match refund.status {
            RefundStatus::Succeeded => self.settles.refunded(&mut tx, &refund).await?,
            _ => self.settles.refund_failed(&mut tx, &refund).await?,
        }
        tx.commit().await?;
        Ok(refund)
    }

    /// Closes payments that nobody waits for any more, some of each at once, after the caller's transaction, which deletes
    /// them: a payer who is late finds nothing to pay.
    pub async fn abandon(&self, tx: &mut TenantTx, open: Vec<(PaymentId, String)>) -> DbResult<()> {
        for some in open.chunks(100) {
            tx.enqueue(&AbandonPayments { payments: some.to_vec() }).await?;
        }
        Ok(())
    }

    /// Asks the providers to give these payments up; what they say of them concerns nobody.
    pub(super) async fn give_up(&self, payments: &[(PaymentId, String)]) -> Result<(), PaymentsError> {
        for (payment, provider) in payments {
            let handle = Handle { payment: *payment, reference: None };
            match self.provider(provider)?.cancel(&handle).await {
                Ok(_) | Err(ProviderError::Refused(_)) => {}
                Err(error) => return Err(refusal(error)),
            }
        }
        Ok(())
    }

    /// Payments and refunds of something, the oldest first.
    pub async fn history(&self, tx: &mut TenantTx, payable: Uuid) -> DbResult<(Vec<Payment>, Vec<Refund>)> {
        Ok((repo::payments_of(tx, payable).await?, repo::refunds_of(tx, payable).await?))
    }

    /// Asks about every payment whose time has come; tells when the next one's will.
    pub(super) async fn poll(&self, scope: &TenantScope) -> Result<(), PaymentsError> {
        const AT_ONCE: i64 = 50;
        let mut tx = self.db.tenant(scope).await?;
        let due = repo::due(&mut tx, AT_ONCE).await?;
        drop(tx);
        for id in due {
            if let Err(error) = self.refresh(scope, id).await {
                tracing::warn!(payment = %id, %error, "polling a payment failed");
                let mut tx = self.db.tenant(scope).await?;
                let at = tx.now() + Duration::seconds(30);
                repo::poll_later(&mut tx, id, at).await?;
                tx.commit().await?;
            }
        }
        let mut tx = self.db.tenant(scope).await?;
        if let Some(at) = repo::next_due(&mut tx).await? {
            let at = at.max(tx.now());
            poll_at_second(&mut tx, at).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// Whether a refund that somebody asked for is still on its way.
pub async fn has_pending_refund(tx: &mut TenantTx, payable: Uuid) -> DbResult<bool> {
    repo::has_pending_refund(tx, payable).await
}

/// The payments of many payables, for an export.
pub async fn export_rows(tx: &mut TenantTx, payables: &[Uuid]) -> DbResult<Vec<ExportRow>> {
    repo::export(tx, payables).await
}

/// Has the payments polled that are due by the end of the second of `at`: one job a second, whatever their number.
async fn poll_at_second(tx: &mut TenantTx, at: DateTime<Utc>) -> DbResult<()> {
    let end = at.timestamp() + 1;
    tx.enqueue_at(&PollPayments { at: end }, DateTime::from_timestamp(end, 0).unwrap_or(at)).await
}

fn refusal(error: ProviderError) -> PaymentsError {
    match error {
        ProviderError::Refused(reason) => {
            tracing::warn!(reason, "a payment provider refused");
            PaymentsError::ProviderRefused
        }
        ProviderError::Unavailable(reason) => {
            tracing::warn!(reason, "a payment provider does not answer");
            PaymentsError::ProviderUnavailable
        }
    }
}

fn span(provider: &dyn Provider) -> Duration {
    Duration::from_std(provider.poll_every()).unwrap_or(Duration::seconds(30))
}

/// A fresh payment or refund is asked about often, an old one more and more rarely, at least every five minutes.
fn next_poll(created_at: DateTime<Utc>, now: DateTime<Utc>, every: Duration) -> DateTime<Utc> {
    let slower = (now - created_at) / 30;
    now + slower.clamp(every, Duration::minutes(5).max(every))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polling_slows_down_with_age() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        let every = Duration::seconds(2);
        assert_eq!(next_poll(at(0), at(10), every), at(12));
        assert_eq!(next_poll(at(0), at(600), every), at(620));
        assert_eq!(next_poll(at(0), at(86_400), every), at(86_400 + 300));
    }
}
