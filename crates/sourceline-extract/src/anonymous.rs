//! Sources that are not named: their description, rank, country, role and number.
//!
//! In: the head word of a source phrase. Out: `Anonymous`, with the description in the order the field labels it: number, rank,
//! countries, the rest, role ("four senior U.S. officials").

use sourceline_model::{Anonymous, Number, Span, Tok, Upos};

use crate::chunk;
use crate::party::{History, Party, definite, mentioned_before, party, same_office};
use crate::scene::Scene;

/// A description and whether it refers back to an earlier one.
pub struct Describe {
    /// The source.
    pub anonymous: Anonymous,
    /// Whether "the officials" stands for officials described before.
    pub refers_back: bool,
}

/// Regions with their adjectives, for "officials from Europe".
const REGIONS: [(&str, &str); 14] = [
    ("europe", "European"),
    ("european union", "European"),
    ("eu", "EU"),
    ("west", "Western"),
    ("arab", "Arab"),
    ("arab world", "Arab"),
    ("arab countries", "Arab"),
    ("arab states", "Arab"),
    ("gulf", "Gulf"),
    ("africa", "African"),
    ("asia", "Asian"),
    ("latin america", "Latin American"),
    ("middle east", "Middle Eastern"),
    ("region", "regional"),
];

/// Describes the unnamed source with head `head`; `None` when the word is no such noun.
pub fn describe(scene: &Scene, history: &History, head: usize) -> Option<Describe> {
    if let Some(found) = part_of_group(scene, history, head) {
        return Some(found);
    }
    let tree = &scene.tree;
    let lemma = tree.lemma(head);
    if let Some(anonymous) = same_person(scene, history, head, &lemma) {
        return Some(Describe { anonymous, refers_back: true });
    }
    if tree.token(head).upos == Upos::Propn || scene.name_over(head).is_some() || !is_source_noun(scene, &lemma) {
        return None;
    }
    let plural = number(scene, head) != Number::One;
    if plural || !definite(scene, head) || is_bare_source(&lemma) {
        if definite(scene, head) {
            if let Some(known) = known_before(scene, history, head, &lemma) {
                return Some(Describe { anonymous: known, refers_back: true });
            }
            let alone = tree.core_phrase(head).len() <= 2;
            if let Some(known) =
                alone.then(|| mentioned_before(scene, history, head)).flatten().and_then(|party| party.anonymous)
            {
                return Some(Describe { anonymous: known, refers_back: true });
            }
        }
        if let Some(anonymous) = one_more(scene, history, head, &lemma) {
            return Some(Describe { anonymous, refers_back: false });
        }
        if !plural && holds_office(scene, head, &lemma) {
            return None;
        }
        return Some(Describe { anonymous: fresh(scene, head, &lemma), refers_back: false });
    }
    known_before(scene, history, head, &lemma).map(|anonymous| Describe { anonymous, refers_back: true })
}

/// "The man", "the woman": the last single source, when it has no name.
fn same_person(scene: &Scene, history: &History, head: usize, lemma: &str) -> Option<Anonymous> {
    let person = matches!(lemma, "man" | "woman" | "person" | "speaker");
    let one = number(scene, head) == Number::One;
    let bare = person && one && definite(scene, head) && scene.tree.core_phrase(head).len() == 2;
    let last =
        history.sources.iter().rev().find(|party| !party.refers_back && !history.is_spoken_of(party.head, head))?;
    last.anonymous.clone().filter(|last| bare && last.number == Number::One)
}

/// Nouns for sources: those of the lexicon and those the knowledge marks.
fn is_source_noun(scene: &Scene, lemma: &str) -> bool {
    scene.lexicon.role(lemma).is_some() || scene.knowledge.is_anonymous_noun(lemma)
}

fn is_bare_source(lemma: &str) -> bool {
    matches!(lemma, "official" | "source" | "diplomat" | "witness" | "resident" | "insider")
}

/// "Sudan's foreign minister", "the secretary-general of X": one person holds it, though the words do not name him.
fn holds_office(scene: &Scene, head: usize, lemma: &str) -> bool {
    let tree = &scene.tree;
    let owned = tree.children(head).iter().any(|&child| tree.token(child).deprel == "nmod:poss");
    owned
        && !matches!(
            lemma,
            "official"
                | "source"
                | "diplomat"
                | "officer"
                | "adviser"
                | "advisor"
                | "aide"
                | "member"
                | "colleague"
                | "relative"
                | "friend"
        )
}

