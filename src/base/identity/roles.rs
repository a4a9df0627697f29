//! Who may do what: the roles, and the one matrix of permissions.
//!
//! Source: the table "Roles in an event, and what they may do" of the product's description.

/// What an account is in an organization.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    Owner,
    Admin,
    Sales,
    Operator,
    Viewer,
}

/// What an account is in an event. The codes are those of the source documents.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EventRole {
    Organisateur,
    GestionnaireDesSalles,
    ControlleurDesBadges,
    Exposant,
    Participant,
}

impl MemberRole {
    pub const ALL: [Self; 5] = [Self::Owner, Self::Admin, Self::Sales, Self::Operator, Self::Viewer];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Sales => "sales",
            Self::Operator => "operator",
            Self::Viewer => "viewer",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Owners and admins are `organisateur` in every event of their organization.
    pub const fn in_every_event(self) -> Option<EventRole> {
        match self {
            Self::Owner | Self::Admin => Some(EventRole::Organisateur),
            Self::Sales | Self::Operator | Self::Viewer => None,
        }
    }
}

impl EventRole {
    pub const ALL: [Self; 5] = [
        Self::Organisateur,
        Self::GestionnaireDesSalles,
        Self::ControlleurDesBadges,
        Self::Exposant,
        Self::Participant,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Organisateur => "organisateur",
            Self::GestionnaireDesSalles => "gestionnaire_des_salles",
            Self::ControlleurDesBadges => "controlleur_des_badges",
            Self::Exposant => "exposant",
            Self::Participant => "participant",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The names of what the role may do in its event, such as `scan_tickets`.
    pub fn permissions(self) -> Vec<String> {
        let may = MATRIX.iter().filter(|(_, _, in_event, _)| in_event.contains(&self));
        may.map(|(name, ..)| snake_case(name)).collect()
    }
}

/// `ScanTickets` as `scan_tickets`.
fn snake_case(name: &str) -> String {
    let mut written = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !written.is_empty() {
            written.push('_');
        }
        written.push(c.to_ascii_lowercase());
    }
    written
}

/// What a key lets a program do in its organization.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum KeyScope {
    OrganizationRead,
    EventsRead,
    EventsWrite,
    SalesRead,
    SalesWrite,
    CheckIn,
}

