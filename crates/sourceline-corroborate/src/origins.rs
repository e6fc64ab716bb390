//! Who independently stands behind a proposition.
//!
//! In: the claims of one proposition and the documents they stand in. Out: [`Origin`]s, and for each claim the path to its own.
//! An origin is the party at which the information entered the public record:
//! - a denial supports nothing, and neither does what an outlet says in its own voice without reporting of its own;
//! - "according to X" is followed into X's own document where that is among the claims;
//! - a report that rests on one named speaker is that speaker's, however many outlets carry it;
//! - a report that rests on nobody named, or on several, is the reporter's;
//! - a reporter that is merely carried over from a credit line counts only where nobody stands behind it elsewhere;
//! - spokespeople of one state or organisation are that body, and a reporter whose sources are all anonymous officials of one
//!   state is that state once the state itself speaks: a government does not confirm itself;
//! - outlets that only cite each other in a circle are one origin, marked as circular.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::party::{Body, same_body, same_party};
use crate::{ClaimRecord, DocumentRecord, HopRecord, Party};

/// What an origin is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OriginBasis {
    /// A named person or body that said so.
    Speaker,
    /// A newspaper, agency or other outlet that has it from anonymous or several sources, or by its own work.
    Reporter,
    /// A state or organisation several of whose people said so.
    Body,
    /// Outlets that cite each other.
    Circular,
}

/// A party at which the information entered the public record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Its name.
    pub name: String,
    /// Who it is across documents.
    pub key: String,
    /// What it is.
    pub basis: OriginBasis,
    /// Whether the people behind it are anonymous.
    pub anonymous: bool,
    /// The outlet that has it, for origins other than outlets.
    pub outlet: Option<String>,
    /// Those who speak behind a reporter or body, as the documents describe them.
    pub speakers: Vec<String>,
    /// Indices of the claims that lead to it.
    pub supports: Vec<usize>,
}

/// Where the chain of one claim ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportPath {
    /// Index of its origin; `None` when it counts for nothing.
    pub origin: Option<usize>,
    /// Names of the hops followed in other documents beyond the claim's own chain.
    pub beyond: Vec<String>,
    /// Why it counts for nothing.
    pub why_not: Option<String>,
}

/// One claim's chain, followed as far as the documents allow.
struct Path {
    hops: Vec<HopRecord>,
    beyond: Vec<String>,
    circle: Option<Vec<Party>>,
}

/// Finds the origins of a proposition. `claims` are all its claims, denials included; `documents` gives the record of a claim's document.
pub fn origins<'a>(
    claims: &[&ClaimRecord],
    document: impl Fn(u64) -> Option<&'a DocumentRecord>,
) -> (Vec<Origin>, Vec<SupportPath>) {
    let known = known_keys(claims);
    let claims: Vec<ClaimRecord> = claims.iter().map(|claim| with_known_keys(claim, &known)).collect();
    let claims: &[&ClaimRecord] = &claims.iter().collect::<Vec<_>>();
    let own = own_chains(claims);
    let mut ends: Vec<(usize, End)> = Vec::new();
    let mut paths = Vec::with_capacity(claims.len());
    for (at, claim) in claims.iter().enumerate() {
        let path = follow(claim, &own);
        let cited = ends_at_cited_outlet(claim, claims);
        let end = end_of(claim, &path, cited, document(claim.key.document));
        let why_not = end.as_ref().err().map(ToString::to_string);
        paths.push(SupportPath { origin: None, beyond: path.beyond, why_not });
        if let Ok(end) = end {
            ends.push((at, end));
        }
    }
    let mut found = merge_bodies(by_reporter(ends));
    found.sort_by_key(|origin| origin.supports.first().copied());
    for (number, origin) in found.iter().enumerate() {
        for &support in &origin.supports {
            paths[support].origin = Some(number);
        }
    }
    for path in paths.iter_mut().filter(|path| path.origin.is_none() && path.why_not.is_none()) {
        path.why_not = Some("carried over from a credit line, and others name who is behind it".to_string());
    }
    (found, paths)
}

/// Knowledge keys by normalised name: a party that one document links to its entry and another does not is one all the same.
fn known_keys(claims: &[&ClaimRecord]) -> BTreeMap<String, String> {
    let hops = claims
        .iter()
        .flat_map(|claim| &claim.chain)
        .filter(|hop| !hop.party.anonymous && hop.party.key.starts_with("sl:"));
    hops.map(|hop| (crate::name_key(&hop.party.name), hop.party.key.clone())).collect()
}

