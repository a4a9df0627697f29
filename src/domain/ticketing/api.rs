//! The API of orders, for buyers.

use poem::Request;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::Any;
use poem_openapi::{ApiResponse, OpenApi};
use serde_json::Value;

use super::dto::{
    AttendeeInput, BuyerInput, FindInput, LineInput, NextView, OrderInput, OrderReading, OrderView, PayInput,
    PayView, PaymentView,
};
use super::model::{Attendee, Buyer, NewLine, NewOrder, Order, TicketingError};
use super::service::{Ticketing, Whose};
use crate::base::i18n::Lang;
use crate::base::identity::{CorrectOrders, Entrance, MaybeAuth, Person, ReadSales, RefundOrders};
use crate::base::kernel::id::OrderId;
use crate::base::kernel::text;
use crate::base::tenancy::TenantScope;
use crate::base::web::{
    ApiResult, Checks, Draft, FieldError, Input, Key, ListQuery, Listing, PageNumber, PageSize, Problem,
    Rate, Tags, accepted_language, paging,
};
use crate::domain::payments::Next;

/// Orders, as buyers see them.
pub struct OrdersApi {
    pub(super) entrance: Entrance,
    pub(super) ticketing: Ticketing,
}

impl From<TicketingError> for Problem {
    fn from(error: TicketingError) -> Self {
        match error {
            TicketingError::Unknown => Self::not_found(),
            TicketingError::SoldOut => Self::conflict("ticketing.sold_out"),
            TicketingError::SalesClosed => Self::conflict("ticketing.sales_closed"),
            TicketingError::LimitExceeded => Self::conflict("ticketing.limit_exceeded"),
            TicketingError::Expired => Self::conflict("ticketing.expired"),
            TicketingError::NotPayable(status) => {
                Self::conflict("ticketing.not_payable").member("order_status", status.code())
            }
            TicketingError::NotCancellable(status) => {
                Self::conflict("ticketing.not_cancellable").member("order_status", status.code())
            }
            TicketingError::NotCorrectable(status) => {
                Self::conflict("ticketing.not_correctable").member("order_status", status.code())
            }
            TicketingError::NotNameable(status) => {
                Self::conflict("ticketing.not_nameable").member("ticket_status", status.code())
            }
            TicketingError::NotRefundable => Self::conflict("ticketing.not_refundable"),
            TicketingError::NothingToSend(status) => {
                Self::conflict("ticketing.nothing_to_send").member("order_status", status.code())
            }
            TicketingError::Invalid(fields) => {
                Self::invalid(fields.into_iter().map(|(field, code)| FieldError::new(field, code)).collect())
            }
            TicketingError::Payments(error) => error.into(),
            TicketingError::Db(error) => error.into(),
        }
    }
}

#[derive(ApiResponse)]
enum Placed {
    #[oai(status = 201)]
    Ok(Json<OrderView>, #[oai(header = "Location")] String),
}

#[derive(ApiResponse)]
enum Done {
    /// Done, or will be; there is nothing to tell.
    #[oai(status = 204)]
    Ok,
}

impl OrdersApi {
    pub fn new(entrance: Entrance, ticketing: Ticketing) -> Self {
        Self { entrance, ticketing }
    }

    /// The organization of an order that the caller may pay: its secret is enough, else it must be theirs.
    async fn payer(&self, auth: &MaybeAuth, secret: Option<&str>, id: OrderId) -> ApiResult<TenantScope> {
        if secret.is_some_and(|secret| self.ticketing.opens(id, secret)) {
            return self.entrance.scope(id).await;
        }
        let (scope, _, reader) = reach(&self.entrance, &self.ticketing, auth, secret, id).await?;
        if reader == Reader::Buyer { Ok(scope) } else { Err(Problem::forbidden()) }
    }

    fn view(&self, order: &Order, secret: Option<String>) -> OrderView {
        OrderView::new(order, &self.ticketing.payment_methods(order.test), secret)
    }
}

/// Who stands before an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reader {
    Buyer,
    Organizer,
}

/// The order, for its buyer (by secret, account or confirmed address) or its organizer; 404 for all others.
pub(super) async fn reach(
    entrance: &Entrance,
    ticketing: &Ticketing,
    auth: &MaybeAuth,
    secret: Option<&str>,
    id: OrderId,
) -> ApiResult<(TenantScope, Order, Reader)> {
    let scope = entrance.scope(id).await?;
    let by_secret = secret.is_some_and(|secret| ticketing.opens(id, secret));
    if !by_secret && auth.0.is_none() {
        return Err(Problem::not_found());
    }
    let mut tx = entrance.tenant(&scope).await?;
    let order = ticketing.order(&mut tx, id).await?;
    // Reading may have ended an order whose time was over; that stays.
    tx.commit().await?;
    if by_secret {
        return Ok((scope, order, Reader::Buyer));
    }
    let Some(auth) = &auth.0 else { return Err(Problem::not_found()) };
    let actor = &auth.actor;
    let email = actor.email_confirmed.then_some(actor.email.as_str());
    if Ticketing::is_own(&order, actor.account, email) {
        return Ok((scope, order, Reader::Buyer));
    }
    match entrance.identity.permit::<ReadSales>(actor, order.event).await {
        Ok(_can) => Ok((scope, order, Reader::Organizer)),
        // Whoever works at the event without this right learns no more than a stranger.
        Err(_) => Err(Problem::not_found()),
    }
}

