//! The API of invitations to private events.

use chrono::{DateTime, Utc};
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::model::{Guest, State};
use super::repo::Filter;
use super::service;
use crate::base::i18n::Lang;
use crate::base::identity::{Auth, Can, Entrance, ManageSales, ReadSales};
use crate::base::kernel::id::{EventId, GuestId};
use crate::base::kernel::text;
use crate::base::tenancy::TenantScope;
use crate::base::web::{
    ApiResult, Checks, Email, Input, Key, ListQuery, Listing, LocaleText, PageNumber, PageSize, Problem,
    Rate, Tags, checked_paging,
};

/// Invitations to private events.
pub struct GuestsApi {
    entrance: Entrance,
}

/// Who is to be invited.
#[derive(Object)]
#[oai(example)]
struct GuestsInput {
    /// Each gets a mail with a link of their own. Who is invited already gets none.
    #[oai(validator(min_items = 1, max_items = 200))]
    emails: Vec<Email>,
    /// `fr`, `en` or `ar`: the language of the mails; the event's unless given.
    locale: Option<LocaleText>,
}

impl Example for GuestsInput {
    fn example() -> Self {
        let emails = vec![Email("nadia@example.org".into()), Email("karim@example.org".into())];
        Self { emails, locale: Some("fr".into()) }
    }
}

/// Somebody who is invited. Their link is in their mail alone.
#[derive(Object)]
#[oai(rename = "EventInvitation")]
struct GuestView {
    id: GuestId,
    email: String,
    /// The language of the mail.
    locale: String,
    /// waiting (the mail is on its way), sent, opened, ordered or revoked.
    state: String,
    /// Orders placed with the link that were paid.
    orders: i64,
    created_at: DateTime<Utc>,
    #[oai(nullable)]
    sent_at: Option<DateTime<Utc>>,
    /// When the link was first used.
    #[oai(nullable)]
    opened_at: Option<DateTime<Utc>>,
    #[oai(nullable)]
    revoked_at: Option<DateTime<Utc>>,
}

impl From<Guest> for GuestView {
    fn from(guest: Guest) -> Self {
        Self {
            id: guest.id,
            state: guest.state().code().to_owned(),
            email: guest.email,
            locale: guest.locale.code().to_owned(),
            orders: guest.orders,
            created_at: guest.created_at,
            sent_at: guest.sent_at,
            opened_at: guest.opened_at,
            revoked_at: guest.revoked_at,
        }
    }
}

/// How many mails go out.
#[derive(Object)]
struct GuestsInvited {
    /// People who were not invited yet.
    invited: i64,
}

#[derive(ApiResponse)]
enum Invited {
    #[oai(status = 201)]
    Ok(Json<GuestsInvited>),
}

impl GuestsApi {
    pub fn new(entrance: Entrance) -> Self {
        Self { entrance }
    }

    /// The right to change an invitation, which its event gives.
    async fn of_guest(&self, auth: &Auth, id: GuestId) -> ApiResult<(TenantScope, Can<ManageSales>)> {
        let scope = self.entrance.scope(id).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let event = service::event_of(&mut tx, id).await?.ok_or_else(Problem::not_found)?;
        drop(tx);
        Ok((scope, self.entrance.identity.permit(&auth.actor, event).await?))
    }
}

#[OpenApi(tag = "Tags::Events")]
impl GuestsApi {
    /// Who is invited to a private event, the newest first.
    #[oai(path = "/events/:id/invitations", method = "get", operation_id = "list_event_invitations")]
    async fn list(
        &self,
        auth: Auth,
        id: Path<EventId>,
        /// waiting, sent, opened, ordered or revoked.
        #[oai(validator(max_length = 40))]
        state: Query<Option<String>>,
        /// Part of an address.
        #[oai(validator(max_length = 100))]
        search: Query<Option<String>>,
        page: PageNumber,
        page_size: PageSize,
        query: ListQuery,
    ) -> ApiResult<Json<Listing<GuestView>>> {
        let (scope, can) = self.entrance.event::<ReadSales>(&auth, id.0).await?;
        let mut checks = Checks::default();
        let request = checked_paging(page, page_size, &mut checks);
        let state = state.0.filter(|code| !code.is_empty());
        let state = state.and_then(|code| checks.some(State::parse(&code), "state", "unknown_choice"));
        checks.done()?;
        let filter = Filter { search: search.0.filter(|text| !text.trim().is_empty()), state };
        let mut tx = self.entrance.tenant(&scope).await?;
        let page = service::list(&mut tx, &can, &filter, request).await?;
        Ok(Json(Listing::new(page, &query, GuestView::from)))
    }

    /// Invite people to a private event by mail, each with a link of their own.
    #[oai(path = "/events/:id/invitations", method = "post", operation_id = "invite_guests")]
    async fn invite(
        &self,
        auth: Auth,
        id: Path<EventId>,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<GuestsInput>,
    ) -> ApiResult<Invited> {
        let (scope, can) = self.entrance.event::<ManageSales>(&auth, id.0).await?;
        self.entrance.limiter.spend(Rate::SignUp, &format!("guests/{}", can.by()))?;
        let key = key.of(auth.actor.account, &body.raw);
        let GuestsInput { emails, locale } = body.value()?;
        let mut checks = Checks::default();
        let mut wanted = Vec::new();
        for (index, email) in emails.iter().enumerate() {
            let email = checks.some(text::email(&email.0), &format!("emails/{index}"), "email");
            wanted.extend(email.filter(|email| !wanted.contains(email)));
        }
        let locale = locale.and_then(|tag| checks.some(Lang::parse(&tag), "locale", "unknown_choice"));
        checks.done()?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let invited = service::invite(&mut tx, can, &wanted, locale, key.as_ref()).await?;
        tx.commit().await?;
        Ok(Invited::Ok(Json(GuestsInvited { invited: i64::try_from(invited).unwrap_or(i64::MAX) })))
    }

    /// Send an invitation's mail again.
    #[oai(path = "/event-invitations/:id/resend", method = "post", operation_id = "resend_event_invitation")]
    async fn resend(
        &self,
        auth: Auth,
        id: Path<GuestId>,
        #[oai(name = "Idempotency-Key")] key: Key,
    ) -> ApiResult<Json<GuestView>> {
        let (scope, can) = self.of_guest(&auth, id.0).await?;
        self.entrance.limiter.spend(Rate::Letter, &format!("guest/{}", id.0))?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let key = key.of(auth.actor.account, &[]);
        let guest = service::resend(&mut tx, &can, id.0, key.as_ref()).await?;
        tx.commit().await?;
        Ok(Json(guest.into()))
    }

    /// Take an invitation back: its link opens nothing any more. What was ordered with it stays.
    #[oai(path = "/event-invitations/:id/revoke", method = "post", operation_id = "revoke_event_invitation")]
    async fn revoke(
        &self,
        auth: Auth,
        id: Path<GuestId>,
        #[oai(name = "Idempotency-Key")] key: Key,
    ) -> ApiResult<Json<GuestView>> {
        let (scope, can) = self.of_guest(&auth, id.0).await?;
        let mut tx = self.entrance.tenant(&scope).await?;
        let key = key.of(auth.actor.account, &[]);
        let guest = service::revoke(&mut tx, &can, id.0, key.as_ref()).await?;
        tx.commit().await?;
        Ok(Json(guest.into()))
    }
}
