//! An event as its organizers take it along.

use poem_openapi::types::ToJSON;
use serde_json::{Value, json};

use super::dto::EventView;
use super::media::{Links, Place};
use super::model::Event;
use super::sales::{self, QuotaView, TicketTypeView};
use crate::base::db::{DbResult, TenantTx};
use crate::base::files::Files;

/// What the event is and sells, as the API answers it; without what opens a private event, and without links to files,
/// which end.
pub async fn record(tx: &mut TenantTx, event: &Event, files: &Files, public_url: &str) -> DbResult<Value> {
    let own = sales::quota_of_event(tx, event.id).await?;
    let types = sales::ticket_types(tx, event.id).await?.into_iter();
    let types: Vec<_> = types.map(|row| TicketTypeView::new(row, event, own)).collect();
    let quotas: Vec<_> = sales::quotas(tx, event.id).await?.into_iter().map(QuotaView::from).collect();
    let (scope, now) = (tx.scope().clone(), tx.now());
    let links = Links { files, scope: &scope, public_url, now };
    let mut record = EventView::new(event.clone(), false, &links).to_json();
    if let Some(Value::Object(members)) = &mut record {
        members.retain(|field, _| Place::ALL.iter().all(|place| place.address_field() != field));
    }
    Ok(json!({ "event": record, "ticket_types": types.to_json(), "quotas": quotas.to_json() }))
}
