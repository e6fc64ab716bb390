//! Relations in time: every claim turned into what it says of a relation, and when.
//!
//! A fluent is a relation between two actors, whoever reports it. Its evidence is kept in one flat table sorted by fluent and
//! time, so that the state at a date is one pass over memory.

use std::collections::{BTreeMap, BTreeSet};

use sourceline_model::{Certainty, RelationKind};

use crate::build::{Builder, Rows};
use crate::{ActorIndex, Bounds, ClaimIndex, Day, EffectTable, Input};

/// A relation between two actors, apart from when it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fluent {
    /// Its kind.
    pub kind: RelationKind,
    /// Who.
    pub subject: ActorIndex,
    /// To whom or where.
    pub object: ActorIndex,
}

/// Index of a fluent in its [`Situation`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FluentId(pub u32);

/// What a piece of evidence says of its fluent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// It holds from then on.
    Begins,
    /// It holds at that time.
    Holds,
    /// It holds no longer.
    Ends,
    /// It does not hold at that time.
    HoldsNot,
    /// It did not begin then, against those who say that it did.
    DidNotBegin,
    /// It did not end then, against those who say that it did.
    DidNotEnd,
}

impl Turn {
    /// Whether the fluent holds after this.
    pub const fn is_positive(self) -> bool {
        matches!(self, Self::Begins | Self::Holds | Self::DidNotEnd)
    }

    pub(crate) const fn denied(self) -> Self {
        match self {
            Self::Begins => Self::DidNotBegin,
            Self::Ends => Self::DidNotEnd,
            Self::Holds => Self::HoldsNot,
            Self::HoldsNot | Self::DidNotBegin | Self::DidNotEnd => Self::Holds,
        }
    }
}

/// One thing a claim says of a fluent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// First day on which it may have been so; `i32::MIN` when unknown.
    pub earliest: i32,
    /// Last day on which it may have been so; `i32::MAX` when unknown.
    pub latest: i32,
    /// The claim.
    pub claim: ClaimIndex,
    /// What it says.
    pub turn: Turn,
    /// How surely.
    pub certainty: Certainty,
}

impl Evidence {
    pub(crate) fn new(when: Bounds, claim: ClaimIndex, turn: Turn, certainty: Certainty) -> Self {
        let (earliest, latest) =
            (when.earliest.map_or(i32::MIN, |day| day.0), when.latest.map_or(i32::MAX, |day| day.0));
        Self { earliest, latest, claim, turn, certainty }
    }

    /// Whether it tells of a change, rather than of how things stand. A beginning that nobody dates ("supplied by", in the past) only
    /// says that it held by then.
    pub(crate) const fn is_change(&self) -> bool {
        match self.turn {
            Turn::Ends => true,
            Turn::Begins => self.earliest != i32::MIN,
            Turn::Holds | Turn::HoldsNot | Turn::DidNotBegin | Turn::DidNotEnd => false,
        }
    }

    /// The days as bounds.
    pub const fn bounds(&self) -> Bounds {
        Bounds {
            earliest: if self.earliest == i32::MIN { None } else { Some(Day(self.earliest)) },
            latest: if self.latest == i32::MAX { None } else { Some(Day(self.latest)) },
        }
    }

    /// Start of the window in which it counts as simultaneous with others: the last day when the first is unknown.
    pub(crate) const fn start(&self) -> i32 {
        if self.earliest == i32::MIN { self.latest } else { self.earliest }
    }

    /// Says only that the fluent held at some time that nobody dates.
    pub(crate) const fn is_vague(&self) -> bool {
        matches!(self.turn, Turn::Holds | Turn::Begins) && self.earliest == i32::MIN && self.latest == i32::MAX
    }
}

/// A place by which something is supplied, and the claim that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Way {
    /// The place.
    pub place: ActorIndex,
    /// The claim.
    pub claim: ClaimIndex,
}

/// All fluents with their evidence.
#[derive(Debug, Clone, Default)]
pub struct Situation {
    pub(crate) ways: BTreeMap<Fluent, BTreeSet<Way>>,
    pub(crate) fluents: Vec<Fluent>,
    pub(crate) offsets: Vec<u32>,
    pub(crate) rows: Vec<Evidence>,
}

impl Situation {
    /// Builds the table from everything the store knows, everybody for themselves.
    pub fn build(input: &Input, effects: &EffectTable) -> Self {
        let themselves = (0..input.actors.len()).map(|at| ActorIndex(at as u32)).collect();
        Self::from_rows(Builder::new(input, effects, themselves).rows())
    }

    /// Builds the table with forces and offices counted as the state or body that they are part of: what a state's army left, the state left.
    pub fn build_whole(input: &Input, effects: &EffectTable) -> Self {
        let roots = (0..input.actors.len()).map(|at| root(input, ActorIndex(at as u32))).collect();
        Self::from_rows(Builder::new(input, effects, roots).rows())
    }

    fn from_rows(Rows { evidence: mut rows, ways }: Rows) -> Self {
        rows.sort_unstable_by_key(|(fluent, row)| (*fluent, row.latest, row.earliest, row.claim, row.turn));
        rows.dedup();
        let mut situation = Self::default();
        for (fluent, way) in ways {
            situation.ways.entry(fluent).or_default().insert(way);
        }
        for (fluent, row) in rows {
            if situation.fluents.last() != Some(&fluent) {
                situation.fluents.push(fluent);
                situation
                    .offsets
                    .push(u32::try_from(situation.rows.len()).expect("fewer than four billion pieces of evidence"));
            }
            situation.rows.push(row);
        }
        situation
            .offsets
            .push(u32::try_from(situation.rows.len()).expect("fewer than four billion pieces of evidence"));
        situation
    }

    /// Number of fluents.
    pub fn len(&self) -> usize {
        self.fluents.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.fluents.is_empty()
    }

    /// A fluent.
    pub fn fluent(&self, id: FluentId) -> Fluent {
        self.fluents[id.0 as usize]
    }

    /// The evidence of a fluent, by last possible day.
    pub fn evidence(&self, id: FluentId) -> &[Evidence] {
        let at = id.0 as usize;
        &self.rows[self.offsets[at] as usize..self.offsets[at + 1] as usize]
    }

    /// The places by which a supply is said to go, whatever its claims are worth.
    pub fn ways(&self, fluent: Fluent) -> impl Iterator<Item = Way> + '_ {
        self.ways.get(&fluent).into_iter().flatten().copied()
    }

    /// All fluents with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FluentId, Fluent)> + '_ {
        self.fluents.iter().enumerate().map(|(at, fluent)| (FluentId(at as u32), *fluent))
    }
}

/// The outermost whole of an actor.
pub(crate) fn root(input: &Input, actor: ActorIndex) -> ActorIndex {
    let mut at = actor;
    // The bound keeps a circle of parents from looping.
    for _ in 0..16 {
        match input.actors[at.0 as usize].parent {
            Some(parent) => at = parent,
            None => break,
        }
    }
    at
}
