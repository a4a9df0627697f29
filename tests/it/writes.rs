//! Writes of every kind: sent again, made of an older version, wrong in several ways at once.

use std::collections::BTreeMap;

use parvis::edges::api;
use serde_json::{Value, json};

use crate::openapi::operations;
use crate::support::app::TestApp;
use crate::support::client::{Client, Method};
use crate::support::fixtures::{CARD, PASSWORD, order_body};
use crate::support::run;

/// Writes that take no `Idempotency-Key`, and why.
const WITHOUT_KEY: &[(&str, &str)] = &[
    ("log_in", "makes a session whose tokens are secrets: an answer cannot be rebuilt"),
    ("refresh_token", "answers secrets; a lost answer may be asked for again for 30 seconds"),
    ("obtain_token", "as log_in"),
    ("renew_token", "as refresh_token"),
    ("verify_token", "makes nothing"),
    ("cancel_erasure", "makes nothing; an account that is kept stays kept"),
    ("log_in_with_code", "as log_in"),
    ("set_up_second_factor", "answers a secret, and makes nothing that counts before it is enabled"),
    ("enable_second_factor", "answers secrets; a second time there is a factor already"),
    ("renew_recovery_codes", "answers secrets; the code works once"),
    ("disable_second_factor", "makes nothing; the code works once"),
    ("cancel_email_change", "makes nothing; what was taken back stays so"),
    ("answer_email_change", "makes nothing; the link works once"),
    ("end_session", "makes nothing; a session that has ended stays ended"),
    ("end_other_sessions", "as end_session"),
    ("log_out", "makes nothing, and ends what would have to answer the repetition"),
    ("select_organization", "answers secrets, and only points the session somewhere"),
    ("select_event", "answers secrets, and only points the session somewhere"),
    ("switch_event", "answers secrets, and only points the session somewhere"),
    ("replace_password", "as change_password"),
    ("change_password", "makes nothing; the old password stops a second change"),
    ("reset_password", "makes nothing; the link works once"),
    ("change_member", "makes nothing; the role stays what it was given to be"),
    ("remove_member", "makes nothing; who is gone stays gone"),
    ("revoke_invitation", "makes nothing; what was taken back stays so"),
    ("close_organization", "asking again does not put it off"),
    ("export_organization", "makes nothing; a copy is as good as another"),
    ("keep_organization", "makes nothing; what is kept stays kept"),
    ("revoke_api_key", "makes nothing; what was revoked stays so"),
    ("upload_logo", "shows the same picture again"),
    ("delete_logo", "makes nothing; what is gone stays gone"),
];

#[test]
fn every_write_takes_a_key_but_those_that_say_why_not() {
    run(async {
        let app = TestApp::shared().await;
        let document: Value = serde_json::from_str(&api::document(&app.app).unwrap()).unwrap();
        let mut without: BTreeMap<_, _> = WITHOUT_KEY.iter().copied().collect();
        for (method, path, operation) in operations(&document).into_iter().filter(|(m, ..)| m != "GET") {
            let id = operation["operationId"].as_str().unwrap();
            let mut headers = operation["parameters"].as_array().into_iter().flatten();
            let takes = headers.any(|header| header["name"] == "Idempotency-Key" && header["in"] == "header");
            let excused = without.remove(id).is_some();
            assert!(
                takes != excused,
                "{method} {path} ({id}): takes a key: {takes}, says why not: {excused}"
            );
        }
        assert!(without.is_empty(), "{without:?}");
    });
}

/// Sends a write twice with a key and once with the key and another body; both answers must be the same.
async fn twice(client: &Client, method: Method, path: &str, body: Option<Value>) {
    let client = client.key(&TestApp::unique("key"));
    let first = client.send(method.clone(), path, body.clone()).await;
    assert!((200..300).contains(&first.status), "{first}");
    let again = client.send(method.clone(), path, body.clone()).await.expect(first.status);
    assert_eq!((&again.body, again.header("etag")), (&first.body, first.header("etag")), "{again}");
    // A guest's key is the body's.
    if let (Some(mut other), true) = (body, client.bearer().is_some()) {
        other["unnamed"] = json!("another body");
        client.send(method, path, Some(other)).await.invalid(&["Idempotency-Key key_reused"]);
    }
}

