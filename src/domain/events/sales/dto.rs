//! The API's objects of ticket types and quotas, and how they become them.

use chrono::{DateTime, FixedOffset, Utc};
use poem_openapi::Object;
use poem_openapi::types::{Any, Example, MaybeUndefined};
use serde_json::Value;

use super::super::dto::{check_order, check_year, put};
use super::super::model::{self, Event, Quota, TicketType};
use super::super::translations::Translations;
use crate::base::kernel::id::{EventId, QuotaId, TicketTypeId};
use crate::base::kernel::money::Money;
use crate::base::kernel::text;
use crate::base::web::{ApiResult, Checks, FieldError};

/// How long a name may be, in any language.
const LONGEST_NAME: usize = 120;
/// How many tickets one order may hold at most.
const MOST_PER_ORDER: i32 = 100;

/// A new ticket type.
#[derive(Object)]
#[oai(example, skip_serializing_if_is_none)]
pub(super) struct NewTicketType {
    #[oai(validator(min_length = 1, max_length = 120))]
    name: String,
    /// In the event's currency, tax included, as in `"30.00"`; `"0"` is free.
    #[oai(validator(max_length = 30))]
    price: String,
    #[oai(flatten)]
    details: Details,
}

/// What changes about a ticket type; what is left out stays.
#[derive(Object)]
#[oai(example, skip_serializing_if_is_none)]
pub(super) struct TicketTypeChange {
    #[oai(validator(min_length = 1, max_length = 120))]
    name: Option<String>,
    /// For orders from now on.
    #[oai(validator(max_length = 30))]
    price: Option<String>,
    #[oai(flatten)]
    details: Details,
}

/// What a ticket type may have beside its name and price.
#[derive(Object, Default)]
#[oai(rename = "TicketTypeDetails", skip_serializing_if_is_none)]
pub(super) struct Details {
    #[oai(validator(max_length = 2_000))]
    description: Option<String>,
    /// The quota to take places from, beside the event's own; null is none.
    #[oai(nullable)]
    quota: MaybeUndefined<QuotaId>,
    /// Percent included in the price, as in `"20.00"`; 0 unless given.
    tax_rate: Option<Any<Value>>,
    /// From when on it is sold; always when null.
    #[oai(nullable)]
    sales_start: MaybeUndefined<DateTime<Utc>>,
    /// Until when it is sold; always when null.
    #[oai(nullable)]
    sales_end: MaybeUndefined<DateTime<Utc>>,
    /// 1 unless given.
    #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
    min_per_order: Option<i32>,
    /// 10 unless given.
    #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
    max_per_order: Option<i32>,
    /// How many one person may have over all orders; null is any number.
    #[oai(nullable, validator(minimum(value = "1"), maximum(value = "1000000")))]
    max_per_person: MaybeUndefined<i32>,
    /// Name and description in languages beside the event's own; those that were there before are replaced.
    translations: Option<Translations>,
    /// Where it stands among the event's ticket types; last unless given.
    #[oai(validator(minimum(value = "1"), maximum(value = "100000")))]
    position: Option<i32>,
}

impl Example for NewTicketType {
    fn example() -> Self {
        let details =
            Details { tax_rate: Some(Any("20.00".into())), max_per_order: Some(6), ..Details::default() };
        Self { name: "Plein tarif".into(), price: "30.00".into(), details }
    }
}

impl Example for TicketTypeChange {
    fn example() -> Self {
        Self { name: None, price: Some("25.00".into()), details: Details::default() }
    }
}

/// A ticket type with the quota that it is to be in, when that was said.
pub(super) type Changed = (TicketType, Option<Option<QuotaId>>);

/// A ticket type of the event of which nothing is said yet.
pub(super) fn blank(id: TicketTypeId, event: &Event) -> TicketType {
    TicketType {
        id,
        event: event.id,
        name: String::new(),
        description: String::new(),
        price: Money::from_minor(0, event.currency),
        tax_rate: 0,
        sales_start: None,
        sales_end: None,
        min_per_order: 1,
        max_per_order: 10,
        max_per_person: None,
        translations: Translations::default(),
        position: 0,
        version: 1,
        quotas: Vec::new(),
    }
}

impl TicketTypeChange {
    /// The quota that it names.
    pub(super) fn quota(&self) -> Option<QuotaId> {
        match self.details.quota {
            MaybeUndefined::Value(quota) => Some(quota),
            MaybeUndefined::Null | MaybeUndefined::Undefined => None,
        }
    }

