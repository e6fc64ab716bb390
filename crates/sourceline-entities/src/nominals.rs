//! Puts common noun phrases into clusters: apposition, predicate, same words, same head, role, and what the noun can refer to.

use sourceline_knowledge::{Kind, Referent};
use sourceline_model::{EntityKind, MentionForm};

use crate::cluster::{Cluster, Clusters, compatible};
use crate::draft::{Article, Draft};

/// Farthest antecedent of a definite phrase with the same head, in sentences.
const SAME_HEAD_SENTENCES: usize = 15;
/// Farthest antecedent of a definite phrase by the kind of its noun alone, in sentences.
const REFERENT_SENTENCES: usize = 4;

/// Farthest group that "the group" or "the movement" refers to, in sentences.
const GROUP_SENTENCES: usize = 8;
/// Words for groups that refer to one another.
const GROUPS: [&str; 9] =
    ["group", "movement", "organization", "organisation", "militia", "faction", "outfit", "insurgency", "front"];
/// Words for bodies that name other things as often: they refer to what is known as such alone.
const AMBIGUOUS: [&str; 18] = [
    "opposition",
    "resistance",
    "network",
    "operator",
    "carrier",
    "front",
    "cell",
    "house",
    "platform",
    "page",
    "account",
    "chain",
    "store",
    "studio",
    "label",
    "center",
    "centre",
    "service",
];

/// Words for bodies whose names nearly always hold them: "the union" is one that is called so.
const NAMED_SO: [&str; 47] = [
    "frontier",
    "border",
    "cape",
    "sea",
    "river",
    "mountain",
    "valley",
    "coast",
    "strait",
    "lake",
    "desert",
    "peninsula",
    "bay",
    "ministry",
    "department",
    "parliament",
    "court",
    "tribunal",
    "council",
    "commission",
    "committee",
    "board",
    "police",
    "bank",
    "union",
    "foundation",
    "association",
    "federation",
    "league",
    "club",
    "university",
    "school",
    "college",
    "hospital",
    "church",
    "academy",
    "team",
    "fund",
    "embassy",
    "consulate",
    "mission",
    "panel",
    "senate",
    "congress",
    "assembly",
    "chamber",
    "directorate",
];

/// Clusters all nominals, in text order.
pub(crate) fn resolve(drafts: &mut [Draft], clusters: &mut Clusters<'_>) {
    for index in 0..drafts.len() {
        if drafts[index].form != MentionForm::Nominal {
            continue;
        }
        let found = by_tree(index, drafts, clusters)
            .or_else(|| same_words(index, drafts, clusters))
            .or_else(|| same_head(index, drafts, clusters))
            .or_else(|| by_role(index, drafts, clusters))
            .or_else(|| by_referent(index, drafts, clusters));
        match found {
            Some(cluster) => clusters.add(drafts, index, cluster),
            None => {
                let cluster = clusters.open(drafts, index);
                clusters.all[cluster].link = body(&drafts[index], clusters);
            }
        }
    }
}

/// The body of a state that a phrase like "Iranian forces" names.
fn body(draft: &Draft, clusters: &Clusters<'_>) -> Option<crate::cluster::Link> {
    let iso2 = draft.country.as_deref()?;
    if !matches!(draft.kind, EntityKind::Organization | EntityKind::Group) {
        return None;
    }
    // "The Syrian army's general command" is not the army: the country must be the only word before the noun.
    let words = draft.text.split(' ').count();
    if words > draft.lemma.split(' ').count() + 1 {
        return None;
    }
    let (organ, _) = clusters
        .knowledge
        .organ(&draft.lemma)
        .or_else(|| clusters.knowledge.organ(draft.text.split(' ').next_back()?))?;
    clusters.link_to(&format!("sl:{iso2}/{organ}"))
}

