//! Writes the sentence of a claim so that it stands alone: pronouns and nouns that refer back become names, dates become absolute.
//!
//! In: a clause. Out: one plain sentence. The words are the document's own but for these replacements.

use sourceline_model::{EntityKind, Mention, MentionForm, Span, TimeBasis, Timex, TimexKind, Upos};

use super::clauses::Clause;
use crate::scene::Scene;

/// A stretch of text and what stands for it.
type Edit = (Span, String);

/// Writes the statement of a clause.
pub fn statement(scene: &Scene, clause: &Clause, times: &[Timex]) -> String {
    let analysis = scene.tree.analysis;
    let bytes = analysis.bytes(clause.span);
    let mut edits: Vec<Edit> = Vec::new();
    relative_pronoun(scene, clause, &mut edits);
    for mention in scene.mentions.iter().filter(|mention| bytes.covers(&mention.span)) {
        edits.extend(named(scene, mention));
    }
    for time in times.iter().filter(|time| bytes.covers(&time.span)) {
        edits.extend(dated(scene, time));
    }
    let body = apply(analysis.text(bytes), bytes.start, edits);
    finish(&with_subject(scene, clause, body))
}

/// "which" and "who" at the start of a relative clause become the noun they stand for.
fn relative_pronoun(scene: &Scene, clause: &Clause, edits: &mut Vec<Edit>) {
    let tree = &scene.tree;
    if tree.token(clause.head).deprel != "acl:relcl" {
        return;
    }
    let Some(antecedent) = tree.head(clause.head) else { return };
    let found = clause.span.range().take(3).find(|&at| {
        matches!(tree.lower(at).as_str(), "who" | "which" | "that" | "whom") && tree.token(at).upos == Upos::Pron
    });
    if let Some(at) = found {
        edits.push((tree.token(at).span, subject_text(scene, antecedent)));
    }
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
        MentionForm::Pronoun => {
            Some((mention.span, if possessive { owner(&entity.name) } else { entity.name.clone() }))
        }
        MentionForm::Nominal if matches!(entity.kind, EntityKind::Norp) => None,
        MentionForm::Nominal => {
            let text = scene.tree.analysis.text(mention.span).to_lowercase();
            let refers_back = ["the ", "this ", "that "].iter().any(|article| text.starts_with(article))
                && text.split_whitespace().count() <= 3;
            refers_back.then(|| (mention.span, entity.name.clone()))
        }
    }
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
            | "late"
            | "early"
            | "mid"
    );
    let possessive = scene.tree.analysis.text(time.span).ends_with("'s")
        || text[time.span.end..].starts_with("'s")
        || text[time.span.end..].starts_with('’');
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
        return format!("{} is {body}", subject_text(scene, head));
    }
    if clause.act.is_some()
        || tree.own_subject(clause.head).is_some_and(|subject| clause.span.contains(subject))
        || tree.token(clause.head).deprel == "acl:relcl"
    {
        return body;
    }
    if tree.token(clause.head).upos != Upos::Verb || !clause.span.contains(clause.head) {
        return body;
    }
    match tree
        .subject(clause.head)
        .filter(|&subject| !clause.span.contains(subject) && tree.sentence(subject) == tree.sentence(clause.head))
    {
        Some(subject) => {
            let participle =
                tree.token(clause.head).feat("VerbForm") == Some("Part") || tree.lower(clause.head).ends_with("ing");
            let linked =
                participle && tree.relation(clause.head) == "advcl" && tree.lower(clause.head).ends_with("ing");
            format!("{}{} {body}", subject_text(scene, subject), if linked { " was" } else { "" })
        }
        None => body,
    }
}

/// The name of a subject, else its words.
fn subject_text(scene: &Scene, head: usize) -> String {
    let entity = scene.entity_at(head).filter(|entity| scene.is_named(entity.id));
    entity.map_or_else(|| scene.tree.text(scene.tree.core_phrase(head)).to_owned(), |entity| entity.name.clone())
}

/// Capital letter in front, full stop at the end.
fn finish(body: &str) -> String {
    let body = body.trim().trim_matches(|c| matches!(c, '“' | '”' | '"' | ',' | ';' | ' '));
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
