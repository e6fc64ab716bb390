//! Reporting nouns: "Putin's claim that …", "the official's view is that …", "a warning by aid groups that …".
//!
//! In: a `Tree`. Out: `Said`s found by rule.

use sourceline_model::{AttributionKind, Span, Tok, Upos};

use super::verbs::{is_time, phrase, trim};
use super::{Found, Said};
use crate::lexicon::Lexicon;
use crate::tree::Tree;

/// Finds every noun that reports and has a content clause.
pub fn noun_cues(tree: &Tree, lexicon: &Lexicon) -> Vec<Said> {
    let mut found = Vec::new();
    for at in 0..tree.analysis.tokens.len() {
        if tree.token(at).upos != Upos::Noun {
            continue;
        }
        let Some(cue) = lexicon.noun(&tree.lemma(at)) else { continue };
        let Some(content) = content(tree, at) else { continue };
        let own = source(tree, at);
        let given = own.is_none();
        let source = own.or_else(|| giver(tree, at)).or_else(|| owner_behind(tree, at));
        if source.is_none() && !cue.strong {
            continue;
        }
        found.push(Said {
            cue: Span::new(at, at + 1),
            cue_head: at,
            class: cue.class,
            source: source.into_iter().collect(),
            content: vec![content],
            reach: Vec::new(),
            found: if given && source.is_some() { Found::Held } else { Found::Rule },
            kind: AttributionKind::Indirect,
            within: None,
        });
    }
    found
}

/// The clause that says what the noun reports: "that …", "to have …", or the complement of "is".
fn content(tree: &Tree, at: usize) -> Option<Span<Tok>> {
    let own = tree.children(at).iter().copied().find(|&child| {
        matches!(tree.relation(child), "acl" | "ccomp")
            && tree.token(child).deprel != "acl:relcl"
            && tree
                .children_by(child, "mark")
                .any(|mark| matches!(tree.lower(mark).as_str(), "that" | "to" | "whether"))
    });
    let clause = own.or_else(|| {
        let verb = tree.head(at).filter(|_| tree.relation(at) == "nsubj")?;
        let says = |child: &usize| {
            matches!(tree.relation(*child), "ccomp" | "csubj" | "advcl")
                && tree.children_by(*child, "mark").any(|mark| tree.lower(mark) == "that")
        };
        if tree.lemma(verb) == "be" {
            return tree.children(verb).iter().copied().find(says);
        }
        is_that(tree, verb).then_some(verb)
    })?;
    let mut span = tree.extent(clause);
    if tree.is_under(at, clause) {
        let mark = tree.children_by(clause, "mark").find(|&mark| tree.lower(mark) == "that")?;
        span = Span::new(mark.min(span.end), span.end);
    }
    Some(trim(tree, span)).filter(|span| span.len() > 1)
}

/// Whether a clause is the complement of "is that": a form of "be" right before the mark, whatever the tree makes of it.
pub(super) fn is_that(tree: &Tree, verb: usize) -> bool {
    tree.children_by(verb, "mark").any(|mark| {
        tree.lower(mark) == "that" && mark > 0 && matches!(tree.lower(mark - 1).as_str(), "is" | "was" | "be" | "been")
    })
}

/// Whose words: a possessor, "by X", "from X", or an adjective of nation.
fn source(tree: &Tree, at: usize) -> Option<Span<Tok>> {
    let owner = tree.children(at).iter().copied().find(|&child| tree.token(child).deprel == "nmod:poss");
    // "This week's American newspaper report": the week reports nothing, nor does the country.
    let time = owner.is_some_and(|owner| is_time(&tree.lower(owner)));
    if let Some(owner) = owner.filter(|_| !time) {
        return Some(without_clitic(tree, phrase(tree, owner)));
    }
    let by = tree
        .children_by(at, "nmod")
        .find(|&child| matches!(tree.case(child).as_str(), "by" | "from" | "of") && tree.case(child) != "of");
    if let Some(by) = by {
        return Some(phrase(tree, by));
    }
    let nation =
        tree.children_by(at, "amod").find(|&child| !time && tree.analysis.form(child).starts_with(char::is_uppercase));
    nation.map(|child| Span::new(child, child + 1))
}

/// Verbs by which somebody makes a statement that a noun names.
const GIVING: [&str; 26] = [
    "give",
    "make",
    "issue",
    "offer",
    "express",
    "voice",
    "have",
    "raise",
    "repeat",
    "release",
    "publish",
    "provide",
    "deliver",
    "hold",
    "reach",
    "draw",
    "level",
    "share",
    "state",
    "reiterate",
    "renew",
    "sound",
    "extend",
    "advance",
    "present",
    "spread",
];

/// "Both banks have given assurances that …", "the minister voiced the fear that …": the subject of the verb.
fn giver(tree: &Tree, at: usize) -> Option<Span<Tok>> {
    let verb = tree.head(at).filter(|_| tree.relation(at) == "obj")?;
    let gives = GIVING.contains(&tree.lemma(verb).as_str())
        && tree.is_finite(verb)
        && !tree.is_passive(verb)
        && !tree.is_negated(verb);
    tree.own_subject(verb).filter(|_| gives).map(|subject| phrase(tree, subject))
}

/// "The charge that the dam was weak is the ministry's."
fn owner_behind(tree: &Tree, at: usize) -> Option<Span<Tok>> {
    let owner = tree.head(at).filter(|&head| tree.relation(at) == "nsubj" && head > at)?;
    let next = owner + 1;
    let end = tree.sentence_tokens(at).end;
    let clitic = next < end && matches!(tree.analysis.form(next), "'s" | "’s" | "'" | "’");
    let closes = next + 1 >= end || tree.token(next + 1).upos == Upos::Punct;
    let copula = tree.children_by(owner, "cop").next().is_some();
    (clitic && closes && copula).then(|| Span::new(tree.core_phrase(owner).start, next))
}

/// "Putin 's" without its clitic.
pub fn without_clitic(tree: &Tree, span: Span<Tok>) -> Span<Tok> {
    let clitic = span.len() > 1 && matches!(tree.analysis.form(span.end - 1), "'s" | "’s" | "'" | "’");
    Span::new(span.start, if clitic { span.end - 1 } else { span.end })
}
