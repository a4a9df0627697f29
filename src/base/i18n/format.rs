//! Numbers, money and times as each language writes them.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Tz;
use icu::{
    datetime::{DateTimeFormatter, fieldsets, input::Date},
    decimal::{DecimalFormatter, input::Decimal, options::DecimalFormatterOptions},
    locale::{Locale, locale},
};

use super::{Args, Lang, per_lang::PerLang, text_with};
use crate::base::kernel::money::Money;

/// Keeps an amount and its currency on one line.
const NO_BREAK_SPACE: char = '\u{a0}';

/// The formatters of one language. They take long to build, so they are built once; data that is missing shows as
/// a plain form instead of failing.
struct Formats {
    decimal: Option<DecimalFormatter>,
    date: Option<DateTimeFormatter<fieldsets::YMDE>>,
    short_date: Option<DateTimeFormatter<fieldsets::YMD>>,
    month: Option<DateTimeFormatter<fieldsets::M>>,
}

static FORMATS: LazyLock<PerLang<Formats>> = LazyLock::new(|| {
    PerLang::build(|lang| {
        let locale = locale_of(lang);
        Formats {
            decimal: DecimalFormatter::try_new((&locale).into(), DecimalFormatterOptions::default()).ok(),
            date: DateTimeFormatter::try_new((&locale).into(), fieldsets::YMDE::long()).ok(),
            short_date: DateTimeFormatter::try_new((&locale).into(), fieldsets::YMD::medium()).ok(),
            month: DateTimeFormatter::try_new((&locale).into(), fieldsets::M::medium()).ok(),
        }
    })
});

/// British dates in English; Western digits in Arabic, which the Maghreb reads and which match the printed codes.
const fn locale_of(lang: Lang) -> Locale {
    match lang {
        Lang::Fr => locale!("fr"),
        Lang::En => locale!("en-GB"),
        Lang::Ar => locale!("ar-u-nu-latn"),
    }
}

/// A whole number with the language's grouping: `1 200`, `1,200`.
pub fn number(lang: Lang, value: i64) -> String {
    decimal(lang, &Decimal::from(value))
}

/// An amount with all decimals and its currency: `24,00 €`, `€24.00`, `2,400.00 د.ج`. Zero is written as an amount:
/// callers who mean "free" say so.
pub fn money(lang: Lang, amount: Money) -> String {
    let decimals = i16::try_from(amount.currency().decimals()).unwrap_or_default();
    let mut value = Decimal::from(amount.minor().unsigned_abs());
    value.multiply_pow10(-decimals);
    let digits = decimal(lang, &value);
    let sign = if amount.minor() < 0 { "-" } else { "" };
    let code = amount.currency().code();
    match (lang, symbol(lang, code)) {
        (Lang::En, Some(symbol)) => format!("{sign}{symbol}{digits}"),
        (Lang::En, None) => format!("{sign}{code}{NO_BREAK_SPACE}{digits}"),
        (Lang::Fr | Lang::Ar, symbol) => format!("{sign}{digits}{NO_BREAK_SPACE}{}", symbol.unwrap_or(code)),
    }
}

/// The sign that readers of the language know without doubt; anything else is written as its code.
fn symbol(lang: Lang, code: &str) -> Option<&'static str> {
    match (code, lang) {
        ("EUR", _) => Some("€"),
        ("GBP", _) => Some("£"),
        ("USD", Lang::En) => Some("$"),
        ("DZD", Lang::Ar) => Some("د.ج"),
        ("TND", Lang::Ar) => Some("د.ت"),
        ("MAD", Lang::Ar) => Some("د.م"),
        _ => None,
    }
}

/// A day in full: `samedi 12 décembre 2026`.
pub fn date(lang: Lang, at: DateTime<Utc>, tz: Tz) -> String {
    let day = calendar_day(at, tz);
    match (&FORMATS.get(lang).date, day) {
        (Some(formatter), Some(day)) => formatter.format(&day).to_string(),
        _ => plain_day(at, tz),
    }
}

/// A day in short: `12 déc. 2026`.
pub fn short_date(lang: Lang, at: DateTime<Utc>, tz: Tz) -> String {
    let day = calendar_day(at, tz);
    match (&FORMATS.get(lang).short_date, day) {
        (Some(formatter), Some(day)) => formatter.format(&day).to_string(),
        _ => plain_day(at, tz),
    }
}

/// The two lines of a calendar leaf: the number of the day and the short name of the month.
pub fn day_and_month(lang: Lang, at: DateTime<Utc>, tz: Tz) -> (String, String) {
    let local = at.with_timezone(&tz);
    let month = match (&FORMATS.get(lang).month, calendar_day(at, tz)) {
        (Some(formatter), Some(day)) => formatter.format(&day).to_string(),
        _ => local.month().to_string(),
    };
    (local.day().to_string(), month)
}

/// A time of day: `20 h 30` in French, `20:30` elsewhere.
///
/// By hand: the locale data of French only knows `20:30`, which French typography keeps for timetables.
pub fn time(lang: Lang, at: DateTime<Utc>, tz: Tz) -> String {
    let local = at.with_timezone(&tz);
    let (hour, minute) = (local.hour(), local.minute());
    match lang {
        Lang::Fr => format!("{hour}{NO_BREAK_SPACE}h{NO_BREAK_SPACE}{minute:02}"),
        Lang::En | Lang::Ar => format!("{hour:02}:{minute:02}"),
    }
}

