//! Counts and what is computed from them.

use std::collections::BTreeSet;

/// True positives among found and wanted things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Found and wanted.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// Wanted.
    pub wanted: usize,
}

impl Counts {
    /// Compares two sets.
    pub fn of<T: Ord>(found: &BTreeSet<T>, wanted: &BTreeSet<T>) -> Self {
        Self { right: found.intersection(wanted).count(), found: found.len(), wanted: wanted.len() }
    }

    /// Adds other counts.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.wanted += other.wanted;
    }

    /// Precision in per cent.
    pub fn precision(self) -> f64 {
        100.0 * self.right as f64 / self.found.max(1) as f64
    }

    /// Recall in per cent.
    pub fn recall(self) -> f64 {
        100.0 * self.right as f64 / self.wanted.max(1) as f64
    }

    /// F1 in per cent.
    pub fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.wanted).max(1) as f64
    }
}

/// Pearson's correlation.
pub fn pearson(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len().max(1) as f64;
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        ab += (x - mean_a) * (y - mean_b);
        aa += (x - mean_a).powi(2);
        bb += (y - mean_b).powi(2);
    }
    ab / (aa * bb).sqrt().max(f64::MIN_POSITIVE)
}

/// Spearman's rank correlation (ties get their mean rank).
pub fn spearman(a: &[f64], b: &[f64]) -> f64 {
    pearson(&ranks(a), &ranks(b))
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&i, &j| values[i].total_cmp(&values[j]));
    let mut out = vec![0.0; values.len()];
    let mut at = 0;
    for tie in order.chunk_by(|&i, &j| values[i] == values[j]) {
        let rank = at as f64 + (tie.len() - 1) as f64 / 2.0;
        for &index in tie {
            out[index] = rank;
        }
        at += tie.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_of_sets() {
        let counts = Counts::of(&BTreeSet::from([1, 2, 3]), &BTreeSet::from([2, 3, 4, 5]));
        assert_eq!((counts.right, counts.found, counts.wanted), (2, 3, 4));
        assert!((counts.f1() - 100.0 * 4.0 / 7.0).abs() < 1e-9);
    }

    #[test]
    fn rank_correlation() {
        assert!((spearman(&[1.0, 5.0, 3.0], &[10.0, 1000.0, 20.0]) - 1.0).abs() < 1e-9);
        assert!((spearman(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]) + 1.0).abs() < 1e-9);
        assert_eq!(ranks(&[2.0, 2.0, 1.0]), [1.5, 1.5, 0.0]);
    }
}
