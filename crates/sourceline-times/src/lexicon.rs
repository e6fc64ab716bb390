//! The words of the time grammar, read once from `data/times/words.tsv`.
//!
//! In: a lower-case word. Out: its class. Not here: what sequences of words mean.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use crate::value::{Part, Season, Unit};

/// What a word is to the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lex {
    /// Nothing.
    None,
    /// A word that the grammar names itself.
    Word,
    /// Month name; `short` for abbreviations.
    Month { month: i8, short: bool },
    /// Day of the week, 1 is Monday.
    Weekday { day: i8, short: bool, plural: bool },
    /// Unit of time.
    Unit { unit: Unit, plural: bool },
    /// Number word.
    Number(i64),
    /// Ordinal word.
    Ordinal(i64),
    /// "nineties".
    DecadeWord(i64),
    /// Season.
    Season(Season),
    /// Part of the day.
    Part(Part),
    /// "today": offset in days.
    Day(i64),
    /// "daily": the period.
    Set,
    /// "now".
    Present,
    /// "recently".
    Past,
    /// Time zone.
    Zone,
}

/// An entry of the word list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub word: &'static str,
    pub lex: Lex,
    pub value: &'static str,
}

/// FNV-1a: short words need no hash that resists attack, for the list is fixed.
#[derive(Debug, Default, Clone, Copy)]
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
}

static WORDS: LazyLock<HashMap<&'static str, Entry, BuildHasherDefault<Fnv>>> =
    LazyLock::new(|| include_str!("../../../data/times/words.tsv").lines().filter_map(entry).collect());

/// Looks up a lower-case word.
pub(crate) fn look_up(word: &str) -> Option<Entry> {
    WORDS.get(word).copied()
}

fn entry(line: &'static str) -> Option<(&'static str, Entry)> {
    if line.starts_with('#') {
        return None;
    }
    let mut columns = line.split('\t');
    let (word, class, value) = (columns.next()?, columns.next()?, columns.next()?);
    Some((word, Entry { word, lex: lex(class, value), value }))
}

fn lex(class: &str, value: &str) -> Lex {
    let number: i64 = value.parse().unwrap_or(0);
    let small = number.clamp(0, 100) as i8;
    match class {
        "month" => Lex::Month { month: small, short: false },
        "month-short" => Lex::Month { month: small, short: true },
        "weekday" => Lex::Weekday { day: small, short: false, plural: false },
        "weekday-short" => Lex::Weekday { day: small, short: true, plural: false },
        "weekday-plural" => Lex::Weekday { day: small, short: false, plural: true },
        "unit" => Unit::parse(value).map_or(Lex::Word, |unit| Lex::Unit { unit, plural: false }),
        "units" => Unit::parse(value).map_or(Lex::Word, |unit| Lex::Unit { unit, plural: true }),
        "number" => Lex::Number(number),
        "ordinal" => Lex::Ordinal(number),
        "decade-word" => Lex::DecadeWord(number),
        "season" => Season::parse(value).map_or(Lex::Word, Lex::Season),
        "part" => Part::parse(value).map_or(Lex::Word, Lex::Part),
        "day" => Lex::Day(number),
        "set" => Lex::Set,
        "ref" if value == "present" => Lex::Present,
        "ref" => Lex::Past,
        "zone" => Lex::Zone,
        _ => Lex::Word,
    }
}
