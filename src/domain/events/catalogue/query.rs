//! What a visitor looks for in the catalogue.

use chrono::NaiveDate;

use super::super::model::CATEGORIES;
use super::order::{Cursor, Order};
use crate::base::kernel::money::Currency;
use crate::base::kernel::page::PageRequest;
use crate::base::web::{ApiResult, Checks};

/// How far around a place one looks unless told otherwise, and at most, in kilometres.
const RADIUS: f64 = 20.0;
const LARGEST_RADIUS: f64 = 200.0;

/// The request as it came.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub search: Option<String>,
    /// Whether mistyped words are left as they are.
    pub exact: bool,
    pub category: Option<String>,
    pub city: Option<String>,
    pub date_from: Option<NaiveDate>,
    pub date_to: Option<NaiveDate>,
    pub price_max: Option<String>,
    /// The currency that `price_max` is said in.
    pub currency: Option<String>,
    pub free: Option<bool>,
    pub organization: Option<String>,
    /// `latitude,longitude` in degrees.
    pub near: Option<String>,
    pub radius_km: Option<String>,
    pub ordering: Option<String>,
    pub cursor: Option<String>,
}

/// A place on earth and how far around it one looks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Near {
    /// In degrees.
    pub latitude: f64,
    /// In degrees.
    pub longitude: f64,
    pub radius_km: f64,
}

/// The request, understood.
#[derive(Clone, Debug)]
pub(super) struct CatalogueQuery {
    /// As it was typed; without a letter or digit it finds nothing.
    pub search: Option<String>,
    pub exact: bool,
    pub category: Option<String>,
    pub city: Option<String>,
    pub date_from: Option<NaiveDate>,
    pub date_to: Option<NaiveDate>,
    /// In ten-thousandths of the currency. Zero is what costs nothing, which is the same in all of them.
    pub price_max: Option<i64>,
    /// What else than nothing a price is compared in; `Shelf::resolved` decides where nobody has said.
    pub currency: Option<Currency>,
    pub free: Option<bool>,
    /// The slug of the organization.
    pub organization: Option<String>,
    pub near: Option<Near>,
    pub order: Order,
    pub page: PageRequest,
    /// Where to read on, in place of the page's number.
    pub cursor: Option<Cursor>,
}

impl Asked {
    /// The request understood, or everything that is wrong with it. An empty filter is none, as forms send it.
    pub(super) fn understood(self, page: PageRequest, mut checks: Checks) -> ApiResult<CatalogueQuery> {
        let given = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        let category = given(self.category);
        let known = category.as_deref().is_none_or(|code| CATEGORIES.contains(&code));
        checks.ensure(known, "category", "unknown_choice");
        let price_max = given(self.price_max).map(|text| ten_thousandths(&text));
        checks.ensure(price_max != Some(None), "price_max", "amount");
        // In the capitals of the standard, or as it is typed.
        let currency = given(self.currency).map(|code| Currency::parse(&code.to_uppercase()));
        checks.ensure(currency != Some(None), "currency", "unknown_choice");
        let in_order = self.date_from.zip(self.date_to).is_none_or(|(from, to)| from <= to);
        checks.ensure(in_order, "date_to", "dates_in_order");
        let sensible = |day: Option<NaiveDate>| {
            day.is_none_or(|day| (1900..=2200).contains(&chrono::Datelike::year(&day)))
        };
        checks.ensure(sensible(self.date_from), "date_from", "date");
        checks.ensure(sensible(self.date_to), "date_to", "date");
        let search = given(self.search);
        let near = place(given(self.near), given(self.radius_km), &mut checks);
        let usual = match (&search, near) {
            (_, Some(_)) => Order::Distance,
            (Some(_), None) => Order::Relevance,
            (None, None) => Order::Start,
        };
        let order = given(self.ordering).map_or(Some(usual), |code| Order::parse(&code));
        let order = checks.some(order, "ordering", "unknown_choice").unwrap_or_default();
        // Without words nothing fits better, without a place nothing is nearer.
        let apt = match order {
            Order::Relevance => search.is_some(),
            Order::Distance => near.is_some() || checks.any(),
            _ => true,
        };
        checks.ensure(apt, "ordering", "ordering_needs");
        let cursor = given(self.cursor).map(|text| Cursor::decode(&text).filter(|c| c.order == order));
        checks.ensure(cursor != Some(None), "cursor", "unreadable");
        checks.done()?;
        Ok(CatalogueQuery {
            search,
            exact: self.exact,
            category,
            city: given(self.city),
            date_from: self.date_from,
            date_to: self.date_to,
            price_max: price_max.flatten(),
            currency: currency.flatten().filter(|_| price_max.flatten().is_some_and(|most| most > 0)),
            free: self.free,
            organization: given(self.organization),
            near,
            order,
            page,
            cursor: cursor.flatten(),
        })
    }
}

