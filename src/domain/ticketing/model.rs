//! Orders and tickets: their states and the pure rules.

use chrono::{DateTime, Utc};

use crate::base::db::DbError;
use crate::base::i18n::Lang;
use crate::base::kernel::id::{AccountId, EventId, GuestId, OrderId, OrderLineId, TicketId, TicketTypeId};
use crate::base::kernel::money::{LARGEST_MINOR, Money};
use crate::domain::events::{NotOnSale, TicketType};
use crate::domain::payments::PaymentsError;

/// The state of an order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum OrderStatus {
    /// Holds its places until it expires.
    Pending,
    Paid,
    Expired,
    Cancelled,
    PartiallyRefunded,
    Refunded,
}

/// What may happen to an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Pay,
    Expire,
    Cancel,
    /// Some money or some tickets went back.
    RefundPart,
    /// Nothing is left.
    RefundAll,
}

impl OrderStatus {
    pub const ALL: [Self; 6] =
        [Self::Pending, Self::Paid, Self::Expired, Self::Cancelled, Self::PartiallyRefunded, Self::Refunded];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Paid => "paid",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::PartiallyRefunded => "partially_refunded",
            Self::Refunded => "refunded",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// The one transition function: the state after a step, or `None` where the step cannot be taken.
    pub const fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            // A payment that comes after the hold has ended takes its places again, if there are any.
            (Self::Pending | Self::Expired, Step::Pay) => Some(Self::Paid),
            (Self::Pending, Step::Expire) => Some(Self::Expired),
            // An order that is paid is cancelled only where nothing was paid; the service knows the total.
            (Self::Pending | Self::Paid, Step::Cancel) => Some(Self::Cancelled),
            (Self::Paid | Self::PartiallyRefunded, Step::RefundPart) => Some(Self::PartiallyRefunded),
            (Self::Paid | Self::PartiallyRefunded, Step::RefundAll) => Some(Self::Refunded),
            _ => None,
        }
    }

    /// Whether the order's tickets exist.
    pub const fn has_tickets(self) -> bool {
        matches!(self, Self::Paid | Self::PartiallyRefunded | Self::Refunded)
    }
}

/// Where an order comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Channel {
    Online,
    /// Entered by hand and paid at the door.
    Door,
    /// Entered by hand and given away.
    Complimentary,
}

impl Channel {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Door => "door",
            Self::Complimentary => "complimentary",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::Online, Self::Door, Self::Complimentary].into_iter().find(|channel| channel.code() == code)
    }
}

/// How an order that is entered by hand is paid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tender {
    Cash,
    /// A card terminal that Parvis does not know.
    CardTerminal,
    /// Nothing is paid, and why.
    Complimentary(String),
}

impl Tender {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::CardTerminal => "card_terminal",
            Self::Complimentary(_) => "complimentary",
        }
    }

    pub const fn channel(&self) -> Channel {
        match self {
            Self::Cash | Self::CardTerminal => Channel::Door,
            Self::Complimentary(_) => Channel::Complimentary,
        }
    }
}

/// An order that an organizer enters.
#[derive(Clone, Debug)]
pub struct HandOrder {
    /// Without an address nothing is mailed.
    pub buyer: Buyer,
    pub lines: Vec<NewLine>,
    pub tender: Tender,
}

/// Who buys.
#[derive(Clone, Debug)]
pub struct Buyer {
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub locale: Lang,
}

/// Who comes.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Attendee {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
}

/// A line that is asked for.
#[derive(Clone, Debug)]
pub struct NewLine {
    /// Its place in the request.
    pub index: usize,
    pub ticket_type: TicketTypeId,
    pub quantity: i32,
    pub attendees: Vec<Attendee>,
}

/// An order that is asked for. It names no price: the server knows it.
#[derive(Clone, Debug)]
pub struct NewOrder {
    pub event: EventId,
    pub buyer: Buyer,
    pub account: Option<AccountId>,
    pub lines: Vec<NewLine>,
    /// The secret of a private event's link.
    pub link: Option<String>,
}

