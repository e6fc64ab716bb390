//! The encoder's figures. Each part measures one thing and returns its figures; parts whose data is not there are skipped.

pub mod conll;
mod detokenize;
mod errors;
mod factuality;
pub mod labels;
mod names;
pub mod paths;
mod polnear;
pub mod tokens;
mod treebank;
pub mod vectors;

use crate::Context;
use crate::report::{Figure, finish};
use anyhow::Result;
use sourceline_encoder::{Encoder, LoadError};
use std::time::Instant;

/// A part: its name and its function.
type Part = (&'static str, fn(&Context, &Encoder) -> Result<Vec<Figure>>);

const PARTS: &[Part] = &[
    ("ewt_raw", conll::ewt_raw),
    ("ewt_gold", conll::ewt_gold),
    ("gum_gold", conll::gum_gold),
    ("polnear", polnear::run),
    ("worldwide", names::worldwide),
    ("politics", names::politics),
    ("factuality", factuality::run),
    ("vectors", vectors::run),
];

/// The encoder asked for on the command line, or the one built in.
///
/// # Errors
/// When it cannot be loaded.
pub fn load(context: &Context) -> Result<Encoder, LoadError> {
    match &context.weights {
        Some(path) => Encoder::from_file(path, None),
        None => sourceline_text::encoder(),
    }
}

/// Measures all parts, or those named.
///
/// # Errors
/// When data cannot be read or a figure lies below its floor.
pub fn run(context: &Context) -> Result<()> {
    let encoder = load(context)?;
    let wanted = |name: &str| context.args.is_empty() || context.args.iter().any(|arg| arg == name);
    let mut figures = Vec::new();
    let mut skipped = Vec::new();
    for (name, part) in PARTS.iter().filter(|(name, _)| wanted(name)) {
        let start = Instant::now();
        match part(context, &encoder) {
            Ok(found) => figures.extend(found),
            Err(error) if error.downcast_ref::<std::io::Error>().is_some() => {
                skipped.push(format!("{name}: {error:#}"))
            }
            Err(error) => return Err(error),
        }
        eprintln!("{name}: {:.1} s", start.elapsed().as_secs_f64());
    }
    for skip in &skipped {
        println!("skipped {skip}");
    }
    if !context.args.is_empty() {
        for figure in &figures {
            println!("{:34} {:>9.3}  {}", figure.key, figure.value, figure.from);
        }
        return Ok(());
    }
    let digest = &encoder.digest()[..16];
    let intro = format!(
        "Weights `{}`, sha256 {digest}…. Dev sets; definitions in `crates/sourceline-eval/src/encoder`.",
        encoder.config().name
    );
    finish(&context.root, "encoder", &intro, &figures)
}
