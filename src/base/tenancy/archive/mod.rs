//! One organization as a file: every table, every file, its key and its people, with a checksum of each part.
//!
//! An archive is a zip. `manifest.json` comes last and tells the SHA-256 of all that stands before it. Tables are text of
//! PostgreSQL's COPY. Ids hold the number of their organization, which another installation gives anew: an import writes
//! the new number into every id, and the gate reads tickets that were printed before.

mod export;
mod import;
mod text;

use std::collections::BTreeMap;
use std::io::{Read, Write};

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

pub use import::ImportPlan;

/// The form of the archive that this program writes and reads.
const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
/// Tables that belong to the installation, not to the organization: what migrated it, and keys of requests.
const LEFT: [&str; 2] = ["schema_migration", "idempotency"];

/// What an archive says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    pub made_at: DateTime<Utc>,
    /// The newest migration of the organization's schema.
    pub schema_version: i64,
    pub organization: Origin,
    pub members: Vec<Member>,
    pub tables: Vec<Table>,
    /// The names of its files in the storage.
    pub files: Vec<String>,
    /// SHA-256 of every part, by its name in the archive.
    pub parts: BTreeMap<String, String>,
}

/// The organization where it comes from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Origin {
    pub number: i32,
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub country: String,
    pub currency: String,
    pub locale: String,
    pub timezone: String,
    pub contact_email: String,
    pub require_second_factor: bool,
    pub about: String,
    pub website: String,
    pub color: String,
    pub logo: String,
    /// Signs its tickets; hexadecimal.
    pub signing_key: String,
}

/// Somebody with a role in the organization or, with `event`, in one of its events.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Member {
    pub account: Uuid,
    pub email: String,
    pub role: String,
    pub event: Option<Uuid>,
}

/// A table, in an order in which none refers to a later one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Table {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: u64,
}

impl Table {
    fn part(&self) -> String {
        format!("tables/{}.copy", self.name)
    }

    /// `schema.name (column, …)`. Names of our own migrations only: nothing to quote but to be sure.
    fn target(&self, schema: &str) -> anyhow::Result<String> {
        let plain = |name: &str| {
            let fine = !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            if fine { Ok(format!("\"{name}\"")) } else { bail!("{name:?} is no name of ours") }
        };
        let columns = self.columns.iter().map(|name| plain(name)).collect::<anyhow::Result<Vec<_>>>()?;
        Ok(format!("{}.{} ({})", plain(schema)?, plain(&self.name)?, columns.join(", ")))
    }
}

fn file_part(name: &str) -> String {
    format!("files/{name}")
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// Writes on, and remembers what was written.
struct Hashing<W> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Hashing<W> {
    fn new(inner: W) -> Self {
        Self { inner, hash: Sha256::new() }
    }

    fn sum(self) -> String {
        hex(&self.hash.finalize())
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

/// The SHA-256 of all that can be read.
fn sum_of(mut from: impl Read) -> anyhow::Result<String> {
    let mut hashing = Hashing::new(std::io::sink());
    std::io::copy(&mut from, &mut hashing).context("a part cannot be read to its end")?;
    Ok(hashing.sum())
}
