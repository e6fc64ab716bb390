//! Shape class of a word: how it is cased and what stands before it. The vocabulary is uncased, so the network sees
//! capitals only through this.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Space {
    /// Nothing: it is glued to the word before.
    Glued = 0,
    /// White space.
    #[default]
    Blank = 1,
    /// A line break inside a paragraph.
    Line = 2,
    /// It is the first word of a paragraph.
    Paragraph = 3,
}

/// Number of shape classes; class 0 is for `[CLS]` and `[SEP]`.
pub(crate) const CLASSES: usize = 41;

/// Shape class of `word` after `space`.
pub(crate) fn class(word: &str, space: Space) -> usize {
    1 + casing(word) * 4 + space as usize
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Letter)
}

fn casing(word: &str) -> usize {
    let letters = || word.chars().filter(|&c| is_letter(c));
    let mut rest = word.chars().filter(|&c| !is_letter(c) && !matches!(c, '\'' | '\u{2019}' | '-' | '.')).peekable();
    let Some(first) = letters().next() else {
        return without_letters(word);
    };
    if rest.peek().is_some() {
        return if rest.any(|c| c.is_ascii_digit()) { 6 } else { 9 };
    }
    if !letters().any(|c| c.is_uppercase() || c.is_lowercase()) {
        8
    } else if letters().all(char::is_lowercase) {
        0
    } else if letters().all(char::is_uppercase) {
        if letters().nth(1).is_some() { 2 } else { 3 }
    } else if first.is_uppercase() && letters().skip(1).all(char::is_lowercase) {
        1
    } else {
        4
    }
}

fn without_letters(word: &str) -> usize {
    if word.chars().any(|c| c.is_ascii_digit()) {
        let plain = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ':' | '/' | '-');
        return if word.chars().all(plain) { 5 } else { 9 };
    }
    if word.chars().any(char::is_numeric) { 9 } else { 7 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn casing_of_words() {
        for (word, class) in [
            ("town", 0),
            ("Town", 1),
            ("NATO", 2),
            ("U.S.", 2),
            ("A", 3),
            ("al-Sharaa", 4),
            ("1,200", 5),
            ("2024-12", 5),
            ("F-16", 6),
            ("…", 7),
            ("سوريا", 8),
            ("½", 9),
            ("$5", 9),
            ("a@b", 9),
        ] {
            assert_eq!(casing(word), class, "{word}");
        }
    }

    #[test]
    fn class_counts_space() {
        assert_eq!(super::class("town", Space::Glued), 1);
        assert_eq!(super::class("½", Space::Paragraph), CLASSES - 1);
    }
}
