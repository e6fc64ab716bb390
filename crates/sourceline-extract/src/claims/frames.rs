//! Words that only credit somebody inside a statement: ", he said on Friday,", ", according to X", ", which cited a diplomat".
//!
//! In: a clause. Out: stretches that the statement leaves out; the evidence keeps them. Not here: who is credited (`route`).

use sourceline_model::{Span, Tok, Upos};

use super::clauses::Clause;
use super::joined::is_argument;
use crate::attribution::Said;
use crate::scene::Scene;
use crate::sources::Sources;

/// Verbs by which an outlet leans on somebody or passes on his words; without a clause of their own they state nothing.
const CREDITS: [&str; 12] = [
    "cite",
    "quote",
    "credit",
    "reference",
    "invoke",
    "interview",
    "translate",
    "relay",
    "republish",
    "reprint",
    "identify",
    "name",
];

/// Whether the clause of verb `at` only says whom somebody cites or who is quoted where.
pub fn is_credit(scene: &Scene, at: usize) -> bool {
    let tree = &scene.tree;
    let lemma = tree.lemma(at);
    if tree.token(at).upos != Upos::Verb || !CREDITS.contains(&lemma.as_str()) {
        return false;
    }
    let clause = tree.children(at).iter().any(|&child| {
        matches!(tree.relation(child), "ccomp" | "csubj") || tree.relation(child) == "xcomp" && tree.is_predicate(child)
    });
    let loose = matches!(tree.relation(at), "acl" | "advcl" | "parataxis" | "conj" | "root" | "amod" | "dep");
    let somebody = |child: usize| {
        let lemma = tree.lemma(child);
        matches!(tree.token(child).upos, Upos::Propn | Upos::Num | Upos::Pron)
            || scene.lexicon.role(&lemma).is_some()
            || scene.lexicon.media(&lemma).is_some()
            || scene.knowledge.is_anonymous_noun(&lemma)
    };
    let named = matches!(lemma.as_str(), "identify" | "name");
    let party = tree.children(at).iter().any(|&child| matches!(tree.relation(child), "obj" | "obl") && somebody(child));
    loose && !clause && party && !(named && tree.own_subject(at).is_some() && !tree.is_passive(at))
}

/// The stretches of a clause that credit somebody, with their commas.
pub fn frames(scene: &Scene, sources: &Sources, clause: &Clause) -> Vec<Span<Tok>> {
    if clause.act.is_some() {
        return Vec::new();
    }
    let tree = &scene.tree;
    let mut found: Vec<Span<Tok>> = sources
        .over(clause.head)
        .iter()
        .map(|&index| &sources.saids[index])
        .filter(|said| clause.span.covers(&said.cue) && !is_relative(scene, said.cue_head, clause.head))
        .filter(|said| !is_argument(scene, said.cue_head, clause.head))
        .filter_map(|said| frame(scene, said, clause.span))
        .collect();
    found.extend(clause.span.range().filter(|&at| at != clause.head && is_credit(scene, at)).filter_map(|at| {
        let extent = tree.extent(at);
        let start = extent.start.max(clause.span.start);
        let set_off = start > clause.span.start && tree.analysis.form(start - 1) == ",";
        (set_off && !extent.contains(clause.head) && clause.span.covers(&extent)).then_some(extent)
    }));
    joined(found.into_iter().map(|frame| with_commas(scene, frame, clause.span)).collect())
}

/// Frames that touch or overlap as one: ", according to the network, which cites the ministry".
fn joined(mut frames: Vec<Span<Tok>>) -> Vec<Span<Tok>> {
    frames.sort_by_key(|frame| (frame.start, frame.end));
    let mut out: Vec<Span<Tok>> = Vec::new();
    for frame in frames {
        match out.last_mut() {
            Some(last) if frame.start <= last.end => *last = last.join(&frame),
            _ => out.push(frame),
        }
    }
    out
}

