//! A letter as a list of blocks, rendered twice, so that its HTML and its plain text always say the same.

use std::sync::LazyLock;

use minijinja::{Environment, UndefinedBehavior, Value, context, syntax::SyntaxConfig};
use url::Url;

use super::plain;
use crate::base::i18n::Lang;

/// The name ends in `.html`: this is what switches escaping on.
const TEMPLATE: &str = "mail/letter.html";

static TEMPLATES: LazyLock<Result<Environment<'static>, minijinja::Error>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_template(TEMPLATE, include_str!("../../../templates/mail/letter.html"))?;
    Ok(environment)
});

/// What a mail says, independent of how it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    pub lang: Lang,
    pub subject: String,
    /// The line that inboxes show after the subject; empty for none.
    pub preheader: String,
    pub heading: String,
    pub blocks: Vec<Block>,
    /// Whose letter this is, on top of the page: an organization, or Parvis itself.
    pub sender_name: String,
    /// Why the reader gets this letter, below the page.
    pub footer: String,
}

/// A part of a letter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// Running text; a line break in it is kept.
    Paragraph(String),
    /// A day on a calendar leaf, and what happens then.
    Day { day: String, month: String, title: String, details: Vec<String> },
    /// Labels and values: when, where, order.
    Facts(Vec<(String, String)>),
    /// Things and their amounts, with their sum.
    Rows { rows: Vec<(String, String)>, total: Option<(String, String)> },
    /// The one thing to do next.
    Button { label: String, url: String },
    /// Several places to go to, as labels and addresses.
    Links(Vec<(String, String)>),
    /// A code to copy or to read aloud.
    Code(String),
    /// What is good to know, set apart.
    Note(String),
}

/// Why a letter cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// What follows the address after a question mark may be a secret, and is not told.
    #[error("a link leads to {:?}, which is neither http nor https", .0.split('?').next().unwrap_or_default())]
    Link(String),
    #[error("the template of letters failed: {0}")]
    Template(String),
}

impl Letter {
    /// The letter as one self-contained HTML page: no script, no remote image.
    pub fn html(&self) -> Result<String, LetterError> {
        let failed = |error: &minijinja::Error| LetterError::Template(format!("{error:#}"));
        let environment = TEMPLATES.as_ref().map_err(failed)?;
        let blocks = self.blocks.iter().map(Block::context).collect::<Result<Vec<_>, _>>()?;
        let (direction, start, end) =
            if self.lang.is_rtl() { ("rtl", "right", "left") } else { ("ltr", "left", "right") };
        let context = context! {
            lang => self.lang.code(), direction, start, end,
            subject => self.subject.as_str(),
            preheader => self.preheader.as_str(),
            heading => self.heading.as_str(),
            sender_name => self.sender_name.as_str(),
            footer => lines(&self.footer),
            blocks,
        };
        environment.get_template(TEMPLATE).and_then(|letter| letter.render(context)).map_err(|e| failed(&e))
    }

    /// The letter as plain text that stands alone: every amount, code and address of the HTML is in it.
    pub fn text(&self) -> String {
        plain::render(self)
    }
}

