//! Chooses what a definite noun stands for: a linear model over the clusters in reach, "nothing spoken of before" among them.
//!
//! In: a definite noun phrase and the clusters before it. Out: the likeliest cluster with its probability, or none. Weights:
//! `data/coreference/definites.tsv`, fitted by `eval/antecedents/fit_definites.py`. Method: as in `antecedents`.

mod alike;
mod features;
mod referents;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use sourceline_model::{Analysis, EntityKind, MentionForm, Upos};

use crate::antecedents::{Scene, top};
use crate::cluster::{Cluster, Clusters, compatible};
use crate::draft::Draft;

use alike::{Alike, alike};
use features::{Pair, Rivals, nothing};

/// Farthest antecedent whose words do not agree with the noun, in sentences.
const REACH: usize = 5;
/// Farthest antecedent, in sentences.
const FAR_REACH: usize = 60;
/// Least probability of an antecedent; below it the noun is something new. The fit prints what other values give.
const LEAST: f32 = 0.5;

/// A feature: its name and its value among those the name can have.
pub(crate) type Feature = (&'static str, Cow<'static, str>);

/// What a definite noun may stand for.
pub(crate) struct Choice {
    /// The cluster; none where it was not spoken of before.
    pub(crate) cluster: Option<usize>,
    /// The cluster's last mention before the noun.
    last: usize,
    /// What speaks for it, with its strength.
    pub(crate) features: Vec<(Feature, f32)>,
}

/// Weights of a feature for persons, for other things, for several of either.
type Weights = [f32; 3];

static WEIGHTS: LazyLock<HashMap<(&'static str, &'static str), Weights>> = LazyLock::new(|| {
    static TABLE: &str = include_str!("../../../data/coreference/definites.tsv");
    let number = |field: Option<&str>| field.and_then(|field| field.parse().ok()).unwrap_or(0.0);
    let row = |line: &'static str| {
        let mut fields = line.split('\t');
        let feature = (fields.next()?, fields.next()?);
        Some((feature, [number(fields.next()), number(fields.next()), number(fields.next())]))
    };
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
});

/// Which of the three tables of weights a noun has.
fn class(draft: &Draft) -> usize {
    match (draft.plural, draft.kind) {
        (Some(true), _) => 2,
        (_, EntityKind::Person) => 0,
        _ => 1,
    }
}

/// What is known of a document before its nouns are read.
pub(crate) struct Text<'a> {
    pub(crate) scene: &'a Scene,
    /// For each draft, the nouns that stand beside a name in its phrase.
    pub(crate) beside: &'a [Vec<String>],
}

/// For each draft, the lemmas of the nouns that stand before a name in its phrase: "cargo" and "ship" of "the cargo ship Aldona".
pub(crate) fn beside(drafts: &[Draft], analysis: &Analysis) -> Vec<Vec<String>> {
    let noun = |at: &usize| analysis.tokens[*at].upos == Upos::Noun;
    let of = |draft: &Draft| {
        let before = |at: &usize| *at < draft.tokens.start && !draft.tokens.contains(*at);
        let modifier = |at: &usize| matches!(analysis.tokens[*at].relation(), "compound" | "flat" | "appos" | "nmod");
        let children = draft.heads.iter().flat_map(|&head| analysis.children(head)).filter(modifier);
        // The name may itself hang on the noun: "ship" heads "the ship Aldona".
        let above = analysis.tokens[draft.head()].head.filter(|_| {
            matches!(analysis.tokens[draft.head()].relation(), "flat" | "compound" | "appos")
                && analysis.tokens[draft.head()].head.is_some_and(|head| head + 1 == draft.tokens.start)
        });
        let words = children.chain(above).filter(before).filter(noun);
        words.map(|at| analysis.tokens[at].lemma.to_lowercase()).collect()
    };
    drafts.iter().map(|draft| if draft.is_name() { of(draft) } else { Vec::new() }).collect()
}

/// The cluster that a noun stands for with its probability, when that is likely enough.
pub(crate) fn choose(choices: &[Choice], draft: &Draft, likely: &BTreeMap<usize, f32>) -> Option<(usize, f32)> {
    let class = class(draft);
    let scored = choices.iter().map(|choice| (choice, score(choice, class)));
    // The first of equals, which is the nearest.
    let (best, top) = scored.clone().reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let all: f32 = scored.map(|(_, score)| (score - top).exp()).sum();
    // What refers back to a doubtful mention is as doubtful.
    let probability = 1.0 / all;
    let known = likely.get(&best.last).copied().unwrap_or(1.0);
    best.cluster.filter(|_| probability >= LEAST).map(|cluster| (cluster, probability * known))
}

