//! Puts names of one entity together: same entry, same spelling, acronym, surname, short form.

use std::collections::HashMap;

use sourceline_knowledge::{Kind, fold};
use sourceline_model::EntityKind;

use crate::cluster::{Clusters, Link, compatible};
use crate::draft::Draft;

/// Verbs whose subject acts on purpose: a capital that does one of these stands for its government.
const ACTS: [&str; 74] = [
    "say",
    "tell",
    "announce",
    "accuse",
    "deny",
    "warn",
    "call",
    "urge",
    "reject",
    "condemn",
    "back",
    "support",
    "want",
    "seek",
    "plan",
    "agree",
    "sign",
    "demand",
    "insist",
    "threaten",
    "vow",
    "pledge",
    "send",
    "deploy",
    "supply",
    "impose",
    "launch",
    "hope",
    "fear",
    "believe",
    "consider",
    "decide",
    "ask",
    "claim",
    "respond",
    "withdraw",
    "provide",
    "recognise",
    "recognize",
    "order",
    "offer",
    "refuse",
    "propose",
    "summon",
    "expel",
    "pressure",
    "push",
    "signal",
    "maintain",
    "argue",
    "arm",
    "fund",
    "criticise",
    "criticize",
    "denounce",
    "welcome",
    "confirm",
    "express",
    "pursue",
    "negotiate",
    "try",
    "attempt",
    "intend",
    "view",
    "see",
    "use",
    "help",
    "break",
    "cut",
    "resume",
    "restore",
    "suspend",
    "retaliate",
    "concede",
];
/// Nouns that only a government can have or be party to.
const POSSESSIONS: [&str; 38] = [
    "ally",
    "role",
    "influence",
    "support",
    "ambition",
    "program",
    "programme",
    "policy",
    "position",
    "interest",
    "proxy",
    "stance",
    "decision",
    "response",
    "demand",
    "call",
    "offer",
    "refusal",
    "strategy",
    "backing",
    "aggression",
    "invasion",
    "effort",
    "relation",
    "relationship",
    "tie",
    "talk",
    "negotiation",
    "agreement",
    "tension",
    "dispute",
    "deal",
    "cooperation",
    "rapprochement",
    "war",
    "rivalry",
    "ambassador",
    "envoy",
];
/// Shortest short form of a name, in letters.
const MIN_SHORT: usize = 4;

/// Clusters all names.
pub(crate) fn resolve(drafts: &mut [Draft], clusters: &mut Clusters<'_>) {
    let acronyms = acronyms(drafts, clusters);
    for index in 0..drafts.len() {
        if !drafts[index].is_name() || drafts[index].nested {
            continue;
        }
        if let Some(person) = surname_in_capitals(index, drafts) {
            drafts[index].kind = EntityKind::Person;
            put(index, drafts[person].cluster, None, drafts, clusters);
            continue;
        }
        let government = government(&drafts[index], clusters);
        let link = government.or_else(|| clusters.link(&drafts[index]));
        if let Some(link) = &link {
            drafts[index].kind = kept_kind(drafts[index].kind, link);
        }
        let found = acronyms.get(&index).and_then(|&long| drafts[long].cluster);
        let found = found.or_else(|| known(&drafts[index], link.as_ref(), clusters));
        put(index, found, link, drafts, clusters);
    }
}

/// The person named before whose surname a name in capitals is: "LAHLOU" after "Karim Lahlou".
fn surname_in_capitals(index: usize, drafts: &[Draft]) -> Option<usize> {
    let text = &drafts[index].text;
    if text.contains(' ') || text.chars().count() < 3 || !text.chars().all(|c| c.is_uppercase() || c == '-') {
        return None;
    }
    let lower = text.to_lowercase();
    let bearer = |draft: &Draft| {
        draft.is_name()
            && draft.kind == EntityKind::Person
            && draft.cluster.is_some()
            && draft.text != *text
            && draft.text.split(' ').count() > 1
            && draft.text.rsplit(' ').next().is_some_and(|last| last.to_lowercase() == lower)
    };
    drafts[..index].iter().rposition(bearer)
}

/// Clusters the names of places inside other names, after all else, so that they are nobody's antecedent.
pub(crate) fn resolve_nested(drafts: &mut [Draft], clusters: &mut Clusters<'_>) {
    for index in 0..drafts.len() {
        if !drafts[index].nested {
            continue;
        }
        let place = |kind: EntityKind| matches!(kind, EntityKind::Gpe | EntityKind::Location | EntityKind::Norp);
        let link = clusters.link(&drafts[index]).filter(|link| place(link.kind.entity()));
        let known = known(&drafts[index], link.as_ref(), clusters).filter(|&at| place(clusters.all[at].kind()));
        put(index, known, link, drafts, clusters);
    }
}

