//! The pages of those who organize: from nothing to a published event, and everything that may go wrong.

use crate::support::app::TestApp;
use crate::support::fixtures::PASSWORD;
use crate::support::pages::{Browser, Page};
use crate::support::run;

const XSS: &str = "\"><script>alert(1)</script>";

/// What makes an event that can be sold.
pub fn fields(name: &str) -> Vec<(&str, &str)> {
    vec![
        ("name", name),
        ("start_date", "2031-12-12T20:30"),
        ("end_date", "2031-12-12T23:00"),
        ("ticket/price", "24,50"),
        ("capacity", "120"),
    ]
}

/// The page of a new event.
pub async fn new_event(browser: &Browser, name: &str) -> String {
    let page = browser.get("/manage/events/new").await.expect(200);
    browser.submit(&page, "/manage/events/new", &fields(name)).await.expect(303).to()
}

#[test]
fn from_sign_up_to_a_published_event_with_few_fields() {
    run(async {
        let app = TestApp::shared().await;
        let browser = app.browser();
        let email = format!("{}@example.org", TestApp::unique("fresh"));
        let mut typed = 0;
        browser.get("/manage").await.leads_to("/login?next=%2Fmanage");
        let page = browser.get("/signup?next=/manage").await.expect(200);
        let person = [
            ("first_name", "Nadia"),
            ("last_name", "Benali"),
            ("email", email.as_str()),
            ("password", PASSWORD),
        ];
        typed += person.len();
        browser.submit(&page, "/signup", &person).await.expect(303);
        let token = app.mailbox.wait(&email, 1).await.token();
        let page = browser.get(&format!("/confirm?token={token}")).await.expect(200);
        browser.submit(&page, "/confirm", &[]).await.leads_to("/manage");
        browser.get("/manage").await.leads_to("/manage/start");
        let page = browser.get("/manage/start").await.expect(200);
        assert_eq!(page.form("/manage/start").value("country"), "GB");
        let name = TestApp::unique("Société d’été");
        typed += 1;
        browser.submit(&page, "/manage/start", &[("name", &name)]).await.leads_to("/manage");
        browser.get("/manage").await.expect(200).says("No event yet");
        let settings = browser.get("/manage/settings").await.expect(200).form("/manage/settings");
        assert_eq!((settings.value("currency"), settings.value("timezone")), ("GBP", "Europe/London"));
        let fields = fields("Night of organs");
        typed += fields.len();
        let page = browser.get("/manage/events/new").await.expect(200);
        let here = browser.submit(&page, "/manage/events/new", &fields).await.expect(303).to();
        // A second click makes no second event.
        let again = browser.submit(&page, "/manage/events/new", &fields).await.expect(303).to();
        assert_eq!(here, again);
        let page = browser.get(&here).await.expect(200).says("Draft").says("£24.50").says("120 left");
        browser.submit(&page, &format!("{here}/publish"), &[]).await.leads_to(&here);
        let page = browser.get(&here).await.expect(200).says("On sale");
        let html = page.html();
        let slug = html.split("data-share=\"").nth(1).unwrap().split('"').next().unwrap();
        let path = slug.split_once("/events/").unwrap().1;
        app.browser().get(&format!("/events/{path}")).await.expect(200).says("Night of organs").says("20:30");
        assert!(typed <= 15, "{typed} fields");
    });
}

#[test]
fn nobody_founds_without_a_confirmed_address() {
    run(async {
        let app = TestApp::shared().await;
        let email = format!("{}@example.org", TestApp::unique("unconfirmed"));
        app.register(&email).await;
        let browser = app.browser_of(&email).await;
        let page = browser.get("/manage/start").await.expect(200).says("is not confirmed yet");
        assert!(!page.has_form("/manage/start"));
        let mut form = page.form("/profile/confirmation").filled(&[
            ("name", "Early"),
            ("contact_email", &email),
            ("country", "FR"),
            ("locale", "fr"),
        ]);
        form.action = "/manage/start".into();
        browser.send(form).await.expect(403);
    });
}

