//! Who a source's words stand for: an outlet, a person, a body, or somebody who is not named.
//!
//! In: the head word of a source phrase and what was said before. Out: a `Party` with the name a chain shows.
//! Not here: in what order parties stand in a chain (`route`).

mod again;
mod bodies;
mod documents;
mod outlets;
mod owners;
mod persons;
mod pronouns;

use sourceline_model::{Anonymous, Entity, EntityId, EntityKind, MentionForm, Number, Span, Tok, Upos};

use crate::anonymous::{self, Describe};
use crate::chunk;
use crate::lexicon::MediaNoun;
use crate::scene::Scene;
use crate::tree::Tree;

use again::*;
use bodies::*;
use documents::document;
use outlets::*;
use owners::*;
use persons::*;
use pronouns::*;

pub use bodies::{bare, definite};
pub use outlets::{named_outlet, outlet_by_place};
pub use persons::same_office;
pub use pronouns::mentioned_before;

/// What a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartyKind {
    /// An outlet, by kind of outlet: `newspaper`, `agency`, `broadcaster`, `any`.
    Outlet(&'static str),
    /// A named person.
    Person,
    /// A state, a body, an organisation, a group.
    Body,
    /// Somebody not named.
    Unnamed,
}

/// Somebody that words come from or go through.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// The name a chain shows.
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// Set when it is not named.
    pub anonymous: Option<Anonymous>,
    /// The entity behind it.
    pub entity: Option<EntityId>,
    /// The words that name it here.
    pub words: Span<Tok>,
    /// Their head.
    pub head: usize,
    /// Whether it was found by a pronoun or a noun that refers back.
    pub refers_back: bool,
}

impl Party {
    /// Whether it is an outlet.
    pub fn is_outlet(&self) -> bool {
        matches!(self.kind, PartyKind::Outlet(_))
    }
}

/// What was said before, for pronouns and nouns that refer back.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Sources in the order they came.
    pub sources: Vec<Party>,
    /// Outlets in the order they came.
    pub outlets: Vec<Party>,
    /// The outlet whose report the document rests on.
    pub reporter: Option<Party>,
    /// All that is said in the document, piece by piece.
    pub contents: Vec<Span<Tok>>,
}

impl History {
    /// Notes that a party was a source.
    pub fn note(&mut self, party: &Party) {
        if party.is_outlet() {
            self.outlets.push(party.clone());
        } else {
            self.sources.push(party.clone());
        }
    }

    /// Whether `at` stands in somebody's words in which `from` does not stand: whoever is named there is spoken of.
    pub fn is_spoken_of(&self, at: usize, from: usize) -> bool {
        self.contents.iter().any(|piece| piece.contains(at) && !piece.contains(from))
    }

    fn outlet_of_kind(&self, kind: &str) -> Option<&Party> {
        let fits = |party: &&Party| {
            kind == "any" || matches!(party.kind, PartyKind::Outlet(own) if own == kind || own == "any")
        };
        self.reporter.as_ref().filter(|party| fits(party)).or_else(|| self.outlets.iter().rev().find(fits))
    }
}

/// Returns whom the phrase with head `head` stands for.
pub fn party(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    // A chain of references that comes back to itself ends here.
    let _guard = scene.descend()?;
    let tree = &scene.tree;
    if head >= tree.analysis.tokens.len() || head < scene.body {
        return None;
    }
    let head = chunk::noun_of(tree, head);
    let head = source_noun(scene, head).unwrap_or(head);
    if tree.token(head).upos == Upos::Pron
        && tree.analysis.form(head) != "WHO"
        && tree.lemma(head) != "one"
        && tree.token(head).feat("PronType") != Some("Dem")
        && scene.name_over(head).is_none()
    {
        return pronoun(scene, history, head);
    }
    if is_no_party(tree, head) {
        return None;
    }
    if let Some(owner) = teller(scene, head) {
        return party(scene, history, owner).map(|party| Party { words: tree.core_phrase(head), head, ..party });
    }
    if let Some(full) = scene.full_name(head) {
        return party(scene, history, full).map(|party| Party { words: Span::new(head, head + 1), head, ..party });
    }
    if let Some(found) = by_age(scene, history, head) {
        return Some(found);
    }
    if let Some(name) = name_given(scene, head) {
        return party(scene, history, name).map(|party| Party { words: tree.core_phrase(head), head, ..party });
    }
    own_voice(scene, head)
        .or_else(|| own_short_name(scene, head))
        .or_else(|| called_by_name(scene, head))
        .or_else(|| report(scene, history, head))
        .or_else(|| document(scene, history, head))
        .or_else(|| known_outlet(scene, head))
        .or_else(|| apposed_outlet(scene, head))
        .or_else(|| named_person(scene, head))
        .or_else(|| named_outlet(scene, head))
        .or_else(|| outlet_noun(scene, history, head))
        .or_else(|| unnamed(scene, history, head))
        .or_else(|| office(scene, history, head))
        .or_else(|| state(scene, head))
        .or_else(|| body(scene, history, head))
        .map(|party| as_before(history, party))
}

