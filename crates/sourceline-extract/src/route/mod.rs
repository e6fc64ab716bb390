//! Through whose hands the words of one attribution went, as far as its own sentence says.
//!
//! In: a `Said`. Out: a `Route`: parties from the outermost inwards ("Iran International said, quoting a Wall Street Journal report that
//! quoted an official" gives three). Not here: what other sentences tell (`basis`, `chains`).

mod heads;
mod inner;
mod listeners;
mod outer;

use sourceline_model::{Span, Upos};

use crate::attribution::{Said, is_time};
use crate::handoff;
use crate::lexicon::CueClass;
use crate::party::{History, Party, PartyKind, named_outlet, outlet_by_place, party};
use crate::scene::Scene;

use inner::*;
use listeners::*;
use outer::*;

pub use heads::source_head;

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

/// Returns the route of `said`.
pub fn route(scene: &Scene, history: &History, said: &Said) -> Route {
    let mut route = Route { public: is_public(scene, said), stops: Vec::new() };
    if is_deed(scene, said) || is_told_feeling(scene, said) {
        return route;
    }
    let mut heads = source_heads(scene, said);
    if let Some((hearer, agent)) = hearer_of(scene, history, said) {
        route.push(hearer);
        if heads.is_empty() {
            heads.push(agent);
        }
    }
    for (number, &head) in heads.iter().enumerate() {
        let Some(own) = party(scene, history, head).filter(|own| can_speak(scene, own)) else { continue };
        if number > 0 && !own.is_outlet() {
            continue;
        }
        let own = with_others(scene, history, said, head, own);
        let named = antecedent_of(scene, head).unwrap_or(head);
        if let Some(holder) = holder_of(scene, history, said) {
            route.push(holder);
        }
        for outer in outer_of(scene, history, named, 0).into_iter().chain(if number == 0 {
            listeners(scene, history, said)
        } else {
            Vec::new()
        }) {
            route.push(outer);
        }
        let original = translated_from(scene, said, &own);
        route.push(Stop { party: own.clone(), translates: original.is_some() });
        if let Some(inner) = original {
            route.push(inner);
        }
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
    for inner in quoted_person(scene, history, said).into_iter().chain(quoted_subject(scene, history, said, &route)) {
        route.push(inner);
    }
    route
}

/// "The king ordered a standby force", "the union asked a judge to rule": what somebody does with words is nothing that he tells.
fn is_deed(scene: &Scene, said: &Said) -> bool {
    let tree = &scene.tree;
    let at = said.cue_head;
    let clause = tree.children_by(at, "ccomp").next().is_some();
    let asks = || {
        let to = tree.children_by(at, "xcomp").next().is_some();
        let given = tree.children_by(at, "obl").any(|child| tree.case(child) == "for");
        let medium = || tree.children_by(at, "obl").any(|child| named_outlet(scene, child).is_some());
        tree.lemma(at) == "ask" && (to || given) || tree.lemma(at) == "write" && given && !medium()
    };
    let orders = matches!(
        tree.lemma(at).as_str(),
        "order" | "instruct" | "command" | "request" | "file" | "offer" | "agree" | "decline"
    );
    tree.token(at).upos == Upos::Verb && !clause && (orders || asks() || acts(scene, said))
}

/// What is done, not said, where no clause follows: "The two bodies introduced a price cap", "the presidency accepted his resignation".
const ACTS: [&str; 21] = [
    "introduce",
    "accept",
    "impose",
    "sign",
    "launch",
    "adopt",
    "appoint",
    "arrest",
    "question",
    "summon",
    "suspend",
    "freeze",
    "ban",
    "close",
    "send",
    "deploy",
    "hand",
    "blacklist",
    "sanction",
    "lift",
    "halt",
];

/// Whether a cue is a deed with a thing or a person for its object and nothing quoted.
fn acts(scene: &Scene, said: &Said) -> bool {
    let tree = &scene.tree;
    let at = said.cue_head;
    let deed = ACTS.contains(&tree.lemma(at).as_str());
    let object =
        |&child: &usize| scene.lexicon.noun(&tree.lemma(child)).is_none() && tree.token(child).upos == Upos::Noun;
    let thing = tree.children_by(at, "obj").filter(object).any(|child| {
        scene.lexicon.media(&tree.lemma(child)).is_none() && tree.children_by(child, "acl").next().is_none()
    });
    let mark = |at: usize| matches!(tree.analysis.form(at), "\"" | "“" | "”" | "‘" | "'");
    deed && thing && !said.content.iter().flat_map(Span::range).any(mark)
}

/// "The defence argued that he feared for his life": what somebody else tells of a person's thoughts is the teller's word.
fn is_told_feeling(scene: &Scene, said: &Said) -> bool {
    let tree = &scene.tree;
    let thinks = matches!(said.class, CueClass::Fear | CueClass::Hope | CueClass::Believe | CueClass::Plan);
    let pronoun =
        said.source_head(tree).is_some_and(|head| matches!(tree.lower(head).as_str(), "he" | "she" | "they" | "it"));
    said.within.is_some() && thinks && pronoun && tree.token(said.cue_head).upos == Upos::Verb
}

/// "Residents and a local official": both, where neither is named.
fn with_others(scene: &Scene, history: &History, said: &Said, head: usize, own: Party) -> Party {
    let tree = &scene.tree;
    let alone = own.kind == PartyKind::Unnamed && !own.refers_back && !own.name.contains(" and ");
    let in_source = |at: usize| said.source.iter().any(|piece| piece.contains(at));
    let mut others =
        tree.children_by(head, "conj").filter(|&other| in_source(other) && scene.name_over(other).is_none());
    // A tree that lost the pair: "residents and a local official".
    let and = head + 1;
    let pair = and + 1 < tree.analysis.tokens.len() && tree.lower(and) == "and" && in_source(and);
    let by_words = || if pair { crate::chunk::phrase_at(tree, and + 1) } else { None };
    let other = others.next().or_else(|| by_words().map(|(_, other)| other).filter(|&other| in_source(other)));
    let other = other.filter(|_| alone).and_then(|other| party(scene, history, other));
    match other.filter(|other| other.anonymous.is_some() && !other.refers_back && others.next().is_none()) {
        Some(other) => Party { name: format!("{} and {}", own.name, other.name), ..own },
        None => own,
    }
}

/// The noun before an adverb or a day that was read as the source; whoever words or a view are called after.
fn noun_meant(scene: &Scene, head: usize) -> usize {
    let tree = &scene.tree;
    let noun = |at: usize| matches!(tree.token(at).upos, Upos::Noun | Upos::Propn);
    // "An official there": the official. "The communiqué of Thursday": the communiqué.
    if matches!(tree.lower(head).as_str(), "there" | "here") {
        return head.checked_sub(1).filter(|&before| noun(before)).unwrap_or(head);
    }
    if crate::chunk::is_day(&tree.lower(head)) {
        let of = head.checked_sub(2).filter(|&at| noun(at) && tree.lower(at + 1) == "of");
        return of.unwrap_or(head);
    }
    crate::party::teller(scene, head).unwrap_or(head)
}

/// Nouns of what happens or is thought of: they say nothing, whatever verb stands with them.
const MUTE: [&str; 52] = [
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
    "number",
    "toll",
    "recording",
    "footage",
    "video",
    "picture",
    "image",
    "photo",
    "photograph",
    "audio",
    "clip",
    "law",
    "rule",
    "regulation",
    "constitution",
    "treaty",
    "reason",
    "problem",
];

/// Whether a party can have said something: "new intelligence suggests" names nobody.
fn can_speak(scene: &Scene, party: &Party) -> bool {
    let common = scene.tree.token(party.head).upos == Upos::Noun && scene.name_over(party.head).is_none();
    if crate::party::is_no_party(&scene.tree, party.head) {
        return false;
    }
    // "The minutes show": of a meeting.
    let minutes =
        scene.tree.lower(party.head) == "minutes" && scene.tree.children_by(party.head, "nummod").next().is_none();
    !(party.kind == PartyKind::Body
        && common
        && !minutes
        && !party.refers_back
        && (MUTE.contains(&scene.tree.lemma(party.head).as_str()) || is_time(&scene.tree.lemma(party.head))))
}

/// The noun that "who" or "which" goes back to.
fn antecedent_of(scene: &Scene, head: usize) -> Option<usize> {
    let tree = &scene.tree;
    let relative = matches!(tree.lower(head).as_str(), "who" | "which" | "that") && tree.token(head).upos == Upos::Pron;
    let verb = tree.head(head).filter(|&verb| relative && tree.relation(verb) == "acl")?;
    tree.head(verb)
}

/// "The minister is said to have known", "the ministry was told by diplomats": who is spoken of, or told, does not say it. The agent, if one is named;
/// `None` for all other sources.
fn told_by(scene: &Scene, said: &Said) -> Option<Option<usize>> {
    let tree = &scene.tree;
    let be = |at: usize| {
        (at.saturating_sub(3)..at).any(|be| {
            matches!(tree.lower(be).as_str(), "is" | "are" | "was" | "were" | "been" | "be" | "being" | "'s" | "’s")
        })
    };
    let told = |at: usize| {
        let lemma = tree.lemma(at);
        let tells = matches!(lemma.as_str(), "say" | "report" | "allege" | "rumour" | "rumor" | "tell" | "inform");
        tells && tree.is_passive(at) && be(at)
    };
    let verb = said.cue.range().find(|&at| told(at))?;
    let subject = tree.own_subject(verb).filter(|&subject| subject < verb)?;
    let agent = tree.children_by(verb, "obl").find(|&child| child > verb && tree.case(child) == "by");
    said.source.iter().any(|piece| piece.contains(subject)).then_some(agent)
}

/// "The agency was told by a clerk that …": the outlet that was told, which passes on what the agent says, and the agent.
fn hearer_of(scene: &Scene, history: &History, said: &Said) -> Option<(Stop, usize)> {
    let tree = &scene.tree;
    let told = |at: usize| matches!(tree.lemma(at).as_str(), "tell" | "inform") && tree.is_passive(at);
    let verb = said.cue.range().chain([said.cue_head]).find(|&at| told(at))?;
    let agent = tree.children_by(verb, "obl").find(|&child| child > verb && tree.case(child) == "by")?;
    let subject = tree.own_subject(verb).filter(|&subject| subject < verb)?;
    let unknown = || outlet_by_place(scene, subject);
    let party = party(scene, history, subject).filter(Party::is_outlet).or_else(unknown)?;
    Some((Stop { party, translates: false }, agent))
}

/// The newspaper of "the site wrote in a translation of an article in the newspaper".
fn translated_from(scene: &Scene, said: &Said, own: &Party) -> Option<Stop> {
    let tree = &scene.tree;
    let end = tree.sentence_tokens(said.cue_head).end;
    let noun = tree.children_by(said.cue_head, "obl").find(|&child| {
        tree.lemma(child) == "translation" && tree.case(child) == "in" && own.is_outlet() && !said.says(child)
    })?;
    let near = noun + 1..end.min(noun + 10);
    let of = near.clone().next().is_some_and(|at| tree.lower(at) == "of");
    let mut names = near.filter(|&at| of && tree.token(at).upos == Upos::Propn);
    let party = names.find_map(|at| named_outlet(scene, at).or_else(|| outlet_by_place(scene, at)))?;
    (party.name != own.name).then_some(Stop { party, translates: false })
}

/// Heads of the source's phrases.
fn source_heads(scene: &Scene, said: &Said) -> Vec<usize> {
    let tree = &scene.tree;
    // "Witness number four, a cook": a noun that says nothing gives way to one in apposition.
    let speaking = |head: usize| {
        let mute = MUTE.contains(&tree.lemma(head).as_str()) && scene.name_over(head).is_none();
        let other = tree.children_by(head, "appos").find(|&other| scene.lexicon.role(&tree.lemma(other)).is_some());
        other.filter(|_| mute).unwrap_or(head)
    };
    if let Some(agent) = told_by(scene, said) {
        return agent.into_iter().collect();
    }
    if let Some(subject) = subject_among(scene, said) {
        return vec![noun_meant(scene, subject)];
    }
    said.source
        .iter()
        .filter_map(|&piece| source_head(scene, piece))
        .map(|head| noun_meant(scene, head))
        .map(speaking)
        .collect()
}

/// "The crates that X wrote about held flares, he said", "the sheets that even the council regards as faulty": of a source in pieces, or with a
/// clause in it, the subject of the cue.
fn subject_among(scene: &Scene, said: &Said) -> Option<usize> {
    let tree = &scene.tree;
    let subject = tree.own_subject(said.cue_head).filter(|_| tree.token(said.cue_head).upos == Upos::Verb)?;
    let relative = matches!(tree.lower(subject).as_str(), "who" | "which" | "that" | "what");
    let piece = said.source.iter().find(|piece| piece.contains(subject)).filter(|_| !relative)?;
    let split = said.source.len() > 1 && piece.len() == 1 && tree.token(subject).upos == Upos::Pron;
    // The cue stands in a clause about the noun that begins the source.
    let about = tree.head(said.cue_head).filter(|_| tree.token(said.cue_head).deprel == "acl:relcl");
    let clause = about.is_some_and(|noun| piece.contains(noun) && noun < subject);
    (split || clause).then_some(subject)
}

/// X of "X has seen a letter in which the ministry says that …".
fn holder_of(scene: &Scene, history: &History, said: &Said) -> Option<Stop> {
    let tree = &scene.tree;
    let relative = tree.token(said.cue_head).deprel == "acl:relcl";
    let paper = tree.head(said.cue_head).filter(|&noun| relative && tree.relation(noun) == "obj")?;
    let which = tree.children_by(said.cue_head, "obl").any(|at| tree.lower(at) == "which");
    let verb = tree.head(paper).filter(|&verb| which && RELAYS.contains(&tree.lemma(verb).as_str()))?;
    let subject = tree.own_subject(verb).filter(|_| !tree.is_passive(verb))?;
    let party = party(scene, history, subject).filter(Party::is_outlet)?;
    Some(Stop { party, translates: false })
}
