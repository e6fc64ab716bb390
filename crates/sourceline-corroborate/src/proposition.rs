//! A proposition: what a group of claims shares, as it is shown.
//!
//! In: the claims of a group and the documents they stand in. Out: one sentence for all, the coded content most of them
//! agree on, the origins. Not here: which claims belong together ([`crate::group`]).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::origins::{Origin, SupportPath, origins};
use crate::{ClaimRecord, DocumentRecord};

/// What claims of one or more documents share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposition {
    /// A sentence that stands alone: that of the claim which shares most words with the others.
    pub statement: String,
    /// `event`, `state`, `forecast`, `opinion`.
    pub kind: String,
    /// PLOVER type.
    pub event_type: Option<String>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Who acts: (key, name), the most frequent first.
    pub actors: Vec<(String, String)>,
    /// Where: (key, name), the most frequent first.
    pub places: Vec<(String, String)>,
    /// EDTF.
    pub time: Option<String>,
    /// Number of documents with a claim of it, denials aside unless there is nothing else.
    pub n_reports: usize,
    /// Number of outlets of these documents.
    pub n_outlets: usize,
    /// Who independently stands behind it.
    pub origins: Vec<Origin>,
    /// For each claim, where its chain ends.
    pub paths: Vec<SupportPath>,
    /// The denied claims, as indices, that are listed with it and do not count.
    pub denied_by: Vec<usize>,
}

/// Makes the proposition of `claims`. When it stands as the denied side, `denials` of another group are listed with it, after its claims.
pub fn proposition<'a>(
    claims: &[&ClaimRecord],
    denials: &[&ClaimRecord],
    document: impl Fn(u64) -> Option<&'a DocumentRecord> + Copy,
) -> Proposition {
    // In a proposition that consists of denials they are what is said, so each counts for its speaker.
    let itself: Vec<ClaimRecord> =
        claims.iter().map(|claim| ClaimRecord { denial: false, ..(*claim).clone() }).collect();
    let itself: Vec<&ClaimRecord> = itself.iter().collect();
    let (origins, mut paths) = origins(&itself, document);
    paths.extend(denials.iter().map(|_| SupportPath {
        origin: None,
        beyond: Vec::new(),
        why_not: Some("a denial does not corroborate".to_string()),
    }));
    let outlets: BTreeSet<&str> =
        claims.iter().filter_map(|claim| claim.outlet()).map(|outlet| outlet.key.as_str()).collect();
    let documents: BTreeSet<u64> = claims.iter().map(|claim| claim.key.document).collect();
    let signatures = || claims.iter().map(|claim| &claim.signature);
    Proposition {
        statement: medoid(claims).map_or_else(String::new, |claim| claim.statement.clone()),
        kind: most(claims.iter().map(|claim| claim.kind.clone())).unwrap_or_default(),
        event_type: most(signatures().flat_map(|s| s.types.iter().filter(|t| !t.starts_with("rel:")).cloned())),
        mode: most(signatures().filter_map(|s| s.mode.clone())),
        actors: ranked(signatures().flat_map(|s| &s.actors)),
        places: ranked(signatures().flat_map(|s| &s.places)),
        time: most(signatures().filter_map(|s| s.time.clone())),
        n_reports: documents.len(),
        n_outlets: outlets.len(),
        origins,
        paths,
        denied_by: (claims.len()..claims.len() + denials.len()).collect(),
    }
}

/// Words with which a statement begins that hangs on what stands before it.
const HANGING: &str = " for in of by to from with at on if as although though while when where which who whom whose that both either and but or \
than it they he she this these those its his her their such citing quoting saying adding according having being stripped ";
/// A statement of fewer words tells too little by itself.
const STATEMENT_WORDS: usize = 6;

/// Whether a statement reads as a sentence of its own.
fn stands_alone(statement: &str) -> bool {
    let mut words = statement.split_whitespace();
    let first = words.next().unwrap_or("").to_lowercase();
    !HANGING.contains(&format!(" {first} ")) && words.count() + 1 >= STATEMENT_WORDS
}

/// The claim that shares most words with the others, one that stands alone before one that does not; among equals the first. A large group
/// is judged by its first hundred.
fn medoid<'a>(claims: &[&'a ClaimRecord]) -> Option<&'a ClaimRecord> {
    let looked = &claims[..claims.len().min(100)];
    let common = |a: &ClaimRecord, b: &ClaimRecord| {
        let both = a.words.iter().filter(|word| b.words.binary_search(word).is_ok()).count();
        both as f64 / (a.words.len() + b.words.len() - both).max(1) as f64
    };
    let alone = |claim: &ClaimRecord| if stands_alone(&claim.statement) { looked.len() as f64 } else { 0.0 };
    let total = |claim: &ClaimRecord| alone(claim) + looked.iter().map(|other| common(claim, other)).sum::<f64>();
    let mut best: Option<(f64, &ClaimRecord)> = None;
    for claim in looked.iter().filter(|claim| !claim.statement.is_empty()) {
        let score = total(claim);
        if best.is_none_or(|(known, _)| score > known + 1e-9) {
            best = Some((score, claim));
        }
    }
    best.map(|(_, claim)| claim)
}

/// The most frequent value; among equals the first in order of value.
fn most(values: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in values.filter(|value| !value.is_empty()) {
        *counts.entry(value).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(value, _)| value)
}

/// Each key once with its most frequent name, the most frequent key first.
fn ranked<'a>(pairs: impl Iterator<Item = &'a (String, String)>) -> Vec<(String, String)> {
    let mut counts: BTreeMap<&str, (usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for (key, name) in pairs {
        let entry = counts.entry(key).or_default();
        entry.0 += 1;
        *entry.1.entry(name).or_default() += 1;
    }
    let mut out: Vec<(usize, String, String)> = counts
        .into_iter()
        .map(|(key, (count, names))| {
            let name = names.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map_or(key, |(name, _)| name);
            (count, key.to_string(), name.to_string())
        })
        .collect();
    out.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    out.into_iter().map(|(_, key, name)| (key, name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_stands_alone_with_a_subject_and_enough_words() {
        assert!(stands_alone("The bridge at Marwick fell into the river."));
        for hanging in
            ["For the weapons to be used in the city.", "Citing four senior officials of the port.", "It fell down."]
        {
            assert!(!stands_alone(hanging), "{hanging}");
        }
    }
}
