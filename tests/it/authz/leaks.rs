//! Whatever anybody asks, in whatever order: no answer holds an id, a name or an address of an organization that the
//! asker has nothing to do with, but for what is public.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use super::table::{Of, Who};
use super::walk::{Operation, all_operations, document};
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client, Method, Part};
use crate::support::fixtures::{Event, Owner, Person, order_body, pdf};
use crate::support::run;

/// What anybody may read of an organization and of a public event, by operation and member of the answer. Whatever else
/// tells of them to strangers fails.
const PUBLIC: &[(&str, &[&str])] = &[
    ("search_catalogue", &["name", "slug", "contact_email", "url", "image", "corrected", "next", "previous"]),
    ("get_catalogue_event", &["name", "slug", "contact_email", "url", "image"]),
    // To the buyer, of what is bought.
    ("place_order", &["name", "event_name"]),
];

/// What would end what the others of these questions need, or makes organizations.
const ASIDE: &[&str] = &[
    "log_out",
    "change_password",
    "replace_password",
    "end_other_sessions",
    "ask_erasure",
    "create_organization",
    "log_in_with_code",
    "replace_profile",
    "change_profile",
];

/// An organization that has one of everything, all of it unmistakable.
struct House {
    /// In every name that is nobody else's business.
    name: String,
    /// In every address of a person.
    address: String,
    /// In what is public.
    public: String,
    owner: Owner,
    /// Who belongs to it, by what they are.
    people: Vec<(&'static str, Client)>,
    ids: BTreeMap<&'static str, Vec<String>>,
    addresses: Vec<String>,
    /// Everything that nobody else may ever read.
    private: Vec<String>,
    /// Those that not even its owner reads anywhere.
    untold: Vec<String>,
    /// The secret of one of its orders.
    secret: String,
}

/// What the ids of a path are, in their order.
fn kinds(of: Of) -> &'static [&'static str] {
    match of {
        Of::Nothing => &[],
        Of::Event => &["event"],
        Of::Organization => &["organization"],
        Of::TicketType => &["ticket_type"],
        Of::Quota => &["quota"],
        Of::Order => &["order"],
        Of::Ticket => &["ticket"],
        Of::Payment => &["payment"],
        Of::Session => &["session"],
        Of::Member => &["organization", "member"],
        Of::Invitation => &["organization", "invitation"],
        Of::ApiKey => &["api_key"],
        Of::Guest => &["guest"],
    }
}

/// What the id under this name in a body is one of.
fn kind_named(name: &str) -> &'static str {
    match name {
        "ticket_type" => "ticket_type",
        "quota" => "quota",
        "organization" => "organization",
        "tickets" => "ticket",
        "order" => "order",
        "account" => "member",
        _ => "event",
    }
}

async fn named(person: &Person, name: &str) {
    let body = json!({ "first_name": format!("{name} first"), "last_name": format!("{name} last") });
    person.client.patch("/api/auth/profile", body).await.expect(200);
}