#[test]
fn an_address_that_nobody_chose_gives_way_and_a_chosen_one_is_told() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let person = app.person("second").await;
        let browser = app.browser_of(&person.email).await;
        let page = browser.get("/manage/start").await.expect(200);
        let taken = [("name", "Two"), ("slug", owner.slug.as_str())];
        let page = browser.submit(&page, "/manage/start", &taken).await.expect(422);
        assert!(page.html().contains("id=\"e-slug\""), "{}", page.html());
        let same = [("name", owner.slug.as_str()), ("slug", "")];
        browser.submit(&page, "/manage/start", &same).await.leads_to("/manage");
        // Somebody with two organizations goes from one to the other.
        let page = browser.get("/manage/start").await.expect(200);
        let name = TestApp::unique("Another one");
        browser.submit(&page, "/manage/start", &[("name", &name)]).await.leads_to("/manage");
        let page = browser.get("/manage").await.expect(200).says(&name);
        let html = page.html();
        let id = html.split("name=\"organization\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        browser.submit(&page, "/manage/select", &[("organization", id)]).await.leads_to("/manage");
        let page = browser.get("/manage").await.expect(200);
        let other = page.form("/manage/select").filled(&[("organization", &owner.organization)]);
        browser.send(other).await.expect(404);
    });
}

#[test]
fn everything_wrong_with_an_event_is_told_at_once_and_nothing_is_lost() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let browser = app.browser_of(&owner.person.email).await;
        let page = browser.get("/manage/events/new").await.expect(200);
        let wrong = [
            ("name", ""),
            ("start_date", "2031-12-12T20:30"),
            ("end_date", "2031-12-11T23:00"),
            ("latitude", "95"),
            ("contact_email", "nobody"),
            ("ticket/price", "a lot"),
            ("description", XSS),
        ];
        let page = browser.submit(&page, "/manage/events/new", &wrong).await.expect(422);
        let html = page.html();
        for field in ["name", "latitude", "ticket-price"] {
            assert!(html.contains(&format!("id=\"e-{field}\"")), "{field}: {html}");
        }
        let form = page.form("/manage/events/new");
        assert_eq!((form.value("end_date"), form.value("description")), ("2031-12-11T23:00", XSS));
        let name = [("name", "Named"), ("latitude", ""), ("ticket/price", "5"), ("contact_email", "")];
        let page = browser.submit(&page, "/manage/events/new", &name).await.expect(422);
        assert!(page.html().contains("id=\"e-end_date\""), "{}", page.html());
        let page = browser.submit(&page, "/manage/events/new", &[("start_date", "soon")]).await.expect(422);
        assert!(page.html().contains("id=\"e-start_date\""), "{}", page.html());
        assert_eq!(page.form("/manage/events/new").value("start_date"), "soon");
    });
}

#[test]
fn what_organizers_type_shows_escaped_everywhere() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let browser = app.browser_of(&owner.person.email).await;
        let page = browser.get("/manage/events/new").await.expect(200);
        let mut evil = fields(XSS);
        evil.extend([
            ("description", XSS),
            ("location", XSS),
            ("city", XSS),
            ("terms", XSS),
            ("ticket/name", XSS),
        ]);
        let here = browser.submit(&page, "/manage/events/new", &evil).await.expect(303).to();
        let tickets = format!("{here}/tickets");
        let page = browser.get(&tickets).await.expect(200);
        let more = [("name", XSS), ("price", "0"), ("description", XSS)];
        browser.submit(&page, &tickets, &more).await.expect(303);
        browser.submit(&page, &format!("{here}/quotas"), &[("name", XSS), ("size", "5")]).await.expect(303);
        let page = browser.get(&here).await.expect(200);
        browser.submit(&page, &format!("{here}/publish"), &[]).await.expect(303);
        let slug =
            browser.get(&format!("{here}/edit")).await.form(&format!("{here}/edit")).value("slug").to_owned();
        let mut paths = vec![here.clone(), tickets.clone(), "/manage".into(), format!("{here}/preview")];
        paths.extend([format!("{here}/cancel"), format!("/events/{slug}"), format!("/o/{}", owner.slug)]);
        let types = browser.get(&tickets).await.html();
        let at = types.find(&format!("href=\"{tickets}/")).unwrap() + 6;
        paths.push(types[at..].chars().take_while(|c| *c != '"').collect());
        paths.push(format!("{here}/edit"));
        for path in paths {
            let page = browser.get(&path).await.expect(200);
            assert!(!page.html().contains("<script>alert"), "{path}: {}", page.html());
            assert!(page.html().contains("script&gt;alert") || path.contains("/edit"), "{path}");
        }
    });
}

