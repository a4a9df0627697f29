//! Money on bad days: banks that refuse, notices that come late, twice or with another sum, answers that are lost.

use chrono::Duration;
use futures_util::future::join_all;
use parvis::base::kernel::money::{Currency, Money};
use parvis::base::tenancy::TenantScope;
use parvis::domain::payments::{PaymentStatus, Standing};
use serde_json::json;
use sqlx::Row;

use crate::support::app::TestApp;
use crate::support::bank::{Bank, Mood, payment_id};
use crate::support::fixtures::{CARD, Event, Order, Owner, SILENT_CARD};
use crate::support::money::Books;
use crate::support::{eventually, run};

async fn status(order: &Order) -> String {
    order.client.get(&format!("/api/orders/{}", order.id)).await.expect(200).text("status")
}

async fn sold(owner: &Owner, event: &Event) -> i64 {
    let quotas = owner.client.get(&format!("/api/events/{}/quotas", event.id)).await.expect(200);
    quotas.results()[0]["sold"].as_i64().unwrap()
}

fn euros(cents: i64) -> Money {
    Money::from_minor(cents, Currency::parse("EUR").unwrap())
}

/// The organization of a payment or an order.
async fn scope(app: &TestApp, id: &str) -> TenantScope {
    app.app.entrance.tenancy.scope_of_id(payment_id(id)).await.unwrap().unwrap()
}

/// The provider says of itself how a payment stands.
async fn notice(app: &TestApp, payment: &str, standing: Standing) -> PaymentStatus {
    let scope = scope(app, payment).await;
    app.app.payments.notice(&scope, payment_id(payment), standing).await.unwrap().status
}

/// The refunds of an order: state, amount in minor units, and whether nobody asked for it.
async fn refunds(app: &TestApp, order: &Order) -> Vec<(String, i64, bool)> {
    let mut tx = app.app.db.tenant(&scope(app, &order.id).await).await.unwrap();
    let rows = sqlx::query(
        "SELECT status, amount, automatic FROM refund WHERE payable = $1::uuid ORDER BY created_at, id",
    )
    .bind(&order.id)
    .fetch_all(tx.conn())
    .await
    .unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
}

fn mails(app: &TestApp, order: &Order, subject: &str) -> usize {
    app.mailbox.to(&order.email).iter().filter(|mail| mail.subject.contains(subject)).count()
}

/// An owner with an event of so many places for 30 euros each.
async fn stage(app: &TestApp, places: i64) -> (Owner, Event) {
    let owner = app.owner_without_mail().await;
    let event = app.event(&owner).ticket_type("30.00", places).publish().await;
    (owner, event)
}

async fn cancel(owner: &Owner, event: &Event) {
    owner.client.post(&format!("/api/events/{}/cancel", event.id), json!({})).await.expect(200);
}

/// The cancellation goes round again after so many minutes.
async fn round_after(app: &TestApp, minutes: i64) {
    app.clock.advance(Duration::minutes(minutes) + Duration::seconds(5));
    app.run_jobs().await;
}

async fn bank() -> (TestApp, std::sync::Arc<Bank>) {
    TestApp::with_bank(|config| config.orders.hold_seconds = 60).await
}

