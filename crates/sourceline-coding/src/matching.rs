//! Chooses the rule for a word and fills its roles.

use sourceline_model::{EntityHint, PloverType, Upos};

use crate::frame::Frame;
use crate::pattern::{Constraint, Head, Pos, Rule, Value};
use crate::rules::Rules;
use crate::tree::{MAX_DEPTH, Tree};

/// Points for the parts of a rule; more specific rules win.
const LEMMA_POINTS: i32 = 4;
const CLASS_POINTS: i32 = 3;
const ANY_POINTS: i32 = 2;
const NEGATIVE_POINTS: i32 = 1;
const EMBED_POINTS: i32 = 3;
const PART_POINTS: i32 = 4;
/// A verb with a particle seldom means what the bare verb means.
const STRAY_PARTICLE_POINTS: i32 = -3;
/// Points that make a priority step outweigh any constraint.
const PRIORITY_POINTS: i32 = 20;

/// Nouns that only count or group what follows "of".
const QUANTITIES: [&str; 43] = [
    "%",
    "percent",
    "share",
    "contingent",
    "portion",
    "tonne",
    "ton",
    "barrel",
    "batch",
    "thousand",
    "hundred",
    "dozen",
    "ten",
    "score",
    "million",
    "number",
    "majority",
    "most",
    "many",
    "some",
    "several",
    "all",
    "lot",
    "rest",
    "part",
    "series",
    "couple",
    "handful",
    "wave",
    "group",
    "pair",
    "half",
    "remainder",
    "bulk",
    "string",
    "spate",
    "barrage",
    "any",
    "none",
    "round",
    "amount",
    "quantity",
    "kind",
];

/// A rule that matches a word.
pub(crate) struct Match<'r> {
    pub rule: &'r Rule,
    /// Whether it wants the particle or modifier that stands there.
    whole: bool,
    pub score: i32,
    /// The embedded event that the rule wants.
    pub embedded: Option<usize>,
}

/// The parts of speech under which the index is asked for word `i`.
pub(crate) fn readings<'t>(tree: &'t Tree<'_>, i: usize) -> Vec<(Pos, &'t str)> {
    let lemma = tree.lemma(i);
    match tree.upos(i) {
        // "were furious" and "is opposed" may come as passives.
        Upos::Verb if tree.has(i, |k| matches!(tree.rel(k), "aux" | "cop")) => {
            vec![(Pos::Verb, lemma), (Pos::Adj, tree.analysis.form(i))]
        }
        Upos::Verb => vec![(Pos::Verb, lemma)],
        Upos::Adj if crate::frame::is_noun(tree, i) => vec![(Pos::Noun, lemma), (Pos::Adj, lemma)],
        Upos::Noun | Upos::Propn => vec![(Pos::Noun, lemma)],
        // Parsers waver between verb and adjective for participles: "stationed in", "besieged town".
        Upos::Adj => match lemma.strip_suffix("ed") {
            Some(stem) => vec![(Pos::Adj, lemma), (Pos::Verb, stem), (Pos::Verb, &lemma[..lemma.len() - 1])],
            None => vec![(Pos::Adj, lemma)],
        },
        _ => Vec::new(),
    }
}

/// All rules that match `frame`, best first; ties keep the order of the files.
/// `embedded` looks for an event of the wanted kinds below the trigger.
pub(crate) fn matches<'r>(
    tree: &Tree<'_>,
    rules: &'r Rules,
    frame: &Frame<'_>,
    relations: bool,
    embedded: impl Fn(&Rule) -> Option<usize>,
) -> Vec<Match<'r>> {
    let mut found = Vec::new();
    for (pos, lemma) in readings(tree, frame.trigger) {
        for entry in rules.entries(lemma).iter().filter(|e| e.pos == pos) {
            let rule = &rules.rules[entry.rule];
            if relations != matches!(rule.head, Head::Relation(_))
                || (!relations && tree.upos(frame.trigger) == Upos::Propn)
            {
                continue;
            }
            let part = match &entry.part {
                Some(part) if frame.parts.contains(&part.as_str()) => PART_POINTS,
                Some(_) => continue,
                None if pos == Pos::Verb && !frame.parts.is_empty() => STRAY_PARTICLE_POINTS,
                None => 0,
            };
            let Some(points) = constraint_points(tree, rules, frame, rule) else { continue };
            let hit = if rule.embeds.is_empty() { None } else { embedded(rule) };
            if !rule.embeds.is_empty() && hit.is_none() {
                continue;
            }
            let score = part + points + rule.priority * PRIORITY_POINTS + if hit.is_some() { EMBED_POINTS } else { 0 };
            found.push(Match { rule, whole: entry.part.is_some(), score, embedded: hit });
        }
    }
    // "called off the strike" is not "called the strike", however well that fits.
    if found.iter().any(|m| m.whole) && tree.upos(frame.trigger) == Upos::Verb {
        found.retain(|m| m.whole);
    }
    found.sort_by_key(|m| std::cmp::Reverse(m.score));
    found
}

fn constraint_points(tree: &Tree<'_>, rules: &Rules, frame: &Frame<'_>, rule: &Rule) -> Option<i32> {
    let mut points = 0;
    for constraint in &rule.constraints {
        match (holds(tree, rules, frame, constraint), constraint.negated) {
            (Some(_), true) | (None, false) => return None,
            (None, true) => points += NEGATIVE_POINTS,
            (Some(p), false) => points += p,
        }
    }
    Some(points)
}