#[test]
fn what_an_organizer_sends_again_is_done_once() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let client = &owner.client;
        let event = app.event(&owner).with("capacity", 50).ticket_type("10.00", 5).draft().await;
        let path = format!("/api/events/{}", event.id);
        let own = client.get(&path).await.expect(200);
        twice(client, Method::PATCH, &path, Some(json!({ "city": "Oran" }))).await;
        let replaced =
            json!({ "name": "Anew", "start_date": own["start_date"], "end_date": own["end_date"] });
        twice(client, Method::PUT, &path, Some(replaced)).await;
        twice(client, Method::POST, &format!("{path}/publish"), Some(json!({}))).await;
        // Each of the three made one version, the repetitions none.
        assert_eq!(client.get(&path).await.header("etag"), "\"4\"");
        let ticket_type = format!("/api/ticket-types/{}", event.ticket_types[0]);
        twice(client, Method::PATCH, &ticket_type, Some(json!({ "price": "12.00" }))).await;
        let quotas = client.get(&format!("{path}/quotas")).await.expect(200);
        let quota = quotas.results().iter().find(|quota| quota["of_event"] == false).unwrap()["id"].clone();
        let quota = format!("/api/quotas/{}", quota.as_str().unwrap());
        twice(client, Method::PATCH, &quota, Some(json!({ "size": 7 }))).await;
        let more = client.post(&format!("{path}/ticket-types"), json!({ "name": "B", "price": "0" })).await;
        let more = format!("/api/ticket-types/{}", more.expect(201).text("id"));
        twice(client, Method::DELETE, &more, None).await;
        client.get(&more).await.problem(404, "not_found");
        // Another key finds nothing to remove.
        client.key("another").delete(&more).await.problem(404, "not_found");
        twice(client, Method::POST, &format!("{path}/cancel"), None).await;
        let draft = app.event(&owner).draft().await;
        twice(client, Method::DELETE, &format!("/api/events/{}", draft.id), None).await;
        let organization = format!("/api/organizations/{}", owner.organization);
        twice(client, Method::PATCH, &organization, Some(json!({ "name": "Anew" }))).await;
        assert_eq!(client.get(&organization).await.header("etag"), "\"2\"");
        twice(client, Method::PATCH, "/api/auth/profile", Some(json!({ "phone": "+33 1 23 45 67 89" })))
            .await;
        let whole = json!({ "first_name": "Nadia", "last_name": "Anew" });
        twice(client, Method::PUT, "/api/auth/profile", Some(whole)).await;
    });
}

#[test]
fn what_was_changed_since_is_not_changed_back_by_a_repetition() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).draft().await;
        let path = format!("/api/events/{}", event.id);
        let tag = owner.client.get(&path).await.header("etag").to_owned();
        let first = owner.client.key("once").header("if-match", &tag);
        first.patch(&path, json!({ "city": "Oran" })).await.expect(200);
        owner.client.patch(&path, json!({ "city": "Alger" })).await.expect(200);
        // Neither is its tag, which was right when it came first, a reason to refuse it.
        let again = first.patch(&path, json!({ "city": "Oran" })).await.expect(200);
        assert_eq!(again["city"], "Alger");
    });
}

