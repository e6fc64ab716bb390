//! Claims into evidence: what each relation and each event says of which fluents.
//!
//! In: the input, the table of effects, and for every actor whom it counts as. Out: rows of fluent and evidence, in no order.
//! Relations and events that begin, end or show something come first; lines that only end what is known come second, through an index.

use std::collections::{BTreeMap, BTreeSet};

use sourceline_model::{PlaceRole, PloverType, Polarity, RelationKind};

use crate::fluents::Way;
use crate::{
    ActorIndex, Bounds, Change, ClaimIndex, Day, Effect, EffectTable, Evidence, Fluent, Input, Participant,
    SituationEvent, SituationRelation, Turn,
};

/// Turns the claims of an input into rows.
pub(crate) struct Builder<'a> {
    input: &'a Input,
    effects: &'a EffectTable,
    /// Whom each actor counts as: itself, or the whole it is part of.
    counts_as: Vec<ActorIndex>,
    rows: Vec<(Fluent, Evidence)>,
    ways: Vec<(Fluent, Way)>,
    /// What is concluded from deliveries: the backing, and the supply that it rests on.
    derived: BTreeSet<(Fluent, Fluent)>,
}

/// What all claims say, in no order.
pub(crate) struct Rows {
    pub(crate) evidence: Vec<(Fluent, Evidence)>,
    pub(crate) ways: Vec<(Fluent, Way)>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(input: &'a Input, effects: &'a EffectTable, counts_as: Vec<ActorIndex>) -> Self {
        let rows = Vec::with_capacity(input.relations.len() + input.events.len());
        Self { input, effects, counts_as, rows, ways: Vec::new(), derived: BTreeSet::new() }
    }

    /// All rows, and by which places supplies are said to go.
    pub(crate) fn rows(mut self) -> Rows {
        for relation in &self.input.relations {
            self.relation(relation);
        }
        for event in &self.input.events {
            self.event(event);
        }
        let breaking: Vec<&SituationEvent> =
            self.input.events.iter().filter(|event| self.effects.of(event).any(ends_known)).collect();
        if !breaking.is_empty() && !self.rows.is_empty() {
            let known = Known::new(&self);
            for event in breaking {
                for fluent in known.ended_by(&self, event) {
                    self.say(event, Change::Ends, fluent);
                    let is_cut = event.kind == PloverType::Coerce && event.mode.as_deref() == Some("withhold");
                    if is_cut && fluent.kind == RelationKind::Supplies {
                        let cut = [PlaceRole::Via, PlaceRole::At].map(Participant::Place);
                        cut.into_iter().for_each(|role| self.goes_by(fluent, participants(event, role), event.claim));
                    }
                }
            }
        }
        self.end_derived();
        Rows { evidence: self.rows, ways: self.ways }
    }

    /// Backing that is known from deliveries alone ends with the deliveries.
    fn end_derived(&mut self) {
        let derived = std::mem::take(&mut self.derived);
        let wanted: BTreeSet<Fluent> = derived.iter().flat_map(|&(backing, supply)| [backing, supply]).collect();
        let mut rows: BTreeMap<Fluent, Vec<Evidence>> = BTreeMap::new();
        for (fluent, row) in self.rows.iter().filter(|(fluent, _)| wanted.contains(fluent)) {
            rows.entry(*fluent).or_default().push(*row);
        }
        let of = |fluent: &Fluent| rows.get(fluent).map_or(&[][..], Vec::as_slice);
        let mut ends: Vec<(Fluent, Evidence)> = Vec::new();
        for (backing, supply) in &derived {
            let deliveries: BTreeSet<ClaimIndex> = of(supply).iter().map(|row| row.claim).collect();
            if of(backing).iter().all(|row| deliveries.contains(&row.claim)) {
                ends.extend(of(supply).iter().filter(|row| row.turn == Turn::Ends).map(|row| (*backing, *row)));
            }
        }
        self.rows.extend(ends);
    }

    fn goes_by(&mut self, fluent: Fluent, places: impl Iterator<Item = ActorIndex>, claim: ClaimIndex) {
        let fluent = Fluent { subject: self.lift(fluent.subject), object: self.lift(fluent.object), ..fluent };
        let country = |actor: ActorIndex| self.input.actors[actor.0 as usize].country.as_ref();
        // What goes to a state goes by way of others.
        let on_the_way = |place: &ActorIndex| {
            let to = country(fluent.object).filter(|_| self.input.actors[fluent.object.0 as usize].place.is_some());
            country(*place).is_some_and(|by| to != Some(by))
        };
        self.ways.extend(places.filter(on_the_way).map(|place| (fluent, Way { place, claim })));
    }

