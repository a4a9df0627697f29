//! Finds events in bounded time: what a search means, which rows, how many, and something honest when it takes too long.

use std::time::Instant;

use chrono::{DateTime, Utc};

use super::order::Order;
use super::query::CatalogueQuery;
use super::repo::{self, FITS, ListingRow, Search, Slice};
use super::words::{self, Questions, Word};
use crate::base::db::{Db, DbError, DbResult, PlatformTx};
use crate::base::kernel::money::Currency;
use crate::base::kernel::page::COUNT_CAP;

/// How many times as long as one statement all statements of a search together may take.
const PATIENCE: u32 = 3;

/// A page of the catalogue.
pub(super) struct Found {
    pub rows: Vec<ListingRow>,
    /// How many there are, up to one more than is told.
    pub count: i64,
    /// Whether rows follow, and whether some come before.
    pub more: bool,
    pub before: bool,
    /// What was searched instead of what was typed.
    pub corrected: Option<String>,
    /// Whether only names that begin with the search were looked through, for all else took too long.
    pub names_only: bool,
}

/// Finds what is asked for.
pub(super) async fn find(db: &Db, query: &CatalogueQuery) -> DbResult<Found> {
    let begun = Instant::now();
    let found = match tokio::time::timeout(db.search_timeout() * PATIENCE, whole(db, query)).await {
        Ok(Err(error)) if error.is_too_slow() => plain(db, query).await,
        Ok(found) => found,
        Err(_) => plain(db, query).await,
    };
    let mistyped = found.as_ref().is_ok_and(|found| found.corrected.is_some());
    let kind = if mistyped { "mistyped" } else { query.kind() };
    metrics::histogram!("parvis_catalogue_seconds", "kind" => kind).record(begun.elapsed());
    if found.as_ref().is_ok_and(|found| found.names_only) {
        metrics::counter!("parvis_catalogue_too_slow_total", "kind" => query.kind()).increment(1);
    }
    found
}

async fn whole(db: &Db, query: &CatalogueQuery) -> DbResult<Found> {
    let today = db.clock().now().date_naive();
    let mut tx =
        if query.is_costly(today) { db.searching_platform().await? } else { db.bounded_platform().await? };
    let now = tx.now();
    let Some(text) = &query.search else {
        return page(&mut tx, &Search { query, questions: None, now }).await;
    };
    let (words, corrected) = understood(&mut tx, text, !query.exact).await?;
    match Questions::of(&words) {
        Some(questions) => {
            let search = Search { query, questions: Some(&questions), now };
            Ok(Found { corrected, ..page(&mut tx, &search).await? })
        }
        None => Ok(Found::of(vec![], 0, query)),
    }
}

/// The words that count, and how the search reads when mistyped ones are put right.
async fn understood(tx: &mut PlatformTx, text: &str, correct: bool) -> DbResult<(Vec<Word>, Option<String>)> {
    let typed = words::typed(text);
    if typed.is_empty() {
        return Ok((vec![], None));
    }
    let mut asked = repo::words(tx, &typed).await?;
    let (mut looked, mut corrected) = (0, false);
    for word in &mut asked {
        if !correct || !word.may_be_mistyped() || looked == words::MOST_MISTYPED {
            continue;
        }
        looked += 1;
        if repo::is_found(tx, &word.query()).await? {
            continue;
        }
        let candidates = repo::alike(tx, &word.folded).await?;
        if let Some(term) = words::meant(&word.folded, &candidates)
            && let Some(meant) = repo::words(tx, std::slice::from_ref(&term)).await?.pop()
        {
            (*word, corrected) = (meant, true);
        }
    }
    let reads = corrected.then(|| asked.iter().map(|word| word.typed.as_str()).collect::<Vec<_>>().join(" "));
    Ok((words::that_count(asked), reads))
}

/// The page that is asked for, with one row more than it shows to know whether others follow.
async fn page(tx: &mut PlatformTx, search: &Search<'_>) -> DbResult<Found> {
    let query = search.query;
    let count = repo::count(tx, search, None, COUNT_CAP + 1).await?;
    let cursor = query.cursor.as_ref();
    let slice = Slice {
        after: cursor,
        offset: if cursor.is_some() { 0 } else { query.page.offset() },
        limit: query.page.limit() + 1,
        back: cursor.is_some_and(|cursor| cursor.back),
    };
    // Many rows are not sorted by how well they fit but read in that order.
    let rows = if query.order == Order::Relevance && count > COUNT_CAP {
        best_first(tx, search, slice).await?
    } else if count == 0 {
        vec![]
    } else {
        repo::rows(tx, search, slice, None).await?
    };
    Ok(Found::of(rows, count, query))
}

