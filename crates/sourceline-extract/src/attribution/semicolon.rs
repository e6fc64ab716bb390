//! "The road is blocked; the mission has called for safe passage": what stands before a semicolon is not said by who speaks behind it.
//!
//! In: attributions. Out: the same, their contents on their own side of the semicolon. "It was a trap; nobody helped, he said" keeps both.

use sourceline_model::{Span, Tok};

use super::Said;
use super::verbs::trim;
use crate::tree::Tree;

/// Keeps contents on the side of the cue where the cue has something to say there.
pub fn keep_sides(tree: &Tree, found: &mut [Said]) {
    for said in found.iter_mut() {
        let sentence = tree.sentence_tokens(said.cue.start);
        let first = said.source.iter().map(|piece| piece.start).filter(|start| sentence.contains(*start)).min();
        let opens = first.unwrap_or(said.cue.start).min(said.cue.start);
        // The semicolon right before the source: the speaker begins the second half.
        let Some(mark) = opens.checked_sub(1).filter(|&at| at > sentence.start && tree.analysis.form(at) == ";") else {
            continue;
        };
        let before = |piece: &Span<Tok>| piece.end <= mark + 1 && piece.start >= sentence.start;
        let rest = trim(tree, Span::new(said.cue.end, sentence.end));
        let number = rest.len() == 1 && tree.token(rest.start).upos == sourceline_model::Upos::Num;
        if (rest.len() > 1 || number) && said.content.iter().any(before) {
            said.content.retain(|piece| !before(piece));
            if said.content.is_empty() {
                said.content.push(rest);
            }
        }
    }
}
