//! Pictures that people send: each becomes files of our own making.
//!
//! Nothing of the original is kept: it is decoded within limits, turned as its camera says, cut, and written anew.
//! Callers: capabilities that show pictures.

use std::borrow::Cow;
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use tokio::sync::Semaphore;

use crate::base::web::{ApiResult, Problem};

/// Wide enough for every camera of today, small enough for the server's memory.
const WIDEST: u32 = 12_000;
const MOST_PIXELS: u64 = 60_000_000;
const MOST_MEMORY: u64 = 400 << 20;
const QUALITY: u8 = 82;
/// At most this many images are worked on at once.
static WORKERS: Semaphore = Semaphore::const_new(2);

/// How a picture is brought into its measures. None is ever enlarged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fit {
    /// Its middle in these proportions, on white: a JPEG.
    Cover,
    /// All of it, with what shows through: a PNG.
    Whole,
}

/// One of the files that a picture becomes.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// How the file's name ends, as in `cover.jpg`.
    pub file: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    pub fit: Fit,
}

/// Makes the files of what was sent, in the order of `cuts`; what is wrong with it is told at `field`.
pub async fn pictures(bytes: Vec<u8>, field: &str, cuts: &'static [Cut]) -> ApiResult<Vec<Vec<u8>>> {
    let turn = WORKERS.acquire().await.map_err(|_| Problem::unavailable())?;
    let made = tokio::task::spawn_blocking(move || {
        // It lasts as long as the work, also when nobody waits for it any more.
        let _turn = turn;
        make(&bytes, cuts)
    });
    let made = made.await;
    made.map_err(|error| Problem::internal(&error))?.map_err(|code| Problem::field(field, code))
}

fn make(bytes: &[u8], cuts: &[Cut]) -> Result<Vec<Vec<u8>>, &'static str> {
    let picture = decoded(bytes)?;
    cuts.iter().map(|cut| written(&picture, cut).map_err(|_| "image_broken")).collect()
}

fn written(picture: &DynamicImage, cut: &Cut) -> image::ImageResult<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    match cut.fit {
        Fit::Cover => JpegEncoder::new_with_quality(&mut out, QUALITY)
            .encode_image(&covering(picture, cut.width, cut.height))?,
        Fit::Whole => {
            let fits = picture.width() <= cut.width && picture.height() <= cut.height;
            let small = (!fits).then(|| picture.resize(cut.width, cut.height, FilterType::CatmullRom));
            let rgba = small.as_ref().unwrap_or(picture).to_rgba8();
            rgba.write_to(&mut out, ImageFormat::Png)?;
        }
    }
    Ok(out.into_inner())
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
    let bytes = if format == ImageFormat::Png { Cow::Owned(bare_png(bytes)) } else { Cow::Borrowed(bytes) };
    let mut reader = ImageReader::with_format(Cursor::new(bytes.as_ref()), format);
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

/// A PNG with what is seen of it and how it was held, and nothing else: profiles and words are packed, a thousandfold
/// where somebody means harm, and would be unpacked for nothing.
fn bare_png(bytes: &[u8]) -> Vec<u8> {
    const SEEN: [&[u8]; 6] = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"eXIf", b"IEND"];
    let (head, mut rest) = bytes.split_at(bytes.len().min(8));
    let mut bare = head.to_vec();
    // Length, kind, content and checksum (PNG, 5.3); what ends before its end is left to the decoder to refuse.
    while let Some((length, _)) = rest.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let (chunk, after) = rest.split_at(rest.len().min(length.saturating_add(12)));
        if chunk.get(4..8).is_none_or(|kind| SEEN.contains(&kind)) {
            bare.extend_from_slice(chunk);
        }
        rest = after;
    }
    bare
}

/// The middle of the picture in these proportions, no larger than this and never enlarged, on white.
fn covering(picture: &DynamicImage, width: u32, height: u32) -> RgbImage {
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

    const CUTS: [Cut; 3] = [
        Cut { file: "cover.jpg", width: 1600, height: 900, fit: Fit::Cover },
        Cut { file: "thumbnail.jpg", width: 640, height: 427, fit: Fit::Cover },
        Cut { file: "logo.png", width: 512, height: 512, fit: Fit::Whole },
    ];

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        DynamicImage::new_rgba8(width, height).write_to(&mut out, ImageFormat::Png).unwrap();
        out.into_inner()
    }

    fn sizes(bytes: &[u8]) -> Vec<(u32, u32)> {
        let made = make(bytes, &CUTS).unwrap();
        made.iter()
            .map(|bytes| {
                let picture = image::load_from_memory(bytes).unwrap();
                (picture.width(), picture.height())
            })
            .collect()
    }

    #[test]
    fn pictures_are_cut_and_never_enlarged() {
        assert_eq!(sizes(&png(3200, 2400)), [(1600, 900), (640, 427), (512, 384)]);
        assert_eq!(sizes(&png(800, 800)), [(800, 450), (640, 427), (512, 512)]);
        assert_eq!(sizes(&png(1, 1)), [(1, 1), (1, 1), (1, 1)]);
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
    fn what_shows_through_is_white_or_stays() {
        let nothing = DynamicImage::new_rgba8(10, 10);
        assert_eq!(covering(&nothing, 10, 10).get_pixel(5, 5).0, [255, 255, 255]);
        let whole = image::load_from_memory(&written(&nothing, &CUTS[2]).unwrap()).unwrap();
        assert_eq!(whole.to_rgba8().get_pixel(5, 5).0, [0, 0, 0, 0]);
    }

    #[test]
    fn what_is_no_picture_is_told_apart() {
        assert_eq!(make(b"<svg onload=alert(1)>", &CUTS).unwrap_err(), "image_kind");
        assert_eq!(make(b"GIF89a......", &CUTS).unwrap_err(), "image_kind");
        assert_eq!(make(b"%PDF-1.7\n", &CUTS).unwrap_err(), "image_kind");
        let whole = png(300, 200);
        assert_eq!(make(&whole[..whole.len() / 2], &CUTS).unwrap_err(), "image_broken");
        assert_eq!(make(&whole[..20], &CUTS).unwrap_err(), "image_broken");
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        assert_eq!(make(&png(12_001, 1), &CUTS).unwrap_err(), "image_pixels");
        assert_eq!(make(&png(9_000, 9_000), &CUTS).unwrap_err(), "image_pixels");
    }
}
