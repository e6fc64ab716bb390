//! Pronouns, and nouns that stand for what was named before.
//!
//! In: the head word and what was said before. Out: the party it refers back to.

use super::*;

pub(super) fn pronoun(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let form = scene.tree.lower(head);
    if matches!(
        form.as_str(),
        "i" | "we"
            | "us"
            | "our"
            | "my"
            | "me"
            | "you"
            | "your"
            | "who"
            | "what"
            | "which"
            | "that"
            | "nobody"
            | "somebody"
            | "everyone"
            | "nothing"
            | "anyone"
    ) {
        return None;
    }
    let back = |party: &Party| Party { words: Span::new(head, head + 1), head, refers_back: true, ..party.clone() };
    let referent = || antecedent(scene, history, head).map(|party| back(&party));
    let latest = |fits: &dyn Fn(&Party) -> bool| history.sources.iter().rev().find(|party| fits(party)).map(back);
    match form.as_str() {
        // Who spoke last is a better guess for a speaker than the nearest noun.
        "he" | "she" | "him" | "her" | "his" | "himself" | "herself" => he(scene, history, head)
            .as_ref()
            .map(back)
            .or_else(|| referent().filter(|party| party.kind == PartyKind::Person)),
        "they" | "them" | "their" | "themselves" => {
            latest(&|party| party.anonymous.as_ref().is_some_and(|anonymous| anonymous.number != Number::One))
                .or_else(|| mentioned_before(scene, history, head).as_ref().map(back))
                .or_else(referent)
                .or_else(|| latest(&|party| party.kind == PartyKind::Body))
        }
        "it" | "its" => {
            if let Some(named) = referent().filter(|party| party.is_outlet() || spoke_before(history, party)) {
                return Some(named);
            }
            if let Some(near) = outlet_before(scene, head) {
                return Some(back(&near));
            }
            let outlet = history.outlets.last().map(back);
            let body =
                latest(&|party| party.kind == PartyKind::Body && party.entity.is_none_or(|id| scene.is_named(id)));
            match (&outlet, &body) {
                (Some(outlet_party), Some(body_party)) => {
                    let at = |name: &str| {
                        history
                            .outlets
                            .iter()
                            .chain(&history.sources)
                            .filter(|party| party.name == name)
                            .map(|party| party.head)
                            .max()
                    };
                    if at(&outlet_party.name) >= at(&body_party.name) { outlet } else { body }
                }
                _ => outlet.or(body),
            }
        }
        _ => None,
    }
}

/// Whether a body has been a source already: "it said" goes on with one that has.
pub(super) fn spoke_before(history: &History, party: &Party) -> bool {
    party.kind == PartyKind::Body && history.sources.iter().any(|known| known.name == party.name)
}

/// Whom "he" or "she" stands for: the last single source, or a person named since as a subject in the same paragraph.
pub(super) fn he(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let single = |party: &&Party| {
        party.kind == PartyKind::Person
            || party.anonymous.as_ref().is_some_and(|anonymous| anonymous.number == Number::One)
    };
    let source = history.sources.iter().rev().find(single);
    let paragraph = tree.paragraph(head);
    let named =
        tree.analysis.names.iter().rev().filter(|name| name.kind == EntityKind::Person && name.tokens.end <= head);
    let is_person = |name: &Span<Tok>| {
        let entity = tree.analysis.head_of(*name).and_then(|at| scene.entity_at(at));
        entity.is_none_or(|entity| entity.kind == EntityKind::Person)
    };
    let subject = named
        .map(|name| name.tokens)
        .filter(is_person)
        .take_while(|name| tree.paragraph(name.start) == paragraph)
        .find(|name| {
            tree.analysis
                .head_of(*name)
                .is_some_and(|at| matches!(tree.relation(at), "nsubj" | "root") || source.is_none())
        });
    match (source, subject) {
        (Some(source), Some(name)) if source.head < name.start => named_person(scene, tree.analysis.head_of(name)?),
        (Some(source), _) => Some(source.clone()),
        (None, Some(name)) => named_person(scene, tree.analysis.head_of(name)?),
        (None, None) => None,
    }
}

/// Sources described shortly before, though they said nothing there: "attributed the account to officials from X".
pub fn mentioned_before(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let first = tree.sentence(head).saturating_sub(3);
    let described = |at: &usize| {
        tree.token(*at).upos == Upos::Noun
            && matches!(anonymous::number(scene, *at), Number::Several | Number::N(_))
            && matches!(
                tree.lemma(*at).as_str(),
                "official" | "source" | "diplomat" | "officer" | "expert" | "analyst" | "witness" | "resident"
            )
            && !definite(scene, *at)
    };
    let found = (0..head).rev().take_while(|&at| tree.sentence(at) >= first).find(described)?;
    unnamed(scene, history, found)
}

/// The nearest outlet named before `head` in the paragraph, in the sentence before or the same.
pub(super) fn outlet_before(scene: &Scene, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let (paragraph, sentence) = (tree.paragraph(head), tree.sentence(head));
    let near = |at: &usize| tree.paragraph(*at) == paragraph && tree.sentence(*at) + 1 >= sentence;
    (0..head)
        .rev()
        .take_while(near)
        .filter(|&at| tree.token(at).upos == Upos::Propn)
        .find_map(|at| named_outlet(scene, at))
}

/// The named entity that coreference gives for a word, as a party.
pub(super) fn antecedent(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let _guard = scene.descend()?;
    let mention = scene.mention(head)?;
    let known = history.sources.iter().chain(&history.outlets).rev().find(|party| party.entity == Some(mention.entity));
    if let Some(party) = known {
        return Some(party.clone());
    }
    let entity = scene.entity(mention.entity)?;
    let first = scene.mentions.iter().find(|other| {
        other.entity == mention.entity && other.id != mention.id && other.form != sourceline_model::MentionForm::Pronoun
    })?;
    let start = scene.tree.analysis.tokens.iter().position(|token| token.span.end > first.span.start)?;
    let end = scene.tree.analysis.tokens.partition_point(|token| token.span.start < first.span.end);
    let first_head = scene.tree.analysis.head_of(Span::new(start, end.max(start + 1)))?;
    if scene.is_named(entity.id) {
        let kind = match entity.kind {
            EntityKind::Person => PartyKind::Person,
            _ => scene
                .knowledge
                .outlet_by_name(&entity.name)
                .map_or(PartyKind::Body, |outlet| PartyKind::Outlet(outlet_kind(outlet.kind))),
        };
        return Some(Party {
            entity: Some(entity.id),
            ..make(scene, first_head, display(scene, entity.kind, &entity.name), kind)
        });
    }
    if first_head >= head || scene.tree.is_under(head, first_head) || scene.tree.token(first_head).upos == Upos::Pron {
        return None;
    }
    unnamed(scene, history, first_head).or_else(|| body(scene, history, first_head))
}