impl CatalogueQuery {
    /// Whether prices are to be compared, and nobody has said in which currency.
    pub(super) fn lacks_currency(&self) -> bool {
        self.currency.is_none() && self.price_max.is_some_and(|most| most > 0)
    }

    /// Whether only what has not ended is asked for: always, but where the days asked for are over.
    pub(super) fn is_current(&self, today: NaiveDate) -> bool {
        match (self.date_from, self.date_to) {
            (Some(from), _) => from >= today,
            (None, Some(to)) => to >= today,
            (None, None) => true,
        }
    }

    /// Whether finding it costs more than reading an index: its rate is bounded.
    pub(super) fn is_costly(&self, today: NaiveDate) -> bool {
        self.search.is_some() || self.near.is_some() || !self.is_current(today)
    }

    /// What kind of question it is, for the metrics.
    pub(super) fn kind(&self) -> &'static str {
        let narrowed = self.category.is_some()
            || self.city.is_some()
            || self.date_from.is_some()
            || self.date_to.is_some()
            || self.price_max.is_some()
            || self.free.is_some()
            || self.organization.is_some();
        match (&self.search, self.near) {
            (Some(_), _) => "text",
            (None, Some(_)) => "near",
            (None, None) if narrowed => "filtered",
            (None, None) => "plain",
        }
    }
}

/// Reads a place and the radius around it.
fn place(near: Option<String>, radius_km: Option<String>, checks: &mut Checks) -> Option<Near> {
    let radius = radius_km.map_or(Some(RADIUS), |text| text.parse::<f64>().ok());
    let radius = radius.filter(|km| (0.1..=LARGEST_RADIUS).contains(km));
    checks.ensure(radius.is_some(), "radius_km", "radius");
    let near = near?;
    let degrees = |text: &str, most: f64| {
        let plain = text.trim().bytes().all(|b| b.is_ascii_digit() || b".-+".contains(&b));
        text.trim().parse::<f64>().ok().filter(|degrees| plain && degrees.abs() <= most)
    };
    let place = near
        .split_once(',')
        .and_then(|(latitude, longitude)| Some((degrees(latitude, 90.0)?, degrees(longitude, 180.0)?)));
    let (latitude, longitude) = checks.some(place, "near", "coordinates")?;
    Some(Near { latitude, longitude, radius_km: radius? })
}

impl Near {
    /// Boxes of longitudes and latitudes that hold everything within the radius: (west, south, east, north). Two where
    /// the date line lies within it.
    pub(super) fn boxes(&self) -> Vec<(f64, f64, f64, f64)> {
        // A degree of latitude has 111.19 km; a little more so that rounding loses nothing.
        let high = self.radius_km / 111.0;
        let (south, north) = ((self.latitude - high).max(-90.0), (self.latitude + high).min(90.0));
        let narrowest = south.abs().max(north.abs()).to_radians().cos();
        let wide = if narrowest * 180.0 <= high { 180.0 } else { high / narrowest };
        if wide >= 180.0 {
            return vec![(-180.0, south, 180.0, north)];
        }
        let (west, east) = (self.longitude - wide, self.longitude + wide);
        if west < -180.0 {
            vec![(west + 360.0, south, 180.0, north), (-180.0, south, east, north)]
        } else if east > 180.0 {
            vec![(west, south, 180.0, north), (-180.0, south, east - 360.0, north)]
        } else {
            vec![(west, south, east, north)]
        }
    }
}

