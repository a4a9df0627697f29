//! Randomness from the operating system, for ids, codes and secrets.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

/// Letters and digits that nobody confuses: no O/0, I/1.
const CODE_ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// `N` random bytes. Without randomness no secret is safe, so the process ends instead of going on.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if getrandom::fill(&mut bytes).is_err() {
        tracing::error!("the operating system gives no random bytes");
        std::process::abort();
    }
    bytes
}

/// A secret of 256 bits as URL-safe text, for links and tokens.
pub fn token() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes::<32>())
}

/// A code of `N` characters that people can read aloud.
pub fn code<const N: usize>() -> String {
    bytes::<N>()
        .iter()
        .filter_map(|byte| CODE_ALPHABET.get(usize::from(byte % 32)))
        .map(|c| char::from(*c))
        .collect()
}
