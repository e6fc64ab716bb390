//! MUC, B3 and CEAFe over partitions of mentions.

use std::collections::{BTreeMap, BTreeSet};

/// Clusters of head words.
pub type Partition = Vec<BTreeSet<usize>>;

/// A share: numerator and denominator.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    part: f64,
    whole: f64,
}

impl Share {
    fn value(self) -> f64 {
        if self.whole > 0.0 { self.part / self.whole } else { 0.0 }
    }
}

/// Precision and recall of one measure, summed over documents.
#[derive(Debug, Clone, Copy, Default)]
struct Measure {
    precision: Share,
    recall: Share,
}

impl Measure {
    fn f1(self) -> f64 {
        let (p, r) = (self.precision.value(), self.recall.value());
        if p + r > 0.0 { 200.0 * p * r / (p + r) } else { 0.0 }
    }
}

/// The three measures, summed over documents.
#[derive(Debug, Clone, Copy, Default)]
pub struct Score {
    muc: Measure,
    b3: Measure,
    ceafe: Measure,
}

impl Score {
    /// Adds one document.
    pub fn add(&mut self, gold: &Partition, found: &Partition) {
        add(&mut self.muc.recall, muc(gold, found));
        add(&mut self.muc.precision, muc(found, gold));
        add(&mut self.b3.recall, b3(gold, found));
        add(&mut self.b3.precision, b3(found, gold));
        let similarity = ceafe(gold, found);
        add(&mut self.ceafe.recall, Share { part: similarity, whole: gold.len() as f64 });
        add(&mut self.ceafe.precision, Share { part: similarity, whole: found.len() as f64 });
    }

    /// Mean F1 of the three, in per cent.
    pub fn conll(&self) -> f64 {
        (self.muc.f1() + self.b3.f1() + self.ceafe.f1()) / 3.0
    }

    /// F1, precision and recall of each.
    pub fn describe(&self) -> String {
        let one = |name: &str, m: Measure| {
            format!("{name} {:.1} (P {:.1} R {:.1})", m.f1(), 100.0 * m.precision.value(), 100.0 * m.recall.value())
        };
        [one("MUC", self.muc), one("B3", self.b3), one("CEAFe", self.ceafe)].join(", ")
    }
}

fn add(sum: &mut Share, share: Share) {
    sum.part += share.part;
    sum.whole += share.whole;
}

fn owners(partition: &Partition) -> BTreeMap<usize, usize> {
    partition.iter().enumerate().flat_map(|(at, cluster)| cluster.iter().map(move |&mention| (mention, at))).collect()
}

/// Links of `key` that `response` keeps, of all links of `key`.
fn muc(key: &Partition, response: &Partition) -> Share {
    let owners = owners(response);
    let mut share = Share::default();
    for cluster in key {
        let parts: BTreeSet<_> = cluster.iter().filter_map(|mention| owners.get(mention)).collect();
        let alone = cluster.iter().filter(|mention| !owners.contains_key(mention)).count();
        share.part += (cluster.len() - (parts.len() + alone)) as f64;
        share.whole += (cluster.len() - 1) as f64;
    }
    share
}

/// Per mention of `key`, the share of its cluster that `response` has with it.
fn b3(key: &Partition, response: &Partition) -> Share {
    let owners = owners(response);
    let mut share = Share::default();
    for cluster in key {
        let mut parts: BTreeMap<usize, usize> = BTreeMap::new();
        for owner in cluster.iter().filter_map(|mention| owners.get(mention)) {
            *parts.entry(*owner).or_default() += 1;
        }
        share.part += parts.values().map(|&n| (n * n) as f64).sum::<f64>() / cluster.len() as f64;
        share.whole += cluster.len() as f64;
    }
    share
}

/// Total similarity of the best one-to-one alignment of clusters (phi4).
fn ceafe(gold: &Partition, found: &Partition) -> f64 {
    let n = gold.len().max(found.len());
    if gold.is_empty() || found.is_empty() {
        return 0.0;
    }
    let phi = |g: usize, f: usize| match (gold.get(g), found.get(f)) {
        (Some(a), Some(b)) => 2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()) as f64,
        _ => 0.0,
    };
    let costs: Vec<Vec<f64>> = (0..n).map(|g| (0..n).map(|f| -phi(g, f)).collect()).collect();
    -cheapest_assignment(&costs)
}

/// Cost of the cheapest perfect assignment of a square matrix (Hungarian algorithm with potentials, O(n³)).
fn cheapest_assignment(costs: &[Vec<f64>]) -> f64 {
    let n = costs.len();
    let (mut u, mut v) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let (mut row_of, mut way) = (vec![0; n + 1], vec![0; n + 1]);
    for row in 1..=n {
        row_of[0] = row;
        let mut column = 0;
        let (mut least, mut used) = (vec![f64::INFINITY; n + 1], vec![false; n + 1]);
        while row_of[column] != 0 {
            used[column] = true;
            let (at, mut delta, mut next) = (row_of[column], f64::INFINITY, 0);
            for j in (1..=n).filter(|&j| !used[j]) {
                let reduced = costs[at - 1][j - 1] - u[at] - v[j];
                if reduced < least[j] {
                    (least[j], way[j]) = (reduced, column);
                }
                if least[j] < delta {
                    (delta, next) = (least[j], j);
                }
            }
            for j in 0..=n {
                if used[j] {
                    u[row_of[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    (1..=n).map(|j| costs[row_of[j] - 1][j - 1]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partition(clusters: &[&[usize]]) -> Partition {
        clusters.iter().map(|cluster| cluster.iter().copied().collect()).collect()
    }

    fn score(gold: &[&[usize]], found: &[&[usize]]) -> Score {
        let mut score = Score::default();
        score.add(&partition(gold), &partition(found));
        score
    }

    #[test]
    fn equal_partitions_score_100() {
        let all = score(&[&[1, 2, 3], &[4, 5]], &[&[4, 5], &[1, 2, 3]]);
        assert!((all.conll() - 100.0).abs() < 1e-9);
    }

    /// Worked example of the paper (section 4): key {a b c} {d e f g}, response {a b} {c d} {f g h i}.
    #[test]
    fn worked_example() {
        let found = score(&[&[1, 2, 3], &[4, 5, 6, 7]], &[&[1, 2], &[3, 4], &[6, 7, 8, 9]]);
        assert!((found.muc.recall.value() - 0.40).abs() < 1e-9, "{found:?}");
        assert!((found.muc.precision.value() - 0.40).abs() < 1e-9);
        assert!((found.b3.recall.value() - 0.42).abs() < 0.01);
        assert!((found.b3.precision.value() - 0.50).abs() < 0.01);
        assert!((found.ceafe.recall.value() - 0.65).abs() < 0.01);
        assert!((found.ceafe.precision.value() - 0.43).abs() < 0.01);
    }
}
