//! Datelines and credit lines: "BEIRUT (Reuters) -", "With inputs from agencies", "Originally published by X".
//!
//! In: the paragraphs of a document. Out: `Credits`. Not here: what single sentences say of their sources.

use sourceline_knowledge::Knowledge;
use sourceline_model::{Analysis, Byte, Span};

/// What datelines and credit lines say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credits {
    /// The agency or outlet that the whole text comes from, with the words that say so.
    pub agency: Option<(String, Span<Byte>)>,
    /// An outlet credited for a part of the text.
    pub helper: Option<(String, Span<Byte>)>,
    /// A credit to "agencies" without names.
    pub generic: Option<Span<Byte>>,
}

/// Longest credit line, in characters.
const LONGEST_CREDIT: usize = 220;

/// Reads datelines and credit lines.
pub fn credits(analysis: &Analysis, knowledge: &Knowledge) -> Credits {
    let mut credits = Credits::default();
    for paragraph in analysis.paragraphs.iter().take(3) {
        if let Some(found) = dateline(analysis, knowledge, *paragraph) {
            credits.agency = Some(found);
            break;
        }
    }
    for paragraph in &analysis.paragraphs {
        let text = analysis.text(*paragraph);
        if text.chars().count() <= LONGEST_CREDIT {
            read_credit(&mut credits, knowledge, text, *paragraph);
        }
    }
    for removed in analysis.document.removed.iter().filter(|removed| removed.text.chars().count() <= LONGEST_CREDIT) {
        read_credit(&mut credits, knowledge, &removed.text, Span::new(0, 0));
    }
    credits
}

/// "PLACE, Date (AGENCY) -" at the start of a paragraph.
fn dateline(analysis: &Analysis, knowledge: &Knowledge, paragraph: Span<Byte>) -> Option<(String, Span<Byte>)> {
    let text = analysis.text(paragraph);
    let head: String = text.chars().take(90).collect();
    for (open, close) in [('(', ')'), ('/', '/')] {
        let Some(start) = head.find(open) else { continue };
        let Some(length) = head[start + 1..].find(close) else { continue };
        let inside = head[start + 1..start + 1 + length].trim();
        let after = head[start + 1 + length + close.len_utf8()..].trim_start();
        let before = head[..start].trim();
        let dashed = ['-', '—', '–', ':'].iter().any(|dash| after.starts_with(*dash));
        if dashed
            && looks_like_place(before)
            && !inside.is_empty()
            && inside.split_whitespace().count() <= 4
            && inside.starts_with(char::is_uppercase)
        {
            let from = paragraph.start + start + 1;
            return Some((outlet_name(knowledge, inside), Span::new(from, from + length)));
        }
    }
    // "(Reuters) - Text": no place.
    None
}

/// Where the text begins after "PLACE, Date (AGENCY) —"; 0 without a dateline.
pub fn dateline_end(analysis: &Analysis) -> usize {
    let Some(paragraph) = analysis.paragraphs.first() else { return 0 };
    let text = analysis.text(*paragraph);
    let capitals = text.split_whitespace().next().is_some_and(|word| {
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
        (letters.len() >= 3 && letters.iter().all(|c| c.is_uppercase())) || word.starts_with('(')
    });
    let head: String = text.chars().take(90).collect();
    let dash = [" — ", " – ", " -- ", " - ", "— "]
        .iter()
        .filter_map(|dash| head.find(dash).map(|at| (at, at + dash.len())))
        .min();
    let agency = head.find(')').is_some_and(|close| dash.is_some_and(|(at, _)| at >= close && at <= close + 2));
    match dash {
        Some((at, end))
            if (capitals || agency) && looks_like_place(head[..at].split(['(', '/']).next().unwrap_or("")) =>
        {
            paragraph.start + end
        }
        _ => 0,
    }
}

/// Nothing, or words of a place and a date: no verb's lower-case word but "and", "of", "the".
fn looks_like_place(text: &str) -> bool {
    text.split_whitespace().all(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.is_empty()
            || word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(word, "and" | "of" | "the" | "de" | "al" | "el")
    })
}

/// The usual name of an outlet, else the words as they stand.
fn outlet_name(knowledge: &Knowledge, words: &str) -> String {
    knowledge.outlet_by_name(words).map_or_else(|| words.to_owned(), |outlet| outlet.name.to_owned())
}

/// Openers of lines that credit the whole text to somebody.
const WHOLE: [&str; 12] = [
    "originally published",
    "first published",
    "this article was originally",
    "this story was originally",
    "this article first appeared",
    "source:",
    "republished from",
    "reprinted from",
    "courtesy of",
    "this article is republished",
    "story by",
    "via:",
];
/// Openers of lines that credit somebody with a part.
const PART: [&str; 12] = [
    "with inputs from",
    "with input from",
    "with agencies",
    "with agency",
    "with reporting by",
    "with reporting from",
    "with additional reporting",
    "additional reporting by",
    "contributed to this report",
    "compiled from",
    "with information from",
    "(agencies)",
];

fn read_credit(credits: &mut Credits, knowledge: &Knowledge, text: &str, span: Span<Byte>) {
    let lower = text.to_lowercase();
    let whole = WHOLE.iter().find_map(|opener| lower.find(opener).map(|at| at + opener.len()));
    let part = PART.iter().find_map(|opener| lower.find(opener).map(|at| (at, at + opener.len())));
    if let Some(name) = whole.and_then(|from| text.get(from..)).and_then(|rest| outlet_in(knowledge, rest)) {
        credits.agency.get_or_insert((name, span));
        return;
    }
    if let Some((at, from)) = part {
        let beside = text
            .get(from..)
            .and_then(|rest| outlet_in(knowledge, rest))
            .or_else(|| text.get(..at).and_then(|rest| outlet_in(knowledge, rest)));
        match beside {
            Some(name) => {
                credits.helper.get_or_insert((name, span));
            }
            None if lower.contains("agenc") || lower.contains("wire") => {
                credits.generic.get_or_insert(span);
            }
            None => {}
        }
        return;
    }
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if matches!(bare, "agencies" | "news agencies" | "wires" | "wire services" | "agency reports") {
        credits.generic.get_or_insert(span);
    } else if text.starts_with(['—', '–', '(', '-']) || text.split_whitespace().count() <= 2 {
        let words = text.trim_matches(|c: char| !c.is_alphanumeric());
        if words.split_whitespace().count() <= 3
            && let Some(outlet) = knowledge.outlet_by_name(words)
        {
            credits.agency.get_or_insert((outlet.name.to_owned(), span));
        }
    }
}

/// The first known outlet named in `text`.
fn outlet_in(knowledge: &Knowledge, text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    for start in 0..words.len() {
        for length in (1..=5.min(words.len() - start)).rev() {
            let name = words[start..start + length].join(" ");
            let name = name.trim_matches(|c: char| !c.is_alphanumeric());
            if name.starts_with(char::is_uppercase)
                && let Some(outlet) = knowledge.outlet_by_name(name)
            {
                return Some(outlet.name.to_owned());
            }
        }
    }
    None
}
