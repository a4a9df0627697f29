//! A forgotten password: the mail that is asked for, and the new password that its link lets choose.

use minijinja::context;
use poem::{Request, Response, handler};

use super::asked;
use crate::base::identity::dto::{Address, NewPassword};
use crate::base::kernel::text;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::web::{ApiResult, Rate};

const TEMPLATE: &str = "account/reset.html";

/// `GET /reset`, and `GET /reset?token=` of the mail.
#[handler]
pub async fn reset_page(visitor: Visitor) -> ApiResult<Response> {
    let token = asked(visitor.query(), "token");
    let filled = Filled::with([("email", asked(visitor.query(), "email"))]);
    let sent = visitor.query().contains("sent");
    let bad = !token.is_empty() && !visitor.entrance.identity.resets(&token).await?;
    visitor.page(TEMPLATE, context! { form => shown(&filled), token, sent, bad })
}

/// `POST /reset`: asks for the mail, or with its token sets the new password.
#[handler]
pub async fn reset(request: &Request, visitor: Visitor, form: Form) -> ApiResult<Response> {
    let token = form.text("token").to_owned();
    let done = if token.is_empty() {
        ask(request, &visitor, &form).await
    } else {
        set(request, &visitor, &form).await
    };
    match done {
        Ok(next) => Ok(see_other(next)),
        Err(problem) => {
            visitor.again(problem, TEMPLATE, &form, context! { token, sent => false, bad => false })
        }
    }
}

/// The answer is the same for every address.
async fn ask(request: &Request, visitor: &Visitor, form: &Form) -> ApiResult<&'static str> {
    let address = form.read::<Address>()?;
    visitor.entrance.limiter.spend_address(Rate::SignUp, request)?;
    if let Some(email) = text::email(&address.email) {
        visitor.entrance.limiter.spend(Rate::Letter, &format!("reset/{email}"))?;
        visitor.entrance.identity.request_reset(&email, None).await?;
    }
    Ok("/reset?sent")
}

async fn set(request: &Request, visitor: &Visitor, form: &Form) -> ApiResult<&'static str> {
    let new = form.read::<NewPassword>()?;
    visitor.entrance.limiter.spend_address(Rate::Login, request)?;
    visitor.entrance.identity.reset_password(&new.token, &new.new_password).await?;
    // Every session has ended, also this browser's.
    visitor.log_out();
    visitor.flash(Flash("password-set"));
    Ok("/login")
}
