//! The API of organizations, their members and invitations.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::auth::{Auth, Entrance};
use super::repo::{InvitationRow, MemberRow};
use super::roles::{
    EditOrganization, EventRole, ManageAssignments, ManageMembers, MemberRole, ReadOrganization,
};
use super::{EventCards, IdentityError};
use crate::base::db::IdempotencyKey;
use crate::base::i18n::Lang;
use crate::base::kernel::id::{EventId, OrganizationId};
use crate::base::kernel::money::Currency;
use crate::base::kernel::text;
use crate::base::tenancy::{Settings, TenancyError, TenantScope};
use crate::base::web::{
    ApiResult, Change, Checks, CountryText, CurrencyText, Email, IfMatch, Input, Key, ListQuery, Listing,
    LocaleText, PageNumber, PageSize, Problem, Rate, SlugText, Tags, TimezoneText, etag, paging, stale,
};

/// Organizations and who belongs to them.
pub struct OrganizationsApi {
    entrance: Entrance,
    cards: Arc<dyn EventCards>,
}

impl From<TenancyError> for Problem {
    fn from(error: TenancyError) -> Self {
        match error {
            TenancyError::SlugTaken => Self::conflict("organizations.slug_taken"),
            TenancyError::Stale => stale(),
            TenancyError::Db(error) => error.into(),
            TenancyError::Provisioning(error) => Self::internal(&std::io::Error::other(format!("{error:#}"))),
        }
    }
}

/// A new organization.
#[derive(Object)]
#[oai(example)]
pub(super) struct NewOrganization {
    #[oai(validator(min_length = 1, max_length = 120))]
    name: String,
    /// The organization's address under `/o/`: lower-case letters, digits and hyphens.
    slug: SlugText,
    /// ISO 3166-1, two letters.
    country: CountryText,
    /// ISO 4217, three letters.
    currency: CurrencyText,
    /// `fr`, `en` or `ar`.
    locale: LocaleText,
    /// A name of the IANA time zone database.
    timezone: TimezoneText,
}

impl Example for NewOrganization {
    fn example() -> Self {
        Self {
            name: "Les Amis du Théâtre".into(),
            slug: "amis-du-theatre".into(),
            country: "DZ".into(),
            currency: "DZD".into(),
            locale: "fr".into(),
            timezone: "Africa/Algiers".into(),
        }
    }
}

/// What changes about an organization; what is left out stays.
#[derive(Object)]
pub(super) struct OrganizationChange {
    #[oai(validator(min_length = 1, max_length = 120))]
    name: Option<String>,
    country: Option<CountryText>,
    /// For events that are created from now on.
    currency: Option<CurrencyText>,
    locale: Option<LocaleText>,
    timezone: Option<TimezoneText>,
    /// Where answers to the organization's mails go.
    contact_email: Option<Email>,
    /// Whether members need a second factor to work in the organization; whoever asks for it needs their own first.
    require_second_factor: Option<bool>,
}

/// An organization as its members see it.
#[derive(Object)]
struct OrganizationView {
    id: OrganizationId,
    name: String,
    slug: String,
    country: String,
    currency: String,
    locale: String,
    timezone: String,
    contact_email: String,
    /// Whether members need a second factor to work in it.
    require_second_factor: bool,
    /// What the caller is in it.
    role: String,
}

