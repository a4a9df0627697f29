//! People who come with a browser: the cookie of a session.

use std::sync::Arc;

use chrono::Duration;

use super::actor::Actor;
use super::repo::AccountRow;
use super::service::{Identity, Login, default_organization, read_roles};
use super::sessions::SessionKind;
use super::token::SESSION_LIFE;
use super::{IdentityError, repo};
use crate::base::db::PlatformTx;
use crate::base::kernel::id::{OrganizationId, SessionId};

/// Somebody who comes with a browser's cookie.
#[derive(Debug)]
pub struct Visit {
    pub actor: Arc<Actor>,
    /// The organization that the session works in.
    pub organization: Option<OrganizationId>,
    /// Whether the session was prolonged just now, and the cookie has to be too.
    pub renewed: bool,
}

impl Identity {
    /// What a browser keeps of a session.
    pub fn cookie_of_session(&self, session: SessionId) -> String {
        self.tokens.cookie(session)
    }

    /// Opens a session for somebody who has proved to be the account's owner, in the transaction that has locked the
    /// account: a password that changes and a factor that is switched on meanwhile come before or after it.
    pub(super) async fn open_session(
        &self,
        mut tx: PlatformTx,
        account: AccountRow,
        user_agent: &str,
        kind: SessionKind,
    ) -> Result<Login, IdentityError> {
        let roles = repo::roles(&mut tx, account.id.into()).await?;
        let (memberships, assignments) = read_roles(roles);
        let organization = default_organization(&account, &memberships, &assignments);
        let session: SessionId = tx.new_id();
        let expires_at = tx.now() + SESSION_LIFE;
        let agent: String = user_agent.chars().filter(|c| *c != '\0').take(200).collect();
        let (owner, kind) = (account.id.into(), kind.code());
        repo::insert_session(&mut tx, session, owner, organization, expires_at, &agent, kind).await?;
        tx.commit().await?;
        let organization = self.organization_id(organization).await?;
        Ok(Login { account, session, organization, memberships, assignments })
    }

    /// The person behind a browser's cookie, if the session still lives. One that is used lives on. Read `anew`, nothing
    /// counts that this process remembers of the person and of where they work.
    pub async fn visit(&self, cookie: &str, anew: bool) -> Result<Option<Visit>, IdentityError> {
        let Some(session) = self.tokens.read_cookie(cookie) else { return Ok(None) };
        let known = if anew { None } else { self.actors.get(&session).await };
        let mut actor = match known {
            Some(actor) => actor,
            None => match self.load(session).await {
                Err(IdentityError::BadToken) => return Ok(None),
                other => other?,
            },
        };
        let renewed = actor.session_ends - self.db.clock().now() < SESSION_LIFE - Duration::days(1);
        if renewed {
            let mut tx = self.db.platform().await?;
            let until = tx.now() + SESSION_LIFE;
            repo::prolong_session(&mut tx, session, until).await?;
            tx.commit().await?;
            actor = self.load(session).await?;
        }
        if let (true, Some(number)) = (anew, actor.working_in) {
            self.tenancy.forget(number).await;
        }
        let organization = self.organization_id(actor.working_in).await?;
        Ok(Some(Visit { actor, organization, renewed }))
    }
}
