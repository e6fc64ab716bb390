//! Which words belong together in one claim although the tree would cut or join them otherwise.
//!
//! In: a predicate and what it hangs on. Out: whether it stays there, and which of its words are another's. Not here: the cut itself (`clauses`).

use sourceline_model::{Span, Tok, Upos};

use crate::lexicon::CueClass;
use crate::scene::Scene;

/// Verbs whose object is charged with what follows.
const CHARGING: [&str; 7] = ["accuse", "suspect", "convict", "acquit", "charge", "blame", "absolve"];

/// Whether the clause of `child` stays with `head`, which states nothing or something else without it.
pub fn stays(scene: &Scene, child: usize, head: usize) -> bool {
    let tree = &scene.tree;
    let mark = |word: &str| tree.children_by(child, "mark").any(|mark| tree.lower(mark) == word);
    match tree.relation(child) {
        "conj" => is_gapped(scene, child) || is_neither_nor(scene, child),
        "ccomp" | "advcl" | "acl" if mark("that") => {
            is_degree(scene, head) || is_open_evidence(scene, head) || is_proviso(scene, head)
        }
        "acl" => is_generic(scene, child, head),
        _ => false,
    }
}

/// "17 were killed and 24 injured": the number stands for a noun that only the first part has.
fn is_gapped(scene: &Scene, at: usize) -> bool {
    let tree = &scene.tree;
    tree.token(at).upos == Upos::Verb
        && tree.own_subject(at).is_none()
        && at > 1
        && tree.token(at - 1).upos == Upos::Num
        && tree.token(at - 2).upos == Upos::Cconj
}

/// "Neither confirmed nor denied it".
fn is_neither_nor(scene: &Scene, at: usize) -> bool {
    let tree = &scene.tree;
    tree.own_subject(at).is_none() && tree.children_by(at, "cc").any(|cc| tree.lower(cc) == "nor")
}

/// "So badly that", "such heat that".
fn is_degree(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let degree = |at: usize| tree.children(at).iter().any(|&word| matches!(tree.lower(word).as_str(), "so" | "such"));
    degree(head) || tree.children_by(head, "advmod").any(degree)
}

/// "Nothing to suggest that", "no evidence showing that": what is not shown is no claim.
fn is_open_evidence(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let shows = matches!(
        tree.lemma(head).as_str(),
        "suggest" | "show" | "indicate" | "prove" | "say" | "confirm" | "imply" | "believe" | "think" | "doubt"
    );
    let of_nothing = |noun: usize| {
        matches!(tree.lower(noun).as_str(), "nothing" | "little")
            || tree.children(noun).iter().any(|&word| matches!(tree.lower(word).as_str(), "no" | "little"))
    };
    shows && tree.relation(head) == "acl" && tree.head(head).is_some_and(of_nothing)
}

/// "On condition that", "in case": what would have to be.
fn is_proviso(scene: &Scene, head: usize) -> bool {
    matches!(scene.tree.lemma(head).as_str(), "condition" | "case" | "event" | "proviso" | "provided" | "assumption")
}

/// "Any step that brings them closer", "a step that would …" under "no": nobody says that there is one.
fn is_generic(scene: &Scene, child: usize, head: usize) -> bool {
    let tree = &scene.tree;
    let open = |at: usize| {
        tree.relation(at) == "det" && matches!(tree.lower(at).as_str(), "any" | "no" | "every" | "each" | "whatever")
    };
    let start = tree.extent(child).start;
    let set_off = start > 0 && tree.analysis.form(start - 1) == ",";
    tree.token(child).deprel == "acl:relcl" && !set_off && tree.children(head).iter().any(|&at| open(at))
}

/// Whether `child` tells with what its object is charged: "accused them of hiding it" is one statement.
pub fn is_charge(scene: &Scene, child: usize, head: usize) -> bool {
    let tree = &scene.tree;
    let marked = |word: &str| tree.children_by(child, "mark").any(|mark| tree.lower(mark) == word);
    tree.token(head).upos == Upos::Verb
        && CHARGING.contains(&tree.lemma(head).as_str())
        && matches!(tree.relation(child), "ccomp" | "xcomp" | "advcl")
        && !marked("that")
        && tree.children(child).iter().any(|&below| {
            tree.children_by(below, "mark").any(|mark| tree.lower(mark) == "of") || tree.case(below) == "of"
        })
}

/// Whether a noun of reporting is an argument of predicate `head` and no frame around it: "sticks to her account", "stands by its count".
pub fn is_argument(scene: &Scene, cue: usize, head: usize) -> bool {
    let tree = &scene.tree;
    let noun = tree.token(cue).upos == Upos::Noun && tree.head(cue) == Some(head);
    let set_off = || {
        let start = tree.extent(cue).start;
        let sentence = tree.sentence_tokens(cue);
        start == sentence.start || start > sentence.start && tree.token(start - 1).upos == Upos::Punct
    };
    noun && cue > head && matches!(tree.relation(cue), "obl" | "obj") && !set_off()
}

/// The listener that the tree takes for a first subject of what is said: "told the Post that the roof was new" with "Post" under "new"; and the
/// speaker whom it takes for one: "two hours later, say survivors, a jet came".
pub fn listener(scene: &Scene, head: usize) -> Option<Span<Tok>> {
    let tree = &scene.tree;
    let subjects: Vec<usize> = tree.children_by(head, "nsubj").filter(|&child| child < head).collect();
    let that = tree.children_by(head, "mark").find(|&mark| tree.lower(mark) == "that" && mark < head);
    let first = *subjects.first()?;
    let extent = tree.extent(first);
    let spoken = extent.start.checked_sub(1).is_some_and(|verb| {
        tree.token(verb).upos == Upos::Verb
            && scene.lexicon.verb(&tree.lemma(verb)).is_some_and(|cue| cue.strong)
            && tree.own_subject(verb).is_none()
    });
    let before_that = that.is_some_and(|that| first < that);
    (before_that || subjects.len() > 1 && spoken).then_some(extent)
}

/// The infinitive that a relative clause took from the verb over its noun: "wants the families who fled [to come home]".
pub fn lent(scene: &Scene, head: usize) -> Option<usize> {
    let tree = &scene.tree;
    let noun = tree.head(head).filter(|_| tree.token(head).deprel == "acl:relcl")?;
    let verb = tree.head(noun).filter(|_| tree.relation(noun) == "obj")?;
    let lemma = tree.lemma(verb);
    let wants = scene.lexicon.verb(&lemma).is_some_and(|cue| matches!(cue.class, CueClass::Ask | CueClass::Hope))
        || matches!(lemma.as_str(), "want" | "expect" | "allow" | "force" | "persuade" | "help" | "get");
    let own = tree.children(verb).iter().any(|&child| matches!(tree.relation(child), "xcomp" | "ccomp"));
    let infinitive = |&at: &usize| {
        matches!(tree.relation(at), "advcl" | "xcomp")
            && at > head
            && tree.children_by(at, "mark").any(|mark| tree.lower(mark) == "to")
    };
    tree.children(head).iter().copied().filter(|_| wants && !own).rfind(infinitive)
}
