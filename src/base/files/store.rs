//! Where the installation keeps its files: a directory, or a store that speaks S3.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, ObjectStore};

use crate::base::config::Storage;

/// How long a request may take, with the slowest reader of a file.
const PATIENCE: Duration = Duration::from_secs(300);

/// Opens what `storage.url` names: `file:<directory>`, which is created when it is not there, or
/// `s3://<bucket>[/<folder>]`.
pub(super) fn open(storage: &Storage) -> anyhow::Result<Arc<dyn ObjectStore>> {
    if let Some(directory) = storage.url.strip_prefix("file:") {
        let directory = PathBuf::from(directory);
        std::fs::create_dir_all(&directory)
            .with_context(|| format!("storage.url: cannot create {}", directory.display()))?;
        return Ok(Arc::new(LocalFileSystem::new_with_prefix(directory)?));
    }
    let Some(place) = storage.url.strip_prefix("s3://") else {
        bail!("storage.url: file:<directory> or s3://<bucket> is known, not {:?}", storage.url);
    };
    let (bucket, folder) =
        place.trim_end_matches('/').split_once('/').unwrap_or((place.trim_end_matches('/'), ""));
    if bucket.is_empty() {
        bail!("storage.url: which bucket?");
    }
    let store = bucket_of(storage, bucket).context("storage")?;
    Ok(if folder.is_empty() { Arc::new(store) } else { Arc::new(PrefixStore::new(store, folder)) })
}

/// Names the program's one TLS to those libraries that ask for it; once is enough.
pub fn use_tls() {
    // It was named before, or it is now.
    drop(rustls::crypto::ring::default_provider().install_default());
}

fn bucket_of(storage: &Storage, bucket: &str) -> object_store::Result<object_store::aws::AmazonS3> {
    // Without a key of its own, whatever role the machine gives (AWS_* in the environment, or its metadata service).
    use_tls();
    let own_key = !storage.access_key.is_empty();
    let builder = if own_key { AmazonS3Builder::new() } else { AmazonS3Builder::from_env() };
    let options = ClientOptions::new().with_timeout(PATIENCE);
    let mut builder =
        builder.with_bucket_name(bucket).with_region(&storage.region).with_client_options(options);
    if !storage.endpoint.is_empty() {
        // A store of one's own may stand on the same machine, without TLS.
        let plain = storage.endpoint.starts_with("http://");
        builder = builder.with_endpoint(&storage.endpoint).with_allow_http(plain);
    }
    if own_key {
        builder = builder
            .with_access_key_id(&storage.access_key)
            .with_secret_access_key(storage.secret_key.expose());
    }
    builder.build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::kernel::secret::Secret;

    fn opened(url: &str) -> anyhow::Result<Arc<dyn ObjectStore>> {
        open(&Storage {
            url: url.into(),
            endpoint: "http://127.0.0.1:1".into(),
            region: "us-east-1".into(),
            access_key: "a".into(),
            secret_key: Secret::new("s"),
            secret_key_file: None,
        })
    }

    #[test]
    fn an_address_says_where_files_lie() {
        for url in ["s3://bucket", "s3://bucket/", "s3://bucket/a/folder"] {
            assert!(opened(url).is_ok(), "{url}");
        }
        for url in ["", "s3://", "s3:///folder", "ftp://bucket", "bucket"] {
            assert!(opened(url).unwrap_err().to_string().contains("storage.url"), "{url:?}");
        }
    }
}