#[test]
fn a_stale_form_tells_who_was_faster_and_keeps_what_was_typed() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let browser = app.browser_of(&owner.person.email).await;
        let here = new_event(&browser, "First").await;
        let edit = format!("{here}/edit");
        let page = browser.get(&edit).await.expect(200);
        browser.submit(&page, &edit, &[("name", "Second"), ("city", "Oran")]).await.expect(303);
        let page =
            browser.submit(&page, &edit, &[("name", "Third")]).await.expect(412).says("Nadia Benali changed");
        assert_eq!(page.form(&edit).value("name"), "Third");
        // Saving again is meant.
        browser.submit(&page, &edit, &[]).await.leads_to(&edit);
        let form = browser.get(&edit).await.expect(200).form(&edit);
        assert_eq!((form.value("name"), form.value("city")), ("Third", ""));
    });
}

#[test]
fn a_form_keeps_the_instants_and_what_it_does_not_show() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let browser = app.browser_of(&owner.person.email).await;
        let event = app
            .event(&owner)
            .with("themes", vec!["jazz"])
            .with("metadata", serde_json::json!({ "a": 1 }))
            .with("start_date", "2031-07-01T18:30:00Z")
            .with("end_date", "2031-07-01T20:00:00Z")
            .draft()
            .await;
        let edit = format!("/manage/events/{}/edit", event.id);
        let page = browser.get(&edit).await.expect(200);
        assert_eq!(page.form(&edit).value("start_date"), "2031-07-01T20:30");
        let dates = [
            ("checkin_opens_at", "2031-07-01T19:30"),
            ("latitude", "45,75"),
            ("longitude", "4,83"),
            ("capacity", "1 000"),
        ];
        browser.submit(&page, &edit, &dates).await.leads_to(&edit);
        let now = owner.client.get(&format!("/api/events/{}", event.id)).await.expect(200);
        assert_eq!(now["start_date"], "2031-07-01T20:30:00+02:00");
        assert_eq!(now["checkin_opens_at"], "2031-07-01T19:30:00+02:00");
        assert_eq!((&now["themes"][0], &now["metadata"]["a"]), (&"jazz".into(), &1.into()));
        assert_eq!((&now["latitude"], &now["capacity"]), (&45.75.into(), &1000.into()));
        // What is emptied is emptied.
        let page = browser.get(&edit).await.expect(200);
        let empty =
            [("checkin_opens_at", ""), ("latitude", ""), ("longitude", ""), ("capacity", ""), ("city", "")];
        browser.send(page.form(&edit).filled(&empty).without("show_remaining")).await.leads_to(&edit);
        let now = owner.client.get(&format!("/api/events/{}", event.id)).await.expect(200);
        assert!(now["checkin_opens_at"].is_null() && now["capacity"].is_null() && now["latitude"].is_null());
        assert_eq!((&now["city"], &now["show_remaining"]), (&"".into(), &false.into()));
    });
}

#[test]
fn strangers_see_nothing_and_viewers_no_forms() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, rival) = (app.owner().await, app.owner().await);
        let event = app.event(&owner).ticket_type("10.00", 5).draft().await;
        let here = format!("/manage/events/{}", event.id);
        let one = format!("{here}/tickets/{}", event.ticket_types[0]);
        let stranger = app.browser_of(&rival.person.email).await;
        let viewer = app.member(&owner, "viewer").await;
        let viewer = app.browser_of(&viewer.email).await;
        let reads = ["", "/tickets", "/preview"].map(|path| format!("{here}{path}"));
        let writes = ["/edit", "/cancel"].map(|path| format!("{here}{path}"));
        for path in reads.iter().chain(&writes).chain([&one]) {
            stranger.get(path).await.expect(404);
            app.browser().get(path).await.expect(303);
        }
        for path in &reads {
            let page = viewer.get(path).await.expect(200);
            assert!(!page.has_form(&format!("{here}/publish")) && !page.has_form(&format!("{here}/tickets")));
        }
        for path in writes.iter().chain([&one]) {
            viewer.get(path).await.expect(403);
        }
        viewer.get("/manage/events/new").await.expect(403);
        let posts = ["/edit", "/publish", "/delete", "/cancel", "/tickets", "/quotas"]
            .map(|path| format!("{here}{path}"));
        for action in posts.iter().chain([&one, &format!("{one}/remove"), &format!("{one}/move")]) {
            let send = |page: Page| {
                let mut form =
                    page.form("/logout").filled(&[("name", "x"), ("price", "1"), ("version", "1")]);
                form.action.clone_from(action);
                form
            };
            stranger.send(send(stranger.get("/manage").await)).await.expect(404);
            viewer.send(send(viewer.get("/manage").await)).await.expect(403);
            let boss = app.browser_of(&owner.person.email).await;
            boss.send(send(boss.get("/manage").await).without("csrf")).await.expect(403);
        }
        app.browser().get(&format!("/events/{}", event.slug)).await.expect(404);
        // A type of another event is not there.
        let other = app.event(&owner).ticket_type("1.00", None).draft().await;
        let boss = app.browser_of(&owner.person.email).await;
        boss.get(&format!("{here}/tickets/{}", other.ticket_types[0])).await.expect(404);
    });
}

