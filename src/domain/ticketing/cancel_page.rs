//! Calling an event off: a page that says what happens, and the step itself.

use minijinja::context;
use poem::web::{Data, Path};
use poem::{Response, handler};

use super::Ticketing;
use crate::base::identity::{Can, ManageSales};
use crate::base::kernel::id::EventId;
use crate::base::site::{Flash, Form, Visitor, see_other};
use crate::base::web::ApiResult;
use crate::domain::events::{self, EventState, EventsError};

/// `GET /manage/events/{id}/cancel`.
#[handler]
pub async fn cancel_event_page(visitor: Visitor, Path(id): Path<EventId>) -> ApiResult<Response> {
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let event = events::event(&mut tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    let sold = events::tickets_sold(&mut tx, id).await?;
    drop(tx);
    if event.state == EventState::Cancelled {
        return Ok(see_other(&format!("/manage/events/{id}")));
    }
    let surroundings = events::event_desk(&visitor, &scope, &event).await?;
    visitor.page("manage/cancel.html", context! { sold, ..surroundings })
}

/// `POST /manage/events/{id}/cancel`.
#[handler]
pub async fn cancel_event(
    visitor: Visitor,
    Path(id): Path<EventId>,
    form: Form,
    Data(ticketing): Data<&Ticketing>,
) -> ApiResult<Response> {
    let _ = form;
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    ticketing.cancel_event(&scope, can, None).await?;
    visitor.flash(Flash("event-cancelled"));
    Ok(see_other(&format!("/manage/events/{id}")))
}
