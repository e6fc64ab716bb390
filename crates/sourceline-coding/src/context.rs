//! PLOVER contexts from the words of a sentence.

use std::collections::HashMap;

use crate::tree::Tree;

/// Cue words of each context.
#[derive(Debug, Default)]
pub(crate) struct Contexts {
    names: Vec<String>,
    /// Lemma -> contexts.
    single: HashMap<String, Vec<usize>>,
    /// Second lemma -> (first lemma, contexts).
    pairs: HashMap<String, Vec<(String, usize)>>,
}

impl Contexts {
    /// Reads `context: word first_second …`.
    pub fn line(&mut self, line: &str) -> Result<(), String> {
        let (name, words) = line.split_once(':').ok_or("a context is written `name: words`")?;
        let at = self.names.len();
        self.names.push(name.trim().to_owned());
        for word in words.split_whitespace() {
            match word.rsplit_once('_') {
                Some((first, second)) => self.pairs.entry(second.to_owned()).or_default().push((first.to_owned(), at)),
                None => self.single.entry(word.to_owned()).or_default().push(at),
            }
        }
        Ok(())
    }

    /// Contexts that the words in `range` speak of, in the order of the file.
    pub fn of(&self, tree: &Tree<'_>, range: std::ops::Range<usize>) -> Vec<String> {
        let mut hit = vec![false; self.names.len()];
        let start = range.start;
        for i in range {
            for &at in self.single.get(tree.lemma(i)).into_iter().flatten() {
                hit[at] = true;
            }
            if i > start {
                for (first, at) in self.pairs.get(tree.lemma(i)).into_iter().flatten() {
                    hit[*at] |= tree.lemma(i - 1) == first;
                }
            }
        }
        self.names.iter().zip(hit).filter(|(_, hit)| *hit).map(|(name, _)| name.clone()).collect()
    }
}
