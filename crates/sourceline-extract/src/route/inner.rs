//! Whom an outlet leans on: "citing X", "which relies on X", "on the authority of X", "quoted him as saying".
//!
//! In: an outlet and its cue. Out: stops farther in, outermost first.

use sourceline_model::{Span, Upos};

use super::*;

/// Verbs by which an outlet leans on somebody.
pub(super) const LEANS: [&str; 15] = [
    "cite",
    "quote",
    "rely",
    "rest",
    "draw",
    "base",
    "attribute",
    "credit",
    "interview",
    "reference",
    "invoke",
    "consult",
    "speak",
    "talk",
    "refer",
];

/// Nouns of "on the authority of X", "on the basis of conversations with X".
pub(super) const GROUNDS: [&str; 12] = [
    "authority",
    "basis",
    "conversation",
    "interview",
    "information",
    "testimony",
    "strength",
    "account",
    "talk",
    "document",
    "briefing",
    "statement",
];

/// Whom an outlet leans on: "citing X", "which relies on X", "on the authority of X". Outermost first.
pub(super) fn inner_of(scene: &Scene, history: &History, outlet: usize, cue: usize, depth: usize) -> Vec<Stop> {
    if depth > 3 {
        return Vec::new();
    }
    if let Some(story) = story_inside(scene, outlet)
        && let Some(found) = party(scene, history, story).filter(Party::is_outlet)
    {
        return std::iter::once(Stop { party: found, translates: false })
            .chain(inner_of(scene, history, story, cue, depth + 1))
            .collect();
    }
    for object in leaned_on(scene, outlet, cue) {
        if is_own_staff(scene, object) {
            continue;
        }
        let object = if GROUNDS.contains(&scene.tree.lemma(object).as_str()) {
            let tree = &scene.tree;
            let end = tree.sentence_tokens(object).end;
            let preposition =
                (object + 1..(object + 5).min(end)).find(|&at| matches!(tree.lower(at).as_str(), "with" | "from"));
            match preposition.and_then(|at| crate::chunk::phrase_at(tree, at + 1)) {
                Some((_, head)) => head,
                None => continue,
            }
        } else {
            object
        };
        let Some(inner) = party(scene, history, object).filter(|inner| !inner.name.starts_with("whose ")) else {
            continue;
        };
        let is_outlet = inner.is_outlet();
        let mut found = vec![Stop { party: inner, translates: false }];
        if is_outlet {
            found.extend(inner_of(scene, history, object, object, depth + 1));
        }
        return found;
    }
    Vec::new()
}

/// Heads of what is cited beside an outlet or its cue.
pub(super) fn leaned_on(scene: &Scene, outlet: usize, cue: usize) -> Vec<usize> {
    let tree = &scene.tree;
    let mut found = Vec::new();
    for at in [outlet, cue] {
        for &child in tree.children(at) {
            let lemma = tree.lemma(child);
            // "said A and quoted him as saying B": what stands behind "as" is another statement.
            let another = tree.relation(child) == "conj" && quotes_as(scene, child);
            // "according to X, which spoke to two officials": only in a clause about the outlet.
            let speaks = matches!(lemma.as_str(), "speak" | "talk");
            if speaks && (at == cue || tree.token(child).deprel != "acl:relcl") {
                continue;
            }
            let leaning = matches!(tree.relation(child), "advcl" | "acl" | "xcomp" | "parataxis" | "conj" | "dep")
                && LEANS.contains(&lemma.as_str())
                && !another;
            if leaning && !(at == cue && cue == outlet && tree.relation(child) == "conj") {
                found.extend(objects_of(scene, child));
            }
            if tree.relation(child) == "obl" || tree.relation(child) == "nmod" {
                found.extend(ground(scene, child));
            }
            // "based on", parsed as a preposition.
            if tree.relation(child) == "obl" && matches!(tree.case(child).as_str(), "based on" | "citing" | "quoting") {
                found.push(child);
            }
        }
    }
    // Whom the words name, where the tree gives nothing that is a source: what is cited after the outlet, not before it.
    found.extend(citing_nearby(scene, outlet.max(cue)).into_iter().find(|&head| head > outlet));
    if found.is_empty() {
        found.extend(citing_in_front(scene, outlet.min(cue)));
    }
    // What is cited first stands farther out: "on the authority of X, which relies on Y".
    found.sort_unstable();
    found
}

/// Whether "as" follows a verb near by: "quoted him as saying".
pub(super) fn quotes_as(scene: &Scene, verb: usize) -> bool {
    let tree = &scene.tree;
    tree.sentence_tokens(verb).range().any(|at| at > verb && at < verb + 9 && tree.lower(at) == "as")
}

