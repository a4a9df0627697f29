//! Names in several languages: what organizers say, and what visitors and buyers read.

use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::Method;
use crate::support::fixtures::{CARD, Event, Owner};
use crate::support::run;

fn words() -> Value {
    json!({ "ar": { "name": "حفلة الربيع", "description": "مع **فرقة**." }, "fr": { "name": "Bal du printemps" } })
}

#[test]
fn words_are_replaced_cleared_and_told_to_everybody() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).with("name", "Spring ball").with("language", "en");
        let event = event.with("translations", words()).ticket_type("0", 5).publish().await;
        let path = format!("/api/events/{}", event.id);
        let told = |answer: &Value| answer["translations"].clone();
        let same = |found: &Value| {
            assert_eq!(*found, words());
        };
        same(&told(&owner.client.get(&path).await.body));
        same(&told(&app.client().get(&format!("/api/catalog/events/{}", event.id)).await.expect(200).body));
        // Changing something else keeps them; what says nothing is none.
        same(&told(&owner.client.patch(&path, json!({ "city": "Oran" })).await.expect(200).body));
        let blank = json!({ "translations": { "fr": { "name": " \u{200b} " }, "ar": { "name": "حفلة" } } });
        let changed = owner.client.patch(&path, blank).await.expect(200);
        assert_eq!(
            (&changed["translations"]["fr"], &changed["translations"]["ar"]["name"]),
            (&Value::Null, &json!("حفلة"))
        );
        let body = json!({ "name": "Spring ball", "start_date": "2031-03-20T19:00:00Z", "end_date": "2031-03-20T23:00:00Z" });
        let replaced = owner.client.send(Method::PUT, &path, Some(body)).await.expect(200);
        assert_eq!(replaced["translations"], json!({}));
        let long = json!({ "translations": { "ar": { "name": "ح".repeat(201) } } });
        owner.client.patch(&path, long).await.invalid(&["translations/ar/name too_long"]);
        let odd = json!({ "translations": { "ar": "حفلة" } });
        owner.client.patch(&path, odd).await.problem(422, "invalid");
        let kind = format!("/api/ticket-types/{}", event.ticket_types[0]);
        let long = json!({ "translations": { "ar": { "name": "ط".repeat(121) } } });
        owner.client.patch(&kind, long).await.invalid(&["translations/ar/name too_long"]);
        let words = json!({ "translations": { "ar": { "name": "طالب", "description": "ببطاقة" } } });
        let changed = owner.client.patch(&kind, words.clone()).await.expect(200);
        assert_eq!(changed["translations"], words["translations"]);
    });
}

/// An English event with Arabic words.
async fn ball(app: &TestApp) -> (Owner, Event) {
    let owner = app.owner().await;
    let student = json!({ "name": "Student", "translations": { "ar": { "name": "طالب", "description": "ببطاقة الطالب" } } });
    let event =
        app.event(&owner).with("name", "Spring ball").with("language", "en").with("translations", words());
    let event =
        event.with("description", "With a band.").ticket_type_with("3.00", 50, student).publish().await;
    (owner, event)
}

