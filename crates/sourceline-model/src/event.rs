//! Attributions, coded events and relations.

use crate::{Byte, EntityId, Span, TimeBasis};

/// Number of an attribution in its reading; printed as `a1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttributionId(pub u32);

/// Number of an event in its reading; printed as `v1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

/// Number of a relation in its reading; printed as `r1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationId(pub u32);

/// How words are passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttributionKind {
    /// In quotation marks.
    Direct,
    /// In the reporter's words.
    Indirect,
    /// Partly quoted.
    Mixed,
}

/// How many people an anonymous source is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Number {
    /// One.
    One,
    /// More than one.
    Several,
    /// A stated number.
    N(u32),
}

/// An anonymous source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anonymous {
    /// Its words without article: "senior U.S. official".
    pub descriptor: String,
    /// "senior", "former", …
    pub rank: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// "official", "diplomat", "resident", …
    pub role: Option<String>,
    /// How many.
    pub number: Number,
}

/// Somebody is said to have said something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Its number.
    pub id: AttributionId,
    /// How the words are passed on.
    pub kind: AttributionKind,
    /// The source's words, possibly in several pieces; empty when nobody is named.
    pub source: Vec<Span<Byte>>,
    /// Who the source is.
    pub source_entity: Option<EntityId>,
    /// Set when the source is anonymous.
    pub anonymous: Option<Anonymous>,
    /// The cue's words.
    pub cue: Vec<Span<Byte>>,
    /// What is said.
    pub content: Vec<Span<Byte>>,
    /// The attribution in whose content this one stands.
    pub within: Option<AttributionId>,
}

/// How surely something is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Put as a fact.
    Asserted,
    /// Likely.
    Probable,
    /// Possible.
    Possible,
    /// Intended by the actor.
    Planned,
    /// Expected by the speaker.
    Predicted,
    /// Under a condition.
    Hypothetical,
}

impl Certainty {
    /// The word of the reading format.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Probable => "probable",
            Self::Possible => "possible",
            Self::Planned => "planned",
            Self::Predicted => "predicted",
            Self::Hypothetical => "hypothetical",
        }
    }
}

/// Whether something is said to be so or not to be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// It is so.
    Positive,
    /// It is not so.
    Negative,
}

impl Polarity {
    /// The word of the reading format.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
        }
    }
}

/// Event types of the PLOVER manual v0.8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum PloverType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

impl PloverType {
    /// All types, in the manual's order.
    pub const ALL: [Self; 16] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Concede,
        Self::Cooperate,
        Self::Aid,
        Self::Retreat,
        Self::Request,
        Self::Accuse,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
    ];

    /// The manual's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agree => "AGREE",
            Self::Consult => "CONSULT",
            Self::Support => "SUPPORT",
            Self::Concede => "CONCEDE",
            Self::Cooperate => "COOPERATE",
            Self::Aid => "AID",
            Self::Retreat => "RETREAT",
            Self::Request => "REQUEST",
            Self::Accuse => "ACCUSE",
            Self::Reject => "REJECT",
            Self::Threaten => "THREATEN",
            Self::Protest => "PROTEST",
            Self::Sanction => "SANCTION",
            Self::Mobilize => "MOBILIZE",
            Self::Coerce => "COERCE",
            Self::Assault => "ASSAULT",
        }
    }

    /// Reads the manual's word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The manual's quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub const fn quad(self) -> u8 {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => 1,
            Self::Cooperate | Self::Aid | Self::Retreat => 2,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => 3,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => 4,
        }
    }
}

/// Role of a place in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceRole {
    /// Where it happens.
    At,
    /// Where a movement starts.
    From,
    /// Where a movement ends.
    To,
    /// Where a movement passes.
    Via,
}

/// A place in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceRef {
    /// Which place.
    pub entity: EntityId,
    /// In which role.
    pub role: PlaceRole,
}

/// A coded event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its number.
    pub id: EventId,
    /// The words that name it.
    pub trigger: Vec<Span<Byte>>,
    /// PLOVER type.
    pub kind: PloverType,
    /// PLOVER mode, such as `withdraw`.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Who does it.
    pub actors: Vec<EntityId>,
    /// To whom.
    pub recipients: Vec<EntityId>,
    /// Where.
    pub places: Vec<PlaceRef>,
    /// EDTF.
    pub time: Option<String>,
    /// How `time` was found.
    pub time_basis: Option<TimeBasis>,
    /// How surely it is put.
    pub certainty: Certainty,
    /// Whether it is said to have happened or not.
    pub polarity: Polarity,
}

/// Kinds of relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKind {
    /// Subject and object stand together.
    Allied,
    /// Subject supports object.
    Backs,
    /// Subject and object stand against each other.
    Hostile,
    /// Subject is a part of object.
    PartOf,
    /// Subject leads object.
    Leads,
    /// Subject (forces) is present in object (place).
    PresentIn,
    /// Subject controls object (place or body).
    Controls,
    /// Subject supplies object with goods.
    Supplies,
    /// Subject is a member of object.
    MemberOf,
    /// Subject lies in object.
    LocatedIn,
}

impl RelationKind {
    /// All kinds, in the format's order.
    pub const ALL: [Self; 10] = [
        Self::Allied,
        Self::Backs,
        Self::Hostile,
        Self::PartOf,
        Self::Leads,
        Self::PresentIn,
        Self::Controls,
        Self::Supplies,
        Self::MemberOf,
        Self::LocatedIn,
    ];

    /// The word of the reading format.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allied => "allied",
            Self::Backs => "backs",
            Self::Hostile => "hostile",
            Self::PartOf => "part-of",
            Self::Leads => "leads",
            Self::PresentIn => "present-in",
            Self::Controls => "controls",
            Self::Supplies => "supplies",
            Self::MemberOf => "member-of",
            Self::LocatedIn => "located-in",
        }
    }

    /// Reads the word of the reading format.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A relation that holds for some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Its number.
    pub id: RelationId,
    /// Its kind.
    pub kind: RelationKind,
    /// Who.
    pub subject: EntityId,
    /// To whom or where.
    pub object: EntityId,
    /// What is supplied.
    pub goods: Option<String>,
    /// By which places.
    pub via: Vec<EntityId>,
    /// EDTF; `None` when open.
    pub begin: Option<String>,
    /// EDTF; `None` when open.
    pub end: Option<String>,
    /// How surely it is put.
    pub certainty: Certainty,
    /// Whether it is said to hold or not.
    pub polarity: Polarity,
    /// The words it rests on.
    pub evidence: Vec<Span<Byte>>,
}
