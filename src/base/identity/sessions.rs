//! Use cases of one's own sessions: seeing where one is logged in, and ending what should not be.

use chrono::Duration;

use super::IdentityError;
use super::actor::Actor;
use super::repo::{self, OpenSession};
use super::service::Identity;
use crate::base::kernel::id::{AccountId, SessionId};
use crate::base::kernel::page::{Page, PageRequest};

/// How exactly the last use of a session is known: writing it at each request would cost more than it tells.
pub(super) const USE_KNOWN: Duration = Duration::minutes(5);

/// How a session is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SessionKind {
    /// Tokens of an app.
    App,
    /// A browser's cookie.
    Browser,
}

impl SessionKind {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Browser => "browser",
        }
    }
}

impl Identity {
    /// One page of the sessions that the account has open, the one used last first.
    pub async fn sessions(
        &self,
        account: AccountId,
        page: PageRequest,
    ) -> Result<Page<OpenSession>, IdentityError> {
        let mut tx = self.db.platform().await?;
        let (rows, count) = repo::open_sessions(&mut tx, account, page).await?;
        Ok(Page::new(rows, count, page))
    }

    /// Ends one of the account's own sessions; one that has ended stays so. Another's does not exist.
    pub async fn end_session(&self, actor: &Actor, session: SessionId) -> Result<(), IdentityError> {
        let mut tx = self.db.platform().await?;
        if !repo::owns_session(&mut tx, actor.account, session).await? {
            return Err(IdentityError::Stranger);
        }
        repo::revoke_session(&mut tx, session).await?;
        tx.audit(actor.account, None, "session.end", session.uuid()).await?;
        tx.commit().await?;
        self.actors.invalidate(&session).await;
        Ok(())
    }

    /// Ends every session of the account but the present one.
    pub async fn end_other_sessions(&self, actor: &Actor) -> Result<(), IdentityError> {
        let mut tx = self.db.platform().await?;
        let ended = repo::revoke_sessions(&mut tx, actor.account, Some(actor.session)).await?;
        tx.audit(actor.account, None, "session.end_others", actor.account.uuid()).await?;
        tx.commit().await?;
        self.forget(&ended).await;
        Ok(())
    }

    /// After a commit: a request in between must not remember a session that has ended.
    pub(super) async fn forget(&self, sessions: &[SessionId]) {
        for session in sessions {
            self.actors.invalidate(session).await;
        }
    }
}
