//! Spans put right where the encoder plainly errs: sources that begin or end too early, contents that reach into another paragraph.
//!
//! In: attributions from the encoder's spans. Out: the same, mended. Not here: links between spans (`spans`).

use sourceline_model::{Span, Tok, Upos};

use super::Said;
use super::verbs::trim;
use crate::chunk;
use crate::lexicon::{CueClass, Lexicon};
use crate::tree::Tree;

/// Puts sources and contents right.
pub fn tidy(tree: &Tree, lexicon: &Lexicon, found: &mut [Said]) {
    for said in found.iter_mut() {
        verb_in_source(tree, lexicon, said);
        far_source(tree, said);
        last_phrase(tree, said);
        hearer_as_source(tree, said);
        cut_relative(tree, said);
        within_paragraph(tree, said);
        stray_content(tree, said);
        listener_in_content(tree, said);
    }
    cut_at_speakers(tree, found);
    give_strays(tree, found);
}

/// "He accused them of it. [Kigali has always denied sending troops.]": a sentence whose main verb is another's word is no part of what was said before.
pub fn yield_sentences(tree: &Tree, found: &mut [Said]) {
    let own: Vec<(usize, Span<Tok>)> = found
        .iter()
        .filter(|said| tree.head(said.cue_head).is_none() && !said.source.is_empty() && !said.content.is_empty())
        .filter(|said| !said.source.iter().any(|piece| tree.token(piece.start).upos == Upos::Pron))
        .map(|said| (tree.sentence(said.cue_head), said.cue))
        .collect();
    for said in found.iter_mut() {
        let (here, cue) = (tree.sentence(said.cue.start), said.cue);
        let others = |piece: &Span<Tok>| {
            let there = tree.sentence(piece.start);
            there > here
                && own
                    .iter()
                    .any(|(sentence, other)| *sentence == there && *other != cue && piece.contains(other.start))
        };
        if said.content.len() > 1 {
            said.content.retain(|piece| is_quoted(tree, *piece) || !others(piece));
        }
    }
}

/// "They asked to see the rings": who asks to do something himself says nothing.
pub fn asks_for_himself(tree: &Tree, said: &Said) -> bool {
    let asks = matches!(tree.lemma(said.cue_head).as_str(), "ask" | "beg") && !tree.is_passive(said.cue_head);
    let own = tree.children_by(said.cue_head, "xcomp").any(|child| tree.own_subject(child).is_none());
    asks && own && !tree.children(said.cue_head).iter().any(|&child| matches!(tree.relation(child), "obj" | "iobj"))
}

/// "[His lawyer, Anna Berg, said the papers] described …": the verb of saying inside the source is the cue.
fn verb_in_source(tree: &Tree, lexicon: &Lexicon, said: &mut Said) {
    let Some(piece) = said.source.first().copied().filter(|piece| piece.end == said.cue.start) else { return };
    let reports = |at: usize| {
        tree.token(at).upos == Upos::Verb
            && tree.token(at).feat("VerbForm") == Some("Fin")
            && lexicon.verb(&tree.lemma(at)).is_some_and(|cue| cue.strong && cue.class == CueClass::Say)
            && !matches!(tree.relation(at), "acl" | "amod")
    };
    let Some(verb) = (piece.start + 1..piece.end.saturating_sub(1)).find(|&at| reports(at)) else { return };
    let end = said.content.iter().map(|piece| piece.end).max().unwrap_or(said.cue.end).max(said.cue.end);
    let source = trim(tree, Span::new(piece.start, verb));
    let nominal = source.range().any(|at| matches!(tree.token(at).upos, Upos::Noun | Upos::Propn | Upos::Pron));
    if nominal && tree.sentence(end - 1) == tree.sentence(verb) {
        said.source = vec![source];
        said.content = vec![trim(tree, Span::new(verb + 1, end))];
        (said.cue, said.cue_head, said.class) = (Span::new(verb, verb + 1), verb, CueClass::Say);
    }
}

/// Of two sources of which one stands beside the cue, the one behind another verb is none.
fn far_source(tree: &Tree, said: &mut Said) {
    let cue = said.cue;
    let beside = |piece: &Span<Tok>| piece.end == cue.start || piece.start == cue.end;
    let own = said.source.iter().copied().find(beside);
    let Some(own) = own.filter(|_| said.source.len() > 1) else { return };
    let pronoun = tree.token(own.start).upos == Upos::Pron;
    // "Yoon has never ordered it, he said": Yoon is the subject of something else.
    let elsewhere = |piece: &Span<Tok>| {
        let head = tree.analysis.head_of(*piece).filter(|&head| tree.relation(head) == "nsubj");
        head.and_then(|head| tree.head(head)).is_some_and(|verb| !cue.contains(verb))
    };
    let finite = |at: usize| {
        matches!(tree.token(at).upos, Upos::Verb | Upos::Aux) && tree.token(at).feat("VerbForm") == Some("Fin")
    };
    said.source.retain(|piece| *piece == own || !(piece.end..own.start).any(finite) || pronoun && !elsewhere(piece));
}

