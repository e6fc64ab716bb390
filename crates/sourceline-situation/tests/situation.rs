//! Situations built from a few lines each: `relation kind subject object [begin…end]` and `event TYPE/mode actor -> recipient`.
//! Stories and names are our own.

use sourceline_model::{Certainty, PlaceRole, PloverType, Polarity, RelationKind};
use sourceline_situation::{
    Actor, ActorIndex, Assumption, Bounds, ClaimIndex, ClaimInfo, Day, DifferenceKind, EffectTable, Input, LegStatus,
    Network, PlaceInfo, RouteMap, RouteQuery, Situation, SituationEvent, SituationRelation, Status, TimelineFilter,
    Trust, components, timeline,
};

#[derive(Default)]
struct Story {
    input: Input,
}

impl Story {
    fn actor(&mut self, name: &str) -> ActorIndex {
        if let Some(at) = self.input.actors.iter().position(|actor| actor.name == name) {
            return ActorIndex(at as u32);
        }
        self.input.actors.push(Actor { key: name.to_lowercase(), name: name.to_owned(), ..Actor::default() });
        ActorIndex(self.input.actors.len() as u32 - 1)
    }

    fn place(&mut self, name: &str, country: &str, feature: &str) -> ActorIndex {
        let at = self.actor(name);
        let actor = &mut self.input.actors[at.0 as usize];
        actor.country = Some(country.to_owned());
        actor.place =
            Some(PlaceInfo { lat: 0.0, lon: 0.0, country: Some(country.to_owned()), feature: feature.to_owned() });
        at
    }

    fn part(&mut self, name: &str, whole: &str) -> ActorIndex {
        let parent = self.actor(whole);
        let at = self.actor(name);
        self.input.actors[at.0 as usize].parent = Some(parent);
        self.input.actors[at.0 as usize].country = self.input.actors[parent.0 as usize].country.clone();
        at
    }

    fn claim(&mut self, reported: &str, source: &str) -> ClaimIndex {
        let number = self.input.claims.len();
        self.input.claims.push(ClaimInfo {
            id: format!("c{number}"),
            statement: String::new(),
            outlet: Some("The Harbour Gazette".to_owned()),
            source: Some(source.to_owned()),
            chain: vec!["The Harbour Gazette".to_owned(), source.to_owned()],
            reported: Bounds::parse(reported).and_then(|bounds| bounds.latest),
            certainty: Certainty::Asserted,
            polarity: Polarity::Positive,
            origins: 1,
        });
        ClaimIndex(number as u32)
    }

    fn relation(
        &mut self,
        claim: ClaimIndex,
        kind: RelationKind,
        subject: ActorIndex,
        object: ActorIndex,
        begin: Option<&str>,
        end: Option<&str>,
    ) -> &mut SituationRelation {
        self.input.relations.push(SituationRelation {
            claim,
            kind,
            subject,
            object,
            via: Vec::new(),
            begin: begin.and_then(Bounds::parse),
            end: end.and_then(Bounds::parse),
            certainty: Certainty::Asserted,
            polarity: Polarity::Positive,
        });
        self.input.relations.last_mut().unwrap()
    }

    fn event(
        &mut self,
        claim: ClaimIndex,
        (kind, mode): (PloverType, &str),
        actor: ActorIndex,
        recipient: Option<ActorIndex>,
        place: Option<(ActorIndex, PlaceRole)>,
        time: &str,
    ) -> &mut SituationEvent {
        self.input.events.push(SituationEvent {
            claim,
            kind,
            mode: Some(mode.to_owned()),
            contexts: Vec::new(),
            actors: vec![actor],
            recipients: recipient.into_iter().collect(),
            places: place.into_iter().collect(),
            when: Bounds::parse(time).unwrap_or_default(),
            time: Some(time.to_owned()),
            certainty: Certainty::Asserted,
            polarity: Polarity::Positive,
        });
        self.input.events.last_mut().unwrap()
    }

    fn situation(&self) -> Situation {
        Situation::build(&self.input, &EffectTable::embedded())
    }

