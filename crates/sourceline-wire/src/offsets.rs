//! Byte offsets to code points and back.

use sourceline_model::{Byte, Span};

/// Distance in bytes between two recorded positions.
const STRIDE: usize = 64;

/// Maps positions of one text between UTF-8 bytes and Unicode code points.
#[derive(Debug, Clone)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points that begin before byte `STRIDE * i`; empty when the text is ASCII and both counts agree.
    marks: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    /// Makes the map of `text`.
    pub fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self { text, marks: Vec::new() };
        }
        let mut marks = vec![0];
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            count += chunk.iter().filter(|&&byte| begins(byte)).count();
            marks.push(count);
        }
        Self { text, marks }
    }

    /// Code points before byte `at`; a byte inside a character or behind the end counts as the next boundary.
    pub fn of_byte(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        if self.marks.is_empty() {
            return at;
        }
        let mark = at / STRIDE;
        let rest = &self.text.as_bytes()[mark * STRIDE..at];
        self.marks[mark] + rest.iter().filter(|&&byte| begins(byte)).count()
    }

    /// The byte at which code point `at` begins; `None` behind the end.
    pub fn to_byte(&self, at: usize) -> Option<usize> {
        if self.marks.is_empty() {
            return (at <= self.text.len()).then_some(at);
        }
        let mark = self.marks.partition_point(|&count| count <= at).saturating_sub(1);
        let mut left = at - self.marks[mark];
        let from = mark * STRIDE;
        for (index, &byte) in self.text.as_bytes()[from.min(self.text.len())..].iter().enumerate() {
            if begins(byte) {
                if left == 0 {
                    return Some(from + index);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(self.text.len())
    }

    /// A byte range as `[start, end)` in code points.
    pub fn span(&self, span: Span<Byte>) -> [usize; 2] {
        [self.of_byte(span.start), self.of_byte(span.end)]
    }

    /// Several byte ranges.
    pub fn spans(&self, spans: &[Span<Byte>]) -> Vec<[usize; 2]> {
        spans.iter().map(|&span| self.span(span)).collect()
    }

    /// `[start, end)` in code points as a byte range; `None` when it is turned round or reaches behind the end.
    pub fn bytes(&self, [start, end]: [usize; 2]) -> Option<Span<Byte>> {
        let (start, end) = (self.to_byte(start)?, self.to_byte(end)?);
        (start <= end).then(|| Span::new(start, end))
    }
}

/// Whether `byte` is the first of a character.
const fn begins(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_survives_the_round_trip() {
        let texts =
            ["", "plain", "naïve – “quoted”", "حلب مدينة", &"é𝄞x".repeat(100), &"abc".repeat(64), &"ab€".repeat(128)];
        for text in texts {
            let points = CodePoints::new(text);
            let boundaries = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for (count, at) in boundaries.enumerate() {
                assert_eq!(points.of_byte(at), count, "{text:.20} at {at}");
                assert_eq!(points.to_byte(count), Some(at), "{text:.20} at {count}");
            }
            assert_eq!(points.to_byte(text.chars().count() + 1), None);
        }
    }
}
