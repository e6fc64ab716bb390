//! Sentence vectors against the teacher's: Spearman's correlation of all pairwise cosines. The teacher sees each sentence by
//! itself; ours are measured by themselves (`alone`) and read within their documents (`in_text`).
//!
//! The teacher's vectors come from `eval/teacher.py`, which reads `eval/work/sentences.txt` (written by
//! `cargo xtask eval sentences`) and writes `eval/work/teacher.f32`, 384 floats a line of text.

use super::treebank::{self, GoldSentence};
use super::{names, polnear};
use crate::Context;
use crate::report::Figure;
use crate::score::spearman;
use anyhow::{Context as _, Result, bail};
use sourceline_encoder::Encoder;
use sourceline_model::Document;
use sourceline_text::{GivenSentence, Settings, analyze_all, analyze_words};

const WIDTH: usize = 384;
/// Treebanks; the other sets are raw texts, in the sentences that the encoder finds.
const TREEBANKS: [(&str, &str); 2] = [("ewt", "ud_ewt/en_ewt-ud-dev.conllu"), ("gum", "derived/en_gum-dep-dev.conllu")];
/// How many sentences of a set count, taken evenly.
const SENTENCES: usize = 1000;

/// The sets: names and sentences.
fn sets(context: &Context, encoder: &Encoder) -> Result<Vec<(&'static str, Vec<GoldSentence>)>> {
    let mut out = Vec::new();
    for (name, path) in TREEBANKS {
        out.push((name, treebank::read(&context.data.join(path))?));
    }
    out.push(("polnear", found(polnear::texts(context)?, encoder)));
    out.push(("worldwide", found(names::worldwide_texts(context)?, encoder)));
    Ok(out)
}

/// The sentences that the encoder finds in texts.
fn found(texts: Vec<String>, encoder: &Encoder) -> Vec<GoldSentence> {
    let documents = texts.into_iter().map(|text| Document { text, ..Document::default() }).collect();
    let analyses = analyze_all(documents, encoder, Settings { threads: 1, sentence_vectors: false });
    let mut out = Vec::new();
    for analysis in &analyses {
        let mut paragraph = None;
        for (at, sentence) in analysis.sentences.iter().enumerate() {
            let word = |at: usize| (analysis.form(at).to_owned(), analysis.tokens[at].space_after);
            let words: Vec<(String, bool)> = sentence.tokens.range().map(word).collect();
            out.push(GoldSentence {
                tokens: words.clone(),
                words,
                paragraph: paragraph.replace(sentence.paragraph) != Some(sentence.paragraph),
                document: at == 0,
                ..GoldSentence::default()
            });
        }
    }
    out
}

/// Places of the sentences that count: of at least five words, evenly spread.
fn chosen(sentences: &[GoldSentence]) -> Vec<usize> {
    let long: Vec<usize> = (0..sentences.len()).filter(|&at| sentences[at].words.len() >= 5).collect();
    let step = long.len().div_ceil(SENTENCES).max(1);
    long.into_iter().step_by(step).collect()
}

/// What the teacher is given: one sentence a line, all sets one after the other.
fn for_teacher(sets: &[(&str, Vec<GoldSentence>)]) -> String {
    let mut out = String::new();
    for (_, sentences) in sets {
        for at in chosen(sentences) {
            let words =
                sentences[at].tokens.iter().map(|(form, space)| format!("{form}{}", if *space { " " } else { "" }));
            out += words.collect::<String>().trim();
            out.push('\n');
        }
    }
    out
}

/// Writes the sentences for the teacher.
///
/// # Errors
/// When a file cannot be read or written.
pub fn write_sentences(context: &Context) -> Result<()> {
    let encoder = super::load(context)?;
    std::fs::create_dir_all(context.root.join("eval/work"))?;
    let text = for_teacher(&sets(context, &encoder)?);
    Ok(std::fs::write(context.root.join("eval/work/sentences.txt"), text)?)
}

/// The correlation on each set.
///
/// # Errors
/// When the data or the teacher's vectors cannot be read, or the teacher was given other sentences.
pub fn run(context: &Context, encoder: &Encoder) -> Result<Vec<Figure>> {
    let work = context.root.join("eval/work");
    let hint = "run `cargo xtask eval sentences` and `python eval/teacher.py` first";
    let read = |name: &str| std::fs::read(work.join(name)).map_err(anyhow::Error::from).context(hint);
    let floats: Vec<f32> =
        read("teacher.f32")?.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    let sets = sets(context, encoder)?;
    let text = for_teacher(&sets);
    if read("sentences.txt")? != text.as_bytes() || floats.len() != WIDTH * text.lines().count() {
        bail!("the teacher's vectors are of other sentences: {hint}");
    }
    let mut teacher = floats.chunks_exact(WIDTH);
    let mut out = Vec::new();
    for (name, sentences) in sets {
        let chosen = chosen(&sentences);
        let theirs: Vec<&[f32]> = teacher.by_ref().take(chosen.len()).collect();
        let theirs = cosines(&theirs);
        let alone: Vec<GoldSentence> = chosen
            .iter()
            .map(|&at| GoldSentence { document: true, paragraph: true, ..sentences[at].clone() })
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
fn vectors(sentences: &[GoldSentence], encoder: &Encoder) -> Vec<Vec<f32>> {
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
