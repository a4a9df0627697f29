//! The mails that the application has sent: files of a folder.

use std::path::PathBuf;

use mail_parser::{MessageParser, MimeHeaders};

use super::eventually;

/// The folder that an application writes its mails to.
#[derive(Clone, Debug)]
pub struct Mailbox {
    folder: PathBuf,
}

/// A mail as its reader sees it.
#[derive(Clone, Debug)]
pub struct Mail {
    pub message_id: String,
    pub from: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Name, content type and content.
    pub attachments: Vec<(String, String, Vec<u8>)>,
}

impl Mailbox {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The mails to this address, the oldest first.
    pub fn to(&self, address: &str) -> Vec<Mail> {
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return vec![] };
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "eml"));
        files.sort();
        let mails = files.iter().map(|file| Mail::parse(&std::fs::read(file).unwrap()));
        mails.filter(|mail| mail.to.eq_ignore_ascii_case(address)).collect()
    }

    /// Waits for the mail to this address whose subject begins like this.
    pub async fn about(&self, address: &str, subject: &str) -> Mail {
        eventually(subject, || async {
            self.to(address).into_iter().find(|mail| mail.subject.starts_with(subject))
        })
        .await
    }

    /// Waits until there are `count` mails to this address; the last one.
    pub async fn wait(&self, address: &str, count: usize) -> Mail {
        eventually(&format!("{count} mails to {address}"), || async {
            let mut mails = self.to(address);
            (mails.len() >= count).then(|| mails.pop())?
        })
        .await
    }
}

impl Mail {
    fn parse(raw: &[u8]) -> Self {
        let message = MessageParser::default().parse(raw).expect("a mail");
        let address = |list: Option<&mail_parser::Address<'_>>| {
            list.and_then(|list| list.first()?.address()).unwrap_or_default().to_owned()
        };
        let kind = |part: &mail_parser::MessagePart<'_>| {
            part.content_type().map_or_else(String::new, |kind| {
                format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default())
            })
        };
        Self {
            message_id: message.message_id().unwrap_or_default().to_owned(),
            from: address(message.from()),
            to: address(message.to()),
            subject: message.subject().unwrap_or_default().to_owned(),
            text: message.body_text(0).unwrap_or_default().into_owned(),
            html: message.body_html(0).unwrap_or_default().into_owned(),
            attachments: message
                .attachments()
                .map(|part| {
                    let name = part.attachment_name().unwrap_or_default().to_owned();
                    (name, kind(part), part.contents().to_vec())
                })
                .collect(),
        }
    }

    /// The first address in the text that contains `part`.
    #[track_caller]
    pub fn link(&self, part: &str) -> String {
        let words = self.text.split_whitespace().map(|word| word.trim_matches(['<', '>', '(', ')']));
        let mut links = words.filter(|word| word.starts_with("http"));
        let found = links.find(|link| link.contains(part));
        found
            .unwrap_or_else(|| panic!("no link with {part:?} in {:?}:\n{}", self.subject, self.text))
            .to_owned()
    }

    /// Whether the text says these words, wherever its lines break.
    pub fn says(&self, words: &str) -> bool {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ").contains(words)
    }

    /// The token of the link that the mail is about.
    #[track_caller]
    pub fn token(&self) -> String {
        self.link("token=").split_once("token=").unwrap().1.to_owned()
    }
}
