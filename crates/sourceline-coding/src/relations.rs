//! Finds relations: rules over the tree, and compound adjectives such as "Iran-backed".

use sourceline_model::{Polarity, RelationKind, Upos};

use crate::certainty::standing_in;
use crate::coding::{CodedRelation, Turn};
use crate::frame::Frame;
use crate::matching::{expand, matches, readings, role};
use crate::pattern::{Head, Rule};
use crate::rules::Rules;
use crate::tree::Tree;

const SUBJECTS: &[&[&str]] = &[&["subj"]];
const OBJECTS: &[&[&str]] = &[&["obj"]];

/// Second halves of compound adjectives: the named first half stands in `kind` to the noun, or the noun to it when `reversed`.
const COMPOUNDS: [(&str, RelationKind, bool); 22] = [
    ("backed", RelationKind::Backs, false),
    ("supported", RelationKind::Backs, false),
    ("sponsored", RelationKind::Backs, false),
    ("funded", RelationKind::Backs, false),
    ("financed", RelationKind::Backs, false),
    ("armed", RelationKind::Backs, false),
    ("trained", RelationKind::Backs, false),
    ("equipped", RelationKind::Backs, false),
    ("aligned", RelationKind::Allied, true),
    ("allied", RelationKind::Allied, true),
    ("friendly", RelationKind::Allied, true),
    ("affiliated", RelationKind::Allied, true),
    ("linked", RelationKind::Allied, true),
    ("led", RelationKind::Leads, false),
    ("commanded", RelationKind::Leads, false),
    ("controlled", RelationKind::Controls, false),
    ("held", RelationKind::Controls, false),
    ("occupied", RelationKind::Controls, false),
    ("run", RelationKind::Controls, false),
    ("administered", RelationKind::Controls, false),
    ("ruled", RelationKind::Controls, false),
    ("based", RelationKind::LocatedIn, true),
];

/// All relations of the document in text order.
pub(crate) fn relations(tree: &Tree<'_>, rules: &Rules) -> Vec<CodedRelation> {
    let mut out = Vec::new();
    for i in 0..tree.len() {
        if !matches!(tree.upos(i), Upos::Verb | Upos::Noun | Upos::Propn | Upos::Adj) {
            continue;
        }
        if readings(tree, i).iter().any(|(_, lemma)| !rules.entries(lemma).is_empty()) {
            by_rules(tree, rules, i, &mut out);
        }
        compound(tree, rules, i, &mut out);
    }
    out.sort_by_key(|r| (r.evidence.first().copied(), r.subject, r.object, r.kind));
    out.dedup_by_key(|r| (r.subject, r.object, r.kind));
    out
}

fn by_rules(tree: &Tree<'_>, rules: &Rules, i: usize, out: &mut Vec<CodedRelation>) {
    let frame = Frame::of(tree, rules, i);
    let mut seen: Vec<RelationKind> = Vec::new();
    for found in matches(tree, rules, &frame, true, |_| None) {
        let Head::Relation(kind) = found.rule.head else { continue };
        if seen.contains(&kind) {
            continue;
        }
        let before = out.len();
        relate(tree, rules, &frame, found.rule, kind, out);
        if out.len() > before {
            seen.push(kind);
        }
    }
}

fn relate(
    tree: &Tree<'_>,
    rules: &Rules,
    frame: &Frame<'_>,
    rule: &Rule,
    kind: RelationKind,
    out: &mut Vec<CodedRelation>,
) {
    let subjects = designers(tree, rules, role(tree, frame, rule, 'S', SUBJECTS));
    let objects = role(tree, frame, rule, 'O', OBJECTS);
    let mut standing = standing_in(tree, rules, frame.trigger);
    let mut turn = turn(tree, frame.trigger, rule);
    if let Some(means) = lost_means(tree, frame.trigger) {
        standing = standing_in(tree, rules, means);
        turn = Some(Turn::Ends);
    }
    for &subject in &subjects {
        let mutual = rule.role('S').is_some() && rule.role('S') == rule.role('O');
        for &object in objects.iter().filter(|&&o| if mutual { o > subject } else { o != subject }) {
            out.push(CodedRelation {
                kind,
                subject,
                object,
                goods: role(tree, frame, rule, 'G', &[]),
                via: via(tree, frame, rule),
                certainty: standing.certainty,
                polarity: if turn == Some(Turn::Ends) { Polarity::Positive } else { standing.polarity },
                turn,
                evidence: evidence(tree, &[subject, frame.trigger, object]),
                rule: rule.id.clone(),
            });
        }
    }
}

