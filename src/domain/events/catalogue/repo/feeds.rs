//! SQL of what other sites read: sitemaps.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::base::db::{DbResult, PlatformTx};

/// A page that a sitemap names.
pub(in super::super) struct Place {
    pub slug: String,
    pub changed_at: DateTime<Utc>,
}

/// The parts of the events' sitemap: the first event of each, and when one of it changed last. Events are in the
/// order of their making, so that a new one changes the last part alone.
pub(in super::super) async fn part_bounds(
    tx: &mut PlatformTx,
    size: i64,
) -> DbResult<Vec<(Uuid, DateTime<Utc>)>> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"SELECT (min(event::text))::uuid AS "first!", max(updated_at) AS "changed_at!"
           FROM (SELECT event, updated_at, (row_number() OVER (ORDER BY event) - 1) / $1 AS part
                 FROM platform.listing WHERE live AND ends_at >= $2) AS listed
           GROUP BY part ORDER BY part"#,
        size,
        now
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.first, row.changed_at)).collect())
}

/// The events of a part, from its first on.
pub(in super::super) async fn part_events(
    tx: &mut PlatformTx,
    first: Uuid,
    size: i64,
) -> DbResult<Vec<Place>> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Place,
        "SELECT slug, updated_at AS changed_at FROM platform.listing
         WHERE live AND ends_at >= $1 AND event >= $2 ORDER BY event LIMIT $3",
        now,
        first,
        size
    )
    .fetch_all(tx.conn())
    .await?)
}

/// How many organizations have something to show, and when that changed last.
pub(in super::super) async fn organizers(tx: &mut PlatformTx) -> DbResult<(i64, Option<DateTime<Utc>>)> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"SELECT count(DISTINCT organization_slug) AS "count!", max(updated_at) AS changed_at
           FROM platform.listing WHERE live AND ends_at >= $1"#,
        now
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.count, row.changed_at))
}

/// The organizations that have something to show, by their address.
pub(in super::super) async fn part_organizers(
    tx: &mut PlatformTx,
    offset: i64,
    size: i64,
) -> DbResult<Vec<Place>> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Place,
        r#"SELECT organization_slug AS slug, max(updated_at) AS "changed_at!" FROM platform.listing
           WHERE live AND ends_at >= $1 GROUP BY organization_slug ORDER BY organization_slug OFFSET $2 LIMIT $3"#,
        now,
        offset,
        size
    )
    .fetch_all(tx.conn())
    .await?)
}
