//! Sources that are not named, states, and anything else that can say something.
//!
//! In: the head word of a phrase. Out: a party.

use super::*;

pub(super) fn unnamed(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let Describe { anonymous, refers_back } = anonymous::describe(scene, history, head)?;
    let words = scene.tree.core_phrase(head);
    // "The authority" of which the document gives the name.
    let named = |entity: &&Entity| scene.is_named(entity.id) && entity.kind == EntityKind::Organization;
    if scene.tree.lemma(head) == "authority" && scene.entity_at(head).filter(named).is_some() {
        return None;
    }
    let name = match principal(scene, history, head).filter(|_| !refers_back) {
        Some((said, name)) => anonymous.descriptor.replacen(said, &name, 1),
        None => of_whom(scene, history, head, &anonymous.descriptor),
    };
    let anonymous = Some(Anonymous { descriptor: name.clone(), ..anonymous });
    Some(Party { words, anonymous, refers_back, ..make(scene, head, name, PartyKind::Unnamed) })
}

/// "A colleague of hers" with the name of whom she is.
fn of_whom(scene: &Scene, history: &History, head: usize, descriptor: &str) -> String {
    let tree = &scene.tree;
    let owner = tree.children_by(head, "nmod").find(|&child| {
        tree.case(child) == "of" && matches!(tree.lower(child).as_str(), "his" | "hers" | "theirs" | "him" | "her")
    });
    let form = owner.map(|owner| if tree.lower(owner) == "hers" { "her".to_owned() } else { tree.lower(owner) });
    let _guard = scene.descend();
    let known = owner.and_then(|owner| match form.as_deref() {
        Some("her" | "his" | "him") => he(scene, history, owner),
        _ => None,
    });
    match (known, owner) {
        (Some(person), Some(owner)) => {
            descriptor.replacen(&format!("of {}", tree.lower(owner)), &format!("of {}", person.name), 1)
        }
        _ => descriptor.to_owned(),
    }
}

/// A state or its capital: the government speaks.
pub(super) fn state(scene: &Scene, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let words = scene.name_over(head).map_or_else(|| tree.core_phrase(head), |(name, _)| name);
    let hyphened = words.end < tree.analysis.tokens.len() && tree.analysis.form(words.end) == "-";
    if hyphened || !matches!(tree.token(head).upos, Upos::Propn | Upos::Adj | Upos::Noun) {
        return None;
    }
    let iso2 = scene.country_of(tree.text(words))?;
    Some(Party { words, ..make(scene, head, format!("{} government", scene.adjective(iso2)?), PartyKind::Body) })
}

/// Anything else that can say something.
pub(super) fn body(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    if !matches!(
        tree.token(head).upos,
        Upos::Propn | Upos::Noun | Upos::Num | Upos::Det | Upos::Adj | Upos::Pron | Upos::X
    ) {
        return None;
    }
    let lemma = tree.lemma(head);
    let named = scene.name_over(head).map(|(name, _)| name);
    if let Some(name) = named_by_noun(scene, head) {
        return Some(make(scene, head, tree.text(name).to_owned(), PartyKind::Body));
    }
    // "A video on Telegram. The group says": a platform is no group.
    let platform = |entity: &&Entity| named.is_none() && scene.lexicon.is_occasion(&entity.name.to_lowercase());
    let known = scene.entity_at(head).filter(|entity| scene.is_named(entity.id) && !platform(entity));
    if let Some(entity) = known {
        return Some(make(scene, head, body_name(scene, head, named, entity), body_kind(entity.kind)));
    }
    if named.is_none()
        && let Some(party) = fuller(scene, history, head)
    {
        return Some(Party { words: tree.core_phrase(head), head, refers_back: true, ..party });
    }
    if named.is_none()
        && definite(scene, head)
        && COMPANIES.contains(&lemma.as_str())
        && let Some(party) = company_before(scene, history, head)
    {
        return Some(Party { words: tree.core_phrase(head), head, refers_back: true, ..party });
    }
    if named.is_none() && definite(scene, head) && COMPANIES.contains(&lemma.as_str()) {
        let kin = |at: &usize| {
            COMPANIES.contains(&tree.lemma(*at).as_str())
                && !definite(scene, *at)
                && tree.sentence(*at) + 4 > tree.sentence(head)
        };
        if let Some(first) = (0..head).rev().find(kin) {
            return Some(Party {
                words: tree.core_phrase(head),
                refers_back: true,
                ..make(scene, head, bare(scene, first), PartyKind::Body)
            });
        }
    }
    if named.is_none()
        && let Some(party) = body_before(scene, history, head)
    {
        return Some(Party { words: tree.core_phrase(head), head, refers_back: true, ..party });
    }
    if named.is_none()
        && definite(scene, head)
        && let Some(party) = antecedent(scene, history, head)
    {
        return Some(Party { words: tree.core_phrase(head), head, refers_back: true, ..party });
    }
    if named.is_none()
        && let Some(party) = any_body(scene, history, head)
    {
        return Some(Party { words: tree.core_phrase(head), head, refers_back: true, ..party });
    }
    let text = match named {
        Some(name) => tree.text(with_title_before(scene, name)).to_owned(),
        None => with_owner(scene, history, head, bare(scene, head)),
    };
    let kind =
        if named.is_some_and(|name| scene.name_over(name.start).is_some_and(|(_, kind)| kind == EntityKind::Person)) {
            PartyKind::Person
        } else {
            PartyKind::Body
        };
    let own_name = named.is_some_and(|name| name.len() > 1 && holds_country(scene, name));
    if let Some(name) = named_after_state(scene, head) {
        return Some(make(scene, head, name, PartyKind::Body));
    }
    let text = match text {
        text if text.is_empty() => lemma,
        text if own_name => text,
        text => with_country(scene, head, text),
    };
    Some(make(scene, head, text, kind))
}

