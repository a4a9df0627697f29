//! The image of an event: what an organizer sends becomes two JPEG files of our own making.
//!
//! Nothing of the original is kept: it is decoded within limits, turned as its camera says, cut, and written anew.

use std::io::Cursor;
use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::base::files::{Files, FilesError};
use crate::base::kernel::id::EventId;
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Problem};

/// Wide enough for every camera of today, small enough for the server's memory.
const WIDEST: u32 = 12_000;
const MOST_PIXELS: u64 = 60_000_000;
const MOST_MEMORY: u64 = 400 << 20;
const QUALITY: u8 = 82;
/// At most this many images are worked on at once.
static WORKERS: Semaphore = Semaphore::const_new(2);
static SIZES: LazyLock<[(&'static str, u32, u32); 2]> =
    LazyLock::new(|| [("cover", 1600, 900), ("thumbnail", 640, 427)]);

/// The two files of an image, and the name that is made of what they show.
#[derive(Debug)]
pub(super) struct Pictures {
    pub name: String,
    files: Vec<(&'static str, Vec<u8>)>,
}

/// The address of one of an event's files.
pub(super) fn address(event: EventId, name: &str, size: &str) -> String {
    format!("/images/{event}/{name}-{size}.jpg")
}

/// The name of the file behind an address, if the event has it.
pub(super) fn file(event: EventId, name: &str, asked: &str) -> Option<String> {
    let known = SIZES.iter().any(|(size, ..)| asked == format!("{name}-{size}.jpg"));
    (known && !name.is_empty()).then(|| format!("events/{event}/{asked}"))
}

/// Makes the two files of what was sent.
pub(super) async fn pictures(bytes: Vec<u8>) -> ApiResult<Pictures> {
    let _turn = WORKERS.acquire().await.map_err(|_| Problem::unavailable())?;
    let made = tokio::task::spawn_blocking(move || make(&bytes)).await;
    made.map_err(|error| Problem::internal(&error))?.map_err(|code| Problem::field("image", code))
}

/// Keeps the files under the organization.
pub(super) async fn keep(
    files: &Files,
    scope: &TenantScope,
    event: EventId,
    pictures: Pictures,
) -> Result<(), FilesError> {
    for (size, bytes) in pictures.files {
        files.put(scope, &format!("events/{event}/{}-{size}.jpg", pictures.name), bytes).await?;
    }
    Ok(())
}

/// Forgets the files of an image that is shown no more. What stays behind by a failure harms nobody.
pub(super) async fn forget(files: &Files, scope: &TenantScope, event: EventId, name: &str) {
    for (size, ..) in SIZES.iter() {
        if let Err(error) = files.remove(scope, &format!("events/{event}/{name}-{size}.jpg")).await {
            tracing::warn!(%error, %event, "an old image stays");
        }
    }
}

fn make(bytes: &[u8]) -> Result<Pictures, &'static str> {
    let picture = decoded(bytes)?;
    let mut files = Vec::new();
    for (size, width, height) in SIZES.iter() {
        let mut out = Vec::new();
        let cut = cut(&picture, *width, *height);
        JpegEncoder::new_with_quality(&mut out, QUALITY).encode_image(&cut).map_err(|_| "image_broken")?;
        files.push((*size, out));
    }
    let mut hash = Sha256::new();
    files.iter().for_each(|(_, bytes)| hash.update(bytes));
    let name = HEXLOWER.encode(hash.finalize().get(..12).unwrap_or_default());
    Ok(Pictures { name, files })
}

/// The picture as it is meant to be seen. What the bytes are decides their content, not what somebody calls them.
fn decoded(bytes: &[u8]) -> Result<DynamicImage, &'static str> {
    let format = match infer::get(bytes).map(|kind| kind.mime_type()) {
        Some("image/jpeg") => ImageFormat::Jpeg,
        Some("image/png") => ImageFormat::Png,
        Some("image/webp") => ImageFormat::WebP,
        _ => return Err("image_kind"),
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(WIDEST);
    limits.max_image_height = Some(WIDEST);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(|error| match error {
        image::ImageError::Limits(_) => "image_pixels",
        _ => "image_broken",
    })?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err("image_pixels");
    }
    // What the picture itself takes is not counted by the decoder.
    limits.reserve(decoder.total_bytes()).map_err(|_| "image_pixels")?;
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| "image_broken")?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    Ok(picture)
}

