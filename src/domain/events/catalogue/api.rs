//! The API of the catalogue: no login, nothing that an organizer has not published.

use chrono::NaiveDate;
use poem::Request;
use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;

use super::Catalogue;
use super::dto::{CatalogueEvent, CatalogueList};
use super::query::Asked;
use crate::base::identity::Entrance;
use crate::base::web::{
    ApiResult, Checks, ListQuery, NearPageNumber, PageSize, Rate, Rendered, Tags, checked_near_paging,
};

/// What is public: published events of all organizations.
pub struct CatalogueApi {
    entrance: Entrance,
    catalogue: Catalogue,
}

impl CatalogueApi {
    pub fn new(entrance: Entrance, catalogue: Catalogue) -> Self {
        Self { entrance, catalogue }
    }
}

#[OpenApi(tag = "Tags::Catalogue")]
impl CatalogueApi {
    /// Find events: what is not over yet, and with dates that are past what took place then. Cancelled events are not
    /// listed.
    #[expect(clippy::too_many_arguments, reason = "one argument a parameter of the query")]
    #[oai(path = "/catalog/events", method = "get", operation_id = "search_catalogue")]
    async fn search(
        &self,
        /// Words, or their beginnings, of the name, place, category, organization, themes or description, in French,
        /// English or Arabic: accents, forms of letters, plurals and small words make no difference, and a word that
        /// stands nowhere is taken for the one it looks like.
        #[oai(validator(max_length = 200))]
        search: Query<Option<String>>,
        /// Whether to search just what was typed, without putting mistyped words right.
        exact: Query<Option<bool>>,
        /// A code of `GET /categories`.
        category: Query<Option<String>>,
        /// The town, with or without accents and capitals.
        #[oai(validator(max_length = 120))]
        city: Query<Option<String>>,
        /// What takes place on this day or later.
        date_from: Query<Option<NaiveDate>>,
        /// What takes place on this day or earlier.
        date_to: Query<Option<NaiveDate>>,
        /// What has a ticket for this amount or less in `currency`, as in `30.00`, and what has a free one; `0` is the same as
        /// `free=true`.
        price_max: Query<Option<String>>,
        /// The currency of `price_max`, as in `EUR`: what costs something in another one is left out then. Unless told
        /// otherwise it is that of the `organization` or, without one, that in which most of the next events are sold;
        /// the answer tells it in `price_currency`.
        #[oai(validator(max_length = 3))]
        currency: Query<Option<String>>,
        /// Only what costs nothing, or only what costs something.
        free: Query<Option<bool>>,
        /// The id or the slug of an organization.
        #[oai(validator(max_length = 120))]
        organization: Query<Option<String>>,
        /// `latitude,longitude` in degrees: what takes place around there.
        #[oai(validator(max_length = 60))]
        near: Query<Option<String>>,
        /// How far around `near`, in kilometres, from 0.1 to 200; 20 unless told otherwise.
        #[oai(validator(max_length = 20))]
        radius_km: Query<Option<String>>,
        /// `start_date`, `-start_date`, `name`, `price`, `-price`, `newest`, with `search` also `relevance`, with `near`
        /// also `distance`. Unless told otherwise it is `distance`, `relevance` or `start_date`, whichever is possible first.
        ordering: Query<Option<String>>,
        /// Where to read on, from the `next` or `previous` of an answer, in place of `page`.
        #[oai(validator(max_length = 4000))]
        cursor: Query<Option<String>>,
        page: NearPageNumber,
        page_size: PageSize,
        query: ListQuery,
        request: &Request,
    ) -> ApiResult<Rendered<CatalogueList>> {
        let asked = Asked {
            search: search.0,
            exact: exact.0.unwrap_or_default(),
            category: category.0,
            city: city.0,
            date_from: date_from.0,
            date_to: date_to.0,
            price_max: price_max.0,
            currency: currency.0,
            free: free.0,
            organization: organization.0,
            near: near.0,
            radius_km: radius_km.0,
            ordering: ordering.0,
            cursor: cursor.0,
        };
        let mut checks = Checks::default();
        let page = checked_near_paging(page, page_size, &mut checks);
        let understood = asked.understood(page, checks)?;
        let spend = || self.entrance.limiter.spend_address(Rate::Search, request);
        Ok(Rendered::new(self.catalogue.shelf.list(understood, &query, spend).await?))
    }

    /// One published event with what it sells and what is left. A private one needs its link's secret.
    #[oai(path = "/catalog/events/:id", method = "get", operation_id = "get_catalogue_event")]
    async fn event(
        &self,
        /// The id or the slug of the event.
        id: Path<String>,
        /// The secret of a private event's link.
        #[oai(validator(max_length = 200))]
        link: Query<Option<String>>,
    ) -> ApiResult<Json<CatalogueEvent>> {
        let found = self.catalogue.open(&id.0, link.0.as_deref()).await?;
        let left = self.catalogue.shelf.left(&found).await?;
        let (url, now) = (&self.entrance.public_url, self.entrance.db.clock().now());
        Ok(Json(CatalogueEvent::new(&found, &left, url, now)))
    }
}
