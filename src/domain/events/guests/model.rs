//! Invitations, their states, and how a pasted list of addresses is read.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::base::i18n::Lang;
use crate::base::kernel::id::{EventId, GuestId};
use crate::base::kernel::secret::Keyring;
use crate::base::kernel::text;

/// How many addresses are invited at once, and how many one event may have.
pub(super) const AT_ONCE: usize = 200;
pub(super) const MOST: i64 = 5_000;

/// The purpose of an invitation's link, part of its signature.
const LINK: &str = "guest-link";

/// How far an invitation has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// The mail is on its way.
    Waiting,
    Sent,
    Opened,
    Ordered,
    Revoked,
}

impl State {
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Sent, Self::Opened, Self::Ordered, Self::Revoked];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Opened => "opened",
            Self::Ordered => "ordered",
            Self::Revoked => "revoked",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// Somebody who is invited.
#[derive(Clone, Debug)]
pub struct Guest {
    pub id: GuestId,
    pub email: String,
    pub locale: Lang,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    pub opened_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
    /// Orders placed with the link that were paid.
    pub orders: i64,
}

impl Guest {
    pub fn state(&self) -> State {
        match () {
            () if self.revoked_at.is_some() => State::Revoked,
            () if self.orders > 0 => State::Ordered,
            () if self.opened_at.is_some() => State::Opened,
            () if self.sent_at.is_some() => State::Sent,
            () => State::Waiting,
        }
    }
}

fn signed(event: EventId, guest: GuestId) -> Vec<u8> {
    [event.uuid().as_bytes().as_slice(), guest.uuid().as_bytes()].concat()
}

/// What opens the event to the guest: the value of `link` in addresses.
pub fn guest_link(keyring: &Keyring, event: EventId, guest: GuestId) -> String {
    format!("{}.{}", guest.uuid().simple(), keyring.sign(LINK, &signed(event, guest)))
}

/// The invitation whose link this is, revoked or not; none for anything that was not signed here.
pub(super) fn read_link(keyring: &Keyring, event: EventId, link: &str) -> Option<GuestId> {
    let (id, signature) = link.split_once('.')?;
    let guest = GuestId::from(Uuid::try_parse(id).ok()?);
    keyring.verify(LINK, &signed(event, guest), signature).then_some(guest)
}

/// The addresses of a pasted list, each once, and those parts of it that are none. People paste lines, commas,
/// semicolons, and names with the address in angle brackets.
pub(super) fn addresses(pasted: &str) -> (Vec<String>, Vec<String>) {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for part in pasted.split(['\n', '\r', ',', ';', '\t']) {
        let part = part.trim();
        let bare = match (part.rfind('<'), part.rfind('>')) {
            (Some(from), Some(to)) if from < to => part.get(from + 1..to).unwrap_or_default(),
            _ => part,
        };
        // Addresses in one line, parted by spaces.
        let many = bare.split_whitespace().collect::<Vec<_>>();
        let several = many.len() > 1 && many.iter().all(|word| word.contains('@'));
        let each = if several { many } else { vec![bare] };
        for typed in each.into_iter().filter(|typed| !typed.is_empty()) {
            match text::email(typed) {
                Some(email) if found.contains(&email) => {}
                Some(email) => found.push(email),
                None => wrong.push(typed.to_owned()),
            }
        }
    }
    (found, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::kernel::secret::Secret;

    #[test]
    fn lists_are_read_as_people_paste_them() {
        let pasted = "Nadia Benali <nadia@example.org>, karim@example.org;lina@example.org\r\n\r\n\
                      a@example.org b@example.org\tNADIA@example.org\nnobody, Karim Haddad\n<>";
        let (found, wrong) = addresses(pasted);
        assert_eq!(
            found,
            ["nadia@example.org", "karim@example.org", "lina@example.org", "a@example.org", "b@example.org"]
        );
        assert_eq!(wrong, ["nobody", "Karim Haddad"]);
    }

    #[test]
    fn a_link_is_of_one_event_and_one_guest() {
        let keyring = Keyring::new(Secret::new("s"));
        let id = |number| uuid::Uuid::from_u128(number);
        let (event, guest) = (EventId::from(id(1)), GuestId::from(id(2)));
        let link = guest_link(&keyring, event, guest);
        assert_eq!(read_link(&keyring, event, &link), Some(guest));
        assert_eq!(read_link(&keyring, EventId::from(id(3)), &link), None);
        let other = guest_link(&Keyring::new(Secret::new("t")), event, guest);
        for wrong in ["", ".", &link[..40], &other, &link.replacen('2', "3", 1), "2.x"] {
            assert_eq!(read_link(&keyring, event, wrong), None, "{wrong}");
        }
    }
}