/// A line with its price.
#[derive(Clone, Debug)]
pub struct OrderLine {
    pub id: OrderLineId,
    pub ticket_type: TicketTypeId,
    pub name: String,
    pub quantity: i32,
    pub unit_price: Money,
    /// Hundredths of a percent, included in the price.
    pub tax_rate: i32,
    pub attendees: Vec<Attendee>,
}

/// One purchase.
#[derive(Clone, Debug)]
pub struct Order {
    pub id: OrderId,
    pub code: String,
    pub event: EventId,
    pub account: Option<AccountId>,
    pub buyer: Buyer,
    pub status: OrderStatus,
    pub total: Money,
    pub refunded: Money,
    pub expires_at: Option<DateTime<Utc>>,
    pub paid_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub channel: Channel,
    /// Whether it was placed while the event was in test mode: it is deleted when the event goes live.
    pub test: bool,
    /// Through whose invitation to a private event it was placed.
    pub guest: Option<GuestId>,
    pub lines: Vec<OrderLine>,
}

impl Order {
    /// Whether the hold has ended, recorded or not.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.status == OrderStatus::Pending && self.expires_at.is_some_and(|at| at <= now)
    }

    /// What the order takes from stock, by ticket type.
    pub fn places(&self) -> (Vec<uuid::Uuid>, Vec<i32>) {
        self.lines.iter().map(|line| (line.ticket_type.uuid(), line.quantity)).unzip()
    }
}

/// Whether a ticket opens the gate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TicketStatus {
    Valid,
    /// Has let somebody in.
    Used,
    Revoked,
}

impl TicketStatus {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Used => "used",
            Self::Revoked => "revoked",
        }
    }
}

/// One admission.
#[derive(Clone, Debug)]
pub struct Ticket {
    pub id: TicketId,
    pub code: String,
    pub order: OrderId,
    pub order_line: OrderLineId,
    pub event: EventId,
    pub ticket_type: TicketTypeId,
    pub ticket_type_name: String,
    pub price: Money,
    pub attendee: Attendee,
    pub revision: i16,
    pub status: TicketStatus,
    pub checked_in_at: Option<DateTime<Utc>>,
    pub issued_at: DateTime<Utc>,
    /// Whether it is of a test order, and opens no gate of a live event.
    pub test: bool,
}

