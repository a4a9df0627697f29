//! An organization becomes a file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write;

use anyhow::{Context, bail};
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{FORMAT, Hashing, LEFT, MANIFEST, Manifest, Origin, Table, file_part, hex};
use crate::base::db::OwnerTx;
use crate::base::db::migrate::schema_name;
use crate::base::files::Files;
use crate::base::kernel::color::Color;
use crate::base::tenancy::{Tenancy, TenantScope, repo};

impl Tenancy {
    /// Writes the organization to a file, as it is at one instant. The archive holds personal data and the key that signs
    /// tickets: keep it like the database itself.
    pub async fn export(&self, scope: &TenantScope, files: &Files, to: File) -> anyhow::Result<Manifest> {
        let mut archive = Archive::new(to);
        let mut tx = self.db.owner().await?;
        repo::freeze(&mut tx).await?;
        repo::look_at(&mut tx, scope.number()).await?;
        let schema = schema_name(scope.number().0);
        let members = repo::people(&mut tx, scope.number()).await?;
        let mut tables =
            in_order(repo::tables(&mut tx, &schema).await?, &repo::references(&mut tx, &schema).await?)?;
        tables.retain(|table| !LEFT.contains(&table.name.as_str()));
        for table in &mut tables {
            table.rows = archive.table(&mut tx, &schema, table).await?;
        }
        let made_at = tx.now();
        drop(tx);
        // Files are written once and never changed: those of the instant before are still what they were.
        let names = files.all(scope).await?;
        for name in &names {
            let Some(bytes) = files.get(scope, name).await? else { continue };
            archive.part(&file_part(name), &bytes)?;
        }
        let manifest = Manifest {
            format: FORMAT,
            made_at,
            schema_version: scope.organization().schema_version,
            organization: origin(scope),
            members,
            tables,
            files: names.into_iter().filter(|name| archive.sums.contains_key(&file_part(name))).collect(),
            parts: archive.sums.clone(),
        };
        archive.finish(&manifest)?;
        Ok(manifest)
    }
}

fn origin(scope: &TenantScope) -> Origin {
    let organization = scope.organization();
    Origin {
        number: organization.number.0,
        id: organization.id.uuid(),
        slug: organization.slug.clone(),
        name: organization.name.clone(),
        country: organization.country.clone(),
        currency: organization.currency.code().into(),
        locale: organization.locale.code().into(),
        timezone: organization.timezone.name().into(),
        contact_email: organization.contact_email.clone(),
        require_second_factor: organization.require_second_factor,
        about: organization.about.clone(),
        website: organization.website.clone(),
        color: organization.color.map(Color::code).unwrap_or_default(),
        logo: organization.logo.clone().unwrap_or_default(),
        signing_key: hex(organization.signing_key.as_bytes()),
    }
}

/// The tables so that none refers to a later one.
fn in_order(mut tables: Vec<Table>, references: &[(String, String)]) -> anyhow::Result<Vec<Table>> {
    let mut ordered: Vec<Table> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    while !tables.is_empty() {
        let ready = |table: &Table| {
            references
                .iter()
                .filter(|(from, to)| *from == table.name && to != from)
                .all(|(_, to)| known.contains(to))
        };
        let (now, later): (Vec<Table>, Vec<Table>) = tables.into_iter().partition(ready);
        if now.is_empty() {
            bail!(
                "tables refer to each other: {:?}",
                later.iter().map(|table| &table.name).collect::<Vec<_>>()
            );
        }
        known.extend(now.iter().map(|table| table.name.clone()));
        ordered.extend(now);
        tables = later;
    }
    Ok(ordered)
}

/// A zip in the making.
struct Archive {
    zip: ZipWriter<File>,
    sums: BTreeMap<String, String>,
}

impl Archive {
    fn new(to: File) -> Self {
        Self { zip: ZipWriter::new(to), sums: BTreeMap::new() }
    }

    fn start(&mut self, name: &str) -> anyhow::Result<()> {
        let options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
        Ok(self.zip.start_file(name, options)?)
    }

    fn part(&mut self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        self.start(name)?;
        self.zip.write_all(bytes)?;
        self.sums.insert(name.to_owned(), hex(&Sha256::digest(bytes)));
        Ok(())
    }

    /// How many rows the table has.
    async fn table(&mut self, tx: &mut OwnerTx, schema: &str, table: &Table) -> anyhow::Result<u64> {
        self.start(&table.part())?;
        let mut rows = 0;
        let mut out = Hashing::new(&mut self.zip);
        let statement = format!("COPY {} TO STDOUT", table.target(schema)?);
        let mut stream = tx.conn().copy_out_raw(&statement).await?;
        while let Some(bytes) = stream.try_next().await? {
            // A row at a time comes (COPY's protocol says so); line ends within one are escaped.
            rows += u64::try_from(bytes.split(|byte| *byte == b'\n').count().saturating_sub(1))?;
            out.write_all(&bytes)?;
        }
        drop(stream);
        let sum = out.sum();
        self.sums.insert(table.part(), sum);
        Ok(rows)
    }

    fn finish(mut self, manifest: &Manifest) -> anyhow::Result<()> {
        self.start(MANIFEST)?;
        self.zip.write_all(&serde_json::to_vec_pretty(manifest)?)?;
        self.zip.finish()?.sync_all().context("the archive cannot be written to its end")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_come_after_those_that_they_refer_to() {
        let table = |name: &str| Table { name: name.into(), columns: vec![], rows: 0 };
        let tables = || ["ticket", "event", "orders", "line"].map(table).to_vec();
        let refers = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let references = [
            refers("ticket", "orders"),
            refers("line", "orders"),
            refers("orders", "event"),
            refers("event", "event"),
        ];
        let names: Vec<String> =
            in_order(tables(), &references).unwrap().into_iter().map(|table| table.name).collect();
        assert_eq!(names, ["event", "orders", "ticket", "line"]);
        let circle = [refers("event", "orders"), refers("orders", "event")];
        assert!(in_order(tables(), &circle).is_err());
    }
}