#[derive(ApiResponse)]
enum OrganizationCreated {
    #[oai(status = 201)]
    Ok(Json<OrganizationView>, #[oai(header = "Location")] String, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum OrganizationFound {
    #[oai(status = 200)]
    Ok(Json<OrganizationView>, #[oai(header = "ETag")] String),
}

#[derive(Object)]
struct Member {
    id: String,
    email: String,
    first_name: String,
    last_name: String,
    role: String,
    created_at: DateTime<Utc>,
}

impl From<MemberRow> for Member {
    fn from(row: MemberRow) -> Self {
        Self {
            id: row.account.to_string(),
            email: row.email,
            first_name: row.first_name,
            last_name: row.last_name,
            role: row.role,
            created_at: row.created_at,
        }
    }
}

#[derive(Object)]
#[oai(example)]
pub struct NewInvitation {
    email: Email,
    /// A role in the organization (`admin`, `sales`, `operator`, `viewer`), or with `event` one in the event.
    #[oai(validator(max_length = 40))]
    role: String,
    /// The event, for a role in an event.
    event: Option<EventId>,
}

impl Example for NewInvitation {
    fn example() -> Self {
        Self { email: Email("karim@example.org".into()), role: "viewer".into(), event: None }
    }
}

#[derive(Object)]
struct Invitation {
    id: String,
    email: String,
    role: String,
    #[oai(nullable)]
    event: Option<EventId>,
    expires_at: DateTime<Utc>,
}

impl From<InvitationRow> for Invitation {
    fn from(row: InvitationRow) -> Self {
        Self {
            id: row.id.to_string(),
            email: row.email,
            role: row.role,
            event: row.event.map(EventId::from),
            expires_at: row.expires_at,
        }
    }
}

#[derive(ApiResponse)]
enum Invited {
    #[oai(status = 201)]
    Ok(Json<Invitation>),
}

#[derive(Object)]
struct Acceptance {
    #[oai(validator(max_length = 500))]
    token: String,
}

impl OrganizationsApi {
    pub fn new(entrance: Entrance, cards: Arc<dyn EventCards>) -> Self {
        Self { entrance, cards }
    }

    /// What is wrong, for those who belong to the organization; for strangers there is nothing.
    async fn known(&self, auth: &Auth, scope: &TenantScope, problem: Problem) -> ApiResult<Problem> {
        let assigned = auth.actor.assignments.iter().any(|role| role.organization == scope.number());
        if !assigned {
            let _member: crate::base::identity::Can<ReadOrganization, _> =
                self.entrance.identity.permit_organization(&auth.actor, scope).await?;
        }
        Ok(problem)
    }

    async fn organization(&self, id: OrganizationId) -> ApiResult<TenantScope> {
        self.entrance.tenancy.scope_of_organization(id).await?.ok_or_else(Problem::not_found)
    }
}

fn view(scope: &TenantScope, role: MemberRole) -> OrganizationView {
    let organization = scope.organization();
    OrganizationView {
        id: organization.id,
        name: organization.name.clone(),
        slug: organization.slug.clone(),
        country: organization.country.clone(),
        currency: organization.currency.code().into(),
        locale: organization.locale.code().into(),
        timezone: organization.timezone.name().into(),
        contact_email: organization.contact_email.clone(),
        require_second_factor: organization.require_second_factor,
        role: role.code().into(),
    }
}

#[OpenApi(tag = "Tags::Organizations")]
impl OrganizationsApi {
    /// The organizations of whoever is logged in.
    #[oai(path = "/organizations", method = "get", operation_id = "list_organizations")]
    async fn list(&self, auth: Auth) -> ApiResult<Json<Listing<OrganizationView>>> {
        let mut views = Vec::new();
        for (number, role) in &self.entrance.identity.memberships(&auth.actor).await? {
            if let Some(scope) = self.entrance.tenancy.scope_of_number(*number).await? {
                views.push(view(&scope, *role));
            }
        }
        Ok(Json(Listing::whole(views)))
    }

    /// Found an organization; the caller becomes its owner. Needs a confirmed address.
    #[oai(path = "/organizations", method = "post", operation_id = "create_organization")]
    async fn create(
        &self,
        auth: Auth,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<NewOrganization>,
    ) -> ApiResult<OrganizationCreated> {
        let key = key.of(auth.actor.account, &body.raw);
        let scope = found(&self.entrance, &auth, &body.value()?, key.as_ref()).await?;
        let (address, tag) =
            (format!("/api/organizations/{}", scope.organization().id), etag(scope.organization().version));
        Ok(OrganizationCreated::Ok(Json(view(&scope, MemberRole::Owner)), address, tag))
    }

    /// One organization of the caller.
    #[oai(path = "/organizations/:id", method = "get", operation_id = "get_organization")]
    async fn get(&self, auth: Auth, id: Path<OrganizationId>) -> ApiResult<OrganizationFound> {
        let scope = self.organization(id.0).await?;
        let _can =
            self.entrance.identity.permit_organization::<ReadOrganization>(&auth.actor, &scope).await?;
        let role = auth.actor.member_role(scope.number()).unwrap_or(MemberRole::Viewer);
        Ok(OrganizationFound::Ok(Json(view(&scope, role)), etag(scope.organization().version)))
    }

    /// Change the settings. With `If-Match` only if nobody else did meanwhile.
    #[oai(path = "/organizations/:id", method = "patch", operation_id = "change_organization")]
    async fn change(
        &self,
        auth: Auth,
        id: Path<OrganizationId>,
        #[oai(name = "If-Match")] if_match: IfMatch,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Change<OrganizationChange>,
    ) -> ApiResult<OrganizationFound> {
        let scope = self.organization(id.0).await?;
        let can = self.entrance.identity.permit_organization::<EditOrganization>(&auth.actor, &scope).await?;
        let key = key.of(auth.actor.account, &body.raw);
        let (change, checks) = body.open();
        let settings = merged(&scope, change, checks)?;
        own_factor_first(&self.entrance, &auth, &scope, &settings).await?;
        let tenancy = &self.entrance.tenancy;
        let scope = tenancy.change(&scope, &settings, &if_match.0, can.by(), key.as_ref()).await?;
        let role = auth.actor.member_role(scope.number()).unwrap_or(MemberRole::Owner);
        Ok(OrganizationFound::Ok(Json(view(&scope, role)), etag(scope.organization().version)))
    }

    /// The members of an organization.
    #[oai(path = "/organizations/:id/members", method = "get", operation_id = "list_members")]
    async fn members(
        &self,
        auth: Auth,
        id: Path<OrganizationId>,
        page: PageNumber,
        page_size: PageSize,
        query: ListQuery,
    ) -> ApiResult<Json<Listing<Member>>> {
        let scope = self.organization(id.0).await?;
        let can = self.entrance.identity.permit_organization::<ReadOrganization>(&auth.actor, &scope).await?;
        let page = self.entrance.identity.members(can, paging(page, page_size)?).await?;
        Ok(Json(Listing::new(page, &query, Member::from)))
    }

    /// Invite somebody by mail: to the organization, or with `event` to a role in an event.
    #[oai(path = "/organizations/:id/invitations", method = "post", operation_id = "invite_member")]
    async fn invite(
        &self,
        auth: Auth,
        id: Path<OrganizationId>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<NewInvitation>,
    ) -> ApiResult<Invited> {
        let key = key.of(auth.actor.account, &body.raw);
        let scope = self.organization(id.0).await?;
        let new = match body.value() {
            Ok(new) => new,
            Err(problem) => return Err(self.known(&auth, &scope, problem).await?),
        };
        if let Some(event) = new.event
            && self.cards.cards(vec![event]).await?.is_empty()
        {
            return Err(Problem::not_found());
        }
        let row = invite(&self.entrance, &auth, &scope, new, key.as_ref()).await?;
        Ok(Invited::Ok(Json(row.into())))
    }

    /// Accept an invitation that was sent to one's own address.
    #[oai(path = "/invitations/accept", method = "post", operation_id = "accept_invitation")]
    async fn accept(
        &self,
        auth: Auth,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<Acceptance>,
    ) -> ApiResult<Json<Invitation>> {
        let key = key.of(auth.actor.account, &body.raw);
        let identity = &self.entrance.identity;
        let row = identity.accept_invitation(&auth.actor, &body.value()?.token, key.as_ref()).await?;
        Ok(Json(row.into()))
    }
}

/// Founds an organization; needs a confirmed address.
pub(super) async fn found(
    entrance: &Entrance,
    auth: &Auth,
    new: &NewOrganization,
    key: Option<&IdempotencyKey>,
) -> ApiResult<TenantScope> {
    if entrance.identity.account(auth.actor.account).await?.email_confirmed_at.is_none() {
        return Err(IdentityError::Unconfirmed.into());
    }
    entrance.limiter.spend(Rate::SignUp, &format!("found/{}", auth.actor.account))?;
    let mut checks = Checks::default();
    checks.ensure(!text::is_blank(&new.name), "name", "required");
    let currency = checks.some(Currency::parse(&new.currency), "currency", "unknown_choice");
    let locale = checks.some(Lang::parse(&new.locale), "locale", "unknown_choice");
    let timezone = checks.some(new.timezone.parse().ok(), "timezone", "unknown_choice");
    checks.done()?;
    let (Some(currency), Some(locale), Some(timezone)) = (currency, locale, timezone) else {
        return Err(Problem::malformed());
    };
    let settings = Settings {
        name: new.name.trim().to_owned(),
        country: new.country.0.clone(),
        currency,
        locale,
        timezone,
        contact_email: auth.actor.email.clone(),
        require_second_factor: false,
    };
    Ok(entrance.tenancy.provision(&new.slug, &settings, auth.actor.account, key).await?)
}

/// Whoever asks the members for a second factor needs their own: nobody locks the last owner out.
pub(super) async fn own_factor_first(
    entrance: &Entrance,
    auth: &Auth,
    scope: &TenantScope,
    settings: &Settings,
) -> ApiResult<()> {
    let asks = settings.require_second_factor && !scope.organization().require_second_factor;
    if asks && !entrance.identity.fresh(&auth.actor).await?.second_factor {
        return Err(Problem::conflict("organizations.own_second_factor_first"));
    }
    Ok(())
}

/// Invites somebody by mail: to the organization, or to a role in an event.
pub async fn invite(
    entrance: &Entrance,
    auth: &Auth,
    scope: &TenantScope,
    new: NewInvitation,
    key: Option<&IdempotencyKey>,
) -> ApiResult<InvitationRow> {
    let identity = &entrance.identity;
    entrance.limiter.spend(Rate::SignUp, &format!("invite/{}", auth.actor.account))?;
    let mut checks = Checks::default();
    let email = checks.some(text::email(&new.email), "email", "email").unwrap_or_default();
    let row = if let Some(event) = new.event {
        if event.organization() != scope.number() {
            return Err(Problem::not_found());
        }
        let can = identity.permit::<ManageAssignments>(&auth.actor, event).await?;
        let role = checks.some(EventRole::parse(&new.role), "role", "unknown_choice");
        checks.done()?;
        // Only an organizer gives away the organizer's role.
        if role == Some(EventRole::Organisateur) && !auth.actor.organizes(event) {
            return Err(Problem::forbidden());
        }
        identity.invite_to_event(can, &email, role.unwrap_or(EventRole::Participant), key).await?
    } else {
        let can = identity.permit_organization::<ManageMembers>(&auth.actor, scope).await?;
        let role = MemberRole::parse(&new.role).filter(|role| *role != MemberRole::Owner);
        let role = checks.some(role, "role", "unknown_choice");
        checks.done()?;
        identity.invite_member(can, &email, role.unwrap_or(MemberRole::Viewer), key).await?
    };
    Ok(row)
}

/// The settings with the changes in them.
pub(super) fn merged(
    scope: &TenantScope,
    change: OrganizationChange,
    mut checks: Checks,
) -> ApiResult<Settings> {
    let organization = scope.organization();
    let mut settings = Settings {
        name: change.name.map_or_else(|| organization.name.clone(), |name| name.trim().to_owned()),
        country: change.country.map_or_else(|| organization.country.clone(), |country| country.0),
        currency: organization.currency,
        locale: organization.locale,
        timezone: organization.timezone,
        contact_email: organization.contact_email.clone(),
        require_second_factor: change.require_second_factor.unwrap_or(organization.require_second_factor),
    };
    checks.ensure(!text::is_blank(&settings.name), "name", "required");
    if let Some(code) = change.currency {
        settings.currency =
            checks.some(Currency::parse(&code), "currency", "unknown_choice").unwrap_or(settings.currency);
    }
    if let Some(tag) = change.locale {
        settings.locale =
            checks.some(Lang::parse(&tag), "locale", "unknown_choice").unwrap_or(settings.locale);
    }
    if let Some(name) = change.timezone {
        settings.timezone =
            checks.some(name.parse().ok(), "timezone", "unknown_choice").unwrap_or(settings.timezone);
    }
    if let Some(email) = change.contact_email {
        settings.contact_email =
            checks.some(text::email(&email), "contact_email", "email").unwrap_or_default();
    }
    checks.done()?;
    Ok(settings)
}
