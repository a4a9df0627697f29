//! The API of one's own sessions.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};

use super::OpenSession;
use super::auth::{Entrance, Person};
use super::device::Device;
use crate::base::kernel::id::SessionId;
use crate::base::web::{ApiResult, ListQuery, Listing, PageNumber, PageSize, Tags, paging};

/// Where somebody is logged in.
pub struct SessionsApi {
    entrance: Entrance,
}

/// How a session is kept.
#[derive(Enum)]
#[oai(rename_all = "snake_case")]
enum Kept {
    App,
    Browser,
}

/// A login that has not ended.
#[derive(Object)]
struct Session {
    id: SessionId,
    kind: Kept,
    /// As `Firefox · Linux`; empty when the client did not say what it is.
    device: String,
    created_at: DateTime<Utc>,
    /// To a few minutes.
    last_used_at: DateTime<Utc>,
    /// When it ends unless it is used.
    expires_at: DateTime<Utc>,
    /// Whether it is the session that asks.
    is_current: bool,
}

impl Session {
    fn of(row: OpenSession, asking: SessionId) -> Self {
        Self {
            id: row.id.into(),
            kind: if row.kind == "browser" { Kept::Browser } else { Kept::App },
            device: Device::of(&row.user_agent).words(),
            created_at: row.created_at,
            last_used_at: row.used_at,
            expires_at: row.expires_at,
            is_current: row.id == asking.uuid(),
        }
    }
}

#[derive(ApiResponse)]
enum Ended {
    /// It has ended.
    #[oai(status = 204)]
    Ok,
}

impl SessionsApi {
    pub fn new(entrance: Entrance) -> Self {
        Self { entrance }
    }
}

#[OpenApi(tag = "Tags::Identity")]
impl SessionsApi {
    /// Where one is logged in, what was used last first.
    #[oai(path = "/auth/sessions", method = "get", operation_id = "list_sessions")]
    async fn list(
        &self,
        auth: Person,
        page: PageNumber,
        page_size: PageSize,
        query: ListQuery,
    ) -> ApiResult<Json<Listing<Session>>> {
        let actor = &auth.actor;
        let page = self.entrance.identity.sessions(actor.account, paging(page, page_size)?).await?;
        Ok(Json(Listing::new(page, &query, |row| Session::of(row, actor.session))))
    }

    /// End one session: its tokens are worth nothing from now on.
    #[oai(path = "/auth/sessions/:id", method = "delete", operation_id = "end_session")]
    async fn end(&self, auth: Person, id: Path<SessionId>) -> ApiResult<Ended> {
        self.entrance.identity.end_session(&auth.actor, id.0).await?;
        Ok(Ended::Ok)
    }

    /// End all sessions but the one that asks.
    #[oai(path = "/auth/sessions/end-others", method = "post", operation_id = "end_other_sessions")]
    async fn end_others(&self, auth: Person) -> ApiResult<Ended> {
        self.entrance.identity.end_other_sessions(&auth.actor).await?;
        Ok(Ended::Ok)
    }
}