/// Points of the constraint when a word in its slot fits.
fn holds(tree: &Tree<'_>, rules: &Rules, frame: &Frame<'_>, constraint: &Constraint) -> Option<i32> {
    match constraint.slot.as_str() {
        "any" => {
            let sentence = tree.analysis.sentence_of(frame.trigger)?;
            let mut range = tree.analysis.sentences[sentence].tokens.range();
            range.find_map(|i| fits(tree, rules, i, &constraint.value))
        }
        "under" if frame.get("under").next().is_none() => None,
        // The word above: "a court ruling" asks what governs it.
        "gov" => tree.head(frame.trigger).and_then(|h| fits(tree, rules, h, &constraint.value)),
        "part" => frame.parts.iter().any(|p| constraint.value.lemmas.iter().any(|l| l == p)).then_some(LEMMA_POINTS),
        slot => frame.get(slot).find_map(|i| fits_group(tree, rules, i, &constraint.value)),
    }
}

/// Like `fits`, for any coordinated word and for what a quantity counts.
fn fits_group(tree: &Tree<'_>, rules: &Rules, i: usize, value: &Value) -> Option<i32> {
    expand(tree, i).into_iter().chain([i]).find_map(|j| fits(tree, rules, j, value))
}

fn fits(tree: &Tree<'_>, rules: &Rules, i: usize, value: &Value) -> Option<i32> {
    if value.lemmas.iter().any(|l| fits_lemma(tree, i, l)) {
        return Some(LEMMA_POINTS);
    }
    if value.classes != 0 && rules.classes.of(tree, i) & value.classes != 0 {
        return Some(CLASS_POINTS);
    }
    value.any.then_some(ANY_POINTS)
}

/// A lemma of a rule: `talk`, or `peace_talk` for a head with a modifier.
fn fits_lemma(tree: &Tree<'_>, i: usize, wanted: &str) -> bool {
    match wanted.rsplit_once('_') {
        None => tree.lemma(i) == wanted,
        Some((modifier, head)) => {
            tree.lemma(i) == head
                && tree.has(i, |k| matches!(tree.rel(k), "compound" | "amod" | "nmod") && tree.lemma(k) == modifier)
        }
    }
}

/// The words that fill `role` by the rule's slots or, when it says nothing, by `default`.
pub(crate) fn role(tree: &Tree<'_>, frame: &Frame<'_>, rule: &Rule, role: char, default: &[&[&str]]) -> Vec<usize> {
    let pick = |slots: &mut dyn Iterator<Item = &str>| -> Vec<usize> {
        let mut out = Vec::new();
        for slot in slots {
            if slot == "self" {
                out.extend(expand(tree, frame.trigger));
            }
            for i in
                frame.get(slot).filter(|&i| !is_modifier_slot(slot) || tree.is_name_like(i) || is_actor_noun(tree, i))
            {
                out.extend(expand(tree, i));
            }
        }
        out
    };
    let mut words = match rule.role(role) {
        Some(alternatives) => alternatives
            .iter()
            .map(|alt| pick(&mut alt.iter().map(String::as_str)))
            .find(|w| !w.is_empty())
            .unwrap_or_default(),
        None => default.iter().map(|alt| pick(&mut alt.iter().copied())).find(|w| !w.is_empty()).unwrap_or_default(),
    };
    let own = rule.role(role).is_some_and(|alts| alts.iter().flatten().any(|slot| slot == "self"));
    words.retain(|&i| (own || i != frame.trigger) && Some(i) != frame.light && stands_for_something(tree, i));
    words.sort_unstable();
    words.dedup();
    words
}

fn is_modifier_slot(slot: &str) -> bool {
    matches!(slot, "mod")
}

/// Whether a common noun that modifies another can stand for who acts: "rebel attack", "police raid".
fn is_actor_noun(tree: &Tree<'_>, i: usize) -> bool {
    tree.upos(i) == Upos::Noun && matches!(tree.hint(i), Some(EntityHint::Person | EntityHint::Organization))
}

/// Whether word `i` can fill a role: not an expletive, a relative pronoun without noun, or a time.
fn stands_for_something(tree: &Tree<'_>, i: usize) -> bool {
    match tree.upos(i) {
        Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj | Upos::X | Upos::Sym => {
            tree.hint(i) != Some(EntityHint::Time) || tree.name(i).is_some()
        }
        Upos::Pron => !matches!(tree.lemma(i), "there" | "which" | "that" | "what") && tree.deprel(i) != "expl",
        Upos::Det => matches!(tree.lemma(i), "these" | "those" | "some" | "many" | "all"),
        _ => false,
    }
}

/// The coordinated words of `i`, itself first, each looked through when it only counts ("dozens of fighters").
pub(crate) fn expand(tree: &Tree<'_>, i: usize) -> Vec<usize> {
    let mut out = vec![counted(tree, i)];
    for &k in tree.kids(i) {
        if tree.rel(k) == "conj" && !matches!(tree.upos(k), Upos::Verb | Upos::Adv) {
            out.push(counted(tree, k));
        }
    }
    out
}

/// What a quantity noun counts, else the word itself.
pub(crate) fn counted(tree: &Tree<'_>, i: usize) -> usize {
    let mut at = i;
    for _ in 0..MAX_DEPTH {
        if !(QUANTITIES.contains(&tree.lemma(at)) || tree.upos(at) == Upos::Num) {
            return at;
        }
        let of = tree
            .kids(at)
            .iter()
            .copied()
            .find(|&k| tree.rel(k) == "nmod" && crate::frame::preposition(tree, k) == Some("of"));
        match of {
            Some(of) => at = of,
            None => return at,
        }
    }
    at
}

/// Whether `wanted` (from a rule's `ev:`) covers an event of `kind` and `mode`.
pub(crate) fn wants(wanted: &[(PloverType, Option<String>)], kind: PloverType, mode: Option<&str>) -> bool {
    wanted.iter().any(|(k, m)| *k == kind && m.as_deref().is_none_or(|m| Some(m) == mode))
}
