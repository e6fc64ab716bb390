//! Which relative clauses and appositions tell something by themselves.

use sourceline_model::{EntityHint, Upos};

use crate::chunk::is_day;
use crate::scene::Scene;

/// "denied that it had fired and put the dead at four": the verb of speaking that the predicate `at` goes on from, though the parser hangs it
/// on what is denied.
pub fn speaks_on(scene: &Scene, at: usize) -> Option<usize> {
    let tree = &scene.tree;
    let speaks = |verb: usize| {
        let lemma = tree.lemma(verb);
        tree.token(verb).upos == Upos::Verb
            && (lemma == "put" || scene.lexicon.verb(&lemma).is_some_and(|cue| cue.strong))
    };
    let host = tree.head(at).filter(|_| tree.relation(at) == "conj" && tree.own_subject(at).is_none() && speaks(at))?;
    let figure = tree.lemma(at) != "put" || tree.children_by(at, "obl").any(|sum| tree.case(sum) == "at");
    let free = !tree.children(at).iter().any(|&child| matches!(tree.relation(child), "aux" | "mark"));
    tree.head(host).filter(|&cue| tree.relation(host) == "ccomp" && figure && free && speaks(cue))
}

/// Whether a relative clause tells something by itself: it is set off ("the dam, which he had opened"), or its pronoun is the subject ("troops who
/// fled"). "The weapons that it kept" only says which weapons.
pub fn says_enough(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let extent = tree.extent(head);
    let before = extent.start.checked_sub(1).map_or("", |at| tree.analysis.form(at));
    let relative = |at: usize| matches!(tree.lower(at).as_str(), "who" | "which" | "that" | "whose");
    let subject = tree.own_subject(head);
    // "roads that rebels had blocked": a second subject makes the pronoun the object, whatever the parser calls it.
    let second = tree
        .children(head)
        .iter()
        .any(|&child| tree.relation(child) == "nsubj" && !relative(child) && child < head && Some(child) != subject);
    let leads = !second
        && subject.is_some_and(|subject| relative(subject) || tree.children(subject).iter().any(|&at| relative(at)));
    let set_off = matches!(before, "," | "—" | "–" | "--" | "-" | ";" | "(") || tree.analysis.form(extent.start) == ",";
    let pronoun = extent.range().take(4).any(|at| {
        matches!(tree.lower(at).as_str(), "who" | "which" | "whom" | "whose" | "where" | "when")
            && tree.token(at).relation() != "det"
    });
    leads || set_off && pronoun
}

/// Whether `noun` says what `named` is: both of one number, and neither a time, a sum or a list.
pub fn is_apposition(scene: &Scene, named: usize, noun: usize) -> bool {
    let tree = &scene.tree;
    let time = |at: usize| {
        is_day(&tree.lower(at))
            || tree.token(at).hint == Some(EntityHint::Time)
            || matches!(tree.lemma(at).as_str(), "month" | "year" | "week" | "day" | "hour" | "minute" | "decade")
    };
    let plural = |at: usize| tree.token(at).feat("Number") == Some("Plur");
    let listed = tree
        .children(noun)
        .iter()
        .any(|&child| matches!(tree.lower(child).as_str(), "namely" | "including" | "such" | "especially" | "notably"));
    let several = |at: usize| plural(at) || tree.children_by(at, "conj").next().is_some();
    // "a judge, the commission's chairman, Anna Berg": a list of people.
    let titled = tree
        .children(noun)
        .iter()
        .any(|&child| matches!(tree.relation(child), "appos" | "flat") && tree.token(child).upos == Upos::Propn);
    tree.token(noun).upos == Upos::Noun
        && !titled
        && !time(named)
        && !time(noun)
        && !listed
        && several(named) == several(noun)
        && tree.children_by(noun, "nummod").all(|number| plural(noun) || tree.lower(number) == "one")
}
