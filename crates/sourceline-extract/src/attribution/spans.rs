//! Attributions from the encoder's spans.
//!
//! In: sources, cues and contents with links. Out: one `Said` a cue. A source or content without a link goes to the nearest cue of its
//! sentence that lacks one; of two sources linked to one cue the farther one goes to a cue beside it that has none.

use sourceline_model::{AttributionKind, AttributionRole, Span, Tok, Upos};

use super::{Found, Said};
use crate::lexicon::{Cue, CueClass, Lexicon};
use crate::tree::Tree;

/// Farthest that a source without a link may stand from its cue, and a noun cue from its parts, in tokens.
const NEAR: usize = 15;

/// Groups the encoder's spans by cue.
pub fn from_encoder(tree: &Tree, lexicon: &Lexicon) -> Vec<Said> {
    let spans = &tree.analysis.attribution;
    let cues: Vec<usize> = (0..spans.len())
        .filter(|&index| spans[index].role == AttributionRole::Cue && !spans[index].tokens.is_empty())
        .collect();
    let mut found: Vec<Said> = cues.iter().map(|&index| empty(tree, lexicon, spans[index].tokens)).collect();
    for span in spans.iter().filter(|span| !span.tokens.is_empty()) {
        let linked = span.cue.and_then(|cue| cues.iter().position(|&index| index == cue));
        match (span.role, linked) {
            (AttributionRole::Source, Some(cue)) => found[cue].source.push(span.tokens),
            (AttributionRole::Content, Some(cue)) => found[cue].content.push(span.tokens),
            _ => {}
        }
    }
    for span in spans.iter().filter(|span| !span.tokens.is_empty() && span.cue.is_none()) {
        adopt(tree, &mut found, span.role, span.tokens);
    }
    move_extra_sources(tree, &mut found);
    let astray: Vec<Span<Tok>> = found.iter_mut().flat_map(|said| keep_near(tree, said)).collect();
    for piece in astray {
        adopt(tree, &mut found, AttributionRole::Source, piece);
    }
    for said in &mut found {
        sources_of_adjunct(tree, said);
        impersonal(tree, said);
        said.source.retain(|piece| !is_a_day(tree, *piece));
        source_in_phrase(tree, said);
        source_of_other_verb(tree, said);
        part_from_content(tree, said);
    }
    found.retain(|said| {
        !is_no_saying(tree, said) && !says_nothing(tree, lexicon, said) && !is_view_cut_short(tree, said)
    });
    found.extend(around_nouns(tree, lexicon, &found));
    found.extend(before_verbs(tree, lexicon, &found));
    found
}

/// "[A study by the university] found lead in half of the wells", of which the encoder saw the source alone: the verb right behind it, when that can
/// report.
fn before_verbs(tree: &Tree, lexicon: &Lexicon, found: &[Said]) -> Vec<Said> {
    let spans = &tree.analysis.attribution;
    let free = spans
        .iter()
        .filter(|span| span.role == AttributionRole::Source && span.cue.is_none() && !span.tokens.is_empty());
    let mut more = Vec::new();
    for source in free.map(|span| span.tokens) {
        let sentence = tree.sentence_tokens(source.start);
        let verb =
            (source.end..sentence.end).find(|&at| !matches!(tree.token(at).upos, Upos::Aux | Upos::Adv | Upos::Part));
        let Some(verb) = verb.filter(|&at| tree.token(at).upos == Upos::Verb) else { continue };
        // The encoder's own content beside it makes any verb one that reports.
        let told = spans.iter().any(|span| {
            span.role == AttributionRole::Content
                && span.cue.is_none()
                && sentence.contains(span.tokens.start)
                && span.tokens.start > verb
        });
        let any = Cue { class: CueClass::Say, strong: true };
        let cue = lexicon.verb(&tree.lemma(verb)).or(told.then_some(any));
        let reports = cue.filter(|_| tree.is_finite(verb) && !tree.is_passive(verb));
        let known = found.iter().any(|said| sentence.contains(said.cue.start));
        let content = super::verbs::trim(tree, Span::new(verb + 1, tree.extent(verb).end.max(verb + 1)));
        if let Some(cue) = reports.filter(|_| !known && content.len() > 1) {
            let said = empty(tree, lexicon, Span::new(verb, verb + 1));
            more.push(Said {
                class: cue.class,
                source: vec![source],
                content: vec![content],
                found: Found::Held,
                ..said
            });
        }
    }
    more
}

fn empty(tree: &Tree, lexicon: &Lexicon, cue: Span<Tok>) -> Said {
    let (cue_head, class) = head_and_class(tree, lexicon, cue);
    Said {
        cue,
        cue_head,
        class,
        source: Vec::new(),
        content: Vec::new(),
        reach: Vec::new(),
        found: Found::Encoder,
        kind: AttributionKind::Indirect,
        within: None,
    }
}

