//! SQL of the catalogue.
//!
//! A list is read in two steps: which events, in order, from an index that holds everything the filters ask; then
//! their rows, which are wide.

mod feeds;
mod words;

pub(super) use feeds::{Place, organizers, part_bounds, part_events, part_organizers};
pub(super) use words::{alike, is_found, words};

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use super::order::{Cursor, Key, Order};
use super::query::{CatalogueQuery, Near};
use super::words::Questions;
use crate::base::db::{DbResult, PlatformTx, TenantTx};
use crate::base::kernel::id::EventId;

/// A row of `platform.listing`, and where it stands in the list.
#[derive(Clone, sqlx::FromRow)]
pub(super) struct ListingRow {
    pub event: Uuid,
    pub organization_name: String,
    pub organization_slug: String,
    pub slug: String,
    pub name: String,
    /// By the code of their language.
    pub names: serde_json::Value,
    pub summary: String,
    pub category: String,
    pub location: String,
    pub city: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub timezone: String,
    pub currency: String,
    pub price_min: Option<i64>,
    pub price_max: Option<i64>,
    pub price_rank: Option<i64>,
    pub cancelled: bool,
    pub image: String,
    pub name_key: String,
    pub published_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub version: i32,
    /// Kilometres from the place asked for.
    pub distance: Option<f64>,
    /// How well it fits the search; 0 is best.
    pub fit: Option<i32>,
}

const COLUMNS: &str =
    "l.event, l.organization_name, l.organization_slug, l.slug, l.name, l.names, l.summary, l.category,
    l.location, l.city, l.latitude, l.longitude, l.starts_at, l.ends_at, l.timezone, l.currency, l.price_min,
    l.price_max, l.price_rank, l.cancelled, l.image, l.name_key, l.published_at, l.updated_at, l.version";

/// What decides which rows are listed, beside the request itself.
pub(super) struct Search<'a> {
    pub query: &'a CatalogueQuery,
    pub questions: Option<&'a Questions>,
    pub now: DateTime<Utc>,
}

/// How well a row must fit, where relevance is read one degree after the other.
pub(super) const FITS: std::ops::RangeInclusive<i32> = 0..=3;

/// Which rows of a list: those after the cursor, or after so many.
#[derive(Clone, Copy)]
pub(super) struct Slice<'a> {
    pub after: Option<&'a Cursor>,
    pub offset: i64,
    pub limit: i64,
    /// Against the order, from the cursor back.
    pub back: bool,
}

/// Rows in the query's order. With `fit` only those that fit as well as that, the soonest first.
pub(super) async fn rows(
    tx: &mut PlatformTx,
    search: &Search<'_>,
    slice: Slice<'_>,
    fit: Option<i32>,
) -> DbResult<Vec<ListingRow>> {
    let order = search.query.order;
    let descends = order.descends() != slice.back;
    let (way, beyond) = if descends { (" DESC", " < (") } else { ("", " > (") };
    let mut sql = QueryBuilder::new("SELECT ");
    sql.push(COLUMNS).push(", k.distance, k.fit FROM (SELECT event, ");
    push_distance(&mut sql, search.query.near);
    sql.push(" AS distance, ");
    push_fit(&mut sql, search, fit);
    sql.push(" AS fit, ");
    push_key(&mut sql, search, fit);
    sql.push(" AS place, starts_at AS start FROM platform.listing WHERE true");
    narrow(&mut sql, search);
    if let Some(fit) = fit {
        only_fit(&mut sql, search, fit);
    }
    if let Some(cursor) = slice.after {
        sql.push(" AND (");
        push_key(&mut sql, search, fit);
        let within_fit = fit.is_some();
        sql.push(if order == Order::Relevance && !within_fit { ", starts_at, event)" } else { ", event)" });
        sql.push(beyond);
        match &cursor.key {
            Key::Time(at) => sql.push_bind(*at),
            Key::Text(text) => sql.push_bind(text.clone()),
            Key::Number(number) => sql.push_bind(*number),
            Key::Real(real) => sql.push_bind(*real),
            Key::Fit(_, at) if within_fit => sql.push_bind(*at),
            Key::Fit(fit, at) => sql.push_bind(*fit).push(", ").push_bind(*at),
        };
        sql.push(", ").push_bind(cursor.event).push(")");
    }
    sql.push(" ORDER BY ");
    match order {
        // Named as the indexes know them; what is computed is named by its column.
        Order::Distance => sql.push("place"),
        Order::Relevance if fit.is_none() => sql.push("place").push(way).push(", starts_at"),
        _ => push_key(&mut sql, search, fit),
    };
    sql.push(way).push(", event").push(way);
    sql.push(" LIMIT ").push_bind(slice.limit).push(" OFFSET ").push_bind(slice.offset);
    sql.push(") AS k JOIN platform.listing l ON l.event = k.event ORDER BY k.place").push(way);
    if order == Order::Relevance {
        sql.push(", k.start").push(way);
    }
    sql.push(", k.event").push(way);
    let mut rows: Vec<ListingRow> = sql.build_query_as().fetch_all(tx.conn()).await?;
    if slice.back {
        rows.reverse();
    }
    Ok(rows)
}

