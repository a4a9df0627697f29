//! The chart of tickets a day: bars, their scale and their labels, as numbers that the template draws.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, TimeZone};
use chrono_tz::Tz;
use serde::Serialize;

use crate::base::i18n::{self, Lang};
use crate::domain::ticketing::figures::DayFigures;

/// How many days are drawn.
const DAYS: u64 = 30;
/// With fewer the bars would be walls.
const FEWEST: u64 = 7;
const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 60.0;

/// A bar in a field of 300 by 60.
#[derive(Serialize)]
pub(super) struct Bar {
    x: String,
    y: String,
    width: String,
    height: String,
    by_hand: bool,
}

/// What the template draws.
#[derive(Serialize)]
pub(super) struct Chart {
    bars: Vec<Bar>,
    /// From the top to the ground.
    pub scale: Vec<String>,
    days: Vec<String>,
    pub first: String,
    pub last: String,
}

/// A day as the axis and the table write it: `21 nov.`.
pub(super) fn short_day(lang: Lang, day: NaiveDate) -> String {
    let noon = Tz::UTC.with_ymd_and_hms(day.year(), day.month(), day.day(), 12, 0, 0).single();
    let parts = noon.map(|at| i18n::day_and_month(lang, at.to_utc(), Tz::UTC));
    parts.map_or_else(|| day.to_string(), |(number, month)| format!("{number}\u{a0}{month}"))
}

/// The last days of the sale: up to today, or up to the last ticket where that is long ago.
fn window(days: &BTreeMap<NaiveDate, DayFigures>, today: NaiveDate) -> (NaiveDate, u64) {
    let (first, last) = (days.keys().next().copied(), days.keys().next_back().copied());
    let back = |day: NaiveDate, days: u64| day.checked_sub_days(Days::new(days)).unwrap_or(day);
    let end = last.filter(|last| *last < back(today, DAYS - 1)).unwrap_or(today);
    let since = first.map_or(0, |first| u64::try_from((end - first).num_days()).unwrap_or_default());
    let count = (since + 1).clamp(FEWEST, DAYS);
    (back(end, count - 1), count)
}

/// The next round number that can be halved: 2, 4, 6, 10, 20, 40 …
fn ceiling(most: i64) -> i64 {
    let mut unit = 1;
    loop {
        if let Some(round) = [2, 4, 6, 10].into_iter().map(|step| step * unit).find(|round| *round >= most) {
            return round;
        }
        unit *= 10;
    }
}

#[expect(clippy::cast_precision_loss, reason = "tickets of a day and pixels of a bar")]
pub(super) fn chart(lang: Lang, days: &BTreeMap<NaiveDate, DayFigures>, today: NaiveDate) -> Chart {
    let (start, count) = window(days, today);
    let shown: Vec<(NaiveDate, DayFigures)> = start
        .iter_days()
        .take(usize::try_from(count).unwrap_or_default())
        .map(|day| (day, days.get(&day).copied().unwrap_or_default()))
        .collect();
    let most = shown.iter().map(|(_, figures)| figures.online + figures.by_hand).max().unwrap_or_default();
    let top = ceiling(most);
    let slot = WIDTH / shown.len() as f64;
    let mut bars = Vec::new();
    for (index, (_, figures)) in shown.iter().enumerate() {
        let mut ground = HEIGHT;
        for (number, by_hand) in [(figures.online, false), (figures.by_hand, true)] {
            let height = number as f64 / top as f64 * HEIGHT;
            ground -= height;
            if number > 0 {
                bars.push(Bar {
                    x: format!("{:.2}", (index as f64 + 0.15) * slot),
                    y: format!("{ground:.2}"),
                    width: format!("{:.2}", slot * 0.7),
                    height: format!("{height:.2}"),
                    by_hand,
                });
            }
        }
    }
    let label = |index: usize| shown.get(index).map(|(day, _)| short_day(lang, *day)).unwrap_or_default();
    let end = shown.len().saturating_sub(1);
    Chart {
        bars,
        scale: [top, top / 2, 0].into_iter().map(|number| i18n::number(lang, number)).collect(),
        days: [0, end / 3, end * 2 / 3, end].into_iter().map(label).collect(),
        first: label(0),
        last: label(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn sold(days: &[&str]) -> BTreeMap<NaiveDate, DayFigures> {
        let figures = DayFigures { online: 3, by_hand: 1, value: 0 };
        days.iter().map(|text| (day(text), figures)).collect()
    }

    #[test]
    fn the_window_ends_today_or_with_the_last_sale() {
        assert_eq!(window(&sold(&["2026-11-20"]), day("2026-11-21")), (day("2026-11-15"), 7));
        assert_eq!(window(&sold(&["2026-08-01", "2026-11-20"]), day("2026-11-21")), (day("2026-10-23"), 30));
        assert_eq!(window(&sold(&["2026-01-01", "2026-01-10"]), day("2026-11-21")), (day("2026-01-01"), 10));
        assert_eq!(window(&sold(&[]), day("2026-11-21")), (day("2026-11-15"), 7));
    }

    #[test]
    fn bars_stand_on_each_other_below_a_round_number() {
        let chart = chart(Lang::En, &sold(&["2026-11-21"]), day("2026-11-21"));
        assert_eq!(chart.scale, ["4", "2", "0"]);
        assert_eq!((chart.bars[0].y.as_str(), chart.bars[0].height.as_str()), ("15.00", "45.00"));
        assert_eq!((chart.bars[1].y.as_str(), chart.bars[1].by_hand), ("0.00", true));
        assert_eq!([ceiling(0), ceiling(7), ceiling(11), ceiling(400)], [2, 10, 20, 400]);
    }
}
