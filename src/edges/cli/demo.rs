//! The demo: two organizations with what the product has so far, made once.
//!
//! Everything but the people goes through the API itself, as a client would do it, so the demo is also the
//! first client that notices when the API breaks.

use anyhow::{Context, bail};
use poem::endpoint::BoxEndpoint;
use poem::http::{Method, StatusCode, header};
use poem::{Endpoint, EndpointExt, Request, Response};
use serde_json::{Value, json};

use crate::app::App;
use crate::base::i18n::Lang;
use crate::base::identity::{EventRole, ManageAssignments, ManageMembers, MemberRole, NewAccount};
use crate::base::kernel::id::EventId;
use crate::edges::api;

const PASSWORD: &str = "parvis-demo";

/// Everybody in the demo: address, names, role in the events.
const PEOPLE: [(&str, &str, &str, Option<EventRole>); 8] = [
    ("owner@demo.parvis.test", "Nadia", "Benali", None),
    ("manager@demo.parvis.test", "Samir", "Haddad", Some(EventRole::GestionnaireDesSalles)),
    ("controller@demo.parvis.test", "Lina", "Morel", Some(EventRole::ControlleurDesBadges)),
    ("exhibitor@demo.parvis.test", "Paul", "Girard", Some(EventRole::Exposant)),
    ("participant@demo.parvis.test", "Amel", "Kaci", None),
    ("sales@demo.parvis.test", "Inès", "Fabre", None),
    ("operator@demo.parvis.test", "Malik", "Saïdi", None),
    ("owner@rival.parvis.test", "Victor", "Lemoine", None),
];

/// Those who work in the organization without a role in an event.
const MEMBERS: [(&str, MemberRole); 2] =
    [("sales@demo.parvis.test", MemberRole::Sales), ("operator@demo.parvis.test", MemberRole::Operator)];

/// Seeds an installation that has no demo yet.
pub(super) async fn seed(app: &App) -> anyhow::Result<()> {
    let mut people = Vec::new();
    for (email, first_name, last_name, role) in PEOPLE {
        let new = NewAccount {
            email: email.into(),
            password: PASSWORD.into(),
            first_name: first_name.into(),
            last_name: last_name.into(),
            phone: String::new(),
            locale: Lang::Fr,
        };
        let Some(account) = app.entrance.identity.create_confirmed(new).await? else {
            tracing::info!("the demo is there already");
            return Ok(());
        };
        people.push((email, account, role));
    }
    let client = Client { endpoint: api::routes(app)?.map_to_response().boxed() };
    let owner = client.founder("owner@demo.parvis.test", demo_organization()).await?;
    let [concert, summit, night] = demo_events(app);
    let concert = client
        .sell(&owner, &concert, &[("Plein tarif", "24.00", 180), ("Tarif réduit", "15.00", 60)])
        .await?;
    let summit =
        client.sell(&owner, &summit, &[("Pass deux jours", "90.00", 300), ("Étudiant", "0.00", 100)]).await?;
    for event in [&concert, &summit] {
        let id: EventId = event.id.parse::<uuid::Uuid>()?.into();
        let actor = app.entrance.identity.actor_of_token(&owner).await?.context("the owner's token")?;
        for (_, account, role) in &people {
            let Some(role) = role else { continue };
            let can = app.entrance.identity.permit::<ManageAssignments>(&actor, id).await?;
            app.entrance.identity.assign(can, *account, *role).await?;
        }
    }
    let actor = app.entrance.identity.actor_of_token(&owner).await?.context("the owner's token")?;
    let id: EventId = concert.id.parse::<uuid::Uuid>()?.into();
    let scope = app.entrance.tenancy.scope_of_id(id).await?.context("the organization")?;
    for (email, role) in MEMBERS {
        let found = people.iter().find(|(other, ..)| *other == email);
        let Some((_, account, _)) = found else { continue };
        let can = app.entrance.identity.permit_organization::<ManageMembers>(&actor, &scope).await?;
        app.entrance.identity.add_member(can, *account, role).await?;
    }
    client.buy(&concert, 0, 2, ("Amel", "Kaci", "participant@demo.parvis.test")).await?;
    client.buy(&concert, 1, 1, ("Julie", "Perrin", "julie@example.org")).await?;
    client.buy(&summit, 1, 1, ("Yacine", "Bouzid", "yacine@example.org")).await?;
    let rival = client.founder("owner@rival.parvis.test", rival_organization()).await?;
    client.sell(&rival, &night, &[("Entrée", "8.00", 400)]).await?;
    tracing::info!("the demo is seeded");
    Ok(())
}

fn demo_organization() -> Value {
    json!({ "name": "Les Amis du Théâtre", "slug": "amis-du-theatre", "country": "FR", "currency": "EUR",
            "locale": "fr", "timezone": "Europe/Paris" })
}

fn rival_organization() -> Value {
    json!({ "name": "Rival Productions", "slug": "rival-productions", "country": "FR", "currency": "EUR",
            "locale": "en", "timezone": "Europe/Paris" })
}