/// Who is invited, and a program with its key; the key itself.
async fn let_in(
    owner: &Owner,
    gala: &Event,
    name: &str,
    address: &str,
    put: &mut impl FnMut(&'static str, &str),
) -> String {
    let boss = &owner.client;
    let organization = format!("/api/organizations/{}", owner.organization);
    let invitation = json!({ "email": format!("{address}invited@example.org"), "role": "viewer" });
    let invitation = boss.post(&format!("{organization}/invitations"), invitation).await.expect(201);
    put("invitation", &invitation.text("id"));
    let guests = format!("/api/events/{}/invitations", gala.id);
    let emails = json!({ "emails": [format!("{address}guest@example.org")] });
    boss.post(&guests, emails).await.expect(201);
    put("guest", boss.get(&guests).await.expect(200).results()[0]["id"].as_str().unwrap());
    let key = json!({ "name": format!("{name} program"), "scopes": ["events:read"] });
    let key = boss.post(&format!("{organization}/api-keys"), key).await.expect(201);
    put("api_key", &key.text("id"));
    key.text("secret")
}

async fn house(app: &TestApp, number: usize) -> House {
    let (name, address, public) =
        (format!("qzname{number}x"), format!("qzaddress{number}x"), format!("qzpublic{number}x"));
    let founder = app.person(&address).await;
    named(&founder, &name).await;
    let owner = app.found(founder).await;
    let boss = &owner.client;
    let organization = format!("/api/organizations/{}", owner.organization);
    let body = json!({ "name": format!("{public} house"), "contact_email": format!("{public}@example.org") });
    boss.patch(&organization, body).await.expect(200);
    let event = app
        .event(&owner)
        .with("name", format!("{public} fair"))
        .with("slug", format!("{public}-fair"))
        .ticket_type("30.00", 50)
        .publish()
        .await;
    let hidden = |name: String| app.event(&owner).with("name", name.clone()).with("description", name);
    let draft = hidden(format!("{name} draft")).ticket_type("1.00", 5).draft().await;
    let gala = hidden(format!("{name} gala")).with("visibility", "private");
    let gala = gala.ticket_type("2.00", 5).publish().await;
    let quota = json!({ "name": format!("{name} quota"), "size": 3 });
    boss.post(&format!("/api/events/{}/quotas", event.id), quota).await.expect(201);
    let mut ids: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let mut put = |kind: &'static str, id: &str| ids.entry(kind).or_default().push(id.to_owned());
    for id in [&event.id, &draft.id, &gala.id] {
        put("event", id);
        let quotas = boss.get(&format!("/api/events/{id}/quotas")).await.expect(200);
        quotas.results().iter().for_each(|quota| put("quota", quota["id"].as_str().unwrap()));
    }
    put("organization", &owner.organization);
    [&event, &draft, &gala].iter().for_each(|event| put("ticket_type", &event.ticket_types[0]));
    // One order that is paid and one that waits.
    let buyer = format!("{address}buyer@example.org");
    let mut order = order_body(&event.id, &event.ticket_types[0], 2, &buyer);
    order["buyer"]["first_name"] = format!("{name} buyer").into();
    order["lines"][0]["attendees"] = json!([{ "first_name": format!("{name} guest"), "last_name": "One" }]);
    let placed = app.client().post("/api/orders", order.clone()).await.expect(201);
    let paid = app.order(&placed);
    app.pay(&paid).await;
    let waiting = app.client().post("/api/orders", order).await.expect(201);
    let waiting = app.order(&waiting);
    put("payment", &app.begin_payment(&waiting).await);
    let mut private =
        vec![paid.code.clone(), paid.secret.clone(), waiting.code.clone(), waiting.secret.clone()];
    for order in [&paid.id, &waiting.id] {
        put("order", order);
    }
    for ticket in app.tickets(&paid).await {
        put("ticket", ticket["id"].as_str().unwrap());
        private.push(ticket["code"].as_str().unwrap().to_owned());
    }
    let secret_of_key = let_in(&owner, &gala, &name, &address, &mut put).await;
    private.push(secret_of_key.clone());
    // A member that nobody else here needs.
    let spare = app.invited(&address, &owner, "viewer", None).await;
    named(&spare, &name).await;
    put("member", &spare.id);
    let mut untold = vec![waiting.secret.clone(), paid.secret.clone()];
    untold.extend(ids["payment"].iter().cloned());
    // Told once, when it was made.
    untold.push(secret_of_key);
    let mut people = vec![("owner", boss.clone())];
    let mut addresses = vec![owner.person.email.clone(), buyer];
    private.push(owner.person.id.clone());
    for role in ["admin", "viewer", "gestionnaire_des_salles", "participant"] {
        let place = matches!(role, "gestionnaire_des_salles" | "participant").then_some(event.id.as_str());
        let person = app.invited(&address, &owner, role, place).await;
        named(&person, &name).await;
        addresses.push(person.email.clone());
        untold.extend(place.map(|_| person.id.clone()));
        private.push(person.id.clone());
        people.push((role, person.client));
    }
    // A session that nothing here needs.
    app.login(&owner.person.email).await;
    ids.insert("session", app.open_sessions(boss).await);
    // All ids but those of what is public.
    let open = [&event.id, &event.ticket_types[0], &owner.organization];
    private.extend(ids.values().flatten().filter(|id| !open.contains(id)).cloned());
    private.extend([name.clone(), address.clone()]);
    House { name, address, public, people, ids, addresses, private, untold, secret: paid.secret, owner }
}

/// The house that nobody asks about at random, so that what others do to it shows.
const STILL: usize = 3;

/// Organizations, and somebody who belongs to none.
struct Street {
    houses: Vec<House>,
    nobody: Client,
    operations: Vec<Operation>,
}

async fn street() -> &'static Street {
    static STREET: OnceCell<Street> = OnceCell::const_new();
    STREET
        .get_or_init(|| async {
            let app = TestApp::shared().await;
            let mut houses = Vec::new();
            for number in 0..=STILL {
                houses.push(house(app, number).await);
            }
            let mut operations = all_operations(&document(app));
            operations.retain(|operation| !ASIDE.contains(&operation.id.as_str()));
            Street { houses, nobody: app.person("passer-by").await.client, operations }
        })
        .await
}

