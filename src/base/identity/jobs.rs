//! The letters of identity. A job holds whom to write to; the link in the letter is made when it is sent.

use std::sync::Arc;

use chrono::Duration;
use serde::{Deserialize, Serialize};

use uuid::Uuid;

use super::adoption::AdoptMembers;
use super::data_export::{self, MakeCopy};
use super::erasure::{self, EraseAccount, EraseDue};
use super::members::INVITATION_KEPT;
use super::notices::{self, Notice};
use super::organization_letters::{self, News};
use super::personal::PersonalRecords;
use super::photo;
use super::repo::{self, AccountRow};
use super::roles::{EventRole, MemberRole};
use super::{EventCards, Identity};
use super::{closing, data_letters, email_letters};
use crate::base::db::{DbResult, PlatformTx};
use crate::base::files::Files;
use crate::base::i18n::{Args, Lang, text, text_with};
use crate::base::jobs::{self, Job, JobError, Priority, Registry};
use crate::base::kernel::id::{AccountId, InvitationId, OrganizationNumber};
use crate::base::kernel::random;
use crate::base::mail::{Block, Letter as Page, Post, Recipient};
use crate::base::tenancy::CloseDue;

/// Purposes of links, part of their signatures.
pub(super) const CONFIRM: &str = "confirm-email";
pub(super) const RESET: &str = "reset-password";
pub(super) const INVITE: &str = "invitation";

/// How long the link of each letter works.
const CONFIRM_LIFE: Duration = Duration::days(7);
pub(super) const RESET_LIFE: Duration = Duration::minutes(30);

/// A letter to be sent, with the left half of its message id: the same for every attempt.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SendLetter {
    pub id: String,
    pub letter: Letter,
}

impl SendLetter {
    pub(super) fn new(letter: Letter) -> Self {
        Self { id: format!("identity-{}", random::code::<16>().to_lowercase()), letter }
    }
}

/// What identity writes.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Letter {
    Confirm {
        account: AccountId,
    },
    AlreadyRegistered {
        email: String,
    },
    /// The mail of a sign-up once more, whichever it was.
    Again {
        email: String,
    },
    Reset {
        email: String,
    },
    Invite {
        invitation: InvitationId,
    },
    /// To the mailbox that is to be the account's.
    NewAddress {
        change: Uuid,
    },
    /// To the mailbox that is the account's now.
    OldAddress {
        change: Uuid,
    },
    /// The account has another address.
    AddressChanged {
        account: AccountId,
        to: String,
        new_email: String,
    },
    /// The copy of one's data is there.
    DataReady {
        account: AccountId,
    },
    /// The account is to end.
    ErasureAsked {
        account: AccountId,
    },
    /// The account cannot end.
    ErasureRefused {
        account: AccountId,
    },
    /// The account has ended; nobody else knows the address any more.
    Erased {
        email: String,
        lang: String,
    },
    /// Who owns an organization has changed, or it ends.
    Organization {
        to: AccountId,
        news: News,
    },
    /// Something about the account's safety has changed.
    Notice {
        account: AccountId,
        of: Notice,
    },
}

impl Job for SendLetter {
    const KIND: &'static str = "identity.letter";
    const PRIORITY: Priority = Priority::Urgent;
}

/// Removes what the platform needs no more: sessions that have run out, old keys of writes, jobs long dead.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Tidy {}

impl Job for Tidy {
    const KIND: &'static str = "identity.tidy";
    const PRIORITY: Priority = Priority::Background;
}

/// Registers the jobs of identity.
pub fn register(
    registry: &mut Registry,
    identity: &Identity,
    post: &Arc<Post>,
    records: &Arc<dyn PersonalRecords>,
    files: &Files,
    cards: &Arc<dyn EventCards>,
) {
    register_personal(registry, identity, records, files);
    photo::register(registry, identity, files);
    let (ending, files, cards) = (identity.clone(), files.clone(), cards.clone());
    registry.platform(move |_: CloseDue| {
        let (identity, files, cards) = (ending.clone(), files.clone(), cards.clone());
        async move { closing::close_due(&identity, &files, &cards).await }
    });
    registry.every(std::time::Duration::from_secs(600), &CloseDue {});
    let adopting = identity.clone();
    registry.platform(move |job: AdoptMembers| {
        let identity = adopting.clone();
        async move { identity.adopt(job).await.map_err(|error| JobError::Retry(error.into())) }
    });
    let (letters, post) = (identity.clone(), post.clone());
    registry.platform(move |job: SendLetter| {
        let (identity, post) = (letters.clone(), post.clone());
        async move { send(&identity, &post, job).await }
    });
    let tidying = identity.clone();
    registry.platform(move |_: Tidy| {
        let identity = tidying.clone();
        async move {
            let mut tx = identity.db.platform().await?;
            let before = tx.now() - Duration::days(30);
            repo::forget_sessions(&mut tx, before).await?;
            repo::forget_email_changes(&mut tx).await?;
            repo::forget_data_exports(&mut tx).await?;
            let before = tx.now() - INVITATION_KEPT;
            repo::forget_invitations(&mut tx, before).await?;
            tx.forget_keys().await?;
            jobs::forget_dead(&mut tx).await?;
            Ok(tx.commit().await?)
        }
    });
    registry.every(std::time::Duration::from_secs(3600), &Tidy {});
}