    /// The type with the changes in it, or everything that is wrong.
    pub(super) fn apply(self, mut row: TicketType, mut checks: Checks) -> ApiResult<Changed> {
        if let Some(name) = self.name {
            name.trim().clone_into(&mut row.name);
            checks.ensure(!text::is_blank(&row.name), "name", "required");
        }
        if let Some(price) = self.price {
            let parsed = Money::parse(&price, row.price.currency()).ok();
            row.price = checks.some(parsed, "price", "amount").unwrap_or(row.price);
        }
        let details = self.details;
        if let Some(rate) = &details.tax_rate {
            let parsed = rate_text(&rate.0).and_then(|text| model::parse_rate(&text));
            row.tax_rate = checks.some(parsed, "tax_rate", "percentage").unwrap_or_default();
        }
        put(&mut row.sales_start, &details.sales_start);
        put(&mut row.sales_end, &details.sales_end);
        put(&mut row.max_per_person, &details.max_per_person);
        row.description = details.description.unwrap_or(row.description);
        for (code, name) in details.translations.iter().flat_map(Translations::names) {
            if name.chars().count() > LONGEST_NAME {
                let field = format!("translations/{code}/name");
                checks.push(FieldError::new(field, "too_long").with("most", LONGEST_NAME));
            }
        }
        row.translations = details.translations.map_or(row.translations, Translations::cleared);
        row.position = details.position.unwrap_or(row.position);
        row.max_per_order = details.max_per_order.unwrap_or(row.max_per_order);
        row.min_per_order = details.min_per_order.unwrap_or(row.min_per_order);
        check(&row, &mut checks);
        checks.done()?;
        let quota = match details.quota {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(quota) => Some(Some(quota)),
        };
        Ok((row, quota))
    }
}

fn rate_text(rate: &Value) -> Option<String> {
    match rate {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null => Some("0".into()),
        _ => None,
    }
}

fn check(row: &TicketType, checks: &mut Checks) {
    check_year(row.sales_start, "sales_start", checks);
    check_year(row.sales_end, "sales_end", checks);
    check_order(row.sales_start, row.sales_end, "sales_end", checks);
    if row.min_per_order > row.max_per_order {
        let most = row.max_per_order.min(MOST_PER_ORDER);
        checks.push(FieldError::new("min_per_order", "too_large").with("most", most));
    }
}

/// A ticket type as organizers see it.
#[derive(Object)]
#[oai(rename = "TicketType")]
pub(in crate::domain::events) struct TicketTypeView {
    id: TicketTypeId,
    event: EventId,
    name: String,
    description: String,
    /// Tax included.
    price: String,
    currency: String,
    /// Percent included in the price.
    tax_rate: String,
    /// In the event's time zone.
    #[oai(nullable)]
    sales_start: Option<DateTime<FixedOffset>>,
    /// In the event's time zone.
    #[oai(nullable)]
    sales_end: Option<DateTime<FixedOffset>>,
    min_per_order: i32,
    max_per_order: i32,
    #[oai(nullable)]
    max_per_person: Option<i32>,
    /// Name and description in other languages.
    translations: Translations,
    position: i32,
    /// The quota beside the event's own.
    #[oai(nullable)]
    quota: Option<QuotaId>,
    /// Every quota that a ticket takes a place of.
    quotas: Vec<QuotaId>,
}

impl TicketTypeView {
    /// `own` is the quota that is the event's capacity.
    pub(in crate::domain::events) fn new(row: TicketType, event: &Event, own: Option<QuotaId>) -> Self {
        let local = |at: Option<DateTime<Utc>>| at.map(|at| event.local(at));
        Self {
            sales_start: local(row.sales_start),
            sales_end: local(row.sales_end),
            price: row.price.to_string(),
            currency: row.price.currency().code().to_owned(),
            tax_rate: model::write_rate(row.tax_rate),
            quota: row.quotas.iter().copied().find(|quota| Some(*quota) != own),
            id: row.id,
            event: row.event,
            name: row.name,
            description: row.description,
            min_per_order: row.min_per_order,
            max_per_order: row.max_per_order,
            max_per_person: row.max_per_person,
            translations: row.translations,
            position: row.position,
            quotas: row.quotas,
        }
    }
}

/// A new quota.
#[derive(Object)]
#[oai(example)]
pub(super) struct NewQuota {
    #[oai(validator(min_length = 1, max_length = 120))]
    pub name: String,
    /// Null is unlimited.
    #[oai(validator(minimum(value = "0"), maximum(value = "10000000")))]
    pub size: Option<i32>,
}

