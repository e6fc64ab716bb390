//! Reporting verbs: "X said that …", "…, X said", "it was reported that …", "X is said to …".
//!
//! In: a `Tree`. Out: `Said`s found by rule.

use sourceline_model::{AttributionKind, Span, Tok, Upos};

use super::statements::{answers_back, any_verb, played_down, puts_at, report_has, rests_on, what_one_says};
use super::{Found, Said};
use crate::chunk;
use crate::lexicon::{Cue, CueClass, Lexicon};
use crate::tree::Tree;

/// Finds every verb that reports.
pub fn verb_cues(tree: &Tree, lexicon: &Lexicon) -> Vec<Said> {
    let mut found = Vec::new();
    for at in 0..tree.analysis.tokens.len() {
        if tree.token(at).upos != Upos::Verb {
            continue;
        }
        let figure = matches!(tree.lower(at).as_str(), "put" | "puts").then(|| puts_at(tree, at)).flatten();
        if figure.is_some() {
            found.extend(figure);
            continue;
        }
        if let Some(said) = played_down(tree, at).or_else(|| answers_back(tree, at)).or_else(|| what_one_says(tree, at))
        {
            found.push(said);
            continue;
        }
        match lexicon.verb(&tree.lemma(at)) {
            Some(cue) => found.extend(read_verb(tree, lexicon, at, cue)),
            None => found.extend(
                report_has(tree, lexicon, at).or_else(|| rests_on(tree, at)).or_else(|| any_verb(tree, lexicon, at)),
            ),
        }
    }
    found
}

fn read_verb(tree: &Tree, lexicon: &Lexicon, at: usize, cue: Cue) -> Option<Said> {
    // "talks planned for October": a past participle behind a noun is passive.
    let reduced = tree.token(at).deprel == "acl" && tree.token(at).feat("Tense") == Some("Past");
    let passive = tree.is_passive(at) || reduced;
    // "the figures add to the confusion"
    if tree.lemma(at) == "add" && at + 1 < tree.analysis.tokens.len() && tree.lower(at + 1) == "to" {
        return None;
    }
    if let Some((content, source)) = super::words::behind_the_verb(tree, lexicon, at) {
        return Some(plain(at, source, content));
    }
    if let Some(found) = quoted_by_words(tree, at) {
        return Some(found);
    }
    let ends = at + 1 >= tree.sentence_tokens(at).end || tree.token(at + 1).upos == Upos::Punct;
    if let Some((content, source)) =
        at_the_end(tree, at).filter(|_| (cue.strong || ends) && cue.class == CueClass::Say && !passive)
    {
        return Some(plain(at, source, content));
    }
    // "…, the court in the port has established": any other verb that reports, where it closes the sentence.
    let tells = !matches!(cue.class, CueClass::Say | CueClass::Plan | CueClass::Ask | CueClass::Hope | CueClass::Deny);
    let start = auxiliaries_before(tree, at);
    if let Some((content, source)) = at_the_end(tree, start).filter(|_| ends && tells && !passive) {
        return Some(Said { class: cue.class, ..plain(at, source, content) });
    }
    let content = contents(tree, at, cue, passive);
    let mut source = source(tree, at, passive)
        .or_else(|| (!passive).then(|| subject_by_words(tree, lexicon, at, at, cue, 0)).flatten());
    if content.is_empty() {
        return None;
    }
    let reports = matches!(
        cue.class,
        CueClass::Say | CueClass::Claim | CueClass::Believe | CueClass::Find | CueClass::Reveal | CueClass::Predict
    );
    let impersonal = source.is_none() && reports && is_impersonal(tree, at, passive);
    if source.is_none() && !impersonal {
        return None;
    }
    // A source inside the content is a misread subject.
    if source.is_some_and(|piece| content.iter().any(|other| other.overlaps(&piece))) {
        source = None;
    }
    Some(Said {
        cue: Span::new(at, at + 1),
        cue_head: at,
        class: cue.class,
        source: source.into_iter().collect(),
        content,
        reach: Vec::new(),
        found: Found::Rule,
        kind: AttributionKind::Indirect,
        within: None,
    })
}

/// The first of the auxiliaries and adverbs right before a verb.
fn auxiliaries_before(tree: &Tree, at: usize) -> usize {
    let first = tree.sentence_tokens(at).start;
    let own = |word: usize| matches!(tree.token(word).upos, Upos::Aux | Upos::Adv);
    (first..at).rev().take_while(|&word| own(word)).last().unwrap_or(at)
}

