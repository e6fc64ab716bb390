//! Sentences that are the outlet's own voice: that something could not be verified, is not clear yet, was not answered; the first person.
//!
//! In: a `Tree`. Out: whether a sentence speaks for the outlet itself, whoever spoke before it. Not here: chains.

use crate::tree::Tree;

/// Verbs of "could not be verified", "was unable to confirm".
const CHECKS: [&str; 10] = [
    "verify",
    "confirm",
    "corroborate",
    "authenticate",
    "establish",
    "check",
    "ascertain",
    "determine",
    "reach",
    "contact",
];
/// Verbs and adjectives of notes that somebody did not answer, or that something is open.
const ANSWERS: [&str; 8] = ["respond", "answer", "reply", "comment", "react", "clear", "unclear", "mention"];

/// Whether the sentence says that its outlet could not find out: "could not be independently verified", "it was not immediately clear".
pub fn leaves_open(tree: &Tree, sentence: usize) -> bool {
    let tokens = tree.analysis.sentences[sentence].tokens;
    tokens.range().any(|at| {
        let lemma = tree.lemma(at);
        let checks = CHECKS.contains(&lemma.as_str()) && cannot(tree, at) && !is_somebodys(tree, at);
        let clear = lemma == "unclear" || lemma == "clear" && tree.is_negated(at);
        checks || clear && is_impersonal(tree, at)
    })
}

/// "could not", "has not been able to", "was unable to", "impossible to" before the verb of its clause.
fn cannot(tree: &Tree, at: usize) -> bool {
    let start = tree.sentence_tokens(at).start.max(at.saturating_sub(7));
    let before: Vec<String> = (start..at).map(|word| tree.lower(word)).collect();
    let has = |words: &[&str]| before.iter().any(|word| words.contains(&word.as_str()));
    let independently = has(&["independently"]) && (has(&["not", "n't", "n’t"]) || tree.is_negated(at));
    let able = has(&["could", "can", "able", "possible"]) && has(&["not", "n't", "n’t"]) || has(&["cannot"]);
    independently || able && stands_alone(tree, at) || has(&["unable", "impossible"]) && stands_alone(tree, at)
}

/// "He could not confirm it": a speaker, not the outlet, is the subject.
fn is_somebodys(tree: &Tree, at: usize) -> bool {
    let subject = tree.subject(at).filter(|_| !tree.is_passive(at));
    let impersonal = tree.head(at).is_some_and(|head| matches!(tree.lemma(head).as_str(), "possible" | "impossible"));
    let pronoun = |subject: usize| matches!(tree.lower(subject).as_str(), "he" | "she" | "it" | "they" | "i");
    subject.is_some_and(|subject| pronoun(subject) && tree.relation(subject) != "expl" && !impersonal)
}

/// Whether the verb belongs to the main clause, not to what somebody says.
fn stands_alone(tree: &Tree, at: usize) -> bool {
    let mut here = at;
    for _ in 0..4 {
        match (tree.relation(here), tree.head(here)) {
            ("root", _) | (_, None) => return true,
            ("conj" | "xcomp" | "parataxis" | "advcl", Some(head)) => here = head,
            _ => return false,
        }
    }
    false
}

/// "It was not clear": no person or body is the subject.
fn is_impersonal(tree: &Tree, at: usize) -> bool {
    let subject = tree.own_subject(at).or_else(|| tree.children_by(at, "expl").next());
    let opens = tree.sentence_tokens(at).start;
    let dummy = |word: usize| matches!(tree.lower(word).as_str(), "it" | "there" | "what" | "who" | "how" | "why");
    stands_alone(tree, at) && (subject.is_none_or(dummy) || dummy(opens))
}

/// Whether the sentence notes that somebody did not answer.
pub fn notes_silence(tree: &Tree, sentence: usize) -> bool {
    tree.analysis.sentences[sentence].tokens.range().any(|at| {
        let lemma = tree.lemma(at);
        let declines = tree.head(at).is_some_and(|head| {
            tree.relation(at) == "xcomp" && matches!(tree.lemma(head).as_str(), "decline" | "refuse")
        });
        ANSWERS.contains(&lemma.as_str())
            && (tree.is_negated(at)
                || declines
                || lemma == "unclear"
                || tree.children_by(at, "det").any(|det| tree.lower(det) == "no"))
            || makes_no_statement(tree, at)
            || takes_no_question(tree, at)
    })
}