/// Why something of ticketing does not work.
#[derive(Debug, thiserror::Error)]
pub enum TicketingError {
    /// No such order, or not for the one who asks.
    #[error("no such thing")]
    Unknown,
    #[error("sold out")]
    SoldOut,
    #[error("not on sale")]
    SalesClosed,
    #[error("more than allowed")]
    LimitExceeded,
    #[error("the hold has ended")]
    Expired,
    #[error("an order that is {} cannot be paid", .0.code())]
    NotPayable(OrderStatus),
    #[error("an order that is {} cannot be cancelled", .0.code())]
    NotCancellable(OrderStatus),
    #[error("an order that is {} cannot be corrected", .0.code())]
    NotCorrectable(OrderStatus),
    /// Whose ticket was used or taken back gets no other name.
    #[error("a ticket that is {} gets no other name", .0.code())]
    NotNameable(TicketStatus),
    #[error("nothing to refund")]
    NotRefundable,
    #[error("an order that is {} has no tickets to send", .0.code())]
    NothingToSend(OrderStatus),
    /// Fields with the codes of what is wrong.
    #[error("invalid")]
    Invalid(Vec<(String, &'static str)>),
    #[error(transparent)]
    Payments(#[from] PaymentsError),
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Prices the lines that are asked for by the event's ticket types: every limit of an order is checked here,
/// the limit of a person and the places where stock is taken.
pub fn price(
    lines: &[NewLine],
    types: &[TicketType],
    now: DateTime<Utc>,
    mut new_id: impl FnMut() -> OrderLineId,
) -> Result<Vec<OrderLine>, TicketingError> {
    let mut invalid = Vec::new();
    let mut priced = Vec::new();
    for line in lines {
        let index = line.index;
        let Some(kind) = types.iter().find(|kind| kind.id == line.ticket_type) else {
            invalid.push((format!("lines/{index}/ticket_type"), "unknown"));
            continue;
        };
        if line.attendees.len() > usize::try_from(line.quantity).unwrap_or_default() {
            invalid.push((format!("lines/{index}/attendees"), "too_many"));
        }
        if let Err(NotOnSale::NotYet | NotOnSale::Ended) = kind.on_sale(now) {
            return Err(TicketingError::SalesClosed);
        }
        let asked: i64 = lines
            .iter()
            .filter(|other| other.ticket_type == kind.id)
            .map(|other| i64::from(other.quantity))
            .sum();
        if asked > i64::from(kind.max_per_order)
            || kind.max_per_person.is_some_and(|most| asked > i64::from(most))
        {
            return Err(TicketingError::LimitExceeded);
        }
        if asked < i64::from(kind.min_per_order) {
            invalid.push((format!("lines/{index}/quantity"), "below_minimum"));
        }
        priced.push(OrderLine {
            id: new_id(),
            ticket_type: kind.id,
            name: kind.name.clone(),
            quantity: line.quantity,
            unit_price: kind.price,
            tax_rate: kind.tax_rate,
            attendees: line.attendees.clone(),
        });
    }
    if invalid.is_empty() { Ok(priced) } else { Err(TicketingError::Invalid(invalid)) }
}

/// Prices lines that an organizer enters: neither windows nor limits bind them, and what is given away costs nothing.
pub fn price_by_hand(
    lines: &[NewLine],
    types: &[TicketType],
    given_away: bool,
    mut new_id: impl FnMut() -> OrderLineId,
) -> Result<Vec<OrderLine>, TicketingError> {
    let mut invalid = Vec::new();
    let mut priced = Vec::new();
    for line in lines {
        let Some(kind) = types.iter().find(|kind| kind.id == line.ticket_type) else {
            invalid.push((format!("lines/{}/ticket_type", line.index), "unknown"));
            continue;
        };
        if line.attendees.len() > usize::try_from(line.quantity).unwrap_or_default() {
            invalid.push((format!("lines/{}/attendees", line.index), "too_many"));
        }
        let free = Money::from_minor(0, kind.price.currency());
        priced.push(OrderLine {
            id: new_id(),
            ticket_type: kind.id,
            name: kind.name.clone(),
            quantity: line.quantity,
            unit_price: if given_away { free } else { kind.price },
            tax_rate: kind.tax_rate,
            attendees: line.attendees.clone(),
        });
    }
    if invalid.is_empty() { Ok(priced) } else { Err(TicketingError::Invalid(invalid)) }
}

/// Σ price × quantity, in minor units; `None` beyond the largest amount.
pub fn total(lines: &[OrderLine]) -> Option<i64> {
    lines
        .iter()
        .try_fold(0i64, |sum, line| {
            sum.checked_add(line.unit_price.minor().checked_mul(i64::from(line.quantity))?)
        })
        .filter(|total| *total <= LARGEST_MINOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_follows_an_end() {
        for status in [OrderStatus::Cancelled, OrderStatus::Refunded] {
            for step in [Step::Pay, Step::Expire, Step::Cancel, Step::RefundPart, Step::RefundAll] {
                assert_eq!(status.after(step), None, "{status:?} {step:?}");
            }
        }
        assert_eq!(OrderStatus::Expired.after(Step::Pay), Some(OrderStatus::Paid));
        assert_eq!(OrderStatus::Expired.after(Step::Cancel), None);
        assert_eq!(OrderStatus::Paid.after(Step::Expire), None);
        assert_eq!(OrderStatus::Paid.after(Step::Pay), None);
    }

    #[test]
    fn codes_are_read_back() {
        for status in OrderStatus::ALL {
            assert_eq!(OrderStatus::parse(status.code()), Some(status));
        }
    }
}
