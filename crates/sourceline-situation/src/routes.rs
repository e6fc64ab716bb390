//! Routes between two places as of a date: open, contested, cut or unknown, and why.
//!
//! Countries are the legs: land borders and coasts come from the map, everything else from claims. A leg's status for a user follows
//! from who controls or is present there, how they stand to the user, and what is reported of supplies through it.
//! Not here: the road network inside a country.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::judge::Judge;
use crate::{ActorIndex, Assumption, ClaimIndex, Day, Input, Situation, Trust};

/// How a leg is travelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LegKind {
    /// Over land.
    Land,
    /// By ship.
    Sea,
    /// By air.
    Air,
}

/// Whether a leg can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LegStatus {
    /// Claims say or imply that it can.
    Open,
    /// No claim bears on it.
    Unknown,
    /// Claims conflict.
    Contested,
    /// Claims say or imply that it can't.
    Cut,
}

impl LegStatus {
    /// A word for people and programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Unknown => "unknown",
            Self::Contested => "contested",
            Self::Cut => "cut",
        }
    }
}

/// A land border between two countries.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// ISO 3166-1 alpha-2 codes, the lower first.
    pub countries: (String, String),
}

/// Borders and coasts of the world.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RouteMap {
    /// Land borders.
    pub links: BTreeSet<Link>,
    /// Countries with a sea coast.
    pub coastal: BTreeSet<String>,
    /// All countries.
    pub countries: BTreeSet<String>,
}

/// A country on a route.
#[derive(Debug, Clone, PartialEq)]
pub struct Leg {
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// How it is travelled.
    pub kind: LegKind,
    /// Whether it can be used.
    pub status: LegStatus,
    /// Plain reasons, one a claim or assumption.
    pub why: Vec<String>,
    /// The claims behind them.
    pub claims: Vec<ClaimIndex>,
}

/// A way from one end to the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// How it is travelled.
    pub kind: LegKind,
    /// Worst status of its legs.
    pub status: LegStatus,
    /// Its countries, both ends included.
    pub legs: Vec<Leg>,
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct RouteQuery<'a> {
    /// From where: a place or an actor.
    pub from: ActorIndex,
    /// To where.
    pub to: ActorIndex,
    /// Who wants to pass; `None`: the state at the start.
    pub user: Option<ActorIndex>,
    /// As of when.
    pub at: Day,
    /// Which claims count.
    pub trust: &'a Trust,
    /// What is assumed besides.
    pub assumptions: &'a [Assumption],
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RouteAnswer {
    /// Land routes, best status first, then shortest; at most four.
    pub land: Vec<Route>,
    /// The sea route, when both ends have a coast.
    pub sea: Option<Route>,
    /// The air route.
    pub air: Option<Route>,
    /// Countries each of which, if lost, cuts every land route that is not cut already.
    pub critical: Vec<String>,
    /// Actors each of whom, if gone, leaves no land route that is known to be open.
    pub critical_actors: Vec<ActorIndex>,
    /// Why there is no answer or only a part of one.
    pub notes: Vec<String>,
}

/// Most land routes told.
const MAX_ROUTES: usize = 4;

/// Status of a route by land: that of its worst leg of which something is known; the ends count only where they are cut or contested.
/// A route between whose ends nothing is known of any leg is unknown.
pub(crate) fn route_status(legs: &[Leg]) -> LegStatus {
    let last = legs.len().saturating_sub(1);
    let worst = legs.iter().map(|leg| leg.status).max().unwrap_or(LegStatus::Unknown);
    let inner = legs.get(1..last).unwrap_or(&[]);
    match worst {
        LegStatus::Cut | LegStatus::Contested => worst,
        _ if inner.is_empty() || inner.iter().any(|leg| leg.status == LegStatus::Open) => LegStatus::Open,
        _ => LegStatus::Unknown,
    }
}

/// Longest land route looked for, in countries beyond the shortest: detours longer than this are of no use to a reader.
const MAX_DETOUR: usize = 2;

/// Most actors tried for [`RouteAnswer::critical_actors`].
const MAX_TRIED: usize = 12;

