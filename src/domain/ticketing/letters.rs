//! What buyers are written.

use std::sync::Arc;

use super::jobs::{FindOrders, OrderLetter, What};
use super::model::{Order, OrderStatus, Ticket, TicketStatus, TicketingError};
use super::paper;
use super::repo::tickets;
use super::service::{Ticketing, Whose};
use super::words;
use crate::base::documents::TicketPaper;
use crate::base::i18n::{Args, Lang, day_and_month, money, text, text_with};
use crate::base::jobs::JobError;
use crate::base::kernel::id::RefundId;
use crate::base::kernel::money::Money;
use crate::base::kernel::page::PageRequest;
use crate::base::mail::{Attachment, Block, Letter, Post, Recipient};
use crate::base::tenancy::TenantScope;
use crate::domain::events::{self, Event, EventState, Postponement};
use crate::domain::payments::{DOOR, Payment, Refund};

/// What letters are sent with.
pub struct Letters {
    pub post: Arc<Post>,
    /// Attachments with more bytes become a link.
    pub largest_attachment: usize,
}

/// What a letter is about.
struct Subject<'a> {
    scope: &'a TenantScope,
    event: Event,
    order: Order,
    tickets: Vec<Ticket>,
    payments: Vec<Payment>,
    refunds: Vec<Refund>,
}

/// Writes one letter about an order.
pub(super) async fn send(
    ticketing: &Ticketing,
    letters: &Letters,
    scope: &TenantScope,
    job: OrderLetter,
) -> Result<(), JobError> {
    let post = &*letters.post;
    let mut tx = ticketing.db.tenant(scope).await?;
    // A test order was deleted when its event went live: there is nobody to write to.
    let mut order = match ticketing.order(&mut tx, job.order).await {
        Err(TicketingError::Unknown) => return Ok(()),
        found => found?,
    };
    let Some(event) = events::event(&mut tx, order.event).await? else { return Ok(()) };
    let mut tickets = tickets::of_order(&mut tx, order.id).await?;
    let lang = order.buyer.locale;
    let event = ticketing.linked(event, &order);
    let event = words::told(&mut tx, lang, event, &mut order, &mut tickets).await?;
    let (payments, refunds) = ticketing.payments.history(&mut tx, order.id.uuid()).await?;
    let postponed = match job.what {
        What::Postponed { postponement } => events::postponement(&mut tx, postponement).await?,
        _ => None,
    };
    let word = match job.what {
        What::EventCancelled { .. } => events::word_to_buyers(&mut tx, event.id).await?,
        _ => String::new(),
    };
    drop(tx);
    // Whoever paid at the door may have left no address.
    if order.buyer.email.is_empty() {
        return Ok(());
    }
    let subject = Subject { scope, event, order, tickets, payments, refunds };
    let link = ticketing.page(post, job.order, "");
    let (letter, attachments) = match job.what {
        What::Confirmed => {
            // Refunded or cancelled before the mail went out: there is nothing to confirm.
            let paid = matches!(subject.order.status, OrderStatus::Paid | OrderStatus::PartiallyRefunded);
            let cancelled = subject.event.state == EventState::Cancelled;
            if !paid || cancelled || subject.valid_tickets().next().is_none() {
                return Ok(());
            }
            let (attachments, fits) = subject.papers(letters).await?;
            let download = (!fits).then(|| ticketing.page(post, job.order, "/tickets.pdf"));
            (subject.confirmed(post, &link, download), attachments)
        }
        What::Expired => (subject.expired(post), vec![]),
        What::Refunded { refund } => (subject.refunded(post, &link, refund), vec![]),
        What::LatePayment { refund } => (subject.returned_payment(post, refund), vec![]),
        What::Postponed { .. } => {
            // A later postponement, or a cancellation, writes of its own.
            let cancelled = subject.event.state == EventState::Cancelled;
            let Some(found) = postponed.filter(|_| !cancelled && subject.valid_tickets().next().is_some())
            else {
                return Ok(());
            };
            let calendar = subject.calendar(letters).into_iter().collect();
            (subject.postponed(post, &link, &found), calendar)
        }
        What::EventCancelled { refund } => (subject.event_cancelled(post, &link, refund, word), vec![]),
    };
    let to = Recipient { name: Some(subject.name()), email: subject.order.buyer.email.clone() };
    post.send_from_organization(scope.organization(), to, letter, attachments, job.id).await
}

