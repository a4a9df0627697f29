//! The list of an event's participants: one row a ticket.

use minijinja::context;
use poem::web::{Data, Path};
use poem::{Response, handler};
use serde::Serialize;

use super::{Desk, DeskPages, Query, full_name, pager};
use crate::base::kernel::id::{EventId, TicketTypeId};
use crate::base::site::{Visitor, shown};
use crate::base::web::ApiResult;
use crate::domain::events;
use crate::domain::ticketing::model::TicketStatus;
use crate::domain::ticketing::repo::participants::{Participant, ParticipantFilter, ParticipantOrder};

const STATUSES: [TicketStatus; 3] = [TicketStatus::Valid, TicketStatus::Used, TicketStatus::Revoked];

#[derive(Serialize)]
struct Row {
    name: String,
    email: String,
    kind: String,
    code: String,
    order: String,
    order_code: String,
    status: &'static str,
    entered: Option<String>,
}

fn row(visitor: &Visitor, desk: &Desk, holder: &Participant) -> Row {
    Row {
        name: full_name(&holder.first_name, &holder.last_name),
        email: holder.email.clone(),
        kind: holder.ticket_type.clone(),
        code: holder.code.clone(),
        order: desk.path(&format!("orders/{}", holder.order_id)),
        order_code: holder.order_code.clone(),
        status: holder.status().code(),
        entered: holder.checked_in_at.map(|at| desk.moment(visitor.lang, at)),
    }
}

/// `GET /manage/events/{id}/participants`.
#[handler]
pub async fn participants_page(
    visitor: Visitor,
    Path(id): Path<EventId>,
    Data(pages): Data<&DeskPages>,
) -> ApiResult<Response> {
    let desk = Desk::of(&visitor, id).await?;
    let query = Query::of(&visitor);
    let kind = query.get("type").and_then(|id| uuid::Uuid::parse_str(id).ok()).map(TicketTypeId::from);
    let status = query.get("status").and_then(|code| STATUSES.into_iter().find(|other| other.code() == code));
    let filter = ParticipantFilter {
        search: query.get("search").map(str::to_owned),
        ticket_type: kind,
        status,
        order: query.get("ordering").and_then(ParticipantOrder::parse).unwrap_or_default(),
    };
    let path = desk.path("participants");
    let page = pages.ticketing.participants(&desk.scope, &desk.can, &filter, query.page()).await?;
    let mut tx = visitor.entrance.tenant(&desk.scope).await?;
    let types = events::ticket_types(&mut tx, id).await?;
    drop(tx);
    let types: Vec<(String, &str)> =
        types.iter().map(|sold| (sold.id.to_string(), sold.name.as_str())).collect();
    let rows: Vec<Row> = page.rows.iter().map(|holder| row(&visitor, &desk, holder)).collect();
    let context = context! {
        rows => shown(&rows), pages => pager(&page, &query, &path), types => shown(&types),
        filtered => filter.search.is_some() || kind.is_some() || status.is_some(),
        search => filter.search.unwrap_or_default(), kind => kind.map(|id| id.to_string()),
        status => status.map(TicketStatus::code), statuses => shown(STATUSES.map(TicketStatus::code)),
        ordering => query.get("ordering").unwrap_or_default(),
        by_name => shown(query.sort(&path, "name", "", "name")),
        by_entry => shown(query.sort(&path, "-checked_in_at", "", "name")),
        ..desk.surroundings(&visitor, "participants").await?
    };
    visitor.page("sales/participants.html", context)
}