fn distance(a: Span<Tok>, b: Span<Tok>) -> usize {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}

/// Gives a span without a link to the nearest cue of its sentence that lacks such a span.
fn adopt(tree: &Tree, found: &mut [Said], role: AttributionRole, tokens: Span<Tok>) {
    let sentence = tree.sentence(tokens.start);
    let lacks = |said: &Said| match role {
        AttributionRole::Source => said.source.is_empty() && distance(said.cue, tokens) <= NEAR,
        _ => said.content.is_empty(),
    };
    let nearest = found
        .iter_mut()
        .filter(|said| tree.sentence(said.cue.start) == sentence && lacks(said) && !said.cue.overlaps(&tokens))
        .min_by_key(|said| distance(said.cue, tokens));
    if let Some(said) = nearest {
        match role {
            AttributionRole::Source => said.source.push(tokens),
            AttributionRole::Content => said.content.push(tokens),
            AttributionRole::Cue => {}
        }
    }
}

/// Who says it stands in the sentence of the cue, behind any "that"; indirect speech begins in the cue's sentence when part of it stands there.
/// Returns the sources from other sentences; a participle ("while expressing …") may keep them.
fn keep_near(tree: &Tree, said: &mut Said) -> Vec<Span<Tok>> {
    let sentence = tree.sentence(said.cue.start);
    let here = |piece: &Span<Tok>| tree.sentence(piece.start) == sentence;
    let astray: Vec<Span<Tok>> = said.source.iter().copied().filter(|piece| !here(piece)).collect();
    if !tree.lower(said.cue_head).ends_with("ing") {
        said.source.retain(here);
    }
    let end = tree.sentence_tokens(said.cue.start).end;
    for piece in said.source.iter_mut().filter(|piece| here(piece)) {
        piece.end = piece.end.min(end);
    }
    for piece in &mut said.source {
        let that = piece.range().find(|&at| {
            at > piece.start && at + 1 < piece.end && tree.lower(at) == "that" && tree.token(at).upos == Upos::Sconj
        });
        if let Some(at) = that {
            *piece = Span::new(at + 1, piece.end);
        }
    }
    // "it seems to have begun": nobody says so.
    if matches!(tree.lemma(said.cue_head).as_str(), "seem" | "appear") {
        said.source.clear();
    }
    // "revealed that armed groups": a clause without its verb was cut short.
    let bounds = tree.sentence_tokens(said.cue.start);
    for piece in said.content.iter_mut().filter(|piece| piece.start >= said.cue.end && here(piece)) {
        let verbless = piece.range().all(|at| !matches!(tree.token(at).upos, Upos::Verb | Upos::Aux));
        if verbless && tree.lower(piece.start) == "that" && tree.token(piece.start).upos == Upos::Sconj {
            *piece = super::verbs::trim(tree, Span::new(piece.start, bounds.end));
        }
    }
    let quoted = |piece: &Span<Tok>| {
        piece.range().any(|at| matches!(tree.analysis.form(at), "“" | "\"" | "”" | "«" | "‘" | "’" | "'"))
    };
    if said.content.iter().any(here) {
        said.content.retain(|piece| here(piece) || quoted(piece) || piece.start > said.cue.start);
    }
    astray
}

/// Whether the cue is a preposition: "according to".
fn is_adjunct(tree: &Tree, said: &Said) -> bool {
    tree.lower(said.cue.start) == "according"
}

/// The source of "according to" stands behind it: pieces in front of it are none when there is one behind.
fn sources_of_adjunct(tree: &Tree, said: &mut Said) {
    if is_adjunct(tree, said) && said.source.iter().any(|piece| piece.start >= said.cue.end) {
        let end = said.cue.end;
        said.source.retain(|piece| piece.start >= end);
    }
}

/// "In an interview with [the paper, the minister] said", "the company near [the town] said": a source that begins behind a preposition gives
/// way to the subject of the cue.
fn source_in_phrase(tree: &Tree, said: &mut Said) {
    let sentence = tree.sentence_tokens(said.cue.start);
    let [piece] = said.source[..] else { return };
    let governed =
        piece.start > sentence.start && tree.token(piece.start - 1).upos == Upos::Adp && piece.end <= said.cue.start;
    if !governed || is_adjunct(tree, said) || tree.is_passive(said.cue_head) {
        return;
    }
    let subject = tree
        .own_subject(said.cue_head)
        .filter(|&subject| subject < said.cue.start && tree.token(subject).upos != Upos::Pron);
    if let Some(subject) = subject {
        let own = tree.core_phrase(subject);
        said.source =
            vec![if piece.contains(subject) { Span::new(own.start.max(piece.start), piece.end) } else { own }];
    }
}

