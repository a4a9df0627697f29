//! The photo of one's profile: another one, none, and where it is shown from.

use minijinja::context;
use poem::http::{HeaderValue, header};
use poem::web::{Data, Path};
use poem::{Response, handler};
use uuid::Uuid;

use super::area::row;
use super::profile::{TEMPLATE, about, filled};
use crate::base::files::{Files, PlatformFiles};
use crate::base::identity::photo;
use crate::base::identity::profile::Profile;
use crate::base::kernel::version::Expected;
use crate::base::site::{Filled, Flash, Form, Upload, Visitor, see_other, shown};
use crate::base::web::{ApiResult, Problem, Rate};

/// `POST /profile/photo`.
#[handler]
pub async fn save_photo(
    visitor: Visitor,
    Upload { form, file }: Upload,
    Data(files): Data<&Files>,
) -> ApiResult<Response> {
    let row = row(&visitor).await?;
    visitor.entrance.limiter.spend(Rate::Upload, &row.id.to_string())?;
    let made = photo::received(file).await;
    match made.and_then(|made| made.ok_or_else(|| Problem::field(photo::FIELD, "required"))) {
        Ok(made) => {
            photo::keep(files, row.id, &made).await?;
            show(&visitor, files, made.name).await?;
            visitor.flash(Flash("photo-saved"));
            Ok(see_other("/profile#photo"))
        }
        Err(problem) => {
            // It stands where the photo is, not with the names.
            let picture = shown(Filled::refused(&form, &problem, visitor.lang));
            visitor.filled_again(problem, TEMPLATE, |_| filled(&row), context! { picture, ..about(&row) })
        }
    }
}

/// `POST /profile/photo/remove`.
#[handler]
pub async fn remove_photo(visitor: Visitor, form: Form, Data(files): Data<&Files>) -> ApiResult<Response> {
    let _ = form;
    show(&visitor, files, String::new()).await?;
    visitor.flash(Flash("photo-removed"));
    Ok(see_other("/profile#photo"))
}

async fn show(visitor: &Visitor, files: &Files, name: String) -> ApiResult<()> {
    let actor = &visitor.member()?.actor;
    let identity = &visitor.entrance.identity;
    let change = Profile { photo: Some(name), ..Profile::default() };
    let (row, before) = identity.change_profile(actor.account, change, &Expected::default(), None).await?;
    if before != row.photo {
        photo::forget(files, row.id, &before).await;
    }
    identity.fresh(actor).await?;
    Ok(())
}

/// `GET /photos/{account}/{file}`: another photo has another address, so it may be kept for long.
#[handler]
pub async fn photo_file(
    request: &poem::Request,
    Path((account, asked)): Path<(Uuid, String)>,
    Data(files): Data<&Files>,
) -> ApiResult<Response> {
    let file = photo::file(account, &asked).ok_or_else(Problem::not_found)?;
    let mut answer = files.answer(&PlatformFiles, &file, request).await?;
    let kept =
        if answer.status().is_client_error() { "no-store" } else { "private, max-age=604800, immutable" };
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    Ok(answer)
}
