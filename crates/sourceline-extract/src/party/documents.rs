//! Documents that state something: "a report by the rights group", "the ministry's statement", "an OCHA update", "the report" of before. Whoever wrote
//! or published one is who says so.
//!
//! In: the head word of a phrase. Out: the body or person behind the document. Not here: what outlets publish (`outlets`), and documents that nobody
//! is named for ("a leaked memo"), which are sources themselves.

use super::*;
use crate::lexicon::Speaking;

/// Documents that a body publishes in its own name: of these "of the ministry" and "army statement" name whose they are.
const PUBLIC: [&str; 24] = [
    "readout",
    "text",
    "statement",
    "communique",
    "communiqué",
    "circular",
    "notice",
    "bulletin",
    "update",
    "website",
    "page",
    "post",
    "tweet",
    "release",
    "letter",
    "note",
    "decree",
    "ruling",
    "verdict",
    "declaration",
    "advisory",
    "minutes",
    "resolution",
    "report",
];
/// Words for documents that were not meant to be seen: they are sources by themselves.
const LEAKED: [&str; 7] = ["leaked", "internal", "confidential", "secret", "classified", "unpublished", "draft"];
/// Verbs of making a document known.
const MADE: [&str; 22] = [
    "publish",
    "present",
    "release",
    "issue",
    "write",
    "compile",
    "produce",
    "prepare",
    "draw",
    "file",
    "circulate",
    "post",
    "share",
    "commission",
    "conduct",
    "carry",
    "author",
    "sign",
    "draft",
    "analyse",
    "analyze",
    "provide",
];

/// Whose document the phrase with this head is.
pub(super) fn document(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let lemma = tree.lemma(head);
    let report = scene.lexicon.media(&lemma) == Some(MediaNoun::Report);
    let kind = scene.lexicon.speaking(&lemma);
    let states = report || matches!(kind, Some(Speaking::Document | Speaking::Image | Speaking::Figure));
    let leaked = tree.children_by(head, "amod").any(|child| LEAKED.contains(&tree.lower(child).as_str()));
    if !states || leaked || tree.token(head).upos != Upos::Noun || scene.name_over(head).is_some() {
        return None;
    }
    let found = author(scene, history, head).or_else(|| {
        let again = definite(scene, head) && tree.core_phrase(head).len() <= 2 && kind != Some(Speaking::Figure);
        (again && kind != Some(Speaking::Image)).then(|| author_before(scene, history, head)).flatten()
    });
    let found = found.or_else(|| speaker_before(scene, history, head))?;
    Some(Party { words: tree.core_phrase(head), ..found })
}

/// Documents in which somebody speaks to the public: one without an author is that of who spoke right before.
const SPOKEN: [&str; 6] = ["statement", "communique", "communiqué", "text", "readout", "release"];
/// Sentences between somebody's words and "the text adds".
const NEAR: usize = 3;

/// "The text adds", "says a communiqué of two pages": whoever spoke last, when it was shortly before.
fn speaker_before(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let spoken = SPOKEN.contains(&tree.lemma(head).as_str());
    let last = history.sources.iter().rev().find(|party| !history.is_spoken_of(party.head, head))?;
    let near = tree.sentence(last.head) + NEAR > tree.sentence(head) && last.head < head;
    let names = matches!(last.kind, PartyKind::Body | PartyKind::Person) && last.anonymous.is_none();
    (spoken && near && names).then(|| Party { head, refers_back: true, ..last.clone() })
}

/// Records that belong to somebody who did not write them: "her parking ticket", "the minister's list of calls".
const RECORDS: [&str; 9] =
    ["ticket", "receipt", "invoice", "list", "log", "contract", "certificate", "timetable", "warrant"];

