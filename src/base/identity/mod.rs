//! Identity: accounts, sessions, memberships, and the witness that somebody may do something.
//!
//! Invariants: unknown address and wrong password look and cost the same; a permission ([`Can`]) is made here
//! alone; another organization's things look as if they did not exist; what is dangerous asks for the password again;
//! an address that is not confirmed gets and ends nothing of others. Tables: platform.account, session, membership,
//! assignment, invitation, api_key, email_change, second_factor, recovery_code, data_export, audit. Callers: every handler; other
//! capabilities stand behind [`EventCards`] and [`PersonalRecords`].

mod actor;
mod adoption;
mod api;
mod api_keys;
mod api_keys_api;
mod audit;
mod audit_api;
mod auth;
mod brand;
mod closing;
mod data_api;
mod data_export;
mod data_letters;
mod device;
mod dto;
mod email_api;
mod email_change;
mod email_letters;
mod entry;
mod erasure;
mod jobs;
mod members;
mod members_api;
mod my_events;
mod notices;
mod organization_export;
mod organization_letters;
mod organizations_api;
mod ownership;
mod ownership_api;
pub mod pages;
mod password;
mod password_change;
mod permits;
mod personal;
mod photo;
mod photo_form;
mod profile;
mod repo;
mod roles;
mod second_factor;
mod second_factor_api;
mod service;
mod sessions;
mod sessions_api;
mod token;
mod token_api;
mod totp;
mod visit;

pub use actor::{Actor, Assignment, Can, KeyRights};
pub use adoption::AdoptMembers;
pub use api::IdentityApi;
pub use api_keys_api::ApiKeysApi;
pub use audit_api::AuditApi;
pub use auth::{Auth, Entrance, MaybeAuth, Person};
pub use data_api::DataApi;
pub use email_api::EmailApi;
pub use jobs::register as register_jobs;
pub use members_api::{MembersApi, NewInvitation, invite};
pub use organization_export::{OrganizationRecords, Part};
pub use organizations_api::OrganizationsApi;
pub use ownership_api::{OwnershipApi, Records};
pub use personal::{PersonalRecords, Subject};
pub use repo::{
    AccountRow, ApiKeyRow, COPIED_TABLES, COPIED_WITHOUT, DataExportRow, EmailChangeRow, InvitationRow,
    MemberRow, OpenSession,
};
pub use roles::{
    CorrectOrders, CreateEvents, EditEvent, EditOrganization, EventRole, ExportSales, KeyScope, MATRIX,
    ManageAssignments, ManageKeys, ManageMembers, ManageSales, MemberRole, OwnOrganization, Permission,
    ReadAudit, ReadEvent, ReadMembers, ReadOrganization, ReadSales, RefundOrders, ScanTickets, SellByHand,
};
pub use second_factor::Opened;
pub use second_factor_api::SecondFactorApi;
pub use service::{Identity, NewAccount};
pub use sessions::SessionKind;
pub use sessions_api::SessionsApi;
pub use token::Tokens;
pub use token_api::TokenApi;
pub use visit::Visit;

use futures_util::future::BoxFuture;
use poem::http::StatusCode;

use crate::base::db::{DbError, DbResult};
use crate::base::kernel::id::{EventId, OrganizationNumber};
use crate::base::tenancy::TenantScope;
use crate::base::web::{Problem, stale};

/// Why something of identity does not work.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    #[error("wrong address or password")]
    WrongCredentials,
    #[error("wrong password")]
    WrongPassword,
    /// Where the password is asked for again.
    #[error("not the account's password")]
    NotThePassword,
    #[error("not a code of now")]
    WrongCode,
    /// Too many wrong codes; seconds until one is looked at again.
    #[error("no code is looked at for {0} seconds")]
    CodesBlocked(i64),
    /// Where a login cannot ask for it in a second step.
    #[error("a code is needed")]
    CodeNeeded,
    #[error("there is a second factor already")]
    FactorStands,
    #[error("there is no second factor")]
    NoFactor,
    /// The organization asks its members for one.
    #[error("a second factor is required")]
    FactorRequired,
    /// The names of the organizations that would be left without an owner.
    #[error("the last owner of {0:?}")]
    LastOwner(Vec<String>),
    /// The organization that would be left without one.
    #[error("the organization's last owner")]
    OnlyOwner,
    /// Why.
    /// The names of events that are not over and have tickets that were sold.
    #[error("tickets were sold to {0:?}")]
    SoldAhead(Vec<String>),
    #[error("the organization is suspended: {0}")]
    Suspended(String),
    #[error("the organization ends at {0}")]
    Closing(chrono::DateTime<chrono::Utc>),
    #[error("not another member")]
    NoMember,
    #[error("a member already")]
    AlreadyMember,
    #[error("has this role already")]
    AlreadyRole,
    #[error("too many keys")]
    TooManyKeys,
    /// What only a person may do.
    #[error("a program asks")]
    NoPerson,
    #[error("it is the account's address already")]
    SameEmail,
    #[error("no valid token")]
    BadToken,
    #[error("the link is not valid or has run out")]
    BadLink,
    /// Does not belong here: looks as if the thing did not exist.
    #[error("a stranger asks")]
    Stranger,
    #[error("not allowed")]
    MayNot,
    #[error("the address is not confirmed")]
    Unconfirmed,
    #[error("changed elsewhere meanwhile")]
    Stale,
    #[error("the invitation is for another address")]
    NotInvited,
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("identity: {0:#}")]
    Internal(anyhow::Error),
}

