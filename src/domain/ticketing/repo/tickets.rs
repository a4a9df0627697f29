//! SQL of tickets.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::base::db::{DbError, DbResult, TenantTx};
use crate::base::kernel::id::{AccountId, EventId, Id, OrderId, TicketId};
use crate::base::kernel::money::{Currency, Money};
use crate::base::kernel::random;
use crate::domain::ticketing::model::{Attendee, Order, Ticket, TicketStatus};

struct TicketRow {
    id: Uuid,
    code: String,
    order_id: Uuid,
    order_line: Uuid,
    event: Uuid,
    ticket_type: Uuid,
    ticket_type_name: String,
    unit_price: i64,
    currency: String,
    first_name: String,
    last_name: String,
    email: String,
    revision: i16,
    status: String,
    presence: String,
    checked_in_at: Option<DateTime<Utc>>,
    issued_at: DateTime<Utc>,
    test: bool,
}

impl TicketRow {
    fn read(self) -> DbResult<Ticket> {
        let currency = Currency::parse(&self.currency).ok_or(DbError::Corrupt("currency"))?;
        let status = match (self.status.as_str(), self.presence.as_str()) {
            ("valid", "never") => TicketStatus::Valid,
            ("valid", _) => TicketStatus::Used,
            _ => TicketStatus::Revoked,
        };
        Ok(Ticket {
            id: self.id.into(),
            code: self.code,
            order: self.order_id.into(),
            order_line: self.order_line.into(),
            event: self.event.into(),
            ticket_type: self.ticket_type.into(),
            ticket_type_name: self.ticket_type_name,
            price: Money::from_minor(self.unit_price, currency),
            attendee: Attendee { first_name: self.first_name, last_name: self.last_name, email: self.email },
            revision: self.revision,
            status,
            checked_in_at: self.checked_in_at,
            issued_at: self.issued_at,
            test: self.test,
        })
    }
}

