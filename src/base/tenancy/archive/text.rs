//! The ids of one installation as those of another.

use std::collections::HashMap;

use uuid::Uuid;

use crate::base::kernel::id::OrganizationNumber;

/// Length of a UUID as text.
const LENGTH: usize = 36;

/// Which ids become which.
#[derive(Debug)]
pub(super) struct Renaming {
    pub from: OrganizationNumber,
    pub to: OrganizationNumber,
    /// People who have an account where the organization goes.
    pub accounts: HashMap<Uuid, Uuid>,
}

impl Renaming {
    pub fn id(&self, id: Uuid) -> Uuid {
        if let Some(account) = self.accounts.get(&id) {
            return *account;
        }
        let own = id.get_version_num() == 7 && number(id) == self.from.0;
        if own { with_number(id, self.to) } else { id }
    }

    /// The text with every id in it renamed, wherever it stands: in a column, in JSON, in a file's name.
    pub fn text(&self, text: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len());
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let found = rest
                .get(..LENGTH)
                .filter(|word| word.get(8) == Some(&b'-'))
                .and_then(|word| Uuid::try_parse_ascii(word).ok().map(|id| self.id(id)));
            if let Some(id) = found {
                out.extend_from_slice(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes());
                at += LENGTH;
            } else {
                out.extend(rest.first());
                at += 1;
            }
        }
        out
    }

    pub fn name(&self, name: &str) -> String {
        String::from_utf8_lossy(&self.text(name.as_bytes())).into_owned()
    }
}

fn number(id: Uuid) -> i32 {
    let [.., a, b, c, d] = id.into_bytes();
    i32::from_be_bytes([a, b, c, d])
}

fn with_number(id: Uuid, to: OrganizationNumber) -> Uuid {
    crate::base::kernel::id::OrganizationId::from(id).at_home(to).uuid()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;
    use crate::base::kernel::id::{AccountId, EventId};

    fn renaming(accounts: HashMap<Uuid, Uuid>) -> Renaming {
        Renaming { from: OrganizationNumber(7), to: OrganizationNumber(1_000), accounts }
    }

    #[test]
    fn ids_of_the_organization_are_renamed_wherever_they_stand() {
        let at = DateTime::UNIX_EPOCH;
        let own = EventId::new(at, OrganizationNumber(7)).uuid();
        let (other, person) = (
            EventId::new(at, OrganizationNumber(8)).uuid(),
            AccountId::new(at, OrganizationNumber::PLATFORM).uuid(),
        );
        let (known, there) = (AccountId::new(at, OrganizationNumber::PLATFORM).uuid(), Uuid::from_u128(9));
        let renaming = renaming([(known, there)].into());
        let text =
            format!("{own}\t{{\"event\": \"{own}\"}}\t{other}\t{person}\t{known}\tevents/{own}/cover.jpg\\n");
        let renamed = String::from_utf8(renaming.text(text.as_bytes())).unwrap();
        let new = EventId::from(renaming.id(own));
        assert_eq!(new.organization(), OrganizationNumber(1_000));
        assert_eq!(EventId::from(own).made_at(), new.made_at());
        assert_eq!(
            renamed,
            format!("{new}\t{{\"event\": \"{new}\"}}\t{other}\t{person}\t{there}\tevents/{new}/cover.jpg\\n")
        );
    }

    proptest! {
        #[test]
        fn text_without_ids_stays_as_it_is(text in "[ -~éعا\\t\\\\-]{0,200}") {
            prop_assert_eq!(renaming(HashMap::new()).text(text.as_bytes()), text.as_bytes());
        }
    }
}
