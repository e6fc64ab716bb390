//! How likely two claims say the same thing, and why.
//!
//! In: two [`ClaimRecord`]s and the [`Pool`] they stand in. Out: a score (log odds) and, on demand, the features it is made of.
//! A logistic model over a handful of features. Rare words count more than common ones, and what is rare is measured in the
//! pool, i.e. among the claims of the same story: there "army" may say nothing and "barrel" everything.

use std::collections::HashMap;

use crate::days;
use crate::{ClaimRecord, HopRecord};

/// Names of the features in the order of [`Weights`].
const NAMES: [&str; FEATURES] = [
    "sentence vectors",
    "shared words",
    "same source",
    "same report",
    "same number",
    "other number",
    "same event type",
    "other event type",
    "other time",
    "same quotation",
    "one is denied or negated",
    "one document",
    "shared names",
    "forecast and report",
];
const FEATURES: usize = 14;

/// Weights fitted with `eval/grouping/fit.py` (logistic regression over pairs of claims of the development stories, leaving one
/// story out gives the same order of size); event type, time, quotation, polarity and names are priors set by hand.
const WITH_VECTORS: ([f32; FEATURES], f32) =
    ([5.0, 10.6, 1.3, 0.0, 1.7, -1.6, 0.3, -0.3, -1.5, 1.5, -0.6, -4.0, 0.0, -0.8], -6.1);
/// The same without sentence vectors.
const WITHOUT_VECTORS: ([f32; FEATURES], f32) =
    ([0.0, 14.5, 1.3, 0.0, 1.7, -1.3, 0.4, -0.4, -1.5, 1.5, -0.6, -4.0, 0.0, -0.8], -4.8);
/// The same for two languages: no words to share, so names, numbers and the coded event decide.
const ACROSS_LANGUAGES: ([f32; FEATURES], f32) =
    ([0.0, 0.0, 1.6, 1.0, 2.0, -1.1, 1.2, -1.0, -1.5, 0.0, -0.6, -4.0, 5.0, -0.8], -4.6);

/// What is rare among the claims at hand.
#[derive(Debug, Default)]
pub struct Pool {
    claims: f32,
    words: HashMap<u32, f32>,
    entities: HashMap<String, f32>,
}

impl Pool {
    /// Counts words and names over the claims of a story.
    pub fn new<'a>(claims: impl IntoIterator<Item = &'a ClaimRecord>) -> Self {
        let mut pool = Self::default();
        for claim in claims {
            pool.claims += 1.0;
            for word in &claim.around {
                *pool.words.entry(*word).or_default() += 1.0;
            }
            for entity in &claim.entities {
                *pool.entities.entry(entity.clone()).or_default() += 1.0;
            }
        }
        pool
    }

    fn rarity(&self, count: Option<&f32>) -> f32 {
        ((self.claims + 1.0) / (count.copied().unwrap_or(0.0) + 0.5)).ln().max(0.0)
    }

    /// Weight of shared words by the geometric mean of both sides' weights, 0..1.
    fn shared_words(&self, a: &[u32], b: &[u32]) -> f32 {
        self.shared(a, b, |word| self.rarity(self.words.get(word)))
    }

    fn shared_entities(&self, a: &[String], b: &[String]) -> f32 {
        self.shared(a, b, |entity| self.rarity(self.entities.get(entity)))
    }

    fn shared<T: Ord>(&self, a: &[T], b: &[T], weight: impl Fn(&T) -> f32) -> f32 {
        let (mut i, mut j, mut both) = (0, 0, 0.0);
        while i < a.len() && j < b.len() {
            match a[i].cmp(&b[j]) {
                std::cmp::Ordering::Equal => {
                    both += weight(&a[i]);
                    i += 1;
                    j += 1;
                }
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
            }
        }
        let total = |side: &[T]| side.iter().map(&weight).sum::<f32>();
        let of = (total(a) * total(b)).sqrt();
        if of > 0.0 { both / of } else { 0.0 }
    }
}

/// One feature of a pair of claims.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// What it is.
    pub name: &'static str,
    /// Its value, mostly 0..1.
    pub value: f32,
    /// What it adds to the score.
    pub adds: f32,
}

/// Why two claims were put together or kept apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Log odds that they say the same.
    pub score: f32,
    /// What every pair starts from.
    pub base: f32,
    /// The features that are not zero, the strongest first.
    pub features: Vec<Feature>,
}

