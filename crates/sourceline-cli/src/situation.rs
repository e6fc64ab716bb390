//! What `timeline`, `network` and `routes` share: the situation of a store, names looked up in it, dates, trust.

use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use sourceline::Knowledge;
use sourceline_knowledge::Match;
use sourceline_knowledge::gazetteer::{Gazetteer, Toponym};
use sourceline_model::{Certainty, PlaceRole};
use sourceline_situation::{
    Actor, ActorIndex, Backing, ClaimIndex, Day, EffectTable, Gatherer, Input, PlaceInfo, Situation, Trust, Whole,
};
use sourceline_store::Store;
use sourceline_wire::{Entity, Reading};

/// Which claims count.
#[derive(Debug, Clone, Args)]
pub struct TrustArgs {
    /// Only claims with at least so many independent origins
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub min_origins: u16,
    /// Least certainty that counts
    #[arg(long, value_enum, default_value = "probable")]
    pub certainty: Least,
    /// Leave out what this source or outlet says; may be given several times
    #[arg(long, value_name = "NAME")]
    pub exclude_source: Vec<String>,
    /// Only what was published by this day
    #[arg(long, value_name = "DATE")]
    pub known_by: Option<String>,
}

/// Least certainty of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Least {
    /// Put as a fact.
    Asserted,
    /// Put as a fact or likely.
    Probable,
    /// The same or possible.
    Possible,
    /// The same or intended.
    Planned,
    /// The same or expected.
    Predicted,
    /// Everything, conditions too.
    Hypothetical,
}

impl TrustArgs {
    /// The trust that the flags describe.
    pub fn trust(&self) -> Result<Trust> {
        let certainty = match self.certainty {
            Least::Asserted => Certainty::Asserted,
            Least::Probable => Certainty::Probable,
            Least::Possible => Certainty::Possible,
            Least::Planned => Certainty::Planned,
            Least::Predicted => Certainty::Predicted,
            Least::Hypothetical => Certainty::Hypothetical,
        };
        let exclude = self.exclude_source.iter().map(|name| name.to_lowercase()).collect();
        let known_by = self.known_by.as_deref().map(Day::as_of).transpose()?;
        Ok(Trust { min_origins: self.min_origins, certainty, exclude, known_by })
    }
}

/// The situation of a store.
pub struct Loaded {
    /// What it is computed from.
    pub input: Input,
    /// The relations in time.
    pub situation: Situation,
}

impl Loaded {
    /// Reads every document's newest reading. With `parts`, forces and offices stay apart from the state that they are part of.
    pub fn from_store(path: &Path, parts: bool) -> Result<Self> {
        let store = Store::open_read(path)?;
        let memberships = store.memberships()?;
        let mut gatherer = Gatherer::new(&wholes, &governs);
        store.each_reading(|number, body| -> Result<()> {
            let reading: Reading = serde_json::from_slice(&body)
                .with_context(|| format!("document {number} of the store holds no reading"))?;
            gatherer.add(&reading, &|claim| {
                let own = claim.trim_start_matches('c').parse().ok();
                Backing {
                    origins: own
                        .and_then(|own| memberships.get(&(number, own)))
                        .map_or(0, |membership| membership.origins),
                }
            });
            Ok(())
        })?;
        let input = gatherer.finish();
        let build = if parts { Situation::build } else { Situation::build_whole };
        let situation = build(&input, &EffectTable::embedded());
        Ok(Self { input, situation })
    }

    /// The actor or place that somebody names: by key, by name, or through the knowledge base ("Tehran" is also the capital of Iran).
    pub fn actor(&self, name: &str) -> Result<ActorIndex> {
        let wanted = name.to_lowercase();
        let by = |matches: &dyn Fn(&sourceline_situation::Actor) -> bool| {
            self.input.actors.iter().position(matches).map(|at| ActorIndex(at as u32))
        };
        let same = |actor: &sourceline_situation::Actor| actor.name.to_lowercase() == wanted;
        // Its own name goes before what the knowledge base takes it for: that also finds names that only sound alike.
        let found = by(&|actor| actor.key == name)
            .or_else(|| by(&|actor| same(actor) && actor.key.starts_with("sl:")))
            .or_else(|| by(&|actor| same(actor) && actor.place.is_some()))
            .or_else(|| by(&same))
            .or_else(|| known(name).and_then(|key| by(&|actor| actor.key == key)));
        match found {
            Some(found) => Ok(found),
            None => bail!("nobody and nothing in the store is called “{name}”"),
        }
    }

