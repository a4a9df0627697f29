//! Who visits a page: by a session's cookie or as a stranger, in a language that is remembered.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use minijinja::Value;
use poem::http::{StatusCode, header};
use poem::web::cookie::{Cookie, CookieJar, SameSite};
use poem::{FromRequest, Request, RequestBody, Response};
use serde::Serialize;

use super::templates;
use super::{Filled, Form};
use crate::base::i18n::{self, Lang};
use crate::base::identity::{Actor, Auth, Entrance};
use crate::base::kernel::id::SessionId;
use crate::base::kernel::random;
use crate::base::web::{ApiResult, Problem, accepted_language, accepts_encoding};

/// Names the session.
const SESSION: &str = "parvis_session";
/// A random value that the tokens of forms are made of.
const FORMS: &str = "parvis_forms";
const LANGUAGE: &str = "parvis_lang";
/// What the next page says is done.
const FLASH: &str = "parvis_flash";
/// Says that a form was sent a moment ago, perhaps to another process.
const WROTE: &str = "parvis_wrote";
/// Longer than any process remembers how somebody stood before.
const MOMENT: Duration = Duration::from_secs(3);
const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);
const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);

/// What was done on the page before, told once on the next: the text `flash-<key>`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Flash(pub &'static str);

/// Somebody who asks for a page.
pub struct Visitor {
    pub lang: Lang,
    /// Who it is, when logged in.
    pub auth: Option<Auth>,
    pub entrance: Entrance,
    cookies: CookieJar,
    path: String,
    query: String,
    gzip: bool,
    /// When the account ends, in words, where its owner has asked for it.
    ends: Option<String>,
}

/// What surrounds a page.
#[derive(Serialize)]
struct Frame<'a> {
    /// The page's own address with its query, for the way back after a login.
    here: String,
    public_url: &'a str,
    canonical: String,
    languages: Vec<LanguageLink>,
    user: Option<UserLink<'a>>,
    /// The token of the page's forms; made only where somebody is logged in or the page has a form.
    csrf: String,
    /// What a form's button says twice when it is clicked twice.
    key: String,
    flash: Option<String>,
    year: i32,
}

#[derive(Serialize)]
struct LanguageLink {
    code: &'static str,
    dir: &'static str,
    href: String,
    current: bool,
}

#[derive(Serialize)]
struct UserLink<'a> {
    name: String,
    email: &'a str,
    confirmed: bool,
    photo: Option<&'a str>,
    /// Whether there is anything to organize: a membership or a role.
    organizes: bool,
    /// When the account ends, where its owner has asked for it.
    ends: Option<&'a str>,
}

/// A request for a page before it is known who sends it.
pub(super) struct Visit {
    entrance: Entrance,
    cookies: CookieJar,
    path: String,
    query: String,
    gzip: bool,
    accepted: Option<Lang>,
}

impl<'a> FromRequest<'a> for Visitor {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Visit::of(request)?.visitor().await?)
    }
}

impl Visit {
    pub(super) fn of(request: &Request) -> ApiResult<Self> {
        let uri = request.original_uri();
        Ok(Self {
            entrance: request.data::<Entrance>().ok_or_else(Problem::unavailable)?.clone(),
            cookies: request.cookie().clone(),
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            gzip: accepts_encoding(request, "gzip"),
            accepted: accepted_language(request),
        })
    }

    /// Who it is, and the language: the one asked for, else remembered, the account's, the browser's.
    pub(super) async fn visitor(self) -> ApiResult<Visitor> {
        let Self { entrance, cookies, path, query, gzip, accepted } = self;
        let asked = url::form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "lang")
            .and_then(|(_, tag)| Lang::parse(&tag));
        let remembered = cookies.get(LANGUAGE).and_then(|cookie| Lang::parse(cookie.value_str()));
        let visit = match cookies.get(SESSION) {
            Some(cookie) => {
                let anew = cookies.get(WROTE).is_some();
                entrance.identity.visit(cookie.value_str(), anew).await?
            }
            None => None,
        };
        let own = visit.as_ref().map(|visit| visit.actor.locale);
        let lang = asked.or(remembered).or(own).or(accepted).unwrap_or_default();
        let renewed = visit.as_ref().is_some_and(|visit| visit.renewed);
        let auth = visit.map(|visit| Auth {
            actor: visit.actor,
            organization: visit.organization,
            event: None,
            lang,
        });
        let mut visitor = Visitor { lang, auth, entrance, cookies, path, query, gzip, ends: None };
        if let Some(at) = visitor.actor().and_then(|actor| actor.erase_at) {
            visitor.ends = Some(visitor.instant(visitor.zone().await?, at));
        }
        if let Some(asked) = asked.filter(|asked| Some(*asked) != remembered) {
            visitor.remember(LANGUAGE, asked.code(), YEAR);
        }
        if let (true, Some(actor)) = (renewed, visitor.actor()) {
            visitor.remember(SESSION, &visitor.entrance.identity.cookie_of_session(actor.session), WEEK);
        }
        Ok(visitor)
    }
}

