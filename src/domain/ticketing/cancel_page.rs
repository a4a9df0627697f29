//! Calling an event off: a page that says what happens, and the step itself.

use minijinja::{Value, context};
use poem::web::{Data, Path};
use poem::{Response, handler};

use super::Ticketing;
use super::postponing_page::word_to_buyers;
use crate::base::identity::{Can, ManageSales};
use crate::base::kernel::id::EventId;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Checks};
use crate::domain::events::{self, Event, EventState, EventsError};

const TEMPLATE: &str = "manage/cancel.html";

async fn surroundings(visitor: &Visitor, scope: &TenantScope, event: &Event, sold: i64) -> ApiResult<Value> {
    let desk = events::event_desk(visitor, scope, event).await?;
    Ok(context! { sold, ..desk })
}

/// The event, and how many of its tickets are sold.
async fn source(visitor: &Visitor, id: EventId) -> ApiResult<(TenantScope, Can<ManageSales>, Event, i64)> {
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let event = events::event(&mut tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    let sold = events::tickets_sold(&mut tx, id).await?;
    Ok((scope, can, event, sold))
}

/// `GET /manage/events/{id}/cancel`.
#[handler]
pub async fn cancel_event_page(visitor: Visitor, Path(id): Path<EventId>) -> ApiResult<Response> {
    let (scope, _, event, sold) = source(&visitor, id).await?;
    if event.state == EventState::Cancelled {
        return Ok(see_other(&format!("/manage/events/{id}")));
    }
    let context = surroundings(&visitor, &scope, &event, sold).await?;
    visitor.page(TEMPLATE, context! { form => shown(Filled::default()), ..context })
}

/// `POST /manage/events/{id}/cancel`.
#[handler]
pub async fn cancel_event(
    visitor: Visitor,
    Path(id): Path<EventId>,
    form: Form,
    Data(ticketing): Data<&Ticketing>,
) -> ApiResult<Response> {
    let (scope, can, event, sold) = source(&visitor, id).await?;
    let cancelled = async {
        let mut checks = Checks::default();
        let word = word_to_buyers(&form, &mut checks);
        checks.done()?;
        Ok(ticketing.cancel_event(&scope, can, word, None).await?)
    };
    match cancelled.await {
        Ok(_) => {
            visitor.flash(Flash("event-cancelled"));
            Ok(see_other(&format!("/manage/events/{id}")))
        }
        Err(problem) => {
            let context = surroundings(&visitor, &scope, &event, sold).await?;
            visitor.again(problem, TEMPLATE, &form, context)
        }
    }
}
