//! What Sourceline makes of one document.

use crate::{Analysis, Attribution, Claim, Entity, Event, Mention, Note, Relation, Timex};

/// Everything read in one document. Lists are in text order; ids are unique within the reading.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The document and what the encoder saw in it.
    pub analysis: Analysis,
    /// Mentions of entities.
    pub mentions: Vec<Mention>,
    /// Entities; `EntityId(n)` is the entity with that id, not an index.
    pub entities: Vec<Entity>,
    /// Time expressions.
    pub times: Vec<Timex>,
    /// Who is said to have said what.
    pub attributions: Vec<Attribution>,
    /// Coded events.
    pub events: Vec<Event>,
    /// Relations.
    pub relations: Vec<Relation>,
    /// Claims.
    pub claims: Vec<Claim>,
    /// What the user should know.
    pub notes: Vec<Note>,
}
