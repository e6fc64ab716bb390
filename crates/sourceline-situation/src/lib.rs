//! The situation that claims describe: timeline, network as of a date, what changed, which routes are open.
//!
//! In: [`Input`]: actors, claims with their events and relations, as the store gives them. Out: values that are computed anew for
//! every question; nothing is ever written back, so no claim is overwritten.
//! Method: an event calculus (Kowalski & Sergot, "A Logic-based Calculus of Events", 1986) over fluents whose begin and end
//! are known as intervals only: events begin and end relations by the table `data/rules/effects.tsv`, relations persist until ended.
//! Not here: reading the store, printing, pictures.

mod build;
mod day;
mod effects;
mod fluents;
mod gather;
mod input;
mod judge;
mod network;
mod routes;
mod state;
mod timeline;

pub use day::{Bounds, Day, ParseDayError};
pub use effects::{Change, Effect, EffectTable, EffectTableError, Participant, RowExample};
pub use fluents::{Evidence, Fluent, FluentId, Situation, Turn, Way};
pub use gather::{Backing, Gatherer, Governs, Whole, Wholes};
pub use input::{
    Actor, ActorIndex, Assumption, ClaimIndex, ClaimInfo, Input, PlaceInfo, SituationEvent, SituationRelation, Trust,
};
pub use network::{Centralities, Centrality, EXACT, Network, components};
pub use routes::{Leg, LegKind, LegStatus, Link, Route, RouteAnswer, RouteMap, RouteQuery};
pub use state::{Difference, DifferenceKind, Standing, Status};
pub use timeline::{TimelineDay, TimelineEntry, TimelineFilter, timeline};
