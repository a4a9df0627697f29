//! What was done to an order, in words: who did what, and when.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;

use super::Desk;
use crate::base::i18n::{self, Args, Lang, text, text_with};
use crate::base::kernel::id::{AccountId, Id};
use crate::base::kernel::money::Money;
use crate::base::site::Visitor;
use crate::base::web::ApiResult;
use crate::domain::ticketing::model::Order;
use crate::domain::ticketing::repo::orders::Deed;

/// One line of the history.
#[derive(Serialize)]
pub(super) struct Line {
    when: String,
    /// Empty where nobody in particular did it.
    who: String,
    what: String,
    why: String,
}

/// The history of an order, the newest first.
pub(super) async fn history(
    visitor: &Visitor,
    desk: &Desk,
    order: &Order,
    deeds: &[Deed],
) -> ApiResult<Vec<Line>> {
    let lang = visitor.lang;
    let mut people: Vec<AccountId> = deeds.iter().filter_map(|deed| deed.by.map(Id::from)).collect();
    people.sort_unstable();
    people.dedup();
    let names: HashMap<AccountId, String> =
        if people.is_empty() { HashMap::new() } else { visitor.entrance.identity.names(&people).await? };
    let who =
        |deed: &Deed| deed.by.and_then(|id| names.get(&AccountId::from(id)).cloned()).unwrap_or_default();
    let mut lines: Vec<_> = deeds
        .iter()
        .map(|deed| {
            let why = deed.detail.get("reason").and_then(Value::as_str).unwrap_or_default();
            let line = Line {
                when: desk.moment(lang, deed.at),
                who: who(deed),
                what: words(lang, order, deed),
                why: reason(lang, why),
            };
            (deed.at, line)
        })
        .collect();
    let own = |at, key: &str| {
        (
            at,
            Line {
                when: desk.moment(lang, at),
                who: String::new(),
                what: text(lang, key),
                why: String::new(),
            },
        )
    };
    let by_hand = deeds.iter().any(|deed| deed.action == "order.enter");
    if !by_hand {
        lines.push(own(order.created_at, "deed-placed"));
        lines.extend(order.paid_at.map(|at| own(at, "deed-paid")));
        if let (crate::domain::ticketing::model::OrderStatus::Expired, Some(at)) =
            (order.status, order.expires_at)
        {
            lines.push(own(at, "deed-expired"));
        }
    }
    lines.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

/// What people gave as a reason; what the platform gives by itself is a code.
pub(super) fn reason(lang: Lang, reason: &str) -> String {
    match reason {
        "event_cancelled" => text(lang, "refund-reason-event_cancelled"),
        "unwanted" => text(lang, "refund-reason-unwanted"),
        own => own.to_owned(),
    }
}

fn words(lang: Lang, order: &Order, deed: &Deed) -> String {
    let said = |name: &str| deed.detail.get(name).and_then(Value::as_str).unwrap_or_default();
    let corrected = deed.was.as_deref().zip(deed.becomes.as_deref());
    let money = |amount: Money| i18n::money(lang, amount);
    let written = |name: &str| {
        Money::parse(said(name), order.total.currency()).map_or_else(|_| said(name).to_owned(), money)
    };
    match deed.action.as_str() {
        "order.cancel" => text(lang, "deed-cancelled"),
        "order.refund" => {
            // In minor units, as refunds were written down once.
            let minor = deed.detail.get("amount").and_then(Value::as_i64);
            let count = deed.detail.get("tickets").and_then(Value::as_i64).unwrap_or_default();
            let old = minor.map(|minor| money(Money::from_minor(minor, order.total.currency())));
            let amount = old.unwrap_or_else(|| written("amount"));
            text_with(lang, "deed-refunded", &Args::new().set("amount", amount).set("count", count))
        }
        "order.refund_failed" => {
            text_with(lang, "deed-refund_failed", &Args::new().set("amount", written("amount")))
        }
        "order.unwanted_payment" => {
            text_with(lang, "deed-unwanted", &Args::new().set("amount", written("amount")))
        }
        "order.enter" => text(lang, &format!("deed-entered-{}", said("tender"))),
        "order.correct_email" => match corrected {
            None => text(lang, "deed-email-forgotten"),
            Some(("", to)) => text_with(lang, "deed-email-added", &Args::new().set("to", to)),
            Some((from, to)) => {
                text_with(lang, "deed-email-corrected", &Args::new().set("from", from).set("to", to))
            }
        },
        "order.rename_holder" => {
            let args = Args::new().set("ticket", said("ticket"));
            match corrected {
                None => text_with(lang, "deed-renamed-forgotten", &args),
                Some((from, to)) => text_with(lang, "deed-renamed", &args.set("from", from).set("to", to)),
            }
        }
        other => other.to_owned(),
    }
}
