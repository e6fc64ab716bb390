//! Who can say, count or hold something, told by the words alone.
//!
//! In: a `Tree` and the head of a phrase. Out: whether it is a name of somebody, or a noun for a person, a body, an outlet, a document.
//! Not here: who it is (`party`).

use sourceline_model::{EntityHint, EntityKind, Span, Tok, Upos};

use super::verbs::source;
use crate::chunk;
use crate::lexicon::{Lexicon, Speaking};
use crate::tree::Tree;

/// Whether the phrase with this head can state something.
pub(super) fn can_speak(tree: &Tree, lexicon: &Lexicon, head: usize) -> bool {
    let token = tree.token(head);
    // "our reporter": the outlet itself.
    if tree.children(head).iter().any(|&child| matches!(tree.lower(child).as_str(), "our" | "my" | "your" | "no")) {
        return false;
    }
    let name = tree.analysis.names.iter().find(|name| name.tokens.contains(head)).map(|name| name.kind);
    if let Some(kind) = name {
        return matches!(
            kind,
            EntityKind::Person | EntityKind::Organization | EntityKind::Group | EntityKind::Gpe | EntityKind::Norp
        );
    }
    let lemma = tree.lemma(head);
    match token.upos {
        Upos::Propn => true,
        Upos::Pron => matches!(tree.lower(head).as_str(), "he" | "she" | "it" | "they" | "who" | "which"),
        Upos::Noun => {
            lexicon.role(&lemma).is_some()
                || lexicon.media(&lemma).is_some()
                || matches!(lexicon.speaking(&lemma), Some(Speaking::Body | Speaking::Document))
                || matches!(token.hint, Some(EntityHint::Organization | EntityHint::Person))
        }
        _ => false,
    }
}

/// The phrase of whoever a finite verb has for its subject, when that can speak: the tree's subject, else the phrase that opens the clause right
/// before the verb.
pub(super) fn speaker(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Span<Tok>> {
    if tree.is_passive(at)
        || !tree.is_finite(at)
        || matches!(tree.relation(at), "amod" | "acl" if tree.token(at).deprel != "acl:relcl")
    {
        return None;
    }
    let before = || {
        let head = chunk::head_before(tree, at)?;
        let phrase = tree.core_phrase(head);
        let sentence = tree.sentence_tokens(at);
        let opens = phrase.start == sentence.start
            || matches!(tree.lower(phrase.start - 1).as_str(), ";" | "," | "and" | "but" | "while" | "whereas" | ":");
        (opens && phrase.end <= at).then_some(phrase)
    };
    let own = tree.own_subject(at).is_some();
    // "One of them, Anna Berg, speaks of a trap": an apposition between commas.
    let closed = || {
        let comma = at > 0 && tree.analysis.form(at - 1) == ",";
        super::tidy::phrase_before(tree, at).filter(|phrase| comma && tree.sentence(phrase.start) == tree.sentence(at))
    };
    let found =
        if own { source(tree, at, false) } else { before().or_else(closed).or_else(|| source(tree, at, false)) }?;
    let end = if found.start < at { found.end.min(at) } else { found.end };
    let found = Span::new(found.start, end);
    let head = tree.analysis.head_of(found)?;
    can_speak(tree, lexicon, head).then_some(found)
}
