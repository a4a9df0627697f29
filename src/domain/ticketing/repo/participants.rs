//! SQL of an event's participants: the holders of its tickets, as a list to search in.

use chrono::{DateTime, Utc};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use crate::base::db::{DbResult, TenantTx};
use crate::base::kernel::id::{EventId, Id, TicketTypeId};
use crate::base::kernel::page::{COUNT_CAP, PageRequest};
use crate::domain::ticketing::model::TicketStatus;

/// Whom an organizer looks for.
#[derive(Clone, Debug, Default)]
pub struct ParticipantFilter {
    /// Part of a name, an address or a ticket's code, with or without accents and capitals.
    pub search: Option<String>,
    pub ticket_type: Option<TicketTypeId>,
    pub status: Option<TicketStatus>,
    pub order: ParticipantOrder,
}

/// The order of participants; by name unless asked otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ParticipantOrder {
    /// By the last name.
    #[default]
    Name,
    /// The last one who came in first; then those who have not come.
    Entry,
    /// The newest ticket first.
    Issue,
}

impl ParticipantOrder {
    pub(in crate::domain::ticketing) fn parse(code: &str) -> Option<Self> {
        match code {
            "name" => Some(Self::Name),
            "-checked_in_at" => Some(Self::Entry),
            "-issued_at" => Some(Self::Issue),
            _ => None,
        }
    }

    const fn sql(self) -> &'static str {
        match self {
            Self::Name => " ORDER BY platform.fold(t.last_name || ' ' || t.first_name), t.id",
            Self::Entry => " ORDER BY t.checked_in_at DESC NULLS LAST, t.id",
            Self::Issue => " ORDER BY t.id DESC",
        }
    }
}

/// The holder of a ticket.
#[derive(Debug, sqlx::FromRow)]
pub struct Participant {
    pub code: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub ticket_type: String,
    pub order_id: Uuid,
    pub order_code: String,
    pub status: String,
    pub presence: String,
    pub checked_in_at: Option<DateTime<Utc>>,
}

impl Participant {
    pub fn status(&self) -> TicketStatus {
        match (self.status.as_str(), self.presence.as_str()) {
            ("valid", "never") => TicketStatus::Valid,
            ("valid", _) => TicketStatus::Used,
            _ => TicketStatus::Revoked,
        }
    }
}

/// A page of an event's participants, and how many there are up to one more than is counted.
pub(in crate::domain::ticketing) async fn of_event(
    tx: &mut TenantTx,
    event: EventId,
    filter: &ParticipantFilter,
    page: PageRequest,
) -> DbResult<(Vec<Participant>, i64)> {
    let mut rows = QueryBuilder::new(
        "SELECT t.code, t.first_name, t.last_name, t.email, l.name AS ticket_type, t.order_id, o.code AS order_code,
                t.status, t.presence, t.checked_in_at
         FROM ticket t JOIN order_line l ON l.id = t.order_line JOIN orders o ON o.id = t.order_id WHERE t.event = ",
    );
    narrow(rows.push_bind(event.uuid()), filter);
    rows.push(filter.order.sql());
    rows.push(" LIMIT ").push_bind(page.limit()).push(" OFFSET ").push_bind(page.offset());
    let found: Vec<Participant> = rows.build_query_as().fetch_all(tx.conn()).await?;
    let mut count = QueryBuilder::new("SELECT count(*) FROM (SELECT FROM ticket t WHERE t.event = ");
    narrow(count.push_bind(event.uuid()), filter);
    count.push(" LIMIT ").push_bind(COUNT_CAP + 1).push(") AS counted");
    let count = count.build_query_scalar().fetch_one(tx.conn()).await?;
    Ok((found, count))
}

fn narrow(query: &mut QueryBuilder<Postgres>, filter: &ParticipantFilter) {
    if let Some(kind) = filter.ticket_type {
        query.push(" AND t.ticket_type = ").push_bind(Id::uuid(kind));
    }
    match filter.status {
        Some(TicketStatus::Valid) => drop(query.push(" AND t.status = 'valid' AND t.presence = 'never'")),
        Some(TicketStatus::Used) => drop(query.push(" AND t.status = 'valid' AND t.presence <> 'never'")),
        Some(TicketStatus::Revoked) => drop(query.push(" AND t.status <> 'valid'")),
        None => {}
    }
    if let Some(search) = &filter.search {
        let pattern = search.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        query.push(" AND platform.fold(t.email || ' ' || t.code || ' ' || t.first_name || ' ' || t.last_name || ' ' || t.first_name)");
        query.push(" LIKE '%' || platform.fold(").push_bind(pattern).push(") || '%'");
    }
}
