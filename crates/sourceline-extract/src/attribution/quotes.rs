//! Quotations.
//!
//! In: a `Tree`. Out: the token ranges inside quotation marks, marks included, paragraph by paragraph.

use sourceline_model::{Span, Tok};

use crate::tree::Tree;

/// Shortest quotation, in tokens with its marks, that is taken for speech and not for a term.
pub const SPEECH: usize = 7;

/// Finds quotations. One that is still open at the end of its paragraph runs to that end.
pub fn quotations(tree: &Tree) -> Vec<Span<Tok>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut paragraph = 0;
    for at in 0..tree.analysis.tokens.len() {
        if tree.paragraph(at) != paragraph {
            if let Some(start) = open.take() {
                found.push(Span::new(start, at));
            }
            paragraph = tree.paragraph(at);
        }
        match (mark(tree, at), open) {
            (Some(Mark::Open), None) => open = Some(at),
            (Some(Mark::Either), None) => open = Some(at),
            (Some(Mark::Close | Mark::Either), Some(start)) => {
                found.push(Span::new(start, at + 1));
                open = None;
            }
            _ => {}
        }
    }
    if let Some(start) = open {
        found.push(Span::new(start, tree.analysis.tokens.len()));
    }
    found
}

enum Mark {
    Open,
    Close,
    Either,
}

fn mark(tree: &Tree, at: usize) -> Option<Mark> {
    match tree.analysis.form(at) {
        "“" | "«" | "„" | "``" => Some(Mark::Open),
        "”" | "»" | "''" => Some(Mark::Close),
        "\"" => Some(Mark::Either),
        _ => None,
    }
}
