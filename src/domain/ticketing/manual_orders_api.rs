//! The API of orders that organizers enter: paid at the door, or given away.

use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};

use super::api::{lines, name};
use super::dto::{LineInput, OrderView};
use super::model::{Buyer, HandOrder, Tender};
use super::service::Ticketing;
use crate::base::i18n::Lang;
use crate::base::identity::{Auth, Entrance, SellByHand};
use crate::base::kernel::id::EventId;
use crate::base::kernel::text;
use crate::base::web::{ApiResult, Checks, Email, Input, Key, LocaleText, Tags};

/// Orders that are entered by hand.
pub struct ManualOrdersApi {
    entrance: Entrance,
    ticketing: Ticketing,
}

/// How it is paid.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[oai(rename_all = "snake_case")]
pub(super) enum TenderInput {
    Cash,
    CardTerminal,
    Complimentary,
}

/// Who buys; without an address nothing is mailed.
#[derive(Object)]
pub(super) struct ManualBuyerInput {
    pub email: Option<Email>,
    #[oai(validator(min_length = 1, max_length = 100))]
    pub first_name: String,
    #[oai(validator(min_length = 1, max_length = 100))]
    pub last_name: String,
    /// `fr`, `en` or `ar`: the language of tickets and mails; that of the organization unless given.
    pub locale: Option<LocaleText>,
}

/// An order that an organizer enters. It names no price: the server knows it.
#[derive(Object)]
#[oai(example)]
pub(super) struct ManualOrderInput {
    pub buyer: ManualBuyerInput,
    #[oai(validator(min_items = 1, max_items = 20))]
    pub lines: Vec<LineInput>,
    /// Paid at the door in `cash` or by `card_terminal`; or `complimentary`, which costs nothing.
    pub tender: TenderInput,
    /// Why it is given away; kept in the order's history.
    #[oai(validator(max_length = 500))]
    pub reason: Option<String>,
}

impl Example for ManualOrderInput {
    fn example() -> Self {
        let id = uuid::Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0001);
        Self {
            buyer: ManualBuyerInput {
                email: Some(Email("nadia@example.org".into())),
                first_name: "Nadia".into(),
                last_name: "Benali".into(),
                locale: Some("fr".into()),
            },
            lines: vec![LineInput { ticket_type: id.into(), quantity: 2, attendees: None }],
            tender: TenderInput::Cash,
            reason: None,
        }
    }
}

#[derive(ApiResponse)]
enum Entered {
    #[oai(status = 201)]
    Ok(Json<OrderView>, #[oai(header = "Location")] String),
}

/// The order that is asked for, or everything that is wrong with it.
pub(super) fn hand_order(input: ManualOrderInput, locale: Lang) -> ApiResult<HandOrder> {
    let mut checks = Checks::default();
    let buyer = input.buyer;
    let email = buyer.email.and_then(|email| checks.some(text::email(&email.0), "buyer/email", "email"));
    let locale = match &buyer.locale {
        Some(tag) => checks.some(Lang::parse(tag), "buyer/locale", "unknown_choice").unwrap_or_default(),
        None => locale,
    };
    let first_name = name(&buyer.first_name, "buyer/first_name", &mut checks);
    let last_name = name(&buyer.last_name, "buyer/last_name", &mut checks);
    let reason = input.reason.unwrap_or_default().trim().to_owned();
    let tender = match input.tender {
        TenderInput::Cash => Tender::Cash,
        TenderInput::CardTerminal => Tender::CardTerminal,
        TenderInput::Complimentary => {
            // Whoever is invited is not there to be handed a ticket.
            checks.ensure(email.is_some(), "buyer/email", "required");
            checks.ensure(!reason.is_empty(), "reason", "required");
            Tender::Complimentary(reason)
        }
    };
    let lines = lines(input.lines.into_iter().enumerate().collect(), &mut checks);
    checks.done()?;
    let buyer = Buyer { email: email.unwrap_or_default(), first_name, last_name, locale };
    Ok(HandOrder { buyer, lines, tender })
}

impl ManualOrdersApi {
    pub fn new(entrance: Entrance, ticketing: Ticketing) -> Self {
        Self { entrance, ticketing }
    }
}

#[OpenApi(tag = "Tags::Orders")]
impl ManualOrdersApi {
    /// Enter an order by hand, paid at the door or given away. Sales windows and limits of an order do not bind it;
    /// quotas do. Its tickets are issued at once.
    #[oai(path = "/events/:id/manual-orders", method = "post", operation_id = "create_manual_order")]
    async fn create(
        &self,
        auth: Auth,
        id: Path<EventId>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<ManualOrderInput>,
    ) -> ApiResult<Entered> {
        let (scope, can) = self.entrance.event::<SellByHand>(&auth, id.0).await?;
        let key = key.of(auth.actor.account, &body.raw);
        let new = hand_order(body.value()?, scope.organization().locale)?;
        let order = self.ticketing.enter(&scope, can, &new, key.as_ref()).await?;
        let location = format!("{}/api/orders/{}", self.entrance.public_url, order.id);
        let view = OrderView::new(&order, &self.ticketing.payment_methods(order.test), None);
        Ok(Entered::Ok(Json(view), location))
    }
}
