//! What the API of orders reads and writes.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use poem_openapi::types::{Example, ParseFromJSON};
use serde_json::Value;

use super::model::{Attendee, Order, OrderLine};
use crate::base::kernel::id::{EventId, OrderId, OrderLineId, PaymentId, TicketTypeId};
use crate::base::kernel::money::Money;
use crate::base::web::{Email, LocaleText};
use crate::domain::events::write_rate;
use crate::domain::payments::Payment;

/// Who buys.
#[derive(Object)]
pub(super) struct BuyerInput {
    pub email: Email,
    #[oai(validator(min_length = 1, max_length = 100))]
    pub first_name: String,
    #[oai(validator(min_length = 1, max_length = 100))]
    pub last_name: String,
    /// `fr`, `en` or `ar`: the language of tickets and mails; that of the request unless given.
    pub locale: Option<LocaleText>,
}

/// Who comes.
#[derive(Object)]
pub(super) struct AttendeeInput {
    #[oai(validator(min_length = 1, max_length = 100))]
    pub first_name: String,
    #[oai(validator(min_length = 1, max_length = 100))]
    pub last_name: String,
    pub email: Option<Email>,
}

/// What is bought.
#[derive(Object)]
pub(super) struct LineInput {
    pub ticket_type: TicketTypeId,
    #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
    pub quantity: i32,
    /// Who comes, one a ticket; the buyer where left out.
    #[oai(validator(max_items = 100))]
    pub attendees: Option<Vec<AttendeeInput>>,
}

/// A new order. It names no price: the server knows it.
#[derive(Object)]
#[oai(example)]
pub(super) struct OrderInput {
    pub event: EventId,
    pub buyer: BuyerInput,
    #[oai(validator(min_items = 1, max_items = 20))]
    pub lines: Vec<LineInput>,
    #[oai(validator(max_length = 60))]
    pub promo_code: Option<String>,
    /// The secret of a private event's link.
    #[oai(validator(max_length = 100))]
    pub link: Option<String>,
}

/// Whatever can be read of an order, also where the rest of it is wrong.
pub(super) struct OrderReading {
    pub event: Option<EventId>,
    pub buyer: Option<BuyerInput>,
    /// Each with its place in the request.
    pub lines: Vec<(usize, LineInput)>,
    /// The ticket types that are named, also by lines that cannot be read otherwise.
    pub named: Vec<(usize, TicketTypeId)>,
    pub promo_code: Option<String>,
    pub link: Option<String>,
}

impl OrderReading {
    pub(super) fn of(body: &Value) -> Self {
        let lines = body.get("lines").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let with_index = || lines.iter().enumerate();
        Self {
            event: part(body.get("event")),
            buyer: part(body.get("buyer")),
            lines: with_index().filter_map(|(index, line)| Some((index, part(Some(line))?))).collect(),
            named: with_index()
                .filter_map(|(index, line)| Some((index, part(line.get("ticket_type"))?)))
                .collect(),
            promo_code: part(body.get("promo_code")),
            link: part(body.get("link")),
        }
    }
}

fn part<T: ParseFromJSON>(value: Option<&Value>) -> Option<T> {
    T::parse_from_json(Some(value?.clone())).ok()
}

impl Example for OrderInput {
    fn example() -> Self {
        let id = uuid::Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0001);
        Self {
            event: id.into(),
            buyer: BuyerInput {
                email: Email("nadia@example.org".into()),
                first_name: "Nadia".into(),
                last_name: "Benali".into(),
                locale: Some("fr".into()),
            },
            lines: vec![LineInput { ticket_type: id.into(), quantity: 2, attendees: None }],
            promo_code: None,
            link: None,
        }
    }
}

#[derive(Object)]
pub(super) struct BuyerView {
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub locale: String,
}

/// Who comes.
#[derive(Object)]
pub(super) struct AttendeeView {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
}

impl From<&Attendee> for AttendeeView {
    fn from(attendee: &Attendee) -> Self {
        Self {
            first_name: attendee.first_name.clone(),
            last_name: attendee.last_name.clone(),
            email: attendee.email.clone(),
        }
    }
}

