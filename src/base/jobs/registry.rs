//! Which code runs which kind of job.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::Job;
use super::repo::Claimed;
use crate::base::db::DbError;
use crate::base::kernel::id::OrganizationNumber;
use crate::base::tenancy::{Tenancy, TenantScope};

/// Why a job is not done, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It may work later: tried again with back-off.
    #[error("{0:#}")]
    Retry(anyhow::Error),
    /// It will never work: kept to be seen.
    #[error("{0}")]
    Fail(String),
}

impl From<DbError> for JobError {
    fn from(error: DbError) -> Self {
        Self::Retry(error.into())
    }
}

impl From<anyhow::Error> for JobError {
    fn from(error: anyhow::Error) -> Self {
        Self::Retry(error)
    }
}

type Handler = Arc<dyn Fn(Claimed) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync>;

/// Every kind of job of this program, and the clockwork.
pub struct Registry {
    tenancy: Tenancy,
    handlers: HashMap<&'static str, Handler>,
    pub(super) cron: Vec<(&'static str, Duration, serde_json::Value)>,
}

impl Registry {
    pub fn new(tenancy: Tenancy) -> Self {
        Self { tenancy, handlers: HashMap::new(), cron: Vec::new() }
    }

    /// A job of an organization.
    pub fn tenant<J, F, Fut>(&mut self, run: F)
    where
        J: Job,
        F: Fn(TenantScope, J) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let tenancy = self.tenancy.clone();
        let run = Arc::new(run);
        self.insert::<J>(move |claimed| {
            let (tenancy, run) = (tenancy.clone(), run.clone());
            async move {
                let job = parse(&claimed)?;
                let number = OrganizationNumber(claimed.organization);
                let scope = tenancy
                    .scope_of_job(number)
                    .await?
                    .ok_or_else(|| JobError::Fail("the organization is gone".into()))?;
                run(scope, job).await
            }
            .boxed()
        });
    }

    /// A job of the platform.
    pub fn platform<J, F, Fut>(&mut self, run: F)
    where
        J: Job,
        F: Fn(J) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let run = Arc::new(run);
        self.insert::<J>(move |claimed| {
            let run = run.clone();
            async move {
                // Only the platform's own code writes these rows; an organization's role cannot pretend to.
                if claimed.organization != 0 {
                    return Err(JobError::Fail("not a job of an organization".into()));
                }
                run(parse(&claimed)?).await
            }
            .boxed()
        });
    }

    /// A job of the platform that comes back.
    pub fn every<J: Job>(&mut self, period: Duration, job: &J) {
        if let Ok(payload) = serde_json::to_value(job) {
            self.cron.push((J::KIND, period, payload));
        }
    }

    fn insert<J: Job>(
        &mut self,
        run: impl Fn(Claimed) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync + 'static,
    ) {
        let before = self.handlers.insert(J::KIND, Arc::new(run));
        debug_assert!(before.is_none(), "two jobs are called {}", J::KIND);
    }

    pub(super) fn handler(&self, kind: &str) -> Option<Handler> {
        self.handlers.get(kind).cloned()
    }
}

fn parse<J: Job>(claimed: &Claimed) -> Result<J, JobError> {
    serde_json::from_value(claimed.payload.clone()).map_err(|error| JobError::Fail(error.to_string()))
}