/// Reads a decimal amount of whichever currency.
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
    fn amounts_are_read_with_up_to_four_decimals() {
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
        assert!(understood(Asked { currency: text("XYZ"), ..Asked::default() }).is_err());
        let (date_from, date_to) = ("2026-02-02".parse().ok(), "2026-02-01".parse().ok());
        assert!(understood(Asked { date_from, date_to, ..Asked::default() }).is_err());
        let empty = understood(Asked { category: text(""), search: text(" "), ..Asked::default() }).unwrap();
        assert_eq!((empty.category, empty.search, empty.order), (None, None, Order::Start));
    }

    #[test]
    fn prices_are_compared_in_one_currency() {
        let asked = |price_max: Option<&str>, currency: Option<&str>| {
            let owned = |text: Option<&str>| text.map(str::to_owned);
            let asked = Asked { price_max: owned(price_max), currency: owned(currency), ..Asked::default() };
            let query = understood(asked).unwrap();
            (query.currency.map(Currency::code), query.lacks_currency())
        };
        assert_eq!(asked(Some("30"), Some("dzd")), (Some("DZD"), false));
        assert_eq!(asked(Some("30"), None), (None, true));
        // Nothing is nothing everywhere, and without a price there is nothing to compare.
        assert_eq!(asked(Some("0.00"), Some("EUR")), (None, false));
        assert_eq!(asked(None, Some("EUR")), (None, false));
    }

    #[test]
    fn the_order_follows_what_is_asked_for() {
        let text = |text: &str| Some(text.to_owned());
        let order = |asked: Asked| understood(asked).map(|query| query.order);
        assert_eq!(order(Asked::default()).unwrap(), Order::Start);
        assert_eq!(order(Asked { search: text("jazz"), ..Asked::default() }).unwrap(), Order::Relevance);
        let near = || Asked { near: text("48.85, 2.35"), search: text("jazz"), ..Asked::default() };
        assert_eq!(order(near()).unwrap(), Order::Distance);
        assert_eq!(order(Asked { ordering: text("newest"), ..near() }).unwrap(), Order::Newest);
        for lonely in ["relevance", "distance"] {
            assert!(order(Asked { ordering: text(lonely), ..Asked::default() }).is_err(), "{lonely}");
        }
        let cursor = Cursor {
            back: false,
            order: Order::Price,
            key: super::super::order::Key::Number(1),
            event: uuid::Uuid::nil(),
        };
        let cursor = || text(&cursor.encode());
        assert!(order(Asked { cursor: cursor(), ..Asked::default() }).is_err());
        assert!(order(Asked { cursor: cursor(), ordering: text("price"), ..Asked::default() }).is_ok());
    }

    #[test]
    fn places_are_read_or_refused() {
        let near = |near: &str, radius: Option<&str>| {
            let asked =
                Asked { near: Some(near.into()), radius_km: radius.map(str::to_owned), ..Asked::default() };
            understood(asked).map(|query| query.near.unwrap())
        };
        let place = near("-33.86, 151.2", Some("2.5")).unwrap();
        assert_eq!((place.latitude, place.longitude, place.radius_km), (-33.86, 151.2, 2.5));
        assert!((near("0,0", None).unwrap().radius_km - 20.0).abs() < f64::EPSILON);
        for wrong in ["1", "91,0", "0,181", "NaN,0", "inf,0", "1e1,0", "a,b", "1,2,3"] {
            assert!(near(wrong, None).is_err(), "{wrong:?}");
        }
        for wrong in ["0", "-1", "201", "NaN", "far"] {
            assert!(near("1,1", Some(wrong)).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn boxes_hold_the_circle_also_at_the_edges_of_the_map() {
        let around = |latitude, longitude, radius_km| Near { latitude, longitude, radius_km }.boxes();
        let [(west, south, east, north)] = around(48.0, 2.0, 111.0)[..] else { panic!("one box") };
        assert!(south <= 47.0 && north >= 49.0 && west < 2.0 - 1.49 && east > 2.0 + 1.49);
        assert_eq!(around(0.0, 179.9, 50.0).len(), 2);
        assert_eq!(around(0.0, -179.9, 50.0).len(), 2);
        assert_eq!(around(89.9, 10.0, 50.0), [(-180.0, 89.9 - 50.0 / 111.0, 180.0, 90.0)]);
    }
}
