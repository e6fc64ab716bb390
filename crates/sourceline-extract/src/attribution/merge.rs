//! Combines the encoder's attributions with those of the rules.
//!
//! In: both lists. Out: one list. The encoder's spans stand; rules fill what is missing in them, and add what the encoder does not
//! see: attributions inside contents, and cues of the lexicon with source and content.

use sourceline_model::{Span, Tok, Upos};

use super::quotes::SPEECH;
use super::{Found, Said};
use crate::lexicon::{Cue, CueClass, Lexicon};
use crate::tree::Tree;

/// Adds `rules` to `found`.
pub fn merge(tree: &Tree, lexicon: &Lexicon, body: usize, found: &mut Vec<Said>, rules: Vec<Said>) {
    let from_encoder = found.len();
    for said in found.iter_mut() {
        said.source.retain(|piece| piece.end > body);
    }
    for mut rule in rules {
        rule.source.retain(|piece| piece.end > body);
        match found[..from_encoder].iter().position(|said| said.cue.overlaps(&rule.cue)) {
            Some(known) => mend(&mut found[known], &rule),
            None if keeps(&rule, &found[..from_encoder]) => found.push(rule),
            None => {}
        }
    }
    let sources: Vec<(Span<Tok>, Span<Tok>)> =
        found.iter().flat_map(|said| said.source.iter().map(|piece| (said.cue, *piece))).collect();
    // "officials quoted in the report": a cue inside a source is no cue.
    found.retain(|said| !sources.iter().any(|(cue, piece)| *cue != said.cue && piece.covers(&said.cue)));
    for said in found.iter_mut() {
        source_after(tree, said);
    }
    for said in found.iter_mut() {
        inverted(tree, lexicon, said);
    }
    fill_sources(tree, lexicon, body, found);
    found.retain(|said| !(said.source.is_empty() && said.content.is_empty()));
    let cues: Vec<Span<Tok>> = found.iter().map(|said| said.cue).collect();
    for said in found.iter_mut().filter(|said| said.content.is_empty()) {
        said.reach = rest_of_clause(tree, said, &cues);
    }
}

/// What follows "according to" is its source, whatever else was linked to it.
fn source_after(tree: &Tree, said: &mut Said) {
    let adjunct = tree.lower(said.cue.start) == "according" && said.cue.end < tree.analysis.tokens.len();
    if adjunct
        && !said.source.iter().any(|piece| piece.start <= said.cue.end + 1 && said.cue.end <= piece.start)
        && let Some((phrase, _)) = crate::chunk::phrase_at(tree, said.cue.end)
    {
        said.source = vec![phrase];
    }
}

/// "A is not so, underlined the minister": behind a verb that only reports and a comma before it, the phrase that closes the clause speaks.
fn inverted(tree: &Tree, lexicon: &Lexicon, said: &mut Said) {
    if let Some((content, source)) = super::words::behind_the_verb(tree, lexicon, said.cue_head)
        .filter(|_| said.cue.len() == 1 && said.source.iter().all(|piece| piece.end > said.cue.start))
    {
        // What was seen as the source there stays, with all its words.
        if !said.source.iter().any(|piece| piece.overlaps(&source)) {
            said.source = vec![source];
        }
        // A quotation of several sentences is known already.
        if !said.content.iter().any(|piece| piece.overlaps(&content)) {
            said.content = vec![content];
        }
        return;
    }
    let sentence = tree.sentence_tokens(said.cue.start);
    let reports = lexicon.verb(&tree.lemma(said.cue_head)).is_some_and(|cue| cue.strong && cue.class == CueClass::Say);
    let comma = said.cue.start > sentence.start + 3
        && matches!(tree.analysis.form(said.cue.start - 1), "," | "”" | "\"" | "?" | "!");
    let finite = tree.token(said.cue_head).feat("VerbForm") == Some("Fin") && said.cue.len() == 1;
    let before = said.source.iter().all(|piece| piece.end < said.cue.start && piece.start >= sentence.start);
    if !reports || !comma || !finite || !before {
        return;
    }
    let Some((phrase, head)) = crate::chunk::phrase_at(tree, said.cue.end) else { return };
    let closes = phrase.end >= sentence.end || matches!(tree.analysis.form(phrase.end), "." | ";" | ":" | ",");
    let opens = matches!(tree.token(phrase.start).upos, Upos::Det | Upos::Propn | Upos::Noun | Upos::Pron | Upos::Num);
    let named = !super::verbs::is_time(&tree.lower(head)) && !crate::chunk::is_day(&tree.lower(head));
    let own = tree.own_subject(said.cue_head).is_none_or(|subject| subject + 1 != said.cue.start);
    if !closes || !opens || !named || !own {
        return;
    }
    let start = (sentence.start..said.cue.start)
        .rev()
        .find(|&at| tree.analysis.form(at) == ";")
        .map_or(sentence.start, |at| at + 1);
    let told = super::verbs::trim(tree, Span::new(start, said.cue.start - 1));
    let verb = |at: usize| matches!(tree.token(at).upos, Upos::Verb | Upos::Aux);
    if told.len() > 2 && told.range().any(verb) {
        said.source = vec![phrase];
        if !said.content.iter().any(|piece| piece.overlaps(&told) && piece.start <= told.start) {
            said.content = vec![told];
        }
    }
}

