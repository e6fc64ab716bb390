//! Clusters of mentions, and what is known of each.

use std::collections::{BTreeMap, BTreeSet};

use sourceline_knowledge::{Hints, Knowledge, Match};
use sourceline_model::{Analysis, EntityKind, MentionForm};

use crate::draft::{Draft, Gender};
use crate::evidence::Evidence;

/// Least weight of a country in the document before a bare surname is taken for a known person of it.
const MIN_SURNAME_EVIDENCE: f32 = 1.0;
/// Longest acronym, in letters, that is taken for a known body only when its country is spoken of.
const SHORT_ACRONYM: usize = 5;

/// An entry of the knowledge base that a cluster stands for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Link {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) kind: sourceline_knowledge::Kind,
    pub(crate) wikidata: Option<String>,
    pub(crate) country: Option<String>,
}

/// Mentions of one entity.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cluster {
    /// Numbers of drafts, not sorted.
    pub(crate) mentions: Vec<usize>,
    pub(crate) kind: Option<EntityKind>,
    /// Folded names.
    pub(crate) names: Vec<String>,
    pub(crate) link: Option<Link>,
    pub(crate) plural: Option<bool>,
    pub(crate) gender: Option<Gender>,
    pub(crate) country: Option<String>,
    pub(crate) titles: BTreeSet<String>,
    pub(crate) lemmas: BTreeSet<String>,
    pub(crate) texts: BTreeSet<String>,
}

impl Cluster {
    pub(crate) fn kind(&self) -> EntityKind {
        self.kind.unwrap_or(EntityKind::Other)
    }
}

/// All clusters of a document with what they were made from.
pub(crate) struct Clusters<'a> {
    pub(crate) analysis: &'a Analysis,
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) evidence: &'a Evidence,
    pub(crate) all: Vec<Cluster>,
    /// How likely a definite noun stands for its cluster, by the number of its draft; what is not here is taken as sure.
    pub(crate) likely: BTreeMap<usize, f32>,
}

impl<'a> Clusters<'a> {
    pub(crate) fn new(analysis: &'a Analysis, knowledge: &'a Knowledge, evidence: &'a Evidence) -> Self {
        Self { analysis, knowledge, evidence, all: Vec::new(), likely: BTreeMap::new() }
    }

    /// Opens a cluster for a draft.
    pub(crate) fn open(&mut self, drafts: &mut [Draft], index: usize) -> usize {
        self.all.push(Cluster::default());
        let cluster = self.all.len() - 1;
        self.add(drafts, index, cluster);
        cluster
    }

    /// Puts a draft into a cluster.
    pub(crate) fn add(&mut self, drafts: &mut [Draft], index: usize, cluster: usize) {
        let draft = &mut drafts[index];
        draft.cluster = Some(cluster);
        let entry = &mut self.all[cluster];
        entry.mentions.push(index);
        entry.gender = entry.gender.or(draft.gender);
        if draft.form == MentionForm::Pronoun {
            return;
        }
        entry.kind = entry.kind.or(Some(draft.kind));
        entry.plural = entry.plural.or(draft.plural);
        entry.country = entry.country.take().or_else(|| draft.country.clone());
        entry.titles.extend(draft.titles.iter().cloned());
        entry.texts.insert(draft.text.to_lowercase());
        if draft.is_name() {
            if !entry.names.contains(&draft.lemma) {
                entry.names.push(draft.lemma.clone());
            }
        } else {
            entry.lemmas.insert(draft.lemma.clone());
        }
    }

    /// The entry that a name stands for.
    pub(crate) fn link(&self, draft: &Draft) -> Option<Link> {
        if draft.kind == EntityKind::Norp && self.knowledge.demonym(&draft.text).is_some() {
            return None;
        }
        if let Some(key) = self.knowledge.metonym(&draft.text) {
            return self.link_to(key);
        }
        let countries: Vec<(&str, f32)> = self.evidence.iter().map(|(code, weight)| (code.as_str(), *weight)).collect();
        let date = self.analysis.document.published.as_ref().map(|published| published.edtf.as_str());
        let hints = Hints { kind: Some(draft.kind), countries: &countries, date };
        let found = self.knowledge.find_best(&draft.text, &hints)?;
        let weight = |code: &str| countries.iter().find(|(known, _)| *known == code).map_or(0.0, |(_, weight)| *weight);
        let here = found.country.map_or(0.0, weight);
        let letters = draft.text.trim_end_matches('s');
        let acronym = letters.len() <= SHORT_ACRONYM && letters.chars().all(|c| c.is_ascii_uppercase() || c == '.');
        let body = !matches!(found.kind, sourceline_knowledge::Kind::State | sourceline_knowledge::Kind::Outlet);
        if acronym && body && found.country.is_some() && here == 0.0 {
            return None;
        }
        if found.how == Match::Surname {
            let titled = !draft.titles.is_empty();
            let in_office = |date: &str| self.knowledge.offices(&found.key).any(|office| office.held_on(date));
            if draft.kind != EntityKind::Person
                || here < MIN_SURNAME_EVIDENCE
                || !(titled || date.is_some_and(in_office))
            {
                return None;
            }
        }
        let (key, name, kind) = (found.key, found.name, found.kind);
        Some(Link {
            key,
            name,
            kind,
            wikidata: found.wikidata.map(str::to_owned),
            country: found.country.map(str::to_owned),
        })
    }

    /// The entry with a key, made up where a state's body has none.
    pub(crate) fn link_to(&self, key: &str) -> Option<Link> {
        if let Some(thing) = self.knowledge.get(key) {
            return Some(Link {
                key: thing.key.clone(),
                name: thing.name.to_owned(),
                kind: thing.kind,
                wikidata: thing.wikidata.map(str::to_owned),
                country: thing.country.map(str::to_owned),
            });
        }
        let (iso2, organ) = key.strip_prefix("sl:")?.split_once('/')?;
        let body = self.knowledge.body(iso2, organ)?;
        Some(Link {
            key: body.key,
            name: body.name,
            kind: body.kind,
            wikidata: None,
            country: body.country.map(str::to_owned),
        })
    }
}

/// Whether mentions of two kinds can be of one entity.
pub(crate) fn compatible(a: EntityKind, b: EntityKind) -> bool {
    use EntityKind::{Facility, Gpe, Group, Location, Organization, Other};
    let body = |kind| matches!(kind, Organization | Group);
    let place = |kind| matches!(kind, Gpe | Location | Facility);
    a == b
        || a == Other
        || b == Other
        || (body(a) && body(b))
        || (place(a) && place(b))
        || (a == Facility && body(b))
        || (b == Facility && body(a))
}
