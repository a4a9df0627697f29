//! The list of what is wrong with a form names each field as its label does.
//!
//! The list stands above the fields, so it is written before any label is known: it leaves a mark in each line, and the
//! finished page tells what the label says. A form needs to do nothing for it, and no label is written down twice.

use crate::base::i18n::{self, Lang};

/// What a line begins with, before the id of its field.
const MARK: &str = "<!--of ";
const MARK_END: &str = "-->";

/// Puts the label of its field in place of each mark; nothing where the page has no label for it.
pub(super) fn name_fields(lang: Lang, html: String) -> String {
    if !html.contains(MARK) {
        return html;
    }
    let mut parts = html.split(MARK);
    let mut named = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (id, rest) = part.split_once(MARK_END).unwrap_or(("", part));
        if let Some(label) = label_of(&html, id) {
            named.extend([label.as_str(), &i18n::text(lang, "form-summary-colon"), " "]);
        }
        named.push_str(rest);
    }
    named
}

/// The words of the label or, for several fields, of the legend; without what is said of every optional field.
fn label_of(html: &str, id: &str) -> Option<String> {
    let by_label =
        || html.split_once(&format!(" for=\"{id}\">")).and_then(|(_, rest)| rest.split_once("</label>"));
    let by_legend = || {
        let (before, rest) = html.split_once(&format!(" id=\"{id}\""))?;
        // The id is a fieldset's own.
        before.rsplit_once('<').filter(|(_, tag)| tag.starts_with("fieldset"))?;
        let (_, legend) = rest.split_once("<legend")?;
        legend.split_once('>')?.1.split_once("</legend>")
    };
    let (label, _) = by_label().or_else(by_legend)?;
    let label = label.split("<span class=\"muted\"").next().unwrap_or(label);
    let words = words(label);
    let words = words.trim().trim_end_matches([':', '\u{a0}']).trim();
    (!words.is_empty()).then(|| words.to_owned())
}

/// What is left without the tags; what was escaped stays so.
fn words(html: &str) -> String {
    html.split('<').enumerate().fold(String::new(), |words, (index, part)| {
        let text = if index == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) };
        words + text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str) -> String {
        format!("<li><a href=\"#{id}\">{MARK}{id}{MARK_END}Please fill this in</a></li>")
    }

    fn named(id: &str, field: &str) -> String {
        let page = name_fields(Lang::Fr, format!("{}{field}", line(id)));
        page.split_once("</a>").unwrap().0.rsplit_once("\">").unwrap().1.to_owned()
    }

    #[test]
    fn a_line_names_its_field_as_the_label_does() {
        let label = "<label class=\"label\" for=\"f-name\">Nom <bdi>R&amp;D</bdi> \
            <span class=\"muted\">(facultatif)</span></label>";
        assert_eq!(named("f-name", label), "Nom R&amp;D\u{a0}: Please fill this in");
        let group = "<p><input id=\"f-x\"></p><fieldset class=\"a\" id=\"f-scopes\"><legend class=\"vh\">Droits</legend>";
        assert_eq!(named("f-scopes", group), "Droits\u{a0}: Please fill this in");
    }

    #[test]
    fn without_a_label_the_line_says_what_is_wrong_alone() {
        for page in
            ["", "<input id=\"f-a\"><fieldset><legend>Other</legend>", "<label for=\"f-ab\">Other</label>"]
        {
            assert_eq!(named("f-a", page), "Please fill this in");
        }
        assert_eq!(name_fields(Lang::En, "<p>a</p>".into()), "<p>a</p>");
    }
}
