//! The API of copies.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::{Wanted, duplicate};
use crate::base::db::IdempotencyKey;
use crate::base::files::Files;
use crate::base::identity::{Auth, Entrance};
use crate::base::kernel::id::EventId;
use crate::base::kernel::text;
use crate::base::web::{ApiResult, Checks, Input, Key, Listing, Problem, Tags};
use crate::domain::events::dto::EventView;
use crate::domain::events::media::Links;
use crate::domain::events::model::{Event, EventState};

/// Copies of events.
pub struct CopiesApi {
    entrance: Entrance,
    files: Files,
}

/// What the copies are to be.
#[derive(Object)]
#[oai(example, skip_serializing_if_is_none)]
struct Duplication {
    /// That of the first unless given.
    #[oai(validator(max_length = 200))]
    name: Option<String>,
    /// When each copy starts; all its other times move with it. One copy with the dates of the first unless given.
    #[oai(validator(min_items = 1, max_items = 52))]
    start_dates: Option<Vec<DateTime<Utc>>>,
    /// Whether visitors are shown the way from one date to the others; not unless given.
    series: Option<bool>,
}

impl Example for Duplication {
    fn example() -> Self {
        let start = DateTime::from_timestamp(1_859_187_600, 0).unwrap_or_default();
        Self { name: None, start_dates: Some(vec![start]), series: Some(true) }
    }
}

/// What the template is called.
#[derive(Object)]
#[oai(example, skip_serializing_if_is_none)]
struct Template {
    /// As the event unless given.
    #[oai(validator(max_length = 200))]
    name: Option<String>,
}

impl Example for Template {
    fn example() -> Self {
        Self { name: Some("Bal du samedi".into()) }
    }
}

#[derive(ApiResponse)]
enum Kept {
    #[oai(status = 201)]
    Ok(Json<EventView>),
}

#[derive(ApiResponse)]
enum Duplicated {
    #[oai(status = 201)]
    Ok(Json<Listing<EventView>>),
}

impl CopiesApi {
    pub fn new(entrance: Entrance, files: Files) -> Self {
        Self { entrance, files }
    }
}

#[OpenApi(tag = "Tags::Events")]
impl CopiesApi {
    /// Make drafts like an event: one more, or the dates of a series. They have its contents, files, ticket types and
    /// quotas, but neither its orders nor its team.
    #[oai(path = "/events/:id/duplicate", method = "post", operation_id = "duplicate_event")]
    async fn duplicate(
        &self,
        auth: Auth,
        id: Path<EventId>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<Duplication>,
    ) -> ApiResult<Duplicated> {
        let key = key.of(auth.actor.account, &body.raw);
        let wanted = |_: &Event| wanted(body.value()?);
        let views = self.made(&auth, id.0, wanted, key.as_ref()).await?;
        Ok(Duplicated::Ok(Json(Listing::whole(views))))
    }

    /// Keep an event as a template: what it is and sells, to make events from by duplicating the template. It is listed
    /// by `status=template` alone, changed and deleted as an event, and never published.
    #[oai(path = "/events/:id/template", method = "post", operation_id = "keep_template")]
    async fn keep_template(
        &self,
        auth: Auth,
        id: Path<EventId>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<Template>,
    ) -> ApiResult<Kept> {
        let key = key.of(auth.actor.account, &body.raw);
        let wanted = |_: &Event| Ok(Wanted::template(name(body.value()?.name)?));
        let made = self.made(&auth, id.0, wanted, key.as_ref()).await?;
        let template = made.into_iter().next().ok_or_else(Problem::not_found)?;
        Ok(Kept::Ok(Json(template)))
    }
}

impl CopiesApi {
    async fn made(
        &self,
        auth: &Auth,
        id: EventId,
        wanted: impl FnOnce(&Event) -> ApiResult<Wanted>,
        key: Option<&IdempotencyKey>,
    ) -> ApiResult<Vec<EventView>> {
        let made = duplicate(&self.entrance, &self.files, &auth.actor, id, wanted, key);
        let (scope, made) = made.await?;
        let now = self.entrance.db.clock().now();
        let links = Links { files: &self.files, scope: &scope, public_url: &self.entrance.public_url, now };
        Ok(made.into_iter().map(|event| EventView::new(event, true, &links)).collect())
    }
}

fn wanted(input: Duplication) -> ApiResult<Wanted> {
    let starts = input.start_dates.unwrap_or_default();
    let series = input.series.unwrap_or_default();
    Ok(Wanted { name: name(input.name)?, starts, series, state: EventState::Draft })
}

/// The name that is given, if any.
fn name(given: Option<String>) -> ApiResult<Option<String>> {
    let mut checks = Checks::default();
    let name = given.map(|name| name.trim().to_owned());
    checks.ensure(!name.as_deref().is_some_and(text::is_blank), "name", "required");
    checks.done()?;
    Ok(name)
}
