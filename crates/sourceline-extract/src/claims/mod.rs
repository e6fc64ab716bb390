//! Claims: what a document states, clause by clause, each with its chain.
//!
//! In: a `Scene`, its `Sources`, coded events and relations. Out: `Claim`s in text order.

mod clauses;
mod dates;
mod edges;
mod frames;
mod joined;
mod parts;
mod rest;
mod standing;
mod standins;
mod statement;
mod voice;
mod whole;

use sourceline_coding::{Rules, Standings};
use sourceline_model::{Certainty, Claim, ClaimKind, Event, Hop, HopRole, PloverType, Polarity, Relation, Span, Timex};

use crate::attribution::Found;
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

/// Verbs that say no more of an event than when or whether it is.
const HAPPENINGS: [&str; 17] = [
    "be", "happen", "occur", "take", "begin", "start", "continue", "resume", "end", "follow", "go", "come", "fail",
    "stop", "open", "proceed", "succeed",
];
/// Longest walk up a tree.
const MAX_STEPS: usize = 24;
/// Longest name of a speaker that stands before his words, in bytes.
const LONGEST_SPEAKER: usize = 80;

/// Makes the claims; events under a denial or a forecast are marked accordingly.
pub fn claims(scene: &Scene, sources: &Sources, mut matter: Matter) -> Vec<Claim> {
    let chains = Chains::new(scene, sources);
    let mut carry = Carry::default();
    let standings = Standings::new(scene.tree.analysis, matter.rules);
    let (mut claims, mut heads) = (Vec::new(), Vec::new());
    for clause in clauses(scene, sources)
        .into_iter()
        .filter(|clause| !sums_up(scene, sources, clause) && !asks(scene, sources, clause))
        .filter(|clause| !is_anybodys(scene, sources, clause))
    {
        let chain = match clause.act {
            Some(act) => chains.chain_of_act(act, &mut carry),
            None => chains.chain(clause.head, &mut carry),
        };
        let stand = stand(scene, sources, &standings, &clause);
        let evidence = scene.tree.analysis.bytes(clause.span);
        let sentence = scene.tree.sentence(clause.head);
        let plain = statement(scene, &clause, &frames(scene, sources, &clause), matter.times);
        let plain = match speaker(scene, sources, &clause, &chain.hops) {
            Some(speaker) if voice::is_in_own_voice(&plain) => voice::spoken(speaker, &plain),
            _ => plain,
        };
        let statement = answer(scene, sources, &clause, &claims).unwrap_or(plain);
        let known = |claim: &Claim| claim.sentence == sentence && claim.statement == statement;
        let held = |claim: &Claim| claim.sentence == sentence && claim.evidence[0].end >= evidence.end;
        let mut recent = claims.iter().rev().take(12);
        let loose = hangs(&statement) || is_headless(&statement);
        if is_cut(&statement) || recent.clone().any(known) || loose && recent.any(held) {
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
        heads.push(clause.head);
    }
    attach(scene, &heads, &mut claims, &mut matter);
    claims
}

/// "Both of which burned", "by which they came": no sentence of its own, which the one it belongs to holds already.
fn hangs(statement: &str) -> bool {
    let words: Vec<String> = statement.split_whitespace().take(5).map(str::to_lowercase).collect();
    let relative = |at: usize| words.get(at).is_some_and(|word| matches!(word.as_str(), "which" | "whom" | "whose"));
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let preposition = matches!(
        word(0),
        "of" | "by" | "to" | "in" | "for" | "from" | "with" | "on" | "at" | "under" | "through" | "during" | "after"
    );
    let belongs = (1..4).any(|at| word(at) == "of" && relative(at + 1));
    preposition && relative(1) || belongs || word(0) == "according" && relative(2)
}

/// What begins in the middle of something else: "Than the militias do", "Says the mayor", "Which had been reported".
fn is_cut(statement: &str) -> bool {
    let mut words = statement.split_whitespace();
    let relative = statement.starts_with("Which ") && !statement.ends_with(['?', '”', '"']);
    relative || matches!(words.next(), Some("Than" | "Says" | "Said" | "Say" | "Nor" | "Me")) || words.next().is_none()
}

/// "Would not be named": the subject is lost.
fn is_headless(statement: &str) -> bool {
    let first = statement.split_whitespace().next().unwrap_or("");
    let headless = matches!(
        first,
        "Would" | "Was" | "Were" | "Is" | "Are" | "Has" | "Have" | "Had" | "Will" | "Could" | "Should" | "May"
    );
    headless && !statement.ends_with('?')
}

/// "Whoever thinks that we had only one road": nobody is said to think so.
fn is_anybodys(scene: &Scene, sources: &Sources, clause: &Clause) -> bool {
    let anybody = |at: usize| {
        matches!(scene.tree.lower(at).as_str(), "whoever" | "anyone" | "anybody" | "nobody" | "none" | "no-one")
    };
    let sentence = scene.tree.sentence(clause.head);
    sources.over(clause.head).into_iter().map(|index| &sources.saids[index]).any(|said| {
        scene.tree.sentence(said.cue_head) == sentence
            && scene.tree.is_under(clause.head, said.cue_head)
            && said.source_head(&scene.tree).is_some_and(anybody)
    })
}

/// "So writes the daily": a clause that states nothing but who said the sentence before.
fn sums_up(scene: &Scene, sources: &Sources, clause: &Clause) -> bool {
    let tree = &scene.tree;
    let around = |cue: usize| tree.head(clause.head).is_none() && tree.is_under(cue, clause.head);
    let mut frames = sources.saids.iter().filter(|said| said.found == Found::Back).map(|said| said.cue_head);
    frames.any(|cue| cue == clause.head || around(cue))
}

/// Who speaks the words of a clause that somebody is quoted with, unless they name him.
fn speaker<'h>(scene: &Scene, sources: &Sources, clause: &Clause, chain: &'h [Hop]) -> Option<&'h str> {
    let own = clause.act.is_none() && !sources.over(clause.head).is_empty();
    let last = chain.last().filter(|hop| own && matches!(hop.role, HopRole::Speaker | HopRole::Reporter))?;
    let words = scene.tree.text(clause.span);
    let fits = !last.name.is_empty() && last.name.len() < LONGEST_SPEAKER && !words.contains(&last.name);
    fits.then_some(last.name.as_str())
}

