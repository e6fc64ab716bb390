//! Words of a claim as grouping compares them: folded, without function words, roughly stemmed; numbers; quotations.
//!
//! In: text in English or Arabic. Out: sorted lists. Stems are only ever compared with each other, so that a rough stem
//! that joins "Iran" and "Iranian" serves better than a dictionary form.

use std::collections::BTreeSet;

use crate::Quantity;

/// English words that say nothing about what a claim is about; verbs of saying stand here too, for a claim is what is said.
const STOP: &str = " the a an of to in on at by for from with and or but that this these those it its he she they them his her \
their was were is are be been being has have had not no as said says say saying told tell according reported reports who which \
what when where would will could may might can if then than there here also one two more most some any all other such into \
over under up down out off so only very own same about after before since while during both each few him i we you our your my \
me do does did did it s t ";

/// Endings in the order in which they are tried; one is cut where four letters remain.
const ENDINGS: [&str; 22] = [
    "ations", "ation", "ments", "ment", "ings", "ing", "edly", "ies", "ied", "ers", "ors", "ian", "ians", "ish", "ese",
    "ed", "er", "or", "es", "ly", "al", "s",
];

/// Final vowels that are cut where four letters remain.
const FINAL: [&str; 3] = ["e", "y", "i"];

/// Number words that are read.
const NUMBER_WORDS: [(&str, u64); 22] = [
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("dozen", 12),
    ("hundred", 100),
];

/// Folds text for comparing: lower case, Latin letters without marks, Arabic letters to their plain forms.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).filter_map(fold_char).collect()
}

fn fold_char(c: char) -> Option<char> {
    Some(match c {
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' => return None,
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' => 'u',
        'ý' | 'ÿ' => 'y',
        'ş' | 'š' | 'ś' => 's',
        'ž' | 'ź' | 'ż' => 'z',
        'ğ' => 'g',
        'ł' => 'l',
        '’' | '‘' | 'ʼ' | 'ʿ' | 'ʾ' => '\'',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        'ؤ' => 'و',
        'ئ' => 'ي',
        '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
        other => other,
    })
}

/// A name as a key: folded, without punctuation, articles and the words that only say what kind of outlet it is.
pub fn name_key(name: &str) -> String {
    let folded = fold(name).replace("'s", "");
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let drop = ["the", "a", "an", "newspaper", "news", "agency", "channel", "tv", "magazine", "broadcaster"];
    let kept: Vec<&str> = words.clone().filter(|word| !drop.contains(word)).collect();
    if kept.is_empty() { words.collect::<Vec<_>>().join(" ") } else { kept.join(" ") }
}

/// The stems of the words that carry content, in text order, with repeats.
pub fn stems(text: &str) -> Vec<String> {
    tokens(text).into_iter().filter_map(|word| stem_of(&word)).collect()
}

/// Hashes of the stems of what is said, without those of who says it: names in the chain beyond the outlet tell nothing about what a claim is
/// about, and neither do the nouns for a report. Sorted, without repeats.
pub fn claim_words(text: &str, chain: &[crate::HopRecord]) -> Vec<u32> {
    let sources: BTreeSet<String> = chain
        .iter()
        .skip(1)
        .filter(|hop| hop.role != "speaker" || hop.party.anonymous)
        .flat_map(|hop| stems(&hop.party.name))
        .collect();
    let report = ["report", "newspap", "paper", "account", "stor", "story", "quot", "cit", "broadcast"];
    let said = stems(text).into_iter().filter(|stem| !sources.contains(stem) && !report.contains(&stem.as_str()));
    let set: BTreeSet<u32> = said.map(|stem| hash(stem.as_bytes()) as u32).collect();
    set.into_iter().collect()
}

/// FNV-1a with a final mix, so that low bits are as good as high ones.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in bytes {
        h = (h ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    h ^= h >> 32;
    h = h.wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^ (h >> 32)
}

/// Folded words: letters with inner apostrophes and hyphens, or numbers with their separators.
fn tokens(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    for c in fold(text).chars().chain(std::iter::once(' ')) {
        let inner = matches!(c, '\'' | '-' | ',' | '.') && !word.is_empty();
        let in_number = || word.chars().all(|d| d.is_ascii_digit() || d == ',' || d == '.');
        if c.is_alphanumeric() || (inner && (matches!(c, '\'' | '-') || in_number())) {
            word.push(c);
        } else if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
    }
    out
}

fn stem_of(token: &str) -> Option<String> {
    let word = token.trim_end_matches("'s").trim_matches(|c: char| !c.is_alphanumeric());
    if word.chars().count() < 2 || STOP.contains(&format!(" {word} ")) {
        return None;
    }
    if word.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.') {
        return Some(word.replace(',', ""));
    }
    Some(stem(word))
}

/// Cuts one ending, and for Arabic the article with the particles glued to it.
fn stem(word: &str) -> String {
    if word.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)) {
        return stem_arabic(word);
    }
    if !word.is_ascii() {
        return word.to_string();
    }
    let cut = |word: &str, endings: &[&str]| {
        endings
            .iter()
            .find(|e| word.ends_with(**e) && word.len() - e.len() >= 4)
            .map(|e| word[..word.len() - e.len()].to_string())
    };
    cut(word, &ENDINGS).or_else(|| cut(word, &FINAL)).unwrap_or_else(|| word.to_string())
}

