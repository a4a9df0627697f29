//! What the embedded fonts can draw: a character without a glyph would print as an empty box.

use typst::text::Font;

use super::pdf::fonts;

/// Where a run of letters may break when it is longer than any word: e-mail addresses, "aaaaa…".
const BREAK: char = '\u{200b}';
const LONGEST_WORD: usize = 26;
const PIECE: usize = 8;

/// `text` without the characters that no font of ours can draw.
///
/// A letter of an unknown script becomes `?`, so that the reader sees that something is missing; an emoji and the
/// joiners around it disappear. Control characters become spaces (line breaks stay), and a run of letters longer than
/// any word may break. A text of which nothing is left is `?`.
pub fn displayable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut dropped = false;
    for letter in text.chars() {
        match replacement(letter) {
            // A joiner has nothing left to join.
            Some('\u{200d}') if dropped => {}
            // What stood on both sides of a dropped character must not leave two spaces.
            Some(' ') if dropped && (shown.is_empty() || shown.ends_with(' ')) => {}
            Some(letter) => {
                shown.push(letter);
                dropped = false;
            }
            None => dropped = true,
        }
    }
    if dropped {
        shown.truncate(shown.trim_end().len());
    }
    if shown.trim().is_empty() && !text.trim().is_empty() {
        return "?".to_owned();
    }
    breakable(&shown)
}

fn replacement(letter: char) -> Option<char> {
    match letter {
        '\n' => Some('\n'),
        '\r' | '\u{fe00}'..='\u{fe0f}' | '\u{20e3}' => None,
        _ if letter.is_control() || letter == '\u{2028}' || letter == '\u{2029}' => Some(' '),
        _ if letter.is_whitespace() || drawable(letter) => Some(letter),
        _ if letter.is_alphanumeric() => Some('?'),
        _ => None,
    }
}

fn drawable(letter: char) -> bool {
    let covers = |font: &Font| font.info().coverage.contains(u32::from(letter));
    letter.is_ascii_graphic() || fonts().iter().any(covers)
}

/// Gives words that no line can hold places to break, never before a mark that belongs to its letter.
fn breakable(text: &str) -> String {
    let mut broken = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        if word.chars().count() <= LONGEST_WORD {
            broken.push_str(word);
            continue;
        }
        let mut since = 0;
        for letter in word.chars() {
            if since >= PIECE && letter.is_alphanumeric() {
                broken.push(BREAK);
                since = 0;
            }
            broken.push(letter);
            since += 1;
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_fonts_can_draw_stays_as_it_is() {
        for text in [
            "Éloïse Çağlar, œuvre n° 2 — « l’été » 24,00 €",
            "Đỗ Thị Bích, Łukasz Żółw, Ştefan Țuțu",
            "Ελένη Παπαδοπούλου, Наталія Ґонтар",
            "Ɛli Uɣilas, Tiẓi Wezzu",
            "محمد بن عبد الله (لؤي حلّاق)، 2500,00 د.ج",
            "↔ 20 h 30 → 23 h ₽ ₺ ₿",
            "★ Rock ♥",
            "ⵣⵉⵔⵉ ⴰⵎⴰⵣⵉⵖ, דוד, Արամ, გიორგი, สมชาย",
            "line\nline",
            "",
        ] {
            assert_eq!(displayable(text), text);
        }
    }

    #[test]
    fn what_they_cannot_is_dropped_or_marked() {
        assert_eq!(displayable("Fête 🎉 d’été"), "Fête d’été");
        assert_eq!(displayable("🎉🎉 Fête 🎶\u{fe0f}"), "Fête");
        assert_eq!(displayable("👩\u{200d}🚀 Zoé"), "Zoé".to_owned());
        assert_eq!(displayable("漢字 Tanaka"), "?? Tanaka");
        assert_eq!(displayable("🎉"), "?");
        assert_eq!(displayable("a\u{0}b\tc\r\nd"), "a b c\nd");
    }

    #[test]
    fn only_words_beyond_any_word_may_break() {
        let word = "anticonstitutionnellement";
        assert_eq!(displayable(word), word);
        let long = displayable(&"x".repeat(300));
        assert_eq!(long.chars().filter(|c| *c == 'x').count(), 300);
        assert!(long.split(BREAK).all(|piece| piece.len() <= PIECE));
    }
}
