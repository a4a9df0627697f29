//! Beginning to test an event, and going live, from the event's overview.

use poem::web::{Data, Path};
use poem::{Response, handler};

use super::Ticketing;
use crate::base::identity::{Can, ManageSales};
use crate::base::kernel::id::EventId;
use crate::base::site::{Flash, Form, Visitor, see_other};
use crate::base::web::ApiResult;
use crate::domain::events::{self, EventState, EventsError};

/// `POST /manage/events/{id}/test-mode`.
#[handler]
pub async fn begin_test_mode(visitor: Visitor, Path(id): Path<EventId>, form: Form) -> ApiResult<Response> {
    let _ = form;
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    match events::begin_test(&mut tx, can, None).await {
        Ok(_) => {
            tx.commit().await?;
            visitor.flash(Flash("event-in-test"));
        }
        // Somebody bought since the page was made.
        Err(EventsError::AlreadyOrdered) => visitor.flash(Flash("event-not-in-test")),
        Err(error) => return Err(error.into()),
    }
    Ok(see_other(&format!("/manage/events/{id}")))
}

/// `POST /manage/events/{id}/go-live`. Another click finds it live.
#[handler]
pub async fn go_live(
    visitor: Visitor,
    Path(id): Path<EventId>,
    form: Form,
    Data(ticketing): Data<&Ticketing>,
) -> ApiResult<Response> {
    let _ = form;
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    match ticketing.go_live(&scope, can, None).await {
        Ok((event, _)) if event.state == EventState::Draft => visitor.flash(Flash("event-tested")),
        Ok(_) | Err(EventsError::NotInTestMode) => visitor.flash(Flash("event-live")),
        Err(error) => return Err(error.into()),
    }
    Ok(see_other(&format!("/manage/events/{id}")))
}
