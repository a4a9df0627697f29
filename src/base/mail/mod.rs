//! Mail: letters that read the same as HTML and as plain text, and the way out to a mail server or a folder.
//!
//! A capability writes a [`Letter`], wraps it in a [`Mail`] and lets a job give it to the [`Mailer`]. Nothing here
//! knows what a letter is about; its words come from `locales/<language>/mail.ftl`.

mod endpoint;
mod folder;
mod letter;
mod message;
mod plain;
mod post;
mod transport;

pub use letter::{Block, Letter, LetterError};
pub use message::{Attachment, Mail, MessageError, Recipient};
pub use post::Post;
pub use transport::{Mailer, SendError};