#[test]
fn those_with_roles_in_events_see_those_events() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let ours = app.event(&owner).with("name", "Theirs to run").draft().await;
        app.event(&owner).with("name", "Not theirs").draft().await;
        let person = app.assigned(&owner, &ours.id, "gestionnaire_des_salles").await;
        let browser = app.browser_of(&person.email).await;
        let page = browser.get("/manage").await.expect(200).says("Theirs to run").says_not("Not theirs");
        assert!(!page.html().contains("/manage/events/new"), "{}", page.html());
        let edit = format!("/manage/events/{}/edit", ours.id);
        let page = browser.get(&edit).await.expect(200);
        browser.submit(&page, &edit, &[("name", "Run by them")]).await.leads_to(&edit);
        let page = browser.get(&format!("/manage/events/{}", ours.id)).await.expect(200);
        assert!(!page.has_form(&format!("/manage/events/{}/publish", ours.id)));
        browser.get("/manage/settings").await.expect(404);
    });
}

#[test]
fn ticket_types_and_quotas_are_added_changed_moved_and_removed() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let browser = app.browser_of(&owner.person.email).await;
        let here = new_event(&browser, "Fair").await;
        let (tickets, quotas) = (format!("{here}/tickets"), format!("{here}/quotas"));
        let page = browser.get(&tickets).await.expect(200);
        let page_again = browser.submit(&page, &quotas, &[("name", " "), ("size", "-1")]).await.expect(422);
        browser.submit(&page_again, &quotas, &[("name", "Balcony"), ("size", "50")]).await.leads_to(&tickets);
        let page = browser.get(&tickets).await.expect(200).says("Balcony");
        let html = page.html();
        let quota = html.split("<option value=\"").nth(2).unwrap().split('"').next().unwrap().to_owned();
        let wrong = [
            ("name", "Early"),
            ("price", "x"),
            ("tax_rate", "200"),
            ("sales_start", "2031-02-02T10:00"),
            ("sales_end", "2031-02-01T10:00"),
        ];
        let page = browser.submit(&page, &tickets, &wrong).await.expect(422);
        assert!(page.html().contains("id=\"e-price\""), "{}", page.html());
        // Each line of the list on top names its field as the label does, and leads to it.
        assert!(
            page.html().contains("<a href=\"#f-price\">Price (EUR): This is not an amount"),
            "{}",
            page.html()
        );
        for (lang, words) in [("fr", "Prix (EUR) : Ce n’est pas un montant"), ("ar", ": هذا ليس مبلغًا")]
        {
            let there = browser.get(&format!("{tickets}?lang={lang}")).await.expect(200);
            let again = browser.submit(&there, &tickets, &wrong).await.expect(422).says(words);
            assert!(!again.html().contains("<!--of"), "{}", again.html());
        }
        browser.get("/manage?lang=en").await;
        let right = [
            ("price", "12,50"),
            ("tax_rate", "5,5"),
            ("sales_end", "2031-03-01T10:00"),
            ("quota", quota.as_str()),
        ];
        browser.submit(&page, &tickets, &right).await.leads_to(&tickets);
        let page = browser.get(&tickets).await.expect(200).says("€12.50").says("50 left");
        let id = here.rsplit('/').next().unwrap();
        let types = owner.client.get(&format!("/api/events/{id}/ticket-types")).await.expect(200);
        let (full, early) = (&types.results()[0], &types.results()[1]);
        assert_eq!(
            (&early["tax_rate"], &early["sales_end"]),
            (&"5.50".into(), &"2031-03-01T10:00:00+01:00".into())
        );
        let early = early["id"].as_str().unwrap();
        browser.submit(&page, &format!("{tickets}/{early}/move"), &[("up", "on")]).await.leads_to(&tickets);
        let types = owner.client.get(&format!("/api/events/{id}/ticket-types")).await.expect(200);
        assert_eq!(types.results()[0]["id"], early);
        // A change clears what is emptied; a wrong one keeps what was typed.
        let one = format!("{tickets}/{early}");
        let page = browser.get(&one).await.expect(200);
        assert_eq!(page.form(&one).value("sales_end"), "2031-03-01T10:00");
        let page = browser.submit(&page, &one, &[("price", "-1"), ("name", "Very early")]).await.expect(422);
        assert_eq!(page.form(&one).value("name"), "Very early");
        let change = [("price", "10"), ("sales_end", ""), ("quota", "")];
        browser.submit(&page, &one, &change).await.leads_to(&tickets);
        let types = owner.client.get(&format!("/api/events/{id}/ticket-types")).await.expect(200);
        let now = &types.results()[0];
        assert_eq!((&now["name"], &now["price"]), (&"Very early".into(), &"10.00".into()));
        assert!(now["sales_end"].is_null() && now["quota"].is_null(), "{now}");
        // The quota goes once nothing is in it, and so does the type.
        let page = browser.get(&tickets).await.expect(200);
        let own = format!("{quotas}/{quota}");
        let mut form = page.form(&own);
        browser.send(form.clone().filled(&[("size", "60"), ("name", "Gallery")])).await.leads_to(&tickets);
        browser.get(&tickets).await.expect(200).says("Gallery");
        form.action = format!("{own}/remove");
        browser.send(form).await.leads_to(&tickets);
        browser.get(&tickets).await.expect(200).says_not("Gallery");
        let page = browser.get(&one).await.expect(200);
        browser.submit(&page, &format!("{one}/remove"), &[]).await.leads_to(&tickets);
        let types = owner.client.get(&format!("/api/events/{id}/ticket-types")).await.expect(200);
        assert_eq!((types.results().len(), &types.results()[0]["id"]), (1, &full["id"]));
    });
}

