//! Text as the full-text index sees it: English and Arabic words in their normal form.
//!
//! FTS5's own tokenizers do not know Arabic, so text is analysed before it goes in: NFKC, marks and tatweel stripped,
//! alef, ya and ta marbuta folded, lower case, Snowball stems. Queries go through the same function.

use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

/// Analyses text for the index.
pub(crate) struct Analyzer {
    english: Stemmer,
    arabic: Stemmer,
}

impl Analyzer {
    pub(crate) fn new() -> Self {
        Self { english: Stemmer::new(Algorithm::English), arabic: Stemmer::new(Algorithm::Arabic) }
    }

    /// The index form of a text: stems with one space between.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for word in words(text) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&self.stem(&word));
        }
        out
    }

    /// A query for all words, each quoted so that no FTS5 operator is read into it; `"a phrase"` in the input stays a phrase. `None` without a word.
    pub(crate) fn query(&self, query: &str) -> Option<String> {
        let mut parts = Vec::new();
        for (at, piece) in query.split(['"', '“', '”', '«', '»']).enumerate() {
            let stems: Vec<String> =
                words(piece).map(|word| self.stem(&word).replace('"', "")).filter(|s| !s.is_empty()).collect();
            if at % 2 == 1 && !stems.is_empty() {
                parts.push(format!("\"{}\"", stems.join(" ")));
            } else {
                parts.extend(stems.iter().map(|stem| format!("\"{stem}\"")));
            }
        }
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    fn stem(&self, word: &str) -> String {
        if word.is_ascii() {
            return self.english.stem(word).to_string();
        }
        if word.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)) {
            let bare = strip_article(word);
            return self.arabic.stem(bare).to_string();
        }
        word.to_string()
    }
}

/// Takes off the article and the particles that are written with it.
fn strip_article(word: &str) -> &str {
    for prefix in ["وال", "بال", "فال", "كال", "لل", "ال"] {
        if let Some(rest) = word.strip_prefix(prefix).filter(|rest| rest.chars().count() >= 3) {
            return rest;
        }
    }
    word
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let folded: String = text.nfkd().flat_map(char::to_lowercase).filter_map(fold).nfc().collect();
    let words: Vec<String> = folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter_map(trim).collect();
    words.into_iter()
}

fn trim(word: &str) -> Option<String> {
    let word = word.trim_matches('\'').trim_end_matches("'s");
    (!word.is_empty()).then(|| word.replace('\'', ""))
}

fn fold(c: char) -> Option<char> {
    Some(match c {
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' => return None,
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        '’' | '‘' | 'ʼ' => '\'',
        '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_words_meet_in_both_languages() {
        let analyzer = Analyzer::new();
        for (a, b) in [
            ("Withdrawals", "withdrawal"),
            ("Cafés", "cafe"),
            ("القواتُ", "قوات"),
            ("إيران", "ايران"),
            ("سوريّة", "سورية"),
        ] {
            assert_eq!(analyzer.text(a), analyzer.text(b), "{a} / {b}");
        }
    }

    #[test]
    fn a_query_holds_no_operator() {
        let analyzer = Analyzer::new();
        assert_eq!(
            analyzer.query("bridge OR (near* \"old mill"),
            Some("\"bridg\" \"or\" \"near\" \"old mill\"".into())
        );
        assert_eq!(analyzer.query(" \"'* "), None);
    }
}
