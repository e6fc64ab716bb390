//! Whether a time lies behind the day of writing or ahead of it, by the clause that governs it.
//!
//! In: an analysis, the words of a time expression. Out: an [`Outlook`]; `None` where the tree does not tell, so that the
//! words around it may. Not here: which date that makes (`resolve`).

mod words;

use sourceline_model::{Analysis, Byte, Span, Token, Upos};

use crate::event::head_under;

use words::{
    APPOINTMENTS, CALLED, DIRECTIVES, ELAPSED, EVIDENCE, IMPLICATIVES, INTENTIONS, INTENTS, MADE, MISHAPS, MOVED,
    SLATED, TERMS,
};

/// On which side of the day of writing a time without a year lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outlook {
    /// What was.
    Behind,
    /// What is to come.
    Ahead,
    /// What somebody once had in view: "was due to open in May" may have been last May or next.
    Planned,
    /// The words do not tell.
    Open,
}

/// Furthest way up a tree.
const MAX_STEPS: usize = 8;

/// What the clause of the expression at `span` says of its time.
pub(crate) fn outlook(analysis: &Analysis, span: Span<Byte>) -> Option<Outlook> {
    let (_, head) = head_under(analysis, span)?;
    let clause = Clause { analysis, date: head, preposition: preposition(analysis, head) };
    match clause.preposition.as_str() {
        "since" => Some(Outlook::Behind),
        _ => clause.climb(),
    }
}

/// The first preposition of `token`, in lower case.
fn preposition(analysis: &Analysis, token: usize) -> String {
    let case = |child: &usize| matches!(analysis.tokens[*child].relation(), "case" | "mark");
    analysis.children(token).find(case).map(|child| analysis.tokens[child].lemma.to_lowercase()).unwrap_or_default()
}

/// A date and what it hangs on.
struct Clause<'a> {
    analysis: &'a Analysis,
    date: usize,
    preposition: String,
}

