//! Statements whose verb is left out: "The Red Crescent speaks of 11,000, the mayor of up to 20,000", "Poland has ruled it out. So has Spain."
//!
//! In: a `Tree` and the attributions found so far. Out: more `Said`s.

use sourceline_model::{Span, Tok, Upos};

use super::Said;
use super::holds::number_at;
use super::speakers::can_speak;
use super::verbs::{plain, trim};
use crate::chunk;
use crate::lexicon::{CueClass, Lexicon};
use crate::tree::Tree;

/// Finds statements that lean on the verb of the one before.
pub fn gapped(tree: &Tree, lexicon: &Lexicon, found: &mut Vec<Said>) {
    let mut more = Vec::new();
    for said in found.iter_mut() {
        let Some(rest) = second_half(tree, lexicon, said) else { continue };
        let cut = |piece: &Span<Tok>| Span::new(piece.start.min(rest.comma), piece.end.min(rest.comma));
        let own: Vec<Span<Tok>> =
            said.content.iter().map(|piece| trim(tree, cut(piece))).filter(|piece| !piece.is_empty()).collect();
        if !own.is_empty() {
            said.content = own;
        }
        let content = Span::new(rest.from, rest.end);
        more.push(Said { cue_head: rest.number, class: said.class, ..plain(rest.from, rest.source, content) });
    }
    for sentence in 1..tree.analysis.sentences.len() {
        more.extend(likewise(tree, lexicon, sentence, found));
    }
    more.retain(|one| !found.iter().any(|said| said.cue == one.cue));
    found.extend(more);
}

/// The half of a sentence that has no verb of its own.
struct Half {
    comma: usize,
    source: Span<Tok>,
    from: usize,
    number: usize,
    end: usize,
}

/// ", the mayor of up to 20,000" behind a clause that gives a number.
fn second_half(tree: &Tree, lexicon: &Lexicon, said: &Said) -> Option<Half> {
    let sentence = tree.sentence_tokens(said.cue.start);
    let verb =
        tree.token(said.cue_head).upos == Upos::Verb && said.source.iter().any(|piece| piece.end <= said.cue.start);
    let first =
        said.content.iter().find(|piece| piece.start >= said.cue.end && sentence.covers(piece)).filter(|_| verb)?;
    let number = (first.start..first.end).any(|at| tree.token(at).upos == Upos::Num);
    let link = tree.lower(said.cue.end);
    let preposition = (tree.token(said.cue.end).upos == Upos::Adp).then_some(link);
    let commas = (said.cue.end..sentence.end).filter(|&at| matches!(tree.analysis.form(at), "," | ";"));
    commas.filter(|_| number).find_map(|comma| half_behind(tree, lexicon, comma, preposition.as_deref(), sentence.end))
}

fn half_behind(tree: &Tree, lexicon: &Lexicon, comma: usize, preposition: Option<&str>, end: usize) -> Option<Half> {
    let joins = |at: usize| matches!(tree.lower(at).as_str(), "and" | "but" | "while" | "whereas");
    let start = (comma + 1..end).find(|&at| !joins(at))?;
    let (source, head) = chunk::phrase_at(tree, start)?;
    let named = can_speak(tree, lexicon, head) && tree.token(head).upos != Upos::Pron && source.end < end;
    let mut from = source.end;
    if from < end && tree.analysis.form(from) == "," {
        from += 1;
    }
    let same = match preposition {
        Some(word) => from < end && tree.lower(from) == word,
        None => true,
    };
    let skip = from + usize::from(preposition.is_some());
    let number = number_at(tree, skip.min(end), end).filter(|_| named && same)?;
    let close = (number + 1..end).find(|&at| matches!(tree.analysis.form(at), "," | ";" | ".")).unwrap_or(end);
    let verbless =
        (start..close).all(|at| !matches!(tree.token(at).upos, Upos::Verb | Upos::Aux) || tree.relation(at) == "amod");
    (verbless && close <= number + 6).then_some(Half { comma, source, from, number, end: close })
}

/// "So has Spain.", "Nor does the ministry.": said of the same as the sentence before, in which somebody speaks.
fn likewise(tree: &Tree, lexicon: &Lexicon, sentence: usize, found: &[Said]) -> Option<Said> {
    let (before, here) = (&tree.analysis.sentences[sentence - 1], &tree.analysis.sentences[sentence]);
    let start = here.tokens.start;
    let opens = here.tokens.len() > 2
        && matches!(tree.lower(start).as_str(), "so" | "neither" | "nor")
        && tree.token(start + 1).upos == Upos::Aux
        && before.paragraph == here.paragraph;
    let (source, head) = if opens { chunk::phrase_at(tree, start + 2) } else { None }?;
    let closes = source.end >= here.tokens.end || matches!(tree.analysis.form(source.end), "." | "," | ";");
    let told = found.iter().find(|said| before.tokens.contains(said.cue_head) && tree.head(said.cue_head).is_none())?;
    let root = here.tokens.range().find(|&at| tree.head(at).is_none())?;
    let class = if told.class == CueClass::Plan { CueClass::Say } else { told.class };
    (closes && can_speak(tree, lexicon, head)).then(|| Said {
        cue_head: root,
        content: Vec::new(),
        class,
        ..plain(start + 1, source, here.tokens)
    })
}
