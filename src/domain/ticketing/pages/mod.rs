//! The pages of buyers: checkout, order, tickets, and finding them again.

mod checkout;
pub mod desk;
mod mine;
mod order;

pub use checkout::{buy_page, checkout_page, event_calendar};
pub use mine::{find_page, my_page, send_links_page};
pub use order::{
    cancel_order_page, order_calendar, order_page, order_pdf, pay_order_page, resend_order_page, ticket_page,
};

use chrono::{DateTime, Utc};
use minijinja::{Value, context};
use poem::Response;
use poem::http::header;
use serde::Serialize;

use super::model::{Order, OrderLine};
use super::service::Ticketing;
use crate::base::i18n::{self, Lang, text};
use crate::base::kernel::money::Money;
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Problem};
use crate::domain::events::Catalogue;
use crate::domain::payments::Next;

/// What the pages work with.
#[derive(Clone)]
pub struct BuyerPages {
    ticketing: Ticketing,
    catalogue: Catalogue,
}

impl BuyerPages {
    pub fn new(ticketing: Ticketing, catalogue: Catalogue) -> Self {
        Self { ticketing, catalogue }
    }

    /// Begins a payment; tells where the browser goes next.
    async fn pay(
        &self,
        scope: &TenantScope,
        order: &Order,
        provider: &str,
        public_url: &str,
    ) -> ApiResult<String> {
        let back = format!("{public_url}/orders/{}?returned=1", order.id);
        let (_, next) = self.ticketing.pay(scope, order.id, provider, Some(back), None).await?;
        Ok(match next {
            Next::Redirect(url) => url,
            Next::Nothing => format!("/orders/{}", order.id),
        })
    }
}

/// Whether paying may work in a moment: the order stays, and so does the buyer's way to it.
fn is_passing(error: &Problem) -> bool {
    error.status().is_server_error()
}

/// A line of an order as pages show it.
#[derive(Serialize)]
struct Line {
    name: String,
    quantity: i32,
    total: String,
}

fn amount(lang: Lang, money: Money) -> String {
    if money.is_zero() { text(lang, "catalogue-free") } else { i18n::money(lang, money) }
}

fn line(lang: Lang, line: &OrderLine) -> Line {
    let total =
        Money::from_minor(line.unit_price.minor() * i64::from(line.quantity), line.unit_price.currency());
    Line { name: line.name.clone(), quantity: line.quantity, total: amount(lang, total) }
}

/// Until when an order holds its places, in words and for the clock.
fn hold(lang: Lang, order: &Order, zone: chrono_tz::Tz, now: DateTime<Utc>) -> Value {
    let Some(until) = order.expires_at else { return Value::from(()) };
    context! {
        remaining => (until - now).num_seconds().max(0), time => i18n::time(lang, until, zone),
        seconds => (until - order.created_at).num_seconds(),
    }
}

fn download(name: &str, content_type: &str, bytes: Vec<u8>) -> Response {
    Response::builder()
        .content_type(content_type)
        .header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))
        .header(header::CACHE_CONTROL, "private, no-store")
        .body(bytes)
}
