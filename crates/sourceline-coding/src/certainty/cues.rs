//! Cues of denial, order and coordination in the tree around one predicate.

use sourceline_model::Upos;

use crate::frame::preposition;
use crate::tree::Tree;

/// Which cues of a predicate reach a predicate coordinated with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shared {
    /// All of them: "will not attack or besiege".
    All,
    /// All but negation: "was not killed but wounded".
    AllButNegation,
    /// What introduces the clause: "if the talks fail and the army moves".
    Mark,
    /// None: "did not stay and left".
    Nothing,
}

fn is_negator(lemma: &str) -> bool {
    matches!(
        lemma,
        "not" | "n't" | "never" | "no" | "neither" | "nor" | "none" | "nobody" | "hardly" | "scarcely" | "barely"
    )
}

/// Whether word `k` denies what it stands with; "not only", "no matter" deny nothing, "no longer" does.
pub(super) fn negates(tree: &Tree<'_>, k: usize) -> bool {
    let only =
        k + 1 < tree.len() && matches!(tree.lemma(k + 1), "only" | "least" | "less" | "few" | "fewer" | "matter");
    let longer = matches!(tree.lemma(k), "long" | "longer") && tree.has(k, |c| tree.lemma(c) == "no");
    longer || is_negator(tree.lemma(k)) && !only && !tree.has(k, |c| tree.lemma(c) == "only")
}

/// "cannot leave", "could not be reached"; "could not have known" and "may not" only suppose.
pub(super) fn is_unable(tree: &Tree<'_>, at: usize) -> bool {
    tree.has(at, |k| matches!(tree.rel(k), "advmod" | "det") && negates(tree, k))
        && !tree.has(at, |k| tree.rel(k) == "aux" && tree.lemma(k) == "have")
}

/// "nobody", "none of them", "no soldier", "neither side".
pub(super) fn is_nobody(tree: &Tree<'_>, k: usize) -> bool {
    matches!(tree.lemma(k), "nobody" | "nothing" | "none" | "neither")
        || tree.has(k, |c| tree.rel(c) == "det" && matches!(tree.lemma(c), "no" | "neither") && negates(tree, c))
}

/// "without firing", "instead of leaving", "rather than talk".
pub(super) fn is_left_out(tree: &Tree<'_>, at: usize) -> bool {
    preposition(tree, at) == Some("without")
        || tree.has(at, |k| {
            matches!(tree.rel(k), "mark" | "case" | "cc") && matches!(tree.lemma(k), "without" | "instead" | "rather")
        })
}

/// "has yet to comment".
pub(super) fn is_yet_to(tree: &Tree<'_>, at: usize) -> bool {
    let yet = |word: usize| tree.has(word, |k| tree.rel(k) == "advmod" && tree.lemma(k) == "yet");
    let above = || tree.head(at).filter(|&head| tree.rel(at) == "xcomp" && matches!(tree.lemma(head), "have" | "be"));
    tree.has(at, |k| tree.rel(k) == "mark" && tree.lemma(k) == "to") && (yet(at) || above().is_some_and(yet))
}

/// Deeds that have not been done when they failed.
pub(super) fn is_venture(lemma: &str) -> bool {
    matches!(lemma, "coup" | "putsch" | "plot" | "attempt" | "bid" | "takeover" | "mutiny" | "uprising")
}

/// "Leave the town!": an order, whatever comes of it.
pub(super) fn is_order(tree: &Tree<'_>, at: usize) -> bool {
    tree.token(at).feat("Mood") == Some("Imp") && !tree.has(at, |k| tree.rel(k) == "nsubj")
}

/// "Had they left earlier", "Should it rain": a condition without "if".
pub(super) fn is_inverted(tree: &Tree<'_>, at: usize) -> bool {
    let subject = tree.kids(at).iter().copied().find(|&k| tree.rel(k) == "nsubj");
    let aux = |subject: usize| {
        tree.has(at, |k| {
            tree.rel(k) == "aux"
                && k < subject
                && matches!(tree.analysis.form(k), "Had" | "had" | "Were" | "were" | "Should")
        })
    };
    let asks = tree.has(at, |k| tree.lemma(k) == "?");
    subject.is_some_and(|subject| subject < at && aux(subject)) && !asks
}

/// What a predicate without subject shares with `host`, which it is coordinated with.
pub(super) fn shared(tree: &Tree<'_>, at: usize, host: usize) -> Shared {
    let finite = |word: usize| tree.token(word).feat("VerbForm") == Some("Fin");
    let article = tree.upos(at) == Upos::Noun && tree.has(at, |k| tree.rel(k) == "det");
    let modal = tree.has(at, |k| tree.rel(k) == "aux");
    if tree.upos(at) == Upos::Verb && (finite(at) && !finite(host) || modal) || article {
        Shared::Nothing
    } else if tree.has(at, |k| tree.rel(k) == "cc" && tree.lemma(k) == "but") {
        Shared::AllButNegation
    } else {
        Shared::All
    }
}

/// Verbs of speaking that take a clause or a figure, so that two of them in a row have one subject.
pub(super) fn is_speech(tree: &Tree<'_>, at: usize) -> bool {
    tree.upos(at) == Upos::Verb
        && matches!(
            tree.lemma(at),
            "say"
                | "add"
                | "put"
                | "deny"
                | "claim"
                | "insist"
                | "accuse"
                | "blame"
                | "call"
                | "describe"
                | "warn"
                | "urge"
                | "demand"
                | "vow"
                | "promise"
                | "pledge"
                | "declare"
                | "announce"
                | "tell"
                | "state"
                | "estimate"
                | "condemn"
                | "criticise"
                | "criticize"
                | "stress"
                | "dismiss"
                | "reject"
                | "argue"
                | "report"
                | "acknowledge"
                | "admit"
                | "confirm"
        )
}

/// "is to visit": a plan.
pub(super) fn is_be_to(tree: &Tree<'_>, at: usize) -> bool {
    tree.has(at, |k| tree.rel(k) == "mark" && tree.lemma(k) == "to")
        && tree.has(at, |k| matches!(tree.deprel(k), "aux" | "cop") && tree.lemma(k) == "be")
}

/// Whether clause `at` is what somebody said, so that "would" is a future seen from the past.
pub(super) fn is_reported(tree: &Tree<'_>, at: usize) -> bool {
    tree.deprel(at) == "ccomp"
        && !tree.has(at, |k| tree.rel(k) == "advcl" && tree.has(k, |c| matches!(tree.lemma(c), "if" | "unless")))
}
