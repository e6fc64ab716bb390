//! What nouns can stand for: "the group" for a militia, "the paper" for a newspaper.
//!
//! In: a definite noun and a cluster. Out: whether the noun can stand for it, by what is known of both.

use sourceline_knowledge::{Kind, Referent};
use sourceline_model::EntityKind;

use crate::cluster::{Cluster, Clusters};
use crate::draft::Draft;

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

/// "The press", "the media": all of them, none in particular.
pub(super) fn is_all_media(draft: &Draft) -> bool {
    matches!(draft.lemma.as_str(), "press" | "media")
}

/// "The group", "the paper", "the country": whether a plain noun can stand for something named.
pub(super) fn is_kind_of(draft: &Draft, cluster: &Cluster, clusters: &Clusters<'_>) -> bool {
    // An account that is rejected or given is no outlet.
    if draft.lemma == "account" || is_all_media(draft) || cluster.names.is_empty() {
        return false;
    }
    let referents = clusters.knowledge.referents(&draft.lemma);
    (referents.iter().any(|&referent| stands_for(referent, cluster, clusters))
        || !referents.is_empty() && is_called(draft, cluster))
        && (cluster.link.is_some() || !AMBIGUOUS.contains(&draft.lemma.as_str()))
        && is_named_so(draft, cluster)
}

/// "The movement" after "a group that calls itself X": whether a cluster is a group, under whatever such word.
pub(super) fn is_group(draft: &Draft, cluster: &Cluster) -> bool {
    if !GROUPS.contains(&draft.lemma.as_str()) {
        return false;
    }
    let body = matches!(draft.lemma.as_str(), "organization" | "organisation");
    let kind = cluster.link.as_ref().map(|link| link.kind);
    let called = cluster.lemmas.iter().any(|lemma| GROUPS.contains(&lemma.as_str()));
    let known = matches!(kind, Some(Kind::ArmedGroup | Kind::Party))
        || body && matches!(kind, Some(Kind::International | Kind::Ngo));
    let unknown = kind.is_none() && cluster.kind() == EntityKind::Group && !cluster.names.is_empty();
    cluster.plural != Some(true) && (known || unknown || called && kind.is_none())
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

/// Whether a noun of a class of referents can stand for a cluster.
pub(super) fn stands_for(referent: Referent, cluster: &Cluster, clusters: &Clusters<'_>) -> bool {
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