impl KeyScope {
    pub const ALL: [Self; 6] = [
        Self::OrganizationRead,
        Self::EventsRead,
        Self::EventsWrite,
        Self::SalesRead,
        Self::SalesWrite,
        Self::CheckIn,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::OrganizationRead => "organization:read",
            Self::EventsRead => "events:read",
            Self::EventsWrite => "events:write",
            Self::SalesRead => "sales:read",
            Self::SalesWrite => "sales:write",
            Self::CheckIn => "checkin",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// Something that not everybody may do. The roles and keys named here may; nobody else.
pub trait Permission: Send + Sync + 'static {
    const NAME: &'static str;
    const MEMBERS: &'static [MemberRole];
    const IN_EVENT: &'static [EventRole];
    const KEYS: &'static [KeyScope];
    /// Whether it goes on while the organization is suspended or waits for its end.
    const WHILE_SHUT: bool;
}

/// A line of the matrix: the permission, the roles in the organization and in the event, and the keys that have it.
pub type MatrixLine = (&'static str, &'static [MemberRole], &'static [EventRole], &'static [KeyScope]);

macro_rules! matrix {
    ($($(#[$doc:meta])* $name:ident: [$($member:ident),*], [$($role:ident),*], [$($key:ident),*], $shut:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub enum $name {}
            impl Permission for $name {
                const NAME: &'static str = stringify!($name);
                const MEMBERS: &'static [MemberRole] = &[$(MemberRole::$member),*];
                const IN_EVENT: &'static [EventRole] = &[$(EventRole::$role),*];
                const KEYS: &'static [KeyScope] = &[$(KeyScope::$key),*];
                const WHILE_SHUT: bool = matrix!($shut);
            }
        )*
        /// Every permission by name, for the test that walks the matrix.
        pub const MATRIX: &[MatrixLine] =
            &[$((stringify!($name), $name::MEMBERS, $name::IN_EVENT, $name::KEYS)),*];
    };
    (always) => { true };
    (open) => { false };
}

matrix! {
    /// See the organization and its settings; also without the second factor that it asks for, to know who asks.
    ReadOrganization: [Owner, Admin, Sales, Operator, Viewer], [], [OrganizationRead], always;
    /// See who its members are.
    ReadMembers: [Owner, Admin, Sales, Operator, Viewer], [], [OrganizationRead], always;
    /// Change the organization's settings.
    EditOrganization: [Owner, Admin], [], [], open;
    /// Invite, change and remove members; nobody is invited while the organization is shut.
    ManageMembers: [Owner, Admin], [], [], always;
    /// Make and revoke keys for programs; none is made while the organization is shut.
    ManageKeys: [Owner, Admin], [], [], always;
    /// See what was done in the organization, and by whom.
    ReadAudit: [Owner, Admin], [], [], always;
    /// Hand the organization over, end it, or keep it after all.
    OwnOrganization: [Owner], [], [], always;
    /// Create events.
    CreateEvents: [Owner, Admin], [], [EventsWrite], open;
    /// See an event that may be a draft.
    ReadEvent: [Owner, Admin, Sales, Operator, Viewer],
        [Organisateur, GestionnaireDesSalles, ControlleurDesBadges, Exposant, Participant],
        [EventsRead, EventsWrite, SalesRead, SalesWrite, CheckIn], always;
    /// Change an event.
    EditEvent: [Owner, Admin], [Organisateur, GestionnaireDesSalles], [EventsWrite], open;
    /// Publish, cancel and delete an event; its ticket types and quotas.
    ManageSales: [Owner, Admin], [Organisateur], [EventsWrite], open;
    /// Give and take roles in an event; none is given while the organization is shut.
    ManageAssignments: [Owner, Admin], [Organisateur, GestionnaireDesSalles], [], always;
    /// Read orders, participants and figures.
    ReadSales: [Owner, Admin], [Organisateur, GestionnaireDesSalles], [SalesRead, SalesWrite], always;
    /// Refund and cancel orders.
    RefundOrders: [Owner, Admin], [Organisateur], [SalesWrite], always;
    /// Correct the buyer's address of an order, and the names on its tickets.
    CorrectOrders: [Owner, Admin], [Organisateur], [SalesWrite], always;
    /// Enter orders by hand: paid at the door, or given away.
    SellByHand: [Owner, Admin], [Organisateur], [SalesWrite], open;
    /// Export participants, orders and payments.
    ExportSales: [Owner, Admin], [Organisateur], [SalesRead], always;
    /// Scan at the gate.
    ScanTickets: [Owner, Admin], [Organisateur, GestionnaireDesSalles, ControlleurDesBadges], [CheckIn], always;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_and_admins_may_do_whatever_an_organizer_may() {
        for (name, members, in_event, _) in MATRIX {
            if in_event.contains(&EventRole::Organisateur) {
                assert!(
                    members.contains(&MemberRole::Owner) && members.contains(&MemberRole::Admin),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn no_key_touches_people_keys_or_the_organization_itself() {
        for name in [
            "EditOrganization",
            "ManageMembers",
            "ManageKeys",
            "OwnOrganization",
            "ManageAssignments",
            "ReadAudit",
        ] {
            let (.., keys) = MATRIX.iter().find(|(known, ..)| *known == name).unwrap();
            assert!(keys.is_empty(), "{name}");
        }
    }

    #[test]
    fn codes_are_read_back() {
        for role in MemberRole::ALL {
            assert_eq!(MemberRole::parse(role.code()), Some(role));
        }
        for role in EventRole::ALL {
            assert_eq!(EventRole::parse(role.code()), Some(role));
        }
        for scope in KeyScope::ALL {
            assert_eq!(KeyScope::parse(scope.code()), Some(scope));
        }
    }
}
