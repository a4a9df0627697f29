//! The orders of the catalogue, and the cursors that name a place in one of them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike, Utc};
use uuid::Uuid;

use super::repo::ListingRow;

/// In which order events are listed; the event's id decides between equals, so that two pages never show the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Order {
    #[default]
    Start,
    StartDescending,
    /// Names before places before the rest, the soonest first among equals.
    Relevance,
    /// The nearest first.
    Distance,
    Name,
    Price,
    PriceDescending,
    /// What was published last comes first.
    Newest,
}

impl Order {
    pub(super) const ALL: [Self; 8] = [
        Self::Start,
        Self::StartDescending,
        Self::Relevance,
        Self::Distance,
        Self::Name,
        Self::Price,
        Self::PriceDescending,
        Self::Newest,
    ];

    /// The name that requests use.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Start => "start_date",
            Self::StartDescending => "-start_date",
            Self::Relevance => "relevance",
            Self::Distance => "distance",
            Self::Name => "name",
            Self::Price => "price",
            Self::PriceDescending => "-price",
            Self::Newest => "newest",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.code() == code)
    }

    /// Whether the greatest comes first.
    pub(super) const fn descends(self) -> bool {
        matches!(self, Self::StartDescending | Self::PriceDescending | Self::Newest)
    }
}

/// What a row is sorted by, before its id.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Key {
    Time(DateTime<Utc>),
    Text(String),
    Number(i64),
    Real(f64),
    /// How well it fits, 0 best, and when it starts.
    Fit(i32, DateTime<Utc>),
}

/// A place between two rows of a list, and in which direction to read from there.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Cursor {
    pub back: bool,
    pub order: Order,
    pub key: Key,
    pub event: Uuid,
}

impl Cursor {
    /// The place of a row in the order.
    pub(super) fn at(row: &ListingRow, order: Order, back: bool) -> Self {
        let key = match order {
            Order::Start | Order::StartDescending => Key::Time(row.starts_at),
            Order::Newest => Key::Time(row.published_at),
            Order::Name => Key::Text(row.name_key.clone()),
            Order::Price => Key::Number(row.price_rank.unwrap_or(i64::MAX)),
            Order::PriceDescending => Key::Number(row.price_rank.unwrap_or(-1)),
            Order::Distance => Key::Real(row.distance.unwrap_or_default()),
            Order::Relevance => Key::Fit(row.fit.unwrap_or_default(), row.starts_at),
        };
        Self { back, order, key, event: row.event }
    }

    /// As text that means nothing to anybody else.
    pub(super) fn encode(&self) -> String {
        let key = match &self.key {
            Key::Time(at) => at.timestamp_micros().to_string(),
            Key::Text(text) => text.clone(),
            Key::Number(number) => number.to_string(),
            Key::Real(real) => format!("{:x}", real.to_bits()),
            Key::Fit(fit, at) => format!("{fit}.{}", at.timestamp_micros()),
        };
        let way = if self.back { '<' } else { '>' };
        URL_SAFE_NO_PAD.encode(format!("{way}{}~{key}~{}", self.order.code(), self.event.simple()))
    }

    /// What [`Self::encode`] has written, or nothing.
    pub(super) fn decode(text: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let (back, rest) = match text.strip_prefix('<') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('>')?),
        };
        let (order, rest) = rest.split_once('~')?;
        let (key, event) = rest.rsplit_once('~')?;
        let order = Order::parse(order)?;
        // The database knows fewer years than a number has; no event lies outside these.
        let known = |at: &DateTime<Utc>| (1900..=2200).contains(&at.year());
        let time = |micros: &str| DateTime::from_timestamp_micros(micros.parse().ok()?).filter(known);
        let key = match order {
            Order::Start | Order::StartDescending | Order::Newest => Key::Time(time(key)?),
            Order::Name if key.contains('\0') => return None,
            Order::Name => Key::Text(key.to_owned()),
            Order::Price | Order::PriceDescending => Key::Number(key.parse().ok()?),
            Order::Distance => {
                let real = f64::from_bits(u64::from_str_radix(key, 16).ok()?);
                Key::Real(Some(real).filter(|real| real.is_finite())?)
            }
            Order::Relevance => {
                let (fit, at) = key.split_once('.')?;
                Key::Fit(fit.parse().ok().filter(|fit| (0..=3).contains(fit))?, time(at)?)
            }
        };
        Some(Self { back, order, key, event: Uuid::try_parse(event).ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let at = DateTime::from_timestamp_micros(1_790_000_000_123_456).unwrap();
        let event = Uuid::from_u128(7);
        for (order, key) in [
            (Order::Start, Key::Time(at)),
            (Order::StartDescending, Key::Time(at)),
            (Order::Newest, Key::Time(at)),
            (Order::Name, Key::Text("fête ~ مهرجان".into())),
            (Order::Price, Key::Number(i64::MAX)),
            (Order::PriceDescending, Key::Number(-1)),
            (Order::Distance, Key::Real(0.1 + 0.2)),
            (Order::Relevance, Key::Fit(3, at)),
        ] {
            for back in [false, true] {
                let cursor = Cursor { back, order, key: key.clone(), event };
                assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor), "{order:?}");
            }
        }
    }

    #[test]
    fn anything_else_is_no_cursor() {
        let event = Uuid::from_u128(7).simple();
        let written = |text: &str| Cursor::decode(&URL_SAFE_NO_PAD.encode(text));
        assert!(written(&format!(">price~1~{event}")).is_some());
        for wrong in [
            format!("price~1~{event}"),
            format!(">price~x~{event}"),
            format!(">capacity~1~{event}"),
            format!(">relevance~9.1~{event}"),
            format!(">distance~7ff0000000000000~{event}"),
            format!(">name~\0~{event}"),
            format!(">start_date~-8000000000000000000~{event}"),
            ">price~1~7".into(),
            ">price".into(),
            String::new(),
        ] {
            assert_eq!(written(&wrong), None, "{wrong:?}");
        }
        assert_eq!(Cursor::decode("=?"), None);
        assert_eq!(Cursor::decode("_w"), None);
    }
}
