//! Who is behind all of an outlet's account: "it relied on interviews with officials", "whose sources are officers"; and the outlet that a report names only later: "the sources were talking to The Paper".
//!
//! In: one segment of a document. Out: unnamed sources by outlet; the outlet, with its paragraph. Not here: chains of single claims.

use std::collections::BTreeMap;

use sourceline_model::{EntityKind, Upos};

use crate::attribution::Said;
use crate::basis::{first_sentence, tokens_of};
use crate::chunk;
use crate::party::{History, Party, PartyKind, party};
use crate::route::{Route, Stop};
use crate::scene::Scene;
use crate::segments::Segment;

/// Sentences of a lead, in which the speakers of the whole account are introduced.
const LEAD: usize = 4;

/// The outlet that a report rests on, though it says so only later.
pub(crate) struct Later {
    /// The outlet.
    pub outlet: Stop,
    /// The unnamed sources who spoke to it.
    pub speaker: Option<Party>,
    /// The paragraph that says so.
    pub paragraph: usize,
    /// Whether only somebody is said to have spoken to the outlet, not that it published the account.
    pub heard: bool,
}

/// "The sources were talking to The Paper", "all this comes from an official who spoke to the agency": the outlet to which the first speaker of
/// a segment spoke.
pub(crate) fn named_later(
    scene: &Scene,
    segment: &Segment,
    founds: &[(&Said, &Route)],
    history: &History,
) -> Option<Later> {
    let tree = &scene.tree;
    let first = first_sentence(scene, segment)?;
    let in_lead = founds.iter().filter(|(said, route)| {
        (first..first + LEAD).contains(&tree.sentence(said.cue.start)) && route.outlets().next().is_none()
    });
    let leads: Vec<&Party> = in_lead.filter_map(|(_, route)| route.speaker()).collect();
    let unnamed = leads.iter().find(|party| party.kind == PartyKind::Unnamed);
    let published = tokens_of(scene, segment).filter(|&at| tree.sentence(at) > first);
    if let Some((outlet, paragraph)) = published.into_iter().find_map(|at| published_by(scene, history, at)) {
        let outlet = Stop { party: outlet, translates: false };
        return Some(Later { outlet, speaker: unnamed.map(|&lead| lead.clone()), paragraph, heard: false });
    }
    tokens_of(scene, segment).filter(|&at| tree.sentence(at) > first).find_map(|at| {
        let outlet = listener(scene, history, at)?;
        let subject = tree.subject(at)?;
        let speaker = party(scene, history, subject).filter(|party| !party.is_outlet())?;
        let nameless = speaker.kind == PartyKind::Unnamed;
        let same = leads.iter().any(|lead| lead.name == speaker.name)
            || nameless && unnamed.is_some() && crate::party::definite(scene, subject)
            || nameless && accounts_for_all(scene, subject);
        same.then(|| Later {
            outlet: Stop { party: outlet, translates: false },
            speaker: nameless.then(|| unnamed.map_or(speaker, |&lead| lead.clone())),
            paragraph: tree.paragraph(at),
            heard: true,
        })
    })
}

/// "The account was published by X", "all this comes from X": the outlet that all before rests on, with the paragraph.
fn published_by(scene: &Scene, history: &History, at: usize) -> Option<(Party, usize)> {
    let tree = &scene.tree;
    let published = matches!(tree.lemma(at).as_str(), "publish" | "report" | "reveal" | "break" | "carry" | "print");
    let agent = || {
        let subject = tree.own_subject(at).filter(|_| published && tree.is_passive(at))?;
        let story = matches!(tree.lemma(subject).as_str(), "account" | "story" | "news")
            && crate::party::definite(scene, subject)
            && tree.core_phrase(subject).len() == 2;
        tree.children_by(at, "obl").find(|&child| story && child > at && tree.case(child) == "by")
    };
    let head = Some(at).filter(|&at| accounts_for_all(scene, at)).or_else(agent)?;
    let outlet = party(scene, history, head).filter(|party| party.is_outlet() && party.anonymous.is_none())?;
    Some((outlet, tree.paragraph(at)))
}

/// The outlet that somebody "spoke to", "was talking to", "opened up to", also through its people: "the Post's reporters".
fn listener(scene: &Scene, history: &History, verb: usize) -> Option<Party> {
    let tree = &scene.tree;
    let speaks = matches!(tree.lemma(verb).as_str(), "speak" | "talk" | "open" | "sit" | "confide");
    if !speaks || tree.token(verb).upos != Upos::Verb {
        return None;
    }
    let heads =
        tree.children_by(verb, "obl").filter(|&child| matches!(tree.case(child).as_str(), "to" | "with" | "up to"));
    heads.into_iter().find_map(|head| {
        let staff = matches!(
            tree.lemma(head).as_str(),
            "team"
                | "reporter"
                | "correspondent"
                | "journalist"
                | "crew"
                | "newsroom"
                | "show"
                | "program"
                | "programme"
        );
        let owner = tree.children(head).iter().copied().find(|&child| tree.token(child).deprel == "nmod:poss");
        let named =
            owner.filter(|&owner| staff && scene.name_over(owner).is_some_and(|(_, kind)| kind != EntityKind::Person));
        let found = party(scene, history, named.unwrap_or(head))?;
        // Whose reporters it spoke to is an outlet, known or not.
        let kind = if named.is_some() && !found.is_outlet() { PartyKind::Outlet("any") } else { found.kind };
        Some(Party { kind, ..found }).filter(Party::is_outlet)
    })
}

