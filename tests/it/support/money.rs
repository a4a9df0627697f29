//! The test card service's own books, and jobs on demand, for applications whose jobs do not run by themselves.

use sqlx::{Connection, Row};

use super::app::TestApp;
use super::eventually;
use super::fixtures::{Owner, PASSWORD};

/// What the card service has taken and given back, in minor units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Books {
    pub charged: i64,
    pub refunded: i64,
}

impl TestApp {
    /// Reads the books of the card service, over all organizations of this application.
    pub async fn books(&self) -> Books {
        let url = self.app.config.database.url.expose().to_owned();
        let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
        let row = sqlx::query(
            "SELECT (SELECT coalesce(sum(amount), 0)::bigint FROM platform.sandbox_charge WHERE status = 'succeeded'),
                    (SELECT coalesce(sum(amount), 0)::bigint FROM platform.sandbox_refund)",
        )
        .fetch_one(&mut connection)
        .await
        .unwrap();
        Books { charged: row.get(0), refunded: row.get(1) }
    }

    /// Runs the jobs that are due until none is, with a runner of its own.
    pub async fn run_jobs(&self) {
        let stop = tokio_util::sync::CancellationToken::new();
        let running = tokio::spawn(self.app.runner_with(4).run(stop.clone()));
        eventually("the jobs", || async {
            let backlog = parvis::base::jobs::backlog(&self.app.db).await.unwrap();
            (backlog.waiting == 0).then_some(())
        })
        .await;
        stop.cancel();
        running.await.unwrap();
    }

    /// An owner in an application that sends no mail.
    pub async fn owner_without_mail(&self) -> Owner {
        let email = format!("{}@example.org", Self::unique("owner"));
        let new = parvis::base::identity::NewAccount {
            email: email.clone(),
            password: PASSWORD.into(),
            first_name: "Nadia".into(),
            last_name: "Benali".into(),
            phone: String::new(),
            locale: parvis::base::i18n::Lang::En,
        };
        self.app.entrance.identity.create_confirmed(new).await.unwrap().unwrap();
        let person = self.logged_in(&email).await;
        self.found(person).await
    }
}

impl super::client::Client {
    /// Places an order.
    pub async fn post_order(self, body: serde_json::Value) -> super::client::Answer {
        self.post("/api/orders", body).await
    }
}
