//! Trees of an analysis, laid out for quick questions: children, extents, subjects, clauses.
//!
//! In: one `Analysis`. Out: `Tree`, which borrows it. Not here: any lexicon.

use sourceline_model::{Analysis, Span, Tok, Token, Upos};

use crate::forms;

/// An analysis with its trees indexed.
pub struct Tree<'a> {
    /// What is indexed.
    pub analysis: &'a Analysis,
    children: Vec<Vec<usize>>,
    extents: Vec<Span<Tok>>,
    sentence: Vec<usize>,
}

impl<'a> Tree<'a> {
    /// Indexes the trees of `analysis`.
    pub fn new(analysis: &'a Analysis) -> Self {
        let count = analysis.tokens.len();
        let mut children = vec![Vec::new(); count];
        let mut extents: Vec<Span<Tok>> = (0..count).map(|at| Span::new(at, at + 1)).collect();
        let mut sentence = vec![0; count];
        for (number, one) in analysis.sentences.iter().enumerate() {
            for at in one.tokens.range().filter(|&at| at < count) {
                sentence[at] = number;
                if let Some(head) = analysis.tokens[at].head.filter(|&head| head < count && one.tokens.contains(head)) {
                    children[head].push(at);
                }
            }
            for at in one.tokens.range().filter(|&at| at < count) {
                grow(analysis, &mut extents, at, one.tokens.len());
            }
        }
        Self { analysis, children, extents, sentence }
    }