    /// The actor or place that somebody names; a country or town that no report names is taken from the gazetteer.
    pub fn actor_or_place(&mut self, name: &str) -> Result<ActorIndex> {
        let gazetteer = Gazetteer::embedded();
        let key = known(name);
        let state =
            key.as_deref().and_then(|key| key.strip_prefix("sl:state/")).and_then(|code| gazetteer.country(code));
        let place = state.or_else(|| gazetteer.find(name).into_iter().next());
        let found = self.actor(name);
        // A namesake elsewhere that some report was understood to mean is not what somebody asks for who names a capital.
        let elsewhere = |at: ActorIndex| {
            let info = &self.input.actors[at.0 as usize];
            let apart = |place: &Toponym| info.country.is_some() && info.country.as_deref() != place.country;
            info.place.is_some() && place.as_ref().is_some_and(apart)
        };
        let place = match (found, place) {
            (Ok(found), _) if !elsewhere(found) => return Ok(found),
            (Ok(found), None) => return Ok(found),
            (_, Some(place)) => place,
            (Err(missing), None) => return Err(missing),
        };
        let country = place.country.map(str::to_owned);
        let feature = if state.is_some() { "PCLI" } else { "PPL" }.to_owned();
        let info = PlaceInfo { lat: place.lat, lon: place.lon, country: country.clone(), feature };
        self.input.actors.push(Actor {
            key: key.unwrap_or_else(|| format!("name:{name}")),
            name: place.name.to_owned(),
            country,
            place: Some(info),
            ..Actor::default()
        });
        Ok(ActorIndex(self.input.actors.len() as u32 - 1))
    }

    /// The actor's name.
    pub fn name(&self, actor: ActorIndex) -> &str {
        &self.input.actors[actor.0 as usize].name
    }

    /// Names, separated by commas.
    pub fn names(&self, actors: &[ActorIndex]) -> String {
        actors.iter().map(|&actor| self.name(actor)).collect::<Vec<_>>().join(", ")
    }

    /// A claim as JSON.
    pub fn claim_json(&self, claim: ClaimIndex) -> serde_json::Value {
        let info = &self.input.claims[claim.0 as usize];
        serde_json::json!({
            "id": info.id, "statement": info.statement, "chain": info.chain, "outlet": info.outlet,
            "reported": info.reported.map(|day| day.to_string()), "certainty": info.certainty.as_str(), "origins": info.origins,
        })
    }

    /// A claim in a line: what is said, by whom, when.
    pub fn claim_line(&self, claim: ClaimIndex) -> String {
        let info = &self.input.claims[claim.0 as usize];
        let reported = info.reported.map_or("undated".to_owned(), |day| day.to_string());
        format!("“{}” ({}; {reported})", info.statement, info.chain.join(" <- "))
    }
}

/// The key of whoever or whatever the knowledge base knows by this name.
fn known(name: &str) -> Option<String> {
    let knowledge = Knowledge::embedded();
    let wanted = name.to_lowercase();
    let spelled_so = |key: &str| knowledge.get(key).is_some_and(|thing| thing.name.to_lowercase().contains(&wanted));
    let found = knowledge.find(name, &Default::default()).into_iter().find(|candidate| match candidate.how {
        Match::Transliterated | Match::Surname => spelled_so(&candidate.key),
        Match::Exact | Match::Composed | Match::Titled => true,
    });
    found.map(|candidate| candidate.key.to_string())
}

/// The wholes of an entity: by its key from the knowledge base; by its name when a state's demonym is followed by a word for a state's own
/// people or things.
fn wholes(entity: &Entity) -> Vec<Whole> {
    let knowledge = Knowledge::embedded();
    let whole = |key: &String| {
        let thing = knowledge.get(key);
        let state = key.strip_prefix("sl:state/").and_then(|code| knowledge.state(code));
        let name = state.map(|state| state.name).or_else(|| thing.map(|thing| thing.name));
        let country = state.map(|state| state.iso2).or_else(|| thing.and_then(|thing| thing.country));
        name.map(|name| Whole { key: key.clone(), name: name.to_string(), country: country.map(str::to_owned) })
    };
    if let Some(key) = &entity.kb {
        // A person is not a part of a state, nor is a party or armed group that has its own will.
        let lifts = key.contains('/') || matches!(entity.kind.as_str(), "organization");
        let known: Vec<Whole> =
            if lifts { knowledge.wholes(key).iter().filter_map(whole).collect() } else { Vec::new() };
        // Bodies that no table lists are composed as `sl:GH/coast-guard`: the state is in the key.
        let composed =
            key.strip_prefix("sl:").and_then(|rest| rest.split_once('/')).map(|(code, _)| format!("sl:state/{code}"));
        return if known.is_empty() && lifts { composed.as_ref().and_then(whole).into_iter().collect() } else { known };
    }
    let state = own_state(&entity.name).or_else(|| acting_state(entity));
    state.as_ref().and_then(whole).into_iter().collect()
}

