//! The post office: what every letter of the installation has in common.

use std::sync::Arc;

use super::{Attachment, Letter, Mail, Mailer, Recipient};
use crate::base::jobs::JobError;
use crate::base::kernel::clock::Clock;
use crate::base::tenancy::Organization;

/// Sends letters in the name of the platform or of an organization. Called by jobs alone: a failure is a
/// reason to try again, and a request never waits for a mail server.
pub struct Post {
    mailer: Mailer,
    clock: Clock,
    public_url: Arc<str>,
}

impl Post {
    pub fn new(mailer: Mailer, clock: Clock, public_url: Arc<str>) -> Self {
        Self { mailer, clock, public_url }
    }

    /// The address people use, without a slash at the end.
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// The name of the site, as readers know it.
    pub fn site(&self) -> &str {
        self.public_url.split_once("://").map_or(&self.public_url, |(_, host)| host)
    }

    /// A letter of the platform itself. `message_id` is the same for every attempt.
    pub async fn send_from_platform(
        &self,
        to: Recipient,
        letter: Letter,
        message_id: String,
    ) -> Result<(), JobError> {
        self.send(Mail {
            to,
            from_name: String::new(),
            reply_to: None,
            letter,
            attachments: vec![],
            message_id,
        })
        .await
    }

    /// A letter in the name of an organization; answers go to it.
    pub async fn send_from_organization(
        &self,
        organization: &Organization,
        to: Recipient,
        letter: Letter,
        attachments: Vec<Attachment>,
        message_id: String,
    ) -> Result<(), JobError> {
        let reply_to = (!organization.contact_email.is_empty()).then(|| Recipient {
            name: Some(organization.name.clone()),
            email: organization.contact_email.clone(),
        });
        let from_name = organization.name.clone();
        self.send(Mail { to, from_name, reply_to, letter, attachments, message_id }).await
    }

    async fn send(&self, mail: Mail) -> Result<(), JobError> {
        self.mailer.send(&mail, self.clock.now()).await.map_err(|error| {
            if error.is_permanent() {
                JobError::Fail(error.to_string())
            } else {
                JobError::Retry(error.into())
            }
        })
    }

    /// Whether mails can go out, for `doctor`.
    pub async fn check(&self) -> anyhow::Result<()> {
        self.mailer.check().await
    }
}
