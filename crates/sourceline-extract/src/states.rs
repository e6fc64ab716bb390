//! States that speak in a lead: "Iran denied it. Its mission to the United Nations said …": the narrowest body that the document names says so.
//!
//! In: attributions with their routes. Out: routes whose states are named by whoever speaks for them next. Not here: which words name a state (`party`).

use crate::attribution::Said;
use crate::party::{Party, PartyKind};
use crate::route::Route;
use crate::scene::Scene;

/// How many sentences behind the lead whoever speaks for a state may be named.
const REACH: usize = 4;
/// Nouns of bodies that speak for a state.
const BODIES: [&str; 14] = [
    "ministry",
    "mission",
    "embassy",
    "presidency",
    "office",
    "department",
    "commission",
    "council",
    "foreign office",
    "consulate",
    "affairs",
    "delegation",
    "secretariat",
    "defence",
];
/// Words of offices whose holders speak for a state.
const OFFICES: [&str; 14] = [
    "minister",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "president",
    "premier",
    "ambassador",
    "secretary",
    "envoy",
    "representative",
    "diplomat",
    "chancellor",
    "attaché",
    "kremlin",
];

/// Puts whoever speaks for a state next in the place of the state that a lead names.
pub fn name_states(scene: &Scene, saids: &[Said], routes: &mut [Route], members: &[usize]) {
    let sentence = |index: usize| scene.tree.sentence(saids[index].cue.start);
    let Some(first) = members.first().map(|&index| sentence(index)) else { return };
    for &index in members.iter().take_while(|&&index| sentence(index) == first) {
        let Some(state) = routes[index].stops.last().and_then(|stop| state_of(scene, &stop.party)) else { continue };
        let mut behind = members.iter().filter(|&&other| (first + 1..=first + REACH).contains(&sentence(other)));
        let next = behind.find_map(|&other| routes[other].speaker()).cloned();
        if let Some(speaker) = next.filter(|speaker| speaks_for(scene, speaker, state))
            && let Some(last) = routes[index].stops.last_mut()
        {
            last.party = Party { words: last.party.words, head: last.party.head, refers_back: true, ..speaker };
        }
    }
}

/// The state whose government a party is, when the words name the state or its capital alone.
fn state_of(scene: &Scene, party: &Party) -> Option<&'static str> {
    let government = party.kind == PartyKind::Body && party.name.ends_with(" government");
    let named = scene.name_over(party.head).is_some();
    let demonym = party.name.strip_suffix(" government").filter(|_| government && named)?;
    scene.knowledge.demonym(demonym)
}

/// Whether a party speaks for the state with code `iso2`: a body or an office of it, or of no other state.
fn speaks_for(scene: &Scene, speaker: &Party, iso2: &str) -> bool {
    let tree = &scene.tree;
    let lower = speaker.name.to_lowercase();
    let body = speaker.kind == PartyKind::Body && BODIES.iter().any(|noun| lower.contains(noun));
    let office = speaker.kind == PartyKind::Person
        && scene.titles_of(speaker.words, &speaker.name).any(|word| OFFICES.contains(&word.as_str()));
    let words = tree.sentence_tokens(speaker.head);
    let near = words.range().filter(|&at| at + 8 > speaker.words.start && at < speaker.words.end + 8);
    let mut states = near.filter_map(|at| {
        let form = tree.analysis.form(at);
        scene.state_named(form).or_else(|| scene.knowledge.demonym(form))
    });
    (body || office) && states.all(|other| other == iso2)
}
