//! Through whose hands the words of one attribution went, as far as its own sentence says.
//!
//! In: a `Said`. Out: a `Route`: parties from the outermost inwards ("Iran International said, quoting a Wall Street Journal report that
//! quoted an official" gives three). Not here: what other sentences tell (`basis`, `chains`).

use sourceline_model::{Span, Tok, Upos};

use crate::attribution::Said;
use crate::handoff;
use crate::party::{History, Party, PartyKind, named_outlet, outlet_by_place, party};
use crate::scene::Scene;

/// One party of a route.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// Who.
    pub party: Party,
    /// Whether it translated what it passes on.
    pub translates: bool,
}

/// Parties from the outermost inwards.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Route {
    /// The parties.
    pub stops: Vec<Stop>,
    /// Whether the words were said in public: at a press conference, in a statement.
    pub public: bool,
}

impl Route {
    /// Outlets on the route.
    pub fn outlets(&self) -> impl Iterator<Item = &Stop> {
        self.stops.iter().filter(|stop| stop.party.is_outlet())
    }

    /// The last party when it is no outlet.
    pub fn speaker(&self) -> Option<&Party> {
        self.stops.last().map(|stop| &stop.party).filter(|party| !party.is_outlet())
    }

    fn push(&mut self, stop: Stop) {
        if !self.stops.iter().any(|known| known.party.name == stop.party.name) {
            self.stops.push(stop);
        }
    }
}

