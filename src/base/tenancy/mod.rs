//! Organizations: what a tenant is, how a request finds its own, how one comes into being.
//!
//! Invariants: a [`TenantScope`] is made here alone; an organization exists whole (row, role, schema, owner)
//! or not at all. Tables: platform.organization, platform.event_directory. Callers: every capability.

mod archive;
mod closing;
mod repo;
mod scope;

use std::sync::Arc;
use std::time::Duration;

use chrono_tz::Tz;
use ed25519_dalek::SigningKey;
use serde_json::json;

pub use archive::{ImportPlan, Manifest, Member};
pub use closing::{CLOSING_DELAY, CloseDue};
pub use scope::{Organization, TenantScope};

use crate::base::db::{Db, DbError, DbResult, IdempotencyKey, PlatformTx, migrate};
use crate::base::i18n::Lang;
use crate::base::jobs::{Job, Priority};
use crate::base::kernel::color::Color;
use crate::base::kernel::id::{AccountId, EventId, Id, OrganizationId, OrganizationNumber};
use crate::base::kernel::money::Currency;
use crate::base::kernel::random;
use crate::base::kernel::secret::Keyring;
use crate::base::kernel::version::Expected;

/// How long another process's change of an organization may stay unseen: less than the two seconds within which every
/// process knows of every change.
const CACHED: Duration = Duration::from_millis(1_500);

/// Why an organization cannot come into being or change.
#[derive(Debug, thiserror::Error)]
pub enum TenancyError {
    #[error("the address is another organization's")]
    SlugTaken,
    #[error("somebody else changed the organization meanwhile")]
    Stale,
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("provisioning: {0:#}")]
    Provisioning(anyhow::Error),
}

/// What an organization says about itself.
#[derive(Clone, Debug)]
pub struct Settings {
    pub name: String,
    /// ISO 3166-1, two letters.
    pub country: String,
    pub currency: Currency,
    pub locale: Lang,
    pub timezone: Tz,
    pub contact_email: String,
    /// Whether members need a second factor to work in it.
    pub require_second_factor: bool,
    /// What it says about itself on its public page; plain text.
    pub about: String,
    /// Empty, or where it is on the web.
    pub website: String,
    /// Empty, or the colour of its public pages.
    pub color: Option<Color>,
}

/// What an organization is called, or whether it is open, has changed: whoever shows it elsewhere follows.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct OrganizationChanged {
    /// Once more, when nobody remembers the organization as it was.
    #[serde(default)]
    pub later: bool,
}

impl Job for OrganizationChanged {
    const KIND: &'static str = "organization.changed";
    const PRIORITY: Priority = Priority::Normal;

    fn unique_key(&self) -> Option<String> {
        Some(if self.later { "later".into() } else { String::new() })
    }
}

/// An organization came from another installation: whoever keeps something of it outside its schema, or has work
/// waiting, takes that up.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct OrganizationImported {}

impl Job for OrganizationImported {
    const KIND: &'static str = "organization.imported";
    const PRIORITY: Priority = Priority::Normal;

    fn unique_key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Finds organizations and makes new ones.
#[derive(Clone)]
pub struct Tenancy {
    db: Db,
    keyring: Keyring,
    scopes: moka::future::Cache<i32, Option<TenantScope>>,
}

impl Tenancy {
    pub fn new(db: Db, keyring: Keyring) -> Self {
        let scopes = moka::future::Cache::builder().max_capacity(10_000).time_to_live(CACHED).build();
        Self { db, keyring, scopes }
    }

    /// The organization that an id points to. The id proves nothing: look the thing itself up next.
    pub async fn scope_of_id<K>(&self, id: Id<K>) -> DbResult<Option<TenantScope>> {
        self.scope(id.organization()).await
    }

    /// The organization of a job row, past the cache: a job may be about what has just changed, by another process.
    pub(in crate::base) async fn scope_of_job(
        &self,
        number: OrganizationNumber,
    ) -> DbResult<Option<TenantScope>> {
        self.load(number).await
    }

    /// The organization of a membership, an assignment or a buyer's order, as the platform's tables tell.
    pub(in crate::base) async fn scope_of_number(
        &self,
        number: OrganizationNumber,
    ) -> DbResult<Option<TenantScope>> {
        self.scope(number).await
    }

