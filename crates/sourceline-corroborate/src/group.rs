//! Puts claims of different documents together when they say the same thing.
//!
//! In: the claims of a story, some of them already in groups. Out: the groups. Average linkage over the pair scores: two groups
//! become one while the mean score between their claims lies above [`GROUP_THRESHOLD`]. Denials of what others say never join
//! what they deny ([`crate::contradictions`] links them), and claims that count the same things differently never join.
//! The result does not depend on the order in which claims are given.

use crate::ClaimRecord;
use crate::denial::is_hanging;
use crate::denied;
use crate::pair::{self, Pool, Prepared};

/// Mean log odds from which two groups are one; claims of one story agree more than single pairs show, hence below 0. Eight stories with gold,
/// each left out in turn: F 70.6 (precision 84) at -2.5, 70.5 (88) at -2.0, 70.9 (95) at -1.5 (`eval/corroborate/fit.py`).
pub const GROUP_THRESHOLD: f32 = -2.0;

/// Groups that must stay apart.
const NEVER: f32 = -1.0e4;

/// Claims that start as one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed {
    /// Indices of its claims.
    pub claims: Vec<usize>,
    /// How many claims it stands for; more than `claims` when only a part of a large group is at hand.
    pub size: usize,
}

/// The outcome: groups of indices into the claims given, each sorted, in order of their first claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    /// The groups.
    pub groups: Vec<Vec<usize>>,
}

/// Groups claims from nothing.
pub fn group(pool: &Pool, claims: &[&ClaimRecord]) -> Grouping {
    let seeds: Vec<Seed> = (0..claims.len()).map(|at| Seed { claims: vec![at], size: 1 }).collect();
    group_seeds(pool, claims, &seeds)
}

/// Groups claims, some of which are in groups already; a claim without a seed stays out.
pub fn group_seeds(pool: &Pool, claims: &[&ClaimRecord], seeds: &[Seed]) -> Grouping {
    let prepared: Vec<Prepared<'_>> = claims.iter().map(|claim| pool.prepare(claim)).collect();
    let mut table = Table::new(&prepared, seeds);
    while let Some((a, b)) = table.closest() {
        table.merge(a, b);
    }
    let mut groups: Vec<Vec<usize>> = table.members.into_iter().flatten().collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.retain(|group| !group.is_empty());
    groups.sort_unstable();
    Grouping { groups: denied::join(&prepared, groups) }
}

struct Table {
    n: usize,
    scores: Vec<f32>,
    weight: Vec<f32>,
    members: Vec<Option<Vec<usize>>>,
    /// Best partner of each row, as (score, row), kept up to date.
    best: Vec<(f32, usize)>,
}

impl Table {
    fn new(claims: &[Prepared<'_>], seeds: &[Seed]) -> Self {
        let n = seeds.len();
        let mut scores = vec![NEVER; n * n];
        for a in 0..n {
            for b in 0..a {
                let score = linkage(claims, &seeds[a], &seeds[b]);
                scores[a * n + b] = score;
                scores[b * n + a] = score;
            }
        }
        let mut table = Self {
            n,
            scores,
            weight: seeds.iter().map(|seed| seed.size as f32).collect(),
            members: seeds.iter().map(|seed| Some(seed.claims.clone())).collect(),
            best: vec![(NEVER, 0); n],
        };
        for row in 0..n {
            table.rescan(row);
        }
        table
    }

    fn rescan(&mut self, row: usize) {
        let scores = &self.scores[row * self.n..(row + 1) * self.n];
        let mut best = (NEVER, 0);
        for (other, &score) in scores.iter().enumerate() {
            if other != row && score > best.0 && self.members[other].is_some() {
                best = (score, other);
            }
        }
        self.best[row] = best;
    }

    /// The two closest groups above the threshold; the first pair in order among equals.
    fn closest(&self) -> Option<(usize, usize)> {
        let mut found: Option<(f32, usize, usize)> = None;
        for row in 0..self.n {
            let (score, other) = self.best[row];
            if self.members[row].is_some() && score >= GROUP_THRESHOLD && found.is_none_or(|(best, ..)| score > best) {
                found = Some((score, row, other));
            }
        }
        found.map(|(_, a, b)| (a.min(b), a.max(b)))
    }

    fn merge(&mut self, a: usize, b: usize) {
        let (wa, wb) = (self.weight[a], self.weight[b]);
        for other in 0..self.n {
            if other == a || other == b || self.members[other].is_none() {
                continue;
            }
            let (x, y) = (self.scores[a * self.n + other], self.scores[b * self.n + other]);
            let score = if x <= NEVER || y <= NEVER { NEVER } else { (wa * x + wb * y) / (wa + wb) };
            self.scores[a * self.n + other] = score;
            self.scores[other * self.n + a] = score;
        }
        self.weight[a] += self.weight[b];
        let moved = self.members[b].take().unwrap_or_default();
        if let Some(members) = &mut self.members[a] {
            members.extend(moved);
        }
        self.rescan(a);
        for row in 0..self.n {
            if row == a || self.members[row].is_none() {
                continue;
            }
            if self.best[row].1 == a || self.best[row].1 == b {
                self.rescan(row);
            } else if self.scores[row * self.n + a] > self.best[row].0 {
                self.best[row] = (self.scores[row * self.n + a], a);
            }
        }
    }
}

fn linkage(claims: &[Prepared<'_>], a: &Seed, b: &Seed) -> f32 {
    let (mut sum, mut n) = (0.0, 0.0_f32);
    for &x in &a.claims {
        for &y in &b.claims {
            if never(claims[x].claim, claims[y].claim) {
                return NEVER;
            }
            sum += pair::score(&claims[x], &claims[y]);
            n += 1.0;
        }
    }
    if n > 0.0 { sum / n } else { NEVER }
}

/// A denial and what is not one; a denial that does not tell what it denies; other counts of the same things.
fn never(a: &ClaimRecord, b: &ClaimRecord) -> bool {
    let hangs = |claim: &ClaimRecord| claim.denial && is_hanging(&claim.evidence);
    a.denial != b.denial || hangs(a) || hangs(b) || miscounts(a, b)
}

/// Whether two claims count the same things and come to different numbers.
pub(crate) fn miscounts(a: &ClaimRecord, b: &ClaimRecord) -> bool {
    let mut other = false;
    for x in &a.quantities {
        for y in b.quantities.iter().filter(|y| y.unit == x.unit) {
            if y.value == x.value {
                return false;
            }
            other = true;
        }
    }
    other
}
