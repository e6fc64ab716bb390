//! Event coding: PLV train, the PETRARCH2 unit-test records, certainty of event words.
//!
//! `plv`, `petrarch` or `certainty` after the task runs that part alone; `-v` prints what went wrong.

mod certainty;
mod confusion;
mod petrarch;
mod plv;

use anyhow::{Context as _, Result};
use sourceline_coding::Rules;
use sourceline_encoder::Encoder;
use sourceline_model::{Analysis, Document, PloverType};
use sourceline_text::{Settings, analyze_all};

use crate::Context;
use crate::report::{Figure, finish};

/// What every part needs.
struct Bench<'c> {
    context: &'c Context,
    encoder: Encoder,
    rules: Rules,
    verbose: bool,
}

/// A part: its name and its function.
type Part = (&'static str, fn(&Bench) -> Result<Vec<Figure>>);

const PARTS: &[Part] = &[("plv", plv::run), ("petrarch", petrarch::run), ("certainty", certainty::run)];

/// Measures `sourceline-coding`, with the rules as they lie in `data/rules`.
///
/// # Errors
/// When data is missing or a figure lies below its floor.
pub fn run(context: &Context) -> Result<()> {
    let words: Vec<&str> = context.args.iter().map(String::as_str).filter(|word| *word != "-v").collect();
    let bench = Bench {
        context,
        encoder: crate::encoder::load(context)?,
        rules: rules(context)?,
        verbose: words.len() < context.args.len(),
    };
    let mut figures = Vec::new();
    for (_, part) in PARTS.iter().filter(|(name, _)| words.is_empty() || words.contains(name)) {
        figures.extend(part(&bench)?);
    }
    if !words.is_empty() {
        for figure in &figures {
            println!("{:34} {:>9.3}  {}", figure.key, figure.value, figure.from);
        }
        return Ok(());
    }
    let intro = format!(
        "{} rules. PLV train: root type of the event between the marked words, nothing tuned to its sentences. PETRARCH2 unit-test records: `literal` takes their \
         codes for CAMEO and converts them by CAMEO2PLOVER; `weis` takes them for the WEIS codes that they are (the records' own verb dictionary says so: 041 \
         stands beside \"welcomed\", which CAMEO calls 051, its 041 being a telephone call); `attainable` is the share of codes whose two readings agree, which no \
         coder that reads the sentence can pass by the literal table. Certainty of event words: three classes, happened, not, uncertain or still to come; `reading` \
         is what readings say, `reading_not_yet` the same with what is planned, predicted, asked for or supposed taken as not having happened, `encoder` the classes of the encoder's number.",
        bench.rules.len()
    );
    finish(&context.root, "coding", &intro, &figures)
}

/// The rules as they lie in `data/rules`, so that an edit needs no new build.
fn rules(context: &Context) -> Result<Rules> {
    let mut files = Vec::new();
    for name in sourceline_coding::RULE_FILES {
        let path = context.root.join(format!("data/rules/{name}.txt"));
        files.push((name, std::fs::read_to_string(&path).with_context(|| path.display().to_string())?));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Ok(Rules::parse(&files)?)
}

/// Analyses sentences one by one.
fn analyses(texts: &[String], encoder: &Encoder) -> Vec<Analysis> {
    let documents = texts.iter().map(|text| Document { text: text.clone(), ..Document::default() }).collect();
    analyze_all(documents, encoder, Settings { threads: 1, sentence_vectors: false })
}

/// Root type of PLV: it has CONCEDE and RETREAT in one.
fn root(kind: PloverType) -> &'static str {
    match kind {
        PloverType::Concede | PloverType::Retreat => "YIELD",
        other => other.as_str(),
    }
}

fn share(right: usize, of: usize) -> f64 {
    100.0 * right as f64 / of.max(1) as f64
}
