//! Who can pass where, for one question about routes: every country with the reasons for its status.
//!
//! In: how the relations stand at the date, events that hold up ships or planes, and what is assumed. Out: the status of a leg by land, sea
//! or air, why, and the claims. Not here: which legs make a route.

use std::collections::BTreeMap;

use sourceline_model::{PloverType, Polarity, RelationKind};

use crate::routes::route_status;
use crate::{
    ActorIndex, Assumption, ClaimIndex, Fluent, FluentId, Input, Leg, LegKind, LegStatus, Route, RouteQuery, Situation,
    SituationEvent, Standing, Status, Way,
};

/// Days for which a plane held up or a port raided says something of the way by air or sea.
const EVENT_DAYS: i32 = 365;

/// How others stand to the user, with the claims that say so.
type Sides = BTreeMap<ActorIndex, (LegStatus, Vec<ClaimIndex>)>;

/// Who can pass where.
pub(crate) struct Judge<'a> {
    reasons: BTreeMap<String, Vec<Reason>>,
    input: &'a Input,
    user: ActorIndex,
}

#[derive(Clone)]
struct Reason {
    /// `None`: it bears on every way of travel.
    kind: Option<LegKind>,
    status: LegStatus,
    why: String,
    claims: Vec<ClaimIndex>,
    /// Who but the user makes it so.
    by: Option<ActorIndex>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(situation: &Situation, input: &'a Input, query: &RouteQuery<'_>, user: ActorIndex) -> Self {
        let mut judge = Self { reasons: BTreeMap::new(), input, user };
        let gone: Vec<ActorIndex> = query.assumptions.iter().filter_map(|assumed| judge.gone(assumed)).collect();
        let is_gone = |actor: ActorIndex| gone.iter().any(|&one| crate::timeline::is_part(input, actor, one));
        let bears = |fluent: Fluent| {
            bears_on_routes(fluent.kind)
                && (judge.is_user(fluent.subject) || judge.is_user(fluent.object) || has_a_place(fluent.kind))
                && !is_gone(fluent.subject)
                && (!is_gone(fluent.object) || has_a_place(fluent.kind))
        };
        let ids: Vec<FluentId> = situation.iter().filter(|(_, fluent)| bears(*fluent)).map(|(id, _)| id).collect();
        let standings = situation.standings(input, ids, query.at, query.trust);
        let known: Vec<Standing> = standings.into_iter().filter(|known| known.status != Status::Unknown).collect();
        let sides = judge.sides(&known, query.assumptions);
        for standing in &known {
            judge.add_standing(standing, &sides);
        }
        judge.add_supplies(situation, query, &known);
        judge.add_events(query);
        for assumption in query.assumptions {
            judge.add_assumption(assumption, &sides);
        }
        judge
    }

    /// Who wants to pass.
    pub(crate) fn user(&self) -> ActorIndex {
        self.user
    }

    /// Those but the user on whom it rests that a country is open.
    pub(crate) fn helpers(&self, code: &str) -> Vec<ActorIndex> {
        let reasons = self.reasons.get(code).into_iter().flatten();
        reasons.filter(|reason| reason.status == LegStatus::Open).filter_map(|reason| reason.by).collect()
    }

