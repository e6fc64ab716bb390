//! Noun phrases in the tree.

use sourceline_model::{Analysis, Span, Tok};

/// Relations whose subtree is not part of a phrase however it is cut.
const NEVER: [&str; 8] = ["case", "cc", "conj", "punct", "parataxis", "discourse", "mark", "cop"];
/// Relations whose subtree belongs to the whole phrase only.
const WHOLE_ONLY: [&str; 5] = ["acl", "appos", "advcl", "orphan", "dep"];

/// The whole phrase under `head` and its short form.
pub(crate) fn phrases(analysis: &Analysis, head: usize) -> (Span<Tok>, Span<Tok>) {
    let predicate = analysis.children(head).any(|child| analysis.tokens[child].relation() == "cop");
    let spread = |short: bool| {
        let mut keep = vec![head];
        for child in analysis.children(head) {
            let relation = analysis.tokens[child].relation();
            let clausal =
                predicate && matches!(relation, "nsubj" | "csubj" | "advmod" | "aux" | "obl" | "expl" | "advcl");
            if NEVER.contains(&relation) || clausal || (short && WHOLE_ONLY.contains(&relation)) {
                continue;
            }
            keep.extend(analysis.subtree(child));
        }
        contiguous(keep, head)
    };
    (spread(false), spread(true))
}

/// The run of words around `head` that has no gap but punctuation.
fn contiguous(mut tokens: Vec<usize>, head: usize) -> Span<Tok> {
    tokens.sort_unstable();
    let (mut start, mut end) = (head, head + 1);
    for &token in tokens.iter().rev().filter(|&&token| token < head) {
        if start - token > 2 {
            break;
        }
        start = token;
    }
    for &token in tokens.iter().filter(|&&token| token > head) {
        if token - end > 1 {
            break;
        }
        end = token + 1;
    }
    Span::new(start, end)
}
