//! Who speaks in an interview, a press conference or a debate that is printed word by word: "LAHLOU: We have moved …", "Q: …", "A: …".
//!
//! In: a `Tree` and the attributions found so far. Out: the same, with one attribution for each labelled paragraph whose speaker is known and who is
//! not the outlet's own interviewer. Texts with fewer than two labels that take turns are left alone.

use std::collections::HashMap;

use sourceline_model::{EntityKind, Span, Tok, Upos};

use super::quotes::SPEECH;
use super::verbs::plain;
use super::{Found, Said};
use crate::lexicon::Lexicon;
use crate::tree::Tree;

/// Longest label, in tokens.
const LONGEST: usize = 7;
/// Longest label in capitals that is not known to be a name.
const LONGEST_SURNAME: usize = 3;
/// Fewest tokens behind a label.
const SHORTEST: usize = 3;
/// Labels of those who ask.
const ASKERS: [&str; 12] = [
    "q",
    "question",
    "reporter",
    "interviewer",
    "moderator",
    "host",
    "presenter",
    "anchor",
    "journalist",
    "correspondent",
    "audience",
    "questioner",
];
/// Labels of the one who answers.
const ANSWERERS: [&str; 3] = ["a", "answer", "interviewee"];

/// A labelled paragraph.
struct Turn {
    paragraph: usize,
    label: Span<Tok>,
    colon: usize,
    /// To the end of what is said: the paragraph, and those without a label up to the next one.
    end: usize,
}

/// Gives labelled paragraphs to their speakers. Returns the colons of the outlet's own turns.
pub fn read_labels(tree: &Tree, found: &mut Vec<Said>) -> Vec<usize> {
    let turns = turns(tree);
    let distinct = |turn: &Turn| tree.text(turn.label).to_lowercase();
    let taking_turns = turns.windows(2).any(|pair| distinct(&pair[0]) != distinct(&pair[1]));
    if turns.len() < 2 || !taking_turns {
        return Vec::new();
    }
    let mut own = Vec::new();
    let outlet = tree.analysis.document.outlet.as_ref().map(|outlet| outlet.name.to_lowercase());
    let presenter = presenter(tree, &turns);
    for turn in &turns {
        let label = distinct(turn);
        let whole: Span<Tok> = Span::new(turn.label.start, turn.end);
        // What an encoder that knows no labels makes of a turn as a whole is wrong; what it finds inside stays.
        found.retain(|said| {
            let outer = said.cue.start < turn.colon + 1
                || said.source.is_empty() && said.content.iter().any(|piece| piece.contains(turn.colon));
            !(outer && whole.contains(said.cue.start))
        });
        for said in found.iter_mut() {
            said.content.retain(|piece| !piece.contains(turn.colon) || whole.contains(said.cue.start));
        }
        let asks = ASKERS.contains(&label.as_str())
            || presenter.as_deref() == Some(surname(&label))
            || is_own_staff(tree, turn.label)
            || outlet.as_ref().is_some_and(|outlet| is_outlet(outlet, &label));
        if asks {
            own.push(turn.colon);
        }
        let source = match () {
            () if asks => None,
            () if ANSWERERS.contains(&label.as_str()) => interviewee(tree, turns[0].label.start),
            () => Some(turn.label),
        };
        let content = Span::new(turn.colon + 1, turn.end);
        if let Some(source) = source.filter(|_| !content.is_empty()) {
            // The label itself is part of the turn, for a sentence whose tree begins with it.
            let reach = if source == turn.label { Vec::new() } else { vec![Span::new(turn.label.start, turn.colon)] };
            found.push(Said { found: Found::Label, reach, ..plain(turn.colon, source, content) });
        }
    }
    found.retain(|said| !(said.source.is_empty() && said.content.is_empty()));
    own
}

fn surname(label: &str) -> &str {
    label.rsplit(' ').next().unwrap_or(label)
}