/// Sources for cues that have none: the noun before the verb, or for a participle the source of the cue it goes with.
fn fill_sources(tree: &Tree, lexicon: &Lexicon, body: usize, found: &mut [Said]) {
    for at in 0..found.len() {
        let said = &found[at];
        // "have given assurances": the verb of a cue that a noun heads.
        let verb = said.cue.range().find(|&at| tree.token(at).upos == Upos::Verb && tree.is_finite(at));
        let noun = tree.token(said.cue_head).upos == Upos::Noun;
        let head = verb.filter(|_| noun).unwrap_or(said.cue_head);
        let seems = matches!(tree.lemma(head).as_str(), "seem" | "appear");
        if !said.source.is_empty() || tree.token(head).upos != Upos::Verb || tree.is_passive(head) || seems {
            continue;
        }
        let nominal =
            |&subject: &usize| matches!(tree.token(subject).upos, Upos::Noun | Upos::Propn) && subject >= body;
        let subject = tree.own_subject(head).filter(nominal).map(|subject| super::verbs::phrase(tree, subject));
        if let Some(subject) = subject.filter(|subject| !said.says(subject.start)) {
            found[at].source.push(subject);
            continue;
        }
        if let Some(phrase) =
            super::tidy::phrase_before(tree, said.cue.start).filter(|piece| noun && piece.start >= body)
        {
            found[at].source.push(phrase);
            continue;
        }
        let cue = lexicon.verb(&tree.lemma(head)).unwrap_or(Cue { class: said.class, strong: true });
        let by_words =
            super::verbs::subject_by_words(tree, lexicon, said.cue.start, head, Cue { strong: true, ..cue }, body);
        // "…, the paper reported", of which the content runs up to the verb: the phrase before the verb is its subject.
        let before = by_words.or(subject);
        let last = said.content.iter().position(|content| {
            before.is_some_and(|piece| {
                piece.end == said.cue.start && content.end == piece.end && content.start + 3 < piece.start
            })
        });
        if let (Some(at_content), Some(piece)) = (last, before) {
            let content = found[at].content[at_content];
            found[at].content[at_content] = super::verbs::trim(tree, Span::new(content.start, piece.start));
            found[at].source.push(piece);
            continue;
        }
        if let Some((content, source)) = super::verbs::at_the_end(tree, said.cue.start)
            && matches!(
                said.class,
                CueClass::Say
                    | CueClass::Find
                    | CueClass::Reveal
                    | CueClass::Claim
                    | CueClass::Predict
                    | CueClass::Warn
            )
            && found[at].content.iter().any(|piece| piece.overlaps(&content))
        {
            found[at].source.push(source);
            continue;
        }
        let free = |piece: &Span<Tok>| !said.says(piece.start);
        if let Some(piece) = by_words.filter(free) {
            // "residents and a local official said": both.
            let whole = super::verbs::at_the_end(tree, said.cue.start).map(|(_, source)| source);
            let whole = whole.filter(|whole| whole.end == piece.end && whole.start < piece.start && free(whole));
            found[at].source.push(whole.unwrap_or(piece));
            continue;
        }
        let goes_on = tree.lower(head).ends_with("ing") || matches!(tree.relation(head), "conj" | "advcl");
        let sentence = tree.sentence(head);
        let beside = found.iter().filter(|other| {
            tree.sentence(other.cue.start) == sentence && other.cue.start < head && !other.source.is_empty()
        });
        if let Some(source) =
            beside.max_by_key(|other| other.cue.start).filter(|_| goes_on).map(|other| other.source.clone())
        {
            found[at].source = source;
        }
    }
}

/// Fills a missing source or content.
fn mend(said: &mut Said, rule: &Said) {
    if said.source.is_empty() && !rule.source.iter().any(|piece| said.says(piece.start)) {
        said.source.clone_from(&rule.source);
    }
    if said.content.is_empty() {
        said.content.clone_from(&rule.content);
    }
}

