//! The letters about one's own data: the copy is ready, the account is to end, has ended, or cannot.

use super::jobs;
use super::repo::{self, AccountRow};
use super::service::Identity;
use crate::base::db::{DbResult, PlatformTx};
use crate::base::i18n::{Args, Lang, date, text, text_with};
use crate::base::kernel::id::AccountId;
use crate::base::mail::{Block, Letter, Post, Recipient};

const FOOTER: &str = "mail-footer-account";

/// The copy of one's data is there.
pub(super) fn ready(post: &Post, account: &AccountRow) -> Letter {
    let args =
        Args::new().set("name", account.first_name.as_str()).set("days", super::data_export::KEPT.num_days());
    jobs::page(post, jobs::lang(account), "mail-data-ready", &args, FOOTER, "/account/data".into())
}

/// The account is to end, with a way to keep it.
pub(super) async fn asked(
    tx: &mut PlatformTx,
    identity: &Identity,
    post: &Post,
    account: AccountId,
) -> DbResult<Option<(Recipient, Letter)>> {
    let Some(at) = repo::erase_at(tx, account).await? else { return Ok(None) };
    let Some(row) = repo::account(tx, account).await? else { return Ok(None) };
    let lang = jobs::lang(&row);
    let day = date(lang, at, chrono_tz::UTC);
    let args = Args::new().set("name", row.first_name.as_str()).set("day", day.as_str());
    let path = format!("/account/keep?token={}", identity.keep_link(account, at));
    Ok(Some((jobs::recipient(&row), jobs::page(post, lang, "mail-erase-asked", &args, FOOTER, path))))
}

/// The account cannot end: somebody has to look after an organization.
pub(super) async fn refused(
    tx: &mut PlatformTx,
    post: &Post,
    row: &AccountRow,
) -> DbResult<(Recipient, Letter)> {
    let alone = repo::owned_alone(tx, row.id.into()).await?.join(", ");
    let args = Args::new().set("name", row.first_name.as_str()).set("organizations", alone.as_str());
    let page = jobs::page(post, jobs::lang(row), "mail-erase-refused", &args, FOOTER, "/account/data".into());
    Ok((jobs::recipient(row), page))
}

/// The last letter, to an address that nobody knows any more once it is sent.
pub(super) fn erased(post: &Post, email: String, lang: &str) -> (Recipient, Letter) {
    let lang = Lang::parse(lang).unwrap_or_default();
    let word = |part: &str| text(lang, &format!("mail-erased-{part}"));
    let letter = Letter {
        lang,
        subject: word("subject"),
        preheader: word("preheader"),
        heading: word("heading"),
        blocks: vec![Block::Paragraph(word("body")), Block::Note(word("note"))],
        sender_name: "Parvis".into(),
        footer: text_with(lang, "mail-footer-erased", &Args::new().set("site", post.site())),
    };
    (Recipient { name: None, email }, letter)
}
