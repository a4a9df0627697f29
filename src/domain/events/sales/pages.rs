//! The page of what an event sells: ticket types in their order, and the quotas that limit them.

use minijinja::{Value, context};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, handler};
use serde::Serialize;

use super::dto::{self, NewQuota, NewTicketType, QuotaChange, TicketTypeChange};
use super::service::QuotaRight;
use super::{repo, service};
use crate::base::db::TenantTx;
use crate::base::i18n;
use crate::base::identity::{Can, ManageSales, ReadEvent};
use crate::base::kernel::id::{EventId, QuotaId, TicketTypeId};
use crate::base::kernel::version::Expected;
use crate::base::site::{Filled, Flash, Form, Visitor, see_other, shown};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Problem};
use crate::domain::events::error::EventsError;
use crate::domain::events::model::{Event, TicketType, write_rate};
use crate::domain::events::pages::{event_desk, instants, local, plain_number};
use crate::domain::events::{repo as events, translations};

const TEMPLATE: &str = "manage/tickets.html";
const TYPE_TEMPLATE: &str = "manage/ticket-type.html";

/// A ticket type in the list.
#[derive(Serialize)]
struct Row {
    id: String,
    name: String,
    price: String,
    free: bool,
    sold: i64,
    left: Option<i32>,
    quota: String,
    window: String,
}

/// A quota in the list.
#[derive(Serialize)]
struct Places {
    id: String,
    name: String,
    size: Option<i32>,
    sold: i32,
    left: Option<i32>,
    of_event: bool,
    used: bool,
    version: i32,
}

/// The form's numbers and times as the API reads them. What the form shows and is left empty is cleared.
fn readable(form: &Form, event: &Event) -> ApiResult<Form> {
    let mut read = instants(form, event.timezone, &["sales_start", "sales_end"])?;
    for number in ["price", "tax_rate", "min_per_order", "max_per_order", "max_per_person"] {
        if form.has(number) {
            read.put(number, plain_number(form.text(number)));
        }
    }
    read.leave_out("position");
    if form.text("tax_rate").is_empty() {
        read.leave_out("tax_rate");
    }
    Ok(read)
}

/// The ticket type as the form says it, and the quota that it is to be in.
fn said(form: &Form, event: &Event, blank: TicketType) -> ApiResult<(TicketType, Option<QuotaId>)> {
    let (change, checks) = readable(form, event)?.draft::<NewTicketType, TicketTypeChange, false>()?.open();
    let (said, quota) = change.apply(blank, checks)?;
    Ok((said, quota.flatten()))
}

/// The first ticket type of a new event's form, unless the form has none.
pub(in crate::domain::events) fn first_type(form: &Form, event: &Event) -> ApiResult<Option<TicketType>> {
    let part = form.part("ticket");
    if !part.has("name") && !part.has("price") {
        return Ok(None);
    }
    let blank = dto::blank(TicketTypeId::new(event.created_at, event.id.organization()), event);
    Ok(Some(said(&part, event, blank)?.0))
}

/// Adds the first ticket type of a new event's form.
pub(in crate::domain::events) async fn add_first_type(
    tx: &mut TenantTx,
    can: Can<ManageSales>,
    form: &Form,
    event: &Event,
) -> ApiResult<()> {
    if let Some(new) = first_type(form, event)? {
        service::create_type(tx, can, event, TicketType { id: tx.new_id(), ..new }, None).await?;
    }
    Ok(())
}

