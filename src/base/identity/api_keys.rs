//! Use cases of keys: with one a program works in one organization, within the key's scopes.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::IdentityError;
use super::actor::{Actor, Can, KeyRights};
use super::repo::{self, ApiKeyRow};
use super::roles::{KeyScope, ManageKeys};
use super::service::Identity;
use super::sessions::USE_KNOWN;
use crate::base::db::{DbError, DbResult, IdempotencyKey};
use crate::base::kernel::id::{AccountId, ApiKeyId, OrganizationId, OrganizationNumber, SessionId};
use crate::base::kernel::page::{Page, PageRequest};
use crate::base::kernel::random;

/// What every key begins with, so that one that leaked is recognized.
pub(super) const PREFIX: &str = "parvis_";
/// How many keys an organization may have that are not revoked.
pub(super) const MOST: i64 = 100;
/// The purpose of the characters that tell a key of ours from a guess, without a look into the database.
const CHECK: &str = "api-key-check";
const CHECK_LENGTH: usize = 8;
/// The purpose of the keyed hash.
const HASH: &str = "api-key";
/// The characters at the end that are shown later on.
const HINT: usize = 4;

/// A program as it comes with its key.
#[derive(Debug)]
pub(super) struct Program {
    pub actor: Arc<Actor>,
    pub organization: OrganizationId,
    pub expires_at: Option<DateTime<Utc>>,
}

/// What a new key is to be.
#[derive(Clone, Debug)]
pub(super) struct NewKey {
    pub name: String,
    pub scopes: Vec<KeyScope>,
    pub expires_at: Option<DateTime<Utc>>,
}

impl Identity {
    /// Makes a key. Its text is told this once; of a repeated request it is told no more.
    pub(super) async fn make_key(
        &self,
        can: Can<ManageKeys, OrganizationNumber>,
        new: NewKey,
        key: Option<&IdempotencyKey>,
    ) -> Result<(ApiKeyRow, Option<String>), IdentityError> {
        let mut tx = self.db.platform().await?;
        let id = ApiKeyId::new(tx.now(), can.target());
        if let Some(made) = tx.attempt(key, id.uuid()).await? {
            let row = repo::api_key(&mut tx, can.target(), made.into()).await?;
            return Ok((row.ok_or(IdentityError::Stranger)?, None));
        }
        if repo::count_api_keys(&mut tx, can.target()).await? >= MOST {
            return Err(IdentityError::TooManyKeys);
        }
        let secret = random::token();
        let text = format!("{PREFIX}{secret}{}", self.check_of_key(&secret));
        let hint: String = text.chars().skip(text.len() - HINT).collect();
        let row = ApiKeyRow {
            id: id.uuid(),
            name: new.name,
            scopes: new.scopes.into_iter().map(|scope| scope.code().to_owned()).collect(),
            hint,
            created_at: tx.now(),
            created_by: can.by().uuid(),
            expires_at: new.expires_at,
            used_at: None,
            revoked_at: None,
        };
        repo::insert_api_key(&mut tx, can.target(), &row, &self.hash_of_key(&text)).await?;
        let detail = serde_json::json!({ "name": row.name, "scopes": row.scopes });
        tx.audit_with(Some(can.by()), Some(can.target()), "api_key.create", row.id, detail).await?;
        tx.commit().await?;
        Ok((row, Some(text)))
    }

    /// The keys of an organization, those that still work before the revoked ones, the newest first.
    pub(super) async fn api_keys(
        &self,
        can: &Can<ManageKeys, OrganizationNumber>,
        page: PageRequest,
    ) -> DbResult<Page<ApiKeyRow>> {
        let mut tx = self.db.platform().await?;
        let (rows, count) = repo::api_keys(&mut tx, can.target(), page).await?;
        Ok(Page::new(rows, count, page))
    }

