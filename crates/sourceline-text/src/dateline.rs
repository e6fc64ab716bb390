//! Datelines: "BEIRUT, Jan 7 (AP) —" in front of the first sentence of a report.
//!
//! In: text and its paragraphs. Out: where the dateline stands and its parts. It is set apart before the encoder reads, because to a parser
//! the town would be the subject of the first clause. Not here: which town or agency it is.

use crate::tokenizer::is_space;
use sourceline_model::{Dateline, Span};

/// Paragraphs, from the first, in which a dateline may stand: headline, standfirst and byline come before.
const FIRST_PARAGRAPHS: usize = 4;
/// Longest paragraph before a dateline, in words: more is running text, and what follows is no opening.
const LONGEST_LEAD_IN: usize = 30;
/// Longest dateline, in bytes.
const LONGEST: usize = 110;
/// Longest label of a speaker, in bytes.
const LONGEST_LABEL: usize = 40;
/// Most words of a place ("SAN PEDRO SULA, Honduras").
const PLACE_WORDS: usize = 8;

/// Words in capitals before a colon or a dash that are no place.
const LABELS: [&str; 24] = [
    "BREAKING",
    "UPDATE",
    "UPDATED",
    "EXCLUSIVE",
    "LIVE",
    "WATCH",
    "CORRECTION",
    "CORRECTED",
    "OPINION",
    "ANALYSIS",
    "EXPLAINER",
    "FACTBOX",
    "NEWS",
    "VIDEO",
    "PHOTOS",
    "READ",
    "NOTE",
    "EDITORIAL",
    "INTERVIEW",
    "COMMENT",
    "TIMELINE",
    "WARNING",
    "URGENT",
    "REFILE",
];

/// The first dateline among the opening paragraphs.
pub(crate) fn find(text: &str, paragraphs: &[Span]) -> Option<Dateline> {
    for paragraph in paragraphs.iter().take(FIRST_PARAGRAPHS) {
        let words = &text[paragraph.range()];
        if let Some(found) = dateline(words).filter(|found| !is_speaker(text, paragraphs, paragraph, found)) {
            let shift = |span: Span| Span::new(paragraph.start + span.start, paragraph.start + span.end);
            return Some(Dateline {
                span: shift(found.span),
                place: found.place.map(shift),
                date: found.date.map(shift),
                agency: found.agency.map(shift),
            });
        }
        if words.split(is_space).filter(|word| !word.is_empty()).count() > LONGEST_LEAD_IN {
            return None;
        }
    }
    None
}

/// Whether what looks like a town with a colon is one of those who talk in a printed conversation: other paragraphs open so, too.
fn is_speaker(text: &str, paragraphs: &[Span], here: &Span, found: &Dateline) -> bool {
    let colon = text[here.range()][..found.span.end].trim_end().ends_with(':');
    let bare = found.agency.is_none() && found.date.is_none();
    let others = || paragraphs.iter().filter(|other| *other != here);
    bare && colon && others().any(|other| opens_with_label(&text[other.range()]))
}

/// "MS. CALDER: …", "Q: …".
fn opens_with_label(paragraph: &str) -> bool {
    let Some((label, _)) = paragraph.split_once(':').filter(|(label, _)| label.len() <= LONGEST_LABEL) else {
        return false;
    };
    let mut letters = label.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(char::is_uppercase)
}

