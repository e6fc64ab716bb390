//! Kinds of errors with their counts: `eval/ERRORS.md`, one section a part. No words of the corpora stand in it.

use crate::Context;
use crate::report::write_section;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Rows of a list.
const ROWS: usize = 25;

/// Counted kinds of errors: what is wanted, what is found.
#[derive(Debug, Default)]
pub struct Errors(BTreeMap<(String, String), usize>);

impl Errors {
    /// Counts one error.
    pub fn add(&mut self, wanted: impl Into<String>, found: impl Into<String>) {
        *self.0.entry((wanted.into(), found.into())).or_default() += 1;
    }

    /// Counts the differences of two sets of typed spans: same span of another type, overlapping span, or nothing.
    pub fn add_spans<'a>(
        &mut self,
        found: &BTreeSet<(usize, usize, &'a str)>,
        wanted: &BTreeSet<(usize, usize, &'a str)>,
    ) {
        let partner = |span: &(usize, usize, &'a str), others: &BTreeSet<(usize, usize, &'a str)>| {
            let overlapping = || others.iter().filter(|other| other.0 < span.1 && span.0 < other.1);
            let same = overlapping().find(|other| (other.0, other.1) == (span.0, span.1));
            match (same, overlapping().next()) {
                (Some(other), _) => other.2.to_owned(),
                (None, Some(other)) if other.2 == span.2 => "the same with other bounds".to_owned(),
                (None, Some(other)) => format!("{} with other bounds", other.2),
                (None, None) => "nothing".to_owned(),
            }
        };
        for span in wanted.difference(found) {
            self.add(span.2, partner(span, found));
        }
        for span in found.difference(wanted) {
            if !wanted.iter().any(|other| other.0 < span.1 && span.0 < other.1) {
                self.add("nothing", span.2);
            }
        }
    }

    /// Writes the most frequent kinds as the section `name`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(self, context: &Context, name: &str, intro: &str) -> Result<()> {
        let all: usize = self.0.values().sum();
        let mut rows: Vec<((String, String), usize)> = self.0.into_iter().collect();
        rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut body =
            format!("{intro} {all} errors of {} kinds.\n\n| wanted | found | count |\n|---|---|---|\n", rows.len());
        for ((wanted, found), count) in rows.iter().take(ROWS) {
            body += &format!("| {wanted} | {found} | {count} |\n");
        }
        write_section(&context.root.join("eval/ERRORS.md"), "Errors", name, &body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_apart_by_type_and_bounds() {
        let found = BTreeSet::from([(0, 2, "a"), (5, 7, "b"), (9, 10, "a")]);
        let wanted = BTreeSet::from([(0, 2, "b"), (5, 8, "b"), (20, 21, "a")]);
        let mut errors = Errors::default();
        errors.add_spans(&found, &wanted);
        let kinds: Vec<(&str, &str, usize)> = errors.0.iter().map(|((w, f), n)| (w.as_str(), f.as_str(), *n)).collect();
        let expected =
            [("a", "nothing", 1), ("b", "a", 1), ("b", "the same with other bounds", 1), ("nothing", "a", 1)];
        assert_eq!(kinds, expected);
    }
}
