//! What looks like a deed and is none: accidents, and things that "allow" or "tell".
//!
//! In: a trigger and its tree. Out: whether nobody did it. PLOVER codes what parties do to each other (manual v0.8, section 1): a dam that
//! bursts, a gas explosion or a collision assaults nobody.

use sourceline_model::{EntityHint, PloverType, Upos};

use crate::frame::{Frame, preposition};
use crate::pattern::{Head, Rule};
use crate::rules::Rules;
use crate::tree::{MAX_DEPTH, Tree};

/// Verbs of what happens to vehicles, buildings and plants without anybody's will.
const MISHAPS: [&str; 18] = [
    "collide",
    "crash",
    "burst",
    "derail",
    "overturn",
    "capsize",
    "collapse",
    "erupt",
    "leak",
    "malfunction",
    "skid",
    "veer",
    "plunge",
    "topple",
    "founder",
    "ignite",
    "rupture",
    "spill",
];

/// Nouns for such things.
const ACCIDENTS: [&str; 23] = [
    "burst",
    "accident",
    "crash",
    "collision",
    "derailment",
    "capsizing",
    "wreck",
    "stampede",
    "crush",
    "collapse",
    "malfunction",
    "leak",
    "spill",
    "mishap",
    "disaster",
    "meltdown",
    "pileup",
    "pile-up",
    "fire",
    "short-circuit",
    "outage",
    "electrocution",
    "rupture",
];

/// Words that tell of a will behind it, wherever they stand in the sentence.
const DELIBERATE: [&str; 34] = [
    "bomb",
    "bomber",
    "bombing",
    "bombard",
    "missile",
    "rocket",
    "drone",
    "shell",
    "shelling",
    "mortar",
    "grenade",
    "airstrike",
    "attack",
    "attacker",
    "gunman",
    "gunfire",
    "militant",
    "terrorist",
    "suicide",
    "ied",
    "landmine",
    "torpedo",
    "saboteur",
    "arson",
    "arsonist",
    "artillery",
    "rebel",
    "detonate",
    "ambush",
    "raid",
    "explosive",
    "insurgent",
    "assailant",
    "hijack",
];

/// Places where things blow up by themselves.
const SITES: [&str; 18] = [
    "plant",
    "factory",
    "mine",
    "colliery",
    "refinery",
    "mill",
    "silo",
    "quarry",
    "workshop",
    "pipeline",
    "kitchen",
    "boiler",
    "warehouse",
    "laboratory",
    "foundry",
    "smelter",
    "bakery",
    "restaurant",
];

/// Whether the harm that word `i` tells of came by accident; `agent`: whether the words name somebody who did it.
pub(crate) fn is_accident(tree: &Tree<'_>, rules: &Rules, i: usize, agent: bool) -> bool {
    let Some(sentence) = tree.analysis.sentence_of(i) else { return false };
    let mut words = tree.analysis.sentences[sentence].tokens.range();
    if words.any(|at| DELIBERATE.contains(&tree.lemma(at))) {
        return false;
    }
    // "the injured workers": how they came by it is not said.
    if !agent && tree.rel(i) == "amod" && matches!(tree.lemma(i), "injure" | "wound" | "hurt" | "kill") {
        return true;
    }
    let mut sentence = tree.analysis.sentences[sentence].tokens.range();
    let mut above = Some(i);
    let mut governed = false;
    for _ in 0..MAX_DEPTH {
        let Some(at) = above else { break };
        governed |= at != i && is_mishap(tree, at);
        above = tree.head(at);
    }
    let own = has_accidental_cause(tree, rules, i) || is_accidental(tree, rules, i);
    own || governed || !agent && sentence.any(|at| is_mishap(tree, at) || is_accidental(tree, rules, at))
}

fn is_mishap(tree: &Tree<'_>, verb: usize) -> bool {
    tree.upos(verb) == Upos::Verb && MISHAPS.contains(&tree.lemma(verb))
}

/// Whether the clause of `at` gives an accident as its cause or occasion.
fn has_accidental_cause(tree: &Tree<'_>, rules: &Rules, at: usize) -> bool {
    tree.kids(at).iter().any(|&k| match tree.deprel(k) {
        "nsubj" | "obl:agent" => is_accidental(tree, rules, k),
        "obl" | "nmod" => {
            matches!(
                preposition(tree, k),
                Some(
                    "by" | "in" | "from" | "after" | "during" | "because_of" | "due_to" | "following" | "with" | "when"
                )
            ) && is_accidental(tree, rules, k)
        }
        "advcl" | "parataxis" => is_mishap(tree, k),
        _ => false,
    })
}