/// "All this comes from X": what stands before rests on X.
fn accounts_for_all(scene: &Scene, source: usize) -> bool {
    let tree = &scene.tree;
    let verb = tree.head(source).filter(|_| tree.relation(source) == "obl" && tree.case(source) == "from");
    let subject = verb
        .filter(|&verb| matches!(tree.lemma(verb).as_str(), "come" | "stem"))
        .and_then(|verb| tree.own_subject(verb));
    subject.is_some_and(|subject| {
        matches!(tree.lower(subject).as_str(), "this" | "that" | "it" | "all" | "everything")
            || matches!(tree.lemma(subject).as_str(), "account" | "information" | "story" | "claim" | "detail" | "news")
    })
}

/// "whose sources are officers of both services", "its witnesses are officials": the outlet and its unnamed sources.
fn has_sources(scene: &Scene, history: &History, at: usize) -> Option<(String, Party)> {
    let tree = &scene.tree;
    if !matches!(tree.lemma(at).as_str(), "source" | "informant" | "witness") || !matches!(tree.relation(at), "nsubj") {
        return None;
    }
    let predicate = tree.head(at).filter(|&head| tree.children_by(head, "cop").next().is_some())?;
    let owner = tree.children(at).iter().copied().find(|&child| tree.token(child).deprel == "nmod:poss")?;
    let outlet = match tree.lower(owner).as_str() {
        "whose" | "its" | "their" => (tree.sentence_tokens(at).start..owner)
            .rev()
            .filter(|&word| matches!(tree.token(word).upos, Upos::Noun | Upos::Propn))
            .find_map(|word| party(scene, history, word).filter(Party::is_outlet)),
        _ => party(scene, history, owner).filter(Party::is_outlet),
    }?;
    let speaker = party(scene, history, predicate).filter(|party| party.kind == PartyKind::Unnamed)?;
    Some((outlet.name, speaker))
}

/// "The newspaper attributed the account to officials", "its account came from officials": who is behind all of an outlet's account.
pub(crate) fn whole_accounts(scene: &Scene, segment: &Segment, history: &History) -> BTreeMap<String, Party> {
    let tree = &scene.tree;
    let mut found = BTreeMap::new();
    for at in tokens_of(scene, segment) {
        let lemma = tree.lemma(at);
        let cites = matches!(lemma.as_str(), "cite" | "quote")
            && tree.is_finite(at)
            && !tree.children(at).iter().any(|&child| matches!(tree.relation(child), "ccomp" | "xcomp" | "advcl"));
        let rests = matches!(
            lemma.as_str(),
            "attribute" | "rely" | "rest" | "come" | "draw" | "base" | "credit" | "learn" | "hear" | "obtain" | "get"
        );
        let rests = rests
            || lemma == "have"
                && tree.children_by(at, "obj").any(|object| {
                    matches!(tree.lemma(object).as_str(), "information" | "account" | "story" | "news" | "this" | "it")
                });
        if let Some((outlet, speaker)) = has_sources(scene, history, at) {
            found.entry(outlet).or_insert(speaker);
        }
        if !cites && !rests || tree.token(at).upos != Upos::Verb {
            continue;
        }
        let Some(outlet) = account_owner(scene, history, at) else { continue };
        let unnamed = |head: usize| party(scene, history, head).filter(|party| party.kind == PartyKind::Unnamed);
        let by_tree = tree.children(at).iter().copied().filter(|&child| {
            tree.relation(child) == "obl" && matches!(tree.case(child).as_str(), "to" | "on" | "upon" | "from")
        });
        let end = tree.sentence_tokens(at).end;
        let preposition = (at + 1..(at + 7).min(end))
            .find(|&word| matches!(tree.lower(word).as_str(), "to" | "on" | "upon" | "from"));
        let by_words = preposition.and_then(|word| chunk::phrase_at(tree, word + 1)).map(|(_, head)| head);
        let cited = tree.children_by(at, "obj").filter(|_| cites).find_map(|head| {
            party(scene, history, head).filter(|party| !party.is_outlet() && party.kind != PartyKind::Person)
        });
        if let Some(speaker) = cited.or_else(|| by_tree.chain(by_words).filter(|_| !cites).find_map(unnamed)) {
            found.entry(outlet.name).or_insert(speaker);
        }
    }
    found
}

/// The outlet whose account "relies on" or "came from" somebody.
fn account_owner(scene: &Scene, history: &History, verb: usize) -> Option<Party> {
    let tree = &scene.tree;
    let mut subject = tree.own_subject(verb);
    if subject.is_none_or(|subject| {
        tree.token(subject).upos == Upos::Pron && matches!(tree.lower(subject).as_str(), "which" | "that")
    }) && tree.relation(verb) == "acl"
    {
        subject = tree.head(verb);
    }
    let named = subject.and_then(|subject| party(scene, history, subject)).filter(Party::is_outlet);
    // "His side learned of it from colleagues": it is not the outlet that did.
    let hears = matches!(tree.lemma(verb).as_str(), "learn" | "hear" | "obtain" | "get");
    let another = |subject: usize| matches!(tree.token(subject).upos, Upos::Noun | Upos::Propn);
    if hears && named.is_none() && subject.is_some_and(another) {
        return None;
    }
    named.or_else(|| {
        // The nearest outlet or report before the verb.
        let start = tree.sentence_tokens(verb).start;
        (start..verb)
            .rev()
            .filter(|&at| matches!(tree.token(at).upos, Upos::Noun | Upos::Propn))
            .find_map(|at| party(scene, history, at).filter(Party::is_outlet))
    })
}
