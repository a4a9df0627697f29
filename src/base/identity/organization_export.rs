//! Use case of an owner's copy of an organization: all that it has, to keep and to read.
//!
//! It is sent while it is made, an event at a time and no faster than it is taken: nothing is kept of it, no memory holds
//! it whole, and no transaction waits for a slow reader. Its parts are therefore of different moments; who wants one moment,
//! and an archive that another installation takes over, has the operator's `org export`.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream;
use poem::Body;
use serde_json::{Value, json};

use super::IdentityError;
use super::actor::Can;
use super::audit::{AuditFilter, Place};
use super::repo;
use super::roles::OwnOrganization;
use super::service::Identity;
use crate::base::db::DbResult;
use crate::base::documents::ZipStream;
use crate::base::i18n::{Args, Lang, stripped, text, text_with};
use crate::base::kernel::id::{AccountId, EventId, OrganizationNumber};
use crate::base::kernel::page::PageRequest;
use crate::base::tenancy::TenantScope;

/// Entries of the audit log that are read at once.
const BATCH: i64 = 1_000;
/// More members than an organization has.
const MEMBERS: u32 = 1_000;

/// A file of the copy.
pub struct Part {
    /// Its path in the zip.
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Part {
    /// A file that programs read.
    pub fn json(name: String, value: &Value) -> Self {
        Self { name, bytes: format!("{value:#}\n").into_bytes() }
    }
}

/// What an organization has beside its people; the capabilities stand behind it.
pub trait OrganizationRecords: Send + Sync {
    /// Its events, the oldest first.
    fn events<'a>(&'a self, scope: &'a TenantScope) -> BoxFuture<'a, DbResult<Vec<EventId>>>;

    /// All that it has of an event; nothing when the event is gone.
    fn of_event<'a>(
        &'a self,
        scope: &'a TenantScope,
        event: EventId,
        lang: Lang,
    ) -> BoxFuture<'a, anyhow::Result<Vec<Part>>>;
}

/// What comes next.
enum Step {
    Own,
    Event(EventId),
    End,
}

/// A copy on its way.
struct Copying {
    identity: Identity,
    records: Arc<dyn OrganizationRecords>,
    scope: TenantScope,
    lang: Lang,
    zip: ZipStream,
    steps: std::vec::IntoIter<Step>,
}

impl Identity {
    /// A copy of all that the organization has, a zip, for an owner who proves the password.
    pub(super) async fn export_organization(
        &self,
        records: &Arc<dyn OrganizationRecords>,
        scope: TenantScope,
        can: Can<OwnOrganization, OrganizationNumber>,
        password: &str,
        lang: Lang,
    ) -> Result<Body, IdentityError> {
        self.prove_password(can.by(), password).await?;
        let events = records.events(&scope).await?;
        let mut tx = self.db.platform().await?;
        tx.audit(can.by(), Some(can.target()), "organization.export", scope.organization().id.uuid()).await?;
        tx.commit().await?;
        let steps: Vec<Step> =
            [Step::Own].into_iter().chain(events.into_iter().map(Step::Event)).chain([Step::End]).collect();
        let copying = Copying {
            identity: self.clone(),
            records: records.clone(),
            scope,
            lang,
            zip: ZipStream::default(),
            steps: steps.into_iter(),
        };
        Ok(Body::from_bytes_stream(stream::try_unfold(copying, |copying| async {
            copying.next().await.map_err(|error| {
                // The answer is under way: what is cut off is no zip, and nobody takes it for the whole.
                tracing::error!(error = format!("{error:#}"), "the copy of an organization stopped");
                std::io::Error::other("the copy stopped")
            })
        })))
    }
}

impl Copying {
    async fn next(mut self) -> anyhow::Result<Option<(Bytes, Self)>> {
        let Some(step) = self.steps.next() else { return Ok(None) };
        let parts = match step {
            Step::Own => own(&self.identity, &self.scope, self.lang).await?,
            Step::Event(event) => self.records.of_event(&self.scope, event, self.lang).await?,
            Step::End => {
                let ended = std::mem::take(&mut self.zip).finish()?;
                return Ok(Some((ended.into(), self)));
            }
        };
        let mut zip = std::mem::take(&mut self.zip);
        let (zip, bytes) = tokio::task::spawn_blocking(move || {
            let mut bytes = Vec::new();
            for part in &parts {
                bytes.extend(zip.add(&part.name, &part.bytes)?);
            }
            anyhow::Ok((zip, bytes))
        })
        .await??;
        self.zip = zip;
        Ok(Some((bytes.into(), self)))
    }
}

/// What the organization is, who is in it, and what was done.
async fn own(identity: &Identity, scope: &TenantScope, lang: Lang) -> anyhow::Result<Vec<Part>> {
    let organization = scope.organization();
    let what = json!({
        "id": organization.id, "slug": organization.slug, "name": organization.name, "country": organization.country,
        "currency": organization.currency.code(), "locale": organization.locale.code(),
        "timezone": organization.timezone.name(), "contact_email": organization.contact_email,
        "about": organization.about, "website": organization.website, "closes_at": organization.closes_at,
    });
    let mut tx = identity.db.platform().await?;
    let everybody = PageRequest { number: 1, size: MEMBERS };
    let (members, _) = repo::members(&mut tx, scope.number(), everybody).await?;
    drop(tx);
    let members: Vec<Value> = members
        .iter()
        .map(|row| {
            json!({ "account": row.account, "email": row.email, "first_name": row.first_name,
                "last_name": row.last_name, "role": row.role, "since": row.created_at })
        })
        .collect();
    Ok(vec![
        Part { name: "README.txt".into(), bytes: readme(&organization.name, lang).into_bytes() },
        Part::json("settings.json".into(), &what),
        Part::json("members.json".into(), &members.into()),
        Part::json("audit.json".into(), &audit(identity, scope).await?.into()),
    ])
}

/// The whole audit log, the latest first.
async fn audit(identity: &Identity, scope: &TenantScope) -> anyhow::Result<Vec<Value>> {
    let mut entries = Vec::new();
    let mut from = Place::END;
    let mut tx = identity.db.tenant(scope).await?;
    loop {
        let rows = repo::audit_rows(&mut tx, from, &AuditFilter::default(), BATCH).await?;
        let Some(last) = rows.last() else { break };
        from = Place { at: last.at, id: last.id };
        entries.extend(rows);
    }
    drop(tx);
    let mut actors: Vec<AccountId> =
        entries.iter().filter_map(|row| row.actor).map(AccountId::from).collect();
    actors.sort_unstable();
    actors.dedup();
    let names = identity.names(&actors).await?;
    Ok(entries
        .into_iter()
        .map(|row| {
            let name = row.actor.and_then(|id| names.get(&AccountId::from(id)));
            json!({ "at": row.at, "actor": row.actor, "actor_name": name, "action": row.action,
                "target": row.target, "detail": row.detail })
        })
        .collect())
}

/// What is in the files, in the owner's language.
fn readme(organization: &str, lang: Lang) -> String {
    let head = text_with(lang, "copy-readme-title", &Args::new().set("organization", organization));
    let lines = ["settings", "members", "audit", "events", "sales", "files"]
        .map(|file| text(lang, &format!("copy-readme-{file}")));
    let tail = text(lang, "copy-readme-note");
    // Marks of direction are for pages; editors show them.
    stripped(&format!("{head}\r\n\r\n{}\r\n\r\n{tail}\r\n", lines.join("\r\n")))
}
