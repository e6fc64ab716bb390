//! What stands in for pronouns and nouns that refer back, so that a claim's sentence stands alone.
//!
//! In: a mention in a clause. Out: the words that take its place, or none where it is clear, or too unsure to be written out.

use std::collections::BTreeSet;

use sourceline_model::{Entity, EntityId, EntityKind, Mention, MentionForm, Span, Tok, Upos};

use super::clauses::Clause;
use super::voice::is_own_voice;
use crate::scene::Scene;

/// What stands in for the mentions of a clause. Nobody is written out twice: after `subject`, which stands in front, or a name, what refers
/// back is clear.
pub(super) fn edits(scene: &Scene, clause: &Clause, subject: Option<usize>) -> Vec<(Span, String)> {
    let bytes = scene.tree.analysis.bytes(clause.span);
    let mut written: BTreeSet<EntityId> =
        subject.and_then(|at| scene.entity_at(at)).map(|e| e.id).into_iter().collect();
    let mut edits = Vec::new();
    for mention in scene.mentions.iter().filter(|mention| bytes.covers(&mention.span)) {
        if written.contains(&mention.entity) || is_clear(scene, clause, mention) {
            continue;
        }
        let edit = named(scene, mention).or_else(|| described(scene, bytes, mention));
        let Some(edit) = edit.or_else(|| introduced(scene, bytes, mention)) else { continue };
        written.insert(mention.entity);
        edits.push(edit);
    }
    edits
}

/// The name of an entity, with "the" where the document has it: "the FBI", "the Indian government".
pub(super) fn called(scene: &Scene, entity: &Entity) -> String {
    let name = entity.name.as_str();
    let has_own = name.to_lowercase().starts_with("the ");
    if entity.kind == EntityKind::Person || has_own {
        return name.to_owned();
    }
    let analysis = scene.tree.analysis;
    let names =
        || scene.mentions.iter().filter(|mention| mention.entity == entity.id && mention.form == MentionForm::Name);
    let same = names().any(|mention| analysis.text(mention.span) == name);
    let (mut with, mut without) = (0, 0);
    for mention in names().filter(|mention| !same || analysis.text(mention.span) == name) {
        let words = analysis.tokens_under(mention.span);
        let (first, head) = (words.start, analysis.head_of(words));
        // "the Biden plan": the article is the other noun's.
        let modifies = head.is_none_or(|head| matches!(scene.tree.relation(head), "compound" | "amod" | "flat"));
        if modifies || analysis.in_dateline(first) {
            continue;
        }
        let the = first.checked_sub(1).is_some_and(|before| scene.tree.lower(before) == "the");
        if the { with += 1 } else { without += 1 }
    }
    let common = name.rsplit(' ').next().is_some_and(|word| name.contains(' ') && word.starts_with(char::is_lowercase));
    if with > 0 && with >= without || with + without == 0 && common { format!("the {name}") } else { name.to_owned() }
}

/// How near a name must stand to a noun for the same, in bytes, to be in apposition to it.
const BESIDE: usize = 3;

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
pub(super) fn is_strange_outlet(scene: &Scene, at: usize, name: &str) -> bool {
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
fn named(scene: &Scene, mention: &Mention) -> Option<(Span, String)> {
    let entity = scene.entity(mention.entity).filter(|_| scene.is_named(mention.entity))?;
    let first = start_token(scene, mention);
    let token = scene.tree.analysis.tokens.get(first)?;
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
            let name = called(scene, entity);
            Some((mention.span, if possessive { owner(&name) } else { name }))
        }
        MentionForm::Nominal if matches!(entity.kind, EntityKind::Norp | EntityKind::Event) => None,
        MentionForm::Nominal => {
            let text = scene.tree.analysis.text(mention.span).to_lowercase();
            let refers_back = ["the ", "this ", "that "].iter().any(|article| text.starts_with(article))
                && text.split_whitespace().count() <= 3;
            let shared = || likelihood(scene, mention) < SHARED_LIKELY && is_shared_office(scene, mention, entity);
            let likely = likelihood(scene, mention) >= NAME_LIKELY;
            let sure = refers_back && likely && !shared() && !is_other_capital(&text, entity);
            sure.then(|| (mention.span, called(scene, entity)))
        }
    }
}

/// Least probability of a definite noun's standing for a name before the name is written for it. Judged reports, each fifth left out in turn:
/// see `eval/antecedents/README.md`.
const NAME_LIKELY: f32 = 0.75;
/// The same for an office that several persons of the document hold.
const SHARED_LIKELY: f32 = 0.9;
/// The same before the phrase that introduced a thing is written for a noun.
const PHRASE_LIKELY: f32 = 0.7;
/// The same where that phrase has another noun: "the cargo ship" for "the vessel".
const SENSE_LIKELY: f32 = 0.85;

/// How likely a mention stands for its entity.
fn likelihood(scene: &Scene, mention: &Mention) -> f32 {
    let index = (mention.id.0 as usize).checked_sub(1);
    index.and_then(|index| scene.likely.get(index)).copied().unwrap_or(1.0)
}

/// "The president" where the document names two of them.
fn is_shared_office(scene: &Scene, mention: &Mention, entity: &Entity) -> bool {
    if entity.kind != EntityKind::Person {
        return false;
    }
    let text = scene.tree.analysis.text(mention.span).to_lowercase();
    let role = text.rsplit(' ').next().unwrap_or("");
    let same = |at: usize| scene.entity_at(at).is_none_or(|known| known.id == entity.id);
    let head = |name: Span<Tok>| scene.tree.analysis.head_of(name).unwrap_or(name.start);
    let titled = scene.titles().iter().filter(|titled| titled.words.iter().any(|word| word == role));
    let holds = |other: &&Entity| {
        other.kb.as_deref().is_some_and(|key| scene.knowledge.offices(key).any(|office| office.role == role))
    };
    let others = scene.entities.iter().filter(|other| other.kind == EntityKind::Person && other.id != entity.id);
    titled.map(|titled| head(titled.name)).any(|at| !same(at))
        || others.filter(holds).any(|other| scene.is_named(other.id))
}