/// Who opens a conversation and alone asks in it, called by a name: the outlet's own presenter.
fn presenter(tree: &Tree, turns: &[Turn]) -> Option<String> {
    let who = |turn: &Turn| surname(&tree.text(turn.label).to_lowercase()).to_owned();
    let asks = |turn: &&Turn| tree.analysis.form(turn.end - 1) == "?";
    let first = who(turns.first()?);
    let own = turns.iter().filter(|turn| who(turn) == first);
    let (all, asking) = own.fold((0, 0), |(all, asking), turn| (all + 1, asking + usize::from(asks(&turn))));
    let others = turns.iter().filter(|turn| who(turn) != first).any(|turn| asks(&turn));
    (all > 1 && asking * 2 >= all && !others).then_some(first)
}

/// "Our Moscow correspondent Ingrid Aas", "our reporter is Paul Gruber": the outlet's own people speak for it.
fn is_own_staff(tree: &Tree, label: Span<Tok>) -> bool {
    let last = tree.lower(label.end - 1);
    let names = tree.analysis.names.iter().filter(|name| {
        name.kind == EntityKind::Person && tree.lower(name.tokens.end - 1) == last && name.tokens.end <= label.start
    });
    names.into_iter().any(|name| {
        let first = tree.sentence_tokens(name.tokens.start).start.max(name.tokens.start.saturating_sub(9));
        let staff = |at: usize| {
            matches!(
                tree.lemma(at).as_str(),
                "correspondent" | "reporter" | "editor" | "colleague" | "journalist" | "producer"
            )
        };
        let our = (first..name.tokens.start).find(|&at| tree.lower(at) == "our");
        our.is_some_and(|our| (our + 1..(our + 4).min(name.tokens.start)).any(staff))
    })
}

/// Gives single sentences to the speaker that stands before a colon: "Governor Malkov: fire put out", "Harbour channel: …", "Norland Steel: “No one was hurt”".
pub fn read_openers(tree: &Tree, lexicon: &Lexicon, quotes: &[Span<Tok>], own: &[usize], found: &mut Vec<Said>) {
    for sentence in &tree.analysis.sentences {
        let tokens = sentence.tokens;
        let Some((label, colon)) = label(tree, tokens) else { continue };
        let content = Span::new(colon + 1, tokens.end);
        let quoted = quotes.iter().any(|quote| quote.start == colon + 1 && quote.len() >= SPEECH);
        let known = own.contains(&colon)
            || found.iter().any(|said| said.found == Found::Label && said.cue_head == colon || said.says(colon));
        let own_cue = found.iter().any(|said| label.contains(said.cue_head) && !said.source.is_empty());
        if known || own_cue || content.len() < SHORTEST || !(quoted || speaks_by_itself(tree, lexicon, label)) {
            continue;
        }
        found.retain(|said| said.cue_head != colon && !said.source.iter().any(|piece| piece.start == colon + 1));
        found.push(Said { found: Found::Label, ..plain(colon, label, content) });
    }
}

/// Whether a label is a person's name, with titles or without, or ends with a word for a medium.
fn speaks_by_itself(tree: &Tree, lexicon: &Lexicon, label: Span<Tok>) -> bool {
    let person = tree
        .analysis
        .names
        .iter()
        .any(|name| name.kind == EntityKind::Person && name.tokens.end == label.end && label.covers(&name.tokens));
    person || lexicon.media(&tree.lemma(label.end - 1)).is_some()
}

/// "RADIO HARBOUR", "HARBOUR": the outlet's own voice.
fn is_outlet(outlet: &str, label: &str) -> bool {
    outlet == label
        || outlet.strip_prefix("the ").unwrap_or(outlet) == label
        || outlet.split_whitespace().any(|word| word == label && word.len() > 3)
}