/// "One of them", "two of the officials", "one senior official".
fn part_of_group(scene: &Scene, history: &History, head: usize) -> Option<Describe> {
    let tree = &scene.tree;
    let number_word = tree.lower(head);
    let is_number = tree.token(head).upos == Upos::Num
        || matches!(
            number_word.as_str(),
            "one" | "some" | "several" | "many" | "most" | "others" | "another" | "both" | "none" | "neither" | "all"
        )
        || is_ordinal(&number_word) && (definite(scene, head) || is_one_more(scene, head));
    if !is_number {
        return None;
    }
    if let Some(own) = described_as(scene, history, head) {
        return Some(own);
    }
    let whole = tree.children_by(head, "nmod").find(|&child| tree.case(child) == "of");
    let by_words = || {
        (head + 2 < tree.analysis.tokens.len() && tree.lower(head + 1) == "of")
            .then_some(head + 2)
            .and_then(|at| chunk::phrase_at(tree, at))
            .map(|(_, head)| head)
    };
    if let Some(anonymous) = fellow(scene, history, head) {
        return Some(Describe { anonymous, refers_back: false });
    }
    let several = |party: &&Party| group_of(scene, party).is_some_and(|known| known.number != Number::One);
    let spoke = || history.sources.iter().rev().find(several).cloned();
    let group = match whole.or_else(by_words) {
        Some(whole) => {
            let found = party(scene, history, whole).or_else(|| mentioned_before(scene, history, head));
            let them = matches!(tree.lower(whole).as_str(), "them" | "these" | "those");
            found.or_else(|| spoke().filter(|_| them))?
        }
        // "The other said": of two who are spoken of, whether or not they spoke together.
        None => spoke().or_else(|| mentioned_before(scene, history, head).filter(|_| is_ordinal(&number_word)))?,
    };
    let of = group_of(scene, &group)?;
    if let Some(own) = one_with_adjective(scene, head, &of) {
        return Some(own);
    }
    let one = matches!(number_word.as_str(), "one" | "another") || is_ordinal(&number_word);
    let base = narrowed(&without_number(&of.descriptor), &group_noun(scene, head));
    let descriptor = match number_word.as_str() {
        word if word == "one" || is_ordinal(word) => singular(&base),
        "some" | "several" | "others" | "many" | "most" | "all" | "both" => base,
        word => format!("{word} {base}"),
    };
    let number = if one { Number::One } else { count(&number_word).map_or(Number::Several, Number::N) };
    Some(Describe { anonymous: Anonymous { descriptor, number, ..of }, refers_back: true })
}

/// A party as several people of one description: "two other dockers", whether or not the word lists know the noun.
fn group_of(scene: &Scene, party: &Party) -> Option<Anonymous> {
    let tree = &scene.tree;
    let noun = tree.token(party.head).upos == Upos::Noun && scene.name_over(party.head).is_none();
    let plural = || noun && number(scene, party.head) != Number::One && !party.refers_back && !party.is_outlet();
    party.anonymous.clone().or_else(|| {
        plural().then(|| Anonymous {
            descriptor: party.name.clone(),
            rank: None,
            country: country(scene, party.words),
            role: Some(tree.lemma(party.head)),
            number: number(scene, party.head),
        })
    })
}

/// "A third said": one more person, no share of something.
fn is_one_more(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let article = head > scene.body && matches!(tree.lower(head - 1).as_str(), "a" | "an");
    let share = head + 1 < tree.analysis.tokens.len() && tree.lower(head + 1) == "of";
    article && !share && tree.relation(head) == "nsubj"
}

/// "The other", "a third": one more of those who were spoken of.
fn is_ordinal(word: &str) -> bool {
    matches!(word, "other" | "first" | "second" | "third" | "fourth" | "fifth")
}

/// "The other said" right after "one of them said": of the same kind.
fn fellow(scene: &Scene, history: &History, head: usize) -> Option<Anonymous> {
    let tree = &scene.tree;
    let last = history.sources.last().filter(|last| tree.sentence(last.head) + 3 > tree.sentence(head))?;
    let one =
        last.anonymous.as_ref().is_some_and(|known| known.number == Number::One) && tree.lower(last.head) == "one";
    last.anonymous.clone().filter(|_| one && tree.lower(head) == "other" && definite(scene, head))
}

