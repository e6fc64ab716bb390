//! How likely two claims say the same thing, and why.
//!
//! In: two [`ClaimRecord`]s and the [`Pool`] they stand in. Out: a score (log odds) and, on demand, the features it is made of.
//! A logistic model over a handful of features. Rare words count more than common ones, and what is rare is measured in the
//! pool, i.e. among the claims of the same story: there "army" may say nothing and "barrel" everything.

use std::collections::HashMap;

use crate::{ClaimRecord, WhenRecord, days, words};

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
    "few words",
];
const FEATURES: usize = 15;

/// Weights of a logistic regression over the pairs of claims of different documents in seven stories with gold, grouped together, rounded
/// (`eval/corroborate/fit.py` prints the fit and what it is worth on each story left out). Set by hand: the weight of a shared number is half
/// of the fit's, for small numbers are the same by chance; that of a shared report is raised from 0 and the start lowered with it, for claims of
/// two reports must be closer to count as one (own stories: false corroboration 39 % without, 33 % with it); time, quotation, document.
const WITH_VECTORS: ([f32; FEATURES], f32) =
    ([6.4, 6.2, 1.6, 1.6, 1.5, -0.4, 0.6, -0.4, -1.5, 1.5, -0.2, -4.0, 0.8, -0.4, 0.3], -8.4);
/// The same without sentence vectors.
const WITHOUT_VECTORS: ([f32; FEATURES], f32) =
    ([0.0, 12.5, 1.5, 0.0, 0.7, -1.1, 0.2, -0.8, -1.5, 1.5, -0.2, -4.0, 0.0, -0.3, -0.3], -5.4);
/// The same for two languages: no words to share, so names, numbers and the coded event decide.
const ACROSS_LANGUAGES: ([f32; FEATURES], f32) =
    ([0.0, 0.0, 1.5, 0.5, 2.0, -1.1, 1.2, -1.0, -1.5, 0.0, -0.2, -4.0, 5.0, -0.3, 0.0], -6.0);

/// A claim with fewer content words says too little to be recognised by them.
const FEW_WORDS: usize = 3;
/// Share of the longer cut's words that two cuts of one statement have in common.
const RECUT_SHARE: f32 = 0.6;

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

    /// A claim with everything that its pairs need worked out once.
    pub(crate) fn prepare<'c>(&self, claim: &'c ClaimRecord) -> Prepared<'c> {
        let words: Vec<(u64, f32)> =
            claim.words.iter().map(|word| (u64::from(*word), self.rarity(self.words.get(word)))).collect();
        let mut entities: Vec<(u64, f32)> =
            claim.entities.iter().map(|entity| (key(entity), self.rarity(self.entities.get(entity)))).collect();
        entities.sort_unstable_by_key(|(key, _)| *key);
        let source = claim.source().map(|hop| hop.party.key.as_str());
        Prepared {
            claim,
            word_weight: words.iter().map(|(_, weight)| weight).sum(),
            words,
            entity_weight: entities.iter().map(|(_, weight)| weight).sum(),
            entities,
            source: source.map(key),
            source_words: source
                .map(|source| source.split([' ', '-', '/', ':']).map(key).collect())
                .unwrap_or_default(),
            beyond: claim.chain.iter().skip(1).map(|hop| key(&hop.party.key)).collect(),
            time: claim.signature.time.as_deref().and_then(days::day_range),
        }
    }
}

/// A claim with what its pairs need.
pub(crate) struct Prepared<'c> {
    pub(crate) claim: &'c ClaimRecord,
    /// Words with their rarity, sorted by word.
    words: Vec<(u64, f32)>,
    word_weight: f32,
    entities: Vec<(u64, f32)>,
    entity_weight: f32,
    source: Option<u64>,
    source_words: Vec<u64>,
    beyond: Vec<u64>,
    time: Option<WhenRecord>,
}

fn key(text: &str) -> u64 {
    words::hash(text.as_bytes())
}

/// Weight of what two sorted lists share by the geometric mean of their weights, 0..1.
fn shared(a: &[(u64, f32)], b: &[(u64, f32)], of: f32) -> f32 {
    let (mut i, mut j, mut both) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i].0, b[j].0);
        if x == y {
            both += a[i].1;
        }
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    if of > 0.0 { both / of.sqrt() } else { 0.0 }
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
    let (x, y) = (pool.prepare(a), pool.prepare(b));
    let values = features(&x, &y);
    let mut out: Vec<Feature> = (0..FEATURES)
        .map(|f| Feature { name: NAMES[f], value: values[f], adds: values[f] * weights[f] })
        .filter(|feature| feature.value != 0.0)
        .collect();
    out.sort_by(|x, y| y.adds.abs().total_cmp(&x.adds.abs()));
    Explanation { score: score(&x, &y), base: *base, features: out }
}