    fn lift(&self, actor: ActorIndex) -> ActorIndex {
        self.counts_as[actor.0 as usize]
    }

    /// Whether a relation needs somebody who can stand with or against others, and one of its ends is nobody of that kind.
    fn is_idle(&self, fluent: Fluent) -> bool {
        use RelationKind::{Allied, Backs, Controls, Hostile, Leads, Supplies};
        let idle = |actor: ActorIndex| {
            let info = &self.input.actors[actor.0 as usize];
            info.idle && info.parent.is_none()
        };
        match fluent.kind {
            Allied | Backs | Hostile | Supplies => idle(fluent.subject) || idle(fluent.object),
            Controls | Leads => idle(fluent.subject),
            _ => false,
        }
    }

    fn push(&mut self, fluent: Fluent, row: Evidence) {
        let fluent = Fluent { subject: self.lift(fluent.subject), object: self.lift(fluent.object), ..fluent };
        if fluent.subject != fluent.object {
            self.rows.push((symmetric(fluent), row));
        }
    }

    fn relation(&mut self, relation: &SituationRelation) {
        let fluent = Fluent { kind: relation.kind, subject: relation.subject, object: relation.object };
        if self.is_idle(fluent) {
            return;
        }
        if relation.kind == RelationKind::Supplies && relation.polarity == Polarity::Positive {
            self.goes_by(fluent, relation.via.iter().copied(), relation.claim);
        }
        let reported = self.input.claims[relation.claim.0 as usize].reported;
        let at_report = reported.map_or_else(Bounds::default, Bounds::day);
        let denied = relation.polarity == Polarity::Negative;
        let mut say = |turn: Turn, when: Bounds| {
            let turn = if denied { turn.denied() } else { turn };
            self.push(fluent, Evidence::new(when, relation.claim, turn, relation.certainty));
        };
        match (relation.begin, relation.end) {
            (None, None) => say(Turn::Holds, at_report),
            (begin, end) => {
                if let Some(begin) = begin {
                    say(Turn::Begins, begin);
                }
                match end {
                    Some(end) => say(Turn::Ends, capped(end, reported)),
                    None => say(Turn::Holds, at_report),
                }
            }
        }
    }

    fn event(&mut self, event: &SituationEvent) {
        for effect in self.effects.of(event).filter(|effect| !ends_known(effect)) {
            for subject in participants(event, effect.subject) {
                for object in participants(event, effect.object) {
                    let fluent = Fluent { kind: effect.relation, subject, object };
                    if !self.is_idle(fluent) {
                        self.say(event, effect.change, fluent);
                    }
                }
            }
        }
        if event.kind == PloverType::Aid && event.polarity == Polarity::Positive {
            self.delivery(event);
        }
        if event.kind == PloverType::Retreat && event.mode.as_deref() == Some("withdraw") {
            self.leave_country(event);
        }
    }

    /// A delivery shows by which places supplies go; what is concluded of backing rests on it.
    fn delivery(&mut self, event: &SituationEvent) {
        for &subject in &event.actors {
            for &object in &event.recipients {
                let supply = Fluent { kind: RelationKind::Supplies, subject, object };
                self.goes_by(supply, participants(event, Participant::Place(PlaceRole::Via)), event.claim);
                let (subject, object) = (self.lift(subject), self.lift(object));
                let of = |kind| Fluent { kind, subject, object };
                self.derived.insert((of(RelationKind::Backs), of(RelationKind::Supplies)));
            }
        }
    }

    /// Whoever moves from a place to one in another country has left the first country's place; nothing more is concluded.
    fn leave_country(&mut self, event: &SituationEvent) {
        let input = self.input;
        let country = |place: ActorIndex| input.actors[place.0 as usize].country.as_deref();
        let to: Vec<Option<&str>> = participants(event, Participant::Place(PlaceRole::To)).map(country).collect();
        for object in participants(event, Participant::Place(PlaceRole::At)) {
            if to.iter().any(|there| there.is_some() && *there != country(object)) {
                for &subject in &event.actors {
                    self.say(event, Change::Ends, Fluent { kind: RelationKind::PresentIn, subject, object });
                }
            }
        }
    }

    fn say(&mut self, event: &SituationEvent, change: Change, fluent: Fluent) {
        let turn = match change {
            Change::Begins => Turn::Begins,
            Change::Ends | Change::Breaks | Change::Strands => Turn::Ends,
            Change::Shows => Turn::Holds,
        };
        let turn = if event.polarity == Polarity::Negative { turn.denied() } else { turn };
        let when = capped(event.when, self.input.claims[event.claim.0 as usize].reported);
        self.push(fluent, Evidence::new(when, event.claim, turn, event.certainty));
    }
}

