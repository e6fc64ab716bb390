//! Writes the sentence of a claim so that it stands alone: pronouns and nouns that refer back become names, dates become absolute.
//!
//! In: a clause. Out: one plain sentence. The words are the document's own but for these replacements.

use sourceline_model::{EntityKind, Span, Timex, Tok, Upos};

use super::clauses::Clause;
use super::dates::dated;
use super::standins::{self, called, is_strange_outlet, owner};
use super::voice::is_own_voice;
use crate::lexicon::CueClass;
use crate::scene::Scene;

/// A stretch of text and what stands for it.
pub(super) type Edit = (Span, String);

/// Writes the statement of a clause without the words of `frames`, which only credit somebody.
pub fn statement(scene: &Scene, clause: &Clause, frames: &[Span<Tok>], times: &[Timex]) -> String {
    let analysis = scene.tree.analysis;
    let bytes = analysis.bytes(clause.span);
    let mut edits: Vec<Edit> = frames.iter().map(|&frame| (analysis.bytes(frame), String::new())).collect();
    relative_pronoun(scene, clause, &mut edits);
    edits.extend(standins::edits(scene, clause, fronted(scene, clause).or_else(|| relative_host(scene, clause.head))));
    for time in times.iter().filter(|time| bytes.covers(&time.span)) {
        edits.extend(dated(scene, time));
    }
    edits.extend(demanded(scene, clause));
    let body = apply(analysis.text(bytes), bytes.start, edits);
    finish(&with_subject(scene, clause, body))
}

/// "should" before the bare verb of what is asked for: "asked that his name [should] be left out".
fn demanded(scene: &Scene, clause: &Clause) -> Option<Edit> {
    let tree = &scene.tree;
    let head = clause.head;
    let asks = |verb: usize| {
        scene.lexicon.verb(&tree.lemma(verb)).is_some_and(|cue| cue.class == CueClass::Ask)
            || matches!(tree.lemma(verb).as_str(), "recommend" | "propose" | "suggest" | "insist")
    };
    tree.head(head).filter(|&verb| tree.relation(head) == "ccomp" && asks(verb))?;
    let subject = tree.own_subject(head).filter(|&subject| clause.span.contains(subject) && subject < head)?;
    let parts = tree.children(head).iter().copied().filter(|&at| matches!(tree.relation(at), "aux" | "cop"));
    let parts: Vec<usize> = parts.collect();
    let bare = match parts.first() {
        Some(&first) => parts.len() == 1 && tree.lower(first) == "be",
        None => tree.token(head).upos == Upos::Verb && tree.token(head).feat("VerbForm") == Some("Inf"),
    };
    let marked = tree.children_by(head, "mark").any(|mark| tree.lower(mark) == "to");
    let not = tree.children_by(head, "advmod").filter(|&at| tree.lower(at) == "not" && at > subject);
    let first = not.chain(parts).chain([head]).min().filter(|_| bare && !marked)?;
    let start = tree.token(first).span.start;
    Some((Span::new(start, start), "should ".to_owned()))
}

/// "which" and "who" at the start of a relative clause become the noun they stand for, behind the verb where they are its object.
fn relative_pronoun(scene: &Scene, clause: &Clause, edits: &mut Vec<Edit>) {
    let tree = &scene.tree;
    let host = relative_host(scene, clause.head);
    let found = clause.span.range().take(3).find(|&at| {
        matches!(tree.lower(at).as_str(), "who" | "which" | "that" | "whom" | "whose")
            && tree.token(at).upos == Upos::Pron
    });
    let Some(at) = found else { return };
    // A relative clause that the tree hangs on no noun: the noun right before it.
    let before =
        at.checked_sub(1).map(|word| if tree.analysis.form(word) == "," { at.saturating_sub(2) } else { word });
    let near = before.filter(|&word| {
        let noun = matches!(tree.token(word).upos, Upos::Noun | Upos::Propn);
        at == clause.span.start
            && noun
            && matches!(tree.lower(at).as_str(), "who" | "which")
            && tree.sentence(word) == tree.sentence(at)
    });
    let Some(antecedent) = host.or(near) else { return };
    let whom = somebody(scene, at, nearest_noun(scene, at, antecedent));
    let whole = whom == antecedent && is_plural_verb(scene, clause.head);
    let noun = if whole { subjects_text(scene, whom, at) } else { subject_text(scene, whom) };
    let owns = tree.lower(at) == "whose";
    let verb = tree.head(at).filter(|&verb| {
        tree.relation(at) == "obj"
            && at == clause.span.start
            && clause.span.contains(verb)
            && tree.token(verb).upos == Upos::Verb
    });
    let Some(verb) = verb.filter(|_| !owns) else {
        edits.push((tree.token(at).span, if owns { owner(&noun) } else { noun }));
        return;
    };
    let particle = tree.children_by(verb, "compound").filter(|&part| part == verb + 1).last();
    let verb = tree.token(particle.unwrap_or(verb)).span;
    edits.push((tree.token(at).span, String::new()));
    edits.push((Span::new(verb.end, verb.end), format!(" {noun}")));
}

