//! The installation's secret and the keys derived from it.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::random;

/// A text that must not be printed.
#[derive(Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself; call it as late as possible.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// Derives a key of its own for every purpose from the installation's secret.
#[derive(Clone)]
pub struct Keyring(Secret);

impl Keyring {
    pub fn new(secret: Secret) -> Self {
        Self(secret)
    }

    /// The key for one purpose: HMAC-SHA256 of the purpose under the installation's secret.
    pub fn key(&self, purpose: &str) -> [u8; 32] {
        authenticate(self.0.expose().as_bytes(), &[b"parvis/", purpose.as_bytes()])
    }

    /// A text that only this installation can make for this message, for links without a stored secret.
    pub fn sign(&self, purpose: &str, message: &[u8]) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.mac(purpose, message))
    }

    /// Whether `signature` is what [`Self::sign`] gives, compared in constant time.
    pub fn verify(&self, purpose: &str, message: &[u8], signature: &str) -> bool {
        subtle::ConstantTimeEq::ct_eq(self.sign(purpose, message).as_bytes(), signature.as_bytes()).into()
    }

    /// A keyed hash, for looking up personal data without storing it.
    pub fn mac(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        authenticate(&self.key(purpose), &[message])
    }

    /// Encrypts `plain` for storage; `context` (owner and name) must be the same when opening.
    pub fn seal(&self, context: &str, plain: &[u8]) -> Option<Vec<u8>> {
        let nonce = random::bytes::<24>();
        let payload = Payload { msg: plain, aad: context.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Self::seal`] made; `None` when it was changed or belongs to another context.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, body) = sealed.split_first_chunk::<24>()?;
        self.cipher().decrypt(&XNonce::from(*nonce), Payload { msg: body, aad: context.as_bytes() }).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.key("seal").into())
    }
}

fn authenticate(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of any length; the error branch cannot be reached and yields an unusable key.
    let Ok(mut mac) = <Hmac<Sha256> as hmac::digest::KeyInit>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_in_its_context() {
        let ring = Keyring::new(Secret::new("s"));
        let sealed = ring.seal("1/key", b"plain").unwrap();
        assert_eq!(ring.open("1/key", &sealed).as_deref(), Some(b"plain".as_slice()));
        assert_eq!(ring.open("2/key", &sealed), None);
        assert_eq!(ring.open("1/key", sealed.get(..20).unwrap()), None);
    }

    #[test]
    fn signatures_depend_on_purpose_and_message() {
        let ring = Keyring::new(Secret::new("s"));
        let signature = ring.sign("order", b"1");
        assert!(ring.verify("order", b"1", &signature));
        assert!(!ring.verify("order", b"2", &signature));
        assert!(!ring.verify("file", b"1", &signature));
        assert!(!Keyring::new(Secret::new("t")).verify("order", b"1", &signature));
    }

    #[test]
    fn secrets_do_not_print() {
        assert_eq!(format!("{:?}", Secret::new("hush")), "[secret]");
    }
}
