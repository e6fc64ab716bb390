//! Word lists of the tokeniser (`data/tokenizer`), read once.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// The lists, prepared for look-up.
pub(crate) struct Lists {
    pub abbreviations: HashSet<&'static str>,
    pub before_number: HashSet<&'static str>,
    /// Fixed spellings without blanks, with the lengths of their parts in characters.
    pub splits: HashMap<String, Vec<usize>>,
    pub prefixes: HashSet<&'static str>,
    pub units: HashSet<&'static str>,
    /// Abbreviations with a point inside, with their last point, in order.
    pub dotted: Vec<Vec<char>>,
    /// Longest first.
    pub emoticons: Vec<Vec<char>>,
    pub apostrophe_words: HashSet<&'static str>,
    pub domains: HashSet<&'static str>,
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with("# ")).map(str::trim).filter(|line| !line.is_empty())
}

/// The lists.
pub(crate) fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        let abbreviations: HashSet<&str> = lines(include_str!("../../../data/tokenizer/abbreviations.txt")).collect();
        let with_point = |word: &&str| word.chars().chain(['.']).collect::<Vec<char>>();
        let mut dotted: Vec<Vec<char>> =
            abbreviations.iter().filter(|word| word.contains('.')).map(with_point).collect();
        dotted.sort();
        let faces = lines(include_str!("../../../data/tokenizer/emoticons.txt"));
        let mut emoticons: Vec<Vec<char>> = faces.map(|face| face.chars().collect()).collect();
        emoticons.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        let split = |line: &'static str| {
            let parts: Vec<&str> = line.split_whitespace().collect();
            (parts.concat(), parts.iter().map(|part| part.chars().count()).collect())
        };
        Lists {
            abbreviations,
            before_number: lines(include_str!("../../../data/tokenizer/abbreviations_before_number.txt")).collect(),
            splits: lines(include_str!("../../../data/tokenizer/splits.txt")).map(split).collect(),
            prefixes: lines(include_str!("../../../data/tokenizer/prefixes.txt")).collect(),
            units: lines(include_str!("../../../data/tokenizer/units.txt")).collect(),
            dotted,
            emoticons,
            apostrophe_words: lines(include_str!("../../../data/tokenizer/apostrophe_words.txt")).collect(),
            domains: lines(include_str!("../../../data/tokenizer/domains.txt")).collect(),
        }
    })
}
