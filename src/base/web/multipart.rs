//! A body of several parts, read piece by piece: texts, and no more of files than is wanted.

use std::pin::pin;
use std::time::Duration;

use poem::http::{StatusCode, header};
use poem::web::Multipart;
use poem::{Body, FromRequest, Request, RequestBody};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::sync::Semaphore;

use super::problem::{ApiResult, Problem};

/// The largest file that is kept, in bytes.
const LARGEST_FILE: usize = 10 << 20;
/// How much of a file that is too large is still read, to tell so beside its field.
const MOST_READ: usize = 60 << 20;
/// The files of a body together, in bytes.
const LARGEST_FILES: usize = 30 << 20;
/// The texts of a body together, in bytes.
const LARGEST_TEXTS: usize = 512 << 10;
const MOST_FIELDS: usize = 200;
/// What a body may have in all, in bytes: whatever stands around its parts is bounded too.
const LARGEST_BODY: u64 = 64 << 20;
/// How long a body may take on a slow line.
const PATIENCE: Duration = Duration::from_secs(180);
/// How many such bodies are read at once, and how long one waits for its turn.
static READERS: Semaphore = Semaphore::const_new(12);
const QUEUE: Duration = Duration::from_secs(20);

/// A file of a body.
#[derive(Debug)]
pub enum Uploaded {
    Nothing,
    TooLarge,
    File(Vec<u8>),
}

/// What the parts of a body say, in their order.
#[derive(Default, Debug)]
pub struct Parts {
    pub texts: Vec<(String, String)>,
    /// By the names of their fields; a field without a chosen file is left out.
    pub files: Vec<(String, Uploaded)>,
}

/// The media type of such a body.
pub const MULTIPART: &str = "multipart/form-data";

/// Whether a `Content-Type` says that a body is one.
pub fn names_multipart(content_type: &str) -> bool {
    content_type.trim_start().to_ascii_lowercase().starts_with(MULTIPART)
}

/// Whether the request brings such a body.
pub fn is_multipart(request: &Request) -> bool {
    request.header(header::CONTENT_TYPE).is_some_and(names_multipart)
}

/// Reads a body with at most `most_files` files. `before_file` sees the texts that came so far and may refuse to read on.
pub async fn read_parts(
    request: &Request,
    body: &mut RequestBody,
    most_files: usize,
    before_file: impl Fn(&[(String, String)]) -> ApiResult<()> + Send + Sync,
) -> poem::Result<Parts> {
    if request.header(header::CONTENT_TYPE).is_none_or(|value| !value.contains("boundary=")) {
        return Err(Problem::malformed().into());
    }
    let turn = tokio::time::timeout(QUEUE, READERS.acquire()).await;
    let _turn = turn.map_err(|_| Problem::unavailable())?.map_err(|_| Problem::unavailable())?;
    let mut bounded = RequestBody::new(bounded(body.take()?));
    let parts = Multipart::from_request(request, &mut bounded).await?;
    let read = tokio::time::timeout(PATIENCE, read(parts, most_files, before_file)).await;
    Ok(read.map_err(|_| Problem::new(StatusCode::REQUEST_TIMEOUT, "malformed"))??)
}

/// The body up to its largest size; what is cut off there is no whole body any more.
fn bounded(body: Body) -> Body {
    Body::from_async_read(body.into_async_read().take(LARGEST_BODY))
}

async fn read(
    mut parts: Multipart,
    most_files: usize,
    before_file: impl Fn(&[(String, String)]) -> ApiResult<()>,
) -> ApiResult<Parts> {
    let (mut read, mut texts, mut files, mut count) = (Parts::default(), 0, 0, 0);
    while let Some(part) = parts.next_field().await.map_err(|_| Problem::malformed())? {
        count += 1;
        if count > MOST_FIELDS {
            return Err(too_large());
        }
        let name = part.name().map(str::to_owned).ok_or_else(Problem::malformed)?;
        if let Some(file_name) = part.file_name() {
            let chosen = !file_name.is_empty();
            before_file(&read.texts)?;
            let (bytes, whole) = limited(part.into_async_read(), LARGEST_FILE, MOST_READ).await?;
            files += bytes.len();
            if files > LARGEST_FILES {
                return Err(too_large());
            }
            match whole {
                true if bytes.is_empty() && !chosen => continue,
                true => read.files.push((name, Uploaded::File(bytes))),
                false => read.files.push((name, Uploaded::TooLarge)),
            }
            if read.files.len() > most_files {
                return Err(Problem::malformed());
            }
            continue;
        }
        let (bytes, whole) = limited(part.into_async_read(), LARGEST_TEXTS, LARGEST_TEXTS).await?;
        texts += bytes.len() + name.len();
        if !whole || texts > LARGEST_TEXTS {
            return Err(too_large());
        }
        // Browsers write line ends as two characters here.
        let text = String::from_utf8(bytes).map_err(|_| Problem::malformed())?.replace("\r\n", "\n");
        read.texts.push((name, text));
    }
    Ok(read)
}

fn too_large() -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large")
}

/// What comes, up to `most` bytes, and whether that is all of it; fails beyond `patience` bytes.
async fn limited(reader: impl AsyncRead + Send, most: usize, patience: usize) -> ApiResult<(Vec<u8>, bool)> {
    let mut reader = pin!(reader);
    let (mut bytes, mut total) = (Vec::new(), 0);
    let mut piece = vec![0; 64 << 10];
    loop {
        let count = reader.read(&mut piece).await.map_err(|_| Problem::malformed())?;
        if count == 0 {
            return Ok((bytes, total <= most));
        }
        total += count;
        if total > patience.max(most) {
            return Err(too_large());
        }
        if total <= most {
            bytes.extend_from_slice(piece.get(..count).unwrap_or_default());
        } else {
            bytes = Vec::new();
        }
    }
}
