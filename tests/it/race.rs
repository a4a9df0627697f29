//! Many at once, over HTTP, against the real program: nothing is sold twice, also when it is killed.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use sqlx::Connection;

use crate::support::client::Client;
use crate::support::fixtures::{CARD, PASSWORD, order_body};
use crate::support::process::Process;
use crate::support::{eventually, run};

/// An owner with an event that has so many places.
struct Stage {
    owner: Client,
    event: String,
    kind: String,
}

async fn stage(process: &Process, places: i64) -> Stage {
    let client = process.client();
    let email = "owner@example.org";
    let body = json!({ "email": email, "password": PASSWORD, "first_name": "Nadia", "last_name": "Benali" });
    client.post("/api/auth/register", body).await.expect(201);
    let token = process.mailbox().wait(email, 1).await.token();
    client.post("/api/auth/confirm", json!({ "token": token })).await.expect(200);
    let owner = owner(process).await;
    let body = json!({ "name": "Race", "slug": "race", "country": "FR", "currency": "EUR", "locale": "en",
        "timezone": "Europe/Paris" });
    let organization = owner.post("/api/organizations", body).await.expect(201).text("id");
    let choice = json!({ "organization": organization });
    let owner =
        client.token(&owner.post("/api/auth/select-organization", choice).await.expect(200).text("access"));
    let body =
        json!({ "name": "Race", "start_date": "2030-01-01T10:00:00Z", "end_date": "2030-01-01T12:00:00Z" });
    let event = owner.post("/api/events", body).await.expect(201).text("id");
    let quota = json!({ "name": "All", "size": places });
    let quota = owner.post(&format!("/api/events/{event}/quotas"), quota).await.expect(201).text("id");
    let kind = json!({ "name": "Seat", "price": "10.00", "quota": quota });
    let kind = owner.post(&format!("/api/events/{event}/ticket-types"), kind).await.expect(201).text("id");
    owner.post(&format!("/api/events/{event}/publish"), json!({})).await.expect(200);
    Stage { owner, event, kind }
}

async fn owner(process: &Process) -> Client {
    let body = json!({ "email": "owner@example.org", "password": PASSWORD });
    let login = process.client().post("/api/auth/login", body).await.expect(200);
    process.client().token(&login.text("access"))
}

async fn sold(owner: &Client, stage: &Stage) -> i64 {
    let quotas = owner.get(&format!("/api/events/{}/quotas", stage.event)).await.expect(200);
    quotas.results()[0]["sold"].as_i64().unwrap()
}

#[test]
fn two_thousand_buyers_for_five_hundred_places() {
    run(async {
        let process = Process::start(&[]).await;
        let stage = Arc::new(stage(&process, 500).await);
        let buyers = stream::iter(0..2000).map(|n| {
            let (client, stage) = (process.client_shared(), stage.clone());
            async move {
                let body = order_body(&stage.event, &stage.kind, 1, &format!("buyer{n}@example.org"));
                let answer = client.post("/api/orders", body).await;
                if answer.status == 201 {
                    return 1;
                }
                answer.problem(409, "ticketing.sold_out");
                0
            }
        });
        let got: i32 = buyers.buffer_unordered(64).collect::<Vec<_>>().await.into_iter().sum();
        assert_eq!(got, 500);
        assert_eq!(sold(&stage.owner, &stage).await, 500);
    });
}

