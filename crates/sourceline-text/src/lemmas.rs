//! Base forms: the encoder's edit script where it gives one that can be, otherwise the rules of English spelling.
//!
//! The edit scripts are learned from few forms and err where a final "e", a doubled consonant or "-ies" decides ("kille", "hop" for
//! "hoped", "partie"). Here a regular form gets the base forms that spelling allows, and a list of words (the encoder's vocabulary of
//! common words) tells which of them exists. Irregular forms stand in `data/tokenizer/irregular_forms.txt`.

use sourceline_model::Upos;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Verbs that look like forms of others.
const BASES: &str = " need feed proceed exceed succeed bleed breed speed heed seed weed embed shed wed bring sing ring king swing fling cling \
sting string spring wing wring sling ping discuss pass miss press process access address stress guess kiss toss cross dress bless assess \
possess express impress suppress oppress confess profess witness harness focus bias canvass embarrass harass trespass bypass surpass \
encompass amass dismiss ";

/// The forms that no rule makes, each with its base forms.
fn irregular(kind: Kind, form: &str) -> impl Iterator<Item = &'static str> {
    static FORMS: OnceLock<HashMap<&str, Vec<(Kind, &str)>>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let mut forms: HashMap<&str, Vec<(Kind, &str)>> = HashMap::new();
        let lines = include_str!("../../../data/tokenizer/irregular_forms.txt").lines();
        for line in lines.filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let kind = match words.next() {
                Some("verb") => Kind::Verb,
                Some("noun") => Kind::Noun,
                Some("adverb") => Kind::Adverb,
                _ => Kind::Adjective,
            };
            let Some(base) = words.next() else { continue };
            for form in std::iter::once(base).chain(words) {
                let bases = forms.entry(form).or_default();
                if !bases.contains(&(kind, base)) {
                    bases.push((kind, base));
                }
            }
        }
        // A form of another word before the word itself: "left" is of "leave".
        forms.iter_mut().for_each(|(form, bases)| bases.sort_by_key(|(_, base)| base == form));
        forms
    });
    forms.get(form).into_iter().flatten().filter(move |(other, _)| *other == kind).map(|(_, base)| *base)
}

/// What is inflected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Verb,
    Noun,
    /// In the comparative and superlative, as adverbs.
    Adjective,
    Adverb,
}

/// The base form of `form`, given the encoder's. `feats` are UD FEATS; `known` tells whether a word in lower case is a common one.
pub(crate) fn base_form(form: &str, upos: Upos, feats: &str, given: String, known: impl Fn(&str) -> bool) -> String {
    if !form.is_ascii() || form.len() < 2 {
        return if form == "i" && upos == Upos::Pron { "I".to_owned() } else { given };
    }
    let lower = form.to_ascii_lowercase();
    let has = |feat: &str| feats.split('|').any(|one| one == feat);
    let one_of = |kind: Kind, bases: Vec<String>| chosen(kind, &lower, given.clone(), bases, &known);
    match upos {
        Upos::Verb if has("VerbForm=Inf") && !lower.ends_with("ing") || BASES.contains(&format!(" {lower} ")) => lower,
        Upos::Verb => one_of(Kind::Verb, verb_bases(&lower)),
        Upos::Noun if has("Number=Plur") => one_of(Kind::Noun, plural_bases(&lower)),
        Upos::Noun if is_title(form) && known(&lower) => lower,
        Upos::Adj if has("Degree=Cmp") || has("Degree=Sup") => one_of(Kind::Adjective, graded_bases(&lower)),
        Upos::Adv if has("Degree=Cmp") || has("Degree=Sup") => one_of(Kind::Adverb, graded_bases(&lower)),
        Upos::Propn if is_title(form) && given == lower => form.to_owned(),
        _ => given,
    }
}

fn is_title(form: &str) -> bool {
    form.starts_with(|c: char| c.is_ascii_uppercase()) && form[1..].bytes().all(|b| b.is_ascii_lowercase())
}

