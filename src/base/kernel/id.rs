//! Ids: UUID v7 whose last 32 bits hold the number of the organization that owns the thing.
//!
//! The number is routing, never authority: with a wrong number nothing is found.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::random;

/// The number of an organization; its schema and role are named after it. Zero is the platform itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct OrganizationNumber(pub i32);

impl OrganizationNumber {
    /// What belongs to no organization: accounts, sessions.
    pub const PLATFORM: Self = Self(0);
}

impl fmt::Display for OrganizationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The id of one kind of thing: an id of an order cannot be used as the id of an event.
pub struct Id<K> {
    uuid: Uuid,
    kind: PhantomData<fn() -> K>,
}

impl<K> Id<K> {
    /// A new id for something created at `at` in the organization `number`.
    pub fn new(at: DateTime<Utc>, number: OrganizationNumber) -> Self {
        let [high, low] = random::bytes::<2>();
        Self::in_sequence(at, u16::from_be_bytes([high, low]), number)
    }

    /// When what it names was made, to the millisecond.
    pub fn made_at(&self) -> Option<DateTime<Utc>> {
        let (seconds, nanos) = self.uuid().get_timestamp()?.to_unix();
        DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)
    }

    /// As [`Self::new`], sorted by `sequence` (12 bits of it) among the ids of one instant.
    pub fn in_sequence(at: DateTime<Utc>, sequence: u16, number: OrganizationNumber) -> Self {
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        let [a, b, c, d, e, f, ..] = (millis << 16).to_be_bytes();
        let [s0, s1] = sequence.to_be_bytes();
        let [r2, r3, r4, r5] = random::bytes::<4>();
        let [n0, n1, n2, n3] = number.0.to_be_bytes();
        Self::from(Uuid::from_bytes([
            a,
            b,
            c,
            d,
            e,
            f,
            0x70 | (s0 & 0x0f),
            s1,
            0x80 | (r2 & 0x3f),
            r3,
            r4,
            r5,
            n0,
            n1,
            n2,
            n3,
        ]))
    }

    pub const fn uuid(self) -> Uuid {
        self.uuid
    }

    /// The same id in the organization of this number: what came from another installation has another number here.
    #[must_use]
    pub fn at_home(self, number: OrganizationNumber) -> Self {
        let mut bytes = self.uuid.into_bytes();
        if let Some(last) = bytes.last_chunk_mut::<4>() {
            *last = number.0.to_be_bytes();
        }
        Self::from(Uuid::from_bytes(bytes))
    }

    /// The organization to look in; nothing is proved by it.
    pub fn organization(self) -> OrganizationNumber {
        let [.., a, b, c, d] = self.uuid.into_bytes();
        OrganizationNumber(i32::from_be_bytes([a, b, c, d]))
    }
}

/// The ids of each organization, in the order in which they came.
pub fn by_organization<K>(ids: impl IntoIterator<Item = Id<K>>) -> BTreeMap<OrganizationNumber, Vec<Uuid>> {
    let mut found: BTreeMap<_, Vec<Uuid>> = BTreeMap::new();
    for id in ids {
        found.entry(id.organization()).or_default().push(id.uuid);
    }
    found
}

impl<K> From<Uuid> for Id<K> {
    fn from(uuid: Uuid) -> Self {
        Self { uuid, kind: PhantomData }
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(f)
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(f)
    }
}
impl<K> serde::Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.uuid.serialize(serializer)
    }
}
impl<'de, K> serde::Deserialize<'de> for Id<K> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Self::from)
    }
}

/// The kinds of things that have an id.
pub mod kind {
    macro_rules! kinds {
        ($($(#[$doc:meta])* $kind:ident => $alias:ident;)*) => {
            $($(#[$doc])* #[derive(Debug)] pub enum $kind {} $(#[$doc])* pub type $alias = super::Id<$kind>;)*
        };
    }
    kinds! {
        /// A person, platform-wide.
        Account => AccountId;
        /// A login of an account; one family of refresh tokens.
        Session => SessionId;
        /// A tenant.
        Organization => OrganizationId;
        /// An invitation to an organization.
        Invitation => InvitationId;
        /// A key of a program.
        ApiKey => ApiKeyId;
        /// An event.
        Event => EventId;
        /// A capacity.
        Quota => QuotaId;
        /// Something an organizer corrected of an order.
        Correction => CorrectionId;
        /// A postponement of an event.
        Postponement => PostponementId;
        /// An invitation to attend a private event.
        Guest => GuestId;
        /// What is sold.
        TicketType => TicketTypeId;
        /// A purchase.
        Order => OrderId;
        /// A line of a purchase.
        OrderLine => OrderLineId;
        /// An admission.
        Ticket => TicketId;
        /// Money coming in.
        Payment => PaymentId;
        /// Money going back.
        Refund => RefundId;
        /// A scan verdict.
        Access => AccessId;
        /// A row of an audit log.
        Audit => AuditId;
    }
}

pub use kind::{
    AccessId, AccountId, ApiKeyId, AuditId, CorrectionId, EventId, GuestId, InvitationId, OrderId,
    OrderLineId, OrganizationId, PaymentId, PostponementId, QuotaId, RefundId, SessionId, TicketId,
    TicketTypeId,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_its_organization_and_is_a_version_7_uuid() {
        let at = DateTime::from_timestamp_millis(1_795_246_323_456).unwrap();
        let id = EventId::new(at, OrganizationNumber(70_123));
        assert_eq!(id.organization(), OrganizationNumber(70_123));
        assert_eq!(id.uuid().get_version_num(), 7);
        assert_eq!(id.uuid().get_variant(), uuid::Variant::RFC4122);
        let (seconds, nanos) = id.uuid().get_timestamp().unwrap().to_unix();
        assert_eq!((seconds, nanos / 1_000_000), (1_795_246_323, 456));
    }

    #[test]
    fn ids_of_one_instant_differ() {
        let at = DateTime::from_timestamp_millis(0).unwrap();
        let ids: std::collections::HashSet<_> =
            (0..1000).map(|_| OrderId::new(at, OrganizationNumber(1))).collect();
        assert_eq!(ids.len(), 1000);
    }
}
