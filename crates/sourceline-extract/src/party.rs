//! Who a source's words stand for: an outlet, a person, a body, or somebody who is not named.
//!
//! In: the head word of a source phrase and what was said before. Out: a `Party` with the name a chain shows.
//! Not here: in what order parties stand in a chain (`route`).

use sourceline_model::{Anonymous, EntityId, EntityKind, Number, Span, Tok, Upos};

use crate::anonymous::{self, Describe};
use crate::chunk;
use crate::lexicon::MediaNoun;
use crate::scene::Scene;

/// What a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartyKind {
    /// An outlet, by kind of outlet: `newspaper`, `agency`, `broadcaster`, `any`.
    Outlet(&'static str),
    /// A named person.
    Person,
    /// A state, a body, an organisation, a group.
    Body,
    /// Somebody not named.
    Unnamed,
}

/// Somebody that words come from or go through.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// The name a chain shows.
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// Set when it is not named.
    pub anonymous: Option<Anonymous>,
    /// The entity behind it.
    pub entity: Option<EntityId>,
    /// The words that name it here.
    pub words: Span<Tok>,
    /// Their head.
    pub head: usize,
    /// Whether it was found by a pronoun or a noun that refers back.
    pub refers_back: bool,
}

impl Party {
    /// Whether it is an outlet.
    pub fn is_outlet(&self) -> bool {
        matches!(self.kind, PartyKind::Outlet(_))
    }
}

/// What was said before, for pronouns and nouns that refer back.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Sources in the order they came.
    pub sources: Vec<Party>,
    /// Outlets in the order they came.
    pub outlets: Vec<Party>,
    /// The outlet whose report the document rests on.
    pub reporter: Option<Party>,
}

impl History {
    /// Notes that a party was a source.
    pub fn note(&mut self, party: &Party) {
        if party.is_outlet() {
            self.outlets.push(party.clone());
        } else {
            self.sources.push(party.clone());
        }
    }

    fn outlet_of_kind(&self, kind: &str) -> Option<&Party> {
        let fits = |party: &&Party| {
            kind == "any" || matches!(party.kind, PartyKind::Outlet(own) if own == kind || own == "any")
        };
        self.reporter.as_ref().filter(|party| fits(party)).or_else(|| self.outlets.iter().rev().find(fits))
    }
}

/// Returns whom the phrase with head `head` stands for.
pub fn party(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    // A chain of references that comes back to itself ends here.
    let _guard = scene.descend()?;
    let tree = &scene.tree;
    if head >= tree.analysis.tokens.len() || head < scene.body {
        return None;
    }
    let head = chunk::noun_of(tree, head);
    let head = source_noun(scene, head).unwrap_or(head);
    if tree.token(head).upos == Upos::Pron
        && tree.lemma(head) != "one"
        && tree.token(head).feat("PronType") != Some("Dem")
    {
        return pronoun(scene, history, head);
    }
    report(scene, history, head)
        .or_else(|| named_person(scene, head))
        .or_else(|| named_outlet(scene, head))
        .or_else(|| outlet_noun(scene, history, head))
        .or_else(|| unnamed(scene, history, head))
        .or_else(|| office(scene, history, head))
        .or_else(|| state(scene, head))
        .or_else(|| body(scene, history, head))
}

/// "U.S." of "U.S. officials": the noun that a name only qualifies.
fn source_noun(scene: &Scene, head: usize) -> Option<usize> {
    let tree = &scene.tree;
    if tree.token(head).upos != Upos::Propn {
        return None;
    }
    let (whole, noun) = chunk::phrase_at(tree, head)?;
    let owner = whole.range().any(|at| matches!(tree.analysis.form(at), "'s" | "’s" | "'" | "’"));
    let known = scene.lexicon.role(&tree.lemma(noun)).is_some() && tree.token(noun).upos == Upos::Noun;
    let place = scene.country_of(tree.analysis.form(head)).is_some();
    (noun > head && !owner && known && place).then_some(noun)
}

fn make(scene: &Scene, head: usize, name: String, kind: PartyKind) -> Party {
    Party {
        name,
        kind,
        anonymous: None,
        entity: scene.mention(head).map(|mention| mention.entity),
        words: scene.tree.core_phrase(head),
        head,
        refers_back: false,
    }
}

// ---- pronouns

