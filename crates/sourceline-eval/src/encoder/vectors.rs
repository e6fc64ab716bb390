//! Sentence vectors against the teacher's: Spearman's correlation of all pairwise cosines. The teacher sees each sentence by
//! itself; ours are measured by themselves (`alone`) and read within their documents (`in_text`).
//!
//! The teacher's vectors come from `eval/teacher.py`, which reads `eval/work/sentences.txt` (written by
//! `cargo xtask eval sentences`) and writes `eval/work/teacher.f32`, 384 floats a line of text.

use super::treebank;
use crate::Context;
use crate::report::Figure;
use crate::score::spearman;
use anyhow::{Context as _, Result, bail};
use sourceline_encoder::Encoder;
use sourceline_text::{GivenSentence, Settings, analyze_words};

const WIDTH: usize = 384;
/// Treebanks and how many of their sentences count, taken evenly.
const SETS: [(&str, &str); 2] = [("ewt", "ud_ewt/en_ewt-ud-dev.conllu"), ("gum", "derived/en_gum-dep-dev.conllu")];
const SENTENCES: usize = 1000;

/// Places of the sentences that count: of at least five words, evenly spread.
fn chosen(sentences: &[treebank::GoldSentence]) -> Vec<usize> {
    let long: Vec<usize> = (0..sentences.len()).filter(|&at| sentences[at].words.len() >= 5).collect();
    let step = long.len().div_ceil(SENTENCES).max(1);
    long.into_iter().step_by(step).collect()
}

/// Writes the sentences for the teacher.
///
/// # Errors
/// When a file cannot be read or written.
pub fn write_sentences(context: &Context) -> Result<()> {
    let mut out = String::new();
    for (_, path) in SETS {
        let sentences = treebank::read(&context.data.join(path))?;
        for at in chosen(&sentences) {
            let words =
                sentences[at].tokens.iter().map(|(form, space)| format!("{form}{}", if *space { " " } else { "" }));
            out += words.collect::<String>().trim();
            out.push('\n');
        }
    }
    std::fs::create_dir_all(context.root.join("eval/work"))?;
    Ok(std::fs::write(context.root.join("eval/work/sentences.txt"), out)?)
}

/// The correlation on each set.
///
/// # Errors
/// When the data or the teacher's vectors cannot be read.
pub fn run(context: &Context, encoder: &Encoder) -> Result<Vec<Figure>> {
    let path = context.root.join("eval/work/teacher.f32");
    let bytes = std::fs::read(&path).map_err(anyhow::Error::from).context("run eval/teacher.py first")?;
    let floats: Vec<f32> = bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    let mut teacher = floats.chunks_exact(WIDTH);
    let mut out = Vec::new();
    for (name, path) in SETS {
        let sentences = treebank::read(&context.data.join(path))?;
        let chosen = chosen(&sentences);
        let theirs: Vec<&[f32]> = teacher.by_ref().take(chosen.len()).collect();
        if theirs.len() < chosen.len() {
            bail!("the teacher's vectors are of other sentences");
        }
        let theirs = cosines(&theirs);
        let alone: Vec<treebank::GoldSentence> = chosen
            .iter()
            .map(|&at| treebank::GoldSentence { document: true, paragraph: true, ..sentences[at].clone() })
            .collect();
        let alone = vectors(&alone, encoder);
        let in_text = vectors(&sentences, encoder);
        let alone: Vec<&[f32]> = alone.iter().map(Vec::as_slice).collect();
        let in_text: Vec<&[f32]> = chosen.iter().map(|&at| in_text[at].as_slice()).collect();
        for (key, ours) in [("alone", alone), ("in_text", in_text)] {
            let from = format!("{} pairs of {} sentences", theirs.len(), chosen.len());
            out.push(Figure::new(format!("vectors.{name}.{key}"), spearman(&cosines(&ours), &theirs), from));
        }
    }
    Ok(out)
}

/// Our vectors of gold sentences, each document read as a whole.
fn vectors(sentences: &[treebank::GoldSentence], encoder: &Encoder) -> Vec<Vec<f32>> {
    let mut out = Vec::with_capacity(sentences.len());
    for document in sentences.chunk_by(|_, next| !next.document) {
        let given: Vec<GivenSentence<'_>> = document
            .iter()
            .map(|s| GivenSentence {
                words: s.words.iter().map(|(f, a)| (f.as_str(), *a)).collect(),
                paragraph: s.paragraph,
            })
            .collect();
        let analysis = analyze_words(&given, encoder, Settings::default());
        out.extend(analysis.sentences.into_iter().map(|sentence| sentence.vector));
    }
    out
}

fn cosines(vectors: &[&[f32]]) -> Vec<f64> {
    let mut out = Vec::with_capacity(vectors.len() * vectors.len() / 2);
    for (at, a) in vectors.iter().enumerate() {
        out.extend(vectors[at + 1..].iter().map(|b| a.iter().zip(*b).map(|(a, b)| f64::from(a * b)).sum::<f64>()));
    }
    out
}
