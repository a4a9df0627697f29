//! The API of accounts and sessions.

use std::sync::Arc;

use poem::Request;
use poem_openapi::param::Header;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};

use super::auth::{Auth, ChoosingAuth, Entrance, Person};
use super::dto::{
    Address, Credentials, EventChoice, LinkToken, LoggedIn, MyEvents, NewPassword, OrganizationChoice,
    PasswordChange, RefreshToken, Registered, Registration, Tokens, User,
};
use super::entry::Entry;
use super::photo_form::{ProfileBody, ProfileChangeBody};
use super::profile::Profile;
use super::sessions::SessionKind;
use super::{AccountRow, EventCards, password, photo};
use crate::base::db::IdempotencyKey;
use crate::base::files::Files;
use crate::base::kernel::text;
use crate::base::kernel::version::Expected;
use crate::base::web::{
    ApiResult, IfMatch, Input, Key, ListQuery, Listing, PageNumber, PageSize, Rate, Tags, Uploaded,
    accepted_language, etag, paging,
};

/// Accounts, sessions, profile.
pub struct IdentityApi {
    entrance: Entrance,
    entry: Entry,
    files: Files,
}

#[derive(ApiResponse)]
enum Created {
    #[oai(status = 201)]
    Ok(Json<Registered>),
}

#[derive(ApiResponse)]
enum Done {
    /// Done; there is nothing to tell.
    #[oai(status = 204)]
    Ok,
}

#[derive(ApiResponse)]
enum UserFound {
    #[oai(status = 200)]
    Ok(Json<User>, #[oai(header = "ETag")] String),
}

impl UserFound {
    fn new(row: &AccountRow, public_url: &str) -> Self {
        Self::Ok(Json(User::new(row, public_url)), etag(row.version))
    }
}

impl IdentityApi {
    pub fn new(entrance: Entrance, cards: Arc<dyn EventCards>, files: Files) -> Self {
        Self { entry: Entry { entrance: entrance.clone(), cards }, entrance, files }
    }
}

impl IdentityApi {
    async fn new_password(&self, auth: &Auth, body: Input<PasswordChange>) -> ApiResult<Done> {
        self.entrance.limiter.spend(Rate::LoginAccount, &auth.actor.account.to_string())?;
        let change = body.value()?;
        let identity = &self.entrance.identity;
        identity.change_password(&auth.actor, &change.old_password, &change.new_password).await?;
        Ok(Done::Ok)
    }
}

impl IdentityApi {
    /// Stores what changes, and the photo that came with it.
    async fn save_profile(
        &self,
        auth: &Auth,
        mut change: Profile,
        photo: Uploaded,
        expected: &Expected,
        key: Option<&IdempotencyKey>,
    ) -> ApiResult<UserFound> {
        let account = auth.actor.account;
        if !matches!(photo, Uploaded::Nothing) {
            self.entrance.limiter.spend(Rate::Upload, &account.to_string())?;
        }
        if let Some(made) = photo::received(photo).await? {
            photo::keep(&self.files, account.uuid(), &made).await?;
            change.photo = Some(made.name);
        }
        let (row, before) = self.entrance.identity.change_profile(account, change, expected, key).await?;
        if before != row.photo {
            photo::forget(&self.files, row.id, &before).await;
        }
        Ok(UserFound::new(&row, &self.entrance.public_url))
    }
}

#[OpenApi(prefix_path = "/auth", tag = "Tags::Identity")]
impl IdentityApi {
    /// Sign up. A mail confirms the address; the answer does not tell whether the address had an account.
    #[oai(path = "/register", method = "post", operation_id = "register_account")]
    async fn register(
        &self,
        request: &Request,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<Registration>,
    ) -> ApiResult<Created> {
        self.entrance.limiter.spend_address(Rate::SignUp, request)?;
        let key = key.of(None, &body.raw);
        let new = body.value()?.account(accepted_language(request).unwrap_or_default())?;
        let row = self.entrance.identity.register(new, key.as_ref()).await?;
        Ok(Created::Ok(Json(Registered {
            id: row.id.to_string(),
            username: row.email.clone(),
            email: row.email,
            first_name: row.first_name,
            last_name: row.last_name,
        })))
    }

    /// Confirm an e-mail address with the token of the mail.
    #[oai(path = "/confirm", method = "post", operation_id = "confirm_email")]
    async fn confirm(
        &self,
        request: &Request,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<LinkToken>,
    ) -> ApiResult<Json<User>> {
        self.entrance.limiter.spend_address(Rate::Login, request)?;
        let key = key.of(None, &body.raw);
        let row = self.entrance.identity.confirm_email(&body.value()?.token, key.as_ref()).await?;
        Ok(Json(User::new(&row, &self.entrance.public_url)))
    }

