//! The plain text of a letter, wrapped for terminals and screen readers.

use super::{Block, Letter};
use crate::base::i18n::{Lang, stripped};

/// Lines end here: short enough to survive two levels of quoting in 80 columns.
const WIDTH: usize = 76;

/// Writes a letter as plain text. Addresses stand alone on their line so that every mail program links them.
pub(super) fn render(letter: &Letter) -> String {
    let heading = wrapped(&letter.heading, "");
    let underline = "=".repeat(heading.lines().map(columns).max().unwrap_or_default());
    let mut parts = vec![letter.sender_name.clone(), format!("{heading}\n{underline}")];
    parts.extend(letter.blocks.iter().map(|block| block_text(block, letter.lang)));
    // The signature mark of RFC 3676: mail programs leave what follows out of answers.
    parts.push(format!("-- \n{}", paragraph(&letter.footer)));
    parts.retain(|part| !part.is_empty());
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

fn block_text(block: &Block, lang: Lang) -> String {
    let line = |(label, value): &(String, String)| labelled(lang, label, value);
    match block {
        Block::Paragraph(text) | Block::Note(text) => paragraph(text),
        Block::Day { day, month, title, details } => {
            let mut lines = vec![wrapped(&format!("{day} {month} | {title}"), "")];
            lines.extend(details.iter().map(|detail| wrapped(detail, "")));
            lines.join("\n")
        }
        Block::Facts(facts) => facts.iter().map(line).collect::<Vec<_>>().join("\n"),
        Block::Rows { rows, total } => rows.iter().chain(total).map(line).collect::<Vec<_>>().join("\n"),
        Block::Button { label, url } => link(lang, label, url),
        Block::Links(links) => {
            links.iter().map(|(label, url)| link(lang, label, url)).collect::<Vec<_>>().join("\n\n")
        }
        Block::Code(code) => format!("    {code}"),
    }
}

fn labelled(lang: Lang, label: &str, value: &str) -> String {
    wrapped(&format!("{label}{} {value}", colon(lang)), "  ")
}

fn link(lang: Lang, label: &str, url: &str) -> String {
    format!("{}\n{url}", wrapped(&format!("{label}{}", colon(lang)), ""))
}

/// French sets a narrow no-break space before a colon.
fn colon(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "\u{202f}:",
        Lang::En | Lang::Ar => ":",
    }
}

fn paragraph(text: &str) -> String {
    text.lines().map(|line| wrapped(line, "")).collect::<Vec<_>>().join("\n")
}

/// Breaks at ordinary spaces only: amounts and hours keep their no-break spaces, long addresses stay whole.
fn wrapped(text: &str, indent_of_next_lines: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        if !line.trim().is_empty() && columns(&line) + 1 + columns(word) > WIDTH {
            lines.push(std::mem::replace(&mut line, indent_of_next_lines.to_owned()));
        }
        if !line.trim().is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines.join("\n")
}

/// How wide a text stands, marks of direction not counted.
fn columns(text: &str) -> usize {
    stripped(text).chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_label_keeps_its_language_and_its_next_lines_are_indented() {
        assert_eq!(labelled(Lang::Fr, "Total", "24,00\u{a0}€"), "Total\u{202f}: 24,00\u{a0}€");
        let where_to = labelled(Lang::En, "Where", &"Saint Stephen's Cathedral ".repeat(5));
        assert!(where_to.lines().skip(1).all(|line| line.starts_with("  ")), "{where_to}");
        assert!(where_to.lines().all(|line| columns(line) <= WIDTH));
    }

    #[test]
    fn an_address_is_never_broken() {
        let url = format!("https://parvis.example/orders/{}", "0".repeat(100));
        let block = Block::Button { label: "See".into(), url: url.clone() };
        assert!(block_text(&block, Lang::En).lines().any(|line| line == url));
    }

    proptest! {
        #[test]
        fn wrapping_loses_no_word(words in prop::collection::vec("[a-zé€]{1,20}", 0..60)) {
            let text = wrapped(&words.join(" "), "  ");
            prop_assert!(text.lines().all(|line| columns(line) <= WIDTH));
            prop_assert_eq!(text.split_whitespace().collect::<Vec<_>>(), words);
        }
    }
}
