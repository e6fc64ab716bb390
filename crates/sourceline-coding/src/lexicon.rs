//! Lemmas of inflected forms, for the words that the rules know.
//!
//! Where a form can only be an inflection of lemmas that the rules know, and the encoder's lemma is none of these, theirs counts. So a slip
//! of the lemmatiser ("agreed" as "agre", "beat" as "be") does not hide an event.

use std::collections::{HashMap, HashSet};

use sourceline_model::Upos;

/// Known lemmas and the forms that lead to them.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    verbs: HashSet<String>,
    nouns: HashSet<String>,
    /// Form -> lemmas, sorted.
    verb_forms: HashMap<String, Vec<String>>,
    noun_forms: HashMap<String, Vec<String>>,
    other_forms: HashMap<String, String>,
    irregular: HashMap<String, Vec<String>>,
}

impl Lexicon {
    /// Reads `lemma: forms`.
    pub fn line(&mut self, line: &str) -> Result<(), String> {
        let (lemma, forms) = line.split_once(':').ok_or("irregular forms are written `lemma: forms`")?;
        self.irregular.entry(lemma.trim().to_owned()).or_default().extend(forms.split_whitespace().map(str::to_owned));
        Ok(())
    }

    /// Makes `word` (a lemma, possibly with parts joined by `_`) known.
    pub fn add(&mut self, word: &str, verb: bool) {
        for lemma in word.split('_').filter(|w| !w.is_empty()) {
            if verb && self.verbs.insert(lemma.to_owned()) {
                self.add_verb(lemma);
            } else if !verb && self.nouns.insert(lemma.to_owned()) {
                self.add_noun(lemma);
            }
        }
    }

    fn add_verb(&mut self, lemma: &str) {
        let mut forms = regular_verb(lemma);
        forms.push(lemma.to_owned());
        forms.extend(self.irregular.get(lemma).into_iter().flatten().cloned());
        for form in forms {
            learn(&mut self.verb_forms, form, lemma);
        }
    }

    fn add_noun(&mut self, lemma: &str) {
        let mut forms = vec![plural(lemma), lemma.to_owned()];
        forms.extend(self.irregular.get(lemma).into_iter().flatten().cloned());
        for form in forms {
            learn(&mut self.noun_forms, form, lemma);
        }
    }

    /// Makes the irregular forms of function words known; call it last.
    pub fn finish(&mut self) {
        for (lemma, forms) in &self.irregular {
            for form in forms {
                self.other_forms.insert(form.clone(), lemma.clone());
            }
        }
    }

    /// A better lemma than the encoder's for a word, if there is one (`lemma` and `form` in lower case).
    pub fn lemma<'l>(&'l self, lemma: &str, form: &str, upos: Upos) -> Option<&'l str> {
        let forms = match upos {
            Upos::Verb => &self.verb_forms,
            Upos::Noun | Upos::Propn => &self.noun_forms,
            Upos::Aux | Upos::Part | Upos::Adv => return self.other_forms.get(form).map(String::as_str),
            _ => return None,
        };
        let candidates = forms.get(form)?;
        if candidates.iter().any(|c| c == lemma) { None } else { candidates.first().map(String::as_str) }
    }
}

fn learn(forms: &mut HashMap<String, Vec<String>>, form: String, lemma: &str) {
    let lemmas = forms.entry(form).or_default();
    if let Err(at) = lemmas.binary_search_by(|l| l.as_str().cmp(lemma)) {
        lemmas.insert(at, lemma.to_owned());
    }
}

fn regular_verb(lemma: &str) -> Vec<String> {
    // "team-up" and the like are written with the particle apart.
    let last = lemma.chars().last().unwrap_or('x');
    let mut out = vec![plural(lemma)];
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    if last == 'e' {
        out.push(format!("{lemma}d"));
        out.push(format!("{}ing", if lemma.ends_with("ee") || lemma.ends_with("oe") { lemma } else { stem }));
    } else if last == 'y' && !ends_in_vowel_y(lemma) {
        out.push(format!("{}ied", &lemma[..lemma.len() - 1]));
        out.push(format!("{lemma}ing"));
    } else {
        out.push(format!("{lemma}ed"));
        out.push(format!("{lemma}ing"));
        if doubles(lemma) {
            out.push(format!("{lemma}{last}ed"));
            out.push(format!("{lemma}{last}ing"));
        }
    }
    out
}

fn ends_in_vowel_y(lemma: &str) -> bool {
    lemma.len() >= 2 && matches!(lemma.as_bytes()[lemma.len() - 2], b'a' | b'e' | b'o' | b'u')
}

/// Whether the last consonant may be doubled: consonant, vowel, consonant.
fn doubles(lemma: &str) -> bool {
    let bytes = lemma.as_bytes();
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u');
    bytes.len() >= 3
        && !vowel(bytes[bytes.len() - 1])
        && !matches!(bytes[bytes.len() - 1], b'w' | b'x' | b'y')
        && vowel(bytes[bytes.len() - 2])
        && !vowel(bytes[bytes.len() - 3])
}

fn plural(lemma: &str) -> String {
    match lemma.chars().last() {
        Some('s' | 'x' | 'z') => format!("{lemma}es"),
        _ if lemma.ends_with("ch") || lemma.ends_with("sh") => format!("{lemma}es"),
        Some('y') if !ends_in_vowel_y(lemma) => format!("{}ies", &lemma[..lemma.len() - 1]),
        _ => format!("{lemma}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_lemma_gives_way_to_that_of_the_form() {
        let mut lexicon = Lexicon::default();
        lexicon.line("meet: met").unwrap();
        for verb in ["meet", "agree", "ban", "deny", "carry_out"] {
            lexicon.add(verb, true);
        }
        lexicon.add("talk", false);
        lexicon.finish();
        for (lemma, form, upos, want) in [
            ("agre", "agreed", Upos::Verb, Some("agree")),
            ("m", "met", Upos::Verb, Some("meet")),
            ("bann", "banning", Upos::Verb, Some("ban")),
            ("x", "denied", Upos::Verb, Some("deny")),
            ("carri", "carried", Upos::Verb, Some("carry")),
            ("talks", "talks", Upos::Noun, Some("talk")),
            ("meet", "met", Upos::Verb, None),
            ("sing", "sings", Upos::Verb, None),
            ("be", "meet", Upos::Verb, Some("meet")),
        ] {
            assert_eq!(lexicon.lemma(lemma, form, upos), want, "{form}");
        }
    }
}
