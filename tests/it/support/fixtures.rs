//! People, events and orders, made through the API as everybody makes them.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use super::app::TestApp;
use super::client::{Answer, Client};

pub const PASSWORD: &str = "a long enough password";
/// A card that pays, one that is declined, and one whose payment is noticed by polling alone.
pub const CARD: &str = "4242424242424242";
pub const DECLINED_CARD: &str = "4000000000000002";
pub const SILENT_CARD: &str = "4000000000000259";

/// A picture with something in it.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([x, y, x + y].map(|value| u8::try_from(value % 256).unwrap()))
    });
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}

/// The smallest document that says something.
pub fn pdf(text: &str) -> Vec<u8> {
    format!("%PDF-1.7\n1 0 obj\n({text})\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n").into_bytes()
}

/// Somebody with an account who is logged in.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: String,
    pub email: String,
    pub client: Client,
    pub refresh: String,
}

/// The owner of an organization that has nothing yet.
#[derive(Clone, Debug)]
pub struct Owner {
    pub person: Person,
    pub client: Client,
    pub organization: String,
    pub slug: String,
}

/// An event that is on sale.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: String,
    pub slug: String,
    /// In the order in which they were added.
    pub ticket_types: Vec<String>,
}

/// An order as its guest knows it.
#[derive(Clone, Debug)]
pub struct Order {
    pub id: String,
    pub secret: String,
    pub email: String,
    pub code: String,
    pub status: String,
    pub total: String,
    /// Somebody without an account who shows the order's secret.
    pub client: Client,
}

/// An event in the making.
#[must_use]
pub struct EventDraft<'a> {
    owner: &'a Owner,
    body: Value,
    /// Name, price, quota, and other members of the ticket type.
    types: Vec<(String, String, Option<i64>, Value)>,
}

impl TestApp {
    /// Signs somebody up, without confirming the address.
    pub async fn register(&self, email: &str) -> Answer {
        let body =
            json!({ "email": email, "password": PASSWORD, "first_name": "Nadia", "last_name": "Benali" });
        self.client().post("/api/auth/register", body).await.expect(201)
    }

    /// Logs somebody in.
    pub async fn login(&self, email: &str) -> Answer {
        self.client()
            .post("/api/auth/login", json!({ "email": email, "password": PASSWORD }))
            .await
            .expect(200)
    }

    /// Somebody new with a confirmed address and nothing else.
    pub async fn person(&self, name: &str) -> Person {
        let email = format!("{}@example.org", Self::unique(name));
        self.register(&email).await;
        let token = self.mailbox.wait(&email, 1).await.token();
        self.client().post("/api/auth/confirm", json!({ "token": token })).await.expect(200);
        self.logged_in(&email).await
    }

    /// Somebody who has an account, by a new login.
    pub async fn logged_in(&self, email: &str) -> Person {
        let login = self.login(email).await;
        Person {
            id: login.text("user/id"),
            email: email.to_owned(),
            client: self.client().token(&login.text("access")),
            refresh: login.text("refresh"),
        }
    }

    /// The sessions of whoever `client` is, without the one that asks, the last one first.
    pub async fn open_sessions(&self, client: &Client) -> Vec<String> {
        let answer = client.get("/api/auth/sessions").await.expect(200);
        let others = answer.results().iter().filter(|session| session["is_current"] == false);
        others.map(|session| session["id"].as_str().unwrap().to_owned()).collect()
    }

    /// Somebody new with an organization of their own.
    pub async fn owner(&self) -> Owner {
        let person = self.person("owner").await;
        self.found(person).await
    }

    /// Somebody's new organization; the token names it.
    pub async fn found(&self, person: Person) -> Owner {
        let slug = Self::unique("org");
        let body = json!({ "name": format!("Organization {slug}"), "slug": slug, "country": "FR",
            "currency": "EUR", "locale": "en", "timezone": "Europe/Paris" });
        let organization = person.client.post("/api/organizations", body).await.expect(201).text("id");
        let choice = json!({ "organization": organization });
        let tokens = person.client.post("/api/auth/select-organization", choice).await.expect(200);
        let client = self.client().token(&tokens.text("access"));
        Owner { person, client, organization, slug }
    }

    /// Somebody new with this role in the organization: `admin`, `sales`, `operator` or `viewer`.
    pub async fn member(&self, owner: &Owner, role: &str) -> Person {
        self.invited("invited", owner, role, None).await
    }

    /// Somebody new with this role in the event, such as `participant`.
    pub async fn assigned(&self, owner: &Owner, event: &str, role: &str) -> Person {
        self.invited("invited", owner, role, Some(event)).await
    }

    /// Somebody new who may scan at the gate of the event.
    pub async fn controller(&self, owner: &Owner, event: &str) -> Person {
        self.assigned(owner, event, "controlleur_des_badges").await
    }

    /// Somebody new whose address begins with `name`, with this role in the organization or in one of its events.
    pub async fn invited(&self, name: &str, owner: &Owner, role: &str, event: Option<&str>) -> Person {
        let person = self.person(name).await;
        let body = json!({ "email": person.email, "role": role, "event": event });
        let path = format!("/api/organizations/{}/invitations", owner.organization);
        owner.client.post(&path, body).await.expect(201);
        let token = self.mailbox.wait(&person.email, 2).await.token();
        person.client.post("/api/invitations/accept", json!({ "token": token })).await.expect(200);
        // A new token, which names what the role is in.
        self.logged_in(&person.email).await
    }