/// "A has doubled, members of the house said after a briefing": what stands before the last comma is said by the phrase between it and the verb,
/// whatever the tree makes of them. Content, source.
pub fn at_the_end(tree: &Tree, at: usize) -> Option<(Span<Tok>, Span<Tok>)> {
    let sentence = tree.sentence_tokens(at);
    let closed = at > sentence.start + 2 && tree.analysis.form(at - 1) == ",";
    let last = if closed { super::tidy::phrase_before(tree, at)?.start } else { at };
    let comma = (sentence.start..last).rev().find(|&token| tree.analysis.form(token) == ",")?;
    // "A, says Berg; B, says the navy": what stands before a semicolon is another's.
    let opening = (sentence.start..comma)
        .rev()
        .find(|&token| tree.analysis.form(token) == ";")
        .map_or(sentence.start, |at| at + 1);
    let (content, source) = (Span::new(opening, comma), Span::new(comma + 1, if closed { at - 1 } else { at }));
    let alone = source.len() == 1;
    let speaks_alone = |token: usize| alone && matches!(tree.lower(token).as_str(), "he" | "she" | "they" | "it");
    let nominal = |token: usize| {
        let hyphened = tree.analysis.form(token - 1) == "-";
        match tree.token(token).upos {
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Num | Upos::Part => true,
            Upos::Adp => {
                matches!(tree.lower(token).as_str(), "of" | "for" | "at" | "in" | "from" | "by" | "with" | "near")
            }
            Upos::Cconj => tree.lower(token) == "and",
            Upos::Pron => tree.token(token).deprel == "nmod:poss" || speaks_alone(token),
            Upos::Punct => {
                matches!(tree.analysis.form(token), "-" | "(" | ")") || closed && tree.analysis.form(token) == ","
            }
            _ => hyphened,
        }
    };
    let named = source.range().all(nominal)
        && source
            .range()
            .any(|token| matches!(tree.token(token).upos, Upos::Noun | Upos::Propn) || speaks_alone(token))
        && !matches!(tree.token(source.start).upos, Upos::Adp | Upos::Part)
        && !chunk::is_day(&tree.lower(source.end - 1));
    let finite = |token: usize| {
        matches!(tree.token(token).upos, Upos::Verb | Upos::Aux) && tree.token(token).feat("VerbForm") == Some("Fin")
    };
    let speaks_on = tree.children(at).iter().any(|&child| {
        child > at
            && matches!(tree.relation(child), "ccomp" | "obj" | "xcomp" | "parataxis")
            && !is_audience(tree, child)
    });
    let opened = matches!(
        tree.lower(content.start).as_str(),
        "if" | "when"
            | "while"
            | "as"
            | "although"
            | "though"
            | "after"
            | "before"
            | "because"
            | "since"
            | "asked"
            | "once"
            | "according"
    );
    let whole = content.range().any(finite) && !opened && content.len() > 3;
    // "…, and power cuts continue in the south": two speakers close the sentence.
    let several = source.range().any(|token| tree.token(token).upos == Upos::Cconj);
    let ends = (at..sentence.end)
        .find(|&token| !matches!(tree.token(token).upos, Upos::Verb | Upos::Aux | Upos::Adv))
        .is_none_or(|token| tree.token(token).upos == Upos::Punct);
    (named && whole && !speaks_on && (ends || !several)).then(|| (trim(tree, content), source))
}

/// "told journalists": to whom, not what.
fn is_audience(tree: &Tree, at: usize) -> bool {
    matches!(tree.relation(at), "obj" | "iobj")
        && matches!(tree.token(at).upos, Upos::Noun | Upos::Propn | Upos::Pron)
        && !tree.children(at).iter().any(|&child| tree.relation(child) == "acl")
}

/// "X was quoted as saying that …", "…, X were quoted as saying": read from the words.
fn quoted_by_words(tree: &Tree, at: usize) -> Option<Said> {
    let sentence = tree.sentence_tokens(at);
    let word = |offset: usize| if at + offset < sentence.end { tree.lower(at + offset) } else { String::new() };
    let passive = at > sentence.start && matches!(tree.lower(at - 1).as_str(), "was" | "were" | "been" | "is" | "are");
    if !matches!(word(0).as_str(), "quoted" | "cited") || word(1) != "as" || !passive {
        return None;
    }
    let head = chunk::head_before(tree, at)?;
    let source = tree.core_phrase(head);
    let after = trim(tree, Span::new((at + 3).min(sentence.end), sentence.end));
    let before = trim(tree, Span::new(sentence.start, source.start.max(sentence.start)));
    let content = if after.len() > 2 { after } else { before };
    (content.len() > 2).then(|| plain(at, source, content))
}

