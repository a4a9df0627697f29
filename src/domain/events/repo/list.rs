//! SQL of an organizer's list of events.

use chrono::{DateTime, Utc};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use super::super::filter::{EventFilter, StatusFilter};
use super::super::model::Event;
use super::EventRow;
use crate::base::db::{DbResult, TenantTx};
use crate::base::kernel::page::COUNT_CAP;

/// A page of the organization's events, and how many there are up to one more than is counted.
pub(in crate::domain::events) async fn list(
    tx: &mut TenantTx,
    filter: &EventFilter,
) -> DbResult<(Vec<Event>, i64)> {
    let now = tx.now();
    let mut rows = QueryBuilder::new(
        "SELECT id, slug, name, description, category, location, city, latitude, longitude, starts_at, ends_at,
                timezone, currency, language, capacity, visibility, state, link_secret, test_mode, contact_email, terms,
                show_remaining, checkin_opens_at, checkin_closes_at, themes, metadata, image, logo, banner, programme, guide, series, translations,
                previous_starts_at, previous_ends_at, awaits_dates, president, contacts,
                published_at, created_at, created_by, updated_at, version FROM event WHERE true",
    );
    narrow(&mut rows, filter, now);
    rows.push(filter.order.sql());
    rows.push(" LIMIT ").push_bind(filter.page.limit()).push(" OFFSET ").push_bind(filter.page.offset());
    let rows: Vec<EventRow> = rows.build_query_as().fetch_all(tx.conn()).await?;
    let mut count = QueryBuilder::new("SELECT count(*) FROM (SELECT 1 FROM event WHERE true");
    narrow(&mut count, filter, now);
    count.push(" LIMIT ").push_bind(COUNT_CAP + 1).push(") AS counted");
    let count: i64 = count.build_query_scalar().fetch_one(tx.conn()).await?;
    Ok((rows.into_iter().map(Event::try_from).collect::<DbResult<_>>()?, count))
}

fn narrow(query: &mut QueryBuilder<Postgres>, filter: &EventFilter, now: DateTime<Utc>) {
    if let Some(ids) = &filter.only {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
        query.push(" AND id = ANY (").push_bind(ids).push(")");
    }
    query.push(match filter.status {
        None => " AND state <> 'template'",
        Some(StatusFilter::Template) => " AND state = 'template'",
        Some(StatusFilter::Cancelled) => " AND state = 'cancelled'",
        Some(StatusFilter::Draft) => " AND state = 'draft'",
        Some(_) => " AND state IN ('draft', 'published')",
    });
    if let Some(status) = filter.status {
        match status {
            StatusFilter::Upcoming => {
                query
                    .push(" AND (awaits_dates OR starts_at IS NULL OR starts_at > ")
                    .push_bind(now)
                    .push(")");
            }
            StatusFilter::Active => {
                query.push(" AND NOT awaits_dates AND starts_at <= ").push_bind(now);
                query.push(" AND (ends_at IS NULL OR ends_at >= ").push_bind(now).push(")");
            }
            StatusFilter::Completed => {
                query.push(" AND NOT awaits_dates AND ends_at < ").push_bind(now);
            }
            StatusFilter::Cancelled | StatusFilter::Draft | StatusFilter::Template => {}
        }
    }
    if let Some(series) = filter.series {
        query.push(" AND series = ").push_bind(series);
    }
    if let Some(search) = &filter.search {
        let pattern = search.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        query.push(" AND platform.fold(name || ' ' || location || ' ' || city) LIKE '%' || platform.fold(");
        query.push_bind(pattern).push(") || '%'");
    }
}
