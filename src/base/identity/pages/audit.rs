//! What was done in the organization, and by whom.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use minijinja::context;
use poem::{Response, handler};
use serde::Serialize;
use serde_json::Value;

use super::organization::own;
use crate::base::i18n::{self, Args, Lang};
use crate::base::identity::audit::{AREAS, AuditFilter, Place};
use crate::base::identity::repo::AuditRow;
use crate::base::identity::{EventRole, MemberRole, ReadAudit, ReadMembers};
use crate::base::kernel::id::AccountId;
use crate::base::kernel::money::{Currency, Money};
use crate::base::kernel::page::{COUNT_CAP, PageRequest};
use crate::base::site::{Filled, Visitor, shown};
use crate::base::web::ApiResult;

const SIZE: u32 = 50;
/// How many members can be chosen from.
const MEMBERS: u32 = 100;

#[derive(Serialize)]
struct Row {
    when: String,
    /// Empty where the installation did it, or whoever did it is gone.
    who: String,
    by_installation: bool,
    /// Whose role it was about.
    whom: Option<String>,
    action: String,
    /// The action's name among the texts, when it has one.
    key: Option<String>,
    href: Option<String>,
    details: Vec<(String, String)>,
}

/// The parts of a detail that a person reads, in this order; what came in place of what is told as one.
const TOLD: [&str; 14] = [
    "email", "name", "code", "change", "from", "to", "role", "reason", "price", "size", "amount", "total",
    "what", "fields",
];

fn row(visitor: &Visitor, zone: Tz, names: &HashMap<AccountId, String>, row: AuditRow) -> Row {
    let name_of = |id: Option<uuid::Uuid>| id.and_then(|id| names.get(&AccountId::from(id)).cloned());
    let key = format!("audit-{}", row.action.replace('.', "-"));
    let lang = visitor.lang;
    let of_event = row.action.strip_prefix("event.").filter(|deed| *deed != "delete").and(row.target);
    let event = of_event.map(|id| id.to_string());
    let event = event.or_else(|| Some(row.detail.get("event")?.as_str()?.to_owned()));
    let order = row.target.filter(|_| row.action.starts_with("order."));
    let order = order.map(|id| format!("/orders/{id}")).unwrap_or_default();
    Row {
        when: i18n::date_time(lang, row.at, zone),
        who: name_of(row.actor).unwrap_or_default(),
        whom: name_of(row.person()),
        by_installation: row.actor.is_none(),
        key: i18n::has(&key).then_some(key),
        details: details(lang, zone, &row.detail),
        href: event.map(|id| format!("/manage/events/{id}{order}")),
        action: row.action,
    }
}

/// What else there is to say, each part with its name.
fn details(lang: Lang, zone: Tz, detail: &Value) -> Vec<(String, String)> {
    let told = |part: &str| told(lang, zone, part, detail);
    let changed = told("from").zip(told("to")).map(|(from, to)| {
        let args = Args::new().set("from", from).set("to", to);
        i18n::text_with(lang, "audit-change", &args)
    });
    let one_by_one = |part: &str| match part {
        "change" => changed.clone(),
        "from" | "to" if changed.is_some() => None,
        // The role that was given is where the change leads.
        "role" if changed.is_some() => None,
        _ => told(part),
    };
    TOLD.iter()
        .filter_map(|part| Some((i18n::text(lang, &format!("audit-detail-{part}")), one_by_one(part)?)))
        .collect()
}

/// A part of a detail as a person reads it; none where there is nothing to read.
fn told(lang: Lang, zone: Tz, part: &str, detail: &Value) -> Option<String> {
    let value = detail.get(part)?;
    let told = match value {
        Value::Null => String::new(),
        Value::String(told) => told.clone(),
        Value::Array(all) if part == "fields" => fields(lang, all),
        Value::Array(ends) => period(lang, zone, ends).unwrap_or_default(),
        other => other.to_string(),
    };
    let told = match part {
        "amount" | "total" | "price" => money(lang, &told, detail).unwrap_or(told),
        "reason" if told == "event_cancelled" => i18n::text(lang, "refund-reason-event_cancelled"),
        "what" => i18n::text(lang, &format!("export-sheet-{told}")),
        "from" | "to" | "role" => role_name(lang, &told).unwrap_or(told),
        _ => told,
    };
    (!told.is_empty()).then_some(told)
}

