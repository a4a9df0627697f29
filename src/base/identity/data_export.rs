//! Use cases of a copy of one's own data: asked for with the password, made by a job, fetched while it is kept.
//!
//! A job makes it, for every organization is asked in turn; it is fetched by whoever is logged in, for a link in a
//! mailbox would open everything to whoever reads that.

use anyhow::Context;
use chrono::Duration;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::IdentityError;
use super::jobs::{self, Letter, SendLetter};
use super::personal::{PersonalRecords, Subject};
use super::photo;
use super::repo::{self, AccountRow, DataExportRow};
use super::service::Identity;
use crate::base::db::IdempotencyKey;
use crate::base::documents::ZipStream;
use crate::base::files::Files;
use crate::base::i18n::{Args, text, text_with};
use crate::base::jobs::{Job, JobError, Priority};
use crate::base::kernel::id::AccountId;

/// How long a copy is kept.
pub(super) const KEPT: Duration = Duration::days(7);
/// Organizations that are looked up at once.
const BATCH: i64 = 100;

/// Makes the copy that was asked for.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MakeCopy {
    pub account: AccountId,
    pub copy: uuid::Uuid,
}

impl Job for MakeCopy {
    const KIND: &'static str = "identity.data_export";
    const PRIORITY: Priority = Priority::Background;
}

impl Identity {
    /// Asks for a copy of one's own data, in place of the one before.
    pub async fn ask_data_export(
        &self,
        account: AccountId,
        password: &str,
        key: Option<&IdempotencyKey>,
    ) -> Result<DataExportRow, IdentityError> {
        self.prove_password(account, password).await?;
        let mut tx = self.db.platform().await?;
        let id = tx.new_id::<crate::base::kernel::id::kind::Account>().uuid();
        if tx.attempt(key, id).await?.is_none() {
            repo::ask_data_export(&mut tx, account, id).await?;
            tx.audit(account, None, "account.export", account.uuid()).await?;
            tx.enqueue(&MakeCopy { account, copy: id }).await?;
        }
        let row = repo::data_export(&mut tx, account).await?.ok_or(IdentityError::Stranger)?;
        tx.commit().await?;
        Ok(row)
    }

    /// How it stands with the copy that was asked for.
    pub async fn data_export(&self, account: AccountId) -> Result<Option<DataExportRow>, IdentityError> {
        let mut tx = self.db.platform().await?;
        Ok(repo::data_export(&mut tx, account).await?)
    }

    /// The copy, a zip file, while it is kept.
    pub async fn data_export_file(&self, account: AccountId) -> Result<Vec<u8>, IdentityError> {
        let mut tx = self.db.platform().await?;
        repo::data_export_content(&mut tx, account).await?.ok_or(IdentityError::Stranger)
    }

    /// Every organization in turn, for work that concerns a person wherever they are known.
    pub(super) async fn organizations_after(
        &self,
        after: i32,
    ) -> Result<Vec<crate::base::tenancy::TenantScope>, IdentityError> {
        Ok(self.tenancy.scopes_after(after, BATCH).await?)
    }
}

/// Makes the copy; one that was asked for anew meanwhile is made by its own job.
pub(super) async fn make(
    identity: &Identity,
    records: &dyn PersonalRecords,
    files: &Files,
    job: MakeCopy,
) -> Result<(), JobError> {
    let mut tx = identity.db.platform().await?;
    let Some(account) = repo::account(&mut tx, job.account).await? else { return Ok(()) };
    let asked = repo::data_export(&mut tx, job.account).await?;
    if !asked.is_some_and(|asked| asked.id == job.copy && asked.ready_at.is_none()) {
        return Ok(());
    }
    let sessions = repo::session_records(&mut tx, job.account).await?;
    let roles = repo::role_records(&mut tx, job.account).await?;
    let factor = repo::factor(&mut tx, job.account).await?;
    drop(tx);
    let photo = photo::content(files, &account).await.map_err(|error| JobError::Retry(error.into()))?;
    let mut files = vec![
        ("README.txt".to_owned(), readme(&account)),
        ("account.json".to_owned(), pretty(&account_value(&account, factor.and_then(|f| f.enabled_at)))?),
        ("roles.json".to_owned(), pretty(&roles)?),
        ("sessions.json".to_owned(), pretty(&sessions)?),
    ];
    files.extend(of_organizations(identity, records, &Subject::from(&account)).await?);
    let mut files: Vec<(String, Vec<u8>)> =
        files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    files.extend(photo.map(|photo| ("photo.jpg".to_owned(), photo)));
    let content = zipped(&files)?;
    let mut tx = identity.db.platform().await?;
    let until = tx.now() + KEPT;
    if repo::keep_data_export(&mut tx, job.copy, &content, until).await? {
        tx.enqueue(&SendLetter::new(Letter::DataReady { account: job.account })).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// A file an organization that keeps anything of the person.
async fn of_organizations(
    identity: &Identity,
    records: &dyn PersonalRecords,
    who: &Subject,
) -> Result<Vec<(String, String)>, JobError> {
    let mut files = Vec::new();
    let mut after = 0;
    loop {
        let scopes =
            identity.organizations_after(after).await.map_err(|error| JobError::Retry(error.into()))?;
        let Some(last) = scopes.last() else { return Ok(files) };
        after = last.number().0;
        for scope in &scopes {
            if let Some(kept) = records.collect(scope, who).await? {
                let organization = scope.organization();
                let value = json!({ "organization": organization.name, "records": kept });
                files.push((format!("orders/{}.json", organization.slug), pretty(&value)?));
            }
        }
    }
}

fn account_value(
    row: &AccountRow,
    second_factor: Option<chrono::DateTime<chrono::Utc>>,
) -> serde_json::Value {
    json!({
        "id": row.id, "email": row.email, "email_confirmed_at": row.email_confirmed_at,
        "first_name": row.first_name, "last_name": row.last_name, "phone": row.phone, "locale": row.locale,
        "badge": row.badge, "created_at": row.created_at, "updated_at": row.updated_at,
        "second_factor_since": second_factor,
    })
}

/// What is in the files, in the person's language.
fn readme(account: &AccountRow) -> String {
    let lang = jobs::lang(account);
    let name = jobs::full_name(account);
    let head = text_with(lang, "data-readme-title", &Args::new().set("name", name.as_str()));
    let lines = ["account", "photo", "roles", "sessions", "orders"]
        .map(|file| text(lang, &format!("data-readme-{file}")));
    let tail = text(lang, "data-readme-note");
    // Marks of direction are for pages; editors show them.
    let whole = format!("{head}\r\n\r\n{}\r\n\r\n{tail}\r\n", lines.join("\r\n"));
    crate::base::i18n::stripped(&whole)
}

fn pretty(value: &impl Serialize) -> anyhow::Result<String> {
    serde_json::to_string_pretty(value).context("a record cannot be written")
}

fn zipped(files: &[(String, Vec<u8>)]) -> anyhow::Result<Vec<u8>> {
    let mut zip = ZipStream::default();
    for (name, content) in files {
        zip.start(name)?;
        zip.write(content)?;
    }
    Ok(zip.finish()?)
}
