//! Every operation of the document, asked by everybody: nobody, another organization's owner, a wrong role,
//! the right one. The table (`table.rs`) must name them all.

mod leaks;
mod table;
mod walk;

use std::collections::BTreeMap;

use parvis::base::identity::{EventRole, MATRIX, MemberRole};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use self::table::Of::{
    ApiKey, Event, Guest, Invitation, Member, Nothing, Order as OrderOf, Organization, Payment, Quota,
    Session, Ticket, TicketType,
};
use self::table::TABLE;
use self::table::Who::{Buyer, May, Own, Public};
use self::walk::{Operation, all_operations, document};
use crate::openapi::operations;
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client, Method, Part};
use crate::support::fixtures::{Order, Owner, PASSWORD, Person, pdf, png};
use crate::support::run;

/// An organization with one of everything, and people in every role.
struct World {
    owner: Owner,
    stranger: Owner,
    event: String,
    draft: String,
    ticket_type: String,
    quota: String,
    order: Order,
    ticket: String,
    payment: String,
    /// Another one of the owner's.
    session: String,
    /// A member that nobody else needs.
    member: String,
    invitation: String,
    api_key: String,
    guest: String,
    roles: Vec<(Role, Person)>,
}

#[derive(Clone, Copy, Debug)]
enum Role {
    Member(MemberRole),
    InEvent(EventRole),
}

async fn world(app: &TestApp) -> World {
    let (owner, stranger) = (app.owner().await, app.owner().await);
    // The stranger has everything too, so that lists have something to show.
    let theirs = app.event(&stranger).ticket_type("5.00", 5).publish().await;
    app.sold(&theirs, &theirs.ticket_types[0], 1).await;
    let event = app.event(&owner).ticket_type("30.00", 50).publish().await;
    let draft = app.event(&owner).draft().await.id;
    let quotas = owner.client.get(&format!("/api/events/{}/quotas", event.id)).await.expect(200);
    let (order, tickets) = app.sold(&event, &event.ticket_types[0], 2).await;
    let unpaid = app.buy(&event, &event.ticket_types[0], 1).await;
    let payment = app.begin_payment(&unpaid).await;
    app.login(&owner.person.email).await;
    let session = app.open_sessions(&owner.client).await[0].clone();
    let guest = invitation(&owner, &event.id).await;
    let member = app.member(&owner, "viewer").await.id;
    let organization = format!("/api/organizations/{}", owner.organization);
    let body = json!({ "email": "later@example.org", "role": "viewer" });
    let invitation =
        owner.client.post(&format!("{organization}/invitations"), body).await.expect(201).text("id");
    let body = json!({ "name": "A program", "scopes": ["checkin"] });
    let api_key = owner.client.post(&format!("{organization}/api-keys"), body).await.expect(201).text("id");
    let mut roles = Vec::new();
    for role in MemberRole::ALL.into_iter().filter(|role| *role != MemberRole::Owner) {
        roles.push((Role::Member(role), app.member(&owner, role.code()).await));
    }
    for role in EventRole::ALL {
        roles.push((Role::InEvent(role), app.assigned(&owner, &event.id, role.code()).await));
    }
    World {
        ticket_type: event.ticket_types[0].clone(),
        event: event.id,
        draft,
        quota: quotas.results()[0]["id"].as_str().unwrap().to_owned(),
        order,
        ticket: tickets[0]["id"].as_str().unwrap().to_owned(),
        payment,
        session,
        member,
        invitation,
        api_key,
        guest,
        roles,
        owner,
        stranger,
    }
}

/// Somebody who was invited while the event was private.
async fn invitation(owner: &Owner, event: &str) -> String {
    let path = format!("/api/events/{event}");
    let guests = format!("{path}/invitations");
    owner.client.patch(&path, json!({ "visibility": "private" })).await.expect(200);
    let emails = json!({ "emails": ["invited@example.org"] });
    owner.client.post(&guests, emails).await.expect(201);
    let found = owner.client.get(&guests).await.expect(200).results()[0]["id"].as_str().unwrap().to_owned();
    owner.client.patch(&path, json!({ "visibility": "public" })).await.expect(200);
    found
}

/// Tests that change nothing share one.
async fn shared() -> &'static World {
    static WORLD: OnceCell<World> = OnceCell::const_new();
    WORLD.get_or_init(|| async { world(TestApp::shared().await).await }).await
}

