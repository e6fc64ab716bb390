//! Plain text: header lines, paragraphs, stray characters.

use sourceline_model::{Basis, Note, Published};

use crate::{Found, dates};

/// Longest line of a hard-wrapped text, in characters. Mail and typewriter texts stay below 80; 100 leaves room.
const WRAP: usize = 100;

/// Most words of a headline or date line above a text.
const HEADLINE_WORDS: usize = 20;

/// Reads a plain text.
pub(crate) fn read(text: &str) -> Found {
    let mut found = Found::default();
    let text = clean(text, &mut found.notes);
    let body = header(&text, &mut found);
    found.paragraphs = paragraphs(body);
    headline(&mut found);
    dateline(&mut found);
    found
}

/// One kind of line end, no control or invisible characters, no tabs or unusual spaces.
pub(crate) fn clean(text: &str, notes: &mut Vec<Note>) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut dropped = 0usize;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                if characters.peek() != Some(&'\n') {
                    cleaned.push('\n');
                }
            }
            '\n' | '\u{85}' | '\u{2028}' => cleaned.push('\n'),
            '\u{c}' | '\u{2029}' => cleaned.push_str("\n\n"),
            '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
                cleaned.push(' ')
            }
            '\u{ad}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => {}
            control if control.is_control() => dropped += 1,
            other => cleaned.push(other),
        }
    }
    if dropped > 0 {
        notes.push(Note::new("control-characters", format!("{dropped} control characters were left out.")));
    }
    cleaned
}

/// Takes the header lines (`Title: …`, `Outlet: …`, …) off the top of a text and returns what follows them.
fn header<'t>(text: &'t str, found: &mut Found) -> &'t str {
    let start = text.len() - text.trim_start().len();
    let mut at = start;
    let mut fields = Vec::new();
    for line in text[start..].split_inclusive('\n') {
        let Some((field, value)) = field(line) else { break };
        fields.push((field, value));
        at += line.len();
    }
    let ends_header = at == text.len() || text[at..].starts_with('\n') || fields.len() >= 3;
    let certain =
        fields.len() >= 2 || fields.first().is_some_and(|(field, _)| !matches!(field, Field::Byline | Field::Language));
    if fields.is_empty() || !ends_header || !certain {
        return text;
    }
    for (field, value) in fields {
        keep(field, value, found);
    }
    &text[at..]
}

/// What a header line tells.
#[derive(Clone, Copy)]
pub(crate) enum Field {
    Title,
    Outlet,
    Published,
    Url,
    Byline,
    Language,
}

/// The field that a key names, in header lines and front matter.
pub(crate) fn key(key: &str) -> Option<Field> {
    Some(match key.trim().to_lowercase().as_str() {
        "title" | "headline" => Field::Title,
        "outlet" | "publisher" | "site" | "site_name" | "publication" => Field::Outlet,
        "published" | "date" | "publication date" | "pubdate" | "published_at" | "date_published" => Field::Published,
        "url" | "link" | "canonical" | "canonical_url" | "source_url" => Field::Url,
        "by" | "byline" | "author" | "authors" => Field::Byline,
        "language" | "lang" => Field::Language,
        _ => return None,
    })
}

fn field(line: &str) -> Option<(Field, &str)> {
    let (name, value) = line.split_once(':')?;
    // Keys are capitalised words, so that a sentence which happens to hold a colon is no header.
    name.starts_with(|c: char| c.is_ascii_uppercase()).then(|| key(name)).flatten().map(|field| (field, value.trim()))
}

/// Keeps one header field; "unknown" is kept as unknown.
pub(crate) fn keep(field: Field, value: &str, found: &mut Found) {
    let unknown = matches!(value.to_lowercase().as_str(), "" | "unknown" | "none" | "null" | "n/a" | "-" | "?");
    let value = (!unknown).then(|| value.to_owned());
    match field {
        Field::Title => found.title = value,
        Field::Outlet => found.outlet = value,
        Field::Url => found.url = value,
        Field::Byline => found.byline = value,
        Field::Language => found.language = value.map(|code| code.to_lowercase()),
        Field::Published => {
            found.date_unknown = unknown;
            found.published =
                value.as_deref().and_then(dates::edtf).map(|edtf| Published { edtf, basis: Basis::Metadata });
            if let (Some(value), None) = (&value, &found.published) {
                found.date_unknown = true;
                let message = format!("The publication date \"{value}\" cannot be understood and stays unknown.");
                found.notes.push(Note::new("unclear-date", message));
            }
        }
    }
}

/// Paragraphs of a text: blocks between empty lines; in blocks of long lines each line, in hard-wrapped ones all lines joined.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let wrapped = is_wrapped(&lines);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in lines {
        if line.is_empty() {
            open = false;
            continue;
        }
        match paragraphs.last_mut() {
            Some(last) if open && wrapped && !is_item(line) => {
                last.push(' ');
                push_words(last, line);
            }
            _ => {
                let mut paragraph = String::with_capacity(line.len());
                push_words(&mut paragraph, line);
                paragraphs.push(paragraph);
            }
        }
        open = true;
    }
    paragraphs
}

/// Appends `line` with runs of spaces made one.
fn push_words(paragraph: &mut String, line: &str) {
    for (at, word) in line.split_whitespace().enumerate() {
        if at > 0 {
            paragraph.push(' ');
        }
        paragraph.push_str(word);
    }
}

