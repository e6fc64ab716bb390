//! Who passed on what a phrase names: "officials quoted in the report", "the report, translated by X".
//!
//! In: the head of a source's phrase. Out: stops farther out than it, outermost first.

use sourceline_model::{Span, Tok, Upos};

use super::*;

/// Verbs by which an outlet passes on the words of another; in a participle after a noun they name who passed it on.
pub(super) const RELAYS: [&str; 22] = [
    "translate",
    "relay",
    "carry",
    "air",
    "broadcast",
    "publish",
    "republish",
    "report",
    "run",
    "release",
    "post",
    "cite",
    "quote",
    "see",
    "obtain",
    "review",
    "issue",
    "print",
    "reprint",
    "stream",
    "televise",
    "circulate",
];

/// Participles after a source that name the outlet that spoke to it.
pub(super) const QUOTED: [&str; 11] =
    ["quote", "cite", "interview", "name", "mention", "contact", "reach", "speak", "talk", "consult", "ask"];

/// Who passed on what the phrase of `head` names: "officials quoted in the report", "the report, translated by X". Outermost first.
pub(super) fn outer_of(scene: &Scene, history: &History, head: usize, depth: usize) -> Vec<Stop> {
    let tree = &scene.tree;
    let mut found = Vec::new();
    if depth > 3 {
        return found;
    }
    let modifiers: Vec<usize> = tree
        .children(head)
        .iter()
        .copied()
        .filter(|&child| {
            matches!(tree.relation(child), "acl" | "amod" | "parataxis" | "appos" | "advcl")
                || tree.relation(child) == "conj" && tree.token(child).upos == Upos::Verb
        })
        .collect();
    for verb in modifiers {
        let lemma = tree.lemma(verb);
        let relays = RELAYS.contains(&lemma.as_str());
        if !relays && !QUOTED.contains(&lemma.as_str()) {
            continue;
        }
        let active_relative = tree
            .own_subject(verb)
            .is_some_and(|subject| matches!(tree.lower(subject).as_str(), "who" | "that" | "which"))
            && !tree.is_passive(verb);
        // "which the weekly X has translated", "which the channel has seen": who passes it on is the subject.
        let relayer =
            tree.own_subject(verb).filter(|_| relays && tree.token(verb).deprel == "acl:relcl" && !active_relative);
        if let Some(outlet) = relayer.and_then(|subject| party(scene, history, subject)).filter(Party::is_outlet) {
            found.push(Stop { party: outlet, translates: lemma == "translate" });
            continue;
        }
        for place in
            tree.children(verb).iter().copied().filter(|&child| matches!(tree.relation(child), "obl" | "obj" | "nmod"))
        {
            let case = tree.case(place);
            let fits = matches!(case.as_str(), "by" | "in" | "on" | "with" | "to" | "from")
                || (active_relative && matches!(lemma.as_str(), "tell"));
            let by_place = || outlet_by_place(scene, place).filter(|_| fits && case == "by");
            let known = party(scene, history, place).filter(|party| fits && party.is_outlet());
            let Some(outlet) = known.or_else(by_place) else { continue };
            found.extend(outer_of(scene, history, place, depth + 1));
            found.push(Stop { party: outlet, translates: lemma == "translate" });
        }
    }
    // A translation has an outlet behind it that it was made from.
    if depth == 0 && found.iter().all(|stop| stop.translates) {
        let words = passed_on(scene, history, head);
        found.extend(
            words
                .into_iter()
                .filter(|stop| !found.iter().any(|known| known.party.name == stop.party.name))
                .collect::<Vec<_>>(),
        );
    }
    found.extend(carried_by(scene, history, head));
    // "the newspaper's sources", "the channel's correspondent"
    for owner in tree.children(head).iter().copied().filter(|&child| tree.token(child).deprel == "nmod:poss") {
        let stop = party(scene, history, owner).filter(|party| {
            party.is_outlet() && party.head != head && scene.lexicon.media(&tree.lemma(head)).is_none()
        });
        if let Some(stop) = stop {
            found.push(Stop { party: stop, translates: false });
        }
    }
    // "the broadcaster's digest of the American newspaper's story": the digest is outside of the story.
    if let Some(inner) = story_inside(scene, head) {
        let inner_party = party(scene, history, inner).filter(Party::is_outlet);
        if inner_party.is_some() {
            return found;
        }
    }
    found
}

