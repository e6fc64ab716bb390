//! Cuts sentences into clauses that can be claims.
//!
//! In: trees and sources. Out: `Clause`s in text order: a predicate and one stretch of words without the words that credit somebody.
//! Coordinated clauses, subordinate clauses with a subject of their own, relative clauses and long appositions are clauses of their own.

use sourceline_model::{Span, Tok, Upos};

use super::edges::{runs, trimmed};
use super::frames::is_credit;
use super::joined::{is_argument, is_charge, lent, listener, stays};
use super::parts::{is_apposition, says_enough, speaks_on};
use super::rest::{acts, left_over};
use super::whole::{can_stand, follows_noun, is_circumstance, is_question_clause, states_something};
use crate::lexicon::CueClass;
use crate::scene::Scene;
use crate::sources::Sources;

/// Shortest apposition, relative clause, participle that is a claim of its own, in tokens.
const LONG: usize = 6;
/// Shortest coordinated predicate without a subject of its own that is a claim of its own, in tokens.
const LONG_CONJUNCT: usize = 8;
/// Least number of words beside source, cue and content that make a reporting clause a claim.
const OWN_MATTER: usize = 5;
/// Least number of words of a clause.
const SHORTEST: usize = 3;

/// A stretch of a sentence that states one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its predicate.
    pub head: usize,
    /// Its words.
    pub span: Span<Tok>,
    /// The attribution whose act of speaking it is, when that is what is claimed ("X disputes it").
    pub act: Option<usize>,
    /// Whether it is an apposition: "X, a former official".
    pub apposition: bool,
}

/// Cuts all sentences.
pub fn clauses(scene: &Scene, sources: &Sources) -> Vec<Clause> {
    let mut found = Vec::new();
    for sentence in 0..scene.tree.analysis.sentences.len() {
        let tokens = scene.tree.analysis.sentences[sentence].tokens;
        if is_heading(scene, sentence) || scene.tree.analysis.in_dateline(tokens.start) {
            continue;
        }
        let mut cutter = Cutter {
            scene,
            sources,
            found: Vec::new(),
            pending: tokens.range().filter(|&at| scene.tree.head(at).is_none()).map(|at| (at, false)).collect(),
        };
        while let Some((head, apposition)) = cutter.pending.pop() {
            cutter.cut(head, apposition);
        }
        let mut own = cutter.found;
        own.retain(|clause| states_something(scene, clause));
        own.extend(acts(scene, sources, sentence, &own));
        own.extend(left_over(scene, sources, sentence, &own));
        own.sort_by_key(|clause: &Clause| (clause.span.start, clause.span.end, clause.head));
        own.dedup_by(|b, a| {
            let same = a.span == b.span;
            // The label of a speaker is no predicate: "Q: The agency counts 40 dead".
            if same && !a.span.contains(a.head) && b.span.contains(b.head) {
                *a = b.clone();
            }
            same
        });
        found.extend(without_shells(scene, sources, own));
    }
    found
}

/// Drops a clause that holds another one and beside it only words of credit: the same thing said twice.
fn without_shells(scene: &Scene, sources: &Sources, own: Vec<Clause>) -> Vec<Clause> {
    let tree = &scene.tree;
    let credit = |at: usize| {
        matches!(tree.token(at).upos, Upos::Punct | Upos::Sconj | Upos::Cconj)
            || sources
                .saids
                .iter()
                .any(|said| said.cue.contains(at) || said.source.iter().any(|piece| piece.contains(at)))
            || std::iter::successors(Some(at), |&word| tree.head(word)).take(6).any(|word| is_credit(scene, word))
    };
    let is_shell = |outer: &Clause| {
        outer.act.is_none()
            && !outer.apposition
            && own.iter().any(|inner| {
                inner.span != outer.span
                    && outer.span.covers(&inner.span)
                    && outer.span.range().all(|at| inner.span.contains(at) || credit(at))
            })
    };
    own.iter().filter(|clause| !is_shell(clause)).cloned().collect()
}

