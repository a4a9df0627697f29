//! Events made like another: one more, or the dates of a series. They sell the same and start as drafts; what people
//! bought, who works there and the private link stay with the first. A template is such a copy that is kept to make
//! others from.

mod api;
mod pages;

pub use api::CopiesApi;
pub use pages::{duplicate_event, duplicate_page, keep_template};

use chrono::{DateTime, Datelike, Days, Months, Utc};
use chrono_tz::Tz;
use serde_json::json;

use super::error::EventsError;
use super::model::{Event, EventState, instant};
use super::{media, publishing, repo, sales, service};
use crate::base::db::{IdempotencyKey, TenantTx};
use crate::base::files::Files;
use crate::base::identity::{Actor, Can, CreateEvents, Entrance, IdentityError, ManageSales};
use crate::base::kernel::id::{EventId, OrganizationNumber};
use crate::base::kernel::random;
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Checks, FieldError, Problem, Rate};

/// How many copies are made at once: a year of weeks.
const MOST: usize = 52;

/// What the copies are to be.
#[derive(Clone, Debug)]
struct Wanted {
    /// That of the first unless given.
    pub name: Option<String>,
    /// When each copy starts; one with the dates of the first when empty.
    pub starts: Vec<DateTime<Utc>>,
    /// Whether visitors are shown the way from one date to the others.
    pub series: bool,
    /// A draft, or a template.
    pub state: EventState,
}

impl Wanted {
    /// One template, with the dates of the first for its other times to be told from.
    const fn template(name: Option<String>) -> Self {
        Self { name, starts: vec![], series: false, state: EventState::Template }
    }
}

/// How often something takes place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Rhythm {
    Once,
    Daily,
    Weekly,
    Fortnightly,
    Monthly,
}

impl Rhythm {
    const ALL: [Self; 5] = [Self::Once, Self::Daily, Self::Weekly, Self::Fortnightly, Self::Monthly];

    const fn code(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Fortnightly => "fortnightly",
            Self::Monthly => "monthly",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| rhythm.code() == code)
    }

    /// The first `count` times from `start` on, at the same hour of the zone's clocks. A month without the day has its
    /// last one.
    fn times(self, start: DateTime<Utc>, count: u32, zone: Tz) -> Vec<DateTime<Utc>> {
        let first = start.with_timezone(&zone).naive_local();
        let days = |days: u32, n: u32| first.checked_add_days(Days::new(u64::from(days) * u64::from(n)));
        let nth = |n| match self {
            Self::Once => Some(first),
            Self::Daily => days(1, n),
            Self::Weekly => days(7, n),
            Self::Fortnightly => days(14, n),
            Self::Monthly => first.checked_add_months(Months::new(n)),
        };
        let count = if self == Self::Once { 1 } else { count };
        (0..count).filter_map(nth).filter_map(|local| instant(local, zone)).collect()
    }
}

/// `at`, moved as `from` is moved to `to` on the zone's clocks: eight in the evening stays eight in the evening.
pub(super) fn moved(at: DateTime<Utc>, from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let local = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local();
    instant(local(at) + (local(to) - local(from)), zone).unwrap_or(at)
}

/// The copy of an event that starts at `start`, or as the first does.
fn copy(tx: &TenantTx, first: &Event, wanted: &Wanted, start: Option<DateTime<Utc>>) -> Event {
    let shift = shift(first, start);
    let renamed = wanted.name.as_ref().is_some_and(|name| *name != first.name);
    let words = first.translations.clone();
    Event {
        id: tx.new_id(),
        name: wanted.name.clone().unwrap_or_else(|| first.name.clone()),
        translations: if renamed { words.without_names() } else { words },
        starts_at: start.or(first.starts_at),
        ends_at: match (first.ends_at, first.starts_at.zip(start)) {
            (Some(ends), Some((from, to))) => Some(end(ends, from, to, first.timezone)),
            (ends, _) => ends,
        },
        checkin_opens_at: first.checkin_opens_at.map(&shift),
        checkin_closes_at: first.checkin_closes_at.map(&shift),
        state: wanted.state,
        test_mode: false,
        previous_starts_at: None,
        previous_ends_at: None,
        awaits_dates: false,
        link_secret: random::token(),
        published_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
        version: 1,
        ..first.clone()
    }
}

