//! SQL of the catalogue.

use chrono::{DateTime, Utc};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use super::query::CatalogueQuery;
use crate::base::db::{DbResult, PlatformTx, TenantTx};
use crate::base::kernel::id::EventId;
use crate::base::kernel::page::COUNT_CAP;

/// A row of `platform.listing`.
#[derive(sqlx::FromRow)]
pub(super) struct ListingRow {
    pub event: Uuid,
    pub organization_name: String,
    pub organization_slug: String,
    pub slug: String,
    pub name: String,
    pub summary: String,
    pub category: String,
    pub location: String,
    pub city: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub timezone: String,
    pub currency: String,
    pub price_min: Option<i64>,
    pub price_max: Option<i64>,
    pub cancelled: bool,
    pub image: String,
}

/// A page of the catalogue, and how many events there are up to one more than is counted.
pub(super) async fn search(tx: &mut PlatformTx, query: &CatalogueQuery) -> DbResult<(Vec<ListingRow>, i64)> {
    let now = tx.now();
    let mut rows = QueryBuilder::new(
        "SELECT event, organization_name, organization_slug, slug, name, summary, category, location, city,
                starts_at, ends_at, timezone, currency, price_min, price_max, cancelled, image
         FROM platform.listing WHERE true",
    );
    narrow(&mut rows, query, now);
    rows.push(query.order.sql());
    rows.push(" LIMIT ").push_bind(query.page.limit()).push(" OFFSET ").push_bind(query.page.offset());
    let rows: Vec<ListingRow> = rows.build_query_as().fetch_all(tx.conn()).await?;
    let mut count = QueryBuilder::new("SELECT count(*) FROM (SELECT 1 FROM platform.listing WHERE true");
    narrow(&mut count, query, now);
    count.push(" LIMIT ").push_bind(COUNT_CAP + 1).push(") AS counted");
    let count: i64 = count.build_query_scalar().fetch_one(tx.conn()).await?;
    Ok((rows, count))
}

fn narrow(sql: &mut QueryBuilder<Postgres>, query: &CatalogueQuery, now: DateTime<Utc>) {
    match &query.words {
        Some(words) if words.is_empty() => {
            sql.push(" AND false");
        }
        Some(words) => {
            sql.push(" AND words @@ to_tsquery('simple', platform.fold(").push_bind(words.clone()).push("))");
        }
        None => {}
    }
    if let Some(category) = &query.category {
        sql.push(" AND category = ").push_bind(category.clone());
    }
    if let Some(city) = &query.city {
        sql.push(" AND platform.fold(city) = platform.fold(").push_bind(city.clone()).push(")");
    }
    if let Some(organization) = &query.organization {
        sql.push(" AND organization_slug = ").push_bind(organization.clone());
    }
    if let Some(most) = query.price_max {
        sql.push(" AND price_rank <= ").push_bind(most);
    }
    match query.free {
        Some(true) => sql.push(" AND price_rank = 0 AND price_max = 0"),
        Some(false) => sql.push(" AND price_max > 0"),
        None => sql,
    };
    days(sql, query, now);
}

/// What has not ended; with days, what takes place on one of them by the clocks there. The bounds beside
/// them are wide enough for every time zone and are what the indexes know.
fn days(sql: &mut QueryBuilder<Postgres>, query: &CatalogueQuery, now: DateTime<Utc>) {
    if query.date_from.is_none() && query.date_to.is_none() {
        sql.push(" AND ends_at >= ").push_bind(now);
    }
    if let Some(from) = query.date_from {
        sql.push(" AND (ends_at AT TIME ZONE timezone)::date >= ").push_bind(from);
        sql.push(" AND ends_at >= ").push_bind(midnight(from) - chrono::Duration::days(1));
    }
    if let Some(to) = query.date_to {
        sql.push(" AND starts_on <= ").push_bind(to);
        sql.push(" AND starts_at <= ").push_bind(midnight(to) + chrono::Duration::days(2));
    }
}

fn midnight(day: chrono::NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc()
}

/// What is left of each ticket type of the event: the least of its quotas, none when it has no limit.
pub(super) async fn left(tx: &mut TenantTx, event: EventId) -> DbResult<Vec<(Uuid, Option<i32>)>> {
    let rows = sqlx::query!(
        r#"SELECT t.id, min(q.size - q.sold) AS "left"
           FROM ticket_type t
           LEFT JOIN ticket_type_quota l ON l.ticket_type = t.id
           LEFT JOIN quota q ON q.id = l.quota
           WHERE t.event = $1 GROUP BY t.id"#,
        event.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.left)).collect())
}