/// "A third official" after "three European officials": one of the same kind.
fn one_more(scene: &Scene, history: &History, head: usize, lemma: &str) -> Option<Anonymous> {
    let tree = &scene.tree;
    let words = tree.core_phrase(head);
    let ordinal = (words.start..head).find(|&at| {
        let word = tree.lower(at);
        matches!(word.as_str(), "second" | "third" | "fourth" | "fifth")
    })?;
    let bare = ordinal + 1 == head && words.end == head + 1 && words.len() <= 3;
    let plural = tree.token(head).feat("Number") == Some("Plur");
    let kind = |party: &&Party| {
        party.anonymous.as_ref().is_some_and(|known| {
            let last = without_number(&known.descriptor);
            let noun = last.split(' ').find(|word| singular(word).eq_ignore_ascii_case(lemma));
            known.number != Number::One && noun.is_some() && last.contains(' ') && !last.contains(" and ")
        })
    };
    let of = history.sources.iter().rev().find(kind).filter(|_| bare && !plural)?.anonymous.clone()?;
    let described = without_number(&of.descriptor);
    let words = described
        .split(' ')
        .map(|word| if singular(word).eq_ignore_ascii_case(lemma) { singular(word) } else { word.to_owned() });
    let descriptor = words.collect::<Vec<_>>().join(" ");
    Some(Anonymous { descriptor, number: Number::One, ..of })
}

/// "A Chinese one" after "Western officials": one of the same kind with an adjective of its own.
fn one_with_adjective(scene: &Scene, head: usize, of: &Anonymous) -> Option<Describe> {
    let tree = &scene.tree;
    let adjectives: Vec<usize> = tree.children_by(head, "amod").filter(|&child| child < head).collect();
    if tree.lower(head) != "one" || adjectives.is_empty() {
        return None;
    }
    let noun = singular(of.descriptor.rsplit(' ').next()?);
    let own = adjectives.iter().map(|&at| national(scene, at)).collect::<Vec<_>>().join(" ");
    let country = country(scene, tree.core_phrase(head));
    let descriptor = format!("{own} {noun}");
    let anonymous = Anonymous { descriptor, rank: None, country, number: Number::One, ..of.clone() };
    Some(Describe { anonymous, refers_back: false })
}

/// The noun of "one of the officers"; empty for "one of them".
fn group_noun(scene: &Scene, head: usize) -> String {
    let tree = &scene.tree;
    let of = head + 2 < tree.analysis.tokens.len() && tree.lower(head + 1) == "of";
    let noun = if of { chunk::phrase_at(tree, head + 2) } else { None };
    noun.filter(|(_, noun)| tree.token(*noun).upos == Upos::Noun).map(|(_, noun)| tree.lower(noun)).unwrap_or_default()
}

/// Of "army officers and a local administrator" the part that ends with the noun.
fn narrowed(descriptor: &str, noun: &str) -> String {
    let part = descriptor.split(" and ").find(|part| !noun.is_empty() && part.to_lowercase().ends_with(noun));
    part.unwrap_or(descriptor).to_owned()
}

/// "One of them, described only as a senior American official".
fn described_as(scene: &Scene, history: &History, head: usize) -> Option<Describe> {
    let tree = &scene.tree;
    let sentence = tree.sentence_tokens(head);
    let described =
        (head..(head + 8).min(sentence.end)).find(|&at| matches!(tree.lower(at).as_str(), "described" | "identified"));
    let by_words = described.and_then(|at| (at..(at + 4).min(sentence.end)).find(|&next| tree.lower(next) == "as"));
    if let Some((_, noun)) = by_words.and_then(|at| chunk::phrase_at(tree, at + 1)) {
        return describe(scene, history, noun);
    }
    let acl = tree
        .children(head)
        .iter()
        .copied()
        .find(|&child| matches!(tree.relation(child), "acl" | "appos" | "parataxis" | "advcl"))?;
    if tree.relation(acl) == "appos" {
        return describe(scene, history, acl);
    }
    if !matches!(tree.lemma(acl).as_str(), "describe" | "identify" | "name") {
        return None;
    }
    let noun =
        tree.children(acl).iter().copied().find(|&child| matches!(tree.relation(child), "obl" | "xcomp" | "obj"))?;
    describe(scene, history, noun)
}