#[test]
fn a_mail_that_is_asked_for_again_with_its_key_goes_out_once() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0", 5).publish().await;
        let (order, _) = app.sold(&event, &event.ticket_types[0], 1).await;
        app.mailbox.wait(&order.email, 1).await;
        let resend = format!("/api/orders/{}/resend", order.id);
        twice(&order.client, Method::POST, &resend, None).await;
        twice(&app.client(), Method::POST, "/api/orders/find", Some(json!({ "email": order.email }))).await;
        app.mailbox.wait(&order.email, 3).await;

        let email = format!("{}@example.org", TestApp::unique("twice"));
        let body = json!({ "email": email, "password": PASSWORD, "first_name": "N", "last_name": "B" });
        twice(&app.client(), Method::POST, "/api/auth/register", Some(body)).await;
        let token = json!({ "token": app.mailbox.wait(&email, 1).await.token() });
        let person = app.logged_in(&email).await;
        twice(&person.client, Method::POST, "/api/auth/confirm/resend", None).await;
        // Who has confirmed meanwhile gets no such mail.
        app.mailbox.wait(&email, 2).await;
        twice(&app.client(), Method::POST, "/api/auth/confirm", Some(token)).await;
        let address = Some(json!({ "email": email }));
        twice(&app.client(), Method::POST, "/api/auth/password-reset/request", address).await;
        let body = json!({ "email": email, "role": "viewer" });
        let invitations = format!("/api/organizations/{}/invitations", owner.organization);
        twice(&owner.client, Method::POST, &invitations, Some(body)).await;
        let mails = |count| app.mailbox.wait(&email, count);
        mails(4).await;
        let invited = app.mailbox.to(&email).into_iter().find(|mail| mail.text.contains("/invitation"));
        let token = json!({ "token": invited.expect("the invitation").token() });
        twice(&person.client, Method::POST, "/api/invitations/accept", Some(token)).await;
        // One that nobody asked for a second time shows that nothing is left to come.
        order.client.post(&resend, json!({})).await.expect(204);
        app.mailbox.wait(&order.email, 4).await;
        assert_eq!((app.mailbox.to(&order.email).len(), app.mailbox.to(&email).len()), (4, 4));
    });
}

#[test]
fn a_payment_that_is_begun_again_with_its_key_is_the_same_however_it_stands() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 5).publish().await;
        let order = app.buy(&event, &event.ticket_types[0], 1).await;
        let pay = format!("/api/orders/{}/pay", order.id);
        let body = json!({ "provider": "sandbox" });
        let keyed = order.client.key("pay");
        let first = keyed.post(&pay, body.clone()).await.expect(200);
        let open = keyed.post(&pay, body.clone()).await.expect(200);
        assert_eq!(open.body, first.body);
        app.authorize(&first.text("payment/id"), CARD).await.expect(200);
        let paid = keyed.post(&pay, body).await.expect(200);
        assert_eq!(
            (&paid["payment/id"], &paid["payment/status"]),
            (&first["payment/id"], &json!("succeeded"))
        );
        assert_eq!(paid["next/type"], "none");
        let other = app.buy(&event, &event.ticket_types[0], 1).await;
        twice(&other.client, Method::POST, &format!("/api/orders/{}/cancel", other.id), None).await;
        let refund = Some(json!({ "reason": "ill" }));
        twice(&owner.client, Method::POST, &format!("/api/orders/{}/refunds", order.id), refund).await;
        let payment = app.begin_payment(&app.buy(&event, &event.ticket_types[0], 1).await).await;
        let authorize = format!("/api/payments/sandbox/{payment}/authorize");
        twice(&app.client(), Method::POST, &authorize, Some(json!({ "card_number": CARD }))).await;
    });
}

/// Changes something as two people at once would: the second, who has not seen the first's change, is refused.
async fn edited(client: &Client, path: &str, change: Value) {
    let read = client.get(path).await.expect(200);
    let tag = read.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.ends_with('"'), "{path}: {tag:?}");
    let mine = client.header("if-match", &tag);
    let changed = mine.patch(path, change.clone()).await.expect(200);
    assert_ne!(changed.header("etag"), tag, "{changed}");
    mine.patch(path, change.clone()).await.problem(412, "stale");
    client.header("if-match", "\"nonsense\"").patch(path, change.clone()).await.problem(412, "stale");
    let read = client.get(path).await.expect(200);
    assert_eq!((&read.body, read.header("etag")), (&changed.body, changed.header("etag")));
    let several = format!("{tag}, W/{}", changed.header("etag"));
    client.header("if-match", &several).patch(path, change.clone()).await.expect(200);
    client.header("if-match", "*").patch(path, change).await.expect(200);
}

