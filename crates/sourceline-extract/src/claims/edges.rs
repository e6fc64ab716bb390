//! Where a clause begins and ends: without linking words, with a subject that the tree gave away.
//!
//! In: the words of a clause. Out: its stretch.

use sourceline_model::{Span, Tok, Upos};

use super::whole::is_finite;
use crate::scene::Scene;

/// Runs of neighbouring tokens.
pub fn runs(tokens: &[usize]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for &at in tokens {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|&last| last + 1 == at) => run.push(at),
            _ => runs.push(vec![at]),
        }
    }
    runs
}

/// From the first to the last word of `own`, without punctuation and linking words at the edges.
pub fn trimmed(scene: &Scene, own: &[usize]) -> Option<Span<Tok>> {
    let tree = &scene.tree;
    let (mut start, mut end) = ((*own.first()?).max(scene.body), *own.last()? + 1);
    let loose = |at: usize| {
        let token = tree.token(at);
        (token.upos == Upos::Punct && !matches!(tree.analysis.form(at), "“" | "\"" | "”" | "«" | "»" | "(" | ")"))
            || (token.upos == Upos::Cconj && matches!(tree.lower(at).as_str(), "and" | "but" | "or"))
    };
    // "citing several reporters, that X has left", "adding that X left": what stands before the "that" is no part of it.
    let that = (start..end.min(start + 9)).find(|&at| tree.lower(at) == "that" && tree.token(at).upos == Upos::Sconj);
    let reports = |word: usize| {
        let token = tree.token(word);
        token.upos == Upos::Aux
            || token.upos == Upos::Verb
                && !matches!(tree.relation(word), "amod" | "compound")
                && !(tree.lower(word).ends_with("ing") && scene.lexicon.verb(&tree.lemma(word)).is_some())
    };
    if let Some(at) = that.filter(|&at| !(start..at).any(reports)) {
        start = at + 1;
    }
    start = opening(scene, Span::new(start, end), &loose);
    if start < end {
        start = cut_phrase(scene, start).unwrap_or(start);
        start = lost_subject(scene, start).unwrap_or(start);
    }
    while end > start && loose(end - 1) {
        end -= 1;
    }
    (start < end).then(|| Span::new(start, end))
}

/// First word of a statement: behind linking words ("while", "yet,"), subordinating ones and the stamp of a live page.
fn opening(scene: &Scene, span: Span<Tok>, loose: &dyn Fn(usize) -> bool) -> usize {
    let tree = &scene.tree;
    let mut start = span.start;
    while start < span.end {
        let word = tree.lower(start);
        let next = if start + 1 < span.end { tree.analysis.form(start + 1) } else { "" };
        let links = match word.as_str() {
            // "He said that would help": there it is the subject.
            // "days after a strike killed two": the strike is told.
            "days" | "weeks" | "months" | "hours" | "years" | "shortly" | "soon" | "just" => {
                matches!(next.to_lowercase().as_str(), "after" | "before") && tree.relation(start + 1) == "mark"
            }
            "that" => {
                let subject =
                    tree.token(start).upos == Upos::Pron && start + 1 < span.end && is_finite(scene, start + 1);
                tree.relation(start) == "mark" && !subject
            }
            "is" | "was" => next == "that" && tree.relation(start) == "cop",
            "while" | "whereas" | "as" | "although" | "though" | "because" | "since" | "where" | "when" | "after"
            | "before" | "until" | "till" => {
                matches!(tree.relation(start), "mark" | "advmod")
                    && tree.token(start).upos != Upos::Adp
                    && !governs_noun(scene, start)
            }
            "yet" | "meanwhile" | "however" | "moreover" | "furthermore" | "nevertheless" | "nonetheless"
            | "besides" | "separately" | "additionally" | "indeed" | "instead" | "still" | "also" | "then" => {
                next == ","
            }
            _ => is_stamp(&word) && is_stamped(scene, start, next) || is_label(scene, start),
        };
        if !links && !loose(start) {
            break;
        }
        start += 1;
    }
    behind_date(scene, Span::new(start, span.end)).unwrap_or(start)
}

/// Words between the start of a clause and the conjunction that a date was put before: "on Monday, after".
const DATE: usize = 6;

/// "On December 10, after lawmakers met": the clause begins behind the conjunction; the date is that of the main clause.
fn behind_date(scene: &Scene, span: Span<Tok>) -> Option<usize> {
    let tree = &scene.tree;
    let near = span.start..span.end.min(span.start + DATE);
    let comma = near.clone().find(|&at| tree.analysis.form(at) == ",")?;
    let joins = comma + 2 < span.end
        && tree.relation(comma + 1) == "mark"
        && matches!(tree.lower(comma + 1).as_str(), "after" | "before" | "when" | "while" | "as" | "since" | "because");
    let phrase = tree.token(span.start).upos == Upos::Adp
        && (span.start..comma).all(|at| !matches!(tree.token(at).upos, Upos::Verb | Upos::Aux | Upos::Pron));
    // Of "On Monday, after the talks failed, the army moved" the main clause follows.
    let verb = tree.head(comma + 1).filter(|_| joins && phrase)?;
    let main = (verb + 1..span.end)
        .any(|at| tree.relation(at) == "nsubj" && tree.head(at) != Some(verb) && !tree.is_under(at, verb));
    (!main).then_some(comma + 2)
}