/// "Police Scotland": a place with a word in capitals before it that is part of the name.
fn with_title_before(scene: &Scene, name: Span<Tok>) -> Span<Tok> {
    let tree = &scene.tree;
    let place =
        scene.name_over(name.start).is_some_and(|(_, kind)| matches!(kind, EntityKind::Gpe | EntityKind::Location));
    let before = name.start.checked_sub(1).filter(|&at| {
        place
            && at >= tree.sentence_tokens(name.start).start
            && tree.token(at).upos == Upos::Propn
            && scene.name_over(at).is_none()
    });
    before.map_or(name, |at| Span::new(at, name.end))
}

/// "The institute Datalux", "the carmaker Valdor": the name that a noun for a body is called by.
fn named_by_noun(scene: &Scene, head: usize) -> Option<Span<Tok>> {
    let tree = &scene.tree;
    let next = head + 1;
    let body = scene.lexicon.speaking(&tree.lemma(head)) == Some(crate::lexicon::Speaking::Body);
    let noun = body
        && tree.token(head).upos == Upos::Noun
        && next < tree.sentence_tokens(head).end
        && scene.name_over(head).is_none();
    let (name, kind) = scene.name_over(next).filter(|(name, _)| noun && name.start == next)?;
    let group = matches!(kind, EntityKind::Organization | EntityKind::Group | EntityKind::Product);
    let singular = tree.token(head).feat("Number") != Some("Plur");
    (group && singular).then_some(name)
}

/// "The Armed Forces of the Philippines": a name in capitals, as it stands.
fn named_after_state(scene: &Scene, head: usize) -> Option<String> {
    let tree = &scene.tree;
    let capital = |at: usize| tree.analysis.form(at).starts_with(char::is_uppercase);
    let words = tree.core_phrase(head);
    let of = head + 1 < words.end && tree.lower(head + 1) == "of";
    let start = (words.start..head).find(|&at| capital(at) && tree.token(at).upos != Upos::Det)?;
    let group = Span::new(start, words.end);
    let named = of
        && capital(head)
        && (start..head).all(capital)
        && scene.country_of(tree.analysis.form(words.end - 1)).is_some();
    named.then(|| tree.text(group).to_owned())
}

/// Whether a name holds that of a state: "Armed Forces of X".
fn holds_country(scene: &Scene, name: Span<Tok>) -> bool {
    let tree = &scene.tree;
    name.range().skip(1).any(|at| scene.country_of(tree.text(Span::new(at, name.end))).is_some())
        && scene.country_of(tree.analysis.form(name.start)).is_none()
}

