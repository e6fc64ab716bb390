//! Noun phrases read from the words alone, for places where the tree is not to be trusted.
//!
//! In: a `Tree` and a position. Out: the noun phrase that begins or ends there, with its head.

use sourceline_model::{Span, Tok, Upos};

use crate::tree::Tree;

/// The noun phrase that begins at `at`, and its head: the last noun before anything that ends a phrase.
pub fn phrase_at(tree: &Tree, at: usize) -> Option<(Span<Tok>, usize)> {
    let sentence = tree.analysis.sentences.get(tree.analysis.sentence_of(at)?)?.tokens;
    let mut end = at;
    let mut head = None;
    while end < sentence.end {
        match part(tree, end, head.is_some()) {
            Part::Head => head = Some(end),
            Part::Modifier => {
                // "Western and Arab officials": a modifier after a noun begins another phrase unless a noun follows it.
                if head.is_some() && tree.token(end).upos == Upos::Det {
                    break;
                }
            }
            Part::Link => {
                let more = end + 1 < sentence.end && matches!(part(tree, end + 1, true), Part::Head | Part::Modifier);
                if !more || (head.is_some() && !linked(tree, end)) {
                    break;
                }
            }
            Part::End => break,
        }
        end += 1;
    }
    // "several of its correspondents"
    if head.is_none_or(|head| is_quantity(tree, head)) && end < sentence.end && tree.lower(end) == "of" && end > at {
        return phrase_at(tree, end + 1).map(|(rest, head)| (Span::new(at, rest.end), head));
    }
    let head = head?;
    Some((Span::new(at, head + 1), head))
}

/// Head of the phrase that ends right before `at`, over auxiliaries and adverbs.
pub fn head_before(tree: &Tree, at: usize) -> Option<usize> {
    let sentence = tree.analysis.sentences.get(tree.analysis.sentence_of(at)?)?.tokens;
    let mut before = at;
    while before > sentence.start {
        before -= 1;
        let token = tree.token(before);
        match token.upos {
            Upos::Aux | Upos::Adv | Upos::Part => {}
            Upos::Noun | Upos::Propn | Upos::Pron => return Some(before),
            _ => return None,
        }
    }
    None
}

/// Moves from an adjective, article or number to the noun that it stands before.
pub fn noun_of(tree: &Tree, head: usize) -> usize {
    let token = tree.token(head);
    let next = (head + 1 < tree.analysis.tokens.len()).then(|| tree.token(head + 1).upos);
    let before_noun = matches!(token.upos, Upos::Adj | Upos::Det | Upos::Num)
        && matches!(next, Some(Upos::Adj | Upos::Noun | Upos::Propn | Upos::Cconj | Upos::Num));
    if !before_noun {
        return head;
    }
    phrase_at(tree, head)
        .map_or(head, |(_, noun)| if tree.token(head).upos == Upos::Num && noun > head + 5 { head } else { noun })
}

enum Part {
    Head,
    Modifier,
    Link,
    End,
}

fn part(tree: &Tree, at: usize, after_noun: bool) -> Part {
    let token = tree.token(at);
    if after_noun && begins_time(tree, at) {
        return Part::End;
    }
    match token.upos {
        Upos::Noun | Upos::Propn => Part::Head,
        Upos::Adj | Upos::Num | Upos::Det => Part::Modifier,
        Upos::Pron
            if token.feat("Poss") == Some("Yes")
                || matches!(tree.lower(at).as_str(), "its" | "his" | "their" | "her") =>
        {
            Part::Modifier
        }
        Upos::Pron if !after_noun => Part::Head,
        Upos::Part if matches!(tree.lower(at).as_str(), "'s" | "’s" | "'" | "’") => Part::Modifier,
        Upos::Cconj => Part::Link,
        Upos::Punct if matches!(tree.analysis.form(at), "," | "-" | "." | "–") => Part::Link,
        Upos::Verb if at > 0 && tree.analysis.form(at - 1) == "-" => Part::Modifier,
        Upos::Verb if matches!(token.relation(), "amod" | "compound") => Part::Modifier,
        _ => Part::End,
    }
}

/// "last year", "this week", "Monday" behind a noun: a time of its own.
fn begins_time(tree: &Tree, at: usize) -> bool {
    let next = if at + 1 < tree.analysis.tokens.len() { tree.lower(at + 1) } else { String::new() };
    let unit = || {
        is_day(&next)
            || matches!(
                next.as_str(),
                "year" | "month" | "week" | "weekend" | "night" | "summer" | "winter" | "spring" | "autumn"
            )
    };
    // "The council yesterday rejected it", "the ministry Monday said".
    let day = matches!(tree.analysis.form(at), "yesterday" | "today" | "tonight" | "tomorrow")
        || is_day(&tree.lower(at)) && tree.relation(at) == "obl";
    day || matches!(tree.lower(at).as_str(), "last" | "this" | "next") && unit()
}

/// Whether a comma or "and" joins modifiers of one noun: all before the next noun are adjectives or names.
fn linked(tree: &Tree, at: usize) -> bool {
    if matches!(tree.analysis.form(at), "-" | "–") && !tree.token(at - 1).space_after {
        return true;
    }
    let modifier_before = at > 0 && matches!(tree.token(at - 1).upos, Upos::Adj | Upos::Propn);
    let next = at + 1;
    modifier_before
        && next + 1 < tree.analysis.tokens.len()
        && matches!(tree.token(next).upos, Upos::Adj | Upos::Propn | Upos::Cconj)
}

fn is_quantity(tree: &Tree, at: usize) -> bool {
    matches!(
        tree.lower(at).as_str(),
        "several"
            | "some"
            | "many"
            | "most"
            | "number"
            | "group"
            | "dozens"
            | "scores"
            | "half"
            | "majority"
            | "handful"
            | "couple"
            | "one"
            | "two"
            | "three"
            | "members"
    )
}

/// Whether a word names a day of the week.
pub fn is_day(word: &str) -> bool {
    matches!(
        word,
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" | "yesterday" | "today"
    )
}
