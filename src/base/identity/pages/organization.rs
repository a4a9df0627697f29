//! Founding an organization, choosing the one to work in, and its settings.

use minijinja::{Value, context};
use poem::http::header;
use poem::{Request, Response, handler};

use super::desk::Desk;
use super::places;
use crate::base::i18n::{Lang, text};
use crate::base::identity::organizations_api::{self, NewOrganization, OrganizationChange};
use crate::base::identity::{EditOrganization, ReadOrganization};
use crate::base::kernel::color::Color;
use crate::base::kernel::id::OrganizationId;
use crate::base::kernel::random;
use crate::base::kernel::text::{is_slug, is_web_address, slugify};
use crate::base::kernel::version::Expected;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::tenancy::{TenancyError, TenantScope};
use crate::base::web::{ApiResult, Checks, Problem};

/// What there is to choose from.
fn choices(lang: Lang, currency: &str, timezone: &str) -> Value {
    let mut countries: Vec<(&str, String)> =
        places::countries().map(|code| (code, text(lang, &format!("country-{code}")))).collect();
    countries.sort_by_key(|(_, name)| slugify(name));
    let languages = [("fr", "Français"), ("en", "English"), ("ar", "العربية")];
    let currencies: Vec<_> =
        places::currencies(currency).into_iter().map(|code| (code.clone(), code)).collect();
    context! { countries => shown(&countries), languages, currencies => shown(&currencies),
    timezones => shown(places::timezones(timezone)) }
}

/// `GET /manage/start`: a new organization.
#[handler]
pub async fn start_page(request: &Request, visitor: Visitor) -> ApiResult<Response> {
    let own_address = visitor.member()?.actor.email.as_str();
    let desk = Desk::of(&visitor).await?;
    let accepted = request.header(header::ACCEPT_LANGUAGE).unwrap_or_default();
    let country = places::country_of(accepted, visitor.lang);
    let filled =
        Filled::with([("country", country), ("locale", visitor.lang.code()), ("contact_email", own_address)]);
    let context = context! { form => shown(filled), desk => desk.shown(), ..choices(visitor.lang, "", "") };
    visitor.page("manage/start.html", context)
}

/// `POST /manage/start`: founds it. What is not chosen follows from the country and the name.
#[handler]
pub async fn found(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let auth = visitor.member()?;
    match found_as_said(&visitor, &form).await {
        Ok(scope) => {
            visitor.entrance.identity.select_organization(&auth.actor, scope.organization().id).await?;
            visitor.flash(Flash("organization-founded"));
            Ok(see_other("/manage"))
        }
        Err(problem) => {
            let desk = Desk::of(&visitor).await?;
            let (currency, zone) = (form.text("currency"), form.text("timezone"));
            let context = context! { desk => desk.shown(), ..choices(visitor.lang, currency, zone) };
            visitor.again(problem, "manage/start.html", &form, context)
        }
    }
}

async fn found_as_said(visitor: &Visitor, typed: &Form) -> ApiResult<TenantScope> {
    let auth = visitor.member()?;
    let key = typed.key(visitor, "create_organization");
    let mut form = typed.clone();
    if let Some((currency, zone)) = places::suggested(typed.text("country")) {
        for (field, value) in [("currency", currency), ("timezone", zone)] {
            if typed.text(field).is_empty() {
                form.put(field, value);
            }
        }
    }
    let chosen = !typed.text("slug").is_empty();
    if !chosen {
        form.put("slug", slug_of(typed.text("name"), false));
    }
    let new = form.read::<NewOrganization>()?;
    // What visitors will see is nobody's login address without their knowing.
    if typed.text("contact_email").is_empty() {
        return Err(Problem::field("contact_email", "required"));
    }
    match organizations_api::found(&visitor.entrance, auth, &new, key.as_ref()).await {
        // An address that nobody chose is not worth asking about.
        Err(problem) if !chosen && problem.code() == "organizations.slug_taken" => {
            form.put("slug", slug_of(typed.text("name"), true));
            let new = form.read::<NewOrganization>()?;
            organizations_api::found(&visitor.entrance, auth, &new, key.as_ref()).await
        }
        Err(problem) if problem.code() == "organizations.slug_taken" => Err(Problem::field("slug", "taken")),
        other => other,
    }
}

/// The address that a name gives, with a code where it gives too little or is another's.
fn slug_of(name: &str, taken: bool) -> String {
    let slug: String = slugify(name).chars().take(50).collect();
    let slug = slug.trim_end_matches('-');
    if is_slug(slug) && !taken {
        return slug.to_owned();
    }
    let readable = if slug.is_empty() { "org" } else { slug };
    format!("{readable}-{}", random::code::<5>().to_lowercase())
}

/// `POST /manage/select`: works in another organization.
#[handler]
pub async fn select(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let auth = visitor.member()?;
    let id: uuid::Uuid = form.text("organization").parse().map_err(|_| Problem::not_found())?;
    visitor.entrance.identity.select_organization(&auth.actor, OrganizationId::from(id)).await?;
    Ok(see_other("/manage"))
}