/// Log odds that two claims say the same.
pub(crate) fn score(a: &Prepared<'_>, b: &Prepared<'_>) -> f32 {
    let (weights, base) = weights(a.claim, b.claim);
    base + features(a, b).iter().zip(weights).map(|(value, weight)| value * weight).sum::<f32>()
}

/// Log odds that two claims speak of the same thing, whoever says it and whether it is affirmed or denied.
pub(crate) fn content_score(a: &Prepared<'_>, b: &Prepared<'_>) -> f32 {
    let (weights, base) = weights(a.claim, b.claim);
    let values = features(a, b);
    // Without the source (2, 3), polarity (10), the document (11) and the number and time that may be in dispute (5, 8).
    base + (0..FEATURES).filter(|f| !matches!(f, 2 | 3 | 5 | 8 | 10 | 11)).map(|f| values[f] * weights[f]).sum::<f32>()
}

/// Weighted share of words that two claims have in common, 0..1.
pub(crate) fn shared_words(a: &Prepared<'_>, b: &Prepared<'_>) -> f32 {
    shared(&a.words, &b.words, a.word_weight * b.word_weight)
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

fn features(x: &Prepared<'_>, y: &Prepared<'_>) -> [f32; FEATURES] {
    let (a, b) = (x.claim, y.claim);
    let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
    let any = |x: &[String], y: &[String]| x.iter().any(|one| y.contains(one));
    let numbers = !a.numbers.is_empty() && !b.numbers.is_empty();
    let same_number = any(&a.numbers, &b.numbers);
    let (types_a, types_b) = (&a.signature.types, &b.signature.types);
    let typed = !types_a.is_empty() && !types_b.is_empty();
    let same_type = any(types_a, types_b);
    let other_time = matches!((&x.time, &y.time), (Some(x), Some(y)) if days::apart(x, y));
    // Two claims of one sentence have its vector both, which says nothing about whether they are one.
    let one_sentence = a.key.document == b.key.document && a.sentence == b.sentence;
    [
        if one_sentence { 0.0 } else { cosine(&a.vector, &b.vector) },
        shared(&x.words, &y.words, x.word_weight * y.word_weight),
        same_source(x, y),
        flag(x.beyond.iter().any(|key| y.beyond.contains(key))),
        flag(same_number),
        flag(numbers && !same_number),
        flag(typed && same_type),
        flag(typed && !same_type),
        flag(other_time),
        flag(any(&a.quotes, &b.quotes)),
        flag(a.negative != b.negative),
        flag(a.key.document == b.key.document && !is_recut(a, b)),
        shared(&x.entities, &y.entities, x.entity_weight * y.entity_weight),
        flag((a.kind == "forecast") != (b.kind == "forecast")),
        flag(a.words.len().min(b.words.len()) < FEW_WORDS),
    ]
}

/// Whether two claims of one document are two cuts of one statement: a clause, and the sentence around it.
fn is_recut(a: &ClaimRecord, b: &ClaimRecord) -> bool {
    if a.sentence != b.sentence || !(a.evidence.contains(&b.evidence) || b.evidence.contains(&a.evidence)) {
        return false;
    }
    let both = a.words.iter().filter(|word| b.words.binary_search(word).is_ok()).count();
    both as f32 >= RECUT_SHARE * a.words.len().max(b.words.len()) as f32
}

fn cosine(a: &[i8], b: &[i8]) -> f32 {
    if a.is_empty() || a.len() != b.len() {
        return 0.0;
    }
    let dot: i32 = a.iter().zip(b).map(|(x, y)| i32::from(i16::from(*x) * i16::from(*y))).sum();
    dot as f32 / (crate::compile::VECTOR_SCALE * crate::compile::VECTOR_SCALE)
}

/// How far the two ultimate sources are described alike, 0..1; nothing when one document speaks for itself.
fn same_source(a: &Prepared<'_>, b: &Prepared<'_>) -> f32 {
    let (Some(x), Some(y)) = (a.source, b.source) else { return 0.0 };
    if x == y {
        return 1.0;
    }
    let both = a.source_words.iter().filter(|word| b.source_words.contains(word)).count();
    both as f32 / (a.source_words.len() + b.source_words.len() - both).max(1) as f32
}