    fn status(&self, kind: RelationKind, subject: ActorIndex, object: ActorIndex, at: &str) -> Status {
        self.status_with(kind, subject, object, at, &Trust::default())
    }

    fn status_with(
        &self,
        kind: RelationKind,
        subject: ActorIndex,
        object: ActorIndex,
        at: &str,
        trust: &Trust,
    ) -> Status {
        let situation = self.situation();
        let id = situation
            .iter()
            .find(|(_, f)| f.kind == kind && f.subject == subject && f.object == object)
            .map(|(id, _)| id);
        id.map_or(Status::Unknown, |id| situation.standing(&self.input, id, Day::as_of(at).unwrap(), trust).status)
    }
}

/// An island state's garrison leaves a mainland port; the port changes hands.
fn harbour() -> (Story, [ActorIndex; 4]) {
    let mut story = Story::default();
    let state = story.place("Velmora", "VE", "PCLI");
    let port = story.place("Port Carrow", "CO", "PPL");
    let garrison = story.part("Velmoran marines", "Velmora");
    let league = story.actor("Coast League");
    let early = story.claim("2024-03-02", "a fisherman");
    story.relation(early, RelationKind::PresentIn, garrison, port, None, None);
    let late = story.claim("2024-06-20", "the harbour master");
    story.event(late, (PloverType::Retreat, "withdraw"), garrison, None, Some((port, PlaceRole::From)), "2024-06-18");
    story.event(late, (PloverType::Coerce, "seize"), league, None, Some((port, PlaceRole::At)), "2024-06-19");
    (story, [state, port, garrison, league])
}

#[test]
fn a_withdrawal_ends_presence_and_a_capture_begins_control() {
    let (story, [_, port, garrison, league]) = harbour();
    assert_eq!(story.status(RelationKind::PresentIn, garrison, port, "2024-02-01"), Status::Presumed);
    assert_eq!(story.status(RelationKind::PresentIn, garrison, port, "2024-06-17"), Status::Holds);
    assert_eq!(story.status(RelationKind::PresentIn, garrison, port, "2024-06-18"), Status::Ended);
    assert_eq!(story.status(RelationKind::Controls, league, port, "2024-06-18"), Status::Unknown);
    assert_eq!(story.status(RelationKind::Controls, league, port, "2025"), Status::Holds);
}

#[test]
fn the_past_is_seen_with_the_eyes_of_the_day() {
    let (story, [_, port, garrison, _]) = harbour();
    let trust = Trust { known_by: Some(Day::as_of("2024-06-19").unwrap()), ..Trust::default() };
    assert_eq!(story.status_with(RelationKind::PresentIn, garrison, port, "2024-06-19", &trust), Status::Holds);
}

#[test]
fn excluded_sources_do_not_count() {
    let (story, [_, port, garrison, _]) = harbour();
    let trust = Trust { exclude: vec!["the harbour master".to_owned()], ..Trust::default() };
    assert_eq!(story.status_with(RelationKind::PresentIn, garrison, port, "2025", &trust), Status::Holds);
    let trust = Trust { min_origins: 2, ..Trust::default() };
    assert_eq!(story.status_with(RelationKind::PresentIn, garrison, port, "2025", &trust), Status::Unknown);
}

#[test]
fn conflicting_claims_of_the_same_days_are_contested_and_both_kept() {
    let (mut story, [_, port, garrison, _]) = harbour();
    let denial = story.claim("2024-06-20", "the marines' spokesman");
    story
        .event(denial, (PloverType::Retreat, "withdraw"), garrison, None, Some((port, PlaceRole::From)), "2024-06-18")
        .polarity = Polarity::Negative;
    let situation = story.situation();
    let (id, _) = situation.iter().find(|(_, f)| f.kind == RelationKind::PresentIn && f.subject == garrison).unwrap();
    let standing = situation.standing(&story.input, id, Day::as_of("2024-07").unwrap(), &Trust::default());
    assert_eq!(standing.status, Status::Contested);
    assert!(!standing.claims_against.is_empty());
    assert!(standing.claims_for.contains(&denial) && !standing.claims_against.contains(&denial));
}

