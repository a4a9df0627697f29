//! The event's form: a new event with its first ticket type, and the changes of one.

use minijinja::value::merge_maps;
use minijinja::{Value, context};
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Response, handler};

use super::{event_desk, fields};
use crate::base::files::Files;
use crate::base::i18n::{self, Args, text, text_with};
use crate::base::identity::pages::{Desk, currencies, timezones};
use crate::base::identity::{Can, CreateEvents, EditEvent, ManageSales};
use crate::base::kernel::id::{AccountId, EventId, OrganizationNumber};
use crate::base::kernel::version::Expected;
use crate::base::site::{Filled, Flash, Form, Upload, Visitor, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Problem, Uploaded};
use crate::domain::events::media::{self, Made, Place};
use crate::domain::events::model::{CATEGORIES, Event};
use crate::domain::events::translations::{LANGUAGES, others};
use crate::domain::events::{EventsError, contacts, markdown, repo, sales, service};

const TEMPLATE: &str = "manage/event.html";

/// What there is to choose from.
fn choices(visitor: &Visitor, event: &Event) -> Value {
    let categories: Vec<(&str, String)> = CATEGORIES
        .iter()
        .map(|code| (*code, text(visitor.lang, &format!("events-category-{code}"))))
        .collect();
    let currencies: Vec<(String, String)> =
        currencies(event.currency.code()).into_iter().map(|code| (code.clone(), code)).collect();
    context! { categories => shown(&categories), languages => LANGUAGES.to_vec(), others => others(event.language), currencies => shown(&currencies),
    timezones => shown(timezones(event.timezone.name())), public_url => &*visitor.entrance.public_url }
}

/// The organization that the visitor works in, if they may create events there.
async fn creator(visitor: &Visitor) -> ApiResult<(Desk, TenantScope, Can<CreateEvents, OrganizationNumber>)> {
    let auth = visitor.member()?;
    let desk = Desk::of(visitor).await?;
    let scope = desk.scope.clone().ok_or_else(Problem::forbidden)?;
    let can = visitor.entrance.identity.permit_organization(&auth.actor, &scope).await?;
    Ok((desk, scope, can))
}

/// Whom the event may have as its president: nobody, or who works for it.
async fn people(visitor: &Visitor, event: EventId) -> ApiResult<Vec<(String, String)>> {
    let known = visitor.entrance.identity.colleagues(event).await?;
    let nobody = (String::new(), text(visitor.lang, "manage-president-none"));
    Ok(std::iter::once(nobody).chain(known.into_iter().map(|(id, name)| (id.to_string(), name))).collect())
}

async fn new_context(
    visitor: &Visitor,
    desk: &Desk,
    scope: &TenantScope,
    by: AccountId,
) -> ApiResult<(Value, Event)> {
    let mut tx = visitor.entrance.tenant(scope).await?;
    let blank = service::blank(&tx, by);
    let templates = repo::has_templates(&mut tx).await?;
    drop(tx);
    let people = people(visitor, blank.id).await?;
    let context = context! { people => shown(&people), desk => desk.shown(), is_new => true, templates, action => "/manage/events/new",
    fixed_currency => false, preview => "", conflict => "", ..choices(visitor, &blank) };
    Ok((context, blank))
}

/// `GET /manage/events/new`.
#[handler]
pub async fn new_page(visitor: Visitor) -> ApiResult<Response> {
    visitor.member()?;
    let desk = Desk::of(&visitor).await?;
    if desk.scope.is_none() {
        return Ok(see_other("/manage/start"));
    }
    let (desk, scope, can) = creator(&visitor).await?;
    let (context, blank) = new_context(&visitor, &desk, &scope, can.by()).await?;
    let mut filled = fields::filled(&blank);
    filled.set("ticket/name", text(visitor.lang, "manage-first-ticket"));
    visitor.page(TEMPLATE, context! { form => shown(filled), ..context })
}

/// The picture that was sent, made ready; or why it cannot be shown.
async fn picture(file: Uploaded) -> ApiResult<Option<Made>> {
    match file {
        Uploaded::Nothing => Ok(None),
        file => media::received(Place::Image, file, "image").await.map(Some),
    }
}

