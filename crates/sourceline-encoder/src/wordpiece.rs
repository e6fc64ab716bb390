//! Word pieces of a word: BERT's uncased vocabulary, greedy longest match.
//!
//! In: one word. Out: ids of its pieces, at least one. Algorithm: Devlin et al., BERT (2019); docs/WEIGHTS.md says what
//! is folded before.

use crate::LoadError;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Most pieces a word may take.
pub(crate) const MAX_PIECES: usize = 12;
/// Longer runs of characters become the unknown piece.
const MAX_CHARS: usize = 100;

/// A vocabulary of word pieces.
pub(crate) struct Vocabulary {
    starts: HashMap<Box<[u8]>, u32, BuildHasherDefault<Fnv>>,
    continuations: HashMap<Box<[u8]>, u32, BuildHasherDefault<Fnv>>,
    longest: usize,
    unknown: u32,
    /// Id of the mark at the start of a window.
    pub first: u32,
    /// Id of the mark at the end of a window.
    pub last: u32,
    /// Number of pieces.
    pub size: usize,
}

/// The FNV-1a hash: short keys, no attacker (the keys are fixed by the weights).
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

impl Vocabulary {
    /// Reads pieces, one a line, in id order.
    pub fn new(lines: &str) -> Result<Self, LoadError> {
        let mut vocabulary = Self {
            starts: HashMap::default(),
            continuations: HashMap::default(),
            longest: 0,
            unknown: 0,
            first: 0,
            last: 0,
            size: 0,
        };
        vocabulary.starts.reserve(1 << 15);
        for (id, line) in lines.split_terminator('\n').enumerate() {
            let id = u32::try_from(id).map_err(|_| LoadError::Vocabulary { what: "a sensible size".to_owned() })?;
            let (map, piece) = match line.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => (&mut vocabulary.continuations, rest),
                _ => (&mut vocabulary.starts, line),
            };
            vocabulary.longest = vocabulary.longest.max(piece.len());
            map.insert(piece.as_bytes().into(), id);
            vocabulary.size += 1;
        }
        let special = |piece: &str| {
            let id = vocabulary.starts.get(piece.as_bytes()).copied();
            id.ok_or_else(|| LoadError::Vocabulary { what: format!("the piece \"{piece}\"") })
        };
        let (unknown, first, last) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Ok(Self { unknown, first, last, ..vocabulary })
    }

    /// Appends the pieces of `word` to `out`: at least one, at most [`MAX_PIECES`].
    pub fn pieces(&self, word: &str, out: &mut Vec<u32>) {
        let before = out.len();
        // Longer words would lose their rest anyway; the bound keeps a word of a million letters cheap.
        let word: &str = word.char_indices().nth(2_000).map_or(word, |(end, _)| &word[..end]);
        if word.bytes().all(|b| b.is_ascii_lowercase()) && word.len() <= MAX_CHARS && !word.is_empty() {
            self.basic(word, out);
        } else {
            for_each_basic(word, |basic| {
                if out.len() - before < MAX_PIECES {
                    self.basic(basic, out);
                }
            });
        }
        out.truncate(before + MAX_PIECES);
        if out.len() == before {
            out.push(self.unknown);
        }
    }

    /// Pieces of a basic token: greedy longest match, the unknown piece if there is none.
    fn basic(&self, token: &str, out: &mut Vec<u32>) {
        let before = out.len();
        if token.chars().count() > MAX_CHARS {
            out.push(self.unknown);
            return;
        }
        let bytes = token.as_bytes();
        let mut start = 0;
        while start < bytes.len() {
            let map = if start == 0 { &self.starts } else { &self.continuations };
            let mut end = bytes.len().min(start + self.longest);
            let id = loop {
                if end == start {
                    break None;
                }
                // A cut inside a character matches nothing, because all pieces are whole characters.
                if let Some(&id) = map.get(&bytes[start..end]) {
                    break Some(id);
                }
                end -= 1;
            };
            let Some(id) = id else {
                out.truncate(before);
                out.push(self.unknown);
                return;
            };
            out.push(id);
            start = end;
        }
    }
}

/// Folds a word and cuts it into basic tokens: runs without punctuation, single punctuation marks, single CJK characters.
fn for_each_basic(word: &str, mut each: impl FnMut(&str)) {
    let mut run = String::with_capacity(word.len());
    let mut flush = |run: &mut String| {
        if !run.is_empty() {
            each(run);
            run.clear();
        }
    };
    for c in word.chars() {
        if c.is_ascii_alphanumeric() {
            run.push(c.to_ascii_lowercase());
        } else if is_space(c) {
            flush(&mut run);
        } else if is_dropped(c) {
        } else if is_cjk(c) {
            flush(&mut run);
            run.push(c);
            flush(&mut run);
        } else {
            for folded in c.to_lowercase().nfd() {
                if is_punctuation(folded) {
                    flush(&mut run);
                    run.push(folded);
                    flush(&mut run);
                } else if folded.is_ascii() || folded.general_category() != GeneralCategory::NonspacingMark {
                    run.push(folded);
                }
            }
        }
    }
    flush(&mut run);
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\x0b' | '\x0c' | '\u{85}')
}

fn is_dropped(c: char) -> bool {
    c == '\u{fffd}' || c.general_category_group() == GeneralCategoryGroup::Other
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation)
}

fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "[UNK]\n[CLS]\n[SEP]\nrun\n##ning\n##n\n##ing\n.\nu\ns\ncafe\n##s\n雨\n";

    fn check(word: &str, expected: &[u32]) {
        let mut out = Vec::new();
        Vocabulary::new(LINES).expect("the test vocabulary is whole").pieces(word, &mut out);
        assert_eq!(out, expected, "{word}");
    }

    #[test]
    fn pieces_of_words() {
        check("running", &[3, 4]);
        check("Cafés", &[10, 11]);
        check("U.S.", &[8, 7, 9, 7]);
        check("雨雨", &[12, 12]);
        check("xyz", &[0]);
        check("runx.run", &[0, 7, 3]);
        check("\u{200d}\u{fffd}", &[0]);
        check("", &[0]);
        check(&"run.".repeat(50), &[3, 7].repeat(6));
        check(&"run".repeat(400_000), &[0]);
    }

    #[test]
    fn a_vocabulary_without_marks_is_refused() {
        assert!(matches!(Vocabulary::new("a\nb\n"), Err(LoadError::Vocabulary { .. })));
    }
}