#[test]
fn what_ends_without_having_begun_was_there_before() {
    let mut story = Story::default();
    let (bloc, state) = (story.actor("Delta Bloc"), story.place("Ostrava Isle", "OI", "PCLI"));
    let claim = story.claim("2023-05-05", "the bloc");
    story.event(claim, (PloverType::Sanction, "withdraw"), state, Some(bloc), None, "2023-05-04");
    assert_eq!(story.status(RelationKind::MemberOf, state, bloc, "2020"), Status::Presumed);
    assert_eq!(story.status(RelationKind::MemberOf, state, bloc, "2024"), Status::Ended);
}

#[test]
fn a_government_that_falls_loses_its_alliances_and_nothing_else_does() {
    let mut story = Story::default();
    let (government, friend, other) = (story.actor("Government of Tarnia"), story.actor("Ruvia"), story.actor("Selm"));
    let early = story.claim("2022-01-10", "a treaty");
    story.relation(early, RelationKind::Allied, friend, government, None, None);
    story.relation(early, RelationKind::Allied, friend, other, None, None);
    let late = story.claim("2022-09-02", "Radio Tarnia");
    let fall = story.event(late, (PloverType::Retreat, "resign"), government, None, None, "2022-09-01");
    fall.contexts.push("political_institutions".to_owned());
    let (a, b) = (government.min(friend), government.max(friend));
    assert_eq!(story.status(RelationKind::Allied, a, b, "2022-08"), Status::Holds);
    assert_eq!(story.status(RelationKind::Allied, a, b, "2022-10"), Status::Ended);
    assert_eq!(story.status(RelationKind::Allied, friend.min(other), friend.max(other), "2022-10"), Status::Holds);
}

#[test]
fn the_difference_names_what_changed_hands() {
    let (mut story, [state, port, ..]) = harbour();
    let early = story.claim("2024-03-02", "a fisherman");
    story.relation(early, RelationKind::Controls, state, port, None, None);
    let late = story.claim("2024-06-20", "the harbour master");
    let marines = story.actor("Velmoran marines");
    story.event(late, (PloverType::Retreat, "withdraw"), state, None, Some((port, PlaceRole::From)), "2024-06-18");
    let situation = story.situation();
    let (before, after) = (Day::as_of("2024-06-01").unwrap(), Day::as_of("2024-07-01").unwrap());
    let found = situation.difference(&story.input, before, after, &Trust::default());
    let kinds: Vec<_> =
        found.iter().map(|d| (situation.fluent(d.fluent).kind, situation.fluent(d.fluent).subject, d.kind)).collect();
    let league = story.actor("Coast League");
    assert!(kinds.contains(&(RelationKind::Controls, state, DifferenceKind::ChangedSides)), "{kinds:?}");
    assert!(kinds.contains(&(RelationKind::Controls, league, DifferenceKind::ChangedSides)));
    assert!(kinds.contains(&(RelationKind::PresentIn, marines, DifferenceKind::Ended)));
}

#[test]
fn control_of_one_place_by_three_actors_is_contested_and_a_relation_to_oneself_is_dropped() {
    let (mut story, [state, port, _, league]) = harbour();
    let third = story.actor("Customs Guild");
    let claim = story.claim("2024-11-01", "three radios");
    for actor in [state, league, third] {
        story.relation(claim, RelationKind::Controls, actor, port, None, None);
    }
    story.relation(claim, RelationKind::Hostile, third, third, None, None);
    let situation = story.situation();
    let state = situation.state(&story.input, Day::as_of("2024-11-02").unwrap(), &Trust::default());
    let controls: Vec<_> =
        state.iter().filter(|(id, _)| situation.fluent(*id).kind == RelationKind::Controls).collect();
    assert_eq!(controls.len(), 3);
    assert!(controls.iter().all(|(_, status)| *status == Status::Contested), "{controls:?}");
    let day = Day::as_of("2024-11-02").unwrap();
    let standing = situation.standing(&story.input, controls[0].0, day, &Trust::default());
    assert_eq!(standing.status, Status::Contested);
    assert!(!standing.claims_for.is_empty() && !standing.claims_against.is_empty(), "both sides: {standing:?}");
    let changes = situation.difference(&story.input, Day::as_of("2024-10-30").unwrap(), day, &Trust::default());
    assert!(changes.iter().any(|change| change.kind == DifferenceKind::BecameContested), "{changes:?}");
    assert!(situation.iter().all(|(_, fluent)| fluent.subject != fluent.object));
}

