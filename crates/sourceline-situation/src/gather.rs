//! Readings, one after another, into one [`Input`].
//!
//! An actor is one across documents by its key in the knowledge base, else by its folded name. Forces and offices of a state ("Ghanaian troops")
//! get the state as their whole; whether a name says that is asked from [`Wholes`], so that this crate needs no knowledge base.

use std::collections::{BTreeMap, BTreeSet};

use sourceline_model::{Certainty, PlaceRole, PloverType, Polarity, RelationKind};
use sourceline_wire::{Claim, Entity, Reading};

use crate::{
    Actor, ActorIndex, Bounds, ClaimIndex, ClaimInfo, Day, Input, PlaceInfo, SituationEvent, SituationRelation,
};

/// A whole that something is part of.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// Its key, such as `sl:state/GH`.
    pub key: String,
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
}

/// Answers what an entity is part of: its nearest whole first.
pub type Wholes<'a> = dyn Fn(&Entity) -> Vec<Whole> + 'a;

/// Answers which state an entity governs or governed.
pub type Governs<'a> = dyn Fn(&Entity) -> Option<Whole> + 'a;

/// What the store knows of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backing {
    /// Number of independent origins of its proposition.
    pub origins: u16,
}

/// Collects readings.
pub struct Gatherer<'a> {
    wholes: &'a Wholes<'a>,
    governs: &'a Governs<'a>,
    input: Input,
    by_key: BTreeMap<String, ActorIndex>,
}

impl<'a> Gatherer<'a> {
    /// Starts with nothing.
    pub fn new(wholes: &'a Wholes<'a>, governs: &'a Governs<'a>) -> Self {
        Self { wholes, governs, input: Input::default(), by_key: BTreeMap::new() }
    }

    /// Adds a document. `backing` tells of a claim id (`c3`) what the store knows of it.
    pub fn add(&mut self, reading: &Reading, backing: &dyn Fn(&str) -> Backing) {
        let published = reading.document.published.as_deref().and_then(Bounds::parse).and_then(|bounds| bounds.latest);
        let names = reading.mentions.iter().filter(|mention| mention.form == "name");
        let named: BTreeSet<&str> = names.map(|mention| mention.entity.as_str()).collect();
        let mut actors: BTreeMap<&str, ActorIndex> = BTreeMap::new();
        for entity in &reading.entities {
            let idle = is_idle(entity, named.contains(entity.id.as_str()));
            actors.insert(&entity.id, self.actor(entity, idle));
        }
        let mut claim_of_event: BTreeMap<&str, ClaimIndex> = BTreeMap::new();
        let mut claim_of_relation: BTreeMap<&str, ClaimIndex> = BTreeMap::new();
        for claim in reading.claims.iter().filter(|claim| !claim.events.is_empty() || !claim.relations.is_empty()) {
            let index = self.claim(reading, claim, published, backing(&claim.id));
            for event in &claim.events {
                claim_of_event.entry(event).or_insert(index);
            }
            for relation in &claim.relations {
                claim_of_relation.entry(relation).or_insert(index);
            }
        }
        let known = |ids: &[String]| -> Vec<ActorIndex> {
            ids.iter().filter_map(|id| actors.get(id.as_str()).copied()).collect()
        };
        for event in &reading.events {
            let (Some(kind), Some(&claim)) = (PloverType::parse(&event.kind), claim_of_event.get(event.id.as_str()))
            else {
                continue;
            };
            let places = event.places.iter();
            self.input.events.push(SituationEvent {
                claim,
                kind,
                mode: event.mode.clone(),
                contexts: event.contexts.clone(),
                actors: known(&event.actors),
                recipients: known(&event.recipients),
                places: places.filter_map(|p| Some((*actors.get(p.entity.as_str())?, place_role(&p.role)?))).collect(),
                when: event.time.as_deref().and_then(Bounds::parse).unwrap_or_else(|| news_of(event, published)),
                time: event.time.clone(),
                certainty: certainty(&event.certainty),
                polarity: polarity(&event.polarity),
            });
        }
        for relation in &reading.relations {
            let Some(kind) = RelationKind::parse(&relation.kind) else { continue };
            let ends = (actors.get(relation.subject.as_str()), actors.get(relation.object.as_str()));
            let ((Some(&subject), Some(&object)), Some(&claim)) = (ends, claim_of_relation.get(relation.id.as_str()))
            else {
                continue;
            };
            self.input.relations.push(SituationRelation {
                claim,
                kind,
                subject,
                object,
                via: known(&relation.via),
                begin: relation.begin.as_deref().and_then(Bounds::parse),
                // An end of which no day is known (`../..`) is an end all the same.
                end: relation.end.as_deref().map(|end| Bounds::parse(end).unwrap_or_default()),
                certainty: certainty(&relation.certainty),
                polarity: polarity(&relation.polarity),
            });
        }
    }

