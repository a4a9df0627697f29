//! Use case of an owner's copy of an organization: all that it has, to keep and to read.
//!
//! It is sent while it is made, no faster than it is taken: nothing is kept of it, no memory holds it whole, and no
//! transaction waits for a slow reader. Its parts are therefore of different moments; who wants one moment, and an archive
//! that another installation takes over, has the operator's `org export`.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream;
use poem::Body;
use serde_json::{Value, json};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use uuid::Uuid;

use super::actor::Can;
use super::repo;
use super::roles::OwnOrganization;
use super::service::Identity;
use super::{EventCards, IdentityError};
use crate::base::documents::ZipStream;
use crate::base::i18n::{Args, Lang, stripped, text, text_with};
use crate::base::kernel::id::{EventId, OrganizationNumber};
use crate::base::kernel::page::PageRequest;
use crate::base::tenancy::TenantScope;

/// Copies that are made at once in a process.
pub(super) const COPIES: usize = 4;
/// Rows that are read at once.
const BATCH: u32 = 1_000;
/// What is handed on at once, in bytes.
const PIECE: usize = 64 << 10;
/// A reader who takes nothing for so long has left.
const PATIENCE: Duration = Duration::from_millis(if cfg!(test) { 100 } else { 60_000 });

/// A file of an event's folder.
pub struct Part {
    /// Its path in the folder.
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Part {
    /// A file that programs read.
    pub fn json(name: &str, value: &Value) -> Self {
        Self { name: name.to_owned(), bytes: pretty(value) }
    }
}

/// What people read of an event; the capabilities stand behind it.
pub trait OrganizationRecords: Send + Sync {
    /// Its tables and files; nothing when the event is gone.
    fn of_event<'a>(
        &'a self,
        scope: &'a TenantScope,
        event: EventId,
        lang: Lang,
    ) -> BoxFuture<'a, anyhow::Result<Vec<Part>>>;
}

/// Whether the owner still is one: asked again as the copy goes on.
pub(super) type Still = Box<dyn Fn() -> BoxFuture<'static, bool> + Send + Sync>;

/// A copy to be made.
pub(super) struct Copying {
    pub records: Arc<dyn OrganizationRecords>,
    pub cards: Arc<dyn EventCards>,
    pub scope: TenantScope,
    pub lang: Lang,
    pub still: Still,
}

impl Identity {
    /// A copy of all that the organization has, a zip, for an owner who proves the password.
    pub(super) async fn export_organization(
        &self,
        can: Can<OwnOrganization, OrganizationNumber>,
        password: &str,
        copying: Copying,
        turn: OwnedSemaphorePermit,
    ) -> Result<Body, IdentityError> {
        self.prove_password(can.by(), password).await?;
        let mut tx = self.db.platform().await?;
        let organization = copying.scope.organization().id;
        tx.audit(can.by(), Some(can.target()), "organization.export", organization.uuid()).await?;
        tx.commit().await?;
        let (pieces, mut taken) = mpsc::channel(1);
        let identity = self.clone();
        tokio::spawn(async move {
            let _turn = turn;
            let mut zip = Sending { zip: ZipStream::default(), pieces };
            let Err(error) = write(&identity, &copying, &mut zip).await else { return };
            tracing::warn!(error = format!("{error:#}"), %organization, "the copy of an organization stopped");
            zip.cut_off().await;
        });
        Ok(Body::from_bytes_stream(stream::poll_fn(move |context| taken.poll_recv(context))))
    }

    /// The right to make a copy now, if not too many are being made.
    pub(super) fn copy_turn(&self) -> Option<OwnedSemaphorePermit> {
        self.copies.clone().try_acquire_owned().ok()
    }
}

/// A zip on its way to a reader.
struct Sending {
    zip: ZipStream,
    pieces: mpsc::Sender<std::io::Result<Bytes>>,
}

impl Sending {
    /// Adds to the file that was begun last.
    async fn write(&mut self, content: Vec<u8>) -> anyhow::Result<()> {
        let mut zip = std::mem::take(&mut self.zip);
        let deflated = tokio::task::spawn_blocking(move || {
            zip.write(&content)?;
            anyhow::Ok((zip.take(), zip))
        });
        let bytes;
        (bytes, self.zip) = deflated.await??;
        self.send(bytes).await
    }

    async fn part(&mut self, name: &str, content: Vec<u8>) -> anyhow::Result<()> {
        self.zip.start(name)?;
        self.write(content).await
    }

    async fn finish(&mut self) -> anyhow::Result<()> {
        let bytes = std::mem::take(&mut self.zip).finish()?;
        self.send(bytes).await
    }

    /// Tells the reader that it is no whole zip: nobody takes it for one. Who takes nothing is not waited for here either,
    /// for the turn is held meanwhile.
    async fn cut_off(self) {
        let stopped = Err(std::io::Error::other("the copy stopped"));
        let _ = tokio::time::timeout(PATIENCE, self.pieces.send(stopped)).await;
    }