/// "A group called Black Lantern", "a network that calls itself X", "the prison authority X": the name.
fn name_given(scene: &Scene, head: usize) -> Option<usize> {
    let tree = &scene.tree;
    let noun = tree.token(head).upos == Upos::Noun && scene.name_over(head).is_none();
    if let Some(name) = name_behind(scene, head).filter(|_| noun) {
        return Some(name);
    }
    let verb = tree
        .children_by(head, "acl")
        .find(|&verb| noun && matches!(tree.lemma(verb).as_str(), "call" | "name" | "dub" | "style" | "know"))?;
    let itself = verb + 1 < tree.analysis.tokens.len() && tree.lower(verb + 1) == "itself";
    let as_name = verb + 1 < tree.analysis.tokens.len() && tree.lower(verb + 1) == "as";
    let next = if itself || as_name { verb + 2 } else { verb + 1 };
    let near = next < tree.sentence_tokens(head).end && (tree.lemma(verb) != "know" || as_name);
    let the = usize::from(near && tree.lower(next) == "the");
    let (name, kind) = scene.name_over(next + the).filter(|_| near)?;
    let group = !matches!(kind, EntityKind::Person | EntityKind::Gpe | EntityKind::Location);
    tree.analysis.head_of(name).filter(|_| group)
}

/// The head of the name of a body that stands right behind the noun for it: "the prison authority SNAI".
fn name_behind(scene: &Scene, head: usize) -> Option<usize> {
    let tree = &scene.tree;
    let next = head + 1;
    let (name, kind) = (next < tree.sentence_tokens(head).end).then(|| scene.name_over(next)).flatten()?;
    let group = matches!(kind, EntityKind::Organization | EntityKind::Group | EntityKind::Product);
    let common = scene.lexicon.media(&tree.lemma(head)).is_none()
        && (tree.lemma(head) == "authority" || scene.lexicon.role(&tree.lemma(head)).is_none())
        && tree.token(head).feat("Number") != Some("Plur");
    let name_head = tree.analysis.head_of(name).filter(|_| name.start == next && group && common)?;
    let joined = tree.head(head) == Some(name_head)
        && matches!(tree.relation(head), "nmod" | "compound" | "flat" | "appos")
        || tree.head(name_head) == Some(head) && matches!(tree.relation(name_head), "appos" | "flat");
    joined.then_some(name_head)
}

/// Days and shares, which trees take for speakers: "So, on Wednesday, said X", "54 percent want new elections".
pub fn is_no_party(tree: &Tree, head: usize) -> bool {
    let word = tree.lower(head);
    chunk::is_day(&word) || matches!(word.as_str(), "percent" | "cent" | "%" | "percentage")
}

/// Whose "in his words", "by their account", "in the recollection of one" are.
pub fn teller(scene: &Scene, head: usize) -> Option<usize> {
    let tree = &scene.tree;
    let told = matches!(
        tree.lemma(head).as_str(),
        "word"
            | "account"
            | "count"
            | "view"
            | "opinion"
            | "telling"
            | "recollection"
            | "reckoning"
            | "version"
            | "estimate"
            | "estimation"
            | "calculation"
    );
    let owner = |&child: &usize| {
        tree.token(child).deprel == "nmod:poss" || tree.relation(child) == "nmod" && tree.case(child) == "of"
    };
    tree.children(head).iter().copied().filter(|_| told && tree.token(head).upos == Upos::Noun).find(owner)
}

/// "Economist Anna Berg": the person whose name follows the noun.
fn called_by_name(scene: &Scene, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let next = head + 1;
    let medium = scene.lexicon.media(&tree.lemma(head)).is_some();
    let noun = tree.token(head).upos == Upos::Noun && next < tree.sentence_tokens(head).end && !medium;
    let (name, kind) = scene.name_over(next).filter(|(name, _)| noun && name.start == next)?;
    let name_head = tree.analysis.head_of(name)?;
    let joined = tree.head(head).is_some_and(|up| name.contains(up))
        && matches!(tree.token(head).deprel.as_str(), "nmod:desc" | "compound" | "flat" | "appos" | "nmod")
        || tree.head(name_head) == Some(head) && matches!(tree.relation(name_head), "appos" | "flat")
        || tree.head(name_head) == tree.head(head) && tree.relation(name_head) == tree.relation(head);
    let holds = || name.len() > 1 && scene.lexicon.role(&tree.lemma(head)).is_some();
    let person = (kind == EntityKind::Person || kind == EntityKind::Organization && holds())
        && joined
        && tree.token(head).feat("Number") != Some("Plur");
    person.then(|| person_of(scene, name))
}

