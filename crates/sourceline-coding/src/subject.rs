//! Who the subject of a clause is when the clause does not say: control, coordination, relative and participial clauses.

use sourceline_model::Upos;

use crate::frame::{is_thing, preposition};
use crate::tree::{MAX_DEPTH, Tree};

/// Verbs whose subject stays the subject of the infinitive although they take an object ("promised Iran to leave").
const SUBJECT_CONTROL: [&str; 6] = ["promise", "threaten", "vow", "pledge", "swear", "use"];

/// Verbs that have no passive, whatever the parser says of a bare participle.
const INTRANSITIVE: [&str; 30] = [
    "gather",
    "assemble",
    "arrive",
    "march",
    "demonstrate",
    "retreat",
    "protest",
    "collapse",
    "appeal",
    "die",
    "flee",
    "resign",
    "advance",
    "rally",
    "converge",
    "clash",
    "surrender",
    "agree",
    "apologize",
    "apologise",
    "withdraw",
    "erupt",
    "occur",
    "go",
    "come",
    "complain",
    "riot",
    "fall",
    "escape",
    "perish",
];

/// Whether clause `v` is passive.
pub(crate) fn is_passive(tree: &Tree, v: usize) -> bool {
    if tree.has(v, |k| matches!(tree.deprel(k), "aux:pass" | "csubj:pass" | "obl:agent")) {
        return true;
    }
    if INTRANSITIVE.contains(&tree.lemma(v)) {
        return false;
    }
    if tree.has(v, |k| tree.deprel(k) == "nsubj:pass") {
        // Headlines drop the auxiliary ("two killed in blast"); with a bare noun behind it the verb is active after all.
        return !tree.has(v, |k| {
            k > v
                && matches!(tree.rel(k), "obj" | "obl" | "nsubj")
                && is_thing(tree, k)
                && preposition(tree, k).is_none()
        });
    }
    if tree.has(v, |k| matches!(tree.rel(k), "nsubj" | "obj" | "aux" | "cop")) {
        return false;
    }
    match tree.rel(v) {
        "acl" | "amod" | "advcl" | "xcomp" | "dep" | "root" | "parataxis" => tree.is_past_participle(v),
        // "was arrested and charged": the second participle shares the auxiliary of the first.
        "conj" => {
            tree.is_past_participle(v)
                && tree.head(v).is_some_and(|h| tree.upos(h) == Upos::Verb && is_passive(tree, h))
        }
        _ => false,
    }
}

/// Whether `i` is a relative pronoun.
pub(crate) fn is_relative(tree: &Tree, i: usize) -> bool {
    matches!(tree.lemma(i), "who" | "whom" | "which" | "that" | "whose")
        && matches!(tree.upos(i), Upos::Pron | Upos::Det | Upos::Sconj)
}

/// The noun that relative clause `v` modifies, looking through coordination of clauses.
pub(crate) fn antecedent(tree: &Tree, v: usize) -> Option<usize> {
    let mut at = v;
    for _ in 0..MAX_DEPTH {
        match tree.rel(at) {
            "acl" => return tree.head(at),
            "conj" | "xcomp" | "ccomp" | "advcl" => at = tree.head(at)?,
            _ => return None,
        }
    }
    None
}

/// The grammatical subjects of clause `v` (patients when it is passive); empty when nobody is to be found.
pub(crate) fn subjects(tree: &Tree, v: usize) -> Vec<usize> {
    subjects_at(tree, v, 0)
}