/// Whether a clause stands in a question of the outlet's own, which states nothing.
fn asks(scene: &Scene, sources: &Sources, clause: &Clause) -> bool {
    is_question(scene, clause.head) && clause.act.is_none() && sources.over(clause.head).is_empty()
}

/// Whether a word stands in a sentence that ends with a question mark.
pub(super) fn is_question(scene: &Scene, at: usize) -> bool {
    let tokens = scene.tree.sentence_tokens(at).range();
    let marks = |form: &str| matches!(form, "\"" | "”" | "’" | "'" | "''" | ")");
    tokens.rev().map(|at| scene.tree.analysis.form(at)).find(|form| !marks(form)) == Some("?")
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

/// Hangs every event and relation on the smallest claim that covers its words. `heads`: the predicates of the claims.
fn attach(scene: &Scene, heads: &[usize], claims: &mut [Claim], matter: &mut Matter) {
    for event in matter.events.iter_mut() {
        let Some(index) = event.trigger.first().and_then(|trigger| smallest(claims, trigger)) else { continue };
        claims[index].events.push(event.id);
        let claim = &claims[index];
        let at = event.trigger.first().and_then(|words| {
            let token = scene.tree.analysis.tokens.partition_point(|token| token.span.end <= words.start);
            scene.tree.analysis.tokens.get(token).map(|_| token)
        });
        if at.is_some_and(|at| is_presupposed(scene, at, heads[index])) {
            continue;
        }
        // Who "rejected the charge" did reject it: what is denied is the charge.
        let answers = matches!(event.kind, PloverType::Reject | PloverType::Accuse) && at == Some(heads[index]);
        let first = claim.events.len() == 1 && event.polarity == Polarity::Positive;
        if claim.polarity == Polarity::Negative && first && !answers {
            event.polarity = Polarity::Negative;
        }
        if claim.kind == ClaimKind::Forecast || claim.certainty != Certainty::Asserted {
            event.certainty = weaker(event.certainty, claim.certainty);
        }
    }
    for relation in matter.relations {
        if let Some(index) = relation.evidence.first().and_then(|words| smallest(claims, words)) {
            claims[index].relations.push(relation.id);
        }
    }
}

/// Whether word `at` stands in a part of the clause of `head` that holds whatever becomes of the rest: "will not return after the attack",
/// "is unlikely to leave because of its support for them", "the man who shot him may go free".
fn is_presupposed(scene: &Scene, at: usize, head: usize) -> bool {
    let tree = &scene.tree;
    let mut below = at;
    for _ in 0..MAX_STEPS {
        if below == head {
            return false;
        }
        let Some(above) = tree.head(below) else { return false };
        let relation = tree.token(below).deprel.as_str();
        let occasion = || {
            matches!(
                tree.case(below).as_str(),
                "after"
                    | "since"
                    | "following"
                    | "due to"
                    | "because of"
                    | "amid"
                    | "despite"
                    | "during"
                    | "in response to"
                    | "in retaliation for"
                    | "over"
                    | "given"
            )
        };
        let because = || {
            tree.children_by(below, "mark")
                .any(|mark| matches!(tree.lower(mark).as_str(), "after" | "since" | "because" | "as"))
        };
        let past = || {
            let tense = |at: usize| tree.token(at).feat("Tense") == Some("Past");
            let mut aux = tree.children_by(below, "aux");
            let modal = aux.any(|aux| !matches!(tree.lemma(aux).as_str(), "have" | "be" | "do"));
            !modal
                && (tense(below) || tree.children_by(below, "aux").any(|aux| tense(aux) || tree.lemma(aux) == "have"))
        };
        // "The talks may delay the vote": there were talks. "The talks will begin" says when there will be some.
        let given = || {
            let definite = tree.children(below).iter().any(|&child| {
                matches!(tree.lower(child).as_str(), "the" | "this" | "these")
                    || tree.token(child).deprel == "nmod:poss"
            });
            below == at && definite && !tree.is_passive(above) && !HAPPENINGS.contains(&tree.lemma(above).as_str())
        };
        match relation {
            "obl" | "nmod" if occasion() => return true,
            "advcl" if because() && past() => return true,
            "acl:relcl" if past() => return true,
            "nsubj" if given() => return true,
            _ => below = above,
        }
    }
    false
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
