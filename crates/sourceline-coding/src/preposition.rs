//! Prepositions as slots: the case words of a noun, and which slot counts as which.

use crate::tree::Tree;

/// The slot that a more specific one also counts as.
pub(crate) fn broader(slot: &str) -> Option<&'static str> {
    Some(match slot {
        "out_of" => "from",
        "into" | "toward" | "towards" | "onto" => "to",
        "upon" | "onto_" => "on",
        "alongside" | "together_with" => "with",
        "across" | "via" => "through",
        "within" | "inside" => "in",
        "near" | "outside" | "around" | "at" => "at",
        "amongst" | "among" => "between",
        "vis-a-vis" | "versus" => "against",
        _ => return None,
    })
}

/// The preposition of noun `k`: its case words, known pairs joined by `_`.
pub(crate) fn preposition<'t>(tree: &'t Tree<'_>, k: usize) -> Option<&'t str> {
    let mut cases =
        tree.kids(k).iter().copied().filter(|&c| c < k && tree.deprel(c) == "case" && tree.lemma(c) != "'s");
    let first = cases.next()?;
    let fixed = tree.kids(first).iter().copied().find(|&f| tree.deprel(f) == "fixed");
    let second = fixed.or_else(|| cases.next());
    if let Some(second) = second {
        let pair = match (tree.lemma(first), tree.lemma(second)) {
            ("out", "of") => Some("out_of"),
            ("because", "of") | ("due", "to") | ("owing", "to") => Some("because_of"),
            ("according" | "accord", "to") => Some("according_to"),
            ("instead", "of") => Some("instead_of"),
            ("such", "as") => Some("such_as"),
            ("in", "front") => Some("in_front"),
            ("as", "of") => Some("as_of"),
            ("from", _) => Some("from"),
            ("over", "to") | ("up", "to") | ("on", "to") | ("back", "to") | ("down", "to") => Some("to"),
            ("along", "with") | ("together", "with") => Some("with"),
            _ => None,
        };
        if pair.is_some() {
            return pair;
        }
    }
    // "according to X" with a tree that hangs "to" elsewhere.
    if tree.lemma(first) == "to" && first > 0 && matches!(tree.analysis.form(first - 1), "according" | "According") {
        return Some("according_to");
    }
    Some(tree.lemma(first))
}