/// Adds a name to the cluster `found` or to one of its own.
fn put(index: usize, found: Option<usize>, link: Option<Link>, drafts: &mut [Draft], clusters: &mut Clusters<'_>) {
    let cluster = match found {
        Some(cluster) => {
            clusters.add(drafts, index, cluster);
            cluster
        }
        None => clusters.open(drafts, index),
    };
    let words = |name: &str| name.split_whitespace().count();
    let own = words(&drafts[index].text);
    let entry = &mut clusters.all[cluster];
    // "The Post" after "the Harbour Post" is not the known outlet of that short name.
    let shortened = entry.names.iter().any(|name| words(name) > own);
    let link = link.filter(|link| !(shortened && link.kind == Kind::Outlet));
    if entry.link.is_none() && link.is_some() {
        entry.kind = Some(drafts[index].kind);
        entry.link = link;
    }
}

fn kept_kind(kind: EntityKind, link: &Link) -> EntityKind {
    if matches!(kind, EntityKind::Event | EntityKind::Product) { kind } else { link.kind.entity() }
}

/// Acronyms that the text defines: draft of the acronym (or, after it in brackets, of the long form) and the draft it belongs to.
fn acronyms(drafts: &[Draft], clusters: &Clusters<'_>) -> HashMap<usize, usize> {
    let mut out = HashMap::new();
    for (index, inner) in drafts.iter().enumerate().filter(|(_, draft)| draft.is_name() && !draft.nested) {
        let start = inner.tokens.start;
        let opened = start.checked_sub(1).is_some_and(|at| clusters.analysis.form(at) == "(");
        if !opened || clusters.analysis.form(inner.tokens.end) != ")" {
            continue;
        }
        let before = drafts[..index].iter().rposition(|outer| {
            outer.is_name() && !outer.nested && outer.tokens.end + 1 >= start && outer.tokens.end <= start
        });
        if let Some(outer) = before {
            let (a, b) = (&drafts[outer].text, &inner.text);
            let body = |draft: &Draft| matches!(draft.kind, EntityKind::Organization | EntityKind::Group);
            // The letters may be those of the name in another language; a body that is known by them is another one.
            let foreign = || body(&drafts[outer]) && body(inner) && is_in_capitals(b) && clusters.link(inner).is_none();
            if is_acronym(b, a) || is_acronym(a, b) || foreign() {
                out.insert(index, outer);
            }
        }
    }
    out
}

/// "RNDDH" behind "National Human Rights Defense Network".
fn is_in_capitals(short: &str) -> bool {
    (2..=10).contains(&short.chars().count())
        && short.chars().all(|c| c.is_uppercase() || c == '-' || c.is_ascii_digit())
}

/// Whether the letters of `short` begin words of `long`, in order.
fn is_acronym(short: &str, long: &str) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if letters.len() < 2 || letters.len() > 10 || !short.chars().any(char::is_uppercase) || short.contains(' ') {
        return false;
    }
    let mut rest = letters.iter().peekable();
    for word in long.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        for c in word.chars().flat_map(char::to_lowercase).take(2) {
            if rest.peek() == Some(&&c) {
                rest.next();
            } else {
                break;
            }
        }
    }
    rest.peek().is_none()
}

/// When a capital's name stands for the government: the government's entry.
fn government(draft: &Draft, clusters: &Clusters<'_>) -> Option<Link> {
    // Taggers take a capital that speaks for a person; one who is named so in full is one.
    let surname = || {
        let last = |name: &String| name.contains(' ') && name.rsplit(' ').next() == Some(draft.lemma.as_str());
        clusters.all.iter().any(|cluster| cluster.names.iter().any(last))
    };
    let fits = match draft.kind {
        EntityKind::Gpe | EntityKind::Organization => true,
        EntityKind::Person => draft.titles.is_empty() && !surname(),
        _ => false,
    };
    if !fits {
        return None;
    }
    let iso2 = clusters.knowledge.capital_metonym(&draft.text)?;
    acts(draft, clusters).then(|| clusters.link_to(&format!("sl:{iso2}/government"))).flatten()
}

/// Whether the phrase does what only a government does, or has what only a government has.
fn acts(draft: &Draft, clusters: &Clusters<'_>) -> bool {
    let tokens = &clusters.analysis.tokens;
    let mut at = draft.head();
    // A coordinated capital acts as the first one does.
    while tokens[at].relation() == "conj" {
        match tokens[at].head {
            Some(head) => at = head,
            None => return false,
        }
    }
    let Some(head) = tokens[at].head else { return false };
    let lemma = tokens[head].lemma.to_lowercase();
    match tokens[at].deprel.as_str() {
        "nsubj" | "obl:agent" => ACTS.contains(&lemma.as_str()),
        "nmod:poss" => POSSESSIONS.contains(&lemma.as_str()),
        "nmod" => {
            let between = clusters
                .analysis
                .children(at)
                .any(|child| matches!(tokens[child].lemma.as_str(), "between" | "with" | "of"));
            between && POSSESSIONS.contains(&lemma.as_str())
        }
        _ => false,
    }
}

