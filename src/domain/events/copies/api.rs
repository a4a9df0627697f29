//! The API of copies.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::{Wanted, duplicate};
use crate::base::files::Files;
use crate::base::identity::{Auth, Entrance};
use crate::base::kernel::id::EventId;
use crate::base::kernel::text;
use crate::base::web::{ApiResult, Checks, Input, Key, Listing, Tags};
use crate::domain::events::dto::EventView;
use crate::domain::events::media::Links;
use crate::domain::events::model::Event;

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
        let made = duplicate(&self.entrance, &self.files, &auth.actor, id.0, wanted, key.as_ref());
        let (scope, made) = made.await?;
        let now = self.entrance.db.clock().now();
        let links = Links { files: &self.files, scope: &scope, public_url: &self.entrance.public_url, now };
        let views = made.into_iter().map(|event| EventView::new(event, true, &links)).collect();
        Ok(Duplicated::Ok(Json(Listing::whole(views))))
    }
}

fn wanted(input: Duplication) -> ApiResult<Wanted> {
    let mut checks = Checks::default();
    let name = input.name.map(|name| name.trim().to_owned());
    checks.ensure(!name.as_deref().is_some_and(text::is_blank), "name", "required");
    let starts = input.start_dates.unwrap_or_default();
    checks.done()?;
    Ok(Wanted { name, starts, series: input.series.unwrap_or_default() })
}
