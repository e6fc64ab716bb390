//! Takes page furniture out of a document: newsletter invitations, share lines, cookie notes, adverts, links to other stories.
//!
//! In: paragraphs. Out: the paragraphs of the report, and what was taken out with the reason. A paragraph goes when all of it is
//! furniture; sentences go when they stand at its start or end. Words inside quotation marks with a verb of saying stay: they are reported.
//! Rules: `data/lexicon/furniture.tsv`.

mod patterns;

use sourceline_model::Removed;

use patterns::{Patterns, Place, words_of};

/// Longest paragraph that can be furniture, in words; terms and licences run to about a hundred.
const MAX_WORDS: usize = 140;

/// Longest unmatched sentence that goes with its furniture ("Want more?"), in words.
const COMPANION_WORDS: usize = 10;

/// Longest paragraph that furniture beside it draws along, in words.
const NEIGHBOUR_WORDS: usize = 14;

/// Longest headline in a list of related stories, in words.
const LINK_WORDS: usize = 20;

/// What becomes of one paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    Keep,
    /// All of it goes.
    Drop(&'static str),
    /// Bytes before and after the kept part go.
    Trim {
        from: usize,
        to: usize,
        why: &'static str,
    },
}

/// Splits paragraphs into those of the report and what was taken out, both in text order.
pub fn furniture(paragraphs: Vec<String>) -> (Vec<String>, Vec<Removed>) {
    let patterns = Patterns::builtin();
    let mut verdicts: Vec<Verdict> = paragraphs.iter().map(|paragraph| verdict(paragraph, patterns)).collect();
    drop_related_lists(&paragraphs, &mut verdicts);
    drop_neighbours(&paragraphs, &mut verdicts, patterns);
    let mut kept = Vec::with_capacity(paragraphs.len());
    let mut removed = Vec::new();
    for (paragraph, verdict) in paragraphs.into_iter().zip(verdicts) {
        match verdict {
            Verdict::Keep => kept.push(paragraph),
            Verdict::Drop(why) => removed.push(Removed { text: paragraph, why }),
            Verdict::Trim { from, to, why } => {
                let cut = |text: &str| Removed { text: text.trim().to_owned(), why };
                removed.extend((from > 0).then(|| cut(&paragraph[..from])));
                kept.push(paragraph[from..to].trim().to_owned());
                removed.extend((to < paragraph.len()).then(|| cut(&paragraph[to..])));
            }
        }
    }
    (kept, removed)
}

/// Judges one paragraph by itself.
fn verdict(paragraph: &str, patterns: &Patterns) -> Verdict {
    // A cheap bound first: texts of a hundred megabytes may come as one line.
    if paragraph.len() > MAX_WORDS * 12 || paragraph.split_whitespace().nth(MAX_WORDS).is_some() {
        return Verdict::Keep;
    }
    let words = words_of(paragraph);
    if let Some(why) = patterns.line(&words).or_else(|| tool_line(&words, patterns)) {
        return Verdict::Drop(why);
    }
    let sentences = sentences(paragraph);
    let found: Vec<Option<&'static str>> = sentences.iter().map(|&sentence| sentence_why(sentence, patterns)).collect();
    let Some(why) = found.iter().flatten().next().copied() else { return Verdict::Keep };
    let words_in = |matched: bool| -> usize {
        let pairs = sentences.iter().zip(&found).filter(|(_, why)| why.is_some() == matched);
        pairs.map(|(sentence, _)| sentence.split_whitespace().count()).sum()
    };
    let companions = sentences.iter().zip(&found).all(|(sentence, why)| why.is_some() || is_companion(sentence));
    if companions && words_in(true) >= words_in(false) {
        return Verdict::Drop(why);
    }
    trim(paragraph, &sentences, &found, why)
}

/// Cuts furniture off the start and the end of a paragraph.
fn trim(paragraph: &str, sentences: &[&str], found: &[Option<&'static str>], why: &'static str) -> Verdict {
    let first = found.iter().position(Option::is_none).unwrap_or(0);
    let last = found.iter().rposition(Option::is_none).map_or(found.len(), |last| last + 1);
    let at = |sentence: &str| sentence.as_ptr() as usize - paragraph.as_ptr() as usize;
    let from = if first == 0 { 0 } else { at(sentences[first]) };
    let to = if last == found.len() { paragraph.len() } else { at(sentences[last]) };
    if from == 0 && to == paragraph.len() { Verdict::Keep } else { Verdict::Trim { from, to, why } }
}

/// Whether an unmatched sentence may go with its furniture: short, and nobody is quoted in it.
fn is_companion(sentence: &str) -> bool {
    sentence.split_whitespace().count() <= COMPANION_WORDS && !is_reported(sentence)
}

fn sentence_why(sentence: &str, patterns: &Patterns) -> Option<&'static str> {
    let why = patterns.sentence(&words_of(sentence), Place::Any)?;
    (!is_reported(sentence)).then_some(why)
}

