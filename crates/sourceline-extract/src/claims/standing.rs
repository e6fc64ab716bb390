//! How surely a clause is put, whether it is affirmed, and what kind of claim it is.
//!
//! In: a clause with the attributions over it. Out: certainty, polarity, kind. Nothing that is denied or predicted comes out as
//! having happened.

use sourceline_coding::Standings;
use sourceline_model::{Certainty, ClaimKind, Polarity, Upos};

use super::clauses::Clause;
use super::joined::is_argument;
use super::parts::speaks_on;
use crate::attribution::Said;
use crate::lexicon::CueClass;
use crate::scene::Scene;
use crate::sources::Sources;

/// How a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// How surely it is put.
    pub certainty: Certainty,
    /// Whether it is affirmed.
    pub polarity: Polarity,
    /// Its kind.
    pub kind: ClaimKind,
}

/// Verbs of states.
const STATIVE: [&str; 34] = [
    "be",
    "have",
    "own",
    "possess",
    "hold",
    "remain",
    "stay",
    "stand",
    "lie",
    "contain",
    "include",
    "consist",
    "belong",
    "depend",
    "rely",
    "need",
    "live",
    "know",
    "control",
    "dominate",
    "serve",
    "lead",
    "head",
    "employ",
    "number",
    "cover",
    "border",
    "support",
    "back",
    "host",
    "represent",
    "constitute",
    "face",
    "lack",
];

/// Verbs of making sure that something is so.
const VERIFYING: [&str; 6] = ["verify", "confirm", "corroborate", "authenticate", "substantiate", "ascertain"];

/// Works out how a clause stands.
pub fn stand(scene: &Scene, sources: &Sources, standings: &Standings, clause: &Clause) -> Stand {
    let own = standings.of(clause.head);
    let (mut certainty, mut polarity) = (own.certainty, own.polarity);
    if certainty != Certainty::Asserted && is_plain(scene, clause) && standings.is_unhedged(clause.head) {
        certainty = Certainty::Asserted;
    }
    let over: Vec<usize> = sources
        .over(clause.head)
        .into_iter()
        .filter(|&index| !is_below(scene, &sources.saids[index], clause.head))
        .filter(|&index| !warns_of_thing(scene, &sources.saids[index]))
        .filter(|&index| !is_argument(scene, sources.saids[index].cue_head, clause.head))
        .filter(|&index| {
            let said = &sources.saids[index];
            scene.tree.head(clause.head) == Some(said.cue_head) || !is_about_name(scene, said)
        })
        .collect();
    let mut classes: Vec<CueClass> = over.iter().map(|&index| sources.saids[index].class).collect();
    // "Both agreed in May", "she fears for her job": an act that is told is no belief of him who tells it.
    let act = clause.act.map(|act| &sources.saids[act]);
    let told = |act: &Said| {
        matches!(act.class, CueClass::Believe | CueClass::Fear | CueClass::Hope | CueClass::Ask)
            && !names_it(scene, act)
    };
    let act = act.filter(|act| !told(act));
    classes.extend(act.filter(|act| !warns_of_thing(scene, act)).map(|act| act.class));
    certainty = weaker(certainty, hedged(scene, clause));
    for class in &classes {
        match class {
            CueClass::Predict => certainty = weaker(certainty, Certainty::Predicted),
            CueClass::Plan => certainty = weaker(certainty, Certainty::Planned),
            CueClass::Fear | CueClass::Hope | CueClass::Warn => certainty = weaker(certainty, Certainty::Possible),
            CueClass::Believe => certainty = weaker(certainty, Certainty::Probable),
            _ => {}
        }
    }
    let (likely, unlikely) = leaning(scene, clause);
    if likely || unlikely {
        certainty = weaker(certainty, Certainty::Predicted);
    }
    if unlikely {
        polarity = Polarity::Negative;
    }
    let denials = over.iter().chain(&clause.act).filter(|&&index| denies(scene, &sources.saids[index], clause.head));
    if denials.count() % 2 == 1 && own.polarity == Polarity::Positive {
        polarity = Polarity::Negative;
    }
    if over.is_empty() && is_refusal(scene, clause) {
        return Stand { certainty: Certainty::Asserted, polarity: Polarity::Negative, kind: ClaimKind::Event };
    }
    let doubting = |class: &CueClass| {
        use CueClass::{Ask, Believe, Fear, Hope, Plan, Predict, Warn};
        matches!(class, Predict | Plan | Fear | Hope | Warn | Believe | Ask)
    };
    if !classes.iter().any(doubting) && !is_if(scene, clause.head) && certainty != Certainty::Asserted {
        match attitude(scene, clause.head).filter(|_| is_plain(scene, clause)) {
            Some(kind) => return Stand { certainty: Certainty::Asserted, polarity, kind },
            None if should(scene, clause.head) => certainty = Certainty::Asserted,
            None => {}
        }
    }
    if is_yet_to(scene, clause.head) {
        return Stand { certainty: Certainty::Asserted, polarity: Polarity::Negative, kind: ClaimKind::Event };
    }
    // "could not be independently verified" tells what the reporter knows.
    if polarity == Polarity::Negative && VERIFYING.contains(&scene.tree.lemma(clause.head).as_str()) {
        return Stand { certainty: Certainty::Asserted, polarity, kind: ClaimKind::State };
    }
    let certainty =
        if super::is_question(scene, clause.head) { weaker(certainty, Certainty::Hypothetical) } else { certainty };
    Stand { certainty, polarity, kind: kind(scene, clause, &classes, certainty) }
}