impl Visitor {
    fn remember(&self, name: &'static str, value: &str, life: Duration) {
        let mut cookie = Cookie::new_with_str(name, value);
        cookie.set_path("/");
        cookie.set_http_only(true);
        // The return from a payment page must find it.
        cookie.set_same_site(SameSite::Lax);
        cookie.set_secure(self.entrance.public_url.starts_with("https://"));
        cookie.set_max_age(life);
        self.cookies.add(cookie);
    }

    /// The time zone of the organization that one works in, else of the first that one belongs to; without one nobody
    /// knows where they are.
    pub async fn zone(&self) -> ApiResult<Tz> {
        let first = |actor: &Arc<Actor>| {
            let member = actor.memberships.first().map(|(number, _)| *number);
            actor.working_in.or(member).or_else(|| actor.assignments.first().map(|role| role.organization))
        };
        let Some(number) = self.actor().and_then(first) else { return Ok(Tz::UTC) };
        let scope = self.entrance.scope_of_membership(number).await?;
        Ok(scope.map_or(Tz::UTC, |scope| scope.organization().timezone))
    }

    /// An instant as somebody reads it who may be anywhere.
    pub fn instant(&self, zone: Tz, at: DateTime<Utc>) -> String {
        let told = i18n::date_time(self.lang, at, zone);
        if zone == Tz::UTC { format!("{told} UTC") } else { told }
    }

    /// The actor, if somebody is logged in.
    pub fn actor(&self) -> Option<&Arc<Actor>> {
        self.auth.as_ref().map(|auth| &auth.actor)
    }

    /// Somebody who is logged in; others are led to the login and back.
    pub fn member(&self) -> ApiResult<&Auth> {
        self.auth.as_ref().ok_or_else(Problem::unauthenticated)
    }