/// What somebody says indirectly, seen by a rule.
pub(super) fn plain(at: usize, source: Span<Tok>, content: Span<Tok>) -> Said {
    Said {
        cue: Span::new(at, at + 1),
        cue_head: at,
        class: CueClass::Say,
        source: vec![source],
        content: vec![content],
        reach: Vec::new(),
        found: Found::Rule,
        kind: AttributionKind::Indirect,
        within: None,
    }
}

/// The phrase of the one who says it.
pub(super) fn source(tree: &Tree, at: usize, passive: bool) -> Option<Span<Tok>> {
    if passive {
        let agent =
            tree.children(at).iter().copied().find(|&child| tree.relation(child) == "obl" && tree.case(child) == "by");
        // "Diplomats were quoted as saying": the subject speaks.
        return agent.map(|agent| phrase(tree, agent)).or_else(|| quoted_as_saying(tree, at));
    }
    let subject = tree.subject(at)?;
    if is_expletive(tree, subject) {
        return None;
    }
    if matches!(tree.lower(subject).as_str(), "who" | "which" | "that") && tree.token(subject).upos == Upos::Pron {
        let noun = tree.head(at).filter(|_| tree.relation(at) == "acl")?;
        let named = |&name: &usize| tree.relation(noun) == "appos" && tree.token(name).upos == Upos::Propn;
        let antecedent = tree.head(noun).filter(named).unwrap_or(noun);
        return Some(tree.core_phrase(antecedent));
    }
    Some(phrase(tree, subject))
}

/// The noun right before a verb that only reports, for trees that lost its subject. `start` is the first word of the cue.
pub fn subject_by_words(
    tree: &Tree,
    lexicon: &Lexicon,
    start: usize,
    at: usize,
    cue: Cue,
    body: usize,
) -> Option<Span<Tok>> {
    let finite = tree.token(at).feat("VerbForm") != Some("Part") && !tree.lower(at).ends_with("ing");
    if !cue.strong || !finite {
        return None;
    }
    if let Some(head) = chunk::head_before(tree, start).filter(|&head| !is_expletive(tree, head) && head >= body) {
        let speaks = tree.token(head).upos != Upos::Noun
            || lexicon.role(&tree.lemma(head)).is_some()
            || lexicon.media(&tree.lemma(head)).is_some();
        if !speaks {
            return None;
        }
        let day = tree.token(head).upos == Upos::Propn && chunk::is_day(&tree.lower(head));
        return if day { first_phrase(tree, at, body) } else { Some(tree.core_phrase(head)) };
    }
    // "…, says the institute": the subject follows.
    let sentence = tree.sentence_tokens(at);
    let opening = chunk::phrase_at(tree, sentence.start.max(body)).map(|(phrase, _)| phrase);
    // "X, whose report came out, attributes": the subject opens the sentence.
    let relative = opening.filter(|phrase| {
        phrase.end + 1 < start
            && tree.analysis.form(phrase.end) == ","
            && matches!(
                tree.lower(phrase.end + 1).as_str(),
                "who" | "whose" | "which" | "a" | "an" | "the" | "not" | "speaking" | "taking"
            )
    });
    if relative.is_some() {
        return relative;
    }
    let says =
        matches!(cue.class, CueClass::Say | CueClass::Reveal | CueClass::Claim) && tree.own_subject(at).is_none();
    let after_content = says && start > 0 && matches!(tree.analysis.form(start - 1), "," | "”" | "\"");
    let (phrase, head) = chunk::phrase_at(tree, at + 1).filter(|_| after_content)?;
    // "announced minutes later": a time speaks no words.
    let time = is_time(&tree.lower(head)) || chunk::is_day(&tree.lower(head));
    (!time).then_some(phrase)
}

/// Whether a word counts time.
pub fn is_time(word: &str) -> bool {
    matches!(
        word,
        "minutes"
            | "hours"
            | "days"
            | "weeks"
            | "months"
            | "years"
            | "moments"
            | "seconds"
            | "shortly"
            | "minute"
            | "hour"
            | "day"
            | "week"
            | "month"
            | "year"
    )
}

/// "The minister on Friday said": the phrase that opens the sentence.
fn first_phrase(tree: &Tree, at: usize, body: usize) -> Option<Span<Tok>> {
    let start = tree.sentence_tokens(at).start.max(body);
    chunk::phrase_at(tree, start).map(|(phrase, _)| phrase).filter(|phrase| phrase.end < at)
}

