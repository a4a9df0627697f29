//! The API of ticket types and quotas, for organizers.

use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};

use super::super::api::Gone;
use super::super::error::EventsError;
use super::super::model::{Quota, TicketType};
use super::super::repo as events;
use super::dto::{self, NewQuota, NewTicketType, QuotaChange, QuotaView, TicketTypeChange, TicketTypeView};
use super::repo;
use super::service::{self, QuotaRight};

use crate::base::db::TenantTx;
use crate::base::identity::{Auth, Can, Entrance, ManageSales, Permission, ReadEvent, ReadSales};
use crate::base::kernel::id::{EventId, QuotaId, TicketTypeId};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Change, Draft, IfMatch, Key, Listing, Tags, etag};

/// What events sell, as their organizers see it.
pub struct TicketTypesApi {
    entrance: Entrance,
}

#[derive(ApiResponse)]
enum TicketTypeCreated {
    #[oai(status = 201)]
    Ok(Json<TicketTypeView>, #[oai(header = "Location")] String, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum TicketTypeFound {
    #[oai(status = 200)]
    Ok(Json<TicketTypeView>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum QuotaCreated {
    #[oai(status = 201)]
    Ok(Json<QuotaView>, #[oai(header = "Location")] String, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum QuotaFound {
    #[oai(status = 200)]
    Ok(Json<QuotaView>, #[oai(header = "ETag")] String),
}

impl TicketTypesApi {
    pub fn new(entrance: Entrance) -> Self {
        Self { entrance }
    }

    /// The organization of a ticket type, and the witness that the caller may do `P` in its event.
    async fn of_type<P: Permission>(
        &self,
        auth: &Auth,
        id: TicketTypeId,
    ) -> ApiResult<(TenantScope, Can<P>)> {
        let scope = self.entrance.scope(id).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let row = repo::ticket_type(&mut tx, id).await?.ok_or(EventsError::NotFound)?;
        // The permission may ask the database: nobody holds a connection while waiting for another.
        drop(tx);
        let can = self.entrance.identity.permit::<P>(&auth.actor, row.event).await?;
        Ok((scope, can))
    }

    /// The organization of a quota, and the witness that the caller may do `P` wherever it counts.
    async fn of_quota<P: Permission>(
        &self,
        auth: &Auth,
        id: QuotaId,
    ) -> ApiResult<(TenantScope, QuotaRight<P>)> {
        let identity = &self.entrance.identity;
        let scope = self.entrance.scope(id).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let quota = repo::quota(&mut tx, id).await?.ok_or(EventsError::NotFound)?;
        drop(tx);
        let right = match quota.event {
            Some(event) => QuotaRight::InEvent(identity.permit(&auth.actor, event).await?),
            // One that spans events is the organization's.
            None => QuotaRight::Everywhere(identity.permit_organization(&auth.actor, &scope).await?),
        };
        Ok((scope, right))
    }
}

/// A ticket type as it is answered, with its tag.
async fn view(tx: &mut TenantTx, row: TicketType) -> ApiResult<(Json<TicketTypeView>, String)> {
    let event = events::event(tx, row.event).await?.ok_or(EventsError::NotFound)?;
    let own = repo::quota_of_event(tx, event.id).await?;
    let tag = etag(row.version);
    Ok((Json(TicketTypeView::new(row, &event, own)), tag))
}

fn quota_view(quota: Quota) -> (Json<QuotaView>, String) {
    let tag = etag(quota.version);
    (Json(quota.into()), tag)
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
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Draft<NewTicketType, TicketTypeChange>,
    ) -> ApiResult<TicketTypeCreated> {
        let (scope, can) = self.entrance.event::<ManageSales>(&auth, id.0).await?;
        let key = key.of(auth.actor.account, &body.raw);
        let mut tx = self.entrance.tenant(&scope).await?;
        let new: TicketTypeId = tx.new_id();
        let row = if let Some(made) = tx.attempt(key.as_ref(), new.uuid()).await? {
            repo::ticket_type(&mut tx, made.into()).await?.ok_or(EventsError::NotFound)?
        } else {
            let event = service::event(&mut tx, &can).await?;
            let (change, mut checks) = body.open();
            let known = service::knows_quota(&mut tx, event.id, change.quota()).await?;
            checks.ensure(known, "quota", "unknown_choice");
            let (new, quota) = change.apply(dto::blank(new, &event), checks)?;
            service::create_type(&mut tx, can, &event, new, quota.flatten()).await?
        };
        let address = format!("/api/ticket-types/{}", row.id);
        let (view, tag) = view(&mut tx, row).await?;
        tx.commit().await?;
        Ok(TicketTypeCreated::Ok(view, address, tag))
    }

    /// One ticket type.
    #[oai(path = "/ticket-types/:id", method = "get", operation_id = "get_ticket_type")]
    async fn get_type(&self, auth: Auth, id: Path<TicketTypeId>) -> ApiResult<TicketTypeFound> {
        let (scope, _can) = self.of_type::<ReadEvent>(&auth, id.0).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let row = repo::ticket_type(&mut tx, id.0).await?.ok_or(EventsError::NotFound)?;
        let (view, tag) = view(&mut tx, row).await?;
        Ok(TicketTypeFound::Ok(view, tag))
    }

    /// Change a ticket type; what is left out stays. Orders keep the price they were made at. With `If-Match`
    /// only if nobody else changed it.
    #[oai(path = "/ticket-types/:id", method = "patch", operation_id = "change_ticket_type")]
    async fn change_type(
        &self,
        auth: Auth,
        id: Path<TicketTypeId>,
        #[oai(name = "If-Match")] if_match: IfMatch,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Change<TicketTypeChange>,
    ) -> ApiResult<TicketTypeFound> {
        let (scope, can) = self.of_type::<ManageSales>(&auth, id.0).await?;
        let key = key.of(auth.actor.account, &body.raw);
        let mut tx = self.entrance.tenant(&scope).await?;
        let row = if tx.attempt(key.as_ref(), id.0.uuid()).await?.is_some() {
            repo::ticket_type(&mut tx, id.0).await?.ok_or(EventsError::NotFound)?
        } else {
            let event = service::event(&mut tx, &can).await?;
            let row = repo::ticket_type(&mut tx, id.0).await?.ok_or(EventsError::NotFound)?;
            let (change, mut checks) = body.open();
            let known = service::knows_quota(&mut tx, event.id, change.quota()).await?;
            checks.ensure(known, "quota", "unknown_choice");
            let (changed, quota) = change.apply(row, checks)?;
            service::change_type(&mut tx, can, &event, &changed, quota, &if_match.0).await?
        };
        let (view, tag) = view(&mut tx, row).await?;
        tx.commit().await?;
        Ok(TicketTypeFound::Ok(view, tag))
    }

    /// Remove a ticket type of which nothing was ordered. With `If-Match` only if nobody else changed it.
    #[oai(path = "/ticket-types/:id", method = "delete", operation_id = "delete_ticket_type")]
    async fn delete_type(
        &self,
        auth: Auth,
        id: Path<TicketTypeId>,
        #[oai(name = "If-Match")] if_match: IfMatch,
        #[oai(name = "Idempotency-Key")] key: Key,
    ) -> ApiResult<Gone> {
        let key = key.of(auth.actor.account, &[]);
        if key.is_some() {
            let scope = self.entrance.scope(id.0).await?;
            // Nothing is left that a permission could be asked for; whoever removed it is told so again.
            if self.entrance.tenant(&scope).await?.made_with(key.as_ref()).await?.is_some() {
                return Ok(Gone::Ok);
            }
        }
        let (scope, can) = self.of_type::<ManageSales>(&auth, id.0).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        if tx.attempt(key.as_ref(), id.0.uuid()).await?.is_none() {
            let event = service::event(&mut tx, &can).await?;
            service::delete_type(&mut tx, can, &event, id.0, &if_match.0).await?;
            tx.commit().await?;
        }
        Ok(Gone::Ok)
    }

    /// The event's quotas, with what is sold and left.
    #[oai(path = "/events/:id/quotas", method = "get", operation_id = "list_quotas")]
    async fn quotas(&self, auth: Auth, id: Path<EventId>) -> ApiResult<Json<Listing<QuotaView>>> {
        let (scope, can) = self.entrance.event::<ReadSales>(&auth, id.0).await?;
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
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Draft<NewQuota, QuotaChange>,
    ) -> ApiResult<QuotaCreated> {
        let (scope, can) = self.entrance.event::<ManageSales>(&auth, id.0).await?;
        let key = key.of(auth.actor.account, &body.raw);
        let mut tx = self.entrance.tenant(&scope).await?;
        let new: QuotaId = tx.new_id();
        let quota = if let Some(made) = tx.attempt(key.as_ref(), new.uuid()).await? {
            repo::quota(&mut tx, made.into()).await?.ok_or(EventsError::NotFound)?
        } else {
            let event = service::event(&mut tx, &can).await?;
            let (new, quota) = (body.open(), dto::blank_quota(new, can.event()));
            service::create_quota(&mut tx, can, &event, new.0.apply(quota, new.1)?).await?
        };
        tx.commit().await?;
        let address = format!("/api/quotas/{}", quota.id);
        let (view, tag) = quota_view(quota);
        Ok(QuotaCreated::Ok(view, address, tag))
    }

    /// One quota, with what is sold and left.
    #[oai(path = "/quotas/:id", method = "get", operation_id = "get_quota")]
    async fn get_quota(&self, auth: Auth, id: Path<QuotaId>) -> ApiResult<QuotaFound> {
        let (scope, _right) = self.of_quota::<ReadSales>(&auth, id.0).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let quota = repo::quota(&mut tx, id.0).await?.ok_or(EventsError::NotFound)?;
        let (view, tag) = quota_view(quota);
        Ok(QuotaFound::Ok(view, tag))
    }

    /// Rename or resize a quota, never below what is sold of it. With `If-Match` only if nobody else did.
    #[oai(path = "/quotas/:id", method = "patch", operation_id = "change_quota")]
    async fn change_quota(
        &self,
        auth: Auth,
        id: Path<QuotaId>,
        #[oai(name = "If-Match")] if_match: IfMatch,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Change<QuotaChange>,
    ) -> ApiResult<QuotaFound> {
        let (scope, right) = self.of_quota::<ManageSales>(&auth, id.0).await?;
        let key = key.of(auth.actor.account, &body.raw);
        let mut tx = self.entrance.tenant(&scope).await?;
        if tx.attempt(key.as_ref(), id.0.uuid()).await?.is_none() {
            let quota = service::quota(&mut tx, &right, id.0).await?;
            let (change, checks) = body.open();
            service::change_quota(&mut tx, right, &change.apply(quota, checks)?, &if_match.0).await?;
        }
        let quota = repo::quota(&mut tx, id.0).await?.ok_or(EventsError::NotFound)?;
        tx.commit().await?;
        let (view, tag) = quota_view(quota);
        Ok(QuotaFound::Ok(view, tag))
    }
}
