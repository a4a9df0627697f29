//! The organizer's pages of one event's sales: figures, orders, participants, orders entered by hand.
//!
//! Who may not read the sales is refused, and strangers find nothing; forms are shown to those alone who may send them.

mod by_hand;
mod chart;
mod deeds;
mod live;
mod order;
mod orders;
mod participants;
mod refund;
mod sales;

pub use by_hand::{enter_order_page, new_order_page};
pub use live::live_page;
pub use order::{cancel_page, correct_email_page, desk_order_page, rename_holder_page, resend_page};
pub use orders::{export_page, orders_page};
pub use participants::participants_page;
pub use refund::{refund_page, refund_review_page};
pub use sales::{notify_page, sales_figures, sales_page};

use chrono::{DateTime, Utc};
use minijinja::{Value, context};
use serde::Serialize;

use crate::base::i18n::{self, Args, Lang, stripped, text_with};
use crate::base::identity::{
    Can, CorrectOrders, ExportSales, ManageSales, Permission, ReadSales, RefundOrders, SellByHand,
};
use crate::base::kernel::id::{EventId, OrderId};
use crate::base::kernel::page::{COUNT_CAP, LAST_PAGE, Page, PageRequest};
use crate::base::site::Visitor;
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Problem};
use crate::domain::events::{self, Event, EventState, event_context, event_desk};
use crate::domain::ticketing::model::Order;
use crate::domain::ticketing::service::Ticketing;

const PAGE_SIZE: u32 = 25;

/// What the pages work with.
#[derive(Clone)]
pub struct DeskPages {
    ticketing: Ticketing,
}

impl DeskPages {
    pub fn new(ticketing: Ticketing) -> Self {
        Self { ticketing }
    }
}

/// An event before somebody who may read its sales.
struct Desk {
    scope: TenantScope,
    event: Event,
    can: Can<ReadSales>,
}

impl Desk {
    async fn of(visitor: &Visitor, id: EventId) -> ApiResult<Self> {
        let (scope, can) = visitor.entrance.event::<ReadSales>(visitor.member()?, id).await?;
        let mut tx = visitor.entrance.tenant(&scope).await?;
        let event = events::event(&mut tx, id).await?.ok_or_else(Problem::not_found)?;
        Ok(Self { scope, event, can })
    }

    /// The witness that the visitor may do `P` here too.
    async fn permit<P: Permission>(&self, visitor: &Visitor) -> ApiResult<Can<P>> {
        Ok(visitor.entrance.identity.permit::<P>(&visitor.member()?.actor, self.event.id).await?)
    }

    async fn may<P: Permission>(&self, visitor: &Visitor) -> bool {
        self.permit::<P>(visitor).await.is_ok()
    }

    /// One of the event's orders.
    async fn order(&self, visitor: &Visitor, pages: &DeskPages, id: OrderId) -> ApiResult<Order> {
        let mut tx = visitor.entrance.tenant(&self.scope).await?;
        let order = pages.ticketing.order(&mut tx, id).await?;
        // Reading may have ended an order whose time was over; that stays.
        tx.commit().await?;
        if order.event == self.event.id { Ok(order) } else { Err(Problem::not_found()) }
    }

    /// An address below the event's.
    fn path(&self, rest: &str) -> String {
        format!("/manage/events/{}/{rest}", self.event.id)
    }

    /// What surrounds every page of the event: itself, the tab that is open, and what the visitor may do.
    async fn surroundings(&self, visitor: &Visitor, tab: &str) -> ApiResult<Value> {
        let now = visitor.entrance.db.clock().now();
        Ok(context! {
            event => event_context(visitor.lang, &self.event, now), tab, base => self.path(""),
            may => context! {
                refund => self.may::<RefundOrders>(visitor).await, correct => self.may::<CorrectOrders>(visitor).await,
                sell => self.event.state == EventState::Published && self.may::<SellByHand>(visitor).await, export => self.may::<ExportSales>(visitor).await,
                manage => self.may::<ManageSales>(visitor).await,
            },
            ..event_desk(visitor, &self.scope, &self.event).await?
        })
    }

    /// A day and a time, short, in the event's zone.
    fn moment(&self, lang: Lang, at: DateTime<Utc>) -> String {
        let (date, time) =
            (i18n::short_date(lang, at, self.event.timezone), i18n::time(lang, at, self.event.timezone));
        stripped(&text_with(lang, "sales-moment", &Args::new().set("date", date).set("time", time)))
    }
}

/// The words of an address after the question mark.
struct Query(Vec<(String, String)>);

impl Query {
    fn of(visitor: &Visitor) -> Self {
        Self(url::form_urlencoded::parse(visitor.query().as_bytes()).into_owned().collect())
    }

    /// A word; none when it is empty.
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty() && value.len() <= 200)
    }

    fn page(&self) -> PageRequest {
        let number = self.get("page").and_then(|page| page.parse::<u32>().ok()).unwrap_or(1);
        PageRequest { number: number.clamp(1, LAST_PAGE), size: PAGE_SIZE }
    }

    /// The same list with another word; a new order begins with its first page.
    fn with(&self, path: &str, name: &str, value: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let kept =
            |field: &str, old: &str| !old.is_empty() && !["page", "lang"].contains(&field) && field != name;
        query.extend_pairs(self.0.iter().filter(|(field, old)| kept(field, old)));
        query.append_pair(name, value);
        format!("{path}?{}", query.finish())
    }

    /// The way to sort by a column: by it, or the other way round where it has one.
    fn sort(&self, path: &str, first: &str, second: &str, default: &str) -> Sort {
        let current = self.get("ordering").unwrap_or(default);
        let next = if current == first && !second.is_empty() { second } else { first };
        let state = match current {
            code if code != first && code != second => "none",
            code if code.starts_with('-') => "descending",
            _ => "ascending",
        };
        Sort { href: self.with(path, "ordering", next), state }
    }
}

/// A column's heading that sorts.
#[derive(Serialize)]
struct Sort {
    href: String,
    state: &'static str,
}

/// The pages around this one, and which rows of how many it shows.
fn pager<T>(page: &Page<T>, query: &Query, path: &str) -> Value {
    let number = page.request.number;
    let address = |number: u32| query.with(path, "page", &number.to_string());
    let from = page.request.offset() + 1;
    context! {
        number, previous => (number > 1).then(|| address(number - 1)),
        next => page.has_next().then(|| address(number + 1)),
        from, to => from - 1 + i64::try_from(page.rows.len()).unwrap_or_default(),
        count => page.count.min(COUNT_CAP), capped => page.count_capped(),
    }
}

fn full_name(first: &str, last: &str) -> String {
    format!("{first} {last}").trim().to_owned()
}