#[test]
fn a_refund_that_fails_keeps_nobody_elses_money_and_is_tried_again() {
    run(async {
        let (app, bank) = bank().await;
        let (owner, event) = stage(&app, 30).await;
        // More than one batch of the cancellation.
        let mut orders = Vec::new();
        for _ in 0..23 {
            orders.push(app.paid(&event, &event.ticket_types[0], 1).await);
        }
        app.run_jobs().await;
        bank.takes_against(&orders[0].1, Mood::Refuses);
        bank.takes_against(&orders[1].1, Mood::Away);
        bank.takes_against(&orders[2].1, Mood::Mumbles);
        cancel(&owner, &event).await;
        app.run_jobs().await;
        for (order, _) in &orders[3..] {
            assert_eq!(status(order).await, "refunded");
        }
        assert_eq!(refunds(&app, &orders[0].0).await, [("failed".into(), 3000, false)]);
        assert_eq!(refunds(&app, &orders[1].0).await, [("pending".into(), 3000, false)]);
        assert_eq!(sold(&owner, &event).await, 3);
        round_after(&app, 2).await;
        assert_eq!(status(&orders[0].0).await, "paid", "the bank still says no");
        bank.calms_down();
        round_after(&app, 4).await;
        for (order, _) in &orders {
            assert_eq!(status(order).await, "refunded");
            assert_eq!((mails(&app, order, "Cancelled"), mails(&app, order, "")), (1, 2));
        }
        assert_eq!(sold(&owner, &event).await, 0);
        assert_eq!(app.books().await, Books { charged: 23 * 3000, refunded: 23 * 3000 });
    });
}

#[test]
fn a_bank_that_is_away_for_days_keeps_no_money() {
    run(async {
        let (app, bank) = bank().await;
        let (owner, event) = stage(&app, 5).await;
        let (asked, first) = app.paid(&event, &event.ticket_types[0], 1).await;
        let (cancelled, second) = app.paid(&event, &event.ticket_types[0], 1).await;
        bank.takes_against(&first, Mood::Away);
        bank.takes_against(&second, Mood::Refuses);
        let path = format!("/api/orders/{}/refunds", asked.id);
        owner.client.post(&path, json!({ "reason": "ill" })).await.expect(201);
        cancel(&owner, &event).await;
        for _ in 0..20 {
            app.clock.advance(Duration::hours(4));
            app.run_jobs().await;
        }
        bank.calms_down();
        app.clock.advance(Duration::hours(18));
        app.run_jobs().await;
        for order in [&asked, &cancelled] {
            assert_eq!(status(order).await, "refunded");
        }
        assert_eq!(app.books().await, Books { charged: 6000, refunded: 6000 });
    });
}

#[test]
fn what_an_organizer_could_not_refund_goes_back_with_the_cancelled_event() {
    run(async {
        let (app, bank) = bank().await;
        let (owner, event) = stage(&app, 5).await;
        let (order, payment) = app.paid(&event, &event.ticket_types[0], 2).await;
        let tickets = app.tickets(&order).await;
        bank.takes_against(&payment, Mood::Away);
        let path = format!("/api/orders/{}/refunds", order.id);
        let body = json!({ "tickets": [tickets[0]["id"]], "reason": "ill" });
        owner.client.post(&path, body).await.expect(201);
        // The cancellation refunds the other ticket, for this one's money is on its way; then it is refused.
        bank.calms_down();
        cancel(&owner, &event).await;
        app.run_jobs().await;
        assert_eq!(app.books().await.refunded, 3000);
        bank.takes_against(&payment, Mood::Refuses);
        app.clock.advance(Duration::seconds(25));
        app.run_jobs().await;
        assert_eq!((status(&order).await.as_str(), sold(&owner, &event).await), ("partially_refunded", 1));
        bank.calms_down();
        round_after(&app, 2).await;
        assert_eq!((status(&order).await.as_str(), sold(&owner, &event).await), ("refunded", 0));
        assert_eq!(app.books().await, Books { charged: 6000, refunded: 6000 });
    });
}

