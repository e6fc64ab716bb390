//! Rule tokeniser: the text of one paragraph to UD tokens and syntactic words.
//!
//! One scan from left to right, ordered rules. The rules are those the encoder was trained on (`training/sltok.py`), rule by
//! rule under the same names; change both or neither. Lists: `data/tokenizer`.

use crate::lists::{Lists, lists};
use std::ops::Range;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// A run without white space is cut after this many characters, which keeps junk linear.
const MAX_RUN: usize = 1_000;
/// A paragraph is scanned in blocks of at most about this many characters, which bounds memory.
const MAX_BLOCK: usize = 1 << 18;

/// A token as it stands in the text: one syntactic word, or several (`don't`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surface {
    /// Bytes of the token.
    pub span: Range<usize>,
    /// Ends of its words, in bytes, in order; the last is the end of the token.
    pub ends: Ends,
}

/// Ends of the words of a token; nearly always one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ends {
    /// One word.
    One(usize),
    /// Several words.
    Many(Vec<usize>),
}

impl Surface {
    /// Bytes of each word.
    pub fn words(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let ends = match &self.ends {
            Ends::One(end) => std::slice::from_ref(end),
            Ends::Many(ends) => ends,
        };
        let starts = std::iter::once(self.span.start).chain(ends.iter().copied());
        starts.zip(ends.iter().copied()).map(|(start, end)| start..end)
    }

    /// Whether the token is several words.
    pub fn is_multiple(&self) -> bool {
        matches!(self.ends, Ends::Many(_))
    }
}

/// Tokens of one paragraph, as bytes of `text`, in order.
pub fn tokenize(text: &str) -> Vec<Surface> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut base = 0;
    let mut open_single = false;
    for block in blocks(text) {
        let mut scanner = Scanner::new(block, base, open_single, &mut out);
        scanner.run();
        open_single = scanner.open_single;
        base += block.len();
    }
    out
}

/// Cuts a very long text at white space, or anywhere if there is none.
fn blocks(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while rest.len() > MAX_BLOCK {
        let limit = rest.floor_char_boundary(MAX_BLOCK);
        let cut = rest[..limit].rfind(is_space).filter(|&cut| cut > 0).unwrap_or(limit);
        let (block, after) = rest.split_at(cut);
        out.push(block);
        rest = after;
    }
    out.push(rest);
    out
}

/// White space; control characters separate words too.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn is_mark(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05BD | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670
        | 0x0900..=0x0903 | 0x093A..=0x094F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200C..=0x200D | 0x20D0..=0x20FF
        | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0x1F3FB..=0x1F3FF)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Letter)
}

fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { is_letter(c) || c.is_numeric() || is_mark(c) }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// Whether there are cased characters and none is lower or title case.
fn is_upper(word: &[char]) -> bool {
    let small = |c: &char| c.is_lowercase() || c.general_category() == GeneralCategory::TitlecaseLetter;
    word.iter().any(|c| c.is_uppercase()) && !word.iter().any(small)
}

fn lower(word: &[char]) -> String {
    word.iter().collect::<String>().to_lowercase()
}

fn same_lower(c: char, wanted: char) -> bool {
    c == wanted || c.to_ascii_lowercase() == wanted || (!c.is_ascii() && c.to_lowercase().eq([wanted]))
}

const URL_STARTS: [&str; 5] = ["http://", "https://", "ftp://", "www.", "mailto:"];

fn is_url_end(c: char) -> bool {
    matches!(c, '<' | '>' | '"' | '\u{201d}')
}

fn is_url_trim(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '\'' | '"' | '\u{2019}' | '\u{201d}' | '*')
}

fn is_run(c: char) -> bool {
    matches!(
        c,
        '-' | '='
            | '*'
            | '_'
            | '~'
            | '+'
            | '#'
            | '<'
            | '>'
            | '`'
            | '$'
            | '/'
            | '|'
            | '\\'
            | '^'
            | '\u{2019}'
            | '\u{2018}'
            | '\''
    )
}

