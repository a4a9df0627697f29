//! Reads the QR code in a picture.

use std::io::Cursor;

use image::{ImageReader, Limits};
use rxing::common::HybridBinarizer;
use rxing::qrcode::QRCodeReader;
use rxing::{BinaryBitmap, DecodeHintValue, DecodeHints, Luma8LuminanceSource, Reader};

/// Pictures with longer sides are not read: no camera of a page sends one.
const LONGEST_SIDE: u32 = 2_000;

/// The text of the code; `None` when there is none, or no picture.
pub(super) fn read(picture: &[u8]) -> Option<String> {
    let mut reader = ImageReader::new(Cursor::new(picture)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    reader.limits(limits);
    let grey = reader.decode().ok()?.into_luma8();
    let (width, height) = grey.dimensions();
    let source = Luma8LuminanceSource::new(grey.into_raw(), width, height).ok()?;
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let hints = DecodeHints::default().with(DecodeHintValue::TryHarder(true));
    let found = QRCodeReader::new().decode_with_hints(&mut bitmap, &hints).ok()?;
    Some(found.getText().to_owned())
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE32_NOPAD;
    use image::codecs::jpeg::JpegEncoder;
    use image::{GrayImage, Luma};
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::base::documents::qr;

    /// What the page sends of a code held before the camera: turned by `degrees`, `zoom` pixels a module.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a picture has 640 columns and 480 rows, and what lies outside the code is passed over"
    )]
    fn picture(data: &str, zoom: f64, degrees: f64) -> Vec<u8> {
        let code = qr::luma(data, 1).unwrap();
        let side = u32::try_from(code.side).unwrap();
        let code = GrayImage::from_raw(side, side, code.pixels).unwrap();
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (middle, within) = (f64::from(side) / 2.0, 0.0..f64::from(side));
        let seen = GrayImage::from_fn(640, 480, |x, y| {
            let (x, y) = ((f64::from(x) - 320.0) / zoom, (f64::from(y) - 240.0) / zoom);
            let (column, row) = (x * cos - y * sin + middle, x * sin + y * cos + middle);
            // Grey, as in a dim hall.
            if within.contains(&column) && within.contains(&row) {
                Luma([code.get_pixel(column as u32, row as u32)[0] / 2 + 60])
            } else {
                Luma([150])
            }
        });
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, 70).encode_image(&seen).unwrap();
        jpeg
    }

    #[test]
    fn codes_are_read_as_phones_see_them() {
        let mut missed = Vec::new();
        for ticket in 0_u64..8 {
            let payload = payload(ticket);
            for (zoom, degrees) in [(6.0, 0.0), (4.0, 0.0), (3.3, 4.0), (5.0, 30.0), (5.0, 180.0)] {
                if read(&picture(&payload, zoom, degrees)).as_ref() != Some(&payload) {
                    missed.push((ticket, zoom, degrees));
                }
            }
        }
        assert!(missed.is_empty(), "{} {missed:?}", missed.len());
    }

    /// As long as what tickets carry.
    fn payload(seed: u64) -> String {
        let bytes: Vec<u8> = (0_u8..4)
            .flat_map(|part| Sha256::digest([seed.to_be_bytes().as_slice(), &[part]].concat()))
            .take(105)
            .collect();
        BASE32_NOPAD.encode(&bytes)
    }

    #[test]
    fn what_is_no_picture_has_no_code() {
        assert_eq!(read(b""), None);
        assert_eq!(read(b"GIF89a"), None);
        assert_eq!(read(&[0xff; 2000]), None);
    }
}
