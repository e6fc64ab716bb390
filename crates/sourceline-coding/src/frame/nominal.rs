//! The frame of a noun or adjective: what hangs on it, and what the word above it tells.

use sourceline_model::Upos;

use super::{Frame, is_noun, possessor_before, preposition};
use crate::rules::Rules;
use crate::subject::{antecedent, is_passive, is_relative, subjects};
use crate::tree::Tree;

impl<'t> Frame<'t> {
    pub(super) fn fill_nominal(&mut self, tree: &'t Tree<'_>, rules: &Rules, n: usize) {
        for &k in tree.kids(n) {
            match tree.rel(k) {
                "nmod" | "obl" if tree.deprel(k) == "nmod:poss" => {
                    let owner =
                        if is_relative(tree, k) { tree.head(n).and_then(|h| antecedent(tree, h)) } else { None };
                    self.put("poss", owner.unwrap_or(k));
                }
                "nmod" | "obl" => match preposition(tree, k) {
                    Some(case) => self.put(case, k),
                    None => self.put("mod", k),
                },
                "compound" | "amod" => {
                    self.put("mod", k);
                    self.parts.push(tree.lemma(k));
                }
                "acl" if tree.deprel(k) == "acl" && !tree.is_ing(k) && !tree.is_past_participle(k) => {
                    self.put("comp", k)
                }
                "ccomp" | "xcomp" => self.put("comp", k),
                "appos" => self.put("appos", k),
                "flat" => self.put("flat", k),
                "nsubj" => self.put("subj", k),
                _ => {}
            }
        }
        if self.get("poss").next().is_none()
            && let Some(owner) = possessor_before(tree, n)
        {
            self.put("poss", owner);
        }
        if tree.upos(n) == Upos::Adj && !is_noun(tree, n) {
            self.fill_adjective(tree, n);
        } else {
            self.fill_from_governor(tree, rules, n);
        }
        if self.get("subj").next().is_none() && (tree.has(n, |k| tree.rel(k) == "cop") || tree.rel(n) == "conj") {
            for subject in subjects(tree, n) {
                self.put("subj", subject);
            }
        }
    }

    fn fill_adjective(&mut self, tree: &Tree<'_>, a: usize) {
        let Some(head) = tree.head(a) else { return };
        match tree.rel(a) {
            "amod" => {
                self.put("head", head);
                self.put("subj", head);
            }
            "xcomp" | "advcl" | "acl" => {
                for subject in subjects(tree, a) {
                    self.put("subj", subject);
                }
                if tree.rel(a) == "acl" {
                    self.put("subj", head);
                }
            }
            _ => {}
        }
    }

    /// What the word above a noun tells: light verbs, apposition, "as"-phrases, verbs of happening.
    fn fill_from_governor(&mut self, tree: &'t Tree<'_>, rules: &Rules, n: usize) {
        let Some(g) = tree.head(n) else { return };
        let verb = tree.upos(g) == Upos::Verb;
        match tree.deprel(n) {
            "appos" | "flat" => {
                self.put("subj", g);
                self.put("head", g);
            }
            "compound" | "nmod:desc" | "nmod:unmarked" | "nmod" if preposition(tree, n).is_none() => {
                self.put("head", g)
            }
            "obj" | "xcomp" | "ccomp" if verb && rules.is_light(tree.lemma(g)) && preposition(tree, n).is_none() => {
                self.light_verb(tree, g, "lv")
            }
            "obj" if verb && rules.is_undergoing(tree.lemma(g)) => self.light_verb(tree, g, "lvr"),
            "nsubj:pass" if verb && rules.is_light(tree.lemma(g)) => {
                let agent = tree
                    .kids(g)
                    .iter()
                    .copied()
                    .find(|&k| tree.deprel(k) == "obl:agent" || preposition(tree, k) == Some("by"));
                if let Some(agent) = agent {
                    self.put("lv", agent);
                }
                self.light = Some(g);
                self.governor_slots(tree, g, n);
            }
            "nsubj" if verb && rules.is_happening(tree.lemma(g)) => {
                self.light = Some(g);
                self.governor_slots(tree, g, n);
            }
            "obl" if verb => self.oblique(tree, g, n),
            "acl:relcl" | "conj" => {}
            _ => {}
        }
        // "the attack launched by rebels", "the strike that Israel carried out".
        let relative = tree.kids(n).iter().copied().find(|&k| tree.rel(k) == "acl" && rules.is_light(tree.lemma(k)));
        if let Some(v) = relative {
            let slot_is_subject = !is_passive(tree, v);
            let who = if slot_is_subject {
                subjects(tree, v)
            } else {
                tree.kids(v)
                    .iter()
                    .copied()
                    .filter(|&k| tree.deprel(k) == "obl:agent" || preposition(tree, k) == Some("by"))
                    .collect()
            };
            for i in who.into_iter().filter(|&i| i != n) {
                self.put("lv", i);
            }
            self.governor_slots(tree, v, n);
        }
    }

    /// "X launched an attack" (`lv`), "X suffered an attack" (`lvr`).
    fn light_verb(&mut self, tree: &'t Tree<'_>, g: usize, slot: &'t str) {
        self.light = Some(g);
        for subject in subjects(tree, g) {
            self.put(slot, subject);
        }
        self.governor_slots(tree, g, tree.len());
    }

    /// Nouns in prepositional phrases: "as an ally", "under attack", "in an attack".
    fn oblique(&mut self, tree: &'t Tree<'_>, g: usize, n: usize) {
        match preposition(tree, n) {
            Some("as") => {
                let passive = is_passive(tree, g);
                let object = tree.kid(g, "obj").filter(|_| !passive);
                let who = object.map_or_else(|| subjects(tree, g), |o| vec![o]);
                for i in who {
                    self.put("subj", i);
                }
            }
            Some("under") => {
                for i in subjects(tree, g) {
                    self.put("lvr", i);
                }
            }
            Some("in" | "into" | "to")
                if matches!(
                    tree.lemma(g),
                    "engage" | "participate" | "take" | "resort" | "involve" | "join" | "enter" | "agree"
                ) =>
            {
                for i in subjects(tree, g) {
                    self.put("lv", i);
                }
            }
            _ => {}
        }
    }

    /// Takes over the prepositional phrases of the verb above the noun.
    fn governor_slots(&mut self, tree: &'t Tree<'_>, g: usize, skip: usize) {
        for &k in tree.kids(g) {
            if k != skip
                && k != self.trigger
                && tree.rel(k) == "obl"
                && let Some(case) = preposition(tree, k)
                && case != "by"
            {
                self.put(case, k);
            }
        }
    }
}
