//! Whom visitors of an event may turn to.

use poem_openapi::Object;
use serde::{Deserialize, Serialize};

use crate::base::identity::Identity;
use crate::base::kernel::id::{AccountId, EventId};
use crate::base::kernel::text;
use crate::base::web::{ApiResult, Checks, Problem};

/// Somebody whom visitors may write to or call.
#[derive(Object, Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[oai(rename = "EventContact", skip_serializing_if_is_none)]
#[serde(default)]
pub struct Contact {
    #[oai(validator(max_length = 120), default)]
    pub name: String,
    /// What they can be asked about, as in "Press".
    #[oai(validator(max_length = 120), default)]
    pub role: String,
    /// Either an address or a telephone number is needed.
    #[oai(validator(max_length = 254), default)]
    pub email: String,
    #[oai(validator(max_length = 40), default)]
    pub phone: String,
}

impl Contact {
    /// The contact at this place of the list, tidied; what is wrong with it is recorded.
    fn checked(self, index: usize, checks: &mut Checks) -> Self {
        let field = |name: &str| format!("contacts/{index}/{name}");
        let tidy = |text: String| text.trim().to_owned();
        let (name, role, email, phone) =
            (tidy(self.name), tidy(self.role), tidy(self.email), tidy(self.phone));
        let name = if text::is_blank(&name) { String::new() } else { name };
        checks.ensure(!email.is_empty() || !phone.is_empty(), &field("email"), "reachable");
        let email = match email.as_str() {
            "" => email,
            typed => checks.some(text::email(typed), &field("email"), "email").unwrap_or_default(),
        };
        // Short numbers, as of the emergency services, are numbers too.
        let phone = checks.some(text::phone(&phone, 3), &field("phone"), "phone").unwrap_or_default();
        Self { name, role, email, phone }
    }
}

/// Whom an event has as its president works for it; anybody else is unknown here. For who may edit the event.
pub(super) async fn check_president(
    identity: &Identity,
    event: EventId,
    president: Option<AccountId>,
) -> ApiResult<()> {
    let Some(president) = president else { return Ok(()) };
    let known = identity.colleagues(event).await?;
    let is_known = known.iter().any(|(account, _)| *account == president);
    if is_known { Ok(()) } else { Err(Problem::field("president", "unknown")) }
}

/// The contacts as they are kept; what is wrong with them is recorded.
pub(super) fn checked(contacts: Vec<Contact>, checks: &mut Checks) -> Vec<Contact> {
    contacts.into_iter().enumerate().map(|(index, contact)| contact.checked(index, checks)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_can_be_reached() {
        let wrong = |name: &str, email: &str, phone: &str| {
            let mut checks = Checks::default();
            let contact =
                Contact { name: name.into(), email: email.into(), phone: phone.into(), ..Contact::default() };
            let kept = checked(vec![contact], &mut checks);
            (checks.into_errors().into_iter().map(|error| error.code.to_owned()).collect::<Vec<_>>(), kept)
        };
        let none: Vec<String> = vec![];
        assert_eq!(wrong(" Nadia ", "Nadia@Example.org", "").0, none);
        assert_eq!(wrong("Nadia", "", "+213 (0)555 12-34-56").0, none);
        assert_eq!(wrong("", "", "").0, ["reachable"]);
        assert_eq!(wrong("\u{200b}", "", "0555 12 34 56").1[0].name, "");
        assert_eq!(wrong("N", "nobody", "").0, ["email"]);
        for phone in ["12", "call me", "+33<script>", "0123456789012345678901"] {
            assert_eq!(wrong("N", "", phone).0, ["phone"], "{phone}");
        }
        assert_eq!(wrong(" Nadia ", "Nadia@Example.org", "").1[0].name, "Nadia");
    }
}
