//! Who owns the organization: handing it over, its end, and the change of mind.

use minijinja::{Value, context};
use poem::http::header;
use poem::web::{Data, Path};
use poem::{Response, handler};

use super::desk::Desk;
use super::organization::own;
use crate::base::i18n;
use crate::base::identity::ownership_api::{self, HandOver};
use crate::base::identity::second_factor_api::PasswordOnly;
use crate::base::identity::{ReadMembers, Records};
use crate::base::kernel::id::AccountId;
use crate::base::kernel::page::PageRequest;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::tenancy::{CLOSING_DELAY, TenantScope};
use crate::base::web::{ApiResult, Problem};

const HAND_OVER: &str = "manage/hand-over.html";
const CLOSING: &str = "manage/closing.html";
/// More members than an organization has.
const MOST: u32 = 100;

/// The member that the organization is handed over to.
async fn receiver(visitor: &Visitor, desk: &Desk, scope: &TenantScope, to: AccountId) -> ApiResult<Value> {
    let (identity, actor) = (&visitor.entrance.identity, &visitor.member()?.actor);
    let can = identity.permit_organization::<ReadMembers>(actor, scope).await?;
    let page = identity.members(can, PageRequest { number: 1, size: MOST }).await?;
    let row = page.rows.into_iter().find(|row| row.account == to.uuid() && to != actor.account);
    let row = row.ok_or_else(Problem::not_found)?;
    let name = format!("{} {}", row.first_name, row.last_name).trim().to_owned();
    Ok(context! { desk => desk.shown(), id => row.account.to_string(), name, email => row.email })
}

/// `GET /manage/members/{id}/hand-over`.
#[handler]
pub async fn hand_over_page(visitor: Visitor, Path(id): Path<AccountId>) -> ApiResult<Response> {
    let (desk, scope) = own(&visitor).await?;
    let _can = ownership_api::owner(&visitor.entrance, visitor.member()?, &scope).await?;
    let context = receiver(&visitor, &desk, &scope, id).await?;
    visitor.page(HAND_OVER, context! { form => shown(Filled::default()), ..context })
}

/// `POST /manage/members/{id}/hand-over`.
#[handler]
pub async fn hand_over(visitor: Visitor, Path(id): Path<AccountId>, form: Form) -> ApiResult<Response> {
    let (desk, scope) = own(&visitor).await?;
    let can = ownership_api::owner(&visitor.entrance, visitor.member()?, &scope).await?;
    let said = HandOver { account: id, password: form.text("password").to_owned() };
    match ownership_api::hand_over(&visitor.entrance, can, &said, None).await {
        Ok(()) => {
            visitor.flash(Flash("handed-over"));
            Ok(see_other("/manage/members"))
        }
        Err(problem) if problem.status() == poem::http::StatusCode::FORBIDDEN => Err(problem),
        Err(problem) => {
            let context = receiver(&visitor, &desk, &scope, id).await?;
            visitor.again(problem, HAND_OVER, &form, context)
        }
    }
}

fn end(visitor: &Visitor, desk: &Desk, scope: &TenantScope) -> Value {
    let organization = scope.organization();
    let at = organization.closes_at.map(|at| i18n::date(visitor.lang, at, organization.timezone));
    context! { desk => desk.shown(), name => organization.name.as_str(), closes => at, days => CLOSING_DELAY.num_days() }
}

/// `GET /manage/settings/closing`.
#[handler]
pub async fn closing_page(visitor: Visitor) -> ApiResult<Response> {
    let (desk, scope) = own(&visitor).await?;
    let _can = ownership_api::owner(&visitor.entrance, visitor.member()?, &scope).await?;
    let empty = || shown(Filled::default());
    let context = context! { form => empty(), copying => empty(), ..end(&visitor, &desk, &scope) };
    visitor.page(CLOSING, context)
}

/// `POST /manage/settings/closing`.
#[handler]
pub async fn ask_closing(visitor: Visitor, form: Form, Data(records): Data<&Records>) -> ApiResult<Response> {
    let (desk, scope) = own(&visitor).await?;
    let entrance = &visitor.entrance;
    let can = ownership_api::owner(entrance, visitor.member()?, &scope).await?;
    match ownership_api::ask_closing(entrance, &records.cards, &scope, can, form.text("password")).await {
        Ok(_) => {
            visitor.flash(Flash("closing-asked"));
            Ok(see_other("/manage/settings/closing"))
        }
        Err(problem) => {
            let context = context! { copying => shown(Filled::default()), ..end(&visitor, &desk, &scope) };
            visitor.again(problem, CLOSING, &form, context)
        }
    }
}

/// `POST /manage/settings/closing/export`: a copy of everything. It is sent rather than read, so that no link leads to it.
#[handler]
pub async fn export_organization(
    visitor: Visitor,
    form: Form,
    Data(records): Data<&Records>,
) -> ApiResult<Response> {
    let (desk, scope) = own(&visitor).await?;
    let (entrance, auth, lang) = (&visitor.entrance, visitor.member()?, visitor.lang);
    let can = ownership_api::owner(entrance, auth, &scope).await?;
    let asked = async {
        let typed = form.part("copy").read::<PasswordOnly>()?;
        let (records, scope) = (records.clone(), scope.clone());
        ownership_api::export(entrance, auth, can, records, scope, &typed.password, lang).await
    };
    match asked.await {
        Ok((body, name)) => Ok(Response::builder()
            .content_type("application/zip")
            .header(header::CONTENT_DISPOSITION, name)
            .header(header::CACHE_CONTROL, "private, no-store")
            .body(body)),
        Err(problem) => {
            let mut copying = Filled::refused(&form, &problem, lang);
            if !problem.told_fields(lang).is_empty() {
                copying = Filled::default();
                copying.refuse_part("copy", &problem, lang);
            }
            let context = context! { copying => shown(copying), ..end(&visitor, &desk, &scope) };
            visitor.filled_again(problem, CLOSING, |_| Filled::default(), context)
        }
    }
}

/// `POST /manage/settings/closing/keep`.
#[handler]
pub async fn keep_organization(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let _ = form;
    let (_, scope) = own(&visitor).await?;
    let can = ownership_api::owner(&visitor.entrance, visitor.member()?, &scope).await?;
    visitor.entrance.identity.keep_organization(&scope, can).await?;
    visitor.flash(Flash("organization-kept"));
    Ok(see_other("/manage/settings/closing"))
}
