//! What the pages of one's own account share.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use poem::{Response, handler};

use crate::base::i18n;
use crate::base::identity::{AccountRow, Actor};
use crate::base::site::{Visitor, see_other};
use crate::base::web::ApiResult;

/// The account of whoever is logged in.
pub(super) async fn row(visitor: &Visitor) -> ApiResult<AccountRow> {
    Ok(visitor.entrance.identity.account(visitor.member()?.actor.account).await?)
}

/// The time zone of the organization that one works in, else of the first that one belongs to; without one nobody
/// knows where they are.
pub(super) async fn zone(visitor: &Visitor) -> ApiResult<chrono_tz::Tz> {
    let first = |actor: &Arc<Actor>| {
        let member = actor.memberships.first().map(|(number, _)| *number);
        actor.working_in.or(member).or_else(|| actor.assignments.first().map(|role| role.organization))
    };
    let Some(number) = visitor.actor().and_then(first) else { return Ok(chrono_tz::UTC) };
    let scope = visitor.entrance.scope_of_membership(number).await?;
    Ok(scope.map_or(chrono_tz::UTC, |scope| scope.organization().timezone))
}

/// An instant as somebody reads it who may be anywhere.
pub(super) fn instant(visitor: &Visitor, zone: chrono_tz::Tz, at: DateTime<Utc>) -> String {
    let told = i18n::date_time(visitor.lang, at, zone);
    if zone == chrono_tz::UTC { format!("{told} UTC") } else { told }
}

/// `GET /account`: the area begins with the profile.
#[handler]
pub async fn account_page(visitor: Visitor) -> ApiResult<Response> {
    visitor.member()?;
    Ok(see_other("/profile"))
}