fn with_known_keys(claim: &ClaimRecord, known: &BTreeMap<String, String>) -> ClaimRecord {
    let mut claim = claim.clone();
    for hop in claim.chain.iter_mut().filter(|hop| !hop.party.anonymous && !hop.party.key.starts_with("sl:")) {
        if let Some(key) = known.get(&crate::name_key(&hop.party.name)) {
            hop.party.key.clone_from(key);
        }
    }
    claim
}

/// Where one path ends.
#[derive(Debug, Clone)]
enum End {
    /// A speaker, with the reporter in front of it, and whether that is the document's own outlet.
    Speaker(Party, Option<Party>, bool),
    /// A reporter; the flag tells whether the claim's own sentence names it.
    Reporter(Party, bool),
    /// Outlets that cite each other.
    Circle(Vec<Party>),
}

/// The chains of the claims of each outlet, so that a citation of the outlet can be followed.
fn own_chains<'a>(claims: &[&'a ClaimRecord]) -> BTreeMap<String, Vec<&'a ClaimRecord>> {
    let mut out: BTreeMap<String, Vec<&ClaimRecord>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| !claim.denial) {
        if let Some(outlet) = claim.outlet().filter(|outlet| !outlet.key.is_empty()) {
            out.entry(outlet.key.clone()).or_default().push(claim);
        }
    }
    out
}

/// Follows a claim's chain into the documents of the outlets that it ends at.
fn follow(claim: &ClaimRecord, own: &BTreeMap<String, Vec<&ClaimRecord>>) -> Path {
    let mut hops = claim.chain.clone();
    let mut beyond = Vec::new();
    let mut seen: Vec<Party> = claim.outlet().cloned().into_iter().collect();
    while let Some(last) = hops.last().filter(|_| hops.len() > 1) {
        if last.role == "speaker" || last.party.anonymous {
            break;
        }
        if let Some(start) = seen.iter().position(|party| party.key == last.party.key) {
            // The chain came back to an outlet that it went through.
            let circle = seen[start..].to_vec();
            return Path { hops, beyond, circle: Some(circle) };
        }
        seen.push(last.party.clone());
        let Some(next) = own.get(&last.party.key).and_then(|theirs| theirs.iter().max_by_key(|c| c.chain.len())) else {
            break;
        };
        if next.chain.len() < 2 {
            break;
        }
        beyond.extend(next.chain[1..].iter().map(|hop| hop.party.name.clone()));
        hops.extend(next.chain[1..].iter().cloned());
    }
    Path { hops, beyond, circle: None }
}

/// Whether other claims cite the outlet that speaks here in its own voice.
fn ends_at_cited_outlet(claim: &ClaimRecord, claims: &[&ClaimRecord]) -> bool {
    let Some(outlet) = claim.outlet().filter(|_| claim.chain.len() == 1) else { return false };
    claims.iter().any(|other| {
        other.key.document != claim.key.document && other.chain.iter().skip(1).any(|hop| hop.party.key == outlet.key)
    })
}

fn end_of(
    claim: &ClaimRecord,
    path: &Path,
    cited: bool,
    document: Option<&DocumentRecord>,
) -> Result<End, &'static str> {
    if claim.denial {
        return Err("a denial does not corroborate");
    }
    if let Some(circle) = &path.circle {
        return Ok(End::Circle(circle.clone()));
    }
    let Some(last) = path.hops.last() else { return Err("nobody is named") };
    if path.hops.len() == 1 {
        let reports = document.is_some_and(|document| document.own_reporting);
        return if reports || cited {
            Ok(End::Reporter(last.party.clone(), true))
        } else {
            Err("the outlet's own voice, without reporting of its own")
        };
    }
    if last.role == "speaker" {
        let (reporter, own) = reporter_before(&path.hops);
        return Ok(End::Speaker(last.party.clone(), reporter, own));
    }
    if last.party.anonymous {
        return Err("an unnamed credit");
    }
    Ok(End::Reporter(last.party.clone(), last.stated))
}

/// The innermost hop before the speakers; the document's own outlet when it has the words at first hand.
fn reporter_before(hops: &[HopRecord]) -> (Option<Party>, bool) {
    let before = hops
        .iter()
        .enumerate()
        .rev()
        .skip_while(|(_, hop)| hop.role == "speaker")
        .find(|(_, hop)| !hop.party.anonymous);
    (before.map(|(_, hop)| hop.party.clone()), before.is_none_or(|(at, _)| at == 0))
}

#[derive(Debug, Default)]
struct Desk {
    reporter: Option<Party>,
    /// Named speakers with the claims that lead to them.
    named: Vec<(Party, Vec<usize>)>,
    anonymous: Vec<(Party, usize)>,
    /// Claims that end at the reporter itself and whether their sentence names it.
    bare: Vec<(usize, bool)>,
    /// Whether the reporter is the documents' own outlet: then each speaker spoke in public as far as is known.
    outermost: bool,
}

