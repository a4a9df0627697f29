//! Passwords: Argon2id, in threads of their own, few at a time (each takes 19 MiB).

use std::sync::{Arc, LazyLock};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

/// The shortest password that is taken (NIST SP 800-63B).
pub const SHORTEST: usize = 8;
/// The longest, so that hashing stays bounded.
pub const LONGEST: usize = 128;

static TURNS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(2)));
/// Verified in place of an unknown account's hash, so that both take the same time.
static NOBODY: LazyLock<String> = LazyLock::new(|| make("nobody has this password").unwrap_or_default());

fn make(password: &str) -> anyhow::Result<String> {
    let hash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|error| anyhow::anyhow!("password hashing: {error}"))?;
    Ok(hash.to_string())
}

/// The hash to store.
pub async fn hash(password: &str) -> anyhow::Result<String> {
    let turn = TURNS.clone().acquire_owned().await?;
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || {
        // Held here: a caller that goes away must not let another one in while this still works.
        let _turn = turn;
        make(&password)
    })
    .await?
}

/// Whether the password belongs to the hash; without a hash it works as hard and says no.
pub async fn verify(password: &str, hash: Option<&str>) -> anyhow::Result<bool> {
    let turn = TURNS.clone().acquire_owned().await?;
    let (password, hash) = (password.to_owned(), hash.map(str::to_owned));
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let stored = hash.as_deref().unwrap_or(&NOBODY);
        let parsed =
            PasswordHash::new(stored).map_err(|error| anyhow::anyhow!("stored password: {error}"))?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && hash.is_some())
    })
    .await?
}