impl Clause<'_> {
    fn token(&self, at: usize) -> &Token {
        &self.analysis.tokens[at]
    }

    fn lemma(&self, at: usize) -> String {
        self.token(at).lemma.to_lowercase()
    }

    /// Whether the lemma of `at` is one of `words`. Of rare verbs the lemma may lack its last "e".
    fn among(&self, at: usize, words: &[&str]) -> bool {
        let lemma = self.lemma(at);
        words.iter().any(|word| *word == lemma || word.strip_suffix('e') == Some(lemma.as_str()))
    }

    /// Whether the date is a limit: "by Friday".
    fn is_limit(&self) -> bool {
        matches!(self.preposition.as_str(), "by" | "before" | "until" | "till")
    }

    /// Goes up from the date to the first word that tells.
    fn climb(&self) -> Option<Outlook> {
        if self.is_torn() {
            return None;
        }
        let mut at = self.date;
        let mut noun = None;
        for step in 0..MAX_STEPS {
            if step > 0 && self.is_thing(at) {
                if let Some(told) = self.by_noun(at) {
                    return told;
                }
                noun = noun.or(Some(at));
            }
            if let Some(told) = self.by_predicate(at, noun) {
                return Some(told);
            }
            at = self.token(at).head?;
        }
        None
    }

    /// Whether the date hangs on a noun or another date beyond a finite verb: such a tree is not to be trusted.
    fn is_torn(&self) -> bool {
        let Some(head) = self.token(self.date).head else { return false };
        let nominal = self.is_thing(head) || self.token(head).upos == Upos::Num;
        nominal && (head + 1..self.date).any(|at| self.token(at).feat("VerbForm") == Some("Fin"))
    }

    fn is_thing(&self, at: usize) -> bool {
        matches!(self.token(at).upos, Upos::Noun | Upos::Propn)
    }

    /// What a noun that the date belongs to says by itself; the inner `None` stops the search without an answer.
    fn by_noun(&self, noun: usize) -> Option<Option<Outlook>> {
        if self.among(noun, &TERMS) && noun != self.date {
            let clause = self.token(noun).head;
            let over =
                clause.is_some_and(|verb| self.among(verb, &ELAPSED) && self.verb(verb) == Some(Outlook::Behind));
            return Some(Some(if over { Outlook::Behind } else { Outlook::Ahead }));
        }
        if self.among(noun, &MISHAPS) && !self.is_limit() && self.token(self.date).head == Some(noun) {
            // A strike may be an attack or a walkout: the clause tells.
            return (self.lemma(noun) != "strike").then_some(Some(Outlook::Behind));
        }
        // "The agreement of 6 May" is one that was made, whatever becomes of it.
        let named_after = matches!(self.preposition.as_str(), "of" | "") && self.token(self.date).head == Some(noun);
        if named_after && self.among(noun, &MADE) {
            return Some(Some(Outlook::Behind));
        }
        let link = preposition(self.analysis, noun);
        // "Campaigning has begun for the election on 8 May."
        let for_it = link == "for" && self.among(noun, &APPOINTMENTS) && self.token(self.date).head == Some(noun);
        if (for_it || matches!(link.as_str(), "ahead" | "prior")) && noun != self.date {
            let running = self.token(noun).head.is_some_and(|head| self.is_present_perfect(head));
            if running {
                return Some(Some(Outlook::Ahead));
            }
            let clause = self.token(noun).head.and_then(|head| self.verb(head));
            let planned = matches!(clause, Some(Outlook::Behind | Outlook::Planned));
            return Some(Some(if planned { Outlook::Planned } else { Outlook::Ahead }));
        }
        None
    }

    /// What `at` says as a predicate of the date, which may belong to a noun in its clause.
    fn by_predicate(&self, at: usize, noun: Option<usize>) -> Option<Outlook> {
        let told = self.verb(at)?;
        let later = matches!(told, Outlook::Behind)
            && at != self.date
            && (self.is_limit() && self.among(at, &DIRECTIVES)
                || self.among(at, &MOVED) && matches!(self.preposition.as_str(), "until" | "till" | "to" | "for"));
        if later {
            return Some(if self.is_anterior(at) { Outlook::Planned } else { Outlook::Ahead });
        }
        let present = told == Outlook::Ahead && self.is_present(at);
        if present && self.among(at, &EVIDENCE) {
            return None;
        }
        // "is investigating the leak in May": the present of the clause is not the time of the thing.
        if present && noun.is_some_and(|noun| !self.among(noun, &APPOINTMENTS) && !self.is_subject(noun, at)) {
            return None;
        }
        if told == Outlook::Planned && self.is_refuted(at) {
            return Some(Outlook::Behind);
        }
        Some(told)
    }

    fn is_subject(&self, noun: usize, verb: usize) -> bool {
        self.token(noun).relation() == "nsubj" && self.token(noun).head == Some(verb)
    }

    /// "was to leave on Thursday but stayed".
    fn is_refuted(&self, verb: usize) -> bool {
        let mut at = Some(verb);
        for _ in 0..3 {
            let Some(here) = at else { return false };
            let but =
                self.analysis.children(here).filter(|child| self.token(*child).relation() == "conj").any(|child| {
                    let contrast = self.analysis.children(child).any(|word| self.lemma(word) == "but");
                    contrast && self.verb(child) == Some(Outlook::Behind)
                });
            if but {
                return true;
            }
            at = self.token(here).head;
        }
        false
    }

    /// What a verb, or a predicate with a copula, says of the time of its clause.
    fn verb(&self, at: usize) -> Option<Outlook> {
        self.by_auxiliary(at).or_else(|| self.by_form(at))
    }

    /// The auxiliaries and copulas of `at`.
    fn auxiliaries(&self, at: usize) -> impl Iterator<Item = &Token> {
        self.analysis.children(at).map(|child| self.token(child)).filter(|aux| matches!(aux.relation(), "aux" | "cop"))
    }

    fn has_child(&self, at: usize, relation: &str, lemmas: &[&str]) -> bool {
        self.analysis.children(at).any(|child| self.token(child).relation() == relation && self.among(child, lemmas))
    }

    /// Whether `at` is told from a time after it: "had promised".
    fn is_anterior(&self, at: usize) -> bool {
        self.auxiliaries(at).any(|aux| aux.lemma == "have" && aux.feat("Tense") == Some("Past"))
    }

    fn is_present_perfect(&self, at: usize) -> bool {
        self.auxiliaries(at).any(|aux| aux.lemma == "have" && aux.feat("Tense") == Some("Pres"))
    }

    /// Whether `at` puts a day to what is to come: "scheduled in June", "called for 5 December".
    fn is_slated(&self, at: usize) -> bool {
        self.among(at, &SLATED) || self.preposition == "for" && self.among(at, &CALLED)
    }

    /// Whether `at` is an infinitive, its auxiliaries counted: "to be held".
    fn is_infinitive(&self, at: usize) -> bool {
        self.token(at).feat("VerbForm") == Some("Inf")
            || self.has_child(at, "mark", &["to"])
                && self.auxiliaries(at).any(|aux| aux.lemma == "be" && aux.feat("VerbForm") == Some("Inf"))
    }

    fn is_present(&self, at: usize) -> bool {
        let finite = |token: &Token| token.feat("VerbForm") == Some("Fin") && token.feat("Tense") == Some("Pres");
        finite(self.token(at)) && !self.auxiliaries(at).any(|aux| is_modal(&aux.lemma))
            || self.auxiliaries(at).any(|aux| finite(aux) && aux.lemma == "be")
                && !self.auxiliaries(at).any(|aux| is_modal(&aux.lemma))
                && self.token(at).feat("VerbForm") != Some("Inf")
    }

    fn by_auxiliary(&self, at: usize) -> Option<Outlook> {
        let perfect = self.auxiliaries(at).any(|aux| aux.lemma == "have");
        let negated = self.has_child(at, "advmod", &["not", "n't", "never", "no longer"]);
        let infinitive = self.token(at).feat("VerbForm") == Some("Inf") && self.has_child(at, "mark", &["to"]);
        for aux in self.auxiliaries(at) {
            match aux.lemma.to_lowercase().as_str() {
                "will" | "shall" | "'ll" | "wo" => return Some(Outlook::Ahead),
                "would" | "'d" if perfect || self.said_before(at) => return Some(Outlook::Planned),
                "would" => return Some(Outlook::Ahead),
                "may" | "might" | "could" | "should" | "must" if perfect => return Some(Outlook::Behind),
                "could" if negated => return Some(Outlook::Behind),
                "may" | "might" | "could" | "should" | "must" | "can" | "ca" => return Some(Outlook::Ahead),
                "have" if self.is_slated(at) && !self.is_anterior(at) => return Some(Outlook::Ahead),
                "have" if self.is_slated(at) => return Some(Outlook::Planned),
                // "had been due to resume", where the tree hangs all on the last verb.
                "have" if infinitive && aux.feat("Tense") == Some("Past") => return Some(Outlook::Planned),
                "have" => return Some(Outlook::Behind),
                "be" if infinitive && aux.feat("Tense") == Some("Past") => return Some(Outlook::Planned),
                "be" if infinitive && aux.feat("Tense") == Some("Pres") => return Some(Outlook::Ahead),
                "be" if infinitive => {}
                "be" | "do" | "get" if aux.feat("VerbForm") == Some("Fin") && !perfect => {
                    return match aux.feat("Tense") {
                        Some("Past") if self.is_slated(at) => Some(Outlook::Planned),
                        Some("Past") => Some(Outlook::Behind),
                        Some("Pres") => Some(Outlook::Ahead),
                        _ => None,
                    };
                }
                _ => {}
            }
        }
        None
    }

    /// Whether the clause of `at` is the content of what had been said earlier.
    fn said_before(&self, at: usize) -> bool {
        self.token(at).relation() == "ccomp" && self.token(at).head.is_some_and(|cue| self.is_anterior(cue))
    }

    fn by_form(&self, at: usize) -> Option<Outlook> {
        let token = self.token(at);
        if token.feat("Mood") == Some("Imp") {
            return Some(Outlook::Ahead);
        }
        match (token.feat("VerbForm"), token.feat("Tense")) {
            (Some("Fin"), Some("Past")) if self.among(at, &INTENTIONS) && at != self.date => Some(Outlook::Planned),
            (Some("Fin"), Some("Past")) => Some(Outlook::Behind),
            (Some("Fin"), Some("Pres")) => Some(Outlook::Ahead),
            _ if self.is_infinitive(at) => self.by_governor(at),
            (Some("Part"), Some("Past")) if token.relation() == "acl" => Some(self.by_participle(at)),
            (Some("Ger" | "Part"), _) if self.has_child(at, "mark", &["of", "for"]) => Some(Outlook::Behind),
            _ => None,
        }
    }

    /// "an inspection planned for August", "the law passed in May".
    fn by_participle(&self, at: usize) -> Outlook {
        let outer = || {
            let mut above = self.token(at).head;
            for _ in 0..MAX_STEPS {
                let told = above.and_then(|above| self.verb(above));
                if told.is_some() {
                    return told;
                }
                above = above.and_then(|above| self.token(above).head);
            }
            None
        };
        if self.is_slated(at) {
            let over = matches!(outer(), Some(Outlook::Behind | Outlook::Planned));
            return if over { Outlook::Planned } else { Outlook::Ahead };
        }
        if self.is_limit() && outer() == Some(Outlook::Ahead) { Outlook::Ahead } else { Outlook::Behind }
    }

    /// What the word that an infinitive depends on makes of it.
    fn by_governor(&self, at: usize) -> Option<Outlook> {
        if self.auxiliaries(at).any(|aux| aux.lemma == "have") {
            return Some(Outlook::Behind);
        }
        let Some(governor) = self.token(at).head else { return Some(Outlook::Ahead) };
        let above = self.verb(governor);
        // "the games, to be held in August": a passive says when, not what for.
        if self.token(at).relation() == "acl" && self.token(at).feat("VerbForm") != Some("Inf") {
            let was = matches!(above, Some(Outlook::Behind));
            return Some(if was { Outlook::Planned } else { Outlook::Ahead });
        }
        if self.token(at).relation() == "conj" {
            return above;
        }
        // "had asked for permission to enter in March": the asking tells for the permission.
        let asked = self.token(governor).head.filter(|_| self.is_thing(governor));
        let anterior = self.is_anterior(governor) || asked.is_some_and(|verb| self.is_anterior(verb));
        if self.among(governor, &INTENTIONS) {
            let was = anterior || matches!(above, Some(Outlook::Behind | Outlook::Planned));
            return Some(if was { Outlook::Planned } else { Outlook::Ahead });
        }
        if self.among(governor, &DIRECTIVES) || self.is_thing(governor) && self.among(governor, &INTENTS) {
            return Some(if anterior { Outlook::Planned } else { Outlook::Ahead });
        }
        match above {
            // "Storm to reach coast on Monday".
            None if self.token(governor).head.is_none() && self.token(governor).feat("VerbForm").is_none() => {
                Some(Outlook::Ahead)
            }
            Some(Outlook::Behind) if self.is_limit() && !self.among(governor, &IMPLICATIVES) => Some(Outlook::Ahead),
            above => above,
        }
    }
}

fn is_modal(lemma: &str) -> bool {
    matches!(lemma, "will" | "shall" | "would" | "may" | "might" | "can" | "could" | "should" | "must")
}

#[cfg(test)]
mod tests;