/// "Was warned three times about a ramp": the warning happened; what may happen is in no clause of its own.
fn warns_of_thing(scene: &Scene, act: &Said) -> bool {
    let clause = |at: &usize| matches!(scene.tree.relation(*at), "ccomp" | "xcomp" | "parataxis");
    act.class == CueClass::Warn && !scene.tree.children(act.cue_head).iter().any(clause)
}

/// Whether the act of saying stands beside what it is said to cover: "Peru sent boats, and Chile promised more" promises no boats, "both agreed,
/// but the talks broke down" agreed on no breakdown.
fn is_below(scene: &Scene, said: &Said, at: usize) -> bool {
    let tree = &scene.tree;
    if tree.relation(at) == "conj" && tree.head(at) == Some(said.cue_head) && tree.own_subject(at).is_some() {
        return true;
    }
    let mut below = said.cue_head;
    for _ in 0..8 {
        let Some(above) = tree.head(below) else { return false };
        if above == at && tree.relation(below) == "conj" {
            return tree.own_subject(said.cue_head).is_some();
        }
        below = above;
    }
    false
}

/// Whether an attribution denies what predicate `at` states: "denied that it had fired and put the dead at four" denies no number.
fn denies(scene: &Scene, said: &Said, at: usize) -> bool {
    let tree = &scene.tree;
    if said.class != CueClass::Deny || tree.token(said.cue_head).upos == Upos::Verb && tree.is_negated(said.cue_head) {
        return false;
    }
    let (mut below, mut above) = (at, tree.head(at));
    while let Some(head) = above.filter(|_| below != said.cue_head) {
        if tree.relation(below) == "conj" && !shares_denial(scene, below, head, said.cue_head) {
            return false;
        }
        (below, above) = (head, tree.head(head));
    }
    true
}

/// Whether predicate `at`, coordinated with `host`, is denied by `cue` as that is: not when it is the cue's own partner, goes on with what the
/// speaker says, or begins anew behind a comma.
fn shares_denial(scene: &Scene, at: usize, host: usize, cue: usize) -> bool {
    let tree = &scene.tree;
    if host == cue {
        return false;
    }
    if speaks_on(scene, at).is_some() {
        return false;
    }
    let that = tree.children_by(at, "mark").any(|mark| tree.lower(mark) == "that");
    let lemma = tree.lemma(at);
    let speaks = lemma == "put" || scene.lexicon.verb(&lemma).is_some_and(|cue| cue.strong);
    match tree.own_subject(at) {
        _ if that => true,
        Some(_) => !tree.children_by(at, "punct").any(|comma| comma < at),
        None => !(speaks && tree.token(at).upos == Upos::Verb && tree.is_finite(at)),
    }
}