/// Everything that is wrong with a form, part by part.
#[derive(Default)]
struct Wrong {
    event: Option<Problem>,
    ticket: Option<Problem>,
    picture: Option<Problem>,
}

impl Wrong {
    /// What the answer's status is about: a failure of ours comes first.
    fn first(&self) -> Option<&Problem> {
        let all = || [&self.event, &self.ticket, &self.picture].into_iter().flatten();
        all().find(|problem| problem.status().is_server_error()).or_else(|| all().next())
    }

    /// The form as it was sent, with everything that is wrong beside its fields.
    fn filled(&self, form: &Form, visitor: &Visitor, had_file: bool) -> Filled {
        let stale = |problem: &&Problem| problem.status() != StatusCode::PRECONDITION_FAILED;
        let mut filled = match self.event.as_ref().filter(stale) {
            Some(problem) => Filled::refused(form, problem, visitor.lang),
            None => Filled::kept(form),
        };
        if let Some(problem) = &self.event {
            // Themes are one field of the form.
            let told = problem.told_fields(visitor.lang);
            if let Some((_, told)) = told.iter().find(|(field, _)| field.starts_with("themes")) {
                filled.refuse("themes", i18n::stripped(told));
            }
        }
        if let Some(problem) = &self.ticket {
            filled.refuse_part("ticket", problem, visitor.lang);
        }
        if let Some(problem) = &self.picture {
            for (field, told) in problem.told_fields(visitor.lang) {
                filled.refuse(&field, i18n::stripped(&told));
            }
        } else if had_file {
            filled.refuse("image", text(visitor.lang, "manage-image-again"));
        }
        filled
    }
}

/// `POST /manage/events/new`: a draft, and what it sells first.
#[handler]
pub async fn create_event(
    visitor: Visitor,
    upload: Upload,
    Data(files): Data<&Files>,
) -> ApiResult<Response> {
    let Upload { form, file } = upload;
    let form = fields::in_a_row(&form);
    let had_file = !matches!(file, Uploaded::Nothing);
    let (desk, scope, can) = creator(&visitor).await?;
    let by = can.by();
    let (context, blank) = new_context(&visitor, &desk, &scope, by).await?;
    let said = fields::applied(&form, &blank);
    let ticket = sales::first_type(&form, said.as_ref().map_or(&blank, |(event, _)| event)).err();
    let (picture, no_picture) = match picture(file).await {
        Ok(picture) => (picture, None),
        Err(problem) => (None, Some(problem)),
    };
    let mut wrong = Wrong { ticket, picture: no_picture, event: None };
    match said {
        Ok(said) if wrong.first().is_none() => {
            match create(&visitor, &scope, can, &form, said, files, picture).await {
                Ok(event) => {
                    visitor.flash(Flash("event-created"));
                    return Ok(see_other(&format!("/manage/events/{}", event.id)));
                }
                Err(problem) => wrong.event = Some(problem),
            }
        }
        said => wrong.event = said.err(),
    }
    let problem = wrong.first().cloned().unwrap_or_else(Problem::malformed);
    visitor.filled_again(problem, TEMPLATE, |_| wrong.filled(&form, &visitor, had_file), context)
}

async fn create(
    visitor: &Visitor,
    scope: &TenantScope,
    can: Can<CreateEvents, OrganizationNumber>,
    form: &Form,
    (mut draft, slug): (Event, Option<String>),
    files: &Files,
    picture: Option<Made>,
) -> ApiResult<Event> {
    let (own, actor) = (draft.id, &visitor.member()?.actor);
    let sells = visitor.entrance.identity.permit::<ManageSales>(actor, own).await?;
    let key = form.key(visitor, "create_event");
    contacts::check_president(&visitor.entrance.identity, own, draft.president).await?;
    if let Some(picture) = picture {
        draft.media.set(picture.place, picture.name.clone());
        media::keep(&visitor.entrance, files, scope, own, vec![picture]).await?;
    }
    let mut tx = visitor.entrance.tenant(scope).await?;
    let event =
        service::create(&mut tx, can, draft, slug.as_deref(), key.as_ref()).await.map_err(slug_taken)?;
    // A second click finds the event made, with what it sells.
    if event.id == own {
        sales::add_first_type(&mut tx, sells, form, &event).await?;
    }
    tx.commit().await?;
    Ok(event)
}

