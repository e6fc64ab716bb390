//! Outlets: by name, by what they publish, by nouns that refer back to them.
//!
//! In: the head word of a phrase. Out: the outlet as a party.

use super::*;

/// "The report", "a Wall Street Journal report", "the broadcaster's digest of the newspaper's story": the outlet behind it.
pub(super) fn report(scene: &Scene, history: &History, head: usize) -> Option<Party> {
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
            && !is_town_before(scene, child, head)
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
    if let Some(found) = presented_by(scene, history, head) {
        return Some(Party { words: tree.core_phrase(head), head: found.head, ..found });
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

/// "A report by X", "a report presented on Tuesday by X" of an organisation.
fn presented_by(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let by = |at: usize| {
        tree.children(at)
            .iter()
            .copied()
            .find(|&child| child > at && tree.case(child) == "by" && matches!(tree.relation(child), "nmod" | "obl"))
    };
    let published = |verb: usize| {
        matches!(
            tree.lemma(verb).as_str(),
            "publish" | "present" | "release" | "issue" | "write" | "compile" | "produce" | "prepare" | "draw" | "file"
        )
    };
    let through = || tree.children_by(head, "acl").filter(|&verb| published(verb)).find_map(by);
    let end = tree.sentence_tokens(head).end.min(head + 8);
    let by_words = || {
        let word = (head + 1..end).find(|&at| tree.lower(at) == "by")?;
        let made = (head + 1..word).all(|at| tree.token(at).upos != Upos::Verb || published(at));
        crate::chunk::phrase_at(tree, word + 1).filter(|_| made).map(|(_, noun)| noun)
    };
    let owner = by(head).or_else(through).or_else(by_words)?;
    party(scene, history, owner).filter(|party| party.kind == PartyKind::Body && scene.name_over(owner).is_some())
}

/// "The X report", "X's account" of a known outlet X, whatever the tree and the name spans make of it.
pub(super) fn report_of_name(scene: &Scene, head: usize) -> Option<Party> {
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
pub(super) fn staff(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    if !matches!(
        tree.lemma(head).as_str(),
        "team"
            | "unit"
            | "reporter"
            | "correspondent"
            | "journalist"
            | "editor"
            | "desk"
            | "bureau"
            | "researcher"
            | "investigator"
            | "monitor"
            | "inspector"
            | "author"
            | "photographer"
            | "envoy"
            | "crew"
    ) {
        return None;
    }
    // "AFP journalists": the agency's own.
    let press = matches!(
        tree.lemma(head).as_str(),
        "reporter" | "correspondent" | "journalist" | "photographer" | "team" | "crew"
    );
    let agency = tree.children_by(head, "compound").filter(|&child| press && child + 1 == head);
    if let Some(found) =
        agency.into_iter().find_map(|child| scene.outlet_over(child).and_then(|_| named_outlet(scene, child)))
    {
        return Some(Party { words: tree.core_phrase(head), head, ..found });
    }
    let owner = tree.children(head).iter().copied().find(|&child| tree.token(child).deprel == "nmod:poss");
    let Some(owner) = owner else { return authors(scene, history, head) };
    if tree.token(owner).upos == Upos::Pron && tree.lower(owner) == "its" {
        let body = pronoun(scene, history, owner).filter(|party| party.is_outlet() || party.kind == PartyKind::Body);
        let body = body.or_else(|| history.reporter.clone());
        return body.map(|party| Party { words: tree.core_phrase(head), head, ..party });
    }
    let outlet = match tree.token(owner).upos {
        Upos::Pron => pronoun(scene, history, owner),
        _ => named_outlet(scene, owner).or_else(|| outlet_noun(scene, history, owner)),
    };
    outlet.filter(Party::is_outlet).map(|party| Party { words: tree.core_phrase(head), head, ..party })
}

/// "The researchers", "the authors" of the report that an organisation has published and the document rests on.
fn authors(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let wrote = matches!(tree.lemma(head).as_str(), "researcher" | "author") && tree.core_phrase(head).len() == 2;
    let plural = tree.token(head).feat("Number") == Some("Plur") && definite(scene, head);
    let organisation = history.reporter.as_ref().filter(|party| !party.is_outlet() && wrote && plural)?;
    Some(Party { words: tree.core_phrase(head), head, refers_back: true, ..organisation.clone() })
}

/// The nearest outlet of a kind that was named before, in this paragraph or the two before it.
pub(super) fn named_before(scene: &Scene, head: usize, kind: &str) -> Option<Party> {
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
    if let Some(own) = own_short_name(scene, head) {
        return Some(own);
    }
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
    if scene.is_portfolio(words.start) {
        return None;
    }
    let text = tree.text(words);
    let known = scene.knowledge.outlet_by_name(text).or_else(|| scene.knowledge.outlet_by_name(&format!("The {text}")));
    let entity =
        || scene.entity_at(head).and_then(|entity| entity.kb.as_deref()).and_then(|kb| scene.knowledge.outlet(kb));
    if let Some(outlet) = known.or_else(entity).or_else(|| outlet_at_end(scene, words)) {
        return Some(Party {
            words,
            ..make(scene, head, outlet.name.to_owned(), PartyKind::Outlet(outlet_kind(outlet.kind)))
        });
    }
    let own = tree.analysis.document.outlet.as_ref().is_some_and(|outlet| outlet.name.eq_ignore_ascii_case(text));
    if let Some(kind) = edition(scene, words).or(own.then_some("any")) {
        return Some(Party { words, ..make(scene, head, text.to_owned(), PartyKind::Outlet(kind)) });
    }
    let kind = outlet_by_look(scene, head, words)?;
    Some(Party { words, ..make(scene, head, text.to_owned(), PartyKind::Outlet(kind)) })
}

/// "American agency Associated Press": the known outlet that a description ends with.
fn outlet_at_end<'s>(scene: &Scene<'s>, words: Span<Tok>) -> Option<&'s sourceline_knowledge::Outlet> {
    let tree = &scene.tree;
    let noun = (words.start..words.end).rev().find(|&at| {
        tree.lower(at) == tree.analysis.form(at)
            && matches!(scene.lexicon.media(&tree.lemma(at)), Some(MediaNoun::Outlet(_)))
    })?;
    let name = tree.text(Span::new((noun + 1).min(words.end), words.end));
    scene.knowledge.outlet_by_name(name).filter(|_| name.starts_with(char::is_uppercase))
}

/// "CNN Türk", "BBC Somali Service": a known outlet's name with that of its edition.
fn edition(scene: &Scene, words: Span<Tok>) -> Option<&'static str> {
    let tree = &scene.tree;
    let first = (words.start + 1..words.end).rev().find_map(|end| {
        let name = tree.text(Span::new(words.start, end));
        let title = name.len() > 2 && name.starts_with(char::is_uppercase);
        scene.knowledge.outlet_by_name(name).filter(|_| title)
    })?;
    let place = |at: usize| scene.country_of(tree.analysis.form(at)).is_some();
    let service = matches!(
        tree.lower(words.end - 1).as_str(),
        "service" | "edition" | "international" | "world" | "arabic" | "english"
    );
    let acronym = tree.analysis.form(words.start).chars().all(|c| c.is_ascii_uppercase());
    (place(words.end - 1) || service && acronym).then(|| outlet_kind(first.kind))
}

