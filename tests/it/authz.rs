//! Every operation of the document, asked by everybody: nobody, another organization's owner, a wrong role,
//! the right one. The table below must name them all.

use std::collections::BTreeMap;

use parvis::base::identity::{EventRole, MATRIX, MemberRole};
use parvis::edges::api;
use serde_json::{Map, Value, json};
use tokio::sync::OnceCell;

use crate::openapi::operations;
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client, Method, Part};
use crate::support::fixtures::{Order, Owner, PASSWORD, Person, pdf};
use crate::support::run;

/// What the id in a path belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Of {
    Nothing,
    Organization,
    Event,
    TicketType,
    Quota,
    Order,
    Ticket,
    Payment,
    Session,
    Invitation,
}

/// Who may do it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Who {
    /// Everybody, logged in or not.
    Public,
    /// Everybody who is logged in, with what is their own.
    Own,
    /// Who buys, by the secret or the account; organizers with this permission too.
    Buyer(Option<&'static str>),
    /// Who has this permission of the matrix.
    May(&'static str),
}
use Of::{
    Event, Invitation, Nothing, Order as OrderOf, Organization, Payment, Quota, Session, Ticket, TicketType,
};
use Who::{Buyer, May, Own, Public};

const TABLE: &[(&str, Of, Who)] = &[
    ("get_health", Nothing, Public),
    ("get_readiness", Nothing, Public),
    ("register_account", Nothing, Public),
    ("confirm_email", Nothing, Public),
    ("log_in", Nothing, Public),
    ("refresh_token", Nothing, Public),
    ("obtain_token", Nothing, Public),
    ("renew_token", Nothing, Public),
    ("verify_token", Nothing, Public),
    ("answer_email_change", Nothing, Public),
    ("request_password_reset", Nothing, Public),
    ("reset_password", Nothing, Public),
    ("search_catalogue", Nothing, Public),
    ("get_catalogue_event", Event, Public),
    ("list_categories", Nothing, Public),
    ("place_order", Nothing, Public),
    ("find_orders", Nothing, Public),
    ("authorize_sandbox_payment", Payment, Public),
    ("resend_confirmation", Nothing, Own),
    ("log_out", Nothing, Own),
    ("change_password", Nothing, Own),
    ("get_profile", Nothing, Own),
    ("get_me", Nothing, Own),
    ("get_user", Nothing, Own),
    ("replace_profile", Nothing, Own),
    ("change_profile", Nothing, Own),
    ("replace_password", Nothing, Own),
    ("switch_event", Nothing, Own),
    ("ask_email_change", Nothing, Own),
    ("get_email_change", Nothing, Own),
    ("cancel_email_change", Nothing, Own),
    // Takes the token of a login that is not complete, and nobody else's.
    ("log_in_with_code", Nothing, Own),
    ("get_second_factor", Nothing, Own),
    ("set_up_second_factor", Nothing, Own),
    ("enable_second_factor", Nothing, Own),
    ("renew_recovery_codes", Nothing, Own),
    ("disable_second_factor", Nothing, Own),
    ("ask_data_export", Nothing, Own),
    ("get_data_export", Nothing, Own),
    ("get_data_export_file", Nothing, Own),
    ("ask_erasure", Nothing, Own),
    ("get_erasure", Nothing, Own),
    ("cancel_erasure", Nothing, Own),
    ("list_sessions", Nothing, Own),
    ("end_session", Session, Own),
    ("end_other_sessions", Nothing, Own),
    ("list_my_events", Nothing, Own),
    ("select_organization", Nothing, Own),
    ("select_event", Nothing, Own),
    ("list_organizations", Nothing, Own),
    ("create_organization", Nothing, Own),
    ("accept_invitation", Nothing, Own),
    ("delete_profile_photo", Nothing, Own),
    ("list_orders", Nothing, Own),
    ("list_tickets", Nothing, Own),
    // Shows a member all events of the organization, everybody else those they have a role in.
    ("list_events", Nothing, Own),
    ("get_organization", Organization, May("ReadOrganization")),
    ("change_organization", Organization, May("EditOrganization")),
    ("list_members", Organization, May("ReadOrganization")),
    ("invite_member", Organization, May("ManageMembers")),
    ("create_event", Nothing, May("CreateEvents")),
    ("get_event", Event, May("ReadEvent")),
    ("replace_event", Event, May("EditEvent")),
    ("change_event", Event, May("EditEvent")),
    ("delete_event", Event, May("ManageSales")),
    ("publish_event", Event, May("ManageSales")),
    ("list_event_invitations", Event, May("ReadSales")),
    ("invite_guests", Event, May("ManageSales")),
    ("resend_event_invitation", Invitation, May("ManageSales")),
    ("revoke_event_invitation", Invitation, May("ManageSales")),
    ("postpone_event", Event, May("ManageSales")),
    ("get_test_mode", Event, May("ReadSales")),
    ("begin_test_mode", Event, May("ManageSales")),
    ("go_live", Event, May("ManageSales")),
    ("upload_programme", Event, May("EditEvent")),
    ("upload_guide", Event, May("EditEvent")),
    ("delete_event_file", Event, May("EditEvent")),
    ("duplicate_event", Event, May("CreateEvents")),
    ("cancel_event", Event, May("ManageSales")),
    ("get_event_statistics", Event, May("ReadSales")),
    ("export_event", Event, May("ExportSales")),
    ("list_event_orders", Event, May("ReadSales")),
    ("create_manual_order", Event, May("SellByHand")),
    ("list_ticket_types", Event, May("ReadEvent")),
    ("create_ticket_type", Event, May("ManageSales")),
    ("get_ticket_type", TicketType, May("ReadEvent")),
    ("change_ticket_type", TicketType, May("ManageSales")),
    ("delete_ticket_type", TicketType, May("ManageSales")),
    ("list_quotas", Event, May("ReadSales")),
    ("get_quota", Quota, May("ReadSales")),
    ("create_quota", Event, May("ManageSales")),
    ("change_quota", Quota, May("ManageSales")),
    ("get_order", OrderOf, Buyer(Some("ReadSales"))),
    ("pay_order", OrderOf, Buyer(None)),
    ("cancel_order", OrderOf, Buyer(Some("RefundOrders"))),
    ("resend_order", OrderOf, Buyer(Some("CorrectOrders"))),
    ("list_order_tickets", OrderOf, Buyer(Some("ReadSales"))),
    ("get_order_calendar", OrderOf, Buyer(Some("ReadSales"))),
    ("refund_order", OrderOf, May("RefundOrders")),
    ("get_ticket", Ticket, Buyer(Some("ReadSales"))),
    ("get_ticket_pdf", Ticket, Buyer(Some("ReadSales"))),
    ("check_in", Nothing, May("ScanTickets")),
];

/// One operation of the document with its line in the table.
struct Operation {
    id: String,
    method: Method,
    path: String,
    of: Of,
    who: Who,
    query: String,
    /// The document's own example, or the smallest body that fits the schema.
    body: Option<Value>,
    /// Whether it takes a file and nothing else.
    takes_file: bool,
}

fn document(app: &TestApp) -> Value {
    serde_json::from_str(&api::document(&app.app).unwrap()).unwrap()
}

fn all_operations(document: &Value) -> Vec<Operation> {
    let found = operations(document).into_iter().map(|(method, path, operation)| {
        let id = operation["operationId"].as_str().unwrap();
        let line = TABLE.iter().find(|(known, ..)| *known == id);
        let (_, of, who) = line.unwrap_or_else(|| panic!("{id} is missing in the table of authz.rs"));
        let required = |place: &'static str| {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            parameters.filter(move |parameter| parameter["in"] == place && parameter["required"] == true)
        };
        let is_id = |parameter: &&Value| resolved(document, &parameter["schema"])["enum"].is_null();
        assert_eq!(
            required("path").filter(is_id).count(),
            usize::from(*of != Nothing),
            "{id}: ids in the path"
        );
        // What is no id is one of a few words.
        let mut path = format!("/api{path}");
        for parameter in required("path").filter(|parameter| !is_id(parameter)) {
            let word = smallest(document, &parameter["schema"], false);
            let name = format!("{{{}}}", parameter["name"].as_str().unwrap());
            path = path.replace(&name, word.as_str().unwrap());
        }
        let query = required("query").map(|parameter| {
            let value = smallest(document, &parameter["schema"], false);
            format!("{}={}", parameter["name"].as_str().unwrap(), value.as_str().unwrap())
        });
        Operation {
            id: id.to_owned(),
            method: method.parse().unwrap(),
            path,
            of: *of,
            who: *who,
            query: query.collect::<Vec<_>>().join("&"),
            body: body(document, operation),
            takes_file: takes_file(operation),
        }
    });
    found.collect()
}