/// Whether the predicate is "likely" or "unlikely", or governed by it.
fn leaning(scene: &Scene, clause: &Clause) -> (bool, bool) {
    let tree = &scene.tree;
    let above = tree.head(clause.head).filter(|_| tree.relation(clause.head) == "xcomp");
    let has = |word: &str| {
        std::iter::once(clause.head).chain(above).any(|at| {
            tree.lower(at) == word
                && tree
                    .children(at)
                    .iter()
                    .any(|&child| matches!(tree.relation(child), "xcomp" | "ccomp" | "csubj" | "advcl" | "acl" | "cop"))
        })
    };
    (has("likely"), has("unlikely"))
}

/// The weaker of two certainties.
pub fn weaker(a: Certainty, b: Certainty) -> Certainty {
    let rank = |certainty: Certainty| match certainty {
        Certainty::Asserted => 0,
        Certainty::Probable => 1,
        Certainty::Possible => 2,
        Certainty::Planned => 3,
        Certainty::Predicted => 4,
        Certainty::Hypothetical => 5,
    };
    if rank(b) > rank(a) { b } else { a }
}

/// What modals and hedging words of the predicate say.
fn hedged(scene: &Scene, clause: &Clause) -> Certainty {
    let tree = &scene.tree;
    let mut certainty = Certainty::Asserted;
    let mut words: Vec<usize> = tree
        .children(clause.head)
        .iter()
        .copied()
        .filter(|&child| matches!(tree.relation(child), "aux" | "advmod" | "mark") && clause.span.contains(child))
        .collect();
    words.push(clause.head);
    if let Some(head) = tree.head(clause.head).filter(|_| tree.relation(clause.head) == "xcomp") {
        words.push(head);
    }
    let perfect =
        tree.children(clause.head).iter().any(|&child| tree.relation(child) == "aux" && tree.lemma(child) == "have");
    for at in words {
        let word = tree.lower(at);
        // "could" and "can" of ability, and past modals in reported speech ("would"), are read by the tense of the predicate.
        if matches!(word.as_str(), "can" | "could") && tree.is_negated(clause.head) {
            continue;
        }
        let hedge = scene.lexicon.hedge(&word).or_else(|| {
            (tree.token(at).upos == Upos::Adj || at == clause.head)
                .then(|| scene.lexicon.hedge(&tree.lemma(at)))
                .flatten()
        });
        if let Some(hedge) = hedge.filter(|_| at != clause.head || !is_past_plan(scene, at)) {
            let hedge = if perfect && hedge == Certainty::Predicted { Certainty::Hypothetical } else { hedge };
            certainty = weaker(certainty, hedge);
        }
        if matches!(word.as_str(), "would") {
            certainty = weaker(certainty, Certainty::Predicted);
        }
    }
    certainty
}

/// "had been planned for months", "had expected it since May": a plan or expectation of the past is a state of that time, no forecast.
fn is_past_plan(scene: &Scene, at: usize) -> bool {
    let tree = &scene.tree;
    let had = tree.children_by(at, "aux").any(|aux| tree.lower(aux) == "had");
    let long = tree.children_by(at, "obl").any(|time| {
        matches!(tree.case(time).as_str(), "for" | "over")
            && matches!(tree.lemma(time).as_str(), "year" | "month" | "week" | "day" | "decade" | "hour" | "time")
            && !tree.children(time).iter().any(|&child| tree.relation(child) == "amod")
    });
    let past = tree.token(at).feat("Tense") == Some("Past") || tree.is_passive(at);
    tree.token(at).upos == Upos::Verb && (had || long && past)
}

