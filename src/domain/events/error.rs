//! Why something about an event does not work.

use crate::base::db::DbError;

/// Every failure has a stable code, given where it becomes a problem document.
#[derive(Debug, thiserror::Error)]
pub enum EventsError {
    #[error("there is no such thing")]
    NotFound,
    #[error("somebody else changed it meanwhile")]
    Stale,
    #[error("the address is another event's")]
    SlugTaken,
    /// A quota would become smaller than what is held and sold of it.
    #[error("more is sold than the quota would have")]
    QuotaBelowSold,
    /// What has orders stays.
    #[error("there are orders")]
    HasOrders,
    #[error("prices are in the event's currency already")]
    CurrencyFixed,
    /// A test begins only while nothing real was ordered.
    #[error("there are real orders")]
    AlreadyOrdered,
    #[error("the event is not in test mode")]
    NotInTestMode,
    /// Events are made from it; nothing of it is sold.
    #[error("it is a template")]
    Template,
    /// Buyers were told other dates: postponing tells them the new ones.
    #[error("its dates were told to buyers")]
    DatesTold(&'static str),
    /// Nobody knows of a draft: its dates are simply changed.
    #[error("the event is not published")]
    NotPublished,
    /// These are the dates that it has.
    #[error("nothing is postponed")]
    SameDates,
    /// A public event is open to everybody.
    #[error("the event is not private")]
    NotPrivate,
    #[error("too many are invited")]
    TooManyGuests,
    #[error("the invitation was revoked")]
    GuestRevoked,
    #[error("the event is cancelled")]
    Cancelled,
    /// These fields are missing before strangers may see the event.
    #[error("the event is not complete")]
    Incomplete(Vec<&'static str>),
    /// The quota is another event's or does not exist.
    #[error("unknown quota")]
    UnknownQuota,
    #[error(transparent)]
    Db(DbError),
}

impl From<DbError> for EventsError {
    /// What the database refuses by a named rule is the caller's to know.
    fn from(error: DbError) -> Self {
        let named = match error.constraint() {
            Some("quota_not_oversold") => Some(Self::QuotaBelowSold),
            Some("orders_event" | "order_line_type") => Some(Self::HasOrders),
            _ => None,
        };
        named.unwrap_or_else(|| match error.state().as_deref() {
            // Raised by take_places.
            Some("P0S01") => Self::QuotaBelowSold,
            _ => Self::Db(error),
        })
    }
}