/// Apposition and definite predicate.
fn by_tree(index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Option<usize> {
    let (draft, tokens) = (&drafts[index], &clusters.analysis.tokens);
    let head = draft.head();
    let cluster_at =
        |token: usize| drafts.iter().find(|other| other.heads.contains(&token)).and_then(|other| other.cluster);
    let fits = |cluster: &usize| {
        let entry = &clusters.all[*cluster];
        draft.plural != Some(true) && entry.kind() != EntityKind::Norp && compatible(entry.kind(), draft.kind)
    };
    let above = tokens[head].head.filter(|_| tokens[head].relation() == "appos");
    if let Some(cluster) = above.and_then(cluster_at).filter(fits) {
        return Some(cluster);
    }
    let below = clusters.analysis.children(head).filter(|&child| matches!(tokens[child].relation(), "appos" | "flat"));
    if let Some(cluster) = below.filter_map(cluster_at).find(fits) {
        return Some(cluster);
    }
    let children: Vec<usize> = clusters.analysis.children(head).collect();
    let is =
        children.iter().any(|&child| tokens[child].relation() == "cop" && tokens[child].feat("Tense") == Some("Pres"));
    let plain = !children.iter().any(|&child| matches!(tokens[child].lemma.as_str(), "not" | "never" | "no"));
    if is && plain && draft.article == Article::Definite {
        let subject = children.iter().copied().find(|&child| tokens[child].relation() == "nsubj");
        return subject.and_then(cluster_at).filter(fits);
    }
    None
}

/// The same words again, when they single something out.
fn same_words(index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Option<usize> {
    let draft = &drafts[index];
    let telling = draft.article == Article::Definite || (draft.article == Article::Bare && draft.text.contains(' '));
    if !telling {
        return None;
    }
    nearest(index, drafts, clusters, SAME_HEAD_SENTENCES, |cluster| {
        cluster.texts.contains(&draft.text) && agrees(draft, cluster)
    })
}

/// "The rebels" after "Syrian rebels": same head noun, no word that the antecedent lacks.
fn same_head(index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Option<usize> {
    let draft = &drafts[index];
    if draft.article != Article::Definite || is_possessed(draft, clusters) || is_all_media(draft) {
        return None;
    }
    let own: Vec<&str> =
        draft.text.split(' ').filter(|word| !draft.lemma.contains(word.trim_end_matches('s'))).collect();
    nearest(index, drafts, clusters, SAME_HEAD_SENTENCES, |cluster| {
        let same = cluster.lemmas.contains(&draft.lemma)
            || cluster.names.iter().any(|name| head_word(name) == Some(draft.lemma.as_str()) && name.contains(' '));
        let words = || cluster.texts.iter().flat_map(|text| text.split(' '));
        same && agrees(draft, cluster) && own.iter().all(|word| words().any(|known| known == *word))
    })
}

/// "The press", "the media": all of them, none in particular.
fn is_all_media(draft: &Draft) -> bool {
    matches!(draft.lemma.as_str(), "press" | "media")
}

/// The word that a name turns on: "council" of "council of national unity", "party" of "people's party".
fn head_word(name: &str) -> Option<&str> {
    name.split(" of ").next()?.split(" for ").next()?.rsplit(' ').next()
}

/// "The president", "the spokesman": a person with that title in the text or that office in the knowledge base.
fn by_role(index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Option<usize> {
    let draft = &drafts[index];
    if draft.kind != EntityKind::Person || draft.article == Article::Indefinite || draft.plural == Some(true) {
        return None;
    }
    let bare = draft.article == Article::Bare && draft.country.is_none();
    if bare || (is_possessed(draft, clusters) && draft.country.is_none()) {
        return None;
    }
    let office = draft.lemma.replace(' ', "-").replace("defense", "defence");
    nearest(index, drafts, clusters, usize::MAX, |cluster| {
        if cluster.kind() != EntityKind::Person || cluster.names.is_empty() || cluster.plural == Some(true) {
            return false;
        }
        let country = cluster.link.as_ref().and_then(|link| link.country.as_deref()).or(cluster.country.as_deref());
        if draft.country.is_some() && country.is_some() && draft.country.as_deref() != country {
            return false;
        }
        let titled = cluster.titles.contains(&draft.lemma) || cluster.lemmas.contains(&draft.lemma);
        let in_office = cluster
            .link
            .as_ref()
            .is_some_and(|link| clusters.knowledge.offices(&link.key).any(|held| held.role == office));
        titled || in_office
    })
}

/// "The group", "the paper", "the country": the nearest named thing that the noun can stand for.
fn by_referent(index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Option<usize> {
    let draft = &drafts[index];
    let referents = clusters.knowledge.referents(&draft.lemma);
    // An account that is rejected or given is no outlet.
    if draft.lemma == "account" || is_all_media(draft) {
        return None;
    }
    let plain = draft.text == draft.lemma || draft.text.split(' ').count() <= 1 + usize::from(draft.country.is_some());
    if referents.is_empty()
        || draft.article != Article::Definite
        || draft.plural == Some(true)
        || !plain
        || is_possessed(draft, clusters)
    {
        return None;
    }
    // A modified noun ("the group of officials", "the city's airport") introduces something new.
    let tokens = &clusters.analysis.tokens;
    let modified = clusters
        .analysis
        .children(draft.head())
        .any(|child| matches!(tokens[child].relation(), "nmod" | "acl" | "nummod"));
    if modified {
        return None;
    }
    let outlet = referents.iter().any(|referent| {
        matches!(referent, Referent::Newspaper | Referent::Agency | Referent::Broadcaster | Referent::Outlet)
    });
    if GROUPS.contains(&draft.lemma.as_str())
        && let Some(group) = group_spoken_of(index, drafts, clusters)
    {
        return Some(group);
    }
    let reach = if outlet { usize::MAX } else { REFERENT_SENTENCES };
    nearest(index, drafts, clusters, reach, |cluster| {
        let country = cluster.link.as_ref().and_then(|link| link.country.as_deref()).or(cluster.country.as_deref());
        let same_country = draft.country.is_none() || country.is_none() || draft.country.as_deref() == country;
        !cluster.names.is_empty()
            && same_country
            && (referents.iter().any(|&referent| stands_for(referent, cluster, clusters)) || is_called(draft, cluster))
            && (cluster.link.is_some() || !AMBIGUOUS.contains(&draft.lemma.as_str()))
            && is_named_so(draft, cluster)
    })
}

/// Whether a cluster is called what the noun says, where such bodies nearly always are.
fn is_named_so(draft: &Draft, cluster: &Cluster) -> bool {
    let lemma = draft.lemma.as_str();
    let kind = cluster.link.as_ref().map(|link| link.kind);
    let known = match kind {
        Some(Kind::Parliament) => matches!(lemma, "parliament" | "assembly" | "congress" | "senate" | "chamber"),
        Some(Kind::Ministry) => matches!(lemma, "ministry" | "department"),
        Some(Kind::Ngo) => lemma == "university",
        _ => false,
    };
    let called = |name: &String| name.split([' ', '-']).any(|word| word == lemma);
    known || !NAMED_SO.contains(&lemma) || cluster.names.iter().any(called) || cluster.lemmas.contains(lemma)
}

/// Words of the names of public bodies that are called "the agency" or "the service".
const AGENCIES: [&str; 8] =
    ["agency", "service", "bureau", "administration", "authority", "directorate", "office", "commission"];

/// "The agency" after "the National Intelligence Service".
fn is_called(draft: &Draft, cluster: &Cluster) -> bool {
    let last = |name: &String| {
        let words = name.to_lowercase();
        AGENCIES.iter().any(|word| words.split([' ', '-']).any(|part| part == *word))
    };
    matches!(draft.lemma.as_str(), "agency" | "service")
        && cluster.kind() == EntityKind::Organization
        && cluster.names.iter().any(last)
}

/// "The movement" after "a group that calls itself X": the group last spoken of, under whatever such word.
fn group_spoken_of(index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Option<usize> {
    let body = matches!(drafts[index].lemma.as_str(), "organization" | "organisation");
    nearest(index, drafts, clusters, GROUP_SENTENCES, |cluster| {
        let kind = cluster.link.as_ref().map(|link| link.kind);
        let called = cluster.lemmas.iter().any(|lemma| GROUPS.contains(&lemma.as_str()));
        let known = matches!(kind, Some(Kind::ArmedGroup | Kind::Party))
            || body && matches!(kind, Some(Kind::International | Kind::Ngo));
        let unknown = kind.is_none() && cluster.kind() == EntityKind::Group && !cluster.names.is_empty();
        cluster.plural != Some(true) && (known || unknown || called && kind.is_none())
    })
}

/// Whether a phrase only names to whom something is said: "told the paper".
fn is_addressee(draft: &Draft, clusters: &Clusters<'_>) -> bool {
    let tokens = &clusters.analysis.tokens;
    let token = &tokens[draft.head()];
    matches!(token.relation(), "obj" | "iobj" | "obl")
        && token.head.is_some_and(|head| matches!(tokens[head].lemma.as_str(), "tell" | "inform" | "brief"))
}

fn stands_for(referent: Referent, cluster: &Cluster, clusters: &Clusters<'_>) -> bool {
    let link = cluster.link.as_ref();
    let kind = link.map(|link| link.kind);
    let outlet = || link.and_then(|link| clusters.knowledge.outlet(&link.key)).map(|outlet| outlet.kind);
    use sourceline_knowledge::OutletKind as O;
    match referent {
        Referent::Newspaper => matches!(outlet(), Some(O::Newspaper | O::Magazine)),
        Referent::Agency => matches!(outlet(), Some(O::Agency)),
        Referent::Broadcaster => matches!(outlet(), Some(O::Broadcaster)),
        Referent::Outlet => {
            outlet().is_some()
                || kind == Some(Kind::Ngo) && cluster.names.iter().any(|name| name.contains("observatory"))
        }
        Referent::State => matches!(kind, Some(Kind::State | Kind::Territory)),
        Referent::Settlement => {
            cluster.kind() == EntityKind::Gpe && !matches!(kind, Some(Kind::State | Kind::Territory))
        }
        Referent::Division => cluster.kind() == EntityKind::Location,
        Referent::Group => {
            matches!(kind, Some(Kind::ArmedGroup | Kind::Party))
                || (kind.is_none() && cluster.kind() == EntityKind::Group)
        }
        Referent::Party => matches!(kind, Some(Kind::Party)),
        Referent::Forces => matches!(kind, Some(Kind::Forces)),
        Referent::Government => matches!(kind, Some(Kind::Government | Kind::Body)),
        Referent::Body => kind.is_some_and(Kind::is_state_body),
        Referent::Organization => {
            matches!(kind, Some(Kind::International | Kind::Ngo))
                || (kind.is_none() && cluster.kind() == EntityKind::Organization)
        }
        Referent::Company => {
            let company = |lemma: &String| clusters.knowledge.referents(lemma).contains(&Referent::Company);
            matches!(kind, Some(Kind::Company))
                || kind.is_none()
                    && cluster.kind() == EntityKind::Organization
                    && (cluster.lemmas.is_empty() || cluster.lemmas.iter().any(company))
        }
        Referent::Facility => cluster.kind() == EntityKind::Facility,
        Referent::Location => cluster.kind() == EntityKind::Location,
        Referent::Event => cluster.kind() == EntityKind::Event,
        Referent::Weapon => cluster.kind() == EntityKind::Weapon,
        Referent::Vehicle => cluster.kind() == EntityKind::Vehicle,
        Referent::Report => false,
    }
}

fn is_possessed(draft: &Draft, clusters: &Clusters<'_>) -> bool {
    let mut children = clusters.analysis.children(draft.head());
    children.any(|child| clusters.analysis.tokens[child].deprel == "nmod:poss")
}

fn agrees(draft: &Draft, cluster: &Cluster) -> bool {
    let number = draft.plural.is_none() || cluster.plural.is_none() || draft.plural == cluster.plural;
    let country = draft.country.is_none() || cluster.country.is_none() || draft.country == cluster.country;
    number && country && compatible(draft.kind, cluster.kind())
}

/// The cluster with the nearest earlier mention within `reach` sentences that passes `fits`.
fn nearest(
    index: usize,
    drafts: &[Draft],
    clusters: &Clusters<'_>,
    reach: usize,
    fits: impl Fn(&Cluster) -> bool,
) -> Option<usize> {
    let here = drafts[index].sentence;
    let phrase = drafts[index].phrase;
    let mut best: Option<(usize, usize)> = None;
    for (at, cluster) in clusters.all.iter().enumerate() {
        let Some(last) = clusters.last_before(at, index) else { continue };
        let inside = phrase.covers(&drafts[last].tokens) || drafts[last].phrase.covers(&phrase);
        if inside
            || here.saturating_sub(drafts[last].sentence) > reach
            || best.is_some_and(|(_, known)| known >= last)
            || drafts[index].kind != EntityKind::Person && is_addressee(&drafts[last], clusters)
            || !fits(cluster)
        {
            continue;
        }
        best = Some((at, last));
    }
    best.map(|(at, _)| at)
}
