//! The score table: a port of `score.py`, step by step.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sourceline_store::{StoredClaim, StoredProposition};

use super::gold::{Gold, GoldProposition};
use crate::alike::{flat, overlap, same};

/// The figures of a set of stories.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Table {
    /// Gold propositions.
    pub propositions: usize,
    /// Gold supports.
    pub supports: usize,
    /// Of these, those that a claim overlaps.
    pub found: usize,
    /// Of those found, the last hop is right.
    pub speaker: usize,
    /// Of those found, the whole chain is right.
    pub chain: usize,
    /// Share of supports in a system proposition that belong to its gold proposition.
    pub group_precision: f64,
    /// Share of found supports of a gold proposition that stand in its system proposition.
    pub group_recall: f64,
    /// Propositions with two or more supports found.
    pub with_origins: usize,
    /// Of these, the number of origins is right.
    pub origins: usize,
    /// Propositions with one origin and two or more outlets found.
    pub one: usize,
    /// Of these, reported with more origins.
    pub one_false: usize,
    /// Of these, wrong when outlets are counted.
    pub one_by_outlets: usize,
    /// Pairs of gold propositions that contradict each other.
    pub contradictions: usize,
    /// Of these, linked.
    pub linked: usize,
}

impl Table {
    /// F1 of the groups, 0..1.
    pub fn grouped(&self) -> f64 {
        let sum = self.group_precision + self.group_recall;
        if sum > 0.0 { 2.0 * self.group_precision * self.group_recall / sum } else { 0.0 }
    }
}

/// Claims by file name: (id of the proposition, its claim).
type ByFile<'p> = BTreeMap<String, Vec<(&'p str, &'p StoredClaim)>>;

/// For each gold proposition, in which system propositions each of its supports was found.
struct Hits<'p> {
    of: Vec<(&'p GoldProposition, Vec<BTreeSet<&'p str>>)>,
    /// Gold ids that a claim of a system proposition overlaps: (proposition, document, claim) to ids.
    gold_of: BTreeMap<(&'p str, u64, u32), BTreeSet<&'p str>>,
}

/// Scores the propositions of a store against the gold, of one story or of all.
pub fn table(gold: &Gold, system: &[StoredProposition], story: Option<&str>, misses: bool) -> Table {
    let ids: Vec<String> = system.iter().map(|proposition| format!("p{}", proposition.number)).collect();
    let mut by_file: ByFile<'_> = BTreeMap::new();
    for (proposition, id) in system.iter().zip(&ids) {
        for claim in &proposition.claims {
            let name = Path::new(&claim.document.input).file_name().unwrap_or_default();
            by_file.entry(name.to_string_lossy().into_owned()).or_default().push((id, claim));
        }
    }
    let mut out = Table::default();
    let hits = hits(gold, &by_file, story, misses, &mut out);
    let best = best(&hits);
    let of: BTreeMap<&str, &StoredProposition> = ids.iter().map(String::as_str).zip(system).collect();
    groups(&hits, &best, &mut out);
    for (proposition, found) in &hits.of {
        let id = best.get(proposition.id.as_str()).copied();
        if let Some(id) = id.filter(|_| found.iter().filter(|one| !one.is_empty()).count() >= 2) {
            origins(proposition, found, id, of[id], misses, &mut out);
        }
        let known = |id: &&String| hits.of.iter().any(|(other, _)| other.id == **id);
        for other in proposition.contradicts.iter().filter(|other| **other > proposition.id).filter(known) {
            let pair = id.zip(best.get(other.as_str()).copied());
            let linked = pair.is_some_and(|(a, b)| links(of[a], b) || links(of[b], a));
            out.contradictions += 1;
            out.linked += usize::from(linked);
            if misses && !linked {
                println!("not linked: {} {other}, found as {pair:?}", proposition.id);
            }
        }
    }
    out
}

fn links(proposition: &StoredProposition, other: &str) -> bool {
    proposition.contradicts.iter().any(|link| format!("p{}", link.number) == other)
}