    /// Send the mail that confirms the address again.
    #[oai(path = "/confirm/resend", method = "post", operation_id = "resend_confirmation")]
    async fn resend(&self, auth: Person, #[oai(name = "Idempotency-Key")] key: Key) -> ApiResult<Done> {
        self.entrance.limiter.spend(Rate::Letter, &format!("confirm/{}", auth.actor.account))?;
        let key = key.of(auth.actor.account, &[]);
        self.entrance.identity.send_confirmation(auth.actor.account, key.as_ref()).await?;
        Ok(Done::Ok)
    }

    /// Log in. An unknown address and a wrong password are not told apart.
    #[oai(path = "/login", method = "post", operation_id = "log_in")]
    async fn login(
        &self,
        request: &Request,
        #[oai(name = "User-Agent")] agent: Header<Option<String>>,
        body: Input<Credentials>,
    ) -> ApiResult<Json<LoggedIn>> {
        let credentials = body.value()?;
        let email = credentials.email.trim().to_lowercase();
        self.entrance.limiter.spend_address(Rate::Login, request)?;
        self.entrance.limiter.spend(Rate::LoginAccount, &email)?;
        let agent = agent.0.unwrap_or_default();
        let login =
            self.entrance.identity.login(&email, &credentials.password, &agent, SessionKind::App).await?;
        Ok(Json(self.entry.opened(login, credentials.event_id).await?))
    }

    /// New tokens for a refresh token, which is spent.
    #[oai(path = "/refresh", method = "post", operation_id = "refresh_token")]
    async fn refresh(&self, body: Input<RefreshToken>) -> ApiResult<Json<Tokens>> {
        Ok(Json(self.entry.renewed(&body.value()?.refresh).await?.into()))
    }

    /// End the session.
    #[oai(path = "/logout", method = "post", operation_id = "log_out")]
    async fn logout(&self, auth: Person) -> ApiResult<Done> {
        self.entrance.identity.logout(&auth.actor).await?;
        Ok(Done::Ok)
    }

    /// Ask for a mail with a link that sets a new password. The answer is the same for every address.
    #[oai(path = "/password-reset/request", method = "post", operation_id = "request_password_reset")]
    async fn request_reset(
        &self,
        request: &Request,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<Address>,
    ) -> ApiResult<Done> {
        self.entrance.limiter.spend_address(Rate::SignUp, request)?;
        let key = key.of(None, &body.raw);
        if let Some(email) = text::email(&body.value()?.email) {
            self.entrance.limiter.spend(Rate::Letter, &format!("reset/{email}"))?;
            self.entrance.identity.request_reset(&email, key.as_ref()).await?;
        }
        Ok(Done::Ok)
    }

    /// Set a new password with the token of the mail. Every session ends.
    #[oai(path = "/password-reset/confirm", method = "post", operation_id = "reset_password")]
    async fn reset(&self, request: &Request, body: Input<NewPassword>) -> ApiResult<Done> {
        self.entrance.limiter.spend_address(Rate::Login, request)?;
        let new = body.value()?;
        self.entrance.identity.reset_password(&new.token, &new.new_password).await?;
        Ok(Done::Ok)
    }

    /// Change the password. The other sessions end.
    #[oai(path = "/change-password", method = "post", operation_id = "change_password")]
    async fn change_password(&self, auth: Person, body: Input<PasswordChange>) -> ApiResult<Done> {
        self.new_password(&auth, body).await
    }

    /// Change the password. The other sessions end.
    #[oai(path = "/password/change", method = "put", operation_id = "replace_password")]
    async fn replace_password(&self, auth: Person, body: Input<PasswordChange>) -> ApiResult<Done> {
        self.new_password(&auth, body).await
    }

    /// Whoever is logged in.
    #[oai(path = "/profile", method = "get", operation_id = "get_profile")]
    async fn profile(&self, auth: Person) -> ApiResult<UserFound> {
        let row = self.entrance.identity.account(auth.actor.account).await?;
        Ok(UserFound::new(&row, &self.entrance.public_url))
    }

    /// Whoever is logged in.
    #[oai(path = "/me", method = "get", operation_id = "get_me")]
    async fn me(&self, auth: Person) -> ApiResult<UserFound> {
        self.profile(auth).await
    }

