//! How surely an event or state is put, and whether it is said to be so or not.
//!
//! In: the word that names it, its tree, the operators of `data/rules/certainty.txt`, and the encoder's factuality. Walks from the word up
//! to the root; each auxiliary, adverb, negation and governing predicate on the way changes the standing.
//! Not here: attribution as such ("said"), which changes nothing.

mod cues;
mod operators;

use sourceline_model::{Analysis, Certainty, Polarity, Upos};

use crate::frame::preposition;
use crate::rules::Rules;
use crate::tree::{MAX_DEPTH, Tree};

use cues::{
    Shared, is_be_to, is_inverted, is_left_out, is_nobody, is_order, is_reported, is_speech, is_unable, is_venture,
    is_yet_to, negates, shared,
};
use operators::Scope;
pub(crate) use operators::{Effect, Operators};

/// Certainty and polarity together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How surely it is put.
    pub certainty: Certainty,
    /// Whether it is said to be so or not.
    pub polarity: Polarity,
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

    /// Whether no word says anything of how sure the event or state of token `i` is, so that the encoder alone casts doubt on it.
    pub fn is_unhedged(&self, i: usize) -> bool {
        let walk = walked(&self.tree, self.rules, i);
        !walk.cued && !walk.hard
    }
}

/// Like [`standing`], on a tree that is there already.
pub(crate) fn standing_in(tree: &Tree<'_>, rules: &Rules, i: usize) -> Standing {
    walked(tree, rules, i).finish(i)
}

/// The walk from word `i` up to the root.
fn walked<'w, 'a>(tree: &'w Tree<'a>, rules: &'w Rules, i: usize) -> Walk<'w, 'a> {
    let mut walk = Walk {
        tree,
        rules,
        certainty: Certainty::Asserted,
        negative: false,
        cued: false,
        hard: false,
        shared: Shared::All,
    };
    walk.up(i);
    walk
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
    /// What the word that the walk came to shares with the one it came from.
    shared: Shared,
}

impl Walk<'_, '_> {
    fn apply(&mut self, effect: Effect) {
        let certainty = match effect {
            Effect::Keep | Effect::Factive => return,
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
        let (mut at, mut from) = (i, None);
        if is_inverted(self.tree, i) || is_order(self.tree, i) {
            self.apply(Effect::Hypothetical);
            self.hard = true;
        }
        for _ in 0..MAX_DEPTH {
            self.own_cues(at, from);
            self.shared = Shared::All;
            from = Some(at);
            match self.step(at) {
                Some(next) => at = next,
                None => return,
            }
        }
    }

    /// Auxiliaries, negation, adverbs, determiners, conjunctions and modifiers of word `at` itself, which was reached from `from`.
    fn own_cues(&mut self, at: usize, from: Option<usize>) {
        let tree = self.tree;
        let denies = matches!(self.shared, Shared::All);
        if self.shared == Shared::Nothing {
            return;
        }
        let unable = denies && is_unable(tree, at);
        for &k in tree.kids(at) {
            if self.shared == Shared::Mark && tree.rel(k) != "mark" {
                continue;
            }
            match tree.rel(k) {
                "aux" => self.auxiliary(at, k, unable),
                "advmod" | "cc" | "det" | "obl" if denies && negates(tree, k) => self.flip(),
                // "none of it was confirmed", "received no reply"; "made no arrests" is said of the arrests already.
                "nsubj" | "obj" if denies && from != Some(k) && is_nobody(tree, k) => self.flip(),
                "advmod" => self.by_table(k, Scope::Adverb),
                "amod" | "compound" if tree.upos(at) != Upos::Verb => self.by_table(k, Scope::Modifier),
                "mark" => {
                    self.hard |= self.rules.operators.get(tree.lemma(k), Scope::Mark).is_some();
                    self.by_table(k, Scope::Mark);
                }
                // "an attack that the guards foiled".
                "acl" if from != Some(k) && self.thwarts(at, k) => self.flip(),
                _ => {}
            }
        }
        if tree.upos(at) == Upos::Verb && is_be_to(tree, at) {
            // "was to have ended": it did not.
            let missed = tree.has(at, |k| tree.rel(k) == "aux" && tree.lemma(k) == "have");
            self.apply(if missed { Effect::Hypothetical } else { Effect::Planned });
            self.hard = true;
        }
        if denies && (is_left_out(tree, at) || is_yet_to(tree, at)) {
            self.flip();
        }
    }

    /// Whether the clause `clause` says of the event noun `noun` that it was kept from happening.
    fn thwarts(&self, noun: usize, clause: usize) -> bool {
        let tree = self.tree;
        let negates = || self.rules.operators.get(tree.lemma(clause), Scope::VerbNoun) == Some(Effect::Negate);
        let suffers = || {
            tree.is_past_participle(clause) && tree.deprel(clause) == "acl"
                || tree.has(clause, |k| matches!(tree.deprel(k), "aux:pass" | "nsubj:pass"))
        };
        tree.upos(noun) == Upos::Noun && !matches!(tree.lemma(clause), "deny" | "reject") && negates() && suffers()
    }

    fn auxiliary(&mut self, at: usize, aux: usize, unable: bool) {
        let (tree, lemma) = (self.tree, self.tree.lemma(aux));
        let Some(effect) = self.rules.operators.get(lemma, Scope::Auxiliary) else { return };
        self.hard = true;
        if unable && matches!(lemma, "can" | "could") {
            return;
        }
        let reported = effect == Effect::Hypothetical && lemma == "would" && is_reported(tree, at);
        self.apply(if reported { Effect::Predicted } else { effect });
    }

    fn by_table(&mut self, word: usize, scope: Scope) {
        if let Some(effect) = self.rules.operators.get(self.tree.lemma(word), scope) {
            self.apply(effect);
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
            "xcomp" | "ccomp" | "csubj" | "csubj:pass" => self.clause_under(at, head, tree.deprel(at) == "xcomp"),
            "advcl" => self.adverbial(at, head),
            "acl" if !tree.is_past_participle(at) && (!tree.is_ing(at) || tree.has(at, |k| tree.rel(k) == "mark")) => {
                self.under_noun(head, true)
            }
            "conj" => self.coordinated(at, head),
            "obj" | "nsubj:pass" | "iobj" => self.noun_under(head, tree.lemma(head)),
            "nsubj" if tree.lemma(head) == "fail" && is_venture(tree.lemma(at)) => {
                self.flip();
                Some(head)
            }
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
                    .filter(|e| !matches!(e, Effect::Keep | Effect::Factive))?;
                self.apply(effect);
                None
            }
            _ => None,
        }
    }