fn pronoun(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let form = scene.tree.lower(head);
    if matches!(
        form.as_str(),
        "i" | "we"
            | "us"
            | "our"
            | "my"
            | "me"
            | "you"
            | "your"
            | "who"
            | "what"
            | "which"
            | "that"
            | "nobody"
            | "somebody"
            | "everyone"
            | "nothing"
            | "anyone"
    ) {
        return None;
    }
    let back = |party: &Party| Party { words: Span::new(head, head + 1), head, refers_back: true, ..party.clone() };
    let referent = || antecedent(scene, history, head).map(|party| back(&party));
    let latest = |fits: &dyn Fn(&Party) -> bool| history.sources.iter().rev().find(|party| fits(party)).map(back);
    match form.as_str() {
        // Who spoke last is a better guess for a speaker than the nearest noun.
        "he" | "she" | "him" | "her" | "his" | "himself" | "herself" => he(scene, history, head)
            .as_ref()
            .map(back)
            .or_else(|| referent().filter(|party| party.kind == PartyKind::Person)),
        "they" | "them" | "their" | "themselves" => {
            latest(&|party| party.anonymous.as_ref().is_some_and(|anonymous| anonymous.number != Number::One))
                .or_else(|| mentioned_before(scene, history, head).as_ref().map(back))
                .or_else(referent)
                .or_else(|| latest(&|party| party.kind == PartyKind::Body))
        }
        "it" | "its" => {
            if let Some(named) = referent().filter(|party| party.is_outlet() || spoke_before(history, party)) {
                return Some(named);
            }
            if let Some(near) = outlet_before(scene, head) {
                return Some(back(&near));
            }
            let outlet = history.outlets.last().map(back);
            let body =
                latest(&|party| party.kind == PartyKind::Body && party.entity.is_none_or(|id| scene.is_named(id)));
            match (&outlet, &body) {
                (Some(outlet_party), Some(body_party)) => {
                    let at = |name: &str| {
                        history
                            .outlets
                            .iter()
                            .chain(&history.sources)
                            .filter(|party| party.name == name)
                            .map(|party| party.head)
                            .max()
                    };
                    if at(&outlet_party.name) >= at(&body_party.name) { outlet } else { body }
                }
                _ => outlet.or(body),
            }
        }
        _ => None,
    }
}

/// Whether a body has been a source already: "it said" goes on with one that has.
fn spoke_before(history: &History, party: &Party) -> bool {
    party.kind == PartyKind::Body && history.sources.iter().any(|known| known.name == party.name)
}

/// Whom "he" or "she" stands for: the last single source, or a person named since as a subject in the same paragraph.
fn he(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let single = |party: &&Party| {
        party.kind == PartyKind::Person
            || party.anonymous.as_ref().is_some_and(|anonymous| anonymous.number == Number::One)
    };
    let source = history.sources.iter().rev().find(single);
    let paragraph = tree.paragraph(head);
    let named =
        tree.analysis.names.iter().rev().filter(|name| name.kind == EntityKind::Person && name.tokens.end <= head);
    let is_person = |name: &Span<Tok>| {
        let entity = tree.analysis.head_of(*name).and_then(|at| scene.entity_at(at));
        entity.is_none_or(|entity| entity.kind == EntityKind::Person)
    };
    let subject = named
        .map(|name| name.tokens)
        .filter(is_person)
        .take_while(|name| tree.paragraph(name.start) == paragraph)
        .find(|name| {
            tree.analysis
                .head_of(*name)
                .is_some_and(|at| matches!(tree.relation(at), "nsubj" | "root") || source.is_none())
        });
    match (source, subject) {
        (Some(source), Some(name)) if source.head < name.start => named_person(scene, tree.analysis.head_of(name)?),
        (Some(source), _) => Some(source.clone()),
        (None, Some(name)) => named_person(scene, tree.analysis.head_of(name)?),
        (None, None) => None,
    }
}

/// Sources described shortly before, though they said nothing there: "attributed the account to officials from X".
pub fn mentioned_before(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let first = tree.sentence(head).saturating_sub(3);
    let described = |at: &usize| {
        tree.token(*at).upos == Upos::Noun
            && matches!(anonymous::number(scene, *at), Number::Several | Number::N(_))
            && matches!(
                tree.lemma(*at).as_str(),
                "official" | "source" | "diplomat" | "officer" | "expert" | "analyst" | "witness" | "resident"
            )
            && !definite(scene, *at)
    };
    let found = (0..head).rev().take_while(|&at| tree.sentence(at) >= first).find(described)?;
    unnamed(scene, history, found)
}

