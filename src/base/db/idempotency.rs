//! Writes that are sent again: the row of the key is written first, inside the transaction of the write.
//!
//! A second call waits for the first one's commit and then learns what the first has made. Its answer is
//! rebuilt from that id; no answer and no secret is stored.

use chrono::{DateTime, Duration, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{DbError, DbResult, OwnerTx, PlatformTx, TenantTx};
use crate::base::kernel::id::AccountId;
use crate::base::kernel::secret::Keyring;

/// How long a write may be sent again with its key.
const KEPT: Duration = Duration::days(7);
/// The purpose of a fingerprint, part of its key.
const FINGERPRINT: &str = "idempotency";

/// The `Idempotency-Key` of one write, with who writes and what.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    scope: String,
    key: String,
    fingerprint: Vec<u8>,
}

impl IdempotencyKey {
    /// `operation` and the account (for guests the body) make the scope: two people may use the same key. The
    /// fingerprint is keyed, for a body may hold a password, and a plain hash of it could be guessed.
    pub fn new(
        keyring: &Keyring,
        operation: &str,
        account: Option<AccountId>,
        key: &str,
        body: &[u8],
    ) -> Self {
        let fingerprint = keyring.mac(FINGERPRINT, body).to_vec();
        let who = account.map_or_else(
            || data_encoding::BASE64URL_NOPAD.encode(&fingerprint),
            |account| account.to_string(),
        );
        Self { scope: format!("{operation}/{who}"), key: key.to_owned(), fingerprint }
    }
}

/// What the key has made before, if anything. The tables of keys have the same name and shape in every schema,
/// so the transaction's own search path says which one it is.
async fn made(connection: &mut PgConnection, key: &IdempotencyKey) -> DbResult<Option<Uuid>> {
    let row = sqlx::query!(
        "SELECT fingerprint, resource FROM idempotency WHERE scope = $1 AND key = $2",
        key.scope,
        key.key
    )
    .fetch_optional(connection)
    .await?;
    match row {
        None => Ok(None),
        Some(row) if row.fingerprint == key.fingerprint => Ok(row.resource),
        Some(_) => Err(DbError::KeyReused),
    }
}

async fn attempt(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    key: &IdempotencyKey,
    resource: Uuid,
) -> DbResult<Option<Uuid>> {
    let first = sqlx::query!(
        "INSERT INTO idempotency (scope, key, fingerprint, resource, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING",
        key.scope,
        key.key,
        key.fingerprint,
        resource,
        now
    )
    .execute(&mut *connection)
    .await?
    .rows_affected()
        == 1;
    if first { Ok(None) } else { made(connection, key).await }
}

async fn forget(connection: &mut PgConnection, before: DateTime<Utc>) -> DbResult<u64> {
    let done = sqlx::query!(
        "DELETE FROM idempotency WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM idempotency WHERE created_at < $1 ORDER BY created_at LIMIT 1000))",
        before
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

macro_rules! attempts {
    ($($tx:ty),*) => {$(
        impl $tx {
            /// Claims the key for making or changing `resource`, or tells what was made with it before. A write
            /// without a key is always the first.
            pub async fn attempt(
                &mut self,
                key: Option<&IdempotencyKey>,
                resource: Uuid,
            ) -> DbResult<Option<Uuid>> {
                let now = self.now();
                match key {
                    Some(key) => attempt(self.conn(), now, key, resource).await,
                    None => Ok(None),
                }
            }

            /// Forgets keys that nobody sends again, some at a time.
            pub async fn forget_keys(&mut self) -> DbResult<u64> {
                let before = self.now() - KEPT;
                forget(self.conn(), before).await
            }

            /// What was made with the key before, without claiming it.
            pub async fn made_with(&mut self, key: Option<&IdempotencyKey>) -> DbResult<Option<Uuid>> {
                match key {
                    Some(key) => made(self.conn(), key).await,
                    None => Ok(None),
                }
            }
        }
    )*};
}

attempts!(TenantTx, PlatformTx, OwnerTx);
