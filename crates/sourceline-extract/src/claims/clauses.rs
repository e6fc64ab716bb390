//! Cuts sentences into clauses that can be claims.
//!
//! In: trees and sources. Out: `Clause`s in text order: a predicate and one stretch of words without the words that credit somebody.
//! Coordinated clauses, subordinate clauses with a subject of their own, relative clauses and long appositions are clauses of their own.

use sourceline_model::{Span, Tok, Upos};

use super::edges::{runs, trimmed};
use super::frames::is_credit;
use super::parts::{is_apposition, says_enough, speaks_on};
use super::rest::{acts, left_over};
use crate::lexicon::CueClass;
use crate::scene::Scene;
use crate::sources::Sources;

/// Shortest apposition, relative clause, participle that is a claim of its own, in tokens.
const LONG: usize = 6;
/// Shortest coordinated predicate without a subject of its own that is a claim of its own, in tokens.
const LONG_CONJUNCT: usize = 8;
/// Least number of words beside source, cue and content that make a reporting clause a claim.
const OWN_MATTER: usize = 5;

/// Least number of words of a clause without a verb.
const STUMP: usize = 8;
/// Longest clause that only says that a source stays unnamed, in tokens.
const ANONYMITY: usize = 16;
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
        own.dedup_by(|b, a| a.span == b.span);
        found.extend(without_shells(scene, sources, own));
    }
    found
}

/// Whether a clause states something: it has a finite verb or is completed by one, and does more than say who is cited.
pub fn states_something(scene: &Scene, clause: &Clause) -> bool {
    let tree = &scene.tree;
    if is_anonymity(scene, clause.head) {
        return false;
    }
    if clause.apposition || clause.act.is_some() {
        return true;
    }
    // A question that nobody answers: "whether more would follow"; a condition: "if the talks fail".
    let first = tree.lower(clause.span.start);
    let marks_it = tree.head(clause.span.start) == Some(clause.head);
    let condition = matches!(first.as_str(), "whether" | "if" | "unless" | "lest") && marks_it;
    if condition && tree.relation(clause.head) != "csubj" {
        return false;
    }
    let second = clause.span.start + 1;
    let in_what =
        tree.token(clause.span.start).upos == Upos::Adp && clause.span.contains(second) && tree.lower(second) == "what";
    if in_what || is_inverted(scene, clause.head) && tree.relation(clause.head) == "advcl" {
        return false;
    }
    if is_open_question(scene, clause) || is_bare(scene, clause) {
        return false;
    }
    if is_question_clause(scene, clause.head, clause.span.start) {
        return false;
    }
    let before = clause.span.start.checked_sub(1).filter(|&at| tree.sentence(at) == tree.sentence(clause.head));
    if before.is_some_and(|at| matches!(tree.lower(at).as_str(), "if" | "unless" | "whether" | "what" | "whatever")) {
        return false;
    }
    if speaks_on(scene, clause.head).is_some() {
        return true;
    }
    !is_credit(scene, clause.head)
        && (can_stand(scene, clause.head) || clause.span.range().any(|at| is_finite(scene, at)))
        && !(clause.span.contains(clause.head)
            && tree.token(clause.head).upos == Upos::Verb
            && !can_stand(scene, clause.head))
}

/// "once the rains begin", "until mines are cleared", "shortly before it fell": when something else holds, which states nothing by itself.
fn is_circumstance(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let first = tree.extent(head).range().find(|&at| tree.token(at).upos != Upos::Adv || tree.relation(at) == "mark");
    first.is_some_and(|first| {
        matches!(tree.lower(first).as_str(), "once" | "until" | "till" | "unless" | "before" | "lest")
            && matches!(tree.relation(first), "mark" | "advmod" | "case")
            || tree.lower(first) == "should" && tree.token(first).upos == Upos::Aux
            || tree.lower(first) == "as"
                && first + 2 < tree.sentence_tokens(first).end
                && matches!(tree.lower(first + 1).as_str(), "soon" | "long")
                && tree.lower(first + 2) == "as"
    })
}

/// Whether a word is a finite verb.
pub fn is_finite(scene: &Scene, at: usize) -> bool {
    let token = scene.tree.token(at);
    let modal = || {
        matches!(
            scene.tree.lower(at).as_str(),
            "will"
                | "would"
                | "may"
                | "might"
                | "can"
                | "could"
                | "must"
                | "shall"
                | "should"
                | "'ll"
                | "’ll"
                | "'d"
                | "’d"
        )
    };
    match token.upos {
        Upos::Verb => token.feat("VerbForm") == Some("Fin") || token.feat("Mood").is_some(),
        Upos::Aux => token.feat("VerbForm") == Some("Fin") || token.feat("VerbForm").is_none() || modal(),
        _ => false,
    }
}

/// Whether the clause of a predicate can stand alone: it is finite, or a participle or infinitive that goes on with the auxiliary of the
/// predicate it is coordinated with ("were abandoned, later destroyed by the army").
pub fn can_stand(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let own = |at: usize| {
        is_finite(scene, at)
            || tree
                .children(at)
                .iter()
                .any(|&child| matches!(tree.relation(child), "aux" | "cop") && is_finite(scene, child))
    };
    let gerund = tree.token(head).upos == Upos::Verb && tree.lower(head).ends_with("ing");
    let unmarked = tree.token(head).feat("VerbForm").is_none() && !gerund;
    // Taggers take past tenses for participles: one with a subject and without "with" in front is a past tense.
    let past = tree.token(head).feat("Tense") == Some("Past")
        && tree.own_subject(head).is_some()
        && !tree.children_by(head, "mark").chain(tree.children_by(head, "case")).any(|at| tree.lower(at) == "with");
    let host = || tree.head(head).filter(|_| tree.relation(head) == "conj");
    let kind = |at: usize| tree.token(at).feat("VerbForm");
    own(head) || unmarked || past || host().is_some_and(|host| own(host) && kind(host) == kind(head))
}