    fn gone(&self, assumption: &Assumption) -> Option<ActorIndex> {
        match *assumption {
            Assumption::Gone(actor) => Some(actor),
            Assumption::Without(actor) => Some(actor).filter(|at| self.input.actors[at.0 as usize].place.is_none()),
            _ => None,
        }
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

    fn is_state(&self, actor: ActorIndex) -> bool {
        self.input.actors[actor.0 as usize].place.as_ref().is_some_and(|place| place.feature.starts_with("PCL"))
    }

    /// How others stand to the user: open for friends, cut for foes, contested for both.
    fn sides(&self, known: &[Standing], assumptions: &[Assumption]) -> Sides {
        let mut sides = Sides::new();
        let mut put = |actor: ActorIndex, status: LegStatus, claims: &[ClaimIndex]| {
            let entry = sides.entry(actor).or_insert((status, Vec::new()));
            if entry.0 != status {
                entry.0 = LegStatus::Contested;
            }
            entry.1.extend_from_slice(claims);
        };
        for standing in known.iter().filter(|standing| standing.status.is_shown()) {
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

    fn side(&self, sides: &Sides, actor: ActorIndex) -> Option<(LegStatus, Vec<ClaimIndex>)> {
        if self.is_user(actor) {
            return Some((LegStatus::Open, Vec::new()));
        }
        let parent = self.input.actors[actor.0 as usize].parent;
        sides.get(&actor).or_else(|| parent.and_then(|parent| sides.get(&parent))).cloned()
    }

    fn add(&mut self, country: Option<String>, reason: Reason) {
        if let Some(country) = country {
            self.reasons.entry(country).or_default().push(reason);
        }
    }

    /// An assumption stands in place of everything that is known.
    fn assume(&mut self, country: Option<String>, status: LegStatus, why: String) {
        if let Some(country) = country {
            let reason = Reason { kind: None, status, why: format!("assumed: {why}"), claims: Vec::new(), by: None };
            self.reasons.insert(country, vec![reason]);
        }
    }

    fn name(&self, actor: ActorIndex) -> &'a str {
        &self.input.actors[actor.0 as usize].name
    }

    fn add_standing(&mut self, standing: &Standing, sides: &Sides) {
        let Fluent { kind, subject, object } = standing.fluent;
        let country = self.input.actors[object.0 as usize].country.clone();
        let others = |judge: &Self, actor: ActorIndex| Some(actor).filter(|&actor| !judge.is_user(actor));
        match (kind, standing.status) {
            // Who once took a town, with nothing said of it since, opens or bars no country.
            (RelationKind::Controls, Status::Presumed) if !self.is_state(object) => {}
            (RelationKind::Controls, status) if status.is_shown() => {
                let Some((side, mut claims)) = self.side(sides, subject) else { return };
                claims.extend(&standing.claims_for);
                let status = if status == Status::Contested { LegStatus::Contested } else { side };
                let how = shown(standing.status);
                let why = format!("{} controls {}{how}", self.name(subject), self.name(object));
                self.add(country, Reason { kind: None, status, why, claims, by: others(self, subject) });
            }
            // At home, presence says nothing about a way through.
            (RelationKind::PresentIn, status) if self.is_user(subject) && !self.is_home(country.as_deref()) => {
                let (status, words, claims) = match status {
                    Status::Ended | Status::Denied => {
                        (LegStatus::Cut, "is no longer present in", &standing.claims_against)
                    }
                    Status::Contested => {
                        (LegStatus::Contested, "is said to be and not to be present in", &standing.claims_for)
                    }
                    _ => (LegStatus::Open, "is present in", &standing.claims_for),
                };
                let why = format!("{} {words} {}{}", self.name(subject), self.name(object), shown(standing.status));
                self.add(country, Reason { kind: None, status, why, claims: claims.clone(), by: None });
            }
            (RelationKind::Hostile | RelationKind::Allied | RelationKind::Backs, status) if status.is_shown() => {
                let other = if self.is_user(subject) { object } else { subject };
                let (true, Some((side, claims))) = (self.is_state(other), sides.get(&other)) else { return };
                let (a, b, how) = (self.name(subject), self.name(object), shown(status));
                let why = match kind {
                    RelationKind::Backs => format!("{a} backs {b}{how}"),
                    RelationKind::Allied => format!("{a} and {b} are allied{how}"),
                    _ => format!("{a} and {b} stand against each other{how}"),
                };
                let country = self.input.actors[other.0 as usize].country.clone();
                self.add(country, Reason { kind: None, status: *side, why, claims: claims.clone(), by: Some(other) });
            }
            _ => {}
        }
    }

    /// Supplies reported through a country keep it open while they flow and mark it cut when they have ended.
    fn add_supplies(&mut self, situation: &Situation, query: &RouteQuery<'_>, known: &[Standing]) {
        for standing in known.iter().filter(|known| known.fluent.kind == RelationKind::Supplies) {
            if !self.is_user(standing.fluent.subject) {
                continue;
            }
            let (status, words, rests_on) = match standing.status {
                Status::Ended | Status::Denied => (LegStatus::Cut, "no longer supplies", &standing.claims_against[..]),
                Status::Contested => (LegStatus::Contested, "is said to supply and not to supply", &[][..]),
                _ => (LegStatus::Open, "supplies", &[][..]),
            };
            for Way { place, claim } in situation.ways(standing.fluent) {
                let info = &self.input.claims[claim.0 as usize];
                if !query.trust.admits(info, info.certainty) {
                    continue;
                }
                let (subject, object) = (self.name(standing.fluent.subject), self.name(standing.fluent.object));
                let how = shown(standing.status);
                let why = format!("{subject} {words} {object} through {}{how}", self.name(place));
                let mut claims = rests_on.to_vec();
                if !claims.contains(&claim) {
                    claims.push(claim);
                }
                let country = self.input.actors[place.0 as usize].country.clone();
                self.add(country, Reason { kind: None, status, why, claims, by: None });
            }
        }
    }

    /// Planes and ships that were stopped, searched or struck, and airports and harbours closed, make the way by air or sea contested.
    fn add_events(&mut self, query: &RouteQuery<'_>) {
        let input = self.input;
        for event in input.events.iter().filter(|event| holds_up(event)) {
            let claim = &input.claims[event.claim.0 as usize];
            let day = event.when.latest.or(claim.reported);
            let recent = day.is_none_or(|day| day <= query.at && query.at.0 - day.0 <= EVENT_DAYS);
            if !recent
                || event.polarity == Polarity::Negative
                || !query.trust.admits(claim, event.certainty)
                || event.actors.iter().any(|&actor| self.is_user(actor))
            {
                continue;
            }
            let places = || event.places.iter().map(|(place, _)| *place);
            let Some(kind) = event.recipients.iter().copied().chain(places()).find_map(|at| way(self.name(at))) else {
                continue;
            };
            let mut countries: Vec<&String> =
                places().filter_map(|place| input.actors[place.0 as usize].country.as_ref()).collect();
            countries.dedup();
            for country in countries {
                let why = format!("“{}”", claim.statement);
                let reason =
                    Reason { kind: Some(kind), status: LegStatus::Contested, why, claims: vec![event.claim], by: None };
                self.add(Some(country.clone()), reason);
            }
        }
    }

    fn add_assumption(&mut self, assumption: &Assumption, sides: &Sides) {
        let country = |actor: ActorIndex| self.input.actors[actor.0 as usize].country.clone();
        match *assumption {
            Assumption::Without(actor) if self.gone(assumption).is_none() => {
                // A town is not its country: what is left of the country is anybody's guess.
                let status = if self.is_state(actor) { LegStatus::Cut } else { LegStatus::Contested };
                self.assume(country(actor), status, format!("{} can't be used", self.name(actor)));
            }
            Assumption::Controls(actor, place) => {
                let side = self.side(sides, actor).map_or(LegStatus::Unknown, |(side, _)| side);
                self.assume(country(place), side, format!("{} controls {}", self.name(actor), self.name(place)));
            }
            Assumption::Hostile(one, other) | Assumption::Allied(one, other) => {
                let hostile = matches!(assumption, Assumption::Hostile(..));
                let (status, words) =
                    if hostile { (LegStatus::Cut, "stands against") } else { (LegStatus::Open, "is allied with") };
                for (one, other) in [(one, other), (other, one)] {
                    if self.is_user(one) && self.is_state(other) {
                        let why = format!("{} {words} {}", self.name(other), self.name(self.user));
                        self.assume(country(other), status, why);
                    }
                }
            }
            Assumption::Without(_) | Assumption::Gone(_) => {}
        }
    }

    /// The status of a country for the user, why, and the claims behind it. Only what bears on the way of travel counts.
    pub(crate) fn country(&self, code: &str, kind: LegKind) -> (LegStatus, Vec<String>, Vec<ClaimIndex>) {
        let bears = |reason: &&Reason| reason.kind.is_none_or(|only| only == kind);
        let reasons: Vec<&Reason> = self.reasons.get(code).into_iter().flatten().filter(bears).collect();
        let any = |status: LegStatus| reasons.iter().any(|reason| reason.status == status);
        let status = match (any(LegStatus::Open), any(LegStatus::Cut)) {
            _ if any(LegStatus::Contested) => LegStatus::Contested,
            (true, true) => LegStatus::Contested,
            (true, false) => LegStatus::Open,
            (false, true) if kind == LegKind::Land => LegStatus::Cut,
            (false, true) => LegStatus::Contested,
            (false, false) => LegStatus::Unknown,
        };
        let mut claims: Vec<ClaimIndex> = Vec::new();
        // What made the status comes first.
        for reason in reasons.iter().filter(|r| r.status == status).chain(reasons.iter().filter(|r| r.status != status))
        {
            for claim in &reason.claims {
                if !claims.contains(claim) {
                    claims.push(*claim);
                }
            }
        }
        let mut why: Vec<String> = reasons.iter().map(|reason| reason.why.clone()).collect();
        why.sort();
        why.dedup();
        (status, why, claims)
    }

    fn leg(&self, code: &str, kind: LegKind, is_end: bool) -> Leg {
        let (status, why, claims) = self.country(code, kind);
        let home = self.is_home(Some(code));
        // Whoever goes somewhere by land is let in unless something says otherwise; at home everybody may go.
        let status = if home || (is_end && status == LegStatus::Unknown && kind == LegKind::Land) {
            LegStatus::Open
        } else {
            status
        };
        Leg { country: code.to_owned(), kind, status, why, claims }
    }

    pub(crate) fn land(&self, path: &[String]) -> Route {
        let last = path.len().saturating_sub(1);
        let legs: Vec<Leg> =
            path.iter().enumerate().map(|(at, code)| self.leg(code, LegKind::Land, at == 0 || at == last)).collect();
        Route { kind: LegKind::Land, status: route_status(&legs), legs }
    }

    /// A sea or air route touches its two ends only.
    pub(crate) fn direct(&self, kind: LegKind, from: &str, to: &str) -> Route {
        let legs = vec![self.leg(from, kind, true), self.leg(to, kind, true)];
        let status = legs.iter().map(|leg| leg.status).max().unwrap_or(LegStatus::Unknown);
        Route { kind, status, legs }
    }
}

const fn shown(status: Status) -> &'static str {
    match status {
        Status::Presumed => " (presumed)",
        Status::Contested => " (contested)",
        _ => "",
    }
}

const fn bears_on_routes(kind: RelationKind) -> bool {
    !matches!(kind, RelationKind::PartOf | RelationKind::Leads | RelationKind::MemberOf | RelationKind::LocatedIn)
}

const fn has_a_place(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::Controls | RelationKind::PresentIn)
}

/// Whether an event stops somebody on the way.
fn holds_up(event: &SituationEvent) -> bool {
    match event.kind {
        PloverType::Coerce => matches!(event.mode.as_deref(), Some("restrict" | "seize" | "withhold")),
        PloverType::Assault | PloverType::Sanction => true,
        _ => false,
    }
}

/// The way of travel that a name speaks of: "Beirut International Airport", "a commercial plane", "the port of Aden".
fn way(name: &str) -> Option<LegKind> {
    let lower = name.to_lowercase();
    let table = include_str!("../../../data/routes/ways.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    table.filter_map(|line| line.split_once('\t')).find_map(|(word, kind)| {
        let found = lower.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
        found.then_some(if kind == "air" { LegKind::Air } else { LegKind::Sea })
    })
}