impl World {
    fn path(&self, operation: &Operation) -> String {
        let organization = self.owner.organization.as_str();
        let ids: &[&str] = match operation.of {
            Nothing => &[],
            Organization => &[organization],
            Event => &[&self.event],
            TicketType => &[&self.ticket_type],
            Quota => &[&self.quota],
            OrderOf => &[&self.order.id],
            Ticket => &[&self.ticket],
            Payment => &[&self.payment],
            Session => &[&self.session],
            Member => &[organization, &self.member],
            Invitation => &[organization, &self.invitation],
            ApiKey => &[&self.api_key],
            Guest => &[&self.guest],
        };
        let mut path = operation.path.clone();
        for id in ids {
            let (before, after) = path.split_once('{').unwrap();
            path = format!("{before}{id}{}", after.split_once('}').unwrap().1);
        }
        if operation.query.is_empty() { path } else { format!("{path}?{}", operation.query) }
    }

    fn body(&self, operation: &Operation) -> Option<Value> {
        let mut body = operation.body.clone()?;
        if operation.id == "check_in" {
            body["event"] = json!(self.event);
        }
        Some(body)
    }

    async fn ask(&self, client: &Client, operation: &Operation) -> Answer {
        self.ask_with(client, operation, self.body(operation)).await
    }

    async fn ask_with(&self, client: &Client, operation: &Operation, body: Option<Value>) -> Answer {
        let (method, path) = (operation.method.clone(), self.path(operation));
        if operation.takes_file {
            // A programme, or a picture.
            let bytes = if operation.of == Organization { png(40, 40) } else { pdf("A programme") };
            return client.multipart(method, &path, &[Part::file("file", &bytes)]).await;
        }
        client.send(method, &path, body).await
    }

    /// Whatever is this organization's and nobody else's business.
    fn traces(&self) -> [&str; 6] {
        let order = &self.order;
        [
            &self.draft,
            &self.owner.organization,
            &order.id,
            &order.code,
            &self.ticket,
            &self.owner.person.email,
        ]
    }
}

/// `May` names a line of the matrix: who has it.
fn allowed(permission: &str) -> (&'static [MemberRole], &'static [EventRole]) {
    let line = MATRIX.iter().find(|(name, ..)| *name == permission);
    let (_, members, in_event, _) = line.unwrap_or_else(|| panic!("{permission} is not in the matrix"));
    (members, in_event)
}

#[test]
fn the_table_names_every_operation_once() {
    run(async {
        let document = document(TestApp::shared().await);
        let known: BTreeMap<String, Operation> = all_operations(&document)
            .into_iter()
            .map(|operation| (operation.id.clone(), operation))
            .collect();
        for (index, (id, _, who)) in TABLE.iter().enumerate() {
            assert!(known.contains_key(*id), "{id} is not in the document");
            assert!(TABLE[..index].iter().all(|(other, ..)| other != id), "{id} stands there twice");
            if let May(permission) | Buyer(Some(permission)) = who {
                allowed(permission);
            }
        }
        // What the document says of tokens is what the table says.
        for (_, path, operation) in operations(&document) {
            let id = operation["operationId"].as_str().unwrap();
            let needs_token = operation["security"]
                .as_array()
                .is_some_and(|schemes| schemes.iter().all(|scheme| scheme.get("bearer").is_some()));
            let expected = matches!(known[id].who, Own | May(_));
            assert_eq!(needs_token, expected, "{path}: {id} and its security in the document");
        }
    });
}

#[test]
fn nobody_gets_in_without_a_token() {
    run(async {
        let app = TestApp::shared().await;
        let world = shared().await;
        for operation in all_operations(&document(app)) {
            let answers = [
                world.ask(&app.client(), &operation).await,
                world.ask(&app.client().token("no.valid.token"), &operation).await,
            ];
            match operation.who {
                Own | May(_) => answers.into_iter().for_each(|answer| {
                    let answer = answer.problem(401, "unauthenticated");
                    assert_eq!(answer.header("www-authenticate"), "Bearer");
                }),
                Buyer(_) => {
                    let [without, wrong] = answers;
                    without.problem(404, "not_found");
                    wrong.problem(401, "unauthenticated");
                    let guessing = app.client().order_secret(&"A".repeat(world.order.secret.len()));
                    world.ask(&guessing, &operation).await.problem(404, "not_found");
                }
                Public => {
                    let [without, _] = answers;
                    assert_ne!(without.status, 403, "{without}");
                    // A token is asked for in the body, and the example is none.
                    let in_body =
                        ["refresh_token", "renew_token", "verify_token"].contains(&operation.id.as_str());
                    let refused = !in_body && without["code"] == "unauthenticated";
                    assert!(!refused, "{without}");
                    assert_no_trace(world, &operation, &without);
                }
            }
        }
    });
}