/// The subject of "were quoted as saying …".
fn quoted_as_saying(tree: &Tree, at: usize) -> Option<Span<Tok>> {
    let quotes = matches!(tree.lemma(at).as_str(), "quote" | "cite");
    let subject = tree.own_subject(at).filter(|_| quotes)?;
    Some(phrase(tree, subject))
}

/// A noun phrase without the preposition in front of it.
pub fn phrase(tree: &Tree, head: usize) -> Span<Tok> {
    let extent = tree.extent(head);
    let case_end = tree
        .children(head)
        .iter()
        .copied()
        .filter(|&child| tree.relation(child) == "case" && child < head)
        .map(|child| tree.extent(child).end)
        .max();
    let mut end = extent.end;
    while end > extent.start + 1
        && tree.token(end - 1).upos == Upos::Punct
        && !matches!(tree.analysis.form(end - 1), "”" | "\"" | ")" | "’" | "'")
    {
        end -= 1;
    }
    Span::new(case_end.unwrap_or(extent.start).min(head), end.max(head + 1))
}

fn is_expletive(tree: &Tree, subject: usize) -> bool {
    tree.token(subject).relation() == "expl" || (tree.lower(subject) == "it" && tree.token(subject).deprel == "expl")
}

/// "It was reported that", "is said to have", "reportedly": nobody is named, but something is said.
fn is_impersonal(tree: &Tree, at: usize, passive: bool) -> bool {
    passive && (has_clause(tree, at) || tree.children_by(at, "xcomp").next().is_some())
}

fn has_clause(tree: &Tree, at: usize) -> bool {
    tree.children(at).iter().any(|&child| matches!(tree.relation(child), "ccomp" | "csubj"))
}

/// What is said.
fn contents(tree: &Tree, at: usize, cue: Cue, passive: bool) -> Vec<Span<Tok>> {
    let clauses: Vec<Span<Tok>> = tree
        .children_by(at, "ccomp")
        .filter(|&child| cue.strong || tree.own_subject(child).is_some() || has_mark(tree, child))
        .map(|child| trim(tree, tree.extent(child)))
        .collect();
    if !clauses.is_empty() {
        return clauses;
    }
    if passive {
        return raised(tree, at);
    }
    if let Some(pieces) = parenthetical(tree, at).filter(|_| cue.strong) {
        return pieces;
    }
    if tree.relation(at) == "parataxis"
        && tree.own_subject(at).is_some()
        && cue.class != CueClass::Describe
        && let Some(host) = tree.head(at)
    {
        return around(tree, host, at);
    }
    if let Some(said) =
        tree.children(at).iter().copied().find(|&child| tree.relation(child) == "parataxis" && tree.is_predicate(child))
        && cue.strong
    {
        return vec![trim(tree, tree.extent(said))];
    }
    objects(tree, at, cue)
}

/// "A, one official reasoned, B": source and verb between commas; what stands around them is said.
fn parenthetical(tree: &Tree, at: usize) -> Option<Vec<Span<Tok>>> {
    let sentence = tree.sentence_tokens(at);
    let closes = at + 1 < sentence.end && matches!(tree.analysis.form(at + 1), "," | "." | ";");
    let head = chunk::head_before(tree, at).filter(|_| closes)?;
    let start = tree.core_phrase(head).start;
    let opens = start > sentence.start + 1 && tree.analysis.form(start - 1) == ",";
    let edge = |token: usize| matches!(tree.analysis.form(token), ";" | ":");
    let from = (sentence.start..start).rev().find(|&token| edge(token)).map_or(sentence.start, |token| token + 1);
    let to = (at + 1..sentence.end).find(|&token| edge(token)).unwrap_or(sentence.end);
    let pieces: Vec<Span<Tok>> = [(from, start), (at + 1, to)]
        .into_iter()
        .map(|(start, end)| trim(tree, Span::new(start.min(end), end)))
        .filter(|piece| !piece.is_empty())
        .collect();
    let verb =
        pieces.iter().any(|piece| piece.range().any(|token| matches!(tree.token(token).upos, Upos::Verb | Upos::Aux)));
    let credited = tree.lower(from) == "according";
    (opens && verb && !credited).then_some(pieces)
}

fn has_mark(tree: &Tree, at: usize) -> bool {
    tree.children_by(at, "mark").any(|mark| matches!(tree.lower(mark).as_str(), "that" | "whether" | "if"))
}

