//! A form that may bring a file: read piece by piece, only from members, and no more of it than is wanted.

use std::pin::pin;
use std::time::Duration;

use poem::http::{StatusCode, header};
use poem::web::Multipart;
use poem::{FromRequest, Request, RequestBody};
use tokio::io::{AsyncRead, AsyncReadExt};

use super::form::Form;
use super::visitor::{Visit, Visitor};
use crate::base::web::{ApiResult, Problem};

/// The largest file that is kept.
const LARGEST_FILE: usize = 10 << 20;
/// How much of a file that is too large is still read, to tell so on the form itself.
const MOST_READ: usize = 60 << 20;
/// The texts of a form together.
const LARGEST_TEXTS: usize = 512 << 10;
const MOST_FIELDS: usize = 200;
/// How long a file may take on a slow line.
const PATIENCE: Duration = Duration::from_secs(180);

/// The file of a form.
#[derive(Debug)]
pub enum Uploaded {
    Nothing,
    TooLarge,
    File(Vec<u8>),
}

/// A form with a file, from somebody who is logged in.
pub struct Upload {
    pub form: Form,
    pub file: Uploaded,
}

impl Upload {
    /// Whether the request brings such a form.
    pub fn comes_with(request: &Request) -> bool {
        request.header(header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("multipart/form-data"))
    }
}

impl<'a> FromRequest<'a> for Upload {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let visitor = Visit::of(request)?.visitor().await?;
        visitor.member()?;
        if !Self::comes_with(request) {
            let form = Form::from_request(request, body).await?;
            return Ok(Self { form, file: Uploaded::Nothing });
        }
        let parts = Multipart::from_request(request, body).await?;
        let read = tokio::time::timeout(PATIENCE, read(parts, &visitor, request)).await;
        Ok(read.map_err(|_| Problem::new(StatusCode::REQUEST_TIMEOUT, "malformed"))??)
    }
}

async fn read(mut parts: Multipart, visitor: &Visitor, request: &Request) -> ApiResult<Upload> {
    let (mut fields, mut size, mut file) = (Vec::new(), 0, Uploaded::Nothing);
    while let Some(part) = parts.next_field().await.map_err(|_| Problem::malformed())? {
        let Some(name) = part.name().map(str::to_owned) else { continue };
        if let Some(file_name) = part.file_name() {
            let named = !file_name.is_empty();
            if !matches!(file, Uploaded::Nothing) {
                return Err(Problem::malformed());
            }
            // The token stands before the file: nobody else's megabytes are read.
            Form::checked(fields.clone(), visitor, request)?;
            let (bytes, whole) = limited(part.into_async_read(), LARGEST_FILE, MOST_READ).await?;
            file = match whole {
                true if bytes.is_empty() && !named => file,
                true => Uploaded::File(bytes),
                false => Uploaded::TooLarge,
            };
            continue;
        }
        let (bytes, whole) = limited(part.into_async_read(), LARGEST_TEXTS, LARGEST_TEXTS).await?;
        size += bytes.len() + name.len();
        if !whole || size > LARGEST_TEXTS || fields.len() >= MOST_FIELDS {
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large"));
        }
        // Browsers write line ends as two characters here.
        let text = String::from_utf8(bytes).map_err(|_| Problem::malformed())?.replace("\r\n", "\n");
        fields.push((name, text));
    }
    Ok(Upload { form: Form::checked(fields, visitor, request)?, file })
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
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large"));
        }
        if total <= most {
            bytes.extend_from_slice(piece.get(..count).unwrap_or_default());
        } else {
            bytes = Vec::new();
        }
    }
}
