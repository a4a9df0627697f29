//! Scans and verdicts, and how a scanned text is read.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::base::db::DbError;
use crate::base::kernel::id::{EventId, OrderId, TicketId};
use crate::domain::ticketing::{Attendee, qr};

/// Through the gate, which way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    Entry,
    Exit,
}

impl Direction {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Exit => "exit",
        }
    }
}

/// One scan as a device sends it.
#[derive(Clone, Debug)]
pub struct Scan {
    pub event: EventId,
    pub qr_data: String,
    pub direction: Direction,
    pub gate: Option<String>,
    /// The same scan sent twice carries the same one.
    pub nonce: Option<String>,
    /// When the device scanned, if it was offline since.
    pub scanned_at: Option<DateTime<Utc>>,
}

impl Scan {
    /// The hash of what was scanned.
    pub fn credential(&self) -> Vec<u8> {
        Sha256::digest(self.qr_data.trim().as_bytes()).to_vec()
    }
}

/// What a scanned text is.
#[derive(Debug)]
pub enum Credential {
    Ticket(Box<qr::Reading>),
    /// A person's permanent badge.
    Badge(String),
}

/// Reads a ticket's QR, a badge code, or the JSON of the source document (`{"badge_id": "…"}`).
pub fn read(text: &str) -> Option<Credential> {
    let text = text.trim();
    if let Some(reading) = qr::read(text) {
        return Some(Credential::Ticket(Box::new(reading)));
    }
    if is_badge(text) {
        return Some(Credential::Badge(text.to_owned()));
    }
    let json: serde_json::Value = serde_json::from_str(text).ok()?;
    let badge = json.get("badge_id").and_then(serde_json::Value::as_str)?;
    is_badge(badge).then(|| Credential::Badge(badge.to_owned()))
}

fn is_badge(text: &str) -> bool {
    text.strip_prefix("MKPL-")
        .is_some_and(|code| code.len() == 12 && code.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Why somebody is not let in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    AlreadyUsed,
    PaymentRequired,
    /// No such ticket, or not one of ours.
    Unknown,
    /// Refunded, cancelled or issued anew.
    Revoked,
    OtherEvent,
    EventNotOpen,
    /// An exit without an entry.
    NotInside,
}

impl Refusal {
    const ALL: [Self; 7] = [
        Self::AlreadyUsed,
        Self::PaymentRequired,
        Self::Unknown,
        Self::Revoked,
        Self::OtherEvent,
        Self::EventNotOpen,
        Self::NotInside,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::AlreadyUsed => "already_used",
            Self::PaymentRequired => "payment_required",
            Self::Unknown => "unknown",
            Self::Revoked => "revoked",
            Self::OtherEvent => "other_event",
            Self::EventNotOpen => "event_not_open",
            Self::NotInside => "not_inside",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.code() == code)
    }
}

/// Whom a verdict is about.
#[derive(Clone, Debug)]
pub struct Holder {
    pub ticket: TicketId,
    pub code: String,
    pub order: OrderId,
    pub ticket_type: String,
    pub attendee: Attendee,
}

/// The answer to a scan.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub refusal: Option<Refusal>,
    pub holder: Option<Holder>,
    /// When and where the ticket was let in: now, or the time before.
    pub checked_in_at: Option<DateTime<Utc>>,
    pub gate: Option<String>,
}

/// Why there is no verdict.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    #[error("nothing that can be read")]
    Unreadable,
    #[error("no such event")]
    UnknownEvent,
    #[error("the nonce belongs to another scan")]
    NonceReused,
    #[error(transparent)]
    Identity(#[from] crate::base::identity::IdentityError),
    #[error(transparent)]
    Db(#[from] DbError),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn badges_are_read_plain_and_in_json() {
        for text in [
            "MKPL-ABCDEFGH2345",
            " MKPL-ABCDEFGH2345\n",
            r#"{"user_id": 15, "badge_id": "MKPL-ABCDEFGH2345"}"#,
        ] {
            assert!(
                matches!(read(text), Some(Credential::Badge(code)) if code == "MKPL-ABCDEFGH2345"),
                "{text}"
            );
        }
        for text in ["", "58", "{}", "[]", "MKPL-", "USER-15-A1B2C3D4", "PV1", r#"{"badge_id": 5}"#] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn codes_are_read_back() {
        for refusal in Refusal::ALL {
            assert_eq!(Refusal::parse(refusal.code()), Some(refusal));
        }
    }
}