/// The body or person that a document's own phrase names.
fn author(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    if RECORDS.contains(&tree.lemma(head).as_str()) {
        return None;
    }
    let public = PUBLIC.contains(&tree.lemma(head).as_str());
    let body = |at: usize| scene.lexicon.speaking(&tree.lemma(at)) == Some(Speaking::Body);
    let owners = tree.children(head).iter().copied().filter(|&child| {
        let name = scene.name_over(child);
        let organisation = match name {
            Some((_, kind)) => matches!(kind, EntityKind::Organization | EntityKind::Group),
            None => {
                tree.token(child).upos == Upos::Propn
                    && scene.country_of(tree.analysis.form(child)).is_none()
                    && !super::is_no_party(tree, child)
            }
        };
        match tree.relation(child) {
            "nmod" if tree.token(child).deprel == "nmod:poss" => true,
            "nmod" => match tree.case(child).as_str() {
                "by" | "from" => true,
                "of" => {
                    let counts =
                        matches!(tree.lemma(head).as_str(), "survey" | "study" | "poll" | "investigation" | "count");
                    (public
                        || counts && organisation
                        || scene.lexicon.speaking(&tree.lemma(head)) == Some(Speaking::Figure))
                        && (organisation || body(child))
                }
                _ => false,
            },
            "compound" | "amod" => {
                child < head && (organisation && name.is_none_or(|(name, _)| name.end <= head) || public && body(child))
            }
            _ => false,
        }
    });
    let by = |verb: usize| tree.children_by(verb, "obl").find(|&child| child > verb && tree.case(child) == "by");
    let made = tree.children_by(head, "acl").filter(|&verb| MADE.contains(&tree.lemma(verb).as_str())).find_map(by);
    owners.chain(made).chain(by_words(scene, head)).find_map(|owner| {
        let _guard = scene.descend()?;
        let found = party(scene, history, owner)?;
        (found.kind != PartyKind::Unnamed).then_some(found)
    })
}

/// X of "a survey by the polling firm X", "a text message to reporters from his lawyer, X", for trees that lost it: a name in the phrase behind "by"
/// or "from".
fn by_words(scene: &Scene, head: usize) -> Option<usize> {
    let tree = &scene.tree;
    let end = tree.sentence_tokens(head).end;
    let told = head + 2 < end && tree.lower(head + 1) == "to";
    let by = if told { (head + 2..end.min(head + 6)).find(|&at| tree.lower(at) == "from")? } else { head + 1 };
    let near = by + 1 < end && matches!(tree.lower(by).as_str(), "by" | "from");
    let (words, noun) = if near { chunk::phrase_at(tree, by + 1) } else { None }?;
    if named_person(scene, noun).is_some() {
        return Some(noun);
    }
    let names = tree.analysis.names.iter().filter(|name| words.covers(&name.tokens));
    names.map(|name| name.tokens).next_back().and_then(|name| tree.analysis.head_of(name))
}

/// "The report" of whoever "said in a report" before.
fn author_before(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let _guard = scene.descend()?;
    let lemma = tree.lemma(head);
    // "The text" is whatever was written before.
    let same = |at: usize| {
        tree.lemma(at) == lemma
            || matches!(lemma.as_str(), "text" | "document")
                && tree.sentence(at) + NEAR > tree.sentence(head)
                && PUBLIC.contains(&tree.lemma(at).as_str())
    };
    let earlier = (0..head).rev().filter(|&at| tree.token(at).upos == Upos::Noun && same(at));
    earlier.filter(|&at| tree.sentence(at) < tree.sentence(head)).find_map(|at| {
        author(scene, history, at).or_else(|| {
            let verb = tree.head(at).filter(|&verb| {
                matches!(tree.relation(at), "obl" | "obj")
                    && tree.token(verb).upos == Upos::Verb
                    && !tree.is_passive(verb)
            })?;
            let subject = tree.own_subject(verb).filter(|&subject| tree.token(subject).upos != Upos::Pron)?;
            let wrote =
                tree.relation(at) == "obl" && tree.case(at) == "in" || MADE.contains(&tree.lemma(verb).as_str());
            party(scene, history, subject)
                .filter(|found| wrote && matches!(found.kind, PartyKind::Body | PartyKind::Person))
        })
    })
}
