//! A file as an answer: whole, a part of it (RFC 9110, 14), or that the client has it already.

use futures_util::TryStreamExt;
use object_store::{GetOptions, GetRange, ObjectMeta, ObjectStoreExt};
use poem::http::{StatusCode, header};
use poem::{Body, Request, Response};

use super::{Files, FilesError, Keeper, path};
use crate::base::web::{ApiResult, Problem};

impl Files {
    /// The keeper's file as the answer to the request, read as it is sent; 404 when there is none.
    pub async fn answer(&self, keeper: &impl Keeper, name: &str, request: &Request) -> ApiResult<Response> {
        self.answer_of(keeper.number(), name, request).await
    }

    pub(super) async fn answer_of(&self, number: i32, name: &str, request: &Request) -> ApiResult<Response> {
        let path = path(number, name).map_err(|_| Problem::not_found())?;
        let meta = match self.store.head(&path).await {
            Ok(meta) => meta,
            Err(object_store::Error::NotFound { .. }) => return Err(Problem::not_found()),
            Err(error) => return Err(FilesError::from(error).into()),
        };
        let etag = strong(meta.e_tag.as_deref());
        let mut answer = Response::builder().header(header::ACCEPT_RANGES, "bytes");
        if let Some(etag) = &etag {
            answer = answer.header(header::ETAG, etag);
            if request.header(header::IF_NONE_MATCH).is_some_and(|known| lists(known, etag)) {
                return Ok(answer.status(StatusCode::NOT_MODIFIED).finish());
            }
        }
        let range = match range(request, etag.as_deref(), meta.size) {
            Asked::Whole => None,
            Asked::Part(from, to) => Some((from, to)),
            Asked::Nothing => {
                let answer = answer.header(header::CONTENT_RANGE, format!("bytes */{}", meta.size));
                return Ok(answer.status(StatusCode::RANGE_NOT_SATISFIABLE).finish());
            }
        };
        let mut answer = answer.content_type(kind(name));
        if let Some((from, to)) = range {
            let told = format!("bytes {from}-{}/{}", to - 1, meta.size);
            answer = answer.status(StatusCode::PARTIAL_CONTENT).header(header::CONTENT_RANGE, told);
        }
        let (from, to) = range.unwrap_or((0, meta.size));
        let answer = answer.header(header::CONTENT_LENGTH, to - from);
        if meta.size == 0 {
            return Ok(answer.finish());
        }
        Ok(answer.body(self.body(&meta, from, to).await?))
    }

    async fn body(&self, meta: &ObjectMeta, from: u64, to: u64) -> ApiResult<Body> {
        // A file that was replaced meanwhile is another one.
        let if_match = meta.e_tag.clone();
        let options =
            GetOptions { range: Some(GetRange::Bounded(from..to)), if_match, ..GetOptions::default() };
        let found = self.store.get_opts(&meta.location, options).await;
        let found = found.map_err(FilesError::from)?;
        Ok(Body::from_bytes_stream(found.into_stream().map_err(std::io::Error::other)))
    }
}

/// The store's tag as a strong one (RFC 9110, 8.8.3); none where it has none or cannot vouch for every byte.
fn strong(tag: Option<&str>) -> Option<String> {
    let tag = tag.filter(|tag| !tag.starts_with("W/"))?.trim_matches('"');
    (!tag.is_empty() && !tag.contains('"')).then(|| format!("\"{tag}\""))
}

/// Whether a list of entity tags, or `*`, has this one; weak ones compare alike (RFC 9110, 13.1.2).
fn lists(known: &str, etag: &str) -> bool {
    known.split(',').map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == etag)
}

#[derive(PartialEq, Eq, Debug)]
enum Asked {
    Whole,
    /// From the first byte to the one before the second.
    Part(u64, u64),
    /// Nothing of the file lies there.
    Nothing,
}

fn range(request: &Request, etag: Option<&str>, size: u64) -> Asked {
    // A part of another file than the one that the client has is of no use to it.
    let other = request.header(header::IF_RANGE).is_some_and(|known| Some(known) != etag);
    match request.header(header::RANGE) {
        Some(text) if !other => asked(text, size),
        _ => Asked::Whole,
    }
}

/// What a `Range` asks for. Several ranges and other units may be answered by the whole.
fn asked(text: &str, size: u64) -> Asked {
    let Some((first, last)) = text.trim().strip_prefix("bytes=").and_then(|text| text.split_once('-')) else {
        return Asked::Whole;
    };
    let (from, to) = match (first.trim().parse::<u64>(), last.trim().parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => (first, last.saturating_add(1).min(size)),
        (Ok(first), Err(_)) if last.trim().is_empty() => (first, size),
        (Err(_), Ok(last)) if first.trim().is_empty() => (size.saturating_sub(last), size),
        _ => return Asked::Whole,
    };
    if from < to { Asked::Part(from, to) } else { Asked::Nothing }
}

/// The media type that the end of a name of ours stands for.
fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, end)| end) {
        Some("pdf") => "application/pdf",
        Some("jpg") => "image/jpeg",
        Some("png") => "image/png",
        Some("zip") => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_they_are_meant() {
        for (text, expected) in [
            ("bytes=0-0", Asked::Part(0, 1)),
            ("bytes=2-5", Asked::Part(2, 6)),
            ("bytes=5-", Asked::Part(5, 10)),
            ("bytes=-3", Asked::Part(7, 10)),
            ("bytes=-30", Asked::Part(0, 10)),
            ("bytes=8-99", Asked::Part(8, 10)),
            ("bytes=8-18446744073709551615", Asked::Part(8, 10)),
            ("bytes=10-", Asked::Nothing),
            ("bytes=99-100", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=5-2", Asked::Whole),
            ("bytes=0-1,4-5", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
            ("lines=0-1", Asked::Whole),
        ] {
            assert_eq!(asked(text, 10), expected, "{text}");
        }
    }

    #[test]
    fn a_tag_that_vouches_for_nothing_is_none() {
        assert_eq!(strong(Some("abc")).as_deref(), Some("\"abc\""));
        assert_eq!(strong(Some("\"abc\"")).as_deref(), Some("\"abc\""));
        for tag in [None, Some(""), Some("\"\""), Some("W/\"abc\""), Some("a\"b")] {
            assert_eq!(strong(tag), None, "{tag:?}");
        }
    }

    #[test]
    fn a_known_file_is_found_in_a_list() {
        assert!(lists("\"a\", W/\"b\"", "\"b\"") && lists("*", "\"b\""));
        assert!(!lists("\"a\"", "\"b\"") && !lists("", "\"b\""));
    }
}
