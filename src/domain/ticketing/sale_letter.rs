//! What organizers are written when something is sold.

use super::jobs::SaleLetter;
use super::model::{Order, TicketingError};
use super::service::Ticketing;
use crate::base::i18n::{Args, Lang, money, text, text_with};
use crate::base::jobs::JobError;
use crate::base::mail::{Block, Letter, Post, Recipient};
use crate::base::tenancy::{Organization, TenantScope};
use crate::domain::events::{self, Event};

/// Writes to the organization's contact address, in the organization's language; without an address to nobody.
pub(super) async fn send(
    ticketing: &Ticketing,
    post: &Post,
    scope: &TenantScope,
    job: SaleLetter,
) -> Result<(), JobError> {
    let organization = scope.organization();
    if organization.contact_email.is_empty() {
        return Ok(());
    }
    let mut tx = ticketing.db.tenant(scope).await?;
    // Nobody needs to hear of the sale of a test order, least of all of one that is deleted.
    let order = match ticketing.order(&mut tx, job.order).await {
        Err(TicketingError::Unknown) => return Ok(()),
        found => found?,
    };
    if order.test {
        return Ok(());
    }
    let Some(event) = events::event(&mut tx, order.event).await? else { return Ok(()) };
    drop(tx);
    let to = Recipient { name: Some(organization.name.clone()), email: organization.contact_email.clone() };
    post.send_from_platform(to, letter(post, organization, &event, &order), job.id).await
}

fn letter(post: &Post, organization: &Organization, event: &Event, order: &Order) -> Letter {
    let (lang, key) = (organization.locale, "mail-sale");
    let buyer = format!("{} {}", order.buyer.first_name, order.buyer.last_name).trim().to_owned();
    let total = if order.total.is_zero() { text(lang, "mail-free") } else { money(lang, order.total) };
    let count: i32 = order.lines.iter().map(|line| line.quantity).sum();
    let args = Args::new()
        .set("event", event.name.as_str())
        .set("buyer", buyer.as_str())
        .set("amount", total.as_str())
        .set("count", count);
    let word = |part: &str| text_with(lang, &format!("{key}-{part}"), &args);
    let url = format!("{}/manage/events/{}/orders/{}", post.public_url(), event.id, order.id);
    let footer = Args::new().set("organization", organization.name.as_str()).set("site", post.site());
    Letter {
        lang,
        subject: word("subject"),
        preheader: word("preheader"),
        heading: word("heading"),
        blocks: vec![
            Block::Paragraph(word("body")),
            facts(lang, &buyer, order),
            rows(lang, order, total.clone()),
            Block::Button { label: text(lang, "mail-sale-button"), url },
        ],
        sender_name: "Parvis".into(),
        footer: text_with(lang, "mail-footer-organizer", &footer),
    }
}

fn facts(lang: Lang, buyer: &str, order: &Order) -> Block {
    let who = format!("{buyer}, {}", order.buyer.email);
    Block::Facts(vec![
        (text(lang, "mail-fact-buyer"), who),
        (text(lang, "mail-fact-order"), order.code.clone()),
    ])
}

fn rows(lang: Lang, order: &Order, total: String) -> Block {
    let row = |line: &super::model::OrderLine| {
        let args = Args::new().set("type", line.name.as_str()).set("count", line.quantity);
        let price = line.unit_price;
        let sum = crate::base::kernel::money::Money::from_minor(
            price.minor() * i64::from(line.quantity),
            price.currency(),
        );
        let sum = if sum.is_zero() { text(lang, "mail-free") } else { money(lang, sum) };
        (text_with(lang, "mail-row-tickets", &args), sum)
    };
    Block::Rows {
        rows: order.lines.iter().map(row).collect(),
        total: Some((text(lang, "mail-total"), total)),
    }
}
