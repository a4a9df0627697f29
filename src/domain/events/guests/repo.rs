//! SQL of invitations.

use chrono::{DateTime, Utc};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use super::model::{Guest, State};
use crate::base::db::{DbResult, TenantTx};
use crate::base::i18n::Lang;
use crate::base::kernel::id::{AccountId, EventId, GuestId};
use crate::base::kernel::page::{COUNT_CAP, PageRequest};

#[derive(sqlx::FromRow)]
struct GuestRow {
    id: Uuid,
    email: String,
    locale: String,
    created_at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
    opened_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
    orders: i64,
}

impl From<GuestRow> for Guest {
    fn from(row: GuestRow) -> Self {
        Self {
            id: row.id.into(),
            email: row.email,
            locale: Lang::parse(&row.locale).unwrap_or_default(),
            created_at: row.created_at,
            sent_at: row.sent_at,
            opened_at: row.opened_at,
            revoked_at: row.revoked_at,
            orders: row.orders,
        }
    }
}

/// What a list of invitations is narrowed to.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    /// Part of an address.
    pub search: Option<String>,
    pub state: Option<State>,
}

/// Adds those that are not invited yet; tells which were.
pub(super) async fn insert(
    tx: &mut TenantTx,
    event: EventId,
    emails: &[String],
    locale: Lang,
    by: AccountId,
) -> DbResult<Vec<GuestId>> {
    let now = tx.now();
    let ids: Vec<Uuid> =
        emails.iter().map(|_| tx.new_id::<crate::base::kernel::id::kind::Guest>().uuid()).collect();
    let made = sqlx::query_scalar!(
        "INSERT INTO guest (id, event, email, locale, created_at, created_by)
         SELECT u.id, $1, u.email, $2, $3, $4 FROM unnest($5::uuid[], $6::text[]) AS u (id, email)
         ON CONFLICT (event, email) WHERE revoked_at IS NULL DO NOTHING RETURNING id",
        event.uuid(),
        locale.code(),
        now,
        by.uuid(),
        &ids,
        emails
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(made.into_iter().map(GuestId::from).collect())
}

/// How many the event has, revoked ones too.
pub(super) async fn count(tx: &mut TenantTx, event: EventId) -> DbResult<i64> {
    Ok(sqlx::query_scalar!(r#"SELECT count(*) AS "n!" FROM guest WHERE event = $1"#, event.uuid())
        .fetch_one(tx.conn())
        .await?)
}

/// The invitation of the event, held until the end of the transaction.
pub(super) async fn guest(tx: &mut TenantTx, event: EventId, id: GuestId) -> DbResult<Option<Guest>> {
    let row = sqlx::query_as!(
        GuestRow,
        r#"SELECT g.id, g.email, g.locale, g.created_at, g.sent_at, g.opened_at, g.revoked_at,
             (SELECT count(*) FROM orders o WHERE o.guest = g.id
                AND o.status IN ('paid', 'partially_refunded', 'refunded')) AS "orders!"
           FROM guest g WHERE g.id = $1 AND g.event = $2 FOR UPDATE"#,
        id.uuid(),
        event.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Guest::from))
}

pub(super) async fn event_of(tx: &mut TenantTx, id: GuestId) -> DbResult<Option<EventId>> {
    let event = sqlx::query_scalar!("SELECT event FROM guest WHERE id = $1", id.uuid())
        .fetch_optional(tx.conn())
        .await?;
    Ok(event.map(EventId::from))
}

/// A page of the event's invitations, the newest first, and how many there are up to one more than is counted.
pub(super) async fn list(
    tx: &mut TenantTx,
    event: EventId,
    filter: &Filter,
    page: PageRequest,
) -> DbResult<(Vec<Guest>, i64)> {
    let mut rows = QueryBuilder::new(
        "SELECT g.id, g.email, g.locale, g.created_at, g.sent_at, g.opened_at, g.revoked_at, g.orders FROM ",
    );
    narrow(&mut rows, event, filter);
    rows.push(" ORDER BY g.id DESC LIMIT ").push_bind(page.limit()).push(" OFFSET ").push_bind(page.offset());
    let found: Vec<GuestRow> = rows.build_query_as().fetch_all(tx.conn()).await?;
    let mut count = QueryBuilder::new("SELECT count(*) FROM (SELECT 1 FROM ");
    narrow(&mut count, event, filter);
    count.push(" LIMIT ").push_bind(COUNT_CAP + 1).push(") AS counted");
    let count: i64 = count.build_query_scalar().fetch_one(tx.conn()).await?;
    Ok((found.into_iter().map(Guest::from).collect(), count))
}

fn narrow(query: &mut QueryBuilder<Postgres>, event: EventId, filter: &Filter) {
    query.push(
        "(SELECT g.*, (SELECT count(*) FROM orders o WHERE o.guest = g.id
            AND o.status IN ('paid', 'partially_refunded', 'refunded')) AS orders FROM guest g WHERE g.event = ",
    );
    query.push_bind(event.uuid()).push(") AS g WHERE true");
    if let Some(search) = &filter.search {
        let pattern =
            search.trim().to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        query.push(" AND g.email LIKE '%' || ").push_bind(pattern).push(" || '%'");
    }
    query.push(match filter.state {
        None => "",
        Some(State::Revoked) => " AND g.revoked_at IS NOT NULL",
        Some(State::Ordered) => " AND g.revoked_at IS NULL AND g.orders > 0",
        Some(State::Opened) => " AND g.revoked_at IS NULL AND g.orders = 0 AND g.opened_at IS NOT NULL",
        Some(State::Sent) => {
            " AND g.revoked_at IS NULL AND g.orders = 0 AND g.opened_at IS NULL AND g.sent_at IS NOT NULL"
        }
        Some(State::Waiting) => {
            " AND g.revoked_at IS NULL AND g.orders = 0 AND g.opened_at IS NULL AND g.sent_at IS NULL"
        }
    });
}

pub(super) async fn set_sent(tx: &mut TenantTx, id: GuestId) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!("UPDATE guest SET sent_at = $2 WHERE id = $1", id.uuid(), now).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn revoke(tx: &mut TenantTx, id: GuestId) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!("UPDATE guest SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", id.uuid(), now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Whether the invitation still opens the event, and whether it did before.
pub(super) async fn opens(tx: &mut TenantTx, event: EventId, id: GuestId) -> DbResult<Option<bool>> {
    Ok(sqlx::query_scalar!(
        r#"SELECT opened_at IS NOT NULL AS "opened!" FROM guest WHERE id = $1 AND event = $2 AND revoked_at IS NULL"#,
        id.uuid(),
        event.uuid()
    )
    .fetch_optional(tx.conn())
    .await?)
}

pub(super) async fn set_opened(tx: &mut TenantTx, id: GuestId) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!("UPDATE guest SET opened_at = $2 WHERE id = $1 AND opened_at IS NULL", id.uuid(), now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Where somebody is invited: the event's name and when.
pub(super) async fn of_address(tx: &mut TenantTx, email: &str) -> DbResult<Vec<(String, DateTime<Utc>)>> {
    let rows = sqlx::query!(
        "SELECT e.name, g.created_at FROM guest g JOIN event e ON e.id = g.event WHERE g.email = $1 ORDER BY g.id",
        email
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.created_at)).collect())
}

/// Removes whoever has this address from every list; how often it was there.
pub(super) async fn forget(tx: &mut TenantTx, email: &str) -> DbResult<u64> {
    let done = sqlx::query!("DELETE FROM guest WHERE email = $1", email).execute(tx.conn()).await?;
    Ok(done.rows_affected())
}
