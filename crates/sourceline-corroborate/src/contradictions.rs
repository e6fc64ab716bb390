//! Which propositions cannot both be so.
//!
//! In: groups of claims. Out: linked pairs. A group of denials is linked with what its claims deny: what their words speak of,
//! whoever says it. A denier's further statements in the same passage ("We took those out ourselves") stand against the
//! denied proposition as well. Groups that speak of the same thing but count it differently, or put it at another
//! time, are linked too. Nothing is decided about who is right.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::days;
use crate::group::miscounts;
use crate::pair::{self, Pool, Prepared};
use crate::{ClaimRecord, Signature};

/// Mean log odds of the best pairs from which a denial is taken to speak of a proposition: lower than for one proposition, for a denial has other
/// words and leaves out where and when.
const DENIED_THRESHOLD: f32 = -4.0;
/// Weighted share of words that one pair must have in common besides.
const DENIED_WORDS: f32 = 0.2;
/// Floor for a coded event of the very kind that is denied, whose words may be all its own.
const DENIED_KIND_THRESHOLD: f32 = -7.0;
/// The same for other values of one thing, where nothing but the words tells that it is one thing.
const VALUE_THRESHOLD: f32 = -0.8;
/// And where one side only holds a negation, which may belong to another part of the sentence.
const NEGATED_THRESHOLD: f32 = 0.8;
/// Events that are themselves words: to deny one charge is not to deny every charge.
const TOLD_IN_WORDS: [&str; 6] = ["ACCUSE", "REJECT", "CONSULT", "REQUEST", "THREATEN", "SUPPORT"];
/// A denier's further words stand this near, in sentences.
const SAME_PASSAGE: u32 = 2;

/// Why two propositions cannot both be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ContradictionKind {
    /// One is a denial of the other.
    Denied,
    /// The one who denies it says something else instead.
    Instead,
    /// Another number of the same things.
    Number,
    /// Another time of the same event.
    Time,
    /// One says that it is so, the other that it is not.
    Negated,
}

/// Two groups that cannot both be so.
#[derive(Debug, Clone, PartialEq)]
pub struct Contradiction {
    /// Index of the first group (the denial, if there is one).
    pub first: usize,
    /// Index of the second group.
    pub second: usize,
    /// Why.
    pub kind: ContradictionKind,
    /// How surely they speak of one thing, log odds.
    pub score: f32,
}

/// Links the groups that cannot both be so; the denied proposition that a group of denials fits best comes first of its links.
pub fn contradictions(pool: &Pool, claims: &[&ClaimRecord], groups: &[Vec<usize>]) -> Vec<Contradiction> {
    let prepared: Vec<Prepared<'_>> = claims.iter().map(|claim| pool.prepare(claim)).collect();
    let mut out: BTreeMap<(usize, usize), Contradiction> = BTreeMap::new();
    let mut add = |link: Contradiction| {
        let key = (link.first.min(link.second), link.first.max(link.second));
        let known = out.entry(key).or_insert_with(|| link.clone());
        if link.kind < known.kind {
            *known = link;
        }
    };
    for (first, group) in groups.iter().enumerate() {
        if group.iter().any(|&claim| claims[claim].denial) {
            for link in denied(&prepared, groups, first) {
                for further in instead(claims, groups, &link) {
                    add(further);
                }
                add(link);
            }
        }
        for second in 0..first {
            if let Some(link) = other_value(&prepared, groups, first, second) {
                add(link);
            }
        }
    }
    let mut links: Vec<Contradiction> = out.into_values().collect();
    links.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.first.cmp(&b.first)).then(a.second.cmp(&b.second)));
    links
}