/// Who stands behind a strategy, a plan, an effort; other subjects stand for themselves.
fn designers(tree: &Tree<'_>, rules: &Rules, subjects: Vec<usize>) -> Vec<usize> {
    let design = rules.classes.get("design").unwrap_or(0);
    let behind = |i: usize| {
        let mut owners = crate::events::owners(tree, i);
        owners.retain(|&owner| rules.classes.of(tree, i) & design != 0 && tree.upos(owner) != Upos::Pron);
        if owners.is_empty() { vec![i] } else { owners }
    };
    subjects.into_iter().flat_map(behind).collect()
}

fn via(tree: &Tree<'_>, frame: &Frame<'_>, rule: &Rule) -> Vec<usize> {
    let mut named = role(tree, frame, rule, 'V', &[&["through"], &["via"], &["across"], &["over"]]);
    // "supplies X with [rockets through Y]": parsers hang the way on what is sent.
    for carrier in role(tree, frame, rule, 'G', &[]).into_iter().chain(role(tree, frame, rule, 'O', OBJECTS)) {
        let ways = tree.kids(carrier).iter().copied();
        named.extend(
            ways.filter(|&k| {
                matches!(crate::frame::preposition(tree, k), Some("through" | "via" | "across")) && !named.contains(&k)
            })
            .collect::<Vec<_>>(),
        );
    }
    // "used Chad as a route to supply the rebels".
    let user =
        std::iter::successors(tree.head(frame.trigger), |&i| tree.head(i)).take(2).find(|&i| tree.lemma(i) == "use");
    if let Some(user) = user {
        named.extend(tree.kids(user).iter().copied().filter(|&k| tree.rel(k) == "obj"));
    }
    named.into_iter().filter(|&i| tree.is_place(i) || tree.lemma(i) == "land").collect()
}

/// Nouns of what makes something possible.
const MEANS: [&str; 9] =
    ["way", "means", "ability", "capacity", "capability", "possibility", "option", "route", "power"];

/// "has no way of arming X", "lost the ability to supply X": the predicate that denies or loses the means of the deed `i`.
fn lost_means(tree: &Tree<'_>, i: usize) -> Option<usize> {
    let noun = tree.head(i).filter(|_| matches!(tree.rel(i), "acl" | "nmod" | "advcl"))?;
    if !MEANS.contains(&tree.lemma(noun)) {
        return None;
    }
    let governor = tree.head(noun)?;
    let none = tree.has(noun, |k| tree.rel(k) == "det" && tree.lemma(k) == "no");
    let lost = tree.rel(noun) == "obj" && matches!(tree.lemma(governor), "lose" | "lack" | "forfeit");
    (none || lost).then_some(governor)
}

/// Verbs that end what their object or, without an object, their subject names.
const ENDING: [&str; 28] = [
    "end",
    "sever",
    "cut",
    "cut_off",
    "lose",
    "close",
    "shut",
    "collapse",
    "break",
    "break_off",
    "halt",
    "stop",
    "dissolve",
    "dismantle",
    "terminate",
    "vanish",
    "disappear",
    "crumble",
    "expire",
    "cease",
    "abandon",
    "evaporate",
    "unravel",
    "scrap",
    "fold",
    "disband",
    "forfeit",
    "relinquish",
];
/// Nouns for the end of what they are of.
const ENDS: [&str; 12] = [
    "end",
    "loss",
    "collapse",
    "closure",
    "termination",
    "dissolution",
    "breakdown",
    "severing",
    "demise",
    "disruption",
    "interruption",
    "ending",
];