fn assert_no_trace(world: &World, operation: &Operation, answer: &Answer) {
    let text = String::from_utf8_lossy(&answer.bytes);
    for trace in world.traces() {
        // Where to write to the organization is public with its events.
        let public = operation.id == "get_catalogue_event" && trace == world.owner.person.email;
        assert!(public || !text.contains(trace), "{trace} shows in {answer}");
    }
}

#[test]
fn nobody_of_another_organization_learns_anything() {
    run(async {
        let app = TestApp::shared().await;
        let world = shared().await;
        let event = format!("/api/events/{}", world.event);
        let before = world.owner.client.get(&event).await.expect(200).header("etag").to_owned();
        // Whatever somebody is elsewhere, here they are nobody.
        let theirs = app.event(&world.stranger).ticket_type("5.00", 5).publish().await;
        let mut strangers = vec![world.stranger.client.clone()];
        for role in MemberRole::ALL.into_iter().filter(|role| *role != MemberRole::Owner) {
            strangers.push(app.member(&world.stranger, role.code()).await.client);
        }
        for role in EventRole::ALL {
            strangers.push(app.assigned(&world.stranger, &theirs.id, role.code()).await.client);
        }
        let operations = all_operations(&document(app));
        for (operation, stranger) in operations
            .iter()
            .flat_map(|operation| strangers.iter().map(move |stranger| (operation, stranger)))
        {
            let aside = ["log_out", "change_password", "replace_password", "log_in_with_code"];
            if aside.contains(&operation.id.as_str()) {
                continue;
            }
            let answer = world.ask(stranger, operation).await;
            assert_no_trace(world, operation, &answer);
            match (operation.who, operation.of) {
                (Public, _) => {}
                (Own | May(_), Nothing) if operation.id != "check_in" => {
                    assert_ne!(answer.status, 401, "{answer}");
                }
                _ => drop(answer.problem(404, "not_found")),
            }
        }
        // Nothing of all that has had an effect.
        assert_eq!(world.owner.client.get(&event).await.expect(200).header("etag"), before);
        assert_eq!(app.tickets(&world.order).await[0]["status"], "valid");
    });
}

#[test]
fn a_role_may_what_the_matrix_says_and_no_more() {
    run(async {
        let app = TestApp::shared().await;
        let world = world(app).await;
        let operations = all_operations(&document(app));
        for (role, person) in &world.roles {
            for operation in &operations {
                let (permission, otherwise) = match operation.who {
                    May(permission) => (permission, (403, "forbidden")),
                    // Who works at the event learns no more of a buyer than a stranger.
                    Buyer(Some(permission)) => (permission, (404, "not_found")),
                    Buyer(None) | Own | Public => continue,
                };
                let (members, in_event) = allowed(permission);
                let may = match role {
                    Role::Member(role) => members.contains(role),
                    Role::InEvent(role) => in_event.contains(role),
                };
                let in_event_alone = matches!(role, Role::InEvent(_));
                let answer = if may && operation.method != Method::GET {
                    // Others still need what it would change: an answer to rubbish tells enough.
                    world.ask_with(&person.client, operation, Some(json!([]))).await
                } else {
                    world.ask(&person.client, operation).await
                };
                if !may {
                    // An organization does not exist for those who only have a role in one of its events.
                    let otherwise = if in_event_alone && operation.of.of_organization() {
                        (404, "not_found")
                    } else {
                        otherwise
                    };
                    // The right to see an order is looked at before the right to change it.
                    let answer = if ["cancel_order", "resend_order"].contains(&operation.id.as_str())
                        && answer.status == 403
                    {
                        answer.problem(403, "forbidden")
                    } else {
                        answer.problem(otherwise.0, otherwise.1)
                    };
                    assert_no_trace(&world, operation, &answer);
                } else if !matches!(answer.status, 200..=299 | 409 | 422) {
                    panic!("{role:?} should be able to {}: {answer}", operation.id);
                }
            }
        }
    });
}