fn takes_file(operation: &Value) -> bool {
    let kinds = operation.pointer("/requestBody/content").and_then(Value::as_object);
    kinds.is_some_and(|kinds| kinds.keys().all(|kind| kind == "multipart/form-data"))
}

fn body(document: &Value, operation: &Value) -> Option<Value> {
    let schema = operation.pointer("/requestBody/content/application~1json/schema")?;
    Some(smallest(document, schema, true))
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema["$ref"].as_str().or_else(|| schema["allOf"][0]["$ref"].as_str());
    reference.map_or(schema, |reference| document.pointer(reference.trim_start_matches('#')).unwrap())
}

/// The example of a schema, or a value that it takes.
fn smallest(document: &Value, schema: &Value, examples: bool) -> Value {
    if schema["$ref"].is_string() {
        return smallest(document, resolved(document, schema), examples);
    }
    if let Some(first) = schema["allOf"].get(0) {
        return smallest(document, first, examples);
    }
    if examples && !schema["example"].is_null() {
        return schema["example"].clone();
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("object"), _) => {
            let mut members = Map::new();
            for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                members.insert(name.to_owned(), smallest(document, &schema["properties"][name], examples));
            }
            Value::Object(members)
        }
        (Some("array"), _) => json!([]),
        (Some("integer" | "number"), _) => json!(1),
        (Some("boolean"), _) => json!(false),
        (_, Some("uuid")) => json!("01935a00-0000-7000-8000-000000000001"),
        (_, Some("email")) => json!("nadia@example.org"),
        _ => json!("x".repeat(usize::try_from(schema["minLength"].as_u64().unwrap_or(1)).unwrap())),
    }
}

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
    invitation: String,
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
    let invitation = invitation(&owner, &event.id).await;
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
        invitation,
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
        let id = match operation.of {
            Nothing => "",
            Organization => &self.owner.organization,
            Event => &self.event,
            TicketType => &self.ticket_type,
            Quota => &self.quota,
            OrderOf => &self.order.id,
            Ticket => &self.ticket,
            Payment => &self.payment,
            Session => &self.session,
            Invitation => &self.invitation,
        };
        let path = match operation.path.split_once('{') {
            Some((before, after)) => format!("{before}{id}{}", after.split_once('}').unwrap().1),
            None => operation.path.clone(),
        };
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
            return client.multipart(method, &path, &[Part::file("file", &pdf("A programme"))]).await;
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
    let (_, members, in_event) = line.unwrap_or_else(|| panic!("{permission} is not in the matrix"));
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
fn the_owner_of_another_organization_learns_nothing() {
    run(async {
        let app = TestApp::shared().await;
        let world = shared().await;
        let event = format!("/api/events/{}", world.event);
        let before = world.owner.client.get(&event).await.expect(200).header("etag").to_owned();
        for operation in all_operations(&document(app)) {
            let aside = ["log_out", "change_password", "replace_password", "log_in_with_code"];
            if aside.contains(&operation.id.as_str()) {
                continue;
            }
            let answer = world.ask(&world.stranger.client, &operation).await;
            assert_no_trace(world, &operation, &answer);
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
                    let otherwise = if in_event_alone && operation.of == Organization {
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
