//! Prints what pronouns and definite nouns choose from, for `eval/antecedents/fit.py` and `fit_definites.py`.
//!
//! In: GUM (`train` or `dev`), read from plain text, or reports. Out: one JSON object a pronoun or noun: where it stands, and every antecedent with its
//! mentions and features; on GUM also whether the gold standard has it.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::{Value, json};
use sourceline::intake::Given;
use sourceline_entities::{Antecedent, Ranking, rankings};
use sourceline_knowledge::Knowledge;
use sourceline_model::{Analysis, Span};

use super::{analyses, plain, read_gum};
use crate::Context;
use crate::reading::document;

/// Runs the task: `train`, `dev`, or paths of reports.
///
/// # Errors
/// When data or reports cannot be read.
pub fn run(context: &Context) -> Result<()> {
    match context.args.first().map(String::as_str) {
        Some(part @ ("train" | "dev")) => on_gum(context, part),
        _ => on_reports(context),
    }
}

fn on_gum(context: &Context, part: &str) -> Result<()> {
    let documents = read_gum(context, part)?;
    for (gum, analysis) in documents.iter().zip(analyses(context, plain(&documents))?) {
        let clusters: BTreeMap<usize, Vec<&str>> = gum.gold.iter().fold(BTreeMap::new(), |mut all, mention| {
            let start = gum.analysis.tokens[mention.head].span.start;
            all.entry(start).or_insert_with(Vec::new).push(&mention.cluster);
            all
        });
        let of = |span: &Span| clusters.get(&span.start).map_or(&[][..], Vec::as_slice);
        for ranking in rankings(&analysis, Knowledge::embedded()) {
            let own = of(&ranking.head);
            let right = |antecedent: &Antecedent| {
                antecedent.heads.iter().any(|head| of(head).iter().any(|cluster| own.contains(cluster)))
            };
            print(&analysis, "", &ranking, |antecedent| Some(right(antecedent)));
        }
    }
    Ok(())
}

fn on_reports(context: &Context) -> Result<()> {
    let documents = context.args.iter().map(|path| document(path.as_ref(), &Given::default()));
    for (path, analysis) in context.args.iter().zip(analyses(context, documents.collect::<Result<_>>()?)?) {
        for ranking in rankings(&analysis, Knowledge::embedded()) {
            print(&analysis, path, &ranking, |_| None);
        }
    }
    Ok(())
}

fn print(analysis: &Analysis, path: &str, ranking: &Ranking, right: impl Fn(&Antecedent) -> Option<bool>) {
    let antecedent = |antecedent: &Antecedent| {
        let mentions: Vec<&str> = antecedent.mentions.iter().map(|&span| analysis.text(span)).collect();
        let features: Vec<Value> = antecedent.features.iter().map(|feature| json!(feature)).collect();
        json!({"mentions": mentions, "features": features, "chosen": antecedent.chosen, "right": right(antecedent)})
    };
    let antecedents: Vec<Value> = ranking.antecedents.iter().map(antecedent).collect();
    let text = &analysis.document.text;
    let at = text[..ranking.mention.start].chars().count();
    let head = text[..ranking.head.start].chars().count();
    println!(
        "{}",
        json!({"document": path, "at": at, "head": head, "words": analysis.text(ranking.mention), "definite": ranking.definite,
            "plural": ranking.plural, "person": ranking.person, "antecedents": antecedents})
    );
}