impl From<IdentityError> for Problem {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::WrongCredentials => {
                Self::new(StatusCode::UNAUTHORIZED, "identity.wrong_credentials")
            }
            IdentityError::WrongPassword => Self::field("old_password", "wrong_password"),
            IdentityError::NotThePassword => Self::field("password", "wrong_password"),
            IdentityError::WrongCode => Self::field("code", "wrong_code"),
            IdentityError::CodesBlocked(seconds) => {
                Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests")
                    .with("seconds", seconds)
                    .header("retry-after", seconds)
            }
            IdentityError::CodeNeeded => Self::new(StatusCode::UNAUTHORIZED, "identity.code_needed"),
            IdentityError::FactorStands => Self::conflict("identity.second_factor_stands"),
            IdentityError::NoFactor => Self::conflict("identity.no_second_factor"),
            IdentityError::FactorRequired => {
                Self::new(StatusCode::FORBIDDEN, "identity.second_factor_required")
            }
            IdentityError::LastOwner(names) => {
                Self::conflict("identity.last_owner").with("organizations", names.join(", "))
            }
            IdentityError::OnlyOwner => Self::conflict("organizations.last_owner"),
            IdentityError::SoldAhead(names) => {
                Self::conflict("organizations.sold_ahead").with("events", names.join(", "))
            }
            IdentityError::Suspended(reason) => {
                Self::new(StatusCode::FORBIDDEN, "organizations.suspended").with("reason", reason)
            }
            IdentityError::Closing(at) => {
                Self::new(StatusCode::FORBIDDEN, "organizations.closing").with("closes_at", at.to_rfc3339())
            }
            IdentityError::NoMember => Self::field("account", "no_member"),
            IdentityError::AlreadyMember => Self::field("email", "already_member"),
            IdentityError::AlreadyRole => Self::field("email", "already_role"),
            IdentityError::TooManyKeys => Self::conflict("organizations.too_many_keys"),
            IdentityError::NoPerson => Self::new(StatusCode::FORBIDDEN, "identity.person_needed"),
            IdentityError::SameEmail => Self::field("new_email", "unchanged"),
            IdentityError::BadToken => Self::unauthenticated(),
            IdentityError::BadLink => Self::field("token", "bad_link"),
            IdentityError::Stranger => Self::not_found(),
            IdentityError::Stale => stale(),
            IdentityError::MayNot => Self::forbidden(),
            IdentityError::Unconfirmed => Self::new(StatusCode::FORBIDDEN, "identity.unconfirmed"),
            IdentityError::NotInvited => Self::new(StatusCode::FORBIDDEN, "identity.not_invited"),
            IdentityError::Db(error) => error.into(),
            IdentityError::Internal(error) => Self::internal(&std::io::Error::other(format!("{error:#}"))),
        }
    }
}

/// What a login tells about an event.
#[derive(Clone, Debug)]
pub struct EventCard {
    pub id: EventId,
    pub name: String,
    pub starts_at: Option<chrono::DateTime<chrono::FixedOffset>>,
    pub ends_at: Option<chrono::DateTime<chrono::FixedOffset>>,
    pub status: &'static str,
    pub location: String,
    pub logo_url: Option<String>,
    pub banner_url: Option<String>,
}

/// An event, and when somebody was let in to it, by the clocks there.
pub type LetIn = (EventId, chrono::DateTime<chrono::FixedOffset>);

/// Describes events to those who log in; the events capability stands behind it.
pub trait EventCards: Send + Sync {
    /// The cards of those events that exist, in any order.
    fn cards(&self, events: Vec<EventId>) -> BoxFuture<'_, DbResult<Vec<EventCard>>>;

    /// The events that the person has a good ticket to, some hundreds at most: in these they are a participant. Of one
    /// event nothing but whether it is among them.
    fn attended<'a>(&'a self, who: &'a Subject, of: Option<EventId>)
    -> BoxFuture<'a, DbResult<Vec<EventId>>>;

    /// When the person was let in to those of these events to which they were.
    fn checked_in<'a>(
        &'a self,
        who: &'a Subject,
        events: Vec<EventId>,
    ) -> BoxFuture<'a, DbResult<Vec<LetIn>>>;

    /// The names of an organization's events that are not over and have tickets that were sold, a few at most.
    fn sold_ahead(&self, scope: TenantScope) -> BoxFuture<'_, DbResult<Vec<String>>>;

    /// Every event of the organization with its address, templates too, the oldest first.
    fn all(&self, scope: TenantScope) -> BoxFuture<'_, DbResult<Vec<(EventId, String)>>>;

    /// The cards of an organization's events, the latest first, a few hundred at most.
    fn organized(&self, organization: OrganizationNumber) -> BoxFuture<'_, DbResult<Vec<EventCard>>>;
}