impl Example for NewQuota {
    fn example() -> Self {
        Self { name: "Parterre".into(), size: Some(200) }
    }
}

/// What changes about a quota; what is left out stays.
#[derive(Object)]
#[oai(example, skip_serializing_if_is_none)]
pub(super) struct QuotaChange {
    #[oai(validator(min_length = 1, max_length = 120))]
    name: Option<String>,
    /// Null is unlimited. Never below what is sold.
    #[oai(nullable, validator(minimum(value = "0"), maximum(value = "10000000")))]
    size: MaybeUndefined<i32>,
}

impl Example for QuotaChange {
    fn example() -> Self {
        Self { name: None, size: MaybeUndefined::Value(250) }
    }
}

/// A quota of the event of which nothing is said yet.
pub(super) fn blank_quota(id: QuotaId, event: EventId) -> Quota {
    Quota::new(id, Some(event), String::new())
}

impl QuotaChange {
    /// The quota with the changes in it.
    pub(super) fn apply(self, mut quota: Quota, mut checks: Checks) -> ApiResult<Quota> {
        if let Some(name) = &self.name {
            checks.ensure(!text::is_blank(name), "name", "required");
            name.trim().clone_into(&mut quota.name);
        }
        put(&mut quota.size, &self.size);
        checks.done()?;
        Ok(quota)
    }
}

/// A capacity shared by ticket types.
#[derive(Object)]
#[oai(rename = "Quota")]
pub(in crate::domain::events) struct QuotaView {
    id: QuotaId,
    /// Null when it spans the organization's events.
    #[oai(nullable)]
    event: Option<EventId>,
    name: String,
    /// Null is unlimited.
    #[oai(nullable)]
    size: Option<i32>,
    /// Held and sold.
    sold: i32,
    /// What is left; null is unlimited.
    #[oai(nullable)]
    available: Option<i32>,
    /// Whether it is the event's capacity, which every ticket type shares.
    of_event: bool,
}

impl From<Quota> for QuotaView {
    fn from(quota: Quota) -> Self {
        Self {
            available: quota.available(),
            id: quota.id,
            event: quota.event,
            name: quota.name,
            size: quota.size,
            sold: quota.sold,
            of_event: quota.of_event,
        }
    }
}

#[cfg(test)]
mod tests {
    use poem_openapi::types::ParseFromJSON;
    use serde_json::json;

    use super::*;
    use crate::base::kernel::id::OrganizationNumber;
    use crate::base::kernel::money::Currency;

    fn existing() -> TicketType {
        let at = DateTime::UNIX_EPOCH;
        let number = OrganizationNumber(1);
        TicketType {
            id: TicketTypeId::new(at, number),
            event: EventId::new(at, number),
            name: "Normal".into(),
            description: String::new(),
            price: Money::from_minor(0, Currency::parse("TND").unwrap()),
            tax_rate: 0,
            sales_start: None,
            sales_end: None,
            min_per_order: 1,
            max_per_order: 10,
            max_per_person: Some(2),
            translations: Translations::default(),
            position: 1,
            version: 1,
            quotas: vec![],
        }
    }

    fn changed(body: Value) -> ApiResult<Changed> {
        TicketTypeChange::parse_from_json(Some(body)).ok().unwrap().apply(existing(), Checks::default())
    }

    #[test]
    fn prices_have_the_decimals_of_the_events_currency() {
        let (row, quota) = changed(json!({ "price": "30.125", "tax_rate": 19 })).unwrap();
        assert_eq!((row.price.minor(), row.tax_rate, row.max_per_person), (30_125, 1900, Some(2)));
        assert_eq!(quota, None);
        for wrong in ["30.1255", "-1", "1e3", "", "gratis"] {
            assert!(changed(json!({ "price": wrong })).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn null_clears_and_what_is_left_out_stays() {
        let (row, quota) = changed(json!({ "max_per_person": null, "quota": null })).unwrap();
        assert_eq!((row.max_per_person, row.name.as_str(), quota), (None, "Normal", Some(None)));
    }

    #[test]
    fn limits_and_dates_are_in_order() {
        assert!(changed(json!({ "min_per_order": 11 })).is_err());
        let window = json!({ "sales_start": "2026-02-01T00:00:00Z", "sales_end": "2026-01-01T00:00:00Z" });
        assert!(changed(window).is_err());
        assert!(changed(json!({ "sales_start": "1999-12-31T00:00:00Z" })).is_err());
        assert!(changed(json!({ "tax_rate": "101" })).is_err());
    }
}
