//! The list of an event's orders, and the tables to take away.

use minijinja::context;
use poem::web::{Data, Path};
use poem::{Response, handler};
use serde::Serialize;

use super::super::{amount, download};
use super::{Desk, DeskPages, Query, full_name, pager};
use crate::base::documents::Format;
use crate::base::identity::ExportSales;
use crate::base::kernel::id::EventId;
use crate::base::site::{Visitor, shown};
use crate::base::web::{ApiResult, Problem};
use crate::domain::ticketing::export::{self, Export};
use crate::domain::ticketing::model::{Order, OrderStatus};
use crate::domain::ticketing::repo::orders::{OrderFilter, OrderOrder};

/// The order that the list has unless asked otherwise.
const NEWEST: &str = "-created_at";

#[derive(Serialize)]
struct Row {
    href: String,
    code: String,
    name: String,
    email: String,
    count: i32,
    total: String,
    status: &'static str,
    channel: &'static str,
    placed: String,
}

fn row(visitor: &Visitor, desk: &Desk, order: &Order) -> Row {
    Row {
        href: desk.path(&format!("orders/{}", order.id)),
        code: order.code.clone(),
        name: full_name(&order.buyer.first_name, &order.buyer.last_name),
        email: order.buyer.email.clone(),
        count: order.lines.iter().map(|line| line.quantity).sum(),
        total: amount(visitor.lang, order.total),
        status: order.status.code(),
        channel: order.channel.code(),
        placed: desk.moment(visitor.lang, order.created_at),
    }
}

/// `GET /manage/events/{id}/orders`.
#[handler]
pub async fn orders_page(
    visitor: Visitor,
    Path(id): Path<EventId>,
    Data(pages): Data<&DeskPages>,
) -> ApiResult<Response> {
    let desk = Desk::of(&visitor, id).await?;
    let query = Query::of(&visitor);
    let filter = OrderFilter {
        status: query.get("status").and_then(OrderStatus::parse),
        search: query.get("search").map(str::to_owned),
        order: query.get("ordering").and_then(OrderOrder::parse).unwrap_or_default(),
    };
    let surroundings = desk.surroundings(&visitor, "orders").await?;
    let path = desk.path("orders");
    let filtered = filter.status.is_some() || filter.search.is_some();
    let can = desk.permit(&visitor).await?;
    let page = pages.ticketing.orders_of_event(&desk.scope, can, &filter, query.page()).await?;
    let rows: Vec<Row> = page.rows.iter().map(|order| row(&visitor, &desk, order)).collect();
    let statuses: Vec<&str> = OrderStatus::ALL.into_iter().map(OrderStatus::code).collect();
    let context = context! {
        rows => shown(&rows), pages => pager(&page, &query, &path), filtered, statuses => shown(&statuses),
        search => filter.search.unwrap_or_default(), status => filter.status.map(OrderStatus::code),
        ordering => query.get("ordering").unwrap_or_default(),
        by_date => shown(query.sort(&path, NEWEST, "created_at", NEWEST)),
        by_name => shown(query.sort(&path, "name", "", NEWEST)),
        by_total => shown(query.sort(&path, "-total", "total", NEWEST)),
        ..surroundings
    };
    visitor.page("sales/orders.html", context)
}

/// `GET /manage/events/{id}/export?what=…&format=…`.
#[handler]
pub async fn export_page(visitor: Visitor, Path(id): Path<EventId>) -> ApiResult<Response> {
    let auth = visitor.member()?;
    let (scope, can) = visitor.entrance.event::<ExportSales>(auth, id).await?;
    let query = Query::of(&visitor);
    let what = match query.get("what") {
        Some("participants") => Export::Participants,
        Some("orders") => Export::Orders,
        Some("payments") => Export::Payments,
        _ => return Err(Problem::field("what", "unknown_choice")),
    };
    let format = match query.get("format") {
        Some("csv") => Format::Csv,
        Some("xlsx") | None => Format::Xlsx,
        Some(_) => return Err(Problem::field("format", "unknown_choice")),
    };
    let file = export::write(&visitor.entrance.db, &scope, can, what, format, visitor.lang).await?;
    Ok(download(&file.name, format.content_type(), file.bytes))
}
