//! What `routes` and `timeline` draw on a map.

use std::collections::BTreeMap;

use sourceline::Knowledge;
use sourceline_knowledge::gazetteer::Gazetteer;
use sourceline_model::{Certainty, PlaceRole, Polarity};
use sourceline_pictures::{MapArea, MapArrow, MapPanel, MapPoint, MapStatus};
use sourceline_situation::{ActorIndex, Leg, LegKind, LegStatus, Route, RouteAnswer, RouteQuery, TimelineDay};

use crate::situation::Loaded;

const fn status(status: LegStatus) -> MapStatus {
    match status {
        LegStatus::Open => MapStatus::Open,
        LegStatus::Unknown => MapStatus::Unknown,
        LegStatus::Contested => MapStatus::Contested,
        LegStatus::Cut => MapStatus::Cut,
    }
}

/// The map of an answer about routes.
pub fn routes(loaded: &Loaded, query: &RouteQuery<'_>, answer: &RouteAnswer) -> MapPanel {
    let ends = [query.from, query.to].map(|end| point(loaded, end));
    let mut panel = MapPanel { title: query.at.to_string(), ..MapPanel::default() };
    let mut labelled: BTreeMap<String, MapPoint> = BTreeMap::new();
    for route in answer.land.iter().chain(&answer.sea).chain(&answer.air) {
        let bow = match route.kind {
            LegKind::Land => 0.0,
            LegKind::Sea => -0.2,
            LegKind::Air => 0.2,
        };
        let by_land = route.kind == LegKind::Land;
        let spots = spots(route, &ends);
        for (pair, leg) in spots.windows(2).zip(route.legs.iter().skip(1)) {
            if let [Some(from), Some(to)] = pair {
                // A stretch has the status of the country that it leads into, the whole way that of the bow.
                let state = if by_land { leg.status } else { route.status };
                let arrow = MapArrow { from: from.at, to: to.at, asserted: true, status: Some(status(state)), bow };
                if !panel.arrows.contains(&arrow) {
                    panel.arrows.push(arrow);
                }
            }
        }
        if by_land {
            panel.areas.extend(route.legs.iter().map(area));
        }
        for spot in spots.into_iter().flatten() {
            labelled.entry(spot.label.clone()).or_insert(spot);
        }
    }
    panel.points = labelled.into_values().collect();
    panel
}

fn area(leg: &Leg) -> MapArea {
    MapArea { country: leg.country.clone(), status: status(leg.status) }
}

/// The ends of a route where they are, the countries between them in their middle.
fn spots(route: &Route, ends: &[Option<MapPoint>; 2]) -> Vec<Option<MapPoint>> {
    let last = route.legs.len().saturating_sub(1);
    let of = |(at, leg): (usize, &Leg)| match at {
        0 => ends[0].clone().or_else(|| country(&leg.country)),
        _ if at == last => ends[1].clone().or_else(|| country(&leg.country)),
        _ => country(&leg.country),
    };
    route.legs.iter().enumerate().map(of).collect()
}

fn point(loaded: &Loaded, actor: ActorIndex) -> Option<MapPoint> {
    let info = &loaded.input.actors[actor.0 as usize];
    let place = info.place.as_ref().filter(|place| place.lat.is_finite() && place.lon.is_finite())?;
    Some(MapPoint { at: (place.lat, place.lon), label: info.name.clone() })
}

fn country(code: &str) -> Option<MapPoint> {
    let name = Knowledge::embedded().state(code)?.name;
    let place = Gazetteer::embedded().country(code)?;
    Some(MapPoint { at: (place.lat, place.lon), label: name.to_string() })
}

/// The map of the events of a timeline: places with the number of their events, movements as arrows. Places without coordinates are left out.
pub fn events(loaded: &Loaded, days: &[TimelineDay]) -> MapPanel {
    let mut panel = MapPanel { title: "Events and movements".to_owned(), ..MapPanel::default() };
    let mut counts: BTreeMap<ActorIndex, usize> = BTreeMap::new();
    for entry in days.iter().flat_map(|day| &day.entries).filter(|entry| entry.polarity == Polarity::Positive) {
        let event = &loaded.input.events[entry.events[0]];
        for (place, _) in &event.places {
            *counts.entry(*place).or_default() += 1;
        }
        let at = |wanted: PlaceRole| {
            event.places.iter().find(|(_, role)| *role == wanted).and_then(|(place, _)| point(loaded, *place))
        };
        if let (Some(from), Some(to)) = (at(PlaceRole::From).or_else(|| at(PlaceRole::At)), at(PlaceRole::To)) {
            let asserted = entry.certainty == Certainty::Asserted;
            panel.arrows.push(MapArrow { from: from.at, to: to.at, asserted, status: None, bow: 0.0 });
        }
    }
    let mut order: Vec<(ActorIndex, usize)> = counts.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let points = order.iter().filter_map(|(place, count)| {
        let point = point(loaded, *place)?;
        let label = if *count > 1 { format!("{} ({count})", point.label) } else { point.label };
        Some(MapPoint { label, ..point })
    });
    panel.points = points.collect();
    panel
}