fn score(choice: &Choice, class: usize) -> f32 {
    let weight = |(name, value): &Feature| WEIGHTS.get(&(*name, value.as_ref())).map_or(0.0, |weights| weights[class]);
    choice.features.iter().map(|(feature, value)| weight(feature) * value).sum()
}

/// A cluster that a noun may stand for.
struct Candidate {
    /// Its last mention before the noun.
    at: usize,
    cluster: usize,
    alike: Alike,
}

/// Everything that a noun may stand for, the nearest first, none of it last.
pub(crate) fn choices(text: &Text<'_>, index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Vec<Choice> {
    let candidates = candidates(text, index, drafts, clusters);
    let spoken = drafts[..index].iter().rev().find(|draft| text.scene.is_source(top(draft)) && draft.cluster.is_some());
    let rivals = Rivals::new(&candidates, &clusters.all, index, spoken.and_then(|draft| draft.cluster));
    let mut out = Vec::with_capacity(candidates.len() + 1);
    for (rank, candidate) in candidates.iter().enumerate() {
        let pair = Pair { text, index, drafts, clusters, candidate, rivals: &rivals, rank };
        out.push(Choice { cluster: Some(candidate.cluster), last: candidate.at, features: pair.features() });
    }
    out.push(Choice { cluster: None, last: index, features: nothing(text, index, drafts, clusters, &rivals) });
    out
}

/// The clusters in reach, the nearest first.
fn candidates(text: &Text<'_>, index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Vec<Candidate> {
    let draft = &drafts[index];
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for at in (0..index).rev() {
        let antecedent = &drafts[at];
        let distance = draft.sentence.saturating_sub(antecedent.sentence);
        if distance > FAR_REACH {
            break;
        }
        let Some(cluster) = antecedent.cluster else { continue };
        let inside = draft.phrase.covers(&antecedent.tokens) || antecedent.phrase.covers(&draft.tokens);
        if inside || !seen.insert(cluster) || clusters.analysis.in_dateline(antecedent.head()) {
            continue;
        }
        let entry = &clusters.all[cluster];
        let person = entry.kind() == EntityKind::Person && !entry.names.is_empty() && entry.plural.is_none();
        if !agrees_in_number(draft, entry) || person && draft.plural == Some(true) {
            continue;
        }
        let alike = alike(text, draft, index, entry, clusters);
        let by_kind = matches!(alike, Alike::Title | Alike::Office | Alike::Kind | Alike::Group);
        if !by_kind && (entry.kind() == EntityKind::Norp || !compatible(draft.kind, entry.kind())) {
            continue;
        }
        let near = distance <= REACH && same_country(draft, entry);
        if alike != Alike::None || near {
            out.push(Candidate { at, cluster, alike });
        }
    }
    out
}

/// Agreement in number, country, gender and kind.
pub(crate) fn agrees(draft: &Draft, cluster: &Cluster) -> bool {
    agrees_in_number(draft, cluster) && cluster.kind() != EntityKind::Norp && compatible(draft.kind, cluster.kind())
}

/// Agreement in number, country and gender.
fn agrees_in_number(draft: &Draft, cluster: &Cluster) -> bool {
    let number = draft.plural.is_none() || cluster.plural.is_none() || draft.plural == cluster.plural;
    let country = draft.country.is_none() || cluster.country.is_none() || draft.country == cluster.country;
    let gender = draft.gender.zip(cluster.gender).is_none_or(|(a, b)| a == b);
    number && country && gender
}

/// Whether nothing known of their countries parts a noun and a cluster.
pub(crate) fn same_country(draft: &Draft, cluster: &Cluster) -> bool {
    let country = cluster.link.as_ref().and_then(|link| link.country.as_deref()).or(cluster.country.as_deref());
    draft.country.is_none() || country.is_none() || draft.country.as_deref() == country
}

/// Whether a named person bears the noun as a title.
pub(crate) fn is_titled(draft: &Draft, cluster: &Cluster) -> bool {
    cluster.kind() == EntityKind::Person && !cluster.names.is_empty() && cluster.titles.contains(&draft.lemma)
}

/// Whether a named person is known to hold the office that the noun names.
pub(crate) fn holds_office(draft: &Draft, cluster: &Cluster, clusters: &Clusters<'_>) -> bool {
    let office = draft.lemma.replace(' ', "-").replace("defense", "defence");
    cluster.kind() == EntityKind::Person
        && cluster
            .link
            .as_ref()
            .is_some_and(|link| clusters.knowledge.offices(&link.key).any(|held| held.role == office))
}

/// Whether a mention is a name or noun of its own.
fn is_named(cluster: &Cluster, before: usize, drafts: &[Draft]) -> bool {
    cluster.mentions.iter().any(|&mention| mention < before && drafts[mention].form == MentionForm::Name)
}