/// "The ministry", "the foreign ministry": the body with these words in its name that spoke before, else one named before.
fn body_before(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let words = tree.core_phrase(head);
    let own = |at: &usize| matches!(tree.token(*at).upos, Upos::Noun | Upos::Adj | Upos::Propn);
    let wanted: Vec<String> = words.range().filter(own).map(|at| tree.lower(at)).collect();
    let bare_the = tree.children_by(head, "det").any(|det| tree.lower(det) == "the");
    let lemma = tree.lemma(head);
    let of_a_state = is_state_organ(&lemma) && !matches!(lemma.as_str(), "government" | "regime" | "junta" | "cabinet");
    if !bare_the || wanted.is_empty() || words.end != head + 1 || !of_a_state {
        return None;
    }
    let called = |name: &str| {
        let name = name.to_lowercase();
        wanted.iter().all(|word| name.split([' ', '-']).any(|part| part == word))
    };
    let spoke = history.sources.iter().rev().find(|party| party.kind == PartyKind::Body && called(&party.name));
    spoke.cloned().or_else(|| {
        let named = tree.analysis.names.iter().rev().find(|name| {
            name.tokens.end < head
                && name.tokens.len() > 1
                && name.kind == EntityKind::Organization
                && called(tree.text(name.tokens))
        })?;
        let named_head = tree.analysis.head_of(named.tokens)?;
        Some(make(scene, named_head, display(scene, named.kind, tree.text(named.tokens)), PartyKind::Body))
    })
}

/// The last source that is called a business: "the operator, Vektor Mining, said … The company …".
fn company_before(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let bare_the = tree.core_phrase(head).len() <= 2;
    let called = |party: &&Party| {
        let sentence = tree.sentence_tokens(party.head);
        let words = party.words.start.saturating_sub(4).max(sentence.start)..(party.words.end + 5).min(sentence.end);
        let noun = words.into_iter().any(|at| COMPANIES.contains(&tree.lemma(at).as_str()));
        // "The company's lawyer, X": X is no company.
        let body = party.kind != PartyKind::Person
            || scene.titles_of(party.words, &party.name).all(|word| scene.lexicon.role(word).is_none());
        bare_the && noun && body && party.anonymous.is_none() && scene.name_over(party.head).is_some()
    };
    history.sources.iter().rev().find(called).cloned()
}

/// Nouns for businesses: "the company" may have been "an Indian manufacturer".
const COMPANIES: [&str; 14] = [
    "company",
    "firm",
    "manufacturer",
    "maker",
    "producer",
    "supplier",
    "exporter",
    "importer",
    "operator",
    "airline",
    "contractor",
    "retailer",
    "bank",
    "business",
];

pub(super) fn body_kind(kind: EntityKind) -> PartyKind {
    if kind == EntityKind::Person { PartyKind::Person } else { PartyKind::Body }
}

/// The name of a body as a chain shows it.
pub(super) fn body_name(scene: &Scene, head: usize, named: Option<Span<Tok>>, known: &Entity) -> String {
    let tree = &scene.tree;
    let (entity, country) = (known.name.as_str(), known.country.as_deref());
    if named.is_none() && matches!(tree.lemma(head).as_str(), "government" | "authority" | "regime" | "administration")
    {
        let adjective = country.or_else(|| scene.country_of(entity)).and_then(|iso2| scene.adjective(iso2));
        if let Some(adjective) = adjective {
            return format!("{adjective} government");
        }
    }
    if scene.state_named(entity).is_some()
        && let Some(adjective) = scene.state_named(entity).and_then(|iso2| scene.adjective(iso2))
    {
        return format!("{adjective} government");
    }
    as_in_text(scene, known).unwrap_or_else(|| display(scene, EntityKind::Organization, entity))
}

/// The fullest name that the document gives a body whose usual name it never writes: "the Kenya Red Cross", "IOM".
fn as_in_text(scene: &Scene, known: &Entity) -> Option<String> {
    let text = scene.tree.analysis.document.text.as_str();
    let usual = known.name.trim_start_matches("The ").trim_start_matches("the ");
    let other = !text.contains(usual) && scene.knowledge.outlet_by_name(&known.name).is_none();
    let names = scene
        .mentions
        .iter()
        .filter(|mention| other && mention.entity == known.id && mention.form == MentionForm::Name);
    let written = names.map(|mention| text.get(mention.span.start..mention.span.end).unwrap_or_default());
    let bare = written.map(|name| {
        name.trim_start_matches("the ").trim_start_matches("The ").trim_end_matches("'s").trim_end_matches("’s")
    });
    bare.filter(|name| !name.is_empty()).max_by_key(|name| name.chars().count()).map(str::to_owned)
}

