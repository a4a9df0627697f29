//! Serves the images of events: to everybody once strangers may know of the event, before that to its organizers.

use poem::http::header;
use poem::web::{Data, Path};
use poem::{Response, handler};

use super::readable;
use crate::base::files::Files;
use crate::base::kernel::id::EventId;
use crate::base::site::Visitor;
use crate::base::web::{ApiResult, Problem};
use crate::domain::events::catalogue::Catalogue;
use crate::domain::events::image;
use crate::domain::events::model::Visibility;

/// `GET /images/{event}/{file}`: another picture has another name, so it may be kept for long.
#[handler]
pub async fn event_image(
    visitor: Visitor,
    Path((id, asked)): Path<(EventId, String)>,
    Data(catalogue): Data<&Catalogue>,
    Data(files): Data<&Files>,
) -> ApiResult<Response> {
    let public = catalogue.shown_to(&visitor, &id.to_string()).await;
    let (scope, name, kept) = match public {
        Ok(found) if found.event.visibility == Visibility::Public => {
            (found.scope.clone(), found.event.image.clone(), "public, max-age=31536000, immutable")
        }
        Ok(found) => (found.scope.clone(), found.event.image.clone(), "private, max-age=86400, immutable"),
        Err(problem) => {
            // To a stranger a draft's image is as little there as the draft.
            visitor.actor().ok_or(problem)?;
            let (scope, _, event) = readable(&visitor, id).await?;
            (scope, event.image, "private, no-cache")
        }
    };
    let file = image::file(id, &name, &asked).ok_or_else(Problem::not_found)?;
    let found = files.get(&scope, &file).await.map_err(|error| Problem::internal(&error))?;
    let bytes = found.ok_or_else(Problem::not_found)?;
    let answer = Response::builder().content_type("image/jpeg").header(header::CACHE_CONTROL, kept);
    Ok(answer.body(bytes))
}