#[test]
fn whatever_can_be_edited_tells_its_version_and_refuses_an_older_one() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let client = &owner.client;
        let event = app.event(&owner).with("capacity", 50).ticket_type("10.00", 5).draft().await;
        let path = format!("/api/events/{}", event.id);
        edited(client, &path, json!({ "city": "Oran" })).await;
        edited(client, &format!("/api/organizations/{}", owner.organization), json!({ "name": "A" })).await;
        edited(client, "/api/auth/profile", json!({ "phone": "123456" })).await;
        let made = client.post(&format!("{path}/ticket-types"), json!({ "name": "B", "price": "1" })).await;
        let ticket_type = made.clone().expect(201).header("location").to_owned();
        assert_eq!(client.get(&ticket_type).await.header("etag"), made.header("etag"));
        edited(client, &ticket_type, json!({ "price": "2.00" })).await;
        let made =
            client.post(&format!("{path}/quotas"), json!({ "name": "Q", "size": 5 })).await.expect(201);
        let quota = made.header("location").to_owned();
        assert_eq!(client.get(&quota).await.header("etag"), made.header("etag"));
        edited(client, &quota, json!({ "size": 6 })).await;
        // The capacity is the quota's size: a change of one is a change of the other.
        let quotas = client.get(&format!("{path}/quotas")).await.expect(200);
        let whole = quotas.results().iter().find(|quota| quota["of_event"] == true).unwrap()["id"].clone();
        let whole = format!("/api/quotas/{}", whole.as_str().unwrap());
        let (before, tag) = (client.get(&path).await, client.get(&whole).await);
        client.patch(&whole, json!({ "size": 60 })).await.expect(200);
        let after = client.get(&path).await;
        assert_eq!(after["capacity"], 60);
        assert_ne!(after.header("etag"), before.header("etag"));
        client.patch(&path, json!({ "capacity": 70 })).await.expect(200);
        let late = client.header("if-match", tag.header("etag"));
        late.patch(&whole, json!({ "size": 80 })).await.problem(412, "stale");
        // Removing what somebody else has just changed is no better.
        let late = client.header("if-match", "\"1\"");
        late.delete(&ticket_type).await.problem(412, "stale");
        late.delete(&path).await.problem(412, "stale");
        // What makes no sense by itself makes none of any version.
        late.patch(&path, json!({ "name": 5 })).await.invalid(&["name type"]);
        late.patch(&ticket_type, json!({ "price": "x" })).await.invalid(&["price amount"]);
        late.patch(&quota, json!([])).await.invalid(&[" type"]);
    });
}

#[test]
fn the_form_and_what_its_fields_say_to_each_other_are_told_at_once() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let client = &owner.client;
        let body = json!({ "name": "", "start_date": "2030-02-01T00:00:00Z", "end_date": "2030-01-01T00:00:00Z",
            "capacity": -1, "category": "party", "themes": [5] });
        client.post("/api/events", body).await.invalid(&[
            "name required",
            "end_date dates_in_order",
            "capacity too_small",
            "category unknown_choice",
            "themes/0 type",
        ]);
        let event = app.event(&owner).draft().await;
        let path = format!("/api/events/{}", event.id);
        let wrong = json!({ "name": 5, "start_date": "2100-01-01T00:00:00Z", "timezone": "Moon" });
        let expected = ["name type", "end_date dates_in_order", "timezone unknown_choice"];
        client.patch(&path, wrong.clone()).await.invalid(&expected);
        client.send(Method::PUT, &path, Some(wrong)).await.invalid(&[
            "name type",
            "end_date required",
            "timezone unknown_choice",
        ]);
        let body = json!({ "name": "x".repeat(121), "price": "1.234", "quota": event.id, "min_per_order": 5,
            "max_per_order": 2, "position": 0 });
        let types = format!("{path}/ticket-types");
        client.post(&types, body).await.invalid(&[
            "name too_long",
            "price amount",
            "quota unknown_choice",
            "min_per_order too_large",
            "position too_small",
        ]);
        let made = client.post(&types, json!({ "name": "A", "price": "1" })).await.expect(201);
        let change = json!({ "price": "dear", "min_per_order": 20, "description": 7 });
        client.patch(made.header("location"), change).await.invalid(&[
            "price amount",
            "min_per_order too_large",
            "description type",
        ]);
        client.post(&format!("{path}/quotas"), json!([])).await.invalid(&[" type"]);
        let event = app.event(&owner).ticket_type_with("1", 5, json!({ "min_per_order": 2 })).publish().await;
        let order = json!({ "event": event.id, "buyer": { "email": "nobody" }, "promo_code": "FREE", "lines": [
            { "ticket_type": event.id, "quantity": 0 },
            { "ticket_type": event.ticket_types[0], "quantity": 1, "attendees": [
                { "first_name": "A", "last_name": "B" }, { "first_name": "C", "last_name": "D" }] },
        ] });
        app.client().post("/api/orders", order).await.invalid(&[
            "buyer/email email",
            "buyer/first_name required",
            "buyer/last_name required",
            "promo_code unknown",
            "lines/0/ticket_type unknown",
            "lines/0/quantity too_small",
            "lines/1/quantity below_minimum",
            "lines/1/attendees too_many",
        ]);
    });
}