/// The organization that the visitor works in; members only.
pub(super) async fn own(visitor: &Visitor) -> ApiResult<(Desk, TenantScope)> {
    let auth = visitor.member()?;
    let desk = Desk::of(visitor).await?;
    let scope = desk.scope.clone().ok_or_else(Problem::not_found)?;
    let _can = visitor.entrance.identity.permit_organization::<ReadOrganization>(&auth.actor, &scope).await?;
    Ok((desk, scope))
}

/// What surrounds the form of the settings.
pub(super) fn page(visitor: &Visitor, desk: &Desk, scope: &TenantScope) -> Value {
    let organization = scope.organization();
    let address = format!("{}/o/{}", visitor.entrance.public_url, organization.slug);
    context! { desk => desk.shown(), may => desk.may::<EditOrganization>(), address, logo => organization.logo_path(),
    href => format!("/o/{}", organization.slug), version => organization.version,
    ..choices(visitor.lang, organization.currency.code(), organization.timezone.name()) }
}

/// The settings as they are.
pub(super) fn filled(scope: &TenantScope) -> Filled {
    let organization = scope.organization();
    Filled::with([
        ("name", organization.name.as_str()),
        ("contact_email", &organization.contact_email),
        ("country", &organization.country),
        ("currency", organization.currency.code()),
        ("locale", organization.locale.code()),
        ("timezone", organization.timezone.name()),
        ("about", &organization.about),
        ("website", &organization.website),
        ("color", &organization.color.map(Color::code).unwrap_or_default()),
        ("require_second_factor", if organization.require_second_factor { "on" } else { "" }),
    ])
}

/// `GET /manage/settings`.
#[handler]
pub async fn settings_page(visitor: Visitor) -> ApiResult<Response> {
    let (desk, scope) = own(&visitor).await?;
    let filled = filled(&scope);
    let context = context! { form => shown(filled), ..page(&visitor, &desk, &scope) };
    visitor.page("manage/settings.html", context)
}

/// What people write of an address is where it is: `example.org` is meant to be a page on the web.
fn as_address(typed: &str) -> String {
    let bare = !typed.contains("://") && !typed.contains('@') && typed.contains('.');
    let address = format!("https://{typed}");
    if bare && is_web_address(&address) { address } else { typed.to_owned() }
}

/// A colour as it is copied out of other programs, without its sign.
fn as_color(typed: &str) -> String {
    let bare = format!("#{typed}");
    if Color::parse(&bare).is_some() { bare } else { typed.to_owned() }
}

/// `POST /manage/settings`: only if nobody else has changed them since the page was made.
#[handler]
pub async fn save_settings(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let (desk, scope) = own(&visitor).await?;
    let actor = &visitor.member()?.actor;
    let save = async {
        let can = visitor.entrance.identity.permit_organization::<EditOrganization>(actor, &scope).await?;
        let mut form = form.clone();
        form.put("require_second_factor", if form.has("require_second_factor") { "true" } else { "false" });
        for (name, meant) in [("website", as_address as fn(&str) -> String), ("color", as_color)] {
            form.put(name, meant(form.text(name)));
        }
        // What is left empty in a form is left out of it; some texts may be emptied.
        let change = form.read::<OrganizationChange>()?.emptied(|name| form.text(name).is_empty());
        if form.text("name").is_empty() {
            return Err(Problem::field("name", "required"));
        }
        let settings = organizations_api::merged(&scope, change, Checks::default())?;
        organizations_api::own_factor_first(&visitor.entrance, visitor.member()?, &scope, &settings).await?;
        let version: i32 = form.text("version").parse().map_err(|_| TenancyError::Stale)?;
        Ok(visitor
            .entrance
            .tenancy
            .change(&scope, &settings, &Expected::one_of(vec![version]), can.by(), None)
            .await?)
    };
    match save.await {
        Ok(_) => {
            visitor.flash(Flash("settings-saved"));
            Ok(see_other("/manage/settings"))
        }
        // What is forbidden is no form to fill in again.
        Err(problem) if problem.status() == poem::http::StatusCode::FORBIDDEN => Err(problem),
        Err(problem) => {
            let stale = problem.status() == poem::http::StatusCode::PRECONDITION_FAILED;
            let now = visitor.entrance.organization(scope.organization().id).await?;
            let fill = |problem: &Problem| {
                let mut filled = Filled::refused(&form, problem, visitor.lang);
                if stale {
                    // Who has read this and saves again means it.
                    filled.set("version", now.organization().version.to_string());
                }
                filled
            };
            let context = context! { conflict => stale, ..page(&visitor, &desk, &scope) };
            visitor.filled_again(problem, "manage/settings.html", fill, context)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_is_meant_in_full() {
        for (typed, meant) in [
            ("example.org", "https://example.org"),
            ("www.example.org:8080/a?b=c", "https://www.example.org:8080/a?b=c"),
            ("http://example.org", "http://example.org"),
            ("javascript:alert(1)", "javascript:alert(1)"),
            ("javascript:alert.x", "javascript:alert.x"),
            ("mailto:a@example.org", "mailto:a@example.org"),
            ("ftp://example.org", "ftp://example.org"),
            ("nonsense", "nonsense"),
            ("", ""),
        ] {
            assert_eq!(as_address(typed), meant);
        }
        for (typed, meant) in [("ffee00", "#ffee00"), ("#ffee00", "#ffee00"), ("blue", "blue"), ("", "")] {
            assert_eq!(as_color(typed), meant);
        }
    }
}
