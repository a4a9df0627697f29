//! The organizer's pages of an event's sales, as a browser without script uses them.

use serde_json::json;

use crate::support::app::TestApp;
use crate::support::fixtures::{Event, Order, Owner};
use crate::support::pages::Browser;
use crate::support::{eventually, run};

/// An organizer with a browser and an event that sells.
struct Stage {
    owner: Owner,
    browser: Browser,
    event: Event,
}

async fn stage(app: &TestApp) -> Stage {
    let owner = app.owner().await;
    let event = app.event(&owner).ticket_type("30.00", 10).ticket_type("0.00", 5).publish().await;
    let browser = app.browser_of(&owner.person.email).await;
    Stage { owner, browser, event }
}

impl Stage {
    fn path(&self, rest: &str) -> String {
        format!("/manage/events/{}/{rest}", self.event.id)
    }

    fn order(&self, order: &Order, rest: &str) -> String {
        self.path(&format!("orders/{}{rest}", order.id))
    }

    async fn status(&self, order: &Order) -> String {
        self.owner.client.get(&format!("/api/orders/{}", order.id)).await.expect(200).text("status")
    }
}

#[test]
fn figures_follow_the_sale() {
    run(async {
        let app = TestApp::shared().await;
        let stage = stage(app).await;
        let none = stage.browser.get(&stage.path("sales")).await.expect(200).says("Tickets sold 0 of 15");
        assert!(!none.html().contains("<rect"), "nothing was sold");
        app.sold(&stage.event, &stage.event.ticket_types[0], 3).await;
        app.buy(&stage.event, &stage.event.ticket_types[0], 1).await;
        let page = stage.browser.get(&stage.path("sales")).await.expect(200);
        let page = page.says("Tickets sold 3 of 15 1 waiting for payment").says("Left 11").says("€90.00");
        assert!(page.html().contains("<rect class=\"bar\""), "{}", page.html());
        let live = stage.browser.get(&stage.path("sales.json")).await.expect(200).answer;
        assert_eq!((live["texts/sold"].as_str(), live["texts/left"].as_str()), (Some("3"), Some("11")));
        assert_eq!(live[format!("meters/{}", stage.event.ticket_types[0]).as_str()], json!([3, 10]));
        assert_eq!(live["texts/orders-pending"], "1");
        // Every language can say it.
        for lang in ["fr", "ar", "en"] {
            stage.browser.get(&format!("{}?lang={lang}", stage.path("sales"))).await.expect(200);
        }
    });
}

#[test]
fn lists_are_searched_without_accents_and_filtered() {
    run(async {
        let app = TestApp::shared().await;
        let stage = stage(app).await;
        stage.browser.get(&stage.path("orders")).await.expect(200).says("No orders yet");
        stage.browser.get(&stage.path("participants")).await.expect(200).says("No participants yet");
        let body = json!({ "event": stage.event.id,
            "buyer": { "email": "helene@example.org", "first_name": "Hélène", "last_name": "Garnier" },
            "lines": [{ "ticket_type": stage.event.ticket_types[1], "quantity": 1 }] });
        app.client().post("/api/orders", body).await.expect(201);
        let (other, _) = app.sold(&stage.event, &stage.event.ticket_types[0], 2).await;
        let get = async |rest: &str| stage.browser.get(&stage.path(rest)).await.expect(200);
        get("participants?search=HELENE").await.says("Hélène Garnier").says("1 to 1 of 1").says_not("Karim");
        get("participants?search=helene%40example").await.says("Hélène");
        get("participants?status=used").await.says("Nothing found");
        let kind = format!("participants?type={}", stage.event.ticket_types[0]);
        get(&kind).await.says("Karim Haddad").says("1 to 2 of 2").says_not("Hélène");
        get("participants?ordering=-checked_in_at&page=2").await.says("Nothing found").says_not("Karim");
        get("orders?search=helene").await.says("Hélène Garnier").says_not(&other.code);
        get("orders?status=pending").await.says("Nothing found");
        get("orders?status=paid&ordering=name").await.says("1 to 2 of 2");
        // A percent sign is a letter like others.
        get("orders?search=%25").await.says("Nothing found");
    });
}

