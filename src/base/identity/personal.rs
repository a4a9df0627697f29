//! One's own data: whose it is, and what each capability has to say about them.

use futures_util::future::BoxFuture;

use super::repo::AccountRow;
use crate::base::db::DbResult;
use crate::base::kernel::id::AccountId;
use crate::base::tenancy::TenantScope;

/// A person whose data is looked for.
#[derive(Clone, Debug)]
pub struct Subject {
    pub account: AccountId,
    /// The address, if it is proved to be theirs: nobody gets or ends what belongs to another address.
    pub email: Option<String>,
    pub first_name: String,
    pub last_name: String,
}

impl From<&AccountRow> for Subject {
    fn from(row: &AccountRow) -> Self {
        Self {
            account: row.id.into(),
            email: row.email_confirmed_at.map(|_| row.email.clone()),
            first_name: row.first_name.clone(),
            last_name: row.last_name.clone(),
        }
    }
}

/// What an organization keeps of people besides their roles; ticketing stands behind it.
pub trait PersonalRecords: Send + Sync {
    /// What the organization keeps of the person; none when it keeps nothing.
    fn collect<'a>(
        &'a self,
        scope: &'a TenantScope,
        who: &'a Subject,
    ) -> BoxFuture<'a, DbResult<Option<serde_json::Value>>>;

    /// Makes the person nobody there, while records of money stay. Doing it twice does no harm.
    fn erase<'a>(&'a self, scope: &'a TenantScope, who: &'a Subject) -> BoxFuture<'a, DbResult<()>>;
}
