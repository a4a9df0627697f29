//! The API of keys for programs.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::api_keys::NewKey;
use super::auth::{Entrance, Person};
use super::permits;
use super::repo::ApiKeyRow;
use super::roles::{KeyScope, ManageKeys};
use crate::base::kernel::id::{ApiKeyId, OrganizationId};
use crate::base::kernel::text;
use crate::base::web::{
    ApiResult, Checks, Input, Key, ListQuery, Listing, PageNumber, PageSize, Tags, paging,
};

/// Keys for programs.
pub struct ApiKeysApi {
    entrance: Entrance,
}

/// A new key.
#[derive(Object)]
#[oai(example)]
pub(super) struct NewApiKey {
    /// What it is for, to tell keys apart.
    #[oai(validator(min_length = 1, max_length = 80))]
    name: String,
    /// What a program may do with it: `organization:read`, `events:read`, `events:write`, `sales:read`, `sales:write`,
    /// `checkin`.
    #[oai(validator(min_items = 1, max_items = 6))]
    scopes: Vec<String>,
    /// When it ends; never unless given.
    expires_at: Option<DateTime<Utc>>,
}

impl Example for NewApiKey {
    fn example() -> Self {
        let scopes = vec!["events:read".into(), "checkin".into()];
        Self { name: "Turnstiles of the main hall".into(), scopes, expires_at: None }
    }
}

impl NewApiKey {
    /// What is to be made, or everything that is wrong.
    pub fn key(self, now: DateTime<Utc>, mut checks: Checks) -> ApiResult<NewKey> {
        checks.ensure(!text::is_blank(&self.name), "name", "required");
        checks.ensure(!self.scopes.is_empty(), "scopes", "required");
        let parsed = self.scopes.iter().map(|code| KeyScope::parse(code)).collect::<Option<Vec<_>>>();
        let mut scopes = checks.some(parsed, "scopes", "unknown_choice").unwrap_or_default();
        checks.ensure(self.expires_at.is_none_or(|at| at > now), "expires_at", "past");
        checks.done()?;
        scopes.sort_by_key(|scope| scope.code());
        scopes.dedup();
        Ok(NewKey { name: self.name.trim().to_owned(), scopes, expires_at: self.expires_at })
    }
}

/// A key; its text was told when it was made.
#[derive(Object)]
struct ApiKey {
    id: ApiKeyId,
    name: String,
    scopes: Vec<String>,
    /// Its last characters.
    hint: String,
    created_at: DateTime<Utc>,
    #[oai(nullable)]
    expires_at: Option<DateTime<Utc>>,
    /// To a few minutes.
    #[oai(nullable)]
    last_used_at: Option<DateTime<Utc>>,
    #[oai(nullable)]
    revoked_at: Option<DateTime<Utc>>,
}

impl From<ApiKeyRow> for ApiKey {
    fn from(row: ApiKeyRow) -> Self {
        Self {
            id: row.id.into(),
            name: row.name,
            scopes: row.scopes,
            hint: row.hint,
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.used_at,
            revoked_at: row.revoked_at,
        }
    }
}

/// A key that was just made.
#[derive(Object)]
struct MadeApiKey {
    #[oai(flatten)]
    key: ApiKey,
    /// The key itself, as a bearer token. It is told this once: a repeated request with the same `Idempotency-Key` tells
    /// none.
    #[oai(nullable)]
    secret: Option<String>,
}

#[derive(ApiResponse)]
enum ApiKeyMade {
    #[oai(status = 201)]
    Ok(Json<MadeApiKey>),
}

#[derive(ApiResponse)]
enum Revoked {
    /// It opens nothing any more.
    #[oai(status = 204)]
    Ok,
}

impl ApiKeysApi {
    pub fn new(entrance: Entrance) -> Self {
        Self { entrance }
    }
}

#[OpenApi(tag = "Tags::Organizations")]
impl ApiKeysApi {
    /// The keys of an organization, those that work first, then the newest.
    #[oai(path = "/organizations/:id/api-keys", method = "get", operation_id = "list_api_keys")]
    async fn list(
        &self,
        auth: Person,
        id: Path<OrganizationId>,
        page: PageNumber,
        page_size: PageSize,
        query: ListQuery,
    ) -> ApiResult<Json<Listing<ApiKey>>> {
        let scope = self.entrance.organization(id.0).await?;
        let identity = &self.entrance.identity;
        let can = identity.permit_organization::<ManageKeys>(&auth.actor, &scope).await?;
        let page = identity.api_keys(&can, paging(page, page_size)?).await?;
        Ok(Json(Listing::new(page, &query, ApiKey::from)))
    }

    /// Make a key. It is shown once and stored as a hash.
    #[oai(path = "/organizations/:id/api-keys", method = "post", operation_id = "create_api_key")]
    async fn create(
        &self,
        auth: Person,
        id: Path<OrganizationId>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<NewApiKey>,
    ) -> ApiResult<ApiKeyMade> {
        let scope = self.entrance.organization(id.0).await?;
        let identity = &self.entrance.identity;
        let can = identity.permit_organization::<ManageKeys>(&auth.actor, &scope).await?;
        permits::open(&scope)?;
        let key = key.of(auth.actor.account, &body.raw);
        let new = body.value()?.key(self.entrance.db.clock().now(), Checks::default())?;
        let (row, secret) = identity.make_key(can, new, key.as_ref()).await?;
        Ok(ApiKeyMade::Ok(Json(MadeApiKey { key: row.into(), secret })))
    }

    /// Revoke a key: whoever has it gets nowhere from now on. It cannot be undone.
    #[oai(path = "/api-keys/:id", method = "delete", operation_id = "revoke_api_key")]
    async fn revoke(&self, auth: Person, id: Path<ApiKeyId>) -> ApiResult<Revoked> {
        let scope = self.entrance.scope(id.0).await?;
        let identity = &self.entrance.identity;
        let can = identity.permit_organization::<ManageKeys>(&auth.actor, &scope).await?;
        identity.revoke_key(can, id.0).await?;
        Ok(Revoked::Ok)
    }
}
