//! Who asks, and the witness that they may.

use std::marker::PhantomData;

use chrono::{DateTime, Utc};

use super::roles::{EventRole, KeyScope, MemberRole, Permission};
use crate::base::i18n::Lang;
use crate::base::kernel::id::{AccountId, EventId, OrganizationNumber, SessionId};

/// A person that is logged in, or a program with a key, with everything that decides what they may do.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Of a program it is the key's own id: what it does is told as the key's doing.
    pub account: AccountId,
    pub session: SessionId,
    /// What a program's key lets it do; people have none.
    pub key: Option<KeyRights>,
    /// The organization that the session works in.
    pub working_in: Option<OrganizationNumber>,
    /// When the session ends unless it is used, in UTC.
    pub session_ends: DateTime<Utc>,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub locale: Lang,
    pub email_confirmed: bool,
    /// Whether a second factor is asked for at each login; it has opened this session then.
    pub second_factor: bool,
    /// The address of their small photo on the site.
    pub photo: Option<String>,
    /// When their account ends, where they have asked for it.
    pub erase_at: Option<DateTime<Utc>>,
    pub memberships: Vec<(OrganizationNumber, MemberRole)>,
    pub assignments: Vec<Assignment>,
}

/// What a key lets a program do, in one organization.
#[derive(Clone, Debug)]
pub struct KeyRights {
    pub organization: OrganizationNumber,
    pub scopes: Vec<KeyScope>,
}

/// A role in one event.
#[derive(Clone, Copy, Debug)]
pub struct Assignment {
    pub organization: OrganizationNumber,
    pub event: EventId,
    pub role: EventRole,
}

/// How far somebody is from doing something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    May,
    /// Belongs here, but may not.
    MayNot,
    /// Does not belong here: it must look as if the thing did not exist.
    Stranger,
}

impl Actor {
    pub fn member_role(&self, organization: OrganizationNumber) -> Option<MemberRole> {
        self.memberships.iter().find(|(number, _)| *number == organization).map(|(_, role)| *role)
    }

    /// The role in an event, given or by membership.
    pub fn event_role(&self, event: EventId) -> Option<EventRole> {
        let assigned = self.assignments.iter().find(|assignment| assignment.event == event);
        let by_membership = self.member_role(event.organization()).and_then(MemberRole::in_every_event);
        by_membership.or(assigned.map(|assignment| assignment.role))
    }

    /// Whether the actor is an organizer of the event, who alone may make and unmake organizers, or a program that
    /// does an organizer's work.
    pub fn organizes(&self, event: EventId) -> bool {
        let program = self.key.as_ref().is_some_and(|key| {
            key.organization == event.organization() && key.scopes.contains(&KeyScope::EventsWrite)
        });
        program || self.event_role(event) == Some(EventRole::Organisateur)
    }

    pub(super) fn in_organization<P: Permission>(&self, organization: OrganizationNumber) -> Standing {
        if let Some(key) = self.key.as_ref().filter(|key| key.organization == organization) {
            let has = key.scopes.iter().any(|scope| P::KEYS.contains(scope));
            return if has { Standing::May } else { Standing::MayNot };
        }
        match self.member_role(organization) {
            Some(role) if P::MEMBERS.contains(&role) => Standing::May,
            Some(_) => Standing::MayNot,
            None => Standing::Stranger,
        }
    }

    pub(super) fn in_event<P: Permission>(&self, event: EventId) -> Standing {
        let assigned = self.assignments.iter().find(|assignment| assignment.event == event);
        match (self.in_organization::<P>(event.organization()), assigned) {
            (Standing::May, _) => Standing::May,
            (_, Some(assignment)) if P::IN_EVENT.contains(&assignment.role) => Standing::May,
            (Standing::Stranger, None) => Standing::Stranger,
            _ => Standing::MayNot,
        }
    }
}