#[test]
fn a_refund_whose_answer_was_lost_is_made_once() {
    run(async {
        let (app, bank) = bank().await;
        let (owner, event) = stage(&app, 5).await;
        let (order, payment) = app.paid(&event, &event.ticket_types[0], 2).await;
        let tickets = app.tickets(&order).await;
        bank.takes_against(&payment, Mood::Mumbles);
        let path = format!("/api/orders/{}/refunds", order.id);
        let body = json!({ "tickets": [tickets[0]["id"]], "reason": "ill" });
        let first = owner.client.key("r").post(&path, body.clone()).await.expect(201);
        assert_eq!((first["status"].as_str(), sold(&owner, &event).await), (Some("pending"), 2));
        bank.calms_down();
        // The organizer's second click, a third one and the job, all at once.
        app.clock.advance(Duration::seconds(25));
        let (client, jobs) = (owner.client.key("r"), app.run_jobs());
        let clicks = join_all((0..2).map(|_| client.post(&path, body.clone())));
        let (answers, ()) = futures_util::join!(clicks, jobs);
        for answer in answers {
            let answer = answer.expect(201);
            assert_eq!(
                (answer["id"].clone(), answer.text("status")),
                (first["id"].clone(), "succeeded".into())
            );
        }
        assert_eq!((status(&order).await.as_str(), sold(&owner, &event).await), ("partially_refunded", 1));
        app.run_jobs().await;
        assert_eq!(mails(&app, &order, "€30.00"), 1);
        assert_eq!(app.books().await, Books { charged: 6000, refunded: 3000 });
    });
}

#[test]
fn a_payment_that_was_given_up_pays_when_its_money_comes() {
    run(async {
        let (app, _) = bank().await;
        let (owner, event) = stage(&app, 5).await;
        for given_up in [Standing::Failed, Standing::Cancelled] {
            // While the places are held, and when they are free again.
            for wait in [0, 61] {
                let order = app.buy(&event, &event.ticket_types[0], 1).await;
                let payment = app.begin_payment(&order).await;
                assert_ne!(notice(&app, &payment, given_up).await, PaymentStatus::Pending);
                app.clock.advance(Duration::seconds(wait));
                status(&order).await;
                assert_eq!(notice(&app, &payment, Standing::Pending).await.code(), given_up_code(given_up));
                app.authorize(&payment, CARD).await.expect(200);
                assert_eq!((status(&order).await.as_str(), app.tickets(&order).await.len()), ("paid", 1));
                // What the provider says afterwards changes nothing.
                assert_eq!(notice(&app, &payment, given_up).await, PaymentStatus::Succeeded);
                assert_eq!(status(&order).await, "paid");
            }
        }
        assert_eq!(sold(&owner, &event).await, 4);
        app.run_jobs().await;
        assert_eq!(app.books().await, Books { charged: 4 * 3000, refunded: 0 });
    });
}

fn given_up_code(standing: Standing) -> &'static str {
    if standing == Standing::Failed { "failed" } else { "cancelled" }
}

#[test]
fn a_payment_that_was_given_up_goes_back_when_its_places_are_gone() {
    run(async {
        let (app, _) = bank().await;
        let (owner, event) = stage(&app, 1).await;
        let late = app.buy(&event, &event.ticket_types[0], 1).await;
        let payment = app.begin_payment(&late).await;
        notice(&app, &payment, Standing::Cancelled).await;
        app.clock.advance(Duration::seconds(61));
        let (other, _) = app.paid(&event, &event.ticket_types[0], 1).await;
        app.authorize(&payment, CARD).await.expect(200);
        assert_eq!(refunds(&app, &late).await, [("pending".into(), 3000, true)]);
        app.run_jobs().await;
        assert_eq!(refunds(&app, &late).await, [("succeeded".into(), 3000, true)]);
        assert_eq!((status(&late).await.as_str(), status(&other).await.as_str()), ("expired", "paid"));
        assert_eq!(mails(&app, &late, "has been refunded"), 1);
        assert_eq!((app.books().await.refunded, sold(&owner, &event).await), (3000, 1));
    });
}