    /// A draft in a month from now, in the owner's organization.
    pub fn event<'a>(&self, owner: &'a Owner) -> EventDraft<'a> {
        let starts: DateTime<Utc> = self.clock.now() + Duration::days(30);
        let body = json!({ "name": Self::unique("Event"), "start_date": starts,
            "end_date": starts + Duration::hours(4), "city": "Lyon", "location": "Bourse du Travail" });
        EventDraft { owner, body, types: vec![] }
    }

    /// Orders `quantity` tickets as a guest with an address of their own.
    pub async fn buy(&self, event: &Event, ticket_type: &str, quantity: u32) -> Order {
        let email = format!("{}@example.org", Self::unique("guest"));
        self.buy_as(&self.client(), &email, event, ticket_type, quantity).await
    }

    /// Orders tickets as whoever `client` is.
    pub async fn buy_as(
        &self,
        client: &Client,
        email: &str,
        event: &Event,
        ticket_type: &str,
        quantity: u32,
    ) -> Order {
        let answer = client.post("/api/orders", order_body(&event.id, ticket_type, quantity, email)).await;
        self.order(&answer.expect(201))
    }

    /// What the answer of an order that was just placed says.
    pub fn order(&self, answer: &Answer) -> Order {
        let secret = answer.text("secret");
        Order {
            id: answer.text("id"),
            email: answer.text("buyer/email"),
            code: answer.text("code"),
            status: answer.text("status"),
            total: answer.text("total"),
            client: self.client().order_secret(&secret),
            secret,
        }
    }

    /// Begins to pay with a card; the payment.
    pub async fn begin_payment(&self, order: &Order) -> String {
        let path = format!("/api/orders/{}/pay", order.id);
        order.client.post(&path, json!({ "provider": "sandbox" })).await.expect(200).text("payment/id")
    }

    /// Uses a card for a payment.
    pub async fn authorize(&self, payment: &str, card: &str) -> Answer {
        let path = format!("/api/payments/sandbox/{payment}/authorize");
        self.client().post(&path, json!({ "card_number": card })).await
    }

    /// Pays the order with a card that works.
    pub async fn pay(&self, order: &Order) {
        let payment = self.begin_payment(order).await;
        self.authorize(&payment, CARD).await.expect(200);
        let path = format!("/api/orders/{}", order.id);
        assert_eq!(order.client.get(&path).await.expect(200)["status"], "paid");
    }

    /// The tickets of an order.
    pub async fn tickets(&self, order: &Order) -> Vec<Value> {
        let path = format!("/api/orders/{}/tickets", order.id);
        order.client.get(&path).await.expect(200).results().clone()
    }

    /// Orders and pays; the order and its tickets.
    pub async fn sold(&self, event: &Event, ticket_type: &str, quantity: u32) -> (Order, Vec<Value>) {
        let order = self.buy(event, ticket_type, quantity).await;
        if order.status != "paid" {
            self.pay(&order).await;
        }
        let tickets = self.tickets(&order).await;
        (order, tickets)
    }
}

/// An order for one kind of ticket.
pub fn order_body(event: &str, ticket_type: &str, quantity: u32, email: &str) -> Value {
    json!({ "event": event, "buyer": { "email": email, "first_name": "Karim", "last_name": "Haddad", "locale": "en" },
        "lines": [{ "ticket_type": ticket_type, "quantity": quantity }] })
}

impl EventDraft<'_> {
    /// Another member of the event's body.
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.body[member] = value.into();
        self
    }

    /// Sells something, from a quota of its own if there is one.
    pub fn ticket_type(self, price: &str, quota: impl Into<Option<i64>>) -> Self {
        self.ticket_type_with(price, quota, json!({}))
    }

    /// As [`Self::ticket_type`], with other members, such as `sales_end`.
    pub fn ticket_type_with(mut self, price: &str, quota: impl Into<Option<i64>>, other: Value) -> Self {
        let name = format!("Type {}", self.types.len() + 1);
        self.types.push((name, price.to_owned(), quota.into(), other));
        self
    }

    /// Makes the event and what it sells, without publishing it.
    pub async fn draft(self) -> Event {
        let client = &self.owner.client;
        let event = client.post("/api/events", self.body).await.expect(201);
        let id = event.text("id");
        let mut ticket_types = Vec::new();
        for (name, price, size, other) in self.types {
            let mut body = json!({ "name": name, "price": price });
            if let Some(size) = size {
                let quota = json!({ "name": name, "size": size });
                let quota = client.post(&format!("/api/events/{id}/quotas"), quota).await.expect(201);
                body["quota"] = quota["id"].clone();
            }
            for (member, value) in other.as_object().into_iter().flatten() {
                body[member] = value.clone();
            }
            let made = client.post(&format!("/api/events/{id}/ticket-types"), body).await.expect(201);
            ticket_types.push(made.text("id"));
        }
        Event { id, slug: event.text("slug"), ticket_types }
    }

    /// Makes the event and opens it to its public.
    pub async fn publish(self) -> Event {
        let client = self.owner.client.clone();
        let event = self.draft().await;
        client.post(&format!("/api/events/{}/publish", event.id), json!({})).await.expect(200);
        event
    }
}
