//! The event's pictures and documents: where they are changed, and where they are shown from.

use minijinja::context;
use poem::http::{HeaderValue, header};
use poem::web::{Data, Path};
use poem::{Response, handler};
use serde::Serialize;

use super::{event_desk, readable};
use crate::base::files::Files;
use crate::base::identity::{Can, EditEvent};
use crate::base::kernel::id::EventId;
use crate::base::kernel::version::Expected;
use crate::base::site::{Filled, Flash, Form, Upload, Visitor, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Problem, Rate};
use crate::domain::events::catalogue::Catalogue;
use crate::domain::events::media::{self, Place};
use crate::domain::events::model::{Event, Visibility};
use crate::domain::events::service::{self, ToChange};
use crate::domain::events::{EventsError, repo};

const TEMPLATE: &str = "manage/files.html";

/// A place for a file, as the page shows it: the texts `manage-file-<code>`.
#[derive(Serialize)]
struct Slot {
    code: &'static str,
    picture: bool,
    /// Where it is seen, when there is one.
    shown: Option<String>,
}

async fn page(visitor: &Visitor, scope: &TenantScope, event: &Event) -> ApiResult<minijinja::Value> {
    let slots: Vec<Slot> = Place::ALL
        .into_iter()
        .map(|place| Slot {
            code: place.code(),
            picture: place.is_picture(),
            shown: media::shown(event, place),
        })
        .collect();
    let surroundings = event_desk(visitor, scope, event).await?;
    Ok(
        context! { slots => shown(&slots), action => format!("/manage/events/{}/files", event.id), ..surroundings },
    )
}

async fn editable(visitor: &Visitor, id: EventId) -> ApiResult<(TenantScope, Can<EditEvent>, Event)> {
    let (scope, can): (_, Can<EditEvent>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let event = repo::event(&mut tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    Ok((scope, can, event))
}

/// `GET /manage/events/{id}/files`.
#[handler]
pub async fn files_page(visitor: Visitor, Path(id): Path<EventId>) -> ApiResult<Response> {
    let (scope, _, event) = editable(&visitor, id).await?;
    let context = page(&visitor, &scope, &event).await?;
    visitor.page(TEMPLATE, context! { form => shown(Filled::default()), ..context })
}

/// `POST /manage/events/{id}/files`: another file in its place.
#[handler]
pub async fn replace_file(
    visitor: Visitor,
    Path(id): Path<EventId>,
    Upload { form, file }: Upload,
    Data(files): Data<&Files>,
) -> ApiResult<Response> {
    let (scope, can, event) = editable(&visitor, id).await?;
    let place = Place::parse(form.text("place")).ok_or_else(Problem::malformed)?;
    visitor.entrance.limiter.spend(Rate::Upload, &can.by().to_string())?;
    let made = match media::received(place, file, place.code()).await {
        Ok(made) => made,
        Err(problem) => {
            let context = page(&visitor, &scope, &event).await?;
            let fill = |problem: &Problem| Filled::refused(&form, problem, visitor.lang);
            return visitor.filled_again(problem, TEMPLATE, fill, context);
        }
    };
    let name = made.name.clone();
    media::keep(&visitor.entrance, files, &scope, id, vec![made]).await?;
    show(&visitor, &scope, can, files, place, name).await?;
    visitor.flash(Flash("file-saved"));
    Ok(see_other(&format!("/manage/events/{id}/files#{}", place.code())))
}

/// `POST /manage/events/{id}/files/remove`.
#[handler]
pub async fn remove_file(
    visitor: Visitor,
    Path(id): Path<EventId>,
    form: Form,
    Data(files): Data<&Files>,
) -> ApiResult<Response> {
    let (scope, can, _) = editable(&visitor, id).await?;
    let place = Place::parse(form.text("place")).ok_or_else(Problem::malformed)?;
    show(&visitor, &scope, can, files, place, String::new()).await?;
    visitor.flash(Flash("file-removed"));
    Ok(see_other(&format!("/manage/events/{id}/files#{}", place.code())))
}

async fn show(
    visitor: &Visitor,
    scope: &TenantScope,
    can: Can<EditEvent>,
    files: &Files,
    place: Place,
    name: String,
) -> ApiResult<()> {
    let mut tx = visitor.entrance.tenant(scope).await?;
    let ToChange::Now(before) = service::to_change(&mut tx, &can, None).await? else { return Ok(()) };
    let mut after = before.clone();
    after.media.set(place, name);
    let after = service::change(&mut tx, can, &before, after, None, &Expected::default()).await?;
    tx.commit().await?;
    media::forget(files, scope, before.id, &before.media, &after.media).await;
    Ok(())
}

/// `GET /images/{event}/{file}` and `GET /documents/{event}/{file}`: another file has another name, so it may be kept
/// for long.
#[handler]
pub async fn event_file(
    visitor: Visitor,
    request: &poem::Request,
    Path((id, asked)): Path<(EventId, String)>,
    Data(catalogue): Data<&Catalogue>,
    Data(files): Data<&Files>,
) -> ApiResult<Response> {
    let public = catalogue.opened_by(&visitor, &id.to_string()).await;
    let (scope, media, kept) = match public {
        Ok(found) if found.event.visibility == Visibility::Public => {
            (found.scope.clone(), found.event.media.clone(), "public, max-age=31536000, immutable")
        }
        Ok(found) => (found.scope.clone(), found.event.media.clone(), "private, max-age=86400, immutable"),
        Err(problem) => {
            // To a stranger a draft's files are as little there as the draft.
            visitor.actor().ok_or(problem)?;
            let (scope, _, event) = readable(&visitor, id).await?;
            (scope, event.media, "private, no-cache")
        }
    };
    let file = media.file(id, &asked).ok_or_else(Problem::not_found)?;
    let mut answer = files.answer(&scope, &file, request).await?;
    let kept = if answer.status().is_client_error() { "no-store" } else { kept };
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    Ok(answer)
}
