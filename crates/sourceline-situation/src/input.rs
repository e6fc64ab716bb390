//! What the situation is computed from. Plain values: whoever reads the store fills them.

use sourceline_model::{Certainty, PlaceRole, PloverType, Polarity, RelationKind};

use crate::{Bounds, Day};

/// Index in [`Input::actors`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorIndex(pub u32);

/// Index in [`Input::claims`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimIndex(pub u32);

/// Coordinates and country of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceInfo {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// GeoNames feature code.
    pub feature: String,
}

/// A person, body, group or place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Actor {
    /// What makes it one across documents: a key of the knowledge base, or its normalised name.
    pub key: String,
    /// Its best name.
    pub name: String,
    /// What it is part of: the state of its armed forces, the force of a unit.
    pub parent: Option<ActorIndex>,
    /// The state that it governs or governed: a president's, a regime's.
    pub governs: Option<ActorIndex>,
    /// ISO 3166-1 alpha-2 code of the state it is, belongs to or lies in.
    pub country: Option<String>,
    /// Where it is, for places.
    pub place: Option<PlaceInfo>,
    /// Whether it is nobody who stands with or against others: a thing, somebody without a name, a number of victims.
    pub idle: bool,
}

/// What is known about a claim besides its content.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimInfo {
    /// Id in the store, such as `c12` or `<document>#c3`.
    pub id: String,
    /// The statement.
    pub statement: String,
    /// Outlet that published it.
    pub outlet: Option<String>,
    /// Ultimate source, as far as known.
    pub source: Option<String>,
    /// All names in its chain.
    pub chain: Vec<String>,
    /// When it was published.
    pub reported: Option<Day>,
    /// How surely it is put.
    pub certainty: Certainty,
    /// Asserted or denied.
    pub polarity: Polarity,
    /// Number of independent origins behind its proposition.
    pub origins: u16,
}

/// A coded event of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct SituationEvent {
    /// Its claim.
    pub claim: ClaimIndex,
    /// PLOVER type.
    pub kind: PloverType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Who.
    pub actors: Vec<ActorIndex>,
    /// To whom.
    pub recipients: Vec<ActorIndex>,
    /// Where.
    pub places: Vec<(ActorIndex, PlaceRole)>,
    /// When, as days; both ends `None` when unknown. An event without `time` that is put as a fact lies in the month before its report.
    pub when: Bounds,
    /// When, as the reading has it (EDTF); `None` when no words say so.
    pub time: Option<String>,
    /// How surely.
    pub certainty: Certainty,
    /// Whether it is said to have happened.
    pub polarity: Polarity,
}

/// A relation of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct SituationRelation {
    /// Its claim.
    pub claim: ClaimIndex,
    /// Its kind.
    pub kind: RelationKind,
    /// Who.
    pub subject: ActorIndex,
    /// To whom or where.
    pub object: ActorIndex,
    /// By which places.
    pub via: Vec<ActorIndex>,
    /// When it began, if said.
    pub begin: Option<Bounds>,
    /// When it ended, if said.
    pub end: Option<Bounds>,
    /// How surely.
    pub certainty: Certainty,
    /// Whether it is said to hold.
    pub polarity: Polarity,
}

/// Everything the store knows that bears on the situation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Input {
    /// Actors and places.
    pub actors: Vec<Actor>,
    /// Claims.
    pub claims: Vec<ClaimInfo>,
    /// Events.
    pub events: Vec<SituationEvent>,
    /// Relations.
    pub relations: Vec<SituationRelation>,
}

/// Which claims count.
#[derive(Debug, Clone, PartialEq)]
pub struct Trust {
    /// Least number of independent origins.
    pub min_origins: u16,
    /// Least certainty.
    pub certainty: Certainty,
    /// Names of sources or outlets whose claims do not count, in lower case.
    pub exclude: Vec<String>,
    /// Only claims published up to this day count; `None`: all. Undated claims count only with `None`.
    pub known_by: Option<Day>,
}

impl Default for Trust {
    /// Everything that is put as a fact or likely.
    fn default() -> Self {
        Self { min_origins: 0, certainty: Certainty::Probable, exclude: Vec::new(), known_by: None }
    }
}

impl Trust {
    /// Whether a claim that puts something with `certainty` counts.
    pub fn admits(&self, claim: &ClaimInfo, certainty: Certainty) -> bool {
        certainty <= self.certainty
            && claim.certainty <= self.certainty
            && claim.origins >= self.min_origins
            && self.known_by.is_none_or(|day| claim.reported.is_some_and(|reported| reported <= day))
            && !claim.chain.iter().any(|name| self.exclude.contains(&name.to_lowercase()))
    }
}

/// What somebody assumes on the command line; always shown as such.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assumption {
    /// Nobody can use this place; when it is no place, as [`Assumption::Gone`].
    Without(ActorIndex),
    /// This actor, state or not, and its parts are out of the picture: whom it helped, it helps no more; the land stays.
    Gone(ActorIndex),
    /// This actor controls this place.
    Controls(ActorIndex, ActorIndex),
    /// These two stand against each other.
    Hostile(ActorIndex, ActorIndex),
    /// These two stand together.
    Allied(ActorIndex, ActorIndex),
}
