//! The API of who owns an organization, and of its end.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use poem::Body;
use poem_openapi::param::Path;
use poem_openapi::payload::{Binary, Json};
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::auth::{Auth, Entrance, Person};
use super::organization_export::{Copying, Still};
use super::roles::OwnOrganization;
use super::second_factor_api::PasswordOnly;
use super::{Can, EventCards, OrganizationRecords};
use crate::base::db::IdempotencyKey;
use crate::base::i18n::Lang;
use crate::base::kernel::id::{AccountId, OrganizationId, OrganizationNumber};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Input, Key, Problem, Rate, Tags};

/// Who owns an organization, and its end.
pub struct OwnershipApi {
    entrance: Entrance,
    records: Records,
}

/// To whom an organization is handed over.
#[derive(Object)]
pub(super) struct HandOver {
    /// A member of the organization.
    pub account: AccountId,
    /// One's own, once more.
    #[oai(validator(max_length = 1024))]
    pub password: String,
}

/// An organization that is to end.
#[derive(Object)]
struct Closing {
    /// Until then it may be kept.
    closes_at: DateTime<Utc>,
}

#[derive(ApiResponse)]
enum ClosingAsked {
    /// It ends then, unless it is kept.
    #[oai(status = 202)]
    Ok(Json<Closing>),
}

#[derive(ApiResponse)]
enum Done {
    /// It is done.
    #[oai(status = 204)]
    Ok,
}

#[derive(ApiResponse)]
enum Copy {
    #[oai(status = 200, content_type = "application/zip")]
    Zip(Binary<Body>, #[oai(header = "Content-Disposition")] String, #[oai(header = "Cache-Control")] String),
}

impl OwnershipApi {
    pub fn new(entrance: Entrance, records: Records) -> Self {
        Self { entrance, records }
    }
}

/// What a copy of an organization is written from.
#[derive(Clone)]
pub struct Records {
    pub cards: Arc<dyn EventCards>,
    pub records: Arc<dyn OrganizationRecords>,
}

/// The zip and what it is called; asked for as often as an owner might and no more.
pub(super) async fn export(
    entrance: &Entrance,
    auth: &Auth,
    can: Can<OwnOrganization, OrganizationNumber>,
    Records { cards, records }: Records,
    scope: TenantScope,
    password: &str,
    lang: Lang,
) -> ApiResult<(Body, String)> {
    entrance.limiter.spend(Rate::LoginAccount, &can.by().to_string())?;
    entrance.limiter.spend(Rate::Letter, &format!("export/{}", can.target()))?;
    let turn = entrance.identity.copy_turn().ok_or_else(Problem::unavailable)?;
    let (asking, asked, number) = (entrance.clone(), auth.clone(), scope.number());
    let still: Still = Box::new(move || {
        let (entrance, auth) = (asking.clone(), asked.clone());
        async move { entrance.still_in::<OwnOrganization>(&auth, number).await }.boxed()
    });
    let day = entrance.db.clock().now().with_timezone(&scope.organization().timezone).date_naive();
    let name = format!("attachment; filename=\"{}-{day}.zip\"", scope.organization().slug);
    let copying = Copying { records, cards, scope, lang, still };
    let body = entrance.identity.export_organization(can, password, copying, turn).await?;
    Ok((body, name))
}

/// Hands the organization over, as often as a password may be tried.
pub(super) async fn hand_over(
    entrance: &Entrance,
    can: Can<OwnOrganization, OrganizationNumber>,
    said: &HandOver,
    key: Option<&IdempotencyKey>,
) -> ApiResult<()> {
    entrance.limiter.spend(Rate::LoginAccount, &can.by().to_string())?;
    Ok(entrance.identity.hand_over(can, &said.password, said.account, key).await?)
}

/// Has the organization end, as often as a password may be tried.
pub(super) async fn ask_closing(
    entrance: &Entrance,
    cards: &Arc<dyn EventCards>,
    scope: &TenantScope,
    can: Can<OwnOrganization, OrganizationNumber>,
    password: &str,
) -> ApiResult<DateTime<Utc>> {
    entrance.limiter.spend(Rate::LoginAccount, &can.by().to_string())?;
    Ok(entrance.identity.ask_closing(scope, can, cards, password).await?)
}

/// The witness that it is an owner who asks.
pub(super) async fn owner(
    entrance: &Entrance,
    auth: &Auth,
    scope: &TenantScope,
) -> ApiResult<Can<OwnOrganization, OrganizationNumber>> {
    Ok(entrance.identity.permit_organization(&auth.actor, scope).await?)
}

#[OpenApi(tag = "Tags::Organizations")]
impl OwnershipApi {
    /// Make another member the owner in one's own place; one stays an administrator.
    #[oai(path = "/organizations/:id/transfer", method = "post", operation_id = "transfer_organization")]
    async fn transfer(
        &self,
        auth: Person,
        id: Path<OrganizationId>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<HandOver>,
    ) -> ApiResult<Done> {
        let scope = self.entrance.organization(id.0).await?;
        let key = key.of(auth.actor.account, &body.raw);
        let can = owner(&self.entrance, &auth, &scope).await?;
        hand_over(&self.entrance, can, &body.value()?, key.as_ref()).await?;
        Ok(Done::Ok)
    }