/// How many rows there are, counted up to `most`. With `fit` only those that fit as well as that.
pub(super) async fn count(
    tx: &mut PlatformTx,
    search: &Search<'_>,
    fit: Option<i32>,
    most: i64,
) -> DbResult<i64> {
    // Materialized, it is planned as if all were read, by the words, and yet read only as far as the limit.
    let found = "SELECT count(*) FROM (SELECT 1 FROM platform.listing WHERE true";
    let by_words = "WITH hit AS MATERIALIZED (SELECT 1 FROM platform.listing WHERE true";
    let mut sql = QueryBuilder::new(if search.questions.is_some() { by_words } else { found });
    narrow(&mut sql, search);
    if let Some(fit) = fit {
        only_fit(&mut sql, search, fit);
    }
    if search.questions.is_some() {
        sql.push(") SELECT count(*) FROM (SELECT 1 FROM hit");
    }
    sql.push(" LIMIT ").push_bind(most).push(") AS counted");
    Ok(sql.build_query_scalar().fetch_one(tx.conn()).await?)
}

/// Where a search would take too long: the listings whose names begin as it does, or the next ones, as far as a
/// short read of one index finds them.
pub(super) async fn plain(tx: &mut PlatformTx, search: &Search<'_>) -> DbResult<Vec<ListingRow>> {
    let mut sql = QueryBuilder::new("SELECT ");
    sql.push(COLUMNS)
        .push(", NULL::float8 AS distance, NULL::integer AS fit FROM platform.listing l WHERE l.event IN (");
    sql.push("SELECT event FROM platform.listing WHERE live");
    if let Some(begins) = &search.query.search {
        sql.push(" AND name_key >= platform.letters(").push_bind(begins.clone());
        sql.push(") AND name_key < platform.letters(").push_bind(begins.clone()).push(") || U&'\\+10FFFF'");
        sql.push(" ORDER BY name_key, event");
    } else {
        sql.push(" ORDER BY starts_at, event");
    }
    sql.push(" LIMIT 500)");
    narrow(&mut sql, &Search { questions: None, ..*search });
    sql.push(" ORDER BY l.starts_at, l.event LIMIT ").push_bind(search.query.page.limit());
    Ok(sql.build_query_as().fetch_all(tx.conn()).await?)
}