#[test]
fn an_order_is_paid_by_one_payment_and_the_others_go_back() {
    run(async {
        let (app, _) = bank().await;
        let (owner, event) = stage(&app, 5).await;
        let order = app.buy(&event, &event.ticket_types[0], 1).await;
        let first = app.begin_payment(&order).await;
        notice(&app, &first, Standing::Failed).await;
        let second = app.begin_payment(&order).await;
        assert_ne!(first, second);
        // The payer had two pages open and used both, at once.
        let (one, two) = futures_util::join!(app.authorize(&first, CARD), app.authorize(&second, CARD));
        one.expect(200);
        two.expect(200);
        app.run_jobs().await;
        assert_eq!((status(&order).await.as_str(), app.tickets(&order).await.len()), ("paid", 1));
        assert_eq!(refunds(&app, &order).await, [("succeeded".into(), 3000, true)]);
        assert_eq!(app.books().await, Books { charged: 6000, refunded: 3000 });
        // What is left is refunded from the payment that counts.
        owner
            .client
            .post(&format!("/api/orders/{}/refunds", order.id), json!({ "reason": "x" }))
            .await
            .expect(201);
        assert_eq!((app.books().await.refunded, sold(&owner, &event).await), (6000, 0));
    });
}

#[test]
fn another_sum_or_currency_pays_nothing_and_goes_back() {
    run(async {
        let (app, _) = bank().await;
        let (owner, event) = stage(&app, 5).await;
        for (cents, currency) in [(2999, "EUR"), (3001, "EUR"), (3000, "USD")] {
            let before = app.books().await.refunded;
            let order = app.buy(&event, &event.ticket_types[0], 1).await;
            let payment = app.begin_payment(&order).await;
            let mut tx = app.app.db.platform().await.unwrap();
            sqlx::query("UPDATE platform.sandbox_charge SET amount = $2, currency = $3 WHERE id = $1::uuid")
                .bind(&payment)
                .bind(cents)
                .bind(currency)
                .execute(tx.conn())
                .await
                .unwrap();
            tx.commit().await.unwrap();
            app.authorize(&payment, CARD).await.expect(200);
            assert_eq!((status(&order).await.as_str(), app.tickets(&order).await.len()), ("pending", 0));
            app.run_jobs().await;
            assert_eq!(refunds(&app, &order).await, [("succeeded".into(), cents, true)]);
            assert_eq!(app.books().await.refunded - before, cents);
            assert_eq!(mails(&app, &order, "has been refunded"), 1);
            // The order still waits for its own sum.
            app.pay(&order).await;
        }
        assert_eq!(sold(&owner, &event).await, 3);
    });
}

#[test]
fn a_notice_that_comes_many_times_at_once_settles_once() {
    run(async {
        let (app, _) = bank().await;
        let (_, event) = stage(&app, 1).await;
        let (late, order) = {
            let late = app.buy(&event, &event.ticket_types[0], 1).await;
            let payment = app.begin_payment(&late).await;
            app.clock.advance(Duration::seconds(61));
            let order = app.buy(&event, &event.ticket_types[0], 1).await;
            ((late, payment), (order.clone(), app.begin_payment(&order).await))
        };
        for (_, payment) in [&late, &order] {
            // The card service's own books, without its notice.
            let sandbox = app.app.sandbox.clone();
            sandbox.authorize(payment_id(payment), SILENT_CARD, None).await.unwrap();
            let polled = scope(&app, payment).await;
            let notices = (0..6).map(|_| notice(&app, payment, Standing::Succeeded(euros(3000))));
            let poll = app.app.payments.refresh(&polled, payment_id(payment));
            let (standings, polled) = futures_util::join!(join_all(notices), poll);
            assert!(standings.iter().all(|standing| *standing == PaymentStatus::Succeeded), "{standings:?}");
            assert_eq!(polled.unwrap().status, PaymentStatus::Succeeded);
        }
        app.run_jobs().await;
        assert_eq!(refunds(&app, &late.0).await, [("succeeded".into(), 3000, true)]);
        assert_eq!((app.tickets(&late.0).await.len(), mails(&app, &late.0, "has been refunded")), (0, 1));
        assert_eq!((refunds(&app, &order.0).await.len(), app.tickets(&order.0).await.len()), (0, 1));
        eventually("one mail", || async { (mails(&app, &order.0, "") == 1).then_some(()) }).await;
        assert_eq!(app.books().await, Books { charged: 6000, refunded: 3000 });
    });
}
