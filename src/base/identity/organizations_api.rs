//! The API of organizations and their settings.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::auth::{Auth, Entrance, Person};
use super::roles::{EditOrganization, MemberRole, ReadOrganization};
use super::{IdentityError, brand};
use crate::base::db::IdempotencyKey;
use crate::base::files::Files;
use crate::base::i18n::Lang;
use crate::base::kernel::color::Color;
use crate::base::kernel::id::OrganizationId;
use crate::base::kernel::money::Currency;
use crate::base::kernel::text;
use crate::base::tenancy::{Settings, TenancyError, TenantScope};
use crate::base::web::{
    ApiResult, Change, Checks, CountryText, CurrencyText, Email, FileBody, IfMatch, Input, Key, Listing,
    LocaleText, Problem, Rate, SlugText, Tags, TimezoneText, etag, stale,
};

/// Organizations.
pub struct OrganizationsApi {
    entrance: Entrance,
    files: Files,
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
    /// Where answers to the organization's mails go. Visitors see it on its public pages. Unless it is given, it is the
    /// address that the caller logs in with.
    contact_email: Option<Email>,
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
            contact_email: Some(Email("contact@example.org".into())),
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
    /// Where answers to the organization's mails go; visitors see it on its public pages.
    contact_email: Option<Email>,
    /// Whether members need a second factor to work in the organization; whoever asks for it needs their own first.
    require_second_factor: Option<bool>,
    /// What the organization says about itself on its public page; plain text.
    #[oai(validator(max_length = 2000))]
    about: Option<String>,
    /// Where it is on the web, with `https://`; emptied by an empty text.
    #[oai(validator(max_length = 300))]
    website: Option<String>,
    /// The colour of its public pages, as `#rrggbb`; none by an empty text. Text on it turns black or white by itself;
    /// a colour that is hardly seen on white is refused.
    #[oai(validator(max_length = 7))]
    color: Option<String>,
}

impl OrganizationChange {
    /// Empties the texts that a form shows as empty.
    pub fn emptied(mut self, is_empty: impl Fn(&str) -> bool) -> Self {
        let texts = [("about", &mut self.about), ("website", &mut self.website), ("color", &mut self.color)];
        for (name, text) in texts {
            if is_empty(name) {
                *text = Some(String::new());
            }
        }
        self
    }
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
    about: String,
    website: String,
    /// Empty, or as `#rrggbb`.
    color: String,
    /// Where its logo is.
    #[oai(nullable)]
    logo: Option<String>,
    /// Why the installation has suspended it, where it has.
    #[oai(nullable)]
    suspended: Option<String>,
    /// When it ends, where an owner wants it to.
    #[oai(nullable)]
    closes_at: Option<DateTime<Utc>>,
    /// What the caller is in it; none for a program.
    #[oai(nullable)]
    role: Option<String>,
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

impl OrganizationsApi {
    pub fn new(entrance: Entrance, files: Files) -> Self {
        Self { entrance, files }
    }

    async fn found(&self, auth: &Auth, id: OrganizationId) -> ApiResult<OrganizationFound> {
        let scope = self.entrance.organization(id).await?;
        let role = auth.actor.member_role(scope.number());
        Ok(OrganizationFound::Ok(Json(view(&scope, role)), etag(scope.organization().version)))
    }
}

fn view(scope: &TenantScope, role: Option<MemberRole>) -> OrganizationView {
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
        about: organization.about.clone(),
        website: organization.website.clone(),
        color: organization.color.map(Color::code).unwrap_or_default(),
        logo: organization.logo_path(),
        suspended: organization.suspended.clone(),
        closes_at: organization.closes_at,
        role: role.map(|role| role.code().into()),
    }
}

#[OpenApi(tag = "Tags::Organizations")]
impl OrganizationsApi {
    /// The organizations of whoever is logged in.
    #[oai(path = "/organizations", method = "get", operation_id = "list_organizations")]
    async fn list(&self, auth: Person) -> ApiResult<Json<Listing<OrganizationView>>> {
        let mut views = Vec::new();
        for (number, role) in &self.entrance.identity.memberships(&auth.actor).await? {
            if let Some(scope) = self.entrance.tenancy.scope_of_number(*number).await? {
                views.push(view(&scope, Some(*role)));
            }
        }
        Ok(Json(Listing::whole(views)))
    }