/// Makes an order paid and issues its tickets: one a place, named after the attendees, else after the buyer.
/// `buyers` are the keyed hashes under which the order is found.
pub(in crate::domain::ticketing) async fn settle(
    tx: &mut TenantTx,
    order: &Order,
    buyers: &[Vec<u8>],
) -> DbResult<()> {
    let (mut ids, mut codes, mut lines, mut types) = (vec![], vec![], vec![], vec![]);
    let (mut firsts, mut lasts, mut emails) = (vec![], vec![], vec![]);
    for line in &order.lines {
        for place in 0..usize::try_from(line.quantity).unwrap_or_default() {
            let attendee = line.attendees.get(place);
            ids.push(tx.new_id::<crate::base::kernel::id::kind::Ticket>().uuid());
            codes.push(random::code::<10>());
            lines.push(line.id.uuid());
            types.push(line.ticket_type.uuid());
            firsts.push(attendee.map_or(&order.buyer.first_name, |a| &a.first_name).clone());
            lasts.push(attendee.map_or(&order.buyer.last_name, |a| &a.last_name).clone());
            let email = attendee.map(|a| &a.email).filter(|email| !email.is_empty());
            emails.push(email.unwrap_or(&order.buyer.email).clone());
        }
    }
    let now = tx.now();
    sqlx::query!(
        "SELECT settle_order($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        order.id.uuid(),
        order.event.uuid(),
        now,
        &ids,
        &codes,
        &lines,
        &types,
        &firsts,
        &lasts,
        &emails,
        buyers
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

/// Tickets with what their lines and orders say of them; what follows says which.
macro_rules! select_tickets {
    ($tail:literal, $arg:expr) => {
        sqlx::query_as!(
            TicketRow,
            "SELECT t.id, t.code, t.order_id, t.order_line, t.event, t.ticket_type, l.name AS ticket_type_name,
                    l.unit_price, o.currency, t.first_name, t.last_name, t.email, t.revision, t.status, t.presence,
                    t.checked_in_at, t.issued_at, o.test
             FROM ticket t JOIN order_line l ON l.id = t.order_line JOIN orders o ON o.id = t.order_id " + $tail,
            $arg
        )
    };
}

pub(in crate::domain::ticketing) async fn of_order(
    tx: &mut TenantTx,
    order: OrderId,
) -> DbResult<Vec<Ticket>> {
    of_orders(tx, &[order.uuid()]).await
}

/// The tickets of several orders.
pub(in crate::domain::ticketing) async fn of_orders(
    tx: &mut TenantTx,
    orders: &[Uuid],
) -> DbResult<Vec<Ticket>> {
    let rows = select_tickets!("WHERE t.order_id = ANY ($1) ORDER BY t.order_id, t.id", orders)
        .fetch_all(tx.conn())
        .await?;
    rows.into_iter().map(TicketRow::read).collect()
}

pub(in crate::domain::ticketing) async fn ticket(
    tx: &mut TenantTx,
    id: TicketId,
) -> DbResult<Option<Ticket>> {
    let row = select_tickets!("WHERE t.id = $1", id.uuid()).fetch_optional(tx.conn()).await?;
    row.map(TicketRow::read).transpose()
}

/// Closes the gate to tickets, or opens it again where a refund failed.
pub(in crate::domain::ticketing) async fn set_revoked(
    tx: &mut TenantTx,
    ids: &[TicketId],
    revoked: bool,
) -> DbResult<u64> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let (from, to) = if revoked { ("valid", "revoked") } else { ("revoked", "valid") };
    let at = revoked.then_some(tx.now());
    let done = sqlx::query!(
        "UPDATE ticket SET status = $2, revoked_at = $3 WHERE id = ANY ($1) AND status = $4",
        &ids,
        to,
        at,
        from
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}

/// Issues a ticket anew under another name: neither the QR of the revision before nor the badge of whoever had it
/// opens a gate with it. `email` is whose badge does. False when it was used or taken back meanwhile.
pub(in crate::domain::ticketing) async fn reissue(
    tx: &mut TenantTx,
    id: TicketId,
    (first_name, last_name): (&str, &str),
    email: &str,
) -> DbResult<bool> {
    let done = sqlx::query!(
        "UPDATE ticket SET first_name = $2, last_name = $3, email = $4, revision = revision + 1
         WHERE id = $1 AND status = 'valid' AND presence = 'never'",
        id.uuid(),
        first_name,
        last_name,
        email
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The order no longer names who had the ticket before: the first of its line who was called so gets the new name, and is
/// written to at the buyer's address.
pub(in crate::domain::ticketing) async fn rename_ordered(
    tx: &mut TenantTx,
    ticket: &Ticket,
    (first_name, last_name): (&str, &str),
) -> DbResult<()> {
    let before = &ticket.attendee;
    sqlx::query!(
        "UPDATE order_line AS l SET attendees = jsonb_set(l.attendees, ARRAY[named.place::text],
           jsonb_build_object('first_name', $5::text, 'last_name', $6::text, 'email', ''))
         FROM (
           SELECT o.id, min(a.place) - 1 AS place FROM ticket t JOIN order_line o ON o.id = t.order_line
           CROSS JOIN jsonb_array_elements(o.attendees) WITH ORDINALITY AS a (who, place)
           WHERE t.id = $1 AND (a.who ->> 'first_name', a.who ->> 'last_name') = ($2::text, $3::text)
             AND a.who ->> 'email' IN ($4, '')
           GROUP BY o.id
         ) AS named WHERE l.id = named.id",
        ticket.id.uuid(),
        before.first_name,
        before.last_name,
        before.email,
        first_name,
        last_name
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What the gate needs to know about a ticket, in one row.
#[expect(clippy::struct_excessive_bools, reason = "a row's own columns")]
#[derive(Debug)]
pub struct CheckedTicket {
    pub id: TicketId,
    pub code: String,
    pub order: OrderId,
    pub event: EventId,
    pub ticket_type_name: String,
    pub attendee: Attendee,
    pub account: Option<AccountId>,
    pub revision: i16,
    pub revoked: bool,
    pub inside: bool,
    pub entered: bool,
    pub checked_in_at: Option<DateTime<Utc>>,
    pub checked_in_gate: Option<String>,
    /// Whether it is of a test order.
    pub test: bool,
}

struct CheckedRow {
    id: Uuid,
    code: String,
    order_id: Uuid,
    event: Uuid,
    name: String,
    first_name: String,
    last_name: String,
    email: String,
    account: Option<Uuid>,
    revision: i16,
    status: String,
    presence: String,
    checked_in_at: Option<DateTime<Utc>>,
    checked_in_gate: Option<String>,
    test: bool,
}

impl From<CheckedRow> for CheckedTicket {
    fn from(row: CheckedRow) -> Self {
        Self {
            id: row.id.into(),
            code: row.code,
            order: row.order_id.into(),
            event: row.event.into(),
            ticket_type_name: row.name,
            attendee: Attendee { first_name: row.first_name, last_name: row.last_name, email: row.email },
            account: row.account.map(Id::from),
            revision: row.revision,
            revoked: row.status != "valid",
            inside: row.presence == "inside",
            entered: row.presence != "never",
            checked_in_at: row.checked_in_at,
            checked_in_gate: row.checked_in_gate,
            test: row.test,
        }
    }
}

/// A ticket at the gate, held until the end of the transaction: of many gates one lets it in.
pub async fn checked_ticket(tx: &mut TenantTx, id: TicketId) -> DbResult<Option<CheckedTicket>> {
    let row = sqlx::query_as!(
        CheckedRow,
        "SELECT t.id, t.code, t.order_id, t.event, l.name, t.first_name, t.last_name, t.email, o.account, t.revision,
                t.status, t.presence, t.checked_in_at, t.checked_in_gate, o.test
         FROM ticket t JOIN order_line l ON l.id = t.order_line JOIN orders o ON o.id = t.order_id
         WHERE t.id = $1 FOR UPDATE OF t",
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(CheckedTicket::from))
}

/// What somebody without a ticket in hand holds in an event.
#[derive(Debug)]
pub enum HolderState {
    /// The ticket to look at: one that may enter, before one that has.
    Ticket(TicketId),
    /// Only an order that is not paid.
    Unpaid,
    Nothing,
}

/// The ticket of a person in an event, by account or by an address that is proved to be theirs: for an entry one
/// that may enter, for an exit one that is inside.
pub async fn holder_tickets(
    tx: &mut TenantTx,
    event: EventId,
    account: AccountId,
    email: Option<&str>,
    entry: bool,
) -> DbResult<HolderState> {
    let ticket = sqlx::query_scalar!(
        r#"SELECT t.id AS "id!" FROM (
             SELECT id, status, presence FROM ticket WHERE event = $1 AND email = $2
             UNION
             SELECT t.id, t.status, t.presence FROM orders o JOIN ticket t ON t.order_id = o.id AND t.email = o.email
             WHERE o.account = $3 AND o.event = $1
           ) AS t ORDER BY t.status DESC, (t.presence = 'inside') = $4, t.id LIMIT 1"#,
        event.uuid(),
        email,
        account.uuid(),
        entry
    )
    .fetch_optional(tx.conn())
    .await?;
    if let Some(ticket) = ticket {
        return Ok(HolderState::Ticket(ticket.into()));
    }
    let now = tx.now();
    let unpaid = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM orders WHERE event = $1 AND (email = $2 OR account = $3) AND status = 'pending'
             AND expires_at > $4) AS "unpaid!""#,
        event.uuid(),
        email,
        account.uuid(),
        now
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(if unpaid { HolderState::Unpaid } else { HolderState::Nothing })
}

/// A ticket that the gate's search found.
#[derive(Debug)]
pub struct FoundTicket {
    pub id: TicketId,
    pub code: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub ticket_type: String,
    pub revoked: bool,
    pub inside: bool,
}

/// Tickets of an event by part of a name, an address or a code, whatever the accents; a handful, by name.
pub async fn find_tickets(tx: &mut TenantTx, event: EventId, words: &str) -> DbResult<Vec<FoundTicket>> {
    let pattern = words.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let rows = sqlx::query!(
        r#"SELECT t.id, t.code, t.first_name, t.last_name, t.email, l.name, t.status, t.presence
           FROM ticket t JOIN order_line l ON l.id = t.order_line
           WHERE t.event = $1
             AND platform.fold(t.first_name || ' ' || t.last_name || ' ' || t.first_name || ' ' || t.email || ' ' || t.code)
               LIKE '%' || platform.fold($2) || '%'
           ORDER BY t.last_name, t.first_name, t.id LIMIT 20"#,
        event.uuid(),
        pattern
    )
    .fetch_all(tx.conn())
    .await?;
    let found = rows.into_iter().map(|row| FoundTicket {
        id: row.id.into(),
        code: row.code,
        first_name: row.first_name,
        last_name: row.last_name,
        email: row.email,
        ticket_type: row.name,
        revoked: row.status != "valid",
        inside: row.presence == "inside",
    });
    Ok(found.collect())
}

/// Whose tickets these are.
pub async fn names(tx: &mut TenantTx, tickets: &[TicketId]) -> DbResult<Vec<(TicketId, String)>> {
    let ids: Vec<Uuid> = tickets.iter().map(|id| id.uuid()).collect();
    let rows = sqlx::query!("SELECT id, first_name, last_name FROM ticket WHERE id = ANY ($1)", &ids)
        .fetch_all(tx.conn())
        .await?;
    let name = |first: &str, last: &str| format!("{first} {last}").trim().to_owned();
    Ok(rows.into_iter().map(|row| (row.id.into(), name(&row.first_name, &row.last_name))).collect())
}

/// How many have come, and how many valid tickets there are.
pub async fn entered(tx: &mut TenantTx, event: EventId) -> DbResult<(i64, i64)> {
    let row = sqlx::query!(
        r#"SELECT count(*) FILTER (WHERE presence <> 'never') AS "entered!", count(*) AS "valid!"
           FROM ticket WHERE event = $1 AND status = 'valid'"#,
        event.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.entered, row.valid))
}

/// Records that a ticket's holder is inside or has left.
pub async fn record_presence(
    tx: &mut TenantTx,
    id: TicketId,
    inside: bool,
    at: DateTime<Utc>,
    gate: Option<&str>,
) -> DbResult<()> {
    let presence = if inside { "inside" } else { "outside" };
    sqlx::query!(
        "UPDATE ticket SET presence = $2,
           checked_in_at = CASE WHEN $2 = 'inside' THEN $3 ELSE checked_in_at END,
           checked_in_gate = CASE WHEN $2 = 'inside' THEN $4 ELSE checked_in_gate END
         WHERE id = $1",
        id.uuid(),
        presence,
        at,
        gate
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A participant as an export shows it.
#[derive(Debug)]
pub struct ParticipantRow {
    pub id: Uuid,
    pub code: String,
    pub order_code: String,
    pub ticket_type: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub status: String,
    pub presence: String,
    pub price: i64,
    pub currency: String,
    pub checked_in_at: Option<DateTime<Utc>>,
    pub checked_in_gate: Option<String>,
    pub issued_at: DateTime<Utc>,
}

/// Up to `limit` participants after `after`, in the order of their ids.
pub(in crate::domain::ticketing) async fn participants(
    tx: &mut TenantTx,
    event: EventId,
    after: Option<Uuid>,
    limit: i64,
) -> DbResult<Vec<ParticipantRow>> {
    Ok(sqlx::query_as!(
        ParticipantRow,
        "SELECT t.id, t.code, o.code AS order_code, l.name AS ticket_type, t.first_name, t.last_name, t.email, t.status,
                t.presence, l.unit_price AS price, o.currency, t.checked_in_at, t.checked_in_gate, t.issued_at
         FROM ticket t JOIN order_line l ON l.id = t.order_line JOIN orders o ON o.id = t.order_id
         WHERE t.event = $1 AND ($2::uuid IS NULL OR t.id > $2) ORDER BY t.id LIMIT $3",
        event.uuid(),
        after,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}
