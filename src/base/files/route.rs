//! Serves signed links.

use poem::http::{StatusCode, header};
use poem::web::{Data, Path, Query};
use poem::{Request, Response, handler};

use super::Files;
use crate::base::kernel::clock::Clock;
use crate::base::web::{ApiResult, Problem};

/// What the route needs.
#[derive(Clone)]
pub struct FileLinks {
    pub files: Files,
    pub clock: Clock,
}

#[derive(serde::Deserialize)]
struct Link {
    until: i64,
    signature: String,
}

/// `GET /files/{organization}/{name}?until=…&signature=…`.
#[handler]
pub async fn serve(
    request: &Request,
    Path((number, name)): Path<(i32, String)>,
    link: Option<Query<Link>>,
    Data(links): Data<&FileLinks>,
) -> ApiResult<Response> {
    let Query(link) = link.ok_or_else(Problem::not_found)?;
    let now = links.clock.now();
    let found = links.files.behind(number, &name, link.until, &link.signature, now).await;
    let stored = found.map_err(|error| Problem::internal(&error))?.ok_or_else(Problem::not_found)?;
    let etag = format!("\"{}\"", stored.etag);
    let answer =
        Response::builder().header(header::ETAG, &etag).header(header::CACHE_CONTROL, "private, no-cache");
    if request.header(header::IF_NONE_MATCH).is_some_and(|known| known == etag) {
        return Ok(answer.status(StatusCode::NOT_MODIFIED).finish());
    }
    let file = name.rsplit('/').next().unwrap_or_default();
    let kind = match file.rsplit_once('.') {
        Some((_, "pdf")) => "application/pdf",
        _ => "application/octet-stream",
    };
    Ok(answer
        .content_type(kind)
        .header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\""))
        .body(stored.bytes))
}
