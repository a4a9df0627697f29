//! The API of ticket types and quotas, for organizers.

use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};

use super::super::api::{Gone, key};
use super::super::error::EventsError;
use super::super::model::{Event, TicketType};
use super::super::repo as events;
use super::dto::{self, NewQuota, NewTicketType, QuotaChange, QuotaView, TicketTypeChange, TicketTypeView};
use super::{repo, service};
use crate::base::db::TenantTx;
use crate::base::identity::{Auth, Entrance, ManageSales, ReadEvent};
use crate::base::kernel::id::{EventId, QuotaId, TicketTypeId};
use crate::base::web::{ApiResult, Input, Listing, Tags};

/// What events sell, as their organizers see it.
pub struct TicketTypesApi {
    entrance: Entrance,
}

#[derive(ApiResponse)]
enum TicketTypeCreated {
    #[oai(status = 201)]
    Ok(Json<TicketTypeView>, #[oai(header = "Location")] String),
}

#[derive(ApiResponse)]
enum QuotaCreated {
    #[oai(status = 201)]
    Ok(Json<QuotaView>, #[oai(header = "Location")] String),
}

impl TicketTypesApi {
    pub fn new(entrance: Entrance) -> Self {
        Self { entrance }
    }
}

async fn view(tx: &mut TenantTx, event: &Event, row: TicketType) -> ApiResult<TicketTypeView> {
    let own = repo::quota_of_event(tx, event.id).await?;
    Ok(TicketTypeView::new(row, event, own))
}

#[OpenApi(tag = "Tags::Events")]
impl TicketTypesApi {
    /// What the event sells.
    #[oai(path = "/events/:id/ticket-types", method = "get", operation_id = "list_ticket_types")]
    async fn types(&self, auth: Auth, id: Path<EventId>) -> ApiResult<Json<Listing<TicketTypeView>>> {
        let (scope, can) = self.entrance.event::<ReadEvent>(&auth, id.0).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let event = events::event(&mut tx, can.event()).await?.ok_or(EventsError::NotFound)?;
        let own = repo::quota_of_event(&mut tx, event.id).await?;
        let rows = repo::ticket_types(&mut tx, event.id).await?;
        let views = rows.into_iter().map(|row| TicketTypeView::new(row, &event, own)).collect();
        Ok(Json(Listing::whole(views)))
    }

    /// Sell something: add a ticket type, free or priced.
    #[oai(path = "/events/:id/ticket-types", method = "post", operation_id = "create_ticket_type")]
    async fn create_type(
        &self,
        auth: Auth,
        id: Path<EventId>,
        /// Repeating the request with the same key does it once.
        #[oai(name = "Idempotency-Key", validator(min_length = 1, max_length = 200))]
        idempotency_key: Header<Option<String>>,
        body: Input<NewTicketType>,
    ) -> ApiResult<TicketTypeCreated> {
        let (scope, can) = self.entrance.event::<ManageSales>(&auth, id.0).await?;
        let key = key(&format!("create_ticket_type/{}", id.0), &auth, idempotency_key.0, &body.raw);
        let mut tx = self.entrance.tenant(&scope).await?;
        let event = service::event(&mut tx, &can).await?;
        let (new, quota) = TicketTypeChange::from(body.value).apply(dto::blank(tx.new_id(), &event))?;
        let row = service::create_type(&mut tx, can, &event, new, quota.flatten(), key.as_ref()).await?;
        let view = view(&mut tx, &event, row).await?;
        tx.commit().await?;
        let address = format!("/api/events/{}/ticket-types", id.0);
        Ok(TicketTypeCreated::Ok(Json(view), address))
    }

    /// Change a ticket type; what is left out stays. Orders keep the price they were made at.
    #[oai(path = "/ticket-types/:id", method = "patch", operation_id = "change_ticket_type")]
    async fn change_type(
        &self,
        auth: Auth,
        id: Path<TicketTypeId>,
        body: Input<TicketTypeChange>,
    ) -> ApiResult<Json<TicketTypeView>> {
        let scope = self.entrance.scope(id.0).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let row = repo::ticket_type(&mut tx, id.0).await?.ok_or(EventsError::NotFound)?;
        // The permission may ask the database: nobody holds a connection while waiting for another.
        drop(tx);
        let can = self.entrance.identity.permit::<ManageSales>(&auth.actor, row.event).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let event = service::event(&mut tx, &can).await?;
        let row = repo::ticket_type(&mut tx, id.0).await?.ok_or(EventsError::NotFound)?;
        let (changed, quota) = body.value.apply(row)?;
        let row = service::change_type(&mut tx, can, &event, &changed, quota).await?;
        let view = view(&mut tx, &event, row).await?;
        tx.commit().await?;
        Ok(Json(view))
    }

