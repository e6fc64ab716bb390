//! Paragraphs of clean text.
//!
//! In: text. Out: the spans of its paragraphs. Empty lines part paragraphs. Inside a run of lines, a line break is kept as
//! white space when the lines were wrapped at a width, and parts paragraphs when every line is one of its own (headings, list
//! items, files with one paragraph a line).

use crate::tokenizer::is_space;
use sourceline_model::Span;

/// Lines longer than this were not wrapped for reading: mail and plain-text pages wrap at 65 to 100 characters.
const WIDEST: usize = 132;
/// A run whose longest line is shorter is a list, a heading or verse.
const NARROWEST: usize = 40;

/// The paragraphs of `text`, in order, without white space at their edges.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut run: Vec<Line<'_>> = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let start = at;
        at += line.len() + 1;
        let words = line.trim_matches(is_space);
        if words.is_empty() {
            part(&run, &mut out);
            run.clear();
        } else {
            let start = start + line.find(|c| !is_space(c)).unwrap_or(0);
            run.push(Line { start, words, width: line.trim_end_matches(is_space).chars().count() });
        }
    }
    part(&run, &mut out);
    out
}

struct Line<'a> {
    start: usize,
    words: &'a str,
    width: usize,
}

impl Line<'_> {
    fn first_word(&self) -> usize {
        self.words.chars().take_while(|&c| !is_space(c)).count()
    }

    fn starts_item(&self) -> bool {
        let mut chars = self.words.chars();
        match chars.next() {
            Some('-' | '*' | '•' | '–' | '—' | '‣' | '◦' | '·') => chars.next().is_some_and(is_space),
            Some(c) if c.is_ascii_digit() => {
                let rest = self.words.trim_start_matches(|c: char| c.is_ascii_digit());
                rest.strip_prefix(['.', ')']).is_some_and(|rest| rest.starts_with(is_space))
            }
            _ => false,
        }
    }

    fn starts_small(&self) -> bool {
        self.words.chars().next().is_some_and(char::is_lowercase)
    }

    fn is_closed(&self) -> bool {
        let end = self.words.trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', ')', ']']);
        end.ends_with(['.', '!', '?', ':', ';', '\u{2026}'])
    }
}

/// Parts a run of lines into paragraphs.
fn part(run: &[Line<'_>], out: &mut Vec<Span>) {
    // A line of one long word (an address) says nothing about the width.
    let wide = |line: &&Line<'_>| line.words.contains(is_space);
    let width = run.iter().filter(wide).map(|line| line.width).max().unwrap_or(0);
    for (index, line) in run.iter().enumerate() {
        let end = line.start + line.words.len();
        let joins = index > 0 && continues(&run[index - 1], line, width);
        match out.last_mut() {
            Some(paragraph) if joins => *paragraph = Span::new(paragraph.start, end),
            _ => out.push(Span::new(line.start, end)),
        }
    }
}

/// Whether `line` goes on where the line `before` was broken.
fn continues(before: &Line<'_>, line: &Line<'_>, width: usize) -> bool {
    if line.starts_item() {
        return false;
    }
    if line.starts_small() && !before.is_closed() {
        return true;
    }
    // A wrapped line is one that had no room for the next word.
    (NARROWEST..=WIDEST).contains(&width) && before.width + 1 + line.first_word() > width
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` marks the starts of paragraphs.
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let mut expected = Vec::new();
        for (found, (at, _)) in marked.match_indices('|').enumerate() {
            expected.push(at - found);
        }
        let starts: Vec<usize> = paragraphs(&text).iter().map(|span| span.start).collect();
        assert_eq!(starts, expected, "{marked}");
    }

    #[test]
    fn empty_lines_part_paragraphs() {
        check("|One here.\n\n|Two here.\n \t\n\n  |Three.\n");
        check("");
        check(" \n\r\n");
        check("|One.\r\n\r\n|Two.\r\n");
    }

    #[test]
    fn wrapped_lines_are_joined() {
        check(
            "|The bridge over the river was closed on Monday after the council said\n\
             that its southern pillar had moved. Officials of the two towns that it\n\
             joins met in the evening. No date for the works was given.",
        );
    }

    #[test]
    fn an_address_does_not_widen_the_lines() {
        check(
            "|The bridge over the river was closed on Monday after the council said\n\
             https://example.org/a/very/long/address/that/is/longer/than/the/lines/around/it/by/far\n\
             Minutes of the meeting were not kept. Officials of the two towns that\n\
             It joins met in the evening.",
        );
    }

    #[test]
    fn one_paragraph_a_line() {
        let long = "The council of the town by the river said on Monday that the bridge, which was built when the mills \
                    still ran, would stay closed until its pillar had been mended.";
        check(&format!("|{long}\n|The Works\n|{long}\n|{long}"));
        check("|Apples\n|Pears\n|Plums from the valley");
        check("|Bring with you:\n|- a lamp\n|- a rope of twenty metres that is strong enough for two\n|2. water");
    }

    #[test]
    fn a_line_that_starts_small_goes_on() {
        check("|The council said\nthat the bridge\nwas closed.\n|the end");
    }
}