/// The earlier unnamed source that "the officials" or "the senior official" stands for.
fn known_before(scene: &Scene, history: &History, head: usize, lemma: &str) -> Option<Anonymous> {
    let tree = &scene.tree;
    let words = tree.core_phrase(head);
    let ranks: Vec<String> =
        words.range().map(|at| tree.lower(at)).filter(|word| scene.lexicon.is_rank(word)).collect();
    let country = country(scene, words);
    let plural = number(scene, head) != Number::One;
    let tells_apart = |at: usize| !scene.lexicon.is_rank(&tree.lower(at)) && tree.lower(at) != "same";
    let own_words = words
        .range()
        .filter(|&at| {
            at != head
                && matches!(tree.token(at).upos, Upos::Adj | Upos::Propn | Upos::Noun | Upos::Num)
                && tells_apart(at)
        })
        .count();
    if own_words >= 2 && country.is_none() {
        return None;
    }
    let fits = |anonymous: &&Anonymous| {
        let role = anonymous.role.as_deref().is_some_and(|role| same_office(role, lemma)) || lemma == "source";
        let rank = ranks.iter().all(|rank| anonymous.descriptor.to_lowercase().contains(rank.as_str()));
        let place = country.is_none()
            || anonymous.country == country
            || anonymous.descriptor.contains(&tree.text(words).to_owned());
        let count = (anonymous.number != Number::One) == plural;
        let adjectives = own_words == 0
            || country.is_some()
            || words
                .range()
                .filter(|&at| tree.token(at).upos == Upos::Adj && tells_apart(at))
                .all(|at| anonymous.descriptor.contains(tree.analysis.form(at)));
        role && rank && place && count && adjectives
    };
    history.sources.iter().rev().filter_map(|party| party.anonymous.as_ref()).find(fits).cloned()
}

/// A source described here for the first time.
fn fresh(scene: &Scene, head: usize, lemma: &str) -> Anonymous {
    let tree = &scene.tree;
    let words = tree.core_phrase(head);
    let rank = words.range().map(|at| tree.lower(at)).find(|word| {
        matches!(
            word.as_str(),
            "senior" | "top" | "former" | "high-ranking" | "high-level" | "retired" | "junior" | "ex"
        )
    });
    Anonymous {
        descriptor: descriptor(scene, head),
        rank,
        country: country(scene, words),
        role: Some(scene.lexicon.role(lemma).unwrap_or(lemma).to_owned()),
        number: number(scene, head),
    }
}