impl Subject<'_> {
    fn lang(&self) -> Lang {
        self.order.buyer.locale
    }

    fn name(&self) -> String {
        format!("{} {}", self.order.buyer.first_name, self.order.buyer.last_name).trim().to_owned()
    }

    fn money(&self, amount: Money) -> String {
        if amount.is_zero() { text(self.lang(), "mail-free") } else { money(self.lang(), amount) }
    }

    fn refund_amount(&self, id: RefundId) -> Money {
        let refund = self.refunds.iter().find(|refund| refund.id == id);
        refund.map_or(Money::from_minor(0, self.order.total.currency()), |refund| refund.amount)
    }

    fn is_given_back_by_hand(&self, id: RefundId) -> bool {
        let payment = self.refunds.iter().find(|refund| refund.id == id).and_then(|refund| refund.payment);
        self.payments.iter().any(|other| Some(other.id) == payment && other.provider == DOOR)
    }

    fn valid_tickets(&self) -> impl Iterator<Item = &Ticket> {
        self.tickets.iter().filter(|ticket| ticket.status != TicketStatus::Revoked)
    }

    /// A letter from the texts `<key>-subject`, `-preheader`, `-heading` and `-body`, with `blocks` after the body.
    fn letter(&self, post: &Post, key: &str, args: &Args<'_>, blocks: Vec<Block>) -> Letter {
        let word = |part: &str| text_with(self.lang(), &format!("{key}-{part}"), args);
        let organization = self.scope.organization().name.as_str();
        let footer = Args::new()
            .set("code", self.order.code.as_str())
            .set("organization", organization)
            .set("site", post.site());
        let test = self.order.test.then(|| Block::Note(text(self.lang(), "mail-test-order")));
        let test = test.into_iter().collect();
        Letter {
            lang: self.lang(),
            subject: word("subject"),
            preheader: word("preheader"),
            heading: word("heading"),
            blocks: [test, vec![Block::Paragraph(word("body"))], blocks].concat(),
            sender_name: organization.to_owned(),
            footer: text_with(self.lang(), "mail-footer-order", &footer),
        }
    }

    fn fact(&self, name: &str, value: String) -> (String, String) {
        (text(self.lang(), &format!("mail-fact-{name}")), value)
    }

    fn facts(&self) -> Block {
        let facts = [
            self.fact("event", self.event.name.clone()),
            self.fact("when", paper::when(self.lang(), &self.event)),
            self.fact("where", paper::place(&self.event)),
            self.fact("order", self.order.code.clone()),
        ];
        Block::Facts(facts.into_iter().filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The event under its arch, as on its page; without dates it is told in facts.
    fn invitation(&self) -> Vec<Block> {
        let Some(start) = self.event.starts_at else { return vec![self.facts()] };
        let (day, month) = day_and_month(self.lang(), start, self.event.timezone);
        let details = [paper::when(self.lang(), &self.event), paper::place(&self.event)];
        vec![
            Block::Day {
                day,
                month,
                title: self.event.name.clone(),
                details: details.into_iter().filter(|detail| !detail.is_empty()).collect(),
            },
            Block::Facts(vec![self.fact("order", self.order.code.clone())]),
        ]
    }

    fn rows(&self) -> Block {
        let row = |line: &super::model::OrderLine| {
            let args = Args::new().set("type", line.name.as_str()).set("count", line.quantity);
            let amount = Money::from_minor(
                line.unit_price.minor() * i64::from(line.quantity),
                line.unit_price.currency(),
            );
            (text_with(self.lang(), "mail-row-tickets", &args), self.money(amount))
        };
        let total = (text(self.lang(), "mail-total"), self.money(self.order.total));
        Block::Rows { rows: self.order.lines.iter().map(row).collect(), total: Some(total) }
    }

    fn button(&self, key: &str, url: String) -> Block {
        Block::Button { label: text(self.lang(), &format!("{key}-button")), url }
    }

    fn note(&self, key: &str) -> Block {
        Block::Note(text(self.lang(), &format!("{key}-note")))
    }

    fn confirmed(&self, post: &Post, link: &str, download: Option<String>) -> Letter {
        let key = "mail-order-confirmed";
        let count = i64::try_from(self.valid_tickets().count()).unwrap_or_default();
        let when = paper::when(self.lang(), &self.event);
        let args = Args::new()
            .set("event", self.event.name.as_str())
            .set("count", count)
            .set("when", when)
            .set("name", self.order.buyer.first_name.as_str());
        let mut blocks = self.invitation();
        blocks.extend([self.rows(), self.button(key, link.to_owned())]);
        if let Some(url) = download {
            blocks.push(Block::Links(vec![(text(self.lang(), "mail-order-confirmed-download"), url)]));
        }
        blocks.push(self.note(key));
        self.letter(post, key, &args, blocks)
    }

    /// The tickets as a PDF if it fits a mail, and the event for a calendar.
    async fn papers(&self, letters: &Letters) -> Result<(Vec<Attachment>, bool), JobError> {
        let organization = self.scope.organization();
        let valid: Vec<Ticket> = self.valid_tickets().cloned().collect();
        let pdf = paper::pdf(organization, &self.event, &self.order, &valid, TicketPaper::A4).await?;
        let name = |extension: &str| format!("{}.{extension}", self.order.code);
        let fits = pdf.len() <= letters.largest_attachment;
        let mut attachments = Vec::new();
        if fits {
            let content_type = "application/pdf".into();
            attachments.push(Attachment { name: name("pdf"), content_type, bytes: pdf });
        }
        attachments.extend(self.calendar(letters));
        Ok((attachments, fits))
    }

    /// The event for a calendar; one that has it already takes over what is new.
    fn calendar(&self, letters: &Letters) -> Option<Attachment> {
        let organization = self.scope.organization();
        let calendar = paper::calendar(organization, &self.event, letters.post.public_url(), false)?;
        Some(Attachment {
            name: format!("{}.ics", self.order.code),
            content_type: "text/calendar; charset=utf-8; method=PUBLISH".into(),
            bytes: calendar.into_bytes(),
        })
    }

    /// Other dates, or none yet, with what the organizer says about it.
    fn postponed(&self, post: &Post, link: &str, postponement: &Postponement) -> Letter {
        let key = if postponement.starts_at.is_some() { "mail-event-moved" } else { "mail-event-postponed" };
        let previous =
            self.event.period(self.lang(), postponement.previous_starts_at, postponement.previous_ends_at);
        let args = self.about_event().set("previous", previous.as_str());
        let mut blocks: Vec<Block> = Self::said(&postponement.message).into_iter().collect();
        let facts = [
            self.fact("event", self.event.name.clone()),
            self.fact("new-date", paper::when(self.lang(), &self.event)),
            self.fact("previous-date", previous.clone()),
            self.fact("where", paper::place(&self.event)),
            self.fact("order", self.order.code.clone()),
        ];
        blocks.push(Block::Facts(facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()));
        blocks.push(self.button("mail-event-moved", link.to_owned()));
        if !self.order.total.is_zero() {
            blocks.push(Block::Note(text_with(self.lang(), &format!("{key}-note"), &args)));
        }
        self.letter(post, key, &args, blocks)
    }

    /// What the organizer says in words of their own.
    fn said(message: &str) -> Option<Block> {
        (!message.is_empty()).then(|| Block::Paragraph(message.to_owned()))
    }

    fn about_event(&self) -> Args<'_> {
        Args::new()
            .set("event", self.event.name.as_str())
            .set("name", self.order.buyer.first_name.as_str())
            .set("organization", self.scope.organization().name.as_str())
            .set("when", paper::when(self.lang(), &self.event))
    }

    fn event_url(&self, post: &Post) -> String {
        self.event.address(post.public_url())
    }

    fn expired(&self, post: &Post) -> Letter {
        let key = "mail-order-expired";
        let blocks = vec![self.facts(), self.button(key, self.event_url(post)), self.note(key)];
        self.letter(post, key, &self.about_event(), blocks)
    }

    fn refunded(&self, post: &Post, link: &str, refund: RefundId) -> Letter {
        let key = "mail-order-refunded";
        let args = self.about_event().set("amount", self.money(self.refund_amount(refund)));
        let by_hand = self.is_given_back_by_hand(refund);
        let note = if by_hand {
            Block::Note(text(self.lang(), "mail-order-refunded-by_hand"))
        } else {
            self.note(key)
        };
        let mut blocks = vec![self.facts(), self.button(key, link.to_owned()), note];
        // Money alone takes no ticket back.
        let takes = |other: &&Refund| other.id == refund && !other.tickets.is_empty();
        if self.refunds.iter().any(|other| takes(&other)) {
            blocks.push(Block::Note(text(self.lang(), "mail-order-refunded-tickets")));
        }
        self.letter(post, key, &args, blocks)
    }

    /// Why nobody wanted the money, as the text tells it.
    fn why_unwanted(&self, refund: RefundId) -> &'static str {
        let paid = |status| matches!(status, OrderStatus::Paid | OrderStatus::PartiallyRefunded);
        match self.order.status {
            _ if self.event.state == EventState::Cancelled => "cancelled",
            OrderStatus::Cancelled | OrderStatus::Refunded => "cancelled",
            OrderStatus::Expired if self.refund_amount(refund) == self.order.total => "expired",
            status if paid(status) => "paid",
            _ => "amount",
        }
    }

    fn returned_payment(&self, post: &Post, refund: RefundId) -> Letter {
        let key = "mail-returned-payment";
        let args = self
            .about_event()
            .set("amount", self.money(self.refund_amount(refund)))
            .set("why", self.why_unwanted(refund));
        let blocks = vec![self.facts(), self.button(key, self.event_url(post)), self.note(key)];
        self.letter(post, key, &args, blocks)
    }

    /// `refund` is what goes back; an order that was not paid yet has none.
    fn event_cancelled(&self, post: &Post, link: &str, refund: Option<RefundId>, message: String) -> Letter {
        let key = "mail-event-cancelled";
        let zero = Money::from_minor(0, self.order.total.currency());
        let amount = refund.map_or(zero, |refund| self.refund_amount(refund));
        let args = self.about_event().set("amount", self.money(amount));
        let fate = if refund.is_some() { "tickets" } else { "held" };
        let mut blocks: Vec<Block> = Self::said(&message).into_iter().collect();
        blocks.extend([Block::Paragraph(text(self.lang(), &format!("{key}-{fate}"))), self.facts()]);
        if !amount.is_zero() {
            blocks.push(Block::Paragraph(text_with(self.lang(), &format!("{key}-refund"), &args)));
        }
        blocks.push(self.button(key, link.to_owned()));
        blocks.push(Block::Note(text_with(self.lang(), &format!("{key}-note"), &args)));
        self.letter(post, key, &args, blocks)
    }
}