#[test]
fn what_has_orders_stays_and_is_called_off() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let browser = app.browser_of(&owner.person.email).await;
        let event = app.event(&owner).ticket_type("0", 20).publish().await;
        app.sold(&event, &event.ticket_types[0], 2).await;
        let here = format!("/manage/events/{}", event.id);
        let tickets = format!("{here}/tickets");
        browser.get(&here).await.expect(200).says("2 sold").says("18 left");
        let one = format!("{tickets}/{}", event.ticket_types[0]);
        let page = browser.get(&one).await.expect(200);
        browser.submit(&page, &format!("{one}/remove"), &[]).await.leads_to(&tickets);
        let page = browser.get(&tickets).await.expect(200).says("This ticket has orders").says("2 of 20");
        let html = page.html();
        let start = html.find(&format!("{here}/quotas/")).unwrap();
        let quota: String = html[start..].chars().take_while(|c| *c != '"').collect();
        let page = browser.submit(&page, &quota, &[("size", "1")]).await.expect(422);
        assert!(page.html().contains("id=\"e-size\""), "{}", page.html());
        let mut delete = page.form("/logout");
        delete.action = format!("{here}/delete");
        browser.send(delete).await.leads_to(&here);
        browser.get(&here).await.expect(200).says("There are orders");
        let cancel = format!("{here}/cancel");
        let page = browser.get(&cancel).await.expect(200).says("2 tickets are no longer valid");
        browser.submit(&page, &cancel, &[]).await.leads_to(&here);
        let page = browser.get(&here).await.expect(200).says("Cancelled");
        assert!(!page.has_form(&format!("{here}/publish")));
        browser.get(&cancel).await.leads_to(&here);
    });
}