/// A day in full and a time: `samedi 12 décembre 2026 à 20 h 30`.
pub fn date_time(lang: Lang, at: DateTime<Utc>, tz: Tz) -> String {
    let args = Args::new().set("date", date(lang, at, tz)).set("time", time(lang, at, tz));
    stripped(&text_with(lang, "format-date_time", &args))
}

/// From one moment to another: one date and two times when both are on the same day.
pub fn period(lang: Lang, start: DateTime<Utc>, end: DateTime<Utc>, tz: Tz) -> String {
    let same_day = start.with_timezone(&tz).date_naive() == end.with_timezone(&tz).date_naive();
    let sentence = if same_day {
        let args = Args::new()
            .set("date", date(lang, start, tz))
            .set("start", time(lang, start, tz))
            .set("end", time(lang, end, tz));
        text_with(lang, "format-period-same_day", &args)
    } else {
        let args = Args::new().set("start", date_time(lang, start, tz)).set("end", date_time(lang, end, tz));
        text_with(lang, "format-period", &args)
    };
    stripped(&sentence)
}

/// The text with a capital at its start: French dates begin small, lines do not.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The text without the marks that isolate directions: for mail subjects, CSV cells and comparisons.
pub fn stripped(text: &str) -> String {
    // LRM, RLM, ALM, the embeddings and overrides, and the isolates.
    let is_mark = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !is_mark(*c)).collect()
}

fn decimal(lang: Lang, value: &Decimal) -> String {
    match &FORMATS.get(lang).decimal {
        Some(formatter) => formatter.format_to_string(value),
        None => value.to_string(),
    }
}

fn calendar_day(at: DateTime<Utc>, tz: Tz) -> Option<Date<icu::calendar::Iso>> {
    let local = at.with_timezone(&tz);
    Date::try_new_iso(local.year(), u8::try_from(local.month()).ok()?, u8::try_from(local.day()).ok()?).ok()
}

fn plain_day(at: DateTime<Utc>, tz: Tz) -> String {
    at.with_timezone(&tz).format("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::kernel::money::Currency;
    use chrono::TimeZone;

    const ALGIERS: Tz = Tz::Africa__Algiers;

    fn amount(minor: i64, code: &str) -> Money {
        Money::from_minor(minor, Currency::parse(code).unwrap())
    }

    fn evening() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 12, 12, 19, 30, 0).unwrap()
    }

    #[test]
    fn money_is_written_as_each_language_does() {
        let table = [
            (Lang::Fr, amount(123_456_705, "EUR"), "1\u{202f}234\u{202f}567,05\u{a0}€"),
            (Lang::En, amount(123_456_705, "EUR"), "€1,234,567.05"),
            (Lang::Ar, amount(123_456_705, "EUR"), "1,234,567.05\u{a0}€"),
            (Lang::Fr, amount(240_000, "DZD"), "2\u{202f}400,00\u{a0}DZD"),
            (Lang::En, amount(240_000, "DZD"), "DZD\u{a0}2,400.00"),
            (Lang::Ar, amount(240_000, "DZD"), "2,400.00\u{a0}د.ج"),
            (Lang::Fr, amount(1_500, "TND"), "1,500\u{a0}TND"),
            (Lang::Fr, amount(300, "JPY"), "300\u{a0}JPY"),
            (Lang::En, amount(0, "EUR"), "€0.00"),
            (Lang::Fr, amount(-5, "EUR"), "-0,05\u{a0}€"),
            (Lang::En, amount(-5, "EUR"), "-€0.05"),
        ];
        for (lang, amount, written) in table {
            assert_eq!(money(lang, amount), written);
        }
    }

    #[test]
    fn dates_are_local_and_clocks_run_over_24_hours() {
        assert_eq!(date_time(Lang::Fr, evening(), ALGIERS), "samedi 12 décembre 2026 à 20\u{a0}h\u{a0}30");
        assert_eq!(date_time(Lang::En, evening(), ALGIERS), "Saturday, 12 December 2026 at 20:30");
        assert_eq!(date_time(Lang::Ar, evening(), ALGIERS), "السبت، 12 ديسمبر 2026 على الساعة 20:30");
        assert_eq!(short_date(Lang::Fr, evening(), ALGIERS), "12 déc. 2026");
        assert_eq!(day_and_month(Lang::Fr, evening(), ALGIERS), ("12".into(), "déc.".into()));
        assert_eq!(date(Lang::En, evening(), Tz::Asia__Tokyo), "Sunday, 13 December 2026");
    }

    #[test]
    fn a_period_names_its_day_once() {
        let (short, long) =
            (evening() + chrono::TimeDelta::hours(2), evening() + chrono::TimeDelta::hours(5));
        assert_eq!(
            period(Lang::Fr, evening(), short, ALGIERS),
            "samedi 12 décembre 2026, de 20\u{a0}h\u{a0}30 à 22\u{a0}h\u{a0}30"
        );
        assert_eq!(period(Lang::En, evening(), short, ALGIERS), "Saturday, 12 December 2026, 20:30 to 22:30");
        assert_eq!(period(Lang::Ar, evening(), short, ALGIERS), "السبت، 12 ديسمبر 2026، من 20:30 إلى 22:30");
        assert_eq!(
            period(Lang::En, evening(), long, ALGIERS),
            "Saturday, 12 December 2026 at 20:30 to Sunday, 13 December 2026 at 01:30"
        );
    }

    #[test]
    fn marks_are_stripped_and_lines_begin_with_a_capital() {
        assert_eq!(capitalized("été"), "Été");
        assert_eq!(capitalized(""), "");
        assert_eq!(stripped("\u{2068}AGO\u{2069}\u{200f} قاعة"), "AGO قاعة");
    }
}
