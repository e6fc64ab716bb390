//! Who counted or recorded what a sentence tells: "214 attacks were documented by UNICEF", "four deaths reported by the ministry", "207 people killed (OHCHR)".
//!
//! In: a `Tree`. Out: `Said`s found by rule, whose content is the sentence or phrase without the words that credit somebody.

use sourceline_model::{EntityHint, EntityKind, Span, Tok, Upos};

use super::Said;
use super::verbs::{phrase, plain, trim};
use crate::lexicon::CueClass;
use crate::tree::Tree;

/// Verbs of those who count and record.
const RECORDING: [&str; 12] = [
    "document", "record", "report", "register", "count", "estimate", "log", "verify", "confirm", "compile", "tally",
    "list",
];
/// Longest credit in brackets, in tokens.
const LONGEST_CREDIT: usize = 6;
/// Fewest words before a credit in brackets.
const SHORTEST: usize = 4;

/// Finds those who counted.
pub fn tallies(tree: &Tree) -> Vec<Said> {
    let recorded = (0..tree.analysis.tokens.len()).filter_map(|at| recorded_by(tree, at));
    let bracketed = tree.analysis.sentences.iter().filter_map(|sentence| in_brackets(tree, sentence.tokens));
    recorded.chain(bracketed).collect()
}

/// "Attacks were documented by X last year", "deaths reported by X".
fn recorded_by(tree: &Tree, at: usize) -> Option<Said> {
    if tree.token(at).upos != Upos::Verb || !RECORDING.contains(&tree.lemma(at).as_str()) {
        return None;
    }
    let agent = tree.children(at).iter().copied().find(|&child| {
        tree.relation(child) == "obl"
            && child > at
            && tree.children_by(child, "case").any(|case| tree.lower(case) == "by")
    })?;
    let by = tree.children_by(agent, "case").next()?;
    // "By UNICEF last year" may hang on the year: the name right behind "by" counts.
    let name = tree.analysis.names.iter().find(|name| (by + 1..by + 3).contains(&name.tokens.start));
    let named = name.and_then(|name| Some((Span::new(by + 1, name.tokens.end), tree.analysis.head_of(name.tokens)?)));
    let (source, agent) = named.unwrap_or((phrase(tree, agent), agent));
    let (whole, counted) = match tree.relation(at) {
        "acl" => (tree.extent(tree.head(at)?), tree.head(at)?),
        _ if tree.is_passive(at) => (tree.extent(at), tree.own_subject(at)?),
        _ => return None,
    };
    // What is counted, not who is reported missing by his family.
    let number = tree.extent(counted).range().any(|word| tree.token(word).upos == Upos::Num)
        || tree.token(counted).feat("Number") == Some("Plur");
    let before = trim(tree, Span::new(whole.start, by));
    let after = trim(tree, Span::new(source.end.min(whole.end), whole.end));
    if !number || before.is_empty() || !can_count(tree, agent) {
        return None;
    }
    let content = std::iter::once(before).chain((after.len() > 1).then_some(after)).collect();
    Some(Said { content, class: CueClass::Find, ..plain(by, source, before) })
}

/// Whether a phrase names a body or an office: rain is "recorded by instruments", too.
fn can_count(tree: &Tree, head: usize) -> bool {
    let named = tree.analysis.names.iter().any(|name| {
        name.tokens.contains(head)
            && matches!(name.kind, EntityKind::Organization | EntityKind::Group | EntityKind::Person)
    });
    named || matches!(tree.token(head).hint, Some(EntityHint::Organization | EntityHint::Person))
}

/// "… (OHCHR)." at the end of a sentence: a body that is not the long form's own abbreviation.
fn in_brackets(tree: &Tree, tokens: Span<Tok>) -> Option<Said> {
    let form = |at: usize| tree.analysis.form(at);
    let close = tokens.range().rev().find(|&at| !matches!(form(at), "." | ";" | "!"))?;
    let open = (tokens.start..close).rev().take(LONGEST_CREDIT + 1).find(|&at| form(at) == "(")?;
    let inner = Span::new(open + 1, close);
    let names = &tree.analysis.names;
    let body = |kind: EntityKind| matches!(kind, EntityKind::Organization | EntityKind::Group);
    let again = || (0..tree.analysis.tokens.len()).any(|at| at != inner.start && form(at) == form(inner.start));
    let letters = inner.len() == 1
        && (3..=8).contains(&form(inner.start).chars().count())
        && form(inner.start).chars().all(char::is_uppercase);
    let named = names.iter().any(|name| body(name.kind) && inner.overlaps(&name.tokens)) || letters && again();
    let abbreviates = names.iter().any(|name| name.tokens.end == open && name.kind != EntityKind::Gpe);
    let upper = form(inner.start).starts_with(char::is_uppercase);
    let before = trim(tree, Span::new(tokens.start, open));
    let fits = form(close) == ")" && !inner.is_empty() && named && upper && !abbreviates && before.len() >= SHORTEST;
    fits.then(|| Said { class: CueClass::Find, ..plain(open, inner, before) })
}