#[test]
fn dates_outside_all_reports_are_answered() {
    let (story, _) = harbour();
    let situation = story.situation();
    // What ended in 2024 is presumed for the years before, not for a hundred.
    assert!(situation.state(&story.input, Day::as_of("1900").unwrap(), &Trust::default()).is_empty());
    assert_eq!(situation.state(&story.input, Day::as_of("2020").unwrap(), &Trust::default()).len(), 1);
    assert!(!situation.state(&story.input, Day::as_of("2090").unwrap(), &Trust::default()).is_empty());
    assert!(
        Situation::build(&Input::default(), &EffectTable::embedded())
            .state(&Input::default(), Day(0), &Trust::default())
            .is_empty()
    );
}

#[test]
fn the_network_lifts_parts_to_the_whole_on_request() {
    let (story, [state, port, garrison, _]) = harbour();
    let network = |situation: &Situation, at: &str| {
        Network::new(situation, &situation.state(&story.input, Day::as_of(at).unwrap(), &Trust::default()))
    };
    let fine = network(&story.situation(), "2024-05");
    let lifted = Situation::build_whole(&story.input, &EffectTable::embedded());
    let whole = network(&lifted, "2024-05");
    assert!(fine.actors.contains(&garrison) && !fine.actors.contains(&state));
    assert!(whole.actors.contains(&state) && whole.of(port).count() == 1);
    assert_eq!(components(&whole), vec![vec![state, port]]);
    assert!(!network(&lifted, "2024-07").actors.contains(&state), "what the marines left, the state left");
}

#[test]
fn the_actor_between_two_others_is_the_most_central() {
    let mut story = Story::default();
    let [a, b, c] = ["Aven", "Brisk", "Corl"].map(|name| story.actor(name));
    let claim = story.claim("2024-01-01", "a map");
    story.relation(claim, RelationKind::Backs, a, b, None, None);
    story.relation(claim, RelationKind::Backs, b, c, None, None);
    let situation = story.situation();
    let shown = situation.state(&story.input, Day::as_of("2024-02").unwrap(), &Trust::default());
    let central = Network::new(&situation, &shown).centrality().list;
    assert_eq!((central[0].actor, central[0].betweenness, central[0].degree), (b, 1.0, 2));
}

#[test]
fn the_timeline_puts_undated_events_last_and_joins_what_is_told_twice() {
    let (mut story, [_, port, garrison, league]) = harbour();
    let again = story.claim("2024-06-21", "a radio");
    story.event(again, (PloverType::Retreat, "withdraw"), garrison, None, Some((port, PlaceRole::From)), "2024-06-18");
    story.event(again, (PloverType::Consult, "visit"), league, None, None, "unknown");
    let days = timeline(&story.input, &TimelineFilter::default(), &Trust::default());
    let shape: Vec<_> = days
        .iter()
        .map(|day| (day.day.map(|d| d.to_string()), day.entries.iter().map(|e| e.events.len()).collect::<Vec<_>>()))
        .collect();
    assert_eq!(
        shape,
        vec![(Some("2024-06-18".into()), vec![2]), (Some("2024-06-19".into()), vec![1]), (None, vec![1])]
    );
    let about =
        TimelineFilter { about: Some(league), to: Some(Day::as_of("2024-12").unwrap()), ..TimelineFilter::default() };
    assert_eq!(timeline(&story.input, &about, &Trust::default()).len(), 1);
}

/// Four countries in a square: A–B–D and A–C–D.
fn square() -> RouteMap {
    RouteMap::new([
        ("AA", vec!["BB", "CC"]),
        ("BB", vec!["AA", "DD"]),
        ("CC", vec!["AA", "DD"]),
        ("DD", vec!["BB", "CC"]),
    ])
}