fn turns(tree: &Tree) -> Vec<Turn> {
    let analysis = tree.analysis;
    let mut turns: Vec<Turn> = Vec::new();
    let mut maybe: Vec<Turn> = Vec::new();
    for sentences in analysis.sentences.chunk_by(|one, next| one.paragraph == next.paragraph) {
        let (first, last) = (&sentences[0], &sentences[sentences.len() - 1]);
        let (paragraph, end) = (first.paragraph, last.tokens.end);
        let whole = Span::new(first.tokens.start, end);
        if let Some((label, colon)) = label(tree, whole) {
            turns.push(Turn { paragraph, label, colon, end });
        } else if let Some((label, colon)) = in_capitals(tree, whole) {
            maybe.push(Turn { paragraph, label, colon, end });
        }
    }
    // A surname in capitals is a label where the text names its bearer or where it stands again and again.
    let text = |turn: &Turn| tree.text(turn.label);
    let bearer = |turn: &Turn| {
        let last = tree.lower(turn.label.end - 1);
        let mut names =
            analysis.names.iter().filter(|name| name.kind == EntityKind::Person && name.tokens.end <= turn.label.start);
        names.any(|name| tree.lower(name.tokens.end - 1) == last)
    };
    let mut times: HashMap<&str, usize> = HashMap::new();
    maybe.iter().for_each(|turn| *times.entry(text(turn)).or_default() += 1);
    turns.extend(maybe.into_iter().filter(|turn| times[text(turn)] > 1 || bearer(turn)));
    turns.sort_by_key(|turn| turn.paragraph);
    for at in 1..turns.len() {
        let (before, here) = turns.split_at_mut(at);
        let last = &mut before[at - 1];
        if here[0].paragraph > last.paragraph {
            last.end = here[0].label.start;
        }
    }
    turns
}

/// The words before the colon near the start of a stretch, and the colon, where more follows it.
fn before_colon(tree: &Tree, stretch: Span<Tok>, longest: usize) -> Option<(Span<Tok>, usize)> {
    let near = stretch.start..(stretch.start + longest + 1).min(stretch.end);
    let colon = near.into_iter().find(|&at| tree.analysis.form(at) == ":")?;
    (colon > stretch.start && colon + 1 < stretch.end).then(|| (Span::new(stretch.start, colon), colon))
}

/// The label at the start of a paragraph, and its colon.
fn label(tree: &Tree, paragraph: Span<Tok>) -> Option<(Span<Tok>, usize)> {
    let (label, colon) = before_colon(tree, paragraph, LONGEST)?;
    let lower = tree.text(label).to_lowercase();
    let role = ASKERS.contains(&lower.as_str()) || ANSWERERS.contains(&lower.as_str());
    (role || names_speaker(tree, label)).then_some((label, colon))
}

/// A label in capitals that is not known to be a name.
fn in_capitals(tree: &Tree, paragraph: Span<Tok>) -> Option<(Span<Tok>, usize)> {
    let (label, colon) = before_colon(tree, paragraph, LONGEST_SURNAME)?;
    let letters = || label.range().flat_map(|at| tree.analysis.form(at).chars()).filter(|c| c.is_alphabetic());
    let words = label
        .range()
        .all(|at| tree.analysis.form(at).chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’')));
    let fits = words && letters().count() >= 3 && letters().all(char::is_uppercase);
    fits.then_some((label, colon))
}

/// Whether a label is a name: in capitals, or with a name of somebody who can speak, and nothing else but titles.
fn names_speaker(tree: &Tree, label: Span<Tok>) -> bool {
    let form = |at: usize| tree.analysis.form(at);
    let letters = |at: usize| form(at).chars().filter(|c| c.is_alphabetic());
    let capitals =
        label.range().all(|at| letters(at).all(char::is_uppercase)) && label.range().flat_map(letters).count() >= 3;
    let speaks = |kind: EntityKind| matches!(kind, EntityKind::Person | EntityKind::Organization | EntityKind::Group);
    let named = tree.analysis.names.iter().any(|name| speaks(name.kind) && label.overlaps(&name.tokens));
    let nominal = label.range().all(|at| {
        let token = tree.token(at);
        matches!(token.upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::X | Upos::Adp | Upos::Det | Upos::Punct)
            && !matches!(form(at), "," | ";" | "-" | "—" | "–" | "\"" | "“" | "!" | "?")
    });
    let starts = letters(label.start).next().is_some_and(char::is_uppercase);
    starts && named && (nominal || capitals)
}

/// The person named before the first question: whoever is interviewed.
fn interviewee(tree: &Tree, before: usize) -> Option<Span<Tok>> {
    let names = tree.analysis.names.iter().map(|name| (name.kind, name.tokens));
    let persons = names.filter(|(kind, tokens)| *kind == EntityKind::Person && tokens.end <= before);
    // The first of the longest names.
    persons.map(|(_, tokens)| tokens).rev().max_by_key(Span::len)
}