struct Scanner<'a> {
    text: Vec<char>,
    /// Byte offset of each character, and of the end.
    bytes: Vec<usize>,
    lists: &'static Lists,
    out: &'a mut Vec<Surface>,
    open_single: bool,
}

impl<'a> Scanner<'a> {
    fn new(block: &str, base: usize, open_single: bool, out: &'a mut Vec<Surface>) -> Self {
        let mut text = Vec::with_capacity(block.len());
        let mut bytes = Vec::with_capacity(block.len() + 1);
        for (at, c) in block.char_indices() {
            text.push(c);
            bytes.push(base + at);
        }
        bytes.push(base + block.len());
        Self { text, bytes, lists: lists(), out, open_single }
    }

    fn run(&mut self) {
        let n = self.text.len();
        let mut i = 0;
        while i < n {
            if is_space(self.text[i]) {
                i += 1;
                continue;
            }
            let start = i;
            let mut end = i;
            while end < n && end - start < MAX_RUN && !is_space(self.text[end]) {
                end += 1;
            }
            while i < end {
                i = self.step(i, end, start);
            }
        }
    }

    fn at(&self, i: usize) -> Option<char> {
        self.text.get(i).copied()
    }

    fn emit(&mut self, i: usize, j: usize) -> usize {
        self.out.push(Surface { span: self.bytes[i]..self.bytes[j], ends: Ends::One(self.bytes[j]) });
        j
    }

    fn emit_words(&mut self, i: usize, ends: &[usize]) -> usize {
        let [.., j] = *ends else { return i };
        if ends.len() == 1 {
            return self.emit(i, j);
        }
        let ends = ends.iter().map(|&end| self.bytes[end]).collect();
        self.out.push(Surface { span: self.bytes[i]..self.bytes[j], ends: Ends::Many(ends) });
        j
    }

    /// Emits the token that starts at `i` of the run `[start, end)`; returns where it ends.
    fn step(&mut self, i: usize, end: usize, start: usize) -> usize {
        let c = self.text[i];
        for j in [self.url_end(i, end), self.email_end(i, end)] {
            if j > i {
                return self.emit(i, j);
            }
        }
        if let Some(j) = self.emoticon(i, end, start) {
            return self.emit(i, j);
        }
        let point = c == '.' && i + 1 < end && is_digit(self.text[i + 1]);
        if is_digit(c) || (point && (i == start || !is_word(self.text[i - 1]))) {
            return self.number(i, end);
        }
        if is_word(c) { self.word(i, end) } else { self.symbol(c, i, end, start) }
    }

    fn emoticon(&self, i: usize, end: usize, start: usize) -> Option<usize> {
        for face in &self.lists.emoticons {
            let j = i + face.len();
            if face[0] != self.text[i] || j > end || self.text[i..j] != face[..] {
                continue;
            }
            let free = (j == end || !is_word(self.text[j])) && !(is_word(face[0]) && i > start);
            if free && (face[0] != ':' || i == start || !is_digit(self.text[i - 1])) {
                return Some(j);
            }
        }
        None
    }

    fn starts(&self, i: usize, end: usize, what: impl IntoIterator<Item = char>) -> bool {
        what.into_iter().zip(i..).all(|(wanted, at)| at < end && same_lower(self.text[at], wanted))
    }

    fn skip(&self, mut i: usize, end: usize, test: impl Fn(char) -> bool) -> usize {
        while i < end && test(self.text[i]) {
            i += 1;
        }
        i
    }

    fn url_end(&self, i: usize, end: usize) -> usize {
        if !URL_STARTS.iter().any(|start| self.starts(i, end, start.chars())) {
            return i;
        }
        let mut j = self.skip(i, end, |c| !is_url_end(c));
        while j > i && is_url_trim(self.text[j - 1]) {
            if self.text[j - 1] == ')' && self.text[i..j].contains(&'(') {
                break;
            }
            j -= 1;
        }
        if j - i > 5 { j } else { i }
    }

