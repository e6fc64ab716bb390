//! Reporting clauses read from the order of the words, for sentences in which neither the encoder nor the tree shows one.
//!
//! In: a `Tree` and the attributions found so far. Out: more `Said`s: "…, two people close to him told the channel", "…, say officials in
//! Delhi", "the monitor said that …". Only verbs that do nothing but report; a sentence that has an attribution with a content is left alone.

use sourceline_model::{Span, Tok, Upos};

use super::Said;
use super::verbs::{plain, trim};
use crate::chunk;
use crate::lexicon::{CueClass, Lexicon};
use crate::tree::Tree;

/// Longest source phrase, in tokens.
const LONGEST_SOURCE: usize = 14;
/// Fewest tokens of a content.
const SHORTEST_CONTENT: usize = 4;

/// Forms of verbs that only report, in the tenses of news.
const FORMS: [&str; 34] = [
    "said",
    "says",
    "say",
    "told",
    "tells",
    "reported",
    "reports",
    "report",
    "wrote",
    "writes",
    "write",
    "added",
    "adds",
    "noted",
    "notes",
    "stated",
    "states",
    "claimed",
    "claims",
    "warned",
    "warns",
    "confirmed",
    "announced",
    "insisted",
    "insists",
    "argued",
    "argues",
    "predicted",
    "predicts",
    "acknowledged",
    "conceded",
    "revealed",
    "recalled",
    "explained",
];

/// Finds reporting clauses by the words alone.
pub fn word_cues(tree: &Tree, lexicon: &Lexicon, body: usize, found: &[Said]) -> Vec<Said> {
    let mut more = Vec::new();
    for sentence in &tree.analysis.sentences {
        let tokens = Span::new(sentence.tokens.start.max(body), sentence.tokens.end.max(body));
        let covered = found.iter().any(|said| tokens.contains(said.cue.start) && !said.content.is_empty());
        if tokens.len() > SHORTEST_CONTENT && !covered {
            more.extend(in_sentence(tree, lexicon, tokens));
        }
    }
    more
}