/// What decides about one question beside its operation.
trait Choice {
    /// An id of this kind.
    fn id(&mut self, street: &Street, kind: &'static str) -> String;
    /// Somebody's address, if one is to stand in the body.
    fn address(&mut self, street: &Street) -> Option<String>;
    /// Words to look for, if any.
    fn words(&mut self, street: &Street) -> Option<String>;
}

/// The example with other ids and addresses.
fn filled(street: &Street, name: &str, value: &Value, choice: &mut impl Choice) -> Value {
    match value {
        Value::Object(members) => {
            let fill = |(name, value): (&String, &Value)| (name.clone(), filled(street, name, value, choice));
            Value::Object(members.iter().map(fill).collect())
        }
        Value::Array(items) => items.iter().map(|item| filled(street, name, item, choice)).collect(),
        Value::String(text) if text.len() == 36 && uuid::Uuid::parse_str(text).is_ok() => {
            choice.id(street, kind_named(name)).into()
        }
        Value::String(_) if name.contains("password") => "nobody's word to get in".into(),
        Value::String(_) if name.contains("email") => match choice.address(street) {
            Some(address) => address.into(),
            None => value.clone(),
        },
        other => other.clone(),
    }
}

/// Asks; what was sent, and the answer.
async fn ask(
    street: &Street,
    client: &Client,
    operation: &Operation,
    choice: &mut impl Choice,
) -> (String, Answer) {
    let mut path = operation.path.clone();
    for kind in kinds(operation.of) {
        let id = choice.id(street, kind);
        let (before, after) = path.split_once('{').unwrap();
        path = format!("{before}{id}{}", after.split_once('}').unwrap().1);
    }
    let mut query: Vec<String> =
        Some(operation.query.clone()).filter(|query| !query.is_empty()).into_iter().collect();
    for name in &operation.optional {
        let value = match name.as_str() {
            "search" => choice.words(street),
            "page_size" => Some("100".to_owned()),
            "organization" | "event" => choice.words(street).map(|_| choice.id(street, kind_named(name))),
            _ => None,
        };
        query.extend(value.map(|value| format!("{name}={value}")));
    }
    if !query.is_empty() {
        path = format!("{path}?{}", query.join("&"));
    }
    let body = operation.body.as_ref().map(|body| filled(street, "", body, choice));
    let sent = format!("{path} {}", body.as_ref().map(Value::to_string).unwrap_or_default());
    let answer = if operation.takes_file {
        client.multipart(operation.method.clone(), &path, &[Part::file("file", &pdf("A programme"))]).await
    } else {
        client.send(operation.method.clone(), &path, body).await
    };
    (sent, answer)
}

/// Fails when the answer tells something of a house that the asker does not belong to.
fn no_leak(street: &Street, own: Option<usize>, operation: &Operation, sent: &str, answer: &Answer) {
    let headers = answer
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())));
    let told = headers.collect::<String>() + &String::from_utf8_lossy(&answer.bytes);
    for (number, house) in street.houses.iter().enumerate().filter(|(number, _)| Some(*number) != own) {
        for secret in &house.private {
            // What was sent may come back.
            assert!(
                sent.contains(secret.as_str()) || !told.contains(secret.as_str()),
                "{secret} of house {number} shows to {own:?}: {sent}\n{answer}"
            );
        }
        let fields = PUBLIC.iter().find(|(id, _)| *id == operation.id).map_or(&[][..], |(_, fields)| *fields);
        let mut found = Vec::new();
        named_with(&answer.body, "", &house.public, &mut found);
        found.retain(|field| !fields.contains(&field.as_str()) && !sent.contains(&house.public));
        assert!(found.is_empty(), "{found:?} tell of house {number}: {sent}\n{answer}");
    }
}