/// "Since the storm the lamps have been dark": taken for a conjunction, it belongs to a noun that the tree takes for a second subject.
fn governs_noun(scene: &Scene, at: usize) -> bool {
    let tree = &scene.tree;
    let Some(verb) =
        tree.head(at).filter(|_| matches!(tree.lower(at).as_str(), "since" | "after" | "before" | "until"))
    else {
        return false;
    };
    let subjects: Vec<usize> =
        tree.children_by(verb, "nsubj").filter(|&subject| subject > at && subject < verb).collect();
    let joined = |pair: &[usize]| (pair[0]..pair[1]).any(|word| tree.token(word).upos == Upos::Cconj);
    subjects.len() > 1 && !subjects.windows(2).any(joined)
}

/// Where the phrase begins whose end stands first: "of Norland declared …" lost its commission.
fn cut_phrase(scene: &Scene, start: usize) -> Option<usize> {
    let tree = &scene.tree;
    let of = tree.lower(start) == "of" && tree.relation(start) == "case";
    let noun = tree.head(start).filter(|_| of)?;
    let whole = tree.head(noun).filter(|&whole| whole < start && matches!(tree.relation(noun), "nmod" | "flat"));
    // A name that the tree hangs elsewhere: the noun right before "of".
    let whole = whole.or_else(|| {
        let before = start.checked_sub(1)?;
        matches!(tree.token(before).upos, Upos::Noun | Upos::Propn).then_some(before)
    })?;
    (tree.sentence(whole) == tree.sentence(start)).then(|| tree.core_phrase(whole).start.max(scene.body))
}

/// Where the noun phrase right before a finite verb begins that has no subject of its own: parsers give a far subject to another verb. A phrase
/// behind a preposition or verb is no subject.
fn lost_subject(scene: &Scene, start: usize) -> Option<usize> {
    let tree = &scene.tree;
    let verb = match tree.token(start).upos {
        Upos::Aux => tree.head(start).filter(|_| matches!(tree.relation(start), "aux" | "cop"))?,
        Upos::Verb => start,
        _ => return None,
    };
    let coordinated = || tree.relation(verb) == "conj" || tree.token(verb).deprel == "acl:relcl";
    if !is_finite(scene, start) || tree.own_subject(verb).is_some() || coordinated() {
        return None;
    }
    let sentence = tree.sentence_tokens(start).start.max(scene.body);
    let nominal = |at: usize| {
        let token = tree.token(at);
        matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Num)
            || matches!(tree.lower(at).as_str(), "of" | "'s" | "’s" | "and" | "\"" | "“" | "”")
    };
    let first = (sentence..start).rev().take_while(|&at| nominal(at)).last()?;
    let before = first.checked_sub(1).filter(|&at| at >= sentence);
    let free = before.is_none_or(|at| {
        matches!(tree.token(at).upos, Upos::Punct | Upos::Sconj) && tree.analysis.form(at) != "-"
            || scene.lexicon.verb(&tree.lemma(at)).is_some_and(|cue| cue.strong)
    });
    let noun = matches!(tree.token(start - 1).upos, Upos::Noun | Upos::Propn);
    (free && noun && !matches!(tree.lower(first).as_str(), "of" | "'s" | "’s" | "and" | "”")).then_some(first)
}

/// Whether the time of day at `at` stamps an entry: "09:42 - …", "09:42 Rail traffic stops".
fn is_stamped(scene: &Scene, at: usize, next: &str) -> bool {
    matches!(next, "—" | "–" | "-" | "--")
        || at == scene.tree.sentence_tokens(at).start && next.starts_with(char::is_uppercase)
}

/// Longest label of a speaker in a printed conversation, in words.
const LABEL: usize = 3;

/// Whether word `at` belongs to a label at the start of a sentence: "HOST: …", "Question: …".
fn is_label(scene: &Scene, at: usize) -> bool {
    let tree = &scene.tree;
    let sentence = tree.sentence_tokens(at);
    let Some(colon) = sentence.range().take(LABEL + 1).find(|&word| tree.analysis.form(word) == ":") else {
        return false;
    };
    let loud = |word: usize| {
        let form = tree.analysis.form(word);
        form.len() > 1 && form.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '\''))
    };
    let asked =
        colon == sentence.start + 1 && matches!(tree.analysis.form(sentence.start), "Question" | "Answer" | "Q" | "A");
    at < colon && colon > sentence.start && (asked || (sentence.start..colon).all(loud))
}

/// "09:42", "9.42".
fn is_stamp(word: &str) -> bool {
    word.split_once([':', '.']).is_some_and(|(hour, minute)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        hour.len() <= 2 && minute.len() == 2 && digits(hour) && digits(minute)
    })
}