struct Draft {
    origin: Origin,
    parties: Vec<Party>,
    carried_only: bool,
}

/// Gathers the ends at each reporter and decides whether they are the reporter's or one speaker's.
fn by_reporter(ends: Vec<(usize, End)>) -> Vec<Draft> {
    let mut desks: BTreeMap<String, Desk> = BTreeMap::new();
    let mut circles: BTreeMap<Vec<String>, (Vec<Party>, Vec<usize>)> = BTreeMap::new();
    for (at, end) in ends {
        match end {
            End::Speaker(speaker, reporter, own) => {
                let desk = desks.entry(reporter.as_ref().map_or_else(String::new, |r| r.key.clone())).or_default();
                desk.reporter = desk.reporter.take().or(reporter);
                desk.outermost |= own;
                if speaker.anonymous {
                    desk.anonymous.push((speaker, at));
                } else if let Some((_, claims)) = desk.named.iter_mut().find(|(known, _)| same_party(known, &speaker)) {
                    claims.push(at);
                } else {
                    desk.named.push((speaker, vec![at]));
                }
            }
            End::Reporter(reporter, stated) => {
                let desk = desks.entry(reporter.key.clone()).or_default();
                desk.reporter = desk.reporter.take().or(Some(reporter));
                desk.bare.push((at, stated));
            }
            End::Circle(parties) => {
                let keys: BTreeSet<String> = parties.iter().map(|party| party.key.clone()).collect();
                circles.entry(keys.into_iter().collect()).or_insert_with(|| (parties, Vec::new())).1.push(at);
            }
        }
    }
    let mut drafts: Vec<Draft> = Vec::new();
    for desk in desks.into_values() {
        drafts.extend(desk_origins(desk));
    }
    let mut drafts = one_per_party(drafts);
    drop_carried(&mut drafts);
    for (parties, claims) in circles.into_values() {
        drafts.push(circular(&parties, claims));
    }
    drafts
}

fn desk_origins(desk: Desk) -> Vec<Draft> {
    // A speaker whom the outlets of the documents quote themselves is at first hand with each of them.
    let several = desk.named.len() + usize::from(!desk.anonymous.is_empty()) > 1;
    let on_speakers = desk.anonymous.is_empty() && !desk.named.is_empty() && !(several && quoted_by_other(&desk));
    if on_speakers {
        let mut named = desk.named;
        if let Some((_, claims)) = named.first_mut() {
            claims.extend(desk.bare.iter().map(|(at, _)| *at));
            claims.sort_unstable();
        }
        return named
            .into_iter()
            .map(|(speaker, claims)| speaker_draft(speaker, desk.reporter.as_ref(), claims))
            .collect();
    }
    let Some(reporter) = desk.reporter else { return Vec::new() };
    let parties: Vec<Party> =
        desk.anonymous.iter().map(|(p, _)| p.clone()).chain(desk.named.iter().map(|(p, _)| p.clone())).collect();
    let mut speakers: Vec<String> = Vec::new();
    for party in &parties {
        if !speakers.contains(&party.name) {
            speakers.push(party.name.clone());
        }
    }
    let mut supports: Vec<usize> = desk.anonymous.iter().map(|(_, at)| *at).collect();
    supports.extend(desk.named.iter().flat_map(|(_, claims)| claims.iter().copied()));
    supports.extend(desk.bare.iter().map(|(at, _)| *at));
    supports.sort_unstable();
    // Unnamed people whom a document's own outlet quotes may be another outlet's as well as its own.
    let unnamed = desk.outermost && desk.named.is_empty();
    let carried_only = (parties.is_empty() || unnamed) && desk.bare.iter().all(|(_, stated)| !stated);
    let origin = Origin {
        name: reporter.name.clone(),
        key: reporter.key.clone(),
        basis: OriginBasis::Reporter,
        anonymous: !desk.anonymous.is_empty(),
        outlet: Some(reporter.name),
        speakers,
        supports,
    };
    vec![Draft { origin, parties, carried_only }]
}

/// Whether the desk is a report by another outlet, in which several speakers stand together.
fn quoted_by_other(desk: &Desk) -> bool {
    desk.reporter.is_some() && !desk.outermost
}

fn speaker_draft(speaker: Party, reporter: Option<&Party>, supports: Vec<usize>) -> Draft {
    let origin = Origin {
        name: speaker.name.clone(),
        key: speaker.key.clone(),
        basis: OriginBasis::Speaker,
        anonymous: false,
        outlet: reporter.map(|party| party.name.clone()),
        speakers: vec![speaker.name.clone()],
        supports,
    };
    Draft { origin, parties: vec![speaker], carried_only: false }
}