/// Days after an event in which reports that give no date for what was so still look back on the time before it.
const LOOKING_BACK: i32 = 14;

fn ends_known(effect: &Effect) -> bool {
    matches!(effect.change, Change::Breaks | Change::Strands)
}

/// Alliance and hostility have no direction: the lower index comes first.
pub(crate) fn symmetric(fluent: Fluent) -> Fluent {
    let swap = has_no_direction(fluent.kind) && fluent.object < fluent.subject;
    if swap { Fluent { subject: fluent.object, object: fluent.subject, ..fluent } } else { fluent }
}

const fn has_no_direction(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::Allied | RelationKind::Hostile)
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

/// Those of an event that fill a role by themselves.
fn participants(event: &SituationEvent, role: Participant) -> impl Iterator<Item = ActorIndex> + '_ {
    let parties: &[ActorIndex] = match role {
        Participant::Actor | Participant::ActorState => &event.actors,
        Participant::Recipient | Participant::RecipientState => &event.recipients,
        _ => &[],
    };
    let wanted = match role {
        Participant::Place(wanted) | Participant::Within(wanted) => Some(wanted),
        _ => None,
    };
    let places = event.places.iter().filter(move |(_, role)| Some(*role) == wanted).map(|(place, _)| *place);
    parties.iter().copied().chain(places)
}

/// Fluents that claims tell of, by both their ends.
struct Known {
    by_subject: BTreeMap<(RelationKind, ActorIndex), BTreeSet<Fluent>>,
    by_object: BTreeMap<(RelationKind, ActorIndex), BTreeSet<Fluent>>,
    /// Countries through which a supply is said to go.
    ways: BTreeMap<Fluent, BTreeSet<String>>,
    /// The first day on which each is known to hold or to have begun; `i32::MIN` when nobody dates it.
    first: BTreeMap<Fluent, i32>,
    places_of: BTreeMap<String, Vec<ActorIndex>>,
}

impl Known {
    fn new(builder: &Builder<'_>) -> Self {
        let mut known = Self {
            by_subject: BTreeMap::new(),
            by_object: BTreeMap::new(),
            ways: BTreeMap::new(),
            first: BTreeMap::new(),
            places_of: BTreeMap::new(),
        };
        for (fluent, row) in &builder.rows {
            if row.turn.is_positive() {
                let first = known.first.entry(*fluent).or_insert(i32::MAX);
                *first = (*first).min(if row.is_vague() { i32::MIN } else { row.start() });
            }
            known.by_subject.entry((fluent.kind, fluent.subject)).or_default().insert(*fluent);
            known.by_object.entry((fluent.kind, fluent.object)).or_default().insert(*fluent);
        }
        let country = |actor: ActorIndex| builder.input.actors[actor.0 as usize].country.clone();
        for (fluent, way) in &builder.ways {
            known.ways.entry(*fluent).or_default().extend(country(way.place));
        }
        for (at, actor) in builder.input.actors.iter().enumerate() {
            if let (Some(_), Some(country)) = (&actor.place, &actor.country) {
                known.places_of.entry(country.clone()).or_default().push(ActorIndex(at as u32));
            }
        }
        known
    }

    /// The fluents that lines for this event end.
    fn ended_by(&self, builder: &Builder<'_>, event: &SituationEvent) -> BTreeSet<Fluent> {
        let mut ended = BTreeSet::new();
        for effect in builder.effects.of(event).filter(|effect| ends_known(effect)) {
            if effect.change == Change::Strands {
                ended.extend(self.stranded(builder, event, effect));
            } else {
                self.broken(builder, event, effect, &mut ended);
            }
        }
        // What is first heard of well after cannot have ended then.
        let latest = event.when.latest.map_or(i32::MAX, |day| day.0.saturating_add(LOOKING_BACK));
        ended.retain(|fluent| self.first.get(fluent).is_some_and(|first| *first <= latest));
        ended
    }

