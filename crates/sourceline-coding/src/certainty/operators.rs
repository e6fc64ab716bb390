//! The operators of `data/rules/certainty.txt`: which words change the standing of what stands under them.

use std::collections::HashMap;

/// What an operator does to what stands under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing; what stands above the operator still counts.
    Keep,
    /// Nothing, and neither does what stands above: "did not condemn the attack" leaves the attack as it was.
    Factive,
    /// Says that it did not happen.
    Negate,
    Probable,
    Possible,
    Planned,
    Predicted,
    Hypothetical,
    /// Perhaps not so.
    Doubtful,
    /// Probably not so.
    Unlikely,
}

impl Effect {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "keep" => Self::Keep,
            "factive" => Self::Factive,
            "negate" => Self::Negate,
            "probable" => Self::Probable,
            "possible" => Self::Possible,
            "planned" => Self::Planned,
            "predicted" => Self::Predicted,
            "hypothetical" => Self::Hypothetical,
            "doubtful" => Self::Doubtful,
            "unlikely" => Self::Unlikely,
            _ => return None,
        })
    }
}

/// Where an operator works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Scope {
    /// Verb over a clause.
    VerbClause,
    /// Verb over a noun.
    VerbNoun,
    /// Noun over a clause or noun.
    Noun,
    /// Adjective over a clause.
    Adjective,
    /// Adjective before a noun.
    Modifier,
    Adverb,
    Auxiliary,
    Mark,
}

/// The operators of `data/rules/certainty.txt`.
#[derive(Debug, Default)]
pub(crate) struct Operators {
    table: HashMap<String, Vec<(Scope, Effect)>>,
}

impl Operators {
    /// Reads `effect scope: lemmas`; scope is `verb` (clause and noun), `verb-clause`, `verb-noun`, `noun`, `adj`, `mod`, `adv`, `aux` or `mark`.
    pub fn line(&mut self, line: &str) -> Result<(), String> {
        let (head, words) = line.split_once(':').ok_or("an operator line is written `effect scope: lemmas`")?;
        let (effect, scope) = head.split_once(' ').ok_or("an operator line begins with `effect scope`")?;
        let effect = Effect::parse(effect).ok_or_else(|| format!("unknown effect {effect}"))?;
        let scopes: &[Scope] = match scope.trim() {
            "verb" => &[Scope::VerbClause, Scope::VerbNoun],
            "verb-clause" => &[Scope::VerbClause],
            "verb-noun" => &[Scope::VerbNoun],
            "noun" => &[Scope::Noun],
            "adj" => &[Scope::Adjective],
            "mod" => &[Scope::Modifier],
            "adv" => &[Scope::Adverb],
            "aux" => &[Scope::Auxiliary],
            "mark" => &[Scope::Mark],
            other => return Err(format!("unknown scope {other}")),
        };
        for word in words.split_whitespace() {
            self.table.entry(word.to_owned()).or_default().extend(scopes.iter().map(|&s| (s, effect)));
        }
        Ok(())
    }

    /// Lemmas of verbs (`true`) and of nouns that are operators.
    pub fn words(&self) -> impl Iterator<Item = (&str, bool)> {
        self.table.iter().flat_map(|(word, uses)| {
            uses.iter().filter_map(move |(scope, _)| match scope {
                Scope::VerbClause | Scope::VerbNoun => Some((word.as_str(), true)),
                Scope::Noun => Some((word.as_str(), false)),
                _ => None,
            })
        })
    }

    pub(super) fn get(&self, lemma: &str, scope: Scope) -> Option<Effect> {
        self.table.get(lemma)?.iter().find(|(s, _)| *s == scope).map(|&(_, e)| e)
    }
}