/// Events some weeks from now, at an evening hour.
fn demo_events(app: &App) -> [Value; 3] {
    let at = |days: i64, hour: u32| {
        let day = app.db.clock().now().date_naive() + chrono::Duration::days(days);
        day.and_hms_opt(hour, 0, 0).unwrap_or_default().and_utc().to_rfc3339()
    };
    [
        json!({ "name": "Concert d’hiver", "category": "concert", "location": "Salle Molière", "city": "Lyon",
                "latitude": 45.7651, "longitude": 4.8284, "start_date": at(21, 19), "end_date": at(21, 22),
                "description": "Un soir d’orgue et de voix, au chaud.", "capacity": 220,
                "terms": "Billets nominatifs. Ouverture des portes une heure avant le concert." }),
        json!({ "name": "Rencontres du numérique libre", "category": "conference", "location": "La Cité",
                "city": "Nantes", "start_date": at(45, 8), "end_date": at(46, 17), "capacity": 350,
                "description": "Deux jours de conférences et d’ateliers." }),
        json!({ "name": "Rival Night", "category": "festival", "location": "Docks", "city": "Marseille",
                "start_date": at(30, 20), "end_date": at(31, 2), "description": "All night long." }),
    ]
}

/// An event that is on sale.
struct OnSale {
    id: String,
    types: Vec<String>,
}

/// A client of the API, without a network between.
struct Client {
    endpoint: BoxEndpoint<'static, Response>,
}

impl Client {
    async fn call(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: &Value,
    ) -> anyhow::Result<Value> {
        let mut request = Request::builder()
            .method(method.clone())
            .uri(path.parse()?)
            .content_type("application/json")
            .header(header::ACCEPT_LANGUAGE, "fr");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let response = self.endpoint.get_response(request.body(body.to_string())).await;
        let status = response.status();
        let bytes = response.into_body().into_vec().await?;
        if !status.is_success() {
            bail!("{method} {path}: {status} {}", String::from_utf8_lossy(&bytes));
        }
        if status == StatusCode::NO_CONTENT || bytes.is_empty() {
            return Ok(Value::Null);
        }
        Ok(serde_json::from_slice(&bytes)?)
    }

    async fn post(&self, path: &str, token: Option<&str>, body: Value) -> anyhow::Result<Value> {
        self.call(Method::POST, path, token, &body).await
    }

    /// Logs somebody in and founds their organization; the token names it.
    async fn founder(&self, email: &str, organization: Value) -> anyhow::Result<String> {
        let login =
            self.post("/api/auth/login", None, json!({ "email": email, "password": PASSWORD })).await?;
        let token = text(&login, "access")?;
        let organization = self.post("/api/organizations", Some(&token), organization).await?;
        let choice = json!({ "organization": text(&organization, "id")? });
        let tokens = self.post("/api/auth/select-organization", Some(&token), choice).await?;
        text(&tokens, "access")
    }

    async fn sell(&self, token: &str, event: &Value, types: &[(&str, &str, i32)]) -> anyhow::Result<OnSale> {
        let event = self.post("/api/events", Some(token), event.clone()).await?;
        let id = text(&event, "id")?;
        let mut made = Vec::new();
        for (name, price, size) in types {
            let quota = json!({ "name": name, "size": size });
            let quota = self.post(&format!("/api/events/{id}/quotas"), Some(token), quota).await?;
            let kind =
                json!({ "name": name, "price": price, "quota": text(&quota, "id")?, "tax_rate": "5.5" });
            let kind = self.post(&format!("/api/events/{id}/ticket-types"), Some(token), kind).await?;
            made.push(text(&kind, "id")?);
        }
        self.post(&format!("/api/events/{id}/publish"), Some(token), json!({})).await?;
        Ok(OnSale { id, types: made })
    }

    async fn buy(
        &self,
        event: &OnSale,
        kind: usize,
        quantity: i32,
        who: (&str, &str, &str),
    ) -> anyhow::Result<()> {
        let kind = event.types.get(kind).context("a ticket type")?;
        let (first_name, last_name, email) = who;
        let order = json!({ "event": event.id,
            "buyer": { "email": email, "first_name": first_name, "last_name": last_name, "locale": "fr" },
            "lines": [{ "ticket_type": kind, "quantity": quantity }] });
        let order = self.post("/api/orders", None, order).await?;
        if text(&order, "status")? == "paid" {
            return Ok(());
        }
        let path = format!("/api/orders/{}/pay?secret={}", text(&order, "id")?, text(&order, "secret")?);
        let payment = self.post(&path, None, json!({ "provider": "sandbox" })).await?;
        let path = format!("/api/payments/sandbox/{}/authorize", text(&payment, "payment/id")?);
        self.post(&path, None, json!({ "card_number": "4242424242424242" })).await?;
        Ok(())
    }
}

/// The text at a path, as in `payment/id`.
fn text(value: &Value, path: &str) -> anyhow::Result<String> {
    let found = value.pointer(&format!("/{path}")).and_then(Value::as_str);
    found.map(str::to_owned).with_context(|| format!("no {path} in {value}"))
}

/// Prints the address and the logins.
pub(super) fn welcome(app: &App) {
    println!("\nParvis runs at {}", app.entrance.public_url);
    println!("  the API and its document: {}/docs", app.entrance.public_url);
    println!("  mails are written to:     {}", crate::app::mail_folder(&app.config).display());
    println!("Logins, password {PASSWORD}:");
    for (email, ..) in PEOPLE {
        println!("  {email}");
    }
    println!(
        "Test cards: 4242424242424242 pays, 4000000000000002 is declined, 4000000000000259 pays late.\n"
    );
}
