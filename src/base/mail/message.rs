//! A letter on its way to one person: addresses, attachments and the MIME message they become.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    message::{
        self, Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};

use super::{Letter, LetterError};
use crate::base::i18n::stripped;

/// One mail to one person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mail {
    pub to: Recipient,
    /// Who writes, beside the address of the installation; empty for the installation's own name.
    pub from_name: String,
    pub reply_to: Option<Recipient>,
    pub letter: Letter,
    pub attachments: Vec<Attachment>,
    /// The left half of the `Message-ID`. The same for every attempt, so that mailboxes show a mail sent twice once.
    pub message_id: String,
}

/// A person and an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recipient {
    pub name: Option<String>,
    pub email: String,
}

/// A file that travels with a mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attachment {
    pub name: String,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

/// Why a mail cannot become a message.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    #[error("{0:?} is not an address that mail can be sent to")]
    Address(String),
    #[error("{0:?} is not a content type")]
    ContentType(String),
    #[error("{0:?} cannot be the left half of a message id")]
    MessageId(String),
    #[error(transparent)]
    Letter(#[from] LetterError),
    #[error("the message could not be built: {0}")]
    Build(#[from] lettre::error::Error),
}

/// RFC 3834: absence notices and other robots must not answer.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Mail {
    /// The MIME message, dated `at` and sent from `from`.
    pub(super) fn message(&self, from: &Mailbox, at: DateTime<Utc>) -> Result<Message, MessageError> {
        let sender = match one_line(&self.from_name) {
            name if name.is_empty() => from.clone(),
            name => Mailbox::new(Some(name), from.email.clone()),
        };
        let mut builder = Message::builder()
            .from(sender)
            .to(self.to.mailbox()?)
            .subject(one_line(&self.letter.subject))
            .date(SystemTime::from(at))
            .message_id(Some(message_id(&self.message_id, &from.email)?))
            .header(AutoSubmitted);
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.mailbox()?);
        }
        let body = MultiPart::alternative_plain_html(self.letter.text(), self.letter.html()?);
        if self.attachments.is_empty() {
            return Ok(builder.multipart(body)?);
        }
        let mut parts = MultiPart::mixed().multipart(body);
        for attachment in &self.attachments {
            parts = parts.singlepart(attachment.part()?);
        }
        Ok(builder.multipart(parts)?)
    }
}

impl Recipient {
    fn mailbox(&self) -> Result<Mailbox, MessageError> {
        let name = self.name.as_deref().map(one_line).filter(|name| !name.is_empty());
        Ok(Mailbox::new(name, address(&self.email)?))
    }
}

impl Attachment {
    fn part(&self) -> Result<SinglePart, MessageError> {
        let content_type = ContentType::parse(&self.content_type)
            .map_err(|_| MessageError::ContentType(self.content_type.clone()))?;
        // A path or a quote in a file name is never meant, and mail programs disagree about them.
        let name = one_line(&self.name).replace(['/', '\\', '"'], "-");
        Ok(message::Attachment::new(name).body(self.bytes.clone(), content_type))
    }
}

/// Reads an address. Domains outside ASCII are sent in their ASCII form, which every server understands.
pub(super) fn address(email: &str) -> Result<Address, MessageError> {
    let unusable = || MessageError::Address(email.to_owned());
    let (user, domain) = email.rsplit_once('@').ok_or_else(unusable)?;
    let domain = match url::Host::parse(domain) {
        Ok(url::Host::Domain(ascii)) => ascii,
        // Literal addresses such as `[127.0.0.1]`, which lettre judges.
        _ => domain.to_owned(),
    };
    Address::new(user, domain).map_err(|_| unusable())
}

fn message_id(local: &str, from: &Address) -> Result<String, MessageError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.+".contains(c);
    if local.is_empty() || !local.chars().all(plain) {
        return Err(MessageError::MessageId(local.to_owned()));
    }
    Ok(format!("<{local}@{}>", from.domain()))
}