/// A line without a full stop, short: a heading, a time stamp, a caption.
pub fn is_heading(scene: &Scene, sentence: usize) -> bool {
    let analysis = scene.tree.analysis;
    let one = &analysis.sentences[sentence];
    let Some(last) = one.tokens.end.checked_sub(1) else { return true };
    // "… in 1989. -- AFP": signed behind its full stop.
    let signed = one.tokens.range().rev().take(5).any(|at| at > one.tokens.start + 2 && analysis.form(at) == ".");
    let closed =
        signed || matches!(analysis.form(last), "." | "?" | "!" | "”" | "\"" | ":" | "…" | ")" | "’" | "'" | ";");
    let ends_paragraph =
        analysis.paragraphs.get(one.paragraph).is_some_and(|paragraph| paragraph.end <= one.span.end + 1);
    let verb = one.tokens.range().any(|at| matches!(scene.tree.token(at).upos, Upos::Verb | Upos::Aux));
    let bracketed =
        analysis.form(one.tokens.start).starts_with('(') && analysis.form(last) == ")" && one.tokens.len() <= 12;
    (!closed && ends_paragraph && one.tokens.len() <= 16) || (!verb && one.tokens.len() < 4) || bracketed
}

struct Cutter<'s, 'a> {
    scene: &'s Scene<'a>,
    sources: &'s Sources,
    found: Vec<Clause>,
    pending: Vec<(usize, bool)>,
}

impl Cutter<'_, '_> {
    fn cut(&mut self, head: usize, apposition: bool) {
        let mut own = vec![head];
        let mut stack = vec![head];
        let lent = lent(self.scene, head);
        while let Some(at) = stack.pop() {
            for &child in self.scene.tree.children(at).iter().filter(|&&child| Some(child) != lent) {
                match self.splits(child) {
                    Some(apposition) => self.pending.push((child, apposition)),
                    None => {
                        own.push(child);
                        stack.push(child);
                    }
                }
            }
        }
        own.sort_unstable();
        own = self.unbroken(head, own);
        if apposition {
            // A stray word that the parser hangs on a name far away must not stretch it.
            let under = |at: &usize| self.scene.tree.is_under(*at, head);
            let end = (head..self.scene.tree.sentence_tokens(head).end).find(|at| !under(at));
            own.retain(|&at| end.is_none_or(|end| at < end));
        }
        let cue_of = self.cue_at(head);
        match cue_of {
            Some(said) if self.is_framing(said) => self.own_matter(said, &own),
            act => {
                let own = self.without_credit(head, self.up_to_another(head, own));
                self.add(head, &own, apposition);
                let silent = act.is_some_and(|said| self.sources.silent[said] || self.is_told_deed(said));
                if let Some(clause) = self.found.last_mut().filter(|clause| clause.head == head && !silent) {
                    clause.act = act;
                }
            }
        }
    }

    /// The words of a clause up to where somebody else speaks: "[its forces used gas], a day after X said that they did [and gave notice]", where the
    /// tree joins the last words to the first.
    fn up_to_another(&self, head: usize, mut own: Vec<usize>) -> Vec<usize> {
        if self.sources.over(head).is_empty() {
            return own;
        }
        let gap = own.windows(2).position(|pair| {
            let foreign = |cue: usize| cue > pair[0] && cue < pair[1];
            pair[0] >= head
                && pair[0] + 1 < pair[1]
                && self
                    .sources
                    .saids
                    .iter()
                    .any(|said| foreign(said.cue_head) && !said.source.is_empty() && !said.says(head))
        });
        if let Some(at) = gap {
            own.truncate(at + 1);
        }
        own
    }

