//! The pages of the gate: choose an event and a gate, scan, search, see the verdict.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use minijinja::{Value, context};
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Request, Response, handler};
use serde::Serialize;

use super::frame;
use super::model::{AccessError, Direction, Refusal, Scan, Verdict};
use super::repo::{self, Passed};
use super::service::Gate;
use crate::base::i18n::{self, Lang, text};
use crate::base::identity::{Can, Permission, ScanTickets};
use crate::base::kernel::id::{EventId, TicketId};
use crate::base::site::{Form, Visitor, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Problem, Rate};
use crate::domain::events::{self, Event, event_context};
use crate::domain::ticketing::{self, FoundTicket, qr};

/// A picture of a camera is small; more is not one.
const LARGEST_FRAME: usize = 1_000_000;

/// An event whose gate somebody may keep.
#[derive(Serialize)]
struct Choice {
    href: String,
    name: String,
    when: String,
    place: String,
    day: String,
    month: String,
}

fn choice(lang: Lang, event: &Event) -> Choice {
    let (day, month) =
        event.starts_at.map(|at| i18n::day_and_month(lang, at, event.timezone)).unwrap_or_default();
    let place: Vec<&str> =
        [event.location.as_str(), event.city.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
    let when = event.starts_at.map(|at| i18n::capitalized(&i18n::date_time(lang, at, event.timezone)));
    Choice {
        href: format!("/scan/{}", event.id),
        name: event.name.clone(),
        when: when.unwrap_or_default(),
        place: place.join(", "),
        day,
        month,
    }
}

/// `GET /scan`: the events whose gate this person may keep, the next ones first.
#[handler]
pub async fn gates_page(visitor: Visitor) -> ApiResult<Response> {
    let auth = visitor.member()?;
    let actor = &auth.actor;
    let mut found: Vec<Event> = Vec::new();
    let members = actor.memberships.iter().filter(|(_, role)| ScanTickets::MEMBERS.contains(role));
    let assigned = actor.assignments.iter().filter(|assigned| ScanTickets::IN_EVENT.contains(&assigned.role));
    let everywhere: BTreeSet<_> = members.map(|(number, _)| *number).collect();
    for number in &everywhere {
        let Some(scope) = visitor.entrance.scope_of_membership(*number).await? else { continue };
        let mut tx = visitor.entrance.tenant(&scope).await?;
        found.extend(events::at_the_door(&mut tx).await?);
    }
    for assignment in assigned.filter(|assigned| !everywhere.contains(&assigned.organization)) {
        let scope = visitor.entrance.scope(assignment.event).await?;
        let mut tx = visitor.entrance.tenant(&scope).await?;
        found.extend(events::event(&mut tx, assignment.event).await?);
    }
    found.sort_by_key(|event| event.starts_at);
    let choices: Vec<Choice> = found.iter().map(|event| choice(visitor.lang, event)).collect();
    visitor.page("gate/choose.html", context! { choices => shown(&choices) })
}

/// Where a controller stands, and which way people go.
struct Post {
    gate: String,
    exit: bool,
}

impl Post {
    fn of(visitor: &Visitor) -> Self {
        let get = |name: &str| {
            let mut pairs = url::form_urlencoded::parse(visitor.query().as_bytes());
            pairs
                .find(|(field, _)| field == name)
                .map(|(_, value)| value.trim().to_owned())
                .unwrap_or_default()
        };
        Self {
            gate: get("gate").chars().filter(|c| !c.is_control()).take(100).collect(),
            exit: get("way") == "exit",
        }
    }

    fn address(&self, event: EventId) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("gate", &self.gate);
        if self.exit {
            query.append_pair("way", "exit");
        }
        format!("/scan/{event}?{}", query.finish())
    }
}

async fn permitted(visitor: &Visitor, id: EventId) -> ApiResult<(TenantScope, Can<ScanTickets>)> {
    visitor.entrance.event::<ScanTickets>(visitor.member()?, id).await
}

/// `GET /scan/{event}`: the camera, the field for scanners that type, and the search.
#[handler]
pub async fn gate_page(visitor: Visitor, Path(id): Path<EventId>) -> ApiResult<Response> {
    let (scope, can) = permitted(&visitor, id).await?;
    let mut pairs = url::form_urlencoded::parse(visitor.query().as_bytes());
    let search = pairs.find(|(name, _)| name == "search").map(|(_, text)| text.trim().to_owned());
    let context = gate_context(&visitor, &scope, &can, None, search.as_deref()).await?;
    visitor.page("gate/scan.html", context)
}

