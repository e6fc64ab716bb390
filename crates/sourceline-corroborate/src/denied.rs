//! What a denial denies.
//!
//! In: prepared claims and their groups. Out: the groups that a group of denials speaks of, the surest first; and groups of denials that are one
//! because one party denies the same thing in other words. A denial that tells what it denies is held against all claims; one that
//! hangs on what stands before it ("Tehran rejects the story") means what another party says nearest before it in its document.
//! Not here: whether words deny ([`crate::denial`]).

use std::collections::{BTreeMap, BTreeSet};

use crate::denial::{is_hanging, names_charge, points_back, starts_back};
use crate::pair::{self, Prepared};
use crate::party::{Body, same_body, same_party};
use crate::{ClaimRecord, Signature, words};

/// Log odds from which a denial speaks of a claim: lower than for one proposition, for a denial has other words and leaves out where and when.
/// From -2.0 to -2.6 the stories with gold have the same links; 260 newspaper reports get two more false ones at -2.6 than at -1.0.
const CONTENT_THRESHOLD: f32 = -2.4;
/// Weighted share of words that the two must have in common besides.
const SHARED_WORDS: f32 = 0.2;
/// Floor for a coded event of the very kind that is denied, whose words may be all its own.
const KIND_THRESHOLD: f32 = -4.0;
/// What it counts for that the claim stands in the passage before the denial.
const SAME_PASSAGE_ADDS: f32 = 1.0;
/// How surely a claim of the passage is meant by a denial that does not tell what it denies.
const FROM_PASSAGE: f32 = -2.0;
/// What a denial hangs on stands at most so many sentences before it, if anything does.
const PASSAGE: u32 = 3;
/// Sentences with a number up to this are the lead.
const LEAD: u32 = 1;
/// A claim with fewer words says too little to be denied.
const FEWEST_WORDS: usize = 2;
/// Log odds from which two claims are of one matter, so that one party's denials of them are one.
const ONE_MATTER: f32 = -2.5;
/// Log odds from which a negation beside a denial is about what is denied.
const STANCE_THRESHOLD: f32 = -4.0;
/// The same where the negation points back ("Those were not ours").
const POINTING_THRESHOLD: f32 = -6.5;
/// Events that are themselves words: to deny one charge is not to deny every charge.
const TOLD_IN_WORDS: [&str; 6] = ["ACCUSE", "REJECT", "CONSULT", "REQUEST", "THREATEN", "SUPPORT"];

