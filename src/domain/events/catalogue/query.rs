//! What a visitor looks for in the catalogue.

use chrono::NaiveDate;

use super::super::model::CATEGORIES;
use crate::base::kernel::page::PageRequest;
use crate::base::web::{ApiResult, Checks};

/// More words than anybody types; each costs a look into the index.
const MOST_WORDS: usize = 12;

/// The request as it came.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub search: Option<String>,
    pub category: Option<String>,
    pub city: Option<String>,
    pub date_from: Option<NaiveDate>,
    pub date_to: Option<NaiveDate>,
    pub price_max: Option<String>,
    pub free: Option<bool>,
    pub organization: Option<String>,
    pub ordering: Option<String>,
}

/// The request, understood.
#[derive(Debug)]
pub(super) struct CatalogueQuery {
    /// For `to_tsquery`: every word as a prefix. Empty text finds nothing.
    pub words: Option<String>,
    pub category: Option<String>,
    pub city: Option<String>,
    pub date_from: Option<NaiveDate>,
    pub date_to: Option<NaiveDate>,
    /// In ten-thousandths of whatever currency.
    pub price_max: Option<i64>,
    pub free: Option<bool>,
    /// The slug of the organization.
    pub organization: Option<String>,
    pub order: Order,
    pub page: PageRequest,
}

/// The order of the catalogue; what comes first in time unless asked otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Order {
    #[default]
    Start,
    StartDescending,
    Name,
    Price,
    PriceDescending,
}

impl Order {
    fn parse(code: &str) -> Option<Self> {
        match code {
            "start_date" => Some(Self::Start),
            "-start_date" => Some(Self::StartDescending),
            "name" => Some(Self::Name),
            "price" => Some(Self::Price),
            "-price" => Some(Self::PriceDescending),
            _ => None,
        }
    }

    /// With the event last, so that two pages never show the same row.
    pub(super) const fn sql(self) -> &'static str {
        match self {
            Self::Start => " ORDER BY starts_at, event",
            Self::StartDescending => " ORDER BY starts_at DESC, event DESC",
            Self::Name => " ORDER BY platform.fold(name), event",
            Self::Price => " ORDER BY price_rank, starts_at, event",
            Self::PriceDescending => " ORDER BY price_rank DESC NULLS LAST, starts_at, event",
        }
    }
}

impl Asked {
    /// The request understood, or everything that is wrong with it. An empty filter is none, as forms send it.
    pub(super) fn understood(self, page: PageRequest, mut checks: Checks) -> ApiResult<CatalogueQuery> {
        let given = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        let category = given(self.category);
        let known = category.as_deref().is_none_or(|code| CATEGORIES.contains(&code));
        checks.ensure(known, "category", "unknown_choice");
        let ordering = given(self.ordering);
        let order = ordering.as_deref().map_or(Some(Order::default()), Order::parse);
        let order = checks.some(order, "ordering", "unknown_choice").unwrap_or_default();
        let price_max = given(self.price_max).map(|text| ten_thousandths(&text));
        checks.ensure(price_max != Some(None), "price_max", "amount");
        let in_order = self.date_from.zip(self.date_to).is_none_or(|(from, to)| from <= to);
        checks.ensure(in_order, "date_to", "dates_in_order");
        let sensible = |day: Option<NaiveDate>| {
            day.is_none_or(|day| (1900..=2200).contains(&chrono::Datelike::year(&day)))
        };
        checks.ensure(sensible(self.date_from), "date_from", "date");
        checks.ensure(sensible(self.date_to), "date_to", "date");
        checks.done()?;
        Ok(CatalogueQuery {
            words: given(self.search).map(|text| words(&text)),
            category,
            city: given(self.city),
            date_from: self.date_from,
            date_to: self.date_to,
            price_max: price_max.flatten(),
            free: self.free,
            organization: given(self.organization),
            order,
            page,
        })
    }
}

/// Letters and digits only: nothing of what a visitor types reaches the query's grammar.
fn words(search: &str) -> String {
    let bare: String = search.chars().filter(|c| !is_mark(*c)).collect();
    let words = bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(MOST_WORDS).map(|word| format!("{word}:*")).collect::<Vec<_>>().join(" & ")
}

/// Accents written on their own, Arabic vowel signs and tatweel: they neither part nor make words.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' | '\u{640}' | '\u{670}')
}

/// Reads a decimal amount of whatever currency.
fn ten_thousandths(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || whole.len() > 12 || !digits(fraction) || fraction.len() > 4 {
        return None;
    }
    format!("{whole}{fraction:0<4}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn understood(asked: Asked) -> ApiResult<CatalogueQuery> {
        asked.understood(PageRequest::default(), Checks::default())
    }

    #[test]
    fn a_search_is_words_and_nothing_else() {
        assert_eq!(words("  Fête d'été & (jazz|!rock):* "), "Fête:* & d:* & été:* & jazz:* & rock:*");
        assert_eq!(words("مُؤتمر"), "مؤتمر:*");
        assert_eq!(words("ـــ !!"), "");
        assert_eq!(words(&"a ".repeat(50)).matches(":*").count(), MOST_WORDS);
    }

    #[test]
    fn amounts_compare_between_currencies() {
        assert_eq!(ten_thousandths("30"), Some(300_000));
        assert_eq!(ten_thousandths("30.5"), Some(305_000));
        for wrong in ["", "-1", "1e3", "1,5", "1.", "1.00001", "9999999999999"] {
            assert_eq!(ten_thousandths(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn what_is_not_understood_is_told() {
        let text = |text: &str| Some(text.to_owned());
        assert!(understood(Asked { category: text("party"), ..Asked::default() }).is_err());
        assert!(understood(Asked { ordering: text("capacity"), ..Asked::default() }).is_err());
        assert!(understood(Asked { price_max: text("cheap"), ..Asked::default() }).is_err());
        let (date_from, date_to) = ("2026-02-02".parse().ok(), "2026-02-01".parse().ok());
        assert!(understood(Asked { date_from, date_to, ..Asked::default() }).is_err());
        let empty = understood(Asked { category: text(""), search: text(" "), ..Asked::default() }).unwrap();
        assert_eq!((empty.category, empty.words, empty.order), (None, None, Order::Start));
    }
}
