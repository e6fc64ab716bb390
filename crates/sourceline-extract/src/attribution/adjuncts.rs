//! Attribution by an adjunct: "according to X", "per X", "in X's view", "by X's reading", "reportedly".
//!
//! In: a `Tree`. Out: `Said`s found by rule.

use sourceline_model::{AttributionKind, Span, Tok, Upos};

use super::nouns::without_clitic;
use super::verbs::{phrase, trim};
use super::{Found, Said};
use crate::lexicon::{CueClass, Lexicon};
use crate::tree::Tree;

/// Nouns of "in X's view" and the like.
const VIEWS: [&str; 20] = [
    "view",
    "telling",
    "reading",
    "opinion",
    "account",
    "word",
    "judgement",
    "judgment",
    "estimation",
    "version",
    "estimate",
    "eye",
    "count",
    "tally",
    "reckoning",
    "calculation",
    "assessment",
    "logic",
    "recollection",
    "memory",
];

/// Finds adjuncts that attribute the clause they stand in.
pub fn adjunct_cues(tree: &Tree, lexicon: &Lexicon) -> Vec<Said> {
    let mut found = Vec::new();
    for at in 0..tree.analysis.tokens.len() {
        let one = according_to(tree, at).or_else(|| view_of(tree, at)).or_else(|| adverb(tree, lexicon, at));
        let one = one.or_else(|| colon(tree, lexicon, at)).or_else(|| for_whom(tree, at));
        let one = one.or_else(|| as_reported(tree, at)).or_else(|| quoted_as_saying(tree, at));
        let one = one.or_else(|| as_put(tree, lexicon, at)).or_else(|| for_somebody(tree, at));
        let one = one.or_else(|| to_somebody(tree, lexicon, at)).or_else(|| if_believed(tree, lexicon, at));
        found.extend(one.or_else(|| in_survey(tree, lexicon, at)));
    }
    found
}

fn said(cue: Span<Tok>, class: CueClass, source: Option<Span<Tok>>, content: Vec<Span<Tok>>) -> Option<Said> {
    if content.is_empty() {
        return None;
    }
    Some(Said {
        cue,
        cue_head: cue.start,
        class,
        source: source.into_iter().collect(),
        content,
        reach: Vec::new(),
        found: Found::Rule,
        kind: AttributionKind::Indirect,
        within: None,
    })
}

/// "According to X": read from the words, since parsers attach them in several ways.
fn according_to(tree: &Tree, at: usize) -> Option<Said> {
    let word = tree.lower(at);
    let next = if at + 1 < tree.analysis.tokens.len() { tree.lower(at + 1) } else { Default::default() };
    let cue = match (word.as_str(), next.as_str()) {
        ("according", "to") => Span::new(at, at + 2),
        ("per", _) if tree.relation(at) == "case" && tree.head(at).is_some_and(|head| names_source(tree, head)) => {
            Span::new(at, at + 1)
        }
        _ => return None,
    };
    let head = object_after(tree, cue)?;
    let source = phrase_from(tree, cue.end, head);
    said(cue, CueClass::Say, Some(source), clause_without(tree, head, Span::new(cue.start, source.end)))
}

/// "per" also counts ("per day"); its object must look like a source.
fn names_source(tree: &Tree, head: usize) -> bool {
    tree.token(head).upos == Upos::Propn || tree.token(head).feat("Number") == Some("Plur")
}

/// The noun that "according to" governs.
fn object_after(tree: &Tree, cue: Span<Tok>) -> Option<usize> {
    let sentence = tree.sentence_tokens(cue.start);
    let from_tree = tree.head(cue.start).filter(|&head| {
        head >= cue.end
            && matches!(
                tree.token(head).upos,
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det | Upos::Adj
            )
    });
    let child = || {
        tree.children(cue.start)
            .iter()
            .copied()
            .find(|&child| child >= cue.end && matches!(tree.relation(child), "obl" | "obj" | "nmod"))
    };
    from_tree.or_else(child).or_else(|| {
        (cue.end..sentence.end).find(|&at| matches!(tree.token(at).upos, Upos::Noun | Upos::Propn | Upos::Pron))
    })
}

