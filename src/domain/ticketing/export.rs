//! Exports: participants, orders and payments of an event as a spreadsheet.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::model::Order;
use super::repo::tickets::ParticipantRow;
use super::repo::{orders, tickets};
use crate::base::db::{Db, TenantTx};
use crate::base::documents::{Cell, DocumentError, Format, Sheet};
use crate::base::i18n::{Lang, stripped, text};
use crate::base::identity::{Can, ExportSales};
use crate::base::kernel::id::{EventId, OrderId};
use crate::base::kernel::money::{Currency, Money};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Problem};
use crate::domain::events::{self, Event};
use crate::domain::payments;

/// Rows that are read at once: bounded memory, few round trips.
const BATCH: i64 = 2_000;

/// What is exported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Export {
    Participants,
    Orders,
    Payments,
}

impl Export {
    pub(super) const ALL: [Self; 3] = [Self::Participants, Self::Orders, Self::Payments];

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Participants => "participants",
            Self::Orders => "orders",
            Self::Payments => "payments",
        }
    }

    /// The columns; each is a text `export-column-<name>`.
    const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Participants => &[
                "ticket_code",
                "order_code",
                "first_name",
                "last_name",
                "email",
                "ticket_type",
                "status",
                "price",
                "currency",
                "checked_in_at",
                "gate",
                "created_at",
            ],
            Self::Orders => &[
                "order_code",
                "status",
                "first_name",
                "last_name",
                "email",
                "total",
                "refunded",
                "currency",
                "created_at",
                "paid_at",
            ],
            Self::Payments => &[
                "order_code",
                "provider",
                "status",
                "amount",
                "refunded",
                "currency",
                "payment_reference",
                "created_at",
                "paid_at",
            ],
        }
    }
}

/// A file to hand out.
pub(super) struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Everything that cells are written with.
#[derive(Clone, Copy)]
struct Writing {
    lang: Lang,
    zone: Tz,
}

impl Writing {
    fn time(self, at: Option<DateTime<Utc>>) -> Cell {
        at.map_or(Cell::Empty, |at| Cell::Time(events::local(self.zone, at)))
    }

    fn status(self, kind: &str, code: &str) -> Cell {
        Cell::Text(stripped(&text(self.lang, &format!("export-{kind}-{code}"))))
    }
}

fn amount(minor: i64, currency: &str) -> Cell {
    Currency::parse(currency).map_or(Cell::Empty, |currency| Cell::Money(Money::from_minor(minor, currency)))
}

