//! The chapters of the API's document.

use poem_openapi::Tags as DocumentTags;

/// One chapter a capability.
#[derive(DocumentTags)]
pub enum Tags {
    /// Accounts, sessions, profile.
    Identity,
    /// Organizations, members, invitations.
    Organizations,
    /// Events, ticket types and quotas, as their organizers see them.
    Events,
    /// What is public: published events of all organizations.
    Catalogue,
    /// Orders and tickets.
    Orders,
    /// Payments and the test card service.
    Payments,
    /// The gate.
    Access,
    /// The state of the installation.
    Health,
}