    /// The words of a clause up to where another predicate breaks in that is no part of it: in "X, who took office in May, said on Monday that …"
    /// trees hang "Monday" on the taking of office. What is said may go on behind its speaker.
    fn unbroken(&self, head: usize, mut own: Vec<usize>) -> Vec<usize> {
        let tree = &self.scene.tree;
        let over = self.sources.over(head);
        let goes_on = |at: usize| over.iter().any(|&index| self.sources.saids[index].says(at));
        let foreign = |at: usize| {
            matches!(tree.token(at).upos, Upos::Verb | Upos::Aux)
                && !matches!(tree.relation(at), "amod" | "compound")
                && !tree.is_under(at, head)
        };
        let broken = own.windows(2).position(|pair| {
            pair[0] >= head
                && (pair[0] + 1..pair[1]).any(foreign)
                && ![pair[1] - 1, pair[1]].iter().any(|&at| matches!(tree.analysis.form(at), "," | ":"))
                && !goes_on(pair[1])
        });
        if let Some(at) = broken {
            own.truncate(at + 1);
        }
        own
    }

    /// The attribution whose cue is this predicate.
    fn cue_at(&self, head: usize) -> Option<usize> {
        self.sources.saids.iter().position(|said| said.cue_head == head && !said.says(head))
    }

    /// Whether the reporting clause only frames what is said: its content has a predicate of its own.
    fn is_framing(&self, said: usize) -> bool {
        let said = &self.sources.saids[said];
        let tree = &self.scene.tree;
        let clausal = |head: usize| {
            !tree.head(head).is_some_and(|cue| is_charge(self.scene, head, cue))
                && ((tree.token(head).upos == Upos::Verb
                    && !matches!(tree.relation(head), "amod" | "compound" | "acl" | "xcomp"))
                    || tree
                        .children(head)
                        .iter()
                        .any(|&child| matches!(tree.relation(child), "cop" | "nsubj" | "csubj")))
        };
        said.content.iter().chain(&said.reach).any(|&piece| {
            tree.analysis
                .head_of(piece)
                .is_some_and(|head| clausal(head) && !is_question_clause(self.scene, head, piece.start))
                || matches!(tree.lower(piece.start).as_str(), "that" | "whether")
        })
    }

    /// A request or a plan that somebody else reports is what he says happened, not the asker's own words.
    fn is_told_deed(&self, said: usize) -> bool {
        let said = &self.sources.saids[said];
        matches!(said.class, CueClass::Ask | CueClass::Plan) && !self.sources.over(said.cue_head).is_empty()
    }

    /// A reporting clause that tells more than who said it: "In his first appearance since X fell, Y conceded that …".
    fn own_matter(&mut self, said: usize, own: &[usize]) {
        let said = &self.sources.saids[said];
        let in_source =
            |at: usize| said.source.iter().any(|piece| piece.contains(at)) || said.cue.contains(at) || said.says(at);
        let rest: Vec<usize> = own.iter().copied().filter(|&at| !in_source(at)).collect();
        for run in runs(&rest) {
            // What it tells stands in a clause of its own: "since X fell".
            let tree = &self.scene.tree;
            let told = run.iter().copied().filter(|&at| {
                tree.is_predicate(at)
                    && tree.own_subject(at).is_some()
                    && can_stand(self.scene, at)
                    && !is_credit(self.scene, at)
            });
            for head in told.collect::<Vec<_>>() {
                let inner: Vec<usize> = run.iter().copied().filter(|&at| tree.extent(head).contains(at)).collect();
                if inner.iter().filter(|&&at| tree.token(at).upos != Upos::Punct).count() >= OWN_MATTER {
                    self.add(head, &inner, false);
                }
            }
        }
    }

    /// Takes out "according to X", "he said" and the like where they credit this clause.
    fn without_credit(&self, head: usize, own: Vec<usize>) -> Vec<usize> {
        let mut gone: Vec<Span<Tok>> = Vec::new();
        for &index in &self.sources.over(head) {
            let said = &self.sources.saids[index];
            if is_argument(self.scene, said.cue_head, head) {
                continue;
            }
            gone.push(said.cue);
            // Who is subject or object of what is said belongs to it, whatever the encoder took him for.
            let tree = &self.scene.tree;
            let parts: Vec<usize> = tree
                .children(head)
                .iter()
                .copied()
                .filter(|&child| match tree.relation(child) {
                    // "“They lied,” its director told X": who speaks behind the words is no second subject of them.
                    "nsubj" => child < head || tree.own_subject(head) == Some(child),
                    relation => matches!(relation, "obj" | "iobj"),
                })
                .collect();
            gone.extend(said.source.iter().filter(|piece| !parts.iter().any(|&part| piece.contains(part))));
        }
        gone.extend(listener(self.scene, head));
        let kept: Vec<usize> = own.iter().copied().filter(|&at| !gone.iter().any(|piece| piece.contains(at))).collect();
        if kept.contains(&head) { kept } else { own }
    }