/// The names of fields, as far as there are words for them.
fn fields(lang: Lang, names: &[Value]) -> String {
    let named = names.iter().filter_map(Value::as_str).map(|name| {
        let key = format!("audit-field-{name}");
        if i18n::has(&key) { i18n::text(lang, &key) } else { name.to_owned() }
    });
    named.collect::<Vec<_>>().join(&i18n::text(lang, "audit-fields-comma"))
}

/// From when to when something was to take place.
fn period(lang: Lang, zone: Tz, ends: &[Value]) -> Option<String> {
    let [start, end] = ends else { return None };
    let instant = |value: &Value| value.as_str()?.parse::<DateTime<Utc>>().ok();
    Some(i18n::period(lang, instant(start)?, instant(end)?, zone))
}

/// A sum as a person reads it; none where its currency was not written down.
fn money(lang: Lang, decimal: &str, detail: &Value) -> Option<String> {
    let currency = Currency::parse(detail.get("currency")?.as_str()?)?;
    Some(i18n::money(lang, Money::parse(decimal, currency).ok()?))
}

/// A role's code as a person reads it.
fn role_name(lang: Lang, code: &str) -> Option<String> {
    let member = MemberRole::parse(code).map(|role| format!("role-member-{}", role.code()));
    let in_event = || EventRole::parse(code).map(|role| format!("role-event-{}", role.code()));
    Some(i18n::text(lang, &member.or_else(in_event)?))
}

fn instant(zone: Tz, day: NaiveDate) -> Option<DateTime<Utc>> {
    Some(zone.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest()?.to_utc())
}

/// What the address asks for; what cannot be read asks for nothing.
fn filter(filled: &Filled, zone: Tz) -> AuditFilter {
    let day = |name: &str| filled.value(name).parse::<NaiveDate>().ok();
    AuditFilter {
        area: AREAS.into_iter().find(|area| *area == filled.value("area")),
        actor: filled.value("actor").parse::<uuid::Uuid>().ok().map(AccountId::from),
        since: day("since").and_then(|day| instant(zone, day)),
        until: day("until").and_then(|day| instant(zone, day.checked_add_days(Days::new(1))?)),
        after: Place::parse(filled.value("cursor")),
    }
}

/// `GET /manage/settings/audit`.
#[handler]
pub async fn audit_page(visitor: Visitor) -> ApiResult<Response> {
    let (desk, scope) = own(&visitor).await?;
    let (identity, actor) = (&visitor.entrance.identity, &visitor.member()?.actor);
    let can = identity.permit_organization::<ReadAudit>(actor, &scope).await?;
    let pairs = url::form_urlencoded::parse(visitor.query().as_bytes());
    let finder = Filled::with(pairs.map(|(name, value)| (name.into_owned(), value.replace('\0', ""))));
    let zone = scope.organization().timezone;
    let filter = filter(&finder, zone);
    let part = identity.audit_log(&scope, &can, &filter, SIZE).await?;
    let members: crate::base::identity::Can<ReadMembers, _> =
        identity.permit_organization(actor, &scope).await?;
    let members = identity.members(members, PageRequest { number: 1, size: MEMBERS }).await?;
    let members: Vec<(String, String)> = members
        .rows
        .into_iter()
        .map(|row| {
            let name = format!("{} {}", row.first_name, row.last_name).trim().to_owned();
            (row.account.to_string(), if name.is_empty() { row.email } else { name })
        })
        .collect();
    let address = |cursor: &str| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for name in ["area", "actor", "since", "until"] {
            query.append_pair(name, finder.value(name));
        }
        format!("/manage/settings/audit?{}", query.append_pair("cursor", cursor).finish())
    };
    let rows: Vec<Row> = part.rows.into_iter().map(|entry| row(&visitor, zone, &part.names, entry)).collect();
    let narrowed =
        filter.area.is_some() || filter.actor.is_some() || filter.since.is_some() || filter.until.is_some();
    let context = context! {
        desk => desk.shown(), rows => shown(&rows), form => shown(&finder), areas => shown(AREAS), members => shown(&members),
        next => part.next.map(|place| address(&place.encode())), later => filter.after.is_some(), first => address(""),
        count => part.count.min(COUNT_CAP), capped => part.count > COUNT_CAP, narrowed,
    };
    visitor.page("manage/audit.html", context)
}