/// "took no question about it", "left our questions unanswered".
fn takes_no_question(tree: &Tree, at: usize) -> bool {
    let question =
        |child: &usize| matches!(tree.lemma(*child).as_str(), "question" | "request" | "inquiry" | "enquiry");
    let none = |child: usize| tree.children_by(child, "det").any(|det| tree.lower(det) == "no");
    let mut asked = tree.children_by(at, "obj").filter(question);
    match tree.lemma(at).as_str() {
        "take" => asked.any(|child| none(child) || tree.is_negated(at)),
        "leave" => {
            let end = tree.sentence_tokens(at).end;
            (at..end).any(|word| question(&word)) && (at..end).any(|word| tree.lower(word) == "unanswered")
        }
        _ => false,
    }
}

/// "has not issued a statement", "did not return calls", "were not available for comment".
fn makes_no_statement(tree: &Tree, at: usize) -> bool {
    let object = |words: &[&str]| tree.children(at).iter().any(|&child| words.contains(&tree.lemma(child).as_str()));
    let none = || match tree.lemma(at).as_str() {
        "issue" | "make" | "release" | "publish" | "give" | "offer" => object(&["statement", "comment", "response"]),
        "return" | "take" => object(&["call", "message", "email", "e-mail"]),
        "available" => object(&["comment", "interview"]),
        _ => false,
    };
    stands_alone(tree, at) && tree.is_negated(at) && none()
}

/// Words that open a sentence which goes on with what was said.
const ANAPHORS: [&str; 18] = [
    "he", "she", "they", "it", "his", "her", "their", "its", "this", "these", "those", "such", "that", "there",
    "neither", "both", "some", "nobody",
];

/// Whether a sentence tells the reader what has long been so, rather than going on with somebody's account: with a date or a year, with
/// "used to", in the present tense without a word that refers back, or with the speaker in the third person.
pub fn tells_background(tree: &Tree, sentence: usize, speaker: &str) -> bool {
    let tokens = tree.analysis.sentences[sentence].tokens;
    let surname = speaker.rsplit(' ').next().unwrap_or(speaker);
    let named = tokens.range().any(|at| tree.analysis.form(at) == surname);
    let dated = tokens.range().any(|at| {
        let year = tree.analysis.form(at);
        year.len() == 4
            && (year.starts_with("19") || year.starts_with("20"))
            && year.bytes().all(|b| b.is_ascii_digit())
            || MONTHS.contains(&tree.lower(at).trim_end_matches('.'))
                && tree.analysis.form(at).starts_with(char::is_uppercase)
    });
    let used_to = tokens.range().any(|at| {
        tree.lower(at) == "used" && at + 1 < tokens.end && tree.lower(at + 1) == "to" && !tree.is_passive(at)
    });
    let opening = tokens.range().find(|&at| !matches!(tree.analysis.form(at), "\"" | "“" | "‘" | "'" | "("));
    let refers = opening.is_some_and(|at| ANAPHORS.contains(&tree.lower(at).as_str()));
    named || dated || used_to || !refers && is_in_present(tree, sentence)
}

const MONTHS: [&str; 22] = [
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
];

/// Whether the main clause is told as said by somebody: "would reopen in May", "had doubled".
pub fn is_backshifted(tree: &Tree, sentence: usize) -> bool {
    let tokens = tree.analysis.sentences[sentence].tokens;
    let Some(root) = tokens.range().find(|&at| tree.head(at).is_none()) else { return false };
    tree.children(root).iter().any(|&child| {
        matches!(tree.relation(child), "aux" | "cop") && matches!(tree.lower(child).as_str(), "would" | "had")
    })
}

/// Whether the main clause is in the present or present perfect, without a modal.
fn is_in_present(tree: &Tree, sentence: usize) -> bool {
    let tokens = tree.analysis.sentences[sentence].tokens;
    let Some(root) = tokens.range().find(|&at| tree.head(at).is_none()) else { return false };
    let present =
        |at: usize| tree.token(at).feat("Tense") == Some("Pres") && tree.token(at).feat("VerbForm") == Some("Fin");
    let helpers: Vec<usize> =
        tree.children(root).iter().copied().filter(|&child| matches!(tree.relation(child), "aux" | "cop")).collect();
    match helpers.first() {
        Some(&first) => present(first) && !helpers.iter().any(|&at| tree.token(at).feat("VerbForm").is_none()),
        None => present(root),
    }
}