/// X of "X carried a statement by the service", "X aired an interview with the mayor".
pub(super) fn carried_by(scene: &Scene, history: &History, head: usize) -> Option<Stop> {
    let tree = &scene.tree;
    // "X spoke to one of the crews, who described …"
    let asked = tree.head(head).filter(|&verb| {
        tree.relation(head) == "obl"
            && matches!(tree.case(head).as_str(), "to" | "with")
            && (matches!(tree.lemma(verb).as_str(), "speak" | "talk" | "interview")
                || RELAYS.contains(&tree.lemma(verb).as_str())
                    && tree.children_by(verb, "obj").any(|object| tree.lemma(object) == "interview"))
    });
    // "X has two officials who say that …", "X found a guard who remembers …"
    let found = || {
        let has = |verb: &usize| {
            matches!(tree.lemma(*verb).as_str(), "have" | "find" | "quote" | "cite" | "interview" | "meet" | "reach")
                && tree.token(*verb).upos == Upos::Verb
                && !tree.is_passive(*verb)
        };
        tree.head(head).filter(|_| tree.relation(head) == "obj").filter(has)
    };
    let interviewer =
        asked.or_else(found).and_then(|verb| tree.own_subject(verb)).and_then(|subject| party(scene, history, subject));
    if let Some(outlet) = interviewer.filter(Party::is_outlet) {
        return Some(Stop { party: outlet, translates: false });
    }
    let noun = tree.head(head).filter(|_| {
        tree.relation(head) == "nmod" && matches!(tree.case(head).as_str(), "by" | "from" | "with" | "of")
    })?;
    let told = matches!(
        tree.lemma(noun).as_str(),
        "statement"
            | "interview"
            | "remark"
            | "speech"
            | "message"
            | "letter"
            | "comment"
            | "communique"
            | "communiqué"
            | "address"
            | "video"
    );
    let verb = tree
        .head(noun)
        .filter(|&verb| told && tree.relation(noun) == "obj" && RELAYS.contains(&tree.lemma(verb).as_str()))?;
    let subject = tree.own_subject(verb).filter(|_| !tree.is_passive(verb))?;
    party(scene, history, subject).filter(Party::is_outlet).map(|party| Stop { party, translates: false })
}

/// "quoted in the report", "cited by X" right after the phrase, read from the words.
pub(super) fn passed_on(scene: &Scene, history: &History, head: usize) -> Vec<Stop> {
    let tree = &scene.tree;
    let sentence = tree.sentence_tokens(head);
    // "the ministry in Paris as quoted by X"
    let as_quoted = (head + 1..(head + 7).min(sentence.end)).find(|&at| tree.lower(at) == "as").unwrap_or(head);
    let after: Span<Tok> = Span::new(head + 1, (as_quoted + 4).min(sentence.end).max(head + 1));
    let near = handoff::handoffs(tree, Span::new(after.start, sentence.end)).into_iter().find(|found| {
        after.contains(found.at)
            && found.side == handoff::Side::Outer
            && !matches!(tree.lower(found.at).as_str(), "told" | "tells" | "wrote" | "writes" | "writing")
    });
    near.and_then(|found| party(scene, history, found.head))
        .filter(Party::is_outlet)
        .map(|party| Stop { party, translates: false })
        .into_iter()
        .collect()
}

/// The report that a report is about: "a digest of the newspaper's story".
pub(super) fn story_inside(scene: &Scene, head: usize) -> Option<usize> {
    let tree = &scene.tree;
    scene.lexicon.media(&tree.lemma(head))?;
    let by_words = || {
        let next = head + 1;
        let of = next + 1 < tree.analysis.tokens.len() && matches!(tree.lower(next).as_str(), "of" | "on" | "about");
        of.then(|| crate::chunk::phrase_at(tree, next + 1))
            .flatten()
            .map(|(_, noun)| noun)
            .filter(|&noun| scene.lexicon.media(&tree.lemma(noun)) == Some(crate::lexicon::MediaNoun::Report))
    };
    tree.children_by(head, "nmod")
        .find(|&child| {
            matches!(tree.case(child).as_str(), "of" | "on" | "about")
                && scene.lexicon.media(&tree.lemma(child)).is_some()
        })
        .or_else(by_words)
}