/// The encoder's base form if it may be one, else the first that is a word, else the likeliest by its spelling (the first).
fn chosen(kind: Kind, lower: &str, given: String, bases: Vec<String>, known: impl Fn(&str) -> bool) -> String {
    if let Some(first) = irregular(kind, lower).next() {
        return if irregular(kind, lower).any(|base| base == given) { given } else { first.to_owned() };
    }
    let Some(likeliest) = bases.first() else { return given.to_ascii_lowercase() };
    // A noun that the encoder leaves as it is may have no singular ("jeans").
    if kind == Kind::Noun && given == lower && !known(likeliest) {
        return given;
    }
    bases.iter().find(|base| known(base)).unwrap_or(likeliest).clone()
}

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Whether a stem is one syllable that ends in a single vowel and a single consonant, so that a form without doubling had an "e": "hop" in "hoped".
fn is_short_with_e(stem: &str) -> bool {
    let bytes = stem.as_bytes();
    let Some((&last, rest)) = bytes.split_last() else { return false };
    let Some((&vowel, start)) = rest.split_last() else { return false };
    let after_q = start.ends_with(b"q") && vowel == b'u';
    let start = if is_vowel(vowel) && start.ends_with(b"u") && start[..start.len() - 1].ends_with(b"q") {
        &start[..start.len() - 1]
    } else {
        start
    };
    !is_vowel(last)
        && !matches!(last, b'w' | b'x' | b'y')
        && (is_vowel(vowel) && !after_q || vowel == b'y')
        && !start.iter().any(|&b| is_vowel(b) || b == b'y')
}

/// Base forms of a form of a verb, the likeliest by its spelling first; none where the form is a base form.
fn verb_bases(form: &str) -> Vec<String> {
    if let Some(stem) = form.strip_suffix("ied") {
        return one_or(format!("{stem}y"), format!("{stem}ie"), stem.len() > 1);
    }
    if let Some(stem) = form.strip_suffix("ing").filter(|stem| has_vowel(stem)) {
        return stem_bases(stem);
    }
    if let Some(stem) = form.strip_suffix("ed").filter(|stem| has_vowel(stem)) {
        return stem_bases(stem);
    }
    if form.ends_with('s') { plural_bases(form) } else { Vec::new() }
}

fn has_vowel(stem: &str) -> bool {
    stem.bytes().any(|b| is_vowel(b) || b == b'y')
}

fn one_or(first: String, second: String, in_order: bool) -> Vec<String> {
    if in_order { vec![first, second] } else { vec![second, first] }
}

/// Base forms by the stem before "-ed" or "-ing".
fn stem_bases(stem: &str) -> Vec<String> {
    let bytes = stem.as_bytes();
    let with_e = format!("{stem}e");
    if let [.., before, last] = bytes
        && before == last
        && !is_vowel(*last)
    {
        let single = stem[..stem.len() - 1].to_owned();
        // "called", "passed", "stuffed" keep their double consonant as a rule, "planned" and "controlled" do not.
        return one_or(stem.to_owned(), single, matches!(last, b'l' | b's' | b'f' | b'z'));
    }
    if is_short_with_e(stem) {
        return vec![with_e, stem.to_owned()];
    }
    one_or(with_e, stem.to_owned(), wants_e(stem))
}

/// Endings of stems that lost an "e"; the rest did not as a rule.
const WITH_E: [&str; 43] = [
    "v", "dg", "lg", "rg", "ang", "eng", "ag", "eg", "ug", "bl", "cl", "dl", "fl", "gl", "kl", "pl", "tl", "zl", "as",
    "es", "is", "os", "ys", "ns", "ps", "rs", "iz", "az", "yz", "ut", "at", "ir", "ur", "ar", "ud", "id", "od", "ad",
    "um", "im", "ak", "ok", "ap",
];
/// Endings that look like one of those above and lost nothing.
const WITHOUT_E: [&str; 16] =
    ["eat", "oat", "oad", "ead", "ear", "oar", "our", "eir", "eak", "oak", "aim", "eap", "oap", "aid", "uid", "out"];

/// Whether a stem lost an "e", by its last letters.
fn wants_e(stem: &str) -> bool {
    let last = stem.as_bytes().last().copied().unwrap_or(b'x');
    let soft = matches!(last, b'c' | b'u') || stem.ends_with("in") && !stem.ends_with("ain");
    (soft || WITH_E.iter().any(|end| stem.ends_with(end))) && !WITHOUT_E.iter().any(|end| stem.ends_with(end))
}

/// Base forms of a plural, or of a verb with "-s".
fn plural_bases(form: &str) -> Vec<String> {
    let cut = |letters: usize| form[..form.len() - letters].to_owned();
    if form.len() < 3 || !form.ends_with('s') || ["ss", "us", "is"].iter().any(|end| form.ends_with(end)) {
        return Vec::new();
    }
    if form.ends_with("ies") {
        return one_or(format!("{}y", cut(3)), cut(1), form.len() > 4);
    }
    if form.ends_with("es") {
        let hissing = ["sses", "shes", "ches", "xes", "zzes", "oes"].iter().any(|end| form.ends_with(end));
        return one_or(cut(2), cut(1), hissing);
    }
    vec![cut(1)]
}

