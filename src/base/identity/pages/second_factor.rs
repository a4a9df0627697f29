//! Setting up the second factor, its recovery codes, and taking it away.

use minijinja::{Value, context};
use poem::http::{HeaderValue, header};
use poem::{Response, handler};

use super::{asked, with_query};
use crate::base::documents;
use crate::base::identity::second_factor_api::{self, Code, PasswordAndCode, PasswordOnly};
use crate::base::kernel::id::OrganizationNumber;
use crate::base::site::{Filled, Flash, Form, Visitor, own_path, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Problem};

const HERE: &str = "/account/second-factor";
const TEMPLATE: &str = "account/second-factor.html";

/// How it stands, who asks for it, and the key that waits for its first code.
async fn about(visitor: &Visitor) -> ApiResult<Value> {
    let actor = &visitor.member()?.actor;
    let identity = &visitor.entrance.identity;
    let standing = identity.second_factor(actor.account).await?;
    let key = match standing.pending {
        Some(key) => {
            let picture = documents::qr_svg(&key.address).map_err(|error| Problem::internal(&error))?;
            // In groups of four, as they are typed.
            let letters: Vec<char> = key.text.chars().collect();
            let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
            Some(context! { picture, text => groups.join(" "), address => key.address })
        }
        None => None,
    };
    let demanding = identity.demanding(actor).await?;
    let required_by: Vec<&str> = demanding.iter().map(|scope| scope.organization().name.as_str()).collect();
    let numbers: Vec<OrganizationNumber> = demanding.iter().map(TenantScope::number).collect();
    let mut others = Vec::new();
    for (number, _) in actor.memberships.iter().filter(|(number, _)| !numbers.contains(number)) {
        let scope = visitor.entrance.scope_of_membership(*number).await?;
        others.extend(
            scope.map(|scope| (scope.organization().id.to_string(), scope.organization().name.clone())),
        );
    }
    let zone = visitor.zone().await?;
    Ok(context! { since => standing.enabled_at.map(|at| visitor.instant(zone, at)),
    left => standing.recovery_codes_left, key, required_by => shown(&required_by), others => shown(&others),
    email => actor.email.as_str() })
}

/// The page's forms; setting it up leads on to `next`.
fn forms(sent: Option<(&str, Filled)>, next: Option<&str>) -> Value {
    let one = |name: &str| match &sent {
        Some((of, filled)) if *of == name => shown(filled),
        _ => shown(Filled::default()),
    };
    context! { next, set_up => one("set_up"), enable => one("enable"), renew => one("renew"), disable => one("disable") }
}

async fn again(visitor: &Visitor, problem: Problem, form: &Form, name: &'static str) -> ApiResult<Response> {
    let lang = visitor.lang;
    let part = matches!(name, "renew" | "disable") && !problem.told_fields(lang).is_empty();
    let filled = if part {
        let mut filled = Filled::kept(form);
        filled.refuse_part(name, &problem, lang);
        filled
    } else {
        Filled::refused(form, &problem, lang)
    };
    let next = own_path(form.text("next"));
    let context = context! { ..forms(Some((name, filled)), next), ..about(visitor).await? };
    visitor.filled_again(problem, TEMPLATE, |_| Filled::default(), context)
}

/// A page whose codes are not to be found again in a browser's store.
fn once(visitor: &Visitor, codes: &[String], next: &str) -> ApiResult<Response> {
    let first = next != HERE;
    let mut response =
        visitor.page("account/recovery-codes.html", context! { codes => shown(codes), first, next })?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// `GET /account/second-factor`.
#[handler]
pub async fn second_factor_page(visitor: Visitor) -> ApiResult<Response> {
    let next = asked(visitor.query(), "next");
    let context = context! { ..forms(None, own_path(&next)), ..about(&visitor).await? };
    let mut response = visitor.page(TEMPLATE, context)?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// `POST /account/second-factor`: makes a key for whoever knows the password.
#[handler]
pub async fn set_up_second_factor(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let actor = &visitor.member()?.actor;
    let set_up = async {
        second_factor_api::limit(&visitor.entrance, actor.account)?;
        let asked = form.read::<PasswordOnly>()?;
        Ok(visitor.entrance.identity.set_up_second_factor(actor, &asked.password).await?)
    };
    match set_up.await {
        Ok(_) => Ok(see_other(&with_query(HERE, "next", own_path(form.text("next")).unwrap_or_default()))),
        Err(problem) => again(&visitor, problem, &form, "set_up").await,
    }
}

/// `POST /account/second-factor/enable`: the first code; the page that follows shows the recovery codes once.
#[handler]
pub async fn enable_second_factor(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let actor = &visitor.member()?.actor;
    let enable = async {
        second_factor_api::limit(&visitor.entrance, actor.account)?;
        let asked = form.read::<Code>()?;
        Ok(visitor.entrance.identity.enable_second_factor(actor, &asked.code).await?)
    };
    match enable.await {
        Ok(codes) => {
            let next = own_path(form.text("next")).filter(|next| *next != HERE);
            once(&visitor, &codes, next.unwrap_or("/account/security"))
        }
        Err(problem) => again(&visitor, problem, &form, "enable").await,
    }
}

/// `POST /account/second-factor/codes`: new recovery codes.
#[handler]
pub async fn renew_recovery_codes(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let actor = &visitor.member()?.actor;
    let renew = async {
        second_factor_api::limit(&visitor.entrance, actor.account)?;
        let asked = form.part("renew").read::<PasswordAndCode>()?;
        let identity = &visitor.entrance.identity;
        Ok(identity.renew_recovery_codes(actor, &asked.password, &asked.code).await?)
    };
    match renew.await {
        Ok(codes) => once(&visitor, &codes, HERE),
        Err(problem) => again(&visitor, problem, &form, "renew").await,
    }
}

/// `POST /account/second-factor/disable`.
#[handler]
pub async fn disable_second_factor(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let actor = &visitor.member()?.actor;
    let disable = async {
        second_factor_api::limit(&visitor.entrance, actor.account)?;
        let asked = form.part("disable").read::<PasswordAndCode>()?;
        Ok(visitor.entrance.identity.disable_second_factor(actor, &asked.password, &asked.code).await?)
    };
    match disable.await {
        Ok(()) => {
            visitor.flash(Flash("second-factor-off"));
            Ok(see_other(HERE))
        }
        Err(problem) => again(&visitor, problem, &form, "disable").await,
    }
}
