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
}

/// Something that not everybody may do. The roles named here may; nobody else.
pub trait Permission: Send + Sync + 'static {
    const NAME: &'static str;
    const MEMBERS: &'static [MemberRole];
    const IN_EVENT: &'static [EventRole];
}

macro_rules! matrix {
    ($($(#[$doc:meta])* $name:ident: [$($member:ident),*], [$($role:ident),*];)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub enum $name {}
            impl Permission for $name {
                const NAME: &'static str = stringify!($name);
                const MEMBERS: &'static [MemberRole] = &[$(MemberRole::$member),*];
                const IN_EVENT: &'static [EventRole] = &[$(EventRole::$role),*];
            }
        )*
        /// Every permission by name, for the test that walks the matrix.
        pub const MATRIX: &[(&str, &[MemberRole], &[EventRole])] =
            &[$((stringify!($name), $name::MEMBERS, $name::IN_EVENT)),*];
    };
}

matrix! {
    /// See the organization, its settings and members.
    ReadOrganization: [Owner, Admin, Sales, Operator, Viewer], [];
    /// Change the organization's settings.
    EditOrganization: [Owner, Admin], [];
    /// Invite, change and remove members.
    ManageMembers: [Owner, Admin], [];
    /// Create events.
    CreateEvents: [Owner, Admin], [];
    /// See an event that may be a draft.
    ReadEvent: [Owner, Admin, Sales, Operator, Viewer],
        [Organisateur, GestionnaireDesSalles, ControlleurDesBadges, Exposant, Participant];
    /// Change an event.
    EditEvent: [Owner, Admin], [Organisateur, GestionnaireDesSalles];
    /// Publish, cancel and delete an event; its ticket types and quotas.
    ManageSales: [Owner, Admin], [Organisateur];
    /// Give roles in an event.
    ManageAssignments: [Owner, Admin], [Organisateur, GestionnaireDesSalles];
    /// Read orders, participants and figures.
    ReadSales: [Owner, Admin], [Organisateur, GestionnaireDesSalles];
    /// Refund and cancel orders.
    RefundOrders: [Owner, Admin], [Organisateur];
    /// Correct the buyer's address of an order, and the names on its tickets.
    CorrectOrders: [Owner, Admin], [Organisateur];
    /// Enter orders by hand: paid at the door, or given away.
    SellByHand: [Owner, Admin], [Organisateur];
    /// Export participants, orders and payments.
    ExportSales: [Owner, Admin], [Organisateur];
    /// Scan at the gate.
    ScanTickets: [Owner, Admin], [Organisateur, GestionnaireDesSalles, ControlleurDesBadges];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_and_admins_may_do_whatever_an_organizer_may() {
        for (name, members, in_event) in MATRIX {
            if in_event.contains(&EventRole::Organisateur) {
                assert!(
                    members.contains(&MemberRole::Owner) && members.contains(&MemberRole::Admin),
                    "{name}"
                );
            }
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
    }
}
