//! Letters that tell somebody what has changed about the safety of their account, in case it was not they.

use serde::{Deserialize, Serialize};

use super::jobs;
use super::repo::AccountRow;
use crate::base::i18n::Args;
use crate::base::mail::{Letter, Post};

/// What has changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Notice {
    /// The password.
    Password,
    /// A second factor is asked for from now on.
    SecondFactorOn,
    /// No second factor is asked for any more.
    SecondFactorOff,
    /// A recovery code was used in place of the second factor.
    RecoveryCode,
    /// Somebody who knows the password tries code after code.
    Guessing,
}

impl Notice {
    const fn key(self) -> &'static str {
        match self {
            Self::Password => "mail-password-changed",
            Self::SecondFactorOn => "mail-factor-on",
            Self::SecondFactorOff => "mail-factor-off",
            Self::RecoveryCode => "mail-recovery-used",
            Self::Guessing => "mail-factor-guessing",
        }
    }

    /// Where the letter leads: to what undoes the harm, if it was somebody else.
    const fn path(self) -> &'static str {
        match self {
            Self::Password | Self::Guessing => "/reset",
            Self::SecondFactorOn | Self::SecondFactorOff | Self::RecoveryCode => "/account/security",
        }
    }
}

/// The letter.
pub(super) fn page(post: &Post, account: &AccountRow, of: Notice) -> Letter {
    let args = Args::new().set("name", account.first_name.as_str());
    jobs::page(post, jobs::lang(account), of.key(), &args, "mail-footer-account", of.path().to_owned())
}
