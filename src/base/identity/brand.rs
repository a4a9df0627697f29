//! Use cases of how an organization looks.

use super::actor::Can;
use super::auth::Entrance;
use super::roles::EditOrganization;
use crate::base::files::Files;
use crate::base::kernel::id::OrganizationNumber;
use crate::base::kernel::random;
use crate::base::pictures::{Cut, Fit, pictures};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Problem, Rate, Uploaded};

const LOGO: &[Cut] = &[Cut { file: "logo.png", width: 512, height: 512, fit: Fit::Whole }];

/// Shows another logo, made anew from what was sent.
pub(super) async fn replace_logo(
    entrance: &Entrance,
    files: &Files,
    scope: &TenantScope,
    can: Can<EditOrganization, OrganizationNumber>,
    file: Uploaded,
) -> ApiResult<()> {
    entrance.limiter.spend(Rate::Upload, &can.by().to_string())?;
    let made = match file {
        Uploaded::Nothing => return Err(Problem::field("logo", "required")),
        Uploaded::TooLarge => return Err(Problem::field("logo", "image_size")),
        Uploaded::File(bytes) => pictures(bytes, "logo", LOGO).await?,
    };
    let name = format!("organization/{}.png", random::code::<16>().to_lowercase());
    for bytes in made {
        files.put(scope, &name, bytes).await?;
    }
    show_logo(entrance, files, scope, can, Some(&name)).await
}

/// Shows this file as the logo, or none; the one before is forgotten.
pub(super) async fn show_logo(
    entrance: &Entrance,
    files: &Files,
    scope: &TenantScope,
    can: Can<EditOrganization, OrganizationNumber>,
    name: Option<&str>,
) -> ApiResult<()> {
    if let Some(before) = entrance.tenancy.set_logo(scope, can.by(), name).await? {
        files.remove(scope, &before).await?;
    }
    Ok(())
}