/// Whether the verb of a clause is a plural: "who were taken".
fn is_plural_verb(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let aux = tree.children(head).iter().copied().filter(|&child| matches!(tree.relation(child), "aux" | "cop"));
    let plural = |at: usize| matches!(tree.lower(at).as_str(), "were" | "are" | "have");
    aux.clone().any(plural) || aux.count() == 0 && tree.token(head).feat("Number") == Some("Plur")
}

/// A subject with those it is coordinated with, up to word `end`: "the doctor and the engineer".
fn subjects_text(scene: &Scene, subject: usize, end: usize) -> String {
    let tree = &scene.tree;
    let first = tree
        .head(subject)
        .filter(|&host| tree.relation(subject) == "conj" && matches!(tree.token(host).upos, Upos::Noun | Upos::Propn));
    let first = first.unwrap_or(subject);
    let others: Vec<usize> = tree
        .children_by(first, "conj")
        .filter(|&other| other < end && matches!(tree.token(other).upos, Upos::Noun | Upos::Propn))
        .collect();
    let anded = |&other: &usize| tree.children_by(other, "cc").any(|cc| tree.lower(cc) == "and");
    let several = tree.token(first).feat("Number") != Some("Plur") || first == subject;
    if others.is_empty() || !several || !others.last().is_some_and(anded) {
        return subject_text(scene, subject);
    }
    let all: Vec<usize> = std::iter::once(first).chain(others).collect();
    let named = all.iter().all(|&at| scene.entity_at(at).is_some_and(|entity| scene.is_named(entity.id)));
    if !named {
        let last = all.last().map_or(first, |&last| last);
        return tree.text(Span::new(tree.core_phrase(first).start, last + 1)).to_owned();
    }
    let mut names: Vec<String> = all.into_iter().map(|at| subject_text(scene, at)).collect();
    let last = names.pop().unwrap_or_default();
    format!("{} and {last}", names.join(", "))
}

/// The noun that a relative clause, or one coordinated with it, is about.
fn relative_host(scene: &Scene, head: usize) -> Option<usize> {
    let tree = &scene.tree;
    let mut at = head;
    while tree.relation(at) == "conj" && tree.own_subject(at).is_some() {
        at = tree.head(at)?;
    }
    tree.head(at).filter(|_| tree.token(at).deprel == "acl:relcl")
}

/// Whom "who" goes back to, where the tree gives a thing: the person right before it, or the one that the thing belongs to ("a professor of law
/// who …").
fn somebody(scene: &Scene, pronoun: usize, antecedent: usize) -> usize {
    let tree = &scene.tree;
    if !matches!(tree.lower(pronoun).as_str(), "who" | "whom") {
        return antecedent;
    }
    let person = |at: &usize| {
        scene
            .entity_at(*at)
            .is_some_and(|entity| matches!(entity.kind, EntityKind::Person | EntityKind::Norp | EntityKind::Group))
            || scene.lexicon.role(&tree.lemma(*at)).is_some()
    };
    if person(&antecedent) {
        return antecedent;
    }
    let comma = pronoun.checked_sub(1).filter(|&at| tree.analysis.form(at) == ",");
    let named = comma.unwrap_or(pronoun).checked_sub(1).and_then(|at| scene.name_over(at));
    let named = named.filter(|(_, kind)| *kind == EntityKind::Person).and_then(|(name, _)| tree.analysis.head_of(name));
    let above = std::iter::successors(tree.head(antecedent), |&at| tree.head(at)).take(3);
    let owner = above.take_while(|&at| matches!(tree.token(at).upos, Upos::Noun | Upos::Propn)).find(person);
    named.or(owner).unwrap_or(antecedent)
}