/// "In a statement read out by [their agent, Anna Berg, four sailors] say": behind a preposition the last phrase before the verb speaks.
fn last_phrase(tree: &Tree, said: &mut Said) {
    let sentence = tree.sentence_tokens(said.cue.start);
    let [piece] = said.source[..] else { return };
    let governed = piece.start > sentence.start && tree.token(piece.start - 1).upos == Upos::Adp;
    if !governed || piece.end != said.cue.start || tree.lower(said.cue.start) == "according" {
        return;
    }
    let comma = piece.range().rev().find(|&at| tree.analysis.form(at) == ",");
    let Some(tail) = comma.map(|at| Span::new(at + 1, piece.end)).filter(|tail| !tail.is_empty()) else { return };
    let opens = matches!(tree.token(tail.start).upos, Upos::Det | Upos::Num | Upos::Propn | Upos::Noun | Upos::Adj);
    let joined = piece.range().any(|at| tree.token(at).upos == Upos::Cconj);
    if opens && !joined && tail.range().any(|at| matches!(tree.token(at).upos, Upos::Noun | Upos::Propn | Upos::Num)) {
        said.source = vec![tail];
    }
}

/// "The captain's wife, Anna, told [reporters] that …", "announced [minutes] later": who is told, and when, does not speak; what stands before the verb does.
fn hearer_as_source(tree: &Tree, said: &mut Said) {
    let hears = matches!(tree.lower(said.cue_head).as_str(), "told" | "tells") && said.cue.end == said.cue_head + 1;
    if hears && said.source.iter().any(|piece| piece.end == said.cue.start) {
        let cue = said.cue;
        said.source.retain(|piece| !(cue.end..=cue.end + 1).contains(&piece.start));
    }
    let [piece] = said.source[..] else { return };
    let tells = matches!(tree.lower(said.cue_head).as_str(), "told" | "tells" | "informed" | "assured");
    let when = super::verbs::is_time(&tree.lower(piece.start));
    if !(tells || when) || piece.start != said.cue.end || tree.is_passive(said.cue_head) {
        return;
    }
    if let Some(before) = phrase_before(tree, said.cue.start) {
        said.source = vec![before];
    }
}

/// The noun phrase that ends right before `at`, with the phrase that an apposition between commas belongs to.
pub fn phrase_before(tree: &Tree, at: usize) -> Option<Span<Tok>> {
    let sentence = tree.sentence_tokens(at);
    let closed = at > sentence.start && tree.analysis.form(at - 1) == ",";
    let end = if closed { at - 1 } else { at };
    let flat = |at: usize| {
        tree.head(at).filter(|&head| tree.relation(at) == "flat" && head + 4 > at && head < at).unwrap_or(at)
    };
    let own = tree.core_phrase(flat(chunk::head_before(tree, end)?));
    let opens = own.start > sentence.start && tree.analysis.form(own.start - 1) == ",";
    if !closed || !opens {
        return (!closed && own.start >= sentence.start).then_some(own);
    }
    let outer = flat(chunk::head_before(tree, own.start - 1)?);
    Some(tree.core_phrase(outer).join(&own))
}

/// "according to Anna Berg, whose boat": a relative clause that was cut off before its verb.
fn cut_relative(tree: &Tree, said: &mut Said) {
    for piece in &mut said.source {
        let relative = (piece.start + 2..piece.end).find(|&at| {
            matches!(tree.lower(at).as_str(), "who" | "whose" | "which" | "where") && tree.analysis.form(at - 1) == ","
        });
        let verb = |at: usize| matches!(tree.token(at).upos, Upos::Verb | Upos::Aux);
        if let Some(at) = relative.filter(|&at| !(at..piece.end).any(verb)) {
            piece.end = at - 1;
        }
    }
}

/// What is said indirectly ends with its paragraph.
fn within_paragraph(tree: &Tree, said: &mut Said) {
    for piece in &mut said.content {
        let first = tree.paragraph(piece.start);
        let end = piece.range().find(|&at| tree.paragraph(at) != first);
        if let Some(end) = end.filter(|&end| !(is_mark(tree, piece.start) && is_mark(tree, end))) {
            piece.end = end;
        }
    }
}

fn is_mark(tree: &Tree, at: usize) -> bool {
    matches!(tree.analysis.form(at), "“" | "\"" | "”" | "«" | "»" | "‘" | "’" | "'")
}

fn is_quoted(tree: &Tree, piece: Span<Tok>) -> bool {
    piece.range().any(|at| is_mark(tree, at))
}

