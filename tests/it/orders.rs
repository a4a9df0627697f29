//! Orders beside their sale: what can still be done with them, and how an organizer finds them.

use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::Answer;
use crate::support::fixtures::order_body;
use crate::support::{cluster, run};

#[test]
fn what_is_refunded_already_is_not_refundable_and_what_is_unknown_is_unknown() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 10).publish().await;
        let (order, tickets) = app.sold(&event, &event.ticket_types[0], 2).await;
        let path = format!("/api/orders/{}/refunds", order.id);
        let one = json!({ "reason": "ill", "tickets": [tickets[0]["id"]] });
        owner.client.post(&path, one.clone()).await.expect(201);
        owner.client.post(&path, one).await.problem(409, "ticketing.not_refundable");
        let unknown = json!({ "reason": "ill", "tickets": [event.id] });
        owner.client.post(&path, unknown).await.invalid(&["tickets unknown"]);
        for (lang, word) in [("fr", "rembourser"), ("en", "refund"), ("ar", "التذاكر")] {
            let client = owner.client.header("accept-language", lang);
            let both = json!({ "reason": "ill", "tickets": [tickets[0]["id"], tickets[1]["id"]] });
            let answer = client.post(&path, both).await.problem(409, "ticketing.not_refundable");
            assert!(answer.text("detail").contains(word), "{answer}");
        }
    });
}

#[test]
fn an_order_without_tickets_has_nothing_to_send() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 10).publish().await;
        let order = app.buy(&event, &event.ticket_types[0], 1).await;
        for (lang, word) in [("fr", "billets"), ("en", "tickets"), ("ar", "تذاكر")] {
            let client = order.client.header("accept-language", lang);
            let answer = client.post(&format!("/api/orders/{}/resend", order.id), json!({})).await;
            let answer = answer.problem(409, "ticketing.nothing_to_send");
            assert_eq!(answer["order_status"], "pending");
            assert!(answer.text("detail").contains(word), "{answer}");
        }
    });
}

#[test]
fn a_letter_that_comes_after_the_refund_confirms_nothing() {
    run(async {
        let app = TestApp::own(|config| config.jobs.workers = 0).await;
        let owner = app.owner_without_mail().await;
        let event = app.event(&owner).ticket_type("10.00", 10).publish().await;
        let kind = &event.ticket_types[0];
        let buy = async |email: &str| {
            let order = app.buy_as(&app.client(), email, &event, kind, 1).await;
            app.pay(&order).await;
            order
        };
        let refunded = buy("refunded@example.org").await;
        let path = format!("/api/orders/{}/refunds", refunded.id);
        owner.client.post(&path, json!({ "reason": "ill" })).await.expect(201);
        let _kept = buy("kept@example.org").await;
        app.run_jobs().await;
        assert_eq!(app.mailbox.to("kept@example.org").len(), 1);
        let mails = app.mailbox.to("refunded@example.org");
        assert!(mails.len() == 1 && mails[0].says("Refund"), "{mails:?}");
        // Nor after the event was cancelled.
        let _late = buy("late@example.org").await;
        owner.client.post(&format!("/api/events/{}/cancel", event.id), json!({})).await.expect(200);
        app.run_jobs().await;
        assert!(app.mailbox.to("late@example.org").iter().all(|mail| !mail.says("is attached")));
    });
}

#[test]
fn the_calendar_of_a_private_event_opens_it() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).with("visibility", "private").ticket_type("0", 10).publish().await;
        let link = owner.client.get(&format!("/api/events/{}", event.id)).await.text("private_link");
        let path = link.strip_prefix(&app.url("")).unwrap_or(&link).to_owned();
        let calendar = path.replace('?', "/calendar.ics?");
        let file = app.browser().get(&calendar).await.expect(200).html();
        // Long lines are folded.
        assert!(file.replace("\r\n ", "").contains(path.split("link=").nth(1).unwrap()), "{file}");
    });
}

#[test]
fn a_calendar_knows_whether_its_owner_comes() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 10).publish().await;
        let order = app.buy(&event, &event.ticket_types[0], 1).await;
        let path = format!("/api/orders/{}/calendar", order.id);
        order.client.get(&path).await.problem(404, "not_found");
        app.pay(&order).await;
        let sequence = |answer: &Answer| -> u32 {
            let text = String::from_utf8_lossy(&answer.bytes).into_owned();
            text.lines().find_map(|line| line.strip_prefix("SEQUENCE:")).unwrap().trim().parse().unwrap()
        };
        let comes = order.client.get(&path).await.expect(200);
        assert!(String::from_utf8_lossy(&comes.bytes).contains("STATUS:CONFIRMED"));
        let refund = json!({ "reason": "ill" });
        owner.client.post(&format!("/api/orders/{}/refunds", order.id), refund).await.expect(201);
        let stays = order.client.get(&path).await.expect(200);
        assert!(String::from_utf8_lossy(&stays.bytes).contains("STATUS:CANCELLED"));
        assert!(sequence(&stays) > sequence(&comes));
    });
}