/// Verbs by which an outlet passes on the words of another; in a participle after a noun they name who passed it on.
const RELAYS: [&str; 22] = [
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
const QUOTED: [&str; 11] =
    ["quote", "cite", "interview", "name", "mention", "contact", "reach", "speak", "talk", "consult", "ask"];
/// Verbs by which an outlet leans on somebody.
const LEANS: [&str; 12] = [
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
];
/// Nouns of "on the authority of X", "on the basis of conversations with X".
const GROUNDS: [&str; 12] = [
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

/// Returns the route of `said`.
pub fn route(scene: &Scene, history: &History, said: &Said) -> Route {
    let mut route = Route { public: is_public(scene, said), stops: Vec::new() };
    let heads = source_heads(scene, said);
    for (number, &head) in heads.iter().enumerate() {
        let Some(own) = party(scene, history, head).filter(|own| can_speak(scene, own)) else { continue };
        if number > 0 && !own.is_outlet() {
            continue;
        }
        for outer in outer_of(scene, history, head, 0).into_iter().chain(if number == 0 {
            listeners(scene, history, said)
        } else {
            Vec::new()
        }) {
            route.push(outer);
        }
        route.push(Stop { party: own.clone(), translates: false });
        if own.is_outlet() {
            for inner in inner_of(scene, history, head, said.cue_head, 0) {
                route.push(inner);
            }
        }
        break;
    }
    if heads.is_empty() {
        for outer in listeners(scene, history, said) {
            route.push(outer);
        }
    }
    for inner in quoted_person(scene, history, said) {
        route.push(inner);
    }
    route
}

/// Nouns of what happens or is thought of: they say nothing, whatever verb stands with them.
const MUTE: [&str; 34] = [
    "finding",
    "version",
    "intelligence",
    "evidence",
    "talk",
    "fact",
    "move",
    "decision",
    "attack",
    "result",
    "sign",
    "incident",
    "development",
    "situation",
    "event",
    "history",
    "time",
    "thing",
    "case",
    "way",
    "experience",
    "rumour",
    "rumor",
    "silence",
    "question",
    "answer",
    "clue",
    "trace",
    "pattern",
    "trend",
    "change",
    "crisis",
    "war",
    "plan",
];

/// Whether a party can have said something: "new intelligence suggests" names nobody.
fn can_speak(scene: &Scene, party: &Party) -> bool {
    let common = scene.tree.token(party.head).upos == Upos::Noun && scene.name_over(party.head).is_none();
    !(party.kind == PartyKind::Body
        && common
        && !party.refers_back
        && MUTE.contains(&scene.tree.lemma(party.head).as_str()))
}

/// Heads of the source's phrases.
fn source_heads(scene: &Scene, said: &Said) -> Vec<usize> {
    said.source.iter().filter_map(|&piece| source_head(scene, piece)).collect()
}

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
        return Some(piece.start);
    }
    if let Some(name) = person_in(scene, piece) {
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
fn owned_by(scene: &Scene, piece: Span<Tok>, head: usize) -> usize {
    let tree = &scene.tree;
    let clitic = head + 2 < piece.end && matches!(tree.analysis.form(head + 1), "'s" | "’s");
    let noun = if clitic { crate::chunk::phrase_at(tree, head + 2) } else { None };
    noun.filter(|(words, noun)| words.end <= piece.end && tree.token(*noun).upos == Upos::Noun)
        .map_or(head, |(_, noun)| noun)
}

/// The one person whom a source phrase names in front or after a title: "the group's leader, X", "X, a former official".
fn person_in(scene: &Scene, piece: Span<Tok>) -> Option<usize> {
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
    let [name] = persons[..] else { return None };
    let owned =
        name.end < tree.analysis.tokens.len() && matches!(tree.analysis.form(name.end), "'s" | "’s" | "'" | "’");
    let joined =
        name.start > piece.start && matches!(tree.token(name.start - 1).upos, Upos::Adp | Upos::Verb | Upos::Cconj);
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

/// "The operator, X Y,": the name that a common noun is called by.
fn organisation_in(scene: &Scene, piece: Span<Tok>) -> Option<usize> {
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

/// Who passed on what the phrase of `head` names: "officials quoted in the report", "the report, translated by X". Outermost first.
fn outer_of(scene: &Scene, history: &History, head: usize, depth: usize) -> Vec<Stop> {
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
    if found.is_empty() && depth == 0 {
        found.extend(passed_on(scene, history, head));
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
fn carried_by(scene: &Scene, history: &History, head: usize) -> Option<Stop> {
    let tree = &scene.tree;
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
fn passed_on(scene: &Scene, history: &History, head: usize) -> Vec<Stop> {
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
fn story_inside(scene: &Scene, head: usize) -> Option<usize> {
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

/// Whom an outlet leans on: "citing X", "which relies on X", "on the authority of X". Outermost first.
fn inner_of(scene: &Scene, history: &History, outlet: usize, cue: usize, depth: usize) -> Vec<Stop> {
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
fn leaned_on(scene: &Scene, outlet: usize, cue: usize) -> Vec<usize> {
    let tree = &scene.tree;
    let mut found = Vec::new();
    for at in [outlet, cue] {
        for &child in tree.children(at) {
            let lemma = tree.lemma(child);
            // "said A and quoted him as saying B": what stands behind "as" is another statement.
            let another = tree.relation(child) == "conj" && quotes_as(scene, child);
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
fn quotes_as(scene: &Scene, verb: usize) -> bool {
    let tree = &scene.tree;
    tree.sentence_tokens(verb).range().any(|at| at > verb && at < verb + 9 && tree.lower(at) == "as")
}

/// What "cite", "rely on", "quote" govern.
fn objects_of(scene: &Scene, verb: usize) -> Vec<usize> {
    let tree = &scene.tree;
    let direct: Vec<usize> = tree.children_by(verb, "obj").collect();
    let through = tree
        .children_by(verb, "obl")
        .filter(|&child| matches!(tree.case(child).as_str(), "on" | "upon" | "from" | "to" | "with"));
    let found: Vec<usize> = direct.into_iter().chain(through).collect();
    found.into_iter().map(|head| ground(scene, head).unwrap_or(head)).collect()
}

/// X in "on the authority of X", "conversations with X".
fn ground(scene: &Scene, head: usize) -> Option<usize> {
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
fn citing_nearby(scene: &Scene, cue: usize) -> Vec<usize> {
    let tree = &scene.tree;
    let sentence = tree.sentence_tokens(cue);
    let near = |found: &handoff::Handoff| found.side == handoff::Side::Inner && found.at.abs_diff(cue) <= 16;
    handoff::handoffs(tree, sentence).into_iter().filter(near).map(|found| found.head).collect()
}

/// Whom a sentence opens with: "Citing two officers, the newspaper said …".
fn citing_in_front(scene: &Scene, outlet: usize) -> Option<usize> {
    let tree = &scene.tree;
    let sentence = tree.sentence_tokens(outlet);
    let opening = Span::new(sentence.start.max(scene.body).min(outlet), outlet);
    let first = handoff::handoffs(tree, opening).into_iter().find(|found| found.side == handoff::Side::Inner)?;
    (first.at <= opening.start + 1).then_some(first.head)
}

/// "its correspondents": the outlet's own people are no further hands.
fn is_own_staff(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let staff = |at: usize| {
        matches!(tree.lemma(at).as_str(), "correspondent" | "reporter" | "journalist" | "editor" | "staff" | "bureau")
    };
    staff(head) || tree.children_by(head, "nmod").any(staff)
}

/// The outlets that a speaker spoke to or through: "told Reuters", "in an interview with X", "in a speech aired by X", "on X".
fn listeners(scene: &Scene, history: &History, said: &Said) -> Vec<Stop> {
    let tree = &scene.tree;
    let mut found: Vec<Stop> = Vec::new();
    let mut add = |head: usize, translates: bool| {
        let by_place = || outlet_by_place(scene, head).filter(|_| tree.lemma(said.cue_head) == "write");
        let outlet = party(scene, history, head).filter(Party::is_outlet).or_else(by_place);
        let asked = tree.head(head).is_some_and(|verb| QUOTED.contains(&tree.lemma(verb).as_str()));
        if let Some(outlet) = outlet.filter(|_| asked || !own_paper(said, head)) {
            found.push(Stop { party: outlet, translates });
        }
    };
    let mut anchors = vec![said.cue_head];
    // "conceded …, speaking to X": the participle carries the listener.
    anchors.extend(tree.children(said.cue_head).iter().copied().filter(|&child| {
        let lemma = tree.lemma(child);
        matches!(tree.relation(child), "advcl" | "conj")
            && (matches!(lemma.as_str(), "speak" | "talk" | "write" | "appear" | "tell")
                || tree.relation(child) == "advcl" && QUOTED.contains(&lemma.as_str()))
    }));
    if let Some(source) = said.source_head(tree) {
        anchors.extend(
            tree.children_by(source, "acl").filter(|&child| {
                matches!(tree.lemma(child).as_str(), "speak" | "talk" | "tell" | "interview" | "write")
            }),
        );
    }
    for anchor in anchors {
        for &child in tree.children(anchor) {
            // "tells the BBC, but …": the listener right behind the verb is one, whatever the content holds.
            let heard = matches!(tree.lower(anchor).as_str(), "told" | "tells")
                && tree.core_phrase(child).start == anchor + 1
                && matches!(tree.relation(child), "obj" | "iobj");
            if said.says(child) && !heard {
                continue;
            }
            match tree.relation(child) {
                "obl" | "obj" if seen_by(scene, child).is_some() => {
                    if let Some(outlet) = seen_by(scene, child) {
                        add(outlet, false);
                    }
                }
                "obj" | "iobj" if takes_listener(&tree.lemma(anchor)) => add(child, false),
                "obl"
                    if matches!(
                        tree.case(child).as_str(),
                        "to" | "with" | "on" | "in" | "via" | "through" | "for" | "by"
                    ) =>
                {
                    add_oblique(scene, child, &mut add);
                }
                _ => {}
            }
        }
    }
    if found.is_empty() {
        found.extend(heard_nearby(scene, history, said));
    }
    found
}

/// X of "in text messages which X has seen", "in a letter obtained by X".
fn seen_by(scene: &Scene, occasion: usize) -> Option<usize> {
    let tree = &scene.tree;
    let verb = tree.children_by(occasion, "acl").find(|&verb| RELAYS.contains(&tree.lemma(verb).as_str()))?;
    let subject = tree.own_subject(verb).filter(|&subject| tree.token(subject).upos != Upos::Pron);
    let seen = tree.token(verb).deprel == "acl:relcl" && !tree.is_passive(verb);
    subject.filter(|_| seen)
}

/// The outlet of "told X", "in an interview with X" beside the cue, read from the words.
fn heard_nearby(scene: &Scene, history: &History, said: &Said) -> Option<Stop> {
    let tree = &scene.tree;
    let near = |found: &handoff::Handoff| {
        found.side == handoff::Side::Outer
            && !said.says(found.at)
            && !said.source.iter().any(|piece| piece.contains(found.at))
            && if matches!(tree.lower(found.at).as_str(), "told" | "tells" | "wrote" | "writes") {
                said.cue.contains(found.at)
            } else {
                found.at.abs_diff(said.cue.start) <= 14
            }
    };
    let found = handoff::handoffs(tree, tree.sentence_tokens(said.cue.start)).into_iter().find(near)?;
    let party =
        party(scene, history, found.head).filter(Party::is_outlet).or_else(|| outlet_by_place(scene, found.head))?;
    Some(Stop { party, translates: false })
}

fn takes_listener(lemma: &str) -> bool {
    matches!(lemma, "tell" | "inform" | "brief" | "assure" | "give" | "grant")
}

/// An oblique that is an outlet, or an occasion with one: "an interview with X", "a speech aired by X", "remarks to X".
fn add_oblique(scene: &Scene, head: usize, add: &mut dyn FnMut(usize, bool)) {
    let tree = &scene.tree;
    if named_outlet(scene, head).is_some()
        || outlet_by_place(scene, head).is_some()
        || scene.lexicon.media(&tree.lemma(head)).is_some_and(|noun| noun != crate::lexicon::MediaNoun::Report)
    {
        add(head, false);
        return;
    }
    for &child in tree.children(head) {
        match tree.relation(child) {
            "nmod" if matches!(tree.case(child).as_str(), "with" | "to" | "for" | "by" | "on" | "in") => {
                add(child, false)
            }
            "compound" if named_outlet(scene, child).is_some() => add(child, false),
            "nmod" if tree.token(child).deprel == "nmod:poss" && named_outlet(scene, child).is_some() => {
                add(child, false)
            }
            "acl" if RELAYS.contains(&tree.lemma(child).as_str()) => {
                let translates = tree.lemma(child) == "translate";
                for by in
                    tree.children_by(child, "obl").filter(|&by| matches!(tree.case(by).as_str(), "by" | "on" | "in"))
                {
                    add(by, translates);
                }
            }
            _ => {}
        }
    }
}

/// Whether the outlet `head` is part of the source itself.
fn own_paper(said: &Said, head: usize) -> bool {
    said.source.iter().any(|piece| piece.contains(head))
}

/// Whom an outlet quotes as saying it: "the broadcaster quoted him as saying".
fn quoted_person(scene: &Scene, history: &History, said: &Said) -> Vec<Stop> {
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

/// Whether the words were said to the public.
fn is_public(scene: &Scene, said: &Said) -> bool {
    let tree = &scene.tree;
    if matches!(tree.lemma(said.cue_head).as_str(), "tweet" | "post" | "announce" | "declare") {
        return true;
    }
    let anchors = [Some(said.cue_head), said.source_head(tree)];
    anchors.into_iter().flatten().any(|anchor| {
        tree.children(anchor).iter().any(|&child| {
            matches!(tree.relation(child), "obl" | "obj" | "iobj" | "advcl" | "acl")
                && !said.says(child)
                && (scene.lexicon.is_occasion(&tree.lemma(child))
                    || tree.children_by(child, "obl").any(|deep| scene.lexicon.is_occasion(&tree.lemma(deep))))
        })
    })
}