    /// Everything collected.
    pub fn finish(self) -> Input {
        self.input
    }

    fn actor(&mut self, entity: &Entity, idle: bool) -> ActorIndex {
        let key = entity.kb.clone().unwrap_or_else(|| format!("name:{}", fold(&entity.name)));
        let known = self.by_key.contains_key(&key);
        let index = self.named(&key, &entity.name, entity.country.as_deref());
        let actor = &mut self.input.actors[index.0 as usize];
        actor.idle = idle && (actor.idle || !known);
        // A dateline's capitals give way to the name as it is written elsewhere.
        let placed = entity.place.as_ref().map(|place| &place.name);
        if is_shouted(&actor.name)
            && let Some(name) =
                [Some(&entity.name), placed].into_iter().flatten().find(|name| same_letters(name, &actor.name))
        {
            actor.name.clone_from(name);
        }
        if let (None, Some(place)) = (&actor.place, &entity.place) {
            actor.place = Some(PlaceInfo {
                lat: place.lat,
                lon: place.lon,
                country: place.country.clone(),
                feature: place.feature.clone(),
            });
            // Where a place lies is surer than which country its name was taken to speak of.
            actor.country = place.country.clone().or_else(|| actor.country.take());
        }
        if actor.parent.is_none() {
            let mut below = index;
            for whole in (self.wholes)(entity) {
                let above = self.named(&whole.key, &whole.name, whole.country.as_deref());
                let part = &mut self.input.actors[below.0 as usize];
                if above == below || part.parent.is_some() {
                    break;
                }
                part.parent = Some(above);
                below = above;
            }
        }
        if self.input.actors[index.0 as usize].governs.is_none()
            && let Some(state) = (self.governs)(entity)
        {
            let state = self.named(&state.key, &state.name, state.country.as_deref());
            self.input.actors[index.0 as usize].governs = Some(state).filter(|&state| state != index);
        }
        index
    }

    fn named(&mut self, key: &str, name: &str, country: Option<&str>) -> ActorIndex {
        if let Some(&index) = self.by_key.get(key) {
            return index;
        }
        let index = ActorIndex(u32::try_from(self.input.actors.len()).expect("fewer than four billion actors"));
        self.input.actors.push(Actor {
            key: key.to_owned(),
            name: name.to_owned(),
            country: country.map(str::to_owned),
            ..Actor::default()
        });
        self.by_key.insert(key.to_owned(), index);
        index
    }

    fn claim(&mut self, reading: &Reading, claim: &Claim, reported: Option<Day>, backing: Backing) -> ClaimIndex {
        let index = ClaimIndex(u32::try_from(self.input.claims.len()).expect("fewer than four billion claims"));
        let chain: Vec<String> = claim.chain.iter().map(|hop| hop.name.clone()).collect();
        self.input.claims.push(ClaimInfo {
            id: format!("{}#{}", reading.document.id.get(..16).unwrap_or(&reading.document.id), claim.id),
            statement: claim.statement.clone(),
            outlet: reading.document.outlet.as_ref().map(|outlet| outlet.name.clone()),
            source: chain.last().cloned(),
            chain,
            reported,
            certainty: certainty(&claim.certainty),
            polarity: polarity(&claim.polarity),
            origins: backing.origins,
        });
        index
    }
}

/// Days before its report in which something lies that is told as a fact and without a date ("Rebels take the town").
const NEWS: i32 = 30;

/// When something happened that no words date: in the month before its report when it is put as a fact, else nobody knows.
fn news_of(event: &sourceline_wire::Event, published: Option<Day>) -> Bounds {
    let told_as_fact = certainty(&event.certainty) <= Certainty::Probable;
    match published {
        Some(day) if told_as_fact => Bounds { earliest: Some(Day(day.0 - NEWS)), latest: Some(day) },
        _ => Bounds::default(),
    }
}

