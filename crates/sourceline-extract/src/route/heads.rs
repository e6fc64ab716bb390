//! The word that heads a source's phrase.
//!
//! In: a piece of a source. Out: its head: a person named in it, the noun before a preposition. Not here: who that is (`party`).

use sourceline_model::{Span, Tok, Upos};

use super::*;

/// The head word of a source phrase; a clause in it ("what NOS reports") does not head it.
pub fn source_head(scene: &Scene, piece: Span<Tok>) -> Option<usize> {
    let tree = &scene.tree;
    let piece =
        Span::new(piece.range().find(|&at| !matches!(tree.token(at).upos, Upos::Adp | Upos::Punct))?, piece.end);
    // "one of them", "two of the officials"
    if piece.len() > 2
        && tree.lower(piece.start + 1) == "of"
        && (crate::anonymous::count(&tree.lower(piece.start)).is_some() || tree.lower(piece.start) == "some")
    {
        // "one of the signatories, Professor Anna Berg": she is named.
        let named = person_in(scene, piece).filter(|_| tree.lower(piece.start) == "one");
        return Some(named.unwrap_or(piece.start));
    }
    if let Some(name) = person_in(scene, piece) {
        return Some(name);
    }
    if let Some(name) = outlet_in(scene, piece) {
        return Some(name);
    }
    // A source cut short: "U.S." of "U.S. and Arab officials".
    if let Some((whole, noun)) = crate::chunk::phrase_at(tree, piece.start).filter(|(whole, _)| whole.end > piece.end) {
        let owner = (piece.start..noun).any(|at| matches!(tree.analysis.form(at), "'s" | "’s" | "'" | "’"));
        if !owner && tree.token(noun).upos == Upos::Noun && whole.start == piece.start {
            return Some(noun);
        }
    }
    if let Some(name) = organisation_in(scene, piece) {
        return Some(name);
    }
    let head = owned_by(scene, piece, tree.analysis.head_of(piece)?);
    // "two people close to the family": what stands behind a preposition does not head the phrase.
    if let Some((_, first)) = crate::chunk::phrase_at(tree, piece.start).filter(|(_, first)| *first < head)
        && (first + 1..head).any(|at| matches!(tree.token(at).upos, Upos::Adp))
    {
        return Some(first);
    }
    let nominal = |at: usize| {
        matches!(
            tree.token(at).upos,
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det | Upos::Adj | Upos::X
        )
    };
    if nominal(head) {
        return Some(head);
    }
    piece.range().find(|&at| nominal(at) && tree.token(at).upos != Upos::Det)
}

/// "Norland's fisheries minister": the minister, also where the tree puts the state above him.
pub(super) fn owned_by(scene: &Scene, piece: Span<Tok>, head: usize) -> usize {
    let tree = &scene.tree;
    let clitic = head + 2 < piece.end && matches!(tree.analysis.form(head + 1), "'s" | "’s");
    let noun = if clitic { crate::chunk::phrase_at(tree, head + 2) } else { None };
    noun.filter(|(words, noun)| words.end <= piece.end && tree.token(*noun).upos == Upos::Noun)
        .map_or(head, |(_, noun)| noun)
}

