//! The API of postponements.

use chrono::{DateTime, FixedOffset, Utc};
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};

use super::service::Ticketing;
use crate::base::identity::{Auth, Entrance, ManageSales};
use crate::base::kernel::id::EventId;
use crate::base::web::{ApiResult, Checks, Input, Key, Tags};
use crate::domain::events::NewDates;

/// Postponing events.
pub struct PostponeApi {
    entrance: Entrance,
    ticketing: Ticketing,
}

/// When the event takes place instead.
#[derive(Object)]
#[oai(example, skip_serializing_if_is_none)]
struct Postponement {
    /// Left out with the end, the new dates are not known yet.
    #[oai(nullable)]
    start_date: Option<DateTime<Utc>>,
    /// Not before the start, nor in the past.
    #[oai(nullable)]
    end_date: Option<DateTime<Utc>>,
    /// What the buyers are told about it.
    #[oai(validator(max_length = 2_000))]
    message: Option<String>,
}

impl Example for Postponement {
    fn example() -> Self {
        Self {
            start_date: DateTime::from_timestamp(1_830_330_000, 0),
            end_date: DateTime::from_timestamp(1_830_535_200, 0),
            message: Some("The hall is being repaired.".into()),
        }
    }
}

/// An event with its new dates.
#[derive(Object)]
struct PostponedEvent {
    event: EventId,
    /// In the event's time zone; while the dates are awaited, those that no longer hold.
    #[oai(nullable)]
    start_date: Option<DateTime<FixedOffset>>,
    #[oai(nullable)]
    end_date: Option<DateTime<FixedOffset>>,
    #[oai(nullable)]
    previous_start_date: Option<DateTime<FixedOffset>>,
    #[oai(nullable)]
    previous_end_date: Option<DateTime<FixedOffset>>,
    /// The new dates are not known yet.
    awaits_dates: bool,
}

impl PostponeApi {
    pub fn new(entrance: Entrance, ticketing: Ticketing) -> Self {
        Self { entrance, ticketing }
    }
}

#[OpenApi(tag = "Tags::Events")]
impl PostponeApi {
    /// Give a published event other dates, or none yet. Its tickets stay valid; the gate's window and sales that are not
    /// over move along, and every buyer is written to, with the new calendar file.
    #[oai(path = "/events/:id/postpone", method = "post", operation_id = "postpone_event")]
    async fn postpone(
        &self,
        auth: Auth,
        id: Path<EventId>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<Postponement>,
    ) -> ApiResult<Json<PostponedEvent>> {
        let (scope, can) = self.entrance.event::<ManageSales>(&auth, id.0).await?;
        let key = key.of(auth.actor.account, &body.raw);
        let Postponement { start_date, end_date, message } = body.value()?;
        let mut checks = Checks::default();
        let now = self.entrance.db.clock().now();
        let dates = NewDates::said(start_date, end_date, now, &mut checks);
        checks.done()?;
        let message = message.unwrap_or_default();
        let event = self.ticketing.postpone_event(&scope, can, dates, &message, key.as_ref()).await?;
        let local = |at: Option<DateTime<Utc>>| at.map(|at| event.local(at));
        Ok(Json(PostponedEvent {
            event: event.id,
            start_date: local(event.starts_at),
            end_date: local(event.ends_at),
            previous_start_date: local(event.previous_starts_at),
            previous_end_date: local(event.previous_ends_at),
            awaits_dates: event.awaits_dates,
        }))
    }
}
