//! What a search means: its words as the index knows them, and what a mistyped word was meant to be.

/// More words than anybody types; each costs a look into the index.
pub(super) const MOST_WORDS: usize = 12;
/// How many mistyped words of a search are looked after.
pub(super) const MOST_MISTYPED: usize = 3;

/// Words that say nothing alone; they are left out where others say more.
const SMALL: [&str; 50] = [
    "l", "d", "s", "c", "n", "j", "le", "la", "les", "un", "une", "des", "du", "de", "et", "a", "au", "aux",
    "en", "dans", "pour", "par", "sur", "avec", "ou", "chez", "the", "an", "of", "and", "in", "on", "at",
    "for", "to", "with", "or", "by", "from", "في", "من", "علي", "الي", "عن", "مع", "و", "او", "الذي", "التي",
    "هذا",
];

/// A word of a search.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Word {
    /// As it was typed.
    pub typed: String,
    /// As the index writes it: folded.
    pub folded: String,
    /// What is left of it without endings, in the languages that it may be of.
    pub stems: Vec<String>,
    /// Whether some listing has a word that begins so.
    pub known: bool,
}

/// The text of a search as the words that it was typed in. Signs part words and vanish, but for marks on letters,
/// which neither part nor make words.
pub(super) fn typed(search: &str) -> Vec<String> {
    let bare: String = search.chars().filter(|c| !is_mark(*c)).collect();
    let words = bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(MOST_WORDS).map(|word| word.chars().take(60).collect()).collect()
}

/// Accents written on their own, Arabic vowel signs and tatweel.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{640}' | '\u{670}')
}

/// The words that count: without the small ones, unless there is nothing else. The last one may be the beginning
/// of any word, so it counts.
pub(super) fn that_count(words: Vec<Word>) -> Vec<Word> {
    let telling: Vec<Word> =
        words.iter().filter(|word| !SMALL.contains(&word.folded.as_str())).cloned().collect();
    if telling.is_empty() { words } else { telling }
}

impl Word {
    /// Whether it can be a typing mistake: numbers and the shortest words cannot.
    pub(super) fn may_be_mistyped(&self) -> bool {
        let length = self.folded.chars().count();
        !self.known && (3..=30).contains(&length) && self.folded.chars().all(char::is_alphabetic)
    }

    /// The question whether any listing has it, if only by its stem.
    pub(super) fn query(&self) -> String {
        query(std::slice::from_ref(self), ":*")
    }
}

/// A question for the index (`tsquery`): each word as it stands, as beginnings with `:*`, or by a stem of it.
fn query(words: &[Word], suffix: &str) -> String {
    let quoted = |word: &str| format!("'{}'", word.replace('\\', "\\\\").replace('\'', "''"));
    let one = |word: &Word| {
        let mut ways = vec![quoted(&word.folded) + suffix];
        for stem in &word.stems {
            let way = quoted(stem);
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        format!("({})", ways.join(" | "))
    };
    words.iter().map(one).collect::<Vec<_>>().join(" & ")
}

/// The questions that a search asks.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Questions {
    /// All words as beginnings, or by their stems.
    pub beginnings: String,
    /// All words whole.
    pub whole: String,
}

impl Questions {
    /// None when there is nothing to look for, which finds nothing.
    pub(super) fn of(words: &[Word]) -> Option<Self> {
        (!words.is_empty()).then(|| Self { beginnings: query(words, ":*"), whole: query(words, "") })
    }
}

/// A word of the listings that looks like a mistyped one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Candidate {
    pub term: String,
    /// In how many listings it stands.
    pub listings: i32,
}

/// The word with each two neighbours the other way round: of a short one that was typed so, too little is left to look
/// like it.
pub(super) fn crossed(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let swapped = |at: usize| {
        let mut other = letters.clone();
        other.swap(at, at + 1);
        other.into_iter().collect::<String>()
    };
    (0..letters.len().saturating_sub(1)).map(swapped).filter(|other| other != word).collect()
}

/// What was probably meant: the fewest slips away, the most used among equals; none when all are too far.
pub(super) fn meant(word: &str, candidates: &[Candidate]) -> Option<String> {
    let most = match word.chars().count() {
        0..=5 => 1,
        6..=8 => 2,
        _ => 3,
    };
    let bare = |term: &str| term.strip_prefix("ال").map(str::to_owned);
    let near = candidates.iter().filter_map(|candidate| {
        // The article of an Arabic word is no mistake.
        let with_article = slips(word, &candidate.term);
        let slips = bare(&candidate.term).map_or(with_article, |bare| with_article.min(slips(word, &bare)));
        (slips <= most).then_some((slips, -candidate.listings, &candidate.term))
    });
    near.min().map(|(_, _, term)| term.clone())
}