/// The name right before a relative pronoun, where the tree hangs the clause on a word that does not reach to it ("X's sources believe that
/// Y, which …"); else the antecedent of the tree.
fn nearest_noun(scene: &Scene, pronoun: usize, antecedent: usize) -> usize {
    let tree = &scene.tree;
    let start = tree.sentence_tokens(pronoun).start;
    let before = (start..pronoun).rev().find(|&at| tree.token(at).upos != Upos::Punct);
    // "Nina Orlova, 67, who …".
    let age = before.filter(|&at| tree.token(at).upos == Upos::Num && at > start && tree.analysis.form(at - 1) == ",");
    let near = if age.is_some() { 4 } else { 2 };
    let before = age.map_or(before, |at| (start..at).rev().find(|&at| tree.token(at).upos != Upos::Punct));
    let day = |at: usize| crate::chunk::is_day(&tree.lower(at));
    let name = before.filter(|&at| tree.token(at).upos == Upos::Propn && pronoun - at <= near && !day(at));
    let reached = |at: usize| {
        antecedent < at
            && (antecedent..at).all(|word| !matches!(tree.token(word).upos, Upos::Verb | Upos::Aux | Upos::Sconj))
    };
    match name {
        Some(at) if at != antecedent && !reached(at) && antecedent < pronoun => {
            scene.name_over(at).and_then(|(name, _)| tree.analysis.head_of(name)).unwrap_or(at)
        }
        _ => antecedent,
    }
}

/// Applies edits that do not overlap, first come first served.
fn apply(text: &str, start: usize, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(span, _)| (span.start, usize::MAX - span.end));
    let mut out = String::new();
    let mut at = 0;
    for (span, words) in edits {
        let (from, to) = (span.start.saturating_sub(start), span.end.saturating_sub(start));
        if from < at || to > text.len() || !text.is_char_boundary(from) || !text.is_char_boundary(to) {
            continue;
        }
        out.push_str(&text[at..from]);
        out.push_str(&words);
        at = to;
    }
    out.push_str(&text[at..]);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Puts the subject in front of a clause that has none of its own.
fn with_subject(scene: &Scene, clause: &Clause, body: String) -> String {
    let Some(subject) = fronted(scene, clause) else { return body };
    let noun =
        if clause.apposition { subject_text(scene, subject) } else { subjects_text(scene, subject, clause.head) };
    if clause.apposition {
        let several = scene.tree.token(clause.head).feat("Number") == Some("Plur");
        return format!("{noun} {} {body}", if several { "are" } else { "is" });
    }
    format!("{noun}{} {body}", shared_auxiliary(scene, clause.head))
}

/// The subject that a clause without one of its own takes from elsewhere in its sentence.
fn fronted(scene: &Scene, clause: &Clause) -> Option<usize> {
    let tree = &scene.tree;
    if clause.apposition {
        return tree.head(clause.head);
    }
    // "Its leaders, who fought in the war, are intent on peace": the relative clause parts the two.
    let copular = tree.children_by(clause.head, "cop").next().is_some();
    if tree.own_subject(clause.head).is_some_and(|subject| clause.span.contains(subject))
        || tree.token(clause.head).deprel == "acl:relcl"
        || clause.act.is_some() && clause.span.start != clause.head && !copular
        || tree.token(clause.head).upos != Upos::Verb && !copular
        || !clause.span.contains(clause.head)
    {
        return None;
    }
    if tree.children_by(clause.head, "nsubj").any(|at| clause.span.contains(at) && !tree.lower(at).ends_with("self")) {
        return None;
    }
    let speaker = super::parts::speaks_on(scene, clause.head);
    // "He signed, the lawyer told us, and has denied it since": not the lawyer.
    let inserted =
        tree.head(clause.head).filter(|&cue| tree.relation(clause.head) == "conj" && tree.relation(cue) == "parataxis");
    let inserted = inserted.filter(|&cue| scene.lexicon.verb(&tree.lemma(cue)).is_some_and(|cue| cue.strong));
    let subject = match inserted.and_then(|cue| tree.head(cue)).filter(|_| tree.own_subject(clause.head).is_none()) {
        Some(told) => tree.own_subject(told),
        None => tree
            .subject(speaker.unwrap_or(clause.head))
            .or_else(|| given_away(scene, clause.head))
            .or_else(|| carried_on(scene, clause)),
    };
    let heard = super::joined::listener(scene, clause.head);
    let subject = subject.filter(|&subject| heard.is_none_or(|heard| !heard.contains(subject)));
    subject.filter(|&subject| !clause.span.contains(subject) && tree.sentence(subject) == tree.sentence(clause.head))
}

/// The subject of the predicate before, for one that goes on behind "and" and hangs elsewhere: "is at work on it and [will add ships]".
fn carried_on(scene: &Scene, clause: &Clause) -> Option<usize> {
    let tree = &scene.tree;
    let start = clause.span.start;
    let and = start.checked_sub(1).filter(|&at| matches!(tree.lower(at).as_str(), "and" | "but"))?;
    let sentence = tree.sentence_tokens(start);
    let verbal = matches!(tree.token(start).upos, Upos::Aux | Upos::Verb) && sentence.contains(and);
    let speaks = |at: usize| scene.lexicon.verb(&tree.lemma(at)).is_some_and(|cue| cue.strong);
    (sentence.start..and)
        .rev()
        .filter(|_| verbal)
        .filter(|&at| tree.is_predicate(at) && tree.token(at).deprel != "acl:relcl" && !speaks(at))
        .find_map(|at| tree.own_subject(at).filter(|&subject| subject < at))
}