    /// Token `at`.
    pub fn token(&self, at: usize) -> &'a Token {
        &self.analysis.tokens[at]
    }

    /// Lemma of token `at` in lower case; that of a verb which rules ask for comes from its form.
    pub fn lemma(&self, at: usize) -> String {
        let token = self.token(at);
        if (token.upos == Upos::Verb || token.upos == Upos::Aux)
            && let Some(base) = forms::verb(&self.lower(at))
        {
            return base.to_owned();
        }
        token.lemma.to_lowercase()
    }

    /// Form of token `at` in lower case.
    pub fn lower(&self, at: usize) -> String {
        self.analysis.form(at).to_lowercase()
    }

    /// Relation of token `at` without subtype.
    pub fn relation(&self, at: usize) -> &'a str {
        self.token(at).relation()
    }

    /// Head of token `at`.
    pub fn head(&self, at: usize) -> Option<usize> {
        self.token(at).head
    }

    /// Dependents of token `at`, in text order.
    pub fn children(&self, at: usize) -> &[usize] {
        &self.children[at]
    }

    /// Dependents of token `at` with relation `relation` (without subtype).
    pub fn children_by<'s>(&'s self, at: usize, relation: &'s str) -> impl Iterator<Item = usize> + 's {
        self.children[at].iter().copied().filter(move |&child| self.relation(child) == relation)
    }

    /// From the first to the last token of the subtree under `at`.
    pub fn extent(&self, at: usize) -> Span<Tok> {
        self.extents[at]
    }

    /// Number of the sentence of token `at`.
    pub fn sentence(&self, at: usize) -> usize {
        self.sentence[at]
    }

    /// Tokens of the sentence of token `at`.
    pub fn sentence_tokens(&self, at: usize) -> Span<Tok> {
        self.analysis.sentences[self.sentence[at]].tokens
    }

    /// Number of the paragraph of token `at`.
    pub fn paragraph(&self, at: usize) -> usize {
        self.analysis.sentences[self.sentence[at]].paragraph
    }

    /// Whether `at` is `head` or below it.
    pub fn is_under(&self, at: usize, head: usize) -> bool {
        let mut here = Some(at);
        for _ in 0..512 {
            match here {
                Some(token) if token == head => return true,
                Some(token) => here = self.head(token),
                None => return false,
            }
        }
        false
    }

    /// The subject of predicate `at`: its own, or that of the predicate it is coordinated with or controlled by.
    pub fn subject(&self, at: usize) -> Option<usize> {
        let mut here = at;
        for _ in 0..6 {
            if let Some(subject) = self.own_subject(here) {
                return Some(subject);
            }
            let (Some(head), relation) = (self.head(here), self.relation(here)) else { return None };
            match relation {
                "conj" | "xcomp" | "advcl" => here = head,
                "acl" if self.token(here).deprel != "acl:relcl" => return Some(head),
                "acl" => return Some(head),
                _ => return None,
            }
        }
        None
    }

    /// The subject that depends on `at` itself.
    pub fn own_subject(&self, at: usize) -> Option<usize> {
        // "With thousands fleeing, stores were abandoned": of two the one without a preposition.
        let bare = |child: usize| self.children_by(child, "case").next().is_none_or(|case| case > child);
        let own = self.children[at]
            .iter()
            .copied()
            .filter(|&child| matches!(self.relation(child), "nsubj" | "csubj"))
            .max_by_key(|&child| (bare(child), std::cmp::Reverse(child)));
        // A parser that wavers calls a long subject dislocated.
        let apart = |&child: &usize| {
            self.relation(child) == "dislocated"
                && child < at
                && matches!(self.token(child).upos, Upos::Noun | Upos::Propn)
        };
        own.or_else(|| self.children[at].iter().copied().find(apart))
    }

    /// Whether predicate `at` is in the passive voice.
    pub fn is_passive(&self, at: usize) -> bool {
        let marked = self.children[at]
            .iter()
            .any(|&child| matches!(self.token(child).deprel.as_str(), "nsubj:pass" | "aux:pass" | "csubj:pass"));
        marked && !self.is_plain_perfect(at)
    }

    /// "Has suspended", whatever its subject is labelled: "have" alone makes no passive.
    fn is_plain_perfect(&self, at: usize) -> bool {
        let auxiliaries = || self.children[at].iter().copied().filter(|&child| self.relation(child) == "aux");
        auxiliaries().any(|child| matches!(self.lower(child).as_str(), "has" | "have" | "had" | "'ve" | "’ve"))
            && !auxiliaries().any(|child| {
                matches!(self.lower(child).as_str(), "been" | "being" | "is" | "are" | "was" | "were" | "be" | "got")
            })
    }

    /// Whether predicate `at` is negated.
    pub fn is_negated(&self, at: usize) -> bool {
        self.children[at].iter().any(|&child| {
            matches!(
                self.lower(child).as_str(),
                "not" | "n't" | "n’t" | "never" | "no" | "neither" | "nor" | "nobody" | "none" | "nothing"
            ) && matches!(self.relation(child), "advmod" | "det" | "cc" | "nsubj" | "aux" | "obj")
        }) || self.own_subject(at).is_some_and(|subject| {
            matches!(self.lower(subject).as_str(), "nobody" | "none" | "nothing" | "neither")
                || self.children[subject].iter().any(|&child| {
                    matches!(self.lower(child).as_str(), "no" | "neither")
                        && matches!(self.relation(child), "det" | "cc" | "advmod")
                })
        })
    }

    /// Whether token `at` heads a clause: a verb or a predicate with a copula or a subject.
    pub fn is_predicate(&self, at: usize) -> bool {
        let token = self.token(at);
        token.upos == Upos::Verb
            && !matches!(token.relation(), "amod" | "compound" | "case" | "fixed" | "flat" | "mark")
            || self.children[at].iter().any(|&child| matches!(self.relation(child), "cop" | "nsubj" | "csubj"))
            || (token.upos == Upos::Aux && !matches!(token.relation(), "aux" | "cop"))
    }

    /// Whether the clause of predicate `at` has a finite verb.
    pub fn is_finite(&self, at: usize) -> bool {
        let finite = |token: usize| {
            self.token(token).feat("VerbForm") == Some("Fin") || self.token(token).feat("Mood").is_some()
        };
        finite(at)
            || self.children[at].iter().any(|&child| {
                matches!(self.relation(child), "aux" | "cop")
                    && (finite(child) || self.token(child).feat("VerbForm").is_none())
            })
    }

    /// The tokens that lead an adverbial or prepositional phrase with head `at`: its `case` words, with their fixed parts.
    pub fn case(&self, at: usize) -> String {
        let mut words = Vec::new();
        for child in self.children_by(at, "case") {
            words.push(self.lower(child));
            words.extend(self.children_by(child, "fixed").map(|fixed| self.lower(fixed)));
        }
        words.join(" ")
    }

    /// The noun phrase of `head` without relative clauses, appositions, parentheses: what names it.
    pub fn core_phrase(&self, head: usize) -> Span<Tok> {
        let mut start = head;
        let mut end = head + 1;
        for &child in &self.children[head] {
            if matches!(
                self.relation(child),
                "acl"
                    | "appos"
                    | "parataxis"
                    | "punct"
                    | "case"
                    | "cop"
                    | "cc"
                    | "mark"
                    | "nsubj"
                    | "aux"
                    | "advcl"
                    | "discourse"
                    | "dislocated"
                    | "csubj"
                    | "orphan"
                    | "list"
            ) {
                continue;
            }
            if self.relation(child) == "advmod" && child > head {
                continue;
            }
            let extent = self.extents[child];
            start = start.min(extent.start);
            end = end.max(extent.end);
        }
        self.clip(head, Span::new(start, end))
    }

    /// Cuts a phrase at verbs and stops on both sides of its head, which a wrong tree may have put into it.
    fn clip(&self, head: usize, span: Span<Tok>) -> Span<Tok> {
        let stops = |at: usize| {
            let token = self.token(at);
            let verb = matches!(token.upos, Upos::Verb | Upos::Aux) && !matches!(token.relation(), "amod" | "compound");
            let mark = token.upos == Upos::Punct
                && matches!(self.analysis.form(at), "." | ";" | ":" | "—" | "–" | "--" | "?" | "!")
                && token.space_after;
            verb || mark || matches!(token.upos, Upos::Sconj)
        };
        let start = (span.start..head)
            .rev()
            .find(|&at| {
                let other_phrase = self.analysis.form(at) == "," && self.token(at + 1).upos == Upos::Det;
                let preposition = self.token(at).upos == Upos::Adp && !matches!(self.lower(at).as_str(), "than" | "to");
                stops(at) || other_phrase || preposition
            })
            .map_or(span.start, |at| at + 1);
        let end = (head + 1..span.end).find(|&at| stops(at) || self.analysis.form(at) == ",").unwrap_or(span.end);
        Span::new(start, end.max(head + 1))
    }

    /// Text of a range of tokens as it stands.
    pub fn text(&self, tokens: Span<Tok>) -> &'a str {
        self.analysis.text(self.analysis.bytes(tokens))
    }
}

/// Widens the extents of all ancestors of `at` by `at`.
fn grow(analysis: &Analysis, extents: &mut [Span<Tok>], at: usize, bound: usize) {
    // The stop of a sentence belongs to all of it, whatever clause a parser hangs it on.
    let stop = matches!(analysis.form(at), "." | "?" | "!") && analysis.tokens[at].upos == Upos::Punct;
    let mut here = at;
    for _ in 0..bound {
        let Some(head) = analysis.tokens[here].head.filter(|&head| head < extents.len()) else { return };
        if !stop || extents[head].end == at || analysis.tokens[head].head.is_none() {
            extents[head] = extents[head].join(&Span::new(at, at + 1));
        }
        here = head;
    }
}