/// Mails the links of an address's orders, if it has any.
pub(super) async fn send_links(ticketing: &Ticketing, post: &Post, job: FindOrders) -> Result<(), JobError> {
    let whose = Whose { account: None, email: Some(job.email.clone()) };
    let found = ticketing.orders_of(&whose, PageRequest::default()).await?;
    let Some((_, newest, _)) = found.rows.first() else { return Ok(()) };
    let lang = newest.buyer.locale;
    let mut links = Vec::new();
    for (scope, order, _) in &found.rows {
        let mut tx = ticketing.db.tenant(scope).await?;
        let Some(event) = events::event(&mut tx, order.event).await? else { continue };
        let label = link_label(lang, &event.told(lang), order);
        let url = ticketing.page(post, order.id, "");
        links.push((label, url));
    }
    let letter = links_letter(post, lang, links);
    let to = Recipient { name: None, email: job.email };
    post.send_from_platform(to, letter, job.id).await
}

fn link_label(lang: Lang, event: &Event, order: &Order) -> String {
    let args = Args::new().set("event", event.name.as_str()).set("code", order.code.as_str());
    text_with(lang, "mail-find-orders-link", &args)
}

fn links_letter(post: &Post, lang: Lang, links: Vec<(String, String)>) -> Letter {
    let key = "mail-find-orders";
    let args = Args::new().set("count", i64::try_from(links.len()).unwrap_or_default());
    let word = |part: &str| text_with(lang, &format!("{key}-{part}"), &args);
    Letter {
        lang,
        subject: word("subject"),
        preheader: word("preheader"),
        heading: word("heading"),
        blocks: vec![Block::Paragraph(word("body")), Block::Links(links), Block::Note(word("note"))],
        sender_name: "Parvis".into(),
        footer: text_with(lang, "mail-footer-find", &Args::new().set("site", post.site())),
    }
}
