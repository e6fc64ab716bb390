//! Cuts plain text into words, numbers and signs.
//!
//! In: text. Out: tokens with byte spans and their class in the time lexicon. Not here: sentences, UD words.

use crate::lexicon::{self, Lex};

/// Longest word of the lexicon that is looked up, in bytes.
const MAX_WORD: usize = 16;

/// A word, number or sign.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub start: usize,
    pub end: usize,
    /// Lower-case form if the lexicon holds it, else empty.
    pub word: &'static str,
    pub lex: Lex,
    /// Third column of the lexicon.
    pub value: &'static str,
    /// Value of a run of digits; `None` for words, signs and numbers too long.
    pub number: Option<i64>,
    /// First byte: tells signs apart.
    pub first: u8,
    /// Number of digits in a run of digits, without thousands separators.
    pub digits: u8,
    /// Whether a number is written with thousands separators.
    pub grouped: bool,
    /// Whether white space stands before.
    pub space: bool,
    /// Whether a line break stands before.
    pub line: bool,
}

impl Token {
    /// Whether this is a word (letters).
    pub fn is_word(&self) -> bool {
        self.number.is_none() && self.digits == 0 && (self.first.is_ascii_alphabetic() || self.first >= 0xC3)
    }

    /// Whether the first letter is an upper-case ASCII letter.
    pub fn is_capital(&self) -> bool {
        self.first.is_ascii_uppercase()
    }
}

/// Cuts `text` into tokens.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len() / 5);
    let (mut at, mut space, mut line) = (0, true, true);
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_whitespace() {
            space = true;
            line |= byte == b'\n';
            at += 1;
            continue;
        }
        if bytes[at..].starts_with(&[0xC2, 0xA0]) || bytes[at..].starts_with(&[0xE2, 0x80, 0xAF]) {
            space = true;
            at += if byte == 0xC2 { 2 } else { 3 };
            continue;
        }
        let mut token = match byte {
            b'0'..=b'9' => number(bytes, at),
            _ if is_letter(text, at) => word(text, at),
            _ => sign(text, at),
        };
        (token.space, token.line) = (space, line);
        (space, line) = (false, false);
        at = token.end;
        out.push(token);
    }
    out
}

fn is_letter(text: &str, at: usize) -> bool {
    let byte = text.as_bytes()[at];
    byte.is_ascii_alphabetic() || (byte >= 0x80 && text[at..].chars().next().is_some_and(char::is_alphabetic))
}

fn blank(start: usize, end: usize, first: u8) -> Token {
    Token {
        start,
        end,
        word: "",
        lex: Lex::None,
        value: "",
        number: None,
        first,
        digits: 0,
        grouped: false,
        space: false,
        line: false,
    }
}

fn number(bytes: &[u8], start: usize) -> Token {
    let run = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut digits = run(start);
    let mut end = start + digits;
    let mut value = bytes[start..end].iter().take(12).fold(0i64, |sum, b| sum * 10 + i64::from(b - b'0'));
    let mut grouped = false;
    if digits <= 3 {
        while end + 3 < bytes.len() && bytes[end] == b',' && run(end + 1) == 3 && digits < 12 {
            value = bytes[end + 1..end + 4].iter().fold(value, |sum, b| sum * 10 + i64::from(b - b'0'));
            (end, digits, grouped) = (end + 4, digits + 3, true);
        }
    }
    let number = (digits <= 12).then_some(value);
    Token { number, digits: digits.min(99) as u8, grouped, ..blank(start, end, bytes[start]) }
}

fn word(text: &str, start: usize) -> Token {
    let bytes = text.as_bytes();
    let mut end = start;
    while end < bytes.len() {
        if bytes[end].is_ascii_alphabetic() {
            end += 1;
        } else if bytes[end] >= 0x80 && is_letter(text, end) {
            end += text[end..].chars().next().map_or(1, char::len_utf8);
        } else {
            break;
        }
    }
    let mut token = blank(start, end, bytes[start]);
    let length = end - start;
    if length <= MAX_WORD {
        let mut buffer = [0u8; MAX_WORD];
        for (to, from) in buffer.iter_mut().zip(&bytes[start..end]) {
            *to = from.to_ascii_lowercase();
        }
        if let Some(entry) = std::str::from_utf8(&buffer[..length]).ok().and_then(lexicon::look_up) {
            (token.word, token.lex, token.value) = (entry.word, entry.lex, entry.value);
        }
    }
    token
}

fn sign(text: &str, start: usize) -> Token {
    let length = text[start..].chars().next().map_or(1, char::len_utf8);
    let mut token = blank(start, start + length, text.as_bytes()[start]);
    token.word = match &text[start..start + length] {
        "\u{2019}" | "\u{2018}" | "'" | "`" => "'",
        "\u{2013}" | "\u{2014}" | "\u{2010}" | "\u{2011}" | "\u{2212}" | "-" => "-",
        "." => ".",
        "," => ",",
        "/" => "/",
        ":" => ":",
        "(" => "(",
        ")" => ")",
        "~" => "~",
        "$" | "\u{a3}" | "\u{20ac}" => "$",
        "%" => "%",
        "#" => "#",
        "+" => "+",
        "&" => "&",
        ";" => ";",
        "!" | "?" | "\u{2026}" => "!",
        "\"" | "\u{201c}" | "\u{201d}" => "\"",
        _ => "",
    };
    token
}
