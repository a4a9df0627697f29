//! Files that outlive a request, private by default: whoever has a signed link may read one, for a time.
//!
//! Invariants: a file belongs to one organization and is reached through its scope, or by a link that the
//! installation has signed; names are made by the program, never taken from a caller. Callers: capabilities that
//! keep documents, and the route that serves links.

mod route;

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

pub use route::{FileLinks, serve};

use crate::base::kernel::secret::Keyring;
use crate::base::tenancy::TenantScope;

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

/// The installation's files.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    keyring: Keyring,
    public_url: Arc<str>,
}

/// A file as it is read.
pub(super) struct Stored {
    pub bytes: Bytes,
    pub etag: String,
}

impl Files {
    /// Opens the storage that `url` names: `file:<directory>`, which is created when it is not there.
    pub fn new(url: &str, keyring: Keyring, public_url: Arc<str>) -> anyhow::Result<Self> {
        let Some(directory) = url.strip_prefix("file:") else {
            anyhow::bail!("storage.url: only file:<directory> is known, not {url:?}");
        };
        let directory = PathBuf::from(directory);
        std::fs::create_dir_all(&directory)?;
        let store = LocalFileSystem::new_with_prefix(directory)?;
        Ok(Self { store: Arc::new(store), keyring, public_url })
    }

    /// Keeps a file of the organization, whole or not at all; one with the same name is replaced.
    pub async fn put(&self, scope: &TenantScope, name: &str, bytes: Vec<u8>) -> Result<(), FilesError> {
        self.store.put(&path(scope.number().0, name)?, PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// A file of the organization; none when there is none with this name.
    pub async fn get(&self, scope: &TenantScope, name: &str) -> Result<Option<Bytes>, FilesError> {
        match self.store.get(&path(scope.number().0, name)?).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Forgets a file of the organization; one that is not there is forgotten already.
    pub async fn remove(&self, scope: &TenantScope, name: &str) -> Result<(), FilesError> {
        match self.store.delete(&path(scope.number().0, name)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// An address at which whoever has it may read the file until `until`.
    pub fn link(&self, scope: &TenantScope, name: &str, until: DateTime<Utc>) -> String {
        let (number, until) = (scope.number().0, until.timestamp());
        let signature = self.keyring.sign(LINK, signed(number, name, until).as_bytes());
        format!("{}/files/{number}/{name}?until={until}&signature={signature}", self.public_url)
    }

    /// The file behind a link; `None` unless the link is ours, in time, and the file is there.
    pub(super) async fn behind(
        &self,
        number: i32,
        name: &str,
        until: i64,
        signature: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Stored>, FilesError> {
        let ours = self.keyring.verify(LINK, signed(number, name, until).as_bytes(), signature);
        if !ours || until <= now.timestamp() {
            return Ok(None);
        }
        match self.store.get(&path(number, name)?).await {
            Ok(found) => {
                let etag = found.meta.e_tag.clone().unwrap_or_default().replace('"', "");
                Ok(Some(Stored { bytes: found.bytes().await?, etag }))
            }
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the storage takes and gives, for `doctor`.
    pub async fn check(&self) -> Result<(), FilesError> {
        let probe = Path::parse("doctor")?;
        self.store.put(&probe, PutPayload::from_static(b"ok")).await?;
        self.store.get(&probe).await?;
        Ok(self.store.delete(&probe).await?)
    }
}

/// Every organization's files lie in a folder of its own.
fn path(number: i32, name: &str) -> Result<Path, object_store::path::Error> {
    Path::parse(format!("t_{number}/{name}"))
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
        let directory = std::env::temp_dir().join(format!("parvis-files-{}", std::process::id()));
        let keyring = Keyring::new(Secret::new("s"));
        let files =
            Files::new(&format!("file:{}", directory.display()), keyring.clone(), "http://x".into()).unwrap();
        files.store.put(&path(7, "a/b.pdf").unwrap(), PutPayload::from_static(b"one")).await.unwrap();
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        let signature = keyring.sign(LINK, signed(7, "a/b.pdf", 100).as_bytes());
        let behind = async |number, name: &str, until, seconds| {
            files
                .behind(number, name, until, &signature, at(seconds))
                .await
                .unwrap()
                .map(|stored| stored.bytes)
        };
        assert_eq!(behind(7, "a/b.pdf", 100, 99).await.as_deref(), Some(b"one".as_slice()));
        assert_eq!(behind(7, "a/b.pdf", 100, 100).await, None);
        assert_eq!(behind(7, "a/b.pdf", 200, 99).await, None);
        assert_eq!(behind(8, "a/b.pdf", 100, 99).await, None);
        assert_eq!(behind(7, "a/c.pdf", 100, 99).await, None);
        std::fs::remove_dir_all(directory).unwrap();
    }
}
