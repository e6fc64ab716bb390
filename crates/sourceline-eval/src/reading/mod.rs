//! Whole readings: source chains, attribution spans, speed.
//!
//! `chains`: stories with gold chains. `attribution`: PolNeAR dev from the reading. `speed`: reading against the encoder alone.

mod attribution;
mod chains;
mod speed;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use sourceline::Engine;
use sourceline::intake::{self, Given, Input, Limits};
use sourceline_model::{Document, Reading};

use crate::Context;

pub use attribution::run as attribution;
pub use chains::run as chains;
pub use speed::run as speed;

/// The engine with the weights asked for, or those built in.
fn engine(context: &Context) -> Result<Engine> {
    Ok(match &context.weights {
        Some(path) => Engine::with_weights(path, None)?,
        None => Engine::load()?,
    })
}

/// A document as `sourceline read` takes it in.
pub(crate) fn document(path: &Path, given: &Given) -> Result<Document> {
    let shown = path.display().to_string();
    let (inputs, _) = intake::expand(std::slice::from_ref(&shown));
    let input: &Input = inputs.first().with_context(|| shown.clone())?;
    Ok(intake::read(&intake::load(input, &Limits::default())?, given)?)
}

fn read(engine: &Engine, path: &Path, given: &Given) -> Result<Reading> {
    Ok(engine.read(document(path, given)?))
}

/// Files of a folder with an extension, by name.
fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    found.retain(|path| path.extension().is_some_and(|own| own == extension));
    found.sort();
    Ok(found)
}
