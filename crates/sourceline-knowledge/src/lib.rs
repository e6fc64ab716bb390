//! What Sourceline knows before it reads anything.
//!
//! In: the tables of `data/knowledge` (embedded). Out: [`Knowledge`], which finds the things that a name may stand for, tells
//! states, outlets, offices and memberships, and knows the common nouns for people, organisations and reports.
//! Not here: which of several candidates a mention in a text means (`sourceline-entities`).

mod compose;
mod find;
pub mod fold;
pub mod gazetteer;
mod load;
mod table;
mod thing;
mod words;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::OnceLock;

pub use thing::{Candidate, Hints, Kind, Match, Office, Outlet, OutletKind, State, Thing};
pub use words::{Referent, Role, RoleClass};

/// The knowledge base.
#[derive(Debug)]
pub struct Knowledge {
    things: Vec<Thing>,
    by_key: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
    by_skeleton: HashMap<String, Vec<(usize, String)>>,
    by_surname: HashMap<String, Vec<usize>>,
    states: Vec<State>,
    by_iso2: HashMap<&'static str, usize>,
    by_demonym: HashMap<String, usize>,
    by_capital: HashMap<String, usize>,
    metonyms: HashMap<String, String>,
    outlets: Vec<Outlet>,
    outlet_of_thing: HashMap<usize, usize>,
    by_domain: HashMap<&'static str, usize>,
    offices: Vec<(usize, Office)>,
    organs: Vec<compose::Organ>,
    words: words::Words,
}