/// Words of bodies that are spoken to but pass nothing on.
const HEARERS: [&str; 32] = [
    "office",
    "embassy",
    "authority",
    "mission",
    "board",
    "tribunal",
    "congress",
    "parliament",
    "senate",
    "council",
    "cabinet",
    "assembly",
    "house",
    "court",
    "commission",
    "committee",
    "conference",
    "summit",
    "government",
    "ministry",
    "police",
    "party",
    "army",
    "navy",
    "union",
    "university",
    "institute",
    "forum",
    "nations",
    "bank",
    "duma",
    "knesset",
];

/// An outlet that only its place in the sentence tells: "told X", "quoted by X", "wrote in X" of a name that is no other known thing.
pub fn outlet_by_place(scene: &Scene, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let (words, kind) = scene.name_over(head)?;
    let kinds = [EntityKind::Organization, EntityKind::Product, EntityKind::Other];
    let text = tree.text(words);
    let office = text.rsplit(' ').next().is_some_and(|last| {
        let last = last.to_lowercase();
        scene.knowledge.role(&last).is_some() || scene.lexicon.role(&last).is_some()
    });
    let other = office
        || scene.knowledge.find_best(text, &sourceline_knowledge::Hints::default()).is_some()
        || text.to_lowercase().split_whitespace().any(|word| HEARERS.contains(&word));
    (kinds.contains(&kind) && !other)
        .then(|| Party { words, ..make(scene, head, text.to_owned(), PartyKind::Outlet("any")) })
}