/// Whether an entity is nobody who stands with or against others. Persons act under a name; bodies, groups, peoples and bands ("the rebels") need none,
/// unless they are counted ("at least nine villagers").
fn is_idle(entity: &Entity, named: bool) -> bool {
    match entity.kind.as_str() {
        _ if entity.kb.is_some() => false,
        "gpe" => false,
        "organization" | "group" | "norp" => !named && is_counted(&entity.name),
        "person" => !(named || is_band(&entity.name)) || is_counted(&entity.name),
        _ => true,
    }
}

/// Words for people who fight or march together.
const BANDS: [&str; 26] = [
    "commandos",
    "demonstrators",
    "extremists",
    "fighters",
    "forces",
    "guerrillas",
    "gunmen",
    "insurgents",
    "islamists",
    "jihadis",
    "jihadists",
    "loyalists",
    "mercenaries",
    "militants",
    "militiamen",
    "militias",
    "mutineers",
    "paramilitaries",
    "partisans",
    "protesters",
    "protestors",
    "rebels",
    "secessionists",
    "separatists",
    "soldiers",
    "troops",
];

/// "Insurgents", "hill fighters in the north".
fn is_band(name: &str) -> bool {
    let lower = name.to_lowercase();
    let head = [" in ", " of ", " from ", " with "].iter().filter_map(|word| lower.find(word)).min();
    let head = head.map_or(lower.as_str(), |at| &lower[..at]);
    head.rsplit(' ').next().is_some_and(|last| BANDS.contains(&last))
}

/// Words that begin a count.
const COUNTS: [&str; 44] = [
    "about",
    "above",
    "almost",
    "another",
    "approximately",
    "around",
    "at",
    "both",
    "dozens",
    "eight",
    "eighteen",
    "eleven",
    "fewer",
    "fifteen",
    "fifty",
    "five",
    "forty",
    "four",
    "fourteen",
    "hundreds",
    "least",
    "many",
    "more",
    "most",
    "nearly",
    "nine",
    "nineteen",
    "one",
    "other",
    "others",
    "over",
    "scores",
    "seven",
    "several",
    "six",
    "some",
    "ten",
    "thirteen",
    "thirty",
    "thousands",
    "three",
    "twelve",
    "twenty",
    "two",
];

/// "At least nine people", "66 others", "twenty-six sailors".
fn is_counted(name: &str) -> bool {
    let first = name.split([' ', '-']).next().unwrap_or("").to_lowercase();
    first.starts_with(|c: char| c.is_ascii_digit()) || COUNTS.contains(&first.as_str())
}

/// Whether a name of some length has capitals only: abbreviations are shorter.
fn is_shouted(name: &str) -> bool {
    name.chars().filter(|c| c.is_uppercase()).count() > 4 && !name.chars().any(char::is_lowercase)
}

/// Whether two names differ in case only, and the first is not all capitals.
fn same_letters(name: &str, shouted: &str) -> bool {
    !is_shouted(name) && name.to_lowercase() == shouted.to_lowercase()
}

/// Lower case, letters and digits, single spaces, no article.
fn fold(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "the" | "a" | "an"));
    words.collect::<Vec<_>>().join(" ")
}

fn certainty(word: &str) -> Certainty {
    match word {
        "asserted" => Certainty::Asserted,
        "probable" => Certainty::Probable,
        "possible" => Certainty::Possible,
        "planned" => Certainty::Planned,
        "predicted" => Certainty::Predicted,
        // A word of a newer reader: the least sure of all, so that it never counts as a fact.
        _ => Certainty::Hypothetical,
    }
}

fn polarity(word: &str) -> Polarity {
    if word == "negative" { Polarity::Negative } else { Polarity::Positive }
}

fn place_role(word: &str) -> Option<PlaceRole> {
    Some(match word {
        "at" => PlaceRole::At,
        "from" => PlaceRole::From,
        "to" => PlaceRole::To,
        "via" => PlaceRole::Via,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_capitals_gives_way_to_the_same_name_in_letters() {
        assert!(is_shouted("ACCRA") && !is_shouted("NATO") && !is_shouted("Accra") && !is_shouted("دمشق الشام"));
        assert!(is_counted("At least nine people") && is_counted("66 others") && is_counted("Twenty-six sailors"));
        assert!(is_band("Insurgents") && is_band("hill fighters in the north") && !is_band("villagers"));
        assert!(!is_counted("the rebels") && !is_counted("Onega Front"));
        assert!(same_letters("Accra", "ACCRA") && !same_letters("ACCRA", "ACCRA") && !same_letters("Lagos", "ACCRA"));
    }
}
