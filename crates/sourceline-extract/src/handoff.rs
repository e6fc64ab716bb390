//! Hand-offs read from the words alone: "citing X", "relies on X", "quoted in X", "told X", "reported by X", "according to X".
//!
//! In: a sentence. Out: the heads of the phrases that follow such words, with the side they stand on. Used where the tree gives nothing.

use sourceline_model::{Span, Tok, Upos};

use crate::chunk;
use crate::tree::Tree;

/// Words of a hand-off and whether what follows is farther out (an outlet that passed it on) or farther in (whom it leans on).
const PATTERNS: [(&[&str], Side); 45] = [
    (&["citing"], Side::Inner),
    (&["quoting"], Side::Inner),
    (&["in", "turn", "quoted"], Side::Inner),
    (&["in", "turn", "cited"], Side::Inner),
    (&["which", "quoted"], Side::Inner),
    (&["which", "cited"], Side::Inner),
    (&["which", "quotes"], Side::Inner),
    (&["which", "cites"], Side::Inner),
    (&["relies", "on"], Side::Inner),
    (&["relied", "on"], Side::Inner),
    (&["relying", "on"], Side::Inner),
    (&["on", "the", "authority", "of"], Side::Inner),
    (&["on", "the", "word", "of"], Side::Inner),
    (&["conversations", "with"], Side::Inner),
    (&["interviews", "with"], Side::Inner),
    (&["based", "on", "information", "from"], Side::Inner),
    (&["with", "reference", "to"], Side::Inner),
    (&["crediting"], Side::Inner),
    (&["quoted", "in"], Side::Outer),
    (&["quoted", "by"], Side::Outer),
    (&["cited", "in"], Side::Outer),
    (&["cited", "by"], Side::Outer),
    (&["interviewed", "by"], Side::Outer),
    (&["reported", "by"], Side::Outer),
    (&["carried", "by"], Side::Outer),
    (&["aired", "by"], Side::Outer),
    (&["aired", "on"], Side::Outer),
    (&["broadcast", "by"], Side::Outer),
    (&["broadcast", "on"], Side::Outer),
    (&["published", "by"], Side::Outer),
    (&["published", "in"], Side::Outer),
    (&["relayed", "by"], Side::Outer),
    (&["an", "interview", "with"], Side::Outer),
    (&["interview", "to"], Side::Outer),
    (&["remarks", "to"], Side::Outer),
    (&["comments", "to"], Side::Outer),
    (&["statement", "to"], Side::Outer),
    (&["speaking", "to"], Side::Outer),
    (&["told"], Side::Outer),
    (&["tells"], Side::Outer),
    (&["assured"], Side::Outer),
    (&["wrote", "in"], Side::Outer),
    (&["writes", "in"], Side::Outer),
    (&["writing", "in"], Side::Outer),
    (&["spoke", "to"], Side::Outer),
];

/// On which side of the party before it a hand-off puts the party after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Whom it leans on.
    Inner,
    /// Who passed it on.
    Outer,
}

/// A hand-off found in the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handoff {
    /// First word of the pattern.
    pub at: usize,
    /// Which side.
    pub side: Side,
    /// Head of the phrase after it.
    pub head: usize,
}

/// Finds the hand-offs in a range of words.
pub fn handoffs(tree: &Tree, tokens: Span<Tok>) -> Vec<Handoff> {
    let mut found: Vec<Handoff> = Vec::new();
    for at in tokens.range() {
        for (words, side) in PATTERNS {
            let end = at + words.len();
            if end < tokens.end && words.iter().enumerate().all(|(offset, word)| tree.lower(at + offset) == *word) {
                let from = (end..(end + 3).min(tokens.end))
                    .find(|&next| !matches!(tree.token(next).upos, Upos::Adv | Upos::Punct));
                // A name that begins here is all there is: a comma behind it joins nothing.
                let closed = |at: usize| at >= tokens.end || tree.token(at).upos == Upos::Punct;
                let name = from.and_then(|from| {
                    tree.analysis.names.iter().find(|name| name.tokens.start == from && closed(name.tokens.end))
                });
                let named = name.and_then(|name| Some((name.tokens, tree.analysis.head_of(name.tokens)?)));
                if let Some((_, head)) = named.or_else(|| from.and_then(|from| chunk::phrase_at(tree, from))) {
                    found.push(Handoff { at, side, head });
                    break;
                }
            }
        }
    }
    found
}