/// The cluster that a name belongs to, if any.
fn known(draft: &Draft, link: Option<&Link>, clusters: &Clusters<'_>) -> Option<usize> {
    let named = || clusters.all.iter().enumerate().filter(|(_, cluster)| !cluster.names.is_empty()).rev();
    let linked = |cluster: &crate::cluster::Cluster| {
        cluster.link.as_ref().zip(link).is_some_and(|(known, link)| known.key == link.key)
    };
    if let Some((at, _)) = named().find(|(_, cluster)| linked(cluster)) {
        return Some(at);
    }
    let differs = |cluster: &crate::cluster::Cluster| match (&cluster.link, link) {
        (Some(a), Some(b)) => a.key != b.key,
        // A capital as a government and as a city are two entities.
        (Some(a), None) => a.key.ends_with("/government") && draft.kind == EntityKind::Gpe,
        (None, Some(b)) => b.key.ends_with("/government") && cluster.kind() == EntityKind::Gpe,
        (None, None) => false,
    };
    let norp = draft.kind == EntityKind::Norp;
    let fits = |cluster: &crate::cluster::Cluster| !differs(cluster) && (cluster.kind() == EntityKind::Norp) == norp;
    let equal = |cluster: &crate::cluster::Cluster| {
        cluster.names.iter().any(|name| *name == draft.lemma || (norp && same_people(name, &draft.lemma)))
    };
    if let Some((at, _)) = named().find(|(_, cluster)| fits(cluster) && equal(cluster)) {
        return Some(at);
    }
    if norp {
        return None;
    }
    let near = |cluster: &crate::cluster::Cluster| fits(cluster) && compatible(cluster.kind(), draft.kind);
    let partial = |cluster: &crate::cluster::Cluster| match draft.kind {
        EntityKind::Person => {
            cluster.names.iter().any(|name| part_of_person(&draft.lemma, name)) && gender_fits(draft, cluster)
        }
        EntityKind::Gpe => false,
        _ => cluster.names.iter().any(|name| short_form(&draft.lemma, name) || short_form(name, &draft.lemma)),
    };
    named().find(|(_, cluster)| near(cluster) && partial(cluster)).map(|(at, _)| at).or_else(|| {
        let spelled = |cluster: &crate::cluster::Cluster| {
            cluster.names.iter().any(|name| {
                fold::skeleton(name) == fold::skeleton(&draft.lemma)
                    && draft.lemma.len() >= MIN_SHORT
                    && fold::same_transliteration(name, &draft.lemma)
            })
        };
        named().find(|(_, cluster)| near(cluster) && spelled(cluster)).map(|(at, _)| at)
    })
}

fn same_people(a: &str, b: &str) -> bool {
    a.trim_end_matches('s') == b.trim_end_matches('s')
}

fn gender_fits(draft: &Draft, cluster: &crate::cluster::Cluster) -> bool {
    draft.gender.is_none() || cluster.gender.is_none() || draft.gender == cluster.gender
}

/// Whether one personal name is the other without some of its words: "Clinton" of "Hillary Clinton", but two full names must
/// agree on first and last.
fn part_of_person(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (short, long): (Vec<&str>, Vec<&str>) = (short.split(' ').collect(), long.split(' ').collect());
    if short.len() >= long.len() {
        return false;
    }
    let particle = |word: &&str| !matches!(*word, "al" | "el" | "bin" | "ibn" | "de" | "van" | "von" | "jr" | "abu");
    let strong = short.iter().filter(|word| particle(word)).count();
    let in_order = {
        let mut rest = long.iter();
        short.iter().all(|word| rest.any(|other| other == word || fold::same_transliteration(word, other)))
    };
    let ends = short.last() == long.last() || short.first() == long.first() || strong == 1;
    strong > 0 && in_order && ends
}

/// Whether `short` is `long` without its first or last words.
fn short_form(short: &str, long: &str) -> bool {
    const GENERIC: [&str; 24] = [
        "ministry",
        "university",
        "party",
        "national",
        "united",
        "new",
        "north",
        "south",
        "east",
        "west",
        "army",
        "state",
        "general",
        "republic",
        "international",
        "american",
        "democratic",
        "people",
        "islamic",
        "group",
        "company",
        "court",
        "office",
        "king",
    ];
    if short.len() < MIN_SHORT || short.len() >= long.len() || GENERIC.contains(&short) {
        return false;
    }
    let front = long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
    let back = long.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '));
    front || back
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_follow_their_words() {
        assert!(is_acronym("UNHCR", "United Nations High Commissioner for Refugees"));
        assert!(is_acronym("ECOWAS", "Economic Community of West African States"));
        assert!(!is_acronym("FAO", "World Food Programme"));
        assert!(!is_acronym("Kenya", "Kenya Airways"));
        assert!(is_in_capitals("CNDH") && !is_in_capitals("Kenya") && !is_in_capitals("R"));
    }

    #[test]
    fn parts_of_personal_names() {
        assert!(part_of_person("kenyatta", "uhuru kenyatta"));
        assert!(part_of_person("angela merkel", "angela dorothea merkel"));
        assert!(!part_of_person("mary robinson", "john robinson"));
        assert!(!part_of_person("al", "anwar al sadat"));
    }
}