/// A ticket that a search found.
#[derive(Serialize)]
struct Match {
    id: String,
    name: String,
    kind: String,
    code: String,
    email: String,
    state: &'static str,
}

fn found(ticket: FoundTicket) -> Match {
    let state = match (ticket.revoked, ticket.inside) {
        (true, _) => "revoked",
        (false, true) => "used",
        (false, false) => "valid",
    };
    Match {
        id: ticket.id.to_string(),
        name: format!("{} {}", ticket.first_name, ticket.last_name).trim().to_owned(),
        kind: ticket.ticket_type,
        code: ticket.code,
        email: ticket.email,
        state,
    }
}

/// One of the last scans.
#[derive(Serialize)]
struct Last {
    name: String,
    time: String,
    kind: &'static str,
    told: String,
}

fn last(lang: Lang, event: &Event, passed: &Passed, names: &[(TicketId, String)]) -> Last {
    let name = names.iter().find(|(id, _)| passed.ticket == Some(id.uuid())).map(|(_, name)| name.clone());
    let refusal = passed.reason.as_deref().and_then(Refusal::parse);
    Last {
        name: name.unwrap_or_else(|| text(lang, "gate-somebody")),
        time: i18n::time(lang, passed.scanned_at, event.timezone),
        kind: kind(refusal),
        told: told(lang, refusal, passed.exit),
    }
}

fn kind(refusal: Option<Refusal>) -> &'static str {
    match refusal {
        None => "ok",
        Some(Refusal::AlreadyUsed | Refusal::NotInside) => "warn",
        Some(_) => "bad",
    }
}

fn told(lang: Lang, refusal: Option<Refusal>, exit: bool) -> String {
    match (refusal, exit) {
        (None, false) => text(lang, "gate-granted"),
        (None, true) => text(lang, "gate-granted-exit"),
        (Some(refusal), _) => text(lang, &format!("gate-{}", refusal.code())),
    }
}

/// A day and a time, short enough to be read at a glance.
fn moment(lang: Lang, at: DateTime<Utc>, zone: Tz) -> String {
    let (date, time) = (i18n::short_date(lang, at, zone), i18n::time(lang, at, zone));
    i18n::stripped(&i18n::text_with(
        lang,
        "sales-moment",
        &i18n::Args::new().set("date", date).set("time", time),
    ))
}

/// What the controller sees after a scan.
fn verdict_context(lang: Lang, event: &Event, verdict: &Verdict, exit: bool) -> Value {
    let holder = verdict.holder.as_ref();
    let name = holder.map(|holder| format!("{} {}", holder.attendee.first_name, holder.attendee.last_name));
    let before = verdict.refusal.and(verdict.checked_in_at);
    context! {
        kind => kind(verdict.refusal), title => told(lang, verdict.refusal, exit),
        note => verdict.refusal.map(|refusal| text(lang, &format!("gate-{}-note", refusal.code()))),
        icon => match kind(verdict.refusal) { "ok" => "check", "warn" => "twice", _ => "cross" },
        name => name.map(|name| name.trim().to_owned()), ticket_type => holder.map(|holder| holder.ticket_type.clone()),
        code => holder.map(|holder| holder.code.clone()),
        before => before.map(|at| moment(lang, at, event.timezone)),
        gate => verdict.refusal.and(verdict.gate.clone()),
    }
}