    /// The organizations with numbers after this one, the lowest first: for work that concerns the whole installation,
    /// such as making one person nobody everywhere. Nothing that answers a request walks them.
    pub(in crate::base) async fn scopes_after(&self, after: i32, limit: i64) -> DbResult<Vec<TenantScope>> {
        let mut tx = self.db.platform().await?;
        let numbers = repo::numbers_after(&mut tx, after, limit).await?;
        drop(tx);
        let mut found = Vec::new();
        for number in numbers {
            // Read past the cache: a walk over all would push out those that requests need.
            found.extend(self.load(OrganizationNumber(number)).await?);
        }
        Ok(found)
    }

    /// The organization with this id, as it is now: whoever names it so may just have changed it by another process.
    pub async fn scope_of_organization(&self, id: OrganizationId) -> DbResult<Option<TenantScope>> {
        let mut tx = self.db.platform().await?;
        let number = repo::number_by_id(&mut tx, id).await?.map(OrganizationNumber);
        drop(tx);
        let Some(number) = number else { return Ok(None) };
        self.forget(number).await;
        self.scope(number).await
    }

    /// Has the organization read anew by who asks next.
    pub(in crate::base) async fn forget(&self, number: OrganizationNumber) {
        self.scopes.invalidate(&number.0).await;
    }

    /// The organization with this slug.
    pub async fn scope_of_slug(&self, slug: &str) -> DbResult<Option<TenantScope>> {
        let mut tx = self.db.platform().await?;
        let number = repo::number_by_slug(&mut tx, slug).await?;
        drop(tx);
        match number {
            Some(number) => self.scope(OrganizationNumber(number)).await,
            None => Ok(None),
        }
    }

    /// The event with this slug and its organization.
    pub async fn event_of_slug(&self, slug: &str) -> DbResult<Option<(TenantScope, EventId)>> {
        let mut tx = self.db.platform().await?;
        let found = repo::event_by_slug(&mut tx, slug).await?;
        drop(tx);
        let Some((event, number)) = found else { return Ok(None) };
        Ok(self.scope(OrganizationNumber(number)).await?.map(|scope| (scope, EventId::from(event))))
    }

    async fn scope(&self, number: OrganizationNumber) -> DbResult<Option<TenantScope>> {
        if number.0 <= 0 {
            return Ok(None);
        }
        // An unknown number is remembered too: guessing costs no query a guess.
        let loaded = self.scopes.try_get_with(number.0, self.load(number)).await;
        loaded.map_err(|error: Arc<DbError>| DbError::Shared(error))
    }

    async fn load(&self, number: OrganizationNumber) -> DbResult<Option<TenantScope>> {
        let mut tx = self.db.platform().await?;
        let Some(row) = repo::by_number(&mut tx, number.0).await? else { return Ok(None) };
        let id = OrganizationId::from(row.id);
        let corrupt = DbError::Corrupt;
        let key =
            self.keyring.open(&seal_context(id), &row.signing_key).ok_or_else(|| corrupt("signing key"))?;
        let key: [u8; 32] = key.try_into().map_err(|_| corrupt("signing key"))?;
        let organization = Organization {
            id,
            number,
            slug: row.slug,
            name: row.name,
            country: row.country,
            currency: Currency::parse(&row.currency).ok_or_else(|| corrupt("currency"))?,
            locale: Lang::parse(&row.locale).ok_or_else(|| corrupt("locale"))?,
            timezone: row.timezone.parse().map_err(|_| corrupt("timezone"))?,
            contact_email: row.contact_email,
            suspended: (row.state != "active").then_some(row.suspended_for),
            closes_at: row.closes_at,
            about: row.about,
            website: row.website,
            color: Color::parse(&row.color),
            logo: Some(row.logo).filter(|file| !file.is_empty()),
            require_second_factor: row.require_second_factor,
            schema_version: row.schema_version,
            version: row.version,
            signing_key: SigningKey::from_bytes(&key),
        };
        debug_assert_eq!(row.number, number.0);
        Ok(Some(TenantScope::new(organization, &self.db.prefix)))
    }