/// Explains the score of two claims.
pub fn explain(pool: &Pool, a: &ClaimRecord, b: &ClaimRecord) -> Explanation {
    let (weights, base) = weights(a, b);
    let values = features(pool, a, b);
    let mut out: Vec<Feature> = (0..FEATURES)
        .map(|f| Feature { name: NAMES[f], value: values[f], adds: values[f] * weights[f] })
        .filter(|feature| feature.adds != 0.0)
        .collect();
    out.sort_by(|x, y| y.adds.abs().total_cmp(&x.adds.abs()));
    Explanation { score: score(pool, a, b), base: *base, features: out }
}

/// Log odds that two claims say the same.
pub(crate) fn score(pool: &Pool, a: &ClaimRecord, b: &ClaimRecord) -> f32 {
    let (weights, base) = weights(a, b);
    base + features(pool, a, b).iter().zip(weights).map(|(value, weight)| value * weight).sum::<f32>()
}

/// Log odds that two claims speak of the same thing, whoever says it and whether it is affirmed or denied.
pub(crate) fn content_score(pool: &Pool, a: &ClaimRecord, b: &ClaimRecord) -> f32 {
    let (weights, base) = weights(a, b);
    let values = features(pool, a, b);
    // Without the source (2, 3), polarity (10), the document (11) and the number and time that may be in dispute (5, 8).
    base + (0..FEATURES).filter(|f| !matches!(f, 2 | 3 | 5 | 8 | 10 | 11)).map(|f| values[f] * weights[f]).sum::<f32>()
}

fn weights(a: &ClaimRecord, b: &ClaimRecord) -> &'static ([f32; FEATURES], f32) {
    if !a.language.is_empty() && !b.language.is_empty() && a.language != b.language {
        &ACROSS_LANGUAGES
    } else if a.vector.is_empty() || b.vector.is_empty() {
        &WITHOUT_VECTORS
    } else {
        &WITH_VECTORS
    }
}

fn features(pool: &Pool, a: &ClaimRecord, b: &ClaimRecord) -> [f32; FEATURES] {
    let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
    let any = |x: &[String], y: &[String]| x.iter().any(|one| y.contains(one));
    let numbers = !a.numbers.is_empty() && !b.numbers.is_empty();
    let same_number = any(&a.numbers, &b.numbers);
    let (types_a, types_b) = (&a.signature.types, &b.signature.types);
    let typed = !types_a.is_empty() && !types_b.is_empty();
    let same_type = any(types_a, types_b);
    let other_time = match (&a.signature.time, &b.signature.time) {
        (Some(x), Some(y)) => days::apart(x, y),
        _ => false,
    };
    [
        cosine(&a.vector, &b.vector),
        pool.shared_words(&a.words, &b.words),
        same_source(a, b),
        flag(same_report(a, b)),
        flag(same_number),
        flag(numbers && !same_number),
        flag(typed && same_type),
        flag(typed && !same_type),
        flag(other_time),
        flag(any(&a.quotes, &b.quotes)),
        flag(a.negative != b.negative),
        flag(a.key.document == b.key.document),
        pool.shared_entities(&a.entities, &b.entities),
        flag((a.kind == "forecast") != (b.kind == "forecast")),
    ]
}

fn cosine(a: &[i8], b: &[i8]) -> f32 {
    if a.is_empty() || a.len() != b.len() {
        return 0.0;
    }
    let mut dot = 0_i32;
    for (x, y) in a.iter().zip(b) {
        dot += i32::from(*x) * i32::from(*y);
    }
    // Records hold unit vectors scaled so that a length of 1 is `record::VECTOR_SCALE`.
    dot as f32 / (crate::compile::VECTOR_SCALE * crate::compile::VECTOR_SCALE)
}

/// How far the two ultimate sources are described alike, 0..1; nothing when one document speaks for itself.
fn same_source(a: &ClaimRecord, b: &ClaimRecord) -> f32 {
    let (Some(x), Some(y)) = (a.source(), b.source()) else { return 0.0 };
    if x.party.key == y.party.key {
        return 1.0;
    }
    let words =
        |hop: &HopRecord| -> Vec<String> { hop.party.key.split([' ', '-', '/', ':']).map(str::to_string).collect() };
    let (x, y) = (words(x), words(y));
    let both = x.iter().filter(|word| y.contains(word)).count();
    both as f32 / (x.len() + y.len() - both) as f32
}

/// Whether both chains lead through one party beyond the documents' own outlets.
fn same_report(a: &ClaimRecord, b: &ClaimRecord) -> bool {
    let beyond =
        |claim: &'_ ClaimRecord| claim.chain.iter().skip(1).map(|hop| hop.party.key.clone()).collect::<Vec<_>>();
    let theirs = beyond(b);
    beyond(a).iter().any(|key| theirs.contains(key))
}