/// Whether lines are broken at a margin: none is long, and most lines that have a next one in their block stop in mid-sentence.
fn is_wrapped(lines: &[&str]) -> bool {
    let (mut inner, mut broken) = (0usize, 0usize);
    for pair in lines.windows(2).filter(|pair| !pair[0].is_empty() && !pair[1].is_empty()) {
        inner += 1;
        let ends = pair[0]
            .trim_end_matches(['"', '\'', '”', '’', ')', '»'])
            .ends_with(['.', '!', '?', ':', '…', '؟', '۔', '。']);
        broken += usize::from(!ends);
    }
    let longest = lines.iter().map(|line| line.chars().take(WRAP + 1).count()).max().unwrap_or(0);
    inner > 0 && longest <= WRAP && broken * 2 > inner
}

/// Whether a line begins an item of a list.
fn is_item(line: &str) -> bool {
    let rest = line.strip_prefix(['-', '*', '•', '–', '·']).or_else(|| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        (1..=3).contains(&digits).then(|| line[digits..].strip_prefix(['.', ')'])).flatten()
    });
    rest.is_some_and(|rest| rest.starts_with(' '))
}

/// Takes a headline off the top of a text without header lines: one short line that is no sentence, above longer paragraphs.
fn headline(found: &mut Found) {
    let words = |paragraph: &String| paragraph.split_whitespace().count();
    let [first, rest @ ..] = &found.paragraphs[..] else { return };
    let short =
        (2..=HEADLINE_WORDS).contains(&words(first)) && !first.ends_with(['.', '!', '…', ':', ',', ';', '”', '"']);
    let longer = rest.iter().take(4).filter(|paragraph| words(paragraph) > 20).count();
    let titled = found.title.as_ref().is_some_and(|title| title != first);
    if short
        && longer >= 1
        && !titled
        && dates::edtf(first).is_none()
        && first.contains(' ')
        && is_text_long_enough(rest)
    {
        found.title = Some(found.paragraphs.remove(0));
    }
}

/// A headline stands above a report, not above one stray paragraph.
fn is_text_long_enough(rest: &[String]) -> bool {
    rest.iter().map(|paragraph| paragraph.split_whitespace().count()).sum::<usize>() >= 60
}

/// Reads the date of a line of its own among the first lines of a text.
fn dateline(found: &mut Found) {
    if found.published.is_some() || found.date_unknown {
        return;
    }
    let lines = found.paragraphs.iter().take(4).filter(|line| line.split_whitespace().count() <= 10);
    let date = lines.filter(|line| line.len() > 7).find_map(|line| dates::edtf(line));
    found.published = date.filter(|date| date.len() >= 10).map(|edtf| Published { edtf, basis: Basis::Text });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_lines_are_taken_off() {
        let found = read(
            "Title: Bridge opens\nOutlet: Harbour Post\nPublished: unknown\nURL: https://a.example/2025/01/02/x\n\nTrucks crossed.\n",
        );
        assert_eq!(found.title.as_deref(), Some("Bridge opens"));
        assert_eq!(found.outlet.as_deref(), Some("Harbour Post"));
        assert!(found.published.is_none() && found.date_unknown);
        assert_eq!(found.paragraphs, ["Trucks crossed."]);
    }

    #[test]
    fn a_sentence_with_a_colon_is_no_header() {
        let text = "Language: that is what divides the valley, say its people.\n\nThey met on Monday.";
        assert_eq!(read(text).paragraphs.len(), 2);
        let text = "date: the army never gave one.";
        assert_eq!(read(text).paragraphs, [text]);
    }

    #[test]
    fn wrapped_lines_are_joined_and_long_lines_are_not() {
        let wrapped =
            "The army left the town before\ndawn, two residents said, and\ntook its guns along.\n\nNobody was hurt.";
        assert_eq!(
            paragraphs(wrapped),
            ["The army left the town before dawn, two residents said, and took its guns along.", "Nobody was hurt."]
        );
        let long = format!(
            "{}\nA Heading\n{}",
            "The army left the town. ".repeat(8).trim(),
            "Nobody was hurt. ".repeat(9).trim()
        );
        assert_eq!(paragraphs(&long).len(), 3);
        assert_eq!(paragraphs("First sentence of one.\nSecond sentence of two.\nThird.").len(), 3);
        assert_eq!(paragraphs("What they took:\n- guns and all the\n  shells\n- fuel from the\n  depot").len(), 3);
    }

    #[test]
    fn stray_characters_go_and_are_noted() {
        let mut notes = Vec::new();
        assert_eq!(clean("a\u{0}b\tc\u{a0}d\r\ne\u{200b}f\u{ad}g\u{feff}", &mut notes), "ab c d\nefg");
        assert_eq!(notes[0].code, "control-characters");
    }

    #[test]
    fn headline_and_date_line_above_a_text() {
        let body =
            "The river authority warned on Sunday that the Orsa could burst its banks within two days. ".repeat(6);
        let found = read(&format!("Flood warning for lower valley\n\n12 February 2023\n\n{body}\n"));
        assert_eq!(found.title.as_deref(), Some("Flood warning for lower valley"));
        assert_eq!(found.published, Some(Published { edtf: "2023-02-12".into(), basis: Basis::Text }));
    }
}