/// A content far from its cue, unquoted, when another one stands in the sentence of the cue: no part of what is said.
fn stray_content(tree: &Tree, said: &mut Said) {
    let sentence = tree.sentence(said.cue.start);
    let paragraph = tree.paragraph(said.cue.start);
    said.content.retain(|piece| is_quoted(tree, *piece) || tree.paragraph(piece.start) == paragraph);
    if !said.content.iter().any(|piece| tree.sentence(piece.start) == sentence) {
        return;
    }
    said.content.retain(|piece| {
        tree.sentence(piece.start) == sentence
            || is_quoted(tree, *piece)
            || tree.paragraph(piece.start) == paragraph && tree.sentence(piece.start) == sentence + 1
    });
}

/// "He tells [the BBC, but they came later]": the listener right behind the verb is no part of what is said.
fn listener_in_content(tree: &Tree, said: &mut Said) {
    if !matches!(tree.lower(said.cue_head).as_str(), "told" | "tells") || said.cue.end <= said.cue_head {
        return;
    }
    let after = said.cue.end;
    let Some(number) = said.content.iter().position(|piece| piece.start == after) else { return };
    let piece = said.content[number];
    let Some((listener, _)) = chunk::phrase_at(tree, after) else { return };
    let closes = listener.end < piece.end && tree.analysis.form(listener.end) == ",";
    if closes && listener.range().any(|at| tree.token(at).upos == Upos::Propn) {
        let rest = trim(tree, Span::new(listener.end, piece.end));
        if rest.len() > 2 {
            said.content[number] = rest;
        } else {
            said.content.remove(number);
        }
    }
}

/// "The army said that two men fled. [Norland's mission has called that a rumour.]": what is said ends where the main verb of a later
/// sentence is another speaker's.
fn cut_at_speakers(tree: &Tree, found: &mut [Said]) {
    let roots: Vec<Span<Tok>> =
        found.iter().filter(|said| tree.head(said.cue_head).is_none()).map(|said| said.cue).collect();
    for said in found.iter_mut() {
        for piece in &mut said.content {
            let first = tree.sentence(piece.start);
            let other = roots
                .iter()
                .find(|cue| piece.contains(cue.start) && tree.sentence(cue.start) > first && **cue != said.cue);
            if let Some(cue) = other.filter(|_| !is_quoted(tree, *piece)) {
                piece.end = tree.sentence_tokens(cue.start).start;
            }
        }
    }
}

/// A content in a later sentence than its cue goes to a cue of that sentence that has none.
fn give_strays(tree: &Tree, found: &mut [Said]) {
    for from in 0..found.len() {
        let sentence = tree.sentence(found[from].cue.start);
        let mut at = 0;
        while at < found[from].content.len() {
            let piece = found[from].content[at];
            let there = tree.sentence(piece.start);
            let apart = there > sentence && !is_quoted(tree, piece) && piece.len() > 2;
            let other = found.iter().position(|other| {
                apart
                    && tree.sentence(other.cue.start) == there
                    && !piece.contains(other.cue.start)
                    && (other.content.is_empty() || other.content.contains(&piece))
                    && !other.source.is_empty()
            });
            match other.filter(|&other| other != from) {
                Some(other) => {
                    found[from].content.remove(at);
                    if found[other].content.is_empty() {
                        found[other].content.push(piece);
                    }
                }
                None => at += 1,
            }
        }
    }
}

/// Longest words of credit put into a clause.
const INSERTED: usize = 12;

/// "Israel, he charged, had used the pretext": what is said is the clause around the words put into it, its subject included.
pub fn take_clause_around(tree: &Tree, said: &mut Said) {
    let inserted = said.source.iter().fold(said.cue, |all, piece| all.join(piece));
    let sentence = tree.sentence_tokens(said.cue_head);
    let comma = |at: usize| at < sentence.end && tree.analysis.form(at) == ",";
    let before = Span::new(sentence.start, inserted.start.saturating_sub(1));
    let behind = inserted.end + 1;
    let set_off = !before.is_empty() && inserted.len() <= INSERTED && comma(inserted.start - 1) && comma(inserted.end);
    // Nothing but the subject stands before it, and its verb right behind.
    let verb = behind < sentence.end && matches!(tree.token(behind).upos, Upos::Verb | Upos::Aux);
    let subject =
        before.range().all(|at| !matches!(tree.token(at).upos, Upos::Verb | Upos::Aux | Upos::Punct | Upos::Pron));
    let whole = said.content.iter().any(|piece| piece.start < inserted.start);
    if set_off && verb && subject && !whole && !said.content.is_empty() {
        let end = said.content.iter().map(|piece| piece.end).max().unwrap_or(sentence.end);
        said.content = vec![before, Span::new(behind, end.max(behind + 1))];
    }
}
