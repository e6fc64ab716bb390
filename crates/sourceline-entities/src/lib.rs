//! Who and what a document speaks of.
//!
//! In: one [`Analysis`] and the [`Knowledge`]. Out: [`Entities`]: mentions (names, nominals, pronouns) in text order, the entities
//! behind them with their links to the knowledge base and the gazetteer, and lookups by token.
//! Not here: who says what, what happens (`sourceline-extract`).
//! Method: an entity-mention sieve after Lee et al., "Deterministic coreference resolution based on entity-centric,
//! precision-ranked rules" (Computational Linguistics 39(4), 2013), with knowledge in place of trained features.

mod antecedents;
mod assemble;
mod cluster;
mod definites;
mod draft;
mod evidence;
mod given;
mod labels;
pub mod locale;
mod log;
mod mentions;
mod names;
mod nominals;
mod phrase;
pub mod places;
mod pronouns;
mod toponyms;

use std::borrow::Cow;

use sourceline_knowledge::Knowledge;
use sourceline_model::{Analysis, Entity, EntityId, EntityKind, Mention, MentionForm, MentionId, Span, Tok};

pub use given::can_be_called;

/// Where a mention stands in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The words of `Mention::span`.
    pub tokens: Span<Tok>,
    /// The whole phrase, with relative clauses and appositions.
    pub phrase: Span<Tok>,
    /// Its head words, the main one first: of "President Obama" both.
    pub heads: Vec<usize>,
}

/// The mentions and entities of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Entities {
    /// Mentions, in text order.
    pub mentions: Vec<Mention>,
    /// Entities, in order of their first mention; `EntityId(n)` is the n-th, from 1.
    pub entities: Vec<Entity>,
    places: Vec<Place>,
    likely: Vec<f32>,
    by_head: Vec<Option<u32>>,
}

impl Entities {
    /// The entity with an id.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get((id.0 as usize).checked_sub(1)?)
    }

    /// The mention with an id.
    pub fn mention(&self, id: MentionId) -> Option<&Mention> {
        self.mentions.get((id.0 as usize).checked_sub(1)?)
    }

    /// Where a mention stands in the tree.
    pub fn place_of(&self, id: MentionId) -> Option<&Place> {
        self.places.get((id.0 as usize).checked_sub(1)?)
    }

    /// How likely a mention stands for its entity, as far as that was weighed: definite nouns are, names are not.
    pub fn likelihood(&self, id: MentionId) -> f32 {
        (id.0 as usize).checked_sub(1).and_then(|index| self.likely.get(index)).copied().unwrap_or(1.0)
    }

    /// The mention one of whose head words is `token`.
    pub fn mention_at_head(&self, token: usize) -> Option<&Mention> {
        let index = (*self.by_head.get(token)?)?;
        self.mentions.get(index as usize)
    }

    /// The entity that the mention headed by `token` stands for.
    pub fn entity_at(&self, token: usize) -> Option<&Entity> {
        self.mention_at_head(token).and_then(|mention| self.entity(mention.entity))
    }

    /// The mention that a range of words is about: the one headed by the range's head, else the smallest one that covers it,
    /// else the first one inside.
    pub fn mention_over(&self, analysis: &Analysis, tokens: Span<Tok>) -> Option<&Mention> {
        let by_head = analysis.head_of(tokens).and_then(|head| self.mention_at_head(head));
        let all = || self.mentions.iter().zip(&self.places);
        let covering =
            || all().filter(|(_, place)| place.tokens.covers(&tokens)).min_by_key(|(_, place)| place.tokens.len());
        let inside = || all().find(|(_, place)| tokens.covers(&place.tokens));
        by_head.or_else(|| covering().or_else(inside).map(|(mention, _)| mention))
    }

    /// All mentions of an entity, in text order.
    pub fn mentions_of(&self, entity: EntityId) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |mention| mention.entity == entity)
    }
}

/// Finds the mentions of a document and the entities behind them.
pub fn entities(analysis: &Analysis, knowledge: &Knowledge) -> Entities {
    let evidence = evidence::countries(analysis, knowledge);
    let mut clusters = cluster::Clusters::new(analysis, knowledge, &evidence);
    let drafts = resolved(&mut clusters, None);
    assemble::assemble(analysis, knowledge, &evidence, drafts, clusters)
}

/// All mentions, with their clusters.
fn resolved(clusters: &mut cluster::Clusters<'_>, mut log: Option<&mut log::Log>) -> Vec<draft::Draft> {
    let mut drafts = mentions::drafts(clusters.analysis, clusters.knowledge);
    let scene = antecedents::Scene::new(clusters);
    names::resolve(&mut drafts, clusters);
    nominals::resolve(&mut drafts, clusters, &scene, log.as_deref_mut());
    pronouns::resolve(&mut drafts, clusters, &scene, log);
    names::resolve_nested(&mut drafts, clusters);
    drafts
}

/// A pronoun of the third person or a definite noun with everything it may stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The words that stand for something: the pronoun, the noun with its article.
    pub mention: Span,
    /// Their head word.
    pub head: Span,
    /// Whether it is a definite noun.
    pub definite: bool,
    /// Whether it stands for several.
    pub plural: bool,
    /// Whether it is taken for a person.
    pub person: bool,
    /// Antecedents, the nearest first; the last one is "nothing that is named".
    pub antecedents: Vec<Antecedent>,
}

/// One thing that a pronoun or noun may stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Antecedent {
    /// Its names and nominals before, by the main head word of each; empty for "nothing that is named".
    pub heads: Vec<Span>,
    /// Its names and nominals before.
    pub mentions: Vec<Span>,
    /// What speaks for it: name, value, strength.
    pub features: Vec<(&'static str, Cow<'static, str>, f32)>,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// The antecedents that pronouns and definite nouns choose from, for fitting and measuring the choice.
pub fn rankings(analysis: &Analysis, knowledge: &Knowledge) -> Vec<Ranking> {
    let evidence = evidence::countries(analysis, knowledge);
    let mut clusters = cluster::Clusters::new(analysis, knowledge, &evidence);
    let mut log = log::Log::default();
    let drafts = resolved(&mut clusters, Some(&mut log));
    let antecedent = |index: usize, cluster: Option<usize>, features: &log::Features, chosen: bool| {
        let mentions = cluster.map_or(&[][..], |cluster| clusters.all[cluster].mentions.as_slice());
        let before = mentions.iter().filter(|&&at| at < index && drafts[at].form != MentionForm::Pronoun);
        Antecedent {
            heads: before.clone().map(|&at| analysis.tokens[drafts[at].head()].span).collect(),
            mentions: before.map(|&at| analysis.bytes(drafts[at].tokens)).collect(),
            features: features.clone(),
            chosen,
        }
    };
    let ranking = |(index, choices): &(usize, log::Choices)| {
        let draft = &drafts[*index];
        let last = choices.len().saturating_sub(1);
        let chosen =
            choices.iter().position(|(cluster, _)| cluster.is_some() && *cluster == draft.cluster).unwrap_or(last);
        let choices = choices.iter().enumerate();
        Ranking {
            mention: analysis.bytes(draft.tokens),
            head: analysis.tokens[draft.head()].span,
            definite: draft.form == MentionForm::Nominal,
            plural: draft.plural == Some(true),
            person: draft.kind == EntityKind::Person,
            antecedents: choices
                .map(|(at, (cluster, features))| antecedent(*index, *cluster, features, at == chosen))
                .collect(),
        }
    };
    log.definites.iter().chain(&log.pronouns).map(ranking).collect()
}

#[cfg(test)]
mod tests;