fn subjects_at(tree: &Tree, v: usize, depth: usize) -> Vec<usize> {
    if depth > MAX_DEPTH {
        return Vec::new();
    }
    let bare = |k: usize| !tree.has(k, |c| tree.rel(c) == "case");
    let is_subject = |k: usize| matches!(tree.deprel(k), "nsubj" | "nsubj:pass");
    let fits = |&k: &usize| is_subject(k) && (k < v || tree.upos(v) != Upos::Verb || bare(k));
    // "With thousands fleeing, stores were abandoned": of two the one without a preposition.
    let own = tree.kids(v).iter().copied().filter(fits).max_by_key(|&k| (bare(k), std::cmp::Reverse(k)));
    if let Some(own) = own {
        if is_relative(tree, own)
            && let Some(noun) = antecedent(tree, v)
        {
            return vec![noun];
        }
        return vec![own];
    }
    let Some(head) = tree.head(v) else { return Vec::new() };
    match tree.deprel(v) {
        "acl:relcl" => vec![head],
        "acl" if tree.is_ing(v) || tree.is_past_participle(v) => vec![head],
        "acl" => owners(tree, head, depth),
        "amod" => vec![head],
        "conj" => shared(tree, v, head, depth),
        "xcomp" | "ccomp" | "csubj" => controller(tree, head, depth),
        rel if rel.starts_with("advcl") => clause_subjects(tree, head, depth),
        "parataxis" | "dep" if tree.upos(head) == Upos::Verb => subjects_at(tree, head, depth + 1),
        _ => Vec::new(),
    }
}

/// The subjects of `head`, whatever kind of clause or noun it is.
fn clause_subjects(tree: &Tree, head: usize, depth: usize) -> Vec<usize> {
    if matches!(tree.upos(head), Upos::Noun | Upos::Propn) && !tree.has(head, |k| tree.rel(k) == "nsubj") {
        return owners(tree, head, depth);
    }
    subjects_at(tree, head, depth + 1)
}

/// Subjects that clause `v` shares with the clause it is coordinated with.
fn shared(tree: &Tree, v: usize, head: usize, depth: usize) -> Vec<usize> {
    if is_passive(tree, head) == is_passive(tree, v) || tree.upos(head) != Upos::Verb {
        return subjects_at(tree, head, depth + 1);
    }
    // "was accused and fled" keeps its grammatical subject.
    subjects_at(tree, head, depth + 1)
}

/// Who controls the infinitive below `head`: its object ("urged Iran to"), else its subject.
fn controller(tree: &Tree, head: usize, depth: usize) -> Vec<usize> {
    if tree.upos(head) == Upos::Verb && !SUBJECT_CONTROL.contains(&tree.lemma(head)) && !is_passive(tree, head) {
        let object = tree.kids(head).iter().copied().find(|&k| matches!(tree.rel(k), "obj" | "iobj"));
        if let Some(object) = object {
            if is_relative(tree, object)
                && let Some(noun) = antecedent(tree, head)
            {
                return vec![noun];
            }
            return vec![object];
        }
        // "called on Iran to stop", "appealed to Iran to stop".
        let addressee = tree.kids(head).iter().copied().find(|&k| {
            tree.rel(k) == "obl"
                && tree
                    .has(k, |c| tree.rel(c) == "case" && matches!(tree.lemma(c), "on" | "upon" | "to" | "for" | "with"))
                && matches!(
                    tree.lemma(head),
                    "call" | "appeal" | "plead" | "urge" | "wait" | "beg" | "prevail" | "shout"
                )
        });
        if let Some(addressee) = addressee {
            return vec![addressee];
        }
    }
    clause_subjects(tree, head, depth)
}

/// Who stands behind noun `noun` ("Iran's plan to", "Iranian attempts to", "made a decision to").
fn owners(tree: &Tree, noun: usize, depth: usize) -> Vec<usize> {
    if let Some(owner) = tree.kid(noun, "nmod:poss") {
        if is_relative(tree, owner)
            && let Some(head) = tree.head(noun).and_then(|h| antecedent(tree, h))
        {
            return vec![head];
        }
        return vec![owner];
    }
    let by = tree.kids(noun).iter().copied().find(|&k| {
        tree.rel(k) == "nmod" && tree.has(k, |c| tree.rel(c) == "case" && matches!(tree.lemma(c), "by" | "from"))
    });
    if let Some(by) = by {
        return vec![by];
    }
    let modifier = tree
        .kids(noun)
        .iter()
        .copied()
        .find(|&k| matches!(tree.rel(k), "amod" | "compound" | "nmod") && tree.is_name_like(k));
    if let Some(modifier) = modifier {
        return vec![modifier];
    }
    let Some(head) = tree.head(noun) else { return Vec::new() };
    match tree.rel(noun) {
        "obj" | "obl" | "xcomp" if depth < MAX_DEPTH => subjects_at(tree, head, depth + 1),
        _ => Vec::new(),
    }
}
