//! Patterns of furniture: words with gaps and anchors.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The list that is compiled in.
const SOURCE: &str = include_str!("../../../../data/lexicon/furniture.tsv");

/// Words that `*` may skip when it names no number.
const GAP: usize = 6;

/// Where a pattern counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In any sentence.
    Any,
    /// In a short paragraph beside furniture.
    Near,
}

/// One piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Word(String),
    /// Up to so many words.
    Gap(usize),
    Start,
    End,
}

struct Pattern {
    pieces: Vec<Piece>,
    place: Place,
    why: &'static str,
}

/// All patterns, found by one of their words.
pub(super) struct Patterns {
    patterns: Vec<Pattern>,
    /// Patterns by their first word that is no gap or anchor.
    by_word: BTreeMap<String, Vec<usize>>,
    /// Whole lines.
    lines: BTreeMap<String, &'static str>,
}

impl Patterns {
    /// The patterns that are compiled in.
    pub(super) fn builtin() -> &'static Self {
        static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::parse(SOURCE));
        &PATTERNS
    }

    fn parse(source: &'static str) -> Self {
        let mut all = Self { patterns: Vec::new(), by_word: BTreeMap::new(), lines: BTreeMap::new() };
        for line in source.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let mut columns = line.split('\t');
            let (Some(why), Some(place), Some(pattern)) = (columns.next(), columns.next(), columns.next()) else {
                continue;
            };
            match place {
                "line" => drop(all.lines.insert(pattern.to_owned(), why)),
                "near" => all.add(pattern, Place::Near, why),
                _ => all.add(pattern, Place::Any, why),
            }
        }
        all
    }

    fn add(&mut self, pattern: &str, place: Place, why: &'static str) {
        let pieces: Vec<Piece> = pattern.split(' ').map(piece).collect();
        let first =
            pieces.iter().find_map(|piece| if let Piece::Word(word) = piece { Some(word.clone()) } else { None });
        let Some(first) = first else { return };
        self.by_word.entry(first).or_default().push(self.patterns.len());
        self.patterns.push(Pattern { pieces, place, why });
    }

    /// Why a whole line of these words is furniture.
    pub(super) fn line(&self, words: &[String]) -> Option<&'static str> {
        let plain: Vec<&str> = words.iter().map(String::as_str).filter(|word| *word != ":").collect();
        if plain.len() > 8 {
            return None;
        }
        self.lines.get(&plain.join(" ")).copied()
    }

    /// Why a sentence of these words is furniture. `Near` takes the patterns for any place too.
    pub(super) fn sentence(&self, words: &[String], place: Place) -> Option<&'static str> {
        let candidates = words.iter().filter_map(|word| self.by_word.get(word)).flatten();
        let fits = |pattern: &&Pattern| pattern.place == Place::Any || place == Place::Near;
        candidates
            .map(|&at| &self.patterns[at])
            .filter(fits)
            .find(|pattern| pattern.occurs(words))
            .map(|pattern| pattern.why)
    }
}

impl Pattern {
    fn occurs(&self, words: &[String]) -> bool {
        (0..=words.len()).any(|from| matches(&self.pieces, words, from))
    }
}

fn piece(written: &str) -> Piece {
    match written {
        "^" => Piece::Start,
        "$" => Piece::End,
        "*" => Piece::Gap(GAP),
        gap if gap.starts_with('*') => Piece::Gap(gap[1..].parse().unwrap_or(GAP)),
        word => Piece::Word(word.to_owned()),
    }
}

/// Whether `pieces` match the words from `at` on.
fn matches(pieces: &[Piece], words: &[String], at: usize) -> bool {
    let Some((piece, rest)) = pieces.split_first() else { return true };
    match piece {
        Piece::Start => at == 0 && matches(rest, words, at),
        Piece::End => at == words.len(),
        Piece::Word(word) => words.get(at) == Some(word) && matches(rest, words, at + 1),
        Piece::Gap(most) => (0..=*most).any(|skip| at + skip <= words.len() && matches(rest, words, at + skip)),
    }
}

/// Lower-case words of a text; apostrophes are left out, `:` and `©` count as words, other marks part words.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for character in text.chars() {
        match character {
            '\'' | '’' | '‘' | '\u{64b}'..='\u{652}' | '\u{640}' => {}
            letter if letter.is_alphanumeric() => word.extend(letter.to_lowercase()),
            mark => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                if matches!(mark, ':' | '©') {
                    words.push(mark.to_string());
                }
            }
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_list_is_well_formed_and_matches_itself() {
        let patterns = Patterns::builtin();
        for row in SOURCE.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let columns: Vec<&str> = row.split('\t').collect();
            assert_eq!(columns.len(), 3, "{row}");
            assert!(matches!(columns[1], "any" | "line" | "near"), "{row}");
            assert_eq!(columns[2], columns[2].to_lowercase(), "{row}");
            let plain: Vec<&str> =
                columns[2].split(' ').filter(|word| !matches!(*word, "^" | "$") && !word.starts_with('*')).collect();
            let words = words_of(&plain.join(" "));
            let why = if columns[1] == "line" { patterns.line(&words) } else { patterns.sentence(&words, Place::Near) };
            assert!(why.is_some(), "{row}");
        }
    }

    #[test]
    fn gaps_and_anchors() {
        let pieces: Vec<Piece> = "^ follow *2 on x $".split(' ').map(piece).collect();
        let pattern = Pattern { pieces, place: Place::Any, why: "share" };
        assert!(pattern.occurs(&words_of("Follow the Post on X")));
        assert!(!pattern.occurs(&words_of("Follow the Post on X today")));
        assert!(!pattern.occurs(&words_of("They follow the Post on X")));
        assert!(!pattern.occurs(&words_of("Follow the whole long story on X")));
    }
}