/// Whether a cue stands in a relative clause inside the clause of `head`: "contradicts the minister, who said that …" credits nobody with it.
fn is_relative(scene: &Scene, cue: usize, head: usize) -> bool {
    let tree = &scene.tree;
    if !cue.checked_sub(1).is_some_and(|before| is_wh(scene, before)) {
        return false;
    }
    let mut at = cue;
    for _ in 0..8 {
        if tree.token(at).deprel == "acl:relcl" && tree.is_under(at, head) && at != head {
            return true;
        }
        match tree.head(at) {
            Some(above) if above != head => at = above,
            _ => return false,
        }
    }
    false
}

/// Source and cue with what belongs to them, up to the commas around them or to what is said.
fn frame(scene: &Scene, said: &Said, bounds: Span<Tok>) -> Option<Span<Tok>> {
    let tree = &scene.tree;
    let near = said.source.iter().filter(|piece| bounds.covers(piece));
    let core = near.fold(said.cue, |all, piece| all.join(piece));
    // "the owner, X, denied that": a verb without its speaker credits nobody.
    if said.source.is_empty() && tree.token(said.cue_head).upos == Upos::Verb && tree.head(said.cue_head).is_none() {
        return None;
    }
    if core.range().any(|at| said.says(at)) {
        return None;
    }
    // "He told the channel": the listener is part of the frame, whatever the content is widened to.
    let listens = |at: usize| {
        let heard = |&child: &usize| {
            matches!(tree.relation(child), "obj" | "iobj")
                && !tree.is_predicate(child)
                && tree.extent(child).contains(at)
                && tree.extent(child).start >= core.end
        };
        !said.content.iter().any(|piece| piece.contains(at)) && tree.children(said.cue_head).iter().any(heard)
    };
    let stops = |at: usize| {
        said.says(at) && !listens(at) || matches!(tree.analysis.form(at), "," | ";" | "”" | "“" | "\"" | "—" | "–")
    };
    let (mut start, mut end) = (core.start, core.end);
    while start > bounds.start && !stops(start - 1) {
        start -= 1;
    }
    while end < bounds.end && !stops(end) {
        end += 1;
    }
    // "According to the network, which cites the ministry".
    if end + 1 < bounds.end && tree.analysis.form(end) == "," && is_wh(scene, end + 1) {
        let verb = tree.head(end + 1).filter(|&verb| {
            let whose = tree.head(verb).filter(|_| tree.token(verb).deprel == "acl:relcl");
            whose.is_some_and(|noun| core.contains(noun)) && bounds.covers(&tree.extent(verb))
        });
        if let Some(verb) = verb {
            let rest = tree.extent(verb).end.max(end)..bounds.end;
            end = rest.clone().find(|&at| matches!(tree.analysis.form(at), "," | ";" | ".")).unwrap_or(rest.end);
        }
    }
    let whole = Span::new(start, end);
    let left = bounds.len() - whole.len();
    let set_off = start == bounds.start || end == bounds.end || tree.analysis.form(start - 1) == ",";
    (set_off && left >= 3).then_some(whole)
}

/// "Who", "which".
fn is_wh(scene: &Scene, at: usize) -> bool {
    matches!(scene.tree.lower(at).as_str(), "who" | "which" | "whom")
}

/// Takes the comma before a stretch, and the one after it where the clause goes on.
fn with_commas(scene: &Scene, frame: Span<Tok>, bounds: Span<Tok>) -> Span<Tok> {
    let comma = |at: usize| scene.tree.analysis.form(at) == ",";
    let (mut start, mut end) = (frame.start, frame.end);
    let opens = start > bounds.start && comma(start - 1);
    let closes = end < bounds.end && comma(end);
    if opens {
        start -= 1;
    }
    // "For three years, she said, most of it in cash": the comma parts what is left.
    let nominal = |at: usize| {
        matches!(scene.tree.token(at).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det | Upos::Num | Upos::Adj)
    };
    let linked =
        |at: usize| matches!(scene.tree.token(at).upos, Upos::Adv | Upos::Sconj | Upos::Cconj) || is_wh(scene, at);
    let parts = opens
        && end + 1 < bounds.end
        && nominal(end + 1)
        && !is_wh(scene, end + 1)
        && start > bounds.start
        && !linked(start - 1);
    if closes && !parts {
        end += 1;
    }
    Span::new(start, end)
}