#[test]
fn tables_are_taken_away_by_those_who_may() {
    run(async {
        let app = TestApp::shared().await;
        let stage = stage(app).await;
        app.sold(&stage.event, &stage.event.ticket_types[0], 1).await;
        for what in ["orders", "participants", "payments"] {
            let path = stage.path(&format!("export?what={what}&format=csv"));
            let file = stage.browser.get(&path).await.expect(200);
            assert!(file.answer.header("content-disposition").contains(".csv"), "{what}");
        }
        stage.browser.get(&stage.path("export?what=secrets")).await.expect(422);
        let manager = app.assigned(&stage.owner, &stage.event.id, "gestionnaire_des_salles").await;
        let manager = app.browser_of(&manager.email).await;
        manager.get(&stage.path("export?what=orders&format=csv")).await.expect(403);
        let page = manager.get(&stage.path("orders")).await.expect(200);
        assert!(!page.html().contains("export?what"), "who may not export sees no link");
    });
}

#[test]
fn readers_see_no_forms_and_strangers_see_nothing() {
    run(async {
        let app = TestApp::shared().await;
        let stage = stage(app).await;
        let (order, tickets) = app.sold(&stage.event, &stage.event.ticket_types[0], 1).await;
        let ticket = tickets[0]["id"].as_str().unwrap();
        let manager = app.assigned(&stage.owner, &stage.event.id, "gestionnaire_des_salles").await;
        let manager = app.browser_of(&manager.email).await;
        let path = stage.order(&order, "");
        let page = manager.get(&path).await.expect(200).says(&order.code);
        assert!(!page.html().contains(&format!("action=\"{path}")), "{}", page.html());
        manager.get(&stage.order(&order, "/refund")).await.expect(403);
        manager.get(&stage.path("orders/new")).await.expect(403);
        // A form that somebody makes up is refused as well.
        let own = stage.browser.get(&path).await.expect(200);
        let token = manager.get("/profile").await.expect(200).form("/profile").value("csrf").to_owned();
        for rest in ["/resend", "/cancel", "/email", &format!("/tickets/{ticket}/name"), "/refund"] {
            let mut form =
                own.form(&format!("{path}/resend")).filled(&[("csrf", &token), ("email", "x@example.org")]);
            form.action = format!("{path}{rest}");
            manager.send(form).await.expect(403);
        }
        let controller = app.controller(&stage.owner, &stage.event.id).await;
        let controller = app.browser_of(&controller.email).await;
        let stranger = app.owner().await;
        let stranger_browser = app.browser_of(&stranger.person.email).await;
        let theirs = app.event(&stranger).ticket_type("1.00", 5).publish().await;
        for rest in ["sales", "sales.json", "orders", "participants", "orders/new", "export?what=orders"] {
            stranger_browser.get(&stage.path(rest)).await.expect(404);
            controller.get(&stage.path(rest)).await.expect(403);
        }
        stranger_browser.get(&path).await.expect(404);
        // Neither below an event of their own.
        stranger_browser.get(&format!("/manage/events/{}/orders/{}", theirs.id, order.id)).await.expect(404);
        let nobody = app.browser().get(&stage.path("sales")).await;
        assert!(nobody.expect(303).to().starts_with("/login?next="));
    });
}

#[test]
fn a_refund_is_chosen_reviewed_and_done_once() {
    run(async {
        let app = TestApp::shared().await;
        let stage = stage(app).await;
        let (order, tickets) = app.sold(&stage.event, &stage.event.ticket_types[0], 3).await;
        let path = stage.order(&order, "/refund");
        let page = stage.browser.get(&path).await.expect(200).says("Left to refund: €90.00");
        let send = async |fields: &[(&str, &str)]| stage.browser.submit(&page, &path, fields).await;
        // What is wrong is told beside what was typed.
        send(&[("what", "tickets")]).await.expect(422).says("2 things");
        let wrong = send(&[("what", "amount"), ("amount", "many"), ("reason", "Ill")]).await.expect(422);
        assert_eq!(wrong.form(&path).value("amount"), "many");
        send(&[("what", "amount"), ("amount", "100"), ("reason", "Ill")]).await.expect(409);
        assert_eq!(stage.status(&order).await, "paid");
        // One ticket: its price is worked out, and nothing happens before it is confirmed.
        let first = tickets[0]["id"].as_str().unwrap();
        let review = send(&[("what", "tickets"), ("tickets", first), ("reason", "Ill")]).await.expect(200);
        let review = review.says("Refund €30.00").says("1 ticket will no longer open the gate");
        assert_eq!(stage.status(&order).await, "paid");
        let confirmed = review.form(&path);
        let back = stage.order(&order, "");
        stage.browser.send(confirmed.clone()).await.leads_to(&back);
        // The second click refunds nothing more.
        stage.browser.send(confirmed).await.leads_to(&back);
        let page = stage.browser.get(&back).await.expect(200);
        page.says("Partly refunded")
            .says("Taken back")
            .says("€30.00 to refund, 1 ticket taken back")
            .says("Ill");
        // An amount alone, with a comma; then all that is left.
        let page = stage.browser.get(&path).await.expect(200);
        let fields = [("what", "amount"), ("amount", "5,50"), ("reason", "Late")];
        let review = stage.browser.submit(&page, &path, &fields).await.expect(200).says("Refund €5.50");
        stage.browser.send(review.form(&path)).await.leads_to(&back);
        let page = stage.browser.get(&path).await.expect(200).says("Left to refund: €54.50");
        let review =
            stage.browser.submit(&page, &path, &[("what", "all"), ("reason", "All")]).await.expect(200);
        stage.browser.send(review.says("Refund €54.50").form(&path)).await.leads_to(&back);
        assert_eq!(stage.status(&order).await, "refunded");
        let live = stage.browser.get(&stage.path("sales.json")).await.expect(200).answer;
        assert_eq!((live["texts/sold"].as_str(), live["texts/revenue"].as_str()), (Some("0"), Some("€0.00")));
    });
}

