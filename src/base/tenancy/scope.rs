//! The proof that a request belongs to one organization.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ed25519_dalek::SigningKey;

use super::Settings;
use crate::base::db::migrate::{role_name, schema_name};
use crate::base::i18n::Lang;
use crate::base::kernel::change::differing;
use crate::base::kernel::color::Color;
use crate::base::kernel::id::{OrganizationId, OrganizationNumber};
use crate::base::kernel::money::Currency;

/// What every request of an organization needs to know about it.
#[derive(Debug)]
pub struct Organization {
    pub id: OrganizationId,
    pub number: OrganizationNumber,
    pub slug: String,
    pub name: String,
    pub country: String,
    pub currency: Currency,
    pub locale: Lang,
    pub timezone: Tz,
    /// Where answers to the organization's mails go.
    pub contact_email: String,
    /// Why the installation has suspended it, where it has: it sells and changes nothing, and is not shown.
    pub suspended: Option<String>,
    /// When it ends, where an owner wants it to; it is shut until then.
    pub closes_at: Option<DateTime<Utc>>,
    /// What it says about itself on its public page; plain text.
    pub about: String,
    /// Empty, or where it is on the web.
    pub website: String,
    /// The colour of its public pages.
    pub color: Option<Color>,
    /// The name of its logo among its files.
    pub logo: Option<String>,
    /// Whether members need a second factor to work in it.
    pub require_second_factor: bool,
    pub schema_version: i64,
    pub version: i32,
    /// Signs the organization's tickets.
    pub signing_key: SigningKey,
}

impl Organization {
    /// Whether it sells and is shown to the public.
    pub fn is_open(&self) -> bool {
        self.suspended.is_none() && self.closes_at.is_none()
    }

    /// The settings that would be others, by the names that the API gives them.
    pub(super) fn differing(&self, settings: &Settings) -> Vec<&'static str> {
        differing([
            ("name", self.name != settings.name),
            ("country", self.country != settings.country),
            ("currency", self.currency != settings.currency),
            ("locale", self.locale != settings.locale),
            ("timezone", self.timezone != settings.timezone),
            ("contact_email", self.contact_email != settings.contact_email),
            ("require_second_factor", self.require_second_factor != settings.require_second_factor),
            ("about", self.about != settings.about),
            ("website", self.website != settings.website),
            ("color", self.color != settings.color),
        ])
    }

    /// Where the style sheet with its colour is; another colour has another address.
    pub fn brand_path(&self) -> Option<String> {
        let color = self.color?.code();
        Some(format!("/o/{}/brand.css?color={}", self.slug, color.trim_start_matches('#')))
    }

    /// Where its logo is on the web.
    pub fn logo_path(&self) -> Option<String> {
        let file = self.logo.as_ref()?.rsplit('/').next()?;
        Some(format!("/o/{}/logo/{file}", self.slug))
    }
}

/// Opens one organization's data. Made in `tenancy` alone, from an id, a slug, a link or a job row, never
/// from text that a caller chose as a schema's name.
#[derive(Clone, Debug)]
pub struct TenantScope {
    organization: Arc<Organization>,
    begin: Arc<str>,
}

impl TenantScope {
    pub(super) fn new(organization: Organization, prefix: &str) -> Self {
        let number = organization.number.0;
        let begin = format!(
            "BEGIN; SET LOCAL search_path TO {}, pg_temp; SET LOCAL ROLE {}",
            schema_name(number),
            role_name(prefix, number)
        );
        Self { organization: Arc::new(organization), begin: begin.into() }
    }

    pub fn organization(&self) -> &Organization {
        &self.organization
    }

    pub fn number(&self) -> OrganizationNumber {
        self.organization.number
    }

    pub(in crate::base) fn begin_statement(&self) -> Arc<str> {
        self.begin.clone()
    }
}
