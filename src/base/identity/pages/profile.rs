//! One's own names and language.

use minijinja::{Value, context};
use poem::{Response, handler};

use super::area::row;
use crate::base::i18n::Lang;
use crate::base::identity::dto::ProfileChange;
use crate::base::identity::{AccountRow, photo};
use crate::base::kernel::version::Expected;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::web::{ApiResult, Checks, Rate};

pub(super) const TEMPLATE: &str = "account/profile.html";

pub(super) fn filled(row: &AccountRow) -> Filled {
    Filled::with([
        ("first_name", row.first_name.as_str()),
        ("last_name", &row.last_name),
        ("phone", &row.phone),
        ("locale", &row.locale),
    ])
}

pub(super) fn about(row: &AccountRow) -> Value {
    let languages = [("fr", "Français"), ("en", "English"), ("ar", "العربية")];
    context! { email => row.email.as_str(), badge => row.badge.as_str(), languages,
    picture => shown(Filled::default()), photo => photo::address(row.id, &row.photo, false), confirmed => row.email_confirmed_at.is_some() }
}

/// `GET /profile`.
#[handler]
pub async fn profile_page(visitor: Visitor) -> ApiResult<Response> {
    let row = row(&visitor).await?;
    visitor.page(TEMPLATE, context! { form => shown(filled(&row)), ..about(&row) })
}

/// `POST /profile`.
#[handler]
pub async fn save_profile(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let row = row(&visitor).await?;
    let before = about(&row);
    let save = async {
        let mut change = form.read::<ProfileChange>()?;
        // A field that was emptied is left out of the form's input.
        change.phone.get_or_insert_default();
        for name in [&mut change.first_name, &mut change.last_name] {
            name.get_or_insert_default();
        }
        let change = change.profile(Checks::default())?;
        let identity = &visitor.entrance.identity;
        let (row, _) = identity.change_profile(row.id.into(), change, &Expected::default(), None).await?;
        visitor.entrance.identity.fresh(&visitor.member()?.actor).await?;
        Ok(row)
    };
    match save.await {
        Ok(row) => {
            visitor.flash(Flash("profile-saved"));
            let lang = Lang::parse(&row.locale).unwrap_or_default();
            Ok(see_other(&format!("/profile?lang={}", lang.code())))
        }
        Err(problem) => visitor.again(problem, TEMPLATE, &form, before),
    }
}

/// `POST /profile/confirmation`: sends the mail that confirms the address again.
#[handler]
pub async fn resend_confirmation(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let account = visitor.member()?.actor.account;
    visitor.entrance.limiter.spend(Rate::Letter, &format!("confirm/{account}"))?;
    visitor.entrance.identity.send_confirmation(account, None).await?;
    visitor.flash(Flash("mail-sent"));
    let back = super::own_path(form.text("next")).unwrap_or("/profile");
    Ok(see_other(back))
}