#[test]
fn a_corrected_address_gets_the_tickets_and_the_old_one_none() {
    run(async {
        let app = TestApp::shared().await;
        let stage = stage(app).await;
        let (order, _) = app.sold(&stage.event, &stage.event.ticket_types[0], 1).await;
        app.mailbox.wait(&order.email, 1).await;
        let path = stage.order(&order, "");
        let page = stage.browser.get(&path).await.expect(200);
        let action = format!("{path}/email");
        stage
            .browser
            .submit(&page, &action, &[("email", "nonsense")])
            .await
            .expect(422)
            .says("e‑mail address");
        stage.browser.submit(&page, &action, &[("email", &order.email)]).await.expect(422);
        // Whoever has an account with the right address finds the order from now on.
        let right = app.person("right").await;
        let old = app.mailbox.to(&order.email).len();
        stage.browser.submit(&page, &action, &[("email", &right.email)]).await.leads_to(&path);
        let mail = app.mailbox.wait(&right.email, 2).await;
        assert!(mail.text.contains(&order.code) && !mail.attachments.is_empty(), "{mail:?}");
        assert_eq!(app.mailbox.to(&order.email).len(), old);
        let found = right.client.get("/api/orders").await.expect(200);
        assert_eq!(found.results()[0]["id"], json!(order.id));
        // The old address is sent no links any more; the guest's own link goes on to work.
        app.client().post("/api/orders/find", json!({ "email": order.email })).await.expect(204);
        app.client().post("/api/orders/find", json!({ "email": right.email })).await.expect(204);
        app.mailbox.wait(&right.email, 3).await;
        assert_eq!(app.mailbox.to(&order.email).len(), old);
        order.client.get(&format!("/api/orders/{}", order.id)).await.expect(200);
        let tickets = app.tickets(&order).await;
        assert_eq!(tickets[0]["attendee"]["email"], json!(right.email));
        let words = format!("Address corrected: {} becomes {}", order.email, right.email);
        stage.browser.get(&path).await.expect(200).says(&words).says("Nadia Benali");
    });
}

#[test]
fn a_ticket_under_another_name_has_another_code() {
    run(async {
        let app = TestApp::shared().await;
        let stage = stage(app).await;
        let (order, tickets) = app.sold(&stage.event, &stage.event.ticket_types[0], 1).await;
        app.mailbox.wait(&order.email, 1).await;
        let path = stage.order(&order, "");
        let action = format!("{path}/tickets/{}/name", tickets[0]["id"].as_str().unwrap());
        let page = stage.browser.get(&path).await.expect(200);
        let nameless = [("first_name", ""), ("last_name", "Ait")];
        stage.browser.submit(&page, &action, &nameless).await.expect(422).says("This is required");
        let name = [("first_name", "Nora"), ("last_name", "Ait")];
        let form = page.form(&action).filled(&name);
        stage.browser.send(form.clone()).await.leads_to(&path);
        stage.browser.send(form).await.leads_to(&path);
        app.mailbox.wait(&order.email, 2).await;
        let after = app.tickets(&order).await;
        assert_eq!(after[0]["attendee"]["first_name"], "Nora");
        let controller = app.controller(&stage.owner, &stage.event.id).await;
        let scan = |qr: &serde_json::Value| json!({ "event": stage.event.id, "qr_data": qr });
        let old = controller.client.post("/api/checkin", scan(&tickets[0]["qr_data"])).await;
        assert_eq!((old.status, old["code"].as_str()), (403, Some("checkin.refused")), "{old}");
        controller.client.post("/api/checkin", scan(&after[0]["qr_data"])).await.expect(200);
        // Who is inside keeps the name: the code on the way out must stay the same.
        let page =
            stage.browser.get(&path).await.expect(200).says("issued anew: Karim Haddad becomes Nora Ait");
        assert!(!page.has_form(&action));
        let mut form = page.form(&format!("{path}/email")).filled(&[("first_name", "A"), ("last_name", "B")]);
        form.action = action;
        stage.browser.send(form).await.expect(409);
    });
}

