//! Persons: by name, by office, by what the knowledge says of an office.
//!
//! In: the head word of a phrase. Out: the person as a party.

use super::*;

/// A person named in the phrase: "Foreign Ministry spokesman X", "X, a former official".
pub(super) fn named_person(scene: &Scene, head: usize) -> Option<Party> {
    let name = name_in_phrase(scene, head, |kind| kind == EntityKind::Person)?;
    let name_head = scene.tree.analysis.head_of(name).unwrap_or(name.start);
    let found = person(scene, name, name_head);
    // A capital that was taken for somebody's name.
    let place = !found.name.contains(' ') && scene.country_of(scene.tree.text(name)).is_some();
    (!place).then_some(found)
}

pub(super) fn person(scene: &Scene, name: Span<Tok>, head: usize) -> Party {
    let known =
        scene.entity_at(head).filter(|entity| entity.kind == EntityKind::Person).map(|entity| entity.name.clone());
    let own = longest_name(scene, name);
    // The document's own full name goes before another spelling of it.
    let full = if own.contains(' ') { own } else { known.filter(|full| full.contains(' ')).unwrap_or(own) };
    Party { words: name, ..make(scene, head, without_title(scene, &full), PartyKind::Person) }
}

/// "Maj. Gen. X" without the titles.
pub(super) fn without_title(scene: &Scene, name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let titles = words.iter().take_while(|word| word.len() > 1 && scene.knowledge.is_title(word)).count();
    words[titles.min(words.len().saturating_sub(1))..].join(" ")
}

/// The fullest name in the document that ends with the same word.
pub(super) fn longest_name(scene: &Scene, name: Span<Tok>) -> String {
    let tree = &scene.tree;
    let last = tree.lower(name.end - 1);
    let fuller = tree.analysis.names.iter().filter(|other| {
        other.kind == EntityKind::Person && other.tokens.len() > name.len() && tree.lower(other.tokens.end - 1) == last
    });
    tree.text(fuller.max_by_key(|other| other.tokens.len()).map_or(name, |other| other.tokens)).to_owned()
}

/// A name of a wanted kind that the phrase of `head` is called by: not one that merely owns or qualifies it.
pub(super) fn name_in_phrase(scene: &Scene, head: usize, wanted: impl Fn(EntityKind) -> bool) -> Option<Span<Tok>> {
    let tree = &scene.tree;
    if let Some((name, kind)) = scene.name_over(head) {
        return wanted(kind).then_some(name);
    }
    for &child in tree.children(head) {
        let names_it = matches!(tree.relation(child), "appos" | "flat")
            || (tree.relation(child) == "compound" && child > head)
            || tree.token(child).deprel == "nmod:desc"
            || tree.token(child).deprel == "nmod:unmarked";
        if !names_it {
            continue;
        }
        if let Some((name, _)) = scene.name_over(child).filter(|(name, kind)| wanted(*kind) && name.start > head) {
            return Some(name);
        }
    }
    None
}

/// "The minister", "the Russian president": the person of the document who holds such a title.
pub(super) fn office(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let lemma = tree.lemma(head);
    let is_role = scene.knowledge.role(&lemma).is_some()
        || scene.lexicon.role(&lemma).is_some()
        || lemma == "leader"
        || lemma == "chief";
    if !is_role || lemma == "authority" || tree.token(head).feat("Number") == Some("Plur") {
        return None;
    }
    if let Some(entity) =
        scene.entity_at(head).filter(|entity| entity.kind == EntityKind::Person && scene.is_named(entity.id))
        && scene.state_named(&entity.name).is_none()
    {
        return Some(Party { refers_back: true, ..make(scene, head, entity.name.clone(), PartyKind::Person) });
    }
    let best = scene
        .titles()
        .iter()
        .filter(|titled| titled.words.iter().any(|word| same_office(word, &lemma)))
        .min_by_key(|titled| (titled.name.start > head, titled.name.start.abs_diff(head)));
    if let Some(titled) = best {
        let name_head = tree.analysis.head_of(titled.name).unwrap_or(titled.name.start);
        let found = person(scene, titled.name, name_head);
        return Some(Party { words: tree.core_phrase(head), head, refers_back: true, ..found });
    }
    if let Some(found) = office_holder(scene, head, &lemma).or_else(|| sole_holder(scene, head)) {
        return Some(found);
    }
    let persons: Vec<&Party> = history.sources.iter().filter(|party| party.kind == PartyKind::Person).collect();
    // "the police commander" is not whoever spoke last; "the Finnish expert" may be.
    let short = |words: Span<Tok>| {
        words.range().filter(|&at| tree.token(at).upos != Upos::Punct).count() <= 3
            && words.range().all(|at| at == head || tree.token(at).upos != Upos::Noun)
    };
    let count = |name: &str| persons.iter().filter(|party| party.name == name).count();
    let fits = |party: &Party| other_office(scene, party, &lemma).is_none();
    let likely = persons.iter().enumerate().filter(|(_, party)| {
        definite(scene, head) && short(tree.core_phrase(head)) && fits(party) && !is_somebodys(tree, head)
    });
    if let Some((_, party)) = likely.max_by_key(|(at, party)| (count(&party.name), *at)) {
        return Some(Party { words: tree.core_phrase(head), head, refers_back: true, ..(*party).clone() });
    }
    if let Some(found) = untitled_before(scene, history, head) {
        return Some(Party { words: tree.core_phrase(head), head, refers_back: true, ..found });
    }
    let text = with_owner(scene, history, head, bare(scene, head));
    Some(make(scene, head, with_principal(scene, history, head, text), PartyKind::Person))
}