/// Whether a sentence reports words in quotation marks.
fn is_reported(sentence: &str) -> bool {
    const SAYING: [&str; 12] = [
        "said",
        "says",
        "told",
        "wrote",
        "read",
        "asked",
        "added",
        "called",
        "urged",
        "according",
        "announced",
        "posted",
    ];
    let quoted = sentence.contains(['"', '“', '”', '«', '»', '„']);
    quoted && words_of(sentence).iter().any(|word| SAYING.contains(&word.as_str()))
}

/// A line made of nothing but words of page tools: "Facebook Twitter Copy link".
fn tool_line(words: &[String], patterns: &Patterns) -> Option<&'static str> {
    if words.len() < 2 || words.len() > 16 {
        return None;
    }
    let mut at = 0;
    let mut why = None;
    while at < words.len() {
        let length =
            (1..=4.min(words.len() - at)).rev().find(|length| patterns.line(&words[at..at + length]).is_some())?;
        why = why.or_else(|| patterns.line(&words[at..at + length]));
        at += length;
    }
    why
}

/// After "Related stories" come headlines: short lines that do not end as sentences do.
fn drop_related_lists(paragraphs: &[String], verdicts: &mut [Verdict]) {
    let mut within = false;
    for (paragraph, verdict) in paragraphs.iter().zip(verdicts.iter_mut()) {
        match verdict {
            Verdict::Drop("related") => within = words_of(paragraph).len() <= 5,
            Verdict::Keep if within && is_headline(paragraph) => *verdict = Verdict::Drop("related"),
            _ => within = false,
        }
    }
}

fn is_headline(paragraph: &str) -> bool {
    let ends = paragraph.ends_with(['.', '!', '?', ':', '”', '"', '…', '؟']);
    !ends && paragraph.split_whitespace().count() <= LINK_WORDS
}

/// Short lines beside furniture go with it when they belong to it by their words or by a foreign script.
fn drop_neighbours(paragraphs: &[String], verdicts: &mut [Verdict], patterns: &Patterns) {
    let script = main_script(paragraphs);
    let belongs = |at: usize| {
        let paragraph = &paragraphs[at];
        let words = words_of(paragraph);
        let short = words.len() <= NEIGHBOUR_WORDS && !is_reported(paragraph);
        short && (patterns.sentence(&words, Place::Near).is_some() || is_foreign(paragraph, script))
    };
    let forward: Vec<usize> = (1..paragraphs.len()).collect();
    let backward = forward.iter().map(|at| at - 1).rev();
    for (at, beside) in forward.iter().map(|&at| (at, at - 1)).chain(backward.map(|at| (at, at + 1))) {
        if let (Verdict::Keep, Verdict::Drop(why)) = (&verdicts[at], &verdicts[beside])
            && *why != "related"
            && belongs(at)
        {
            verdicts[at] = Verdict::Drop(why);
        }
    }
}

/// Coarse script of a letter.
fn script(letter: char) -> Option<u8> {
    match letter {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => Some(0),
        '\u{370}'..='\u{3ff}' => Some(1),
        '\u{400}'..='\u{52f}' => Some(2),
        '\u{590}'..='\u{5ff}' => Some(3),
        '\u{600}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => Some(4),
        '\u{900}'..='\u{dff}' => Some(5),
        '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' => Some(6),
        _ => None,
    }
}

fn script_of<'t>(texts: impl Iterator<Item = &'t str>) -> Option<u8> {
    let mut counts = [0usize; 7];
    for letter in texts.flat_map(|text| text.chars().take(2000)).filter_map(script) {
        counts[usize::from(letter)] += 1;
    }
    let most = counts.iter().copied().max().filter(|&most| most > 0)?;
    counts.iter().position(|&count| count == most).and_then(|at| u8::try_from(at).ok())
}

fn main_script(paragraphs: &[String]) -> Option<u8> {
    script_of(paragraphs.iter().take(200).map(String::as_str))
}

/// Whether a paragraph is written in another script than the document.
fn is_foreign(paragraph: &str, main: Option<u8>) -> bool {
    let own = script_of(std::iter::once(paragraph));
    own.is_some() && own != main
}

