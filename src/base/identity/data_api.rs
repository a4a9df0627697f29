//! The API of one's own data: a copy of it, and its end.

use chrono::{DateTime, Utc};
use poem_openapi::payload::{Binary, Json};
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};

use super::auth::{Entrance, Person};
use super::repo::DataExportRow;
use super::second_factor_api::PasswordOnly;
use crate::base::db::IdempotencyKey;
use crate::base::kernel::id::AccountId;
use crate::base::web::{ApiResult, Input, Key, Problem, Rate, Tags};

/// The name of the file that a copy is.
pub(super) const FILE: &str = "attachment; filename=\"parvis-data.zip\"";

/// A copy of one's own data, and the end of the account.
pub struct DataApi {
    entrance: Entrance,
}

#[derive(Enum)]
#[oai(rename_all = "snake_case")]
enum CopyStatus {
    Preparing,
    Ready,
}

/// A copy of one's own data: a zip of JSON files with a guide.
#[derive(Object)]
struct DataExport {
    status: CopyStatus,
    asked_at: DateTime<Utc>,
    #[oai(nullable)]
    ready_at: Option<DateTime<Utc>>,
    /// Until when it can be fetched.
    #[oai(nullable)]
    expires_at: Option<DateTime<Utc>>,
    /// Bytes.
    #[oai(nullable)]
    size: Option<i32>,
}

impl From<DataExportRow> for DataExport {
    fn from(row: DataExportRow) -> Self {
        Self {
            status: if row.ready_at.is_some() { CopyStatus::Ready } else { CopyStatus::Preparing },
            asked_at: row.asked_at,
            ready_at: row.ready_at,
            expires_at: row.expires_at,
            size: row.size,
        }
    }
}

/// The end of the account.
#[derive(Object)]
struct Erasure {
    /// When it happens unless it is taken back.
    erase_at: DateTime<Utc>,
}

#[derive(ApiResponse)]
enum CopyAsked {
    /// A mail tells when it is ready.
    #[oai(status = 202)]
    Ok(Json<DataExport>),
}

#[derive(ApiResponse)]
enum ErasureAsked {
    /// A mail tells how to take it back.
    #[oai(status = 202)]
    Ok(Json<Erasure>),
}

#[derive(ApiResponse)]
enum Kept {
    /// The account stays.
    #[oai(status = 204)]
    Ok,
}

#[derive(ApiResponse)]
enum CopyFile {
    #[oai(status = 200, content_type = "application/zip")]
    Zip(
        Binary<Vec<u8>>,
        #[oai(header = "Content-Disposition")] String,
        #[oai(header = "Cache-Control")] String,
    ),
}

impl DataApi {
    pub fn new(entrance: Entrance) -> Self {
        Self { entrance }
    }
}

/// Asks for a copy, as often as a person might and no more.
pub(super) async fn ask_copy(
    entrance: &Entrance,
    account: AccountId,
    password: &str,
    key: Option<&IdempotencyKey>,
) -> ApiResult<DataExportRow> {
    entrance.limiter.spend(Rate::LoginAccount, &account.to_string())?;
    entrance.limiter.spend(Rate::Letter, &format!("data/{account}"))?;
    Ok(entrance.identity.ask_data_export(account, password, key).await?)
}

#[OpenApi(tag = "Tags::Identity")]
impl DataApi {
    /// Ask for a copy of one's own data, in place of the one before. It is kept for 7 days.
    #[oai(path = "/auth/data-export", method = "post", operation_id = "ask_data_export")]
    async fn ask(
        &self,
        auth: Person,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<PasswordOnly>,
    ) -> ApiResult<CopyAsked> {
        let account = auth.actor.account;
        let key = key.of(account, &body.raw);
        let row = ask_copy(&self.entrance, account, &body.value()?.password, key.as_ref()).await?;
        Ok(CopyAsked::Ok(Json(row.into())))
    }

    /// How it stands with the copy that was asked for.
    #[oai(path = "/auth/data-export", method = "get", operation_id = "get_data_export")]
    async fn standing(&self, auth: Person) -> ApiResult<Json<DataExport>> {
        let row = self.entrance.identity.data_export(auth.actor.account).await?;
        Ok(Json(row.ok_or_else(Problem::not_found)?.into()))
    }

    /// The copy, once it is ready.
    #[oai(path = "/auth/data-export/file", method = "get", operation_id = "get_data_export_file")]
    async fn file(&self, auth: Person) -> ApiResult<CopyFile> {
        let content = self.entrance.identity.data_export_file(auth.actor.account).await?;
        Ok(CopyFile::Zip(Binary(content), FILE.into(), "private, no-store".into()))
    }

    /// Ask for the end of the account, in 7 days. Who owns an organization alone hands it over first.
    #[oai(path = "/auth/erasure", method = "post", operation_id = "ask_erasure")]
    async fn erase(
        &self,
        auth: Person,
        #[oai(name = "Idempotency-Key")] key: Key,
        body: Input<PasswordOnly>,
    ) -> ApiResult<ErasureAsked> {
        let account = auth.actor.account;
        self.entrance.limiter.spend(Rate::LoginAccount, &account.to_string())?;
        let key = key.of(account, &body.raw);
        let identity = &self.entrance.identity;
        let erase_at = identity.ask_erasure(&auth.actor, &body.value()?.password, key.as_ref()).await?;
        Ok(ErasureAsked::Ok(Json(Erasure { erase_at })))
    }

    /// When the account is to end.
    #[oai(path = "/auth/erasure", method = "get", operation_id = "get_erasure")]
    async fn erasure(&self, auth: Person) -> ApiResult<Json<Erasure>> {
        let erase_at = self.entrance.identity.erasure(auth.actor.account).await?;
        Ok(Json(Erasure { erase_at: erase_at.ok_or_else(Problem::not_found)? }))
    }

    /// Keep the account after all.
    #[oai(path = "/auth/erasure", method = "delete", operation_id = "cancel_erasure")]
    async fn keep(&self, auth: Person) -> ApiResult<Kept> {
        self.entrance.identity.keep_account(auth.actor.account).await?;
        Ok(Kept::Ok)
    }
}