#[test]
fn what_shows_nothing_is_no_name_and_half_a_place_is_none() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("0", 5).publish().await;
        let path = format!("/api/events/{}", event.id);
        let change = json!({ "name": "\u{200b}\u{feff}", "latitude": 45.7 });
        owner.client.patch(&path, change).await.invalid(&["name required", "longitude required"]);
        let mut order = order_body(&event.id, &event.ticket_types[0], 1, "a@example.org");
        order["buyer"]["first_name"] = json!("\u{200b}");
        order["lines"][0]["attendees"] = json!([{ "first_name": " ", "last_name": "B" }]);
        let wrong = ["buyer/first_name required", "lines/0/attendees/0/first_name required"];
        app.client().post("/api/orders", order).await.invalid(&wrong);
    });
}

#[test]
fn a_stranger_learns_nothing_whatever_is_sent() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, stranger) = (app.owner().await, app.owner().await);
        let event = app.event(&owner).ticket_type("10.00", 5).publish().await;
        let order = app.buy(&event, &event.ticket_types[0], 1).await;
        for path in [
            format!("/api/events/{}/manual-orders", event.id),
            format!("/api/events/{}/publish", event.id),
            format!("/api/orders/{}/pay", order.id),
            format!("/api/orders/{}/refunds", order.id),
            format!("/api/organizations/{}/invitations", owner.organization),
        ] {
            for body in ["{}", "[]", "{\"a\":", "\"x\""] {
                let answer = stranger
                    .client
                    .raw(Method::POST, &path, Some(("application/json", body.as_bytes())))
                    .await;
                answer.problem(404, "not_found");
            }
        }
    });
}

#[test]
fn nothing_is_emptied_that_cannot_be_empty() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let client = &owner.client;
        let event = app.event(&owner).with("capacity", 50).ticket_type("10.00", 5).draft().await;
        let path = format!("/api/events/{}", event.id);
        let change = json!({ "name": null, "start_date": null, "city": null, "latitude": null });
        client.patch(&path, change).await.invalid(&["name required", "start_date required", "city required"]);
        assert_eq!(
            client.patch(&path, json!({ "capacity": null })).await.expect(200)["capacity"],
            Value::Null
        );
        let ticket_type = format!("/api/ticket-types/{}", event.ticket_types[0]);
        let change = json!({ "price": null, "quota": null, "sales_end": null, "tax_rate": null });
        client.patch(&ticket_type, change).await.invalid(&["price required", "tax_rate required"]);
        let organization = format!("/api/organizations/{}", owner.organization);
        client.patch(&organization, json!({ "name": null })).await.invalid(&["name required"]);
        let profile = json!({ "first_name": null, "locale": "fr" });
        client.patch("/api/auth/profile", profile).await.invalid(&["first_name required"]);
        // What makes something new may name what it leaves out.
        let new = json!({ "name": "A", "price": "1", "quota": null, "description": null });
        client.post(&format!("{path}/ticket-types"), new).await.expect(201);
    });
}
