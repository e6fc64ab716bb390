//! What somebody counts, sees or holds, told by verbs that are no verbs of saying: "the ministry counts 46", "Peru has 41 dead", "the union gives the
//! number of dead as 23", "the town sees the company behind it", "the police hold the driver responsible", "officials are convinced that …".
//!
//! In: a `Tree`. Out: `Said`s found by rule. The subject must be able to speak (`speakers`).

use sourceline_model::{EntityKind, Span, Tok, Upos};

use super::Said;
use super::speakers::{can_speak, speaker};
use super::verbs::{plain, trim};
use crate::lexicon::{CueClass, Lexicon, Speaking};
use crate::tree::Tree;

/// Finds what somebody counts, sees or holds.
pub fn holdings(tree: &Tree, lexicon: &Lexicon) -> Vec<Said> {
    let mut found = Vec::new();
    for at in 0..tree.analysis.tokens.len() {
        let one = match tree.token(at).upos {
            Upos::Verb => counts(tree, lexicon, at)
                .or_else(|| figure_as(tree, lexicon, at))
                .or_else(|| speaks_of(tree, lexicon, at))
                .or_else(|| holds(tree, lexicon, at))
                .or_else(|| convinced(tree, lexicon, at)),
            Upos::Adj => convinced(tree, lexicon, at),
            Upos::Noun => figure_is(tree, lexicon, at),
            _ => None,
        };
        found.extend(one);
    }
    found
}

/// Verbs that give a number, with what may stand between them and it, and whether what is counted must be people or cases.
const COUNTING: [(&str, &str, bool); 30] = [
    ("count", "", false),
    ("tally", "", false),
    ("number", "", false),
    ("record", "", false),
    ("register", "", false),
    ("log", "", false),
    ("document", "", false),
    ("estimate", "", false),
    ("assume", "", false),
    ("calculate", "", false),
    ("verify", "", false),
    ("list", "", false),
    ("cite", "", false),
    ("name", "", true),
    ("have", "", true),
    ("give", "", true),
    ("show", "", true),
    ("see", "", true),
    ("know", "of", false),
    ("speak", "of", false),
    ("talk", "of", false),
    ("tell", "of", false),
    ("reckon", "with", false),
    ("calculate", "with", false),
    ("work", "with", false),
    ("arrive", "at", false),
    ("come", "to", true),
    ("come", "up with", true),
    ("stand", "at", false),
    ("stop", "at", true),
];

/// What is counted after a disaster, a fight, a vote.
const COUNTED: [&str; 35] = [
    "dead",
    "killed",
    "wounded",
    "injured",
    "missing",
    "death",
    "fatality",
    "victim",
    "casualty",
    "case",
    "displaced",
    "survivor",
    "arrest",
    "detainee",
    "prisoner",
    "body",
    "name",
    "vote",
    "percent",
    "per",
    "%",
    "infection",
    "refugee",
    "evacuee",
    "homeless",
    "hurt",
    "hostage",
    "patient",
    "murder",
    "attack",
    "violation",
    "person",
    "people",
    "civilian",
    "soldier",
];