/// The members of an answer whose text contains a word.
fn named_with(value: &Value, name: &str, word: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| named_with(value, name, word, found));
        }
        Value::Array(items) => items.iter().for_each(|item| named_with(item, name, word, found)),
        Value::String(text) if text.contains(word) => found.push(name.to_owned()),
        _ => {}
    }
}

/// One thing of one house after the other.
struct Of1 {
    house: usize,
    turn: usize,
}

impl Choice for Of1 {
    fn id(&mut self, street: &Street, kind: &'static str) -> String {
        let ids = &street.houses[self.house].ids[kind];
        ids[self.turn % ids.len()].clone()
    }

    fn address(&mut self, _: &Street) -> Option<String> {
        None
    }

    fn words(&mut self, _: &Street) -> Option<String> {
        None
    }
}

/// What an owner sees of the house, and when it was changed.
async fn state(house: &House) -> Vec<Value> {
    let mut all = Vec::new();
    for event in &house.ids["event"] {
        for part in ["", "/orders", "/ticket-types", "/quotas", "/statistics"] {
            all.push(house.owner.client.get(&format!("/api/events/{event}{part}")).await.expect(200).body);
        }
    }
    for ticket in &house.ids["ticket"] {
        all.push(house.owner.client.get(&format!("/api/tickets/{ticket}")).await.expect(200).body);
    }
    let organization = format!("/api/organizations/{}", house.owner.organization);
    all.push(house.owner.client.get(&organization).await.expect(200).body);
    all.push(house.owner.client.get(&format!("{organization}/members")).await.expect(200).body);
    all
}

#[test]
fn the_markers_are_where_their_owner_looks() {
    run(async {
        let street = street().await;
        let house = &street.houses[0];
        let mut told = String::new();
        for operation in street.operations.iter().filter(|operation| operation.method == Method::GET) {
            for turn in 0..3 {
                let (_, answer) =
                    ask(street, &house.owner.client, operation, &mut Of1 { house: 0, turn }).await;
                told += &String::from_utf8_lossy(&answer.bytes);
            }
        }
        let unseen = |secret: &&String| !told.contains(secret.as_str()) && !house.untold.contains(secret);
        let missing: Vec<&String> = house.private.iter().filter(unseen).collect();
        assert!(missing.is_empty(), "nobody would notice if these showed: {missing:?}");
        assert!(told.contains(&house.public));
    });
}

#[test]
fn strangers_of_every_kind_learn_nothing_from_any_operation_and_change_nothing() {
    run(async {
        let street = street().await;
        let app = TestApp::shared().await;
        let before = state(&street.houses[STILL]).await;
        let other = street.houses[1].people.iter().map(|(_, client)| (Some(1), client.clone()));
        let guessing = app.client().order_secret(&street.houses[1].secret);
        let askers = [(None, app.client()), (None, street.nobody.clone()), (Some(1), guessing)];
        for (own, client) in askers.into_iter().chain(other) {
            for operation in &street.operations {
                // A purchase is everybody's right, and so is paying what one is asked to pay.
                if ["place_order", "authorize_sandbox_payment"].contains(&operation.id.as_str()) {
                    continue;
                }
                for turn in 0..if operation.of == Of::Nothing { 1 } else { 3 } {
                    let (sent, answer) =
                        ask(street, &client, operation, &mut Of1 { house: STILL, turn }).await;
                    no_leak(street, own, operation, &sent, &answer);
                    let hidden =
                        matches!(operation.who, Who::May(_) | Who::Buyer(_)) && operation.of != Of::Nothing;
                    assert!(!hidden || matches!(answer.status, 401 | 404), "{sent}: {answer}");
                }
            }
        }
        assert_eq!(state(&street.houses[STILL]).await, before, "something has had an effect");
    });
}