fn word(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// Writes the export; the rows are laid out in threads of their own.
pub(super) async fn write(
    db: &Db,
    scope: &TenantScope,
    can: Can<ExportSales>,
    what: Export,
    format: Format,
    lang: Lang,
) -> ApiResult<File> {
    let mut tx = db.tenant(scope).await?;
    let event = events::event(&mut tx, can.event()).await?.ok_or_else(Problem::not_found)?;
    let detail = serde_json::json!({ "what": what.code() });
    tx.audit(Some(can.by()), "event.export", event.id.uuid(), detail).await?;
    let table = table(&mut tx, &event, what, format, lang).await?;
    tx.commit().await?;
    Ok(File { name: format!("{}-{}", event.slug, name(&event, what, format)), bytes: finished(table).await? })
}

/// The table's rows, to be finished once no transaction waits for it.
pub(super) async fn table(
    tx: &mut TenantTx,
    event: &Event,
    what: Export,
    format: Format,
    lang: Lang,
) -> ApiResult<Sheet> {
    let headers: Vec<String> =
        what.columns().iter().map(|name| stripped(&text(lang, &format!("export-column-{name}")))).collect();
    let title = stripped(&text(lang, &format!("export-sheet-{}", what.code())));
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let mut sheet = Sheet::new(format, &title, &headers).map_err(|error| Problem::internal(&error))?;
    if lang.is_rtl() {
        sheet = sheet.right_to_left();
    }
    let writing = Writing { lang, zone: event.timezone };
    match what {
        Export::Participants => participants(tx, event.id, writing, sheet).await,
        Export::Orders | Export::Payments => order_rows(tx, event.id, what, writing, sheet).await,
    }
}

/// The table as a file.
pub(super) async fn finished(table: Sheet) -> ApiResult<Vec<u8>> {
    blocking(move || table.finish()).await
}

/// What the file is called beside the event's own name.
pub(super) fn name(event: &Event, what: Export, format: Format) -> String {
    let test = if event.test_mode { "-test" } else { "" };
    format!("{}{test}.{}", what.code(), format.extension())
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DocumentError> + Send + 'static,
) -> ApiResult<T> {
    let done = tokio::task::spawn_blocking(work).await.map_err(|error| Problem::internal(&error))?;
    done.map_err(|error| Problem::internal(&error))
}

async fn participants(
    tx: &mut TenantTx,
    event: EventId,
    writing: Writing,
    mut sheet: Sheet,
) -> ApiResult<Sheet> {
    let mut after = None;
    loop {
        let rows = tickets::participants(tx, event, after, BATCH).await?;
        let Some(last) = rows.last() else { return Ok(sheet) };
        after = Some(last.id);
        sheet = blocking(move || {
            for row in &rows {
                sheet.row(&participant(row, writing))?;
            }
            Ok(sheet)
        })
        .await?;
    }
}

fn participant(row: &ParticipantRow, writing: Writing) -> Vec<Cell> {
    let status = match (row.status.as_str(), row.presence.as_str()) {
        ("valid", "never") => "valid",
        ("valid", _) => "used",
        _ => "revoked",
    };
    vec![
        word(&row.code),
        word(&row.order_code),
        word(&row.first_name),
        word(&row.last_name),
        word(&row.email),
        word(&row.ticket_type),
        writing.status("ticket", status),
        amount(row.price, &row.currency),
        word(&row.currency),
        writing.time(row.checked_in_at),
        word(row.checked_in_gate.as_deref().unwrap_or_default()),
        writing.time(Some(row.issued_at)),
    ]
}

async fn order_rows(
    tx: &mut TenantTx,
    event: EventId,
    what: Export,
    writing: Writing,
    mut sheet: Sheet,
) -> ApiResult<Sheet> {
    let mut after: Option<OrderId> = None;
    loop {
        let orders = orders::batch(tx, event, after, BATCH).await?;
        let Some(last) = orders.last() else { return Ok(sheet) };
        after = Some(last.id);
        let rows = match what {
            Export::Payments => payments_of(tx, &orders, writing).await?,
            _ => orders.iter().map(|order| order_cells(order, writing)).collect(),
        };
        sheet = blocking(move || {
            for row in &rows {
                sheet.row(row)?;
            }
            Ok(sheet)
        })
        .await?;
    }
}

fn order_cells(order: &Order, writing: Writing) -> Vec<Cell> {
    vec![
        word(&order.code),
        writing.status("order", order.status.code()),
        word(&order.buyer.first_name),
        word(&order.buyer.last_name),
        word(&order.buyer.email),
        Cell::Money(order.total),
        Cell::Money(order.refunded),
        word(order.total.currency().code()),
        writing.time(Some(order.created_at)),
        writing.time(order.paid_at),
    ]
}

async fn payments_of(tx: &mut TenantTx, orders: &[Order], writing: Writing) -> ApiResult<Vec<Vec<Cell>>> {
    let codes: std::collections::HashMap<_, _> =
        orders.iter().map(|order| (order.id.uuid(), order.code.as_str())).collect();
    let ids: Vec<_> = codes.keys().copied().collect();
    let rows = payments::export_rows(tx, &ids).await?;
    let cells = rows.iter().map(|row| {
        vec![
            word(codes.get(&row.payable).copied().unwrap_or_default()),
            word(&row.provider),
            writing.status("payment", &row.status),
            amount(row.amount, &row.currency),
            amount(row.refunded, &row.currency),
            word(&row.currency),
            word(row.reference.as_deref().unwrap_or_default()),
            writing.time(Some(row.created_at)),
            writing.time(row.settled_at),
        ]
    });
    Ok(cells.collect())
}
