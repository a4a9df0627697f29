//! Use case of the gate: one scan, one verdict.

use chrono::{DateTime, Duration, Utc};

use super::model::{AccessError, Credential, Direction, Holder, Refusal, Scan, Verdict, read};
use super::repo;
use crate::base::db::{Db, TenantTx};
use crate::base::identity::{Can, Identity, ScanTickets};
use crate::base::kernel::id::{AccountId, TicketId};
use crate::base::tenancy::TenantScope;
use crate::domain::events::{self, Event, EventState};
use crate::domain::ticketing::{CheckedTicket, HolderState, checked_ticket, holder_tickets, record_presence};

/// Decides at the gate.
#[derive(Clone)]
pub struct Gate {
    db: Db,
    identity: Identity,
}

/// What a scan found before it is recorded.
struct Finding {
    ticket: Option<CheckedTicket>,
    refusal: Option<Refusal>,
}

impl Gate {
    pub fn new(db: Db, identity: Identity) -> Self {
        Self { db, identity }
    }

    /// Decides on a scan and records the verdict. A scan that was sent before gets the verdict it had.
    pub async fn check_in(
        &self,
        scope: &TenantScope,
        can: Can<ScanTickets>,
        scan: Scan,
    ) -> Result<Verdict, AccessError> {
        debug_assert_eq!(can.event(), scan.event);
        let credential = read(&scan.qr_data).ok_or(AccessError::Unreadable)?;
        let person = match &credential {
            Credential::Badge(code) => self.identity.account_of_badge(code).await?,
            Credential::Ticket(_) => None,
        };
        let mut tx = self.db.tenant(scope).await?;
        if let Some(verdict) = self.said_before(&mut tx, &scan, can.by()).await? {
            return Ok(verdict);
        }
        let event = events::event(&mut tx, scan.event).await?.ok_or(AccessError::UnknownEvent)?;
        let at = plausible(scan.scanned_at, tx.now());
        let finding = find(&mut tx, &event, &credential, person, &scan, at).await?;
        let ticket = finding.ticket.as_ref().map(|ticket| ticket.id);
        if !repo::record(&mut tx, &scan, ticket, finding.refusal, can.by(), (at, event.test_mode)).await? {
            // The same scan came in another request at once: what that one decided counts.
            tx.rollback().await?;
            let mut tx = self.db.tenant(scope).await?;
            let verdict = self.said_before(&mut tx, &scan, can.by()).await?;
            return verdict.ok_or(AccessError::UnknownEvent);
        }
        if let (None, Some(ticket)) = (finding.refusal, ticket) {
            let inside = scan.direction == Direction::Entry;
            record_presence(&mut tx, ticket, inside, at, scan.gate.as_deref()).await?;
        }
        tx.commit().await?;
        Ok(verdict(finding, &scan, at))
    }

    async fn said_before(
        &self,
        tx: &mut TenantTx,
        scan: &Scan,
        controller: AccountId,
    ) -> Result<Option<Verdict>, AccessError> {
        let Some(nonce) = &scan.nonce else { return Ok(None) };
        let recorded = repo::by_nonce(tx, scan.event, controller, nonce).await?;
        let Some(recorded) = recorded else { return Ok(None) };
        if recorded.credential != scan.credential() {
            return Err(AccessError::NonceReused);
        }
        let ticket = match recorded.ticket {
            Some(ticket) => checked_ticket(tx, TicketId::from(ticket)).await?,
            None => None,
        };
        let refusal = recorded.reason.as_deref().and_then(Refusal::parse);
        let (checked_in_at, gate) = match (&ticket, refusal) {
            (Some(ticket), Some(_)) => (ticket.checked_in_at, ticket.checked_in_gate.clone()),
            _ => (Some(recorded.scanned_at), recorded.gate),
        };
        Ok(Some(Verdict { refusal, holder: shown(ticket, refusal), checked_in_at, gate }))
    }
}