async fn gate_context(
    visitor: &Visitor,
    scope: &TenantScope,
    can: &Can<ScanTickets>,
    verdict: Option<(Verdict, bool)>,
    search: Option<&str>,
) -> ApiResult<Value> {
    let (lang, post) = (visitor.lang, Post::of(visitor));
    let mut tx = visitor.entrance.tenant(scope).await?;
    let event = events::event(&mut tx, can.event()).await?.ok_or_else(Problem::not_found)?;
    let (inside, valid) = ticketing::entered(&mut tx, event.id).await?;
    let passed = repo::last(&mut tx, event.id, can.by()).await?;
    let ids: Vec<TicketId> = passed.iter().filter_map(|passed| passed.ticket.map(TicketId::from)).collect();
    let names = ticketing::names(&mut tx, &ids).await?;
    let matches = match search.filter(|words| !words.is_empty()) {
        Some(words) => ticketing::find_tickets(&mut tx, event.id, words).await?,
        None => vec![],
    };
    drop(tx);
    let now = visitor.entrance.db.clock().now();
    let lasts: Vec<Last> = passed.iter().map(|passed| last(lang, &event, passed, &names)).collect();
    let matches: Vec<Match> = matches.into_iter().map(found).collect();
    Ok(context! {
        event => event_context(lang, &event, now), gate => post.gate.as_str(), exit => post.exit,
        action => post.address(event.id), other_way => Post { gate: post.gate.clone(), exit: !post.exit }.address(event.id),
        inside, valid, lasts => shown(&lasts), search, matches => shown(&matches),
        verdict => verdict.map(|(verdict, exit)| verdict_context(lang, &event, &verdict, exit)),
    })
}

/// `POST /scan/{event}`: one scan. With the script the same page answers, of which it shows the new parts.
#[handler]
pub async fn scan_page(
    visitor: Visitor,
    Path(id): Path<EventId>,
    Data(gate): Data<&Gate>,
    form: Form,
) -> ApiResult<Response> {
    let (scope, can) = permitted(&visitor, id).await?;
    visitor.entrance.limiter.spend(Rate::Scan, &can.by().to_string())?;
    let post = Post::of(&visitor);
    let qr_data = match form.text("ticket") {
        "" => form.text("qr_data").to_owned(),
        ticket => by_hand(&visitor, &scope, id, ticket).await?,
    };
    if qr_data.is_empty() {
        return Ok(see_other(&post.address(id)));
    }
    let nonce = form.text("nonce").chars().take(100).collect::<String>();
    let scan = Scan {
        event: id,
        qr_data: qr_data.chars().take(4000).collect(),
        direction: if post.exit { Direction::Exit } else { Direction::Entry },
        gate: Some(post.gate.clone()).filter(|gate| !gate.is_empty()),
        nonce: Some(nonce).filter(|nonce| !nonce.is_empty()),
        scanned_at: None,
    };
    let verdict = match gate.check_in(&scope, can, scan).await {
        Ok(verdict) => verdict,
        // The camera read something else: nothing to record, but to be told like a verdict.
        Err(AccessError::Unreadable) => {
            Verdict { refusal: Some(Refusal::Unknown), holder: None, checked_in_at: None, gate: None }
        }
        Err(error) => return Err(error.into()),
    };
    let (scope, can) = permitted(&visitor, id).await?;
    let context = gate_context(&visitor, &scope, &can, Some((verdict, post.exit)), None).await?;
    visitor.page("gate/scan.html", context)
}

/// The code of a ticket that the search found: it is let in like one that was scanned.
async fn by_hand(visitor: &Visitor, scope: &TenantScope, event: EventId, ticket: &str) -> ApiResult<String> {
    let id: TicketId = uuid::Uuid::parse_str(ticket).map_err(|_| Problem::not_found())?.into();
    let mut tx = visitor.entrance.tenant(scope).await?;
    let ticket = ticketing::checked_ticket(&mut tx, id).await?.filter(|ticket| ticket.event == event);
    let ticket = ticket.ok_or_else(Problem::not_found)?;
    Ok(qr::write(&scope.organization().signing_key, ticket.id, ticket.event, ticket.revision, ticket.test))
}

/// `POST /scan/{event}/frame`: the code in a camera's picture, for browsers that cannot read codes themselves. The body
/// is the picture; the visitor's token comes as a header.
#[handler]
pub async fn frame_page(
    visitor: Visitor,
    Path(id): Path<EventId>,
    request: &Request,
    body: Vec<u8>,
) -> ApiResult<Response> {
    visitor.owns_header_token(request)?;
    let (_, _can) = permitted(&visitor, id).await?;
    if body.len() > LARGEST_FRAME {
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large"));
    }
    let read = tokio::task::spawn_blocking(move || frame::read(&body)).await;
    let code = read.map_err(|error| Problem::internal(&error))?;
    let answer = serde_json::json!({ "code": code }).to_string();
    Ok(Response::builder().content_type("application/json; charset=utf-8").body(answer))
}
