//! The API of the audit log.

use chrono::{DateTime, Utc};
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use serde_json::Value;
use uuid::Uuid;

use super::audit::{AREAS, AuditFilter, Place};
use super::auth::{Entrance, Person};
use super::roles::ReadAudit;
use crate::base::kernel::id::{AccountId, OrganizationId};
use crate::base::kernel::page::COUNT_CAP;
use crate::base::web::{ApiResult, Checks, ListQuery, Listing, PageNumber, PageSize, Tags, checked_paging};

/// What was done in an organization.
pub struct AuditApi {
    entrance: Entrance,
}

/// Something that was done. Nothing changes it, and nothing removes it.
#[derive(Object)]
struct AuditEntry {
    id: Uuid,
    at: DateTime<Utc>,
    /// The account or key that did it; none where the installation did.
    #[oai(nullable)]
    actor: Option<Uuid>,
    /// What they are called, as far as it is known.
    #[oai(nullable)]
    actor_name: Option<String>,
    /// What was done, such as `event.publish`.
    action: String,
    /// The id of what it was done to.
    #[oai(nullable)]
    target: Option<Uuid>,
    /// What else there is to say; it depends on the action.
    detail: Value,
}

impl AuditApi {
    pub fn new(entrance: Entrance) -> Self {
        Self { entrance }
    }
}

#[OpenApi(tag = "Tags::Organizations")]
impl AuditApi {
    /// What was done in the organization, the latest first. Further pages are reached by `next`.
    #[oai(path = "/organizations/:id/audit", method = "get", operation_id = "list_audit")]
    async fn list(
        &self,
        auth: Person,
        id: Path<OrganizationId>,
        /// What it is about: the first word of the action's code.
        area: Query<Option<String>>,
        /// The account or key that did it.
        actor: Query<Option<AccountId>>,
        /// From this instant on.
        since: Query<Option<DateTime<Utc>>>,
        /// Before this instant.
        until: Query<Option<DateTime<Utc>>>,
        /// A place in the list, as `next` tells it.
        cursor: Query<Option<String>>,
        page: PageNumber,
        page_size: PageSize,
        query: ListQuery,
    ) -> ApiResult<Json<Listing<AuditEntry>>> {
        let scope = self.entrance.organization(id.0).await?;
        let identity = &self.entrance.identity;
        let can = identity.permit_organization::<ReadAudit>(&auth.actor, &scope).await?;
        let mut checks = Checks::default();
        let size = checked_paging(page, page_size, &mut checks).size;
        let area = area.0.and_then(|area| {
            checks.some(AREAS.into_iter().find(|known| *known == area), "area", "unknown_choice")
        });
        let after = cursor.0.and_then(|text| checks.some(Place::parse(&text), "cursor", "unreadable"));
        checks.done()?;
        let filter = AuditFilter { area, actor: actor.0, since: since.0, until: until.0, after };
        let part = identity.audit_log(&scope, &can, &filter, size).await?;
        let results = part.rows.into_iter().map(|row| AuditEntry {
            id: row.id,
            at: row.at,
            actor_name: row.actor.and_then(|id| part.names.get(&AccountId::from(id)).cloned()),
            actor: row.actor,
            action: row.action,
            target: row.target,
            detail: row.detail,
        });
        Ok(Json(Listing {
            results: results.collect(),
            count: part.count.min(COUNT_CAP),
            count_capped: part.count > COUNT_CAP,
            next: part.next.map(|place| query.at("cursor", &place.encode())),
            previous: None,
        }))
    }
}