fn phrase_from(tree: &Tree, start: usize, head: usize) -> Span<Tok> {
    let whole = phrase(tree, head);
    Span::new(start.min(head), whole.end)
}

/// The clause around an adjunct with head `head`, without the adjunct's words `gap`.
fn clause_without(tree: &Tree, head: usize, gap: Span<Tok>) -> Vec<Span<Tok>> {
    let mut host = head;
    // Climb out of the adjunct to the predicate it modifies.
    for _ in 0..12 {
        match tree.head(host) {
            Some(up) => {
                host = up;
                if !gap.contains(host) && tree.is_predicate(host) {
                    break;
                }
            }
            None => break,
        }
    }
    let all = if gap.contains(host) { tree.sentence_tokens(head) } else { tree.extent(host) };
    let mut pieces = Vec::new();
    for (start, end) in [(all.start, gap.start.max(all.start)), (gap.end.min(all.end), all.end)] {
        let piece = trim(tree, Span::new(start.min(end), end));
        if piece.len() > 1 {
            pieces.push(piece);
        }
    }
    pieces
}

/// "In his telling", "by her reading", "in the words of X".
fn view_of(tree: &Tree, at: usize) -> Option<Said> {
    if tree.token(at).upos != Upos::Noun || tree.relation(at) != "obl" || !VIEWS.contains(&tree.lemma(at).as_str()) {
        return None;
    }
    if !matches!(tree.case(at).as_str(), "in" | "by" | "on" | "to") {
        return None;
    }
    let owner = tree.children(at).iter().copied().find(|&child| tree.token(child).deprel == "nmod:poss");
    // "in my estimation": whoever speaks anyway.
    if owner.is_some_and(|owner| matches!(tree.lower(owner).as_str(), "my" | "our" | "your")) {
        return None;
    }
    // "By her own account, Anna Berg never signed": whoever the clause is about.
    let own = tree.children_by(at, "amod").any(|child| tree.lower(child) == "own");
    let owner = match owner.filter(|_| own) {
        Some(_) => Some(tree.head(at).and_then(|host| tree.own_subject(host))?),
        None => owner,
    };
    let of = || tree.children_by(at, "nmod").find(|&child| tree.case(child) == "of");
    let source =
        owner.map(|owner| without_clitic(tree, phrase(tree, owner))).or_else(|| of().map(|of| phrase(tree, of)))?;
    let gap = tree.extent(at);
    said(Span::new(at, at + 1), CueClass::Believe, Some(source), clause_without(tree, at, gap))
}