    fn email_end(&self, i: usize, end: usize) -> usize {
        let c = self.text[i];
        if matches!(c, '@' | '#') {
            let first = self.at(i + 1).filter(|_| i + 1 < end);
            let begins = first.is_some_and(|first| is_letter(first) || (c == '@' && is_word(first)));
            return if begins { self.skip(i + 1, end, |c| is_word(c) || c == '_') } else { i };
        }
        let j = self.skip(i, end, |c| is_word(c) || matches!(c, '.' | '_' | '%' | '+' | '-'));
        if j == i || j >= end || self.text[j] != '@' {
            return i;
        }
        let mut k = self.skip(j + 1, end, |c| is_word(c) || matches!(c, '.' | '-' | '_'));
        let dot = self.text[j + 1..k].contains(&'.');
        while k > j + 1 && matches!(self.text[k - 1], '.' | '-' | '_') {
            k -= 1;
        }
        if dot && k > j + 2 { k } else { i }
    }

    fn domain_end(&self, i: usize, end: usize) -> usize {
        let mut last_dot = None;
        let mut j = i;
        while j < end && (is_word(self.text[j]) || matches!(self.text[j], '.' | '_' | '-')) {
            if self.text[j] == '.' {
                if j + 1 < end && is_word(self.text[j + 1]) && j > i && self.text[j - 1] != '.' {
                    last_dot = Some(j);
                } else {
                    break;
                }
            }
            j += 1;
        }
        let Some(dot) = last_dot.filter(|dot| dot - i >= 2) else { return i };
        let mut k = self.skip(dot + 1, end, is_word);
        let known = self.lists.domains.contains(lower(&self.text[dot + 1..k]).as_str());
        if !known || !self.text[i..dot].iter().any(|&c| is_letter(c)) {
            return i;
        }
        if k < end && self.text[k] == '/' {
            k = self.skip(k, end, |c| !is_url_end(c));
            while k > i && is_url_trim(self.text[k - 1]) {
                k -= 1;
            }
        }
        k
    }

    fn number_end(&self, i: usize, end: usize) -> usize {
        let mut j = self.skip(i, end, is_digit);
        let phone = self.phone_end(i, end);
        if phone > j {
            return phone;
        }
        while j + 1 < end && matches!(self.text[j], ',' | '.' | ':' | '/') && is_digit(self.text[j + 1]) {
            if self.text[j] == ',' && !self.thousands(j + 1, end) {
                break;
            }
            j = self.skip(j + 1, end, is_digit);
        }
        j
    }

    /// Whether exactly three digits stand at `i`.
    fn thousands(&self, i: usize, end: usize) -> bool {
        i + 3 <= end && self.text[i..i + 3].iter().all(|&c| is_digit(c)) && !(i + 3 < end && is_digit(self.text[i + 3]))
    }

    fn phone_end(&self, i: usize, end: usize) -> usize {
        let mut groups = Vec::new();
        let mut j = i;
        loop {
            let k = self.skip(j, end, is_digit);
            if k == j {
                return i;
            }
            groups.push(k - j);
            if groups.len() <= 4 && k + 1 < end && self.text[k] == '-' && is_digit(self.text[k + 1]) {
                j = k + 1;
                continue;
            }
            return if matches!(groups[..], [3, 3, 4] | [3, 4] | [1, 3, 3, 4]) { k } else { i };
        }
    }

    fn acronym_end(&self, i: usize, end: usize) -> usize {
        let mut j = i;
        let mut letters = 0;
        while j < end && is_letter(self.text[j]) {
            let pointed = j + 1 < end && self.text[j + 1] == '.';
            if pointed && !(j + 2 < end && self.text[j + 2] == '.') {
                letters += 1;
                j += 2;
                continue;
            }
            if j + 1 >= end || !is_word(self.text[j + 1]) {
                letters += 1;
                j += 1;
            }
            break;
        }
        if letters >= 2 { j } else { i }
    }