/// "The ministry counts 46", "Peru has 41 dead", "the group knows of 110".
fn counts(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Said> {
    let lemma = tree.lemma(at);
    let end = clause_end(tree, at);
    let frames = COUNTING.iter().filter(|(verb, ..)| *verb == lemma);
    let number = frames.filter_map(|(_, link, strict)| {
        let from = behind(tree, at + 1, link, end)?;
        number_at(tree, from, end).filter(|&number| !strict || counts_people(tree, number, end))
    });
    let number = number.min()?;
    // "Portugal had 402 deaths" and "they counted eleven lorries" tell what was; "the ministry had 46" tells what it said.
    let past = tree.lower(at) == "had" && counts_something(tree, number, end);
    let source = speaker(tree, lexicon, at).filter(|source| !past && tree.lower(source.start) != "they")?;
    // "The senator has 38 percent": what a person has is nothing that he says.
    let person = |name: &sourceline_model::NameSpan| name.kind == EntityKind::Person && source.overlaps(&name.tokens);
    // "The agency has had 20 people killed" tells what it did.
    let did = at > 0 && tree.lemma(at) == "have" && tree.lemma(at - 1) == "have";
    if did || lemma == "have" && tree.analysis.names.iter().any(person) {
        return None;
    }
    let content = trim(tree, Span::new(at + 1, end));
    (number < end).then(|| Said { class: CueClass::Find, ..plain(at, source, content) })
}

/// Where the words behind a verb go on after an optional adverb and its preposition.
fn behind(tree: &Tree, from: usize, link: &str, end: usize) -> Option<usize> {
    let adverb = |at: usize| {
        at < end && (tree.token(at).upos == Upos::Adv && tree.lower(at) != "about" || tree.analysis.form(at) == ",")
    };
    let mut at = (from..end).take(3).find(|&at| !adverb(at))?;
    for word in link.split_whitespace() {
        if at >= end || tree.lower(at) != word {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// The number that a stretch begins with, behind "at least", "up to", "a toll of".
pub(super) fn number_at(tree: &Tree, from: usize, end: usize) -> Option<usize> {
    let hedge = |at: usize| {
        matches!(
            tree.lower(at).as_str(),
            "at" | "least"
                | "most"
                | "up"
                | "to"
                | "more"
                | "than"
                | "over"
                | "about"
                | "around"
                | "some"
                | "nearly"
                | "almost"
                | "roughly"
                | "fewer"
                | "less"
                | "just"
                | "only"
                | "as"
                | "many"
                | "well"
                | "between"
                | "exactly"
                | "approximately"
                | "under"
                | "a"
                | "the"
                | "further"
                | "another"
                | "toll"
                | "total"
                | "figure"
                | "number"
                | "of"
                | "estimated"
                | "it"
                | "them"
                | "him"
                | "her"
                | "an"
                | "close"
                | "already"
        )
    };
    let at = (from..end.min(from + 6)).find(|&at| !hedge(at))?;
    let round = || {
        matches!(
            tree.lower(at).as_str(),
            "dozens" | "hundreds" | "thousands" | "scores" | "several" | "no" | "none" | "half" | "dozen"
        )
    };
    (tree.token(at).upos == Upos::Num || round()).then_some(at)
}

/// Whether a noun follows the number.
fn counts_something(tree: &Tree, number: usize, end: usize) -> bool {
    number + 1 < end && matches!(tree.token(number + 1).upos, Upos::Noun | Upos::Adj | Upos::Propn)
}

/// Whether a number stands alone or counts people, cases or votes.
fn counts_people(tree: &Tree, number: usize, end: usize) -> bool {
    let next = (number + 1..end).find(|&at| {
        !matches!(tree.token(at).upos, Upos::Num | Upos::Adj) || COUNTED.contains(&tree.lemma(at).as_str())
    });
    let Some(next) = next else { return true };
    let alone = matches!(tree.token(next).upos, Upos::Punct | Upos::Cconj | Upos::Adp | Upos::Sconj | Upos::Adv);
    alone || COUNTED.contains(&tree.lemma(next).as_str()) || COUNTED.contains(&tree.lower(next).as_str())
}

/// Where the clause of a verb ends: its own extent, no farther than a semicolon or a clause beside it that has a subject of its own.
fn clause_end(tree: &Tree, at: usize) -> usize {
    let sentence = tree.sentence_tokens(at);
    let end = tree.extent(at).end.min(sentence.end).max(at + 1);
    let end = (at + 1..end).find(|&word| tree.analysis.form(word) == ";").unwrap_or(end);
    let beside = tree.children(at).iter().copied().filter(|&child| {
        child > at && matches!(tree.relation(child), "conj" | "parataxis") && tree.own_subject(child).is_some()
    });
    beside
        .map(|child| tree.extent(child).start)
        .filter(|&start| start > at + 1)
        .min()
        .map_or(end, |start| start.min(end))
}

/// Verbs of "gives the number of dead as 23", "raised its toll to 59", "puts it at nine".
const SETTING: [&str; 16] = [
    "give", "put", "set", "place", "fix", "revise", "raise", "lower", "correct", "quote", "increase", "reduce",
    "update", "cut", "estimate", "adjust",
];

/// "The union gives the number of dead as 23", "the ministry raised its figure to 59", "the company puts it at nine".
fn figure_as(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Said> {
    if !SETTING.contains(&tree.lemma(at).as_str()) {
        return None;
    }
    let end = clause_end(tree, at);
    let object = tree.children_by(at, "obj").find(|&object| object > at && object < end)?;
    let figure = matches!(lexicon.speaking(&tree.lemma(object)), Some(Speaking::Figure))
        || matches!(
            tree.lower(object).as_str(),
            "it" | "forecast"
                | "estimate"
                | "cost"
                | "costs"
                | "damage"
                | "damages"
                | "losses"
                | "loss"
                | "share"
                | "price"
                | "age"
        );
    let link = (object + 1..end).find(|&word| matches!(tree.lower(word).as_str(), "as" | "at" | "to"))?;
    let number = number_at(tree, link + 1, end)?;
    let source = speaker(tree, lexicon, at).filter(|_| figure && number < end)?;
    Some(Said { class: CueClass::Find, ..plain(at, source, trim(tree, Span::new(at + 1, end))) })
}

/// Verbs with a particle or preposition whose object is what somebody says.
const SPEAKING_OF: [(&str, &str); 24] = [
    ("speak", "of"),
    ("talk", "of"),
    ("tell", "of"),
    ("write", "of"),
    ("warn", "of"),
    ("warn", "about"),
    ("warn", "against"),
    ("complain", "of"),
    ("complain", "about"),
    ("boast", "of"),
    ("hint", "at"),
    ("allude", "to"),
    ("point", "to"),
    ("insist", "on"),
    ("stand", "by"),
    ("stick", "to"),
    ("stick", "by"),
    ("object", "to"),
    ("rail", "against"),
    ("swear", "to"),
    ("believe", "in"),
    ("vouch", "for"),
    ("attest", "to"),
    ("distance", "from"),
];

/// "The guard speaks of contradictory information", "the party distanced itself from the remarks".
fn speaks_of(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Said> {
    let lemma = tree.lemma(at);
    let end = clause_end(tree, at);
    let next = (at + 1..end).take(3).find(|&word| {
        tree.token(word).upos != Upos::Adv
            && !matches!(tree.lower(word).as_str(), "itself" | "himself" | "herself" | "themselves")
    })?;
    let preposition = tree.lower(next);
    SPEAKING_OF.iter().find(|(verb, link)| *verb == lemma && *link == preposition)?;
    let content = trim(tree, Span::new(next, end));
    let source = speaker(tree, lexicon, at).filter(|_| content.len() > 1)?;
    Some(plain(at, source, content))
}

/// Verbs that hold somebody or something for something, and the words that must follow their object.
const HOLDING: [(&str, &[&str]); 33] = [
    ("hold", &["responsible", "liable", "accountable", "guilty", "answerable"]),
    ("suspect", &["of", "behind", "as"]),
    ("see", &["behind", "as"]),
    ("attribute", &["to"]),
    ("ascribe", &["to"]),
    ("credit", &["with", "for"]),
    ("trace", &["to"]),
    ("link", &["to", "with"]),
    ("tie", &["to"]),
    ("connect", &["with", "to"]),
    ("pin", &["on"]),
    ("lay", &["on", "with", "at"]),
    ("blame", &["on", "for"]),
    ("put", &["down"]),
    ("regard", &["as"]),
    ("view", &["as"]),
    ("name", &["as"]),
    ("identify", &["as"]),
    ("cite", &["as", "for"]),
    ("give", &["as"]),
    ("describe", &["as"]),
    ("consider", &["as", "to"]),
    ("deem", &["as"]),
    ("judge", &["as"]),
    ("rate", &["as"]),
    ("rank", &["as"]),
    ("class", &["as"]),
    ("classify", &["as"]),
    ("brand", &["as"]),
    ("label", &["as"]),
    ("portray", &["as"]),
    ("have", &["that"]),
    ("recount", &["as"]),
];

/// "The town sees the company behind it", "the police hold the driver responsible", "officials put the delay down to snow".
fn holds(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Said> {
    let lemma = tree.lemma(at);
    let end = clause_end(tree, at);
    let (_, words) = HOLDING.iter().find(|(verb, _)| *verb == lemma)?;
    let object = tree.children_by(at, "obj").find(|&object| object > at && object < end);
    // "sees the biggest gain in villages": what somebody sees now is what he thinks.
    let sees = || matches!(tree.lower(at).as_str(), "sees") && object.is_some();
    let link = || {
        let from = object?;
        (from + 1..end)
            .find(|&word| words.contains(&tree.lower(word).as_str()) && under_or_beside(tree, word, at, from))
    };
    // "Aid workers describe empty villages."
    let tells = || matches!(lemma.as_str(), "describe" | "recount") && object.is_some();
    let it_that = lemma != "have" || object.is_some_and(|object| object == at + 1 && tree.lower(object) == "it");
    let complement = || {
        matches!(lemma.as_str(), "consider" | "deem" | "judge" | "think" | "hold")
            && object.is_some()
            && tree.children_by(at, "xcomp").any(|child| child > at)
    };
    if !it_that || !(link().is_some() || sees() || tells() || complement()) {
        return None;
    }
    let content = trim(tree, Span::new(at + 1, end));
    let source = speaker(tree, lexicon, at).filter(|_| content.len() > 1)?;
    let class =
        if matches!(lemma.as_str(), "describe" | "regard" | "view") { CueClass::Describe } else { CueClass::Believe };
    Some(Said { class, ..plain(at, source, content) })
}

/// Whether a word belongs to the verb rather than to a clause inside its object.
fn under_or_beside(tree: &Tree, word: usize, verb: usize, object: usize) -> bool {
    let mut here = tree.head(word);
    for _ in 0..6 {
        match here {
            Some(at) if at == verb || at == object => return true,
            Some(at) if tree.relation(at) == "acl" => {
                return tree.head(at) == Some(object) && tree.token(at).deprel != "acl:relcl";
            }
            Some(at) => here = tree.head(at),
            None => return false,
        }
    }
    false
}

/// Words for what somebody is sure or afraid of.
const CONVICTIONS: [&str; 22] = [
    "convinced",
    "certain",
    "sure",
    "confident",
    "adamant",
    "afraid",
    "optimistic",
    "pessimistic",
    "sceptical",
    "skeptical",
    "hopeful",
    "doubtful",
    "worried",
    "concerned",
    "persuaded",
    "satisfied",
    "positive",
    "alarmed",
    "proud",
    "disappointed",
    "emphatic",
    "unsure",
];

/// "Officials are convinced that …".
fn convinced(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Said> {
    if !CONVICTIONS.contains(&tree.lower(at).as_str()) {
        return None;
    }
    let told = tree.children_by(at, "ccomp").find(|&child| child > at && tree.own_subject(child).is_some())?;
    let subject =
        tree.own_subject(at).filter(|&subject| tree.lower(subject) != "it" && can_speak(tree, lexicon, subject))?;
    let content = trim(tree, tree.extent(told));
    Some(Said { class: CueClass::Believe, ..plain(at, super::verbs::phrase(tree, subject), content) })
}

/// "The army's figure is 112, all of them insurgents", "the navy's toll stands at nine".
fn figure_is(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Said> {
    if lexicon.speaking(&tree.lemma(at)) != Some(Speaking::Figure) || tree.relation(at) != "nsubj" {
        return None;
    }
    let predicate = tree.head(at).filter(|&predicate| predicate > at)?;
    let end = clause_end(tree, predicate);
    let is = tree.token(predicate).upos == Upos::Num || tree.children_by(predicate, "nummod").next().is_some();
    let copula = is && tree.children_by(predicate, "cop").next().is_some();
    let stands = matches!(tree.lemma(predicate).as_str(), "stand" | "come" | "remain" | "be" | "lie" | "rise" | "grow")
        && (predicate + 1..end.min(predicate + 6)).any(|word| tree.token(word).upos == Upos::Num);
    let owner = owner_of_figure(tree, lexicon, at)?;
    if !copula && !stands {
        return None;
    }
    let content = trim(tree, Span::new((predicate + 1).min(end), end));
    let said = plain(predicate, owner, content);
    // The number itself is the predicate: the words up to it are the cue.
    let cue = if copula { Span::new(at, predicate + 1) } else { said.cue };
    let content = if content.is_empty() { Vec::new() } else { vec![content] };
    Some(Said { cue, class: CueClass::Find, content, ..said })
}

/// Whose figure it is: "the army's", "of the army", "by the army".
fn owner_of_figure(tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<Span<Tok>> {
    let owned = tree.children(at).iter().copied().find(|&child| tree.token(child).deprel == "nmod:poss");
    let by = || tree.children_by(at, "nmod").find(|&child| matches!(tree.case(child).as_str(), "of" | "by" | "from"));
    let owner = owned.or_else(by).filter(|&owner| can_speak(tree, lexicon, owner))?;
    Some(super::nouns::without_clitic(tree, super::verbs::phrase(tree, owner)))
}
