//! Where an event happens: places in its slots, else those that its clause names.
//!
//! In: the frame of a trigger. Out: head words of places with their roles. Not here: which place a word means.

use sourceline_model::{PlaceRole, Upos};

use crate::frame::{Frame, preposition};
use crate::matching::expand;
use crate::tree::Tree;

/// Places in the slots of `frame`; when there are none, places that the same clause names.
pub(crate) fn places(tree: &Tree<'_>, frame: &Frame<'_>) -> Vec<(usize, PlaceRole)> {
    let mut out: Vec<(usize, PlaceRole)> = Vec::new();
    for &(slot, word) in frame.all() {
        let Some(role) = role_of(slot) else { continue };
        for i in expand(tree, word).into_iter().filter(|&i| tree.is_place(i)) {
            if !out.iter().any(|&(o, _)| o == i) {
                out.push((i, role));
            }
        }
    }
    if out.is_empty() {
        out.extend(in_clause(tree, frame).into_iter().map(|i| (i, PlaceRole::At)));
    }
    out
}

/// "Forces in the east fled to the border": whoever moves leaves the place where he is said to be.
pub(crate) fn leave(tree: &Tree<'_>, frame: &Frame<'_>, places: &mut Vec<(usize, PlaceRole)>) {
    let goes = places.iter().any(|&(_, role)| role == PlaceRole::To);
    if !goes || places.iter().any(|&(_, role)| role == PlaceRole::From) {
        return;
    }
    let movers: Vec<usize> = frame.get("subj").flat_map(|i| expand(tree, i)).collect();
    let left = movers.iter().flat_map(|&mover| tree.kids(mover)).copied().find(|&k| {
        tree.rel(k) == "nmod"
            && tree.is_place(k)
            && matches!(preposition(tree, k), Some("in" | "at" | "near" | "around"))
    });
    places.retain(|&(place, _)| Some(place) != left);
    places.extend(left.map(|place| (place, PlaceRole::From)));
}

/// "killed … during celebrations in Germany", "forces in eastern Syria withdrew", "an attack in Bria left …": places that hang on the words of
/// the trigger's own clause by a preposition of place, the innermost of nested ones.
fn in_clause(tree: &Tree<'_>, frame: &Frame<'_>) -> Vec<usize> {
    let top = clause_of(tree, frame.trigger);
    let mut found = Vec::new();
    let mut open = vec![top];
    while let Some(at) = open.pop() {
        for &k in tree.kids(at) {
            if is_clausal(tree, k) {
                continue;
            }
            if is_located(tree, k) {
                found.push(k);
                continue;
            }
            open.push(k);
        }
    }
    found.sort_unstable();
    found
}

/// The predicate whose clause `i` stands in.
fn clause_of(tree: &Tree<'_>, i: usize) -> usize {
    let mut at = i;
    while let Some(head) = tree.head(at).filter(|_| !matches!(tree.upos(at), Upos::Verb) && !is_clausal(tree, at)) {
        at = head;
    }
    at
}

fn is_clausal(tree: &Tree<'_>, k: usize) -> bool {
    matches!(tree.rel(k), "ccomp" | "advcl" | "acl" | "csubj" | "parataxis" | "xcomp")
        || tree.rel(k) == "conj" && tree.upos(k) == Upos::Verb
}

fn is_located(tree: &Tree<'_>, k: usize) -> bool {
    matches!(tree.rel(k), "obl" | "nmod")
        && tree.is_place(k)
        && matches!(
            preposition(tree, k),
            Some(
                "in" | "at"
                    | "near"
                    | "on"
                    | "outside"
                    | "around"
                    | "inside"
                    | "within"
                    | "along"
                    | "across"
                    | "throughout"
            )
        )
}

fn role_of(slot: &str) -> Option<PlaceRole> {
    Some(match slot {
        "in" | "at" | "near" | "on" | "outside" | "around" | "inside" | "within" | "along" | "over" | "against"
        | "off" | "throughout" | "between" => PlaceRole::At,
        "from" | "out_of" => PlaceRole::From,
        "to" | "into" | "toward" | "towards" | "onto" => PlaceRole::To,
        "through" | "via" | "across" => PlaceRole::Via,
        _ => return None,
    })
}