fn journey() -> (Story, [ActorIndex; 4]) {
    let mut story = Story::default();
    let countries = [("Aland", "AA"), ("Bland", "BB"), ("Cland", "CC"), ("Dland", "DD")]
        .map(|(name, code)| story.place(name, code, "PCLI"));
    let claim = story.claim("2024-01-01", "an atlas");
    story.relation(claim, RelationKind::Allied, countries[0], countries[1], None, None);
    story.relation(claim, RelationKind::Hostile, countries[0], countries[2], None, None);
    (story, countries)
}

fn ask(
    story: &Story,
    from: ActorIndex,
    to: ActorIndex,
    at: &str,
    assumptions: &[Assumption],
) -> sourceline_situation::RouteAnswer {
    let trust = Trust::default();
    let query = RouteQuery { from, to, user: None, at: Day::as_of(at).unwrap(), trust: &trust, assumptions };
    square().routes(&story.situation(), &story.input, &query)
}

#[test]
fn routes_are_open_through_friends_and_cut_by_foes() {
    let (story, [a, _, _, d]) = journey();
    let answer = ask(&story, a, d, "2024-02", &[]);
    let shape: Vec<_> = answer.land.iter().map(|r| (r.status, r.legs[1].country.as_str())).collect();
    assert_eq!(shape, vec![(LegStatus::Open, "BB"), (LegStatus::Cut, "CC")]);
    assert_eq!(answer.critical, vec!["BB"]);
    assert!(answer.air.is_some() && answer.sea.is_some());
}

#[test]
fn an_ended_presence_cuts_the_route_and_an_assumption_reopens_it() {
    let (mut story, [a, b, _, d]) = journey();
    let claim = story.claim("2024-05-02", "a driver");
    story.event(claim, (PloverType::Retreat, "withdraw"), a, None, Some((b, PlaceRole::From)), "2024-05-01");
    story.event(claim, (PloverType::Sanction, "discontinue"), b, Some(a), None, "2024-05-01");
    let before = ask(&story, a, d, "2024-03", &[]);
    assert_eq!(before.land[0].status, LegStatus::Open);
    let after = ask(&story, a, d, "2024-06", &[]);
    assert!(after.land.iter().all(|route| route.status == LegStatus::Cut), "{after:?}");
    assert!(after.critical.is_empty());
    let assumed = ask(&story, a, d, "2024-06", &[Assumption::Allied(a, b)]);
    assert_eq!(assumed.land[0].status, LegStatus::Open);
    assert!(assumed.land[0].legs[1].why[0].starts_with("assumed: "));
    let without = ask(&story, a, d, "2024-03", &[Assumption::Without(b)]);
    assert_eq!(without.land[0].status, LegStatus::Cut);
}

#[test]
fn a_place_without_a_country_is_said_to_have_none() {
    let (mut story, [a, ..]) = journey();
    let nowhere = story.actor("Nowhere");
    let answer = ask(&story, a, nowhere, "2024-02", &[]);
    assert!(answer.land.is_empty() && answer.notes[0].contains("Nowhere"));
}

/// A patron arms a group through a neighbour whose government is its friend, and the government falls.
fn patron() -> (Story, [ActorIndex; 4]) {
    let mut story = Story::default();
    let patron = story.place("Ruvia", "RU", "PCLI");
    let (neighbour, group) = (story.place("Tarnia", "TA", "PCLI"), story.actor("Hill Front"));
    let government = story.part("Government of Tarnia", "Tarnia");
    let early = story.claim("2022-01-10", "a general");
    story.relation(early, RelationKind::Backs, patron, neighbour, Some("2020"), None);
    let delivery = story.event(early, (PloverType::Aid, "weapons"), patron, Some(group), None, "../2022-01-10");
    delivery.contexts.push("military".to_owned());
    delivery.places.push((neighbour, PlaceRole::Via));
    let late = story.claim("2022-09-02", "Radio Tarnia");
    let fall = story.event(late, (PloverType::Retreat, "resign"), government, None, None, "2022-09-01");
    fall.contexts.push("political_institutions".to_owned());
    (story, [patron, neighbour, group, government])
}

