//! What strangers see of an event: its listing in the catalogue of all organizations.

use serde_json::{Value, json};

use super::model::{Event, EventState, TicketType, Visibility};
use super::{media, repo, sales, summary};
use crate::base::db::{DbResult, TenantTx};

/// Grows whenever something public about an event changes.
pub(super) const TOPIC: &str = "catalog";

/// Brings the listing in line with the event as it is now.
pub(super) async fn refresh(tx: &mut TenantTx, event: &Event) -> DbResult<()> {
    if event.state == EventState::Draft {
        return Ok(());
    }
    if event.visibility == Visibility::Public && event.is_known() {
        let types = sales::ticket_types(tx, event.id).await?;
        if let Some(listing) = listing(event, &types) {
            repo::publish_listing(tx, &listing).await?;
        }
    } else {
        repo::withdraw_listing(tx, event.id).await?;
    }
    tx.bump(TOPIC).await
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
    }))
}