    fn word_end(&self, i: usize, end: usize) -> usize {
        let mut j = i;
        while j < end {
            let c = self.text[j];
            if is_word(c) {
                j += 1;
                continue;
            }
            if j == i || j + 1 >= end {
                break;
            }
            let (before, after) = (self.text[j - 1], self.text[j + 1]);
            let inside = (is_apostrophe(c) && is_word(before) && is_letter(after))
                || (c == '_' && is_word(after))
                || (c == '&' && before.is_uppercase() && after.is_uppercase() && j - i <= 4)
                || (c == '-' && is_word(after) && self.lists.prefixes.contains(lower(&self.text[i..j]).as_str()));
            if !inside {
                break;
            }
            j += 1;
        }
        j
    }

    fn after_blanks(&self, mut i: usize) -> Option<char> {
        while self.at(i).is_some_and(is_space) {
            i += 1;
        }
        self.at(i)
    }

    /// Whether the point at `j` belongs to the word `[i, j)`.
    fn takes_point(&self, i: usize, j: usize, end: usize) -> bool {
        if j >= end || self.text[j] != '.' || (j + 1 < end && (self.text[j + 1] == '.' || is_word(self.text[j + 1]))) {
            return false;
        }
        let word: String = self.text[i..j].iter().collect();
        let lower = word.to_lowercase();
        let mut rest = lower.chars();
        let title: String = rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default();
        let upper = word == word.to_uppercase() || word == title;
        let known = |list: &std::collections::HashSet<&str>| {
            list.contains(lower.as_str()) || (upper && list.contains(title.as_str()))
        };
        if known(&self.lists.abbreviations) {
            return true;
        }
        if known(&self.lists.before_number) && self.after_blanks(j + 1).is_some_and(is_digit) {
            return true;
        }
        j - i == 1 && is_upper(&self.text[i..j]) && self.text[i] != 'I' && self.after_blanks(j + 1).is_some()
    }

    /// Ends of the words of the token `[i, j)`: contractions and fixed spellings.
    fn cut_clitics(&self, i: usize, j: usize) -> Vec<usize> {
        let word = &self.text[i..j];
        if word.iter().all(|c| c.is_ascii_alphanumeric()) && !self.may_split(word) {
            return vec![j];
        }
        // Character by character, so that places in the lower-cased word are places in the word.
        let fold = |&c: &char| if c == '\u{2019}' { '\'' } else { c.to_lowercase().next().unwrap_or(c) };
        let lower: Vec<char> = word.iter().map(fold).collect();
        if let Some(lengths) = self.lists.splits.get(&lower.iter().collect::<String>())
            && !(word.len() == 2 && is_upper(word))
        {
            return lengths
                .iter()
                .scan(i, |at, length| {
                    *at += length;
                    Some(*at)
                })
                .collect();
        }
        let mut ends = vec![j];
        loop {
            let n = ends[0] - i;
            let head = &lower[..n];
            let ends_in = |tails: &[&str]| {
                tails.iter().any(|tail| head.iter().rev().copied().take(tail.len()).eq(tail.chars().rev()))
            };
            if n > 3 && ends_in(&["n't", "'re", "'ve", "'ll"]) {
                ends.insert(0, i + n - 3);
            } else if n > 2 && ends_in(&["'s", "'m", "'d"]) && !head[..n - 2].iter().all(|&c| is_digit(c)) {
                ends.insert(0, i + n - 2);
            } else {
                return ends;
            }
        }
    }

    /// Whether a word without apostrophes can be one of the fixed spellings.
    fn may_split(&self, word: &[char]) -> bool {
        word.len() <= 12 && self.lists.splits.contains_key(&lower(word))
    }