/// The nearest outlet named before `head` in the paragraph, in the sentence before or the same.
fn outlet_before(scene: &Scene, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let (paragraph, sentence) = (tree.paragraph(head), tree.sentence(head));
    let near = |at: &usize| tree.paragraph(*at) == paragraph && tree.sentence(*at) + 1 >= sentence;
    (0..head)
        .rev()
        .take_while(near)
        .filter(|&at| tree.token(at).upos == Upos::Propn)
        .find_map(|at| named_outlet(scene, at))
}

/// The named entity that coreference gives for a word, as a party.
fn antecedent(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let _guard = scene.descend()?;
    let mention = scene.mention(head)?;
    let known = history.sources.iter().chain(&history.outlets).rev().find(|party| party.entity == Some(mention.entity));
    if let Some(party) = known {
        return Some(party.clone());
    }
    let entity = scene.entity(mention.entity)?;
    let first = scene.mentions.iter().find(|other| {
        other.entity == mention.entity && other.id != mention.id && other.form != sourceline_model::MentionForm::Pronoun
    })?;
    let start = scene.tree.analysis.tokens.iter().position(|token| token.span.end > first.span.start)?;
    let end = scene.tree.analysis.tokens.partition_point(|token| token.span.start < first.span.end);
    let first_head = scene.tree.analysis.head_of(Span::new(start, end.max(start + 1)))?;
    if scene.is_named(entity.id) {
        let kind = match entity.kind {
            EntityKind::Person => PartyKind::Person,
            _ => scene
                .knowledge
                .outlet_by_name(&entity.name)
                .map_or(PartyKind::Body, |outlet| PartyKind::Outlet(outlet_kind(outlet.kind))),
        };
        return Some(Party {
            entity: Some(entity.id),
            ..make(scene, first_head, display(scene, entity.kind, &entity.name), kind)
        });
    }
    if first_head >= head || scene.tree.is_under(head, first_head) || scene.tree.token(first_head).upos == Upos::Pron {
        return None;
    }
    unnamed(scene, history, first_head).or_else(|| body(scene, history, first_head))
}

// ---- persons

/// A person named in the phrase: "Foreign Ministry spokesman X", "X, a former official".
fn named_person(scene: &Scene, head: usize) -> Option<Party> {
    let name = name_in_phrase(scene, head, |kind| kind == EntityKind::Person)?;
    let name_head = scene.tree.analysis.head_of(name).unwrap_or(name.start);
    Some(person(scene, name, name_head))
}

fn person(scene: &Scene, name: Span<Tok>, head: usize) -> Party {
    let full =
        scene.entity_at(head).filter(|entity| entity.kind == EntityKind::Person).map(|entity| entity.name.clone());
    let full = full.filter(|full| full.contains(' ')).unwrap_or_else(|| longest_name(scene, name));
    Party { words: name, ..make(scene, head, without_title(scene, &full), PartyKind::Person) }
}

/// "Maj. Gen. X" without the titles.
fn without_title(scene: &Scene, name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let titles = words.iter().take_while(|word| word.len() > 1 && scene.knowledge.is_title(word)).count();
    words[titles.min(words.len().saturating_sub(1))..].join(" ")
}

/// The fullest name in the document that ends with the same word.
fn longest_name(scene: &Scene, name: Span<Tok>) -> String {
    let tree = &scene.tree;
    let last = tree.lower(name.end - 1);
    let fuller = tree.analysis.names.iter().filter(|other| {
        other.kind == EntityKind::Person && other.tokens.len() > name.len() && tree.lower(other.tokens.end - 1) == last
    });
    tree.text(fuller.max_by_key(|other| other.tokens.len()).map_or(name, |other| other.tokens)).to_owned()
}