    fn broken(&self, builder: &Builder<'_>, event: &SituationEvent, effect: &Effect, ended: &mut BTreeSet<Fluent>) {
        let (subjects, objects) =
            (self.those(builder, event, effect.subject), self.those(builder, event, effect.object));
        let doers: BTreeSet<ActorIndex> = event.actors.iter().map(|&actor| builder.lift(actor)).collect();
        let fits = |named: &Option<BTreeSet<ActorIndex>>, actor: ActorIndex| match named {
            Some(named) => named.contains(&actor),
            // Whoever does it loses nothing by it.
            None => !doers.contains(&actor) || objects.is_none(),
        };
        let mut take = |fluent: &Fluent, subject: ActorIndex, object: ActorIndex| {
            if fits(&subjects, subject) && fits(&objects, object) && self.goes_there(builder, event, fluent) {
                ended.insert(*fluent);
            }
        };
        let either = has_no_direction(effect.relation);
        for &subject in subjects.iter().flatten() {
            self.of(&self.by_subject, effect, subject).for_each(|fluent| take(fluent, fluent.subject, fluent.object));
            if either {
                let swapped = self.of(&self.by_object, effect, subject);
                swapped.for_each(|fluent| take(fluent, fluent.object, fluent.subject));
            }
        }
        if subjects.is_none() {
            for &object in objects.iter().flatten() {
                let found = self.of(&self.by_object, effect, object);
                found.for_each(|fluent| take(fluent, fluent.subject, fluent.object));
                if either {
                    let swapped = self.of(&self.by_subject, effect, object);
                    swapped.for_each(|fluent| take(fluent, fluent.object, fluent.subject));
                }
            }
        }
    }

    fn of<'s>(
        &'s self,
        index: &'s BTreeMap<(RelationKind, ActorIndex), BTreeSet<Fluent>>,
        effect: &Effect,
        actor: ActorIndex,
    ) -> impl Iterator<Item = &'s Fluent> {
        index.get(&(effect.relation, actor)).into_iter().flatten()
    }

    /// Whether a cut at the places by way of which an event happened concerns this supply: it goes there, or nobody says where it goes.
    fn goes_there(&self, builder: &Builder<'_>, event: &SituationEvent, fluent: &Fluent) -> bool {
        if fluent.kind != RelationKind::Supplies {
            return true;
        }
        let cut = participants(event, Participant::Place(PlaceRole::Via));
        let cut: Vec<&String> =
            cut.filter_map(|place| builder.input.actors[place.0 as usize].country.as_ref()).collect();
        let Some(ways) = self.ways.get(fluent) else { return true };
        cut.is_empty() || cut.iter().any(|country| ways.contains(*country))
    }

    /// What went by way of a state and rested on an alliance with whoever governed it.
    fn stranded(&self, builder: &Builder<'_>, event: &SituationEvent, effect: &Effect) -> Vec<Fluent> {
        let fallen = self.those(builder, event, effect.object).unwrap_or_default();
        let country = |actor: &ActorIndex| builder.input.actors[actor.0 as usize].country.as_ref();
        let countries: BTreeSet<&String> = fallen.iter().filter_map(country).collect();
        let friends = |actor: ActorIndex| {
            [RelationKind::Allied, RelationKind::Backs].into_iter().any(|kind| {
                let forth = self.by_subject.get(&(kind, actor)).into_iter().flatten();
                let back = self.by_object.get(&(kind, actor)).into_iter().flatten();
                forth.chain(back).any(|known| fallen.contains(&known.object) || fallen.contains(&known.subject))
            })
        };
        let ways = self.ways.iter().filter(|(fluent, ways)| {
            fluent.kind == effect.relation && ways.iter().any(|way| countries.contains(way)) && friends(fluent.subject)
        });
        ways.map(|(fluent, _)| symmetric(*fluent)).collect()
    }

    /// Those who fill a role, counted as what they are part of; `None`: anyone.
    fn those(&self, builder: &Builder<'_>, event: &SituationEvent, role: Participant) -> Option<BTreeSet<ActorIndex>> {
        if role == Participant::Anyone {
            return None;
        }
        let actors = &builder.input.actors;
        let mut those: BTreeSet<ActorIndex> = BTreeSet::new();
        for named in participants(event, role) {
            match role {
                Participant::ActorState | Participant::RecipientState => {
                    let root = crate::fluents::root(builder.input, named);
                    those.extend([named, root].into_iter().chain(actors[named.0 as usize].governs));
                }
                Participant::Within(_) => {
                    let info = &actors[named.0 as usize];
                    let is_country = info.place.as_ref().is_some_and(|place| place.feature.starts_with("PCL"));
                    let country = info.country.as_ref().filter(|_| is_country);
                    those.extend(country.and_then(|code| self.places_of.get(code)).into_iter().flatten());
                }
                _ => {
                    those.insert(named);
                }
            }
        }
        Some(those.into_iter().map(|actor| builder.lift(actor)).collect())
    }
}