/// "X was blunt: the road is lost": a clause after a colon is what the person before it says.
fn colon(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Said> {
    if tree.analysis.form(at) != ":" {
        return None;
    }
    let sentence = tree.sentence_tokens(at);
    let predicate = (sentence.start..at)
        .rfind(|&token| tree.is_predicate(token) && tree.own_subject(token).is_some_and(|subject| subject < at))?;
    let subject = tree.own_subject(predicate)?;
    let phrase_of = phrase(tree, subject);
    let person = tree.analysis.names.iter().any(|name| {
        (name.tokens.contains(subject) || phrase_of.covers(&name.tokens) && phrase_of.end == name.tokens.end)
            && name.kind == sourceline_model::EntityKind::Person
    });
    let source = person
        || matches!(
            tree.lemma(subject).as_str(),
            "source" | "official" | "diplomat" | "spokesman" | "spokeswoman" | "minister"
        )
        || lexicon.role(&tree.lemma(subject)).is_some() && lexicon.verb(&tree.lemma(predicate)).is_some();
    let clause = (at + 1..sentence.end).any(|token| matches!(tree.token(token).upos, Upos::Verb | Upos::Aux));
    let quiet = !(sentence.start..at).any(|token| {
        tree.token(token).upos == Upos::Verb && lexicon.verb(&tree.lemma(token)).is_some_and(|cue| cue.strong)
    });
    if !source || !clause || !quiet {
        return None;
    }
    said(
        Span::new(predicate, predicate + 1),
        CueClass::Say,
        Some(phrase(tree, subject)),
        vec![trim(tree, Span::new(at + 1, sentence.end))],
    )
}

/// "X, for whom Y is finished": what X thinks.
fn for_whom(tree: &Tree, at: usize) -> Option<Said> {
    let sentence = tree.sentence_tokens(at);
    if tree.lower(at) != "whom" || at < sentence.start + 2 || tree.lower(at - 1) != "for" {
        return None;
    }
    let person = tree.analysis.names.iter().rev().find(|name| {
        name.kind == sourceline_model::EntityKind::Person && name.tokens.end < at && name.tokens.end + 8 > at
    })?;
    let end = (at + 1..sentence.end)
        .find(|&token| matches!(tree.analysis.form(token), "," | ";" | "."))
        .unwrap_or(sentence.end);
    said(Span::new(at - 1, at + 1), CueClass::Believe, Some(person.tokens), vec![trim(tree, Span::new(at + 1, end))])
        .filter(|said| sentence.contains(said.source[0].start))
}

/// "As she put it, two weeks would do", "…, as the ministry sees it".
fn as_put(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Said> {
    let sentence = tree.sentence_tokens(at);
    let opens = at == sentence.start || tree.analysis.form(at - 1) == ",";
    if tree.lower(at) != "as" || !opens {
        return None;
    }
    let (source, head) = crate::chunk::phrase_at(tree, at + 1).filter(|(source, _)| source.end < sentence.end)?;
    let verb = source.end;
    let puts = matches!(
        tree.lower(verb).as_str(),
        "put"
            | "puts"
            | "sees"
            | "saw"
            | "tells"
            | "told"
            | "said"
            | "says"
            | "described"
            | "describes"
            | "explained"
            | "explains"
            | "wrote"
            | "writes"
            | "has"
            | "phrased"
            | "called"
            | "calls"
            | "remembers"
            | "recalls"
            | "noted"
            | "notes"
    );
    let it = verb + 1 < sentence.end && matches!(tree.lower(verb + 1).as_str(), "it" | "this" | "that");
    let end = verb + 1 + usize::from(it);
    let closes = end >= sentence.end || tree.token(end).upos == Upos::Punct;
    if !puts || !closes || !super::speakers::can_speak(tree, lexicon, head) {
        return None;
    }
    let content = around(tree, sentence, Span::new(at, end));
    said(Span::new(verb, verb + 1), CueClass::Say, Some(source), content)
        .map(|said| Said { found: Found::Held, ..said })
}

/// "For its chairwoman, Anna Berg, the answer is separate lanes": what she thinks.
fn for_somebody(tree: &Tree, at: usize) -> Option<Said> {
    let sentence = tree.sentence_tokens(at);
    if tree.lower(at) != "for" || at != sentence.start {
        return None;
    }
    let person = tree.analysis.names.iter().find(|name| {
        let speaks = matches!(
            name.kind,
            sourceline_model::EntityKind::Person
                | sourceline_model::EntityKind::Organization
                | sourceline_model::EntityKind::Group
        );
        speaks && name.tokens.start > at && name.tokens.end <= (at + 9).min(sentence.end)
    })?;
    let comma = person.tokens.end;
    let source = trim(tree, Span::new(at + 1, comma));
    let opens = |at: usize| tree.analysis.form(at) == "," || tree.token(at).upos == Upos::Det;
    let plain = comma < sentence.end
        && opens(comma)
        && source.range().all(|word| !matches!(tree.token(word).upos, Upos::Verb | Upos::Aux | Upos::Num));
    let content = trim(tree, Span::new(comma.min(sentence.end), sentence.end));
    let is = content.range().any(|word| tree.relation(word) == "cop");
    said(Span::new(at, at + 1), CueClass::Believe, Some(source), vec![content]).filter(|_| plain && is)
}

/// "To the wildlife service, the herds are a danger": what it thinks.
fn to_somebody(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Said> {
    let sentence = tree.sentence_tokens(at);
    if tree.lower(at) != "to" || at != sentence.start || tree.token(at).upos != Upos::Adp {
        return None;
    }
    let (source, head) = crate::chunk::phrase_at(tree, at + 1).filter(|(source, _)| source.end + 2 < sentence.end)?;
    let comma = tree.analysis.form(source.end) == ",";
    let content = trim(tree, Span::new(source.end + 1, sentence.end));
    let is = content.range().any(|word| tree.relation(word) == "cop");
    said(Span::new(at, at + 1), CueClass::Believe, Some(source), vec![content])
        .filter(|_| comma && is && super::speakers::can_speak(tree, lexicon, head))
        .map(|said| Said { found: Found::Held, ..said })
}

/// "The dam is safe, if the operator is to be believed", "…, if one believes the generals".
fn if_believed(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Said> {
    let sentence = tree.sentence_tokens(at);
    if tree.lower(at) != "if" || at + 3 > sentence.end {
        return None;
    }
    let word = |at: usize| if at < sentence.end { tree.lower(at) } else { String::new() };
    let anybody = matches!(word(at + 1).as_str(), "one" | "you" | "we")
        && matches!(word(at + 2).as_str(), "believes" | "believe" | "trusts" | "trust");
    let (source, head) = crate::chunk::phrase_at(tree, if anybody { at + 3 } else { at + 1 })?;
    let behind = source.end;
    let passive = matches!(word(behind).as_str(), "is" | "are")
        && word(behind + 1) == "to"
        && word(behind + 2) == "be"
        && word(behind + 3) == "believed";
    let end = if anybody { behind } else { behind + 4 };
    let content = around(tree, sentence, Span::new(at, end));
    said(Span::new(at, at + 1), CueClass::Claim, Some(source), content)
        .filter(|_| (anybody || passive) && super::speakers::can_speak(tree, lexicon, head))
        .map(|said| Said { found: Found::Held, ..said })
}

/// "In a survey published in March by the Varn Institute, 61 percent would go": what was found, without a verb that says so.
fn in_survey(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Said> {
    let sentence = tree.sentence_tokens(at);
    let opens = at == sentence.start;
    let noun = asked_group(tree, at).or_else(|| {
        let (_, noun) = crate::chunk::phrase_at(tree, at + 1).filter(|_| tree.lower(at) == "in")?;
        let lemma = tree.lemma(noun);
        let wide = opens && matches!(lemma.as_str(), "study" | "census" | "report" | "analysis" | "count");
        (wide || matches!(lemma.as_str(), "survey" | "poll" | "questionnaire")).then_some(noun)
    })?;
    let comma = |at: &usize| tree.analysis.form(*at) == ",";
    let by = (noun + 1..sentence.end.min(noun + 8)).take_while(|at| !comma(at)).find(|&at| tree.lower(at) == "by")?;
    let name = tree.analysis.names.iter().find(|name| (by + 1..by + 4).contains(&name.tokens.start));
    let (phrase, head) = crate::chunk::phrase_at(tree, by + 1)?;
    let source = name.map_or(phrase, |name| Span::new(by + 1, name.tokens.end.max(phrase.end)));
    let number = |span: Span<Tok>| span.range().any(|at| tree.token(at).upos == Upos::Num);
    let content = if opens {
        let end = (source.end..sentence.end).find(comma)?;
        trim(tree, Span::new(end + 1, sentence.end))
    } else {
        let edge = |at: &usize| matches!(tree.analysis.form(*at), ":" | ";");
        trim(tree, Span::new((sentence.start..at).rev().find(edge).map_or(sentence.start, |at| at + 1), at))
    };
    let counted = number(Span::new(content.start, content.end.min(content.start + 4)));
    let speaks = name.is_some() || super::speakers::can_speak(tree, lexicon, head);
    let told = counted || opens && tree.lemma(noun) != "report";
    said(Span::new(noun, noun + 1), CueClass::Find, Some(source), vec![content])
        .filter(|_| speaks && told && !content.is_empty())
        .map(|said| Said { found: Found::Held, ..said })
}

/// "Of 400 clerks questioned by X, half …": the participle.
fn asked_group(tree: &Tree, at: usize) -> Option<usize> {
    let opens = at == tree.sentence_tokens(at).start && matches!(tree.lower(at).as_str(), "of" | "among");
    let (_, noun) = crate::chunk::phrase_at(tree, at + 1).filter(|_| opens)?;
    let asked =
        |word: &str| matches!(word, "questioned" | "surveyed" | "polled" | "interviewed" | "asked" | "canvassed");
    (noun + 1..tree.sentence_tokens(at).end.min(noun + 4)).find(|&word| asked(&tree.lower(word)))
}

/// "Reportedly": nobody is named.
fn adverb(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Said> {
    let cue = lexicon.adverb(&tree.lower(at)).filter(|cue| cue.strong && tree.token(at).upos == Upos::Adv)?;
    let host = tree.head(at)?;
    let content = clause_pieces(tree, host, at);
    said(Span::new(at, at + 1), cue.class, None, content)
}

fn clause_pieces(tree: &Tree, host: usize, gap: usize) -> Vec<Span<Tok>> {
    let all = tree.extent(host);
    [(all.start, gap), (gap + 1, all.end)]
        .into_iter()
        .map(|(start, end)| trim(tree, Span::new(start.min(end), end)))
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// What stands before and behind some words of a sentence, in pieces of two words or more.
fn around(tree: &Tree, sentence: Span<Tok>, words: Span<Tok>) -> Vec<Span<Tok>> {
    let pieces = [(sentence.start, words.start), (words.end.min(sentence.end), sentence.end)];
    let trimmed = pieces.into_iter().map(|(start, end)| trim(tree, Span::new(start, end)));
    trimmed.filter(|piece| piece.len() > 1).collect()
}

/// "As first reported by X, …", "…, as revealed by X".
fn as_reported(tree: &Tree, at: usize) -> Option<Said> {
    let sentence = tree.sentence_tokens(at);
    let opens = at == sentence.start || tree.analysis.form(at - 1) == ",";
    if tree.lower(at) != "as" || !opens {
        return None;
    }
    let first = at + 1 < sentence.end && matches!(tree.lower(at + 1).as_str(), "first" | "originally" | "previously");
    let verb = at + 1 + usize::from(first);
    let reported = verb + 2 < sentence.end
        && matches!(tree.lower(verb).as_str(), "reported" | "revealed" | "disclosed" | "noted" | "documented")
        && tree.lower(verb + 1) == "by";
    let (source, _) =
        crate::chunk::phrase_at(tree, verb + 2).filter(|(source, _)| reported && source.end < sentence.end)?;
    let closes = tree.token(source.end).upos == Upos::Punct;
    let content = around(tree, sentence, Span::new(at, source.end));
    closes.then(|| said(Span::new(verb, verb + 1), CueClass::Say, Some(source), content)).flatten()
}

/// "The bridge was closed, the mayor was quoted by X as saying": behind what is said.
fn quoted_as_saying(tree: &Tree, at: usize) -> Option<Said> {
    let sentence = tree.sentence_tokens(at);
    let quoted = matches!(tree.lower(at).as_str(), "quoted" | "cited") && tree.is_passive(at);
    let end = (at + 1..sentence.end.min(at + 12)).find(|&word| tree.lower(word) == "saying")?;
    let saying = tree.lower(end - 1) == "as" && (end + 1 >= sentence.end || tree.token(end + 1).upos == Upos::Punct);
    let subject = tree.own_subject(at).filter(|&subject| quoted && saying && subject < at)?;
    let source = phrase(tree, subject);
    let comma = source
        .start
        .checked_sub(1)
        .filter(|&mark| mark > sentence.start + 2 && matches!(tree.analysis.form(mark), "," | "”" | "\""))?;
    let content = trim(tree, Span::new(sentence.start, comma));
    let mut found = said(Span::new(at, end + 1), CueClass::Say, Some(source), vec![content])?;
    found.cue_head = at;
    Some(found)
}
