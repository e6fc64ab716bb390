//! Routes between two places as of a date: open, contested, cut or unknown, and why.
//!
//! Countries are the legs: land borders and coasts come from the map, everything else from claims. A leg's status for a user follows
//! from who controls or is present there, how they stand to the user, and what is reported of supplies through it.
//! Not here: the road network inside a country.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use sourceline_model::RelationKind;

use crate::{ActorIndex, Assumption, ClaimIndex, Day, FluentId, Input, Situation, Status, Trust};

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
    /// Why there is no answer or only a part of one.
    pub notes: Vec<String>,
}

/// Most land routes told.
const MAX_ROUTES: usize = 4;

/// Status of a route by land: that of its worst leg of which something is known; the ends count only where they are cut or contested.
/// A route between whose ends nothing is known of any leg is unknown.
fn route_status(legs: &[Leg]) -> LegStatus {
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
        routes.truncate(MAX_ROUTES);
        routes
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

/// Who can pass where, worked out once for a question.
struct Judge<'a> {
    reasons: BTreeMap<String, Vec<Reason>>,
    input: &'a Input,
    user: ActorIndex,
}

#[derive(Clone)]
struct Reason {
    status: LegStatus,
    why: String,
    claims: Vec<ClaimIndex>,
}

impl<'a> Judge<'a> {
    fn new(situation: &Situation, input: &'a Input, query: &RouteQuery<'_>, user: ActorIndex) -> Self {
        let ids = situation.iter().filter(|(_, fluent)| bears_on_routes(fluent.kind)).map(|(id, _)| id);
        let known: Vec<(FluentId, crate::Standing)> = {
            let ids: Vec<FluentId> = ids.collect();
            let standings = situation.standings(input, ids.iter().copied(), query.at, query.trust);
            ids.into_iter().zip(standings).filter(|(_, standing)| standing.status != Status::Unknown).collect()
        };
        let mut judge = Self { reasons: BTreeMap::new(), input, user };
        let sides = judge.sides(&known, query.assumptions);
        for (_, standing) in &known {
            judge.add_standing(standing, &sides);
        }
        judge.add_supplies(situation, query, &known);
        for assumption in query.assumptions {
            judge.add_assumption(assumption, &sides);
        }
        judge
    }

    fn is_user(&self, actor: ActorIndex) -> bool {
        let user = &self.input.actors[self.user.0 as usize];
        let other = &self.input.actors[actor.0 as usize];
        crate::timeline::is_part(self.input, actor, self.user)
            || crate::timeline::is_part(self.input, self.user, actor)
            || (user.country.is_some()
                && user.country == other.country
                && other.place.is_some()
                && user.place.is_some())
    }

    fn is_home(&self, country: Option<&str>) -> bool {
        country.is_some() && self.input.actors[self.user.0 as usize].country.as_deref() == country
    }

    /// How others stand to the user: +1 friend, -1 foe, 0 both.
    fn sides(
        &self,
        known: &[(FluentId, crate::Standing)],
        assumptions: &[Assumption],
    ) -> BTreeMap<ActorIndex, (LegStatus, Vec<ClaimIndex>)> {
        let mut sides: BTreeMap<ActorIndex, (LegStatus, Vec<ClaimIndex>)> = BTreeMap::new();
        let mut put = |actor: ActorIndex, status: LegStatus, claims: &[ClaimIndex]| {
            let entry = sides.entry(actor).or_insert((status, Vec::new()));
            if entry.0 != status {
                entry.0 = LegStatus::Contested;
            }
            entry.1.extend_from_slice(claims);
        };
        for (_, standing) in known.iter().filter(|(_, standing)| standing.status.is_shown()) {
            let fluent = standing.fluent;
            let status = match (fluent.kind, standing.status) {
                (RelationKind::Allied | RelationKind::Backs | RelationKind::Hostile, Status::Contested) => {
                    LegStatus::Contested
                }
                (RelationKind::Allied | RelationKind::Backs, _) => LegStatus::Open,
                (RelationKind::Hostile, _) => LegStatus::Cut,
                _ => continue,
            };
            for (one, other) in [(fluent.subject, fluent.object), (fluent.object, fluent.subject)] {
                if self.is_user(one) && !self.is_user(other) {
                    put(other, status, &standing.claims_for);
                }
            }
        }
        for assumption in assumptions {
            let (one, other, status) = match *assumption {
                Assumption::Allied(one, other) => (one, other, LegStatus::Open),
                Assumption::Hostile(one, other) => (one, other, LegStatus::Cut),
                _ => continue,
            };
            for (one, other) in [(one, other), (other, one)] {
                if self.is_user(one) {
                    put(other, status, &[]);
                }
            }
        }
        sides
    }