/// The dateline that a paragraph opens with; spans count from its start.
///
/// A place in capitals, or a place with a date, or an agency in brackets or strokes, closed by a dash, a colon or the agency's stroke.
pub fn dateline(paragraph: &str) -> Option<Dateline> {
    let stop = stop(paragraph)?;
    let head = &paragraph[..stop.start];
    let agency = agency(head).or_else(|| (stop.mark == Mark::Dash).then(|| agency_behind_stop(head)).flatten());
    let named = agency.map_or(head, |(outer, _)| &head[..outer.start]);
    let behind = agency.map_or("", |(outer, _)| &head[outer.end..]);
    if behind.chars().any(char::is_alphanumeric) {
        return None;
    }
    let (place, date) = place_and_date(named)?;
    let capitals = place.is_some_and(|place| in_capitals(&named[place.range()]));
    let dated = place.is_some() && date.is_some() && stop.mark == Mark::Dash;
    if agency.is_none() && !capitals && !dated {
        return None;
    }
    opens_text(&paragraph[stop.end..]).then(|| Dateline {
        span: Span::new(0, stop.end),
        place,
        date,
        agency: agency.map(|(_, inner)| inner),
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Dash,
    Colon,
    Stroke,
}

struct Stop {
    start: usize,
    end: usize,
    mark: Mark,
}

/// The first mark that can close a dateline.
fn stop(text: &str) -> Option<Stop> {
    let bytes = text.as_bytes();
    let spaced = |at: usize| text[at..].chars().next().is_none_or(is_space);
    for (at, c) in text.char_indices().take_while(|&(at, _)| at < LONGEST) {
        let end = at + c.len_utf8();
        let before = text[..at].chars().next_back();
        let found = match c {
            '—' | '–' if at > 0 => Some((end, Mark::Dash)),
            '-' if bytes.get(end) == Some(&b'-') => Some((end + 1, Mark::Dash)),
            '-' if before.is_some_and(|c| is_space(c) || matches!(c, ')' | '.' | '/')) && spaced(end) => {
                Some((end, Mark::Dash))
            }
            ':' if before.is_some_and(|c| c.is_alphabetic() || c == ')') && spaced(end) => Some((end, Mark::Colon)),
            // "MOSCOW, January 7. /TASS/. The …"
            '/' if text[..at].contains('/') => {
                let end = end + usize::from(bytes.get(end) == Some(&b'.'));
                spaced(end).then_some((end, Mark::Stroke)).filter(|_| !dash_follows(&text[end..]))
            }
            _ => None,
        };
        if let Some((end, mark)) = found {
            return Some(Stop { start: if mark == Mark::Stroke { at + 1 } else { at }, end, mark });
        }
    }
    None
}

fn dash_follows(text: &str) -> bool {
    text.trim_start_matches(is_space).starts_with(['-', '—', '–'])
}

/// "(Reuters)", "/TASS/" at the end of a dateline: with and without its brackets.
fn agency(head: &str) -> Option<(Span, Span)> {
    let (open, close) = [('(', ')'), ('/', '/')].into_iter().find(|&(open, _)| head.contains(open))?;
    let start = head.find(open)?;
    let length = head[start + 1..].find(close)?;
    let inner = Span::new(start + 1, start + 1 + length);
    let words = head[inner.range()].trim();
    let named = words.starts_with(char::is_uppercase) && words.split(is_space).count() <= 4 && words.len() <= 40;
    // "(dpa)", "(sda)", "(dpa-AFX)": some write themselves small.
    let letters = words.split('-').next().unwrap_or("");
    let small = (2..=4).contains(&letters.len())
        && letters.bytes().all(|byte| byte.is_ascii_lowercase())
        && !words.contains(is_space);
    (named || small).then(|| (Span::new(start, inner.end + 1), inner))
}

/// "DUSHANBE. Khovar", "ASTANA, May 5. Kazinform": the agency behind the stop.
fn agency_behind_stop(head: &str) -> Option<(Span, Span)> {
    let stop = head.rfind(". ")?;
    let words = head[stop + 2..].trim();
    let start = stop + 2 + head[stop + 2..].find(words)?;
    let named = words.starts_with(char::is_uppercase)
        && words.split(is_space).count() <= 3
        && words.chars().all(|c| c.is_alphanumeric() || is_space(c) || c == '-');
    let place = head[..stop].split(is_space).next().is_some_and(in_capitals);
    (named && place).then(|| (Span::new(stop, head.len()), Span::new(start, start + words.len())))
}

/// Splits "PORT SUDAN, Sudan, May 20": the place, and the date from its month or its number on. `None` when it is no place.
fn place_and_date(text: &str) -> Option<(Option<Span>, Option<Span>)> {
    let words = words(text);
    if words.is_empty() {
        return Some((None, None));
    }
    let form = |span: &Span| text[span.range()].trim_matches(|c: char| !c.is_alphanumeric());
    let cut = words.iter().position(|word| is_date_word(form(word))).unwrap_or(words.len());
    let (place, date) = words.split_at(cut);
    let proper = |word: &&str| {
        word.starts_with(char::is_uppercase)
            || matches!(
                *word,
                "" | "and" | "of" | "the" | "de" | "la" | "el" | "al" | "do" | "da" | "near" | "in" | "off"
            )
            || word.contains(['’', '\'', '-']) && word.chars().any(char::is_uppercase)
    };
    let fits = (1..=PLACE_WORDS).contains(&place.len())
        && form(&place[0]).starts_with(char::is_uppercase)
        && place.iter().map(form).all(|word| proper(&word))
        && date.len() <= 4
        && !LABELS.contains(&form(&place[0]));
    if !fits {
        return None;
    }
    let span = |words: &[Span]| {
        let (first, last) = (words.first()?, words.last()?);
        let all = &text[first.start..last.end];
        Some(Span::new(first.start, first.start + all.trim_end_matches(|c: char| !c.is_alphanumeric()).len()))
    };
    Some((span(place), span(date)))
}

fn words(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_space(c), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                out.push(Span::new(from, at));
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// A month or a number; days of the week stand before them.
fn is_date_word(word: &str) -> bool {
    const WORDS: [&str; 22] = [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "june",
        "jul",
        "july",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    const MONTHS: [&str; 9] =
        ["january", "february", "march", "april", "august", "september", "october", "november", "december"];
    let lower = word.to_lowercase();
    word.starts_with(|c: char| c.is_ascii_digit())
        || WORDS.contains(&lower.as_str())
        || MONTHS.contains(&lower.as_str())
}

/// Whether the first word of a place is written in capitals.
fn in_capitals(place: &str) -> bool {
    let first: String = place.split(|c: char| is_space(c) || c == ',').next().unwrap_or("").to_owned();
    let letters: Vec<char> = first.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() >= 3 && letters.iter().all(|c| c.is_uppercase())
}

/// Whether a sentence begins here: a capital, a quotation mark or a number.
fn opens_text(text: &str) -> bool {
    let text = text.trim_start_matches(is_space);
    text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '‘' | '\'' | '«'))
        && text.split(is_space).take(3).count() == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<[&str; 3]> {
        let found = dateline(text)?;
        let words = |span: Option<Span>| span.map_or("", |span| &text[span.range()]);
        Some([words(found.place), words(found.date), words(found.agency)])
    }

    #[test]
    fn reads_the_usual_forms() {
        let cases: [(&str, [&str; 3]); 15] = [
            ("ACCRA (Reuters) - The port closed.", ["ACCRA", "", "Reuters"]),
            ("BEIRUT, Jan 7 (AP) — The port closed.", ["BEIRUT", "Jan 7", "AP"]),
            ("KYIV — The port closed.", ["KYIV", "", ""]),
            ("PORT-AU-PRINCE, Haiti (AP) — The port closed.", ["PORT-AU-PRINCE, Haiti", "", "AP"]),
            ("RIO DE JANEIRO – The port closed.", ["RIO DE JANEIRO", "", ""]),
            ("Beirut, Dec. 15 (Xinhua) -- The port closed.", ["Beirut", "Dec. 15", "Xinhua"]),
            ("MOSCOW, January 7. /TASS/. The port closed.", ["MOSCOW", "January 7", "TASS"]),
            ("(Reuters) - The port closed.", ["", "", "Reuters"]),
            ("MUNICH (dpa) — The port closed.", ["MUNICH", "", "dpa"]),
            ("ISLAMABAD: The port closed.", ["ISLAMABAD", "", ""]),
            ("Lima, 20 nov (EFE).- The port closed.", ["Lima", "20 nov", "EFE"]),
            ("Geneva, 3 May 2024 – The port closed.", ["Geneva", "3 May 2024", ""]),
            ("N'DJAMENA (AFP) - The port closed.", ["N'DJAMENA", "", "AFP"]),
            ("DUSHANBE. Khovar - The port closed.", ["DUSHANBE", "", "Khovar"]),
            ("ASTANA, May 5. Kazinform – The port closed.", ["ASTANA", "May 5", "Kazinform"]),
        ];
        for (text, expected) in cases {
            assert_eq!(parts(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn leaves_sentences_alone() {
        for text in [
            "Iran — once an ally — left the talks.",
            "The army (AFP says) - and its allies - left.",
            "BREAKING: The port closed on Monday.",
            "10:20 — Iran has more to worry about.",
            "NATO — which has no troops there — kept silent.",
            "Two men - one armed - fled north.",
            "Correction: An earlier version named the wrong town.",
            "The Kremlin: What it wants from the talks.",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }

    #[test]
    fn speakers_of_a_conversation_are_no_towns() {
        let talk = "ISLAMABAD: The port closed.\n\nLAHORE: When was that?";
        assert_eq!(find(talk, &crate::paragraphs(talk)), None);
        let debate = "MODERATOR: Your answer?\n\nMS. CALDER: The port closed.";
        assert_eq!(find(debate, &crate::paragraphs(debate)), None);
        let report = "ISLAMABAD: The port closed.\n\nNobody said when.";
        assert!(find(report, &crate::paragraphs(report)).is_some());
    }

    #[test]
    fn stands_near_the_top() {
        let text = "Port closes\n\nACCRA (Reuters) - The port closed.";
        let paragraphs = crate::paragraphs(text);
        let found = find(text, &paragraphs).unwrap();
        assert_eq!(&text[found.span.range()], "ACCRA (Reuters) -");
        assert_eq!(&text[found.place.unwrap().range()], "ACCRA");
    }
}
