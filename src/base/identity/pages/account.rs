//! Sign-up, the confirmation of an address, login and logout.

use minijinja::{Value, context};
use poem::http::{HeaderValue, StatusCode};
use poem::{Request, Response, handler};
use uuid::Uuid;

use super::{agent, asked, own_path, with_query};
use crate::base::identity::dto::{Credentials, LinkToken, Registration};
use crate::base::identity::second_factor_api::Code;
use crate::base::identity::service::Login;
use crate::base::identity::{AccountRow, IdentityError, Opened, SessionKind};
use crate::base::kernel::text;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::web::{ApiResult, Problem, Rate};

/// Keeps which account this browser has made, to log it in when the address is confirmed.
const MADE: &str = "parvis_made";
/// Keeps the address that the mail went to, to send it again.
const WRITTEN_TO: &str = "parvis_written_to";
/// Keeps the token between the password and the code.
const CODE: &str = "parvis_code";
/// Keeps where the sign-up was on its way to.
const AFTER: &str = "parvis_after";

/// What the pages before a login know: where to go on, and the links between them.
fn door(next: &str) -> Value {
    let next = own_path(next).unwrap_or_default();
    context! { next, login => with_query("/login", "next", next), signup => with_query("/signup", "next", next) }
}

/// Where somebody who just came in goes on.
fn onward(next: &str, organizes: bool) -> String {
    let home = if organizes { "/manage" } else { "/my" };
    own_path(next).unwrap_or(home).to_owned()
}

/// `GET /signup`.
#[handler]
pub async fn signup_page(visitor: Visitor) -> ApiResult<Response> {
    let next = asked(visitor.query(), "next");
    if visitor.actor().is_some() {
        return Ok(see_other(&onward(&next, false)));
    }
    let filled = Filled::with([("email", asked(visitor.query(), "email"))]);
    visitor.page("account/signup.html", context! { form => shown(&filled), ..door(&next) })
}

/// `POST /signup`. The next page is the same whether or not the address had an account.
#[handler]
pub async fn sign_up(request: &Request, visitor: Visitor, form: Form) -> ApiResult<Response> {
    let next = form.text("next").to_owned();
    let row = match register(request, &visitor, &form).await {
        Ok(row) => row,
        Err(problem) => return visitor.again(problem, "account/signup.html", &form, door(&next)),
    };
    let id = Uuid::simple(row.id).to_string();
    let proof = visitor.entrance.keyring.sign("account-made-here", id.as_bytes());
    visitor.keep(MADE, &format!("{id}.{proof}"), "/confirm");
    visitor.keep(AFTER, &encoded(own_path(&next).unwrap_or_default()), "/confirm");
    visitor.keep(WRITTEN_TO, &encoded(&row.email), "/signup");
    Ok(see_other("/signup/sent"))
}

async fn register(request: &Request, visitor: &Visitor, form: &Form) -> ApiResult<AccountRow> {
    visitor.entrance.limiter.spend_address(Rate::SignUp, request)?;
    let new = form.read::<Registration>()?.account(visitor.lang)?;
    Ok(visitor.entrance.identity.register(new, None).await?)
}

