//! Datelines and credit lines: "BEIRUT (Reuters) -", "With inputs from agencies", "Originally published by X".
//!
//! In: the paragraphs of a document. Out: `Credits`. Not here: what single sentences say of their sources.

use sourceline_knowledge::{Knowledge, OutletKind};
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
    if let Some(span) = analysis.dateline.as_ref().and_then(|dateline| dateline.agency) {
        credits.agency = Some((outlet_name(knowledge, analysis.text(span)), span));
    }
    for paragraph in &analysis.paragraphs {
        let text = analysis.text(*paragraph);
        if text.chars().count() <= LONGEST_CREDIT {
            read_credit(&mut credits, knowledge, text, *paragraph);
        }
    }
    if let Some(last) = analysis.paragraphs.last()
        && let Some(name) = signed_by(knowledge, analysis.text(*last))
    {
        credits.agency.get_or_insert((name, *last));
    }
    for removed in analysis.document.removed.iter().filter(|removed| removed.text.chars().count() <= LONGEST_CREDIT) {
        read_credit(&mut credits, knowledge, &removed.text, Span::new(0, 0));
    }
    credits
}

/// The usual name of an outlet, else the words as they stand.
fn outlet_name(knowledge: &Knowledge, words: &str) -> String {
    knowledge.outlet_by_name(words).map_or_else(|| words.to_owned(), |outlet| outlet.name.to_owned())
}

/// Openers of lines that credit the whole text to somebody.
const WHOLE: [&str; 6] = ["source:", "republished from", "reprinted from", "courtesy of", "story by", "via:"];
/// Verbs of "first published by X", "originally appeared in X".
const RAN: [&str; 14] = [
    "published",
    "carried",
    "run",
    "ran",
    "aired",
    "broadcast",
    "printed",
    "appeared",
    "released",
    "posted",
    "reported",
    "written",
    "republished",
    "reprinted",
];
/// What a note about the text calls the text.
const TEXT: [&str; 9] = ["article", "story", "report", "piece", "text", "interview", "version", "dispatch", "post"];
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

/// Words of lines that present the text as another's in other words or another language.
const VERSION: [&str; 14] = [
    "translated from",
    "translation of",
    "translation from",
    "version of",
    "adapted from",
    "abridged from",
    "condensed from",
    "reproduced from",
    "excerpted from",
    "summary of an article",
    "summary of a report",
    "based on an article",
    "based on a report",
    "based on a story",
];

