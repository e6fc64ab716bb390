//! Bodies that every state has: "Syrian army", "Ministry of Defence of Iraq", "Iran's foreign ministry".
//!
//! A composed body has the key `sl:<ISO>/<organ>`; a body with a name of its own ("the IDF") carries the same key in its table.

use crate::table::{items, rows};
use crate::{Candidate, Kind, Knowledge, Match, fold};

/// A body that most states have.
#[derive(Debug)]
pub(crate) struct Organ {
    pub(crate) id: &'static str,
    pub(crate) kind: Kind,
    /// Usual English noun: "Foreign Ministry".
    pub(crate) name: &'static str,
    /// Folded nouns, the usual one included.
    pub(crate) nouns: Vec<String>,
}

pub(crate) fn organs(table: &'static str) -> Vec<Organ> {
    rows(table)
        .filter_map(|row| {
            let [id, kind, name, nouns] = row.columns();
            let nouns = std::iter::once(name).chain(items(nouns)).map(fold::fold).collect();
            Some(Organ { id, kind: Kind::parse(kind)?, name, nouns })
        })
        .collect()
}

impl Knowledge {
    /// The organ noun that a phrase without its country is: "foreign ministry" gives `("foreign-ministry", Kind::Ministry)`.
    pub fn organ(&self, phrase: &str) -> Option<(&'static str, Kind)> {
        let phrase = fold::fold(phrase);
        self.organ_of(&phrase).map(|organ| (organ.id, organ.kind))
    }

    /// The body of a state: its entry where there is one, else a composed one.
    pub fn body(&self, iso2: &str, organ: &str) -> Option<Candidate<'_>> {
        let state = self.state(iso2)?;
        let organ = self.organs.iter().find(|candidate| candidate.id == organ)?;
        let key = format!("sl:{}/{}", state.iso2, organ.id);
        let thing = self.get(&key);
        let adjective = state.demonyms.first().copied().unwrap_or(state.name);
        Some(Candidate {
            name: thing.map_or_else(|| format!("{adjective} {}", organ.name), |thing| thing.name.to_owned()),
            kind: thing.map_or(organ.kind, |thing| thing.kind),
            country: Some(state.iso2),
            wikidata: thing.and_then(|thing| thing.wikidata),
            thing,
            key,
            how: Match::Composed,
            score: 0.0,
        })
    }

    fn organ_of(&self, folded: &str) -> Option<&Organ> {
        self.organs.iter().find(|organ| organ.nouns.iter().any(|noun| noun == folded))
    }

    /// Reads a folded name as state plus organ.
    pub(crate) fn composed(&self, folded: &str) -> Option<Candidate<'_>> {
        let (iso2, organ) = self.split_front(folded).or_else(|| self.split_back(folded))?;
        self.body(iso2, organ)
    }

    /// "syrian army", "syria s army", "syria army".
    fn split_front(&self, folded: &str) -> Option<(&'static str, &'static str)> {
        let spaces = folded.match_indices(' ').map(|(at, _)| at);
        for at in spaces {
            let (front, back) = (&folded[..at], folded[at + 1..].trim_start_matches("s "));
            if let (Some(iso2), Some(organ)) = (self.state_word(front), self.organ_of(back)) {
                return Some((iso2, organ.id));
            }
        }
        None
    }

    /// "ministry of defence of iraq", "armed forces of the philippines".
    fn split_back(&self, folded: &str) -> Option<(&'static str, &'static str)> {
        for (at, _) in folded.match_indices(" of ") {
            let state = folded[at + 4..].trim_start_matches("the ");
            if let (Some(iso2), Some(organ)) = (self.state_word(state), self.organ_of(&folded[..at])) {
                return Some((iso2, organ.id));
            }
        }
        None
    }

    fn state_word(&self, folded: &str) -> Option<&'static str> {
        if let Some(&index) = self.by_demonym.get(folded) {
            return Some(self.states[index].iso2);
        }
        self.by_name
            .get(folded)?
            .iter()
            .map(|&index| &self.things[index])
            .find(|thing| matches!(thing.kind, Kind::State | Kind::Territory))
            .and_then(|thing| thing.country)
    }
}
