//! Rules for texts that people type: e-mail addresses, slugs, names.

/// An e-mail address as it is compared and stored: trimmed, lower case. `None` when it is no address.
///
/// Accepts what RFC 5321 delivers to in practice: no quoted local part, no address literal.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let (local, domain) = text.rsplit_once('@')?;
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"()<>[]:;,\\\"@".contains(c);
    let local_fine = (1..=64).contains(&local.len())
        && local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let label_fine = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let domain_fine = domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label_fine);
    (local_fine && domain_fine).then_some(text)
}

/// Marks that have no width, such as those that turn the direction of what is copied.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Whether a text shows nothing: white space, and marks that have no width.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c))
}

/// The zeros of the scripts that people type numbers in; nine digits follow each (Unicode, general category Nd).
const ZEROS: [char; 38] = [
    '٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '෦', '๐', '໐', '༠', '၀', '႐', '០', '᠐', '᥆',
    '᧐', '᪀', '᪐', '᭐', '᮰', '᱀', '᱐', '꘠', '꣐', '꤀', '꧐', '꧰', '꩐', '꯰', '０', '𝟎', '𞥐',
];

/// A digit of whatever script as one of `0` to `9`; everything else as it is.
pub fn plain_digit(c: char) -> char {
    let value = |zero: char| u32::from(c).checked_sub(u32::from(zero)).filter(|value| *value < 10);
    let value = if c.is_ascii() { None } else { ZEROS.into_iter().find_map(value) };
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

/// A telephone number as it is kept: with plain digits and spaces, grouped as it was typed. `None` when it is none:
/// it has `least` to 20 digits, and besides them only `+`, spaces and `( ) . - /`. What is empty stays so.
pub fn phone(text: &str, least: usize) -> Option<String> {
    let plain = |c: char| if c.is_whitespace() { ' ' } else { plain_digit(c) };
    let kept: String = text.trim().chars().filter(|c| !is_invisible(*c)).map(plain).collect();
    let kept = kept.trim();
    let digits = kept.bytes().filter(u8::is_ascii_digit).count();
    let written = kept.chars().all(|c| c.is_ascii_digit() || "+ ().-/".contains(c));
    (kept.is_empty() || (written && (least..=20).contains(&digits))).then(|| kept.to_owned())
}

/// Whether it is the address of a page on the web: no other scheme is ever made a link of.
pub fn is_web_address(text: &str) -> bool {
    let parsed = url::Url::parse(text);
    parsed.is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some())
}

/// Turns a name into the readable part of an address: lower-case Latin letters, digits and single hyphens.
/// Accents are dropped; a name without a Latin letter or digit gives an empty slug.
pub fn slugify(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'a'..='z' | '0'..='9' => Some(c),
            'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => Some('a'),
            'ç' => Some('c'),
            'è' | 'é' | 'ê' | 'ë' => Some('e'),
            'ì' | 'í' | 'î' | 'ï' => Some('i'),
            'ñ' => Some('n'),
            'ò' | 'ó' | 'ô' | 'ö' | 'õ' | 'ø' => Some('o'),
            'ù' | 'ú' | 'û' | 'ü' => Some('u'),
            'ý' | 'ÿ' => Some('y'),
            'œ' => Some('o'),
            'æ' => Some('a'),
            'ß' => Some('s'),
            '’' | '\'' => None,
            _ => Some('-'),
        };
        match plain {
            Some('-') if slug.is_empty() || slug.ends_with('-') => {}
            Some(c) if slug.len() < 60 => slug.push(c),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Whether a typed slug may be used as it stands: 3 to 60 lower-case letters, digits and inner hyphens.
pub fn is_slug(text: &str) -> bool {
    (3..=60).contains(&text.len()) && slugify(text) == text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_in_lower_case() {
        assert_eq!(email(" Nadia.B@Example.ORG ").as_deref(), Some("nadia.b@example.org"));
        for wrong in
            ["", "a", "a@b", "@b.c", "a@", "a b@c.d", "a@b..c", "a@-b.c", "a\n@b.c", "<a@b.c>", ".a@b.c"]
        {
            assert_eq!(email(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn phones_are_kept_as_they_were_grouped() {
        let kept = |text| phone(text, 6);
        assert_eq!(kept("+213 (0)555.12-34/56").as_deref(), Some("+213 (0)555.12-34/56"));
        assert_eq!(kept(" ٠٦ ١٢ ٣٤ ٥٦ ٧٨ ").as_deref(), Some("06 12 34 56 78"));
        assert_eq!(kept("\u{202a}+۳۳\u{a0}۱۲۳۴۵۶\u{202c}").as_deref(), Some("+33 123456"));
        assert_eq!(kept("  ").as_deref(), Some(""));
        for wrong in ["abc", "☎", "12345", "012345678901234567890", "123456 ext", "+(.)", "1234567;8"] {
            assert_eq!(kept(wrong), None, "{wrong:?}");
        }
        assert_eq!(phone("112", 3).as_deref(), Some("112"));
    }

    #[test]
    fn digits_of_every_script_are_digits() {
        let plain = |text: &str| text.chars().map(plain_digit).collect::<String>();
        assert_eq!(plain("٠١٩ ۰۱۹ ०९ ０９ 09 a٪"), "019 019 09 09 09 a٪");
        assert!(ZEROS.iter().all(|zero| zero.is_numeric() && plain_digit(*zero) == '0'));
    }

    #[test]
    fn slugs_are_readable() {
        assert_eq!(slugify("Fête de l’Été — Oran 2026!"), "fete-de-lete-oran-2026");
        assert_eq!(slugify("حفل"), "");
        assert!(
            is_slug("tech-summit")
                && !is_slug("Tech")
                && !is_slug("a--b")
                && !is_slug("-ab")
                && !is_slug("ab")
        );
    }

    #[test]
    fn what_shows_nothing_is_blank() {
        for blank in ["", "  ", "\u{200b}", "\u{feff} \u{200f}", "\u{a0}"] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for shown in ["a", "قاعة\u{200f}", "-", "\u{200d}👩"] {
            assert!(!is_blank(shown), "{shown:?}");
        }
    }
}