/// As a cookie can hold it.
fn encoded(value: &str) -> String {
    url::form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

fn decoded(value: &str) -> String {
    let pair = format!("v={value}");
    url::form_urlencoded::parse(pair.as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

/// `GET /signup/sent`: look into your mailbox.
#[handler]
pub async fn sent_page(visitor: Visitor) -> ApiResult<Response> {
    let email = visitor.kept(WRITTEN_TO).map(|email| decoded(&email)).unwrap_or_default();
    visitor.page("account/sent.html", context! { email })
}

/// `POST /signup/sent`: sends the mail again.
#[handler]
pub async fn send_again(request: &Request, visitor: Visitor, form: Form) -> ApiResult<Response> {
    let entrance = &visitor.entrance;
    entrance.limiter.spend_address(Rate::SignUp, request)?;
    let _ = form;
    let email = visitor.kept(WRITTEN_TO).and_then(|email| text::email(&decoded(&email)));
    let Some(email) = email else { return Ok(see_other("/signup")) };
    entrance.limiter.spend(Rate::Letter, &format!("confirm/{email}"))?;
    entrance.identity.send_again(&email).await?;
    visitor.flash(Flash("mail-sent"));
    Ok(see_other("/signup/sent"))
}

/// `GET /confirm?token=`: asks for a click, for programs that read mail open every link.
#[handler]
pub async fn confirm_page(visitor: Visitor) -> ApiResult<Response> {
    let token = asked(visitor.query(), "token");
    let bad = !visitor.entrance.identity.confirms(&token).await?;
    visitor.page("account/confirm.html", context! { token, bad })
}

/// `POST /confirm`. Who made the account in this browser is logged in, others are led to the login.
#[handler]
pub async fn confirm(request: &Request, visitor: Visitor, form: Form) -> ApiResult<Response> {
    let entrance = &visitor.entrance;
    entrance.limiter.spend_address(Rate::Login, request)?;
    let token = form.read::<LinkToken>().map(|link| link.token).unwrap_or_default();
    let row = match entrance.identity.confirm_email(&token, None).await {
        Ok(row) => row,
        Err(error @ IdentityError::BadLink) => {
            let context = context! { token => "", bad => true };
            return visitor.refused(&Problem::from(error), "account/confirm.html", context);
        }
        Err(error) => return Err(error.into()),
    };
    let next = visitor.kept(AFTER).map(|next| decoded(&next)).unwrap_or_default();
    let made_here = visitor.kept(MADE).is_some_and(|made| {
        let (id, proof) = made.split_once('.').unwrap_or_default();
        id == Uuid::simple(row.id).to_string()
            && entrance.keyring.verify("account-made-here", id.as_bytes(), proof)
    });
    // The link of an address that was confirmed before opens nothing.
    let now = entrance.db.clock().now();
    let first = row.email_confirmed_at.is_some_and(|at| now - at < chrono::Duration::minutes(1));
    let own = visitor.actor().is_some_and(|actor| actor.account.uuid() == row.id);
    visitor.flash(Flash("email-confirmed"));
    if own {
        return Ok(see_other(&onward(&next, false)));
    }
    if made_here && first {
        visitor.keep(MADE, "", "/confirm");
        visitor.keep(AFTER, "", "/confirm");
        if let Opened::Session(login) =
            entrance.identity.open(row, agent(request), SessionKind::Browser).await?
        {
            visitor.log_in(login.session);
            return Ok(see_other(&onward(&next, false)));
        }
    }
    Ok(see_other(&with_query("/login", "next", &next)))
}

/// `GET /login`.
#[handler]
pub async fn login_page(visitor: Visitor) -> ApiResult<Response> {
    let next = asked(visitor.query(), "next");
    if let Some(actor) = visitor.actor() {
        let organizes = !actor.memberships.is_empty() || !actor.assignments.is_empty();
        return Ok(see_other(&onward(&next, organizes)));
    }
    let filled = Filled::with([("email", asked(visitor.query(), "email"))]);
    visitor.page("account/login.html", context! { form => shown(&filled), ..door(&next) })
}

/// `POST /login`. Unknown address and wrong password are one and the same.
#[handler]
pub async fn log_in(request: &Request, visitor: Visitor, form: Form) -> ApiResult<Response> {
    let next = form.text("next").to_owned();
    let login = async {
        let asked = form.read::<Credentials>()?;
        let email = asked.email.trim().to_lowercase();
        visitor.entrance.limiter.spend_address(Rate::Login, request)?;
        visitor.entrance.limiter.spend(Rate::LoginAccount, &email)?;
        let (identity, kind) = (&visitor.entrance.identity, SessionKind::Browser);
        Ok(identity.login(&email, &asked.password, agent(request), kind).await?)
    };
    match login.await {
        Ok(Opened::Session(login)) => Ok(logged_in(&visitor, &login, &next)),
        Ok(Opened::CodeNeeded { token, .. }) => {
            visitor.keep(CODE, &token, "/login");
            Ok(see_other(&with_query("/login/code", "next", &next)))
        }
        Err(problem) => visitor.again(problem, "account/login.html", &form, door(&next)),
    }
}

fn logged_in(visitor: &Visitor, login: &Login, next: &str) -> Response {
    visitor.log_in(login.session);
    let organizes = login.organization.is_some() || !login.assignments.is_empty();
    see_other(&onward(next, organizes))
}

fn code_context(next: &str, recovery: bool) -> Value {
    let here = with_query("/login/code", "next", own_path(next).unwrap_or_default());
    let sign = if here.contains('?') { '&' } else { '?' };
    context! { recovery, app_href => here.clone(), recovery_href => format!("{here}{sign}recovery=1"), ..door(next) }
}

/// `GET /login/code`: the second factor of a login.
#[handler]
pub async fn code_page(visitor: Visitor) -> ApiResult<Response> {
    let (next, recovery) = (asked(visitor.query(), "next"), !asked(visitor.query(), "recovery").is_empty());
    if visitor.kept(CODE).is_none() {
        return Ok(see_other(&with_query("/login", "next", &next)));
    }
    let context = context! { form => shown(Filled::default()), ..code_context(&next, recovery) };
    visitor.page("account/code.html", context)
}

/// `POST /login/code`. A login that took too long, or was made with a password of before, starts again.
#[handler]
pub async fn log_in_with_code(request: &Request, visitor: Visitor, form: Form) -> ApiResult<Response> {
    let (next, recovery) = (form.text("next").to_owned(), form.has("recovery"));
    let Some(token) = visitor.kept(CODE) else { return Ok(see_other(&with_query("/login", "next", &next))) };
    let identity = &visitor.entrance.identity;
    let login = async {
        let typed = form.read::<Code>()?;
        visitor.entrance.limiter.spend_address(Rate::Login, request)?;
        let kind = SessionKind::Browser;
        Ok(identity.login_with_code(&token, &typed.code, agent(request), kind).await?)
    };
    let login: ApiResult<Login> = login.await;
    match login {
        Ok(login) => {
            visitor.keep(CODE, "", "/login");
            Ok(logged_in(&visitor, &login, &next))
        }
        Err(problem) if problem.status() == StatusCode::UNAUTHORIZED => {
            visitor.keep(CODE, "", "/login");
            visitor.flash(Flash("login-again"));
            Ok(see_other(&with_query("/login", "next", &next)))
        }
        Err(problem) => visitor.again(problem, "account/code.html", &form, code_context(&next, recovery)),
    }
}

/// `POST /logout`.
#[handler]
pub async fn log_out(visitor: Visitor, form: Form) -> ApiResult<Response> {
    if let Some(actor) = visitor.actor() {
        visitor.entrance.identity.logout(actor).await?;
    }
    visitor.log_out();
    visitor.flash(Flash("logged-out"));
    // From an invitation for another address one comes back with the right one.
    let next = own_path(form.text("next")).unwrap_or("/");
    let mut response = see_other(next);
    // What was kept on this device, as tickets for a hall without network, goes with the session.
    let cleared = HeaderValue::from_static("\"cache\", \"storage\"");
    response.headers_mut().insert("clear-site-data", cleared);
    Ok(response)
}