/// "The capital" for a town that is none.
fn is_other_capital(text: &str, entity: &Entity) -> bool {
    let seat = |place: &sourceline_model::Place| place.feature == "PPLC";
    text.ends_with("capital") && !entity.place.as_ref().is_some_and(seat)
}

/// Longest phrase that takes the place of a pronoun, in words.
const LONGEST: usize = 6;

/// "the observers" in place of "they", where nobody gives a name: the last phrase for the same before this clause. Subjects alone, and "it" only
/// for a body that is the subject of the sentence before: what else refers back is resolved too unsurely to be written out.
fn described(scene: &Scene, clause: Span, mention: &Mention) -> Option<(Span, String)> {
    let analysis = scene.tree.analysis;
    let at = start_token(scene, mention);
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
    let phrase = analysis.tokens_under(before.span);
    let head = analysis.head_of(phrase)?;
    let body = matches!(before.kind, EntityKind::Group | EntityKind::Organization);
    let near = scene.tree.sentence(head) + 1 >= scene.tree.sentence(at) && scene.tree.relation(head) == "nsubj";
    let animate = body || matches!(before.kind, EntityKind::Person | EntityKind::Norp);
    let person = if it { body && near } else { before.kind == EntityKind::Person || plural && animate };
    let agrees = (scene.tree.token(head).feat("Number") == Some("Plur")) == plural && person;
    if !agrees || words.is_empty() || words.len() > LONGEST || words.iter().any(is_owned) {
        return None;
    }
    let proper = is_proper(scene, phrase.start);
    with_article(&words, proper).map(|name| (mention.span, name))
}

/// "the leaked recording of a call" in place of "the recording": the words that introduced what a plain noun goes back to, where they say more.
fn introduced(scene: &Scene, clause: Span, mention: &Mention) -> Option<(Span, String)> {
    let analysis = scene.tree.analysis;
    let noun = analysis.text(mention.span).to_lowercase();
    let plain: Vec<&str> = noun.split_whitespace().collect();
    let likely = likelihood(scene, mention);
    let refers_back = plain.len() == 2 && matches!(plain[0], "the" | "this" | "these" | "those");
    if mention.form != MentionForm::Nominal || scene.is_named(mention.entity) || !refers_back {
        return None;
    }
    let first = scene.mentions.iter().find(|other| other.entity == mention.entity)?;
    let phrase = analysis.tokens_under(first.span);
    let words: Vec<&str> = analysis.text(first.span).split_whitespace().collect();
    let head = analysis.head_of(phrase)?;
    let noun = analysis.head_of(analysis.tokens_under(mention.span))?;
    let same = scene.tree.lemma(head) == scene.tree.lemma(noun);
    let sure = likely >= if same { PHRASE_LIKELY } else { SENSE_LIKELY };
    let pronoun = |at: usize| scene.tree.token(at).upos == Upos::Pron;
    // "the Kyiv site" of "the Kyiv site Mirror" is cut off a name.
    let ends = head + 1 >= phrase.end;
    let owner = analysis.document.text[mention.span.end..].starts_with(['\'', '’']);
    let whole = ends || scene.tree.token(head + 1).upos == Upos::Adp && !owner;
    let telling = words.len() > plain.len() && words.len() <= LONGEST + 1;
    if first.form != MentionForm::Nominal || first.span.end > clause.start || !sure || !whole || !telling {
        return None;
    }
    if words.iter().any(is_owned) || phrase.range().any(pronoun) {
        return None;
    }
    let proper = is_proper(scene, phrase.start);
    with_article(&words, proper).map(|name| (mention.span, name))
}

/// Whether a word makes a phrase somebody's, or nobody's.
fn is_owned(word: &&str) -> bool {
    let word = word.to_lowercase();
    word.ends_with("'s")
        || word.ends_with("’s")
        || matches!(
            word.as_str(),
            "its" | "his" | "her" | "their" | "our" | "my" | "whose" | "no" | "who" | "neither" | "each" | "every"
        )
}

/// Whether a word keeps its capital: "Iranian officials".
fn is_proper(scene: &Scene, word: usize) -> bool {
    let form = scene.tree.analysis.form(word);
    scene.tree.token(word).upos == Upos::Propn
        || form.starts_with(char::is_uppercase) && scene.knowledge.demonym(form).is_some()
}

/// A phrase as something spoken of before: "the observers" of "three observers".
fn with_article(words: &[&str], proper: bool) -> Option<String> {
    let first = words.first()?.to_lowercase();
    let rest = words[1..].join(" ");
    Some(match first.as_str() {
        "all" | "both" | "at" | "about" | "around" | "nearly" | "almost" | "more" | "most" | "over" | "up" => {
            return None;
        }
        "the" | "this" | "that" | "these" | "those" | "a" | "an" | "some" | "another" => format!("the {rest}"),
        _ if rest.is_empty() => format!("the {first}"),
        _ if proper => format!("the {}", words.join(" ")),
        _ => format!("the {first} {rest}"),
    })
}

/// The first word of a mention.
fn start_token(scene: &Scene, mention: &Mention) -> usize {
    scene.tree.analysis.tokens_under(mention.span).start
}

pub(super) fn owner(name: &str) -> String {
    if name.ends_with('s') { format!("{name}'") } else { format!("{name}'s") }
}
