//! How surely a clause is put, whether it is affirmed, and what kind of claim it is.
//!
//! In: a clause with the attributions over it. Out: certainty, polarity, kind. Nothing that is denied or predicted comes out as
//! having happened.

use sourceline_coding::Standings;
use sourceline_model::{Certainty, ClaimKind, Polarity, Upos};

use super::clauses::Clause;
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

/// Works out how a clause stands.
pub fn stand(scene: &Scene, sources: &Sources, standings: &Standings, clause: &Clause) -> Stand {
    let own = standings.of(clause.head);
    let (mut certainty, mut polarity) = (own.certainty, own.polarity);
    let mut classes: Vec<CueClass> =
        sources.over(clause.head).iter().map(|&index| sources.saids[index].class).collect();
    if let Some(act) = clause.act {
        classes.push(sources.saids[act].class);
    }
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
    let denied = classes.iter().filter(|class| **class == CueClass::Deny).count() % 2 == 1;
    if denied && own.polarity == Polarity::Positive {
        polarity = Polarity::Negative;
    }
    Stand { certainty, polarity, kind: kind(scene, clause, &classes, certainty) }
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
        if let Some(hedge) = hedge {
            let hedge = if perfect && hedge == Certainty::Predicted { Certainty::Hypothetical } else { hedge };
            certainty = weaker(certainty, hedge);
        }
        if matches!(word.as_str(), "would") {
            certainty = weaker(certainty, Certainty::Predicted);
        }
    }
    certainty
}

fn kind(scene: &Scene, clause: &Clause, classes: &[CueClass], certainty: Certainty) -> ClaimKind {
    let tree = &scene.tree;
    let judged = scene.lexicon.is_judgement(&tree.lemma(clause.head))
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
    if clause.apposition || copular || STATIVE.contains(&tree.lemma(clause.head).as_str()) {
        return ClaimKind::State;
    }
    ClaimKind::Event
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