/// When a copy ends that starts at `to` instead of `from`: on the clocks as the first does, but never before it starts,
/// as a change of the clocks would have it.
fn end(end: DateTime<Utc>, from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let moved = moved(end, from, to, zone);
    if moved < to { to + (end - from) } else { moved }
}

/// Moves the times of the first event to those of a copy that starts at `start`.
fn shift(first: &Event, start: Option<DateTime<Utc>>) -> impl Fn(DateTime<Utc>) -> DateTime<Utc> + use<> {
    let (moves, zone) = (first.starts_at.zip(start), first.timezone);
    move |at| moves.map_or(at, |(from, to)| moved(at, from, to, zone))
}

/// The witness that somebody who organizes an event may also create others.
async fn creator(
    entrance: &Entrance,
    actor: &Actor,
    scope: &TenantScope,
) -> ApiResult<Can<CreateEvents, OrganizationNumber>> {
    match entrance.identity.permit_organization(actor, scope).await {
        // The event is known to them: there is nothing to hide.
        Err(IdentityError::Stranger) => Err(Problem::forbidden()),
        other => Ok(other?),
    }
}

/// What is wrong with a copy by itself, as the code of a field's error.
fn wrong(copy: &Event) -> Option<&'static str> {
    let times = [copy.starts_at, copy.ends_at, copy.checkin_opens_at, copy.checkin_closes_at];
    let known = |at: &DateTime<Utc>| (2000..=2100).contains(&at.year());
    (!times.iter().flatten().all(known)).then_some("year_out_of_range")
}

/// Makes the copies, with their files and what they sell; those that were made when the same was asked before.
async fn duplicate(
    entrance: &Entrance,
    files: &Files,
    actor: &Actor,
    id: EventId,
    wanted: impl FnOnce(&Event) -> ApiResult<Wanted>,
    key: Option<&IdempotencyKey>,
) -> ApiResult<(TenantScope, Vec<Event>)> {
    let scope = entrance.scope(id).await?;
    let source: Can<ManageSales> = entrance.identity.permit(actor, id).await?;
    let can = creator(entrance, actor, &scope).await?;
    let mut tx = entrance.tenant(&scope).await?;
    let first = repo::event(&mut tx, source.event()).await?.ok_or(EventsError::NotFound)?;
    if let Some(made) = tx.made_with(key).await? {
        return Ok((scope, known(&mut tx, made.into()).await?));
    }
    let wanted = wanted(&first)?;
    // Its own day is over long since, or will be.
    if first.state == EventState::Template && wanted.state == EventState::Draft && wanted.starts.is_empty() {
        return Err(Problem::field("start_dates", "required"));
    }
    let starts = wanted.starts.iter().copied().map(Some);
    let starts: Vec<_> = if wanted.starts.is_empty() { vec![None] } else { starts.collect() };
    let copies: Vec<Event> = starts.into_iter().map(|start| copy(&tx, &first, &wanted, start)).collect();
    drop(tx);
    let mut checks = Checks::default();
    for (index, copy) in copies.iter().enumerate() {
        if let Some(code) = wrong(copy) {
            checks.push(FieldError::new(format!("start_dates/{index}"), code));
        }
    }
    checks.done()?;
    entrance.limiter.spend(Rate::Upload, &can.by().to_string())?;
    let ids: Vec<EventId> = copies.iter().map(|copy| copy.id).collect();
    media::copy(entrance, files, &scope, &first, &ids).await?;
    let mut tx = entrance.tenant(&scope).await?;
    let made = create(&mut tx, &can, source, copies, wanted.series, key).await?;
    tx.commit().await?;
    Ok((scope, made))
}

/// What was made in one go with the event before.
async fn known(tx: &mut TenantTx, first: EventId) -> Result<Vec<Event>, EventsError> {
    let made = repo::made_with(tx, first).await?;
    if made.is_empty() { Err(EventsError::NotFound) } else { Ok(made) }
}

