//! Use case of the audit log: what was done in an organization, and by whom.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::IdentityError;
use super::actor::Can;
use super::repo::{self, AuditRow};
use super::roles::ReadAudit;
use super::service::Identity;
use crate::base::db::DbResult;
use crate::base::kernel::id::{AccountId, OrganizationNumber};
use crate::base::kernel::page::COUNT_CAP;
use crate::base::tenancy::TenantScope;

/// What actions are about: the first word of their codes.
pub(super) const AREAS: [&str; 12] = [
    "organization",
    "membership",
    "invitation",
    "assignment",
    "api_key",
    "event",
    "ticket_type",
    "quota",
    "order",
    "access",
    "person",
    "session",
];

/// A place in the log: what comes before it in time is read next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub at: DateTime<Utc>,
    pub id: Uuid,
}

impl Place {
    /// Before everything that will ever be.
    pub(super) const END: Self = Self { at: DateTime::<Utc>::MAX_UTC, id: Uuid::max() };

    /// For an address.
    pub fn encode(self) -> String {
        format!("{}.{}", self.at.timestamp_micros(), self.id.simple())
    }

    pub fn parse(text: &str) -> Option<Self> {
        let (micros, id) = text.split_once('.')?;
        // PostgreSQL's times begin later than ours.
        let micros = micros.parse().ok().filter(|micros| *micros >= 0)?;
        Some(Self { at: DateTime::from_timestamp_micros(micros)?, id: id.parse().ok()? })
    }
}

/// What is looked for in the log.
#[derive(Clone, Debug, Default)]
pub(super) struct AuditFilter {
    pub area: Option<&'static str>,
    pub actor: Option<AccountId>,
    /// From this instant on.
    pub since: Option<DateTime<Utc>>,
    /// Before this instant.
    pub until: Option<DateTime<Utc>>,
    pub after: Option<Place>,
}

/// A part of the log, the latest first.
#[derive(Debug)]
pub(super) struct AuditPart {
    pub rows: Vec<AuditRow>,
    /// Exact up to the cap.
    pub count: i64,
    pub next: Option<Place>,
    /// Those who did something, and those whose roles it was about, as far as they are known.
    pub names: HashMap<AccountId, String>,
}

impl Identity {
    /// A part of what was done in the organization.
    pub(super) async fn audit_log(
        &self,
        scope: &TenantScope,
        can: &Can<ReadAudit, OrganizationNumber>,
        filter: &AuditFilter,
        size: u32,
    ) -> Result<AuditPart, IdentityError> {
        debug_assert_eq!(can.target(), scope.number());
        let end = filter.until.map_or(Place::END, |at| Place { at, id: Uuid::nil() });
        let from = filter.after.filter(|place| place.at <= end.at).unwrap_or(end);
        let mut tx = self.db.tenant(scope).await?;
        let mut rows = repo::audit_rows(&mut tx, from, filter, i64::from(size) + 1).await?;
        let count = repo::count_audit(&mut tx, end, filter, COUNT_CAP + 1).await?;
        drop(tx);
        let more = rows.len() > usize::try_from(size).unwrap_or(usize::MAX);
        rows.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        let next = rows.last().filter(|_| more).map(|row| Place { at: row.at, id: row.id });
        self.tell_addresses(scope, &mut rows).await?;
        let concerned = rows.iter().flat_map(|row| [row.actor, row.person()]).flatten();
        let names = self.names(&concerned.map(AccountId::from).collect::<Vec<_>>()).await?;
        Ok(AuditPart { rows, count, next, names })
    }

    /// Tells of each invitation to whom it went. The log itself names nobody: the address stands with the invitation, and
    /// goes with the person.
    async fn tell_addresses(&self, scope: &TenantScope, rows: &mut [AuditRow]) -> DbResult<()> {
        let ids: Vec<Uuid> = rows.iter().filter_map(AuditRow::invitation).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let mut tx = self.db.platform().await?;
        let known: HashMap<Uuid, String> =
            repo::invited(&mut tx, scope.number(), &ids).await?.into_iter().collect();
        for row in rows {
            let email = row.invitation().and_then(|id| known.get(&id));
            if let (Some(email), Some(detail)) = (email, row.detail.as_object_mut()) {
                detail.insert("email".into(), email.as_str().into());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back() {
        let at = DateTime::from_timestamp_micros(1_795_246_323_456_789).unwrap();
        let place = Place { at, id: Uuid::from_u128(5) };
        assert_eq!(Place::parse(&place.encode()), Some(place));
        for wrong in [
            "",
            ".",
            "x.y",
            "1795246323456789",
            "-1.00000000000000000000000000000005",
            "99999999999999999999.00000000000000000000000000000005",
        ] {
            assert_eq!(Place::parse(wrong), None, "{wrong:?}");
        }
    }
}