/// "X is said to have gone": all of the clause but the cue.
fn raised(tree: &Tree, at: usize) -> Vec<Span<Tok>> {
    let Some(complement) = tree.children_by(at, "xcomp").next() else { return Vec::new() };
    let quoted = matches!(tree.lemma(at).as_str(), "quote" | "cite");
    let inner = tree.extent(complement);
    match tree.own_subject(at).filter(|_| !quoted) {
        Some(subject) => vec![trim(tree, tree.extent(subject)), trim(tree, inner)],
        None => vec![trim(tree, inner)],
    }
}

/// The clause of `host` without the reporting clause `cue` in or after it.
fn around(tree: &Tree, host: usize, cue: usize) -> Vec<Span<Tok>> {
    let (all, gap) = (tree.extent(host), tree.extent(cue));
    let mut pieces = Vec::new();
    for piece in [(all.start, gap.start.max(all.start)), (gap.end.min(all.end), all.end)] {
        let piece = trim(tree, Span::new(piece.0, piece.1.max(piece.0)));
        if piece.len() > 1 {
            pieces.push(piece);
        }
    }
    pieces
}

/// Content that is no clause: "denied the report", "described it as a failure", "urged him to go", "spoke of ten flights".
fn objects(tree: &Tree, at: usize, cue: Cue) -> Vec<Span<Tok>> {
    let find =
        |wanted: &[&str]| tree.children(at).iter().copied().find(|&child| wanted.contains(&tree.relation(child)));
    let join = |a: Option<usize>, b: Option<usize>| -> Vec<Span<Tok>> {
        [a, b]
            .into_iter()
            .flatten()
            .map(|child| trim(tree, tree.extent(child)))
            .filter(|piece| !piece.is_empty())
            .collect()
    };
    let about = || {
        tree.children_by(at, "obl").find(|&child| {
            matches!(tree.case(child).as_str(), "of" | "about" | "as" | "for" | "on" | "against" | "upon")
        })
    };
    match cue.class {
        CueClass::Describe => {
            let predicate = find(&["xcomp"])
                .or_else(|| tree.children_by(at, "obl").find(|&child| tree.case(child) == "as"))
                .or_else(|| advcl_as(tree, at));
            let told = find(&["obj"])
                .filter(|&object| predicate.is_some() || tree.children_by(object, "acl").next().is_some());
            join(told, predicate)
        }
        CueClass::Deny => {
            let extra = find(&["xcomp"]);
            join(find(&["obj"]), extra)
        }
        CueClass::Ask | CueClass::Plan | CueClass::Hope => match find(&["xcomp"]) {
            Some(complement) => join(find(&["obj"]), Some(complement)),
            None if cue.class == CueClass::Ask && cue.strong => join(find(&["obj"]), None),
            None if cue.class == CueClass::Ask || cue.class == CueClass::Hope => join(about(), None),
            None => Vec::new(),
        },
        CueClass::Predict | CueClass::Fear | CueClass::Warn => join(find(&["obj"]).or_else(about), find(&["xcomp"])),
        CueClass::Claim if cue.strong => join(find(&["obj"]).or_else(about), find(&["xcomp"])),
        CueClass::Say if matches!(tree.lemma(at).as_str(), "speak" | "talk" | "tell" | "quote") => {
            join(about(), find(&["xcomp"]))
        }
        CueClass::Say | CueClass::Reveal | CueClass::Find if cue.strong => join(find(&["obj"]), None),
        CueClass::Say
            if matches!(tree.lemma(at).as_str(), "voice" | "express" | "suggest" | "indicate" | "cite" | "discuss") =>
        {
            join(find(&["obj"]), None)
        }
        _ => Vec::new(),
    }
}

fn advcl_as(tree: &Tree, at: usize) -> Option<usize> {
    tree.children_by(at, "advcl").find(|&child| tree.children_by(child, "mark").any(|mark| tree.lower(mark) == "as"))
}

/// A span without punctuation at its edges, quotation marks kept.
pub fn trim(tree: &Tree, span: Span<Tok>) -> Span<Tok> {
    let loose = |at: usize| matches!(tree.analysis.form(at), "," | ";" | ":" | "." | "—" | "–" | "-" | "--");
    let (mut start, mut end) = (span.start, span.end);
    while start < end && loose(start) {
        start += 1;
    }
    while end > start && loose(end - 1) {
        end -= 1;
    }
    Span::new(start, end)
}