    fn add(&mut self, head: usize, own: &[usize], apposition: bool) {
        let Some(span) = trimmed(self.scene, own) else { return };
        let words = span.range().filter(|&at| self.scene.tree.token(at).upos != Upos::Punct).count();
        if words >= SHORTEST
            && span.range().any(|at| {
                matches!(
                    self.scene.tree.token(at).upos,
                    Upos::Verb | Upos::Aux | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adv
                )
            })
        {
            self.found.push(Clause { head, span, act: None, apposition });
        }
    }

    /// Whether `child` begins a clause of its own; `Some(true)` for an apposition.
    fn splits(&self, child: usize) -> Option<bool> {
        let tree = &self.scene.tree;
        let relation = tree.relation(child);
        let long = |least: usize| tree.extent(child).len() >= least;
        let head = tree.head(child)?;
        if relation == "appos" {
            return (long(LONG) && is_apposition(self.scene, head, child)).then_some(true);
        }
        if is_charge(self.scene, child, head) {
            return None;
        }
        let quoted_content = self
            .sources
            .saids
            .iter()
            .any(|said| (said.cue_head == head || said.cue.contains(head) && !said.says(head)) && said.says(child));
        if quoted_content
            && !is_question_clause(self.scene, child, tree.extent(child).start)
            && (tree.is_predicate(child) || relation == "ccomp")
            && relation != "xcomp"
            && relation != "obj"
            && relation != "obl"
        {
            return Some(false);
        }
        if !tree.is_predicate(child) {
            return None;
        }
        if is_credit(self.scene, child) {
            return Some(false);
        }
        if stays(self.scene, child, head) {
            return None;
        }
        if speaks_on(self.scene, child).is_none() && !can_stand(self.scene, child)
            || is_question_clause(self.scene, child, tree.extent(child).start)
        {
            return None;
        }
        if speaks_on(self.scene, child).is_some() {
            return Some(false);
        }
        let split = match relation {
            // "the children they had taken", hung beside its noun: a relative clause without a pronoun.
            "parataxis" => !follows_noun(self.scene, child),
            "conj" => {
                tree.is_predicate(head)
                    && (tree.own_subject(child).is_some()
                        || (tree.token(child).upos == Upos::Verb
                            && long(LONG_CONJUNCT)
                            && tree.subject(child).is_some()))
            }
            // "It says that the forces have left, that they are at home": the second is another statement.
            "advcl" if self.is_listed(child) => true,
            "advcl" => {
                !self.is_condition(child) && !is_circumstance(self.scene, child) && tree.own_subject(child).is_some()
            }
            "acl" => {
                tree.token(child).deprel == "acl:relcl"
                    && long(LONG)
                    && (tree.is_finite(child) || tree.own_subject(child).is_some())
                    && says_enough(self.scene, child)
            }
            _ => false,
        };
        split.then_some(false)
    }

    /// Whether a clause opens with "that" and has a subject of its own.
    fn is_listed(&self, at: usize) -> bool {
        let tree = &self.scene.tree;
        let that = |mark: usize| tree.lower(mark) == "that" && mark > 0 && tree.analysis.form(mark - 1) == ",";
        tree.children_by(at, "mark").any(that) && tree.own_subject(at).is_some()
    }

    fn is_condition(&self, at: usize) -> bool {
        let tree = &self.scene.tree;
        tree.children_by(at, "mark")
            .any(|mark| matches!(tree.lower(mark).as_str(), "if" | "unless" | "whether" | "lest"))
    }
}
