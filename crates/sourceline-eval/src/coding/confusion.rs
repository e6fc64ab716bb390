//! Counts of what was wanted against what was found.

use std::collections::{BTreeMap, BTreeSet};

/// A table of (wanted, found).
#[derive(Default)]
pub struct Confusion {
    cells: BTreeMap<(String, String), usize>,
}

impl Confusion {
    /// Counts one case.
    pub fn add(&mut self, wanted: &str, found: &str) {
        *self.cells.entry((wanted.to_owned(), found.to_owned())).or_default() += 1;
    }

    /// All cases.
    pub fn total(&self) -> usize {
        self.cells.values().sum()
    }

    /// Cases found as wanted.
    pub fn right(&self) -> usize {
        self.cells.iter().filter(|((wanted, found), _)| wanted == found).map(|(_, n)| n).sum()
    }

    /// Classes that are wanted somewhere.
    pub fn classes(&self) -> BTreeSet<&str> {
        self.cells.keys().map(|(wanted, _)| wanted.as_str()).collect()
    }

    /// Precision, recall and F1 of a class, in per cent.
    pub fn scores(&self, class: &str) -> (f64, f64, f64) {
        let hit = self.sum(|wanted, found| wanted == class && found == class);
        let precision = super::share(hit, self.sum(|_, found| found == class));
        let recall = super::share(hit, self.sum(|wanted, _| wanted == class));
        let sum = precision + recall;
        (precision, recall, if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 })
    }

    /// Mean F1 over the wanted classes.
    pub fn macro_f1(&self) -> f64 {
        let classes = self.classes();
        classes.iter().map(|class| self.scores(class).2).sum::<f64>() / classes.len().max(1) as f64
    }

    /// What was found instead of a class, commonest first: `COERCE:4 none:2`.
    pub fn instead_of(&self, class: &str) -> String {
        let mut wrong: Vec<(usize, &str)> = self
            .cells
            .iter()
            .filter(|((wanted, found), _)| wanted == class && found != class)
            .map(|((_, found), n)| (*n, found.as_str()))
            .collect();
        wrong.sort_by(|a, b| b.cmp(a));
        wrong.iter().take(6).map(|(n, found)| format!("{found}:{n}")).collect::<Vec<_>>().join(" ")
    }

    fn sum(&self, holds: impl Fn(&str, &str) -> bool) -> usize {
        self.cells.iter().filter(|((wanted, found), _)| holds(wanted, found)).map(|(_, n)| n).sum()
    }
}
