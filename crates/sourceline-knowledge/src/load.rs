//! Builds the knowledge base from the embedded tables.

use std::collections::HashMap;

use crate::table::{items, known, rows};
use crate::{Kind, Knowledge, Office, Outlet, OutletKind, State, Thing, compose, fold, words};

macro_rules! table {
    ($name:literal) => {
        include_str!(concat!("../../../data/knowledge/", $name, ".tsv"))
    };
}

/// Tables of things: key, kind, name, country, Wikidata id, part of, aliases, Arabic names.
const THINGS: [&str; 5] =
    [table!("bodies"), table!("groups"), table!("parties"), table!("organisations"), table!("peoples")];
/// Tables of people: key, name, country, Wikidata id, offices, aliases, Arabic names.
const PEOPLE: [&str; 4] =
    [table!("people_mena"), table!("people_europe"), table!("people_asia"), table!("people_africa_americas")];
/// Tables of outlets: key, name, kind, country, language, domains, owner, Wikidata id, aliases, Arabic names.
const OUTLETS: [&str; 2] = [table!("outlets_world"), table!("outlets_mena")];

pub(crate) fn embedded() -> Knowledge {
    let mut builder = Builder::default();
    builder.states(table!("states"));
    for text in THINGS {
        builder.things(text);
    }
    for text in PEOPLE {
        builder.people(text);
    }
    for text in OUTLETS {
        builder.outlets(text);
    }
    builder.finish()
}

#[derive(Default)]
struct Builder {
    things: Vec<Thing>,
    states: Vec<State>,
    outlets: Vec<Outlet>,
    offices: Vec<(usize, Office)>,
    capital_aliases: Vec<(String, usize)>,
}

impl Builder {
    fn states(&mut self, text: &'static str) {
        for row in rows(text) {
            let [iso2, iso3, wikidata, kind, name, capital, demonyms, aliases, former, arabic, neighbours] =
                row.columns();
            let index = self.states.len();
            self.capital_aliases.extend(items(capital).map(|name| (fold::fold(name), index)));
            self.states.push(State {
                iso2,
                iso3,
                name,
                capital: items(capital).next(),
                demonyms: items(demonyms).collect(),
                former: items(former).collect(),
                neighbours: items(neighbours).collect(),
            });
            self.things.push(Thing {
                key: format!("sl:state/{iso2}"),
                kind: Kind::parse(kind).unwrap_or(Kind::State),
                name,
                country: Some(iso2),
                wikidata: known(wikidata),
                part_of: None,
                aliases: items(aliases).chain(items(former)).collect(),
                arabic: items(arabic).collect(),
            });
        }
    }

    fn things(&mut self, text: &'static str) {
        for row in rows(text) {
            let [key, kind, name, country, wikidata, part_of, aliases, arabic] = row.columns();
            let Some(kind) = Kind::parse(kind) else { continue };
            self.things.push(Thing {
                key: format!("sl:{key}"),
                kind,
                name,
                country: known(country),
                wikidata: known(wikidata),
                part_of: known(part_of).map(|whole| format!("sl:{whole}")),
                aliases: items(aliases).collect(),
                arabic: items(arabic).collect(),
            });
        }
    }

    fn people(&mut self, text: &'static str) {
        for row in rows(text) {
            let [key, name, country, wikidata, offices, aliases, arabic] = row.columns();
            let index = self.things.len();
            self.offices.extend(items(offices).filter_map(office).map(|office| (index, office)));
            self.things.push(Thing {
                key: format!("sl:{key}"),
                kind: Kind::Person,
                name,
                country: known(country),
                wikidata: known(wikidata),
                part_of: None,
                aliases: items(aliases).collect(),
                arabic: items(arabic).collect(),
            });
        }
    }

    fn outlets(&mut self, text: &'static str) {
        for row in rows(text) {
            let [key, name, kind, country, language, domains, owner, wikidata, aliases, arabic] = row.columns();
            let Some(kind) = OutletKind::parse(kind) else { continue };
            let thing = self.things.len();
            let key = format!("sl:{key}");
            self.outlets.push(Outlet {
                thing,
                key: key.clone(),
                name,
                kind,
                country: known(country),
                language: known(language),
                domains: items(domains).collect(),
                owner: known(owner),
                aliases: items(aliases).collect(),
            });
            self.things.push(Thing {
                key,
                kind: Kind::Outlet,
                name,
                country: known(country),
                wikidata: known(wikidata),
                part_of: None,
                aliases: items(aliases).collect(),
                arabic: items(arabic).collect(),
            });
        }
    }