/// The witness that somebody may do `P` to the target. Only `identity` makes one, and a service that needs
/// it takes both the target and the person from it.
#[must_use]
#[derive(Debug)]
pub struct Can<P: Permission, T = EventId> {
    target: T,
    by: AccountId,
    what: PhantomData<fn() -> P>,
}

impl<P: Permission, T: Copy> Can<P, T> {
    pub(super) fn new(target: T, by: AccountId) -> Self {
        Self { target, by, what: PhantomData }
    }

    /// What it was given for.
    pub fn target(&self) -> T {
        self.target
    }

    /// Who may.
    pub fn by(&self) -> AccountId {
        self.by
    }
}

impl<P: Permission> Can<P, EventId> {
    /// The event it was given for.
    pub fn event(&self) -> EventId {
        self.target
    }
}

#[cfg(test)]
mod tests {
    use super::super::roles::{EditEvent, ManageSales, ReadEvent, ScanTickets};
    use super::*;

    fn actor(memberships: Vec<(OrganizationNumber, MemberRole)>, assignments: Vec<Assignment>) -> Actor {
        let at = DateTime::UNIX_EPOCH;
        Actor {
            account: AccountId::new(at, OrganizationNumber::PLATFORM),
            session: SessionId::new(at, OrganizationNumber::PLATFORM),
            key: None,
            working_in: None,
            session_ends: at,
            email: "a@b.c".into(),
            first_name: String::new(),
            last_name: String::new(),
            locale: Lang::En,
            email_confirmed: true,
            second_factor: false,
            photo: None,
            erase_at: None,
            memberships,
            assignments,
        }
    }

    #[test]
    fn membership_counts_in_its_own_organization_only() {
        let (ours, theirs) = (OrganizationNumber(1), OrganizationNumber(2));
        let owner = actor(vec![(ours, MemberRole::Owner)], vec![]);
        let event = |number| EventId::new(DateTime::UNIX_EPOCH, number);
        assert_eq!(owner.in_event::<EditEvent>(event(ours)), Standing::May);
        assert_eq!(owner.in_event::<EditEvent>(event(theirs)), Standing::Stranger);
        let viewer = actor(vec![(ours, MemberRole::Viewer)], vec![]);
        assert_eq!(viewer.in_event::<ReadEvent>(event(ours)), Standing::May);
        assert_eq!(viewer.in_event::<EditEvent>(event(ours)), Standing::MayNot);
    }

    #[test]
    fn a_key_counts_in_its_own_organization_and_for_its_scopes_only() {
        let (ours, theirs) = (OrganizationNumber(1), OrganizationNumber(2));
        let scopes = vec![KeyScope::EventsRead, KeyScope::CheckIn];
        let key = Some(KeyRights { organization: ours, scopes });
        let program = Actor { key, ..actor(vec![], vec![]) };
        let event = |number| EventId::new(DateTime::UNIX_EPOCH, number);
        assert_eq!(program.in_event::<ReadEvent>(event(ours)), Standing::May);
        assert_eq!(program.in_event::<ScanTickets>(event(ours)), Standing::May);
        assert_eq!(program.in_event::<EditEvent>(event(ours)), Standing::MayNot);
        assert_eq!(program.in_event::<ReadEvent>(event(theirs)), Standing::Stranger);
    }

    #[test]
    fn an_assignment_counts_in_its_own_event_only() {
        let number = OrganizationNumber(1);
        let (here, there) =
            (EventId::new(DateTime::UNIX_EPOCH, number), EventId::new(DateTime::UNIX_EPOCH, number));
        let role = EventRole::ControlleurDesBadges;
        let controller = actor(vec![], vec![Assignment { organization: number, event: here, role }]);
        assert_eq!(controller.in_event::<ScanTickets>(here), Standing::May);
        assert_eq!(controller.in_event::<ManageSales>(here), Standing::MayNot);
        assert_eq!(controller.in_event::<ScanTickets>(there), Standing::Stranger);
    }
}
