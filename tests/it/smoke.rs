//! The whole way once: from sign-up to the gate.

use serde_json::json;

use crate::support::app::TestApp;
use crate::support::run;

#[test]
fn from_sign_up_to_the_gate() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("30.00", 10).publish().await;
        let (order, tickets) = app.sold(&event, &event.ticket_types[0], 2).await;
        assert_eq!((order.total.as_str(), tickets.len()), ("60.00", 2));
        let found = app.client().get(&format!("/api/catalog/events/{}", event.slug)).await.expect(200);
        assert_eq!(found["id"], json!(event.id));
        let mail = app.mailbox.wait(&order.email, 1).await;
        assert!(mail.message_id.len() > 10 && mail.from == "no-reply@parvis.localhost", "{mail:?}");
        assert!(mail.text.contains(&order.code) && mail.html.contains(&order.code), "{mail:?}");
        let kinds: Vec<&str> = mail.attachments.iter().map(|(_, kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["application/pdf", "text/calendar"]);
        let controller = app.controller(&owner, &event.id).await;
        let scan = json!({ "event": event.id, "qr_data": tickets[0]["qr_data"] });
        let granted = controller.client.post("/api/checkin", scan.clone()).await.expect(200);
        assert_eq!(granted["status"], "granted");
        controller.client.post("/api/checkin", scan).await.problem(409, "checkin.already_used");
    });
}
