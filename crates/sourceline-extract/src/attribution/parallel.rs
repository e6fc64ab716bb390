//! Speakers side by side in one sentence: "A, the mission said, and B, residents told the radio".
//!
//! In: attributions. Out: the same with contents that no longer reach into the clause of another speaker.

use std::collections::BTreeMap;

use sourceline_model::{Span, Tok, Upos};

use super::Said;
use super::verbs::trim;
use crate::tree::Tree;

/// Fewest tokens of a clause of its own between two reporting clauses.
const SHORTEST: usize = 4;

/// Gives each of two parallel speakers of a sentence its own clause.
pub fn part(tree: &Tree, found: &mut [Said]) {
    let mut by_sentence: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, said) in found.iter().enumerate() {
        by_sentence.entry(tree.sentence(said.cue.start)).or_default().push(at);
    }
    for together in by_sentence.values().filter(|together| together.len() > 1) {
        for (&later, &earlier) in together.iter().flat_map(|later| together.iter().map(move |earlier| (later, earlier)))
        {
            if let Some(cut) = boundary(tree, &found[earlier], &found[later]) {
                keep(tree, &mut found[later].content, |piece| Span::new(piece.start.max(cut), piece.end.max(cut)));
                keep(tree, &mut found[earlier].content, |piece| Span::new(piece.start.min(cut), piece.end.min(cut)));
            }
        }
    }
}

fn keep(tree: &Tree, content: &mut Vec<Span<Tok>>, cut: impl Fn(Span<Tok>) -> Span<Tok>) {
    let parts: Vec<Span<Tok>> =
        content.iter().map(|&piece| trim(tree, cut(piece))).filter(|piece| piece.len() > 1).collect();
    if !parts.is_empty() {
        *content = parts;
    }
}

/// Source and cue, where they stand together in the sentence of the cue.
pub fn frame(tree: &Tree, said: &Said) -> Option<Span<Tok>> {
    let sentence = tree.sentence_tokens(said.cue.start);
    let near: Vec<Span<Tok>> = said.source.iter().copied().filter(|piece| sentence.covers(piece)).collect();
    let frame = near.iter().fold(said.cue, |all, piece| all.join(piece));
    let length = near.iter().map(Span::len).sum::<usize>() + said.cue.len();
    (!near.is_empty() && length + 3 >= frame.len()).then_some(frame)
}

/// Where the clause of the later speaker begins: the earlier one's frame closes a clause between commas, and a linking word opens another
/// clause, which the later one's frame closes.
fn boundary(tree: &Tree, earlier: &Said, later: &Said) -> Option<usize> {
    let (first, second) = (frame(tree, earlier)?, frame(tree, later)?);
    let sentence = tree.sentence_tokens(first.start);
    if tree.sentence(first.start) != tree.sentence(second.start) || first.end >= second.start {
        return None;
    }
    let comma = |at: usize| matches!(tree.analysis.form(at), "," | "”" | "\"" | "—" | "–" | ";");
    let set_off = first.start > sentence.start && comma(first.start - 1) && comma(second.start - 1);
    let link = (first.end..second.start).find(|&at| links(tree, at))?;
    let near = link <= first.end + 8 && (first.end..link).any(comma);
    let clause: Span<Tok> = Span::new(link + 1, second.start.max(link + 1));
    let verb = clause.range().any(|at| matches!(tree.token(at).upos, Upos::Verb | Upos::Aux));
    (set_off && near && verb && clause.len() >= SHORTEST).then_some(link)
}

/// Words and marks that set one clause beside another.
fn links(tree: &Tree, at: usize) -> bool {
    tree.analysis.form(at) == ";"
        || matches!(tree.lower(at).as_str(), "and" | "but" | "while" | "whereas" | "though" | "although" | "yet")
            && at > 0
            && matches!(tree.analysis.form(at - 1), "," | "”" | "\"" | ";" | "—" | "–")
}
