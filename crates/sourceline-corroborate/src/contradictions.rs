//! Which propositions cannot both be so.
//!
//! In: groups of claims. Out: linked pairs. A group of denials is linked with what its claims deny ([`crate::denied`]). Groups that speak of
//! the same thing but count it differently, or put it at another time, are linked too. Nothing is decided about who is right.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ClaimRecord;
use crate::days;
use crate::denied::denied;
use crate::group::miscounts;
use crate::pair::{self, Pool, Prepared};

/// Log odds from which two claims give values of one thing, where nothing but the words tells that it is one thing.
const VALUE_THRESHOLD: f32 = -0.8;
/// And where one side only holds a negation, which may belong to another part of the sentence.
const NEGATED_THRESHOLD: f32 = 0.8;
/// Why two propositions cannot both be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ContradictionKind {
    /// One is a denial of the other.
    Denied,
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
            for (second, score) in denied(&prepared, groups, first) {
                let link = Contradiction { first, second, kind: ContradictionKind::Denied, score };
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
    if counts_apart(a, b) {
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

/// Words of shares, which are of something else each time.
const SHARES: [&str; 3] = ["percent", "per cent", "%"];

/// Whether claims of two documents count the same things differently. Within one document two numbers are of two things as a rule, and shares
/// are shares of this and that (260 newspaper reports: none of ten such links was right).
fn counts_apart(a: &ClaimRecord, b: &ClaimRecord) -> bool {
    let shares = |claim: &ClaimRecord| SHARES.iter().any(|word| claim.evidence.contains(word));
    let differ = || miscounts(a, b) && !bounded(a, b) || other_toll(a, b);
    a.key.document != b.key.document && !shares(a) && !shares(b) && differ()
}

/// Stems of words for people, by any of which those killed may be counted.
const PEOPLE: [&str; 15] = [
    "peopl", "person", "men", "women", "man", "civil", "civilian", "villag", "resident", "soldi", "fight", "militant",
    "memb", "victim", "dead",
];

/// Whether two claims of killings in one place come to different numbers of people.
fn other_toll(a: &ClaimRecord, b: &ClaimRecord) -> bool {
    let (x, y) = (&a.signature, &b.signature);
    let share = |x: &[(String, String)], y: &[(String, String)]| {
        x.iter().any(|(key, _)| y.iter().any(|(other, _)| key == other))
    };
    let one_event =
        x.types.iter().any(|kind| kind == "ASSAULT" && y.types.contains(kind)) && share(&x.places, &y.places);
    let people = |claim: &ClaimRecord| -> Vec<String> {
        let counted = claim.quantities.iter().filter(|q| PEOPLE.contains(&q.unit.as_str()));
        counted.map(|q| q.value.clone()).collect()
    };
    let (x, y) = (people(a), people(b));
    one_event && !x.is_empty() && !y.is_empty() && !x.iter().any(|value| y.contains(value)) && !bounded(a, b)
}

/// Whether one number is a lower bound that the other keeps to: "at least 300" and 500.
fn bounded(a: &ClaimRecord, b: &ClaimRecord) -> bool {
    let largest = |claim: &ClaimRecord| claim.quantities.iter().filter_map(|q| q.value.parse::<u64>().ok()).max();
    let (Some(x), Some(y)) = (largest(a), largest(b)) else { return false };
    x <= y && is_least(&a.evidence) || y <= x && is_least(&b.evidence)
}

/// Whether words give a number as the least that it can be.
fn is_least(text: &str) -> bool {
    let text = crate::fold(text);
    ["at least", "more than", "no fewer than", "no less than", "upwards of", "over "].iter().any(|words| {
        text.match_indices(words)
            .any(|(at, _)| text[at + words.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit()))
    })
}

fn times_apart(x: &str, y: &str) -> bool {
    matches!((days::day_range(x), days::day_range(y)), (Some(x), Some(y)) if days::apart(&x, &y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(document: u64, text: &str) -> ClaimRecord {
        let key = crate::ClaimKey { document, number: 1 };
        ClaimRecord { key, ..killed(text) }
    }

    fn killed(text: &str) -> ClaimRecord {
        let place = ("tolm".to_string(), "Tolm".to_string());
        let signature =
            crate::Signature { types: vec!["ASSAULT".into()], places: vec![place], ..crate::Signature::default() };
        ClaimRecord { signature, quantities: crate::quantities(text), evidence: text.into(), ..ClaimRecord::default() }
    }

    #[test]
    fn tolls_that_cannot_both_be_so() {
        let number = Some(ContradictionKind::Number);
        assert_eq!(incompatible(&told(1, "203 fighters died"), &told(2, "at least 500 people died")), number);
        assert_eq!(incompatible(&told(1, "at least 300 people died"), &told(2, "500 people died")), None);
        assert_eq!(incompatible(&told(1, "some 300 people died"), &told(2, "500 people died")), number);
        assert_eq!(incompatible(&told(1, "300 civilians died"), &told(2, "300 people died")), None);
        assert_eq!(incompatible(&told(1, "300 civilians died"), &told(2, "20 ships sank")), None);
        assert_eq!(incompatible(&told(1, "203 fighters died"), &told(1, "at least 500 people died")), None);
        assert_eq!(incompatible(&told(1, "7 percent voted"), &told(2, "10 percent voted")), None);
    }
}