/// A device's clock counts for scans made offline, but never tells of the future or of days long gone.
fn plausible(scanned_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
    scanned_at.filter(|at| *at <= now && now - *at < Duration::days(7)).unwrap_or(now)
}

async fn find(
    tx: &mut TenantTx,
    event: &Event,
    credential: &Credential,
    person: Option<(AccountId, Option<String>)>,
    scan: &Scan,
    at: DateTime<Utc>,
) -> Result<Finding, AccessError> {
    let refused = |refusal| Finding { ticket: None, refusal: Some(refusal) };
    let id = match (credential, person) {
        (Credential::Ticket(reading), _) => {
            let key = tx.organization().signing_key.verifying_key();
            if !reading.is_signed_by(&key) {
                return Ok(refused(Refusal::Unknown));
            }
            // Signed by this organization: printed here, or before it came from another installation.
            reading.ticket.at_home(tx.organization().number)
        }
        (Credential::Badge(_), None) => return Ok(refused(Refusal::Unknown)),
        (Credential::Badge(_), Some((account, email))) => {
            match holder_tickets(tx, event.id, account, email.as_deref(), scan.direction == Direction::Entry)
                .await?
            {
                HolderState::Ticket(id) => id,
                HolderState::Unpaid => return Ok(refused(Refusal::PaymentRequired)),
                HolderState::Nothing => return Ok(refused(Refusal::Unknown)),
            }
        }
    };
    let Some(ticket) = checked_ticket(tx, id).await? else { return Ok(refused(Refusal::Unknown)) };
    let refusal = decide(event, credential, &ticket, scan.direction, at);
    Ok(Finding { ticket: Some(ticket), refusal })
}

/// The rule of the gate.
fn decide(
    event: &Event,
    credential: &Credential,
    ticket: &CheckedTicket,
    direction: Direction,
    at: DateTime<Utc>,
) -> Option<Refusal> {
    let reissued = matches!(credential, Credential::Ticket(reading) if reading.revision != ticket.revision);
    let early = event.checkin_opens_at.is_some_and(|opens| at < opens);
    let late = event.checkin_closes_at.is_some_and(|closes| at > closes);
    let disguised = matches!(credential, Credential::Ticket(reading) if reading.test != ticket.test);
    if ticket.event != event.id {
        Some(Refusal::OtherEvent)
    } else if ticket.test != event.test_mode || disguised {
        // A test ticket opens no gate of a live event, nor a real one that of a test.
        Some(Refusal::Unknown)
    } else if ticket.revoked || reissued {
        Some(Refusal::Revoked)
    } else if event.state != EventState::Published || event.awaits_dates || early || late {
        Some(Refusal::EventNotOpen)
    } else if direction == Direction::Entry && ticket.inside {
        Some(Refusal::AlreadyUsed)
    } else if direction == Direction::Exit && !ticket.inside {
        Some(Refusal::NotInside)
    } else {
        None
    }
}

fn holder(ticket: CheckedTicket) -> Holder {
    Holder {
        ticket: ticket.id,
        code: ticket.code,
        order: ticket.order,
        ticket_type: ticket.ticket_type_name,
        attendee: ticket.attendee,
    }
}

fn verdict(finding: Finding, scan: &Scan, at: DateTime<Utc>) -> Verdict {
    let (checked_in_at, gate) = match (&finding.ticket, finding.refusal) {
        (_, None) => (Some(at), scan.gate.clone()),
        (Some(ticket), Some(_)) => (ticket.checked_in_at, ticket.checked_in_gate.clone()),
        (None, Some(_)) => (None, None),
    };
    Verdict { refusal: finding.refusal, holder: shown(finding.ticket, finding.refusal), checked_in_at, gate }
}

/// Another event's ticket shows its holder to nobody here.
fn shown(ticket: Option<CheckedTicket>, refusal: Option<Refusal>) -> Option<Holder> {
    ticket.filter(|_| refusal != Some(Refusal::OtherEvent)).map(holder)
}
