//! How one logs in: the address, the password, the second factor.

use minijinja::{Value, context};
use poem::{Response, handler};

use super::area;
use crate::base::identity::AccountRow;
use crate::base::identity::dto::PasswordChange;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::web::{ApiResult, Problem, Rate};

pub(super) const TEMPLATE: &str = "account/security.html";

/// The page without its forms.
async fn about(visitor: &Visitor, row: &AccountRow) -> ApiResult<Value> {
    let change = visitor.entrance.identity.email_change(row.id.into()).await?;
    let zone = visitor.zone().await?;
    let change = change.map(|change| {
        context! { new_email => change.new_email, confirmed => change.confirmed_at.is_some(),
        agreed => change.agreed_at.is_some(), until => visitor.instant(zone, change.expires_at) }
    });
    let factor = visitor.entrance.identity.second_factor(row.id.into()).await?;
    let since = factor.enabled_at.map(|at| visitor.instant(zone, at));
    Ok(
        context! { factor_since => since, codes_left => factor.recovery_codes_left, email => row.email.as_str(), confirmed => row.email_confirmed_at.is_some(), change },
    )
}

/// The page with one of its forms as it was sent, and what is wrong with it.
pub(super) async fn again(
    visitor: &Visitor,
    problem: Problem,
    form: &Form,
    name: &'static str,
) -> ApiResult<Response> {
    let row = area::row(visitor).await?;
    let empty = || shown(Filled::default());
    let sent = shown(Filled::refused(form, &problem, visitor.lang));
    let one = |of: &str| if of == name { sent.clone() } else { empty() };
    let context =
        context! { password => one("password"), address => one("address"), ..about(visitor, &row).await? };
    visitor.filled_again(problem, TEMPLATE, |_| Filled::default(), context)
}

/// `GET /account/security`.
#[handler]
pub async fn security_page(visitor: Visitor) -> ApiResult<Response> {
    let row = area::row(&visitor).await?;
    let empty = || shown(Filled::default());
    let context = context! { password => empty(), address => empty(), ..about(&visitor, &row).await? };
    visitor.page(TEMPLATE, context)
}

/// `POST /profile/password`.
#[handler]
pub async fn change_password(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let auth = visitor.member()?;
    let change = async {
        let change = form.read::<PasswordChange>()?;
        visitor.entrance.limiter.spend(Rate::LoginAccount, &auth.actor.account.to_string())?;
        let identity = &visitor.entrance.identity;
        Ok(identity.change_password(&auth.actor, &change.old_password, &change.new_password).await?)
    };
    match change.await {
        Ok(()) => {
            visitor.flash(Flash("password-changed"));
            Ok(see_other("/account/security"))
        }
        Err(problem) => again(&visitor, problem, &form, "password").await,
    }
}
