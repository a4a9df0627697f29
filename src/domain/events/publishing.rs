//! What strangers see of an event: its listing in the catalogue of all organizations.

use serde_json::{Value, json};
use uuid::Uuid;

use super::model::{Event, EventState, TicketType, Visibility};
use super::{media, repo, sales, summary};
use crate::base::db::{DbResult, TenantTx};
use crate::base::i18n::{Lang, text};
use crate::base::kernel::id::EventId;

/// Grows whenever something public about an event changes.
pub(super) const TOPIC: &str = "catalog";

/// How many characters of a description are searched.
const SEARCHED: usize = 2_000;

/// Brings the listing in line with the event as it is now.
pub(super) async fn refresh(tx: &mut TenantTx, event: &Event) -> DbResult<()> {
    if event.state.is_hidden() {
        return Ok(());
    }
    // Strangers find nothing that they cannot attend, nor in lists of dates what has none.
    let attended = !event.test_mode && !event.awaits_dates && tx.organization().is_open();
    if event.visibility == Visibility::Public && event.is_known() && attended {
        let types = sales::ticket_types(tx, event.id).await?;
        if let Some(listing) = listing(event, &types) {
            repo::publish_listing(tx, &listing).await?;
            let mut names = event.translations.names();
            names.remove(event.language.code());
            repo::name_listing(tx, event.id, &json!(names)).await?;
        }
    } else {
        repo::withdraw_listing(tx, event.id).await?;
    }
    tx.bump(TOPIC).await
}

/// Brings the next listing of the organization in line, by id; the event, none when there is none left. One a
/// transaction: an event and the words of its listing are locked in the order in which a change of it locks them.
pub(super) async fn refresh_after(tx: &mut TenantTx, after: Uuid) -> DbResult<Option<Uuid>> {
    let Some(id) = repo::published_after(tx, after).await? else { return Ok(None) };
    // Locked, so that no older state of it is told after a newer one.
    if let Some(event) = repo::locked_event(tx, EventId::from(id)).await? {
        refresh(tx, &event).await?;
    }
    Ok(Some(id))
}

/// The row of the catalogue; none without dates.
fn listing(event: &Event, types: &[TicketType]) -> Option<Value> {
    let (starts_at, ends_at) = (event.starts_at?, event.ends_at?);
    let prices = || types.iter().map(|sold| sold.price.minor());
    // Prices compare between currencies with other decimals in ten-thousandths.
    let ten_thousandths = 10_i64.pow(4_u32.saturating_sub(event.currency.decimals()));
    Some(json!({
        "event": event.id,
        "slug": event.slug,
        "name": event.name,
        "summary": summary::summary(&event.description),
        "category": event.category,
        "location": event.location,
        "city": event.city,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "starts_on": event.local(starts_at).date_naive(),
        "timezone": event.timezone.name(),
        "currency": event.currency.code(),
        "price_min": prices().min(),
        "price_max": prices().max(),
        "price_rank": prices().min().map(|minor| minor * ten_thousandths),
        "cancelled": event.state == EventState::Cancelled,
        "updated_at": event.updated_at,
        "image": media::thumbnail(event).unwrap_or_default(),
        "language": event.language.code(),
        "about": summary::plain(&event.description, SEARCHED),
        "keywords": keywords(event),
        "latitude": event.latitude,
        "longitude": event.longitude,
        "published_at": event.published_at,
        "version": event.version,
    }))
}

/// What else the event is found by: its kind in every language, its themes, and its names in other languages.
fn keywords(event: &Event) -> String {
    let kind = format!("events-category-{}", event.category);
    let kinds = Lang::ALL.into_iter().map(|lang| text(lang, &kind));
    let names = event.translations.names().into_values().map(str::to_owned).collect::<Vec<_>>();
    kinds.chain(event.themes.iter().cloned()).chain(names).collect::<Vec<_>>().join(" ")
}