/// The rows that fit best, then those that fit less, until there are enough.
async fn best_first(tx: &mut PlatformTx, search: &Search<'_>, slice: Slice<'_>) -> DbResult<Vec<ListingRow>> {
    let from = match slice.after.map(|cursor| &cursor.key) {
        Some(super::order::Key::Fit(fit, _)) => Some(*fit),
        _ => None,
    };
    let mut fits: Vec<i32> = FITS.collect();
    if slice.back {
        fits.reverse();
    }
    let (mut rows, mut offset) = (Vec::new(), slice.offset);
    for fit in fits {
        let passed = from.is_some_and(|from| if slice.back { fit > from } else { fit < from });
        let limit = slice.limit - i64::try_from(rows.len()).unwrap_or(i64::MAX);
        if passed || limit <= 0 {
            continue;
        }
        let after = slice.after.filter(|_| from == Some(fit));
        let part = repo::rows(tx, search, Slice { after, offset, limit, ..slice }, Some(fit)).await?;
        if offset > 0 {
            offset =
                if part.is_empty() { offset - repo::count(tx, search, Some(fit), offset).await? } else { 0 };
        }
        if slice.back { rows.splice(0..0, part).for_each(drop) } else { rows.extend(part) }
    }
    Ok(rows)
}

impl Found {
    /// Takes off the row too many and tells which neighbours there are.
    fn of(mut rows: Vec<ListingRow>, count: i64, query: &CatalogueQuery) -> Self {
        let size = query.page.size as usize;
        let over = rows.len() > size;
        let back = query.cursor.as_ref().is_some_and(|cursor| cursor.back);
        if over && back {
            rows.remove(0);
        }
        rows.truncate(size);
        let (more, before) = match &query.cursor {
            Some(_) if back => (true, over),
            Some(_) => (over, true),
            None => (over, query.page.number > 1),
        };
        let more = more && !rows.is_empty();
        Self { rows, count, more, before, corrected: None, names_only: false }
    }
}

/// What a short read of one index finds.
async fn plain(db: &Db, query: &CatalogueQuery) -> DbResult<Found> {
    let mut tx = db.bounded_platform().await?;
    let now = tx.now();
    // The short read begins at the next events: it knows neither the past nor what follows on another page.
    let first = query.cursor.is_none() && query.page.number <= 1;
    if !first || !query.is_current(now.date_naive()) {
        return Err(DbError::Behind);
    }
    let rows = match repo::plain(&mut tx, &Search { query, questions: None, now }).await {
        Err(error) if error.is_too_slow() => return Err(DbError::Behind),
        rows => rows?,
    };
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    Ok(Found { rows, count, more: false, before: false, corrected: None, names_only: true })
}

/// How many events the choice of towns is made of: all where nothing narrows them, for that is read seldom.
const TOWNS_OF: i64 = 20_000;
const TOWNS_OF_ALL: i64 = 1_000_000;

/// How many events tell in which currencies prices are.
const CURRENCIES_OF: i64 = 5_000;

/// The currencies of what is listed, the most usual first; none where it takes too long, or all is free.
pub(super) async fn currencies(db: &Db) -> DbResult<Vec<Currency>> {
    let mut tx = db.bounded_platform().await?;
    match repo::currencies(&mut tx, CURRENCIES_OF).await {
        Err(error) if error.is_too_slow() => Ok(vec![]),
        found => Ok(found?.iter().filter_map(|code| Currency::parse(code)).collect()),
    }
}

/// A town, and how many events it has where that is known.
pub(super) type Town = (String, Option<i64>);

/// The towns of what is found, those with most events first. It is comfort: where it takes too long there are none.
pub(super) async fn cities(db: &Db, query: &CatalogueQuery, now: DateTime<Utc>) -> DbResult<Vec<Town>> {
    let most = if query.kind() == "plain" { TOWNS_OF_ALL } else { TOWNS_OF };
    let mut tx = db.bounded_platform().await?;
    match repo::cities(&mut tx, &Search { query, questions: None, now }, most).await {
        Err(error) if error.is_too_slow() => Ok(vec![]),
        Err(error) => Err(error),
        Ok((towns, all)) => {
            Ok(towns.into_iter().take(12).map(|(town, events)| (town, all.then_some(events))).collect())
        }
    }
}
