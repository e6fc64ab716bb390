//! Source chains on stories with gold: the example stories, our own stories, our own reports, and our own reports that nothing is worked on with.
//!
//! A gold statement is found when a claim shares at least half of the shorter one's words; its speaker is right when the last hop of such
//! a claim is, its chain when all hops are. Names agree as in the examples' own `score.py`. Speaker and chain are shares of those found.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;
use sourceline::Engine;
use sourceline::intake::Given;
use sourceline_model::Reading;

use super::{engine, files, read};
use crate::Context;
use crate::alike::{flat, overlap, same};
use crate::report::{Figure, finish};

/// A statement with its chain, outermost hop first.
struct Gold {
    evidence: String,
    chain: Vec<String>,
}

/// The stories that are only counted.
const HELD: &str = "held_";

#[derive(Default)]
struct Tally {
    all: usize,
    found: usize,
    speaker: usize,
    chain: usize,
}

/// Measures chains; `-v` prints what went wrong.
///
/// # Errors
/// When a file cannot be read, or a figure lies below its floor.
pub fn run(context: &Context) -> Result<()> {
    let verbose = context.args.iter().any(|word| word == "-v");
    let engine = engine(context)?;
    let mut figures = Vec::new();
    for (name, folder) in [
        ("examples", context.data.join("../examples")),
        ("own_stories", context.root.join("eval/corroborate/stories")),
        ("fresh_stories", context.root.join("eval/corroborate/fresh")),
        ("later_stories", context.root.join("eval/corroborate/later")),
        ("more_stories", context.root.join("eval/corroborate/more")),
        ("plain_stories", context.root.join("eval/corroborate/plain")),
        ("short_reports", context.root.join("eval/corroborate/short")),
        ("held_stories", context.root.join("eval/corroborate/held")),
        ("held_later_stories", context.root.join("eval/corroborate/later_held")),
        ("held_plain_stories", context.root.join("eval/corroborate/plain_held")),
        ("held_short_reports", context.root.join("eval/corroborate/short_held")),
    ] {
        if folder.join("documents.jsonl").exists() {
            // What is held out is counted, never shown.
            figures.extend(shares(name, &stories(&engine, &folder, verbose && !name.starts_with(HELD))?));
        }
    }
    for (name, folder) in [("own_reports", "suite/read"), ("held_out", "suite/held")] {
        let tally = reports(&engine, &context.root.join(folder), verbose && name == "own_reports")?;
        figures.extend(shares(name, &tally));
    }
    let intro = "Source chains of statements with gold. `examples` and `own_reports` were worked on, `own_stories`, `fresh_stories`, `later_stories`, `more_stories` and `short_reports` were looked at, `held_out` (`suite/held`) and \
                 all that begins with `held_` were written by people who had not seen the program and are only counted. Of gold statements: found; of those found: speaker (last hop), chain (all hops).";
    finish(&context.root, "chains", intro, &figures)
}

fn shares(name: &str, tally: &Tally) -> Vec<Figure> {
    let share = |key: &str, right: usize, of: usize| {
        let value = 100.0 * right as f64 / of.max(1) as f64;
        Figure::new(format!("{name}.{key}"), value, format!("{right} of {of}"))
    };
    vec![
        share("found", tally.found, tally.all),
        share("speaker", tally.speaker, tally.found),
        share("chain", tally.chain, tally.found),
    ]
}

/// Stories in the examples' format: `documents.jsonl`, `gold.jsonl`, `reports/`.
fn stories(engine: &Engine, folder: &Path, verbose: bool) -> Result<Tally> {
    let lines = |name: &str| -> Result<Vec<Value>> {
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        text.lines().filter(|line| !line.trim().is_empty()).map(|line| Ok(serde_json::from_str(line)?)).collect()
    };
    let gold = lines("gold.jsonl")?;
    let mut tally = Tally::default();
    for document in lines("documents.jsonl")? {
        let file = document["file"].as_str().context("a document without file")?;
        let id = document["id"].as_str().or(document["doc"].as_str()).context("a document without id")?;
        let outlet = document["header_lines"].as_u64().is_none_or(|lines| lines == 0);
        let given =
            Given { outlet: document["outlet"].as_str().filter(|_| outlet).map(str::to_owned), ..Given::default() };
        let reading = read(engine, &folder.join(file), &given)?;
        let supports = gold.iter().flat_map(|item| item["support"].as_array().into_iter().flatten());
        for support in supports.filter(|support| support["doc"].as_str() == Some(id)) {
            let chain = support["chain"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let evidence = support["evidence"].as_str().unwrap_or("").to_owned();
            count(&mut tally, &reading, &Gold { evidence, chain: chain.map(str::to_owned).collect() }, verbose);
        }
    }
    Ok(tally)
}

/// Reports `NAME.txt` beside `NAME.gold`: evidence, tab, hops from the outermost inwards with `<-` between them.
fn reports(engine: &Engine, folder: &Path, verbose: bool) -> Result<Tally> {
    let mut tally = Tally::default();
    for path in files(folder, "txt")? {
        let reading = read(engine, &path, &Given::default())?;
        for line in std::fs::read_to_string(path.with_extension("gold"))?.lines() {
            let Some((evidence, chain)) = line.split_once('\t') else { continue };
            let chain = chain.split(" <- ").map(str::to_owned).collect();
            count(&mut tally, &reading, &Gold { evidence: evidence.to_owned(), chain }, verbose);
        }
    }
    Ok(tally)
}

fn count(tally: &mut Tally, reading: &Reading, gold: &Gold, verbose: bool) {
    let raw = &reading.analysis.document.text;
    let text = flat(raw);
    let near = reading.claims.iter().filter(|claim| {
        let words = |span: &sourceline_model::Span| &raw[span.range()];
        overlap(&flat(&gold.evidence), &flat(&claim.evidence.iter().map(words).collect::<Vec<_>>().join(" ")), &text)
    });
    let chains: Vec<Vec<&str>> = near.map(|claim| claim.chain.iter().map(|hop| hop.name.as_str()).collect()).collect();
    let last = |chain: &Vec<&str>| chain.last().zip(gold.chain.last()).is_some_and(|(own, gold)| same(own, gold));
    let whole = |chain: &Vec<&str>| {
        chain.len() == gold.chain.len() && chain.iter().zip(&gold.chain).all(|(own, gold)| same(own, gold))
    };
    let right = chains.iter().any(whole);
    tally.all += 1;
    tally.found += usize::from(!chains.is_empty());
    tally.speaker += usize::from(chains.iter().any(last));
    tally.chain += usize::from(right);
    if verbose && !right {
        println!("{} | {} | {chains:?}", gold.evidence, gold.chain.join(" <- "));
    }
}
