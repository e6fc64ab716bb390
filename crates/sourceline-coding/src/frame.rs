//! The frame of a predicate: which words fill its slots, with passives, control, coordination and light verbs undone.
//!
//! Slots: `subj`, `obj`, `iobj`, `comp`, `poss`, `mod`, `lv` (subject of the light verb), `lvr` (who undergoes it), `head` (the noun
//! that a modifier stands before), `appos`, `both` (a second subject), `purpose`, and every preposition by its lemma.

mod nominal;

use sourceline_model::{EntityHint, Upos};

use crate::preposition::broader;
pub(crate) use crate::preposition::preposition;
use crate::rules::Rules;
use crate::subject::{antecedent, is_passive, is_relative, subjects};
use crate::tree::Tree;

/// Slots of one predicate, in text order within a slot.
pub(crate) struct Frame<'t> {
    /// The predicate.
    pub trigger: usize,
    /// Its light verb.
    pub light: Option<usize>,
    /// Particles of a verb, modifiers of a noun: they make a compound predicate.
    pub parts: Vec<&'t str>,
    slots: Vec<(&'t str, usize)>,
}

impl<'t> Frame<'t> {
    /// The frame of word `i`.
    pub fn of(tree: &'t Tree<'_>, rules: &Rules, i: usize) -> Self {
        let mut frame = Self { trigger: i, light: None, parts: Vec::new(), slots: Vec::new() };
        let verbal =
            tree.upos(i) == Upos::Verb || (tree.upos(i) == Upos::Adj && tree.has(i, |k| tree.deprel(k) == "aux:pass"));
        if verbal {
            frame.fill_verb(tree, rules, i);
        } else {
            frame.fill_nominal(tree, rules, i);
        }
        frame
    }

    /// Words in `slot`; `out_of` counts as `from`, `into` as `to`.
    pub fn get<'f>(&'f self, slot: &'f str) -> impl Iterator<Item = usize> + 'f {
        self.slots.iter().filter(move |(name, _)| *name == slot || broader(name) == Some(slot)).map(|&(_, i)| i)
    }