fn kind(scene: &Scene, clause: &Clause, classes: &[CueClass], certainty: Certainty) -> ClaimKind {
    let tree = &scene.tree;
    // "The region lies where …": who lies at a place tells no lie.
    let told = tree.children_by(clause.head, "obl").any(|at| matches!(tree.case(at).as_str(), "to" | "about"));
    let lies = tree.lemma(clause.head) != "lie" || tree.lower(clause.head) == "lied" || told;
    let judged = lies && scene.lexicon.is_judgement(&tree.lemma(clause.head))
        || tree.children(clause.head).iter().any(|&child| {
            matches!(tree.relation(child), "amod" | "obj" | "xcomp")
                && scene.lexicon.is_judgement(&tree.lemma(child))
                && tree.children_by(clause.head, "cop").next().is_some()
        });
    let should =
        tree.children_by(clause.head, "aux").any(|aux| matches!(tree.lower(aux).as_str(), "should" | "must" | "ought"));
    if matches!(certainty, Certainty::Predicted | Certainty::Planned) {
        return ClaimKind::Forecast;
    }
    if classes.iter().any(|class| matches!(class, CueClass::Describe | CueClass::Hope | CueClass::Ask))
        || judged
        || should
    {
        return ClaimKind::Opinion;
    }
    if matches!(certainty, Certainty::Possible | Certainty::Hypothetical) && looks_ahead(scene, clause.head) {
        return ClaimKind::Forecast;
    }
    let copular = tree.children_by(clause.head, "cop").next().is_some();
    if clause.apposition
        || copular
        || is_past_plan(scene, clause.head) && plans(scene, clause.head)
        || STATIVE.contains(&tree.lemma(clause.head).as_str())
    {
        return ClaimKind::State;
    }
    ClaimKind::Event
}

/// "Should", "must": what ought to be is an opinion, put as surely as it is meant; "should have been" tells what was not.
fn should(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let aux = |words: &[&str]| tree.children_by(head, "aux").any(|aux| words.contains(&tree.lower(aux).as_str()));
    aux(&["should", "must", "ought"]) && !aux(&["have"])
}

/// Whether a condition hangs on the clause.
fn is_if(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let conditional = |at: usize| {
        tree.children_by(at, "mark").any(|mark| matches!(tree.lower(mark).as_str(), "if" | "unless" | "whether"))
    };
    conditional(head) || tree.children_by(head, "advcl").any(conditional)
}

/// Whether the predicate is a verb in the present or past, without modals, under nothing that governs it: what it tells is told outright.
fn is_plain(scene: &Scene, clause: &Clause) -> bool {
    let tree = &scene.tree;
    let head = clause.head;
    let verb = tree.token(head).upos == Upos::Verb && tree.token(head).feat("Mood") != Some("Imp");
    let modal = tree.children_by(head, "aux").any(|aux| {
        !matches!(tree.lemma(aux).as_str(), "have" | "be" | "do") || matches!(tree.lower(aux).as_str(), "be" | "to")
    });
    let infinitive = tree.children_by(head, "mark").any(|mark| tree.lower(mark) == "to");
    // "Never confirmed that it tried to".
    let denied = tree.relation(head) == "ccomp" && tree.head(head).is_some_and(|verb| tree.is_negated(verb));
    let finite = !denied && tree.is_finite(head) || tree.children_by(head, "aux").next().is_some();
    verb && finite && !modal && !infinitive && !is_if(scene, head)
}

/// What sort of thing it is that somebody wants or asks, which he does whatever becomes of it: a state of mind, an act.
fn attitude(scene: &Scene, head: usize) -> Option<ClaimKind> {
    let open = || scene.tree.children(head).iter().any(|&at| matches!(scene.tree.relation(at), "xcomp" | "ccomp"));
    match scene.tree.lemma(head).as_str() {
        // "The name appears on both lists"; "appears to have left" stays in doubt.
        "appear" | "seek" if open() => None,
        "want" | "wish" | "desire" | "prefer" | "long" | "like" | "fear" | "dread" | "worry" => Some(ClaimKind::State),
        "ask" | "request" | "demand" | "decline" | "refuse" | "agree" | "appear" | "seek" => Some(ClaimKind::Event),
        _ => None,
    }
}

