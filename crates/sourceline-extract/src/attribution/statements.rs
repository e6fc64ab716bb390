//! Verbs that state something without being verbs of saying: "the report has them in the town", "the office puts the toll at 40", "he played down
//! the setback", "that he approved rests on two officials".
//!
//! In: a `Tree` and a verb. Out: a `Said`.

use sourceline_model::{Span, Upos};

use super::nouns::is_that;
use super::verbs::{phrase, plain, trim};
use super::{Found, Said};
use crate::chunk;
use crate::lexicon::{CueClass, Lexicon, Speaking};
use crate::tree::Tree;

/// "He played down the setback": a verb with a particle that describes.
pub(super) fn played_down(tree: &Tree, at: usize) -> Option<Said> {
    let next = (at + 1 < tree.analysis.tokens.len()).then(|| tree.lower(at + 1))?;
    let describes = matches!(
        (tree.lemma(at).as_str(), next.as_str()),
        ("play" | "played" | "plays", "down" | "up")
            | ("brush", "off" | "aside")
            | ("rule", "out")
            | ("shrug", "off")
            | ("write", "off")
    );
    let subject = tree.subject(at).filter(|_| describes).map(|subject| phrase(tree, subject));
    let source = subject
        .or_else(|| describes.then(|| chunk::head_before(tree, at)).flatten().map(|head| tree.core_phrase(head)))?;
    let content = trim(tree, Span::new((at + 2).min(tree.extent(at).end), tree.extent(at).end));
    let class = if next == "out" { CueClass::Deny } else { CueClass::Describe };
    (content.len() > 1).then(|| Said { class, ..plain(at, source, content) })
}

/// "Then the survey was worthless, Berg shot back": a verb with a particle behind what somebody says.
pub(super) fn answers_back(tree: &Tree, at: usize) -> Option<Said> {
    let next = (at + 1 < tree.analysis.tokens.len()).then(|| tree.lower(at + 1))?;
    let answers = matches!(
        (tree.lemma(at).as_str(), next.as_str()),
        (
            "shoot"
                | "shot"
                | "fire"
                | "hit"
                | "snap"
                | "come"
                | "bite"
                | "call"
                | "shout"
                | "write"
                | "answer"
                | "strike",
            "back"
        ) | ("chime" | "throw" | "cut" | "put", "in")
            | ("blurt" | "burst", "out")
            | ("go", "on")
    );
    let (content, source) = super::verbs::at_the_end(tree, at).filter(|_| answers)?;
    Some(plain(at, source, content))
}

/// Verbs that take a clause and tell no words or thoughts.
const SILENT: [&str; 22] = [
    "ensure", "mean", "decide", "forget", "notice", "happen", "seem", "appear", "cause", "let", "see", "make", "watch",
    "arrange", "prove", "matter", "help", "provide", "like", "love", "hate", "bring",
];