/// The towns of what a query finds, those with most events first, and how many each has. At most `most` events are
/// looked at, the soonest; whether those were all is told beside.
pub(super) async fn cities(
    tx: &mut PlatformTx,
    search: &Search<'_>,
    most: i64,
) -> DbResult<(Vec<(String, i64)>, bool)> {
    let mut sql = QueryBuilder::new(
        "SELECT coalesce((SELECT city FROM platform.listing l WHERE l.live AND l.city_key = k.city_key
                 ORDER BY l.starts_at, l.event LIMIT 1), k.city_key), k.events, k.looked_at::bigint
         FROM (SELECT city_key, count(*) AS events, sum(count(*)) OVER () AS looked_at
               FROM (SELECT city_key FROM platform.listing WHERE true",
    );
    narrow(&mut sql, search);
    sql.push(" ORDER BY starts_at, event LIMIT ").push_bind(most);
    sql.push(") AS found GROUP BY city_key ORDER BY 2 DESC, 1 LIMIT 13) AS k ORDER BY 2 DESC, 1");
    let rows: Vec<(String, i64, i64)> = sql.build_query_as().fetch_all(tx.conn()).await?;
    let all = rows.first().is_none_or(|(_, _, looked_at)| *looked_at < most);
    Ok((
        rows.into_iter()
            .map(|(city, events, _)| (city, events))
            .filter(|(city, _)| !city.is_empty())
            .collect(),
        all,
    ))
}

/// The currencies in which the next events cost something, the most usual first; at most `most` events are looked at.
pub(super) async fn currencies(tx: &mut PlatformTx, most: i64) -> DbResult<Vec<String>> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        "SELECT currency FROM (SELECT currency FROM platform.listing WHERE live AND ends_at >= $1 AND price_max > 0
             ORDER BY starts_at, event LIMIT $2) AS soon
         GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 50",
        now,
        most
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Notes what is over, so that lists need not pass it by; at most so many at once. Tells how many it were.
pub(super) async fn retire(tx: &mut PlatformTx, most: i64) -> DbResult<u64> {
    let done = sqlx::query!(
        "UPDATE platform.listing SET live = false WHERE live AND ends_at < $1 AND event IN
             (SELECT event FROM platform.listing WHERE live AND ends_at < $1 ORDER BY event LIMIT $2
              FOR UPDATE SKIP LOCKED)",
        tx.now(),
        most
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}

fn push_distance(sql: &mut QueryBuilder<Postgres>, near: Option<Near>) {
    match near {
        Some(near) => sql
            .push("platform.distance_km(latitude, longitude, ")
            .push_bind(near.latitude)
            .push(", ")
            .push_bind(near.longitude)
            .push(")"),
        None => sql.push("NULL::float8"),
    };
}

fn push_fit(sql: &mut QueryBuilder<Postgres>, search: &Search<'_>, fit: Option<i32>) {
    match (fit, search.questions) {
        (Some(fit), _) => {
            sql.push(fit.to_string());
        }
        (None, Some(questions)) if search.query.order == Order::Relevance => {
            sql.push("CASE WHEN name_words @@ ").push_bind(questions.whole.clone());
            sql.push("::tsquery THEN 0 WHEN name_words @@ ").push_bind(questions.beginnings.clone());
            sql.push("::tsquery THEN 1 WHEN placed_words @@ ").push_bind(questions.beginnings.clone());
            sql.push("::tsquery THEN 2 ELSE 3 END");
        }
        _ => {
            sql.push("NULL::integer");
        }
    }
}

/// The rows that fit exactly so well.
fn only_fit(sql: &mut QueryBuilder<Postgres>, search: &Search<'_>, fit: i32) {
    let Some(questions) = search.questions else { return };
    let mut matches = |condition: &str, question: &str| {
        sql.push(condition).push_bind(question.to_owned()).push("::tsquery");
    };
    match fit {
        0 => matches(" AND name_words @@ ", &questions.whole),
        1 => {
            matches(" AND name_words @@ ", &questions.beginnings);
            matches(" AND NOT name_words @@ ", &questions.whole);
        }
        2 => {
            matches(" AND placed_words @@ ", &questions.beginnings);
            matches(" AND NOT name_words @@ ", &questions.beginnings);
        }
        _ => matches(" AND NOT placed_words @@ ", &questions.beginnings),
    }
}

fn push_key<'a>(
    sql: &'a mut QueryBuilder<Postgres>,
    search: &Search<'_>,
    fit: Option<i32>,
) -> &'a mut QueryBuilder<Postgres> {
    match search.query.order {
        Order::Start | Order::StartDescending => sql.push("starts_at"),
        Order::Newest => sql.push("published_at"),
        Order::Name => sql.push("name_key"),
        Order::Price => sql.push("coalesce(price_rank, 9223372036854775807)"),
        Order::PriceDescending => sql.push("coalesce(price_rank, -1)"),
        Order::Distance => {
            push_distance(sql, search.query.near);
            sql
        }
        Order::Relevance if fit.is_some() || search.questions.is_none() => sql.push("starts_at"),
        Order::Relevance => {
            push_fit(sql, search, fit);
            sql
        }
    }
}

