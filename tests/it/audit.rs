//! The audit log: what was done in an organization, by whom, and who may read it.

use serde_json::json;

use crate::support::app::TestApp;
use crate::support::fixtures::Person;
use crate::support::run;

#[test]
fn the_log_tells_what_was_done_and_is_read_in_parts() {
    run(async {
        let app = TestApp::shared().await;
        let (owner, other) = (app.owner().await, app.owner().await);
        let admin = app.member(&owner, "admin").await;
        let event = app.event(&owner).ticket_type("30.00", 50).publish().await;
        app.event(&other).ticket_type("30.00", 50).publish().await;
        for n in 0..3 {
            let change = json!({ "description": format!("Text {n}") });
            admin.client.patch(&format!("/api/events/{}", event.id), change).await.expect(200);
        }
        let path = format!("/api/organizations/{}/audit", owner.organization);
        let all = owner.client.get(&format!("{path}?page_size=100")).await.expect(200);
        let actions: Vec<&str> = all.results().iter().map(|row| row["action"].as_str().unwrap()).collect();
        // What the platform knows and what the organization knows, in one order, the latest first.
        for action in
            ["event.create", "event.publish", "event.change", "invitation.send", "invitation.accept"]
        {
            assert!(actions.contains(&action), "{action} in {actions:?}");
        }
        let times: Vec<&str> = all.results().iter().map(|row| row["at"].as_str().unwrap()).collect();
        assert!(times.windows(2).all(|pair| pair[0] >= pair[1]), "{times:?}");
        assert_eq!(all["count"], all.results().len());
        let published = all.results().iter().find(|row| row["action"] == "event.publish").unwrap();
        assert_eq!(
            (published["target"].clone(), published["actor_name"].clone()),
            (json!(event.id), json!("Nadia Benali"))
        );
        // In parts, nothing twice and nothing left out.
        let mut ids = vec![];
        let mut next = Some(format!("{path}?page_size=2"));
        while let Some(address) = next {
            let part = owner.client.get(&address).await.expect(200);
            assert!(part.results().len() <= 2);
            ids.extend(part.results().iter().map(|row| row["id"].clone()));
            next = part["next"].as_str().map(|url| url[url.find("/api/").unwrap()..].to_owned());
        }
        let whole: Vec<_> = all.results().iter().map(|row| row["id"].clone()).collect();
        assert_eq!(ids, whole);
        // Narrowed.
        let by = owner.client.get(&format!("{path}?actor={}&area=event", admin.id)).await.expect(200);
        assert_eq!(by["count"], 3, "{by}");
        assert_eq!(
            owner.client.get(&format!("{path}?until=2020-01-01T00:00:00Z")).await.expect(200)["count"],
            0
        );
        assert_eq!(
            owner.client.get(&format!("{path}?since=2099-01-01T00:00:00Z")).await.expect(200)["count"],
            0
        );
        owner
            .client
            .get(&format!("{path}?area=cats&cursor=x"))
            .await
            .invalid(&["area unknown_choice", "cursor unreadable"]);
        for role in ["sales", "operator", "viewer"] {
            let person: Person = app.member(&owner, role).await;
            person.client.get(&path).await.problem(403, "forbidden");
        }
        other.client.get(&path).await.problem(404, "not_found");
        let page =
            app.browser_of(&admin.email).await.get("/manage/settings/audit?area=event").await.expect(200);
        page.says("Event published").says("Nadia Benali").says_not("Invitation sent");
        let boss = app.browser_of(&owner.person.email).await;
        boss.get("/manage/settings/audit?until=2020-01-01").await.expect(200).says("Nothing matches");
        boss.get("/manage/settings/audit?until=x&since=0&cursor=1.2&actor=3&area=4")
            .await
            .expect(200)
            .says("Event published");
        for (lang, words) in [("fr", "Événement publié"), ("ar", "نُشرت فعالية")] {
            boss.get(&format!("/manage/settings/audit?lang={lang}")).await.expect(200).says(words);
        }
    });
}