#[test]
fn a_draft_is_previewed_and_deleted() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let browser = app.browser_of(&owner.person.email).await;
        let event = app.event(&owner).with("name", "To be gone").draft().await;
        let here = format!("/manage/events/{}", event.id);
        browser.get(&format!("{here}/preview")).await.expect(200).says("To be gone").says("Preview");
        let page = browser.get(&here).await.expect(200).says("Add a ticket");
        // What is missing keeps it from opening.
        browser.submit(&page, &format!("{here}/publish"), &[]).await.leads_to(&here);
        browser.get(&here).await.expect(200).says("Something is still missing").says("Draft");
        browser.submit(&page, &format!("{here}/delete"), &[]).await.leads_to("/manage");
        browser.get(&here).await.expect(404);
        browser.get("/manage").await.expect(200).says_not("To be gone");
    });
}

#[test]
fn a_private_event_has_its_link_and_a_taken_address_is_told() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let browser = app.browser_of(&owner.person.email).await;
        let public = app.event(&owner).ticket_type("0", 5).publish().await;
        let event = app.event(&owner).with("visibility", "private").ticket_type("0", 5).publish().await;
        let edit = format!("/manage/events/{}/edit", event.id);
        let page = browser.get(&edit).await.expect(200).says("?link=");
        let page = browser.submit(&page, &edit, &[("slug", &public.slug)]).await.expect(422);
        assert!(page.html().contains("id=\"e-slug\""), "{}", page.html());
        browser.submit(&page, &edit, &[("slug", "Not Allowed")]).await.expect(422);
        app.browser().get(&format!("/events/{}", event.slug)).await.expect(404);
    });
}

#[test]
fn the_list_is_searched_and_paged() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let browser = app.browser_of(&owner.person.email).await;
        for number in 0..22 {
            app.event(&owner).with("name", format!("Número {number}")).draft().await;
        }
        let page = browser.get("/manage").await.expect(200).says("22 events");
        assert!(page.html().contains("rel=\"next\""));
        browser.get("/manage?page=2").await.expect(200).says("Número 0");
        browser.get("/manage?search=numero+21").await.expect(200).says("Número 21").says("1 event");
        browser.get("/manage?status=completed").await.expect(200).says("See all my events");
        browser.get("/manage?status=odd&page=x").await.expect(200);
    });
}

#[test]
fn a_type_stays_in_its_quota_and_nobody_overwrites_unseen() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 30).publish().await;
        let (_, _) = app.sold(&event, &event.ticket_types[0], 2).await;
        let browser = app.browser_of(&owner.person.email).await;
        let path = format!("/manage/events/{}/tickets/{}", event.id, event.ticket_types[0]);
        let page = browser.get(&path).await.expect(200);
        assert!(!page.form(&path).value("quota").is_empty());
        browser.submit(&page, &path, &[("name", "Corrected")]).await.expect(303);
        let list = format!("/api/events/{}/quotas", event.id);
        let quotas = owner.client.get(&list).await.expect(200);
        assert_eq!(quotas.results()[0]["sold"], 2);
        // The older tab does not bring the old name back.
        let late = browser.submit(&page, &path, &[("price", "12.00")]).await.expect(412);
        assert_eq!(late.form(&path).value("price"), "12.00");
        let tickets = format!("/manage/events/{}/tickets", event.id);
        let size =
            format!("/manage/events/{}/quotas/{}", event.id, quotas.results()[0]["id"].as_str().unwrap());
        let page = browser.get(&tickets).await.expect(200);
        browser.submit(&page, &size, &[("size", "31")]).await.expect(303);
        browser.submit(&page, &size, &[("size", "29")]).await.expect(412);
        assert_eq!(owner.client.get(&list).await.expect(200).results()[0]["size"], 31);
    });
}

#[test]
fn pages_of_one_organization_lead_to_more_of_its_own() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        for _ in 0..25 {
            app.event(&owner).ticket_type("0", 5).publish().await;
        }
        let path = format!("/o/{}", owner.slug);
        let page = app.browser().get(&path).await.expect(200);
        let html = page.html();
        let next = html
            .split("href=\"")
            .find(|link| link.contains("rel=\"next\""))
            .unwrap_or_else(|| panic!("{html}"));
        let next = next.split('"').next().unwrap().replace("&amp;", "&");
        assert!(next.starts_with(&format!("{path}?")), "{next}");
        let more = app.browser().get(&next).await.expect(200).html();
        assert_eq!((html.matches("event-card").count(), more.matches("event-card").count()), (24, 1));
    });
}
