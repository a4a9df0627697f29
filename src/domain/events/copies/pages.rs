//! The page on which an event is made again, once or on several dates.

use minijinja::{Value, context};
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Response, handler};

use super::{MOST, Rhythm, Wanted, creator, duplicate};
use crate::base::files::Files;
use crate::base::i18n::{stripped, text};
use crate::base::identity::{Can, ManageSales};
use crate::base::kernel::id::EventId;
use crate::base::kernel::text::is_blank;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Checks, FieldError, Problem};
use crate::domain::events::model::{Event, EventState};
use crate::domain::events::pages::{event_desk, instant, local};
use crate::domain::events::{EventsError, repo};

const TEMPLATE: &str = "manage/duplicate.html";

/// The event that the visitor may make again.
struct Source {
    scope: TenantScope,
    event: Event,
}

async fn source(visitor: &Visitor, id: EventId) -> ApiResult<Source> {
    let auth = visitor.member()?;
    let (scope, _): (_, Can<ManageSales>) = visitor.entrance.event(auth, id).await?;
    let _can = creator(&visitor.entrance, &auth.actor, &scope).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let event = repo::event(&mut tx, id).await?.ok_or(EventsError::NotFound)?;
    Ok(Source { scope, event })
}

async fn surroundings(visitor: &Visitor, source: &Source) -> ApiResult<Value> {
    let rhythms: Vec<(&str, String)> = Rhythm::ALL
        .iter()
        .map(|rhythm| (rhythm.code(), text(visitor.lang, &format!("manage-rhythm-{}", rhythm.code()))))
        .collect();
    let desk = event_desk(visitor, &source.scope, &source.event).await?;
    Ok(
        context! { rhythms => shown(&rhythms), most => MOST, timezone => source.event.timezone.name(), ..desk },
    )
}

/// `GET /manage/events/{id}/duplicate`.
#[handler]
pub async fn duplicate_page(visitor: Visitor, Path(id): Path<EventId>) -> ApiResult<Response> {
    let source = source(&visitor, id).await?;
    let template = source.event.state == EventState::Template;
    let form = Filled::with([
        ("name", source.event.name.clone()),
        // The day of a template is over long since.
        (
            "start_date",
            if template { String::new() } else { local(source.event.starts_at, source.event.timezone) },
        ),
        ("rhythm", Rhythm::Once.code().to_owned()),
        ("count", "2".to_owned()),
        ("series", if source.event.series.is_some() { "on".to_owned() } else { String::new() }),
    ]);
    let context = surroundings(&visitor, &source).await?;
    visitor.page(TEMPLATE, context! { form => shown(form), ..context })
}

/// What the form asks for, or everything that is wrong with it.
fn wanted(form: &Form, first: &Event) -> ApiResult<Wanted> {
    let mut checks = Checks::default();
    let name = form.text("name");
    checks.ensure(!is_blank(name), "name", "required");
    if name.chars().count() > 200 {
        checks.push(FieldError::new("name", "too_long").with("most", 200));
    }
    let typed = form.text("start_date");
    let start = instant(typed, first.timezone);
    checks.ensure(start.is_some(), "start_date", if typed.is_empty() { "required" } else { "local_time" });
    let rhythm = checks.some(Rhythm::parse(form.text("rhythm")), "rhythm", "unknown_choice");
    let rhythm = rhythm.unwrap_or(Rhythm::Once);
    let count = form.text("count").parse().ok().filter(|count| (1..=MOST).contains(count));
    let count = match rhythm {
        Rhythm::Once => 1,
        _ => checks.some(count, "count", "unreadable").unwrap_or(1),
    };
    let count = u32::try_from(count).unwrap_or(1);
    let starts = start.map(|start| rhythm.times(start, count, first.timezone)).unwrap_or_default();
    checks.done()?;
    Ok(Wanted { name: Some(name.to_owned()), starts, series: form.has("series"), state: EventState::Draft })
}

/// `POST /manage/events/{id}/duplicate`.
#[handler]
pub async fn duplicate_event(
    visitor: Visitor,
    Path(id): Path<EventId>,
    form: Form,
    Data(files): Data<&Files>,
) -> ApiResult<Response> {
    let (entrance, actor) = (&visitor.entrance, &visitor.member()?.actor);
    let key = form.key(&visitor, "duplicate_event");
    let wanted = |first: &Event| wanted(&form, first);
    match duplicate(entrance, files, actor, id, wanted, key.as_ref()).await {
        Ok((_, made)) => {
            visitor.flash(Flash(if made.len() == 1 { "event-copied" } else { "events-copied" }));
            Ok(match made.as_slice() {
                [one] => see_other(&format!("/manage/events/{}", one.id)),
                _ => see_other("/manage"),
            })
        }
        Err(problem) if problem.status() != StatusCode::UNPROCESSABLE_ENTITY => Err(problem),
        Err(problem) => {
            let source = source(&visitor, id).await?;
            let context = surroundings(&visitor, &source).await?;
            let fill = |problem: &Problem| {
                let mut filled = Filled::refused(&form, problem, visitor.lang);
                // The form has one start; the others follow from it.
                for (field, told) in problem.told_fields(visitor.lang) {
                    if let Some(index) = field.strip_prefix("start_dates/") {
                        filled.refuse(if index == "0" { "start_date" } else { "count" }, stripped(&told));
                    }
                }
                filled
            };
            visitor.filled_again(problem, TEMPLATE, fill, context)
        }
    }
}

/// `POST /manage/events/{id}/template`.
#[handler]
pub async fn keep_template(
    visitor: Visitor,
    Path(id): Path<EventId>,
    form: Form,
    Data(files): Data<&Files>,
) -> ApiResult<Response> {
    let (entrance, actor) = (&visitor.entrance, &visitor.member()?.actor);
    let key = form.key(&visitor, "keep_template");
    let wanted = |_: &Event| Ok(Wanted::template(None));
    let (_, made) = duplicate(entrance, files, actor, id, wanted, key.as_ref()).await?;
    let template = made.first().ok_or(EventsError::NotFound)?;
    visitor.flash(Flash("event-template"));
    Ok(see_other(&format!("/manage/events/{}", template.id)))
}
