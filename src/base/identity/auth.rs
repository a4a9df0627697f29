//! The door of every handler: who asks, by which token.

use std::sync::Arc;

use poem::{Request, RequestBody, http};
use poem_openapi::registry::{MetaSecurityScheme, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use super::IdentityError;
use super::actor::{Actor, Can};
use super::api_keys;
use super::roles::Permission;
use super::service::Identity;
use super::token::{Claims, Use};
use crate::base::db::{Db, TenantTx};
use crate::base::i18n::Lang;
use crate::base::kernel::id::{EventId, Id, OrganizationId, OrganizationNumber};
use crate::base::kernel::secret::Keyring;
use crate::base::tenancy::{Tenancy, TenantScope};
use crate::base::web::{ApiResult, Limiter, Problem, accepted_language, remember_language};

/// What every handler passes through on its way to the data.
#[derive(Clone)]
pub struct Entrance {
    pub db: Db,
    pub tenancy: Tenancy,
    pub identity: Identity,
    pub limiter: Limiter,
    pub keyring: Keyring,
    /// The address people use, without a slash at the end.
    pub public_url: Arc<str>,
}

impl Entrance {
    /// The organization that a path's id points to, or 404. Look the thing itself up next.
    pub async fn scope<K>(&self, id: Id<K>) -> ApiResult<TenantScope> {
        self.tenancy.scope_of_id(id).await?.ok_or_else(Problem::not_found)
    }

    /// The organization that a path names, or 404.
    pub async fn organization(&self, id: OrganizationId) -> ApiResult<TenantScope> {
        self.tenancy.scope_of_organization(id).await?.ok_or_else(Problem::not_found)
    }

    /// The organization of a membership, as the actor's own list tells.
    pub async fn scope_of_membership(&self, number: OrganizationNumber) -> ApiResult<Option<TenantScope>> {
        Ok(self.tenancy.scope_of_number(number).await?)
    }

    /// A transaction of that organization.
    pub async fn tenant(&self, scope: &TenantScope) -> ApiResult<TenantTx> {
        Ok(self.db.tenant(scope).await?)
    }

    /// The event's organization and the witness that the caller may do `P` there.
    pub async fn event<P: Permission>(
        &self,
        auth: &Auth,
        event: EventId,
    ) -> ApiResult<(TenantScope, Can<P>)> {
        let scope = self.scope(event).await?;
        let can = self.identity.permit::<P>(&auth.actor, event).await?;
        Ok((scope, can))
    }

    /// Whether somebody who was let in before would be let in now: the session lives, and may still do `P` in the event.
    pub async fn still<P: Permission>(&self, auth: &Auth, event: EventId) -> bool {
        let Ok(actor) = self.identity.again(&auth.actor).await else { return false };
        self.event::<P>(&Auth { actor, ..auth.clone() }, event).await.is_ok()
    }

    /// As [`Self::still`], for what may be done in an organization.
    pub async fn still_in<P: Permission>(&self, auth: &Auth, organization: OrganizationNumber) -> bool {
        let Ok(actor) = self.identity.again(&auth.actor).await else { return false };
        let Ok(Some(scope)) = self.scope_of_membership(organization).await else { return false };
        self.identity.permit_organization::<P>(&actor, &scope).await.is_ok()
    }

    /// For how long the request's access token is good, if it has one.
    pub fn token_left(&self, request: &Request) -> Option<std::time::Duration> {
        let token = request.header(http::header::AUTHORIZATION)?.strip_prefix("Bearer ")?;
        let now = self.db.clock().now();
        let claims = self.identity.tokens.read(token.trim(), now)?;
        (chrono::DateTime::from_timestamp(claims.exp, 0)? - now).to_std().ok()
    }
}

/// Somebody who is logged in, or a program with a key.
#[derive(Clone)]
pub struct Auth {
    pub actor: Arc<Actor>,
    /// The organization that the token names.
    pub organization: Option<OrganizationId>,
    /// The event that the token names.
    pub event: Option<EventId>,
    /// The language to answer in.
    pub lang: Lang,
}

/// Somebody who may be logged in. A token that is not valid is refused all the same.
pub struct MaybeAuth(pub Option<Auth>);

impl MaybeAuth {
    /// The person, where one is logged in: what a program does for somebody is not its own.
    pub fn person(&self) -> Option<&Auth> {
        self.0.as_ref().filter(|auth| auth.actor.key.is_none())
    }
}

/// A person who is logged in: what is theirs alone is nothing for a program.
pub struct Person(Auth);

impl std::ops::Deref for Person {
    type Target = Auth;

    fn deref(&self) -> &Auth {
        &self.0
    }
}

impl Person {
    fn of(auth: Auth) -> ApiResult<Self> {
        if auth.actor.key.is_some() { Err(IdentityError::NoPerson.into()) } else { Ok(Self(auth)) }
    }
}

/// Somebody in the middle of a login that asks for a code. Whether the token is ours is seen with the code.
pub struct CodeAuth {
    pub token: String,
}

fn code_auth(request: &Request) -> ApiResult<CodeAuth> {
    let header = request.header(http::header::AUTHORIZATION).ok_or_else(Problem::unauthenticated)?;
    let token = header.strip_prefix("Bearer ").ok_or_else(Problem::unauthenticated)?.trim();
    let entrance = request.data::<Entrance>().ok_or_else(Problem::unauthenticated)?;
    if !entrance.identity.may_be_of_login(token) {
        return Err(Problem::unauthenticated());
    }
    Ok(CodeAuth { token: token.to_owned() })
}

/// Somebody in the middle of a login that leaves the choice of an event, or after it.
pub struct ChoosingAuth {
    pub auth: Auth,
    /// Whether the token is the one that chooses, and does so once.
    pub once: bool,
}

async fn who(request: &Request, purposes: &[Use]) -> poem::Result<Option<Auth>> {
    Ok(who_for(request, purposes).await?.map(|(auth, _)| auth))
}

/// Who asks, and what their token is for.
async fn who_for(request: &Request, purposes: &[Use]) -> poem::Result<Option<(Auth, Use)>> {
    let Some(header) = request.header(http::header::AUTHORIZATION) else { return Ok(None) };
    let token = header.strip_prefix("Bearer ").ok_or_else(Problem::unauthenticated)?;
    let entrance = request.data::<Entrance>().ok_or_else(Problem::unauthenticated)?;
    if token.trim().starts_with(api_keys::PREFIX) {
        return Ok(Some((program(request, entrance, token.trim()).await?, Use::Access)));
    }
    let claims: Claims = entrance
        .identity
        .tokens
        .read(token.trim(), entrance.db.clock().now())
        .filter(|claims| purposes.contains(&claims.purpose))
        .ok_or_else(Problem::unauthenticated)?;
    let actor = entrance.identity.actor(&claims).await.map_err(Problem::from)?;
    remember_language(request, actor.locale);
    let lang = accepted_language(request).unwrap_or(actor.locale);
    let auth = Auth { actor, organization: claims.org, event: claims.event, lang };
    Ok(Some((auth, claims.purpose)))
}

async fn choosing(request: &Request) -> poem::Result<ChoosingAuth> {
    let found = who_for(request, &[Use::SelectEvent, Use::Access]).await?;
    let (auth, purpose) = found.ok_or_else(Problem::unauthenticated)?;
    Ok(ChoosingAuth { auth: Person::of(auth)?.0, once: purpose == Use::SelectEvent })
}

/// A program with its key.
async fn program(request: &Request, entrance: &Entrance, key: &str) -> poem::Result<Auth> {
    let program = entrance.identity.program(key).await.map_err(Problem::from)?;
    let actor = program.actor.clone();
    remember_language(request, actor.locale);
    let lang = accepted_language(request).unwrap_or(actor.locale);
    Ok(Auth { actor, organization: Some(program.organization), event: None, lang })
}

fn bearer(registry: &mut Registry) {
    registry.create_security_scheme(
        "bearer",
        MetaSecurityScheme {
            ty: "http",
            description: Some("The `access` token of a login, or a key of an organization (`parvis_…`)."),
            name: None,
            key_in: None,
            scheme: Some("bearer"),
            bearer_format: None,
            flows: None,
            openid_connect_url: None,
        },
    );
}

macro_rules! security {
    ($name:ident, $fallback:literal, |$request:ident| $extract:expr) => {
        impl<'a> ApiExtractor<'a> for $name {
            const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];
            type ParamType = ();
            type ParamRawType = ();

            fn register(registry: &mut Registry) {
                bearer(registry);
            }

            fn security_schemes() -> Vec<&'static str> {
                vec!["bearer"]
            }

            fn has_security_fallback() -> bool {
                $fallback
            }

            async fn from_request(
                $request: &'a Request,
                _: &mut RequestBody,
                _: ExtractParamOptions<()>,
            ) -> poem::Result<Self> {
                $extract
            }
        }
    };
}

security!(Auth, false, |request| Ok(who(request, &[Use::Access])
    .await?
    .ok_or_else(Problem::unauthenticated)?));
security!(Person, false, |request| Ok(Person::of(
    who(request, &[Use::Access]).await?.ok_or_else(Problem::unauthenticated)?
)?));
security!(MaybeAuth, true, |request| Ok(Self(who(request, &[Use::Access]).await?)));
security!(CodeAuth, false, |request| Ok(code_auth(request)?));
security!(ChoosingAuth, false, |request| choosing(request).await);
