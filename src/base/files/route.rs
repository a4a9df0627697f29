//! Serves signed links.

use poem::http::{HeaderValue, header};
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
    if !links.files.opens(number, &name, link.until, &link.signature, links.clock.now()) {
        return Err(Problem::not_found());
    }
    let mut answer = links.files.answer_of(number, &name, request).await?;
    let file = name.rsplit('/').next().unwrap_or_default();
    let saved = HeaderValue::from_str(&format!("attachment; filename=\"{file}\""));
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::CONTENT_DISPOSITION, saved.map_err(|error| Problem::internal(&error))?);
    Ok(answer)
}
