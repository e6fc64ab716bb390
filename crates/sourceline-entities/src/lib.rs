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
mod draft;
mod evidence;
mod given;
pub mod locale;
mod mentions;
mod names;
mod nominals;
mod phrase;
pub mod places;
mod pronouns;
mod toponyms;

use sourceline_knowledge::Knowledge;
use sourceline_model::{Analysis, Entity, EntityId, Mention, MentionForm, MentionId, Span, Tok};

use antecedents::Choice;
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
    let mut clusters = cluster::Clusters::new(analysis, knowledge, &evidence);
    let drafts = resolved(&mut clusters, None);
    assemble::assemble(analysis, knowledge, &evidence, drafts, clusters)
}

/// All mentions, with their clusters.
fn resolved(clusters: &mut cluster::Clusters<'_>, log: Option<&mut Vec<(usize, Vec<Choice>)>>) -> Vec<draft::Draft> {
    let mut drafts = mentions::drafts(clusters.analysis, clusters.knowledge);
    names::resolve(&mut drafts, clusters);
    nominals::resolve(&mut drafts, clusters);
    pronouns::resolve(&mut drafts, clusters, log);
    names::resolve_nested(&mut drafts, clusters);
    drafts
}

/// A pronoun of the third person with everything it may stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The pronoun.
    pub pronoun: Span,
    /// Antecedents, the nearest first; the last one is "nothing that is named".
    pub antecedents: Vec<Antecedent>,
}

/// One thing that a pronoun may stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Antecedent {
    /// Its names and nominals before the pronoun, by the main head word of each; empty for "nothing that is named".
    pub heads: Vec<Span>,
    /// Its names and nominals before the pronoun.
    pub mentions: Vec<Span>,
    /// What speaks for it: name, value, strength.
    pub features: Vec<(&'static str, &'static str, f32)>,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// The antecedents that pronouns choose from, for fitting and measuring the choice.
pub fn rankings(analysis: &Analysis, knowledge: &Knowledge) -> Vec<Ranking> {
    let evidence = evidence::countries(analysis, knowledge);
    let mut clusters = cluster::Clusters::new(analysis, knowledge, &evidence);
    let mut log = Vec::new();
    let drafts = resolved(&mut clusters, Some(&mut log));
    let antecedent = |index: usize, choice: &Choice| {
        let mentions = choice.cluster.map_or(&[][..], |cluster| clusters.all[cluster].mentions.as_slice());
        let before = mentions.iter().filter(|&&at| at < index && drafts[at].form != MentionForm::Pronoun);
        Antecedent {
            heads: before.clone().map(|&at| analysis.tokens[drafts[at].head()].span).collect(),
            mentions: before.map(|&at| analysis.bytes(drafts[at].tokens)).collect(),
            features: choice.features.iter().map(|&((name, value), strength)| (name, value, strength)).collect(),
            chosen: choice.cluster == drafts[index].cluster,
        }
    };
    let ranking = |(index, choices): &(usize, Vec<Choice>)| Ranking {
        pronoun: analysis.tokens[drafts[*index].head()].span,
        antecedents: choices.iter().map(|choice| antecedent(*index, choice)).collect(),
    };
    log.iter().map(ranking).collect()
}

#[cfg(test)]
mod tests;