fn attendee(input: AttendeeInput, field: &str, checks: &mut Checks) -> Attendee {
    let email = match input.email {
        Some(email) => {
            checks.some(text::email(&email.0), &format!("{field}/email"), "email").unwrap_or_default()
        }
        None => String::new(),
    };
    let first_name = name(&input.first_name, &format!("{field}/first_name"), checks);
    let last_name = name(&input.last_name, &format!("{field}/last_name"), checks);
    Attendee { first_name, last_name, email }
}

/// A part of somebody's name, which has to show something.
pub(super) fn name(typed: &str, field: &str, checks: &mut Checks) -> String {
    checks.ensure(!text::is_blank(typed), field, "required");
    typed.trim().to_owned()
}

fn buyer(request: &Request, auth: &MaybeAuth, input: BuyerInput, checks: &mut Checks) -> Buyer {
    let email = checks.some(text::email(&input.email.0), "buyer/email", "email").unwrap_or_default();
    let account_lang = auth.person().map(|auth| auth.lang);
    let locale = match &input.locale {
        Some(tag) => checks.some(Lang::parse(tag), "buyer/locale", "unknown_choice").unwrap_or_default(),
        None => accepted_language(request).or(account_lang).unwrap_or_default(),
    };
    Buyer {
        email,
        first_name: name(&input.first_name, "buyer/first_name", checks),
        last_name: name(&input.last_name, "buyer/last_name", checks),
        locale,
    }
}

/// The lines that can be read. Those that are asked for twice, by one ticket type, are the model's to judge.
pub(super) fn lines(input: Vec<(usize, LineInput)>, checks: &mut Checks) -> Vec<NewLine> {
    let mut lines = Vec::new();
    for (index, line) in input {
        let mut attendees = Vec::new();
        for (place, input) in line.attendees.unwrap_or_default().into_iter().enumerate() {
            attendees.push(attendee(input, &format!("lines/{index}/attendees/{place}"), checks));
        }
        lines.push(NewLine { index, ticket_type: line.ticket_type, quantity: line.quantity, attendees });
    }
    lines
}

#[OpenApi(prefix_path = "/orders", tag = "Tags::Orders")]
impl OrdersApi {
    /// Buy tickets, with or without an account. The order holds its places until it expires; one that costs
    /// nothing is paid at once.
    #[oai(path = "/", method = "post", operation_id = "place_order")]
    async fn place(
        &self,
        auth: MaybeAuth,
        request: &Request,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Draft<OrderInput, Any<Value>>,
    ) -> ApiResult<Placed> {
        let account = auth.person().map(|auth| auth.actor.account);
        let key = key.of(auth.0.as_ref().map(|auth| auth.actor.account), &body.raw);
        let (readable, mut checks) = body.open();
        let reading = OrderReading::of(&readable.0);
        // Codes come with a later version; until then every code is one that nobody knows.
        let promo = reading.promo_code.as_deref().is_none_or(|code| code.trim().is_empty());
        checks.ensure(promo, "promo_code", "unknown");
        let buyer = reading.buyer.map(|input| buyer(request, &auth, input, &mut checks));
        let lines = lines(reading.lines, &mut checks);
        let Some(event) = reading.event else { return Err(Problem::invalid(checks.into_errors())) };
        let scope = self.entrance.tenancy.scope_of_id(event).await?;
        checks.ensure(scope.is_some(), "event", "unknown");
        let link = reading.link;
        if let (Some(scope), true) = (&scope, checks.any()) {
            let wrong = self.ticketing.wrong(scope, event, link.as_deref(), &reading.named, &lines).await?;
            wrong.into_iter().for_each(|(field, code)| checks.fail(field, code));
        }
        checks.done()?;
        let (Some(scope), Some(buyer)) = (scope, buyer) else { return Err(Problem::malformed()) };
        let new = NewOrder { event, buyer, account, lines, link };
        let order = self.ticketing.place(&scope, new, key).await?;
        let location = format!("{}/api/orders/{}", self.entrance.public_url, order.id);
        let secret = self.ticketing.secret(order.id);
        Ok(Placed::Ok(Json(self.view(&order, Some(secret))), location))
    }

    /// The paid orders of whoever is logged in, by account and confirmed address, over all organizations.
    #[oai(path = "/", method = "get", operation_id = "list_orders")]
    async fn list(
        &self,
        auth: Person,
        page: PageNumber,
        page_size: PageSize,
        query: ListQuery,
    ) -> ApiResult<Json<Listing<OrderView>>> {
        let actor = &auth.actor;
        let email = actor.email_confirmed.then(|| actor.email.clone());
        let whose = Whose { account: Some(actor.account), email };
        let page = self.ticketing.orders_of(&whose, paging(page, page_size)?).await?;
        Ok(Json(Listing::new(page, &query, |(_, order, _)| self.view(&order, None))))
    }

