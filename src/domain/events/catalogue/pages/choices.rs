//! The links around a list: choices to make, filters to take off, pages before and after.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Serialize;

use super::list::{DAYS, Finder};
use crate::base::i18n::{self, Args, Lang, stripped, text, text_with};
use crate::base::kernel::money::Money;
use crate::domain::events::catalogue::find::{Found, Town};
use crate::domain::events::catalogue::order::{Cursor, Order};
use crate::domain::events::catalogue::query::CatalogueQuery;
use crate::domain::events::catalogue::repo::ListingRow;
use crate::domain::events::model::CATEGORIES;

/// Where the pages of a list are.
#[derive(Serialize)]
pub(super) struct Pages {
    number: u32,
    previous: Option<String>,
    next: Option<String>,
}

/// A choice that a link makes or takes back.
#[derive(Serialize)]
pub(super) struct Choice {
    name: String,
    href: String,
    chosen: bool,
    /// How many events it leads to.
    count: Option<String>,
}

/// Longer fields are none of ours: they are not written into every link of a page.
const LONGEST_FIELD: usize = 400;

/// The page's address with some fields of its query changed; an empty value takes a field away. The place in the list
/// begins anew.
pub(super) fn with(path: &str, query: &str, fields: &[(&str, &str)]) -> String {
    let drop = |name: &str| {
        fields.iter().any(|(field, _)| *field == name) || matches!(name, "page" | "cursor" | "lang")
    };
    let pairs = url::form_urlencoded::parse(query.as_bytes()).filter(|(name, value)| {
        !drop(name) && !value.is_empty() && name.len() + value.len() <= LONGEST_FIELD
    });
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    out.extend_pairs(pairs);
    out.extend_pairs(fields.iter().filter(|(_, value)| !value.is_empty()));
    let out = out.finish();
    if out.is_empty() { path.into() } else { format!("{path}?{out}") }
}

/// Where the list is, and in which language it speaks.
pub(super) struct Address<'a> {
    pub path: &'a str,
    pub query: &'a str,
    pub lang: Lang,
}

