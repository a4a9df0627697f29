//! Codes of a second factor (RFC 6238: SHA-1, six digits, thirty seconds, as every app knows it), and the codes
//! for whoever has lost the device that makes them.

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use totp_rs::{Algorithm, Builder, Totp};

use crate::base::kernel::{random, text};

/// How many recovery codes there are.
pub(super) const RECOVERY_CODES: usize = 10;
/// The letters of one recovery code: 50 bits, so that a keyed hash is enough to keep it.
const RECOVERY_LETTERS: usize = 10;
const DIGITS: u8 = 6;
/// Seconds that a code lasts; the one before and the one after are taken too, for clocks differ.
const STEP: u64 = 30;
const SKEW: u16 = 1;
/// Who the codes are for, as apps show it.
const ISSUER: &str = "Parvis";

/// Wrong codes in a row before none is looked at for a while.
const FREE_TRIES: i32 = 5;
/// The longest wait after a wrong code, in minutes.
const LONGEST_WAIT: i64 = 60;

/// A key that nobody has had before.
pub(super) fn new_key() -> [u8; 20] {
    random::bytes()
}

fn totp(key: [u8; 20]) -> Totp {
    let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(DIGITS).with_skew(SKEW);
    builder.with_step_duration(STEP).with_secret(key).build_noncompliant()
}

/// The step that a code belongs to, if it is one of now.
pub(super) fn step_of(key: &[u8], code: &str, now: DateTime<Utc>) -> Option<i64> {
    let seconds = u64::try_from(now.timestamp()).ok()?;
    i64::try_from(totp(key.try_into().ok()?).check(code, seconds)?).ok()
}

/// The key as somebody types it into an app that cannot read the picture.
pub(super) fn shown_key(key: &[u8]) -> String {
    BASE32_NOPAD.encode(key)
}

/// What the picture says to an app.
pub(super) fn address(key: &[u8], email: &str) -> String {
    let label: String = url::form_urlencoded::byte_serialize(email.as_bytes()).collect();
    // A plus sign means a space in forms alone.
    let label = label.replace('+', "%20");
    let key = shown_key(key);
    format!(
        "otpauth://totp/{ISSUER}:{label}?secret={key}&issuer={ISSUER}&algorithm=SHA1&digits={DIGITS}&period={STEP}"
    )
}

/// What somebody typed, as it is compared: apps group digits, people write small letters and the digits of their script.
pub(super) fn typed(code: &str) -> String {
    let plain = code.chars().map(text::plain_digit).filter(char::is_ascii_alphanumeric);
    plain.map(|c| c.to_ascii_uppercase()).collect()
}

/// Whether what was typed can only be a code of the app.
pub(super) fn is_of_app(typed: &str) -> bool {
    typed.len() == usize::from(DIGITS) && typed.bytes().all(|b| b.is_ascii_digit())
}

/// A recovery code, in two groups.
pub(super) fn recovery_code() -> String {
    let code = random::code::<RECOVERY_LETTERS>();
    let (first, second) = code.split_at(RECOVERY_LETTERS / 2);
    format!("{first}-{second}")
}

/// How many minutes no code is looked at after so many wrong ones in a row: a guess an hour is one chance in a
/// thousand in two weeks.
pub(super) fn wait_after(failures: i32) -> Option<i64> {
    let over = failures.checked_sub(FREE_TRIES).filter(|over| *over >= 0)?;
    Some(1_i64.checked_shl(over.unsigned_abs().min(10)).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT))
}

/// Whether this wrong code is the one after which somebody has to be told.
pub(super) fn tells(failures: i32) -> bool {
    failures == FREE_TRIES
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, of whose eight digits apps show the last six.
        let key = b"12345678901234567890";
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(step_of(key, code, at(seconds)), Some(seconds / 30));
        }
        assert_eq!(step_of(key, "287083", at(59)), None);
        assert_eq!(step_of(key, "", at(59)), None);
    }

    #[test]
    fn a_code_lasts_a_step_before_and_after() {
        let key = new_key();
        let code = totp(key).generate(3000).to_string();
        for (seconds, fine) in [(2969, false), (2970, true), (3000, true), (3059, true), (3060, false)] {
            assert_eq!(step_of(&key, &code, at(seconds)).is_some(), fine, "{seconds}");
        }
    }

    #[test]
    fn an_app_reads_who_it_is_for() {
        assert_eq!(
            address(b"12345678901234567890", "nadia+x@example.org"),
            "otpauth://totp/Parvis:nadia%2Bx%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Parvis&algorithm=SHA1&digits=6&period=30"
        );
    }

    #[test]
    fn codes_are_read_as_people_write_them() {
        assert_eq!(typed(" 123 456 "), "123456");
        assert_eq!(typed("abcde-fghjk"), "ABCDEFGHJK");
        assert_eq!(typed("١٢٣ ٤٥٦"), "123456");
        assert_eq!(typed("۱۲۳\u{a0}۴۵۶"), "123456");
        assert_eq!(typed("ab٢de-fg۳jk"), "AB2DEFG3JK");
        assert!(is_of_app("123456") && !is_of_app("ABCDEF") && !is_of_app("12345"));
        let code = recovery_code();
        assert_eq!((code.len(), typed(&code).len()), (11, 10));
    }

    #[test]
    fn guessing_takes_ever_longer() {
        let waits: Vec<_> = (0..14).map(wait_after).collect();
        assert_eq!(waits[..5], [None; 5]);
        assert_eq!(waits[5..], [1, 2, 4, 8, 16, 32, 60, 60, 60].map(Some));
        assert_eq!(wait_after(i32::MAX), Some(60));
    }
}
