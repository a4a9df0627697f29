//! Which language a visitor gets, from the `Accept-Language` header of the browser.

use super::Lang;

/// The order in which languages are offered to a visitor who has no wish.
const BY_DEFAULT: [Lang; 3] = [Lang::En, Lang::Fr, Lang::Ar];

/// What one entry of the header asks for.
#[derive(Clone, Copy, PartialEq)]
enum Wish {
    Language(Lang),
    Anything,
}

/// The language that the header prefers among those of the product; English when it names none of them.
///
/// Quality values count before position, `q=0` refuses a language, and entries that make no sense are skipped.
pub fn negotiate(accept_language: &str) -> Lang {
    let mut wishes: Vec<(Wish, f32)> = accept_language.split(',').filter_map(read_wish).collect();
    // The sort is stable: among equals the first one named wins.
    wishes.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    let named = |lang: &Lang| wishes.iter().any(|(wish, _)| *wish == Wish::Language(*lang));
    let granted = wishes.iter().filter(|(_, quality)| *quality > 0.0).find_map(|(wish, _)| match wish {
        Wish::Language(lang) => Some(*lang),
        // RFC 9110: the asterisk stands for the languages that the header does not name.
        Wish::Anything => BY_DEFAULT.into_iter().find(|lang| !named(lang)),
    });
    // Nothing fits, and a page must have a language: any but a refused one.
    granted.or_else(|| BY_DEFAULT.into_iter().find(|lang| !named(lang))).unwrap_or_default()
}

fn read_wish(entry: &str) -> Option<(Wish, f32)> {
    let mut parts = entry.split(';').map(str::trim);
    let wish = match parts.next()? {
        "*" => Wish::Anything,
        tag => Wish::Language(Lang::parse(tag)?),
    };
    let quality = match parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q="))) {
        Some(number) => number.trim().parse().ok().filter(|quality| (0.0..=1.0).contains(quality))?,
        None => 1.0,
    };
    Some((wish, quality))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_header_is_read_as_browsers_write_it() {
        let table = [
            ("", Lang::En),
            ("*", Lang::En),
            ("fr", Lang::Fr),
            ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", Lang::Fr),
            ("ar-DZ,fr;q=0.8", Lang::Ar),
            ("AR_dz", Lang::Ar),
            ("en-GB", Lang::En),
            ("de, zh;q=0.5", Lang::En),
            ("de, fr;q=0.5", Lang::Fr),
            ("fr;q=0.1, ar;q=0.9", Lang::Ar),
            ("fr ; q=0.4 , ar; q=0.5", Lang::Ar),
            ("fr;q=0.5, ar;q=0.5", Lang::Fr),
            ("fr;q=0, ar;q=0.1", Lang::Ar),
            ("fr;q=0, *", Lang::En),
            ("en;q=0, *;q=0.5", Lang::Fr),
            ("en;q=0", Lang::Fr),
            ("en;q=0, fr;q=0, ar;q=0", Lang::En),
            ("fr;q=2, ar;q=0.1", Lang::Ar),
            ("fr;q=NaN, ar;q=0.1", Lang::Ar),
            ("fr;q=, ar;q=-1", Lang::En),
            ("xx-invalid-@@, ;;q=1, ,fr;level=1;q=0.2", Lang::Fr),
        ];
        for (header, lang) in table {
            assert_eq!(negotiate(header), lang, "{header:?}");
        }
    }

    proptest! {
        #[test]
        fn no_header_is_fatal(header in any::<String>(), shaped in "[a-z*;=q0-9., -]{0,80}") {
            negotiate(&header);
            negotiate(&shaped);
        }
    }
}
