//! The API of an event's test mode.

use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};

use super::service::Ticketing;
use crate::base::identity::{Auth, Entrance, ManageSales, ReadSales};
use crate::base::kernel::id::EventId;
use crate::base::web::{ApiResult, Input, Key, Problem, Tags};
use crate::domain::events;

/// Trying an event out, and going live.
pub struct TestModeApi {
    entrance: Entrance,
    ticketing: Ticketing,
}

/// Nothing to say: `{}`.
#[derive(Object)]
#[oai(example)]
struct TestModeInput {}

impl Example for TestModeInput {
    fn example() -> Self {
        Self {}
    }
}

/// Whether an event is being tested, and what going live would delete.
#[derive(Object)]
struct TestMode {
    event: EventId,
    /// What is ordered now is a test.
    test_mode: bool,
    /// Test orders there are.
    test_orders: i64,
    /// Tickets of them.
    test_tickets: i64,
}

/// An event that went live.
#[derive(Object)]
struct LiveEvent {
    event: EventId,
    test_mode: bool,
    /// Test orders that were deleted.
    deleted_orders: i64,
    /// Tickets of them.
    deleted_tickets: i64,
}

impl TestModeApi {
    pub fn new(entrance: Entrance, ticketing: Ticketing) -> Self {
        Self { entrance, ticketing }
    }
}

#[OpenApi(tag = "Tags::Events")]
impl TestModeApi {
    /// Whether an event is in test mode, and how many test orders it has.
    #[oai(path = "/events/:id/test-mode", method = "get", operation_id = "get_test_mode")]
    async fn get(&self, auth: Auth, id: Path<EventId>) -> ApiResult<Json<TestMode>> {
        let (scope, can) = self.entrance.event::<ReadSales>(&auth, id.0).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let event = events::event(&mut tx, can.event()).await?.ok_or_else(Problem::not_found)?;
        let (test_orders, test_tickets) = events::test_orders(&mut tx, event.id).await?;
        Ok(Json(TestMode { event: event.id, test_mode: event.test_mode, test_orders, test_tickets }))
    }

    /// Begin to test an event, while nothing was ordered of it. Its orders are then marked `test`, paid with test cards
    /// alone, open no gate once it is live, and are deleted before. Beginning again changes nothing.
    #[oai(path = "/events/:id/test-mode", method = "post", operation_id = "begin_test_mode")]
    async fn begin(
        &self,
        auth: Auth,
        id: Path<EventId>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<TestModeInput>,
    ) -> ApiResult<Json<TestMode>> {
        let (scope, can) = self.entrance.event::<ManageSales>(&auth, id.0).await?;
        let key = key.of(auth.actor.account, &body.raw);
        let TestModeInput {} = body.value()?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let event = events::begin_test(&mut tx, can, key.as_ref()).await?;
        let (test_orders, test_tickets) = events::test_orders(&mut tx, event.id).await?;
        tx.commit().await?;
        Ok(Json(TestMode { event: event.id, test_mode: event.test_mode, test_orders, test_tickets }))
    }

    /// Go live: all test orders are deleted with their tickets and payments, and their places are free again.
    #[oai(path = "/events/:id/go-live", method = "post", operation_id = "go_live")]
    async fn go_live(
        &self,
        auth: Auth,
        id: Path<EventId>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<TestModeInput>,
    ) -> ApiResult<Json<LiveEvent>> {
        let (scope, can) = self.entrance.event::<ManageSales>(&auth, id.0).await?;
        let key = key.of(auth.actor.account, &body.raw);
        let TestModeInput {} = body.value()?;
        let (event, cleared) = self.ticketing.go_live(&scope, can, key.as_ref()).await?;
        Ok(Json(LiveEvent {
            event: event.id,
            test_mode: event.test_mode,
            deleted_orders: cleared.orders,
            deleted_tickets: cleared.tickets,
        }))
    }
}
