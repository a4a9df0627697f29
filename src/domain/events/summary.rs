//! The first words of a description, as plain text.

/// How long a summary is, in characters.
const LENGTH: usize = 300;

/// The beginning of a Markdown text without its marks, cut between words.
pub(super) fn summary(markdown: &str) -> String {
    plain(markdown, LENGTH)
}

/// As [`summary`], with so many characters.
pub(super) fn plain(markdown: &str, length: usize) -> String {
    let mut words = String::new();
    for line in markdown.lines() {
        let line = without_marks(strip_block_mark(line.trim()));
        for word in line.split_whitespace() {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        }
    }
    cut(&words, length)
}

/// Headings, quotes, list items and rules begin with their mark.
fn strip_block_mark(line: &str) -> &str {
    let stripped = line.trim_start_matches(['#', '>']).trim_start();
    if stripped.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | ' ')) {
        return "";
    }
    ["- ", "* ", "+ "].into_iter().find_map(|mark| stripped.strip_prefix(mark)).unwrap_or(stripped)
}

/// Drops emphasis, code marks, tags and the addresses of links and images.
fn without_marks(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        let within_word = plain.chars().last().is_some_and(char::is_alphanumeric)
            && next.is_some_and(char::is_alphanumeric);
        // An image is a link with a mark before it.
        if c == '!' && next == Some('[') {
            continue;
        }
        match c {
            ']' if next == Some('(') => {
                rest.by_ref().find(|c| *c == ')');
            }
            '<' if next.is_some_and(|c| c.is_ascii_alphabetic() || c == '/') => {
                rest.by_ref().find(|c| *c == '>');
            }
            '\\' => plain.extend(rest.next()),
            '_' if within_word => plain.push(c),
            '*' | '`' | '[' | ']' | '_' => {}
            c if c.is_control() => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}

fn cut(text: &str, length: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(length) else { return text.to_owned() };
    let head = text.get(..end).unwrap_or_default();
    let whole = head.rsplit_once(' ').map_or(head, |(whole, _)| whole);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_markdown_disappear() {
        let text = "# Grand **Salon**\n\nVenez _nombreux_ : [plan](https://x.example/a_b) ![](logo.png)\n\n---\n- un\n- deux\n<b>gras</b> 3 < 4 a_b";
        assert_eq!(summary(text), "Grand Salon Venez nombreux : plan un deux gras 3 < 4 a_b");
        assert_eq!(summary(""), "");
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        let text = "été ".repeat(200);
        let short = summary(&text);
        assert!(short.chars().count() <= LENGTH + 1 && short.ends_with("été…"), "{short}");
        assert_eq!(summary(&"x".repeat(400)).chars().count(), LENGTH + 1);
    }
}
