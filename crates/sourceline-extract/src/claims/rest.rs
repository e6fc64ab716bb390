//! Clauses that the cut of the tree leaves: acts of speaking, and words that the tree lost.

use sourceline_model::Upos;

use super::clauses::Clause;
use super::edges::{runs, trimmed};
use super::whole::{can_stand, is_anonymity, is_inside_question, is_question_clause, states_something};
use crate::scene::Scene;
use crate::sources::Sources;

/// Least number of words of a left-over stretch with a predicate.
const LEFT_OVER: usize = 4;

/// Reporting clauses whose content has no clause of its own: "X disputes it", "X called it a farce", "“A failure”, says X".
pub fn acts(scene: &Scene, sources: &Sources, sentence: usize, found: &[Clause]) -> Vec<Clause> {
    let mut acts = Vec::new();
    for (index, said) in sources.saids.iter().enumerate() {
        if scene.tree.sentence(said.cue.start) != sentence
            || sources.silent[index]
            || said.content.len() + said.reach.len() == 0
        {
            continue;
        }
        let told = found.iter().any(|clause| said.says(clause.head) || clause.act == Some(index));
        if told
            || is_free_relative(scene, said.cue_head)
            || is_anonymity(scene, said.cue_head)
            || is_no_act(scene, said.cue_head)
        {
            continue;
        }
        let bounds = scene.tree.analysis.sentences[sentence].tokens;
        let pieces = said
            .content
            .iter()
            .chain(&said.reach)
            .chain(&said.source)
            .chain([&said.cue])
            .filter(|piece| bounds.covers(piece));
        let Some(mut span) = pieces.copied().reduce(|a, b| a.join(&b)) else { continue };
        // What was said stands in another sentence, or was taken for it: then the clause tells the act with all its words.
        if !said.content.iter().chain(&said.reach).any(|piece| bounds.covers(piece)) {
            let whole = scene.tree.extent(said.cue_head);
            span = if bounds.covers(&whole) { span.join(&whole) } else { span };
        }
        let own: Vec<usize> = span.range().collect();
        if let Some(span) = trimmed(scene, &own).filter(|span| span.len() >= 3) {
            let act = Clause { head: said.cue_head, span, act: Some(index), apposition: false };
            acts.extend(Some(act).filter(|act| !is_inside_question(scene, act.head)));
        }
    }
    acts
}

/// "Asked about the letter, he said", "heard him ask": a participle or infinitive of speaking that hangs on another verb is no act told by itself.
fn is_no_act(scene: &Scene, at: usize) -> bool {
    let tree = &scene.tree;
    let under = |words: &[&str]| tree.head(at).is_some_and(|head| words.contains(&tree.lemma(head).as_str()));
    let alone = tree.token(at).upos == Upos::Verb
        && tree.own_subject(at).is_none()
        && !tree.children(at).iter().any(|&child| tree.relation(child) == "aux");
    let asked = tree.lower(at) == "asked" && matches!(tree.relation(at), "advcl" | "acl");
    let sensed = matches!(tree.relation(at), "ccomp" | "xcomp")
        && under(&["hear", "see", "watch", "let", "make", "help", "have", "feel"]);
    alone && (asked || sensed)
}

/// "what it calls a provocation": names something, states nothing.
fn is_free_relative(scene: &Scene, at: usize) -> bool {
    let tree = &scene.tree;
    let what = tree.head(at).filter(|_| tree.relation(at) == "acl");
    what.is_some_and(|what| matches!(tree.lower(what).as_str(), "what" | "whatever"))
}

/// Whether a predicate is that of a relative clause, or coordinated with it.
fn is_relative(scene: &Scene, at: usize) -> bool {
    let chain =
        std::iter::successors(Some(at), |&at| scene.tree.head(at).filter(|_| scene.tree.relation(at) == "conj"));
    chain.take(6).any(|at| scene.tree.token(at).deprel == "acl:relcl")
}

/// Words that no clause holds yet: what the tree lost.
pub fn left_over(scene: &Scene, sources: &Sources, sentence: usize, found: &[Clause]) -> Vec<Clause> {
    let tokens = scene.tree.analysis.sentences[sentence].tokens;
    let credit = |at: usize| {
        sources.saids.iter().any(|said| said.cue.contains(at) || said.source.iter().any(|piece| piece.contains(at)))
    };
    let free: Vec<usize> =
        tokens.range().filter(|&at| !found.iter().any(|clause| clause.span.contains(at)) && !credit(at)).collect();
    let mut clauses = Vec::new();
    for run in runs(&free) {
        let Some(span) = trimmed(scene, &run) else { continue };
        let words = span.range().filter(|&at| scene.tree.token(at).upos != Upos::Punct).count();
        let predicate = span.range().find(|&at| {
            scene.tree.is_predicate(at)
                && matches!(scene.tree.token(at).upos, Upos::Verb | Upos::Adj | Upos::Noun)
                && scene.tree.subject(at).is_some()
                && !is_relative(scene, at)
                && (scene.tree.relation(at) != "advcl" || scene.tree.own_subject(at).is_some())
                && !is_question_clause(scene, at, scene.tree.extent(at).start)
                && can_stand(scene, at)
        });
        if let Some(head) = predicate.filter(|_| words >= LEFT_OVER) {
            let own: Vec<usize> = span.range().filter(|&at| at >= scene.tree.extent(head).start).collect();
            let Some(span) = trimmed(scene, &own) else { continue };
            let clause = Clause { head, span, act: None, apposition: false };
            clauses.extend(Some(clause).filter(|clause| states_something(scene, clause)));
        }
    }
    clauses
}
