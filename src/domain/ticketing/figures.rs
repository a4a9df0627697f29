//! An event's figures: what was sold, what is left, what came in. Pure sums over what the repository counted.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::model::OrderStatus;
use super::repo::figures::{self, SoldRow, StatusRow};
use crate::base::db::{DbResult, TenantTx};
use crate::base::kernel::id::TicketTypeId;
use crate::base::kernel::money::{Currency, Money};
use crate::domain::events::Event;

/// What was sold of one ticket type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TypeFigures {
    pub id: TicketTypeId,
    pub name: String,
    pub price: i64,
    pub sold: i64,
    pub held: i64,
    pub entered: i64,
    /// None is unlimited.
    pub left: Option<i64>,
    /// What the valid tickets cost.
    pub value: i64,
}

/// What was sold on one day.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct DayFigures {
    pub online: i64,
    pub by_hand: i64,
    pub value: i64,
}

/// Orders of one state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StatusFigures {
    pub status: OrderStatus,
    pub count: i64,
}

/// The figures of an event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figures {
    pub types: Vec<TypeFigures>,
    pub days: BTreeMap<NaiveDate, DayFigures>,
    pub orders: Vec<StatusFigures>,
    /// Paid and not given back, by currency; at least one, that of the event.
    pub revenue: Vec<Money>,
    pub sold: i64,
    pub held: i64,
    pub entered: i64,
    /// None is unlimited.
    pub left: Option<i64>,
    /// What the valid tickets cost.
    pub value: i64,
}

impl Figures {
    /// The figures of an event, as they stand now; two statements, whatever is sold.
    pub(super) async fn read(tx: &mut TenantTx, event: &Event) -> DbResult<Self> {
        let sold = figures::sold(tx, event.id, event.timezone.name()).await?;
        let orders = figures::by_status(tx, event.id).await?;
        Ok(Self::new(&sold, &orders, event.currency))
    }

    fn new(sold: &[SoldRow], orders: &[StatusRow], currency: Currency) -> Self {
        let types = types(sold);
        let sum = |what: fn(&TypeFigures) -> i64| types.iter().map(what).sum();
        Self {
            sold: sum(|kind| kind.sold),
            held: sum(|kind| kind.held),
            entered: sum(|kind| kind.entered),
            value: sum(|kind| kind.value),
            left: left(sold),
            days: days(sold),
            orders: statuses(orders),
            revenue: revenue(orders, currency),
            types,
        }
    }
}

fn types(rows: &[SoldRow]) -> Vec<TypeFigures> {
    let of_type = |rows: &[SoldRow]| {
        let first = rows.first()?;
        let left = [first.left_of_quota, first.left_of_event].into_iter().flatten().min();
        Some(TypeFigures {
            id: first.ticket_type.into(),
            name: first.name.clone(),
            price: first.price,
            held: first.held,
            left: left.map(|left| i64::from(left.max(0))),
            sold: rows.iter().map(|row| row.sold).sum(),
            entered: rows.iter().map(|row| row.entered).sum(),
            value: rows.iter().map(|row| row.value).sum(),
        })
    };
    rows.chunk_by(|a, b| a.ticket_type == b.ticket_type).filter_map(of_type).collect()
}

/// What is left of the whole event: of its own quota, or of those of its types together.
fn left(rows: &[SoldRow]) -> Option<i64> {
    let of_event = rows.first().and_then(|row| row.left_of_event).map(i64::from);
    let quotas: Option<BTreeMap<_, _>> =
        rows.iter().map(|row| Some((row.quota?, i64::from(row.left_of_quota?)))).collect();
    let of_types = quotas.map(|quotas| quotas.into_values().sum::<i64>());
    [of_event, of_types].into_iter().flatten().min().map(|left| left.max(0))
}

fn days(rows: &[SoldRow]) -> BTreeMap<NaiveDate, DayFigures> {
    let mut days: BTreeMap<NaiveDate, DayFigures> = BTreeMap::new();
    for row in rows {
        let Some(day) = row.day else { continue };
        let figures = days.entry(day).or_default();
        if row.by_hand == Some(true) {
            figures.by_hand += row.sold;
        } else {
            figures.online += row.sold;
        }
        figures.value += row.value;
    }
    days
}

fn statuses(rows: &[StatusRow]) -> Vec<StatusFigures> {
    let count = |status: OrderStatus| {
        let count = rows.iter().filter(|row| row.status == status.code()).map(|row| row.count).sum();
        StatusFigures { status, count }
    };
    OrderStatus::ALL.into_iter().map(count).filter(|figures| figures.count > 0).collect()
}

fn revenue(rows: &[StatusRow], currency: Currency) -> Vec<Money> {
    let mut sums: BTreeMap<&str, i64> = BTreeMap::from([(currency.code(), 0)]);
    let paid = |row: &&StatusRow| OrderStatus::parse(&row.status).is_some_and(OrderStatus::has_tickets);
    for row in rows.iter().filter(paid) {
        *sums.entry(&row.currency).or_default() += row.total - row.refunded;
    }
    // That of the event comes first; another one only where something was paid in it.
    let read = |(code, minor): (&str, i64)| Some(Money::from_minor(minor, Currency::parse(code)?));
    let mut all: Vec<Money> = sums.into_iter().filter_map(read).collect();
    all.retain(|sum| sum.currency() == currency || !sum.is_zero());
    all.sort_by_key(|sum| sum.currency() != currency);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kind: u128, quota: Option<(u128, Option<i32>)>, of_event: Option<i32>, sold: i64) -> SoldRow {
        SoldRow {
            ticket_type: uuid::Uuid::from_u128(kind),
            name: String::new(),
            price: 100,
            held: 1,
            quota: quota.map(|(id, _)| uuid::Uuid::from_u128(id)),
            left_of_quota: quota.and_then(|(_, left)| left),
            left_of_event: of_event,
            day: NaiveDate::from_ymd_opt(2026, 11, 21),
            by_hand: Some(false),
            sold,
            entered: 0,
            value: sold * 100,
        }
    }

    #[test]
    fn shared_quotas_count_once_and_the_event_bounds_them() {
        let rows = [row(1, Some((9, Some(5))), None, 2), row(2, Some((9, Some(5))), None, 3)];
        assert_eq!(left(&rows), Some(5));
        let rows = [row(1, Some((8, Some(5))), Some(6), 2), row(2, Some((9, Some(4))), Some(6), 3)];
        assert_eq!(left(&rows), Some(6));
        assert_eq!(left(&[row(1, None, Some(6), 0), row(2, Some((9, Some(4))), Some(6), 0)]), Some(6));
        assert_eq!(left(&[row(1, None, None, 0), row(2, Some((9, Some(4))), None, 0)]), None);
        assert_eq!(left(&[row(1, Some((9, None)), None, 0)]), None);
        assert_eq!(left(&[]), Some(0));
    }

    #[test]
    fn days_of_a_type_are_one_row_of_it() {
        let rows = [row(1, None, None, 2), row(1, None, None, 3)];
        let types = types(&rows);
        assert_eq!((types.len(), types[0].sold, types[0].held, types[0].value), (1, 5, 1, 500));
    }
}