impl Block {
    fn context(&self) -> Result<Value, LetterError> {
        Ok(match self {
            Self::Paragraph(text) => context! { kind => "paragraph", lines => lines(text) },
            Self::Day { day, month, title, details } => context! {
                kind => "day", day => day.as_str(), month => month.as_str(), title => title.as_str(),
                details => details.clone(),
            },
            Self::Facts(facts) => context! { kind => "facts", rows => pairs(facts) },
            Self::Rows { rows, total } => context! {
                kind => "rows", rows => pairs(rows), totals => pairs(total.as_slice()),
            },
            Self::Button { label, url } => {
                context! { kind => "button", label => label.as_str(), href => href(url)? }
            }
            Self::Links(links) => {
                let link = |(label, url): &(String, String)| {
                    href(url).map(|href| context! { label => label.as_str(), href })
                };
                context! { kind => "links", links => links.iter().map(link).collect::<Result<Vec<_>, _>>()? }
            }
            Self::Code(code) => context! { kind => "code", code => code.as_str() },
            Self::Note(text) => context! { kind => "note", lines => lines(text) },
        })
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

fn pairs(pairs: &[(String, String)]) -> Vec<Vec<String>> {
    pairs.iter().map(|(label, value)| vec![label.clone(), value.clone()]).collect()
}

/// A link that is safe inside a double-quoted `href`: `javascript:` and its like never reach a mailbox.
///
/// Escaped here because the template engine also rewrites every `/`, which link checkers and people who read the
/// source stumble over. Parsing leaves neither quotes nor angle brackets in a web address.
fn href(link: &str) -> Result<Value, LetterError> {
    let refused = || LetterError::Link(link.to_owned());
    let url = Url::parse(link).map_err(|_| refused())?;
    if !matches!(url.scheme(), "http" | "https")
        || link.contains(|c: char| c.is_whitespace() || c.is_control())
    {
        return Err(refused());
    }
    let escaped =
        url.as_str().replace('&', "&amp;").replace('"', "%22").replace('<', "%3C").replace('>', "%3E");
    Ok(Value::from_safe_string(escaped))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(lang: Lang, blocks: Vec<Block>) -> Letter {
        Letter {
            lang,
            subject: "Subject <s>".into(),
            preheader: "Preheader".into(),
            heading: "A <b>heading</b>".into(),
            blocks,
            sender_name: "Tom & Jerry".into(),
            footer: "Line one\nLine two".into(),
        }
    }

    fn every_block() -> Vec<Block> {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        vec![
            Block::Paragraph("<script>alert(1)</script>".into()),
            Block::Day {
                day: "12".into(),
                month: "Dec".into(),
                title: "Organ night".into(),
                details: vec!["At 20:30".into()],
            },
            Block::Facts(vec![pair("Order", "\"7K4W\"")]),
            Block::Rows {
                rows: vec![pair("Full price", "€24.00")], total: Some(pair("Total", "€24.01"))
            },
            Block::Button { label: "See it".into(), url: "https://parvis.example/orders/1?a=b&c=d".into() },
            Block::Links(vec![pair("Another <order>", "https://parvis.example/orders/2?x=1")]),
            Block::Code("7K4W-Q2MH".into()),
            Block::Note("Keep it".into()),
        ]
    }

    #[test]
    fn html_escapes_what_people_wrote() {
        let html = letter(Lang::En, every_block()).html().unwrap();
        assert!(html.contains("&lt;script&gt;") && !html.contains("<script"));
        assert!(html.contains("A &lt;b&gt;heading") && html.contains("Tom &amp; Jerry"));
        assert!(html.contains("&quot;7K4W&quot;"));
        assert!(html.contains(r#"href="https://parvis.example/orders/1?a=b&amp;c=d""#));
    }

    #[test]
    fn html_loads_nothing_from_elsewhere() {
        let html = letter(Lang::En, every_block()).html().unwrap();
        for remote in ["<img", "<link", "@import", "url(", "src="] {
            assert!(!html.contains(remote), "{remote}");
        }
    }

    #[test]
    fn text_says_all_that_html_says() {
        let letter = letter(Lang::En, every_block());
        let text = letter.text();
        for said in [
            "Tom & Jerry",
            "A <b>heading</b>",
            "12 Dec",
            "Organ night",
            "At 20:30",
            "Order: \"7K4W\"",
            "Full price: €24.00",
            "Total: €24.01",
            "See it:\nhttps://parvis.example/orders/1?a=b&c=d\n",
            "Another <order>:\nhttps://parvis.example/orders/2?x=1\n",
            "7K4W-Q2MH",
            "Keep it",
            "Line two",
        ] {
            assert!(text.contains(said), "{said:?} is missing in:\n{text}");
        }
    }

    #[test]
    fn arabic_reads_from_right_to_left() {
        let html = letter(Lang::Ar, every_block()).html().unwrap();
        assert!(html.contains(r#"<html lang="ar" dir="rtl""#));
        assert!(html.contains("text-align:right"));
        let html = letter(Lang::Fr, every_block()).html().unwrap();
        assert!(html.contains(r#"<html lang="fr" dir="ltr""#) && !html.contains("rtl"));
    }

    #[test]
    fn only_web_addresses_become_links() {
        for url in [
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://a/b",
            "/orders/1",
            "https://",
            "https://a/\n b",
        ] {
            let button = Block::Button { label: "x".into(), url: url.into() };
            assert!(matches!(letter(Lang::En, vec![button]).html(), Err(LetterError::Link(_))), "{url}");
        }
        let button = Block::Button { label: "x".into(), url: "https://a/?q=\"><script>".into() };
        assert!(!letter(Lang::En, vec![button]).html().unwrap().contains("<script"));
    }
}
