//! Factuality of event words: UDS-IH2 (on EWT dev, in its documents) and MEANTIME dev.
//!
//! Mean absolute error and Pearson's r of the score from -3 to 3; accuracy of three classes (at least 1, at most -1, between).

use super::detokenize::detokenize;
use super::treebank;
use crate::Context;
use crate::report::Figure;
use crate::score::pearson;
use anyhow::{Context as _, Result};
use serde_json::Value;
use sourceline_encoder::Encoder;
use sourceline_model::Document;
use sourceline_text::{GivenSentence, Settings, analyze, analyze_words};
use std::collections::HashMap;
use std::path::Path;

/// A sentence: its tokens, and places of event words with their labels.
type Item = (Vec<String>, Vec<(usize, f64)>);

/// Both sets.
///
/// # Errors
/// When the data cannot be read.
pub fn run(context: &Context, encoder: &Encoder) -> Result<Vec<Figure>> {
    let folder = context.data.join("factuality/glue_data");
    let mut out = figures("factuality_uds", &uds(context, encoder, &read(&folder.join("UDS_IH2/dev.jsonl"))?)?);
    out.extend(figures("factuality_meantime", &meantime(encoder, &read(&folder.join("MEANTIME/dev.jsonl"))?)));
    Ok(out)
}

fn read(path: &Path) -> Result<Vec<Item>> {
    let text = std::fs::read_to_string(path).map_err(anyhow::Error::from).context(path.display().to_string())?;
    let mut out = Vec::new();
    for line in text.lines() {
        let item: Value = serde_json::from_str(line)?;
        let tokens = item["text"].as_str().unwrap_or_default().split(' ').map(str::to_owned).collect();
        let target = |target: &Value| {
            let span = &target["span1"];
            let (start, end) = (span[0].as_u64()? as usize, span[1].as_u64()? as usize);
            (end - start <= 2).then_some((start, target["label"].as_f64()?))
        };
        out.push((tokens, item["targets"].as_array().into_iter().flatten().filter_map(target).collect()));
    }
    Ok(out)
}

/// Pairs (ours, gold) for the sentences of EWT dev that UDS labels, found by their characters.
fn uds(context: &Context, encoder: &Encoder, items: &[Item]) -> Result<Vec<(f64, f64)>> {
    let mut labels: HashMap<String, Vec<(usize, f64)>> = HashMap::new();
    for (tokens, targets) in items {
        let place = |&(word, label): &(usize, f64)| (tokens[..word].iter().map(|t| t.chars().count()).sum(), label);
        labels.entry(tokens.concat()).or_default().extend(targets.iter().map(place));
    }
    let sentences = treebank::read(&context.data.join("ud_ewt/en_ewt-ud-dev.conllu"))?;
    let mut pairs = Vec::new();
    for document in sentences.chunk_by(|_, next| !next.document) {
        let given: Vec<GivenSentence<'_>> = document
            .iter()
            .map(|s| GivenSentence {
                words: s.words.iter().map(|(f, a)| (f.as_str(), *a)).collect(),
                paragraph: s.paragraph,
            })
            .collect();
        let analysis = analyze_words(&given, encoder, Settings { threads: 1, sentence_vectors: false });
        for sentence in &analysis.sentences {
            let forms: Vec<&str> = sentence.tokens.range().map(|word| analysis.form(word)).collect();
            let Some(targets) = labels.get(&forms.concat()) else { continue };
            let mut at = 0;
            for (word, form) in sentence.tokens.range().zip(forms) {
                let hits = targets.iter().filter(|(place, _)| *place == at);
                pairs.extend(hits.map(|(_, label)| (f64::from(analysis.tokens[word].factuality), *label)));
                at += form.chars().count();
            }
        }
    }
    Ok(pairs)
}

/// Pairs (ours, gold) for single sentences.
fn meantime(encoder: &Encoder, items: &[Item]) -> Vec<(f64, f64)> {
    let mut pairs = Vec::new();
    for (tokens, targets) in items {
        let (text, spans) = detokenize(&tokens.iter().map(String::as_str).collect::<Vec<_>>());
        let analysis = analyze(Document { text, ..Document::default() }, encoder, Settings::default());
        for &(word, label) in targets {
            let Some(span) = spans.get(word) else { continue };
            let token = analysis.tokens.iter().find(|token| token.span.start < span.end && token.span.end > span.start);
            pairs.extend(token.map(|token| (f64::from(token.factuality), label)));
        }
    }
    pairs
}

fn figures(name: &str, pairs: &[(f64, f64)]) -> Vec<Figure> {
    let n = pairs.len().max(1) as f64;
    let class = |value: f64| {
        if value >= 1.0 {
            1
        } else if value <= -1.0 {
            -1
        } else {
            0
        }
    };
    let (ours, gold): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let mae = pairs.iter().map(|(ours, gold)| (ours - gold).abs()).sum::<f64>() / n;
    let right = pairs.iter().filter(|(ours, gold)| class(*ours) == class(*gold)).count();
    let from = format!("{} event words", pairs.len());
    vec![
        Figure::new(format!("{name}.mae"), mae, &from),
        Figure::new(format!("{name}.r"), pearson(&ours, &gold), &from),
        Figure::new(format!("{name}.classes"), 100.0 * right as f64 / n, format!("{right} of {from}")),
    ]
}