impl RouteMap {
    /// Makes the map of the world from each country's code and its neighbours' codes; which countries have no coast is in
    /// `data/routes/landlocked.tsv`.
    pub fn new<'a>(borders: impl IntoIterator<Item = (&'a str, Vec<&'a str>)>) -> Self {
        let mut map = Self::default();
        let table = include_str!("../../../data/routes/landlocked.tsv");
        let landlocked: BTreeSet<&str> = table.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
        for (code, neighbours) in borders {
            map.countries.insert(code.to_owned());
            if !landlocked.contains(code) {
                map.coastal.insert(code.to_owned());
            }
            for other in neighbours {
                let (a, b) = if code < other { (code, other) } else { (other, code) };
                map.links.insert(Link { countries: (a.to_owned(), b.to_owned()) });
            }
        }
        map
    }

    fn neighbours(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut table: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for Link { countries: (a, b) } in &self.links {
            table.entry(a).or_default().push(b);
            table.entry(b).or_default().push(a);
        }
        table
    }

    /// Answers a question about routes.
    pub fn routes(&self, situation: &Situation, input: &Input, query: &RouteQuery<'_>) -> RouteAnswer {
        let country = |actor: ActorIndex| input.actors[actor.0 as usize].country.clone();
        let (Some(from), Some(to)) = (country(query.from), country(query.to)) else {
            let which = if country(query.from).is_none() { query.from } else { query.to };
            let note =
                format!("No country is known for {}, so no route can be drawn.", input.actors[which.0 as usize].name);
            return RouteAnswer { notes: vec![note], ..RouteAnswer::default() };
        };
        let user = query.user.or_else(|| state_actor(input, &from)).unwrap_or(query.from);
        let judge = Judge::new(situation, input, query, user);
        let mut answer = RouteAnswer::default();
        if from == to {
            answer.notes.push(format!("Both ends lie in {from}; routes inside a country are not drawn."));
        }
        answer.land = self.land_routes(&judge, &from, &to);
        answer.critical = self.critical(&judge, &from, &to);
        answer.critical_actors = self.critical_actors(situation, input, query, (&judge, &answer), (&from, &to));
        if self.coastal.contains(&from) && self.coastal.contains(&to) && from != to {
            answer.sea = Some(judge.direct(LegKind::Sea, &from, &to));
        }
        if from != to {
            answer.air = Some(judge.direct(LegKind::Air, &from, &to));
        }
        answer
    }

    fn land_routes(&self, judge: &Judge<'_>, from: &str, to: &str) -> Vec<Route> {
        let neighbours = self.neighbours();
        let distance = distances(&neighbours, to);
        let Some(&shortest) = distance.get(from) else { return Vec::new() };
        let mut found = Vec::new();
        let mut path = vec![from.to_owned()];
        walk(&neighbours, &distance, to, shortest + MAX_DETOUR, &mut path, &mut found);
        let mut routes: Vec<Route> = found.iter().map(|path| judge.land(path)).collect();
        routes.sort_by(|a, b| {
            (a.status, a.legs.len()).cmp(&(b.status, b.legs.len())).then_with(|| codes(a).cmp(&codes(b)))
        });
        let mut kept: Vec<Route> = Vec::new();
        for route in routes {
            // A detour that holds all countries of a route already told says nothing new.
            let told = kept.iter().any(|known| {
                let detour = codes(&route);
                codes(known).iter().all(|code| detour.contains(code))
            });
            if !told && kept.len() < MAX_ROUTES {
                kept.push(route);
            }
        }
        kept
    }

    /// Tries every actor behind an open leg: without it, is any route still known to be open?
    fn critical_actors(
        &self,
        situation: &Situation,
        input: &Input,
        query: &RouteQuery<'_>,
        (judge, answer): (&Judge<'_>, &RouteAnswer),
        (from, to): (&str, &str),
    ) -> Vec<ActorIndex> {
        let open = |routes: &[Route]| routes.iter().any(|route| route.status == LegStatus::Open);
        if !open(&answer.land) {
            return Vec::new();
        }
        let legs = answer.land.iter().filter(|route| route.status == LegStatus::Open).flat_map(|route| &route.legs);
        let mut tried: Vec<ActorIndex> = legs.flat_map(|leg| judge.helpers(&leg.country)).collect();
        tried.sort_unstable();
        tried.dedup();
        tried.truncate(MAX_TRIED);
        tried.retain(|&actor| {
            let mut assumptions = query.assumptions.to_vec();
            assumptions.push(Assumption::Gone(actor));
            let without = RouteQuery { assumptions: &assumptions, ..query.clone() };
            let judge = Judge::new(situation, input, &without, judge.user());
            !open(&self.land_routes(&judge, from, to))
        });
        tried
    }

    fn critical(&self, judge: &Judge<'_>, from: &str, to: &str) -> Vec<String> {
        let passable: BTreeSet<&str> = self
            .countries
            .iter()
            .map(String::as_str)
            .filter(|code| judge.country(code, LegKind::Land).0 != LegStatus::Cut)
            .collect();
        let neighbours = self.neighbours();
        let reach = |without: Option<&str>| {
            let mut seen = BTreeSet::from([from]);
            let mut queue = VecDeque::from([from]);
            while let Some(at) = queue.pop_front() {
                for &next in neighbours.get(at).into_iter().flatten() {
                    if Some(next) != without && passable.contains(next) && seen.insert(next) {
                        queue.push_back(next);
                    }
                }
            }
            seen.contains(to)
        };
        if from == to || !reach(None) {
            return Vec::new();
        }
        let inner = passable.iter().filter(|code| **code != from && **code != to);
        inner.filter(|code| !reach(Some(code))).map(|code| (*code).to_owned()).collect()
    }
}

fn codes(route: &Route) -> Vec<&str> {
    route.legs.iter().map(|leg| leg.country.as_str()).collect()
}

fn state_actor(input: &Input, code: &str) -> Option<ActorIndex> {
    let is_state = |actor: &crate::Actor| {
        actor.country.as_deref() == Some(code)
            && actor.place.as_ref().is_some_and(|place| place.feature.starts_with("PCL"))
    };
    input.actors.iter().position(is_state).and_then(|at| u32::try_from(at).ok()).map(ActorIndex)
}

fn distances<'a>(neighbours: &BTreeMap<&'a str, Vec<&'a str>>, to: &str) -> BTreeMap<&'a str, usize> {
    let mut distance = BTreeMap::new();
    let Some((&start, _)) = neighbours.get_key_value(to) else { return distance };
    distance.insert(start, 0);
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for &next in &neighbours[at] {
            if !distance.contains_key(next) {
                distance.insert(next, distance[at] + 1);
                queue.push_back(next);
            }
        }
    }
    distance
}

fn walk(
    neighbours: &BTreeMap<&str, Vec<&str>>,
    distance: &BTreeMap<&str, usize>,
    to: &str,
    longest: usize,
    path: &mut Vec<String>,
    found: &mut Vec<Vec<String>>,
) {
    let Some(at) = path.last().cloned() else { return };
    if at == to {
        found.push(path.clone());
        return;
    }
    for &next in neighbours.get(at.as_str()).into_iter().flatten() {
        let fits = distance.get(next).is_some_and(|left| path.len() + left <= longest);
        if fits && !path.iter().any(|code| code == next) {
            path.push(next.to_owned());
            walk(neighbours, distance, to, longest, path, found);
            path.pop();
        }
    }
}
