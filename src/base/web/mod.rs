//! The ground of every HTTP handler: problems, checked input, language, limits.

mod etag;
mod files_form;
pub mod input;
mod key;
mod limits;
mod multipart;
mod page;
mod paging;
pub mod params;
mod problem;
mod render;
mod schema;
mod tags;
mod texts;

pub use etag::{IfMatch, etag, stale};
pub use files_form::{FileBody, FilesForm, FormFields, file_fields, file_print};
pub use input::{Change, Draft, Input, OptionalInput};
pub use key::Key;
pub use limits::{Limiter, Rate, client_address};
pub use multipart::{MULTIPART, Parts, Uploaded, is_multipart, names_multipart, read_parts};
pub use page::{ListQuery, Listing, PublicUrl, Rendered};
pub use paging::{NearPageNumber, PageNumber, PageSize, checked_near_paging, checked_paging, paging};
pub use problem::{ApiResult, Checks, FieldError, Problem};
pub use render::{
    AllowedMethods, Renderer, RequestId, accepted_language, accepts_encoding, limit_body, remember_language,
};
pub use tags::Tags;
pub use texts::{CountryText, CurrencyText, Email, LocaleText, SlugText, TimezoneText};