/// What the page shows beside its forms.
async fn lists(visitor: &Visitor, scope: &TenantScope, tx: &mut TenantTx, event: &Event) -> ApiResult<Value> {
    let (lang, zone) = (visitor.lang, event.timezone);
    let types = repo::ticket_types(tx, event.id).await?;
    let figures = repo::figures(tx, event.id).await?;
    let quotas = repo::quotas(tx, event.id).await?;
    // Those of several events are changed elsewhere, but a type that is in one stays in it.
    let spanning = repo::spanning_quotas(tx, event.id).await?;
    let window = |sold: &TicketType| match (sold.sales_start, sold.sales_end) {
        (None, None) => String::new(),
        (start, end) => {
            let told = |at: Option<_>| at.map_or_else(|| "…".into(), |at| i18n::date_time(lang, at, zone));
            format!("{} – {}", told(start), told(end))
        }
    };
    let rows: Vec<Row> = types
        .iter()
        .map(|sold| {
            let figure = figures.iter().find(|(id, ..)| *id == sold.id.uuid());
            let mut joined = quotas.iter().chain(&spanning);
            let quota = joined.find(|quota| !quota.of_event && sold.quotas.contains(&quota.id));
            Row {
                id: sold.id.to_string(),
                name: sold.name.clone(),
                price: i18n::money(lang, sold.price),
                free: sold.price.is_zero(),
                sold: figure.map_or(0, |(_, sold, _)| *sold),
                left: figure.and_then(|(_, _, left)| left.map(|left| left.max(0))),
                quota: quota.map(|quota| quota.name.clone()).unwrap_or_default(),
                window: window(sold),
            }
        })
        .collect();
    let places: Vec<Places> = quotas
        .into_iter()
        .map(|quota| Places {
            left: quota.available(),
            used: quota.sold > 0 || types.iter().any(|sold| sold.quotas.contains(&quota.id)),
            id: quota.id.to_string(),
            name: quota.name,
            size: quota.size,
            sold: quota.sold,
            of_event: quota.of_event,
            version: quota.version,
        })
        .collect();
    let own =
        places.iter().filter(|quota| !quota.of_event).map(|quota| (quota.id.clone(), quota.name.as_str()));
    let others = spanning.iter().map(|quota| (quota.id.to_string(), quota.name.as_str()));
    let choices: Vec<(String, &str)> = own.chain(others).collect();
    let surroundings = event_desk(visitor, scope, event).await?;
    Ok(context! { types => shown(&rows), quotas => shown(&places), quota_choices => shown(&choices),
    currency => event.currency.code(), others => translations::others(event.language), cancelled => event.state.code() == "cancelled", ..surroundings })
}

fn blank_form() -> Filled {
    Filled::with([("min_per_order", "1"), ("max_per_order", "10"), ("tax_rate", "0")])
}

fn empty() -> Value {
    shown(Filled::default())
}

