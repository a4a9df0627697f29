//! What the pages of one's own account share.

use poem::{Response, handler};

use crate::base::identity::AccountRow;
use crate::base::site::{Visitor, see_other};
use crate::base::web::ApiResult;

/// The account of whoever is logged in.
pub(super) async fn row(visitor: &Visitor) -> ApiResult<AccountRow> {
    Ok(visitor.entrance.identity.account(visitor.member()?.actor.account).await?)
}

/// `GET /account`: the area begins with the profile.
#[handler]
pub async fn account_page(visitor: Visitor) -> ApiResult<Response> {
    visitor.member()?;
    Ok(see_other("/profile"))
}
