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

/// Whether a text shows nothing: white space, and marks that have no width.
pub fn is_blank(text: &str) -> bool {
    let invisible = |c: char| {
        matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.chars().all(|c| c.is_whitespace() || c.is_control() || invisible(c))
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
