//! A file becomes an organization of this installation.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use anyhow::{Context, bail, ensure};
use uuid::Uuid;
use zip::ZipArchive;

use super::text::Renaming;
use super::{FORMAT, LEFT, MANIFEST, Manifest, Table, file_part, sum_of};
use crate::base::db::migrate::{self, role_name, schema_name};
use crate::base::db::{DbError, OwnerTx};
use crate::base::files::Files;
use crate::base::i18n::Lang;
use crate::base::jobs::Job;
use crate::base::kernel::color::Color;
use crate::base::kernel::id::{AccountId, OrganizationId, OrganizationNumber};
use crate::base::kernel::money::Currency;
use crate::base::kernel::random;
use crate::base::kernel::text::{self, is_slug};
use crate::base::tenancy::{Settings, Tenancy, TenancyError, repo, seal_context};

/// What is read into memory of an archive at most, in bytes: its manifest, one row, one file.
const MOST_MANIFEST: u64 = 64 << 20;
const MOST_LINE: u64 = 256 << 20;
const MOST_FILE: u64 = 256 << 20;
/// How much text is sent to the database at once, in bytes.
const CHUNK: usize = 1 << 20;

/// An archive that is whole, and what is to become of it.
#[derive(Debug)]
pub struct ImportPlan {
    manifest: Manifest,
    archive: ZipArchive<File>,
}

impl ImportPlan {
    /// Opens an archive and checks every part of it. Nothing is written.
    pub fn open(file: File) -> anyhow::Result<Self> {
        let mut archive = ZipArchive::new(file).context("this is no archive")?;
        let manifest: Manifest = {
            let part = archive.by_name(MANIFEST).context("the archive has no manifest")?;
            serde_json::from_reader(part.take(MOST_MANIFEST)).context("the manifest cannot be read")?
        };
        ensure!(
            manifest.format == FORMAT,
            "the archive is of form {}, this program reads {FORMAT}",
            manifest.format
        );
        let newest = migrate::newest_tenant_version();
        let version = manifest.schema_version;
        ensure!(version <= newest, "the archive is of a newer program (schema {version}, here {newest})");
        let named =
            manifest.tables.iter().map(Table::part).chain(manifest.files.iter().map(|name| file_part(name)));
        for name in named {
            let expected = manifest.parts.get(&name).with_context(|| format!("no checksum of {name}"))?;
            let part = archive.by_name(&name).with_context(|| format!("{name} is missing"))?;
            ensure!(sum_of(part)? == *expected, "{name} was changed or is broken");
        }
        Ok(Self { manifest, archive })
    }

    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The lines of a table, each with its line end.
    fn lines(&mut self, table: &Table) -> anyhow::Result<impl Iterator<Item = std::io::Result<Vec<u8>>>> {
        let mut reader = BufReader::new(self.archive.by_name(&table.part())?);
        Ok(std::iter::from_fn(move || {
            let mut line = Vec::new();
            match reader.by_ref().take(MOST_LINE).read_until(b'\n', &mut line) {
                Ok(0) => None,
                Ok(_) => Some(Ok(line)),
                Err(error) => Some(Err(error)),
            }
        }))
    }

    fn settings(&self) -> anyhow::Result<Settings> {
        let origin = &self.manifest.organization;
        // As strict as with what is typed: an archive may come from anybody.
        ensure!(!text::is_blank(&origin.name) && origin.name.chars().count() <= 120, "name");
        ensure!(origin.website.is_empty() || text::is_web_address(&origin.website), "website");
        ensure!(origin.about.chars().count() <= 2_000, "about");
        let email = &origin.contact_email;
        ensure!(email.is_empty() || text::email(email).is_some(), "contact e-mail");
        Ok(Settings {
            name: origin.name.clone(),
            country: origin.country.clone(),
            currency: Currency::parse(&origin.currency).context("currency")?,
            locale: Lang::parse(&origin.locale).context("locale")?,
            timezone: origin.timezone.parse().ok().context("time zone")?,
            contact_email: origin.contact_email.clone(),
            require_second_factor: origin.require_second_factor,
            about: origin.about.clone(),
            website: origin.website.clone(),
            color: Color::parse(&origin.color),
        })
    }
}

