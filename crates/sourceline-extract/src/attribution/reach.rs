//! How far what is said reaches beyond the spans that were found.
//!
//! In: attributions. Out: their `reach`: "A, X said, B" says A and B; "A, according to X" says all of A. `content` stays as it was.

use sourceline_model::{Span, Tok, Upos};

use super::Said;
use super::verbs::trim;
use crate::lexicon::CueClass;
use crate::tree::Tree;

/// Widens every attribution whose source and cue stand between or after what is said.
pub fn widen(tree: &Tree, body: usize, found: &mut [Said]) {
    for at in 0..found.len() {
        let gap = lost_subject(tree, &found[at]).filter(|gap| !found.iter().any(|other| gap.contains(other.cue.start)));
        found[at].reach.extend(gap);
        let behind = behind_colon(tree, &found[at])
            .filter(|rest| !found.iter().any(|other| rest.contains(other.cue.start) && !other.source.is_empty()));
        found[at].reach.extend(behind);
        let Some(frame) = frame(tree, &found[at]) else { continue };
        let sentence = tree.sentence_tokens(frame.start);
        let start = sentence.start.max(body);
        let mut reach = std::mem::take(&mut found[at].reach);
        let before = Span::new(start.min(frame.start), frame.start);
        let set_off = frame.start > start && is_comma(tree, frame.start - 1);
        if set_off && is_statement(tree, before) && !frames_other(found, at, before) {
            reach.push(trim(tree, before));
            let rest = joined(tree, frame, sentence).filter(|&rest| !frames_other(found, at, rest));
            reach.extend(rest);
        }
        if is_adjunct(tree, &found[at]) {
            let after = Span::new(frame.end.min(sentence.end), sentence.end);
            if frame.start <= start + 1 && is_statement(tree, after) && !frames_other(found, at, after) {
                reach.push(trim(tree, after));
            }
            if !set_off && frame.start > start && is_statement(tree, before) && !frames_other(found, at, before) {
                reach.push(trim(tree, before));
            }
        }
        found[at].reach = reach;
    }
}

/// "A, he said, and would do B": what a conjunction joins to the words before the frame.
fn joined(tree: &Tree, frame: Span<Tok>, sentence: Span<Tok>) -> Option<Span<Tok>> {
    let comma = frame.end + 1 < sentence.end && tree.analysis.form(frame.end) == ",";
    let joins = comma && matches!(tree.lower(frame.end + 1).as_str(), "and" | "but" | "or" | "nor");
    let rest = Span::new((frame.end + 1).min(sentence.end), sentence.end);
    (joins && is_statement(tree, rest)).then(|| trim(tree, rest))
}

/// "He attributes it to a lack of reserves: [the plant had coal for two days]": the clause behind a colon goes on with what somebody says before it.
fn behind_colon(tree: &Tree, said: &Said) -> Option<Span<Tok>> {
    let sentence = tree.sentence_tokens(said.cue.start);
    let own = said.source.iter().any(|piece| piece.end <= said.cue.start && sentence.covers(piece));
    let colon = (said.cue.end..sentence.end).find(|&at| tree.analysis.form(at) == ":").filter(|_| own)?;
    let told =
        said.content.iter().any(|piece| piece.start >= said.cue.end && piece.end + 1 >= colon && piece.start < colon);
    let rest = trim(tree, Span::new(colon + 1, sentence.end));
    let clause = tree.lower(rest.start) == "that";
    (told && !clause && is_statement(tree, rest)).then_some(rest)
}

/// "X said [members of the force] were back": the words between cue and content when the content begins with its verb.
fn lost_subject(tree: &Tree, said: &Said) -> Option<Span<Tok>> {
    let content = said.content.iter().find(|piece| piece.start >= said.cue.end)?;
    let verb_first = matches!(tree.token(content.start).upos, Upos::Aux | Upos::Verb)
        && tree.token(content.start).feat("VerbForm") != Some("Part");
    let gap = Span::new(said.cue.end, content.start);
    let same = tree.sentence(said.cue.start) == tree.sentence(content.start);
    (verb_first && same && (1..=20).contains(&gap.len())).then_some(gap)
}

/// From the first to the last word of source and cue, when they stand together and no "that" follows.
fn frame(tree: &Tree, said: &Said) -> Option<Span<Tok>> {
    let sentence = tree.sentence_tokens(said.cue.start);
    let frame = said.source.iter().filter(|piece| sentence.covers(piece)).fold(said.cue, |all, piece| all.join(piece));
    let together = said.source.iter().map(Span::len).sum::<usize>() + said.cue.len() + 3 >= frame.len();
    let that = frame.end < sentence.end && tree.lower(frame.end) == "that";
    let verbal = tree.token(said.cue_head).upos == Upos::Verb || is_adjunct(tree, said);
    (together && !that && verbal).then_some(frame)
}

fn is_adjunct(tree: &Tree, said: &Said) -> bool {
    matches!(tree.lower(said.cue.start).as_str(), "according" | "per")
}

fn is_comma(tree: &Tree, at: usize) -> bool {
    matches!(tree.analysis.form(at), "," | "”" | "\"" | "—" | "–")
}

/// Whether a stretch has a verb that can carry a statement.
fn is_statement(tree: &Tree, span: Span<Tok>) -> bool {
    let subordinate = span.start < span.end
        && matches!(
            tree.lower(span.start).as_str(),
            "as" | "when"
                | "while"
                | "after"
                | "before"
                | "if"
                | "although"
                | "asked"
                | "speaking"
                | "in"
                | "on"
                | "at"
        );
    let verb = span.range().any(|at| {
        matches!(tree.token(at).upos, Upos::Verb | Upos::Aux)
            && tree.token(at).feat("VerbForm") != Some("Inf")
            && !tree.lower(at).ends_with("ing")
    });
    verb && span.len() >= 3 && !subordinate
}

/// Whether a stretch holds another attribution's cue, which is no part of what this one says. Who orders or plans something does not say it: "X ordered
/// arrests, an official said".
fn frames_other(found: &[Said], at: usize, span: Span<Tok>) -> bool {
    found.iter().enumerate().any(|(other, said)| {
        other != at
            && !matches!(said.class, CueClass::Ask | CueClass::Plan | CueClass::Hope)
            && span.contains(said.cue.start)
            && !said.content.iter().any(|piece| !span.covers(piece))
            && said.content.iter().any(|piece| piece.end + 1 < span.end || piece.start > span.start)
            && !said.source.is_empty()
    })
}