/// The middle of the picture in these proportions, no larger than this and never enlarged, on white.
fn cut(picture: &DynamicImage, width: u32, height: u32) -> RgbImage {
    let (has_width, has_height) = (picture.width().max(1), picture.height().max(1));
    let scale =
        (f64::from(has_width) / f64::from(width)).min(f64::from(has_height) / f64::from(height)).min(1.0);
    let side = |length: u32| -> u32 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 1 and the length"
        )]
        let scaled = (f64::from(length) * scale).round() as u32;
        scaled.max(1)
    };
    let small = picture.resize_to_fill(side(width), side(height), FilterType::CatmullRom);
    if !small.color().has_alpha() {
        return small.to_rgb8();
    }
    let rgba = small.to_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [red, green, blue, alpha] = rgba.get_pixel(x, y).0;
        let over = |value: u8| {
            let mixed = (u32::from(value) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Rgb([over(red), over(green), over(blue)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        DynamicImage::new_rgba8(width, height).write_to(&mut out, ImageFormat::Png).unwrap();
        out.into_inner()
    }

    fn sizes(bytes: &[u8]) -> Vec<(u32, u32)> {
        let made = make(bytes).unwrap();
        made.files
            .iter()
            .map(|(_, bytes)| {
                let picture = image::load_from_memory_with_format(bytes, ImageFormat::Jpeg).unwrap();
                (picture.width(), picture.height())
            })
            .collect()
    }

    #[test]
    fn pictures_are_cut_and_never_enlarged() {
        assert_eq!(sizes(&png(3200, 2400)), [(1600, 900), (640, 427)]);
        assert_eq!(sizes(&png(800, 800)), [(800, 450), (640, 427)]);
        assert_eq!(sizes(&png(1, 1)), [(1, 1), (1, 1)]);
    }

    #[test]
    fn a_picture_stands_as_its_camera_was_held() {
        let mut jpeg = Vec::new();
        let wide = RgbImage::from_fn(60, 20, |x, _| Rgb(if x < 30 { [255, 0, 0] } else { [0, 0, 255] }));
        JpegEncoder::new_with_quality(&mut jpeg, 95).encode_image(&wide).unwrap();
        // Orientation 6: the first row is the right side.
        let exif: &[u8] =
            b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        jpeg.splice(2..2, exif.iter().copied());
        let turned = decoded(&jpeg).unwrap().to_rgb8();
        assert_eq!((turned.width(), turned.height()), (20, 60));
        let (top, bottom) = (turned.get_pixel(10, 5).0, turned.get_pixel(10, 55).0);
        assert!(top[0] > 200 && bottom[2] > 200, "{top:?} {bottom:?}");
    }

    #[test]
    fn what_shows_through_is_white() {
        let cut = cut(&DynamicImage::new_rgba8(10, 10), 10, 10);
        assert_eq!(cut.get_pixel(5, 5).0, [255, 255, 255]);
    }

    #[test]
    fn what_is_no_picture_is_told_apart() {
        assert_eq!(make(b"<svg onload=alert(1)>").unwrap_err(), "image_kind");
        assert_eq!(make(b"GIF89a......").unwrap_err(), "image_kind");
        let whole = png(300, 200);
        assert_eq!(make(&whole[..whole.len() / 2]).unwrap_err(), "image_broken");
        assert_eq!(make(&whole[..20]).unwrap_err(), "image_broken");
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        assert_eq!(make(&png(12_001, 1)).unwrap_err(), "image_pixels");
        assert_eq!(make(&png(9_000, 9_000)).unwrap_err(), "image_pixels");
    }

    #[test]
    fn an_address_names_its_own_file_alone() {
        let event =
            EventId::new(chrono::DateTime::UNIX_EPOCH, crate::base::kernel::id::OrganizationNumber(1));
        assert!(file(event, "abc", "abc-cover.jpg").is_some());
        for other in ["abc-cover.png", "abd-cover.jpg", "../abc-cover.jpg", "abc-huge.jpg", "-cover.jpg"] {
            assert_eq!(file(event, "abc", other), None, "{other}");
        }
        assert_eq!(file(event, "", "-cover.jpg"), None);
    }
}
