//! The first page of those who organize: their events.

use minijinja::context;
use poem::{Response, handler};
use serde::Serialize;

use super::badge;
use super::overview::{Check, needed};
use crate::base::i18n::{self, Args, Lang, text_with};
use crate::base::identity::pages::Desk;
use crate::base::identity::{IdentityError, ReadEvent};
use crate::base::kernel::id::EventId;
use crate::base::kernel::page::{LAST_PAGE, PageRequest};
use crate::base::site::{Filled, Visitor, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::ApiResult;
use crate::domain::events::filter::{EventFilter, EventOrder, StatusFilter};
use crate::domain::events::model::{Event, EventState};
use crate::domain::events::sales;
use crate::domain::events::service::{self, Reader};

const PAGE_SIZE: u32 = 20;

#[derive(Serialize)]
struct Row {
    id: String,
    href: String,
    name: String,
    when: String,
    city: String,
    /// The list of the dates that belong together with it.
    series: Option<String>,
    badge: &'static str,
    test: bool,
    /// What a draft lacks before it can open; none for what is no draft.
    missing: Option<Vec<Check>>,
    sold: i64,
    sold_told: String,
    capacity: Option<i32>,
}

/// How much is sold, and of how many places where that is known.
pub(in crate::domain::events) fn sold_told(lang: Lang, sold: i64, capacity: Option<i32>) -> String {
    match capacity {
        Some(size) => {
            text_with(lang, "manage-sold-of", &Args::new().set("sold", sold).set("size", i64::from(size)))
        }
        None => i18n::number(lang, sold),
    }
}

#[derive(Serialize)]
struct Pages {
    number: u32,
    previous: Option<String>,
    next: Option<String>,
}

fn row(lang: Lang, event: Event, sold: i64, sells: bool, now: chrono::DateTime<chrono::Utc>) -> Row {
    let missing = || needed(&event, sells, now).into_iter().filter(|check| !check.done).collect();
    Row {
        missing: (event.state == EventState::Draft).then(missing),
        id: event.id.to_string(),
        sold_told: sold_told(lang, sold, event.capacity),
        href: format!("/manage/events/{}", event.id),
        when: event
            .starts_at
            .map(|at| i18n::capitalized(&i18n::date_time(lang, at, event.timezone)))
            .unwrap_or_default(),
        badge: badge(&event, now),
        test: event.test_mode,
        city: event.city,
        series: event.series.map(|series| format!("/manage?series={series}")),
        name: event.name,
        capacity: event.capacity,
        sold,
    }
}

/// Which of the organization's events the visitor may see.
async fn reader(visitor: &Visitor, scope: &TenantScope) -> ApiResult<Reader> {
    let actor = &visitor.member()?.actor;
    match visitor.entrance.identity.permit_organization::<ReadEvent>(actor, scope).await {
        Ok(can) => Ok(Reader::Member(can)),
        Err(IdentityError::Stranger) => {
            let here = |event: &EventId| event.organization() == scope.number();
            let assigned = actor.assignments.iter().map(|assignment| assignment.event);
            Ok(Reader::Assigned(assigned.filter(here).collect()))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /manage`. Who has no organization yet sets one up first.
#[handler]
pub async fn home_page(visitor: Visitor) -> ApiResult<Response> {
    visitor.member()?;
    let desk = Desk::of(&visitor).await?;
    let Some(scope) = desk.scope.clone() else { return Ok(see_other("/manage/start")) };
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(visitor.query().as_bytes())
        .map(|(name, value)| (name.into_owned(), value.replace('\0', "")))
        .collect();
    let finder = Filled::with(pairs);
    let search = Some(finder.value("search").trim()).filter(|text| !text.is_empty() && text.len() <= 200);
    let status = StatusFilter::parse(finder.value("status"));
    let series = finder.value("series").parse::<uuid::Uuid>().ok();
    let searched = search.is_some();
    let narrowed = searched || status.is_some() || series.is_some();
    let page = PageRequest {
        number: finder.value("page").parse().unwrap_or(1).clamp(1, LAST_PAGE),
        size: PAGE_SIZE,
    };
    let filter = EventFilter {
        only: None,
        status,
        series,
        search: search.map(str::to_owned),
        // Dates of one thing are read from the first to the last.
        order: if series.is_some() { EventOrder::Start } else { EventOrder::default() },
        page,
    };
    let reader = reader(&visitor, &scope).await?;
    // Whoever works for single events alone follows those on their own pages.
    let follows = matches!(reader, Reader::Member(_));
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let now = tx.now();
    let found = service::list(&mut tx, reader, filter).await?;
    let ids: Vec<uuid::Uuid> = found.rows.iter().map(|event| event.id.uuid()).collect();
    let sold = sales::sold_of(&mut tx, &ids).await?;
    let selling = sales::with_types(&mut tx, &ids).await?;
    drop(tx);
    let sold_of =
        |id: EventId| sold.iter().find(|(event, _)| *event == id.uuid()).map_or(0, |(_, sold)| *sold);
    let number = found.request.number;
    let address = |page: u32| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for field in ["search", "status", "series"] {
            query.append_pair(field, finder.value(field));
        }
        format!("/manage?{}", query.append_pair("page", &page.to_string()).finish())
    };
    let pages = Pages {
        number,
        previous: (number > 1).then(|| address(number - 1)),
        next: found.has_next().then(|| address(number + 1)),
    };
    let count = found.count;
    let rows: Vec<Row> = found
        .rows
        .into_iter()
        .map(|event| {
            let sold = sold_of(event.id);
            let sells = selling.contains(&event.id.uuid());
            row(visitor.lang, event, sold, sells, now)
        })
        .collect();
    let name = visitor.actor().map(|actor| actor.first_name.clone());
    let context = context! { desk => desk.shown(), events => shown(&rows), pages => shown(&pages), count, narrowed, follows,
    templates => status == Some(StatusFilter::Template), searched, series => series.map(|series| series.to_string()), finder => shown(&finder), name };
    visitor.page("manage/home.html", context)
}
