//! Claims and the chains of sources behind them.

use crate::{AttributionId, Byte, Certainty, EntityId, EventId, Polarity, RelationId, Span};

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// Something happened, or did not.
    Event,
    /// Something is so, or is not.
    State,
    /// Something will or may happen.
    Forecast,
    /// A judgement.
    Opinion,
}

/// Role of a hop in a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HopRole {
    /// The outlet of the document.
    Publisher,
    /// An outlet that translated the report.
    Translator,
    /// An outlet or agency that reported it.
    Reporter,
    /// Who said it.
    Speaker,
}

impl HopRole {
    /// The word of the reading format.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::Translator => "translator",
            Self::Reporter => "reporter",
            Self::Speaker => "speaker",
        }
    }
}

/// One pair of hands that a claim went through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// Its role.
    pub role: HopRole,
    /// Its name, or the description of an anonymous source.
    pub name: String,
    /// The entity behind it.
    pub entity: Option<EntityId>,
    /// Whether it is anonymous.
    pub anonymous: bool,
    /// The words that name it; empty for the publisher.
    pub evidence: Vec<Span<Byte>>,
    /// The attribution it was found by.
    pub attribution: Option<AttributionId>,
}

/// How a chain was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChainBasis {
    /// The sentence names its source.
    Stated,
    /// The article as a whole rests on that report.
    Inherited,
}

/// One statement of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its number, from 1; printed as `c1`.
    pub id: u32,
    /// A plain sentence that stands alone.
    pub statement: String,
    /// What it is about.
    pub kind: ClaimKind,
    /// Its events.
    pub events: Vec<EventId>,
    /// Its relations.
    pub relations: Vec<RelationId>,
    /// The words it rests on.
    pub evidence: Vec<Span<Byte>>,
    /// From the document's own outlet inwards to the ultimate source.
    pub chain: Vec<Hop>,
    /// How the chain was found.
    pub chain_basis: ChainBasis,
    /// How surely it is put.
    pub certainty: Certainty,
    /// Whether it is said to be so or not.
    pub polarity: Polarity,
    /// Index in `Reading::sentences` of the sentence of its evidence.
    pub sentence: usize,
}
