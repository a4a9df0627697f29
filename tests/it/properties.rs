//! Any sequence of what buyers, organizers and the clock do keeps stock and money in balance.

use chrono::Duration;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::fixtures::{CARD, DECLINED_CARD, Event, Order, Owner, order_body};
use crate::support::{eventually, run};

/// How many places the two ticket types share.
const PLACES: i64 = 6;
const PRICES: [(&str, i64); 2] = [("30.00", 3000), ("12.50", 1250)];

#[derive(Clone, Debug)]
enum Step {
    Buy {
        kind: usize,
        quantity: u32,
    },
    Begin(prop::sample::Index),
    Card {
        order: prop::sample::Index,
        declined: bool,
    },
    Cancel(prop::sample::Index),
    RefundOne(prop::sample::Index),
    RefundAll(prop::sample::Index),
    /// Every hold's time is over.
    TimePasses,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let index = any::<prop::sample::Index>;
    let step = prop_oneof![
        4 => (0..2usize, 1..4u32).prop_map(|(kind, quantity)| Step::Buy { kind, quantity }),
        3 => index().prop_map(Step::Begin),
        4 => (index(), prop::bool::weighted(0.2)).prop_map(|(order, declined)| Step::Card { order, declined }),
        1 => index().prop_map(Step::Cancel),
        2 => index().prop_map(Step::RefundOne),
        1 => index().prop_map(Step::RefundAll),
        1 => Just(Step::TimePasses),
    ];
    prop::collection::vec(step, 5..25)
}

struct Model<'a> {
    app: &'a TestApp,
    owner: Owner,
    event: Event,
    /// Orders with the payment that was begun.
    orders: Vec<(Order, Option<String>)>,
}

impl Model<'_> {
    fn pick(&self, index: prop::sample::Index) -> Option<usize> {
        (!self.orders.is_empty()).then(|| index.index(self.orders.len()))
    }

    async fn take(&mut self, step: &Step) {
        match step {
            Step::Buy { kind, quantity } => self.buy(*kind, *quantity).await,
            Step::Begin(index) => self.begin(index).await,
            Step::Card { order, declined } => self.card(order, *declined).await,
            Step::Cancel(index) => {
                let Some(at) = self.pick(*index) else { return };
                let order = &self.orders[at].0;
                let answer = order.client.post(&format!("/api/orders/{}/cancel", order.id), json!({})).await;
                assert!(matches!(answer.status, 200 | 409), "{answer}");
            }
            Step::RefundOne(index) => {
                let Some(at) = self.pick(*index) else { return };
                let tickets = self.app.tickets(&self.orders[at].0).await;
                let Some(ticket) = tickets.iter().find(|ticket| ticket["status"] != "revoked") else {
                    return;
                };
                self.refund(at, json!({ "tickets": [ticket["id"]], "reason": "one" })).await;
            }
            Step::RefundAll(index) => {
                let Some(at) = self.pick(*index) else { return };
                self.refund(at, json!({ "reason": "all" })).await;
            }
            Step::TimePasses => self.app.clock.advance(Duration::seconds(61)),
        }
    }

    async fn buy(&mut self, kind: usize, quantity: u32) {
        let email = format!("{}@example.org", TestApp::unique("model"));
        let body = order_body(&self.event.id, &self.event.ticket_types[kind], quantity, &email);
        let answer = self.app.client().post("/api/orders", body).await;
        if answer.status == 201 {
            self.orders.push((self.app.order(&answer), None));
        } else {
            answer.problem(409, "ticketing.sold_out");
        }
    }

    async fn begin(&mut self, index: &prop::sample::Index) {
        let Some(at) = self.pick(*index) else { return };
        let order = &self.orders[at].0;
        let path = format!("/api/orders/{}/pay", order.id);
        let answer = order.client.post(&path, json!({ "provider": "sandbox" })).await;
        assert!(matches!(answer.status, 200 | 409), "{answer}");
        if answer.status == 200 {
            self.orders[at].1 = Some(answer.text("payment/id"));
        }
    }

    /// Pays on a card page that may have been open for long.
    async fn card(&mut self, index: &prop::sample::Index, declined: bool) {
        let Some(at) = self.pick(*index) else { return };
        let Some(payment) = &self.orders[at].1 else { return };
        let card = if declined { DECLINED_CARD } else { CARD };
        let answer = self.app.authorize(payment, card).await;
        assert!(matches!(answer.status, 200 | 402 | 409), "{answer}");
    }

    async fn refund(&self, at: usize, body: Value) {
        let path = format!("/api/orders/{}/refunds", self.orders[at].0.id);
        // The clock runs: a token of long ago counts no more.
        let owner = self.app.logged_in(&self.owner.person.email).await.client;
        let answer = owner.post(&path, body).await;
        assert!(matches!(answer.status, 201 | 409), "{answer}");
    }

    /// Places and money as the orders tell them.
    async fn told(&self) -> (i64, i64) {
        let (mut places, mut money) = (0, 0);
        for (order, _) in &self.orders {
            let answer = order.client.get(&format!("/api/orders/{}", order.id)).await.expect(200);
            let tickets = self.app.tickets(order).await;
            let line = &answer["lines"][0];
            let quantity = line["quantity"].as_i64().unwrap();
            match answer["status"].as_str().unwrap() {
                "pending" => places += quantity,
                "expired" | "cancelled" => assert!(tickets.is_empty(), "{answer}"),
                _ => {
                    assert_eq!(i64::try_from(tickets.len()).unwrap(), quantity, "{answer}");
                    let valid = tickets.iter().filter(|ticket| ticket["status"] != "revoked").count();
                    places += i64::try_from(valid).unwrap();
                    money += cents(&answer["total"]) - cents(&answer["refunded"]);
                }
            }
        }
        (places, money)
    }

    async fn sold(&self) -> i64 {
        let owner = self.app.logged_in(&self.owner.person.email).await.client;
        let quotas = owner.get(&format!("/api/events/{}/quotas", self.event.id)).await.expect(200);
        let sold = quotas.results()[0]["sold"].as_i64().unwrap();
        assert!((0..=PLACES).contains(&sold), "{sold}");
        sold
    }
}

fn cents(amount: &Value) -> i64 {
    amount.as_str().unwrap().replace('.', "").parse().unwrap()
}

#[test]
fn stock_and_money_stay_in_balance() {
    let app = run(TestApp::own(|config| config.orders.hold_seconds = 60));
    let config = Config { cases: 14, max_shrink_iters: 20, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(&steps(), |steps| {
        run(async {
            let owner = app.owner().await;
            let draft = app.event(&owner).with("capacity", PLACES);
            let draft = PRICES.iter().fold(draft, |draft, (price, _)| draft.ticket_type(price, None));
            let event = draft.publish().await;
            let before = app.books().await;
            let mut model = Model { app: &app, owner, event, orders: vec![] };
            for step in &steps {
                model.take(step).await;
                model.sold().await;
            }
            eventually("stock and money to agree", || async {
                let (places, money) = model.told().await;
                let after = app.books().await;
                let kept = (after.charged - before.charged) - (after.refunded - before.refunded);
                (places == model.sold().await && money == kept).then_some(())
            })
            .await;
        });
        Ok(())
    });
    outcome.unwrap();
}
