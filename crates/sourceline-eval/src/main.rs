//! `cargo xtask eval <task> [options]`: runs one task and compares its figures with the floors.

use anyhow::{Context as _, Result};
use sourceline_eval::Context;
use std::path::PathBuf;
use std::process::ExitCode;

/// A task: its name, what it measures, its function.
type Task = (&'static str, &'static str, fn(&Context) -> Result<()>);

/// All tasks, one a line.
const TASKS: &[Task] = &[
    ("places", "toponyms of LGL and GeoVirus; --gold-only, --errors", sourceline_eval::places::run),
    ("coref", "coreference on GUM; --gold-only, --train, --errors", sourceline_eval::coref::run),
    (
        "coding",
        "event types of PLV and PETRARCH2, certainty; plv, petrarch, certainty, -v",
        sourceline_eval::coding::run,
    ),
    ("encoder", "tokens, trees, names, attribution, factuality, vectors", sourceline_eval::encoder::run),
    ("times", "time expressions: extents and values", sourceline_eval::times::run),
    ("tokens", "prints tokens of paragraphs on standard input", sourceline_eval::encoder::tokens::run),
    ("sentences", "writes sentences for the teacher to eval/work", sourceline_eval::encoder::vectors::write_sentences),
    (
        "labels",
        "prints all labels of a file for a kernel: FILE avx512|avx2|portable THREADS",
        sourceline_eval::encoder::labels::run,
    ),
];

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("usage: cargo xtask eval <task> [--data FOLDER] [--weights FILE] …");
            for (task, what, _) in TASKS {
                eprintln!("  {task:12} {what}");
            }
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("eval: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<bool> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().context("the repository root")?;
    let mut option = |name: &str| -> Option<PathBuf> {
        let at = args.iter().position(|arg| arg == name)?;
        args.remove(at);
        (at < args.len()).then(|| PathBuf::from(args.remove(at)))
    };
    let data = option("--data").unwrap_or_else(|| root.join("../shared/data"));
    let weights = option("--weights");
    let Some((_, _, task)) = TASKS.iter().find(|(task, ..)| args.first().is_some_and(|arg| arg == task)) else {
        return Ok(false);
    };
    task(&Context { root, data, weights, args: args[1..].to_vec() })?;
    Ok(true)
}