fn denied(claims: &[Prepared<'_>], groups: &[Vec<usize>], first: usize) -> Vec<Contradiction> {
    let mut out = Vec::new();
    for (second, group) in groups.iter().enumerate() {
        // What holds only negations is of one mind with the denial.
        let one_mind = group.iter().all(|&claim| claims[claim].claim.negative);
        if second == first || one_mind || group.iter().any(|&claim| claims[claim].claim.denial) {
            continue;
        }
        let score = best_pairs(claims, &groups[first], group);
        let of_one_kind = || any_pair(&groups[first], group, |x, y| is_particular(claims[x].claim, claims[y].claim));
        let in_words =
            || any_pair(&groups[first], group, |x, y| pair::shared_words(&claims[x], &claims[y]) >= DENIED_WORDS);
        if score >= DENIED_THRESHOLD && in_words() || score >= DENIED_KIND_THRESHOLD && of_one_kind() {
            out.push(Contradiction { first, second, kind: ContradictionKind::Denied, score });
        }
    }
    out.sort_by(|a, b| b.score.total_cmp(&a.score));
    out
}

fn any_pair(a: &[usize], b: &[usize], test: impl Fn(usize, usize) -> bool) -> bool {
    a.iter().any(|&x| b.iter().any(|&y| test(x, y)))
}

/// Whether a claim tells of one event of the very kind that is denied altogether: whoever denies that gas was ever used denies each attack with gas.
fn is_particular(denial: &ClaimRecord, claim: &ClaimRecord) -> bool {
    let (a, b) = (&denial.signature, &claim.signature);
    let one_kind = a.mode.is_some() && a.mode == b.mode && a.types.iter().any(|kind| b.types.contains(kind));
    let linked = |s: &Signature| -> Vec<String> {
        s.actors.iter().map(|(key, _)| key.clone()).filter(|key| key.starts_with("sl:")).collect()
    };
    let (x, y) = (linked(a), linked(b));
    let others = !x.is_empty() && !y.is_empty() && !x.iter().any(|key| y.contains(key));
    denial.denial
        && one_kind
        && !claim.negative
        && !others
        && TOLD_IN_WORDS.iter().all(|kind| !a.types.iter().any(|t| t == kind))
}

/// Other groups with a claim of the same denier in the passage of the denial.
fn instead(claims: &[&ClaimRecord], groups: &[Vec<usize>], link: &Contradiction) -> Vec<Contradiction> {
    let mut out = Vec::new();
    let denials = &groups[link.first];
    for (other, group) in groups.iter().enumerate() {
        if other == link.first || other == link.second {
            continue;
        }
        let near = group.iter().any(|&claim| denials.iter().any(|&denial| same_passage(claims[claim], claims[denial])));
        if near {
            out.push(Contradiction {
                first: other,
                second: link.second,
                kind: ContradictionKind::Instead,
                score: link.score,
            });
        }
    }
    out
}

fn same_passage(claim: &ClaimRecord, denial: &ClaimRecord) -> bool {
    let speaker = |c: &ClaimRecord| c.source().map(|hop| hop.party.key.clone());
    denial.denial
        && !claim.denial
        && claim.negative
        && claim.key.document == denial.key.document
        && claim.sentence.abs_diff(denial.sentence) <= SAME_PASSAGE
        && speaker(claim).is_some_and(|key| Some(key) == speaker(denial))
}

fn other_value(claims: &[Prepared<'_>], groups: &[Vec<usize>], first: usize, second: usize) -> Option<Contradiction> {
    let mut best: Option<(f32, ContradictionKind)> = None;
    for &x in &groups[first] {
        for &y in &groups[second] {
            let (a, b) = (claims[x].claim, claims[y].claim);
            if a.denial || b.denial || a.kind == "opinion" || b.kind == "opinion" {
                continue;
            }
            let Some(kind) = incompatible(a, b) else { continue };
            let score = pair::content_score(&claims[x], &claims[y]);
            let threshold = if kind == ContradictionKind::Negated { NEGATED_THRESHOLD } else { VALUE_THRESHOLD };
            if score >= threshold && best.is_none_or(|(known, _)| score > known) {
                best = Some((score, kind));
            }
        }
    }
    best.map(|(score, kind)| Contradiction { first, second, kind, score })
}

fn incompatible(a: &ClaimRecord, b: &ClaimRecord) -> Option<ContradictionKind> {
    if miscounts(a, b) {
        return Some(ContradictionKind::Number);
    }
    let one_voice = a.source().map(|hop| &hop.party.key) == b.source().map(|hop| &hop.party.key);
    if a.negative != b.negative && !one_voice {
        return Some(ContradictionKind::Negated);
    }
    match (&a.signature.time, &b.signature.time) {
        (Some(x), Some(y))
            if times_apart(x, y)
                && a.signature.types == b.signature.types
                && a.signature.places == b.signature.places =>
        {
            Some(ContradictionKind::Time)
        }
        _ => None,
    }
}

fn times_apart(x: &str, y: &str) -> bool {
    matches!((days::day_range(x), days::day_range(y)), (Some(x), Some(y)) if days::apart(&x, &y))
}

/// Mean of the three best content scores between two groups.
fn best_pairs(claims: &[Prepared<'_>], a: &[usize], b: &[usize]) -> f32 {
    let mut scores: Vec<f32> = Vec::new();
    for &x in a {
        for &y in b {
            scores.push(pair::content_score(&claims[x], &claims[y]));
        }
    }
    scores.sort_by(|x, y| y.total_cmp(x));
    scores.truncate(3);
    if scores.is_empty() { f32::NEG_INFINITY } else { scores.iter().sum::<f32>() / scores.len() as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coded(mode: Option<&str>, actor: &str, denial: bool) -> ClaimRecord {
        let signature = Signature {
            types: vec!["ASSAULT".into()],
            mode: mode.map(Into::into),
            actors: vec![(actor.into(), actor.into())],
            ..Signature::default()
        };
        ClaimRecord { signature, denial, negative: denial, ..ClaimRecord::default() }
    }

    #[test]
    fn a_general_denial_reaches_each_event_of_its_kind() {
        let denial = coded(Some("siege"), "its navy", true);
        assert!(is_particular(&denial, &coded(Some("siege"), "sl:XA/navy", false)));
        assert!(!is_particular(&denial, &coded(Some("raid"), "sl:XA/navy", false)));
        assert!(!is_particular(&coded(None, "its navy", true), &coded(None, "its navy", false)));
        let named = coded(Some("siege"), "sl:XB/navy", true);
        assert!(!is_particular(&named, &coded(Some("siege"), "sl:XA/navy", false)));
    }
}
