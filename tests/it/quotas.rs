//! Ticket types that move between quotas while places are held, sold and on their way back.

use std::sync::Arc;

use chrono::Duration;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::bank::{Bank, Mood};
use crate::support::client::Answer;
use crate::support::fixtures::{Event, Order, Owner, order_body};
use crate::support::run;

/// An event with one ticket type, its quota and another one.
struct Stage {
    app: TestApp,
    bank: Arc<Bank>,
    owner: Owner,
    event: Event,
    kind: String,
    quotas: [String; 2],
}

impl Stage {
    async fn new(sizes: [i64; 2]) -> Self {
        let (app, bank) = TestApp::with_bank(|_| {}).await;
        let owner = app.owner_without_mail().await;
        let event = app.event(&owner).ticket_type("30.00", sizes[0]).publish().await;
        let path = format!("/api/events/{}/quotas", event.id);
        let first = owner.client.get(&path).await.expect(200).results()[0]["id"].as_str().unwrap().to_owned();
        let other = json!({ "name": "Other", "size": sizes[1] });
        let other = owner.client.post(&path, other).await.expect(201).text("id");
        let kind = event.ticket_types[0].clone();
        Self { app, bank, owner, event, kind, quotas: [first, other] }
    }

    /// Moves the ticket type to this quota, or out of both.
    async fn to(&self, quota: Option<usize>) -> Answer {
        let body = json!({ "quota": quota.map(|at| &self.quotas[at]) });
        self.owner.client.patch(&format!("/api/ticket-types/{}", self.kind), body).await
    }

    /// What is sold of both quotas.
    async fn sold(&self) -> [i64; 2] {
        let path = format!("/api/events/{}/quotas", self.event.id);
        let answer = self.owner.client.get(&path).await.expect(200);
        let of = |id: &String| {
            let quota = answer.results().iter().find(|quota| quota["id"] == id.as_str()).unwrap();
            let (sold, size) = (quota["sold"].as_i64().unwrap(), quota["size"].as_i64().unwrap());
            assert!((0..=size).contains(&sold), "{quota}");
            sold
        };
        [of(&self.quotas[0]), of(&self.quotas[1])]
    }

    /// Asks for the money of one ticket of the order, which the bank keeps to itself for now.
    async fn begin_refund(&self, order: &Order, payment: &str) {
        self.bank.takes_against(payment, Mood::Away);
        let ticket = self.app.tickets(order).await[0]["id"].clone();
        let body = json!({ "tickets": [ticket], "reason": "ill" });
        let path = format!("/api/orders/{}/refunds", order.id);
        assert_eq!(self.owner.client.post(&path, body).await.expect(201)["status"], "pending");
    }

    /// The bank answers now.
    async fn end_refunds(&self) {
        self.app.clock.advance(Duration::seconds(25));
        self.app.run_jobs().await;
    }

    /// The places that an order holds, as it tells itself.
    async fn places(&self, order: &Order) -> i64 {
        let answer = order.client.get(&format!("/api/orders/{}", order.id)).await.expect(200);
        if answer["status"] == "pending" {
            return answer["lines"][0]["quantity"].as_i64().unwrap();
        }
        let valid = |ticket: &&Value| ticket["status"] != "revoked";
        i64::try_from(self.app.tickets(order).await.iter().filter(valid).count()).unwrap()
    }
}

