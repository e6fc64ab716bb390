//! How surely an event or state is put, and whether it is said to be so or not.
//!
//! In: the word that names it, its tree, the operators of `data/rules/certainty.txt`, and the encoder's factuality. Walks from the word up
//! to the root; each auxiliary, adverb, negation and governing predicate on the way changes the standing.
//! Not here: attribution as such ("said"), which changes nothing.

use std::collections::HashMap;

use sourceline_model::{Analysis, Certainty, Polarity, Upos};

use crate::frame::preposition;
use crate::rules::Rules;
use crate::tree::{MAX_DEPTH, Tree};

/// Certainty and polarity together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How surely it is put.
    pub certainty: Certainty,
    /// Whether it is said to be so or not.
    pub polarity: Polarity,
}

/// What an operator does to what stands under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing; what stands above the operator still counts.
    Keep,
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
enum Scope {
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

    fn get(&self, lemma: &str, scope: Scope) -> Option<Effect> {
        self.table.get(lemma)?.iter().find(|(s, _)| *s == scope).map(|&(_, e)| e)
    }
}

/// Standing of the event or state that token `i` names.
pub fn standing(analysis: &Analysis, rules: &Rules, i: usize) -> Standing {
    Standings::new(analysis, rules).of(i)
}

/// Tells the standing of many words of one document.
pub struct Standings<'a> {
    tree: Tree<'a>,
    rules: &'a Rules,
}

impl<'a> Standings<'a> {
    /// Prepares the trees of a document.
    pub fn new(analysis: &'a Analysis, rules: &'a Rules) -> Self {
        Self { tree: Tree::new(analysis, &rules.lexicon), rules }
    }

    /// Standing of the event or state that token `i` names.
    pub fn of(&self, i: usize) -> Standing {
        standing_in(&self.tree, self.rules, i)
    }
}

/// Like [`standing`], on a tree that is there already.
pub(crate) fn standing_in(tree: &Tree<'_>, rules: &Rules, i: usize) -> Standing {
    let mut walk = Walk { tree, rules, certainty: Certainty::Asserted, negative: false, cued: false, hard: false };
    walk.up(i);
    walk.finish(i)
}

struct Walk<'w, 'a> {
    tree: &'w Tree<'a>,
    rules: &'w Rules,
    certainty: Certainty,
    negative: bool,
    /// Whether any cue was met.
    cued: bool,
    /// Whether a cue was met that leaves no doubt about the form: a modal, a condition, a question.
    hard: bool,
}

impl Walk<'_, '_> {
    fn apply(&mut self, effect: Effect) {
        let certainty = match effect {
            Effect::Keep => return,
            Effect::Negate => {
                self.flip();
                return;
            }
            Effect::Probable | Effect::Unlikely => Certainty::Probable,
            Effect::Possible | Effect::Doubtful => Certainty::Possible,
            Effect::Planned => Certainty::Planned,
            Effect::Predicted => Certainty::Predicted,
            Effect::Hypothetical => Certainty::Hypothetical,
        };
        if matches!(effect, Effect::Doubtful | Effect::Unlikely) {
            self.flip();
        }
        self.cued = true;
        // The innermost cue names the attitude; a condition further out overrides it.
        if self.certainty == Certainty::Asserted
            || (effect == Effect::Hypothetical && self.certainty != Certainty::Planned)
        {
            self.certainty = certainty;
        }
    }

    fn flip(&mut self) {
        self.negative = !self.negative;
        self.cued = true;
    }

    fn up(&mut self, i: usize) {
        let mut at = i;
        for _ in 0..MAX_DEPTH {
            self.own_cues(at);
            match self.step(at) {
                Some(next) => at = next,
                None => return,
            }
        }
    }

    /// Auxiliaries, negation, adverbs, determiners, conjunctions and modifiers of word `at` itself.
    fn own_cues(&mut self, at: usize) {
        let tree = self.tree;
        let ops = &self.rules.operators;
        for &k in tree.kids(at) {
            let lemma = tree.lemma(k);
            match tree.rel(k) {
                "aux" => {
                    if let Some(effect) = ops.get(lemma, Scope::Auxiliary) {
                        let reported = effect == Effect::Hypothetical && lemma == "would" && is_reported(tree, at);
                        self.apply(if reported { Effect::Predicted } else { effect });
                        self.hard = true;
                    }
                }
                // "not only", "no matter" deny nothing.
                "advmod" | "cc" | "det" | "obl"
                    if is_negator(lemma) && !tree.has(k, |c| tree.lemma(c) == "only") && !follows_only(tree, k) =>
                {
                    self.flip();
                }
                "advmod" => {
                    if let Some(effect) = ops.get(lemma, Scope::Adverb) {
                        self.apply(effect);
                    }
                }
                "amod" | "compound" if tree.upos(at) != Upos::Verb => {
                    if let Some(effect) = ops.get(lemma, Scope::Modifier) {
                        self.apply(effect);
                    }
                }
                "mark" => {
                    if let Some(effect) = ops.get(lemma, Scope::Mark) {
                        self.apply(effect);
                        self.hard = true;
                    }
                }
                _ => {}
            }
        }
        if tree.upos(at) == Upos::Verb && is_be_to(tree, at) {
            self.apply(Effect::Planned);
            self.hard = true;
        }
        if preposition(tree, at) == Some("without") {
            self.flip();
        }
    }