fn read_credit(credits: &mut Credits, knowledge: &Knowledge, text: &str, span: Span<Byte>) {
    let lower = text.to_lowercase();
    let opening = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let skipped = lower.len() - opening.len();
    let opener = WHOLE.iter().find(|opener| opening.starts_with(**opener)).map(|opener| skipped + opener.len());
    if let Some(name) = first_run_by(knowledge, text) {
        credits.agency.get_or_insert((name, span));
        return;
    }
    if let Some(name) = version_of(knowledge, text).or_else(|| produced_by(knowledge, text)) {
        credits.agency.get_or_insert((name, span));
        return;
    }
    let part = PART.iter().find_map(|opener| lower.find(opener).map(|at| (at, at + opener.len())));
    if let Some(name) = opener.and_then(|from| text.get(from..)).and_then(|rest| outlet_in(knowledge, rest)) {
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

/// The agency that a text ends with: "… in the archipelago. -- AFP", "… on Sunday. (dpa)".
fn signed_by(knowledge: &Knowledge, text: &str) -> Option<String> {
    let text = text.trim_end();
    let dashed = [" -- ", " — ", " – "]
        .iter()
        .filter_map(|dash| text.rsplit_once(dash))
        .map(|(_, tail)| tail)
        .min_by_key(|tail| tail.len());
    let bracketed = || text.strip_suffix(')').and_then(|text| text.rsplit_once(". (")).map(|(_, tail)| tail);
    let tail = dashed.or_else(bracketed)?.trim_end_matches('.');
    let short = tail.split_whitespace().count() <= 3;
    let outlet = knowledge.outlet_by_name(tail).filter(|_| short)?;
    (outlet.kind == OutletKind::Agency).then(|| outlet.name.to_owned())
}

/// Who ran a text first, by a note that stands apart from it: "First published by the newspaper X, Y.", "(The report was first carried by X.)".
fn first_run_by(knowledge: &Knowledge, text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare =
        |at: usize| words.get(at).map_or("", |word| word.trim_matches(|c: char| !c.is_alphanumeric())).to_lowercase();
    let at = (0..words.len()).find(|&at| {
        let run = |at: usize| RAN.contains(&bare(at).as_str());
        matches!(bare(at).as_str(), "first" | "originally" | "previously") && (run(at + 1) || at > 0 && run(at - 1))
            || bare(at) == "republished" && bare(at + 1) == "from"
    })?;
    let apart = text.starts_with(['(', '[', '*', '_', '—', '–', '-']);
    let of_itself = (0..at).any(|word| bare(word) == "this" && TEXT.contains(&bare(word + 1).as_str()));
    if !apart && !of_itself && at > 0 {
        return None;
    }
    let by = (at..words.len()).find(|&at| matches!(bare(at).as_str(), "by" | "in" | "on" | "at" | "from"))?;
    let rest = words[by + 1..].join(" ");
    outlet_in(knowledge, &rest).or_else(|| capitalised(&rest))
}

/// Whose text this is a version of: "Translated from the Arabic of X by Y", "The following is our English version of an article in X, Geneva."
fn version_of(knowledge: &Knowledge, text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let (at, words) = VERSION.iter().find_map(|words| lower.find(words).map(|at| (at, words)))?;
    // The line speaks of the text before it names anybody: "This is a translation of", "Our English version of".
    let opening = text.get(..at)?;
    let names = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.starts_with(char::is_uppercase) && !is_language(knowledge, bare)
    };
    if opening.split_whitespace().skip(1).any(names) || opening.split_whitespace().count() > 8 {
        return None;
    }
    let rest = text.get(at + words.len()..)?;
    let tokens: Vec<&str> = rest.split_whitespace().collect();
    let bare = |at: usize| tokens[at].trim_matches(|c: char| !c.is_alphanumeric());
    let named = |at: usize| at < tokens.len() && names(tokens[at]);
    let start = (0..tokens.len()).find(|&at| {
        let before = at.checked_sub(1).map_or("from", |before| bare(before)).to_lowercase();
        let before = if before == "the" { at.checked_sub(2).map_or("from", bare).to_lowercase() } else { before };
        let led = matches!(
            before.as_str(),
            "of" | "in" | "from" | "newspaper" | "daily" | "weekly" | "magazine" | "agency" | "website" | "paper"
        ) || before == "by" && at > 1 && !is_language(knowledge, bare(at - 2));
        named(at) && led
    })?;
    capitalised(&tokens[start..].join(" ")).map(|name| outlet_name(knowledge, &name))
}

/// Who made the text, by what it says of itself: "This report is produced by X and reprinted here."
fn produced_by(knowledge: &Knowledge, text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let lower = |at: usize| words.get(at).map_or(String::new(), |word| word.to_lowercase());
    let itself = lower(0) == "this" && (TEXT.contains(&lower(1).as_str()) || MADE.contains(&lower(1).as_str()));
    let verb = if matches!(lower(3).as_str(), "jointly" | "originally" | "first") { 4 } else { 3 };
    let made = matches!(lower(verb).as_str(), "produced" | "prepared" | "compiled" | "written" | "issued");
    let passive = matches!(lower(2).as_str(), "is" | "was");
    let by = verb + 1;
    (itself && passive && made && lower(by) == "by").then_some(())?;
    capitalised(&words[by + 1..].join(" ")).map(|name| outlet_name(knowledge, &name))
}

/// Words that reports of organisations call themselves by.
const MADE: [&str; 6] = ["bulletin", "update", "brief", "briefing", "analysis", "summary"];

/// Languages whose names are no adjective of a state's.
const LANGUAGES: [&str; 18] = [
    "English",
    "Arabic",
    "Hebrew",
    "Persian",
    "Farsi",
    "Hindi",
    "Urdu",
    "Mandarin",
    "Cantonese",
    "Kurdish",
    "Pashto",
    "Dari",
    "Swahili",
    "Amharic",
    "Tamil",
    "Catalan",
    "Basque",
    "Flemish",
];

/// Whether a word names a language.
fn is_language(knowledge: &Knowledge, word: &str) -> bool {
    LANGUAGES.contains(&word) || knowledge.demonym(word).is_some()
}

/// The name at the head of `text`, behind an article and a common noun: "the newspaper X Y, Z" gives "X Y".
fn capitalised(text: &str) -> Option<String> {
    let mut words = text.split_whitespace().skip_while(|word| !word.starts_with(char::is_uppercase)).peekable();
    let mut name = Vec::new();
    while let Some(word) = words.next() {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let joins = matches!(word, "of" | "for" | "de" | "the" | "and" | "&")
            && words.peek().is_some_and(|next| next.starts_with(char::is_uppercase));
        let within = (joins || word.starts_with("al-")) && !name.is_empty();
        if !within && !bare.starts_with(char::is_uppercase) {
            break;
        }
        name.push(bare);
        if bare.len() < word.len() {
            break;
        }
    }
    (!name.is_empty()).then(|| name.join(" "))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_another_text_are_credited_to_it() {
        let of = |text: &str| version_of(Knowledge::embedded(), text);
        let cases = [
            ("Translated from the Arabic of Al-Manara al-Jadida by Coast Monitor", Some("Al-Manara al-Jadida")),
            (
                "The following is our English version of an article that appeared in French in Le Lac, Geneva.",
                Some("Le Lac"),
            ),
            ("This is an abridged translation of a report by the weekly Brno Kurier.", Some("Brno Kurier")),
            ("Adapted from El Faro Azul. Pictures: our own.", Some("El Faro Azul")),
            ("Translated from the German by Anna Roth", None),
            ("The minister was shown a translation of the treaty.", None),
            ("Critics in Paris called it a translation of old fears into law.", None),
        ];
        for (text, name) in cases {
            assert_eq!(of(text).as_deref(), name, "{text}");
        }
    }
}
