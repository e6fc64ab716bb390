//! When two names, or two stretches of a text, count as the same: as the scorer of `../shared/examples` has it.

use sourceline_corroborate::fold;
use std::collections::BTreeSet;

/// Words with single spaces between.
pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two pieces of a text share at least half of the shorter one. All three are flat.
pub fn overlap(a: &str, b: &str, text: &str) -> bool {
    if a.is_empty() || b.is_empty() {
        return false;
    }
    if a.contains(b) || b.contains(a) {
        return true;
    }
    let (Some(i), Some(j)) = (text.find(a), text.find(b)) else { return false };
    let both = (i + a.len()).min(j + b.len()) as f64 - i.max(j) as f64;
    both >= 0.5 * a.len().min(b.len()) as f64
}

/// Words that make no difference between names.
const DROPPED: [&str; 14] =
    ["the", "a", "an", "newspaper", "agency", "channel", "tv", "several", "some", "his", "her", "its", "two", "three"];

/// Names in other words.
const ALIASES: [(&str, &str); 7] = [
    ("wsj", "wall street journal"),
    ("journal", "wall street journal"),
    ("nyt", "new york times"),
    ("us", "u s"),
    ("hrw", "human rights watch"),
    ("agence france presse", "afp"),
    ("associated press", "ap"),
];

/// A name as the comparison sees it.
fn norm(name: &str) -> String {
    let folded = fold(name).replace("(anonymous)", "");
    let plain: String = folded.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { ' ' }).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ").replace("news agency", " ");
    let kept: Vec<&str> = words.split_whitespace().filter(|word| !DROPPED.contains(word)).collect();
    let name = kept.join(" ");
    ALIASES
        .iter()
        .find(|(from, _)| *from == name)
        .map_or(name.clone(), |(_, to)| (*to).to_string())
        .replace("u s", "us")
}

/// Whether two names are one, as `score.py` has it: equal, most words common, or one within the other.
pub fn same(a: &str, b: &str) -> bool {
    let (a, b) = (norm(a), norm(b));
    if a == b {
        return true;
    }
    let (x, y): (BTreeSet<&str>, BTreeSet<&str>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
    if x.is_empty() || y.is_empty() {
        return false;
    }
    let (small, large) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let both = small.intersection(&large).count();
    both as f64 / large.len() as f64 >= 0.6 || both == small.len() && (small.len() >= 2 || large.len() <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_party() {
        for (a, b) in [
            ("The Wall Street Journal", "the Journal"),
            ("senior U.S. official (anonymous)", "a senior US official"),
            ("Ada Berg", "Dr Ada Berg"),
            ("Agence France-Presse", "AFP"),
            ("two officials in Taipei", "officials in Taipei"),
        ] {
            assert!(same(a, b), "{a} / {b}");
        }
        for (a, b) in [("Ada Berg", "Lynx Institute"), ("Iranian government", "Reuters"), ("an officer", "a diplomat")]
        {
            assert!(!same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn pieces_that_share_half() {
        let text = "one two three four five";
        assert!(overlap("one two three", "two three four", text));
        assert!(!overlap("one two", "two three four five", text));
        assert!(overlap("three", "two three four", text));
    }
}
