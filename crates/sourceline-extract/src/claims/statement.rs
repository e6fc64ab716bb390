//! Writes the sentence of a claim so that it stands alone: pronouns and nouns that refer back become names, dates become absolute.
//!
//! In: a clause. Out: one plain sentence. The words are the document's own but for these replacements.

use sourceline_model::{EntityKind, Span, Timex, Tok, Upos};

use super::clauses::Clause;
use super::dates::dated;
use super::standins::{self, called, is_strange_outlet, owner};
use super::voice::is_own_voice;
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
    let body = apply(analysis.text(bytes), bytes.start, edits);
    finish(&with_subject(scene, clause, body))
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
    let noun = subject_text(scene, somebody(scene, at, nearest_noun(scene, at, antecedent)));
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
    let day = |at: usize| crate::chunk::is_day(&tree.lower(at));
    let name = before.filter(|&at| tree.token(at).upos == Upos::Propn && pronoun - at <= 2 && !day(at));
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
    let noun = subject_text(scene, subject);
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
    let speaker = super::parts::speaks_on(scene, clause.head);
    let subject = tree.subject(speaker.unwrap_or(clause.head));
    subject.filter(|&subject| !clause.span.contains(subject) && tree.sentence(subject) == tree.sentence(clause.head))
}

/// The auxiliaries that a coordinated participle or infinitive shares with the predicate before it, each with a space in front.
fn shared_auxiliary(scene: &Scene, head: usize) -> String {
    let tree = &scene.tree;
    let has_own = tree.children(head).iter().any(|&child| matches!(tree.relation(child), "aux" | "cop"));
    let form = |at: usize| tree.token(at).feat("VerbForm");
    let host = tree.head(head).filter(|&host| {
        tree.relation(head) == "conj" && !has_own && form(head) == form(host) && form(head) != Some("Fin")
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