/// "Called the move an attempt": what somebody calls a thing, not what he calls for.
fn names_it(scene: &Scene, act: &Said) -> bool {
    let tree = &scene.tree;
    let calls = tree.children_by(act.cue_head, "obl").any(|at| matches!(tree.case(at).as_str(), "for" | "on" | "upon"));
    let named = tree.children(act.cue_head).iter().any(|&at| matches!(tree.relation(at), "obj" | "xcomp"));
    tree.lemma(act.cue_head) == "call" && named && !calls
}

/// "Would not comment", "would not be drawn", of what somebody did: he refused to.
fn is_refusal(scene: &Scene, clause: &Clause) -> bool {
    let tree = &scene.tree;
    let speaks = matches!(
        tree.lemma(clause.head).as_str(),
        "say"
            | "comment"
            | "discuss"
            | "answer"
            | "name"
            | "confirm"
            | "elaborate"
            | "disclose"
            | "reveal"
            | "talk"
            | "speak"
            | "tell"
            | "explain"
            | "identify"
            | "draw"
            | "quote"
            | "specify"
            | "deny"
            | "take"
            | "give"
    );
    let takes = |lemma: &str| match lemma {
        "take" | "give" => tree.children_by(clause.head, "obj").any(|object| {
            matches!(tree.lemma(object).as_str(), "question" | "detail" | "name" | "reason" | "figure" | "answer")
        }),
        _ => true,
    };
    let would = tree.children_by(clause.head, "aux").any(|aux| tree.lower(aux) == "would");
    let negated = tree.is_negated(clause.head) && !is_if(scene, clause.head);
    // "He would not show the receipts": of a person, in the outlet's own words.
    let shows = matches!(tree.lemma(clause.head).as_str(), "show" | "provide" | "allow" | "let" | "sign" | "accept")
        && tree.relation(clause.head) == "root"
        && tree.own_subject(clause.head).is_some_and(|subject| {
            matches!(tree.lower(subject).as_str(), "he" | "she" | "they") || scene.name_over(subject).is_some()
        });
    (speaks || shows) && would && negated && takes(&tree.lemma(clause.head))
}

/// "Requesting anonymity because …", "asking that his name be left out": what a source asks for himself colours nothing that he says.
fn is_about_name(scene: &Scene, said: &Said) -> bool {
    let tree = &scene.tree;
    let names =
        |at: usize| matches!(tree.lower(at).as_str(), "anonymity" | "name" | "named" | "identified" | "surname");
    said.class == CueClass::Ask
        && said.content.iter().chain(&said.reach).flat_map(sourceline_model::Span::range).any(names)
}

/// "has yet to comment".
fn is_yet_to(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let yet = |at: usize| tree.children(at).iter().any(|&child| tree.lower(child) == "yet");
    let infinitive = |at: usize| tree.children_by(at, "mark").any(|mark| tree.lower(mark) == "to");
    matches!(tree.lemma(head).as_str(), "have" | "be")
        && tree.children_by(head, "xcomp").any(|below| infinitive(below) && (yet(below) || yet(head)))
}

/// Whether a word plans or expects.
fn plans(scene: &Scene, at: usize) -> bool {
    let hedge = scene.lexicon.hedge(&scene.tree.lemma(at));
    matches!(hedge, Some(Certainty::Planned | Certainty::Predicted))
}

/// Whether the predicate stands under a modal without "have".
fn looks_ahead(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let aux: Vec<String> = tree.children_by(head, "aux").map(|aux| tree.lower(aux)).collect();
    let modal = aux.iter().any(|word| {
        matches!(word.as_str(), "may" | "might" | "could" | "can" | "will" | "would" | "shall" | "'ll" | "’ll")
    });
    modal && !aux.iter().any(|word| word == "have") || tree.lemma(head) == "unlikely" || tree.lemma(head) == "likely"
}