/// Rough sentences of a paragraph, each with the space after it.
fn sentences(paragraph: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut ended = false;
    for (at, character) in paragraph.char_indices() {
        if ended && character.is_whitespace() {
            let end = at + character.len_utf8();
            sentences.push(&paragraph[start..end]);
            start = end;
            ended = false;
        } else if matches!(character, '.' | '!' | '?' | '…' | '؟' | '。' | '|') {
            ended = !ends_in_initial(&paragraph[start..at]);
        } else if !matches!(character, '"' | '”' | '’' | '\'' | ')' | '»' | ']') {
            ended = false;
        }
    }
    if start < paragraph.len() {
        sentences.push(&paragraph[start..]);
    }
    sentences
}

/// Whether the text before a full stop ends in a single letter or a short title, as in "U.S." and "Mr.".
fn ends_in_initial(before: &str) -> bool {
    let last = before.rsplit(|c: char| c.is_whitespace() || c == '.').next().unwrap_or("");
    last.chars().count() <= 1 && last.chars().all(char::is_alphabetic) && !last.is_empty()
        || matches!(
            last,
            "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "Gen" | "Col" | "Lt" | "Maj" | "Sgt" | "Rep" | "Sen" | "Gov" | "No"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines marked `-` must go, others must stay.
    fn check(lines: &[&str]) {
        let paragraphs = lines.iter().map(|line| line.trim_start_matches("- ").to_owned()).collect();
        let (kept, removed) = furniture(paragraphs);
        let expected: Vec<&str> = lines.iter().copied().filter(|line| !line.starts_with("- ")).collect();
        assert_eq!(kept, expected, "removed: {removed:#?}");
    }

    const REPORT: &str = "The army left the town before dawn on Monday, two residents said, and took its guns along.";

    #[test]
    fn invitations_go() {
        check(&[
            REPORT,
            "- The Tarsin Letter: our free newsletter",
            "- Like what you read? Sign up for our weekly newsletter and get the best of the Letter in your inbox. You can unsubscribe at any time.",
            "- Share this article",
            "- Facebook Twitter WhatsApp Copy link",
            "- ADVERTISEMENT",
            "- Download our app: it is free.",
            "- Support independent journalism. Donate now!",
            "- We use cookies to improve your experience.",
            "- © 2025 The Tarsin Letter. All rights reserved.",
            "- 0 Comments",
        ]);
    }

    #[test]
    fn foreign_invitations_go_from_english_pages() {
        check(&[
            REPORT,
            REPORT,
            "- The Letter's newsletter - اشترك في نشرتنا",
            "- تابعونا على فيسبوك",
            "- نشرة الصباح",
            "- Abonnez-vous à notre lettre d'information",
        ]);
    }

    #[test]
    fn reports_about_such_things_stay() {
        check(&[
            "The group's newsletter, which is read by thousands, said that the attack had been planned for months.",
            "\"Subscribe to our newsletter,\" the poster said, above a picture of the dead commander.",
            "Residents were told to follow instructions on Telegram, where the governor has two million subscribers.",
            "The government will share the costs with its neighbour, the minister told reporters.",
            "Donations have fallen by a third since the war began, the agency says, and fewer people read its newsletter.",
            "Protesters chanted \"More, more!\" and held up copies of the treaty.",
            "The Copyright Office rejected the claim in 2019.",
            "Cookies and tea were handed to the soldiers at the crossing.",
            "Asked whether his men had left, he replied: \"Read more.\"",
            "More on the eastern front, the army said it had taken two villages.",
            "With inputs from agencies",
            "Correction: an earlier version of this report gave the wrong date.",
        ]);
    }

    #[test]
    fn furniture_inside_a_paragraph_is_cut_off() {
        let (kept, removed) = furniture(vec![format!("{REPORT} Read more: Shelling cuts the river road")]);
        assert_eq!(kept, [REPORT]);
        assert_eq!(removed, [Removed { text: "Read more: Shelling cuts the river road".into(), why: "related" }]);
        let (kept, removed) = furniture(vec![format!("Follow us on Telegram. {REPORT}")]);
        assert_eq!(kept, [REPORT]);
        assert_eq!(removed[0].why, "share");
    }

    #[test]
    fn related_headlines_go_with_their_heading() {
        check(&[
            REPORT,
            "- Related stories",
            "- Shelling cuts the river road",
            "- Grain prices fall for a third week",
            "The ministry denied it. A spokesman said the bridge was open.",
            "A Heading Of The Report",
            REPORT,
        ]);
    }
}
