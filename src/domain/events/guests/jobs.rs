//! The mail of an invitation.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::model::{Guest, guest_link};
use super::repo;
use crate::base::db::Db;
use crate::base::i18n::{Args, day_and_month, text, text_with};
use crate::base::jobs::{Job, JobError, Priority, Registry};
use crate::base::kernel::id::{EventId, GuestId};
use crate::base::kernel::random;
use crate::base::kernel::secret::Keyring;
use crate::base::mail::{Block, Letter, Post, Recipient};
use crate::base::tenancy::TenantScope;
use crate::domain::events::model::{Event, EventState, Visibility};
use crate::domain::events::repo as events;

/// Writes to somebody who is invited.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SendInvitation {
    event: EventId,
    guest: GuestId,
    /// The left half of the message id: the same for every attempt.
    id: String,
}

impl SendInvitation {
    pub(super) fn new(event: EventId, guest: GuestId) -> Self {
        Self { event, guest, id: format!("guest-{}", random::code::<16>().to_lowercase()) }
    }
}

impl Job for SendInvitation {
    const KIND: &'static str = "events.invite_guest";
    const PRIORITY: Priority = Priority::Background;
}

/// What invitations are sent with.
struct Sender {
    db: Db,
    keyring: Keyring,
    post: Arc<Post>,
}

/// Registers the mail of invitations.
pub(in crate::domain::events) fn register(
    registry: &mut Registry,
    db: &Db,
    keyring: &Keyring,
    post: &Arc<Post>,
) {
    let sender = Arc::new(Sender { db: db.clone(), keyring: keyring.clone(), post: post.clone() });
    registry.tenant(move |scope, job: SendInvitation| {
        let sender = sender.clone();
        async move { sender.send(&scope, job).await }
    });
}

impl Sender {
    async fn send(&self, scope: &TenantScope, job: SendInvitation) -> Result<(), JobError> {
        let mut tx = self.db.tenant(scope).await?;
        let Some(event) = events::event(&mut tx, job.event).await? else { return Ok(()) };
        let Some(guest) = repo::guest(&mut tx, job.event, job.guest).await? else { return Ok(()) };
        drop(tx);
        // Taken back, or nothing to be invited to, before the mail went out.
        let open = event.state == EventState::Published && event.visibility == Visibility::Private;
        if guest.revoked_at.is_some() || !open || !scope.organization().is_open() {
            return Ok(());
        }
        let letter = self.letter(scope, event.told(guest.locale), &guest);
        let to = Recipient { name: None, email: guest.email.clone() };
        self.post.send_from_organization(scope.organization(), to, letter, vec![], job.id).await?;
        let mut tx = self.db.tenant(scope).await?;
        repo::set_sent(&mut tx, guest.id).await?;
        Ok(tx.commit().await?)
    }

    fn letter(&self, scope: &TenantScope, mut event: Event, guest: &Guest) -> Letter {
        let (lang, key) = (guest.locale, "mail-guest");
        let organization = scope.organization().name.as_str();
        event.link_secret = guest_link(&self.keyring, event.id, guest.id);
        let when = event.when(lang);
        let args = Args::new()
            .set("event", event.name.as_str())
            .set("organization", organization)
            .set("when", when.as_str());
        let word = |part: &str| text_with(lang, &format!("{key}-{part}"), &args);
        let place = [event.location.as_str(), event.city.as_str()];
        let place = place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let details: Vec<String> =
            [when.clone(), place].into_iter().filter(|part| !part.is_empty()).collect();
        let starts = event.starts_at.filter(|_| !event.awaits_dates);
        let about = match starts.map(|at| day_and_month(lang, at, event.timezone)) {
            Some((day, month)) => Block::Day { day, month, title: event.name.clone(), details },
            None => Block::Facts(vec![(text(lang, "mail-fact-event"), event.name.clone())]),
        };
        let footer = Args::new().set("organization", organization).set("site", self.post.site());
        Letter {
            lang,
            subject: word("subject"),
            preheader: word("preheader"),
            heading: word("heading"),
            blocks: vec![
                Block::Paragraph(word("body")),
                about,
                Block::Button { label: word("button"), url: event.address(self.post.public_url()) },
                Block::Note(word("note")),
            ],
            sender_name: organization.to_owned(),
            footer: text_with(lang, "mail-guest-footer", &footer),
        }
    }
}
