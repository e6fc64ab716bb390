//! Who and what a document speaks of.
//!
//! In: one [`Analysis`] and the [`Knowledge`]. Out: [`Entities`]: mentions (names, nominals, pronouns) in text order, the entities
//! behind them with their links to the knowledge base and the gazetteer, and lookups by token.
//! Not here: who says what, what happens (`sourceline-extract`).
//! Method: an entity-mention sieve after Lee et al., "Deterministic coreference resolution based on entity-centric,
//! precision-ranked rules" (Computational Linguistics 39(4), 2013), with knowledge in place of trained features.

mod assemble;
mod cluster;
mod draft;
mod evidence;
pub mod locale;
mod mentions;
mod names;
mod nominals;
mod phrase;
pub mod places;
mod pronouns;
mod toponyms;

use sourceline_knowledge::Knowledge;
use sourceline_model::{Analysis, Entity, EntityId, Mention, MentionId, Span, Tok};

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
    let mut drafts = mentions::drafts(analysis, knowledge);
    let mut clusters = cluster::Clusters::new(analysis, knowledge, &evidence);
    names::resolve(&mut drafts, &mut clusters);
    nominals::resolve(&mut drafts, &mut clusters);
    pronouns::resolve(&mut drafts, &mut clusters);
    names::resolve_nested(&mut drafts, &mut clusters);
    assemble::assemble(analysis, knowledge, &evidence, drafts, clusters)
}

#[cfg(test)]
mod tests;