fn person_of(scene: &Scene, name: Span<Tok>) -> Party {
    persons::person(scene, name, scene.tree.analysis.head_of(name).unwrap_or(name.start))
}

/// "This newspaper", "our correspondent's paper": the outlet that publishes the document.
fn own_voice(scene: &Scene, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let own =
        tree.children(head).iter().any(|&child| child < head && matches!(tree.lower(child).as_str(), "this" | "our"));
    let outlet = match scene.lexicon.media(&tree.lemma(head)) {
        Some(MediaNoun::Outlet(_)) => true,
        Some(MediaNoun::Report) => matches!(tree.lemma(head).as_str(), "bulletin" | "digest" | "newscast"),
        None => false,
    };
    // "Our reporter at the market counted nine": the outlet's own people.
    let people = || {
        tree.children(head).iter().any(|&child| child < head && tree.lower(child) == "our")
            && matches!(
                tree.lemma(head).as_str(),
                "reporter"
                    | "correspondent"
                    | "photographer"
                    | "snapper"
                    | "journalist"
                    | "editor"
                    | "team"
                    | "man"
                    | "woman"
                    | "colleague"
                    | "staff"
                    | "crew"
                    | "producer"
            )
    };
    let name = &tree.analysis.document.outlet.as_ref().filter(|_| own && outlet || people())?.name;
    Some(make(scene, head, name.clone(), PartyKind::Outlet("any")))
}

/// "The Star" in the Northern Star: the outlet of the document by the last word of its name, where no other name of the text ends so.
fn own_short_name(scene: &Scene, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let name = &tree.analysis.document.outlet.as_ref()?.name;
    let (_, last) = name.rsplit_once(' ').filter(|(_, last)| last.len() > 3)?;
    let form = tree.analysis.form(head);
    let the =
        head > scene.body && tree.lower(head - 1) == "the" && form == last && last.starts_with(char::is_uppercase);
    let whole = |at: usize| {
        scene
            .outlet_over(at)
            .map(|words| tree.text(words))
            .or_else(|| scene.name_over(at).map(|(name, _)| tree.text(name)))
    };
    let longer = |at: usize| {
        let before = at.checked_sub(1).filter(|&before| tree.token(before).upos == Upos::Propn);
        let text = whole(at).map(|text| text.trim_start_matches("The ").trim_start_matches("the "));
        before.is_some() && !text.is_some_and(|text| text.eq_ignore_ascii_case(name))
            || text.is_some_and(|text| text != last && !text.eq_ignore_ascii_case(name))
    };
    let other = || (scene.body..tree.analysis.tokens.len()).any(|at| tree.analysis.form(at) == last && longer(at));
    (the && !other()).then(|| make(scene, head, name.clone(), PartyKind::Outlet("any")))
}

/// A known outlet whose name was taken for a person's: "quoted by Haaretz".
fn known_outlet(scene: &Scene, head: usize) -> Option<Party> {
    let (words, kind) = scene.name_over(head)?;
    let text = scene.tree.text(words);
    let hints = sourceline_knowledge::Hints::default();
    let best = || scene.knowledge.find_best(text, &hints).map(|known| (known.kind, known.how));
    let outlet = (sourceline_knowledge::Kind::Outlet, sourceline_knowledge::Match::Exact);
    (kind == EntityKind::Person && best() == Some(outlet)).then(|| named_outlet(scene, head)).flatten()
}

/// A name that stood for an outlet before does so again: "the daily X … X said".
fn as_before(history: &History, party: Party) -> Party {
    let outlet = history.outlets.iter().find(|known| known.name == party.name && known.anonymous.is_none());
    match outlet.filter(|_| matches!(party.kind, PartyKind::Body | PartyKind::Person)) {
        Some(known) => Party { kind: known.kind, ..party },
        None => party,
    }
}

/// "U.S." of "U.S. officials": the noun that a name only qualifies.
fn source_noun(scene: &Scene, head: usize) -> Option<usize> {
    let tree = &scene.tree;
    if tree.token(head).upos != Upos::Propn {
        return None;
    }
    let (whole, noun) = chunk::phrase_at(tree, head)?;
    let owner = whole.range().any(|at| matches!(tree.analysis.form(at), "'s" | "’s" | "'" | "’"));
    let known = scene.lexicon.role(&tree.lemma(noun)).is_some() && tree.token(noun).upos == Upos::Noun;
    let place = scene.country_of(tree.analysis.form(head)).is_some();
    (noun > head && !owner && known && place).then_some(noun)
}

fn make(scene: &Scene, head: usize, name: String, kind: PartyKind) -> Party {
    Party {
        name,
        kind,
        anonymous: None,
        entity: scene.mention(head).map(|mention| mention.entity),
        words: scene.tree.core_phrase(head),
        head,
        refers_back: false,
    }
}
