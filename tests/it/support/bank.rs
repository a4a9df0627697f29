//! A card company that does not always do what it is asked: the test card service with moods.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use parking_lot::Mutex;
use parvis::app::App;
use parvis::base::config::Config;
use parvis::base::kernel::id::{PaymentId, RefundId};
use parvis::base::kernel::money::Money;
use parvis::base::kernel::secret::Secret;
use parvis::domain::payments::{
    Answer, Handle, Payable, Payments, Provider, ProviderError, Refunds, Registry, Standing, Started,
    providers,
};
use parvis::domain::ticketing::{Settlement, Ticketing};

use super::app::{TestApp, defaults};
use super::cluster;
use super::fixtures::{CARD, Event, Order};

/// What the bank does with refunds of a payment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mood {
    /// Says no, for good.
    Refuses,
    /// Does nothing and says nothing.
    Away,
    /// Gives the money back, and its answer is lost.
    Mumbles,
}

/// The test card service, which does as it is told except where it has a mood.
pub struct Bank {
    service: Arc<dyn Provider>,
    moods: Mutex<HashMap<PaymentId, Mood>>,
}

impl Bank {
    /// From now on refunds of this payment meet a mood.
    pub fn takes_against(&self, payment: &str, mood: Mood) {
        self.moods.lock().insert(payment_id(payment), mood);
    }

    /// Everything works again.
    pub fn calms_down(&self) {
        self.moods.lock().clear();
    }
}

/// A payment's id as the API writes it.
pub fn payment_id(text: &str) -> PaymentId {
    uuid::Uuid::parse_str(text).unwrap().into()
}

impl Provider for Bank {
    fn id(&self) -> &'static str {
        self.service.id()
    }

    fn is_offered(&self, test: bool) -> bool {
        self.service.is_offered(test)
    }

    fn start<'a>(&'a self, payable: &'a Payable) -> Answer<'a, Started> {
        self.service.start(payable)
    }

    fn standing<'a>(&'a self, handle: &'a Handle) -> Answer<'a, Standing> {
        self.service.standing(handle)
    }

    fn cancel<'a>(&'a self, handle: &'a Handle) -> Answer<'a, Standing> {
        self.service.cancel(handle)
    }

    fn poll_every(&self) -> Duration {
        self.service.poll_every()
    }

    fn refunds(&self) -> Option<&dyn Refunds> {
        Some(self)
    }
}

impl Refunds for Bank {
    fn refund<'a>(&'a self, handle: &'a Handle, refund: RefundId, amount: Money) -> Answer<'a, ()> {
        async move {
            let mood = self.moods.lock().get(&handle.payment).copied();
            match mood {
                Some(Mood::Refuses) => return Err(ProviderError::Refused("a mood".into())),
                Some(Mood::Away) => return Err(ProviderError::Unavailable("a mood".into())),
                Some(Mood::Mumbles) | None => {}
            }
            self.service.refunds().unwrap().refund(handle, refund, amount).await?;
            match mood {
                Some(_) => Err(ProviderError::Unavailable("nobody understood the answer".into())),
                None => Ok(()),
            }
        }
        .boxed()
    }
}

impl TestApp {
    /// An application of one's own whose cards are this bank's. Its jobs run on demand alone.
    pub async fn with_bank(change: impl FnOnce(&mut Config)) -> (Self, Arc<Bank>) {
        let mut config = defaults();
        config.database.url = Secret::new(cluster::database().await);
        config.jobs.workers = 0;
        change(&mut config);
        let mut bank = None;
        let app = Self::start_with(config, |app: &mut App| {
            let service = providers(app.sandbox.clone()).get("sandbox").unwrap().clone();
            let new = Arc::new(Bank { service, moods: Mutex::default() });
            let (db, keyring) = (app.db.clone(), app.entrance.keyring.clone());
            let settles = Arc::new(Settlement::new(keyring.clone()));
            app.payments =
                Payments::new(db.clone(), Registry::new([new.clone() as Arc<dyn Provider>]), settles);
            let (tenancy, hold) = (app.entrance.tenancy.clone(), app.config.orders.hold_seconds);
            app.ticketing = Ticketing::new(db, tenancy, app.payments.clone(), keyring, hold);
            bank = Some(new);
        })
        .await;
        (app, bank.unwrap())
    }

    /// Orders and pays; the order and its payment.
    pub async fn paid(&self, event: &Event, ticket_type: &str, quantity: u32) -> (Order, String) {
        let order = self.buy(event, ticket_type, quantity).await;
        let payment = self.begin_payment(&order).await;
        self.authorize(&payment, CARD).await.expect(200);
        (order, payment)
    }
}