    /// Found an organization; the caller becomes its owner. Needs a confirmed address, which becomes the organization's
    /// public contact address unless another one is given.
    #[oai(path = "/organizations", method = "post", operation_id = "create_organization")]
    async fn create(
        &self,
        auth: Person,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<NewOrganization>,
    ) -> ApiResult<OrganizationCreated> {
        let key = key.of(auth.actor.account, &body.raw);
        let scope = found(&self.entrance, &auth, &body.value()?, key.as_ref()).await?;
        let (address, tag) =
            (format!("/api/organizations/{}", scope.organization().id), etag(scope.organization().version));
        Ok(OrganizationCreated::Ok(Json(view(&scope, Some(MemberRole::Owner))), address, tag))
    }

    /// One organization of the caller.
    #[oai(path = "/organizations/:id", method = "get", operation_id = "get_organization")]
    async fn get(&self, auth: Auth, id: Path<OrganizationId>) -> ApiResult<OrganizationFound> {
        let scope = self.entrance.organization(id.0).await?;
        let _can =
            self.entrance.identity.permit_organization::<ReadOrganization>(&auth.actor, &scope).await?;
        self.found(&auth, id.0).await
    }

    /// Change the settings. With `If-Match` only if nobody else did meanwhile.
    #[oai(path = "/organizations/:id", method = "patch", operation_id = "change_organization")]
    async fn change(
        &self,
        auth: Person,
        id: Path<OrganizationId>,
        #[oai(name = "If-Match")] if_match: IfMatch,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Change<OrganizationChange>,
    ) -> ApiResult<OrganizationFound> {
        let scope = self.entrance.organization(id.0).await?;
        let can = self.entrance.identity.permit_organization::<EditOrganization>(&auth.actor, &scope).await?;
        let key = key.of(auth.actor.account, &body.raw);
        let (change, checks) = body.open();
        let settings = merged(&scope, change, checks)?;
        own_factor_first(&self.entrance, &auth, &scope, &settings).await?;
        let tenancy = &self.entrance.tenancy;
        let scope = tenancy.change(&scope, &settings, &if_match.0, can.by(), key.as_ref()).await?;
        let role = auth.actor.member_role(scope.number());
        Ok(OrganizationFound::Ok(Json(view(&scope, role)), etag(scope.organization().version)))
    }

    /// Show another logo: a JPEG, PNG or WebP of at most 10 MB.
    #[oai(path = "/organizations/:id/logo", method = "put", operation_id = "upload_logo")]
    async fn upload_logo(
        &self,
        auth: Person,
        id: Path<OrganizationId>,
        body: FileBody,
    ) -> ApiResult<OrganizationFound> {
        let FileBody::Form(file) = body;
        let scope = self.entrance.organization(id.0).await?;
        let can = self.entrance.identity.permit_organization::<EditOrganization>(&auth.actor, &scope).await?;
        brand::replace_logo(&self.entrance, &self.files, &scope, can, file.file()).await?;
        self.found(&auth, id.0).await
    }

    /// Show no logo any more. What is not there is gone already.
    #[oai(path = "/organizations/:id/logo", method = "delete", operation_id = "delete_logo")]
    async fn delete_logo(&self, auth: Person, id: Path<OrganizationId>) -> ApiResult<OrganizationFound> {
        let scope = self.entrance.organization(id.0).await?;
        let can = self.entrance.identity.permit_organization::<EditOrganization>(&auth.actor, &scope).await?;
        brand::show_logo(&self.entrance, &self.files, &scope, can, None).await?;
        self.found(&auth, id.0).await
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
    let contact_email = match &new.contact_email {
        Some(email) => checks.some(text::email(email), "contact_email", "email").unwrap_or_default(),
        None => auth.actor.email.clone(),
    };
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
        contact_email,
        require_second_factor: false,
        about: String::new(),
        website: String::new(),
        color: None,
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
        about: change.about.map_or_else(|| organization.about.clone(), |about| about.trim().to_owned()),
        website: change
            .website
            .map_or_else(|| organization.website.clone(), |website| website.trim().to_owned()),
        color: organization.color,
    };
    checks.ensure(settings.website.is_empty() || text::is_web_address(&settings.website), "website", "url");
    if let Some(code) = change.color {
        settings.color = color(code.trim(), &mut checks);
    }
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

/// Of what is hardly seen on white, the least that is.
const LEAST_CONTRAST: f64 = 1.35;

fn color(code: &str, checks: &mut Checks) -> Option<Color> {
    if code.is_empty() {
        return None;
    }
    let color = checks.some(Color::parse(code), "color", "color")?;
    checks.ensure(color.contrast(Color::WHITE) >= LEAST_CONTRAST, "color", "too_pale");
    Some(color)
}
