//! Tokens: short access tokens that name session, organization and event; rotating refresh tokens; links in
//! mails. All are signed with keys of the installation, so none has to be stored.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::base::kernel::id::{AccountId, EventId, OrganizationId, SessionId};
use crate::base::kernel::secret::Keyring;

/// How long an access token is good for.
pub const ACCESS_LIFE: Duration = Duration::minutes(15);
/// How long the token is good that only chooses an event.
pub const TEMPORARY_LIFE: Duration = Duration::minutes(10);
/// How long a session lives without being refreshed.
pub const SESSION_LIFE: Duration = Duration::days(7);

/// What a token may be used for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    Access,
    /// Only to choose an event after a login.
    SelectEvent,
}

/// The content of an access token.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    pub sub: AccountId,
    pub sid: SessionId,
    #[serde(rename = "use")]
    pub purpose: Use,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<OrganizationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<EventId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    pub iat: i64,
    pub exp: i64,
    aud: String,
}

impl Claims {
    pub fn new(account: AccountId, session: SessionId, purpose: Use, now: DateTime<Utc>) -> Self {
        let life = if purpose == Use::Access { ACCESS_LIFE } else { TEMPORARY_LIFE };
        Self {
            sub: account,
            sid: session,
            purpose,
            org: None,
            event: None,
            role: None,
            iat: now.timestamp(),
            exp: (now + life).timestamp(),
            aud: "parvis".into(),
        }
    }
}

/// Signs and reads tokens.
#[derive(Clone)]
pub struct Tokens {
    keyring: Keyring,
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl Tokens {
    pub fn new(keyring: Keyring) -> Self {
        let key = keyring.key("access-token");
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&["parvis"]);
        // Checked against the application's clock below.
        validation.validate_exp = false;
        Self {
            encoding: EncodingKey::from_secret(&key),
            decoding: DecodingKey::from_secret(&key),
            validation,
            keyring,
        }
    }

    /// What everything here is signed with.
    pub(super) fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// The signed form. `None` only if signing itself fails.
    pub fn write(&self, claims: &Claims) -> Option<String> {
        encode(&Header::default(), claims, &self.encoding).ok()
    }

    /// The content of a token of ours that has not run out.
    pub fn read(&self, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let claims = decode::<Claims>(token, &self.decoding, &self.validation).ok()?.claims;
        (claims.exp > now.timestamp()).then_some(claims)
    }

    /// The refresh token with this number of a session.
    pub fn refresh(&self, session: SessionId, serial: i32) -> String {
        let mut message = session.uuid().as_bytes().to_vec();
        message.extend(serial.to_be_bytes());
        format!(
            "{}.{}",
            BASE64_URL_SAFE_NO_PAD.encode(&message),
            self.keyring.sign("refresh-token", &message)
        )
    }

    /// The session and number of a refresh token of ours.
    pub fn read_refresh(&self, token: &str) -> Option<(SessionId, i32)> {
        let (message, signature) = token.split_once('.')?;
        let message = BASE64_URL_SAFE_NO_PAD.decode(message).ok()?;
        if !self.keyring.verify("refresh-token", &message, signature) {
            return None;
        }
        let (session, serial) = message.split_first_chunk::<16>()?;
        let serial = i32::from_be_bytes(serial.try_into().ok()?);
        Some((SessionId::from(Uuid::from_bytes(*session)), serial))
    }

    /// What a browser keeps of a session. It derives from the session, so nothing is stored; it ends with it.
    pub fn cookie(&self, session: SessionId) -> String {
        let id = session.uuid();
        format!(
            "{}.{}",
            BASE64_URL_SAFE_NO_PAD.encode(id.as_bytes()),
            self.keyring.sign("session-cookie", id.as_bytes())
        )
    }

    /// The session of a cookie of ours.
    pub fn read_cookie(&self, cookie: &str) -> Option<SessionId> {
        let (id, signature) = cookie.split_once('.')?;
        let id: [u8; 16] = BASE64_URL_SAFE_NO_PAD.decode(id).ok()?.try_into().ok()?;
        self.keyring.verify("session-cookie", &id, signature).then(|| SessionId::from(Uuid::from_bytes(id)))
    }