#[test]
fn the_owner_may_everything() {
    run(async {
        let app = TestApp::shared().await;
        let mut operations = all_operations(&document(app));
        // What ends something comes last.
        operations.sort_by_key(|operation| {
            [
                "remove_member",
                "cancel_order",
                "refund_order",
                "delete_ticket_type",
                "cancel_event",
                "delete_event",
                "change_password",
                "replace_password",
                "log_out",
            ]
            .iter()
            .position(|last| *last == operation.id)
            .map_or(0, |place| place + 1)
        });
        let world = world(app).await;
        for operation in operations {
            match operation.who {
                Public | Buyer(None) => continue,
                Own | May(_) | Buyer(_) => {}
            }
            let mut body = world.body(&operation);
            match (operation.id.as_str(), &mut body) {
                ("change_password", Some(body)) => body["old_password"] = json!(PASSWORD),
                // The one before has changed it already.
                ("replace_password", Some(body)) => body["old_password"] = body["new_password"].clone(),
                ("create_organization", Some(body)) => body["slug"] = json!(TestApp::unique("another")),
                ("select_organization", Some(body)) => body["organization"] = json!(world.owner.organization),
                ("select_event" | "switch_event", Some(body)) => body["event_id"] = json!(world.event),
                ("create_manual_order", Some(body)) => {
                    body["lines"][0]["ticket_type"] = json!(world.ticket_type);
                }
                // There is nothing to scan in the example.
                ("check_in", Some(body)) => {
                    body["qr_data"] = app.tickets(&world.order).await[0]["qr_data"].clone();
                }
                ("replace_event" | "create_event", Some(body)) => {
                    drop(body.as_object_mut().unwrap().remove("slug"));
                }
                _ => {}
            }
            let answer = world.ask_with(&world.owner.client, &operation, body).await;
            let fine = match operation.id.as_str() {
                // The example's token is none.
                "accept_invitation" => answer.status == 422,
                "log_in_with_code" => answer.status == 401,
                // There is no key that waits for a code.
                "enable_second_factor" | "renew_recovery_codes" | "disable_second_factor" => {
                    answer.status == 409
                }
                "get_data_export_file" | "get_data_export" | "get_erasure" => {
                    matches!(answer.status, 200 | 404)
                }
                // Nobody else owns the organization.
                "ask_erasure" => answer.status == 409,
                // The example's password is not the owner's, and nothing is to end.
                "transfer_organization" => answer.status == 422,
                // Tickets are valid.
                "close_organization" => answer.status == 409,
                "get_organization_closing" => answer.status == 404,
                "get_email_change" => matches!(answer.status, 200 | 404),
                "delete_event" | "delete_ticket_type" => answer.status == 409,
                "cancel_order" => answer.status == 409,
                // There are real orders.
                "begin_test_mode" | "go_live" => answer.status == 409,
                // The event is public again.
                "invite_guests" | "resend_event_invitation" => answer.status == 409,
                // The currency of the example is not the event's, which sells already.
                "replace_event" => matches!(answer.status, 200 | 409),
                _ => (200..300).contains(&answer.status),
            };
            assert!(fine, "the owner should be able to {}: {answer}", operation.id);
        }
    });
}

#[test]
fn a_role_in_one_event_is_none_in_another() {
    run(async {
        let world = shared().await;
        for (role, person) in world.roles.iter().filter(|(role, _)| matches!(role, Role::InEvent(_))) {
            let draft = person.client.get(&format!("/api/events/{}", world.draft)).await;
            assert_eq!(draft.status, 404, "{role:?}: {draft}");
            let change = person.client.patch(&format!("/api/events/{}", world.draft), json!({})).await;
            assert_eq!(change.status, 404, "{role:?}: {change}");
        }
        // Only an organizer gives the organizer's role away.
        let manager =
            |(role, _): &&(Role, Person)| matches!(role, Role::InEvent(EventRole::GestionnaireDesSalles));
        let (_, manager) = world.roles.iter().find(manager).unwrap();
        let path = format!("/api/organizations/{}/invitations", world.owner.organization);
        let invite = |role: &str| json!({ "email": "new@example.org", "role": role, "event": world.event });
        manager.client.post(&path, invite("organisateur")).await.problem(403, "forbidden");
        manager.client.post(&path, invite("participant")).await.expect(201);
        let elsewhere = json!({ "email": "new@example.org", "role": "participant", "event": world.draft });
        manager.client.post(&path, elsewhere).await.problem(404, "not_found");
    });
}
