//! Deeds that stand in what somebody says of others or of himself: "X says that Y must withdraw" demands, "X said it would strike" threatens.
//!
//! In: a coded event and its tree. Out: whether the speaker's words make it his own act (PLOVER manual v0.8, sections REQUEST and THREATEN).

use sourceline_model::{PloverType, Upos};

use crate::subject::subjects;
use crate::tree::Tree;

/// Verbs of plain saying.
const SAYING: [&str; 18] = [
    "say",
    "tell",
    "announce",
    "declare",
    "state",
    "add",
    "insist",
    "stress",
    "argue",
    "believe",
    "warn",
    "write",
    "maintain",
    "note",
    "repeat",
    "reiterate",
    "emphasize",
    "emphasise",
];

/// Auxiliaries of what ought to be done.
const DUTY: [&str; 4] = ["must", "should", "ought", "shall"];

/// Who says that somebody else must do the deed `main`; empty when nobody does.
pub(crate) fn demanded_by(tree: &Tree<'_>, main: usize) -> Vec<usize> {
    let duty = tree.has(main, |k| tree.rel(k) == "aux" && DUTY.contains(&tree.lemma(k)));
    let other = own_subject(tree, main).is_some_and(|subject| !refers_back(tree, subject));
    match saying(tree, main).filter(|_| duty && other) {
        Some(verb) => subjects(tree, verb),
        None => Vec::new(),
    }
}

/// Whether who says it speaks of what he himself will do.
pub(crate) fn is_own_announcement(tree: &Tree<'_>, main: usize) -> bool {
    let Some(verb) = saying(tree, main) else { return false };
    own_subject(tree, main).is_some_and(|subject| {
        refers_back(tree, subject) || subjects(tree, verb).iter().any(|&who| tree.lemma(who) == tree.lemma(subject))
    })
}

/// REQUEST and REJECT modes by what is asked for.
pub(crate) fn request_mode(kind: PloverType) -> Option<&'static str> {
    Some(match kind {
        PloverType::Retreat | PloverType::Concede => "yield",
        PloverType::Consult => "meet",
        PloverType::Aid | PloverType::Cooperate | PloverType::Support | PloverType::Agree => "assist",
        PloverType::Sanction | PloverType::Coerce | PloverType::Mobilize => "change",
        _ => return None,
    })
}

/// The verb of saying that deed `main` is the content of.
fn saying(tree: &Tree<'_>, main: usize) -> Option<usize> {
    let above = tree.head(main).filter(|_| matches!(tree.rel(main), "ccomp" | "xcomp"))?;
    (tree.upos(above) == Upos::Verb && SAYING.contains(&tree.lemma(above))).then_some(above)
}

fn own_subject(tree: &Tree<'_>, main: usize) -> Option<usize> {
    tree.kids(main).iter().copied().find(|&k| tree.rel(k) == "nsubj")
}

fn refers_back(tree: &Tree<'_>, subject: usize) -> bool {
    tree.upos(subject) == Upos::Pron
}