/// Base forms of a comparative or superlative; "more" and "most" have none.
fn graded_bases(form: &str) -> Vec<String> {
    let stem = form.strip_suffix("est").or_else(|| form.strip_suffix("er")).filter(|stem| has_vowel(stem));
    match stem {
        Some(stem) if stem.ends_with('i') => vec![format!("{}y", &stem[..stem.len() - 1])],
        Some(stem) if stem.len() > 2 => stem_bases(stem),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list of words like the encoder's: common base forms and some forms.
    fn is_word(word: &str) -> bool {
        " hope hop rate rat report kill describe party movie add ad plan control pass visit invite force case class go shoe company easy big late \
          past post close use issue agree die deny admit reported class clash heavy jean "
            .contains(&format!(" {word} "))
    }

    fn base(form: &str, upos: Upos, feats: &str, given: &str) -> String {
        base_form(form, upos, feats, given.to_owned(), is_word)
    }

    #[test]
    fn verbs() {
        for (form, given, wanted) in [
            ("killed", "kille", "kill"),
            ("reported", "reporte", "report"),
            ("described", "describ", "describe"),
            ("hoping", "hop", "hope"),
            ("hopping", "hopp", "hop"),
            ("rated", "rat", "rate"),
            ("planned", "planned", "plan"),
            ("controlling", "controll", "control"),
            ("added", "add", "add"),
            ("denied", "denie", "deny"),
            ("died", "di", "die"),
            ("dying", "dy", "die"),
            ("agreed", "agre", "agree"),
            ("issued", "issu", "issue"),
            ("admitted", "admitt", "admit"),
            ("goes", "goe", "go"),
            ("clashes", "clashe", "clash"),
            ("left", "left", "leave"),
            ("fought", "fough", "fight"),
            ("unearthed", "unearthe", "unearth"),
            ("destabilized", "destabiliz", "destabilize"),
            ("struggled", "struggl", "struggle"),
            ("Needed", "Neede", "need"),
            ("needs", "need", "need"),
        ] {
            assert_eq!(base(form, Upos::Verb, "VerbForm=Fin", given), wanted, "{form}");
        }
        assert_eq!(base("need", Upos::Verb, "VerbForm=Fin", "need"), "need");
        assert_eq!(base("found", Upos::Verb, "VerbForm=Inf", "found"), "found");
    }

    #[test]
    fn the_encoder_decides_between_two_irregular_verbs() {
        assert_eq!(base("lay", Upos::Verb, "Tense=Past", "lie"), "lie");
        assert_eq!(base("lay", Upos::Verb, "Tense=Pres", "lay"), "lay");
    }

    #[test]
    fn nouns_and_grades() {
        for (form, given, wanted) in [
            ("companies", "companie", "company"),
            ("movies", "movy", "movie"),
            ("cases", "cas", "case"),
            ("classes", "classe", "class"),
            ("shoes", "sho", "shoe"),
            ("Parties", "Partie", "party"),
            ("people", "people", "people"),
            ("series", "serie", "series"),
            ("bleachers", "bleachers", "bleachers"),
        ] {
            assert_eq!(base(form, Upos::Noun, "Number=Plur", given), wanted, "{form}");
        }
        assert_eq!(base("Party", Upos::Noun, "Number=Sing", "Party"), "party");
        assert_eq!(base("NATO", Upos::Noun, "Number=Sing", "NATO"), "NATO");
        assert_eq!(base("easier", Upos::Adj, "Degree=Cmp", "easi"), "easy");
        assert_eq!(base("biggest", Upos::Adj, "Degree=Sup", "biggest"), "big");
        assert_eq!(base("worst", Upos::Adj, "Degree=Sup", "worst"), "bad");
        assert_eq!(base("best", Upos::Adv, "Degree=Sup", "good"), "well");
        assert_eq!(base("i", Upos::Pron, "", "i"), "I");
        assert_eq!(base("Tolm", Upos::Propn, "Number=Sing", "tolm"), "Tolm");
        assert_eq!(base("übersah", Upos::Verb, "", "übersah"), "übersah");
    }
}