/// The subject of what is said that the tree gave to the verb of saying: "[Iraq], he told us, is no corridor" with two subjects of "told".
fn given_away(scene: &Scene, head: usize) -> Option<usize> {
    let tree = &scene.tree;
    let cue = tree.head(head).filter(|_| matches!(tree.relation(head), "ccomp" | "parataxis"))?;
    let subjects: Vec<usize> = tree.children_by(cue, "nsubj").collect();
    (subjects.len() > 1 && subjects[0] < head && tree.own_subject(head).is_none()).then(|| subjects[0])
}

/// The auxiliaries that a coordinated participle or infinitive shares with the predicate before it, each with a space in front.
fn shared_auxiliary(scene: &Scene, head: usize) -> String {
    let tree = &scene.tree;
    let has_own = tree.children(head).iter().any(|&child| matches!(tree.relation(child), "aux" | "cop"));
    let form = |at: usize| tree.token(at).feat("VerbForm");
    let passive = |host: usize| tree.children(host).iter().any(|&child| tree.token(child).deprel == "aux:pass");
    // "Were handed over and flown out": a form that is no past tense.
    let plain = tree.lower(head);
    let participle = |host: usize| passive(host) && (plain.ends_with("en") || plain.ends_with("wn"));
    let host = tree.head(head).filter(|&host| {
        let alike = form(head) == form(host) && form(head) != Some("Fin");
        tree.relation(head) == "conj" && !has_own && (alike || participle(host))
    });
    let shared = |host: usize| {
        let words = tree.children(host).iter().filter(|&&child| tree.relation(child) == "aux" && child < head);
        words.map(|&child| format!(" {}", tree.analysis.form(child))).collect::<String>()
    };
    host.map(shared).unwrap_or_default()
}

/// The name of a subject, else its words.
fn subject_text(scene: &Scene, head: usize) -> String {
    if scene.outlet_over(head).is_some()
        && let Some(outlet) = crate::party::named_outlet(scene, head)
    {
        return outlet.name;
    }
    let entity = scene.entity_at(head).filter(|entity| scene.is_named(entity.id));
    if let Some(entity) = entity {
        return called(scene, entity);
    }
    let phrase = scene.tree.core_phrase(head);
    let words = scene.tree.text(phrase);
    if let Some(owned) = with_owner(scene, phrase) {
        return owned;
    }
    let at = phrase.start.checked_sub(1).filter(|&at| scene.tree.lower(at) == "at");
    if at.is_some() && ["least ", "most "].iter().any(|word| words.starts_with(word)) {
        return format!("at {words}");
    }
    // "charges that countries that …": a conjunction taken for an article.
    let plural = scene.tree.token(head).feat("Number") == Some("Plur");
    words.strip_prefix("that ").filter(|_| plural).unwrap_or(words).to_owned()
}

/// Words that tie a quoted sentence to the one before it.
const LINKS: [&str; 4] = ["and", "but", "so", "of course,"];

/// `text` without `word` in front.
fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let rest = text.get(word.len()..)?;
    (text.get(..word.len())?.eq_ignore_ascii_case(word) && rest.starts_with(' ')).then(|| rest.trim_start())
}

/// "His rules" with the name of him whose they are.
fn with_owner(scene: &Scene, phrase: Span<Tok>) -> Option<String> {
    let first = phrase.start;
    let rest = Span::new(first + 1, phrase.end);
    let possessive = scene.tree.token(first).deprel == "nmod:poss" && scene.tree.token(first).upos == Upos::Pron;
    let entity = scene.entity_at(first).filter(|entity| possessive && !rest.is_empty() && scene.is_named(entity.id))?;
    let loose = is_own_voice(&scene.tree.lower(first)) || is_strange_outlet(scene, first, &entity.name);
    (!loose).then(|| format!("{} {}", owner(&called(scene, entity)), scene.tree.text(rest)))
}

/// Capital letter in front, full stop at the end.
pub fn finish(body: &str) -> String {
    let body = body.replace(" ,", ",").replace(",,", ",").replace(",.", ".");
    let body = body.trim().trim_matches(|c| matches!(c, '“' | '”' | '"' | ',' | ';' | ' '));
    let body = LINKS.iter().find_map(|link| strip_word(body, link)).unwrap_or(body);
    let mut chars = body.chars();
    let mut text: String = chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
    // A quotation mark that lost its partner at an edge.
    if text.matches('"').count() % 2 == 1 || text.matches('“').count() != text.matches('”').count() {
        text = text.chars().filter(|c| !matches!(c, '"' | '“' | '”')).collect();
    }
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}