    /// Has the key open nothing any more; once revoked it stays so.
    pub(super) async fn revoke_key(
        &self,
        can: Can<ManageKeys, OrganizationNumber>,
        id: ApiKeyId,
    ) -> Result<(), IdentityError> {
        let mut tx = self.db.platform().await?;
        let row = repo::api_key(&mut tx, can.target(), id).await?.ok_or(IdentityError::Stranger)?;
        if repo::revoke_api_key(&mut tx, can.target(), id).await? {
            let detail = serde_json::json!({ "name": row.name });
            tx.audit_with(Some(can.by()), Some(can.target()), "api_key.revoke", row.id, detail).await?;
        }
        tx.commit().await?;
        self.programs.invalidate_all();
        Ok(())
    }

    /// The program that comes with this key.
    pub(super) async fn program(&self, text: &str) -> Result<Arc<Program>, IdentityError> {
        let secret =
            text.strip_prefix(PREFIX).and_then(|text| text.get(..text.len().checked_sub(CHECK_LENGTH)?));
        if !secret.is_some_and(|secret| text.ends_with(&self.check_of_key(secret))) {
            return Err(IdentityError::BadToken);
        }
        let hash = self.hash_of_key(text);
        let load = async { Ok(self.load_program(&hash).await?.map(Arc::new)) };
        let found = self.programs.try_get_with(hash, load).await;
        let found = found.map_err(|error: Arc<DbError>| DbError::Shared(error))?;
        let now = self.db.clock().now();
        found.filter(|program| program.expires_at.is_none_or(|at| at > now)).ok_or(IdentityError::BadToken)
    }

    /// The program as it is now, if its key still opens anything.
    pub(super) async fn still_program(
        &self,
        actor: &Actor,
        key: &KeyRights,
    ) -> Result<Arc<Actor>, IdentityError> {
        let mut tx = self.db.platform().await?;
        let now = tx.now();
        let row = repo::api_key(&mut tx, key.organization, actor.account.uuid().into()).await?;
        let holds = |row: &ApiKeyRow| row.revoked_at.is_none() && row.expires_at.is_none_or(|at| at > now);
        row.filter(holds).ok_or(IdentityError::BadToken)?;
        Ok(Arc::new(actor.clone()))
    }

    async fn load_program(&self, hash: &[u8; 32]) -> DbResult<Option<Program>> {
        let mut tx = self.db.platform().await?;
        let Some((number, row)) = repo::api_key_by_hash(&mut tx, hash).await? else { return Ok(None) };
        if row.revoked_at.is_some() {
            return Ok(None);
        }
        if row.used_at.is_none_or(|at| tx.now() - at > USE_KNOWN) {
            repo::touch_api_key(&mut tx, row.id).await?;
            tx.commit().await?;
        } else {
            drop(tx);
        }
        let Some(scope) = self.tenancy.scope_of_number(number).await? else { return Ok(None) };
        let scopes = row.scopes.iter().filter_map(|code| KeyScope::parse(code)).collect();
        let actor = Actor {
            account: AccountId::from(row.id),
            session: SessionId::from(row.id),
            key: Some(KeyRights { organization: number, scopes }),
            working_in: Some(number),
            session_ends: self.db.clock().now() + Duration::days(1),
            email: String::new(),
            first_name: row.name,
            last_name: String::new(),
            photo: None,
            erase_at: None,
            locale: scope.organization().locale,
            email_confirmed: false,
            second_factor: false,
            memberships: vec![],
            assignments: vec![],
        };
        let organization = scope.organization().id;
        Ok(Some(Program { actor: Arc::new(actor), organization, expires_at: row.expires_at }))
    }

    fn check_of_key(&self, secret: &str) -> String {
        self.tokens.keyring().sign(CHECK, secret.as_bytes()).chars().take(CHECK_LENGTH).collect()
    }

    fn hash_of_key(&self, text: &str) -> [u8; 32] {
        self.tokens.keyring().mac(HASH, text.as_bytes())
    }
}
