//! What a ticket's QR says: ids and a signature, so that a device can check it with no network.
//!
//! `PV1` and base32 of ticket, event, revision and an Ed25519 signature by the organization's key (RFC 8032).
//! Only capitals and digits: the QR code is denser, and scanners that type spell it on every keyboard.

use data_encoding::BASE32_NOPAD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use uuid::Uuid;

use crate::base::kernel::id::{EventId, TicketId};

const PREFIX: &str = "PV1";
/// Of test tickets: a device that checks real ones knows no such text.
const TEST_PREFIX: &str = "PT1";
/// Ticket, event, revision.
const MESSAGE: usize = 16 + 16 + 2;

/// A QR that has the right form. Nothing is proved before [`Reading::is_signed_by`].
#[derive(Debug)]
pub struct Reading {
    pub ticket: TicketId,
    pub event: EventId,
    pub revision: i16,
    /// Whether it is a test ticket's.
    pub test: bool,
    message: [u8; MESSAGE],
    signature: Signature,
}

fn message(ticket: TicketId, event: EventId, revision: i16) -> Vec<u8> {
    [ticket.uuid().as_bytes().as_slice(), event.uuid().as_bytes(), &revision.to_be_bytes()].concat()
}

const fn prefix(test: bool) -> &'static str {
    if test { TEST_PREFIX } else { PREFIX }
}

/// The signed text. The prefix is signed too, so that a later version cannot be mistaken for this one.
fn signed(test: bool, message: &[u8]) -> Vec<u8> {
    [prefix(test).as_bytes(), message].concat()
}

/// The text of a ticket's QR.
pub fn write(key: &SigningKey, ticket: TicketId, event: EventId, revision: i16, test: bool) -> String {
    let message = message(ticket, event, revision);
    let signature = key.sign(&signed(test, &message));
    format!("{}{}", prefix(test), BASE32_NOPAD.encode(&[message.as_slice(), &signature.to_bytes()].concat()))
}

/// Reads a QR; `None` for anything that is not one of ours by its form.
pub fn read(text: &str) -> Option<Reading> {
    let text = text.trim();
    let test = text.starts_with(TEST_PREFIX);
    let bytes = BASE32_NOPAD.decode(text.strip_prefix(prefix(test))?.as_bytes()).ok()?;
    let (message, signature) = bytes.split_first_chunk::<MESSAGE>()?;
    let (ticket, rest) = message.split_first_chunk::<16>()?;
    let (event, revision) = rest.split_first_chunk::<16>()?;
    Some(Reading {
        ticket: Uuid::from_bytes(*ticket).into(),
        event: Uuid::from_bytes(*event).into(),
        revision: i16::from_be_bytes(revision.try_into().ok()?),
        test,
        message: *message,
        signature: Signature::from_slice(signature).ok()?,
    })
}

impl Reading {
    /// Whether the organization's key made it.
    pub fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        key.verify_strict(&signed(self.test, &self.message), &self.signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;
    use crate::base::kernel::id::OrganizationNumber;

    fn sample() -> (SigningKey, TicketId, EventId) {
        let (at, number) = (DateTime::UNIX_EPOCH, OrganizationNumber(9));
        (SigningKey::from_bytes(&[7; 32]), TicketId::new(at, number), EventId::new(at, number))
    }

    #[test]
    fn a_qr_is_read_back_and_verified() {
        let (key, ticket, event) = sample();
        let text = write(&key, ticket, event, 3, false);
        let reading = read(&text).unwrap();
        assert_eq!((reading.ticket, reading.event, reading.revision), (ticket, event, 3));
        assert!(reading.is_signed_by(&key.verifying_key()));
        assert!(!reading.is_signed_by(&SigningKey::from_bytes(&[8; 32]).verifying_key()));
        assert!(text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
    }

    #[test]
    fn a_test_ticket_is_not_made_a_real_one() {
        let (key, ticket, event) = sample();
        let text = write(&key, ticket, event, 1, true);
        let reading = read(&text).unwrap();
        assert!(reading.test && reading.is_signed_by(&key.verifying_key()));
        let disguised = read(&text.replacen(TEST_PREFIX, PREFIX, 1)).unwrap();
        assert!(!disguised.is_signed_by(&key.verifying_key()));
    }

    proptest! {
        #[test]
        fn a_changed_character_is_never_accepted(at in 3usize..160, to in prop::sample::select(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".to_vec())) {
            let (key, ticket, event) = sample();
            let mut bytes = write(&key, ticket, event, 1, false).into_bytes();
            let at = at.min(bytes.len() - 1);
            prop_assume!(bytes[at] != to);
            bytes[at] = to;
            let changed = String::from_utf8(bytes).unwrap();
            prop_assert!(!read(&changed).is_some_and(|reading| reading.is_signed_by(&key.verifying_key())));
        }

        #[test]
        fn any_text_is_read_without_harm(text in ".*") {
            let _ = read(&text);
        }
    }
}