/// The one person whom a source phrase names in front or after a title: "the group's leader, X", "X, a former official".
pub(super) fn person_in(scene: &Scene, piece: Span<Tok>) -> Option<usize> {
    let tree = &scene.tree;
    let persons: Vec<Span<Tok>> = tree
        .analysis
        .names
        .iter()
        .filter(|name| {
            name.kind == sourceline_model::EntityKind::Person && piece.covers(&name.tokens) && !name.tokens.is_empty()
        })
        .map(|name| name.tokens)
        .collect();
    let name = match persons[..] {
        [name] => name,
        [first, last] if is_apposed_behind(scene, piece, first, last) => last,
        // "(… for) X, the head of the council, Y,": read too far to the front; the office is Y's.
        [first, .., last] if holds_office_before(scene, first, last) => last,
        _ => return None,
    };
    let owned =
        name.end < tree.analysis.tokens.len() && matches!(tree.analysis.form(name.end), "'s" | "’s" | "'" | "’");
    // "An adviser to Prime Minister X": the title belongs to the name.
    let titled = |at: usize| scene.knowledge.is_title(tree.analysis.form(at)) || tree.lower(at) == "prime";
    let start = (piece.start..name.start).rev().take_while(|&at| titled(at)).last().unwrap_or(name.start);
    let joined = start > piece.start && matches!(tree.token(start - 1).upos, Upos::Adp | Upos::Verb | Upos::Cconj);
    // "the mission, led by Anna Berg": named in a clause about the source.
    let last = (piece.start..name.start).rev().find(|&at| tree.analysis.form(at) == ",").unwrap_or(piece.start);
    let clause = (last..name.start).any(|at| {
        matches!(tree.token(at).upos, Upos::Verb | Upos::Aux) && tree.relation(at) != "amod"
            || matches!(tree.lower(at).as_str(), "by" | "under" | "who" | "whose" | "which")
    });
    if clause {
        return None;
    }
    let leads = name.start == piece.start
        || tree.analysis.form(name.start - 1) == ","
        || matches!(tree.token(name.start - 1).upos, Upos::Noun | Upos::Propn | Upos::Adj);
    (!owned && !joined && leads).then(|| tree.analysis.head_of(name)).flatten()
}

/// "The mayor of X, Y,": a person right behind the place that the office is of.
fn is_apposed_behind(scene: &Scene, piece: Span<Tok>, first: Span<Tok>, last: Span<Tok>) -> bool {
    let tree = &scene.tree;
    let of = first.start > piece.start && matches!(tree.lower(first.start - 1).as_str(), "of" | "in" | "for" | "at");
    let office = (piece.start..first.start).any(|at| scene.lexicon.role(&tree.lemma(at)).is_some());
    of && office && last.start == first.end + 1 && tree.analysis.form(first.end) == ","
}

/// "The Thai-language daily X", "the channel X": the name right behind the noun for an outlet, where the source ends with it.
fn outlet_in(scene: &Scene, piece: Span<Tok>) -> Option<usize> {
    let tree = &scene.tree;
    let mut names = tree.analysis.names.iter().map(|name| name.tokens).filter(|name| piece.covers(name));
    let name = names.find(|name| {
        let noun = name.start.checked_sub(1).filter(|&at| at >= piece.start && tree.token(at).upos == Upos::Noun);
        let medium = noun.is_some_and(|noun| {
            matches!(scene.lexicon.media(&tree.lemma(noun)), Some(crate::lexicon::MediaNoun::Outlet(_)))
        });
        let plain = (piece.start..name.start).all(|at| tree.token(at).upos != Upos::Adp);
        medium && plain && name.end == piece.end
    })?;
    tree.analysis.head_of(name)
}

/// Whether commas, no "and", part two names of a source, and an office stands right before the second: "X, the head of the council, Y".
fn holds_office_before(scene: &Scene, first: Span<Tok>, last: Span<Tok>) -> bool {
    let tree = &scene.tree;
    let between = first.end..last.start;
    let comma = |at: usize| tree.analysis.form(at) == ",";
    let set_off = between.len() > 2 && comma(first.end) && comma(last.start - 1);
    let joined = between.clone().any(|at| tree.lower(at) == "and");
    let office = between.into_iter().any(|at| scene.lexicon.role(&tree.lemma(at)).is_some());
    set_off && !joined && office
}

/// "The operator, X Y,": the name that a common noun is called by.
pub(super) fn organisation_in(scene: &Scene, piece: Span<Tok>) -> Option<usize> {
    let tree = &scene.tree;
    let (_, noun) = crate::chunk::phrase_at(tree, piece.start)?;
    let next = noun + 2;
    let apposed = tree.token(noun).upos == Upos::Noun
        && next < piece.end
        && tree.analysis.form(noun + 1) == ","
        && tree.token(noun).feat("Number") != Some("Plur");
    let (name, kind) = scene.name_over(next).filter(|(name, _)| apposed && name.start == next)?;
    let group = matches!(
        kind,
        sourceline_model::EntityKind::Organization
            | sourceline_model::EntityKind::Group
            | sourceline_model::EntityKind::Product
    );
    group.then(|| tree.analysis.head_of(name)).flatten()
}