/// Names that look like outlets: "the broadcaster X", "X Times", "X News Agency".
pub(super) fn outlet_by_look(scene: &Scene, head: usize, words: Span<Tok>) -> Option<&'static str> {
    let tree = &scene.tree;
    let beside = tree
        .children(head)
        .iter()
        .copied()
        .chain([head])
        .chain(tree.head(head))
        .chain((words.start > 0).then(|| words.start - 1));
    for at in beside {
        if matches!(tree.token(at).upos, Upos::Noun | Upos::Adj)
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
    let first = tree.lower(words.start);
    if matches!(first.as_str(), "radio" | "rádio" | "televisión" | "télévision" | "tv" | "télé" | "canal" | "kanal")
    {
        return Some("broadcaster");
    }
    match last.as_str() {
        "times" | "post" | "tribune" | "gazette" | "herald" | "courier" | "telegraph" | "guardian" | "observer"
        | "journal" | "daily" | "chronicle" | "examiner" | "dispatch" | "ledger" | "sentinel" | "standard"
        | "zeitung" | "monde" | "paper" | "newspaper" | "gazeta" | "tageblatt" | "presse" | "prensa" | "giornale"
        | "posten" | "bladet" | "echo" | "mail" | "mirror" | "argus" | "advertiser" | "bulletin" | "register"
        | "messenger" | "dagblad" | "dagbladet" | "jornal" | "nachrichten" | "rundschau" | "novosti" | "pravda" => {
            Some("newspaper")
        }
        "news" | "tv" | "television" | "radio" | "broadcasting" | "channel" | "network" => Some("broadcaster"),
        "agency" | "wire" | "newswire" | "syndicate" | "service" => (tree.text(words).to_lowercase().contains("news")
            || tree.text(words).to_lowercase().contains("press"))
        .then_some("agency"),
        "magazine" | "weekly" | "review" => Some("magazine"),
        _ => None,
    }
}