/// "The timetable is too tight, finds the architect Nora Holm": any verb of the lexicon behind a finished clause and a comma, and behind the verb a
/// phrase that can speak and closes the sentence. Content, source.
pub(super) fn behind_the_verb(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<(Span<Tok>, Span<Tok>)> {
    let sentence = tree.sentence_tokens(at);
    let reports = lexicon
        .verb(&tree.lemma(at))
        .is_some_and(|cue| !matches!(cue.class, CueClass::Plan | CueClass::Ask | CueClass::Hope | CueClass::Deny));
    let comma = at > sentence.start + 3 && matches!(tree.analysis.form(at - 1), "," | "”" | "\"");
    let finite = tree.token(at).upos == Upos::Verb && tree.token(at).feat("VerbForm") == Some("Fin");
    if !reports || !comma || !finite {
        return None;
    }
    let (phrase, head) = chunk::phrase_at(tree, at + 1).filter(|(phrase, _)| phrase.end <= sentence.end)?;
    let mut end = phrase.end;
    // ", of Torres, Iván Rojo": what stands in apposition, and where somebody is from.
    if end < sentence.end
        && tree.token(end).upos == Upos::Adp
        && matches!(tree.lower(end).as_str(), "of" | "for" | "from" | "at" | "in")
    {
        end = chunk::phrase_at(tree, end + 1).map_or(end, |(more, _)| more.end);
    }
    if end + 1 < sentence.end && tree.analysis.form(end) == "," {
        let name = tree.analysis.names.iter().find(|name| name.tokens.start == end + 1);
        end = name.map_or(end, |name| name.tokens.end);
    }
    // ", who did not take part", ", a former judge": what is said of the speaker.
    let described = end + 1 < sentence.end
        && tree.analysis.form(end) == ","
        && matches!(
            tree.lower(end + 1).as_str(),
            "who" | "which" | "whose" | "a" | "an" | "the" | "his" | "her" | "its"
        );
    let closes = end >= sentence.end || described || matches!(tree.analysis.form(end), "." | ";");
    let time = super::verbs::is_time(&tree.lower(head)) || chunk::is_day(&tree.lower(head));
    let start = (sentence.start..at - 1)
        .rev()
        .find(|&token| tree.analysis.form(token) == ";")
        .map_or(sentence.start, |token| token + 1);
    let content = trim(tree, Span::new(start, at - 1));
    let whole = closes && !time && has_verb(tree, content) && super::speakers::can_speak(tree, lexicon, head);
    (whole && content.len() > 2).then_some((content, Span::new(at + 1, end)))
}

fn in_sentence(tree: &Tree, lexicon: &Lexicon, tokens: Span<Tok>) -> Option<Said> {
    tokens.range().rev().filter(|&at| is_cue(tree, at)).find_map(|at| {
        let class = lexicon.verb(&tree.lemma(at)).map_or(CueClass::Say, |cue| cue.class);
        let (source, content) =
            behind(tree, tokens, at).or_else(|| inverted(tree, tokens, at)).or_else(|| in_front(tree, tokens, at))?;
        (content.len() >= SHORTEST_CONTENT && has_verb(tree, content))
            .then(|| Said { class, ..plain(at, source, content) })
    })
}

/// A finite form of a verb that reports: not "to report", "was told", "the report".
fn is_cue(tree: &Tree, at: usize) -> bool {
    let lower = tree.lower(at);
    let verbal = tree.token(at).upos == Upos::Verb || matches!(lower.as_str(), "says" | "said" | "told" | "wrote");
    let before = at.checked_sub(1).map(|before| tree.token(before));
    let bound = before.is_some_and(|token| matches!(token.upos, Upos::Aux | Upos::Part | Upos::Adp | Upos::Det));
    FORMS.contains(&lower.as_str()) && verbal && !bound
}

/// "…, two people close to the family told the channel": source and verb after a comma close the sentence.
fn behind(tree: &Tree, tokens: Span<Tok>, at: usize) -> Option<(Span<Tok>, Span<Tok>)> {
    let comma = (tokens.start..at).rev().find(|&token| is_break(tree, token))?;
    let source = source_between(tree, comma + 1, at)?;
    closes(tree, tokens, at).then(|| (source, trim(tree, Span::new(tokens.start, comma))))
}

/// "…, say officials in Delhi": the source follows the verb.
fn inverted(tree: &Tree, tokens: Span<Tok>, at: usize) -> Option<(Span<Tok>, Span<Tok>)> {
    let comma = at.checked_sub(1).filter(|&token| token > tokens.start && is_break(tree, token))?;
    let (_, head) = chunk::phrase_at(tree, at + 1).filter(|(phrase, _)| phrase.end <= tokens.end)?;
    let source = Span::new(at + 1, tree.core_phrase(head).end.max(head + 1));
    Some((source, trim(tree, Span::new(tokens.start, comma))))
}

/// "The monitor said that …", "Sources told us …": source and verb open the sentence.
fn in_front(tree: &Tree, tokens: Span<Tok>, at: usize) -> Option<(Span<Tok>, Span<Tok>)> {
    let source = source_between(tree, tokens.start, at)?;
    let after = at + 1;
    let that = (after..(after + 8).min(tokens.end)).find(|&token| tree.lower(token) == "that");
    let start = that.map_or(after, |that| that + 1);
    let told = matches!(tree.lower(at).as_str(), "told" | "tells");
    (that.is_some() || !told).then(|| (source, trim(tree, Span::new(start.min(tokens.end), tokens.end))))
}

/// The words between `start` and the verb, when they are one noun phrase: an opening, no verb, no comma.
fn source_between(tree: &Tree, start: usize, verb: usize) -> Option<Span<Tok>> {
    let opens = |at: usize| {
        matches!(tree.token(at).upos, Upos::Det | Upos::Num | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Pron)
            && !matches!(tree.lower(at).as_str(), "which" | "that" | "who" | "what" | "there")
    };
    let span = Span::new(start.min(verb), verb);
    let noun = span.range().any(|at| matches!(tree.token(at).upos, Upos::Noun | Upos::Propn | Upos::Pron));
    let plain = span.range().all(|at| {
        !matches!(tree.token(at).upos, Upos::Aux | Upos::Sconj)
            && !is_break(tree, at)
            && tree.token(at).feat("VerbForm") != Some("Fin")
    });
    (!span.is_empty() && span.len() <= LONGEST_SOURCE && opens(span.start) && noun && plain).then_some(span)
}

fn is_break(tree: &Tree, at: usize) -> bool {
    matches!(tree.analysis.form(at), "," | "”" | "\"" | ";" | "—" | "–" | ":")
}

/// Whether no statement follows the verb: the sentence ends, or a day, a listener, a place, a "citing" comes.
fn closes(tree: &Tree, tokens: Span<Tok>, at: usize) -> bool {
    let rest: Span<Tok> = Span::new((at + 1).min(tokens.end), tokens.end);
    let told = matches!(tree.lower(at).as_str(), "told" | "tells");
    let next = rest.start;
    let ends = next >= tokens.end || tree.token(next).upos == Upos::Punct;
    let adjunct = || matches!(tree.token(next).upos, Upos::Adp | Upos::Adv) || chunk::is_day(&tree.lower(next));
    let clause = rest.range().any(|at| {
        tree.lower(at) == "that" && tree.token(at).upos == Upos::Sconj || tree.token(at).feat("VerbForm") == Some("Fin")
    });
    ends || (adjunct() || told) && !clause
}

fn has_verb(tree: &Tree, span: Span<Tok>) -> bool {
    span.range().any(|at| {
        matches!(tree.token(at).upos, Upos::Verb | Upos::Aux)
            && (tree.token(at).feat("VerbForm") == Some("Fin") || tree.token(at).upos == Upos::Aux)
    })
}
