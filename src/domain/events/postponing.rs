//! Postponing an event: other dates, or none yet, with the times that follow from them.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::copies::moved;
use super::error::EventsError;
use super::model::{Event, EventState};
use super::{dto, publishing, repo, sales, service};
use crate::base::db::{DbResult, IdempotencyKey, TenantTx};
use crate::base::identity::{Can, ManageSales};
use crate::base::kernel::id::{EventId, OrderId, PostponementId};
use crate::base::web::Checks;

/// When the event takes place instead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NewDates {
    Known(DateTime<Utc>, DateTime<Utc>),
    /// Nobody knows yet.
    Awaited,
}

impl NewDates {
    /// What two fields say: both dates or none. What is wrong with them is recorded.
    pub fn said(
        start: Option<DateTime<Utc>>,
        end: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
        checks: &mut Checks,
    ) -> Self {
        if start.is_none() && end.is_none() {
            return Self::Awaited;
        }
        checks.ensure(start.is_some(), "start_date", "required");
        checks.ensure(end.is_some(), "end_date", "required");
        dto::check_year(start, "start_date", checks);
        dto::check_year(end, "end_date", checks);
        dto::check_order(start, end, "end_date", checks);
        checks.ensure(end.is_none_or(|end| end > now), "end_date", "in_past");
        match (start, end) {
            (Some(start), Some(end)) => Self::Known(start, end),
            _ => Self::Awaited,
        }
    }
}

/// A postponement as it is stored.
#[derive(Clone, Debug)]
pub struct Postponement {
    pub id: PostponementId,
    pub event: EventId,
    pub previous_starts_at: DateTime<Utc>,
    pub previous_ends_at: DateTime<Utc>,
    /// None when the new dates are not known.
    pub starts_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    /// What the organizer has to say about it.
    pub message: String,
    /// The last order whose buyer is written to.
    pub told_after: Option<OrderId>,
    pub created_at: DateTime<Utc>,
}

/// An event that was postponed.
#[derive(Clone, Debug)]
pub struct Postponed {
    pub event: Event,
    /// Whose buyers are to be told; none when this was done before.
    pub postponement: Option<PostponementId>,
}

/// Gives a published event other dates. The gate's window moves with them, and so do the ends of sales that are not over.
/// Its tickets stay valid.
pub async fn postpone(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    dates: NewDates,
    message: &str,
    key: Option<&IdempotencyKey>,
) -> Result<Postponed, EventsError> {
    let done = tx.attempt(key, can.event().uuid()).await?.is_some();
    let mut event = repo::locked_event(tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    if done {
        return Ok(Postponed { event, postponement: None });
    }
    match event.state {
        EventState::Published => {}
        EventState::Cancelled => return Err(EventsError::Cancelled),
        EventState::Draft | EventState::Template => return Err(EventsError::NotPublished),
    }
    // While dates are awaited, those that its tickets were sold for are the ones before.
    let sold_for = if event.awaits_dates {
        (event.previous_starts_at, event.previous_ends_at)
    } else {
        (event.starts_at, event.ends_at)
    };
    let (Some(starts_at), Some(ends_at)) = sold_for else {
        return Err(EventsError::Incomplete(vec!["start_date", "end_date"]));
    };
    let same = match dates {
        NewDates::Known(start, end) => !event.awaits_dates && (start, end) == (starts_at, ends_at),
        NewDates::Awaited => event.awaits_dates,
    };
    if same {
        return Err(EventsError::SameDates);
    }
    (event.previous_starts_at, event.previous_ends_at) = (Some(starts_at), Some(ends_at));
    // Sales that ended since it was first put off would have gone on.
    let over_before = if event.awaits_dates { repo::postponed_at(tx, event.id).await? } else { None };
    let over_before = over_before.unwrap_or_else(|| tx.now());
    event.awaits_dates = dates == NewDates::Awaited;
    if let NewDates::Known(start, end) = dates {
        let shift = |at| moved(at, starts_at, start, event.timezone);
        event.checkin_opens_at = event.checkin_opens_at.map(shift);
        event.checkin_closes_at = event.checkin_closes_at.map(shift);
        sales::move_ends(tx, event.id, over_before, shift).await?;
        (event.starts_at, event.ends_at) = (Some(start), Some(end));
    }
    let event = service::store(tx, event, can.by()).await?;
    let new = Postponement {
        id: tx.new_id(),
        event: event.id,
        previous_starts_at: starts_at,
        previous_ends_at: ends_at,
        starts_at: event.starts_at.filter(|_| !event.awaits_dates),
        ends_at: event.ends_at.filter(|_| !event.awaits_dates),
        message: message.trim().to_owned(),
        told_after: None,
        created_at: tx.now(),
    };
    repo::insert_postponement(tx, &new, can.by()).await?;
    let detail = json!({ "from": [starts_at, ends_at], "to": new.starts_at.zip(new.ends_at) });
    tx.audit(Some(can.by()), "event.postpone", event.id.uuid(), detail).await?;
    publishing::refresh(tx, &event).await?;
    Ok(Postponed { event, postponement: Some(new.id) })
}

/// The postponement, held until the end of the transaction; none when a later one says something else.
pub async fn postponement(tx: &mut TenantTx, id: PostponementId) -> DbResult<Option<Postponement>> {
    repo::postponement(tx, id.uuid()).await
}

/// The buyers of the orders up to this one are written to.
pub async fn set_told(tx: &mut TenantTx, id: PostponementId, after: OrderId) -> DbResult<()> {
    repo::set_told(tx, id.uuid(), after.uuid()).await
}
