//! Another address: asked for on the page of the login, answered by the links of two mails.

use minijinja::{Value, context};
use poem::{Request, Response, handler};

use super::{asked, security};
use crate::base::identity::IdentityError;
use crate::base::identity::email_api::{self, NewAddress};
use crate::base::identity::email_change::{Answered, Side};
use crate::base::site::{Flash, Form, Visitor, see_other};
use crate::base::web::{ApiResult, Problem, Rate};

const TEMPLATE: &str = "account/email-change.html";

/// `POST /account/email`: asks both sides.
#[handler]
pub async fn ask_email_change(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let auth = visitor.member()?;
    let ask = async {
        let new = form.read::<NewAddress>()?;
        let key = form.key(&visitor, "ask_email_change");
        email_api::ask(&visitor.entrance, auth, &new, key.as_ref()).await
    };
    match ask.await {
        Ok(()) => {
            visitor.flash(Flash("email-asked"));
            Ok(see_other("/account/security"))
        }
        Err(problem) => security::again(&visitor, problem, &form, "address").await,
    }
}

/// `POST /account/email/cancel`.
#[handler]
pub async fn cancel_email_change(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let _ = form;
    visitor.entrance.identity.cancel_email_change(&visitor.member()?.actor).await?;
    visitor.flash(Flash("email-cancelled"));
    Ok(see_other("/account/security"))
}

fn gone() -> Value {
    context! { state => "gone", token => "", old_email => "", new_email => "", old_side => false }
}

/// `GET /account/email-change?token=`: asks for a click, for programs that read mail open every link.
#[handler]
pub async fn email_change_page(visitor: Visitor) -> ApiResult<Response> {
    let token = asked(visitor.query(), "token");
    let found = visitor.entrance.identity.email_change_of_link(&token).await?;
    let Some((row, side)) = found else { return visitor.page(TEMPLATE, gone()) };
    let context = context! { state => "open", token, old_email => row.old_email, new_email => row.new_email,
    old_side => side == Side::Old };
    visitor.page(TEMPLATE, context)
}

/// `POST /account/email-change`: the answer of whoever has the link.
#[handler]
pub async fn answer_email_change(request: &Request, visitor: Visitor, form: Form) -> ApiResult<Response> {
    visitor.entrance.limiter.spend_address(Rate::Login, request)?;
    let identity = &visitor.entrance.identity;
    let answered = identity.answer_email_change(form.text("token"), form.has("accept")).await;
    let state = match answered {
        Ok(Answered::Waiting) => "waiting",
        Ok(Answered::Done) => "done",
        Ok(Answered::Refused) => "refused",
        Err(error @ IdentityError::BadLink) => {
            return visitor.refused(&Problem::from(error), TEMPLATE, gone());
        }
        Err(error) => return Err(error.into()),
    };
    visitor.page(TEMPLATE, context! { state, ..gone() })
}
