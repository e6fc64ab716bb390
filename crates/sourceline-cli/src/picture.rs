//! Pictures as files: `--svg` and `--png`.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use sourceline_pictures::{dark, png};

/// Pixels a unit of a PNG: sharp in print at half size.
const PNG_SCALE: f32 = 2.0;

/// Where a picture goes.
#[derive(Debug, Clone, Default, Args)]
#[group(id = "picture", multiple = true)]
pub struct PictureArgs {
    /// Draw a picture into this SVG file
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Draw a picture into this PNG file
    #[arg(long, value_name = "FILE")]
    pub png: Option<PathBuf>,
    /// Light on dark, whatever the reader's system asks for
    #[arg(long, requires = "picture")]
    pub dark: bool,
}

impl PictureArgs {
    /// Whether a picture is asked for.
    pub const fn wanted(&self) -> bool {
        self.svg.is_some() || self.png.is_some()
    }

    /// Writes the picture to the files asked for.
    ///
    /// # Errors
    /// When the picture can't be painted or a file not be written.
    pub fn save(&self, svg: &str) -> Result<()> {
        let svg = &if self.dark { dark(svg) } else { svg.to_owned() };
        if let Some(file) = &self.svg {
            std::fs::write(file, svg).with_context(|| format!("can't write {}", file.display()))?;
        }
        if let Some(file) = &self.png {
            let bytes = png(svg, PNG_SCALE)?;
            std::fs::write(file, bytes).with_context(|| format!("can't write {}", file.display()))?;
        }
        Ok(())
    }
}