    /// A token for a link in a mail: works until `expires`, and only while `state` is what it was. With the
    /// password's hash as the state a reset works once, for it changes the hash.
    pub fn link(&self, purpose: &str, id: Uuid, expires: DateTime<Utc>, state: &str) -> String {
        let mut head = id.as_bytes().to_vec();
        head.extend(expires.timestamp().to_be_bytes());
        let signature = self.keyring.sign(purpose, &[head.as_slice(), state.as_bytes()].concat());
        format!("{}.{signature}", BASE64_URL_SAFE_NO_PAD.encode(&head))
    }

    /// The id in a link's token, unverified: look its state up, then ask [`Self::link_holds`].
    pub fn link_id(&self, token: &str) -> Option<Uuid> {
        Some(Self::link_head(token)?.0)
    }

    /// Whether a link's token is ours, in time and its state unchanged.
    pub fn link_holds(&self, purpose: &str, token: &str, state: &str, now: DateTime<Utc>) -> bool {
        let Some((id, expires)) = Self::link_head(token) else { return false };
        expires > now
            && subtle::ConstantTimeEq::ct_eq(
                self.link(purpose, id, expires, state).as_bytes(),
                token.as_bytes(),
            )
            .into()
    }

    fn link_head(token: &str) -> Option<(Uuid, DateTime<Utc>)> {
        let (head, _) = token.split_once('.')?;
        let head = BASE64_URL_SAFE_NO_PAD.decode(head).ok()?;
        let (id, expires) = head.split_first_chunk::<16>()?;
        let expires = i64::from_be_bytes(expires.try_into().ok()?);
        Some((Uuid::from_bytes(*id), DateTime::from_timestamp(expires, 0)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::kernel::id::OrganizationNumber;
    use crate::base::kernel::secret::Secret;

    fn tokens() -> Tokens {
        Tokens::new(Keyring::new(Secret::new("0123456789abcdef0123456789abcdef")))
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn an_access_token_runs_out() {
        let (account, session) = (
            AccountId::new(at(0), OrganizationNumber::PLATFORM),
            SessionId::new(at(0), OrganizationNumber::PLATFORM),
        );
        let token = tokens().write(&Claims::new(account, session, Use::Access, at(1000))).unwrap();
        assert_eq!(tokens().read(&token, at(1000 + 899)).unwrap().sub, account);
        assert!(tokens().read(&token, at(1000 + 900)).is_none());
        assert!(tokens().read(&format!("{token}x"), at(1000)).is_none());
        let other = Tokens::new(Keyring::new(Secret::new("another")));
        assert!(other.read(&token, at(1000)).is_none());
    }

    #[test]
    fn a_refresh_token_tells_session_and_number() {
        let session = SessionId::new(at(0), OrganizationNumber::PLATFORM);
        let token = tokens().refresh(session, 7);
        assert_eq!(tokens().read_refresh(&token), Some((session, 7)));
        assert_eq!(tokens().read_refresh(&token.replacen('A', "B", 1)), None);
        assert_eq!(tokens().read_refresh("x"), None);
    }

    #[test]
    fn a_cookie_tells_its_session_and_no_other() {
        let session = SessionId::new(at(0), OrganizationNumber::PLATFORM);
        let cookie = tokens().cookie(session);
        assert_eq!(tokens().read_cookie(&cookie), Some(session));
        assert_eq!(tokens().read_cookie(&cookie.replacen('A', "B", 1)), None);
        assert_eq!(tokens().read_cookie(""), None);
    }

    #[test]
    fn a_link_works_in_time_and_while_its_state_lasts() {
        let id = Uuid::from_u128(5);
        let token = tokens().link("reset", id, at(100), "hash");
        assert_eq!(tokens().link_id(&token), Some(id));
        assert!(tokens().link_holds("reset", &token, "hash", at(99)));
        assert!(!tokens().link_holds("reset", &token, "hash", at(100)));
        assert!(!tokens().link_holds("reset", &token, "other", at(99)));
        assert!(!tokens().link_holds("confirm", &token, "hash", at(99)));
        assert!(!tokens().link_holds("reset", "..", "hash", at(99)));
    }
}