#[test]
fn whoever_backed_a_government_that_fell_backs_it_no_more_and_newcomers_still_do() {
    let (mut story, [patron, neighbour, ..]) = patron();
    let newcomer = story.actor("Selm");
    let claim = story.claim("2023-03-01", "a minister");
    story.relation(claim, RelationKind::Backs, newcomer, neighbour, Some("2023-02"), None);
    assert_eq!(story.status(RelationKind::Backs, patron, neighbour, "2022-08"), Status::Holds);
    assert_eq!(story.status(RelationKind::Backs, patron, neighbour, "2022-10"), Status::Ended);
    assert_eq!(story.status(RelationKind::Backs, newcomer, neighbour, "2022-08"), Status::Unknown);
    assert_eq!(story.status(RelationKind::Backs, newcomer, neighbour, "2023-04"), Status::Holds);
}

#[test]
fn backing_known_from_deliveries_alone_ends_with_them_and_they_show_their_way() {
    let (mut story, [patron, neighbour, group, _]) = patron();
    let situation = story.situation();
    let supply = situation.iter().find(|(_, f)| f.kind == RelationKind::Supplies && f.object == group).unwrap().1;
    assert_eq!(situation.ways(supply).map(|way| way.place).collect::<Vec<_>>(), [neighbour]);
    let backs = |story: &Story, at| story.status(RelationKind::Backs, patron, group, at);
    assert!(backs(&story, "2022-08").is_shown());
    assert_eq!(backs(&story, "2022-10"), Status::Ended, "stranded with the way through the fallen government's land");
    let claim = story.claim("2022-10-20", "the front's own word");
    story.relation(claim, RelationKind::Backs, patron, group, None, None);
    assert!(backs(&story, "2022-10-25").is_shown(), "what is said outright rests on no delivery");
}

#[test]
fn an_end_of_which_no_day_is_known_does_not_make_it_hold() {
    let mut story = Story::default();
    let (state, land) = (story.actor("Ruvia"), story.place("Tarnia", "TA", "PCLI"));
    let claim = story.claim("", "an undated column");
    story.relation(claim, RelationKind::Controls, state, land, None, None).end = Some(Bounds::default());
    for at in ["1990", "2022", "2040"] {
        assert_eq!(story.status(RelationKind::Controls, state, land, at), Status::Unknown);
    }
}

#[test]
fn a_reversed_interval_is_put_in_order() {
    let mut story = Story::default();
    let (state, land) = (story.actor("Ruvia"), story.place("Tarnia", "TA", "PCLI"));
    let claim = story.claim("2022-01-01", "a report");
    story.relation(claim, RelationKind::Controls, state, land, Some("2021-06/2021-03"), Some("2021-12/2021-10"));
    assert_eq!(story.status(RelationKind::Controls, state, land, "2021-08"), Status::Holds);
    assert_eq!(story.status(RelationKind::Controls, state, land, "2022"), Status::Ended);
    // Begun after it ended: both are kept, and the later one counts.
    let (state, land) = (story.actor("Selm"), story.place("Port Carrow", "CO", "PPL"));
    story.relation(claim, RelationKind::Controls, state, land, Some("2021-09-01"), Some("2021-02-01"));
    assert_eq!(story.status(RelationKind::Controls, state, land, "2021-03"), Status::Ended);
    assert_eq!(story.status(RelationKind::Controls, state, land, "2021-10"), Status::Holds);
}

#[test]
fn nobody_stands_against_a_number_of_victims() {
    let mut story = Story::default();
    let (state, crowd, band) = (story.actor("Ruvia"), story.actor("At least nine people"), story.actor("Hill Front"));
    story.input.actors[crowd.0 as usize].idle = true;
    let claim = story.claim("2022-01-01", "a nurse");
    for target in [crowd, band] {
        story.event(claim, (PloverType::Assault, "aerial"), state, Some(target), None, "2022-01-01");
    }
    assert_eq!(story.status(RelationKind::Hostile, state, crowd, "2022-02"), Status::Unknown);
    assert_eq!(story.status(RelationKind::Hostile, state, band, "2022-02"), Status::Holds);
}
