//! Writes the sentence of a claim so that it stands alone: pronouns and nouns that refer back become names, dates become absolute.
//!
//! In: a clause. Out: one plain sentence. The words are the document's own but for these replacements.

use sourceline_model::{EntityKind, Mention, MentionForm, Span, TimeBasis, Timex, TimexKind, Tok, Upos};

use super::clauses::Clause;
use super::voice::is_own_voice;
use crate::scene::Scene;

/// A stretch of text and what stands for it.
type Edit = (Span, String);

/// How near a name must stand to a noun for the same, in bytes, to be in apposition to it.
const BESIDE: usize = 3;

/// Writes the statement of a clause without the words of `frames`, which only credit somebody.
pub fn statement(scene: &Scene, clause: &Clause, frames: &[Span<Tok>], times: &[Timex]) -> String {
    let analysis = scene.tree.analysis;
    let bytes = analysis.bytes(clause.span);
    let mut edits: Vec<Edit> = frames.iter().map(|&frame| (analysis.bytes(frame), String::new())).collect();
    relative_pronoun(scene, clause, &mut edits);
    for mention in scene.mentions.iter().filter(|mention| bytes.covers(&mention.span)) {
        let edit = named(scene, mention).or_else(|| described(scene, bytes, mention));
        edits.extend(edit.filter(|_| !is_clear(scene, clause, mention)));
    }
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
    let noun = subject_text(scene, nearest_noun(scene, at, antecedent));
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

/// The name right before a relative pronoun, where the tree hangs the clause on a word that does not reach to it ("X's sources believe that
/// Y, which …"); else the antecedent of the tree.
fn nearest_noun(scene: &Scene, pronoun: usize, antecedent: usize) -> usize {
    let tree = &scene.tree;
    let start = tree.sentence_tokens(pronoun).start;
    let before = (start..pronoun).rev().find(|&at| tree.token(at).upos != Upos::Punct);
    let name = before.filter(|&at| tree.token(at).upos == Upos::Propn && pronoun - at <= 2);
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

/// Whether a mention needs no name: it is named in the clause already, is what an apposition says of its noun, or is a pronoun that a speaker
/// uses of what he spoke of before, which is resolved too unsurely to be written out.
fn is_clear(scene: &Scene, clause: &Clause, mention: &Mention) -> bool {
    let analysis = scene.tree.analysis;
    let named_beside = mention.form == MentionForm::Nominal
        && scene.mentions.iter().any(|other| {
            other.entity == mention.entity
                && other.form == MentionForm::Name
                && other.span != mention.span
                && other.span.start < mention.span.end + BESIDE
                && mention.span.start < other.span.end + BESIDE
        });
    let subject = tree_subject(scene, clause).and_then(|noun| scene.entity_at(noun)).map(|entity| entity.id);
    let predicated = clause.apposition && subject == Some(mention.entity) && mention.form == MentionForm::Nominal;
    let loose = mention.form == MentionForm::Pronoun
        && matches!(
            analysis.text(mention.span).to_lowercase().as_str(),
            "it" | "its" | "they" | "them" | "their" | "this" | "that"
        )
        && quotation(scene, mention.span.start).is_some_and(|opened| {
            !scene.mentions.iter().any(|other| {
                other.entity == mention.entity && other.span.start >= opened && other.span.end <= mention.span.start
            })
        });
    named_beside || predicated || loose || is_named_before(scene, clause, mention)
}

/// The noun that an apposition belongs to.
fn tree_subject(scene: &Scene, clause: &Clause) -> Option<usize> {
    scene.tree.head(clause.head).filter(|_| clause.apposition)
}

/// Where the quotation was opened that byte `at` stands in.
fn quotation(scene: &Scene, at: usize) -> Option<usize> {
    let text = &scene.tree.analysis.document.text;
    let before = text.get(..at)?;
    let paragraph = before.rfind("\n\n").map_or(0, |found| found + 2);
    let inside = &before[paragraph..];
    match (inside.rfind('“'), inside.rfind('”')) {
        (Some(open), close) => close.is_none_or(|close| close < open).then_some(paragraph + open),
        (None, _) => {
            let marks = inside.matches('"').count();
            (marks % 2 == 1).then(|| paragraph + inside.rfind('"').unwrap_or(0))
        }
    }
}

/// Whether a pronoun or noun stands behind a name of the same entity in its clause: it is clear then, and reads better.
fn is_named_before(scene: &Scene, clause: &Clause, mention: &Mention) -> bool {
    let start = scene.tree.analysis.bytes(clause.span).start;
    mention.form != MentionForm::Name
        && scene.mentions.iter().any(|other| {
            other.entity == mention.entity
                && other.form == MentionForm::Name
                && other.span.start >= start
                && other.span.end <= mention.span.start
        })
}

/// Whether an outlet's name would stand for a pronoun where outlets do not: "its commander", "asked for it".
fn is_strange_outlet(scene: &Scene, at: usize, name: &str) -> bool {
    let tree = &scene.tree;
    if scene.knowledge.outlet_by_name(name).is_none() {
        return false;
    }
    let Some(owned) = tree.head(at).filter(|_| tree.token(at).deprel == "nmod:poss") else {
        let reports = |verb: usize| scene.lexicon.verb(&tree.lemma(verb)).is_some();
        return !(tree.relation(at) == "nsubj" && tree.head(at).is_some_and(reports));
    };
    let lemma = tree.lemma(owned);
    let media = scene.lexicon.media(&lemma).is_some()
        || matches!(
            lemma.as_str(),
            "reporter"
                | "correspondent"
                | "journalist"
                | "editor"
                | "source"
                | "team"
                | "website"
                | "staff"
                | "question"
                | "request"
        );
    !media
}

/// A named entity's name in place of a pronoun or a noun that refers back.
fn named(scene: &Scene, mention: &Mention) -> Option<Edit> {
    let entity = scene.entity(mention.entity).filter(|_| scene.is_named(mention.entity))?;
    let tokens = &scene.tree.analysis.tokens;
    let first = tokens.partition_point(|token| token.span.end <= mention.span.start);
    let token = tokens.get(first)?;
    let possessive = token.feat("Poss") == Some("Yes") && mention.form == MentionForm::Pronoun;
    match mention.form {
        MentionForm::Name => None,
        MentionForm::Pronoun
            if matches!(token.feat("PronType"), Some("Rel" | "Int")) || token.feat("Reflex") == Some("Yes") =>
        {
            None
        }
        MentionForm::Pronoun if is_own_voice(&scene.tree.lower(first)) => None,
        MentionForm::Pronoun if is_strange_outlet(scene, first, &entity.name) => None,
        MentionForm::Pronoun => {
            Some((mention.span, if possessive { owner(&entity.name) } else { entity.name.clone() }))
        }
        MentionForm::Nominal if matches!(entity.kind, EntityKind::Norp | EntityKind::Event) => None,
        MentionForm::Nominal => {
            let text = scene.tree.analysis.text(mention.span).to_lowercase();
            let refers_back = ["the ", "this ", "that "].iter().any(|article| text.starts_with(article))
                && text.split_whitespace().count() <= 3;
            refers_back.then(|| (mention.span, entity.name.clone()))
        }
    }
}

/// Longest phrase that takes the place of a pronoun, in words.
const LONGEST: usize = 6;

/// "the observers" in place of "they", where nobody gives a name: the last phrase for the same before this clause. Subjects alone, and "it" only
/// for a body that is the subject of the sentence before: what else refers back is resolved too unsurely to be written out.
fn described(scene: &Scene, clause: Span, mention: &Mention) -> Option<Edit> {
    let analysis = scene.tree.analysis;
    let at = analysis.tokens.partition_point(|token| token.span.end <= mention.span.start);
    let plural = match scene.tree.lower(at).as_str() {
        "they" => true,
        "he" | "she" | "it" => false,
        _ => return None,
    };
    let it = scene.tree.lower(at) == "it";
    if mention.form != MentionForm::Pronoun || scene.is_named(mention.entity) || scene.tree.relation(at) != "nsubj" {
        return None;
    }
    let before = scene.mentions.iter().rev().find(|other| {
        other.entity == mention.entity && other.form == MentionForm::Nominal && other.span.end <= clause.start
    })?;
    let words: Vec<&str> = analysis.text(before.span).split_whitespace().collect();
    let owned = |word: &&str| {
        let word = word.to_lowercase();
        word.ends_with("'s")
            || word.ends_with("’s")
            || matches!(
                word.as_str(),
                "its" | "his" | "her" | "their" | "our" | "my" | "whose" | "no" | "who" | "neither" | "each" | "every"
            )
    };
    let start = analysis.tokens.partition_point(|token| token.span.end <= before.span.start);
    let end = analysis.tokens.partition_point(|token| token.span.start < before.span.end);
    let head = analysis.head_of(Span::new(start, end.max(start + 1)))?;
    let body = matches!(before.kind, EntityKind::Group | EntityKind::Organization);
    let near = scene.tree.sentence(head) + 1 >= scene.tree.sentence(at) && scene.tree.relation(head) == "nsubj";
    let animate = body || matches!(before.kind, EntityKind::Person | EntityKind::Norp);
    let person = if it { body && near } else { before.kind == EntityKind::Person || plural && animate };
    let agrees = (scene.tree.token(head).feat("Number") == Some("Plur")) == plural && person;
    if !agrees || words.is_empty() || words.len() > LONGEST || words.iter().any(owned) {
        return None;
    }
    let first = words[0].to_lowercase();
    let rest = words[1..].join(" ");
    let name = match first.as_str() {
        "the" | "this" | "that" | "these" | "those" | "a" | "an" | "some" | "another" => format!("the {rest}"),
        _ if rest.is_empty() => format!("the {first}"),
        _ if scene.tree.token(start_token(scene, before)).upos == Upos::Propn => format!("the {}", words.join(" ")),
        _ => format!("the {first} {rest}"),
    };
    Some((mention.span, name))
}

/// The first word of a mention.
fn start_token(scene: &Scene, mention: &Mention) -> usize {
    scene.tree.analysis.tokens.partition_point(|token| token.span.end <= mention.span.start)
}

fn owner(name: &str) -> String {
    if name.ends_with('s') { format!("{name}'") } else { format!("{name}'s") }
}

/// A relative date as an absolute one.
fn dated(scene: &Scene, time: &Timex) -> Option<Edit> {
    // Without a publication date a relative date hangs on a guess; the words say less, but nothing wrong.
    let undated = scene.tree.analysis.document.published.is_none();
    if undated || time.basis == TimeBasis::Stated || time.kind != TimexKind::Date {
        return None;
    }
    let words = absolute(time.value.as_deref()?)?;
    let text = &scene.tree.analysis.document.text;
    let before =
        text[..time.span.start].trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    let has_preposition = matches!(
        before.as_str(),
        "on" | "in"
            | "since"
            | "until"
            | "by"
            | "from"
            | "before"
            | "after"
            | "of"
            | "for"
            | "to"
            | "between"
            | "during"
            | "and"
            | "or"
            | "through"
            | "till"
            | "late"
            | "early"
            | "mid"
    );
    let possessive = scene.tree.analysis.text(time.span).ends_with("'s")
        || text[time.span.end..].starts_with("'s")
        || text[time.span.end..].starts_with('’');
    // "another July" is not the last one; "the end of the year" is no year.
    if matches!(before.as_str(), "another" | "every" | "each" | "any" | "some") {
        return None;
    }
    let said = scene.tree.analysis.text(time.span).to_lowercase();
    let part = ["end", "start", "beginning", "middle", "turn"].into_iter().find(|part| {
        said.contains(&format!("{part} of ")) && time.value.as_deref().is_none_or(|value| value.len() <= 7)
    });
    if let Some(part) = part {
        return Some((time.span, format!("the {part} of {}", words.1)));
    }
    if has_preposition || possessive {
        return Some((time.span, words.1));
    }
    Some((time.span, format!("{} {}", words.0, words.1)))
}

/// EDTF day, month or year as words, with its preposition.
pub fn absolute(edtf: &str) -> Option<(&'static str, String)> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let parts: Vec<&str> = edtf.split('-').collect();
    let year = parts.first().filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let month = || {
        parts.get(1).and_then(|month| month.parse::<usize>().ok()).and_then(|month| MONTHS.get(month.checked_sub(1)?))
    };
    match parts.len() {
        1 => Some(("in", (*year).to_owned())),
        2 => Some(("in", format!("{} {year}", month()?))),
        3 => Some(("on", format!("{} {} {year}", parts[2].parse::<u32>().ok()?, month()?))),
        _ => None,
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
    let tree = &scene.tree;
    if clause.apposition {
        let Some(head) = tree.head(clause.head) else { return body };
        let several = tree.token(clause.head).feat("Number") == Some("Plur");
        return format!("{} {} {body}", subject_text(scene, head), if several { "are" } else { "is" });
    }
    if tree.own_subject(clause.head).is_some_and(|subject| clause.span.contains(subject))
        || tree.token(clause.head).deprel == "acl:relcl"
        || clause.act.is_some() && clause.span.start != clause.head
    {
        return body;
    }
    if tree.token(clause.head).upos != Upos::Verb || !clause.span.contains(clause.head) {
        return body;
    }
    let speaker = super::parts::speaks_on(scene, clause.head);
    match tree
        .subject(speaker.unwrap_or(clause.head))
        .filter(|&subject| !clause.span.contains(subject) && tree.sentence(subject) == tree.sentence(clause.head))
    {
        Some(subject) => format!("{}{} {body}", subject_text(scene, subject), shared_auxiliary(scene, clause.head)),
        None => body,
    }
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
        return entity.name.clone();
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
    (!loose).then(|| format!("{} {}", owner(&entity.name), scene.tree.text(rest)))
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