#[test]
fn an_organizer_sorts_orders_and_finds_them_without_accents() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 50).publish().await;
        for (first, last, quantity) in
            [("Zoé", "Éluard", 2), ("Amélie", "Zola", 1), ("Nadia", "élan_100%", 3), ("أمينة", "بن علي", 4)]
        {
            let email = format!("{}@example.org", TestApp::unique("listed"));
            let mut body = order_body(&event.id, &event.ticket_types[0], quantity, &email);
            body["buyer"]["first_name"] = json!(first);
            body["buyer"]["last_name"] = json!(last);
            app.client().post("/api/orders", body).await.expect(201);
        }
        let list = |query: &str| {
            let (client, path) = (owner.client.clone(), format!("/api/events/{}/orders?{query}", event.id));
            async move {
                let answer = client.get(&path).await.expect(200);
                let first = |order: &Value| order["buyer"]["first_name"].as_str().unwrap().to_owned();
                assert_eq!(answer["count"], answer.results().len());
                answer.results().iter().map(first).collect::<Vec<_>>().join(" ")
            }
        };
        assert_eq!(list("").await, "أمينة Nadia Amélie Zoé");
        assert_eq!(list("ordering=created_at").await, "Zoé Amélie Nadia أمينة");
        assert_eq!(list("ordering=total").await, "Amélie Zoé Nadia أمينة");
        assert_eq!(list("ordering=-total").await, "أمينة Nadia Zoé Amélie");
        assert_eq!(list("ordering=name").await, "Nadia Zoé Amélie أمينة");
        for (search, found) in [
            ("zoe+ELUARD", "Zoé"),
            ("eluard%20zo", "Zoé"),
            ("el", "Nadia Amélie Zoé"),
            ("_100%25", "Nadia"),
            ("%25", "Nadia"),
            ("امينه", "أمينة"),
            ("listed", "أمينة Nadia Amélie Zoé"),
            ("nobody", ""),
        ] {
            assert_eq!(list(&format!("search={search}")).await, found, "{search}");
        }
        let path = format!("/api/events/{}/orders?ordering=email&status=lost&page=0", event.id);
        let wrong = ["page too_small", "status unknown_choice", "ordering unknown_choice"];
        owner.client.get(&path).await.invalid(&wrong);
    });
}

#[test]
fn coming_too_late_is_no_error_in_the_log_of_the_database() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let other = json!({ "max_per_person": 1 });
        let event = app.event(&owner).ticket_type("10.00", 1).ticket_type_with("0", 5, other).publish().await;
        let log = cluster::folder("cluster").join("postgres.log");
        let before = std::fs::read_to_string(&log).unwrap().len();
        app.buy(&event, &event.ticket_types[0], 1).await;
        let [kind, limited] = [&event.ticket_types[0], &event.ticket_types[1]];
        let body = |kind, email| order_body(&event.id, kind, 1, email);
        let client = app.client().key("late");
        let late = client.post("/api/orders", body(kind, "late@example.org")).await;
        late.problem(409, "ticketing.sold_out");
        app.client().post("/api/orders", body(limited, "one@example.org")).await.expect(201);
        let second = app.client().post("/api/orders", body(limited, "one@example.org")).await;
        second.problem(409, "ticketing.limit_exceeded");
        let log = std::fs::read_to_string(&log).unwrap();
        let said = log.get(before..).unwrap_or_default();
        assert!(!said.contains("sold out") && !said.contains("too many for one person"), "{said}");
        // Nothing of what was refused stays: neither the order nor its key.
        let path = format!("/api/events/{}/orders", event.id);
        assert_eq!(owner.client.get(&path).await.expect(200)["count"], 2);
        let quotas = owner.client.get(&format!("/api/events/{}/quotas", event.id)).await;
        let quota = quotas.results()[0]["id"].as_str().unwrap().to_owned();
        owner.client.patch(&format!("/api/quotas/{quota}"), json!({ "size": 2 })).await.expect(200);
        client.post("/api/orders", body(kind, "late@example.org")).await.expect(201);
    });
}

#[test]
fn a_role_is_given_and_chosen_in_events_that_exist() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).draft().await;
        let gone = app.event(&owner).draft().await;
        owner.client.delete(&format!("/api/events/{}", gone.id)).await.expect(204);
        let invite = |event: &str| json!({ "email": "new@example.org", "role": "exposant", "event": event });
        let path = format!("/api/organizations/{}/invitations", owner.organization);
        owner.client.post(&path, invite(&event.id)).await.expect(201);
        owner.client.post(&path, invite(&gone.id)).await.problem(404, "not_found");
        let choose = |event: &str| json!({ "event_id": event });
        owner.client.post("/api/auth/select-event", choose(&event.id)).await.expect(200);
        owner.client.post("/api/auth/select-event", choose(&gone.id)).await.problem(404, "not_found");
    });
}

#[test]
fn only_who_may_see_sales_sees_what_is_sold() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 10).publish().await;
        let path = format!("/api/events/{}/quotas", event.id);
        let quotas = owner.client.get(&path).await.expect(200);
        let quota = format!("/api/quotas/{}", quotas.results()[0]["id"].as_str().unwrap());
        for (role, status) in
            [("gestionnaire_des_salles", 200), ("controlleur_des_badges", 403), ("exposant", 403)]
        {
            let person = app.assigned(&owner, &event.id, role).await;
            person.client.get(&path).await.expect(status);
            person.client.get(&quota).await.expect(status);
            let ticket_type = format!("/api/ticket-types/{}", event.ticket_types[0]);
            person.client.get(&ticket_type).await.expect(200);
        }
    });
}
