//! Style, script and icons: embedded, named by their content, compressed once.

use std::collections::HashMap;
use std::io::Write;
use std::sync::LazyLock;

use bytes::Bytes;
use data_encoding::HEXLOWER;
use poem::http::header;
use poem::web::Path;
use poem::{Request, Response, handler};
use rust_embed::RustEmbed;

use crate::base::web::{ApiResult, Problem, accepts_encoding};

#[derive(RustEmbed)]
#[folder = "assets/site/"]
struct Files;

struct Asset {
    content_type: &'static str,
    plain: Bytes,
    gzip: Bytes,
    brotli: Bytes,
}

/// The files by their addresses, and the addresses by their names.
struct Shelf {
    files: HashMap<String, Asset>,
    addresses: HashMap<String, String>,
}

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let (mut files, mut addresses) = (HashMap::new(), HashMap::new());
    for name in Files::iter() {
        let Some(file) = Files::get(&name) else { continue };
        let mut hash = HEXLOWER.encode(&file.metadata.sha256_hash());
        hash.truncate(12);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
        let address = format!("{}.{hash}.{extension}", stem.replace('/', "-"));
        addresses.insert(name.to_string(), format!("/assets/{address}"));
        let plain: Bytes = file.data.into_owned().into();
        let asset = Asset {
            content_type: content_type(extension),
            gzip: gzip(&plain),
            brotli: brotli(&plain),
            plain,
        };
        files.insert(address, asset);
    }
    Shelf { files, addresses }
});

fn content_type(extension: &str) -> &'static str {
    match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" | "webmanifest" => "application/manifest+json",
        "png" => "image/png",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

fn gzip(plain: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    // Writing to memory does not fail; a file that stays empty is not offered below.
    let written = encoder.write_all(plain).and_then(|()| encoder.finish());
    written.unwrap_or_default().into()
}

fn brotli(plain: &[u8]) -> Bytes {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
    let written = brotli::BrotliCompress(&mut &plain[..], &mut out, &params);
    if written.is_ok() { out.into() } else { Bytes::new() }
}

/// The address of a file of `assets/site`; its own name, so that the mistake is seen, when there is none.
pub(super) fn address(name: &str) -> String {
    SHELF.addresses.get(name).cloned().unwrap_or_else(|| {
        tracing::error!(name, "a page names a file that is not there");
        format!("/assets/{name}")
    })
}

/// `GET /sw.js`: the worker that keeps opened tickets; under the root, for it looks after pages, and asked for anew each
/// time, for it has one name.
#[handler]
pub fn serve_worker() -> ApiResult<Response> {
    let file = Files::get("js/tickets-offline.js").ok_or_else(Problem::not_found)?;
    Ok(Response::builder()
        .content_type("text/javascript; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-cache")
        .body(file.data.into_owned()))
}

/// `GET /assets/{name}`: kept forever, for another content has another name.
#[handler]
pub fn serve(request: &Request, Path(name): Path<String>) -> ApiResult<Response> {
    let asset = SHELF.files.get(&name).ok_or_else(Problem::not_found)?;
    let answer = Response::builder()
        .content_type(asset.content_type)
        .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
        .header(header::VARY, "accept-encoding");
    for (coding, bytes) in [("br", &asset.brotli), ("gzip", &asset.gzip)] {
        let smaller = !bytes.is_empty() && bytes.len() < asset.plain.len();
        if smaller && accepts_encoding(request, coding) {
            return Ok(answer.header(header::CONTENT_ENCODING, coding).body(bytes.clone()));
        }
    }
    Ok(answer.body(asset.plain.clone()))
}