#[test]
fn mails_go_again_and_pending_orders_end() {
    run(async {
        let app = TestApp::shared().await;
        let stage = stage(app).await;
        let (paid, _) = app.sold(&stage.event, &stage.event.ticket_types[0], 1).await;
        app.mailbox.wait(&paid.email, 1).await;
        let path = stage.order(&paid, "");
        let page = stage.browser.get(&path).await.expect(200);
        assert!(!page.has_form(&format!("{path}/cancel")), "what was paid for is refunded");
        stage.browser.submit(&page, &format!("{path}/resend"), &[]).await.leads_to(&path);
        app.mailbox.wait(&paid.email, 2).await;
        let pending = app.buy(&stage.event, &stage.event.ticket_types[0], 2).await;
        let path = stage.order(&pending, "");
        let page = stage.browser.get(&path).await.expect(200);
        assert!(!page.has_form(&format!("{path}/resend")), "there is nothing to send");
        stage.browser.submit(&page, &format!("{path}/cancel"), &[]).await.leads_to(&path);
        assert_eq!(stage.status(&pending).await, "cancelled");
        let mut form = page.form(&format!("{path}/cancel"));
        form.action = format!("{path}/resend");
        stage.browser.send(form).await.expect(409).says("no tickets to send");
        stage.browser.get(&path).await.expect(200).says("Order cancelled").says_not("Cancel the order");
    });
}

#[test]
fn an_order_is_entered_by_hand_on_a_page() {
    run(async {
        let app = TestApp::shared().await;
        let stage = stage(app).await;
        let path = stage.path("orders/new");
        let page = stage.browser.get(&path).await.expect(200).says("10 places left");
        let send = async |fields: &[(&str, &str)]| stage.browser.submit(&page, &path, fields).await;
        let person = [("buyer/first_name", "Inès"), ("buyer/last_name", "Fabre")];
        // Nothing chosen; more than there is; an invitation without a reason: nothing typed is lost.
        let none = send(&person).await.expect(422);
        assert_eq!(none.form(&path).value("buyer/first_name"), "Inès");
        send(&[person[0], person[1], ("lines/1/quantity", "6")]).await.expect(409).says("not enough tickets");
        let free = [person[0], person[1], ("lines/0/quantity", "1"), ("tender", "complimentary")];
        send(&free).await.expect(422).says("2 things");
        send(&[person[0], person[1], ("lines/1/quantity", "x")]).await.expect(422);
        // Names of those who come are asked for on demand.
        let named =
            send(&[person[0], person[1], ("lines/1/quantity", "2"), ("names", "1")]).await.expect(200);
        let fields = [("lines/1/attendees/1/first_name", "Nora"), ("lines/1/attendees/1/last_name", "Ait")];
        let form = named.form(&path).filled(&fields).filled(&[("lines/0/quantity", "1")]);
        let done = stage.browser.send(form.clone()).await.expect(303).to();
        assert_eq!(
            stage.browser.send(form).await.expect(303).to(),
            done,
            "a second click enters nothing more"
        );
        let order =
            stage.browser.get(&done).await.expect(200).says("The tickets are issued: print them here.");
        order
            .says("Inès Fabre")
            .says("Nora Ait")
            .says("€30.00")
            .says("Entered by hand, paid in cash")
            .says("Cash");
        let pdf = format!("/orders/{}/tickets.pdf", done.rsplit('/').next().unwrap());
        assert_eq!(
            stage.browser.get(&pdf).await.expect(200).answer.header("content-type"),
            "application/pdf"
        );
        let small = stage.browser.get(&format!("{pdf}?size=a6")).await.expect(200).answer.bytes;
        assert!(String::from_utf8_lossy(&small).contains("/MediaBox[0 0 297.6"), "the ticket on A6");
    });
}