/// The words of a description in their usual order, nations as adjectives.
fn descriptor(scene: &Scene, head: usize) -> String {
    let tree = &scene.tree;
    let origin = tree
        .children_by(head, "nmod")
        .find(|&child| matches!(tree.case(child).as_str(), "from" | "of") && !origins(scene, child).is_empty());
    let words = tree.core_phrase(head);
    let before: Vec<usize> = (words.start..head)
        .skip_while(|&at| tree.token(at).upos == Upos::Adp || matches!(tree.lower(at).as_str(), "least" | "most"))
        .filter(|&at| {
            let article = tree.relation(at) == "det"
                && matches!(tree.lower(at).as_str(), "the" | "a" | "an" | "these" | "those" | "some" | "any");
            !article && tree.token(at).upos != Upos::Pron && tree.relation(at) != "discourse"
        })
        .collect();
    let own = before.iter().map(|&at| national(scene, at)).collect::<Vec<_>>();
    let lead = join_words(&own);
    let noun = tree.analysis.form(head);
    match origin {
        Some(origin) => {
            let adjectives = origins(scene, origin);
            [lead, list(&adjectives), noun.to_owned()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        }
        None => {
            // "officials in Delhi", wherever the tree hangs the town.
            let named = |at: usize| scene.name_over(at).map(|(name, _)| name).filter(|name| name.start == at);
            let place = (words.end == head + 1 && head + 2 < tree.sentence_tokens(head).end)
                .then(|| {
                    matches!(tree.lower(head + 1).as_str(), "in" | "at" | "near").then(|| named(head + 2)).flatten()
                })
                .flatten();
            let end = place.map_or(words.end, |name| name.end);
            let cut = end == head + 2 && matches!(tree.lower(head + 1).as_str(), "who" | "which" | "that");
            let bare = (end == head + 1 || cut) && before.iter().all(|&at| tree.token(at).upos == Upos::Num);
            let end = if bare { qualified(scene, head) } else { end };
            // "officials as well as shipping records": the records are another source.
            let other = (head + 1..end).find(|&at| tree.lower(at) == "as").unwrap_or(end);
            let after = if other > head + 1 { tree.text(Span::new(head + 1, other)) } else { "" };
            [lead.as_str(), noun, after].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        }
    }
}

/// Longest qualification that belongs to a description, in words.
const QUALIFICATION: usize = 9;

/// The end of "people briefed on the inquiry", "a woman who took calls at the centre": what tells a bare noun from any other, up to the next comma.
fn qualified(scene: &Scene, head: usize) -> usize {
    let tree = &scene.tree;
    // "Two officials who say": what they say tells nobody apart.
    let says = |child: usize| {
        tree.own_subject(child).is_some()
            && !tree.is_passive(child)
            && scene.lexicon.verb(&tree.lemma(child)).is_some_and(|cue| cue.strong)
    };
    // "Officials quoted by X": who asked them is a hand of its own.
    let asked = |child: usize| {
        let verb = tree.lemma(child);
        matches!(verb.as_str(), "quote" | "cite" | "interview" | "consult" | "contact" | "reach")
    };
    let follows = |&child: &usize| {
        child > head && matches!(tree.relation(child), "acl" | "amod" | "nmod") && !says(child) && !asked(child)
    };
    let Some(last) = tree.children(head).iter().copied().filter(follows).min() else { return head + 1 };
    let extent = tree.extent(last);
    let marks = |at: &usize| tree.token(*at).upos == Upos::Punct || tree.lower(*at) == "that";
    let end = (head + 1..extent.end).find(marks).unwrap_or(extent.end);
    let near = extent.start <= head + 1 && end > head + 2 && end <= head + 1 + QUALIFICATION;
    if near { end } else { head + 1 }
}

/// Words with no space before a comma.
fn join_words(words: &[String]) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() && !matches!(word.as_str(), "," | "'s" | "’s" | "-") && !text.ends_with('-') {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// "American" as "U.S."; other words as they stand.
fn national(scene: &Scene, at: usize) -> String {
    let form = scene.tree.analysis.form(at);
    match form {
        "American" | "US" | "USA" => "U.S.".to_owned(),
        _ => form.to_owned(),
    }
}

/// The adjectives of the places in "from the United States, Europe and Arab countries".
fn origins(scene: &Scene, place: usize) -> Vec<String> {
    let tree = &scene.tree;
    let mut found = Vec::new();
    for at in std::iter::once(place).chain(tree.children_by(place, "conj")) {
        let words = scene.name_over(at).map_or_else(|| tree.core_phrase(at), |(name, _)| name);
        let text = tree.text(words).trim_start_matches("the ").to_owned();
        let lower = text.to_lowercase();
        if let Some((_, adjective)) = REGIONS.iter().find(|(name, _)| *name == lower) {
            found.push((*adjective).to_owned());
        } else if let Some(adjective) =
            scene.state_named(&text).or_else(|| scene.knowledge.demonym(&text)).and_then(|iso2| scene.adjective(iso2))
        {
            found.push(adjective);
        } else if matches!(tree.lemma(at).as_str(), "country" | "state" | "nation" | "world" | "region") {
            found.extend(
                tree.children(at)
                    .iter()
                    .filter(|&&child| matches!(tree.relation(child), "amod" | "compound"))
                    .map(|&child| national(scene, child)),
            );
        }
    }
    found
}

/// "A, B and C".
fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The single state that a phrase names.
pub fn country(scene: &Scene, words: Span<Tok>) -> Option<String> {
    let tree = &scene.tree;
    let mut found: Vec<&str> = words
        .range()
        .filter(|&at| matches!(tree.token(at).upos, Upos::Propn | Upos::Adj | Upos::Noun))
        .filter_map(|at| {
            let form = tree.analysis.form(at);
            scene.knowledge.demonym(form).or_else(|| scene.state_named(form))
        })
        .collect();
    found.dedup();
    match found.as_slice() {
        [one] => Some((*one).to_owned()),
        _ => None,
    }
}

/// How many people a phrase stands for.
pub fn number(scene: &Scene, head: usize) -> Number {
    let tree = &scene.tree;
    if let Some(count) = tree.children_by(head, "nummod").find_map(|child| count(&tree.lower(child))) {
        return if count == 1 { Number::One } else { Number::N(count) };
    }
    match tree.token(head).feat("Number") {
        Some("Plur") => Number::Several,
        Some(_) => Number::One,
        None if tree.lower(head).ends_with('s') && tree.lower(head) != tree.lemma(head) => Number::Several,
        None => Number::One,
    }
}

/// The value of a number word up to twenty, or of digits.
pub fn count(word: &str) -> Option<u32> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    word.parse().ok().or_else(|| WORDS.iter().position(|known| *known == word).and_then(|at| u32::try_from(at).ok()))
}

fn without_number(descriptor: &str) -> String {
    match descriptor.split_once(' ') {
        Some((first, rest))
            if count(&first.to_lowercase()).is_some()
                || matches!(first.to_lowercase().as_str(), "several" | "some" | "many") =>
        {
            rest.to_owned()
        }
        _ => descriptor.to_owned(),
    }
}

fn singular(descriptor: &str) -> String {
    descriptor.strip_suffix('s').unwrap_or(descriptor).to_owned()
}