/// "The union fumes that …", "the board rued that …": whatever somebody does with a clause behind "that", he says or thinks it.
pub(super) fn any_verb(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Said> {
    if SILENT.contains(&tree.lemma(at).as_str()) {
        return None;
    }
    let that = |child: &usize| {
        tree.children_by(*child, "mark").any(|mark| tree.lower(mark) == "that" && mark > at)
            && tree.own_subject(*child).is_some()
    };
    let clause = |child: &usize| *child > at && matches!(tree.relation(*child), "ccomp" | "advcl");
    let told = tree.children(at).iter().copied().filter(clause).find(that)?;
    let source = super::speakers::speaker(tree, lexicon, at)?;
    Some(Said { found: Found::Held, ..plain(at, source, trim(tree, tree.extent(told))) })
}

/// "The report has many of them in the border town", "its story puts the toll at 40": what a report states with any verb.
pub(super) fn report_has(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Said> {
    if !matches!(
        tree.lower(at).as_str(),
        "has"
            | "had"
            | "puts"
            | "put"
            | "places"
            | "attributes"
            | "attributed"
            | "blames"
            | "blamed"
            | "gives"
            | "lists"
            | "records"
            | "recorded"
            | "cites"
            | "counts"
            | "ties"
            | "links"
            | "names"
            | "traces"
            | "shows"
            | "show"
            | "mentions"
            | "contains"
            | "recommends"
            | "describes"
    ) {
        return None;
    }
    let subject = tree.own_subject(at)?;
    let reports = lexicon.media(&tree.lemma(subject)).is_some()
        || lexicon.speaking(&tree.lemma(subject)) == Some(Speaking::Document)
        || shown_by(tree, lexicon, subject);
    let object = tree.children_by(at, "obj").next().filter(|_| reports)?;
    let end = tree.extent(at).end;
    let content = trim(tree, Span::new(tree.extent(object).start.max(at + 1), end.max(at + 2)));
    Some(plain(at, phrase(tree, subject), content))
}

/// "Satellite images analysed by the university": pictures and records that somebody has gone through.
fn shown_by(tree: &Tree, lexicon: &Lexicon, subject: usize) -> bool {
    let image = matches!(lexicon.speaking(&tree.lemma(subject)), Some(Speaking::Image | Speaking::Figure));
    let by = |verb: usize| tree.children_by(verb, "obl").any(|child| child > verb && tree.case(child) == "by");
    image && tree.children_by(subject, "acl").any(by)
}

/// Nouns of "puts the number of dead at 40".
const FIGURES: [&str; 16] = [
    "number", "toll", "figure", "count", "total", "cost", "share", "damage", "loss", "strength", "price", "death",
    "value", "size", "rate", "amount",
];

/// "The office puts the number of damaged houses at 40": whoever gives a figure states it.
pub(super) fn puts_at(tree: &Tree, at: usize) -> Option<Said> {
    let subject = tree.own_subject(at).filter(|_| !tree.is_passive(at))?;
    let figure = |object: &usize| {
        let word = tree.lower(*object);
        FIGURES.contains(&word.as_str()) || FIGURES.contains(&word.trim_end_matches('s'))
    };
    let object = tree.children_by(at, "obj").find(figure)?;
    let end = tree.sentence_tokens(at).end;
    let number = (object..end).find(|&word| tree.lower(word) == "at")?;
    let counted = (number..end.min(number + 6)).any(|word| tree.token(word).upos == Upos::Num);
    let end = (number + 1..end).find(|&word| matches!(tree.analysis.form(word), ";" | ",")).unwrap_or(end);
    let content = trim(tree, Span::new(tree.extent(object).start.max(at + 1), end));
    counted.then(|| Said { class: CueClass::Find, ..plain(at, phrase(tree, subject), content) })
}

/// "What the ministry says is that the list is incomplete".
pub(super) fn what_one_says(tree: &Tree, at: usize) -> Option<Said> {
    let what = tree.head(at).filter(|&what| tree.relation(at) == "acl" && tree.lower(what) == "what")?;
    let told = tree.head(what).filter(|&told| tree.relation(what) == "nsubj" && is_that(tree, told))?;
    let mark = tree.children_by(told, "mark").find(|&mark| tree.lower(mark) == "that")?;
    let source = tree.own_subject(at).filter(|&subject| subject != what)?;
    Some(plain(at, phrase(tree, source), trim(tree, Span::new(mark, tree.extent(told).end))))
}

/// "That the general approved rests on two officials": the officials say so.
pub(super) fn rests_on(tree: &Tree, at: usize) -> Option<Said> {
    if !matches!(tree.lemma(at).as_str(), "rest" | "rely" | "depend" | "hinge") {
        return None;
    }
    let content = tree.children(at).iter().copied().find(|&child| tree.token(child).deprel.starts_with("csubj"))?;
    let on = tree.children_by(at, "obl").find(|&child| matches!(tree.case(child).as_str(), "on" | "upon"))?;
    Some(plain(at, phrase(tree, on), trim(tree, tree.extent(content))))
}