impl Knowledge {
    /// The knowledge base that is compiled into the program; loaded once.
    pub fn embedded() -> &'static Self {
        static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
        KNOWLEDGE.get_or_init(load::embedded)
    }

    /// All things, in table order.
    pub fn things(&self) -> &[Thing] {
        &self.things
    }

    /// The thing with `key` (`sl:hezbollah`).
    pub fn get(&self, key: &str) -> Option<&Thing> {
        self.by_key.get(key).map(|&index| &self.things[index])
    }

    /// The state or territory with an ISO 3166-1 alpha-2 code.
    pub fn state(&self, iso2: &str) -> Option<&State> {
        self.by_iso2.get(iso2).map(|&index| &self.states[index])
    }

    /// ISO code of the state or territory whose usual English name this is.
    pub fn state_named(&self, name: &str) -> Option<&'static str> {
        let folded = fold::fold(name);
        let things = self.by_name.get(&folded)?.iter().map(|&index| &self.things[index]);
        let is_state = |thing: &&Thing| thing.key.starts_with("sl:state/") && fold::fold(thing.name) == folded;
        things.into_iter().find(is_state).and_then(|thing| thing.country)
    }

    /// All states and territories.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// ISO code of the state that a demonym, singular or plural, belongs to: "Iranian", "Iranians", "Turk".
    pub fn demonym(&self, word: &str) -> Option<&'static str> {
        self.by_demonym.get(&fold::fold(word)).map(|&index| self.states[index].iso2)
    }

    /// ISO code of the state whose capital or seat of government is called so: "Tehran". Whether the government is meant is
    /// for the context to say.
    pub fn capital_metonym(&self, name: &str) -> Option<&'static str> {
        self.by_capital.get(&fold::fold(name)).map(|&index| self.states[index].iso2)
    }

    /// Key of the body that a metonym stands for: "the White House", "the Kremlin", "Downing Street".
    pub fn metonym(&self, name: &str) -> Option<&str> {
        self.metonyms.get(&fold::fold(name)).map(String::as_str)
    }

    /// The outlet with this name or alias.
    pub fn outlet_by_name(&self, name: &str) -> Option<&Outlet> {
        let hints = Hints::default();
        // One word that only sounds like an outlet's name is another word: "Summary", "Sumaria".
        let word = name.is_ascii() && !name.trim().contains([' ', '-']);
        let same = |how: Match| how != Match::Surname && !(word && how == Match::Transliterated);
        self.find(name, &hints)
            .into_iter()
            .filter(|candidate| candidate.kind == Kind::Outlet && same(candidate.how))
            .find_map(|candidate| self.outlet(&candidate.key))
    }

    /// The outlet of a domain or address: `https://www.wsj.com/articles/x`, `edition.cnn.com`.
    pub fn outlet_by_domain(&self, address: &str) -> Option<&Outlet> {
        let host = address.split_once("://").map_or(address, |(_, rest)| rest);
        let host = host.split(['/', '?', '#', ':']).next().unwrap_or(host).to_lowercase();
        let mut rest = host.as_str();
        loop {
            if let Some(&index) = self.by_domain.get(rest) {
                return Some(&self.outlets[index]);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// The outlet with `key`.
    pub fn outlet(&self, key: &str) -> Option<&Outlet> {
        let thing = *self.by_key.get(key)?;
        self.outlet_of_thing.get(&thing).map(|&index| &self.outlets[index])
    }

    /// Whether a name is that of a known outlet.
    pub fn is_outlet(&self, name: &str) -> bool {
        self.outlet_by_name(name).is_some()
    }

    /// All outlets.
    pub fn outlets(&self) -> &[Outlet] {
        &self.outlets
    }

    /// Who held `role` (`president`, `leader`, …; `None` for any leading role) of a state (`SY`) or thing (`sl:hezbollah`) on
    /// `date` (EDTF). Several when the date is vague.
    pub fn leader_at(&self, of: &str, role: Option<&str>, date: &str) -> Vec<&Thing> {
        let of = of.strip_prefix("sl:").unwrap_or(of);
        let of = of.strip_prefix("state/").unwrap_or(of);
        self.offices
            .iter()
            .filter(|(_, office)| {
                office.of == of && role.is_none_or(|role| office.role == role) && office.held_on(date)
            })
            .map(|&(person, _)| &self.things[person])
            .collect()
    }

    /// The offices that a person (`sl:…`) held, as the table lists them.
    pub fn offices(&self, person: &str) -> impl Iterator<Item = &Office> {
        let index = self.by_key.get(person).copied();
        self.offices.iter().filter(move |(holder, _)| Some(*holder) == index).map(|(_, office)| office)
    }

    /// Keys of what a thing is a part of, nearest first: Quds Force -> IRGC -> Iran.
    pub fn wholes(&self, key: &str) -> Vec<String> {
        let mut out = Vec::new();
        let mut at = self.get(key);
        while let Some(part_of) = at.and_then(|thing| thing.part_of.as_ref()) {
            if out.contains(part_of) {
                break;
            }
            out.push(part_of.clone());
            at = self.get(part_of);
        }
        out
    }

    /// The role that a lemma (or two-word noun) names: "spokesman", "prime minister".
    pub fn role(&self, lemma: &str) -> Option<Role> {
        self.words.role(lemma).or_else(|| self.words.role(&lemma.to_lowercase()))
    }

    /// Whether an unnamed person of this role is commonly quoted: "official", "diplomat", "source".
    pub fn is_anonymous_noun(&self, lemma: &str) -> bool {
        self.role(lemma).is_some_and(|role| role.anonymous)
    }

    /// Whether a word qualifies a role: "senior", "former", "top".
    pub fn is_rank(&self, word: &str) -> bool {
        self.words.is_rank(&word.to_lowercase())
    }

    /// What a common noun may refer back to: "paper" -> newspaper, report.
    pub fn referents(&self, lemma: &str) -> &[Referent] {
        self.words.referents(lemma)
    }

    /// Whether a word or two-word noun stands before names as a title: "President", "Gen.".
    pub fn is_title(&self, word: &str) -> bool {
        let word = fold::fold(word);
        self.words.role(&word).is_some_and(|role| role.title)
    }

    /// All roles, in no order.
    pub fn roles(&self) -> impl Iterator<Item = &Role> {
        self.words.roles()
    }
}