/// Whether a clause with a pronoun for subject follows a noun without a mark between.
fn follows_noun(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let start = tree.extent(head).start;
    let pronoun =
        tree.own_subject(head).is_some_and(|subject| subject == start && tree.token(subject).upos == Upos::Pron);
    let before = start.checked_sub(1).filter(|&at| tree.sentence(at) == tree.sentence(head));
    pronoun && before.is_some_and(|at| matches!(tree.token(at).upos, Upos::Noun | Upos::Propn))
}

/// "Will they come?", "What do you expect?"
fn is_open_question(scene: &Scene, clause: &Clause) -> bool {
    let tree = &scene.tree;
    let sentence = tree.sentence_tokens(clause.head);
    let asks = (clause.span.end..sentence.end).take(2).any(|at| tree.analysis.form(at) == "?");
    let first = clause.span.start;
    let inverted = tree.token(first).upos == Upos::Aux
        || matches!(tree.lower(first).as_str(), "what" | "who" | "how" | "why" | "where" | "when" | "which");
    asks && inverted
}

/// "Had they left earlier": a condition without "if".
fn is_inverted(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let aux = tree.children(head).iter().copied().find(|&child| {
        matches!(tree.relation(child), "aux" | "cop") && matches!(tree.lower(child).as_str(), "had" | "were" | "should")
    });
    aux.is_some_and(|aux| tree.own_subject(head).is_some_and(|subject| aux < subject && subject < head))
}

/// A stump: "Why the haste", "Clinton did not", "73 percent said".
fn is_bare(scene: &Scene, clause: &Clause) -> bool {
    let tree = &scene.tree;
    let words = clause.span.range().filter(|&at| tree.token(at).upos != Upos::Punct).count();
    let head = tree.token(clause.head).upos;
    let verbless = head != Upos::Verb && !clause.span.range().any(|at| is_finite(scene, at));
    let told = || {
        let says = scene.lexicon.verb(&tree.lemma(clause.head)).is_some_and(|cue| cue.strong);
        let content = |&child: &usize| {
            clause.span.contains(child)
                && matches!(tree.relation(child), "obj" | "ccomp" | "obl" | "xcomp" | "advcl" | "parataxis" | "advmod")
        };
        says && !tree.children(clause.head).iter().any(content)
    };
    // "So has Egypt": said of the same as the sentence before.
    let likewise = matches!(tree.lower(clause.span.start).as_str(), "so" | "neither" | "nor");
    verbless && words < STUMP || !likewise && (words <= SHORTEST && head == Upos::Aux || words < STUMP && told())
}

/// "how many had stayed", "what comes next" behind "do not know", "asked": a question states nothing by itself.
fn is_question_clause(scene: &Scene, head: usize, first: usize) -> bool {
    let tree = &scene.tree;
    let asks =
        matches!(tree.lower(first).as_str(), "how" | "why" | "what" | "which" | "who" | "whom" | "where" | "when");
    asks && tree.relation(head) == "ccomp"
        && tree.token(head).deprel != "acl:relcl"
        && tree.head(head).is_some_and(|above| matches!(tree.token(above).upos, Upos::Verb | Upos::Adj))
}

/// "who asked not to be named", "spoke on condition of anonymity": tells of the source, not of the story.
pub fn is_anonymity(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    if !matches!(
        tree.lemma(head).as_str(),
        "speak" | "ask" | "decline" | "refuse" | "request" | "insist" | "want" | "talk"
    ) {
        return false;
    }
    tree.extent(head).range().any(|at| {
        tree.lower(at) == "anonymity"
            || matches!(tree.lower(at).as_str(), "named" | "identified" | "quoted")
                && tree.children(at).iter().any(|&child| matches!(tree.lower(child).as_str(), "not" | "be"))
                && tree.own_subject(at).is_none()
    }) && tree.extent(head).len() <= ANONYMITY
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
        while let Some(at) = stack.pop() {
            for &child in self.scene.tree.children(at) {
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

    /// The attribution whose cue is this predicate.
    fn cue_at(&self, head: usize) -> Option<usize> {
        self.sources.saids.iter().position(|said| said.cue_head == head && !said.says(head))
    }

    /// Whether the reporting clause only frames what is said: its content has a predicate of its own.
    fn is_framing(&self, said: usize) -> bool {
        let said = &self.sources.saids[said];
        let tree = &self.scene.tree;
        let clausal = |head: usize| {
            (tree.token(head).upos == Upos::Verb
                && !matches!(tree.relation(head), "amod" | "compound" | "acl" | "xcomp"))
                || tree.children(head).iter().any(|&child| matches!(tree.relation(child), "cop" | "nsubj" | "csubj"))
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
            gone.push(said.cue);
            // Who is subject or object of what is said belongs to it, whatever the encoder took him for.
            let tree = &self.scene.tree;
            let parts: Vec<usize> = tree
                .children(head)
                .iter()
                .copied()
                .filter(|&child| matches!(tree.relation(child), "nsubj" | "obj" | "iobj"))
                .collect();
            gone.extend(said.source.iter().filter(|piece| !parts.iter().any(|&part| piece.contains(part))));
        }
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

    fn is_condition(&self, at: usize) -> bool {
        let tree = &self.scene.tree;
        tree.children_by(at, "mark")
            .any(|mark| matches!(tree.lower(mark).as_str(), "if" | "unless" | "whether" | "lest"))
    }
}