    /// All filled slots.
    pub fn all(&self) -> &[(&'t str, usize)] {
        &self.slots
    }

    fn put(&mut self, slot: &'t str, i: usize) {
        if !self.slots.contains(&(slot, i)) {
            self.slots.push((slot, i));
        }
    }

    fn fill_verb(&mut self, tree: &'t Tree<'_>, rules: &Rules, v: usize) {
        let passive = is_passive(tree, v);
        for subject in subjects(tree, v) {
            self.put(if passive { "obj" } else { "subj" }, subject);
        }
        for &k in tree.kids(v) {
            self.verb_dependent(tree, v, k, passive);
        }
        // `both`: the second of several subjects ("X and Y held exercises", "the armies of X and Y held exercises").
        for subject in self.get("subj").collect::<Vec<_>>() {
            let parties = std::iter::once(subject).chain(
                tree.kids(subject)
                    .iter()
                    .copied()
                    .filter(|&k| tree.rel(k) == "nmod" && preposition(tree, k) == Some("of")),
            );
            let other = parties.flat_map(|party| tree.kids(party)).copied().find(|&k| tree.rel(k) == "conj");
            if let Some(other) = other {
                self.put("both", other);
            }
        }
        match tree.deprel(v) {
            "acl:relcl" | "acl" => self.fill_gap(tree, v, passive),
            "amod" => {
                if let Some(noun) = tree.head(v) {
                    self.put(if passive { "obj" } else { "subj" }, noun);
                    self.put("head", noun);
                }
            }
            _ => {}
        }
        if !passive && self.get("obj").next().is_none() {
            self.borrow_object(tree, v);
        }
        self.next_word(tree, rules, v, passive);
        self.object_phrases(tree);
        self.stray_phrases(tree, v);
    }

    /// A word right behind the verb that parsers take for the case of what follows: "called [off] the strike", "called [on] them".
    fn next_word(&mut self, tree: &'t Tree<'_>, rules: &Rules, v: usize, passive: bool) {
        let next = v + 1;
        if next >= tree.len() || tree.upos(next) != Upos::Adp || self.parts.contains(&tree.lemma(next)) {
            return;
        }
        let particle = rules.entries(tree.lemma(v)).iter().any(|e| e.part.as_deref() == Some(tree.lemma(next)));
        let noun = tree.head(next).filter(|&h| h != v && tree.head(h) == Some(v) && is_noun(tree, h));
        if particle && tree.deprel(next) == "case" {
            self.parts.push(tree.lemma(next));
            if let Some(noun) = noun.filter(|_| !passive && lacks_object(tree, v)) {
                self.put("obj", noun);
            }
        } else if noun.is_none() && !particle {
            let bare = tree.kids(v).iter().copied().find(|&k| {
                k > next && matches!(tree.rel(k), "obj" | "obl" | "nsubj") && preposition(tree, k).is_none()
            });
            if let Some(bare) = bare.filter(|&b| is_thing(tree, b)) {
                self.put(tree.lemma(next), bare);
            }
        }
    }

    /// Prepositional phrases of the object count as the verb's, after its own: parsers waver in "received [rockets from Libya]".
    fn object_phrases(&mut self, tree: &'t Tree<'_>) {
        let objects: Vec<usize> = self.get("obj").collect();
        for object in objects {
            for &k in tree.kids(object) {
                if tree.deprel(k) == "nmod"
                    && let Some(case) = preposition(tree, k)
                {
                    self.put(case, k);
                }
            }
        }
    }

    /// A phrase behind the verb that the parser hung on the subject before it: "the museum returned to Brazil two statues".
    fn stray_phrases(&mut self, tree: &'t Tree<'_>, v: usize) {
        let subjects: Vec<usize> = self.get("subj").filter(|&i| i < v).collect();
        for subject in subjects {
            for &k in tree.kids(subject) {
                if k > v
                    && tree.deprel(k) == "nmod"
                    && let Some(case) = preposition(tree, k)
                {
                    self.put(case, k);
                }
            }
        }
    }

    fn verb_dependent(&mut self, tree: &'t Tree<'_>, v: usize, k: usize, passive: bool) {
        let relative = is_relative(tree, k).then(|| antecedent(tree, v)).flatten();
        let filler = relative.unwrap_or(k);
        match tree.deprel(k) {
            "obj" | "iobj" if preposition(tree, k).is_some() => {
                if let Some(case) = preposition(tree, k) {
                    self.put(case, filler);
                }
            }
            "obj" if passive => self.put("obj2", filler),
            // "fought and lost members": the object is the second verb's.
            "obj"
                if INDEPENDENT.contains(&tree.lemma(v)) && tree.has(v, |c| tree.rel(c) == "conj" && v < c && c < k) => {
            }
            // A bare noun before a verb without subject is its subject: only a relative pronoun could be its object there.
            "obj" if k < v && relative.is_none() && self.get("subj").next().is_none() => self.put("subj", filler),
            // "gave Kyiv howitzers" with two objects: the first is the receiver.
            "obj"
                if tree.kids(v).iter().any(|&o| o > k && tree.deprel(o) == "obj" && preposition(tree, o).is_none()) =>
            {
                self.put("iobj", filler);
                self.put("obj", filler);
            }
            "obj" => self.put("obj", filler),
            "iobj" if lacks_object(tree, v) && !passive => self.put("obj", filler),
            "iobj" => self.put("iobj", filler),
            "xcomp" | "ccomp" if preposition(tree, k).is_some() && is_noun(tree, k) => {
                if let Some(case) = preposition(tree, k) {
                    self.put(case, filler);
                }
            }
            "xcomp" | "ccomp"
                if !passive
                    && is_noun(tree, k)
                    && lacks_object(tree, v)
                    && !tree.has(k, |c| matches!(tree.rel(c), "cop" | "mark")) =>
            {
                self.put("obj", filler);
                self.put("comp", k);
            }
            "obl:agent" if preposition(tree, k) == Some("according_to") => {}
            "obl:agent" => self.put("subj", filler),
            "compound:prt" => self.parts.push(tree.lemma(k)),
            "advmod" if is_particle(tree.lemma(k)) && k > v && k <= v + 2 => self.parts.push(tree.lemma(k)),
            "nsubj" | "nsubj:pass" if preposition(tree, k).is_some() => {
                if let Some(case) = preposition(tree, k) {
                    self.put(case, filler);
                }
            }
            // A parser that wavers calls an object subject or oblique: "briefed the president".
            "nsubj" | "obl" | "dep"
                if !passive
                    && k > v
                    && preposition(tree, k).is_none()
                    && is_thing(tree, k)
                    && lacks_object(tree, v)
                    && subject_before(tree, v) =>
            {
                self.put("obj", filler);
            }
            "xcomp" | "ccomp" => self.put("comp", k),
            "advcl" if tree.has(k, |c| tree.rel(c) == "mark" && tree.lemma(c) == "to") => self.put("purpose", k),
            "advcl" => {
                if let Some(mark) = tree.kids(k).iter().copied().find(|&c| tree.rel(c) == "mark") {
                    self.put(tree.lemma(mark), k);
                }
            }
            "obl:unmarked" | "compound" | "nmod" if tree.rel(v) == "amod" && k < v && passive => self.put("subj", k),
            rel if rel.starts_with("obl") || rel.starts_with("nmod") => {
                let Some(case) = preposition(tree, k) else { return };
                if passive
                    && case == "by"
                    && tree.has(v, |c| tree.deprel(c) == "nsubj:pass" || tree.deprel(c) == "aux:pass")
                {
                    self.put("subj", filler);
                }
                if !passive || case != "by" {
                    self.put(case, filler);
                } else {
                    self.put("subj", filler);
                }
            }
            _ => {}
        }
    }

    /// Puts the modified noun into the slot that a relative or participial clause leaves open.
    fn fill_gap(&mut self, tree: &Tree<'_>, v: usize, passive: bool) {
        let Some(noun) = tree.head(v) else { return };
        if self.slots.iter().any(|&(_, i)| i == noun) {
            return;
        }
        let slot = if tree.deprel(v) == "acl" && !passive && !tree.is_ing(v) {
            return;
        } else if passive || self.get("subj").next().is_some() {
            "obj"
        } else {
            "subj"
        };
        if slot != "obj" || self.get("obj").next().is_none() {
            self.slots.push((slot, noun));
        }
    }

    /// Takes the object of a coordinated verb that follows: "attacked and destroyed the village".
    fn borrow_object(&mut self, tree: &'t Tree<'_>, v: usize) {
        let next = tree
            .kids(v)
            .iter()
            .copied()
            .find(|&k| tree.rel(k) == "conj" && k > v && k <= v + 4 && tree.upos(k) == Upos::Verb);
        let Some(next) = next else { return };
        if INDEPENDENT.contains(&tree.lemma(v)) {
            return;
        }
        if tree.has(next, |k| tree.rel(k) == "nsubj") || tree.has(v, |k| k > v && k < next && tree.rel(k) == "obl") {
            return;
        }
        if let Some(object) = tree.kid(next, "obj") {
            self.put("obj", object);
        }
    }
}

/// Whether word `i` is a noun, or an adjective with an article that stands for one ("an offensive").
pub(crate) fn is_noun(tree: &Tree<'_>, i: usize) -> bool {
    match tree.upos(i) {
        Upos::Noun | Upos::Propn => true,
        Upos::Adj => tree.has(i, |k| tree.rel(k) == "det") && !matches!(tree.rel(i), "amod"),
        _ => false,
    }
}

/// The word before a possessive "'s" that ends right before noun `n` and its modifiers.
fn possessor_before(tree: &Tree<'_>, n: usize) -> Option<usize> {
    let mut at = n;
    while at > 0 && matches!(tree.rel(at - 1), "amod" | "compound" | "nummod") && at + 6 > n {
        at -= 1;
    }
    (at >= 2 && tree.upos(at - 1) == Upos::Part && matches!(tree.analysis.form(at - 1), "'s" | "’s" | "'" | "’"))
        .then(|| at - 2)
}

/// Whether noun `k` is no time: "met Monday" has no object.
pub(crate) fn is_thing(tree: &Tree<'_>, k: usize) -> bool {
    matches!(tree.upos(k), Upos::Noun | Upos::Propn | Upos::Pron)
        && tree.hint(k) != Some(EntityHint::Time)
        && !TIMES.contains(&tree.lemma(k))
}

const TIMES: [&str; 24] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "day",
    "week",
    "month",
    "year",
    "time",
    "morning",
    "evening",
    "night",
    "afternoon",
    "today",
    "yesterday",
    "tomorrow",
    "hour",
    "minute",
    "weekend",
    "decade",
    "late",
];

fn lacks_object(tree: &Tree<'_>, v: usize) -> bool {
    !tree.has(v, |k| tree.deprel(k) == "obj")
}

fn subject_before(tree: &Tree<'_>, v: usize) -> bool {
    subjects(tree, v).iter().any(|&s| s < v)
}

/// Verbs that need no object, so that a following one is not theirs: "fought and lost [members]".
const INDEPENDENT: [&str; 10] =
    ["fight", "meet", "talk", "march", "protest", "negotiate", "retreat", "flee", "clash", "die"];

/// Adverbs that parsers give to verbs where a lexicon sees a particle.
fn is_particle(lemma: &str) -> bool {
    matches!(
        lemma,
        "out"
            | "back"
            | "away"
            | "down"
            | "off"
            | "up"
            | "over"
            | "forward"
            | "apart"
            | "home"
            | "together"
            | "aside"
            | "in"
    )
}