async fn create(
    tx: &mut TenantTx,
    can: &Can<CreateEvents, OrganizationNumber>,
    source: Can<ManageSales>,
    copies: Vec<Event>,
    series: bool,
    key: Option<&IdempotencyKey>,
) -> Result<Vec<Event>, EventsError> {
    let first = copies.first().ok_or(EventsError::NotFound)?.id;
    if let Some(made) = tx.attempt(key, first.uuid()).await? {
        return known(tx, made.into()).await;
    }
    let mut original = repo::locked_event(tx, source.event()).await?.ok_or(EventsError::NotFound)?;
    // A template is no date of the series that are made from it: each is one of its own.
    let from_template = original.state == EventState::Template;
    if series && !from_template && original.series.is_none() {
        original.series = Some(original.id.uuid());
        original = service::store(tx, original, can.by()).await?;
    }
    let shared = if from_template { Some(first.uuid()) } else { original.series };
    let mut made = Vec::with_capacity(copies.len());
    for copy in copies {
        let copy = Event { series: shared.filter(|_| series), created_by: can.by(), ..copy };
        let copy = service::insert(tx, copy, None).await?;
        sales::copy_all(tx, &original, &copy, shift(&original, copy.starts_at)).await?;
        made.push(copy);
    }
    if series {
        publishing::refresh(tx, &original).await?;
    }
    let ids: Vec<uuid::Uuid> = made.iter().map(|event| event.id.uuid()).collect();
    repo::remember_making(tx, first, &ids).await?;
    let kept = made.iter().any(|event| event.state == EventState::Template);
    let action = if kept { "event.template" } else { "event.duplicate" };
    let detail = json!({ "copies": ids, "series": series });
    tx.audit(Some(can.by()), action, original.id.uuid(), detail).await?;
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_rhythm_keeps_the_hour_through_the_changes_of_clocks() {
        let paris: Tz = "Europe/Paris".parse().unwrap();
        let times = |rhythm: Rhythm, start: &str, count| -> Vec<String> {
            let times = rhythm.times(at(start), count, paris);
            times.iter().map(|at| at.with_timezone(&paris).format("%m-%d %H:%M").to_string()).collect()
        };
        assert_eq!(
            times(Rhythm::Weekly, "2027-03-20T19:00:00Z", 3),
            ["03-20 20:00", "03-27 20:00", "04-03 20:00"]
        );
        assert_eq!(times(Rhythm::Daily, "2027-10-30T19:00:00Z", 2), ["10-30 21:00", "10-31 21:00"]);
        assert_eq!(times(Rhythm::Fortnightly, "2027-01-04T08:00:00Z", 2), ["01-04 09:00", "01-18 09:00"]);
        // A month without the day has its last one, and the next has the day again.
        assert_eq!(
            times(Rhythm::Monthly, "2027-01-31T08:00:00Z", 3),
            ["01-31 09:00", "02-28 09:00", "03-31 09:00"]
        );
        assert_eq!(times(Rhythm::Once, "2027-01-31T08:00:00Z", 9), ["01-31 09:00"]);
        // Half past two is left out that night.
        assert_eq!(times(Rhythm::Daily, "2027-03-27T01:30:00Z", 2), ["03-27 02:30", "03-28 03:30"]);
    }

    #[test]
    fn nothing_ends_before_it_starts() {
        let paris: Tz = "Europe/Paris".parse().unwrap();
        let (from, ends) = (at("2031-09-01T00:30:00Z"), at("2031-09-01T00:45:00Z"));
        // The second time that the clocks show half past two that night.
        assert_eq!(end(ends, from, at("2031-10-26T01:30:00Z"), paris), at("2031-10-26T01:45:00Z"));
        assert_eq!(end(ends, from, at("2031-10-27T01:30:00Z"), paris), at("2031-10-27T01:45:00Z"));
    }

    #[test]
    fn times_move_with_the_start() {
        let paris: Tz = "Europe/Paris".parse().unwrap();
        let (from, to) = (at("2027-03-20T19:00:00Z"), at("2027-04-03T18:00:00Z"));
        assert_eq!(moved(at("2027-03-20T22:30:00Z"), from, to, paris), at("2027-04-03T21:30:00Z"));
        assert_eq!(moved(at("2027-03-01T08:00:00Z"), from, to, paris), at("2027-03-15T08:00:00Z"));
        assert_eq!(moved(from, from, to, paris), to);
    }
}