/// Whether a noun names an accident or a force of nature, or an explosion at a works.
fn is_accidental(tree: &Tree<'_>, rules: &Rules, noun: usize) -> bool {
    if tree.upos(noun) != Upos::Noun {
        return false;
    }
    let class =
        |name: &str, at: usize| rules.classes.get(name).is_some_and(|bits| rules.classes.of(tree, at) & bits != 0);
    if class("hazard", noun)
        || ACCIDENTS.contains(&tree.lemma(noun)) && tree.head(noun).is_none_or(|head| tree.lemma(head) != "open")
    {
        return true;
    }
    if !matches!(tree.lemma(noun), "explosion" | "blast") {
        return false;
    }
    let by_itself = |k: usize| {
        class("industrial", k)
            || SITES.contains(&tree.lemma(k)) && matches!(tree.rel(k), "compound" | "amod" | "nmod" | "obl")
    };
    let place = tree.head(noun).filter(|_| matches!(tree.rel(noun), "nsubj" | "obl"));
    tree.kids(noun).iter().chain(place.iter().flat_map(|&head| tree.kids(head))).any(|&k| by_itself(k))
}

/// Whether a rule takes something for a deed that is none: a thing that "allows", somebody who "told them that …".
pub(crate) fn is_no_deed(tree: &Tree<'_>, rules: &Rules, frame: &Frame<'_>, rule: &Rule) -> bool {
    let (Head::Event(kind), trigger) = (rule.head, frame.trigger) else { return false };
    match (kind, tree.lemma(trigger)) {
        (PloverType::Concede | PloverType::Retreat, "allow" | "permit" | "let" | "enable") => {
            frame.get("subj").any(|subject| is_thing(tree, rules, subject))
        }
        (PloverType::Request | PloverType::Threaten, "tell" | "ask") if tree.upos(trigger) == Upos::Verb => {
            tells(tree, trigger)
        }
        (_, "name" | "identify" | "quote") => {
            tree.rel(trigger) == "xcomp"
                && tree
                    .head(trigger)
                    .is_some_and(|head| matches!(tree.lemma(head), "ask" | "want" | "decline" | "refuse" | "request"))
        }
        (PloverType::Reject, "refuse" | "decline") => frame.get("comp").chain(frame.get("to")).any(|comp| {
            matches!(
                tree.lemma(comp),
                "say"
                    | "comment"
                    | "name"
                    | "identify"
                    | "elaborate"
                    | "disclose"
                    | "confirm"
                    | "specify"
                    | "reveal"
                    | "speculate"
            )
        }),
        _ => false,
    }
}

/// Whether "tell" or "ask" only passes on a statement or a question, and asks nobody to do anything.
fn tells(tree: &Tree<'_>, verb: usize) -> bool {
    let to = |k: usize| tree.has(k, |c| tree.rel(c) == "mark" && tree.lemma(c) == "to");
    let anonymous =
        |k: usize| tree.has(k, |c| tree.lemma(c) == "not") && matches!(tree.lemma(k), "name" | "identify" | "quote");
    let wants = |k: usize| matches!(tree.rel(k), "xcomp" | "ccomp" | "advcl") && to(k) && !anonymous(k);
    if tree.has(verb, wants) {
        return false;
    }
    let question = |k: usize| {
        tree.has(k, |c| matches!(tree.lemma(c), "whether" | "if" | "what" | "why" | "how" | "who" | "when" | "where"))
    };
    let content = |k: usize| matches!(tree.rel(k), "ccomp" | "parataxis" | "xcomp");
    tree.lemma(verb) == "tell" || tree.has(verb, |k| content(k) && (question(k) || anonymous(k)))
}

/// Whether a common noun stands for nobody who could act.
fn is_thing(tree: &Tree<'_>, rules: &Rules, noun: usize) -> bool {
    let animate = ["forces", "police", "people", "government", "group", "leaders", "ngo", "militia"];
    let acts =
        animate.iter().any(|name| rules.classes.get(name).is_some_and(|bits| rules.classes.of(tree, noun) & bits != 0));
    tree.upos(noun) == Upos::Noun
        && tree.name(noun).is_none()
        && !acts
        && !matches!(tree.hint(noun), None | Some(EntityHint::Person | EntityHint::Organization))
}