/// How many slips lie between two words: a letter too many, too few, another one, or two that changed places
/// (optimal string alignment).
fn slips(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    let at = |rows: &[Vec<usize>], i: usize, j: usize| {
        rows.get(i).and_then(|row| row.get(j)).copied().unwrap_or(usize::MAX / 2)
    };
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let same = usize::from(a != b);
            let left = row.last().copied().unwrap_or_default() + 1;
            let mut best = (at(&rows, i, j) + same).min(at(&rows, i, j + 1) + 1).min(left);
            let crossed = i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if crossed {
                best = best.min(at(&rows, i - 1, j - 1) + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    at(&rows, one.len(), other.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(folded: &str, stems: &[&str]) -> Word {
        let stems = stems.iter().map(ToString::to_string).collect();
        Word { typed: folded.into(), folded: folded.into(), stems, known: false }
    }

    #[test]
    fn a_search_is_words_and_nothing_else() {
        assert_eq!(typed("  Fête d'été & (jazz|!rock):* "), ["Fête", "d", "été", "jazz", "rock"]);
        assert_eq!(typed("مُؤتمر"), ["مؤتمر"]);
        assert!(typed("ـــ !! 🎉").is_empty());
        assert_eq!(typed(&"a ".repeat(50)).len(), MOST_WORDS);
        assert_eq!(typed(&"é".repeat(500))[0].chars().count(), 60);
    }

    #[test]
    fn small_words_count_where_there_is_nothing_else() {
        let words = |all: &[&str]| all.iter().map(|text| word(text, &[])).collect::<Vec<_>>();
        let left = |all: &[&str]| that_count(words(all)).into_iter().map(|w| w.folded).collect::<Vec<_>>();
        assert_eq!(left(&["fete", "de", "la", "musique"]), ["fete", "musique"]);
        assert_eq!(left(&["on", "the", "a"]), ["on", "the", "a"]);
    }

    #[test]
    fn questions_quote_what_they_ask_for() {
        let asked = Questions::of(&[word("fetes", &["fet", "fetes"]), word("a'b\\", &[])]).unwrap();
        assert_eq!(asked.beginnings, r"('fetes':* | 'fet' | 'fetes') & ('a''b\\':*)");
        assert_eq!(asked.whole, r"('fetes' | 'fet') & ('a''b\\')");
        assert_eq!(Questions::of(&[]), None);
    }

    #[test]
    fn fingers_cross_two_neighbours() {
        assert_eq!(crossed("jeudi"), ["ejudi", "juedi", "jedui", "jeuid"]);
        assert_eq!(crossed("aab"), ["aba"]);
        assert!(crossed("").is_empty() && crossed("é").is_empty());
    }

    #[test]
    fn slips_are_counted_as_fingers_make_them() {
        for (one, other, count) in [
            ("concert", "concert", 0),
            ("concrt", "concert", 1),
            ("cnocert", "concert", 1),
            ("concertt", "concert", 1),
            ("konsert", "concert", 2),
            ("", "abc", 3),
            ("abc", "", 3),
            ("مهرجن", "مهرجان", 1),
            ("ca", "abc", 3),
        ] {
            assert_eq!(slips(one, other), count, "{one} {other}");
            assert_eq!(slips(other, one), count, "{other} {one}");
        }
    }

    #[test]
    fn the_nearest_word_was_meant_and_the_most_used_of_equals() {
        let candidates = |all: &[(&str, i32)]| {
            all.iter()
                .map(|(term, listings)| Candidate { term: (*term).into(), listings: *listings })
                .collect::<Vec<_>>()
        };
        let among = candidates(&[("concret", 3), ("concert", 900), ("concours", 9000)]);
        assert_eq!(meant("concrt", &among).as_deref(), Some("concert"));
        assert_eq!(meant("jaz", &candidates(&[("jazz", 1), ("gaz", 1)])).as_deref(), Some("gaz"));
        assert_eq!(meant("موسقي", &candidates(&[("الموسيقي", 1)])).as_deref(), Some("الموسيقي"));
        assert_eq!(meant("bal", &candidates(&[("marché", 5)])), None);
        assert_eq!(meant("x", &[]), None);
    }

    #[test]
    fn numbers_and_short_words_are_no_mistakes() {
        assert!(word("concrt", &[]).may_be_mistyped());
        for right in ["ab", "2026", "b2b", &"x".repeat(31)] {
            assert!(!word(right, &[]).may_be_mistyped(), "{right}");
        }
        assert!(!Word { known: true, ..word("concert", &[]) }.may_be_mistyped());
    }
}
