//! The page of a private event's invitations.

use minijinja::{Value, context};
use poem::web::Path;
use poem::{Response, handler};
use serde::Serialize;

use super::model::{AT_ONCE, Guest, State, addresses};
use super::repo::Filter;
use super::service;
use crate::base::i18n::{self, Lang};
use crate::base::identity::{Can, ManageSales, ReadSales};
use crate::base::kernel::id::{EventId, GuestId};
use crate::base::kernel::page::{LAST_PAGE, PageRequest};
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, FieldError, Problem, Rate};
use crate::domain::events::model::{Event, Visibility};
use crate::domain::events::pages::event_desk;
use crate::domain::events::translations::LANGUAGES;
use crate::domain::events::{EventsError, repo as events};

const TEMPLATE: &str = "manage/guests.html";
const PAGE_SIZE: u32 = 50;

/// One invitation as the page shows it.
#[derive(Serialize)]
struct Row {
    id: String,
    email: String,
    state: &'static str,
    /// When it came to this state.
    when: String,
    revoked: bool,
}

fn row(lang: Lang, event: &Event, guest: &Guest) -> Row {
    let state = guest.state();
    let at = match state {
        State::Revoked => guest.revoked_at,
        State::Opened | State::Ordered => guest.opened_at,
        State::Sent => guest.sent_at,
        State::Waiting => None,
    };
    Row {
        id: guest.id.to_string(),
        email: guest.email.clone(),
        state: state.code(),
        when: i18n::short_date(lang, at.unwrap_or(guest.created_at), event.timezone),
        revoked: state == State::Revoked,
    }
}

async fn permitted(visitor: &Visitor, id: EventId) -> ApiResult<(TenantScope, Can<ManageSales>)> {
    visitor.entrance.event(visitor.member()?, id).await
}

async fn surroundings(visitor: &Visitor, scope: &TenantScope, id: EventId) -> ApiResult<Value> {
    let can: Can<ReadSales> = visitor.entrance.event(visitor.member()?, id).await?.1;
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(visitor.query().as_bytes())
        .map(|(name, value)| (name.into_owned(), value.replace('\0', "")))
        .collect();
    let finder = Filled::with(pairs);
    let search = Some(finder.value("search").trim()).filter(|text| !text.is_empty() && text.len() <= 100);
    let filter = Filter { search: search.map(str::to_owned), state: State::parse(finder.value("state")) };
    let narrowed = filter.search.is_some() || filter.state.is_some();
    let number = finder.value("page").parse().unwrap_or(1).clamp(1, LAST_PAGE);
    let mut tx = visitor.entrance.tenant(scope).await?;
    let event = events::event(&mut tx, id).await?.ok_or(EventsError::NotFound)?;
    let page = service::list(&mut tx, &can, &filter, PageRequest { number, size: PAGE_SIZE }).await?;
    drop(tx);
    let address = |page: u32| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("search", finder.value("search")).append_pair("state", finder.value("state"));
        format!("/manage/events/{id}/invitations?{}", query.append_pair("page", &page.to_string()).finish())
    };
    let pages = context! { number, previous => (number > 1).then(|| address(number - 1)),
    next => page.has_next().then(|| address(number + 1)) };
    let rows: Vec<Row> = page.rows.iter().map(|guest| row(visitor.lang, &event, guest)).collect();
    let languages = LANGUAGES.to_vec();
    let inviting = event.visibility == Visibility::Private && event.is_known();
    let desk = event_desk(visitor, scope, &event).await?;
    let states: Vec<&str> = State::ALL.into_iter().map(State::code).collect();
    Ok(context! { rows => shown(&rows), pages, narrowed, finder => shown(&finder), languages, inviting,
    states, at_once => AT_ONCE, language => event.language.code(), ..desk })
}

fn home(id: EventId) -> String {
    format!("/manage/events/{id}/invitations")
}

/// `GET /manage/events/{id}/invitations`.
#[handler]
pub async fn guests_page(visitor: Visitor, Path(id): Path<EventId>) -> ApiResult<Response> {
    let (scope, _) = permitted(&visitor, id).await?;
    let context = surroundings(&visitor, &scope, id).await?;
    let language = context.get_attr("language").ok().and_then(|code| code.as_str().map(str::to_owned));
    let form = Filled::with([("locale", language.unwrap_or_default())]);
    visitor.page(TEMPLATE, context! { form => shown(form), ..context })
}

/// The addresses that were pasted, or what is wrong with the list.
fn pasted(form: &Form) -> ApiResult<Vec<String>> {
    let (found, wrong) = addresses(form.text("emails"));
    if !wrong.is_empty() {
        // As many as one reads.
        let named = wrong.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
        return Err(Problem::invalid(vec![FieldError::new("emails", "no_addresses").with("wrong", named)]));
    }
    if found.is_empty() {
        return Err(Problem::field("emails", "required"));
    }
    if found.len() > AT_ONCE {
        return Err(Problem::field("emails", "too_many"));
    }
    Ok(found)
}

/// `POST /manage/events/{id}/invitations`.
#[handler]
pub async fn invite_guests_page(
    visitor: Visitor,
    Path(id): Path<EventId>,
    form: Form,
) -> ApiResult<Response> {
    let (scope, can) = permitted(&visitor, id).await?;
    let key = form.key(&visitor, "invite_guests");
    let invite = async {
        let emails = pasted(&form)?;
        visitor.entrance.limiter.spend(Rate::SignUp, &format!("guests/{}", can.by()))?;
        let mut tx = visitor.entrance.tenant(&scope).await?;
        let locale = Lang::parse(form.text("locale"));
        let invited = service::invite(&mut tx, can, &emails, locale, key.as_ref()).await?;
        tx.commit().await?;
        Ok(invited)
    };
    match invite.await {
        Ok(invited) => {
            visitor.flash(Flash(if invited == 0 { "guests-known" } else { "guests-invited" }));
            Ok(see_other(&home(id)))
        }
        Err(problem) => {
            let context = surroundings(&visitor, &scope, id).await?;
            visitor.again(problem, TEMPLATE, &form, context)
        }
    }
}

/// `POST /manage/events/{id}/invitations/{invitation}/resend`.
#[handler]
pub async fn resend_guest_page(
    visitor: Visitor,
    Path((id, guest)): Path<(EventId, GuestId)>,
    form: Form,
) -> ApiResult<Response> {
    let _ = form;
    let (scope, can) = permitted(&visitor, id).await?;
    visitor.entrance.limiter.spend(Rate::Letter, &format!("guest/{guest}"))?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    service::resend(&mut tx, &can, guest, None).await?;
    tx.commit().await?;
    visitor.flash(Flash("guest-resent"));
    Ok(see_other(&home(id)))
}

/// `POST /manage/events/{id}/invitations/{invitation}/revoke`.
#[handler]
pub async fn revoke_guest_page(
    visitor: Visitor,
    Path((id, guest)): Path<(EventId, GuestId)>,
    form: Form,
) -> ApiResult<Response> {
    let _ = form;
    let (scope, can) = permitted(&visitor, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    service::revoke(&mut tx, &can, guest, None).await?;
    tx.commit().await?;
    visitor.flash(Flash("guest-revoked"));
    Ok(see_other(&home(id)))
}
