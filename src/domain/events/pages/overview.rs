//! One event at a glance: what is missing before it opens, what is sold, and the steps of its life.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use minijinja::context;
use poem::web::{Data, Path};
use poem::{Response, handler};
use serde::Serialize;

use super::{event_desk, may, readable};
use crate::base::i18n;
use crate::base::identity::{Can, CreateEvents, ManageSales};
use crate::base::kernel::id::EventId;
use crate::base::kernel::version::Expected;
use crate::base::site::{Flash, Form, Visitor, see_other, shown};
use crate::base::web::ApiResult;
use crate::domain::events::catalogue::{self, Catalogue, PublicEvent};
use crate::domain::events::model::{Event, EventState, TicketType};
use crate::domain::events::{media, repo, sales, service};

/// Something that an event has or not before it opens: the text `manage-check-<key>`.
#[derive(Serialize)]
pub(super) struct Check {
    key: &'static str,
    pub done: bool,
    /// Without it the event cannot open.
    needed: bool,
    href: String,
}

/// What a buyer can pay real orders with, as the program wires it: events know no payments.
#[derive(Clone)]
pub struct PaymentMethods(pub Vec<&'static str>);

/// What an event cannot open without.
pub(super) fn needed(event: &Event, has_types: bool, now: DateTime<Utc>) -> [Check; 2] {
    let base = format!("/manage/events/{}", event.id);
    let check = |key, done, href| Check { key, done, needed: true, href };
    // What is over sells nothing.
    let dated = event.starts_at.is_some() && event.ends_at.is_some_and(|end| end > now);
    [
        check("dates", dated, format!("{base}/edit#f-start_date")),
        check("tickets", has_types, format!("{base}/tickets")),
    ]
}

fn checklist(
    event: &Event,
    types: &[TicketType],
    contact: &str,
    methods: &PaymentMethods,
    now: DateTime<Utc>,
) -> Vec<Check> {
    let base = format!("/manage/events/{}", event.id);
    let paid = types.iter().any(|sold| !sold.price.is_zero());
    let limited = event.capacity.is_some() || types.iter().any(|sold| !sold.quotas.is_empty());
    let reachable = !contact.is_empty() || !event.contact_email.is_empty() || !event.contacts.is_empty();
    let edit = |field: &str| format!("/manage/events/{}/edit#f-{field}", event.id);
    let check = |key, done, href| Check { key, done, needed: false, href };
    let advised = [
        check("place", !event.city.is_empty() || !event.location.is_empty(), edit("location")),
        check("description", !event.description.trim().is_empty(), edit("description")),
        check("image", !event.media.image.is_empty(), format!("{base}/files")),
        check("places", limited, edit("capacity")),
        check("contact", reachable, edit("contact_email")),
    ];
    needed(event, !types.is_empty(), now)
        .into_iter()
        .chain(advised)
        // What costs nothing needs neither conditions nor a way to pay.
        .chain(paid.then(|| check("terms", !event.terms.trim().is_empty(), edit("terms"))))
        .chain(paid.then(|| check("payment", !methods.0.is_empty(), "/manage/settings".to_owned())))
        .collect()
}

/// What one ticket type has sold.
#[derive(Serialize)]
struct Line {
    id: String,
    name: String,
    price: String,
    free: bool,
    sold: i64,
    left: Option<i32>,
}

/// `GET /manage/events/{id}`.
#[handler]
pub async fn overview_page(
    visitor: Visitor,
    Path(id): Path<EventId>,
    Data(methods): Data<&PaymentMethods>,
) -> ApiResult<Response> {
    let (scope, mut tx, event) = readable(&visitor, id).await?;
    let types = sales::ticket_types(&mut tx, id).await?;
    let figures = sales::figures(&mut tx, id).await?;
    let (test_orders, _) = repo::test_orders(&mut tx, id).await?;
    let ordered = !event.test_mode && repo::has_real_orders(&mut tx, id).await?;
    let now = tx.now();
    drop(tx);
    let lang = visitor.lang;
    let lines: Vec<Line> = types
        .iter()
        .map(|sold| {
            let figure = figures.iter().find(|(id, ..)| *id == sold.id.uuid());
            Line {
                id: sold.id.to_string(),
                name: sold.name.clone(),
                price: i18n::money(lang, sold.price),
                free: sold.price.is_zero(),
                sold: figure.map_or(0, |(_, sold, _)| *sold),
                left: figure.and_then(|(_, _, left)| left.map(|left| left.max(0))),
            }
        })
        .collect();
    let checks = checklist(&event, &types, &scope.organization().contact_email, methods, now);
    let ready = checks.iter().all(|check| check.done || !check.needed);
    let when = event.when(lang);
    let picture = media::thumbnail(&event);
    let place: Vec<&str> = [&event.location, &event.city]
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    let surroundings = event_desk(&visitor, &scope, &event).await?;
    // Who runs this event alone makes no others.
    let creates =
        visitor.entrance.identity.permit_organization::<CreateEvents>(&visitor.member()?.actor, &scope);
    let again = may::<ManageSales>(&visitor, id) && creates.await.is_ok();
    let sold: i64 = lines.iter().map(|line| line.sold).sum();
    let context = context! { lines => shown(&lines), test_orders, ordered, awaits_dates => event.awaits_dates, checks => shown(&checks), ready, when, picture, sold, again,
    place => place.join(", "), category => event.category.as_str(), timezone => event.timezone.name(),
    capacity => event.capacity, ..surroundings };
    visitor.page("manage/overview.html", context)
}

/// `GET /manage/events/{id}/preview`: the public page, as its organizers alone see it before it opens.
#[handler]
pub async fn preview_page(
    visitor: Visitor,
    Path(id): Path<EventId>,
    Data(catalogue): Data<&Catalogue>,
) -> ApiResult<Response> {
    let (scope, mut tx, event) = readable(&visitor, id).await?;
    let types = sales::ticket_types(&mut tx, id).await?;
    drop(tx);
    let found = Arc::new(PublicEvent { scope, event, types, dates: vec![] }).told(visitor.lang);
    catalogue::preview(&visitor, catalogue, &found).await
}

/// `POST /manage/events/{id}/publish`.
#[handler]
pub async fn publish_event(visitor: Visitor, Path(id): Path<EventId>, form: Form) -> ApiResult<Response> {
    let _ = form;
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let published = service::publish(&mut tx, can, None).await;
    let flash = match published {
        Ok(_) => {
            tx.commit().await?;
            Flash("event-published")
        }
        // The overview's own list says what is missing.
        Err(super::EventsError::Incomplete(_)) => Flash("event-incomplete"),
        Err(error) => return Err(error.into()),
    };
    visitor.flash(flash);
    Ok(see_other(&format!("/manage/events/{id}")))
}

/// `POST /manage/events/{id}/delete`: while nothing of it was ordered.
#[handler]
pub async fn delete_event(visitor: Visitor, Path(id): Path<EventId>, form: Form) -> ApiResult<Response> {
    let _ = form;
    let (scope, can): (_, Can<ManageSales>) = visitor.entrance.event(visitor.member()?, id).await?;
    let mut tx = visitor.entrance.tenant(&scope).await?;
    let was = repo::event(&mut tx, id).await?.map(|event| event.state);
    match service::delete(&mut tx, can, &Expected::default(), None).await {
        Ok(()) => {
            tx.commit().await?;
            let template = was == Some(EventState::Template);
            visitor.flash(Flash(if template { "template-deleted" } else { "event-deleted" }));
            Ok(see_other(if template { "/manage?status=template" } else { "/manage" }))
        }
        Err(super::EventsError::HasOrders) => {
            visitor.flash(Flash("event-has-orders"));
            Ok(see_other(&format!("/manage/events/{id}")))
        }
        Err(error) => Err(error.into()),
    }
}
