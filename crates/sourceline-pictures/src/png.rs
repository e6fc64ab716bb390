//! SVG as PNG. Fonts of the system are used; where there are none, one that comes with the program (Latin, Greek and Cyrillic only).

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// The SVG can't be read.
    #[error("can't draw the picture")]
    Svg(#[from] resvg::usvg::Error),
    /// It is too large to be painted.
    #[error("the picture would be {0} by {1} pixels, more than can be painted; choose fewer things to show")]
    TooLarge(u32, u32),
    /// It can't be written as PNG.
    #[error("can't write the picture: {0}")]
    Encode(String),
}

/// Paints `svg` at `scale` pixels a unit and returns the bytes of a PNG file.
///
/// # Errors
/// When the SVG is none or the picture is too large.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, PngError> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    fonts.load_font_data(epaint_default_fonts::UBUNTU_LIGHT.to_vec());
    if fonts.len() == 1 {
        fonts.set_sans_serif_family("Ubuntu-Light");
    }
    let options = Options { fontdb: Arc::new(fonts), font_family: "Ubuntu-Light".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size();
    let (width, height) = ((size.width() * scale).ceil() as u32, (size.height() * scale).ceil() as u32);
    let mut pixels = Pixmap::new(width, height)
        .filter(|_| u64::from(width) * u64::from(height) <= 200_000_000)
        .ok_or(PngError::TooLarge(width, height))?;
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| PngError::Encode(error.to_string()))
}