/// What concerns one's own data, which each capability has a part of.
fn register_personal(
    registry: &mut Registry,
    identity: &Identity,
    records: &Arc<dyn PersonalRecords>,
    files: &Files,
) {
    let (copying, of, kept) = (identity.clone(), records.clone(), files.clone());
    registry.platform(move |job: MakeCopy| {
        let (identity, records, files) = (copying.clone(), of.clone(), kept.clone());
        async move { data_export::make(&identity, &*records, &files, job).await }
    });
    let looking = identity.clone();
    registry.platform(move |_: EraseDue| {
        let identity = looking.clone();
        async move { erasure::look_for_due(&identity).await }
    });
    let (erasing, of, kept) = (identity.clone(), records.clone(), files.clone());
    registry.platform(move |job: EraseAccount| {
        let (identity, records, files) = (erasing.clone(), of.clone(), kept.clone());
        async move { erasure::erase(&identity, &*records, &files, job.account).await }
    });
    registry.every(std::time::Duration::from_secs(600), &EraseDue {});
}

async fn send(identity: &Identity, post: &Post, job: SendLetter) -> Result<(), JobError> {
    let mut tx = identity.db.platform().await?;
    let now = tx.now();
    let (recipient, page) = match job.letter {
        Letter::Confirm { account } => {
            let Some(account) = repo::account(&mut tx, account).await? else { return Ok(()) };
            if account.email_confirmed_at.is_some() {
                return Ok(());
            }
            let token = identity.tokens.link(CONFIRM, account.id, now + CONFIRM_LIFE, &account.email);
            (recipient(&account), confirm(post, &account, &token))
        }
        Letter::AlreadyRegistered { email } => {
            let Some(account) = repo::account_by_email(&mut tx, &email).await? else { return Ok(()) };
            (recipient(&account), new_password(post, identity, "mail-known", &account, now))
        }
        Letter::Again { email } => {
            let Some(account) = repo::account_by_email(&mut tx, &email).await? else { return Ok(()) };
            let page = if account.email_confirmed_at.is_none() {
                let token = identity.tokens.link(CONFIRM, account.id, now + CONFIRM_LIFE, &account.email);
                confirm(post, &account, &token)
            } else {
                new_password(post, identity, "mail-known", &account, now)
            };
            (recipient(&account), page)
        }
        Letter::Reset { email } => {
            // An address without an account gets nothing, and nobody is told.
            let Some(account) = repo::account_by_email(&mut tx, &email).await? else { return Ok(()) };
            (recipient(&account), new_password(post, identity, "mail-reset", &account, now))
        }
        Letter::NewAddress { change } => {
            let found = email_letters::to_new(&mut tx, identity, post, change).await?;
            let Some(found) = found else { return Ok(()) };
            found
        }
        Letter::OldAddress { change } => {
            let found = email_letters::to_old(&mut tx, identity, post, change).await?;
            let Some(found) = found else { return Ok(()) };
            found
        }
        Letter::AddressChanged { account, to, new_email } => {
            let found = email_letters::done(&mut tx, post, account, to, &new_email).await?;
            let Some(found) = found else { return Ok(()) };
            found
        }
        Letter::DataReady { account } => {
            let Some(account) = repo::account(&mut tx, account).await? else { return Ok(()) };
            (recipient(&account), data_letters::ready(post, &account))
        }
        Letter::ErasureAsked { account } => {
            let found = data_letters::asked(&mut tx, identity, post, account).await?;
            let Some(found) = found else { return Ok(()) };
            found
        }
        Letter::ErasureRefused { account } => {
            let Some(account) = repo::account(&mut tx, account).await? else { return Ok(()) };
            data_letters::refused(&mut tx, post, &account).await?
        }
        Letter::Erased { email, lang } => data_letters::erased(post, email, &lang),
        Letter::Notice { account, of } => {
            let Some(account) = repo::account(&mut tx, account).await? else { return Ok(()) };
            (recipient(&account), notices::page(post, &account, of))
        }
        Letter::Organization { to, news } => {
            let found = organization_letters::letter(&mut tx, identity, post, to, &news).await?;
            let Some(found) = found else { return Ok(()) };
            found
        }
        Letter::Invite { invitation } => {
            let Some(found) = invited(tx, identity, post, invitation).await? else { return Ok(()) };
            found
        }
    };
    post.send_from_platform(recipient, page, job.id).await
}