fn stem_arabic(word: &str) -> String {
    let mut rest = word;
    for prefix in ["وال", "بال", "فال", "كال", "لل", "ال", "و"] {
        if let Some(tail) = rest.strip_prefix(prefix).filter(|tail| tail.chars().count() >= 3) {
            rest = tail;
            break;
        }
    }
    for ending in ["يون", "يين", "ات", "ون", "ين", "يه", "ها", "هم", "ه", "ي"] {
        if let Some(head) = rest.strip_suffix(ending).filter(|head| head.chars().count() >= 3) {
            return head.to_string();
        }
    }
    rest.to_string()
}

/// Numbers in plain digits, sorted: "4,000", "four thousand" and "٤٠٠٠" are all `4000`.
pub fn numbers(text: &str) -> Vec<String> {
    let set: BTreeSet<String> = counted(text).into_iter().map(|(value, _)| value).collect();
    set.into_iter().collect()
}

/// Numbers with the stem of the word that they count, sorted.
pub fn quantities(text: &str) -> Vec<Quantity> {
    let set: BTreeSet<Quantity> =
        counted(text).into_iter().filter_map(|(value, unit)| unit.map(|unit| Quantity { value, unit })).collect();
    set.into_iter().collect()
}

const MONTHS: &str = " january february march april may june july august september october november december jan feb mar apr jun \
jul aug sep sept oct nov dec ";

fn counted(text: &str) -> Vec<(String, Option<String>)> {
    let words = tokens(text);
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((value, used)) = number_at(&words[at..]) else {
            at += 1;
            continue;
        };
        let next = at + used;
        let month = |word: &String| MONTHS.contains(&format!(" {word} "));
        let dated = at.checked_sub(1).is_some_and(|before| month(&words[before])) || words.get(next).is_some_and(month);
        // The counted word is the last of up to two content words that follow: "4,000 Iranian fighters".
        let following: Vec<String> = words[next..].iter().take(2).map_while(|word| stem_of(word)).collect();
        let unit = following.last().filter(|unit| !dated && !unit.starts_with(|c: char| c.is_ascii_digit())).cloned();
        out.push((value, unit));
        at = next;
    }
    out
}

/// Reads a number at the start of `words`: its digits and how many words it takes.
fn number_at(words: &[String]) -> Option<(String, usize)> {
    let scale = |word: Option<&String>| match word.map(String::as_str) {
        Some("hundred") => Some(100),
        Some("thousand" | "الاف" | "الف") => Some(1_000),
        Some("million" | "مليون") => Some(1_000_000),
        Some("billion" | "مليار") => Some(1_000_000_000),
        _ => None,
    };
    let first = words.first()?;
    let digits = first.trim_end_matches(['.', ',']).replace(',', "");
    let value = if !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) {
        digits.parse::<u64>().ok()?
    } else if !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return Some((digits, 1));
    } else {
        let arabic = [("اربعه", 4), ("ثلاثه", 3), ("خمسه", 5), ("سته", 6), ("عشره", 10)];
        let known = NUMBER_WORDS.iter().chain(&arabic).find(|(word, _)| word == first).map(|(_, n)| *n);
        // "two" alone is too common a word to compare claims by; "two thousand" is not.
        known.filter(|n| *n > 2 || scale(words.get(1)).is_some())?
    };
    match scale(words.get(1)) {
        Some(times) => Some((value.saturating_mul(times).to_string(), 2)),
        None => Some((value.to_string(), 1)),
    }
}

/// Quoted strings of at least eight letters, as their stems, sorted.
pub fn quotes(text: &str) -> Vec<String> {
    let mut out = BTreeSet::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (None, '"') => open = Some((at + 1, '"')),
            (None, '“') => open = Some((at + '“'.len_utf8(), '”')),
            (None, '«') => open = Some((at + '«'.len_utf8(), '»')),
            (Some((start, close)), c) if c == close => {
                let quoted = stems(&text[start..at]).join(" ");
                if quoted.chars().count() >= 8 {
                    out.insert(quoted);
                }
                open = None;
            }
            _ => {}
        }
    }
    out.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nationality_and_state_share_a_stem() {
        assert_eq!(stems("Iranian troops"), stems("Iran's troop"));
        assert_eq!(stems("الإيرانية"), stems("إيراني"));
    }

    #[test]
    fn numbers_are_one_in_words_digits_and_arabic_digits() {
        for text in ["4,000 fighters", "four thousand fighters", "٤٠٠٠ مقاتل", "4 thousand men", "أربعة آلاف مقاتل"]
        {
            assert_eq!(numbers(text), ["4000"], "{text}");
        }
        assert!(numbers("two men").is_empty());
    }

    #[test]
    fn a_quantity_counts_the_last_word_of_its_phrase_and_a_day_counts_nothing() {
        let counted = quantities("4,000 Iranian fighters left on 5 September");
        assert_eq!(counted, [Quantity { value: "4000".into(), unit: stem("fighters") }]);
    }

    #[test]
    fn quotes_in_three_kinds_of_marks() {
        assert_eq!(
            quotes("he said \"very hostile terrain\" and “very hostile terrain”"),
            [stems("very hostile terrain").join(" ")]
        );
        assert_eq!(quotes("قال «إلى حد بعيد»").len(), 1);
        assert!(quotes("it's 5\" long").is_empty());
    }

    #[test]
    fn names_of_outlets_lose_their_kind() {
        assert_eq!(name_key("The Wall Street Journal"), name_key("Wall Street Journal newspaper"));
        assert_eq!(name_key("The News"), "the news");
    }
}
