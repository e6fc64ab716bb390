//! Bodies that were named more fully before: "the bank" after "Ostria's central bank", "the institution" after "the Carter Center".
//!
//! In: the head word of a phrase. Out: the body it goes back to. Not here: what coreference finds (`pronouns`).

use super::*;
use crate::lexicon::Speaking;

/// Nouns that can stand for any organisation.
const ANY_BODY: [&str; 33] = [
    "institution",
    "pollster",
    "organisation",
    "organization",
    "group",
    "body",
    "company",
    "firm",
    "club",
    "party",
    "union",
    "charity",
    "agency",
    "movement",
    "institute",
    "network",
    "association",
    "federation",
    "foundation",
    "ngo",
    "carrier",
    "airline",
    "operator",
    "manufacturer",
    "maker",
    "lender",
    "insurer",
    "retailer",
    "carmaker",
    "automaker",
    "developer",
    "supplier",
    "force",
];

/// "The bank" after "Ostria's central bank": the phrase with the same noun that says more.
pub(super) fn fuller(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let lemma = tree.lemma(head);
    let body = scene.lexicon.speaking(&lemma) == Some(Speaking::Body) && tree.token(head).upos == Upos::Noun;
    let bare = tree.core_phrase(head).len() == 2 && tree.children_by(head, "det").any(|det| tree.lower(det) == "the");
    if !body || !bare || is_state_organ(&lemma) || tree.token(head).feat("Number") == Some("Plur") {
        return None;
    }
    let last = |name: &str| name.rsplit([' ', '-']).next().is_some_and(|word| word.eq_ignore_ascii_case(&lemma));
    let spoke = history.sources.iter().rev().find(|party| {
        party.kind == PartyKind::Body && party.name.contains(' ') && !party.name.contains(" and ") && last(&party.name)
    });
    if let Some(known) = spoke {
        return Some(known.clone());
    }
    let _guard = scene.descend()?;
    let says_more = |&at: &usize| {
        let words = tree.core_phrase(at);
        let noun = matches!(tree.token(at).upos, Upos::Noun | Upos::Propn) && tree.lower(at) == lemma;
        noun && (scene.name_over(at).is_some_and(|(name, _)| name.len() > 1 && name.end == at + 1)
            || words.len() > 2 && words.end == at + 1)
    };
    let before = (scene.body..head).rev().filter(says_more);
    let named = |at: usize| {
        party(scene, history, at)
            .filter(|found| found.kind == PartyKind::Body && found.anonymous.is_none() && found.name.contains(' '))
    };
    before.take(3).find_map(named)
}

/// "The institution" after a named one: the last organisation that spoke, else the last that a sentence was about.
pub(super) fn any_body(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let lemma = tree.lemma(head);
    let short = tree.core_phrase(head).len() <= 3 && tree.children_by(head, "det").any(|det| tree.lower(det) == "the");
    if !short || !ANY_BODY.contains(&lemma.as_str()) || tree.token(head).feat("Number") == Some("Plur") {
        return None;
    }
    let named = |at: usize| {
        scene.name_over(at).is_some_and(|(_, kind)| matches!(kind, EntityKind::Organization | EntityKind::Group))
    };
    let proper = |party: &&Party| {
        party.kind == PartyKind::Body
            && (named(party.head)
                || tree.token(party.head).upos == Upos::Propn && scene.country_of(&party.name).is_none())
            && !party.name.ends_with("government")
            && !scene.lexicon.is_occasion(&party.name.to_lowercase())
    };
    let spoke = history.sources.iter().rev().find(proper);
    let near = |party: &&Party| tree.sentence(party.head) + 5 > tree.sentence(head);
    if let Some(known) = spoke.filter(near) {
        return Some(known.clone());
    }
    let _guard = scene.descend()?;
    let first = tree.sentence(head).saturating_sub(4);
    // A club or a business may be called like a town.
    let business = matches!(lemma.as_str(), "club" | "company" | "firm");
    let like_a_town = |at: usize| {
        let name = scene.name_over(at).filter(|(name, kind)| name.len() > 1 && *kind != EntityKind::Person);
        business && name.is_some_and(|(name, _)| scene.country_of(tree.text(name)).is_none())
    };
    let subject = |at: &usize| tree.relation(*at) == "nsubj" && (named(*at) || like_a_town(*at));
    let found = (scene.body..head).rev().take_while(|&at| tree.sentence(at) >= first).find(subject)?;
    party(scene, history, found).filter(|party| party.kind == PartyKind::Body)
}