    fn number(&mut self, i: usize, end: usize) -> usize {
        let j = self.number_end(if self.text[i] == '.' { i + 1 } else { i }, end);
        if j >= end || !(is_word(self.text[j]) || is_apostrophe(self.text[j])) {
            return self.emit(i, j);
        }
        let k = self.skip(j, end, is_word);
        if self.lists.units.contains(lower(&self.text[j..k]).as_str()) && self.text[i..j].iter().any(|&c| is_digit(c)) {
            return self.emit(i, j);
        }
        let three: String = self.text[j..].iter().take(3).collect();
        if matches!(three.as_str(), "a.m" | "p.m" | "A.M" | "P.M") {
            return self.emit(i, j);
        }
        let k = self.word_end(i, end).max(j);
        if k > j && !self.text[i..j].iter().any(|c| matches!(c, ',' | '.' | ':' | '/')) {
            let ends = self.cut_clitics(i, k);
            return self.emit_words(i, &ends);
        }
        self.emit(i, k)
    }

    fn word(&mut self, i: usize, end: usize) -> usize {
        let dotted = self.lists.dotted.iter().find(|short| self.starts(i, end, short.iter().copied())).map(Vec::len);
        if let Some(length) = dotted {
            return self.emit(i, i + length);
        }
        for j in [self.acronym_end(i, end), self.domain_end(i, end)] {
            if j > i {
                let s = j < end && is_apostrophe(self.text[j]) && self.at(j + 1).is_some_and(|c| same_lower(c, 's'));
                if s && (j + 2 >= end || !is_word(self.text[j + 2])) {
                    return self.emit_words(i, &[j, j + 2]);
                }
                return self.emit(i, j);
            }
        }
        let j = self.word_end(i, end);
        if self.takes_point(i, j, end) {
            return self.emit(i, j + 1);
        }
        if j < end && self.text[j] == '/' && j - i == 1 && matches!(self.text[i], 'w' | 'W') {
            let o = self.at(j + 1).is_some_and(|c| same_lower(c, 'o')) && (j + 2 >= end || !is_word(self.text[j + 2]));
            return self.emit(i, if o { j + 2 } else { j + 1 });
        }
        if j < end && self.text[j] == '$' && j - i <= 3 && is_upper(&self.text[i..j]) {
            return self.emit(i, j + 1);
        }
        if self.is_plural_possessive(i, j, end) {
            return self.emit_words(i, &[j, j + 1]);
        }
        let ends = self.cut_clitics(i, j);
        self.emit_words(i, &ends)
    }

    /// Whether a bare apostrophe after the word `[i, j)` is a possessive: `officials'`.
    fn is_plural_possessive(&self, i: usize, j: usize, end: usize) -> bool {
        j < end
            && is_apostrophe(self.text[j])
            && same_lower(self.text[j - 1], 's')
            && j - i > 2
            && !self.open_single
            && (j + 1 >= end || !(is_word(self.text[j + 1]) || is_apostrophe(self.text[j + 1])))
    }

    fn symbol(&mut self, c: char, i: usize, end: usize, start: usize) -> usize {
        if is_apostrophe(c) && i + 1 < end && is_word(self.text[i + 1]) {
            let j = self.skip(i + 1, end, is_word);
            let name = lower(&self.text[i + 1..j]);
            let short = name.strip_suffix('s').unwrap_or(&name);
            let year = short.len() == 2 && short.bytes().all(|b| b.is_ascii_digit());
            if year || self.lists.apostrophe_words.contains(name.as_str()) {
                return self.emit(i, j);
            }
        }
        let mut j = match c {
            '.' => self.skip(i, end, |c| c == '.'),
            '!' | '?' => self.skip(i, end, |c| matches!(c, '!' | '?')),
            c if is_run(c) => self.skip(i, end, |other| other == c),
            _ => i,
        };
        j = j.max(i + 1);
        while j < end && is_mark(self.text[j]) {
            j += if self.text[j] == '\u{200d}' && j + 1 < end { 2 } else { 1 };
        }
        if j - i == 1 && matches!(c, '\'' | '\u{2018}' | '\u{2019}') {
            self.open_single = c != '\u{2019}' && (c == '\u{2018}' || (i == start && i + 1 < end));
        }
        self.emit(i, j)
    }
}
