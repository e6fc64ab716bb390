//! `cargo xtask eval <task> [options]`: runs one task and compares its figures with the floors.

use anyhow::{Context as _, Result};
use sourceline_eval::Context;
use std::path::PathBuf;
use std::process::ExitCode;

/// A task: its name, what it measures, its function.
type Task = (&'static str, &'static str, fn(&Context) -> Result<()>);

/// Tasks that write a section of `eval/RESULTS.md`, all of which run where none is named.
const MEASURED: &[&str] =
    &["encoder", "paths", "times", "places", "coref", "coding", "chains", "attribution", "corroboration", "speed"];

/// All tasks, one a line.
const TASKS: &[Task] = &[
    ("places", "toponyms of LGL and GeoVirus; --gold-only, --errors", sourceline_eval::places::run),
    ("coref", "coreference on GUM; --gold-only, --train, --errors", sourceline_eval::coref::run),
    (
        "antecedents",
        "prints what pronouns choose from, for fit.py: train, dev or reports",
        sourceline_eval::coref::antecedents::run,
    ),
    (
        "coding",
        "event types of PLV and PETRARCH2, certainty; plv, petrarch, certainty, -v",
        sourceline_eval::coding::run,
    ),
    (
        "corroboration",
        "chains, groups, origins, contradictions of stories; --misses",
        sourceline_eval::corroboration::run,
    ),
    ("pairs", "prints pairs of claims with their features, for fit.py", sourceline_eval::corroboration::pairs),
    ("encoder", "tokens, trees, names, attribution, factuality, vectors", sourceline_eval::encoder::run),
    ("paths", "whether all instruction paths and threads give the same analyses", sourceline_eval::encoder::paths::run),
    ("chains", "source chains of stories and reports with gold; -v", sourceline_eval::reading::chains),
    ("attribution", "attribution spans of readings on PolNeAR", sourceline_eval::reading::attribution),
    ("speed", "the whole reading against the encoder alone; loading", sourceline_eval::reading::speed),
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
            eprintln!("usage: cargo xtask eval [<task>] [--data FOLDER] [--weights FILE] …");
            eprintln!("without a task: {}", MEASURED.join(", "));
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
    let task = |name: &str| TASKS.iter().find(|(task, ..)| *task == name).map(|(_, _, task)| task);
    if args.is_empty() {
        let context = Context { root, data, weights, args };
        return all(MEASURED.iter().filter_map(|name| Some((*name, task(name)?))), &context);
    }
    let Some(task) = task(&args[0]) else { return Ok(false) };
    task(&Context { root, data, weights, args: args[1..].to_vec() })?;
    Ok(true)
}

/// Runs tasks one after the other; one that fails does not keep the others from running.
fn all<'a>(tasks: impl Iterator<Item = (&'a str, &'a fn(&Context) -> Result<()>)>, context: &Context) -> Result<bool> {
    let mut failed = Vec::new();
    for (name, task) in tasks {
        println!("== {name}");
        if let Err(error) = task(context) {
            println!("{error:#}");
            failed.push(name);
        }
    }
    anyhow::ensure!(failed.is_empty(), "below a floor or failed: {}", failed.join(", "));
    Ok(true)
}