/// What goes with a question: a foreign address in the body, words of others to look for, the secret of an own order, a key
/// that everybody uses.
type With = [bool; 4];
const ADDRESS: usize = 0;
const WORDS: usize = 1;
const SECRET: usize = 2;
const KEY: usize = 3;

/// A question at random.
#[derive(Clone, Debug)]
struct Question {
    /// A house, or nobody.
    house: usize,
    person: prop::sample::Index,
    operation: prop::sample::Index,
    picks: Vec<(usize, prop::sample::Index)>,
    with: With,
}

fn questions() -> impl Strategy<Value = Vec<Question>> {
    let index = any::<prop::sample::Index>;
    let picks = prop::collection::vec((0..3usize, index()), 6);
    let question = (0..5usize, index(), index(), picks, any::<With>()).prop_map(
        |(house, person, operation, picks, with)| Question { house, person, operation, picks, with },
    );
    prop::collection::vec(question, 40..80)
}

struct AtRandom<'a> {
    question: &'a Question,
    turn: usize,
    /// A house whose things are left alone.
    but: Option<usize>,
}

impl AtRandom<'_> {
    fn next(&mut self) -> (usize, prop::sample::Index) {
        self.turn += 1;
        let (house, index) = self.question.picks[self.turn % self.question.picks.len()];
        (if self.but == Some(house) { (house + 1) % 3 } else { house }, index)
    }
}

impl Choice for AtRandom<'_> {
    fn id(&mut self, street: &Street, kind: &'static str) -> String {
        let (house, index) = self.next();
        index.get(&street.houses[house].ids[kind]).clone()
    }

    fn address(&mut self, street: &Street) -> Option<String> {
        let (house, index) = self.next();
        self.question.with[ADDRESS].then(|| index.get(&street.houses[house].addresses).clone())
    }

    fn words(&mut self, street: &Street) -> Option<String> {
        let (house, index) = self.next();
        let house = &street.houses[house];
        self.question.with[WORDS]
            .then(|| [&house.name, &house.address, &house.public][index.index(3)].clone())
    }
}

async fn answered(street: &Street, app: &TestApp, question: &Question) {
    let operation = question.operation.get(&street.operations);
    let own = Some(question.house).filter(|house| *house < STILL);
    let mut client = match own {
        Some(house) => question.person.get(&street.houses[house].people).1.clone(),
        None if question.house == 3 => street.nobody.clone(),
        None => app.client(),
    };
    // Whoever buys belongs to the house as a buyer, and is told so.
    if ["place_order", "create_manual_order", "duplicate_event", "keep_template"]
        .contains(&operation.id.as_str())
        && own.is_some()
    {
        return;
    }
    if let (true, Some(house)) = (question.with[SECRET], own) {
        client = client.order_secret(&street.houses[house].secret);
    }
    if question.with[KEY] {
        client = client.key("one key for all");
    }
    // What one may do with one's own is not the question here, only what others learn by it.
    let but = own.filter(|_| operation.method != Method::GET);
    let (sent, answer) = ask(street, &client, operation, &mut AtRandom { question, turn: 0, but }).await;
    assert!(answer.status < 500, "{sent}: {answer}");
    no_leak(street, own, operation, &sent, &answer);
}

#[test]
fn no_sequence_of_questions_makes_an_organization_tell_of_another() {
    let (app, street) = run(async { (TestApp::shared().await, street().await) });
    let config = Config { cases: 15, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&questions(), |questions| {
            run(async {
                for question in &questions {
                    answered(street, app, question).await;
                }
            });
            Ok(())
        })
        .unwrap();
}
