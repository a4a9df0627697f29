//! The team of an event: who is invited to a role in it, takes it, and loses it.

use crate::support::app::TestApp;
use crate::support::pages::Page;
use crate::support::run;

/// The action of the page's first form below this path.
fn action(page: &Page, below: &str) -> String {
    let html = page.html();
    let start = html.find(&format!("action=\"{below}")).expect("such a form") + "action=\"".len();
    html[start..].chars().take_while(|c| *c != '"').collect()
}

#[test]
fn a_controller_is_invited_scans_and_is_let_go() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 10).publish().await;
        let boss = app.browser_of(&owner.person.email).await;
        let team = format!("/manage/events/{}/team", event.id);
        let page = boss.get(&team).await.expect(200).says("Nobody yet");
        // What is wrong stands beside its field; what was typed stays.
        let wrong = [("email", "nobody@"), ("role", "controlleur_des_badges")];
        let again = boss.submit(&page, &team, &wrong).await.expect(422);
        assert_eq!(again.form(&team).value("email"), "nobody@");
        boss.submit(&page, &team, &[("email", "a@example.org"), ("role", "owner")]).await.expect(422);
        // Clicking twice sends one mail.
        let person = app.person("scanner").await;
        let form = page.form(&team).filled(&[("email", &person.email), ("role", "controlleur_des_badges")]);
        boss.send(form.clone()).await.leads_to(&team);
        boss.send(form).await.leads_to(&team);
        let page = boss.get(&team).await.expect(200).says(&person.email);
        assert_eq!(page.html().matches("/team/invitations/").count(), 1);
        let scanner = app.browser_of(&person.email).await;
        let link = format!("/invitation?token={}", app.mailbox.wait(&person.email, 2).await.token());
        let invitation = scanner.get(&link).await.expect(200);
        scanner.submit(&invitation, "/invitation", &[]).await.leads_to("/scan");
        let gate = format!("/scan/{}?gate=N", event.id);
        scanner.get(&gate).await.expect(200);
        // Whoever scans sees neither sales nor the team.
        scanner.get(&team).await.expect(403);
        scanner.get(&format!("/manage/events/{}/sales", event.id)).await.expect(403);
        let page = boss.get(&team).await.expect(200).says_not("Open invitations");
        let remove = action(&page, &format!("{team}/"));
        boss.submit(&page, &remove, &[]).await.leads_to(&team);
        boss.get(&team).await.expect(200).says("Nobody yet");
        scanner.get(&gate).await.expect(404);
        boss.submit(&page, &remove, &[]).await.expect(404);
        // The link gave its role once.
        scanner.get(&link).await.expect(200);
        scanner.get(&gate).await.expect(404);
    });
}

#[test]
fn only_an_organizer_makes_and_unmakes_organizers() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 10).publish().await;
        let chief = app.assigned(&owner, &event.id, "organisateur").await;
        let manager = app.assigned(&owner, &event.id, "gestionnaire_des_salles").await;
        let team = format!("/manage/events/{}/team", event.id);
        let browser = app.browser_of(&manager.email).await;
        let page = browser.get(&team).await.expect(200).says_not("value=\"organisateur\"");
        let asked = [("email", "friend@example.org"), ("role", "organisateur")];
        browser.submit(&page, &team, &asked).await.expect(403);
        let mut own = page.form(&team);
        own.action = format!("{team}/{}/remove", chief.id);
        browser.send(own.clone()).await.expect(404);
        // Invitations of other events and organizations are not this event's.
        let rival = app.owner().await;
        let stranger = app.browser_of(&rival.person.email).await;
        stranger.get(&team).await.expect(404);
        let page = stranger.get("/manage/events/new").await.expect(200);
        let mut foreign = page.form("/manage/events/new").filled(&[]);
        foreign.action = own.action.clone();
        stranger.send(foreign).await.expect(404);
        let boss = app.browser_of(&chief.email).await;
        let page = boss.get(&team).await.expect(200).says(&chief.email).says(&manager.email);
        let mut form = page.form(&team);
        form.action = format!("{team}/{}/remove", manager.id);
        boss.send(form).await.leads_to(&team);
        browser.get(&team).await.expect(404);
    });
}

#[test]
fn an_invitation_to_the_team_can_be_taken_back() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = app.event(&owner).ticket_type("10.00", 10).publish().await;
        let other = app.event(&owner).ticket_type("10.00", 10).publish().await;
        let boss = app.browser_of(&owner.person.email).await;
        let [team, elsewhere] = [&event, &other].map(|event| format!("/manage/events/{}/team", event.id));
        let page = boss.get(&team).await.expect(200);
        let email = format!("{}@example.org", TestApp::unique("late"));
        boss.submit(&page, &team, &[("email", &email), ("role", "controlleur_des_badges")]).await.expect(303);
        let token = app.mailbox.wait(&email, 1).await.token();
        boss.get(&elsewhere).await.expect(200).says_not(&email);
        let page = boss.get(&team).await.expect(200).says(&email);
        let revoke = action(&page, &format!("{team}/invitations/"));
        // Not by another event's page.
        let mut form = page.form(&revoke);
        form.action = revoke.replace(&event.id, &other.id);
        boss.send(form).await.expect(303);
        boss.get(&team).await.expect(200).says(&email);
        boss.submit(&page, &revoke, &[]).await.leads_to(&team);
        boss.get(&team).await.expect(200).says_not(&email);
        app.browser().get(&format!("/invitation?token={token}")).await.expect(422).says("no longer works");
    });
}