/// `GET /manage/events/{id}/tickets`.
#[handler]
pub async fn tickets_page(visitor: Visitor, Path(id): Path<EventId>) -> ApiResult<Response> {
    let (scope, can): (_, Can<ReadEvent>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let event = events::event(&mut tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    let lists = lists(&visitor, &scope, &mut tx, &event).await?;
    let context = context! { form => shown(blank_form()), quota_form => empty(), changed => "", ..lists };
    visitor.page(TEMPLATE, context)
}

/// Where the forms of the page lead back to.
fn back(visitor: &Visitor, id: EventId, flash: &'static str) -> Response {
    visitor.flash(Flash(flash));
    see_other(&format!("/manage/events/{id}/tickets"))
}

/// The page again, with the form that was refused: `form`, or `quota_form`.
async fn again(
    visitor: &Visitor,
    scope: &TenantScope,
    id: EventId,
    problem: Problem,
    form: &Form,
    which: Which,
) -> ApiResult<Response> {
    if matches!(problem.status(), StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
        || problem.status().is_server_error()
    {
        return Err(problem);
    }
    let mut tx = visitor.entrance.tenant(scope).await?;
    let event = events::event(&mut tx, id).await?.ok_or(EventsError::NotFound)?;
    let lists = lists(visitor, scope, &mut tx, &event).await?;
    drop(tx);
    let refused = Filled::refused(form, &problem, visitor.lang);
    let (form, quota_form, changed) = match which {
        Which::Type => (refused, Filled::default(), String::new()),
        Which::NewQuota => (blank_form(), refused, String::new()),
        Which::Quota(quota) => (blank_form(), refused, quota.to_string()),
    };
    let context = context! { quota_form => shown(quota_form), changed, ..lists };
    visitor.filled_again(problem, TEMPLATE, |_| form, context)
}

#[derive(Clone, Copy)]
enum Which {
    Type,
    NewQuota,
    Quota(QuotaId),
}

/// `POST /manage/events/{id}/tickets`: adds a ticket type.
#[handler]
pub async fn add_type(visitor: Visitor, Path(id): Path<EventId>, form: Form) -> ApiResult<Response> {
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    let add = async {
        let key = form.key(&visitor, &format!("create_ticket_type/{id}"));
        let mut tx = visitor.entrance.tenant(&scope).await?;
        let own: TicketTypeId = tx.new_id();
        if tx.attempt(key.as_ref(), own.uuid()).await?.is_none() {
            let event = service::event(&mut tx, &can).await?;
            let (new, quota) = said(&form, &event, dto::blank(own, &event))?;
            service::create_type(&mut tx, can, &event, new, quota).await?;
        }
        Ok::<_, Problem>(tx.commit().await?)
    };
    match add.await {
        Ok(()) => Ok(back(&visitor, id, "type-added")),
        Err(problem) => again(&visitor, &scope, id, problem, &form, Which::Type).await,
    }
}

/// The version that the form was made of: what somebody else changed meanwhile is not overwritten.
fn seen(form: &Form) -> Result<Expected, EventsError> {
    form.text("version")
        .parse()
        .map(|version| Expected::one_of(vec![version]))
        .map_err(|_| EventsError::Stale)
}

/// The ticket type, if it is one of the event's.
async fn type_of(tx: &mut TenantTx, event: EventId, id: TicketTypeId) -> Result<TicketType, EventsError> {
    let found = repo::ticket_type(tx, id).await?.filter(|sold| sold.event == event);
    found.ok_or(EventsError::NotFound)
}

fn type_form(sold: &TicketType, event: &Event, own: Option<QuotaId>) -> Filled {
    let zone = event.timezone;
    let quota = sold.quotas.iter().find(|quota| Some(**quota) != own);
    let mut filled = Filled::with([
        ("name", sold.name.clone()),
        ("description", sold.description.clone()),
        ("price", sold.price.to_string()),
        ("tax_rate", write_rate(sold.tax_rate)),
        ("version", sold.version.to_string()),
        ("quota", quota.map(ToString::to_string).unwrap_or_default()),
        ("sales_start", local(sold.sales_start, zone)),
        ("sales_end", local(sold.sales_end, zone)),
        ("min_per_order", sold.min_per_order.to_string()),
        ("max_per_order", sold.max_per_order.to_string()),
        ("max_per_person", sold.max_per_person.map(|most| most.to_string()).unwrap_or_default()),
    ]);
    sold.translations.fill(&mut filled);
    filled
}

async fn type_context(
    visitor: &Visitor,
    scope: &TenantScope,
    tx: &mut TenantTx,
    event: &Event,
    sold: &TicketType,
) -> ApiResult<Value> {
    let lists = lists(visitor, scope, tx, event).await?;
    Ok(
        context! { id => sold.id.to_string(), name => sold.name.as_str(), timezone => event.timezone.name(), ..lists },
    )
}

/// `GET /manage/events/{id}/tickets/{type}`.
#[handler]
pub async fn type_page(
    visitor: Visitor,
    Path((id, sold)): Path<(EventId, TicketTypeId)>,
) -> ApiResult<Response> {
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let event = events::event(&mut tx, can.event()).await?.ok_or(EventsError::NotFound)?;
    let sold = type_of(&mut tx, id, sold).await?;
    let own = repo::quota_of_event(&mut tx, id).await?;
    let context = type_context(&visitor, &scope, &mut tx, &event, &sold).await?;
    visitor.page(TYPE_TEMPLATE, context! { form => shown(type_form(&sold, &event, own)), ..context })
}

/// `POST /manage/events/{id}/tickets/{type}`.
#[handler]
pub async fn change_type(
    visitor: Visitor,
    Path((id, sold)): Path<(EventId, TicketTypeId)>,
    form: Form,
) -> ApiResult<Response> {
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    let change = async {
        let mut tx = visitor.entrance.tenant(&scope).await?;
        let event = service::event(&mut tx, &can).await?;
        let row = type_of(&mut tx, id, sold).await?;
        // What the form shows and was emptied is said to be empty.
        let blank = TicketType { position: row.position, version: row.version, ..dto::blank(row.id, &event) };
        let (changed, quota) = said(&form, &event, blank)?;
        let seen = seen(&form)?;
        service::change_type(&mut tx, can, &event, &changed, Some(quota), &seen).await?;
        Ok::<_, Problem>(tx.commit().await?)
    };
    match change.await {
        Ok(()) => Ok(back(&visitor, id, "type-saved")),
        Err(problem) if matches!(problem.status(), StatusCode::NOT_FOUND) => Err(problem),
        Err(problem) => {
            let mut tx = visitor.entrance.tenant(&scope).await?;
            let event = events::event(&mut tx, id).await?.ok_or(EventsError::NotFound)?;
            let sold = type_of(&mut tx, id, sold).await?;
            let context = type_context(&visitor, &scope, &mut tx, &event, &sold).await?;
            drop(tx);
            visitor.again(problem, TYPE_TEMPLATE, &form, context)
        }
    }
}

/// `POST /manage/events/{id}/tickets/{type}/remove`: while nothing of it was ordered.
#[handler]
pub async fn remove_type(
    visitor: Visitor,
    Path((id, sold)): Path<(EventId, TicketTypeId)>,
    form: Form,
) -> ApiResult<Response> {
    let _ = form;
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let event = service::event(&mut tx, &can).await?;
    type_of(&mut tx, id, sold).await?;
    match service::delete_type(&mut tx, can, &event, sold, &Expected::default()).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(back(&visitor, id, "type-removed"))
        }
        Err(EventsError::HasOrders) => Ok(back(&visitor, id, "type-has-orders")),
        Err(error) => Err(error.into()),
    }
}

/// `POST /manage/events/{id}/tickets/{type}/move`, with `up` or without.
#[handler]
pub async fn move_type(
    visitor: Visitor,
    Path((id, sold)): Path<(EventId, TicketTypeId)>,
    form: Form,
) -> ApiResult<Response> {
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let event = service::event(&mut tx, &can).await?;
    service::move_type(&mut tx, can, &event, sold, form.has("up")).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/manage/events/{id}/tickets")))
}

/// `POST /manage/events/{id}/quotas`: adds a quota.
#[handler]
pub async fn add_quota(visitor: Visitor, Path(id): Path<EventId>, form: Form) -> ApiResult<Response> {
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    let add = async {
        let key = form.key(&visitor, &format!("create_quota/{id}"));
        let mut tx = visitor.entrance.tenant(&scope).await?;
        let own: QuotaId = tx.new_id();
        if tx.attempt(key.as_ref(), own.uuid()).await?.is_none() {
            let event = service::event(&mut tx, &can).await?;
            let (new, checks) = form.draft::<NewQuota, QuotaChange, false>()?.open();
            let quota = new.apply(dto::blank_quota(own, id), checks)?;
            service::create_quota(&mut tx, can, &event, quota).await?;
        }
        Ok::<_, Problem>(tx.commit().await?)
    };
    match add.await {
        Ok(()) => Ok(back(&visitor, id, "quota-added")),
        Err(problem) => again(&visitor, &scope, id, problem, &form, Which::NewQuota).await,
    }
}

/// `POST /manage/events/{id}/quotas/{quota}`: names and sizes it.
#[handler]
pub async fn change_quota(
    visitor: Visitor,
    Path((id, quota)): Path<(EventId, QuotaId)>,
    form: Form,
) -> ApiResult<Response> {
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    let change = async {
        let mut tx = visitor.entrance.tenant(&scope).await?;
        service::event(&mut tx, &can).await?;
        let row = repo::quota(&mut tx, quota).await?.filter(|quota| quota.event == Some(id));
        let mut row = row.ok_or(EventsError::NotFound)?;
        if form.text("size").is_empty() {
            row.size = None;
        }
        let (change, checks) = form.draft::<QuotaChange, QuotaChange, false>()?.open();
        let row = change.apply(row, checks)?;
        let (right, seen) = (QuotaRight::InEvent(can), seen(&form)?);
        service::change_quota(&mut tx, right, &row, &seen).await.map_err(|error| match error {
            EventsError::QuotaBelowSold => Problem::field("size", "below_sold"),
            other => other.into(),
        })?;
        Ok::<_, Problem>(tx.commit().await?)
    };
    match change.await {
        Ok(()) => Ok(back(&visitor, id, "quota-saved")),
        Err(problem) => again(&visitor, &scope, id, problem, &form, Which::Quota(quota)).await,
    }
}

/// `POST /manage/events/{id}/quotas/{quota}/remove`: one that no ticket type is in.
#[handler]
pub async fn remove_quota(
    visitor: Visitor,
    Path((id, quota)): Path<(EventId, QuotaId)>,
    form: Form,
) -> ApiResult<Response> {
    let _ = form;
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let event = service::event(&mut tx, &can).await?;
    let gone = service::delete_quota(&mut tx, can, &event, quota).await?;
    tx.commit().await?;
    Ok(back(&visitor, id, if gone { "quota-removed" } else { "quota-used" }))
}