/// "Anna Berg goes first. The former manager of the branch says …": the person that the sentence before is about or whose words it gives, when
/// the document has no title for him.
fn untitled_before(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let _guard = scene.descend().filter(|_| definite(scene, head))?;
    let before = tree.sentence(head).checked_sub(1)?;
    let subject = super::pronouns::topic(scene, before).and_then(|subject| named_person(scene, subject));
    let spoke = || {
        let last = history.sources.last().filter(|party| party.kind == PartyKind::Person && !party.refers_back)?;
        (tree.sentence(last.head) == before).then(|| last.clone())
    };
    let found = subject.or_else(spoke)?;
    let untitled = scene.titles_of(found.words, &found.name).next().is_none();
    (untitled && tree.paragraph(found.head) == tree.paragraph(head)).then_some(found)
}

/// "The spokesman for the company" of a company that has a name: with the name.
fn with_principal(scene: &Scene, history: &History, head: usize, text: String) -> String {
    match principal(scene, history, head) {
        Some((said, name)) => text.replacen(said, &name, 1),
        None => text,
    }
}

/// The words "the company" behind "a spokesman for", and the name of the company that they stand for.
pub(super) fn principal<'s>(scene: &Scene<'s>, history: &History, head: usize) -> Option<(&'s str, String)> {
    let tree = &scene.tree;
    let _guard = scene.descend()?;
    let of = tree
        .children_by(head, "nmod")
        .find(|&child| child > head && matches!(tree.case(child).as_str(), "for" | "of" | "at" | "with"))?;
    let common = tree.token(of).upos == Upos::Noun && scene.name_over(of).is_none() && tree.core_phrase(of).len() == 2;
    let body = party(scene, history, of).filter(|body| common && body.kind == PartyKind::Body)?;
    let named = body.refers_back || body.name.starts_with(char::is_uppercase);
    named.then(|| (tree.text(tree.core_phrase(of)), body.name))
}

/// "The secretary-general": the one person of the document of whom it is known that he holds an office of that name.
fn sole_holder(scene: &Scene, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let phrase = tree.text(tree.core_phrase(head)).to_lowercase().replace('-', " ");
    let wanted = phrase.strip_prefix("the ")?;
    let mut holders: Vec<Party> = Vec::new();
    for titled in scene.titles() {
        let full = person(scene, titled.name, tree.analysis.head_of(titled.name).unwrap_or(titled.name.start));
        let hints = sourceline_knowledge::Hints { kind: Some(EntityKind::Person), ..Default::default() };
        let Some(known) = scene.knowledge.find_best(&full.name, &hints) else { continue };
        let holds = scene.knowledge.offices(&known.key).any(|office| office.role.replace('-', " ") == wanted);
        if holds && !holders.iter().any(|holder| holder.name == full.name) {
            holders.push(full);
        }
    }
    match holders.as_slice() {
        [one] => Some(Party { words: tree.core_phrase(head), head, refers_back: true, ..one.clone() }),
        _ => None,
    }
}

/// Offices that go by several names.
const OFFICES: [&[&str]; 16] = [
    &["judge", "justice", "magistrate"],
    &["lawyer", "attorney", "counsel", "barrister", "advocate", "solicitor"],
    &["lawmaker", "legislator", "mp", "parliamentarian", "senator", "congressman", "congresswoman", "deputy", "member"],
    &["spokesman", "spokeswoman", "spokesperson"],
    &["analyst", "expert", "researcher", "scholar", "academic", "professor", "economist", "scientist", "specialist"],
    &["chairman", "chairwoman", "chair", "chairperson"],
    &["president", "leader", "head", "ruler"],
    &["prime", "premier", "chancellor"],
    &["policeman", "policewoman", "superintendent", "inspector", "constable", "commissioner"],
    &["cleric", "imam", "bishop", "priest", "pastor", "rabbi", "sheikh", "archbishop"],
    &["executive", "ceo", "director", "manager"],
    &["envoy", "ambassador", "emissary", "representative"],
    &["king", "monarch", "emir", "sultan", "sovereign", "ruler"],
    &["queen", "monarch", "sovereign"],
    &["captain", "skipper", "master"],
    &["coach", "manager", "trainer"],
];
/// Nouns that fit whoever holds any office.
const ANY_OFFICE: [&str; 9] =
    ["official", "leader", "politician", "chief", "head", "officer", "source", "diplomat", "figure"];

/// Whether two nouns can name one office.
pub fn same_office(one: &str, other: &str) -> bool {
    one == other || OFFICES.iter().any(|names| names.contains(&one) && names.contains(&other))
}

