//! Lexical classes: named sets of lemmas that rules refer to as `@name`.

use std::collections::HashMap;

use sourceline_model::{EntityHint, EntityKind, Upos};

use crate::tree::Tree;

/// Set of classes, one bit each.
pub(crate) type ClassSet = u128;

/// Class names that the engine itself decides.
const BUILTIN: [&str; 6] = ["NAME", "PERSON", "PLACE", "ORG", "PRON", "NUM"];

/// Which class a word belongs to.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    names: Vec<String>,
    people: ClassSet,
    single: HashMap<String, ClassSet>,
    /// Head lemma -> (modifier lemma, classes).
    compound: HashMap<String, Vec<(String, ClassSet)>>,
}

impl Classes {
    pub fn new() -> Self {
        Self { names: BUILTIN.iter().map(|n| (*n).to_owned()).collect(), ..Self::default() }
    }

    /// The bit of class `name`, made when new; `None` when there are too many classes.
    pub fn define(&mut self, name: &str) -> Option<ClassSet> {
        if let Some(bit) = self.get(name) {
            return Some(bit);
        }
        if self.names.len() >= 128 {
            return None;
        }
        self.names.push(name.to_owned());
        let bit = 1 << (self.names.len() - 1);
        if name == "people" {
            self.people = bit;
        }
        Some(bit)
    }

    /// The bit of class `name`.
    pub fn get(&self, name: &str) -> Option<ClassSet> {
        self.names.iter().position(|n| n == name).map(|at| 1 << at)
    }

    /// Puts `word` (`lemma` or `modifier_head`) into the classes of `bits`.
    pub fn insert(&mut self, word: &str, bits: ClassSet) {
        match word.rsplit_once('_') {
            Some((modifier, head)) => {
                self.compound.entry(head.to_owned()).or_default().push((modifier.to_owned(), bits))
            }
            None => *self.single.entry(word.to_owned()).or_default() |= bits,
        }
    }

    /// Words of the class as they were inserted without modifier.
    pub fn words(&self, bits: ClassSet) -> impl Iterator<Item = &str> {
        self.single.iter().filter(move |(_, b)| **b & bits != 0).map(|(w, _)| w.as_str())
    }

    /// All words and word pairs with their classes.
    pub fn all_words(&self) -> impl Iterator<Item = (&str, ClassSet)> {
        let pairs =
            self.compound.iter().map(|(head, list)| (head.as_str(), list.iter().fold(0, |bits, (_, b)| bits | b)));
        self.single.iter().map(|(w, b)| (w.as_str(), *b)).chain(pairs)
    }

    /// Whether the bare lemma belongs to one of `bits`.
    pub fn has_lemma(&self, lemma: &str, bits: ClassSet) -> bool {
        self.single.get(lemma).is_some_and(|b| b & bits != 0)
    }

    /// Classes of word `i` in its context.
    pub fn of(&self, tree: &Tree<'_>, i: usize) -> ClassSet {
        let lemma = tree.lemma(i);
        let mut bits = self.single.get(lemma).copied().unwrap_or(0) | builtin(tree, i);
        if bits & (1 << 1) != 0 {
            // Whoever is a person belongs to `people`.
            bits |= self.people;
        }
        if let Some((_, tail)) = lemma.rsplit_once('-') {
            bits |= self.single.get(tail).copied().unwrap_or(0);
        }
        if let Some(pairs) = self.compound.get(lemma) {
            for &k in tree.kids(i) {
                if matches!(tree.rel(k), "compound" | "amod" | "nmod" | "obj") {
                    bits |= pairs.iter().filter(|(m, _)| m == tree.lemma(k)).fold(0, |b, (_, c)| b | c);
                }
            }
        }
        bits
    }
}

fn builtin(tree: &Tree<'_>, i: usize) -> ClassSet {
    let mut bits = 0;
    if tree.name(i).is_some() || tree.upos(i) == Upos::Propn {
        bits |= 1;
    }
    if tree.name(i) == Some(EntityKind::Person) || tree.hint(i) == Some(EntityHint::Person) {
        bits |= 1 << 1;
    }
    if tree.is_place(i) {
        bits |= 1 << 2;
    }
    if matches!(tree.name(i), Some(EntityKind::Organization | EntityKind::Group | EntityKind::Gpe))
        || tree.hint(i) == Some(EntityHint::Organization)
    {
        bits |= 1 << 3;
    }
    if tree.upos(i) == Upos::Pron {
        bits |= 1 << 4;
    }
    if tree.upos(i) == Upos::Num {
        bits |= 1 << 5;
    }
    bits
}