    /// Whoever is logged in.
    #[oai(path = "/user", method = "get", operation_id = "get_user")]
    async fn user(&self, auth: Person) -> ApiResult<UserFound> {
        self.profile(auth).await
    }

    /// Replace one's own names, phone and language: a phone that is left out is emptied. A form may bring a `photo`; without
    /// one the photo stays.
    #[oai(path = "/profile", method = "put", operation_id = "replace_profile")]
    async fn replace_profile(
        &self,
        auth: Person,
        #[oai(name = "If-Match")] if_match: IfMatch,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: ProfileBody,
    ) -> ApiResult<UserFound> {
        let (body, photo) = body.open();
        let key = key.of(auth.actor.account, &body.raw);
        let (mut change, checks) = body.open();
        change.phone.get_or_insert_default();
        self.save_profile(&auth, change.profile(checks)?, photo, &if_match.0, key.as_ref()).await
    }

    /// Change one's own names, phone or language, and with a form one's `photo` (JPEG, PNG or WebP, at most 10 MB). With `If-Match` only if they were not changed elsewhere.
    #[oai(path = "/profile", method = "patch", operation_id = "change_profile")]
    async fn change_profile(
        &self,
        auth: Person,
        #[oai(name = "If-Match")] if_match: IfMatch,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: ProfileChangeBody,
    ) -> ApiResult<UserFound> {
        let (body, photo) = body.open();
        let key = key.of(auth.actor.account, &body.raw);
        let (change, checks) = body.open();
        self.save_profile(&auth, change.profile(checks)?, photo, &if_match.0, key.as_ref()).await
    }

    /// Show no photo any more. What is not there is gone already.
    #[oai(path = "/profile/photo", method = "delete", operation_id = "delete_profile_photo")]
    async fn delete_photo(
        &self,
        auth: Person,
        #[oai(name = "If-Match")] if_match: IfMatch,
        #[oai(name = "Idempotency-Key")] key: Key,
    ) -> ApiResult<UserFound> {
        let key = key.of(auth.actor.account, &[]);
        let change = Profile { photo: Some(String::new()), ..Profile::default() };
        self.save_profile(&auth, change, Uploaded::Nothing, &if_match.0, key.as_ref()).await
    }

    /// Work in another organization; the tokens name it.
    #[oai(path = "/select-organization", method = "post", operation_id = "select_organization")]
    async fn select_organization(
        &self,
        auth: Person,
        body: Input<OrganizationChoice>,
    ) -> ApiResult<Json<Tokens>> {
        let pair =
            self.entrance.identity.select_organization(&auth.actor, body.value()?.organization).await?;
        Ok(Json(pair.into()))
    }

    /// Choose the event to work in, with the `temp_token` of a login. It is taken once; afterwards it answers as one that has
    /// run out.
    #[oai(path = "/select-event", method = "post", operation_id = "select_event")]
    async fn select_event(&self, auth: ChoosingAuth, body: Input<EventChoice>) -> ApiResult<Json<LoggedIn>> {
        let event = body.value()?.event_id;
        let (actor, entry) = (&auth.auth.actor, &self.entry);
        if auth.once {
            return Ok(Json(entry.choose_event(actor, event).await?));
        }
        Ok(Json(entry.in_event(actor, event).await?))
    }

    /// Work in another event; the tokens name it.
    #[oai(path = "/switch-event", method = "post", operation_id = "switch_event")]
    async fn switch_event(&self, auth: Person, body: Input<EventChoice>) -> ApiResult<Json<LoggedIn>> {
        Ok(Json(self.entry.in_event(&auth.actor, body.value()?.event_id).await?))
    }

    /// One's events: those one has a role in, those of organizations that one runs, and those one has a ticket to, as their
    /// participant.
    #[oai(path = "/my-events", method = "get", operation_id = "list_my_events")]
    async fn my_events(
        &self,
        auth: Person,
        page: PageNumber,
        page_size: PageSize,
        query: ListQuery,
    ) -> ApiResult<Json<MyEvents>> {
        let page = self.entry.my_events(&auth.actor, auth.event, paging(page, page_size)?).await?;
        let list = Listing::new(page, &query, |event| event);
        Ok(Json(MyEvents {
            count: list.count,
            next: list.next,
            previous: list.previous,
            results: list.results,
            current_event_id: auth.event,
        }))
    }
}

const _: () = assert!(password::SHORTEST == 8 && password::LONGEST == 128, "as the document says");
