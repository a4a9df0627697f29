//! Writes that are sent again: the row of the key is written first, inside the transaction of the write.
//!
//! A second call waits for the first one's commit and then learns what the first has made. Its answer is
//! rebuilt from that id; no answer and no secret is stored.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{DbResult, OwnerTx, TenantTx};
use crate::base::kernel::id::AccountId;

/// The `Idempotency-Key` of one write, with who writes and what.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    scope: String,
    key: String,
    fingerprint: Vec<u8>,
}

/// What a write with a key finds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Attempt {
    First,
    /// Done before; this is what it made.
    Repeated(Uuid),
    /// The key belongs to another write.
    Different,
}

impl IdempotencyKey {
    /// `operation` and the account (for guests the body) make the scope: two people may use the same key.
    pub fn new(operation: &str, account: Option<AccountId>, key: &str, body: &[u8]) -> Self {
        let fingerprint = Sha256::digest(body).to_vec();
        let who = account.map_or_else(
            || data_encoding::BASE64URL_NOPAD.encode(&fingerprint),
            |account| account.to_string(),
        );
        Self { scope: format!("{operation}/{who}"), key: key.to_owned(), fingerprint }
    }

    /// The key without its scope, for rows that carry it themselves.
    pub fn text(&self) -> &str {
        &self.key
    }
}

fn verdict(stored: &[u8], resource: Option<Uuid>, key: &IdempotencyKey) -> Attempt {
    match resource {
        Some(resource) if stored == key.fingerprint => Attempt::Repeated(resource),
        _ => Attempt::Different,
    }
}

impl TenantTx {
    /// Claims the key for making `resource`, or tells what was made with it before.
    pub async fn attempt(&mut self, key: &IdempotencyKey, resource: Uuid) -> DbResult<Attempt> {
        let now = self.now();
        let first = sqlx::query!(
            "INSERT INTO idempotency (scope, key, fingerprint, resource, created_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT DO NOTHING",
            key.scope,
            key.key,
            key.fingerprint,
            resource,
            now
        )
        .execute(self.conn())
        .await?
        .rows_affected()
            == 1;
        if first {
            return Ok(Attempt::First);
        }
        let row = sqlx::query!(
            "SELECT fingerprint, resource FROM idempotency WHERE scope = $1 AND key = $2",
            key.scope,
            key.key
        )
        .fetch_one(self.conn())
        .await?;
        Ok(verdict(&row.fingerprint, row.resource, key))
    }
}

impl OwnerTx {
    /// Claims the key for making `resource`, or tells what was made with it before.
    pub async fn attempt(&mut self, key: &IdempotencyKey, resource: Uuid) -> DbResult<Attempt> {
        let now = self.now();
        let first = sqlx::query!(
            "INSERT INTO platform.idempotency (scope, key, fingerprint, resource, created_at)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            key.scope,
            key.key,
            key.fingerprint,
            resource,
            now
        )
        .execute(self.conn())
        .await?
        .rows_affected()
            == 1;
        if first {
            return Ok(Attempt::First);
        }
        let row = sqlx::query!(
            "SELECT fingerprint, resource FROM platform.idempotency WHERE scope = $1 AND key = $2",
            key.scope,
            key.key
        )
        .fetch_one(self.conn())
        .await?;
        Ok(verdict(&row.fingerprint, row.resource, key))
    }
}