/// The letter with an invitation. None when it, or what it is to, is gone.
async fn invited(
    mut tx: PlatformTx,
    identity: &Identity,
    post: &Post,
    invitation: InvitationId,
) -> DbResult<Option<(Recipient, Page)>> {
    let Some(row) = repo::invitation(&mut tx, invitation).await? else { return Ok(None) };
    let inviter = repo::account(&mut tx, row.invited_by.into()).await?;
    let known = repo::account_by_email(&mut tx, &row.email).await?;
    drop(tx);
    let scope = identity.tenancy.scope_of_number(OrganizationNumber(row.organization)).await?;
    let Some(scope) = scope else { return Ok(None) };
    let lang = known.map_or(scope.organization().locale, |account| lang(&account));
    let inviter = inviter.map(|account| full_name(&account)).filter(|name| !name.is_empty());
    let inviter = inviter.unwrap_or_else(|| scope.organization().name.clone());
    let token = identity.tokens.link(INVITE, row.id, row.expires_at, &row.email);
    let page = invite(post, lang, &scope.organization().name, &inviter, &row.role, &token);
    Ok(Some((Recipient { name: None, email: row.email }, page)))
}

/// What a link to a new password is for: it works once, and not from a mailbox that is the account's no more.
pub(super) fn reset_state(account: &AccountRow) -> String {
    format!("{}/{}", account.email, account.password_hash)
}

pub(super) fn lang(account: &AccountRow) -> Lang {
    Lang::parse(&account.locale).unwrap_or_default()
}

pub(super) fn full_name(account: &AccountRow) -> String {
    format!("{} {}", account.first_name, account.last_name).trim().to_owned()
}

pub(super) fn recipient(account: &AccountRow) -> Recipient {
    Recipient { name: Some(full_name(account)), email: account.email.clone() }
}

fn confirm(post: &Post, account: &AccountRow, token: &str) -> Page {
    let lang = lang(account);
    page(
        post,
        lang,
        "mail-confirm",
        &Args::new().set("name", account.first_name.as_str()),
        "mail-footer-account",
        format!("/confirm?token={token}"),
    )
}

/// A letter with a link that sets a new password.
fn new_password(
    post: &Post,
    identity: &Identity,
    key: &str,
    account: &AccountRow,
    now: chrono::DateTime<chrono::Utc>,
) -> Page {
    let token = identity.tokens.link(RESET, account.id, now + RESET_LIFE, &reset_state(account));
    let args = Args::new().set("name", account.first_name.as_str()).set("minutes", RESET_LIFE.num_minutes());
    page(post, lang(account), key, &args, "mail-footer-account", format!("/reset?token={token}"))
}

fn invite(post: &Post, lang: Lang, organization: &str, inviter: &str, role: &str, token: &str) -> Page {
    let role = shown_role(lang, role);
    let args =
        Args::new().set("organization", organization).set("inviter", inviter).set("role", role.as_str());
    page(post, lang, "mail-invitation", &args, "mail-footer-invitation", format!("/invitation?token={token}"))
}

/// A letter with one paragraph, one button and one note: the texts `<key>-subject`, `-preheader`, `-heading`,
/// `-body`, `-button` and `-note`.
pub(super) fn page(post: &Post, lang: Lang, key: &str, args: &Args<'_>, footer: &str, path: String) -> Page {
    let word = |part: &str| text_with(lang, &format!("{key}-{part}"), args);
    Page {
        lang,
        subject: word("subject"),
        preheader: word("preheader"),
        heading: word("heading"),
        blocks: vec![
            Block::Paragraph(word("body")),
            Block::Button { label: word("button"), url: format!("{}{path}", post.public_url()) },
            Block::Note(text(lang, &format!("{key}-note"))),
        ],
        sender_name: "Parvis".into(),
        footer: text_with(lang, footer, &Args::new().set("site", post.site())),
    }
}

/// A role as a letter names it: the text knows those of an organization by their codes.
fn shown_role(lang: Lang, code: &str) -> String {
    match (EventRole::parse(code), MemberRole::parse(code)) {
        (Some(role), _) => text(lang, &format!("mail-role-{}", role.code())),
        (None, Some(MemberRole::Owner | MemberRole::Admin)) => code.to_owned(),
        (None, _) => "member".to_owned(),
    }
}
