//! Attributions from the encoder's spans.
//!
//! In: sources, cues and contents with links. Out: one `Said` a cue.

use sourceline_model::{AttributionKind, AttributionRole, Span, Tok, Upos};

use super::{Found, Said};
use crate::lexicon::{Cue, CueClass, Lexicon};
use crate::tree::Tree;

/// Groups the encoder's spans by cue.
pub fn from_encoder(tree: &Tree, lexicon: &Lexicon) -> Vec<Said> {
    let spans = &tree.analysis.attribution;
    let mut found = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        if span.role != AttributionRole::Cue || span.tokens.is_empty() {
            continue;
        }
        let pieces = |role: AttributionRole| -> Vec<Span<Tok>> {
            spans
                .iter()
                .filter(|other| other.role == role && other.cue == Some(index) && !other.tokens.is_empty())
                .map(|other| other.tokens)
                .collect()
        };
        let (cue_head, class) = head_and_class(tree, lexicon, span.tokens);
        found.push(Said {
            cue: span.tokens,
            cue_head,
            class,
            source: pieces(AttributionRole::Source),
            content: pieces(AttributionRole::Content),
            found: Found::Encoder,
            kind: AttributionKind::Indirect,
            within: None,
        });
    }
    found
}

/// The word of a cue that the lexicon knows, else its head; with the class of the former, else `Say`.
pub fn head_and_class(tree: &Tree, lexicon: &Lexicon, cue: Span<Tok>) -> (usize, CueClass) {
    let head = tree.analysis.head_of(cue).unwrap_or(cue.start);
    let known = |at: usize| -> Option<Cue> {
        let lemma = tree.lemma(at);
        match tree.token(at).upos {
            Upos::Verb | Upos::Aux => lexicon.verb(&lemma),
            Upos::Noun => lexicon.noun(&lemma),
            Upos::Adv | Upos::Adj => lexicon.adverb(&tree.lower(at)),
            _ => None,
        }
    };
    match known(head).map(|cue| (head, cue)).or_else(|| cue.range().find_map(|at| known(at).map(|cue| (at, cue)))) {
        Some((at, cue)) => (at, cue.class),
        None => (head, CueClass::Say),
    }
}
