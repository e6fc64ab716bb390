//! Claims: what a document states, clause by clause, each with its chain.
//!
//! In: a `Scene`, its `Sources`, coded events and relations. Out: `Claim`s in text order.

mod clauses;
mod frames;
mod standing;
mod statement;

use sourceline_coding::{Rules, Standings};
use sourceline_model::{Certainty, Claim, ClaimKind, Event, Polarity, Relation, Span, Timex};

use crate::attribution::{Found, Said};
use crate::chains::{Carry, Chains};
use crate::scene::Scene;
use crate::sources::Sources;

use clauses::{Clause, clauses};

pub use clauses::is_heading;
use frames::frames;
use standing::{stand, weaker};
use statement::statement;

/// What claims are made from.
pub struct Matter<'s> {
    /// Coded events.
    pub events: &'s mut [Event],
    /// Relations.
    pub relations: &'s [Relation],
    /// Time expressions.
    pub times: &'s [Timex],
    /// Coding rules, for certainty.
    pub rules: &'s Rules,
}

/// Makes the claims; events under a denial or a forecast are marked accordingly.
pub fn claims(scene: &Scene, sources: &Sources, matter: Matter) -> Vec<Claim> {
    let chains = Chains::new(scene, sources);
    let mut carry = Carry::default();
    let standings = Standings::new(scene.tree.analysis, matter.rules);
    let mut claims = Vec::new();
    for clause in clauses(scene, sources).into_iter().filter(|clause| !sums_up(scene, sources, clause)) {
        let chain = match clause.act {
            Some(act) => chains.chain_of_act(act, &mut carry),
            None => chains.chain(clause.head, &mut carry),
        };
        let stand = stand(scene, sources, &standings, &clause);
        let evidence = scene.tree.analysis.bytes(clause.span);
        let sentence = scene.tree.sentence(clause.head);
        let plain = statement(scene, &clause, &frames(scene, sources, &clause), matter.times);
        let statement = answer(scene, sources, &clause, &claims).unwrap_or(plain);
        let known = |claim: &Claim| claim.sentence == sentence && claim.statement == statement;
        if claims.iter().rev().take(12).any(known) {
            continue;
        }
        claims.push(Claim {
            id: u32::try_from(claims.len() + 1).unwrap_or(u32::MAX),
            statement,
            kind: stand.kind,
            events: Vec::new(),
            relations: Vec::new(),
            evidence: vec![evidence],
            chain: chain.hops,
            chain_basis: chain.basis,
            certainty: stand.certainty,
            polarity: stand.polarity,
            sentence,
        });
    }
    attach(&mut claims, matter.events, matter.relations);
    claims
}

/// "So writes the daily": a clause that states nothing but who said the sentence before.
fn sums_up(scene: &Scene, sources: &Sources, clause: &Clause) -> bool {
    let tree = &scene.tree;
    let is_frame = |said: &Said| {
        let around = tree.head(clause.head).is_none() && tree.is_under(said.cue_head, clause.head);
        said.found == Found::Back && (said.cue_head == clause.head || around)
    };
    sources.saids.iter().any(is_frame)
}

/// "Tehran disputes it", "an official denied that": what is disputed or confirmed is the last claim before that somebody else made.
fn answer(scene: &Scene, sources: &Sources, clause: &Clause, before: &[Claim]) -> Option<String> {
    let said = &sources.saids[clause.act?];
    let tree = &scene.tree;
    let [piece] = said.content[..] else { return None };
    // "did not deny it" denies nothing.
    if tree.is_negated(said.cue_head) {
        return None;
    }
    let refers = piece.len() == 1 && matches!(tree.lower(piece.start).as_str(), "it" | "this" | "that" | "so");
    let verb = match (refers, tree.lemma(said.cue_head).as_str()) {
        (true, "deny" | "reject") => "denies",
        (true, "dispute" | "contest" | "challenge") => "disputes",
        (true, "confirm") => "confirms",
        _ => return None,
    };
    let source = sources.routes[clause.act?].stops.last().map(|stop| stop.party.name.as_str())?;
    let told = before.iter().rev().find(|claim| {
        claim.polarity == Polarity::Positive && claim.chain.last().is_none_or(|hop| hop.name != source)
    })?;
    let sentence = scene.tree.sentence(clause.head);
    let near = told.sentence + 3 >= sentence && !told.statement.contains(" that: ");
    near.then(|| statement::finish(&format!("{source} {verb} that: {}", told.statement)))
}

/// Hangs every event and relation on the smallest claim that covers its words.
fn attach(claims: &mut [Claim], events: &mut [Event], relations: &[Relation]) {
    for event in events.iter_mut() {
        let Some(index) = event.trigger.first().and_then(|trigger| smallest(claims, trigger)) else { continue };
        claims[index].events.push(event.id);
        let claim = &claims[index];
        if claim.polarity == Polarity::Negative && event.polarity == Polarity::Positive && claim.events.len() == 1 {
            event.polarity = Polarity::Negative;
        }
        if claim.kind == ClaimKind::Forecast || claim.certainty != Certainty::Asserted {
            event.certainty = weaker(event.certainty, claim.certainty);
        }
    }
    for relation in relations {
        if let Some(index) = relation.evidence.first().and_then(|words| smallest(claims, words)) {
            claims[index].relations.push(relation.id);
        }
    }
}

fn smallest(claims: &[Claim], words: &Span) -> Option<usize> {
    let covers = |claim: &Claim| claim.evidence.iter().any(|span| span.overlaps(words));
    claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| covers(claim))
        .min_by_key(|(_, claim)| claim.evidence.iter().map(Span::len).sum::<usize>())
        .map(|(index, _)| index)
}