    /// What `at` shares with the predicate it is coordinated with, which is `head`.
    fn coordinated(&mut self, at: usize, head: usize) -> Option<usize> {
        let tree = self.tree;
        if tree.has(at, |k| matches!(tree.rel(k), "nsubj" | "csubj")) {
            let that = tree.has(at, |k| tree.rel(k) == "mark" && tree.lemma(k) == "that");
            let anew = tree.has(at, |k| tree.rel(k) == "punct" && k < at);
            self.shared = if that { Shared::Nothing } else { Shared::Mark };
            return (that || !anew).then_some(head);
        }
        // "denied that it had fired and put the dead at four": who denies goes on to say something else.
        let speaker = tree.head(head).filter(|_| tree.rel(head) == "ccomp" && is_speech(tree, at));
        let host = speaker.filter(|&speaker| is_speech(tree, speaker)).unwrap_or(head);
        self.shared = shared(tree, at, host);
        Some(host)
    }

    fn clause_under(&mut self, from: usize, head: usize, infinitive: bool) -> Option<usize> {
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
        let told = !infinitive && !tree.has(from, |k| tree.rel(k) == "mark" && tree.lemma(k) == "to");
        match self.rules.operators.get(tree.lemma(head), scope) {
            Some(Effect::Factive) => None,
            // "told them to leave" leaves it open, "told them that he had left" does not.
            Some(Effect::Hypothetical)
                if told && matches!(tree.lemma(head), "tell" | "insist" | "convince" | "persuade") =>
            {
                None
            }
            // "not able to", "not possible to": it was not done.
            Some(Effect::Possible) if scope == Scope::Adjective && tree.has(head, |k| negates(tree, k)) => Some(head),
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
            return (effect != Effect::Factive).then_some(head);
        }
        (self.rules.is_light(lemma) || self.rules.is_undergoing(lemma)).then_some(head)
    }

    fn oblique_under(&mut self, at: usize, head: usize) -> Option<usize> {
        let case = preposition(self.tree, at)?;
        if self.tree.upos(head) == Upos::Verb {
            if !matches!(case, "for" | "on" | "from" | "against" | "with" | "of" | "to" | "about" | "over" | "into") {
                // "agreed to end it by talks": the means are no more certain than the end.
                return matches!(case, "by" | "through" | "via").then_some(head);
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
        // "Had they left" leaves no room for an opinion.
        if standing.polarity == Polarity::Positive && !is_inverted(self.tree, i) {
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
/// Below it what no cue covers is spoken of as not having happened so far: an order, a purpose, a habit. The border of that class in UDS-IH2.
const UNREAL: f32 = -1.0;
/// From it on an event counts as asserted although a governing predicate leaves it open ("managed", "was asked and did").
const BELIEVED: f32 = 1.25;
/// The same under a condition, question or modal of possibility; a future stays one whatever the encoder thinks.
const BELIEVED_AGAINST_FORM: f32 = 1.5;

/// The same of what is planned or expected: "discussed leaving" leaves more open than "managed to leave". MEANTIME is the same up to 2.
const BELIEVED_OF_PLANS: f32 = 1.75;

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
    let believed = match (cues.hard, future) {
        (true, _) => BELIEVED_AGAINST_FORM,
        (false, true) => BELIEVED_OF_PLANS,
        (false, false) => BELIEVED,
    };
    if !cues.any && factuality < UNREAL {
        standing.certainty = Certainty::Hypothetical;
    } else if !cues.any && factuality < doubted {
        standing.certainty = Certainty::Possible;
    } else if cues.verb && cues.any && factuality >= believed && !(cues.hard && future) {
        standing.certainty = Certainty::Asserted;
    }
}
