//! Who is who across documents.
//!
//! A knowledge key makes two parties one. Without one, equal normalised names do; inside one proposition, where the
//! ground is narrow, a shorter form of a name and another transliteration do as well. Descriptions of anonymous
//! sources never merge here: they are one only behind the same report, which [`crate::origins`] decides.

use crate::Party;

/// What a party speaks for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Body {
    /// The government of a state, by ISO 3166-1 alpha-2 code.
    State(String),
    /// An organisation, by key.
    Organization(String),
}

impl Party {
    /// What it speaks for: its organisation when that is known, else its state when it is official.
    pub fn speaks_for(&self) -> Option<Body> {
        if let Some(state) = self.state() {
            return Some(Body::State(state));
        }
        self.body.clone().map(Body::Organization)
    }

    /// The state whose organ or official it is.
    fn state(&self) -> Option<String> {
        let of_key = |key: &str| {
            let rest = key.strip_prefix("sl:")?;
            if let Some(code) = rest.strip_prefix("state/") {
                return Some(code.to_string());
            }
            let (code, _) = rest.split_once('/')?;
            (code.len() == 2 && code.chars().all(|c| c.is_ascii_uppercase())).then(|| code.to_string())
        };
        of_key(&self.key)
            .or_else(|| self.body.as_deref().and_then(of_key))
            .or_else(|| self.country.clone().filter(|_| self.official))
    }
}

/// Whether two parties of one proposition are one person or body.
pub fn same_party(a: &Party, b: &Party) -> bool {
    if a.anonymous || b.anonymous {
        return a.anonymous == b.anonymous && a.key == b.key;
    }
    a.key == b.key || same_name(&a.key, &b.key)
}

/// Whether two bodies are one; an organisation may be named in a longer form, with its country or in full.
pub(crate) fn same_body(a: &Body, b: &Body) -> bool {
    match (a, b) {
        (Body::Organization(x), Body::Organization(y)) => {
            let several = |key: &str| key.split([' ', '-']).count() > 1;
            x == y || several(x) && several(y) && same_name(x, y)
        }
        _ => a == b,
    }
}

/// Words with which a description of several people begins.
const COUNTS: &str = " his her their its our my two three four five six seven eight nine ten several some many most other \
    few unnamed unidentified ";

/// Whether a name is only a description of several people ("two army sources", "members of the guard", "his enemies"): it names nobody.
pub(crate) fn is_description(name: &str) -> bool {
    let name = name.strip_prefix("the ").unwrap_or(name);
    let head = name.split(" of ").next().and_then(|part| part.split(" in ").next()).unwrap_or(name);
    let Some(last) = head.split_whitespace().last() else { return false };
    let Some(first) = name.split_whitespace().next() else { return false };
    let people = last.starts_with(char::is_lowercase) && last.ends_with('s') && !last.ends_with("ss");
    let bodies = ["forces", "news", "affairs", "services", "nations", "authorities", "states", "guards"];
    let counted = COUNTS.contains(&format!(" {} ", first.to_lowercase()));
    people && !bodies.contains(&last) && (counted || first.starts_with(char::is_lowercase))
}

/// Whether one normalised name is a form of the other: the same last word (in any transliteration), and all words of
/// the shorter in the longer. Keys of the knowledge base are never forms of each other.
fn same_name(a: &str, b: &str) -> bool {
    if a.starts_with("sl:") && b.starts_with("sl:") {
        return false;
    }
    let words = |name: &str| -> Vec<String> {
        let plain = name.strip_prefix("sl:").unwrap_or(name).replace(['-', '/', '_'], " ");
        plain.split_whitespace().filter(|w| !matches!(*w, "al" | "el" | "abu" | "ben" | "bin")).map(skeleton).collect()
    };
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let (Some(x), Some(y)) = (short.last(), long.last()) else { return false };
    x == y && x.len() >= 2 && short.iter().all(|word| long.contains(word))
}

/// The consonants of a name as transliterations keep them: Dagalo and Daglo, Qassem and Kassim are one.
fn skeleton(word: &str) -> String {
    let mut out = String::new();
    for (at, c) in word.chars().enumerate() {
        let c = match c {
            'q' => 'k',
            'z' => 's',
            'w' | 'v' => 'u',
            'j' => 'g',
            'y' => 'i',
            other => other,
        };
        let vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'h' | '\'');
        if (!vowel || at == 0) && !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(key: &str) -> Party {
        Party { name: key.into(), key: key.into(), ..Party::default() }
    }

    #[test]
    fn forms_of_a_name_are_one() {
        for (a, b) in [("tarik belgasem", "belgasem"), ("dagalo", "mohamed daglo"), ("sara al qaderi", "sara kaderi")] {
            assert!(same_party(&party(a), &party(b)), "{a} / {b}");
        }
        for (a, b) in [("tarik belgasem", "omar belgasem"), ("sl:reuters", "sl:afp"), ("mona", "mina rashed")] {
            assert!(!same_party(&party(a), &party(b)), "{a} / {b}");
        }
    }

    #[test]
    fn descriptions_name_nobody() {
        for name in ["his rivals", "Two port police sources", "members of the Harbour Guild", "several divers"] {
            assert!(is_description(name), "{name}");
        }
        for name in ["Two Rivers", "armed forces", "Ministry of Ports", "the army", "Mara Ellis", "Doctors of Tolm"] {
            assert!(!is_description(name), "{name}");
        }
    }

    #[test]
    fn longer_forms_of_a_body_are_one() {
        let body = |key: &str| Body::Organization(key.into());
        assert!(same_body(&body("norland lynx institute"), &body("lynx institute")));
        assert!(!same_body(&body("lynx institute"), &body("otter institute")));
        assert!(!same_body(&body("institute"), &body("otter institute")));
    }

    #[test]
    fn organs_and_officials_speak_for_their_state() {
        assert_eq!(party("sl:FR/foreign-ministry").speaks_for(), Some(Body::State("FR".into())));
        let official = Party { country: Some("FR".into()), official: true, ..party("luc moreau") };
        assert_eq!(official.speaks_for(), Some(Body::State("FR".into())));
        let private = Party { country: Some("FR".into()), ..party("luc moreau") };
        assert_eq!(private.speaks_for(), None);
        let analyst = Party { body: Some("lynx institute".into()), ..party("ada berg") };
        assert_eq!(analyst.speaks_for(), Some(Body::Organization("lynx institute".into())));
    }
}