    fn finish(self) -> Knowledge {
        let mut knowledge = Knowledge {
            by_key: self.things.iter().enumerate().map(|(index, thing)| (thing.key.clone(), index)).collect(),
            by_name: HashMap::with_capacity(self.things.len() * 4),
            by_skeleton: HashMap::with_capacity(self.things.len() * 2),
            by_surname: HashMap::new(),
            by_iso2: self.states.iter().enumerate().map(|(index, state)| (state.iso2, index)).collect(),
            by_demonym: demonyms(&self.states),
            by_capital: self.capital_aliases.into_iter().collect(),
            metonyms: metonyms(table!("metonyms")),
            outlet_of_thing: self.outlets.iter().enumerate().map(|(index, outlet)| (outlet.thing, index)).collect(),
            by_domain: domains(&self.outlets),
            organs: compose::organs(table!("organs")),
            words: words::Words::load(table!("roles"), table!("nominals")),
            things: self.things,
            states: self.states,
            outlets: self.outlets,
            offices: self.offices,
        };
        knowledge.index();
        knowledge
    }
}

/// Reads `role:of:begin:end`.
fn office(text: &'static str) -> Option<Office> {
    let mut parts = text.split(':');
    let (role, of) = (parts.next()?, parts.next()?);
    let mut date = || parts.next().and_then(known);
    Some(Office { role, of, begin: date(), end: date() })
}

/// Demonyms with their plurals.
fn demonyms(states: &[State]) -> HashMap<String, usize> {
    let mut out = HashMap::with_capacity(states.len() * 3);
    for (index, state) in states.iter().enumerate() {
        for demonym in &state.demonyms {
            let folded = fold::fold(demonym);
            out.entry(format!("{folded}s")).or_insert(index);
            out.entry(folded).or_insert(index);
        }
    }
    out
}

fn metonyms(table: &'static str) -> HashMap<String, String> {
    rows(table)
        .flat_map(|row| {
            let [names, key] = row.columns();
            items(names).map(move |name| (fold::fold(name), format!("sl:{key}")))
        })
        .collect()
}

/// Languages in Arabic script, whose names are written in Latin letters in many ways.
const ARABIC_SCRIPT: [&str; 7] = ["ar", "fa", "ur", "ps", "ku", "ckb", "prs"];

fn domains(outlets: &[Outlet]) -> HashMap<&'static str, usize> {
    let pairs = outlets.iter().enumerate();
    pairs.flat_map(|(index, outlet)| outlet.domains.iter().map(move |&domain| (domain, index))).collect()
}

impl Knowledge {
    fn index(&mut self) {
        for index in 0..self.things.len() {
            let thing = &self.things[index];
            let kind = thing.kind;
            let latin: Vec<String> =
                std::iter::once(thing.name).chain(thing.aliases.iter().copied()).map(fold::fold).collect();
            let arabic: Vec<String> = thing.arabic.iter().map(|name| fold::fold(name)).collect();
            if kind == Kind::Person {
                self.index_surname(index, &latin[0]);
            }
            // An outlet that writes itself in Latin letters has one spelling: "La Ribera" is no "Rybar".
            let outlet = self.outlet_of_thing.get(&index).and_then(|&outlet| self.outlets[outlet].language);
            let respelt = kind != Kind::State && outlet.is_none_or(|language| ARABIC_SCRIPT.contains(&language));
            for name in arabic.into_iter().chain(latin) {
                if respelt && name.is_ascii() {
                    self.by_skeleton.entry(fold::skeleton(&name)).or_default().push((index, name.clone()));
                }
                let entry = self.by_name.entry(name).or_default();
                if !entry.contains(&index) {
                    entry.push(index);
                }
            }
        }
    }

    fn index_surname(&mut self, index: usize, folded: &str) {
        let Some((_, surname)) = folded.rsplit_once(' ') else { return };
        for key in [surname.to_owned(), format!("~{}", fold::skeleton(surname))] {
            self.by_surname.entry(key).or_default().push(index);
        }
    }
}
