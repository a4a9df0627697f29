//! The API of figures that come by themselves.

use std::time::Duration;

use futures_util::FutureExt;
use poem::{IntoResponse, Request, Response};
use poem_openapi::param::{Path, Query};
use poem_openapi::registry::{MetaMediaType, MetaResponse, MetaResponses, Registry};
use poem_openapi::types::{ToJSON, Type};
use poem_openapi::{ApiResponse, OpenApi};
use tokio::time::Instant;

use super::event_orders_api::EventStatistics;
use super::live::{LiveSales, Snapshot};
use crate::base::identity::{Auth, Entrance, ReadSales};
use crate::base::kernel::id::EventId;
use crate::base::live::{CONTENT_TYPE, Told};
use crate::base::web::{ApiResult, Tags};

/// As long as an access token is good at most.
const LONGEST: Duration = Duration::from_secs(900);

/// Figures while they change.
pub struct LiveApi {
    entrance: Entrance,
    sales: LiveSales,
}

impl LiveApi {
    pub fn new(entrance: Entrance, sales: LiveSales) -> Self {
        Self { entrance, sales }
    }
}

/// Events of the kind `figures`.
struct Stream(Response);

impl IntoResponse for Stream {
    fn into_response(self) -> Response {
        self.0
    }
}

impl ApiResponse for Stream {
    fn meta() -> MetaResponses {
        let content =
            vec![MetaMediaType { content_type: CONTENT_TYPE, schema: EventStatistics::schema_ref() }];
        let response = MetaResponse {
            description: "Server-Sent Events; the data of those of the kind `figures` is this document",
            status: Some(200),
            status_range: None,
            content,
            headers: vec![],
        };
        MetaResponses { responses: vec![response] }
    }

    fn register(registry: &mut Registry) {
        EventStatistics::register(registry);
    }
}

#[OpenApi(tag = "Tags::Orders")]
impl LiveApi {
    /// The statistics of an event as they change: at once, and then within two seconds of every sale, refund and scan.
    ///
    /// Every five seconds an event `beat` says that the stream lives. It ends with the token, the session or the
    /// permission; come back with a new token. What was missed needs no catching up: the first event tells how it stands.
    #[oai(path = "/events/:id/live", method = "get", operation_id = "follow_event")]
    async fn follow(
        &self,
        auth: Auth,
        id: Path<EventId>,
        /// Ends the stream after so many seconds.
        #[oai(validator(minimum(value = "1"), maximum(value = "900")))]
        seconds: Query<Option<u16>>,
        request: &Request,
    ) -> ApiResult<Stream> {
        let (_, can) = self.entrance.event::<ReadSales>(&auth, id.0).await?;
        let (seat, news) = self.sales.follow(&can)?;
        let left = self.entrance.token_left(request).unwrap_or(LONGEST).min(LONGEST);
        let asked = seconds.0.map(|seconds| Duration::from_secs(seconds.into()));
        let (entrance, event) = (self.entrance.clone(), can.event());
        let told = Told {
            seat,
            news,
            until: Some(Instant::now() + asked.map_or(left, |asked| asked.min(left))),
            still: Box::new(move || {
                let (entrance, auth) = (entrance.clone(), auth.clone());
                async move { entrance.still::<ReadSales>(&auth, event).await }.boxed()
            }),
            write: Box::new(|news: &Snapshot| {
                EventStatistics::from(news.figures.clone()).to_json().unwrap_or_default()
            }),
            beat: Box::new(|| serde_json::json!({})),
        };
        Ok(Stream(told.answer()))
    }
}