/// What "cite", "rely on", "quote" govern.
pub(super) fn objects_of(scene: &Scene, verb: usize) -> Vec<usize> {
    let tree = &scene.tree;
    let direct: Vec<usize> = tree.children_by(verb, "obj").collect();
    let through = tree
        .children_by(verb, "obl")
        .filter(|&child| matches!(tree.case(child).as_str(), "on" | "upon" | "from" | "to" | "with"));
    let found: Vec<usize> = direct.into_iter().chain(through).collect();
    found.into_iter().map(|head| ground(scene, head).unwrap_or(head)).collect()
}

/// X in "on the authority of X", "conversations with X".
pub(super) fn ground(scene: &Scene, head: usize) -> Option<usize> {
    let tree = &scene.tree;
    if !GROUNDS.contains(&tree.lemma(head).as_str()) {
        return None;
    }
    let inner = tree
        .children_by(head, "nmod")
        .find(|&child| matches!(tree.case(child).as_str(), "of" | "with" | "from" | "by"))?;
    Some(ground(scene, inner).unwrap_or(inner))
}

/// Whom the words after the cue lean on, for trees that hang them elsewhere.
pub(super) fn citing_nearby(scene: &Scene, cue: usize) -> Vec<usize> {
    let tree = &scene.tree;
    let sentence = tree.sentence_tokens(cue);
    let near = |found: &handoff::Handoff| found.side == handoff::Side::Inner && found.at.abs_diff(cue) <= 16;
    handoff::handoffs(tree, sentence).into_iter().filter(near).map(|found| found.head).collect()
}

/// Whom a sentence opens with: "Citing two officers, the newspaper said …".
pub(super) fn citing_in_front(scene: &Scene, outlet: usize) -> Option<usize> {
    let tree = &scene.tree;
    let sentence = tree.sentence_tokens(outlet);
    let opening = Span::new(sentence.start.max(scene.body).min(outlet), outlet);
    let first = handoff::handoffs(tree, opening).into_iter().find(|found| found.side == handoff::Side::Inner)?;
    (first.at <= opening.start + 1).then_some(first.head)
}

/// "its correspondents": the outlet's own people are no further hands.
pub(super) fn is_own_staff(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let staff = |at: usize| {
        matches!(tree.lemma(at).as_str(), "correspondent" | "reporter" | "journalist" | "editor" | "staff" | "bureau")
    };
    staff(head) || tree.children_by(head, "nmod").any(staff)
}

/// "The envoy was quoted by the daily as predicting that …", where only the daily was taken for the source: the envoy.
pub(super) fn quoted_subject(scene: &Scene, history: &History, said: &Said, route: &Route) -> Option<Stop> {
    let tree = &scene.tree;
    let quotes = |at: usize| matches!(tree.lemma(at).as_str(), "quote" | "cite") && tree.is_passive(at);
    let verb = said.cue.range().find(|&at| quotes(at) && quotes_as(scene, at))?;
    let alone = !route.stops.is_empty() && route.speaker().is_none();
    let subject = tree.own_subject(verb).filter(|&subject| alone && subject < verb)?;
    let party = party(scene, history, subject).filter(|party| !party.is_outlet())?;
    Some(Stop { party, translates: false })
}

/// Whom an outlet quotes as saying it: "the broadcaster quoted him as saying".
pub(super) fn quoted_person(scene: &Scene, history: &History, said: &Said) -> Vec<Stop> {
    let tree = &scene.tree;
    let quotes = said.cue.range().chain([said.cue_head]).find(|&at| {
        matches!(tree.lemma(at).as_str(), "quote" | "cite" | "report") && tree.token(at).upos == Upos::Verb
    });
    let Some(verb) = quotes.filter(|&verb| !tree.is_passive(verb)) else { return Vec::new() };
    let as_saying = quotes_as(scene, verb);
    if !as_saying && tree.lemma(verb) == "report" {
        return Vec::new();
    }
    let by_words = || crate::chunk::phrase_at(tree, verb + 1).map(|(_, head)| head).filter(|_| as_saying);
    let object = tree.children_by(verb, "obj").next().or_else(by_words);
    let found = object
        .filter(|&object| !is_own_staff(scene, object))
        .and_then(|object| party(scene, history, object))
        .filter(|party| party.kind != PartyKind::Body || as_saying);
    found.map(|party| Stop { party, translates: false }).into_iter().collect()
}
