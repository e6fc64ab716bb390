//! Relations in time: every claim turned into what it says of a relation, and when.
//!
//! A fluent is a relation between two actors, whoever reports it. Its evidence is kept in one flat table sorted by fluent and
//! time, so that the state at a date is one pass over memory.

use std::collections::{BTreeMap, BTreeSet};

use sourceline_model::{Certainty, PlaceRole, PloverType, Polarity, RelationKind};

use crate::{
    ActorIndex, Bounds, Change, ClaimIndex, Day, EffectTable, Input, Participant, SituationEvent, SituationRelation,
};

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
}

impl Turn {
    /// Whether the fluent holds after this.
    pub const fn is_positive(self) -> bool {
        matches!(self, Self::Begins | Self::Holds)
    }

    const fn denied(self) -> Self {
        match self {
            Self::Begins | Self::Holds => Self::HoldsNot,
            Self::Ends | Self::HoldsNot => Self::Holds,
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
        matches!(self.turn, Turn::Holds) && self.earliest == i32::MIN
    }
}

/// All fluents with their evidence.
#[derive(Debug, Clone, Default)]
pub struct Situation {
    pub(crate) fluents: Vec<Fluent>,
    pub(crate) offsets: Vec<u32>,
    pub(crate) rows: Vec<Evidence>,
}

impl Situation {
    /// Builds the table from everything the store knows, everybody for themselves.
    pub fn build(input: &Input, effects: &EffectTable) -> Self {
        Self::from_rows(Self::rows(input, effects))
    }

    /// Builds the table with forces and offices counted as the state or body that they are part of: what a state's army left, the state left.
    pub fn build_whole(input: &Input, effects: &EffectTable) -> Self {
        let roots: Vec<ActorIndex> = (0..input.actors.len()).map(|at| root(input, ActorIndex(at as u32))).collect();
        let lift = |actor: ActorIndex| roots[actor.0 as usize];
        let rows = Self::rows(input, effects).into_iter().map(|(fluent, row)| {
            (symmetric(Fluent { subject: lift(fluent.subject), object: lift(fluent.object), ..fluent }), row)
        });
        Self::from_rows(rows.filter(|(fluent, _)| fluent.subject != fluent.object).collect())
    }

    fn rows(input: &Input, effects: &EffectTable) -> Vec<(Fluent, Evidence)> {
        let mut rows: Vec<(Fluent, Evidence)> = Vec::with_capacity(input.relations.len() + input.events.len());
        for relation in &input.relations {
            relation_rows(input, relation, &mut rows);
        }
        for event in &input.events {
            event_rows(input, effects, event, &mut rows);
        }
        let known: BTreeSet<Fluent> =
            if rows.is_empty() { BTreeSet::new() } else { breakable_fluents(input, effects, &rows) };
        for event in &input.events {
            break_rows(input, effects, event, &known, &mut rows);
        }
        rows
    }

