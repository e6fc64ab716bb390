//! Whether the instruction paths and numbers of threads give the same analyses of the dev sets, in every number and label.

use super::treebank;
use crate::Context;
use crate::report::{Figure, finish};
use anyhow::{Context as _, Result};
use sourceline_encoder::{Encoder, Instructions, LoadError};
use sourceline_model::{Analysis, Document};
use sourceline_text::{Settings, analyze_all};
use std::time::Instant;

/// Paths and threads, the first of which the others must equal.
const RUNS: &[(&str, Instructions, usize)] = &[
    ("avx512", Instructions::Avx512, 1),
    ("avx512", Instructions::Avx512, 2),
    ("avx2", Instructions::Avx2, 1),
    ("avx2", Instructions::Avx2, 2),
    ("portable", Instructions::Portable, 2),
];

/// Compares all paths that this machine has: words of documents whose whole analysis is the same, in per cent.
///
/// # Errors
/// When the data or the weights cannot be read, or a figure lies below its floor.
pub fn run(context: &Context) -> Result<()> {
    let path = context.weights.clone().unwrap_or_else(|| context.root.join("data/weights/english.safetensors"));
    let weights = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let texts = texts(context)?;
    let mut reference: Option<(String, Vec<Analysis>)> = None;
    let mut figures = Vec::new();
    for &(name, instructions, threads) in RUNS {
        let encoder = match Encoder::load(weights.clone(), instructions, None) {
            Ok(encoder) => encoder,
            Err(LoadError::Kernel { .. }) => {
                println!("skipped {name}: this machine has no such instructions");
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let documents = texts.iter().map(|text| Document { text: text.clone(), ..Document::default() }).collect();
        let start = Instant::now();
        let analyses = analyze_all(documents, &encoder, Settings { threads, sentence_vectors: true });
        eprintln!("{name}, {threads} threads: {:.1} s", start.elapsed().as_secs_f64());
        match &reference {
            None => reference = Some((format!("{name}, {threads} threads"), analyses)),
            Some((first, reference)) => {
                figures.push(compared(&format!("{name}.threads_{threads}"), first, reference, &analyses));
            }
        }
    }
    let intro = "Raw text of EWT dev, GUM dev, PolNeAR dev and the held-out worldwide documents: the share of words in documents whose \
        whole analysis (words, trees, names, spans, numbers of factuality and vectors) is the same, bit for bit.";
    finish(&context.root, "paths", intro, &figures)
}

fn compared(key: &str, first: &str, reference: &[Analysis], analyses: &[Analysis]) -> Figure {
    let words = |analysis: &Analysis| analysis.tokens.len();
    let all: usize = reference.iter().map(words).sum();
    let same: usize = reference.iter().zip(analyses).filter(|(a, b)| a == b).map(|(a, _)| words(a)).sum();
    Figure::new(key, 100.0 * same as f64 / all.max(1) as f64, format!("{same} of {all} words as with {first}"))
}

/// Texts of the dev sets; those of treebanks and lists of tokens are made from their tokens.
fn texts(context: &Context) -> Result<Vec<String>> {
    let data = &context.data;
    let mut out = super::names::worldwide_texts(context)?;
    for bank in ["ud_ewt/en_ewt-ud-dev.conllu", "derived/en_gum-dep-dev.conllu"] {
        out.push(treebank::raw_text(&treebank::read(&data.join(bank))?));
    }
    out.extend(super::polnear::texts(context)?);
    Ok(out)
}
