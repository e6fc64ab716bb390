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
    let name =
        government_of_leader(scene, name).or_else(|| body_of_state(scene, name)).unwrap_or_else(|| name.to_owned());
    as_document_writes(scene, &name).unwrap_or(name)
}

/// How often a document must write a short form beside the full name for the short one to be the name it goes by.
const GOES_BY: usize = 3;

/// The short form or spelling under which the document speaks of a known outlet or organisation: "PTI", "dpa", "Tolo News". A part of the
/// name ("the Journal") is none.
fn as_document_writes(scene: &Scene, name: &str) -> Option<String> {
    let text = scene.tree.analysis.document.text.as_str();
    let found = scene.knowledge.find_best(name, &Hints::default()).filter(|found| found.name == name)?;
    if matches!(found.kind, Kind::Person | Kind::State | Kind::Territory | Kind::Norp | Kind::Government) {
        return None;
    }
    let bare = name.strip_prefix("The ").unwrap_or(name);
    let full = times_written(text, bare);
    let other = |alias: &&str| is_abbreviation(alias) || letters(alias) == letters(name);
    let aliases = scene.knowledge.get(&found.key)?.aliases.iter().copied().filter(other);
    let written = aliases.map(|alias| (times_written(text, alias), alias));
    let (times, alias) = written.filter(|(times, _)| *times > 0).max_by_key(|(times, alias)| (*times, alias.len()))?;
    (full == 0 || is_abbreviation(alias) && times >= GOES_BY).then(|| alias.to_owned())
}

/// Whether a name is one word of few letters without the look of a word: "OCHA", "dpa".
fn is_abbreviation(name: &str) -> bool {
    let few = (3..=7).contains(&name.len());
    few && (name.chars().filter(char::is_ascii_uppercase).count() > 1 || name.len() == 3)
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// How often `words` stand in `text`, not as a part of other words.
fn times_written(text: &str, words: &str) -> usize {
    let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let alone = |at: &usize| !joins(text[..*at].chars().next_back()) && !joins(text[at + words.len()..].chars().next());
    text.match_indices(words).map(|(at, _)| at).filter(alone).count()
}

/// The letters and digits of a name in lower case.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
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