    fn side(
        &self,
        sides: &BTreeMap<ActorIndex, (LegStatus, Vec<ClaimIndex>)>,
        actor: ActorIndex,
    ) -> Option<(LegStatus, Vec<ClaimIndex>)> {
        if self.is_user(actor) {
            return Some((LegStatus::Open, Vec::new()));
        }
        sides
            .get(&actor)
            .cloned()
            .or_else(|| self.input.actors[actor.0 as usize].parent.and_then(|parent| sides.get(&parent).cloned()))
    }

    fn add(&mut self, country: Option<String>, status: LegStatus, why: String, claims: Vec<ClaimIndex>) {
        if let Some(country) = country {
            self.reasons.entry(country).or_default().push(Reason { status, why, claims });
        }
    }

    fn name(&self, actor: ActorIndex) -> &'a str {
        &self.input.actors[actor.0 as usize].name
    }

    fn add_standing(&mut self, standing: &crate::Standing, sides: &BTreeMap<ActorIndex, (LegStatus, Vec<ClaimIndex>)>) {
        let fluent = standing.fluent;
        let country = self.input.actors[fluent.object.0 as usize].country.clone();
        let (subject, object) = (self.name(fluent.subject), self.name(fluent.object));
        match (fluent.kind, standing.status) {
            (RelationKind::Controls, status) if status.is_shown() => {
                let Some((side, mut claims)) = self.side(sides, fluent.subject) else { return };
                claims.extend(&standing.claims_for);
                let side = if status == Status::Contested { LegStatus::Contested } else { side };
                self.add(country, side, format!("{subject} controls {object} ({})", status.as_str()), claims);
            }
            // At home, presence says nothing about a way through.
            (RelationKind::PresentIn, status) if self.is_user(fluent.subject) && !self.is_home(country.as_deref()) => {
                let (leg, words, claims) = match status {
                    Status::Ended | Status::Denied => {
                        (LegStatus::Cut, "is no longer present in", &standing.claims_against)
                    }
                    Status::Contested => {
                        (LegStatus::Contested, "is said to be and not to be present in", &standing.claims_for)
                    }
                    _ => (LegStatus::Open, "is present in", &standing.claims_for),
                };
                self.add(country, leg, format!("{subject} {words} {object}"), claims.clone());
            }
            (RelationKind::Hostile | RelationKind::Allied, status) if status.is_shown() => {
                let other = if self.is_user(fluent.subject) { fluent.object } else { fluent.subject };
                let actor = &self.input.actors[other.0 as usize];
                let is_state = actor.place.as_ref().is_some_and(|place| place.feature.starts_with("PCL"));
                if let (true, Some((side, claims))) = (is_state, sides.get(&other)) {
                    let words = if fluent.kind == RelationKind::Hostile { "stands against" } else { "is allied with" };
                    self.add(
                        actor.country.clone(),
                        *side,
                        format!("{} {words} {}", actor.name, self.name(self.user)),
                        claims.clone(),
                    );
                }
            }
            _ => {}
        }
    }

    /// Supplies reported through a country keep it open while they flow and mark it cut when they have ended.
    fn add_supplies(&mut self, situation: &Situation, query: &RouteQuery<'_>, known: &[(FluentId, crate::Standing)]) {
        let status: BTreeMap<FluentId, &crate::Standing> = known.iter().map(|(id, standing)| (*id, standing)).collect();
        let ids: BTreeMap<crate::Fluent, FluentId> = situation.iter().map(|(id, fluent)| (fluent, id)).collect();
        for relation in self
            .input
            .relations
            .iter()
            .filter(|relation| relation.kind == RelationKind::Supplies && !relation.via.is_empty())
        {
            let fluent = crate::Fluent { kind: relation.kind, subject: relation.subject, object: relation.object };
            let counts = query.trust.admits(&self.input.claims[relation.claim.0 as usize], relation.certainty);
            let Some(standing) =
                ids.get(&fluent).and_then(|id| status.get(id)).filter(|_| counts && self.is_user(relation.subject))
            else {
                continue;
            };
            let (leg, words) = match standing.status {
                Status::Ended | Status::Denied => (LegStatus::Cut, "no longer supplies"),
                Status::Contested => (LegStatus::Contested, "is said to supply and not to supply"),
                _ => (LegStatus::Open, "supplies"),
            };
            for &via in &relation.via {
                let why = format!(
                    "{} {words} {} through {}",
                    self.name(relation.subject),
                    self.name(relation.object),
                    self.name(via)
                );
                self.add(self.input.actors[via.0 as usize].country.clone(), leg, why, vec![relation.claim]);
            }
        }
    }

    fn add_assumption(&mut self, assumption: &Assumption, sides: &BTreeMap<ActorIndex, (LegStatus, Vec<ClaimIndex>)>) {
        match *assumption {
            Assumption::Without(actor) => {
                let info = &self.input.actors[actor.0 as usize];
                if info.place.is_some() {
                    self.reasons.insert(
                        info.country.clone().unwrap_or_default(),
                        vec![Reason {
                            status: LegStatus::Cut,
                            why: format!("assumed: {} can't be used", info.name),
                            claims: Vec::new(),
                        }],
                    );
                }
            }
            Assumption::Controls(actor, place) => {
                let country = self.input.actors[place.0 as usize].country.clone();
                let side = self.side(sides, actor).map_or(LegStatus::Unknown, |(side, _)| side);
                let why = format!("assumed: {} controls {}", self.name(actor), self.name(place));
                if let Some(country) = country {
                    self.reasons.insert(country, vec![Reason { status: side, why, claims: Vec::new() }]);
                }
            }
            Assumption::Hostile(one, other) | Assumption::Allied(one, other) => {
                let status =
                    if matches!(assumption, Assumption::Hostile(..)) { LegStatus::Cut } else { LegStatus::Open };
                for (one, other) in [(one, other), (other, one)] {
                    let info = &self.input.actors[other.0 as usize];
                    let is_state = info.place.as_ref().is_some_and(|place| place.feature.starts_with("PCL"));
                    if self.is_user(one) && is_state {
                        let words = if status == LegStatus::Cut { "stands against" } else { "is allied with" };
                        let why = format!("assumed: {} {words} {}", info.name, self.name(self.user));
                        self.reasons.insert(
                            info.country.clone().unwrap_or_default(),
                            vec![Reason { status, why, claims: Vec::new() }],
                        );
                    }
                }
            }
        }
    }

    /// The status of a country for the user, why, and the claims behind it. Only what bears on the way of travel counts.
    fn country(&self, code: &str, kind: LegKind) -> (LegStatus, Vec<String>, Vec<ClaimIndex>) {
        let reasons = self.reasons.get(code).map_or(&[][..], Vec::as_slice);
        let (open, cut) =
            (reasons.iter().any(|r| r.status == LegStatus::Open), reasons.iter().any(|r| r.status == LegStatus::Cut));
        let contested = reasons.iter().any(|r| r.status == LegStatus::Contested);
        let status = match (open, cut) {
            _ if contested => LegStatus::Contested,
            (true, true) => LegStatus::Contested,
            (true, false) => LegStatus::Open,
            (false, true) if kind == LegKind::Land => LegStatus::Cut,
            (false, true) => LegStatus::Contested,
            (false, false) => LegStatus::Unknown,
        };
        let mut claims: Vec<ClaimIndex> = reasons.iter().flat_map(|reason| reason.claims.iter().copied()).collect();
        claims.sort_unstable();
        claims.dedup();
        let mut why: Vec<String> = reasons.iter().map(|reason| reason.why.clone()).collect();
        why.sort();
        why.dedup();
        (status, why, claims)
    }

    fn leg(&self, code: &str, kind: LegKind, is_end: bool) -> Leg {
        let (status, why, claims) = self.country(code, kind);
        let home = self.input.actors[self.user.0 as usize].country.as_deref() == Some(code);
        let status = if home || (is_end && status == LegStatus::Unknown) { LegStatus::Open } else { status };
        Leg { country: code.to_owned(), kind, status, why, claims }
    }

    fn land(&self, path: &[String]) -> Route {
        let last = path.len().saturating_sub(1);
        let legs: Vec<Leg> =
            path.iter().enumerate().map(|(at, code)| self.leg(code, LegKind::Land, at == 0 || at == last)).collect();
        Route { kind: LegKind::Land, status: route_status(&legs), legs }
    }

    /// A sea or air route touches its two ends only.
    fn direct(&self, kind: LegKind, from: &str, to: &str) -> Route {
        let legs = vec![self.leg(from, kind, true), self.leg(to, kind, true)];
        let status = legs.iter().map(|leg| leg.status).max().unwrap_or(LegStatus::Unknown);
        Route { kind, status, legs }
    }
}

const fn bears_on_routes(kind: RelationKind) -> bool {
    !matches!(kind, RelationKind::PartOf | RelationKind::Leads | RelationKind::MemberOf | RelationKind::LocatedIn)
}