/// Participles of "is expected to", "are understood to": nobody is named who expects.
const HEARSAY: [&str; 20] = [
    "expect",
    "understand",
    "believe",
    "say",
    "think",
    "report",
    "allege",
    "know",
    "suppose",
    "rumour",
    "rumor",
    "claim",
    "assume",
    "presume",
    "suspect",
    "deem",
    "tip",
    "slate",
    "reckon",
    "consider",
];

/// "[The government] is expected [to release money]": the subject of such a passive is spoken of and expects nothing.
fn impersonal(tree: &Tree, said: &mut Said) {
    let participle = said.cue.range().find(|&at| {
        HEARSAY.contains(&tree.lemma(at).as_str())
            && at > said.cue.start
            && matches!(
                tree.lower(at - 1).as_str(),
                "is" | "are" | "was" | "were" | "be" | "been" | "being" | "also" | "widely" | "now"
            )
    });
    let to = |at: usize| at < tree.analysis.tokens.len() && tree.lower(at) == "to";
    let infinitive = participle.is_some_and(|at| to(at + 1) || to(said.cue.end));
    let before = said.source.iter().all(|piece| piece.end <= said.cue.start);
    if infinitive && before {
        said.content.append(&mut said.source);
        said.content.sort_by_key(|piece| piece.start);
    }
}

/// "Dupont has reportedly decided", "the council voted 5 to 4": what somebody does, read as what he says.
fn is_no_saying(tree: &Tree, said: &Said) -> bool {
    let hearsay = |at: usize| {
        matches!(tree.lower(at).as_str(), "reportedly" | "allegedly" | "purportedly" | "supposedly" | "apparently")
    };
    let voted = tree.lemma(said.cue_head) == "vote"
        && said.content.iter().all(|piece| !matches!(tree.lower(piece.start).as_str(), "that" | "“" | "\""));
    voted || said.cue.len() > 1 && said.cue.range().any(hearsay)
}

/// "Norland, weakened by raids, began …": no content, and no verb or noun of saying.
fn says_nothing(tree: &Tree, lexicon: &Lexicon, said: &Said) -> bool {
    let known = |at: usize| lexicon.verb(&tree.lemma(at)).is_some() || lexicon.noun(&tree.lemma(at)).is_some();
    said.content.is_empty() && !said.cue.range().any(known) && tree.token(said.cue_head).upos == Upos::Verb
}

/// "[They are at the bottom of the attack on] the vote count, in the opinion of Lopez": of a view with less than its clause, the rule for views
/// finds the whole.
fn is_view_cut_short(tree: &Tree, said: &Said) -> bool {
    let phrase = said.cue.len() > 2
        && tree.token(said.cue.start).upos == Upos::Adp
        && tree.lower(said.cue.end - 1) == "of"
        && tree.lower(said.cue.start) == "in";
    let first = tree.sentence_tokens(said.cue.start).start;
    let whole = |piece: &Span<Tok>| piece.start <= first + 1 || piece.range().any(|at| tree.is_predicate(at));
    phrase && said.cue.start > first + 2 && !said.content.iter().any(whole)
}

/// "So, on [Wednesday], said the minister": a day says nothing.
fn is_a_day(tree: &Tree, piece: Span<Tok>) -> bool {
    let content = |&at: &usize| !matches!(tree.token(at).upos, Upos::Adp | Upos::Punct | Upos::Det | Upos::Adj);
    let mut words = piece.range().filter(content).peekable();
    words.peek().is_some() && words.all(|at| crate::chunk::is_day(&tree.lower(at)))
}

/// "Norland dismissed a report, and [its minister] telephoned the allies": a source behind the cue that is the subject of another verb gives way to
/// the subject of the cue.
fn source_of_other_verb(tree: &Tree, said: &mut Said) {
    let [piece] = said.source[..] else { return };
    let sentence = tree.sentence_tokens(said.cue.start);
    let Some(head) = tree.analysis.head_of(piece).filter(|_| piece.start >= said.cue.end) else { return };
    let others = tree.relation(head) == "nsubj" && tree.head(head).is_some_and(|verb| verb != said.cue_head);
    let own = tree.own_subject(said.cue_head).filter(|&subject| {
        (sentence.start..said.cue.start).contains(&subject)
            && matches!(tree.token(subject).upos, Upos::Noun | Upos::Propn)
    });
    if let Some(own) = own.filter(|_| others && !is_adjunct(tree, said) && !tree.is_passive(said.cue_head)) {
        said.source = vec![super::verbs::phrase(tree, own)];
    }
}