    /// Have a mail sent with links to the orders of an address. The answer is the same for every address.
    #[oai(path = "/find", method = "post", operation_id = "find_orders")]
    async fn find(
        &self,
        request: &Request,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<FindInput>,
    ) -> ApiResult<Done> {
        self.entrance.limiter.spend_address(Rate::SignUp, request)?;
        let key = key.of(None, &body.raw);
        if let Some(email) = text::email(&body.value()?.email.0) {
            self.entrance.limiter.spend(Rate::Letter, &format!("find/{email}"))?;
            self.ticketing.send_links(&email, key.as_ref()).await?;
        }
        Ok(Done::Ok)
    }

    /// One order, for its buyer or its organizer. Guests show the order's secret.
    #[oai(path = "/:id", method = "get", operation_id = "get_order")]
    async fn get(
        &self,
        auth: MaybeAuth,
        id: Path<OrderId>,
        #[oai(name = "X-Order-Secret", validator(max_length = 100))] header: Header<Option<String>>,
        #[oai(validator(max_length = 100))] secret: Query<Option<String>>,
    ) -> ApiResult<Json<OrderView>> {
        let secret = header.0.or(secret.0);
        let (_, order, _) = reach(&self.entrance, &self.ticketing, &auth, secret.as_deref(), id.0).await?;
        Ok(Json(self.view(&order, None)))
    }

    /// Begin a payment. Asked twice, there is one payment.
    #[oai(path = "/:id/pay", method = "post", operation_id = "pay_order")]
    async fn pay(
        &self,
        auth: MaybeAuth,
        id: Path<OrderId>,
        #[oai(name = "X-Order-Secret", validator(max_length = 100))] header: Header<Option<String>>,
        #[oai(validator(max_length = 100))] secret: Query<Option<String>>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<PayInput>,
    ) -> ApiResult<Json<PayView>> {
        let key = key.of(auth.0.as_ref().map(|auth| auth.actor.account), &body.raw);
        let secret = header.0.or(secret.0);
        let scope = self.payer(&auth, secret.as_deref(), id.0).await?;
        let PayInput { provider, return_url } = body.value()?;
        let fine = return_url
            .as_deref()
            .is_none_or(|url| url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https")));
        if !fine {
            return Err(Problem::field("return_url", "url"));
        }
        let (payment, next) = self.ticketing.pay(&scope, id.0, &provider, return_url, key).await?;
        let next = match next {
            Next::Redirect(url) => NextView { kind: "redirect".into(), url: Some(url) },
            Next::Nothing => NextView { kind: "none".into(), url: None },
        };
        Ok(Json(PayView { payment: PaymentView::from(&payment), next }))
    }

    /// Give an unpaid order up, or give free tickets back.
    #[oai(path = "/:id/cancel", method = "post", operation_id = "cancel_order")]
    async fn cancel(
        &self,
        auth: MaybeAuth,
        id: Path<OrderId>,
        #[oai(name = "X-Order-Secret", validator(max_length = 100))] header: Header<Option<String>>,
        #[oai(validator(max_length = 100))] secret: Query<Option<String>>,
        #[oai(name = "Idempotency-Key")] key: Key,
    ) -> ApiResult<Json<OrderView>> {
        let secret = header.0.or(secret.0);
        let (scope, order, reader) =
            reach(&self.entrance, &self.ticketing, &auth, secret.as_deref(), id.0).await?;
        if let (Reader::Organizer, Some(auth)) = (reader, &auth.0) {
            let _can = self.entrance.identity.permit::<RefundOrders>(&auth.actor, order.event).await?;
        }
        let by = auth.0.as_ref().map(|auth| auth.actor.account);
        let order = self.ticketing.cancel(&scope, order.id, by, key.of(by, &[]).as_ref()).await?;
        Ok(Json(self.view(&order, None)))
    }

    /// Send the mail with the tickets again.
    #[oai(path = "/:id/resend", method = "post", operation_id = "resend_order")]
    async fn resend(
        &self,
        auth: MaybeAuth,
        id: Path<OrderId>,
        #[oai(name = "X-Order-Secret", validator(max_length = 100))] header: Header<Option<String>>,
        #[oai(validator(max_length = 100))] secret: Query<Option<String>>,
        #[oai(name = "Idempotency-Key")] key: Key,
    ) -> ApiResult<Done> {
        let secret = header.0.or(secret.0);
        let (scope, order, reader) =
            reach(&self.entrance, &self.ticketing, &auth, secret.as_deref(), id.0).await?;
        if let (Reader::Organizer, Some(auth)) = (reader, &auth.0) {
            let _can = self.entrance.identity.permit::<CorrectOrders>(&auth.actor, order.event).await?;
        }
        self.entrance.limiter.spend(Rate::Letter, &format!("resend/{}", order.id))?;
        let key = key.of(auth.0.as_ref().map(|auth| auth.actor.account), &[]);
        self.ticketing.resend(&scope, order.id, key.as_ref()).await?;
        Ok(Done::Ok)
    }
}
