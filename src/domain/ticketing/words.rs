//! An order in the words of a language: orders keep what was bought in the event's own.

use std::collections::HashMap;

use super::model::{Order, Ticket};
use crate::base::db::{DbResult, TenantTx};
use crate::base::i18n::Lang;
use crate::base::kernel::id::TicketTypeId;
use crate::domain::events::{self, Event};

/// Tells the event, the order's lines and its tickets in the words of the language, as far as there are any.
pub(super) async fn told(
    tx: &mut TenantTx,
    lang: Lang,
    event: Event,
    order: &mut Order,
    tickets: &mut [Ticket],
) -> DbResult<Event> {
    let mut names: HashMap<TicketTypeId, String> = HashMap::new();
    for sold in events::ticket_types(tx, event.id).await? {
        let (id, own) = (sold.id, sold.name.clone());
        let name = sold.told(lang, event.language).name;
        if name != own {
            names.insert(id, name);
        }
    }
    for line in &mut order.lines {
        if let Some(name) = names.get(&line.ticket_type) {
            line.name.clone_from(name);
        }
    }
    for ticket in tickets {
        if let Some(name) = names.get(&ticket.ticket_type) {
            ticket.ticket_type_name.clone_from(name);
        }
    }
    Ok(event.told(lang))
}
