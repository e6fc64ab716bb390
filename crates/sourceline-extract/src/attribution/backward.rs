//! What a sentence says of the one before it: "So writes the daily.", "That is how the minister put it.", "Or so the rebels say."; and a
//! quotation that stands alone, whose speaker begins the next sentence.
//!
//! In: a `Tree`, its quotations and the attributions found so far. Out: the same with the sentence before as what is said.

use sourceline_model::{EntityKind, Span, Tok, Upos};

use super::quotes::SPEECH;
use super::verbs::{plain, trim};
use super::{Found, Said};
use crate::chunk;
use crate::lexicon::Lexicon;
use crate::tree::Tree;

/// Nouns that give what was said a name: "That is the view of …".
const ACCOUNTS: [&str; 12] = [
    "account",
    "view",
    "version",
    "assessment",
    "conclusion",
    "opinion",
    "position",
    "reading",
    "claim",
    "verdict",
    "finding",
    "judgement",
];

/// Lets sentences speak of the sentence before.
pub fn look_back(tree: &Tree, lexicon: &Lexicon, quotes: &[Span<Tok>], body: usize, found: &mut Vec<Said>) {
    let sentences = &tree.analysis.sentences;
    for at in 1..sentences.len() {
        let (before, here) = (&sentences[at - 1], &sentences[at]);
        if before.paragraph != here.paragraph || before.tokens.end <= body {
            continue;
        }
        let said_before = Span::new(before.tokens.start.max(body), before.tokens.end);
        if let Some((cue, source)) = summary(tree, lexicon, here.tokens) {
            found.retain(|said| said.cue_head != cue);
            found.push(Said { found: Found::Back, ..plain(cue, source, trim(tree, said_before)) });
        } else if let Some(source) = next_speaker(tree, quotes, before.tokens, here.tokens, found) {
            // The closing mark stands for the cue that is not there.
            let content = Span::new(before.tokens.start, before.tokens.end - 1);
            found.retain(|said| !said.content.iter().any(|piece| piece.overlaps(&before.tokens)));
            found.push(Said { found: Found::Continued, ..plain(before.tokens.end - 1, source, content) });
        }
    }
}

/// The cue and the source of a sentence that sums up who said the one before.
fn summary(tree: &Tree, lexicon: &Lexicon, tokens: Span<Tok>) -> Option<(usize, Span<Tok>)> {
    let word = |at: usize| if at < tokens.end { tree.lower(at) } else { String::new() };
    let mut at = tokens.start;
    if word(at) == "at" && word(at + 1) == "least" {
        at += 2;
    }
    if word(at) == "," {
        at += 1;
    }
    let or = word(at) == "or";
    at += usize::from(or);
    match word(at).as_str() {
        "so" | "thus" => inverted(tree, lexicon, at + 1, tokens).or_else(|| {
            let (source, cue) = subject_and_cue(tree, lexicon, at + 1, tokens)
                .filter(|&(source, cue)| or || word(at) == "so" && is_all(tree, source, cue, tokens))?;
            Some((cue, source))
        }),
        "that" | "this" | "such" if matches!(word(at + 1).as_str(), "is" | "was" | "'s" | "’s") => {
            match word(at + 2).as_str() {
                "how" | "what" => {
                    let (source, cue) = subject_and_cue(tree, lexicon, at + 3, tokens)?;
                    Some((cue, source))
                }
                _ => account(tree, at + 2, tokens).or_else(|| told_by(tree, lexicon, at + 2, tokens)),
            }
        }
        _ => None,
    }
}

/// Whether a name and a verb right behind it, with a day at most, are all of a sentence: "So Reuters reported on Friday."
fn is_all(tree: &Tree, source: Span<Tok>, cue: usize, tokens: Span<Tok>) -> bool {
    let named = source.range().any(|at| tree.token(at).upos == Upos::Propn);
    let rest = |at: usize| {
        tree.token(at).upos == Upos::Punct || tree.token(at).upos == Upos::Adp || chunk::is_day(&tree.lower(at))
    };
    named && source.end == cue && (cue + 1..tokens.end).all(rest)
}

/// "reported by the agency" of "This is reported by the agency".
fn told_by(tree: &Tree, lexicon: &Lexicon, from: usize, tokens: Span<Tok>) -> Option<(usize, Span<Tok>)> {
    let cue = (from..tokens.end.min(from + 3)).find(|&at| tree.token(at).upos == Upos::Verb)?;
    let by = cue + 1 < tokens.end && tree.lower(cue + 1) == "by" && lexicon.verb(&tree.lemma(cue)).is_some();
    let name = tree.analysis.names.iter().find(|name| name.tokens.start == cue + 2 && tokens.covers(&name.tokens));
    let article =
        || tree.analysis.names.iter().find(|name| name.tokens.start == cue + 3 && tokens.covers(&name.tokens));
    let whole = name.or_else(article).map(|name| Span::new(cue + 2, name.tokens.end));
    by.then(|| whole.or_else(|| phrase(tree, cue + 2, tokens))).flatten().map(|source| (cue, source))
}

