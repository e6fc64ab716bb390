//! Events in order of time.

use sourceline_model::{Certainty, PloverType, Polarity};

use crate::{ActorIndex, Bounds, Day, Input, SituationEvent, Trust};

/// Which events a timeline shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TimelineFilter {
    /// Only events in which this actor or place, or a part of it, takes part.
    pub about: Option<ActorIndex>,
    /// Only events at or within this place's country or the place itself.
    pub place: Option<ActorIndex>,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
    /// Only these types; empty: all.
    pub kinds: Vec<PloverType>,
}

/// One event, with all claims that tell it the same way.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineEntry {
    /// Indices in [`Input::events`] of the events told here, the first the one shown.
    pub events: Vec<usize>,
    /// Its days.
    pub when: Bounds,
    /// How surely, at best.
    pub certainty: Certainty,
    /// Whether it is said to have happened.
    pub polarity: Polarity,
    /// Largest number of independent origins of its claims.
    pub origins: u16,
}

/// The entries that begin on one day; undated ones come last, with no day.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineDay {
    /// The first possible day.
    pub day: Option<Day>,
    /// Its entries.
    pub entries: Vec<TimelineEntry>,
}

/// Returns the events that pass `filter` and `trust`, by first possible day (the last one where the first is open, the day
/// of the report where no words date them).
pub fn timeline(input: &Input, filter: &TimelineFilter, trust: &Trust) -> Vec<TimelineDay> {
    let mut order: Vec<usize> =
        (0..input.events.len()).filter(|&at| passes(input, &input.events[at], filter, trust)).collect();
    order.sort_by_key(|&at| sort_key(&input.events[at]));
    let mut days: Vec<TimelineDay> = Vec::new();
    for at in order {
        let event = &input.events[at];
        let day = shown_day(event);
        if days.last().is_none_or(|last| last.day != day) {
            days.push(TimelineDay { day, entries: Vec::new() });
        }
        if let Some(last) = days.last_mut() {
            add(input, &mut last.entries, at);
        }
    }
    days
}

/// The day under which an event stands: its first possible one; that of the report when no words date it.
fn shown_day(event: &SituationEvent) -> Option<Day> {
    if event.time.is_none() { event.when.latest } else { event.when.earliest.or(event.when.latest) }
}

type SortKey = (bool, Option<Day>, Option<Day>, PloverType, Vec<ActorIndex>, crate::ClaimIndex);

fn sort_key(event: &SituationEvent) -> SortKey {
    let day = shown_day(event);
    (day.is_none(), day, event.when.latest, event.kind, event.actors.clone(), event.claim)
}

fn add(input: &Input, entries: &mut Vec<TimelineEntry>, at: usize) {
    let event = &input.events[at];
    let origins = input.claims[event.claim.0 as usize].origins;
    let same = |entry: &&mut TimelineEntry| {
        let first = &input.events[entry.events[0]];
        first.kind == event.kind
            && first.mode == event.mode
            && first.actors == event.actors
            && first.recipients == event.recipients
            && first.places == event.places
            && first.when == event.when
            && first.polarity == event.polarity
    };
    if let Some(entry) = entries.iter_mut().find(same) {
        entry.events.push(at);
        entry.certainty = entry.certainty.min(event.certainty);
        entry.origins = entry.origins.max(origins);
    } else {
        entries.push(TimelineEntry {
            events: vec![at],
            when: event.when,
            certainty: event.certainty,
            polarity: event.polarity,
            origins,
        });
    }
}

fn passes(input: &Input, event: &SituationEvent, filter: &TimelineFilter, trust: &Trust) -> bool {
    let claim = &input.claims[event.claim.0 as usize];
    let outside = |bounds: Bounds| {
        filter.from.is_some_and(|from| bounds.latest.or(bounds.earliest).is_none_or(|day| day < from))
            || filter.to.is_some_and(|to| bounds.earliest.or(bounds.latest).is_none_or(|day| day > to))
    };
    let takes_part = |wanted: ActorIndex| {
        let places = event.places.iter().map(|(place, _)| place);
        event.actors.iter().chain(&event.recipients).chain(places).any(|&actor| is_part(input, actor, wanted))
    };
    trust.admits(claim, event.certainty)
        && (filter.kinds.is_empty() || filter.kinds.contains(&event.kind))
        && !outside(event.when)
        && filter.about.is_none_or(takes_part)
        && filter.place.is_none_or(|place| event.places.iter().any(|(at, _)| lies_in(input, *at, place)))
}

/// Whether `actor` is `whole` or a part of it.
pub(crate) fn is_part(input: &Input, actor: ActorIndex, whole: ActorIndex) -> bool {
    let mut at = Some(actor);
    // Parents never nest deeper than there are actors; the bound keeps a circle from looping.
    for _ in 0..=input.actors.len().min(16) {
        match at {
            Some(current) if current == whole => return true,
            Some(current) => at = input.actors[current.0 as usize].parent,
            None => return false,
        }
    }
    false
}

fn lies_in(input: &Input, place: ActorIndex, area: ActorIndex) -> bool {
    let (place, area) = (&input.actors[place.0 as usize], &input.actors[area.0 as usize]);
    let is_country = area.place.as_ref().is_some_and(|info| info.feature.starts_with("PCL"));
    place.key == area.key || (is_country && place.country.is_some() && place.country == area.country)
}
