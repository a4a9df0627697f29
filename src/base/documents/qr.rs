//! QR codes, with their quiet zone: as grey pixels for the PDF, as SVG for pages.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

use super::DocumentError;

/// The white border that readers need, in modules.
const QUIET: usize = 4;

/// A QR code as 8-bit grey pixels, row by row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Luma {
    /// Pixels on a side.
    pub side: usize,
    /// `side * side` bytes, 0 or 255.
    pub pixels: Vec<u8>,
}

/// The dark modules as rows, without the border.
fn rows(data: &str) -> Result<Vec<Vec<bool>>, DocumentError> {
    let code = QrCode::with_error_correction_level(data, EcLevel::M)?;
    let width = code.width();
    let colors = code.into_colors();
    Ok(colors.chunks(width).map(|row| row.iter().map(|color| *color == Color::Dark).collect()).collect())
}

/// Draws `data` with `scale` pixels a module.
pub fn luma(data: &str, scale: usize) -> Result<Luma, DocumentError> {
    let rows = rows(data)?;
    let side = (rows.len() + 2 * QUIET) * scale;
    let mut pixels = vec![255; QUIET * scale * side];
    for row in rows {
        let mut drawn = vec![255; QUIET * scale];
        for dark in row {
            drawn.extend(std::iter::repeat_n(if dark { 0 } else { 255 }, scale));
        }
        drawn.resize(side, 255);
        for _ in 0..scale {
            pixels.extend_from_slice(&drawn);
        }
    }
    pixels.resize(side * side, 255);
    Ok(Luma { side, pixels })
}

/// Draws `data` as a stand-alone SVG without styles or scripts, black on white whatever the page's colours.
///
/// The picture has no size and no name: the page gives it both.
pub fn svg(data: &str) -> Result<String, DocumentError> {
    let rows = rows(data)?;
    let side = rows.len() + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|left, right| left == right) {
            if run.first() == Some(&true) {
                let length = run.len();
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
            }
            x += run.len();
        }
    }
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>"##
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload() -> String {
        format!("PV1.{}.{}", "aZ3_".repeat(5) + "xY", "Qm9-".repeat(21) + "zz")
    }

    #[test]
    fn the_pixels_are_square_with_a_quiet_zone() {
        let code = luma(&payload(), 3).unwrap();
        assert_eq!(code.pixels.len(), code.side * code.side);
        assert!(code.pixels.iter().all(|pixel| [0, 255].contains(pixel)));
        let border = QUIET * 3;
        let at = |x: usize, y: usize| code.pixels[y * code.side + x];
        for i in 0..code.side {
            for edge in 0..border {
                for (x, y) in [(i, edge), (edge, i), (i, code.side - 1 - edge), (code.side - 1 - edge, i)] {
                    assert_eq!(at(x, y), 255);
                }
            }
        }
        assert_eq!(at(border, border), 0, "the finder pattern starts after the border");
    }

    #[test]
    fn a_scale_repeats_modules() {
        let small = luma(&payload(), 1).unwrap();
        let large = luma(&payload(), 2).unwrap();
        assert_eq!(large.side, 2 * small.side);
        for (i, pixel) in large.pixels.iter().enumerate() {
            let (x, y) = (i % large.side / 2, i / large.side / 2);
            assert_eq!(*pixel, small.pixels[y * small.side + x]);
        }
    }

    #[test]
    fn the_svg_draws_the_same_modules() {
        let code = luma(&payload(), 1).unwrap();
        let svg = svg(&payload()).unwrap();
        let dark: usize = svg
            .split('M')
            .filter_map(|run| run.split_once('h')?.1.split_once("v1h-")?.0.parse::<usize>().ok())
            .sum();
        assert_eq!(dark, code.pixels.split(|pixel| *pixel == 0).count() - 1);
        assert!(svg.contains(&format!(r#"viewBox="0 0 {0} {0}""#, code.side)));
        assert!(!svg.contains("style"), "pages forbid inline styles");
    }

    #[test]
    fn too_much_data_is_an_error() {
        assert!(matches!(svg(&"x".repeat(4000)), Err(DocumentError::QrTooLong(_))));
    }
}