fn hits<'p>(gold: &'p Gold, by_file: &ByFile<'p>, story: Option<&str>, misses: bool, out: &mut Table) -> Hits<'p> {
    let mut hits = Hits { of: Vec::new(), gold_of: BTreeMap::new() };
    for proposition in gold.propositions.iter().filter(|p| story.is_none_or(|story| p.story == story)) {
        out.propositions += 1;
        let mut found = Vec::new();
        for (document, words, chain) in &proposition.supports {
            let text = &gold.documents[document];
            let claims = by_file.get(&text.file).map(Vec::as_slice).unwrap_or_default();
            let near: Vec<(&str, &StoredClaim)> = claims
                .iter()
                .filter(|(_, claim)| overlap(words, &flat(&claim.claim.evidence), &text.body))
                .copied()
                .collect();
            for (id, claim) in &near {
                let key = (*id, claim.claim.key.document, claim.claim.key.number);
                hits.gold_of.entry(key).or_default().insert(&proposition.id);
            }
            found.push(near.iter().map(|(id, _)| *id).collect());
            count(chain, &near, out);
            if misses && near.is_empty() {
                println!("not found: {} {document}: {words}", proposition.id);
            }
        }
        hits.of.push((proposition, found));
    }
    hits
}

fn count(chain: &[String], near: &[(&str, &StoredClaim)], out: &mut Table) {
    let names =
        |claim: &StoredClaim| -> Vec<String> { claim.claim.chain.iter().map(|hop| hop.party.name.clone()).collect() };
    let speaker = |claim: &StoredClaim| matches!((names(claim).last(), chain.last()), (Some(a), Some(b)) if same(a, b));
    let whole = |claim: &StoredClaim| {
        let names = names(claim);
        names.len() == chain.len() && names.iter().zip(chain).all(|(a, b)| same(a, b))
    };
    out.supports += 1;
    out.found += usize::from(!near.is_empty());
    out.speaker += usize::from(near.iter().any(|(_, claim)| speaker(claim)));
    out.chain += usize::from(near.iter().any(|(_, claim)| whole(claim)));
}

/// One system proposition per gold proposition and the other way round, the largest overlap first.
fn best<'p>(hits: &Hits<'p>) -> BTreeMap<&'p str, &'p str> {
    let mut votes: Vec<(usize, &str, &str)> = Vec::new();
    for (proposition, found) in &hits.of {
        let all: BTreeSet<&str> = found.iter().flatten().copied().collect();
        votes.extend(
            all.into_iter()
                .map(|id| (found.iter().filter(|one| one.contains(id)).count(), proposition.id.as_str(), id)),
        );
    }
    votes.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)).then(a.2.cmp(b.2)));
    let (mut best, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, gold, id) in votes {
        if !best.contains_key(gold) && taken.insert(id) {
            best.insert(gold, id);
        }
    }
    best
}

fn groups(hits: &Hits<'_>, best: &BTreeMap<&str, &str>, out: &mut Table) {
    let (mut together, mut apart, mut right, mut wrong) = (0, 0, 0, 0);
    for (proposition, found) in &hits.of {
        let some = found.iter().filter(|one| !one.is_empty()).count();
        let Some(id) = best.get(proposition.id.as_str()) else {
            apart += if some >= 2 { some } else { 0 };
            continue;
        };
        if some >= 2 {
            apart += some;
            together += found.iter().filter(|one| one.contains(id)).count();
        }
        for ((_, _, _), golds) in hits.gold_of.iter().filter(|((other, ..), _)| other == id) {
            let is_right = golds.contains(proposition.id.as_str());
            right += usize::from(is_right);
            wrong += usize::from(!is_right);
        }
    }
    out.group_precision = right as f64 / (right + wrong).max(1) as f64;
    out.group_recall = together as f64 / apart.max(1) as f64;
}

fn origins(
    gold: &GoldProposition,
    found: &[BTreeSet<&str>],
    id: &str,
    system: &StoredProposition,
    misses: bool,
    out: &mut Table,
) {
    let n = system.view.origins.len();
    out.with_origins += 1;
    out.origins += usize::from(n == gold.origins);
    if misses && n != gold.origins {
        let names: Vec<&str> = system.view.origins.iter().map(|origin| origin.name.as_str()).collect();
        println!("other origins: {} has {} in gold, {id} has {names:?}", gold.id, gold.origins);
    }
    let outlets: BTreeSet<&str> = gold
        .supports
        .iter()
        .zip(found)
        .filter(|(_, one)| one.contains(id))
        .map(|((document, ..), _)| document.as_str())
        .collect();
    if gold.origins == 1 && outlets.len() >= 2 {
        out.one += 1;
        out.one_false += usize::from(n >= 2);
        out.one_by_outlets += usize::from(system.view.n_outlets >= 2);
    }
}
