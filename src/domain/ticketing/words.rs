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
    let mut names: HashMap<TicketTypeId, (String, String)> = HashMap::new();
    for sold in events::ticket_types(tx, event.id).await? {
        let (id, own) = (sold.id, sold.name.clone());
        names.insert(id, (own, sold.told(lang, event.language).name));
    }
    // What was sold under another name keeps it: today's words are those of something else.
    let tell = |id: TicketTypeId, name: &mut String| {
        if let Some((_, told)) = names.get(&id).filter(|(own, _)| own == name) {
            name.clone_from(told);
        }
    };
    order.lines.iter_mut().for_each(|line| tell(line.ticket_type, &mut line.name));
    tickets.iter_mut().for_each(|ticket| tell(ticket.ticket_type, &mut ticket.ticket_type_name));
    Ok(event.told(lang))
}