/// "writes the daily": a cue and its subject behind it.
fn inverted(tree: &Tree, lexicon: &Lexicon, cue: usize, tokens: Span<Tok>) -> Option<(usize, Span<Tok>)> {
    if cue >= tokens.end || tree.token(cue).upos != Upos::Verb || lexicon.verb(&tree.lemma(cue)).is_none() {
        return None;
    }
    phrase(tree, cue + 1, tokens).map(|source| (cue, source))
}

/// "the rebels say", "the deputy head of the cabinet, N., began": a subject and its verb; any verb will do, for the sentence says of itself that it
/// tells what was said.
fn subject_and_cue(tree: &Tree, lexicon: &Lexicon, from: usize, tokens: Span<Tok>) -> Option<(Span<Tok>, usize)> {
    let source = phrase(tree, from, tokens)?;
    let head = tree.analysis.head_of(source)?;
    let tells = |at: usize| {
        let lemma = tree.lemma(at);
        lexicon.verb(&lemma).is_some()
            || matches!(lemma.as_str(), "begin" | "open" | "put" | "close" | "end" | "start" | "phrase" | "see" | "sum")
    };
    let cue = (source.end..tokens.end).find(|&at| tree.token(at).upos == Upos::Verb)?;
    let governs = tree.own_subject(cue).is_none_or(|subject| subject == head || source.contains(subject));
    (tells(cue) && governs).then_some((source, cue))
}

/// "the view of the ministry", "the ministry's version".
fn account(tree: &Tree, from: usize, tokens: Span<Tok>) -> Option<(usize, Span<Tok>)> {
    let (_, noun) = chunk::phrase_at(tree, from).filter(|(phrase, _)| phrase.end <= tokens.end)?;
    if !ACCOUNTS.contains(&tree.lemma(noun).as_str()) {
        return None;
    }
    let of = noun + 1 < tokens.end && tree.lower(noun + 1) == "of";
    let source = if of {
        phrase(tree, noun + 2, tokens)
    } else {
        let owner = tree.children(noun).iter().copied().find(|&child| tree.token(child).deprel == "nmod:poss")?;
        Some(tree.core_phrase(owner))
    };
    source.map(|source| (noun, source))
}

fn phrase(tree: &Tree, from: usize, tokens: Span<Tok>) -> Option<Span<Tok>> {
    if from >= tokens.end {
        return None;
    }
    let (phrase, head) = chunk::phrase_at(tree, from).filter(|(phrase, _)| phrase.end <= tokens.end)?;
    matches!(tree.token(head).upos, Upos::Noun | Upos::Propn | Upos::Pron).then_some(phrase)
}

/// The person who begins the sentence behind a quotation that opens a paragraph and has no cue.
fn next_speaker(
    tree: &Tree,
    quotes: &[Span<Tok>],
    before: Span<Tok>,
    here: Span<Tok>,
    found: &[Said],
) -> Option<Span<Tok>> {
    let opens = before.start == 0 || tree.paragraph(before.start - 1) != tree.paragraph(before.start);
    if !opens || before.len() < SPEECH || !matches!(tree.analysis.form(before.start), "\"" | "“" | "«" | "„" | "``")
    {
        return None;
    }
    let first = quotes.partition_point(|quote| quote.start < before.start);
    let quoted = quotes.get(first).is_some_and(|quote| quote.start == before.start && quote.end >= before.end - 1);
    // "X did not wait" says nothing by itself, though it stands behind the quotation like a cue.
    let idle = |said: &Said| here.contains(said.cue_head) && tree.is_negated(said.cue_head);
    let known = || {
        found.iter().any(|said| {
            !said.source.is_empty() && !idle(said) && said.content.iter().any(|piece| piece.overlaps(&before))
        })
    };
    if !quoted || known() {
        return None;
    }
    let names = &tree.analysis.names;
    let from = names.partition_point(|name| name.tokens.start < here.start);
    let mut near = names[from..].iter().take_while(|name| name.tokens.start < here.end);
    let name = near.find(|name| name.kind == EntityKind::Person && here.covers(&name.tokens))?;
    let head = tree.analysis.head_of(name.tokens)?;
    let subject = tree.relation(head) == "nsubj" && name.tokens.start <= here.start + 6;
    let own = tree.head(head).is_some_and(|verb| tree.head(verb).is_none());
    (subject && own).then(|| tree.core_phrase(head))
}