    /// Remove a ticket type of which nothing was ordered.
    #[oai(path = "/ticket-types/:id", method = "delete", operation_id = "delete_ticket_type")]
    async fn delete_type(&self, auth: Auth, id: Path<TicketTypeId>) -> ApiResult<Gone> {
        let scope = self.entrance.scope(id.0).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let row = repo::ticket_type(&mut tx, id.0).await?.ok_or(EventsError::NotFound)?;
        // The permission may ask the database: nobody holds a connection while waiting for another.
        drop(tx);
        let can = self.entrance.identity.permit::<ManageSales>(&auth.actor, row.event).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let event = service::event(&mut tx, &can).await?;
        service::delete_type(&mut tx, can, &event, id.0).await?;
        tx.commit().await?;
        Ok(Gone::Ok)
    }

    /// The event's quotas, with what is sold and left.
    #[oai(path = "/events/:id/quotas", method = "get", operation_id = "list_quotas")]
    async fn quotas(&self, auth: Auth, id: Path<EventId>) -> ApiResult<Json<Listing<QuotaView>>> {
        let (scope, can) = self.entrance.event::<ReadEvent>(&auth, id.0).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let event = events::event(&mut tx, can.event()).await?.ok_or(EventsError::NotFound)?;
        let rows = repo::quotas(&mut tx, event.id).await?;
        Ok(Json(Listing::whole(rows.into_iter().map(QuotaView::from).collect())))
    }

    /// Add a capacity that ticket types can share.
    #[oai(path = "/events/:id/quotas", method = "post", operation_id = "create_quota")]
    async fn create_quota(
        &self,
        auth: Auth,
        id: Path<EventId>,
        /// Repeating the request with the same key does it once.
        #[oai(name = "Idempotency-Key", validator(min_length = 1, max_length = 200))]
        idempotency_key: Header<Option<String>>,
        body: Input<NewQuota>,
    ) -> ApiResult<QuotaCreated> {
        let (scope, can) = self.entrance.event::<ManageSales>(&auth, id.0).await?;
        let key = key(&format!("create_quota/{}", id.0), &auth, idempotency_key.0, &body.raw);
        let mut tx = self.entrance.tenant(&scope).await?;
        service::event(&mut tx, &can).await?;
        let name = dto::quota_name(&body.value.name)?;
        let quota = service::create_quota(&mut tx, can, name, body.value.size, key.as_ref()).await?;
        tx.commit().await?;
        Ok(QuotaCreated::Ok(Json(quota.into()), format!("/api/events/{}/quotas", id.0)))
    }

    /// Rename or resize a quota, never below what is sold of it.
    #[oai(path = "/quotas/:id", method = "patch", operation_id = "change_quota")]
    async fn change_quota(
        &self,
        auth: Auth,
        id: Path<QuotaId>,
        body: Input<QuotaChange>,
    ) -> ApiResult<Json<QuotaView>> {
        let scope = self.entrance.scope(id.0).await?;
        let identity = &self.entrance.identity;
        let mut tx = self.entrance.tenant(&scope).await?;
        let quota = repo::quota(&mut tx, id.0).await?.ok_or(EventsError::NotFound)?;
        drop(tx);
        let mut tx;
        if let Some(event) = quota.event {
            let can = identity.permit::<ManageSales>(&auth.actor, event).await?;
            tx = self.entrance.tenant(&scope).await?;
            service::event(&mut tx, &can).await?;
            service::change_quota(&mut tx, can, &body.value.apply(quota)?).await?;
        } else {
            // One that spans events is the organization's.
            let can = identity.permit_organization::<ManageSales>(&auth.actor, &scope).await?;
            tx = self.entrance.tenant(&scope).await?;
            service::change_quota(&mut tx, can, &body.value.apply(quota)?).await?;
        }
        let quota = repo::quota(&mut tx, id.0).await?.ok_or(EventsError::NotFound)?;
        tx.commit().await?;
        Ok(Json(quota.into()))
    }
}
