//! Pronouns, and nouns that stand for what was named before.
//!
//! In: the head word and what was said before. Out: the party it refers back to.

use super::*;

pub(super) fn pronoun(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let form = scene.tree.lower(head);
    if matches!(form.as_str(), "who" | "which" | "that") {
        return relative(scene, history, head);
    }
    if matches!(
        form.as_str(),
        "i" | "we"
            | "us"
            | "our"
            | "my"
            | "me"
            | "you"
            | "your"
            | "what"
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
    let topic = || topic_before(scene, history, head);
    match form.as_str() {
        // Who spoke last is a better guess for a speaker than the nearest noun.
        "he" | "she" | "him" | "her" | "his" | "himself" | "herself" => he(scene, history, head)
            .as_ref()
            .map(back)
            .or_else(|| referent().filter(|party| party.kind == PartyKind::Person)),
        "they" | "them" | "their" | "themselves" => {
            let several = topic().filter(|party| is_several(scene, party));
            let unnamed = |party: &Party| party.anonymous.as_ref().is_some_and(|all| all.number != Number::One);
            let plural = |party: &Party| party.kind != PartyKind::Person && !is_office(scene, party);
            several
                .as_ref()
                .map(back)
                .or_else(|| latest(&unnamed))
                .or_else(|| mentioned_before(scene, history, head).as_ref().map(back))
                .or_else(|| referent().filter(plural))
                .or_else(|| latest(&|party| party.kind == PartyKind::Body && plural(party)))
        }
        "it" | "its" => {
            // "She had not seen it, the minister told it": the outlet named last.
            let heard = matches!(scene.tree.relation(head), "obj" | "iobj")
                && scene.tree.head(head).is_some_and(|verb| scene.tree.lemma(verb) == "tell");
            if let Some(near) = heard.then(|| outlet_before(scene, head)).flatten() {
                return Some(back(&near));
            }
            if let Some(document) = document_before(scene, history, head) {
                return Some(back(&document));
            }
            if let Some(body) = topic().filter(|party| is_one_body(scene, party)) {
                return Some(back(&body));
            }
            if let Some(document) = history.sources.last().filter(|party| is_near_document(scene, party, head)) {
                return Some(back(document));
            }
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

/// "Officials in Delhi, who add that …": those whom the relative clause is about.
fn relative(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let _guard = scene.descend()?;
    let verb = tree.head(head).filter(|&verb| tree.relation(verb) == "acl" && tree.relation(head) == "nsubj")?;
    let noun = tree.head(verb).filter(|&noun| noun < head && tree.token(noun).upos != Upos::Pron)?;
    // "Lanka Fishers, a union, which said": the name.
    let noun = tree
        .head(noun)
        .filter(|&name| tree.relation(noun) == "appos" && scene.name_over(name).is_some())
        .unwrap_or(noun);
    let found = party(scene, history, noun)?;
    Some(Party { words: Span::new(head, head + 1), head, refers_back: true, ..found })
}

/// The subject of the main clause of a sentence.
pub(super) fn topic(scene: &Scene, sentence: usize) -> Option<usize> {
    let tree = &scene.tree;
    let tokens = tree.analysis.sentences[sentence].tokens;
    let root = tokens.range().find(|&at| tree.head(at).is_none())?;
    let quoted = tokens.range().any(|at| matches!(tree.analysis.form(at), "“" | "\"" | "”"));
    tree.own_subject(root).filter(|&subject| subject >= scene.body && !quoted)
}

/// Number of words within which a pronoun opens its sentence: "In a video he …".
const OPENING: usize = 6;

/// "The port is closed, he said": a pronoun behind what it says, whose names are spoken of.
fn closes_statement(tree: &Tree, head: usize) -> bool {
    let first = tree.sentence_tokens(head).start;
    let set_off = head > first && matches!(tree.analysis.form(head - 1), "," | "”" | "\"" | "—" | "–");
    let verb = tree.head(head).filter(|_| tree.relation(head) == "nsubj");
    set_off && verb.is_some_and(|verb| (head + 1..head + 4).contains(&verb) && tree.token(verb).upos == Upos::Verb)
}

/// Whom the sentence right before is about, when nobody speaks in it or he does himself: "The judge rebuked both. He said …".
fn topic_before(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let _guard = scene.descend()?;
    let before = tree.sentence(head).checked_sub(1)?;
    let subject = topic(scene, before)?;
    // A pronoun in the middle of its sentence may go back to a noun of the same sentence.
    let sentence = tree.sentence_tokens(head);
    let form = tree.lower(head);
    let first = (sentence.start..head).find(|&at| tree.lower(at) == form).unwrap_or(head);
    let opens = sentence.start + OPENING > first;
    let opens = opens || closes_statement(tree, head);
    let near = tree.paragraph(subject) == tree.paragraph(head) && opens && !history.is_spoken_of(subject, head);
    if !near || tree.token(subject).upos == Upos::Pron {
        return None;
    }
    let phrase = tree.extent(subject);
    let known = history.sources.iter().chain(&history.outlets);
    let spoke = known.rev().find(|party| phrase.contains(party.head) && !party.refers_back);
    // "The army's version is different. It says …": the army does.
    let subject = teller(scene, subject).unwrap_or(subject);
    spoke.cloned().or_else(|| party(scene, history, subject))
}

/// Whether a party is several people: "officials", "the police".
fn is_several(scene: &Scene, party: &Party) -> bool {
    let tree = &scene.tree;
    let plural = tree.token(party.head).feat("Number") == Some("Plur") && tree.token(party.head).upos == Upos::Noun;
    let joined =
        tree.children_by(party.head, "conj").any(|other| matches!(tree.token(other).upos, Upos::Noun | Upos::Propn));
    let people = matches!(tree.lemma(party.head).as_str(), "police" | "people" | "crew" | "staff" | "family" | "team");
    !party.is_outlet() && (plural || people || joined && party.kind == PartyKind::Person)
}

/// Whether a party is one body or outlet.
fn is_one_body(scene: &Scene, party: &Party) -> bool {
    let plural = scene.tree.token(party.head).feat("Number") == Some("Plur") && scene.name_over(party.head).is_none();
    let named = party.entity.is_some_and(|id| scene.is_named(id)) || scene.name_over(party.head).is_some();
    let lemma = scene.tree.lemma(party.head);
    let body = scene.lexicon.speaking(&lemma) == Some(crate::lexicon::Speaking::Body);
    let organ = scene.tree.token(party.head).upos == Upos::Noun && (is_state_organ(&lemma) || body);
    party.is_outlet() || party.kind == PartyKind::Body && !plural && (named || organ)
}

/// Whether a party is a document that states something, in one of the two sentences before.
fn is_near_document(scene: &Scene, party: &Party, head: usize) -> bool {
    let tree = &scene.tree;
    let document = scene.lexicon.speaking(&tree.lemma(party.head)) == Some(crate::lexicon::Speaking::Document);
    document && scene.name_over(party.head).is_none() && tree.sentence(party.head) + 3 > tree.sentence(head)
}

/// What a document does with what stands in it.
const HOLDS: [&str; 10] =
    ["record", "list", "show", "contain", "name", "state", "mention", "describe", "reckon", "recommend"];

/// "The daily also obtained the duty log of the base. It records two sorties": the document that the sentence before speaks of.
fn document_before(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let verb = tree.head(head).filter(|_| tree.relation(head) == "nsubj")?;
    let lemma = tree.lemma(verb);
    let opens = tree.sentence_tokens(head).start == head && HOLDS.contains(&lemma.as_str());
    let tells =
        matches!(lemma.as_str(), "conclude" | "find" | "warn" | "note" | "say" | "estimate" | "suggest" | "state");
    let closes = tells && closes_statement(tree, head);
    let before = tree.sentence(head).checked_sub(1).filter(|_| opens || closes)?;
    let sentence = &tree.analysis.sentences[before];
    let document = |&at: &usize| {
        let noun = tree.token(at).upos == Upos::Noun && tree.token(at).feat("Number") != Some("Plur");
        let lemma = tree.lemma(at);
        let states = scene.lexicon.speaking(&lemma) == Some(crate::lexicon::Speaking::Document);
        noun && (states || matches!(lemma.as_str(), "log" | "logbook" | "register" | "file" | "record"))
            && (tree.relation(at) == "nsubj" || !closes && matches!(tree.relation(at), "obj" | "obl"))
    };
    let noun = sentence.tokens.range().filter(|_| sentence.paragraph == tree.paragraph(head)).find(document)?;
    let _guard = scene.descend()?;
    party(scene, history, noun)
        .filter(|party| !party.is_outlet() && !scene.lexicon.is_occasion(&party.name.to_lowercase()))
}

/// Whether a body is a single office that "they" does not stand for: a ministry, a court.
fn is_office(scene: &Scene, party: &Party) -> bool {
    let last = party.name.rsplit(' ').next().unwrap_or("").to_lowercase();
    let first = party.name.split(' ').next().unwrap_or("").to_lowercase();
    let noun = scene.tree.lemma(party.head);
    [first, last, noun].iter().any(|word| {
        matches!(
            word.as_str(),
            "ministry" | "court" | "department" | "embassy" | "parliament" | "council" | "agency" | "office"
        )
    })
}

/// Whether a body has been a source already: "it said" goes on with one that has.
pub(super) fn spoke_before(history: &History, party: &Party) -> bool {
    party.kind == PartyKind::Body && history.sources.iter().any(|known| known.name == party.name)
}

/// Whom "he" or "she" stands for: the last single source, or a person named since as a subject in the same paragraph.
pub(super) fn he(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let form = if tree.lower(head) == "hers" { "her".to_owned() } else { tree.lower(head) };
    let called = |name: &str| sourceline_entities::can_be_called(name, &form);
    let single = |party: &&Party| {
        party.kind == PartyKind::Person && called(&party.name)
            || party.anonymous.as_ref().is_some_and(|anonymous| anonymous.number == Number::One)
    };
    if let Some(named) = before_colon(scene, head).filter(|party| called(&party.name)) {
        return Some(named);
    }
    let source = history.sources.iter().rev().find(single);
    let paragraph = tree.paragraph(head);
    let named =
        tree.analysis.names.iter().rev().filter(|name| name.kind == EntityKind::Person && name.tokens.end <= head);
    let is_person = |name: &Span<Tok>| {
        let entity = tree.analysis.head_of(*name).and_then(|at| scene.entity_at(at));
        entity.is_none_or(|entity| entity.kind == EntityKind::Person)
    };
    if let Some(subject) = subject_before(scene, head).filter(|party| called(&party.name)) {
        return Some(subject);
    }
    if let Some(topic) = topic_before(scene, history, head).filter(|party| single(&party)) {
        return Some(topic);
    }
    let subject = named
        .map(|name| name.tokens)
        .filter(is_person)
        .filter(|name| named_person(scene, name.start).is_none_or(|party| called(&party.name)))
        .filter(|name| !history.is_spoken_of(name.start, head))
        .filter(|name| tree.sentence(name.start) != tree.sentence(head) || !closes_statement(tree, head))
        .take_while(|name| tree.paragraph(name.start) == paragraph)
        .find(|name| {
            tree.analysis.head_of(*name).is_some_and(|at| {
                // "The captain, X, gave his version": X is what the sentence is about.
                let apposed = tree.relation(at) == "appos"
                    && tree.head(at).is_some_and(|noun| noun < at && tree.relation(noun) == "nsubj");
                apposed || matches!(tree.relation(at), "nsubj" | "root") || source.is_none()
            })
        });
    match (source, subject) {
        (Some(source), Some(name)) if source.head < name.start => named_person(scene, tree.analysis.head_of(name)?),
        (Some(source), _) => Some(source.clone()),
        (None, Some(name)) => named_person(scene, tree.analysis.head_of(name)?),
        (None, None) => described_before(scene, history, head),
    }
}

/// "Anna Berg has seen the lists: 312 people died, she says": the person before the colon of the same sentence.
fn before_colon(scene: &Scene, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let sentence = tree.sentence_tokens(head);
    let colon = (sentence.start..head).find(|&at| tree.analysis.form(at) == ":")?;
    let names = tree.analysis.names.iter().filter(|name| name.kind == EntityKind::Person);
    let mut before = names.filter(|name| name.tokens.start >= sentence.start && name.tokens.end <= colon);
    let name = before.find(|name| {
        tree.analysis.head_of(name.tokens).is_some_and(|at| matches!(tree.relation(at), "nsubj" | "appos" | "flat"))
    })?;
    closes_statement(tree, head).then(|| named_person(scene, tree.analysis.head_of(name.tokens)?)).flatten()
}

/// "Hydrologist Anna Berg believes that a warning would have helped, she told the paper": the named subject of the clause that "she told" closes.
fn subject_before(scene: &Scene, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    if !closes_statement(tree, head) {
        return None;
    }
    let first = tree.sentence_tokens(head).start;
    let believes = |at: &usize| {
        tree.token(*at).upos == Upos::Verb
            && matches!(
                tree.lemma(*at).as_str(),
                "believe"
                    | "think"
                    | "expect"
                    | "hope"
                    | "fear"
                    | "doubt"
                    | "know"
                    | "want"
                    | "plan"
                    | "intend"
                    | "suspect"
                    | "see"
            )
    };
    let verb = (first..head).find(believes)?;
    let subject = tree.own_subject(verb).filter(|&subject| subject < verb)?;
    named_person(scene, subject)
}

/// "The Georgian said": the man or woman of that nation who was spoken of, not the state.
fn is_compatriot(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let form = tree.analysis.form(head);
    let one = ["an", "woman", "man"].iter().any(|end| form.ends_with(end))
        || matches!(
            form,
            "Swede"
                | "Dane"
                | "Pole"
                | "Finn"
                | "Turk"
                | "Czech"
                | "Greek"
                | "Croat"
                | "Serb"
                | "Slovak"
                | "Slovene"
                | "Kurd"
                | "Arab"
                | "Scot"
                | "Briton"
                | "Spaniard"
                | "Filipino"
                | "Thai"
                | "Uzbek"
                | "Kazakh"
                | "Tajik"
        );
    let the = head > scene.body && tree.lower(head - 1) == "the";
    let next = head + 1 < tree.sentence_tokens(head).end
        && matches!(tree.token(head + 1).upos, Upos::Noun | Upos::Propn | Upos::Adj);
    one && the && !next && scene.knowledge.demonym(form).is_some() && tree.relation(head) == "nsubj"
}

/// "The 52-year-old": whoever was spoken of, like "he".
pub(super) fn by_age(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let words = tree.core_phrase(head);
    let aged =
        tree.lower(head).ends_with("year-old") || tree.lower(head) == "old" && tree.text(words).ends_with("-year-old");
    let _guard = scene.descend().filter(|_| aged && definite(scene, head) || is_compatriot(scene, head))?;
    he(scene, history, words.start).map(|party| Party { words, head, refers_back: true, ..party })
}

/// "A lorry driver had been arrested. He said …": the last single person that the sentence before describes.
fn described_before(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let here = tree.sentence(head);
    let person = |at: &usize| {
        tree.token(*at).upos == Upos::Noun
            && (tree.relation(*at) == "nsubj" || tree.token(*at).deprel == "nmod:poss")
            && scene.lexicon.role(&tree.lemma(*at)).is_some()
            && tree.token(*at).feat("Number") != Some("Plur")
    };
    let near = (scene.body..head).rev().take_while(|&at| tree.sentence(at) + 1 >= here);
    let found = near.filter(|&at| tree.sentence(at) < here).find(person)?;
    let _guard = scene.descend()?;
    let person = unnamed(scene, history, found).or_else(|| office(scene, history, found));
    person.map(|party| Party { refers_back: true, ..party })
}

/// Sources described shortly before, though they said nothing there: "attributed the account to officials from X".
pub fn mentioned_before(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let first = tree.sentence(head).saturating_sub(5);
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
pub(super) fn outlet_before(scene: &Scene, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let (paragraph, sentence) = (tree.paragraph(head), tree.sentence(head));
    let near = |at: &usize| tree.paragraph(*at) == paragraph && tree.sentence(*at) + 1 >= sentence;
    // "In an email to X it said": X is who reads it.
    let reads = |at: usize| {
        tree.sentence(at) == sentence
            && tree.case(at) == "to"
            && tree.head(at).is_some_and(|noun| {
                matches!(
                    tree.lemma(noun).as_str(),
                    "email" | "e-mail" | "letter" | "message" | "statement" | "reply" | "note"
                )
            })
    };
    (0..head)
        .rev()
        .take_while(near)
        .filter(|&at| tree.token(at).upos == Upos::Propn && !reads(at))
        .find_map(|at| named_outlet(scene, at))
}

/// The named entity that coreference gives for a word, as a party.
pub(super) fn antecedent(scene: &Scene, history: &History, head: usize) -> Option<Party> {
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
    let first_head = scene.tree.analysis.head_of(scene.tree.analysis.tokens_under(first.span))?;
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