    fn from_rows(mut rows: Vec<(Fluent, Evidence)>) -> Self {
        rows.sort_unstable_by_key(|(fluent, row)| (*fluent, row.latest, row.earliest, row.claim, row.turn));
        rows.dedup();
        let mut situation = Self::default();
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

    /// All fluents with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FluentId, Fluent)> + '_ {
        self.fluents.iter().enumerate().map(|(at, fluent)| (FluentId(at as u32), *fluent))
    }
}

fn push(
    rows: &mut Vec<(Fluent, Evidence)>,
    fluent: Fluent,
    turn: Turn,
    when: Bounds,
    claim: ClaimIndex,
    certainty: Certainty,
) {
    if fluent.subject == fluent.object {
        return;
    }
    let (earliest, latest) = (when.earliest.map_or(i32::MIN, |day| day.0), when.latest.map_or(i32::MAX, |day| day.0));
    rows.push((symmetric(fluent), Evidence { earliest, latest, claim, turn, certainty }));
}

/// The outermost whole of an actor.
fn root(input: &Input, actor: ActorIndex) -> ActorIndex {
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

/// Alliance and hostility have no direction: the lower index comes first.
fn symmetric(fluent: Fluent) -> Fluent {
    let swap = matches!(fluent.kind, RelationKind::Allied | RelationKind::Hostile) && fluent.object < fluent.subject;
    if swap { Fluent { subject: fluent.object, object: fluent.subject, ..fluent } } else { fluent }
}

fn relation_rows(input: &Input, relation: &SituationRelation, rows: &mut Vec<(Fluent, Evidence)>) {
    let fluent = Fluent { kind: relation.kind, subject: relation.subject, object: relation.object };
    let claim = &input.claims[relation.claim.0 as usize];
    let denied = relation.polarity == Polarity::Negative;
    let mut say = |turn: Turn, when: Bounds| {
        let turn = if denied { turn.denied() } else { turn };
        push(rows, fluent, turn, when, relation.claim, relation.certainty);
    };
    match (relation.begin, relation.end) {
        (None, None) => say(Turn::Holds, claim.reported.map_or_else(Bounds::default, Bounds::day)),
        (begin, end) => {
            if let Some(begin) = begin {
                say(Turn::Begins, begin);
            }
            match end {
                Some(end) => say(Turn::Ends, capped(end, claim.reported)),
                None => say(Turn::Holds, claim.reported.map_or_else(Bounds::default, Bounds::day)),
            }
        }
    }
}

/// What is reported as past has happened by the day of the report.
fn capped(when: Bounds, reported: Option<Day>) -> Bounds {
    match (when.earliest, when.latest, reported) {
        (earliest, None, Some(reported)) if earliest.is_none_or(|day| day <= reported) => {
            Bounds { earliest, latest: Some(reported) }
        }
        _ => when,
    }
}

fn event_rows(input: &Input, effects: &EffectTable, event: &SituationEvent, rows: &mut Vec<(Fluent, Evidence)>) {
    for effect in effects.of(event).filter(|effect| effect.change != Change::Breaks) {
        for &subject in participants(event, effect.subject).iter() {
            for &object in participants(event, effect.object).iter() {
                let fluent = Fluent { kind: effect.relation, subject, object };
                say_event(input, event, effect.change, fluent, rows);
            }
        }
    }
    if event.kind == PloverType::Retreat && event.mode.as_deref() == Some("withdraw") {
        leave_country(input, event, rows);
    }
}

/// Whoever moves from a place to one in another country has left the first country's place; nothing more is concluded.
fn leave_country(input: &Input, event: &SituationEvent, rows: &mut Vec<(Fluent, Evidence)>) {
    let country = |place: ActorIndex| input.actors[place.0 as usize].country.as_deref();
    let to: Vec<Option<&str>> =
        event.places.iter().filter(|(_, role)| *role == PlaceRole::To).map(|(place, _)| country(*place)).collect();
    for &(place, _) in event.places.iter().filter(|(_, role)| *role == PlaceRole::At) {
        if to.iter().any(|there| there.is_some() && *there != country(place)) {
            for &subject in &event.actors {
                say_event(
                    input,
                    event,
                    Change::Ends,
                    Fluent { kind: RelationKind::PresentIn, subject, object: place },
                    rows,
                );
            }
        }
    }
}

fn say_event(
    input: &Input,
    event: &SituationEvent,
    change: Change,
    fluent: Fluent,
    rows: &mut Vec<(Fluent, Evidence)>,
) {
    let claim = &input.claims[event.claim.0 as usize];
    let turn = match change {
        Change::Begins => Turn::Begins,
        Change::Ends | Change::Breaks => Turn::Ends,
        Change::Shows => Turn::Holds,
    };
    let denied = event.polarity == Polarity::Negative;
    let turn = if denied { turn.denied() } else { turn };
    push(rows, fluent, turn, capped(event.when, claim.reported), event.claim, event.certainty);
}

fn participants(event: &SituationEvent, role: Participant) -> Vec<ActorIndex> {
    match role {
        Participant::Actor => event.actors.clone(),
        Participant::Recipient => event.recipients.clone(),
        Participant::Place(wanted) => {
            event.places.iter().filter(|(_, role)| *role == wanted).map(|(place, _)| *place).collect()
        }
        Participant::Anyone => Vec::new(),
    }
}

/// The fluents that a line with `breaks` may end.
fn breakable_fluents(input: &Input, effects: &EffectTable, rows: &[(Fluent, Evidence)]) -> BTreeSet<Fluent> {
    let kinds: BTreeSet<RelationKind> =
        effects.effects.iter().filter(|e| e.change == Change::Breaks).map(|e| e.relation).collect();
    let ended = |event: &SituationEvent| effects.of(event).any(|effect| effect.change == Change::Breaks);
    if kinds.is_empty() || !input.events.iter().any(ended) {
        return BTreeSet::new();
    }
    rows.iter().map(|(fluent, _)| *fluent).filter(|fluent| kinds.contains(&fluent.kind)).collect()
}

fn break_rows(
    input: &Input,
    effects: &EffectTable,
    event: &SituationEvent,
    known: &BTreeSet<Fluent>,
    rows: &mut Vec<(Fluent, Evidence)>,
) {
    if known.is_empty() {
        return;
    }
    let mut ended: BTreeMap<Fluent, ()> = BTreeMap::new();
    for effect in effects.of(event).filter(|effect| effect.change == Change::Breaks) {
        let (subjects, objects) = (participants(event, effect.subject), participants(event, effect.object));
        let fits = |role: Participant, named: &[ActorIndex], actor: ActorIndex| match role {
            // Whoever does it loses nothing by it.
            Participant::Anyone => !event.actors.contains(&actor) || effect.object == Participant::Anyone,
            _ => named.contains(&actor),
        };
        let one_way = |fluent: &Fluent| {
            fits(effect.subject, &subjects, fluent.subject) && fits(effect.object, &objects, fluent.object)
        };
        let either = matches!(effect.relation, RelationKind::Allied | RelationKind::Hostile);
        for fluent in known.iter().filter(|fluent| fluent.kind == effect.relation) {
            let swapped = Fluent { subject: fluent.object, object: fluent.subject, ..*fluent };
            if one_way(fluent) || (either && one_way(&swapped)) {
                ended.insert(*fluent, ());
            }
        }
    }
    for fluent in ended.into_keys() {
        say_event(input, event, Change::Ends, fluent, rows);
    }
}
