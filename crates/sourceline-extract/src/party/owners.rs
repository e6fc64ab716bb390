//! Whose a body or an office is, as part of its name: "Pakistan's foreign ministry", "its representative".
//!
//! In: the head word of a phrase. Out: words of the name. Not here: the state that a government belongs to (`bodies`).

use super::*;

/// The phrase with the name of whoever owns it: "the organisation's coordinator" of an organisation that has a name.
pub(super) fn with_owner(scene: &Scene, history: &History, head: usize, text: String) -> String {
    let tree = &scene.tree;
    let owner = tree.children(head).iter().copied().find(|&child| tree.token(child).deprel == "nmod:poss");
    let speaks = |owner: usize| matches!(tree.lower(owner).as_str(), "my" | "our" | "your");
    let owner = owner.filter(|&owner| scene.name_over(owner).is_none() && !speaks(owner));
    if let Some(owner) = owner.filter(|&owner| tree.token(owner).upos == Upos::Pron) {
        return owned_by_pronoun(scene, history, owner, head).unwrap_or(text);
    }
    let named = owner.and_then(|owner| scene.entity_at(owner));
    match named.filter(|entity| scene.is_named(entity.id) && entity.kind != EntityKind::Gpe) {
        Some(entity) => format!("{}'s {}", display(scene, entity.kind, &entity.name), noun_group(scene, head)),
        None => text,
    }
}

/// Whom "his" goes back to in his own sentence: "The dismissed man, Peter Holm, learned of it on the radio, according to his wife".
fn subject_person(scene: &Scene, owner: usize) -> Option<Party> {
    let tree = &scene.tree;
    if !matches!(tree.lower(owner).as_str(), "his" | "her") {
        return None;
    }
    let mut here = tree.head(owner)?;
    for _ in 0..8 {
        let subject = tree.own_subject(here).filter(|&subject| subject < owner && !tree.is_under(owner, subject));
        if let Some(subject) = subject.filter(|&subject| tree.token(subject).upos != Upos::Pron) {
            let found = party(scene, &History::default(), subject)?;
            return (found.kind == PartyKind::Person && found.name.contains(' ')).then_some(found);
        }
        here = tree.head(here)?;
    }
    None
}

/// "Its representative" with the name of whom "its" stands for, else without the pronoun.
pub(super) fn owned_by_pronoun(scene: &Scene, history: &History, owner: usize, head: usize) -> Option<String> {
    let _guard = scene.descend()?;
    let group = noun_group(scene, head);
    if scene.tree.lower(owner) == "its" && opens_with_thing(scene, owner) {
        return Some(group);
    }
    let country =
        its_country(scene, owner).and_then(|iso2| scene.knowledge.state(iso2)).map(|state| state.name.to_owned());
    let known = || subject_person(scene, owner).or_else(|| pronoun(scene, history, owner)).map(|party| party.name);
    Some(country.or_else(known).map_or(group.clone(), |name| format!("{name}'s {group}")))
}

/// "The cable will be out of service until August, its operator said": the thing that the sentence is about, which is no body.
fn opens_with_thing(scene: &Scene, owner: usize) -> bool {
    let tree = &scene.tree;
    let first = tree.sentence_tokens(owner).start;
    let closes = owner > 0 && matches!(tree.analysis.form(owner - 1), "," | "”" | "\"");
    let subject = crate::chunk::phrase_at(tree, first).filter(|(words, _)| closes && words.end < owner);
    subject.is_some_and(|(words, noun)| {
        let lemma = tree.lemma(noun);
        tree.token(noun).upos == Upos::Noun
            && scene.lexicon.speaking(&lemma) != Some(crate::lexicon::Speaking::Body)
            && scene.lexicon.role(&lemma).is_none()
            && scene.lexicon.media(&lemma).is_none()
            && words.range().all(|at| scene.country_of(tree.analysis.form(at)).is_none())
    })
}

/// "Pakistan's foreign ministry", as it stands; governments go by the adjective.
pub(super) fn as_written(scene: &Scene, owner: usize, head: usize) -> Option<String> {
    let lemma = scene.tree.lemma(head);
    let government = matches!(lemma.as_str(), "government" | "authority" | "regime" | "administration");
    (!government).then(|| owned_text(scene, owner, head)).flatten()
}

/// The words from a possessor to what it owns.
pub(super) fn owned_text(scene: &Scene, owner: usize, head: usize) -> Option<String> {
    let tree = &scene.tree;
    let possessive = tree.token(owner).deprel == "nmod:poss" && owner < head;
    let start = scene.name_over(owner).map_or(owner, |(name, _)| name.start);
    let plain = (start..head).all(|at| !matches!(tree.token(at).upos, Upos::Verb | Upos::Aux | Upos::Adp));
    (possessive && plain).then(|| format!("{}{}", tree.text(Span::new(start, head + 1)), posted_to(scene, head)))
}

/// " to the United Nations" behind "mission", "ambassador", "envoy", " in Lima" behind "embassy": where somebody is posted belongs to the name.
pub(super) fn posted_to(scene: &Scene, head: usize) -> String {
    let tree = &scene.tree;
    let to = head + 1;
    let seat = matches!(tree.lemma(head).as_str(), "embassy" | "consulate" | "mission" | "legation");
    let posted = to + 1 < tree.analysis.tokens.len()
        && (matches!(tree.lower(to).as_str(), "to" | "at") || seat && tree.lower(to) == "in");
    let noun = if posted { crate::chunk::phrase_at(tree, to + 1) } else { None };
    match noun.filter(|(_, noun)| scene.name_over(*noun).is_some()) {
        Some((words, _)) => format!(" {}", tree.text(Span::new(to, words.end))),
        None => String::new(),
    }
}

/// Whether a word is a name, marked as one or not.
pub(super) fn is_proper(scene: &Scene, at: usize) -> bool {
    scene.name_over(at).is_some() || scene.tree.token(at).upos == Upos::Propn
}

/// The noun with its compounds and adjectives, no owner.
pub(super) fn noun_group(scene: &Scene, head: usize) -> String {
    let tree = &scene.tree;
    let start = tree
        .children(head)
        .iter()
        .copied()
        .filter(|&child| child < head && matches!(tree.relation(child), "amod" | "compound"))
        .map(|child| tree.extent(child).start)
        .filter(|&start| {
            !(start..head).any(|at| {
                matches!(tree.token(at).upos, Upos::Verb | Upos::Det)
                    || matches!(tree.analysis.form(at), ";" | "," | ".")
            })
        })
        .min();
    tree.text(Span::new(start.unwrap_or(head), head + 1)).to_owned()
}