    /// Applies what governs `at`; the word to go on from, or `None` at the end.
    fn step(&mut self, at: usize) -> Option<usize> {
        let tree = self.tree;
        let Some(head) = tree.head(at) else {
            self.question(at);
            return None;
        };
        match tree.deprel(at) {
            "xcomp" | "ccomp" | "csubj" | "csubj:pass" => self.clause_under(head, tree.deprel(at) == "xcomp"),
            "advcl" => self.adverbial(at, head),
            "acl" if !tree.is_past_participle(at) && (!tree.is_ing(at) || tree.has(at, |k| tree.rel(k) == "mark")) => {
                self.under_noun(head, true)
            }
            "conj" if tree.has(at, |k| tree.rel(k) == "nsubj") => None,
            "conj" => Some(head),
            "obj" | "nsubj:pass" | "iobj" => self.noun_under(head, tree.lemma(head)),
            "nsubj" if self.rules.is_happening(tree.lemma(head)) => Some(head),
            "nsubj" => {
                let effect = self
                    .rules
                    .operators
                    .get(tree.lemma(head), Scope::Adjective)
                    .filter(|_| tree.upos(head) == Upos::Adj)?;
                self.apply(effect);
                Some(head)
            }
            "obl" | "nmod" => self.oblique_under(at, head),
            "compound" if tree.upos(head) == Upos::Noun => self.under_noun(head, false),
            "parataxis" if tree.upos(head) == Upos::Verb => {
                let effect = self
                    .rules
                    .operators
                    .get(tree.lemma(head), Scope::VerbClause)
                    .filter(|e| !matches!(e, Effect::Keep))?;
                self.apply(effect);
                None
            }
            _ => None,
        }
    }

    fn clause_under(&mut self, head: usize, infinitive: bool) -> Option<usize> {
        let tree = self.tree;
        let scope = match tree.upos(head) {
            Upos::Verb | Upos::Aux => Scope::VerbClause,
            Upos::Adj | Upos::Adv => Scope::Adjective,
            _ => Scope::Noun,
        };
        // "is going to" plans or predicts, "went to" does not.
        let going = tree.lemma(head) == "go" && infinitive;
        if going && !tree.is_ing(head) {
            return Some(head);
        }
        match self.rules.operators.get(tree.lemma(head), scope) {
            Some(effect) => {
                self.apply(effect);
                Some(head)
            }
            None if infinitive => Some(head),
            None => None,
        }
    }

    fn adverbial(&mut self, at: usize, head: usize) -> Option<usize> {
        let tree = self.tree;
        let mark = tree.kids(at).iter().copied().find(|&k| tree.rel(k) == "mark");
        let is_purpose = mark.is_some_and(|m| tree.lemma(m) == "to") && !tree.has(at, |k| tree.lemma(k) == "only");
        let governed = self.rules.operators.get(tree.lemma(head), Scope::VerbClause);
        match (mark.map(|m| tree.lemma(m)), governed) {
            (Some("to" | "from" | "against"), Some(effect)) => {
                self.apply(effect);
                Some(head)
            }
            _ if is_purpose => {
                self.apply(Effect::Planned);
                None
            }
            _ => None,
        }
    }

    /// `at` is object or subject of a passive of `head`.
    fn noun_under(&mut self, head: usize, lemma: &str) -> Option<usize> {
        if self.tree.upos(head) != Upos::Verb {
            return None;
        }
        if let Some(effect) = self.rules.operators.get(lemma, Scope::VerbNoun) {
            self.apply(effect);
            return Some(head);
        }
        (self.rules.is_light(lemma) || self.rules.is_undergoing(lemma)).then_some(head)
    }