/// The groups that the denials of a group speak of, with log odds, the surest first.
pub(crate) fn denied(claims: &[Prepared<'_>], groups: &[Vec<usize>], first: usize) -> Vec<(usize, f32)> {
    let denials = groups[first].iter().copied().filter(|&at| claims[at].claim.denial);
    let mut meant: BTreeMap<usize, f32> = BTreeMap::new();
    for (claim, score) in denials.flat_map(|at| meant_by(claims, at)) {
        let known = meant.entry(claim).or_insert(score);
        *known = known.max(score);
    }
    let mut out: Vec<(usize, f32)> = Vec::new();
    for (second, group) in groups.iter().enumerate() {
        // What holds only negations is of one mind with the denial.
        let one_mind = group.iter().all(|&at| claims[at].claim.negative);
        if second == first || one_mind || group.iter().any(|&at| claims[at].claim.denial) {
            continue;
        }
        if let Some(score) = group.iter().filter_map(|at| meant.get(at).copied()).max_by(f32::total_cmp) {
            // What more reports carry is more likely what is denied in the first place.
            let reports: BTreeSet<u64> = group.iter().map(|&at| claims[at].claim.key.document).collect();
            out.push((second, score + 2.0 * (reports.len() as f32).ln()));
        }
    }
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}

/// The claims that a denial speaks of, with log odds.
fn meant_by(claims: &[Prepared<'_>], denial: usize) -> Vec<(usize, f32)> {
    let d = claims[denial].claim;
    let passage = passage(claims, denial);
    let from_passage = || passage.iter().map(|&at| (at, FROM_PASSAGE)).collect();
    if is_hanging(&d.evidence) {
        return from_passage();
    }
    let others = (0..claims.len()).filter(|&at| !claims[at].claim.denial && !claims[at].claim.negative);
    let speaks_of = |at: usize| -> Option<(usize, f32)> {
        if one_voice(d, claims[at].claim) {
            return None;
        }
        let near = if passage.contains(&at) { SAME_PASSAGE_ADDS } else { 0.0 };
        let score = pair::content_score(&claims[denial], &claims[at]) + near;
        let in_words = || pair::shared_words(&claims[denial], &claims[at]) >= SHARED_WORDS;
        let particular = || score >= KIND_THRESHOLD && is_particular(d, claims[at].claim);
        (score >= CONTENT_THRESHOLD && in_words() || particular()).then_some((at, score))
    };
    let told: Vec<(usize, f32)> = others.filter_map(speaks_of).collect();
    let here = told.iter().any(|(at, _)| claims[*at].claim.key.document == d.key.document);
    if !here && names_charge(&d.evidence) {
        told.into_iter().chain(passage.iter().map(|&at| (at, FROM_PASSAGE))).collect()
    } else {
        told
    }
}

/// The claims of its document that a denial may hang on: what another party says nearest before it, and, where nobody does, nearest after it.
fn passage(claims: &[Prepared<'_>], denial: usize) -> BTreeSet<usize> {
    let d = claims[denial].claim;
    let fits = |c: &ClaimRecord| {
        c.key.document == d.key.document
            && c.key != d.key
            && !c.denial
            && !c.negative
            && !one_voice(d, c)
            && c.words.len() >= FEWEST_WORDS
            && c.kind != "opinion"
            && !(c.sentence == d.sentence && (c.evidence.contains(&d.evidence) || d.evidence.contains(&c.evidence)))
    };
    let fitting: Vec<usize> = (0..claims.len()).filter(|&at| fits(claims[at].claim)).collect();
    let away = |at: &usize| d.sentence.abs_diff(claims[*at].claim.sentence);
    let told = |at: &&usize| claims[**at].claim.chain.len() > 1;
    // What is denied concerns the denier, or is what was said just before.
    let fit = |at: &&usize| concerns(d, claims[**at].claim) || away(at) <= 1 && told(at);
    let (before, after): (Vec<usize>, Vec<usize>) =
        fitting.iter().partition(|at| claims[**at].claim.key.number < d.key.number);
    let near: Vec<usize> = before.iter().copied().filter(|at| away(at) <= PASSAGE).collect();
    let nearest = |list: &[usize], told_only: bool| {
        list.iter().rev().copied().filter(|at| fit(&at) && (!told_only || told(&at))).min_by_key(away)
    };
    let found = nearest(&near, true)
        .or_else(|| nearest(&after, true))
        .or_else(|| nearest(&near, false))
        .or_else(|| nearest(&after, false));
    let Some(found) = found else { return BTreeSet::new() };
    let c = claims[found].claim;
    let key = |claim: &ClaimRecord| claim.source().map(|hop| hop.party.key.clone());
    let voice: Vec<usize> = fitting
        .iter()
        .copied()
        .filter(|&at| {
            at == found || key(c).is_some() && key(c) == key(claims[at].claim) || one_voice(c, claims[at].claim)
        })
        .filter(|at| away(at) <= 2 * PASSAGE)
        .collect();
    // "It" and "the charge" mean what stands nearest; where neither stands, what is most like the denial is meant.
    let sentence = |at: usize| claims[at].claim.sentence;
    let likeness = |at: usize| pair::content_score(&claims[denial], &claims[at]);
    let most = voice.iter().map(|&at| likeness(at)).fold(f32::NEG_INFINITY, f32::max);
    let nearest_meant = points_back(&d.evidence) || names_charge(&d.evidence);
    let meant = |at: &usize| if nearest_meant { sentence(*at) == sentence(found) } else { likeness(*at) >= most };
    // What is disputed stands in the lead as a rule, unless a pronoun points elsewhere.
    let leads = |&at: &usize| concerns(d, claims[at].claim) || sentence(at) <= LEAD && !points_back(&d.evidence);
    let first = voice.first().copied().filter(leads);
    voice.iter().copied().filter(meant).chain(first).collect()
}

/// Words of offices, which tell nothing of who holds them.
const OFFICES: &str = "government ministry minister president spokesman spokeswoman spokesperson official officials foreign defence defense \
mission embassy army military police office department secretary general senior diplomat united nations adviser campaign";

/// Whether a claim speaks of who denies it: by name, or by a body of the same state.
fn concerns(denial: &ClaimRecord, claim: &ClaimRecord) -> bool {
    let Some(party) = denial.source().map(|hop| &hop.party) else { return false };
    let offices = words::stems(OFFICES);
    let mut names = words::stems(&party.name).into_iter().filter(|stem| !offices.contains(stem));
    let named = names.any(|stem| claim.around.binary_search(&(words::hash(stem.as_bytes()) as u32)).is_ok());
    let state = party.country.as_ref().is_some_and(|code| {
        claim
            .entities
            .iter()
            .any(|key| key.strip_prefix("sl:").is_some_and(|key| key.split('/').any(|part| part == code)))
    });
    named
        || state
        || claim.entities.contains(&party.key)
        || party.body.as_ref().is_some_and(|body| claim.entities.contains(body))
}

/// Whether two claims come from one party or body: nobody denies what he says himself.
fn one_voice(a: &ClaimRecord, b: &ClaimRecord) -> bool {
    let (Some(x), Some(y)) = (a.source(), b.source()) else { return false };
    let (x, y) = (&x.party, &y.party);
    let bodies = || x.speaks_for().zip(y.speaks_for()).is_some_and(|(x, y)| same_body(&x, &y));
    !x.anonymous && !y.anonymous && (same_party(x, y) || bodies())
}

/// Whether a claim tells of one event of the very kind that is denied altogether: whoever denies that gas was ever used denies each attack with gas.
fn is_particular(denial: &ClaimRecord, claim: &ClaimRecord) -> bool {
    let (a, b) = (&denial.signature, &claim.signature);
    let one_kind = a.mode.is_some() && a.mode == b.mode && a.types.iter().any(|kind| b.types.contains(kind));
    let linked = |s: &Signature| -> Vec<String> {
        s.actors.iter().map(|(key, _)| key.clone()).filter(|key| key.starts_with("sl:")).collect()
    };
    let (x, y) = (linked(a), linked(b));
    let others = !x.is_empty() && !y.is_empty() && !x.iter().any(|key| y.contains(key));
    one_kind && !others && TOLD_IN_WORDS.iter().all(|kind| !a.types.iter().any(|t| t == kind))
}

/// Makes one group of the denials by which one party denies the same, and of its further words near by that it is not so.
pub(crate) fn join(claims: &[Prepared<'_>], mut groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let denies = |group: &[usize]| group.iter().any(|&at| claims[at].claim.denial);
    let mut stances: Vec<Stance> = (0..groups.len())
        .filter(|&at| denies(&groups[at]))
        .map(|at| Stance { group: at, bodies: bodies(claims, &groups[at]), about: about(claims, &groups, at) })
        .collect();
    let own_words: Vec<usize> =
        (0..groups.len()).filter(|&at| groups[at].iter().all(|&c| claims[c].claim.negative)).collect();
    for at in own_words.into_iter().filter(|&at| !denies(&groups[at])).collect::<Vec<_>>() {
        let stance = stances
            .iter()
            .find(|stance| groups[at].iter().all(|&c| is_stance(claims, c, &groups[stance.group], &stance.about)));
        if let Some(to) = stance.map(|stance| stance.group) {
            let moved = std::mem::take(&mut groups[at]);
            groups[to].extend(moved);
        }
    }
    for later in (1..stances.len()).rev() {
        if let Some(earlier) = (0..later).find(|&earlier| one_stance(claims, &stances[earlier], &stances[later])) {
            let moved = std::mem::take(&mut groups[stances[later].group]);
            let Stance { about, .. } = stances.remove(later);
            groups[stances[earlier].group].extend(moved);
            stances[earlier].about.extend(about);
        }
    }
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.retain(|group| !group.is_empty());
    groups.sort_unstable();
    groups
}

/// Who denies what in a group.
struct Stance {
    group: usize,
    bodies: BTreeSet<Body>,
    /// The claims denied.
    about: BTreeSet<usize>,
}

/// The claims of the groups that a group of denials speaks of.
fn about(claims: &[Prepared<'_>], groups: &[Vec<usize>], at: usize) -> BTreeSet<usize> {
    denied(claims, groups, at).into_iter().flat_map(|(group, _)| groups[group].iter().copied()).collect()
}

/// Whether two groups of denials are one: one party, and what it denies is the same or nearly so.
fn one_stance(claims: &[Prepared<'_>], a: &Stance, b: &Stance) -> bool {
    let party = || a.bodies.iter().any(|x| b.bodies.iter().any(|y| same_body(x, y)));
    let near =
        |&x: &usize| b.about.iter().any(|&y| x == y || pair::content_score(&claims[x], &claims[y]) >= ONE_MATTER);
    party() && a.about.iter().any(near)
}

/// Whether a negation stands with a denial: the same party says it near by, and of what is denied.
fn is_stance(claims: &[Prepared<'_>], at: usize, denials: &[usize], about: &BTreeSet<usize>) -> bool {
    let c = claims[at].claim;
    let beside = |&d: &usize| {
        let d = claims[d].claim;
        d.denial && d.key.document == c.key.document && d.sentence.abs_diff(c.sentence) <= PASSAGE && one_voice(c, d)
    };
    let least = if starts_back(&c.evidence) { POINTING_THRESHOLD } else { STANCE_THRESHOLD };
    let matters = |&other: &usize| pair::content_score(&claims[at], &claims[other]) >= least;
    denials.iter().any(beside) && about.iter().any(matters)
}

/// The bodies for which the sources of a group speak; a named source that speaks for none is its own.
fn bodies(claims: &[Prepared<'_>], group: &[usize]) -> BTreeSet<Body> {
    let of = |at: &usize| {
        let party = &claims[*at].claim.source()?.party;
        party.speaks_for().or_else(|| (!party.anonymous).then(|| Body::Organization(party.key.clone())))
    };
    group.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ClaimKey, HopRecord, Party, Pool};

    fn hop(key: &str) -> HopRecord {
        let party = Party { name: key.into(), key: key.into(), ..Party::default() };
        HopRecord { role: "speaker".into(), party, stated: true }
    }

    fn said(number: u32, sentence: u32, by: &str, text: &str) -> ClaimRecord {
        let chain = vec![hop("the daily"), hop(by)];
        ClaimRecord {
            key: ClaimKey { document: 1, number },
            sentence,
            evidence: text.into(),
            kind: "event".into(),
            words: crate::claim_words(text, &chain),
            around: crate::claim_words(text, &chain),
            chain,
            ..ClaimRecord::default()
        }
    }

    fn denial(number: u32, sentence: u32, by: &str, text: &str) -> ClaimRecord {
        ClaimRecord { denial: true, negative: true, ..said(number, sentence, by, text) }
    }

    fn targets(claims: &[ClaimRecord], denial: usize) -> Vec<usize> {
        let pool = Pool::new(claims);
        let prepared: Vec<Prepared<'_>> = claims.iter().map(|claim| pool.prepare(claim)).collect();
        let groups: Vec<Vec<usize>> = (0..claims.len()).map(|at| vec![at]).collect();
        denied(&prepared, &groups, denial).into_iter().map(|(group, _)| group).collect()
    }

    #[test]
    fn a_hanging_denial_means_what_another_says_nearest_before_it() {
        let claims = [
            said(1, 0, "otter institute", "Norland sank two trawlers off Tolm"),
            said(2, 2, "sl:XA/navy", "the fleet stayed in harbour"),
            said(3, 3, "harbour union", "a grenade of theirs hit the lighthouse"),
            said(4, 3, "sl:XA/government", "the weather was bad"),
            denial(5, 4, "sl:XA/government", "Norland rejects the story"),
        ];
        assert_eq!(targets(&claims, 4), [2]);
    }

    #[test]
    fn nobody_denies_his_own_words() {
        let claims = [
            said(1, 0, "sl:XA/navy", "the fleet stayed in harbour"),
            denial(2, 1, "sl:XA/government", "Norland denies it"),
        ];
        assert!(targets(&claims, 1).is_empty());
    }

    #[test]
    fn denials_of_one_party_are_one_where_they_deny_the_same() {
        let claims = [
            said(1, 0, "otter institute", "Norland sank two trawlers off Tolm"),
            denial(2, 1, "sl:XA/government", "Norland denies it"),
            denial(3, 1, "sl:XA/navy", "Norland rejects the report"),
            denial(4, 1, "sl:XB/navy", "Sudland rejects the report"),
        ];
        let pool = Pool::new(&claims);
        let prepared: Vec<Prepared<'_>> = claims.iter().map(|claim| pool.prepare(claim)).collect();
        assert_eq!(join(&prepared, vec![vec![0], vec![1], vec![2], vec![3]]), [vec![0], vec![1, 2], vec![3]]);
    }

    #[test]
    fn a_general_denial_reaches_each_event_of_its_kind() {
        let coded = |mode: Option<&str>, actor: &str| ClaimRecord {
            signature: Signature {
                types: vec!["ASSAULT".into()],
                mode: mode.map(Into::into),
                actors: vec![(actor.into(), actor.into())],
                ..Signature::default()
            },
            ..ClaimRecord::default()
        };
        let denial = coded(Some("siege"), "its navy");
        assert!(is_particular(&denial, &coded(Some("siege"), "sl:XA/navy")));
        assert!(!is_particular(&denial, &coded(Some("raid"), "sl:XA/navy")));
        assert!(!is_particular(&coded(None, "its navy"), &coded(None, "its navy")));
        assert!(!is_particular(&coded(Some("siege"), "sl:XB/navy"), &coded(Some("siege"), "sl:XA/navy")));
    }
}