/// The filters. Columns stand without their table's name, so that they fit wherever there is one.
fn narrow(sql: &mut QueryBuilder<Postgres>, search: &Search<'_>) {
    let query = search.query;
    let current = query.is_current(search.now.date_naive());
    if current {
        // Nearly all that is live is ahead: with few words to read, the index of ends would be read whole beside theirs,
        // which an expression keeps the planner from.
        let (open, close) = if search.questions.is_some() { ("(", ") IS TRUE") } else { ("", "") };
        sql.push(format!(" AND live AND {open}ends_at >= ")).push_bind(search.now).push(close);
    } else {
        sql.push(" AND NOT cancelled");
    }
    if let Some(questions) = search.questions {
        let question = &questions.beginnings;
        if current {
            sql.push(" AND words @@ ").push_bind(question.clone()).push("::tsquery");
        } else {
            // Each half has its index.
            sql.push(" AND ((live AND words @@ ").push_bind(question.clone());
            sql.push("::tsquery) OR (NOT live AND words @@ ").push_bind(question.clone()).push("::tsquery))");
        }
    }
    if let Some(category) = &query.category {
        sql.push(" AND category = ").push_bind(category.clone());
    }
    if let Some(city) = &query.city {
        sql.push(" AND city_key = platform.letters(").push_bind(city.clone()).push(")");
    }
    if let Some(organization) = &query.organization {
        sql.push(" AND organization_slug = ").push_bind(organization.clone());
    }
    match (query.price_max, query.currency) {
        // The same as what is free.
        (Some(0), _) => {
            sql.push(" AND price_rank = 0 AND price_max = 0");
        }
        (Some(most), currency) => {
            sql.push(" AND price_rank <= ").push_bind(most);
            if let Some(currency) = currency {
                sql.push(" AND (price_rank = 0 OR currency = ").push_bind(currency.code()).push(")");
            }
        }
        (None, _) => {}
    }
    match query.free {
        Some(true) => sql.push(" AND price_rank = 0 AND price_max = 0"),
        Some(false) => sql.push(" AND price_max > 0"),
        None => sql,
    };
    if let Some(near) = query.near {
        around(sql, near);
    }
    days(sql, query);
}

/// Within the radius: the boxes are what the index knows.
fn around(sql: &mut QueryBuilder<Postgres>, near: Near) {
    sql.push(" AND latitude IS NOT NULL AND longitude IS NOT NULL AND (");
    for (n, (west, south, east, north)) in near.boxes().into_iter().enumerate() {
        sql.push(if n > 0 { " OR " } else { "" });
        sql.push("point(longitude, latitude) <@ box(point(").push_bind(west).push(", ").push_bind(south);
        sql.push("), point(").push_bind(east).push(", ").push_bind(north).push("))");
    }
    sql.push(") AND ");
    push_distance(sql, Some(near));
    sql.push(" <= ").push_bind(near.radius_km);
}

/// What takes place on one of the days by the clocks there. The bounds beside them are wide enough for every time
/// zone and are what the indexes know.
fn days(sql: &mut QueryBuilder<Postgres>, query: &CatalogueQuery) {
    if let Some(from) = query.date_from {
        sql.push(" AND ends_on >= ").push_bind(from);
        sql.push(" AND ends_at >= ").push_bind(midnight(from) - chrono::Duration::days(1));
    }
    if let Some(to) = query.date_to {
        sql.push(" AND starts_on <= ").push_bind(to);
        sql.push(" AND starts_at <= ").push_bind(midnight(to) + chrono::Duration::days(2));
    }
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
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
