//! Speed of the whole reading against the encoder alone, and what loading costs: PolNeAR dev, one thread, CPU time of the thread.
//!
//! CPU time rather than the wall clock: on a shared machine it is the steadier measure. The best of several rounds counts.

use std::path::Path;

use anyhow::{Context as _, Result};
use sourceline::Engine;
use sourceline_model::Document;

use super::{engine, files};
use crate::Context;
use crate::report::{Figure, finish};

/// Rounds over all texts.
const ROUNDS: usize = 3;

/// Measures speed.
///
/// # Errors
/// When data is missing, the machine tells no CPU time, or a figure lies below its floor.
pub fn run(context: &Context) -> Result<()> {
    let start = cpu_seconds()?;
    let knowledge = sourceline_knowledge::Knowledge::embedded();
    let knowledge_loaded = cpu_seconds()? - start;
    let start = cpu_seconds()?;
    let rules = sourceline_coding::Rules::builtin();
    let rules_loaded = cpu_seconds()? - start;
    let start = cpu_seconds()?;
    let engine = engine(context)?;
    let engine_loaded = cpu_seconds()? - start;
    let texts = texts(&context.data.join("polnear/data/dev/text"))?;
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    let (mut encoder, mut whole) = (f64::MAX, f64::MAX);
    for _ in 0..ROUNDS {
        encoder = encoder.min(analyze(&engine, &texts)?);
        whole = whole.min(read(&engine, &texts)?);
    }
    let rate = |seconds: f64| words as f64 / seconds;
    let from = format!("{words} words of {} texts, best of {ROUNDS} rounds, one thread", texts.len());
    let milliseconds = |key: &str, seconds: f64, what: String| Figure::new(key, 1000.0 * seconds, what);
    let figures = vec![
        Figure::new("reading_of_encoder", 100.0 * encoder / whole, format!("per cent; {from}")),
        Figure::new("encoder.words_per_second", rate(encoder), "tokens, network, decoders, trees, names, spans"),
        Figure::new("reading.words_per_second", rate(whole), "all of `sourceline read`"),
        milliseconds("load.knowledge_ms", knowledge_loaded, format!("{} things", knowledge.things().len())),
        milliseconds("load.rules_ms", rules_loaded, format!("{} rules", rules.len())),
        milliseconds("load.engine_ms", engine_loaded, "weights, rules, word lists".to_owned()),
    ];
    let intro = "Whole reading against the encoder alone, CPU time of one thread.";
    finish(&context.root, "speed", intro, &figures)
}

fn texts(folder: &Path) -> Result<Vec<String>> {
    files(folder, "txt")?.iter().map(|path| Ok(std::fs::read_to_string(path)?)).collect()
}

fn documents(texts: &[String]) -> Vec<Document> {
    texts.iter().map(|text| Document { text: text.clone(), ..Document::default() }).collect()
}

fn analyze(engine: &Engine, texts: &[String]) -> Result<f64> {
    let documents = documents(texts);
    let start = cpu_seconds()?;
    let analyses = engine.analyze_many(documents, 1);
    let seconds = cpu_seconds()? - start;
    anyhow::ensure!(analyses.len() == texts.len(), "a text was lost");
    Ok(seconds)
}

fn read(engine: &Engine, texts: &[String]) -> Result<f64> {
    let documents = documents(texts);
    let start = cpu_seconds()?;
    let readings = engine.read_many(documents, 1);
    let seconds = cpu_seconds()? - start;
    anyhow::ensure!(readings.len() == texts.len(), "a text was lost");
    Ok(seconds)
}

/// Seconds that all threads of this process have run so far.
fn cpu_seconds() -> Result<f64> {
    let mut nanoseconds: u64 = 0;
    for task in std::fs::read_dir("/proc/self/task").context("reading CPU time from /proc")?.flatten() {
        let stat = std::fs::read_to_string(task.path().join("schedstat")).context("reading CPU time from /proc")?;
        nanoseconds += stat.split(' ').next().and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
    }
    Ok(nanoseconds as f64 / 1e9)
}