/// "Sudan's government", "the army" of a document about one country: with the country's adjective in front.
pub(super) fn with_country(scene: &Scene, head: usize, text: String) -> String {
    let tree = &scene.tree;
    let owner = tree.children(head).iter().copied().find(|&child| {
        tree.token(child).deprel == "nmod:poss" || (tree.relation(child) == "nmod" && tree.case(child) == "of")
    });
    let of_words = || {
        (head + 2 < tree.analysis.tokens.len() && tree.lower(head + 1) == "of")
            .then(|| if tree.lower(head + 2) == "the" { head + 3 } else { head + 2 })
            .filter(|&at| at < tree.analysis.tokens.len())
    };
    let country = owner.or_else(of_words).and_then(|owner| {
        let words = scene.name_over(owner).map_or(Span::new(owner, owner + 1), |(name, _)| name);
        scene.country_of(tree.text(words)).or_else(|| its_country(scene, owner))
    });
    let named_owner = owner.filter(|&owner| tree.token(owner).upos != Upos::Pron);
    if let Some(owned) = named_owner.filter(|_| country.is_some()).and_then(|owner| as_written(scene, owner, head)) {
        return owned;
    }
    // "Ostria's government": a state that nobody knows is no other one.
    let other_owner = named_owner.filter(|&owner| country.is_none() && is_proper(scene, owner));
    if let Some(owned) = other_owner.and_then(|owner| owned_text(scene, owner, head)) {
        return owned;
    }
    // "the foreign ministry in Tehran"
    let seat = (head + 2 < tree.sentence_tokens(head).end && tree.lower(head + 1) == "in").then_some(head + 2);
    let seat =
        seat.filter(|_| is_state_organ(&tree.lemma(head))).and_then(|at| scene.country_of(tree.analysis.form(at)));
    // "the eastern government": a part of a state, or one of two that claim it.
    let part = tree.children_by(head, "amod").any(|at| {
        matches!(
            tree.lower(at).as_str(),
            "eastern"
                | "western"
                | "northern"
                | "southern"
                | "rival"
                | "regional"
                | "local"
                | "provincial"
                | "municipal"
                | "exiled"
        )
    });
    if (part || of_a_part(scene, head)) && country.is_none() {
        return text;
    }
    match country.or(seat).and_then(|iso2| scene.adjective(iso2)) {
        Some(adjective) => format!("{adjective} {}{}", noun_group(scene, head), posted_to(scene, head)),
        None if is_state_organ(&tree.lemma(head)) && definite(scene, head) => main_country(scene, head)
            .and_then(|iso2| scene.adjective(iso2))
            .map_or(text, |adjective| format!("{adjective} {}", noun_group(scene, head))),
        None => text,
    }
}

pub(super) fn is_state_organ(lemma: &str) -> bool {
    matches!(
        lemma,
        "government"
            | "army"
            | "military"
            | "ministry"
            | "parliament"
            | "cabinet"
            | "junta"
            | "police"
            | "regime"
            | "presidency"
    )
}

