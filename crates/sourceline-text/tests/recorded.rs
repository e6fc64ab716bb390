//! The built-in encoder against what PyTorch computed from the same weights in floats (data/weights/check.json).

#![cfg(weights)]

use serde_json::Value;
use sourceline_encoder::{Encoder, Part, Space, Word};
use sourceline_model::{Analysis, AttributionRole, Document};
use sourceline_text::{Settings, analyze, encoder};

/// Share of decisions that may differ, because the network is computed in 8 bits and near ties fall the other way.
const LEAST_AGREEMENT: f64 = 0.95;
/// Least cosine of the first numbers of word vectors.
const LEAST_COSINE: f64 = 0.98;

#[derive(Default)]
struct Agreement {
    same: usize,
    all: usize,
}

impl Agreement {
    fn count(&mut self, same: bool) {
        self.same += usize::from(same);
        self.all += 1;
    }

    fn check(&self, what: &str) {
        let share = self.same as f64 / self.all.max(1) as f64;
        assert!(self.all > 0 && share >= LEAST_AGREEMENT, "{what}: {} of {} agree", self.same, self.all);
    }
}

fn cases() -> Vec<Value> {
    let json: Value = serde_json::from_str(include_str!("../../../data/weights/check.json")).expect("it is JSON");
    json["cases"].as_array().expect("cases").clone()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

fn read(case: &Value, encoder: &Encoder) -> Analysis {
    analyze(Document { text: text(&case["text"]).to_owned(), ..Document::default() }, encoder, Settings::default())
}

#[test]
fn decisions_are_those_of_the_training_framework() {
    let encoder = encoder().expect("the weights are whole");
    let [mut upos, mut feats, mut lemma, mut head, mut relation, mut entity, mut starts] =
        std::array::from_fn(|_| Agreement::default());
    let mut roles: [Agreement; 3] = Default::default();
    let mut names = Agreement::default();
    for case in cases() {
        let analysis = read(&case, &encoder);
        let words = case["words"].as_array().expect("words");
        let forms: Vec<&str> = words.iter().map(|word| text(&word["form"])).collect();
        let ours: Vec<&str> = (0..analysis.tokens.len()).map(|index| analysis.form(index)).collect();
        assert_eq!(ours, forms);
        for (index, (word, token)) in words.iter().zip(&analysis.tokens).enumerate() {
            upos.count(token.upos.as_str() == text(&word["upos"]));
            feats.count(token.feats == text(&word["feats"]).trim_start_matches('_'));
            lemma.count(token.lemma == text(&word["lemma"]));
            let gold = word["head"].as_i64().and_then(|head| usize::try_from(head).ok());
            head.count(token.head == gold);
            relation.count(token.deprel == text(&word["deprel"]));
            let hint = token.hint.map_or("none".to_owned(), |hint| format!("{hint:?}").to_lowercase());
            entity.count(hint == text(&word["entity"]));
            for ((role, name), roles) in [
                (AttributionRole::Source, "source"),
                (AttributionRole::Cue, "cue"),
                (AttributionRole::Content, "content"),
            ]
            .into_iter()
            .zip(&mut roles)
            {
                let span = analysis.attribution.iter().find(|s| s.role == role && s.tokens.contains(index));
                let tag = span.map_or("O", |span| if span.tokens.start == index { "B" } else { "I" });
                roles.count(tag == text(&word[name]));
            }
            assert!((f64::from(token.factuality) - word["factuality"].as_f64().expect("a number")).abs() < 0.6);
        }
        for sentence in case["sentences"].as_array().expect("sentences") {
            let start = sentence["start"].as_u64().expect("a number") as usize;
            let found = analysis.sentences.iter().find(|sentence| sentence.tokens.start == start);
            starts.count(found.is_some());
            let same_end = |end: usize| sentence["end"].as_u64() == Some(end as u64);
            if let Some(found) = found.filter(|found| same_end(found.tokens.end)) {
                let close = |at: usize| {
                    (f64::from(found.vector[at]) - sentence["vector"][at].as_f64().expect("a number")).abs()
                };
                assert!((0..8).all(|at| close(at) < 0.04), "sentence vector at {start}");
            }
        }
        for name in case["names"].as_array().expect("names") {
            let (start, end) = (name["start"].as_u64().expect("a number"), name["end"].as_u64().expect("a number"));
            names.count(analysis.names.iter().any(|found| {
                (found.tokens.start as u64, found.tokens.end as u64) == (start, end)
                    && found.kind.as_str() == text(&name["type"])
            }));
        }
    }
    for (agreement, what) in [
        (upos, "upos"),
        (feats, "feats"),
        (lemma, "lemma"),
        (head, "head"),
        (relation, "relation"),
        (entity, "entity"),
        (starts, "sentence starts"),
    ] {
        agreement.check(what);
    }
    for (agreement, what) in roles.iter().zip(["source", "cue", "content"]) {
        agreement.check(what);
    }
    // Few names in the texts: one that falls the other way is much.
    assert!(names.same * 10 >= names.all * 9, "names: {} of {} agree", names.same, names.all);
}

#[test]
fn pieces_and_vectors_are_those_of_the_training_framework() {
    let encoder = encoder().expect("the weights are whole");
    for case in cases() {
        let analysis = read(&case, &encoder);
        let words = case["words"].as_array().expect("words");
        for (index, word) in words.iter().enumerate() {
            let pieces: Vec<u32> = word["pieces"]
                .as_array()
                .expect("pieces")
                .iter()
                .map(|id| id.as_u64().expect("an id") as u32)
                .collect();
            assert_eq!(encoder.pieces(analysis.form(index)), pieces, "{}", analysis.form(index));
        }
        let vectors = encoder.vectors(&spaced(&analysis));
        let hidden = encoder.config().hidden;
        for row in case["vectors"].as_array().expect("vectors") {
            let word = row["word"].as_u64().expect("a number") as usize;
            let ours = &vectors[word * hidden..][..hidden];
            let norm = ours.iter().map(|v| f64::from(v * v)).sum::<f64>().sqrt();
            let gold = row["norm"].as_f64().expect("a number");
            assert!((norm - gold).abs() < 0.05 * gold, "norm {norm} for {gold}");
            let numbers: Vec<f64> =
                row["vector"].as_array().expect("numbers").iter().map(|v| v.as_f64().expect("a number")).collect();
            let dot: f64 = numbers.iter().zip(ours).map(|(a, b)| a * f64::from(*b)).sum();
            let length = |values: &mut dyn Iterator<Item = f64>| values.map(|v| v * v).sum::<f64>().sqrt();
            let cosine =
                dot / (length(&mut numbers.iter().copied()) * length(&mut ours[..8].iter().map(|v| f64::from(*v))));
            assert!(cosine > LEAST_COSINE, "cosine {cosine} at word {word}");
        }
    }
    assert!(encoder.read(&[Part { words: &[], sentences: None }], Default::default()).len() == 1);
}

/// The words of an analysis with the space before each.
fn spaced(analysis: &Analysis) -> Vec<Word<'_>> {
    let text = &analysis.document.text;
    let mut end = 0;
    let mut paragraphs = analysis.paragraphs.iter().map(|paragraph| paragraph.start).peekable();
    let mut out = Vec::new();
    for (index, token) in analysis.tokens.iter().enumerate() {
        let gap = &text[end..token.span.start];
        let space = if paragraphs.next_if_eq(&token.span.start).is_some() {
            Space::Paragraph
        } else if gap.contains('\n') {
            Space::Line
        } else if gap.is_empty() {
            Space::Glued
        } else {
            Space::Blank
        };
        out.push(Word { form: analysis.form(index), space });
        end = token.span.end;
    }
    out
}
