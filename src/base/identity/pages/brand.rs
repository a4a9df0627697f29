//! How an organization looks: its logo and the style sheet with its colour.

use poem::http::{HeaderValue, header};
use poem::web::{Data, Path};
use poem::{Request, Response, handler};

use super::organization::own;
use crate::base::files::Files;
use crate::base::identity::{EditOrganization, brand};
use crate::base::site::{Filled, Flash, Form, Upload, Visitor, see_other};
use crate::base::web::{ApiResult, Problem};

/// Another logo has another name, so it may be kept for long.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// `POST /manage/settings/logo`: another logo.
#[handler]
pub async fn replace_logo(
    visitor: Visitor,
    Upload { form, file }: Upload,
    Data(files): Data<&Files>,
) -> ApiResult<Response> {
    let (desk, scope) = own(&visitor).await?;
    let actor = &visitor.member()?.actor;
    let can = visitor.entrance.identity.permit_organization::<EditOrganization>(actor, &scope).await?;
    if let Err(problem) = brand::replace_logo(&visitor.entrance, files, &scope, can, file).await {
        let context = super::organization::page(&visitor, &desk, &scope);
        let fill = |problem: &Problem| {
            let mut filled = super::organization::filled(&scope);
            filled.take_errors(Filled::refused(&form, problem, visitor.lang));
            filled
        };
        return visitor.filled_again(problem, "manage/settings.html", fill, context);
    }
    visitor.flash(Flash("file-saved"));
    Ok(see_other("/manage/settings#logo"))
}

/// `POST /manage/settings/logo/remove`.
#[handler]
pub async fn remove_logo(visitor: Visitor, form: Form, Data(files): Data<&Files>) -> ApiResult<Response> {
    let _ = form;
    let (_, scope) = own(&visitor).await?;
    let actor = &visitor.member()?.actor;
    let can = visitor.entrance.identity.permit_organization::<EditOrganization>(actor, &scope).await?;
    brand::show_logo(&visitor.entrance, files, &scope, can, None).await?;
    visitor.flash(Flash("file-removed"));
    Ok(see_other("/manage/settings#logo"))
}

/// `GET /o/{slug}/logo/{file}`.
#[handler]
pub async fn logo(
    visitor: Visitor,
    request: &Request,
    Path((slug, asked)): Path<(String, String)>,
    Data(files): Data<&Files>,
) -> ApiResult<Response> {
    let scope = visitor.entrance.tenancy.scope_of_slug(&slug).await?.ok_or_else(Problem::not_found)?;
    let shown = scope.organization().logo.as_deref();
    let file = shown.filter(|file| file.strip_prefix("organization/") == Some(&asked));
    let mut answer = files.answer(&scope, file.ok_or_else(Problem::not_found)?, request).await?;
    if !answer.status().is_client_error() {
        answer.headers_mut().insert(header::CACHE_CONTROL, FOREVER);
    }
    Ok(answer)
}

/// `GET /o/{slug}/brand.css`: the one property that the design takes all colours of a brand from.
#[handler]
pub async fn brand_sheet(visitor: Visitor, Path(slug): Path<String>) -> ApiResult<Response> {
    let scope = visitor.entrance.tenancy.scope_of_slug(&slug).await?.ok_or_else(Problem::not_found)?;
    let color = scope.organization().color.ok_or_else(Problem::not_found)?;
    Ok(Response::builder()
        .content_type("text/css; charset=utf-8")
        .header(header::CACHE_CONTROL, "public, max-age=86400")
        .body(format!(":root{{--brand:{}}}\n", color.code())))
}
