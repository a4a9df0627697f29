//! The world that is measured, made through the API as people would make it.

use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};

use super::client::Client;
use super::options::Options;
use super::server::{Place, Server};

/// Tickets of one free order.
const PER_ORDER: usize = 100;
pub(super) const PASSWORD: &str = "a long enough password";

/// Who owns everything here: the header lines of their requests.
pub(super) struct Owner {
    pub(super) bearer: String,
    /// The organization's number, after which its schema is named.
    pub(super) number: u32,
}

/// An event with its one ticket type.
pub(super) struct OnSale {
    pub(super) event: String,
    pub(super) kind: String,
}

/// A ticket with what opens its order.
pub(super) struct Held {
    pub(super) id: String,
    pub(super) secret: String,
    pub(super) qr: String,
}

/// Everything that the scenarios need.
pub(super) struct World {
    pub(super) owner: Owner,
    /// Sold without limit, each ticket for 30.00.
    pub(super) hot: OnSale,
    /// The event of the gate, and its tickets.
    pub(super) gate: OnSale,
    pub(super) tickets: Vec<Held>,
    /// The event that is exported.
    pub(super) crowd: OnSale,
}

pub(super) fn text(value: &Value, name: &str) -> anyhow::Result<String> {
    let found = value.get(name).and_then(Value::as_str);
    Ok(found.with_context(|| format!("the answer has no {name}"))?.to_owned())
}

/// An owner with a confirmed address and an organization. Needs a server whose jobs run.
pub(super) async fn sign_up(server: &Server, place: &Place) -> anyhow::Result<Owner> {
    let mut client = server.client().await?;
    let email = "owner@load.test";
    let person = json!({ "email": email, "password": PASSWORD, "first_name": "Load", "last_name": "Owner" });
    client.post("/api/auth/register", "", &person).await?.expect(201)?;
    let token = json!({ "token": confirmation(place).await? });
    client.post("/api/auth/confirm", "", &token).await?.expect(200)?;
    let login = json!({ "email": email, "password": PASSWORD });
    let login = client.post("/api/auth/login", "", &login).await?.json(200)?;
    let bearer = bearer(&login)?;
    let organization = json!({ "name": "Load", "slug": "load", "country": "FR", "currency": "EUR",
        "locale": "fr", "timezone": "Europe/Paris" });
    let organization = client.post("/api/organizations", &bearer, &organization).await?.json(201)?;
    let id = text(&organization, "id")?;
    let chosen = json!({ "organization": id });
    let tokens = client.post("/api/auth/select-organization", &bearer, &chosen).await?.json(200)?;
    let number = id.get(id.len().saturating_sub(8)..).context("no id")?;
    Ok(Owner { bearer: self::bearer(&tokens)?, number: u32::from_str_radix(number, 16)? })
}

pub(super) fn bearer(tokens: &Value) -> anyhow::Result<String> {
    Ok(format!("authorization: Bearer {}\r\n", text(tokens, "access")?))
}

