//! Chains, groups, origins and contradictions of stories with gold, read, stored and grouped as the program does it.
//!
//! In: folders in the form of `../shared/examples` (`documents.jsonl`, `gold.jsonl`, `reports/`). Out: the score table over all stories of
//! a folder and per story; with `--misses` what went wrong, one line each. Definitions as in `../shared/examples/score.py`.

mod gold;
mod pairs;
mod table;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use sourceline::intake::{self, Given, Limits};
use sourceline::{Engine, wire};
use sourceline_store::{Filter, NewReading, Store, StoredProposition};

use crate::Context;
use crate::report::{Figure, finish};
pub use gold::Gold;
pub use table::{Table, table};

/// The stories that are only counted, never shown.
const HELD: &str = "held";
/// Held-out stories by a later author.
const HELD_LATER: &str = "held_later";

/// Threads that read; the outcome does not depend on them.
const THREADS: usize = 2;

/// Measures the stories beside the repository, where they are, and those of our own.
///
/// # Errors
/// When files cannot be read or a figure lies below its floor.
pub fn run(context: &Context) -> Result<()> {
    let misses = context.args.iter().any(|arg| arg == "--misses");
    let mut figures = Vec::new();
    for (set, folder) in folders(context) {
        if !folder.join("gold.jsonl").exists() {
            println!("not measured: {} is not there", folder.display());
            continue;
        }
        let gold = Gold::load(&folder)?;
        let propositions = propositions(&folder.join("reports"))?;
        figures.extend(rows(set, "all", &table(&gold, &propositions, None, misses && !set.starts_with(HELD))));
        for story in gold.stories() {
            figures.extend(rows(set, &story, &table(&gold, &propositions, Some(&story), false)));
        }
    }
    let intro = "Stories with gold: `examples` are the development stories in `../shared/examples` (f1, f3, f6), `own` those in \
        `eval/corroborate/stories`, `fresh` eight more in `eval/corroborate/fresh`, whose authors never saw the program, `later` six and `more` four by other authors, `held` and `held_later` stories by the same authors that are only \
        counted. `found`: gold supports that some claim overlaps; `speaker`, `chain`: of those found, last hop and \
        whole chain right; `grouped`: F1 of claims put together; `origins`: propositions with the right number of independent origins; \
        `false_corrob`: of those with one origin, reported with more; `contradictions`: pairs of propositions that are linked. Counting \
        outlets instead of origins is wrong in the share in brackets.";
    finish(&context.root, "corroboration", intro, &figures)
}

/// Prints the pairs of claims of all stories with their features, for `eval/corroborate/fit.py`.
///
/// # Errors
/// When files cannot be read or written.
pub fn pairs(context: &Context) -> Result<()> {
    for (set, folder) in folders(context) {
        if !set.starts_with(HELD) && folder.join("gold.jsonl").exists() {
            pairs::write(&Gold::load(&folder)?, set, &propositions(&folder.join("reports"))?, &mut std::io::stdout())?;
        }
    }
    Ok(())
}

fn folders(context: &Context) -> [(&'static str, PathBuf); 7] {
    [
        ("examples", context.root.join("../shared/examples")),
        ("own", context.root.join("eval/corroborate/stories")),
        ("fresh", context.root.join("eval/corroborate/fresh")),
        ("later", context.root.join("eval/corroborate/later")),
        ("more", context.root.join("eval/corroborate/more")),
        (HELD, context.root.join("eval/corroborate/held")),
        (HELD_LATER, context.root.join("eval/corroborate/later_held")),
    ]
}

/// Everything that a store of the reports holds.
fn propositions(reports: &Path) -> Result<Vec<StoredProposition>> {
    let folder = std::env::temp_dir().join(format!("sourceline-corroboration-{}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let read = read_all(reports, &folder.join("store.db"));
    std::fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
    read
}

fn read_all(reports: &Path, path: &Path) -> Result<Vec<StoredProposition>> {
    let engine = Engine::load()?;
    let reader = engine.reader();
    let mut store = Store::open(path)?;
    let (inputs, errors) = intake::expand(&[reports.display().to_string()]);
    anyhow::ensure!(errors.is_empty(), "{} cannot be listed", reports.display());
    let (mut raw, mut documents) = (Vec::new(), Vec::new());
    for input in &inputs {
        let loaded = intake::load(input, &Limits::default())?;
        documents.push(intake::read(&loaded, &Given::default())?);
        raw.push(loaded.bytes);
    }
    for (reading, raw) in engine.read_many(documents, THREADS).iter().zip(&raw) {
        let body = serde_json::to_vec(&wire::Reading::new(reading, reader.clone(), false))?;
        store.put(&NewReading { reading, body: &body, raw, reader: &reader.version, model: &reader.model })?;
    }
    let mut out = Vec::new();
    for number in store.select(&Filter::default())? {
        out.extend(store.proposition(number)?);
    }
    Ok(out)
}

fn rows(set: &str, story: &str, table: &Table) -> Vec<Figure> {
    let row = |name: &str, part: usize, whole: usize, more: String| {
        let value = 100.0 * part as f64 / whole.max(1) as f64;
        (whole > 0).then(|| Figure::new(format!("{set}.{story}.{name}"), value, format!("{part} of {whole}{more}")))
    };
    let counting = format!(" [counting outlets {}]", table.one_by_outlets);
    let grouped = Figure::new(
        format!("{set}.{story}.grouped"),
        100.0 * table.grouped(),
        format!("P {:.1} R {:.1}", 100.0 * table.group_precision, 100.0 * table.group_recall),
    );
    let of = format!(" (of {} propositions)", table.propositions);
    [
        row("found", table.found, table.supports, String::new()),
        row("speaker", table.speaker, table.found, String::new()),
        row("chain", table.chain, table.found, String::new()),
        Some(grouped),
        row("origins", table.origins, table.with_origins, of),
        row("false_corrob", table.one_false, table.one, counting),
        row("contradictions", table.linked, table.contradictions, String::new()),
    ]
    .into_iter()
    .flatten()
    .collect()
}