    /// The page's own address with its query.
    pub fn here(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// The query of the address as it came.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Whether the browser takes gzip.
    pub fn takes_gzip(&self) -> bool {
        self.gzip
    }

    /// Whether the page looks the same for everybody of this language: nobody is logged in, nothing was just done.
    pub fn is_anybody(&self) -> bool {
        self.auth.is_none() && self.cookies.get(FLASH).is_none()
    }

    fn forms_seed(&self) -> Option<String> {
        self.cookies.get(FORMS).map(|cookie| cookie.value_str().to_owned()).filter(|seed| seed.len() >= 20)
    }

    fn token_of(&self, seed: &str) -> String {
        let session = self.actor().map(|actor| actor.session.to_string()).unwrap_or_default();
        self.entrance.keyring.sign("form-token", format!("{seed}/{session}").as_bytes())
    }

    /// The token of the visitor's forms.
    fn token(&self) -> String {
        let seed = self.forms_seed().unwrap_or_else(|| {
            let seed = random::token();
            self.remember(FORMS, &seed, YEAR);
            seed
        });
        self.token_of(&seed)
    }

    /// Whether a form's token is the visitor's own.
    pub(super) fn owns_token(&self, token: &str) -> bool {
        let Some(seed) = self.forms_seed() else { return false };
        subtle::ConstantTimeEq::ct_eq(self.token_of(&seed).as_bytes(), token.as_bytes()).into()
    }

    /// Refuses a request of a script that does not carry the visitor's token in `X-CSRF-Token`.
    pub fn owns_header_token(&self, request: &Request) -> ApiResult<()> {
        let token = request.header("x-csrf-token").unwrap_or_default();
        if self.owns_token(token) { Ok(()) } else { Err(Problem::new(StatusCode::FORBIDDEN, "foreign_form")) }
    }

    /// Has the next page read anew what processes remember: whoever changed something sees it changed, whichever process
    /// answers.
    pub(super) fn writes(&self) {
        self.remember(WROTE, "1", MOMENT);
    }

    /// Keeps a session in this browser.
    pub fn log_in(&self, session: SessionId) {
        self.remember(SESSION, &self.entrance.identity.cookie_of_session(session), WEEK);
        // Tokens that somebody planted before the login are worth nothing after it.
        self.remember(FORMS, &random::token(), YEAR);
    }

    /// Forgets the session in this browser.
    pub fn log_out(&self) {
        self.forget(SESSION);
        self.forget(FORMS);
    }

    fn forget(&self, name: &'static str) {
        self.remember(name, "", Duration::ZERO);
    }

    /// Tells on the next page that something is done.
    pub fn flash(&self, flash: Flash) {
        self.remember(FLASH, flash.0, Duration::from_secs(60));
    }

    /// Keeps what opens one thing, such as an order's secret, for the pages below `path` alone.
    pub fn keep(&self, name: &str, value: &str, path: &str) {
        let mut cookie = Cookie::new_with_str(name, value);
        cookie.set_path(path.to_owned());
        cookie.set_http_only(true);
        cookie.set_same_site(SameSite::Lax);
        cookie.set_secure(self.entrance.public_url.starts_with("https://"));
        cookie.set_max_age(YEAR);
        self.cookies.add(cookie);
    }

    /// What was kept under a name.
    pub fn kept(&self, name: &str) -> Option<String> {
        self.cookies.get(name).map(|cookie| cookie.value_str().to_owned()).filter(|value| !value.is_empty())
    }

    fn frame(&self, forms: bool) -> Frame<'_> {
        let language = |lang: Lang| {
            let pairs = url::form_urlencoded::parse(self.query.as_bytes()).filter(|(name, _)| name != "lang");
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(pairs).append_pair("lang", lang.code());
            LanguageLink {
                code: lang.code(),
                dir: if lang.is_rtl() { "rtl" } else { "ltr" },
                href: format!("{}?{}", self.path, query.finish()),
                current: lang == self.lang,
            }
        };
        let user = self.actor().map(|actor| UserLink {
            name: format!("{} {}", actor.first_name, actor.last_name).trim().to_owned(),
            email: &actor.email,
            confirmed: actor.email_confirmed,
            photo: actor.photo.as_deref(),
            organizes: !actor.memberships.is_empty() || !actor.assignments.is_empty(),
            ends: self.ends.as_deref(),
        });
        let flash = self.kept(FLASH).map(|key| {
            self.forget(FLASH);
            format!("flash-{key}")
        });
        Frame {
            here: self.here(),
            public_url: &self.entrance.public_url,
            canonical: format!("{}{}", self.entrance.public_url, self.path),
            languages: Lang::ALL.into_iter().map(language).collect(),
            csrf: if forms || user.is_some() { self.token() } else { String::new() },
            key: random::code::<20>(),
            user,
            flash: flash.filter(|key| i18n::has(key)).map(|key| i18n::text(self.lang, &key)),
            year: chrono::Datelike::year(&self.entrance.db.clock().now()),
        }
    }

    /// A page from a template of `templates/site`; the context's members and `page`, what surrounds it.
    pub fn page(&self, template: &str, context: Value) -> ApiResult<Response> {
        self.page_with(StatusCode::OK, template, context)
    }

    /// A page whose form has to be sent again.
    pub fn refused(&self, problem: &Problem, template: &str, context: Value) -> ApiResult<Response> {
        self.page_with(problem.status(), template, context)
    }

    /// The page with its form as it was sent, and what is wrong with it. Failures of ours are passed on.
    pub fn again(
        &self,
        problem: Problem,
        template: &str,
        form: &Form,
        context: Value,
    ) -> ApiResult<Response> {
        self.filled_again(problem, template, |problem| Filled::refused(form, problem, self.lang), context)
    }

    /// As [`Self::again`], where more is to be said in the form.
    pub fn filled_again(
        &self,
        problem: Problem,
        template: &str,
        fill: impl FnOnce(&Problem) -> Filled,
        context: Value,
    ) -> ApiResult<Response> {
        if problem.status().is_server_error() {
            return Err(problem);
        }
        let context = minijinja::context! { form => templates::shown(fill(&problem)), ..context };
        let mut response = self.refused(&problem, template, context)?;
        problem.add_headers(&mut response);
        Ok(response)
    }

    /// As [`Self::page`], with a status.
    pub fn page_with(&self, status: StatusCode, template: &str, context: Value) -> ApiResult<Response> {
        let html = self.html(template, context, true)?;
        Ok(Response::builder()
            .status(status)
            .content_type("text/html; charset=utf-8")
            .header(header::CACHE_CONTROL, "private, no-cache")
            .header(header::CONTENT_LANGUAGE, self.lang.code())
            .body(html))
    }

    /// The text of a page. Without `forms` nothing in it belongs to this visitor alone, unless they are logged in.
    pub fn html(&self, template: &str, context: Value, forms: bool) -> ApiResult<String> {
        let frame = templates::shown(self.frame(forms));
        let context = minijinja::context! { page => frame, ..context };
        templates::render(self.lang, template, context)
    }
}