/// The token of the first mail.
async fn confirmation(place: &Place) -> anyhow::Result<String> {
    let since = Instant::now();
    while since.elapsed() < Duration::from_secs(20) {
        if let Some(mail) = place.mails()?.first() {
            let mail = std::fs::read_to_string(mail)?.replace("=\r\n", "").replace("=3D", "=");
            let (_, rest) = mail.split_once("/confirm?token=").context("the mail has no link")?;
            let part = |c: char| c.is_ascii_alphanumeric() || "-_.~%".contains(c);
            return Ok(rest.chars().take_while(|c| part(*c)).collect());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    bail!("no mail came")
}

/// Events, free orders and their tickets. The letters that they caused are thrown away.
pub(super) async fn build(server: &Server, owner: Owner, options: &Options) -> anyhow::Result<World> {
    let mut client = server.client().await?;
    for number in 0..40 {
        let price = if number % 4 == 0 { "0.00" } else { "25.00" };
        publish(&mut client, &owner.bearer, &format!("Conférence publique numéro {number}"), price, None)
            .await?;
    }
    let hot = publish(&mut client, &owner.bearer, "Le concert que tous veulent", "30.00", Some(Value::Null))
        .await?;
    let gate = publish(&mut client, &owner.bearer, "Le salon et son entrée", "0.00", None).await?;
    let crowd = publish(&mut client, &owner.bearer, "Le congrès et ses participants", "0.00", None).await?;
    let mut tickets = Vec::with_capacity(options.tickets());
    for batch in 0..options.tickets() / PER_ORDER {
        let (id, secret) = order_free(&mut client, &gate, batch).await?;
        let path = format!("/api/orders/{id}/tickets");
        let header = format!("x-order-secret: {secret}\r\n");
        let listed = client.get(&path, &header).await?.json(200)?;
        for ticket in listed.get("results").and_then(Value::as_array).context("no tickets")? {
            let (id, qr) = (text(ticket, "id")?, text(ticket, "qr_data")?);
            tickets.push(Held { id, secret: secret.clone(), qr });
        }
    }
    ensure!(tickets.len() == options.tickets(), "{} tickets", tickets.len());
    for batch in 0..options.participants() / PER_ORDER {
        order_free(&mut client, &crowd, batch).await?;
    }
    server.sql("parvis", "DELETE FROM platform.job WHERE kind = 'ticketing.letter'")?;
    server.sql("parvis", "VACUUM ANALYZE")?;
    server.sql("parvis", "CHECKPOINT")?;
    Ok(World { owner, hot, gate, tickets, crowd })
}

/// A published event of next year with one ticket type, in a quota of its own when a size is given.
pub(super) async fn publish(
    client: &mut Client,
    bearer: &str,
    name: &str,
    price: &str,
    size: Option<Value>,
) -> anyhow::Result<OnSale> {
    let event = json!({ "name": name, "start_date": "2099-03-01T18:00:00Z", "end_date": "2099-03-01T22:00:00Z",
        "city": "Lyon", "location": "12 rue de la République, 69002 Lyon", "category": "conference",
        "description": "Une soirée de rencontres, de débats et de musique, ouverte à toutes et à tous." });
    let event = text(&client.post("/api/events", bearer, &event).await?.json(201)?, "id")?;
    let mut kind =
        json!({ "name": "Plein tarif", "price": price, "tax_rate": "20.00", "max_per_order": 100 });
    if let Some(size) = size {
        let quota = json!({ "name": "Places", "size": size });
        let quota = client.post(&format!("/api/events/{event}/quotas"), bearer, &quota).await?.json(201)?;
        *kind.get_mut("name").context("no name")? = "Debout".into();
        kind.as_object_mut().context("no object")?.insert("quota".into(), text(&quota, "id")?.into());
    }
    let path = format!("/api/events/{event}/ticket-types");
    let kind = text(&client.post(&path, bearer, &kind).await?.json(201)?, "id")?;
    client.post(&format!("/api/events/{event}/publish"), bearer, &json!({})).await?.expect(200)?;
    Ok(OnSale { event, kind })
}

/// A free order of 100 tickets, each for somebody else; its id and secret.
async fn order_free(client: &mut Client, on_sale: &OnSale, batch: usize) -> anyhow::Result<(String, String)> {
    let attendees: Vec<Value> = (0..PER_ORDER)
        .map(|place| {
            let number = batch * PER_ORDER + place;
            json!({ "first_name": format!("Prénom{number}"), "last_name": format!("Nom{number}"),
                "email": format!("person{number}@load.test") })
        })
        .collect();
    let line = json!({ "ticket_type": on_sale.kind, "quantity": PER_ORDER, "attendees": attendees });
    let order = json!({ "event": on_sale.event, "lines": [line],
        "buyer": { "email": format!("group{batch}@load.test"), "first_name": "Group", "last_name": "Leader" } });
    let order = client.post("/api/orders", "", &order).await?.json(201)?;
    ensure!(order.get("status").and_then(Value::as_str) == Some("paid"), "a free order is not paid");
    Ok((text(&order, "id")?, text(&order, "secret")?))
}

/// One order from nothing to paid: hold, begin of the payment, card. Three requests.
pub(super) async fn buy(client: &mut Client, on_sale: &OnSale, number: usize) -> anyhow::Result<()> {
    let order = json!({ "event": on_sale.event,
        "buyer": { "email": format!("buyer{number}@load.test"), "first_name": "Nadia", "last_name": "Benali",
            "locale": "fr" },
        "lines": [{ "ticket_type": on_sale.kind, "quantity": 1 }] });
    let order = client.post("/api/orders", "", &order).await?.json(201)?;
    let path = format!("/api/orders/{}/pay", text(&order, "id")?);
    let header = format!("x-order-secret: {}\r\n", text(&order, "secret")?);
    let begun = client.post(&path, &header, &json!({ "provider": "sandbox" })).await?.json(200)?;
    let payment = text(begun.get("payment").context("no payment")?, "id")?;
    let card = json!({ "card_number": "4242424242424242" });
    let path = format!("/api/payments/sandbox/{payment}/authorize");
    client.post(&path, "", &card).await?.expect(200)
}