/// A name of a wanted kind that the phrase of `head` is called by: not one that merely owns or qualifies it.
fn name_in_phrase(scene: &Scene, head: usize, wanted: impl Fn(EntityKind) -> bool) -> Option<Span<Tok>> {
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
fn office(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let lemma = tree.lemma(head);
    let is_role = scene.knowledge.role(&lemma).is_some()
        || scene.lexicon.role(&lemma).is_some()
        || lemma == "leader"
        || lemma == "chief";
    if !is_role || tree.token(head).feat("Number") == Some("Plur") {
        return None;
    }
    if let Some(entity) =
        scene.entity_at(head).filter(|entity| entity.kind == EntityKind::Person && scene.is_named(entity.id))
    {
        return Some(Party { refers_back: true, ..make(scene, head, entity.name.clone(), PartyKind::Person) });
    }
    let best = scene
        .titles()
        .iter()
        .filter(|titled| titled.words.contains(&lemma))
        .min_by_key(|titled| (titled.name.start > head, titled.name.start.abs_diff(head)));
    if let Some(titled) = best {
        let name_head = tree.analysis.head_of(titled.name).unwrap_or(titled.name.start);
        let found = person(scene, titled.name, name_head);
        return Some(Party { words: tree.core_phrase(head), head, refers_back: true, ..found });
    }
    if let Some(found) = office_holder(scene, head, &lemma) {
        return Some(found);
    }
    let persons: Vec<&Party> = history.sources.iter().filter(|party| party.kind == PartyKind::Person).collect();
    let short = |words: Span<Tok>| words.range().filter(|&at| tree.token(at).upos != Upos::Punct).count() <= 3;
    let count = |name: &str| persons.iter().filter(|party| party.name == name).count();
    let likely = persons.iter().enumerate().filter(|_| definite(scene, head) && short(tree.core_phrase(head)));
    if let Some((_, party)) = likely.max_by_key(|(at, party)| (count(&party.name), *at)) {
        return Some(Party { words: tree.core_phrase(head), head, refers_back: true, ..(*party).clone() });
    }
    Some(make(scene, head, bare(scene, head), PartyKind::Person))
}

/// A person named in the document of whom it is known that he holds the office: "the Russian president", "the leader of X".
fn office_holder(scene: &Scene, head: usize, lemma: &str) -> Option<Party> {
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
    let date = tree.analysis.document.published.as_ref().map(|published| published.edtf.as_str())?;
    let mut holders = scene.knowledge.leader_at(&of, None, date);
    holders.retain(|thing| {
        scene
            .knowledge
            .offices(&thing.key)
            .any(|office| office.of == of && office.held_on(date) && phrase.contains(&office.role.replace('-', " ")))
    });
    match holders.as_slice() {
        [one] => Some(Party { refers_back: true, ..make(scene, head, one.name.to_owned(), PartyKind::Person) }),
        _ => None,
    }
}

/// The key of the state or body that an office belongs to.
fn office_of(scene: &Scene, head: usize) -> Option<String> {
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
        if let Some(iso2) = scene.country_of(text) {
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

// ---- outlets and what they publish

/// "The report", "a Wall Street Journal report", "the broadcaster's digest of the newspaper's story": the outlet behind it.
fn report(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    if let Some(found) = report_of_name(scene, head) {
        return Some(found);
    }
    if let Some(found) = staff(scene, history, head) {
        return Some(found);
    }
    if scene.name_over(head).is_some()
        || scene.lexicon.media(&tree.lemma(head)) != Some(MediaNoun::Report)
        || tree.token(head).upos != Upos::Noun
    {
        return None;
    }
    for &child in tree.children(head) {
        if matches!(tree.relation(child), "nmod" | "compound" | "amod" | "appos")
            && !matches!(tree.case(child).as_str(), "of" | "on" | "about" | "into")
        {
            let inner = named_outlet(scene, child).or_else(|| outlet_noun(scene, history, child));
            let inner = inner.or_else(|| {
                (tree.token(child).deprel == "nmod:poss" && tree.token(child).upos == Upos::Pron)
                    .then(|| pronoun(scene, history, child))
                    .flatten()
                    .filter(Party::is_outlet)
            });
            let inner = inner.or_else(|| {
                (tree.token(child).deprel == "nmod:poss")
                    .then(|| party(scene, history, child))
                    .flatten()
                    .filter(|party| party.kind == PartyKind::Body)
            });
            if let Some(found) = inner {
                return Some(Party { words: tree.core_phrase(head), head, ..found });
            }
        }
    }
    if !definite(scene, head) {
        return None;
    }
    history.outlet_of_kind("any").map(|party| Party {
        words: tree.core_phrase(head),
        head,
        refers_back: true,
        ..party.clone()
    })
}

/// "The X report", "X's account" of a known outlet X, whatever the tree and the name spans make of it.
fn report_of_name(scene: &Scene, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let noun = tree.lower(head);
    let report = |word: &str| scene.lexicon.media(word) == Some(MediaNoun::Report);
    if !report(&noun) && !report(noun.trim_end_matches('s')) {
        return None;
    }
    let before = head.checked_sub(1)?;
    let clitic = matches!(tree.analysis.form(before), "'s" | "’s" | "'" | "’");
    let name = scene.outlet_over(if clitic { before.checked_sub(1)? } else { before })?;
    let found = named_outlet(scene, name.start)?;
    Some(Party { head, ..found })
}

/// "Its reporters", "the broadcaster's investigators": the outlet itself.
fn staff(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    if !matches!(
        tree.lemma(head).as_str(),
        "team" | "unit" | "reporter" | "correspondent" | "journalist" | "editor" | "desk" | "bureau" | "researcher"
    ) {
        return None;
    }
    let owner = tree.children(head).iter().copied().find(|&child| tree.token(child).deprel == "nmod:poss")?;
    let outlet = match tree.token(owner).upos {
        Upos::Pron => pronoun(scene, history, owner),
        _ => named_outlet(scene, owner).or_else(|| outlet_noun(scene, history, owner)),
    };
    outlet.filter(Party::is_outlet).map(|party| Party { words: tree.core_phrase(head), head, ..party })
}

/// The nearest outlet of a kind that was named before, in this paragraph or the two before it.
fn named_before(scene: &Scene, head: usize, kind: &str) -> Option<Party> {
    let tree = &scene.tree;
    let first = tree.paragraph(head).saturating_sub(2);
    let fits =
        |party: &Party| matches!(party.kind, PartyKind::Outlet(own) if own == kind || kind == "any" || own == "any");
    (0..head)
        .rev()
        .take_while(|&at| tree.paragraph(at) >= first)
        .filter(|&at| tree.token(at).upos == Upos::Propn || scene.outlet_over(at).is_some())
        .find_map(|at| named_outlet(scene, at).filter(fits))
}

/// An outlet called by its name.
pub fn named_outlet(scene: &Scene, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    if let Some(words) = scene.outlet_over(head)
        && let Some(outlet) = scene.knowledge.outlet_by_name(tree.text(words))
    {
        return Some(Party {
            words,
            ..make(scene, head, outlet.name.to_owned(), PartyKind::Outlet(outlet_kind(outlet.kind)))
        });
    }
    let name = scene
        .name_over(head)
        .map(|(name, _)| name)
        .or_else(|| name_in_phrase(scene, head, |kind| kind != EntityKind::Person));
    let words = name.or_else(|| (tree.token(head).upos == Upos::Propn).then(|| propn_run(scene, head)))?;
    let text = tree.text(words);
    let known = scene.knowledge.outlet_by_name(text).or_else(|| scene.knowledge.outlet_by_name(&format!("The {text}")));
    let entity =
        || scene.entity_at(head).and_then(|entity| entity.kb.as_deref()).and_then(|kb| scene.knowledge.outlet(kb));
    if let Some(outlet) = known.or_else(entity) {
        return Some(Party {
            words,
            ..make(scene, head, outlet.name.to_owned(), PartyKind::Outlet(outlet_kind(outlet.kind)))
        });
    }
    let kind = outlet_by_look(scene, head, words)?;
    Some(Party { words, ..make(scene, head, text.to_owned(), PartyKind::Outlet(kind)) })
}

/// Names that look like outlets: "the broadcaster X", "X Times", "X News Agency".
fn outlet_by_look(scene: &Scene, head: usize, words: Span<Tok>) -> Option<&'static str> {
    let tree = &scene.tree;
    let beside = tree
        .children(head)
        .iter()
        .copied()
        .chain([head])
        .chain(tree.head(head))
        .chain((words.start > 0).then(|| words.start - 1));
    for at in beside {
        if tree.token(at).upos == Upos::Noun
            && (at + 3 >= words.start || words.contains(at))
            && at < words.end
            && let Some(MediaNoun::Outlet(kind)) = scene.lexicon.media(&tree.lemma(at))
        {
            return Some(kind);
        }
    }
    let last = tree.lower(words.end - 1);
    if words.len() < 2 {
        return None;
    }
    match last.as_str() {
        "times" | "post" | "tribune" | "gazette" | "herald" | "courier" | "telegraph" | "guardian" | "observer"
        | "journal" | "daily" | "chronicle" | "examiner" | "dispatch" | "ledger" | "sentinel" | "standard"
        | "zeitung" | "monde" | "paper" | "newspaper" => Some("newspaper"),
        "news" | "tv" | "television" | "radio" | "broadcasting" | "channel" | "network" => Some("broadcaster"),
        "agency" | "wire" | "newswire" | "syndicate" | "service" => (tree.text(words).to_lowercase().contains("news")
            || tree.text(words).to_lowercase().contains("press"))
        .then_some("agency"),
        "magazine" | "weekly" | "review" => Some("magazine"),
        _ => None,
    }
}

fn propn_run(scene: &Scene, head: usize) -> Span<Tok> {
    let tree = &scene.tree;
    let sentence = tree.sentence_tokens(head);
    let (mut start, mut end) = (head, head + 1);
    while start > sentence.start && tree.token(start - 1).upos == Upos::Propn {
        start -= 1;
    }
    while end < sentence.end && tree.token(end).upos == Upos::Propn {
        end += 1;
    }
    Span::new(start, end)
}

/// "The newspaper", "the broadcaster": an outlet named before.
fn outlet_noun(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let MediaNoun::Outlet(kind) = scene.lexicon.media(&tree.lemma(head))? else { return None };
    if tree.token(head).upos == Upos::Propn && scene.name_over(head).is_some() {
        return None;
    }
    let words = tree.core_phrase(head);
    if definite(scene, head) && matches!(tree.token(head).feat("Number"), Some("Sing") | None) {
        if let Some(known) = antecedent(scene, history, head).filter(Party::is_outlet) {
            return Some(Party { words, head, refers_back: true, ..known });
        }
        if let Some(known) = history
            .outlet_of_kind(kind)
            .or_else(|| (kind == "monitor").then(|| history.outlet_of_kind("any")).flatten())
        {
            return Some(Party { words, head, refers_back: true, ..known.clone() });
        }
    }
    if definite(scene, head)
        && kind != "any"
        && let Some(known) = named_before(scene, head, kind)
    {
        return Some(Party { words, head, refers_back: true, ..known });
    }
    if let Some((name, _)) =
        head.checked_sub(1).filter(|&at| tree.token(at).upos == Upos::Propn).and_then(|at| scene.name_over(at))
    {
        let text = tree.text(name);
        let known =
            scene.knowledge.outlet_by_name(text).map_or_else(|| text.to_owned(), |outlet| outlet.name.to_owned());
        return Some(Party { words: name, ..make(scene, head, known, PartyKind::Outlet(kind)) });
    }
    if let Some(named) = name_after(scene, head) {
        return Some(Party { words: named, ..make(scene, head, tree.text(named).to_owned(), PartyKind::Outlet(kind)) });
    }
    let name = bare(scene, head);
    // "on television", "a paper": no outlet in particular.
    if !name.contains(' ')
        && (!definite(scene, head)
            || !matches!(kind, "newspaper" | "agency" | "broadcaster" | "magazine")
            || is_medium(&tree.lemma(head)))
    {
        return None;
    }
    let anonymous = Anonymous {
        descriptor: name.clone(),
        rank: None,
        country: anonymous::country(scene, words),
        role: Some(tree.lemma(head)),
        number: anonymous::number(scene, head),
    };
    Some(Party { words, anonymous: Some(anonymous), ..make(scene, head, name, PartyKind::Outlet(kind)) })
}

/// Words for a medium rather than an outlet.
fn is_medium(lemma: &str) -> bool {
    matches!(lemma, "television" | "radio" | "tv" | "press" | "wire" | "network" | "station" | "journal")
}

/// A name right after the noun: "the public broadcaster NOS".
fn name_after(scene: &Scene, head: usize) -> Option<Span<Tok>> {
    let tree = &scene.tree;
    let next = head + 1;
    let named = next < tree.sentence_tokens(head).end && tree.token(next).upos == Upos::Propn;
    named.then(|| scene.name_over(next).map_or_else(|| propn_run(scene, next), |(name, _)| name))
}

/// The word of the lexicon for a kind of outlet.
pub fn outlet_kind(kind: sourceline_knowledge::OutletKind) -> &'static str {
    use sourceline_knowledge::OutletKind;
    match kind {
        OutletKind::Agency => "agency",
        OutletKind::Newspaper => "newspaper",
        OutletKind::Magazine => "magazine",
        OutletKind::Broadcaster => "broadcaster",
        OutletKind::Monitor => "monitor",
        OutletKind::Online | OutletKind::Aggregator => "site",
    }
}

// ---- unnamed sources

fn unnamed(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let Describe { anonymous, refers_back } = anonymous::describe(scene, history, head)?;
    let words = scene.tree.core_phrase(head);
    Some(Party {
        words,
        anonymous: Some(anonymous.clone()),
        refers_back,
        ..make(scene, head, anonymous.descriptor, PartyKind::Unnamed)
    })
}

// ---- states and bodies

/// A state or its capital: the government speaks.
fn state(scene: &Scene, head: usize) -> Option<Party> {
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
fn body(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    if !matches!(
        tree.token(head).upos,
        Upos::Propn | Upos::Noun | Upos::Num | Upos::Det | Upos::Adj | Upos::Pron | Upos::X
    ) {
        return None;
    }
    let lemma = tree.lemma(head);
    let named = scene.name_over(head).map(|(name, _)| name);
    if let Some(entity) = scene.entity_at(head).filter(|entity| scene.is_named(entity.id)) {
        return Some(make(
            scene,
            head,
            body_name(scene, head, named, &entity.name, entity.country.as_deref()),
            body_kind(entity.kind),
        ));
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
        && definite(scene, head)
        && let Some(party) = antecedent(scene, history, head)
    {
        return Some(Party { words: tree.core_phrase(head), head, refers_back: true, ..party });
    }
    let text = match named {
        Some(name) => tree.text(name).to_owned(),
        None => bare(scene, head),
    };
    let kind =
        if named.is_some_and(|name| scene.name_over(name.start).is_some_and(|(_, kind)| kind == EntityKind::Person)) {
            PartyKind::Person
        } else {
            PartyKind::Body
        };
    let text = if text.is_empty() { lemma } else { with_country(scene, head, text) };
    Some(make(scene, head, text, kind))
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

fn body_kind(kind: EntityKind) -> PartyKind {
    if kind == EntityKind::Person { PartyKind::Person } else { PartyKind::Body }
}

/// The name of a body as a chain shows it.
fn body_name(scene: &Scene, head: usize, named: Option<Span<Tok>>, entity: &str, country: Option<&str>) -> String {
    let tree = &scene.tree;
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
    display(scene, EntityKind::Organization, entity)
}

/// "Sudan's government", "the army" of a document about one country: with the country's adjective in front.
fn with_country(scene: &Scene, head: usize, text: String) -> String {
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
        scene.country_of(tree.text(scene.name_over(owner).map_or(Span::new(owner, owner + 1), |(name, _)| name)))
    });
    match country.and_then(|iso2| scene.adjective(iso2)) {
        Some(adjective) => format!("{adjective} {}", noun_group(scene, head)),
        None if is_state_organ(&tree.lemma(head)) && definite(scene, head) => main_country(scene, head)
            .and_then(|iso2| scene.adjective(iso2))
            .map_or(text, |adjective| format!("{adjective} {}", noun_group(scene, head))),
        None => text,
    }
}

fn is_state_organ(lemma: &str) -> bool {
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
fn main_country<'s>(scene: &'s Scene, head: usize) -> Option<&'s str> {
    let tree = &scene.tree;
    let lemma = tree.lemma(head);
    let owner = |at: usize| {
        let words = tree.core_phrase(at);
        words.range().filter(|&word| word != at).find_map(|word| scene.country_of(tree.analysis.form(word)))
    };
    let before = (0..head).rev().filter(|&at| tree.lemma(at) == lemma).find_map(owner);
    before.or_else(|| {
        let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for name in &tree.analysis.names {
            if let Some(iso2) = scene.country_of(tree.text(name.tokens)) {
                *counts.entry(iso2).or_default() += 1;
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(iso2, _)| iso2)
    })
}

/// The noun with its compounds and adjectives, no owner.
fn noun_group(scene: &Scene, head: usize) -> String {
    let tree = &scene.tree;
    let start = tree
        .children(head)
        .iter()
        .copied()
        .filter(|&child| child < head && matches!(tree.relation(child), "amod" | "compound"))
        .map(|child| tree.extent(child).start)
        .min();
    tree.text(Span::new(start.unwrap_or(head), head + 1)).to_owned()
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
    let words = tree.core_phrase(head);
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
