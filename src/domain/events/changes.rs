//! Which fields a change has touched, by the names that the API gives them: the audit log tells them, and no values.

use super::media::Place;
use super::model::{Event, Quota, TicketType};
use crate::base::kernel::change::differing;

/// What differs between an event as it was and as it is.
pub(super) fn of_event(before: &Event, after: &Event) -> Vec<&'static str> {
    let fields = [
        ("name", before.name != after.name),
        ("slug", before.slug != after.slug),
        ("description", before.description != after.description),
        ("category", before.category != after.category),
        ("location", before.location != after.location),
        ("city", before.city != after.city),
        ("latitude", before.latitude != after.latitude),
        ("longitude", before.longitude != after.longitude),
        ("start_date", before.starts_at != after.starts_at),
        ("end_date", before.ends_at != after.ends_at),
        ("timezone", before.timezone != after.timezone),
        ("currency", before.currency != after.currency),
        ("language", before.language != after.language),
        ("capacity", before.capacity != after.capacity),
        ("visibility", before.visibility != after.visibility),
        ("contact_email", before.contact_email != after.contact_email),
        ("terms", before.terms != after.terms),
        ("show_remaining", before.show_remaining != after.show_remaining),
        ("checkin_opens_at", before.checkin_opens_at != after.checkin_opens_at),
        ("checkin_closes_at", before.checkin_closes_at != after.checkin_closes_at),
        ("president", before.president != after.president),
        ("contacts", before.contacts != after.contacts),
        ("themes", before.themes != after.themes),
        ("translations", before.translations != after.translations),
        ("metadata", before.metadata != after.metadata),
    ];
    let files = Place::ALL.map(|place| (place.field(), before.media.name(place) != after.media.name(place)));
    differing(fields.into_iter().chain(files))
}

/// What differs between a ticket type as it was and as it is.
pub(super) fn of_type(before: &TicketType, after: &TicketType) -> Vec<&'static str> {
    let quotas = |row: &TicketType| {
        let mut quotas = row.quotas.clone();
        quotas.sort_unstable();
        quotas
    };
    differing([
        ("name", before.name != after.name),
        ("description", before.description != after.description),
        ("price", before.price != after.price),
        ("tax_rate", before.tax_rate != after.tax_rate),
        ("sales_start", before.sales_start != after.sales_start),
        ("sales_end", before.sales_end != after.sales_end),
        ("min_per_order", before.min_per_order != after.min_per_order),
        ("max_per_order", before.max_per_order != after.max_per_order),
        ("max_per_person", before.max_per_person != after.max_per_person),
        ("translations", before.translations != after.translations),
        ("position", before.position != after.position),
        ("quota", quotas(before) != quotas(after)),
    ])
}

/// What differs between a quota as it was and as it is.
pub(super) fn of_quota(before: &Quota, after: &Quota) -> Vec<&'static str> {
    differing([("name", before.name != after.name), ("size", before.size != after.size)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::kernel::id::{OrganizationNumber, QuotaId};

    #[test]
    fn a_quota_tells_what_changed_and_no_more() {
        let id = QuotaId::new(chrono::DateTime::UNIX_EPOCH, OrganizationNumber(1));
        let before = Quota::new(id, None, "Parterre".into());
        assert!(of_quota(&before, &before).is_empty());
        let larger = Quota { size: Some(3), sold: 2, version: 2, ..before.clone() };
        assert_eq!(of_quota(&before, &larger), ["size"]);
        assert_eq!(of_quota(&before, &Quota { name: "Balcon".into(), ..larger }), ["name", "size"]);
    }
}
