//! A view of an [`Analysis`] for fast walks: dependents of each word, lower-case lemmas, names, sentence bounds.

use std::borrow::Cow;

use sourceline_model::{Analysis, EntityHint, EntityKind, Token, Upos};

use crate::lexicon::Lexicon;

/// Longest walk up or down a tree; a malformed tree must not loop.
pub(crate) const MAX_DEPTH: usize = 24;

/// Dependents, lemmas and names of all words.
pub(crate) struct Tree<'a> {
    pub analysis: &'a Analysis,
    first: Vec<usize>,
    kids: Vec<usize>,
    lemmas: Vec<Cow<'a, str>>,
    names: Vec<Option<EntityKind>>,
}

impl<'a> Tree<'a> {
    pub fn new(analysis: &'a Analysis, lexicon: &'a Lexicon) -> Self {
        let n = analysis.tokens.len();
        let mut first = vec![0; n + 2];
        for head in analysis.tokens.iter().filter_map(|t| t.head).filter(|&h| h < n) {
            first[head + 2] += 1;
        }
        for i in 2..n + 2 {
            first[i] += first[i - 1];
        }
        let mut kids = vec![0; first[n + 1]];
        for (i, token) in analysis.tokens.iter().enumerate() {
            if let Some(head) = token.head.filter(|&h| h < n) {
                kids[first[head + 1]] = i;
                first[head + 1] += 1;
            }
        }
        let mut names = vec![None; n];
        for name in &analysis.names {
            for i in name.tokens.range().filter(|&i| i < n) {
                names[i] = Some(name.kind);
            }
        }
        let lemmas = analysis.tokens.iter().enumerate().map(|(i, t)| lower(analysis, lexicon, i, t)).collect();
        Self { analysis, first, kids, lemmas, names }
    }

    pub fn len(&self) -> usize {
        self.lemmas.len()
    }

    pub fn token(&self, i: usize) -> &'a Token {
        &self.analysis.tokens[i]
    }

    /// Dependents of `i` in text order.
    pub fn kids(&self, i: usize) -> &[usize] {
        &self.kids[self.first[i]..self.first[i + 1]]
    }

    pub fn lemma(&self, i: usize) -> &str {
        &self.lemmas[i]
    }

    pub fn upos(&self, i: usize) -> Upos {
        self.analysis.tokens[i].upos
    }

    pub fn deprel(&self, i: usize) -> &'a str {
        &self.analysis.tokens[i].deprel
    }

    /// The relation without its subtype.
    pub fn rel(&self, i: usize) -> &'a str {
        self.analysis.tokens[i].relation()
    }

    pub fn head(&self, i: usize) -> Option<usize> {
        self.analysis.tokens[i].head.filter(|&h| h < self.len())
    }

    pub fn name(&self, i: usize) -> Option<EntityKind> {
        self.names[i]
    }

    pub fn hint(&self, i: usize) -> Option<EntityHint> {
        self.analysis.tokens[i].hint
    }

    /// First dependent of `i` with full relation `deprel`.
    pub fn kid(&self, i: usize, deprel: &str) -> Option<usize> {
        self.kids(i).iter().copied().find(|&k| self.deprel(k) == deprel)
    }

    /// Whether `i` has a dependent of which `test` holds.
    pub fn has(&self, i: usize, test: impl Fn(usize) -> bool) -> bool {
        self.kids(i).iter().any(|&k| test(k))
    }

    /// Whether word `i` is a participle or gerund in `-ing`.
    pub fn is_ing(&self, i: usize) -> bool {
        let token = self.token(i);
        match (token.feat("VerbForm"), token.feat("Tense")) {
            (Some("Ger"), _) | (Some("Part"), Some("Pres")) => true,
            (Some(_), _) => false,
            _ => self.analysis.form(i).ends_with("ing"),
        }
    }

    /// Whether word `i` is a past participle.
    pub fn is_past_participle(&self, i: usize) -> bool {
        let token = self.token(i);
        match (token.feat("VerbForm"), token.feat("Tense")) {
            (Some("Part"), Some("Pres")) => false,
            (Some("Part"), _) => true,
            (Some(_), _) => false,
            _ => {
                let form = self.analysis.form(i);
                form.ends_with("ed") || form.ends_with("en")
            }
        }
    }

    /// Whether word `i` begins with a capital letter.
    pub fn is_capital(&self, i: usize) -> bool {
        self.analysis.form(i).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether word `i` can stand for somebody who acts when it modifies a noun: a name, a proper noun, a capitalised adjective.
    pub fn is_name_like(&self, i: usize) -> bool {
        self.names[i].is_some()
            || self.upos(i) == Upos::Propn
            || (self.upos(i) == Upos::Adj && self.is_capital(i) && self.token(i).feats.contains("Degree=Pos") && i > 0)
                && self.lemma(i).len() > 3
    }

    /// Whether word `i` stands for a place.
    pub fn is_place(&self, i: usize) -> bool {
        match self.names[i] {
            Some(kind) => matches!(kind, EntityKind::Gpe | EntityKind::Location | EntityKind::Facility),
            None => self.hint(i) == Some(EntityHint::Place),
        }
    }

    /// Depth of `i` below the root of its sentence.
    pub fn depth(&self, i: usize) -> usize {
        let mut at = i;
        for depth in 0..MAX_DEPTH {
            match self.head(at) {
                Some(head) => at = head,
                None => return depth,
            }
        }
        MAX_DEPTH
    }
}

/// The lower-case lemma; one that is empty or unknown to the rules is replaced by that of the form.
fn lower<'a>(analysis: &'a Analysis, lexicon: &'a Lexicon, i: usize, token: &'a Token) -> Cow<'a, str> {
    let lemma = if token.lemma.is_empty() || token.lemma == "_" { analysis.form(i) } else { &token.lemma };
    let lemma = if is_lower(lemma) { Cow::Borrowed(lemma) } else { Cow::Owned(lemma.to_lowercase()) };
    let form = analysis.form(i);
    let better = if is_lower(form) {
        lexicon.lemma(&lemma, form, token.upos)
    } else {
        lexicon.lemma(&lemma, &form.to_lowercase(), token.upos)
    };
    better.map_or(lemma, Cow::Borrowed)
}

fn is_lower(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'\'')
}