/// The state whose organ "the government" is: one named with the same noun before, else the state that the document names most.
pub(super) fn main_country<'s>(scene: &'s Scene, head: usize) -> Option<&'s str> {
    let tree = &scene.tree;
    let lemma = tree.lemma(head);
    let owner = |at: usize| {
        let words = tree.core_phrase(at);
        words.range().filter(|&word| word != at).find_map(|word| scene.country_of(tree.analysis.form(word)))
    };
    let same = || (0..head).rev().filter(|&at| tree.lemma(at) == lemma);
    let before = same().find_map(owner);
    // "The government" after "Ostria's government" or "the government of the Ostrian region": of a state that nobody knows, or of no state.
    let stranger = |at: usize| {
        tree.children(at).iter().any(|&child| tree.token(child).deprel == "nmod:poss" && is_proper(scene, child))
            || of_a_part(scene, at)
    };
    if before.is_none() && same().any(stranger) {
        return None;
    }
    // A junta is that of the state spoken of last.
    let nearest = || {
        let here = (0..head).rev().take_while(|&at| tree.sentence(at) + 2 > tree.sentence(head));
        here.filter(|&at| tree.token(at).upos == Upos::Propn).find_map(|at| scene.country_of(tree.analysis.form(at)))
    };
    let before = before.or_else(|| (lemma == "junta").then(nearest).flatten());
    before.or_else(|| {
        let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for name in &tree.analysis.names {
            if let Some(iso2) = scene.country_of(tree.text(name.tokens)) {
                *counts.entry(iso2).or_default() += 1;
            }
        }
        // A state that only adjectives tell of ("the Colombian consul") is not what the document is about.
        let named = |iso2: &str| {
            let places = tree.analysis.names.iter().filter(|name| name.kind != EntityKind::Norp);
            places.into_iter().any(|name| {
                let text = tree.text(name.tokens);
                scene.state_named(text) == Some(iso2) || scene.knowledge.capital_metonym(text) == Some(iso2)
            })
        };
        counts.retain(|iso2, _| named(iso2));
        // One that is named as often as another is not what the document is about.
        let (iso2, most) = counts.iter().max_by_key(|(_, count)| **count)?;
        let shared = counts.values().filter(|count| *count == most).count() > 1;
        (!shared).then_some(*iso2)
    })
}

/// "The government of the Valencian region", "the council of Porto": whose words name no state behind "of".
fn of_a_part(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    tree.children_by(head, "nmod").any(|child| {
        let words = tree.core_phrase(child);
        tree.case(child) == "of"
            && child > head
            && words.range().any(|at| tree.analysis.form(at).starts_with(char::is_uppercase))
            && words.range().all(|at| scene.country_of(tree.analysis.form(at)).is_none())
    })
}

/// The name of an entity as chains show it: outlets by their usual name.
pub fn display(scene: &Scene, kind: EntityKind, name: &str) -> String {
    if kind != EntityKind::Person
        && let Some(outlet) = scene.knowledge.outlet_by_name(name)
    {
        return outlet.name.to_owned();
    }
    name.strip_prefix("the ").unwrap_or(name).to_owned()
}

/// Whether a phrase refers to something known: "the", "this", a possessive.
pub fn definite(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let article = |at: usize| matches!(tree.lower(at).as_str(), "the" | "this" | "that" | "these" | "those" | "both");
    let by_tree = tree
        .children(head)
        .iter()
        .any(|&child| (tree.relation(child) == "det" && article(child)) || tree.token(child).deprel == "nmod:poss");
    let sentence = tree.sentence_tokens(head);
    let mut before = head;
    while before > sentence.start
        && (matches!(tree.token(before - 1).upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num)
            || tree.analysis.form(before - 1) == "-"
            || tree.analysis.form(before) == "-"
            || (tree.token(before - 1).upos == Upos::Verb
                && before > sentence.start + 1
                && tree.analysis.form(before - 2) == "-"))
    {
        before -= 1;
    }
    by_tree || (before > sentence.start && article(before - 1))
}

/// The phrase without its article.
pub fn bare(scene: &Scene, head: usize) -> String {
    let tree = &scene.tree;
    let whole = tree.core_phrase(head);
    // "By half past six the mayor": a phrase begins at its article.
    let article = |&at: &usize| tree.relation(at) == "det" && matches!(tree.lower(at).as_str(), "the" | "a" | "an");
    let start = (whole.start..head).rev().find(article).unwrap_or(whole.start);
    let words: Span<Tok> = Span::new(start, whole.end);
    let skip = words
        .range()
        .take_while(|&at| {
            at < head
                && matches!(
                    tree.lower(at).as_str(),
                    "the"
                        | "a"
                        | "an"
                        | "this"
                        | "that"
                        | "these"
                        | "those"
                        | "to"
                        | "of"
                        | "by"
                        | "from"
                        | "in"
                        | "for"
                        | "with"
                        | "as"
                )
        })
        .count();
    tree.text(Span::new(words.start + skip, words.end)).to_owned()
}