/// An address that another event has is told beside its field.
fn slug_taken(error: EventsError) -> Problem {
    match error {
        EventsError::SlugTaken => Problem::field("slug", "taken"),
        EventsError::QuotaBelowSold => Problem::field("capacity", "below_sold"),
        other => other.into(),
    }
}

async fn edit_context(visitor: &Visitor, scope: &TenantScope, event: &Event) -> ApiResult<Value> {
    let mut tx = visitor.entrance.tenant(scope).await?;
    let sells = !sales::ticket_types(&mut tx, event.id).await?.is_empty();
    drop(tx);
    let surroundings = event_desk(visitor, scope, event).await?;
    let people = people(visitor, event.id).await?;
    Ok(
        context! { people => shown(&people), is_new => false, action => format!("/manage/events/{}/edit", event.id),
        fixed_currency => sells, preview => Value::from_safe_string(markdown::html(&event.description)),
        conflict => "", ..merge_maps([choices(visitor, event), surroundings]) },
    )
}

/// `GET /manage/events/{id}/edit`.
#[handler]
pub async fn edit_page(visitor: Visitor, Path(id): Path<EventId>) -> ApiResult<Response> {
    let (scope, can): (_, Can<EditEvent>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let event = repo::event(&mut tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    drop(tx);
    let context = edit_context(&visitor, &scope, &event).await?;
    visitor.page(TEMPLATE, context! { form => shown(fields::filled(&event)), ..context })
}

/// `POST /manage/events/{id}/edit`: only if nobody else has changed the event since the page was made.
#[handler]
pub async fn save_event(visitor: Visitor, Path(id): Path<EventId>, form: Form) -> ApiResult<Response> {
    let form = fields::in_a_row(&form);
    let (scope, can): (_, Can<EditEvent>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let current = repo::event(&mut tx, id).await?.ok_or(EventsError::NotFound)?;
    let changed_by = repo::changed_by(&mut tx, id).await?;
    drop(tx);
    let Err(problem) = save(&visitor, &scope, can, &form).await else {
        visitor.flash(Flash("event-saved"));
        return Ok(see_other(&format!("/manage/events/{id}/edit")));
    };
    let wrong = Wrong { event: Some(problem.clone()), ..Wrong::default() };
    let mut conflict = String::new();
    let stale = problem.status() == StatusCode::PRECONDITION_FAILED;
    if stale {
        conflict = conflict_told(&visitor, &current, changed_by).await?;
    }
    let context = edit_context(&visitor, &scope, &current).await?;
    let fill = |_: &Problem| {
        let mut filled = wrong.filled(&form, &visitor, false);
        if stale {
            // Who has read this and saves again means it.
            filled.set("version", current.version.to_string());
        }
        filled
    };
    visitor.filled_again(problem, TEMPLATE, fill, context! { conflict, ..context })
}

/// Who has changed the event meanwhile, and when.
async fn conflict_told(visitor: &Visitor, current: &Event, by: Option<AccountId>) -> ApiResult<String> {
    let name = match by {
        Some(account) => {
            let account = visitor.entrance.identity.account(account).await?;
            format!("{} {}", account.first_name, account.last_name).trim().to_owned()
        }
        None => String::new(),
    };
    let when = i18n::date_time(visitor.lang, current.updated_at, current.timezone);
    Ok(text_with(visitor.lang, "manage-conflict", &Args::new().set("name", name).set("when", when)))
}

async fn save(visitor: &Visitor, scope: &TenantScope, can: Can<EditEvent>, form: &Form) -> ApiResult<()> {
    let id = can.event();
    let president = uuid::Uuid::try_parse(form.text("president")).ok().map(AccountId::from);
    contacts::check_president(&visitor.entrance.identity, id, president).await?;
    let version: i32 = form.text("version").parse().map_err(|_| EventsError::Stale)?;
    let mut tx = visitor.entrance.tenant(scope).await?;
    let before = repo::locked_event(&mut tx, id).await?.ok_or(EventsError::NotFound)?;
    let (after, slug) = fields::applied(form, &before)?;
    let expected = Expected::one_of(vec![version]);
    service::change(&mut tx, can, &before, after, slug.as_deref(), &expected).await.map_err(slug_taken)?;
    Ok(tx.commit().await?)
}