/// The office that the document gives a person, when it is not the one that `lemma` names.
fn other_office<'s>(scene: &'s Scene, person: &Party, lemma: &str) -> Option<&'s str> {
    let tree = &scene.tree;
    let same = |name: Span<Tok>| {
        let text = tree.text(name);
        person.name.ends_with(text) || text.ends_with(person.name.as_str())
    };
    let words = || scene.titles().iter().filter(|titled| same(titled.name)).flat_map(|titled| &titled.words);
    let office = |word: &&String| {
        scene.knowledge.role(word).is_some()
            || scene.lexicon.role(word).is_some()
            || OFFICES.iter().any(|names| names.contains(&word.as_str()))
    };
    // "The mayor" without a name is nobody else's office.
    let noun = tree.lemma(person.head);
    if scene.name_over(person.head).is_none()
        && tree.token(person.head).upos == Upos::Noun
        && !same_office(&noun, lemma)
    {
        return Some("");
    }
    if ANY_OFFICE.contains(&lemma) || words().any(|word| same_office(word, lemma)) {
        return None;
    }
    words().find(office).map(String::as_str)
}

/// "Her sister", "his lawyer": not whoever spoke last.
fn is_somebodys(tree: &Tree, head: usize) -> bool {
    tree.children_by(head, "nmod").any(|owner| {
        tree.token(owner).deprel == "nmod:poss"
            && matches!(tree.lower(owner).as_str(), "his" | "her" | "its" | "their" | "my")
    })
}

/// A person named in the document of whom it is known that he holds the office: "the Russian president", "the leader of X". One whom the document
/// does not name stays unnamed.
pub(super) fn office_holder(scene: &Scene, head: usize, lemma: &str) -> Option<Party> {
    let tree = &scene.tree;
    let of = office_of(scene, head)?;
    let phrase = tree.text(tree.core_phrase(head)).to_lowercase();
    let fits = |role: &str| {
        let words = role.replace('-', " ");
        let exact = phrase.contains(&words);
        let leads = matches!(
            lemma,
            "leader"
                | "chief"
                | "head"
                | "boss"
                | "commander"
                | "ruler"
                | "secretary-general"
                | "general"
                | "chairman"
                | "president"
        ) && matches!(
            role,
            "leader"
                | "president"
                | "secretary-general"
                | "commander"
                | "commander-in-chief"
                | "head"
                | "chief"
                | "chairman"
        );
        exact || leads
    };
    for titled in scene.titles() {
        let name_head = tree.analysis.head_of(titled.name).unwrap_or(titled.name.start);
        let full = person(scene, titled.name, name_head);
        let hints = sourceline_knowledge::Hints { kind: Some(EntityKind::Person), ..Default::default() };
        let Some(known) = scene.knowledge.find_best(&full.name, &hints) else { continue };
        if scene.knowledge.offices(&known.key).any(|office| office.of == of && fits(office.role)) {
            return Some(Party { words: tree.core_phrase(head), head, refers_back: true, ..full });
        }
    }
    None
}

/// The state that "its" stands for: the one that the sentence, or the one before, is about.
pub(super) fn its_country(scene: &Scene, owner: usize) -> Option<&'static str> {
    let tree = &scene.tree;
    let its = tree.token(owner).upos == Upos::Pron && matches!(tree.lower(owner).as_str(), "its" | "their");
    if !its {
        return None;
    }
    let named =
        |at: usize| scene.country_of(tree.text(scene.name_over(at).map_or(Span::new(at, at + 1), |(name, _)| name)));
    let sentence = tree.sentence_tokens(owner);
    let subject =
        |at: &usize| tree.relation(*at) == "nsubj" && matches!(tree.token(*at).upos, Upos::Propn | Upos::Noun);
    let here = (sentence.start..owner).rev().filter(subject).find_map(named);
    let before = || {
        let before = tree.sentence(owner).checked_sub(1)?;
        let same = tree.analysis.sentences[before].paragraph == tree.paragraph(owner);
        super::pronouns::topic(scene, before).filter(|_| same).and_then(named)
    };
    here.or_else(before)
}

/// The key of the state or body that an office belongs to.
pub(super) fn office_of(scene: &Scene, head: usize) -> Option<String> {
    let tree = &scene.tree;
    let before = tree.core_phrase(head);
    let owners = tree
        .children(head)
        .iter()
        .copied()
        .filter(|&child| matches!(tree.relation(child), "nmod" | "amod" | "compound"))
        .chain(before.start..head);
    for owner in owners {
        let words = scene.name_over(owner).map_or(Span::new(owner, owner + 1), |(name, _)| name);
        let text = tree.text(words);
        if let Some(iso2) = scene.country_of(text).or_else(|| its_country(scene, owner)) {
            return Some(iso2.to_owned());
        }
        if tree.token(owner).upos == Upos::Propn
            && let Some(known) = scene.knowledge.find_best(text, &sourceline_knowledge::Hints::default())
        {
            return Some(known.key.trim_start_matches("sl:").to_owned());
        }
    }
    None
}
