//! The API of the gate.

use chrono::{DateTime, Utc};
use poem::http::StatusCode;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{Enum, Object, OpenApi};

use super::model::{AccessError, Direction, Holder, Refusal, Scan, Verdict};
use super::service::Gate;
use crate::base::identity::{Auth, Entrance, ScanTickets};
use crate::base::kernel::id::{EventId, OrderId, TicketId};
use crate::base::web::{ApiResult, Input, Key, Problem, Rate, Tags};

/// The gate.
pub struct AccessApi {
    entrance: Entrance,
    gate: Gate,
}

/// Through the gate, which way.
#[derive(Enum, Clone, Copy)]
#[oai(rename_all = "snake_case")]
enum DirectionInput {
    Entry,
    Exit,
}

/// One scan.
#[derive(Object)]
#[oai(example)]
struct ScanInput {
    event: EventId,
    /// A ticket's QR, a badge code, or JSON with a `badge_id`.
    #[oai(validator(max_length = 4000))]
    qr_data: String,
    direction: Option<DirectionInput>,
    /// The name of the gate.
    #[oai(validator(max_length = 100))]
    gate: Option<String>,
    /// Names this scan: sent twice, it has one effect.
    #[oai(validator(min_length = 1, max_length = 100))]
    nonce: Option<String>,
    /// When the device scanned, if it was offline since.
    scanned_at: Option<DateTime<Utc>>,
}

impl Example for ScanInput {
    fn example() -> Self {
        Self {
            event: uuid::Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0001).into(),
            qr_data: "MKPL-ABCDEFGH2345".into(),
            direction: Some(DirectionInput::Entry),
            gate: Some("North".into()),
            nonce: Some("7f3a".into()),
            scanned_at: None,
        }
    }
}

/// The ticket that was let in.
#[derive(Object)]
struct ScannedTicket {
    id: TicketId,
    code: String,
    order: OrderId,
    ticket_type: String,
    status: String,
}

/// The person who was let in.
#[derive(Object)]
struct Participant {
    name: String,
    first_name: String,
    last_name: String,
    email: String,
}

/// Somebody may pass.
#[derive(Object)]
struct Granted {
    /// `granted`.
    status: String,
    ticket: ScannedTicket,
    participant: Participant,
    checked_in_at: DateTime<Utc>,
    #[oai(nullable)]
    gate: Option<String>,
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Unreadable => Self::new(StatusCode::BAD_REQUEST, "checkin.unreadable"),
            AccessError::UnknownEvent => Self::not_found(),
            AccessError::NonceReused => Self::field("nonce", "key_reused"),
            AccessError::Identity(error) => error.into(),
            AccessError::Db(error) => error.into(),
        }
    }
}

fn participant(holder: &Holder) -> Participant {
    let attendee = &holder.attendee;
    Participant {
        name: format!("{} {}", attendee.first_name, attendee.last_name).trim().to_owned(),
        first_name: attendee.first_name.clone(),
        last_name: attendee.last_name.clone(),
        email: attendee.email.clone(),
    }
}

/// What the controller is told.
fn refused(refusal: Refusal, verdict: &Verdict) -> Problem {
    let problem = match refusal {
        Refusal::AlreadyUsed => Problem::conflict("checkin.already_used"),
        Refusal::PaymentRequired => Problem::new(StatusCode::PAYMENT_REQUIRED, "checkin.payment_required"),
        Refusal::Unknown => Problem::new(StatusCode::NOT_FOUND, "checkin.unknown"),
        Refusal::Revoked | Refusal::OtherEvent | Refusal::EventNotOpen | Refusal::NotInside => {
            Problem::new(StatusCode::FORBIDDEN, "checkin.refused").with("reason", refusal.code())
        }
    };
    let problem = problem.member("reason", refusal.code());
    let problem = match &verdict.holder {
        Some(holder) => {
            let person = participant(holder);
            problem
                .member("participant", serde_json::json!({ "name": person.name, "email": person.email }))
                .member(
                    "ticket",
                    serde_json::json!({
                    "id": holder.ticket, "code": holder.code, "ticket_type": holder.ticket_type }),
                )
        }
        None => problem,
    };
    if refusal == Refusal::AlreadyUsed {
        problem
            .member("checked_in_at", verdict.checked_in_at.map(|at| at.to_rfc3339()))
            .member("gate", verdict.gate.clone())
    } else {
        problem
    }
}

impl AccessApi {
    pub fn new(entrance: Entrance, gate: Gate) -> Self {
        Self { entrance, gate }
    }
}

#[OpenApi(tag = "Tags::Access")]
impl AccessApi {
    /// Scan a ticket or a badge at the gate of an event. Every verdict is recorded for good.
    #[oai(path = "/checkin", method = "post", operation_id = "check_in")]
    async fn check_in(
        &self,
        auth: Auth,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<ScanInput>,
    ) -> ApiResult<Json<Granted>> {
        let input = body.value()?;
        // Before other checks: a controller must learn at once that the camera read rubbish.
        if super::model::read(&input.qr_data).is_none() {
            return Err(AccessError::Unreadable.into());
        }
        self.entrance.limiter.spend(Rate::Scan, &auth.actor.account.to_string())?;
        let (scope, can) = self.entrance.event::<ScanTickets>(&auth, input.event).await?;
        let scan = Scan {
            event: input.event,
            qr_data: input.qr_data,
            direction: match input.direction {
                Some(DirectionInput::Exit) => Direction::Exit,
                _ => Direction::Entry,
            },
            gate: input.gate,
            nonce: input.nonce.or_else(|| key.text().map(str::to_owned)),
            scanned_at: input.scanned_at,
        };
        let verdict = self.gate.check_in(&scope, can, scan).await?;
        let (None, Some(holder), Some(checked_in_at)) =
            (verdict.refusal, &verdict.holder, verdict.checked_in_at)
        else {
            return Err(refused(verdict.refusal.unwrap_or(Refusal::Unknown), &verdict));
        };
        Ok(Json(Granted {
            status: "granted".into(),
            ticket: ScannedTicket {
                id: holder.ticket,
                code: holder.code.clone(),
                order: holder.order,
                ticket_type: holder.ticket_type.clone(),
                status: "used".into(),
            },
            participant: participant(holder),
            checked_in_at,
            gate: verdict.gate.clone(),
        }))
    }
}