fn circular(parties: &[Party], claims: Vec<usize>) -> Draft {
    let mut names: Vec<String> = parties.iter().map(|party| party.name.clone()).collect();
    names.sort();
    let key = format!("circle:{}", names.join("|"));
    let name = format!("{} (each citing the other)", names.join(", "));
    let origin = Origin {
        name,
        key,
        basis: OriginBasis::Circular,
        anonymous: false,
        outlet: None,
        speakers: Vec::new(),
        supports: claims,
    };
    Draft { origin, parties: Vec::new(), carried_only: false }
}

/// One origin per speaker, whichever outlets quote it; a speaker who also speaks inside another outlet's report on several
/// sources stays an origin only where it was heard outside that report.
fn one_per_party(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for draft in drafts {
        let same = out.iter_mut().find(|known| {
            // A newspaper may be a speaker in one document and a reporter in another.
            known.origin.key == draft.origin.key
                || match (known.parties.first(), draft.parties.first()) {
                    (Some(a), Some(b)) => both_speak(&known.origin, &draft.origin) && same_party(a, b),
                    _ => false,
                }
        });
        match same {
            Some(known) => {
                known.origin.supports.extend(draft.origin.supports);
                known.origin.supports.sort_unstable();
                if draft.origin.name.chars().count() > known.origin.name.chars().count() {
                    known.origin.name.clone_from(&draft.origin.name);
                }
                known.parties.extend(draft.parties);
            }
            None => out.push(draft),
        }
    }
    out
}

fn both_speak(a: &Origin, b: &Origin) -> bool {
    a.basis == OriginBasis::Speaker && b.basis == OriginBasis::Speaker
}

/// Drops reporters that are only carried over from a credit where somebody else is known to stand behind the matter.
fn drop_carried(drafts: &mut Vec<Draft>) {
    let others = drafts.iter().any(|draft| !draft.carried_only);
    if drafts.iter().any(|draft| draft.origin.basis == OriginBasis::Speaker) {
        drafts.retain(|draft| !draft.carried_only);
    } else if others {
        drafts.retain(|draft| !draft.carried_only || draft.parties.is_empty());
    }
}

/// Makes spokespeople of one body one origin.
fn merge_bodies(mut drafts: Vec<Draft>) -> Vec<Origin> {
    let mut by_body: BTreeMap<Body, Vec<usize>> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        if let Some(body) = body_of(draft) {
            // An organisation under a longer form of its name is one with it.
            let known = by_body.keys().find(|known| same_body(known, &body)).cloned();
            by_body.entry(known.unwrap_or(body)).or_default().push(at);
        }
    }
    let mut gone = BTreeSet::new();
    for (body, members) in by_body {
        // A reporter with anonymous officials is the state's only where the state itself speaks.
        if members.len() < 2 || !members.iter().any(|&at| drafts[at].origin.basis == OriginBasis::Speaker) {
            continue;
        }
        let merged = merge(&body, members.iter().map(|&at| &drafts[at].origin));
        drafts[members[0]].origin = merged;
        gone.extend(members.into_iter().skip(1));
    }
    drafts.into_iter().enumerate().filter(|(at, _)| !gone.contains(at)).map(|(_, draft)| draft.origin).collect()
}

/// The body that all of an origin's speakers speak for.
fn body_of(draft: &Draft) -> Option<Body> {
    let own = |party: &Party| match party.speaks_for() {
        None if !party.anonymous => Some(Body::Organization(party.key.clone())),
        found => found,
    };
    let mut bodies = draft.parties.iter().map(own);
    let first = bodies.next()??;
    bodies.all(|body| body.as_ref() == Some(&first)).then_some(first)
}

fn merge<'a>(body: &Body, origins: impl Iterator<Item = &'a Origin> + Clone) -> Origin {
    let mut supports: Vec<usize> = origins.clone().flat_map(|origin| origin.supports.iter().copied()).collect();
    supports.sort_unstable();
    let mut speakers: Vec<String> = origins.clone().flat_map(|origin| origin.speakers.iter().cloned()).collect();
    speakers.sort();
    speakers.dedup();
    let key = match body {
        Body::State(code) => format!("sl:{code}/government"),
        Body::Organization(key) => key.clone(),
    };
    // The body by the name of the one member that is the body itself, else by the shortest.
    let itself = origins.clone().find(|origin| origin.key == key);
    let name = match (itself, body) {
        (Some(origin), _) => origin.name.clone(),
        (None, Body::State(code)) => format!("government of {code}"),
        (None, Body::Organization(key)) => key.strip_prefix("sl:").unwrap_or(key).replace('-', " "),
    };
    Origin { name, key, basis: OriginBasis::Body, anonymous: false, outlet: None, speakers, supports }
}
