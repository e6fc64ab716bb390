//! Finds the event that a wrapping predicate is about: "threatened to [bomb]", "called for the [release] of".

use crate::frame::preposition;
use crate::tree::Tree;

/// How many plain words may stand between a predicate and the event it is about: "agreed to hold another round of talks".
const MAX_STEPS: usize = 4;

/// The nearest word below `trigger` for which `test` holds, through complements, objects and the prepositions that carry content.
pub(crate) fn embedded(tree: &Tree<'_>, trigger: usize, test: impl Fn(usize) -> bool) -> Option<usize> {
    let mut level = vec![trigger];
    for step in 0..MAX_STEPS {
        let mut next = Vec::new();
        for &at in &level {
            let mut below: Vec<(u8, usize)> =
                tree.kids(at).iter().copied().filter_map(|k| rank(tree, at, k, step).map(|r| (r, k))).collect();
            below.sort_unstable();
            next.extend(below.into_iter().map(|(_, k)| k));
        }
        if let Some(&hit) = next.iter().find(|&&k| test(k)) {
            return Some(hit);
        }
        level = next;
    }
    None
}

/// How readily `k` below `at` carries its content, 0 most; `None` when it does not.
fn rank(tree: &Tree<'_>, at: usize, k: usize, step: usize) -> Option<u8> {
    match tree.deprel(k) {
        "xcomp" | "ccomp" => Some(0),
        "obj" => Some(1),
        "acl" if !tree.is_past_participle(k) => Some(1),
        "advcl" | "advcl:relcl"
            if tree.has(k, |c| {
                tree.rel(c) == "mark" && matches!(tree.lemma(c), "to" | "from" | "of" | "for" | "that" | "against")
            }) =>
        {
            Some(2)
        }
        // "stopped shelling" may come as an adverbial.
        "advcl" if k == at + 1 && tree.is_ing(k) => Some(1),
        "nsubj:pass" if step == 0 => Some(2),
        "conj" if step > 0 => Some(3),
        "compound" | "amod" if !matches!(tree.upos(at), sourceline_model::Upos::Verb) && step <= 1 => Some(3),
        "obl" | "nmod" => match preposition(tree, k)? {
            "for" | "of" | "to" | "on" | "from" | "into" => Some(2),
            "with" | "in" | "against" | "over" | "about" => Some(4),
            _ => None,
        },
        _ => None,
    }
}