#[test]
fn places_on_their_way_back_move_with_their_ticket_type() {
    run(async {
        for (mood, held) in [(None, 2), (Some(Mood::Refuses), 3), (Some(Mood::Mumbles), 3)] {
            let stage = Stage::new([9, 4]).await;
            let (order, payment) = stage.app.paid(&stage.event, &stage.kind, 3).await;
            stage.begin_refund(&order, &payment).await;
            assert_eq!(stage.sold().await, [3, 0]);
            stage.to(Some(1)).await.expect(200);
            assert_eq!(stage.sold().await, [0, 3], "the place is not free before its money is back");
            // A hold, too; and no more than fits.
            stage.app.buy(&stage.event, &stage.kind, 1).await;
            let body = order_body(&stage.event.id, &stage.kind, 1, "late@example.org");
            stage.app.client().post("/api/orders", body).await.problem(409, "ticketing.sold_out");
            stage.bank.calms_down();
            if let Some(mood) = mood {
                stage.bank.takes_against(&payment, mood);
            }
            stage.end_refunds().await;
            assert_eq!(stage.sold().await, [0, held + 1], "{mood:?}");
            stage.to(Some(0)).await.expect(200);
            assert_eq!(stage.sold().await, [held + 1, 0]);
            // Out of every quota and into one again.
            stage.to(None).await.expect(200);
            assert_eq!(stage.sold().await, [0, 0]);
            stage.to(Some(1)).await.expect(200);
            assert_eq!(stage.sold().await, [0, held + 1]);
        }
    });
}

#[test]
fn a_quota_without_room_takes_no_ticket_type_and_nothing_changes() {
    run(async {
        let stage = Stage::new([9, 2]).await;
        let (order, payment) = stage.app.paid(&stage.event, &stage.kind, 3).await;
        stage.begin_refund(&order, &payment).await;
        stage.to(Some(1)).await.problem(409, "events.quota_below_sold");
        assert_eq!(stage.sold().await, [3, 0]);
        stage.bank.calms_down();
        stage.end_refunds().await;
        stage.to(Some(1)).await.expect(200);
        assert_eq!(stage.sold().await, [0, 2]);
    });
}

#[test]
fn a_capacity_that_comes_later_counts_places_on_their_way_back() {
    run(async {
        let stage = Stage::new([9, 9]).await;
        let (order, payment) = stage.app.paid(&stage.event, &stage.kind, 3).await;
        stage.begin_refund(&order, &payment).await;
        let path = format!("/api/events/{}", stage.event.id);
        stage.owner.client.patch(&path, json!({ "capacity": 2 })).await.expect(409);
        stage.owner.client.patch(&path, json!({ "capacity": 3 })).await.expect(200);
        let capacity = async || {
            let path = format!("/api/events/{}/quotas", stage.event.id);
            let quotas = stage.owner.client.get(&path).await.expect(200);
            let all: i64 = quotas.results().iter().map(|quota| quota["sold"].as_i64().unwrap()).sum();
            all - stage.sold().await.iter().sum::<i64>()
        };
        assert_eq!(capacity().await, 3);
        stage.bank.calms_down();
        stage.end_refunds().await;
        assert_eq!((capacity().await, stage.sold().await), (2, [2, 0]));
    });
}

#[test]
fn a_type_that_moves_while_everybody_buys_and_refunds_loses_no_place() {
    run(async {
        let stage = Stage::new([30, 30]).await;
        let mut orders = Vec::new();
        for n in 0..8 {
            let (order, payment) = stage.app.paid(&stage.event, &stage.kind, 2).await;
            stage.begin_refund(&order, &payment).await;
            orders.push((n, order, payment));
        }
        stage.bank.calms_down();
        for (_, _, payment) in orders.iter().filter(|(n, ..)| n % 2 == 0) {
            stage.bank.takes_against(payment, Mood::Refuses);
        }
        let moving = async {
            for n in 0..12 {
                stage.to([Some(1), None, Some(0)][n % 3]).await.expect(200);
                stage.sold().await;
            }
        };
        let buying = join_all((0..6).map(|_| stage.app.paid(&stage.event, &stage.kind, 1)));
        let holding = join_all((0..6).map(|_| stage.app.buy(&stage.event, &stage.kind, 1)));
        let ((), bought, held, ()) = futures_util::join!(moving, buying, holding, stage.end_refunds());
        stage.to(Some(1)).await.expect(200);
        let bought = bought.into_iter().map(|(order, _)| order);
        let mut places = 0;
        for order in orders.into_iter().map(|(_, order, _)| order).chain(bought).chain(held) {
            places += stage.places(&order).await;
        }
        assert_eq!((places, stage.sold().await), (4 * 2 + 4 + 6 + 6, [0, places]));
    });
}