impl Tenancy {
    /// Makes the archive's organization one of this installation, owned by `owner`: whole or not at all. `accounts` says
    /// who of its people is who here; `then` is work to be done after the commit.
    /// Answers the addresses of events that were others' here: as they were, and as they are.
    pub async fn import<J: Job>(
        &self,
        mut plan: ImportPlan,
        slug: &str,
        owner: AccountId,
        accounts: HashMap<Uuid, Uuid>,
        files: &Files,
        then: impl FnOnce(OrganizationNumber) -> J,
    ) -> anyhow::Result<Vec<(String, String)>> {
        ensure!(
            is_slug(slug),
            "{slug:?} is no address: 3 to 60 lower-case letters, digits and single hyphens"
        );
        let mut tx = self.db.owner().await?;
        let number = repo::next_number(&mut tx).await?;
        let renaming =
            Renaming { from: OrganizationNumber(plan.manifest.organization.number), to: number, accounts };
        self.found(&mut tx, &plan, &renaming, slug, owner).await?;
        repo::look_at(&mut tx, number).await?;
        let schema = schema_name(number.0);
        let known = repo::tables(&mut tx, &schema).await?;
        for table in plan.manifest.tables.clone() {
            ensure!(is_ours(&table, &known), "{} is no table of an organization", table.name);
            fill(&mut tx, &mut plan, &schema, &table, &renaming).await?;
            let foreign = repo::foreign_ids(&mut tx, &schema, &table, number).await?;
            ensure!(foreign == 0, "{foreign} ids in {} are another organization's", table.name);
        }
        migrate::newest_schema(tx.conn(), number.0).await?;
        let moved = claim_addresses(&mut tx, number).await?;
        repo::settle_import(&mut tx, number).await?;
        tx.enqueue_for(OrganizationNumber::PLATFORM, &then(number)).await?;
        // Orphans of an import that fails lie in a folder that no organization ever gets.
        self.keep_files(&mut plan, &renaming, files).await?;
        tx.commit().await?;
        self.forget(number).await;
        Ok(moved)
    }

    async fn found(
        &self,
        tx: &mut OwnerTx,
        plan: &ImportPlan,
        renaming: &Renaming,
        slug: &str,
        owner: AccountId,
    ) -> anyhow::Result<()> {
        let (origin, settings) = (&plan.manifest.organization, plan.settings()?);
        let id = OrganizationId::from(renaming.id(origin.id));
        let key = data_encoding::HEXLOWER.decode(origin.signing_key.as_bytes()).context("signing key")?;
        let key: [u8; 32] = key.try_into().ok().context("signing key")?;
        let verifying_key = ed25519_dalek::SigningKey::from_bytes(&key).verifying_key();
        let row = repo::NewRow {
            id,
            number: renaming.to,
            slug,
            settings: &settings,
            role_name: &role_name(&self.db.prefix, renaming.to.0),
            signing_key: &self
                .keyring
                .seal(&seal_context(id), &key)
                .context("the signing key cannot be sealed")?,
            verifying_key: verifying_key.as_bytes(),
            owner,
            at: tx.now(),
        };
        repo::insert(tx, &row).await.map_err(|error| match error.constraint() {
            Some("organization_slug_unique") => TenancyError::SlugTaken,
            _ => TenancyError::Db(error),
        })?;
        repo::dress(tx, renaming.to, &settings, &renaming.name(&origin.logo)).await?;
        repo::make_schema(tx, &self.db.prefix, renaming.to.0).await?;
        migrate::schema_up_to(tx.conn(), renaming.to.0, plan.manifest.schema_version).await
    }

    async fn keep_files(
        &self,
        plan: &mut ImportPlan,
        renaming: &Renaming,
        files: &Files,
    ) -> anyhow::Result<()> {
        for name in plan.manifest.files.clone() {
            let mut bytes = Vec::new();
            plan.archive.by_name(&file_part(&name))?.take(MOST_FILE).read_to_end(&mut bytes)?;
            files.put_at(renaming.to.0, &renaming.name(&name), bytes).await?;
        }
        Ok(())
    }
}

/// Whether the table is one that migrations have made, with these columns, and may be filled from outside.
fn is_ours(table: &Table, known: &[Table]) -> bool {
    let same = |own: &&Table| own.name == table.name && !LEFT.contains(&own.name.as_str());
    known.iter().find(same).is_some_and(|own| table.columns.iter().all(|column| own.columns.contains(column)))
}

/// Fills a table with the archive's rows.
async fn fill(
    tx: &mut OwnerTx,
    plan: &mut ImportPlan,
    schema: &str,
    table: &Table,
    renaming: &Renaming,
) -> anyhow::Result<()> {
    let statement = format!("COPY {} FROM STDIN", table.target(schema)?);
    let mut copy = tx.conn().copy_in_raw(&statement).await?;
    let mut chunk = Vec::new();
    for line in plan.lines(table)? {
        chunk.extend(renaming.text(&line?));
        if chunk.len() >= CHUNK {
            copy.send(std::mem::take(&mut chunk)).await?;
        }
    }
    copy.send(chunk).await?;
    let rows = copy.finish().await?;
    if rows != table.rows {
        bail!("{} has {rows} rows instead of {}", table.name, table.rows);
    }
    Ok(())
}

/// Gives the events their addresses. One that another event has here gets a code behind it.
async fn claim_addresses(
    tx: &mut OwnerTx,
    number: OrganizationNumber,
) -> Result<Vec<(String, String)>, DbError> {
    let mut moved = Vec::new();
    for (event, slug) in repo::event_addresses(tx).await? {
        if repo::enter_directory(tx, number, event, &slug).await? {
            continue;
        }
        let free = format!(
            "{}-{}",
            slug.get(..40).unwrap_or(&slug).trim_end_matches('-'),
            random::code::<6>().to_lowercase()
        );
        repo::move_event(tx, event, &free).await?;
        repo::enter_directory(tx, number, event, &free).await?;
        moved.push((slug, free));
    }
    Ok(moved)
}