/// One buyer's whole way; what happens when the server is gone is nobody's fault.
async fn buy(base: String, http: reqwest::Client, stage: Arc<Stage>, n: usize) -> Option<()> {
    let post = async |path: String, body: Value| {
        let request = http.post(format!("{base}{path}")).header("content-type", "application/json");
        let answer = request.body(body.to_string()).send().await.ok()?;
        let status = answer.status().as_u16();
        let body: Value = serde_json::from_slice(&answer.bytes().await.ok()?).ok()?;
        assert!(matches!(status, 200 | 201 | 409), "{path} answered {status}: {body}");
        (status != 409).then_some(body)
    };
    let body = order_body(&stage.event, &stage.kind, 1, &format!("buyer{n}@example.org"));
    let order = post("/api/orders".into(), body).await?;
    let (id, secret) = (order["id"].as_str()?, order["secret"].as_str()?);
    let payment =
        post(format!("/api/orders/{id}/pay?secret={secret}"), json!({ "provider": "sandbox" })).await?;
    let payment = payment["payment"]["id"].as_str()?;
    post(format!("/api/payments/sandbox/{payment}/authorize"), json!({ "card_number": CARD })).await?;
    Some(())
}

#[test]
fn a_crash_in_the_middle_of_a_sale_loses_no_place_and_no_ticket() {
    run(async {
        const HOLD: u64 = 4;
        let hold = HOLD.to_string();
        let mut process = Process::start(&[("PARVIS__ORDERS__HOLD_SECONDS", hold.as_str())]).await;
        let stage = Arc::new(stage(&process, 150).await);
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let base = process.base();
        let rush = {
            let (stage, http, base) = (stage.clone(), http.clone(), base.clone());
            tokio::spawn(async move {
                let all = stream::iter(0..400).map(|n| buy(base.clone(), http.clone(), stage.clone(), n));
                all.buffer_unordered(32).collect::<Vec<_>>().await
            })
        };
        // In the middle: when some have their tickets and others are on their way.
        eventually("some sales", || async { (sold(&stage.owner, &stage).await > 40).then_some(()) }).await;
        process.kill9();
        rush.await.unwrap();
        process.restart().await;
        let owner = owner(&process).await;
        tokio::time::sleep(Duration::from_secs(HOLD)).await;
        // An order that has expired may still be paid, by a payment whose notice was lost in the crash.
        eventually("every payment to have ended", || async {
            (pending_payments(&process).await == 0).then_some(())
        })
        .await;
        let (orders, tickets) = eventually("every order to have ended", || async {
            let orders = all_orders(&owner, &stage).await;
            let mut tickets = 0;
            for order in &orders {
                match order["status"].as_str().unwrap() {
                    "pending" => return None,
                    "paid" => {
                        let path = format!("/api/orders/{}/tickets", order["id"].as_str().unwrap());
                        let found = owner.get(&path).await.expect(200).results().len();
                        assert_eq!(found, 1, "a paid order has its ticket, once");
                        tickets += 1;
                    }
                    "expired" | "refunded" => {}
                    other => panic!("{other}"),
                }
            }
            Some((orders.len(), tickets))
        })
        .await;
        assert!(orders > 0 && tickets > 0, "{orders} orders, {tickets} tickets");
        eventually("the places", || async { (sold(&owner, &stage).await == tickets).then_some(()) }).await;
        // What is left is sold to the last place, and no more.
        let rest = stream::iter(1000..1200).map(|n| buy(base.clone(), http.clone(), stage.clone(), n));
        let more = rest.buffer_unordered(32).filter_map(|got| async move { got }).count().await;
        assert_eq!(i64::try_from(more).unwrap() + tickets, 150);
    });
}

/// The payments of the first organization whose end is not known yet.
async fn pending_payments(process: &Process) -> i64 {
    let url = process.variable("PARVIS__DATABASE__URL");
    let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
    let pending = sqlx::query_scalar("SELECT count(*) FROM t_1.payment WHERE status = 'pending'");
    pending.fetch_one(&mut connection).await.unwrap()
}

async fn all_orders(owner: &Client, stage: &Stage) -> Vec<Value> {
    let mut all = Vec::new();
    for page in 1.. {
        let path = format!("/api/events/{}/orders?page_size=100&page={page}", stage.event);
        let answer = owner.get(&path).await.expect(200);
        all.extend(answer.results().iter().cloned());
        if answer["next"].is_null() {
            break;
        }
    }
    all
}
