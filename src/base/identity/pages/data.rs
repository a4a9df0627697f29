//! One's own data: a copy of it, and its end.

use minijinja::{Value, context};
use poem::http::header;
use poem::{Request, Response, handler};

use super::asked;
use crate::base::i18n;
use crate::base::identity::IdentityError;
use crate::base::identity::data_api;
use crate::base::identity::second_factor_api::PasswordOnly;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::web::{ApiResult, Problem, Rate};

const HERE: &str = "/account/data";
const TEMPLATE: &str = "account/data.html";

async fn about(visitor: &Visitor) -> ApiResult<Value> {
    let account = visitor.member()?.actor.account;
    let identity = &visitor.entrance.identity;
    let zone = visitor.zone().await?;
    let told = |at| visitor.instant(zone, at);
    let copy = identity.data_export(account).await?.map(|copy| {
        context! { ready => copy.ready_at.is_some(), asked => told(copy.asked_at),
        until => copy.expires_at.map(told),
        kilobytes => copy.size.map(|size| i18n::number(visitor.lang, i64::from(size) / 1024 + 1)) }
    });
    let erase_at = identity.erasure(account).await?.map(told);
    Ok(context! { copy, erase_at, email => visitor.member()?.actor.email.as_str() })
}

async fn again(visitor: &Visitor, problem: Problem, form: &Form, part: &'static str) -> ApiResult<Response> {
    let lang = visitor.lang;
    let mut filled = Filled::refused(form, &problem, lang);
    if !problem.told_fields(lang).is_empty() {
        filled = Filled::default();
        filled.refuse_part(part, &problem, lang);
    }
    let one = |of: &str| if of == part { shown(&filled) } else { shown(Filled::default()) };
    let context = context! { copying => one("copy"), erasing => one("erase"), ..about(visitor).await? };
    visitor.filled_again(problem, TEMPLATE, |_| Filled::default(), context)
}

/// `GET /account/data`.
#[handler]
pub async fn data_page(visitor: Visitor) -> ApiResult<Response> {
    let empty = || shown(Filled::default());
    let context = context! { copying => empty(), erasing => empty(), ..about(&visitor).await? };
    visitor.page(TEMPLATE, context)
}

/// `POST /account/data/copy`: asks for a copy.
#[handler]
pub async fn ask_copy(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let account = visitor.member()?.actor.account;
    let ask = async {
        let typed = form.part("copy").read::<PasswordOnly>()?;
        let key = form.key(&visitor, "ask_data_export");
        data_api::ask_copy(&visitor.entrance, account, &typed.password, key.as_ref()).await
    };
    match ask.await {
        Ok(_) => {
            visitor.flash(Flash("data-asked"));
            Ok(see_other(HERE))
        }
        Err(problem) => again(&visitor, problem, &form, "copy").await,
    }
}

/// `POST /account/data/download`: the copy. It is sent rather than read, so that no link leads to it.
#[handler]
pub async fn download_copy(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let _ = form;
    let content = visitor.entrance.identity.data_export_file(visitor.member()?.actor.account).await?;
    Ok(Response::builder()
        .content_type("application/zip")
        .header(header::CONTENT_DISPOSITION, data_api::FILE)
        .header(header::CACHE_CONTROL, "private, no-store")
        .body(content))
}

/// `POST /account/data/erase`: asks for the end of the account.
#[handler]
pub async fn ask_erasure(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let actor = &visitor.member()?.actor;
    let ask = async {
        let typed = form.part("erase").read::<PasswordOnly>()?;
        visitor.entrance.limiter.spend(Rate::LoginAccount, &actor.account.to_string())?;
        Ok(visitor.entrance.identity.ask_erasure(actor, &typed.password, None).await?)
    };
    match ask.await {
        Ok(_) => {
            visitor.flash(Flash("erase-asked"));
            Ok(see_other(HERE))
        }
        Err(problem) => again(&visitor, problem, &form, "erase").await,
    }
}

/// `POST /account/data/keep`: keeps the account after all.
#[handler]
pub async fn keep_account(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let _ = form;
    visitor.entrance.identity.keep_account(visitor.member()?.actor.account).await?;
    visitor.flash(Flash("erase-cancelled"));
    Ok(see_other(HERE))
}

/// `GET /account/keep?token=`: the link of the mail, which asks for a click.
#[handler]
pub async fn keep_page(visitor: Visitor) -> ApiResult<Response> {
    let token = asked(visitor.query(), "token");
    let open = visitor.entrance.identity.kept_by_link(&token).await?.is_some();
    visitor.page("account/keep.html", context! { token, state => if open { "open" } else { "gone" } })
}

/// `POST /account/keep`.
#[handler]
pub async fn keep_by_link(request: &Request, visitor: Visitor, form: Form) -> ApiResult<Response> {
    visitor.entrance.limiter.spend_address(Rate::Login, request)?;
    let identity = &visitor.entrance.identity;
    let Some(account) = identity.kept_by_link(form.text("token")).await? else {
        let problem = Problem::from(IdentityError::BadLink);
        return visitor.refused(&problem, "account/keep.html", context! { token => "", state => "gone" });
    };
    identity.keep_account(account).await?;
    visitor.page("account/keep.html", context! { token => "", state => "kept" })
}
