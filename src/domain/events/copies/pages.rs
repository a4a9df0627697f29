//! The page on which an event is made again, once or on several dates.

use minijinja::{Value, context};
use poem::web::{Data, Path};
use poem::{Response, handler};

use super::{MOST, Rhythm, Wanted, create, creator, planned};
use crate::base::files::Files;
use crate::base::i18n::text;
use crate::base::identity::{Can, CreateEvents, ManageSales};
use crate::base::kernel::id::{EventId, OrganizationNumber};
use crate::base::kernel::text::is_blank;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Checks, Problem};
use crate::domain::events::dto::check_year;
use crate::domain::events::model::Event;
use crate::domain::events::pages::{event_desk, instant, local};
use crate::domain::events::{EventsError, media, repo};

const TEMPLATE: &str = "manage/duplicate.html";

/// Who may make the event again, and the event.
struct Source {
    scope: TenantScope,
    sells: Can<ManageSales>,
    creates: Can<CreateEvents, OrganizationNumber>,
    event: Event,
}

async fn source(visitor: &Visitor, id: EventId) -> ApiResult<Source> {
    let auth = visitor.member()?;
    let (scope, sells): (_, Can<ManageSales>) = visitor.entrance.event(auth, id).await?;
    let creates = creator(&visitor.entrance, &auth.actor, &scope).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let event = repo::event(&mut tx, id).await?.ok_or(EventsError::NotFound)?;
    Ok(Source { scope, sells, creates, event })
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
    let form = Filled::with([
        ("name", source.event.name.clone()),
        ("start_date", local(source.event.starts_at, source.event.timezone)),
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
        checks.push(crate::base::web::FieldError::new("name", "too_long").with("most", 200));
    }
    let typed = form.text("start_date");
    let start = instant(typed, first.timezone);
    checks.ensure(start.is_some(), "start_date", if typed.is_empty() { "required" } else { "local_time" });
    check_year(start, "start_date", &mut checks);
    let rhythm = checks.some(Rhythm::parse(form.text("rhythm")), "rhythm", "unknown_choice");
    let rhythm = rhythm.unwrap_or(Rhythm::Once);
    let count = form.text("count").parse().ok().filter(|count| (1..=MOST).contains(count));
    let count = match rhythm {
        Rhythm::Once => 1,
        _ => checks.some(count, "count", "unreadable").unwrap_or(1),
    };
    let count = u32::try_from(count).unwrap_or(1);
    let starts = start.map(|start| rhythm.times(start, count, first.timezone)).unwrap_or_default();
    check_year(starts.last().copied(), "count", &mut checks);
    checks.done()?;
    Ok(Wanted { name: Some(name.to_owned()), starts, series: form.has("series") })
}

/// `POST /manage/events/{id}/duplicate`.
#[handler]
pub async fn duplicate_event(
    visitor: Visitor,
    Path(id): Path<EventId>,
    form: Form,
    Data(files): Data<&Files>,
) -> ApiResult<Response> {
    let source = source(&visitor, id).await?;
    let wanted = match wanted(&form, &source.event) {
        Ok(wanted) => wanted,
        Err(problem) => {
            let context = surroundings(&visitor, &source).await?;
            let fill = |problem: &Problem| Filled::refused(&form, problem, visitor.lang);
            return visitor.filled_again(problem, TEMPLATE, fill, context);
        }
    };
    let entrance = &visitor.entrance;
    let tx = entrance.tenant(&source.scope).await?;
    let copies = planned(&tx, &source.event, &wanted);
    drop(tx);
    let ids: Vec<EventId> = copies.iter().map(|copy| copy.id).collect();
    media::copy(entrance, files, &source.scope, &source.event, &ids).await?;
    let key = form.key(&visitor, "duplicate_event");
    let mut tx = entrance.tenant(&source.scope).await?;
    let made = create(&mut tx, &source.creates, source.sells, copies, wanted.series, key.as_ref()).await?;
    tx.commit().await?;
    visitor.flash(Flash(if made.len() == 1 { "event-copied" } else { "events-copied" }));
    Ok(match made.as_slice() {
        [one] => see_other(&format!("/manage/events/{}", one.id)),
        _ => see_other("/manage"),
    })
}