pub(super) fn propn_run(scene: &Scene, head: usize) -> Span<Tok> {
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

/// "The Munich paper": the town of an outlet that was named before.
fn is_town_before(scene: &Scene, word: usize, head: usize) -> bool {
    let tree = &scene.tree;
    let outlet = scene.outlet_over(word).is_some();
    let the = word > 0 && tree.lower(word - 1) == "the";
    let name = scene.name_over(word).is_some_and(|(name, _)| name == Span::new(word, word + 1));
    the && word + 1 == head
        && name
        && !outlet
        && matches!(tree.lemma(head).as_str(), "paper" | "newspaper" | "daily" | "weekly")
}

/// "The newspaper", "the broadcaster": an outlet named before.
pub(super) fn outlet_noun(scene: &Scene, history: &History, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let MediaNoun::Outlet(kind) = scene.lexicon.media(&tree.lemma(head))? else { return None };
    if tree.token(head).upos == Upos::Propn && scene.name_over(head).is_some() {
        return None;
    }
    let words = tree.core_phrase(head);
    if is_other_service(scene, head) {
        return None;
    }
    // "on its website": where a body says it itself is no other hand.
    let own = tree.children(head).iter().any(|&child| {
        tree.token(child).deprel == "nmod:poss"
            && matches!(tree.lower(child).as_str(), "its" | "his" | "her" | "their" | "our")
    });
    if own
        && matches!(
            tree.lemma(head).as_str(),
            "website" | "site" | "channel" | "page" | "account" | "blog" | "newsletter"
        )
    {
        return None;
    }
    let named = name_after(scene, head).is_some();
    if !named && definite(scene, head) && matches!(tree.token(head).feat("Number"), Some("Sing") | None) {
        if let Some(known) = outlet_in_focus(scene, history, head, kind) {
            return Some(Party { words, head, refers_back: true, ..known });
        }
        let of_kind = |party: &&Party| party.kind == PartyKind::Outlet(kind) && kind != "any";
        if let Some(known) = history.reporter.as_ref().filter(of_kind) {
            return Some(Party { words, head, refers_back: true, ..known.clone() });
        }
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
    // "the agency" of an intelligence agency that spoke before.
    let body = |party: &&Party| {
        let last = party.name.rsplit(' ').next().unwrap_or("").to_lowercase();
        let alike =
            matches!(last.as_str(), "agency" | "service" | "bureau" | "office" | "administration" | "organisation");
        party.kind == PartyKind::Body && (alike || last == "organization") && tree.lemma(head) == "agency"
    };
    if definite(scene, head)
        && let Some(known) = history.sources.iter().rev().find(body)
        && history.outlets.last().is_none_or(|outlet| outlet.head < known.head)
    {
        return Some(Party { words, head, refers_back: true, ..known.clone() });
    }
    if definite(scene, head)
        && kind != "any"
        && let Some(known) = named_before(scene, head, kind)
    {
        return Some(Party { words, head, refers_back: true, ..known });
    }
    let before =
        head.checked_sub(1).filter(|&at| tree.token(at).upos == Upos::Propn).and_then(|at| scene.name_over(at));
    // "the Madrid daily X": where it appears is not what it is called.
    let before = before.filter(|(name, kind)| {
        !matches!(kind, EntityKind::Gpe | EntityKind::Location | EntityKind::Norp)
            && scene.country_of(tree.text(*name)).is_none()
            || name_after(scene, head).is_none()
    });
    if let Some((name, _)) = before {
        let text = tree.text(name);
        let known =
            scene.knowledge.outlet_by_name(text).map_or_else(|| text.to_owned(), |outlet| outlet.name.to_owned());
        return Some(Party { words: name, ..make(scene, head, known, PartyKind::Outlet(kind)) });
    }
    if let Some(named) = name_after(scene, head) {
        return Some(Party { words: named, ..make(scene, head, tree.text(named).to_owned(), PartyKind::Outlet(kind)) });
    }
    let name = bare(scene, head);
    // "on television", "on state television", "a paper": no outlet in particular.
    let public = name.to_lowercase();
    let public = public.strip_prefix("state ").or_else(|| public.strip_prefix("national ")).unwrap_or(&public);
    if matches!(public.split(' ').next(), Some("television" | "radio" | "tv")) && !definite(scene, head) {
        return None;
    }
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

/// The outlet of the kind that the sentence before has for its subject: "The Herald adds a note. The paper says …".
fn outlet_in_focus(scene: &Scene, history: &History, head: usize, kind: &str) -> Option<Party> {
    let tree = &scene.tree;
    let same = tree.children(head).iter().any(|&child| tree.lower(child) == "same");
    let fits = |party: &Party| {
        matches!(party.kind, PartyKind::Outlet(own) if own == kind || kind == "any" || own == "any" || is_print(own) && is_print(kind))
            && party.anonymous.is_none()
    };
    let here = tree.sentence(head);
    if same {
        return named_before(scene, head, kind).filter(fits);
    }
    let before =
        here.checked_sub(1).filter(|&before| tree.analysis.sentences[before].paragraph == tree.paragraph(head))?;
    let subject = super::pronouns::topic(scene, before)?;
    named_outlet(scene, subject).or_else(|| party(scene, history, subject)).filter(Party::is_outlet).filter(fits)
}

/// "Kloop, an independent website, reported": a name that an apposition calls an outlet.
pub(super) fn apposed_outlet(scene: &Scene, head: usize) -> Option<Party> {
    let tree = &scene.tree;
    let run = || (tree.token(head).upos == Upos::Propn).then(|| propn_run(scene, head));
    let words = scene.name_over(head).map(|(name, _)| name).or_else(run)?;
    // "the newspaper Mihaaru", whatever kind of name it was taken for.
    let before = words.start.checked_sub(1).filter(|&at| tree.token(at).upos == Upos::Noun);
    if let Some(MediaNoun::Outlet(kind)) = before.and_then(|at| scene.lexicon.media(&tree.lemma(at))) {
        let unknown = || Party { words, ..make(scene, head, tree.text(words).to_owned(), PartyKind::Outlet(kind)) };
        return Some(named_outlet(scene, head).unwrap_or_else(unknown));
    }
    let behind = words.end + 1 < tree.sentence_tokens(head).end && tree.analysis.form(words.end) == ",";
    let article = behind && matches!(tree.lower(words.end + 1).as_str(), "a" | "an" | "the" | "its" | "one");
    let (_, noun) = if article { crate::chunk::phrase_at(tree, words.end + 1) } else { None }?;
    let MediaNoun::Outlet(kind) = scene.lexicon.media(&tree.lemma(noun)).filter(|_| noun < words.end + 7)? else {
        return None;
    };
    named_outlet(scene, head)
        .or_else(|| Some(Party { words, ..make(scene, head, tree.text(words).to_owned(), PartyKind::Outlet(kind)) }))
}

fn is_print(kind: &str) -> bool {
    matches!(kind, "newspaper" | "magazine")
}

/// "The border service", "the health agency": a body that no news comes from.
fn is_other_service(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let of_news = |at: usize| {
        matches!(
            tree.lower(at).as_str(),
            "news" | "press" | "wire" | "media" | "radio" | "television" | "tv" | "broadcasting" | "information"
        )
    };
    let modifiers: Vec<usize> =
        tree.children_by(head, "compound").filter(|&at| at < head && tree.token(at).upos == Upos::Noun).collect();
    matches!(tree.lemma(head).as_str(), "service" | "agency")
        && !modifiers.is_empty()
        && !modifiers.iter().any(|&at| of_news(at))
}

/// Words for a medium rather than an outlet.
pub(super) fn is_medium(lemma: &str) -> bool {
    matches!(lemma, "television" | "radio" | "tv" | "press" | "wire" | "network" | "station" | "journal")
}

/// A name right after the noun: "the public broadcaster NOS".
pub(super) fn name_after(scene: &Scene, head: usize) -> Option<Span<Tok>> {
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