/// The key of the state that an adjective of nationality stands for where it acts: "an Israeli strike", "Iranian moves". The people themselves
/// ("Iranians") are not the state.
fn acting_state(entity: &Entity) -> Option<String> {
    let adjective = entity.kind == "norp" && !entity.name.contains(' ') && !entity.name.ends_with('s');
    let code = Knowledge::embedded().demonym(&entity.name).filter(|_| adjective);
    code.map(|code| format!("sl:state/{code}"))
}

/// The key of the state whose own people or things a name says: "Ghanaian troops in Chad", "the army of Ghana", "Ghana's government".
fn own_state(name: &str) -> Option<String> {
    let knowledge = Knowledge::embedded();
    let name = name.split_once(" in ").map_or(name, |(before, _)| before);
    let own: Vec<&str> = include_str!("../../../data/lexicon/state_bodies.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .collect();
    let is_own = |words: &str| {
        let lower = words.to_lowercase();
        own.iter().any(|word| lower == **word || lower.ends_with(&format!(" {word}")))
    };
    let state = |words: &str| {
        let found = knowledge.find_best(words.trim(), &Default::default())?;
        found.key.strip_prefix("sl:state/").map(str::to_owned)
    };
    let code = if let Some((body, of)) = name.split_once(" of ") {
        state(of).filter(|_| is_own(body))
    } else if let Some((owner, body)) = name.split_once("’s ").or_else(|| name.split_once("'s ")) {
        state(owner).filter(|_| is_own(body))
    } else {
        let demonym = name.split_whitespace().find_map(|word| knowledge.demonym(word));
        demonym.filter(|_| is_own(name)).map(str::to_owned)
    };
    code.map(|code| format!("sl:state/{code}"))
}

/// The state that a person governs or governed by office, or that a ruler's regime does ("Bokassa's regime").
fn governs(entity: &Entity) -> Option<Whole> {
    let knowledge = Knowledge::embedded();
    let ruled = |key: &str| {
        let mut offices = knowledge.offices(key).filter(|office| HEADS.contains(&office.role));
        let state = offices.find_map(|office| knowledge.state(office.of))?;
        let key = format!("sl:state/{}", state.iso2);
        Some(Whole { key, name: state.name.to_string(), country: Some(state.iso2.to_owned()) })
    };
    if let Some(key) = &entity.kb {
        return ruled(key);
    }
    let name = entity.name.as_str();
    let regime = REGIMES.iter().find_map(|word| name.strip_suffix(word)).map(str::trim_end);
    let ruler = match regime {
        Some(ruler) => ruler.strip_suffix("’s").or_else(|| ruler.strip_suffix("'s")).unwrap_or(ruler),
        None if entity.kind == "person" => name,
        None => return None,
    };
    // Father and son of one name are told apart by nobody here; all that counts is that they ruled the same state.
    let states: Vec<Whole> =
        knowledge.find(ruler, &Default::default()).iter().filter_map(|candidate| ruled(&candidate.key)).collect();
    states.first().filter(|first| states.iter().all(|state| state.key == first.key)).cloned()
}

/// Last words of what belongs to a ruler.
const REGIMES: [&str; 4] = [" regime", " rule", " government", " dictatorship"];

/// Offices whose holders govern a state, as the tables of people call them.
const HEADS: [&str; 8] =
    ["president", "prime-minister", "supreme-leader", "king", "emir", "sultan", "leader", "chancellor"];

/// A date given on the command line.
pub fn day(text: &str) -> Result<Day> {
    Ok(Day::as_of(text)?)
}

/// The word for a place's role.
pub fn role(role: PlaceRole) -> &'static str {
    match role {
        PlaceRole::At => "in",
        PlaceRole::From => "from",
        PlaceRole::To => "to",
        PlaceRole::Via => "through",
    }
}