    /// Makes an organization with its schema, role and owner in one transaction: a crash leaves all or nothing.
    pub async fn provision(
        &self,
        slug: &str,
        settings: &Settings,
        owner: AccountId,
        key: Option<&IdempotencyKey>,
    ) -> Result<TenantScope, TenancyError> {
        let mut tx = self.db.owner().await?;
        let number = repo::next_number(&mut tx).await?;
        let at = tx.now();
        let id = OrganizationId::new(at, number);
        if let Some(made) = tx.attempt(key, id.uuid()).await? {
            drop(tx);
            let found = self.scope_of_organization(made.into()).await?;
            return found.ok_or(TenancyError::Db(DbError::Corrupt("idempotency key")));
        }
        let signing_key = SigningKey::from_bytes(&random::bytes());
        let sealed = self
            .keyring
            .seal(&seal_context(id), signing_key.as_bytes())
            .ok_or_else(|| TenancyError::Provisioning(anyhow::anyhow!("cannot seal the signing key")))?;
        let verifying_key = signing_key.verifying_key();
        let row = repo::NewRow {
            id,
            number,
            slug,
            settings,
            role_name: &migrate::role_name(&self.db.prefix, number.0),
            signing_key: &sealed,
            verifying_key: verifying_key.as_bytes(),
            owner,
            at,
        };
        repo::insert(&mut tx, &row).await.map_err(|error| match error.constraint() {
            Some("organization_slug_unique") => TenancyError::SlugTaken,
            _ => TenancyError::Db(error),
        })?;
        repo::make_schema(&mut tx, &self.db.prefix, number.0).await?;
        migrate::newest_schema(tx.conn(), number.0).await.map_err(TenancyError::Provisioning)?;
        repo::record(&mut tx, number, Some(owner), "organization.create").await?;
        tx.commit().await?;
        self.scopes.invalidate(&number.0).await;
        self.scope(number)
            .await?
            .ok_or_else(|| TenancyError::Provisioning(anyhow::anyhow!("not found after commit")))
    }

    /// Changes the settings that `scope` was read with, if nobody else did since.
    pub async fn change(
        &self,
        scope: &TenantScope,
        settings: &Settings,
        expected: &Expected,
        by: AccountId,
        key: Option<&IdempotencyKey>,
    ) -> Result<TenantScope, TenancyError> {
        let mut tx = self.db.platform().await?;
        if tx.attempt(key, scope.organization().id.uuid()).await?.is_some() {
            drop(tx);
            return self.refreshed(scope.number()).await;
        }
        let version = scope.organization().version;
        if !expected.allows(version) {
            return Err(TenancyError::Stale);
        }
        if !repo::update(&mut tx, scope.number().0, settings, version).await? {
            return Err(TenancyError::Stale);
        }
        tell_change(&mut tx, scope.number()).await?;
        let detail = json!({ "fields": scope.organization().differing(settings) });
        let (number, id) = (scope.number(), scope.organization().id.uuid());
        tx.audit_with(Some(by), Some(number), "organization.change", id, detail).await?;
        tx.commit().await?;
        self.refreshed(scope.number()).await
    }

    /// Shows another logo, or none; the name of the one before.
    pub async fn set_logo(
        &self,
        scope: &TenantScope,
        by: AccountId,
        file: Option<&str>,
    ) -> Result<Option<String>, TenancyError> {
        let mut tx = self.db.platform().await?;
        let before = repo::set_logo(&mut tx, scope.number(), file.unwrap_or_default()).await?;
        tell_change(&mut tx, scope.number()).await?;
        let action = if file.is_some() { "organization.logo" } else { "organization.logo_removed" };
        tx.audit(by, Some(scope.number()), action, scope.organization().id.uuid()).await?;
        tx.commit().await?;
        self.refreshed(scope.number()).await?;
        Ok(before)
    }

    /// The organization as it is now, also for who asks next.
    pub(in crate::base) async fn refreshed(
        &self,
        number: OrganizationNumber,
    ) -> Result<TenantScope, TenancyError> {
        self.scopes.invalidate(&number.0).await;
        self.scope(number).await?.ok_or(TenancyError::Stale)
    }
}

/// Has whoever shows the organization elsewhere follow it.
async fn tell_change(tx: &mut PlatformTx, number: OrganizationNumber) -> DbResult<()> {
    repo::bump_catalogue(tx).await?;
    tx.enqueue_for(number, &OrganizationChanged::default()).await?;
    // A write that began with the organization as it was may tell the catalogue of it until the caches have gone.
    let later = tx.now() + chrono::Duration::seconds(10);
    tx.enqueue_for_at(number, &OrganizationChanged { later: true }, later).await
}

fn seal_context(id: OrganizationId) -> String {
    format!("{id}/ticket-signing-key")
}