impl Address<'_> {
    pub(super) fn with(&self, fields: &[(&str, &str)]) -> String {
        with(self.path, self.query, fields)
    }

    pub(super) fn choice(&self, name: String, fields: &[(&str, &str)], chosen: bool) -> Choice {
        Choice { name, href: self.with(fields), chosen, count: None }
    }

    pub(super) fn pages(&self, finder: &Finder, query: &CatalogueQuery, found: &Found) -> Pages {
        let number = finder.page;
        // The number is for the reader; the cursor leads.
        let to = |row: Option<&ListingRow>, back: bool, number: u32| {
            let cursor = Cursor::at(row?, query.order, back).encode();
            Some(self.with(&[("cursor", &cursor), ("page", &number.to_string())]))
        };
        let first = number <= 2 && found.before;
        Pages {
            number,
            previous: if first {
                Some(self.with(&[]))
            } else if found.before {
                to(found.rows.first(), true, number - 1)
            } else {
                None
            },
            next: if found.more { to(found.rows.last(), false, number + 1) } else { None },
        }
    }

    pub(super) fn categories(&self, query: &CatalogueQuery) -> Vec<Choice> {
        let all =
            self.choice(text(self.lang, "catalogue-all"), &[("category", "")], query.category.is_none());
        let kinds = CATEGORIES.iter().map(|code| {
            let name = text(self.lang, &format!("events-category-{code}"));
            self.choice(name, &[("category", code)], query.category.as_deref() == Some(code))
        });
        std::iter::once(all).chain(kinds).collect()
    }

    pub(super) fn free(&self, query: &CatalogueQuery) -> Choice {
        let chosen = query.free == Some(true);
        self.choice(text(self.lang, "catalogue-free"), &[("free", if chosen { "" } else { "on" })], chosen)
    }

    pub(super) fn days(&self, when: &str) -> Vec<Choice> {
        let choice = |code: &&str| {
            let name = text(self.lang, &format!("catalogue-when-{code}"));
            let chosen = when == *code;
            self.choice(
                name,
                &[("when", if chosen { "" } else { code }), ("date_from", ""), ("date_to", "")],
                chosen,
            )
        };
        DAYS.iter().map(choice).collect()
    }

    pub(super) fn cities(&self, query: &CatalogueQuery, cities: &[Town]) -> Vec<Choice> {
        let choice = |(city, count): &Town| {
            let chosen = query.city.as_ref() == Some(city);
            let mut choice = self.choice(city.clone(), &[("city", if chosen { "" } else { city })], chosen);
            choice.count = count.map(|count| i18n::number(self.lang, count));
            choice
        };
        cities.iter().map(choice).collect()
    }

    pub(super) fn orders(&self, query: &CatalogueQuery) -> Vec<(&'static str, String, bool)> {
        let possible = |order: &Order| match order {
            Order::Relevance => query.search.is_some(),
            Order::Distance => query.near.is_some(),
            _ => true,
        };
        let named = |order: Order| {
            let code = order.code();
            let key = format!("catalogue-order-{}", code.replace('-', "down-").replace('_', "-"));
            (code, text(self.lang, &key), query.order == order)
        };
        Order::ALL.into_iter().filter(possible).map(named).collect()
    }

    /// The filters in force, each with the address without it.
    pub(super) fn active(&self, finder: &Finder, query: &CatalogueQuery) -> Vec<Choice> {
        let lang = self.lang;
        let mut active = Vec::new();
        let mut add = |name: String, fields: &[&str]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|field| (*field, "")).collect();
            active.push(self.choice(name, &fields, true));
        };
        if let Some(search) = &query.search {
            add(search.clone(), &["search", "exact"]);
        }
        if let Some(category) = &query.category {
            add(text(lang, &format!("events-category-{category}")), &["category"]);
        }
        if let Some(city) = &query.city {
            add(city.clone(), &["city"]);
        }
        if !finder.when.is_empty() {
            add(text(lang, &format!("catalogue-when-{}", finder.when)), &["when"]);
        } else if query.date_from.or(query.date_to).is_some() {
            let day = |day: NaiveDate| {
                i18n::short_date(lang, day.and_time(chrono::NaiveTime::MIN).and_utc(), Tz::UTC)
            };
            let name = match (query.date_from.map(day), query.date_to.map(day)) {
                (Some(from), Some(to)) if from == to => from,
                (Some(from), Some(to)) => format!("{from} – {to}"),
                (Some(from), None) => text_with(lang, "catalogue-day-from", &Args::new().set("day", from)),
                (None, to) => {
                    text_with(lang, "catalogue-day-to", &Args::new().set("day", to.unwrap_or_default()))
                }
            };
            add(stripped(&name), &["date_from", "date_to"]);
        }
        if query.price_max == Some(0) {
            add(text(lang, "catalogue-free"), &["price_max", "currency"]);
        } else if query.price_max.is_some() {
            let most = finder.asked.price_max.clone().unwrap_or_default();
            let price = query.currency.and_then(|currency| Money::parse(&most, currency).ok());
            let most = price.map_or(most, |price| i18n::money(lang, price));
            add(
                stripped(&text_with(lang, "catalogue-price-to", &Args::new().set("price", most))),
                &["price_max", "currency"],
            );
        }
        if query.free.is_some() {
            add(text(lang, "catalogue-free"), &["free"]);
        }
        if let Some(near) = query.near {
            let km = i18n::number(lang, {
                #[expect(clippy::cast_possible_truncation, reason = "one of the radii that are offered")]
                let km = near.radius_km.round() as i64;
                km
            });
            let name = text_with(lang, "catalogue-near-chip", &Args::new().set("km", km));
            add(stripped(&name), &["near", "radius_km"]);
        }
        active
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_change_one_thing_and_begin_anew() {
        let query = "search=jazz&category=concert&page=3&cursor=abc&lang=ar&city=";
        assert_eq!(with("/", query, &[("category", "")]), "/?search=jazz");
        assert_eq!(with("/o/x", query, &[("free", "on")]), "/o/x?search=jazz&category=concert&free=on");
        assert_eq!(with("/", "category=concert", &[("category", "")]), "/");
    }
}
