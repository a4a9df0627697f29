//! Postponing an event: new dates or none yet, and a word to those who come.

use minijinja::{Value, context};
use poem::web::{Data, Path};
use poem::{Response, handler};

use super::Ticketing;
use crate::base::identity::{Can, ManageSales};
use crate::base::kernel::id::EventId;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Checks, FieldError};
use crate::domain::events::{self, Event, EventState, EventsError, NewDates};

const TEMPLATE: &str = "manage/postpone.html";
/// In characters.
const LONGEST_MESSAGE: usize = 2_000;

/// The event that may be postponed.
async fn source(visitor: &Visitor, id: EventId) -> ApiResult<(TenantScope, Can<ManageSales>, Event)> {
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let event = events::event(&mut tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    Ok((scope, can, event))
}

async fn surroundings(visitor: &Visitor, scope: &TenantScope, event: &Event) -> ApiResult<Value> {
    let mut tx = visitor.entrance.tenant(scope).await?;
    let sold = events::tickets_sold(&mut tx, event.id).await?;
    drop(tx);
    let desk = events::event_desk(visitor, scope, event).await?;
    let previous = if event.awaits_dates { event.previous_when(visitor.lang) } else { None };
    let when = previous.unwrap_or_else(|| event.when(visitor.lang));
    Ok(context! { sold, when, timezone => event.timezone.name(), ..desk })
}

/// `GET /manage/events/{id}/postpone`.
#[handler]
pub async fn postpone_page(visitor: Visitor, Path(id): Path<EventId>) -> ApiResult<Response> {
    let (scope, _, event) = source(&visitor, id).await?;
    if event.state != EventState::Published {
        return Ok(see_other(&format!("/manage/events/{id}")));
    }
    let form = Filled::with([
        ("start_date", events::local_field(event.starts_at, event.timezone)),
        ("end_date", events::local_field(event.ends_at, event.timezone)),
    ]);
    let context = surroundings(&visitor, &scope, &event).await?;
    visitor.page(TEMPLATE, context! { form => shown(form), ..context })
}

/// What the buyers are told in the organizer's own words.
pub(super) fn word_to_buyers<'a>(form: &'a Form, checks: &mut Checks) -> &'a str {
    let word = form.text("message");
    if word.chars().count() > LONGEST_MESSAGE {
        checks.push(FieldError::new("message", "too_long").with("most", LONGEST_MESSAGE));
    }
    word
}

/// What the form asks for, or everything that is wrong with it.
fn wanted<'a>(visitor: &Visitor, form: &'a Form, event: &Event) -> ApiResult<(NewDates, &'a str)> {
    let mut checks = Checks::default();
    let word = word_to_buyers(form, &mut checks);
    if form.has("unknown") {
        checks.done()?;
        return Ok((NewDates::Awaited, word));
    }
    let mut date = |field: &str| {
        let typed = form.text(field);
        let at = events::local_instant(typed, event.timezone);
        checks.ensure(at.is_some(), field, if typed.is_empty() { "required" } else { "local_time" });
        at
    };
    let (start, end) = (date("start_date"), date("end_date"));
    let both = start.is_some() && end.is_some();
    let dates = if both {
        NewDates::said(start, end, visitor.entrance.db.clock().now(), &mut checks)
    } else {
        NewDates::Awaited
    };
    checks.done()?;
    Ok((dates, word))
}

/// `POST /manage/events/{id}/postpone`.
#[handler]
pub async fn postpone_event(
    visitor: Visitor,
    Path(id): Path<EventId>,
    form: Form,
    Data(ticketing): Data<&Ticketing>,
) -> ApiResult<Response> {
    let (scope, can, event) = source(&visitor, id).await?;
    let key = form.key(&visitor, "postpone_event");
    let postponed = async {
        let (dates, word) = wanted(&visitor, &form, &event)?;
        Ok(ticketing.postpone_event(&scope, can, dates, word, key.as_ref()).await?)
    };
    match postponed.await {
        Ok(_) => {
            visitor.flash(Flash("event-postponed"));
            Ok(see_other(&format!("/manage/events/{id}")))
        }
        Err(problem) => {
            let context = surroundings(&visitor, &scope, &event).await?;
            visitor.again(problem, TEMPLATE, &form, context)
        }
    }
}