/// Whether a cue that the encoder left out is one: it has its parts, or it stands in a content, where the encoder does not look.
fn keeps(rule: &Said, encoder: &[Said]) -> bool {
    let nested = encoder.iter().any(|said| said.says(rule.cue.start));
    nested || !rule.content.is_empty() || rule.cue.len() > 1
}

/// The words of the cue's sentence that are neither cue nor source; beside other cues only those up to the next one.
fn rest_of_clause(tree: &Tree, said: &Said, cues: &[Span<Tok>]) -> Vec<Span<Tok>> {
    let sentence = tree.sentence_tokens(said.cue.start);
    let others: Vec<usize> =
        cues.iter().filter(|cue| **cue != said.cue && sentence.covers(cue)).map(|cue| cue.start).collect();
    let end = others.iter().copied().filter(|&cue| cue > said.cue.start).min().unwrap_or(sentence.end);
    let start = if others.is_empty() { sentence.start } else { said.cue.start };
    let mut used: Vec<Span<Tok>> =
        said.source.iter().copied().chain([said.cue]).filter(|piece| sentence.covers(piece)).collect();
    used.sort();
    let mut pieces = Vec::new();
    let mut at = start;
    for piece in used.iter().copied().chain([Span::new(end, end)]) {
        let free = super::verbs::trim(tree, Span::new(at.min(piece.start), piece.start));
        if free.len() > 2 {
            pieces.push(free);
        }
        at = piece.end.max(at);
    }
    pieces
}

/// Gives quotations that nobody speaks yet to the attribution beside them.
pub fn quote_contents(tree: &Tree, quotes: &[Span<Tok>], found: &mut Vec<Said>) {
    for (number, quote) in quotes.iter().enumerate() {
        if quote.len() < SPEECH || found.iter().any(|said| said.content.iter().any(|piece| piece.overlaps(quote))) {
            continue;
        }
        if let Some(said) = beside(tree, found, *quote) {
            found[said].content.push(*quote);
            found[said].content.sort();
            continue;
        }
        if let Some(before) = speaker_before(tree, found, quotes, number) {
            let continued = Said {
                reach: Vec::new(),
                content: vec![*quote],
                found: Found::Continued,
                cue: Span::new(quote.start, quote.start + 1),
                cue_head: quote.start,
                within: None,
                ..found[before].clone()
            };
            found.push(continued);
        }
    }
}

/// The attribution whose cue stands in a sentence of the quotation, outside of it.
fn beside(tree: &Tree, found: &[Said], quote: Span<Tok>) -> Option<usize> {
    let (first, last) = (tree.sentence(quote.start), tree.sentence(quote.end - 1));
    let near = |said: &Said| {
        let at = tree.sentence(said.cue.start);
        (first..=last).contains(&at) && !quote.contains(said.cue.start) && !said.source.is_empty()
    };
    found.iter().position(near)
}

/// The last speaker before a quotation, in its paragraph or, when the quotation of the paragraph before was left open, in that one.
fn speaker_before(tree: &Tree, found: &[Said], quotes: &[Span<Tok>], number: usize) -> Option<usize> {
    let quote = quotes[number];
    let here = tree.paragraph(quote.start);
    let left_open = number > 0
        && tree.paragraph(quotes[number - 1].start) + 1 == here
        && !matches!(tree.analysis.form(quotes[number - 1].end - 1), "”" | "\"" | "»");
    let first = if left_open { here.saturating_sub(1) } else { here };
    let speaks = |said: &&(usize, &Said)| {
        let paragraph = tree.paragraph(said.1.cue.start);
        said.1.cue.start < quote.start
            && (first..=here).contains(&paragraph)
            && !said.1.source.is_empty()
            && said.1.class != CueClass::Plan
    };
    found.iter().enumerate().filter(|pair| speaks(&pair)).max_by_key(|pair| pair.1.cue.start).map(|pair| pair.0)
}

/// Marks which attribution stands within the content of which: the smallest content that holds the cue.
pub fn nest(found: &mut [Said]) {
    for inner in 0..found.len() {
        let cue = found[inner].cue;
        let own: Vec<Span<Tok>> = found[inner].content.clone();
        let mut best: Option<(usize, usize)> = None;
        for (outer, said) in found.iter().enumerate() {
            if outer == inner || !said.says(cue.start) || own.iter().any(|piece| piece.contains(said.cue.start)) {
                continue;
            }
            let size = said.content_len();
            if best.is_none_or(|(_, least)| size < least) {
                best = Some((outer, size));
            }
        }
        found[inner].within = best.map(|(outer, _)| outer);
    }
}
