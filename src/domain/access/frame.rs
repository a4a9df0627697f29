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
    use super::*;

    #[test]
    fn what_is_no_picture_has_no_code() {
        assert_eq!(read(b""), None);
        assert_eq!(read(b"GIF89a"), None);
        assert_eq!(read(&[0xff; 2000]), None);
    }
}
