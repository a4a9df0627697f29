//! Files that outlive a request, private by default: whoever has a signed link may read one, for a time.
//!
//! Invariants: a file belongs to one organization, or to the platform, and is reached through its scope, or by a link that the
//! installation has signed; names are made by the program, never taken from a caller. Callers: capabilities that
//! keep documents, and the route that serves links.

mod answer;
mod route;
mod store;

use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

pub use route::{FileLinks, serve};
pub use store::use_tls;

use crate::base::config::Storage;
use crate::base::kernel::id::OrganizationNumber;
use crate::base::kernel::secret::Keyring;
use crate::base::tenancy::TenantScope;
use crate::base::web::Problem;

/// The purpose of a link's signature.
const LINK: &str = "file-link";

/// Why a file cannot be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    #[error("storage: {0}")]
    Store(#[from] object_store::Error),
    #[error("not the name of a file: {0}")]
    Name(#[from] object_store::path::Error),
}

/// A store that does not answer may answer soon.
impl From<FilesError> for Problem {
    fn from(error: FilesError) -> Self {
        tracing::error!(%error, "files");
        Self::unavailable()
    }
}

/// Whose files they are: an organization's, or the platform's own.
pub trait Keeper: Sync {
    /// The organization's number; 0 is the platform.
    fn number(&self) -> i32;
}

impl Keeper for TenantScope {
    fn number(&self) -> i32 {
        TenantScope::number(self).0
    }
}

/// The platform, which keeps files of accounts.
pub struct PlatformFiles;

impl Keeper for PlatformFiles {
    fn number(&self) -> i32 {
        OrganizationNumber::PLATFORM.0
    }
}

/// The installation's files.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    keyring: Keyring,
    public_url: Arc<str>,
}

impl Files {
    /// Opens the storage that is configured; `storage.url` is not empty.
    pub fn new(storage: &Storage, keyring: Keyring, public_url: Arc<str>) -> anyhow::Result<Self> {
        Ok(Self { store: store::open(storage)?, keyring, public_url })
    }

    /// Keeps a file of the organization, whole or not at all; one with the same name is replaced.
    pub async fn put(&self, scope: &impl Keeper, name: &str, bytes: Vec<u8>) -> Result<(), FilesError> {
        self.put_at(Keeper::number(scope), name, bytes).await
    }

    /// As [`Self::put`], for an organization that is coming into being.
    pub(in crate::base) async fn put_at(
        &self,
        number: i32,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<(), FilesError> {
        self.store.put(&path(number, name)?, PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// A file of the organization; none when there is none with this name.
    pub async fn get(&self, scope: &impl Keeper, name: &str) -> Result<Option<Bytes>, FilesError> {
        match self.store.get(&path(Keeper::number(scope), name)?).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps a copy of a file of the organization under another name.
    pub async fn copy(&self, scope: &TenantScope, name: &str, copy: &str) -> Result<(), FilesError> {
        let number = Keeper::number(scope);
        Ok(self.store.copy(&path(number, name)?, &path(number, copy)?).await?)
    }

    /// Forgets a file of the organization; one that is not there is forgotten already.
    pub async fn remove(&self, scope: &impl Keeper, name: &str) -> Result<(), FilesError> {
        match self.store.delete(&path(Keeper::number(scope), name)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The names of the organization's files under a folder, of those that are older than `before`.
    pub async fn older(
        &self,
        scope: &impl Keeper,
        folder: &str,
        before: DateTime<Utc>,
    ) -> Result<Vec<String>, FilesError> {
        self.list(Keeper::number(scope), &path(Keeper::number(scope), folder)?, Some(before)).await
    }

    /// The names of all of the organization's files.
    pub async fn all(&self, scope: &TenantScope) -> Result<Vec<String>, FilesError> {
        let number = Keeper::number(scope);
        self.list(number, &Path::parse(owned(number))?, None).await
    }

    async fn list(
        &self,
        number: i32,
        root: &Path,
        before: Option<DateTime<Utc>>,
    ) -> Result<Vec<String>, FilesError> {
        let own = format!("{}/", owned(number));
        let found = self.store.list(Some(root)).try_filter(|meta| {
            let old = before.is_none_or(|before| meta.last_modified < before);
            async move { old }
        });
        let names =
            found.map_ok(|meta| meta.location.as_ref().strip_prefix(&own).unwrap_or_default().to_owned());
        Ok(names.try_collect().await?)
    }

    /// An address at which whoever has it may read the file until `until`.
    pub fn link(&self, scope: &TenantScope, name: &str, until: DateTime<Utc>) -> String {
        let (number, until) = (Keeper::number(scope), until.timestamp());
        let signature = self.keyring.sign(LINK, signed(number, name, until).as_bytes());
        format!("{}/files/{number}/{name}?until={until}&signature={signature}", self.public_url)
    }

    /// Whether a link is ours and in time.
    fn opens(&self, number: i32, name: &str, until: i64, signature: &str, now: DateTime<Utc>) -> bool {
        until > now.timestamp()
            && self.keyring.verify(LINK, signed(number, name, until).as_bytes(), signature)
    }

    /// Whether the storage takes and gives, for `doctor`.
    pub async fn check(&self) -> Result<(), FilesError> {
        let probe = Path::parse("doctor")?;
        self.store.put(&probe, PutPayload::from_static(b"ok")).await?;
        self.store.get(&probe).await?;
        Ok(self.store.delete(&probe).await?)
    }
}

/// Every organization's files lie in a folder of its own, the platform's in that of number 0.
fn owned(number: i32) -> String {
    format!("t_{number}")
}

fn path(number: i32, name: &str) -> Result<Path, object_store::path::Error> {
    Path::parse(format!("{}/{name}", owned(number)))
}

fn signed(number: i32, name: &str, until: i64) -> String {
    format!("{number}/{name}/{until}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::kernel::secret::Secret;

    #[tokio::test]
    async fn a_link_opens_its_own_file_until_its_time() {
        let keyring = Keyring::new(Secret::new("s"));
        let store = Arc::new(object_store::memory::InMemory::new());
        let files = Files { store, keyring: keyring.clone(), public_url: "http://x".into() };
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        let signature = keyring.sign(LINK, signed(7, "a/b.pdf", 100).as_bytes());
        let opens =
            |number, name: &str, until, seconds| files.opens(number, name, until, &signature, at(seconds));
        assert!(opens(7, "a/b.pdf", 100, 99));
        assert!(!opens(7, "a/b.pdf", 100, 100));
        assert!(!opens(7, "a/b.pdf", 200, 99));
        assert!(!opens(8, "a/b.pdf", 100, 99));
        assert!(!opens(7, "a/c.pdf", 100, 99));
    }
}