    fn oblique_under(&mut self, at: usize, head: usize) -> Option<usize> {
        let case = preposition(self.tree, at)?;
        if self.tree.upos(head) == Upos::Verb {
            if !matches!(case, "for" | "on" | "from" | "against" | "with" | "of" | "to" | "about" | "over" | "into") {
                return None;
            }
            let lemma = self.tree.lemma(head).to_owned();
            return self.rules.operators.get(&format!("{lemma}_{case}"), Scope::VerbNoun).map(|effect| {
                self.apply(effect);
                head
            });
        }
        matches!(case, "of" | "for" | "to" | "against" | "on" | "about").then(|| self.under_noun(head, false)).flatten()
    }

    fn under_noun(&mut self, head: usize, infinitive: bool) -> Option<usize> {
        match self.rules.operators.get(self.tree.lemma(head), Scope::Noun) {
            Some(effect) => {
                self.apply(effect);
                Some(head)
            }
            None => {
                if infinitive {
                    self.apply(Effect::Hypothetical);
                }
                None
            }
        }
    }

    fn question(&mut self, root: usize) {
        let tree = self.tree;
        if tree.has(root, |k| tree.rel(k) == "punct" && tree.lemma(k) == "?") {
            self.apply(Effect::Hypothetical);
            self.hard = true;
        }
    }

    fn finish(self, i: usize) -> Standing {
        let mut standing = Standing {
            certainty: self.certainty,
            polarity: if self.negative { Polarity::Negative } else { Polarity::Positive },
        };
        if standing.polarity == Polarity::Positive {
            let verb = self.tree.upos(i) == Upos::Verb;
            second_opinion(
                &mut standing,
                self.tree.token(i).factuality,
                &Cues { any: self.cued, hard: self.hard, verb },
            );
        }
        standing
    }
}

// Thresholds on the encoder's factuality (-3..3), tuned on the UDS-IH2 and MEANTIME dev sets: together they move "happened or not"
// from 80.2 to about 84 % on UDS-IH2 and from 82 to about 90 % on MEANTIME; anything within 0.25 of them costs less than 0.5 points.

/// Below it a verb without any cue counts as possible only.
const VERB_DOUBTED: f32 = 1.0;
/// The same for nouns, whose factuality the encoder sees less sharply.
const NOUN_DOUBTED: f32 = 0.0;
/// From it on an event counts as asserted although a governing predicate leaves it open ("managed", "was asked and did").
const BELIEVED: f32 = 1.25;
/// The same under a condition, question or modal of possibility; a future stays one whatever the encoder thinks.
const BELIEVED_AGAINST_FORM: f32 = 1.5;

/// What the walk met on its way.
struct Cues {
    any: bool,
    hard: bool,
    verb: bool,
}

/// Lets the encoder decide where the words leave it open; exactly 0 means that it says nothing.
fn second_opinion(standing: &mut Standing, factuality: f32, cues: &Cues) {
    if factuality == 0.0 {
        return;
    }
    let doubted = if cues.verb { VERB_DOUBTED } else { NOUN_DOUBTED };
    let future = matches!(standing.certainty, Certainty::Planned | Certainty::Predicted);
    let believed = if cues.hard { BELIEVED_AGAINST_FORM } else { BELIEVED };
    if !cues.any && factuality < doubted {
        standing.certainty = Certainty::Possible;
    } else if cues.verb && cues.any && factuality >= believed && !(cues.hard && future) {
        standing.certainty = Certainty::Asserted;
    }
}

fn is_negator(lemma: &str) -> bool {
    matches!(
        lemma,
        "not" | "n't" | "never" | "no" | "neither" | "nor" | "none" | "nobody" | "hardly" | "scarcely" | "barely"
    )
}

/// Whether negator `k` stands in "not only".
fn follows_only(tree: &Tree<'_>, k: usize) -> bool {
    k + 1 < tree.len() && tree.lemma(k + 1) == "only"
}

/// "is to visit": a plan.
fn is_be_to(tree: &Tree<'_>, at: usize) -> bool {
    tree.has(at, |k| tree.rel(k) == "mark" && tree.lemma(k) == "to")
        && tree.has(at, |k| matches!(tree.deprel(k), "aux" | "cop") && tree.lemma(k) == "be")
}

/// Whether clause `at` is what somebody said, so that "would" is a future seen from the past.
fn is_reported(tree: &Tree<'_>, at: usize) -> bool {
    tree.deprel(at) == "ccomp"
        && !tree.has(at, |k| tree.rel(k) == "advcl" && tree.has(k, |c| matches!(tree.lemma(c), "if" | "unless")))
}