#[test]
fn visitors_and_buyers_read_their_own_words() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, event) = ball(app).await;
        let slug = &event.slug;
        let browser = app.browser();
        let page = browser.get(&format!("/events/{slug}?lang=ar")).await.expect(200);
        for told in ["حفلة الربيع", "<strong>فرقة</strong>", "طالب", "ببطاقة الطالب"]
        {
            assert!(page.html().contains(told), "{told}: {}", page.html());
        }
        assert!(!page.html().contains("Spring ball"));
        let checkout = format!("/events/{slug}/checkout?{}=1", event.ticket_types[0]);
        browser.get(&checkout).await.expect(200).says("حفلة الربيع").says("طالب");
        // So does the list, which finds it by any of its names.
        let organization = &owner.slug;
        for (lang, search, told) in [
            ("ar", "", "حفلة الربيع"),
            ("en", "حفله", "Spring ball"),
            ("fr", "printemps", "Bal du printemps"),
        ] {
            let list = browser.get(&format!("/o/{organization}?lang={lang}")).await.expect(200);
            list.says(told);
            let query = url::form_urlencoded::byte_serialize(search.as_bytes()).collect::<String>();
            let found = app
                .client()
                .get(&format!("/api/catalog/events?organization={organization}&search={query}"))
                .await;
            let found = found.expect(200);
            assert_eq!(found["count"], 1, "{search}");
            assert_eq!(found.results()[0]["names"]["ar"], "حفلة الربيع");
        }
        // What a language lacks is told as in the event's own.
        let french = browser.get(&format!("/events/{slug}?lang=fr")).await.expect(200);
        french.says("Bal du printemps").says("With a band.").says("Student");
        browser.get(&format!("/events/{slug}?lang=en")).await.expect(200).says("Spring ball");
        // The letter, the order's page and the calendar speak the buyer's language.
        let email = format!("{}@example.org", TestApp::unique("lina"));
        let body = json!({ "event": event.id, "lines": [{ "ticket_type": event.ticket_types[0], "quantity": 1 }],
            "buyer": { "email": email, "first_name": "Lina", "last_name": "Haddad", "locale": "ar" } });
        let order = app.order(&app.client().post("/api/orders", body).await.expect(201));
        app.authorize(&app.begin_payment(&order).await, CARD).await.expect(200);
        let mail = app.mailbox.wait(&email, 1).await;
        assert!(mail.text.contains("حفلة الربيع") && mail.text.contains("طالب"), "{}", mail.text);
        assert!(mail.html.contains("حفلة الربيع") && !mail.html.contains("Spring ball"));
        let (.., calendar) = mail.attachments.iter().find(|(name, ..)| name.contains(".ics")).unwrap();
        assert!(String::from_utf8_lossy(calendar).contains("حفلة الربيع"));
        let browser = app.browser();
        let to = browser.get(&format!("/orders/{}?secret={}", order.id, order.secret)).await.expect(303).to();
        browser.get(&format!("{to}?lang=ar")).await.expect(200).says("حفلة الربيع").says("طالب");
        browser.get(&format!("{to}?lang=en")).await.expect(200).says("Spring ball").says("Student");
        // What was sold under another name keeps it.
        let kind = format!("/api/ticket-types/{}", event.ticket_types[0]);
        let vip = json!({ "name": "VIP", "translations": { "ar": { "name": "كبار الزوار" } } });
        owner.client.patch(&kind, vip).await.expect(200);
        browser.get(&format!("{to}?lang=ar")).await.expect(200).says("Student");
        // Whoever works with the order reads what was sold.
        let client = app.client().order_secret(&order.secret);
        let found = client.get(&format!("/api/orders/{}", order.id)).await.expect(200);
        assert_eq!(found["lines"][0]["name"], "Student");
    });
}

#[test]
fn an_organizer_says_them_on_the_form() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).with("language", "fr").ticket_type("3.00", 50).publish().await;
        let browser = app.browser_of(&owner.person.email).await;
        let edit = format!("/manage/events/{}/edit", event.id);
        let page = browser.get(&edit).await.expect(200);
        assert!(!page.html().contains("translations/fr/name"), "{}", page.html());
        let too_long = "ح".repeat(201);
        let fields = [("translations/ar/name", too_long.as_str()), ("translations/en/name", "Ball")];
        let again = browser.submit(&page, &edit, &fields).await.expect(422);
        assert!(again.html().contains("id=\"e-translations-ar-name\""));
        assert_eq!(again.form(&edit).value("translations/en/name"), "Ball");
        browser.submit(&again, &edit, &[("translations/ar/name", "حفلة")]).await.expect(303);
        let page = browser.get(&edit).await.expect(200);
        assert_eq!(page.form(&edit).value("translations/ar/name"), "حفلة");
        browser.submit(&page, &edit, &[("translations/ar/name", "")]).await.expect(303);
        let now = owner.client.get(&format!("/api/events/{}", event.id)).await;
        assert_eq!(
            (&now["translations"]["ar"], &now["translations"]["en"]["name"]),
            (&Value::Null, &json!("Ball"))
        );
        let kind = format!("/manage/events/{}/tickets/{}", event.id, event.ticket_types[0]);
        let page = browser.get(&kind).await.expect(200);
        browser.submit(&page, &kind, &[("translations/ar/name", "طالب")]).await.expect(303);
        let page = browser.get(&kind).await.expect(200);
        assert_eq!(page.form(&kind).value("translations/ar/name"), "طالب");
    });
}