/// What fits in a header: one line, without control characters, and without marks of direction, which some
/// mailboxes show as boxes in subjects and names.
fn one_line(text: &str) -> String {
    let spaced: String = stripped(text).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::base::{i18n::Lang, mail::Block};
    use chrono::TimeZone;

    pub(in crate::base::mail) fn mail() -> Mail {
        Mail {
            to: Recipient { name: Some("Éloïse بن علي".into()), email: "eloise@example.org".into() },
            from_name: "Les Amis du Grand Orgue".into(),
            reply_to: None,
            letter: Letter {
                lang: Lang::Fr,
                subject: "Votre billet".into(),
                preheader: String::new(),
                heading: "Voici votre billet".into(),
                blocks: vec![Block::Paragraph("Bonjour.".into())],
                sender_name: "Les Amis".into(),
                footer: "Parvis".into(),
            },
            attachments: Vec::new(),
            message_id: "order-1".into(),
        }
    }

    pub(in crate::base::mail) fn at() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 21, 8, 0, 0).unwrap()
    }

    fn written(mail: &Mail) -> String {
        let from = "Parvis <no-reply@parvis.example>".parse().unwrap();
        String::from_utf8(mail.message(&from, at()).unwrap().formatted()).unwrap()
    }

    fn headers(message: &str) -> Vec<&str> {
        let (head, _) = message.split_once("\r\n\r\n").unwrap();
        head.lines().filter(|line| !line.starts_with([' ', '\t'])).collect()
    }

    #[test]
    fn the_headers_are_those_of_an_automatic_mail() {
        let message = written(&mail());
        for header in [
            "From: \"Les Amis du Grand Orgue\" <no-reply@parvis.example>",
            "Message-ID: <order-1@parvis.example>",
            "Date: Sat, 21 Nov 2026 08:00:00 +0000",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
        ] {
            assert!(headers(&message).contains(&header), "{header} is missing in {message}");
        }
    }

    #[test]
    fn a_mail_without_attachment_is_not_mixed() {
        let mut mail = mail();
        assert!(!written(&mail).contains("multipart/mixed"));
        let bytes = b"%PDF".to_vec();
        let (name, content_type) = ("billet-é-تذكرة.pdf".to_owned(), "application/pdf".to_owned());
        mail.attachments.push(Attachment { name, content_type, bytes });
        let message = written(&mail);
        let order =
            ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"]
                .map(|part| message.find(part).unwrap());
        assert!(order.is_sorted());
    }

    #[test]
    fn no_text_can_add_a_header() {
        let evil = "x\r\nBcc: evil@example.org\r\n\r\nbody";
        let mut mail = mail();
        mail.letter.subject = evil.into();
        mail.from_name = evil.into();
        mail.to.name = Some(evil.into());
        mail.reply_to = Some(Recipient { name: Some(evil.into()), email: "a@example.org".into() });
        let attachment =
            Attachment { name: evil.into(), content_type: "text/plain".into(), bytes: b"x".to_vec() };
        mail.attachments = vec![attachment];
        let message = written(&mail);
        assert!(
            !headers(&message).iter().any(|line| line.to_ascii_lowercase().starts_with("bcc")),
            "{message}"
        );
        assert!(message.contains("filename=\"x Bcc: evil@example.org body\""), "{message}");
        mail.attachments[0].content_type = "text/plain\r\nBcc: evil@example.org".into();
        let from = "no-reply@parvis.example".parse().unwrap();
        assert!(matches!(mail.message(&from, at()), Err(MessageError::ContentType(_))));
        mail.message_id = "a>\r\nBcc: evil@example.org".into();
        assert!(matches!(mail.message(&from, at()), Err(MessageError::MessageId(_))));
    }

    #[test]
    fn addresses_are_checked_and_domains_become_ascii() {
        assert_eq!(address("eloise@exämple.org").unwrap().to_string(), "eloise@xn--exmple-cua.org");
        for unusable in
            ["", "a", "a@", "@b.org", "a b@c.org", "a@b.org\r\nBcc: x@y.z", "a@b c.org", "<a@b.org>"]
        {
            assert!(matches!(address(unusable), Err(MessageError::Address(_))), "{unusable:?}");
        }
    }
}
