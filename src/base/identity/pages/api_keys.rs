//! Keys for programs: made, shown once, revoked.

use chrono::{NaiveDate, NaiveTime, TimeZone};
use minijinja::{Value, context};
use poem::http::{HeaderValue, header};
use poem::web::Path;
use poem::{Response, handler};
use serde::Serialize;

use super::desk::Desk;
use super::organization::own;
use crate::base::i18n;
use crate::base::identity::api_keys_api::NewApiKey;
use crate::base::identity::roles::{KeyScope, ManageKeys};
use crate::base::identity::{ApiKeyRow, Can, permits};
use crate::base::kernel::id::{ApiKeyId, OrganizationNumber};
use crate::base::kernel::page::PageRequest;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Checks, Problem};

const TEMPLATE: &str = "manage/api-keys.html";
/// As many as an organization may have, and some that are revoked.
const SHOWN: u32 = 100;

#[derive(Serialize)]
struct Row {
    id: String,
    name: String,
    scopes: Vec<String>,
    hint: String,
    made: String,
    used: Option<String>,
    until: Option<String>,
    over: bool,
    revoked: Option<String>,
}

fn row(visitor: &Visitor, scope: &TenantScope, row: ApiKeyRow) -> Row {
    let zone = scope.organization().timezone;
    let day = |at| i18n::short_date(visitor.lang, at, zone);
    let now = visitor.entrance.db.clock().now();
    Row {
        id: row.id.to_string(),
        name: row.name,
        scopes: row.scopes,
        hint: row.hint,
        made: day(row.created_at),
        used: row.used_at.map(|at| i18n::date_time(visitor.lang, at, zone)),
        until: row.expires_at.map(day),
        over: row.expires_at.is_some_and(|at| at <= now),
        revoked: row.revoked_at.map(day),
    }
}

async fn permitted(visitor: &Visitor) -> ApiResult<(Desk, TenantScope, Can<ManageKeys, OrganizationNumber>)> {
    let (desk, scope) = own(visitor).await?;
    let actor = &visitor.member()?.actor;
    let can = visitor.entrance.identity.permit_organization::<ManageKeys>(actor, &scope).await?;
    Ok((desk, scope, can))
}

async fn page(
    visitor: &Visitor,
    desk: &Desk,
    scope: &TenantScope,
    can: &Can<ManageKeys, OrganizationNumber>,
) -> ApiResult<Value> {
    let request = PageRequest { number: 1, size: SHOWN };
    let keys = visitor.entrance.identity.api_keys(can, request).await?;
    let rows: Vec<Row> = keys.rows.into_iter().map(|key| row(visitor, scope, key)).collect();
    let scopes = KeyScope::ALL.map(|scope| (scope.code(), scope.code().replace(':', "-")));
    Ok(context! { desk => desk.shown(), rows => shown(&rows), scopes => shown(scopes) })
}

/// `GET /manage/settings/keys`.
#[handler]
pub async fn keys_page(visitor: Visitor) -> ApiResult<Response> {
    let (desk, scope, can) = permitted(&visitor).await?;
    let context = page(&visitor, &desk, &scope, &can).await?;
    visitor.page(
        TEMPLATE,
        context! { form => shown(Filled::default()), chosen => shown(Vec::<&str>::new()), ..context },
    )
}

/// `POST /manage/settings/keys`: makes a key and shows it this once.
#[handler]
pub async fn make_key(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let (desk, scope, can) = permitted(&visitor).await?;
    let identity = &visitor.entrance.identity;
    let made = async {
        let mut form = form.clone();
        let mut checks = Checks::default();
        until(&mut form, &scope, &mut checks);
        if form.all("scopes").next().is_none() {
            checks.fail("scopes", "required");
        }
        checks.done()?;
        let new = form.read::<NewApiKey>()?.key(visitor.entrance.db.clock().now(), Checks::default())?;
        permits::open(&scope)?;
        let key = form.key(&visitor, "make_api_key");
        let actor = &visitor.member()?.actor;
        let can = identity.permit_organization::<ManageKeys>(actor, &scope).await?;
        Ok::<_, Problem>(identity.make_key(can, new, key.as_ref()).await?)
    };
    match made.await {
        Ok((key, secret)) => {
            let context = page(&visitor, &desk, &scope, &can).await?;
            let made = context! { name => key.name, secret };
            let none = shown(Vec::<&str>::new());
            let context = context! { form => shown(Filled::default()), made, chosen => none, ..context };
            let mut page = visitor.page(TEMPLATE, context)?;
            page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
            Ok(page)
        }
        Err(problem) => {
            let context = page(&visitor, &desk, &scope, &can).await?;
            let chosen: Vec<&str> = form.all("scopes").collect();
            visitor.again(problem, TEMPLATE, &form, context! { chosen => shown(chosen), ..context })
        }
    }
}

/// The day on which it ends becomes the instant at which that day is over.
fn until(form: &mut Form, scope: &TenantScope, checks: &mut Checks) {
    let typed = form.text("expires_at").to_owned();
    if typed.is_empty() {
        return;
    }
    let day = checks.some(typed.parse::<NaiveDate>().ok(), "expires_at", "unreadable");
    let next = day.and_then(|day| day.succ_opt()).map(|day| day.and_time(NaiveTime::MIN));
    let at = next.and_then(|next| scope.organization().timezone.from_local_datetime(&next).earliest());
    if let Some(at) = at {
        form.put("expires_at", at.to_rfc3339());
    }
}

/// `POST /manage/settings/keys/{id}/revoke`.
#[handler]
pub async fn revoke_key(visitor: Visitor, Path(id): Path<ApiKeyId>, form: Form) -> ApiResult<Response> {
    let _ = form;
    let (_, _, can) = permitted(&visitor).await?;
    visitor.entrance.identity.revoke_key(can, id).await?;
    visitor.flash(Flash("key-revoked"));
    Ok(see_other("/manage/settings/keys"))
}