#[test]
fn the_organizer_hears_of_online_sales_when_wanted() {
    run(async {
        let app = TestApp::shared().await;
        let stage = stage(app).await;
        let contact = format!("{}@example.org", TestApp::unique("contact"));
        let change = json!({ "contact_email": contact });
        let path = format!("/api/organizations/{}", stage.owner.organization);
        stage.owner.client.patch(&path, change).await.expect(200);
        let page = stage.browser.get(&stage.path("sales")).await.expect(200);
        let action = stage.path("sales/notify");
        stage.browser.submit(&page, &action, &[("wanted", "on")]).await.leads_to(&stage.path("sales"));
        let kind = &stage.event.ticket_types[1];
        let by_hand = json!({ "buyer": { "first_name": "At", "last_name": "Door" },
            "lines": [{ "ticket_type": kind, "quantity": 1 }], "tender": "cash" });
        let path = format!("/api/events/{}/manual-orders", stage.event.id);
        stage.owner.client.post(&path, by_hand).await.expect(201);
        let (order, _) = app.sold(&stage.event, &stage.event.ticket_types[0], 2).await;
        let mail = eventually("the mail about the sale", || async { app.mailbox.to(&contact).pop() }).await;
        assert!(mail.subject.starts_with("New sale") && mail.says("2 tickets sold"), "{mail:?}");
        let link = mail.link("/manage/events/");
        assert!(link.ends_with(&stage.order(&order, "")), "{link}");
        // One mail an order, none for what was entered by hand, none when it is not wanted any more.
        let page = stage.browser.get(&stage.path("sales")).await.expect(200);
        assert_eq!(page.form(&action).value("wanted"), "on");
        stage.browser.send(page.form(&action).without("wanted")).await.leads_to(&stage.path("sales"));
        let (quiet, _) = app.sold(&stage.event, &stage.event.ticket_types[0], 1).await;
        app.mailbox.wait(&quiet.email, 1).await;
        assert_eq!(app.mailbox.to(&contact).len(), 1);
    });
}

#[test]
fn what_people_type_is_text_everywhere() {
    run(async {
        let app = TestApp::shared().await;
        let stage = stage(app).await;
        let evil = "<script>alert(1)</script>";
        let body = json!({ "event": stage.event.id,
            "buyer": { "email": "evil@example.org", "first_name": evil, "last_name": "\"><img src=x>" },
            "lines": [{ "ticket_type": stage.event.ticket_types[0], "quantity": 1,
                "attendees": [{ "first_name": evil, "last_name": "' onload='x" }] }] });
        let order = app.order(&app.client().post("/api/orders", body).await.expect(201));
        app.pay(&order).await;
        let refund = stage.order(&order, "/refund");
        let page = stage.browser.get(&refund).await.expect(200);
        let reason = [("what", "amount"), ("amount", "1"), ("reason", evil)];
        let review = stage.browser.submit(&page, &refund, &reason).await.expect(200);
        let mut pages = vec![page, review.clone()];
        stage.browser.send(review.form(&refund)).await.expect(303);
        for rest in
            ["sales", "orders", "participants", "orders?search=%3Cscript%3E", "participants?search=%22%3E"]
        {
            pages.push(stage.browser.get(&stage.path(rest)).await.expect(200));
        }
        pages.push(stage.browser.get(&stage.order(&order, "")).await.expect(200));
        for page in pages {
            let html = page.html();
            assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{}", page.path);
            assert!(!html.contains("' onload='x"), "{}", page.path);
        }
    });
}

#[test]
fn a_form_of_another_site_changes_nothing() {
    run(async {
        let app = TestApp::shared().await;
        let stage = stage(app).await;
        let order = app.buy(&stage.event, &stage.event.ticket_types[0], 1).await;
        let path = stage.order(&order, "");
        let page = stage.browser.get(&path).await.expect(200);
        let form = page.form(&format!("{path}/cancel")).filled(&[("csrf", "made up")]);
        stage.browser.send(form.clone()).await.expect(403);
        // Neither in the clothes of an upload.
        stage.browser.send_with_file(form, b"x").await.expect(403);
        assert!(stage.browser.has_cookie("parvis_session"));
        assert_eq!(stage.status(&order).await, "pending");
    });
}
