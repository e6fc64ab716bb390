//! The name that a chain shows for a party: one form for bodies of a state, no words that do not belong to a name.
//!
//! In: the name a party was read with. Out: the name of its hop. "China's foreign ministry" and "the Chinese foreign ministry" are both
//! "China foreign ministry", as in "U.S. State Department"; bodies called by one word go by the adjective: "Chinese embassy". Not here: who it is.

use sourceline_knowledge::{Hints, Kind};

use crate::scene::Scene;

/// Nouns of bodies of a state.
const ORGANS: [&str; 18] = [
    "ministry",
    "army",
    "military",
    "police",
    "parliament",
    "presidency",
    "embassy",
    "mission",
    "navy",
    "service",
    "agency",
    "office",
    "force",
    "forces",
    "department",
    "commission",
    "council",
    "consulate",
];
/// Words that may end a description which was cut from its clause.
const RELATIVES: [&str; 5] = ["who", "which", "that", "whose", "whom"];

/// Returns the name to show for a party called `name`.
pub fn shown(scene: &Scene, name: &str) -> String {
    let name = without_stamp(without_relative(name));
    let name = match name.split_once(' ') {
        Some((first, rest)) if rest.split(' ').next() == Some(first) => rest,
        _ => name,
    };
    government_of_leader(scene, name).or_else(|| body_of_state(scene, name)).unwrap_or_else(|| name.to_owned())
}

/// "officials who" without the word that began a clause.
fn without_relative(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((rest, last)) if RELATIVES.contains(&last) => rest.trim_end_matches([',', ' ']),
        _ => name,
    }
}

/// "16:45 Norway's minister" without the time of the entry.
fn without_stamp(name: &str) -> &str {
    match name.split_once(' ') {
        Some((time, rest)) if time.contains(':') && time.chars().all(|c| c.is_ascii_digit() || c == ':') => {
            rest.trim_start_matches(['-', '–', '—', '|', ' '])
        }
        _ => name,
    }
}

/// "Noboa's government", where Noboa is known to head a state: that state's.
fn government_of_leader(scene: &Scene, name: &str) -> Option<String> {
    let owner = name.strip_suffix("'s government").or_else(|| name.strip_suffix("’s government"))?;
    let person = scene.knowledge.find_best(owner, &Hints::default()).filter(|found| found.kind == Kind::Person)?;
    let office = scene
        .knowledge
        .offices(&person.key)
        .find(|office| matches!(office.role, "president" | "premier" | "monarch"))?;
    Some(format!("{} government", scene.adjective(office.of)?))
}

/// "Norway's foreign ministry", "Norwegian foreign ministry": state and body.
fn body_of_state(scene: &Scene, name: &str) -> Option<String> {
    let possessive = name.split_once("'s ").or_else(|| name.split_once("’s "));
    let owned = possessive.and_then(|(owner, body)| Some((scene.state_named(owner)?, body)));
    let (iso2, body) = owned.or_else(|| {
        // The longest adjective in front: "South Korean foreign ministry".
        let ends = name.match_indices(' ').map(|(at, _)| at).take(3).collect::<Vec<_>>();
        let adjective = |end: &usize| scene.knowledge.demonym(&name[..*end]).map(|iso2| (iso2, &name[end + 1..]));
        ends.iter().rev().find_map(adjective)
    })?;
    let noun = body.split(" to ").next().and_then(|body| body.rsplit(' ').next())?;
    if !ORGANS.contains(&noun) || !body.starts_with(char::is_lowercase) {
        return None;
    }
    if body.contains(' ') {
        let state = if iso2 == "US" { "U.S.".to_owned() } else { scene.knowledge.state(iso2)?.name.to_owned() };
        return Some(format!("{state} {body}"));
    }
    Some(format!("{} {body}", scene.adjective(iso2)?))
}
