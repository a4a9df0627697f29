//! SQL of the sessions that somebody has open.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::base::db::{DbResult, PlatformTx};
use crate::base::kernel::id::{AccountId, EventId, OrganizationNumber, SessionId};
use crate::base::kernel::page::{COUNT_CAP, PageRequest};

/// A session as its owner sees it.
#[derive(Clone, Debug)]
pub struct OpenSession {
    pub id: Uuid,
    /// `browser` or `app`.
    pub kind: String,
    pub user_agent: String,
    pub created_at: DateTime<Utc>,
    /// To a few minutes.
    pub used_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// One page of the sessions that are open, the one used last first, and how many there are.
pub(in crate::base::identity) async fn open_sessions(
    tx: &mut PlatformTx,
    account: AccountId,
    page: PageRequest,
) -> DbResult<(Vec<OpenSession>, i64)> {
    let now = tx.now();
    let rows = sqlx::query_as!(
        OpenSession,
        r#"SELECT id, kind, user_agent, created_at, coalesce(used_at, rotated_at) AS "used_at!", expires_at
           FROM platform.session WHERE account = $1 AND revoked_at IS NULL AND expires_at > $2
           ORDER BY coalesce(used_at, rotated_at) DESC, id DESC LIMIT $3 OFFSET $4"#,
        account.uuid(),
        now,
        page.limit(),
        page.offset()
    )
    .fetch_all(tx.conn())
    .await?;
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "n!" FROM (SELECT 1 FROM platform.session
           WHERE account = $1 AND revoked_at IS NULL AND expires_at > $2 LIMIT $3) AS counted"#,
        account.uuid(),
        now,
        COUNT_CAP + 1
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((rows, count))
}

/// Whether the session is the account's, open or not.
pub(in crate::base::identity) async fn owns_session(
    tx: &mut PlatformTx,
    account: AccountId,
    id: SessionId,
) -> DbResult<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT true AS "found!" FROM platform.session WHERE id = $1 AND account = $2"#,
        id.uuid(),
        account.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.is_some())
}

/// Remembers that the session is used now.
pub(in crate::base::identity) async fn touch_session(tx: &mut PlatformTx, id: SessionId) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!("UPDATE platform.session SET used_at = $2 WHERE id = $1", id.uuid(), now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Whether the event of the session's login was chosen.
pub(in crate::base::identity) async fn has_chosen_event(
    tx: &mut PlatformTx,
    id: SessionId,
) -> DbResult<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM platform.session WHERE id = $1 AND event_chosen_at IS NOT NULL) AS "chosen!""#,
        id.uuid()
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Notes that the event of the session's login is chosen; false when it was before. Of two at once one waits for the other.
pub(in crate::base::identity) async fn choose_event(tx: &mut PlatformTx, id: SessionId) -> DbResult<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "UPDATE platform.session SET event_chosen_at = $2 WHERE id = $1 AND event_chosen_at IS NULL",
        id.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Points the session of a login at an event, and at an organization where one is named.
pub(in crate::base::identity) async fn name_event(
    tx: &mut PlatformTx,
    id: SessionId,
    event: EventId,
    organization: Option<OrganizationNumber>,
) -> DbResult<()> {
    sqlx::query!(
        "UPDATE platform.session SET event = $2, organization = coalesce($3, organization) WHERE id = $1",
        id.uuid(),
        event.uuid(),
        organization.map(|number| number.0)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