    /// Have the organization end in 30 days, with everything it has; nothing is sold and nothing shown from now on.
    /// Refused while tickets to events ahead are valid. Asking again does not put it off.
    #[oai(path = "/organizations/:id/closing", method = "post", operation_id = "close_organization")]
    async fn close(
        &self,
        auth: Person,
        id: Path<OrganizationId>,
        body: Input<PasswordOnly>,
    ) -> ApiResult<ClosingAsked> {
        let scope = self.entrance.organization(id.0).await?;
        let can = owner(&self.entrance, &auth, &scope).await?;
        let password = body.value()?.password;
        let closes_at = ask_closing(&self.entrance, &self.records.cards, &scope, can, &password).await?;
        Ok(ClosingAsked::Ok(Json(Closing { closes_at })))
    }

    /// A copy of everything that the organization has, as a zip of tables, JSON and files: for an owner, who says the password
    /// once more. It is sent while it is made: an answer that is cut off is no whole zip.
    #[oai(path = "/organizations/:id/export", method = "post", operation_id = "export_organization")]
    async fn export(
        &self,
        auth: Person,
        id: Path<OrganizationId>,
        body: Input<PasswordOnly>,
    ) -> ApiResult<Copy> {
        let scope = self.entrance.organization(id.0).await?;
        let can = owner(&self.entrance, &auth, &scope).await?;
        let password = body.value()?.password;
        let records = self.records.clone();
        let (body, name) = export(&self.entrance, &auth, can, records, scope, &password, auth.lang).await?;
        Ok(Copy::Zip(Binary(body), name, "private, no-store".into()))
    }

    /// When the organization is to end.
    #[oai(path = "/organizations/:id/closing", method = "get", operation_id = "get_organization_closing")]
    async fn closing(&self, auth: Person, id: Path<OrganizationId>) -> ApiResult<Json<Closing>> {
        let scope = self.entrance.organization(id.0).await?;
        let _can = owner(&self.entrance, &auth, &scope).await?;
        let closes_at = scope.organization().closes_at.ok_or_else(Problem::not_found)?;
        Ok(Json(Closing { closes_at }))
    }

    /// Keep the organization after all.
    #[oai(path = "/organizations/:id/closing", method = "delete", operation_id = "keep_organization")]
    async fn keep(&self, auth: Person, id: Path<OrganizationId>) -> ApiResult<Done> {
        let scope = self.entrance.organization(id.0).await?;
        let can = owner(&self.entrance, &auth, &scope).await?;
        self.entrance.identity.keep_organization(&scope, can).await?;
        Ok(Done::Ok)
    }
}