/// What is said holds neither the words that say so nor, beside them, who says it.
fn part_from_content(tree: &Tree, said: &mut Said) {
    let (cue, source) = (said.cue, said.source.clone());
    let around = said.content.iter().any(|piece| piece.contains(cue.start));
    if !around {
        // A source that stands in what is said, behind the cue, is none.
        let content = said.content.clone();
        said.source.retain(|piece| piece.start < cue.end || !content.iter().any(|other| other.contains(piece.start)));
        return;
    }
    let frame = source.iter().filter(|piece| tree.sentence(piece.start) == tree.sentence(cue.start));
    let frame =
        frame.fold(
            cue,
            |all, piece| if piece.end + 2 >= cue.start && piece.start <= cue.end + 1 { all.join(piece) } else { all },
        );
    let mut parts = Vec::new();
    for piece in &said.content {
        for (start, end) in [(piece.start, piece.end.min(frame.start)), (piece.start.max(frame.end), piece.end)] {
            let part = super::verbs::trim(tree, Span::new(start.min(end), end));
            if part.len() > 2 {
                parts.push(part);
            }
        }
    }
    parts.dedup();
    if !parts.is_empty() {
        said.content = parts;
    }
}

/// Of two sources of one cue that are not joined, the one beside a cue without a source moves there.
fn move_extra_sources(tree: &Tree, found: &mut [Said]) {
    for from in 0..found.len() {
        let mut at = 0;
        while found[from].source.len() > 1 && at < found[from].source.len() {
            let piece = found[from].source[at];
            let here = distance(found[from].cue, piece);
            let other = (0..found.len()).find(|&other| {
                other != from
                    && found[other].source.is_empty()
                    && distance(found[other].cue, piece) <= 2
                    && distance(found[other].cue, piece) < here.max(1)
                    && tree.sentence(found[other].cue.start) == tree.sentence(piece.start)
            });
            match other {
                Some(other) => {
                    found[from].source.remove(at);
                    found[other].source.push(piece);
                }
                None => at += 1,
            }
        }
        let sentence = tree.sentence(found[from].cue.start);
        // Sources of other sentences give way to one in the cue's own.
        if found[from].source.iter().any(|piece| tree.sentence(piece.start) == sentence) {
            let (own, strange) = found[from].source.iter().partition(|piece| tree.sentence(piece.start) == sentence);
            found[from].source = own;
            let strange: Vec<Span<Tok>> = strange;
            for piece in strange {
                adopt(tree, found, AttributionRole::Source, piece);
            }
        }
    }
}

/// "X's remark that …" of which the encoder saw source and content but no cue: the noun between them.
fn around_nouns(tree: &Tree, lexicon: &Lexicon, found: &[Said]) -> Vec<Said> {
    let spans = &tree.analysis.attribution;
    let free = |role: AttributionRole| {
        spans.iter().filter(move |span| span.role == role && span.cue.is_none() && !span.tokens.is_empty())
    };
    let mut more = Vec::new();
    for source in free(AttributionRole::Source) {
        for content in free(AttributionRole::Content) {
            let between = source.tokens.end..content.tokens.start.max(source.tokens.end);
            if between.is_empty() || between.len() > NEAR || found.iter().any(|said| between.contains(&said.cue.start))
            {
                continue;
            }
            let noun = between
                .clone()
                .find(|&at| tree.token(at).upos == Upos::Noun && lexicon.noun(&tree.lemma(at)).is_some());
            if let Some(noun) = noun {
                more.push(Said {
                    source: vec![source.tokens],
                    content: vec![content.tokens],
                    ..empty(tree, lexicon, Span::new(noun, noun + 1))
                });
            }
        }
    }
    more
}

/// The word of a cue that the lexicon knows, else its head; with the class of the former, else `Say`.
pub fn head_and_class(tree: &Tree, lexicon: &Lexicon, cue: Span<Tok>) -> (usize, CueClass) {
    let head = tree.analysis.head_of(cue).unwrap_or(cue.start);
    let known = |at: usize| -> Option<Cue> {
        let lemma = tree.lemma(at);
        match tree.token(at).upos {
            Upos::Verb | Upos::Aux => lexicon.verb(&lemma),
            Upos::Noun => lexicon.noun(&lemma),
            Upos::Adv | Upos::Adj => lexicon.adverb(&tree.lower(at)),
            _ => None,
        }
    };
    let found =
        known(head).map(|cue| (head, cue)).or_else(|| cue.range().find_map(|at| known(at).map(|cue| (at, cue))));
    match found {
        Some((at, cue)) => (at, cue.class),
        None => (head, CueClass::Say),
    }
}