/// "Iran's presence in Syria ended", "the loss of its foothold", "severed the supply line to X": a noun whose end is told.
fn is_ended(tree: &Tree<'_>, i: usize) -> bool {
    let Some(head) = tree.head(i).filter(|_| tree.upos(i) != Upos::Verb) else { return false };
    let ending = ENDING.contains(&tree.lemma(head)) && tree.upos(head) == Upos::Verb;
    match tree.rel(i) {
        "obj" => ending,
        "nsubj" if tree.deprel(i) == "nsubj:pass" => ending,
        "nsubj" => ending && !tree.has(head, |k| tree.rel(k) == "obj"),
        "nmod" => ENDS.contains(&tree.lemma(head)),
        _ => false,
    }
}

/// Whether the wording says that the relation begins or has ended.
fn turn(tree: &Tree<'_>, i: usize, rule: &Rule) -> Option<Turn> {
    let mut ends = rule.ends;
    let mut begins = rule.begins;
    for &k in tree.kids(i) {
        match (tree.rel(k), tree.lemma(k)) {
            (
                "amod" | "advmod" | "compound",
                "former" | "ex" | "erstwhile" | "previously" | "formerly" | "once" | "onetime" | "then" | "late"
                | "ousted" | "deposed",
            ) => ends = true,
            ("amod" | "advmod", "new" | "newly" | "recently" | "newfound" | "now") => begins = true,
            // "is no longer an ally", "no longer controls".
            ("advmod", "longer" | "anymore") => ends = true,
            ("obl" | "advcl", _)
                if tree.has(k, |c| tree.lemma(c) == "until" && matches!(tree.rel(c), "case" | "mark")) =>
            {
                ends = true
            }
            _ => {}
        }
    }
    if let Some(head) = tree.head(i).filter(|_| tree.rel(i) == "xcomp") {
        match tree.lemma(head) {
            "use" | "stop" | "cease" => ends = true,
            "begin" | "start" => begins = true,
            _ => {}
        }
    }
    if tree.lemma(i).starts_with("ex-") || is_ended(tree, i) {
        ends = true;
    }
    match (begins, ends) {
        (_, true) => Some(Turn::Ends),
        (true, false) => Some(Turn::Begins),
        _ => None,
    }
}

/// "Iran-backed militias", in one token or in three.
fn compound(tree: &Tree<'_>, rules: &Rules, i: usize, out: &mut Vec<CodedRelation>) {
    if !matches!(tree.rel(i), "amod" | "compound") {
        return;
    }
    let Some(noun) = tree.head(i) else { return };
    let form = tree.analysis.form(i).to_lowercase();
    let (named, second) = match form.rsplit_once('-') {
        Some((_, second)) => (Some(i), second.to_owned()),
        None => {
            let first = tree
                .kids(i)
                .iter()
                .copied()
                .find(|&k| k < i && !matches!(tree.upos(k), Upos::Punct | Upos::Adv | Upos::Aux));
            (first, form)
        }
    };
    let Some(named) = named.filter(|&n| tree.is_capital(n) || tree.name(n).is_some()) else { return };
    let Some(&(_, kind, reversed)) = COMPOUNDS.iter().find(|(word, ..)| *word == second) else { return };
    // "Iran-based" places the noun, whatever it is; "state-run" names nobody.
    let standing = standing_in(tree, rules, i);
    for thing in expand(tree, noun) {
        let (subject, object) = if reversed { (thing, named) } else { (named, thing) };
        if subject == object {
            continue;
        }
        out.push(CodedRelation {
            kind,
            subject,
            object,
            goods: Vec::new(),
            via: Vec::new(),
            certainty: standing.certainty,
            polarity: Polarity::Positive,
            turn: None,
            evidence: evidence(tree, &[named, i, thing]),
            rule: format!("rel/{}:-{second}", kind.as_str()),
        });
    }
}

/// The words from the first to the last of `words`, without what lies more than a clause apart.
fn evidence(tree: &Tree<'_>, words: &[usize]) -> Vec<usize> {
    let mut out: Vec<usize> = words.to_vec();
    for &w in words {
        out.extend(tree.kids(w).iter().copied().filter(|&k| {
            matches!(tree.rel(k), "compound" | "amod" | "flat" | "case" | "aux" | "cop" | "advmod" | "det")
                && k.abs_diff(w) <= 3
        }));
    }
    out.sort_unstable();
    out.dedup();
    out
}