    async fn send(&mut self, bytes: Vec<u8>) -> anyhow::Result<()> {
        let mut bytes = Bytes::from(bytes);
        while !bytes.is_empty() {
            let piece = bytes.split_to(bytes.len().min(PIECE));
            let sent = tokio::time::timeout(PATIENCE, self.pieces.send(Ok(piece))).await;
            sent.context("the reader takes nothing")?.context("the reader has left")?;
        }
        Ok(())
    }
}

async fn write(identity: &Identity, copying: &Copying, zip: &mut Sending) -> anyhow::Result<()> {
    let scope = &copying.scope;
    let organization = scope.organization();
    let what = json!({
        "id": organization.id, "slug": organization.slug, "name": organization.name, "country": organization.country,
        "currency": organization.currency.code(), "locale": organization.locale.code(),
        "timezone": organization.timezone.name(), "contact_email": organization.contact_email,
        "about": organization.about, "website": organization.website, "closes_at": organization.closes_at,
    });
    zip.part("README.txt", readme(&organization.name, copying.lang).into_bytes()).await?;
    zip.part("settings.json", pretty(&what)).await?;
    zip.part("members.json", pretty(&members(identity, scope).await?)).await?;
    for table in repo::COPIED_TABLES {
        rows(identity, copying, table, zip).await?;
    }
    for (event, slug) in copying.cards.all(scope.clone()).await? {
        ask(copying).await?;
        for part in copying.records.of_event(scope, event, copying.lang).await? {
            zip.part(&format!("events/{slug}/{}", part.name), part.bytes).await?;
        }
    }
    zip.finish().await
}

/// Whoever owns it no more gets no more of it.
async fn ask(copying: &Copying) -> anyhow::Result<()> {
    if (copying.still)().await { Ok(()) } else { bail!("its reader is no owner any more") }
}

/// Everybody who works for the organization or at one of its events, with their roles.
async fn members(identity: &Identity, scope: &TenantScope) -> anyhow::Result<Value> {
    let mut tx = identity.db.platform().await?;
    let mut people = Vec::new();
    for number in 1.. {
        let page = PageRequest { number, size: BATCH };
        let (rows, _) = repo::members(&mut tx, scope.number(), page).await?;
        people.extend(rows.iter().map(|row| person(row, None)));
        if rows.is_empty() {
            break;
        }
    }
    for (event, row) in repo::assigned(&mut tx, scope.number()).await? {
        people.push(person(&row, Some(event)));
    }
    Ok(people.into())
}

fn person(row: &repo::MemberRow, event: Option<Uuid>) -> Value {
    json!({ "account": row.account, "email": row.email, "first_name": row.first_name, "last_name": row.last_name,
        "role": row.role, "event": event, "since": row.created_at })
}

/// A table, a row a line.
async fn rows(
    identity: &Identity,
    copying: &Copying,
    table: &'static str,
    zip: &mut Sending,
) -> anyhow::Result<()> {
    zip.zip.start(&format!("tables/{table}.jsonl"))?;
    let mut after = Uuid::nil();
    loop {
        ask(copying).await?;
        let mut tx = identity.db.tenant(&copying.scope).await?;
        let found = repo::table_rows(&mut tx, table, after, i64::from(BATCH)).await?;
        drop(tx);
        let Some((last, _)) = found.last() else { return Ok(()) };
        after = *last;
        let lines: String = found.into_iter().map(|(_, row)| row + "\n").collect();
        zip.write(lines.into_bytes()).await?;
    }
}

fn pretty(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

/// What is in the files, in the owner's language.
fn readme(organization: &str, lang: Lang) -> String {
    let head = text_with(lang, "copy-readme-title", &Args::new().set("organization", organization));
    let lines = ["settings", "members", "tables", "events", "sales", "files"]
        .map(|file| text(lang, &format!("copy-readme-{file}")));
    let tail = text(lang, "copy-readme-note");
    // Marks of direction are for pages; editors show them.
    stripped(&format!("{head}\r\n\r\n{}\r\n\r\n{tail}\r\n", lines.join("\r\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nothing_is_made_for_a_reader_who_has_left() {
        let (pieces, mut taken) = mpsc::channel(1);
        let mut zip = Sending { zip: ZipStream::default(), pieces };
        let noise = |n: u64| n.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29).to_le_bytes()[3];
        let noise: Vec<u8> = (0..200_000).map(|n| noise(n * n)).collect();
        let making = tokio::spawn(async move { zip.part("a", noise).await });
        assert!(taken.recv().await.unwrap().unwrap().len() <= PIECE);
        drop(taken);
        assert!(making.await.unwrap().is_err());
    }

    #[tokio::test]
    async fn a_reader_who_takes_nothing_is_left() {
        let (pieces, taken) = mpsc::channel(1);
        let mut zip = Sending { zip: ZipStream::default(), pieces };
        let leaving = async {
            let mut files = 0..;
            let error = loop {
                let name = files.next().unwrap().to_string();
                if let Err(error) = zip.part(&name, vec![0; PIECE]).await {
                    break error;
                }
            };
            zip.cut_off().await;
            error
        };
        let error = tokio::time::timeout(PATIENCE * 50, leaving).await.expect("nobody waits for them");
        assert_eq!(error.to_string(), "the reader takes nothing");
        drop(taken);
    }
}
