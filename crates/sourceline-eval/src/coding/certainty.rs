//! Certainty of event words: UDS-IH2 and MEANTIME dev, gold words, sentence by sentence.

use anyhow::{Context as _, Result};
use serde_json::Value;
use sourceline_coding::{Standing, standing};
use sourceline_model::{Certainty, Polarity};
use sourceline_text::{GivenSentence, Settings, analyze_words};

use super::Bench;
use super::confusion::Confusion;
use crate::report::Figure;

/// Both sets.
///
/// # Errors
/// When the data cannot be read.
pub fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (name, folder) in [("uds", "UDS_IH2"), ("meantime", "MEANTIME")] {
        figures.extend(set(bench, name, folder)?);
    }
    Ok(figures)
}

fn set(bench: &Bench, name: &str, folder: &str) -> Result<Vec<Figure>> {
    let path = bench.context.data.join("factuality/glue_data").join(folder).join("dev.jsonl");
    let file = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let [mut reading, mut settled, mut encoder, mut two_way]: [Confusion; 4] = Default::default();
    for line in file.lines() {
        let row: Value = serde_json::from_str(line)?;
        let text = row["text"].as_str().unwrap_or("");
        let words = text.split(' ').filter(|word| !word.is_empty()).map(|word| (word, true)).collect();
        let settings = Settings { threads: 1, sentence_vectors: false };
        let analysis = analyze_words(&[GivenSentence { words, paragraph: true }], &bench.encoder, settings);
        for target in row["targets"].as_array().into_iter().flatten() {
            let (Some(at), Some(label)) = (target["span1"][0].as_u64(), target["label"].as_f64()) else { continue };
            let at = at as usize;
            let (gold, number) = (by_number(label), f64::from(analysis.tokens[at].factuality));
            let own = standing(&analysis, &bench.rules, at);
            let found = by_words(own);
            reading.add(gold, found);
            settled.add(gold, not_yet(own));
            encoder.add(gold, by_number(number));
            let happened = |class: &str| if class == "happened" { "happened" } else { "other" };
            two_way.add(happened(gold), happened(found));
            if bench.verbose && gold != found {
                println!("{gold} <- {found} {label:.2} {number:.2} {} | {text}", analysis.form(at));
            }
        }
    }
    let figure = |key: &str, confusion: &Confusion| {
        let instead = |class: &str| format!("{class} missed as {}", confusion.instead_of(class));
        let from = confusion.classes().into_iter().map(instead).collect::<Vec<_>>().join("; ");
        let right = confusion.right();
        let from = format!("{right} of {} event words; {from}", confusion.total());
        Figure::new(format!("certainty.{name}.{key}"), super::share(right, confusion.total()), from)
    };
    Ok(vec![
        figure("reading", &reading),
        figure("reading_not_yet", &settled),
        figure("encoder", &encoder),
        figure("happened", &two_way),
    ])
}

/// The class of a label from -3 to 3.
fn by_number(label: f64) -> &'static str {
    match label {
        label if label >= 1.0 => "happened",
        label if label <= -1.0 => "not",
        _ => "uncertain",
    }
}

/// The class when what is only planned, predicted, asked for or supposed counts as not having happened, as these sets' annotators were asked.
fn not_yet(standing: Standing) -> &'static str {
    match standing.certainty {
        Certainty::Planned | Certainty::Predicted | Certainty::Hypothetical => "not",
        _ => by_words(standing),
    }
}

fn by_words(standing: Standing) -> &'static str {
    match (standing.certainty, standing.polarity) {
        (Certainty::Asserted | Certainty::Probable, Polarity::Positive) => "happened",
        (Certainty::Asserted | Certainty::Probable, Polarity::Negative) => "not",
        _ => "uncertain",
    }
}