#[derive(Object)]
pub(super) struct LineView {
    pub id: OrderLineId,
    pub ticket_type: TicketTypeId,
    pub name: String,
    pub quantity: i32,
    pub unit_price: String,
    pub total: String,
    /// In percent, included in the price.
    pub tax_rate: String,
    pub attendees: Vec<AttendeeView>,
}

/// One purchase.
#[derive(Object)]
pub(super) struct OrderView {
    pub id: OrderId,
    pub code: String,
    pub event: EventId,
    /// Opens the order to whoever has it; told to the buyer alone.
    #[oai(skip_serializing_if_is_none)]
    pub secret: Option<String>,
    /// pending, paid, expired, cancelled, partially_refunded or refunded.
    pub status: String,
    /// online; or entered by hand: door, complimentary.
    pub channel: String,
    /// Whether it was placed while the event was in test mode: it is deleted when the event goes live.
    pub test: bool,
    pub buyer: BuyerView,
    pub total: String,
    pub refunded: String,
    pub currency: String,
    /// When an unpaid order gives its places back.
    #[oai(nullable)]
    pub expires_at: Option<DateTime<Utc>>,
    #[oai(nullable)]
    pub paid_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub lines: Vec<LineView>,
    /// The providers to choose from.
    pub payment_methods: Vec<String>,
}

pub(super) fn line_view(line: &OrderLine) -> LineView {
    let total =
        Money::from_minor(line.unit_price.minor() * i64::from(line.quantity), line.unit_price.currency());
    LineView {
        id: line.id,
        ticket_type: line.ticket_type,
        name: line.name.clone(),
        quantity: line.quantity,
        unit_price: line.unit_price.to_string(),
        total: total.to_string(),
        tax_rate: write_rate(line.tax_rate),
        attendees: line.attendees.iter().map(AttendeeView::from).collect(),
    }
}

impl OrderView {
    pub(super) fn new(order: &Order, methods: &[&'static str], secret: Option<String>) -> Self {
        Self {
            id: order.id,
            code: order.code.clone(),
            event: order.event,
            secret,
            status: order.status.code().into(),
            channel: order.channel.code().into(),
            test: order.test,
            buyer: BuyerView {
                email: order.buyer.email.clone(),
                first_name: order.buyer.first_name.clone(),
                last_name: order.buyer.last_name.clone(),
                locale: order.buyer.locale.code().into(),
            },
            total: order.total.to_string(),
            refunded: order.refunded.to_string(),
            currency: order.total.currency().code().into(),
            expires_at: order.expires_at,
            paid_at: order.paid_at,
            created_at: order.created_at,
            lines: order.lines.iter().map(line_view).collect(),
            payment_methods: methods.iter().map(|method| (*method).to_owned()).collect(),
        }
    }
}

#[derive(Object)]
#[oai(example)]
pub(super) struct PayInput {
    /// One of the order's `payment_methods`.
    #[oai(validator(max_length = 40))]
    pub provider: String,
    /// Where the payer's browser goes afterwards.
    #[oai(validator(max_length = 2000))]
    pub return_url: Option<String>,
}

impl Example for PayInput {
    fn example() -> Self {
        Self { provider: "sandbox".into(), return_url: None }
    }
}

#[derive(Object)]
pub(super) struct PaymentView {
    pub id: PaymentId,
    pub provider: String,
    /// pending, succeeded, failed or cancelled.
    pub status: String,
    pub amount: String,
    pub currency: String,
}

impl From<&Payment> for PaymentView {
    fn from(payment: &Payment) -> Self {
        Self {
            id: payment.id,
            provider: payment.provider.clone(),
            status: payment.status.code().into(),
            amount: payment.amount.to_string(),
            currency: payment.amount.currency().code().into(),
        }
    }
}

/// What the payer does next.
#[derive(Object)]
pub(super) struct NextView {
    /// `redirect`, `instructions` or `none`.
    #[oai(rename = "type")]
    pub kind: String,
    #[oai(skip_serializing_if_is_none)]
    pub url: Option<String>,
}

#[derive(Object)]
pub(super) struct PayView {
    pub payment: PaymentView,
    pub next: NextView,
}

#[derive(Object)]
#[oai(example)]
pub(super) struct FindInput {
    pub email: Email,
}

impl Example for FindInput {
    fn example() -> Self {
        Self { email: Email("nadia@example.org".into()) }
    }
}
